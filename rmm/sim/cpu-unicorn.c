/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cpu-unicorn.c - a CPU by Unicorn, which executes instructions of arm64 and enters no exception by itself
 *
 * What it lacks: interrupts, so that the whole interface to the GIC traps; traps of vector instructions (CPACR_EL1); AT
 * with stage 1 on; the rights of EL0 after an ERET, until something stops it; code that one CPU changes after another
 * has run it with stage 1 off. An exclusive monitor takes a location that has its value back for untouched. Unicorn
 * before 2.1 cannot take exceptions from EL0 to EL1.
 */
#include <stdlib.h>
#include <string.h>
#include "cpu-decode.h"
#include "cpu-internal.h"
#include "cpu-stage1.h"

#define NOWHERE UINT64_MAX	/* where the engine would stop by itself */
#define PSTATE_EL_MASK UINT64_C(0xc)
#define HPFAR_FIPA_SHIFT 4	/* of IPA >> 12 */

/* Numbers of the exceptions that the engine tells of */
enum {
	EXCEPTION_UNDEFINED = 1,
	EXCEPTION_SVC = 2,
	EXCEPTION_DATA_ABORT = 4,
	EXCEPTION_BRK = 7,
	EXCEPTION_HVC = 11,
	EXCEPTION_SMC = 13,
};

/* hooks */

static void stop(struct sim_cpu *cpu, enum cpu_event event)
{
	cpu->event = event;
	uc_emu_stop(cpu->uc);
}

/* Before each instruction, since only so does the engine know at which one it is when memory is missing. */
static void on_instruction(uc_engine *uc, uint64_t address, uint32_t size, void *arg)
{
	struct sim_cpu *cpu = arg;

	if (cpu->event != CPU_HALTED)
		return;
	cpu->pc = address;
	if (!cpu->steps || cpu->context_changed)
		stop(cpu, CPU_BETWEEN);
	else if (cpu->guest->trap_wfe && cpu_insn(cpu, address) == INSN_WFE)
		stop(cpu, CPU_WFE);
	else
		cpu->steps--;
}

static enum mmu_access access_of(uc_mem_type type)
{
	switch (type) {
	case UC_MEM_FETCH_UNMAPPED:
	case UC_MEM_FETCH_PROT:
		return MMU_FETCH;
	case UC_MEM_WRITE_UNMAPPED:
	case UC_MEM_WRITE_PROT:
		return MMU_WRITE;
	default:
		return MMU_READ;
	}
}

/* Always false: the engine gives the instruction up. Some accesses go on for a while, so the first address counts. */
static bool on_missing_memory(uc_engine *uc, uc_mem_type type, uint64_t address, int size, int64_t value, void *arg)
{
	struct sim_cpu *cpu = arg;

	if (cpu->event != CPU_HALTED)
		return false;
	cpu->event = CPU_FAULT;
	cpu->access = access_of(type);
	cpu->address = address;
	if (cpu->access == MMU_FETCH)
		cpu->pc = address;
	return false;
}

static void on_exception(uc_engine *uc, uint32_t number, void *arg)
{
	struct sim_cpu *cpu = arg;

	if (cpu->event != CPU_HALTED)
		return;
	cpu->number = number;
	stop(cpu, CPU_EXCEPTION);
}

static bool is_reg(const uc_arm64_cp_reg *reg, unsigned crn, unsigned crm, unsigned op2)
{
	return reg->op0 == 3 && reg->op1 == 0 && reg->crn == crn && reg->crm == crm && reg->op2 == op2;
}

static bool is_sctlr(const uc_arm64_cp_reg *reg)
{
	return is_reg(reg, 1, 0, 0);
}

/* SCTLR_EL1 is not the engine's, which would turn its own MMU on. Not 0: the instruction is done. */
static uint32_t on_mrs(uc_engine *uc, uc_arm64_reg reg, const uc_arm64_cp_reg *from, void *arg)
{
	struct sim_cpu *cpu = arg;

	if (!is_sctlr(from))
		return 0;
	uc_reg_write(uc, (int)reg, &cpu->guest->el1.sctlr);
	return 1;
}

static uint32_t on_msr(uc_engine *uc, uc_arm64_reg reg, const uc_arm64_cp_reg *to, void *arg)
{
	struct sim_cpu *cpu = arg;
	bool is_table = is_reg(to, 2, 0, 0) || is_reg(to, 2, 0, 1) || is_reg(to, 2, 0, 2);

	if (is_sctlr(to))
		uc_reg_read(uc, (int)reg, &cpu->guest->el1.sctlr);
	else if (!is_table)
		return 0;
	cpu->context_changed = true;
	return is_sctlr(to);
}

/* TLBI */
static uint32_t on_sys(uc_engine *uc, uc_arm64_reg reg, const uc_arm64_cp_reg *to, void *arg)
{
	struct sim_cpu *cpu = arg;

	if (to->crn == 8)
		cpu->context_changed = true;
	return 0;
}

