/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-verify.c - the mandatory checks of tokens: each good, bad and not done, alone and together */
#include <openssl/ec.h>
#include <openssl/pem.h>

#include "certs.h"
#include "verify.h"

#define PLAIN "nnnnnnnn nn" /* nothing was given to compare with */

static void assert_judged(struct scene *scene, enum realm_result result, const char *line)
{
	assert_int_equal(judge(scene), result);
	assert_string_equal(line_of(scene->verdict), line);
}

/* ---- good tokens ---- */

/* draft-ffm-rats-cca-token-00 to -04: the profiles of each part, of which any pair may come. */
#define PLATFORM_2023 "tag:arm.com,2023:cca_platform#1.0.0"
#define PLATFORM_2024 "tag:arm.com,2024:cca_platform#1.1.0"
#define PLATFORM_2026 "tag:arm.com,2026:cca_platform#2.0.0"
#define REALM_2023 "tag:arm.com,2023:realm#1.0.0"
#define REALM_2024 "tag:arm.com,2024:realm#2.0.0"
#define REALM_2026 "tag:arm.com,2026:realm#2.0.0"

static const char *const platforms[] = {
	"http://arm.com/CCA-SSD/1.0.0",
	PLATFORM_2023,
	PLATFORM_2024,
	"tag:arm.com,2024:cca_platform#2.0.0",
	PLATFORM_2026,
	"tag:arm.com,2026:cca_platform#2.1.0",
	"tag:arm.com,2026:cca_platform#2.0.0;delegated",
	"tag:arm.com,2026:cca_platform#2.1.0#delegated",
};
static const char *const realms[] = {
	NULL,
	REALM_2023,
	REALM_2024,
	REALM_2026,
};

static void every_pair_of_profiles_is_accepted(void **state)
{
	struct scene *scene = *state;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(platforms); i++)
		for (j = 0; j < ARRAY_SIZE(realms); j++) {
			scene->kit.tag = (i + j) % 2 ? 399 : 907;
			scene->kit.platform_profile = platforms[i];
			scene->kit.realm_profile = realms[j];
			assert_judged(scene, REALM_ACCEPTED, "ggggggggg " PLAIN);
		}
}

static void the_first_tokens_hold_a_point(void **state)
{
	struct scene *scene = *state;

	scene->kit.realm_profile = NULL;
	scene->kit.rak_is_point = true;
	assert_judged(scene, REALM_ACCEPTED, "ggggggggg " PLAIN);
	scene->kit.realm_fault = KIT_BIT;
	assert_judged(scene, REALM_REFUSED, "gggggbggg " PLAIN);
}

static void each_curve_signs_platforms_and_each_hash_binds(void **state)
{
	static const char *const curves[] = { "P-256", "P-384", "P-521" };
	static const char *const hashes[] = { "sha-256", "sha-384", "sha-512" };
	static const char *const algs[] = { "ES256", "ES384", "ES512" };
	struct scene *scene = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(curves); i++) {
		EVP_PKEY_free(scene->kit.cpak);
		scene->kit.cpak = EVP_EC_gen(curves[i]);
		scene->kit.rak_hash = hashes[i];
		assert_judged(scene, REALM_ACCEPTED, "ggggggggg " PLAIN);
		assert_check(scene->verdict, "platform-algorithm", REALM_CHECK_GOOD, "ES256, ES384 or ES512", algs[i],
			     NULL);
		assert_check(scene->verdict, "realm-algorithm", REALM_CHECK_GOOD, "ES256, ES384 or ES512", "ES384",
			     NULL);
	}
}

static void direct_mode_needs_no_realm_signature(void **state)
{
	static const char *const profiles[] = {
		"tag:arm.com,2024:cca_platform#2.0.0;direct",
		"tag:arm.com,2026:cca_platform#2.0.0;direct",
	};
	struct scene *scene = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(profiles); i++) {
		const uint8_t other[32] = { 1 };

		scene->kit.platform_profile = profiles[i];
		scene->kit.bound = NULL;
		assert_judged(scene, REALM_ACCEPTED, "ggggnnggg " PLAIN);
		assert_why(scene->verdict, "realm-signature", "direct mode");
		scene->kit.bound = other;
		assert_judged(scene, REALM_REFUSED, "ggggnnbgg " PLAIN);
		assert_why(scene->verdict, "binding", "other claims");
	}
}

