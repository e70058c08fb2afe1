/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* run-token.h - the token that the guest of `realmctl run` is asked for */
#ifndef RUN_TOKEN_H
#define RUN_TOKEN_H

#include "host.h"
#include "mailbox.h"

struct token_args {
	const char *path; /* NULL: none is wanted */
	struct opt_bytes challenge;
};

/* clang-format off */
#define TOKEN_OPTS(args) \
	{ 0, OPT_OUTPUT, "token", "FILE", "write the token that the guest hands over", offsetof(args, token.path) }, \
	{ 0, OPT_BYTES, "challenge", "HEX", "what the token answers: 1 to 64 bytes", offsetof(args, token.challenge) }
/* clang-format on */

/* Judge the options, before anything is done, and open the mailbox if a token is wanted.  Gives the exit code. */
int token_open(const struct tool *tool, const struct token_args *args, const struct host_args *host,
	       struct mailbox *mailbox);
/*
 * The realm has ended with this exit code: write the token that is there, and on the software host its key.  Gives the
 * exit code, which is EXIT_FAILED when none is there.
 */
int token_save(struct tool *tool, const struct token_args *args, const struct mailbox *mailbox, int code);

#endif /* RUN_TOKEN_H */
