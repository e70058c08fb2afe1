/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* trace.c - the events of a realm, from a trace of the calls that made it */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measurement.h"
#include "psci.h"
#include "rmi.h"
#include "trace.h"

#define TRACE_MAX ((size_t)1 << 30) /* bytes of a trace: some hours of a console */
#define ENTRIES_MAX 8192            /* of the widest table: 16 root tables side by side */
#define OPS_MAX 1024                /* at a time; a CPU carries out one, and some are left behind */
#define NAMED_MAX 8                 /* realms that a message names */
#define KEYS(...) keys_of((const enum trace_key[]){ __VA_ARGS__, TRACE_KEYS })

/* A measured call that goes on as an operation */
struct trace_op {
	uint64_t handle;
	struct trace_call began;
};

struct trace_events {
	struct realm_events base;
	const char *name; /* of the trace, in messages */
	char *name_copy;
	uint8_t *buf;                  /* NULL: borrowed text */
	const char *line, *text, *end; /* the line read last, what comes after it, the end */
	unsigned long line_number;
	char place[TEXT_SIZE]; /* "NAME line N" */
	bool has_realm, has_activate, is_over;
	bool is_v1;
	uint64_t rd;
	struct trace_tables tables;
	struct trace_op *ops;
	size_t num_ops, max_ops;
	uint64_t ripas_next, ripas_top, ripas_entry; /* entries of an INIT_RIPAS that are still to be given */
};

static uint32_t keys_of(const enum trace_key *keys)
{
	uint32_t set = 0;

	for (; *keys != TRACE_KEYS; keys++)
		set |= 1u << *keys;
	return set;
}

/* ---- lines ---- */

static int wrong(const struct trace_events *trace, const char *hint, const char *why)
{
	return realm_fail(trace->base.ctx, EBADMSG, trace->place, hint, "%s", why);
}

static int need(const struct trace_events *trace, const struct trace_call *call, uint32_t keys)
{
	return trace_line_needs(trace->base.ctx, trace->place, call, keys);
}

/* The next call of the host.  1, 0 at the end, or an error. */
static int next_call(struct trace_events *trace, struct trace_call *call)
{
	while (trace->text < trace->end) {
		const char *newline = memchr(trace->text, '\n', (size_t)(trace->end - trace->text));
		size_t len = (size_t)((newline ? newline : trace->end) - trace->text);
		int ret;

		trace->line = trace->text;
		trace->text = newline ? newline + 1 : trace->end;
		snprintf(trace->place, sizeof(trace->place), "%s line %lu", trace->name, ++trace->line_number);
		ret = trace_line_read(trace->base.ctx, trace->place, trace->line, len, call);
		if (ret < 0)
			return ret;
		call->number[TRACE_FID] &= ~(uint64_t)SMCCC_SVE_HINT;
		if (ret && call->is_rmi)
			return 1;
	}
	return 0;
}

static uint64_t status_of(const struct trace_call *call)
{
	return rmi_result_get_status(call->out[0]);
}

static bool is_realm_create(const struct trace_call *call)
{
	return call->number[TRACE_FID] == SMC_RMI_REALM_CREATE && status_of(call) == RMI_SUCCESS;
}

/* ---- operations ---- */

static struct trace_op *find_op(const struct trace_events *trace, uint64_t handle)
{
	size_t i;

	for (i = 0; i < trace->num_ops; i++)
		if (trace->ops[i].handle == handle)
			return &trace->ops[i];
	return NULL;
}

static void drop_op(struct trace_events *trace, struct trace_op *op)
{
	if (op)
		*op = trace->ops[--trace->num_ops];
}

