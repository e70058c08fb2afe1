/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * s2.c - stage 2 translation tables: descriptors and the walk
 *
 * Tables are what VTTBR_EL2 of the realm points at. Descriptors that hardware takes (VMSAv8-64, Realm stage 2):
 *
 *	63   56  55  54  53    50 49            n  15   12  11  10  9  8  7  6  5     2  1    0
 *	+------+---+----+--------+----------------+-------+---+----+-----+-----+-------+-------+
 *	|  0   | NS| XN |   0    |  OA[49:n]      |OA[..] | 0 | AF | SH  |S2AP |MemAttr| type  |
 *	+------+---+----+--------+----------------+-------+---+----+-----+-----+-------+-------+
 *
 *	type		11: page at level 3, table above it; 01: block
 *	OA		in place; with LPA2 OA[51:50] in bits 9:8 instead of SH, with 64 KiB granules OA[51:48] in 15:12
 *	NS, XN		set for memory of the host
 *	MemAttr		normal write-back for memory of the realm (FEAT_S2FWB); the host chooses [2:0] for its own
 *
 * Hardware takes TABLE, ASSIGNED with RIPAS RAM, and ASSIGNED_NS. The rest is kept in descriptors with bit 0 clear:
 *
 *	bits 3:2	RIPAS
 *	bit 4		ASSIGNED, with its OA as above; else UNASSIGNED or, in the unprotected half, UNASSIGNED_NS
 *
 * So a zeroed table is UNASSIGNED with RIPAS EMPTY in the protected half, and UNASSIGNED_NS in the other.
 */
#include "core.h"

#define ROOTS_MAX 16

#define DESC_VALID (UINT64_C(1) << 0)
#define DESC_TABLE_OR_PAGE (UINT64_C(1) << 1)
#define DESC_MEMATTR_SHIFT 2
#define DESC_MEMATTR_WB (UINT64_C(6) << DESC_MEMATTR_SHIFT)
#define DESC_S2AP_SHIFT 6
#define DESC_S2AP_RW (UINT64_C(3) << DESC_S2AP_SHIFT)
#define DESC_SH_INNER (UINT64_C(3) << 8)
#define DESC_AF (UINT64_C(1) << 10)
#define DESC_XN (UINT64_C(1) << 54)
#define DESC_NS (UINT64_C(1) << 55)

#define SOFT_RIPAS_SHIFT 2
#define SOFT_ASSIGNED (UINT64_C(1) << 4)

static unsigned bits_per_level(unsigned granule_shift)
{
	return granule_shift - 3;
}

/* log2 of what one entry of a level maps */
static unsigned entry_shift(unsigned granule_shift, int level)
{
	return granule_shift + bits_per_level(granule_shift) * (unsigned)(S2_LAST_LEVEL - level);
}

uint64_t s2_entry_bytes(const struct rmm_stage2 *stage2, int level)
{
	return UINT64_C(1) << entry_shift(stage2->granule_shift, level);
}

unsigned s2_table_entries(const struct rmm_stage2 *stage2, int level)
{
	unsigned resolved = bits_per_level(stage2->granule_shift);

	if (level == stage2->start_level)
		resolved = (unsigned)min_u64(resolved, stage2->ipa_bits - entry_shift(stage2->granule_shift, level));
	return 1U << resolved;
}

int s2_min_block_level(const struct rmm_stage2 *stage2)
{
	int level = stage2->granule_shift == 12 ? 1 : 2;

	return stage2->lpa2 ? level - 1 : level;
}

/* The halves of the IPA space: protected below, unprotected above */
static uint64_t half_bytes(const struct rmm_stage2 *stage2)
{
	return UINT64_C(1) << (stage2->ipa_bits - 1);
}

bool s2_is_protected(const struct rmm_stage2 *stage2, uint64_t ipa)
{
	return ipa < half_bytes(stage2);
}

bool s2_is_in_space(const struct rmm_stage2 *stage2, uint64_t ipa)
{
	return ipa < 2 * half_bytes(stage2);
}

bool s2_place_valid(const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t level)
{
	int64_t wide = (int64_t)level;

	return wide >= stage2->start_level && wide <= S2_LAST_LEVEL && s2_is_in_space(stage2, ipa) &&
	       is_aligned(ipa, s2_entry_bytes(stage2, (int)wide));
}

bool s2_range_valid(const struct rmm_stage2 *stage2, uint64_t base, uint64_t top, bool is_protected)
{
	uint64_t half = half_bytes(stage2);
	uint64_t start = is_protected ? 0 : half;

	return is_aligned(base | top, s2_entry_bytes(stage2, S2_LAST_LEVEL)) && base < top && base >= start &&
	       top <= start + half;
}

/* The lowest level that a walk may start at */
static int first_level(unsigned granule_shift, bool lpa2)
{
	if (granule_shift == 12)
		return lpa2 ? -1 : 0;
	return granule_shift == 14 && lpa2 ? 0 : 1;
}

