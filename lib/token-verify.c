/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * token-verify.c - does a token hold?  The mandatory checks, failing closed: what is not shown to be good is not
 *
 * Source: draft-ffm, DEN0137 chapter on attestation; docs/tokens.md.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "key.h"
#include "verdict.h"

/* ---- structure ---- */

static const char *profile_text(const char *profile)
{
	return profile ? profile : "no profile";
}

static void describe(struct realm_verdict *verdict, const struct realm_token *token)
{
	const char *platform = profile_text(token->platform.profile), *realm = profile_text(token->realm.profile);

	if (token->form == REALM_TOKEN_PLATFORM_ONLY)
		check_say(verdict, CHECK_STRUCTURE, CHECK_FOUND, "%.*s", quoted(platform), platform);
	else if (token->form == REALM_TOKEN_REALM_ONLY)
		check_say(verdict, CHECK_STRUCTURE, CHECK_FOUND, "%.*s", quoted(realm), realm);
	else
		check_say(verdict, CHECK_STRUCTURE, CHECK_FOUND, "tag %d, %.*s, %.*s",
			  token->form == REALM_TOKEN_CMW ? 907 : 399, quoted(platform), platform, quoted(realm), realm);
}

/* NULL: nothing is wrong. */
static const char *structure_fault(const struct realm_token *token)
{
	const struct token_part *platform = token_part(token, REALM_TOKEN_PLATFORM);
	const struct token_part *realm = token_part(token, REALM_TOKEN_REALM);

	if (token->form == REALM_TOKEN_PLATFORM_ONLY)
		return "a platform token alone is not a CCA token";
	if (token->form == REALM_TOKEN_REALM_ONLY)
		return "a realm token alone is not a CCA token";
	if (!platform->present || !realm->present)
		return "a CCA token has a platform token and a realm token";
	if (!platform->is_signed)
		return "the platform token is not signed";
	if (!platform->profile.known)
		return "the platform's profile is not known";
	if (!realm->profile.known)
		return "the realm's profile is not known";
	if (platform->profile.direct == realm->is_signed)
		return realm->is_signed
			       ? "the platform's profile is that of direct mode, the realm token is signed"
			       : "the realm token is not signed, the platform's profile is not that of direct mode";
	return NULL;
}

static void check_structure(struct realm_verdict *verdict, const struct realm_token *token)
{
	const char *fault = structure_fault(token);

	check_say(verdict, CHECK_STRUCTURE, CHECK_EXPECTED, "tag 399 or 907, both tokens, profiles that are known");
	describe(verdict, token);
	if (fault)
		check_fail(verdict, CHECK_STRUCTURE, REALM_CHECK_BAD, "%s", fault);
	else
		check_end(verdict, CHECK_STRUCTURE, REALM_CHECK_GOOD);
}

/* ---- signatures ---- */

/* The algorithm of a signature, NULL when it is not known. */
static const struct cose_alg *check_algorithm(struct realm_verdict *verdict, enum check_id id,
					      const struct cose_sign1 *sign1)
{
	const struct cose_alg *alg = sign1->has_alg ? cose_alg(sign1->alg) : NULL;

	check_say(verdict, id, CHECK_EXPECTED, "ES256, ES384 or ES512");
	if (alg) {
		check_say(verdict, id, CHECK_FOUND, "%s", alg->name);
		check_end(verdict, id, REALM_CHECK_GOOD);
	} else if (sign1->has_alg) {
		check_say(verdict, id, CHECK_FOUND, "%lld", (long long)sign1->alg);
		check_fail(verdict, id, REALM_CHECK_BAD, "the algorithm is not known");
	} else {
		check_fail(verdict, id, REALM_CHECK_BAD, "no algorithm is stated");
	}
	return alg;
}

