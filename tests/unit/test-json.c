/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-json.c - strict reading of JSON: what is taken, what is refused, and what the refusal says */
#include "unit.h"

#include "json.h"

/* ---- parsing ---- */

struct text_case {
	const char *text;
	size_t len; /* 0: strlen */
	const char *why;
};

static const struct text_case bad_texts[] = {
	{ "", 0, "column 0" },
	{ " ", 0, "column" },
	{ "{", 0, "column 1: string or '}' expected" },
	{ "[1,]", 0, "column 4: unexpected token" },
	{ "{\"a\":1,}", 0, "column 8: string or '}' expected" },
	{ "{}\n{}", 0, "line 2, column 1: end of file expected" },
	{ "{} x", 0, "end of file expected" },
	{ "{}\0", 3, "end of file expected" },
	{ "17", 0, "'[' or '{' expected" },
	{ "\"text\"", 0, "'[' or '{' expected" },
	{ "null", 0, "'[' or '{' expected" },
	{ "{'a':1}", 0, "column 2" },
	{ "{a:1}", 0, "column 2" },
	{ "// no\n{}", 0, "'[' or '{' expected" },
	{ "\xef\xbb\xbf{}", 0, "'[' or '{' expected" },
	{ "{\"a\":1,\"a\":2}", 0, "column 10: duplicate object key" },
	{ "{\"a\":{\"b\":1,\"b\":1}}", 0, "duplicate object key" },
	{ "{\"a\":\"\\u0000\"}", 0, "\\u0000 is not allowed" },
	{ "{\"\\u0000\":1}", 0, "NUL byte in object key" },
	{ "{\"a\":\"x\0y\"}", 11, "control character 0x0" },
	{ "[\0]", 3, "invalid token" },
	{ "[\"a\nb\"]", 0, "unexpected newline" },
	{ "[\"\x1b[2J\"]", 0, "control character 0x1b" },
	{ "[\"\xff\"]", 0, "unable to decode byte 0xff" },
	{ "[\"\xc0\x80\"]", 0, "unable to decode byte 0xc0" },
	{ "[\"\xed\xa0\x80\"]", 0, "unable to decode byte 0xed" },
	{ "[\"\xe2\x82\"]", 0, "unable to decode byte 0xe2" },
	{ "[\"\\ud800\"]", 0, "invalid Unicode" },
	{ "[\"\\x\"]", 0, "invalid escape" },
	{ "[01]", 0, "invalid token" },
	{ "[+1]", 0, "invalid token" },
	{ "[.5]", 0, "invalid token" },
	{ "[1.]", 0, "invalid token" },
	{ "[0x10]", 0, "']' expected" },
	{ "[NaN]", 0, "invalid token" },
	{ "[True]", 0, "invalid token" },
	{ "[9223372036854775808]", 0, "too big integer" },
	{ "[-9223372036854775809]", 0, "too big negative integer" },
	{ "[1e999]", 0, "real number overflow" },
};

static void parse_malformed_is_refused(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad_texts); i++) {
		const struct text_case *c = &bad_texts[i];
		struct jval root;
		int err = jval_parse(*state, "in.json", c->text, c->len ? c->len : strlen(c->text), &root);

		assert_error(*state, err, EBADMSG, "in.json", c->why);
	}
}

static void parse_big_integer_gives_a_hint(void **state)
{
	static const char text[] = "{\"a\":18446744073709551616}";
	struct jval root;

	assert_int_equal(jval_parse(*state, NULL, text, strlen(text), &root), -EBADMSG);
	assert_null(realm_error_where(realm_ctx_last_error(*state)));
	assert_non_null(strstr(realm_error_hint(realm_ctx_last_error(*state)), "\"0x...\" strings"));
}

static void parse_quotes_nothing_unprintable(void **state)
{
	static const char text[] = "[\x1b\x7f\xc2\x9b]";
	struct jval root;
	const char *c;

	assert_int_equal(jval_parse(*state, NULL, text, strlen(text), &root), -EBADMSG);
	for (c = realm_error_why(realm_ctx_last_error(*state)); *c; c++)
		assert_in_range(*c, ' ', '~');
}

