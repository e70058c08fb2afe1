/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-rmm-enter.c - which RECs the host may enter and with what, and how PSCI turns them on and off */
#include "psci.h"
#include "rmm-guest.h"

#define IS(w, name) ((w)->variant == &rmm_variant_##name)

static void assert_refused(struct world *w, uint64_t rec, uint64_t run, uint64_t result)
{
	memset(&w->run->exit, 0xa5, sizeof(w->run->exit));
	w->entries = 0;
	assert_int_equal(rmi(w->machine, SMC_RMI_REC_ENTER, rec, run), result);
	assert_int_equal(w->entries, 0);
	for (size_t i = 0; i < sizeof(w->run->exit); i++)
		assert_int_equal(((const uint8_t *)&w->run->exit)[i], 0xa5);
}

guest_test(entry_of_what_is_no_rec_is_refused)
{
	assert_refused(w, w->rec_pa[0] + 8, w->run_pa, RMI_ERROR_INPUT);
	assert_refused(w, w->rd, w->run_pa, RMI_ERROR_INPUT);
	assert_refused(w, w->run_pa, w->run_pa, RMI_ERROR_INPUT);
	assert_refused(w, 0, w->run_pa, RMI_ERROR_INPUT);
	assert_refused(w, w->rec_pa[0], w->run_pa + 8, RMI_ERROR_INPUT);
	assert_refused(w, w->rec_pa[0], w->page_pa[0], RMI_ERROR_INPUT);
	assert_refused(w, w->rec_pa[0], 0, RMI_ERROR_INPUT);
}

guest_test(entry_of_a_rec_that_is_off_is_refused)
{
	assert_refused(w, w->rec_pa[1], w->run_pa, RMI_ERROR_REC);
}

static void entry_of_a_new_realm(void **state)
{
	for (size_t i = 0; i < COUNT(world_variants); i++) {
		struct world world, *w = &world;

		world_boot(w, world_variants[i], RMI_GRANULE_SIZE_4KB);
		w->rd = world_realm(w, 1, RMI_HASH_SHA_256);
		w->rec_pa[0] = world_rec(w, w->rd, 0, true);
		w->run_pa = machine_pages(w->machine, 1, 0);
		w->run = machine_ns(w->machine, w->run_pa, PAGE);
		assert_refused(w, w->rec_pa[0], w->run_pa, RMI_ERROR_REALM);
		world_stop(w);
	}
}

guest_test(first_entry_is_a_reset)
{
	const struct rmm_guest *guest = &w->entered;

	enter(w);
	assert_int_equal(guest->pc, PAGE);
	assert_int_equal(guest->pstate, 0x3c5);	/* EL1h, DAIF */
	assert_int_equal(guest->el1.sctlr & 0x1005, 0);	/* M, C, I */
	for (unsigned i = 0; i < RMM_GPRS; i++)
		assert_int_equal(guest->x[i], 0);
}

static void memory_is_gone(struct world *w)
{
	assert_int_equal(host_delegate(w->machine, w->run_pa, PAGE), RMI_SUCCESS);
}

/* The host gave its page away while the REC ran: there is nowhere to write the exit to. */
guest_test(exit_without_a_page_is_an_error)
{
	w->meanwhile = memory_is_gone;
	w->trap.kind = RMM_TRAP_FIQ;
	assert_int_equal(rmi(w->machine, SMC_RMI_REC_ENTER, w->rec_pa[0], w->run_pa), RMI_ERROR_INPUT);
	w->meanwhile = NULL;
	assert_int_equal(host_undelegate(w->machine, w->run_pa, PAGE), RMI_SUCCESS);
	enter(w);
}

static void memory_is_the_firmwares(struct world *w)
{
	machine_set_owner(w->machine, w->run_pa, MACHINE_ROOT);
}

guest_test(page_that_cannot_be_reached_is_an_error)
{
	memory_is_the_firmwares(w);
	assert_refused(w, w->rec_pa[0], w->run_pa, RMI_ERROR_INPUT);
	machine_set_owner(w->machine, w->run_pa, MACHINE_NS);
	w->meanwhile = memory_is_the_firmwares;
	w->entries = 0;
	assert_int_equal(rmi(w->machine, SMC_RMI_REC_ENTER, w->rec_pa[0], w->run_pa), RMI_ERROR_INPUT);
	assert_int_equal(w->entries, 1);
}