/* HESRAK: claim 10 of the platform repeats the realm's challenge. */
static void hesrak_repeats_the_challenge(void **state)
{
	struct scene *scene = *state;
	uint8_t other[64];

	scene->kit.platform_profile = "tag:arm.com,2026:cca_platform#2.0.0;HESRAK";
	scene->kit.platform_challenge = scene->kit.challenge;
	assert_judged(scene, REALM_ACCEPTED, "ggggggggg " PLAIN);
	memcpy(other, scene->kit.challenge.data, sizeof(other));
	other[63] ^= 1;
	scene->kit.platform_challenge.data = other;
	assert_judged(scene, REALM_REFUSED, "ggggggbgg " PLAIN);
	assert_why(scene->verdict, "binding", "challenge");
}

/* ---- structure ---- */

static void profiles_that_are_not_known_are_refused(void **state)
{
	struct scene *scene = *state;

	scene->kit.platform_profile = "tag:arm.com,2023:cca_platform#9.0.0";
	assert_judged(scene, REALM_REFUSED, "bgggggggg " PLAIN);
	assert_check(scene->verdict, "structure", REALM_CHECK_BAD,
		     "tag 399 or 907, both tokens, profiles that are known",
		     "tag 907, tag:arm.com,2023:cca_platform#9.0.0, tag:arm.com,2024:realm#2.0.0",
		     "the platform's profile is not known");
	scene->kit.platform_profile = PLATFORM_2023;
	scene->kit.realm_profile = "tag:arm.com,2027:realm#2.0.0";
	assert_judged(scene, REALM_REFUSED, "bgggggggg " PLAIN);
	assert_why(scene->verdict, "structure", "the realm's profile is not known");
}

/* Of 64 bytes at most, and of whole characters. */
static void assert_quoted(struct scene *scene, const char *end, size_t at, size_t quoted)
{
	char profile[200];
	struct realm_check check;

	memset(profile, 'x', sizeof(profile) - 1);
	profile[sizeof(profile) - 1] = 0;
	memcpy(profile, "a\n\033[2J", 6);
	memcpy(profile + at, end, strlen(end));
	scene->kit.platform_profile = profile;
	assert_int_equal(judge(scene), REALM_REFUSED);
	check = check_of(scene->verdict, "structure");
	assert_int_equal(strncmp(check.found, "tag 907, a??[2Jxxx", 18), 0);
	assert_non_null(strstr(check.found, ", tag:arm.com,2024:"));
	assert_int_equal(strcspn(check.found + strlen("tag 907, "), ","), quoted);
}

static void a_profile_is_quoted_in_part_and_without_control_characters(void **state)
{
	assert_quoted(*state, "x", 64, 64);
	assert_quoted(*state, "\xc3\xa9", 62, 64);
	assert_quoted(*state, "\xc3\xa9", 63, 63);
	assert_quoted(*state, "\xe2\x82\xac", 62, 62);
	assert_quoted(*state, "\xe2\x82\xac", 63, 63);
	assert_quoted(*state, "\xf0\x9f\x98\x80", 61, 61);
}

static void one_part_alone_is_no_token(void **state)
{
	struct scene *scene = *state;

	scene->kit.tag = 0;
	scene->kit.only = REALM_TOKEN_PLATFORM;
	assert_judged(scene, REALM_REFUSED, "bgggnnngn " PLAIN);
	assert_check(scene->verdict, "structure", REALM_CHECK_BAD,
		     "tag 399 or 907, both tokens, profiles that are known", "tag:arm.com,2023:cca_platform#1.0.0",
		     "a platform token alone is not a CCA token");
	assert_why(scene->verdict, "rim", "there is no realm token");
	scene->kit.only = REALM_TOKEN_REALM;
	assert_judged(scene, REALM_REFUSED, "bnnnggnnn " PLAIN);
	assert_check(scene->verdict, "structure", REALM_CHECK_BAD,
		     "tag 399 or 907, both tokens, profiles that are known", "tag:arm.com,2024:realm#2.0.0",
		     "a realm token alone is not a CCA token");
	assert_why(scene->verdict, "configuration", "there is no platform token");
}

/* ---- signatures ---- */

struct fault_case {
	enum kit_fault platform, realm;
	const char *line;
	const char *check, *why;
};

