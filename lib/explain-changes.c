/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* explain-changes.c - the changes of a plan's parameters, RAM and RECs that are tried; those of its loads are in explain-loads.c */
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "measurement.h"
#include "plan.h"

#define MIB (UINT64_C(1) << 20)
/* Addresses that a register is tried with; the kernel and device tree are among the first. */
#define MAX_ADDRESSES 16

void changes_add(struct changes *changes, enum tier tier, enum change_kind kind, size_t index, uint64_t value)
{
	struct change *list = grow_array(changes->list, changes->count, sizeof(*list));

	if (!list) {
		changes->nomem = true;
		return;
	}
	changes->list = list;
	list[changes->count++] = (struct change){ .kind = kind, .tier = tier, .index = index, .value = value };
}

/* ---- parameters ---- */

/* Those of VMMs and hosts that are seen come before the others, which are only possible. */
static enum tier tier_of(int value, const int *often, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (value == often[i])
			return TIER_OFTEN;
	return TIER_SOMETIMES;
}

static void add_vectors(struct changes *changes, const struct realm_plan *plan)
{
	static const int often[] = { 0, 128, 256, 512, 2048 };
	unsigned int bits;

	for (bits = 0; bits <= 2048; bits += 128)
		if (bits != plan->sve_bits)
			changes_add(changes, tier_of((int)bits, often, ARRAY_SIZE(often)), CHANGE_SVE, 0, bits);
}

/* Cores of today have 6 and 4, models 16 and 16. */
static void add_debug(struct changes *changes, const struct realm_plan *plan)
{
	static const int often[] = { 2, 4, 6, 8, 16 };
	unsigned int count;

	changes_add(changes, TIER_OFTEN, CHANGE_DEBUG, 6, 4);
	for (count = 2; count <= 16; count++) {
		bool other_bps = count != plan->breakpoints, other_wps = count != plan->watchpoints;
		enum tier tier = tier_of((int)count, often, ARRAY_SIZE(often));

		if (other_bps && other_wps)
			changes_add(changes, tier, CHANGE_DEBUG, count, count);
		if (other_bps)
			changes_add(changes, tier, CHANGE_BREAKPOINTS, 0, count);
		if (other_wps)
			changes_add(changes, tier, CHANGE_WATCHPOINTS, 0, count);
	}
}

static void add_pmu(struct changes *changes, const struct realm_plan *plan)
{
	static const int often[] = { -1, 0, 4, 6, 8, 31 };
	int count;

	for (count = -1; count <= 31; count++)
		if (count != plan->pmu_counters)
			changes_add(changes, tier_of(count, often, ARRAY_SIZE(often)), CHANGE_PMU, 0,
				    (uint64_t)(count + 1));
}

/* Bits that a value of the plan stands for are left to it. */
static void add_flags(struct changes *changes, const struct realm_plan *plan)
{
	uint64_t known = RMM_REALM_FLAGS_LPA2_MASK | RMM_REALM_FLAGS_SVE_MASK | RMM_REALM_FLAGS_PMU_MASK;
	unsigned int bit;

	for (bit = 0; bit < 64; bit++) {
		uint64_t mask = UINT64_C(1) << bit;

		if (!(mask & known) || (mask & plan->flags))
			changes_add(changes, TIER_RARELY, CHANGE_FLAGS, 0, plan->flags ^ mask);
	}
}

static void add_widths(struct changes *changes, const struct realm_plan *plan)
{
	static const int often[] = { 32, 33, 34, 35, 36, 40, 41, 48, 52 };
	unsigned int bits;

	for (bits = 32; bits <= 52; bits++)
		if (bits != plan->ipa_bits)
			changes_add(changes, tier_of((int)bits, often, ARRAY_SIZE(often)), CHANGE_IPA_BITS, 0, bits);
}

static void add_parameters(struct changes *changes, const struct realm_plan *plan)
{
	static const uint32_t granules[GRANULE_SIZES] = { 4096, 16384, 65536 };
	size_t i;

	changes_add(changes, TIER_OFTEN, CHANGE_LPA2, 0, !plan->lpa2);
	add_vectors(changes, plan);
	add_debug(changes, plan);
	add_pmu(changes, plan);
	add_widths(changes, plan);
	for (i = 0; i < GRANULE_SIZES; i++)
		if (granules[i] != plan->granule)
			changes_add(changes, TIER_SOMETIMES, CHANGE_GRANULE, 0, granules[i]);
	add_flags(changes, plan);
}

/* An RMM 1.0 measures all RAM; a VMM gets most of it, or all, as its last region. */
static void add_ram(struct changes *changes, const struct realm_plan *plan)
{
	size_t last = plan->num_rams - 1;
	uint64_t size;

	for (size = 64 * MIB; size <= MIB * MIB; size *= 2)
		if (size != plan->rams[last].size)
			changes_add(changes, TIER_SOMETIMES, CHANGE_RAM_SIZE, last, size);
}

/* ---- RECs ---- */

