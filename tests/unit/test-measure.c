/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-measure.c - RIM and REM, held against values of TF-RMM and of a public calculation tool */
#include "unit.h"

static struct realm_ctx *ctx;

static int setup(void **state)
{
	return realm_ctx_new(&ctx);
}

static int teardown(void **state)
{
	realm_ctx_free(ctx);
	return 0;
}

static void assert_hex(const uint8_t *bytes, size_t len, const char *expected)
{
	char hex[2 * REALM_DIGEST_MAX + 1] = "";
	size_t i;

	for (i = 0; i < len; i++)
		sprintf(hex + 2 * i, "%02x", bytes[i]);
	assert_string_equal(hex, expected);
}

/* ---- the value after the realm event ---- */

struct start_case {
	const char *source;
	enum realm_profile profile;
	enum realm_hash hash;
	struct realm_event event;
	const char *rim;
};

#define EVENT(...)                                                                                                     \
	{                                                                                                              \
		.sz = sizeof(struct realm_event), __VA_ARGS__                                                          \
	}
#define TOOL "veraison realm-measurement 08aaf5a"
#define TF_RMM "TF-RMM 9a7f8ef4 (rmm2.0) and rmm-spec-v1.x-aligned 2f49356c (rmm1.x)"

static const struct start_case starts[] = {
	{ TOOL, REALM_PROFILE_RMM_1_0, REALM_HASH_SHA256,
	  EVENT(.type = REALM_EVENT_REALM, .s2sz = 48, .num_bps = 1, .num_wps = 1),
	  "6739dfb22b75ee1268d08dfa8369f501bc0b066243553f069f560d1fa1172973" },
	{ TOOL, REALM_PROFILE_RMM_1_0, REALM_HASH_SHA512,
	  EVENT(.type = REALM_EVENT_REALM, .s2sz = 48, .num_bps = 1, .num_wps = 1),
	  "799e434048fb57eb9d4f0e2a2b98158720377252deab2bdfcd69b5a8f82237f4"
	  "34bd6bb1c75bf160a2d49382f733b3439a3ff769e4ea5dd9a6f72239d44bbbab" },
	{ TF_RMM, REALM_PROFILE_TF_RMM_2_0, REALM_HASH_SHA256,
	  EVENT(.type = REALM_EVENT_REALM, .s2sz = 40, .num_bps = 1, .num_wps = 1),
	  "045cb3602843a6845cb710fbbfbb92f0c7d611afe0106ac2953e46950a70c42b" },
	{ TF_RMM, REALM_PROFILE_RMM_1_0, REALM_HASH_SHA256,
	  EVENT(.type = REALM_EVENT_REALM, .s2sz = 40, .flags = 2, .sve_vl = 3, .num_bps = 1, .num_wps = 1),
	  "7c50bf1a0728dee8a9dbadc8f61d869041641c48bf9b8680d5ac2ff621ff0398" },
	{ TF_RMM, REALM_PROFILE_TF_RMM_2_0, REALM_HASH_SHA256,
	  EVENT(.type = REALM_EVENT_REALM, .s2sz = 40, .flags = 4, .num_bps = 1, .num_wps = 1),
	  "635c2dfe0c20e7dc06dc585c9a316812ebfc5a7718c396527515ddfb008df3dd" },
	{ TF_RMM, REALM_PROFILE_TF_RMM_2_0, REALM_HASH_SHA256,
	  EVENT(.type = REALM_EVENT_REALM, .s2sz = 52, .flags = 1, .num_bps = 1, .num_wps = 1),
	  "5a1f0df7a1b4ec73b4064bb7e5f793af4e86237a4576d68250e736ee7aac9956" },
	{ TF_RMM, REALM_PROFILE_TF_RMM_2_0, REALM_HASH_SHA384,
	  EVENT(.type = REALM_EVENT_REALM, .s2sz = 42, .flags = 0xa, .sve_vl = 2, .num_bps = 5, .num_wps = 2),
	  "bf8021a672291e6cbb29d7b88e330ec6b5ef433e003e9fe7cffb62b823a88409"
	  "de11df9eb7b349b797944701f0faff3a" },
	{ "DEN0137 2.0-bet1: starts as zero", REALM_PROFILE_RMM_2_0, REALM_HASH_SHA256,
	  EVENT(.type = REALM_EVENT_REALM, .s2sz = 40, .flags = 0xa, .sve_vl = 2, .num_bps = 5, .num_wps = 2),
	  "0000000000000000000000000000000000000000000000000000000000000000" },
};

static void rim_after_realm_is_the_known_one(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(starts); i++) {
		const struct start_case *c = &starts[i];
		struct realm_rim *rim;

		assert_int_equal(realm_rim_new(ctx, c->profile, c->hash, &rim), 0);
		assert_int_equal(realm_rim_extend(rim, &c->event), 0);
		assert_hex(realm_rim_value(rim), realm_hash_size(c->hash), c->rim);
		realm_rim_free(rim);
	}
}