/* The rest of what can be done is done. */
static const struct fault_case fault_cases[] = {
	{ KIT_BIT, KIT_GOOD, "gggbggggg", "platform-signature", "not made with this key" },
	{ KIT_OTHER_KEY, KIT_GOOD, "gggbggggg", "platform-signature", "not made with this key" },
	{ KIT_NO_ALG, KIT_GOOD, "gbnnggggg", "platform-algorithm", "not known" },
	{ KIT_OTHER_ALG, KIT_GOOD, "ggbnggggg", "platform-key", "P-384" },
	{ KIT_GOOD, KIT_BIT, "gggggbggg", "realm-signature", "not made with this key" },
	{ KIT_GOOD, KIT_OTHER_KEY, "gggggbggg", "realm-signature", "not made with this key" },
	{ KIT_GOOD, KIT_NO_ALG, "ggggbnggg", "realm-algorithm", "not known" },
	{ KIT_GOOD, KIT_OTHER_ALG, "ggggbnggg", "realm-algorithm",
	  "ES256 goes with P-256, the realm's key (RAK) is on P-384" },
	{ KIT_BIT, KIT_BIT, "gggbgbggg", "realm-signature", "not made with this key" },
	{ KIT_NO_ALG, KIT_NO_ALG, "gbnnbnggg", "platform-algorithm", "not known" },
};

static void each_fault_of_a_signature_is_told(void **state)
{
	struct scene *scene = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fault_cases); i++) {
		const struct fault_case *c = &fault_cases[i];
		char line[CHECK_COUNT + 3];

		snprintf(line, sizeof(line), "%s " PLAIN, c->line);
		scene->kit.platform_fault = c->platform;
		scene->kit.realm_fault = c->realm;
		assert_judged(scene, REALM_REFUSED, line);
		assert_why(scene->verdict, c->check, c->why);
	}
}

static void a_realm_key_must_be_on_its_curve(void **state)
{
	struct scene *scene = *state;

	scene->kit.rak_off_curve = true;
	assert_judged(scene, REALM_REFUSED, "ggggbnggg " PLAIN);
	assert_why(scene->verdict, "realm-algorithm", "not on the curve");
}

static void without_keys_nothing_is_accepted(void **state)
{
	struct scene *scene = *state;
	struct realm_keys *none;

	scene->has_no_key = true;
	assert_judged(scene, REALM_REFUSED, "ggnnggggg " PLAIN);
	assert_why(scene->verdict, "platform-key", "no key was given");
	assert_int_equal(realm_keys_new(scene->ctx, &none), 0);
	scene->opts.keys = none;
	assert_judged(scene, REALM_REFUSED, "ggnnggggg " PLAIN);
	realm_keys_free(none);
}

static void any_of_several_keys_may_fit(void **state)
{
	struct scene *scene = *state;
	struct realm_keys *keys;
	uint8_t point[KIT_POINT_MAX];
	int i;

	assert_int_equal(realm_keys_new(scene->ctx, &keys), 0);
	scene->opts.keys = keys;
	for (i = 0; i < 20; i++) {
		EVP_PKEY *other = EVP_EC_gen("P-256");

		assert_int_equal(realm_keys_add(keys, "other", point, kit_point(other, point)), 0);
		EVP_PKEY_free(other);
	}
	assert_judged(scene, REALM_REFUSED, "gggbggggg " PLAIN);
	assert_check(scene->verdict, "platform-key", REALM_CHECK_GOOD, NULL, "20 keys fit", NULL);
	assert_why(scene->verdict, "platform-signature", "not made with any of the 20 keys");
	assert_int_equal(realm_keys_add(keys, "own", point, kit_point(scene->kit.cpak, point)), 0);
	assert_judged(scene, REALM_ACCEPTED, "ggggggggg " PLAIN);
	realm_keys_free(keys);
}

/* A certificate in the token counts when it leads to one that was given, at that time. */
static void a_token_may_carry_its_certificate(void **state)
{
	struct scene *scene = *state;
	struct cert anchor = cert_make(&(struct cert_spec){ .name = "anchor", .is_ca = true });
	struct cert leaf = cert_make(
		&(struct cert_spec){ .name = "leaf", .key = scene->kit.cpak, .issuer = &anchor, .md = "SHA256" });
	struct realm_keys *keys;
	uint8_t *der = NULL;
	char pem[4096] = "";

	cert_put_pem(&anchor, pem, sizeof(pem));
	assert_int_equal(realm_keys_new(scene->ctx, &keys), 0);
	assert_int_equal(realm_keys_add(keys, "anchor", pem, strlen(pem)), 0);
	scene->opts.keys = keys;
	scene->opts.at = CERT_TO - 1;
	assert_judged(scene, REALM_REFUSED, "ggbnggggg " PLAIN);
	scene->kit.x5chain.len = (size_t)i2d_X509(leaf.x509, &der);
	scene->kit.x5chain.data = der;
	assert_judged(scene, REALM_ACCEPTED, "ggggggggg " PLAIN);
	scene->kit.platform_fault = KIT_OTHER_KEY;
	assert_judged(scene, REALM_REFUSED, "gggbggggg " PLAIN);
	scene->kit.platform_fault = KIT_GOOD;
	scene->opts.at = CERT_TO + 1;
	assert_judged(scene, REALM_REFUSED, "ggbnggggg " PLAIN);
	assert_why(scene->verdict, "platform-key", "expired");
	OPENSSL_free(der);
	realm_keys_free(keys);
	cert_free(&leaf);
	cert_free(&anchor);
}

