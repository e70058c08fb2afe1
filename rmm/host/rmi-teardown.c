/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmi-teardown.c - taking a realm's stage 2 apart; what the RMM says is live next spares looking at all entries */
#include "rmi-teardown.h"
#include "rmi-host.h"
#include "rmi.h"
#include "rmi-1.0.h"

#define LEAF_LEVEL 3

void host_take_back(struct machine *machine, uint64_t base, uint64_t size)
{
	if (host_undelegate(machine, base, size) != RMI_SUCCESS)
		machine_stop("memory that should be free is not", base);
}

static bool is_rtt_error(uint64_t result, int *level)
{
	*level = (int8_t)rmi_result_data_level_get_level(result);
	return rmi_result_get_status(result) == RMI_ERROR_RTT;
}

/* data */

/* As far as one call gets; returns where the next one begins. */
static uint64_t unmap_v2(struct machine *machine, uint64_t rd, uint64_t base, uint64_t top)
{
	uint64_t next, word;

	rmi(machine, SMC_RMI_RTT_DATA_UNMAP, rd, base, top, RMI_ADDR_TYPE_SINGLE, 0);
	if (host_finish(machine) != RMI_SUCCESS || machine->x[1] <= base)
		machine_stop("data cannot be unmapped at", base);
	next = machine->x[1];
	word = machine->x[2];
	if (word)
		host_take_back(machine, host_range_base(machine, word), host_range_bytes(machine, word));
	return next;
}

/* A block is split first. */
static uint64_t unmap_v1(struct machine *machine, uint64_t rd, uint64_t base)
{
	uint64_t result = rmi(machine, SMC_RMI1_DATA_DESTROY, rd, base);
	uint64_t data = machine->x[1], next = machine->x[2];
	int level;

	if (result == RMI_SUCCESS)
		host_take_back(machine, data, machine->granule);
	else if (!is_rtt_error(result, &level))
		machine_stop("data cannot be unmapped at", base);
	else if (next == base && rmi(machine, SMC_RMI_RTT_CREATE, rd, host_delegated(machine, 1, 0), base,
				     (uint64_t)level + 1) != RMI_SUCCESS)
		machine_stop("a block cannot be split at", base);
	return next;
}

void host_unmap_all(struct machine *machine, uint64_t rd, uint64_t base, uint64_t top)
{
	while (base < top)
		base = host_is_v1(machine) ? unmap_v1(machine, rd, base) : unmap_v2(machine, rd, base, top);
}

/* tables */

static uint64_t entry_bytes(const struct machine *machine, int level)
{
	unsigned shift = (unsigned)__builtin_ctzll(machine->granule);

	return UINT64_C(1) << (shift + (shift - 3) * (unsigned)(LEAF_LEVEL - level));
}

/* *next: where the next table of this level can be */
static uint64_t destroy_table(struct machine *machine, uint64_t rd, uint64_t ipa, int level, uint64_t *next)
{
	uint64_t result = rmi(machine, SMC_RMI_RTT_DESTROY, rd, ipa, (uint64_t)level);
	uint64_t table = machine->x[1];

	*next = machine->x[2];
	if (result == RMI_SUCCESS)
		host_take_back(machine, table, machine->granule);
	return result;
}

/* The tables of a level in a range, each after those below it */
static void destroy_tables(struct machine *machine, uint64_t rd, uint64_t base, uint64_t top, int level)
{
	uint64_t covers = entry_bytes(machine, level - 1);

	for (uint64_t next; base < top; base = next) {
		uint64_t result = destroy_table(machine, rd, base, level, &next);
		int stopped;

		if (is_rtt_error(result, &stopped) && stopped == level && level < LEAF_LEVEL) {
			destroy_tables(machine, rd, base, base + covers, level + 1);
			result = destroy_table(machine, rd, base, level, &next);
		}
		if (next <= base || (result != RMI_SUCCESS && !is_rtt_error(result, &stopped)))
			machine_stop("tables cannot be destroyed at", base);
	}
}

void host_stage2_empty(struct machine *machine, uint64_t rd, uint64_t s2sz, int64_t start_level)
{
	host_unmap_all(machine, rd, 0, UINT64_C(1) << (s2sz - 1));
	if (start_level < LEAF_LEVEL)
		destroy_tables(machine, rd, 0, UINT64_C(1) << s2sz, (int)start_level + 1);
}
