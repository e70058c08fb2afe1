/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-appraise.c - a realm's claims against what the caller expects of it */
#include <unistd.h>

#include "refvals.h"
#include "verify.h"

#define GENUINE "ggggggggg "

static void assert_judged(struct scene *scene, enum realm_result result, const char *compared)
{
	char line[CHECK_COUNT + 3];

	snprintf(line, sizeof(line), GENUINE "%s nn", compared);
	assert_int_equal(judge(scene), result);
	assert_string_equal(line_of(scene->verdict), line);
}

/* "1111...": a digest of one byte again and again, in hex */
static const char *row(uint8_t byte, size_t len)
{
	static char hex[4][2 * REALM_DIGEST_MAX + 1];
	static size_t next;
	char *text = hex[next++ % 4];
	size_t i;

	text[0] = 0;
	for (i = 0; i < len; i++)
		sprintf(text + 2 * i, "%02x", byte);
	return text;
}

static struct digest digest_of(uint8_t byte, size_t len)
{
	struct digest digest = { .len = len };

	memset(digest.data, byte, len);
	return digest;
}

static struct digest copy_of(const struct realm_bytes *bytes)
{
	struct digest digest = { .len = bytes->len };

	memcpy(digest.data, bytes->data, bytes->len);
	return digest;
}

/* A value of which the RIM is the kit's, and nothing else is known. */
static struct ref_realm ref_of(const struct scene *scene)
{
	return (struct ref_realm){ .rim = copy_of(&scene->kit.rim) };
}

/* ---- challenge ---- */

static void challenges_are_padded_and_compared_whole(void **state)
{
	struct scene *scene = *state;
	uint8_t challenge[64] = { 1, 2, 3 }, other[64];
	const char *padded = "0102030000000000000000000000000000000000000000000000000000000000"
			     "0000000000000000000000000000000000000000000000000000000000000000";

	scene->kit.challenge.data = challenge;
	assert_judged(scene, REALM_ACCEPTED, "nnnnnnnn");
	assert_check(scene->verdict, "challenge", REALM_CHECK_NOT_DONE, NULL, NULL,
		     "not appraised: no challenge given");
	scene->opts.challenge = (struct realm_bytes){ challenge, 3 };
	assert_judged(scene, REALM_ACCEPTED, "gnnnnnnn");
	assert_check(scene->verdict, "challenge", REALM_CHECK_GOOD, padded, padded, NULL);
	scene->opts.challenge.len = 64;
	assert_judged(scene, REALM_ACCEPTED, "gnnnnnnn");
	scene->opts.challenge.len = 2;
	assert_judged(scene, REALM_DIFFERENT, "bnnnnnnn");
	memcpy(other, challenge, 64);
	other[63] = 1;
	scene->opts.challenge = (struct realm_bytes){ other, 64 };
	assert_judged(scene, REALM_DIFFERENT, "bnnnnnnn");
}

/* ---- RIM and hash ---- */

static void what_is_not_given_is_not_appraised(void **state)
{
	static const char *const names[] = { "hash",         "rim",  "rem0", "rem1",
					     "rem2",         "rem3", "rpv",  "software-components",
					     "configuration" };
	struct scene *scene = *state;
	size_t i;

	assert_judged(scene, REALM_ACCEPTED, "nnnnnnnn");
	for (i = 0; i < ARRAY_SIZE(names); i++)
		assert_check(scene->verdict, names[i], REALM_CHECK_NOT_DONE, NULL, NULL,
			     "not appraised: no reference value given");
	assert_int_equal(realm_verdict_match(scene->verdict, &i), 0);
}

/* A file without values is no reason to take any realm. */
static void nothing_is_among_no_values(void **state)
{
	struct scene *scene = *state;
	struct ref_platform platform = { .config = scene->kit.config };
	struct realm_refvals refvals = { 0 };
	size_t match;

	scene->opts.refvals = &refvals;
	assert_judged(scene, REALM_DIFFERENT, "nnbnnnnn");
	assert_check(scene->verdict, "rim", REALM_CHECK_BAD, NULL, NULL, "there is no reference value in what was given");
	assert_int_equal(realm_verdict_match(scene->verdict, &match), 0);
	memcpy(platform.implementation_id, scene->kit.implementation_id.data, sizeof(platform.implementation_id));
	refvals.platforms = &platform;
	refvals.num_platforms = 1;
	assert_int_equal(judge(scene), REALM_ACCEPTED);
	assert_string_equal(line_of(scene->verdict), GENUINE "nnnnnnnn ng");
}