/* untried: why other keys were left out; empty: there are none */
static void check_signature(struct realm_verdict *verdict, enum check_id id, const struct cose_sign1 *sign1,
			    EVP_PKEY *const *keys, size_t count, const char *untried)
{
	const char *glue = *untried ? "; not tried: " : "";
	int good = 0;
	size_t i;

	for (i = 0; i < count && !good; i++)
		good = cose_verify(sign1, keys[i]);
	if (good < 0)
		verdict->err = good;
	else if (good)
		check_end(verdict, id, REALM_CHECK_GOOD);
	else if (count > 1)
		check_fail(verdict, id, REALM_CHECK_BAD, "not made with any of the %zu keys that fit%s%s", count,
			   glue, untried);
	else
		check_fail(verdict, id, REALM_CHECK_BAD, "not made with this key over these bytes%s%s", glue,
			   untried);
}

/* Room for all keys of the set and the one of a chain in the token, so that none is left untried. */
static int find_keys(struct realm_verdict *verdict, const struct realm_token *token, const struct realm_keys *keys,
		     EVP_PKEY ***foundp, EVP_PKEY **ownedp, char why[KEYS_WHY_MAX])
{
	struct key_query query = {
		.sign1 = &token_part(token, REALM_TOKEN_PLATFORM)->sign1,
		.implementation_id = token->platform.implementation_id,
		.instance_id = token->platform.instance_id,
		.at = verdict->at,
	};
	size_t max = realm_keys_count(keys) + 1;
	int count;

	*foundp = calloc(max, sizeof(**foundp));
	count = *foundp ? keys_find(keys, &query, *foundp, max, ownedp, why) : -ENOMEM;
	if (count < 0)
		verdict->err = count;
	else if (count)
		check_say(verdict, CHECK_PLATFORM_KEY, CHECK_FOUND, count == 1 ? "%d key fits" : "%d keys fit", count);
	else
		check_fail(verdict, CHECK_PLATFORM_KEY, REALM_CHECK_BAD, "%s", why);
	return count;
}

static void check_platform_key(struct realm_verdict *verdict, const struct realm_token *token,
			       const struct realm_keys *keys)
{
	const struct cose_sign1 *sign1 = &token_part(token, REALM_TOKEN_PLATFORM)->sign1;
	EVP_PKEY **found = NULL, *owned = NULL;
	char why[KEYS_WHY_MAX] = "";
	int count = 0;

	if (realm_keys_count(keys))
		count = find_keys(verdict, token, keys, &found, &owned, why);
	else
		check_leave_out(verdict, CHECK_PLATFORM_KEY, CHECK_PLATFORM_KEY, "no key was given");
	if (count > 0) {
		check_end(verdict, CHECK_PLATFORM_KEY, REALM_CHECK_GOOD);
		check_signature(verdict, CHECK_PLATFORM_SIGNATURE, sign1, found, (size_t)count, why);
	} else {
		check_leave_out(verdict, CHECK_PLATFORM_SIGNATURE, CHECK_PLATFORM_SIGNATURE,
				"there is no key to check it with");
	}
	EVP_PKEY_free(owned);
	free(found);
}

static void check_platform(struct realm_verdict *verdict, const struct realm_token *token,
			   const struct realm_keys *keys)
{
	const struct token_part *part = token_part(token, REALM_TOKEN_PLATFORM);

	if (!part->present || !part->is_signed)
		check_leave_out(verdict, CHECK_PLATFORM_ALGORITHM, CHECK_PLATFORM_SIGNATURE,
				"there is no signed platform token");
	else if (!check_algorithm(verdict, CHECK_PLATFORM_ALGORITHM, &part->sign1))
		check_leave_out(verdict, CHECK_PLATFORM_KEY, CHECK_PLATFORM_SIGNATURE, "the algorithm is not known");
	else
		check_platform_key(verdict, token, keys);
}

