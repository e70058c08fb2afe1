/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-keys.c - which keys of a set could have signed a token: curves, platforms, certificates and their time */
#include <openssl/err.h>
#include <openssl/pem.h>

#include "base64.h"
#include "certs.h"
#include "fixture.h"
#include "key.h"

#define ES256 (-7)
#define ES384 (-35)
#define MID ((CERT_FROM + CERT_TO) / 2)
#define PEM_MAX 16384

/* A set, a question to it, and the answer. */
struct scene {
	struct fixture *f;
	struct realm_keys *keys;
	struct cose_sign1 sign1;
	struct key_query query;
	EVP_PKEY *found[8], *owned;
	char why[KEYS_WHY_MAX];
	struct cert root, middle, leaf, other; /* root signed middle, middle signed leaf */
};

static struct cert make(const char *name, const struct cert *issuer, bool is_ca)
{
	return cert_make(&(struct cert_spec){ .name = name, .issuer = issuer, .is_ca = is_ca });
}

static int setup(void **state)
{
	struct scene *s = calloc(1, sizeof(*s));

	if (!s || fixture_setup((void **)&s->f) || realm_keys_new(s->f->ctx, &s->keys))
		return -1;
	s->sign1 = (struct cose_sign1){ .has_alg = true, .alg = ES384 };
	s->query = (struct key_query){ .sign1 = &s->sign1, .at = MID };
	s->root = make("root", NULL, true);
	s->middle = make("middle", &s->root, true);
	s->leaf = make("leaf", &s->middle, false);
	s->other = make("other", NULL, true);
	ERR_clear_error();
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	struct scene *s = *state;
	size_t i;

	assert_int_equal(ERR_peek_error(), 0); /* the queue is the caller's */
	for (i = 0; i < s->sign1.num_chain; i++)
		OPENSSL_free((void *)(uintptr_t)s->sign1.chain[i].data);
	EVP_PKEY_free(s->owned);
	cert_free(&s->root);
	cert_free(&s->middle);
	cert_free(&s->leaf);
	cert_free(&s->other);
	realm_keys_free(s->keys);
	fixture_teardown((void **)&s->f);
	free(s);
	return 0;
}

static int find(struct scene *s)
{
	EVP_PKEY_free(s->owned);
	return keys_find(s->keys, &s->query, s->found, ARRAY_SIZE(s->found), &s->owned, s->why);
}

static void assert_none(struct scene *s, const char *why)
{
	assert_int_equal(find(s), 0);
	if (!strstr(s->why, why))
		fail_msg("expected %s, got %s", why, s->why);
	assert_null(s->owned);
}

static void assert_finds(struct scene *s, EVP_PKEY *key)
{
	int count = find(s);

	if (count != 1)
		fail_msg("%d keys: %s", count, s->why);
	assert_int_equal(EVP_PKEY_eq(s->found[0], key), 1);
	EVP_PKEY_free(s->owned);
	s->owned = NULL;
}

static void add_point(struct scene *s, const char *name, EVP_PKEY *key)
{
	uint8_t point[EC_POINT_MAX];

	assert_int_equal(realm_keys_add(s->keys, name, point, ec_point(key, point)), 0);
}

static int add_certs(struct scene *s, const struct cert *const *certs)
{
	char pem[PEM_MAX] = "";

	for (; *certs; certs++)
		cert_put_pem(*certs, pem, sizeof(pem));
	return realm_keys_add(s->keys, "chain.pem", pem, strlen(pem));
}

#define ADD(s, ...) add_certs(s, (const struct cert *const[]){ __VA_ARGS__, NULL })

static void carry(struct scene *s, const struct cert *cert)
{
	struct realm_bytes *bytes = &s->sign1.chain[s->sign1.num_chain++];
	uint8_t *der = NULL;

	bytes->len = (size_t)i2d_X509(cert->x509, &der);
	bytes->data = der;
}

/* ---- bare keys ---- */

static void test_nothing_given(void **state)
{
	struct scene *s = *state;

	assert_none(s, "no key was given");
	assert_int_equal(keys_find(NULL, &s->query, s->found, 1, &s->owned, s->why), 0);
	assert_string_equal(s->why, "no key was given");
	carry(s, &s->leaf);
	assert_none(s, "no key was given");
}

