/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* fuzz-events.c - any bytes as an event log: read it, measure it, and what was read must survive a round trip */
#include <stdlib.h>
#include <string.h>

#include "realm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct realm_events *open_log(struct realm_ctx *ctx, const char *text, size_t size)
{
	struct realm_events *events;

	return realm_events_parse(ctx, text, size, &events) ? NULL : events;
}

/* A line written from an event, behind the log's header and a realm event, gives that event again. */
static void check_round_trip(struct realm_ctx *ctx, const struct realm_events *log, const struct realm_event *event)
{
	static const struct realm_event realm = { .sz = sizeof(realm), .type = REALM_EVENT_REALM };
	char text[3 * REALM_EVENT_LINE_MAX];
	size_t used = 0, len = REALM_EVENT_LINE_MAX;
	struct realm_event again = { .sz = sizeof(again) };
	struct realm_events *events;

	if (realm_events_format(log, text, &len))
		abort();
	used += len - 1;
	len = REALM_EVENT_LINE_MAX;
	if (event->type != REALM_EVENT_REALM) {
		if (realm_event_format(&realm, realm_events_hash(log), NULL, text + used, &len))
			abort();
		used += len - 1;
		len = REALM_EVENT_LINE_MAX;
	}
	if (realm_event_format(event, realm_events_hash(log), NULL, text + used, &len))
		abort();
	events = open_log(ctx, text, used + len - 1);
	if (!events)
		abort();
	while (realm_events_next(events, &again) > 0)
		;
	if (memcmp(&again, event, sizeof(again)))
		abort();
	realm_events_free(events);
}

static void check_events(struct realm_ctx *ctx, const char *text, size_t size)
{
	struct realm_events *events = open_log(ctx, text, size);
	struct realm_event event;
	int ret;

	if (!events)
		return;
	memset(&event, 0, sizeof(event));
	event.sz = sizeof(event);
	while ((ret = realm_events_next(events, &event)) > 0)
		check_round_trip(ctx, events, &event);
	if (ret && realm_events_next(events, &event) != ret)
		abort();
	realm_events_free(events);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct realm_measurement *rows;
	struct realm_events *events;
	struct realm_ctx *ctx;

	if (realm_ctx_new(&ctx))
		return 0;
	check_events(ctx, text, size);
	events = open_log(ctx, text, size);
	if (events && !realm_measure_events(events, NULL, &rows))
		realm_measurement_free(rows);
	realm_events_free(events);
	realm_ctx_free(ctx);
	return 0;
}
