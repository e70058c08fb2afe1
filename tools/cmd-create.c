/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-create.c - realmctl create: can this host make the realm of a plan, and is its RIM the predicted one? */
#include "build.h"
#include "commands.h"
#include "output.h"

struct create_args {
	const char *plan;
	struct host_args host;
	bool json;
};

static int run(struct tool *tool, const void *arg)
{
	const struct create_args *args = arg;
	struct build build;
	int code, lost;

	code = build_realm(tool, args->plan, &args->host, 0, &build);
	if (!code) {
		lost = 0;
		if (args->json)
			lost = output_create_json(tool, &build);
		else
			output_create_text(&build);
		code = lost ? lost : build_compare(tool, &build);
	}
	build_free(&build);
	return code;
}

static const struct opt opts[] = {
	HOST_OPTS(struct create_args),
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object", offsetof(struct create_args, json) },
	{ 0 },
};

static const struct opt operands[] = {
	{ 0, OPT_INPUT, "PLAN", NULL, NULL, offsetof(struct create_args, plan) },
	{ 0 },
};

const struct command cmd_create = {
	.name = "create",
	.summary = "Build and seal the realm of a plan, compare its RIM with the predicted one, and destroy it.",
	.usage = { "[options] PLAN" },
	.opts = opts,
	.operands = operands,
	.required = 1,
	.compares = true,
	.example = "realmctl create --host sim --kvm rmi-v14 demo.json",
	.size = sizeof(struct create_args),
	.defaults = &(const struct create_args){ 0 },
	.run = run,
};
