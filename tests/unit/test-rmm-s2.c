/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-rmm-s2.c - stage 2 tables of the test RMM
 *
 * Expected descriptors are put together by hand from the VMSAv8-64 stage 2 formats of the Arm ARM (D8.3), shapes from
 * its rules for the initial lookup level and concatenated tables (D8.2).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BIT(n) (UINT64_C(1) << (n))

/* Memory of a few granules, and what was invalidated */

#define MEMORY_BASE UINT64_C(0x100000)
#define MEMORY_SIZE UINT64_C(0x140000)

static struct {
	_Alignas(0x10000) uint8_t memory[MEMORY_SIZE];
	int mapped;
	const uint64_t *watched;	/* its content at the last invalidation */
	uint64_t seen, ipa, size;
	unsigned invalidations;
} machine;

static void *map(void *ctx, uint64_t pa, size_t size, enum rmm_pas pas)
{
	assert_true(pa >= MEMORY_BASE && pa + size <= MEMORY_BASE + MEMORY_SIZE);
	machine.mapped++;
	return machine.memory + (pa - MEMORY_BASE);
}

static void unmap(void *ctx, void *va)
{
	machine.mapped--;
}

static void tlb_invalidate(void *ctx, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size)
{
	machine.invalidations++;
	machine.seen = *machine.watched;
	machine.ipa = ipa;
	machine.size = size;
}

static const struct rmm_port port = { .map = map, .unmap = unmap, .tlb_invalidate = tlb_invalidate };

static struct rmm make_rmm(unsigned granule_shift)
{
	memset(&machine, 0, sizeof(machine));
	return (struct rmm){ .port = &port, .granule_shift = (uint8_t)granule_shift };
}

/* Two levels of 4 KiB tables for 40 bits: two roots of 1 GiB entries, and whatever a test puts below */
static const struct rmm_stage2 two_roots = {
	.root = MEMORY_BASE, .num_roots = 2, .start_level = 1, .ipa_bits = 40, .granule_shift = 12,
};

#define HALF_40 BIT(39)

/* Descriptors */

#define NS_XN UINT64_C(0x00c0000000000000)

static void assert_same_entry(const struct s2_entry *a, const struct s2_entry *b)
{
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->ripas, b->ripas);
	assert_int_equal(a->pa, b->pa);
	assert_int_equal(a->memattr, b->memattr);
	assert_int_equal(a->s2ap, b->s2ap);
}

