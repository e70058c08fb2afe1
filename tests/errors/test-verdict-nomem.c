/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-verdict-nomem.c - verifying with each allocation failing once, ours and those inside OpenSSL
 *
 * Ours give -ENOMEM or the same verdict.  Inside OpenSSL a failure may also look like a signature that is not good: then the
 * token is refused, never accepted for another reason.  Leaks are for the sanitizer and valgrind to find.
 */
#include <openssl/crypto.h>

#include "../unit/verify.h"
#include "refvals.h"
#include "refuse.h"

static bool openssl_fails; /* its allocations, and not ours */

#define WRAP_OURS(type, name, params, args, refused)                                                                   \
	type __real_##name params;                                                                                     \
	type __wrap_##name params;                                                                                     \
	type __wrap_##name params                                                                                      \
	{                                                                                                              \
		return !openssl_fails && refuse() ? (refused) : __real_##name args;                                    \
	}

WRAP_OURS(void *, malloc, (size_t size), (size), NULL)
WRAP_OURS(void *, calloc, (size_t count, size_t size), (count, size), NULL)
WRAP_OURS(void *, realloc, (void *old, size_t size), (old, size), NULL)
WRAP_OURS(int, vasprintf, (char **text, const char *fmt, va_list args), (text, fmt, args), -1)
WRAP_OURS(FILE *, open_memstream, (char **bufp, size_t *sizep), (bufp, sizep), NULL)
WRAP_OURS(EVP_MD *, EVP_MD_fetch, (OSSL_LIB_CTX * lib, const char *name, const char *query), (lib, name, query), NULL)
WRAP_OURS(EVP_MD_CTX *, EVP_MD_CTX_new, (void), (), NULL)
WRAP_OURS(int, EVP_DigestInit_ex2, (EVP_MD_CTX * ctx, const EVP_MD *md, const OSSL_PARAM *params), (ctx, md, params), 0)

static void *openssl_malloc(size_t size, const char *file, int line)
{
	return openssl_fails && refuse() ? NULL : __real_malloc(size);
}

static void *openssl_realloc(void *old, size_t size, const char *file, int line)
{
	return openssl_fails && refuse() ? NULL : __real_realloc(old, size);
}

static void openssl_free(void *data, const char *file, int line)
{
	free(data);
}

/* ---- scenarios ---- */

static struct realm_token *token;
static struct realm_verify_opts opts = { .sz = sizeof(opts) };
static char texts[8192]; /* what the verdict says */
static char *ear;

static void keep(const struct realm_verdict *verdict)
{
	size_t used = 0, i;

	for (i = 0; i < realm_verdict_count(verdict); i++) {
		struct realm_check check = { .sz = sizeof(check) };

		assert_int_equal(realm_verdict_check(verdict, i, &check), 0);
		used += (size_t)snprintf(texts + used, sizeof(texts) - used, "%s %u: %s, %s, %s\n", check.name,
					 check.outcome, check.expected ? check.expected : "-",
					 check.found ? check.found : "-", check.why ? check.why : "-");
		assert_in_range(used, 0, sizeof(texts) - 1);
	}
}

static int verify(struct realm_ctx *ctx)
{
	struct realm_verdict *verdict = (struct realm_verdict *)texts;
	int ret = realm_token_verify(token, &opts, &verdict), err;

	if (ret < 0) {
		assert_ptr_equal(verdict, texts);
		return ret;
	}
	err = realm_verdict_ear(verdict, &ear);
	keep(verdict);
	realm_verdict_free(verdict);
	return err ? err : ret;
}

/* Run with the nth allocation failing; false when there were fewer. */
static bool fail_nth(struct realm_ctx *ctx, long n, int expected, const char *expected_texts)
{
	int ret;

	ear = NULL;
	atomic_store(&failed, false);
	atomic_store(&left, n);
	ret = verify(ctx);
	atomic_store(&left, -1);
	if (ret == -ENOMEM) {
		assert_true(atomic_load(&failed));
		assert_null(ear);
		assert_int_equal(realm_error_code(realm_ctx_last_error(ctx)), -ENOMEM);
		assert_int_equal(realm_fail(ctx, ECANCELED, NULL, NULL, "no detail of what follows"), -ECANCELED);
	} else if (ret != REALM_REFUSED || !openssl_fails) {
		assert_int_equal(ret, expected);
		assert_string_equal(texts, expected_texts);
	}
	realm_free(ear);
	return atomic_load(&failed);
}

static void assert_survives(struct realm_ctx *ctx, int expected)
{
	char expected_texts[sizeof(texts)];
	long n = 0;

	assert_int_equal(verify(ctx), expected);
	realm_free(ear);
	strcpy(expected_texts, texts);
	while (fail_nth(ctx, n, expected, expected_texts))
		n++;
	assert_true(n > 1);
}

/* Everything is given, so that all checks are done, good and bad. */
static void verify_all(struct scene *scene)
{
	static const uint8_t challenge[] = { 1 };
	struct ref_realm realms[2] = { { .rim = { .len = 32 } } };
	struct ref_platform platform = { .num_components = 0 };
	struct realm_refvals refvals = { .ctx = scene->ctx, .realms = realms, .platforms = &platform };
	struct realm_keys *keys = kit_keys(&scene->kit, scene->ctx);
	struct realm_rems *rems;

	realms[1].rim.len = 32;
	memcpy(realms[1].rim.data, scene->kit.rim.data, 32);
	assert_int_equal(realm_rems_new(scene->ctx, &rems), 0);
	assert_int_equal(realm_rems_set(rems, 1, scene->kit.rems[0].data, 32), 0);
	opts = (struct realm_verify_opts){ .sz = sizeof(opts), .keys = keys, .at = 1 };
	assert_survives(scene->ctx, scene->kit.platform_fault ? REALM_REFUSED : REALM_ACCEPTED);
	refvals.num_realms = 2;
	refvals.num_platforms = 1;
	opts.refvals = &refvals;
	opts.rems = rems;
	opts.challenge = (struct realm_bytes){ challenge, 1 };
	assert_survives(scene->ctx, scene->kit.platform_fault ? REALM_REFUSED : REALM_DIFFERENT);
	realm_rems_free(rems);
	realm_keys_free(keys);
}

static void verify_tokens(struct scene *scene)
{
	token = kit_parse(&scene->kit, scene->ctx);
	verify_all(scene);
	realm_token_free(token);
	scene->kit.platform_fault = KIT_BIT;
	scene->kit.lifecycle = 0;
	token = kit_parse(&scene->kit, scene->ctx);
	verify_all(scene);
	realm_token_free(token);
}

static void our_allocations_may_fail(void **state)
{
	openssl_fails = false;
	verify_tokens(*state);
}

static void allocations_in_openssl_may_fail(void **state)
{
	openssl_fails = true;
	verify_tokens(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scene_test(our_allocations_may_fail),
		scene_test(allocations_in_openssl_may_fail),
	};

	atomic_store(&left, -1);
	if (CRYPTO_set_mem_functions(openssl_malloc, openssl_realloc, openssl_free) != 1)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