/* A key that fits hides no reason why another was left out. */
static void what_was_not_tried_is_said(void **state)
{
	struct scene *scene = *state;
	EVP_PKEY *key = EVP_EC_gen("P-256");
	struct cert anchor = cert_make(&(struct cert_spec){
		.name = "anchor", .key = key, .is_ca = true, .md = "SHA256", .to = CERT_TO + 2 });
	struct cert leaf = cert_make(
		&(struct cert_spec){ .name = "leaf", .key = scene->kit.cpak, .issuer = &anchor, .md = "SHA256" });
	struct realm_keys *keys;
	uint8_t *der = NULL;
	char pem[4096] = "";

	cert_put_pem(&anchor, pem, sizeof(pem));
	assert_int_equal(realm_keys_new(scene->ctx, &keys), 0);
	assert_int_equal(realm_keys_add(keys, "anchor", pem, strlen(pem)), 0);
	scene->opts.keys = keys;
	scene->opts.at = CERT_TO + 1;
	scene->kit.x5chain.len = (size_t)i2d_X509(leaf.x509, &der);
	scene->kit.x5chain.data = der;
	assert_judged(scene, REALM_REFUSED, "gggbggggg " PLAIN);
	assert_check(scene->verdict, "platform-signature", REALM_CHECK_BAD, NULL, NULL,
		     "not made with this key over these bytes; not tried: "
		     "x5chain: certificate 1 expired at 2023-11-14T22:13:20Z");
	OPENSSL_free(der);
	realm_keys_free(keys);
	cert_free(&leaf);
	cert_free(&anchor);
	EVP_PKEY_free(key);
}

/* ---- binding ---- */

/* Both signatures are good, and yet the realm's key is not the platform's. */
static void the_platform_must_vouch_for_the_realm_key(void **state)
{
	const uint8_t other[32] = { 0xff, 0x01 };
	struct scene *scene = *state;
	struct realm_check check;

	scene->kit.bound = other;
	assert_judged(scene, REALM_REFUSED, "ggggggbgg " PLAIN);
	check = check_of(scene->verdict, "binding");
	assert_string_equal(check.found, "ff01000000000000000000000000000000000000000000000000000000000000");
	assert_string_not_equal(check.expected, check.found);
	assert_int_equal(strlen(check.expected), 64);
	assert_non_null(strstr(check.why, "another realm key"));
	scene->kit.platform_fault = KIT_BIT; /* it is computed all the same */
	assert_judged(scene, REALM_REFUSED, "gggbggbgg " PLAIN);
	scene->kit.platform_profile = "tag:arm.com,2026:cca_platform#2.0.0";
	assert_judged(scene, REALM_REFUSED, "gggbggbgg " PLAIN);
}

/* A digest that begins as the right one does is another. */
static void the_whole_digest_counts(void **state)
{
	struct scene *scene = *state;
	struct realm_realm_claims claims = { .sz = sizeof(claims) };
	uint8_t begin[REALM_DIGEST_MAX];
	struct realm_token *token;

	scene->kit.rak_hash = "sha-512";
	assert_judged(scene, REALM_ACCEPTED, "ggggggggg " PLAIN);
	token = kit_parse(&scene->kit, scene->ctx);
	assert_int_equal(realm_token_realm(token, &claims), 0);
	assert_int_equal(realm_digest(REALM_HASH_SHA512, claims.rak.data, claims.rak.len, begin), 0);
	realm_token_free(token);
	scene->kit.bound = begin;
	assert_judged(scene, REALM_REFUSED, "ggggggbgg " PLAIN);
}

/* ---- lifecycle ---- */

struct lifecycle_case {
	unsigned int lifecycle;
	const char *found;
	bool secured, debug;
};

