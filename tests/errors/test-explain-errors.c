/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-explain-errors.c - the functions of realm/explain.h with NULL, zero, the largest values, and a caller who stops them */
#include "../unit/fixture.h"

#define RAM_BASE UINT64_C(0x80000000)

static char untouched; /* where out parameters point before a call */
static const uint8_t rim[REALM_DIGEST_MAX + 1] = { 0x5a, [REALM_DIGEST_MAX - 1] = 0x5a };

#define UNTOUCHED(type) ((struct type *)&untouched)

static struct realm_plan *make_plan(void **state)
{
	struct fixture *f = *state;
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(f->ctx, &plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_add_ram(plan, RAM_BASE, 0x200000), 0);
	assert_int_equal(realm_plan_add_rec(plan, RAM_BASE, NULL, 0), 0);
	return plan;
}

static void arguments(void **state)
{
	struct realm_explanation *answer = UNTOUCHED(realm_explanation);
	struct realm_explain_opts opts = { .sz = 0 };
	struct realm_plan *plan = make_plan(state);
	struct fixture *f = *state;
	size_t len;

	assert_int_equal(realm_explain(NULL, rim, 32, NULL, &answer), -EINVAL);
	assert_int_equal(realm_explain(plan, NULL, 32, NULL, &answer), -EINVAL);
	assert_int_equal(realm_explain(plan, rim, 32, NULL, NULL), -EINVAL);
	for (len = 0; len < sizeof(rim); len++)
		if (len != 32 && len != 48 && len != 64)
			assert_error(f->ctx, realm_explain(plan, rim, len, NULL, &answer), EINVAL, "rim", "bytes");
	assert_error(f->ctx, realm_explain(plan, rim, SIZE_MAX, NULL, &answer), EINVAL, "rim", "bytes");
	assert_error(f->ctx, realm_explain(plan, rim, 32, &opts, &answer), EINVAL, "realm_explain_opts", "");
	realm_plan_free(plan);
	assert_int_equal(realm_plan_new(f->ctx, &plan), 0);
	assert_error(f->ctx, realm_explain(plan, rim, 32, NULL, &answer), EINVAL, "$.ipa_bits", "not set");
	assert_ptr_equal(answer, &untouched);
	realm_plan_free(plan);
}

static void options_of_a_newer_library(void **state)
{
	const struct {
		struct realm_explain_opts known;
		uint64_t set;
	} opts = { { .sz = sizeof(opts) }, 1 };
	const struct {
		struct realm_work_opts known;
		uint64_t set;
	} work = { { .sz = sizeof(work) }, 1 };
	const struct realm_explain_opts within = { .sz = sizeof(within), .work = &work.known };
	struct realm_explanation *answer = UNTOUCHED(realm_explanation);
	struct realm_plan *plan = make_plan(state);
	struct fixture *f = *state;

	assert_error(f->ctx, realm_explain(plan, rim, 32, &opts.known, &answer), E2BIG, "realm_explain_opts", "");
	assert_error(f->ctx, realm_explain(plan, rim, 32, &within, &answer), E2BIG, "realm_work_opts", "");
	assert_ptr_equal(answer, &untouched);
	realm_plan_free(plan);
}

static void answers(void **state)
{
	enum realm_profile profile = REALM_PROFILE_RMM_2_0;
	enum realm_family family = REALM_FAMILY_RMI_V15;
	struct realm_explain_opts opts = { .sz = sizeof(opts), .limit = 1 };
	struct realm_explain_edit edit = { .sz = sizeof(edit) };
	struct realm_plan *plan = make_plan(state);
	struct realm_explanation *answer;

	realm_explanation_free(NULL);
	assert_int_equal(realm_explanation_found(NULL, &family, &profile), 0);
	assert_int_equal(realm_explanation_hash(NULL), REALM_HASH_SHA256);
	assert_int_equal(realm_explanation_count(NULL), 0);
	assert_int_equal(realm_explanation_edit(NULL, 0, &edit), -EINVAL);
	assert_int_equal(realm_explanation_tried(NULL), 0);
	assert_null(realm_explanation_unsearched(NULL, 0));

	assert_int_equal(realm_explain(plan, rim, 64, &opts, &answer), 0);
	assert_int_equal(realm_explanation_found(answer, &family, &profile), 0);
	assert_int_equal(realm_explanation_found(answer, NULL, NULL), 0);
	assert_int_equal(family, REALM_FAMILY_RMI_V15);
	assert_int_equal(profile, REALM_PROFILE_RMM_2_0);
	assert_int_equal(realm_explanation_hash(answer), REALM_HASH_SHA512);
	assert_int_equal(realm_explanation_edit(answer, 0, &edit), -EINVAL);
	assert_int_equal(realm_explanation_edit(answer, SIZE_MAX, &edit), -EINVAL);
	assert_non_null(realm_explanation_unsearched(answer, 0));
	assert_null(realm_explanation_unsearched(answer, SIZE_MAX));
	realm_explanation_free(answer);
	realm_plan_free(plan);
}

