/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * guest-idregs.c - what a realm reads in ID registers: Op0 3, Op1 0, CRn 0, CRm 1 to 7, which HCR_EL2.TID3 traps
 *
 * A feature is shown when a realm can use it: it needs nothing at EL2, and has no state that the RMM does not move. What
 * is not named here reads as zero, fields of later architectures too. There is no AArch32 and no PMU.
 */
#include "guest-parts.h"
#include "sysreg.h"

#define ID_AA64ZFR0_EL1 S3_0_C0_C4_4
#define ID_AA64MMFR3_EL1 S3_0_C0_C7_3

#define FIELD(shift) (0xfull << (shift))

/* ID_AA64PFR0_EL1 */
#define PFR0_AARCH64 (1 << 0 | 1 << 4)	/* EL0 and EL1, without AArch32; there is no EL2 */
#define PFR0_KEEP (FIELD(16) /* FP */ | FIELD(20) /* AdvSIMD */ | FIELD(24) /* GIC */ | FIELD(48) /* DIT */ | \
		   FIELD(60) /* CSV3 */)
#define PFR0_RAS 28
#define PFR0_SVE 32
#define PFR0_CSV2 56

#define PFR1_KEEP (FIELD(0) /* BT */ | FIELD(4) /* SSBS */)

/* ID_AA64DFR0_EL1 */
#define DFR0_KEEP (FIELD(0) /* DebugVer */ | FIELD(36) /* DoubleLock */)
#define DFR0_BRPS 12
#define DFR0_WRPS 20
#define DFR0_CTX_CMPS 28

#define ISAR0_DROP (FIELD(0) /* none */ | FIELD(24) /* TME */)
#define ISAR1_DROP FIELD(60)	/* LS64 */
/* Without WFxT: QEMU 10 tells of a trapped WFIT as of a WFI, whose end the host would not know. */
#define ISAR2_KEEP (0xfffffff0 /* RPRES to CLRBHB */ | FIELD(48) /* RPRFM */ | FIELD(52) /* CSSC */)

/* ID_AA64MMFR0_EL1 */
#define MMFR0_KEEP (FIELD(0) /* PARange */ | FIELD(4) /* ASIDBits */ | FIELD(8) /* BigEnd */ | \
		    FIELD(16) /* BigEndEL0 */ | FIELD(20) /* TGran16 */ | FIELD(24) /* TGran64 */ | \
		    FIELD(28) /* TGran4 */ | FIELD(44) /* ExS */)
#define MMFR0_ECV 60

#define MMFR1_KEEP (FIELD(0) /* HAFDBS */ | FIELD(12) /* HPDS */ | FIELD(20) /* PAN */ | FIELD(24) /* SpecSEI */ | \
		    FIELD(36) /* ETS */ | FIELD(44) /* AFP */ | FIELD(52) /* TIDCP1 */ | FIELD(56) /* CMOW */ | \
		    FIELD(60) /* ECBHB */)
#define MMFR2_DROP (FIELD(24) /* NV */ | FIELD(40) /* FWB */ | FIELD(44) /* none */ | FIELD(56) /* EVT */)
#define MMFR3_KEEP FIELD(60)	/* Spec_FPACC */

static uint64_t at_most(uint64_t value, unsigned shift, uint64_t max)
{
	uint64_t field = value >> shift & 0xf;

	return (field < max ? field : max) << shift;
}

/* RAS: the first version, error records are not there. CSV2: without SCXTNUM_ELx, which is trapped. */
static uint64_t pfr0(const struct rmm_guest *guest)
{
	uint64_t value = sysreg_read(id_aa64pfr0_el1);

	return PFR0_AARCH64 | (value & PFR0_KEEP) | at_most(value, PFR0_RAS, 1) | at_most(value, PFR0_CSV2, 1) |
	       at_most(value, PFR0_SVE, guest->sve);
}

/* Breakpoints that match contexts are among the others. */
static uint64_t dfr0(const struct rmm_guest *guest)
{
	uint64_t value = sysreg_read(id_aa64dfr0_el1);

	return (value & DFR0_KEEP) | at_most(value, DFR0_BRPS, guest->num_bps) |
	       at_most(value, DFR0_WRPS, guest->num_wps) | at_most(value, DFR0_CTX_CMPS, guest->num_bps);
}

/* ECV: the counters that need no barrier, not the offset of EL2 */
static uint64_t mmfr0(void)
{
	uint64_t value = sysreg_read(id_aa64mmfr0_el1);

	return (value & MMFR0_KEEP) | at_most(value, MMFR0_ECV, 1);
}

#define CRM_OP2(crm, op2) ((crm) << 3 | (op2))

static uint64_t id_value(const struct rmm_guest *guest, unsigned crm_op2)
{
	switch (crm_op2) {
	case CRM_OP2(4, 0):
		return pfr0(guest);
	case CRM_OP2(4, 1):
		return sysreg_read(id_aa64pfr1_el1) & PFR1_KEEP;
	case CRM_OP2(4, 4):
		return guest->sve ? sysreg_read(ID_AA64ZFR0_EL1) : 0;
	case CRM_OP2(5, 0):
		return dfr0(guest);
	case CRM_OP2(6, 0):
		return sysreg_read(id_aa64isar0_el1) & ~ISAR0_DROP;
	case CRM_OP2(6, 1):
		return sysreg_read(id_aa64isar1_el1) & ~ISAR1_DROP;
	case CRM_OP2(6, 2):
		return sysreg_read(id_aa64isar2_el1) & ISAR2_KEEP;
	case CRM_OP2(7, 0):
		return mmfr0();
	case CRM_OP2(7, 1):
		return sysreg_read(id_aa64mmfr1_el1) & MMFR1_KEEP;
	case CRM_OP2(7, 2):
		return sysreg_read(id_aa64mmfr2_el1) & ~MMFR2_DROP;
	case CRM_OP2(7, 3):
		return sysreg_read(ID_AA64MMFR3_EL1) & MMFR3_KEEP;
	default:
		return 0;
	}
}

bool guest_idregs_access(struct rmm_guest *guest, uint64_t esr)
{
	uint64_t any_crm_op2 = SYSREG_ISS(0, 0, 0, 0xf, 7);
	unsigned crm = esr >> 1 & 0xf, op2 = esr >> 17 & 7;

	if ((esr & SYSREG_ISS_MASK & ~any_crm_op2) != SYSREG_ISS(3, 0, 0, 0, 0) || !crm || crm > 7)
		return false;
	guest_access_done(guest, esr, id_value(guest, CRM_OP2(crm, op2)));
	return true;
}
