/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* trap.c - exceptions that are taken to EL3: a call, or the end */
#include "console.h"
#include "el3.h"
#include "sysreg.h"

#define ESR_EC_SHIFT 26
#define EC_SMC64 0x17
#define EC_GPC 0x1e

void trap_lower(struct regs *regs);
void trap_odd(struct regs *regs);
void trap_own(struct regs *regs);

static _Noreturn void give_up(const struct regs *regs, const char *whose)
{
	uint64_t esr = sysreg_read(esr_el3);

	panic("EL3: exception in %s, CPU %d: ESR %x FAR %x ELR %x SPSR %x MFAR %x", whose, (uint64_t)cpu_index(), esr,
	      sysreg_read(far_el3), regs->elr, regs->spsr, esr >> ESR_EC_SHIFT == EC_GPC ? sysreg_read(MFAR_EL3) : 0);
}

void trap_odd(struct regs *regs)
{
	give_up(regs, world_current() == WORLD_REALM ? "the RMM or a realm" : "the host");
}

void trap_own(struct regs *regs)
{
	give_up(regs, "EL3");
}

void trap_lower(struct regs *regs)
{
	if (sysreg_read(esr_el3) >> ESR_EC_SHIFT == EC_SMC64)
		smc_handle(regs);
	else
		trap_odd(regs);
}
