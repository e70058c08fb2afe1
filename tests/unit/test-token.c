/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-token.c - what the getters give of a token, and that reading it is work in proportion to its size
 *
 * What is refused, and JSON, is for tests/tokens.
 */
#include <cbor/streaming.h>

#include "../tokens/make-token.h"
#include "token.h"
#include "unit.h"

/* ---- heads of CBOR that are decoded: --wrap in meson.build ---- */

static size_t heads;

struct cbor_decoder_result __real_cbor_stream_decode(cbor_data source, size_t size,
						     const struct cbor_callbacks *callbacks, void *context);
struct cbor_decoder_result __wrap_cbor_stream_decode(cbor_data source, size_t size,
						     const struct cbor_callbacks *callbacks, void *context);
struct cbor_decoder_result __wrap_cbor_stream_decode(cbor_data source, size_t size,
						     const struct cbor_callbacks *callbacks, void *context)
{
	heads++;
	return __real_cbor_stream_decode(source, size, callbacks, context);
}

/* ---- a token of a kit ---- */

struct scene {
	struct realm_ctx *ctx;
	struct token_kit kit;
	struct realm_token *token;
};

static int setup(void **state)
{
	struct scene *scene = calloc(1, sizeof(*scene));

	if (!scene || realm_ctx_new(&scene->ctx))
		return -1;
	kit_init(&scene->kit);
	*state = scene;
	return 0;
}

static int teardown(void **state)
{
	struct scene *scene = *state;

	realm_token_free(scene->token);
	kit_free(&scene->kit);
	realm_ctx_free(scene->ctx);
	free(scene);
	return 0;
}

static void parse(struct scene *scene)
{
	realm_token_free(scene->token);
	scene->token = kit_parse(&scene->kit, scene->ctx);
}

static void assert_bytes(const struct realm_bytes *got, const struct realm_bytes *expected)
{
	assert_int_equal(got->len, expected->len);
	if (got->len)
		assert_memory_equal(got->data, expected->data, got->len);
}

/* ---- getters ---- */

static void platform_claims_are_as_written(void **state)
{
	struct scene *scene = *state;
	struct realm_platform_claims claims = { .sz = sizeof(claims) };

	parse(scene);
	assert_int_equal(realm_token_platform(scene->token, &claims), 0);
	assert_string_equal(claims.profile, scene->kit.platform_profile);
	assert_int_equal(claims.challenge.len, 32);
	assert_int_equal(claims.binding.len, 0);
	assert_bytes(&claims.implementation_id, &scene->kit.implementation_id);
	assert_bytes(&claims.instance_id, &scene->kit.instance_id);
	assert_bytes(&claims.config, &scene->kit.config);
	assert_int_equal(claims.lifecycle, 0x3003);
	assert_string_equal(claims.hash_name, "sha-256");
	assert_int_equal(claims.num_components, scene->kit.num_components);
}

static void newer_profiles_bind_by_a_claim_of_their_own(void **state)
{
	struct scene *scene = *state;
	struct realm_platform_claims claims = { .sz = sizeof(claims) };

	scene->kit.platform_profile = "tag:arm.com,2026:cca_platform#2.1.0;delegated";
	scene->kit.realm_profile = "tag:arm.com,2026:realm#2.0.0";
	parse(scene);
	assert_int_equal(realm_token_platform(scene->token, &claims), 0);
	assert_int_equal(claims.challenge.len, 0);
	assert_int_equal(claims.binding.len, 32);
}

static void components_are_as_written(void **state)
{
	struct scene *scene = *state;
	struct realm_component component = { .sz = sizeof(component) };
	size_t i;

	parse(scene);
	for (i = 0; i < scene->kit.num_components; i++) {
		const struct realm_component *written = &scene->kit.components[i];

		assert_int_equal(realm_token_component(scene->token, i, &component), 0);
		assert_true(same_text(component.name, written->name));
		assert_true(same_text(component.version, written->version));
		assert_true(same_text(component.hash_name, written->hash_name));
		assert_bytes(&component.measurement, &written->measurement);
		assert_bytes(&component.signer, &written->signer);
	}
	assert_int_equal(realm_token_component(scene->token, i, &component), -EINVAL);
}

/* More than once over the size that the array of components grows by. */
static void many_components_are_kept(void **state)
{
	static struct realm_component many[100];
	static uint8_t digests[ARRAY_SIZE(many)][32];
	struct scene *scene = *state;
	struct realm_component component = { .sz = sizeof(component) };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(many); i++) {
		memset(digests[i], (int)i, sizeof(digests[i]));
		many[i].measurement = (struct realm_bytes){ digests[i], sizeof(digests[i]) };
		many[i].signer = many[i].measurement;
	}
	scene->kit.components = many;
	scene->kit.num_components = ARRAY_SIZE(many);
	parse(scene);
	for (i = 0; i < ARRAY_SIZE(many); i++) {
		assert_int_equal(realm_token_component(scene->token, i, &component), 0);
		assert_bytes(&component.measurement, &many[i].measurement);
		assert_null(component.name);
	}
}

