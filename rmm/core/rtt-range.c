/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * rtt-range.c - what translation tables map, the commands of 2.0 for ranges
 *
 * One call does as many whole entries of one table as it can, from base on. A cause to stop after the first of them is
 * for the next call to find and to report.
 */
#include "core.h"

/* The flags of the four commands have their type and count in the same bits. */
_Static_assert(RMI_RTT_PROT_MAP_FLAGS_MASK == RMI_RTT_UNMAP_FLAGS_MASK &&
	       RMI_RTT_PROT_MAP_FLAGS_OADDR_TYPE_MASK == RMI_RTT_UNPROT_MAP_FLAGS_OADDR_TYPE_MASK &&
	       RMI_RTT_PROT_MAP_FLAGS_LIST_COUNT_MASK == RMI_RTT_UNPROT_MAP_FLAGS_LIST_COUNT_MASK, "flags differ");

static unsigned oaddr_type(const struct map_range *range)
{
	return (unsigned)rmi_rtt_prot_map_flags_get_oaddr_type(range->flags);
}

static unsigned list_span(struct rmm *rmm, const struct map_range *range)
{
	return addr_list_span(rmm, range->oaddr, rmi_rtt_prot_map_flags_get_list_count(range->flags));
}

/* An interrupt of the host ends a call that has got as far as at, if that is anywhere. */
static bool gives_way(struct rmm *rmm, const struct map_range *range, uint64_t at)
{
	return at != range->base && rmm->port->irq_pending(rmm->ctx);
}

/* Map */

/* A call that maps, and the blocks that it still has to map */
struct map {
	struct rmm *rmm;
	const struct map_range *range;
	struct s2_entry entry;	/* what new entries are, but for their PA and RIPAS; ASSIGNED or ASSIGNED_NS */
	uint64_t list;	/* PA of the next descriptor */
	unsigned left;	/* descriptors in the list */
	struct addr_desc desc;	/* the rest of the current one */
	uint8_t desc_state;
	bool desc_state_ignored;
};

static bool open_blocks(struct map *map)
{
	switch (oaddr_type(map->range)) {
	case RMI_ADDR_TYPE_SINGLE:
		map->desc = addr_desc_decode(map->rmm, map->range->oaddr);
		return true;
	case RMI_ADDR_TYPE_LIST:
		map->list = map->range->oaddr;
		map->left = list_span(map->rmm, map->range);
		return true;
	default:
		return false;
	}
}

/* Goes to the next descriptor if the current one is used up. false: there is no valid one. */
static bool have_block(struct map *map, const struct rmm_stage2 *stage2)
{
	while (!map->desc.count) {
		uint64_t word;

		if (!map->left || !rmm_ns_read(map->rmm, map->list, &word, sizeof(word)))
			return false;
		map->desc = addr_desc_decode(map->rmm, word);
		map->list += sizeof(word);
		map->left--;
	}
	return (map->desc_state_ignored || map->desc.state == map->desc_state) &&
	       rmm_blocks_valid(map->rmm, stage2, map->desc.level, map->desc.pa, map->desc.count);
}

static void take_data(struct rmm *rmm, uint64_t pa, uint64_t bytes)
{
	for (uint64_t done = 0; done < bytes; done += granule_bytes(rmm))
		rmm_granule_take(rmm, pa + done, GRANULE_DATA);
}

static bool is_same_entry(const struct s2_entry *a, const struct s2_entry *b)
{
	return a->state == b->state && a->ripas == b->ripas && a->pa == b->pa && a->memattr == b->memattr &&
	       a->s2ap == b->s2ap;
}

/* Maps the current block. fits: the entry has the size of the block, and is all in the range. */
static uint64_t map_block(struct map *map, struct s2_walk *walk, unsigned index, bool fits)
{
	const struct s2_entry old = s2_get(walk, index);
	uint64_t bytes = s2_entry_bytes(walk->stage2, map->desc.level);
	struct s2_entry entry = map->entry;

	entry.pa = map->desc.pa;
	entry.ripas = old.ripas;
	if (fits && is_same_entry(&old, &entry))
		return RMI_SUCCESS;
	if (entry.state == S2_ASSIGNED && !rmm_range_is(map->rmm, entry.pa, bytes, GRANULE_DELEGATED))
		return RMI_ERROR_INPUT;
	if (!fits || (old.state != S2_UNASSIGNED && old.state != S2_UNASSIGNED_NS))
		return result_rtt(walk->level);
	if (entry.state == S2_ASSIGNED)
		take_data(map->rmm, entry.pa, bytes);
	s2_set(walk, index, &entry);
	return RMI_SUCCESS;
}

