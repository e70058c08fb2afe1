/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-librealm.c - contexts, error detail, logging, sized structures, names, digests */
#include "kvm.h"
#include "unit.h"

/* ---- errors and logging ---- */

static void fresh_context_has_no_error(void **state)
{
	assert_null(realm_ctx_last_error(*state));
	assert_null(realm_ctx_last_error(NULL));
	assert_int_equal(realm_error_code(NULL), 0);
	assert_null(realm_error_where(NULL));
	assert_null(realm_error_why(NULL));
	assert_null(realm_error_hint(NULL));
	assert_int_equal(realm_ctx_new(NULL), -EINVAL);
	realm_ctx_free(NULL);
}

static void failure_is_kept_with_its_parts(void **state)
{
	const struct realm_error *error;

	assert_int_equal(realm_fail(*state, EINVAL, "$.ram", "do this", "%d is wrong", 7), -EINVAL);
	error = realm_ctx_last_error(*state);
	assert_int_equal(realm_error_code(error), -EINVAL);
	assert_string_equal(realm_error_where(error), "$.ram");
	assert_string_equal(realm_error_why(error), "7 is wrong");
	assert_string_equal(realm_error_hint(error), "do this");
	/* The next one may be about the text of the last. */
	assert_int_equal(realm_fail(*state, EIO, realm_error_why(error), NULL, "%s too", realm_error_hint(error)),
			 -EIO);
	error = realm_ctx_last_error(*state);
	assert_string_equal(realm_error_where(error), "7 is wrong");
	assert_string_equal(realm_error_why(error), "do this too");
	assert_null(realm_error_hint(error));
	assert_int_equal(realm_fail_nomem(*state), -ENOMEM);
	assert_int_equal(realm_error_code(realm_ctx_last_error(*state)), -ENOMEM);
	assert_string_equal(realm_error_why(realm_ctx_last_error(*state)), "out of memory");
	assert_int_equal(realm_fail(*state, EIO, NULL, NULL, "x"), -EIO);
	assert_int_equal(realm_error_code(realm_ctx_last_error(*state)), -EIO);
	assert_null(realm_error_where(realm_ctx_last_error(*state)));
}

static void control_characters_do_not_get_through(void **state)
{
	const struct realm_error *error;

	assert_int_equal(realm_fail(*state, EIO, "a\nb", "\x1b[2J", "K\xc3\xb6nig\r%s", "\x7f"), -EIO);
	error = realm_ctx_last_error(*state);
	assert_string_equal(realm_error_where(error), "a\\x0ab");
	assert_string_equal(realm_error_hint(error), "\\x1b[2J");
	assert_string_equal(realm_error_why(error), "K\xc3\xb6nig\\x0d\\x7f");
}

static void long_detail_is_cut(void **state)
{
	char text[10000];

	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = 0;
	assert_int_equal(realm_fail(*state, EINVAL, text, text, "%s", text), -EINVAL);
	assert_true(strlen(realm_error_where(realm_ctx_last_error(*state))) < TEXT_SIZE);
	assert_true(strlen(realm_error_why(realm_ctx_last_error(*state))) < TEXT_SIZE);
	assert_true(strlen(realm_error_hint(realm_ctx_last_error(*state))) < TEXT_SIZE);
}

static void remember(void *arg, enum realm_log_level level, const char *where, const char *message)
{
	snprintf(arg, 100, "%d %s %s", level, where, message);
}

static void log_goes_to_the_callback_only(void **state)
{
	char heard[100] = "";

	realm_log(*state, REALM_LOG_WARNING, "a", "nobody listens");
	assert_int_equal(realm_ctx_set_log(*state, remember, heard), 0);
	realm_log(*state, REALM_LOG_NOTE, "$.x", "%s %d", "value", 5);
	assert_string_equal(heard, "2 $.x value 5");
	realm_log(*state, REALM_LOG_WARNING, "a\nb", "\x1b[2J%s", "\r");
	assert_string_equal(heard, "1 a\\x0ab \\x1b[2J\\x0d");
	realm_log(*state, REALM_LOG_NOTE, "$.x", "%s %d", "value", 5);
	assert_int_equal(realm_ctx_set_log(*state, NULL, NULL), 0);
	realm_log(*state, REALM_LOG_WARNING, "b", "nobody again");
	assert_string_equal(heard, "2 $.x value 5");
	assert_int_equal(realm_ctx_set_log(NULL, remember, heard), -EINVAL);
}

/* ---- sized structures ---- */

struct known {
	size_t sz;
	uint64_t a;
	uint64_t b;
};