/* The realm's key, if it fits the algorithm; NULL otherwise. */
static EVP_PKEY *read_rak(struct realm_verdict *verdict, const struct realm_token *token, const struct cose_alg *alg)
{
	const struct realm_bytes *rak = &token->realm.rak;
	const char *why = "it is not readable";
	const struct cose_alg *own;
	EVP_PKEY *key = NULL;
	int err;

	/* No map starts with the first byte of a point, which old tokens have. */
	err = rak->data[0] == 4 ? key_from_point(rak, &key, &why) : key_from_cose(verdict->ctx, rak, &key, &why);
	if (err == -ENOMEM)
		verdict->err = err;
	if (err) {
		check_fail(verdict, CHECK_REALM_ALGORITHM, REALM_CHECK_BAD, "the realm's key (RAK): %s", why);
		return NULL;
	}
	own = cose_alg_of_key(key);
	if (own == alg)
		return key;
	check_fail(verdict, CHECK_REALM_ALGORITHM, REALM_CHECK_BAD, "%s goes with %s, the realm's key (RAK) is on %s",
		   alg->name, alg->curve, own ? own->curve : "another curve");
	EVP_PKEY_free(key);
	return NULL;
}

static void check_realm_signed(struct realm_verdict *verdict, const struct realm_token *token)
{
	const struct cose_sign1 *sign1 = &token_part(token, REALM_TOKEN_REALM)->sign1;
	const struct cose_alg *alg = check_algorithm(verdict, CHECK_REALM_ALGORITHM, sign1);
	EVP_PKEY *rak = NULL;

	if (alg && token->realm.rak.len)
		rak = read_rak(verdict, token, alg);
	else if (alg)
		check_fail(verdict, CHECK_REALM_ALGORITHM, REALM_CHECK_BAD, "the token has no key (RAK)");
	if (rak)
		check_signature(verdict, CHECK_REALM_SIGNATURE, sign1, &rak, 1, "");
	else
		check_leave_out(verdict, CHECK_REALM_SIGNATURE, CHECK_REALM_SIGNATURE,
				"there is no key to check it with");
	EVP_PKEY_free(rak);
}

static void check_realm(struct realm_verdict *verdict, const struct realm_token *token)
{
	const struct token_part *platform = token_part(token, REALM_TOKEN_PLATFORM);
	const struct token_part *realm = token_part(token, REALM_TOKEN_REALM);

	verdict->direct = platform->present && platform->profile.direct && realm->present && !realm->is_signed;
	if (verdict->direct)
		check_leave_out(verdict, CHECK_REALM_ALGORITHM, CHECK_REALM_SIGNATURE,
				"direct mode: the platform's token covers the claims");
	else if (!realm->present || !realm->is_signed)
		check_leave_out(verdict, CHECK_REALM_ALGORITHM, CHECK_REALM_SIGNATURE,
				"there is no signed realm token");
	else
		check_realm_signed(verdict, token);
}

/* ---- binding ---- */

/* Does the platform vouch for these bytes of the realm's token? */
static void check_bound(struct realm_verdict *verdict, const struct realm_bytes *claim, const struct realm_bytes *bytes,
			const char *hash_name, const char *fault)
{
	struct realm_bytes expected = { 0 };
	uint8_t digest[REALM_DIGEST_MAX];
	enum realm_hash hash;

	if (token_hash_from_name(hash_name, &hash)) {
		check_fail(verdict, CHECK_BINDING, REALM_CHECK_BAD, "the hash that it is made with is not known");
		return;
	}
	if (realm_digest(hash, bytes->data, bytes->len, digest)) {
		verdict->err = -ENOMEM;
		return;
	}
	expected.data = digest;
	expected.len = realm_hash_size(hash);
	check_hex(verdict, CHECK_BINDING, CHECK_EXPECTED, &expected);
	check_hex(verdict, CHECK_BINDING, CHECK_FOUND, claim);
	if (same_bytes(claim, &expected))
		check_end(verdict, CHECK_BINDING, REALM_CHECK_GOOD);
	else
		check_fail(verdict, CHECK_BINDING, REALM_CHECK_BAD, "%s", fault);
}

