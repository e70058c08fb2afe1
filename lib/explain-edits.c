/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* explain-edits.c - what differs between two variants, as places of the plan with the old value and the new one */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "plan.h"

/* Loads of a plan whose order is told as a list */
#define LISTED 32

struct writer {
	struct edits *edits;
	unsigned int change;
	const char *why;
};

static PRINTF(1, 2) char *text(const char *fmt, ...)
{
	va_list args;
	char *line;
	int len;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	line = len < 0 ? NULL : malloc((size_t)len + 1);
	if (!line)
		return NULL;
	va_start(args, fmt);
	vsnprintf(line, (size_t)len + 1, fmt, args);
	va_end(args);
	return line;
}

static void edit_free(struct edit *edit)
{
	free(edit->where);
	free(edit->from);
	free(edit->to);
}

/* Takes the strings.  has: whether there is a value before, and one after */
static void write_edit(struct writer *writer, char *where, bool has_from, char *from, bool has_to, char *to)
{
	struct edits *edits = writer->edits;
	struct edit *list = grow_array(edits->list, edits->count, sizeof(*list));
	struct edit edit = { .change = writer->change, .why = writer->why, .where = where, .from = from, .to = to };

	if (list)
		edits->list = list;
	if (list && where && !(has_from && !from) && !(has_to && !to)) {
		list[edits->count++] = edit;
		return;
	}
	edit_free(&edit);
	edits->nomem = true;
}

#define EDIT(writer, where, from, to) write_edit(writer, where, true, from, true, to)

/* ---- parameters ---- */

static void number(struct writer *writer, const char *where, uint64_t from, uint64_t to)
{
	if (from != to)
		EDIT(writer, text("%s", where), text("%" PRIu64, from), text("%" PRIu64, to));
}

static char *pmu_text(int counters)
{
	return counters < 0 ? text("null") : text("%d", counters);
}

static char *bool_text(bool on)
{
	return text(on ? "true" : "false");
}

static char *address_text(uint64_t address)
{
	return text("\"0x%" PRIx64 "\"", address);
}

static void parameters(struct writer *writer, const struct realm_plan *a, const struct realm_plan *b)
{
	size_t i;
	char where[64];

	number(writer, "$.ipa_bits", a->ipa_bits, b->ipa_bits);
	if (a->hash != b->hash)
		EDIT(writer, text("$.hash"), text("\"%s\"", realm_hash_name(a->hash)),
		     text("\"%s\"", realm_hash_name(b->hash)));
	number(writer, "$.granule", a->granule, b->granule);
	if (a->lpa2 != b->lpa2)
		EDIT(writer, text("$.lpa2"), bool_text(a->lpa2), bool_text(b->lpa2));
	number(writer, "$.sve_bits", a->sve_bits, b->sve_bits);
	number(writer, "$.breakpoints", a->breakpoints, b->breakpoints);
	number(writer, "$.watchpoints", a->watchpoints, b->watchpoints);
	if (a->pmu_counters != b->pmu_counters)
		EDIT(writer, text("$.pmu_counters"), pmu_text(a->pmu_counters), pmu_text(b->pmu_counters));
	if (a->flags != b->flags)
		EDIT(writer, text("$.flags"), address_text(a->flags), address_text(b->flags));
	for (i = 0; i < a->num_rams; i++) {
		snprintf(where, sizeof(where), "$.ram[%zu].size", i);
		number(writer, where, a->rams[i].size, b->rams[i].size);
	}
}

/* ---- loads ---- */

/* Its place in a variant; the count of loads when it is not there. */
static size_t find(const struct variant *variant, size_t origin)
{
	size_t i;

	for (i = 0; i < variant->plan.num_loads; i++)
		if (variant->origins[i] == origin)
			break;
	return i;
}

static char *load_text(const struct load *load)
{
	if (load->kind == REALM_LOAD_ZERO)
		return text("{\"at\": \"0x%" PRIx64 "\", \"zero\": %" PRIu64 "}", load->at, load->length);
	return text("\"%" PRIu64 " bytes at 0x%" PRIx64 "\"", load->length, load->at);
}

static char *size_text(const struct load *load)
{
	if (load->kind == REALM_LOAD_MEMORY)
		return text("\"%" PRIu64 " bytes\"", load->length);
	return load->size ? text("%" PRIu64, load->length) : text("null");
}

static const char *size_key(const struct load *load)
{
	const char *key = load_source_key(load);

	return load->kind == REALM_LOAD_FILE || !key ? "size" : key;
}

static void load(struct writer *writer, size_t origin, const struct load *a, const struct load *b)
{
	bool measured = !(a->flags & REALM_LOAD_UNMEASURED);

	if (a->at != b->at)
		EDIT(writer, text("$.load[%zu].at", origin), address_text(a->at), address_text(b->at));
	if (a->length != b->length)
		EDIT(writer, text("$.load[%zu].%s", origin, size_key(a)), size_text(a), size_text(b));
	if (measured != !(b->flags & REALM_LOAD_UNMEASURED))
		EDIT(writer, text("$.load[%zu].measured", origin), bool_text(measured), bool_text(!measured));
}

