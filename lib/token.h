/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * token.h - a decoded token, as its files share it
 *
 * token.c: forms, life, getters; token-claims.c: the tables of claims and reading by them; profile.c: what each profile string means; token-json.c: JSON;
 * token-verify.c: the mandatory checks; appraise.c: those against what the caller gave; verdict.c: their list, and EAR
 */
#ifndef REALM_TOKEN_INTERNAL_H
#define REALM_TOKEN_INTERNAL_H

#include "cose.h"
#include "key.h"

/* What a profile string means; unknown strings have known == false and are decoded as the newest. */
struct token_profile {
	bool known;
	unsigned int year;  /* 0: legacy, 2023, 2024, 2026 */
	bool binding_claim; /* platform: the realm's token is bound by claim 2408, not 10 */
	bool direct;        /* platform: no RAK, the realm's claims are bound themselves */
	bool hesrak;        /* platform: claim 10 repeats the realm's challenge */
	bool client_id;     /* platform: claim 2394 is mandatory */
	bool instance_id;   /* realm: claims 256 and 44243 are mandatory */
};

struct token_part {
	bool present;
	bool is_signed;          /* false: the bare claims of direct mode */
	struct cose_sign1 sign1; /* only when signed */
	struct realm_bytes content; /* of the collection's byte string, as received */
	struct cval claims;      /* the map */
	struct token_profile profile;
};

struct realm_token {
	struct realm_ctx *ctx;
	uint8_t *data;
	size_t len;
	enum realm_token_form form;
	struct token_part parts[2]; /* index: enum realm_token_part - 1 */
	struct realm_platform_claims platform;
	struct realm_component *components;
	struct realm_realm_claims realm;
	char *texts; /* NUL-terminated copies of all text claims, one buffer no larger than the token */
};

static inline const struct token_part *token_part(const struct realm_token *token, enum realm_token_part part)
{
	return &token->parts[part - REALM_TOKEN_PLATFORM];
}

/* ---- profile.c ---- */

struct token_profile platform_profile(const char *name);
/* name NULL: legacy */
struct token_profile realm_profile_claim(const char *name);
/* "sha-256" (IANA) to its algorithm: 0, or -EINVAL */
int token_hash_from_name(const char *name, enum realm_hash *hashp);
const char *token_hash_name(enum realm_hash hash);

/* ---- token-claims.c ---- */

/* Read the claims of one part into token->platform and components, or token->realm; profiles are set by it. */
int token_read_platform(struct realm_token *token);
int token_read_realm(struct realm_token *token);
/* The name that Veraison gives to a claim, without its prefix; NULL for one that has none. */
const char *token_claim_name(enum realm_token_part part, int64_t key);

#endif /* REALM_TOKEN_INTERNAL_H */
