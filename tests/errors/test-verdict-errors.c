/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-verdict-errors.c - verifying tokens, and verdicts, with NULL, zero and the largest values */
#include <limits.h>

#include "../unit/verify.h"

static char untouched; /* where out parameters point before a call */

#define UNTOUCHED ((struct realm_verdict *)&untouched)

struct refusal {
	struct scene *scene;
	struct realm_token *token;
	struct realm_verdict *verdict;
};

static void refuses(struct refusal *refusal, const struct realm_verify_opts *opts, int code, const char *where,
		    const char *why)
{
	struct realm_ctx *ctx = refusal->scene->ctx;
	int err = realm_token_verify(refusal->token, opts, &refusal->verdict);

	assert_error(ctx, err, code, where, why);
	assert_ptr_equal(refusal->verdict, UNTOUCHED);
	assert_int_equal(realm_fail(ctx, ECANCELED, NULL, NULL, "no detail of the call that follows"), -ECANCELED);
}

static void options_that_make_no_sense_are_refused(void **state)
{
	struct scene *scene = *state;
	struct refusal refusal = { scene, kit_parse(&scene->kit, scene->ctx), UNTOUCHED };
	struct {
		struct realm_verify_opts opts;
		uint8_t more;
	} newer = { .opts = { .sz = sizeof(newer) }, .more = 1 };
	struct realm_verify_opts opts = { 0 };

	refuses(&refusal, &opts, EINVAL, "realm_verify_opts", "sz is not set");
	refuses(&refusal, &newer.opts, E2BIG, "realm_verify_opts", "newer library");
	opts.sz = sizeof(opts);
	opts.challenge = (struct realm_bytes){ (const uint8_t *)"", 65 };
	refuses(&refusal, &opts, EINVAL, "challenge", "65 bytes");
	opts.challenge.len = SIZE_MAX;
	refuses(&refusal, &opts, EINVAL, "challenge", "bytes");
	opts.challenge = (struct realm_bytes){ NULL, 1 };
	refuses(&refusal, &opts, EINVAL, "challenge", "no bytes");
	opts.challenge.len = 0;
	opts.lifecycle = (enum realm_lifecycle)2;
	refuses(&refusal, &opts, EINVAL, "lifecycle", "2 is none");
	opts.lifecycle = (enum realm_lifecycle)0x7fffffff;
	refuses(&refusal, &opts, EINVAL, "lifecycle", "is none");
	opts.lifecycle = REALM_LIFECYCLE_SECURED;
	opts.at = -1;
	refuses(&refusal, &opts, EINVAL, "at", "before 1970");
	opts.at = INT64_MIN;
	refuses(&refusal, &opts, EINVAL, "at", "before 1970");
	assert_int_equal(realm_token_verify(NULL, &opts, &refusal.verdict), -EINVAL);
	assert_int_equal(realm_token_verify(refusal.token, NULL, NULL), -EINVAL);
	assert_ptr_equal(refusal.verdict, UNTOUCHED);
	realm_token_free(refusal.token);
}

/* Options of an older library end earlier; none at all are no key. */
static void options_may_be_short_or_absent(void **state)
{
	struct scene *scene = *state;
	struct realm_token *token = kit_parse(&scene->kit, scene->ctx);
	struct realm_keys *keys = kit_keys(&scene->kit, scene->ctx);
	struct realm_verify_opts opts = {
		.sz = offsetof(struct realm_verify_opts, refvals),
		.keys = keys,
		.at = -1,
	};
	struct realm_verdict *verdict;

	assert_int_equal(realm_token_verify(token, &opts, &verdict), REALM_ACCEPTED);
	realm_verdict_free(verdict);
	opts.sz = sizeof(opts);
	opts.at = INT64_MAX; /* there is no certificate that would be out of date */
	assert_int_equal(realm_token_verify(token, &opts, &verdict), REALM_ACCEPTED);
	realm_verdict_free(verdict);
	assert_int_equal(realm_token_verify(token, NULL, &verdict), REALM_REFUSED);
	assert_string_equal(line_of(verdict), "ggnnggggg nnnnnnnn nn");
	realm_verdict_free(verdict);
	realm_keys_free(keys);
	realm_token_free(token);
}

/* A verdict stands alone. */
static void a_verdict_outlives_its_token_and_keys(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(judge(scene), REALM_ACCEPTED); /* which frees both */
	assert_non_null(strstr(check_of(scene->verdict, "structure").found, "tag:arm.com,2024:realm#2.0.0"));
}

static void verdicts_refuse_what_they_have_not(void **state)
{
	struct scene *scene = *state;
	struct realm_check check = { .sz = 0 };
	char *json = &untouched;
	size_t index = 7;

	assert_int_equal(judge(scene), REALM_ACCEPTED);
	assert_int_equal(realm_verdict_check(scene->verdict, 0, &check), -EINVAL);
	check.sz = sizeof(check);
	assert_int_equal(realm_verdict_check(scene->verdict, 19, &check), -EINVAL);
	assert_int_equal(realm_verdict_check(scene->verdict, SIZE_MAX, &check), -EINVAL);
	assert_int_equal(realm_verdict_check(scene->verdict, 0, NULL), -EINVAL);
	assert_int_equal(realm_verdict_check(NULL, 0, &check), -EINVAL);
	assert_null(check.name);
	assert_int_equal(realm_verdict_match(NULL, &index), 0);
	assert_int_equal(realm_verdict_match(scene->verdict, &index), 0);
	assert_int_equal(index, 7);
	assert_int_equal(realm_verdict_ear(NULL, &json), -EINVAL);
	assert_int_equal(realm_verdict_ear(scene->verdict, NULL), -EINVAL);
	assert_ptr_equal(json, &untouched);
	assert_int_equal(realm_verdict_result(NULL), REALM_REFUSED);
	assert_int_equal(realm_verdict_count(NULL), 0);
	realm_verdict_free(NULL);
}

/* What an older program knows of a check is filled, and no more. */
static void a_check_may_be_short(void **state)
{
	struct scene *scene = *state;
	struct realm_check check;

	assert_int_equal(judge(scene), REALM_ACCEPTED);
	memset(&check, 0x5a, sizeof(check));
	check.sz = offsetof(struct realm_check, mandatory);
	assert_int_equal(realm_verdict_check(scene->verdict, 6, &check), 0);
	assert_string_equal(check.name, "binding");
	assert_int_equal(check.outcome, REALM_CHECK_GOOD);
	assert_int_equal(check.mandatory, 0x5a5a5a5a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scene_test(options_that_make_no_sense_are_refused),
		scene_test(options_may_be_short_or_absent),
		scene_test(a_verdict_outlives_its_token_and_keys),
		scene_test(verdicts_refuse_what_they_have_not),
		scene_test(a_check_may_be_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
