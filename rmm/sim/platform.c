/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * platform.c - the platform under the RMM, as attestation knows it: two keys, and the token that one of them signs
 *
 * Keys are made when they are first needed, and last as long as the host. Nobody vouches for them, and all that the
 * token says about the platform says that it is a test (docs/sim.md).
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

#include "platform-token.h"
#include "rmi.h"
#include "sim.h"

#define VERIFICATION_SERVICE "TEST platform of librealm-sim: nobody vouches for it"

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

static bool sign_platform(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	struct realm_sim *sim = ctx;

	return sign(key_of(&sim->platform.cpak), digest, signature);
}

/* There is nothing to measure: the value is the digest of name, space and version. */
static void measure(struct realm_sim *sim, struct platform_component *component)
{
	char both[64];
	int len = snprintf(both, sizeof(both), "%s %s", component->name, component->version);

	sim_port.hash_begin(sim, RMI_HASH_SHA_256);
	sim_port.hash_add(sim, both, (size_t)len);
	sim_port.hash_end(sim, component->value);
}

const void *sim_platform_token(struct realm_sim *sim, const uint8_t challenge[32], size_t *len)
{
	struct platform_component components[] = {
		{ "TEST BL1", "1", { 0 } },
		{ "TEST BL2", "1", { 0 } },
		{ "TEST RMM", rmm_variant_name(sim->variant), { 0 } },
		{ "TEST HW CONFIG", "1", { 0 } },
	};
	const unsigned num_components = sizeof(components) / sizeof(*components);
	struct platform platform = {
		.port = &sim_port, .ctx = sim, .sign = sign_platform, .verification_service = VERIFICATION_SERVICE,
		.components = components, .num_components = num_components,
	};

	if (!point_of(key_of(&sim->platform.cpak), platform.point))
		return NULL;
	for (unsigned i = 0; i < num_components; i++)
		measure(sim, &components[i]);
	*len = platform_token_make(&platform, challenge, sim->platform.token, sizeof(sim->platform.token));
	return *len ? sim->platform.token : NULL;
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