static bool has_added(const struct variant *variant, const struct load *load)
{
	size_t i;

	for (i = 0; i < variant->plan.num_loads; i++)
		if (variant->origins[i] == ADDED && variant->plan.loads[i].at == load->at &&
		    variant->plan.loads[i].length == load->length)
			return true;
	return false;
}

/* A load more goes behind the one that is before it, which may itself be new. */
static void added(struct writer *writer, const struct variant *variant, size_t i)
{
	size_t before = i;

	while (before && variant->origins[before - 1] == ADDED)
		before--;
	write_edit(writer,
		   before ? text("$.load, after [%zu]", variant->origins[before - 1]) : text("$.load, at the start"),
		   false, NULL, true, load_text(&variant->plan.loads[i]));
}

/* The loads that both have, as a list of their places in the given plan. */
static char *order_text(const struct variant *variant, const struct variant *other)
{
	char list[LISTED * 24] = "", *end = list;
	size_t i;

	for (i = 0; i < variant->plan.num_loads; i++)
		if (find(other, variant->origins[i]) < other->plan.num_loads && variant->origins[i] != ADDED)
			end += sprintf(end, "%s%zu", end == list ? "" : ", ", variant->origins[i]);
	return text("[%s]", list);
}

static bool same_order(const struct variant *a, const struct variant *b)
{
	size_t i, at, last = 0;

	for (i = 0; i < a->plan.num_loads; i++) {
		at = a->origins[i] == ADDED ? b->plan.num_loads : find(b, a->origins[i]);
		if (at < last)
			return false;
		if (at < b->plan.num_loads)
			last = at;
	}
	return true;
}

/* Of many loads, only those that are elsewhere: the first ones of them. */
static void long_order(struct writer *writer, const struct variant *a, const struct variant *b)
{
	size_t i, at, count = 0;

	for (i = 0; i < a->plan.num_loads && count < LISTED; i++) {
		at = find(b, a->origins[i]);
		if (at == i || at == b->plan.num_loads || a->origins[i] == ADDED)
			continue;
		EDIT(writer, text("$.load[%zu]", a->origins[i]), text("\"place %zu\"", i), text("\"place %zu\"", at));
		count++;
	}
}

static void loads(struct writer *writer, const struct variant *a, const struct variant *b)
{
	size_t i, at;

	if (!same_order(a, b) && a->plan.num_loads > LISTED)
		long_order(writer, a, b);
	else if (!same_order(a, b))
		EDIT(writer, text("$.load"), order_text(a, b), order_text(b, a));
	for (i = 0; i < a->plan.num_loads; i++) {
		at = a->origins[i] == ADDED ? b->plan.num_loads : find(b, a->origins[i]);
		if (at < b->plan.num_loads)
			load(writer, a->origins[i], &a->plan.loads[i], &b->plan.loads[at]);
		else if (a->origins[i] != ADDED)
			write_edit(writer, text("$.load[%zu]", a->origins[i]), true, load_text(&a->plan.loads[i]),
				   false, NULL);
	}
	for (i = 0; i < b->plan.num_loads; i++)
		if (b->origins[i] == ADDED && !has_added(a, &b->plan.loads[i]))
			added(writer, b, i);
}

/* ---- RECs ---- */

static void rec(struct writer *writer, size_t i, const struct rec *a, const struct rec *b)
{
	size_t reg;

	if (a->pc != b->pc)
		EDIT(writer, text("$.recs[%zu].pc", i), address_text(a->pc), address_text(b->pc));
	for (reg = 0; reg < REALM_REC_GPRS; reg++)
		if (a->gprs[reg] != b->gprs[reg])
			EDIT(writer, text("$.recs[%zu].gprs[%zu]", i, reg), address_text(a->gprs[reg]),
			     address_text(b->gprs[reg]));
	if (a->runnable != b->runnable)
		EDIT(writer, text("$.recs[%zu].runnable", i), bool_text(a->runnable), bool_text(b->runnable));
}

static char *rec_text(const struct rec *rec)
{
	char gprs[REALM_REC_GPRS * 32] = "", *end = gprs;
	size_t i;

	for (i = 0; i < REALM_REC_GPRS; i++)
		end += sprintf(end, "%s\"0x%" PRIx64 "\"", i ? ", " : "", rec->gprs[i]);
	return text("{\"pc\": \"0x%" PRIx64 "\", \"gprs\": [%s], \"runnable\": true}", rec->pc, gprs);
}

static void recs(struct writer *writer, const struct realm_plan *a, const struct realm_plan *b)
{
	size_t i;

	for (i = 0; i < a->num_recs; i++)
		rec(writer, i, &a->recs[i], &b->recs[i]);
	for (; i < b->num_recs; i++)
		write_edit(writer, text("$.recs[%zu]", i), false, NULL, true, rec_text(&b->recs[i]));
}

int edits_add(struct edits *edits, const struct variant *from, const struct variant *to, unsigned int change,
	      const char *why)
{
	struct writer writer = { .edits = edits, .change = change, .why = why };

	parameters(&writer, &from->plan, &to->plan);
	loads(&writer, from, to);
	recs(&writer, &from->plan, &to->plan);
	return edits->nomem ? -ENOMEM : 0;
}

void edits_free(struct edits *edits)
{
	size_t i;

	for (i = 0; i < edits->count; i++)
		edit_free(&edits->list[i]);
	free(edits->list);
}
