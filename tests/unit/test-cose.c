/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-cose.c - COSE_Sign1: forms that are taken and refused, signatures good and bad */
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include "cose.h"
#include "ec.h"
#include "key.h"

static const struct cbor_limits limits = { .size = 4096, .depth = 8, .entries = 64 };

struct input {
	uint8_t data[1024];
	size_t len;
};

static struct input from_hex(const char *hex)
{
	struct input input = { .len = strlen(hex) / 2 };
	size_t i;

	for (i = 0; i < input.len; i++)
		assert_int_equal(sscanf(hex + 2 * i, "%2hhx", &input.data[i]), 1);
	return input;
}

static int parse(struct realm_ctx *ctx, const struct input *input, struct cose_sign1 *sign1)
{
	struct cval root;

	assert_int_equal(cval_open(ctx, "input", input->data, input->len, &limits, &root), 0);
	return cose_parse(&root, &limits, sign1);
}

static EVP_PKEY *public_key(const char *hex)
{
	struct input point = from_hex(hex);
	EVP_PKEY *key = NULL;

	assert_int_equal(key_from_point(&(struct realm_bytes){ point.data, point.len }, &key, NULL), 0);
	return key;
}

/* ---- an example of others: RFC 8152, appendix C.2.1, with the key "11" of C.7.1 ---- */

static const char rfc_key[] = "04"
			      "bac5b11cad8f99f9c72b05cf4b9e26d244dc189f745228255a219a86d6a09eff"
			      "20138bf82dc1b6d562be0fa54ab7804a3a64b6d72ccfed6b6fb6ed28bbfc117e";
static const char rfc_sign1[] = "d28443a10126a10442313154546869732069732074686520636f6e74656e742e5840"
				"8eb33e4ca31d1c465ab05aac34cc6b23d58fef5c083106c4d25a91aef0b0117e"
				"2af9a291aa32e14ab834dc56ed2a223444547e01f11d3b0916e5a4c345cacb36";

static void test_rfc_example(void **state)
{
	struct input input = from_hex(rfc_sign1);
	EVP_PKEY *key = public_key(rfc_key);
	struct cose_sign1 sign1;

	assert_int_equal(parse(*state, &input, &sign1), 0);
	assert_true(sign1.has_alg);
	assert_int_equal(sign1.alg, -7);
	assert_memory_equal(sign1.kid.data, "11", 2);
	assert_int_equal(sign1.payload.len, 20);
	assert_memory_equal(sign1.payload.data, "This is the content.", 20);
	assert_int_equal(sign1.num_chain, 0);
	assert_int_equal(cose_verify(&sign1, key), 1);
	EVP_PKEY_free(key);
}

/* All of it but the unprotected header and the heads is signed. */
static void test_each_bit_counts(void **state)
{
	static const struct {
		size_t first, len;
	} signed_parts[] = { { 12, 20 }, { 34, 64 } };
	EVP_PKEY *key = public_key(rfc_key);
	struct cose_sign1 sign1;
	size_t i, byte;

	for (i = 0; i < ARRAY_SIZE(signed_parts); i++)
		for (byte = 0; byte < signed_parts[i].len; byte++) {
			struct input input = from_hex(rfc_sign1);

			input.data[signed_parts[i].first + byte] ^= 1 << byte % 8;
			assert_int_equal(parse(*state, &input, &sign1), 0);
			assert_int_equal(cose_verify(&sign1, key), 0);
		}
	EVP_PKEY_free(key);
}

/* ---- what is no COSE_Sign1 ---- */

struct bad {
	const char *hex, *where, *why;
};

