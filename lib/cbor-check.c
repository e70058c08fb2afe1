/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cbor-check.c - one walk over a whole input, so that what reads it after that can trust it */
#include <stdio.h>
#include <string.h>

#include "cbor-head.h"

struct check {
	const struct cval *root;
	const struct cbor_limits *limits;
	const uint8_t *at;
};

static int check_item(struct check *check, unsigned int depth, struct head *head);

static int check_fail(const struct check *check, const uint8_t *at, const char *why)
{
	struct cval place = *check->root;

	place.offset += (size_t)(at - place.at);
	return cval_fail(&place, EBADMSG, NULL, "%s", why);
}

/* How many bytes follow the first of a character; 4: it is no first byte. */
static unsigned int continuation_bytes(uint8_t first)
{
	if (first < 0x80)
		return 0;
	return first >> 5 == 0x06 ? 1 : first >> 4 == 0x0e ? 2 : first >> 3 == 0x1e ? 3 : 4;
}

/* RFC 3629, section 4 */
static bool is_utf8(const uint8_t *text, size_t len)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	size_t i = 0;

	while (i < len) {
		unsigned int more = continuation_bytes(text[i]);
		uint32_t code = more ? text[i] & (0x3fu >> more) : text[i];
		unsigned int j;

		if (more == 4 || more >= len - i)
			return false;
		for (j = 1; j <= more; j++) {
			if (text[i + j] >> 6 != 2)
				return false;
			code = code << 6 | (text[i + j] & 0x3f);
		}
		if (code < least[more] || code > 0x10ffff || code >> 11 == 0x1b)
			return false;
		i += more + 1;
	}
	return true;
}

/* Is there a further entry?  Takes the break of an indefinite one. */
static bool more_entries(struct check *check, const struct head *container, uint64_t done)
{
	struct head head;

	if (!container->indefinite)
		return done < container->number;
	if (cbor_read_head(check->at, check->root->end, &head) || !head.is_break)
		return true;
	check->at += head.size;
	return false;
}

static int check_array(struct check *check, const struct head *array, const uint8_t *start, unsigned int depth)
{
	struct head head;
	uint64_t done;
	int err = 0;

	for (done = 0; !err && more_entries(check, array, done); done++)
		err = done < check->limits->entries ? check_item(check, depth, &head)
						    : check_fail(check, start, "has too many entries");
	return err;
}

/* Keys are equal as values: integers whatever their encoding. */
static bool same_key(const struct head *a, const struct head *b)
{
	if (a->type != b->type || a->number != b->number || a->negative != b->negative)
		return false;
	return a->type == CVAL_INT || !a->number || !memcmp(a->string, b->string, (size_t)a->number);
}

static int duplicate_fail(const struct check *check, const uint8_t *at, const struct head *key)
{
	char why[80];

	if (key->type != CVAL_INT || key->number > INT64_MAX)
		return check_fail(check, at, "is a key that this map has already");
	snprintf(why, sizeof(why), "is the key %lld, which this map has already", (long long)signed_number(key));
	return check_fail(check, at, why);
}

static int check_map(struct check *check, const struct head *map, const uint8_t *start, unsigned int depth)
{
	struct head keys[CBOR_MAP_MAX], value;
	uint64_t done, i;
	int err = 0;

	for (done = 0; !err && more_entries(check, map, done); done++) {
		const uint8_t *at = check->at;

		if (done == CBOR_MAP_MAX || done == check->limits->entries)
			return check_fail(check, start, "has too many entries");
		err = check_item(check, depth, &keys[done]);
		if (!err && keys[done].type != CVAL_INT && keys[done].type != CVAL_BYTES && keys[done].type != CVAL_TEXT)
			return check_fail(check, at, "is a key, but neither an integer nor a string");
		for (i = 0; !err && i < done; i++)
			if (same_key(&keys[i], &keys[done]))
				return duplicate_fail(check, at, &keys[i]);
		if (!err)
			err = check_item(check, depth, &value);
	}
	return err;
}

/* libcbor cuts lengths to the bits of a pointer: what has more is refused by its first bytes. */
static bool is_huge(const uint8_t *at, const struct head *head)
{
	static const uint8_t none[4];

	return head->type != CVAL_INT && head->type != CVAL_FLOAT && head->type != CVAL_TAG && at[0] % 32 == 27 &&
	       memcmp(at + 1, none, sizeof(none));
}

/* What a head alone shows to be wrong; NULL: nothing */
static const char *refuse_head(const struct check *check, const struct head *head, unsigned int depth)
{
	if (is_huge(check->at, head))
		return "is longer than any input";
	if (head->is_break)
		return "is a break outside of anything of indefinite length";
	if (head->indefinite && (head->type == CVAL_BYTES || head->type == CVAL_TEXT))
		return "is a string of indefinite length";
	if (head->indefinite && !check->limits->indefinite)
		return "is of indefinite length";
	if (head->type == CVAL_TEXT && !is_utf8(head->string, (size_t)head->number))
		return "is text, but not UTF-8";
	if ((head->type == CVAL_ARRAY || head->type == CVAL_MAP || head->type == CVAL_TAG) &&
	    depth == check->limits->depth)
		return "is nested too deeply";
	return NULL;
}

static int check_item(struct check *check, unsigned int depth, struct head *head)
{
	const uint8_t *start = check->at;
	const char *why = cbor_read_head(start, check->root->end, head);
	struct head inner;

	if (!why)
		why = refuse_head(check, head, depth);
	if (why)
		return check_fail(check, start, why);
	check->at += head->size;
	switch (head->type) {
	case CVAL_ARRAY:
		return check_array(check, head, start, depth + 1);
	case CVAL_MAP:
		return check_map(check, head, start, depth + 1);
	case CVAL_TAG:
		return check_item(check, depth + 1, &inner);
	default:
		return 0;
	}
}

static int open_at(struct cval *root, const struct cbor_limits *limits)
{
	struct check check = { .root = root, .limits = limits, .at = root->at };
	struct head head;
	int err;

	if ((size_t)(root->end - root->at) > limits->size)
		return cval_fail(root, EBADMSG, NULL, "has more than %zu bytes", limits->size);
	err = check_item(&check, 0, &head);
	if (!err && check.at != root->end)
		err = check_fail(&check, check.at, "should be the end: there are bytes left over");
	return err;
}

int cval_open(struct realm_ctx *ctx, const char *doc, const void *data, size_t len, const struct cbor_limits *limits,
	      struct cval *rootp)
{
	const uint8_t *start = data ? data : (const uint8_t *)""; /* nothing may be NULL */
	struct cval root = { .ctx = ctx, .doc = doc, .at = start, .end = start + len };
	int err = open_at(&root, limits);

	if (!err)
		*rootp = root;
	return err;
}

int cval_open_inside(const struct cval *val, const char *doc, const struct cbor_limits *limits, struct cval *rootp)
{
	struct cval root = *val;
	struct realm_bytes bytes;
	int err = cval_bytes(val, &bytes);

	if (err)
		return err;
	root.doc = doc;
	root.name = NULL;
	root.offset += (size_t)(bytes.data - val->at);
	root.at = bytes.data;
	root.end = bytes.data + bytes.len;
	err = open_at(&root, limits);
	if (!err)
		*rootp = root;
	return err;
}
