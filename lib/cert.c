/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cert.c - certificates and the chains that they make
 *
 * OpenSSL checks signatures, names and extensions (RFC 5280, section 6.1); the validity is judged here, so that the
 * last second counts, times have 64 bits everywhere, and a refusal tells the time.  Revocation is not looked at: there
 * is nobody to ask.
 */
#include <stdio.h>
#include <time.h>

#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "key.h"

/* At least 112 bits: no SHA-1, no RSA of 1024 bits. */
#define AUTH_LEVEL 2
#define DAY 86400

X509 *cert_from_der(const uint8_t *data, size_t len)
{
	const uint8_t *next = data;
	X509 *cert = d2i_X509(NULL, &next, (long)len);

	if (cert && next == data + len)
		return cert;
	X509_free(cert);
	return NULL;
}

int cert_check_order(struct realm_ctx *ctx, const char *where, const STACK_OF(X509) * chain)
{
	int i;

	for (i = 0; i + 1 < sk_X509_num(chain); i++) {
		X509 *cert = sk_X509_value(chain, i), *issuer = sk_X509_value(chain, i + 1);
		EVP_PKEY *key = X509_get0_pubkey(issuer);
		int mismatch = X509_check_issued(issuer, cert);
		bool is_signed = key && X509_verify(cert, key) == 1;

		if (mismatch == X509_V_OK && is_signed)
			continue;
		if (openssl_nomem())
			return realm_fail_nomem(ctx);
		return realm_fail(ctx, EINVAL, where, "write the leaf first, then who signed it, and so on",
				  "certificate %d is not issued by certificate %d: %s", i + 1, i + 2,
				  mismatch == X509_V_OK ? "the signature is another's"
							: X509_verify_cert_error_string(mismatch));
	}
	return 0;
}

/* ---- validity ---- */

/* Seconds since 1970; false: not a time */
static bool to_seconds(const ASN1_TIME *time, int64_t *secondsp)
{
	ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
	int days, seconds;
	bool good = epoch && ASN1_TIME_diff(&days, &seconds, epoch, time) == 1;

	ASN1_TIME_free(epoch);
	if (good)
		*secondsp = (int64_t)days * DAY + seconds;
	return good;
}

static int say_time(char why[CERT_WHY_MAX], int index, const char *what, const ASN1_TIME *time)
{
	char text[32] = "?";
	struct tm tm;

	if (ASN1_TIME_to_tm(time, &tm) == 1)
		strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	snprintf(why, CERT_WHY_MAX, "certificate %d %s %s", index + 1, what, text);
	return 0;
}

/* 1: valid; 0: not, and why says it */
static int judge_time(X509 *cert, int index, int64_t at, char why[CERT_WHY_MAX])
{
	const ASN1_TIME *first = X509_get0_notBefore(cert), *last = X509_get0_notAfter(cert);
	int64_t from, to;

	if (!to_seconds(first, &from) || !to_seconds(last, &to)) {
		snprintf(why, CERT_WHY_MAX, "certificate %d has a validity that cannot be read", index + 1);
		return 0;
	}
	if (at < from)
		return say_time(why, index, "is not valid before", first);
	if (at > to)
		return say_time(why, index, "expired at", last);
	return 1;
}

/* ---- chains ---- */

static int judge_times(const STACK_OF(X509) * path, int64_t at, char why[CERT_WHY_MAX])
{
	int i, good = 1;

	for (i = 0; good && i < sk_X509_num(path); i++)
		good = judge_time(sk_X509_value(path, i), i, at, why);
	return good;
}

/* RFC 5280, section 4.2.1.3; a certificate without the extension says nothing of it. */
static int judge_usage(X509 *leaf, char why[CERT_WHY_MAX])
{
	if (X509_get_key_usage(leaf) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION))
		return 1;
	snprintf(why, CERT_WHY_MAX, "certificate 1 is not for signing (keyUsage)");
	return 0;
}

static int judge_path(X509_STORE_CTX *ctx, int64_t at, char why[CERT_WHY_MAX])
{
	X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(ctx);
	int error;

	X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
	X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_ANY);
	X509_VERIFY_PARAM_set_auth_level(param, AUTH_LEVEL);
	if (X509_verify_cert(ctx) == 1)
		return judge_times(X509_STORE_CTX_get0_chain(ctx), at, why) &&
		       judge_usage(X509_STORE_CTX_get0_cert(ctx), why);
	error = X509_STORE_CTX_get_error(ctx);
	if (error == X509_V_ERR_OUT_OF_MEM)
		return -ENOMEM;
	snprintf(why, CERT_WHY_MAX, "certificate %d: %s", X509_STORE_CTX_get_error_depth(ctx) + 1,
		 X509_verify_cert_error_string(error));
	return 0;
}

int cert_judge(STACK_OF(X509) * chain, X509 *anchor, int64_t at, char why[CERT_WHY_MAX])
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	STACK_OF(X509) *trusted = sk_X509_new_null();
	int good = -ENOMEM;

	openssl_begin();
	if (ctx && trusted && sk_X509_push(trusted, anchor) &&
	    X509_STORE_CTX_init(ctx, NULL, sk_X509_value(chain, 0), chain) == 1) {
		X509_STORE_CTX_set0_trusted_stack(ctx, trusted);
		good = judge_path(ctx, at, why);
	}
	openssl_end();
	X509_STORE_CTX_free(ctx);
	sk_X509_free(trusted);
	return good;
}
