/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-keys-nomem.c - keys, certificates and signatures again and again, with one more allocation that succeeds before
 * one fails
 *
 * What the library allocates comes through the __wrap functions (--wrap in meson.build), what OpenSSL does through
 * CRYPTO_set_mem_functions().  The former fails as -ENOMEM; the latter sometimes looks to OpenSSL like a fault of the
 * input, but nothing is ever found good that was not, and no key is found that is not there.  Leaks are for the
 * sanitizer and valgrind to find.
 */
#include <unistd.h>

#include <openssl/crypto.h>
#include <openssl/pem.h>

#include "../unit/certs.h"
#include "key.h"
#include "refuse.h"

WRAP(void *, malloc, (size_t size), (size), NULL)
WRAP(void *, calloc, (size_t count, size_t size), (count, size), NULL)
WRAP(void *, realloc, (void *old, size_t size), (old, size), NULL)
WRAP(char *, strdup, (const char *text), (text), NULL)

#define OUT_MAX 1024
/* OpenSSL allocates thousands of times to tell one kind of key from another, which takes too long to try each. */
#define EACH_OF_FIRST 300
#define STRIDE 7

static bool openssl_fails; /* OpenSSL's allocations, or the library's */
static struct cert root, middle, leaf;
static char chain_pem[8192], public_pem[1024], private_pem[1024], store[2048];
static struct cose_sign1 sign1;
static uint8_t *chain_der[2];
static struct cbuf signed_input;
static char out[OUT_MAX]; /* what a scenario found */

static void *openssl_malloc(size_t size, const char *file, int line)
{
	return openssl_fails ? __wrap_malloc(size) : __real_malloc(size);
}

static void *openssl_realloc(void *old, size_t size, const char *file, int line)
{
	return openssl_fails ? __wrap_realloc(old, size) : __real_realloc(old, size);
}

static void openssl_free(void *old, const char *file, int line)
{
	free(old);
}

/* ---- scenarios ---- */

static int add(struct realm_ctx *ctx, const char *data, size_t len, struct realm_keys **keysp)
{
	int err = realm_keys_new(ctx, keysp);

	if (err)
		return err;
	err = realm_keys_add(*keysp, "name", data, len);
	if (!err)
		snprintf(out, sizeof(out), "%zu", realm_keys_count(*keysp));
	else if (realm_keys_count(*keysp))
		fail_msg("a failure left keys behind");
	return err;
}

static int add_and_free(struct realm_ctx *ctx, const char *data)
{
	struct realm_keys *keys = NULL;
	int err = add(ctx, data, strlen(data), &keys);

	realm_keys_free(keys);
	return err;
}

static int adding_keys(struct realm_ctx *ctx)
{
	return add_and_free(ctx, public_pem);
}

static int adding_private_keys(struct realm_ctx *ctx)
{
	return add_and_free(ctx, private_pem);
}

static int adding_certificates(struct realm_ctx *ctx)
{
	return add_and_free(ctx, chain_pem);
}

static int adding_a_jwk(struct realm_ctx *ctx)
{
	static const char jwk[] =
		"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
		"\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}";

	return add_and_free(ctx, jwk);
}

static int adding_a_store(struct realm_ctx *ctx)
{
	struct realm_keys *keys;
	int err = realm_keys_new(ctx, &keys);

	if (err)
		return err;
	err = realm_keys_add_store(keys, store);
	snprintf(out, sizeof(out), "%zu", realm_keys_count(keys));
	realm_keys_free(keys);
	return err;
}

/* Only what follows the adding may fail. */
static int finding(struct realm_ctx *ctx, const char *data)
{
	const struct key_query query = { .sign1 = &sign1, .at = CERT_FROM };
	long kept = atomic_exchange(&left, -1);
	EVP_PKEY *found[4], *owned;
	char why[KEYS_WHY_MAX];
	struct realm_keys *keys;
	int count, i;

	assert_int_equal(add(ctx, data, strlen(data), &keys), 0);
	atomic_store(&left, kept);
	count = keys_find(keys, &query, found, ARRAY_SIZE(found), &owned, why);
	atomic_store(&left, -1);
	for (i = 0; i < count; i++)
		assert_int_equal(EVP_PKEY_eq(found[i], leaf.key), 1);
	snprintf(out, sizeof(out), "%d", count);
	EVP_PKEY_free(owned);
	realm_keys_free(keys);
	return count < 0 ? count : count == 0 ? -EBADMSG : 0;
}