/* Maps blocks of the level that the first one has. */
static uint64_t map_blocks(struct map *map, struct s2_walk *walk, uint64_t *out_top)
{
	const struct map_range *range = map->range;
	int level = map->desc.level;
	uint64_t bytes = s2_entry_bytes(walk->stage2, level);
	uint64_t at = range->base, result = RMI_SUCCESS;

	for (unsigned i = walk->index; i < walk->count && at < range->top; i++) {
		bool fits = walk->level == level && at == s2_entry_ipa(walk, i) && range->top - at >= bytes;

		if (!have_block(map, walk->stage2) || map->desc.level != level || gives_way(map->rmm, range, at))
			break;
		result = map_block(map, walk, i, fits);
		if (result != RMI_SUCCESS)
			break;
		map->desc.pa += bytes;
		map->desc.count--;
		at += bytes;
	}
	if (at == range->base)
		return result;
	*out_top = at;
	return RMI_SUCCESS;
}

/*
 * S2AP[1:0] of a descriptor has read in bit 0 and write in bit 1. The direct encoding of the flags has them the other
 * way; the indices of the indirect one up to RMI_S2AP_RW have them the same way.
 */
static uint8_t s2ap_from_flags(const struct rd *rd, uint64_t s2ap)
{
	if (rd->params.flags1 & RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_MASK)
		return (uint8_t)s2ap;
	return (uint8_t)(bits(s2ap, 0, 0) << 1 | bits(s2ap, 1, 1));
}

/* How the realm may use memory of the host. false: no descriptor can say that. */
static bool set_attributes(struct map *map, const struct rd *rd)
{
	uint64_t memattr = rmi_rtt_unprot_map_flags_get_memattr(map->range->flags);
	uint64_t s2ap = rmi_rtt_unprot_map_flags_get_s2ap(map->range->flags);

	if (map->entry.state == S2_ASSIGNED)
		return true;
	map->entry.memattr = (uint8_t)memattr;
	map->entry.s2ap = s2ap_from_flags(rd, s2ap);
	return s2ap <= RMI_S2AP_RW && rmm_memattr_valid((unsigned)memattr);
}

static uint64_t map_in_realm(struct map *map, const struct rd *rd, uint64_t *out_top)
{
	const struct map_range *range = map->range;
	struct s2_walk walk;
	uint64_t result;

	if (!s2_range_valid(&rd->stage2, range->base, range->top, map->entry.state == S2_ASSIGNED) ||
	    !set_attributes(map, rd) || !have_block(map, &rd->stage2))
		return RMI_ERROR_INPUT;
	if (rd->state != RMM_REALM_NEW && rd->state != RMM_REALM_ACTIVE)
		return RMI_ERROR_REALM;
	if (range->interrupted) {
		*out_top = range->base;
		return RMI_SUCCESS;
	}
	s2_walk(map->rmm, &rd->stage2, range->base, map->desc.level, &walk);
	result = map_blocks(map, &walk, out_top);
	s2_end(map->rmm, &walk);
	return result;
}

static uint64_t map_range(struct map *map, struct map_out *out)
{
	struct rd *rd;
	uint64_t result;

	if (!open_blocks(map))
		return RMI_ERROR_INPUT;
	rd = rmm_rd_map(map->rmm, map->range->rd);
	if (!rd)
		return RMI_ERROR_INPUT;
	result = map_in_realm(map, rd, &out->top);
	rmm_unmap(map->rmm, rd);
	return result;
}

uint64_t rmm_data_map(struct rmm *rmm, const struct map_range *range, struct map_out *out)
{
	struct map map = {
		.rmm = rmm,
		.range = range,
		.entry.state = S2_ASSIGNED,
		.desc_state = RMI_OP_MEM_DELEGATED,
	};

	*out = (struct map_out){ 0 };
	return map_range(&map, out);
}

uint64_t rmm_unprot_map(struct rmm *rmm, const struct map_range *range, struct map_out *out)
{
	struct map map = {
		.rmm = rmm,
		.range = range,
		.entry.state = S2_ASSIGNED_NS,
		.desc_state = RMI_OP_MEM_UNDELEGATED,
		.desc_state_ignored = rmm->variant->unprot_state_ignored,
	};

	*out = (struct map_out){ 0 };
	return map_range(&map, out);
}

/* Unmap */

/* What the host is told of the memory that it gets back */
struct report {
	struct rmm *rmm;
	unsigned type;	/* RMI_ADDR_TYPE_* */
	uint64_t list;	/* PA of the list */
	unsigned room, used;	/* descriptors */
	struct addr_desc last;
};

