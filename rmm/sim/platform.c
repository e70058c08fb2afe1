/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * platform.c - the platform under the RMM, as attestation knows it: two keys, and the token that one of them signs
 *
 * Keys are made when they are first needed, and last as long as the host. Nobody vouches for them, and all that the
 * token says about the platform says that it is a test (docs/sim.md). Claims are those of the profile
 * tag:arm.com,2023:cca_platform#1.0.0.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "rmi.h"
#include "sign1.h"
#include "sim.h"

#define PROFILE "tag:arm.com,2023:cca_platform#1.0.0"
#define IMPLEMENTATION_ID "librealm TEST platform, no trust"
#define CONFIGURATION "TEST"
#define VERIFICATION_SERVICE "TEST platform of librealm-sim: nobody vouches for it"
#define SIGNER "TEST signer"
#define LIFECYCLE_SECURED 0x3003

enum claim {
	CLAIM_CHALLENGE = 10,
	CLAIM_INSTANCE_ID = 256,
	CLAIM_PROFILE = 265,
	CLAIM_LIFECYCLE = 2395,
	CLAIM_IMPLEMENTATION_ID = 2396,
	CLAIM_COMPONENTS = 2399,
	CLAIM_VERIFICATION_SERVICE = 2400,
	CLAIM_CONFIGURATION = 2401,
	CLAIM_HASH_ALGO = 2402,
};

enum component_claim { COMPONENT_NAME = 1, COMPONENT_VALUE = 2, COMPONENT_VERSION = 4, COMPONENT_SIGNER = 5 };

#define DIGEST_SIZE 32	/* of SHA-256 */

_Static_assert(sizeof(IMPLEMENTATION_ID) - 1 == 32, "an implementation id has 32 bytes");

/* ---- keys ---- */

static EVP_PKEY *key_of(void **keyp)
{
	if (!*keyp)
		*keyp = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-384");
	return *keyp;
}

static bool point_of(EVP_PKEY *key, uint8_t point[RMM_RAK_POINT_SIZE])
{
	size_t len = 0;

	return key && EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, RMM_RAK_POINT_SIZE, &len) &&
	       len == RMM_RAK_POINT_SIZE;
}

/* A signature of OpenSSL as COSE has it: r and s, each as long as the order of the group */
static bool split(const uint8_t *der, size_t len, uint8_t signature[RMM_SIGNATURE_SIZE])
{
	const int half = RMM_SIGNATURE_SIZE / 2;
	ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)len);
	bool done = sig && BN_bn2binpad(ECDSA_SIG_get0_r(sig), signature, half) == half &&
		    BN_bn2binpad(ECDSA_SIG_get0_s(sig), signature + half, half) == half;

	ECDSA_SIG_free(sig);
	return done;
}

static bool sign(EVP_PKEY *key, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	EVP_PKEY_CTX *ctx = key ? EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL) : NULL;
	uint8_t der[128];
	size_t len = sizeof(der);
	bool done = ctx && EVP_PKEY_sign_init(ctx) == 1 && EVP_PKEY_sign(ctx, der, &len, digest, 48) == 1 &&
		    split(der, len, signature);

	EVP_PKEY_CTX_free(ctx);
	return done;
}

bool sim_rak_point(struct realm_sim *sim, uint8_t point[RMM_RAK_POINT_SIZE])
{
	return point_of(key_of(&sim->platform.rak), point);
}

bool sim_rak_sign(struct realm_sim *sim, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	return sign(key_of(&sim->platform.rak), digest, signature);
}

/* ---- the token ---- */

static void hash(struct realm_sim *sim, const void *data, size_t len, uint8_t digest[DIGEST_SIZE])
{
	sim_port.hash_begin(sim, RMI_HASH_SHA_256);
	sim_port.hash_add(sim, data, len);
	sim_port.hash_end(sim, digest);
}

static bool put_instance_id(struct rmm_cbor *out, struct realm_sim *sim)
{
	uint8_t point[RMM_RAK_POINT_SIZE], id[1 + DIGEST_SIZE] = { 0x01 };

	if (!point_of(key_of(&sim->platform.cpak), point))
		return false;
	hash(sim, point, sizeof(point), id + 1);
	rmm_cbor_int(out, CLAIM_INSTANCE_ID);
	rmm_cbor_bytes(out, id, sizeof(id));
	return true;
}

/* The value is the digest of name, space and version. */
static void put_component(struct rmm_cbor *out, struct realm_sim *sim, const char *name, const char *version)
{
	uint8_t value[DIGEST_SIZE], signer[DIGEST_SIZE];
	char both[64];

	snprintf(both, sizeof(both), "%s %s", name, version);
	hash(sim, both, strlen(both), value);
	hash(sim, SIGNER, sizeof(SIGNER) - 1, signer);
	rmm_cbor_head(out, RMM_CBOR_MAP, 4);
	rmm_cbor_int(out, COMPONENT_NAME);
	rmm_cbor_text(out, name);
	rmm_cbor_int(out, COMPONENT_VALUE);
	rmm_cbor_bytes(out, value, sizeof(value));
	rmm_cbor_int(out, COMPONENT_VERSION);
	rmm_cbor_text(out, version);
	rmm_cbor_int(out, COMPONENT_SIGNER);
	rmm_cbor_bytes(out, signer, sizeof(signer));
}

