/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * ear.c - a verdict as EAR claims
 *
 * Numbers of trust claims are those of draft-ietf-rats-ar4si, used as Veraison's services use them; docs/tokens.md says
 * which check gives which.
 */
#include <stdio.h>
#include <stdlib.h>

#include "verdict.h"

enum {
	NO_CLAIM = 0,
	APPROVED = 2,      /* also "trustworthy", "genuine", "encrypted": the best of every claim */
	APPROVED_BOOT = 3, /* executables: those that were loaded before the start */
	UNRECOGNISED = 33, /* executables */
	CONTRAINDICATED = 96,
	CRYPTO_FAILED = 99,
};

struct trust {
	const char *claim;
	int value;
};

static enum realm_outcome outcome(const struct realm_verdict *verdict, enum check_id id)
{
	return verdict->checks[id].outcome;
}

static bool is_bad(const struct realm_verdict *verdict, enum check_id id)
{
	return outcome(verdict, id) == REALM_CHECK_BAD;
}

static bool any(const struct realm_verdict *verdict, enum check_id first, enum check_id last, enum realm_outcome wanted)
{
	enum check_id id;

	for (id = first; id <= last; id++)
		if (outcome(verdict, id) == wanted)
			return true;
	return false;
}

/* Are both tokens what their signers wrote, and does the one go with the other? */
static bool is_genuine(const struct realm_verdict *verdict)
{
	enum check_id id;

	for (id = CHECK_STRUCTURE; id <= CHECK_BINDING; id++)
		if (!check_passes(verdict, id))
			return false;
	return true;
}

static bool is_secured(const struct realm_verdict *verdict)
{
	return outcome(verdict, CHECK_LIFECYCLE) == REALM_CHECK_GOOD;
}

/* ---- the vectors ---- */

static int platform_executables(const struct realm_verdict *verdict)
{
	if (is_bad(verdict, CHECK_LENGTHS))
		return CONTRAINDICATED;
	return outcome(verdict, CHECK_COMPONENTS) == REALM_CHECK_GOOD ? APPROVED : UNRECOGNISED;
}

static int platform_configuration(const struct realm_verdict *verdict)
{
	if (is_bad(verdict, CHECK_CONFIGURATION))
		return CONTRAINDICATED;
	return outcome(verdict, CHECK_CONFIGURATION) == REALM_CHECK_GOOD ? APPROVED : NO_CLAIM;
}

static int realm_instance(const struct realm_verdict *verdict)
{
	return is_secured(verdict) && !is_bad(verdict, CHECK_CHALLENGE) ? APPROVED : CONTRAINDICATED;
}

static int realm_executables(const struct realm_verdict *verdict)
{
	if (is_bad(verdict, CHECK_LENGTHS) || is_bad(verdict, CHECK_RPV))
		return CONTRAINDICATED;
	if (outcome(verdict, CHECK_RIM) != REALM_CHECK_GOOD)
		return UNRECOGNISED;
	if (any(verdict, CHECK_REM0, CHECK_REM3, REALM_CHECK_BAD))
		return APPROVED_BOOT;
	return any(verdict, CHECK_REM0, CHECK_REM3, REALM_CHECK_GOOD) ? APPROVED : APPROVED_BOOT;
}

/* ---- status ---- */

/* The lowest trust claim of the tiers, which are also the numbers that EAR has for them. */
enum tier {
	TIER_NONE = 0,
	TIER_AFFIRMING = 2,
	TIER_WARNING = 32,
	TIER_CONTRAINDICATED = 96,
};

static enum tier tier_of(int value)
{
	if (value >= TIER_CONTRAINDICATED)
		return TIER_CONTRAINDICATED;
	if (value >= TIER_WARNING)
		return TIER_WARNING;
	return value >= TIER_AFFIRMING ? TIER_AFFIRMING : TIER_NONE;
}

