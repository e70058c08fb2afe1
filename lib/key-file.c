/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* key-file.c - files with keys or certificates, of any kind that is in use, told by their content */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "key.h"
#include "plan.h"

#define PEM_BEGIN "-----BEGIN "
#define DER_SEQUENCE 0x30
#define POINT_UNCOMPRESSED 4

/* A file that is being read. */
struct reading {
	struct realm_ctx *ctx;
	const char *where;
	const uint8_t *data;
	size_t len;
	bool for_signing; /* a private key is wanted */
	struct key_file *file;
};

static const char forms_hint[] = "give PEM, DER (SubjectPublicKeyInfo or certificate), JWK or an uncompressed point";
static const char bytes_hint[] = "give the bytes that it stands for: xxd -r -p FILE";
static const char private_hint[] = "give a private key as PEM, DER (SEC1 or PKCS#8) or JWK";
static const char public_hint[] = "give the public key: openssl pkey -in FILE -pubout";
static const char plain_hint[] = "take the encryption off: openssl pkey -in FILE -out PLAIN";

void key_file_free(struct key_file *file)
{
	size_t i;

	for (i = 0; i < file->num_keys; i++)
		EVP_PKEY_free(file->keys[i]);
	free(file->keys);
	sk_X509_pop_free(file->certs, X509_free);
	*file = (struct key_file){ 0 };
}

/* Takes over the key. */
static int add_key(const struct reading *in, EVP_PKEY *key)
{
	struct key_file *file = in->file;
	EVP_PKEY **keys = grow_array(file->keys, file->num_keys, sizeof(EVP_PKEY *));

	if (!keys) {
		EVP_PKEY_free(key);
		return realm_fail_nomem(in->ctx);
	}
	file->keys = keys;
	keys[file->num_keys++] = key;
	return 0;
}

/* Takes over the certificate. */
static int add_cert(const struct reading *in, X509 *cert)
{
	if (!in->file->certs)
		in->file->certs = sk_X509_new_null();
	if (in->file->certs && sk_X509_push(in->file->certs, cert))
		return 0;
	X509_free(cert);
	return realm_fail_nomem(in->ctx);
}

/* The public part of a key of OpenSSL, which is taken over. */
static int add_public_of(const struct reading *in, EVP_PKEY *any)
{
	const char *why = NULL;
	EVP_PKEY *key;
	int err = key_make_public(any, &key, &why);

	if (err == -ENOMEM)
		realm_fail_nomem(in->ctx);
	else if (err == -EINVAL)
		key_fail_kind(in->ctx, in->where, any);
	else if (err)
		realm_fail(in->ctx, EBADMSG, in->where, NULL, "%s", why);
	EVP_PKEY_free(any);
	return err ? err : add_key(in, key);
}

static int fail_broken(const struct reading *in, const char *what)
{
	if (openssl_nomem())
		return realm_fail_nomem(in->ctx);
	return realm_fail(in->ctx, EBADMSG, in->where, NULL, "%s is broken", what);
}

/* ---- DER ---- */

/* The whole of it, or NULL. */
static EVP_PKEY *public_from_der(const uint8_t *data, size_t len)
{
	const uint8_t *next = data;
	EVP_PKEY *key = d2i_PUBKEY(NULL, &next, (long)len);

	if (key && next == data + len)
		return key;
	EVP_PKEY_free(key);
	return NULL;
}

static EVP_PKEY *private_from_der(const uint8_t *data, size_t len)
{
	const uint8_t *next = data;
	EVP_PKEY *key = d2i_AutoPrivateKey(NULL, &next, (long)len);

	if (key && next == data + len)
		return key;
	EVP_PKEY_free(key);
	return NULL;
}

/* Points are often printed so, and the first digit of one is what DER begins with. */
static bool is_hex_text(const struct reading *in)
{
	size_t digits = 0, i;

	while (digits < in->len && isxdigit(in->data[digits]))
		digits++;
	for (i = digits; i < in->len && isspace(in->data[i]);)
		i++;
	return digits > 1 && i == in->len;
}

static int read_der(const struct reading *in)
{
	X509 *cert = cert_from_der(in->data, in->len);
	EVP_PKEY *key;

	if (cert)
		return add_cert(in, cert);
	key = public_from_der(in->data, in->len);
	if (!key)
		key = private_from_der(in->data, in->len);
	if (key)
		return add_public_of(in, key);
	if (openssl_nomem())
		return realm_fail_nomem(in->ctx);
	if (is_hex_text(in))
		return realm_fail(in->ctx, EBADMSG, in->where, bytes_hint, "is text in hex");
	return realm_fail(in->ctx, EBADMSG, in->where, forms_hint, "is DER, but no key and no certificate");
}

/* ---- PEM ---- */