static void enter_again(struct world *w)
{
	w->machine->cpu = 1;
	assert_int_equal(rmi(w->machine, SMC_RMI_REC_ENTER, w->rec_pa[0], w->run_pa), RMI_ERROR_REC);
	assert_int_equal(rmi(w->machine, SMC_RMI_REC_DESTROY, w->rec_pa[0]), RMI_ERROR_REC);
	if (!IS(w, 1_0))
		assert_int_equal(rmi(w->machine, SMC_RMI_REALM_TERMINATE, w->rd), RMI_ERROR_REALM);
}

guest_test(running_rec_is_in_use)
{
	w->meanwhile = enter_again;
	enter(w);
	w->meanwhile = NULL;
	enter(w);
}

/* GIC state */

#define LR(state, vintid) ((uint64_t)(state) << 62 | UINT64_C(0x50) << 48 | (vintid))
#define HW (UINT64_C(1) << 61)

static void set_gic(struct world *w, uint64_t hcr, unsigned index, uint64_t lr)
{
	if (IS(w, 1_0)) {
		w->run1->enter.gicv3_hcr = hcr;
		w->run1->enter.gicv3_lrs[index] = lr;
	} else {
		w->machine->gic[0].hcr = hcr;
		w->machine->gic[0].lrs[index] = lr;
	}
}

static void assert_gic(struct world *w, uint64_t hcr, unsigned index, uint64_t lr, bool valid)
{
	set_gic(w, hcr, index, lr);
	if (valid) {
		enter(w);
		assert_int_equal(w->entered.gic.hcr, hcr | 1);	/* En */
		assert_int_equal(w->entered.gic.lrs[index], lr);
	} else {
		assert_refused(w, w->rec_pa[0], w->run_pa, RMI_ERROR_REC);
	}
	set_gic(w, 0, index, 0);
}

guest_test(virtual_interrupts_go_in)
{
	for (uint64_t state = 0; state < 4; state++)
		assert_gic(w, 0, 1, LR(state, 27), true);
	assert_gic(w, 0, 3, LR(1, 1019), true);
	assert_gic(w, 0, 0, LR(1, 8192), true);
	assert_gic(w, 0, 0, LR(1, 65535) | UINT64_C(1) << 60, true);	/* group 1 */
	assert_gic(w, 0, 0, LR(1, 5) | UINT64_C(1) << 41, true);	/* EOI */
	assert_gic(w, 0x40fe, 0, 0, true);
}

guest_test(hardware_interrupts_are_refused)
{
	assert_gic(w, 0, 0, LR(1, 27) | HW, false);
	assert_gic(w, 0, 3, LR(2, 27) | HW, false);
	assert_gic(w, 0, 0, LR(3, 27) | HW, false);
}

/* 1.0: what the run page says must be something that the registers can hold. */
guest_test(encodings_of_the_run_page_are_checked)
{
	static const unsigned hcr_bits[] = { 0, 8, 10, 11, 12, 13, 15, 27, 31, 32, 63 };
	static const unsigned lr_bits[] = { 32, 40, 42, 44, 45, 47, 56, 59 };

	if (!IS(w, 1_0))
		return;
	for (size_t i = 0; i < COUNT(hcr_bits); i++)
		assert_gic(w, UINT64_C(1) << hcr_bits[i], 0, 0, false);
	for (size_t i = 0; i < COUNT(lr_bits); i++)
		assert_gic(w, 0, 0, LR(1, 27) | UINT64_C(1) << lr_bits[i], false);
	assert_gic(w, 0, 0, LR(1, 1020), false);
	assert_gic(w, 0, 0, LR(1, 1023), false);
	assert_gic(w, 0, 0, LR(1, 8191), false);
	assert_gic(w, 0, 0, LR(1, 65536), false);
	assert_gic(w, 0, 4, LR(1, 27), false);	/* there are four */
	assert_gic(w, 0, 15, 1, false);
}

/* 2.0: the host wrote the registers; TF-RMM looks for an interrupt that is listed twice. */
guest_test(interrupt_twice_is_refused)
{
	if (IS(w, 1_0))
		return;
	set_gic(w, 0, 0, LR(1, 27));
	assert_gic(w, 0, 3, LR(2, 27), false);
	assert_gic(w, 0, 3, LR(2, 28), true);
	assert_gic(w, 0, 3, LR(0, 27), true);
}

static void acknowledge(struct world *w)
{
	w->rec[0]->guest.gic.lrs[0] = LR(2, 27);
}