static void add_registers(struct changes *changes, const struct realm_plan *plan, size_t i)
{
	const struct rec *rec = &plan->recs[i];
	size_t load, reg, others = 0;

	for (reg = 0; reg < REALM_REC_GPRS; reg++) {
		if (rec->gprs[reg])
			changes_add(changes, TIER_OFTEN, CHANGE_GPR, i * REALM_REC_GPRS + reg, 0);
		others += rec->gprs[reg] != 0;
	}
	if (others > 1)
		changes_add(changes, TIER_OFTEN, CHANGE_ALL_GPRS, i, 0);
	for (load = 0; load < plan->num_loads && load < MAX_ADDRESSES; load++) {
		uint64_t at = plan->loads[load].at;

		if (at != rec->gprs[0])
			changes_add(changes, TIER_OFTEN, CHANGE_GPR, i * REALM_REC_GPRS, at);
		if (at != rec->pc)
			changes_add(changes, TIER_OFTEN, CHANGE_PC, i, at);
	}
	if (rec->pc != plan->rams[0].base)
		changes_add(changes, TIER_OFTEN, CHANGE_PC, i, plan->rams[0].base);
	if (rec->pc)
		changes_add(changes, TIER_SOMETIMES, CHANGE_PC, i, 0);
}

static void add_recs(struct changes *changes, const struct realm_plan *plan)
{
	size_t i, runnable = 0;

	for (i = 0; i < plan->num_recs; i++)
		runnable += plan->recs[i].runnable;
	for (i = 0; i < plan->num_recs && i < MAX_ADDRESSES; i++) {
		bool on = plan->recs[i].runnable;

		if (on)
			add_registers(changes, plan, i);
		changes_add(changes, on ? TIER_RARELY : TIER_SOMETIMES, CHANGE_RUNNABLE, i, !on);
		if (!on && i)
			changes_add(changes, TIER_SOMETIMES, CHANGE_RUNNABLE, i, 2);
	}
	if (plan->num_recs - runnable > 1) {
		changes_add(changes, TIER_SOMETIMES, CHANGE_ALL_RUNNABLE, 0, 1);
		changes_add(changes, TIER_SOMETIMES, CHANGE_ALL_RUNNABLE, 0, 2);
	}
	changes_add(changes, TIER_SOMETIMES, CHANGE_ADD_REC, 0, 0);
	changes_add(changes, TIER_SOMETIMES, CHANGE_ADD_REC, 0, 1);
}

/* ---- the list ---- */

/* A stable sort by tier. */
static int sort(struct changes *changes)
{
	struct change *sorted = malloc((changes->count + 1) * sizeof(*sorted));
	size_t i, count = 0;
	int tier;

	if (!sorted)
		return -ENOMEM;
	for (tier = 0; tier < TIERS; tier++)
		for (i = 0; i < changes->count; i++)
			if ((int)changes->list[i].tier == tier)
				sorted[count++] = changes->list[i];
	free(changes->list);
	changes->list = sorted;
	return 0;
}

int changes_list(struct changes *changes, const struct explain *ex, const struct variant *variant)
{
	*changes = (struct changes){ 0 };
	changes_of_loads(changes, ex, variant);
	add_recs(changes, &variant->plan);
	add_parameters(changes, &variant->plan);
	add_ram(changes, &variant->plan);
	if (!changes->nomem && !sort(changes))
		return 0;
	free(changes->list);
	changes->list = NULL;
	return -ENOMEM;
}

/* ---- carrying them out ---- */

/* As its registers of the first REC say, or with its own. */
static void make_runnable(struct realm_plan *plan, size_t i, uint64_t how)
{
	struct rec *rec = &plan->recs[i];

	if (how == 2) {
		rec->pc = plan->recs[0].pc;
		memcpy(rec->gprs, plan->recs[0].gprs, sizeof(rec->gprs));
	}
	rec->runnable = how;
}

static void apply_rec(const struct change *change, struct realm_plan *plan)
{
	size_t i = change->index;

	switch (change->kind) {
	case CHANGE_PC:
		plan->recs[i].pc = change->value;
		break;
	case CHANGE_GPR:
		plan->recs[i / REALM_REC_GPRS].gprs[i % REALM_REC_GPRS] = change->value;
		break;
	case CHANGE_ALL_GPRS:
		memset(plan->recs[i].gprs, 0, sizeof(plan->recs[i].gprs));
		break;
	case CHANGE_RUNNABLE:
		make_runnable(plan, i, change->value);
		break;
	case CHANGE_ALL_RUNNABLE:
		for (i = 0; i < plan->num_recs; i++)
			if (!plan->recs[i].runnable)
				make_runnable(plan, i, change->value);
		break;
	default: /* CHANGE_ADD_REC; a copy of a list has room for one */
		i = plan->num_recs++;
		plan->recs[i] = (struct rec){ .mpidr = kvm_mpidr(i) };
		make_runnable(plan, i, change->value + 1);
	}
}

