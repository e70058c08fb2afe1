/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * fuzz-jwk.c - any bytes as a key file, as a store and as a private key: what is taken is a key, made anew from its
 * point; with a private one what is signed verifies
 */
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>

#include "key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define POINT_MAX 133

static void must(bool good)
{
	if (!good)
		abort();
}

static void check_key(EVP_PKEY *key)
{
	uint8_t octets[POINT_MAX];
	struct realm_bytes point = { .data = octets };
	EVP_PKEY *again;

	must(cose_alg_of_key(key));
	must(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, octets, POINT_MAX, &point.len) == 1);
	must(!key_from_point(&point, &again, NULL));
	must(EVP_PKEY_eq(key, again) == 1);
	EVP_PKEY_free(again);
}

static void check_set(struct realm_ctx *ctx, const struct realm_keys *keys, int err)
{
	size_t i;

	must(!err == !!realm_keys_count(keys));
	must(!err || realm_error_why(realm_ctx_last_error(ctx)));
	for (i = 0; i < keys->num_entries; i++)
		if (keys->entries[i].key)
			check_key(keys->entries[i].key);
		else
			must(keys->entries[i].chain);
}

static void read_set(struct realm_ctx *ctx, bool is_store, const uint8_t *data, size_t size)
{
	struct realm_keys *keys;

	if (realm_keys_new(ctx, &keys))
		return;
	check_set(ctx, keys,
		  is_store ? keys_add_store(keys, "input", data, size) : realm_keys_add(keys, "input", data, size));
	realm_keys_free(keys);
}

static void check_signing(struct realm_ctx *ctx, EVP_PKEY *key)
{
	static const struct cbor_limits limits = { .size = 1024, .depth = 8, .entries = 64 };
	struct realm_bytes prot, payload = { (const uint8_t *)"claims", 6 };
	struct cbuf header = { 0 }, made = { 0 };
	struct cose_sign1 sign1;
	struct cval root;

	cbuf_map(&header, 1);
	cbuf_int(&header, 1);
	cbuf_int(&header, cose_alg_of_key(key)->id);
	prot = (struct realm_bytes){ header.data, header.len };
	must(!cose_sign(key, &prot, &payload, &made));
	must(!cval_open(ctx, "input", made.data, made.len, &limits, &root) && !cose_parse(&root, &limits, &sign1));
	must(cose_verify(&sign1, key) == 1);
	cbuf_free(&header);
	cbuf_free(&made);
}

static void read_private(struct realm_ctx *ctx, const uint8_t *data, size_t size)
{
	EVP_PKEY *key;

	if (key_read_private(ctx, "input", data, size, &key)) {
		must(realm_error_why(realm_ctx_last_error(ctx)));
		return;
	}
	check_signing(ctx, key);
	EVP_PKEY_free(key);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct realm_ctx *ctx;

	if (realm_ctx_new(&ctx))
		return 0;
	read_set(ctx, false, data, size);
	read_set(ctx, true, data, size);
	read_private(ctx, data, size);
	realm_ctx_free(ctx);
	return 0;
}
