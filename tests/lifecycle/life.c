/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* life.c - what cases do with realms and plans */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/servant.h"
#include "life.h"

/* ---- checks ---- */

_Noreturn void life_fail(struct life *life, const char *file, int line, const char *what, long long got)
{
	const struct realm_error *error = realm_ctx_last_error(life->ctx);
	const char *where = realm_error_where(error), *why = realm_error_why(error);

	snprintf(life->fault, sizeof(life->fault), "%s:%d: %s (%lld); last error: %s: %s", strrchr(file, '/') + 1, line,
		 what, got, where ? where : "none", why ? why : "none");
	longjmp(life->end, 1);
}

void life_equal(struct life *life, const char *file, int line, const char *what, long long got, long long expected)
{
	if (got != expected)
		life_fail(life, file, line, what, got);
}

void life_refused(struct life *life, const char *file, int line, const char *what, int got, int err, const char *text)
{
	const struct realm_error *error = realm_ctx_last_error(life->ctx);
	const char *where = realm_error_where(error), *why = realm_error_why(error);

	if (got != -err)
		life_fail(life, file, line, what, got);
	if (!(where && strstr(where, text)) && !(why && strstr(why, text)))
		life_fail(life, file, line, text, got);
}

/* ---- plans ---- */

const void *life_program(struct life *life)
{
	static uint8_t page[65536] __attribute__((aligned(65536)));

	memcpy(page, servant, sizeof(servant));
	memcpy(page + SERVANT_VECTOR, servant_exception, sizeof(servant_exception));
	CHECK(life->page <= sizeof(page));
	return page;
}

static void add_rec(struct life *life, struct realm_plan *plan)
{
	const uint64_t mailbox = MAILBOX | HALF;

	CHECK(realm_plan_add_rec(plan, RAM, &mailbox, 1) >= 0);
}

static struct realm_plan *bare_plan(struct life *life)
{
	struct realm_plan *plan;

	DONE_OK(realm_plan_new(life->ctx, &plan));
	DONE_OK(realm_plan_set_ipa_bits(plan, IPA_BITS));
	DONE_OK(realm_plan_set_granule(plan, (uint32_t)life->page));
	EQUAL(realm_plan_add_ram(plan, RAM, SLOT_PAGES * life->page), 0);
	EQUAL(realm_plan_add_ram(plan, RAM + SLOT_PAGES * life->page, SLOT_PAGES * life->page), 1);
	DONE_OK(realm_plan_load_memory(plan, RAM, life_program(life), life->page, NULL));
	return plan;
}

struct realm_plan *life_plan(struct life *life)
{
	struct realm_plan *plan = bare_plan(life);

	add_rec(life, plan);
	return plan;
}

void life_plan_recs(struct life *life, unsigned count)
{
	realm_plan_free(life->plan);
	life->plan = bare_plan(life);
	while (count--)
		add_rec(life, life->plan);
}

/* ---- building ---- */

static void add_recs(struct life *life)
{
	struct realm_rec_info rec = { .sz = sizeof(rec) };

	for (size_t i = 0; i < realm_plan_rec_count(life->plan); i++) {
		DONE_OK(realm_plan_rec(life->plan, i, &rec));
		EQUAL(realm_add_rec(life->realm, rec.pc, rec.gprs, 1), i);
	}
}

static void add_memory(struct life *life)
{
	uint64_t base, size;

	for (size_t i = 0; i < realm_plan_ram_count(life->plan); i++) {
		DONE_OK(realm_plan_ram(life->plan, i, &base, &size));
		EQUAL(realm_add_memory(life->realm, base, size), i);
	}
}

static void step(struct life *life)
{
	switch (realm_phase(life->realm)) {
	case REALM_PHASE_NEW:
		DONE_OK(realm_configure(life->realm));
		break;
	case REALM_PHASE_CONFIGURED:
		add_recs(life);
		break;
	case REALM_PHASE_RECS:
		add_memory(life);
		break;
	case REALM_PHASE_MEMORY:
		DONE_OK(realm_populate(life->realm, RAM, life_program(life), life->page, 0));
		break;
	case REALM_PHASE_POPULATED:
		DONE_OK(realm_seal(life->realm));
		break;
	default:
		life_fail(life, __FILE__, __LINE__, "there is no step from here", realm_phase(life->realm));
	}
}

void life_to(struct life *life, enum realm_phase phase)
{
	if (!life->realm)
		DONE_OK(realm_new(life->plan, &life->opts, &life->realm));
	while (realm_phase(life->realm) < phase)
		step(life);
}

void life_create(struct life *life)
{
	DONE_OK(realm_create(life->plan, &life->opts, &life->realm));
}

void life_destroy(struct life *life)
{
	realm_destroy(life->realm);
	life->realm = NULL;
}

/* ---- measuring ---- */

void life_issued(void *arg, const struct realm_event *event)
{
	struct life *life = arg;
	size_t len = sizeof(life->events) - life->events_len;

	/* Nothing of it is left out unseen: a list that is too short differs from the one predicted. */
	if (!realm_event_format(event, realm_plan_hash(life->plan), NULL, life->events + life->events_len, &len))
		life->events_len += len - 1;
}

void life_predict(struct life *life, struct realm_plan *plan, uint8_t rim[REALM_DIGEST_MAX])
{
	const struct realm_measure_opts opts = { .sz = sizeof(opts), .family = life->family, .profile = life->profile };
	struct realm_measurement *rows;

	DONE_OK(realm_measure(plan, &opts, &rows));
	memcpy(rim, realm_measurement_row(rows, 0, NULL, NULL), realm_hash_size(realm_plan_hash(plan)));
	realm_measurement_free(rows);
}

void life_check_rim(struct life *life)
{
	uint8_t predicted[REALM_DIGEST_MAX] = { 0 }, measured[REALM_DIGEST_MAX];
	size_t len;

	if (!(life->has & LIFE_TELLS))
		return;
	life_predict(life, life->plan, predicted);
	DONE_OK(realm_measured(life->realm, 0, measured, &len));
	EQUAL(len, realm_hash_size(realm_plan_hash(life->plan)));
	CHECK(!memcmp(measured, predicted, sizeof(predicted)));
}
