/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* plan.c - a VMM describes the realm it is about to build, and writes the plan down: plan PAYLOAD */
#include <realm.h>
#include <stdio.h>

#define RAM_BASE UINT64_C(0x80000000)
#define RAM_SIZE UINT64_C(0x10000000)
#define CONFIG_AT (RAM_BASE + UINT64_C(0x8000000))

static int fail(struct realm_ctx *ctx)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);
	const char *where = realm_error_where(error);

	fprintf(stderr, "%s%s%s\n", where ? where : "", where ? ": " : "", realm_error_why(error));
	return 1;
}

/* Each step returns an index or 0, or a negative errno; the first failure ends the description. */
static int describe(struct realm_plan *plan, const char *payload)
{
	static const char config[] = "console=ttyAMA0";
	struct realm_load_opts as_payload = { .sz = sizeof(as_payload), .name = "payload" };
	struct realm_load_opts as_config = { .sz = sizeof(as_config), .name = "config" };
	uint64_t x0 = CONFIG_AT;

	if (realm_plan_set_ipa_bits(plan, 33) < 0 || realm_plan_set_hash(plan, REALM_HASH_SHA512) < 0 ||
	    realm_plan_add_ram(plan, RAM_BASE, RAM_SIZE) < 0 ||
	    realm_plan_load_file(plan, RAM_BASE, payload, &as_payload) < 0 ||
	    realm_plan_load_memory(plan, CONFIG_AT, config, sizeof(config), &as_config) < 0)
		return -1;
	return realm_plan_add_rec(plan, RAM_BASE, &x0, 1);
}

int main(int argc, char **argv)
{
	struct realm_plan *plan = NULL;
	struct realm_ctx *ctx;
	char *json = NULL;
	int ret = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: plan PAYLOAD\n");
		return 2;
	}
	if (realm_ctx_new(&ctx))
		return 1;
	if (realm_plan_new(ctx, &plan) || describe(plan, argv[1]) < 0 || realm_plan_format(plan, NULL, &json))
		ret = fail(ctx);
	else
		fputs(json, stdout);
	realm_free(json);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	return ret;
}
