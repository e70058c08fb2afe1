/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu-map.c - the memory that the engine has: a cache of both stages of translation */
#include <assert.h>
#include "cpu-decode.h"
#include "cpu-internal.h"
#include "cpu-stage1.h"

#define STAGE1_PAGE UINT64_C(0x1000)	/* the smallest that there is */
#define WINDOW UINT64_C(0x200000)	/* that one region is in */
#define FSC_PERMISSION 0x0c

static_assert(STAGE1_READ == (int)UC_PROT_READ && STAGE1_WRITE == (int)UC_PROT_WRITE &&
		      STAGE1_EXEC == (int)UC_PROT_EXEC,
	      "rights of stage 1 are those of the engine");

/* A granule of the realm, through stage 2 */
struct page {
	uint64_t ipa;
	uint8_t *memory;
	unsigned rights;
};

static uint64_t read_entry(void *ctx, uint64_t pa)
{
	const struct sim_cpu *cpu = ctx;
	const uint64_t *entry = cpu->ops->memory(cpu->ctx, pa, sizeof(*entry), false);

	return entry ? *entry : 0;
}

static uint64_t granule(const struct sim_cpu *cpu)
{
	return UINT64_C(1) << cpu->stage2.granule_shift;
}

static unsigned rights_of(const struct mmu_walk *walk)
{
	return (mmu_is_permitted(walk, MMU_READ) ? UC_PROT_READ : 0) |
	       (mmu_is_permitted(walk, MMU_WRITE) ? UC_PROT_WRITE : 0) |
	       (mmu_is_permitted(walk, MMU_FETCH) ? UC_PROT_EXEC : 0);
}

static struct cpu_abort abort_at(uint64_t ipa, unsigned fsc)
{
	return (struct cpu_abort){ .ipa = ipa, .fsc = fsc };
}

static bool find_page(struct sim_cpu *cpu, uint64_t ipa, enum mmu_access access, struct page *page,
		      struct cpu_abort *abort)
{
	struct mmu_translation at = mmu_outside();
	struct mmu_walk walk;

	if (!(ipa >> cpu->stage2.ipa_bits)) {
		walk = mmu_walk(&cpu->stage2, ipa, read_entry, cpu);
		at = mmu_translate(&walk, ipa, access);
	}
	*abort = abort_at(ipa, at.fsc);
	if (!at.ok)
		return false;
	page->ipa = ipa & ~(granule(cpu) - 1);
	page->rights = rights_of(&walk);
	page->memory = cpu->ops->memory(cpu->ctx, at.pa & ~(granule(cpu) - 1), granule(cpu), at.ns);
	if (page->memory)
		return true;
	abort->fsc = FSC_EXTERNAL;
	abort->external = true;
	return false;
}

/* the regions */

/* Code goes first, while the engine still knows where it is; to forget all code would take a tenth of a second. */
static void remove_region(struct sim_cpu *cpu, struct cpu_region *region)
{
	if (!region->size)
		return;
	uc_ctl_remove_cache(cpu->uc, region->va, region->va + region->size);
	uc_mem_unmap(cpu->uc, region->va, region->size);
	region->size = 0;
}

void cpu_unmap(struct sim_cpu *cpu, uint64_t ipa, uint64_t size)
{
	for (unsigned i = 0; i < CPU_REGIONS; i++) {
		struct cpu_region *region = &cpu->regions[i];

		if (region->ipa - ipa < size || ipa - region->ipa < region->size)
			remove_region(cpu, region);
	}
}

static struct cpu_region *region_at(struct sim_cpu *cpu, uint64_t va)
{
	for (unsigned i = 0; i < CPU_REGIONS; i++)
		if (va - cpu->regions[i].va < cpu->regions[i].size)
			return &cpu->regions[i];
	return NULL;
}

bool cpu_fetches(struct sim_cpu *cpu, uint64_t va)
{
	const struct cpu_region *region = region_at(cpu, va);

	return region && region->rights & UC_PROT_EXEC;
}

uint32_t cpu_insn(struct sim_cpu *cpu, uint64_t va)
{
	uint64_t aligned = va & ~UINT64_C(3);
	const struct cpu_region *region = region_at(cpu, aligned);

	return region ? *(const uint32_t *)(const void *)(region->memory + (aligned - region->va)) : 0;
}