static bool open_report(struct rmm *rmm, const struct map_range *range, struct report *report)
{
	report->type = oaddr_type(range);
	switch (report->type) {
	case RMI_ADDR_TYPE_NONE:
	case RMI_ADDR_TYPE_SINGLE:
		report->room = 1;
		return !range->oaddr && !rmi_rtt_prot_map_flags_get_list_count(range->flags);
	case RMI_ADDR_TYPE_LIST:
		report->list = range->oaddr;
		report->room = list_span(rmm, range);
		return report->room;
	default:
		return false;
	}
}

/*
 * Adds a block to the report, and to the host's list before the block is unmapped: no memory gets lost when the list
 * cannot be written. false: there is no room, or the block is for the next call to tell of.
 */
static bool report_block(struct report *report, uint64_t pa)
{
	uint64_t bytes = addr_desc_block_bytes(report->rmm, report->last.level);
	struct addr_desc desc = report->last;
	unsigned used = report->used;

	if (report->type == RMI_ADDR_TYPE_NONE)
		return true;
	if (desc.count && desc.count < addr_desc_max_count(report->rmm) && pa == desc.pa + desc.count * bytes) {
		desc.count++;
	} else {
		if (used == report->room)
			return false;
		used++;
		desc.pa = pa;
		desc.count = 1;
	}
	if (report->type == RMI_ADDR_TYPE_LIST) {
		uint64_t word = addr_desc_encode(report->rmm, &desc);

		if (!rmm_ns_write(report->rmm, report->list + (used - 1) * sizeof(word), &word, sizeof(word)))
			return false;
	}
	report->last = desc;
	report->used = used;
	return true;
}

static uint64_t unmap_entries(struct report *report, const struct map_range *range, struct s2_walk *walk,
			      uint64_t *out_top)
{
	uint64_t bytes = s2_entry_bytes(walk->stage2, walk->level);
	uint64_t at = range->base;

	if (walk->ipa != at || range->top - at < bytes)
		return result_rtt(walk->level);
	for (unsigned i = walk->index; i < walk->count && range->top - at >= bytes; i++, at += bytes) {
		struct s2_entry entry = s2_get(walk, i);

		if (entry.state == S2_TABLE)
			break;
		if (entry.state == S2_UNASSIGNED || entry.state == S2_UNASSIGNED_NS)
			continue;
		if (gives_way(report->rmm, range, at) || !report_block(report, entry.pa))
			break;
		rmm_entry_unmap(report->rmm, walk, i);
	}
	if (at == range->base)
		return RMI_ERROR_INPUT;
	*out_top = at;
	return RMI_SUCCESS;
}

static uint64_t unmap_in_realm(struct report *report, const struct map_range *range, const struct rd *rd,
			       bool is_protected, uint64_t *out_top)
{
	struct s2_walk walk;
	uint64_t result;

	if (!s2_range_valid(&rd->stage2, range->base, range->top, is_protected))
		return RMI_ERROR_INPUT;
	if (range->interrupted) {
		*out_top = range->base;
		return RMI_SUCCESS;
	}
	s2_walk(report->rmm, &rd->stage2, range->base, S2_LAST_LEVEL, &walk);
	report->last.level = walk.level;
	result = unmap_entries(report, range, &walk, out_top);
	s2_end(report->rmm, &walk);
	return result;
}

static uint64_t unmap_range(struct rmm *rmm, const struct map_range *range, bool is_protected, struct map_out *out)
{
	struct report report = {
		.rmm = rmm,
		.last.state = is_protected ? RMI_OP_MEM_DELEGATED : RMI_OP_MEM_UNDELEGATED,
	};
	uint64_t result;
	struct rd *rd;

	*out = (struct map_out){ 0 };
	if (!open_report(rmm, range, &report))
		return RMI_ERROR_INPUT;
	rd = rmm_rd_map(rmm, range->rd);
	if (!rd)
		return RMI_ERROR_INPUT;
	result = unmap_in_realm(&report, range, rd, is_protected, &out->top);
	rmm_unmap(rmm, rd);
	if (report.type == RMI_ADDR_TYPE_SINGLE && report.used)
		out->range = addr_desc_encode(rmm, &report.last);
	if (report.type == RMI_ADDR_TYPE_LIST)
		out->count = report.used;
	return result;
}

uint64_t rmm_data_unmap(struct rmm *rmm, const struct map_range *range, struct map_out *out)
{
	return unmap_range(rmm, range, true, out);
}

uint64_t rmm_unprot_unmap(struct rmm *rmm, const struct map_range *range, struct map_out *out)
{
	return unmap_range(rmm, range, false, out);
}
