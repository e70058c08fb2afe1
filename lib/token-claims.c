/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * token-claims.c - the claims of both parts as tables, and reading by them
 *
 * A claim that has a meaning is held to its type whatever the profile says of it; the profile decides which must be
 * there, and which must not.  All others are left alone.
 *
 * Source: draft-ffm-rats-cca-token-00 to -04, DEN0137 (chapter on attestation), docs/tokens.md.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "token.h"

/* When a claim must be there. */
enum when {
	OPTIONAL = 0,
	ALWAYS,
	IN_CHALLENGE, /* platform: claim 10 */
	IN_BINDING,   /* platform: claim 2408 */
	IN_CLIENT_ID, /* platform: claim 2394 */
	IN_REALM_2,   /* realm: since RMM 2.0 */
	IN_SIGNED,    /* realm: not in direct mode */
};

enum need {
	MAY,
	MUST,
	MUST_NOT,
};

struct claim {
	int64_t key;
	const char *name; /* in messages */
	const char *json; /* the name that Veraison gives it, without the prefix of its part; NULL: none */
	enum when when;
	int (*read)(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into);
	size_t min, max;  /* bytes, or values of a number */
	size_t field;     /* of the structure that is filled; 0: none */
};

struct table {
	const struct claim *claims;
	size_t count;
};

#define TABLE_MAX 16

const struct cbor_limits token_limits = { .size = REALM_TOKEN_MAX, .depth = 16, .entries = 1024 };

/* ---- reading by a table ---- */

static enum need needed(const struct realm_token *token, enum when when)
{
	const struct token_profile *platform = &token_part(token, REALM_TOKEN_PLATFORM)->profile;
	const struct token_part *realm = token_part(token, REALM_TOKEN_REALM);

	switch (when) {
	case OPTIONAL:
		break;
	case ALWAYS:
		return MUST;
	case IN_CHALLENGE:
		if (platform->binding_claim && !platform->hesrak)
			return MUST_NOT;
		return platform->known ? MUST : MAY;
	case IN_BINDING:
		return platform->binding_claim ? MUST : MAY;
	case IN_CLIENT_ID:
		return platform->client_id ? MUST : MAY;
	case IN_REALM_2:
		return realm->profile.instance_id ? MUST : MAY;
	case IN_SIGNED:
		return realm->is_signed ? MUST : MUST_NOT;
	}
	return MAY;
}

static const struct claim *claim_of_key(const struct table *table, const struct cval *key)
{
	uint64_t number;
	bool negative;
	size_t i;

	if (!cval_number(key, &number, &negative) || negative)
		return NULL;
	for (i = 0; i < table->count; i++)
		if ((uint64_t)table->claims[i].key == number)
			return &table->claims[i];
	return NULL;
}

/* One pass over the map, so that its size counts once. */
static int find_claims(const struct cval *map, const struct table *table, struct cval found[TABLE_MAX])
{
	struct cval_iter it = { 0 };
	struct cval key, val;
	size_t i;

	for (i = 0; i < table->count; i++) {
		found[i] = *map;
		found[i].at = NULL;
		found[i].name = table->claims[i].name;
	}
	while (cval_next(map, &it, &key, &val)) {
		const struct claim *claim = claim_of_key(table, &key);

		if (cval_type(&key) == CVAL_BYTES)
			return cval_fail(&key, EBADMSG, NULL, "is a key, but neither an integer nor text");
		if (!claim)
			continue;
		val.name = claim->name;
		found[claim - table->claims] = val;
	}
	return 0;
}

static int read_claim(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	enum need need = needed(token, claim->when);

	if (val->at && need == MUST_NOT)
		return cval_fail(val, EBADMSG, NULL, "must be absent under this profile");
	if (!val->at)
		return need == MUST ? cval_fail(val, EBADMSG, NULL, "is missing") : 0;
	return claim->read(token, claim, val, claim->field ? (uint8_t *)into + claim->field : NULL);
}

static int read_table(struct realm_token *token, const struct cval *map, const struct table *table, void *into)
{
	struct cval found[TABLE_MAX];
	size_t i;
	int err = cval_map(map);

	if (!err)
		err = find_claims(map, table, found);
	for (i = 0; !err && i < table->count; i++)
		err = read_claim(token, &table->claims[i], &found[i], into);
	return err;
}

/* ---- types of claims ---- */

