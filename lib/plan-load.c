/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* plan-load.c - the loads of a plan: bytes of many sources, put into RAM in order */
#include <stdlib.h>
#include <string.h>

#include "plan.h"

void load_free(struct load *load)
{
	free(load->name);
	free(load->file);
	free(load->data);
}

const char *load_source_key(const struct load *load)
{
	switch (load->kind) {
	case REALM_LOAD_FILE:
		return "file";
	case REALM_LOAD_MEMORY:
		return "hex";
	case REALM_LOAD_ZERO:
		return "zero";
	case REALM_LOAD_FD:
	case REALM_LOAD_CALLBACK:
		break;
	}
	return NULL;
}

static int fail_load(const struct realm_plan *plan, const char *key, const char *why)
{
	return fail_item(plan, EINVAL, "load", plan->num_loads, key, "%s", why);
}

/* The caller's options, judged for this kind of load. */
static int apply_opts(const struct realm_plan *plan, struct load *load, const struct realm_load_opts *opts)
{
	struct realm_load_opts known = { .sz = sizeof(known) };
	bool is_file = load->kind == REALM_LOAD_FILE || load->kind == REALM_LOAD_FD;
	int err = realm_read_opts(plan->ctx, "realm_load_opts", &known, sizeof(known), opts);

	if (err)
		return err;
	if (known.flags & ~REALM_LOAD_UNMEASURED)
		return realm_fail(plan->ctx, EINVAL, "realm_load_opts", NULL, "unknown flags 0x%lx",
				  (unsigned long)known.flags);
	if (known.offset && !is_file)
		return fail_load(plan, "offset", "only a file has an offset");
	if (known.size && !is_file && load->kind != REALM_LOAD_CALLBACK)
		return fail_load(plan, "size", "the size is given twice");
	if (is_file || load->kind == REALM_LOAD_CALLBACK)
		load->size = known.size;
	if (!load->size && !is_file)
		return fail_load(plan, load_source_key(load), "a load needs at least one byte");
	load->offset = known.offset;
	load->flags = known.flags;
	if (known.name && !(load->name = strdup(known.name)))
		return realm_fail_nomem(plan->ctx);
	return 0;
}

/* Append a load, whose memory the plan takes over also on failure. */
static int add_load(struct realm_plan *plan, struct load *load, const struct realm_load_opts *opts)
{
	int err = apply_opts(plan, load, opts);
	struct load *loads;

	if (err) {
		load_free(load);
		return err;
	}
	loads = grow_array(plan->loads, plan->num_loads, sizeof(*loads));
	if (!loads) {
		load_free(load);
		return realm_fail_nomem(plan->ctx);
	}
	plan->loads = loads;
	loads[plan->num_loads] = *load;
	return (int)plan->num_loads++;
}

int realm_plan_load_file(struct realm_plan *plan, uint64_t at, const char *path, const struct realm_load_opts *opts)
{
	struct load load = { .kind = REALM_LOAD_FILE, .at = at, .fd = -1 };

	if (!plan || !path)
		return -EINVAL;
	if (!*path)
		return fail_load(plan, "file", "the file name is empty");
	load.file = strdup(path);
	return load.file ? add_load(plan, &load, opts) : realm_fail_nomem(plan->ctx);
}

int realm_plan_load_memory(struct realm_plan *plan, uint64_t at, const void *data, size_t len,
			   const struct realm_load_opts *opts)
{
	struct load load = { .kind = REALM_LOAD_MEMORY, .at = at, .size = len, .fd = -1 };

	if (!plan || !data)
		return -EINVAL;
	load.data = malloc(len ? len : 1);
	if (!load.data)
		return realm_fail_nomem(plan->ctx);
	memcpy(load.data, data, len);
	return add_load(plan, &load, opts);
}

int realm_plan_load_fd(struct realm_plan *plan, uint64_t at, int fd, const struct realm_load_opts *opts)
{
	struct load load = { .kind = REALM_LOAD_FD, .at = at, .fd = fd };

	if (!plan)
		return -EINVAL;
	if (fd < 0)
		return fail_load(plan, NULL, "the descriptor is negative");
	return add_load(plan, &load, opts);
}

int realm_plan_load_callback(struct realm_plan *plan, uint64_t at, realm_read_fn fn, void *arg,
			     const struct realm_load_opts *opts)
{
	struct load load = { .kind = REALM_LOAD_CALLBACK, .at = at, .fd = -1, .read = fn, .read_arg = arg };

	if (!plan || !fn)
		return -EINVAL;
	return add_load(plan, &load, opts);
}

int realm_plan_load_zero(struct realm_plan *plan, uint64_t at, uint64_t size, const struct realm_load_opts *opts)
{
	struct load load = { .kind = REALM_LOAD_ZERO, .at = at, .size = size, .fd = -1 };

	if (!plan)
		return -EINVAL;
	return add_load(plan, &load, opts);
}

size_t realm_plan_load_count(const struct realm_plan *plan)
{
	return plan ? plan->num_loads : 0;
}

int realm_plan_load(const struct realm_plan *plan, size_t index, struct realm_load_info *info)
{
	struct realm_load_info known = { .sz = sizeof(known) };
	const struct load *load;

	if (!plan || index >= plan->num_loads)
		return -EINVAL;
	load = &plan->loads[index];
	known.kind = load->kind;
	known.flags = load->flags;
	known.at = load->at;
	known.offset = load->offset;
	known.size = load->size;
	known.name = load->name;
	known.file = load->file;
	return realm_give(info, &known, sizeof(known));
}