static const struct bad bads[] = {
	{ "8440a041404140", "input at byte 0", "tag 18, not array" },
	{ "d18440a041404140", "input at byte 0", "tag 18, not tag" },
	{ "d240", "input at byte 1", "is byte string, not array" },
	{ "d28340a04140", "input at byte 1", "4 elements, not 3" },
	{ "d28540a041404140f6", "input at byte 1", "4 elements, not 5" },
	{ "d284a0a041404140", "input: protected header at byte 2", "is map, not byte string" },
	{ "d284404041404140", "input: unprotected header at byte 3", "is byte string, not map" },
	{ "d28440a0f64140", "input: payload at byte 4", "detached" },
	{ "d28440a0a04140", "input: payload at byte 4", "is map, not byte string" },
	{ "d28440a041406141", "input: signature at byte 6", "is text, not byte string" },
	{ "d2844180a041404140", "protected header at byte 3", "is array, not map" },
	{ "d28442a000a041404140", "protected header at byte 4", "left over" },
	{ "d28444bf0126ffa041404140", "protected header at byte 3", "indefinite" },
	{ "d28445a201260126a041404140", "protected header at byte 6", "this map has already" },
	/* an algorithm where anybody can change it; labels in both headers, however encoded */
	{ "d28440a1012641404140", "input: algorithm at byte 5", "unprotected header" },
	{ "d28443a10126a1012641404140", "input: unprotected header at byte 7", "in the protected header too" },
	{ "d28444a1044131a104413141404140", "input: unprotected header at byte 8", "in the protected header too" },
	{ "d28445a118044131a104413141404140", "input: unprotected header at byte 9", "in the protected header too" },
	{ "d28444a1617801a161780241404140", "input: unprotected header at byte 8", "in the protected header too" },
	{ "d28444a1028101a041404140", "protected header at byte 5", "crit" },
	{ "d28440a102810141404140", "input: unprotected header at byte 5", "crit" },
	{ "d28440a141010141404140", "input: unprotected header at byte 4", "is byte string, not integer" },
	{ "d28444a1016131a041404140", "protected header: algorithm at byte 5", "is text, not integer" },
	{ "d28440a1040141404140", "input: kid at byte 5", "is integer, not byte string" },
	{ "d28440a118210141404140", "input: x5chain at byte 6", "is integer, not array" },
	{ "d28440a118218041404140", "input: x5chain at byte 6", "0 certificates" },
	{ "d28440a11821810141404140", "input: x5chain at byte 7", "is integer, not byte string" },
	{ "d28440a118218941004100410041004100410041004100410041404140", "input: x5chain at byte 6",
	  "9 certificates, not 1 to 8" },
};

static void test_bad_forms(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bads); i++) {
		struct input input = from_hex(bads[i].hex);
		struct cose_sign1 sign1;

		assert_error(*state, parse(*state, &input, &sign1), EBADMSG, bads[i].where, bads[i].why);
	}
}

/* ---- forms that are unusual and good ---- */

static void test_empty_headers(void **state)
{
	static const char *const forms[] = { "d28440a041404140", "d28441a0a041404140" };
	EVP_PKEY *key = public_key(rfc_key);
	struct cose_sign1 sign1;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(forms); i++) {
		struct input input = from_hex(forms[i]);

		assert_int_equal(parse(*state, &input, &sign1), 0);
		assert_false(sign1.has_alg);
		assert_int_equal(sign1.kid.len, 0);
		assert_int_equal(cose_verify(&sign1, key), 0);
	}
	EVP_PKEY_free(key);
}

static void test_chains(void **state)
{
	struct input one = from_hex("d28440a1182142303041404140");
	struct input two = from_hex("d28448a118218241304131a041404140");
	struct cose_sign1 sign1;

	assert_int_equal(parse(*state, &one, &sign1), 0);
	assert_int_equal(sign1.num_chain, 1);
	assert_int_equal(sign1.chain[0].len, 2);
	assert_int_equal(parse(*state, &two, &sign1), 0);
	assert_int_equal(sign1.num_chain, 2);
	assert_memory_equal(sign1.chain[1].data, "1", 1);
}

/* ---- signatures ---- */

/* {1: alg} */
static const char *const headers[EC_CURVES] = { "\xa1\x01\x26", "\xa1\x01\x38\x22", "\xa1\x01\x38\x23" };
static const size_t header_lens[EC_CURVES] = { 3, 4, 4 };

struct signed_input {
	struct cbuf buf;
	struct cose_sign1 sign1;
	uint8_t signature[200]; /* a copy, which sign1 refers to */
	EVP_PKEY *key;
};