/* ---- single extensions ---- */

static struct realm_rim *started(enum realm_profile profile)
{
	static const struct realm_event realm =
		EVENT(.type = REALM_EVENT_REALM, .s2sz = 40, .num_bps = 1, .num_wps = 1);
	struct realm_rim *rim;

	assert_int_equal(realm_rim_new(ctx, profile, REALM_HASH_SHA256, &rim), 0);
	assert_int_equal(realm_rim_extend(rim, &realm), 0);
	return rim;
}

/* TF-RMM vector c03: a runnable REC at 0x80000000, then one that is not runnable. */
static void rec_runnable_extends_and_other_does_not(void **state)
{
	static const char after[] = "60c6b5ce35bcc350ae2c0afb67374f3d60f5166c8017298213468710b63c4454";
	static const struct realm_event runnable = EVENT(.type = REALM_EVENT_REC, .flags = 1, .pc = 0x80000000);
	static const struct realm_event waiting = EVENT(.type = REALM_EVENT_REC, .flags = 0, .pc = 0x80001000);
	struct realm_rim *rim = started(REALM_PROFILE_TF_RMM_2_0);

	assert_int_equal(realm_rim_extend(rim, &runnable), 0);
	assert_hex(realm_rim_value(rim), 32, after);
	assert_int_equal(realm_rim_extend(rim, &waiting), 0);
	assert_hex(realm_rim_value(rim), 32, after);
	realm_rim_free(rim);
}

/* TF-RMM vectors d01 and d02: one page of bytes j & 0xff at IPA 0, measured and not. */
static void data_measured_and_not_is_the_known_one(void **state)
{
	struct realm_event data = EVENT(.type = REALM_EVENT_DATA, .flags = 1);
	uint8_t page[4096];
	struct realm_rim *rim = started(REALM_PROFILE_TF_RMM_2_0);
	size_t i;

	for (i = 0; i < sizeof(page); i++)
		page[i] = (uint8_t)i;
	assert_int_equal(realm_digest(REALM_HASH_SHA256, page, sizeof(page), data.content), 0);
	assert_int_equal(realm_rim_extend(rim, &data), 0);
	assert_hex(realm_rim_value(rim), 32, "93ed3eafa03e5e68a696a4526a5ff1c9a05d862294f2c632c12071f1a3da0d45");
	realm_rim_free(rim);

	rim = started(REALM_PROFILE_TF_RMM_2_0);
	data.flags = 0; /* the content given is not looked at */
	assert_int_equal(realm_rim_extend(rim, &data), 0);
	assert_hex(realm_rim_value(rim), 32, "c1e24158db772f6b6c8c8d0df297a74a5a6c79a5e91aac25e08ce67dd3ee1815");
	realm_rim_free(rim);
}

static void ripas_extends_in_1_0_only(void **state)
{
	static const struct realm_event ripas = EVENT(.type = REALM_EVENT_RIPAS, .base = 0, .top = 0x200000);
	enum realm_profile profile;

	for (profile = REALM_PROFILE_RMM_1_0; profile <= REALM_PROFILE_TF_RMM_2_0; profile++) {
		struct realm_rim *rim = started(profile);
		uint8_t before[32];

		memcpy(before, realm_rim_value(rim), sizeof(before));
		assert_int_equal(realm_rim_extend(rim, &ripas), 0);
		assert_int_equal(!memcmp(before, realm_rim_value(rim), sizeof(before)),
				 profile != REALM_PROFILE_RMM_1_0);
		realm_rim_free(rim);
	}
}

/* ---- order and arguments ---- */

static void event_out_of_order_is_busy_and_changes_nothing(void **state)
{
	static const struct realm_event realm = EVENT(.type = REALM_EVENT_REALM, .s2sz = 40);
	static const struct realm_event rec = EVENT(.type = REALM_EVENT_REC, .flags = 1);
	static const struct realm_event activate = EVENT(.type = REALM_EVENT_ACTIVATE);
	struct realm_rim *rim;
	uint8_t before[32];

	assert_int_equal(realm_rim_new(ctx, REALM_PROFILE_RMM_1_0, REALM_HASH_SHA256, &rim), 0);
	assert_int_equal(realm_rim_extend(rim, &rec), -EBUSY);
	assert_int_equal(realm_rim_extend(rim, &activate), -EBUSY);
	assert_int_equal(realm_rim_extend(rim, &realm), 0);
	memcpy(before, realm_rim_value(rim), sizeof(before));
	assert_int_equal(realm_rim_extend(rim, &realm), -EBUSY);
	assert_int_equal(realm_rim_extend(rim, &activate), 0);
	assert_int_equal(realm_rim_extend(rim, &rec), -EBUSY);
	assert_int_equal(realm_rim_extend(rim, &activate), -EBUSY);
	assert_memory_equal(before, realm_rim_value(rim), sizeof(before));
	realm_rim_free(rim);
}

