/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * guest-enter.c - a run of a REC: all of it into the CPU, until it traps, and all of it out again
 *
 * Traps that are nobody's business but the CPU's are settled here, and the run goes on: ID registers, timers that are
 * asserted, features that the realm does not have.
 */
#include "guest-parts.h"
#include "mmu.h"
#include "sysreg.h"

/* HCR_EL2: what a realm may not do, and what is not its own, comes to the RMM */
#define HCR_VM (1ull << 0)
#define HCR_SWIO (1ull << 1)
#define HCR_FMO (1ull << 3)
#define HCR_IMO (1ull << 4)
#define HCR_AMO (1ull << 5)
#define HCR_FB (1ull << 9)	/* a REC may change its CPU between two runs, so its TLBI and barriers are for all */
#define HCR_BSU_INNER (1ull << 10)
#define HCR_TWI (1ull << 13)
#define HCR_TWE (1ull << 14)
#define HCR_TID1 (1ull << 16)
#define HCR_TID3 (1ull << 18)
#define HCR_TSC (1ull << 19)
#define HCR_TIDCP (1ull << 20)
#define HCR_TACR (1ull << 21)
#define HCR_TSW (1ull << 22)
#define HCR_RW (1ull << 31)
#define HCR_TLOR (1ull << 35)
#define HCR_TERR (1ull << 36)
#define HCR_TEA (1ull << 37)
#define HCR_APK (1ull << 40)	/* these two: does not trap */
#define HCR_API (1ull << 41)
#define HCR_FWB (1ull << 46)	/* attributes are those of rmm/core/s2.c */
#define HCR_GPF (1ull << 48)
#define HCR_GUEST (HCR_VM | HCR_SWIO | HCR_FMO | HCR_IMO | HCR_AMO | HCR_FB | HCR_BSU_INNER | HCR_TID1 | HCR_TID3 | \
		   HCR_TSC | HCR_TIDCP | HCR_TACR | HCR_TSW | HCR_RW | HCR_TLOR | HCR_TERR | HCR_TEA | HCR_APK |    \
		   HCR_API | HCR_FWB | HCR_GPF)

#define VMPIDR_RES1 (1ull << 31)

#define ESR_EC_SHIFT 26
#define ESR_IL (1 << 25)
#define EC_UNKNOWN 0x00
#define EC_SYSREG 0x18
#define EC_SVE 0x19
#define EC_SME 0x1d
#define EC_INST_ABORT 0x20
#define EC_DATA_ABORT 0x24
#define ACCESS_READ 1
#define ACCESS_RT(esr) ((esr) >> 5 & 0x1f)

/* enter.S knows these */
_Static_assert(offsetof(struct rmm_guest, x) == 0 && offsetof(struct rmm_guest, pc) == 248 &&
	       offsetof(struct rmm_guest, pstate) == 256, "GUEST_PC");

/* Those of struct rmm_el1_regs that are not trapped: ACTLR_EL1 and PMCR_EL0 are */
#define EACH_EL1(X)                                                                                             \
	X(sp_el0, sp_el0) X(sp_el1, sp_el1) X(elr, elr_el1) X(spsr, spsr_el1) X(esr, esr_el1) X(far, far_el1)   \
	X(vbar, vbar_el1) X(sctlr, sctlr_el1) X(cpacr, cpacr_el1) X(ttbr0, ttbr0_el1) X(ttbr1, ttbr1_el1)       \
	X(tcr, tcr_el1) X(mair, mair_el1) X(amair, amair_el1) X(afsr0, afsr0_el1) X(afsr1, afsr1_el1)           \
	X(contextidr, contextidr_el1) X(tpidr, tpidr_el1) X(tpidr_el0, tpidr_el0) X(tpidrro_el0, tpidrro_el0)   \
	X(par, par_el1) X(csselr, csselr_el1) X(cntkctl, cntkctl_el1) X(mdscr, mdscr_el1) X(disr, VDISR_EL2)

static void load_el1(const struct rmm_el1_regs *from)
{
#define LOAD(field, name) sysreg_write(name, from->field);
	EACH_EL1(LOAD)
#undef LOAD
}

static void store_el1(struct rmm_el1_regs *to)
{
#define STORE(field, name) to->field = sysreg_read(name);
	EACH_EL1(STORE)
#undef STORE
}

#define EACH_KEY(X)                                                                     \
	X(0, apiakeylo_el1) X(1, apiakeyhi_el1) X(2, apibkeylo_el1) X(3, apibkeyhi_el1) \
	X(4, apdakeylo_el1) X(5, apdakeyhi_el1) X(6, apdbkeylo_el1) X(7, apdbkeyhi_el1) \
	X(8, apgakeylo_el1) X(9, apgakeyhi_el1)

