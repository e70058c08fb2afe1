/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* json.c - strict reading of JSON, with errors that name the place */
#include <stdio.h>
#include <string.h>

#include "json.h"

#define DEPTH_MAX 32
#define VALUES_MAX 1000000
#define KEY_MAX 32

static const char number_hint[] = "write an integer, or a string such as \"0x80000000\"";
static const char size_hint[] =
	"write bytes as an integer or a \"0x...\" string, or use a suffix K, M, G or T: \"256M\"";

/* ---- errors ---- */

/* The path of a value; cut off when the buffer is too small. */
static size_t format_path(const struct jval *val, char *buf, size_t size)
{
	size_t used;
	int len;

	if (!val->up)
		return (size_t)snprintf(buf, size, "%s%s$", val->doc ? val->doc : "", val->doc ? ": " : "");
	used = format_path(val->up, buf, size);
	if (used >= size)
		return used;
	if (val->key)
		len = snprintf(buf + used, size - used, ".%s", val->key);
	else
		len = snprintf(buf + used, size - used, "[%zu]", val->index);
	return used + (size_t)len;
}

/* Input is quoted in messages, cut off anywhere: keep it from driving a terminal or making a second line. */
static void make_printable(char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			*text = '?';
}

int jval_fail(const struct jval *val, int err, const char *hint, const char *fmt, ...)
{
	char path[TEXT_SIZE];
	char why[TEXT_SIZE];
	va_list args;

	format_path(val, path, sizeof(path));
	va_start(args, fmt);
	vsnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	make_printable(why);
	return realm_fail(val->ctx, err, path, hint, "%s", why);
}

int jval_fail_in(struct realm_ctx *ctx, const char *path, int err)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);
	const char *where = realm_error_where(error);
	char whole[TEXT_SIZE];

	if (err == -ENOMEM)
		return err;
	snprintf(whole, sizeof(whole), "%s%s%s", strcmp(path, "-") ? path : "standard input", where ? ": " : "",
		 where ? where : "");
	return realm_fail(ctx, -err, whole, realm_error_hint(error), "%s", realm_error_why(error));
}

static const char *type_name(const json_t *json)
{
	switch (json_typeof(json)) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "an array";
	case JSON_STRING:
		return "a string";
	case JSON_INTEGER:
		return "an integer";
	case JSON_REAL:
		return "a number with a fraction or exponent";
	case JSON_TRUE:
	case JSON_FALSE:
		return "a boolean";
	case JSON_NULL:
		break;
	}
	return "null";
}

static int fail_type(const struct jval *val, const char *wanted, const char *hint)
{
	if (!val->json)
		return jval_fail(val, EBADMSG, hint, "missing; %s is required", wanted);
	return jval_fail(val, EBADMSG, hint, "expected %s, not %s", wanted, type_name(val->json));
}

/* ---- parsing ---- */

/*
 * Bounds on what jansson is given, since it allocates for each value and recurses for each level.  Strings are skipped; whether the rest is
 * JSON is not judged here.
 */
static int check_bounds(struct realm_ctx *ctx, const char *doc, const char *text, size_t len)
{
	size_t depth = 0, commas = 0;
	bool string = false;
	size_t i;

	for (i = 0; i < len && depth <= DEPTH_MAX && commas < VALUES_MAX; i++) {
		if (string && text[i] == '\\')
			i++;
		else if (text[i] == '"')
			string = !string;
		else if (!string && (text[i] == '[' || text[i] == '{'))
			depth++;
		else if (!string && (text[i] == ']' || text[i] == '}') && depth)
			depth--;
		else if (!string && text[i] == ',')
			commas++;
	}
	if (depth > DEPTH_MAX)
		return realm_fail(ctx, EBADMSG, doc, NULL, "nested deeper than %d levels", DEPTH_MAX);
	if (commas == VALUES_MAX)
		return realm_fail(ctx, EBADMSG, doc, NULL, "holds more than %d values", VALUES_MAX);
	return 0;
}

