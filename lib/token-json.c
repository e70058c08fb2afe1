/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * token-json.c - claims as JSON, in the names that Veraison uses
 *
 * Known claims come first, in the order of their table, then integer keys, then others, as they stand in the token.  So
 * the name of a known claim is taken when a text key of the token tries to pass for it.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base64.h"
#include "token.h"

#define COMPONENTS_CLAIM 2399

static json_t *value_json(const struct cval *val);

/* ---- scalars ---- */

#define NUMBER_MAX sizeof("-18446744073709551616")

static void format_number(const struct cval *val, char text[NUMBER_MAX])
{
	uint64_t number = 0;
	bool negative = false;

	cval_number(val, &number, &negative);
	if (negative && number == UINT64_MAX)
		snprintf(text, NUMBER_MAX, "-18446744073709551616");
	else
		snprintf(text, NUMBER_MAX, "%s%" PRIu64, negative ? "-" : "", number + negative);
}

/* As text beyond the integers of JSON libraries. */
static json_t *number_json(const struct cval *val)
{
	char text[NUMBER_MAX];
	uint64_t number = 0;
	bool negative = false;

	cval_number(val, &number, &negative);
	if (number <= INT64_MAX)
		return json_integer(negative ? -1 - (json_int_t)number : (json_int_t)number);
	format_number(val, text);
	return json_string(text);
}

static json_t *tag_number_json(uint64_t tag)
{
	char text[NUMBER_MAX];

	if (tag <= INT64_MAX)
		return json_integer((json_int_t)tag);
	snprintf(text, sizeof(text), "%" PRIu64, tag);
	return json_string(text);
}

static json_t *bytes_json(const struct cval *val)
{
	struct realm_bytes bytes;
	json_t *json;
	char *text;

	if (cval_bytes(val, &bytes))
		return NULL;
	text = base64_encode(BASE64_STANDARD, bytes.data, bytes.len);
	json = text ? json_string(text) : NULL;
	free(text);
	return json;
}

static json_t *text_json(const struct cval *val)
{
	struct realm_bytes text;

	return cval_text(val, &text) ? NULL : json_stringn(text.len ? (const char *)text.data : "", text.len);
}

static json_t *float_json(const struct cval *val)
{
	double real = cval_float(val);

	if (isnan(real))
		return json_string("NaN");
	if (isinf(real))
		return json_string(real < 0 ? "-Infinity" : "Infinity");
	return json_real(real);
}

static json_t *bool_json(const struct cval *val)
{
	bool value;

	return cval_bool(val, &value) ? NULL : json_boolean(value);
}

/* ---- containers ---- */

static json_t *array_json(const struct cval *val, json_t *(*item_json)(const struct cval *item))
{
	json_t *array = json_array();
	struct cval_iter it = { 0 };
	struct cval key, item;

	while (array && cval_next(val, &it, &key, &item))
		if (json_array_append_new(array, item_json(&item))) {
			json_decref(array);
			return NULL;
		}
	return array;
}

static json_t *tag_json(const struct cval *val)
{
	uint64_t tag = cval_tag(val);
	struct cval inner = cval_untag(val, tag);

	return json_pack("{s:o, s:o}", "tag", tag_number_json(tag), "value", value_json(&inner));
}

/* What a key is called; the caller frees. */
static char *key_name(const struct cval *key)
{
	struct realm_bytes text = { 0 }, encoded = cval_encoded(key);
	char number[NUMBER_MAX];
	char *name;
	size_t i;

	if (cval_type(key) == CVAL_INT) {
		format_number(key, number);
		return strdup(number);
	}
	if (cval_type(key) == CVAL_TEXT && !cval_text(key, &text) && (!text.len || !memchr(text.data, 0, text.len)))
		return strndup(text.len ? (const char *)text.data : "", text.len);
	name = malloc(sizeof("cbor:") + 2 * encoded.len);
	for (i = 0; name && i < encoded.len; i++)
		sprintf(name + strlen("cbor:") + 2 * i, "%02x", encoded.data[i]);
	return name ? memcpy(name, "cbor:", strlen("cbor:")) : NULL;
}

/* "text:" goes before what looks like another key, or like the name of a claim. */
static char *free_name(const json_t *object, const struct cval *key)
{
	char *name = key_name(key), *longer;

	while (name && (json_object_get(object, name) || !strncmp(name, "cca-", strlen("cca-")))) {
		longer = malloc(strlen(name) + sizeof("text:"));
		if (longer)
			sprintf(longer, "text:%s", name);
		free(name);
		name = longer;
	}
	return name;
}

static int put_entry(json_t *object, const struct cval *key, const struct cval *val)
{
	char *name = free_name(object, key);
	int err = name ? json_object_set_new(object, name, value_json(val)) : -1;

	free(name);
	return err;
}

