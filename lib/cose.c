/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cose.c - COSE_Sign1: taking it apart, verifying, signing */
#include <string.h>

#include <openssl/ecdsa.h>
#include <openssl/err.h>

#include "cose.h"

/* Header labels (RFC 9052 section 3.1, RFC 9360 section 2) */
#define LABEL_ALG 1
#define LABEL_CRIT 2
#define LABEL_KID 4
#define LABEL_X5CHAIN 33

/* SEQUENCE of two INTEGERs, each with a sign byte: the length of the whole takes two bytes. */
#define DER_SIGNATURE_MAX (3 + 2 * (2 + 1 + COSE_WIDTH_MAX))

const struct cose_alg cose_algs[COSE_ALGS] = {
	{ -7, 1, "ES256", "P-256", "prime256v1", "SHA2-256", 32 },
	{ -35, 2, "ES384", "P-384", "secp384r1", "SHA2-384", 48 },
	{ -36, 3, "ES512", "P-521", "secp521r1", "SHA2-512", 66 },
};

const struct cose_alg *cose_alg(int64_t id)
{
	size_t i;

	for (i = 0; i < COSE_ALGS; i++)
		if (cose_algs[i].id == id)
			return &cose_algs[i];
	return NULL;
}

const struct cose_alg *cose_alg_of_key(EVP_PKEY *key)
{
	char group[32];
	size_t i;

	if (!EVP_PKEY_is_a(key, "EC") || EVP_PKEY_get_group_name(key, group, sizeof(group), NULL) != 1)
		return NULL;
	for (i = 0; i < COSE_ALGS; i++)
		if (!strcmp(cose_algs[i].group, group))
			return &cose_algs[i];
	return NULL;
}

void openssl_begin(void)
{
	ERR_set_mark();
	/* Stands between our errors and those that the caller's thread has of old. */
	ERR_raise(ERR_LIB_USER, ERR_R_OPERATION_FAIL);
}

void openssl_end(void)
{
	ERR_pop_to_mark();
}

bool openssl_nomem(void)
{
	return ERR_GET_REASON(ERR_peek_last_error()) == ERR_R_MALLOC_FAILURE;
}

/* ---- taking apart ---- */

/* A header parameter of either bucket; the labels were found to be in one of them only. */
static struct cval get_header(const struct cose_sign1 *sign1, const struct cval *unprot, int64_t label,
			      const char *name)
{
	struct cval val = cval_get(&sign1->headers, label, name);

	return cval_type(&val) == CVAL_ABSENT ? cval_get(unprot, label, name) : val;
}

static bool same_label(const struct cval *a, const struct cval *b)
{
	struct realm_bytes text_a, text_b;
	int64_t a_number, b_number;

	if (cval_type(a) != cval_type(b))
		return false;
	if (cval_type(a) == CVAL_INT)
		return !cval_int(a, INT64_MIN, INT64_MAX, &a_number) && !cval_int(b, INT64_MIN, INT64_MAX, &b_number) &&
		       a_number == b_number;
	return !cval_text(a, &text_a) && !cval_text(b, &text_b) && text_a.len == text_b.len &&
	       !memcmp(text_a.data, text_b.data, text_a.len);
}

static bool is_one_of(const struct cval *label, const struct cval *labels, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (same_label(&labels[i], label))
			return true;
	return false;
}

/* The protected labels are listed, so that what is under them is passed over only once. */
static int check_apart(const struct cval *headers, const struct cval *unprot)
{
	struct cval_iter it = { 0 }, other = { 0 };
	struct cval labels[CBOR_MAP_MAX], key, val;
	size_t count = 0;

	while (cval_next(headers, &it, &labels[count], &val))
		count++;
	while (cval_next(unprot, &other, &key, &val))
		if (is_one_of(&key, labels, count))
			return cval_fail(&key, EBADMSG, NULL, "the same label is in the protected header too");
	return 0;
}

static int check_labels(const struct cval *headers)
{
	struct cval_iter it = { 0 };
	struct cval key, val;
	int64_t number;
	int err;

	while (cval_next(headers, &it, &key, &val)) {
		if (cval_type(&key) == CVAL_TEXT)
			continue;
		err = cval_int(&key, INT64_MIN, INT64_MAX, &number);
		if (err)
			return err;
		if (number == LABEL_CRIT)
			return cval_fail(&val, EBADMSG, NULL, "the header has crit (2), and nothing critical is known");
	}
	return 0;
}