bool s2_shape_valid(unsigned granule_shift, unsigned s2sz, bool lpa2, int64_t start_level, uint64_t num_start)
{
	unsigned below, table;

	if (s2sz > (lpa2 ? 52U : 48U) || start_level < first_level(granule_shift, lpa2) || start_level > S2_LAST_LEVEL)
		return false;
	below = entry_shift(granule_shift, (int)start_level);
	table = below + bits_per_level(granule_shift);
	if (s2sz <= below)
		return false;
	if (s2sz <= table)
		return num_start == 1;
	return num_start <= ROOTS_MAX && s2sz - table <= 4 && num_start == UINT64_C(1) << (s2sz - table);
}

/* Output addresses lie in place up to bit high; OA[51:high] is at bit low, the place of something smaller. */
static uint64_t move_down(uint64_t pa, unsigned high, unsigned low)
{
	return bits(pa, high - 1, 0) | bits(pa, 51, high) << low;
}

static uint64_t move_up(uint64_t desc, unsigned high, unsigned low)
{
	return bits(desc, high - 1, 0) | bits(desc, low + 51 - high, low) << high;
}

static uint64_t encode_address(const struct rmm_stage2 *stage2, uint64_t pa)
{
	if (stage2->granule_shift == 16)
		return move_down(pa, 48, 12);
	return stage2->lpa2 ? move_down(pa, 50, 8) : pa;
}

static uint64_t decode_address(const struct rmm_stage2 *stage2, uint64_t desc)
{
	uint64_t pa = bits(desc, 47, 0);

	if (stage2->granule_shift == 16)
		pa = move_up(desc, 48, 12);
	else if (stage2->lpa2)
		pa = move_up(desc, 50, 8);
	return pa & -s2_entry_bytes(stage2, S2_LAST_LEVEL);
}

bool s2_pa_valid(const struct rmm_stage2 *stage2, uint64_t pa)
{
	return decode_address(stage2, encode_address(stage2, pa)) == pa;
}

/* What pages and blocks have in common */
static uint64_t encode_valid(const struct rmm_stage2 *stage2, int level, uint64_t pa)
{
	uint64_t desc = DESC_VALID | DESC_AF | encode_address(stage2, pa);

	if (level == S2_LAST_LEVEL)
		desc |= DESC_TABLE_OR_PAGE;
	if (!stage2->lpa2 || stage2->granule_shift == 16)
		desc |= DESC_SH_INNER;
	return desc;
}

uint64_t s2_encode(const struct rmm_stage2 *stage2, int level, const struct s2_entry *entry)
{
	switch (entry->state) {
	case S2_TABLE:
		return DESC_VALID | DESC_TABLE_OR_PAGE | encode_address(stage2, entry->pa);
	case S2_ASSIGNED:
		if (entry->ripas == RMI_RIPAS_RAM)
			return encode_valid(stage2, level, entry->pa) | DESC_MEMATTR_WB | DESC_S2AP_RW;
		return SOFT_ASSIGNED | (uint64_t)entry->ripas << SOFT_RIPAS_SHIFT | encode_address(stage2, entry->pa);
	case S2_ASSIGNED_NS:
		return encode_valid(stage2, level, entry->pa) | DESC_NS | DESC_XN |
		       (uint64_t)entry->memattr << DESC_MEMATTR_SHIFT | (uint64_t)entry->s2ap << DESC_S2AP_SHIFT;
	case S2_UNASSIGNED:
		return (uint64_t)entry->ripas << SOFT_RIPAS_SHIFT;
	default:
		return 0;
	}
}

static struct s2_entry decode_soft(const struct rmm_stage2 *stage2, bool is_protected, uint64_t desc)
{
	struct s2_entry entry = { .state = S2_UNASSIGNED_NS };

	if (!is_protected)
		return entry;
	entry.ripas = (uint8_t)bits(desc, SOFT_RIPAS_SHIFT + 1, SOFT_RIPAS_SHIFT);
	entry.state = S2_UNASSIGNED;
	if (desc & SOFT_ASSIGNED) {
		entry.state = S2_ASSIGNED;
		entry.pa = decode_address(stage2, desc);
	}
	return entry;
}

struct s2_entry s2_decode(const struct rmm_stage2 *stage2, int level, bool is_protected, uint64_t desc)
{
	struct s2_entry entry = { .state = S2_TABLE };

	if (!(desc & DESC_VALID))
		return decode_soft(stage2, is_protected, desc);
	entry.pa = decode_address(stage2, desc);
	if (level < S2_LAST_LEVEL && desc & DESC_TABLE_OR_PAGE)
		return entry;
	if (is_protected) {
		entry.state = S2_ASSIGNED;
		entry.ripas = RMI_RIPAS_RAM;
	} else {
		entry.state = S2_ASSIGNED_NS;
		entry.memattr = (uint8_t)bits(desc, DESC_MEMATTR_SHIFT + 2, DESC_MEMATTR_SHIFT);
		entry.s2ap = (uint8_t)bits(desc, DESC_S2AP_SHIFT + 1, DESC_S2AP_SHIFT);
	}
	return entry;
}