/* 2.0: the host finds in the registers what the guest left there, with the interface off. */
guest_test(gic_registers_stay_as_the_guest_left_them)
{
	if (IS(w, 1_0))
		return;
	set_gic(w, 2, 0, LR(1, 27));
	w->meanwhile = acknowledge;
	enter(w);
	assert_int_equal(w->machine->gic[0].lrs[0], LR(2, 27));
	assert_int_equal(w->machine->gic[0].hcr, 2);
}

guest_test(gic_state_comes_out)
{
	struct rmm_gic *gic = &w->rec[0]->guest.gic;

	w->run1->enter.gicv3_lrs[1] = LR(1, 30);
	w->run1->enter.gicv3_hcr = 2;
	gic->vmcr = 0x1234;
	gic->misr = 0x55;
	enter(w);
	assert_int_equal(w->run1->exit.gicv3_hcr, IS(w, 1_0) ? 2 : 0);
	assert_int_equal(w->run1->exit.gicv3_lrs[1], IS(w, 1_0) ? LR(1, 30) : 0);
	assert_int_equal(w->run1->exit.gicv3_vmcr, IS(w, 1_0) ? 0x1234 : 0);
	assert_int_equal(w->run1->exit.gicv3_misr, IS(w, 1_0) ? 0x55 : 0);
}

/* PSCI (DEN0022): X1..X3 of a result are zero */

static void assert_psci(struct world *w, int64_t result)
{
	assert_int_equal(w->logged, 1);
	assert_int_equal(w->out[0], (uint64_t)result);
	for (unsigned i = 1; i < RMM_SMC_REGS; i++)
		assert_int_equal(w->out[i], i < 4 ? 0 : w->in[i]);
	assert_memory_equal(w->out, w->rec[0]->guest.x, sizeof(w->out));
}

#define assert_psci_call(w, result, ...) do { \
	w->rec[0]->guest.pc = 0x7000; \
	smc(w, __VA_ARGS__); \
	assert_resumed(w); \
	assert_psci(w, result); \
	assert_int_equal(w->rec[0]->guest.pc, 0x7004); \
} while (0)

guest_test(psci_is_version_1_1)
{
	static const uint64_t listed[] = {
		0x84000000, 0x84000001, 0xc4000001, 0x84000002, 0x84000003, 0xc4000003, 0x84000004, 0xc4000004,
		0x84000008, 0x84000009, 0x8400000a, 0x80000000,
	};
	static const uint64_t others[] = { 0x84000005, 0x84000006, 0x84000007, 0xc4000005, 0xc4000008, 0x8400000e, 0 };

	assert_psci_call(w, 0x10001, SMC32_PSCI_VERSION);
	for (size_t i = 0; i < COUNT(listed); i++)
		assert_psci_call(w, PSCI_SUCCESS, SMC32_PSCI_FEATURES, listed[i]);
	for (size_t i = 0; i < COUNT(others); i++)
		assert_psci_call(w, PSCI_NOT_SUPPORTED, SMC32_PSCI_FEATURES, others[i]);
	assert_psci_call(w, PSCI_NOT_SUPPORTED, 0x84000005);
	assert_psci_call(w, PSCI_NOT_SUPPORTED, 0xc400001f);
	assert_psci_call(w, PSCI_NOT_SUPPORTED, 0x8400001f);
}

guest_test(psci_answers_by_itself_where_it_can)
{
	assert_psci_call(w, PSCI_INVALID_ADDRESS, SMC64_PSCI_CPU_ON, 1, HOST, 0);
	assert_psci_call(w, PSCI_INVALID_ADDRESS, SMC64_PSCI_CPU_ON, 2, UINT64_MAX, 0);
	assert_psci_call(w, PSCI_INVALID_PARAMETERS, SMC64_PSCI_CPU_ON, 2, PAGE, 0);
	assert_psci_call(w, PSCI_INVALID_PARAMETERS, SMC64_PSCI_CPU_ON, 0x101, PAGE, 0);
	assert_psci_call(w, PSCI_INVALID_PARAMETERS, SMC64_PSCI_CPU_ON, UINT64_C(1) << 32 | 1, PAGE, 0);
	assert_psci_call(w, PSCI_INVALID_PARAMETERS, SMC64_PSCI_CPU_ON, 0x11, PAGE, 0);
	assert_psci_call(w, PSCI_ALREADY_ON, SMC64_PSCI_CPU_ON, 0, PAGE, 0);
	assert_psci_call(w, PSCI_INVALID_PARAMETERS, SMC64_PSCI_AFFINITY_INFO, 0, 1);
	assert_psci_call(w, PSCI_INVALID_PARAMETERS, SMC64_PSCI_AFFINITY_INFO, 2, 0);
	assert_psci_call(w, PSCI_AFFINITY_ON, SMC64_PSCI_AFFINITY_INFO, 0, 0);
}

