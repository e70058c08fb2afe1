/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* key-jwk.c - keys as JSON: RFC 7517, and RFC 7518 section 6.2 for those on elliptic curves */
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#include "base64.h"
#include "key.h"

static const struct cose_alg *alg_of_curve(const char *curve)
{
	size_t i;

	for (i = 0; i < COSE_ALGS; i++)
		if (!strcmp(cose_algs[i].curve, curve))
			return &cose_algs[i];
	return NULL;
}

/* A member that says of which kind the key is: one that we have not is -EINVAL, no fault of the JSON. */
static int read_kind(const struct jval *jwk, const struct cose_alg **algp)
{
	struct jval kty = jval_key(jwk, "kty"), crv = jval_key(jwk, "crv");
	const char *hint = "give a key on P-256, P-384 or P-521";
	const char *kind, *curve;
	int err = jval_string(&kty, &kind);

	if (err)
		return err;
	if (strcmp(kind, "EC"))
		return jval_fail(&kty, EINVAL, hint, "is a key of kind %.32s, not EC", kind);
	err = jval_string(&crv, &curve);
	if (err)
		return err;
	*algp = alg_of_curve(curve);
	return *algp ? 0 : jval_fail(&crv, EINVAL, hint, "is a key on curve %.32s", curve);
}

/* Leading zeros belong to a number (RFC 7518, sections 6.2.1.2 and 6.2.2.1). */
static int read_number(const struct jval *jwk, const char *name, size_t width, uint8_t *number)
{
	struct jval val = jval_key(jwk, name);
	const char *text;
	uint8_t *data;
	size_t len;
	int err = jval_string(&val, &text);

	if (err)
		return err;
	err = base64_decode(BASE64_URL, text, strlen(text), &data, &len);
	if (err == -ENOMEM)
		return realm_fail_nomem(jwk->ctx);
	if (err)
		return jval_fail(&val, EBADMSG, NULL, "is not base64url");
	if (len == width)
		memcpy(number, data, width);
	else
		err = jval_fail(&val, EBADMSG, NULL, "has %zu bytes; %zu are the width of the curve", len, width);
	OPENSSL_cleanse(data, len);
	free(data);
	return err;
}

static int read_jwk(const struct jval *jwk, bool private, EVP_PKEY **keyp)
{
	uint8_t x[COSE_WIDTH_MAX], y[COSE_WIDTH_MAX], d[COSE_WIDTH_MAX];
	const struct cose_alg *alg;
	const char *why;
	int err = read_kind(jwk, &alg);

	if (!err)
		err = read_number(jwk, "x", alg->width, x);
	if (!err)
		err = read_number(jwk, "y", alg->width, y);
	if (!err && private)
		err = read_number(jwk, "d", alg->width, d);
	if (err)
		return err;
	err = key_from_xy(alg, x, y, private ? d : NULL, keyp, &why);
	OPENSSL_cleanse(d, sizeof(d));
	if (err == -ENOMEM)
		return realm_fail_nomem(jwk->ctx);
	return err ? jval_fail(jwk, EBADMSG, NULL, "%s", why) : 0;
}

int jwk_public(const struct jval *jwk, EVP_PKEY **keyp)
{
	return read_jwk(jwk, false, keyp);
}

int jwk_private(const struct jval *jwk, EVP_PKEY **keyp)
{
	return read_jwk(jwk, true, keyp);
}
