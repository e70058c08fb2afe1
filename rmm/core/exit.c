/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * exit.c - why a guest stopped: what the RMM settles itself, and what the host is told
 *
 * The host sees of a syndrome what it needs to act, and no more: masks and the registers that go with an exit are those
 * of DEN0137, chapter "Realm exception model".
 */
#include "guest.h"

#define HPFAR_FIPA_MASK (((UINT64_C(1) << 40) - 1) << 4)	/* IPA[51:12] */
#define FAR_OFFSET_MASK UINT64_C(0xfff)

#define ABORT_MASK (ESR_EC_MASK | ESR_SET_MASK | ESR_FNV | ESR_EA | ESR_FSC_MASK)
#define EMULATED_MASK (ABORT_MASK | ESR_ISV | ESR_SAS_MASK | ESR_SF | ESR_WNR)

#define WFX_TI_MASK UINT64_C(3)
#define WFX_TI_TIMEOUT UINT64_C(2)	/* WFIT, WFET */
#define WFX_RV (UINT64_C(1) << 2)	/* there is a register, which has the timeout */

/* Class and ISS of a trapped MSR or MRS */
#define SYSREG_MASK (ESR_EC_MASK | UINT64_C(0x3fffff))
#define SYSREG_READ UINT64_C(1)

/* IDS, AET, EA and DFSC of an SError interrupt */
#define SERROR_MASK (ESR_EC_MASK | UINT64_C(1) << 24 | UINT64_C(7) << 10 | ESR_EA | ESR_FSC_MASK)

static bool exit_sync(struct guest_run *run, uint64_t esr)
{
	run->exit.reason = RMI_EXIT_SYNC;
	run->exit.esr = esr;
	return true;
}

void rmm_guest_exit_abort(struct guest_run *run, uint64_t ipa, int level)
{
	unsigned fsc = level < 0 ? FSC_TRANSLATION_LM1 : FSC_TRANSLATION + (unsigned)level;

	exit_sync(run, (uint64_t)ESR_EC_DATA_ABORT << ESR_EC_SHIFT | fsc);
	run->exit.hpfar = ipa >> 8 & HPFAR_FIPA_MASK;
}

static bool deliver(struct guest_run *run, const struct rmm_trap *trap, unsigned fsc)
{
	rmm_guest_abort(&run->rec->guest, trap->esr, trap->far, fsc);
	return false;
}

static bool is_external(uint64_t esr)
{
	unsigned fsc = (unsigned)(esr & ESR_FSC_MASK);

	/* 0x13 to 0x17: on a table walk, of level -1 to 3 */
	return fsc == FSC_EXTERNAL || (fsc >= 0x13 && fsc <= 0x17);
}

/* The value of a store, which is as wide as the access */
static uint64_t stored_value(const struct rmm_guest *guest, uint64_t esr)
{
	return bits(rmm_guest_reg(guest, esr_srt(esr)), esr_width(esr) - 1, 0);
}

static bool exit_unprotected(struct guest_run *run, const struct rmm_trap *trap)
{
	struct rec_exit *last = &run->rec->exit;

	last->esr = trap->esr;
	last->far = trap->far;
	last->sea_allowed = true;
	last->emulatable = trap->esr & ESR_ISV && !(trap->esr & (ESR_CM | ESR_S1PTW));
	run->exit.hpfar = trap->hpfar & HPFAR_FIPA_MASK;
	if (!last->emulatable)
		return exit_sync(run, trap->esr & (ABORT_MASK | ESR_IL));
	run->exit.far = trap->far & FAR_OFFSET_MASK;
	if (trap->esr & ESR_WNR)
		run->exit.gprs[0] = stored_value(&run->rec->guest, trap->esr);
	return exit_sync(run, trap->esr & EMULATED_MASK);
}

static bool exit_protected(struct guest_run *run, const struct rmm_trap *trap, uint64_t ipa)
{
	struct guest_page page;

	if (rmm_guest_reach(run->rmm, run->rd, ipa, &page) == REACH_NEVER)
		return deliver(run, trap, FSC_EXTERNAL);
	if (page.va)	/* another CPU mapped it meanwhile; the host finds that out */
		rmm_unmap(run->rmm, page.va);
	run->exit.hpfar = trap->hpfar & HPFAR_FIPA_MASK;
	return exit_sync(run, trap->esr & ABORT_MASK);
}

