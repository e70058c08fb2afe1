/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-walk.c - the order of events in each family, and which RIPAS entries there are
 *
 * Expected entries are worked out by hand from the rules of RMI_RTT_INIT_RIPAS (DEN0137 1.0-rel0) and KVM's choice of the start level.
 */
#include "unit.h"

struct region {
	uint64_t base, size;
};

static struct realm_plan *make_plan(struct realm_ctx *ctx, unsigned int ipa_bits, const struct region *rams,
				    const struct region *loads)
{
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(ctx, &plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, ipa_bits), 0);
	for (; rams->size; rams++)
		assert_true(realm_plan_add_ram(plan, rams->base, rams->size) >= 0);
	for (; loads && loads->size; loads++)
		assert_true(realm_plan_load_zero(plan, loads->base, loads->size, NULL) >= 0);
	assert_int_equal(realm_plan_add_rec(plan, 0x1234, NULL, 0), 0);
	assert_int_equal(realm_plan_add_rec(plan, 0x5678, NULL, 0), 1);
	return plan;
}

/* The events of a plan in a few letters: R realm, S ripas, D data, C rec, A activate. */
static void letters(struct realm_plan *plan, enum realm_family family, char *buf)
{
	static const char letter[] = "?RSDCA";
	struct realm_event event = { .sz = sizeof(event) };
	struct realm_events *events;

	assert_int_equal(realm_events_new(plan, family, NULL, &events), 0);
	while (realm_events_next(events, &event) > 0)
		*buf++ = letter[event.type];
	*buf = 0;
	realm_events_free(events);
}

static void order_is_that_of_the_family(void **state)
{
	static const struct region ram[] = { { 0x80000000, 0x400000 }, { 0 } };
	static const struct region loads[] = { { 0x80000000, 0x1000 }, { 0x80001000, 0x1001 }, { 0 } };
	static const char *const expected[] = {
		[REALM_FAMILY_RME_RFC] = "RSSDDDCCA",
		[REALM_FAMILY_RME] = "RSSDDDCCA",
		/* three pages of the first block are populated: the other 509 are entries of their own */
		[REALM_FAMILY_RMI_V12] = NULL,
		[REALM_FAMILY_RMI_V13] = "RDDDCCA",
		[REALM_FAMILY_RMI_V14] = "RDDDCCA",
		[REALM_FAMILY_RMI_V15] = "RDDDCCA",
	};
	struct realm_plan *plan = make_plan(*state, 33, ram, loads);
	enum realm_family family;
	char got[600];
	size_t i;

	for (family = REALM_FAMILY_RME_RFC; family <= REALM_FAMILY_RMI_V15; family++) {
		letters(plan, family, got);
		if (expected[family]) {
			assert_string_equal(got, expected[family]);
			continue;
		}
		assert_int_equal(strlen(got), 6 + 509 + 1 + 1);
		assert_memory_equal(got, "RDDDCC", 6);
		for (i = 6; i < 6 + 509 + 1; i++)
			assert_int_equal(got[i], 'S');
		assert_string_equal(got + i, "A");
	}
	realm_plan_free(plan);
}

/* ---- RIPAS entries ---- */

struct ripas_case {
	const char *what;
	enum realm_family family;
	unsigned int ipa_bits;
	struct region rams[10];
	struct region loads[4];
	uint64_t entries[24]; /* base, top, base, top ... */
};

#define K UINT64_C(0x1000)
#define M2 UINT64_C(0x200000)
#define G1 UINT64_C(0x40000000)
#define G512 UINT64_C(0x8000000000)