/* depth times "[", then the ends. */
static int parse_nested(struct realm_ctx *ctx, size_t depth, const char *before)
{
	size_t used = strlen(before);
	size_t len = used + 2 * depth;
	char *text = malloc(len);
	struct jval root;
	int err;

	assert_non_null(text);
	memcpy(text, before, used);
	memset(text + used, '[', depth);
	memset(text + used + depth, ']', depth);
	err = jval_parse(ctx, NULL, text, len, &root);
	free(text);
	if (!err)
		jval_free(&root);
	return err;
}

/* [0,0,...0] with so many commas */
static int parse_commas(struct realm_ctx *ctx, size_t commas)
{
	size_t len = 2 * commas + 3, i;
	char *text = malloc(len);
	struct jval root;
	int err;

	memset(text, '0', len);
	text[0] = '[';
	for (i = 0; i < commas; i++)
		text[2 * i + 2] = ',';
	text[len - 1] = ']';
	err = jval_parse(ctx, NULL, text, len, &root);
	if (!err)
		jval_free(&root);
	free(text);
	return err;
}

static void parse_too_many_values_is_refused(void **state)
{
	assert_int_equal(parse_commas(*state, 999999), 0);
	assert_error(*state, parse_commas(*state, 1000000), EBADMSG, NULL, "more than 1000000 values");
}

static void parse_depth_is_bounded(void **state)
{
	assert_int_equal(parse_nested(*state, 32, ""), 0);
	assert_error(*state, parse_nested(*state, 33, ""), EBADMSG, NULL, "nested deeper than 32 levels");
	assert_error(*state, parse_nested(*state, 1000000, ""), EBADMSG, NULL, "nested deeper than 32 levels");
	assert_error(*state, parse_nested(*state, 100, "[\"\\\"\","), EBADMSG, NULL, "nested deeper");
}

static void parse_brackets_in_strings_do_not_nest(void **state)
{
	static const char text[] = "[\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\",[[1],[2]],{\"{\":[]}]";
	struct jval root;

	assert_int_equal(jval_parse(*state, NULL, text, strlen(text), &root), 0);
	jval_free(&root);
}

/* ---- numbers ---- */

struct number_case {
	const char *text;
	uint64_t value;
	bool size_only;
};

static const struct number_case good_numbers[] = {
	{ "0", 0, false },
	{ "9223372036854775807", UINT64_C(0x7fffffffffffffff), false },
	{ "\"0x0\"", 0, false },
	{ "\"0xfF\"", 255, false },
	{ "\"0x8000000000000000\"", UINT64_C(1) << 63, false },
	{ "\"0xffffffffffffffff\"", UINT64_MAX, false },
	{ "\"0x00000000000000000001\"", 1, false },
	{ "\"0K\"", 0, true },
	{ "\"1K\"", 1024, true },
	{ "\"256M\"", UINT64_C(268435456), true },
	{ "\"3G\"", UINT64_C(3221225472), true },
	{ "\"2T\"", UINT64_C(2199023255552), true },
	{ "\"16777215T\"", UINT64_C(0xffffff0000000000), true },
	{ "\"18014398509481983K\"", UINT64_C(0xfffffffffffffc00), true },
};

static const struct {
	const char *text;
	const char *why;
} bad_numbers[] = {
	{ "-1", "-1 is negative" },
	{ "-9223372036854775808", "-9223372036854775808 is negative" },
	{ "1.0", "expected a number, not a number with a fraction or exponent" },
	{ "1e3", "with a fraction or exponent" },
	{ "true", "not a boolean" },
	{ "null", "not null" },
	{ "[]", "not an array" },
	{ "{}", "not an object" },
	{ "\"\"", "\"\" is not a 64-bit number" },
	{ "\"0x\"", "\"0x\" is not" },
	{ "\"0\"", "\"0\" is not" },
	{ "\"12\"", "\"12\" is not" },
	{ "\"0X10\"", "\"0X10\" is not" },
	{ "\"x10\"", "\"x10\" is not" },
	{ "\" 0x10\"", "\" 0x10\" is not" },
	{ "\"0x10 \"", "\"0x10 \" is not" },
	{ "\"-0x10\"", "\"-0x10\" is not" },
	{ "\"+0x10\"", "\"+0x10\" is not" },
	{ "\"0x-1\"", "\"0x-1\" is not" },
	{ "\"0x1g\"", "\"0x1g\" is not" },
	{ "\"0x1_0\"", "\"0x1_0\" is not" },
	{ "\"0x10000000000000000\"", "is not a 64-bit number" },
	{ "\"0x10M\"", "\"0x10M\" is not" },
	{ "\"M\"", "\"M\" is not" },
	{ "\"1m\"", "\"1m\" is not" },
	{ "\"1MB\"", "\"1MB\" is not" },
	{ "\"1 M\"", "\"1 M\" is not" },
	{ "\"1.5G\"", "\"1.5G\" is not" },
	{ "\"-1M\"", "\"-1M\" is not" },
	{ "\"1P\"", "\"1P\" is not" },
	{ "\"16777216T\"", "\"16777216T\" is not" },
	{ "\"18446744073709551616K\"", "is not a 64-bit number" },
	{ "\"99999999999999999999999K\"", "is not a 64-bit number" },
	{ "\"\\u001b[2J\\n\"", "\"?[2J?\" is not" },
};

