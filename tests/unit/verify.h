/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* verify.h - a token of a kit, its key, and the verdict in one line */
#ifndef VERIFY_H
#define VERIFY_H

#include "../tokens/make-token.h"
#include "unit.h"
#include "verdict.h"

struct scene {
	struct realm_ctx *ctx;
	struct token_kit kit;
	struct realm_verify_opts opts; /* the kit's key is added unless there are keys, or has_no_key */
	bool has_no_key;
	struct realm_verdict *verdict; /* of the last judge() */
};

static inline int scene_setup(void **state)
{
	struct scene *scene = calloc(1, sizeof(*scene));

	if (!scene || realm_ctx_new(&scene->ctx))
		return -1;
	kit_init(&scene->kit);
	scene->opts.sz = sizeof(scene->opts);
	*state = scene;
	return 0;
}

static inline int scene_teardown(void **state)
{
	struct scene *scene = *state;

	realm_verdict_free(scene->verdict);
	kit_free(&scene->kit);
	realm_ctx_free(scene->ctx);
	free(scene);
	return 0;
}

#define scene_test(f) cmocka_unit_test_setup_teardown(f, scene_setup, scene_teardown)

static inline int judge(struct scene *scene)
{
	struct realm_token *token = kit_parse(&scene->kit, scene->ctx);
	struct realm_keys *own = kit_keys(&scene->kit, scene->ctx);
	struct realm_verify_opts opts = scene->opts;
	int ret;

	if (!opts.keys && !scene->has_no_key)
		opts.keys = own;
	realm_verdict_free(scene->verdict);
	scene->verdict = NULL;
	ret = realm_token_verify(token, &opts, &scene->verdict);
	realm_keys_free(own);
	realm_token_free(token);
	assert_non_null(scene->verdict);
	assert_int_equal(realm_verdict_result(scene->verdict), ret);
	return ret;
}

/*
 * A letter a check in their order: good, bad, finding, not done; a space after the mandatory ones and those of realms:
 * structure, platform-algorithm -key -signature, realm-algorithm -signature, binding, lifecycle, lengths;
 * challenge, hash, rim, rem0..3, rpv; software-components, configuration
 */
static inline const char *line_of(const struct realm_verdict *verdict)
{
	static const char letters[] = { [REALM_CHECK_GOOD] = 'g',
					[REALM_CHECK_BAD] = 'b',
					[REALM_CHECK_FINDING] = 'f',
					[REALM_CHECK_NOT_DONE] = 'n' };
	static char line[CHECK_COUNT + 3];
	char *next = line;
	size_t i;

	for (i = 0; i < realm_verdict_count(verdict); i++) {
		struct realm_check check = { .sz = sizeof(check) };

		assert_int_equal(realm_verdict_check(verdict, i, &check), 0);
		if (i == CHECK_CHALLENGE || i == CHECK_COMPONENTS)
			*next++ = ' ';
		*next++ = letters[check.outcome];
	}
	*next = 0;
	return line;
}

static inline struct realm_check check_of(const struct realm_verdict *verdict, const char *name)
{
	struct realm_check check = { .sz = sizeof(check) };
	size_t i;

	for (i = 0; i < realm_verdict_count(verdict); i++) {
		assert_int_equal(realm_verdict_check(verdict, i, &check), 0);
		if (!strcmp(check.name, name))
			return check;
	}
	fail_msg("there is no check %s", name);
	return check;
}

/* All that a check says; NULL: nothing. */
static inline void assert_check(const struct realm_verdict *verdict, const char *name, enum realm_outcome outcome,
				const char *expected, const char *found, const char *why)
{
	struct realm_check check = check_of(verdict, name);

	if (check.outcome == outcome && same_text(check.expected, expected) && same_text(check.found, found) &&
	    same_text(check.why, why))
		return;
	print_error("%s: got %d, %s, %s, %s\n", name, check.outcome, check.expected, check.found, check.why);
	fail();
}

/* The part of a reason that is ours to say. */
static inline void assert_why(const struct realm_verdict *verdict, const char *name, const char *why)
{
	struct realm_check check = check_of(verdict, name);

	if (!check.why || !strstr(check.why, why))
		fail_msg("%s: \"%s\" is not in \"%s\"", name, why, check.why);
}

#endif /* VERIFY_H */
