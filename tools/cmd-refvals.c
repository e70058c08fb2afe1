/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-refvals.c - realmctl refvals: what a verifier is to expect of the realm of a plan */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "infile.h"
#include "outfile.h"
#include "output.h"
#include "refs.h"

/* A private key is a few hundred bytes. */
#define KEY_MAX 65536

struct refvals_args {
	struct opt_plan plan;
	int format;
	const char *sign;
	struct opt_list rems;
	const char *rem_log;
	const char *output;
	bool json;
};

/* NULL: standard output */
static const char *file_name(const struct refvals_args *args)
{
	return args->output && strcmp(args->output, "-") ? args->output : NULL;
}

static bool is_cbor(int format)
{
	return format == REALM_REFVALS_CORIM || format == REALM_REFVALS_COMID;
}

/* The options that do not go together */
static int refuse(const struct refvals_args *args)
{
	char formats[128];

	opt_hint(OPT_FORMAT, formats, sizeof(formats));
	if (!args->format)
		return usage_error("refvals", "--format", "is missing", formats);
	if (args->sign && !is_cbor(args->format))
		return usage_error("refvals", "--sign", "this format cannot be signed", "corim and comid can");
	if (args->json && !file_name(args))
		return usage_error("refvals", "--json", "standard output is taken by the reference values",
				   "write them to a file with -o");
	if (is_cbor(args->format) && !file_name(args) && isatty(STDOUT_FILENO))
		return usage_error("refvals", "standard output", "this format is not for a terminal",
				   "write it to a file with -o");
	return refuse_rems("refvals", &args->rems, args->rem_log);
}

static int put_refvals(struct tool *tool, const struct refvals_args *args, const struct realm_refvals *refvals,
		       const uint8_t *data, size_t len)
{
	const char *format = realm_refvals_format_name((enum realm_refvals_format)args->format);
	const char *path = file_name(args);
	int err = path ? outfile_write(path, data, len) : 0;

	if (err)
		return system_error("refvals", path, err);
	if (args->json)
		return output_written_json(tool, refvals, format, path, args->sign != NULL, len);
	if (!path)
		fwrite(data, 1, len, stdout);
	return EXIT_DONE;
}

static int format_refvals(struct tool *tool, const struct refvals_args *args, const struct realm_refvals *refvals,
			  const uint8_t *key, size_t key_len)
{
	struct realm_refvals_opts opts = {
		.sz = sizeof(opts),
		.format = (enum realm_refvals_format)args->format,
		.sign_key = { key, key_len },
		.sign_name = args->sign,
	};
	uint8_t *data;
	size_t len;
	int code, err = realm_refvals_format(refvals, &opts, &data, &len);

	if (err)
		return tool_failed(tool, args->plan.path, err);
	code = put_refvals(tool, args, refvals, data, len);
	realm_free(data);
	return code;
}

static int sign_and_format(struct tool *tool, const struct refvals_args *args, const struct realm_refvals *refvals)
{
	uint8_t *key = NULL;
	size_t len = 0;
	int code, err = args->sign ? infile_read(args->sign, KEY_MAX, &key, &len) : 0;

	if (err)
		return system_error("refvals", args->sign, err);
	if (args->sign && !len)
		code = system_error("refvals", args->sign, ENODATA);
	else
		code = format_refvals(tool, args, refvals, key, len);
	if (key)
		explicit_bzero(key, len);
	free(key);
	return code;
}

static int add_and_write(struct tool *tool, const struct refvals_args *args, const struct realm_rems *rems)
{
	struct realm_refvals *refvals = NULL;
	int code, err = realm_refvals_new(tool->ctx, &refvals);

	if (err)
		return tool_failed(tool, "reference values", err);
	code = add_plan(tool, &args->plan, rems, refvals);
	if (!code)
		code = sign_and_format(tool, args, refvals);
	realm_refvals_free(refvals);
	return code;
}

static int run(struct tool *tool, const void *arg)
{
	const struct refvals_args *args = arg;
	struct realm_rems *rems = NULL;
	int code = refuse(args);

	if (!code)
		code = read_rems(tool, &args->rems, args->rem_log, &rems);
	if (!code)
		code = add_and_write(tool, args, rems);
	realm_rems_free(rems);
	return code;
}

static const struct opt opts[] = {
	{ 0, OPT_FAMILY, "kvm", "FAMILY", "KVM family (default: one value for each distinct RIM)",
	  offsetof(struct refvals_args, plan.family) },
	{ 0, OPT_PROFILE, "rmm", "PROFILE", "RMM profile (default: all that the family goes with)",
	  offsetof(struct refvals_args, plan.profile) },
	{ 0, OPT_FORMAT, "format", "FORMAT", "who is to read them (required)", offsetof(struct refvals_args, format) },
	{ 0, OPT_INPUT, "sign", "FILE", "sign with this private key; corim and comid only",
	  offsetof(struct refvals_args, sign) },
	{ 0, OPT_REMS, "rem", "N=HEX", "expect this REM, N is 0 to 3 as in tokens",
	  offsetof(struct refvals_args, rems) },
	{ 0, OPT_INPUT, "rem-log", "FILE", "expect the REMs that a log of extensions gives",
	  offsetof(struct refvals_args, rem_log) },
	{ 'o', OPT_OUTPUT, "output", "FILE", "write to FILE (default: standard output)",
	  offsetof(struct refvals_args, output) },
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object that says what was written; needs -o",
	  offsetof(struct refvals_args, json) },
	{ 0 },
};

static const struct opt operands[] = {
	{ 0, OPT_INPUT, "PLAN", NULL, NULL, offsetof(struct refvals_args, plan.path) },
	{ 0 },
};

static const struct command *const commands[] = { &cmd_refvals_show, NULL };

const struct command cmd_refvals = {
	.name = "refvals",
	.summary = "Write what a verifier is to expect of the realm of a plan, in the form that it reads.",
	.usage = { "[options] --format FORMAT PLAN" },
	.opts = opts,
	.operands = operands,
	.required = 1,
	.example = "realmctl refvals --kvm rmi-v14 --format corim --sign key.pem -o demo.corim demo.json",
	.size = sizeof(struct refvals_args),
	.defaults = &(const struct refvals_args){ .format = 0 },
	.run = run,
	.children = commands,
};