static void a_rim_alone_is_compared(void **state)
{
	struct scene *scene = *state;
	struct realm_refvals *refvals;
	const uint8_t other[32] = { 0x11 };
	size_t match = 9;

	assert_int_equal(realm_refvals_new(scene->ctx, &refvals), 0);
	scene->opts.refvals = refvals;
	assert_int_equal(realm_refvals_add_rim(refvals, other, 32), 0);
	assert_judged(scene, REALM_DIFFERENT, "ngbnnnnn");
	assert_check(scene->verdict, "rim", REALM_CHECK_BAD,
		     "1100000000000000000000000000000000000000000000000000000000000000", row(0x11, 32),
		     "no reference value with this RIM");
	assert_check(scene->verdict, "rem2", REALM_CHECK_NOT_DONE, NULL, NULL,
		     "not appraised: no reference value with this RIM");
	assert_check(scene->verdict, "rpv", REALM_CHECK_NOT_DONE, NULL, NULL,
		     "not appraised: no reference value with this RIM");
	assert_int_equal(realm_verdict_match(scene->verdict, &match), 0);
	assert_int_equal(match, 9);
	assert_int_equal(realm_refvals_add_rim(refvals, scene->kit.rim.data, 32), 0);
	assert_judged(scene, REALM_ACCEPTED, "nggnnnnn");
	assert_int_equal(realm_verdict_match(scene->verdict, &match), 1);
	assert_int_equal(match, 1);
	assert_check(scene->verdict, "rem0", REALM_CHECK_NOT_DONE, NULL, NULL,
		     "not appraised: no reference value given");
	realm_refvals_free(refvals);
}

static void a_long_list_of_rims_is_cut(void **state)
{
	struct scene *scene = *state;
	struct ref_realm refs[7];
	struct realm_refvals refvals = { .realms = refs, .num_realms = ARRAY_SIZE(refs) };
	char expected[4 * 140 + 16];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(refs); i++)
		refs[i] = (struct ref_realm){ .rim = digest_of((uint8_t)(0xa0 + i), 64) };
	scene->opts.refvals = &refvals;
	assert_judged(scene, REALM_DIFFERENT, "nbbnnnnn");
	snprintf(expected, sizeof(expected), "%s or %s or %s or %s or 3 more", row(0xa0, 64), row(0xa1, 64),
		 row(0xa2, 64), row(0xa3, 64));
	assert_check(scene->verdict, "rim", REALM_CHECK_BAD, expected, row(0x11, 32),
		     "no reference value with this RIM");
	assert_check(scene->verdict, "hash", REALM_CHECK_BAD, "sha-512", "sha-256", "the realm has another hash");
	refvals.num_realms = 4;
	assert_judged(scene, REALM_DIFFERENT, "nbbnnnnn");
	assert_non_null(strstr(expected, check_of(scene->verdict, "rim").expected));
}

struct name_case {
	enum realm_family family;
	enum realm_profile profile;
	char *name;
	const char *why;
};

static char demo[] = "demo";

static const struct name_case names[] = {
	{ REALM_FAMILY_RMI_V14, REALM_PROFILE_TF_RMM_2_0, demo, "rmi-v14 / tf-rmm-2.0 of demo" },
	{ REALM_FAMILY_RME, REALM_PROFILE_RMM_1_0, NULL, "rme / rmm-1.0" },
	{ REALM_FAMILY_ANY, REALM_PROFILE_ANY, demo, "demo" },
	{ REALM_FAMILY_RME, REALM_PROFILE_ANY, demo, "demo" },
	{ REALM_FAMILY_ANY, REALM_PROFILE_RMM_1_0, NULL, NULL },
	{ REALM_FAMILY_ANY, REALM_PROFILE_ANY, NULL, NULL },
};

