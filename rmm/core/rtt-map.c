/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rtt-map.c - what translation tables map: a page and its content, and the commands of 1.0 that change one entry */
#include "core.h"

bool rmm_memattr_valid(unsigned memattr)
{
	return memattr != 4;	/* the one value of MemAttr[2:0] that FEAT_S2FWB reserves */
}

bool rmm_blocks_valid(struct rmm *rmm, const struct rmm_stage2 *stage2, int level, uint64_t pa, uint64_t count)
{
	uint64_t bytes, last;

	if (level < s2_min_block_level(stage2))
		return false;
	bytes = s2_entry_bytes(stage2, level);
	last = pa + (count - 1) * bytes;
	return is_aligned(pa, bytes) && last + bytes <= rmm_pa_top(rmm) && s2_pa_valid(stage2, last);
}

void rmm_entry_unmap(struct rmm *rmm, struct s2_walk *walk, unsigned index)
{
	const struct s2_entry old = s2_get(walk, index);
	struct s2_entry vacant = { .state = S2_UNASSIGNED_NS };

	if (old.state == S2_ASSIGNED) {
		vacant.state = S2_UNASSIGNED;
		vacant.ripas = old.ripas == RMI_RIPAS_EMPTY ? RMI_RIPAS_EMPTY : RMI_RIPAS_DESTROYED;
	}
	s2_replace(rmm, walk, index, &vacant);
	if (old.state == S2_ASSIGNED)
		rmm_range_set(rmm, old.pa, s2_entry_bytes(walk->stage2, walk->level), GRANULE_DELEGATED);
}

/* One page of the realm */

static bool is_page(const struct rd *rd, uint64_t ipa)
{
	return s2_place_valid(&rd->stage2, ipa, S2_LAST_LEVEL) && s2_is_protected(&rd->stage2, ipa);
}

/* Can data be mapped there? When it can, the walk is to be ended. */
static uint64_t walk_to_vacant_page(struct rmm *rmm, const struct rd *rd, uint64_t ipa, struct s2_walk *walk)
{
	s2_walk(rmm, &rd->stage2, ipa, S2_LAST_LEVEL, walk);
	if (walk->level == S2_LAST_LEVEL && walk->entry.state == S2_UNASSIGNED)
		return RMI_SUCCESS;
	s2_end(rmm, walk);
	return result_rtt(walk->level);
}

/* Copies a granule of the host. false: the port cannot reach it. */
static bool copy_from_host(struct rmm *rmm, uint8_t *to, uint64_t src)
{
	for (uint64_t done = 0; done < granule_bytes(rmm); done += PAGE_4K)
		if (!rmm_ns_read(rmm, src + done, to + done, PAGE_4K))
			return false;
	return true;
}

/* Fills a DELEGATED granule, maps it as RAM and measures it. */
static uint64_t map_content(struct rmm *rmm, struct rd *rd, uint64_t data, struct s2_walk *walk, uint64_t src,
			    uint64_t flags)
{
	const struct s2_entry entry = { .state = S2_ASSIGNED, .ripas = RMI_RIPAS_RAM, .pa = data };
	uint8_t *content = rmm_map(rmm, data);
	bool copied = copy_from_host(rmm, content, src);

	if (copied) {
		rmm_range_set(rmm, data, granule_bytes(rmm), GRANULE_DATA);
		rmm_measure_data(rmm, rd, walk->ipa, flags, content);
		s2_set(walk, walk->index, &entry);
	}
	rmm_unmap(rmm, content);
	return copied ? RMI_SUCCESS : RMI_ERROR_INPUT;
}

static uint64_t data_map_init(struct rmm *rmm, struct rd *rd, uint64_t data, uint64_t ipa, uint64_t src,
			      uint64_t flags)
{
	struct s2_walk walk;
	uint64_t result;

	if (!is_page(rd, ipa) || !rmm_blocks_valid(rmm, &rd->stage2, S2_LAST_LEVEL, data, 1))
		return RMI_ERROR_INPUT;
	if (rd->state != RMM_REALM_NEW)
		return RMI_ERROR_REALM;
	result = walk_to_vacant_page(rmm, rd, ipa, &walk);
	if (result != RMI_SUCCESS)
		return result;
	result = map_content(rmm, rd, data, &walk, src, flags);
	s2_end(rmm, &walk);
	return result;
}

uint64_t rmm_data_map_init(struct rmm *rmm, uint64_t rd_pa, uint64_t data, uint64_t ipa, uint64_t src, uint64_t flags)
{
	struct rd *rd;
	uint64_t result;

	if (flags & ~RMI_DATA_FLAGS_MASK || !is_granule_aligned(rmm, src) ||
	    !rmm_ns_usable(rmm, src, granule_bytes(rmm)) || !rmm_granule_is(rmm, data, GRANULE_DELEGATED))
		return RMI_ERROR_INPUT;
	rd = rmm_rd_map(rmm, rd_pa);
	if (!rd)
		return RMI_ERROR_INPUT;
	result = data_map_init(rmm, rd, data, ipa, src, flags);
	rmm_unmap(rmm, rd);
	return result;
}