static const struct lifecycle_case lifecycles[] = {
	{ 0x0000, "unknown (0x0000)", false, false },
	{ 0x1003, "assembly and test (0x1003)", false, false },
	{ 0x20ff, "CCA platform RoT provisioning (0x20ff)", false, false },
	{ 0x2fff, "not defined (0x2fff)", false, false },
	{ 0x3000, "secured (0x3000)", true, true },
	{ 0x3003, "secured (0x3003)", true, true },
	{ 0x30ff, "secured (0x30ff)", true, true },
	{ 0x3100, "not defined (0x3100)", false, false },
	{ 0x3200, "not defined (0x3200)", false, false },
	{ 0x3fff, "not defined (0x3fff)", false, false },
	{ 0x4000, "non-CCA-platform-RoT debug (0x4000)", false, true },
	{ 0x40ff, "non-CCA-platform-RoT debug (0x40ff)", false, true },
	{ 0x4100, "not defined (0x4100)", false, false },
	{ 0x5000, "recoverable CCA platform RoT debug (0x5000)", false, false },
	{ 0x6000, "decommissioned (0x6000)", false, false },
	{ 0x7000, "not defined (0x7000)", false, false },
	{ 0xffff, "not defined (0xffff)", false, false },
	{ 0x0030, "unknown (0x0030)", false, false },
};

static void lifecycles_are_told_and_only_secured_is_accepted(void **state)
{
	static const char bad[] = "the platform is not in a state that is accepted";
	struct scene *scene = *state;
	size_t i;
	int debug;

	for (i = 0; i < 2 * ARRAY_SIZE(lifecycles); i++) {
		const struct lifecycle_case *c = &lifecycles[i / 2];
		bool good;

		debug = i % 2;
		good = debug ? c->debug : c->secured;
		scene->opts.lifecycle = debug ? REALM_LIFECYCLE_DEBUG : REALM_LIFECYCLE_SECURED;
		scene->kit.lifecycle = c->lifecycle;
		assert_judged(scene, good ? REALM_ACCEPTED : REALM_REFUSED,
			      good ? "ggggggggg " PLAIN : "gggggggbg " PLAIN);
		assert_check(scene->verdict, "lifecycle", good ? REALM_CHECK_GOOD : REALM_CHECK_BAD,
			     debug ? "secured or debug" : "secured", c->found, good ? NULL : bad);
	}
}

/* ---- lengths ---- */

static const uint8_t digest[64] = { 0x5a };

#define COMPONENT(size, hash)                                                                                          \
	{                                                                                                              \
		.sz = sizeof(struct realm_component), .measurement = { digest, size }, .signer = { digest, 32 },       \
		.hash_name = hash                                                                                      \
	}

struct length_case {
	const char *platform, *realm;
	const char *realm_hash;
	struct realm_component component;
	char outcome;
	const char *why;
};

static const struct length_case lengths[] = {
	{ PLATFORM_2023, REALM_2024, "sha-256", COMPONENT(32, NULL), 'g', NULL },
	{ PLATFORM_2023, REALM_2024, "sha-512", COMPONENT(32, NULL), 'b',
	  "the RIM has 32 bytes, the stated hash is sha-512" },
	{ PLATFORM_2023, REALM_2026, "sha-384", COMPONENT(32, NULL), 'b', "the stated hash is sha-384" },
	{ PLATFORM_2023, REALM_2023, "sha-512", COMPONENT(32, NULL), 'f', "the RIM has 32 bytes" },
	{ PLATFORM_2026, REALM_2023, "sha-512", COMPONENT(32, NULL), 'f', "the RIM has 32 bytes" },
	{ PLATFORM_2023, NULL, "sha-512", COMPONENT(32, NULL), 'f', "the RIM has 32 bytes" },
	{ "http://arm.com/CCA-SSD/1.0.0", REALM_2024, "sha-256", COMPONENT(48, NULL), 'f', "component has 48 bytes" },
	{ PLATFORM_2023, REALM_2024, "sha-256", COMPONENT(48, NULL), 'f', "component has 48 bytes" },
	{ PLATFORM_2024, REALM_2024, "sha-256", COMPONENT(48, NULL), 'b', "component has 48 bytes" },
	{ PLATFORM_2026, REALM_2024, "sha-256", COMPONENT(64, NULL), 'b', "component has 64 bytes" },
	{ PLATFORM_2026, REALM_2024, "sha-256", COMPONENT(48, "sha-384"), 'g', NULL },
	{ PLATFORM_2026, REALM_2024, "sha-256", COMPONENT(32, "sha-384"), 'b', "the stated hash is sha-384" },
	/* key 6 was a description once */
	{ PLATFORM_2023, REALM_2024, "sha-256", COMPONENT(32, "TF-M_SHA256MemPreXIP"), 'g', NULL },
	{ PLATFORM_2023, REALM_2024, "sha-256", COMPONENT(48, "TF-M_SHA256MemPreXIP"), 'f',
	  "the stated hash is sha-256" },
	{ PLATFORM_2026, REALM_2024, "sha-256", COMPONENT(32, "TF-M_SHA256MemPreXIP"), 'b', "TF-M_SHA256MemPreXIP" },
	/* the worse one is told */
	{ PLATFORM_2023, REALM_2024, "sha-512", COMPONENT(48, NULL), 'b', "the RIM" },
	{ PLATFORM_2024, REALM_2023, "sha-512", COMPONENT(48, NULL), 'b', "component" },
	{ PLATFORM_2023, REALM_2023, "sha-512", COMPONENT(48, NULL), 'f', "the RIM" },
	{ PLATFORM_2024, REALM_2024, "sha-512", COMPONENT(48, NULL), 'b', "the RIM" },
};