static void check_binding(struct realm_verdict *verdict, const struct realm_token *token)
{
	const struct token_part *platform = token_part(token, REALM_TOKEN_PLATFORM);
	const struct token_part *realm = token_part(token, REALM_TOKEN_REALM);
	const struct realm_platform_claims *claims = &token->platform;
	const struct realm_bytes *claim = platform->profile.binding_claim ? &claims->binding : &claims->challenge;

	if (!platform->present || !realm->present)
		check_leave_out(verdict, CHECK_BINDING, CHECK_BINDING, "it takes a platform token and a realm token");
	else if (!claim->len)
		check_fail(verdict, CHECK_BINDING, REALM_CHECK_BAD, "the platform's token has no claim %d",
			   platform->profile.binding_claim ? 2408 : 10);
	else if (verdict->direct)
		check_bound(verdict, claim, &realm->content, token->realm.hash_name,
			    "the platform vouches for other claims of a realm");
	else if (!token->realm.rak.len)
		check_fail(verdict, CHECK_BINDING, REALM_CHECK_BAD, "the realm's token has no key (RAK)");
	else
		check_bound(verdict, claim, &token->realm.rak, token->realm.rak_hash_name,
			    "the platform vouches for another realm key (RAK)");
	if (platform->profile.hesrak && verdict->checks[CHECK_BINDING].outcome == REALM_CHECK_GOOD &&
	    !same_bytes(&claims->challenge, &token->realm.challenge))
		check_fail(verdict, CHECK_BINDING, REALM_CHECK_BAD,
			   "claim 10 of the platform is not the realm's challenge");
}

/* ---- lifecycle ---- */

static const char *lifecycle_name(unsigned int lifecycle)
{
	static const char *const states[] = {
		"unknown",        "assembly and test",          "CCA platform RoT provisioning",
		"secured",        "non-CCA-platform-RoT debug", "recoverable CCA platform RoT debug",
		"decommissioned",
	};
	unsigned int state = lifecycle >> 12;

	/* The second digit is zero in all that are defined; the last two are the implementation's own. */
	return state < ARRAY_SIZE(states) && !(lifecycle & 0xf00) ? states[state] : "not defined";
}

static void check_lifecycle(struct realm_verdict *verdict, const struct realm_token *token,
			    enum realm_lifecycle accepted)
{
	unsigned int lifecycle = token->platform.lifecycle, state = lifecycle >> 8;
	bool debug = accepted == REALM_LIFECYCLE_DEBUG;

	if (!token_part(token, REALM_TOKEN_PLATFORM)->present) {
		check_leave_out(verdict, CHECK_LIFECYCLE, CHECK_LIFECYCLE, "there is no platform token");
		return;
	}
	check_say(verdict, CHECK_LIFECYCLE, CHECK_EXPECTED, debug ? "secured or debug" : "secured");
	check_say(verdict, CHECK_LIFECYCLE, CHECK_FOUND, "%s (0x%04x)", lifecycle_name(lifecycle), lifecycle);
	if (state == 0x30 || (state == 0x40 && debug))
		check_end(verdict, CHECK_LIFECYCLE, REALM_CHECK_GOOD);
	else
		check_fail(verdict, CHECK_LIFECYCLE, REALM_CHECK_BAD,
			   "the platform is not in a state that is accepted");
}

/* ---- lengths ---- */

/* Bytes of a digest of this hash; 0 when it is not known. */
static size_t stated_size(const char *hash_name)
{
	enum realm_hash hash;

	return token_hash_from_name(hash_name, &hash) ? 0 : realm_hash_size(hash);
}

/* Published good tokens of the first profiles state a hash that is not that of their digests. */
static bool is_lenient(const struct token_profile *profile)
{
	return profile->known && profile->year <= 2023;
}

/* The first fault is told, but a worse one instead of it. */
static void check_length(struct realm_verdict *verdict, const struct token_profile *profile, const char *what,
			 size_t len, const char *hash_name)
{
	enum realm_outcome outcome = is_lenient(profile) ? REALM_CHECK_FINDING : REALM_CHECK_BAD;
	enum realm_outcome before = verdict->checks[CHECK_LENGTHS].outcome;
	bool worse = before == REALM_CHECK_GOOD || (before == REALM_CHECK_FINDING && outcome == REALM_CHECK_BAD);

	if (worse && len != stated_size(hash_name))
		check_fail(verdict, CHECK_LENGTHS, outcome, "%s has %zu bytes, the stated hash is %.*s", what, len,
			   quoted(hash_name), hash_name);
}