static int add_op(struct trace_events *trace, const struct trace_call *call)
{
	if (trace->num_ops == OPS_MAX)
		return wrong(trace, "the trace must hold the calls that end them", "too many operations at a time");
	if (trace->num_ops == trace->max_ops) {
		size_t max = trace->max_ops ? 2 * trace->max_ops : 16;
		struct trace_op *ops = realloc(trace->ops, max * sizeof(*ops));

		if (!ops)
			return realm_fail_nomem(trace->base.ctx);
		trace->ops = ops;
		trace->max_ops = max;
	}
	trace->ops[trace->num_ops++] = (struct trace_op){ .handle = call->out[1], .began = *call };
	return 0;
}

static bool drives_op(const struct trace_call *call)
{
	switch (call->number[TRACE_FID]) {
	case SMC_RMI_OP_CONTINUE:
	case SMC_RMI_OP_MEM_DONATE:
	case SMC_RMI_OP_MEM_RECLAIM:
	case SMC_RMI_OP_CANCEL:
		return true;
	}
	return false;
}

/* A new operation has its handle alone: one that had it before has ended. */
static int begin_op(struct trace_events *trace, const struct trace_call *call)
{
	uint64_t fid = call->number[TRACE_FID];

	drop_op(trace, find_op(trace, call->out[1]));
	if ((fid != SMC_RMI_REC_CREATE && fid != SMC_RMI_RTT_DATA_MAP_INIT) || call->in[0] != trace->rd)
		return 0;
	return add_op(trace, call);
}

/* ---- events ---- */

static void give_realm(const struct trace_call *call, struct realm_event *event)
{
	event->type = REALM_EVENT_REALM;
	event->flags = call->number[TRACE_FLAGS];
	event->s2sz = (uint8_t)call->number[TRACE_S2SZ];
	event->sve_vl = (uint8_t)call->number[TRACE_SVE_VL];
	event->num_bps = (uint8_t)call->number[TRACE_NUM_BPS];
	event->num_wps = (uint8_t)call->number[TRACE_NUM_WPS];
	event->pmu_num_ctrs = (uint8_t)call->number[TRACE_PMU_NUM_CTRS];
}

static int give_data(const struct trace_events *trace, const struct trace_call *call, struct realm_event *event)
{
	int err;

	event->type = REALM_EVENT_DATA;
	event->ipa = call->in[2];
	event->flags = call->in[4];
	if (!(event->flags & RMM_DATA_FLAGS_MEASURE_MASK))
		return 1;
	err = need(trace, call, KEYS(TRACE_CONTENT));
	if (err)
		return err;
	if (call->content_len != realm_hash_size(trace->base.hash))
		return wrong(trace, NULL, "content is no digest of the realm's algorithm");
	memcpy(event->content, call->content, sizeof(event->content));
	return 1;
}

static int give_rec(const struct trace_events *trace, const struct trace_call *call, struct realm_event *event)
{
	int err = need(trace, call, KEYS(TRACE_FLAGS, TRACE_PC, TRACE_GPRS));

	if (err)
		return err;
	event->type = REALM_EVENT_REC;
	event->flags = call->number[TRACE_FLAGS];
	event->pc = call->number[TRACE_PC];
	memcpy(event->gprs, call->gprs, sizeof(event->gprs));
	return 1;
}

static int table_changed(struct trace_events *trace, const struct trace_call *call)
{
	bool is_made = call->number[TRACE_FID] == SMC_RMI_RTT_CREATE;
	uint64_t ipa = call->in[is_made ? 2 : 1], level = call->in[is_made ? 3 : 2];

	if (!trace->is_v1)
		return 0;
	if (level > 3)
		return wrong(trace, NULL, "a table of an impossible level");
	if (!is_made)
		trace_tables_remove(&trace->tables, ipa, (int)level);
	else if (trace_tables_add(&trace->tables, ipa, (int)level))
		return realm_fail_nomem(trace->base.ctx);
	return 0;
}

static int give_ripas(struct trace_events *trace, struct realm_event *event)
{
	event->type = REALM_EVENT_RIPAS;
	event->base = trace->ripas_next;
	trace->ripas_next += trace->ripas_entry;
	event->top = trace->ripas_next;
	return 1;
}

