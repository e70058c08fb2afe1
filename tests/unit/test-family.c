/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-family.c - what a plan asks for and a family cannot give
 *
 * The table is KVM's: which of hash, RPV, granule, LPA2, PMU and unmeasured loads each generation lets its user choose.
 */
#include "fixture.h"

/* What a plan may ask for beyond what every family gives, in the order in which the warnings come. */
enum wish { HASH, RPV, GRANULE, LPA2, PMU, FLAGS, UNMEASURED, SECOND_RUNNABLE, NUM_WISHES };

static const char *const places[NUM_WISHES] = {
	"$.hash", "$.rpv", "$.granule", "$.lpa2", "$.pmu_counters", "$.flags", "$.load", "$.recs",
};

static const char *const lacks[] = {
	/* a letter for each wish: x when the family cannot give it */
	[REALM_FAMILY_RME_RFC] = "--xx-xxx", [REALM_FAMILY_RME] = "--xx-x-x",     [REALM_FAMILY_RMI_V12] = "xxxx-x-x",
	[REALM_FAMILY_RMI_V13] = "xx---x-x", [REALM_FAMILY_RMI_V14] = "xx--xx-x", [REALM_FAMILY_RMI_V15] = "xx--xx-x",
};

static struct realm_plan *wishful_plan(struct realm_ctx *ctx, enum wish wish)
{
	struct realm_load_opts opts = { .sz = sizeof(opts), .flags = wish == UNMEASURED ? REALM_LOAD_UNMEASURED : 0 };
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(ctx, &plan), 0);
	assert_int_equal(realm_plan_load_zero(plan, 0, 1, &opts), 0);
	assert_int_equal(realm_plan_add_rec(plan, 0, NULL, 0), 0);
	assert_int_equal(realm_plan_add_rec(plan, 0, NULL, 0), 1);
	if (wish == HASH)
		realm_plan_set_hash(plan, REALM_HASH_SHA512);
	if (wish == RPV)
		realm_plan_set_rpv(plan, "x", 1);
	if (wish == GRANULE)
		realm_plan_set_granule(plan, 16384);
	if (wish == LPA2)
		realm_plan_set_lpa2(plan, 1);
	if (wish == PMU)
		realm_plan_set_pmu_counters(plan, 0);
	if (wish == FLAGS)
		realm_plan_set_flags(plan, 8);
	if (wish == SECOND_RUNNABLE)
		realm_plan_set_rec_runnable(plan, 1, 1);
	return plan;
}

static void families_warn_of_what_they_cannot_give(void **state)
{
	struct fixture *f = *state;
	enum realm_family family;
	enum wish wish;

	for (family = REALM_FAMILY_RME_RFC; family <= REALM_FAMILY_RMI_V15; family++)
		for (wish = HASH; wish < NUM_WISHES; wish++) {
			struct realm_plan *plan = wishful_plan(f->ctx, wish);
			char start[64];

			f->log[0] = 0;
			family_warn(plan, family);
			if (lacks[family][wish] == 'x') {
				snprintf(start, sizeof(start), "w %s: family %s ", places[wish],
					 realm_family_name(family));
				assert_memory_equal(f->log, start, strlen(start));
				assert_ptr_equal(strchr(f->log, '\n'), f->log + strlen(f->log) - 1);
			} else {
				assert_string_equal(f->log, "");
			}
			realm_plan_free(plan);
		}
}

/* No profile measures the RPV (DEN0137, RMI_REALM_CREATE): the RIM is the same on any family. */
static void rpv_is_not_said_to_change_the_rim(void **state)
{
	struct fixture *f = *state;
	struct realm_plan *plan = wishful_plan(f->ctx, RPV);

	family_warn(plan, REALM_FAMILY_RMI_V14);
	assert_string_equal(f->log,
			    "w $.rpv: family rmi-v14 gives a zero RPV only: this plan cannot be carried out there\n");
	realm_plan_free(plan);
}

static void rmm_1_0_has_sha256_and_sha512_and_small_granules(void **state)
{
	enum realm_profile profile;

	assert_true(profile_can(REALM_PROFILE_RMM_1_0, REALM_HASH_SHA256, 4096));
	assert_true(profile_can(REALM_PROFILE_RMM_1_0, REALM_HASH_SHA512, 4096));
	assert_false(profile_can(REALM_PROFILE_RMM_1_0, REALM_HASH_SHA384, 4096));
	assert_false(profile_can(REALM_PROFILE_RMM_1_0, REALM_HASH_SHA256, 16384));
	assert_false(profile_can(REALM_PROFILE_RMM_1_0, REALM_HASH_SHA256, 65536));
	for (profile = REALM_PROFILE_RMM_2_0; profile <= REALM_PROFILE_TF_RMM_2_0; profile++)
		assert_true(profile_can(profile, REALM_HASH_SHA384, 65536));
}

/* DESIGN's orders: RIPAS before the loads, after the RECs, or not measured. */
static void steps_are_those_of_the_family(void **state)
{
	static const struct {
		enum realm_family family;
		enum step second, fourth;
	} expected[] = {
		{ REALM_FAMILY_RME_RFC, STEP_RIPAS, STEP_REC },     { REALM_FAMILY_RME, STEP_RIPAS, STEP_REC },
		{ REALM_FAMILY_RMI_V12, STEP_DATA, STEP_RIPAS },    { REALM_FAMILY_RMI_V13, STEP_DATA, STEP_ACTIVATE },
		{ REALM_FAMILY_RMI_V14, STEP_DATA, STEP_ACTIVATE }, { REALM_FAMILY_RMI_V15, STEP_DATA, STEP_ACTIVATE },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(expected); i++) {
		const enum step *steps = family_steps(expected[i].family);

		assert_int_equal(steps[0], STEP_REALM);
		assert_int_equal(steps[1], expected[i].second);
		assert_int_equal(steps[3], expected[i].fourth);
		assert_int_equal(family_measures_all(expected[i].family), expected[i].family == REALM_FAMILY_RME_RFC);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(families_warn_of_what_they_cannot_give),
		fixture_test(rpv_is_not_said_to_change_the_rim),
		fixture_test(rmm_1_0_has_sha256_and_sha512_and_small_granules),
		fixture_test(steps_are_those_of_the_family),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
