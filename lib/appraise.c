/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* appraise.c - a realm's claims against what the caller expects: challenge, hash, RIM, REMs, RPV */
#include <stdio.h>
#include <string.h>

#include "refvals.h"
#include "verdict.h"

#define LISTED_MAX 4

struct appraisal {
	struct realm_verdict *verdict;
	const struct realm_realm_claims *realm;
	const struct ref_realm *refs;
	size_t num_refs;
	const struct ref_realm *ref;    /* the one that the realm is held against; NULL: none has its RIM */
	struct digest rems[REALM_REMS]; /* that the caller gave: they go before those of ref */
};

static const enum realm_hash hashes[] = { REALM_HASH_SHA256, REALM_HASH_SHA384, REALM_HASH_SHA512 };

bool same_bytes(const struct realm_bytes *a, const struct realm_bytes *b)
{
	return a->len == b->len && (!a->len || !memcmp(a->data, b->data, a->len));
}

static struct realm_bytes digest_bytes(const struct digest *digest)
{
	return (struct realm_bytes){ .data = digest->data, .len = digest->len };
}

void check_compare(struct realm_verdict *verdict, enum check_id id, const struct realm_bytes *expected,
		   const struct realm_bytes *found)
{
	check_hex(verdict, id, CHECK_EXPECTED, expected);
	check_hex(verdict, id, CHECK_FOUND, found);
	check_end(verdict, id, same_bytes(expected, found) ? REALM_CHECK_GOOD : REALM_CHECK_BAD);
}

/* ---- challenge ---- */

static void appraise_challenge(struct realm_verdict *verdict, const struct realm_realm_claims *realm,
			       const struct realm_bytes *challenge)
{
	uint8_t padded[REALM_CHALLENGE_SIZE] = { 0 };
	struct realm_bytes expected = { .data = padded, .len = sizeof(padded) };

	if (!challenge->len)
		return;
	memcpy(padded, challenge->data, challenge->len);
	check_compare(verdict, CHECK_CHALLENGE, &expected, &realm->challenge);
}

/* ---- REMs and RPV ---- */

/* In the hash that the token's REM is of; when the caller gave another, that one, to be told apart from none at all. */
static int read_rem(const struct realm_rems *rems, unsigned int index, size_t size, struct digest *rem)
{
	int best = 0, ret;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hashes); i++) {
		struct digest one = { .len = realm_hash_size(hashes[i]) };

		ret = realm_rems_value(rems, index, hashes[i], one.data);
		if (ret < 0)
			return ret;
		if (!ret || (best && one.len != size))
			continue;
		*rem = one;
		best = 1;
	}
	return 0;
}

static void read_rems(struct appraisal *appraisal, const struct realm_rems *rems)
{
	unsigned int i;

	for (i = 0; rems && i < REALM_REMS; i++) {
		int err = read_rem(rems, i, appraisal->realm->rems[i].len, &appraisal->rems[i]);

		if (err)
			appraisal->verdict->err = err;
	}
}

/* len 0: nothing is expected */
static struct realm_bytes expected_rem(const struct appraisal *appraisal, const struct ref_realm *ref,
				       unsigned int index)
{
	if (ref && !appraisal->rems[index].len)
		return digest_bytes(&ref->rems[index]);
	return digest_bytes(&appraisal->rems[index]);
}

static void appraise_rems(const struct appraisal *appraisal)
{
	unsigned int i;

	for (i = 0; i < REALM_REMS; i++) {
		struct realm_bytes expected = expected_rem(appraisal, appraisal->ref, i);

		if (expected.len)
			check_compare(appraisal->verdict, (enum check_id)(CHECK_REM0 + i), &expected,
				      &appraisal->realm->rems[i]);
	}
}

static void appraise_rpv(const struct appraisal *appraisal)
{
	struct realm_bytes expected;

	if (!appraisal->ref || !appraisal->ref->rpv.len)
		return;
	expected = digest_bytes(&appraisal->ref->rpv);
	check_compare(appraisal->verdict, CHECK_RPV, &expected, &appraisal->realm->rpv);
}

/* ---- RIM ---- */

static bool has_rim(const struct appraisal *appraisal, const struct ref_realm *ref)
{
	struct realm_bytes rim = digest_bytes(&ref->rim);

	return same_bytes(&rim, &appraisal->realm->rim);
}

/* How much would be compared with this value, 0 when something of that is not equal; the RIM is. */
static unsigned int agreement(const struct appraisal *appraisal, const struct ref_realm *ref)
{
	struct realm_bytes rpv = digest_bytes(&ref->rpv);
	unsigned int count = rpv.len ? 2 : 1, i;

	for (i = 0; i < REALM_REMS; i++) {
		struct realm_bytes rem = expected_rem(appraisal, ref, i);

		if (rem.len && !same_bytes(&rem, &appraisal->realm->rems[i]))
			return 0;
		count += rem.len > 0;
	}
	return !rpv.len || same_bytes(&rpv, &appraisal->realm->rpv) ? count : 0;
}

/* Of several values with this RIM the fullest that holds, the first of such; else the first. */
static void find_ref(struct appraisal *appraisal)
{
	unsigned int best = 0;
	size_t i;

	for (i = 0; i < appraisal->num_refs; i++) {
		const struct ref_realm *ref = &appraisal->refs[i];
		unsigned int count;

		if (!has_rim(appraisal, ref))
			continue;
		count = agreement(appraisal, ref);
		if (appraisal->ref && count <= best)
			continue;
		appraisal->ref = ref;
		best = count;
	}
	if (!appraisal->ref)
		return;
	appraisal->verdict->matched = true;
	appraisal->verdict->match = (size_t)(appraisal->ref - appraisal->refs);
}

