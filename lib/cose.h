/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cose.h - COSE_Sign1: taking it apart, verifying, signing
 *
 * Source: RFC 9052 section 4.2, RFC 9053 section 2.1 (ECDSA), RFC 9360 (x5chain).
 */
#ifndef REALM_COSE_H
#define REALM_COSE_H

#include "cbor.h"

#define COSE_TAG_SIGN1 18
#define COSE_CHAIN_MAX 8
#define COSE_WIDTH_MAX 66
#define COSE_SIGNATURE_MAX (2 * COSE_WIDTH_MAX)

/* An ECDSA algorithm of COSE, with the one curve that we take it for; a row a number. */
struct cose_alg {
	int64_t id;        /* -7, -35, -36 */
	int64_t curve_id;  /* of COSE: 1, 2, 3 */
	const char *name;  /* "ES256" */
	const char *curve; /* "P-256" */
	const char *group; /* what OpenSSL calls the curve */
	const char *md;    /* what OpenSSL calls the hash */
	size_t width;      /* bytes of r, of s, and of a coordinate */
};

#define COSE_ALGS 3
extern const struct cose_alg cose_algs[COSE_ALGS];

/* NULL for one that we do not know. */
const struct cose_alg *cose_alg(int64_t id);
/* The one whose curve a key is on; NULL for other keys. */
const struct cose_alg *cose_alg_of_key(EVP_PKEY *key);

/* Everything borrowed from the input. */
struct cose_sign1 {
	struct cval at;               /* for messages */
	struct realm_bytes prot;      /* as received: what is signed */
	struct realm_bytes payload;
	struct realm_bytes signature;
	struct cval payload_val;      /* the byte string itself, for cval_open_inside() */
	struct cval headers;          /* the map in prot; absent when empty */
	bool has_alg;
	int64_t alg;
	struct realm_bytes kid;       /* len 0: none */
	struct realm_bytes chain[COSE_CHAIN_MAX]; /* x5chain: DER certificates, leaf first */
	size_t num_chain;
};

/*
 * val must have tag 18; the protected header is opened with limits.  Refused: wrong types, a detached payload, an
 * algorithm that is in the unprotected header, a label that is in both, crit (nothing critical is known), chains that
 * are too long.  That the algorithm is known is not asked, nor that there is one.
 */
int cose_parse(const struct cval *val, const struct cbor_limits *limits, struct cose_sign1 *sign1);
/* 1: the signature is good, 0: bad; -ENOMEM.  The key must fit the algorithm: else 0. */
int cose_verify(const struct cose_sign1 *sign1, EVP_PKEY *key);
/*
 * Append a tagged COSE_Sign1 with attached payload and nothing in its unprotected header.  prot: the encoded protected
 * header, which names the key's algorithm.  0, -EINVAL for a key that cannot sign, or -ENOMEM; without detail.
 */
int cose_sign(EVP_PKEY *key, const struct realm_bytes *prot, const struct realm_bytes *payload, struct cbuf *out);

/* Around calls of OpenSSL, also in each other: errors from here on are ours, and forgotten at the end. */
void openssl_begin(void);
void openssl_end(void);
/* Did the last call of OpenSSL since openssl_begin() fail for want of memory? */
bool openssl_nomem(void);

#endif /* REALM_COSE_H */