static bool is_one_of(const char *label, const char *const *labels)
{
	for (; *labels; labels++)
		if (!strcmp(label, *labels))
			return true;
	return false;
}

static const char *const public_labels[] = { "PUBLIC KEY", NULL };
static const char *const private_labels[] = { "EC PRIVATE KEY", "PRIVATE KEY", NULL };
static const char *const cert_labels[] = { "CERTIFICATE", "X509 CERTIFICATE", NULL };
/* What openssl ecparam writes before the key that it makes. */
static const char *const passed_over[] = { "EC PARAMETERS", NULL };

static int take_block(const struct reading *in, const char *label, const uint8_t *data, size_t len)
{
	EVP_PKEY *key = NULL;
	X509 *cert;

	if (is_one_of(label, passed_over))
		return 0;
	if (is_one_of(label, cert_labels)) {
		cert = cert_from_der(data, len);
		return cert ? add_cert(in, cert) : fail_broken(in, "a certificate");
	}
	if (is_one_of(label, public_labels))
		key = public_from_der(data, len);
	else if (is_one_of(label, private_labels))
		key = private_from_der(data, len);
	else
		return realm_fail(in->ctx, EINVAL, in->where, forms_hint, "holds a block \"%.64s\"", label);
	return key ? add_public_of(in, key) : fail_broken(in, "a key");
}

/* A block that a password protects says so in lines before its data. */
static int check_open(const struct reading *in, const char *label, const char *header)
{
	if (!header[0] && strcmp(label, "ENCRYPTED PRIVATE KEY"))
		return 0;
	return realm_fail(in->ctx, EINVAL, in->where, in->for_signing ? plain_hint : public_hint,
			  "holds a key that is encrypted");
}

typedef int (*block_fn)(const struct reading *in, const char *label, const uint8_t *data, size_t len);

/* 1: a block was taken; 0: there are no more */
static int next_block(const struct reading *in, BIO *bio, block_fn take)
{
	char *label, *header;
	uint8_t *data;
	long len;
	int err;

	if (PEM_read_bio(bio, &label, &header, &data, &len) != 1)
		return ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE ? 0
										    : fail_broken(in, "a PEM block");
	err = check_open(in, label, header);
	if (!err)
		err = take(in, label, data, (size_t)len);
	OPENSSL_free(label);
	OPENSSL_free(header);
	OPENSSL_clear_free(data, (size_t)len);
	return err ? err : 1;
}

static int read_pem(const struct reading *in, block_fn take)
{
	BIO *bio = BIO_new_mem_buf(in->data, (int)in->len);
	int more;

	if (!bio)
		return realm_fail_nomem(in->ctx);
	do
		more = next_block(in, bio, take);
	while (more > 0);
	BIO_free(bio);
	return more;
}

/* ---- JSON ---- */

static int add_jwk(const struct reading *in, const struct jval *jwk)
{
	EVP_PKEY *key;
	int err = jwk_public(jwk, &key);

	return err ? err : add_key(in, key);
}

/* Keys of other kinds in a set are passed over (RFC 7517, section 5), as long as there is one that is not. */
static int add_jwk_set(const struct reading *in, const struct jval *keys)
{
	size_t count, i;
	int err = jval_array(keys, &count);

	if (!err && !count)
		return jval_fail(keys, EBADMSG, NULL, "is a JWK Set without keys");
	for (i = 0; i < count && (!err || err == -EINVAL); i++) {
		struct jval jwk = jval_item(keys, i);

		err = add_jwk(in, &jwk);
	}
	return err == -EINVAL && in->file->num_keys ? 0 : err;
}

static int read_json(const struct reading *in)
{
	struct jval root, keys, schema;
	int err = jval_parse(in->ctx, in->where, (const char *)in->data, in->len, &root);

	if (err)
		return err;
	keys = jval_key(&root, "keys");
	schema = jval_key(&root, "schema");
	if (json_is_array(root.json) || schema.json)
		err = jval_fail(&root, EINVAL, "give it as a store", "is a list of keys for certain platforms");
	else
		err = keys.json ? add_jwk_set(in, &keys) : add_jwk(in, &root);
	jval_free(&root);
	return err;
}

/* ---- all ---- */

static int read_point(const struct reading *in)
{
	struct realm_bytes point = { .data = in->data, .len = in->len };
	const char *why;
	EVP_PKEY *key;
	int err = key_from_point(&point, &key, &why);

	if (err == -ENOMEM)
		return realm_fail_nomem(in->ctx);
	return err ? realm_fail(in->ctx, EBADMSG, in->where, forms_hint, "%s", why) : add_key(in, key);
}

static bool is_pem(const struct reading *in)
{
	return memmem(in->data, in->len, PEM_BEGIN, strlen(PEM_BEGIN));
}

