/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output-diff.c - how the differences of two event logs are printed, one at a time */
#include "output.h"

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void put_value(char sign, const json_t *value)
{
	printf("%c ", sign);
	if (json_is_string(value))
		put_text(stdout, json_string_value(value));
	else if (json_is_null(value))
		fputs("nothing", stdout);
	else
		json_dumpf(value, stdout, JSON_COMPACT | JSON_ENCODE_ANY);
	putchar('\n');
}

static void put_sides(const json_t *field)
{
	put_value('-', json_object_get(field, "a"));
	put_value('+', json_object_get(field, "b"));
}

static void text_header(const char *a, const char *b, const json_t *fields)
{
	const json_t *field;
	size_t i;

	fputs("--- ", stdout);
	put_text(stdout, a);
	fputs("\n+++ ", stdout);
	put_text(stdout, b);
	putchar('\n');
	json_array_foreach (fields, i, field) {
		printf("header: %s\n", text_of(field, "field"));
		put_sides(field);
	}
}

static void text_equal(unsigned long long count)
{
	printf("first %llu event%s equal\n", count, count == 1 ? "" : "s");
}

/* "event 3: data 0x80000000: "; with both numbers when the logs are out of step */
static void put_head(const json_t *difference)
{
	long long a = json_integer_value(json_object_get(difference, "a"));
	long long b = json_integer_value(json_object_get(difference, "b"));
	const char *address = text_of(difference, "address");

	printf("event %lld", a ? a : b);
	if (a && b && a != b)
		printf("/%lld", b);
	printf(": %s%s%s: ", text_of(difference, "event"), address ? " " : "", address ? address : "");
}

static void text_difference(const json_t *difference, bool first)
{
	bool in_a = json_is_integer(json_object_get(difference, "a"));
	const json_t *value = json_object_get(difference, "value"), *field;
	size_t i;

	if (value) {
		put_head(difference);
		printf("only in the %s log\n", in_a ? "first" : "second");
		put_value(in_a ? '-' : '+', value);
	}
	json_array_foreach (json_object_get(difference, "fields"), i, field) {
		put_head(difference);
		puts(text_of(field, "field"));
		put_sides(field);
	}
}

static void text_end(bool equal)
{
	if (equal)
		puts("the logs are equal");
}

const struct diff_output diff_text = { text_header, text_equal, text_difference, text_end };

static void put_member(const char *key, const json_t *value, const char *after)
{
	printf("\"%s\":", key);
	json_dumpf(value, stdout, JSON_COMPACT | JSON_ENCODE_ANY);
	fputs(after, stdout);
}

static void put_name(const char *key, const char *name)
{
	json_t *text = json_text(name);

	put_member(key, text, ",\n");
	json_decref(text);
}

static void json_header(const char *a, const char *b, const json_t *fields)
{
	fputs("{\"schema\":\"realmctl.diff/1\",\n", stdout);
	put_name("a", a);
	put_name("b", b);
	put_member("header", fields, ",\n");
}

static void json_equal_count(unsigned long long count)
{
	printf("\"first_equal\":%llu,\n\"differences\":[", count);
}

static void json_difference(const json_t *difference, bool first)
{
	fputs(first ? "\n" : ",\n", stdout);
	json_dumpf(difference, stdout, JSON_COMPACT);
}

static void json_end(bool equal)
{
	printf("\n],\n\"equal\":%s}\n", equal ? "true" : "false");
}

const struct diff_output diff_json = { json_header, json_equal_count, json_difference, json_end };
