/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* certs.h - certificates made when the test runs */
#ifndef CERTS_H
#define CERTS_H

#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "ec.h"

#define CERT_FROM INT64_C(1600000000)
#define CERT_TO INT64_C(1700000000)

/* One of a hierarchy, with its key. */
struct cert {
	X509 *x509;
	EVP_PKEY *key;
};

struct cert_spec {
	const char *name;
	EVP_PKEY *key;             /* NULL: a new one on P-384 */
	const struct cert *issuer; /* NULL: self-signed */
	bool is_ca;
	const char *md;       /* NULL: SHA384 */
	int64_t from, to;     /* 0: CERT_FROM, CERT_TO */
	const char *usage;    /* keyUsage; NULL: none is said */
	const char *critical; /* OID of an extension that nobody knows */
};

static inline void cert_set_name(X509_NAME *name, const char *text)
{
	assert_int_equal(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)text, -1, -1, 0),
			 1);
}

static inline void cert_add_extension(X509 *x509, int nid, const char *value)
{
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

	assert_non_null(extension);
	assert_int_equal(X509_add_ext(x509, extension, -1), 1);
	X509_EXTENSION_free(extension);
}

static inline void cert_add_critical(X509 *x509, const char *oid)
{
	ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
	ASN1_OBJECT *object = OBJ_txt2obj(oid, 1);
	X509_EXTENSION *extension;

	ASN1_OCTET_STRING_set(value, (const unsigned char *)"\5", 1);
	extension = X509_EXTENSION_create_by_OBJ(NULL, object, 1, value);
	assert_int_equal(X509_add_ext(x509, extension, -1), 1);
	X509_EXTENSION_free(extension);
	ASN1_OBJECT_free(object);
	ASN1_OCTET_STRING_free(value);
}

static inline struct cert cert_make(const struct cert_spec *spec)
{
	struct cert cert = { .x509 = X509_new(), .key = spec->key };
	const EVP_MD *md = EVP_get_digestbyname(spec->md ? spec->md : "SHA384");
	static long serial;

	if (cert.key)
		EVP_PKEY_up_ref(cert.key);
	else
		cert.key = ec_new("P-384");
	assert_int_equal(X509_set_version(cert.x509, X509_VERSION_3), 1);
	assert_int_equal(ASN1_INTEGER_set(X509_get_serialNumber(cert.x509), ++serial), 1);
	assert_non_null(ASN1_TIME_set(X509_getm_notBefore(cert.x509), (time_t)(spec->from ? spec->from : CERT_FROM)));
	assert_non_null(ASN1_TIME_set(X509_getm_notAfter(cert.x509), (time_t)(spec->to ? spec->to : CERT_TO)));
	cert_set_name(X509_get_subject_name(cert.x509), spec->name);
	assert_int_equal(
		X509_set_issuer_name(cert.x509, X509_get_subject_name(spec->issuer ? spec->issuer->x509 : cert.x509)),
		1);
	assert_int_equal(X509_set_pubkey(cert.x509, cert.key), 1);
	if (spec->is_ca)
		cert_add_extension(cert.x509, NID_basic_constraints, "critical,CA:TRUE");
	if (spec->usage)
		cert_add_extension(cert.x509, NID_key_usage, spec->usage);
	if (spec->critical)
		cert_add_critical(cert.x509, spec->critical);
	assert_true(X509_sign(cert.x509, spec->issuer ? spec->issuer->key : cert.key, md) > 0);
	return cert;
}

static inline void cert_free(struct cert *cert)
{
	X509_free(cert->x509);
	EVP_PKEY_free(cert->key);
}

/* Appended to a NUL-terminated buffer. */
static inline void cert_put_pem(const struct cert *cert, char *buf, size_t size)
{
	BIO *bio = BIO_new(BIO_s_mem());
	size_t used = strlen(buf);
	char *text;
	long len;

	assert_int_equal(PEM_write_bio_X509(bio, cert->x509), 1);
	len = BIO_get_mem_data(bio, &text);
	assert_true(used + (size_t)len < size);
	memcpy(buf + used, text, (size_t)len);
	buf[used + (size_t)len] = '\0';
	BIO_free(bio);
}

#endif /* CERTS_H */
