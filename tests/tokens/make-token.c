/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * make-token.c - CCA tokens made and signed when a test runs
 *
 * Source: draft-ffm-rats-cca-token-04 (claims and collections), RFC 9052 and 9053 (COSE_Sign1, COSE_Key)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>

#include "cose.h"
#include "make-token.h"

#define BYTES(array)                                                                                                   \
	{                                                                                                              \
		.data = (array), .len = sizeof(array)                                                                  \
	}

/* A test cannot go on without what it is about. */
static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "make-token: %s failed\n", what);
	abort();
}

/* ---- keys ---- */

size_t kit_point(EVP_PKEY *key, uint8_t point[KIT_POINT_MAX])
{
	size_t len = 0;

	must(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, KIT_POINT_MAX, &len) == 1, "point");
	return len;
}

struct realm_keys *kit_keys(const struct token_kit *kit, struct realm_ctx *ctx)
{
	uint8_t point[KIT_POINT_MAX];
	size_t len = kit_point(kit->cpak, point);
	struct realm_keys *keys = NULL;

	must(!realm_keys_new(ctx, &keys) && !realm_keys_add(keys, "test key", point, len), "keys");
	return keys;
}

static void put_rak(const struct token_kit *kit, struct cbuf *out)
{
	uint8_t point[KIT_POINT_MAX];
	size_t len = kit_point(kit->rak, point), width = (len - 1) / 2;

	if (kit->rak_off_curve)
		point[len - 1] ^= 1;
	if (kit->rak_is_point) {
		cbuf_raw(out, point, len);
		return;
	}
	cbuf_map(out, 4);
	cbuf_int(out, 1);
	cbuf_int(out, 2);
	cbuf_int(out, -1);
	cbuf_int(out, width == 32 ? 1 : width == 48 ? 2 : 3);
	cbuf_int(out, -2);
	cbuf_bytes(out, point + 1, width);
	cbuf_int(out, -3);
	cbuf_bytes(out, point + 1 + width, width);
}

/* ---- signing ---- */

static void put_bytes_claim(struct cbuf *out, int64_t key, const struct realm_bytes *bytes)
{
	cbuf_int(out, key);
	cbuf_bytes(out, bytes->data, bytes->len);
}

static void put_text_claim(struct cbuf *out, int64_t key, const char *text)
{
	cbuf_int(out, key);
	cbuf_text(out, text);
}

static void put_int_claim(struct cbuf *out, int64_t key, int64_t value)
{
	cbuf_int(out, key);
	cbuf_int(out, value);
}

static int64_t stated_alg(EVP_PKEY *key, enum kit_fault fault)
{
	int64_t own = cose_alg_of_key(key)->id;

	if (fault == KIT_NO_ALG)
		return -8;
	if (fault == KIT_OTHER_ALG)
		return own == -35 ? -7 : -35;
	return own;
}

static void put_signed(EVP_PKEY *key, enum kit_fault fault, const struct realm_bytes *x5chain,
		       const struct cbuf *claims, struct cbuf *out)
{
	EVP_PKEY *other = fault == KIT_OTHER_KEY ? EVP_EC_gen(cose_alg_of_key(key)->curve) : NULL;
	struct realm_bytes prot, payload = { claims->data, claims->len };
	struct cbuf header = { 0 };

	cbuf_map(&header, x5chain->len ? 2 : 1);
	put_int_claim(&header, 1, stated_alg(key, fault));
	if (x5chain->len)
		put_bytes_claim(&header, 33, x5chain);
	prot = (struct realm_bytes){ header.data, header.len };
	must(!cose_sign(other ? other : key, &prot, &payload, out), "signing");
	if (fault == KIT_BIT)
		out->data[out->len - 1] ^= 1;
	cbuf_free(&header);
	EVP_PKEY_free(other);
}

/* ---- claims ---- */

static bool is_of(const char *profile, const char *year)
{
	return profile && strstr(profile, year);
}

static bool is_direct(const struct token_kit *kit)
{
	return strstr(kit->platform_profile, ";direct") != NULL;
}

/* Claims of the realm since RMM 2.0. */
static bool has_instance(const struct token_kit *kit)
{
	return is_of(kit->realm_profile, "2024:") || is_of(kit->realm_profile, "2026:");
}

