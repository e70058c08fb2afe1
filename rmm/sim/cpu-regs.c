/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu-regs.c - the registers of a guest, into the engine and back */
#include <assert.h>
#include <string.h>
#include "cpu-internal.h"

#define PSTATE_SP_MASK UINT64_C(0x1)
#define PSTATE_EL_MASK UINT64_C(0xc)
#define SCTLR_M UINT64_C(1)
#define TIMER_ENABLE UINT64_C(1)
#define TIMER_STATUS UINT64_C(4)

/*
 * Non-secure, for VMPIDR_EL2, and with HVC. RW stays 0, though EL1 is AArch64: else the engine, which does not
 * translate, refuses addresses beyond its physical ones, and with them the upper half of the virtual ones.
 */
#define SCR_NS_HCE UINT64_C(0x101)
#define MPIDR_RES1 (UINT64_C(1) << 31)

struct sysreg {
	size_t offset;	/* in struct rmm_guest */
	uint8_t op0, op1, crn, crm, op2;
};

#define EL1(name) offsetof(struct rmm_guest, el1.name)
#define TIMERS(name) offsetof(struct rmm_guest, timers.name)

static const struct sysreg sysregs[] = {
	{ EL1(elr), 3, 0, 4, 0, 1 },
	{ EL1(spsr), 3, 0, 4, 0, 0 },
	{ EL1(esr), 3, 0, 5, 2, 0 },
	{ EL1(far), 3, 0, 6, 0, 0 },
	{ EL1(vbar), 3, 0, 12, 0, 0 },
	{ EL1(actlr), 3, 0, 1, 0, 1 },
	{ EL1(cpacr), 3, 0, 1, 0, 2 },
	{ EL1(ttbr0), 3, 0, 2, 0, 0 },
	{ EL1(ttbr1), 3, 0, 2, 0, 1 },
	{ EL1(tcr), 3, 0, 2, 0, 2 },
	{ EL1(mair), 3, 0, 10, 2, 0 },
	{ EL1(amair), 3, 0, 10, 3, 0 },
	{ EL1(afsr0), 3, 0, 5, 1, 0 },
	{ EL1(afsr1), 3, 0, 5, 1, 1 },
	{ EL1(contextidr), 3, 0, 13, 0, 1 },
	{ EL1(tpidr), 3, 0, 13, 0, 4 },
	{ EL1(tpidr_el0), 3, 3, 13, 0, 2 },
	{ EL1(tpidrro_el0), 3, 3, 13, 0, 3 },
	{ EL1(par), 3, 0, 7, 4, 0 },
	{ EL1(csselr), 3, 2, 0, 0, 0 },
	{ EL1(cntkctl), 3, 0, 14, 1, 0 },
	{ EL1(mdscr), 2, 0, 0, 2, 2 },
	{ EL1(pmcr), 3, 3, 9, 12, 0 },
	{ TIMERS(cntp_cval), 3, 3, 14, 2, 2 },
	{ TIMERS(cntp_ctl), 3, 3, 14, 2, 1 },
	{ TIMERS(cntv_cval), 3, 3, 14, 3, 2 },
	{ TIMERS(cntv_ctl), 3, 3, 14, 3, 1 },
};

static_assert(sizeof(sysregs) / sizeof(*sysregs) <= CPU_SYSREGS, "struct sim_cpu has a place for each");

static const struct sysreg sctlr_el1 = { EL1(sctlr), 3, 0, 1, 0, 0 };
static const struct sysreg cntvct_el0 = { 0, 3, 3, 14, 0, 2 };
static const struct sysreg vmpidr_el2 = { 0, 3, 4, 0, 0, 5 };
static const struct sysreg scr_el3 = { 0, 3, 6, 1, 1, 0 };

static uc_err write_sysreg(struct sim_cpu *cpu, const struct sysreg *reg, uint64_t value)
{
	uc_arm64_cp_reg cp = { .op0 = reg->op0, .op1 = reg->op1, .crn = reg->crn, .crm = reg->crm, .op2 = reg->op2,
			       .val = value };

	return uc_reg_write(cpu->uc, UC_ARM64_REG_CP_REG, &cp);
}

static uint64_t read_sysreg(struct sim_cpu *cpu, const struct sysreg *reg)
{
	uc_arm64_cp_reg cp = { .op0 = reg->op0, .op1 = reg->op1, .crn = reg->crn, .crm = reg->crm, .op2 = reg->op2 };

	uc_reg_read(cpu->uc, UC_ARM64_REG_CP_REG, &cp);
	return cp.val;
}

