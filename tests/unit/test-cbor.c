/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-cbor.c - strict reading of CBOR: what is taken, what is refused, what the refusal says; and writing */
#include "unit.h"

#include <math.h>

#include "cbor.h"

static const struct cbor_limits strict = { .size = 1000, .depth = 6, .entries = 100 };
static const struct cbor_limits loose = { .size = 1000, .depth = 6, .entries = 100, .indefinite = true };

struct input {
	uint8_t data[256];
	size_t len;
};

static struct input from_hex(const char *hex)
{
	struct input input = { .len = strlen(hex) / 2 };
	size_t i;

	for (i = 0; i < input.len; i++)
		assert_int_equal(sscanf(hex + 2 * i, "%2hhx", &input.data[i]), 1);
	return input;
}

static int open_hex(struct realm_ctx *ctx, const char *hex, const struct cbor_limits *limits, struct input *input,
		    struct cval *root)
{
	*input = from_hex(hex);
	return cval_open(ctx, "input", input->data, input->len, limits, root);
}

static void assert_says(struct realm_ctx *ctx, const char *where, const char *why)
{
	assert_error(ctx, -EBADMSG, EBADMSG, where, why);
}

/* ---- values: RFC 8949, appendix A ---- */

struct number {
	const char *hex;
	int64_t value;
};

static const struct number numbers[] = {
	{ "00", 0 },
	{ "17", 23 },
	{ "1818", 24 },
	{ "1903e8", 1000 },
	{ "1a000f4240", 1000000 },
	{ "1b000000e8d4a51000", 1000000000000 },
	{ "1b7fffffffffffffff", INT64_MAX },
	{ "20", -1 },
	{ "3863", -100 },
	{ "3903e7", -1000 },
	{ "3b7fffffffffffffff", INT64_MIN },
	{ "1801", 1 },		     /* longer than it need be */
	{ "1b0000000000000001", 1 }, /* the same */
	{ "3a00000001", -2 },
};

static void integers_of_any_width(void **state)
{
	struct input input;
	struct cval root;
	int64_t value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		assert_int_equal(open_hex(*state, numbers[i].hex, &strict, &input, &root), 0);
		assert_int_equal(cval_int(&root, INT64_MIN, INT64_MAX, &value), 0);
		assert_true(value == numbers[i].value);
	}
}

static void integers_out_of_range(void **state)
{
	static const char *const hex[] = { "1bffffffffffffffff", "3bffffffffffffffff", "0b", "23" };
	struct input input;
	struct cval root;
	int64_t value = 5;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hex); i++) {
		assert_int_equal(open_hex(*state, hex[i], &strict, &input, &root), 0);
		assert_int_equal(cval_int(&root, -3, 10, &value), -EBADMSG);
		assert_says(*state, "input at byte 0", "is not in the range -3 to 10");
		assert_int_equal(cval_int(&root, 2, 2, &value), -EBADMSG);
		assert_says(*state, "input at byte 0", "is not 2");
	}
	assert_int_equal(value, 5);
}

static void strings(void **state)
{
	struct input input;
	struct realm_bytes bytes;
	struct cval root;

	assert_int_equal(open_hex(*state, "4401020304", &strict, &input, &root), 0);
	assert_int_equal(cval_bytes(&root, &bytes), 0);
	assert_int_equal(bytes.len, 4);
	assert_memory_equal(bytes.data, "\1\2\3\4", 4);
	assert_int_equal(cval_text(&root, &bytes), -EBADMSG);
	assert_says(*state, "input at byte 0", "is byte string, not text");
	assert_int_equal(open_hex(*state, "6449455446", &strict, &input, &root), 0);
	assert_int_equal(cval_text(&root, &bytes), 0);
	assert_memory_equal(bytes.data, "IETF", 4);
	assert_int_equal(open_hex(*state, "64f0908591", &strict, &input, &root), 0);
	assert_int_equal(open_hex(*state, "40", &strict, &input, &root), 0);
	assert_int_equal(cval_bytes(&root, &bytes), 0);
	assert_int_equal(bytes.len, 0);
}

static void others(void **state)
{
	struct input input;
	struct cval root;
	bool value;

	assert_int_equal(open_hex(*state, "f5", &strict, &input, &root), 0);
	assert_int_equal(cval_bool(&root, &value), 0);
	assert_true(value);
	assert_int_equal(open_hex(*state, "f6", &strict, &input, &root), 0);
	assert_int_equal(cval_type(&root), CVAL_NULL);
	assert_int_equal(open_hex(*state, "f93e00", &strict, &input, &root), 0);
	assert_int_equal(cval_type(&root), CVAL_FLOAT);
	assert_true(cval_float(&root) == 1.5);
	assert_int_equal(open_hex(*state, "fb3ff199999999999a", &strict, &input, &root), 0);
	assert_true(cval_float(&root) == 1.1);
	assert_true(isnan(cval_float(&(struct cval){ 0 })));
}

