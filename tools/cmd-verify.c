/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-verify.c - realmctl token verify: is a token genuine, and of the realm that is expected? */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "output.h"
#include "refs.h"

struct verify_args {
	const char *token;
	struct opt_list keys; /* const char * */
	const char *store;
	struct opt_list plans;
	struct opt_list rims;
	struct opt_list rems;
	const char *rem_log;
	struct opt_bytes challenge;
	struct opt_list refs; /* const char * */
	int lifecycle;
	int64_t at;
	bool json;
};

/* What the command line names, read */
struct inputs {
	struct realm_keys *keys;
	struct realm_refvals *refvals; /* NULL when there are none */
	struct realm_rems *rems;       /* NULL when there are none */
};

static int add_references(struct tool *tool, const struct verify_args *args, struct realm_refvals *refvals)
{
	const struct opt_plan *plans = args->plans.items;
	const struct opt_bytes *rims = args->rims.items;
	const char *const *refs = args->refs.items;
	int code = EXIT_DONE, err;
	size_t i;

	for (i = 0; !code && i < args->plans.count; i++)
		code = add_plan(tool, &plans[i], NULL, refvals);
	for (i = 0; !code && i < args->rims.count; i++) {
		err = realm_refvals_add_rim(refvals, rims[i].data, rims[i].len);
		code = err ? tool_failed(tool, "--rim", err) : EXIT_DONE;
	}
	for (i = 0; !code && i < args->refs.count; i++) {
		err = realm_refvals_add_file(refvals, refs[i]);
		code = err ? tool_failed(tool, refs[i], err) : EXIT_DONE;
	}
	return code;
}

static int read_references(struct tool *tool, const struct verify_args *args, struct realm_refvals **refvalsp)
{
	int err;

	if (!args->plans.count && !args->rims.count && !args->refs.count)
		return EXIT_DONE;
	err = realm_refvals_new(tool->ctx, refvalsp);
	return err ? tool_failed(tool, "reference values", err) : add_references(tool, args, *refvalsp);
}

static int read_inputs(struct tool *tool, const struct verify_args *args, struct inputs *in)
{
	int code = read_keys(tool, &args->keys, args->store, &in->keys);

	if (!code)
		code = read_references(tool, args, &in->refvals);
	if (!code)
		code = read_rems(tool, &args->rems, args->rem_log, &in->rems);
	return code;
}

static void free_inputs(struct inputs *in)
{
	realm_keys_free(in->keys);
	realm_refvals_free(in->refvals);
	realm_rems_free(in->rems);
}

static int exit_code(enum realm_result result)
{
	switch (result) {
	case REALM_ACCEPTED:
		return EXIT_DONE;
	case REALM_DIFFERENT:
		return EXIT_DIFFERENT;
	default:
		return EXIT_FAILED;
	}
}

/* The first check that has this outcome; false when there is none. */
static bool find_check(const struct realm_verdict *verdict, enum realm_outcome outcome, int mandatory,
		       struct realm_check *check)
{
	size_t i;

	for (i = 0; !realm_verdict_check(verdict, i, check); i++)
		if (check->outcome == outcome && check->mandatory == mandatory)
			return true;
	return false;
}

/* What decided.  Checks that refuse follow from the first one; each that compares says something of its own. */
static char *describe(const struct realm_verdict *verdict, bool refused, const struct realm_check *first)
{
	struct realm_check check = { .sz = sizeof(check) };
	bool alone = true;
	char *text = NULL;
	size_t i, len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return NULL;
	fprintf(out, "%s: %s", refused ? "refused" : "different", first->name);
	for (i = 0; !refused && !realm_verdict_check(verdict, i, &check); i++) {
		if (check.outcome != REALM_CHECK_BAD || check.mandatory || !strcmp(check.name, first->name))
			continue;
		fprintf(out, ", %s", check.name);
		alone = false;
	}
	if (alone && first->why)
		fprintf(out, ": %s", first->why);
	fclose(out);
	return text;
}

static bool is_rim_bad(const struct realm_verdict *verdict)
{
	struct realm_check check = { .sz = sizeof(check) };
	size_t i;

	for (i = 0; !realm_verdict_check(verdict, i, &check); i++)
		if (!strcmp(check.name, "rim"))
			return check.outcome == REALM_CHECK_BAD;
	return false;
}

static const char *find_hint(const struct verify_args *args, const struct realm_verdict *verdict,
			     const struct realm_check *first)
{
	const char *why = first->why ? first->why : "";

	if (!strcmp(first->name, "platform-key"))
		return strstr(why, " expired at ") || strstr(why, " is not valid before ")
			       ? "--at TIME judges certificates at another time"
			       : "--key or --store says who may have signed it";
	if (!first->mandatory && args->plans.count && is_rim_bad(verdict))
		return "'realmctl explain PLAN --rim HEX' finds the change";
	return "standard output says what was expected and found";
}

/* The checks that decided, on standard error too: not everybody reads the table. */
static void say_result(const struct tool *tool, const struct verify_args *args, const struct realm_verdict *verdict)
{
	bool refused = realm_verdict_result(verdict) == REALM_REFUSED;
	struct realm_check check = { .sz = sizeof(check) };
	char *why;

	if (!find_check(verdict, REALM_CHECK_BAD, refused, &check) &&
	    !find_check(verdict, REALM_CHECK_NOT_DONE, refused, &check))
		return;
	why = describe(verdict, refused, &check);
	if (why)
		complain(tool->verb, args->token, why, -EBADMSG, find_hint(args, verdict, &check));
	free(why);
}

