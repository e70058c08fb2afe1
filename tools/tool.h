/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* tool.h - what every verb of realmctl has: a context, messages, an exit code */
#ifndef TOOL_H
#define TOOL_H

#include <stdbool.h>
#include <stdio.h>

#include <jansson.h>

#include "realm.h"

enum exit_code {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_UNSUPPORTED = 3,
	EXIT_DIFFERENT = 4,
};

struct realm_sim;

struct tool {
	const char *verb;
	struct realm_ctx *ctx;
	struct realm_sim *sim; /* the host of the context; NULL for Linux */
	json_t *warnings;      /* what the log callback was told so far: arrays of {where, message} */
	json_t *notes;
};

int tool_open(struct tool *tool, const char *verb);
void tool_close(struct tool *tool);

/* As if the library had a note for the log callback.  where may be NULL. */
void tool_note(struct tool *tool, const char *where, const char *message);
/* One line on stderr: "realmctl VERB: WHAT: WHY (ERRNO); HINT".  err is negative; hint may be NULL. */
void complain(const char *verb, const char *what, const char *why, int err, const char *hint);
/* A library call about WHAT returned err: say so, with the detail of the context.  Gives the exit code. */
int tool_failed(struct tool *tool, const char *what, int err);
/* A wrong command line.  hint may be NULL: then the help page is named.  Gives EXIT_USAGE. */
int usage_error(const char *verb, const char *what, const char *why, const char *hint);
/* A call that gives no detail, such as of libc, failed with errno err (positive).  Gives EXIT_FAILED. */
int system_error(const char *verb, const char *what, int err);

#endif /* TOOL_H */
