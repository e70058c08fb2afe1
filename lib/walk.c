/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * walk.c - the events of a plan under a family, but for the content of its loads
 *
 * The RIPAS rules are closed forms of what an RMM 1.0 measures, one event an RTT entry (DEN0137 1.0-rel0, RMI_RTT_INIT_RIPAS), when KVM
 * builds the tables; tests/events holds them against a model that has tables.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "measurement.h"

#define GRANULE_SHIFT 12 /* RIPAS events exist only in RMM 1.0, which has no other granule */
#define LEVEL_BITS 9
#define LAST_LEVEL 3

/* ---- RIPAS ---- */

static uint64_t block_size(unsigned int level)
{
	return UINT64_C(1) << (GRANULE_SHIFT + LEVEL_BITS * (LAST_LEVEL - level));
}

/* Level of the first table, which KVM concatenates up to 16 times to save a level. */
static unsigned int start_level(unsigned int ipa_bits)
{
	unsigned int bits = ipa_bits - GRANULE_SHIFT;
	unsigned int levels = (bits + LEVEL_BITS - 1) / LEVEL_BITS;

	if (bits - LEVEL_BITS * (levels - 1) <= 4)
		levels--;
	return LAST_LEVEL + 1 - levels;
}

/* Largest entry that starts at addr and does not pass limit. */
static uint64_t entry_top(unsigned int ipa_bits, uint64_t addr, uint64_t limit)
{
	unsigned int level;

	for (level = start_level(ipa_bits); level < LAST_LEVEL; level++) {
		uint64_t size = block_size(level);

		if (!(addr & (size - 1)) && limit - addr >= size)
			return addr + size;
	}
	return addr + block_size(LAST_LEVEL);
}

/* First load that ends above addr: the one at addr, or else the next. */
static const struct range *load_from(const struct walk *walk, uint64_t addr)
{
	size_t low = 0, high = walk->num_loads;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (walk->loads[mid].top > addr)
			high = mid;
		else
			low = mid + 1;
	}
	return low < walk->num_loads ? &walk->loads[low] : NULL;
}

/* The next entry of one slot; a populated page gives none.  False at the end of the slot. */
static bool slot_next(struct walk *walk, const struct ram *ram, struct realm_event *event)
{
	uint64_t limit = ram->base + ram->size;
	const struct range *load;

	for (load = load_from(walk, walk->addr); load && load->base <= walk->addr; load = load_from(walk, walk->addr))
		walk->addr = load->top;
	if (walk->addr >= limit)
		return false;
	if (load && load->base < limit)
		limit = load->base;
	event->type = REALM_EVENT_RIPAS;
	event->base = walk->addr;
	event->top = walk->addr = entry_top(walk->plan->ipa_bits, walk->addr, limit);
	return true;
}

static bool ripas_next(struct walk *walk, struct realm_event *event)
{
	for (; walk->index < walk->plan->num_rams; walk->index++) {
		const struct ram *ram = walk->slots[walk->index];

		if (!walk->in_slot)
			walk->addr = ram->base;
		walk->in_slot = slot_next(walk, ram, event);
		if (walk->in_slot)
			return true;
	}
	return false;
}

/* Bucket of a slot in KVM's table of slots by id: hash_32() to 7 bits. */
static uint32_t slot_bucket(uint32_t id)
{
	return (id * UINT32_C(0x61C88647)) >> 25;
}

/* KVM v12 walks that table: buckets rising, in a bucket the slot added last comes first. */
static int compare_slots(const void *a, const void *b)
{
	const struct ram *x = *(const struct ram *const *)a, *y = *(const struct ram *const *)b;
	uint32_t bx = slot_bucket(x->slot), by = slot_bucket(y->slot);

	if (bx != by)
		return bx < by ? -1 : 1;
	return x < y ? 1 : -1;
}

static int compare_ranges(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	return x->base < y->base ? -1 : x->base > y->base;
}

/* ---- the walk ---- */

static void realm_event(const struct realm_plan *plan, struct realm_event *event)
{
	event->type = REALM_EVENT_REALM;
	event->flags = plan->flags;
	if (plan->lpa2)
		event->flags |= RMM_REALM_FLAGS_LPA2_MASK;
	if (plan->sve_bits) {
		event->flags |= RMM_REALM_FLAGS_SVE_MASK;
		event->sve_vl = (uint8_t)(plan->sve_bits / 128 - 1);
	}
	if (plan->pmu_counters >= 0) {
		event->flags |= RMM_REALM_FLAGS_PMU_MASK;
		event->pmu_num_ctrs = (uint8_t)plan->pmu_counters;
	}
	event->s2sz = (uint8_t)plan->ipa_bits;
	event->num_bps = (uint8_t)(plan->breakpoints - 1);
	event->num_wps = (uint8_t)(plan->watchpoints - 1);
}

static void rec_event(const struct rec *rec, struct realm_event *event)
{
	event->type = REALM_EVENT_REC;
	event->flags = rec->runnable ? RMM_REC_FLAGS_RUNNABLE_MASK : 0;
	event->pc = rec->pc;
	memcpy(event->gprs, rec->gprs, sizeof(event->gprs));
}

/* One event of the current step; false when the step has no more. */
static bool step_next(struct walk *walk, struct realm_event *event)
{
	switch (*walk->step) {
	case STEP_REALM:
		realm_event(walk->plan, event);
		return walk->index++ == 0;
	case STEP_RIPAS:
		return ripas_next(walk, event);
	case STEP_REC:
		if (walk->index == walk->plan->num_recs)
			return false;
		rec_event(&walk->plan->recs[walk->index++], event);
		return true;
	case STEP_ACTIVATE:
		event->type = REALM_EVENT_ACTIVATE;
		return walk->index++ == 0;
	case STEP_DATA:
	case STEP_END:
		break;
	}
	return false;
}

int walk_next(struct walk *walk, struct realm_event *event)
{
	memset(event, 0, sizeof(*event));
	event->sz = sizeof(*event);
	while (*walk->step != STEP_END) {
		bool data = *walk->step == STEP_DATA;

		if (!data && step_next(walk, event))
			return 1;
		memset(event, 0, sizeof(*event));
		event->sz = sizeof(*event);
		walk->step++;
		walk->index = 0;
		if (data)
			return WALK_DATA;
	}
	return 0;
}

int walk_init(struct walk *walk, struct realm_plan *plan, enum realm_family family)
{
	size_t i;

	*walk = (struct walk){ .plan = plan, .step = family_steps(family) };
	walk->slots = calloc(plan->num_rams + 1, sizeof(*walk->slots));
	walk->loads = calloc(plan->num_loads + 1, sizeof(*walk->loads));
	if (!walk->slots || !walk->loads) {
		walk_free(walk);
		return realm_fail_nomem(plan->ctx);
	}
	for (i = 0; i < plan->num_rams; i++)
		walk->slots[i] = &plan->rams[i];
	if (!family_populates_first(family))
		return 0;
	walk->num_loads = plan->num_loads;
	for (i = 0; i < plan->num_loads; i++) {
		walk->loads[i].base = load_base(plan, &plan->loads[i]);
		walk->loads[i].top = load_top(plan, &plan->loads[i]);
	}
	qsort(walk->loads, walk->num_loads, sizeof(*walk->loads), compare_ranges);
	qsort(walk->slots, plan->num_rams, sizeof(*walk->slots), compare_slots);
	return 0;
}

void walk_free(struct walk *walk)
{
	free(walk->slots);
	free(walk->loads);
	walk->slots = NULL;
	walk->loads = NULL;
}