/* ---- containers ---- */

/* {1: h'aabb', "a": [1, -1, {2: 18("x")}], -5: null} */
#define NESTED "a30142aabb6161830120a102d2617824f6"

static void maps_and_arrays(void **state)
{
	struct input input;
	struct cval root, array, map, val;
	struct realm_bytes bytes;
	int64_t number;
	size_t count;

	assert_int_equal(open_hex(*state, NESTED, &strict, &input, &root), 0);
	assert_int_equal(cval_count(&root), 3);
	val = cval_get(&root, 1, "first");
	assert_int_equal(cval_bytes(&val, &bytes), 0);
	assert_int_equal(val.offset, 2);
	array = cval_get_text(&root, "a", "second");
	assert_int_equal(cval_array(&array, &count), 0);
	assert_int_equal(count, 3);
	val = cval_item(&array, 1, "third");
	assert_int_equal(cval_int(&val, -1, 1, &number), 0);
	assert_int_equal(number, -1);
	map = cval_item(&array, 2, "fourth");
	val = cval_get(&map, 2, "tagged");
	assert_int_equal(cval_tag(&val), 18);
	assert_int_equal(cval_type(&(struct cval){ .at = NULL }), CVAL_ABSENT);
	val = cval_untag(&val, 18);
	assert_int_equal(cval_text(&val, &bytes), 0);
	assert_string_equal(val.name, "tagged");
	val = cval_get(&root, -5, "last");
	assert_int_equal(cval_type(&val), CVAL_NULL);
	assert_int_equal(cval_encoded(&map).len, 5);
	assert_int_equal(cval_encoded(&root).len, input.len);
}

static void absent_values(void **state)
{
	struct input input;
	struct cval root, val;
	struct realm_bytes bytes;
	int64_t number;

	assert_int_equal(open_hex(*state, NESTED, &strict, &input, &root), 0);
	val = cval_get(&root, 2, "claim (2)");
	assert_int_equal(cval_type(&val), CVAL_ABSENT);
	assert_int_equal(cval_int(&val, 0, 1, &number), -EBADMSG);
	assert_says(*state, "input: claim (2) at byte 0", "is missing");
	val = cval_get(&val, 3, "inside of nothing");
	assert_int_equal(cval_bytes(&val, &bytes), -EBADMSG);
	val = cval_item(&root, 0, "a map has no items");
	assert_int_equal(cval_type(&val), CVAL_ABSENT);
	val = cval_untag(&root, 18);
	assert_int_equal(cval_type(&val), CVAL_ABSENT);
	assert_int_equal(cval_encoded(&val).len, 0);
}

static void entries_come_in_order(void **state)
{
	struct input input;
	struct cval root, key, val;
	struct cval_iter it = { 0 };
	int64_t keys[3], values[3];
	size_t i = 0;

	assert_int_equal(open_hex(*state, "bf0102030405" "06ff", &loose, &input, &root), 0);
	while (cval_next(&root, &it, &key, &val)) {
		assert_int_equal(cval_int(&key, 0, 9, &keys[i]), 0);
		assert_int_equal(cval_int(&val, 0, 9, &values[i++]), 0);
	}
	assert_int_equal(i, 3);
	assert_int_equal(keys[2], 5);
	assert_int_equal(values[2], 6);
	assert_int_equal(cval_count(&root), 3);
	it = (struct cval_iter){ 0 };
	assert_false(cval_next(&val, &it, &key, &val));
}

/* [_ 1, [_ ], {_ "k": 2}] followed in the outer array by 3 */
static void indefinite_containers_are_passed_over(void **state)
{
	struct input input;
	struct cval root, inner, val;
	int64_t number;

	assert_int_equal(open_hex(*state, "829f019fffbf616b02ffff03", &loose, &input, &root), 0);
	inner = cval_item(&root, 0, "inner");
	assert_int_equal(cval_count(&inner), 3);
	val = cval_item(&inner, 2, "map");
	val = cval_get_text(&val, "k", "k");
	assert_int_equal(cval_int(&val, 2, 2, &number), 0);
	val = cval_item(&root, 1, "after");
	assert_int_equal(cval_int(&val, 3, 3, &number), 0);
}