static int read_bytes(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	struct realm_bytes bytes;
	int err = cval_bytes(val, &bytes);

	if (err)
		return err;
	if (claim->min == claim->max && bytes.len != claim->min)
		return cval_fail(val, EBADMSG, NULL, "has %zu bytes, not %zu", bytes.len, claim->min);
	if (bytes.len < claim->min || bytes.len > claim->max)
		return cval_fail(val, EBADMSG, NULL, "has %zu bytes, not %zu or more", bytes.len, claim->min);
	if (into)
		*(struct realm_bytes *)into = bytes;
	return 0;
}

static int read_digest(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	struct realm_bytes bytes;
	int err = cval_bytes(val, &bytes);

	if (err)
		return err;
	if (bytes.len != 32 && bytes.len != 48 && bytes.len != 64)
		return cval_fail(val, EBADMSG, NULL, "has %zu bytes, not 32, 48 or 64", bytes.len);
	if (into)
		*(struct realm_bytes *)into = bytes;
	return 0;
}

/* Universal Entity ID of type RAND (RFC 9711, section 4.2.1). */
static int read_instance_id(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	struct realm_bytes bytes;
	int err = read_bytes(token, claim, val, &bytes);

	if (err)
		return err;
	if (bytes.data[0] != 1)
		return cval_fail(val, EBADMSG, NULL, "starts with the byte 0x%02x, not 0x01", bytes.data[0]);
	*(struct realm_bytes *)into = bytes;
	return 0;
}

/* NUL-terminated: every text has a head of at least one byte, so token->texts has room. */
static int read_text(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	struct realm_bytes text;
	char *copy = token->texts + token->texts_len;
	int err = cval_text(val, &text);

	if (err)
		return err;
	/* What is compared must be what is shown, and the other way around. */
	if (text.len && memchr(text.data, 0, text.len))
		return cval_fail(val, EBADMSG, NULL, "holds a NUL character");
	if (!into)
		return 0;
	if (text.len)
		memcpy(copy, text.data, text.len);
	copy[text.len] = 0;
	token->texts_len += text.len + 1;
	*(const char **)into = copy;
	return 0;
}

static int read_hash_name(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	enum realm_hash hash;
	const char *name;
	int err = read_text(token, claim, val, &name);

	if (err)
		return err;
	if (token_hash_from_name(name, &hash))
		return cval_fail(val, EBADMSG, NULL, "is \"%.32s\", not sha-256, sha-384 or sha-512", name);
	*(const char **)into = name;
	return 0;
}

static int read_number(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	int64_t number;
	int err = cval_int(val, (int64_t)claim->min, (int64_t)claim->max, &number);

	if (!err && into)
		*(unsigned int *)into = (unsigned int)number;
	return err;
}

static int read_any_number(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	int64_t number;

	return cval_int(val, INT64_MIN, INT64_MAX, &number);
}

static int read_bool(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	bool value;

	return cval_bool(val, &value);
}

static int read_array(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	size_t count;

	return cval_array(val, &count);
}

/* ---- the platform ---- */

#define COMPONENT(key, text) key, text " (" #key ") of cca-platform-sw-components (2399)"
#define COMPONENT_FIELD(member) offsetof(struct realm_component, member)

static const struct claim component_claims[] = {
	{ COMPONENT(1, "measurement-type"), "measurement-type", OPTIONAL, read_text, .field = COMPONENT_FIELD(name) },
	{ COMPONENT(2, "measurement-value"), "measurement-value", ALWAYS, read_digest,
	  .field = COMPONENT_FIELD(measurement) },
	{ COMPONENT(4, "version"), "version", OPTIONAL, read_text, .field = COMPONENT_FIELD(version) },
	{ COMPONENT(5, "signer-id"), "signer-id", ALWAYS, read_digest, .field = COMPONENT_FIELD(signer) },
	/* Any text: its older meaning is a description. */
	{ COMPONENT(6, "measurement-description"), "measurement-description", OPTIONAL, read_text,
	  .field = COMPONENT_FIELD(hash_name) },
	{ COMPONENT(7, "live-firmware-activation"), NULL, OPTIONAL, .read = read_bool },
	{ COMPONENT(8, "counter-signers"), NULL, OPTIONAL, .read = read_array },
};
static const struct table component_table = { component_claims, ARRAY_SIZE(component_claims) };

