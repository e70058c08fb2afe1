/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* smc.c - who answers a call: the monitor, or the RMM for the host */
#include <string.h>

#include "console.h"
#include "el3.h"
#include "layout.h"
#include "psci.h"
#include "sysreg.h"

#define RMI_REGS 11

/* The other world goes on after its own last SMC, with these in X0 and up. */
static void pass(struct regs *regs, const uint64_t *values)
{
	uint64_t kept[RMI_REGS];

	memcpy(kept, values, sizeof(kept));
	world_switch(regs);
	memcpy(regs->x, kept, sizeof(kept));
}

static bool is_rmm_call(uint32_t call)
{
	return (call >= SMCCC_RMI_FIRST && call <= SMCCC_RMI_LAST) ||
	       (call >= SMCCC_RMI_2_FIRST && call <= SMCCC_RMI_2_LAST) ||
	       call == SMC_TEST_PING_RMM || call == SMC_TEST_MEASUREMENT;
}

/* The function is in W0. The hint that the caller has nothing in its SVE registers is not needed: they are kept. */
static void handle_host(struct regs *regs)
{
	uint32_t call = (uint32_t)regs->x[0] & ~(uint32_t)SMCCC_SVE_HINT;

	if (is_rmm_call(call)) {
		pass(regs, regs->x);
	} else if (call == SMC_TEST_PING_EL3) {
		regs->x[0] = SMC_OK;
	} else if (call == SMC_TEST_REALM_GRANULES) {
		regs->x[0] = SMC_OK;
		regs->x[1] = gpt_realm_granules();
	} else if (!psci_call(regs, call)) {
		regs->x[0] = (uint64_t)SMC_UNKNOWN;
	}
}

static void finish_boot(struct regs *regs)
{
	if (regs->x[1])
		panic("EL3: the RMM cannot run on CPU %d: it says %x", (uint64_t)cpu_index(), regs->x[1]);
	psci_booted();
	world_switch(regs);
}

static void handle_rmm(struct regs *regs)
{
	switch (regs->x[0]) {
	case SMC_RMI_REQ_COMPLETE:
		pass(regs, regs->x + 1);
		break;
	case SMC_GTSI_DELEGATE:
		regs->x[0] = (uint64_t)gpt_delegate(regs->x[1], regs->x[2]);
		break;
	case SMC_GTSI_UNDELEGATE:
		regs->x[0] = (uint64_t)gpt_undelegate(regs->x[1], regs->x[2]);
		break;
	case SMC_RMM_BOOT_COMPLETE:
		finish_boot(regs);
		break;
	default:
		regs->x[0] = (uint64_t)SMC_UNKNOWN;
	}
}

void smc_handle(struct regs *regs)
{
	if (world_current() == WORLD_REALM)
		handle_rmm(regs);
	else
		handle_host(regs);
}
