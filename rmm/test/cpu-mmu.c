/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu-mmu.c - stage 2 of the toy CPU: a table walk after DDI 0487 D8.3 (VMSAv8-64), and its TLB */
#include "cpu.h"
#include "test-port.h"

typedef unsigned long long ull;

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
#define FSC_EXTERNAL 0x10

#define LAST_LEVEL 3

/* Bits of the input address that a level and those below it resolve */
static unsigned level_shift(const struct rmm_stage2 *stage2, int level)
{
	return stage2->granule_shift + (unsigned)(LAST_LEVEL - level) * (stage2->granule_shift - 3);
}

/* The output address of a descriptor, table D8-15 and following */
static uint64_t output(const struct rmm_stage2 *stage2, int level, uint64_t desc)
{
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
		return level == 2 || level == 1;	/* 1: with 52-bit addresses, which the machine always has */
	}
}

static bool is_leaf(const struct rmm_stage2 *stage2, int level, uint64_t desc)
{
	return level == LAST_LEVEL || !(desc & DESC_TABLE);
}

static bool is_valid(const struct rmm_stage2 *stage2, int level, uint64_t desc)
{
	if (!(desc & DESC_VALID))
		return false;
	if (desc & DESC_TABLE)
		return true;
	return level != LAST_LEVEL && is_block_level(stage2, level);
}

struct walk {
	int level;	/* where it ended */
	uint64_t desc[5];	/* what it read, that of level -1 first */
	bool has[5];
};

static uint64_t read_entry(const struct machine *machine, uint64_t pa)
{
	const uint64_t *entry = machine_memory(machine, pa, sizeof(*entry));

	if (!entry || !machine_owned_by(machine, pa, sizeof(*entry), MACHINE_REALM))
		machine_fail("a table walk reads %#llx, which is no realm memory", (ull)pa);
	return *entry;
}

/* Reads tables from the root to the first descriptor that is no table. */
static struct walk walk_tables(const struct machine *machine, const struct rmm_stage2 *stage2, uint64_t ipa)
{
	unsigned bits = stage2->granule_shift - 3u;
	uint64_t table = stage2->root;
	uint64_t index = ipa >> level_shift(stage2, stage2->start_level);
	struct walk walk = { .level = stage2->start_level };

	if (index >= (uint64_t)stage2->num_roots << bits)
		machine_fail("%#llx is outside the root tables", (ull)ipa);
	for (;; walk.level++) {
		uint64_t desc = read_entry(machine, table + index * sizeof(desc));

		walk.desc[walk.level + 1] = desc;
		walk.has[walk.level + 1] = true;
		if (!is_valid(stage2, walk.level, desc) || is_leaf(stage2, walk.level, desc))
			return walk;
		table = output(stage2, walk.level, desc);
		index = ipa >> level_shift(stage2, walk.level + 1) & ((UINT64_C(1) << bits) - 1);
	}
}

/* the TLB */

static void compare_cached(const struct machine_tlb_entry *entry, const struct walk *walk)
{
	if (!walk->has[entry->level + 1] || walk->desc[entry->level + 1] != entry->desc)
		machine_fail("VMID %u: a TLB still holds %#llx for IPA %#llx, level %d", entry->vmid, (ull)entry->desc,
			     (ull)entry->ipa, entry->level);
}

static bool covers(const struct machine_tlb_entry *entry, uint16_t vmid, uint64_t ipa)
{
	return entry->valid && entry->vmid == vmid && ipa - entry->ipa < entry->size;
}

/* Remembers a descriptor unless it does already. */
static void cache(struct machine *machine, const struct rmm_stage2 *stage2, uint64_t ipa, const struct walk *walk,
		  int level)
{
	uint64_t size = UINT64_C(1) << level_shift(stage2, level);
	struct machine_tlb_entry *entry;

	for (unsigned i = 0; i < MACHINE_TLB_MAX; i++)
		if (covers(&machine->tlb[i], stage2->vmid, ipa) && machine->tlb[i].level == level)
			return;
	entry = &machine->tlb[machine->tlb_next++ % MACHINE_TLB_MAX];
	*entry = (struct machine_tlb_entry){
		.valid = true,
		.vmid = stage2->vmid,
		.ipa = ipa & ~(size - 1),
		.size = size,
		.desc = walk->desc[level + 1],
		.level = level,
		.pa = output(stage2, level, walk->desc[level + 1]),
		.bytes = is_leaf(stage2, level, walk->desc[level + 1]) ? size : UINT64_C(1) << stage2->granule_shift,
		.ns = is_leaf(stage2, level, walk->desc[level + 1]) && walk->desc[level + 1] & DESC_NS,
	};
}

