/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-refvals-errors.c - reference values and REMs with NULL, zero and the largest values, and in the wrong order */
#include "../unit/fixture.h"

static char untouched; /* where out parameters point before a call */

static const uint8_t zeros[64];

static void rems(void **state)
{
	struct fixture *f = *state;
	struct realm_rems *none = (struct realm_rems *)&untouched, *set;
	uint8_t digest[REALM_DIGEST_MAX] = { 9 };

	assert_int_equal(realm_rems_new(NULL, &none), -EINVAL);
	assert_int_equal(realm_rems_new(f->ctx, NULL), -EINVAL);
	assert_ptr_equal(none, &untouched);
	assert_int_equal(realm_rems_new(f->ctx, &set), 0);
	assert_int_equal(realm_rems_set(NULL, 0, zeros, 32), -EINVAL);
	assert_int_equal(realm_rems_set(set, 0, NULL, 32), -EINVAL);
	assert_int_equal(realm_rems_set(set, REALM_REMS, zeros, 32), -EINVAL);
	assert_int_equal(realm_rems_set(set, UINT_MAX, zeros, 32), -EINVAL);
	assert_int_equal(realm_rems_set(set, 0, zeros, SIZE_MAX), -EINVAL);
	assert_int_equal(realm_rems_read_log(NULL, "log"), -EINVAL);
	assert_int_equal(realm_rems_read_log(set, NULL), -EINVAL);
	assert_int_equal(realm_rems_read_log(set, "no/such/log"), -ENOENT);
	assert_int_equal(realm_rems_read_log(set, "/"), -EINVAL);
	assert_int_equal(realm_rems_value(NULL, 0, REALM_HASH_SHA256, digest), -EINVAL);
	assert_int_equal(realm_rems_value(set, REALM_REMS, REALM_HASH_SHA256, digest), -EINVAL);
	assert_int_equal(realm_rems_value(set, 0, (enum realm_hash)3, digest), -EINVAL);
	assert_int_equal(realm_rems_value(set, 0, REALM_HASH_SHA256, NULL), -EINVAL);
	assert_int_equal(realm_rems_value(set, 0, REALM_HASH_SHA256, digest), 0);
	assert_int_equal(digest[0], 9);
	realm_rems_free(set);
	realm_rems_free(NULL);
}

static void sets(void **state)
{
	struct fixture *f = *state;
	struct realm_refvals *none = (struct realm_refvals *)&untouched, *set;
	struct realm_measure_opts opts = { .sz = 0 };
	struct realm_plan *plan;

	assert_int_equal(realm_refvals_new(NULL, &none), -EINVAL);
	assert_int_equal(realm_refvals_new(f->ctx, NULL), -EINVAL);
	assert_ptr_equal(none, &untouched);
	assert_int_equal(realm_refvals_new(f->ctx, &set), 0);
	assert_int_equal(realm_plan_new(f->ctx, &plan), 0);
	assert_int_equal(realm_refvals_add_plan(NULL, plan, NULL, NULL), -EINVAL);
	assert_int_equal(realm_refvals_add_plan(set, NULL, NULL, NULL), -EINVAL);
	assert_int_equal(realm_refvals_add_plan(set, plan, &opts, NULL), -EINVAL);
	assert_int_equal(realm_refvals_add_plan(set, plan, NULL, NULL), -EINVAL); /* an empty plan */
	assert_int_equal(realm_refvals_add_rim(NULL, zeros, 32), -EINVAL);
	assert_int_equal(realm_refvals_add_rim(set, NULL, 32), -EINVAL);
	assert_int_equal(realm_refvals_add_rim(set, zeros, 0), -EINVAL);
	assert_int_equal(realm_refvals_add_rim(set, zeros, SIZE_MAX), -EINVAL);
	assert_int_equal(realm_refvals_add(NULL, "name", "{}", 2), -EINVAL);
	assert_int_equal(realm_refvals_add(set, NULL, "{}", 2), -EINVAL);
	assert_int_equal(realm_refvals_add(set, "name", NULL, 2), -EINVAL);
	assert_int_equal(realm_refvals_add(set, "name", NULL, 0), -EBADMSG);
	assert_int_equal(realm_refvals_add(set, "name", "{}", SIZE_MAX), -EINVAL);
	assert_int_equal(realm_refvals_add_file(NULL, "file"), -EINVAL);
	assert_int_equal(realm_refvals_add_file(set, NULL), -EINVAL);
	assert_int_equal(realm_refvals_add_file(set, "no/such/file"), -ENOENT);
	assert_int_equal(realm_refvals_add_file(set, "/"), -EINVAL);
	assert_int_equal(realm_refvals_realm_count(set), 0);
	realm_plan_free(plan);
	realm_refvals_free(set);
	realm_refvals_free(NULL);
}