static bool handle_abort(struct guest_run *run, const struct rmm_trap *trap)
{
	const struct rmm_stage2 *stage2 = &run->rd->stage2;
	uint64_t ipa = (trap->hpfar & HPFAR_FIPA_MASK) << 8;

	if (is_external(trap->esr))
		return exit_sync(run, trap->esr & ABORT_MASK);
	if (!s2_is_in_space(stage2, ipa))
		return deliver(run, trap, run->rmm->variant->ipa_size_fault ? FSC_ADDRESS_SIZE : FSC_EXTERNAL);
	if (s2_is_protected(stage2, ipa))
		return exit_protected(run, trap, ipa);
	if (esr_class(trap->esr) == ESR_EC_INST_ABORT)
		return deliver(run, trap, FSC_EXTERNAL);
	return exit_unprotected(run, trap);
}

static bool handle_wait(struct guest_run *run, uint64_t esr)
{
	struct rmm_guest *guest = &run->rec->guest;

	if (esr & WFX_TI_TIMEOUT && esr & WFX_RV)
		run->exit.gprs[0] = rmm_guest_reg(guest, esr_rt(esr));
	rmm_guest_skip(guest);
	return exit_sync(run, esr & (ESR_EC_MASK | WFX_TI_MASK));
}

/* The GIC CPU interface: ICC_PMR_EL1 is S3_0_C4_C6_0, the others are S3_0_C12_C8_0 and above. */
static bool is_icc(uint64_t esr)
{
	unsigned crn = (unsigned)bits(esr, 13, 10), crm = (unsigned)bits(esr, 4, 1);

	if (bits(esr, 21, 20) != 3 || bits(esr, 16, 14) != 0)
		return false;
	return (crn == 12 && crm >= 8) || (crn == 4 && crm == 6 && bits(esr, 19, 17) == 0);
}

static bool handle_sysreg(struct guest_run *run, uint64_t esr)
{
	struct rmm_guest *guest = &run->rec->guest;
	bool is_read = esr & SYSREG_READ;

	rmm_guest_skip(guest);
	if (!is_icc(esr)) {
		if (is_read)
			rmm_guest_set_reg(guest, esr_rt(esr), 0);
		return false;
	}
	run->rec->exit.esr = esr;
	run->rec->exit.sysreg_read = is_read;
	if (!is_read)
		run->exit.gprs[0] = rmm_guest_reg(guest, esr_rt(esr));
	return exit_sync(run, esr & SYSREG_MASK);
}

static bool handle_hvc(struct guest_run *run)
{
	run->rec->guest.pc -= 4;	/* of the instruction: the CPU reports that of the next */
	rmm_guest_undefined(&run->rec->guest);
	return false;
}

static bool handle_sync(struct guest_run *run, const struct rmm_trap *trap)
{
	switch (esr_class(trap->esr)) {
	case ESR_EC_WFX:
		return handle_wait(run, trap->esr);
	case ESR_EC_HVC64:
		return handle_hvc(run);
	case ESR_EC_SMC64:
		return rmm_guest_smc(run);
	case ESR_EC_SYSREG:
		return handle_sysreg(run, trap->esr);
	case ESR_EC_INST_ABORT:
	case ESR_EC_DATA_ABORT:
		return handle_abort(run, trap);
	default:
		return exit_sync(run, 0);
	}
}

bool rmm_guest_trap(struct guest_run *run, const struct rmm_trap *trap)
{
	switch (trap->kind) {
	case RMM_TRAP_SYNC:
		return handle_sync(run, trap);
	case RMM_TRAP_IRQ:
		run->exit.reason = RMI_EXIT_IRQ;
		return true;
	case RMM_TRAP_FIQ:
		run->exit.reason = RMI_EXIT_FIQ;
		return true;
	default:
		run->exit.reason = RMI_EXIT_SERROR;
		run->exit.esr = trap->esr & SERROR_MASK;
		return true;
	}
}
