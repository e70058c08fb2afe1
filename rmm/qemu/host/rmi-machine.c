/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmi-machine.c - RMI calls by SMC, and memory from a pool that is given back as a whole */
#include <string.h>

#include "rmi-machine.h"
#include "console.h"
#include "fwcfg.h"
#include "host.h"
#include "rmi.h"

#define V1_0 0x10000

void machine_open(struct machine *machine)
{
	machine->is_v1 = smc_call(SMC_RMI_VERSION, V1_0) == RMI_SUCCESS;
	machine->granule = 0x1000;
	machine->end = DRAM_BASE + fwcfg_ram_size();
	machine_free_all(machine);
}

void machine_free_all(struct machine *machine)
{
	machine->free = HOST_POOL;
}

uint64_t machine_realm_granules(void)
{
	uint64_t regs[SMC_REGS] = { SMC_TEST_REALM_GRANULES };

	smc(regs);
	return regs[1];
}

uint64_t machine_call(struct machine *machine, const uint64_t *regs, size_t count)
{
	memset(machine->x, 0, sizeof(machine->x));
	memcpy(machine->x, regs, count * sizeof(*regs));
	smc(machine->x);
	return machine->x[0];
}

void *machine_ns(const struct machine *machine, uint64_t pa, size_t size)
{
	return (void *)pa;
}

uint64_t machine_pages(struct machine *machine, uint64_t count, uint64_t align)
{
	uint64_t size = count * machine->granule, mask = (align ? align : machine->granule) - 1;
	uint64_t base = (machine->free + mask) & ~mask;

	if (base > machine->end || size > machine->end - base)
		machine_stop("run QEMU with more memory (-m), there is none left for so many bytes", size);
	machine->free = base + size;
	memset((void *)base, 0, size);
	return base;
}

size_t machine_measurement(const struct machine *machine, uint64_t rd, unsigned index, uint8_t slot[RMM_DIGEST_MAX])
{
	uint64_t regs[SMC_REGS] = { SMC_TEST_MEASUREMENT, rd, index };

	smc(regs);
	memcpy(slot, &regs[1], RMM_DIGEST_MAX);
	return regs[0];
}

void machine_stop(const char *what, uint64_t value)
{
	panic("host: %s: %x", what, value);
}
