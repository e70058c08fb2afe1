/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* walk.c - stage 2 descriptors: how to find, read and obey them */
#include "walk.h"

#define DESC_VALID UINT64_C(1)
#define DESC_TABLE UINT64_C(2)	/* a table; at level 3, a page */
#define DESC_S2AP_READ (UINT64_C(1) << 6)
#define DESC_S2AP_WRITE (UINT64_C(1) << 7)
#define DESC_AF (UINT64_C(1) << 10)
#define DESC_XN1 (UINT64_C(1) << 54)
#define DESC_NS (UINT64_C(1) << 55)	/* of a block or page in the Realm security state */

/* Fault status codes (ESR_ELx.DFSC, IFSC); the level is added */
#define FSC_TRANSLATION 0x04
#define FSC_ACCESS_FLAG 0x08
#define FSC_PERMISSION 0x0c
#define FSC_TRANSLATION_MINUS_1 0x2b

#define LAST_LEVEL 3

/* Bits of the input address that a level and those below it resolve */
static unsigned level_shift(const struct rmm_stage2 *stage2, int level)
{
	return stage2->granule_shift + (unsigned)(LAST_LEVEL - level) * (stage2->granule_shift - 3);
}

uint64_t mmu_level_size(const struct rmm_stage2 *stage2, int level)
{
	return UINT64_C(1) << level_shift(stage2, level);
}

static uint64_t descriptor(const struct mmu_walk *walk, int level)
{
	return walk->desc[level + 1];
}

/* The output address of a descriptor, table D8-15 and following */
uint64_t mmu_output(const struct mmu_walk *walk, int level)
{
	const struct rmm_stage2 *stage2 = walk->stage2;
	uint64_t desc = descriptor(walk, level);
	unsigned low = desc & DESC_TABLE ? stage2->granule_shift : level_shift(stage2, level);
	uint64_t mask = ~UINT64_C(0) << low;

	if (stage2->granule_shift == 16)
		return (desc & mask & UINT64_C(0xffffffffffff)) | (desc >> 12 & 0xf) << 48;
	if (stage2->lpa2)
		return (desc & mask & UINT64_C(0x3ffffffffffff)) | (desc >> 8 & 3) << 50;
	return desc & mask & UINT64_C(0xffffffffffff);
}

/* May a block descriptor stand at this level? */
static bool is_block_level(const struct rmm_stage2 *stage2, int level)
{
	switch (stage2->granule_shift) {
	case 12:
		return level == 1 || level == 2 || (level == 0 && stage2->lpa2);
	case 14:
		return level == 2 || (level == 1 && stage2->lpa2);
	default:
		return level == 2 || level == 1;	/* 1: with 52-bit addresses, which the machines always have */
	}
}

bool mmu_is_leaf(const struct mmu_walk *walk, int level)
{
	return level == LAST_LEVEL || !(descriptor(walk, level) & DESC_TABLE);
}

bool mmu_is_valid(const struct mmu_walk *walk, int level)
{
	uint64_t desc = descriptor(walk, level);

	if (!(desc & DESC_VALID))
		return false;
	if (desc & DESC_TABLE)
		return true;
	return level != LAST_LEVEL && is_block_level(walk->stage2, level);
}

bool mmu_is_cacheable(const struct mmu_walk *walk, int level)
{
	return mmu_is_valid(walk, level) && (!mmu_is_leaf(walk, level) || descriptor(walk, level) & DESC_AF);
}

bool mmu_is_ns(const struct mmu_walk *walk, int level)
{
	return mmu_is_leaf(walk, level) && descriptor(walk, level) & DESC_NS;
}

bool mmu_has_root(const struct rmm_stage2 *stage2, uint64_t ipa)
{
	return ipa >> level_shift(stage2, stage2->start_level) < (uint64_t)stage2->num_roots
									  << (stage2->granule_shift - 3);
}

struct mmu_walk mmu_walk(const struct rmm_stage2 *stage2, uint64_t ipa, mmu_read_fn read, void *ctx)
{
	uint64_t last = (UINT64_C(1) << (stage2->granule_shift - 3)) - 1;
	uint64_t index = ipa >> level_shift(stage2, stage2->start_level);
	struct mmu_walk walk = { .stage2 = stage2, .level = stage2->start_level };
	uint64_t table = stage2->root;

	for (;; walk.level++) {
		walk.desc[walk.level + 1] = read(ctx, table + index * sizeof(uint64_t));
		walk.has[walk.level + 1] = true;
		if (!mmu_is_valid(&walk, walk.level) || mmu_is_leaf(&walk, walk.level))
			return walk;
		table = mmu_output(&walk, walk.level);
		index = ipa >> level_shift(stage2, walk.level + 1) & last;
	}
}

static struct mmu_translation fault(unsigned code, int level)
{
	if (level < 0)
		return (struct mmu_translation){ .fsc = FSC_TRANSLATION_MINUS_1 };
	return (struct mmu_translation){ .fsc = code + (unsigned)level };
}

struct mmu_translation mmu_outside(void)
{
	return fault(FSC_TRANSLATION, 0);
}

bool mmu_is_permitted(const struct mmu_walk *walk, enum mmu_access access)
{
	uint64_t desc = descriptor(walk, walk->level);

	switch (access) {
	case MMU_READ:
		return desc & DESC_S2AP_READ;
	case MMU_WRITE:
		return desc & DESC_S2AP_WRITE;
	default:
		/* The Realm security state cannot execute from the non-secure physical address space. */
		return desc & DESC_S2AP_READ && !(desc & (DESC_XN1 | DESC_NS));
	}
}

struct mmu_translation mmu_translate(const struct mmu_walk *walk, uint64_t ipa, enum mmu_access access)
{
	if (!mmu_is_valid(walk, walk->level))
		return fault(FSC_TRANSLATION, walk->level);
	if (!(descriptor(walk, walk->level) & DESC_AF))
		return fault(FSC_ACCESS_FLAG, walk->level);
	if (!mmu_is_permitted(walk, access))
		return fault(FSC_PERMISSION, walk->level);
	return (struct mmu_translation){
		.ok = true,
		.pa = mmu_output(walk, walk->level) | (ipa & (mmu_level_size(walk->stage2, walk->level) - 1)),
		.ns = mmu_is_ns(walk, walk->level),
	};
}
