/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * token.c - the attestation token of a realm (DEN0137 2.0-bet1, Realm attestation; draft-ffm-rats-cca-token)
 *
 *     collection: platform token  a COSE_Sign1 of the platform, whose challenge is the digest of the RAK's COSE_Key
 *                 realm token     a COSE_Sign1 of the claims below, signed with the RAK
 *
 * The signature is what the token ends with: all else is written first, with zeros there.
 */
#include "core.h"
#include "measurement.h"
#include "sign1.h"

#define TAG_CCA_TOKEN 399
#define TAG_CMW_COLLECTION 907
#define CONTENT_EAT_CWT 263	/* CoAP content format of application/eat+cwt */
#define PLATFORM_TOKEN 44234
#define REALM_TOKEN 44241

/* In the order of TF-RMM, which is not that of the numbers */
enum claim {
	CLAIM_CHALLENGE = 10,
	CLAIM_INSTANCE_ID = 256,
	CLAIM_RPV = 44235,
	CLAIM_RAK = 44237,
	CLAIM_HASH_ALGO = 44236,
	CLAIM_RAK_HASH_ALGO = 44240,
	CLAIM_MEC_POLICY = 44243,
	CLAIM_PROFILE = 265,
	CLAIM_RIM = 44238,
	CLAIM_REMS = 44239,
};

#define UEID_RANDOM 0x01	/* type of an instance id */

/* COSE_Key (RFC 9053, 7.1) */
#define KEY_TYPE 1
#define KEY_TYPE_EC2 2
#define KEY_CURVE (-1)
#define KEY_CURVE_P384 2
#define KEY_X (-2)
#define KEY_Y (-3)
#define KEY_SIZE 107
#define COORDINATE_SIZE 48

struct token {
	struct rmm *rmm;
	const struct rd *rd;
	const uint8_t *challenge;
	uint8_t key[KEY_SIZE];
	const void *platform;
	size_t platform_len, claims_len;
};

/* ---- the RAK, and the platform token that vouches for it ---- */

static bool get_key(struct token *token)
{
	const struct rmm *rmm = token->rmm;
	uint8_t point[RMM_RAK_POINT_SIZE];
	struct rmm_cbor out = { token->key, sizeof(token->key), 0 };

	if (!rmm->port->rak_point(rmm->ctx, point))
		return false;
	rmm_cbor_head(&out, RMM_CBOR_MAP, 4);
	rmm_cbor_int(&out, KEY_TYPE);
	rmm_cbor_int(&out, KEY_TYPE_EC2);
	rmm_cbor_int(&out, KEY_CURVE);
	rmm_cbor_int(&out, KEY_CURVE_P384);
	rmm_cbor_int(&out, KEY_X);
	rmm_cbor_bytes(&out, point + 1, COORDINATE_SIZE);
	rmm_cbor_int(&out, KEY_Y);
	rmm_cbor_bytes(&out, point + 1 + COORDINATE_SIZE, COORDINATE_SIZE);
	return true;
}

static bool get_platform(struct token *token)
{
	const struct rmm *rmm = token->rmm;
	uint8_t digest[RMI_HASH_SHA_256_DIGEST_SIZE];

	rmm->port->hash_begin(rmm->ctx, RMI_HASH_SHA_256);
	rmm->port->hash_add(rmm->ctx, token->key, sizeof(token->key));
	rmm->port->hash_end(rmm->ctx, digest);
	token->platform = rmm->port->platform_token(rmm->ctx, digest, &token->platform_len);
	return token->platform;
}

/* ---- claims ---- */

static const char *hash_name(unsigned algo)
{
	return algo == RMI_HASH_SHA_256 ? "sha-256" : algo == RMI_HASH_SHA_384 ? "sha-384" : "sha-512";
}

static void put_bytes(struct rmm_cbor *out, enum claim claim, const void *bytes, size_t len)
{
	rmm_cbor_int(out, claim);
	rmm_cbor_bytes(out, bytes, len);
}

static void put_text(struct rmm_cbor *out, enum claim claim, const char *text)
{
	rmm_cbor_int(out, claim);
	rmm_cbor_text(out, text);
}

static void put_instance_id(struct rmm_cbor *out, const struct rd *rd)
{
	const uint8_t type = UEID_RANDOM;

	rmm_cbor_int(out, CLAIM_INSTANCE_ID);
	rmm_cbor_head(out, RMM_CBOR_BYTES, 1 + sizeof(rd->instance_id));
	rmm_cbor_raw(out, &type, 1);
	rmm_cbor_raw(out, rd->instance_id, sizeof(rd->instance_id));
}

