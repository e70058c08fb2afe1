/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-token.c - realmctl token: what a CCA attestation token says, and whether to believe it */
#include "commands.h"
#include "output.h"

struct show_args {
	const char *token;
	bool json;
};

static int run_show(struct tool *tool, const void *arg)
{
	const struct show_args *args = arg;
	struct realm_token *token = NULL;
	int code, err;

	err = realm_token_read(tool->ctx, args->token, &token);
	if (err)
		code = tool_failed(tool, args->token, err);
	else if (args->json)
		code = output_token_json(tool, token);
	else
		code = output_token_text(tool, token);
	realm_token_free(token);
	return code;
}

static const struct opt show_opts[] = {
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object", offsetof(struct show_args, json) },
	{ 0 },
};

static const struct opt show_operands[] = {
	{ 0, OPT_INPUT, "FILE", NULL, NULL, offsetof(struct show_args, token) },
	{ 0 },
};

static const struct command cmd_token_show = {
	.name = "token show",
	.summary = "Print what a token says; nothing of it is verified.",
	.usage = { "[options] FILE" },
	.opts = show_opts,
	.operands = show_operands,
	.required = 1,
	.example = "realmctl token show token.cbor",
	.size = sizeof(struct show_args),
	.defaults = &(const struct show_args){ 0 },
	.run = run_show,
};

static const struct command *const commands[] = { &cmd_token_show, &cmd_token_verify, NULL };
static const struct opt none[] = { { 0 } };

const struct command cmd_token = {
	.name = "token",
	.summary = "Show a CCA attestation token, or verify it and compare it with what is expected.",
	.opts = none,
	.operands = none,
	.compares = true,
	.example = "realmctl token verify token.cbor --key cpak.pem --plan demo.json",
	.children = commands,
};
