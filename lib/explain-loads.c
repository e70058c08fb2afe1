/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* explain-loads.c - the changes of a plan's loads that are tried */
#include <stdlib.h>

#include "explain.h"

#define KIB64 (UINT64_C(64) << 10)
#define MIB (UINT64_C(1) << 20)
#define MIB2 (2 * MIB)
/* Up to so many loads all orders are tried, and up to the other number each load in each place. */
#define ALL_ORDERS 5
#define ALL_PLACES 32
/* Addresses that one load is tried at. */
#define MAX_PLACES 512

/* What CHANGE_ORDER can be; above these it is a number of an order. */
enum { ORDER_RISING, ORDER_FALLING, ORDER_REVERSE, ORDER_FIRST };

static uint64_t round_up(uint64_t value, uint64_t unit)
{
	return (value + unit - 1) & ~(unit - 1);
}

/* ---- sizes ---- */

/* Zeros from the end of a load up to an address; twice the same is once. */
static void add_zeros(struct changes *changes, enum tier tier, size_t i, uint64_t top, uint64_t to)
{
	size_t n;

	if (to <= top)
		return;
	for (n = changes->count; n && changes->list[n - 1].index == i; n--)
		if (changes->list[n - 1].kind == CHANGE_ZEROS && changes->list[n - 1].value == to - top)
			return;
	changes_add(changes, tier, CHANGE_ZEROS, i, to - top);
}

static void add_sizes(struct changes *changes, const struct realm_plan *plan, size_t i, const struct content *content)
{
	const struct load *load = &plan->loads[i];
	uint64_t base = load_base(plan, load), top = load_top(plan, load);
	uint64_t head = load->at - base, granules = (top - base) / plan->granule;
	enum tier tier = content->is_dtb ? TIER_OFTEN : TIER_SOMETIMES;

	if (content->is_image)
		add_zeros(changes, TIER_OFTEN, i, top, round_up(load->at + content->span, plan->granule));
	add_zeros(changes, tier, i, top, base + KIB64);
	add_zeros(changes, tier, i, top, base + MIB2);
	add_zeros(changes, tier, i, top, round_up(top, KIB64));
	add_zeros(changes, tier, i, top, round_up(top, MIB2));
	add_zeros(changes, TIER_SOMETIMES, i, top, top + plan->granule);
	add_zeros(changes, TIER_RARELY, i, top, base + MIB);
	if (content->zeros && content->zeros < granules)
		changes_add(changes, TIER_OFTEN, CHANGE_SIZE, i, (granules - content->zeros) * plan->granule - head);
	if (granules > 1 && content->zeros != 1)
		changes_add(changes, TIER_SOMETIMES, CHANGE_SIZE, i, (granules - 1) * plan->granule - head);
}

/* ---- addresses ---- */

static const struct ram *ram_of(const struct realm_plan *plan, uint64_t addr)
{
	size_t i;

	for (i = 0; i < plan->num_rams; i++)
		if (addr >= plan->rams[i].base && addr - plan->rams[i].base < plan->rams[i].size)
			return &plan->rams[i];
	return &plan->rams[0];
}

/* The same bytes in the same granules, elsewhere. */
static void add_address(struct changes *changes, enum tier tier, const struct realm_plan *plan, size_t i, uint64_t at)
{
	if (at != plan->loads[i].at && at % plan->granule == plan->loads[i].at % plan->granule)
		changes_add(changes, tier, CHANGE_ADDRESS, i, at);
}

static void add_addresses(struct changes *changes, const struct realm_plan *plan, size_t i,
			  const struct content *content)
{
	const struct ram *ram = ram_of(plan, plan->loads[i].at);
	uint64_t at = round_up(ram->base, MIB2);
	size_t n;

	if (content->is_image) {
		add_address(changes, TIER_OFTEN, plan, i, ram->base);
		add_address(changes, TIER_OFTEN, plan, i, ram->base + 0x80000);
		add_address(changes, TIER_SOMETIMES, plan, i, ram->base + content->text_offset);
		add_address(changes, TIER_SOMETIMES, plan, i, ram->base + MIB2 + content->text_offset);
		return;
	}
	for (n = 0; n < MAX_PLACES && at - ram->base < ram->size; n++, at += MIB2)
		add_address(changes, TIER_RARELY, plan, i, at);
}

/* ---- order ---- */

static uint64_t factorial(size_t n)
{
	return n > 1 ? n * factorial(n - 1) : 1;
}

static void add_places(struct changes *changes, size_t i, size_t count)
{
	size_t to;

	for (to = 0; to < count; to++) {
		bool swap = to == i + 1, end = to == 0 || to == count - 1;

		if (to != i && to + 1 != i && (swap || end || count <= ALL_PLACES))
			changes_add(changes, swap || end ? TIER_SOMETIMES : TIER_RARELY, CHANGE_MOVED, i, to);
	}
}

