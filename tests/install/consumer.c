/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * A program outside the tree: predicts one RIM with the installed library, and holds what is no token for none. It is compiled as C and as C++.
 *
 * The plan is vector "v1-sha256-basic" of the facts up to its REC; the value was made with other people's code.
 */
#include <stdio.h>
#include <string.h>
#include <realm.h>

static const char expected[] = "c6209aa55c4c474619c53274dd7824a569188e79148ab018e61e1e2ebc431d20";

static int fill_plan(struct realm_plan *plan)
{
	const uint64_t ram = 0x80000000, x0 = 0x8fe00000;
	uint8_t page[4096];
	size_t i;

	for (i = 0; i < sizeof(page); i++)
		page[i] = (uint8_t)(7 * i + 3);
	return realm_plan_set_ipa_bits(plan, 33) || realm_plan_set_breakpoints(plan, 6) ||
	       realm_plan_set_watchpoints(plan, 6) || realm_plan_add_ram(plan, ram, 0x200000) ||
	       realm_plan_load_memory(plan, ram, page, sizeof(page), NULL) || realm_plan_add_rec(plan, ram, &x0, 1);
}

static int compare(const uint8_t *rim, size_t len)
{
	char hex[2 * REALM_DIGEST_MAX + 1];
	size_t i;

	for (i = 0; i < len; i++)
		snprintf(hex + 2 * i, 3, "%02x", rim[i]);
	puts(hex);
	return strcmp(hex, expected);
}

static int measure(struct realm_plan *plan)
{
	struct realm_measurement *measurement;
	struct realm_measure_opts opts;
	int differs;

	memset(&opts, 0, sizeof(opts));
	opts.sz = sizeof(opts);
	opts.family = REALM_FAMILY_RME;
	if (realm_measure(plan, &opts, &measurement))
		return 1;
	differs = compare(realm_measurement_row(measurement, 0, NULL, NULL),
			  realm_hash_size(realm_measurement_hash(measurement)));
	realm_measurement_free(measurement);
	return differs;
}

/* Every dependency of the library is linked. */
static int refuse(struct realm_ctx *ctx)
{
	struct realm_token *token = NULL;

	return realm_token_parse(ctx, "no token", 8, &token) >= 0;
}

int main(void)
{
	struct realm_ctx *ctx;
	struct realm_plan *plan;
	int failed;

	if (realm_ctx_new(&ctx))
		return 1;
	failed = realm_plan_new(ctx, &plan);
	if (!failed) {
		failed = fill_plan(plan) || measure(plan) || refuse(ctx);
		realm_plan_free(plan);
	}
	realm_ctx_free(ctx);
	return failed ? 1 : 0;
}
