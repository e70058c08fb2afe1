/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* dtb-check.c - device trees among the loads: are they whole, reproducible, and of this plan? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#include "image.h"

/* That of all device trees since 2007; fdt_check_full() of libfdt 1.6.1 can crash on older ones. */
#define DTB_VERSION 17

/* A device tree that a warning is about. */
struct tree {
	const struct realm_plan *plan;
	const void *fdt;
	const char *where; /* JSON path of its load */
};

static void warn(const struct tree *tree, const char *message)
{
	realm_log(tree->plan->ctx, REALM_LOG_WARNING, tree->where, "%s", message);
}

bool dtb_has_magic(const uint8_t *head)
{
	return !memcmp(head, "\xd0\x0d\xfe\xed", 4);
}

const char *dtb_fault(const void *dtb, size_t len)
{
	size_t total;

	if (len < 4 || !dtb_has_magic(dtb))
		return "no device tree starts here";
	if (len < sizeof(struct fdt_header))
		return "it is cut off in its header";
	total = fdt_totalsize(dtb);
	if (total > DTB_MAX)
		return "its header says that it is larger than 2 MiB, the most that Linux takes";
	if (total > len)
		return "it is cut off: its header says that it is longer";
	if (fdt_version(dtb) < DTB_VERSION)
		return "its format is older than version 17";
	return fdt_check_full(dtb, total) ? "its header or structure is malformed" : NULL;
}

static void check_seeds(const struct tree *tree)
{
	static const char *const seeds[] = { "kaslr-seed", "rng-seed" };
	int chosen = fdt_path_offset(tree->fdt, "/chosen");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(seeds); i++)
		if (fdt_getprop(tree->fdt, chosen, seeds[i], NULL))
			realm_log(tree->plan->ctx, REALM_LOG_WARNING, tree->where,
				  "the device tree carries /chosen/%s: if the VMM draws another at each start, the RIM "
				  "cannot be reproduced; turn it off or fix it there",
				  seeds[i]);
}

static void check_cpus(const struct tree *tree)
{
	size_t count = 0;
	int cpus = fdt_path_offset(tree->fdt, "/cpus");
	int node;

	if (cpus < 0) {
		warn(tree, "the device tree has no /cpus");
		return;
	}
	for (node = fdt_first_subnode(tree->fdt, cpus); node >= 0; node = fdt_next_subnode(tree->fdt, node)) {
		int len;
		const char *type = fdt_getprop(tree->fdt, node, "device_type", &len);

		count += type && len == 4 && !memcmp(type, "cpu", 4);
	}
	if (count != tree->plan->num_recs)
		realm_log(tree->plan->ctx, REALM_LOG_WARNING, tree->where,
			  "the device tree has %zu CPUs, the plan %zu RECs", count, tree->plan->num_recs);
}

/* ---- memory ---- */

/* An array of address and size pairs, the "reg" of a memory node. */
struct reg {
	const fdt32_t *cells;
	int pairs;
	int address_cells;
	int size_cells;
};

static uint64_t take_cells(const fdt32_t *cells, int count)
{
	return count == 2 ? fdt64_ld((const fdt64_t *)cells) : fdt32_ld(cells);
}

static struct ram reg_pair(const struct reg *reg, int index)
{
	const fdt32_t *pair = reg->cells + index * (reg->address_cells + reg->size_cells);

	return (struct ram){
		.base = take_cells(pair, reg->address_cells),
		.size = take_cells(pair + reg->address_cells, reg->size_cells),
	};
}

static int next_memory(const void *fdt, int node)
{
	return fdt_node_offset_by_prop_value(fdt, node, "device_type", "memory", sizeof("memory"));
}

static bool memory_reg(const void *fdt, int node, struct reg *reg)
{
	int len;

	reg->address_cells = fdt_address_cells(fdt, 0);
	reg->size_cells = fdt_size_cells(fdt, 0);
	reg->cells = fdt_getprop(fdt, node, "reg", &len);
	if (!reg->cells || reg->address_cells < 1 || reg->address_cells > 2 || reg->size_cells < 1 ||
	    reg->size_cells > 2)
		return false;
	reg->pairs = len / 4 / (reg->address_cells + reg->size_cells);
	return true;
}

/* Bytes that two ranges have in common; neither wraps. */
static uint64_t common_bytes(const struct ram *a, const struct ram *b)
{
	uint64_t base = a->base > b->base ? a->base : b->base;
	uint64_t a_top = a->base + a->size, b_top = b->base + b->size;
	uint64_t top = a_top < b_top ? a_top : b_top;

	return top > base ? top - base : 0;
}

static uint64_t bytes_in_plan(const struct realm_plan *plan, const struct ram *memory)
{
	uint64_t sum = 0;
	size_t i;

	if (memory->base + memory->size < memory->base)
		return 0;
	for (i = 0; i < plan->num_rams; i++)
		sum += common_bytes(&plan->rams[i], memory);
	return sum;
}

static uint64_t bytes_in_region(const void *fdt, const struct ram *ram)
{
	uint64_t sum = 0;
	struct reg reg;
	int node, i;

	for (node = next_memory(fdt, -1); node >= 0; node = next_memory(fdt, node)) {
		for (i = memory_reg(fdt, node, &reg) ? reg.pairs : 0; i > 0; i--) {
			struct ram memory = reg_pair(&reg, i - 1);

			if (memory.base + memory.size >= memory.base)
				sum += common_bytes(ram, &memory);
		}
	}
	return sum;
}