static void make_signed(struct realm_ctx *ctx, size_t curve, struct signed_input *made)
{
	struct realm_bytes prot = { (const uint8_t *)headers[curve], header_lens[curve] };
	struct realm_bytes payload = { (const uint8_t *)"claims", 6 };
	struct cval root;

	memset(made, 0, sizeof(*made));
	made->key = ec_new(ec_curves[curve]);
	assert_int_equal(cose_sign(made->key, &prot, &payload, &made->buf), 0);
	assert_int_equal(cval_open(ctx, "input", made->buf.data, made->buf.len, &limits, &root), 0);
	assert_int_equal(cose_parse(&root, &limits, &made->sign1), 0);
	memcpy(made->signature, made->sign1.signature.data, made->sign1.signature.len);
	made->sign1.signature.data = made->signature;
}

static void free_signed(struct signed_input *made)
{
	cbuf_free(&made->buf);
	EVP_PKEY_free(made->key);
}

static void test_round_trip(void **state)
{
	struct signed_input made;
	size_t curve;

	for (curve = 0; curve < EC_CURVES; curve++) {
		make_signed(*state, curve, &made);
		assert_int_equal(made.sign1.signature.len, 2 * ec_widths[curve]);
		assert_int_equal(cose_verify(&made.sign1, made.key), 1);
		free_signed(&made);
	}
}

/* The key of one curve, the algorithm of another; an algorithm that nobody knows. */
static void test_algorithm_and_curve(void **state)
{
	static const int64_t others[] = { -7, -35, -36, -8, -37, -257, 0, 5 };
	struct signed_input made;
	size_t curve, i;

	for (curve = 0; curve < EC_CURVES; curve++) {
		make_signed(*state, curve, &made);
		for (i = 0; i < ARRAY_SIZE(others); i++) {
			struct cose_sign1 sign1 = made.sign1;

			sign1.alg = others[i];
			assert_int_equal(cose_verify(&sign1, made.key), i == curve);
			assert_int_equal(cose_alg(others[i]) != NULL, i < EC_CURVES);
		}
		assert_string_equal(cose_alg_of_key(made.key)->curve, ec_curves[curve]);
		free_signed(&made);
	}
}

/* Orders of the curves: SEC 2, sections 2.4.2, 2.5.1 and 2.6.1 */
static const char *const orders[EC_CURVES] = {
	"ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
	"ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
	("01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa"
	 "51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409"),
};

static void test_edge_numbers(void **state)
{
	struct signed_input made;
	size_t curve, half;

	for (curve = 0; curve < EC_CURVES; curve++) {
		struct input order = from_hex(orders[curve]);
		size_t width = ec_widths[curve];

		make_signed(*state, curve, &made);
		for (half = 0; half < 2; half++) {
			uint8_t *number = made.signature + half * width;
			uint8_t kept[EC_WIDTH_MAX];

			memcpy(kept, number, width);
			memset(number, 0, width);
			assert_int_equal(cose_verify(&made.sign1, made.key), 0);
			memcpy(number, order.data, width);
			assert_int_equal(cose_verify(&made.sign1, made.key), 0);
			memset(number, 0xff, width);
			assert_int_equal(cose_verify(&made.sign1, made.key), 0);
			memcpy(number, kept, width);
		}
		assert_int_equal(cose_verify(&made.sign1, made.key), 1);
		memset(made.signature, 0, 2 * width);
		assert_int_equal(cose_verify(&made.sign1, made.key), 0);
		free_signed(&made);
	}
}

/* ECDSA takes n - s for s; s + n, which fits into the width of P-521 only, is out of range. */
static void test_other_s(void **state)
{
	struct signed_input made;
	size_t curve;

	for (curve = 0; curve < EC_CURVES; curve++) {
		struct input order = from_hex(orders[curve]);
		size_t width = ec_widths[curve];
		uint8_t *at;
		BIGNUM *n, *s;

		make_signed(*state, curve, &made);
		at = made.signature + width;
		n = BN_bin2bn(order.data, (int)width, NULL);
		s = BN_bin2bn(at, (int)width, NULL);
		assert_int_equal(BN_sub(s, n, s), 1);
		assert_int_equal(BN_bn2binpad(s, at, (int)width), width);
		assert_int_equal(cose_verify(&made.sign1, made.key), 1);
		assert_int_equal(BN_add(s, n, s), 1);
		if (BN_num_bytes(s) <= (int)width) {
			assert_int_equal(BN_bn2binpad(s, at, (int)width), width);
			assert_int_equal(cose_verify(&made.sign1, made.key), 0);
		}
		BN_free(n);
		BN_free(s);
		free_signed(&made);
	}
}

