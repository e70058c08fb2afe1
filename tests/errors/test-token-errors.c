/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-token-errors.c - reading tokens with NULL, zero and the largest values */
#include <limits.h>

#include "../tokens/make-token.h"
#include "../unit/unit.h"

static char untouched; /* where out parameters point before a call */


static void nothing_to_read(void **state)
{
	struct realm_token *token = (struct realm_token *)&untouched;

	assert_int_equal(realm_token_parse(NULL, "", 0, &token), -EINVAL);
	assert_int_equal(realm_token_parse(*state, NULL, 1, &token), -EINVAL);
	assert_int_equal(realm_token_parse(*state, "", 0, NULL), -EINVAL);
	assert_error(*state, realm_token_parse(*state, NULL, 0, &token), EBADMSG, "token at byte 0", "ends");
	assert_int_equal(realm_token_read(NULL, "token", &token), -EINVAL);
	assert_int_equal(realm_token_read(*state, NULL, &token), -EINVAL);
	assert_int_equal(realm_token_read(*state, "token", NULL), -EINVAL);
	assert_error(*state, realm_token_read(*state, "no/such/token", &token), ENOENT, "no/such/token", "");
	assert_ptr_equal(token, &untouched);
}

static void too_long(void **state)
{
	struct realm_token *token = (struct realm_token *)&untouched;
	uint8_t *zeros = calloc(1, REALM_TOKEN_MAX + 1);

	assert_non_null(zeros);
	assert_error(*state, realm_token_parse(*state, zeros, REALM_TOKEN_MAX, &token), EBADMSG, "token at byte 0",
		     "0x00, which is no tag");
	assert_error(*state, realm_token_parse(*state, zeros, REALM_TOKEN_MAX + 1, &token), EINVAL, "token", "1048576");
	assert_error(*state, realm_token_parse(*state, zeros, SIZE_MAX, &token), EINVAL, "token", "1048576");
	assert_ptr_equal(token, &untouched);
	free(zeros);
}

static void getters_without_a_token(void **state)
{
	struct realm_platform_claims platform = { .sz = sizeof(platform) };
	struct realm_realm_claims realm = { .sz = sizeof(realm) };
	struct realm_component component = { .sz = sizeof(component) };
	struct realm_bytes encoded;
	char *json = &untouched;

	assert_int_equal(realm_token_form(NULL), REALM_TOKEN_NONE);
	assert_int_equal(realm_token_platform(NULL, &platform), -EINVAL);
	assert_int_equal(realm_token_realm(NULL, &realm), -EINVAL);
	assert_int_equal(realm_token_component(NULL, 0, &component), -EINVAL);
	assert_int_equal(realm_token_claim(NULL, REALM_TOKEN_REALM, 10, &encoded), -EINVAL);
	assert_int_equal(realm_token_json(NULL, &json), -EINVAL);
	assert_ptr_equal(json, &untouched);
	realm_token_free(NULL);
}

static void getters_without_room(void **state)
{
	struct token_kit kit;
	struct realm_token *token;
	struct realm_platform_claims platform = { .sz = 0 };
	struct realm_realm_claims realm = { .sz = 0 };
	struct realm_component component = { .sz = 0 };
	struct realm_bytes encoded = { 0 };

	kit_init(&kit);
	token = kit_parse(&kit, *state);
	assert_int_equal(realm_token_platform(token, NULL), -EINVAL);
	assert_int_equal(realm_token_platform(token, &platform), -EINVAL);
	assert_int_equal(realm_token_realm(token, NULL), -EINVAL);
	assert_int_equal(realm_token_realm(token, &realm), -EINVAL);
	assert_int_equal(realm_token_component(token, 0, NULL), -EINVAL);
	assert_int_equal(realm_token_component(token, 0, &component), -EINVAL);
	component.sz = sizeof(component);
	assert_int_equal(realm_token_component(token, SIZE_MAX, &component), -EINVAL);
	assert_int_equal(realm_token_claim(token, REALM_TOKEN_REALM, 10, NULL), -EINVAL);
	assert_int_equal(realm_token_claim(token, (enum realm_token_part)0, 10, &encoded), -EINVAL);
	assert_int_equal(realm_token_claim(token, (enum realm_token_part)3, 10, &encoded), -EINVAL);
	assert_int_equal(realm_token_claim(token, (enum realm_token_part)INT_MAX, 10, &encoded), -EINVAL);
	assert_null(encoded.data);
	assert_int_equal(realm_token_json(token, NULL), -EINVAL);
	realm_token_free(token);
	kit_free(&kit);
}

/* A caller that knows a shorter or a longer structure. */
static void sizes_of_others(void **state)
{
	struct token_kit kit;
	struct realm_token *token;
	struct realm_platform_claims platform = { .sz = offsetof(struct realm_platform_claims, challenge),
						  .lifecycle = 77 };
	struct {
		struct realm_realm_claims claims;
		uint64_t newer;
	} realm = { .claims = { .sz = sizeof(realm) }, .newer = 77 };

	kit_init(&kit);
	token = kit_parse(&kit, *state);
	assert_int_equal(realm_token_platform(token, &platform), 0);
	assert_string_equal(platform.profile, kit.platform_profile);
	assert_int_equal(platform.lifecycle, 77);
	assert_int_equal(realm_token_realm(token, &realm.claims), 0);
	assert_int_equal(realm.newer, 0);
	assert_int_equal(realm.claims.sz, sizeof(realm));
	realm_token_free(token);
	kit_free(&kit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(nothing_to_read),	 ctx_test(too_long),	    ctx_test(getters_without_a_token),
		ctx_test(getters_without_room), ctx_test(sizes_of_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
