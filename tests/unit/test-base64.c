/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-base64.c - both alphabets, and what is refused */
#include "unit.h"

#include "base64.h"

struct pair {
	const char *plain;
	const char *standard;
	const char *url;
};

/* RFC 4648, section 10; the last two are of the characters in which the alphabets differ */
static const struct pair pairs[] = {
	{ "", "", "" },
	{ "f", "Zg==", "Zg" },
	{ "fo", "Zm8=", "Zm8" },
	{ "foo", "Zm9v", "Zm9v" },
	{ "foob", "Zm9vYg==", "Zm9vYg" },
	{ "fooba", "Zm9vYmE=", "Zm9vYmE" },
	{ "foobar", "Zm9vYmFy", "Zm9vYmFy" },
	{ "\xfb\xff", "+/8=", "-_8" },
	{ "\xff\xef\xbe", "/+++", "_---" },
};

static void encode_is_rfc_4648(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		char *standard = base64_encode(BASE64_STANDARD, pairs[i].plain, strlen(pairs[i].plain));
		char *url = base64_encode(BASE64_URL, pairs[i].plain, strlen(pairs[i].plain));

		assert_string_equal(standard, pairs[i].standard);
		assert_string_equal(url, pairs[i].url);
		free(standard);
		free(url);
	}
}

static void assert_decodes(enum base64 kind, const char *text, const char *plain)
{
	uint8_t *data;
	size_t len;

	assert_int_equal(base64_decode(kind, text, strlen(text), &data, &len), 0);
	assert_int_equal(len, strlen(plain));
	assert_memory_equal(data, plain, len);
	free(data);
}

static void decode_takes_what_encode_gives(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		assert_decodes(BASE64_STANDARD, pairs[i].standard, pairs[i].plain);
		assert_decodes(BASE64_URL, pairs[i].url, pairs[i].plain);
	}
	assert_decodes(BASE64_URL, "Zm8=", "fo");
}

struct bad {
	enum base64 kind;
	const char *text;
};

static const struct bad bads[] = {
	{ BASE64_STANDARD, "Zg" },	{ BASE64_STANDARD, "Zg=" },   { BASE64_STANDARD, "Zh==" },
	{ BASE64_STANDARD, "Zm9=" },	{ BASE64_STANDARD, "Z" },     { BASE64_STANDARD, "====" },
	{ BASE64_STANDARD, "Z===" },	{ BASE64_STANDARD, "Zg==Zg==" }, { BASE64_STANDARD, "Zm9v\n" },
	{ BASE64_STANDARD, "Zm9v\n\n\n\n" }, { BASE64_STANDARD, " Zm9" }, { BASE64_STANDARD, "-_8=" },
	{ BASE64_STANDARD, "Zm9\xff" }, { BASE64_STANDARD, "Zm=v" },  { BASE64_STANDARD, "=m9v" },
	{ BASE64_STANDARD, "Zm9*" },	{ BASE64_URL, "+/8" },	      { BASE64_URL, "Zh" },
	{ BASE64_URL, "Zm9" },		{ BASE64_URL, "Z" },	      { BASE64_URL, "Zm9vZ" },
	{ BASE64_URL, "Zm8=Zm8=" },	{ BASE64_URL, "Zg=" },	      { BASE64_URL, "Zm9v=" },
};

static void decode_is_strict(void **state)
{
	uint8_t *data = NULL;
	size_t len, i;

	for (i = 0; i < ARRAY_SIZE(bads); i++)
		if (base64_decode(bads[i].kind, bads[i].text, strlen(bads[i].text), &data, &len) != -EBADMSG)
			fail_msg("\"%s\" is taken", bads[i].text);
	assert_int_equal(base64_decode(BASE64_STANDARD, "Zm9\0", 4, &data, &len), -EBADMSG);
	assert_null(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encode_is_rfc_4648),
		cmocka_unit_test(decode_takes_what_encode_gives),
		cmocka_unit_test(decode_is_strict),
	};

	return cmocka_run_group_tests_name("base64", tests, NULL, NULL);
}
