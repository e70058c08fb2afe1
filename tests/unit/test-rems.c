/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-rems.c - expected REMs: as given, and from logs
 *
 * The values of the logs are those of tests/vectors/measurement.json, which TF-RMM's rule gave elsewhere.
 */
#include "fixture.h"

static const uint8_t zeros[REALM_DIGEST_MAX];

static void assert_value(const struct realm_rems *rems, unsigned int index, enum realm_hash hash, const char *hex)
{
	uint8_t digest[REALM_DIGEST_MAX];
	char text[2 * REALM_DIGEST_MAX + 1];
	size_t i;

	assert_int_equal(realm_rems_value(rems, index, hash, digest), 1);
	for (i = 0; i < realm_hash_size(hash); i++)
		snprintf(text + 2 * i, 3, "%02x", digest[i]);
	assert_string_equal(text, hex);
}

static struct realm_rems *new_rems(struct realm_ctx *ctx)
{
	struct realm_rems *rems;

	assert_int_equal(realm_rems_new(ctx, &rems), 0);
	return rems;
}

static void set_is_for_one_hash(void **state)
{
	struct fixture *f = *state;
	struct realm_rems *rems = new_rems(f->ctx);
	uint8_t given[REALM_DIGEST_MAX], got[REALM_DIGEST_MAX];

	memset(given, 0x5a, sizeof(given));
	assert_int_equal(realm_rems_value(rems, 2, REALM_HASH_SHA384, got), 0);
	assert_int_equal(realm_rems_set(rems, 2, given, 48), 0);
	assert_int_equal(realm_rems_value(rems, 2, REALM_HASH_SHA384, got), 1);
	assert_memory_equal(got, given, 48);
	assert_memory_equal(got + 48, zeros, 16);
	assert_int_equal(realm_rems_value(rems, 2, REALM_HASH_SHA256, got), 0);
	assert_int_equal(realm_rems_value(rems, 2, REALM_HASH_SHA512, got), 0);
	assert_int_equal(realm_rems_value(rems, 1, REALM_HASH_SHA384, got), 0);
	assert_int_equal(realm_rems_set(rems, 0, given, 64), 0);
	assert_int_equal(realm_rems_set(rems, 3, given, 32), 0);
	assert_int_equal(realm_rems_value(rems, 3, REALM_HASH_SHA256, got), 1);
	realm_rems_free(rems);
}

static void set_refuses(void **state)
{
	struct fixture *f = *state;
	struct realm_rems *rems = new_rems(f->ctx);

	assert_error(f->ctx, realm_rems_set(rems, 4, zeros, 32), EINVAL, "REM", "there is no rem4");
	assert_error(f->ctx, realm_rems_set(rems, 0, zeros, 31), EINVAL, "rem0", "has 31 bytes");
	assert_error(f->ctx, realm_rems_set(rems, 0, zeros, 0), EINVAL, "rem0", "has 0 bytes");
	assert_int_equal(realm_rems_set(rems, 0, zeros, 32), 0);
	assert_error(f->ctx, realm_rems_set(rems, 0, zeros, 48), EBUSY, "rem0", "is known already");
	realm_rems_free(rems);
}

static int read_log(struct fixture *f, struct realm_rems *rems, const char *text)
{
	return realm_rems_read_log(rems, fixture_write(f, "log", text, strlen(text), strlen(text)));
}

static void log_gives_the_chains_of_all_hashes(void **state)
{
	static const char text[] =
		"{\"index\":2,\"value\":\"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\"}\n"
		"{\"index\":\"0x4\",\"value\":"
		"\"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324"
		"25262728292a2b2c2d2e2f\"}\n"
		"{\"value\":\"626f6f742d6576656e74\",\"index\":2}\n"
		"{\"index\":1,\"value\":"
		"\"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324252627"
		"28292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f\"}\n"
		"{\"index\":2,\"value\":\"\"}";
	struct fixture *f = *state;
	struct realm_rems *rems = new_rems(f->ctx);
	char zero[2 * 64 + 1];

	assert_int_equal(read_log(f, rems, text), 0);
	assert_value(rems, 1, REALM_HASH_SHA256, "6c8e3fb432c5d847033847488a57faca4e761d73e7f62e002faf9bbc3831630c");
	assert_value(
		rems, 3, REALM_HASH_SHA384,
		"fe83f742d1cab5c709a0c424729831fbff9b5bb9748a618f0b6ea04fe1fde4d546f4040e7fc9587b2e6badada6c941b0");
	assert_value(rems, 0, REALM_HASH_SHA512,
		     "3317cc3c3c68eadf60825ca04a9a4d238c73cd2ad755d2ac479352ee6e56127a5fc8c65dcc5073246ac82b1be0797c4bd"
		     "cc1a6c06195558d1955739fa607db03");
	memset(zero, '0', sizeof(zero) - 1);
	zero[128] = 0;
	assert_value(rems, 2, REALM_HASH_SHA512, zero); /* without a line it stays zero */
	zero[64] = 0;
	assert_value(rems, 2, REALM_HASH_SHA256, zero);
	realm_rems_free(rems);
}

