/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* reset.c - mode reset: after SYSTEM_RESET all is as after power-on, but for what is in memory */
#include "console.h"
#include "host.h"
#include "modes.h"
#include "psci.h"
#include "rmi-host.h"
#include "rmi-machine.h"
#include "rmi.h"

#define MARK_ADDRESS (HOST_POOL + 0x1000000)	/* this page tells the second boot from the first; the next is delegated */
#define MARK 0x7265736574

static void boot_rmm(struct machine *machine)
{
	machine_open(machine);
	if (host_boot(machine, 0) != RMI_SUCCESS)
		panic("host: the RMM does not start: %x", machine->x[0]);
}

int mode_reset(void)
{
	volatile uint64_t *mark = (uint64_t *)MARK_ADDRESS;
	uint64_t delegated = MARK_ADDRESS + 0x1000;
	struct machine machine = { 0 };

	if (*mark != MARK) {
		*mark = MARK;
		boot_rmm(&machine);
		if (!smp_on(1) || host_delegate(&machine, delegated, machine.granule) != RMI_SUCCESS)
			panic("host: there is nothing for a reset to undo");
		smc_call(SMC32_PSCI_SYSTEM_RESET);
		panic("host: SYSTEM_RESET came back");
	}
	*mark = 0;
	tap_equal("reset: no memory is a realm's", machine_realm_granules(), 0);
	tap_equal("reset: what was can be written", probe_write(delegated, MARK), 0);
	tap_equal("reset: the other CPU is off", smc_call(SMC64_PSCI_AFFINITY_INFO, 1, 0), PSCI_AFFINITY_OFF);
	tap_result(smp_on(1), "reset: it can be turned on");
	boot_rmm(&machine);
	tap_equal("reset: memory is delegated", host_delegate(&machine, delegated, machine.granule), RMI_SUCCESS);
	tap_equal("reset: and undelegated", host_undelegate(&machine, delegated, machine.granule), RMI_SUCCESS);
	return tap_end();
}
