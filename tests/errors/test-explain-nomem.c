/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-explain-nomem.c - the search for a RIM with one more allocation that succeeds before one fails, as in test-nomem.c
 *
 * The plan is small, and the answer among the first single changes or pairs.  After the first allocations only some fail: the search
 * does the same again and again.
 */
#include <pthread.h>

#include "../unit/fixture.h"
#include "refuse.h"

WRAP(void *, malloc, (size_t size), (size), NULL)
WRAP(void *, calloc, (size_t count, size_t size), (count, size), NULL)
WRAP(void *, realloc, (void *old, size_t size), (old, size), NULL)
WRAP(EVP_MD *, EVP_MD_fetch, (OSSL_LIB_CTX * lib, const char *name, const char *query), (lib, name, query), NULL)
WRAP(EVP_MD_CTX *, EVP_MD_CTX_new, (void), (), NULL)
WRAP(int, EVP_DigestInit_ex2, (EVP_MD_CTX * ctx, const EVP_MD *md, const OSSL_PARAM *params), (ctx, md, params), 0)
WRAP(int, pthread_create, (pthread_t * thread, const pthread_attr_t *attr, void *(*main)(void *), void *arg),
     (thread, attr, main, arg), EAGAIN)

#define RAM_BASE UINT64_C(0x80000000)

static struct realm_plan *make_plan(struct realm_ctx *ctx, uint32_t flags, uint64_t x0)
{
	struct realm_load_opts opts = { .sz = sizeof(opts), .flags = flags };
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(ctx, &plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_add_ram(plan, RAM_BASE, 0x200000), 0);
	assert_int_equal(realm_plan_load_memory(plan, RAM_BASE, "x", 1, &opts), 0);
	assert_int_equal(realm_plan_add_rec(plan, RAM_BASE, &x0, 1), 0);
	return plan;
}

static void take_rim(struct realm_plan *plan, uint8_t *rim)
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

/* The nth allocation fails: refused for that, or the same answer; false when there were fewer. */
static bool fail_nth(struct realm_plan *plan, const uint8_t *rim, long n, size_t count)
{
	struct realm_work_opts work = { .sz = sizeof(work), .threads = 2 };
	struct realm_explain_opts opts = { .sz = sizeof(opts), .work = &work };
	struct realm_explanation *answer = NULL;
	int err;

	atomic_store(&failed, false);
	atomic_store(&left, n);
	err = realm_explain(plan, rim, 32, &opts, &answer);
	atomic_store(&left, -1);
	if (err) {
		assert_error(plan->ctx, err, ENOMEM, NULL, "out of memory");
		assert_true(atomic_load(&failed));
		assert_null(answer);
	} else {
		assert_true(realm_explanation_found(answer, NULL, NULL));
		assert_int_equal(realm_explanation_count(answer), count);
		realm_explanation_free(answer);
	}
	return atomic_load(&failed);
}

static void assert_survives(void **state, uint32_t flags, uint64_t x0, size_t count, long step)
{
	struct fixture *f = *state;
	struct realm_plan *plan = make_plan(f->ctx, 0, 1);
	uint8_t rim[32];
	long n = 0;

	take_rim(make_plan(f->ctx, flags, x0), rim);
	while (fail_nth(plan, rim, n, count))
		n += n < 200 ? 1 : step;
	assert_true(n > 200);
	realm_plan_free(plan);
}

static void plan_that_is_right_survives(void **state)
{
	assert_survives(state, 0, 1, 0, 1);
}

static void single_change_survives(void **state)
{
	assert_survives(state, 0, 0, 1, 23);
}

static void pair_survives(void **state)
{
	assert_survives(state, REALM_LOAD_UNMEASURED, 0, 2, 997);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(plan_that_is_right_survives),
		fixture_test(single_change_survives),
		fixture_test(pair_survives),
	};

	atomic_store(&left, -1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
