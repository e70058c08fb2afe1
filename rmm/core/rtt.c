/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * rtt.c - realm translation tables: create, destroy, fold, read an entry
 *
 * A table is named by its level and the IPA where it begins; what changes is the entry of its parent. A new table
 * says the same as the entry it replaces, and a table that can be said in one entry can be folded into that.
 */
#include "core.h"

/* Can there be a table at ipa and level? Root tables do not count: REALM_CREATE and REALM_DESTROY have those. */
static bool is_table_place(const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t level)
{
	return (int64_t)level <= S2_LAST_LEVEL && s2_place_valid(stage2, ipa, level - 1);
}

static bool has_pa(const struct s2_entry *entry)
{
	return entry->state == S2_ASSIGNED || entry->state == S2_ASSIGNED_NS;
}

/* The entry that says offset bytes further what entry says */
static struct s2_entry entry_at(const struct s2_entry *entry, uint64_t offset)
{
	struct s2_entry further = *entry;

	if (has_pa(entry))
		further.pa += offset;
	return further;
}

/* Makes the granule at rtt a table that says the same as the entry of parent. */
static void split(struct rmm *rmm, const struct s2_walk *parent, uint64_t rtt)
{
	struct s2_walk table;

	rmm_granule_take(rmm, rtt, GRANULE_RTT);
	s2_below(rmm, parent, rtt, &table);
	for (unsigned i = 0; i < table.count; i++) {
		struct s2_entry entry = entry_at(&parent->entry, i * s2_entry_bytes(table.stage2, table.level));

		s2_set(&table, i, &entry);
	}
	s2_end(rmm, &table);
}

static uint64_t create(struct rmm *rmm, const struct rmm_stage2 *stage2, uint64_t rtt, uint64_t ipa, int level)
{
	const struct s2_entry entry = { .state = S2_TABLE, .pa = rtt };
	uint64_t result = RMI_SUCCESS;
	struct s2_walk parent;

	s2_walk(rmm, stage2, ipa, level - 1, &parent);
	if (parent.level != level - 1 || parent.entry.state == S2_TABLE) {
		result = result_rtt(parent.level);
	} else {
		split(rmm, &parent, rtt);
		s2_replace(rmm, &parent, parent.index, &entry);
	}
	s2_end(rmm, &parent);
	return result;
}

uint64_t rmm_rtt_create(struct rmm *rmm, uint64_t rd_pa, uint64_t rtt, uint64_t ipa, uint64_t level)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	uint64_t result = RMI_ERROR_INPUT;

	if (!rd)
		return RMI_ERROR_INPUT;
	if (is_table_place(&rd->stage2, ipa, level) && rmm_granule_is(rmm, rtt, GRANULE_DELEGATED) &&
	    s2_pa_valid(&rd->stage2, rtt))
		result = create(rmm, &rd->stage2, rtt, ipa, (int)level);
	rmm_unmap(rmm, rd);
	return result;
}

/* Puts entry where parent has its table, and frees the table. */
static uint64_t drop_table(struct rmm *rmm, struct s2_walk *parent, const struct s2_entry *entry)
{
	uint64_t rtt = parent->entry.pa;

	s2_replace(rmm, parent, parent->index, entry);
	rmm_granule_release(rmm, rtt);
	return rtt;
}

static bool is_below_live(struct rmm *rmm, const struct s2_walk *parent)
{
	struct s2_walk table;
	bool live;

	s2_below(rmm, parent, parent->entry.pa, &table);
	live = s2_table_live(&table);
	s2_end(rmm, &table);
	return live;
}

static uint64_t destroy(struct rmm *rmm, const struct rmm_stage2 *stage2, uint64_t ipa, int level, uint64_t *rtt,
			uint64_t *top)
{
	static const struct s2_entry lost[] = {
		{ .state = S2_UNASSIGNED_NS },
		{ .state = S2_UNASSIGNED, .ripas = RMI_RIPAS_DESTROYED },
	};
	uint64_t result = RMI_SUCCESS;
	struct s2_walk parent;

	s2_walk(rmm, stage2, ipa, level - 1, &parent);
	if (parent.entry.state != S2_TABLE) {
		result = result_rtt(parent.level);
		*top = s2_next_live(&parent);
	} else if (is_below_live(rmm, &parent)) {
		result = result_rtt(level);
		*top = ipa;
	} else {
		*rtt = drop_table(rmm, &parent, &lost[s2_is_protected(stage2, ipa)]);
		*top = s2_next_live(&parent);
	}
	s2_end(rmm, &parent);
	return result;
}

