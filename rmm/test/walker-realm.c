/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* walker-realm.c - a realm as its descriptor and its tables tell of it */
#include <string.h>
#include "walker-internal.h"

typedef unsigned long long ull;

struct tree {
	struct walker *walker;
	const struct rmm_stage2 *stage2;
	uint64_t rd;
};

/* Hardware must see nothing but tables, RAM and what the host mapped for itself. */
static bool is_hardware_valid(const struct s2_entry *entry)
{
	return entry->state == S2_TABLE || entry->state == S2_ASSIGNED_NS ||
	       (entry->state == S2_ASSIGNED && entry->ripas == RMI_RIPAS_RAM);
}

static bool is_state_of_half(const struct s2_entry *entry, bool is_protected)
{
	switch (entry->state) {
	case S2_UNASSIGNED:
	case S2_ASSIGNED:
		return is_protected && entry->ripas <= RMI_RIPAS_DESTROYED;
	case S2_UNASSIGNED_NS:
	case S2_ASSIGNED_NS:
		return !is_protected;
	default:
		return entry->state == S2_TABLE;
	}
}

static bool is_leaf_level(const struct rmm_stage2 *stage2, int level)
{
	return level == 3 || level >= s2_min_block_level(stage2);
}

static struct s2_entry check_entry(const struct tree *tree, int level, uint64_t ipa, uint64_t desc)
{
	bool is_protected = s2_is_protected(tree->stage2, ipa);
	struct s2_entry entry = s2_decode(tree->stage2, level, is_protected, desc);
	const char *fault = NULL;

	if (s2_encode(tree->stage2, level, &entry) != desc)
		fault = "has bits that mean nothing";
	else if (!is_state_of_half(&entry, is_protected))
		fault = "has a state of the other half";
	else if ((desc & 1) != is_hardware_valid(&entry))
		fault = "is valid in hardware and should not be, or the other way round";
	else if (entry.state == S2_TABLE && level == 3)
		fault = "is a table at the last level";
	else if ((entry.state == S2_ASSIGNED || entry.state == S2_ASSIGNED_NS) &&
		 (!is_leaf_level(tree->stage2, level) || !is_aligned(entry.pa, s2_entry_bytes(tree->stage2, level))))
		fault = "is a block that cannot be";
	if (fault)
		machine_fail("realm %#llx, IPA %#llx, level %d: descriptor %#llx %s", (ull)tree->rd, (ull)ipa, level,
			     (ull)desc, fault);
	return entry;
}

static void check_table(const struct tree *tree, int level, uint64_t pa, uint64_t ipa);

/* Does the entry lead nowhere? Then it need not be looked at again where its neighbour is the same. */
static bool follow_entry(const struct tree *tree, int level, uint64_t ipa, uint64_t desc)
{
	struct s2_entry entry = check_entry(tree, level, ipa, desc);
	uint64_t bytes = s2_entry_bytes(tree->stage2, level);

	if (entry.state == S2_TABLE)
		check_table(tree, level + 1, entry.pa, ipa);
	if (entry.state == S2_ASSIGNED)
		for (uint64_t at = 0; at < bytes; at += granule_bytes(tree->walker->rmm))
			walker_refer(tree->walker, entry.pa + at, GRANULE_DATA);
	return entry.state == S2_UNASSIGNED || entry.state == S2_UNASSIGNED_NS;
}

/* Zero is unassigned, in either half. What is known to be sound in one half is not in the other. */
static void check_entries(const struct tree *tree, int level, const uint64_t *table, uint64_t ipa, unsigned count)
{
	uint64_t bytes = s2_entry_bytes(tree->stage2, level);
	uint64_t half = UINT64_C(1) << (tree->stage2->ipa_bits - 1);
	uint64_t known = 0;

	for (unsigned i = 0; i < count; i++, ipa += bytes) {
		if (ipa == half)
			known = 0;
		if (table[i] && table[i] != known)
			known = follow_entry(tree, level, ipa, table[i]) ? table[i] : 0;
	}
}