static void put_realm_signing_claims(const struct token_kit *kit, struct cbuf *out)
{
	struct cbuf rak = { 0 };

	put_rak(kit, &rak);
	cbuf_int(out, 44237);
	cbuf_bytes(out, rak.data, rak.len);
	put_text_claim(out, 44240, kit->rak_hash);
	cbuf_free(&rak);
}

static void put_realm_claims(const struct token_kit *kit, struct cbuf *out)
{
	size_t count = 5 + (kit->realm_profile ? 1 : 0) + (has_instance(kit) ? 2 : 0) + (is_direct(kit) ? 0 : 2) +
		       (kit->extra.len ? 1 : 0);
	size_t i;

	cbuf_map(out, count);
	put_bytes_claim(out, 10, &kit->challenge);
	put_bytes_claim(out, 44235, &kit->rpv);
	put_text_claim(out, 44236, kit->realm_hash);
	put_bytes_claim(out, 44238, &kit->rim);
	cbuf_int(out, 44239);
	cbuf_array(out, REALM_REMS);
	for (i = 0; i < REALM_REMS; i++)
		cbuf_bytes(out, kit->rems[i].data, kit->rems[i].len);
	if (kit->realm_profile)
		put_text_claim(out, 265, kit->realm_profile);
	if (has_instance(kit)) {
		put_bytes_claim(out, 256, &kit->instance_id);
		put_int_claim(out, 44243, 0);
	}
	if (!is_direct(kit))
		put_realm_signing_claims(kit, out);
	if (kit->extra.len) {
		cbuf_int(out, 65000);
		cbuf_raw(out, kit->extra.data, kit->extra.len);
	}
}

static void put_component(const struct realm_component *component, struct cbuf *out)
{
	cbuf_map(out, 2 + (component->name ? 1 : 0) + (component->version ? 1 : 0) + (component->hash_name ? 1 : 0));
	if (component->name)
		put_text_claim(out, 1, component->name);
	put_bytes_claim(out, 2, &component->measurement);
	if (component->version)
		put_text_claim(out, 4, component->version);
	put_bytes_claim(out, 5, &component->signer);
	if (component->hash_name)
		put_text_claim(out, 6, component->hash_name);
}

/* What binds the realm's token: its RAK, or in direct mode its claims. */
static void put_binding(const struct token_kit *kit, const struct cbuf *realm, struct cbuf *out)
{
	const char *name = is_direct(kit) ? kit->realm_hash : kit->rak_hash;
	struct realm_bytes bytes = { kit->bound, 32 };
	uint8_t digest[EVP_MAX_MD_SIZE];
	struct cbuf rak = { 0 };
	unsigned int len;
	char md[16];

	put_rak(kit, &rak);
	if (is_direct(kit)) {
		rak.len = 0;
		cbuf_raw(&rak, realm->data, realm->len);
	}
	snprintf(md, sizeof(md), "SHA%s", name + strlen("sha-"));
	must(EVP_Digest(rak.data, rak.len, digest, &len, EVP_get_digestbyname(md), NULL) == 1, "digest");
	if (!kit->bound)
		bytes = (struct realm_bytes){ digest, len };
	put_bytes_claim(out, is_of(kit->platform_profile, "2026:") ? 2408 : 10, &bytes);
	cbuf_free(&rak);
}

static void put_platform_claims(const struct token_kit *kit, const struct cbuf *realm, struct cbuf *out)
{
	bool client = strstr(kit->platform_profile, "_platform#2.") != NULL;
	size_t i;

	cbuf_map(out, 8 + (client ? 1 : 0) + (kit->platform_challenge.len ? 1 : 0));
	put_binding(kit, realm, out);
	if (kit->platform_challenge.len)
		put_bytes_claim(out, 10, &kit->platform_challenge);
	put_text_claim(out, 265, kit->platform_profile);
	put_bytes_claim(out, 2396, &kit->implementation_id);
	put_bytes_claim(out, 256, &kit->instance_id);
	put_bytes_claim(out, 2401, &kit->config);
	put_int_claim(out, 2395, kit->lifecycle);
	put_text_claim(out, 2402, kit->platform_hash);
	cbuf_int(out, 2399);
	cbuf_array(out, kit->num_components);
	for (i = 0; i < kit->num_components; i++)
		put_component(&kit->components[i], out);
	if (client)
		put_int_claim(out, 2394, 1);
}

/* ---- the token ---- */