/* Each range of a memory node must be RAM of the plan; false after a warning. */
static bool check_memory_node(const struct tree *tree, int node)
{
	struct reg reg;
	int i;

	if (!memory_reg(tree->fdt, node, &reg)) {
		warn(tree, "the device tree has a memory node without a readable reg");
		return false;
	}
	for (i = 0; i < reg.pairs; i++) {
		struct ram memory = reg_pair(&reg, i);

		if (bytes_in_plan(tree->plan, &memory) == memory.size)
			continue;
		realm_log(tree->plan->ctx, REALM_LOG_WARNING, tree->where,
			  "the device tree has memory at 0x%llx of 0x%llx bytes, which is not all RAM of the plan",
			  (unsigned long long)memory.base, (unsigned long long)memory.size);
		return false;
	}
	return true;
}

/* RAM that the guest is not told of is wasted, unless the realm starts in it: then it holds a firmware. */
static bool check_region(const struct tree *tree, size_t index)
{
	const struct ram *ram = &tree->plan->rams[index];
	uint64_t told = bytes_in_region(tree->fdt, ram);

	if (told == ram->size || (!told && tree->plan->recs[0].pc - ram->base < ram->size))
		return true;
	realm_log(tree->plan->ctx, REALM_LOG_WARNING, tree->where,
		  "the device tree has 0x%llx bytes of memory in $.ram[%zu], which has 0x%llx",
		  (unsigned long long)told, index, (unsigned long long)ram->size);
	return false;
}

/* The first disagreement is enough: others tend to follow from it. */
static void check_memory(const struct tree *tree)
{
	int node = next_memory(tree->fdt, -1);
	size_t i;

	if (node < 0) {
		warn(tree, "the device tree has no memory node");
		return;
	}
	for (; node >= 0; node = next_memory(tree->fdt, node))
		if (!check_memory_node(tree, node))
			return;
	for (i = 0; i < tree->plan->num_rams; i++)
		if (!check_region(tree, i))
			return;
}

/* ---- initrd ---- */

/* Linux takes the bounds in one or two cells (drivers/of/fdt.c). */
static bool chosen_address(const void *fdt, const char *name, uint64_t *addressp)
{
	int len;
	const fdt32_t *cells = fdt_getprop(fdt, fdt_path_offset(fdt, "/chosen"), name, &len);

	if (!cells || (len != 4 && len != 8))
		return false;
	*addressp = take_cells(cells, len / 4);
	return true;
}

static const struct load *load_at(const struct realm_plan *plan, uint64_t at)
{
	size_t i;

	for (i = 0; i < plan->num_loads; i++)
		if (plan->loads[i].at == at)
			return &plan->loads[i];
	return NULL;
}

static bool plan_has_initrd(const struct realm_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->num_loads; i++)
		if (plan->loads[i].name && !strcmp(plan->loads[i].name, "initrd"))
			return true;
	return false;
}

static void check_initrd(const struct tree *tree)
{
	const struct load *load;
	uint64_t start, end;

	if (!chosen_address(tree->fdt, "linux,initrd-start", &start) ||
	    !chosen_address(tree->fdt, "linux,initrd-end", &end)) {
		if (plan_has_initrd(tree->plan))
			warn(tree, "the device tree does not say where the initrd is");
		return;
	}
	load = load_at(tree->plan, start);
	if (!load)
		realm_log(tree->plan->ctx, REALM_LOG_WARNING, tree->where,
			  "the device tree has the initrd at 0x%llx, where no load begins", (unsigned long long)start);
	else if (end - start != load->length)
		realm_log(tree->plan->ctx, REALM_LOG_WARNING, tree->where,
			  "the device tree says that the initrd at 0x%llx has %lld bytes, the load there has %llu",
			  (unsigned long long)start, (long long)(end - start), (unsigned long long)load->length);
}

/* ---- loads ---- */

/* A realm that is handed a broken device tree cannot start; anywhere else it may be meant. */
static int report_fault(struct realm_plan *plan, const struct load *load, const char *where, const char *fault)
{
	if (plan->recs[0].gprs[0] == load->at)
		return realm_fail(plan->ctx, EBADMSG, where, "make the device tree again",
				  "the device tree that the first REC is given is unusable: %s", fault);
	realm_log(plan->ctx, REALM_LOG_WARNING, where, "starts like a device tree, but is none: %s", fault);
	return 0;
}

static void check_tree(const struct tree *tree)
{
	check_seeds(tree);
	check_cpus(tree);
	check_memory(tree);
	check_initrd(tree);
}

int dtb_check_load(struct realm_plan *plan, size_t index, const struct source *src, const uint8_t *head)
{
	const struct load *load = &plan->loads[index];
	size_t len = load->length < DTB_MAX ? load->length : DTB_MAX;
	size_t start = len < IMAGE_HEAD ? len : IMAGE_HEAD;
	uint8_t *dtb = malloc(len);
	const char *fault;
	char where[32];
	int err;

	if (!dtb)
		return realm_fail_nomem(plan->ctx);
	snprintf(where, sizeof(where), "$.load[%zu]", index);
	memcpy(dtb, head, start);
	err = source_read(src, start, dtb + start, len - start);
	if (err) {
		free(dtb);
		return realm_fail(plan->ctx, -err, where, NULL, "its bytes cannot be read");
	}
	fault = dtb_fault(dtb, len);
	if (fault)
		err = report_fault(plan, load, where, fault);
	else
		check_tree(&(struct tree){ .plan = plan, .fdt = dtb, .where = where });
	free(dtb);
	return err;
}
