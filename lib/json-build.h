/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* json-build.h - JSON values to be written: the first failure stays, so that one look at the end is enough */
#ifndef REALM_JSON_BUILD_H
#define REALM_JSON_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

struct json_build {
	bool nomem;
};

/* Add a new value, which may be NULL for one that could not be made; the reference is taken. */
void build_put(struct json_build *build, json_t *object, const char *key, json_t *value);
void build_append(struct json_build *build, json_t *array, json_t *value);
/* Add an empty object or array and borrow it; NULL after a failure, which the others here take. */
json_t *build_put_new(struct json_build *build, json_t *object, const char *key, json_t *empty);
json_t *build_append_new(struct json_build *build, json_t *array, json_t *empty);
/* Strings: lower-case hex, standard base64; NULL: out of memory. */
json_t *json_hex(const void *data, size_t len);
json_t *json_base64(const void *data, size_t len);
/* The text with a NUL after it, which the caller frees; NULL: out of memory.  flags: of jansson; end: put after it */
char *json_text(const json_t *json, size_t flags, const char *end, size_t *lenp);

#endif /* REALM_JSON_BUILD_H */
