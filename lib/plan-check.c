/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * plan-check.c - is this plan possible?
 *
 * Sums of addresses cannot wrap: each check only compares differences of values that were compared before.  Overlaps are found
 * among sorted spans, since a plan may have very many loads.
 */
#include <stdio.h>
#include <stdlib.h>

#include "plan.h"

/* [base, top) of item index in its list. */
struct span {
	uint64_t base;
	uint64_t top;
	size_t index;
};

int fail_item(const struct realm_plan *plan, int err, const char *list, size_t index, const char *key, const char *fmt,
	      ...)
{
	char where[64];
	char why[256];
	va_list args;

	snprintf(where, sizeof(where), "$.%s[%zu]%s%s", list, index, key ? "." : "", key ? key : "");
	va_start(args, fmt);
	vsnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	return realm_fail(plan->ctx, err, where, NULL, "%s", why);
}

uint64_t load_base(const struct realm_plan *plan, const struct load *load)
{
	return load->at & ~(uint64_t)(plan->granule - 1);
}

uint64_t load_top(const struct realm_plan *plan, const struct load *load)
{
	uint64_t mask = plan->granule - 1;

	return (load->at + load->length + mask) & ~mask;
}

/* ---- spans ---- */

static int compare_spans(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->base != y->base)
		return x->base < y->base ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

/* Sort by address; the first two neighbours that overlap are a fault of the one that comes later in the list. */
static int sort_spans(const struct realm_plan *plan, struct span *spans, size_t count, const char *list,
		      const char *key, const char *what)
{
	size_t i;

	qsort(spans, count, sizeof(*spans), compare_spans);
	for (i = 1; i < count; i++) {
		size_t a = spans[i - 1].index, b = spans[i].index;

		if (spans[i].base < spans[i - 1].top)
			return fail_item(plan, EINVAL, list, a > b ? a : b, key, "%s $.%s[%zu] at 0x%llx", what, list,
					 a < b ? a : b, (unsigned long long)spans[i].base);
	}
	return 0;
}

/* Sorted spans that touch become one; their number. */
static size_t join_spans(struct span *spans, size_t count)
{
	size_t last = 0;
	size_t i;

	for (i = 1; i < count; i++) {
		if (spans[i].base == spans[last].top)
			spans[last].top = spans[i].top;
		else
			spans[++last] = spans[i];
	}
	return last + 1;
}

static const struct span *find_span(const struct span *spans, size_t count, uint64_t address)
{
	size_t low = 0;

	while (count) {
		size_t middle = low + count / 2;

		if (address < spans[middle].base) {
			count /= 2;
		} else if (address >= spans[middle].top) {
			count -= middle + 1 - low;
			low = middle + 1;
		} else {
			return &spans[middle];
		}
	}
	return NULL;
}

/* ---- parameters, RAM ---- */

static int check_ipa_bits(const struct realm_plan *plan)
{
	if (!plan->ipa_bits)
		return realm_fail(plan->ctx, EINVAL, "$.ipa_bits", "set it to 32 to 52", "the IPA width is not set");
	if (plan->ipa_bits > 48 && !plan->lpa2)
		return realm_fail(plan->ctx, EINVAL, "$.ipa_bits", "set lpa2, or use at most 48", "%u bits need LPA2",
				  plan->ipa_bits);
	return 0;
}

static int check_ram_region(const struct realm_plan *plan, size_t index, struct span *span)
{
	const struct ram *ram = &plan->rams[index];
	uint64_t half = UINT64_C(1) << (plan->ipa_bits - 1);

	if (ram->base % plan->granule)
		return fail_item(plan, EINVAL, "ram", index, "base", "0x%llx is not a multiple of the granule, %lu",
				 (unsigned long long)ram->base, (unsigned long)plan->granule);
	if (!ram->size || ram->size % plan->granule)
		return fail_item(plan, EINVAL, "ram", index, "size", "0x%llx is not a multiple of the granule, %lu",
				 (unsigned long long)ram->size, (unsigned long)plan->granule);
	if (ram->base >= half)
		return fail_item(plan, EINVAL, "ram", index, "base",
				 "0x%llx is outside the protected half, which ends at 0x%llx",
				 (unsigned long long)ram->base, (unsigned long long)half);
	if (ram->size > half - ram->base)
		return fail_item(plan, EINVAL, "ram", index, "size",
				 "0x%llx bytes at 0x%llx end outside the protected half, which ends at 0x%llx",
				 (unsigned long long)ram->size, (unsigned long long)ram->base,
				 (unsigned long long)half);
	*span = (struct span){ .base = ram->base, .top = ram->base + ram->size, .index = index };
	return 0;
}

/* Gives RAM as sorted, disjoint spans that do not touch. */
static int check_ram(const struct realm_plan *plan, struct span *rams, size_t *countp)
{
	size_t i;
	int err;

	for (i = 0; i < plan->num_rams; i++) {
		err = check_ram_region(plan, i, &rams[i]);
		if (err)
			return err;
	}
	err = sort_spans(plan, rams, plan->num_rams, "ram", "base", "overlaps");
	if (!err)
		*countp = join_spans(rams, plan->num_rams);
	return err;
}

/* ---- loads ---- */

