/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-explain.c - how the search goes about it; that it finds what others measured is for tests/cli/test_explain.py
 */
#include "explain.h"
#include "unit.h"

#define RAM_BASE UINT64_C(0x80000000)

static struct realm_plan *make_plan(struct realm_ctx *ctx, size_t loads)
{
	static const uint64_t x0 = RAM_BASE + 0x10000;
	struct realm_plan *plan;
	size_t i;

	assert_int_equal(realm_plan_new(ctx, &plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_add_ram(plan, RAM_BASE, 0x1000000), 0);
	for (i = 0; i < loads; i++)
		assert_int_equal(realm_plan_load_memory(plan, RAM_BASE + i * 0x10000, &i, sizeof(i), NULL), i);
	assert_int_equal(realm_plan_add_rec(plan, RAM_BASE, &x0, 1), 0);
	return plan;
}

/* The RIM of a plan, which is freed. */
static void take_rim(struct realm_plan *plan, uint8_t rim[32])
{
	struct realm_measure_opts opts = { .sz = sizeof(opts),
					   .family = REALM_FAMILY_RMI_V14,
					   .profile = REALM_PROFILE_TF_RMM_2_0 };
	struct realm_measurement *rows;

	assert_int_equal(realm_measure(plan, &opts, &rows), 0);
	memcpy(rim, realm_measurement_row(rows, 0, NULL, NULL), 32);
	realm_measurement_free(rows);
	realm_plan_free(plan);
}

/* All edits as "WHERE: FROM > TO; ..." */
static void describe(const struct realm_explanation *answer, char *buf)
{
	struct realm_explain_edit edit = { .sz = sizeof(edit) };
	size_t i;

	*buf = 0;
	for (i = 0; !realm_explanation_edit(answer, i, &edit); i++)
		buf += sprintf(buf, "%s: %s > %s; ", edit.where, edit.from ? edit.from : "-", edit.to ? edit.to : "-");
}

static void explain(struct realm_plan *plan, const uint8_t rim[32], unsigned int threads, const char *expected)
{
	struct realm_work_opts work = { .sz = sizeof(work), .threads = threads };
	struct realm_explain_opts opts = { .sz = sizeof(opts), .work = &work };
	struct realm_explanation *answer;
	char got[1024];

	assert_int_equal(realm_explain(plan, rim, 32, &opts, &answer), 0);
	assert_true(realm_explanation_found(answer, NULL, NULL));
	describe(answer, got);
	assert_string_equal(got, expected);
	realm_explanation_free(answer);
}

/* A pair, so that all threads have something to do before it is found. */
static void threads_do_not_change_the_answer(void **state)
{
	static const char *const expected = "$.breakpoints: 2 > 8; $.recs[0].gprs[0]: \"0x80010000\" > \"0x0\"; ";
	struct realm_plan *plan = make_plan(*state, 3), *other = make_plan(*state, 3);
	uint8_t rim[32];
	unsigned int threads;

	assert_int_equal(realm_plan_set_breakpoints(other, 8), 0);
	other->recs[0].gprs[0] = 0;
	take_rim(other, rim);
	for (threads = 1; threads <= 8; threads++)
		explain(plan, rim, threads, expected);
	realm_plan_free(plan);
}

/* Debug registers of two kinds can change as one or as two: the one change is told. */
static void fewest_changes_are_told(void **state)
{
	struct realm_plan *plan = make_plan(*state, 1), *other = make_plan(*state, 1);
	struct realm_explain_edit edit = { .sz = sizeof(edit) };
	struct realm_explanation *answer;
	uint8_t rim[32];

	assert_int_equal(realm_plan_set_breakpoints(other, 6), 0);
	assert_int_equal(realm_plan_set_watchpoints(other, 4), 0);
	take_rim(other, rim);
	assert_int_equal(realm_explain(plan, rim, 32, NULL, &answer), 0);
	assert_int_equal(realm_explanation_edit(answer, 1, &edit), 0);
	assert_int_equal(edit.change, 0);
	assert_string_equal(edit.where, "$.watchpoints");
	realm_explanation_free(answer);
	realm_plan_free(plan);
}

static void order_of_many_loads_is_told_by_place(void **state)
{
	struct realm_plan *plan = make_plan(*state, 40), *other = make_plan(*state, 40);
	struct load load = other->loads[38];
	uint8_t rim[32];

	other->loads[38] = other->loads[37];
	other->loads[37] = load;
	take_rim(other, rim);
	explain(plan, rim, 2, "$.load[37]: \"place 37\" > \"place 38\"; $.load[38]: \"place 38\" > \"place 37\"; ");
	realm_plan_free(plan);
}

/* ---- the list of changes ---- */

static void make_explain(struct explain *ex, struct realm_plan *plan, size_t *origins, struct content *contents)
{
	size_t i;

	*ex = (struct explain){ .ctx = plan->ctx,
				.given = { .plan = *plan, .origins = origins },
				.contents = contents };
	for (i = 0; i < plan->num_loads; i++)
		origins[i] = i;
}

/* Each change is a change: of the plan, or refused; and none is there twice. */
static void changes_are_possible_and_differ(void **state)
{
	struct realm_plan *plan = make_plan(*state, 3);
	struct content contents[3] = { { .is_image = true, .span = 0x8000 }, { .is_dtb = true } };
	struct changes changes;
	struct explain ex;
	size_t origins[3], i, j, possible = 0;

	assert_int_equal(plan_validate(plan), 0);
	make_explain(&ex, plan, origins, contents);
	assert_int_equal(changes_list(&changes, &ex, &ex.given), 0);
	for (i = 0; i < changes.count; i++) {
		struct change *a = &changes.list[i];
		struct edits edits = { 0 };
		struct variant variant;

		assert_int_equal(variant_copy(&variant, &ex.given, *state), 0);
		if (!change_apply(a, &variant)) {
			possible++;
			assert_int_equal(edits_add(&edits, &ex.given, &variant, 0, change_why(a)), 0);
			if (a->kind != CHANGE_ORDER)
				assert_true(edits.count > 0);
			assert_non_null(change_why(a));
		}
		for (j = 0; j < i; j++)
			assert_memory_not_equal(a, &changes.list[j], sizeof(*a));
		if (i)
			assert_true(a[-1].tier <= a->tier);
		edits_free(&edits);
		variant_free(&variant);
	}
	assert_true(possible > 200);
	free(changes.list);
	realm_plan_free(plan);
}

/* Two changes are a pair in one order at most, and in one at least unless they change the same. */
static void pairs_come_in_one_order(void **state)
{
	struct realm_plan *plan = make_plan(*state, 3);
	struct content contents[3] = { { .is_image = true, .span = 0x8000 }, { .is_dtb = true } };
	struct changes changes;
	struct explain ex;
	size_t origins[3], i, j;

	make_explain(&ex, plan, origins, contents);
	assert_int_equal(changes_list(&changes, &ex, &ex.given), 0);
	for (i = 0; i < changes.count; i++)
		for (j = 0; j < changes.count; j++) {
			const struct change *a = &changes.list[i], *b = &changes.list[j];
			bool before = change_is_before(a, b, &ex.given, &ex.given);
			bool after = change_is_before(b, a, &ex.given, &ex.given);

			assert_false(before && after);
			if (change_group(a) != change_group(b))
				assert_true(before || after);
		}
	free(changes.list);
	realm_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(threads_do_not_change_the_answer),
		ctx_test(fewest_changes_are_told),
		ctx_test(order_of_many_loads_is_told_by_place),
		ctx_test(changes_are_possible_and_differ),
		ctx_test(pairs_come_in_one_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
