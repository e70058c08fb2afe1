/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * profile.c - what the profile strings of tokens mean, and the names of hashes
 *
 * Source: draft-ffm-rats-cca-token-00 to -04 (strings and modes), DEN0137 (realm profiles), IANA Named Information
 * (names of hashes)
 */
#include <string.h>

#include "token.h"

static const struct {
	const char *name;
	unsigned int year; /* 0: legacy */
	bool client_id;
} platforms[] = {
	{ "http://arm.com/CCA-SSD/1.0.0", 0, false },
	{ "tag:arm.com,2023:cca_platform#1.0.0", 2023, false },
	{ "tag:arm.com,2024:cca_platform#1.1.0", 2024, false },
	{ "tag:arm.com,2024:cca_platform#2.0.0", 2024, true },
	{ "tag:arm.com,2026:cca_platform#2.0.0", 2026, true },
	{ "tag:arm.com,2026:cca_platform#2.1.0", 2026, true },
};

/* How the platform vouches for the realm; what follows the string, after a ';' or, as RMM 2.0-bet3 writes, a '#'. */
static const struct {
	const char *suffix;
	unsigned int since; /* year */
	bool direct, hesrak;
} modes[] = {
	{ "direct", 2024, true, false },
	{ "delegated", 2026, false, false },
	{ "HESRAK", 2026, false, true },
};

static const struct {
	const char *name;
	unsigned int year;
	bool instance_id;
} realms[] = {
	{ "tag:arm.com,2023:realm#1.0.0", 2023, false },
	{ "tag:arm.com,2024:realm#2.0.0", 2024, true },
	{ "tag:arm.com,2026:realm#2.0.0", 2026, true },
};

/* The mode that follows a platform's string of some year. */
static void set_mode(struct token_profile *profile, const char *rest)
{
	size_t i;

	if (!*rest) {
		profile->known = true;
		return;
	}
	for (i = 0; i < ARRAY_SIZE(modes); i++)
		if (profile->year >= modes[i].since && (*rest == ';' || *rest == '#') &&
		    !strcmp(rest + 1, modes[i].suffix)) {
			profile->known = true;
			profile->direct = modes[i].direct;
			profile->hesrak = modes[i].hesrak;
		}
}

struct token_profile platform_profile(const char *name)
{
	struct token_profile profile = { .known = false };
	size_t i, len;

	for (i = 0; i < ARRAY_SIZE(platforms); i++) {
		len = strlen(platforms[i].name);
		if (strncmp(name, platforms[i].name, len) != 0)
			continue;
		profile.year = platforms[i].year;
		profile.client_id = platforms[i].client_id;
		profile.binding_claim = profile.year >= 2026;
		set_mode(&profile, name + len);
		break;
	}
	return profile.known ? profile : (struct token_profile){ .known = false };
}

struct token_profile realm_profile_claim(const char *name)
{
	size_t i;

	if (!name)
		return (struct token_profile){ .known = true };
	for (i = 0; i < ARRAY_SIZE(realms); i++)
		if (!strcmp(name, realms[i].name))
			return (struct token_profile){ .known = true, .year = realms[i].year,
						       .instance_id = realms[i].instance_id };
	return (struct token_profile){ .known = false };
}

static const char *const hash_names[] = {
	[REALM_HASH_SHA256] = "sha-256",
	[REALM_HASH_SHA384] = "sha-384",
	[REALM_HASH_SHA512] = "sha-512",
};

int token_hash_from_name(const char *name, enum realm_hash *hashp)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hash_names); i++)
		if (hash_names[i] && !strcmp(name, hash_names[i])) {
			*hashp = (enum realm_hash)i;
			return 0;
		}
	return -EINVAL;
}

const char *token_hash_name(enum realm_hash hash)
{
	return (size_t)hash < ARRAY_SIZE(hash_names) ? hash_names[hash] : NULL;
}