static void test_curves(void **state)
{
	struct scene *s = *state;
	EVP_PKEY *p256 = ec_new("P-256"), *p384 = ec_new("P-384"), *second = ec_new("P-384");

	add_point(s, "a.pem", p256);
	assert_none(s, "a.pem: the key is on P-256, but ES384 needs P-384");
	add_point(s, "b.pem", p384);
	assert_finds(s, p384);
	s->sign1.alg = ES256;
	assert_finds(s, p256);
	s->sign1.alg = -36;
	assert_none(s, "a.pem: the key is on P-256, but ES512 needs P-521; b.pem: the key is on P-384");
	s->sign1.alg = -8;
	assert_none(s, "no algorithm that is known");
	s->sign1.has_alg = false;
	assert_none(s, "no algorithm that is known");
	s->sign1 = (struct cose_sign1){ .has_alg = true, .alg = ES384 };
	add_point(s, "c.pem", second);
	assert_int_equal(find(s), 2);
	assert_int_equal(EVP_PKEY_eq(s->found[1], second), 1);
	assert_int_equal(keys_find(s->keys, &s->query, s->found, 1, &s->owned, s->why), 1);
	assert_int_equal(realm_keys_count(s->keys), 3);
	EVP_PKEY_free(p256);
	EVP_PKEY_free(p384);
	EVP_PKEY_free(second);
}

/* Reasons are cut off where there is no room for more. */
static void test_many_reasons(void **state)
{
	struct scene *s = *state;
	EVP_PKEY *key = ec_new("P-256");
	int i;

	for (i = 0; i < 20; i++)
		add_point(s, "the-name-of-a-file-that-is-quite-long.pem", key);
	assert_none(s, "the-name-of-a-file-that-is-quite-long.pem: the key is on P-256");
	assert_int_equal(strlen(s->why), KEYS_WHY_MAX - 1);
	EVP_PKEY_free(key);
}

/* ---- stores ---- */

static void add_store(struct scene *s, const char *implementation, const char *instance, EVP_PKEY *key)
{
	uint8_t point[EC_POINT_MAX];
	size_t width = (ec_point(key, point) - 1) / 2;
	char *x = base64_encode(BASE64_URL, point + 1, width), *y = base64_encode(BASE64_URL, point + 1 + width, width);
	char text[1024];

	snprintf(text, sizeof(text),
		 "[{\"implementation-id\":\"%s\",\"instance-id\":\"%s\",\"pkey\":{\"kty\":\"EC\","
		 "\"crv\":\"P-384\",\"x\":\"%s\",\"y\":\"%s\"}}]",
		 implementation, instance, x, y);
	assert_int_equal(realm_keys_add_store(s->keys, fixture_write(s->f, "store", text, strlen(text), strlen(text))),
			 0);
	free(x);
	free(y);
}

#define IMPLEMENTATION_HEX "0101010101010101010101010101010101010101010101010101010101010101"
#define INSTANCE_HEX "02" IMPLEMENTATION_HEX

static void test_stores(void **state)
{
	static const char why[] = "no store has a key for this implementation and instance";
	struct scene *s = *state;
	EVP_PKEY *key = ec_new("P-384"), *bare = ec_new("P-384");
	uint8_t implementation[32], instance[33];

	memset(implementation, 1, sizeof(implementation));
	memset(instance, 1, sizeof(instance));
	instance[0] = 2;
	add_store(s, IMPLEMENTATION_HEX, INSTANCE_HEX, key);
	assert_none(s, why);
	s->query.implementation_id = (struct realm_bytes){ implementation, sizeof(implementation) };
	assert_none(s, why);
	s->query.instance_id = (struct realm_bytes){ instance, sizeof(instance) };
	assert_finds(s, key);
	instance[32] ^= 1;
	assert_none(s, why);
	instance[32] ^= 1;
	implementation[0] ^= 1;
	assert_none(s, why);
	s->query.instance_id.len--;
	implementation[0] ^= 1;
	assert_none(s, why);
	add_point(s, "bare", bare);
	assert_finds(s, bare);
	s->query.instance_id.len++;
	assert_int_equal(find(s), 2);
	s->sign1.alg = ES256;
	assert_none(s, "store: the key is on P-384, but ES256 needs P-256; bare: the key is on P-384");
	EVP_PKEY_free(key);
	EVP_PKEY_free(bare);
}

/* ---- certificates that the caller gives ---- */

static void test_certificate_alone(void **state)
{
	struct scene *s = *state;

	assert_int_equal(ADD(s, &s->leaf), 0);
	assert_finds(s, s->leaf.key);
}

