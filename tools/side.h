/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* side.h - one of two event logs that are compared */
#ifndef SIDE_H
#define SIDE_H

#include "tool.h"

/* Events of each log that are looked at to find where both go on together */
#define WINDOW 1024

/* One log, and its next events in a ring */
struct side {
	const char *path;
	struct realm_events *events;
	struct realm_event *ring;
	size_t head;
	size_t count;
	unsigned long long taken; /* events before the head */
	bool ended;
};

/* side is zeroed before, and closed whether this fails or not.  progress may be NULL. */
int side_open(struct tool *tool, struct side *side, const char *path, realm_progress_fn progress);
/* The same for the events of a plan under a family. */
int side_open_plan(struct side *side, const char *path, struct realm_plan *plan, enum realm_family family,
		   realm_progress_fn progress);
void side_close(struct side *side);
/* Have so many events at hand (up to WINDOW), or all that are left. */
int side_fill(struct side *side, size_t want);
/* Event i of those at hand */
const struct realm_event *side_event(const struct side *side, size_t i);
void side_drop(struct side *side);
/* The first event as a line of its log, REALM_EVENT_LINE_MAX bytes at most */
int side_line(const struct side *side, char *line);
/* The same, and the header, as JSON: the log itself says what its fields are.  NULL when out of memory. */
json_t *side_json(const struct side *side);
json_t *side_header(const struct side *side);

#endif /* SIDE_H */