static void offsets_count_on_inside_of_byte_strings(void **state)
{
	struct input input;
	struct cval root, bytes, inner, val;
	int64_t number;

	assert_int_equal(open_hex(*state, "8201" "43a10761", &strict, &input, &root), 0);
	bytes = cval_item(&root, 1, "nested");
	assert_int_equal(cval_open_inside(&bytes, "inner", &strict, &inner), -EBADMSG);
	assert_says(*state, "inner at byte 5", "ends inside of a value");
	assert_int_equal(open_hex(*state, "8201" "43a10720", &strict, &input, &root), 0);
	bytes = cval_item(&root, 1, "nested");
	assert_int_equal(cval_open_inside(&bytes, "inner", &strict, &inner), 0);
	val = cval_get(&inner, 7, "seven");
	assert_int_equal(cval_int(&val, 0, 9, &number), -EBADMSG);
	assert_says(*state, "inner: seven at byte 5", "is not in the range");
	assert_int_equal(cval_open_inside(&root, "inner", &strict, &inner), -EBADMSG);
}

/* ---- what is refused ---- */

struct bad {
	const char *hex;
	const char *where;
	const char *why;
};

static const struct bad bads[] = {
	{ "", "input at byte 0", "ends where a value should be" },
	{ "0000", "input at byte 1", "left over" },
	{ "18", "input at byte 0", "ends inside of a value" },
	{ "4201", "input at byte 0", "ends inside of a value" },
	{ "8201", "input at byte 2", "ends where a value should be" },
	{ "a101", "input at byte 2", "ends where a value should be" },
	{ "c6", "input at byte 1", "ends where a value should be" },
	/* RFC 8949, appendix F: reserved additional information, reserved simple values, breaks out of place */
	{ "1c", "input at byte 0", "is not CBOR" },
	{ "5d", "input at byte 0", "is not CBOR" },
	{ "df", "input at byte 0", "is not CBOR" },
	{ "f800", "input at byte 0", "is not CBOR" },
	{ "ff", "input at byte 0", "is a break" },
	{ "81ff", "input at byte 1", "is a break" },
	{ "a1ff00", "input at byte 1", "is a break" },
	{ "c6ff", "input at byte 1", "is a break" },
	/* lengths that no input has */
	{ "5bffffffffffffffff", "input at byte 0", "" },
	{ "9bffffffffffffffff", "input at byte 0", "is longer than any input" },
	{ "9b0000000100000000", "input at byte 0", "is longer than any input" },
	{ "9a00000065" "00", "input at byte 6", "ends where" },
	{ "bb0000000100000001" "0000", "input at byte 0", "is longer than any input" },
	/* keys */
	{ "a201000100", "input at byte 3", "has already" },
	{ "a20100180100", "input at byte 3", "has already" },
	{ "a2616101616102", "input at byte 4", "has already" },
	{ "81a2410000410000", "input at byte 5", "has already" },
	{ "a2200020" "00", "input at byte 3", "has already" },
	{ "a18000", "input at byte 1", "neither an integer nor a string" },
	{ "a1c10000", "input at byte 1", "neither an integer nor a string" },
	/* text */
	{ "61ff", "input at byte 0", "not UTF-8" },
	{ "62c080", "input at byte 0", "not UTF-8" },
	{ "63e08080", "input at byte 0", "not UTF-8" },
	{ "63eda080", "input at byte 0", "not UTF-8" },
	{ "64f4908080", "input at byte 0", "not UTF-8" },
	{ "61c3", "input at byte 0", "not UTF-8" },
	{ "62c341", "input at byte 0", "not UTF-8" },
	/* depth */
	{ "81818181818180", "input at byte 6", "too deeply" },
	{ "c1c1c1c1c1c1c100", "input at byte 6", "too deeply" },
	/* strings in pieces */
	{ "5f4101ff", "input at byte 0", "string of indefinite length" },
	{ "7f6161ff", "input at byte 0", "string of indefinite length" },
};

static void malformed_is_refused(void **state)
{
	struct input input;
	struct cval root = { 0 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bads); i++) {
		if (open_hex(*state, bads[i].hex, &loose, &input, &root) != -EBADMSG)
			fail_msg("%s is taken", bads[i].hex);
		assert_says(*state, bads[i].where, bads[i].why);
	}
	assert_null(root.at);
}

static void indefinite_is_refused_where_it_is_not_allowed(void **state)
{
	static const char *const hex[] = { "9fff", "bfff", "819fff", "9f01ff" };
	struct input input;
	struct cval root;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hex); i++) {
		assert_int_equal(open_hex(*state, hex[i], &loose, &input, &root), 0);
		assert_int_equal(open_hex(*state, hex[i], &strict, &input, &root), -EBADMSG);
		assert_non_null(strstr(realm_error_why(realm_ctx_last_error(*state)), "is of indefinite length"));
	}
	assert_int_equal(open_hex(*state, "9f01", &loose, &input, &root), -EBADMSG);
	assert_int_equal(open_hex(*state, "bf01ff", &loose, &input, &root), -EBADMSG);
}

