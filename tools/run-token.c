/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* run-token.c - the token that the guest of `realmctl run` is asked for */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "infile.h"
#include "outfile.h"
#include "run-token.h"

/* A public key is a few hundred bytes. */
#define KEY_MAX 65536

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

/* Nothing there, or nothing but a public key, as an earlier run leaves it? */
static bool is_replaceable(const char *path)
{
	static const char begin[] = "-----BEGIN ", public_key[] = "-----BEGIN PUBLIC KEY-----";
	size_t len, size = sizeof(public_key) - 1;
	uint8_t *data;
	bool good;

	if (infile_read(path, KEY_MAX, &data, &len))
		return false;
	good = !len || (len > size && !memcmp(data, public_key, size) &&
			!memmem(data + size, len - size, begin, sizeof(begin) - 1));
	explicit_bzero(data, len);
	free(data);
	return good;
}

/* The file for the key of the software host has a name that nobody wrote: what it holds may be dear. */
static int judge_key_file(const char *verb, const char *token)
{
	struct stat st;
	int code = EXIT_DONE;
	char *path;

	if (asprintf(&path, "%s.pem", token) < 0)
		return system_error(verb, token, ENOMEM);
	if (!stat(path, &st) && (!S_ISREG(st.st_mode) || !is_replaceable(path))) {
		complain(verb, path, "is there and is no public key, which the key of this run would replace", -EEXIST,
			 "name another file for the token");
		code = EXIT_FAILED;
	}
	free(path);
	return code;
}

int token_open(const struct tool *tool, const struct token_args *args, const struct host_args *host,
	       struct mailbox *mailbox)
{
	int code, err;

	*mailbox = (struct mailbox){ 0 };
	if (!args->path && !args->challenge.given)
		return EXIT_DONE;
	code = judge_options(tool->verb, args);
	if (!code)
		code = judge_file(tool->verb, args->path);
	if (!code && host->kind == HOST_SIM)
		code = judge_key_file(tool->verb, args->path);
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
