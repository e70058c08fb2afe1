/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* plan-json.c - a plan from realm-plan/1 */
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "path.h"
#include "plan.h"

static const char *const plan_keys[] = {
	"schema",      "name",        "ipa_bits",     "hash",  "rpv", "granule", "lpa2", "sve_bits",
	"breakpoints", "watchpoints", "pmu_counters", "flags", "ram", "load",    "recs", NULL,
};
static const char *const ram_keys[] = { "base", "size", NULL };
static const char *const load_keys[] = {
	"at", "file", "hex", "zero", "offset", "size", "measured", "name", NULL,
};
static const char *const rec_keys[] = { "pc", "gprs", "runnable", "mpidr", NULL };

/* ---- parameters ---- */

static int read_name(const struct jval *root, struct realm_plan *plan)
{
	struct jval val = jval_key(root, "name");
	const char *name;
	int err;

	if (!val.json)
		return 0;
	err = jval_string(&val, &name);
	return err ? err : realm_plan_set_name(plan, name);
}

static int read_measured(const struct jval *root, struct realm_plan *plan)
{
	struct jval hash = jval_key(root, "hash");
	struct jval rpv = jval_key(root, "rpv");
	struct jval flags = jval_key(root, "flags");
	size_t len;
	int err = 0;

	if (hash.json)
		err = jval_hash(&hash, &plan->hash);
	if (!err && rpv.json)
		err = jval_hex(&rpv, sizeof(plan->rpv), plan->rpv, &len);
	if (!err && flags.json)
		err = jval_u64(&flags, UINT64_MAX, &plan->flags);
	return err;
}

/* ---- RAM, loads, RECs ---- */

static int read_ram(const struct jval *val, struct realm_plan *plan)
{
	struct jval base = jval_key(val, "base");
	struct jval size = jval_key(val, "size");
	struct ram ram;
	int err = jval_object(val, ram_keys);

	if (!err)
		err = jval_u64(&base, UINT64_MAX, &ram.base);
	if (!err)
		err = jval_size(&size, &ram.size);
	if (!err)
		err = realm_plan_add_ram(plan, ram.base, ram.size);
	return err;
}

/* A load while it is read. */
struct load_reader {
	struct realm_plan *plan;
	const char *dir;
	uint64_t at;
	struct realm_load_opts opts;
};

static int load_file(struct load_reader *reader, const struct jval *file)
{
	const char *name;
	char *path;
	int err = jval_string(file, &name);

	if (err)
		return err;
	path = *name ? path_join(reader->dir, name) : strdup("");
	if (!path)
		return realm_fail_nomem(file->ctx);
	err = realm_plan_load_file(reader->plan, reader->at, path, &reader->opts);
	free(path);
	return err;
}

static int load_hex(struct load_reader *reader, const struct jval *hex)
{
	size_t max = json_string_length(hex->json) / 2;
	uint8_t *data = malloc(max + 1);
	size_t len;
	int err;

	if (!data)
		return realm_fail_nomem(hex->ctx);
	err = jval_hex(hex, max, data, &len);
	if (!err)
		err = realm_plan_load_memory(reader->plan, reader->at, data, len, &reader->opts);
	free(data);
	return err;
}

static int load_zero(struct load_reader *reader, const struct jval *zero)
{
	uint64_t size;
	int err = jval_size(zero, &size);

	return err ? err : realm_plan_load_zero(reader->plan, reader->at, size, &reader->opts);
}

/* Exactly one of three keys says where the bytes come from. */
static int read_source(const struct jval *val, struct load_reader *reader)
{
	struct jval file = jval_key(val, "file");
	struct jval hex = jval_key(val, "hex");
	struct jval zero = jval_key(val, "zero");

	if (!!file.json + !!hex.json + !!zero.json != 1)
		return jval_fail(val, EBADMSG, NULL, "exactly one of \"file\", \"hex\" and \"zero\" is required");
	if (file.json)
		return load_file(reader, &file);
	return hex.json ? load_hex(reader, &hex) : load_zero(reader, &zero);
}

/* Which bytes of a file. */
static int read_extent(const struct jval *val, struct realm_load_opts *opts)
{
	struct jval file = jval_key(val, "file");
	struct jval offset = jval_key(val, "offset");
	struct jval size = jval_key(val, "size");
	int err = 0;

	if (!file.json && (offset.json || size.json))
		return jval_fail(offset.json ? &offset : &size, EBADMSG, "remove it", "goes with \"file\" only");
	if (offset.json)
		err = jval_size(&offset, &opts->offset);
	if (err || !size.json || json_is_null(size.json))
		return err;
	err = jval_size(&size, &opts->size);
	if (!err && opts->size == REALM_TO_END)
		return jval_fail(&size, EINVAL, "leave it out to load up to the end of the file",
				 "a load needs at least one byte");
	return err;
}

static int read_load_opts(const struct jval *val, struct realm_load_opts *opts)
{
	struct jval measured = jval_key(val, "measured");
	struct jval name = jval_key(val, "name");
	bool is_measured = true;
	int err = 0;

	if (measured.json)
		err = jval_bool(&measured, &is_measured);
	if (!err && name.json)
		err = jval_string(&name, &opts->name);
	opts->flags = is_measured ? 0 : REALM_LOAD_UNMEASURED;
	return err ? err : read_extent(val, opts);
}

static int read_load(const struct jval *val, const char *dir, struct realm_plan *plan)
{
	struct load_reader reader = { .plan = plan, .dir = dir, .opts = { .sz = sizeof(reader.opts) } };
	struct jval at = jval_key(val, "at");
	int err = jval_object(val, load_keys);

	if (!err)
		err = jval_u64(&at, UINT64_MAX, &reader.at);
	if (!err)
		err = read_load_opts(val, &reader.opts);
	return err ? err : read_source(val, &reader);
}