uint64_t s2_entry_ipa(const struct s2_walk *walk, unsigned index)
{
	uint64_t bytes = s2_entry_bytes(walk->stage2, walk->level);

	return walk->ipa - walk->index * bytes + index * bytes;
}

struct s2_entry s2_get(const struct s2_walk *walk, unsigned index)
{
	bool is_protected = s2_is_protected(walk->stage2, s2_entry_ipa(walk, index));

	return s2_decode(walk->stage2, walk->level, is_protected, walk->table[index]);
}

/* Release: whoever walks the table sees the content of a table or page before the descriptor that leads there. */
static void store(struct s2_walk *walk, unsigned index, uint64_t desc)
{
	__atomic_store_n(&walk->table[index], desc, __ATOMIC_RELEASE);
}

void s2_set(struct s2_walk *walk, unsigned index, const struct s2_entry *entry)
{
	store(walk, index, s2_encode(walk->stage2, walk->level, entry));
}

void s2_replace(struct rmm *rmm, struct s2_walk *walk, unsigned index, const struct s2_entry *entry)
{
	if (walk->table[index] & DESC_VALID) {
		store(walk, index, 0);
		rmm->port->tlb_invalidate(rmm->ctx, walk->stage2, s2_entry_ipa(walk, index),
					  s2_entry_bytes(walk->stage2, walk->level));
	}
	s2_set(walk, index, entry);
}

uint64_t s2_next_live(const struct s2_walk *walk)
{
	unsigned i;

	for (i = walk->index; i < walk->count; i++) {
		enum s2_state state = s2_get(walk, i).state;

		if (state != S2_UNASSIGNED && state != S2_UNASSIGNED_NS)
			break;
	}
	return s2_entry_ipa(walk, i);
}

/* The table at pa, of a level, and in it the entry for ipa */
static void open_table(struct rmm *rmm, const struct rmm_stage2 *stage2, uint64_t pa, int level, uint64_t ipa,
		       struct s2_walk *walk)
{
	unsigned shift = entry_shift(stage2->granule_shift, level);

	walk->stage2 = stage2;
	walk->table_pa = pa;
	walk->table = rmm_map(rmm, pa);
	walk->level = level;
	walk->count = s2_table_entries(stage2, level);
	walk->index = (unsigned)(ipa >> shift & (walk->count - 1));
	walk->ipa = ipa >> shift << shift;
	walk->entry = s2_get(walk, walk->index);
}

/* Root tables follow each other and are one table that is longer than others. */
static uint64_t root_for(const struct rmm_stage2 *stage2, uint64_t ipa)
{
	unsigned table_shift = entry_shift(stage2->granule_shift, stage2->start_level - 1);

	return stage2->root + (ipa >> table_shift << stage2->granule_shift);
}

void s2_walk(struct rmm *rmm, const struct rmm_stage2 *stage2, uint64_t ipa, int level, struct s2_walk *walk)
{
	open_table(rmm, stage2, root_for(stage2, ipa), stage2->start_level, ipa, walk);
	while (walk->level < level && walk->entry.state == S2_TABLE) {
		s2_end(rmm, walk);
		open_table(rmm, stage2, walk->entry.pa, walk->level + 1, ipa, walk);
	}
}

void s2_end(struct rmm *rmm, struct s2_walk *walk)
{
	rmm_unmap(rmm, walk->table);
}

void s2_below(struct rmm *rmm, const struct s2_walk *walk, uint64_t pa, struct s2_walk *below)
{
	open_table(rmm, walk->stage2, pa, walk->level + 1, walk->ipa, below);
}

void s2_init_roots(struct rmm *rmm, const struct rmm_stage2 *stage2)
{
	static const struct s2_entry kinds[] = { { .state = S2_UNASSIGNED_NS }, { .state = S2_UNASSIGNED } };
	uint64_t ipa = 0;

	while (s2_is_in_space(stage2, ipa)) {
		struct s2_walk walk;

		s2_walk(rmm, stage2, ipa, stage2->start_level, &walk);
		for (unsigned i = 0; i < walk.count; i++)
			s2_set(&walk, i, &kinds[s2_is_protected(stage2, s2_entry_ipa(&walk, i))]);
		ipa = s2_entry_ipa(&walk, walk.count);
		s2_end(rmm, &walk);
	}
}

bool s2_table_live(const struct s2_walk *walk)
{
	for (unsigned i = 0; i < walk->count; i++) {
		enum s2_state state = s2_get(walk, i).state;

		if (state == S2_ASSIGNED || state == S2_TABLE)
			return true;
	}
	return false;
}

bool s2_roots_live(struct rmm *rmm, const struct rmm_stage2 *stage2)
{
	uint64_t ipa = 0;
	bool live = false;

	while (!live && s2_is_in_space(stage2, ipa)) {
		struct s2_walk walk;

		s2_walk(rmm, stage2, ipa, stage2->start_level, &walk);
		live = s2_table_live(&walk);
		ipa = s2_entry_ipa(&walk, walk.count);
		s2_end(rmm, &walk);
	}
	return live;
}