/* All keys that are integers, or all that are not; but for those of the known claims. */
static int put_others(json_t *object, const struct cval *map, bool integers, bool (*is_known)(const struct cval *key))
{
	struct cval_iter it = { 0 };
	struct cval key, val;

	while (cval_next(map, &it, &key, &val))
		if ((cval_type(&key) == CVAL_INT) == integers && !(is_known && is_known(&key)) &&
		    put_entry(object, &key, &val))
			return -1;
	return 0;
}

static json_t *finish_object(json_t *object, const struct cval *map, bool (*is_known)(const struct cval *key))
{
	if (object && !put_others(object, map, true, is_known) && !put_others(object, map, false, is_known))
		return object;
	json_decref(object);
	return NULL;
}

static json_t *map_json(const struct cval *val)
{
	return finish_object(json_object(), val, NULL);
}

static json_t *value_json(const struct cval *val)
{
	switch (cval_type(val)) {
	case CVAL_INT:
		return number_json(val);
	case CVAL_BYTES:
		return bytes_json(val);
	case CVAL_TEXT:
		return text_json(val);
	case CVAL_ARRAY:
		return array_json(val, value_json);
	case CVAL_MAP:
		return map_json(val);
	case CVAL_TAG:
		return tag_json(val);
	case CVAL_BOOL:
		return bool_json(val);
	case CVAL_FLOAT:
		return float_json(val);
	case CVAL_NULL:
	case CVAL_ABSENT:
		break;
	}
	return json_null();
}

/* ---- claims ---- */

static bool has_key(enum token_table table, const struct cval *key)
{
	struct token_claim claim;
	uint64_t number;
	bool negative;
	size_t i;

	if (!cval_number(key, &number, &negative) || negative)
		return false;
	for (i = 0; token_known_claim(table, i, &claim); i++)
		if ((uint64_t)claim.key == number)
			return true;
	return false;
}

static bool in_platform(const struct cval *key)
{
	return has_key(TOKEN_PLATFORM_CLAIMS, key);
}

static bool in_realm(const struct cval *key)
{
	return has_key(TOKEN_REALM_CLAIMS, key);
}

static bool in_component(const struct cval *key)
{
	return has_key(TOKEN_COMPONENT, key);
}

static json_t *component_json(const struct cval *val);

static int put_claim(json_t *object, const char *prefix, const struct token_claim *claim, const struct cval *val)
{
	bool is_list = claim->key == COMPONENTS_CLAIM && cval_type(val) == CVAL_ARRAY;
	char name[64];

	if (claim->name)
		snprintf(name, sizeof(name), "%s%s", prefix, claim->name);
	else
		snprintf(name, sizeof(name), "%" PRId64, claim->key);
	return json_object_set_new(object, name, is_list ? array_json(val, component_json) : value_json(val));
}

static json_t *claims_json(const struct cval *map, enum token_table table, const char *prefix,
			   bool (*is_known)(const struct cval *key))
{
	json_t *object = json_object();
	struct token_claim claim;
	size_t i;

	for (i = 0; object && token_known_claim(table, i, &claim); i++) {
		struct cval val = cval_get(map, claim.key, NULL);

		if (val.at && put_claim(object, prefix, &claim, &val)) {
			json_decref(object);
			return NULL;
		}
	}
	return finish_object(object, map, is_known);
}

static json_t *component_json(const struct cval *val)
{
	return claims_json(val, TOKEN_COMPONENT, "", in_component);
}

/* ---- the whole ---- */

static json_t *token_json(const struct realm_token *token)
{
	const struct token_part *platform = token_part(token, REALM_TOKEN_PLATFORM);
	const struct token_part *realm = token_part(token, REALM_TOKEN_REALM);
	json_t *root = json_object();
	int err = !root;

	if (!err && platform->present)
		err = json_object_set_new(root, "cca-platform-token",
					  claims_json(&platform->claims, TOKEN_PLATFORM_CLAIMS, "cca-platform-",
						      in_platform));
	if (!err && realm->present)
		err = json_object_set_new(root, "cca-realm-delegated-token",
					  claims_json(&realm->claims, TOKEN_REALM_CLAIMS, "cca-realm-", in_realm));
	if (!err)
		return root;
	json_decref(root);
	return NULL;
}

int realm_token_json(const struct realm_token *token, char **jsonp)
{
	json_t *root;
	FILE *out;
	char *text = NULL;
	size_t size;
	int err = 1;

	if (!token || !jsonp)
		return -EINVAL;
	root = token_json(token);
	out = root ? open_memstream(&text, &size) : NULL;
	if (out) {
		err = json_dumpf(root, out, JSON_COMPACT) || fputc('\n', out) == EOF;
		err |= fclose(out);
	}
	json_decref(root);
	if (err) {
		free(text);
		return realm_fail_nomem(token->ctx);
	}
	*jsonp = text;
	return 0;
}