static void the_match_is_named(void **state)
{
	struct scene *scene = *state;
	struct ref_realm refs[2] = { { .rim = digest_of(1, 32) } };
	struct realm_refvals refvals = { .realms = refs, .num_realms = 2 };
	size_t i, match;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		scene->opts.refvals = &refvals;
		refs[1] = ref_of(scene);
		refs[1].family = names[i].family;
		refs[1].profile = names[i].profile;
		refs[1].name = names[i].name;
		assert_judged(scene, REALM_ACCEPTED, "nggnnnnn");
		assert_string_equal(check_of(scene->verdict, "rim").found, row(0x11, 32));
		assert_true(same_text(check_of(scene->verdict, "rim").why, names[i].why));
		assert_int_equal(realm_verdict_match(scene->verdict, &match), 1);
		assert_int_equal(match, 1);
	}
}

/* Equal bytes of another length are another digest. */
static void lengths_of_rims_count(void **state)
{
	struct scene *scene = *state;
	struct ref_realm ref = { .rim = digest_of(0x11, 64) };
	struct realm_refvals refvals = { .realms = &ref, .num_realms = 1 };

	scene->opts.refvals = &refvals;
	assert_judged(scene, REALM_DIFFERENT, "nbbnnnnn");
	ref.rim.len = 48;
	assert_judged(scene, REALM_DIFFERENT, "nbbnnnnn");
	assert_check(scene->verdict, "hash", REALM_CHECK_BAD, "sha-384", "sha-256", "the realm has another hash");
}

static void every_hash_of_the_references_is_listed(void **state)
{
	struct scene *scene = *state;
	struct ref_realm refs[] = { { .rim = digest_of(1, 64) },
				    { .rim = digest_of(2, 32) },
				    { .rim = digest_of(3, 64) } };
	struct realm_refvals refvals = { .realms = refs, .num_realms = ARRAY_SIZE(refs) };

	scene->opts.refvals = &refvals;
	assert_judged(scene, REALM_DIFFERENT, "ngbnnnnn");
	assert_check(scene->verdict, "hash", REALM_CHECK_GOOD, "sha-256 or sha-512", "sha-256", NULL);
}

/* Published tokens say sha-256 and hold 64 bytes: known, and no reason to call them different. */
static void a_hash_that_is_only_stated_wrong_is_a_finding(void **state)
{
	struct scene *scene = *state;
	struct ref_realm refs[] = { ref_of(scene), { .rim = digest_of(1, 64) } }; /* the other does not count */
	struct realm_refvals refvals = { .realms = refs, .num_realms = 2 };

	scene->opts.refvals = &refvals;
	scene->kit.realm_profile = "tag:arm.com,2023:realm#1.0.0";
	scene->kit.realm_hash = "sha-512";
	assert_int_equal(judge(scene), REALM_ACCEPTED);
	assert_string_equal(line_of(scene->verdict), "ggggggggf nfgnnnnn nn");
	assert_check(scene->verdict, "hash", REALM_CHECK_FINDING, "sha-256", "sha-512",
		     "the RIM is of another hash than the token states");
	refvals.num_realms = 1;
	refs[0].rim.data[0] ^= 1;
	assert_int_equal(judge(scene), REALM_DIFFERENT);
	assert_string_equal(line_of(scene->verdict), "ggggggggf nbbnnnnn nn");
}

/* ---- REMs and RPV, from wherever they come ---- */

enum given {
	NOWHERE,
	EQUAL,
	OTHER,
	SOURCES,
};

static struct digest value_of(enum given source, const struct realm_bytes *own)
{
	struct digest digest = copy_of(own);

	if (source == OTHER)
		digest.data[digest.len - 1] ^= 1;
	if (source == NOWHERE)
		digest.len = 0;
	return digest;
}

