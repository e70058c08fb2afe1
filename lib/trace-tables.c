/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* trace-tables.c - which translation tables a realm has, by the calls that made and ended them */
#include <stdlib.h>
#include <string.h>

#include "trace.h"

#define PAGE_SHIFT 12 /* RMM 1.0 has granules of 4 KiB alone */
#define LEVEL_BITS 9
#define LAST_LEVEL 3

static uint64_t entry_bytes(int level)
{
	return UINT64_C(1) << (PAGE_SHIFT + LEVEL_BITS * (LAST_LEVEL - level));
}

/* A table of a level covers one entry of the level above; no start level has a table above it. */
static uint64_t key_of(uint64_t ipa, int level)
{
	return (ipa & ~(entry_bytes(level - 1) - 1)) | (unsigned int)level;
}

/* Index of the key, or where it belongs */
static size_t find(const struct trace_tables *tables, uint64_t key)
{
	size_t low = 0, high = tables->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (tables->list[mid] < key)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool is_there(const struct trace_tables *tables, size_t i, uint64_t key)
{
	return i < tables->count && tables->list[i] == key;
}

static int make_room(struct trace_tables *tables)
{
	size_t max = tables->max ? 2 * tables->max : 64;
	uint64_t *list;

	if (tables->count < tables->max)
		return 0;
	list = realloc(tables->list, max * sizeof(*list));
	if (!list)
		return -ENOMEM;
	tables->list = list;
	tables->max = max;
	return 0;
}

int trace_tables_add(struct trace_tables *tables, uint64_t ipa, int level)
{
	uint64_t key = key_of(ipa, level);
	size_t i = find(tables, key);

	if (is_there(tables, i, key))
		return 0;
	if (make_room(tables))
		return -ENOMEM;
	memmove(tables->list + i + 1, tables->list + i, (tables->count - i) * sizeof(*tables->list));
	tables->list[i] = key;
	tables->count++;
	return 0;
}

void trace_tables_remove(struct trace_tables *tables, uint64_t ipa, int level)
{
	uint64_t key = key_of(ipa, level);
	size_t i = find(tables, key);

	if (!is_there(tables, i, key))
		return;
	tables->count--;
	memmove(tables->list + i, tables->list + i + 1, (tables->count - i) * sizeof(*tables->list));
}

uint64_t trace_tables_entry(const struct trace_tables *tables, uint64_t ipa)
{
	int level = tables->start_level;

	while (level < LAST_LEVEL) {
		uint64_t key = key_of(ipa, level + 1);

		if (!is_there(tables, find(tables, key), key))
			break;
		level++;
	}
	return entry_bytes(level);
}

void trace_tables_free(struct trace_tables *tables)
{
	free(tables->list);
}
