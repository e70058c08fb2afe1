/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* plan-format.c - a plan as realm-plan/1: a line for each parameter, region, load and REC */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "path.h"
#include "plan.h"

/* Below this, any JSON reader takes an integer exactly. */
#define EXACT_MAX (UINT64_C(1) << 53)

/* The first failure stays; what is written after it is thrown away. */
struct writer {
	const struct realm_plan *plan;
	const char *dir;
	FILE *out;
	int err;
};

static void put_string(struct writer *writer, const char *where, const char *text)
{
	json_error_t error = { 0 }; /* jansson sets no code when it is out of memory */
	json_t *json;

	if (writer->err)
		return;
	json = json_pack_ex(&error, 0, "s", text);
	if (!json && json_error_code(&error) == json_error_invalid_utf8)
		writer->err = realm_fail(writer->plan->ctx, EINVAL, where, "rename it", "is not UTF-8");
	else if (!json || json_dumpf(json, writer->out, JSON_ENCODE_ANY))
		writer->err = realm_fail_nomem(writer->plan->ctx);
	json_decref(json);
}

static void put_hex(FILE *out, const uint8_t *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	putc('"', out);
	for (i = 0; i < len; i++) {
		putc(digits[data[i] >> 4], out);
		putc(digits[data[i] & 15], out);
	}
	putc('"', out);
}

static void put_size(FILE *out, uint64_t size)
{
	fprintf(out, size < EXACT_MAX ? "%" PRIu64 : "\"0x%" PRIx64 "\"", size);
}

/* Bytes of the value without the zeros at its end. */
static size_t rpv_len(const struct realm_plan *plan)
{
	size_t len = REALM_RPV_SIZE;

	while (len && !plan->rpv[len - 1])
		len--;
	return len;
}

static void put_parameters(struct writer *writer)
{
	const struct realm_plan *plan = writer->plan;
	FILE *out = writer->out;

	fprintf(out, "{\n  \"schema\": \"realm-plan/1\",\n");
	if (plan->name) {
		fprintf(out, "  \"name\": ");
		put_string(writer, "$.name", plan->name);
		fprintf(out, ",\n");
	}
	fprintf(out, "  \"ipa_bits\": %u,\n", plan->ipa_bits);
	fprintf(out, "  \"hash\": \"%s\",\n", realm_hash_name(plan->hash));
	fprintf(out, "  \"rpv\": ");
	put_hex(out, plan->rpv, rpv_len(plan));
	fprintf(out, ",\n  \"granule\": %" PRIu32 ",\n", plan->granule);
	fprintf(out, "  \"lpa2\": %s,\n", plan->lpa2 ? "true" : "false");
	fprintf(out, "  \"sve_bits\": %u,\n", plan->sve_bits);
	fprintf(out, "  \"breakpoints\": %u,\n", plan->breakpoints);
	fprintf(out, "  \"watchpoints\": %u,\n", plan->watchpoints);
	if (plan->pmu_counters < 0)
		fprintf(out, "  \"pmu_counters\": null,\n");
	else
		fprintf(out, "  \"pmu_counters\": %d,\n", plan->pmu_counters);
	fprintf(out, "  \"flags\": \"0x%" PRIx64 "\",\n", plan->flags);
}

/* ---- RAM, loads, RECs ---- */

static void put_ram(struct writer *writer, size_t index)
{
	const struct ram *ram = &writer->plan->rams[index];

	fprintf(writer->out, "{ \"base\": \"0x%" PRIx64 "\", \"size\": ", ram->base);
	put_size(writer->out, ram->size);
}

static void put_file(struct writer *writer, const char *where, const char *file)
{
	char *name = writer->dir ? path_relative(writer->dir, file) : path_absolute(file);

	if (name)
		put_string(writer, where, name);
	else if (errno == ENOMEM)
		writer->err = realm_fail_nomem(writer->plan->ctx);
	else
		writer->err = realm_fail(writer->plan->ctx, EIO, writer->dir ? writer->dir : "current directory", NULL,
					 "%s", strerror(errno));
	free(name);
}