/* RIM of the reference, its REM 2, its RPV, REM 2 of the caller: each absent, equal or different. */
static void assert_matrix(struct scene *scene, enum given rim, enum given ref_rem, enum given rpv, enum given own_rem)
{
	static const char letters[] = { [NOWHERE] = 'n', [EQUAL] = 'g', [OTHER] = 'b' };
	enum given rem = own_rem ? own_rem : rim == EQUAL ? ref_rem : NOWHERE;
	struct digest own = value_of(own_rem, &scene->kit.rems[2]);
	struct ref_realm ref = { .rim = value_of(rim, &scene->kit.rim), .rpv = value_of(rpv, &scene->kit.rpv) };
	struct realm_refvals refvals = { .realms = &ref, .num_realms = 1 };
	struct realm_rems *rems = NULL;
	char line[] = "ngxnnxnx";
	bool bad;

	ref.rems[2] = value_of(ref_rem, &scene->kit.rems[2]);
	line[1] = rim ? 'g' : 'n';
	line[2] = letters[rim];
	line[5] = letters[rem];
	line[7] = letters[rim == EQUAL ? rpv : NOWHERE];
	bad = strchr(line, 'b');
	assert_int_equal(realm_rems_new(scene->ctx, &rems), 0);
	if (own_rem)
		assert_int_equal(realm_rems_set(rems, 2, own.data, own.len), 0);
	scene->opts.refvals = rim ? &refvals : NULL;
	scene->opts.rems = rems;
	assert_judged(scene, bad ? REALM_DIFFERENT : REALM_ACCEPTED, line);
	assert_int_equal(realm_verdict_match(scene->verdict, NULL), rim == EQUAL);
	realm_rems_free(rems);
}

static void rim_rem_and_rpv_are_compared_in_every_mixture(void **state)
{
	unsigned int i;

	for (i = 0; i < SOURCES * SOURCES * SOURCES * SOURCES; i++)
		assert_matrix(*state, (enum given)(i % 3), (enum given)(i / 3 % 3), (enum given)(i / 9 % 3),
			      (enum given)(i / 27));
}

static void each_rem_is_its_own(void **state)
{
	struct scene *scene = *state;
	struct ref_realm ref = ref_of(scene);
	struct realm_refvals refvals = { .realms = &ref, .num_realms = 1 };
	unsigned int i;

	scene->opts.refvals = &refvals;
	for (i = 0; i < REALM_REMS; i++)
		ref.rems[i] = copy_of(&scene->kit.rems[i]);
	assert_judged(scene, REALM_ACCEPTED, "nggggggn");
	for (i = 0; i < REALM_REMS; i++) {
		char line[] = "nggggggn";

		line[3 + i] = 'b';
		ref.rems[i].data[0] ^= 1;
		assert_judged(scene, REALM_DIFFERENT, line);
		ref.rems[i].data[0] ^= 1;
	}
	ref.rems[1].len = 64;
	assert_judged(scene, REALM_DIFFERENT, "ngggbggn");
	assert_check(scene->verdict, "rem3", REALM_CHECK_GOOD, row(0x23, 32), row(0x23, 32), NULL);
}

/* A value of another hash than the token's is expected and is not there. */
static void a_rem_of_another_hash_is_different(void **state)
{
	static const size_t sizes[] = { 48, 64 };
	struct scene *scene = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct digest digest = digest_of(0x20, sizes[i]);
		struct realm_rems *rems;

		assert_int_equal(realm_rems_new(scene->ctx, &rems), 0);
		assert_int_equal(realm_rems_set(rems, 0, digest.data, digest.len), 0);
		scene->opts.rems = rems;
		assert_judged(scene, REALM_DIFFERENT, "nnnbnnnn");
		assert_check(scene->verdict, "rem0", REALM_CHECK_BAD, row(0x20, sizes[i]), row(0x20, 32), NULL);
		realm_rems_free(rems);
	}
}

