/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-key-read.c - public keys from points and COSE_Keys, and from keys that OpenSSL read */
#include "ec.h"
#include "key.h"

static void assert_same_key(EVP_PKEY *key, EVP_PKEY *wanted)
{
	assert_int_equal(EVP_PKEY_eq(key, wanted), 1);
}

static void assert_no_point(const uint8_t *data, size_t len, const char *wanted)
{
	struct realm_bytes point = { data, len };
	EVP_PKEY *key = NULL;
	const char *why = "";

	assert_int_equal(key_from_point(&point, &key, &why), -EBADMSG);
	assert_null(key);
	if (!strstr(why, wanted))
		fail_msg("expected %s, got %s", wanted, why);
	assert_int_equal(key_from_point(&point, &key, NULL), -EBADMSG);
}

static void test_points(void **state)
{
	uint8_t point[EC_POINT_MAX];
	size_t curve;

	for (curve = 0; curve < EC_CURVES; curve++) {
		EVP_PKEY *made = ec_new(ec_curves[curve]), *key = NULL;
		struct realm_bytes bytes = { point, ec_point(made, point) };

		assert_int_equal(bytes.len, 1 + 2 * ec_widths[curve]);
		assert_int_equal(key_from_point(&bytes, &key, NULL), 0);
		assert_same_key(key, made);
		assert_string_equal(cose_alg_of_key(key)->curve, ec_curves[curve]);
		EVP_PKEY_free(key);
		EVP_PKEY_free(made);
	}
}

static void test_off_curve(void **state)
{
	uint8_t point[EC_POINT_MAX];
	size_t curve;

	for (curve = 0; curve < EC_CURVES; curve++) {
		EVP_PKEY *made = ec_new(ec_curves[curve]);
		size_t len = ec_point(made, point);

		point[len - 1] ^=
			1; /* for one x there are y and p - y, which is odd when y is even, but not next to it */
		assert_no_point(point, len, "not on the curve");
		point[len - 1] ^= 1;
		point[1 + ec_widths[curve] / 2] ^= 0x10;
		assert_no_point(point, len, "not on the curve");
		memset(point + 1, 0, len - 1);
		assert_no_point(point, len, "not on the curve");
		memset(point + 1, 0xff, len - 1);
		assert_no_point(point, len, "not on the curve");
		EVP_PKEY_free(made);
	}
}

static void test_other_forms_of_points(void **state)
{
	static const uint8_t infinity[1];
	EVP_PKEY *made = ec_new("P-256");
	uint8_t point[EC_POINT_MAX];
	size_t len = ec_point(made, point), i;

	assert_no_point(infinity, 1, "infinity");
	assert_no_point(infinity, 0, "65, 97 or 133");
	point[0] = 2 + point[len - 1] % 2;
	assert_no_point(point, 33, "compressed");
	assert_no_point(point, 65, "compressed");
	point[0] = 6 + point[len - 1] % 2; /* hybrid */
	assert_no_point(point, 65, "0x04");
	point[0] = 4;
	for (i = 1; i < sizeof(point); i++)
		if (i != 65 && i != 97 && i != 133)
			assert_no_point(point, i, "65, 97 or 133");
	EVP_PKEY_free(made);
}

/* ---- COSE_Key ---- */

struct cose_key {
	int64_t kty, crv;
	size_t x_len, y_len;
	bool y_is_bool, extra;
};

static struct cbuf encode(const struct cose_key *cose, EVP_PKEY *key)
{
	uint8_t point[EC_POINT_MAX + 8] = { 0 };
	size_t width = (ec_point(key, point) - 1) / 2;
	struct cbuf buf = { 0 };

	cbuf_map(&buf, cose->extra ? 7 : 4);
	cbuf_int(&buf, -3);
	if (cose->y_is_bool)
		cbuf_raw(&buf, "\xf5", 1);
	else
		cbuf_bytes(&buf, point + 1 + width, cose->y_len);
	cbuf_int(&buf, 1);
	cbuf_int(&buf, cose->kty);
	cbuf_int(&buf, -1);
	cbuf_int(&buf, cose->crv);
	cbuf_int(&buf, -2);
	cbuf_bytes(&buf, point + 1, cose->x_len);
	if (cose->extra) {
		cbuf_int(&buf, 2);
		cbuf_text(&buf, "kid of a wrong type");
		cbuf_text(&buf, "unknown");
		cbuf_array(&buf, 0);
		cbuf_int(&buf, -4);
		cbuf_int(&buf, 0);
	}
	assert_false(buf.nomem);
	return buf;
}

static int read_cose(struct realm_ctx *ctx, const struct cose_key *cose, EVP_PKEY *from, EVP_PKEY **keyp,
		     const char **whyp)
{
	struct cbuf buf = encode(cose, from);
	struct realm_bytes bytes = { buf.data, buf.len };
	int err = key_from_cose(ctx, &bytes, keyp, whyp);

	cbuf_free(&buf);
	return err;
}