/* What the thread ran out of memory for some time ago is no answer to this call. */
static void test_older_errors(void **state)
{
	struct signed_input made;

	make_signed(*state, 1, &made);
	made.signature[5] ^= 1;
	ERR_raise(ERR_LIB_EVP, ERR_R_MALLOC_FAILURE);
	assert_int_equal(cose_verify(&made.sign1, made.key), 0);
	assert_int_equal(ERR_GET_REASON(ERR_get_error()), ERR_R_MALLOC_FAILURE);
	assert_int_equal(cose_verify(&made.sign1, made.key), 0);
	assert_int_equal(ERR_get_error(), 0);
	free_signed(&made);
}

static void test_lengths(void **state)
{
	struct signed_input made;
	size_t curve;

	for (curve = 0; curve < EC_CURVES; curve++) {
		static const int wrong[] = { -2, -1, 1, 2 };
		size_t i;

		make_signed(*state, curve, &made);
		for (i = 0; i < ARRAY_SIZE(wrong); i++) {
			made.sign1.signature.len = 2 * ec_widths[curve] + (size_t)wrong[i];
			assert_int_equal(cose_verify(&made.sign1, made.key), 0);
		}
		made.sign1.signature.len = 0;
		assert_int_equal(cose_verify(&made.sign1, made.key), 0);
		free_signed(&made);
	}
}

/* What OpenSSL itself makes: good, but not the form of COSE. */
static void test_der_is_refused(void **state)
{
	struct signed_input made;
	ECDSA_SIG *sig;
	uint8_t *next;

	make_signed(*state, 0, &made);
	sig = ECDSA_SIG_new();
	assert_int_equal(
		ECDSA_SIG_set0(sig, BN_bin2bn(made.signature, 32, NULL), BN_bin2bn(made.signature + 32, 32, NULL)), 1);
	next = made.signature;
	made.sign1.signature.len = (size_t)i2d_ECDSA_SIG(sig, &next);
	assert_int_equal(cose_verify(&made.sign1, made.key), 0);
	ECDSA_SIG_free(sig);
	free_signed(&made);
}

static void test_other_keys(void **state)
{
	EVP_PKEY *rsa = EVP_RSA_gen(1024), *ed = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	EVP_PKEY *public = public_key(rfc_key), *koblitz = ec_new("secp256k1");
	struct realm_bytes prot = { (const uint8_t *)headers[0], 3 }, payload = { NULL, 0 };
	struct signed_input made;
	struct cbuf out = { 0 };
	EVP_PKEY *other = ec_new("P-256");

	make_signed(*state, 0, &made);
	assert_int_equal(cose_verify(&made.sign1, other), 0);
	assert_int_equal(cose_verify(&made.sign1, rsa), 0);
	assert_int_equal(cose_verify(&made.sign1, koblitz), 0);
	assert_int_equal(cose_sign(rsa, &prot, &payload, &out), -EINVAL);
	assert_int_equal(cose_sign(ed, &prot, &payload, &out), -EINVAL);
	assert_int_equal(cose_sign(koblitz, &prot, &payload, &out), -EINVAL);
	assert_int_equal(cose_sign(public, &prot, &payload, &out), -EINVAL);
	assert_int_equal(out.len, 0);
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ed);
	EVP_PKEY_free(koblitz);
	EVP_PKEY_free(public);
	EVP_PKEY_free(other);
	free_signed(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(test_rfc_example),
		ctx_test(test_each_bit_counts),
		ctx_test(test_bad_forms),
		ctx_test(test_empty_headers),
		ctx_test(test_chains),
		ctx_test(test_round_trip),
		ctx_test(test_algorithm_and_curve),
		ctx_test(test_edge_numbers),
		ctx_test(test_other_s),
		ctx_test(test_older_errors),
		ctx_test(test_lengths),
		ctx_test(test_der_is_refused),
		ctx_test(test_other_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
