/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-rmm-guest.c - a guest that traps: exceptions it takes, exits that the host sees, entries that finish them */
#include "rmm-guest.h"

#define DATA EC(0x24)
#define FETCH EC(0x20)
#define ISV (UINT64_C(1) << 24)
#define SAS(log2) ((uint64_t)(log2) << 22)
#define SSE (UINT64_C(1) << 21)
#define SRT(reg) ((uint64_t)(reg) << 16)
#define SF (UINT64_C(1) << 15)
#define SET(set) ((uint64_t)(set) << 11)
#define FNV (UINT64_C(1) << 10)
#define EA (UINT64_C(1) << 9)
#define CM (UINT64_C(1) << 8)
#define S1PTW (UINT64_C(1) << 7)
#define WNR (UINT64_C(1) << 6)

#define EL0 0x000
#define EL1T 0x3c4
#define EL1H 0x3c5
#define VBAR UINT64_C(0xffff800080010800)

/* Exceptions: DDI 0487, D1.3.1 (vectors) and AArch64.TakeException() */

static const struct vector {
	uint64_t pstate, sctlr, offset, handler;
} vectors[] = {
	{ EL1H, 0x30d00980, 0x200, 0x3c5 },
	{ EL1T, 0x30d00980, 0x000, 0x3c5 },
	{ EL0, 0x30d00980, 0x400, 0x3c5 },
	{ 0x10, 0x30d00980, 0x600, 0x3c5 },	/* AArch32 */
	{ 0x605, 0x30d00980, 0x200, 0x3c5 },	/* interrupts were open; BTYPE */
	{ 0xf1000005, 0x30d00980, 0x200, 0xf10003c5 },	/* NZCV and DIT stay */
	{ 0x003003c5, 0x30d00980, 0x200, 0x3c5 },	/* SS and IL do not */
	{ 0x00c003c5, 0x30d00980, 0x200, 0x004003c5 },	/* PAN stays, UAO does not */
	{ EL0, 0x30500980, 0x400, 0x004003c5 },	/* SPAN clear: PAN is set */
	{ EL0, 0x10030d00980, 0x400, 0x3c5 },
	{ EL0, UINT64_C(0x100030d00980), 0x400, 0x13c5 },	/* DSSBS: SSBS is set */
};

guest_test(hvc_is_undefined)
{
	struct rmm_guest *guest = &w->rec[0]->guest;

	for (size_t i = 0; i < COUNT(vectors); i++) {
		guest->pc = 0x5004;	/* behind the HVC, as the CPU says */
		guest->pstate = vectors[i].pstate;
		guest->el1.sctlr = vectors[i].sctlr;
		guest->el1.vbar = VBAR;
		trap_sync(w, EC(0x16) | IL, 0, 0);
		assert_resumed(w);
		assert_int_equal(guest->el1.elr, 0x5000);
		assert_int_equal(guest->el1.spsr, vectors[i].pstate);
		assert_int_equal(guest->el1.esr, 0x02000000);
		assert_int_equal(guest->pc, VBAR + vectors[i].offset);
		assert_int_equal(guest->pstate, vectors[i].handler);
	}
}

/* What a guest sees of an abort: a synchronous external abort, DFSC 0x10, from the exception level it was at */
static const struct delivery {
	uint64_t pstate, esr, ipa, guest_esr;
} deliveries[] = {
	{ EL1H, DATA | IL | ISV | SAS(3) | SRT(5) | SF | WNR | 0x07, 3 * PAGE, EC(0x25) | IL | WNR | 0x10 },
	{ EL0, DATA | IL | 0x06, 3 * PAGE + 8, EC(0x24) | IL | 0x10 },
	{ EL0, DATA | IL | CM | WNR | 0x06, 3 * PAGE, EC(0x24) | IL | CM | WNR | 0x10 },
	{ EL1H, DATA | IL | S1PTW | 0x07, 3 * PAGE, EC(0x25) | IL | 0x10 },
	{ EL1H, FETCH | IL | 0x07, 3 * PAGE, EC(0x21) | IL | 0x10 },
	{ EL0, FETCH | IL | 0x07, 3 * PAGE, EC(0x20) | IL | 0x10 },
	{ EL1H, FETCH | IL | 0x07, HOST, EC(0x21) | IL | 0x10 },
	{ EL1T, FETCH | IL | 0x0f, HOST + 5 * PAGE, EC(0x21) | IL | 0x10 },
};