static bool is_cacheable(const struct rmm_stage2 *stage2, int level, uint64_t desc)
{
	return is_valid(stage2, level, desc) && (!is_leaf(stage2, level, desc) || desc & DESC_AF);
}

static struct walk cached_walk(struct machine *machine, const struct rmm_stage2 *stage2, uint64_t ipa)
{
	struct walk walk = walk_tables(machine, stage2, ipa);

	for (unsigned i = 0; i < MACHINE_TLB_MAX; i++)
		if (covers(&machine->tlb[i], stage2->vmid, ipa))
			compare_cached(&machine->tlb[i], &walk);
	for (int level = stage2->start_level; level <= walk.level; level++)
		if (is_cacheable(stage2, level, walk.desc[level + 1]))
			cache(machine, stage2, ipa, &walk, level);
	return walk;
}

void cpu_check_tlb(struct machine *machine, const struct rmm_stage2 *stage2)
{
	for (unsigned i = 0; i < MACHINE_TLB_MAX; i++) {
		const struct machine_tlb_entry *entry = &machine->tlb[i];
		struct walk walk;

		if (!entry->valid || entry->vmid != stage2->vmid)
			continue;
		walk = walk_tables(machine, stage2, entry->ipa);
		compare_cached(entry, &walk);
	}
}

bool cpu_tlb_holds(const struct machine *machine, uint64_t pa, uint64_t size)
{
	for (unsigned i = 0; i < MACHINE_TLB_MAX; i++) {
		const struct machine_tlb_entry *entry = &machine->tlb[i];

		if (entry->valid && !entry->ns && entry->pa < pa + size && pa < entry->pa + entry->bytes)
			return true;
	}
	return false;
}

void cpu_tlb_invalidate(struct machine *machine, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size)
{
	for (unsigned i = 0; i < MACHINE_TLB_MAX; i++) {
		struct machine_tlb_entry *entry = &machine->tlb[i];

		if (entry->valid && entry->vmid == stage2->vmid && entry->ipa < ipa + size &&
		    ipa < entry->ipa + entry->size)
			entry->valid = false;
	}
}

/* accesses */

static struct cpu_translation fault(unsigned code, int level)
{
	if (level < 0)
		return (struct cpu_translation){ .fsc = FSC_TRANSLATION_MINUS_1 };
	return (struct cpu_translation){ .fsc = code + (unsigned)level };
}

static bool is_permitted(uint64_t desc, enum cpu_access access)
{
	switch (access) {
	case CPU_READ:
		return desc & DESC_S2AP_READ;
	case CPU_WRITE:
		return desc & DESC_S2AP_WRITE;
	default:
		/* The Realm security state cannot execute from the non-secure physical address space. */
		return desc & DESC_S2AP_READ && !(desc & (DESC_XN1 | DESC_NS));
	}
}

/* The GPT decides last: what is not in the physical address space of the access cannot be reached. */
static struct cpu_translation protect(const struct machine *machine, uint64_t pa, bool ns)
{
	bool is_memory = machine_bank(machine, pa, 1);

	if (!ns && !(is_memory && machine_owner(machine, pa) == MACHINE_REALM))
		machine_fail("stage 2 maps %#llx as realm memory, which it is not", (ull)pa);
	if (ns && !(is_memory && machine_owner(machine, pa) == MACHINE_NS))
		return (struct cpu_translation){ .fsc = FSC_EXTERNAL, .external = true };
	return (struct cpu_translation){ .ok = true, .pa = pa, .ns = ns };
}

struct cpu_translation cpu_translate(struct machine *machine, const struct rmm_stage2 *stage2, uint64_t ipa,
				     enum cpu_access access)
{
	struct walk walk;
	uint64_t desc;

	if (ipa >> stage2->ipa_bits)
		return fault(FSC_TRANSLATION, 0);
	walk = cached_walk(machine, stage2, ipa);
	desc = walk.desc[walk.level + 1];
	if (!is_valid(stage2, walk.level, desc))
		return fault(FSC_TRANSLATION, walk.level);
	if (!(desc & DESC_AF))
		return fault(FSC_ACCESS_FLAG, walk.level);
	if (!is_permitted(desc, access))
		return fault(FSC_PERMISSION, walk.level);
	return protect(machine,
		       output(stage2, walk.level, desc) |
			       (ipa & ((UINT64_C(1) << level_shift(stage2, walk.level)) - 1)),
		       desc & DESC_NS);
}