typedef void (*hook_fn)(void);

/* Anywhere: the range begins after its end. instruction: for UC_HOOK_INSN */
static uc_err add_hook(struct sim_cpu *cpu, int type, hook_fn hook, int instruction)
{
	uc_hook unused;

	return uc_hook_add(cpu->uc, &unused, type, (void *)(uintptr_t)hook, cpu, 1, 0, instruction);
}

static uc_err add_hooks(struct sim_cpu *cpu)
{
	static const struct {
		hook_fn hook;
		int type, instruction;
	} hooks[] = {
		{ (hook_fn)on_instruction, UC_HOOK_CODE, 0 },
		{ (hook_fn)on_missing_memory, UC_HOOK_MEM_INVALID, 0 },
		{ (hook_fn)on_exception, UC_HOOK_INTR, 0 },
		{ (hook_fn)on_mrs, UC_HOOK_INSN, UC_ARM64_INS_MRS },
		{ (hook_fn)on_msr, UC_HOOK_INSN, UC_ARM64_INS_MSR },
		{ (hook_fn)on_sys, UC_HOOK_INSN, UC_ARM64_INS_SYS },
	};
	uc_err err = UC_ERR_OK;

	for (size_t i = 0; !err && i < sizeof(hooks) / sizeof(*hooks); i++)
		err = add_hook(cpu, hooks[i].type, hooks[i].hook, hooks[i].instruction);
	return err;
}

/* what a stop means; true: the guest trapped */

static bool trap_sync(struct rmm_trap *trap, unsigned ec, uint64_t iss)
{
	*trap = (struct rmm_trap){ .kind = RMM_TRAP_SYNC, .esr = esr_make(ec, iss) };
	return true;
}

static bool is_at_el1(const struct rmm_guest *guest)
{
	return guest->pstate & PSTATE_EL_MASK;
}

static bool take(struct rmm_guest *guest, unsigned ec, uint64_t iss)
{
	rmm_guest_exception(guest, esr_make(ec, iss));
	return false;
}

/* An abort to EL1, whose class tells where it is from */
static bool take_abort(struct rmm_guest *guest, unsigned ec, uint64_t iss, uint64_t far)
{
	guest->el1.far = far;
	return take(guest, is_at_el1(guest) ? ec + 1 : ec, iss);
}

static bool settle_fault(struct sim_cpu *cpu, struct rmm_guest *guest, struct rmm_trap *trap)
{
	unsigned ec = cpu->access == MMU_FETCH ? EC_FETCH_ABORT : EC_DATA_ABORT;
	uint64_t iss = cpu->access == MMU_WRITE ? ISS_WNR : 0;
	struct cpu_abort abort;

	if (cpu_map(cpu, cpu->address, cpu->access, &abort))
		return false;
	iss |= abort.fsc | (abort.external ? ISS_EA : 0);
	if (abort.stage1) {
		cpu->steps -= cpu->steps > 0;	/* a vector that cannot be fetched ends too */
		return take_abort(guest, ec, iss, cpu->address);
	}
	if (abort.on_walk)
		iss |= ISS_S1PTW;
	else if (ec == EC_DATA_ABORT && !abort.external)
		iss |= insn_access_iss(cpu_insn(cpu, guest->pc));
	trap_sync(trap, ec, iss);
	trap->far = cpu->address;
	trap->hpfar = abort.ipa >> 12 << HPFAR_FIPA_SHIFT;
	return true;
}

static bool settle_undefined(struct sim_cpu *cpu, struct rmm_guest *guest, struct rmm_trap *trap)
{
	uint32_t insn = cpu_insn(cpu, guest->pc);
	uint64_t iss;

	if (guest->pc & 3) {
		guest->el1.far = guest->pc;
		return take(guest, EC_PC_ALIGNMENT, 0);
	}
	if (is_at_el1(guest) && insn_is_gic(insn, &iss))
		return trap_sync(trap, EC_SYSREG, iss);
	return take(guest, EC_UNKNOWN, 0);
}

/* All that the engine aborts by itself: what has to be aligned always. Its address is in a base register. */
static bool settle_unaligned(struct sim_cpu *cpu, struct rmm_guest *guest)
{
	unsigned base = insn_base(cpu_insn(cpu, guest->pc));
	uint64_t sp = 0;

	uc_reg_read(cpu->uc, UC_ARM64_REG_SP, &sp);
	return take_abort(guest, EC_DATA_ABORT, FSC_ALIGNMENT, base < RMM_GPRS ? guest->x[base] : sp);
}

