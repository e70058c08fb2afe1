/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output-events.c - a log as it is, or as one JSON object */
#include "output.h"

static void lines_begin(const char *header, size_t size)
{
	fwrite(header, 1, size - 1, stdout);
}

static void lines_event(const char *event, size_t size, bool first)
{
	fwrite(event, 1, size - 1, stdout);
}

static void lines_end(void)
{
}

const struct events_output events_lines = { lines_begin, lines_event, lines_end };

/* Inside the object a line goes without its newline. */
static void json_begin(const char *header, size_t size)
{
	fputs("{\"schema\":\"realmctl.events/1\",\n\"header\":", stdout);
	fwrite(header, 1, size - 2, stdout);
	fputs(",\n\"events\":[", stdout);
}

static void json_event(const char *event, size_t size, bool first)
{
	fputs(first ? "\n" : ",\n", stdout);
	fwrite(event, 1, size - 2, stdout);
}

static void json_end(void)
{
	fputs("\n]}\n", stdout);
}

const struct events_output events_json = { json_begin, json_event, json_end };