static uint64_t *field(struct rmm_guest *guest, const struct sysreg *reg)
{
	return (uint64_t *)((char *)guest + reg->offset);
}

uc_err cpu_regs_init(struct sim_cpu *cpu)
{
	uc_err err = write_sysreg(cpu, &scr_el3, SCR_NS_HCE);

	for (size_t i = 0; i < sizeof(sysregs) / sizeof(*sysregs); i++)
		cpu->sysregs[i] = read_sysreg(cpu, &sysregs[i]);
	return err;
}

static int gpr(unsigned number)
{
	if (number < 29)
		return UC_ARM64_REG_X0 + (int)number;
	return number == 29 ? UC_ARM64_REG_X29 : UC_ARM64_REG_X30;
}

static bool uses_sp_el0(uint64_t pstate)
{
	return !(pstate & PSTATE_EL_MASK) || !(pstate & PSTATE_SP_MASK);
}

/* The stack pointer in use is apart from its place among the others. */
static void load_stacks(struct sim_cpu *cpu, const struct rmm_guest *guest)
{
	uc_reg_write(cpu->uc, UC_ARM64_REG_SP_EL0, &guest->el1.sp_el0);
	uc_reg_write(cpu->uc, UC_ARM64_REG_SP_EL1, &guest->el1.sp_el1);
	uc_reg_write(cpu->uc, UC_ARM64_REG_SP,
		     uses_sp_el0(guest->pstate) ? &guest->el1.sp_el0 : &guest->el1.sp_el1);
}

static void store_stacks(struct sim_cpu *cpu, struct rmm_guest *guest)
{
	uc_reg_read(cpu->uc, UC_ARM64_REG_SP_EL0, &guest->el1.sp_el0);
	uc_reg_read(cpu->uc, UC_ARM64_REG_SP_EL1, &guest->el1.sp_el1);
	uc_reg_read(cpu->uc, UC_ARM64_REG_SP, uses_sp_el0(guest->pstate) ? &guest->el1.sp_el0 : &guest->el1.sp_el1);
}

/* PSTATE goes first: the engine looks at it again when a system register is written. */
void cpu_regs_load(struct sim_cpu *cpu, const struct rmm_guest *guest)
{
	uc_reg_write(cpu->uc, UC_ARM64_REG_PSTATE, &guest->pstate);
	load_stacks(cpu, guest);
	for (unsigned i = 0; i < RMM_GPRS; i++)
		uc_reg_write(cpu->uc, gpr(i), &guest->x[i]);
	for (size_t i = 0; i < sizeof(sysregs) / sizeof(*sysregs); i++) {
		uint64_t value = *(const uint64_t *)((const char *)guest + sysregs[i].offset);

		if (value != cpu->sysregs[i])
			write_sysreg(cpu, &sysregs[i], value);
	}
	write_sysreg(cpu, &vmpidr_el2, guest->mpidr | MPIDR_RES1);
	write_sysreg(cpu, &sctlr_el1, guest->el1.sctlr & ~SCTLR_M);
}

/* The engine has nothing that raises ISTATUS. */
static uint64_t timer_status(uint64_t ctl, uint64_t cval, uint64_t now)
{
	return ctl & TIMER_ENABLE && now >= cval ? ctl | TIMER_STATUS : ctl & ~TIMER_STATUS;
}

void cpu_regs_store(struct sim_cpu *cpu, struct rmm_guest *guest)
{
	uint64_t now = read_sysreg(cpu, &cntvct_el0);
	uint32_t pstate = 0;

	uc_reg_read(cpu->uc, UC_ARM64_REG_PSTATE, &pstate);
	guest->pstate = pstate;
	store_stacks(cpu, guest);
	for (unsigned i = 0; i < RMM_GPRS; i++)
		uc_reg_read(cpu->uc, gpr(i), &guest->x[i]);
	for (size_t i = 0; i < sizeof(sysregs) / sizeof(*sysregs); i++)
		*field(guest, &sysregs[i]) = cpu->sysregs[i] = read_sysreg(cpu, &sysregs[i]);
	guest->timers.cntp_ctl = timer_status(guest->timers.cntp_ctl, guest->timers.cntp_cval, now);
	guest->timers.cntv_ctl = timer_status(guest->timers.cntv_ctl, guest->timers.cntv_cval, now);
}
