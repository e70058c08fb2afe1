/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-appraise-platform.c - a platform's software components and configuration against reference values */
#include "refvals.h"
#include "verify.h"

/* The kit's components are BL1 of version 1.2 and RMM without one, its configuration is four bytes 0xcf. */
static const uint8_t config[] = { 0xcf, 0xcf, 0xcf, 0xcf };

struct platform {
	struct ref_platform refs[2];
	struct realm_component components[2];
	struct realm_refvals refvals;
};

/* One reference value with everything that the kit has. */
static void expect_all(struct scene *scene, struct platform *platform)
{
	struct ref_platform *ref = &platform->refs[0];

	memset(platform, 0, sizeof(*platform));
	memcpy(ref->implementation_id, scene->kit.implementation_id.data, sizeof(ref->implementation_id));
	memcpy(platform->components, scene->kit.components, sizeof(platform->components));
	ref->components = platform->components;
	ref->num_components = 2;
	ref->config = (struct realm_bytes){ config, sizeof(config) };
	platform->refvals.platforms = platform->refs;
	platform->refvals.num_platforms = 1;
	scene->opts.refvals = &platform->refvals;
}

static void assert_judged(struct scene *scene, enum realm_result result, const char *compared)
{
	char line[CHECK_COUNT + 3];

	snprintf(line, sizeof(line), "ggggggggg nnnnnnnn %s", compared);
	assert_int_equal(judge(scene), result);
	assert_string_equal(line_of(scene->verdict), line);
}

static void what_is_expected_is_found(void **state)
{
	struct scene *scene = *state;
	struct platform platform;

	expect_all(scene, &platform);
	assert_judged(scene, REALM_ACCEPTED, "gg");
	assert_check(scene->verdict, "software-components", REALM_CHECK_GOOD, "2 reference values", "2 components",
		     NULL);
	assert_check(scene->verdict, "configuration", REALM_CHECK_GOOD, "cfcfcfcf", "cfcfcfcf", NULL);
	assert_why(scene->verdict, "rim", "not appraised: no reference value given");
}

static void either_may_be_left_open(void **state)
{
	struct scene *scene = *state;
	struct platform platform;

	expect_all(scene, &platform);
	platform.refs[0].config.len = 0;
	assert_judged(scene, REALM_ACCEPTED, "gn");
	assert_why(scene->verdict, "configuration", "not appraised: no reference value given");
	expect_all(scene, &platform);
	platform.refs[0].num_components = 0;
	assert_judged(scene, REALM_ACCEPTED, "ng");
	assert_why(scene->verdict, "software-components", "not appraised: no reference value given");
}

static void another_implementation_is_different(void **state)
{
	struct scene *scene = *state;
	struct platform platform;

	expect_all(scene, &platform);
	platform.refs[0].implementation_id[31] ^= 1;
	assert_judged(scene, REALM_DIFFERENT, "bn");
	assert_check(scene->verdict, "software-components", REALM_CHECK_BAD, NULL, NULL,
		     "no reference value for this implementation id");
	assert_why(scene->verdict, "configuration", "no reference value for this implementation id");
}

/* ---- components ---- */

static const uint8_t other[64] = { 0xee };

/* One value of the reference changed: which component is blamed, and for what? */
static void every_value_of_a_component_is_compared(void **state)
{
	struct scene *scene = *state;
	struct platform platform;

	expect_all(scene, &platform);
	platform.components[0].measurement.data = other;
	assert_judged(scene, REALM_DIFFERENT, "bg");
	assert_why(scene->verdict, "software-components", "no reference value fits: BL1");
	expect_all(scene, &platform);
	platform.components[1].signer.data = other;
	assert_judged(scene, REALM_DIFFERENT, "bg");
	assert_why(scene->verdict, "software-components", "no reference value fits: RMM");
	expect_all(scene, &platform);
	platform.components[0].version = "1.3";
	assert_judged(scene, REALM_DIFFERENT, "bg");
	assert_why(scene->verdict, "software-components", "no reference value fits: BL1");
	expect_all(scene, &platform);
	platform.components[1].version = "1.0"; /* the token states none */
	assert_judged(scene, REALM_DIFFERENT, "bg");
	assert_why(scene->verdict, "software-components", "no reference value fits: RMM");
	expect_all(scene, &platform);
	platform.components[0].name = "BL2";
	assert_judged(scene, REALM_DIFFERENT, "bg");
	assert_why(scene->verdict, "software-components", "no reference value fits: BL1");
	expect_all(scene, &platform);
	platform.components[0].measurement.len = platform.components[0].signer.len = 31;
	assert_judged(scene, REALM_DIFFERENT, "bg");
}

static void name_and_version_may_be_left_open(void **state)
{
	struct scene *scene = *state;
	struct platform platform;

	expect_all(scene, &platform);
	platform.components[0].version = NULL;
	assert_judged(scene, REALM_ACCEPTED, "gg");
	platform.components[0].name = platform.components[1].name = NULL;
	assert_judged(scene, REALM_ACCEPTED, "gg");
}

static void what_does_not_fit_is_listed_and_the_list_is_cut(void **state)
{
	struct scene *scene = *state;
	struct realm_component six[6];
	struct platform platform;
	uint8_t measurements[6][32] = { { 0 } };
	size_t i;

	expect_all(scene, &platform);
	for (i = 0; i < 6; i++) {
		measurements[i][0] = (uint8_t)i;
		six[i] = scene->kit.components[0];
		six[i].name = NULL;
		six[i].measurement.data = measurements[i];
	}
	scene->kit.components = six;
	scene->kit.num_components = 6;
	assert_judged(scene, REALM_DIFFERENT, "bg");
	assert_check(scene->verdict, "software-components", REALM_CHECK_BAD, "2 reference values", "6 components",
		     "no reference value fits: 0000000000000000, 0100000000000000, 0200000000000000, "
		     "0300000000000000 and 2 more");
	scene->kit.num_components = 4;
	assert_judged(scene, REALM_DIFFERENT, "bg");
	assert_null(strstr(check_of(scene->verdict, "software-components").why, "more"));
}