static void options_of_any_size_are_copied_or_refused(void **state)
{
	struct {
		size_t sz;
		uint64_t a;
	} older = { sizeof(older), 1 };
	struct {
		struct known known;
		uint64_t c;
	} newer = { { sizeof(newer), 2, 3 }, 0 };
	struct known known = { sizeof(known), 8, 9 };

	assert_int_equal(realm_copy_opts(&known, sizeof(known), NULL), 0);
	assert_true(known.a == 8 && known.b == 9);
	assert_int_equal(realm_copy_opts(&known, sizeof(known), &older), 0);
	assert_true(known.a == 1 && known.b == 9);
	assert_int_equal(realm_copy_opts(&known, sizeof(known), &newer), 0);
	assert_true(known.a == 2 && known.b == 3);
	newer.c = 1;
	assert_int_equal(realm_copy_opts(&known, sizeof(known), &newer), -E2BIG);
	older.sz = sizeof(size_t) - 1;
	assert_int_equal(realm_copy_opts(&known, sizeof(known), &older), -EINVAL);
}

static void outputs_of_any_size_are_filled(void **state)
{
	struct {
		size_t sz;
		uint64_t a, guard;
	} older = { offsetof(struct known, b), 0, 77 };
	struct {
		struct known known;
		uint64_t c;
	} newer = { { sizeof(newer), 0, 0 }, 5 };
	struct known known = { sizeof(known), 1, 2 };

	assert_int_equal(realm_give(&older, &known, sizeof(known)), 0);
	assert_true(older.a == 1 && older.guard == 77 && older.sz == offsetof(struct known, b));
	assert_int_equal(realm_give(&newer, &known, sizeof(known)), 0);
	assert_true(newer.known.sz == sizeof(newer) && newer.known.b == 2 && newer.c == 0);
	older.sz = 0;
	assert_int_equal(realm_give(&older, &known, sizeof(known)), -EINVAL);
	assert_int_equal(realm_give(NULL, &known, sizeof(known)), -EINVAL);
}

/* ---- names ---- */

static void names_go_both_ways(void **state)
{
	static const char *const families[] = { "rme-rfc", "rme", "rmi-v12", "rmi-v13", "rmi-v14", "rmi-v15" };
	static const char *const profiles[] = { "rmm-1.0", "rmm-2.0", "tf-rmm-2.0" };
	enum realm_profile profile;
	enum realm_family family;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(families); i++) {
		assert_int_equal(realm_family_from_name(families[i], &family), 0);
		assert_int_equal(family, i + 1);
		assert_string_equal(realm_family_name(family), families[i]);
	}
	for (i = 0; i < ARRAY_SIZE(profiles); i++) {
		assert_int_equal(realm_profile_from_name(profiles[i], &profile), 0);
		assert_int_equal(profile, i + 1);
		assert_string_equal(realm_profile_name(profile), profiles[i]);
	}
	assert_null(realm_family_name(REALM_FAMILY_ANY));
	assert_null(realm_family_name((enum realm_family)7));
	assert_null(realm_profile_name(REALM_PROFILE_ANY));
	assert_null(realm_profile_name((enum realm_profile)4));
	assert_int_equal(realm_family_from_name("rmi-v16", &family), -EINVAL);
	assert_int_equal(realm_family_from_name(NULL, &family), -EINVAL);
	assert_int_equal(realm_family_from_name("rme", NULL), -EINVAL);
	assert_int_equal(realm_profile_from_name("rmm-3.0", &profile), -EINVAL);
	assert_int_equal(realm_profile_from_name("rmm-1.0", NULL), -EINVAL);
}

static void hashes_have_names_sizes_and_rmi_values(void **state)
{
	enum realm_hash hash;

	assert_int_equal(realm_hash_from_name("sha256", &hash), 0);
	assert_true(hash == 0 && realm_hash_size(hash) == 32);
	assert_int_equal(realm_hash_from_name("sha512", &hash), 0);
	assert_true(hash == 1 && realm_hash_size(hash) == 64);
	assert_int_equal(realm_hash_from_name("sha384", &hash), 0);
	assert_true(hash == 2 && realm_hash_size(hash) == 48);
	assert_int_equal(realm_hash_from_name("SHA256", &hash), -EINVAL);
	assert_int_equal(realm_hash_from_name("sha256", NULL), -EINVAL);
	assert_int_equal(realm_hash_size((enum realm_hash)3), 0);
	assert_null(realm_hash_name((enum realm_hash)3));
	assert_string_equal(realm_hash_name(REALM_HASH_SHA384), "sha384");
}