static void encode_valid_states_match_hardware_formats(void **state)
{
	static const struct {
		unsigned shift;
		bool lpa2;
		int level;
		struct s2_entry entry;
		uint64_t desc;
	} cases[] = {
		/* AF | SH inner | S2AP read write | MemAttr write-back | page, block */
		{ 12, false, 3, { S2_ASSIGNED, RMI_RIPAS_RAM, 0x80001000, 0, 0 }, 0x800017db },
		{ 12, false, 2, { S2_ASSIGNED, RMI_RIPAS_RAM, 0x80200000, 0, 0 }, 0x802007d9 },
		{ 12, false, 1, { S2_ASSIGNED, RMI_RIPAS_RAM, 0xffffc0000000, 0, 0 }, 0xffffc00007d9 },
		{ 14, false, 3, { S2_ASSIGNED, RMI_RIPAS_RAM, 0x80004000, 0, 0 }, 0x800047db },
		{ 14, false, 2, { S2_ASSIGNED, RMI_RIPAS_RAM, 0x82000000, 0, 0 }, 0x820007d9 },
		{ 16, false, 3, { S2_ASSIGNED, RMI_RIPAS_RAM, 0x80010000, 0, 0 }, 0x800107db },
		{ 16, false, 2, { S2_ASSIGNED, RMI_RIPAS_RAM, 0xa0000000, 0, 0 }, 0xa00007d9 },
		/* OA[51:50] in bits 9:8, where SH is otherwise */
		{ 12, true, 3, { S2_ASSIGNED, RMI_RIPAS_RAM, 0x80001000, 0, 0 }, 0x800014db },
		{ 12, true, 3, { S2_ASSIGNED, RMI_RIPAS_RAM, 0x4000080001000, 0, 0 }, 0x800015db },
		{ 12, true, 3, { S2_ASSIGNED, RMI_RIPAS_RAM, 0xa000080001000, 0, 0 }, 0x20000800016db },
		{ 14, true, 3, { S2_ASSIGNED, RMI_RIPAS_RAM, 0x9000080004000, 0, 0 }, 0x10000800046db },
		/* OA[51:48] in bits 15:12 with 64 KiB granules, with or without LPA2; SH stays */
		{ 16, true, 3, { S2_ASSIGNED, RMI_RIPAS_RAM, 0x5000080010000, 0, 0 }, 0x800157db },
		{ 16, false, 3, { S2_ASSIGNED, RMI_RIPAS_RAM, 0xa000080010000, 0, 0 }, 0x8001a7db },
		/* tables */
		{ 12, false, 0, { S2_TABLE, 0, 0x80001000, 0, 0 }, 0x80001003 },
		{ 12, true, -1, { S2_TABLE, 0, 0xd000080001000, 0, 0 }, 0x1000080001303 },
		{ 14, false, 2, { S2_TABLE, 0, 0x80004000, 0, 0 }, 0x80004003 },
		{ 16, false, 2, { S2_TABLE, 0, 0x5000080010000, 0, 0 }, 0x80015003 },
		/* memory of the host: NS, XN, its MemAttr[2:0] and S2AP */
		{ 12, false, 3, { S2_ASSIGNED_NS, 0, 0x80001000, 5, 1 }, NS_XN | 0x80001757 },
		{ 12, false, 2, { S2_ASSIGNED_NS, 0, 0x80200000, 7, 3 }, NS_XN | 0x802007dd },
		{ 12, true, 3, { S2_ASSIGNED_NS, 0, 0xc000080001000, 0, 2 }, NS_XN | 0x80001783 },
		{ 16, false, 3, { S2_ASSIGNED_NS, 0, 0x80010000, 1, 0 }, NS_XN | 0x80010707 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct rmm_stage2 stage2 = { .granule_shift = (uint8_t)cases[i].shift, .lpa2 = cases[i].lpa2 };
		bool is_protected = cases[i].entry.state != S2_ASSIGNED_NS;
		struct s2_entry back = s2_decode(&stage2, cases[i].level, is_protected, cases[i].desc);

		assert_int_equal(s2_encode(&stage2, cases[i].level, &cases[i].entry), cases[i].desc);
		assert_same_entry(&back, &cases[i].entry);
		assert_true(s2_pa_valid(&stage2, cases[i].entry.pa));
	}
}

/* How these are kept is the RMM's own affair; but hardware must take none of them, and nothing of them may be lost. */
static void encode_other_states_is_invalid_and_keeps_all(void **state)
{
	static const struct s2_entry cases[] = {
		{ S2_UNASSIGNED, RMI_RIPAS_EMPTY, 0, 0, 0 },
		{ S2_UNASSIGNED, RMI_RIPAS_RAM, 0, 0, 0 },
		{ S2_UNASSIGNED, RMI_RIPAS_DESTROYED, 0, 0, 0 },
		{ S2_ASSIGNED, RMI_RIPAS_EMPTY, 0xffffffff0000, 0, 0 },
		{ S2_ASSIGNED, RMI_RIPAS_DESTROYED, 0xffffffff0000, 0, 0 },
		{ S2_UNASSIGNED_NS, 0, 0, 0, 0 },
	};

	for (unsigned shift = 12; shift <= 16; shift += 2) {
		for (size_t i = 0; i < 2 * COUNT(cases); i++) {
			const struct rmm_stage2 stage2 = { .granule_shift = (uint8_t)shift, .lpa2 = i % 2 };
			struct s2_entry entry = cases[i / 2], back;
			uint64_t desc;

			if (entry.pa && i % 2)
				entry.pa |= UINT64_C(0xf000000000000);
			desc = s2_encode(&stage2, 3, &entry);
			assert_int_equal(desc & 1, 0);
			back = s2_decode(&stage2, 3, entry.state != S2_UNASSIGNED_NS, desc);
			assert_same_entry(&back, &entry);
		}
	}
}

static void decode_zero_is_what_new_realms_have(void **state)
{
	struct s2_entry entry = s2_decode(&two_roots, 1, true, 0);

	assert_int_equal(entry.state, S2_UNASSIGNED);
	assert_int_equal(entry.ripas, RMI_RIPAS_EMPTY);
	assert_int_equal(s2_decode(&two_roots, 1, false, 0).state, S2_UNASSIGNED_NS);
}

static void pa_valid_needs_lpa2_above_48_bits(void **state)
{
	static const struct {
		unsigned shift;
		bool lpa2, valid;
	} cases[] = { { 12, false, false }, { 12, true, true }, { 14, false, false }, { 14, true, true },
		      { 16, false, true }, { 16, true, true } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct rmm_stage2 stage2 = { .granule_shift = (uint8_t)cases[i].shift, .lpa2 = cases[i].lpa2 };

		assert_int_equal(s2_pa_valid(&stage2, BIT(48)), cases[i].valid);
		assert_int_equal(s2_pa_valid(&stage2, BIT(51)), cases[i].valid);
		assert_false(s2_pa_valid(&stage2, BIT(52)));
	}
}

/* Shapes */

static void shape_valid_takes_only_what_hardware_can_walk(void **state)
{
	static const struct {
		unsigned shift, s2sz;
		bool lpa2;
		int64_t start_level;
		uint64_t num_start;
		bool valid;
	} cases[] = {
		{ 12, 32, false, 1, 1, true },
		{ 12, 39, false, 1, 1, true },
		{ 12, 40, false, 1, 2, true },
		{ 12, 40, false, 1, 1, false },
		{ 12, 40, false, 1, 4, false },
		{ 12, 40, false, 0, 1, true },
		{ 12, 39, false, 0, 1, false },	/* level 0 would resolve no bit */
		{ 12, 43, false, 1, 16, true },
		{ 12, 44, false, 1, 32, false },
		{ 12, 34, false, 2, 16, true },
		{ 12, 35, false, 2, 32, false },
		{ 12, 32, false, 3, 2048, false },
		{ 12, 48, false, 0, 1, true },
		{ 12, 48, false, -1, 1, false },
		{ 12, 49, false, 0, 2, false },	/* more than 48 bits are LPA2's */
		{ 12, 52, true, 0, 16, true },
		{ 12, 52, true, -1, 1, true },
		{ 12, 48, true, -1, 1, false },
		{ 12, 52, true, -2, 1, false },
		{ 12, 53, true, -1, 1, false },
		{ 12, 40, false, 4, 1, false },
		{ 12, 40, false, INT64_C(0x100000001), 2, false },
		{ 12, 40, false, 1, UINT64_C(0x100000002), false },
		{ 14, 36, false, 2, 1, true },
		{ 14, 40, false, 2, 16, true },
		{ 14, 47, false, 1, 1, true },
		{ 14, 48, false, 1, 2, true },
		{ 14, 48, false, 0, 1, false },	/* stage 2 starts at level 0 of 16 KiB only with LPA2 */
		{ 14, 48, true, 0, 1, true },
		{ 14, 47, true, 0, 1, false },
		{ 14, 52, true, 0, 1, true },
		{ 16, 32, false, 3, 8, true },
		{ 16, 33, false, 3, 16, true },
		{ 16, 34, false, 3, 32, false },
		{ 16, 42, false, 2, 1, true },
		{ 16, 46, false, 2, 16, true },
		{ 16, 48, false, 1, 1, true },
		{ 16, 42, false, 1, 1, false },
		{ 16, 52, true, 1, 1, true },
		{ 16, 52, true, 0, 1, false },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(s2_shape_valid(cases[i].shift, cases[i].s2sz, cases[i].lpa2, cases[i].start_level,
						cases[i].num_start),
				 cases[i].valid);
}

static void entries_and_blocks_follow_the_granule(void **state)
{
	static const struct {
		struct rmm_stage2 stage2;
		int level;
		unsigned entries;
		uint64_t bytes;
		int min_block_level;
	} cases[] = {
		{ { .granule_shift = 12, .ipa_bits = 40, .start_level = 1 }, 3, 512, 0x1000, 1 },
		{ { .granule_shift = 12, .ipa_bits = 40, .start_level = 1 }, 1, 512, 0x40000000, 1 },
		{ { .granule_shift = 12, .ipa_bits = 32, .start_level = 1 }, 1, 4, 0x40000000, 1 },
		{ { .granule_shift = 12, .ipa_bits = 52, .start_level = -1, .lpa2 = true }, -1, 16, BIT(48), 0 },
		{ { .granule_shift = 14, .ipa_bits = 48, .start_level = 1 }, 2, 2048, 0x2000000, 2 },
		{ { .granule_shift = 14, .ipa_bits = 48, .start_level = 0, .lpa2 = true }, 0, 2, BIT(47), 1 },
		{ { .granule_shift = 16, .ipa_bits = 48, .start_level = 1 }, 1, 64, BIT(42), 2 },
		{ { .granule_shift = 16, .ipa_bits = 48, .start_level = 1, .lpa2 = true }, 2, 8192, 0x20000000, 1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(s2_table_entries(&cases[i].stage2, cases[i].level), cases[i].entries);
		assert_int_equal(s2_entry_bytes(&cases[i].stage2, cases[i].level), cases[i].bytes);
		assert_int_equal(s2_min_block_level(&cases[i].stage2), cases[i].min_block_level);
	}
}

static void place_valid_is_strict_about_level_and_ipa(void **state)
{
	static const struct {
		uint64_t ipa, level;
		bool valid;
	} cases[] = {
		{ 0, 1, true },
		{ 0, 3, true },
		{ 0, 0, false },
		{ 0, 4, false },
		{ 0, UINT64_MAX, false },
		{ 0, UINT64_C(0x100000001), false },
		{ 0, BIT(63) + 1, false },
		{ 0x40000000, 1, true },
		{ 0x200000, 1, false },
		{ 0x200000, 2, true },
		{ 0x1800, 3, false },
		{ 2 * HALF_40 - 0x1000, 3, true },
		{ 2 * HALF_40, 3, false },
		{ BIT(63), 3, false },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(s2_place_valid(&two_roots, cases[i].ipa, cases[i].level), cases[i].valid);
}

static void range_valid_lies_in_one_half(void **state)
{
	static const struct {
		uint64_t base, top;
		bool is_protected, valid;
	} cases[] = {
		{ 0, 0x1000, true, true },
		{ 0, 0x1000, false, false },
		{ 0, HALF_40, true, true },
		{ 0, HALF_40 + 0x1000, true, false },
		{ HALF_40 - 0x1000, HALF_40 + 0x1000, false, false },
		{ HALF_40, 2 * HALF_40, false, true },
		{ HALF_40, 2 * HALF_40 + 0x1000, false, false },
		{ HALF_40, 2 * HALF_40, true, false },
		{ 0x1000, 0x1000, true, false },
		{ 0x2000, 0x1000, true, false },
		{ 0x800, 0x2000, true, false },
		{ 0x1000, 0x2800, true, false },
		{ 0x1000, UINT64_MAX - 0xfff, true, false },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(s2_range_valid(&two_roots, cases[i].base, cases[i].top, cases[i].is_protected),
				 cases[i].valid);
}

/* Walks */

static uint64_t *word(uint64_t pa, unsigned index)
{
	return (uint64_t *)(void *)(machine.memory + (pa - MEMORY_BASE)) + index;
}

static void walk_finds_the_root_that_holds_the_entry(void **state)
{
	static const struct {
		struct rmm_stage2 stage2;
		uint64_t ipa;
		unsigned root, index, count;
	} cases[] = {
		{ { MEMORY_BASE, 2, 0, 1, 40, 12, false }, 0x7fffffffff, 0, 511, 512 },
		{ { MEMORY_BASE, 2, 0, 1, 40, 12, false }, 0x8000000000, 1, 0, 512 },
		{ { MEMORY_BASE, 16, 0, 2, 34, 12, false }, 0x3ffe00000, 15, 511, 512 },
		{ { MEMORY_BASE, 1, 0, 1, 32, 12, false }, 0xc0000000, 0, 3, 4 },
		{ { MEMORY_BASE, 1, 0, -1, 52, 12, true }, UINT64_C(0xf000000000000), 0, 15, 16 },
		{ { MEMORY_BASE, 16, 0, 0, 52, 12, true }, UINT64_C(0x5008000000000), 5, 1, 512 },
		{ { MEMORY_BASE, 2, 0, 1, 48, 14, false }, UINT64_C(0x801000000000), 1, 1, 2048 },
		{ { MEMORY_BASE, 1, 0, 0, 48, 14, true }, UINT64_C(0x800000000000), 0, 1, 2 },
		{ { MEMORY_BASE, 16, 0, 3, 33, 16, false }, 0x1e0030000, 15, 3, 8192 },
		{ { MEMORY_BASE, 1, 0, 1, 48, 16, false }, UINT64_C(0xfc0000000000), 0, 63, 64 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct rmm_stage2 *stage2 = &cases[i].stage2;
		struct rmm rmm = make_rmm(stage2->granule_shift);
		struct s2_walk walk;

		s2_walk(&rmm, stage2, cases[i].ipa, stage2->start_level, &walk);
		assert_int_equal(walk.table_pa, MEMORY_BASE + (cases[i].root << stage2->granule_shift));
		assert_ptr_equal(walk.table, word(walk.table_pa, 0));
		assert_int_equal(walk.index, cases[i].index);
		assert_int_equal(walk.count, cases[i].count);
		assert_int_equal(walk.ipa, cases[i].ipa & -s2_entry_bytes(stage2, stage2->start_level));
		s2_end(&rmm, &walk);
		assert_int_equal(machine.mapped, 0);
	}
}

#define TABLE_2 (MEMORY_BASE + 0x10000)	/* below the second entry of the second root */
#define TABLE_3 (MEMORY_BASE + 0x11000)	/* below the third entry of that */
#define IPA (HALF_40 + 0x40000000 + 2 * 0x200000 + 5 * 0x1000)

static void plant_tables(void)
{
	*word(MEMORY_BASE + 0x1000, 1) = TABLE_2 | 3;
	*word(TABLE_2, 2) = TABLE_3 | 3;
}

static void walk_ends_at_the_level_or_the_first_entry_that_is_no_table(void **state)
{
	static const struct {
		uint64_t ipa;
		int level, ends;
		uint64_t table;
		unsigned index;
		enum s2_state state;
	} cases[] = {
		{ IPA, 1, 1, MEMORY_BASE + 0x1000, 1, S2_TABLE },
		{ IPA, 2, 2, TABLE_2, 2, S2_TABLE },
		{ IPA, 3, 3, TABLE_3, 5, S2_UNASSIGNED_NS },
		{ IPA + 0x200000, 3, 2, TABLE_2, 3, S2_UNASSIGNED_NS },
		{ IPA + 0x40000000, 3, 1, MEMORY_BASE + 0x1000, 2, S2_UNASSIGNED_NS },
		{ IPA - HALF_40, 3, 1, MEMORY_BASE, 1, S2_UNASSIGNED },
	};
	struct rmm rmm = make_rmm(12);

	plant_tables();
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct s2_walk walk;

		s2_walk(&rmm, &two_roots, cases[i].ipa, cases[i].level, &walk);
		assert_int_equal(walk.level, cases[i].ends);
		assert_int_equal(walk.table_pa, cases[i].table);
		assert_int_equal(walk.index, cases[i].index);
		assert_int_equal(walk.entry.state, cases[i].state);
		assert_int_equal(walk.ipa, cases[i].ipa & -s2_entry_bytes(&two_roots, cases[i].ends));
		assert_int_equal(s2_entry_ipa(&walk, walk.index + 1) - walk.ipa,
				 s2_entry_bytes(&two_roots, cases[i].ends));
		s2_end(&rmm, &walk);
		assert_int_equal(machine.mapped, 0);
	}
}

static void below_opens_the_first_entry(void **state)
{
	struct rmm rmm = make_rmm(12);
	struct s2_walk walk, below;

	plant_tables();
	s2_walk(&rmm, &two_roots, IPA, 1, &walk);
	s2_below(&rmm, &walk, walk.entry.pa, &below);
	assert_int_equal(below.table_pa, TABLE_2);
	assert_int_equal(below.level, 2);
	assert_int_equal(below.index, 0);
	assert_int_equal(below.ipa, HALF_40 + 0x40000000);
	assert_int_equal(s2_get(&below, 2).pa, TABLE_3);
	s2_end(&rmm, &below);
	s2_end(&rmm, &walk);
	assert_int_equal(machine.mapped, 0);
}

static void next_live_skips_what_has_no_pa(void **state)
{
	static const struct s2_entry mapped = { .state = S2_ASSIGNED_NS, .pa = 0x80000000, .s2ap = 3 };
	struct rmm rmm = make_rmm(12);
	struct s2_walk walk;

	plant_tables();
	s2_walk(&rmm, &two_roots, IPA, 3, &walk);
	assert_int_equal(s2_next_live(&walk), IPA - 5 * 0x1000 + 0x200000);
	s2_set(&walk, 4, &mapped);
	s2_set(&walk, 9, &mapped);
	assert_int_equal(s2_next_live(&walk), IPA + 4 * 0x1000);
	s2_set(&walk, 5, &mapped);
	assert_int_equal(s2_next_live(&walk), IPA);
	assert_false(s2_table_live(&walk));	/* memory of the host does not keep a table */
	s2_end(&rmm, &walk);
	s2_walk(&rmm, &two_roots, IPA - 0x400000, 2, &walk);
	assert_int_equal(s2_next_live(&walk), IPA - 5 * 0x1000);
	assert_true(s2_table_live(&walk));
	s2_end(&rmm, &walk);
}

static void replace_breaks_and_invalidates_what_was_valid(void **state)
{
	static const struct s2_entry page = { .state = S2_ASSIGNED, .ripas = RMI_RIPAS_RAM, .pa = 0x80000000 };
	static const struct s2_entry kept = { .state = S2_ASSIGNED, .ripas = RMI_RIPAS_EMPTY, .pa = 0x80000000 };
	struct rmm rmm = make_rmm(12);
	struct s2_walk walk;

	s2_walk(&rmm, &two_roots, 0x40000000, 1, &walk);
	machine.watched = &walk.table[7];
	s2_replace(&rmm, &walk, 7, &page);
	assert_int_equal(machine.invalidations, 0);
	s2_replace(&rmm, &walk, 7, &kept);
	assert_int_equal(machine.invalidations, 1);
	assert_int_equal(machine.seen & 1, 0);
	assert_int_equal(machine.ipa, 0x1c0000000);
	assert_int_equal(machine.size, 0x40000000);
	assert_int_equal(s2_get(&walk, 7).state, S2_ASSIGNED);
	s2_replace(&rmm, &walk, 7, &page);
	assert_int_equal(machine.invalidations, 1);
	s2_end(&rmm, &walk);
}

static void init_roots_divides_the_halves(void **state)
{
	/* 4 entries in one table, and 16 tables of 512 */
	static const struct rmm_stage2 shapes[] = {
		{ MEMORY_BASE, 1, 0, 1, 32, 12, false },
		{ MEMORY_BASE, 16, 0, 2, 34, 12, false },
	};

	for (size_t i = 0; i < COUNT(shapes); i++) {
		struct rmm rmm = make_rmm(12);
		uint64_t bytes = s2_entry_bytes(&shapes[i], shapes[i].start_level);

		memset(machine.memory, 0xff, sizeof(machine.memory));
		assert_true(s2_roots_live(&rmm, &shapes[i]));
		s2_init_roots(&rmm, &shapes[i]);
		assert_false(s2_roots_live(&rmm, &shapes[i]));
		for (uint64_t ipa = 0; ipa >> shapes[i].ipa_bits == 0; ipa += bytes) {
			bool is_protected = ipa >> (shapes[i].ipa_bits - 1) == 0;
			struct s2_walk walk;

			s2_walk(&rmm, &shapes[i], ipa, 3, &walk);
			assert_int_equal(walk.entry.state, is_protected ? S2_UNASSIGNED : S2_UNASSIGNED_NS);
			assert_int_equal(walk.entry.ripas, RMI_RIPAS_EMPTY);
			s2_end(&rmm, &walk);
		}
		*word(MEMORY_BASE, 1) = UINT64_C(0x80001003);
		assert_true(s2_roots_live(&rmm, &shapes[i]));
		assert_int_equal(machine.mapped, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encode_valid_states_match_hardware_formats),
		cmocka_unit_test(encode_other_states_is_invalid_and_keeps_all),
		cmocka_unit_test(decode_zero_is_what_new_realms_have),
		cmocka_unit_test(pa_valid_needs_lpa2_above_48_bits),
		cmocka_unit_test(shape_valid_takes_only_what_hardware_can_walk),
		cmocka_unit_test(entries_and_blocks_follow_the_granule),
		cmocka_unit_test(place_valid_is_strict_about_level_and_ipa),
		cmocka_unit_test(range_valid_lies_in_one_half),
		cmocka_unit_test(walk_finds_the_root_that_holds_the_entry),
		cmocka_unit_test(walk_ends_at_the_level_or_the_first_entry_that_is_no_table),
		cmocka_unit_test(below_opens_the_first_entry),
		cmocka_unit_test(next_live_skips_what_has_no_pa),
		cmocka_unit_test(replace_breaks_and_invalidates_what_was_valid),
		cmocka_unit_test(init_roots_divides_the_halves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
