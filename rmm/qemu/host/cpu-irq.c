/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu-irq.c - timers of realms and their virtual interrupts */
#include "console.h"
#include "cpu.h"
#include "rmi-host.h"
#include "sysreg.h"

#define PERIOD_MS 5	/* of the timers */
#define ROUNDS 4
#define SLOW 10	/* runs that a handler may need */
#define CTL_ASSERTED 5	/* ENABLE, ISTATUS */
#define CTL_MASKED 7	/* and IMASK */
#define HANDLER_LINUX 0	/* what cpu-code.S calls so; 1 is the other one */
#define INTID 40
#define PRIORITY 0x80
#define PRIORITY_IDLE 0xff
#define LR_OVER 0
#define LR_ACTIVE 2

extern const char code_cntv[], code_cntp[], code_both_timers[], code_active[];

struct timer {
	const char *name;
	const void *program;
	unsigned intid;
	size_t ctl;	/* offset in RmiRecExit */
};

/* The host knows of it: nothing but the host's own timer ends a run. */
static void is_quiet(struct cpu_realm *realm, const char *name)
{
	uint64_t start = now(), reason = cpu_realm_enter(realm, CPU_SHORT);

	tap_result(reason == RMI_EXIT_IRQ && now() - start >= CPU_SHORT, name);
}

/*
 * The handler has run. On a slow machine the timer fires once more before it is done; what it found of the timer tells
 * whether the realm's own view of it is right.
 */
static bool is_handled(struct cpu_realm *realm, const struct timer *timer, unsigned handler, unsigned round)
{
	const uint64_t *words = realm->shared;

	for (unsigned i = 0; i < SLOW && cpu_realm_lr_state(realm) != LR_OVER; i++) {
		cpu_realm_keep(realm);
		cpu_realm_enter(realm, CPU_SHORT);
	}
	return words[1] == round && words[3] == timer->intid && words[2] == CTL_ASSERTED &&
	       words[6] == (handler == HANDLER_LINUX ? CTL_MASKED : 0);
}

static void fires_again(struct cpu_realm *realm, const struct timer *timer, const uint64_t *ctl)
{
	uint64_t start = now();

	cpu_realm_inject(realm, timer->intid);
	tap_equal("timer: it fires again", cpu_realm_enter(realm, CPU_LONG), RMI_EXIT_IRQ);
	tap_equal("timer: the host is told again", *ctl, CTL_ASSERTED);
	tap_result(now() - start < CPU_LONG, "timer: in time");
}

static void test_timer(const struct timer *timer, unsigned handler)
{
	struct cpu_realm realm = cpu_new(&cpu_plain, timer->program);
	const uint64_t *ctl = (const uint64_t *)(const void *)((const char *)&realm.run->exit + timer->ctl);

	print("# %s timer, handler %d\n", timer->name, (uint64_t)handler);
	cpu_realm_clear_gic(&realm);
	realm.shared[4] = sysreg_read(cntfrq_el0) / 1000 * PERIOD_MS;
	realm.shared[5] = handler;
	tap_equal("timer: it fires", cpu_realm_enter(&realm, CPU_LONG), RMI_EXIT_IRQ);
	tap_equal("timer: the host is told", *ctl, CTL_ASSERTED);
	is_quiet(&realm, "timer: once");
	is_quiet(&realm, "timer: and no more");
	tap_equal("timer: it is still asserted", *ctl, CTL_ASSERTED);
	for (unsigned round = 1; round <= ROUNDS; round++) {
		fires_again(&realm, timer, ctl);
		tap_result(is_handled(&realm, timer, handler, round), "timer: it has been handled");
	}
	tap_equal("timer: nothing is left at the host", sysreg_read(isr_el1), 0);
}

static void test_both(void)
{
	struct cpu_realm realm = cpu_new(&cpu_plain, code_both_timers);
	const struct rmi_rec_exit *exit = &realm.run->exit;

	cpu_realm_clear_gic(&realm);
	for (unsigned i = 0; i < 2 && (exit->cntv_ctl != CTL_ASSERTED || exit->cntp_ctl != CTL_ASSERTED); i++)
		cpu_realm_enter(&realm, CPU_LONG);
	tap_result(exit->cntv_ctl == CTL_ASSERTED && exit->cntp_ctl == CTL_ASSERTED, "timers: both fire");
	is_quiet(&realm, "timers: neither any more");
}

/* The host has timers of realms as FIQ. */
static void test_fiq(void)
{
	struct cpu_realm realm = cpu_new(&cpu_plain, code_both_timers);

	cpu_realm_clear_gic(&realm);
	gic_set_group(PPI_VIRTUAL_TIMER, 0);
	gic_set_group(PPI_PHYSICAL_TIMER, 0);
	tap_equal("timers: they fire as FIQ", cpu_realm_enter(&realm, CPU_LONG), RMI_EXIT_FIQ);
	cpu_realm_enter(&realm, CPU_SHORT);
	is_quiet(&realm, "timers: neither any more as FIQ");
	gic_set_group(PPI_VIRTUAL_TIMER, 1);
	gic_set_group(PPI_PHYSICAL_TIMER, 1);
}

void cpu_test_timers(void)
{
	static const struct timer timers[] = {
		{ "virtual", code_cntv, PPI_VIRTUAL_TIMER, offsetof(struct rmi_rec_exit, cntv_ctl) },
		{ "physical", code_cntp, PPI_PHYSICAL_TIMER, offsetof(struct rmi_rec_exit, cntp_ctl) },
	};

	for (unsigned i = 0; i < 2; i++)
		for (unsigned handler = 0; handler < 2; handler++)
			test_timer(&timers[i], handler);
	test_both();
	test_fiq();
}

/* RMM 1.0: the interface is the RMM's, so what the host has in it comes back, and what a realm has is its own. */
static void test_own_interface(struct cpu_realm *a)
{
	struct cpu_realm b = cpu_new(&cpu_plain, code_active);

	sysreg_write(ich_lr1_el2, 0x1234);
	sysreg_write(ich_ap1r0_el2, 0x40);
	cpu_reports(&b, "gic: B, without an interrupt");
	tap_equal("gic: nothing is active in B", b.shared[1], PRIORITY_IDLE);
	cpu_reports(a, "gic: A again");
	tap_equal("gic: it is still active in A", a->shared[1], PRIORITY);
	tap_equal("gic: the host's active priorities", sysreg_read(ich_ap1r0_el2), 0x40);
	tap_equal("gic: the host's list register", sysreg_read(ich_lr1_el2), 0x1234);
	sysreg_write(ich_lr1_el2, 0);
	sysreg_write(ich_ap1r0_el2, 0);
}

void cpu_test_gic(void)
{
	struct cpu_realm realm = cpu_new(&cpu_plain, code_active);

	cpu_realm_clear_gic(&realm);
	cpu_realm_inject(&realm, INTID);
	cpu_reports(&realm, "gic: an interrupt");
	tap_equal("gic: it is taken", realm.shared[0], INTID);
	tap_equal("gic: it is active", realm.shared[1], PRIORITY);
	tap_equal("gic: its list register tells", cpu_realm_lr_state(&realm), LR_ACTIVE);
	cpu_realm_inject(&realm, 0);
	if (host_is_v1(realm.machine))
		test_own_interface(&realm);
	else
		tap_result(sysreg_read(ich_ap1r0_el2), "gic: the host finds active priorities");
}
