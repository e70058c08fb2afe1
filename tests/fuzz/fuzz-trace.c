/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* fuzz-trace.c - any bytes as a trace of calls: what is read of it is a log that can be read and measured */
#include <stdlib.h>
#include <string.h>

#include "realm.h"

#define REALMS 3      /* as many are asked for */
#define EVENTS 100000 /* a line can stand for many entries */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct realm_events *open_trace(struct realm_ctx *ctx, const char *text, size_t size, unsigned int realm)
{
	struct realm_trace_opts opts = { .sz = sizeof(opts), .realm = realm };
	struct realm_events *events;

	return realm_trace_parse(ctx, text, size, &opts, &events) ? NULL : events;
}

/* An event as a line, behind the header and a realm event, is one that a log may have. */
static void check_line(struct realm_ctx *ctx, const struct realm_events *trace, const struct realm_event *event)
{
	static const struct realm_event realm = { .sz = sizeof(realm), .type = REALM_EVENT_REALM };
	const struct realm_event *lines[] = { &realm, event };
	struct realm_event again = { .sz = sizeof(again) };
	char text[3 * REALM_EVENT_LINE_MAX];
	size_t used, len = REALM_EVENT_LINE_MAX, i;
	struct realm_events *events;

	if (realm_events_format(trace, text, &len))
		abort();
	used = len - 1;
	for (i = event->type == REALM_EVENT_REALM; i < 2; i++) {
		len = REALM_EVENT_LINE_MAX;
		if (realm_event_format(lines[i], realm_events_hash(trace), NULL, text + used, &len))
			abort();
		used += len - 1;
	}
	if (realm_events_parse(ctx, text, used, &events))
		abort();
	while (realm_events_next(events, &again) > 0)
		;
	if (memcmp(&again, event, sizeof(again)))
		abort();
	realm_events_free(events);
}

/* The first is the realm, none comes after activate, and what fails does so for good. */
static void check_events(struct realm_ctx *ctx, struct realm_events *trace)
{
	enum realm_event_type last = (enum realm_event_type)0;
	struct realm_event event;
	unsigned int count = 0;
	int ret;

	memset(&event, 0, sizeof(event));
	event.sz = sizeof(event);
	while ((ret = realm_events_next(trace, &event)) > 0 && count++ < EVENTS) {
		if ((count == 1) != (event.type == REALM_EVENT_REALM) || last == REALM_EVENT_ACTIVATE)
			abort();
		last = event.type;
		if (count < 16)
			check_line(ctx, trace, &event);
	}
	if (ret <= 0 && realm_events_next(trace, &event) != ret)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct realm_events *trace;
	struct realm_ctx *ctx;
	unsigned int realm;

	if (realm_ctx_new(&ctx))
		return 0;
	for (realm = 0; realm <= REALMS; realm++) {
		trace = open_trace(ctx, (const char *)data, size, realm);
		if (trace)
			check_events(ctx, trace);
		realm_events_free(trace);
	}
	realm_ctx_free(ctx);
	return 0;
}