static void lengths_are_held_against_the_stated_hash(void **state)
{
	struct scene *scene = *state;
	size_t i;

	scene->kit.num_components = 1;
	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		const struct length_case *c = &lengths[i];
		char line[] = "gggggggg? " PLAIN;

		scene->kit.platform_profile = c->platform;
		scene->kit.realm_profile = c->realm;
		scene->kit.realm_hash = c->realm_hash;
		scene->kit.components = &c->component;
		line[8] = c->outcome;
		assert_judged(scene, c->outcome == 'b' ? REALM_REFUSED : REALM_ACCEPTED, line);
		if (c->why)
			assert_why(scene->verdict, "lengths", c->why);
	}
}

/* ---- what the decoder refuses, were it to let it by ---- */

static void platform_unsigned(struct realm_token *token)
{
	token->parts[0].is_signed = false;
}

static void realm_unsigned(struct realm_token *token)
{
	token->parts[1].is_signed = false;
}

static void direct_though_signed(struct realm_token *token)
{
	token->parts[0].profile.direct = true;
}

static void realm_absent(struct realm_token *token)
{
	token->parts[1].present = false;
}

static void realm_absent_in_direct_mode(struct realm_token *token)
{
	token->parts[0].profile.direct = true;
	token->parts[1] = (struct token_part){ .present = false };
}

static void platform_absent(struct realm_token *token)
{
	token->parts[0].present = false;
}

static void platform_absent_in_direct_mode(struct realm_token *token)
{
	token->parts[0] = (struct token_part){ .profile = { .known = true, .direct = true } };
	token->parts[1].is_signed = false;
}

static void no_platform_algorithm(struct realm_token *token)
{
	token->parts[0].sign1.has_alg = false;
}

static void no_realm_algorithm(struct realm_token *token)
{
	token->parts[1].sign1.has_alg = false;
}

static void no_rak(struct realm_token *token)
{
	token->realm.rak.len = 0;
}

static void no_challenge(struct realm_token *token)
{
	token->platform.challenge.len = 0;
}

static void no_binding(struct realm_token *token)
{
	token->parts[0].profile.binding_claim = true;
}

static void unknown_binding_hash(struct realm_token *token)
{
	token->realm.rak_hash_name = "md5";
}

static void unknown_hash(struct realm_token *token)
{
	token->realm.hash_name = "md5";
}

struct doctored_case {
	void (*change)(struct realm_token *token);
	const char *line;
	const char *check, *why;
};

