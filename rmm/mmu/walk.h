/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * walk.h - a stage 2 table walk, as the Arm Architecture Reference Manual (DDI 0487, D8.3, VMSAv8-64) has it for the
 * Realm security state
 *
 * For CPUs that run realms in software. It shares nothing with the core, which writes the tables.
 */
#ifndef RMM_MMU_WALK_H
#define RMM_MMU_WALK_H

#include "port.h"

#define MMU_LEVELS 5	/* -1 to 3 */

enum mmu_access {
	MMU_READ,
	MMU_WRITE,
	MMU_FETCH,
};

/* How a walk reads the descriptor at pa, which is in a table of the realm */
typedef uint64_t (*mmu_read_fn)(void *ctx, uint64_t pa);

struct mmu_walk {
	const struct rmm_stage2 *stage2;
	int level;	/* where it ended */
	uint64_t desc[MMU_LEVELS];	/* what it read, that of level -1 first */
	bool has[MMU_LEVELS];
};

/* Where an access ends up, or how it aborts */
struct mmu_translation {
	bool ok;
	uint64_t pa;
	bool ns;	/* the output address is in the non-secure physical address space */
	unsigned fsc;	/* fault status code of the abort */
};

/* Bytes that a descriptor of this level stands for */
uint64_t mmu_level_size(const struct rmm_stage2 *stage2, int level);

/* Does this address have a descriptor in the root tables? */
bool mmu_has_root(const struct rmm_stage2 *stage2, uint64_t ipa);

/* Reads tables from the root, which must have the address, to the first descriptor that is no table. */
struct mmu_walk mmu_walk(const struct rmm_stage2 *stage2, uint64_t ipa, mmu_read_fn read, void *ctx);

/* Of the descriptor that a walk read at this level */
bool mmu_is_valid(const struct mmu_walk *walk, int level);
bool mmu_is_leaf(const struct mmu_walk *walk, int level);
bool mmu_is_cacheable(const struct mmu_walk *walk, int level);
bool mmu_is_ns(const struct mmu_walk *walk, int level);
uint64_t mmu_output(const struct mmu_walk *walk, int level);

/* Does the last descriptor, a valid one, permit this? */
bool mmu_is_permitted(const struct mmu_walk *walk, enum mmu_access access);

/* What a finished walk means for an access at this address. */
struct mmu_translation mmu_translate(const struct mmu_walk *walk, uint64_t ipa, enum mmu_access access);

/* The abort of an address that the stage 2 does not have at all */
struct mmu_translation mmu_outside(void);

#endif
