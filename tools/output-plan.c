/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output-plan.c - plans, and what is found out about them */
#include <inttypes.h>
#include <string.h>

#include "output.h"

int output_plan_json(struct tool *tool, const char *path, const char *text)
{
	return put_json(tool->verb,
			json_pack("{s:s, s:o, s:o, s:O, s:O}", "schema", "realmctl.plan/1", "file", json_text(path),
				  "plan", json_loads(text, 0, NULL), "warnings", tool->warnings, "notes", tool->notes));
}

static uint64_t ram_bytes(const struct realm_plan *plan)
{
	uint64_t base, size, total = 0;
	size_t i;

	for (i = 0; !realm_plan_ram(plan, i, &base, &size); i++)
		total += size;
	return total;
}

static size_t runnable_recs(const struct realm_plan *plan)
{
	struct realm_rec_info rec = { .sz = sizeof(rec) };
	size_t i, count = 0;

	for (i = 0; !realm_plan_rec(plan, i, &rec); i++)
		count += rec.runnable != 0;
	return count;
}

static json_t *json_plan(const struct realm_plan *plan)
{
	return json_pack("{s:o, s:i, s:s, s:i, s:i, s:I, s:i, s:i, s:i}", "name", json_text(realm_plan_name(plan)),
			 "ipa_bits", (int)realm_plan_ipa_bits(plan), "hash", realm_hash_name(realm_plan_hash(plan)),
			 "granule", (int)realm_plan_granule(plan), "ram_regions", (int)realm_plan_ram_count(plan),
			 "ram_bytes", (json_int_t)ram_bytes(plan), "loads", (int)realm_plan_load_count(plan), "recs",
			 (int)realm_plan_rec_count(plan), "runnable_recs", (int)runnable_recs(plan));
}

static json_t *json_fault(struct tool *tool)
{
	const struct realm_error *error = realm_ctx_last_error(tool->ctx);

	return json_pack("{s:o, s:o, s:s?, s:o}", "where", json_text(realm_error_where(error)), "why",
			 json_text(realm_error_why(error)), "errno", strerrorname_np(-realm_error_code(error)), "hint",
			 json_text(realm_error_hint(error)));
}

int output_check_json(struct tool *tool, const char *path, const struct realm_plan *plan)
{
	return put_json(tool->verb,
			json_pack("{s:s, s:o, s:b, s:o, s:o, s:O, s:O}", "schema", "realmctl.check/1", "file",
				  json_text(path), "ok", plan != NULL, "plan", plan ? json_plan(plan) : json_null(),
				  "error", plan ? json_null() : json_fault(tool), "warnings", tool->warnings, "notes",
				  tool->notes));
}

static void print_loads(const struct realm_plan *plan)
{
	struct realm_load_info load = { .sz = sizeof(load) };
	size_t i;

	for (i = 0; !realm_plan_load(plan, i, &load); i++) {
		printf("  load      0x%" PRIx64 " ", load.at);
		put_text(stdout, load.name ? load.name : load.file ? load.file : "data");
		puts(load.flags & REALM_LOAD_UNMEASURED ? " (not measured)" : "");
	}
}

void output_check_text(const struct tool *tool, const char *path, const struct realm_plan *plan)
{
	size_t warnings = json_array_size(tool->warnings);
	uint64_t base, size;
	size_t i;

	put_text(stdout, path);
	fputs(": ok", stdout);
	if (warnings)
		printf(", %zu warning%s", warnings, warnings > 1 ? "s" : "");
	printf("\n  ipa bits  %u\n  hash      %s\n  granule   %" PRIu32 "\n", realm_plan_ipa_bits(plan),
	       realm_hash_name(realm_plan_hash(plan)), realm_plan_granule(plan));
	for (i = 0; !realm_plan_ram(plan, i, &base, &size); i++)
		printf("  ram       0x%" PRIx64 " to 0x%" PRIx64 "\n", base, base + size - 1);
	print_loads(plan);
	printf("  recs      %zu, %zu runnable\n", realm_plan_rec_count(plan), runnable_recs(plan));
}