static void put_components(struct rmm_cbor *out, struct realm_sim *sim)
{
	rmm_cbor_int(out, CLAIM_COMPONENTS);
	rmm_cbor_head(out, RMM_CBOR_ARRAY, 4);
	put_component(out, sim, "TEST BL1", "1");
	put_component(out, sim, "TEST BL2", "1");
	put_component(out, sim, "TEST RMM", rmm_variant_name(sim->variant));
	put_component(out, sim, "TEST HW CONFIG", "1");
}

static void put_text(struct rmm_cbor *out, enum claim claim, const char *text)
{
	rmm_cbor_int(out, claim);
	rmm_cbor_text(out, text);
}

static void put_bytes(struct rmm_cbor *out, enum claim claim, const void *bytes, size_t len)
{
	rmm_cbor_int(out, claim);
	rmm_cbor_bytes(out, bytes, len);
}

static bool put_claims(struct rmm_cbor *out, struct realm_sim *sim, const uint8_t challenge[DIGEST_SIZE])
{
	rmm_cbor_head(out, RMM_CBOR_MAP, 9);
	put_bytes(out, CLAIM_CHALLENGE, challenge, DIGEST_SIZE);
	if (!put_instance_id(out, sim))
		return false;
	put_text(out, CLAIM_PROFILE, PROFILE);
	rmm_cbor_int(out, CLAIM_LIFECYCLE);
	rmm_cbor_int(out, LIFECYCLE_SECURED);
	put_bytes(out, CLAIM_IMPLEMENTATION_ID, IMPLEMENTATION_ID, sizeof(IMPLEMENTATION_ID) - 1);
	put_components(out, sim);
	put_text(out, CLAIM_VERIFICATION_SERVICE, VERIFICATION_SERVICE);
	put_bytes(out, CLAIM_CONFIGURATION, CONFIGURATION, sizeof(CONFIGURATION) - 1);
	put_text(out, CLAIM_HASH_ALGO, "sha-256");
	return true;
}

static bool sign_claims(struct realm_sim *sim, const struct rmm_cbor *claims, uint8_t signature[RMM_SIGNATURE_SIZE])
{
	uint8_t head[RMM_SIGN1_TBS_HEAD_MAX], digest[48];
	struct rmm_cbor out = { head, sizeof(head), 0 };

	rmm_sign1_tbs_head(&out, claims->len);
	sim_port.hash_begin(sim, RMI_HASH_SHA_384);
	sim_port.hash_add(sim, head, out.len);
	sim_port.hash_add(sim, claims->buf, claims->len);
	sim_port.hash_end(sim, digest);
	return sign(key_of(&sim->platform.cpak), digest, signature);
}

const void *sim_platform_token(struct realm_sim *sim, const uint8_t challenge[32], size_t *len)
{
	struct sim_platform *platform = &sim->platform;
	uint8_t buf[sizeof(platform->token)], signature[RMM_SIGNATURE_SIZE];
	struct rmm_cbor claims = { buf, sizeof(buf), 0 }, out = { platform->token, sizeof(platform->token), 0 };

	if (!put_claims(&claims, sim, challenge) || claims.len > claims.size || !sign_claims(sim, &claims, signature))
		return NULL;
	rmm_sign1_head(&out, claims.len);
	rmm_cbor_raw(&out, buf, claims.len);
	rmm_cbor_bytes(&out, signature, sizeof(signature));
	*len = out.len;
	return out.len <= out.size ? platform->token : NULL;
}

/* ---- who wants to verify it ---- */

static char *pem_of(EVP_PKEY *key)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *text, *pem = NULL;
	long len;

	if (bio && key && PEM_write_bio_PUBKEY(bio, key) == 1) {
		len = BIO_get_mem_data(bio, &text);
		pem = strndup(text, (size_t)len);
	}
	BIO_free(bio);
	return pem;
}

int realm_sim_platform_key(struct realm_sim *sim, char **pemp)
{
	char *pem;

	if (!sim || !pemp)
		return -EINVAL;
	sim_lock_take(&sim->rmm_lock);
	pem = pem_of(key_of(&sim->platform.cpak));
	sim_lock_give(&sim->rmm_lock);
	if (!pem)
		return -ENOMEM;
	*pemp = pem;
	return 0;
}

void sim_platform_end(struct sim_platform *platform)
{
	EVP_PKEY_free(platform->rak);
	EVP_PKEY_free(platform->cpak);
}
