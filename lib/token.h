/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * token.h - a decoded token, as its files share it
 *
 * token.c: forms, life, getters; token-claims.c: the tables of claims and reading by them; profile.c: what each profile
 * string means; token-json.c: JSON; token-verify.c: the mandatory checks; appraise.c: those against what the caller
 * gave; verdict.c: their list, and EAR
 */
#ifndef REALM_TOKEN_INTERNAL_H
#define REALM_TOKEN_INTERNAL_H

#include "cose.h"
#include "key.h"

/* What a profile string means.  For an unknown one all is false, and only what all profiles ask is asked. */
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
	bool is_signed;             /* false: the bare claims of direct mode */
	struct cose_sign1 sign1;    /* only when signed */
	struct realm_bytes content; /* of the collection's byte string, as received; of a part alone: the whole input */
	struct cval claims;         /* the map */
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
	char *texts; /* NUL-terminated copies of the text claims; room for as many bytes as the token has */
	size_t texts_len;
};

static inline const struct token_part *token_part(const struct realm_token *token, enum realm_token_part part)
{
	return &token->parts[part - REALM_TOKEN_PLATFORM];
}

/* What all CBOR in a token is held to: 1 MiB, 16 levels, 1024 entries (maps: see cbor-check.c), no indefinite length. */
extern const struct cbor_limits token_limits;

/* ---- profile.c ---- */

struct token_profile platform_profile(const char *name);
/* name NULL: legacy */
struct token_profile realm_profile_claim(const char *name);
/* "sha-256" (IANA) to its algorithm: 0, or -EINVAL */
int token_hash_from_name(const char *name, enum realm_hash *hashp);
const char *token_hash_name(enum realm_hash hash);

/* ---- token-claims.c ---- */

/* Read the claims of one part into token->platform and components, or token->realm; sets the part's profile. */
int token_read_platform(struct realm_token *token);
int token_read_realm(struct realm_token *token);

enum token_table {
	TOKEN_PLATFORM_CLAIMS,
	TOKEN_REALM_CLAIMS,
	TOKEN_COMPONENT,
};

struct token_claim {
	int64_t key;
	const char *name; /* that Veraison gives it, without the prefix of its part; NULL: none */
};

/* The claims that are known, in the order in which they are shown; false after the last. */
bool token_known_claim(enum token_table which, size_t index, struct token_claim *claim);

#endif /* REALM_TOKEN_INTERNAL_H */