/* An exit for PSCI with these in gprs[0..3]; the rest is zero. */
static void assert_psci_exit(struct world *w, uint64_t fid, uint64_t a, uint64_t b, uint64_t c)
{
	const uint64_t expected[RMM_GPRS] = { fid, a, b, c };

	assert_exit(w, RMI_EXIT_PSCI);
	assert_memory_equal(w->run->exit.gprs, expected, sizeof(expected));
}

static uint64_t psci_complete(struct world *w, int64_t status)
{
	return rmi(w->machine, SMC_RMI_PSCI_COMPLETE, w->rec_pa[0], w->rec_pa[1], (uint64_t)status);
}

guest_test(suspend_returns_at_the_next_entry)
{
	w->rec[0]->guest.pc = 0x7000;
	smc(w, SMC64_PSCI_CPU_SUSPEND, 1, 2, 3);
	assert_psci_exit(w, SMC64_PSCI_CPU_SUSPEND, 0, 0, 0);
	assert_psci(w, PSCI_SUCCESS);
	enter(w);
	assert_int_equal(w->entered.pc, 0x7004);
}

guest_test(cpu_turns_itself_off)
{
	smc(w, SMC32_PSCI_CPU_OFF);
	assert_psci_exit(w, SMC32_PSCI_CPU_OFF, 0, 0, 0);
	assert_refused(w, w->rec_pa[0], w->run_pa, RMI_ERROR_REC);
}

guest_test(realm_turns_itself_off)
{
	uint64_t fid = IS(w, 2_0) ? SMC32_PSCI_SYSTEM_RESET : SMC32_PSCI_SYSTEM_OFF;

	smc(w, fid);
	assert_psci_exit(w, fid, 0, 0, 0);
	assert_refused(w, w->rec_pa[0], w->run_pa, IS(w, 1_0) ? RMI_ERROR_REALM | 1 << 8 : RMI_ERROR_REALM);
}

static void ask_cpu_on(struct world *w)
{
	w->rec[0]->guest.pc = 0x7000;
	smc(w, SMC64_PSCI_CPU_ON, 1, 0x2000, 0x1234);
	if (IS(w, 2_0))
		assert_psci_exit(w, SMC64_PSCI_CPU_ON, 1, 0x2000, 0x1234);
	else
		assert_psci_exit(w, SMC64_PSCI_CPU_ON, 1, 0, 0);
	assert_int_equal(w->logged, 0);
	assert_refused(w, w->rec_pa[0], w->run_pa, RMI_ERROR_REC);
}

static void assert_completed(struct world *w, int64_t result)
{
	assert_psci(w, result);
	enter(w);
	assert_int_equal(w->entered.pc, 0x7004);
}

guest_test(cpu_on_resets_the_target)
{
	bool big_endian = !IS(w, 2_0);

	memset(w->rec[1]->guest.x, 0xee, sizeof(w->rec[1]->guest.x));
	memset(&w->rec[1]->guest.el1, 0xee, sizeof(w->rec[1]->guest.el1));
	w->rec[0]->guest.el1.sctlr = UINT64_C(1) << 25 | 1;	/* EE, M */
	ask_cpu_on(w);
	assert_int_equal(psci_complete(w, PSCI_SUCCESS), RMI_SUCCESS);
	assert_completed(w, PSCI_SUCCESS);
	assert_int_equal(enter_rec(w, 1), RMI_SUCCESS);
	assert_int_equal(w->entered.pc, 0x2000);
	assert_int_equal(w->entered.x[0], 0x1234);
	assert_int_equal(w->entered.x[1], 0);
	assert_int_equal(w->entered.pstate, 0x3c5);
	assert_int_equal(w->entered.el1.vbar, 0);
	assert_int_equal(w->entered.el1.sctlr & 0x2001005, big_endian ? 0x2000000 : 0);
	assert_int_equal(w->entered.mpidr, 1);
}

guest_test(cpu_on_can_be_denied)
{
	ask_cpu_on(w);
	assert_int_equal(psci_complete(w, PSCI_DENIED), RMI_SUCCESS);
	assert_completed(w, PSCI_DENIED);
	assert_refused(w, w->rec_pa[1], w->run_pa, RMI_ERROR_REC);
}

