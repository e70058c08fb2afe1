/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* refvals.c - write what a verifier is to expect of a plan's realm, as a CoRIM: refvals PLAN > FILE */
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

/* For one kernel and one RMM; without these options there is a value for each pair that gives another RIM. */
static int add_plan(struct realm_plan *plan, struct realm_refvals *refvals)
{
	struct realm_measure_opts opts = {
		.sz = sizeof(opts),
		.family = REALM_FAMILY_RMI_V14,
		.profile = REALM_PROFILE_TF_RMM_2_0,
	};

	return realm_refvals_add_plan(refvals, plan, &opts, NULL);
}

static int write_corim(struct realm_ctx *ctx, const struct realm_refvals *refvals)
{
	struct realm_refvals_opts opts = { .sz = sizeof(opts), .format = REALM_REFVALS_CORIM };
	uint8_t *data;
	size_t len;

	if (realm_refvals_format(refvals, &opts, &data, &len))
		return fail(ctx);
	fwrite(data, 1, len, stdout);
	realm_free(data);
	return fflush(stdout) ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct realm_refvals *refvals = NULL;
	struct realm_plan *plan = NULL;
	struct realm_ctx *ctx;
	int ret;

	if (argc != 2) {
		fprintf(stderr, "usage: refvals PLAN\n");
		return 2;
	}
	if (realm_ctx_new(&ctx))
		return 1;
	if (realm_plan_read(ctx, argv[1], &plan) || realm_refvals_new(ctx, &refvals) || add_plan(plan, refvals))
		ret = fail(ctx);
	else
		ret = write_corim(ctx, refvals);
	realm_refvals_free(refvals);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	return ret;
}
