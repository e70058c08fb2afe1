/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* guest-cpu.c - what these CPUs can do for realms, and what is the same for all of them */
#include "guest-parts.h"
#include "sysreg.h"

#define ICC_SRE_EL2_ALL 0xf	/* system registers, for lower ELs too */

/* MDCR_EL2; breakpoints and watchpoints are the realm's */
#define MDCR_TPMCR (1ull << 5)
#define MDCR_TPM (1ull << 6)
#define MDCR_TDOSA (1ull << 10)
#define MDCR_TDRA (1ull << 11)
#define MDCR_TPMS (1ull << 14)
#define MDCR_HPMD (1ull << 17)
#define MDCR_TTRF (1ull << 19)
#define MDCR_HCCD (1ull << 23)
#define MDCR_TDCC (1ull << 27)
#define MDCR_TRAPS (MDCR_TPMCR | MDCR_TPM | MDCR_TDOSA | MDCR_TDRA | MDCR_TPMS | MDCR_HPMD | MDCR_TTRF | MDCR_HCCD | \
		    MDCR_TDCC)
#define PMCR_N_SHIFT 11
#define PMCR_N_MASK 0x1f
#define DFR0_PMUVER_SHIFT 8

#define HCRX_MSCEN (1 << 11)
#define ISAR2_MOPS_SHIFT 16

/* HDFGRTR_EL2 and HDFGWTR_EL2: state that no other trap covers */
#define HDFG_DBGCLAIM (1 << 5)
#define HDFG_OSECCR (1 << 10)

#define MMFR0_TGRAN4_SHIFT 28
#define MMFR0_TGRAN4_2_SHIFT 40
#define TGRAN4_LPA2 1
#define TGRAN4_2_LPA2 3	/* 0: as in TGran4 */

#define DFR0_BRPS_SHIFT 12
#define DFR0_WRPS_SHIFT 20

#define ISR_IRQ (1 << 7)
#define ISR_FIQ (1 << 6)

static unsigned field(uint64_t value, unsigned shift)
{
	return (unsigned)(value >> shift & 0xf);
}

/* The number of counters that EL1 may use stays as after a reset: all. They are out of its reach. */
static uint64_t mdcr(void)
{
	uint64_t counters = 0;

	if (field(sysreg_read(id_aa64dfr0_el1), DFR0_PMUVER_SHIFT))
		counters = sysreg_read(pmcr_el0) >> PMCR_N_SHIFT & PMCR_N_MASK;
	return MDCR_TRAPS | counters;
}

/*
 * Registers of EL2 that are the RMM's own: EL3 keeps them apart from the host's. Zero in a fine-grained trap register
 * also traps what later architectures added (fields that begin with n), so a CPU may have more than is known here.
 */
void guest_boot_cpu(void)
{
	guest_simd_boot();
	sysreg_write(mdcr_el2, mdcr());
	sysreg_write(hstr_el2, 0);
	sysreg_write(HCRX_EL2, field(sysreg_read(id_aa64isar2_el1), ISAR2_MOPS_SHIFT) ? HCRX_MSCEN : 0);
	sysreg_write(HFGRTR_EL2, 0);
	sysreg_write(HFGWTR_EL2, 0);
	sysreg_write(HFGITR_EL2, 0);
	sysreg_write(HDFGRTR_EL2, HDFG_DBGCLAIM | HDFG_OSECCR);
	sysreg_write(HDFGWTR_EL2, HDFG_DBGCLAIM | HDFG_OSECCR);
	sysreg_write(cntvoff_el2, 0);
	sysreg_write(CNTPOFF_EL2, 0);
	sysreg_write(vpidr_el2, sysreg_read(midr_el1));
	sysreg_write(S3_4_C12_C9_5, ICC_SRE_EL2_ALL);
	isb();
}

static bool has_lpa2(void)
{
	uint64_t mmfr0 = sysreg_read(id_aa64mmfr0_el1);
	unsigned stage2 = field(mmfr0, MMFR0_TGRAN4_2_SHIFT);

	return stage2 == TGRAN4_2_LPA2 || (!stage2 && field(mmfr0, MMFR0_TGRAN4_SHIFT) == TGRAN4_LPA2);
}

void guest_limits(struct rmm_limits *limits)
{
	uint64_t dfr0 = sysreg_read(id_aa64dfr0_el1);

	limits->num_bps = (uint8_t)field(dfr0, DFR0_BRPS_SHIFT);
	limits->num_wps = (uint8_t)field(dfr0, DFR0_WRPS_SHIFT);
	limits->sve = true;
	limits->sve_vl = (uint8_t)(guest_sve_quads() - 1);
	limits->gicv3_vtr = sysreg_read(ich_vtr_el2);
	limits->lpa2 = has_lpa2();
}

bool guest_irq_pending(void *ctx)
{
	return sysreg_read(isr_el1) & (ISR_IRQ | ISR_FIQ);
}
