/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-refvals.c - sets of reference values: what is added, what the getters give, round trips of random sets */
#include "fixture.h"

#include "refvals.h"

static const uint8_t zeros[REALM_DIGEST_MAX];

static struct realm_refvals *new_set(struct realm_ctx *ctx)
{
	struct realm_refvals *refvals;

	assert_int_equal(realm_refvals_new(ctx, &refvals), 0);
	return refvals;
}

static struct realm_plan *new_plan(struct realm_ctx *ctx, enum realm_hash hash, const char *rpv)
{
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(ctx, &plan), 0);
	assert_int_equal(realm_plan_set_name(plan, "demo"), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_set_hash(plan, hash), 0);
	assert_int_equal(realm_plan_set_rpv(plan, rpv, strlen(rpv)), 0);
	assert_int_equal(realm_plan_add_ram(plan, 0x80000000, 0x200000), 0);
	assert_int_equal(realm_plan_load_memory(plan, 0x80000000, "code", 4, NULL), 0);
	assert_int_equal(realm_plan_add_rec(plan, 0x80000000, NULL, 0), 0);
	return plan;
}

static struct realm_reference reference(const struct realm_refvals *refvals, size_t index)
{
	struct realm_reference reference = { .sz = sizeof(reference) };

	assert_int_equal(realm_refvals_realm(refvals, index, &reference), 0);
	return reference;
}

/* ---- plans ---- */

/* A value for each row of the measurement, in its order. */
static void plan_gives_a_value_for_each_rim(void **state)
{
	struct fixture *f = *state;
	struct realm_refvals *refvals = new_set(f->ctx);
	struct realm_plan *plan = new_plan(f->ctx, REALM_HASH_SHA256, "rpv");
	struct realm_measurement *rows;
	size_t i;

	assert_int_equal(realm_measure(plan, NULL, &rows), 0);
	assert_int_equal(realm_measurement_count(rows), 4);
	assert_int_equal(realm_refvals_add_plan(refvals, plan, NULL, NULL), 0);
	assert_int_equal(realm_refvals_realm_count(refvals), 4);
	assert_int_equal(realm_refvals_platform_count(refvals), 0);
	for (i = 0; i < 4; i++) {
		struct realm_reference ref = reference(refvals, i);
		enum realm_family family;
		enum realm_profile profile;
		const uint8_t *rim = realm_measurement_row(rows, i, &family, &profile);
		size_t j;

		assert_string_equal(ref.name, "demo");
		assert_int_equal(ref.family, family);
		assert_int_equal(ref.profile, profile);
		assert_int_equal(ref.rim.len, 32);
		assert_memory_equal(ref.rim.data, rim, 32);
		assert_int_equal(ref.rpv.len, 64);
		assert_memory_equal(ref.rpv.data, "rpv", 3);
		assert_memory_equal(ref.rpv.data + 3, zeros, 61);
		for (j = 0; j < REALM_REMS; j++)
			assert_int_equal(ref.rems[j].len, 0);
	}
	realm_measurement_free(rows);
	realm_plan_free(plan);
	realm_refvals_free(refvals);
}