/* An empty RIM: that of rmm-2.0 when no REC is runnable; here that is an edit. */
static void edits(void **state)
{
	struct realm_explain_edit edit = { .sz = 0 };
	struct realm_plan *plan = make_plan(state);
	struct realm_explanation *answer;
	enum realm_profile profile;

	assert_int_equal(realm_explain(plan, rim + 1, 32, NULL, &answer), 0);
	assert_int_equal(realm_explanation_found(answer, NULL, &profile), 1);
	assert_int_equal(profile, REALM_PROFILE_RMM_2_0);
	assert_int_equal(realm_explanation_count(answer), 1);
	assert_int_equal(realm_explanation_edit(answer, 0, NULL), -EINVAL);
	assert_int_equal(realm_explanation_edit(answer, 0, &edit), -EINVAL);
	assert_int_equal(realm_explanation_edit(answer, 1, &edit), -EINVAL);
	edit.sz = sizeof(edit);
	assert_int_equal(realm_explanation_edit(answer, 0, &edit), 0);
	assert_string_equal(edit.where, "$.recs[0].runnable");
	assert_string_equal(edit.from, "true");
	assert_string_equal(edit.to, "false");
	realm_explanation_free(answer);
	realm_plan_free(plan);
}

/* ---- stopping ---- */

static int stop_after(void *arg, uint64_t done, uint64_t total)
{
	unsigned int *calls = arg;

	assert_in_range(done, 0, total);
	return !--*calls;
}

static void stopped(void **state)
{
	struct realm_explanation *answer = UNTOUCHED(realm_explanation);
	struct realm_plan *plan = make_plan(state);
	struct fixture *f = *state;
	unsigned int calls, i;
	struct realm_work_opts work = { .sz = sizeof(work), .threads = 3 };
	struct realm_explain_opts opts = {
		.sz = sizeof(opts), .work = &work, .tried = stop_after, .tried_arg = &calls
	};

	for (i = 1; i < 3000; i += 400) {
		calls = i;
		assert_error(f->ctx, realm_explain(plan, rim, 32, &opts, &answer), ECANCELED, NULL, "stopped");
		assert_int_equal(calls, 0);
	}
	assert_int_equal(realm_plan_load_zero(plan, RAM_BASE, 0x1000, NULL), 0);
	opts.tried = NULL;
	work.progress = stop_after;
	work.progress_arg = &calls;
	calls = 1;
	assert_error(f->ctx, realm_explain(plan, rim, 32, &opts, &answer), ECANCELED, NULL, "stopped");
	assert_ptr_equal(answer, &untouched);
	realm_plan_free(plan);
}

static int read_nothing(void *arg, uint64_t offset, void *buf, size_t len)
{
	return -EIO;
}

static void sources_that_fail(void **state)
{
	struct realm_load_opts sized = { .sz = sizeof(sized), .size = 4096 };
	struct realm_explanation *answer = UNTOUCHED(realm_explanation);
	struct realm_plan *plan = make_plan(state);
	struct fixture *f = *state;

	assert_int_equal(realm_plan_load_callback(plan, RAM_BASE, read_nothing, NULL, &sized), 0);
	assert_error(f->ctx, realm_explain(plan, rim, 32, NULL, &answer), EIO, "load", "callback");
	assert_int_equal(realm_plan_load_file(plan, RAM_BASE + 0x10000, fixture_path(f, "absent"), NULL), 1);
	assert_error(f->ctx, realm_explain(plan, rim, 32, NULL, &answer), ENOENT, "$.load[1].file", "absent");
	assert_ptr_equal(answer, &untouched);
	realm_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(arguments), fixture_test(options_of_a_newer_library),
		fixture_test(answers),   fixture_test(edits),
		fixture_test(stopped),   fixture_test(sources_that_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