static const struct doctored_case doctored[] = {
	{ platform_unsigned, "bnnnggggg", "structure", "the platform token is not signed" },
	{ platform_unsigned, "bnnnggggg", "platform-signature", "there is no signed platform token" },
	{ realm_unsigned, "bgggnnggg", "structure", "the realm token is not signed" },
	{ realm_unsigned, "bgggnnggg", "realm-signature", "there is no signed realm token" },
	{ direct_though_signed, "bgggggggg", "structure", "is that of direct mode, the realm token is signed" },
	{ realm_absent, "bgggnnngn", "structure", "a platform token and a realm token" },
	{ realm_absent, "bgggnnngn", "realm-algorithm", "there is no signed realm token" },
	{ realm_absent, "bgggnnngn", "binding", "it takes a platform token and a realm token" },
	{ realm_absent_in_direct_mode, "bgggnnngn", "realm-signature", "there is no signed realm token" },
	{ platform_absent, "bnnnggnnn", "structure", "a platform token and a realm token" },
	{ platform_absent, "bnnnggnnn", "lengths", "it takes a platform token and a realm token" },
	{ platform_absent, "bnnnggnnn", "lifecycle", "there is no platform token" },
	{ platform_absent_in_direct_mode, "bnnnnnnnn", "realm-signature", "there is no signed realm token" },
	{ no_platform_algorithm, "gbnnggggg", "platform-algorithm", "no algorithm is stated" },
	{ no_realm_algorithm, "ggggbnggg", "realm-algorithm", "no algorithm is stated" },
	{ no_rak, "ggggbnbgg", "realm-algorithm", "the token has no key" },
	{ no_rak, "ggggbnbgg", "binding", "the realm's token has no key" },
	{ no_challenge, "ggggggbgg", "binding", "has no claim 10" },
	{ no_binding, "ggggggbgg", "binding", "has no claim 2408" },
	{ unknown_binding_hash, "ggggggbgg", "binding", "the hash that it is made with is not known" },
	{ unknown_hash, "ggggggggb", "lengths", "the stated hash is md5" },
};

static void the_checks_do_not_rely_on_the_decoder(void **state)
{
	struct scene *scene = *state;
	struct realm_keys *keys = kit_keys(&scene->kit, scene->ctx);
	struct realm_verify_opts opts = { .sz = sizeof(opts), .keys = keys };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(doctored); i++) {
		struct realm_token *token = kit_parse(&scene->kit, scene->ctx);
		struct realm_verdict *verdict;
		char line[CHECK_COUNT + 3];

		snprintf(line, sizeof(line), "%s " PLAIN, doctored[i].line);
		doctored[i].change(token);
		assert_int_equal(realm_token_verify(token, &opts, &verdict), REALM_REFUSED);
		assert_string_equal(line_of(verdict), line);
		assert_why(verdict, doctored[i].check, doctored[i].why);
		realm_verdict_free(verdict);
		realm_token_free(token);
	}
	realm_keys_free(keys);
}

/* ---- how checks count ---- */

static void set_all(struct realm_verdict *verdict, enum realm_outcome outcome)
{
	enum check_id id;

	for (id = 0; id < CHECK_COUNT; id++)
		check_end(verdict, id, outcome);
}

/* What DESIGN of the command line says: mandatory are the first nine. */
static enum realm_result expected_result(enum check_id id, enum realm_outcome outcome, bool direct)
{
	bool signature = id == CHECK_REALM_ALGORITHM || id == CHECK_REALM_SIGNATURE;

	if (id >= 9)
		return outcome == REALM_CHECK_BAD ? REALM_DIFFERENT : REALM_ACCEPTED;
	if (outcome == REALM_CHECK_GOOD || (id == CHECK_LENGTHS && outcome == REALM_CHECK_FINDING) ||
	    (direct && signature && outcome == REALM_CHECK_NOT_DONE))
		return REALM_ACCEPTED;
	return REALM_REFUSED;
}

static void each_outcome_of_each_check_counts_as_it_should(void **state)
{
	struct realm_verdict *verdict = verdict_new(*state, 0);
	unsigned int outcome;
	enum check_id id;
	int direct;

	for (id = 0; id < CHECK_COUNT; id++)
		for (outcome = REALM_CHECK_GOOD; outcome <= REALM_CHECK_NOT_DONE; outcome++)
			for (direct = 0; direct < 2; direct++) {
				verdict->direct = direct;
				verdict->result = REALM_REFUSED;
				set_all(verdict, REALM_CHECK_GOOD);
				check_end(verdict, id, (enum realm_outcome)outcome);
				assert_int_equal(verdict_decide(verdict),
						 expected_result(id, (enum realm_outcome)outcome, direct));
				assert_int_equal(realm_verdict_result(verdict),
						 expected_result(id, (enum realm_outcome)outcome, direct));
			}
	realm_verdict_free(verdict);
}