static void empty_log_says_that_nothing_was_extended(void **state)
{
	struct fixture *f = *state;
	struct realm_rems *rems = new_rems(f->ctx);
	uint8_t digest[REALM_DIGEST_MAX];
	unsigned int i;

	assert_int_equal(read_log(f, rems, ""), 0);
	for (i = 0; i < REALM_REMS; i++) {
		assert_int_equal(realm_rems_value(rems, i, REALM_HASH_SHA384, digest), 1);
		assert_memory_equal(digest, zeros, sizeof(digest));
	}
	realm_rems_free(rems);
}

struct bad_log {
	const char *text, *place, *why;
};

#define GOOD "{\"index\":1,\"value\":\"00\"}\n"

static const struct bad_log bad_logs[] = {
	{ "\n", "line 1", "not JSON" },
	{ GOOD "\n" GOOD, "line 2", "not JSON" },
	{ GOOD "{\"index\":1", "line 2", "not JSON" },
	{ "{\"index\":0,\"value\":\"00\"}", "line 1: $.index", "there is no REM 0" },
	{ GOOD GOOD "{\"index\":5,\"value\":\"00\"}\n", "line 3: $.index", "there is no REM 5" },
	{ "{\"index\":18446744073709551615,\"value\":\"00\"}", "line 1", "too big integer" },
	{ "{\"index\":\"0xffffffffffffffff\",\"value\":\"00\"}", "line 1: $.index", "there is no REM" },
	{ "{\"index\":-1,\"value\":\"00\"}", "line 1: $.index", "negative" },
	{ "{\"value\":\"00\"}", "line 1: $.index", "missing" },
	{ "{\"index\":1}", "line 1: $.value", "missing" },
	{ "{\"index\":1,\"value\":\"0\"}", "line 1: $.value", "odd number" },
	{ "{\"index\":1,\"value\":\"zz\"}", "line 1: $.value", "not a hex digit" },
	{ "{\"index\":1,\"value\":7}", "line 1: $.value", "expected a string" },
	{ "{\"index\":1,\"value\":\"00\",\"rem\":0}", "line 1: $", "unknown key" },
	{ "[1]", "line 1: $", "expected an object" },
	{ "{\"index\":1,\"value\":"
	  "\"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223242526272829"
	  "2a2b2c2d2e2f303132333435363738393a3b3c3d3e3f40\"}",
	  "line 1: $.value", "65 bytes of hex" },
};

static void malformed_log_is_refused(void **state)
{
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad_logs); i++) {
		struct realm_rems *rems = new_rems(f->ctx);
		uint8_t digest[REALM_DIGEST_MAX];
		char where[128];

		snprintf(where, sizeof(where), "%s: %s", fixture_path(f, "log"), bad_logs[i].place);
		assert_error(f->ctx, read_log(f, rems, bad_logs[i].text), EBADMSG, where, bad_logs[i].why);
		assert_int_equal(realm_rems_value(rems, 0, REALM_HASH_SHA256, digest), 0);
		assert_int_equal(realm_rems_set(rems, 0, zeros, 32), 0);
		realm_rems_free(rems);
	}
}

static void log_and_values_exclude_each_other(void **state)
{
	struct fixture *f = *state;
	struct realm_rems *rems = new_rems(f->ctx);

	assert_int_equal(realm_rems_set(rems, 3, zeros, 32), 0);
	assert_error(f->ctx, read_log(f, rems, GOOD), EBUSY, fixture_path(f, "log"), "rem3 is known already");
	realm_rems_free(rems);
	rems = new_rems(f->ctx);
	assert_int_equal(read_log(f, rems, GOOD), 0);
	assert_error(f->ctx, read_log(f, rems, GOOD), EBUSY, fixture_path(f, "log"), "rem0 is known already");
	assert_error(f->ctx, realm_rems_set(rems, 2, zeros, 32), EBUSY, "rem2", "is known already");
	realm_rems_free(rems);
}

static void missing_log_is_said(void **state)
{
	struct fixture *f = *state;
	struct realm_rems *rems = new_rems(f->ctx);

	assert_error(f->ctx, realm_rems_read_log(rems, "/missing/log"), ENOENT, "/missing/log", "No such file");
	realm_rems_free(rems);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(set_is_for_one_hash),
		fixture_test(set_refuses),
		fixture_test(log_gives_the_chains_of_all_hashes),
		fixture_test(empty_log_says_that_nothing_was_extended),
		fixture_test(malformed_log_is_refused),
		fixture_test(log_and_values_exclude_each_other),
		fixture_test(missing_log_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