/* {"v": TEXT}, and "v" of it. */
struct member {
	struct jval root;
	struct jval val;
};

static void parse_member(struct realm_ctx *ctx, const char *text, struct member *m)
{
	char json[256];

	assert_in_range(snprintf(json, sizeof(json), "{\"v\":%s}", text), 1, sizeof(json) - 1);
	assert_int_equal(jval_parse(ctx, NULL, json, strlen(json), &m->root), 0);
	m->val = jval_key(&m->root, "v");
}

static void numbers_are_read(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good_numbers); i++) {
		const struct number_case *c = &good_numbers[i];
		uint64_t value = 99;
		struct member m;

		parse_member(*state, c->text, &m);
		assert_int_equal(jval_size(&m.val, &value), 0);
		assert_true(value == c->value);
		value = 99;
		assert_int_equal(jval_u64(&m.val, UINT64_MAX, &value), c->size_only ? -EBADMSG : 0);
		assert_true(value == (c->size_only ? 99 : c->value));
		jval_free(&m.root);
	}
}

static void numbers_malformed_are_refused(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad_numbers); i++) {
		uint64_t value = 99;
		struct member m;

		parse_member(*state, bad_numbers[i].text, &m);
		assert_error(*state, jval_u64(&m.val, UINT64_MAX, &value), EBADMSG, "$.v", bad_numbers[i].why);
		assert_error(*state, jval_size(&m.val, &value), EBADMSG, "$.v", bad_numbers[i].why);
		assert_int_equal(value, 99);
		jval_free(&m.root);
	}
}

static void u64_above_its_maximum_is_refused(void **state)
{
	uint64_t value = 99;
	struct member m;

	parse_member(*state, "256", &m);
	assert_error(*state, jval_u64(&m.val, 255, &value), EBADMSG, "$.v", "256 is more than 255");
	assert_int_equal(value, 99);
	assert_int_equal(jval_u64(&m.val, 256, &value), 0);
	assert_int_equal(value, 256);
	jval_free(&m.root);
}

/* ---- hex, strings, booleans, names ---- */

static const struct {
	const char *text;
	const char *why;
} bad_hex[] = {
	{ "\"0\"", "odd number of hex digits (1)" },
	{ "\"001122334\"", "odd number of hex digits (9)" },
	{ "\"0g\"", "not a hex digit at offset 1" },
	{ "\"0x00\"", "not a hex digit at offset 1" },
	{ "\"00 11\"", "not a hex digit at offset 2" },
	{ "\"00112233445566778\\u00e9\"", "not a hex digit at offset 17" },
	{ "\"0011223344556677aa\"", "9 bytes of hex, at most 8 fit" },
	{ "11", "expected a string, not an integer" },
	{ "null", "expected a string, not null" },
};

static void hex_is_read(void **state)
{
	static const uint8_t expected[] = { 0x00, 0x1f, 0xab, 0xcd };
	uint8_t buf[4];
	size_t len = 99;
	struct member m;

	parse_member(*state, "\"001fABcd\"", &m);
	assert_int_equal(jval_hex(&m.val, sizeof(buf), buf, &len), 0);
	assert_int_equal(len, sizeof(expected));
	assert_memory_equal(buf, expected, sizeof(expected));
	jval_free(&m.root);
	parse_member(*state, "\"\"", &m);
	assert_int_equal(jval_hex(&m.val, 0, buf, &len), 0);
	assert_int_equal(len, 0);
	jval_free(&m.root);
}