static void assert_delivered(struct world *w, const struct delivery *row)
{
	struct rmm_guest *guest = &w->rec[0]->guest;

	guest->pstate = row->pstate;
	guest->pc = 0x7000;
	guest->el1.vbar = VBAR;
	trap_abort(w, row->esr, row->ipa);
	assert_resumed(w);
	assert_int_equal(guest->el1.esr, row->guest_esr);
	assert_int_equal(guest->el1.far, row->ipa);
	assert_int_equal(guest->el1.elr, 0x7000);
	assert_int_equal(guest->pstate, EL1H);
}

guest_test(aborts_that_concern_the_guest_alone_are_delivered)
{
	for (size_t i = 0; i < COUNT(deliveries); i++)
		assert_delivered(w, &deliveries[i]);
}

/* Above the IPA space: an address size fault (level 0) in the text of 2.0, an external abort in TF-RMM */
guest_test(abort_above_the_ipa_space_is_delivered)
{
	uint64_t fsc = w->variant == &rmm_variant_2_0 ? 0x00 : 0x10;

	assert_delivered(w, &(struct delivery){ EL1H, DATA | IL | 0x04, 2 * HOST, EC(0x25) | IL | fsc });
	assert_delivered(w, &(struct delivery){ EL0, FETCH | IL | 0x04, 2 * HOST, EC(0x20) | IL | fsc });
}

/* Stage 2 aborts that the host has to deal with */

static const struct abort_exit {
	uint64_t ipa, esr, exit_esr, far, value;
} abort_exits[] = {
	/* protected: EC, SET, FnV, EA, FSC and no more */
	{ 2 * PAGE + 8, DATA | IL | ISV | SAS(3) | SRT(5) | SF | WNR | 0x07, DATA | 0x07, 0, 0 },
	{ 2 * PAGE, DATA | IL | SET(3) | FNV | EA | CM | S1PTW | 0x07, DATA | SET(3) | FNV | EA | 0x07, 0, 0 },
	{ 2 * PAGE, FETCH | IL | 0x07, FETCH | 0x07, 0, 0 },
	{ 4 * PAGE, DATA | IL | 0x07, DATA | 0x07, 0, 0 },
	{ 4 * PAGE, FETCH | IL | 0x07, FETCH | 0x07, 0, 0 },
	/* unprotected, emulatable: ISV, SAS, SF and WnR too, where in the page, and what is written */
	{ HOST + 0x18, DATA | IL | ISV | SAS(2) | SRT(5) | 0x06, DATA | ISV | SAS(2) | 0x06, 0x18, 0 },
	{ HOST + 0xffe, DATA | IL | ISV | SAS(1) | SSE | SRT(5) | SF | 0x06, DATA | ISV | SAS(1) | SF | 0x06,
	  0xffe, 0 },
	{ HOST + 0x1b, DATA | IL | ISV | SAS(0) | SRT(5) | WNR | 0x06, DATA | ISV | WNR | 0x06, 0x1b, 0x88 },
	{ HOST, DATA | IL | ISV | SAS(1) | SRT(5) | WNR | 0x06, DATA | ISV | SAS(1) | WNR | 0x06, 0, 0x7788 },
	{ HOST, DATA | IL | ISV | SAS(2) | SRT(5) | WNR | 0x0e, DATA | ISV | SAS(2) | WNR | 0x0e, 0, 0x55667788 },
	{ HOST, DATA | IL | ISV | SAS(3) | SRT(5) | SF | WNR | 0x06, DATA | ISV | SAS(3) | SF | WNR | 0x06, 0,
	  UINT64_C(0x1122334455667788) },
	{ HOST, DATA | IL | ISV | SAS(3) | SRT(31) | SF | WNR | 0x06, DATA | ISV | SAS(3) | SF | WNR | 0x06, 0, 0 },
	/* unprotected, without a syndrome: as protected, with IL */
	{ HOST + 0x18, DATA | IL | WNR | 0x06, DATA | IL | 0x06, 0, 0 },
	{ HOST + 0x18, DATA | WNR | 0x06, DATA | 0x06, 0, 0 },
};