static int put_verdict(struct tool *tool, const struct verify_args *args, const struct inputs *in,
		       const struct realm_verdict *verdict)
{
	int code = exit_code(realm_verdict_result(verdict)), lost = EXIT_DONE;

	if (args->json)
		lost = output_verdict_json(tool, verdict, in->refvals, code);
	else
		output_verdict_text(verdict);
	if (code)
		say_result(tool, args, verdict);
	return lost ? lost : code;
}

static int verify(struct tool *tool, const struct verify_args *args, const struct inputs *in,
		  const struct realm_token *token)
{
	struct realm_verify_opts opts = {
		.sz = sizeof(opts),
		.keys = in->keys,
		.refvals = in->refvals,
		.rems = in->rems,
		.challenge = { args->challenge.data, args->challenge.len },
		.lifecycle = (enum realm_lifecycle)args->lifecycle,
		.at = args->at,
	};
	struct realm_verdict *verdict;
	int code, result = realm_token_verify(token, &opts, &verdict);

	if (result < 0)
		return tool_failed(tool, args->token, result);
	code = put_verdict(tool, args, in, verdict);
	realm_verdict_free(verdict);
	return code;
}

static int read_and_verify(struct tool *tool, const struct verify_args *args, const struct inputs *in)
{
	struct realm_token *token;
	int code, err = realm_token_read(tool->ctx, args->token, &token);

	if (err) {
		code = tool_failed(tool, args->token, err);
		/* That a file is no token is an answer; that there is no file is none. */
		if (args->json && (err == -EBADMSG || err == -EINVAL))
			output_no_token_json(tool, code);
		return code;
	}
	code = verify(tool, args, in, token);
	realm_token_free(token);
	return code;
}

static int refuse(const struct verify_args *args)
{
	if (args->challenge.given && !args->challenge.len)
		return usage_error("token verify", "--challenge", "is empty", NULL);
	return refuse_rems("token verify", &args->rems, args->rem_log);
}

static int run(struct tool *tool, const void *arg)
{
	const struct verify_args *args = arg;
	struct inputs in = { 0 };
	int code = refuse(args);

	if (!code)
		code = read_inputs(tool, args, &in);
	if (!code)
		code = read_and_verify(tool, args, &in);
	free_inputs(&in);
	return code;
}

static const struct opt opts[] = {
	{ 0, OPT_INPUTS, "key", "FILE", "key or certificates that may have signed the platform's token",
	  offsetof(struct verify_args, keys) },
	{ 0, OPT_INPUT, "store", "FILE", "trust anchors by implementation and instance",
	  offsetof(struct verify_args, store) },
	{ 0, OPT_PLANS, "plan", "PLAN", "expect the realm of a plan", offsetof(struct verify_args, plans) },
	{ 0, OPT_PLAN_FAMILY, "kvm", "FAMILY", "KVM family of the last --plan (default: any)",
	  offsetof(struct verify_args, plans) },
	{ 0, OPT_PLAN_PROFILE, "rmm", "PROFILE", "RMM profile of the last --plan (default: any)",
	  offsetof(struct verify_args, plans) },
	{ 0, OPT_DIGESTS, "rim", "HEX", "expect this RIM", offsetof(struct verify_args, rims) },
	{ 0, OPT_REMS, "rem", "N=HEX", "expect this REM, N is 0 to 3 as in tokens",
	  offsetof(struct verify_args, rems) },
	{ 0, OPT_INPUT, "rem-log", "FILE", "expect the REMs that a log of extensions gives",
	  offsetof(struct verify_args, rem_log) },
	{ 0, OPT_INPUTS, "refs", "FILE", "expect what a file with reference values says",
	  offsetof(struct verify_args, refs) },
	{ 0, OPT_BYTES, "challenge", "HEX", "expect this challenge, up to 64 bytes",
	  offsetof(struct verify_args, challenge) },
	{ 0, OPT_STATE, "lifecycle", "STATE", "accept a platform in this state, or a better one (default: secured)",
	  offsetof(struct verify_args, lifecycle) },
	{ 0, OPT_TIME, "at", "TIME", "judge certificates at this time (default: now)",
	  offsetof(struct verify_args, at) },
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object", offsetof(struct verify_args, json) },
	{ 0 },
};

static const struct opt operands[] = {
	{ 0, OPT_INPUT, "FILE", NULL, NULL, offsetof(struct verify_args, token) },
	{ 0 },
};

const struct command cmd_token_verify = {
	.name = "token verify",
	.summary = "Say whether a token is genuine, and whether it is of the realm that is expected.",
	.usage = { "[options] FILE" },
	.opts = opts,
	.operands = operands,
	.required = 1,
	.compares = true,
	.example = "realmctl token verify token.cbor --key cpak.pem --plan demo.json --challenge 0123abcd",
	.size = sizeof(struct verify_args),
	.defaults = &(const struct verify_args){ .lifecycle = REALM_LIFECYCLE_SECURED },
	.run = run,
};