static int fail_parse(struct realm_ctx *ctx, const char *doc, const json_error_t *error)
{
	const char *hint = NULL;
	char text[sizeof(error->text)];
	char line[32] = "";

	/* What jansson says when it could not allocate: nothing, or that it met a wrong token. */
	if (!error->text[0])
		return realm_fail_nomem(ctx);
	if (json_error_code(error) == json_error_numeric_overflow)
		hint = "write values of 2^63 and above as \"0x...\" strings";
	if (error->line > 1)
		snprintf(line, sizeof(line), "line %d, ", error->line);
	memcpy(text, error->text, sizeof(text));
	make_printable(text);
	return realm_fail(ctx, EBADMSG, doc, hint, "not JSON: %scolumn %d: %s", line, error->column, text);
}

bool json_begins(const void *data, size_t len)
{
	const char *text = data;

	while (len && (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n')) {
		text++;
		len--;
	}
	return len && (*text == '{' || *text == '[');
}

int jval_parse(struct realm_ctx *ctx, const char *doc, const char *text, size_t len, struct jval *root)
{
	int err = check_bounds(ctx, doc, text, len);
	json_error_t error;
	json_t *json;

	if (err)
		return err;
	json = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
	if (!json)
		return fail_parse(ctx, doc, &error);
	*root = (struct jval){ .ctx = ctx, .doc = doc, .json = json };
	return 0;
}

void jval_free(struct jval *root)
{
	json_decref(root->json);
	root->json = NULL;
}

struct jval jval_key(const struct jval *val, const char *key)
{
	return (struct jval){ .ctx = val->ctx, .up = val, .key = key, .json = json_object_get(val->json, key) };
}

struct jval jval_item(const struct jval *val, size_t index)
{
	return (struct jval){ .ctx = val->ctx, .up = val, .index = index, .json = json_array_get(val->json, index) };
}

/* ---- objects and arrays ---- */

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t min = a < b ? a : b;

	return min < c ? min : c;
}

/* Edits (insert, delete, replace) that turn a into b; both shorter than KEY_MAX. */
static size_t edit_distance(const char *a, const char *b)
{
	size_t row[KEY_MAX];
	size_t len = strlen(b);
	size_t i, j;

	for (j = 0; j <= len; j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (j = 0; j < len; j++) {
			size_t above = row[j + 1];

			row[j + 1] = min3(above + 1, row[j] + 1, diagonal + (a[i] != b[j]));
			diagonal = above;
		}
	}
	return row[len];
}

static const char *closest_key(const char *key, const char *const *keys)
{
	const char *best = NULL;
	size_t limit = 3;

	if (strlen(key) >= KEY_MAX)
		return NULL;
	for (; *keys; keys++) {
		size_t distance = edit_distance(key, *keys);

		if (distance < limit && distance < strlen(*keys)) {
			limit = distance;
			best = *keys;
		}
	}
	return best;
}

static int fail_unknown_key(const struct jval *val, const char *key, const char *const *keys)
{
	const char *closest = closest_key(key, keys);
	char hint[KEY_MAX + 32];

	snprintf(hint, sizeof(hint), "did you mean \"%s\"?", closest ? closest : "");
	return jval_fail(val, EBADMSG, closest ? hint : "remove it: unknown keys are refused", "unknown key \"%.64s\"",
			 key);
}

static bool contains(const char *const *keys, const char *key)
{
	for (; *keys; keys++)
		if (!strcmp(*keys, key))
			return true;
	return false;
}

int jval_object(const struct jval *val, const char *const *keys)
{
	const char *key;
	json_t *member;

	if (!json_is_object(val->json))
		return fail_type(val, "an object", NULL);
	json_object_foreach (val->json, key, member)
		if (!contains(keys, key))
			return fail_unknown_key(val, key, keys);
	return 0;
}

int jval_array(const struct jval *val, size_t *countp)
{
	if (!json_is_array(val->json))
		return fail_type(val, "an array", NULL);
	*countp = json_array_size(val->json);
	return 0;
}

int jval_schema(const struct jval *object, const char *schema)
{
	struct jval val = jval_key(object, "schema");
	const char *name = "";
	int err = jval_string(&val, &name);

	if (err || !strcmp(name, schema))
		return err;
	return jval_fail(&val, EBADMSG, NULL, "expected \"%s\", not \"%.64s\"", schema, name);
}