static int add_component(struct realm_token *token, const struct cval *val)
{
	size_t count = token->platform.num_components;
	struct realm_component *more;

	/* Grows with what was read, not with what an array claims to hold. */
	if (!(count & (count - 1))) {
		more = realloc(token->components, (count ? 2 * count : 1) * sizeof(*more));
		if (!more)
			return realm_fail_nomem(token->ctx);
		token->components = more;
	}
	token->components[count] = (struct realm_component){ .sz = sizeof(struct realm_component) };
	token->platform.num_components++;
	return read_table(token, val, &component_table, &token->components[count]);
}

static int read_components(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	struct cval_iter it = { 0 };
	struct cval key, item;
	size_t count;
	int err = cval_array(val, &count);

	if (!err && !count)
		err = cval_fail(val, EBADMSG, NULL, "is empty");
	while (!err && cval_next(val, &it, &key, &item))
		err = add_component(token, &item);
	return err;
}

#define ROTPK(key, text) key, text " (" #key ") of cca-platform-rotpks (2405)"

static const struct claim rotpk_claims[] = {
	{ ROTPK(1, "name"), NULL, OPTIONAL, .read = read_text },
	{ ROTPK(2, "index"), NULL, OPTIONAL, .read = read_any_number },
	{ ROTPK(3, "value"), NULL, OPTIONAL, .read = read_any_number },
	{ ROTPK(4, "digest"), NULL, OPTIONAL, .read = read_digest },
};
static const struct table rotpk_table = { rotpk_claims, ARRAY_SIZE(rotpk_claims) };

static int read_rotpks(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	struct cval_iter it = { 0 };
	struct cval key, item;
	size_t count;
	int err = cval_array(val, &count);

	while (!err && cval_next(val, &it, &key, &item))
		err = read_table(token, &item, &rotpk_table, NULL);
	return err;
}

/* An array of byte strings in the drafts, one byte string in both of Veraison's libraries. */
static int read_peers(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	struct cval_iter it = { 0 };
	struct realm_bytes bytes;
	struct cval key, item;
	int err = 0;

	if (cval_type(val) != CVAL_ARRAY)
		return cval_bytes(val, &bytes);
	while (!err && cval_next(val, &it, &key, &item))
		err = cval_bytes(&item, &bytes);
	return err;
}

static int read_platform_profile(struct realm_token *token, const struct claim *claim, const struct cval *val,
				 void *into)
{
	int err = read_text(token, claim, val, into);

	if (!err)
		token->parts[REALM_TOKEN_PLATFORM - 1].profile = platform_profile(token->platform.profile);
	return err;
}

#define PLATFORM(key, text) key, "cca-platform-" text " (" #key ")"
#define PLATFORM_FIELD(member) offsetof(struct realm_platform_claims, member)

/* The profile first: what must be there depends on it. */
static const struct claim platform_claims[] = {
	{ PLATFORM(265, "profile"), "profile", ALWAYS, read_platform_profile, .field = PLATFORM_FIELD(profile) },
	{ PLATFORM(10, "challenge"), "challenge", IN_CHALLENGE, read_digest, .field = PLATFORM_FIELD(challenge) },
	{ PLATFORM(2408, "binding"), NULL, IN_BINDING, read_digest, .field = PLATFORM_FIELD(binding) },
	{ PLATFORM(2396, "implementation-id"), "implementation-id", ALWAYS, read_bytes, 32, 32,
	  PLATFORM_FIELD(implementation_id) },
	{ PLATFORM(256, "instance-id"), "instance-id", ALWAYS, read_instance_id, 33, 33, PLATFORM_FIELD(instance_id) },
	{ PLATFORM(2401, "config"), "config", ALWAYS, read_bytes, 1, SIZE_MAX, PLATFORM_FIELD(config) },
	{ PLATFORM(2395, "lifecycle"), "lifecycle", ALWAYS, read_number, 0, UINT16_MAX, PLATFORM_FIELD(lifecycle) },
	{ PLATFORM(2402, "hash-algo-id"), "hash-algo-id", ALWAYS, read_hash_name, .field = PLATFORM_FIELD(hash_name) },
	{ PLATFORM(2399, "sw-components"), "sw-components", ALWAYS, .read = read_components },
	{ PLATFORM(2400, "service-indicator"), "service-indicator", OPTIONAL, read_text,
	  .field = PLATFORM_FIELD(service) },
	{ PLATFORM(2394, "client-id"), NULL, IN_CLIENT_ID, read_number, .min = 1, .max = 1 },
	{ PLATFORM(2403, "manufacturing-config"), NULL, OPTIONAL, read_bytes, .max = SIZE_MAX },
	{ PLATFORM(2404, "extension-devices"), NULL, OPTIONAL, .read = read_array },
	{ PLATFORM(2405, "rotpks"), NULL, OPTIONAL, .read = read_rotpks },
	{ PLATFORM(2406, "peer-signers"), NULL, OPTIONAL, .read = read_peers },
	{ PLATFORM(2407, "tpm-binding"), NULL, OPTIONAL, read_bytes, .max = SIZE_MAX },
};
static const struct table platform_table = { platform_claims, ARRAY_SIZE(platform_claims) };