static void getters(void **state)
{
	static const char text[] =
		"{\"schema\":\"realm-refvals/1\",\"platforms\":[{\"implementation_id\":"
		"\"0101010101010101010101010101010101010101010101010101010101010101\",\"components\":[]}]}";
	struct fixture *f = *state;
	struct realm_reference realm = { .sz = sizeof(realm) };
	struct realm_platform_reference platform = { .sz = sizeof(platform) };
	struct realm_component component = { .sz = sizeof(component) };
	struct realm_refvals *set;

	assert_int_equal(realm_refvals_new(f->ctx, &set), 0);
	assert_int_equal(realm_refvals_add_rim(set, zeros, 32), 0);
	assert_int_equal(realm_refvals_add(set, "text", text, strlen(text)), 0);
	assert_int_equal(realm_refvals_realm_count(NULL), 0);
	assert_int_equal(realm_refvals_platform_count(NULL), 0);
	assert_int_equal(realm_refvals_realm(NULL, 0, &realm), -EINVAL);
	assert_int_equal(realm_refvals_realm(set, 1, &realm), -EINVAL);
	assert_int_equal(realm_refvals_realm(set, SIZE_MAX, &realm), -EINVAL);
	assert_int_equal(realm_refvals_realm(set, 0, NULL), -EINVAL);
	assert_int_equal(realm_refvals_platform(NULL, 0, &platform), -EINVAL);
	assert_int_equal(realm_refvals_platform(set, 1, &platform), -EINVAL);
	assert_int_equal(realm_refvals_platform(set, 0, NULL), -EINVAL);
	assert_int_equal(realm_refvals_component(NULL, 0, 0, &component), -EINVAL);
	assert_int_equal(realm_refvals_component(set, 1, 0, &component), -EINVAL);
	assert_int_equal(realm_refvals_component(set, 0, 0, &component), -EINVAL);
	assert_null(realm.rim.data);
	realm.sz = 0;
	assert_int_equal(realm_refvals_realm(set, 0, &realm), -EINVAL);
	platform.sz = 0;
	assert_int_equal(realm_refvals_platform(set, 0, &platform), -EINVAL);
	realm_refvals_free(set);
}

static void formats(void **state)
{
	struct fixture *f = *state;
	struct {
		struct realm_refvals_opts opts;
		uint64_t more;
	} newer = { .opts = { .sz = sizeof(newer), .format = REALM_REFVALS_JSON }, .more = 1 };
	struct realm_refvals_opts opts = { .sz = sizeof(opts), .format = REALM_REFVALS_CORIM };
	enum realm_refvals_format format = REALM_REFVALS_RIMS;
	uint8_t *data = (uint8_t *)&untouched;
	struct realm_refvals *set;
	size_t len = 7;

	assert_null(realm_refvals_format_name((enum realm_refvals_format) - 1));
	assert_int_equal(realm_refvals_format_from_name(NULL, &format), -EINVAL);
	assert_int_equal(realm_refvals_format_from_name("json", NULL), -EINVAL);
	assert_int_equal(realm_refvals_format_from_name("text", &format), -EINVAL);
	assert_int_equal(format, REALM_REFVALS_RIMS);
	assert_int_equal(realm_refvals_new(f->ctx, &set), 0);
	assert_error(f->ctx, realm_refvals_format(set, &opts, &data, &len), EINVAL, "corim", "there are no");
	assert_int_equal(realm_refvals_add_rim(set, zeros, 32), 0);
	assert_int_equal(realm_refvals_format(NULL, &opts, &data, &len), -EINVAL);
	assert_int_equal(realm_refvals_format(set, NULL, &data, &len), -EINVAL);
	assert_int_equal(realm_refvals_format(set, &opts, NULL, &len), -EINVAL);
	assert_int_equal(realm_refvals_format(set, &opts, &data, NULL), -EINVAL);
	assert_int_equal(realm_refvals_format(set, &newer.opts, &data, &len), -E2BIG);
	opts.sign_key.len = 1;
	assert_error(f->ctx, realm_refvals_format(set, &opts, &data, &len), EINVAL, "corim", "cannot be signed");
	opts.sign_key.data = zeros;
	opts.sign_name = "key.pem";
	assert_error(f->ctx, realm_refvals_format(set, &opts, &data, &len), EBADMSG, "key.pem", "");
	opts.format = REALM_REFVALS_RIMS;
	assert_error(f->ctx, realm_refvals_format(set, &opts, &data, &len), EINVAL, "rims", "cannot be signed");
	opts.format = (enum realm_refvals_format)0;
	assert_error(f->ctx, realm_refvals_format(set, &opts, &data, &len), EINVAL, "realm_refvals_opts", "no such");
	opts.format = (enum realm_refvals_format)8;
	assert_int_equal(realm_refvals_format(set, &opts, &data, &len), -EINVAL);
	opts.sz = 0;
	assert_int_equal(realm_refvals_format(set, &opts, &data, &len), -EINVAL);
	assert_ptr_equal(data, &untouched);
	assert_int_equal(len, 7);
	realm_refvals_free(set);
}

static void signatures(void **state)
{
	struct fixture *f = *state;
	struct realm_keys *keys;

	assert_int_equal(realm_keys_new(f->ctx, &keys), 0);
	assert_int_equal(realm_refvals_check_signature(NULL, "x", 1, keys), -EINVAL);
	assert_int_equal(realm_refvals_check_signature(f->ctx, NULL, 1, keys), -EINVAL);
	assert_int_equal(realm_refvals_check_signature(f->ctx, "x", 1, NULL), -EINVAL);
	assert_int_equal(realm_refvals_check_signature(f->ctx, "x", SIZE_MAX, keys), -EINVAL);
	assert_int_equal(realm_refvals_check_signature(f->ctx, NULL, 0, keys), -EBADMSG);
	assert_int_equal(realm_refvals_check_signature(f->ctx, "x", 1, keys), -EBADMSG);
	realm_keys_free(keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(rems),    fixture_test(sets),       fixture_test(getters),
		fixture_test(formats), fixture_test(signatures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
