/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * fuzz-token.c - any bytes as a token: read, show and verify it, twice with the same answer, in memory of its size
 *
 * The key is the point that the specification of the curve starts from: its private key is 1, so that seeds hold.
 */
#include <stdlib.h>
#include <string.h>

#include "allocations.h"
#include "realm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* P-384's base point (SP 800-186), uncompressed */
static const uint8_t base_point[] = {
	0x04, 0xaa, 0x87, 0xca, 0x22, 0xbe, 0x8b, 0x05, 0x37, 0x8e, 0xb1, 0xc7, 0x1e, 0xf3, 0x20, 0xad, 0x74,
	0x6e, 0x1d, 0x3b, 0x62, 0x8b, 0xa7, 0x9b, 0x98, 0x59, 0xf7, 0x41, 0xe0, 0x82, 0x54, 0x2a, 0x38, 0x55,
	0x02, 0xf2, 0x5d, 0xbf, 0x55, 0x29, 0x6c, 0x3a, 0x54, 0x5e, 0x38, 0x72, 0x76, 0x0a, 0xb7, 0x36, 0x17,
	0xde, 0x4a, 0x96, 0x26, 0x2c, 0x6f, 0x5d, 0x9e, 0x98, 0xbf, 0x92, 0x92, 0xdc, 0x29, 0xf8, 0xf4, 0x1d,
	0xbd, 0x28, 0x9a, 0x14, 0x7c, 0xe9, 0xda, 0x31, 0x13, 0xb5, 0xf0, 0xb8, 0xc0, 0x0a, 0x60, 0xb1, 0xce,
	0x1d, 0x7e, 0x81, 0x9d, 0x7a, 0x43, 0x1d, 0x7c, 0x90, 0xea, 0x0e, 0x5f,
};

/* ---- what is done with a token ---- */

static char *show(const struct realm_token *token)
{
	char *json;

	if (realm_token_json(token, &json))
		abort();
	return json;
}

static void check_json(const struct realm_token *token)
{
	char *once = show(token), *twice = show(token);

	if (strcmp(once, twice))
		abort();
	realm_free(once);
	realm_free(twice);
}

static int judge(const struct realm_token *token, const struct realm_keys *keys)
{
	struct realm_verify_opts opts = { .sz = sizeof(opts), .keys = keys, .at = 1 };
	struct realm_verdict *verdict;
	char *ear;
	int ret = realm_token_verify(token, &opts, &verdict);

	if (ret < 0 || ret != (int)realm_verdict_result(verdict) || realm_verdict_ear(verdict, &ear))
		abort();
	realm_free(ear);
	realm_verdict_free(verdict);
	return ret;
}

static void check_token(struct realm_ctx *ctx, const struct realm_token *token, size_t size)
{
	struct realm_keys *keys;
	int result;

	if (realm_keys_new(ctx, &keys) || realm_keys_add(keys, "base", base_point, sizeof(base_point)))
		abort();
	watch_allocations();
	result = judge(token, keys);
	check_allocations(size, 8);
	if (result != judge(token, keys))
		abort();
	if (result != REALM_REFUSED && realm_token_form(token) != REALM_TOKEN_LEGACY &&
	    realm_token_form(token) != REALM_TOKEN_CMW)
		abort();
	realm_keys_free(keys);
	watch_allocations();
	check_json(token);
	check_allocations(size, 48); /* a tag is a byte, and {"tag":1,"value":} in JSON; buffers double */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct realm_token *token;
	struct realm_ctx *ctx;
	int err;

	if (realm_ctx_new(&ctx))
		return 0;
	watch_allocations();
	err = realm_token_parse(ctx, data, size, &token);
	check_allocations(size, 8);
	if (!err) {
		check_token(ctx, token, size);
		realm_token_free(token);
	} else if (!realm_error_why(realm_ctx_last_error(ctx))) {
		abort();
	}
	realm_ctx_free(ctx);
	return 0;
}