int token_read_platform(struct realm_token *token)
{
	const struct token_part *part = token_part(token, REALM_TOKEN_PLATFORM);

	token->platform.sz = sizeof(token->platform);
	return read_table(token, &part->claims, &platform_table, &token->platform);
}

/* ---- the realm ---- */

/* Uncompressed point of P-384 (SEC 1, section 2.3.3): RAK of the time before the realm's profile. */
#define RAW_RAK_SIZE 97
#define RAW_RAK_FIRST 0x04

static int read_realm_profile(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	int err = read_text(token, claim, val, into);

	if (!err)
		token->parts[REALM_TOKEN_REALM - 1].profile = realm_profile_claim(token->realm.profile);
	return err;
}

static int check_coordinate(const struct cval *key, int64_t label, const char *name)
{
	const size_t width = (RAW_RAK_SIZE - 1) / 2;
	struct cval val = cval_get(key, label, name);
	struct realm_bytes bytes;
	int err = cval_bytes(&val, &bytes);

	if (!err && bytes.len != width)
		err = cval_fail(&val, EBADMSG, NULL, "has %zu bytes, not %zu", bytes.len, width);
	return err;
}

/* RFC 9052, section 7, and RFC 9053, section 7.1.1: P-384.  Further labels are ignored. */
static int check_cose_key(const struct cval *val)
{
	struct cval key, kty, crv;
	int64_t number;
	int err = cval_open_inside(val, "realm token: cca-realm-public-key (44237)", &token_limits, &key);

	if (err)
		return err;
	kty = cval_get(&key, 1, "kty (1)");
	crv = cval_get(&key, -1, "crv (-1)");
	err = cval_map(&key);
	if (!err)
		err = cval_int(&kty, 2, 2, &number);
	if (!err)
		err = cval_int(&crv, 2, 2, &number);
	if (!err)
		err = check_coordinate(&key, -2, "x (-2)");
	if (!err)
		err = check_coordinate(&key, -3, "y (-3)");
	return err;
}

/* Whether the point is on its curve is for the verifier to say. */
static int read_rak(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	const struct token_profile *profile = &token_part(token, REALM_TOKEN_REALM)->profile;
	struct realm_bytes bytes;
	int err = cval_bytes(val, &bytes);

	if (err)
		return err;
	if (!bytes.len)
		return cval_fail(val, EBADMSG, NULL, "is empty");
	*(struct realm_bytes *)into = bytes;
	if (bytes.data[0] == 2 || bytes.data[0] == 3)
		return cval_fail(val, EBADMSG, NULL, "is a compressed point; only uncompressed ones are read");
	if (bytes.data[0] != RAW_RAK_FIRST)
		return check_cose_key(val);
	if (profile->known && profile->year)
		return cval_fail(val, EBADMSG, NULL, "is a bare point; with a profile it is a COSE_Key");
	if (bytes.len != RAW_RAK_SIZE)
		return cval_fail(val, EBADMSG, NULL, "has %zu bytes, not %d", bytes.len, RAW_RAK_SIZE);
	return 0;
}

static int read_rem(struct realm_token *token, const struct cval *val, struct realm_bytes *into)
{
	int err = cval_bytes(val, into);

	if (!err && into->len != token->realm.rim.len)
		err = cval_fail(val, EBADMSG, NULL, "has %zu bytes, but the RIM has %zu", into->len,
				token->realm.rim.len);
	return err;
}

static int read_rems(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	static const char *const names[REALM_REMS] = {
		"rem0 of cca-realm-extensible-measurements (44239)",
		"rem1 of cca-realm-extensible-measurements (44239)",
		"rem2 of cca-realm-extensible-measurements (44239)",
		"rem3 of cca-realm-extensible-measurements (44239)",
	};
	struct cval rem;
	size_t count, i;
	int err = cval_array(val, &count);

	if (!err && count != REALM_REMS)
		err = cval_fail(val, EBADMSG, NULL, "has %zu entries, not %d", count, REALM_REMS);
	for (i = 0; !err && i < REALM_REMS; i++) {
		rem = cval_item(val, i, names[i]);
		err = read_rem(token, &rem, &token->realm.rems[i]);
	}
	return err;
}

