/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* events.c - watch a RIM grow: the events of a plan on a v14 kernel, each with the RIM after it: events PLAN */
#include <realm.h>
#include <stdio.h>

static int fail(struct realm_ctx *ctx)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);
	const char *where = realm_error_where(error);

	fprintf(stderr, "%s%s%s\n", where ? where : "", where ? ": " : "", realm_error_why(error));
	return 1;
}

static int print_events(struct realm_events *events, struct realm_rim *rim)
{
	struct realm_event event = { .sz = sizeof(event) };
	char line[REALM_EVENT_LINE_MAX];
	int ret;

	while ((ret = realm_events_next(events, &event)) > 0) {
		size_t len = sizeof(line);

		ret = realm_rim_extend(rim, &event);
		if (!ret)
			ret = realm_event_format(&event, realm_events_hash(events), realm_rim_value(rim), line, &len);
		if (ret)
			break;
		fputs(line, stdout);
	}
	return ret;
}

int main(int argc, char **argv)
{
	struct realm_events *events = NULL;
	struct realm_plan *plan = NULL;
	struct realm_rim *rim = NULL;
	struct realm_ctx *ctx;
	int ret = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: events PLAN\n");
		return 2;
	}
	if (realm_ctx_new(&ctx))
		return 1;
	if (realm_plan_read(ctx, argv[1], &plan) || realm_events_new(plan, REALM_FAMILY_RMI_V14, NULL, &events) ||
	    realm_rim_new(ctx, REALM_PROFILE_TF_RMM_2_0, realm_plan_hash(plan), &rim) || print_events(events, rim))
		ret = fail(ctx);
	realm_rim_free(rim);
	realm_events_free(events);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	return ret;
}
