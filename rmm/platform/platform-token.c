/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* platform-token.c - claims of the profile tag:arm.com,2023:cca_platform#1.0.0 (DEN0137 2.0-bet1, CCA platform token) */
#include "platform-token.h"
#include "rmi.h"
#include "sign1.h"

#define PROFILE "tag:arm.com,2023:cca_platform#1.0.0"
#define IMPLEMENTATION_ID "librealm TEST platform, no trust"
#define CONFIGURATION "TEST"
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

#define DIGEST_SIZE RMI_HASH_SHA_256_DIGEST_SIZE
#define UEID_RANDOM 0x01	/* type of an instance id */

_Static_assert(sizeof(IMPLEMENTATION_ID) - 1 == 32, "an implementation id has 32 bytes");

static void hash(const struct platform *platform, const void *data, size_t len, uint8_t digest[DIGEST_SIZE])
{
	platform->port->hash_begin(platform->ctx, RMI_HASH_SHA_256);
	platform->port->hash_add(platform->ctx, data, len);
	platform->port->hash_end(platform->ctx, digest);
}

static void put_text(struct rmm_cbor *out, int key, const char *text)
{
	rmm_cbor_int(out, key);
	rmm_cbor_text(out, text);
}

static void put_bytes(struct rmm_cbor *out, int key, const void *bytes, size_t len)
{
	rmm_cbor_int(out, key);
	rmm_cbor_bytes(out, bytes, len);
}

static void put_instance_id(struct rmm_cbor *out, const struct platform *platform)
{
	uint8_t id[1 + DIGEST_SIZE] = { UEID_RANDOM };

	hash(platform, platform->point, sizeof(platform->point), id + 1);
	put_bytes(out, CLAIM_INSTANCE_ID, id, sizeof(id));
}

static void put_components(struct rmm_cbor *out, const struct platform *platform)
{
	uint8_t signer[DIGEST_SIZE];

	hash(platform, SIGNER, sizeof(SIGNER) - 1, signer);
	rmm_cbor_int(out, CLAIM_COMPONENTS);
	rmm_cbor_head(out, RMM_CBOR_ARRAY, platform->num_components);
	for (unsigned i = 0; i < platform->num_components; i++) {
		const struct platform_component *component = &platform->components[i];

		rmm_cbor_head(out, RMM_CBOR_MAP, 4);
		put_text(out, COMPONENT_NAME, component->name);
		put_bytes(out, COMPONENT_VALUE, component->value, sizeof(component->value));
		put_text(out, COMPONENT_VERSION, component->version);
		put_bytes(out, COMPONENT_SIGNER, signer, sizeof(signer));
	}
}

static void put_claims(struct rmm_cbor *out, const struct platform *platform, const uint8_t challenge[DIGEST_SIZE])
{
	rmm_cbor_head(out, RMM_CBOR_MAP, 9);
	put_bytes(out, CLAIM_CHALLENGE, challenge, DIGEST_SIZE);
	put_instance_id(out, platform);
	put_text(out, CLAIM_PROFILE, PROFILE);
	rmm_cbor_int(out, CLAIM_LIFECYCLE);
	rmm_cbor_int(out, LIFECYCLE_SECURED);
	put_bytes(out, CLAIM_IMPLEMENTATION_ID, IMPLEMENTATION_ID, sizeof(IMPLEMENTATION_ID) - 1);
	put_components(out, platform);
	put_text(out, CLAIM_VERIFICATION_SERVICE, platform->verification_service);
	put_bytes(out, CLAIM_CONFIGURATION, CONFIGURATION, sizeof(CONFIGURATION) - 1);
	put_text(out, CLAIM_HASH_ALGO, "sha-256");
}

/* The head tells how long the claims are, so they are written twice: once to be counted. */
size_t platform_token_make(const struct platform *platform, const uint8_t challenge[32], void *buf, size_t size)
{
	uint8_t digest[RMI_HASH_SHA_384_DIGEST_SIZE], signature[RMM_SIGNATURE_SIZE];
	struct rmm_cbor claims = { 0 }, out = { buf, size, 0 };

	put_claims(&claims, platform, challenge);
	rmm_sign1_head(&out, claims.len);
	put_claims(&out, platform, challenge);
	if (out.len > size)
		return 0;
	rmm_sign1_digest(platform->port, platform->ctx, out.buf + out.len - claims.len, claims.len, digest);
	if (!platform->sign(platform->ctx, digest, signature))
		return 0;
	rmm_cbor_bytes(&out, signature, sizeof(signature));
	return out.len <= size ? out.len : 0;
}
