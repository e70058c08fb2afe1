/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu-mmu.c - stage 2 of the toy CPU: table walks in the memory of the machine, and its TLB */
#include "cpu.h"
#include "test-port.h"

typedef unsigned long long ull;

#define FSC_EXTERNAL 0x10	/* fault status code (ESR_ELx.DFSC, IFSC) */

static uint64_t read_entry(void *ctx, uint64_t pa)
{
	const struct machine *machine = ctx;
	const uint64_t *entry = machine_memory(machine, pa, sizeof(*entry));

	if (!entry || !machine_owned_by(machine, pa, sizeof(*entry), MACHINE_REALM))
		machine_fail("a table walk reads %#llx, which is no realm memory", (ull)pa);
	return *entry;
}

static struct mmu_walk walk_tables(struct machine *machine, const struct rmm_stage2 *stage2, uint64_t ipa)
{
	if (!mmu_has_root(stage2, ipa))
		machine_fail("%#llx is outside the root tables", (ull)ipa);
	return mmu_walk(stage2, ipa, read_entry, machine);
}

/* the TLB */

static void compare_cached(const struct machine_tlb_entry *entry, const struct mmu_walk *walk)
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
static void cache(struct machine *machine, uint64_t ipa, const struct mmu_walk *walk, int level)
{
	const struct rmm_stage2 *stage2 = walk->stage2;
	uint64_t size = mmu_level_size(stage2, level);
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
		.pa = mmu_output(walk, level),
		.bytes = mmu_is_leaf(walk, level) ? size : UINT64_C(1) << stage2->granule_shift,
		.ns = mmu_is_ns(walk, level),
	};
}

static struct mmu_walk cached_walk(struct machine *machine, const struct rmm_stage2 *stage2, uint64_t ipa)
{
	struct mmu_walk walk = walk_tables(machine, stage2, ipa);

	for (unsigned i = 0; i < MACHINE_TLB_MAX; i++)
		if (covers(&machine->tlb[i], stage2->vmid, ipa))
			compare_cached(&machine->tlb[i], &walk);
	for (int level = stage2->start_level; level <= walk.level; level++)
		if (mmu_is_cacheable(&walk, level))
			cache(machine, ipa, &walk, level);
	return walk;
}

void cpu_check_tlb(struct machine *machine, const struct rmm_stage2 *stage2)
{
	for (unsigned i = 0; i < MACHINE_TLB_MAX; i++) {
		const struct machine_tlb_entry *entry = &machine->tlb[i];
		struct mmu_walk walk;

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

static struct mmu_translation translate(struct machine *machine, const struct rmm_stage2 *stage2, uint64_t ipa,
					enum mmu_access access)
{
	struct mmu_walk walk;

	if (ipa >> stage2->ipa_bits)
		return mmu_outside();
	walk = cached_walk(machine, stage2, ipa);
	return mmu_translate(&walk, ipa, access);
}

struct cpu_translation cpu_translate(struct machine *machine, const struct rmm_stage2 *stage2, uint64_t ipa,
				     enum mmu_access access)
{
	struct mmu_translation at = translate(machine, stage2, ipa, access);

	return at.ok ? protect(machine, at.pa, at.ns) : (struct cpu_translation){ .fsc = at.fsc };
}