static bool add_region(struct sim_cpu *cpu, const struct cpu_region *region)
{
	struct cpu_region *slot = &cpu->regions[cpu->next_region++ % CPU_REGIONS];

	remove_region(cpu, slot);
	if (uc_mem_map_ptr(cpu->uc, region->va, region->size, region->rights, region->memory))
		return false;
	*slot = *region;
	return true;
}

/* Is the granule at this IPA the next of a run of memory? */
static bool continues(struct sim_cpu *cpu, uint64_t ipa, const uint8_t *memory, unsigned rights)
{
	struct cpu_abort ignored;
	struct page page;

	return !region_at(cpu, ipa) && find_page(cpu, ipa, MMU_READ, &page, &ignored) && page.memory == memory &&
	       page.rights == rights;
}

/* A region for each granule would be too many: takes neighbours along. */
static struct cpu_region run_around(struct sim_cpu *cpu, const struct page *page)
{
	struct cpu_region run = { .va = page->ipa, .ipa = page->ipa, .size = granule(cpu), .memory = page->memory };
	uint64_t first = page->ipa & ~(WINDOW - 1), end = first + WINDOW, step = granule(cpu);

	while (run.ipa + run.size < end && continues(cpu, run.ipa + run.size, run.memory + run.size, page->rights))
		run.size += step;
	while (run.ipa > first && continues(cpu, run.ipa - step, run.memory - step, page->rights)) {
		run.ipa = run.va = run.ipa - step;
		run.memory -= step;
		run.size += step;
	}
	return run;
}

static bool add_page(struct sim_cpu *cpu, uint64_t va, uint64_t ipa, const struct page *page, unsigned rights)
{
	struct cpu_region *old = region_at(cpu, va);
	struct cpu_region region;

	if (old)	/* stage 2 permits more than it did */
		remove_region(cpu, old);
	if (stage1_is_on(cpu->guest))
		region = (struct cpu_region){ .va = va & ~(STAGE1_PAGE - 1), .ipa = ipa & ~(STAGE1_PAGE - 1),
					      .size = STAGE1_PAGE,
					      .memory = page->memory + ((ipa - page->ipa) & ~(STAGE1_PAGE - 1)) };
	else
		region = run_around(cpu, page);
	region.rights = rights & page->rights;
	return add_region(cpu, &region);
}

/* both stages */

/* What stage 1 reads, and what stage 2 says when it cannot */
struct table_read {
	struct sim_cpu *cpu;
	struct cpu_abort abort;
};

static const uint64_t *read_table(void *ctx, uint64_t ipa)
{
	struct table_read *read = ctx;
	struct page page;

	if (!find_page(read->cpu, ipa, MMU_READ, &page, &read->abort))
		return NULL;
	return (const uint64_t *)(const void *)(page.memory + (ipa - page.ipa));
}

static unsigned right_for(enum mmu_access access)
{
	return access == MMU_READ ? STAGE1_READ : access == MMU_WRITE ? STAGE1_WRITE : STAGE1_EXEC;
}

static bool pass_stage1(struct sim_cpu *cpu, uint64_t va, enum mmu_access access, struct stage1 *at,
			struct cpu_abort *abort)
{
	struct table_read read = { .cpu = cpu };

	*at = stage1_walk(cpu->guest, va, read_table, &read);
	*abort = (struct cpu_abort){ .stage1 = true, .fsc = at->fsc };
	if (at->end == STAGE1_FAULT)
		return false;
	if (at->end == STAGE1_NO_TABLE) {
		*abort = read.abort;
		abort->on_walk = true;
		return false;
	}
	abort->fsc = FSC_PERMISSION + (unsigned)at->level;
	return at->rights & right_for(access);
}

bool cpu_map(struct sim_cpu *cpu, uint64_t va, enum mmu_access access, struct cpu_abort *abort)
{
	struct stage1 at;
	struct page page;

	if (!pass_stage1(cpu, va, access, &at, abort) || !find_page(cpu, at.ipa, access, &page, abort))
		return false;
	if (add_page(cpu, va, at.ipa, &page, at.rights))
		return true;
	*abort = abort_at(at.ipa, FSC_EXTERNAL);
	abort->external = true;
	return false;
}