/* An integer; text in the time of RMM 1.1, whose words are not known for sure: others are refused only since. */
static int read_mec_policy(struct realm_token *token, const struct claim *claim, const struct cval *val, void *into)
{
	static const char *const words[] = { "shared", "private" };
	bool since = token_part(token, REALM_TOKEN_REALM)->profile.instance_id;
	const char *word;
	int64_t number;
	size_t i;
	int err;

	if (cval_type(val) != CVAL_TEXT) {
		err = cval_int(val, 0, 1, &number);
		if (!err)
			token->realm.mec_policy = (int)number;
		return err;
	}
	err = read_text(token, claim, val, &word);
	for (i = 0; !err && i < ARRAY_SIZE(words); i++)
		if (!strcasecmp(word, words[i])) {
			token->realm.mec_policy = (int)i;
			return 0;
		}
	return err || !since ? err : cval_fail(val, EBADMSG, NULL, "is \"%.32s\", not shared or private", word);
}

#define REALM(key, text) key, "cca-realm-" text " (" #key ")"
#define REALM_FIELD(member) offsetof(struct realm_realm_claims, member)

/* The profile first, and the RIM before what must be as long. */
static const struct claim realm_claims[] = {
	{ REALM(265, "profile"), "profile", OPTIONAL, read_realm_profile, .field = REALM_FIELD(profile) },
	{ REALM(10, "challenge"), "challenge", ALWAYS, read_bytes, REALM_CHALLENGE_SIZE, REALM_CHALLENGE_SIZE,
	  REALM_FIELD(challenge) },
	{ REALM(256, "instance-id"), NULL, IN_REALM_2, read_instance_id, 33, 33, REALM_FIELD(instance_id) },
	{ REALM(44235, "personalization-value"), "personalization-value", ALWAYS, read_bytes, REALM_RPV_SIZE,
	  REALM_RPV_SIZE, REALM_FIELD(rpv) },
	{ REALM(44236, "hash-algo-id"), "hash-algo-id", ALWAYS, read_hash_name, .field = REALM_FIELD(hash_name) },
	{ REALM(44238, "initial-measurement"), "initial-measurement", ALWAYS, read_digest, .field = REALM_FIELD(rim) },
	{ REALM(44239, "extensible-measurements"), "extensible-measurements", ALWAYS, .read = read_rems },
	{ REALM(44237, "public-key"), "public-key", IN_SIGNED, read_rak, .field = REALM_FIELD(rak) },
	{ REALM(44240, "public-key-hash-algo-id"), "public-key-hash-algo-id", IN_SIGNED, read_hash_name,
	  .field = REALM_FIELD(rak_hash_name) },
	{ REALM(44243, "mec-policy"), NULL, IN_REALM_2, .read = read_mec_policy },
	{ REALM(44244, "lfa-policy"), NULL, OPTIONAL, read_number, .max = 1 },
	{ REALM(44257, "devices-hash"), NULL, OPTIONAL, read_bytes, .max = SIZE_MAX },
};
static const struct table realm_table = { realm_claims, ARRAY_SIZE(realm_claims) };

static_assert(ARRAY_SIZE(platform_claims) <= TABLE_MAX && ARRAY_SIZE(realm_claims) <= TABLE_MAX, "found[]");

int token_read_realm(struct realm_token *token)
{
	struct token_part *part = &token->parts[REALM_TOKEN_REALM - 1];

	token->realm.sz = sizeof(token->realm);
	token->realm.mec_policy = -1;
	part->profile = realm_profile_claim(NULL);
	return read_table(token, &part->claims, &realm_table, &token->realm);
}

/* ---- names ---- */

bool token_known_claim(enum token_table which, size_t index, struct token_claim *claim)
{
	static const struct table *const tables[] = {
		[TOKEN_PLATFORM_CLAIMS] = &platform_table,
		[TOKEN_REALM_CLAIMS] = &realm_table,
		[TOKEN_COMPONENT] = &component_table,
	};
	const struct table *table = tables[which];

	if (index >= table->count)
		return false;
	claim->key = table->claims[index].key;
	claim->name = table->claims[index].json;
	return true;
}