static void test_chain(void **state)
{
	struct scene *s = *state;

	assert_int_equal(ADD(s, &s->leaf, &s->middle, &s->root), 0);
	assert_int_equal(realm_keys_count(s->keys), 1);
	assert_finds(s, s->leaf.key);
	s->sign1.alg = ES256;
	assert_none(s, "chain.pem: the key is on P-384, but ES256 needs P-256");
}

/* The last one is trusted, whether it signed itself or not. */
static void test_chain_to_middle(void **state)
{
	struct scene *s = *state;

	assert_int_equal(ADD(s, &s->leaf, &s->middle), 0);
	assert_finds(s, s->leaf.key);
}

static void test_order(void **state)
{
	struct scene *s = *state;
	struct realm_ctx *ctx = s->f->ctx;

	assert_error(ctx, ADD(s, &s->root, &s->middle, &s->leaf), EINVAL, "chain.pem",
		     "1 is not issued by certificate 2");
	assert_error(ctx, ADD(s, &s->leaf, &s->root, &s->middle), EINVAL, "chain.pem",
		     "1 is not issued by certificate 2");
	assert_error(ctx, ADD(s, &s->leaf, &s->root), EINVAL, "chain.pem", "1 is not issued by certificate 2");
	assert_error(ctx, ADD(s, &s->leaf, &s->middle, &s->other), EINVAL, "chain.pem",
		     "2 is not issued by certificate 3");
	assert_error(ctx, ADD(s, &s->leaf, &s->leaf), EINVAL, "chain.pem", "1 is not issued by certificate 2");
	assert_int_equal(realm_keys_count(s->keys), 0);
}

/* The right name, but another's key. */
static void test_forged(void **state)
{
	struct scene *s = *state;
	struct cert false_root = make("root", NULL, true), false_middle = make("middle", &false_root, true);

	assert_error(s->f->ctx, ADD(s, &s->leaf, &s->middle, &false_root), EINVAL, "chain.pem",
		     "signature is another's");
	assert_int_equal(ADD(s, &s->root), 0);
	carry(s, &s->leaf);
	carry(s, &false_middle);
	s->query.at = MID;
	assert_int_equal(find(s), 1); /* the root's own key, not the leaf's */
	assert_int_equal(EVP_PKEY_eq(s->found[0], s->root.key), 1);
	assert_non_null(strstr(s->why, "x5chain: "));
	cert_free(&false_root);
	cert_free(&false_middle);
}

static void test_middle_that_is_no_ca(void **state)
{
	struct scene *s = *state;
	struct cert end = make("end", &s->root, false), below = make("below", &end, false);

	assert_int_equal(ADD(s, &below, &end, &s->root), 0);
	assert_none(s, "chain.pem: certificate 2: invalid CA certificate");
	cert_free(&end);
	cert_free(&below);
}

static void test_weak_and_unknown(void **state)
{
	struct scene *s = *state;
	struct cert weak = cert_make(&(struct cert_spec){ .name = "weak", .issuer = &s->root, .md = "SHA1" });
	struct cert odd = cert_make(&(struct cert_spec){ .name = "odd", .issuer = &s->root, .critical = "1.2.3.4" });

	assert_int_equal(ADD(s, &weak, &s->root), 0);
	assert_none(s, "chain.pem: certificate 1: CA signature digest algorithm too weak");
	assert_int_equal(ADD(s, &odd), 0);
	assert_none(s, "unhandled critical extension");
	cert_free(&weak);
	cert_free(&odd);
}

/* RFC 5280, section 4.2.1.3: a key signs what its certificate says that it signs. */
static void test_usage(void **state)
{
	static const struct {
		const char *usage;
		bool good;
	} leaves[] = {
		{ "digitalSignature", true },
		{ "nonRepudiation", true },
		{ "critical,digitalSignature,keyAgreement", true },
		{ "critical,keyAgreement", false },
		{ "keyCertSign,cRLSign", false },
	};
	struct scene *s = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(leaves); i++) {
		struct cert leaf = cert_make(
			&(struct cert_spec){ .name = "leaf", .issuer = &s->root, .usage = leaves[i].usage });

		assert_int_equal(ADD(s, &leaf, &s->root), 0);
		if (leaves[i].good)
			assert_finds(s, leaf.key);
		else
			assert_none(s, "chain.pem: certificate 1 is not for signing (keyUsage)");
		keys_go_back(s->keys, (struct keys_mark){ 0 });
		cert_free(&leaf);
	}
}