guest_test(aborts_exit_with_what_the_host_needs)
{
	for (size_t i = 0; i < COUNT(abort_exits); i++) {
		const struct abort_exit *row = &abort_exits[i];

		w->rec[0]->guest.x[5] = UINT64_C(0x1122334455667788);
		trap_abort(w, row->esr, row->ipa);
		assert_exit(w, RMI_EXIT_SYNC);
		assert_int_equal(w->run->exit.esr, row->exit_esr);
		assert_int_equal(w->run->exit.far, row->far);
		assert_int_equal(w->run->exit.hpfar, row->ipa >> 12 << 4);
		assert_int_equal(w->run->exit.gprs[0], row->value);
	}
}

guest_test(hpfar_has_no_ns_bit)
{
	trap_sync(w, DATA | IL | 0x07, 2 * PAGE, UINT64_C(1) << 63 | 2 << 4 | 0xf);
	assert_int_equal(w->run->exit.hpfar, 2 << 4);
}

guest_test(external_aborts_exit_without_addresses)
{
	static const unsigned fsc[] = { 0x10, 0x13, 0x14, 0x17 }, others[] = { 0x07, 0x0f, 0x11, 0x12, 0x18, 0x30 };

	for (size_t i = 0; i < COUNT(fsc); i++) {
		trap_abort(w, DATA | IL | SET(3) | EA | WNR | fsc[i], PAGE);
		assert_exit(w, RMI_EXIT_SYNC);
		assert_int_equal(w->run->exit.esr, DATA | SET(3) | EA | fsc[i]);
		assert_int_equal(w->run->exit.far, 0);
		assert_int_equal(w->run->exit.hpfar, 0);
	}
	for (size_t i = 0; i < COUNT(others); i++) {
		trap_abort(w, DATA | IL | others[i], 2 * PAGE);
		assert_int_equal(w->run->exit.hpfar, 2 << 4);
	}
}

/* What the host gives for a load is what memory would have held. */

static const struct mmio_read {
	uint64_t esr, given, loaded;
} mmio_reads[] = {
	{ SAS(0), UINT64_C(0xfedcba9876543281), 0x81 },
	{ SAS(0) | SF, UINT64_C(0xfedcba9876543281), 0x81 },
	{ SAS(0) | SSE, 0x81, 0xffffff81 },
	{ SAS(0) | SSE | SF, 0x81, UINT64_C(0xffffffffffffff81) },
	{ SAS(0) | SSE | SF, 0x71, 0x71 },
	{ SAS(1), UINT64_C(0xfedcba98765498ab), 0x98ab },
	{ SAS(1) | SSE, 0x98ab, 0xffff98ab },
	{ SAS(1) | SSE | SF, 0x98ab, UINT64_C(0xffffffffffff98ab) },
	{ SAS(2), UINT64_C(0xfedcba9887654321), 0x87654321 },
	{ SAS(2) | SSE | SF, 0x87654321, UINT64_C(0xffffffff87654321) },
	{ SAS(3) | SF, UINT64_C(0xfedcba9876543210), UINT64_C(0xfedcba9876543210) },
};

static void finish_mmio(struct world *w, uint64_t flags, uint64_t value)
{
	w->run->enter.flags = flags;
	w->run->enter.gprs[0] = value;
	enter(w);
	w->run->enter.flags = 0;
}

guest_test(emulated_loads_set_the_register)
{
	struct rmm_guest *guest = &w->rec[0]->guest;

	for (size_t i = 0; i < COUNT(mmio_reads); i++) {
		guest->x[7] = UINT64_C(0x5555555555555555);
		guest->pc = 0x7000;
		trap_abort(w, DATA | IL | ISV | SRT(7) | mmio_reads[i].esr | 0x06, HOST);
		finish_mmio(w, RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK, mmio_reads[i].given);
		assert_int_equal(w->entered.x[7], mmio_reads[i].loaded);
		assert_int_equal(w->entered.pc, 0x7004);
	}
}

guest_test(emulated_load_to_the_zero_register_changes_none)
{
	struct rmm_guest before;

	trap_abort(w, DATA | IL | ISV | SRT(31) | SAS(3) | SF | 0x06, HOST);
	before = w->rec[0]->guest;
	finish_mmio(w, RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK, 1);
	before.pc += 4;
	assert_memory_equal(w->entered.x, before.x, sizeof(before.x));
	assert_int_equal(w->entered.pc, before.pc);
}

