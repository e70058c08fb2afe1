/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* realm-create.c - a plan, carried out */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kvm.h"

#define CHUNK (UINT64_C(256) << 10) /* stays in the cache of a CPU from the file to the realm */

/* How far the loads are, and what is told of it. */
struct loading {
	struct realm_plan *plan;
	struct realm *realm;
	struct realm_work_opts work;
	uint8_t *chunk;
	uint64_t done;
	uint64_t total;
};

static uint64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* ---- loads ---- */

/* Content of [ipa, ipa + size): the bytes of the load, zeros around them. */
static int fill(const struct loading *loading, const struct load *load, const struct source *src, uint64_t ipa,
		uint64_t size)
{
	uint64_t end = load->at + load->length;
	uint64_t from = ipa > load->at ? ipa : load->at, to = ipa + size < end ? ipa + size : end;

	memset(loading->chunk, 0, from - ipa);
	memset(loading->chunk + (to - ipa), 0, ipa + size - to);
	return source_read(src, from - load->at, loading->chunk + (from - ipa), to - from);
}

static int load_chunk(struct loading *loading, size_t index, const struct source *src, uint64_t ipa, uint64_t size)
{
	const struct load *load = &loading->plan->loads[index];
	int err;

	if (fill(loading, load, src, ipa, size))
		return realm_fail(loading->plan->ctx, EIO, load->file ? load->file : load->name ? load->name : "load",
				  NULL, "cannot be read, or became shorter");
	err = realm_populate(loading->realm, ipa, loading->chunk, size, load->flags & REALM_LOAD_UNMEASURED);
	if (err)
		return err;
	loading->done += size;
	if (loading->work.progress &&
	    loading->work.progress(loading->work.progress_arg, loading->done, loading->total))
		return realm_fail(loading->plan->ctx, ECANCELED, NULL, NULL, "stopped by the progress callback");
	return 0;
}

static int load_one(struct loading *loading, size_t index)
{
	const struct load *load = &loading->plan->loads[index];
	uint64_t ipa = load_base(loading->plan, load), top = load_top(loading->plan, load), size;
	struct source src;
	int err = source_open(load, &src);

	if (err)
		return realm_fail(loading->plan->ctx, -err, load->file, NULL, "cannot be opened");
	for (; !err && ipa < top; ipa += size) {
		size = top - ipa < CHUNK ? top - ipa : CHUNK;
		err = load_chunk(loading, index, &src, ipa, size);
	}
	source_close(&src);
	return err;
}

static int load_all(struct realm *realm, struct realm_plan *plan)
{
	struct loading loading = { .plan = plan, .realm = realm, .work = { .sz = sizeof(loading.work) } };
	size_t i;
	int err = realm_read_opts(plan->ctx, "realm_work_opts", &loading.work, sizeof(loading.work),
				  realm->opts.work);

	if (err)
		return err;
	loading.chunk = aligned_alloc(plan->granule, CHUNK);
	if (!loading.chunk)
		return realm_fail_nomem(plan->ctx);
	for (i = 0; i < plan->num_loads; i++)
		loading.total += load_top(plan, &plan->loads[i]) - load_base(plan, &plan->loads[i]);
	for (i = 0; !err && i < plan->num_loads; i++)
		err = load_one(&loading, i);
	free(loading.chunk);
	return err;
}

/* ---- steps ---- */

static int add_recs(struct realm *realm, struct realm_plan *plan)
{
	size_t i;
	int ret = 0;

	for (i = 0; ret >= 0 && i < plan->num_recs; i++)
		ret = realm_add_rec(realm, plan->recs[i].pc, plan->recs[i].gprs, REALM_REC_GPRS);
	return ret < 0 ? ret : 0;
}

static int add_ram(struct realm *realm, struct realm_plan *plan)
{
	size_t i;
	int ret = 0;

	for (i = 0; ret >= 0 && i < plan->num_rams; i++)
		ret = realm_add_memory(realm, plan->rams[i].base, plan->rams[i].size);
	return ret < 0 ? ret : 0;
}

static int configure(struct realm *realm, struct realm_plan *plan)
{
	return realm_configure(realm);
}

static int finish(struct realm *realm, struct realm_plan *plan)
{
	return realm_seal(realm);
}

static void tell_step(const struct realm *realm, const char *step, uint64_t *since)
{
	uint64_t time = now();

	if (realm->opts.step)
		realm->opts.step(realm->opts.step_arg, step, time - *since);
	*since = time;
}

static int build(struct realm *realm, struct realm_plan *plan, uint64_t since)
{
	static const struct {
		const char *name;
		int (*run)(struct realm *realm, struct realm_plan *plan);
	} steps[] = {
		{ "configure", configure }, { "recs", add_recs },  { "memory", add_ram },
		{ "populate", load_all },   { "seal", finish },
	};
	size_t i;
	int err = 0;

	tell_step(realm, "vm", &since);
	for (i = 0; !err && i < ARRAY_SIZE(steps); i++) {
		err = steps[i].run(realm, plan);
		if (!err)
			tell_step(realm, steps[i].name, &since);
	}
	return err;
}

int realm_create(struct realm_plan *plan, const struct realm_opts *opts, struct realm **realmp)
{
	const struct kvm_host *host;
	uint64_t since = now();
	struct realm *realm;
	int err;

	if (!plan || !realmp)
		return -EINVAL;
	err = plan_validate(plan);
	if (!err)
		err = kvm_host_get(plan->ctx, &host);
	if (!err)
		err = realm_check_recs(plan, host);
	if (!err)
		err = realm_open(plan, -1, opts, &realm);
	if (err)
		return err;
	err = build(realm, plan, since);
	if (err) {
		realm_destroy(realm);
		return err;
	}
	*realmp = realm;
	return 0;
}
