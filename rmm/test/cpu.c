/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu.c - the toy CPU: interprets the programs of program.h, and reports exceptions as DDI 0487 defines ESR_EL2 */
#include <string.h>
#include "cpu.h"
#include "rsi.h"

typedef unsigned long long ull;

#define EC_WAIT 0x01
#define EC_HVC 0x16
#define EC_SMC 0x17
#define EC_SYSREG 0x18
#define EC_FETCH_ABORT 0x20	/* instruction and data abort from a lower exception level */
#define EC_DATA_ABORT 0x24
#define EC_SERROR 0x2f

#define ESR_IL (UINT64_C(1) << 25)	/* a 32-bit instruction */
#define ESR_COND_ALWAYS (UINT64_C(0x1e) << 20)
#define ISS_ISV (UINT64_C(1) << 24)
#define ISS_SAS_SHIFT 22
#define ISS_SSE (UINT64_C(1) << 21)
#define ISS_SRT_SHIFT 16
#define ISS_SF (UINT64_C(1) << 15)
#define ISS_EA (UINT64_C(1) << 9)
#define ISS_WNR (UINT64_C(1) << 6)
#define ISS_WAIT_RN_SHIFT 5
#define ISS_WAIT_RV (UINT64_C(1) << 2)
#define HPFAR_FIPA_SHIFT 4	/* of IPA >> 12 */

#define STEPS_MAX 10000	/* then the host gets the CPU */

enum { WAIT_WFI, WAIT_WFE, WAIT_WFIT, WAIT_WFET };

struct cpu {
	struct machine *machine;
	struct rmm_guest *guest;
	struct rmm_trap *trap;
};

static uint64_t *special(struct rmm_guest *guest, uint64_t reg)
{
	switch (reg) {
	case PROGRAM_REG_VBAR:
		return &guest->el1.vbar;
	case PROGRAM_REG_ELR:
		return &guest->el1.elr;
	case PROGRAM_REG_SPSR:
		return &guest->el1.spsr;
	case PROGRAM_REG_ESR:
		return &guest->el1.esr;
	case PROGRAM_REG_FAR:
		return &guest->el1.far;
	case PROGRAM_REG_SCTLR:
		return &guest->el1.sctlr;
	case PROGRAM_REG_MPIDR:
		return &guest->mpidr;
	case PROGRAM_REG_PSTATE:
		return &guest->pstate;
	}
	machine_fail("a program uses register %llu", (ull)reg);
}

static uint64_t get_reg(struct cpu *cpu, uint64_t reg)
{
	if (reg == PROGRAM_REG_XZR)
		return 0;
	return reg < RMM_GPRS ? cpu->guest->x[reg] : *special(cpu->guest, reg);
}

static void set_reg(struct cpu *cpu, uint64_t reg, uint64_t value)
{
	if (reg < RMM_GPRS)
		cpu->guest->x[reg] = value;
	else if (reg != PROGRAM_REG_XZR)
		*special(cpu->guest, reg) = value;
}

/* Every way out; true, so that a caller can say so in one go. */
static bool leave(struct cpu *cpu, enum rmm_trap_kind kind, uint64_t esr)
{
	cpu->trap->kind = kind;
	cpu->trap->esr = esr;
	return true;
}

static bool leave_sync(struct cpu *cpu, unsigned ec, uint64_t iss)
{
	return leave(cpu, RMM_TRAP_SYNC, (uint64_t)ec << 26 | ESR_IL | iss);
}

/* The MMU of stage 1 is off: virtual addresses are IPAs. */
static bool leave_abort(struct cpu *cpu, unsigned ec, uint64_t iss, uint64_t ipa,
			const struct cpu_translation *translation)
{
	cpu->trap->far = ipa;
	cpu->trap->hpfar = ipa >> 12 << HPFAR_FIPA_SHIFT;
	return leave_sync(cpu, ec, iss | translation->fsc | (translation->external ? ISS_EA : 0));
}

/* An access to data: what it is, for the syndrome */
struct access {
	uint64_t ipa, size, flags, reg;
	bool is_write;
};

static uint64_t access_syndrome(const struct access *access)
{
	uint64_t iss = access->is_write ? ISS_WNR : 0;

	if (access->flags & PROGRAM_NO_SYNDROME)
		return iss;
	iss |= ISS_ISV | (uint64_t)__builtin_ctzll(access->size) << ISS_SAS_SHIFT | access->reg << ISS_SRT_SHIFT;
	if (access->size == 8 || access->flags & PROGRAM_SIGNED)
		iss |= ISS_SF;
	return access->flags & PROGRAM_SIGNED ? iss | ISS_SSE : iss;
}

