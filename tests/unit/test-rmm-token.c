/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-rmm-token.c - attestation tokens, byte by byte: each must be what the specification says, put together here
 *
 * Bytes that are the same in all tokens are literals; the rest is what the test gave the realm, or what the RMM tells of
 * it elsewhere. The machine's key and signature are no cryptography, so what was signed can be read back.
 */
#include <openssl/evp.h>
#include "rmm-guest.h"
#include "rsi.h"

#define CHALLENGE 0x0101, 0x0202, 0x0303, 0x0404, 0x0505, 0x0606, 0x0707, 0x0808
#define PLATFORM_SIZE 300

struct text {
	uint8_t bytes[PAGE];
	size_t len;
};

static void add(struct text *text, const void *bytes, size_t len)
{
	assert_true(len <= sizeof(text->bytes) - text->len);
	memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
}

#define ADD(text, literal) add((text), (literal), sizeof(literal) - 1)

static void add_u16(struct text *text, const char *head, size_t value)
{
	const uint8_t bytes[] = { (uint8_t)head[0], (uint8_t)(value >> 8), (uint8_t)value };

	add(text, bytes, sizeof(bytes));
}

struct hash {
	uint8_t algo;
	const char *name;	/* as a CBOR text */
	size_t size;
	const char *head;	/* of that many bytes */
};

static const struct hash hashes[] = {
	{ RMI_HASH_SHA_256, "\x67sha-256", 32, "\x58\x20" },
	{ RMI_HASH_SHA_384, "\x67sha-384", 48, "\x58\x30" },
	{ RMI_HASH_SHA_512, "\x67sha-512", 64, "\x58\x40" },
};

static void add_key(struct text *text)
{
	uint8_t point[RMM_RAK_POINT_SIZE];

	machine_rak_point(point);
	ADD(text, "\xa4\x01\x02\x20\x02\x21\x58\x30");
	add(text, point + 1, 48);
	ADD(text, "\x22\x58\x30");
	add(text, point + 49, 48);
}

static void add_measurements(struct text *text, struct world *w, const struct hash *hash)
{
	uint8_t slot[RMM_DIGEST_MAX];

	for (unsigned i = 0; i < 5; i++) {
		assert_int_equal(rmm_measurement(w->machine->rmm, w->rd, i, slot), hash->size);
		if (i == 0)
			ADD(text, "\x19\xac\xce");
		if (i == 1)
			ADD(text, "\x19\xac\xcf\x84");
		add(text, hash->head, 2);
		add(text, slot, hash->size);
	}
}

static void add_claims(struct text *text, struct world *w, const struct hash *hash)
{
	static const uint64_t challenge[] = { CHALLENGE };
	const struct rd *rd = machine_memory(w->machine, w->rd, PAGE);
	bool is_2 = w->variant != &rmm_variant_1_0;

	add(text, is_2 ? "\xaa" : "\xa8", 1);
	ADD(text, "\x0a\x58\x40");
	add(text, challenge, 64);
	if (is_2) {
		ADD(text, "\x19\x01\x00\x58\x21\x01");
		add(text, rd->instance_id, 32);
	}
	ADD(text, "\x19\xac\xcb\x58\x40");
	for (uint8_t i = 1; i <= 64; i++)
		add(text, &i, 1);
	ADD(text, "\x19\xac\xcd\x58\x6b");
	add_key(text);
	ADD(text, "\x19\xac\xcc");
	add(text, hash->name, 8);
	ADD(text, "\x19\xac\xd0\x67sha-256");
	if (is_2)
		ADD(text, "\x19\xac\xd3\x00\x19\x01\x09\x78\x1ctag:arm.com,2024:realm#2.0.0");
	else
		ADD(text, "\x19\x01\x09\x78\x1ctag:arm.com,2023:realm#1.0.0");
	add_measurements(text, w, hash);
}

static void add_signature(struct text *text, const struct text *claims)
{
	struct text signed_bytes = { .len = 0 };
	uint8_t digest[48], signature[RMM_SIGNATURE_SIZE];

	ADD(&signed_bytes, "\x84\x6aSignature1\x44\xa1\x01\x38\x22\x40");
	add_u16(&signed_bytes, "\x59", claims->len);
	add(&signed_bytes, claims->bytes, claims->len);
	assert_int_equal(EVP_Digest(signed_bytes.bytes, signed_bytes.len, digest, NULL, EVP_sha384(), NULL), 1);
	machine_signature(digest, signature);
	ADD(text, "\x58\x60");
	add(text, signature, sizeof(signature));
}