static void realm_claims_are_as_written(void **state)
{
	struct scene *scene = *state;
	const struct token_kit *kit = &scene->kit;
	struct realm_realm_claims claims = { .sz = sizeof(claims) };
	size_t i;

	parse(scene);
	assert_int_equal(realm_token_realm(scene->token, &claims), 0);
	assert_string_equal(claims.profile, kit->realm_profile);
	assert_bytes(&claims.challenge, &kit->challenge);
	assert_int_equal(claims.instance_id.len, 33);
	assert_bytes(&claims.rpv, &kit->rpv);
	assert_string_equal(claims.hash_name, kit->realm_hash);
	assert_string_equal(claims.rak_hash_name, kit->rak_hash);
	assert_int_equal(claims.rak.len, 107);
	assert_bytes(&claims.rim, &kit->rim);
	for (i = 0; i < REALM_REMS; i++)
		assert_bytes(&claims.rems[i], &kit->rems[i]);
	assert_in_range(claims.mec_policy, 0, 1);
}

static void legacy_realms_have_less(void **state)
{
	struct scene *scene = *state;
	struct realm_realm_claims claims = { .sz = sizeof(claims) };

	scene->kit.tag = 399;
	scene->kit.platform_profile = "http://arm.com/CCA-SSD/1.0.0";
	scene->kit.realm_profile = NULL;
	scene->kit.rak_is_point = true;
	parse(scene);
	assert_int_equal(realm_token_form(scene->token), REALM_TOKEN_LEGACY);
	assert_int_equal(realm_token_realm(scene->token, &claims), 0);
	assert_null(claims.profile);
	assert_int_equal(claims.rak.len, 97);
}

static void parts_alone_have_nothing_of_the_other(void **state)
{
	struct scene *scene = *state;
	struct realm_platform_claims platform = { .sz = sizeof(platform) };
	struct realm_realm_claims realm = { .sz = sizeof(realm) };
	struct realm_bytes encoded;

	scene->kit.tag = 0;
	scene->kit.only = REALM_TOKEN_PLATFORM;
	parse(scene);
	assert_int_equal(realm_token_form(scene->token), REALM_TOKEN_PLATFORM_ONLY);
	assert_int_equal(realm_token_platform(scene->token, &platform), 0);
	assert_int_equal(realm_token_realm(scene->token, &realm), -ENOENT);
	assert_int_equal(realm_token_claim(scene->token, REALM_TOKEN_REALM, 10, &encoded), -ENOENT);
	scene->kit.only = REALM_TOKEN_REALM;
	parse(scene);
	assert_int_equal(realm_token_form(scene->token), REALM_TOKEN_REALM_ONLY);
	assert_int_equal(realm_token_realm(scene->token, &realm), 0);
	assert_int_equal(realm_token_platform(scene->token, &platform), -ENOENT);
	assert_int_equal(realm_token_claim(scene->token, REALM_TOKEN_PLATFORM, 10, &encoded), -ENOENT);
}

static void claims_are_given_as_encoded(void **state)
{
	static const uint8_t lifecycle[] = { 0x19, 0x30, 0x03 };
	struct scene *scene = *state;
	struct realm_bytes encoded = { 0 };

	parse(scene);
	assert_int_equal(realm_token_claim(scene->token, REALM_TOKEN_PLATFORM, 2395, &encoded), 0);
	assert_bytes(&encoded, &(struct realm_bytes){ lifecycle, sizeof(lifecycle) });
	assert_int_equal(realm_token_claim(scene->token, REALM_TOKEN_REALM, 44238, &encoded), 0);
	assert_int_equal(encoded.len, 2 + scene->kit.rim.len);
	assert_memory_equal(encoded.data + 2, scene->kit.rim.data, scene->kit.rim.len);
	assert_int_equal(realm_token_claim(scene->token, REALM_TOKEN_REALM, 2395, &encoded), -ENOENT);
	assert_int_equal(realm_token_claim(scene->token, REALM_TOKEN_REALM, INT64_MIN, &encoded), -ENOENT);
}

/* ---- one claim another ---- */

#define MEC_POLICY 44243

