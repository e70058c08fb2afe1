/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* measure.c - print the RIM of a plan for each KVM family and RMM profile: measure PLAN */
#include <realm.h>
#include <stdio.h>

static int fail(struct realm_ctx *ctx)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);
	const char *where = realm_error_where(error), *hint = realm_error_hint(error);

	fprintf(stderr, "%s%s%s%s%s\n", where ? where : "", where ? ": " : "", realm_error_why(error), hint ? "; " : "",
		hint ? hint : "");
	return 1;
}

static void print_rows(const struct realm_measurement *rows)
{
	size_t size = realm_hash_size(realm_measurement_hash(rows));
	enum realm_profile profile;
	enum realm_family family;
	const uint8_t *rim;
	size_t i, j;

	for (i = 0; (rim = realm_measurement_row(rows, i, &family, &profile)); i++) {
		printf("%s %s ", realm_family_name(family), realm_profile_name(profile));
		for (j = 0; j < size; j++)
			printf("%02x", rim[j]);
		printf("\n");
	}
}

int main(int argc, char **argv)
{
	struct realm_measurement *rows = NULL;
	struct realm_plan *plan = NULL;
	struct realm_ctx *ctx;
	int ret = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: measure PLAN\n");
		return 2;
	}
	if (realm_ctx_new(&ctx))
		return 1;
	if (realm_plan_read(ctx, argv[1], &plan) || realm_measure(plan, NULL, &rows))
		ret = fail(ctx);
	else
		print_rows(rows);
	realm_measurement_free(rows);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	return ret;
}
