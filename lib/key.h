/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * key.h - elliptic curve keys in all their clothes
 *
 * key-read.c: points and COSE_Key -> EVP_PKEY, and any key of OpenSSL brought to that form; key-jwk.c: JWK;
 * key-file.c: files of all kinds, told by content; cert.c: certificates and chains; keys.c: the set that a caller
 * trusts; keys-store.c: stores
 *
 * However a key was given, it is made anew from its curve and its uncompressed point, which is on the curve.
 */
#ifndef REALM_KEY_H
#define REALM_KEY_H

#include <openssl/x509.h>

#include "cose.h"
#include "json.h"

/* ---- key-read.c ---- */

/*
 * A public key from its uncompressed SEC1 point (65, 97 or 133 bytes: the length says the curve).  The point is on the
 * curve, or it is refused.  0, -EBADMSG (no such length, or no such point) or -ENOMEM; without detail; *whyp, if
 * wanted, says in a static string what is wrong.
 */
int key_from_point(const struct realm_bytes *point, EVP_PKEY **keyp, const char **whyp);
/*
 * The same from an encoded COSE_Key (RFC 9052 section 7; EC2 of RFC 9053 section 7.1.1): kty 2, crv 1..3, x, y as byte
 * strings; what else is in it is ignored.
 */
int key_from_cose(struct realm_ctx *ctx, const struct realm_bytes *encoded, EVP_PKEY **keyp, const char **whyp);
/*
 * From its coordinates, x and y of the curve's width, and for a private key its number d, as wide; NULL for a public
 * one.  As key_from_point().
 */
int key_from_xy(const struct cose_alg *alg, const uint8_t *x, const uint8_t *y, const uint8_t *d, EVP_PKEY **keyp,
		const char **whyp);
/* The public part of any key, made anew; as key_from_point(), or -EINVAL for one of another kind or curve. */
int key_make_public(EVP_PKEY *any, EVP_PKEY **keyp, const char **whyp);
/* Record that a key is of another kind or curve; -EINVAL. */
int key_fail_kind(struct realm_ctx *ctx, const char *where, EVP_PKEY *any);

/* ---- key-jwk.c ---- */

/*
 * The public key of a JWK (RFC 7517, RFC 7518 section 6.2).  Only kty, crv, x and y are looked at, d is not, however
 * it looks.  -EBADMSG, -EINVAL for other kinds and curves, with the detail in the context of jwk.
 */
int jwk_public(const struct jval *jwk, EVP_PKEY **keyp);
/* The private one. */
int jwk_private(const struct jval *jwk, EVP_PKEY **keyp);

/* ---- key-file.c ---- */

#define KEY_FILE_MAX (64 * 1024)

/* What a file has: keys, or certificates. */
struct key_file {
	EVP_PKEY **keys;
	size_t num_keys;
	STACK_OF(X509) *certs; /* in their order; NULL: none */
};

/*
 * PEM, DER, JWK, JWK Set or a point, told by content; not empty.  -EBADMSG, -EINVAL, -ENOMEM with the detail at where.
 */
int key_file_read(struct realm_ctx *ctx, const char *where, const void *data, size_t len, struct key_file *file);
void key_file_free(struct key_file *file);
/*
 * A private key in PEM or DER (SEC1 or PKCS#8) or JWK, for signing, with its detail in ctx; not encrypted.  Its two
 * parts were seen to belong together.
 */
int key_read_private(struct realm_ctx *ctx, const char *where, const void *data, size_t len, EVP_PKEY **keyp);

/* ---- cert.c ---- */

#define CERT_WHY_MAX 160

/* DER, nothing after it; NULL for what is none. */
X509 *cert_from_der(const uint8_t *data, size_t len);
/* Is each certificate signed by the next?  0, -EINVAL with the detail at where, or -ENOMEM. */
int cert_check_order(struct realm_ctx *ctx, const char *where, const STACK_OF(X509) *chain);
/*
 * Does the first of chain lead to anchor over any of the others, all of them valid at a time, in seconds since 1970?
 * 1: yes; 0: no, and why says it; -ENOMEM.
 */
int cert_judge(STACK_OF(X509) *chain, X509 *anchor, int64_t at, char why[CERT_WHY_MAX]);

/* ---- keys.c ---- */

#define KEY_STORE_MAX (1024 * 1024)
#define IMPLEMENTATION_ID_SIZE 32
#define INSTANCE_ID_SIZE 33

/* The platform that a key of a store belongs to. */
struct key_owner {
	uint8_t implementation_id[IMPLEMENTATION_ID_SIZE];
	uint8_t instance_id[INSTANCE_ID_SIZE];
};

struct key_entry {
	const char *name;           /* where it came from, of realm_keys.names */
	EVP_PKEY *key;              /* NULL: a certificate with another kind of key, which can only sign certificates */
	STACK_OF(X509) *chain;      /* leaf first, the last one is trusted; NULL: a bare key */
	bool has_owner;
	struct key_owner owner;
};

struct realm_keys {
	struct realm_ctx *ctx;
	struct key_entry *entries;
	size_t num_entries;
	char **names;
	size_t num_names;
};

/* What a set had at a time, to go back to. */
struct keys_mark {
	size_t num_entries, num_names;
};

struct keys_mark keys_mark(const struct realm_keys *keys);
void keys_go_back(struct realm_keys *keys, struct keys_mark mark);
/* A copy of a name that lives as long as the set; NULL, with the detail, when out of memory. */
const char *keys_name(struct realm_keys *keys, const char *name);
/*
 * Take over what a file had; owner NULL: for any platform.  With the detail at where; what was added is not taken back.
 */
int keys_take(struct realm_keys *keys, const char *name, const char *where, struct key_file *file,
	      const struct key_owner *owner);
/* Take over one key. */
int keys_take_key(struct realm_keys *keys, const char *name, EVP_PKEY *key, const struct key_owner *owner);

/* What a token says of the key that it was signed with. */
struct key_query {
	const struct cose_sign1 *sign1; /* algorithm and x5chain */
	struct realm_bytes implementation_id, instance_id;
	int64_t at; /* certificates are judged at this time, seconds since 1970 */
};

#define KEYS_WHY_MAX 256

/*
 * Keys of the set that could have signed this: of the algorithm's curve, and of a store only those of this
 * implementation and instance; the leaf of x5chain when it chains to a certificate of the set.  Up to max keys (no set
 * has more than realm_keys_count() + 1), borrowed until the set is freed or *ownedp is (a key made from x5chain: caller
 * frees, else NULL).  Gives their count; with 0, why says what there was instead.  -ENOMEM.
 */
int keys_find(const struct realm_keys *keys, const struct key_query *query, EVP_PKEY **found, size_t max,
	      EVP_PKEY **ownedp, char why[KEYS_WHY_MAX]);

/* ---- keys-store.c ---- */

/* As realm_keys_add_store(), from memory. */
int keys_add_store(struct realm_keys *keys, const char *name, const void *data, size_t len);

#endif /* REALM_KEY_H */