static const char *tier_name(enum tier tier)
{
	switch (tier) {
	case TIER_AFFIRMING:
		return "affirming";
	case TIER_WARNING:
		return "warning";
	case TIER_CONTRAINDICATED:
		return "contraindicated";
	default:
		return "none";
	}
}

/* The worst claim decides; least is the best that there may be. */
static void put_submodule(FILE *out, const char *name, const struct trust *vector, size_t count, enum tier least)
{
	enum tier worst = least;
	size_t i;

	for (i = 0; i < count; i++)
		if (tier_of(vector[i].value) > worst)
			worst = tier_of(vector[i].value);
	fprintf(out, "    \"%s\": {\n      \"ear.status\": \"%s\",\n      \"ear.trustworthiness-vector\": {\n", name,
		tier_name(worst));
	for (i = 0; i < count; i++)
		fprintf(out, "        \"%s\": %d%s\n", vector[i].claim, vector[i].value, i + 1 < count ? "," : "");
	fprintf(out, "      }\n    }");
}

/* What differs from what was asked for is never affirmed. */
static enum tier least_tier(const struct realm_verdict *verdict, enum check_id first, enum check_id last)
{
	return any(verdict, first, last, REALM_CHECK_BAD) ? TIER_WARNING : TIER_NONE;
}

static void put_platform(FILE *out, const struct realm_verdict *verdict)
{
	bool genuine = is_genuine(verdict);
	int state = is_secured(verdict) ? APPROVED : CONTRAINDICATED;
	const struct trust vector[] = {
		{ "instance-identity", genuine ? state : CRYPTO_FAILED },
		{ "configuration", genuine ? platform_configuration(verdict) : CRYPTO_FAILED },
		{ "executables", genuine ? platform_executables(verdict) : CRYPTO_FAILED },
		{ "hardware", genuine ? state : CRYPTO_FAILED },
		{ "runtime-opaque", genuine ? state : CRYPTO_FAILED },
		{ "storage-opaque", genuine ? state : CRYPTO_FAILED },
	};

	put_submodule(out, "CCA_SSD_PLATFORM", vector, ARRAY_SIZE(vector),
		      least_tier(verdict, CHECK_COMPONENTS, CHECK_CONFIGURATION));
}

static void put_realm(FILE *out, const struct realm_verdict *verdict)
{
	bool genuine = is_genuine(verdict);
	const struct trust vector[] = {
		{ "instance-identity", genuine ? realm_instance(verdict) : CRYPTO_FAILED },
		{ "executables", genuine ? realm_executables(verdict) : CRYPTO_FAILED },
	};

	put_submodule(out, "CCA_REALM", vector, ARRAY_SIZE(vector), least_tier(verdict, CHECK_CHALLENGE, CHECK_RPV));
}

static void put_ear(FILE *out, const struct realm_verdict *verdict)
{
	fprintf(out, "{\n  \"eat_profile\": \"tag:github.com,2023:veraison/ear\",\n  \"iat\": %lld,\n",
		(long long)verdict->at);
	fprintf(out, "  \"ear.verifier-id\": {\n    \"developer\": \"librealm\",\n    \"build\": \"%s\"\n  },\n",
		realm_version());
	fprintf(out, "  \"submods\": {\n");
	put_platform(out, verdict);
	fprintf(out, ",\n");
	put_realm(out, verdict);
	fprintf(out, "\n  }\n}\n");
}

int realm_verdict_ear(const struct realm_verdict *verdict, char **jsonp)
{
	char *text = NULL;
	size_t size;
	FILE *out;
	int err;

	if (!verdict || !jsonp)
		return -EINVAL;
	out = open_memstream(&text, &size);
	if (!out)
		return realm_fail_nomem(verdict->ctx);
	put_ear(out, verdict);
	err = ferror(out);
	if (fclose(out) || err) {
		free(text);
		return realm_fail_nomem(verdict->ctx);
	}
	*jsonp = text;
	return 0;
}