static int get_length(const struct realm_plan *plan, size_t index)
{
	struct load *load = &plan->loads[index];
	const char *key = load_source_key(load);
	char where[64];
	int err;

	snprintf(where, sizeof(where), "$.load[%zu]%s%s", index, key ? "." : "", key ? key : "");
	err = source_length(plan->ctx, load, where, &load->length);
	if (!err && !load->length)
		return realm_fail(plan->ctx, EINVAL, where, NULL, "%s%sno bytes to load", load->file ? load->file : "",
				  load->file ? ": " : "");
	return err;
}

static int check_load(const struct realm_plan *plan, size_t index, bool ask, const struct span *rams, size_t num_rams,
		      struct span *span)
{
	const struct load *load = &plan->loads[index];
	const struct span *ram = find_span(rams, num_rams, load->at);
	int err;

	if (load->at % 4)
		return fail_item(plan, EINVAL, "load", index, "at", "0x%llx is not a multiple of 4",
				 (unsigned long long)load->at);
	if (!ram)
		return fail_item(plan, EINVAL, "load", index, "at", "0x%llx is outside RAM",
				 (unsigned long long)load->at);
	err = ask ? get_length(plan, index) : 0;
	if (err)
		return err;
	if (load->length > ram->top - load->at)
		return fail_item(
			plan, EINVAL, "load", index, NULL, "%llu bytes at 0x%llx do not fit: RAM ends at 0x%llx",
			(unsigned long long)load->length, (unsigned long long)load->at, (unsigned long long)ram->top);
	*span = (struct span){ .base = load_base(plan, load), .top = load_top(plan, load), .index = index };
	return 0;
}

static int check_loads(const struct realm_plan *plan, bool ask, const struct span *rams, size_t num_rams,
		       struct span *spans)
{
	size_t i;

	for (i = 0; i < plan->num_loads; i++) {
		int err = check_load(plan, i, ask, rams, num_rams, &spans[i]);

		if (err)
			return err;
	}
	return sort_spans(plan, spans, plan->num_loads, "load", "at", "shares a granule with");
}

/* ---- the whole ---- */

static int check_memory(const struct realm_plan *plan, bool ask)
{
	struct span *rams = calloc(plan->num_rams, sizeof(*rams));
	struct span *loads = calloc(plan->num_loads + 1, sizeof(*loads));
	size_t num_rams = 0;
	int err;

	if (!rams || !loads)
		err = realm_fail_nomem(plan->ctx);
	else
		err = check_ram(plan, rams, &num_rams);
	if (!err)
		err = check_loads(plan, ask, rams, num_rams, loads);
	free(rams);
	free(loads);
	return err;
}

/* ask: the sources of the loads for their lengths, or else those known are right */
static int validate(struct realm_plan *plan, bool ask)
{
	int err = check_ipa_bits(plan);

	if (err)
		return err;
	if (!plan->num_rams)
		return realm_fail(plan->ctx, EINVAL, "$.ram", "add a region", "a realm needs RAM");
	if (!plan->num_recs)
		return realm_fail(plan->ctx, EINVAL, "$.recs", "add one", "a realm needs at least one REC");
	return check_memory(plan, ask);
}

int plan_validate(struct realm_plan *plan)
{
	return validate(plan, true);
}

int plan_revalidate(struct realm_plan *plan)
{
	return validate(plan, false);
}

static void warn_unmeasured(const struct realm_plan *plan)
{
	char where[64];
	size_t i;

	for (i = 0; i < plan->num_loads; i++) {
		if (!(plan->loads[i].flags & REALM_LOAD_UNMEASURED))
			continue;
		snprintf(where, sizeof(where), "$.load[%zu].measured", i);
		realm_log(plan->ctx, REALM_LOG_WARNING, where,
			  "not measured: the RIM covers where it is loaded, but not what it holds");
	}
}

static bool in_ram(const struct realm_plan *plan, uint64_t address)
{
	size_t i;

	for (i = 0; i < plan->num_rams; i++)
		if (address >= plan->rams[i].base && address - plan->rams[i].base < plan->rams[i].size)
			return true;
	return false;
}

/* A realm that cannot start is a valid plan all the same: its RIM is well defined. */
static void warn_recs(const struct realm_plan *plan)
{
	size_t i, runnable = 0;

	for (i = 0; i < plan->num_recs; i++) {
		char where[64];

		runnable += plan->recs[i].runnable;
		if (!plan->recs[i].runnable || in_ram(plan, plan->recs[i].pc))
			continue;
		snprintf(where, sizeof(where), "$.recs[%zu].pc", i);
		realm_log(plan->ctx, REALM_LOG_WARNING, where, "0x%llx is outside RAM: the realm cannot start there",
			  (unsigned long long)plan->recs[i].pc);
	}
	if (!runnable)
		realm_log(plan->ctx, REALM_LOG_WARNING, "$.recs", "none is runnable: the realm cannot start");
}

int realm_plan_check(struct realm_plan *plan)
{
	int err;

	if (!plan)
		return -EINVAL;
	err = plan_validate(plan);
	if (err)
		return err;
	warn_unmeasured(plan);
	warn_recs(plan);
	return image_check_plan(plan);
}
