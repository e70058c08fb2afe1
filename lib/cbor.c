/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cbor.c - strict reading of CBOR, one head at a time, and writing
 *
 * libcbor's decoder takes heads apart and allocates nothing; cval_open() walks all of an input once, so that what reads it after that can trust it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* not cbor.h, which here is ours */
#include <cbor/encoding.h>
#include <cbor/streaming.h>

#include "cbor.h"

/* Lengths in callbacks grew to 64 bits on 32-bit CPUs. */
#if CBOR_MAJOR_VERSION > 0 || CBOR_MINOR_VERSION >= 10
typedef uint64_t cbor_len;
#else
typedef size_t cbor_len;
#endif

/* More keys than any claims set has; what is looked through for duplicates stays small. */
#define MAP_MAX 128

/* ---- one head ---- */

struct head {
	enum cval_type type;
	bool indefinite;
	bool is_break;
	bool negative;         /* INT: the value is -1 - number */
	uint64_t number;       /* INT, BOOL; TAG: its number; strings, arrays, maps: length */
	double real;           /* FLOAT */
	const uint8_t *string; /* BYTES, TEXT */
	size_t size;           /* of the head, and of the string */
};

static void on_number(struct head *head, uint64_t number, bool negative)
{
	head->type = CVAL_INT;
	head->number = number;
	head->negative = negative;
}

static void on_uint8(void *head, uint8_t number)
{
	on_number(head, number, false);
}

static void on_uint16(void *head, uint16_t number)
{
	on_number(head, number, false);
}

static void on_uint32(void *head, uint32_t number)
{
	on_number(head, number, false);
}

static void on_uint64(void *head, uint64_t number)
{
	on_number(head, number, false);
}

static void on_negint8(void *head, uint8_t number)
{
	on_number(head, number, true);
}

static void on_negint16(void *head, uint16_t number)
{
	on_number(head, number, true);
}

static void on_negint32(void *head, uint32_t number)
{
	on_number(head, number, true);
}

static void on_negint64(void *head, uint64_t number)
{
	on_number(head, number, true);
}

static void on_length(struct head *head, enum cval_type type, uint64_t length, const uint8_t *string)
{
	head->type = type;
	head->number = length;
	head->string = string;
}

static void on_bytes(void *head, cbor_data string, cbor_len length)
{
	on_length(head, CVAL_BYTES, length, string);
}

static void on_text(void *head, cbor_data string, cbor_len length)
{
	on_length(head, CVAL_TEXT, length, string);
}

static void on_array(void *head, cbor_len length)
{
	on_length(head, CVAL_ARRAY, length, NULL);
}

static void on_map(void *head, cbor_len length)
{
	on_length(head, CVAL_MAP, length, NULL);
}

static void on_tag(void *head, uint64_t tag)
{
	on_length(head, CVAL_TAG, tag, NULL);
}

static void on_indefinite(struct head *head, enum cval_type type)
{
	head->type = type;
	head->indefinite = true;
}

static void on_indefinite_bytes(void *head)
{
	on_indefinite(head, CVAL_BYTES);
}

static void on_indefinite_text(void *head)
{
	on_indefinite(head, CVAL_TEXT);
}

static void on_indefinite_array(void *head)
{
	on_indefinite(head, CVAL_ARRAY);
}

static void on_indefinite_map(void *head)
{
	on_indefinite(head, CVAL_MAP);
}

static void on_float(void *head, float real)
{
	((struct head *)head)->type = CVAL_FLOAT;
	((struct head *)head)->real = (double)real;
}

static void on_double(void *head, double real)
{
	((struct head *)head)->type = CVAL_FLOAT;
	((struct head *)head)->real = real;
}

static void on_null(void *head)
{
	((struct head *)head)->type = CVAL_NULL;
}

static void on_bool(void *head, bool value)
{
	on_length(head, CVAL_BOOL, value, NULL);
}

static void on_break(void *head)
{
	((struct head *)head)->is_break = true;
}

static const struct cbor_callbacks callbacks = {
	.uint8 = on_uint8,
	.uint16 = on_uint16,
	.uint32 = on_uint32,
	.uint64 = on_uint64,
	.negint8 = on_negint8,
	.negint16 = on_negint16,
	.negint32 = on_negint32,
	.negint64 = on_negint64,
	.byte_string = on_bytes,
	.byte_string_start = on_indefinite_bytes,
	.string = on_text,
	.string_start = on_indefinite_text,
	.array_start = on_array,
	.indef_array_start = on_indefinite_array,
	.map_start = on_map,
	.indef_map_start = on_indefinite_map,
	.tag = on_tag,
	.float2 = on_float,
	.float4 = on_float,
	.float8 = on_double,
	.undefined = on_null,
	.null = on_null,
	.boolean = on_bool,
	.indef_break = on_break,
};