/* All entries that a call walked over are of one table, and each is an event. */
static int ripas_changed(struct trace_events *trace, const struct trace_call *call, struct realm_event *event)
{
	uint64_t base = call->in[1], top = call->in[2], out_top = call->out[1], entry;

	if (!trace->is_v1)
		return 0;
	entry = trace_tables_entry(&trace->tables, base);
	if (base % entry || out_top % entry || out_top <= base || out_top > top ||
	    (out_top - base) / entry > ENTRIES_MAX)
		return wrong(trace, "the trace must hold all calls of the realm from its RMI_REALM_CREATE on",
			     "RMI_RTT_INIT_RIPAS does not fit the tables that the calls before it made");
	trace->ripas_next = base;
	trace->ripas_top = out_top;
	trace->ripas_entry = entry;
	return give_ripas(trace, event);
}

/* ---- calls ---- */

#define WORDS KEYS(TRACE_FLAGS, TRACE_PC, TRACE_GPRS, TRACE_CONTENT)

/* A command that succeeded.  1 for an event, 0 for none, or an error. */
static int succeeded(struct trace_events *trace, const struct trace_call *call, struct realm_event *event)
{
	if (call->in[0] != trace->rd)
		return 0;
	switch (call->number[TRACE_FID]) {
	case SMC_RMI_REALM_CREATE:
	case SMC_RMI_REALM_DESTROY:
		trace->is_over = true;
		return 0;
	case SMC_RMI_RTT_CREATE:
	case SMC_RMI_RTT_DESTROY:
	case SMC_RMI_RTT_FOLD:
		return table_changed(trace, call);
	case SMC_RMI_RTT_INIT_RIPAS:
		return ripas_changed(trace, call, event);
	case SMC_RMI_RTT_DATA_MAP_INIT:
		return give_data(trace, call, event);
	case SMC_RMI_REC_CREATE:
		return give_rec(trace, call, event);
	case SMC_RMI_REALM_ACTIVATE:
		event->type = REALM_EVENT_ACTIVATE;
		return 1;
	}
	return 0;
}

/* The call that the operation began with; its words are those of the call that ends it, which read them last. */
static int op_continued(struct trace_events *trace, const struct trace_call *last, struct realm_event *event)
{
	struct trace_op *op = find_op(trace, last->in[0]);
	struct trace_call call;

	if (!op)
		return 0;
	call = last->given & WORDS ? *last : op->began;
	call.number[TRACE_FID] = op->began.number[TRACE_FID];
	memcpy(call.in, op->began.in, sizeof(call.in));
	drop_op(trace, op);
	return succeeded(trace, &call, event);
}

static int take_call(struct trace_events *trace, const struct trace_call *call, struct realm_event *event)
{
	if (status_of(call) == RMI_SUCCESS)
		return call->number[TRACE_FID] == SMC_RMI_OP_CONTINUE ? op_continued(trace, call, event)
								      : succeeded(trace, call, event);
	if (status_of(call) == RMI_INCOMPLETE && !drives_op(call))
		return begin_op(trace, call);
	return 0;
}

static int trace_next(struct realm_events *base, struct realm_event *event)
{
	struct trace_events *trace = (struct trace_events *)base;
	struct trace_call call;
	int ret = 0;

	*event = (struct realm_event){ .sz = sizeof(*event) };
	if (trace->ripas_next < trace->ripas_top)
		return give_ripas(trace, event);
	while (!ret && !trace->is_over) {
		ret = next_call(trace, &call);
		if (ret <= 0)
			return ret;
		if (!trace->has_realm)
			give_realm(&call, event);
		ret = trace->has_realm ? take_call(trace, &call, event) : 1;
		trace->has_realm = true;
	}
	if (ret > 0 && trace->has_activate)
		return wrong(trace, "are the lines in the order of the calls?",
			     "the realm is built on after its RMI_REALM_ACTIVATE");
	trace->has_activate |= ret > 0 && event->type == REALM_EVENT_ACTIVATE;
	return ret;
}