static void rim_bad_arguments_are_refused(void **state)
{
	struct {
		struct realm_event event;
		uint64_t newer;
	} big = { { .sz = sizeof(big), .type = REALM_EVENT_REALM }, 1 };
	struct realm_event event = EVENT(.type = REALM_EVENT_REALM);
	struct realm_rim *rim = NULL;

	assert_int_equal(realm_rim_new(NULL, REALM_PROFILE_RMM_1_0, REALM_HASH_SHA256, &rim), -EINVAL);
	assert_int_equal(realm_rim_new(ctx, REALM_PROFILE_ANY, REALM_HASH_SHA256, &rim), -EINVAL);
	assert_int_equal(realm_rim_new(ctx, (enum realm_profile)9, REALM_HASH_SHA256, &rim), -EINVAL);
	assert_int_equal(realm_rim_new(ctx, REALM_PROFILE_RMM_1_0, (enum realm_hash)3, &rim), -EINVAL);
	assert_int_equal(realm_rim_new(ctx, REALM_PROFILE_RMM_1_0, REALM_HASH_SHA256, NULL), -EINVAL);
	assert_int_equal(realm_rim_new(ctx, REALM_PROFILE_RMM_1_0, REALM_HASH_SHA384, &rim), -EOPNOTSUPP);
	assert_null(rim);
	assert_int_equal(realm_rim_extend(NULL, &event), -EINVAL);
	assert_null(realm_rim_value(NULL));
	realm_rim_free(NULL);

	assert_int_equal(realm_rim_new(ctx, REALM_PROFILE_RMM_1_0, REALM_HASH_SHA256, &rim), 0);
	assert_int_equal(realm_rim_extend(rim, NULL), -EINVAL);
	assert_int_equal(realm_rim_extend(rim, &big.event), -EINVAL);
	event.sz = 0;
	assert_int_equal(realm_rim_extend(rim, &event), -EINVAL);
	event = (struct realm_event)EVENT(.type = (enum realm_event_type)0);
	assert_int_equal(realm_rim_extend(rim, &event), -EINVAL);
	event.type = (enum realm_event_type)6;
	assert_int_equal(realm_rim_extend(rim, &event), -EINVAL);
	realm_rim_free(rim);
}

/* ---- REM ---- */

/* facts of TF-RMM: H(old digest || exactly size bytes); three extensions in a row, the last one empty. */
static void rem_extend_is_the_known_one(void **state)
{
	uint8_t value[32], rem[REALM_DIGEST_MAX] = { 0 };
	size_t i;

	for (i = 0; i < sizeof(value); i++)
		value[i] = (uint8_t)i;
	assert_int_equal(realm_rem_extend(REALM_HASH_SHA256, rem, value, sizeof(value)), 0);
	assert_hex(rem, 32, "bb2275c49f28ad52cae6d55e34a974a58c7a3ba26f976e8ecbbe7a536918dc73");
	assert_int_equal(realm_rem_extend(REALM_HASH_SHA256, rem, "boot-event", 10), 0);
	assert_hex(rem, 32, "dcf66e2097214733e4b5dae75986ecb585be9682c202bfbf1602229e0974ecd1");
	assert_int_equal(realm_rem_extend(REALM_HASH_SHA256, rem, NULL, 0), 0);
	assert_hex(rem, 32, "6c8e3fb432c5d847033847488a57faca4e761d73e7f62e002faf9bbc3831630c");
	for (i = 32; i < sizeof(rem); i++)
		assert_int_equal(rem[i], 0);
}

static void rem_bad_arguments_are_refused(void **state)
{
	uint8_t rem[REALM_DIGEST_MAX] = { 0 }, value[65] = { 0 };

	assert_int_equal(realm_rem_extend(REALM_HASH_SHA256, NULL, value, 1), -EINVAL);
	assert_int_equal(realm_rem_extend(REALM_HASH_SHA256, rem, NULL, 1), -EINVAL);
	assert_int_equal(realm_rem_extend(REALM_HASH_SHA256, rem, value, 65), -EINVAL);
	assert_int_equal(realm_rem_extend((enum realm_hash)3, rem, value, 1), -EINVAL);
	assert_memory_equal(rem, (uint8_t[REALM_DIGEST_MAX]){ 0 }, sizeof(rem));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rim_after_realm_is_the_known_one),
		cmocka_unit_test(rec_runnable_extends_and_other_does_not),
		cmocka_unit_test(data_measured_and_not_is_the_known_one),
		cmocka_unit_test(ripas_extends_in_1_0_only),
		cmocka_unit_test(event_out_of_order_is_busy_and_changes_nothing),
		cmocka_unit_test(rim_bad_arguments_are_refused),
		cmocka_unit_test(rem_extend_is_the_known_one),
		cmocka_unit_test(rem_bad_arguments_are_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
