/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cases-refuse.c - what is refused, by name, and changes nothing */
#include <errno.h>
#include <unistd.h>

#include "life.h"

/* A refusal has left the realm whole: it can be built and is what it was to be. */
static void go_on(struct life *life)
{
	life_to(life, REALM_PHASE_SEALED);
	life_check_rim(life);
}

static void refuses_to_create(struct life *life, int err, const char *text)
{
	REFUSED(realm_create(life->plan, &life->opts, &life->realm), err, text);
	CHECK(!life->realm);
}

/* ---- content ---- */

static void populating_twice(struct life *life)
{
	life_to(life, REALM_PHASE_POPULATED);
	REFUSED(realm_populate(life->realm, RAM, life_program(life), life->page, 0), EINVAL, "populated before");
	EQUAL(realm_phase(life->realm), REALM_PHASE_POPULATED);
	go_on(life);
}

static void populating_what_is_not_ram(struct life *life)
{
	uint64_t end = RAM + 2 * SLOT_PAGES * life->page;

	life_to(life, REALM_PHASE_MEMORY);
	REFUSED(realm_populate(life->realm, end, life_program(life), life->page, 0), EINVAL, "not RAM");
	REFUSED(realm_populate(life->realm, RAM - life->page, life_program(life), life->page, 0), EINVAL, "not RAM");
	REFUSED(realm_populate(life->realm, end - life->page, life_program(life), 2 * life->page, 0), EINVAL,
		"not RAM");
	REFUSED(realm_populate(life->realm, RAM | HALF, life_program(life), life->page, 0), EINVAL, "not RAM");
	EQUAL(realm_phase(life->realm), REALM_PHASE_MEMORY);
	go_on(life);
}

static void populating_parts_of_pages(struct life *life)
{
	life_to(life, REALM_PHASE_MEMORY);
	REFUSED(realm_populate(life->realm, RAM + 4, life_program(life), life->page, 0), EINVAL, "granules");
	REFUSED(realm_populate(life->realm, RAM, life_program(life), life->page / 2, 0), EINVAL, "granules");
	REFUSED(realm_populate(life->realm, RAM, life_program(life), 0, 0), EINVAL, "granules");
	go_on(life);
}

static void leaving_content_unmeasured(struct life *life)
{
	life_to(life, REALM_PHASE_MEMORY);
	REFUSED(realm_populate(life->realm, RAM, life_program(life), life->page, REALM_LOAD_UNMEASURED), EOPNOTSUPP,
		"measures every load");
	go_on(life);
}

/* ---- memory ---- */

static void memory_that_overlaps(struct life *life)
{
	life_to(life, REALM_PHASE_MEMORY);
	REFUSED(realm_add_memory(life->realm, RAM + life->page, life->page), EINVAL, "overlap");
	go_on(life);
}

static void memory_outside_the_protected_half(struct life *life)
{
	life_to(life, REALM_PHASE_RECS);
	REFUSED(realm_add_memory(life->realm, HALF, life->page), EINVAL, "protected half");
	REFUSED(realm_add_memory(life->realm, HALF - life->page, 2 * life->page), EINVAL, "protected half");
	EQUAL(realm_phase(life->realm), REALM_PHASE_RECS);
	go_on(life);
}

/* ---- wrong phases ---- */

/* Each step, where the realm is not in one of the phases that it needs */
static void try_all(struct life *life, enum realm_phase phase, int err, const char *text)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	uint8_t digest[REALM_DIGEST_MAX];

	if (phase != REALM_PHASE_NEW)
		REFUSED(realm_configure(life->realm), err, text);
	if (phase != REALM_PHASE_CONFIGURED && phase != REALM_PHASE_RECS)
		REFUSED(realm_add_rec(life->realm, RAM, NULL, 0), err, text);
	if (phase != REALM_PHASE_RECS && phase != REALM_PHASE_MEMORY)
		REFUSED(realm_add_memory(life->realm, 0, life->page), err, text);
	if (phase != REALM_PHASE_MEMORY && phase != REALM_PHASE_POPULATED) {
		REFUSED(realm_populate(life->realm, RAM + life->page, life_program(life), life->page, 0), err, text);
		REFUSED(realm_seal(life->realm), err, text);
	}
	if (phase < REALM_PHASE_POPULATED || phase == REALM_PHASE_DEAD)
		REFUSED(realm_measured(life->realm, 0, digest, NULL), err, text);
	if (phase != REALM_PHASE_SEALED) {
		REFUSED(realm_forward_calls(life->realm, 0xc6000000, 0), EINVAL, "count");
		REFUSED(realm_convert(life->realm, RAM, life->page, 0), err, text);
		REFUSED(realm_run(life->realm, 0, &exit), err, text);
	}
	EQUAL(realm_phase(life->realm), phase);
}

static void steps_in_the_wrong_phase(struct life *life)
{
	for (unsigned phase = REALM_PHASE_NEW; phase <= REALM_PHASE_SEALED; phase++) {
		life_to(life, (enum realm_phase)phase);
		try_all(life, (enum realm_phase)phase, EBUSY, realm_phase_name((enum realm_phase)phase));
	}
	life_check_rim(life);
}

static void anything_after_stop(struct life *life)
{
	for (unsigned phase = REALM_PHASE_NEW; phase <= REALM_PHASE_SEALED; phase++) {
		life_to(life, (enum realm_phase)phase);
		DONE_OK(realm_stop(life->realm));
		try_all(life, REALM_PHASE_DEAD, ECANCELED, "stopped");
		life_destroy(life);
	}
}

static void vcpus_that_are_not_there(struct life *life)
{
	struct realm_exit exit = { .sz = sizeof(exit) };

	life_create(life);
	EQUAL(realm_run(life->realm, 1, &exit), -EINVAL);
	EQUAL(realm_kick(life->realm, 1), -EINVAL);
	EQUAL(realm_vcpu_fd(life->realm, 1), -EINVAL);
}

