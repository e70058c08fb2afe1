/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-measure.c - realmctl measure: the RIMs of a plan or of an event log */
#include "commands.h"
#include "output.h"
#include "progress.h"

struct measure_args {
	const char *plan;
	const char *events;
	int family;
	int profile;
	int threads;
	bool bare;
	bool json;
};

static int measure_plan(struct tool *tool, const struct measure_args *args, struct realm_measurement **rows)
{
	struct realm_work_opts work = { .sz = sizeof(work),
					.threads = (unsigned int)args->threads,
					.progress = progress };
	struct realm_measure_opts opts = { .sz = sizeof(opts),
					   .family = (enum realm_family)args->family,
					   .profile = (enum realm_profile)args->profile,
					   .work = &work };
	struct realm_plan *plan = NULL;
	int err;

	err = realm_plan_read(tool->ctx, args->plan, &plan);
	if (!err)
		err = realm_measure(plan, &opts, rows);
	realm_plan_free(plan);
	return err;
}

static int measure_events(struct tool *tool, const struct measure_args *args, struct realm_measurement **rows)
{
	struct realm_work_opts work = { .sz = sizeof(work), .progress = progress };
	struct realm_measure_opts opts = { .sz = sizeof(opts), .profile = (enum realm_profile)args->profile };
	struct realm_events *events = NULL;
	int err;

	err = realm_events_read(tool->ctx, args->events, &work, &events);
	if (!err)
		err = realm_measure_events(events, &opts, rows);
	realm_events_free(events);
	return err;
}

static int print_bare(const struct realm_measurement *rows)
{
	char why[64];

	if (realm_measurement_count(rows) != 1) {
		snprintf(why, sizeof(why), "there are %zu rows", realm_measurement_count(rows));
		return usage_error("measure", "--bare", why, "choose one with --kvm and --rmm");
	}
	output_rim(rows);
	return EXIT_DONE;
}

/* The options that do not go together */
static int refuse(const struct measure_args *args)
{
	if (!args->plan && !args->events)
		return usage_error("measure", "PLAN", "is missing", NULL);
	if (args->plan && args->events)
		return usage_error("measure", "--events", "a plan is given too", NULL);
	if (args->events && args->family)
		return usage_error("measure", "--kvm", "a log says itself which family it is of", NULL);
	if (args->events && args->threads)
		return usage_error("measure", "--threads", "a log is measured on one thread", NULL);
	if (args->bare && args->json)
		return usage_error("measure", "--bare", "does not go with --json", NULL);
	return EXIT_DONE;
}

static int run(struct tool *tool, const void *arg)
{
	const struct measure_args *args = arg;
	struct realm_measurement *rows = NULL;
	int code = refuse(args), err;

	if (code)
		return code;
	err = args->plan ? measure_plan(tool, args, &rows) : measure_events(tool, args, &rows);
	progress_hide();
	if (err)
		code = tool_failed(tool, args->plan ? args->plan : args->events, err);
	else if (args->bare)
		code = print_bare(rows);
	else if (args->json)
		code = output_rows_json(tool, rows);
	else
		output_rows_text(rows);
	realm_measurement_free(rows);
	return code;
}

static const struct opt opts[] = {
	{ 0, OPT_FAMILY, "kvm", "FAMILY", "KVM family (default: one row for each distinct pair)",
	  offsetof(struct measure_args, family) },
	{ 0, OPT_PROFILE, "rmm", "PROFILE", "RMM profile (default: all that the family goes with)",
	  offsetof(struct measure_args, profile) },
	{ 0, OPT_INPUT, "events", "FILE", "measure an event log instead of a plan",
	  offsetof(struct measure_args, events) },
	{ 0, OPT_COUNT, "threads", "N", "busy threads (default: one a CPU)", offsetof(struct measure_args, threads) },
	{ 0, OPT_FLAG, "bare", NULL, "print the hex digest alone; needs exactly one row",
	  offsetof(struct measure_args, bare) },
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object", offsetof(struct measure_args, json) },
	{ 0 },
};

static const struct opt operands[] = {
	{ 0, OPT_INPUT, "PLAN", NULL, NULL, offsetof(struct measure_args, plan) },
	{ 0 },
};

const struct command cmd_measure = {
	.name = "measure",
	.summary = "Predict the Realm Initial Measurement (RIM) of a plan or of an event log.",
	.usage = { "[options] PLAN", "[options] --events FILE" },
	.opts = opts,
	.operands = operands,
	.example = "realmctl measure --kvm rmi-v14 --rmm tf-rmm-2.0 --bare demo.json",
	.size = sizeof(struct measure_args),
	.defaults = &(const struct measure_args){ 0 },
	.run = run,
};
