/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* race.c - mode smp: CPUs against each other */
#include "race.h"
#include "console.h"
#include "host.h"
#include "modes.h"
#include "rmi-host.h"
#include "rmi.h"

#define CPUS_NEEDED 3

int mode_smp(void)
{
	struct machine machine = { 0 };
	uint64_t granules = machine_realm_granules();

	if (smp_cpus() < CPUS_NEEDED)
		panic("host: mode smp needs %d CPUs: -smp", (uint64_t)CPUS_NEEDED);
	for (unsigned cpu = 1; cpu < smp_cpus(); cpu++)
		if (!smp_on(cpu))
			panic("host: CPU %d does not come up", (uint64_t)cpu);
	machine_open(&machine);
	if (host_boot(&machine, 0) != RMI_SUCCESS)
		panic("host: the RMM does not start: %x", machine.x[0]);
	race_granules(&machine);
	race_recs(&machine);
	tap_equal("all memory is the host's again", machine_realm_granules(), granules);
	return tap_end();
}
