/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-refvals-show.c - realmctl refvals show: what a file with reference values says */
#include <errno.h>
#include <stdlib.h>

#include "commands.h"
#include "infile.h"
#include "output.h"
#include "refs.h"

struct show_args {
	const char *file;
	struct opt_list keys; /* const char * */
	bool json;
};

struct file {
	const char *path;
	uint8_t *data;
	size_t len;
};

/* Only a signed CoRIM can be asked who signed it. */
static int check_signature(struct tool *tool, const struct file *file, const struct realm_keys *keys,
			   enum signature_state *statep)
{
	int signed_by = realm_refvals_check_signature(tool->ctx, file->data, file->len, keys);

	if (signed_by == -EBADMSG)
		*statep = SIGNATURE_NONE;
	else if (signed_by < 0)
		return tool_failed(tool, file->path, signed_by);
	else if (!realm_keys_count(keys))
		*statep = SIGNATURE_NOT_CHECKED;
	else
		*statep = signed_by ? SIGNATURE_GOOD : SIGNATURE_BAD;
	return EXIT_DONE;
}

/* Keys were given: what they did not sign is refused. */
static int judge_signature(const struct tool *tool, const struct file *file, enum signature_state state)
{
	if (state == SIGNATURE_GOOD)
		return EXIT_DONE;
	complain(tool->verb, file->path, state == SIGNATURE_NONE ? "is not signed" : "is not signed by a key of --key",
		 -EBADMSG, "without --key it is shown as it is");
	return EXIT_FAILED;
}

static int put_file(struct tool *tool, const struct show_args *args, const struct file *file,
		    const struct realm_refvals *refvals, const struct realm_keys *keys)
{
	enum signature_state state = SIGNATURE_NONE;
	int code = check_signature(tool, file, keys, &state), lost = EXIT_DONE;

	if (code)
		return code;
	if (args->json)
		lost = output_refvals_json(tool, refvals, state);
	else
		output_refvals_text(refvals, state);
	if (args->keys.count)
		code = judge_signature(tool, file, state);
	return lost ? lost : code;
}

static int show(struct tool *tool, const struct show_args *args, const struct file *file)
{
	struct realm_refvals *refvals = NULL;
	struct realm_keys *keys = NULL;
	int code = read_keys(tool, &args->keys, NULL, &keys), err = 0;

	if (!code)
		err = realm_refvals_new(tool->ctx, &refvals);
	if (!code && !err)
		err = realm_refvals_add(refvals, file->path, file->data, file->len);
	if (err)
		code = tool_failed(tool, file->path, err);
	if (!code)
		code = put_file(tool, args, file, refvals, keys);
	realm_refvals_free(refvals);
	realm_keys_free(keys);
	return code;
}

static int run(struct tool *tool, const void *arg)
{
	const struct show_args *args = arg;
	struct file file = { .path = args->file };
	int code, err = infile_read(file.path, REALM_REFVALS_MAX, &file.data, &file.len);

	if (err)
		return system_error(tool->verb, file.path, err);
	code = show(tool, args, &file);
	free(file.data);
	return code;
}

static const struct opt opts[] = {
	{ 0, OPT_INPUTS, "key", "FILE", "refuse what none of these keys has signed", offsetof(struct show_args, keys) },
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object", offsetof(struct show_args, json) },
	{ 0 },
};

static const struct opt operands[] = {
	{ 0, OPT_INPUT, "FILE", NULL, NULL, offsetof(struct show_args, file) },
	{ 0 },
};

const struct command cmd_refvals_show = {
	.name = "refvals show",
	.summary = "Print what a file with reference values says, of any form that is written, or a CoRIM of others.",
	.usage = { "[options] FILE" },
	.opts = opts,
	.operands = operands,
	.required = 1,
	.example = "realmctl refvals show demo.corim --key public.pem",
	.size = sizeof(struct show_args),
	.defaults = &(const struct show_args){ 0 },
	.run = run,
};
