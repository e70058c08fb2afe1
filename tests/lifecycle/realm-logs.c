/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * realm-logs.c - create a realm on the software host, and say from three sides what went into it
 *
 *     realm-logs PLAN FAMILY PROFILE DIRECTORY [in-place]
 *
 * DIRECTORY gets "predicted" and "told", the events of the plan and those that realm_create() told of, and "trace",
 * the calls that the RMM got. Printed are the RIM that the RMM measured and the predicted one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rmm-trace.h"
#include "sim.h"

static void must(struct realm_ctx *ctx, int ret, const char *what)
{
	const struct realm_error *error = ctx ? realm_ctx_last_error(ctx) : NULL;

	if (ret >= 0)
		return;
	fprintf(stderr, "%s: %d %s: %s\n", what, ret, error && realm_error_where(error) ? realm_error_where(error) : "",
		error ? realm_error_why(error) : "");
	exit(1);
}

static FILE *create_file(const char *directory, const char *name)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "w");
	must(NULL, file ? 0 : -1, path);
	return file;
}

/* ---- what the RMM is asked for ---- */

static void put_line(void *arg, const char *line)
{
	fputs(line, arg);
}

static void put_call(void *arg, struct realm_sim *sim, const uint64_t in[RMM_SMC_REGS],
		     const uint64_t out[RMM_SMC_REGS])
{
	sim_port.lock(sim);
	trace_call(arg, 0, RMM_CALL_RMI, in, out);
	sim_port.unlock(sim);
}

/* ---- what the library says ---- */

struct log {
	FILE *out;
	enum realm_hash hash;
};

static void put_event(void *arg, const struct realm_event *event)
{
	const struct log *log = arg;
	char line[REALM_EVENT_LINE_MAX];
	size_t len = sizeof(line);

	if (realm_event_format(event, log->hash, NULL, line, &len))
		exit(1);
	fputs(line, log->out);
}

static void predict(struct realm_ctx *ctx, struct realm_plan *plan, enum realm_family family, const char *directory)
{
	struct log log = { .out = create_file(directory, "predicted"), .hash = realm_plan_hash(plan) };
	struct realm_event event = { .sz = sizeof(event) };
	struct realm_events *events = NULL;
	int ret;

	must(ctx, realm_events_new(plan, family, NULL, &events), "realm_events_new");
	while ((ret = realm_events_next(events, &event)) > 0)
		put_event(&log, &event);
	must(ctx, ret, "realm_events_next");
	realm_events_free(events);
	fclose(log.out);
}

static void print_rims(struct realm_ctx *ctx, struct realm *realm, struct realm_plan *plan,
		       const struct realm_measure_opts *opts)
{
	struct realm_measurement *rows = NULL;
	uint8_t rim[REALM_DIGEST_MAX];
	size_t len, i;

	must(ctx, realm_measured(realm, 0, rim, &len), "realm_measured");
	must(ctx, realm_measure(plan, opts, &rows), "realm_measure");
	for (i = 0; i < len; i++)
		printf("%02x", rim[i]);
	printf(" ");
	for (i = 0; i < len; i++)
		printf("%02x", realm_measurement_row(rows, 0, NULL, NULL)[i]);
	printf("\n");
	realm_measurement_free(rows);
}

/* Asking the host makes realms too, of which nobody wants to know: it is asked before the calls are written down. */
static struct realm_sim *open_host(struct realm_ctx *ctx, const struct realm_plan *plan, enum realm_family family,
				   enum realm_profile profile)
{
	const struct realm_sim_opts opts = {
		.sz = sizeof(opts),
		.family = family,
		.profile = profile,
		.granule = realm_plan_granule(plan),
		.lpa2 = realm_plan_lpa2(plan),
	};
	struct realm_sim *sim = NULL;
	uint64_t type;

	must(NULL, realm_sim_new(&opts, &sim), "realm_sim_new");
	must(ctx, realm_ctx_set_host(ctx, realm_sim_ops(), sim), "realm_ctx_set_host");
	must(ctx, realm_vm_type(ctx, 33, &type), "realm_vm_type");
	return sim;
}

static struct realm *create(struct realm_ctx *ctx, struct realm_plan *plan, const char *directory, uint32_t flags)
{
	struct log log = { .out = create_file(directory, "told"), .hash = realm_plan_hash(plan) };
	const struct realm_opts opts = { .sz = sizeof(opts), .flags = flags, .issued = put_event, .issued_arg = &log };
	struct realm *realm = NULL;

	must(ctx, realm_create(plan, &opts, &realm), "realm_create");
	fclose(log.out);
	return realm;
}

int main(int argc, char **argv)
{
	static struct trace trace = { .port = &sim_port, .put = put_line };
	struct realm_measure_opts rows = { .sz = sizeof(rows) };
	struct realm_plan *plan = NULL;
	struct realm_ctx *ctx = NULL;
	struct realm_sim *sim;
	struct realm *realm;
	uint64_t used;

	if (argc < 5)
		return 2;
	must(NULL, realm_ctx_new(&ctx), "realm_ctx_new");
	must(NULL, realm_family_from_name(argv[2], &rows.family), argv[2]);
	must(NULL, realm_profile_from_name(argv[3], &rows.profile), argv[3]);
	must(ctx, realm_plan_read(ctx, argv[1], &plan), argv[1]);
	sim = open_host(ctx, plan, rows.family, rows.profile);
	used = sim->memory.used;
	trace.ctx = sim;
	trace.arg = create_file(argv[4], "trace");
	trace.granule = realm_plan_granule(plan);
	sim->rmi_hook = put_call;
	sim->rmi_hook_arg = &trace;
	realm = create(ctx, plan, argv[4], argc > 5 ? REALM_IN_PLACE : 0);
	predict(ctx, plan, rows.family, argv[4]);
	print_rims(ctx, realm, plan, &rows);
	realm_destroy(realm);
	must(NULL, sim->memory.used == used && !sim->memory.window_used ? 0 : -1, "pages are left over");
	fclose(trace.arg);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	realm_sim_free(sim);
	return 0;
}