/* A log gives a value for each hash; it is that of the token's digests that counts. */
static void a_log_is_followed_in_the_hash_of_the_token(void **state)
{
	static const enum realm_hash hashes[] = { REALM_HASH_SHA256, REALM_HASH_SHA384, REALM_HASH_SHA512 };
	struct scene *scene = *state;
	char name[] = "/tmp/realm-unit-XXXXXX";
	uint8_t zeros[64] = { 0 }, rem[REALM_DIGEST_MAX], rim[64] = { 0 };
	struct realm_rems *rems;
	FILE *file = fdopen(mkstemp(name), "w");
	size_t i, j;

	assert_non_null(file);
	fprintf(file, "{\"index\": 1, \"value\": \"0102\"}\n");
	fclose(file);
	assert_int_equal(realm_rems_new(scene->ctx, &rems), 0);
	assert_int_equal(realm_rems_read_log(rems, name), 0);
	unlink(name);
	scene->opts.rems = rems;
	for (i = 0; i < ARRAY_SIZE(hashes); i++) {
		size_t size = realm_hash_size(hashes[i]);

		memset(rem, 0, sizeof(rem));
		assert_int_equal(realm_rem_extend(hashes[i], rem, "\1\2", 2), 0);
		scene->kit.realm_hash = token_hash_name(hashes[i]);
		scene->kit.rim = (struct realm_bytes){ rim, size };
		for (j = 0; j < REALM_REMS; j++)
			scene->kit.rems[j] = (struct realm_bytes){ j ? zeros : rem, size };
		assert_judged(scene, REALM_ACCEPTED, "nnnggggn");
		zeros[size - 1] = 1;
		assert_judged(scene, REALM_DIFFERENT, "nnngbbbn");
		zeros[size - 1] = 0;
	}
	realm_rems_free(rems);
}

static void rpv_is_compared_whole(void **state)
{
	struct scene *scene = *state;
	struct ref_realm ref = ref_of(scene);
	struct realm_refvals refvals = { .realms = &ref, .num_realms = 1 };
	char found[129];

	snprintf(found, sizeof(found), "%s%s", row(0x54, 32), row(0, 32));
	scene->opts.refvals = &refvals;
	ref.rpv = copy_of(&scene->kit.rpv);
	assert_judged(scene, REALM_ACCEPTED, "nggnnnng");
	assert_check(scene->verdict, "rpv", REALM_CHECK_GOOD, found, found, NULL);
	ref.rpv.data[63] = 1;
	assert_judged(scene, REALM_DIFFERENT, "nggnnnnb");
	ref.rpv = digest_of(0, 64); /* zero is a value, too */
	assert_judged(scene, REALM_DIFFERENT, "nggnnnnb");
}

/* ---- several values of one RIM ---- */

static void of_several_values_the_one_that_holds_is_taken(void **state)
{
	struct scene *scene = *state;
	struct ref_realm refs[4] = { ref_of(scene), ref_of(scene), ref_of(scene), ref_of(scene) };
	struct realm_refvals refvals = { .realms = refs, .num_realms = 4 };
	size_t match;

	refs[0].rim.data[0] ^= 1;
	refs[1].rpv = digest_of(1, 64);
	refs[2].rems[3] = digest_of(1, 32);
	refs[3].rpv = copy_of(&scene->kit.rpv);
	scene->opts.refvals = &refvals;
	assert_judged(scene, REALM_ACCEPTED, "nggnnnng");
	assert_int_equal(realm_verdict_match(scene->verdict, &match), 1);
	assert_int_equal(match, 3);
	refvals.num_realms = 3; /* none holds: the first with this RIM */
	assert_judged(scene, REALM_DIFFERENT, "nggnnnnb");
	assert_int_equal(realm_verdict_match(scene->verdict, &match), 1);
	assert_int_equal(match, 1);
}

/* Else what is expected would be said to be not appraised. */
static void of_several_that_hold_the_fullest_is_taken(void **state)
{
	struct scene *scene = *state;
	struct ref_realm refs[4] = { ref_of(scene), ref_of(scene), ref_of(scene), ref_of(scene) };
	struct realm_refvals refvals = { .realms = refs, .num_realms = 4 };
	size_t match;

	refs[1].rpv = copy_of(&scene->kit.rpv);
	refs[2].rpv = copy_of(&scene->kit.rpv);
	refs[2].rems[3] = copy_of(&scene->kit.rems[3]);
	refs[3] = refs[2];
	scene->opts.refvals = &refvals;
	assert_judged(scene, REALM_ACCEPTED, "nggnnngg");
	assert_int_equal(realm_verdict_match(scene->verdict, &match), 1);
	assert_int_equal(match, 2);
}

