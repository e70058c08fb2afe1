/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-keys-errors.c - bad arguments to the functions of key sets, and sets that a failure leaves as they were */
#include "../unit/fixture.h"

#define KEY_MAX_BYTES (64 * 1024)

static struct realm_keys *new_keys(struct realm_ctx *ctx)
{
	struct realm_keys *keys;

	assert_int_equal(realm_keys_new(ctx, &keys), 0);
	return keys;
}

static void test_null(void **state)
{
	struct fixture *f = *state;
	struct realm_keys *keys = (struct realm_keys *)state;

	assert_int_equal(realm_keys_new(NULL, &keys), -EINVAL);
	assert_int_equal(realm_keys_new(f->ctx, NULL), -EINVAL);
	assert_ptr_equal(keys, state);
	realm_keys_free(NULL);
	assert_int_equal(realm_keys_count(NULL), 0);
	assert_int_equal(realm_keys_add(NULL, "name", "data", 4), -EINVAL);
	assert_int_equal(realm_keys_add_file(NULL, "name"), -EINVAL);
	assert_int_equal(realm_keys_add_store(NULL, "name"), -EINVAL);
	keys = new_keys(f->ctx);
	assert_int_equal(realm_keys_add(keys, NULL, "data", 4), -EINVAL);
	assert_int_equal(realm_keys_add(keys, "name", NULL, 4), -EINVAL);
	assert_int_equal(realm_keys_add(keys, "name", NULL, 0), -EINVAL);
	assert_int_equal(realm_keys_add_file(keys, NULL), -EINVAL);
	assert_int_equal(realm_keys_add_store(keys, NULL), -EINVAL);
	assert_int_equal(realm_keys_count(keys), 0);
	realm_keys_free(keys);
}

static void test_empty_and_large(void **state)
{
	struct fixture *f = *state;
	struct realm_keys *keys = new_keys(f->ctx);
	char *spaces = malloc(KEY_MAX_BYTES + 1);

	assert_non_null(spaces);
	memset(spaces, ' ', KEY_MAX_BYTES + 1);
	assert_error(f->ctx, realm_keys_add(keys, "name", "", 0), EBADMSG, "name", "is no key");
	assert_error(f->ctx, realm_keys_add(keys, "name", spaces, KEY_MAX_BYTES), EBADMSG, "name", "is no key");
	assert_error(f->ctx, realm_keys_add(keys, "name", spaces, KEY_MAX_BYTES + 1), EINVAL, "name", "larger than");
	assert_error(f->ctx, realm_keys_add(keys, "", "x", SIZE_MAX), EINVAL, "", "larger than");
	assert_error(f->ctx, realm_keys_add(keys, "name", "04ab5C\n", 7), EBADMSG, "name", "is text in hex");
	assert_error(f->ctx, realm_keys_add(keys, "name", "04ab5g\n", 7), EBADMSG, "name", "is DER, but");
	assert_int_equal(realm_keys_count(keys), 0);
	free(spaces);
	realm_keys_free(keys);
}

static void test_files(void **state)
{
	struct fixture *f = *state;
	struct realm_keys *keys = new_keys(f->ctx);
	const char *missing = fixture_path(f, "missing");
	const char *large = fixture_write(f, "large", "{", 1, UINT64_C(1) << 30);

	assert_error(f->ctx, realm_keys_add_file(keys, missing), ENOENT, missing, "No such file");
	assert_error(f->ctx, realm_keys_add_store(keys, missing), ENOENT, missing, "No such file");
	assert_error(f->ctx, realm_keys_add_file(keys, f->dir), EINVAL, f->dir, "is a directory");
	assert_error(f->ctx, realm_keys_add_store(keys, f->dir), EINVAL, f->dir, "is a directory");
	assert_error(f->ctx, realm_keys_add_file(keys, large), EINVAL, large, "larger than");
	assert_error(f->ctx, realm_keys_add_store(keys, large), EINVAL, large, "larger than");
	assert_int_equal(realm_keys_count(keys), 0);
	realm_keys_free(keys);
}

/* What was there stays, and nothing of the bad file is added. */
static void test_a_set_is_as_it_was(void **state)
{
	static const char set[] = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\","
				  "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
				  "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"},%s]}";
	struct fixture *f = *state;
	struct realm_keys *keys = new_keys(f->ctx);
	char text[512];

	snprintf(text, sizeof(text), set, "{\"kty\":\"oct\"}");
	assert_int_equal(realm_keys_add(keys, "good", text, strlen(text)), 0);
	assert_int_equal(realm_keys_count(keys), 1);
	snprintf(text, sizeof(text), set, "{\"kty\":\"EC\"}");
	assert_error(f->ctx, realm_keys_add(keys, "bad", text, strlen(text)), EBADMSG, "bad: $.keys[1].crv", "missing");
	assert_int_equal(realm_keys_count(keys), 1);
	realm_keys_free(keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_null),
		fixture_test(test_empty_and_large),
		fixture_test(test_files),
		fixture_test(test_a_set_is_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
