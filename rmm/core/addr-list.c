/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* addr-list.c - address range descriptors, whose form follows the granule size, and the host's lists of them */
#include "core.h"

#define LIST_ENTRIES_MAX 512

struct addr_desc addr_desc_decode(const struct rmm *rmm, uint64_t word)
{
	struct addr_desc desc = {
		.level = 3 - (int)rmi_addr_range_desc_4kb_get_size(word),
		.state = (uint8_t)rmi_addr_range_desc_4kb_get_state(word),
	};

	switch (rmm->granule_size) {
	case RMI_GRANULE_SIZE_4KB:
		desc.pa = word & RMI_ADDR_RANGE_DESC_4KB_ADDR_MASK;
		desc.count = rmi_addr_range_desc_4kb_get_count(word);
		break;
	case RMI_GRANULE_SIZE_16KB:
		desc.pa = word & RMI_ADDR_RANGE_DESC_16KB_ADDR_MASK;
		desc.count = rmi_addr_range_desc_16kb_get_count(word);
		break;
	default:
		desc.pa = word & RMI_ADDR_RANGE_DESC_64KB_ADDR_MASK;
		desc.count = rmi_addr_range_desc_64kb_get_count(word);
	}
	return desc;
}

uint64_t addr_desc_encode(const struct rmm *rmm, const struct addr_desc *desc)
{
	uint64_t word = desc->pa;

	word = rmi_addr_range_desc_4kb_set_size(word, (uint64_t)(3 - desc->level));
	word = rmi_addr_range_desc_4kb_set_state(word, desc->state);
	switch (rmm->granule_size) {
	case RMI_GRANULE_SIZE_4KB:
		return rmi_addr_range_desc_4kb_set_count(word, desc->count);
	case RMI_GRANULE_SIZE_16KB:
		return rmi_addr_range_desc_16kb_set_count(word, desc->count);
	default:
		return rmi_addr_range_desc_64kb_set_count(word, desc->count);
	}
}

uint64_t addr_desc_block_bytes(const struct rmm *rmm, int level)
{
	const struct rmm_stage2 shape = { .granule_shift = rmm->granule_shift };

	return s2_entry_bytes(&shape, level);
}

uint64_t addr_desc_max_count(const struct rmm *rmm)
{
	switch (rmm->granule_size) {
	case RMI_GRANULE_SIZE_4KB:
		return rmi_addr_range_desc_4kb_get_count(~UINT64_C(0));
	case RMI_GRANULE_SIZE_16KB:
		return rmi_addr_range_desc_16kb_get_count(~UINT64_C(0));
	default:
		return rmi_addr_range_desc_64kb_get_count(~UINT64_C(0));
	}
}

unsigned addr_list_span(struct rmm *rmm, uint64_t ptr, uint64_t count)
{
	uint64_t granule = granule_bytes(rmm);
	uint64_t span = min_u64(count, LIST_ENTRIES_MAX);

	if (!is_aligned(ptr, sizeof(uint64_t)))
		return 0;
	span = min_u64(span, (granule - (ptr & (granule - 1))) / sizeof(uint64_t));
	return rmm_ns_usable(rmm, ptr, span * sizeof(uint64_t)) ? (unsigned)span : 0;
}