/* What rmi-v12 does in another order than rme does not count when nothing is loaded and no REC is runnable. */
static void equal_rims_are_one_value(void **state)
{
	struct fixture *f = *state;
	struct realm_refvals *refvals = new_set(f->ctx);
	struct realm_plan *plan;
	size_t i;

	assert_int_equal(realm_plan_new(f->ctx, &plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_add_ram(plan, 0, 0x200000), 0);
	assert_int_equal(realm_plan_add_rec(plan, 0, NULL, 0), 0);
	assert_int_equal(realm_plan_set_rec_runnable(plan, 0, false), 0);
	assert_int_equal(realm_refvals_add_plan(refvals, plan, NULL, NULL), 0);
	assert_int_equal(realm_refvals_realm_count(refvals), 3);
	assert_int_equal(reference(refvals, 0).family, REALM_FAMILY_RME);
	for (i = 1; i < 3; i++)
		assert_int_equal(reference(refvals, i).family, REALM_FAMILY_RMI_V14);
	/* Another plan's are others, the same or not. */
	assert_int_equal(realm_refvals_add_plan(refvals, plan, NULL, NULL), 0);
	assert_int_equal(realm_refvals_realm_count(refvals), 6);
	assert_null(reference(refvals, 0).name);
	assert_int_equal(reference(refvals, 0).rpv.len, 64);
	assert_memory_equal(reference(refvals, 0).rpv.data, zeros, 64);
	realm_plan_free(plan);
	realm_refvals_free(refvals);
}

static void rems_of_the_hash_are_taken(void **state)
{
	struct fixture *f = *state;
	struct realm_measure_opts opts = { .sz = sizeof(opts),
					   .family = REALM_FAMILY_RMI_V14,
					   .profile = REALM_PROFILE_RMM_2_0 };
	struct realm_refvals *refvals = new_set(f->ctx);
	struct realm_plan *plan = new_plan(f->ctx, REALM_HASH_SHA384, "");
	struct realm_rems *rems;
	uint8_t rem[64];

	memset(rem, 0xa5, sizeof(rem));
	assert_int_equal(realm_rems_new(f->ctx, &rems), 0);
	assert_int_equal(realm_rems_set(rems, 1, rem, 48), 0);
	assert_int_equal(realm_refvals_add_plan(refvals, plan, &opts, rems), 0);
	assert_int_equal(realm_refvals_realm_count(refvals), 1);
	assert_int_equal(reference(refvals, 0).rim.len, 48);
	assert_int_equal(reference(refvals, 0).rems[0].len, 0);
	assert_int_equal(reference(refvals, 0).rems[1].len, 48);
	assert_memory_equal(reference(refvals, 0).rems[1].data, rem, 48);
	assert_int_equal(reference(refvals, 0).rems[2].len, 0);
	/* Left out, it would be one that verifiers do not compare. */
	assert_int_equal(realm_rems_set(rems, 2, rem, 32), 0);
	assert_int_equal(realm_refvals_add_plan(refvals, plan, &opts, rems), -EINVAL);
	assert_string_equal(realm_error_where(realm_ctx_last_error(f->ctx)), "rem2");
	assert_int_equal(realm_refvals_realm_count(refvals), 1);
	realm_rems_free(rems);
	realm_plan_free(plan);
	realm_refvals_free(refvals);
}

static void failed_plan_adds_nothing(void **state)
{
	struct fixture *f = *state;
	struct realm_measure_opts opts = { .sz = sizeof(opts),
					   .family = REALM_FAMILY_RME,
					   .profile = REALM_PROFILE_RMM_2_0 };
	struct realm_refvals *refvals = new_set(f->ctx);
	struct realm_plan *plan = new_plan(f->ctx, REALM_HASH_SHA256, "");

	assert_int_equal(realm_refvals_add_rim(refvals, zeros, 48), 0);
	assert_int_equal(realm_refvals_add_plan(refvals, plan, &opts, NULL), -EOPNOTSUPP);
	assert_int_equal(realm_plan_set_name(plan, "\xff"), 0);
	assert_error(f->ctx, realm_refvals_add_plan(refvals, plan, NULL, NULL), EINVAL, "$.name", "is not UTF-8");
	assert_int_equal(realm_refvals_realm_count(refvals), 1);
	realm_plan_free(plan);
	realm_refvals_free(refvals);
}

/* ---- RIMs and files ---- */

static void rim_is_all_that_is_known(void **state)
{
	struct fixture *f = *state;
	struct realm_refvals *refvals = new_set(f->ctx);
	static const size_t sizes[] = { 32, 48, 64 };
	uint8_t rim[65];
	size_t i;

	memset(rim, 7, sizeof(rim));
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct realm_reference ref;

		assert_int_equal(realm_refvals_add_rim(refvals, rim, sizes[i]), 0);
		ref = reference(refvals, i);
		assert_int_equal(ref.rim.len, sizes[i]);
		assert_memory_equal(ref.rim.data, rim, sizes[i]);
		assert_null(ref.name);
		assert_int_equal(ref.family, REALM_FAMILY_ANY);
		assert_int_equal(ref.profile, REALM_PROFILE_ANY);
		assert_int_equal(ref.rpv.len + ref.rems[0].len, 0);
	}
	assert_error(f->ctx, realm_refvals_add_rim(refvals, rim, 65), EINVAL, "RIM", "has 65 bytes");
	assert_int_equal(realm_refvals_realm_count(refvals), 3);
	realm_refvals_free(refvals);
}