/* DESIGN: rme-rfc, rme and rmi-v12 go with rmm-1.0, the rest with both 2.0 profiles. */
static void pairs_are_the_documented_ones(void **state)
{
	enum realm_family family;

	for (family = REALM_FAMILY_RME_RFC; family <= REALM_FAMILY_RMI_V15; family++) {
		int is_1_0 =
			family == REALM_FAMILY_RME_RFC || family == REALM_FAMILY_RME || family == REALM_FAMILY_RMI_V12;

		assert_int_equal(realm_family_has_profile(family, REALM_PROFILE_RMM_1_0), is_1_0);
		assert_int_equal(realm_family_has_profile(family, REALM_PROFILE_RMM_2_0), !is_1_0);
		assert_int_equal(realm_family_has_profile(family, REALM_PROFILE_TF_RMM_2_0), !is_1_0);
		assert_int_equal(realm_family_has_profile(family, REALM_PROFILE_ANY), 0);
	}
	assert_int_equal(realm_family_has_profile(REALM_FAMILY_ANY, REALM_PROFILE_RMM_1_0), 0);
}

/* ---- digests ---- */

/* FIPS 180-2, examples for "abc". */
static void digest_is_the_known_one_in_a_slot(void **state)
{
	static const struct {
		enum realm_hash hash;
		uint8_t first[4], last[4];
	} known[] = {
		{ REALM_HASH_SHA256, { 0xba, 0x78, 0x16, 0xbf }, { 0xf2, 0x00, 0x15, 0xad } },
		{ REALM_HASH_SHA384, { 0xcb, 0x00, 0x75, 0x3f }, { 0x34, 0xc8, 0x25, 0xa7 } },
		{ REALM_HASH_SHA512, { 0xdd, 0xaf, 0x35, 0xa1 }, { 0xa5, 0x4c, 0xa4, 0x9f } },
	};
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(known); i++) {
		size_t size = realm_hash_size(known[i].hash);
		uint8_t digest[REALM_DIGEST_MAX];

		memset(digest, 0xee, sizeof(digest));
		assert_int_equal(realm_digest(known[i].hash, "abc", 3, digest), 0);
		assert_memory_equal(digest, known[i].first, 4);
		assert_memory_equal(digest + size - 4, known[i].last, 4);
		for (j = size; j < sizeof(digest); j++)
			assert_int_equal(digest[j], 0);
	}
}

static void digest_bad_arguments_are_refused(void **state)
{
	uint8_t digest[REALM_DIGEST_MAX];

	assert_int_equal(realm_digest((enum realm_hash)3, "", 0, digest), -EINVAL);
	assert_int_equal(realm_digest(REALM_HASH_SHA256, NULL, 1, digest), -EINVAL);
	assert_int_equal(realm_digest(REALM_HASH_SHA256, "", 0, NULL), -EINVAL);
	assert_int_equal(realm_digest(REALM_HASH_SHA256, NULL, 0, digest), 0);
	assert_int_equal(digest[0], 0xe3); /* SHA-256 of nothing starts e3 b0 c4 42 */
	assert_int_equal(digest[1], 0xb0);
}

static void version_is_a_version(void **state)
{
	unsigned int major, minor, patch;

	assert_int_equal(sscanf(realm_version(), "%u.%u.%u", &major, &minor, &patch), 3);
}

/* Whatever call it is, and whatever its errno */
static void every_failure_of_the_host_has_a_hint(void **state)
{
	static const char *const steps[] = { "vm",   "configure", "recs",    "memory", "populate",
					     "seal", "run",       "convert", "measure" };
	int err;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(steps); i++)
		for (err = 1; err <= EHWPOISON; err++) {
			assert_true(realm_host_failed(*state, steps[i], "KVM_ANY", -err) < 0);
			if (!realm_error_hint(realm_ctx_last_error(*state)))
				fail_msg("%s: %s", steps[i], strerrorname_np(err));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(fresh_context_has_no_error),
		ctx_test(failure_is_kept_with_its_parts),
		ctx_test(control_characters_do_not_get_through),
		ctx_test(long_detail_is_cut),
		ctx_test(log_goes_to_the_callback_only),
		ctx_test(every_failure_of_the_host_has_a_hint),
		cmocka_unit_test(options_of_any_size_are_copied_or_refused),
		cmocka_unit_test(outputs_of_any_size_are_filled),
		cmocka_unit_test(names_go_both_ways),
		cmocka_unit_test(hashes_have_names_sizes_and_rmi_values),
		cmocka_unit_test(pairs_are_the_documented_ones),
		cmocka_unit_test(digest_is_the_known_one_in_a_slot),
		cmocka_unit_test(digest_bad_arguments_are_refused),
		cmocka_unit_test(version_is_a_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
