/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* fuzz-plan.c - any bytes as a plan: read it, check it, and what was read must survive a round trip */
#include <stdlib.h>
#include <string.h>

#include "realm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The plan as text for the current directory; a plan that was read can be written. */
static char *format(struct realm_plan *plan)
{
	char *text;

	if (realm_plan_format(plan, ".", &text))
		abort();
	return text;
}

static void check_round_trip(struct realm_ctx *ctx, struct realm_plan *plan)
{
	char *once = format(plan);
	struct realm_plan *again;
	char *twice;

	if (realm_plan_parse(ctx, once, strlen(once), NULL, &again))
		abort();
	twice = format(again);
	if (strcmp(once, twice))
		abort();
	realm_plan_free(again);
	realm_free(once);
	realm_free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct realm_plan *plan;
	struct realm_ctx *ctx;

	if (realm_ctx_new(&ctx))
		return 0;
	if (!realm_plan_parse(ctx, (const char *)data, size, NULL, &plan)) {
		check_round_trip(ctx, plan);
		realm_plan_check(plan);
		realm_plan_free(plan);
	} else if (!realm_error_why(realm_ctx_last_error(ctx))) {
		abort();
	}
	realm_ctx_free(ctx);
	return 0;
}