guest_test(emulated_store_is_skipped)
{
	w->rec[0]->guest.x[7] = 7;
	w->rec[0]->guest.pc = 0x7000;
	trap_abort(w, DATA | IL | ISV | SRT(7) | SAS(3) | WNR | 0x06, HOST);
	finish_mmio(w, RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK, 1);
	assert_int_equal(w->entered.x[7], 7);
	assert_int_equal(w->entered.pc, 0x7004);
}

guest_test(access_that_is_not_emulated_runs_again)
{
	w->rec[0]->guest.pc = 0x7000;
	trap_abort(w, DATA | IL | ISV | SRT(7) | SAS(3) | 0x06, HOST);
	finish_mmio(w, 0, 1);
	assert_int_equal(w->entered.pc, 0x7000);
	/* and is no longer waiting for an answer */
	w->run->enter.flags = RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK;
	assert_int_equal(enter_rec(w, 0), RMI_ERROR_REC);
}

guest_test(emulation_of_anything_else_is_refused)
{
	static const uint64_t ipas[] = { 2 * PAGE, HOST, HOST, HOST };
	static const uint64_t esrs[] = { ISV | 0x07, 0x06, ISV | CM | WNR | 0x06, ISV | S1PTW | 0x06 };

	for (size_t i = 0; i < COUNT(ipas); i++) {
		w->run->enter.flags = 0;
		trap_abort(w, DATA | IL | esrs[i], ipas[i]);
		assert_exit(w, RMI_EXIT_SYNC);
		w->run->enter.flags = RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK;
		assert_int_equal(enter_rec(w, 0), RMI_ERROR_REC);
		assert_int_equal(w->run->exit.exit_reason, 0xa5);
	}
}

guest_test(injected_abort_comes_before_emulation)
{
	struct rmm_guest *guest = &w->rec[0]->guest;

	guest->x[7] = 7;
	guest->pc = 0x7000;
	guest->el1.vbar = VBAR;
	trap_abort(w, DATA | IL | ISV | SRT(7) | SAS(2) | 0x06, HOST + 0x18);
	finish_mmio(w, RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK | RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK, 1);
	assert_int_equal(w->entered.x[7], 7);
	assert_int_equal(w->entered.pc, VBAR + 0x200);
	assert_int_equal(w->entered.el1.elr, 0x7000);
	assert_int_equal(w->entered.el1.esr, EC(0x25) | IL | 0x10);
	assert_int_equal(w->entered.el1.far, HOST + 0x18);
}

guest_test(abort_is_injected_for_an_access_without_syndrome)
{
	trap_abort(w, DATA | IL | WNR | 0x06, HOST);
	finish_mmio(w, RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK, 0);
	assert_int_equal(w->entered.el1.esr, EC(0x25) | IL | WNR | 0x10);
}

/* TF-RMM 2.0 refuses an abort that answers nothing; the text does not, and there is none to inject. */
guest_test(abort_out_of_the_blue_is_not_injected)
{
	struct rmm_guest before = w->rec[0]->guest;

	w->run->enter.flags = RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK;
	if (w->variant == &rmm_variant_tf_2_0) {
		assert_int_equal(enter_rec(w, 0), RMI_ERROR_REC);
	} else {
		enter(w);
		assert_int_equal(w->entered.pc, before.pc);
	}
}

/* Other reasons to exit */

#define WAIT(ti, rn, rv) (EC(0x01) | IL | UINT64_C(0x1e) << 20 | (rn) << 5 | (rv) << 2 | (ti))

static const struct wait {
	uint64_t esr, exit_esr, timeout;
} waits[] = {
	{ WAIT(0, 9, 0), EC(0x01), 0 },	/* WFI */
	{ WAIT(1, 9, 0), EC(0x01) | 1, 0 },	/* WFE */
	{ WAIT(2, 9, 1), EC(0x01) | 2, 0x1234 },	/* WFIT */
	{ WAIT(3, 9, 1), EC(0x01) | 3, 0x1234 },	/* WFET */
	{ WAIT(3, 31, 1), EC(0x01) | 3, 0 },
	{ WAIT(2, 9, 0), EC(0x01) | 2, 0 },	/* the register is not known */
	{ WAIT(0, 9, 1), EC(0x01), 0 },
};