static void put_entry(const struct token_kit *kit, int64_t key, const struct cbuf *part, struct cbuf *out)
{
	cbuf_int(out, key);
	if (kit->tag == 907) {
		cbuf_array(out, 2);
		cbuf_int(out, 263);
	}
	cbuf_bytes(out, part->data, part->len);
}

void kit_write(const struct token_kit *kit, struct cbuf *out)
{
	const struct realm_bytes none = { 0 };
	struct cbuf claims[2] = { 0 }, parts[2] = { 0 };
	int i;

	put_realm_claims(kit, &claims[1]);
	put_platform_claims(kit, &claims[1], &claims[0]);
	put_signed(kit->cpak, kit->platform_fault, &kit->x5chain, &claims[0], &parts[0]);
	if (is_direct(kit))
		cbuf_raw(&parts[1], claims[1].data, claims[1].len);
	else
		put_signed(kit->rak, kit->realm_fault, &none, &claims[1], &parts[1]);
	if (kit->tag) {
		cbuf_tag(out, kit->tag);
		cbuf_map(out, 2);
		put_entry(kit, 44234, &parts[0], out);
		put_entry(kit, 44241, &parts[1], out);
	} else {
		cbuf_raw(out, parts[kit->only - 1].data, parts[kit->only - 1].len);
	}
	must(!out->nomem, "memory");
	for (i = 0; i < 2; i++) {
		cbuf_free(&claims[i]);
		cbuf_free(&parts[i]);
	}
}

struct realm_token *kit_parse(const struct token_kit *kit, struct realm_ctx *ctx)
{
	struct realm_token *token = NULL;
	struct cbuf out = { 0 };
	int err;

	kit_write(kit, &out);
	err = realm_token_parse(ctx, out.data, out.len, &token);
	if (err)
		fprintf(stderr, "make-token: %s\n", realm_error_why(realm_ctx_last_error(ctx)));
	must(!err, "reading the token back");
	cbuf_free(&out);
	return token;
}

/* ---- life ---- */

#define ROW(byte) byte, byte, byte, byte, byte, byte, byte, byte
#define DIGEST(byte) ROW(byte), ROW(byte), ROW(byte), ROW(byte)

static const uint8_t implementation[] = { DIGEST(0x7f) };
static const uint8_t instance[] = { 0x01, DIGEST(0x07) };
static const uint8_t config[] = { 0xcf, 0xcf, 0xcf, 0xcf };
static const uint8_t rim[] = { DIGEST(0x11) };
static const uint8_t rems[REALM_REMS][32] = { { DIGEST(0x20) }, { DIGEST(0x21) }, { DIGEST(0x22) }, { DIGEST(0x23) } };
static const uint8_t rpv[] = { DIGEST(0x54), DIGEST(0) };
static const uint8_t challenge[] = { DIGEST(0xab), DIGEST(0xcd) };
static const uint8_t bl1[] = { DIGEST(0xb1) }, rmm[] = { DIGEST(0x33) }, signer[] = { DIGEST(0x99) };

static const struct realm_component components[] = {
	{ .sz = sizeof(components[0]),
	  .name = "BL1",
	  .measurement = BYTES(bl1),
	  .signer = BYTES(signer),
	  .version = "1.2" },
	{ .sz = sizeof(components[0]), .name = "RMM", .measurement = BYTES(rmm), .signer = BYTES(signer) },
};

void kit_init(struct token_kit *kit)
{
	size_t i;

	*kit = (struct token_kit){
		.tag = 907,
		.cpak = EVP_EC_gen("P-256"),
		.rak = EVP_EC_gen("P-384"),
		.platform_profile = "tag:arm.com,2023:cca_platform#1.0.0",
		.platform_hash = "sha-256",
		.lifecycle = 0x3003,
		.implementation_id = BYTES(implementation),
		.instance_id = BYTES(instance),
		.config = BYTES(config),
		.components = components,
		.num_components = ARRAY_SIZE(components),
		.realm_profile = "tag:arm.com,2024:realm#2.0.0",
		.realm_hash = "sha-256",
		.rak_hash = "sha-256",
		.challenge = BYTES(challenge),
		.rim = BYTES(rim),
		.rpv = BYTES(rpv),
	};
	for (i = 0; i < REALM_REMS; i++)
		kit->rems[i] = (struct realm_bytes)BYTES(rems[i]);
	must(kit->cpak && kit->rak, "making keys");
}

void kit_free(struct token_kit *kit)
{
	EVP_PKEY_free(kit->cpak);
	EVP_PKEY_free(kit->rak);
}
