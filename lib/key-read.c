/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* key-read.c - points and COSE_Key to keys, and any key of OpenSSL brought to the same form */
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>

#include "key.h"

#define POINT_UNCOMPRESSED 4
#define POINT_MAX (1 + 2 * COSE_WIDTH_MAX)
/* Room for three numbers: the name of the group, the point, the private number. */
#define PARAMS_MAX 4

/* COSE_Key (RFC 9052 section 7.1, RFC 9053 section 7.1.1) */
#define COSE_KEY_KTY 1
#define COSE_KEY_CRV (-1)
#define COSE_KEY_X (-2)
#define COSE_KEY_Y (-3)
#define COSE_KTY_EC2 2

static int refuse(const char **whyp, const char *why)
{
	if (whyp)
		*whyp = why;
	return -EBADMSG;
}

/* The key of a point and, when it is not NULL, of a private number in the machine's byte order. */
static int make_key(const struct cose_alg *alg, uint8_t *point, uint8_t *priv, EVP_PKEY **keyp)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	OSSL_PARAM params[PARAMS_MAX], *next = params;
	int err = -ENOMEM;
	char group[32];

	strcpy(group, alg->group);
	*next++ = OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
	*next++ = OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, 1 + 2 * alg->width);
	if (priv)
		*next++ = OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, priv, alg->width);
	*next = OSSL_PARAM_construct_end();
	*keyp = NULL;
	if (ctx && EVP_PKEY_fromdata_init(ctx) == 1) {
		if (EVP_PKEY_fromdata(ctx, keyp, priv ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params) == 1)
			err = 0;
		else if (!openssl_nomem())
			err = -EBADMSG;
	}
	EVP_PKEY_CTX_free(ctx);
	return err;
}

/* The private number from the order of the network to that of the machine. */
static int to_native(const uint8_t *priv, size_t width, uint8_t *native)
{
	BIGNUM *number = BN_bin2bn(priv, (int)width, NULL);
	int err = number && BN_bn2nativepad(number, native, (int)width) > 0 ? 0 : -ENOMEM;

	BN_clear_free(number);
	return err;
}

int key_from_xy(const struct cose_alg *alg, const uint8_t *x, const uint8_t *y, const uint8_t *d, EVP_PKEY **keyp,
		const char **whyp)
{
	uint8_t point[POINT_MAX] = { POINT_UNCOMPRESSED };
	uint8_t native[COSE_WIDTH_MAX];
	EVP_PKEY *key = NULL;
	int err;

	memcpy(point + 1, x, alg->width);
	memcpy(point + 1 + alg->width, y, alg->width);
	openssl_begin();
	err = d ? to_native(d, alg->width, native) : 0;
	if (!err)
		err = make_key(alg, point, d ? native : NULL, &key);
	openssl_end();
	OPENSSL_cleanse(native, sizeof(native));
	if (err == -EBADMSG)
		return refuse(whyp, d ? "the point is not on the curve, or the private number is out of range"
				      : "the point is not on the curve");
	if (!err)
		*keyp = key;
	return err;
}

int key_from_point(const struct realm_bytes *point, EVP_PKEY **keyp, const char **whyp)
{
	size_t i;

	if (point->len == 1 && !point->data[0])
		return refuse(whyp, "the point at infinity is no key");
	if (point->len && (point->data[0] == 2 || point->data[0] == 3))
		return refuse(whyp, "the point is compressed; only uncompressed ones are read");
	for (i = 0; i < COSE_ALGS; i++) {
		const struct cose_alg *alg = &cose_algs[i];

		if (point->len != 1 + 2 * alg->width)
			continue;
		if (point->data[0] != POINT_UNCOMPRESSED)
			return refuse(whyp, "a point starts with byte 0x04");
		return key_from_xy(alg, point->data + 1, point->data + 1 + alg->width, NULL, keyp, whyp);
	}
	return refuse(whyp, "a point has 65, 97 or 133 bytes");
}

/* ---- COSE_Key ---- */

static const struct cose_alg *alg_of_curve(int64_t curve)
{
	size_t i;

	for (i = 0; i < COSE_ALGS; i++)
		if (cose_algs[i].curve_id == curve)
			return &cose_algs[i];
	return NULL;
}

static bool is_int(const struct cval *val, int64_t wanted)
{
	int64_t value;

	return cval_type(val) == CVAL_INT && !cval_int(val, wanted, wanted, &value);
}

static int read_cose(const struct cval *map, EVP_PKEY **keyp, const char **whyp)
{
	struct cval kty = cval_get(map, COSE_KEY_KTY, "kty"), crv = cval_get(map, COSE_KEY_CRV, "crv");
	struct cval x_val = cval_get(map, COSE_KEY_X, "x"), y_val = cval_get(map, COSE_KEY_Y, "y");
	const struct cose_alg *alg;
	struct realm_bytes x, y;
	int64_t curve;

	if (!is_int(&kty, COSE_KTY_EC2))
		return refuse(whyp, "the COSE_Key is not of kind EC2 (kty 2)");
	if (cval_int(&crv, INT64_MIN, INT64_MAX, &curve) || !(alg = alg_of_curve(curve)))
		return refuse(whyp, "the curve (crv) of the COSE_Key is not P-256, P-384 or P-521");
	if (cval_type(&y_val) == CVAL_BOOL)
		return refuse(whyp, "the point is compressed; only uncompressed ones are read");
	if (cval_bytes(&x_val, &x) || cval_bytes(&y_val, &y) || x.len != alg->width || y.len != alg->width)
		return refuse(whyp, "x and y of the COSE_Key are not byte strings of the curve's width");
	return key_from_xy(alg, x.data, y.data, NULL, keyp, whyp);
}

int key_from_cose(struct realm_ctx *ctx, const struct realm_bytes *encoded, EVP_PKEY **keyp, const char **whyp)
{
	static const struct cbor_limits limits = { .size = 4096, .depth = 8, .entries = 64 };
	struct cval map;

	if (cval_open(ctx, "COSE_Key", encoded->data, encoded->len, &limits, &map) || cval_type(&map) != CVAL_MAP)
		return refuse(whyp, "is not the map of a COSE_Key");
	return read_cose(&map, keyp, whyp);
}

/* ---- keys of OpenSSL ---- */

int key_make_public(EVP_PKEY *any, EVP_PKEY **keyp, const char **whyp)
{
	uint8_t octets[POINT_MAX];
	struct realm_bytes point = { .data = octets };

	if (!cose_alg_of_key(any))
		return -EINVAL;
	/* The point comes in the form in which it was given. */
	if (EVP_PKEY_get_octet_string_param(any, OSSL_PKEY_PARAM_PUB_KEY, octets, sizeof(octets), &point.len) != 1)
		return refuse(whyp, "it has no public part");
	return key_from_point(&point, keyp, whyp);
}

int key_fail_kind(struct realm_ctx *ctx, const char *where, EVP_PKEY *any)
{
	const char *hint = "give a key on P-256, P-384 or P-521";
	const char *kind = EVP_PKEY_get0_type_name(any);
	char group[64];

	if (!EVP_PKEY_is_a(any, "EC"))
		return realm_fail(ctx, EINVAL, where, hint, "is a key of kind %s", kind ? kind : "unknown");
	if (EVP_PKEY_get_group_name(any, group, sizeof(group), NULL) != 1)
		return realm_fail(ctx, EINVAL, where, hint, "is a key on a curve without a name");
	return realm_fail(ctx, EINVAL, where, hint, "is a key on curve %s", group);
}