static const struct ripas_case ripas_cases[] = {
	{ "33 bits have 2 MiB and 4 KiB",
	  REALM_FAMILY_RME,
	  33,
	  { { G1, M2 + K } },
	  { { 0 } },
	  { G1, G1 + M2, G1 + M2, G1 + M2 + K } },
	{ "34 bits: a GiB is still 512 entries, here the last two",
	  REALM_FAMILY_RME,
	  34,
	  { { 2 * G1 - 2 * M2, 2 * M2 } },
	  { { 0 } },
	  { 2 * G1 - 2 * M2, 2 * G1 - M2, 2 * G1 - M2, 2 * G1 } },
	{ "35 bits have 1 GiB", REALM_FAMILY_RME, 35, { { G1, G1 } }, { { 0 } }, { G1, 2 * G1 } },
	{ "43 bits have no 512 GiB",
	  REALM_FAMILY_RME,
	  43,
	  { { G512, 2 * G1 } },
	  { { 0 } },
	  { G512, G512 + G1, G512 + G1, G512 + 2 * G1 } },
	{ "44 bits have 512 GiB", REALM_FAMILY_RME, 44, { { G512, G512 } }, { { 0 } }, { G512, 2 * G512 } },
	{ "48 bits, unaligned at both ends",
	  REALM_FAMILY_RME,
	  48,
	  { { M2 - K, M2 + 2 * K } },
	  { { 0 } },
	  { M2 - K, M2, M2, 2 * M2, 2 * M2, 2 * M2 + K } },
	{ "regions in the plan's order",
	  REALM_FAMILY_RME,
	  33,
	  { { 4 * M2, M2 }, { 0, M2 } },
	  { { 0 } },
	  { 4 * M2, 5 * M2, 0, M2 } },
	{ "loads change nothing before v12", REALM_FAMILY_RME_RFC, 33, { { 0, M2 } }, { { K, K } }, { 0, M2 } },
	{ "v12, nothing populated: as before",
	  REALM_FAMILY_RMI_V12,
	  33,
	  { { 0, 2 * M2 } },
	  { { 0 } },
	  { 0, M2, M2, 2 * M2 } },
	{ "v12 skips populated blocks",
	  REALM_FAMILY_RMI_V12,
	  33,
	  { { 0, 3 * M2 } },
	  { { M2, M2 } },
	  { 0, M2, 2 * M2, 3 * M2 } },
	{ "v12, pages at the end",
	  REALM_FAMILY_RMI_V12,
	  33,
	  { { 0, 4 * K } },
	  { { K, 2 * K } },
	  { 0, K, 3 * K, 4 * K } },
	{ "v12, loads in falling order and across two regions",
	  REALM_FAMILY_RMI_V12,
	  33,
	  { { 0, 2 * K }, { 2 * K, 3 * K } },
	  { { 4 * K, K }, { K, 2 * K } },
	  { 0, K, 3 * K, 4 * K } },
	{ "v12 slots by KVM's hash of the id: 0 3 6 1 4 7 2 5",
	  REALM_FAMILY_RMI_V12,
	  33,
	  { { 0, K }, { K, K }, { 2 * K, K }, { 3 * K, K }, { 4 * K, K }, { 5 * K, K }, { 6 * K, K }, { 7 * K, K } },
	  { { 0 } },
	  { 0, K, 3 * K, 4 * K, 6 * K, 7 * K, K, 2 * K, 4 * K, 5 * K, 7 * K, 8 * K, 2 * K, 3 * K, 5 * K, 6 * K } },
};

static void ripas_entries_are_the_expected_ones(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ripas_cases); i++) {
		const struct ripas_case *c = &ripas_cases[i];
		struct realm_plan *plan = make_plan(*state, c->ipa_bits, c->rams, c->loads);
		struct realm_event event = { .sz = sizeof(event) };
		const uint64_t *expected = c->entries;
		struct realm_events *events;

		assert_int_equal(realm_events_new(plan, c->family, NULL, &events), 0);
		while (realm_events_next(events, &event) > 0) {
			if (event.type != REALM_EVENT_RIPAS)
				continue;
			if (event.base != expected[0] || event.top != expected[1])
				fail_msg("%s: 0x%llx..0x%llx", c->what, (unsigned long long)event.base,
					 (unsigned long long)event.top);
			expected += 2;
		}
		if (expected[1])
			fail_msg("%s: entries are missing", c->what);
		realm_events_free(events);
		realm_plan_free(plan);
	}
}

/* ---- field values ---- */

static void realm_event_holds_raw_fields(void **state)
{
	static const struct region ram[] = { { 0, 0x1000 }, { 0 } };
	struct realm_plan *plan = make_plan(*state, 50, ram, NULL);
	struct realm_event event = { .sz = sizeof(event) };
	struct realm_events *events;

	assert_int_equal(realm_plan_set_lpa2(plan, 1), 0);
	assert_int_equal(realm_plan_set_sve_bits(plan, 512), 0);
	assert_int_equal(realm_plan_set_pmu_counters(plan, 0), 0);
	assert_int_equal(realm_plan_set_breakpoints(plan, 16), 0);
	assert_int_equal(realm_plan_set_watchpoints(plan, 4), 0);
	assert_int_equal(realm_plan_set_flags(plan, 0x8000000000000080), 0);
	assert_int_equal(realm_events_new(plan, REALM_FAMILY_ANY, NULL, &events), 0);
	assert_int_equal(realm_events_family(events), REALM_FAMILY_RMI_V14);
	assert_int_equal(realm_events_next(events, &event), 1);
	assert_int_equal(event.type, REALM_EVENT_REALM);
	assert_true(event.flags == 0x8000000000000087);
	assert_int_equal(event.s2sz, 50);
	assert_int_equal(event.sve_vl, 3);
	assert_int_equal(event.num_bps, 15);
	assert_int_equal(event.num_wps, 3);
	assert_int_equal(event.pmu_num_ctrs, 0);
	assert_int_equal(realm_events_next(events, &event), 1);
	assert_int_equal(event.type, REALM_EVENT_REC);
	assert_int_equal(event.flags, 1);
	assert_true(event.pc == 0x1234);
	assert_int_equal(realm_events_next(events, &event), 1);
	assert_int_equal(event.flags, 0);
	assert_true(event.pc == 0x5678);
	realm_events_free(events);
	realm_plan_free(plan);
}

/* ---- what a family cannot give ---- */

struct heard {
	char text[2000];
};