/* The memory of an access; NULL: it aborted */
static void *reach(struct cpu *cpu, const struct access *access)
{
	struct cpu_translation at =
		cpu_translate(cpu->machine, &cpu->guest->stage2, access->ipa, access->is_write ? MMU_WRITE : MMU_READ);

	if (!at.ok) {
		leave_abort(cpu, EC_DATA_ABORT, access_syndrome(access), access->ipa, &at);
		return NULL;
	}
	return machine_memory(cpu->machine, at.pa, access->size);
}

static struct access access_of(const struct program_record *record, bool is_write)
{
	struct access access = {
		.ipa = record->x[0],
		.size = record->x[1],
		.flags = record->x[2],
		.reg = record->x[3],
		.is_write = is_write,
	};

	if (__builtin_popcountll(access.size) != 1 || access.size > 8 || access.ipa & (access.size - 1) ||
	    access.reg > 31)
		machine_fail("a program accesses %llu bytes at %#llx", (ull)access.size, (ull)access.ipa);
	return access;
}

static bool load(struct cpu *cpu, const struct program_record *record)
{
	struct access access = access_of(record, false);
	const void *memory = reach(cpu, &access);
	unsigned unused = 64 - 8 * (unsigned)access.size;
	uint64_t value = 0;

	if (!memory)
		return true;
	memcpy(&value, memory, access.size);
	if (access.flags & PROGRAM_SIGNED)
		value = (uint64_t)((int64_t)(value << unused) >> unused);
	set_reg(cpu, access.reg, value);
	cpu->guest->pc += 4;
	return false;
}

static bool store(struct cpu *cpu, const struct program_record *record)
{
	struct access access = access_of(record, true);
	uint64_t value = get_reg(cpu, access.reg);
	void *memory = reach(cpu, &access);

	if (!memory)
		return true;
	memcpy(memory, &value, access.size);
	cpu->guest->pc += 4;
	return false;
}

static bool smc(struct cpu *cpu, const struct program_record *record)
{
	for (unsigned i = 0; i < RMM_SMC_REGS; i++)
		if (!(record->x[14] >> i & 1))
			cpu->guest->x[i] = record->x[i];
	return leave_sync(cpu, EC_SMC, 0);
}

/* Stores imm and X0..X30 where RSI_HOST_CALL looks for them. */
static bool host_call(struct cpu *cpu, const struct program_record *record)
{
	struct access access = { .ipa = record->x[0], .size = 8, .is_write = true };
	uint8_t *structure = reach(cpu, &access);
	uint16_t imm = (uint16_t)record->x[1];

	if (!structure)
		return true;
	memcpy(structure + RSI_HOST_CALL_IMM_OFFSET, &imm, sizeof(imm));
	memcpy(structure + RSI_HOST_CALL_GPRS_OFFSET, cpu->guest->x, sizeof(cpu->guest->x));
	cpu->guest->x[0] = SMC_RSI_HOST_CALL;
	cpu->guest->x[1] = access.ipa;
	return leave_sync(cpu, EC_SMC, 0);
}

static bool wait(struct cpu *cpu, const struct program_record *record)
{
	uint64_t kind = record->x[0];
	bool is_wfe = kind == WAIT_WFE || kind == WAIT_WFET;
	uint64_t iss = ESR_COND_ALWAYS | kind;

	if (kind == WAIT_WFIT || kind == WAIT_WFET)
		iss |= record->x[1] << ISS_WAIT_RN_SHIFT | ISS_WAIT_RV;
	if (is_wfe ? cpu->guest->trap_wfe : cpu->guest->trap_wfi)
		return leave_sync(cpu, EC_WAIT, iss);
	cpu->guest->pc += 4;
	return false;
}

static void check(struct cpu *cpu, const struct program_record *record)
{
	uint64_t mask = record->x[2] ? record->x[2] : ~UINT64_C(0);
	uint64_t value = get_reg(cpu, record->x[0]);

	if ((value ^ record->x[1]) & mask)
		machine_fail("guest at %#llx: register %llu is %#llx, expected %#llx", (ull)cpu->guest->pc,
			     (ull)record->x[0], (ull)value, (ull)record->x[1]);
	cpu->guest->pc += 4;
}