static void test_cose_keys(void **state)
{
	size_t curve;

	for (curve = 0; curve < EC_CURVES; curve++) {
		EVP_PKEY *made = ec_new(ec_curves[curve]), *key = NULL;
		size_t width = ec_widths[curve];
		struct cose_key cose = { 2, (int64_t)curve + 1, width, width, false, false };

		assert_int_equal(read_cose(*state, &cose, made, &key, NULL), 0);
		assert_same_key(key, made);
		EVP_PKEY_free(key);
		cose.extra = true;
		assert_int_equal(read_cose(*state, &cose, made, &key, NULL), 0);
		assert_same_key(key, made);
		EVP_PKEY_free(key);
		EVP_PKEY_free(made);
	}
}

static void test_bad_cose_keys(void **state)
{
	static const struct {
		struct cose_key cose;
		const char *why;
	} bads[] = {
		{ { 1, 1, 32, 32, false, false }, "kind EC2" },
		{ { 3, 1, 32, 32, false, false }, "kind EC2" },
		{ { 2, 0, 32, 32, false, false }, "crv" },
		{ { 2, 8, 32, 32, false, false }, "crv" }, /* secp256k1 */
		{ { 2, 2, 32, 32, false, false }, "curve's width" },
		{ { 2, 1, 31, 32, false, false }, "curve's width" },
		{ { 2, 1, 32, 33, false, false }, "curve's width" },
		{ { 2, 1, 32, 0, false, false }, "curve's width" },
		{ { 2, 1, 32, 32, true, false }, "compressed" },
	};
	EVP_PKEY *made = ec_new("P-256"), *key = NULL;
	const char *why = "";
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bads); i++) {
		assert_int_equal(read_cose(*state, &bads[i].cose, made, &key, &why), -EBADMSG);
		assert_non_null(strstr(why, bads[i].why));
		assert_null(key);
	}
	EVP_PKEY_free(made);
}

static void test_no_cose_key(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *why;
	} bads[] = {
		{ "", 0, "map of a COSE_Key" },
		{ "\xa0", 1, "kind EC2" },
		{ "\xa1\x01\x02", 3, "crv" },
		{ "\xa2\x01\x02\x20\x01", 5, "curve's width" },
		{ "\xa1\x01\x02\x00", 4, "map of a COSE_Key" },
		{ "\xa2\x01\x02\x01\x02", 5, "map of a COSE_Key" }, /* kty twice */
		{ "\xbf\x01\x02\xff", 4, "map of a COSE_Key" },
		{ "\x80", 1, "map of a COSE_Key" },
		{ "\xa1\x01\x62"
		  "EC",
		  5, "kind EC2" },
	};
	const char *why = "";
	EVP_PKEY *key = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bads); i++) {
		struct realm_bytes bytes = { (const uint8_t *)bads[i].bytes, bads[i].len };

		assert_int_equal(key_from_cose(*state, &bytes, &key, &why), -EBADMSG);
		if (!strstr(why, bads[i].why))
			fail_msg("%zu: expected %s, got %s", i, bads[i].why, why);
	}
}

/* ---- keys of OpenSSL ---- */

static void test_made_public(void **state)
{
	size_t curve;

	for (curve = 0; curve < EC_CURVES; curve++) {
		EVP_PKEY *pair = ec_new(ec_curves[curve]), *key = NULL;
		uint8_t number[EC_WIDTH_MAX];
		BIGNUM *private = NULL;

		assert_int_equal(key_make_public(pair, &key, NULL), 0);
		assert_same_key(key, pair);
		assert_int_equal(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &private), 0);
		assert_int_equal(EVP_PKEY_get_bn_param(pair, OSSL_PKEY_PARAM_PRIV_KEY, &private), 1);
		assert_int_equal(BN_bn2binpad(private, number, (int)ec_widths[curve]), ec_widths[curve]);
		BN_free(private);
		EVP_PKEY_free(key);
		EVP_PKEY_free(pair);
	}
}

static void test_other_kinds(void **state)
{
	static const char *const names[] = { "secp256k1", "ED25519", "X25519" };
	const char *why = NULL;
	EVP_PKEY *key = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		EVP_PKEY *other = i ? EVP_PKEY_Q_keygen(NULL, NULL, names[i]) : ec_new(names[i]);

		assert_int_equal(key_make_public(other, &key, &why), -EINVAL);
		assert_error(*state, key_fail_kind(*state, "file", other), EINVAL, "file", names[i]);
		EVP_PKEY_free(other);
	}
	assert_null(key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(test_points),      ctx_test(test_off_curve),     ctx_test(test_other_forms_of_points),
		ctx_test(test_cose_keys),   ctx_test(test_bad_cose_keys), ctx_test(test_no_cose_key),
		ctx_test(test_made_public), ctx_test(test_other_kinds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