static void add_platform_token(struct text *text)
{
	struct text key = { .len = 0 };
	uint8_t digest[32];

	add_key(&key);
	assert_int_equal(key.len, 107);
	assert_int_equal(EVP_Digest(key.bytes, key.len, digest, NULL, EVP_sha256(), NULL), 1);
	add(text, digest, sizeof(digest));
	for (unsigned i = sizeof(digest); i < PLATFORM_SIZE; i++)
		add(text, &(uint8_t){ (uint8_t)i }, 1);
}

static void add_part(struct text *text, const struct world *w, const char *key, size_t len)
{
	add(text, key, 3);
	if (w->variant != &rmm_variant_1_0)
		ADD(text, "\x82\x19\x01\x07");
	add_u16(text, "\x59", len);
}

static void expect(struct text *text, struct world *w, const struct hash *hash)
{
	struct text claims = { .len = 0 }, realm = { .len = 0 };

	add_claims(&claims, w, hash);
	ADD(&realm, "\xd2\x84\x44\xa1\x01\x38\x22\xa0");
	add_u16(&realm, "\x59", claims.len);
	add(&realm, claims.bytes, claims.len);
	add_signature(&realm, &claims);
	text->len = 0;
	if (w->variant == &rmm_variant_1_0)
		ADD(text, "\xd9\x01\x8f\xa2");
	else
		ADD(text, "\xd9\x03\x8b\xa2");
	add_part(text, w, "\x19\xac\xca", PLATFORM_SIZE);
	add_platform_token(text);
	add_part(text, w, "\x19\xac\xd1", realm.len);
	add(text, realm.bytes, realm.len);
}

/* The next token that REC 0 gets, in page 1 */
static void get_token(struct world *w, size_t len)
{
	w->machine->platform_size = PLATFORM_SIZE;
	smc(w, SMC_RSI_ATTEST_TOKEN_INIT, CHALLENGE);
	assert_int_equal(w->out[0], RSI_SUCCESS);
	smc(w, SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
	assert_int_equal(w->out[0], RSI_SUCCESS);
	assert_int_equal(w->out[1], len);
}

static void assert_token(struct world *w, const struct hash *hash)
{
	struct text want;

	expect(&want, w, hash);
	get_token(w, want.len);
	assert_memory_equal(w->page[1], want.bytes, want.len);
}

static void check_tokens(const struct rmm_variant *variant, const struct hash *hash)
{
	struct world world, *w = &world;

	world_start(w, variant, hash->algo);
	assert_token(w, hash);
	for (uint64_t i = 1; i <= 4; i++) {
		smc(w, SMC_RSI_MEASUREMENT_EXTEND, i, 8, 0x1111 * i);
		assert_int_equal(w->out[0], RSI_SUCCESS);
	}
	assert_token(w, hash);
	world_stop(w);
}

static void tokens_are_as_specified(void **state)
{
	for (size_t v = 0; v < COUNT(world_variants); v++)
		for (size_t h = 0; h < COUNT(hashes); h++)
			if (rmm_variant_limits(world_variants[v])->hashes >> hashes[h].algo & 1)
				check_tokens(world_variants[v], &hashes[h]);
}

/* A realm whose memory has a key of its own says so. */
static void token_states_the_mec_policy(void **state)
{
	struct world world, *w = &world;
	struct rd *rd;
	size_t at, len;

	world_start(w, &rmm_variant_tf_2_0, RMI_HASH_SHA_256);
	rd = machine_memory(w->machine, w->rd, PAGE);
	len = 4 + 10 + PLATFORM_SIZE + 10 + 632;
	get_token(w, len);
	for (at = 0; memcmp(w->page[1] + at, "\x19\xac\xd3", 3); at++)
		assert_true(at + 4 < len);
	assert_int_equal(w->page[1][at + 3], 0);
	rd->params.flags0 |= (uint64_t)RMI_MEC_POLICY_PRIVATE << RMI_REALM_FLAGS0_MEC_POLICY_SHIFT;
	get_token(w, len);
	assert_int_equal(w->page[1][at + 3], 1);
	rd->params.flags0 &= ~RMI_REALM_FLAGS0_MEC_POLICY_MASK;
	world_stop(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_are_as_specified),
		cmocka_unit_test(token_states_the_mec_policy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