guest_test(wait_exits_behind_the_instruction)
{
	for (size_t i = 0; i < COUNT(waits); i++) {
		w->rec[0]->guest.x[9] = 0x1234;
		w->rec[0]->guest.pc = 0x7000;
		trap_sync(w, waits[i].esr, 0, 0);
		assert_exit(w, RMI_EXIT_SYNC);
		assert_int_equal(w->run->exit.esr, waits[i].exit_esr);
		assert_int_equal(w->run->exit.gprs[0], waits[i].timeout);
		assert_int_equal(w->rec[0]->guest.pc, 0x7004);
	}
}

guest_test(entry_says_which_waits_trap)
{
	for (unsigned i = 0; i < 4; i++) {
		w->run->enter.flags = (uint64_t)i << 2;
		enter(w);
		assert_int_equal(w->entered.trap_wfi, i & 1);
		assert_int_equal(w->entered.trap_wfe, i >> 1);
	}
}

#define SYSREG(op0, op1, crn, crm, op2, rt) \
	(EC(0x18) | IL | (uint64_t)(op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (rt) << 5 | (crm) << 1)

static const uint64_t icc_registers[] = {
	SYSREG(3, 0, 12, 11, 5, 3),	/* ICC_SGI1R_EL1 */
	SYSREG(3, 0, 12, 11, 6, 3),	/* ICC_ASGI1R_EL1 */
	SYSREG(3, 0, 12, 11, 7, 3),	/* ICC_SGI0R_EL1 */
	SYSREG(3, 0, 12, 11, 1, 3),	/* ICC_DIR_EL1 */
	SYSREG(3, 0, 12, 8, 0, 3),	/* ICC_IAR0_EL1 */
	SYSREG(3, 0, 12, 12, 7, 3),	/* ICC_IGRPEN1_EL1 */
	SYSREG(3, 0, 4, 6, 0, 3),	/* ICC_PMR_EL1 */
};

guest_test(gic_register_accesses_exit)
{
	struct rmm_guest *guest = &w->rec[0]->guest;

	for (size_t i = 0; i < COUNT(icc_registers); i++) {
		guest->x[3] = 0x3333;
		guest->pc = 0x7000;
		trap_sync(w, icc_registers[i], 0, 0);
		assert_exit(w, RMI_EXIT_SYNC);
		assert_int_equal(w->run->exit.esr, icc_registers[i] & ~IL);
		assert_int_equal(w->run->exit.gprs[0], 0x3333);
		assert_int_equal(guest->pc, 0x7004);
		finish_mmio(w, 0, 0x77);
		assert_int_equal(w->entered.x[3], 0x3333);
	}
}

guest_test(gic_register_read_ends_at_the_next_entry)
{
	w->rec[0]->guest.x[3] = 0x3333;
	trap_sync(w, icc_registers[4] | 1, 0, 0);
	assert_exit(w, RMI_EXIT_SYNC);
	assert_int_equal(w->run->exit.esr, (icc_registers[4] & ~IL) | 1);
	assert_int_equal(w->run->exit.gprs[0], 0);
	finish_mmio(w, 0, 0x77);
	assert_int_equal(w->entered.x[3], 0x77);
	finish_mmio(w, 0, 0x99);
	assert_int_equal(w->entered.x[3], 0x77);
}

static const uint64_t other_registers[] = {
	SYSREG(3, 0, 12, 0, 0, 3),	/* VBAR_EL1 */
	SYSREG(3, 0, 0, 4, 0, 3),	/* ID_AA64PFR0_EL1 */
	SYSREG(3, 3, 12, 8, 0, 3),
	SYSREG(2, 0, 12, 8, 0, 3),
	SYSREG(3, 0, 4, 6, 1, 3),
};

guest_test(other_registers_read_as_zero_and_ignore_writes)
{
	struct rmm_guest *guest = &w->rec[0]->guest;

	for (size_t i = 0; i < COUNT(other_registers); i++) {
		guest->x[3] = 0x3333;
		guest->pc = 0x7000;
		trap_sync(w, other_registers[i], 0, 0);
		assert_resumed(w);
		assert_int_equal(guest->x[3], 0x3333);
		trap_sync(w, other_registers[i] | 1, 0, 0);
		assert_resumed(w);
		assert_int_equal(guest->x[3], 0);
		assert_int_equal(guest->pc, 0x7008);
	}
}

guest_test(unexpected_class_exits_without_syndrome)
{
	static const unsigned classes[] = { 0x00, 0x03, 0x07, 0x0e, 0x13, 0x15, 0x19, 0x22, 0x26, 0x32, 0x3c, 0x3f };

	for (size_t i = 0; i < COUNT(classes); i++) {
		trap_sync(w, EC(classes[i]) | IL | 0x1ffffff, 1, 1);
		assert_exit(w, RMI_EXIT_SYNC);
		assert_int_equal(w->run->exit.esr, 0);
		assert_int_equal(w->run->exit.far, 0);
		assert_int_equal(w->run->exit.hpfar, 0);
	}
}

guest_test(interrupts_exit_without_anything)
{
	static const struct rmi_rec_exit zero;

	for (unsigned kind = RMM_TRAP_IRQ; kind <= RMM_TRAP_FIQ; kind++) {
		w->trap = (struct rmm_trap){ .kind = kind, .esr = 1, .far = 2, .hpfar = 3 };
		enter(w);
		assert_exit(w, kind == RMM_TRAP_IRQ ? RMI_EXIT_IRQ : RMI_EXIT_FIQ);
		assert_memory_equal(w->run->exit.pad_001, zero.pad_001, sizeof(zero) - 1);
	}
}

guest_test(serror_exits_with_reduced_syndrome)
{
	w->trap = (struct rmm_trap){ .kind = RMM_TRAP_SERROR, .esr = EC(0x2f) | 0x3ffffff };
	enter(w);
	assert_exit(w, RMI_EXIT_SERROR);
	/* IDS, AET, EA, DFSC */
	assert_int_equal(w->run->exit.esr, EC(0x2f) | 1 << 24 | 7 << 10 | 1 << 9 | 0x3f);
}

guest_test(exits_tell_timers_and_pmu)
{
	w->rec[0]->guest.timers = (struct rmm_timers){ 5, UINT64_C(0x123456789a), 1, 77 };
	w->rec[0]->guest.pmu_overflow = true;
	enter(w);
	assert_int_equal(w->run->exit.cntp_ctl, 5);
	assert_int_equal(w->run->exit.cntp_cval, UINT64_C(0x123456789a));
	assert_int_equal(w->run->exit.cntv_ctl, 1);
	assert_int_equal(w->run->exit.cntv_cval, 77);
	assert_int_equal(w->run->exit.pmu_ovf_status, RMI_PMU_OVERFLOW_ACTIVE);
	w->rec[0]->guest.pmu_overflow = false;
	enter(w);
	assert_int_equal(w->run->exit.pmu_ovf_status, RMI_PMU_OVERFLOW_NOT_ACTIVE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hvc_is_undefined),
		cmocka_unit_test(aborts_that_concern_the_guest_alone_are_delivered),
		cmocka_unit_test(abort_above_the_ipa_space_is_delivered),
		cmocka_unit_test(aborts_exit_with_what_the_host_needs),
		cmocka_unit_test(hpfar_has_no_ns_bit),
		cmocka_unit_test(external_aborts_exit_without_addresses),
		cmocka_unit_test(emulated_loads_set_the_register),
		cmocka_unit_test(emulated_load_to_the_zero_register_changes_none),
		cmocka_unit_test(emulated_store_is_skipped),
		cmocka_unit_test(access_that_is_not_emulated_runs_again),
		cmocka_unit_test(emulation_of_anything_else_is_refused),
		cmocka_unit_test(injected_abort_comes_before_emulation),
		cmocka_unit_test(abort_is_injected_for_an_access_without_syndrome),
		cmocka_unit_test(abort_out_of_the_blue_is_not_injected),
		cmocka_unit_test(wait_exits_behind_the_instruction),
		cmocka_unit_test(entry_says_which_waits_trap),
		cmocka_unit_test(gic_register_accesses_exit),
		cmocka_unit_test(gic_register_read_ends_at_the_next_entry),
		cmocka_unit_test(other_registers_read_as_zero_and_ignore_writes),
		cmocka_unit_test(unexpected_class_exits_without_syndrome),
		cmocka_unit_test(interrupts_exit_without_anything),
		cmocka_unit_test(serror_exits_with_reduced_syndrome),
		cmocka_unit_test(exits_tell_timers_and_pmu),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