/* Several accepted values in one text; a long list is cut. */
static void expect_rims(const struct appraisal *appraisal)
{
	char text[LISTED_MAX * (2 * REALM_DIGEST_MAX + 8) + 32] = "";
	size_t i, j, used = 0;

	for (i = 0; i < appraisal->num_refs && i < LISTED_MAX; i++) {
		const struct digest *rim = &appraisal->refs[i].rim;

		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s", i ? " or " : "");
		for (j = 0; j < rim->len; j++)
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%02x", rim->data[j]);
	}
	if (i < appraisal->num_refs)
		snprintf(text + used, sizeof(text) - used, " or %zu more", appraisal->num_refs - i);
	check_say(appraisal->verdict, CHECK_RIM, CHECK_EXPECTED, "%s", text);
}

/* "rmi-v14 / tf-rmm-2.0 of demo" */
static void say_which(struct realm_verdict *verdict, const struct ref_realm *ref)
{
	const char *family = realm_family_name(ref->family), *profile = realm_profile_name(ref->profile);
	const char *name = ref->name ? ref->name : "";
	char pair[64] = "";

	if (family && profile)
		snprintf(pair, sizeof(pair), "%s / %s%s", family, profile, *name ? " of " : "");
	if (*pair || *name)
		check_say(verdict, CHECK_RIM, CHECK_WHY, "%s%.*s", pair, quoted(name), name);
}

static void appraise_rim(const struct appraisal *appraisal)
{
	struct realm_verdict *verdict = appraisal->verdict;

	expect_rims(appraisal);
	check_hex(verdict, CHECK_RIM, CHECK_FOUND, &appraisal->realm->rim);
	if (!appraisal->ref) {
		check_fail(verdict, CHECK_RIM, REALM_CHECK_BAD, "no reference value with this RIM");
		return;
	}
	check_end(verdict, CHECK_RIM, REALM_CHECK_GOOD);
	say_which(verdict, appraisal->ref);
}

/* ---- hash ---- */

/* Is it the hash of the value with this RIM, or, when there is none, of any? */
static bool is_expected(const struct appraisal *appraisal, enum realm_hash hash)
{
	size_t size = realm_hash_size(hash), i;

	if (appraisal->ref)
		return appraisal->ref->rim.len == size;
	for (i = 0; i < appraisal->num_refs; i++)
		if (appraisal->refs[i].rim.len == size)
			return true;
	return false;
}

static void expect_hashes(const struct appraisal *appraisal)
{
	char text[64] = "";
	size_t i, used = 0;

	for (i = 0; i < ARRAY_SIZE(hashes); i++)
		if (is_expected(appraisal, hashes[i]))
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", used ? " or " : "",
						 token_hash_name(hashes[i]));
	check_say(appraisal->verdict, CHECK_HASH, CHECK_EXPECTED, "%s", text);
}

static void appraise_hash(const struct appraisal *appraisal)
{
	struct realm_verdict *verdict = appraisal->verdict;
	const char *name = appraisal->realm->hash_name;
	enum realm_hash hash;

	expect_hashes(appraisal);
	check_say(verdict, CHECK_HASH, CHECK_FOUND, "%.*s", quoted(name), name);
	if (!token_hash_from_name(name, &hash) && is_expected(appraisal, hash))
		check_end(verdict, CHECK_HASH, REALM_CHECK_GOOD);
	else if (appraisal->ref && verdict->checks[CHECK_LENGTHS].outcome == REALM_CHECK_FINDING)
		/* The digests are equal: it is the statement that is wrong, as in published tokens. */
		check_fail(verdict, CHECK_HASH, REALM_CHECK_FINDING,
			   "the RIM is of another hash than the token states");
	else
		check_fail(verdict, CHECK_HASH, REALM_CHECK_BAD, "the realm has another hash");
}

/* ---- all together ---- */

static void appraise_claims(struct realm_verdict *verdict, const struct realm_token *token,
			    const struct realm_verify_opts *opts)
{
	const struct realm_refvals *refvals = opts->refvals;
	struct appraisal appraisal = { .verdict = verdict, .realm = &token->realm };

	if (refvals) {
		appraisal.refs = refvals->realms;
		appraisal.num_refs = refvals->num_realms;
	}
	appraise_challenge(verdict, &token->realm, &opts->challenge);
	read_rems(&appraisal, opts->rems);
	find_ref(&appraisal);
	if (appraisal.num_refs) {
		appraise_hash(&appraisal);
		appraise_rim(&appraisal);
	} else if (refvals && !refvals->num_platforms) {
		check_fail(verdict, CHECK_RIM, REALM_CHECK_BAD, "there is no reference value in what was given");
	}
	appraise_rems(&appraisal);
	appraise_rpv(&appraisal);
}

void appraise_realm(struct realm_verdict *verdict, const struct realm_token *token,
		    const struct realm_verify_opts *opts)
{
	const char *why = "not appraised: no reference value given";

	if (!token_part(token, REALM_TOKEN_REALM)->present) {
		check_leave_out(verdict, CHECK_CHALLENGE, CHECK_RPV, "not appraised: there is no realm token");
		return;
	}
	appraise_claims(verdict, token, opts);
	check_leave_out(verdict, CHECK_CHALLENGE, CHECK_CHALLENGE, "not appraised: no challenge given");
	check_leave_out(verdict, CHECK_HASH, CHECK_RIM, why);
	if (verdict->checks[CHECK_RIM].outcome == REALM_CHECK_BAD)
		why = "not appraised: no reference value with this RIM";
	check_leave_out(verdict, CHECK_REM0, CHECK_RPV, why);
}