static void check_component_length(struct realm_verdict *verdict, const struct realm_token *token,
				   const struct realm_component *component)
{
	const struct token_profile *profile = &token_part(token, REALM_TOKEN_PLATFORM)->profile;
	const char *hash_name = component->hash_name;

	/* In the first profiles the text may be a description. */
	if (!hash_name || (is_lenient(profile) && !stated_size(hash_name)))
		hash_name = token->platform.hash_name;
	check_length(verdict, profile, "the measurement of a software component", component->measurement.len,
		     hash_name);
}

static void check_lengths(struct realm_verdict *verdict, const struct realm_token *token)
{
	size_t i;

	if (!token_part(token, REALM_TOKEN_PLATFORM)->present || !token_part(token, REALM_TOKEN_REALM)->present) {
		check_leave_out(verdict, CHECK_LENGTHS, CHECK_LENGTHS, "it takes a platform token and a realm token");
		return;
	}
	check_say(verdict, CHECK_LENGTHS, CHECK_EXPECTED, "digests as long as their stated hash");
	check_say(verdict, CHECK_LENGTHS, CHECK_FOUND, "%s, a RIM of %zu bytes", token->realm.hash_name,
		  token->realm.rim.len);
	check_end(verdict, CHECK_LENGTHS, REALM_CHECK_GOOD);
	/* The REMs are as long as the RIM, or it would not be a token. */
	check_length(verdict, &token_part(token, REALM_TOKEN_REALM)->profile, "the RIM", token->realm.rim.len,
		     token->realm.hash_name);
	for (i = 0; i < token->platform.num_components; i++)
		check_component_length(verdict, token, &token->components[i]);
}

/* ---- all together ---- */

static int check_opts(struct realm_ctx *ctx, const struct realm_verify_opts *opts)
{
	if (opts->challenge.len > REALM_CHALLENGE_SIZE)
		return realm_fail(ctx, EINVAL, "challenge", NULL, "%zu bytes, at most %d are one", opts->challenge.len,
				  REALM_CHALLENGE_SIZE);
	if (opts->challenge.len && !opts->challenge.data)
		return realm_fail(ctx, EINVAL, "challenge", NULL, "there are no bytes");
	if (opts->lifecycle != REALM_LIFECYCLE_SECURED && opts->lifecycle != REALM_LIFECYCLE_DEBUG)
		return realm_fail(ctx, EINVAL, "lifecycle", NULL, "%u is none", (unsigned int)opts->lifecycle);
	if (opts->at < 0)
		return realm_fail(ctx, EINVAL, "at", NULL, "the time is before 1970");
	return 0;
}

static void do_checks(struct realm_verdict *verdict, const struct realm_token *token,
		      const struct realm_verify_opts *opts)
{
	check_structure(verdict, token);
	check_platform(verdict, token, opts->keys);
	check_realm(verdict, token);
	check_binding(verdict, token);
	check_lifecycle(verdict, token, opts->lifecycle);
	check_lengths(verdict, token);
	appraise_realm(verdict, token, opts);
	appraise_platform(verdict, token, opts);
}

int realm_token_verify(const struct realm_token *token, const struct realm_verify_opts *opts,
		       struct realm_verdict **verdictp)
{
	struct realm_verify_opts known = { 0 };
	struct realm_verdict *verdict;
	int err;

	if (!token || !verdictp)
		return -EINVAL;
	err = realm_read_opts(token->ctx, "realm_verify_opts", &known, sizeof(known), opts);
	if (!err)
		err = check_opts(token->ctx, &known);
	if (err)
		return err;
	verdict = verdict_new(token->ctx, known.at ? known.at : time(NULL));
	if (!verdict)
		return realm_fail_nomem(token->ctx);
	do_checks(verdict, token, &known);
	if (verdict->err) {
		err = verdict->err;
		realm_verdict_free(verdict);
		return err == -ENOMEM ? realm_fail_nomem(token->ctx) : err;
	}
	*verdictp = verdict;
	return (int)verdict_decide(verdict);
}
