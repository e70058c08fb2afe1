/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-refvals-nomem.c - reference values again and again, with one more allocation that succeeds before one fails
 *
 * The linker sends what the library allocates through the __wrap functions (--wrap in meson.build).  A call in which an
 * allocation failed gives -ENOMEM, or all that it gives without the failure, and a set is as it was before.  Leaks are
 * for the sanitizer and valgrind to find.  jansson's own allocations fail only where it writes: its parser takes some
 * of them for faults of the input.
 */
#include <jansson.h>
#include <openssl/pem.h>

#include "../unit/fixture.h"
#include "refuse.h"

static bool jansson_fails;

WRAP(void *, malloc, (size_t size), (size), NULL)
WRAP(void *, calloc, (size_t count, size_t size), (count, size), NULL)
WRAP(void *, realloc, (void *old, size_t size), (old, size), NULL)
WRAP(char *, strdup, (const char *text), (text), NULL)
WRAP(char *, strndup, (const char *text, size_t len), (text, len), NULL)
WRAP(FILE *, open_memstream, (char **bufp, size_t *sizep), (bufp, sizep), NULL)
WRAP(EVP_MD *, EVP_MD_fetch, (OSSL_LIB_CTX * lib, const char *name, const char *query), (lib, name, query), NULL)
WRAP(EVP_MD_CTX *, EVP_MD_CTX_new, (void), (), NULL)
WRAP(int, EVP_DigestInit_ex2, (EVP_MD_CTX * ctx, const EVP_MD *md, const OSSL_PARAM *params), (ctx, md, params), 0)