static void trace_free(struct realm_events *base)
{
	struct trace_events *trace = (struct trace_events *)base;

	trace_tables_free(&trace->tables);
	free(trace->ops);
	free(trace->name_copy);
	free(trace->buf);
	free(trace);
}

/* ---- opening: the whole trace is read once, to find the realm and what is wrong ---- */

static bool is_granule(uint64_t size, uint64_t major)
{
	return size == 4096 || (major == 2 && (size == 16384 || size == 65536));
}

/* A realm of RMI 1 goes with the families and the rules of RMM 1.0, and so on. */
static int check_opts(const struct trace_events *trace, const struct realm_trace_opts *opts)
{
	struct realm_ctx *ctx = trace->base.ctx;
	int major = trace->is_v1 ? 1 : 2;

	if (opts->family && realm_family_has_profile(opts->family, REALM_PROFILE_RMM_1_0) != trace->is_v1)
		return realm_fail(ctx, EOPNOTSUPP, trace->place, "name the family of the host that was traced",
				  "the realm is one of RMM %d.0, on which %s never ran", major,
				  realm_family_name(opts->family));
	if (opts->profile && (opts->profile == REALM_PROFILE_RMM_1_0) != trace->is_v1)
		return realm_fail(ctx, EOPNOTSUPP, trace->place, "name the profile of the RMM that was traced",
				  "the realm is one of RMM %d.0, which does not measure by %s", major,
				  realm_profile_name(opts->profile));
	return 0;
}

/* The header of the events, from the line that creates the realm */
static int take_header(struct trace_events *trace, const struct trace_call *call, const struct realm_trace_opts *opts)
{
	uint64_t major = call->number[TRACE_VERSION] >> 16, level = call->number[TRACE_RTT_LEVEL_START] + 1;
	int err = need(trace, call,
		       KEYS(TRACE_VERSION, TRACE_GRANULE, TRACE_FLAGS, TRACE_S2SZ, TRACE_SVE_VL, TRACE_NUM_BPS,
			    TRACE_NUM_WPS, TRACE_PMU_NUM_CTRS, TRACE_HASH_ALGO, TRACE_RTT_LEVEL_START));

	if (err)
		return err;
	if (major != 1 && major != 2)
		return wrong(trace, NULL, "version is of no RMI that is known: 0x10000 is 1.0, 0x20000 is 2.0");
	if (!is_granule(call->number[TRACE_GRANULE], major) || level > 4 ||
	    !realm_hash_name((enum realm_hash)call->number[TRACE_HASH_ALGO]))
		return wrong(trace, NULL, "granule, hash_algo or rtt_level_start is no such value");
	trace->is_v1 = major == 1;
	trace->rd = call->in[0];
	trace->tables.start_level = (int)level - 1;
	trace->base.hash = (enum realm_hash)call->number[TRACE_HASH_ALGO];
	trace->base.granule = (uint32_t)call->number[TRACE_GRANULE];
	trace->base.family = opts->family;
	return check_opts(trace, opts);
}

/* What the first pass finds out */
struct survey {
	unsigned int calls, realms;
	const char *line; /* that creates the realm */
	unsigned long line_number;
	char list[512]; /* the first realms, for a message */
};

static void note_realm(struct survey *survey, const struct trace_events *trace, const struct trace_call *call)
{
	size_t used = strlen(survey->list);

	survey->realms++;
	if (survey->realms <= NAMED_MAX)
		snprintf(survey->list + used, sizeof(survey->list) - used, "%s%u at rd 0x%" PRIx64 " (line %lu)",
			 used ? ", " : "", survey->realms, call->in[0], trace->line_number);
	else if (survey->realms == NAMED_MAX + 1)
		snprintf(survey->list + used, sizeof(survey->list) - used, " ...");
}