static void set_timers(struct cpu *cpu, const uint64_t x[4])
{
	cpu->guest->timers = (struct rmm_timers){
		.cntp_ctl = x[0],
		.cntp_cval = x[1],
		.cntv_ctl = x[2],
		.cntv_cval = x[3],
	};
	cpu->guest->pc += 4;
}

/* What changes registers only */
static bool compute(struct cpu *cpu, const struct program_record *record)
{
	const uint64_t *x = record->x;

	switch (record->op) {
	case PROGRAM_JUMP:
		cpu->guest->pc = x[0];
		return false;
	case PROGRAM_JUMP_UNLESS:
		cpu->guest->pc = get_reg(cpu, x[1]) == x[2] ? cpu->guest->pc + 4 : x[0];
		return false;
	case PROGRAM_SET:
		set_reg(cpu, x[0], x[1]);
		break;
	case PROGRAM_MOVE:
		set_reg(cpu, x[0], get_reg(cpu, x[1]));
		break;
	case PROGRAM_RETURN:
		cpu->guest->pstate = cpu->guest->el1.spsr;
		cpu->guest->pc = cpu->guest->el1.elr + x[0];
		return false;
	case PROGRAM_PMU:
		cpu->guest->pmu_overflow = x[0];
		break;
	default:
		machine_fail("guest at %#llx: there is no operation %llu", (ull)cpu->guest->pc, (ull)record->op);
	}
	cpu->guest->pc += 4;
	return false;
}

static bool trap(struct cpu *cpu, const struct program_record *record)
{
	cpu->guest->pc += record->x[3];
	cpu->trap->far = record->x[1];
	cpu->trap->hpfar = record->x[2];
	return leave(cpu, RMM_TRAP_SYNC, record->x[0]);
}

static bool interrupt(struct cpu *cpu, enum rmm_trap_kind kind, uint64_t esr)
{
	cpu->guest->pc += 4;
	return leave(cpu, kind, esr);
}

/* true: the guest is left; what trapped runs again unless the core moves pc on */
static bool execute(struct cpu *cpu, const struct program_record *record)
{
	switch (record->op) {
	case PROGRAM_END:
		return leave(cpu, RMM_TRAP_IRQ, 0);
	case PROGRAM_SMC:
		return smc(cpu, record);
	case PROGRAM_HVC:
		cpu->guest->pc += 4;	/* unlike a trapped SMC: it returns to the next instruction */
		return leave_sync(cpu, EC_HVC, record->x[0] & 0xffff);
	case PROGRAM_LOAD:
		return load(cpu, record);
	case PROGRAM_STORE:
		return store(cpu, record);
	case PROGRAM_CHECK:
		check(cpu, record);
		return false;
	case PROGRAM_WAIT:
		return wait(cpu, record);
	case PROGRAM_SYSREG:
		return leave_sync(cpu, EC_SYSREG, record->x[0]);
	case PROGRAM_SERROR:
		return interrupt(cpu, RMM_TRAP_SERROR, (uint64_t)EC_SERROR << 26 | ESR_IL | record->x[0]);
	case PROGRAM_TRAP:
		return trap(cpu, record);
	case PROGRAM_IRQ:
		return interrupt(cpu, RMM_TRAP_IRQ, 0);
	case PROGRAM_FIQ:
		return interrupt(cpu, RMM_TRAP_FIQ, 0);
	case PROGRAM_HOST_CALL:
		return host_call(cpu, record);
	case PROGRAM_TIMER:
		set_timers(cpu, record->x);
		return false;
	}
	return compute(cpu, record);
}

static bool step(struct cpu *cpu)
{
	struct cpu_translation at = cpu_translate(cpu->machine, &cpu->guest->stage2, cpu->guest->pc, MMU_FETCH);
	struct program_record record;

	if (!at.ok)
		return leave_abort(cpu, EC_FETCH_ABORT, 0, cpu->guest->pc, &at);
	memcpy(&record, machine_memory(cpu->machine, program_record_at(at.pa), sizeof(record)), sizeof(record));
	return execute(cpu, &record);
}

void cpu_run(struct machine *machine, struct rmm_guest *guest, struct rmm_trap *trap)
{
	struct cpu cpu = { .machine = machine, .guest = guest, .trap = trap };

	for (unsigned steps = 0; steps < STEPS_MAX && !machine->irq[machine->cpu]; steps++)
		if (step(&cpu))
			return;
	leave(&cpu, RMM_TRAP_IRQ, 0);
}