static void put_measurements(struct rmm_cbor *out, const struct rd *rd)
{
	unsigned len = rmm_digest_size(rd->params.hash_algo);

	put_bytes(out, CLAIM_RIM, rd->measurements[RMM_MEASUREMENT_INDEX_RIM], len);
	rmm_cbor_int(out, CLAIM_REMS);
	rmm_cbor_head(out, RMM_CBOR_ARRAY, 4);
	for (unsigned i = 1; i <= 4; i++)
		rmm_cbor_bytes(out, rd->measurements[i], len);
}

static void put_claims(struct rmm_cbor *out, const struct token *token)
{
	const struct rmm_variant *variant = token->rmm->variant;
	const struct rd *rd = token->rd;

	rmm_cbor_head(out, RMM_CBOR_MAP, 8 + variant->instance_id + variant->token_mec_policy);
	put_bytes(out, CLAIM_CHALLENGE, token->challenge, RMM_CHALLENGE_SIZE);
	if (variant->instance_id)
		put_instance_id(out, rd);
	put_bytes(out, CLAIM_RPV, rd->params.rpv, sizeof(rd->params.rpv));
	put_bytes(out, CLAIM_RAK, token->key, sizeof(token->key));
	put_text(out, CLAIM_HASH_ALGO, hash_name(rd->params.hash_algo));
	put_text(out, CLAIM_RAK_HASH_ALGO, hash_name(RMI_HASH_SHA_256));
	if (variant->token_mec_policy) {
		rmm_cbor_int(out, CLAIM_MEC_POLICY);
		rmm_cbor_int(out, (int64_t)rmi_realm_flags0_get_mec_policy(rd->params.flags0));
	}
	put_text(out, CLAIM_PROFILE, variant->token_profile);
	put_measurements(out, rd);
}

/* ---- the whole ---- */

static void put_realm_token(struct rmm_cbor *out, const struct token *token)
{
	static const uint8_t unsigned_yet[RMM_SIGNATURE_SIZE];

	rmm_sign1_head(out, token->claims_len);
	put_claims(out, token);
	rmm_cbor_bytes(out, unsigned_yet, sizeof(unsigned_yet));
}

/* The part of the collection that begins here has so many bytes. */
static void put_part(struct rmm_cbor *out, const struct token *token, int key, size_t len)
{
	rmm_cbor_int(out, key);
	if (token->rmm->variant->token_cmw) {
		rmm_cbor_head(out, RMM_CBOR_ARRAY, 2);
		rmm_cbor_int(out, CONTENT_EAT_CWT);
	}
	rmm_cbor_head(out, RMM_CBOR_BYTES, len);
}

static void put_collection(struct rmm_cbor *out, struct token *token)
{
	struct rmm_cbor claims = { 0 }, realm = { 0 };

	put_claims(&claims, token);
	token->claims_len = claims.len;
	put_realm_token(&realm, token);
	rmm_cbor_head(out, RMM_CBOR_TAG, token->rmm->variant->token_cmw ? TAG_CMW_COLLECTION : TAG_CCA_TOKEN);
	rmm_cbor_head(out, RMM_CBOR_MAP, 2);
	put_part(out, token, PLATFORM_TOKEN, token->platform_len);
	rmm_cbor_raw(out, token->platform, token->platform_len);
	put_part(out, token, REALM_TOKEN, realm.len);
	put_realm_token(out, token);
}

/* end: of the token, which is also that of the signature; the claims are before its head of two bytes */
static bool sign(const struct token *token, uint8_t *end)
{
	const struct rmm *rmm = token->rmm;
	uint8_t *signature = end - RMM_SIGNATURE_SIZE;
	uint8_t digest[RMI_HASH_SHA_384_DIGEST_SIZE];

	rmm_sign1_digest(rmm->port, rmm->ctx, signature - 2 - token->claims_len, token->claims_len, digest);
	return rmm->port->rak_sign(rmm->ctx, digest, signature);
}

size_t rmm_token_make(struct rmm *rmm, const struct rd *rd, const uint8_t challenge[RMM_CHALLENGE_SIZE], void *buf,
		      size_t size)
{
	struct token token = { .rmm = rmm, .rd = rd, .challenge = challenge };
	struct rmm_cbor out = { buf, size, 0 };

	if (!get_key(&token) || !get_platform(&token))
		return 0;
	put_collection(&out, &token);
	return out.len <= size && sign(&token, out.buf + out.len) ? out.len : 0;
}