/* A CoRIM of a platform: a component with name and version, a masked configuration, a key; all strings in chunks */
static const uint8_t platform[] = {
	0xd9, 0x01, 0xf5, 0xbf, 0x00, 0x7f, 0x65, 0x61, 0x6e, 0x20, 0x69, 0x64, 0xff, 0x01, 0x9f, 0xd9, 0x01, 0xfa,
	0x5f, 0x58, 0xc8, 0xbf, 0x01, 0xbf, 0x00, 0x5f, 0x50, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
	0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0xff, 0xff, 0x04, 0xbf, 0x00, 0x9f, 0x9f, 0xbf, 0x00, 0xbf, 0x00,
	0xd9, 0x02, 0x30, 0x5f, 0x58, 0x20, 0x61, 0x6e, 0x20, 0x69, 0x6d, 0x70, 0x6c, 0x65, 0x6d, 0x65, 0x6e, 0x74,
	0x61, 0x74, 0x69, 0x6f, 0x6e, 0x20, 0x69, 0x64, 0x20, 0x6f, 0x66, 0x20, 0x33, 0x32, 0x20, 0x62, 0x79, 0x74,
	0x65, 0x73, 0xff, 0xff, 0xff, 0x9f, 0xbf, 0x00, 0x7f, 0x76, 0x63, 0x63, 0x61, 0x2e, 0x73, 0x6f, 0x66, 0x74,
	0x77, 0x61, 0x72, 0x65, 0x2d, 0x63, 0x6f, 0x6d, 0x70, 0x6f, 0x6e, 0x65, 0x6e, 0x74, 0xff, 0x01, 0xbf, 0x00,
	0xbf, 0x00, 0x7f, 0x63, 0x31, 0x2e, 0x32, 0xff, 0xff, 0x02, 0x9f, 0x9f, 0x01, 0x5f, 0x58, 0x20, 0x00, 0x01,
	0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13,
	0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f, 0xff, 0xff, 0xff, 0x0b, 0x7f, 0x63,
	0x42, 0x4c, 0x32, 0xff, 0x0d, 0x9f, 0xd9, 0x02, 0x30, 0x5f, 0x58, 0x20, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69,
	0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x7b,
	0x7c, 0x7d, 0x7e, 0x7f, 0x80, 0x58, 0xc8, 0x81, 0x82, 0x83, 0xff, 0xff, 0xff, 0xff, 0xbf, 0x00, 0x7f, 0x73,
	0x63, 0x63, 0x61, 0x2e, 0x70, 0x6c, 0x61, 0x74, 0x66, 0x6f, 0x72, 0x6d, 0x2d, 0x63, 0x6f, 0x6e, 0x66, 0x69,
	0x67, 0xff, 0x01, 0xbf, 0x04, 0xd9, 0x02, 0x33, 0x9f, 0x5f, 0x41, 0xcf, 0xff, 0x5f, 0x41, 0xff, 0xff, 0xff,
	0xff, 0xff, 0xff, 0xff, 0xff, 0x03, 0x9f, 0x9f, 0xbf, 0x00, 0xbf, 0x00, 0xd9, 0x02, 0x30, 0x5f, 0x58, 0x20,
	0x61, 0x6e, 0x20, 0x69, 0x6d, 0x70, 0x6c, 0x65, 0x6d, 0x65, 0x6e, 0x74, 0x61, 0x74, 0x69, 0x6f, 0x6e, 0x20,
	0x69, 0x64, 0x20, 0x6f, 0x66, 0x20, 0x33, 0x32, 0x20, 0x62, 0x79, 0x74, 0x65, 0x73, 0xff, 0xff, 0x01, 0xd9,
	0x02, 0x26, 0x5f, 0x58, 0x21, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01,
	0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01,
	0x01, 0x01, 0xff, 0xff, 0x9f, 0xd9, 0x02, 0x2a, 0x7f, 0x78, 0x40, 0x2d, 0x2d, 0x2d, 0x2d, 0x2d, 0x42, 0x45,
	0x47, 0x49, 0x4e, 0x20, 0x50, 0x55, 0x42, 0x4c, 0x49, 0x43, 0x20, 0x4b, 0x45, 0x59, 0x2d, 0x2d, 0x2d, 0x2d,
	0x2d, 0x0a, 0x4d, 0x46, 0x6b, 0x77, 0x45, 0x77, 0x59, 0x48, 0x4b, 0x6f, 0x5a, 0x49, 0x7a, 0x6a, 0x30, 0x43,
	0x41, 0x51, 0x59, 0x49, 0x4b, 0x6f, 0x5a, 0x49, 0x7a, 0x58, 0x88, 0x6a, 0x30, 0x44, 0x41, 0x51, 0x63, 0x44,
	0x51, 0x67, 0x41, 0x45, 0x61, 0x78, 0x40, 0x78, 0x66, 0x52, 0x38, 0x75, 0x45, 0x73, 0x51, 0x6b, 0x66, 0x34,
	0x76, 0x4f, 0x62, 0x6c, 0x59, 0x36, 0x52, 0x41, 0x38, 0x6e, 0x63, 0x44, 0x66, 0x59, 0x45, 0x74, 0x0a, 0x36,
	0x7a, 0x4f, 0x67, 0x39, 0x4b, 0x45, 0x35, 0x52, 0x64, 0x69, 0x59, 0x77, 0x70, 0x5a, 0x50, 0x34, 0x30, 0x4c,
	0x69, 0x2f, 0x68, 0x70, 0x2f, 0x6d, 0x34, 0x37, 0x6e, 0x36, 0x30, 0x70, 0x38, 0x44, 0x35, 0x34, 0x57, 0x78,
	0x32, 0x4b, 0x38, 0x34, 0x7a, 0x56, 0x32, 0x73, 0x78, 0x58, 0x73, 0x37, 0x4c, 0x74, 0x6b, 0x42, 0x6f, 0x4e,
	0x37, 0x39, 0x52, 0x39, 0x51, 0x3d, 0x3d, 0x0a, 0x2d, 0x2d, 0x2d, 0x2d, 0x2d, 0x45, 0x4e, 0x44, 0x20, 0x50,
	0x55, 0x42, 0x4c, 0x49, 0x43, 0x20, 0x4b, 0x45, 0x59, 0x2d, 0x2d, 0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xff, 0xff,
	0xff, 0xff, 0xff, 0xff, 0xff, 0x03, 0xd8, 0x20, 0x7f, 0x78, 0x23, 0x74, 0x61, 0x67, 0x3a, 0x61, 0x72, 0x6d,
	0x2e, 0x63, 0x6f, 0x6d, 0x2c, 0x32, 0x30, 0x32, 0x35, 0x3a, 0x63, 0x63, 0x61, 0x5f, 0x70, 0x6c, 0x61, 0x74,
	0x66, 0x6f, 0x72, 0x6d, 0x23, 0x31, 0x2e, 0x30, 0x2e, 0x30, 0xff, 0xff,
};

#define FORMATS (REALM_REFVALS_JSON + 1)

static struct fixture *files;
static const char *log_file;
static char private_key[1024];
static uint8_t *written[FORMATS], *signed_corim;
static size_t written_len[FORMATS], signed_len;

/* ---- scenarios: 0 and a number that says what was found, or a failure ---- */

typedef int (*scenario_fn)(struct realm_ctx *ctx, size_t *found);

static int make_plan(struct realm_ctx *ctx, struct realm_plan **planp)
{
	int err = realm_plan_new(ctx, planp);

	if (err)
		return err;
	err = realm_plan_set_name(*planp, "demo");
	if (!err)
		err = realm_plan_set_ipa_bits(*planp, 33);
	if (!err)
		err = realm_plan_add_ram(*planp, 0, 0x200000);
	if (err >= 0)
		err = realm_plan_add_rec(*planp, 0, NULL, 0);
	if (err >= 0)
		return 0;
	realm_plan_free(*planp);
	return err;
}