static void hex_malformed_is_refused(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad_hex); i++) {
		uint8_t buf[8];
		size_t len = 99;
		struct member m;

		parse_member(*state, bad_hex[i].text, &m);
		assert_error(*state, jval_hex(&m.val, sizeof(buf), buf, &len), EBADMSG, "$.v", bad_hex[i].why);
		assert_int_equal(len, 99);
		jval_free(&m.root);
	}
}

static void scalars_of_the_wrong_type_are_refused(void **state)
{
	enum realm_hash hash;
	const char *string;
	struct member m;
	bool flag;

	parse_member(*state, "1", &m);
	assert_error(*state, jval_bool(&m.val, &flag), EBADMSG, "$.v", "expected true or false, not an integer");
	assert_error(*state, jval_string(&m.val, &string), EBADMSG, "$.v", "expected a string, not an integer");
	assert_error(*state, jval_hash(&m.val, &hash), EBADMSG, "$.v", "expected a string, not an integer");
	jval_free(&m.root);
	parse_member(*state, "\"SHA256\"", &m);
	assert_error(*state, jval_hash(&m.val, &hash), EBADMSG, "$.v", "unknown hash \"SHA256\"");
	assert_error(*state, jval_bool(&m.val, &flag), EBADMSG, "$.v", "not a string");
	jval_free(&m.root);
}

static void scalars_are_read(void **state)
{
	enum realm_hash hash;
	const char *string;
	struct member m;
	bool flag = false;

	parse_member(*state, "true", &m);
	assert_int_equal(jval_bool(&m.val, &flag), 0);
	assert_true(flag);
	jval_free(&m.root);
	parse_member(*state, "false", &m);
	assert_int_equal(jval_bool(&m.val, &flag), 0);
	assert_false(flag);
	jval_free(&m.root);
	parse_member(*state, "\"sha384\"", &m);
	assert_int_equal(jval_string(&m.val, &string), 0);
	assert_string_equal(string, "sha384");
	assert_int_equal(jval_hash(&m.val, &hash), 0);
	assert_int_equal(hash, REALM_HASH_SHA384);
	jval_free(&m.root);
}

/* ---- objects, arrays, paths ---- */

static const char *const keys[] = { "schema", "name", "ipa_bits", "at", NULL };

static const struct {
	const char *text;
	const char *why;
	const char *hint;
} bad_objects[] = {
	{ "{\"nmae\":1}", "unknown key \"nmae\"", "did you mean \"name\"?" },
	{ "{\"ipa-bits\":1}", "unknown key \"ipa-bits\"", "did you mean \"ipa_bits\"?" },
	{ "{\"Name\":1}", "unknown key \"Name\"", "did you mean \"name\"?" },
	{ "{\"schemas\":1}", "unknown key \"schemas\"", "did you mean \"schema\"?" },
	{ "{\"ipabit\":1}", "unknown key \"ipabit\"", "did you mean \"ipa_bits\"?" },
	{ "{\"to\":1}", "unknown key \"to\"", "remove it: unknown keys are refused" },
	{ "{\"\":1}", "unknown key \"\"", "remove it: unknown keys are refused" },
	{ "{\"colour\":1}", "unknown key \"colour\"", "remove it: unknown keys are refused" },
	{ "{\"at\":1,\"a\\nb\":1}", "unknown key \"a?b\"", "remove it: unknown keys are refused" },
	{ "{\"schemaschemaschemaschemaschemaschema\":1}", "unknown key \"schemaschema", "remove it" },
	{ "[]", "expected an object, not an array", NULL },
	{ "\"x\"", "expected an object, not a string", NULL },
};

static void object_with_other_keys_is_refused(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad_objects); i++) {
		const char *hint;
		struct member m;

		parse_member(*state, bad_objects[i].text, &m);
		assert_error(*state, jval_object(&m.val, keys), EBADMSG, "$.v", bad_objects[i].why);
		hint = realm_error_hint(realm_ctx_last_error(*state));
		assert_true(hint ? strstr(hint, bad_objects[i].hint) != NULL : !bad_objects[i].hint);
		jval_free(&m.root);
	}
}

