/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* run-token.c - the token that the guest of `realmctl run` is asked for */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "host.h"
#include "outfile.h"
#include "run-token.h"

static int judge_options(const char *verb, const struct token_args *args)
{
	if (!args->path)
		return usage_error(verb, "--challenge", "there is no --token that would answer it", NULL);
	if (!strcmp(args->path, "-"))
		return usage_error(verb, "--token '-'", "standard output is the guest's console", "name a file");
	if (!args->challenge.len)
		return usage_error(verb, args->challenge.given ? "--challenge ''" : "--token",
				   args->challenge.given ? "is empty" : "needs a challenge",
				   "give what the verifier chose for this token: --challenge HEX, 1 to 64 bytes");
	return EXIT_DONE;
}

/* The key goes beside it, which devices and pipes have no place for. */
static int judge_file(const char *verb, const char *path)
{
	struct stat st;

	if (stat(path, &st) || S_ISREG(st.st_mode))
		return EXIT_DONE;
	complain(verb, path, "is there and is no file that a token could replace", -EINVAL, "name another one");
	return EXIT_FAILED;
}

int token_open(const struct tool *tool, const struct token_args *args, struct mailbox *mailbox)
{
	int code, err;

	*mailbox = (struct mailbox){ 0 };
	if (!args->path && !args->challenge.given)
		return EXIT_DONE;
	code = judge_options(tool->verb, args);
	if (!code)
		code = judge_file(tool->verb, args->path);
	if (code)
		return code;
	err = mailbox_open(mailbox, args->challenge.data, args->challenge.len);
	return err ? system_error(tool->verb, "token", err) : EXIT_DONE;
}

static int save(const struct tool *tool, const char *path, const void *data, size_t len)
{
	int err = outfile_write(path, data, len);

	return err ? system_error(tool->verb, path, err) : EXIT_DONE;
}

/* Written before the token: who finds that finds its key. */
static int save_key(struct tool *tool, const char *token)
{
	char *path, *pem;
	int code, err = host_platform_key(tool->sim, &pem);

	if (err)
		return system_error(tool->verb, "key of the software host", -err);
	if (asprintf(&path, "%s.pem", token) < 0) {
		free(pem);
		return system_error(tool->verb, token, ENOMEM);
	}
	code = save(tool, path, pem, strlen(pem));
	if (!code)
		tool_note(tool, path,
			  "the TEST key of this run's platform, which verifies the token and proves nothing");
	free(path);
	free(pem);
	return code;
}

int token_save(struct tool *tool, const struct token_args *args, const struct mailbox *mailbox, int code)
{
	int saved;

	if (!args->path || (!mailbox->len && code))
		return code;
	if (!mailbox->len) {
		complain(tool->verb, args->path, "the guest has not handed over a token", -ENODATA,
			 "it must use the mailbox of docs/sim.md, as the payload of librealm does");
		return EXIT_FAILED;
	}
	saved = tool->sim ? save_key(tool, args->path) : EXIT_DONE;
	if (!saved)
		saved = save(tool, args->path, mailbox->token, mailbox->len);
	return code ? code : saved;
}