static void limits_are_kept(void **state)
{
	struct cbor_limits limits = { .size = 6, .depth = 2, .entries = 3 };
	struct input input;
	struct cval root;

	assert_int_equal(open_hex(*state, "83000000", &limits, &input, &root), 0);
	assert_int_equal(open_hex(*state, "8400000000", &limits, &input, &root), -EBADMSG);
	assert_says(*state, "input at byte 0", "too many entries");
	limits.size = 3;
	assert_int_equal(open_hex(*state, "83000000", &limits, &input, &root), -EBADMSG);
	assert_says(*state, "input at byte 0", "has more than 3 bytes");
	assert_int_equal(open_hex(*state, "8180", &limits, &input, &root), 0);
	limits.depth = 1;
	assert_int_equal(open_hex(*state, "8180", &limits, &input, &root), -EBADMSG);
}

/* A map of 128 keys is taken, one of 129 is not, whatever the limit says. */
static void maps_stay_small(void **state)
{
	const struct cbor_limits limits = { .size = 10000, .depth = 2, .entries = 1000 };
	struct cbuf buf = { 0 };
	struct cval root;
	size_t count, i;

	for (count = 128; count <= 129; count++) {
		cbuf_map(&buf, count);
		for (i = 0; i < count; i++) {
			cbuf_int(&buf, (int64_t)i);
			cbuf_int(&buf, 0);
		}
		assert_int_equal(cval_open(*state, "input", buf.data, buf.len, &limits, &root),
				 count == 128 ? 0 : -EBADMSG);
		cbuf_free(&buf);
	}
	assert_says(*state, "input at byte 0", "too many entries");
}

/* ---- writing ---- */

static void written_is_shortest(void **state)
{
	const struct input expected =
		from_hex("8b00171818190100" "1a00010000" "1b0000000100000000" "203818" "3b7fffffffffffffff"
			 "4201ff" "c1d9018f" "a1616180");
	struct cbuf buf = { 0 };

	cbuf_array(&buf, 11);
	cbuf_int(&buf, 0);
	cbuf_int(&buf, 23);
	cbuf_int(&buf, 24);
	cbuf_int(&buf, 256);
	cbuf_int(&buf, 65536);
	cbuf_int(&buf, INT64_C(1) << 32);
	cbuf_int(&buf, -1);
	cbuf_int(&buf, -25);
	cbuf_int(&buf, INT64_MIN);
	cbuf_bytes(&buf, "\1\xff", 2);
	cbuf_tag(&buf, 1);
	cbuf_tag(&buf, 399);
	cbuf_map(&buf, 1);
	cbuf_text(&buf, "a");
	cbuf_raw(&buf, "\x80", 1);
	assert_false(buf.nomem);
	assert_int_equal(buf.len, expected.len);
	assert_memory_equal(buf.data, expected.data, expected.len);
	cbuf_free(&buf);
}

static void long_strings_are_written(void **state)
{
	const struct cbor_limits limits = { .size = 100000, .depth = 1, .entries = 1 };
	struct cbuf buf = { 0 };
	struct cval root;
	struct realm_bytes bytes;
	uint8_t *data = calloc(1, 70000);

	assert_non_null(data);
	data[69999] = 7;
	cbuf_bytes(&buf, data, 70000);
	assert_memory_equal(buf.data, "\x5a\x00\x01\x11\x70", 5);
	assert_int_equal(cval_open(*state, "input", buf.data, buf.len, &limits, &root), 0);
	assert_int_equal(cval_bytes(&root, &bytes), 0);
	assert_int_equal(bytes.len, 70000);
	assert_memory_equal(bytes.data, data, bytes.len);
	free(data);
	cbuf_free(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_of_any_width),
		cmocka_unit_test(integers_out_of_range),
		cmocka_unit_test(strings),
		cmocka_unit_test(others),
		cmocka_unit_test(maps_and_arrays),
		cmocka_unit_test(absent_values),
		cmocka_unit_test(entries_come_in_order),
		cmocka_unit_test(indefinite_containers_are_passed_over),
		cmocka_unit_test(offsets_count_on_inside_of_byte_strings),
		cmocka_unit_test(malformed_is_refused),
		cmocka_unit_test(indefinite_is_refused_where_it_is_not_allowed),
		cmocka_unit_test(limits_are_kept),
		cmocka_unit_test(maps_stay_small),
		cmocka_unit_test(written_is_shortest),
		cmocka_unit_test(long_strings_are_written),
	};

	return cmocka_run_group_tests_name("cbor", tests, setup_ctx, teardown_ctx);
}
