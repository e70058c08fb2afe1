/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-ear.c - verdicts as EAR claims
 *
 * Numbers are those of draft-ietf-rats-ar4si, section 2.3: 2 affirming, 3 approved boot, 33 unrecognised,
 * 96 contraindicated, 99 cryptographic validation failed.
 */
#include <time.h>

#include <jansson.h>

#include "verify.h"

#define AT 1700000000

static json_t *ear_of(const struct realm_verdict *verdict)
{
	char *text = NULL;
	json_t *ear;

	assert_int_equal(realm_verdict_ear(verdict, &text), 0);
	assert_int_equal(text[strlen(text) - 1], '\n');
	ear = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(ear);
	realm_free(text);
	return ear;
}

static json_t *at(json_t *ear, const char *submodule, const char *key)
{
	return json_object_get(json_object_get(json_object_get(ear, "submods"), submodule), key);
}

/* The status and the claims in their order: "affirming 2 0 2 2 2 2". */
static void describe(json_t *ear, const char *submodule, const char *const *claims, size_t count, char *line)
{
	json_t *vector = at(ear, submodule, "ear.trustworthiness-vector");
	size_t i;

	line += sprintf(line, "%s", json_string_value(at(ear, submodule, "ear.status")));
	assert_int_equal(json_object_size(vector), count);
	for (i = 0; i < count; i++)
		line += sprintf(line, " %d", (int)json_integer_value(json_object_get(vector, claims[i])));
}

static void assert_ear(const struct realm_verdict *verdict, const char *platform, const char *realm)
{
	static const char *const claims[] = { "instance-identity", "configuration",  "executables",
					      "hardware",          "runtime-opaque", "storage-opaque" };
	static const char *const realm_claims[] = { "instance-identity", "executables" };
	json_t *ear = ear_of(verdict);
	char line[128];

	describe(ear, "CCA_SSD_PLATFORM", claims, ARRAY_SIZE(claims), line);
	assert_string_equal(line, platform);
	describe(ear, "CCA_REALM", realm_claims, ARRAY_SIZE(realm_claims), line);
	assert_string_equal(line, realm);
	json_decref(ear);
}

static const char letters[] = "?gbfn";

/* As line_of() of verify.h writes it. */
static struct realm_verdict *verdict_of(struct realm_ctx *ctx, const char *line)
{
	struct realm_verdict *verdict = verdict_new(ctx, AT);
	enum check_id id;

	assert_non_null(verdict);
	for (id = 0; id < CHECK_COUNT; id++, line++) {
		if (*line == ' ')
			line++;
		check_end(verdict, id, (enum realm_outcome)(strchr(letters, *line) - letters));
	}
	verdict_decide(verdict);
	return verdict;
}

struct ear_case {
	const char *line, *platform, *realm;
};

#define GENUINE "ggggggggg "
#define BOTH_FAILED "contraindicated 99 99 99 99 99 99", "contraindicated 99 99"
#define PLATFORM "affirming 2 2 2 2 2 2"

static const struct ear_case ear_cases[] = {
	{ GENUINE "gggggggg gg", PLATFORM, "affirming 2 2" },
	/* nothing was given: the code is not recognised */
	{ GENUINE "nnnnnnnn nn", "warning 2 0 33 2 2 2", "warning 2 33" },
	{ GENUINE "gggnnnnn gn", "affirming 2 0 2 2 2 2", "affirming 2 3" },
	/* RIM, REMs, RPV, hash, challenge */
	{ GENUINE "nggnnnng gg", PLATFORM, "affirming 2 3" },
	{ GENUINE "nggngnng gg", PLATFORM, "affirming 2 2" },
	{ GENUINE "ngggggbg gg", PLATFORM, "warning 2 3" },
	{ GENUINE "nggbgggg gg", PLATFORM, "warning 2 3" },
	{ GENUINE "ngbnnnnn gg", PLATFORM, "warning 2 33" },
	{ GENUINE "ngnggggn gg", PLATFORM, "warning 2 33" },
	{ GENUINE "nggggggb gg", PLATFORM, "contraindicated 2 96" },
	{ GENUINE "nbgggggg gg", PLATFORM, "warning 2 2" },
	{ GENUINE "nfgggggg gg", PLATFORM, "affirming 2 2" },
	{ GENUINE "bggggggg gg", PLATFORM, "contraindicated 96 2" },
	/* the platform's */
	{ GENUINE "gggggggg bg", "warning 2 2 33 2 2 2", "affirming 2 2" },
	{ GENUINE "gggggggg gb", "contraindicated 2 96 2 2 2 2", "affirming 2 2" },
	{ "gggggggbg gggggggg gg", "contraindicated 96 2 2 96 96 96", "contraindicated 96 2" },
	{ "ggggggggb gggggggg gg", "contraindicated 2 2 96 2 2 2", "contraindicated 2 96" },
	{ "ggggggggf gggggggg gg", PLATFORM, "affirming 2 2" },
	/* what is not genuine says nothing */
	{ "bgggggggg gggggggg gg", BOTH_FAILED },
	{ "gbggggggg gggggggg gg", BOTH_FAILED },
	{ "ggngggggg gggggggg gg", BOTH_FAILED },
	{ "gggbggggg gggggggg gg", BOTH_FAILED },
	{ "ggggbgggg gggggggg gg", BOTH_FAILED },
	{ "ggggnnggg gggggggg gg", BOTH_FAILED },
	{ "gggggbggg gggggggg gg", BOTH_FAILED },
	{ "ggggggbgg gggggggg gg", BOTH_FAILED },
	{ "ggggggngg gggggggg gg", BOTH_FAILED },
};