static int check_buckets(const struct cose_sign1 *sign1, const struct cval *unprot)
{
	struct cval val = cval_get(unprot, LABEL_ALG, "algorithm");
	int err = check_labels(&sign1->headers);

	if (!err)
		err = check_labels(unprot);
	if (!err)
		err = check_apart(&sign1->headers, unprot);
	if (err || cval_type(&val) == CVAL_ABSENT)
		return err;
	return cval_fail(&val, EBADMSG, NULL, "is in the unprotected header, where anybody can change it");
}

static int read_chain(const struct cval *chain, struct cose_sign1 *sign1)
{
	size_t count, i;
	int err;

	if (cval_type(chain) == CVAL_ABSENT)
		return 0;
	if (cval_type(chain) == CVAL_BYTES) {
		sign1->num_chain = 1;
		return cval_bytes(chain, &sign1->chain[0]);
	}
	err = cval_array(chain, &count);
	if (err)
		return err;
	if (!count || count > COSE_CHAIN_MAX)
		return cval_fail(chain, EBADMSG, NULL, "has %zu certificates, not 1 to %d", count, COSE_CHAIN_MAX);
	for (i = 0; i < count; i++) {
		struct cval cert = cval_item(chain, i, "x5chain");

		err = cval_bytes(&cert, &sign1->chain[i]);
		if (err)
			return err;
	}
	sign1->num_chain = count;
	return 0;
}

static int read_headers(const struct cval *unprot, struct cose_sign1 *sign1)
{
	struct cval alg = cval_get(&sign1->headers, LABEL_ALG, "algorithm");
	struct cval kid = get_header(sign1, unprot, LABEL_KID, "kid");
	struct cval chain = get_header(sign1, unprot, LABEL_X5CHAIN, "x5chain");
	int err = 0;

	sign1->has_alg = cval_type(&alg) != CVAL_ABSENT;
	if (sign1->has_alg)
		err = cval_int(&alg, INT64_MIN, INT64_MAX, &sign1->alg);
	if (!err && cval_type(&kid) != CVAL_ABSENT)
		err = cval_bytes(&kid, &sign1->kid);
	return err ? err : read_chain(&chain, sign1);
}

static int open_headers(const struct cval *prot, const struct cbor_limits *limits, struct cose_sign1 *sign1)
{
	int err = cval_bytes(prot, &sign1->prot);

	sign1->headers = *prot;
	sign1->headers.at = NULL;
	if (err || !sign1->prot.len)
		return err;
	err = cval_open_inside(prot, "protected header", limits, &sign1->headers);
	return err ? err : cval_map(&sign1->headers);
}

int cose_parse(const struct cval *val, const struct cbor_limits *limits, struct cose_sign1 *sign1)
{
	struct cval array = cval_untag(val, COSE_TAG_SIGN1);
	struct cval prot, unprot, signature;
	size_t count;
	int err;

	*sign1 = (struct cose_sign1){ .at = *val };
	if (cval_type(&array) == CVAL_ABSENT)
		return cval_fail(val, EBADMSG, NULL, "expected a COSE_Sign1 with tag 18, not %s", cval_type_name(val));
	err = cval_array(&array, &count);
	if (err)
		return err;
	if (count != 4)
		return cval_fail(&array, EBADMSG, NULL, "a COSE_Sign1 has 4 elements, not %zu", count);
	prot = cval_item(&array, 0, "protected header");
	unprot = cval_item(&array, 1, "unprotected header");
	sign1->payload_val = cval_item(&array, 2, "payload");
	signature = cval_item(&array, 3, "signature");
	if (cval_type(&sign1->payload_val) == CVAL_NULL)
		return cval_fail(&sign1->payload_val, EBADMSG, NULL, "is detached; it must be in the COSE_Sign1");
	if ((err = open_headers(&prot, limits, sign1)) || (err = cval_map(&unprot)) ||
	    (err = cval_bytes(&sign1->payload_val, &sign1->payload)) ||
	    (err = cval_bytes(&signature, &sign1->signature)) || (err = check_buckets(sign1, &unprot)))
		return err;
	return read_headers(&unprot, sign1);
}

/* ---- signatures ---- */

/* Sig_structure (RFC 9052 section 4.4): what is signed */
static void put_signed(const struct realm_bytes *prot, const struct realm_bytes *payload, struct cbuf *buf)
{
	cbuf_array(buf, 4);
	cbuf_text(buf, "Signature1");
	cbuf_bytes(buf, prot->data, prot->len);
	cbuf_bytes(buf, NULL, 0);
	cbuf_bytes(buf, payload->data, payload->len);
}

