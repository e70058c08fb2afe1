/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * memory.c - the physical memory of the host: a bank of the kernel's pages, and a window for pages of this process
 *
 * Pages that nobody has are zero: fresh ones by mmap(), others because sim_pages_free() clears them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sim.h"

#define UNIT 4096	/* what has an owner */
#define TRIM_BYTES (UINT64_C(16) << 20)	/* less is kept for the next who wants some */
#define HUGE_PAGE (UINT64_C(2) << 20)

static uint64_t align_up(uint64_t value, uint64_t unit)
{
	return (value + unit - 1) & ~(unit - 1);
}

/* ---- stacks ---- */

static bool push(struct sim_stack *stack, uint64_t value)
{
	if (stack->count == stack->max) {
		size_t max = stack->max ? 2 * stack->max : 64;
		uint64_t *values = realloc(stack->values, max * sizeof(*values));

		if (!values)
			return false;
		stack->values = values;
		stack->max = max;
	}
	stack->values[stack->count++] = value;
	return true;
}

/* ---- making and freeing ---- */

/* Memory that is zero, and takes none of this machine's until it is touched */
static void *reserve(uint64_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

static uint64_t num_units(const struct sim_memory *memory)
{
	return (memory->window + SIM_WINDOW_SIZE - memory->base) / UNIT;
}

int sim_memory_init(struct sim_memory *memory, uint64_t size, uint32_t page_size)
{
	memory->page_size = page_size;
	memory->base = SIM_BANK_BASE;
	memory->size = size;
	memory->window = align_up(memory->base + size, UINT64_C(1) << 30);
	memory->fresh = memory->base;
	memory->bytes = reserve(size);
	memory->owner = reserve(num_units(memory));
	memory->views = reserve(SIM_WINDOW_SIZE / page_size * sizeof(*memory->views));
	if (!memory->bytes || !memory->owner || !memory->views) {
		sim_memory_free(memory);
		return -ENOMEM;
	}
	/* Populating touches page after page; that the machine may refuse is no harm. */
	madvise(memory->bytes, size, MADV_HUGEPAGE);
	return 0;
}

static void unreserve(void *memory, uint64_t size)
{
	if (memory)
		munmap(memory, size);
}

void sim_memory_free(struct sim_memory *memory)
{
	unreserve(memory->bytes, memory->size);
	unreserve(memory->owner, num_units(memory));
	unreserve(memory->views, SIM_WINDOW_SIZE / memory->page_size * sizeof(*memory->views));
	for (unsigned i = 0; i < SIM_ORDERS; i++)
		free(memory->free[i].values);
	free(memory->free_views.values);
	memset(memory, 0, sizeof(*memory));
}

/* ---- pages of the bank ---- */

static unsigned order_of(unsigned count)
{
	unsigned order = 0;

	while (1u << order < count)
		order++;
	return order;
}

static bool in_bank(const struct sim_memory *memory, uint64_t pa, size_t size)
{
	return pa >= memory->base && size <= memory->size && pa - memory->base <= memory->size - size;
}

static uint8_t *bytes_at(const struct sim_memory *memory, uint64_t pa)
{
	return memory->bytes + (pa - memory->base);
}

/*
 * Puts a block of a power of two back, or each of its pages when it is not aligned. What a stack has no room for is not
 * used again.
 */
static void give(struct sim_memory *memory, uint64_t pa, unsigned count)
{
	unsigned order = order_of(count);

	if (order < SIM_ORDERS && 1u << order == count && pa % ((uint64_t)count * memory->page_size) == 0) {
		push(&memory->free[order], pa);
		return;
	}
	for (unsigned i = 0; i < count; i++)
		push(&memory->free[0], pa + (uint64_t)i * memory->page_size);
}

static uint64_t take_fresh(struct sim_memory *memory, unsigned order)
{
	uint64_t block = (uint64_t)memory->page_size << order;
	uint64_t pa = align_up(memory->fresh, block);

	if (pa + block > memory->base + memory->size)
		return 0;
	while (memory->fresh < pa) {
		give(memory, memory->fresh, 1);
		memory->fresh += memory->page_size;
	}
	memory->fresh = pa + block;
	return pa;
}

/* 0: nothing that large is left */
static uint64_t take(struct sim_memory *memory, unsigned count, unsigned order)
{
	struct sim_stack *stack = &memory->free[order];
	uint64_t pa = stack->count ? stack->values[--stack->count] : take_fresh(memory, order);

	if (pa) {
		memory->used += count;
		for (unsigned i = count; i < 1u << order; i++)
			give(memory, pa + (uint64_t)i * memory->page_size, 1);
	}
	return pa;
}

uint64_t sim_pages_alloc(struct realm_sim *sim, unsigned count, unsigned align)
{
	unsigned order = order_of(count > align ? count : align);
	struct realm_sim_fault fault;
	uint64_t pa;

	if (order >= SIM_ORDERS || sim_fault_hits(sim, REALM_SIM_MEMORY, 0, &fault))
		return 0;
	pthread_mutex_lock(&sim->memory_lock);
	pa = take(&sim->memory, count, order);
	pthread_mutex_unlock(&sim->memory_lock);
	return pa;
}

void sim_pages_free(struct realm_sim *sim, uint64_t pa, unsigned count)
{
	struct sim_memory *memory = &sim->memory;

	if (!in_bank(memory, pa, (size_t)count * memory->page_size))	/* said by a fault on demand */
		return;
	memset(bytes_at(memory, pa), 0, (size_t)count * memory->page_size);
	pthread_mutex_lock(&sim->memory_lock);
	give(memory, pa, count);
	memory->used -= count;
	memory->freed += count;
	pthread_mutex_unlock(&sim->memory_lock);
}

static int compare_down(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return left < right ? 1 : left > right ? -1 : 0;
}

/* Sorted, so that neighbours go in one call, and so that they are taken again in the order of their addresses */
static void trim(struct sim_memory *memory, struct sim_stack *stack)
{
	size_t first = 0;

	qsort(stack->values, stack->count, sizeof(*stack->values), compare_down);
	for (size_t i = 1; i <= stack->count; i++) {
		uint64_t size = (i - first) * memory->page_size;

		if (i < stack->count && stack->values[i] == stack->values[i - 1] - memory->page_size)
			continue;
		if (size >= HUGE_PAGE)
			madvise(bytes_at(memory, stack->values[i - 1]), size, MADV_DONTNEED);
		first = i;
	}
}

/* Not before there is much more of it than last time, since all that is free is sorted. */
void sim_memory_trim(struct realm_sim *sim)
{
	struct sim_memory *memory = &sim->memory;

	pthread_mutex_lock(&sim->memory_lock);
	if (memory->freed * memory->page_size >= TRIM_BYTES && memory->freed >= memory->free[0].count / 4) {
		trim(memory, &memory->free[0]);
		memory->freed = 0;
	}
	pthread_mutex_unlock(&sim->memory_lock);
}

/* ---- the window ---- */

uint64_t sim_window_open(struct realm_sim *sim, void *page)
{
	struct sim_memory *memory = &sim->memory;
	struct sim_stack *stack = &memory->free_views;
	uint64_t index = SIM_WINDOW_SIZE / memory->page_size;
	bool found = true;

	pthread_mutex_lock(&sim->memory_lock);
	if (stack->count)
		index = stack->values[--stack->count];
	else if (memory->fresh_view < index)
		index = memory->fresh_view++;
	else
		found = false;
	if (found) {
		memory->views[index] = page;
		memory->window_used++;
	}
	pthread_mutex_unlock(&sim->memory_lock);
	return found ? memory->window + index * memory->page_size : 0;
}

void sim_window_turn(struct realm_sim *sim, uint64_t pa, void *page)
{
	sim->memory.views[(pa - sim->memory.window) / sim->memory.page_size] = page;
}

void sim_window_close(struct realm_sim *sim, uint64_t pa)
{
	struct sim_memory *memory = &sim->memory;
	uint64_t index = (pa - memory->window) / memory->page_size;

	pthread_mutex_lock(&sim->memory_lock);
	memory->views[index] = NULL;
	memory->window_used--;
	push(&memory->free_views, index);
	pthread_mutex_unlock(&sim->memory_lock);
}

/* mincore() fails for what is not mapped; what it tells of the rest does not matter here. */
bool sim_user_mapped(const void *start, size_t size)
{
	unsigned char told[4096];
	const size_t page = (size_t)sysconf(_SC_PAGESIZE), most = sizeof(told) * page;
	uintptr_t at = (uintptr_t)start & ~(page - 1), end = (uintptr_t)start + size;

	for (; at < end; at += most) {
		size_t part = end - at < most ? end - at : most;

		if (mincore((void *)at, part, told))
			return false;
	}
	return end >= (uintptr_t)start;
}

/* ---- physical addresses ---- */

void *sim_memory_at(struct realm_sim *sim, uint64_t pa, size_t size)
{
	const struct sim_memory *memory = &sim->memory;
	uint64_t at = pa - memory->window, inside = at % memory->page_size;

	if (in_bank(memory, pa, size))
		return bytes_at(memory, pa);
	if (pa < memory->window || at >= SIM_WINDOW_SIZE || inside + size > memory->page_size)
		return NULL;
	return memory->views[at / memory->page_size] ? memory->views[at / memory->page_size] + inside : NULL;
}

static uint8_t *owner_at(const struct sim_memory *memory, uint64_t pa)
{
	uint64_t unit = (pa - memory->base) / UNIT;

	return pa >= memory->base && unit < num_units(memory) ? &memory->owner[unit] : NULL;
}

enum sim_owner sim_owner_of(const struct realm_sim *sim, uint64_t pa)
{
	const uint8_t *owner = owner_at(&sim->memory, pa);

	return owner ? (enum sim_owner)*owner : SIM_OWNER_NS;
}

bool sim_owner_set(struct realm_sim *sim, uint64_t pa, size_t size, enum sim_owner owner)
{
	uint8_t *owners = owner_at(&sim->memory, pa);

	for (size_t i = 0; i < size / UNIT; i++)
		if (owners[i] == owner)
			return false;
	memset(owners, (int)owner, size / UNIT);
	return true;
}
