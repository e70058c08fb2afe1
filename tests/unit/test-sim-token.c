/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-sim-token.c - what the software host signs tokens with: its keys, its platform token, and OpenSSL failing */
#include <dlfcn.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "sim-host.h"

#define HALF (RMM_SIGNATURE_SIZE / 2)

/* ---- calls of OpenSSL that fail: the nth from now on, 0: none ---- */

static unsigned fails_at;

static bool fails(void)
{
	return fails_at && !--fails_at;
}

EVP_PKEY *EVP_PKEY_Q_keygen(OSSL_LIB_CTX *lib, const char *query, const char *type, ...)
{
	EVP_PKEY *(*real)(OSSL_LIB_CTX *lib, const char *query, const char *type, ...);

	*(void **)&real = dlsym(RTLD_NEXT, "EVP_PKEY_Q_keygen");
	return fails() ? NULL : real(lib, query, type, "P-384");
}

EVP_PKEY_CTX *EVP_PKEY_CTX_new_from_pkey(OSSL_LIB_CTX *lib, EVP_PKEY *key, const char *query)
{
	EVP_PKEY_CTX *(*real)(OSSL_LIB_CTX *lib, EVP_PKEY *key, const char *query);

	*(void **)&real = dlsym(RTLD_NEXT, "EVP_PKEY_CTX_new_from_pkey");
	return fails() ? NULL : real(lib, key, query);
}

int EVP_PKEY_sign(EVP_PKEY_CTX *ctx, unsigned char *sig, size_t *len, const unsigned char *digest, size_t size)
{
	int (*real)(EVP_PKEY_CTX *ctx, unsigned char *sig, size_t *len, const unsigned char *digest, size_t size);

	*(void **)&real = dlsym(RTLD_NEXT, "EVP_PKEY_sign");
	return fails() ? 0 : real(ctx, sig, len, digest, size);
}

/* ---- keys ---- */

static EVP_PKEY *read_pem(const char *pem)
{
	BIO *bio = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);

	BIO_free(bio);
	assert_non_null(key);
	return key;
}

static EVP_PKEY *key_of_point(uint8_t *point)
{
	char group[] = "P-384";
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	OSSL_PARAM params[] = {
		OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
		OSSL_PARAM_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, RMM_RAK_POINT_SIZE),
		OSSL_PARAM_END,
	};
	EVP_PKEY *key = NULL;

	assert_int_equal(EVP_PKEY_fromdata_init(ctx), 1);
	assert_int_equal(EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params), 1);
	EVP_PKEY_CTX_free(ctx);
	return key;
}

static char *pem_of(struct realm_sim *sim)
{
	char *pem = NULL;

	assert_int_equal(realm_sim_platform_key(sim, &pem), 0);
	return pem;
}

static void platform_key_is_a_public_key_of_p384(void **state)
{
	struct host h = start("v14");
	char *pem = pem_of(h.sim), name[16];
	EVP_PKEY *key = read_pem(pem);

	assert_memory_equal(pem, "-----BEGIN PUBLIC KEY-----\n", 27);
	assert_int_equal(EVP_PKEY_get_bits(key), 384);
	assert_int_equal(EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name, sizeof(name), NULL), 1);
	assert_string_equal(name, "secp384r1");
	EVP_PKEY_free(key);
	free(pem);
	stop(&h);
}

static void each_host_has_one_platform_key(void **state)
{
	struct host h = start("v14"), other = start("rfc-v1"), none = start("7.3");
	char *pems[] = { pem_of(h.sim), pem_of(h.sim), pem_of(other.sim), pem_of(none.sim) };

	assert_string_equal(pems[0], pems[1]);
	assert_string_not_equal(pems[0], pems[2]);
	assert_string_not_equal(pems[0], pems[3]);
	for (size_t i = 0; i < COUNT(pems); i++)
		free(pems[i]);
	stop(&h);
	stop(&other);
	stop(&none);
}

static void platform_key_judges_arguments(void **state)
{
	struct host h = start("v14");
	char *pem = NULL;

	assert_int_equal(realm_sim_platform_key(NULL, &pem), -EINVAL);
	assert_int_equal(realm_sim_platform_key(h.sim, NULL), -EINVAL);
	fails_at = 1;
	assert_int_equal(realm_sim_platform_key(h.sim, &pem), -ENOMEM);
	assert_null(pem);
	free(pem_of(h.sim));
	stop(&h);
}