static void put_source(struct writer *writer, const struct load *load, size_t index)
{
	const char *key = load_source_key(load);
	char where[64];

	fprintf(writer->out, ", \"%s\": ", key);
	snprintf(where, sizeof(where), "$.load[%zu].%s", index, key);
	if (load->kind == REALM_LOAD_FILE)
		put_file(writer, where, load->file);
	else if (load->kind == REALM_LOAD_MEMORY)
		put_hex(writer->out, load->data, (size_t)load->size);
	else
		put_size(writer->out, load->size);
}

static void put_load(struct writer *writer, size_t index)
{
	const struct load *load = &writer->plan->loads[index];
	char where[64];

	fprintf(writer->out, "{ \"at\": \"0x%" PRIx64 "\"", load->at);
	put_source(writer, load, index);
	if (load->offset) {
		fprintf(writer->out, ", \"offset\": ");
		put_size(writer->out, load->offset);
	}
	if (load->kind == REALM_LOAD_FILE && load->size != REALM_TO_END) {
		fprintf(writer->out, ", \"size\": ");
		put_size(writer->out, load->size);
	}
	if (load->flags & REALM_LOAD_UNMEASURED)
		fprintf(writer->out, ", \"measured\": false");
	if (load->name) {
		snprintf(where, sizeof(where), "$.load[%zu].name", index);
		fprintf(writer->out, ", \"name\": ");
		put_string(writer, where, load->name);
	}
}

static void put_rec(struct writer *writer, size_t index)
{
	const struct rec *rec = &writer->plan->recs[index];
	size_t count = REALM_REC_GPRS;
	size_t i;

	fprintf(writer->out, "{ \"pc\": \"0x%" PRIx64 "\"", rec->pc);
	while (count && !rec->gprs[count - 1])
		count--;
	if (count)
		fprintf(writer->out, ", \"gprs\": [");
	for (i = 0; i < count; i++)
		fprintf(writer->out, "%s\"0x%" PRIx64 "\"", i ? ", " : "", rec->gprs[i]);
	if (count)
		putc(']', writer->out);
	if (rec->runnable != !index)
		fprintf(writer->out, ", \"runnable\": %s", rec->runnable ? "true" : "false");
	if (rec->mpidr != kvm_mpidr(index))
		fprintf(writer->out, ", \"mpidr\": \"0x%" PRIx64 "\"", rec->mpidr);
}

static void put_list(struct writer *writer, const char *key, size_t count,
		     void (*put)(struct writer *writer, size_t index), const char *end)
{
	size_t i;

	fprintf(writer->out, "  \"%s\": [", key);
	for (i = 0; i < count && !writer->err; i++) {
		fprintf(writer->out, i ? ",\n    " : "\n    ");
		put(writer, i);
		fprintf(writer->out, " }");
	}
	fprintf(writer->out, "%s]%s\n", count ? "\n  " : "", end);
}

/* ---- the whole ---- */

static int check_sources(const struct realm_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->num_loads; i++)
		if (!load_source_key(&plan->loads[i]))
			return fail_item(plan, EOPNOTSUPP, "load", i, NULL,
					 "a load from a descriptor or callback has no JSON form");
	return 0;
}

int realm_plan_format(struct realm_plan *plan, const char *dir, char **jsonp)
{
	struct writer writer = { .plan = plan, .dir = dir };
	char *text = NULL;
	size_t size;
	int err;

	if (!plan || !jsonp)
		return -EINVAL;
	err = plan_validate(plan);
	if (!err)
		err = check_sources(plan);
	if (err)
		return err;
	writer.out = open_memstream(&text, &size);
	if (!writer.out)
		return realm_fail_nomem(plan->ctx);
	put_parameters(&writer);
	put_list(&writer, "ram", plan->num_rams, put_ram, ",");
	put_list(&writer, "load", plan->num_loads, put_load, ",");
	put_list(&writer, "recs", plan->num_recs, put_rec, "");
	fprintf(writer.out, "}\n");
	err = ferror(writer.out) ? -ENOMEM : 0;
	if (fclose(writer.out) || err)
		writer.err = realm_fail_nomem(plan->ctx);
	if (writer.err)
		free(text);
	else
		*jsonp = text;
	return writer.err;
}
