/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cases-build.c - realms that are built, measured and destroyed */
#include <errno.h>

#include "life.h"

/* ---- the whole way ---- */

static void create(struct life *life)
{
	life_create(life);
	EQUAL(realm_phase(life->realm), REALM_PHASE_SEALED);
	EQUAL(realm_family(life->realm), life->family);
	EQUAL(realm_vcpu_count(life->realm), 1);
	life_check_rim(life);
}

static void add_name(void *arg, const char *step, uint64_t ns)
{
	char *names = arg;

	(void)ns;
	strcat(strcat(names, step), " ");
}

static void create_tells_of_its_steps(struct life *life)
{
	char names[128] = "";

	life->opts.step = add_name;
	life->opts.step_arg = names;
	life_create(life);
	CHECK(!strcmp(names, "vm configure recs memory populate seal "));
}

static void step_by_step(struct life *life)
{
	static const enum realm_phase phases[] = {
		REALM_PHASE_NEW,    REALM_PHASE_CONFIGURED, REALM_PHASE_RECS,
		REALM_PHASE_MEMORY, REALM_PHASE_POPULATED,  REALM_PHASE_SEALED,
	};

	for (size_t i = 0; i < sizeof(phases) / sizeof(phases[0]); i++) {
		life_to(life, phases[i]);
		EQUAL(realm_phase(life->realm), phases[i]);
	}
	life_check_rim(life);
}

static void step_by_step_is_what_create_does(struct life *life)
{
	uint8_t first[REALM_DIGEST_MAX], second[REALM_DIGEST_MAX];

	life_to(life, REALM_PHASE_SEALED);
	DONE_OK(realm_measured(life->realm, 0, first, NULL));
	life_destroy(life);
	life_create(life);
	DONE_OK(realm_measured(life->realm, 0, second, NULL));
	CHECK(!memcmp(first, second, sizeof(first)));
}

static void tells_of_events_as_predicted(struct life *life)
{
	struct realm_event event = { .sz = sizeof(event) };
	struct realm_events *events;
	char line[REALM_EVENT_LINE_MAX];
	const char *told = life->events;

	life->opts.issued = life_issued;
	life->opts.issued_arg = life;
	life_create(life);
	DONE_OK(realm_events_new(life->plan, life->family, NULL, &events));
	while (realm_events_next(events, &event) > 0) {
		size_t len = sizeof(line);

		DONE_OK(realm_event_format(&event, realm_plan_hash(life->plan), NULL, line, &len));
		CHECK(!strncmp(told, line, len - 1));
		told += len - 1;
	}
	realm_events_free(events);
	EQUAL(told - life->events, life->events_len);
}

/* ---- what a realm is made of ---- */

static void several_slots(struct life *life)
{
	for (unsigned i = 1; i <= 4; i++)
		CHECK(realm_plan_add_ram(life->plan, RAM + i * UINT64_C(0x4000000), i * life->page) >= 0);
	CHECK(realm_plan_add_ram(life->plan, 0x40000000, 3 * life->page) >= 0);
	life_create(life);
	life_check_rim(life);
}

static void ram_at_both_ends_of_the_half(struct life *life)
{
	CHECK(realm_plan_add_ram(life->plan, 0, life->page) >= 0);
	CHECK(realm_plan_add_ram(life->plan, HALF - life->page, life->page) >= 0);
	EQUAL(realm_plan_load_memory(life->plan, HALF - life->page, "end", 3, NULL), 1);
	life_create(life);
	life_check_rim(life);
}

static void many_vcpus(struct life *life)
{
	life_plan_recs(life, 20);	/* the affinity of the last is at another level */
	life_create(life);
	EQUAL(realm_vcpu_count(life->realm), 20);
	CHECK(realm_vcpu_fd(life->realm, 19) >= 0);
	life_check_rim(life);
}

static void vcpus_beyond_the_first_do_not_count(struct life *life)
{
	uint8_t one[REALM_DIGEST_MAX], three[REALM_DIGEST_MAX];

	life_create(life);
	DONE_OK(realm_measured(life->realm, 0, one, NULL));
	life_destroy(life);
	life_plan_recs(life, 3);
	life_create(life);
	DONE_OK(realm_measured(life->realm, 0, three, NULL));
	CHECK(!memcmp(one, three, sizeof(one)));
}

static void no_loads(struct life *life)
{
	realm_plan_free(life->plan);
	DONE_OK(realm_plan_new(life->ctx, &life->plan));
	DONE_OK(realm_plan_set_ipa_bits(life->plan, IPA_BITS));
	DONE_OK(realm_plan_set_granule(life->plan, (uint32_t)life->page));
	CHECK(realm_plan_add_ram(life->plan, RAM, life->page) >= 0);
	CHECK(realm_plan_add_rec(life->plan, RAM, NULL, 0) >= 0);
	life_create(life);
	life_check_rim(life);
}

static void seal_without_content(struct life *life)
{
	life_to(life, REALM_PHASE_MEMORY);
	DONE_OK(realm_seal(life->realm));
	EQUAL(realm_phase(life->realm), REALM_PHASE_SEALED);
}

static void unmeasured_loads(struct life *life)
{
	const struct realm_load_opts opts = { .sz = sizeof(opts), .flags = REALM_LOAD_UNMEASURED };

	EQUAL(realm_plan_load_memory(life->plan, RAM + 2 * life->page, "secret", 6, &opts), 1);
	life_create(life);
	life_check_rim(life);
}