static bool is_point(const struct reading *in)
{
	return in->len == 65 || in->len == 97 || in->len == 133;
}

static int read_any(const struct reading *in)
{
	if (json_begins(in->data, in->len))
		return read_json(in);
	if (in->len && is_pem(in))
		return read_pem(in, take_block);
	if (in->len && in->data[0] == DER_SEQUENCE)
		return read_der(in);
	if (in->len && (in->data[0] == POINT_UNCOMPRESSED || is_point(in)))
		return read_point(in);
	return realm_fail(in->ctx, EBADMSG, in->where, forms_hint, "is no key");
}

static int check_content(const struct reading *in)
{
	if (in->file->num_keys && in->file->certs)
		return realm_fail(in->ctx, EINVAL, in->where, "give the certificates alone, or the key alone",
				  "has a key and certificates: the key would be trusted whatever they say");
	if (in->file->num_keys || in->file->certs)
		return 0;
	return realm_fail(in->ctx, EBADMSG, in->where, forms_hint, "has no key");
}

static int check_size(const struct reading *in)
{
	if (in->len <= KEY_FILE_MAX)
		return 0;
	return realm_fail(in->ctx, EINVAL, in->where, "is this the right file?", "is larger than %d bytes",
			  KEY_FILE_MAX);
}

int key_file_read(struct realm_ctx *ctx, const char *where, const void *data, size_t len, struct key_file *filep)
{
	struct key_file file = { 0 };
	struct reading in = { .ctx = ctx, .where = where, .data = data, .len = len, .file = &file };
	int err = check_size(&in);

	openssl_begin();
	if (!err)
		err = read_any(&in);
	if (!err)
		err = check_content(&in);
	openssl_end();
	if (err)
		key_file_free(&file);
	else
		*filep = file;
	return err;
}

/* ---- private keys ---- */

/* Do its parts belong together?  Takes over the key. */
static int add_private(const struct reading *in, EVP_PKEY *key)
{
	EVP_PKEY_CTX *check = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
	int err = 0;

	if (!check)
		err = realm_fail_nomem(in->ctx);
	else if (!cose_alg_of_key(key))
		err = key_fail_kind(in->ctx, in->where, key);
	else if (EVP_PKEY_check(check) != 1)
		err = openssl_nomem() ? realm_fail_nomem(in->ctx)
				      : realm_fail(in->ctx, EBADMSG, in->where, NULL,
						   "its private and its public part do not belong together");
	EVP_PKEY_CTX_free(check);
	if (!err)
		return add_key(in, key);
	EVP_PKEY_free(key);
	return err;
}

/* What else is in the file is no matter: a certificate of the key is often there. */
static int take_private_block(const struct reading *in, const char *label, const uint8_t *data, size_t len)
{
	EVP_PKEY *key;

	if (!is_one_of(label, private_labels))
		return 0;
	key = private_from_der(data, len);
	return key ? add_private(in, key) : fail_broken(in, "a private key");
}

static int read_private_der(const struct reading *in)
{
	EVP_PKEY *key = private_from_der(in->data, in->len);

	if (key)
		return add_private(in, key);
	if (openssl_nomem())
		return realm_fail_nomem(in->ctx);
	return realm_fail(in->ctx, EBADMSG, in->where, private_hint, "is DER, but no private key");
}

static int read_private_json(const struct reading *in)
{
	struct jval root;
	EVP_PKEY *key;
	int err = jval_parse(in->ctx, in->where, (const char *)in->data, in->len, &root);

	if (err)
		return err;
	err = jwk_private(&root, &key);
	jval_free(&root);
	return err ? err : add_private(in, key);
}

static int read_private(const struct reading *in)
{
	if (json_begins(in->data, in->len))
		return read_private_json(in);
	if (in->len && is_pem(in))
		return read_pem(in, take_private_block);
	if (in->len && in->data[0] == DER_SEQUENCE)
		return read_private_der(in);
	return realm_fail(in->ctx, EBADMSG, in->where, private_hint, "is no private key");
}

int key_read_private(struct realm_ctx *ctx, const char *where, const void *data, size_t len, EVP_PKEY **keyp)
{
	struct key_file file = { 0 };
	struct reading in = { .ctx = ctx, .where = where, .data = data, .len = len, .for_signing = true, .file = &file };
	int err = check_size(&in);

	openssl_begin();
	if (!err)
		err = read_private(&in);
	if (!err && file.num_keys != 1)
		err = realm_fail(ctx, EBADMSG, where, private_hint, "has %zu private keys, not one", file.num_keys);
	openssl_end();
	if (!err && EVP_PKEY_up_ref(file.keys[0]) == 1)
		*keyp = file.keys[0];
	key_file_free(&file);
	return err;
}