/* An authority leads to tokens' keys, and is none. */
static void test_usage_of_carried(void **state)
{
	struct scene *s = *state;
	struct cert root = cert_make(
		&(struct cert_spec){ .name = "ca", .is_ca = true, .usage = "critical,keyCertSign,cRLSign" });
	struct cert leaf = cert_make(
		&(struct cert_spec){ .name = "cpak", .issuer = &root, .usage = "critical,digitalSignature" });

	assert_int_equal(ADD(s, &root), 0);
	assert_none(s, "chain.pem: certificate 1 is not for signing (keyUsage)");
	carry(s, &leaf);
	assert_finds(s, leaf.key);
	cert_free(&root);
	cert_free(&leaf);
}

/* ---- time ---- */

static void test_validity(void **state)
{
	struct scene *s = *state;

	assert_int_equal(ADD(s, &s->leaf), 0);
	s->query.at = CERT_FROM;
	assert_finds(s, s->leaf.key);
	s->query.at = CERT_FROM - 1;
	assert_none(s, "chain.pem: certificate 1 is not valid before 2020-09-13T12:26:40Z");
	s->query.at = CERT_TO;
	assert_finds(s, s->leaf.key);
	s->query.at = CERT_TO + 1;
	assert_none(s, "chain.pem: certificate 1 expired at 2023-11-14T22:13:20Z");
	s->query.at = INT64_MAX;
	assert_none(s, "expired");
	s->query.at = INT64_MIN;
	assert_none(s, "not valid before");
}

/* Each of a chain counts, the trusted one too. */
static void test_one_of_three_expired(void **state)
{
	struct scene *s = *state;
	int which;

	for (which = 0; which < 3; which++) {
		struct cert_spec root = { .name = "r", .is_ca = true, .to = which == 2 ? MID - 1 : 0 };
		struct cert_spec middle = { .name = "m", .is_ca = true, .to = which == 1 ? MID - 1 : 0 };
		struct cert_spec leaf = { .name = "l", .to = which == 0 ? MID - 1 : 0 };
		struct cert certs[3];
		char why[80];

		certs[2] = cert_make(&root);
		middle.issuer = &certs[2];
		certs[1] = cert_make(&middle);
		leaf.issuer = &certs[1];
		certs[0] = cert_make(&leaf);
		realm_keys_free(s->keys);
		assert_int_equal(realm_keys_new(s->f->ctx, &s->keys), 0);
		assert_int_equal(ADD(s, &certs[0], &certs[1], &certs[2]), 0);
		s->query.at = MID - 1;
		assert_finds(s, certs[0].key);
		s->query.at = MID;
		snprintf(why, sizeof(why), "chain.pem: certificate %d expired at 2022-04-15T05:19:59Z", which + 1);
		assert_none(s, why);
		cert_free(&certs[0]);
		cert_free(&certs[1]);
		cert_free(&certs[2]);
	}
}

/* GeneralizedTime, beyond 32 bits of seconds */
static void test_far_future(void **state)
{
	struct scene *s = *state;
	struct cert far = cert_make(&(struct cert_spec){ .name = "far", .to = INT64_C(253402300799) });

	if (sizeof(time_t) < 8) {
		cert_free(&far);
		skip();
	}
	assert_int_equal(ADD(s, &far), 0);
	s->query.at = INT64_C(253402300799);
	assert_finds(s, far.key);
	s->query.at++;
	assert_none(s, "expired at 9999-12-31T23:59:59Z");
	cert_free(&far);
}

/* ---- x5chain ---- */

static void test_carried(void **state)
{
	struct scene *s = *state;

	assert_int_equal(ADD(s, &s->root), 0);
	carry(s, &s->leaf);
	carry(s, &s->middle);
	assert_int_equal(find(s), 2); /* and the root's own */
	assert_int_equal(EVP_PKEY_eq(s->found[0], s->leaf.key), 1);
	assert_ptr_equal(s->found[0], s->owned);
	s->query.at = CERT_TO + 1;
	assert_none(s, "x5chain: certificate 1 expired at 2023-11-14T22:13:20Z");
}

static void test_carried_with_its_root(void **state)
{
	struct scene *s = *state;

	assert_int_equal(ADD(s, &s->root), 0);
	carry(s, &s->leaf);
	carry(s, &s->middle);
	carry(s, &s->root);
	assert_int_equal(find(s), 2);
	assert_int_equal(EVP_PKEY_eq(s->found[0], s->leaf.key), 1);
}

