/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* teardown.c - takes everything apart through RMI, after a row that passed and after one that did not */
#include "world.h"

static bool finish_ops(struct world *world)
{
	while (world->num_ops) {
		unsigned before = world->num_ops;

		world_finish(world, &world->ops[0]);
		if (world->num_ops == before)
			return world_fail(world, "tear-down: an operation stays");
	}
	return true;
}

static bool destroy_recs(struct world *world)
{
	while (world->num_recs) {
		if (!must(world, RMI_REC_DESTROY, world->recs[world->num_recs - 1]))
			return false;
	}
	return true;
}

/* Unmaps what a table without tables below it maps, in the form of RMM 2.0: the RMM skips what is not live. */
static bool unmap_all_2_0(struct world *world, const struct live_table *table)
{
	uint64_t ipa = table->ipa, top = ipa + entry_size(world, (int)table->level - 1);

	while (ipa < top) {
		if (!must(world, RMI_RTT_DATA_UNMAP, table->rd, ipa, top, RMI_ADDR_TYPE_SINGLE, 0))
			return false;
		if (world->x[1] <= ipa)
			return world_fail(world, "tear-down: no progress");
		ipa = world->x[1];
	}
	return true;
}

/* A block must be split first: RMM 1.0 frees pages only. */
static bool split(struct world *world, const struct live_table *table, uint64_t ipa)
{
	uint64_t page = world_pool_take(world, 1, true);

	return page && must(world, RMI_RTT_CREATE, table->rd, page, ipa & ~(entry_size(world, 2) - 1), 3);
}

static bool unmap_all_1_0(struct world *world, const struct live_table *table)
{
	uint64_t ipa = table->ipa, top = ipa + entry_size(world, (int)table->level - 1);

	while (ipa < top) {
		if (rmi(world, RMI_RTT_READ_ENTRY, table->rd, ipa, 3) != RMI_SUCCESS)
			return world_fail(world, "tear-down: RMI_RTT_READ_ENTRY fails");
		if (world->x[1] == 2 && world->x[2] == RMI_ASSIGNED)
			return split(world, table, ipa);
		rmi(world, RMI1_DATA_DESTROY, table->rd, ipa);
		if (world->x[2] <= ipa)
			return world_fail(world, "tear-down: RMI1_DATA_DESTROY tells no next IPA");
		ipa = world->x[2];
	}
	return true;
}

/* Destroys the tables of one level; splitting a block adds one of level 3. */
static bool destroy_table(struct world *world, const struct live_table *table)
{
	bool is_protected = table->ipa < UINT64_C(1) << (world_s2sz(world) - 1);
	unsigned before = world->num_tables;

	if (is_protected && !(is_1_0(world) ? unmap_all_1_0(world, table) : unmap_all_2_0(world, table)))
		return false;
	if (world->num_tables > before)
		return true;
	return must(world, RMI_RTT_DESTROY, table->rd, table->ipa, table->level);
}

static bool destroy_tables(struct world *world)
{
	while (world->num_tables) {
		struct live_table deepest = world->tables[0];

		for (unsigned i = 1; i < world->num_tables; i++) {
			if (world->tables[i].level > deepest.level)
				deepest = world->tables[i];
		}
		if (!destroy_table(world, &deepest))
			return false;
	}
	return true;
}

static bool destroy_realms(struct world *world)
{
	while (world->num_realms) {
		uint64_t rd = world->realms[world->num_realms - 1];

		if (!is_1_0(world) && !must(world, RMI_REALM_TERMINATE, rd))
			return false;
		if (!must(world, RMI_REALM_DESTROY, rd))
			return false;
	}
	return true;
}

static bool undelegate_all(struct world *world)
{
	for (unsigned first = 0; first < CASES_GRANULES; first++) {
		unsigned count = 0;

		while (first + count < CASES_GRANULES && world->delegated[first + count])
			count++;
		if (count && !world_undelegate(world, world->host->memory + first * granule_size(world), count))
			return false;
	}
	return !world->block_delegated || world_undelegate(world, world->host->blocks, world->block_delegated);
}

static bool all_returned(struct world *world)
{
	bool ok = true;

	for (unsigned i = 0; i < CASES_GRANULES; i++) {
		world->taken[i] = world->kept_by_rmm[i];
		ok = ok && world->donated[i] == world->kept_by_rmm[i];
		world->donated[i] = world->kept_by_rmm[i];
	}
	return ok || world_fail(world, "tear-down: donated memory was not given back");
}

bool world_tear_down(struct world *world)
{
	return finish_ops(world) && destroy_recs(world) && destroy_tables(world) && destroy_realms(world) &&
	       undelegate_all(world) && all_returned(world);
}
