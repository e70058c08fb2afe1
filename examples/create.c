/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* create.c - build a realm from a plan, and hold what its RMM has measured against the prediction: create PLAN [FAMILY] */
#include <errno.h>
#include <string.h>

#include "host.h"

static void print_step(void *arg, const char *step, uint64_t ns)
{
	(void)arg;
	printf("%-9s %8.3f ms\n", step, (double)ns / 1e6);
}

static void print_rim(const char *name, const uint8_t *rim, size_t size)
{
	size_t i;

	printf("%s ", name);
	for (i = 0; i < size; i++)
		printf("%02x", rim[i]);
	printf("\n");
}

/* An RMM does not say which rules it follows, so the RIM is compared with what all those of the family give. */
static int matches(const struct realm_measurement *rows, const uint8_t *rim)
{
	enum realm_profile profile;
	const uint8_t *row;
	int found = 0;
	size_t i;

	for (i = 0; (row = realm_measurement_row(rows, i, NULL, &profile)); i++) {
		print_rim(realm_profile_name(profile), row, realm_hash_size(realm_measurement_hash(rows)));
		found |= !memcmp(row, rim, REALM_DIGEST_MAX);
	}
	return found;
}

static int compare(struct realm_ctx *ctx, struct realm_plan *plan, struct realm *realm)
{
	struct realm_measure_opts opts = { .sz = sizeof(opts), .family = realm_family(realm) };
	struct realm_measurement *rows;
	uint8_t rim[REALM_DIGEST_MAX];
	int err, found;
	size_t size;

	err = realm_measured(realm, 0, rim, &size);
	if (err) {
		fail(ctx);
		return err != -EOPNOTSUPP; /* Linux cannot tell: the realm itself is asked there, for a token */
	}
	print_rim("measured", rim, size);
	if (realm_measure(plan, &opts, &rows))
		return fail(ctx);
	found = matches(rows, rim);
	realm_measurement_free(rows);
	puts(found ? "as predicted" : "not as predicted");
	return !found;
}

static int create(struct realm_ctx *ctx, struct realm_plan *plan)
{
	struct realm_opts opts = { .sz = sizeof(opts), .step = print_step };
	struct realm *realm;
	int ret;

	if (realm_create(plan, &opts, &realm))
		return fail(ctx);
	ret = compare(ctx, plan, realm);
	realm_destroy(realm);
	return ret;
}

int main(int argc, char **argv)
{
	struct realm_plan *plan = NULL;
	struct realm_sim *sim = NULL;
	struct realm_ctx *ctx;
	int ret;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: create PLAN [FAMILY]\n");
		return 2;
	}
	if (realm_ctx_new(&ctx))
		return 1;
	ret = realm_plan_read(ctx, argv[1], &plan) ? fail(ctx) : use_host(ctx, argv[2], plan, &sim);
	if (!ret)
		ret = create(ctx, plan);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	realm_sim_free(sim);
	return ret;
}