uint64_t rmm_rtt_destroy(struct rmm *rmm, uint64_t rd_pa, uint64_t ipa, uint64_t level, uint64_t *rtt, uint64_t *top)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	uint64_t result = RMI_ERROR_INPUT;

	*rtt = 0;
	*top = 0;
	if (!rd)
		return RMI_ERROR_INPUT;
	if (is_table_place(&rd->stage2, ipa, level))
		result = destroy(rmm, &rd->stage2, ipa, (int)level, rtt, top);
	rmm_unmap(rmm, rd);
	return result;
}

/* Can one entry of a level stand for a table that begins with it? No fold makes a block above level 1. */
static bool can_stand_at(const struct rmm_stage2 *stage2, const struct s2_entry *entry, int level)
{
	if (entry->state == S2_TABLE)
		return false;
	return !has_pa(entry) || (level >= 1 && level >= s2_min_block_level(stage2) &&
				  is_aligned(entry->pa, s2_entry_bytes(stage2, level)));
}

/* Does the table say what one entry of its parent could say? That would be its first entry, moved up. */
static bool is_foldable(const struct s2_walk *table)
{
	if (!can_stand_at(table->stage2, &table->entry, table->level - 1))
		return false;
	for (unsigned i = 1; i < table->count; i++) {
		struct s2_entry entry = entry_at(&table->entry, i * s2_entry_bytes(table->stage2, table->level));

		if (table->table[i] != s2_encode(table->stage2, table->level, &entry))
			return false;
	}
	return true;
}

static bool is_below_foldable(struct rmm *rmm, const struct s2_walk *parent, struct s2_entry *entry)
{
	struct s2_walk table;
	bool foldable;

	s2_below(rmm, parent, parent->entry.pa, &table);
	*entry = table.entry;
	foldable = is_foldable(&table);
	s2_end(rmm, &table);
	return foldable;
}

static uint64_t fold(struct rmm *rmm, const struct rmm_stage2 *stage2, uint64_t ipa, int level, uint64_t *rtt)
{
	uint64_t result = RMI_SUCCESS;
	struct s2_walk parent;
	struct s2_entry entry;

	s2_walk(rmm, stage2, ipa, level - 1, &parent);
	if (parent.entry.state != S2_TABLE)
		result = result_rtt(parent.level);
	else if (!is_below_foldable(rmm, &parent, &entry))
		result = result_rtt(level);
	else
		*rtt = drop_table(rmm, &parent, &entry);
	s2_end(rmm, &parent);
	return result;
}

uint64_t rmm_rtt_fold(struct rmm *rmm, uint64_t rd_pa, uint64_t ipa, uint64_t level, uint64_t *rtt)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	uint64_t result = RMI_ERROR_INPUT;

	*rtt = 0;
	if (!rd)
		return RMI_ERROR_INPUT;
	if (is_table_place(&rd->stage2, ipa, level))
		result = fold(rmm, &rd->stage2, ipa, (int)level, rtt);
	rmm_unmap(rmm, rd);
	return result;
}

static uint64_t reported_state(enum s2_state state)
{
	static const uint8_t states[] = {
		[S2_UNASSIGNED] = RMI_UNASSIGNED,
		[S2_ASSIGNED] = RMI_ASSIGNED,
		[S2_UNASSIGNED_NS] = RMI_UNASSIGNED,
		[S2_ASSIGNED_NS] = RMI_ASSIGNED,
		[S2_TABLE] = RMI_TABLE,
	};

	return states[state];
}

/* Fields that an entry does not have are zero, so the address and the attributes of any state can be put together. */
static void report(const struct s2_walk *walk, struct rtt_entry_info *info)
{
	const struct s2_entry *entry = &walk->entry;

	info->level = (uint64_t)(int64_t)walk->level;
	info->state = reported_state(entry->state);
	info->desc = entry->pa | (uint64_t)entry->memattr << 2 | (uint64_t)entry->s2ap << 6;
	info->ripas = entry->ripas;
}

uint64_t rmm_rtt_read_entry(struct rmm *rmm, uint64_t rd_pa, uint64_t ipa, uint64_t level, struct rtt_entry_info *info)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	uint64_t result = RMI_ERROR_INPUT;
	struct s2_walk walk;

	mem_set(info, 0, sizeof(*info));
	if (!rd)
		return RMI_ERROR_INPUT;
	if (s2_place_valid(&rd->stage2, ipa, level)) {
		s2_walk(rmm, &rd->stage2, ipa, (int)level, &walk);
		report(&walk, info);
		s2_end(rmm, &walk);
		result = RMI_SUCCESS;
	}
	rmm_unmap(rmm, rd);
	return result;
}
