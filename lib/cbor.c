/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cbor.c - reading values of an input that cbor-check.c has checked */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cbor-head.h"

/* The head of a value that was checked before. */
static struct head head_of(const struct cval *val)
{
	struct head head = { 0 };

	if (val->at)
		cbor_read_head(val->at, val->end, &head);
	return head;
}

/* ---- errors ---- */

int cval_fail(const struct cval *val, int err, const char *hint, const char *fmt, ...)
{
	char where[256], why[TEXT_SIZE];
	va_list args;

	if (val->name)
		snprintf(where, sizeof(where), "%s: %s at byte %zu", val->doc, val->name, val->offset);
	else
		snprintf(where, sizeof(where), "%s at byte %zu", val->doc, val->offset);
	va_start(args, fmt);
	vsnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	return realm_fail(val->ctx, err, where, hint, "%s", why);
}

/* ---- moving in a checked input ---- */

static struct cval absent(const struct cval *container, const char *name)
{
	struct cval val = *container;

	val.at = NULL;
	val.name = name;
	return val;
}

static struct cval value_at(const struct cval *container, const uint8_t *at, const char *name)
{
	struct cval val = *container;

	val.offset += (size_t)(at - container->at);
	val.at = at;
	val.name = name;
	return val;
}

static const uint8_t *skip(const uint8_t *at, const uint8_t *end);

static const uint8_t *skip_entries(const uint8_t *at, const uint8_t *end, const struct head *container)
{
	unsigned int each = container->type == CVAL_MAP ? 2 : 1;
	uint64_t left = each * container->number;
	struct head head;

	if (!container->indefinite) {
		while (left--)
			at = skip(at, end);
		return at;
	}
	while (!cbor_read_head(at, end, &head) && !head.is_break)
		at = skip(at, end);
	return at + head.size;
}

/* First byte after a value. */
static const uint8_t *skip(const uint8_t *at, const uint8_t *end)
{
	struct head head;

	cbor_read_head(at, end, &head);
	at += head.size;
	if (head.type == CVAL_TAG)
		return skip(at, end);
	if (head.type == CVAL_ARRAY || head.type == CVAL_MAP)
		return skip_entries(at, end, &head);
	return at;
}

static bool start_entries(const struct cval *container, struct cval_iter *it)
{
	struct head head = head_of(container);

	if (head.type != CVAL_ARRAY && head.type != CVAL_MAP)
		return false;
	it->next = container->at + head.size;
	it->left = head.indefinite ? SIZE_MAX : (size_t)head.number;
	return true;
}

bool cval_next(const struct cval *container, struct cval_iter *it, struct cval *key, struct cval *val)
{
	struct head head;

	if (!it->next && !start_entries(container, it))
		return false;
	if (it->left == 0)
		return false;
	cbor_read_head(it->next, container->end, &head);
	if (head.is_break)
		return false;
	*key = absent(container, container->name);
	if (cval_type(container) == CVAL_MAP) {
		*key = value_at(container, it->next, container->name);
		it->next = skip(it->next, container->end);
	}
	*val = value_at(container, it->next, container->name);
	it->next = skip(it->next, container->end);
	if (it->left != SIZE_MAX)
		it->left--;
	return true;
}

struct cval cval_get(const struct cval *map, int64_t number, const char *name)
{
	struct cval_iter it = { 0 };
	struct cval key, val;

	while (cval_type(map) == CVAL_MAP && cval_next(map, &it, &key, &val)) {
		struct head head = head_of(&key);

		if (head.type == CVAL_INT && head.number <= INT64_MAX && signed_number(&head) == number)
			return value_at(&val, val.at, name);
	}
	return absent(map, name);
}

struct cval cval_get_text(const struct cval *map, const char *text, const char *name)
{
	struct cval_iter it = { 0 };
	struct cval key, val;

	while (cval_type(map) == CVAL_MAP && cval_next(map, &it, &key, &val)) {
		struct head head = head_of(&key);

		if (head.type == CVAL_TEXT && head.number == strlen(text) &&
		    !memcmp(head.string, text, (size_t)head.number))
			return value_at(&val, val.at, name);
	}
	return absent(map, name);
}

struct cval cval_item(const struct cval *array, size_t index, const char *name)
{
	struct cval_iter it = { 0 };
	struct cval key, val;

	while (cval_type(array) == CVAL_ARRAY && cval_next(array, &it, &key, &val))
		if (!index--)
			return value_at(&val, val.at, name);
	return absent(array, name);
}