static void add_orders(struct changes *changes, size_t count)
{
	uint64_t order;
	size_t i;

	if (count < 2)
		return;
	changes_add(changes, TIER_OFTEN, CHANGE_ORDER, 0, ORDER_RISING);
	changes_add(changes, TIER_SOMETIMES, CHANGE_ORDER, 0, ORDER_FALLING);
	changes_add(changes, TIER_OFTEN, CHANGE_ORDER, 0, ORDER_REVERSE);
	for (order = 1; count > 2 && count <= ALL_ORDERS && order < factorial(count); order++)
		changes_add(changes, count > 3 ? TIER_SOMETIMES : TIER_OFTEN, CHANGE_ORDER, 0, ORDER_FIRST + order);
	for (i = 0; count > ALL_ORDERS && i < count && i < EXPLAIN_LOADS; i++)
		add_places(changes, i, count);
}

/* ---- the list ---- */

static void add_measured(struct changes *changes, const struct realm_plan *plan)
{
	size_t i, measured = 0;

	for (i = 0; i < plan->num_loads; i++)
		measured += !(plan->loads[i].flags & REALM_LOAD_UNMEASURED);
	if (plan->num_loads - measured > 1)
		changes_add(changes, TIER_OFTEN, CHANGE_ALL_MEASURED, 0, 1);
	if (measured > 1)
		changes_add(changes, TIER_OFTEN, CHANGE_ALL_MEASURED, 0, 0);
}

void changes_of_loads(struct changes *changes, const struct explain *ex, const struct variant *variant)
{
	const struct realm_plan *plan = &variant->plan;
	size_t i;

	for (i = 0; i < plan->num_loads && i < EXPLAIN_LOADS; i++) {
		size_t origin = variant->origins[i];

		if (origin == ADDED)
			continue;
		changes_add(changes, TIER_OFTEN, CHANGE_MEASURED, i,
			    (plan->loads[i].flags & REALM_LOAD_UNMEASURED) != 0);
		changes_add(changes, TIER_OFTEN, CHANGE_LEFT_OUT, i, 0);
		add_sizes(changes, plan, i, &ex->contents[origin]);
		if (plan->num_loads <= ALL_PLACES)
			add_addresses(changes, plan, i, &ex->contents[origin]);
	}
	add_measured(changes, plan);
	add_orders(changes, plan->num_loads);
}

/* ---- carrying them out ---- */

static void set_measured(struct load *load, bool on)
{
	load->flags = on ? load->flags & ~REALM_LOAD_UNMEASURED : load->flags | REALM_LOAD_UNMEASURED;
}

/* Insertion keeps it simple; origins move along. */
static void sort_loads(struct variant *variant)
{
	const struct load *loads = variant->plan.loads;
	size_t i, to;

	for (i = 1; i < variant->plan.num_loads; i++) {
		for (to = i; to && loads[to - 1].at > loads[i].at; to--)
			;
		variant_move_load(variant, i, to);
	}
}

/* The order of this number: its digits in the factorial system say which load of those left comes next. */
static void number_order(struct variant *variant, uint64_t number)
{
	size_t count = variant->plan.num_loads, i;

	for (i = 0; i + 1 < count; i++) {
		uint64_t rest = factorial(count - 1 - i);

		variant_move_load(variant, i + (size_t)(number / rest), i);
		number %= rest;
	}
}

static void order_loads(struct variant *variant, uint64_t order)
{
	size_t i;

	if (order >= ORDER_FIRST)
		number_order(variant, order - ORDER_FIRST);
	if (order == ORDER_RISING || order == ORDER_FALLING)
		sort_loads(variant);
	if (order == ORDER_FALLING || order == ORDER_REVERSE)
		for (i = 1; i < variant->plan.num_loads; i++)
			variant_move_load(variant, i, 0);
}

static void move_to_address(struct realm_plan *plan, size_t i, uint64_t to)
{
	uint64_t from = plan->loads[i].at;
	size_t rec, reg;

	plan->loads[i].at = to;
	for (rec = 0; rec < plan->num_recs; rec++) {
		if (plan->recs[rec].pc == from)
			plan->recs[rec].pc = to;
		for (reg = 0; reg < REALM_REC_GPRS; reg++)
			if (plan->recs[rec].gprs[reg] == from)
				plan->recs[rec].gprs[reg] = to;
	}
}

int change_load(const struct change *change, struct variant *variant)
{
	struct realm_plan *plan = &variant->plan;
	size_t i = change->index;

	switch (change->kind) {
	case CHANGE_ALL_MEASURED:
		for (i = 0; i < plan->num_loads; i++)
			set_measured(&plan->loads[i], change->value);
		return 0;
	case CHANGE_ORDER:
		order_loads(variant, change->value);
		return 0;
	case CHANGE_MEASURED:
		set_measured(&plan->loads[i], change->value);
		return 0;
	case CHANGE_LEFT_OUT:
		variant_drop_load(variant, i);
		return 0;
	case CHANGE_SIZE:
		plan->loads[i].size = plan->loads[i].length = change->value;
		return 0;
	case CHANGE_ZEROS:
		return variant_add_zero(variant, i, load_top(plan, &plan->loads[i]), change->value);
	case CHANGE_MOVED:
		variant_move_load(variant, i, (size_t)change->value);
		return 0;
	default: /* CHANGE_ADDRESS */
		move_to_address(plan, i, change->value);
		return 0;
	}
}