static void content_that_is_not_measured_does_not_count(struct life *life)
{
	const struct realm_load_opts opts = { .sz = sizeof(opts), .flags = REALM_LOAD_UNMEASURED };
	uint8_t rims[2][REALM_DIGEST_MAX];

	for (unsigned i = 0; i < 2; i++) {
		realm_plan_free(life->plan);
		life->plan = life_plan(life);
		EQUAL(realm_plan_load_memory(life->plan, RAM + 2 * life->page, i ? "this" : "that", 4, &opts), 1);
		life_create(life);
		DONE_OK(realm_measured(life->realm, 0, rims[i], NULL));
		life_destroy(life);
	}
	CHECK(!memcmp(rims[0], rims[1], sizeof(rims[0])));
}

static void order_of_loads_counts(struct life *life)
{
	uint8_t rims[2][REALM_DIGEST_MAX];

	for (unsigned i = 0; i < 2; i++) {
		realm_plan_free(life->plan);
		life->plan = life_plan(life);
		for (unsigned j = 0; j < 2; j++)
			CHECK(realm_plan_load_zero(life->plan, RAM + (2 + (i ^ j)) * life->page, life->page, NULL) > 0);
		life_create(life);
		life_check_rim(life);
		DONE_OK(realm_measured(life->realm, 0, rims[i], NULL));
		life_destroy(life);
	}
	CHECK(memcmp(rims[0], rims[1], sizeof(rims[0])));
}

static void vector_length_and_debug_registers_are_the_plans(struct life *life)
{
	DONE_OK(realm_plan_set_sve_bits(life->plan, 512));
	DONE_OK(realm_plan_set_breakpoints(life->plan, 4));
	DONE_OK(realm_plan_set_watchpoints(life->plan, 3));
	life_create(life);
	life_check_rim(life);
}

static void wider_address_spaces(struct life *life)
{
	static const unsigned bits[] = { 34, 39, 40, 44, 48 };

	for (unsigned i = 0; i < sizeof(bits) / sizeof(bits[0]); i++) {
		DONE_OK(realm_plan_set_ipa_bits(life->plan, bits[i]));
		life_create(life);
		life_check_rim(life);
		life_destroy(life);
	}
}

static void hash_and_personalization_value(struct life *life)
{
	uint8_t rpv[64];

	memset(rpv, 0x5a, sizeof(rpv));
	DONE_OK(realm_plan_set_hash(life->plan, REALM_HASH_SHA512));
	DONE_OK(realm_plan_set_rpv(life->plan, rpv, sizeof(rpv)));
	life_create(life);
	life_check_rim(life);
}

static void shared_in_place(struct life *life)
{
	life->opts.flags = REALM_IN_PLACE;
	life_create(life);
	life_check_rim(life);
}

/* ---- the end ---- */

static void destroyed_in_every_phase(struct life *life)
{
	for (unsigned phase = REALM_PHASE_NEW; phase <= REALM_PHASE_SEALED; phase++) {
		life_to(life, (enum realm_phase)phase);
		life_destroy(life);
	}
}

/* That nothing is left over is seen to after each case. */
static void a_hundred_times(struct life *life)
{
	for (unsigned i = 0; i < 100; i++) {
		life_create(life);
		life_destroy(life);
	}
}

static void two_at_a_time(struct life *life)
{
	struct realm_plan *plan = life_plan(life);
	uint8_t predicted[REALM_DIGEST_MAX] = { 0 }, measured[REALM_DIGEST_MAX];
	struct realm *other = NULL;

	EQUAL(realm_plan_load_memory(plan, RAM + life->page, "another", 7, NULL), 1);
	life_to(life, REALM_PHASE_POPULATED);
	DONE_OK(realm_create(plan, NULL, &other));
	life_to(life, REALM_PHASE_SEALED);
	life_predict(life, plan, predicted);
	DONE_OK(realm_measured(other, 0, measured, NULL));
	CHECK(!memcmp(measured, predicted, sizeof(measured)));
	life_check_rim(life);
	realm_destroy(other);
	realm_plan_free(plan);
}

static int stop_at_once(void *arg, uint64_t done, uint64_t total)
{
	(void)arg;
	(void)done;
	(void)total;
	return 1;
}

static void cancelled(struct life *life)
{
	const struct realm_work_opts work = { .sz = sizeof(work), .progress = stop_at_once };

	life->opts.work = &work;
	EQUAL(realm_create(life->plan, &life->opts, &life->realm), -ECANCELED);
	CHECK(!life->realm);
}

#define CASE(name, needs) { #name, needs, name }

static const struct life_case cases[] = {
	CASE(create, 0),
	CASE(create_tells_of_its_steps, 0),
	CASE(step_by_step, 0),
	CASE(step_by_step_is_what_create_does, LIFE_TELLS),
	CASE(tells_of_events_as_predicted, 0),
	CASE(several_slots, 0),
	CASE(ram_at_both_ends_of_the_half, 0),
	CASE(many_vcpus, 0),
	CASE(vcpus_beyond_the_first_do_not_count, LIFE_TELLS),
	CASE(no_loads, 0),
	CASE(seal_without_content, 0),
	CASE(unmeasured_loads, LIFE_UNMEASURED),
	CASE(content_that_is_not_measured_does_not_count, LIFE_UNMEASURED | LIFE_TELLS),
	CASE(order_of_loads_counts, LIFE_TELLS),
	CASE(vector_length_and_debug_registers_are_the_plans, LIFE_TELLS),
	CASE(wider_address_spaces, LIFE_TELLS),
	CASE(hash_and_personalization_value, LIFE_CONFIG),
	CASE(shared_in_place, LIFE_IN_PLACE),
	CASE(destroyed_in_every_phase, 0),
	CASE(a_hundred_times, 0),
	CASE(two_at_a_time, LIFE_TELLS),
	CASE(cancelled, 0),
};

const struct life_list life_build = { cases, sizeof(cases) / sizeof(cases[0]) };