static void load_keys(const uint64_t keys[PAUTH_KEYS])
{
#define LOAD(i, name) sysreg_write(name, keys[i]);
	EACH_KEY(LOAD)
#undef LOAD
}

static void store_keys(uint64_t keys[PAUTH_KEYS])
{
#define STORE(i, name) keys[i] = sysreg_read(name);
	EACH_KEY(STORE)
#undef STORE
}

static void load(const struct rmm_guest *guest, const struct guest_pages *pages)
{
	uint64_t hcr = HCR_GUEST;

	if (guest->trap_wfi)
		hcr |= HCR_TWI;
	if (guest->trap_wfe)
		hcr |= HCR_TWE;
	sysreg_write(hcr_el2, hcr);
	sysreg_write(vmpidr_el2, guest->mpidr | VMPIDR_RES1);
	guest_stage2_load(&guest->stage2);
	load_el1(&guest->el1);
	load_keys(pages->state->keys);
	guest_simd_load(guest, pages);
	guest_debug_load(&pages->state->debug);
	guest_gic_load(guest, &pages->state->aprs);
	guest_timer_load(guest, pages->state);
}

static void store(struct rmm_guest *guest, const struct guest_pages *pages, enum rmm_trap_kind kind)
{
	guest_timer_store(guest, pages->state, kind);
	guest_gic_store(guest, &pages->state->aprs);
	guest_debug_store(&pages->state->debug);
	guest_simd_store(guest, pages);
	store_keys(pages->state->keys);
	store_el1(&guest->el1);
}

static void open_pages(const struct rmm_guest *guest, struct guest_pages *pages)
{
	pages->state = mmu_map(guest->save[0], RMM_PAS_REALM);
	for (unsigned i = 0; i < 2 && guest->sve; i++)
		pages->z[i] = mmu_map(guest->save[1 + i], RMM_PAS_REALM);
}

static void close_pages(const struct rmm_guest *guest, const struct guest_pages *pages)
{
	mmu_unmap(pages->state);
	for (unsigned i = 0; i < 2 && guest->sve; i++)
		mmu_unmap(pages->z[i]);
}

bool guest_access_is_read(uint64_t esr)
{
	return esr & ACCESS_READ;
}

uint64_t guest_access_value(const struct rmm_guest *guest, uint64_t esr)
{
	return ACCESS_RT(esr) < RMM_GPRS ? guest->x[ACCESS_RT(esr)] : 0;
}

void guest_access_done(struct rmm_guest *guest, uint64_t esr, uint64_t value)
{
	rmm_guest_skip(guest);
	if (guest_access_is_read(esr) && ACCESS_RT(esr) < RMM_GPRS)
		guest->x[ACCESS_RT(esr)] = value;
}

static void undefined(struct rmm_guest *guest)
{
	store_el1(&guest->el1);
	rmm_guest_exception(guest, EC_UNKNOWN << ESR_EC_SHIFT | ESR_IL);
	load_el1(&guest->el1);
}

/* true: the guest can go on */
static bool settle_sync(struct rmm_guest *guest, struct guest_state *state, struct rmm_trap *trap)
{
	trap->esr = sysreg_read(esr_el2);
	trap->far = sysreg_read(far_el2);
	switch (trap->esr >> ESR_EC_SHIFT & 0x3f) {
	case EC_SYSREG:
		return guest_idregs_access(guest, trap->esr) || guest_timer_access(guest, state, trap->esr);
	case EC_SVE:
	case EC_SME:
		undefined(guest);
		return true;
	case EC_INST_ABORT:
	case EC_DATA_ABORT:
		return !guest_fault_ipa(trap, &trap->hpfar);
	default:
		return false;
	}
}

static bool settle(struct rmm_guest *guest, struct guest_state *state, struct rmm_trap *trap)
{
	if (trap->kind == RMM_TRAP_SYNC)
		return settle_sync(guest, state, trap);
	if (trap->kind == RMM_TRAP_SERROR)
		trap->esr = sysreg_read(esr_el2);
	return false;
}

void guest_enter(void *ctx, struct rmm_guest *guest, struct rmm_trap *trap)
{
	struct guest_pages pages;

	open_pages(guest, &pages);
	load(guest, &pages);
	do
		trap->kind = (enum rmm_trap_kind)guest_run(guest);
	while (settle(guest, pages.state, trap));
	store(guest, &pages, trap->kind);
	close_pages(guest, &pages);
}