static int check_choice(const struct trace_events *trace, const struct survey *survey, unsigned int chosen)
{
	struct realm_ctx *ctx = trace->base.ctx;

	if (!survey->calls)
		return realm_fail(ctx, EBADMSG, trace->name, "is this the console of a host that traces?",
				  "has no line with rmi_call:");
	if (!survey->realms)
		return realm_fail(ctx, EBADMSG, trace->name, "trace from before the realm is made",
				  "no RMI_REALM_CREATE succeeds");
	if (!chosen && survey->realms > 1)
		return realm_fail(ctx, EINVAL, trace->name, "choose one by its number with --realm",
				  "has %u realms: %s", survey->realms, survey->list);
	if (chosen > survey->realms)
		return realm_fail(ctx, EINVAL, trace->name, "choose one of them", "there is no realm %u: it has %s",
				  chosen, survey->list);
	return 0;
}

static int find_realm(struct trace_events *trace, const struct realm_trace_opts *opts)
{
	struct survey survey = { 0 };
	struct trace_call call;
	int ret;

	while ((ret = next_call(trace, &call)) > 0) {
		survey.calls++;
		if (!is_realm_create(&call))
			continue;
		note_realm(&survey, trace, &call);
		if (survey.realms != (opts->realm ? opts->realm : 1))
			continue;
		survey.line = trace->line;
		survey.line_number = trace->line_number;
		ret = take_header(trace, &call, opts);
		if (ret)
			break;
	}
	if (!ret)
		ret = check_choice(trace, &survey, opts->realm);
	trace->text = survey.line;
	trace->line_number = survey.line_number - 1;
	return ret;
}

static int trace_start(struct trace_events *trace, const struct realm_trace_opts *user, struct realm_events **eventsp)
{
	struct realm_trace_opts opts = { .sz = sizeof(opts) };
	int err = realm_read_opts(trace->base.ctx, "realm_trace_opts", &opts, sizeof(opts), user);

	if (!err && opts.family && !realm_family_name(opts.family))
		err = realm_fail(trace->base.ctx, EINVAL, "family", NULL, "there is no family %d", (int)opts.family);
	if (!err && opts.profile && !realm_profile_name(opts.profile))
		err = realm_fail(trace->base.ctx, EINVAL, "profile", NULL, "there is no profile %d", (int)opts.profile);
	if (!err)
		err = find_realm(trace, &opts);
	if (err)
		trace_free(&trace->base);
	else
		*eventsp = &trace->base;
	return err;
}

static struct trace_events *trace_new(struct realm_ctx *ctx)
{
	struct trace_events *trace = calloc(1, sizeof(*trace));

	if (trace)
		trace->base = (struct realm_events){ .ctx = ctx, .next = trace_next, .free = trace_free };
	return trace;
}

int realm_trace_parse(struct realm_ctx *ctx, const char *text, size_t len, const struct realm_trace_opts *opts,
		      struct realm_events **eventsp)
{
	struct trace_events *trace;

	if (!ctx || (!text && len) || !eventsp)
		return -EINVAL;
	trace = trace_new(ctx);
	if (!trace)
		return realm_fail_nomem(ctx);
	trace->name = "trace";
	trace->text = text;
	trace->end = len ? text + len : text;
	return trace_start(trace, opts, eventsp);
}

int realm_trace_read(struct realm_ctx *ctx, const char *path, const struct realm_trace_opts *opts,
		     struct realm_events **eventsp)
{
	struct trace_events *trace;
	size_t len;
	int err;

	if (!ctx || !path || !eventsp)
		return -EINVAL;
	trace = trace_new(ctx);
	if (!trace)
		return realm_fail_nomem(ctx);
	trace->name = trace->name_copy = strdup(strcmp(path, "-") ? path : "standard input");
	err = trace->name ? file_read_all(ctx, path, TRACE_MAX, &trace->buf, &len) : realm_fail_nomem(ctx);
	if (err) {
		trace_free(&trace->base);
		return err;
	}
	trace->text = (const char *)trace->buf;
	trace->end = trace->text + len;
	return trace_start(trace, opts, eventsp);
}