/* What the caller gives goes before the reference's, in the choice as well. */
static void a_rem_of_the_caller_goes_before(void **state)
{
	struct scene *scene = *state;
	struct ref_realm refs[2] = { ref_of(scene), ref_of(scene) };
	struct realm_refvals refvals = { .realms = refs, .num_realms = 2 };
	struct realm_rems *rems;
	size_t match;

	refs[0].rems[3] = digest_of(1, 32);
	scene->opts.refvals = &refvals;
	assert_judged(scene, REALM_ACCEPTED, "nggnnnnn");
	assert_int_equal(realm_verdict_match(scene->verdict, &match), 1);
	assert_int_equal(match, 1);
	assert_int_equal(realm_rems_new(scene->ctx, &rems), 0);
	assert_int_equal(realm_rems_set(rems, 3, scene->kit.rems[3].data, 32), 0);
	scene->opts.rems = rems;
	assert_judged(scene, REALM_ACCEPTED, "nggnnngn");
	assert_int_equal(realm_verdict_match(scene->verdict, &match), 1);
	assert_int_equal(match, 0);
	realm_rems_free(rems);
}

/* ---- a plan ---- */

static struct realm_plan *make_plan(struct realm_ctx *ctx)
{
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(ctx, &plan), 0);
	assert_int_equal(realm_plan_set_name(plan, "demo"), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_set_rpv(plan, "own", 3), 0);
	assert_int_equal(realm_plan_add_ram(plan, 0x80000000, 0x400000), 0);
	assert_int_equal(realm_plan_load_memory(plan, 0x80000000, "code", 4, NULL), 0);
	assert_int_equal(realm_plan_add_rec(plan, 0x80000000, NULL, 0), 0);
	return plan;
}

/* The RIM of each family and profile is accepted, and named; RPV goes with it. */
static void a_plan_is_recognised_under_every_profile(void **state)
{
	struct scene *scene = *state;
	struct realm_plan *plan = make_plan(scene->ctx);
	uint8_t rpv[64] = "own", rim[32];
	struct realm_measurement *rows;
	struct realm_refvals *refvals;
	size_t i;

	scene->kit.rpv.data = rpv;
	assert_int_equal(realm_measure(plan, NULL, &rows), 0);
	assert_int_equal(realm_refvals_new(scene->ctx, &refvals), 0);
	assert_int_equal(realm_refvals_add_plan(refvals, plan, NULL, NULL), 0);
	scene->opts.refvals = refvals;
	assert_int_equal(realm_measurement_count(rows), 4);
	for (i = 0; i < realm_measurement_count(rows); i++) {
		enum realm_family family;
		enum realm_profile profile;
		char why[64];

		memcpy(rim, realm_measurement_row(rows, i, &family, &profile), sizeof(rim));
		scene->kit.rim.data = rim;
		snprintf(why, sizeof(why), "%s / %s of demo", realm_family_name(family), realm_profile_name(profile));
		assert_judged(scene, REALM_ACCEPTED, "nggnnnng");
		assert_string_equal(check_of(scene->verdict, "rim").why, why);
		rim[31] ^= 1;
		assert_judged(scene, REALM_DIFFERENT, "ngbnnnnn");
	}
	realm_refvals_free(refvals);
	realm_measurement_free(rows);
	realm_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scene_test(challenges_are_padded_and_compared_whole),
		scene_test(what_is_not_given_is_not_appraised),
		scene_test(nothing_is_among_no_values),
		scene_test(a_rim_alone_is_compared),
		scene_test(a_long_list_of_rims_is_cut),
		scene_test(the_match_is_named),
		scene_test(lengths_of_rims_count),
		scene_test(every_hash_of_the_references_is_listed),
		scene_test(a_hash_that_is_only_stated_wrong_is_a_finding),
		scene_test(rim_rem_and_rpv_are_compared_in_every_mixture),
		scene_test(each_rem_is_its_own),
		scene_test(a_rem_of_another_hash_is_different),
		scene_test(a_log_is_followed_in_the_hash_of_the_token),
		scene_test(rpv_is_compared_whole),
		scene_test(of_several_values_the_one_that_holds_is_taken),
		scene_test(of_several_that_hold_the_fullest_is_taken),
		scene_test(a_rem_of_the_caller_goes_before),
		scene_test(a_plan_is_recognised_under_every_profile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