static bool settle_exception(struct sim_cpu *cpu, struct rmm_guest *guest, struct rmm_trap *trap)
{
	uint32_t called = insn_imm16(cpu_insn(cpu, guest->pc - 4));

	switch (cpu->number) {
	case EXCEPTION_SVC:
		return take(guest, EC_SVC, called);
	case EXCEPTION_HVC:
		return trap_sync(trap, EC_HVC, called);
	case EXCEPTION_SMC:
		guest->pc -= 4;	/* a trapped SMC has not been executed */
		return trap_sync(trap, EC_SMC, called);
	case EXCEPTION_BRK:
		return take(guest, EC_BRK, insn_imm16(cpu_insn(cpu, guest->pc)));
	case EXCEPTION_DATA_ABORT:
		return settle_unaligned(cpu, guest);
	default:
		return settle_undefined(cpu, guest, trap);
	}
}

/* The engine has gone past the WFI. */
static bool settle_wfi(struct sim_cpu *cpu, struct rmm_guest *guest, struct rmm_trap *trap)
{
	cpu->steps = 0;
	if (!guest->trap_wfi)
		return false;
	guest->pc -= 4;
	return trap_sync(trap, EC_WAIT, ISS_COND_ALWAYS);
}

static bool settle(struct sim_cpu *cpu, struct rmm_guest *guest, struct rmm_trap *trap)
{
	switch (cpu->event) {
	case CPU_HALTED:
		return settle_wfi(cpu, guest, trap);
	case CPU_WFE:
		return trap_sync(trap, EC_WAIT, ISS_COND_ALWAYS | ISS_WAIT_WFE);
	case CPU_FAULT:
		return settle_fault(cpu, guest, trap);
	case CPU_EXCEPTION:
		return settle_exception(cpu, guest, trap);
	default:
		return false;
	}
}

/* the CPU */

/* Runs until something stops the engine, to which no fetch is left that fails at once: each costs it memory for good. */
static void execute(struct sim_cpu *cpu, struct rmm_guest *guest)
{
	uc_err err;

	cpu->event = CPU_HALTED;
	if (!cpu_fetches(cpu, guest->pc)) {
		on_missing_memory(cpu->uc, UC_MEM_FETCH_UNMAPPED, guest->pc, 4, 0, cpu);
		return;
	}
	cpu_regs_load(cpu, guest);
	err = uc_emu_start(cpu->uc, guest->pc, NOWHERE, 0, 0);
	if (cpu->event == CPU_HALTED && err != UC_ERR_OK) {
		cpu->event = CPU_EXCEPTION;
		cpu->number = EXCEPTION_UNDEFINED;
	}
	uc_reg_read(cpu->uc, UC_ARM64_REG_PC, &guest->pc);
	if (cpu->event == CPU_BETWEEN || cpu->event == CPU_WFE || cpu->event == CPU_FAULT)
		guest->pc = cpu->pc;
	cpu_regs_store(cpu, guest);
}

static void forget_all(struct sim_cpu *cpu)
{
	cpu_unmap(cpu, 0, UINT64_MAX);
	cpu->context_changed = false;
}

/* A TLBI of another CPU of the realm does not reach this one: what stage 1 says is good for a slice. */
static void begin(struct sim_cpu *cpu, struct rmm_guest *guest)
{
	if (memcmp(&cpu->stage2, &guest->stage2, sizeof(cpu->stage2)) || stage1_is_on(guest))
		forget_all(cpu);
	cpu->stage2 = guest->stage2;
	cpu->guest = guest;
}

bool sim_cpu_run(struct sim_cpu *cpu, struct rmm_guest *guest, unsigned steps, struct rmm_trap *trap)
{
	begin(cpu, guest);
	cpu->steps = steps;
	while (cpu->steps) {
		execute(cpu, guest);
		if (cpu->context_changed)
			forget_all(cpu);
		if (settle(cpu, guest, trap))
			return true;
	}
	return false;
}

void sim_cpu_forget(struct sim_cpu *cpu, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size)
{
	if (cpu->stage2.vmid == stage2->vmid)
		cpu_unmap(cpu, ipa, size);
}

bool sim_cpu_available(void)
{
	return true;
}

static uc_err prepare(struct sim_cpu *cpu)
{
	uc_err err = uc_open(UC_ARCH_ARM64, UC_MODE_ARM, &cpu->uc);

	if (!err)
		err = uc_ctl_set_cpu_model(cpu->uc, UC_CPU_ARM64_MAX);
	if (!err)
		err = cpu_regs_init(cpu);
	return err ? err : add_hooks(cpu);
}

struct sim_cpu *sim_cpu_new(const struct sim_cpu_ops *ops, void *ctx)
{
	struct sim_cpu *cpu = calloc(1, sizeof(*cpu));

	if (!cpu)
		return NULL;
	cpu->ops = ops;
	cpu->ctx = ctx;
	if (!prepare(cpu))
		return cpu;
	sim_cpu_free(cpu);
	return NULL;
}

void sim_cpu_free(struct sim_cpu *cpu)
{
	if (cpu && cpu->uc)
		uc_close(cpu->uc);
	free(cpu);
}
