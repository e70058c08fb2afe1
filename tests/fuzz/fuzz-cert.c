/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * fuzz-cert.c - any bytes as certificates: in a file, and as a chain that a token carries
 *
 * The input is the time (8 bytes), then certificates after their lengths (2 bytes), big-endian: the file with what is
 * trusted, and the chain, leaf first.  The time also chooses the algorithm.
 */
#include <stdlib.h>
#include <string.h>

#include "key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FOUND_MAX 4

static void must(bool good)
{
	if (!good)
		abort();
}

static uint64_t take_number(const uint8_t **data, size_t *size, size_t bytes)
{
	uint64_t number = 0;

	for (; bytes && *size; bytes--, (*size)--)
		number = number << 8 | *(*data)++;
	return number;
}

static struct realm_bytes take_bytes(const uint8_t **data, size_t *size)
{
	size_t len = (size_t)take_number(data, size, 2);
	struct realm_bytes bytes = { .data = *data, .len = len < *size ? len : *size };

	*data += bytes.len;
	*size -= bytes.len;
	return bytes;
}

/* Whatever was found is on the curve that was asked for. */
static void find(const struct realm_keys *keys, const struct key_query *query)
{
	EVP_PKEY *found[FOUND_MAX], *owned;
	char why[KEYS_WHY_MAX];
	int count = keys_find(keys, query, found, FOUND_MAX, &owned, why);

	must(count <= FOUND_MAX && (count || why[0]));
	while (count > 0)
		must(cose_alg_of_key(found[--count]) == cose_alg(query->sign1->alg));
	EVP_PKEY_free(owned);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cose_sign1 sign1 = { .has_alg = true };
	struct key_query query = { .sign1 = &sign1, .at = (int64_t)take_number(&data, &size, 8) };
	struct realm_bytes file = take_bytes(&data, &size);
	struct realm_keys *keys;
	struct realm_ctx *ctx;

	if (realm_ctx_new(&ctx) || realm_keys_new(ctx, &keys))
		abort();
	if (file.len)
		realm_keys_add(keys, "file", file.data, file.len);
	while (size && sign1.num_chain < COSE_CHAIN_MAX)
		sign1.chain[sign1.num_chain++] = take_bytes(&data, &size);
	sign1.alg = cose_algs[(uint64_t)query.at % COSE_ALGS].id;
	find(keys, &query);
	realm_keys_free(keys);
	realm_ctx_free(ctx);
	return 0;
}