static int finding_a_chain(struct realm_ctx *ctx)
{
	sign1.num_chain = 0;
	return finding(ctx, chain_pem);
}

static int finding_a_carried_chain(struct realm_ctx *ctx)
{
	char pem[4096] = "";
	long kept = atomic_exchange(&left, -1);

	cert_put_pem(&root, pem, sizeof(pem));
	atomic_store(&left, kept);
	sign1.num_chain = 2;
	return finding(ctx, pem);
}

static int verifying(struct realm_ctx *ctx)
{
	int good = cose_verify(&sign1, leaf.key);

	snprintf(out, sizeof(out), "%d", good);
	return good < 0 ? good : good ? 0 : -EBADMSG;
}

static int signing(struct realm_ctx *ctx)
{
	struct realm_bytes prot = sign1.prot, payload = sign1.payload;
	struct cbuf made = { 0 };
	EVP_PKEY *key;
	int err = key_read_private(ctx, "name", private_pem, strlen(private_pem), &key);

	if (err)
		return err;
	err = cose_sign(key, &prot, &payload, &made);
	snprintf(out, sizeof(out), "%zu", err ? 0 : made.len);
	cbuf_free(&made);
	EVP_PKEY_free(key);
	return err;
}

/* ---- failing ---- */

static bool is_allowed(int err)
{
	return err == -ENOMEM || (openssl_fails && (err == -EBADMSG || err == -EINVAL));
}

/* Whether there was an nth allocation. */
static bool fail_nth(int (*scenario)(struct realm_ctx *ctx), long n, const char *expected)
{
	struct realm_ctx *ctx;
	int err;

	assert_int_equal(realm_ctx_new(&ctx), 0);
	atomic_store(&failed, false);
	out[0] = '\0';
	atomic_store(&left, n);
	err = scenario(ctx);
	atomic_store(&left, -1);
	if (err && (!atomic_load(&failed) || !is_allowed(err)))
		fail_msg("allocation %ld: %d", n, err);
	if (!err)
		assert_string_equal(out, expected);
	realm_ctx_free(ctx);
	return atomic_load(&failed);
}

static void assert_survives(int (*scenario)(struct realm_ctx *ctx))
{
	char expected[OUT_MAX];
	struct realm_ctx *ctx;
	int each;
	long n;

	assert_int_equal(realm_ctx_new(&ctx), 0);
	assert_int_equal(scenario(ctx), 0);
	strcpy(expected, out);
	realm_ctx_free(ctx);
	for (each = 0; each < 2; each++) {
		openssl_fails = each;
		n = 0;
		while (fail_nth(scenario, n, expected))
			n += n < EACH_OF_FIRST ? 1 : STRIDE;
		openssl_fails = false;
		assert_true(!each || n > 0);
	}
}

#define SURVIVES(scenario)                                                                                             \
	static void scenario##_survives(void **state)                                                                  \
	{                                                                                                              \
		assert_survives(scenario);                                                                             \
	}

SURVIVES(adding_keys)
SURVIVES(adding_private_keys)
SURVIVES(adding_certificates)
SURVIVES(adding_a_jwk)
SURVIVES(adding_a_store)
SURVIVES(finding_a_chain)
SURVIVES(finding_a_carried_chain)
SURVIVES(verifying)
SURVIVES(signing)

/* ---- inputs ---- */

static void write_pem(int (*write)(BIO *bio, const EVP_PKEY *key), char *buf, size_t size)
{
	BIO *bio = BIO_new(BIO_s_mem());
	int len;

	assert_int_equal(write(bio, leaf.key), 1);
	len = BIO_read(bio, buf, (int)size - 1);
	assert_in_range(len, 1, size - 1);
	buf[len] = '\0';
	BIO_free(bio);
}