/* r and s side by side as the SEQUENCE that OpenSSL takes; its length, 0 for none. */
static size_t signature_to_der(const struct realm_bytes *raw, uint8_t der[DER_SIGNATURE_MAX])
{
	size_t width = raw->len / 2;
	ECDSA_SIG *sig = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(raw->data, (int)width, NULL);
	BIGNUM *s = BN_bin2bn(raw->data + width, (int)width, NULL);
	int len = 0;

	if (sig && r && s && ECDSA_SIG_set0(sig, r, s) == 1) {
		len = i2d_ECDSA_SIG(sig, &der);
	} else {
		BN_free(r);
		BN_free(s);
	}
	ECDSA_SIG_free(sig);
	return len > 0 ? (size_t)len : 0;
}

/* 1: good, 0: bad, -ENOMEM */
static int verify(const struct cose_alg *alg, EVP_PKEY *key, const uint8_t *der, size_t len, const struct cbuf *tbs)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	int good = -ENOMEM;

	if (ctx && EVP_DigestVerifyInit_ex(ctx, NULL, alg->md, NULL, NULL, key, NULL) == 1) {
		good = EVP_DigestVerify(ctx, der, len, tbs->data, tbs->len) == 1;
		if (!good && openssl_nomem())
			good = -ENOMEM;
	}
	EVP_MD_CTX_free(ctx);
	return good;
}

int cose_verify(const struct cose_sign1 *sign1, EVP_PKEY *key)
{
	const struct cose_alg *alg = sign1->has_alg ? cose_alg(sign1->alg) : NULL;
	uint8_t der[DER_SIGNATURE_MAX];
	struct cbuf tbs = { 0 };
	int good = -ENOMEM;
	size_t len;

	if (!alg || alg != cose_alg_of_key(key) || sign1->signature.len != 2 * alg->width)
		return 0;
	openssl_begin();
	len = signature_to_der(&sign1->signature, der);
	put_signed(&sign1->prot, &sign1->payload, &tbs);
	if (len && !tbs.nomem)
		good = verify(alg, key, der, len, &tbs);
	openssl_end();
	cbuf_free(&tbs);
	return good;
}

static int signature_from_der(const uint8_t *der, size_t len, size_t width, uint8_t *raw)
{
	ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)len);
	int err = -ENOMEM;

	if (sig && BN_bn2binpad(ECDSA_SIG_get0_r(sig), raw, (int)width) > 0 &&
	    BN_bn2binpad(ECDSA_SIG_get0_s(sig), raw + width, (int)width) > 0)
		err = 0;
	ECDSA_SIG_free(sig);
	return err;
}

static int sign(const struct cose_alg *alg, EVP_PKEY *key, const struct cbuf *tbs, uint8_t raw[COSE_SIGNATURE_MAX])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t der[DER_SIGNATURE_MAX];
	size_t len = sizeof(der);
	int err = -ENOMEM;

	if (ctx && EVP_DigestSignInit_ex(ctx, NULL, alg->md, NULL, NULL, key, NULL) == 1) {
		if (EVP_DigestSign(ctx, der, &len, tbs->data, tbs->len) == 1)
			err = signature_from_der(der, len, alg->width, raw);
		else if (!openssl_nomem())
			err = -EINVAL;
	}
	EVP_MD_CTX_free(ctx);
	return err;
}

int cose_sign(EVP_PKEY *key, const struct realm_bytes *prot, const struct realm_bytes *payload, struct cbuf *out)
{
	const struct cose_alg *alg = cose_alg_of_key(key);
	uint8_t raw[COSE_SIGNATURE_MAX];
	struct cbuf tbs = { 0 };
	int err = -ENOMEM;

	if (!alg)
		return -EINVAL;
	openssl_begin();
	put_signed(prot, payload, &tbs);
	if (!tbs.nomem)
		err = sign(alg, key, &tbs, raw);
	openssl_end();
	cbuf_free(&tbs);
	if (err)
		return err;
	cbuf_tag(out, COSE_TAG_SIGN1);
	cbuf_array(out, 4);
	cbuf_bytes(out, prot->data, prot->len);
	cbuf_map(out, 0);
	cbuf_bytes(out, payload->data, payload->len);
	cbuf_bytes(out, raw, 2 * alg->width);
	return out->nomem ? -ENOMEM : 0;
}
