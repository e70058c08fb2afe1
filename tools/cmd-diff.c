/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-diff.c - realmctl diff: what two event logs do not have in common */
#include "commands.h"
#include "diff.h"
#include "progress.h"

struct diff_args {
	const char *a;
	const char *b;
	bool json;
};

static int run(struct tool *tool, const void *arg)
{
	const struct diff_args *args = arg;
	struct diff d = { .out = args->json ? &diff_json : &diff_text };
	const char *path = args->a;
	int code = EXIT_DONE, err;

	err = side_open(tool, &d.a, args->a, progress);
	if (!err) {
		path = args->b;
		err = side_open(tool, &d.b, args->b, NULL);
	}
	if (!err)
		err = diff_compare(&d);
	if (err)
		code = tool_failed(tool, path, err);
	else if (d.differs || d.header_differs)
		code = EXIT_DIFFERENT;
	diff_close(&d);
	return code;
}

static const struct opt opts[] = {
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object", offsetof(struct diff_args, json) },
	{ 0 },
};

static const struct opt operands[] = {
	{ 0, OPT_INPUT, "EVENTS", NULL, NULL, offsetof(struct diff_args, a) },
	{ 0, OPT_INPUT, "EVENTS", NULL, NULL, offsetof(struct diff_args, b) },
	{ 0 },
};

const struct command cmd_diff = {
	.name = "diff",
	.summary = "Name the first event and field in which two event logs differ, then the rest in order.",
	.usage = { "[options] EVENTS EVENTS" },
	.opts = opts,
	.operands = operands,
	.required = 2,
	.compares = true,
	.example = "realmctl diff predicted.events seen.events",
	.size = sizeof(struct diff_args),
	.defaults = &(const struct diff_args){ 0 },
	.run = run,
};
