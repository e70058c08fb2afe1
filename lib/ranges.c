/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* ranges.c - sets of addresses, as sorted ranges */
#include <stdlib.h>
#include <string.h>

#include "kvm.h"

/* Index of the first range that ends at or above addr */
static size_t find(const struct ranges *ranges, uint64_t addr)
{
	size_t low = 0, high = ranges->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (ranges->list[mid].top >= addr)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

bool ranges_overlap(const struct ranges *ranges, uint64_t base, uint64_t top)
{
	size_t i = find(ranges, base + 1);

	return i < ranges->count && ranges->list[i].base < top;
}

int ranges_reserve(struct ranges *ranges)
{
	size_t max = ranges->max ? 2 * ranges->max : 16;
	struct range *list;

	if (ranges->count < ranges->max)
		return 0;
	list = realloc(ranges->list, max * sizeof(*list));
	if (!list)
		return -ENOMEM;
	ranges->list = list;
	ranges->max = max;
	return 0;
}

/* Put count ranges in the place of those from first to last - 1. */
static void replace(struct ranges *ranges, size_t first, size_t last, const struct range *with, size_t count)
{
	memmove(ranges->list + first + count, ranges->list + last, (ranges->count - last) * sizeof(*ranges->list));
	if (count)
		memcpy(ranges->list + first, with, count * sizeof(*with));
	ranges->count = ranges->count - (last - first) + count;
}

int ranges_add(struct ranges *ranges, uint64_t base, uint64_t top)
{
	struct range sum = { base, top };
	size_t first = find(ranges, base), last = first;

	if (ranges_reserve(ranges))
		return -ENOMEM;
	for (; last < ranges->count && ranges->list[last].base <= top; last++) {
		if (ranges->list[last].base < sum.base)
			sum.base = ranges->list[last].base;
		if (ranges->list[last].top > sum.top)
			sum.top = ranges->list[last].top;
	}
	replace(ranges, first, last, &sum, 1);
	return 0;
}

int ranges_remove(struct ranges *ranges, uint64_t base, uint64_t top)
{
	size_t first = find(ranges, base + 1), last = first, count = 0;
	struct range rest[2];

	if (ranges_reserve(ranges))
		return -ENOMEM;
	for (; last < ranges->count && ranges->list[last].base < top; last++) {
		if (ranges->list[last].base < base)
			rest[count++] = (struct range){ ranges->list[last].base, base };
		if (ranges->list[last].top > top)
			rest[count++] = (struct range){ top, ranges->list[last].top };
	}
	replace(ranges, first, last, rest, count);
	return 0;
}

bool ranges_next(const struct ranges *ranges, bool in, uint64_t base, uint64_t top, struct range *part)
{
	size_t i = find(ranges, base + 1);
	bool inside = i < ranges->count && ranges->list[i].base <= base;

	if (inside != in) { /* on to where it changes */
		base = inside ? ranges->list[i].top : i < ranges->count ? ranges->list[i].base : top;
		if (inside)
			i++;
	}
	if (base >= top)
		return false;
	part->base = base;
	part->top = in ? ranges->list[i].top : i < ranges->count ? ranges->list[i].base : top;
	if (part->top > top)
		part->top = top;
	return true;
}
