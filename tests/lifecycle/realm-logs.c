/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * realm-logs.c - create a realm on the software host, and say from three sides what went into it
 *
 *     realm-logs PLAN FAMILY PROFILE DIRECTORY [in-place]
 *
 * DIRECTORY gets "predicted" and "told", the events of the plan and those that realm_create() told of, and "calls",
 * what the RMM was asked for: a line of JSON a call. Printed are the RIM that the RMM measured and the predicted one.
 */
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rmi.h"
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

struct calls {
	FILE *out;
	const EVP_MD *md;
	struct realm_sim *sim;
};

static uint64_t word_at(const uint8_t *page, unsigned int offset)
{
	uint64_t word;

	memcpy(&word, page + offset, sizeof(word));
	return word;
}

static void put_realm(const struct calls *calls, uint64_t params_pa)
{
	const uint8_t *params = sim_memory_at(calls->sim, params_pa, RMI_REALM_PARAMS_SIZE);

	fprintf(calls->out, "{\"call\": \"realm\", \"flags\": %llu", (unsigned long long)word_at(params, 0));
	fprintf(calls->out, ", \"s2sz\": %u, \"sve_vl\": %u, \"num_bps\": %u, \"num_wps\": %u, \"pmu_num_ctrs\": %u",
		params[RMI_REALM_PARAMS_S2SZ_OFFSET], params[RMI_REALM_PARAMS_SVE_VL_OFFSET],
		params[RMI_REALM_PARAMS_NUM_BPS_OFFSET], params[RMI_REALM_PARAMS_NUM_WPS_OFFSET],
		params[RMI_REALM_PARAMS_PMU_NUM_CTRS_OFFSET]);
	fprintf(calls->out, ", \"hash_algo\": %u}\n", params[RMI_REALM_PARAMS_HASH_ALGO_OFFSET]);
}

static void put_data(const struct calls *calls, uint64_t ipa, uint64_t source, uint64_t flags)
{
	uint32_t size = calls->sim->opts.granule;
	uint8_t digest[EVP_MAX_MD_SIZE];
	unsigned int len, i;

	fprintf(calls->out, "{\"call\": \"data\", \"ipa\": %llu, \"flags\": %llu, \"content\": \"",
		(unsigned long long)ipa, (unsigned long long)flags);
	if (EVP_Digest(sim_memory_at(calls->sim, source, size), size, digest, &len, calls->md, NULL) != 1)
		exit(1);
	for (i = 0; i < len; i++)
		fprintf(calls->out, "%02x", digest[i]);
	fprintf(calls->out, "\"}\n");
}

static void put_rec(const struct calls *calls, uint64_t params_pa)
{
	const uint8_t *params = sim_memory_at(calls->sim, params_pa, RMI_REC_PARAMS_SIZE);
	unsigned int i;

	fprintf(calls->out, "{\"call\": \"rec\", \"flags\": %llu, \"pc\": %llu, \"gprs\": [",
		(unsigned long long)word_at(params, RMI_REC_PARAMS_FLAGS_OFFSET),
		(unsigned long long)word_at(params, RMI_REC_PARAMS_PC_OFFSET));
	for (i = 0; i < REALM_REC_GPRS; i++)
		fprintf(calls->out, "%s%llu", i ? ", " : "",
			(unsigned long long)word_at(params, RMI_REC_PARAMS_GPRS_OFFSET + 8 * i));
	fprintf(calls->out, "]}\n");
}

/* The calls that extend the RIM in some version have the same number in both. */
static void put_call(void *arg, struct realm_sim *sim, const uint64_t in[RMM_SMC_REGS],
		     const uint64_t out[RMM_SMC_REGS])
{
	const struct calls *calls = arg;
	uint64_t status = rmi_result_get_status(out[0]);

	if (status != RMI_SUCCESS && !(in[0] == SMC_RMI_REC_CREATE && status == RMI_INCOMPLETE))
		return;
	switch (in[0]) {
	case SMC_RMI_REALM_CREATE:
		put_realm(calls, in[2]);
		break;
	case SMC_RMI_RTT_CREATE:
		fprintf(calls->out, "{\"call\": \"table\", \"ipa\": %llu, \"level\": %lld}\n",
			(unsigned long long)in[3], (long long)in[4]);
		break;
	case SMC_RMI_RTT_INIT_RIPAS:
		fprintf(calls->out, "{\"call\": \"ripas\", \"base\": %llu, \"top\": %llu, \"out\": %llu}\n",
			(unsigned long long)in[2], (unsigned long long)in[3], (unsigned long long)out[1]);
		break;
	case SMC_RMI_RTT_DATA_MAP_INIT:
		put_data(calls, in[3], in[4], in[5]);
		break;
	case SMC_RMI_REC_CREATE:
		put_rec(calls, in[3]);
		break;
	case SMC_RMI_REALM_ACTIVATE:
		fprintf(calls->out, "{\"call\": \"activate\"}\n");
		break;
	}
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
	static const char *const digests[] = { "SHA256", "SHA512", "SHA384" };
	struct realm_measure_opts rows = { .sz = sizeof(rows) };
	struct realm_plan *plan = NULL;
	struct realm_ctx *ctx = NULL;
	struct realm *realm;
	struct calls calls;
	uint64_t used;

	if (argc < 5)
		return 2;
	must(NULL, realm_ctx_new(&ctx), "realm_ctx_new");
	must(NULL, realm_family_from_name(argv[2], &rows.family), argv[2]);
	must(NULL, realm_profile_from_name(argv[3], &rows.profile), argv[3]);
	must(ctx, realm_plan_read(ctx, argv[1], &plan), argv[1]);
	calls.md = EVP_get_digestbyname(digests[realm_plan_hash(plan)]);
	calls.out = create_file(argv[4], "calls");
	calls.sim = open_host(ctx, plan, rows.family, rows.profile);
	used = calls.sim->memory.used;
	calls.sim->rmi_hook = put_call;
	calls.sim->rmi_hook_arg = &calls;
	realm = create(ctx, plan, argv[4], argc > 5 ? REALM_IN_PLACE : 0);
	predict(ctx, plan, rows.family, argv[4]);
	print_rims(ctx, realm, plan, &rows);
	realm_destroy(realm);
	must(NULL, calls.sim->memory.used == used && !calls.sim->memory.window_used ? 0 : -1, "pages are left over");
	fclose(calls.out);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	realm_sim_free(calls.sim);
	return 0;
}