static void absent_values_are_named(void **state)
{
	struct jval none, below, item;
	struct member m;
	const char *text;
	uint64_t value;
	size_t count;

	parse_member(*state, "[7]", &m);
	none = jval_key(&m.root, "none");
	assert_null(none.json);
	assert_error(*state, jval_u64(&none, 1, &value), EBADMSG, "$.none", "missing; a number is required");
	assert_error(*state, jval_array(&none, &count), EBADMSG, "$.none", "missing; an array is required");
	assert_error(*state, jval_object(&none, keys), EBADMSG, "$.none", "missing; an object is required");
	below = jval_key(&none, "deep");
	assert_error(*state, jval_string(&below, &text), EBADMSG, "$.none.deep", "missing");
	item = jval_item(&m.val, 0);
	assert_int_equal(jval_u64(&item, 7, &value), 0);
	item = jval_item(&m.val, 1);
	assert_error(*state, jval_u64(&item, 7, &value), EBADMSG, "$.v[1]", "missing");
	item = jval_item(&none, 0);
	assert_error(*state, jval_u64(&item, 7, &value), EBADMSG, "$.none[0]", "missing");
	jval_free(&m.root);
}

static void paths_name_document_items_and_members(void **state)
{
	static const char text[] = "{\"load\":[{},{\"at\":true}]}";
	struct jval root, load, item, at;
	uint64_t value;
	size_t count;

	assert_int_equal(jval_parse(*state, "plan.json", text, strlen(text), &root), 0);
	load = jval_key(&root, "load");
	assert_int_equal(jval_array(&load, &count), 0);
	assert_int_equal(count, 2);
	item = jval_item(&load, 1);
	assert_int_equal(jval_object(&item, keys), 0);
	at = jval_key(&item, "at");
	assert_error(*state, jval_u64(&at, 1, &value), EBADMSG, "plan.json: $.load[1].at", "not a boolean");
	assert_error(*state, jval_array(&root, &count), EBADMSG, "plan.json: $", "not an object");
	jval_free(&root);
}

static void schema_must_match(void **state)
{
	static const char other[] = "{\"schema\":\"realm-plan/2\"}";
	static const char none[] = "{}";
	struct jval root;

	assert_int_equal(jval_parse(*state, NULL, other, strlen(other), &root), 0);
	assert_int_equal(jval_schema(&root, "realm-plan/2"), 0);
	assert_error(*state, jval_schema(&root, "realm-plan/1"), EBADMSG, "$.schema",
		     "expected \"realm-plan/1\", not \"realm-plan/2\"");
	jval_free(&root);
	assert_int_equal(jval_parse(*state, NULL, none, strlen(none), &root), 0);
	assert_error(*state, jval_schema(&root, "realm-plan/1"), EBADMSG, "$.schema", "missing");
	jval_free(&root);
}

/* ---- out of memory ---- */

static unsigned int allocations_left;

static void *failing_malloc(size_t size)
{
	if (!allocations_left)
		return NULL;
	allocations_left--;
	return malloc(size);
}

/* Where a token could not grow, jansson calls it invalid: -EBADMSG then. */
static void parse_without_memory_fails_cleanly(void **state)
{
	static const char text[] = "{\"a\":[1,\"b\",{\"c\":1.5,\"d\":null}]}";
	unsigned int failures[2] = { 0, 0 };
	unsigned int n = 0;
	struct jval root;
	int err;

	json_set_alloc_funcs(failing_malloc, free);
	do {
		allocations_left = n++;
		err = jval_parse(*state, NULL, text, strlen(text), &root);
		assert_true(err == 0 || err == -ENOMEM || err == -EBADMSG);
		assert_true(!err || realm_error_code(realm_ctx_last_error(*state)) == err);
		failures[err == -ENOMEM] += err != 0;
	} while (err);
	json_set_alloc_funcs(malloc, free);
	jval_free(&root);
	assert_true(failures[1] > failures[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(parse_too_many_values_is_refused),
		ctx_test(parse_malformed_is_refused),
		ctx_test(parse_big_integer_gives_a_hint),
		ctx_test(parse_quotes_nothing_unprintable),
		ctx_test(parse_depth_is_bounded),
		ctx_test(parse_brackets_in_strings_do_not_nest),
		ctx_test(numbers_are_read),
		ctx_test(numbers_malformed_are_refused),
		ctx_test(u64_above_its_maximum_is_refused),
		ctx_test(hex_is_read),
		ctx_test(hex_malformed_is_refused),
		ctx_test(scalars_of_the_wrong_type_are_refused),
		ctx_test(scalars_are_read),
		ctx_test(object_with_other_keys_is_refused),
		ctx_test(absent_values_are_named),
		ctx_test(paths_name_document_items_and_members),
		ctx_test(schema_must_match),
		ctx_test(parse_without_memory_fails_cleanly),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
