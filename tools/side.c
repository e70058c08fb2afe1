/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* side.c - one of two event logs that are compared */
#include <errno.h>
#include <stdlib.h>

#include "side.h"

static int make_ring(struct side *side, const char *path)
{
	side->path = path;
	side->ring = calloc(WINDOW, sizeof(*side->ring));
	return side->ring ? 0 : -ENOMEM;
}

int side_open(struct tool *tool, struct side *side, const char *path, realm_progress_fn progress)
{
	struct realm_work_opts work = { .sz = sizeof(work), .progress = progress };
	int err = make_ring(side, path);

	return err ? err : realm_events_read(tool->ctx, path, &work, &side->events);
}

int side_open_plan(struct side *side, const char *path, struct realm_plan *plan, enum realm_family family,
		   realm_progress_fn progress)
{
	struct realm_work_opts work = { .sz = sizeof(work), .progress = progress };
	int err = make_ring(side, path);

	return err ? err : realm_events_new(plan, family, &work, &side->events);
}

void side_close(struct side *side)
{
	realm_events_free(side->events);
	free(side->ring);
}

const struct realm_event *side_event(const struct side *side, size_t i)
{
	return &side->ring[(side->head + i) % WINDOW];
}

void side_drop(struct side *side)
{
	side->head = (side->head + 1) % WINDOW;
	side->count--;
	side->taken++;
}

int side_fill(struct side *side, size_t want)
{
	struct realm_event *event;
	int got;

	while (side->count < want && !side->ended) {
		event = &side->ring[(side->head + side->count) % WINDOW];
		event->sz = sizeof(*event);
		got = realm_events_next(side->events, event);
		if (got < 0)
			return got;
		side->ended = !got;
		side->count += (size_t)got;
	}
	return 0;
}

int side_line(const struct side *side, char *line)
{
	size_t size = REALM_EVENT_LINE_MAX;

	return realm_event_format(side_event(side, 0), realm_events_hash(side->events), NULL, line, &size);
}

json_t *side_json(const struct side *side)
{
	char line[REALM_EVENT_LINE_MAX];

	return side_line(side, line) ? NULL : json_loads(line, 0, NULL);
}

json_t *side_header(const struct side *side)
{
	char line[REALM_EVENT_LINE_MAX];
	size_t size = sizeof(line);

	return realm_events_format(side->events, line, &size) ? NULL : json_loads(line, 0, NULL);
}