/* ---- scalars ---- */

int jval_bool(const struct jval *val, bool *valuep)
{
	if (!json_is_boolean(val->json))
		return fail_type(val, "true or false", NULL);
	*valuep = json_is_true(val->json);
	return 0;
}

int jval_string(const struct jval *val, const char **valuep)
{
	if (!json_is_string(val->json))
		return fail_type(val, "a string", NULL);
	*valuep = json_string_value(val->json);
	return 0;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* "0x" and digits, nothing else, up to 64 bits. */
static bool parse_hex_number(const char *text, uint64_t *valuep)
{
	uint64_t value = 0;

	if (text[0] != '0' || text[1] != 'x' || !text[2])
		return false;
	for (text += 2; *text; text++) {
		int digit = hex_digit(*text);

		if (digit < 0 || value >> 60)
			return false;
		value = value << 4 | (unsigned int)digit;
	}
	*valuep = value;
	return true;
}

/* Decimal digits and one suffix, nothing else, up to 64 bits. */
static bool parse_suffixed(const char *text, uint64_t *valuep)
{
	static const char suffixes[] = "KMGT";
	const char *suffix;
	uint64_t value = 0;
	unsigned int shift;

	if (*text < '0' || *text > '9')
		return false;
	for (; *text >= '0' && *text <= '9'; text++)
		if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, *text - '0', &value))
			return false;
	suffix = *text ? strchr(suffixes, *text) : NULL;
	if (!suffix || text[1])
		return false;
	shift = 10 * (unsigned int)(suffix - suffixes + 1);
	if (value > UINT64_MAX >> shift)
		return false;
	*valuep = value << shift;
	return true;
}

static int get_number(const struct jval *val, bool suffix, const char *hint, uint64_t *valuep)
{
	const char *text = json_string_value(val->json);

	if (text) {
		if (parse_hex_number(text, valuep) || (suffix && parse_suffixed(text, valuep)))
			return 0;
		return jval_fail(val, EBADMSG, hint, "\"%.64s\" is not a 64-bit number", text);
	}
	if (!json_is_integer(val->json))
		return fail_type(val, "a number", hint);
	if (json_integer_value(val->json) < 0)
		return jval_fail(val, EBADMSG, NULL, "%lld is negative", (long long)json_integer_value(val->json));
	*valuep = (uint64_t)json_integer_value(val->json);
	return 0;
}

int jval_u64(const struct jval *val, uint64_t max, uint64_t *valuep)
{
	uint64_t value = 0;
	int err = get_number(val, false, number_hint, &value);

	if (err)
		return err;
	if (value > max)
		return jval_fail(val, EBADMSG, NULL, "%llu is more than %llu", (unsigned long long)value,
				 (unsigned long long)max);
	*valuep = value;
	return 0;
}

int jval_size(const struct jval *val, uint64_t *valuep)
{
	return get_number(val, true, size_hint, valuep);
}

int jval_hex(const struct jval *val, size_t max, uint8_t *buf, size_t *lenp)
{
	const char *text = "";
	size_t digits, i;
	int err = jval_string(val, &text);

	if (err)
		return err;
	digits = json_string_length(val->json);
	for (i = 0; i < digits; i++)
		if (hex_digit(text[i]) < 0)
			return jval_fail(val, EBADMSG, NULL, "not a hex digit at offset %zu", i);
	if (digits % 2)
		return jval_fail(val, EBADMSG, NULL, "odd number of hex digits (%zu)", digits);
	if (digits / 2 > max)
		return jval_fail(val, EBADMSG, NULL, "%zu bytes of hex, at most %zu fit", digits / 2, max);
	for (i = 0; i < digits / 2; i++)
		buf[i] = (uint8_t)(hex_digit(text[2 * i]) << 4 | hex_digit(text[2 * i + 1]));
	*lenp = digits / 2;
	return 0;
}

int jval_hash(const struct jval *val, enum realm_hash *hashp)
{
	const char *name = "";
	int err = jval_string(val, &name);

	if (err || !realm_hash_from_name(name, hashp))
		return err;
	return jval_fail(val, EBADMSG, "write sha256, sha384 or sha512", "unknown hash \"%.64s\"", name);
}
