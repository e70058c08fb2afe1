/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* intervals.c - a set of addresses: intervals that are sorted, apart and not touching */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sim.h"

/* The first interval that does not end before base; touching ones do not, when something is to be joined to them */
static size_t first_from(const struct sim_intervals *intervals, uint64_t base, bool touching)
{
	size_t low = 0, high = intervals->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint64_t top = intervals->list[middle].top;

		if (top < base || (top == base && !touching))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Puts num new intervals in the place of those from first to end. */
static int replace(struct sim_intervals *intervals, size_t first, size_t end, const struct sim_interval *new,
		   size_t num)
{
	size_t count = intervals->count - (end - first) + num;

	if (count > intervals->max) {
		size_t max = 2 * count;
		struct sim_interval *list = realloc(intervals->list, max * sizeof(*list));

		if (!list)
			return -ENOMEM;
		intervals->list = list;
		intervals->max = max;
	}
	if (intervals->count > end)
		memmove(&intervals->list[first + num], &intervals->list[end],
			(intervals->count - end) * sizeof(*intervals->list));
	for (size_t i = 0; i < num; i++)
		intervals->list[first + i] = new[i];
	intervals->count = count;
	return 0;
}

static int add(struct sim_intervals *intervals, uint64_t base, uint64_t top)
{
	size_t first = first_from(intervals, base, true), end = first;
	struct sim_interval joined = { base, top };

	for (; end < intervals->count && intervals->list[end].base <= top; end++) {
		const struct sim_interval *old = &intervals->list[end];

		if (old->base < joined.base)
			joined.base = old->base;
		if (old->top > joined.top)
			joined.top = old->top;
	}
	return replace(intervals, first, end, &joined, 1);
}

static int take_out(struct sim_intervals *intervals, uint64_t base, uint64_t top)
{
	size_t first = first_from(intervals, base, false), end = first, num = 0;
	struct sim_interval rest[2];

	while (end < intervals->count && intervals->list[end].base < top)
		end++;
	if (end == first)
		return 0;
	if (intervals->list[first].base < base)
		rest[num++] = (struct sim_interval){ intervals->list[first].base, base };
	if (intervals->list[end - 1].top > top)
		rest[num++] = (struct sim_interval){ top, intervals->list[end - 1].top };
	return replace(intervals, first, end, rest, num);
}

int sim_intervals_set(struct sim_intervals *intervals, uint64_t base, uint64_t top, bool on)
{
	return on ? add(intervals, base, top) : take_out(intervals, base, top);
}

bool sim_intervals_has(const struct sim_intervals *intervals, uint64_t base, uint64_t top)
{
	size_t first = first_from(intervals, base, false);

	return first < intervals->count && intervals->list[first].base <= base && intervals->list[first].top >= top;
}
