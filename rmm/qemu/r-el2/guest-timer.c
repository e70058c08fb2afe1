/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * guest-timer.c - the virtual and the physical EL1 timer of a realm
 *
 * They are the CPU's while the realm runs, without offsets, and off at other times. One that fires is an interrupt of the
 * host's, so the realm stops with an IRQ, or FIQ; the host sees the timers in the exit and injects a virtual interrupt.
 * From then on until the realm has done something about it the line stays up, and would stop the realm again at once:
 *
 *	told to the host:	CNTHCTL_EL2.CNT{V,P}MASK (FEAT_RME) keeps the line of the timer down, which leaves the
 *				realm's own IMASK and ISTATUS alone (DEN0137, Realm timers: the RMM masks the signal)
 *	realm writes to it:	is trapped meanwhile (EL1TVT of FEAT_ECV, EL1PCEN) and done here. When the line would be
 *				down, the timer is as any other again: the next time it fires is news for the host.
 *
 * Other exits may also tell of a timer that has just fired; then one more IRQ exit follows, which does no harm.
 */
#include "guest-parts.h"
#include "sysreg.h"

/* CNTHCTL_EL2 with E2H = 0 */
#define CNTHCTL_EL1PCTEN (1 << 0)
#define CNTHCTL_EL1PCEN (1 << 1)
#define CNTHCTL_EL1TVT (1 << 13)
#define CNTHCTL_CNTVMASK (1 << 18)
#define CNTHCTL_CNTPMASK (1 << 19)

#define CTL_ENABLE 1
#define CTL_IMASK 2
#define CTL_ISTATUS 4

/* In guest_state.timers_told */
#define TOLD_V 1
#define TOLD_P 2

static bool is_asserted(uint64_t ctl)
{
	return (ctl & (CTL_ENABLE | CTL_IMASK | CTL_ISTATUS)) == (CTL_ENABLE | CTL_ISTATUS);
}

static uint8_t asserted(const struct rmm_timers *timers)
{
	return (uint8_t)((is_asserted(timers->cntv_ctl) ? TOLD_V : 0) | (is_asserted(timers->cntp_ctl) ? TOLD_P : 0));
}

/* What is no longer asserted is news when it is again. */
static void mask(struct guest_state *state, const struct rmm_timers *timers)
{
	uint64_t control = CNTHCTL_EL1PCTEN | CNTHCTL_EL1PCEN;

	state->timers_told &= asserted(timers);
	if (state->timers_told & TOLD_V)
		control |= CNTHCTL_CNTVMASK | CNTHCTL_EL1TVT;
	if (state->timers_told & TOLD_P)
		control = (control | CNTHCTL_CNTPMASK) & ~(uint64_t)CNTHCTL_EL1PCEN;
	sysreg_write(cnthctl_el2, control);
}

/* The masks come first: the line of a timer that is told must not go up for a moment. */
void guest_timer_load(const struct rmm_guest *guest, struct guest_state *state)
{
	const struct rmm_timers *timers = &guest->timers;

	mask(state, timers);
	isb();
	sysreg_write(cntv_cval_el0, timers->cntv_cval);
	sysreg_write(cntp_cval_el0, timers->cntp_cval);
	sysreg_write(cntv_ctl_el0, timers->cntv_ctl);
	sysreg_write(cntp_ctl_el0, timers->cntp_ctl);
}

static void read_timers(struct rmm_timers *timers)
{
	isb();
	timers->cntv_ctl = sysreg_read(cntv_ctl_el0);
	timers->cntp_ctl = sysreg_read(cntp_ctl_el0);
	timers->cntv_cval = sysreg_read(cntv_cval_el0);
	timers->cntp_cval = sysreg_read(cntp_cval_el0);
}

void guest_timer_store(struct rmm_guest *guest, struct guest_state *state, enum rmm_trap_kind kind)
{
	read_timers(&guest->timers);
	if (kind == RMM_TRAP_IRQ || kind == RMM_TRAP_FIQ)
		state->timers_told = asserted(&guest->timers);
	sysreg_write(cntv_ctl_el0, 0);
	sysreg_write(cntp_ctl_el0, 0);
}

/* Registers of the timers: Op0 3, Op1 3, CRn 14 */
#define TIMER_ISS(crm, op2) SYSREG_ISS(3, 3, 14, crm, op2)
#define EACH_REGISTER(X)                   \
	X(TIMER_ISS(2, 0), cntp_tval_el0)  \
	X(TIMER_ISS(2, 1), cntp_ctl_el0)   \
	X(TIMER_ISS(2, 2), cntp_cval_el0)  \
	X(TIMER_ISS(3, 0), cntv_tval_el0)  \
	X(TIMER_ISS(3, 1), cntv_ctl_el0)   \
	X(TIMER_ISS(3, 2), cntv_cval_el0)

static bool read_register(uint64_t iss, uint64_t *value)
{
	switch (iss) {
#define READ(number, name)                   \
	case number:                         \
		*value = sysreg_read(name);  \
		return true;
	EACH_REGISTER(READ)
#undef READ
	default:
		return false;
	}
}

static void write_register(uint64_t iss, uint64_t value)
{
	switch (iss) {
#define WRITE(number, name)                 \
	case number:                        \
		sysreg_write(name, value);  \
		break;
	EACH_REGISTER(WRITE)
#undef WRITE
	}
}

bool guest_timer_access(struct rmm_guest *guest, struct guest_state *state, uint64_t esr)
{
	uint64_t iss = esr & SYSREG_ISS_MASK, value;

	if (!read_register(iss, &value))
		return false;
	if (!guest_access_is_read(esr)) {
		write_register(iss, guest_access_value(guest, esr));
		read_timers(&guest->timers);
		mask(state, &guest->timers);
	}
	guest_access_done(guest, esr, value);
	return true;
}
