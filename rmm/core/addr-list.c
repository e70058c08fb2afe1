/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* addr-list.c - address range descriptors, whose form follows the granule size, and the host's lists of them */
#include "core.h"

#define LIST_ENTRIES_MAX 512
#define ADDRESS_END (UINT64_C(1) << 52)

/* The three forms differ in one thing: the address begins, and the count ends, at the bit of the granule size. */
#define FORM_FITS(form, granule)                                                                       \
	_Static_assert(RMI_ADDR_RANGE_DESC_##form##_ADDR_MASK == ADDRESS_END - (granule) &&            \
		       RMI_ADDR_RANGE_DESC_##form##_COUNT_MASK ==                                      \
			       (granule) - (UINT64_C(1) << RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT) &&     \
		       RMI_ADDR_RANGE_DESC_##form##_SIZE_MASK == RMI_ADDR_RANGE_DESC_4KB_SIZE_MASK &&  \
		       RMI_ADDR_RANGE_DESC_##form##_STATE_MASK == RMI_ADDR_RANGE_DESC_4KB_STATE_MASK,  \
		       "form of a descriptor")

FORM_FITS(4KB, 0x1000);
FORM_FITS(16KB, 0x4000);
FORM_FITS(64KB, 0x10000);

struct addr_desc addr_desc_decode(const struct rmm *rmm, uint64_t word)
{
	return (struct addr_desc){
		.pa = word & (ADDRESS_END - granule_bytes(rmm)),
		.count = (word & (granule_bytes(rmm) - 1)) >> RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT,
		.level = S2_LAST_LEVEL - (int)rmi_addr_range_desc_4kb_get_size(word),
		.state = (uint8_t)rmi_addr_range_desc_4kb_get_state(word),
	};
}

uint64_t addr_desc_encode(const struct rmm *rmm, const struct addr_desc *desc)
{
	uint64_t word = desc->pa | desc->count << RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT;

	word = rmi_addr_range_desc_4kb_set_size(word, (uint64_t)(S2_LAST_LEVEL - desc->level));
	return rmi_addr_range_desc_4kb_set_state(word, desc->state);
}

uint64_t addr_desc_block_bytes(const struct rmm *rmm, int level)
{
	const struct rmm_stage2 shape = { .granule_shift = rmm->granule_shift };

	return s2_entry_bytes(&shape, level);
}

uint64_t addr_desc_max_count(const struct rmm *rmm)
{
	return (granule_bytes(rmm) - 1) >> RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT;
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