/* ---- what the RMM asks for ---- */

/* r or s with zeros in front is one in 128: so many that there are some as a rule. */
static void rak_signs_digests(void **state)
{
	struct host h = start("v14");
	uint8_t point[RMM_RAK_POINT_SIZE], digest[48] = { 0 }, signature[RMM_SIGNATURE_SIZE], *der;
	EVP_PKEY *key;

	sim_port.lock(h.sim);
	assert_true(sim_port.rak_point(h.sim, point));
	key = key_of_point(point);
	for (unsigned i = 0; i < 300; i++) {
		EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);
		ECDSA_SIG *sig = ECDSA_SIG_new();
		int len;

		digest[47] = (uint8_t)i;
		assert_true(sim_port.rak_sign(h.sim, digest, signature));
		ECDSA_SIG_set0(sig, BN_bin2bn(signature, HALF, NULL), BN_bin2bn(signature + HALF, HALF, NULL));
		der = NULL;
		len = i2d_ECDSA_SIG(sig, &der);
		assert_int_equal(EVP_PKEY_verify_init(ctx), 1);
		assert_int_equal(EVP_PKEY_verify(ctx, der, (size_t)len, digest, sizeof(digest)), 1);
		digest[0] ^= 1;
		assert_int_equal(EVP_PKEY_verify(ctx, der, (size_t)len, digest, sizeof(digest)), 0);
		OPENSSL_free(der);
		ECDSA_SIG_free(sig);
		EVP_PKEY_CTX_free(ctx);
	}
	sim_port.unlock(h.sim);
	EVP_PKEY_free(key);
	stop(&h);
}

static bool holds(const uint8_t *token, size_t len, const char *text)
{
	return memmem(token, len, text, strlen(text));
}

/* What else is in it: tests/cli/test_run_token.py */
static void platform_token_says_that_it_is_a_test(void **state)
{
	static const uint8_t challenge[32] = { 0xc0, [31] = 0x0c };
	struct host h = start("v14");
	const uint8_t *token;
	size_t len;

	sim_port.lock(h.sim);
	token = sim_port.platform_token(h.sim, challenge, &len);
	assert_non_null(token);
	assert_memory_equal(token, "\xd2\x84\x44\xa1\x01\x38\x22\xa0", 8);
	assert_non_null(memmem(token, len, challenge, sizeof(challenge)));
	assert_true(holds(token, len, "librealm TEST platform, no trust"));
	assert_true(holds(token, len, "TEST platform of librealm-sim: nobody vouches for it"));
	assert_true(holds(token, len, "TEST BL1"));
	sim_port.unlock(h.sim);
	stop(&h);
}

/* Each call of OpenSSL that can fail for want of memory, in turn; then all is as ever. */
static void failures_of_openssl_are_told(void **state)
{
	static const uint8_t challenge[32], digest[48];
	uint8_t point[RMM_RAK_POINT_SIZE], signature[RMM_SIGNATURE_SIZE];
	struct host h = start("v14");
	size_t len;

	sim_port.lock(h.sim);
	fails_at = 1; /* making a key */
	assert_false(sim_port.rak_point(h.sim, point));
	fails_at = 1;
	assert_null(sim_port.platform_token(h.sim, challenge, &len));
	assert_true(sim_port.rak_point(h.sim, point));
	assert_non_null(sim_port.platform_token(h.sim, challenge, &len));
	for (unsigned n = 1; n <= 2; n++) { /* signing */
		fails_at = n;
		assert_false(sim_port.rak_sign(h.sim, digest, signature));
		assert_int_equal(fails_at, 0);
		fails_at = n;
		assert_null(sim_port.platform_token(h.sim, challenge, &len));
		assert_int_equal(fails_at, 0);
	}
	assert_true(sim_port.rak_sign(h.sim, digest, signature));
	assert_non_null(sim_port.platform_token(h.sim, challenge, &len));
	sim_port.unlock(h.sim);
	stop(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(platform_key_is_a_public_key_of_p384),
		cmocka_unit_test(each_host_has_one_platform_key),
		cmocka_unit_test(platform_key_judges_arguments),
		cmocka_unit_test(rak_signs_digests),
		cmocka_unit_test(platform_token_says_that_it_is_a_test),
		cmocka_unit_test(failures_of_openssl_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