static void failed_file_adds_nothing(void **state)
{
	static const char text[] = "{\"schema\":\"realm-refvals/1\",\"realms\":[{\"rim\":"
				   "\"0000000000000000000000000000000000000000000000000000000000000000\"},{\"rim\":1}],"
				   "\"platforms\":[]}";
	struct fixture *f = *state;
	struct realm_refvals *refvals = new_set(f->ctx);
	const char *path = fixture_write(f, "refs", text, strlen(text), strlen(text));
	char where[128];

	snprintf(where, sizeof(where), "%s: $.realms[1].rim", path);
	assert_int_equal(realm_refvals_add_rim(refvals, zeros, 32), 0);
	assert_error(f->ctx, realm_refvals_add_file(refvals, path), EBADMSG, where, "expected a string");
	assert_error(f->ctx, realm_refvals_add(refvals, "-", text, strlen(text)), EBADMSG,
		     "standard input: $.realms[1].rim", "expected a string");
	assert_error(f->ctx, realm_refvals_add(refvals, "x", "", 0), EBADMSG, "x", "neither JSON nor a CoRIM");
	assert_error(f->ctx, realm_refvals_add_file(refvals, "/missing"), ENOENT, "/missing", "No such file");
	assert_int_equal(realm_refvals_realm_count(refvals), 1);
	realm_refvals_free(refvals);
}

static void too_large_is_refused_before_it_is_read(void **state)
{
	struct fixture *f = *state;
	struct realm_refvals *refvals = new_set(f->ctx);
	const char *path = fixture_write(f, "refs", "{", 1, REALM_REFVALS_MAX + 1);

	assert_error(f->ctx, realm_refvals_add_file(refvals, path), EINVAL, path, "larger than 16777216 bytes");
	assert_error(f->ctx, realm_refvals_add(refvals, "x", "{", REALM_REFVALS_MAX + 1), EINVAL, "x",
		     "larger than 16777216 bytes");
	realm_refvals_free(refvals);
}

static void platforms_are_given(void **state)
{
	static const char text[] =
		"{\"schema\":\"realm-refvals/1\",\"platforms\":[{\"implementation_id\":"
		"\"0101010101010101010101010101010101010101010101010101010101010101\",\"config\":\"cfcf\","
		"\"config_mask\":\"ff00\",\"components\":[{\"measurement\":\"02\",\"signer\":\"03\"},"
		"{\"name\":\"BL\",\"version\":\"1\",\"hash\":\"sha-384\",\"measurement\":\"0404\",\"signer\":\"05\"}]}]"
		"}";
	struct fixture *f = *state;
	struct realm_platform_reference platform = { .sz = sizeof(platform) };
	struct realm_component component = { .sz = sizeof(component) };
	struct realm_refvals *refvals = new_set(f->ctx);

	assert_int_equal(realm_refvals_add(refvals, "text", text, strlen(text)), 0);
	assert_int_equal(realm_refvals_platform_count(refvals), 1);
	assert_int_equal(realm_refvals_platform(refvals, 0, &platform), 0);
	assert_int_equal(platform.implementation_id.len, 32);
	assert_int_equal(platform.implementation_id.data[31], 1);
	assert_int_equal(platform.config.len, 2);
	assert_memory_equal(platform.config.data, "\xcf\xcf", 2);
	assert_memory_equal(platform.config_mask.data, "\xff\x00", 2);
	assert_int_equal(platform.num_components, 2);
	assert_int_equal(realm_refvals_component(refvals, 0, 0, &component), 0);
	assert_null(component.name);
	assert_null(component.version);
	assert_null(component.hash_name);
	assert_int_equal(component.signer.data[0], 3);
	assert_int_equal(realm_refvals_component(refvals, 0, 1, &component), 0);
	assert_string_equal(component.name, "BL");
	assert_string_equal(component.version, "1");
	assert_string_equal(component.hash_name, "sha-384");
	assert_int_equal(component.measurement.len, 2);
	assert_int_equal(component.sz, sizeof(component));
	realm_refvals_free(refvals);
}

/* ---- formats ---- */

static void names_and_formats_match(void **state)
{
	static const char *const names[] = { "corim", "comid", "comid-json", "rvps", "store", "rims", "json" };
	enum realm_refvals_format format;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		assert_int_equal(realm_refvals_format_from_name(names[i], &format), 0);
		assert_int_equal(format, i + 1);
		assert_string_equal(realm_refvals_format_name(format), names[i]);
	}
	assert_null(realm_refvals_format_name((enum realm_refvals_format)0));
	assert_null(realm_refvals_format_name((enum realm_refvals_format)8));
	assert_int_equal(realm_refvals_format_from_name("CoRIM", &format), -EINVAL);
	assert_int_equal(realm_refvals_format_from_name("", &format), -EINVAL);
}

/* A generator with a fixed seed (Numerical Recipes' constants) */
static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static void fill_random(uint32_t *seed, struct digest *digest, size_t len)
{
	size_t i;

	digest->len = len;
	for (i = 0; i < len; i++)
		digest->data[i] = (uint8_t)next_random(seed);
}