static int make_rems(struct realm_ctx *ctx, struct realm_rems **remsp)
{
	int err = realm_rems_new(ctx, remsp);

	if (err)
		return err;
	err = realm_rems_read_log(*remsp, log_file);
	if (err)
		realm_rems_free(*remsp);
	return err;
}

static int reading_a_log(struct realm_ctx *ctx, size_t *found)
{
	uint8_t digest[REALM_DIGEST_MAX];
	struct realm_rems *rems;
	int err = make_rems(ctx, &rems);

	if (err)
		return err;
	*found = (size_t)realm_rems_value(rems, 1, REALM_HASH_SHA512, digest) << 8 | digest[0];
	realm_rems_free(rems);
	return 0;
}

static int fill_from_plan(struct realm_refvals *refvals, struct realm_ctx *ctx)
{
	struct realm_rems *rems;
	struct realm_plan *plan;
	int err = make_rems(ctx, &rems);

	if (err)
		return err;
	err = make_plan(ctx, &plan);
	if (!err) {
		err = realm_refvals_add_plan(refvals, plan, NULL, rems);
		realm_plan_free(plan);
	}
	realm_rems_free(rems);
	if (err)
		assert_int_equal(realm_refvals_realm_count(refvals), 0);
	return err;
}

static int adding_a_plan(struct realm_ctx *ctx, size_t *found)
{
	struct realm_refvals *refvals;
	int err = realm_refvals_new(ctx, &refvals);

	if (err)
		return err;
	err = fill_from_plan(refvals, ctx);
	*found = realm_refvals_realm_count(refvals);
	realm_refvals_free(refvals);
	return err;
}

static int read_bytes(struct realm_ctx *ctx, const void *data, size_t len, size_t *found)
{
	struct realm_refvals *refvals;
	size_t before;
	int err = realm_refvals_new(ctx, &refvals);

	if (err)
		return err;
	err = realm_refvals_add(refvals, "data", data, len);
	before = realm_refvals_realm_count(refvals) + realm_refvals_platform_count(refvals);
	if (err)
		assert_int_equal(before, 0);
	else
		err = realm_refvals_add_rim(refvals, platform, 32);
	*found = realm_refvals_realm_count(refvals) << 8 | realm_refvals_platform_count(refvals);
	realm_refvals_free(refvals);
	return err;
}

static int reading_all_formats(struct realm_ctx *ctx, size_t *found)
{
	size_t sum = 0;
	int err = 0, i;

	for (i = REALM_REFVALS_CORIM; !err && i < FORMATS; i++) {
		err = read_bytes(ctx, written[i], written_len[i], found);
		sum += *found << i;
	}
	*found = sum;
	return err;
}

static int reading_a_platform(struct realm_ctx *ctx, size_t *found)
{
	return read_bytes(ctx, platform, sizeof(platform), found);
}

static int reading_a_signed_one(struct realm_ctx *ctx, size_t *found)
{
	return read_bytes(ctx, signed_corim, signed_len, found);
}

static int write_one(const struct realm_refvals *refvals, enum realm_refvals_format format, const char *key,
		     uint8_t **datap, size_t *lenp)
{
	struct realm_refvals_opts opts = { .sz = sizeof(opts), .format = format };

	opts.sign_key = (struct realm_bytes){ .data = (const uint8_t *)key, .len = key ? strlen(key) : 0 };
	*datap = (uint8_t *)private_key;
	return realm_refvals_format(refvals, &opts, datap, lenp);
}

static int writing_all_formats(struct realm_ctx *ctx, size_t *found)
{
	long kept = atomic_exchange(&left, -1);
	struct realm_refvals *refvals;
	int err, i;

	assert_int_equal(realm_refvals_new(ctx, &refvals), 0);
	assert_int_equal(
		realm_refvals_add(refvals, "json", written[REALM_REFVALS_JSON], written_len[REALM_REFVALS_JSON]), 0);
	jansson_fails = true;
	atomic_store(&left, kept);
	for (err = 0, i = REALM_REFVALS_CORIM; !err && i < FORMATS; i++) {
		uint8_t *data;
		size_t len;

		err = write_one(refvals, (enum realm_refvals_format)i, NULL, &data, &len);
		if (err) {
			assert_ptr_equal(data, private_key);
			break;
		}
		assert_int_equal(len, written_len[i]);
		assert_memory_equal(data, written[i], len);
		realm_free(data);
	}
	atomic_store(&left, -1);
	jansson_fails = false;
	realm_refvals_free(refvals);
	*found = 1;
	return err;
}

