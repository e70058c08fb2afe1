/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-events.c - realmctl events: what the RMM measures of a plan, or has measured of a realm, in order */
#include <errno.h>
#include <unistd.h>

#include "commands.h"
#include "host.h"
#include "output.h"
#include "progress.h"

struct events_args {
	const char *plan;
	const char *trace;
	int realm;
	int family;
	int profile;
	bool rim;
	bool json;
};

struct stream {
	struct realm_events *events;
	struct realm_rim *rim; /* NULL without --rim */
	const struct events_output *out;
};

static int put_header(const struct stream *s)
{
	char line[REALM_EVENT_LINE_MAX];
	size_t size = sizeof(line);
	int err;

	err = realm_events_format(s->events, line, &size);
	if (!err)
		s->out->begin(line, size);
	return err;
}

static int put_event(const struct stream *s, const struct realm_event *event, bool first)
{
	char line[REALM_EVENT_LINE_MAX];
	size_t size = sizeof(line);
	int err = 0;

	if (s->rim)
		err = realm_rim_extend(s->rim, event);
	if (!err)
		err = realm_event_format(event, realm_events_hash(s->events), realm_rim_value(s->rim), line, &size);
	if (!err)
		s->out->event(line, size, first);
	return err;
}

/* Ends early when nobody takes the output any more: finding that out at the end could take long. */
static int put_stream(const struct stream *s)
{
	struct realm_event event = { .sz = sizeof(event) };
	bool first = true;
	int err;

	err = put_header(s);
	while (!err && !output_lost()) {
		err = realm_events_next(s->events, &event);
		if (err <= 0)
			break;
		err = put_event(s, &event, first);
		first = false;
	}
	if (!err)
		s->out->end();
	return err;
}

static int print_events(struct tool *tool, struct realm_events *events, const struct events_args *args,
			enum realm_profile profile)
{
	struct stream s = { .events = events, .out = args->json ? &events_json : &events_lines };
	int err = 0;

	if (args->rim)
		err = realm_rim_new(tool->ctx, profile, realm_events_hash(events), &s.rim);
	if (!err)
		err = put_stream(&s);
	realm_rim_free(s.rim);
	realm_events_free(events);
	return err;
}

static int print_plan(struct tool *tool, const struct events_args *args, enum realm_family family,
		      enum realm_profile profile)
{
	struct realm_work_opts work = { .sz = sizeof(work), .progress = isatty(STDOUT_FILENO) ? NULL : progress };
	struct realm_events *events = NULL;
	struct realm_plan *plan = NULL;
	int err;

	err = realm_plan_read(tool->ctx, args->plan, &plan);
	if (!err)
		err = realm_events_new(plan, family, &work, &events);
	if (!err)
		err = print_events(tool, events, args, profile);
	realm_plan_free(plan);
	return err;
}

static int print_trace(struct tool *tool, const struct events_args *args, enum realm_family family,
		       enum realm_profile profile)
{
	struct realm_trace_opts opts = {
		.sz = sizeof(opts),
		.realm = (unsigned int)args->realm,
		.family = family,
		.profile = args->rim ? profile : REALM_PROFILE_ANY,
	};
	struct realm_events *events = NULL;
	int err = realm_trace_read(tool->ctx, args->trace, &opts, &events);

	return err ? err : print_events(tool, events, args, profile);
}

/* The options that do not go together */
static int refuse(const struct events_args *args)
{
	if (!args->plan && !args->trace)
		return usage_error("events", "PLAN", "is missing", NULL);
	if (args->plan && args->trace)
		return usage_error("events", "--from-trace", "a plan is given too", NULL);
	if (args->realm && !args->trace)
		return usage_error("events", "--realm", "means something only with --from-trace", NULL);
	if (args->profile && !args->rim)
		return usage_error("events", "--rmm", "means something only with --rim", NULL);
	if (args->rim && args->trace && !args->family && !args->profile)
		return usage_error("events", "--rim", "a trace does not tell by whose rules its RMM measures",
				   "say it with --rmm or --kvm");
	return EXIT_DONE;
}

static int refuse_pair(enum realm_family family, enum realm_profile profile)
{
	char what[64];

	if (!family || realm_family_has_profile(family, profile))
		return EXIT_DONE;
	snprintf(what, sizeof(what), "--kvm %s --rmm %s", realm_family_name(family), realm_profile_name(profile));
	complain("events", what, "this family never ran on such an RMM", -EOPNOTSUPP,
		 "leave --rmm out to get a profile that fits");
	return EXIT_UNSUPPORTED;
}

static int run(struct tool *tool, const void *arg)
{
	const struct events_args *args = arg;
	bool is_default = !args->family && args->plan;
	enum realm_family family = is_default ? REALM_FAMILY_RMI_V14 : (enum realm_family)args->family;
	enum realm_profile profile = args->profile ? (enum realm_profile)args->profile : default_profile(family);
	int code = refuse(args), err;

	if (!code)
		code = refuse_pair(family, profile);
	if (code)
		return code;
	err = args->plan ? print_plan(tool, args, family, profile) : print_trace(tool, args, family, profile);
	if (err)
		code = tool_failed(tool, args->plan ? args->plan : args->trace, err);
	return code;
}

static const struct opt opts[] = {
	{ 0, OPT_FAMILY, "kvm", "FAMILY", "KVM family (default: rmi-v14; of a trace: not told)",
	  offsetof(struct events_args, family) },
	{ 0, OPT_INPUT, "from-trace", "FILE", "what happened, by a trace of RMI calls, instead of a plan",
	  offsetof(struct events_args, trace) },
	{ 0, OPT_COUNT, "realm", "N", "of the trace, in order of creation (default: the only one)",
	  offsetof(struct events_args, realm) },
	{ 0, OPT_FLAG, "rim", NULL, "add the RIM after each event", offsetof(struct events_args, rim) },
	{ 0, OPT_PROFILE, "rmm", "PROFILE", "RMM profile of --rim (default: rmm-1.0 or tf-rmm-2.0)",
	  offsetof(struct events_args, profile) },
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object, not lines", offsetof(struct events_args, json) },
	{ 0 },
};

static const struct opt operands[] = {
	{ 0, OPT_INPUT, "PLAN", NULL, NULL, offsetof(struct events_args, plan) },
	{ 0 },
};

const struct command cmd_events = {
	.name = "events",
	.summary = "Print what the RMM measures of a plan, in order, as JSON lines (realm-events/1).",
	.usage = { "[options] PLAN", "[options] --from-trace FILE" },
	.opts = opts,
	.operands = operands,
	.example = "realmctl events --kvm rme --rim demo.json > demo.events",
	.size = sizeof(struct events_args),
	.defaults = &(const struct events_args){ 0 },
	.run = run,
};
