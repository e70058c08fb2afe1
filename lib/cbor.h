/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cbor.h - strict reading of CBOR, with errors that name the place, and writing
 *
 *     struct cval root, map, rim;
 *     cval_open(ctx, "token", data, len, &limits, &root);        whole input checked once, nothing copied
 *     map = cval_untag(&root, 399);
 *     rim = cval_get(&map, 44238, "cca-realm-initial-measurement");
 *     err = cval_bytes(&rim, &bytes);                            fails as "token: cca-realm-initial-measurement at byte 812: ..."
 *
 * As in json.h, every reader refuses an absent value as "missing"; for optional ones ask cval_type() first.  All failures are -EBADMSG,
 * with the detail in the context.  A value refers to the input and to nothing else: it lives as long as that and is copied freely.
 *
 * Source: RFC 8949.
 */
#ifndef REALM_CBOR_H
#define REALM_CBOR_H

#include "internal.h"

enum cval_type {
	CVAL_ABSENT = 0,
	CVAL_INT,   /* both signs */
	CVAL_BYTES,
	CVAL_TEXT,
	CVAL_ARRAY,
	CVAL_MAP,
	CVAL_TAG,
	CVAL_BOOL,
	CVAL_NULL,  /* and undefined */
	CVAL_FLOAT,
};

/* What an input may be; checked before anything is made of it. */
struct cbor_limits {
	size_t size;          /* bytes */
	unsigned int depth;   /* containers and tags in each other, at most CBOR_DEPTH_MAX */
	unsigned int entries; /* of one array or map; of a map never more than CBOR_MAP_MAX */
	bool indefinite;      /* arrays and maps may be of indefinite length; strings never */
};

#define CBOR_DEPTH_MAX 32
/* More keys than any claims set has; what is looked through for duplicates stays small. */
#define CBOR_MAP_MAX 128

struct cval {
	struct realm_ctx *ctx;
	const char *doc;       /* what messages call the input, such as "realm token"; static */
	const char *name;      /* of this value, static; NULL: the input as a whole */
	const uint8_t *at;     /* its first byte; NULL: absent */
	const uint8_t *end;    /* of the input */
	size_t offset;         /* of its first byte, or of the container it is absent from, in the outermost input */
};

/*
 * Check all of an input: size, depth, counts, well-formed, definite, UTF-8, no duplicate keys in any map, nothing after its one value.
 * doc is a static string.
 */
int cval_open(struct realm_ctx *ctx, const char *doc, const void *data, size_t len, const struct cbor_limits *limits,
	      struct cval *root);
/* The same for an input inside of a byte string; offsets count on in the outer one. */
int cval_open_inside(const struct cval *bytes, const char *doc, const struct cbor_limits *limits, struct cval *root);

enum cval_type cval_type(const struct cval *val);
/* "text", "array", ...: what a value is, for messages */
const char *cval_type_name(const struct cval *val);

/* The value of an integer key, of a text key; absent when map is no map or has it not.  name is static. */
struct cval cval_get(const struct cval *map, int64_t key, const char *name);
struct cval cval_get_text(const struct cval *map, const char *key, const char *name);
/* An item of an array. */
struct cval cval_item(const struct cval *array, size_t index, const char *name);
/* What a tag holds; absent when val has not this tag.  The name stays. */
struct cval cval_untag(const struct cval *val, uint64_t tag);
/* The number of a tag; 0 when val is no tag. */
uint64_t cval_tag(const struct cval *val);
/* Entries of an array or map, 0 for all else. */
size_t cval_count(const struct cval *val);

/* One entry after another of an array (key is absent there) or map: it.next starts as NULL. */
struct cval_iter {
	const uint8_t *next;
	size_t left;
};
bool cval_next(const struct cval *container, struct cval_iter *it, struct cval *key, struct cval *val);

/* Typed readers: -EBADMSG for another type. */
int cval_int(const struct cval *val, int64_t min, int64_t max, int64_t *valuep);
int cval_bytes(const struct cval *val, struct realm_bytes *bytesp);
/* Not NUL-terminated. */
int cval_text(const struct cval *val, struct realm_bytes *textp);
int cval_bool(const struct cval *val, bool *valuep);
int cval_array(const struct cval *val, size_t *countp);
int cval_map(const struct cval *val);
/* What was encoded, head included: the value as it stands in the input. */
struct realm_bytes cval_encoded(const struct cval *val);
/* An integer of any size, -1 - *numberp when negative; false for all else: without detail. */
bool cval_number(const struct cval *val, uint64_t *numberp, bool *negativep);
/* Only for what was checked to be one of these: without detail. */
double cval_float(const struct cval *val);

/* Record a failure at this value and return -err. */
int cval_fail(const struct cval *val, int err, const char *hint, const char *fmt, ...) PRINTF(4, 5);

/* ---- writing: definite lengths, shortest heads ---- */

/* Zero it; the first failure stays, so that one look at the end is enough. */
struct cbuf {
	uint8_t *data;
	size_t len, room;
	bool nomem;
};

void cbuf_int(struct cbuf *buf, int64_t value);
void cbuf_bytes(struct cbuf *buf, const void *data, size_t len);
void cbuf_text(struct cbuf *buf, const char *text);
void cbuf_array(struct cbuf *buf, size_t count);
void cbuf_map(struct cbuf *buf, size_t count);
void cbuf_tag(struct cbuf *buf, uint64_t tag);
/* Something encoded already. */
void cbuf_raw(struct cbuf *buf, const void *data, size_t len);
void cbuf_free(struct cbuf *buf);

#endif /* REALM_CBOR_H */
