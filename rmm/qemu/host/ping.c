/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* ping.c - does everything answer, on every CPU? */
#include "host.h"
#include "modes.h"
#include "rmi.h"

static uint64_t answers[3];

static void ask(void *arg)
{
	answers[0] = smc_call(SMC_TEST_PING_EL3);
	answers[1] = smc_call(SMC_TEST_PING_RMM);
	answers[2] = smc_call(SMC_RMI_FEATURES, 0);
}

int mode_ping(void)
{
	for (unsigned cpu = 0; cpu < smp_cpus(); cpu++) {
		answers[0] = answers[1] = answers[2] = UINT64_MAX;
		if (!cpu)
			ask(NULL);
		else if (smp_on(cpu))
			smp_do(cpu, ask, NULL);
		tap_equal("the monitor answers", answers[0], 0);
		tap_equal("the RMM answers", answers[1], 0);
		tap_equal("RMI_FEATURES answers", answers[2], RMI_SUCCESS);
	}
	return tap_end();
}
