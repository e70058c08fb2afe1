/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-explain.c - realmctl explain: which change of a plan gives a RIM, and where an event log leaves the plan */
#include "commands.h"
#include "diff.h"
#include "progress.h"

struct explain_args {
	const char *plan;
	const char *events;
	struct opt_bytes rim;
	int limit;
	bool json;
};

static int explain(const struct explain_args *args, struct realm_plan *plan, struct realm_explanation **answer)
{
	struct realm_work_opts work = { .sz = sizeof(work), .progress = progress };
	struct realm_explain_opts opts = {
		.sz = sizeof(opts), .limit = (unsigned int)args->limit, .work = &work, .tried = progress_search
	};

	return realm_explain(plan, args->rim.data, args->rim.len, &opts, answer);
}

/* The family of the log, else the one that gives the RIM, else the usual one */
static enum realm_family choose_family(const struct realm_events *log, const struct realm_explanation *answer)
{
	enum realm_family family = realm_events_family(log);

	if (!family)
		realm_explanation_found(answer, &family, NULL);
	return family;
}

/* The log is open. */
static int compare(struct tool *tool, const struct explain_args *args, struct realm_plan *plan,
		   const struct realm_explanation *answer, struct diff *d)
{
	const char *path = args->plan;
	int err = side_open_plan(&d->a, args->plan, plan, choose_family(d->b.events, answer), progress);

	if (!err) {
		path = args->events;
		err = diff_compare(d);
	}
	progress_hide();
	return err ? tool_failed(tool, path, err) : EXIT_DONE;
}

static int answer_question(struct tool *tool, const struct explain_args *args, struct realm_plan *plan, struct diff *d)
{
	struct realm_explanation *answer = NULL;
	int err = explain(args, plan, &answer), code = EXIT_DONE;

	progress_hide();
	if (err)
		return tool_failed(tool, args->plan, err);
	if (d)
		code = compare(tool, args, plan, answer, d);
	if (!code && args->json)
		code = output_explain_json(tool, answer, d);
	else if (!code)
		output_explain_text(answer, d);
	if (!code && !realm_explanation_found(answer, NULL, NULL))
		code = EXIT_DIFFERENT;
	realm_explanation_free(answer);
	return code;
}

static int run_plan(struct tool *tool, const struct explain_args *args, struct realm_plan *plan)
{
	struct diff d = { 0 };
	int err = args->events ? side_open(tool, &d.b, args->events, NULL) : 0;
	int code = err ? tool_failed(tool, args->events, err)
		       : answer_question(tool, args, plan, args->events ? &d : NULL);

	diff_close(&d);
	return code;
}

static int refuse(const struct explain_args *args)
{
	size_t len = args->rim.len;

	if (!args->rim.given)
		return usage_error("explain", "--rim", "is missing", NULL);
	if (len != 32 && len != 48 && len != 64)
		return usage_error("explain", "--rim", "a RIM has 32, 48 or 64 bytes", NULL);
	return EXIT_DONE;
}

static int run(struct tool *tool, const void *arg)
{
	const struct explain_args *args = arg;
	struct realm_plan *plan = NULL;
	int code = refuse(args), err;

	if (code)
		return code;
	err = realm_plan_read(tool->ctx, args->plan, &plan);
	if (err)
		return tool_failed(tool, args->plan, err);
	code = run_plan(tool, args, plan);
	realm_plan_free(plan);
	return code;
}

static const struct opt opts[] = {
	{ 0, OPT_BYTES, "rim", "HEX", "the RIM to explain: what the token or the host says",
	  offsetof(struct explain_args, rim) },
	{ 0, OPT_INPUT, "events", "FILE", "event log of the other side: name the first difference too",
	  offsetof(struct explain_args, events) },
	{ 0, OPT_COUNT, "limit", "SECONDS", "end the search then (default: all single changes, pairs up to 60)",
	  offsetof(struct explain_args, limit) },
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object", offsetof(struct explain_args, json) },
	{ 0 },
};

static const struct opt operands[] = {
	{ 0, OPT_INPUT, "PLAN", NULL, NULL, offsetof(struct explain_args, plan) },
	{ 0 },
};

const struct command cmd_explain = {
	.name = "explain",
	.summary = "Find the change of a plan, or the two changes, that give a RIM.",
	.usage = { "[options] --rim HEX PLAN" },
	.opts = opts,
	.operands = operands,
	.required = 1,
	.compares = true,
	.example = "realmctl explain --rim $(cat seen.rim) demo.json",
	.size = sizeof(struct explain_args),
	.defaults = &(const struct explain_args){ 0 },
	.run = run,
};