static void a_mandatory_check_goes_before_what_differs(void **state)
{
	struct realm_verdict *verdict = verdict_new(*state, 0);
	enum check_id must, compared;

	for (must = 0; must < 9; must++)
		for (compared = 9; compared < CHECK_COUNT; compared++) {
			verdict->result = REALM_REFUSED;
			set_all(verdict, REALM_CHECK_GOOD);
			check_end(verdict, must, REALM_CHECK_BAD);
			check_end(verdict, compared, REALM_CHECK_BAD);
			assert_int_equal(verdict_decide(verdict), REALM_REFUSED);
			assert_int_equal(realm_verdict_result(verdict), REALM_REFUSED);
		}
	realm_verdict_free(verdict);
}

static void a_verdict_starts_refused_and_empty(void **state)
{
	static const char *const names[] = {
		"structure",
		"platform-algorithm",
		"platform-key",
		"platform-signature",
		"realm-algorithm",
		"realm-signature",
		"binding",
		"lifecycle",
		"lengths",
		"challenge",
		"hash",
		"rim",
		"rem0",
		"rem1",
		"rem2",
		"rem3",
		"rpv",
		"software-components",
		"configuration",
	};
	struct realm_verdict *verdict = verdict_new(*state, 0);
	size_t i;

	assert_int_equal(realm_verdict_result(verdict), REALM_REFUSED);
	assert_int_equal(verdict_decide(verdict), REALM_REFUSED);
	assert_int_equal(realm_verdict_match(verdict, &i), 0);
	assert_int_equal(realm_verdict_count(verdict), ARRAY_SIZE(names));
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct realm_check check = { .sz = sizeof(check) };

		assert_int_equal(realm_verdict_check(verdict, i, &check), 0);
		assert_string_equal(check.name, names[i]);
		assert_int_equal(check.outcome, REALM_CHECK_NOT_DONE);
		assert_int_equal(check.mandatory, i < 9);
		assert_null(check.expected);
		assert_null(check.found);
		assert_null(check.why);
	}
	realm_verdict_free(verdict);
}

/* A refused token is refused whatever differs; a finding does not decide. */
static void mandatory_beats_compared_in_tokens(void **state)
{
	struct scene *scene = *state;
	const uint8_t other[1] = { 1 };

	scene->opts.challenge = (struct realm_bytes){ other, 1 };
	assert_judged(scene, REALM_DIFFERENT, "ggggggggg bnnnnnnn nn");
	assert_check(scene->verdict, "platform-key", REALM_CHECK_GOOD, NULL, "1 key fits", NULL);
	assert_check(scene->verdict, "lengths", REALM_CHECK_GOOD, "digests as long as their stated hash",
		     "sha-256, a RIM of 32 bytes", NULL);
	scene->kit.realm_fault = KIT_BIT;
	assert_judged(scene, REALM_REFUSED, "gggggbggg bnnnnnnn nn");
	scene->kit.realm_fault = KIT_GOOD;
	scene->kit.realm_profile = NULL;
	scene->kit.realm_hash = "sha-512";
	assert_judged(scene, REALM_DIFFERENT, "ggggggggf bnnnnnnn nn");
	scene->opts.challenge = scene->kit.challenge;
	assert_judged(scene, REALM_ACCEPTED, "ggggggggf gnnnnnnn nn");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scene_test(every_pair_of_profiles_is_accepted),
		scene_test(the_first_tokens_hold_a_point),
		scene_test(each_curve_signs_platforms_and_each_hash_binds),
		scene_test(direct_mode_needs_no_realm_signature),
		scene_test(hesrak_repeats_the_challenge),
		scene_test(profiles_that_are_not_known_are_refused),
		scene_test(a_profile_is_quoted_in_part_and_without_control_characters),
		scene_test(one_part_alone_is_no_token),
		scene_test(each_fault_of_a_signature_is_told),
		scene_test(a_realm_key_must_be_on_its_curve),
		scene_test(without_keys_nothing_is_accepted),
		scene_test(any_of_several_keys_may_fit),
		scene_test(a_token_may_carry_its_certificate),
		scene_test(what_was_not_tried_is_said),
		scene_test(the_platform_must_vouch_for_the_realm_key),
		scene_test(the_whole_digest_counts),
		scene_test(lifecycles_are_told_and_only_secured_is_accepted),
		scene_test(lengths_are_held_against_the_stated_hash),
		scene_test(the_checks_do_not_rely_on_the_decoder),
		ctx_test(each_outcome_of_each_check_counts_as_it_should),
		ctx_test(a_mandatory_check_goes_before_what_differs),
		ctx_test(a_verdict_starts_refused_and_empty),
		scene_test(mandatory_beats_compared_in_tokens),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