static void each_outcome_has_its_trust_claim(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ear_cases); i++) {
		struct realm_verdict *verdict = verdict_of(*state, ear_cases[i].line);

		assert_ear(verdict, ear_cases[i].platform, ear_cases[i].realm);
		realm_verdict_free(verdict);
	}
}

/* Whoever reads nothing but the states does not take for good what the verdict does not accept. */
static void what_is_not_accepted_is_nowhere_affirmed(void **state)
{
	enum check_id id;

	for (id = 0; id < CHECK_COUNT; id++) {
		struct realm_verdict *verdict = verdict_of(*state, "ggggggggg gggggggg gg");
		const char *platform, *realm;
		json_t *ear;

		check_end(verdict, id, REALM_CHECK_BAD);
		ear = ear_of(verdict);
		platform = json_string_value(at(ear, "CCA_SSD_PLATFORM", "ear.status"));
		realm = json_string_value(at(ear, "CCA_REALM", "ear.status"));
		assert_true(strcmp(platform, "affirming") != 0 || strcmp(realm, "affirming") != 0);
		if (id <= CHECK_LENGTHS)
			assert_true(!strcmp(platform, "contraindicated") && !strcmp(realm, "contraindicated"));
		json_decref(ear);
		realm_verdict_free(verdict);
	}
}

static void direct_mode_is_genuine_without_a_realm_signature(void **state)
{
	struct realm_verdict *verdict = verdict_of(*state, "ggggnnggg nnnnnnnn nn");

	verdict->direct = true;
	assert_ear(verdict, "warning 2 0 33 2 2 2", "warning 2 33");
	realm_verdict_free(verdict);
}

static void the_frame_names_profile_time_and_verifier(void **state)
{
	struct realm_verdict *verdict = verdict_of(*state, "ggggggggg nnnnnnnn nn");
	json_t *ear = ear_of(verdict), *verifier = json_object_get(ear, "ear.verifier-id");

	assert_string_equal(json_string_value(json_object_get(ear, "eat_profile")), "tag:github.com,2023:veraison/ear");
	assert_int_equal(json_integer_value(json_object_get(ear, "iat")), AT);
	assert_string_equal(json_string_value(json_object_get(verifier, "developer")), "librealm");
	assert_string_equal(json_string_value(json_object_get(verifier, "build")), realm_version());
	assert_int_equal(json_object_size(ear), 4);
	assert_int_equal(json_object_size(json_object_get(ear, "submods")), 2);
	json_decref(ear);
	realm_verdict_free(verdict);
}

static int64_t issued_at(struct scene *scene)
{
	json_t *ear;
	int64_t iat;

	judge(scene);
	ear = ear_of(scene->verdict);
	iat = json_integer_value(json_object_get(ear, "iat"));
	json_decref(ear);
	return iat;
}

static void a_token_is_judged_now_or_when_the_caller_says(void **state)
{
	struct scene *scene = *state;
	int64_t before = time(NULL), iat = issued_at(scene);

	assert_true(iat >= before && iat <= time(NULL));
	scene->opts.at = AT;
	assert_int_equal(issued_at(scene), AT);
	assert_ear(scene->verdict, "warning 2 0 33 2 2 2", "warning 2 33");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(each_outcome_has_its_trust_claim),
		ctx_test(what_is_not_accepted_is_nowhere_affirmed),
		ctx_test(direct_mode_is_genuine_without_a_realm_signature),
		ctx_test(the_frame_names_profile_time_and_verifier),
		scene_test(a_token_is_judged_now_or_when_the_caller_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