static int read_gprs(const struct jval *val, uint64_t gprs[REALM_REC_GPRS], size_t *countp)
{
	size_t count, i;
	int err = jval_array(val, &count);

	if (err)
		return err;
	if (count > REALM_REC_GPRS)
		return jval_fail(val, EINVAL, NULL, "%zu registers, at most %d can be set", count, REALM_REC_GPRS);
	for (i = 0; i < count; i++) {
		struct jval item = jval_item(val, i);

		err = jval_u64(&item, UINT64_MAX, &gprs[i]);
		if (err)
			return err;
	}
	*countp = count;
	return 0;
}

/* What differs from what realm_plan_add_rec() chose. */
static int read_rec_exceptions(const struct jval *val, struct realm_plan *plan, size_t index)
{
	struct jval runnable = jval_key(val, "runnable");
	struct jval mpidr = jval_key(val, "mpidr");
	uint64_t value;
	int err = 0;

	if (runnable.json)
		err = jval_bool(&runnable, &plan->recs[index].runnable);
	if (err || !mpidr.json)
		return err;
	err = jval_u64(&mpidr, UINT64_MAX, &value);
	return err ? err : realm_plan_set_rec_mpidr(plan, index, value);
}

static int read_rec(const struct jval *val, struct realm_plan *plan)
{
	struct jval pc_val = jval_key(val, "pc");
	struct jval gprs_val = jval_key(val, "gprs");
	uint64_t gprs[REALM_REC_GPRS];
	size_t count = 0;
	uint64_t pc;
	int err = jval_object(val, rec_keys);
	int index;

	if (!err)
		err = jval_u64(&pc_val, UINT64_MAX, &pc);
	if (!err && gprs_val.json)
		err = read_gprs(&gprs_val, gprs, &count);
	if (err)
		return err;
	index = realm_plan_add_rec(plan, pc, gprs, count);
	return index < 0 ? index : read_rec_exceptions(val, plan, (size_t)index);
}

/* ---- plans ---- */

static int read_lists(const struct jval *root, const char *dir, struct realm_plan *plan)
{
	struct jval ram = jval_key(root, "ram");
	struct jval load = jval_key(root, "load");
	struct jval recs = jval_key(root, "recs");
	size_t rams, loads = 0, num_recs, i;
	int err = jval_array(&ram, &rams);

	if (!err && load.json)
		err = jval_array(&load, &loads);
	if (!err)
		err = jval_array(&recs, &num_recs);
	for (i = 0; err >= 0 && i < rams; i++) {
		struct jval item = jval_item(&ram, i);

		err = read_ram(&item, plan);
	}
	for (i = 0; err >= 0 && i < loads; i++) {
		struct jval item = jval_item(&load, i);

		err = read_load(&item, dir, plan);
	}
	for (i = 0; err >= 0 && i < num_recs; i++) {
		struct jval item = jval_item(&recs, i);

		err = read_rec(&item, plan);
	}
	return err < 0 ? err : 0;
}

static int read_plan(const struct jval *root, const char *dir, struct realm_plan *plan)
{
	struct jval ipa_bits = jval_key(root, "ipa_bits");
	uint64_t bits;
	int err = jval_object(root, plan_keys);

	if (!err)
		err = jval_schema(root, "realm-plan/1");
	if (!err)
		err = jval_u64(&ipa_bits, UINT64_MAX, &bits); /* the one parameter that is required */
	if (!err)
		err = read_name(root, plan);
	if (!err)
		err = plan_read_host_values(root, plan);
	if (!err)
		err = read_measured(root, plan);
	if (!err)
		err = read_lists(root, dir, plan);
	return err ? err : plan_validate(plan);
}

/* Not JSON as a whole, but its first line says what it is. */
static bool is_event_log(const char *text, size_t len)
{
	static const char schema[] = "\"realm-events/";

	return memmem(text, len < 256 ? len : 256, schema, sizeof(schema) - 1) != NULL;
}

int realm_plan_parse(struct realm_ctx *ctx, const char *json, size_t len, const char *dir, struct realm_plan **planp)
{
	struct realm_plan *plan;
	struct jval root;
	int err;

	if (!ctx || !json || !planp)
		return -EINVAL;
	if (len > PLAN_JSON_MAX)
		return realm_fail(ctx, EINVAL, NULL, "load large data from files", "is larger than %u bytes",
				  PLAN_JSON_MAX);
	err = jval_parse(ctx, NULL, json, len, &root);
	if (err == -EBADMSG && is_event_log(json, len))
		return realm_fail(ctx, EBADMSG, NULL, "measure it with --events", "is an event log, not a plan");
	if (err)
		return err;
	err = realm_plan_new(ctx, &plan);
	if (!err) {
		err = read_plan(&root, dir, plan);
		if (err)
			realm_plan_free(plan);
		else
			*planp = plan;
	}
	jval_free(&root);
	return err;
}

int realm_plan_read(struct realm_ctx *ctx, const char *path, struct realm_plan **planp)
{
	uint8_t *text;
	size_t len;
	char *dir;
	int err;

	if (!ctx || !path || !planp)
		return -EINVAL;
	err = file_read_all(ctx, path, PLAN_JSON_MAX, &text, &len);
	if (err)
		return err;
	dir = path_dir(path);
	err = dir ? realm_plan_parse(ctx, (const char *)text, len, dir, planp) : realm_fail_nomem(ctx);
	free(dir);
	free(text);
	return err ? jval_fail_in(ctx, path, err) : 0;
}