static void check_table(const struct tree *tree, int level, uint64_t pa, uint64_t ipa)
{
	const uint64_t *table = walker_memory(tree->walker, pa);
	unsigned count = s2_table_entries(tree->stage2, level);

	walker_refer(tree->walker, pa, GRANULE_RTT);
	check_entries(tree, level, table, ipa, count);
	for (unsigned i = count; i < granule_bytes(tree->walker->rmm) / sizeof(*table); i++)
		if (table[i])
			machine_fail("realm %#llx: table %#llx has something behind its end", (ull)tree->rd, (ull)pa);
}

static void check_roots(const struct tree *tree, uint64_t base)
{
	const struct rmm_stage2 *stage2 = tree->stage2;
	uint64_t covers = s2_entry_bytes(stage2, stage2->start_level) * s2_table_entries(stage2, stage2->start_level);

	for (unsigned i = 0; i < stage2->num_roots; i++)
		check_table(tree, stage2->start_level, base + i * granule_bytes(tree->walker->rmm), i * covers);
}

/* Trees of other planes are never filled: they exist because REALM_CREATE wants their root tables. */
static void check_aux_roots(const struct tree *tree, const struct rd *rd)
{
	if (!(rd->params.flags1 & RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK))
		return;
	for (unsigned i = 0; i < rd->params.num_aux_planes; i++)
		check_roots(tree, rd->params.aux_rtt_base[i]);
}

void walker_check_recs(const struct walker *walker, uint64_t pa)
{
	const struct rd *rd = walker_memory(walker, pa);
	uint64_t live = 0, running = 0;

	for (uint64_t i = 0; i < walker->num_recs; i++) {
		const struct rec *rec = walker_memory(walker, walker->recs[i]);

		live += rec->rd == pa;
		running += rec->rd == pa && rec->running;
	}
	if (live != rd->recs_live || running != rd->recs_running || live > rd->recs_created)
		machine_fail("realm %#llx: %llu RECs and %llu running, it counts %llu and %llu, %llu created", (ull)pa,
			     (ull)live, (ull)running, (ull)rd->recs_live, (ull)rd->recs_running, (ull)rd->recs_created);
}

static void check_digests(uint64_t pa, const struct rd *rd)
{
	static const uint8_t zeros[RMM_DIGEST_MAX];
	unsigned size = rmm_digest_size(rd->params.hash_algo);

	for (unsigned i = 0; i < 5; i++)
		if (memcmp(rd->measurements[i] + size, zeros, RMM_DIGEST_MAX - size))
			machine_fail("realm %#llx: measurement %u is longer than its digest", (ull)pa, i);
}

static void check_vmid(struct walker *walker, uint64_t pa, unsigned vmid)
{
	uint64_t bit = UINT64_C(1) << vmid % 64;

	if (vmid >= RMM_VMIDS || walker->vmids[vmid / 64] & bit)
		machine_fail("realm %#llx: VMID %u is another's too", (ull)pa, vmid);
	walker->vmids[vmid / 64] |= bit;
}

void walker_check_realm(struct walker *walker, uint64_t pa)
{
	const struct rd *rd = walker_memory(walker, pa);
	struct tree tree = { .walker = walker, .stage2 = &rd->stage2, .rd = pa };

	walker_refer(walker, pa, GRANULE_RD);
	if (rd->state > RMM_REALM_ZOMBIE)
		machine_fail("realm %#llx is in state %u", (ull)pa, rd->state);
	check_vmid(walker, pa, rd->stage2.vmid);
	check_roots(&tree, rd->stage2.root);
	check_aux_roots(&tree, rd);
	check_digests(pa, rd);
	if (walker->host.check_tlb)
		walker->host.check_tlb(walker->host.ctx, &rd->stage2);
}

void walker_check_vmids(struct walker *walker)
{
	if (memcmp(walker->vmids, walker->rmm->vmids, sizeof(walker->vmids)))
		machine_fail("VMIDs are in use that no realm has");
}
