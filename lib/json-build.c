/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* json-build.c - JSON values to be written */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base64.h"
#include "json-build.h"

void build_put(struct json_build *build, json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		build->nomem = true;
}

void build_append(struct json_build *build, json_t *array, json_t *value)
{
	if (json_array_append_new(array, value))
		build->nomem = true;
}

json_t *build_put_new(struct json_build *build, json_t *object, const char *key, json_t *empty)
{
	build_put(build, object, key, empty);
	return json_object_get(object, key);
}

json_t *build_append_new(struct json_build *build, json_t *array, json_t *empty)
{
	size_t count = json_array_size(array);

	build_append(build, array, empty);
	return json_array_get(array, count);
}

json_t *json_hex(const void *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *bytes = data;
	char *text = malloc(2 * len + 1);
	json_t *json;
	size_t i;

	if (!text)
		return NULL;
	for (i = 0; i < len; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	json = json_stringn(text, 2 * len);
	free(text);
	return json;
}

json_t *json_base64(const void *data, size_t len)
{
	char *text = base64_encode(BASE64_STANDARD, data, len);
	json_t *json = text ? json_string(text) : NULL;

	free(text);
	return json;
}

char *json_text(const json_t *json, size_t flags, const char *end, size_t *lenp)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, lenp);
	bool failed;

	if (!out)
		return NULL;
	failed = json_dumpf(json, out, flags) || fputs(end, out) < 0 || ferror(out);
	if (!fclose(out) && !failed)
		return text;
	free(text);
	return NULL;
}
