/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* trace-tables.c - which translation tables a realm has, by the calls that made and ended them */
#include <stdlib.h>

#include "trace.h"

#define PAGE_SHIFT 12 /* RMM 1.0 has granules of 4 KiB alone */
#define LEVEL_BITS 9
#define LAST_LEVEL 3

static uint64_t entry_bytes(int level)
{
	return UINT64_C(1) << (PAGE_SHIFT + LEVEL_BITS * (LAST_LEVEL - level));
}

/* A table of a level covers one entry of the level above; no start level has a table above it.  Never 0. */
static uint64_t key_of(uint64_t ipa, int level)
{
	return (ipa & ~(entry_bytes(level - 1) - 1)) | (unsigned int)(level + 1);
}

static size_t size_of(const struct trace_tables *tables)
{
	return tables->slots ? (size_t)1 << tables->bits : 0;
}

/* The top of the product depends on all bits of the key. */
static size_t home_of(const struct trace_tables *tables, uint64_t key)
{
	return (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> (64 - tables->bits));
}

static size_t next_slot(const struct trace_tables *tables, size_t i)
{
	return (i + 1) & (size_of(tables) - 1);
}

/* Slot of the key, or the free one where it belongs */
static size_t find(const struct trace_tables *tables, uint64_t key)
{
	size_t i = home_of(tables, key);

	while (tables->slots[i] && tables->slots[i] != key)
		i = next_slot(tables, i);
	return i;
}

static bool is_there(const struct trace_tables *tables, uint64_t key)
{
	return tables->count && tables->slots[find(tables, key)];
}

/* Half of the slots stay free. */
static int make_room(struct trace_tables *tables)
{
	struct trace_tables larger = { .bits = tables->slots ? tables->bits + 1 : 6 };
	size_t i;

	if (2 * tables->count < size_of(tables))
		return 0;
	larger.slots = calloc((size_t)1 << larger.bits, sizeof(*larger.slots));
	if (!larger.slots)
		return -ENOMEM;
	for (i = 0; i < size_of(tables); i++)
		if (tables->slots[i])
			larger.slots[find(&larger, tables->slots[i])] = tables->slots[i];
	free(tables->slots);
	tables->slots = larger.slots;
	tables->bits = larger.bits;
	return 0;
}

int trace_tables_add(struct trace_tables *tables, uint64_t ipa, int level)
{
	uint64_t key = key_of(ipa, level);

	if (is_there(tables, key))
		return 0;
	if (make_room(tables))
		return -ENOMEM;
	tables->slots[find(tables, key)] = key;
	tables->count++;
	return 0;
}

/* Keys behind the one that goes move up, where the search for them would end at the slot that it leaves. */
void trace_tables_remove(struct trace_tables *tables, uint64_t ipa, int level)
{
	uint64_t key = key_of(ipa, level);
	size_t mask = size_of(tables) - 1, hole, i;

	if (!is_there(tables, key))
		return;
	hole = find(tables, key);
	for (i = next_slot(tables, hole); tables->slots[i]; i = next_slot(tables, i)) {
		size_t home = home_of(tables, tables->slots[i]);

		if (((i - home) & mask) < ((i - hole) & mask))
			continue;
		tables->slots[hole] = tables->slots[i];
		hole = i;
	}
	tables->slots[hole] = 0;
	tables->count--;
}

uint64_t trace_tables_entry(const struct trace_tables *tables, uint64_t ipa)
{
	int level = tables->start_level;

	while (level < LAST_LEVEL && is_there(tables, key_of(ipa, level + 1)))
		level++;
	return entry_bytes(level);
}

void trace_tables_free(struct trace_tables *tables)
{
	free(tables->slots);
}
