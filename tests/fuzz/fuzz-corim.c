/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * fuzz-corim.c - any bytes as reference values: read them, and what was read must survive a round trip through each
 * format, in memory of their size; is there a signature, and is it good?
 */
#include <errno.h>
#include <string.h>

#include "allocations.h"
#include "realm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* NULL: the format cannot hold these values */
static uint8_t *write_values(const struct realm_refvals *refvals, enum realm_refvals_format format, size_t *lenp)
{
	struct realm_refvals_opts opts = { .sz = sizeof(opts), .format = format };
	uint8_t *data;
	int err = realm_refvals_format(refvals, &opts, &data, lenp);

	if (err && err != -EINVAL && err != -EOPNOTSUPP)
		abort();
	if (err == -EINVAL && realm_refvals_realm_count(refvals))
		abort();
	return err ? NULL : data;
}

static void check_round_trip(struct realm_ctx *ctx, const struct realm_refvals *refvals,
			     enum realm_refvals_format format)
{
	struct realm_refvals *again;
	uint8_t *once, *twice;
	size_t len, len_again;

	once = write_values(refvals, format, &len);
	if (!once)
		return;
	if (realm_refvals_new(ctx, &again) || realm_refvals_add(again, "again", once, len))
		abort();
	twice = write_values(again, format, &len_again);
	if (!twice || len != len_again || memcmp(once, twice, len))
		abort();
	realm_free(once);
	realm_free(twice);
	realm_refvals_free(again);
}

/* P-256's base point (SP 800-186), whose private key is 1: seeds are signed with it. */
static void check_signature(struct realm_ctx *ctx, const uint8_t *data, size_t size)
{
	static const uint8_t point[] = {
		0x04, 0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2,
		0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96, 0x4f,
		0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16, 0x2b, 0xce,
		0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5,
	};
	struct realm_keys *keys;
	int ret;

	if (realm_keys_new(ctx, &keys) || realm_keys_add(keys, "base", point, sizeof(point)))
		abort();
	ret = realm_refvals_check_signature(ctx, data, size, keys);
	if (ret != 0 && ret != 1 && ret != -EBADMSG)
		abort();
	realm_keys_free(keys);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct realm_refvals *refvals;
	struct realm_ctx *ctx;
	int format, err;

	if (realm_ctx_new(&ctx) || realm_refvals_new(ctx, &refvals))
		return 0;
	watch_allocations();
	err = realm_refvals_add(refvals, "input", data, size);
	check_allocations(size, 32);
	if (err && (err != -EBADMSG || !realm_error_why(realm_ctx_last_error(ctx)) ||
		    realm_refvals_realm_count(refvals) || realm_refvals_platform_count(refvals)))
		abort();
	for (format = REALM_REFVALS_CORIM; !err && format <= REALM_REFVALS_JSON; format++)
		check_round_trip(ctx, refvals, (enum realm_refvals_format)format);
	check_allocations(size, 64);
	check_signature(ctx, data, size);
	realm_refvals_free(refvals);
	realm_ctx_free(ctx);
	return 0;
}
