/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * digest-alg.c - hashes as CoRIMs name them: by number or by text, which are equal when read
 *
 * Source: IANA Named Information Hash Algorithm Registry (RFC 6920).
 */
#include <strings.h>

#include "refvals.h"

static const struct digest_alg algs[] = {
	{ 1, "sha-256", 32, REALM_HASH_SHA256 },
	{ 7, "sha-384", 48, REALM_HASH_SHA384 },
	{ 8, "sha-512", 64, REALM_HASH_SHA512 },
	{ 10, "sha3-256", 32, -1 },
	{ 11, "sha3-384", 48, -1 },
	{ 12, "sha3-512", 64, -1 },
};

const struct digest_alg *digest_alg_from_id(int64_t id)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(algs); i++)
		if (algs[i].id == id)
			return &algs[i];
	return NULL;
}

const struct digest_alg *digest_alg_from_name(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(algs); i++)
		if (strlen(algs[i].name) == len && !strncasecmp(algs[i].name, name, len))
			return &algs[i];
	return NULL;
}

const struct digest_alg *digest_alg_from_size(size_t size)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(algs); i++)
		if (algs[i].size == size && algs[i].hash >= 0)
			return &algs[i];
	return NULL;
}
