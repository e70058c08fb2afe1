/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-check.c - realmctl check: is this plan possible, and is it wise? */
#include "commands.h"
#include "output.h"

struct check_args {
	const char *plan;
	bool json;
};

static int run(struct tool *tool, const void *arg)
{
	const struct check_args *args = arg;
	struct realm_plan *plan = NULL;
	int code = EXIT_DONE, err;

	err = realm_plan_read(tool->ctx, args->plan, &plan);
	if (!err)
		err = realm_plan_check(plan);
	if (err)
		code = tool_failed(tool, args->plan, err);
	if (args->json && output_check_json(tool, args->plan, err ? NULL : plan))
		code = EXIT_FAILED;
	else if (!args->json && !err)
		output_check_text(tool, args->plan, plan);
	realm_plan_free(plan);
	return code;
}

static const struct opt opts[] = {
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object", offsetof(struct check_args, json) },
	{ 0 },
};

static const struct opt operands[] = {
	{ 0, OPT_INPUT, "PLAN", NULL, NULL, offsetof(struct check_args, plan) },
	{ 0 },
};

const struct command cmd_check = {
	.name = "check",
	.summary = "Say whether a plan is possible, and warn of what makes its RIM hard to reproduce.",
	.usage = { "[options] PLAN" },
	.opts = opts,
	.operands = operands,
	.required = 1,
	.example = "realmctl check demo.json",
	.size = sizeof(struct check_args),
	.defaults = &(const struct check_args){ 0 },
	.run = run,
};
