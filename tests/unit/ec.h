/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* ec.h - elliptic curve keys made when the test runs */
#ifndef EC_H
#define EC_H

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include "unit.h"

#define EC_CURVES 3
#define EC_WIDTH_MAX 66
#define EC_POINT_MAX (1 + 2 * EC_WIDTH_MAX)

static const char *const ec_curves[EC_CURVES] = { "P-256", "P-384", "P-521" };
static const size_t ec_widths[EC_CURVES] = { 32, 48, 66 };

static inline EVP_PKEY *ec_new(const char *curve)
{
	EVP_PKEY *key = EVP_EC_gen(curve);

	assert_non_null(key);
	return key;
}

/* The uncompressed point; its length. */
static inline size_t ec_point(EVP_PKEY *key, uint8_t point[EC_POINT_MAX])
{
	size_t len;

	assert_int_equal(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, EC_POINT_MAX, &len), 1);
	return len;
}

#endif /* EC_H */