/* ---- features ---- */

static void hash(struct life *life)
{
	DONE_OK(realm_plan_set_hash(life->plan, REALM_HASH_SHA512));
	refuses_to_create(life, EOPNOTSUPP, "hash");
}

static void personalization_value(struct life *life)
{
	DONE_OK(realm_plan_set_rpv(life->plan, "me", 2));
	refuses_to_create(life, EOPNOTSUPP, "rpv");
}

static void hash_that_no_rmm_has(struct life *life)
{
	DONE_OK(realm_plan_set_hash(life->plan, REALM_HASH_SHA384));
	refuses_to_create(life, EOPNOTSUPP, "hash");
}

static void granule_of_another_host(struct life *life)
{
	uint32_t other = life->page == 4096 ? 65536 : 4096;

	realm_plan_free(life->plan);
	DONE_OK(realm_plan_new(life->ctx, &life->plan));
	DONE_OK(realm_plan_set_ipa_bits(life->plan, IPA_BITS));
	DONE_OK(realm_plan_set_granule(life->plan, other));
	CHECK(realm_plan_add_ram(life->plan, RAM, 65536) >= 0);
	CHECK(realm_plan_add_rec(life->plan, RAM, NULL, 0) >= 0);
	refuses_to_create(life, EOPNOTSUPP, "granule");
}

static void best_effort_leaves_out_what_cannot_be(struct life *life)
{
	DONE_OK(realm_plan_set_hash(life->plan, REALM_HASH_SHA512));
	DONE_OK(realm_plan_set_rpv(life->plan, "me", 2));
	life->opts.flags = REALM_BEST_EFFORT;
	life_create(life);
	CHECK(strstr(life->warnings, "hash") && strstr(life->warnings, "rpv"));
	DONE_OK(realm_plan_set_hash(life->plan, REALM_HASH_SHA256));
	DONE_OK(realm_plan_set_rpv(life->plan, NULL, 0));
	life_check_rim(life);
}

static void unmeasured_load_of_a_plan(struct life *life)
{
	const struct realm_load_opts opts = { .sz = sizeof(opts), .flags = REALM_LOAD_UNMEASURED };

	EQUAL(realm_plan_load_zero(life->plan, RAM + 2 * life->page, life->page, &opts), 1);
	refuses_to_create(life, EOPNOTSUPP, "measure");
	life->opts.flags = REALM_BEST_EFFORT;
	life_create(life);
}

static void sharing_in_place(struct life *life)
{
	life->opts.flags = REALM_IN_PLACE;
	REFUSED(realm_create(life->plan, &life->opts, &life->realm), EOPNOTSUPP, "in place");
}

static void unknown_flags(struct life *life)
{
	life->opts.flags = 4;
	refuses_to_create(life, EINVAL, "flags");
}

static void plan_that_cannot_be(struct life *life)
{
	CHECK(realm_plan_add_ram(life->plan, RAM, life->page) >= 0);
	refuses_to_create(life, EINVAL, "ram");
}

static void file_that_is_not_there(struct life *life)
{
	EQUAL(realm_plan_load_file(life->plan, RAM + life->page, "no such file", NULL), 1);
	refuses_to_create(life, ENOENT, "no such file");
}

static void adopting_what_is_no_vm(struct life *life)
{
	int fds[2];

	DONE_OK(pipe(fds));
	EQUAL(realm_adopt(life->plan, fds[0], NULL, &life->realm), -EINVAL);
	close(fds[0]);
	close(fds[1]);
	EQUAL(realm_adopt(life->plan, -1, NULL, &life->realm), -EINVAL);
	CHECK(!life->realm);
}

static void forwarding_what_is_the_kernels(struct life *life)
{
	life_to(life, REALM_PHASE_NEW);
	REFUSED(realm_forward_calls(life->realm, 0x80000000, 1), EINVAL, "first");
	REFUSED(realm_forward_calls(life->realm, 0xbfffffff, 2), EINVAL, "first");
	DONE_OK(realm_forward_calls(life->realm, 0xc6000000, 16));
	REFUSED(realm_forward_calls(life->realm, 0xc6000008, 1), EINVAL, "first");
	go_on(life);
}

#define CASE(name, needs) { "refuses: " #name, needs, name }

static const struct life_case cases[] = {
	CASE(populating_twice, 0),
	CASE(populating_what_is_not_ram, 0),
	CASE(populating_parts_of_pages, 0),
	CASE(leaving_content_unmeasured, LIFE_MEASURES_ALL),
	CASE(memory_that_overlaps, 0),
	CASE(memory_outside_the_protected_half, 0),
	CASE(steps_in_the_wrong_phase, 0),
	CASE(anything_after_stop, 0),
	CASE(vcpus_that_are_not_there, 0),
	CASE(hash, LIFE_FIXED),
	CASE(personalization_value, LIFE_FIXED),
	CASE(hash_that_no_rmm_has, 0),
	CASE(granule_of_another_host, 0),
	CASE(best_effort_leaves_out_what_cannot_be, LIFE_FIXED | LIFE_TELLS),
	CASE(unmeasured_load_of_a_plan, LIFE_MEASURES_ALL),
	CASE(sharing_in_place, LIFE_NO_IN_PLACE),
	CASE(unknown_flags, 0),
	CASE(plan_that_cannot_be, 0),
	CASE(file_that_is_not_there, 0),
	CASE(adopting_what_is_no_vm, 0),
	CASE(forwarding_what_is_the_kernels, 0),
};

const struct life_list life_refuse = { cases, sizeof(cases) / sizeof(cases[0]) };
