/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* calls.c - mode calls: what the monitor answers itself, as DEN0022 (PSCI) and DEN0028 (SMCCC) have it */
#include "console.h"
#include "host.h"
#include "modes.h"
#include "psci.h"
#include "rmi.h"

#define CPUS_NEEDED 3
#define ROUNDS 20
#define CONTEXT UINT64_C(0x123456789abcdef0)
#define UPPER (UINT64_C(0xa5a5a5a5) << 32)	/* is no part of an argument of 32 bits */
#define SMC32_SMCCC_ARCH_FEATURES 0x80000001
#define SMC32_MIGRATE_INFO_TYPE 0x84000006
#define SMC64_SYSTEM_SUSPEND 0xc400000e
#define RSI_VERSION 0xc4000190
#define VERSION_1_1 0x10001
#define VERSION_1_3 0x10003
#define MIGRATE_NOT_NEEDED 2
#define POWER_DOWN (1 << 16)
#define NS_FLASH 0x04000000
#define UNKNOWN ((uint64_t)PSCI_NOT_SUPPORTED)

static const struct {
	const char *name;
	uint64_t call[4];
	int64_t expected;
} calls[] = {
	{ "SMCCC_VERSION", { SMC32_SMCCC_VERSION }, VERSION_1_3 },
	{ "PSCI_VERSION", { SMC32_PSCI_VERSION }, VERSION_1_1 },
	{ "PSCI_VERSION: the function is in W0", { SMC32_PSCI_VERSION | UPPER }, VERSION_1_1 },
	{ "RMI_FEATURES: the function is in W0", { SMC_RMI_FEATURES | UPPER }, RMI_SUCCESS },
	{ "SMCCC_ARCH_FEATURES: VERSION", { SMC32_SMCCC_ARCH_FEATURES, SMC32_SMCCC_VERSION }, 0 },
	{ "SMCCC_ARCH_FEATURES: WORKAROUND_1", { SMC32_SMCCC_ARCH_FEATURES, 0x80008000 }, PSCI_NOT_SUPPORTED },
	{ "PSCI_FEATURES: CPU_ON", { SMC32_PSCI_FEATURES, SMC64_PSCI_CPU_ON }, 0 },
	{ "PSCI_FEATURES: SMCCC_VERSION", { SMC32_PSCI_FEATURES, SMC32_SMCCC_VERSION | UPPER }, 0 },
	{ "PSCI_FEATURES: none", { SMC32_PSCI_FEATURES, SMC64_SYSTEM_SUSPEND }, PSCI_NOT_SUPPORTED },
	{ "MIGRATE_INFO_TYPE", { SMC32_MIGRATE_INFO_TYPE }, MIGRATE_NOT_NEEDED },
	{ "CPU_SUSPEND: no such state", { SMC64_PSCI_CPU_SUSPEND, POWER_DOWN }, PSCI_INVALID_PARAMETERS },
	{ "CPU_ON: no such CPU", { SMC64_PSCI_CPU_ON, CPUS_MAX, HOST_BASE }, PSCI_INVALID_PARAMETERS },
	{ "CPU_ON: itself", { SMC64_PSCI_CPU_ON, 0, HOST_BASE }, PSCI_ALREADY_ON },
	{ "CPU_ON: entry is no instruction", { SMC64_PSCI_CPU_ON, 1, HOST_BASE + 2 }, PSCI_INVALID_ADDRESS },
	{ "CPU_ON: entry in the RMM", { SMC64_PSCI_CPU_ON, 1, RMM_BASE }, PSCI_INVALID_ADDRESS },
	{ "CPU_ON: entry in the monitor", { SMC64_PSCI_CPU_ON, 1, SECURE_RAM_BASE }, PSCI_INVALID_ADDRESS },
	{ "CPU_ON: entry where no memory is", { SMC64_PSCI_CPU_ON, 1, UINT64_C(1) << 40 }, PSCI_INVALID_ADDRESS },
	{ "CPU_ON: entry at the very end", { SMC64_PSCI_CPU_ON, 1, ~UINT64_C(3) }, PSCI_INVALID_ADDRESS },
	{ "CPU_ON: entry in a device", { SMC64_PSCI_CPU_ON, 1, NS_FLASH }, PSCI_INVALID_ADDRESS },
	{ "AFFINITY_INFO: on", { SMC64_PSCI_AFFINITY_INFO, 0, 0 }, PSCI_AFFINITY_ON },
	{ "AFFINITY_INFO: off", { SMC64_PSCI_AFFINITY_INFO, 1, 0 }, PSCI_AFFINITY_OFF },
	{ "AFFINITY_INFO: the level has 32 bits", { SMC64_PSCI_AFFINITY_INFO, 1, UPPER }, PSCI_AFFINITY_OFF },
	{ "AFFINITY_INFO of 32 bits", { SMC32_PSCI_AFFINITY_INFO, 1 | UPPER, 0 }, PSCI_AFFINITY_OFF },
	{ "AFFINITY_INFO: no such level", { SMC64_PSCI_AFFINITY_INFO, 0, 1 }, PSCI_INVALID_PARAMETERS },
	{ "AFFINITY_INFO: no such CPU", { SMC64_PSCI_AFFINITY_INFO, 1 << 8, 0 }, PSCI_INVALID_PARAMETERS },
	{ "no function", { 0 }, PSCI_NOT_SUPPORTED },
	{ "RSI is for realms", { RSI_VERSION, 1 << 16 }, PSCI_NOT_SUPPORTED },
	{ "the GPT is the RMM's: delegate", { SMC_GTSI_DELEGATE, HOST_POOL, 0x1000 }, PSCI_NOT_SUPPORTED },
	{ "the GPT is the RMM's: undelegate", { SMC_GTSI_UNDELEGATE, HOST_POOL, 0x1000 }, PSCI_NOT_SUPPORTED },
	{ "an end of boot is the RMM's", { SMC_RMM_BOOT_COMPLETE }, PSCI_NOT_SUPPORTED },
	{ "an answer is the RMM's", { SMC_RMI_REQ_COMPLETE }, PSCI_NOT_SUPPORTED },
};