/* A component that should be there was perhaps not measured. */
static void a_component_that_is_missing_is_told(void **state)
{
	struct scene *scene = *state;
	struct platform platform;

	expect_all(scene, &platform);
	scene->kit.num_components = 1;
	assert_judged(scene, REALM_DIFFERENT, "bg");
	assert_check(scene->verdict, "software-components", REALM_CHECK_BAD, "2 reference values", "1 components",
		     "expected and not in the token: RMM");
	platform.components[1].name = NULL;
	assert_judged(scene, REALM_DIFFERENT, "bg");
	assert_why(scene->verdict, "software-components", "expected and not in the token: 3333333333333333");
}

/* Two versions of a component are both fine, and not both needed. */
static void references_of_one_name_are_alternatives(void **state)
{
	struct scene *scene = *state;
	struct realm_component three[3];
	struct platform platform;

	expect_all(scene, &platform);
	memcpy(three, scene->kit.components, 2 * sizeof(three[0]));
	three[2] = three[0];
	three[2].version = "1.3";
	three[2].measurement.data = other;
	platform.refs[0].components = three;
	platform.refs[0].num_components = 3;
	assert_judged(scene, REALM_ACCEPTED, "gg");
	three[2].name = "BL2"; /* another component is no alternative */
	assert_judged(scene, REALM_DIFFERENT, "bg");
	assert_why(scene->verdict, "software-components", "expected and not in the token: BL2");
}

/* Values that come in several files or triples count together. */
static void references_of_one_implementation_count_together(void **state)
{
	struct scene *scene = *state;
	struct platform platform;

	expect_all(scene, &platform);
	platform.refs[1] = platform.refs[0];
	platform.refs[0].num_components = 1;
	platform.refs[1].num_components = 1;
	platform.refs[1].components = &platform.components[1];
	platform.refs[0].config = (struct realm_bytes){ other, 4 };
	platform.refvals.num_platforms = 2;
	assert_judged(scene, REALM_ACCEPTED, "gg");
	assert_check(scene->verdict, "configuration", REALM_CHECK_GOOD, "cfcfcfcf", "cfcfcfcf", NULL);
	platform.refs[1].implementation_id[0] ^= 1;
	assert_judged(scene, REALM_DIFFERENT, "bb");
	assert_check(scene->verdict, "configuration", REALM_CHECK_BAD, "ee000000", "cfcfcfcf", NULL);
	assert_why(scene->verdict, "software-components", "no reference value fits: RMM");
}

/* ---- configuration ---- */

struct config_case {
	uint8_t value[4], mask[4];
	size_t len, mask_len;
	char outcome;
};

static const struct config_case configs[] = {
	{ { 0xcf, 0xcf, 0xcf, 0xcf }, { 0 }, 4, 0, 'g' },
	{ { 0xcf, 0xcf, 0xcf, 0xce }, { 0 }, 4, 0, 'b' },
	{ { 0xcf, 0xcf, 0xcf }, { 0 }, 3, 0, 'b' },
	{ { 0xcf, 0xcf, 0xcf, 0xcf }, { 0xff, 0xff, 0xff, 0xff }, 4, 4, 'g' },
	{ { 0xcf, 0xcf, 0xcf, 0xce }, { 0xff, 0xff, 0xff, 0xff }, 4, 4, 'b' },
	{ { 0xcf, 0xcf, 0xcf, 0xce }, { 0xff, 0xff, 0xff, 0xfe }, 4, 4, 'g' },
	{ { 0x4f, 0, 0, 0 }, { 0x7f, 0, 0, 0 }, 4, 4, 'g' },
	{ { 0x4f, 0, 0, 0 }, { 0x80, 0, 0, 0 }, 4, 4, 'b' },
	{ { 0xcf, 0xcf, 0xcf }, { 0xff, 0xff, 0xff }, 3, 3, 'b' },
	{ { 0xcf, 0xcf, 0xcf, 0xcf }, { 0xff, 0xff, 0xff }, 4, 3, 'b' },
	{ { 0xcf, 0xcf, 0xcf, 0xcf }, { 0xff, 0xff, 0xff }, 3, 4, 'b' },
};

static void configurations_are_compared_under_their_mask(void **state)
{
	struct scene *scene = *state;
	struct platform platform;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(configs); i++) {
		const struct config_case *c = &configs[i];
		char line[] = "g?";

		expect_all(scene, &platform);
		platform.refs[0].config = (struct realm_bytes){ c->value, c->len };
		platform.refs[0].config_mask = (struct realm_bytes){ c->mask, c->mask_len };
		line[1] = c->outcome;
		assert_judged(scene, c->outcome == 'g' ? REALM_ACCEPTED : REALM_DIFFERENT, line);
		assert_true(same_text(check_of(scene->verdict, "configuration").why,
				      c->outcome == 'g' && c->mask_len ? "but for the bits that do not count" : NULL));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scene_test(what_is_expected_is_found),
		scene_test(either_may_be_left_open),
		scene_test(another_implementation_is_different),
		scene_test(every_value_of_a_component_is_compared),
		scene_test(name_and_version_may_be_left_open),
		scene_test(what_does_not_fit_is_listed_and_the_list_is_cut),
		scene_test(a_component_that_is_missing_is_told),
		scene_test(references_of_one_name_are_alternatives),
		scene_test(references_of_one_implementation_count_together),
		scene_test(configurations_are_compared_under_their_mask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