static void listen(void *arg, enum realm_log_level level, const char *where, const char *message)
{
	struct heard *heard = arg;

	assert_int_equal(level, REALM_LOG_WARNING);
	strcat(heard->text, where);
	strcat(heard->text, " ");
}

struct warn_case {
	enum realm_family family;
	const char *warnings;
};

static const struct warn_case warn_cases[] = {
	{ REALM_FAMILY_RME_RFC, "$.lpa2 $.flags $.load $.recs " },
	{ REALM_FAMILY_RME, "$.lpa2 $.flags $.recs " },
	{ REALM_FAMILY_RMI_V12, "$.hash $.rpv $.lpa2 $.flags $.recs " },
	{ REALM_FAMILY_RMI_V13, "$.hash $.rpv $.flags $.recs " },
	{ REALM_FAMILY_RMI_V14, "$.hash $.rpv $.pmu_counters $.flags $.recs " },
	{ REALM_FAMILY_RMI_V15, "$.hash $.rpv $.pmu_counters $.flags $.recs " },
};

static void what_a_family_cannot_give_is_a_warning(void **state)
{
	static const struct region ram[] = { { 0, 0x1000 }, { 0 } };
	struct realm_load_opts unmeasured = { .sz = sizeof(unmeasured), .flags = REALM_LOAD_UNMEASURED };
	struct realm_plan *plan = make_plan(*state, 40, ram, NULL);
	size_t i;

	assert_int_equal(realm_plan_load_zero(plan, 0, 4, &unmeasured), 0);
	assert_int_equal(realm_plan_set_hash(plan, REALM_HASH_SHA512), 0);
	assert_int_equal(realm_plan_set_rpv(plan, "x", 1), 0);
	assert_int_equal(realm_plan_set_lpa2(plan, 1), 0);
	assert_int_equal(realm_plan_set_pmu_counters(plan, 4), 0);
	assert_int_equal(realm_plan_set_flags(plan, 8), 0);
	assert_int_equal(realm_plan_set_rec_runnable(plan, 1, 1), 0);
	for (i = 0; i < ARRAY_SIZE(warn_cases); i++) {
		struct heard heard = { "" };
		struct realm_events *events;

		realm_ctx_set_log(*state, listen, &heard);
		assert_int_equal(realm_events_new(plan, warn_cases[i].family, NULL, &events), 0);
		assert_string_equal(heard.text, warn_cases[i].warnings);
		realm_events_free(events);
	}
	realm_plan_free(plan);
}

static void rfc_measures_unmeasured_loads(void **state)
{
	static const struct region ram[] = { { 0, 0x1000 }, { 0 } };
	struct realm_load_opts unmeasured = { .sz = sizeof(unmeasured), .flags = REALM_LOAD_UNMEASURED };
	struct realm_plan *plan = make_plan(*state, 40, ram, NULL);
	enum realm_family family;

	assert_int_equal(realm_plan_load_zero(plan, 0, 4, &unmeasured), 0);
	for (family = REALM_FAMILY_RME_RFC; family <= REALM_FAMILY_RMI_V15; family++) {
		struct realm_event event = { .sz = sizeof(event) };
		struct realm_events *events;

		assert_int_equal(realm_events_new(plan, family, NULL, &events), 0);
		do
			assert_int_equal(realm_events_next(events, &event), 1);
		while (event.type != REALM_EVENT_DATA);
		assert_int_equal(event.flags, family == REALM_FAMILY_RME_RFC);
		realm_events_free(events);
	}
	realm_plan_free(plan);
}

static void rmm_1_0_family_refuses_sha384_and_other_granules(void **state)
{
	static const struct region ram[] = { { 0, 0x10000 }, { 0 } };
	struct realm_plan *plan = make_plan(*state, 40, ram, NULL);
	struct realm_events *events = NULL;
	enum realm_family family;

	for (family = REALM_FAMILY_RME_RFC; family <= REALM_FAMILY_RMI_V12; family++) {
		realm_plan_set_hash(plan, REALM_HASH_SHA384);
		assert_error(*state, realm_events_new(plan, family, NULL, &events), EOPNOTSUPP,
			     realm_family_name(family), "sha384");
		realm_plan_set_hash(plan, REALM_HASH_SHA256);
		realm_plan_set_granule(plan, 16384);
		assert_error(*state, realm_events_new(plan, family, NULL, &events), EOPNOTSUPP,
			     realm_family_name(family), "granules");
		realm_plan_set_granule(plan, 4096);
	}
	assert_error(*state, realm_events_new(plan, (enum realm_family)7, NULL, &events), EINVAL, "family",
		     "no family 7");
	assert_null(events);
	realm_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(order_is_that_of_the_family),   ctx_test(ripas_entries_are_the_expected_ones),
		ctx_test(realm_event_holds_raw_fields),  ctx_test(what_a_family_cannot_give_is_a_warning),
		ctx_test(rfc_measures_unmeasured_loads), ctx_test(rmm_1_0_family_refuses_sha384_and_other_granules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