/* A realm's token like the kit's, but for this claim; without a signature that holds. */
static int parse_mec_policy(struct scene *scene, const char *word)
{
	const struct cval *claims = &token_part(scene->token, REALM_TOKEN_REALM)->claims;
	struct realm_realm_claims realm = { .sz = sizeof(realm) };
	struct cbuf payload = { 0 }, out = { 0 };
	struct realm_token *token;
	struct cval_iter it = { 0 };
	struct cval key, val;
	int64_t number;

	cbuf_map(&payload, cval_count(claims));
	while (cval_next(claims, &it, &key, &val)) {
		struct realm_bytes raw_key = cval_encoded(&key), raw_val = cval_encoded(&val);

		cbuf_raw(&payload, raw_key.data, raw_key.len);
		if (cval_int(&key, INT64_MIN, INT64_MAX, &number) || number != MEC_POLICY)
			cbuf_raw(&payload, raw_val.data, raw_val.len);
		else
			cbuf_text(&payload, word);
	}
	cbuf_tag(&out, COSE_TAG_SIGN1);
	cbuf_array(&out, 4);
	cbuf_bytes(&out, "\xa1\x01\x38\x22", 4);
	cbuf_map(&out, 0);
	cbuf_bytes(&out, payload.data, payload.len);
	cbuf_bytes(&out, "", 0);
	assert_int_equal(realm_token_parse(scene->ctx, out.data, out.len, &token), 0);
	assert_int_equal(realm_token_realm(token, &realm), 0);
	realm_token_free(token);
	cbuf_free(&payload);
	cbuf_free(&out);
	return realm.mec_policy;
}

static void mec_policy_may_be_a_word(void **state)
{
	struct scene *scene = *state;

	parse(scene);
	assert_int_equal(parse_mec_policy(scene, "shared"), 0);
	assert_int_equal(parse_mec_policy(scene, "private"), 1);
	assert_int_equal(parse_mec_policy(scene, "Private"), 1);
}

/* ---- work ---- */

static size_t heads_of_arrays(struct scene *scene, size_t arrays)
{
	struct cbuf claim = { 0 }, token = { 0 };
	struct realm_token *parsed;
	size_t i, j;

	cbuf_tag(&token, 907);
	cbuf_map(&token, 3);
	cbuf_int(&token, 1);
	cbuf_array(&token, arrays);
	for (i = 0; i < arrays; i++) {
		cbuf_array(&token, 100);
		for (j = 0; j < 100; j++)
			cbuf_int(&token, (int64_t)j);
	}
	scene->kit.tag = 907;
	kit_write(&scene->kit, &claim);
	cbuf_raw(&token, claim.data + 4, claim.len - 4); /* without tag and head of the map */
	heads = 0;
	assert_int_equal(realm_token_parse(scene->ctx, token.data, token.len, &parsed), 0);
	realm_token_free(parsed);
	cbuf_free(&claim);
	cbuf_free(&token);
	return heads;
}

/* Each value is looked at a few times, however many there are. */
static void work_follows_the_size(void **state)
{
	size_t few = heads_of_arrays(*state, 10), some = heads_of_arrays(*state, 110);
	size_t many = heads_of_arrays(*state, 1010);

	assert_in_range(some - few, 101 * 100, 5 * 101 * 100);
	assert_in_range(many - some, 9 * (some - few), 9 * (some - few) + 1);
}

/* A COSE_Sign1 with so many labels beside a protected header that holds an array; nothing is in its payload. */
static size_t heads_of_headers(struct scene *scene, size_t labels, size_t items)
{
	struct cbuf prot = { 0 }, token = { 0 };
	size_t i;

	cbuf_map(&prot, 1);
	cbuf_text(&prot, "array");
	cbuf_array(&prot, items);
	for (i = 0; i < items; i++)
		cbuf_int(&prot, 0);
	cbuf_tag(&token, 18);
	cbuf_array(&token, 4);
	cbuf_bytes(&token, prot.data, prot.len);
	cbuf_map(&token, labels);
	for (i = 0; i < labels; i++) {
		cbuf_int(&token, 1000 + (int64_t)i);
		cbuf_int(&token, 0);
	}
	cbuf_bytes(&token, "\xa0", 1);
	cbuf_bytes(&token, "", 0);
	heads = 0;
	assert_int_equal(realm_token_parse(scene->ctx, token.data, token.len, &scene->token), -EBADMSG);
	cbuf_free(&prot);
	cbuf_free(&token);
	return heads;
}

/* What is in a protected header is not looked through again for each label that is not protected. */
static void work_follows_the_size_of_headers(void **state)
{
	size_t one = heads_of_headers(*state, 1, 1000) - heads_of_headers(*state, 1, 0);
	size_t many = heads_of_headers(*state, 100, 1000) - heads_of_headers(*state, 100, 0);

	assert_in_range(one, 1000, 10 * 1000);
	assert_int_equal(many, one);
}

#define scene_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		scene_test(platform_claims_are_as_written),
		scene_test(newer_profiles_bind_by_a_claim_of_their_own),
		scene_test(components_are_as_written),
		scene_test(many_components_are_kept),
		scene_test(realm_claims_are_as_written),
		scene_test(legacy_realms_have_less),
		scene_test(parts_alone_have_nothing_of_the_other),
		scene_test(claims_are_given_as_encoded),
		scene_test(mec_policy_may_be_a_word),
		scene_test(work_follows_the_size),
		scene_test(work_follows_the_size_of_headers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