static void test_carried_but_not_trusted(void **state)
{
	struct scene *s = *state;
	EVP_PKEY *bare = ec_new("P-256");

	carry(s, &s->leaf);
	carry(s, &s->middle);
	carry(s, &s->root);
	add_point(s, "bare", bare);
	assert_none(s, "x5chain: no certificate that it could lead to was given; bare: the key is on P-256");
	assert_int_equal(ADD(s, &s->leaf, &s->middle, &s->root), 0); /* a chain is for its own leaf */
	assert_finds(s, s->leaf.key);
	EVP_PKEY_free(bare);
}

static void test_carried_to_another(void **state)
{
	struct scene *s = *state;

	s->sign1.alg = ES384;
	assert_int_equal(ADD(s, &s->other), 0);
	carry(s, &s->leaf);
	carry(s, &s->middle);
	carry(s, &s->root);
	assert_int_equal(find(s), 1);
	assert_int_equal(EVP_PKEY_eq(s->found[0], s->other.key), 1);
	s->sign1.alg = ES256;
	assert_none(s, "x5chain: certificate 3: self-signed certificate in certificate chain");
}

static void test_carried_gap(void **state)
{
	struct scene *s = *state;

	s->sign1.alg = ES256; /* which leaves out the root's own key */
	assert_int_equal(ADD(s, &s->root), 0);
	carry(s, &s->leaf);
	assert_none(s, "x5chain: certificate 1: unable to get local issuer certificate");
}

static void test_carried_and_broken(void **state)
{
	struct scene *s = *state;
	size_t len;

	s->sign1.alg = ES256;
	assert_int_equal(ADD(s, &s->middle), 0);
	carry(s, &s->leaf);
	len = s->sign1.chain[0].len;
	s->sign1.chain[0].len = len - 1;
	assert_none(s, "x5chain: a certificate is broken");
	s->sign1.chain[0].len = 0;
	assert_none(s, "x5chain: a certificate is broken");
	s->sign1.chain[0].len = len;
	assert_none(s, "x5chain: the key is on P-384, but ES256 needs P-256");
}

/* A root of another kind of key can be led to, but signs no token. */
static void test_rsa_root(void **state)
{
	struct scene *s = *state;
	EVP_PKEY *rsa = EVP_RSA_gen(2048);
	struct cert root = cert_make(&(struct cert_spec){ .name = "rsa", .key = rsa, .is_ca = true, .md = "SHA256" });
	struct cert end = cert_make(&(struct cert_spec){ .name = "rsa end", .key = rsa, .md = "SHA256" });
	struct cert leaf = cert_make(&(struct cert_spec){ .name = "end", .issuer = &root, .md = "SHA256" });

	assert_error(s->f->ctx, ADD(s, &end), EINVAL, "chain.pem", "kind RSA");
	assert_int_equal(ADD(s, &root), 0);
	assert_none(s, "chain.pem: the certificate can only sign certificates");
	carry(s, &leaf);
	assert_finds(s, leaf.key);
	cert_free(&root);
	cert_free(&end);
	cert_free(&leaf);
	EVP_PKEY_free(rsa);
}

static void test_key_and_certificate(void **state)
{
	struct scene *s = *state;
	BIO *bio = BIO_new(BIO_s_mem());
	char pem[PEM_MAX] = "";

	assert_int_equal(PEM_write_bio_PUBKEY(bio, s->leaf.key), 1);
	assert_true(BIO_read(bio, pem, sizeof(pem)) > 0);
	cert_put_pem(&s->leaf, pem, sizeof(pem));
	assert_error(s->f->ctx, realm_keys_add(s->keys, "both", pem, strlen(pem)), EINVAL, "both",
		     "a key and certificates");
	assert_int_equal(realm_keys_count(s->keys), 0);
	BIO_free(bio);
}

#define scene_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		scene_test(test_nothing_given),
		scene_test(test_curves),
		scene_test(test_many_reasons),
		scene_test(test_stores),
		scene_test(test_certificate_alone),
		scene_test(test_chain),
		scene_test(test_chain_to_middle),
		scene_test(test_order),
		scene_test(test_forged),
		scene_test(test_middle_that_is_no_ca),
		scene_test(test_weak_and_unknown),
		scene_test(test_usage),
		scene_test(test_usage_of_carried),
		scene_test(test_validity),
		scene_test(test_one_of_three_expired),
		scene_test(test_far_future),
		scene_test(test_carried),
		scene_test(test_carried_with_its_root),
		scene_test(test_carried_but_not_trusted),
		scene_test(test_carried_to_another),
		scene_test(test_carried_gap),
		scene_test(test_carried_and_broken),
		scene_test(test_rsa_root),
		scene_test(test_key_and_certificate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
