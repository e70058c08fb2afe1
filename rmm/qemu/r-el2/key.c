/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * key.c - the RAK and the platform's key: of P-384, made at boot, gone with it
 *
 * The curve and ECDSA are BearSSL's (MIT licence), which derives nonces from key and digest (RFC 6979).
 */
#include <string.h>
#include <bearssl.h>

#include "console.h"
#include "rmm.h"

#define SECRET_SIZE 48
#define CURVE BR_EC_secp384r1

struct key {
	uint8_t secret[SECRET_SIZE], point[RMM_RAK_POINT_SIZE];
};

static const br_ec_impl *const curve = &br_ec_prime_i31;
static struct key rak, platform_key;

/* From 1 to the order of the group, less one */
static bool is_secret(const uint8_t number[SECRET_SIZE])
{
	static const uint8_t zero[SECRET_SIZE];
	size_t len;

	return memcmp(number, zero, SECRET_SIZE) && memcmp(number, curve->order(CURVE, &len), SECRET_SIZE) < 0;
}

static void make(struct key *key)
{
	do {
		if (!random_bytes(NULL, key->secret, SECRET_SIZE))
			panic("RMM: the CPU has no random numbers for a key; start again");
	} while (!is_secret(key->secret));
	curve->mulgen(key->point, key->secret, SECRET_SIZE, CURVE);
}

static bool sign(struct key *key, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	const br_ec_private_key secret = { CURVE, key->secret, SECRET_SIZE };

	return br_ecdsa_i31_sign_raw(curve, &br_sha384_vtable, digest, &secret, signature) == RMM_SIGNATURE_SIZE;
}

void key_boot(void)
{
	make(&rak);
	make(&platform_key);
}

bool key_rak_point(void *ctx, uint8_t point[RMM_RAK_POINT_SIZE])
{
	memcpy(point, rak.point, RMM_RAK_POINT_SIZE);
	return true;
}

bool key_rak_sign(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	return sign(&rak, digest, signature);
}

bool key_platform_point(uint8_t point[RMM_RAK_POINT_SIZE])
{
	memcpy(point, platform_key.point, RMM_RAK_POINT_SIZE);
	return true;
}

bool key_platform_sign(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	return sign(&platform_key, digest, signature);
}