static void apply_parameter(const struct change *change, struct realm_plan *plan)
{
	switch (change->kind) {
	case CHANGE_LPA2:
		plan->lpa2 = change->value;
		break;
	case CHANGE_SVE:
		plan->sve_bits = (unsigned int)change->value;
		break;
	case CHANGE_DEBUG:
		plan->breakpoints = (unsigned int)change->index;
		plan->watchpoints = (unsigned int)change->value;
		break;
	case CHANGE_BREAKPOINTS:
		plan->breakpoints = (unsigned int)change->value;
		break;
	case CHANGE_WATCHPOINTS:
		plan->watchpoints = (unsigned int)change->value;
		break;
	case CHANGE_PMU:
		plan->pmu_counters = (int)change->value - 1;
		break;
	case CHANGE_IPA_BITS:
		plan->ipa_bits = (unsigned int)change->value;
		plan->lpa2 |= plan->ipa_bits > 48;
		break;
	case CHANGE_FLAGS:
		plan->flags = change->value;
		break;
	case CHANGE_GRANULE:
		plan->granule = (uint32_t)change->value;
		break;
	default: /* CHANGE_RAM_SIZE */
		plan->rams[change->index].size = change->value;
	}
}

int change_apply(const struct change *change, struct variant *variant)
{
	int err = 0;

	switch (change_group(change)) {
	case GROUP_PARAMETERS:
		apply_parameter(change, &variant->plan);
		break;
	case GROUP_LOADS:
		err = change_load(change, variant);
		break;
	default:
		apply_rec(change, &variant->plan);
	}
	return err ? err : plan_revalidate(&variant->plan);
}

enum group change_group(const struct change *change)
{
	if (change->kind < CHANGE_ALL_MEASURED)
		return GROUP_PARAMETERS;
	return change->kind < CHANGE_ADD_REC ? GROUP_LOADS : GROUP_RECS;
}

/* Where in the plan a change is: all parameters, then the loads by their places in the given plan, then all RECs. */
static size_t place(const struct change *change, const struct variant *variant)
{
	enum group group = change_group(change);

	if (group != GROUP_LOADS)
		return group == GROUP_RECS ? SIZE_MAX : 0;
	if (change->kind < CHANGE_MEASURED)
		return 1;
	return variant->origins[change->index] == ADDED ? 0 : 2 + variant->origins[change->index];
}

bool change_is_before(const struct change *a, const struct change *b, const struct variant *variant_a,
		      const struct variant *variant_b)
{
	size_t place_a = place(a, variant_a), place_b = place(b, variant_b);

	if (place_a != place_b)
		return place_a < place_b;
	if (a->kind == CHANGE_DEBUG && (b->kind == CHANGE_BREAKPOINTS || b->kind == CHANGE_WATCHPOINTS))
		return false; /* these two make every pair of numbers */
	if (a->kind != b->kind)
		return a->kind < b->kind;
	return place_a == SIZE_MAX && a->index < b->index;
}

const char *change_why(const struct change *change)
{
	static const char *const whys[] = {
		[CHANGE_LPA2] = "stage 2 of the realm uses LPA2 there, or does not: the VMM or its host decides",
		[CHANGE_SVE] = "the realm has another SVE vector length: the VMM or its host decides",
		[CHANGE_DEBUG] = "the realm has as many debug registers as its host",
		[CHANGE_BREAKPOINTS] = "the realm has another number of breakpoints: the VMM or its host decides",
		[CHANGE_WATCHPOINTS] = "the realm has another number of watchpoints: the VMM or its host decides",
		[CHANGE_PMU] = "the realm has another PMU: the VMM or its host decides",
		[CHANGE_IPA_BITS] = "the IPA space is wider or narrower: VMMs derive it from RAM and devices",
		[CHANGE_FLAGS] = "the RMM was given a flag more or less",
		[CHANGE_GRANULE] = "the RMM has other granules",
		[CHANGE_RAM_SIZE] = "the realm has more or less RAM, which an RMM 1.0 measures",
		[CHANGE_ALL_MEASURED] = "all loads are measured alike",
		[CHANGE_ORDER] = "the loads are populated in another order",
		[CHANGE_MEASURED] = "whether the content of this load is measured",
		[CHANGE_LEFT_OUT] = "this load is not populated before the realm is activated",
		[CHANGE_SIZE] = "the end of this load is not populated",
		[CHANGE_ZEROS] =
			"zeros are populated after this load: it is padded, or an image_size taken for its size",
		[CHANGE_MOVED] = "this load is populated earlier or later",
		[CHANGE_ADDRESS] = "this load is at another address, and registers that point at it follow",
		[CHANGE_ADD_REC] = "a REC more is runnable",
		[CHANGE_RUNNABLE] = "this REC is runnable at once, or is not",
		[CHANGE_ALL_RUNNABLE] = "all RECs are runnable at once",
		[CHANGE_PC] = "the realm starts at another address",
		[CHANGE_GPR] = "a register of the REC starts with another value",
		[CHANGE_ALL_GPRS] = "all registers of the REC start as zero",
	};

	return whys[change->kind];
}