static void test_answers(void)
{
	for (unsigned i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		tap_equal(calls[i].name, smc_call(calls[i].call[0], calls[i].call[1], calls[i].call[2], calls[i].call[3]),
			  (uint64_t)calls[i].expected);
}

/* X4 and up are the caller's (DEN0028: X4 to X17 of a call that does not give them back as results) */
static void test_registers(void)
{
	static const uint64_t functions[] = { SMC32_PSCI_VERSION, SMC64_SYSTEM_SUSPEND, SMC_RMI_VERSION };

	for (unsigned i = 0; i < sizeof(functions) / sizeof(*functions); i++) {
		uint64_t regs[SMC_REGS] = { functions[i], 1 << 16, 0, 0, 0, 15, 16, 17, 18, 19, 20 };
		bool kept = true;

		smc(regs);
		for (unsigned n = 5; n < SMC_REGS; n++)
			kept = kept && regs[n] == 10 + n;
		tap_result(kept, "registers that are no results are kept");
	}
}

/* Two CPUs turn the same one on: one of them does. It starts with MMU off, and what it was given in X0. */
static uint32_t turned_on;
uint64_t given;
void start_given(void);

__asm__(".text\nstart_given:\tadrp x1, given\n\tstr x0, [x1, :lo12:given]\n\tb start_secondary");

static void turn_on(void *arg)
{
	for (unsigned i = 0; i < ROUNDS; i++)
		if (smc_call(SMC64_PSCI_CPU_ON, 2, (uint64_t)start_given, CONTEXT) == PSCI_SUCCESS)
			__atomic_add_fetch(&turned_on, 1, __ATOMIC_RELAXED);
}

static void test_race(void)
{
	uint32_t failed = 0;

	for (unsigned i = 0; i < ROUNDS; i++) {
		turned_on = 0;
		smp_start(1, turn_on, NULL);
		turn_on(NULL);
		smp_wait(1);
		while (smc_call(SMC64_PSCI_AFFINITY_INFO, 2, 0) != PSCI_AFFINITY_ON)
			nap();
		smp_on(2);
		failed += turned_on != 1;
		smp_off(2);
	}
	tap_equal("CPU_ON: one of two CPUs turns a third one on", failed, 0);
	tap_equal("CPU_ON: X0 is the context", given, CONTEXT);
}

int mode_calls(void)
{
	if (smp_cpus() < CPUS_NEEDED)
		panic("host: mode calls needs %d CPUs: -smp", (uint64_t)CPUS_NEEDED);
	test_answers();
	test_registers();
	if (!smp_on(1) || !smp_on(2))
		panic("host: a CPU does not come up");
	smp_off(2);
	test_race();
	return tap_end();
}