/* Tags of one byte, of which libcbor before 0.10 refuses those that RFC 7049 had not assigned, COSE's among them */
static bool is_short_tag(uint8_t first)
{
	return first / 32 == 6 && first % 32 < 24;
}

/* NULL, or what is wrong. */
static const char *read_head(const uint8_t *at, const uint8_t *end, struct head *head)
{
	struct cbor_decoder_result result;

	*head = (struct head){ 0 };
	if (at == end)
		return "ends where a value should be";
	if (is_short_tag(*at)) {
		on_tag(head, *at % 32);
		head->size = 1;
		return NULL;
	}
	result = cbor_stream_decode(at, (size_t)(end - at), &callbacks, head);
	head->size = result.read;
	if (result.status == CBOR_DECODER_NEDATA)
		return "ends inside of a value";
	return result.status == CBOR_DECODER_FINISHED ? NULL : "is not CBOR";
}

/* The head of a value that was checked before. */
static struct head head_of(const struct cval *val)
{
	struct head head = { 0 };

	if (val->at)
		read_head(val->at, val->end, &head);
	return head;
}

/* Of an integer of up to 63 bits. */
static int64_t signed_number(const struct head *head)
{
	return (int64_t)(head->negative ? ~head->number : head->number);
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

/* ---- the check of a whole input ---- */

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
	if (read_head(check->at, check->root->end, &head) || !head.is_break)
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
	struct head keys[MAP_MAX], value;
	uint64_t done, i;
	int err = 0;

	for (done = 0; !err && more_entries(check, map, done); done++) {
		const uint8_t *at = check->at;

		if (done == MAP_MAX || done == check->limits->entries)
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
	const char *why = read_head(start, check->root->end, head);
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
	struct cval root = { .ctx = ctx, .doc = doc, .at = data, .end = (const uint8_t *)data + len };
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
	while (!read_head(at, end, &head) && !head.is_break)
		at = skip(at, end);
	return at + head.size;
}

/* First byte after a value. */
static const uint8_t *skip(const uint8_t *at, const uint8_t *end)
{
	struct head head;

	read_head(at, end, &head);
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
	read_head(it->next, container->end, &head);
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

int cval_int(const struct cval *val, int64_t min, int64_t max, int64_t *valuep)
{
	struct head head;
	int err = expect(val, CVAL_INT, "integer", &head);

	if (err)
		return err;
	if (head.number > INT64_MAX || signed_number(&head) < min || signed_number(&head) > max)
		return cval_fail(val, EBADMSG, NULL, "is not in the range %lld to %lld", (long long)min,
				 (long long)max);
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

/* ---- writing ---- */

#define HEAD_MAX 9

static bool has_room(struct cbuf *buf, size_t len)
{
	size_t room = buf->room ? buf->room : 256;
	uint8_t *data;

	if (buf->nomem || len <= buf->room - buf->len)
		return !buf->nomem;
	while (room - buf->len < len)
		room *= 2;
	data = realloc(buf->data, room);
	buf->nomem = !data;
	if (!data)
		return false;
	buf->data = data;
	buf->room = room;
	return true;
}

void cbuf_raw(struct cbuf *buf, const void *data, size_t len)
{
	if (!len || !has_room(buf, len))
		return;
	memcpy(buf->data + buf->len, data, len);
	buf->len += len;
}

static void put_head(struct cbuf *buf, size_t (*encode)(uint64_t, unsigned char *, size_t), uint64_t number)
{
	if (has_room(buf, HEAD_MAX))
		buf->len += encode(number, buf->data + buf->len, HEAD_MAX);
}

static void put_length(struct cbuf *buf, size_t (*encode)(size_t, unsigned char *, size_t), size_t length)
{
	if (has_room(buf, HEAD_MAX))
		buf->len += encode(length, buf->data + buf->len, HEAD_MAX);
}

void cbuf_int(struct cbuf *buf, int64_t value)
{
	if (value < 0)
		put_head(buf, cbor_encode_negint, ~(uint64_t)value);
	else
		put_head(buf, cbor_encode_uint, (uint64_t)value);
}

void cbuf_bytes(struct cbuf *buf, const void *data, size_t len)
{
	put_length(buf, cbor_encode_bytestring_start, len);
	cbuf_raw(buf, data, len);
}

void cbuf_text(struct cbuf *buf, const char *text)
{
	put_length(buf, cbor_encode_string_start, strlen(text));
	cbuf_raw(buf, text, strlen(text));
}

void cbuf_array(struct cbuf *buf, size_t count)
{
	put_length(buf, cbor_encode_array_start, count);
}

void cbuf_map(struct cbuf *buf, size_t count)
{
	put_length(buf, cbor_encode_map_start, count);
}

void cbuf_tag(struct cbuf *buf, uint64_t tag)
{
	put_head(buf, cbor_encode_tag, tag);
}

void cbuf_free(struct cbuf *buf)
{
	free(buf->data);
	*buf = (struct cbuf){ 0 };
}