guest_test(cpu_that_is_on_cannot_be_turned_on)
{
	w->rec[1]->runnable = true;
	w->rec[1]->guest.pc = 0x5000;
	ask_cpu_on(w);
	assert_int_equal(psci_complete(w, PSCI_SUCCESS), RMI_SUCCESS);
	assert_completed(w, PSCI_ALREADY_ON);
	assert_int_equal(w->rec[1]->guest.pc, 0x5000);
	/* TF-RMM tells a host that denies it of its mistake. */
	ask_cpu_on(w);
	assert_int_equal(psci_complete(w, PSCI_DENIED), IS(w, 2_0) ? RMI_SUCCESS : RMI_ERROR_INPUT);
	assert_completed(w, PSCI_ALREADY_ON);
}

guest_test(affinity_info_is_answered_with_the_target)
{
	for (unsigned on = 0; on < 2; on++) {
		w->rec[1]->runnable = on;
		w->rec[0]->guest.pc = 0x7000;
		smc(w, SMC32_PSCI_AFFINITY_INFO, UINT64_C(0xffffffff00000001), UINT64_C(0xffffffff00000000));
		assert_psci_exit(w, SMC32_PSCI_AFFINITY_INFO, 1, 0, 0);
		assert_int_equal(psci_complete(w, PSCI_DENIED), RMI_ERROR_INPUT);
		assert_int_equal(psci_complete(w, PSCI_SUCCESS), RMI_SUCCESS);
		assert_completed(w, on ? PSCI_AFFINITY_ON : PSCI_AFFINITY_OFF);
	}
}

guest_test(wrong_completion_is_refused)
{
	uint64_t rd = world_realm(w, 2, RMI_HASH_SHA_256), other;
	const uint64_t *pa = w->rec_pa;

	world_rec(w, rd, 0, true);
	other = world_rec(w, rd, 1, false);
	assert_int_equal(psci_complete(w, PSCI_SUCCESS), RMI_ERROR_INPUT);	/* nothing to complete */
	ask_cpu_on(w);
	assert_int_equal(rmi(w->machine, SMC_RMI_PSCI_COMPLETE, pa[0], pa[0], 0), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI_PSCI_COMPLETE, pa[1], pa[0], 0), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI_PSCI_COMPLETE, pa[0], other, 0), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI_PSCI_COMPLETE, pa[0], w->rd, 0), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI_PSCI_COMPLETE, pa[0] + 1, pa[1], 0), RMI_ERROR_INPUT);
	assert_int_equal(rmi(w->machine, SMC_RMI_PSCI_COMPLETE, pa[0], pa[1] + 1, 0), RMI_ERROR_INPUT);
	assert_int_equal(psci_complete(w, PSCI_ALREADY_ON), RMI_ERROR_INPUT);
	assert_int_equal(psci_complete(w, 1), RMI_ERROR_INPUT);
	assert_int_equal(psci_complete(w, PSCI_SUCCESS), RMI_SUCCESS);
	assert_int_equal(psci_complete(w, PSCI_SUCCESS), RMI_ERROR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entry_of_what_is_no_rec_is_refused),
		cmocka_unit_test(entry_of_a_rec_that_is_off_is_refused),
		cmocka_unit_test(entry_of_a_new_realm),
		cmocka_unit_test(first_entry_is_a_reset),
		cmocka_unit_test(exit_without_a_page_is_an_error),
		cmocka_unit_test(page_that_cannot_be_reached_is_an_error),
		cmocka_unit_test(running_rec_is_in_use),
		cmocka_unit_test(virtual_interrupts_go_in),
		cmocka_unit_test(hardware_interrupts_are_refused),
		cmocka_unit_test(encodings_of_the_run_page_are_checked),
		cmocka_unit_test(interrupt_twice_is_refused),
		cmocka_unit_test(gic_registers_stay_as_the_guest_left_them),
		cmocka_unit_test(gic_state_comes_out),
		cmocka_unit_test(psci_is_version_1_1),
		cmocka_unit_test(psci_answers_by_itself_where_it_can),
		cmocka_unit_test(suspend_returns_at_the_next_entry),
		cmocka_unit_test(cpu_turns_itself_off),
		cmocka_unit_test(realm_turns_itself_off),
		cmocka_unit_test(cpu_on_resets_the_target),
		cmocka_unit_test(cpu_on_can_be_denied),
		cmocka_unit_test(cpu_that_is_on_cannot_be_turned_on),
		cmocka_unit_test(affinity_info_is_answered_with_the_target),
		cmocka_unit_test(wrong_completion_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