static uint64_t data_map_unknown(struct rmm *rmm, const struct rd *rd, uint64_t data, uint64_t ipa)
{
	struct s2_entry entry = { .state = S2_ASSIGNED, .pa = data };
	struct s2_walk walk;
	uint64_t result;

	if (!is_page(rd, ipa) || !rmm_blocks_valid(rmm, &rd->stage2, S2_LAST_LEVEL, data, 1))
		return RMI_ERROR_INPUT;
	result = walk_to_vacant_page(rmm, rd, ipa, &walk);
	if (result != RMI_SUCCESS)
		return result;
	entry.ripas = walk.entry.ripas;
	rmm_granule_take(rmm, data, GRANULE_DATA);
	s2_set(&walk, walk.index, &entry);
	s2_end(rmm, &walk);
	return RMI_SUCCESS;
}

uint64_t rmm_data_map_unknown(struct rmm *rmm, uint64_t rd_pa, uint64_t data, uint64_t ipa)
{
	struct rd *rd;
	uint64_t result;

	if (!rmm_granule_is(rmm, data, GRANULE_DELEGATED))
		return RMI_ERROR_INPUT;
	rd = rmm_rd_map(rmm, rd_pa);
	if (!rd)
		return RMI_ERROR_INPUT;
	result = data_map_unknown(rmm, rd, data, ipa);
	rmm_unmap(rmm, rd);
	return result;
}

/* Unmaps one entry, which has to be of this level and state; *top is set in any case. */
static uint64_t unmap_one(struct rmm *rmm, const struct rd *rd, uint64_t ipa, int level, enum s2_state state,
			  uint64_t *pa, uint64_t *top)
{
	uint64_t result = RMI_SUCCESS;
	struct s2_walk walk;

	s2_walk(rmm, &rd->stage2, ipa, level, &walk);
	if (walk.level == level && walk.entry.state == state) {
		*pa = walk.entry.pa;
		rmm_entry_unmap(rmm, &walk, walk.index);
	} else {
		result = result_rtt(walk.level);
	}
	*top = s2_next_live(&walk);
	s2_end(rmm, &walk);
	return result;
}

uint64_t rmm_data_destroy(struct rmm *rmm, uint64_t rd_pa, uint64_t ipa, uint64_t *data, uint64_t *top)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	uint64_t result = RMI_ERROR_INPUT;

	*data = *top = 0;
	if (!rd)
		return RMI_ERROR_INPUT;
	if (is_page(rd, ipa))
		result = unmap_one(rmm, rd, ipa, S2_LAST_LEVEL, S2_ASSIGNED, data, top);
	rmm_unmap(rmm, rd);
	return result;
}

/* Memory of the host, an entry at a time */

static bool is_unprot_place(const struct rd *rd, uint64_t ipa, uint64_t level)
{
	return s2_place_valid(&rd->stage2, ipa, level) && !s2_is_protected(&rd->stage2, ipa) &&
	       (int)level >= s2_min_block_level(&rd->stage2);
}

/* Takes apart what the host may choose of a descriptor. false: it has set more than that, or something invalid. */
static bool entry_from_host(struct rmm *rmm, const struct rmm_stage2 *stage2, int level, uint64_t desc,
			    struct s2_entry *entry)
{
	const struct s2_entry none = { .state = S2_ASSIGNED_NS };
	uint64_t fixed = s2_encode(stage2, level, &none);

	*entry = s2_decode(stage2, level, false, fixed | desc);
	return !(fixed & desc) && s2_encode(stage2, level, entry) == (fixed | desc) &&
	       rmm_memattr_valid(entry->memattr) && rmm_blocks_valid(rmm, stage2, level, entry->pa, 1);
}

static uint64_t unprot_map_one(struct rmm *rmm, const struct rd *rd, uint64_t ipa, uint64_t level, uint64_t desc)
{
	uint64_t result = RMI_SUCCESS;
	struct s2_entry entry;
	struct s2_walk walk;

	if (!is_unprot_place(rd, ipa, level) || !entry_from_host(rmm, &rd->stage2, (int)level, desc, &entry))
		return RMI_ERROR_INPUT;
	s2_walk(rmm, &rd->stage2, ipa, (int)level, &walk);
	if (walk.level == (int)level && walk.entry.state == S2_UNASSIGNED_NS)
		s2_set(&walk, walk.index, &entry);
	else
		result = result_rtt(walk.level);
	s2_end(rmm, &walk);
	return result;
}

uint64_t rmm_unprot_map_one(struct rmm *rmm, uint64_t rd_pa, uint64_t ipa, uint64_t level, uint64_t desc)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	uint64_t result;

	if (!rd)
		return RMI_ERROR_INPUT;
	result = unprot_map_one(rmm, rd, ipa, level, desc);
	rmm_unmap(rmm, rd);
	return result;
}

uint64_t rmm_unprot_unmap_one(struct rmm *rmm, uint64_t rd_pa, uint64_t ipa, uint64_t level, uint64_t *top)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	uint64_t result = RMI_ERROR_INPUT;
	uint64_t pa;

	*top = 0;
	if (!rd)
		return RMI_ERROR_INPUT;
	if (is_unprot_place(rd, ipa, level))
		result = unmap_one(rmm, rd, ipa, (int)level, S2_ASSIGNED_NS, &pa, top);
	rmm_unmap(rmm, rd);
	return result;
}