uint64_t cval_tag(const struct cval *val)
{
	struct head head = head_of(val);

	return head.type == CVAL_TAG ? head.number : 0;
}

struct cval cval_untag(const struct cval *val, uint64_t tag)
{
	struct head head = head_of(val);

	if (head.type != CVAL_TAG || head.number != tag)
		return absent(val, val->name);
	return value_at(val, val->at + head.size, val->name);
}

size_t cval_count(const struct cval *val)
{
	struct cval_iter it = { 0 };
	struct cval key, entry;
	struct head head = head_of(val);
	size_t count = 0;

	if (!head.indefinite)
		return head.type == CVAL_ARRAY || head.type == CVAL_MAP ? (size_t)head.number : 0;
	while (cval_next(val, &it, &key, &entry))
		count++;
	return count;
}

/* ---- reading values ---- */

enum cval_type cval_type(const struct cval *val)
{
	return head_of(val).type;
}

const char *cval_type_name(const struct cval *val)
{
	static const char *const names[] = {
		[CVAL_ABSENT] = "nothing", [CVAL_INT] = "integer", [CVAL_BYTES] = "byte string",
		[CVAL_TEXT] = "text",      [CVAL_ARRAY] = "array", [CVAL_MAP] = "map",
		[CVAL_TAG] = "tag",        [CVAL_BOOL] = "boolean", [CVAL_NULL] = "null",
		[CVAL_FLOAT] = "float",
	};

	return names[cval_type(val)];
}

static int expect(const struct cval *val, enum cval_type type, const char *name, struct head *head)
{
	*head = head_of(val);
	if (head->type == type)
		return 0;
	if (!val->at)
		return cval_fail(val, EBADMSG, NULL, "is missing");
	return cval_fail(val, EBADMSG, NULL, "is %s, not %s", cval_type_name(val), name);
}

static int fail_range(const struct cval *val, int64_t min, int64_t max)
{
	if (min == max)
		return cval_fail(val, EBADMSG, NULL, "is not %lld", (long long)min);
	return cval_fail(val, EBADMSG, NULL, "is not in the range %lld to %lld", (long long)min, (long long)max);
}

int cval_int(const struct cval *val, int64_t min, int64_t max, int64_t *valuep)
{
	struct head head;
	int err = expect(val, CVAL_INT, "integer", &head);

	if (err)
		return err;
	if (head.number > INT64_MAX || signed_number(&head) < min || signed_number(&head) > max)
		return fail_range(val, min, max);
	*valuep = signed_number(&head);
	return 0;
}

static int read_string(const struct cval *val, enum cval_type type, const char *name, struct realm_bytes *bytesp)
{
	struct head head;
	int err = expect(val, type, name, &head);

	if (!err)
		*bytesp = (struct realm_bytes){ .data = head.string, .len = (size_t)head.number };
	return err;
}

int cval_bytes(const struct cval *val, struct realm_bytes *bytesp)
{
	return read_string(val, CVAL_BYTES, "byte string", bytesp);
}

int cval_text(const struct cval *val, struct realm_bytes *textp)
{
	return read_string(val, CVAL_TEXT, "text", textp);
}

int cval_bool(const struct cval *val, bool *valuep)
{
	struct head head;
	int err = expect(val, CVAL_BOOL, "boolean", &head);

	if (!err)
		*valuep = head.number;
	return err;
}

int cval_array(const struct cval *val, size_t *countp)
{
	struct head head;
	int err = expect(val, CVAL_ARRAY, "array", &head);

	if (!err)
		*countp = cval_count(val);
	return err;
}

int cval_map(const struct cval *val)
{
	struct head head;

	return expect(val, CVAL_MAP, "map", &head);
}

bool cval_number(const struct cval *val, uint64_t *numberp, bool *negativep)
{
	struct head head = head_of(val);

	if (head.type != CVAL_INT)
		return false;
	*numberp = head.number;
	*negativep = head.negative;
	return true;
}

double cval_float(const struct cval *val)
{
	struct head head = head_of(val);

	return head.type == CVAL_FLOAT ? head.real : (double)NAN;
}

struct realm_bytes cval_encoded(const struct cval *val)
{
	if (!val->at)
		return (struct realm_bytes){ 0 };
	return (struct realm_bytes){ .data = val->at, .len = (size_t)(skip(val->at, val->end) - val->at) };
}
