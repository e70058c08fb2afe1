/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-token-nomem.c - reading and showing tokens with each allocation failing once
 *
 * The call gives -ENOMEM and leaves its out parameter alone, or all that it gives without the failure.  Leaks are for
 * the sanitizer and valgrind to find.
 */
#include <jansson.h>

#include "../tokens/make-token.h"
#include "../unit/unit.h"
#include "refuse.h"

WRAP(void *, malloc, (size_t size), (size), NULL)
WRAP(void *, calloc, (size_t count, size_t size), (count, size), NULL)
WRAP(void *, realloc, (void *old, size_t size), (old, size), NULL)
WRAP(char *, strdup, (const char *text), (text), NULL)
WRAP(char *, strndup, (const char *text, size_t len), (text, len), NULL)
WRAP(FILE *, open_memstream, (char **bufp, size_t *sizep), (bufp, sizep), NULL)

static void *json_alloc(size_t size)
{
	return refuse() ? NULL : __real_malloc(size);
}

static struct cbuf data; /* a good token */
static size_t cut;       /* bytes that are missing at its end */
static char *shown;      /* its claims; NULL: not yet */

static int parse(struct realm_ctx *ctx)
{
	struct realm_token *token = (struct realm_token *)&data;
	int err = realm_token_parse(ctx, data.data, data.len - cut, &token);

	assert_int_equal(err != 0, token == (struct realm_token *)&data);
	if (!err)
		realm_token_free(token);
	return err;
}

static int show(struct realm_ctx *ctx)
{
	struct realm_token *token;
	char *json = (char *)&data;
	int err = realm_token_parse(ctx, data.data, data.len, &token);

	if (err)
		return err;
	err = realm_token_json(token, &json);
	assert_int_equal(err != 0, json == (char *)&data);
	realm_token_free(token);
	if (err)
		return err;
	if (shown)
		assert_string_equal(json, shown);
	else
		shown = __real_strdup(json);
	realm_free(json);
	return 0;
}

/* Fail the first, then the second, ... until a run in which none failed. */
static void survive(int (*scenario)(struct realm_ctx *ctx), int expected)
{
	struct realm_ctx *ctx;
	long n;
	int err;

	assert_int_equal(realm_ctx_new(&ctx), 0);
	for (n = 0;; n++) {
		atomic_store(&failed, false);
		atomic_store(&left, n);
		err = scenario(ctx);
		atomic_store(&left, -1);
		if (!atomic_load(&failed))
			break;
		assert_true(err == -ENOMEM || err == expected);
		if (err == -ENOMEM)
			assert_int_equal(realm_error_code(realm_ctx_last_error(ctx)), -ENOMEM);
	}
	assert_int_equal(err, expected);
	assert_true(n > 2);
	realm_ctx_free(ctx);
}

static void parsing_survives(void **state)
{
	cut = 0;
	survive(parse, 0);
}

static void refusing_survives(void **state)
{
	cut = 1;
	survive(parse, -EBADMSG);
}

static void showing_survives(void **state)
{
	assert_int_equal(show(*state), 0);
	survive(show, 0);
}

static int setup(void **state)
{
	struct token_kit kit;

	atomic_store(&left, -1);
	json_set_alloc_funcs(json_alloc, free);
	kit_init(&kit);
	kit_write(&kit, &data);
	kit_free(&kit);
	return 0;
}

static int teardown(void **state)
{
	cbuf_free(&data);
	free(shown);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parsing_survives),
		cmocka_unit_test(refusing_survives),
		ctx_test(showing_survives),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
