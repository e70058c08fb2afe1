/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * json.h - strict reading of JSON, with errors that name the place
 *
 *     struct jval root, load, at;
 *     jval_parse(ctx, NULL, text, len, &root);
 *     load = jval_item(&loads, 1);
 *     at = jval_key(&load, "at");
 *     err = jval_u64(&at, UINT64_MAX, &value);          fails as "$.load[1].at: ..."
 *
 * Every reader refuses an absent value as "missing"; for optional keys look at .json first.  All failures are -EBADMSG or -ENOMEM,
 * with the detail in the context.
 */
#ifndef REALM_JSON_H
#define REALM_JSON_H

#include <jansson.h>

#include "internal.h"

/* A value and the way to it.  Refers to its parent, so it lives no longer. */
struct jval {
	struct realm_ctx *ctx;
	const char *doc; /* what messages call the document, before the path; NULL for nothing */
	const struct jval *up;
	const char *key; /* NULL for the root and items of arrays */
	size_t index;
	json_t *json; /* borrowed from the root; NULL when there is no such key or item */
};

/* Does an input start as an object or an array? */
bool json_begins(const void *data, size_t len);
/* Parse one object or array and nothing after it.  doc is borrowed.  End with jval_free(). */
int jval_parse(struct realm_ctx *ctx, const char *doc, const char *text, size_t len, struct jval *root);
void jval_free(struct jval *root);

/* A member; the key is borrowed.  An item.  Absent when val is no object, or no array. */
struct jval jval_key(const struct jval *val, const char *key);
struct jval jval_item(const struct jval *val, size_t index);

/* Record a failure at this value and return -err. */
int jval_fail(const struct jval *val, int err, const char *hint, const char *fmt, ...) PRINTF(4, 5);
/* The detail of the last failure says where in a document; put the name of its file before it.  Returns err. */
int jval_fail_in(struct realm_ctx *ctx, const char *path, int err);

/* An object with none but these keys (the list ends with NULL). */
int jval_object(const struct jval *val, const char *const *keys);
int jval_array(const struct jval *val, size_t *countp);
/* The string member "schema" must be this one. */
int jval_schema(const struct jval *object, const char *schema);
int jval_bool(const struct jval *val, bool *valuep);
/* Borrowed until jval_free(). */
int jval_string(const struct jval *val, const char **valuep);
/* Integer or "0x..." string up to max. */
int jval_u64(const struct jval *val, uint64_t max, uint64_t *valuep);
/* As jval_u64(), or with a binary suffix: "256M". */
int jval_size(const struct jval *val, uint64_t *valuep);
/* Up to max bytes in hex. */
int jval_hex(const struct jval *val, size_t max, uint8_t *buf, size_t *lenp);
int jval_hash(const struct jval *val, enum realm_hash *hashp);

#endif /* REALM_JSON_H */