static int signing(struct realm_ctx *ctx, size_t *found)
{
	struct realm_refvals *refvals;
	uint8_t *data;
	size_t len;
	int err = realm_refvals_new(ctx, &refvals);

	if (err)
		return err;
	err = realm_refvals_add_rim(refvals, platform, 32);
	if (!err)
		err = write_one(refvals, REALM_REFVALS_CORIM, private_key, &data, &len);
	if (!err) {
		*found = len;
		realm_free(data);
	}
	realm_refvals_free(refvals);
	return err;
}

static int checking(struct realm_ctx *ctx, size_t *found)
{
	struct realm_keys *keys;
	int ret = realm_keys_new(ctx, &keys);

	if (ret)
		return ret;
	ret = realm_keys_add(keys, "key", private_key, strlen(private_key));
	if (!ret)
		ret = realm_refvals_check_signature(ctx, signed_corim, signed_len, keys);
	realm_keys_free(keys);
	*found = (size_t)ret;
	return ret < 0 ? ret : 0;
}

/* ---- failing ---- */

/* Run with the nth allocation failing; false when there were fewer. */
static bool fail_nth(scenario_fn scenario, long n, size_t expected)
{
	struct realm_ctx *ctx;
	size_t found = 0;
	int err;

	assert_int_equal(realm_ctx_new(&ctx), 0);
	atomic_store(&failed, false);
	atomic_store(&left, n);
	err = scenario(ctx, &found);
	atomic_store(&left, -1);
	if (err) {
		assert_true(atomic_load(&failed));
		assert_error(ctx, err, ENOMEM, NULL, "out of memory");
	} else {
		assert_int_equal(found, expected);
	}
	realm_ctx_free(ctx);
	return atomic_load(&failed);
}

static void assert_survives(scenario_fn scenario)
{
	struct realm_ctx *ctx;
	size_t expected = 0;
	long n = 0;

	assert_int_equal(realm_ctx_new(&ctx), 0);
	assert_int_equal(scenario(ctx, &expected), 0);
	realm_ctx_free(ctx);
	while (fail_nth(scenario, n, expected))
		n++;
	assert_true(n > 1);
}

#define SURVIVES(scenario)                                                                                             \
	static void scenario##_survives(void **state)                                                                  \
	{                                                                                                              \
		assert_survives(scenario);                                                                             \
	}

SURVIVES(reading_a_log)
SURVIVES(adding_a_plan)
SURVIVES(reading_all_formats)
SURVIVES(reading_a_platform)
SURVIVES(reading_a_signed_one)
SURVIVES(writing_all_formats)
SURVIVES(signing)
SURVIVES(checking)

/* ---- inputs ---- */

static void *json_malloc(size_t size)
{
	return jansson_fails ? __wrap_malloc(size) : __real_malloc(size);
}

static void make_key(void)
{
	EVP_PKEY *key = EVP_EC_gen("P-384");
	BIO *bio = BIO_new(BIO_s_mem());
	int len;

	assert_int_equal(PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL), 1);
	len = BIO_read(bio, private_key, sizeof(private_key) - 1);
	assert_true(len > 0);
	private_key[len] = 0;
	BIO_free(bio);
	EVP_PKEY_free(key);
}

static int setup(void **state)
{
	static const char text[] = "{\"index\":1,\"value\":\"00\"}\n{\"index\":2,\"value\":\"\"}\n";
	struct realm_refvals *refvals;
	int i;

	atomic_store(&left, -1);
	json_set_alloc_funcs(json_malloc, free);
	if (fixture_setup((void **)&files))
		return -1;
	make_key();
	log_file = fixture_write(files, "log", text, strlen(text), strlen(text));
	assert_int_equal(realm_refvals_new(files->ctx, &refvals), 0);
	assert_int_equal(fill_from_plan(refvals, files->ctx), 0);
	for (i = REALM_REFVALS_CORIM; i < FORMATS; i++)
		assert_int_equal(write_one(refvals, (enum realm_refvals_format)i, NULL, &written[i], &written_len[i]),
				 0);
	assert_int_equal(write_one(refvals, REALM_REFVALS_COMID, private_key, &signed_corim, &signed_len), 0);
	realm_refvals_free(refvals);
	return 0;
}

static int teardown(void **state)
{
	int i;

	for (i = REALM_REFVALS_CORIM; i < FORMATS; i++)
		realm_free(written[i]);
	realm_free(signed_corim);
	return fixture_teardown((void **)&files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reading_a_log_survives),
		cmocka_unit_test(adding_a_plan_survives),
		cmocka_unit_test(reading_all_formats_survives),
		cmocka_unit_test(reading_a_platform_survives),
		cmocka_unit_test(reading_a_signed_one_survives),
		cmocka_unit_test(writing_all_formats_survives),
		cmocka_unit_test(signing_survives),
		cmocka_unit_test(checking_survives),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