static struct realm_refvals *random_set(struct realm_ctx *ctx, uint32_t *seed)
{
	static const size_t sizes[] = { 32, 48, 64 };
	struct realm_refvals *refvals = new_set(ctx);
	size_t count = 1 + next_random(seed) % 5, i;

	while (count--) {
		struct ref_realm *realm = refvals_new_realm(refvals);
		size_t size = sizes[next_random(seed) % 3];

		assert_non_null(realm);
		fill_random(seed, &realm->rim, size);
		for (i = 0; i < REALM_REMS; i++)
			if (next_random(seed) % 2)
				fill_random(seed, &realm->rems[i], size);
		if (next_random(seed) % 2)
			fill_random(seed, &realm->rpv, REALM_RPV_SIZE);
		if (next_random(seed) % 2)
			realm->name = strdup(next_random(seed) % 2 ? "n\xc3\xa4me \"\\\n" : "");
		realm->family = (enum realm_family)(next_random(seed) % 7);
		realm->profile = (enum realm_profile)(next_random(seed) % 4);
	}
	return refvals;
}

static bool write_set(const struct realm_refvals *refvals, enum realm_refvals_format format, uint8_t **datap,
		      size_t *lenp)
{
	struct realm_refvals_opts opts = { .sz = sizeof(opts), .format = format };
	int err = realm_refvals_format(refvals, &opts, datap, lenp);

	if (!err)
		assert_int_equal((*datap)[*lenp], 0);
	else
		assert_true(err == -EOPNOTSUPP && format == REALM_REFVALS_RIMS);
	return !err;
}

static void assert_same_values(const struct realm_refvals *a, const struct realm_refvals *b)
{
	size_t i, j;

	assert_int_equal(a->num_realms, b->num_realms);
	for (i = 0; i < a->num_realms; i++) {
		assert_true(digest_same(&a->realms[i].rim, &b->realms[i].rim));
		assert_true(digest_same(&a->realms[i].rpv, &b->realms[i].rpv));
		for (j = 0; j < REALM_REMS; j++)
			assert_true(digest_same(&a->realms[i].rems[j], &b->realms[i].rems[j]));
	}
}

static bool holds_all_values(enum realm_refvals_format format)
{
	return format <= REALM_REFVALS_COMID_JSON || format == REALM_REFVALS_JSON;
}

static bool round_trip(struct realm_ctx *ctx, const struct realm_refvals *refvals, enum realm_refvals_format format)
{
	struct realm_refvals *again = new_set(ctx);
	uint8_t *once, *twice;
	size_t len, len_again;

	if (!write_set(refvals, format, &once, &len)) {
		realm_refvals_free(again);
		return false;
	}
	assert_int_equal(realm_refvals_add(again, "written", once, len), 0);
	if (holds_all_values(format))
		assert_same_values(refvals, again);
	assert_true(write_set(again, format, &twice, &len_again));
	assert_int_equal(len, len_again);
	assert_memory_equal(once, twice, len);
	realm_free(twice);
	assert_true(write_set(refvals, format, &twice, &len_again));
	assert_int_equal(len, len_again);
	assert_memory_equal(once, twice, len);
	realm_free(once);
	realm_free(twice);
	realm_refvals_free(again);
	return true;
}

static void what_is_written_is_read_and_written_again(void **state)
{
	unsigned int written[REALM_REFVALS_JSON + 1] = { 0 }, format, round;
	uint32_t seed = 5;

	for (round = 0; round < 300; round++) {
		struct realm_refvals *refvals = random_set(*state, &seed);

		for (format = REALM_REFVALS_CORIM; format <= REALM_REFVALS_JSON; format++)
			written[format] += round_trip(*state, refvals, (enum realm_refvals_format)format);
		realm_refvals_free(refvals);
	}
	for (format = REALM_REFVALS_CORIM; format <= REALM_REFVALS_JSON; format++)
		assert_in_range(written[format], 40, 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(plan_gives_a_value_for_each_rim),
		fixture_test(equal_rims_are_one_value),
		fixture_test(rems_of_the_hash_are_taken),
		fixture_test(failed_plan_adds_nothing),
		fixture_test(rim_is_all_that_is_known),
		fixture_test(failed_file_adds_nothing),
		fixture_test(too_large_is_refused_before_it_is_read),
		fixture_test(platforms_are_given),
		cmocka_unit_test(names_and_formats_match),
		ctx_test(what_is_written_is_read_and_written_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
