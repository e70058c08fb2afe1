/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* guest-stage2.c - stage 2 of a realm: VTCR_EL2, VTTBR_EL2, TLBs, and which IPA an abort was at */
#include "guest-parts.h"
#include "sysreg.h"

#define PAGE 0x1000

/* VTCR_EL2; the granule is 4 KiB, TG0 is 0, VMIDs have 8 bits, VS is 0; access flags are the tables', HA and HD are 0 */
#define VTCR_RES1 (1ull << 31)
#define VTCR_CACHED (1 << 8 | 1 << 10 | 3 << 12)	/* walks: write-back, inner shareable */
#define VTCR_SL0_SHIFT 6
#define VTCR_SL2 (1ull << 33)
#define VTCR_DS (1ull << 32)
#define VTCR_PS_SHIFT 16
#define PS_48BITS 5
#define PS_52BITS 6
#define VTTBR_VMID_SHIFT 48

#define MMFR0_PARANGE 0xf

/* ESR_EL2 of an abort */
#define ESR_S1PTW (1 << 7)
#define ESR_FSC 0x3f
#define FSC_PERMISSION 0x0c	/* plus the level */
#define FSC_LEVEL 3
#define FSC_GRANULE_PROTECTION 0x28	/* of the access itself: a page that the host shared and delegated since */
#define FSC_ADDRESS_SIZE_LM1 0x29
#define FSC_TRANSLATION_LM1 0x2b

#define PAR_F 1
#define PAR_PA 0x000ffffffffff000

/* Level 3 needs FEAT_TTST, which RME implies; level -1 is for LPA2 alone. */
static uint64_t start_level(int level)
{
	static const uint8_t sl0[] = { 2, 1, 0, 3 };

	return level < 0 ? VTCR_SL2 : (uint64_t)sl0[level] << VTCR_SL0_SHIFT;
}

static uint64_t vtcr(const struct rmm_stage2 *stage2)
{
	uint64_t ps = sysreg_read(id_aa64mmfr0_el1) & MMFR0_PARANGE;
	uint64_t ps_max = stage2->lpa2 ? PS_52BITS : PS_48BITS;

	if (ps > ps_max)
		ps = ps_max;
	return VTCR_RES1 | VTCR_CACHED | start_level(stage2->start_level) | ps << VTCR_PS_SHIFT |
	       (stage2->lpa2 ? VTCR_DS : 0) | (64 - stage2->ipa_bits);
}

void guest_stage2_load(const struct rmm_stage2 *stage2)
{
	sysreg_write(vtcr_el2, vtcr(stage2));
	sysreg_write(vttbr_el2, (uint64_t)stage2->vmid << VTTBR_VMID_SHIFT | stage2->root);
	isb();
}

/*
 * By VMID, on all CPUs. An entry of level 3 is one page; what is larger may have been a table, so all of it goes. A TLB
 * may hold both stages as one, without the IPA, so stage 1 goes as well (Arm ARM D8.17).
 */
void guest_tlb_invalidate(void *ctx, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size)
{
	guest_stage2_load(stage2);
	dsb(ishst);
	if (size == PAGE) {
		__asm__ volatile("tlbi ipas2e1is, %0" : : "r"(ipa / PAGE) : "memory");
		dsb(ish);
		__asm__ volatile("tlbi vmalle1is" : : : "memory");
	} else {
		__asm__ volatile("tlbi vmalls12e1is" : : : "memory");
	}
	dsb(ish);
	isb();
}

static bool has_hpfar(uint64_t esr)
{
	unsigned fsc = esr & ESR_FSC;

	return esr & ESR_S1PTW || fsc < FSC_PERMISSION || fsc == FSC_ADDRESS_SIZE_LM1 || fsc == FSC_TRANSLATION_LM1;
}

/* There is an IPA, which only stage 1 tells. */
static bool is_after_stage1(uint64_t esr)
{
	unsigned fsc = esr & ESR_FSC;

	return (fsc & ~FSC_LEVEL) == FSC_PERMISSION || fsc == FSC_GRANULE_PROTECTION;
}

/* What stage 1 makes of an address; PAR_EL1 stays the guest's. */
static uint64_t translate(uint64_t va)
{
	uint64_t par = sysreg_read(par_el1), result;

	__asm__ volatile("at s1e1r, %0" : : "r"(va) : "memory");
	isb();
	result = sysreg_read(par_el1);
	sysreg_write(par_el1, par);
	return result;
}

bool guest_fault_ipa(const struct rmm_trap *trap, uint64_t *hpfar)
{
	uint64_t par;

	*hpfar = 0;
	if (has_hpfar(trap->esr)) {
		*hpfar = sysreg_read(hpfar_el2);
		return true;
	}
	if (!is_after_stage1(trap->esr))
		return true;
	par = translate(trap->far);
	if (par & PAR_F)
		return false;
	*hpfar = (par & PAR_PA) >> 8;
	return true;
}