static int write_private(BIO *bio, const EVP_PKEY *key)
{
	return PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL);
}

static void sign_input(void)
{
	static const struct cbor_limits limits = { .size = 4096, .depth = 8, .entries = 64 };
	struct realm_bytes prot = { (const uint8_t *)"\xa1\x01\x26", 3 },
			   payload = { (const uint8_t *)"claims", 6 };
	static struct realm_ctx *ctx;
	struct cval root_val;

	assert_int_equal(realm_ctx_new(&ctx), 0);
	assert_int_equal(cose_sign(leaf.key, &prot, &payload, &signed_input), 0);
	assert_int_equal(cval_open(ctx, "input", signed_input.data, signed_input.len, &limits, &root_val), 0);
	assert_int_equal(cose_parse(&root_val, &limits, &sign1), 0);
	realm_ctx_free(ctx);
}

static void carry(size_t index, const struct cert *cert)
{
	sign1.chain[index].len = (size_t)i2d_X509(cert->x509, &chain_der[index]);
	sign1.chain[index].data = chain_der[index];
}

/* The root's key cannot be that of a token; small keys are fast. */
static void make_certs(void)
{
	EVP_PKEY *keys[] = { EVP_RSA_gen(2048), ec_new("P-256"), ec_new("P-256") };

	root = cert_make(&(struct cert_spec){ .name = "root", .key = keys[0], .is_ca = true });
	middle = cert_make(&(struct cert_spec){ .name = "middle", .key = keys[1], .is_ca = true, .issuer = &root });
	leaf = cert_make(&(struct cert_spec){ .name = "leaf", .key = keys[2], .issuer = &middle });
	EVP_PKEY_free(keys[0]);
	EVP_PKEY_free(keys[1]);
	EVP_PKEY_free(keys[2]);
}

static int setup(void **state)
{
	static char dir[] = "/tmp/realm-keys-XXXXXX";
	FILE *file;

	atomic_store(&left, -1);
	make_certs();
	cert_put_pem(&leaf, chain_pem, sizeof(chain_pem));
	cert_put_pem(&middle, chain_pem, sizeof(chain_pem));
	cert_put_pem(&root, chain_pem, sizeof(chain_pem));
	write_pem(PEM_write_bio_PUBKEY, public_pem, sizeof(public_pem));
	write_pem(write_private, private_pem, sizeof(private_pem));
	sign_input();
	carry(0, &leaf);
	carry(1, &middle);
	file = mkdtemp(dir) ? fopen(strcat(strcpy(store, dir), "/store"), "w") : NULL;
	if (!file)
		return -1;
	fprintf(file, "[{\"implementation-id\":\"%064d\",\"instance-id\":\"%066d\",\"pkey\":\"", 1, 2);
	for (const char *at = public_pem; *at; at++)
		fprintf(file, *at == '\n' ? "\\n" : "%c", *at);
	fprintf(file, "\"}]\n");
	*state = dir;
	return fclose(file);
}

static int teardown(void **state)
{
	OPENSSL_free(chain_der[0]);
	OPENSSL_free(chain_der[1]);
	cbuf_free(&signed_input);
	cert_free(&root);
	cert_free(&middle);
	cert_free(&leaf);
	unlink(store);
	return rmdir(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adding_keys_survives),
		cmocka_unit_test(adding_private_keys_survives),
		cmocka_unit_test(adding_certificates_survives),
		cmocka_unit_test(adding_a_jwk_survives),
		cmocka_unit_test(adding_a_store_survives),
		cmocka_unit_test(finding_a_chain_survives),
		cmocka_unit_test(finding_a_carried_chain_survives),
		cmocka_unit_test(verifying_survives),
		cmocka_unit_test(signing_survives),
	};

	/* Before anything of OpenSSL allocates. */
	if (CRYPTO_set_mem_functions(openssl_malloc, openssl_realloc, openssl_free) != 1)
		return 1;
	return cmocka_run_group_tests(tests, setup, teardown);
}
