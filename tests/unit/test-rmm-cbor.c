/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-rmm-cbor.c - CBOR as the RMM writes it: the examples of RFC 8949, Appendix A, and buffers that are too small */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <cmocka.h>

#include "sign1.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct bytes {
	size_t len;
	const char *data;
};

#define BYTES(literal) { sizeof(literal) - 1, literal }

static void assert_bytes(const struct rmm_cbor *out, struct bytes want)
{
	assert_int_equal(out->len, want.len);
	assert_memory_equal(out->buf, want.data, want.len);
}

static void integers(void **state)
{
	static const struct {
		int64_t value;
		struct bytes want;
	} cases[] = {
		{ 0, BYTES("\x00") },
		{ 1, BYTES("\x01") },
		{ 10, BYTES("\x0a") },
		{ 23, BYTES("\x17") },
		{ 24, BYTES("\x18\x18") },
		{ 25, BYTES("\x18\x19") },
		{ 100, BYTES("\x18\x64") },
		{ 1000, BYTES("\x19\x03\xe8") },
		{ 1000000, BYTES("\x1a\x00\x0f\x42\x40") },
		{ 1000000000000, BYTES("\x1b\x00\x00\x00\xe8\xd4\xa5\x10\x00") },
		{ -1, BYTES("\x20") },
		{ -10, BYTES("\x29") },
		{ -100, BYTES("\x38\x63") },
		{ -1000, BYTES("\x39\x03\xe7") },
		/* Not of the appendix: the ends of each width */
		{ 255, BYTES("\x18\xff") },
		{ 256, BYTES("\x19\x01\x00") },
		{ 65535, BYTES("\x19\xff\xff") },
		{ 65536, BYTES("\x1a\x00\x01\x00\x00") },
		{ 4294967295, BYTES("\x1a\xff\xff\xff\xff") },
		{ 4294967296, BYTES("\x1b\x00\x00\x00\x01\x00\x00\x00\x00") },
		{ INT64_MAX, BYTES("\x1b\x7f\xff\xff\xff\xff\xff\xff\xff") },
		{ INT64_MIN, BYTES("\x3b\x7f\xff\xff\xff\xff\xff\xff\xff") },
	};
	uint8_t buf[16];

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rmm_cbor out = { buf, sizeof(buf), 0 };

		rmm_cbor_int(&out, cases[i].value);
		assert_bytes(&out, cases[i].want);
	}
}

static void largest_integers(void **state)
{
	uint8_t buf[18];
	struct rmm_cbor out = { buf, sizeof(buf), 0 };

	rmm_cbor_head(&out, RMM_CBOR_UINT, UINT64_MAX);
	rmm_cbor_head(&out, RMM_CBOR_NINT, UINT64_MAX);
	assert_bytes(&out, (struct bytes)BYTES("\x1b\xff\xff\xff\xff\xff\xff\xff\xff\x3b\xff\xff\xff\xff\xff\xff\xff\xff"));
}

static void strings(void **state)
{
	static const struct {
		const char *text;
		struct bytes want;
	} cases[] = {
		{ "", BYTES("\x60") },
		{ "a", BYTES("\x61\x61") },
		{ "IETF", BYTES("\x64\x49\x45\x54\x46") },
		{ "\"\\", BYTES("\x62\x22\x5c") },
		{ "\xc3\xbc", BYTES("\x62\xc3\xbc") },
	};
	uint8_t buf[16];

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rmm_cbor out = { buf, sizeof(buf), 0 };

		rmm_cbor_text(&out, cases[i].text);
		assert_bytes(&out, cases[i].want);
		out.len = 0;
		rmm_cbor_bytes(&out, cases[i].text, strlen(cases[i].text));
		assert_int_equal(buf[0], (cases[i].want.data[0] & 0x1f) | 0x40);
		assert_memory_equal(buf + 1, cases[i].want.data + 1, cases[i].want.len - 1);
	}
}

/* [1, [2, 3], [4, 5]]; {1: 2, 3: 4}; 32("http://www.example.com"); h'01020304' */
static void collections_and_tags(void **state)
{
	uint8_t buf[64];
	struct rmm_cbor out = { buf, sizeof(buf), 0 };

	rmm_cbor_head(&out, RMM_CBOR_ARRAY, 3);
	rmm_cbor_int(&out, 1);
	rmm_cbor_head(&out, RMM_CBOR_ARRAY, 2);
	rmm_cbor_int(&out, 2);
	rmm_cbor_int(&out, 3);
	rmm_cbor_raw(&out, "\x82\x04\x05", 3);
	assert_bytes(&out, (struct bytes)BYTES("\x83\x01\x82\x02\x03\x82\x04\x05"));
	out.len = 0;
	rmm_cbor_head(&out, RMM_CBOR_MAP, 2);
	for (int i = 1; i <= 4; i++)
		rmm_cbor_int(&out, i);
	assert_bytes(&out, (struct bytes)BYTES("\xa2\x01\x02\x03\x04"));
	out.len = 0;
	rmm_cbor_head(&out, RMM_CBOR_TAG, 32);
	rmm_cbor_text(&out, "http://www.example.com");
	assert_bytes(&out, (struct bytes)BYTES("\xd8\x20\x76http://www.example.com"));
	out.len = 0;
	rmm_cbor_bytes(&out, "\x01\x02\x03\x04", 4);
	assert_bytes(&out, (struct bytes)BYTES("\x44\x01\x02\x03\x04"));
}

/* Nothing is written past the end, and all is counted. */
static void small_buffers(void **state)
{
	uint8_t buf[8];

	for (size_t size = 0; size <= 6; size++) {
		struct rmm_cbor out = { buf, size, 0 };

		memset(buf, 0xee, sizeof(buf));
		rmm_cbor_text(&out, "IETF");
		rmm_cbor_int(&out, 7);
		assert_int_equal(out.len, 6);
		for (size_t i = size; i < sizeof(buf); i++)
			assert_int_equal(buf[i], 0xee);
	}
	assert_memory_equal(buf, "\x64IETF\x07", 6);
}

/* A COSE_Sign1 with ES384 and what it signs (RFC 9052, 4.2 and 4.4) */
static void sign1(void **state)
{
	uint8_t buf[64];
	struct rmm_cbor out = { buf, sizeof(buf), 0 };

	rmm_sign1_head(&out, 0x20);
	assert_bytes(&out, (struct bytes)BYTES("\xd2\x84\x44\xa1\x01\x38\x22\xa0\x58\x20"));
	out.len = 0;
	rmm_sign1_tbs_head(&out, 0x20);
	assert_bytes(&out, (struct bytes)BYTES("\x84\x6aSignature1\x44\xa1\x01\x38\x22\x40\x58\x20"));
	out.len = 0;
	rmm_sign1_tbs_head(&out, SIZE_MAX);
	assert_true(out.len <= RMM_SIGN1_TBS_HEAD_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers),
		cmocka_unit_test(largest_integers),
		cmocka_unit_test(strings),
		cmocka_unit_test(collections_and_tags),
		cmocka_unit_test(small_buffers),
		cmocka_unit_test(sign1),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
