/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * make-token.h - CCA tokens made and signed when a test runs
 *
 *     struct token_kit kit;
 *     kit_init(&kit);                  a good token of today's emulators, keys of its own
 *     kit.lifecycle = 0x4000;          changed before it is signed
 *     token = kit_parse(&kit, ctx);
 *     kit_free(&kit);
 */
#ifndef MAKE_TOKEN_H
#define MAKE_TOKEN_H

#include <openssl/evp.h>

#include "cbor.h"

#define KIT_POINT_MAX 133

/* A signed part gets this done to it. */
enum kit_fault {
	KIT_GOOD,
	KIT_BIT,       /* the last bit of the signature is another */
	KIT_OTHER_KEY, /* signed with a key made for that */
	KIT_NO_ALG,    /* states the algorithm -8, which is not ours */
	KIT_OTHER_ALG, /* states ES256 where the key is on P-384, ES384 where it is not */
};

struct token_kit {
	uint64_t tag; /* 399 or 907; 0: only one part */
	enum realm_token_part only;
	EVP_PKEY *cpak, *rak;
	struct realm_bytes x5chain; /* a certificate in the platform's protected header; len 0: none */
	bool rak_is_point, rak_off_curve;
	enum kit_fault platform_fault, realm_fault;
	const uint8_t *bound;     /* 32 bytes instead of the right digest */
	struct realm_bytes extra; /* encoded value of a claim of the realm that nobody knows; len 0: none */

	const char *platform_profile, *platform_hash;
	unsigned int lifecycle;
	struct realm_bytes platform_challenge; /* HESRAK; len 0: none */
	struct realm_bytes implementation_id, instance_id, config;
	const struct realm_component *components;
	size_t num_components;

	const char *realm_profile; /* NULL: no claim */
	const char *realm_hash, *rak_hash;
	struct realm_bytes challenge, rim, rems[REALM_REMS], rpv;
};

/* ES256 platform of 2023, realm of 2024, tag 907, sha-256. */
void kit_init(struct token_kit *kit);
void kit_free(struct token_kit *kit);
/* The encoded token; the caller frees it with cbuf_free(). */
void kit_write(const struct token_kit *kit, struct cbuf *out);
struct realm_token *kit_parse(const struct token_kit *kit, struct realm_ctx *ctx);
/* The key that the platform signs with, as a set with nothing but it; the uncompressed point. */
struct realm_keys *kit_keys(const struct token_kit *kit, struct realm_ctx *ctx);
size_t kit_point(EVP_PKEY *key, uint8_t point[KIT_POINT_MAX]);

#endif /* MAKE_TOKEN_H */
