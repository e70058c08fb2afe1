/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* read-plan.c - reads a plan and writes it again, with absolute file names: read-plan FILE [HOST-PROFILE] */
#include <stdio.h>

#include "realm.h"

static int report(const struct realm_ctx *ctx)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);
	const char *where = realm_error_where(error);

	fprintf(stderr, "%d %s: %s\n", realm_error_code(error), where ? where : "-", realm_error_why(error));
	return 1;
}

static int rewrite(struct realm_ctx *ctx, const char *path, const char *host)
{
	struct realm_plan *plan;
	char *text;
	int err = realm_plan_read(ctx, path, &plan);

	if (err)
		return report(ctx);
	if (host)
		err = realm_plan_apply_host(plan, host);
	if (!err)
		err = realm_plan_format(plan, NULL, &text);
	if (err) {
		report(ctx);
	} else {
		fputs(text, stdout);
		realm_free(text);
	}
	realm_plan_free(plan);
	return err != 0;
}

int main(int argc, char **argv)
{
	struct realm_ctx *ctx;
	int ret;

	if (argc < 2 || realm_ctx_new(&ctx))
		return 2;
	ret = rewrite(ctx, argv[1], argv[2]);
	realm_ctx_free(ctx);
	return ret;
}
