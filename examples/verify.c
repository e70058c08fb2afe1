/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* verify.c - is a token genuine, and of the realm of a plan?  verify TOKEN KEY PLAN */
#include <realm.h>
#include <stdio.h>

static int fail(struct realm_ctx *ctx)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);
	const char *where = realm_error_where(error), *hint = realm_error_hint(error);

	fprintf(stderr, "%s%s%s%s%s\n", where ? where : "", where ? ": " : "", realm_error_why(error), hint ? "; " : "",
		hint ? hint : "");
	return 1;
}

/* What is not appraised is said too: nobody should think that it was. */
static void print_checks(const struct realm_verdict *verdict)
{
	static const char *const outcomes[] = {
		[REALM_CHECK_GOOD] = "good",
		[REALM_CHECK_BAD] = "bad",
		[REALM_CHECK_FINDING] = "finding",
		[REALM_CHECK_NOT_DONE] = "not done",
	};
	struct realm_check check = { .sz = sizeof(check) };
	size_t i;

	for (i = 0; !realm_verdict_check(verdict, i, &check); i++)
		printf("%s: %s%s%s\n", check.name, outcomes[check.outcome], check.why ? ": " : "",
		       check.why ? check.why : "");
}

/* The three results are exit codes as those of realmctl: 0 accepted, 4 another realm, 1 not to be believed. */
static int judge(struct realm_ctx *ctx, const struct realm_token *token, const struct realm_verify_opts *opts)
{
	static const int codes[] = { [REALM_ACCEPTED] = 0, [REALM_DIFFERENT] = 4, [REALM_REFUSED] = 1 };
	struct realm_verdict *verdict;
	int result = realm_token_verify(token, opts, &verdict);

	if (result < 0)
		return fail(ctx);
	print_checks(verdict);
	realm_verdict_free(verdict);
	return codes[result];
}

static int verify(struct realm_ctx *ctx, char **argv)
{
	struct realm_refvals *refvals = NULL;
	struct realm_token *token = NULL;
	struct realm_keys *keys = NULL;
	struct realm_plan *plan = NULL;
	int ret;

	if (realm_token_read(ctx, argv[1], &token) || realm_keys_new(ctx, &keys) ||
	    realm_keys_add_file(keys, argv[2]) || realm_plan_read(ctx, argv[3], &plan) ||
	    realm_refvals_new(ctx, &refvals) || realm_refvals_add_plan(refvals, plan, NULL, NULL)) {
		ret = fail(ctx);
	} else {
		struct realm_verify_opts opts = { .sz = sizeof(opts), .keys = keys, .refvals = refvals };

		ret = judge(ctx, token, &opts);
	}
	realm_refvals_free(refvals);
	realm_plan_free(plan);
	realm_keys_free(keys);
	realm_token_free(token);
	return ret;
}

int main(int argc, char **argv)
{
	struct realm_ctx *ctx;
	int ret;

	if (argc != 4) {
		fprintf(stderr, "usage: verify TOKEN KEY PLAN\n");
		return 2;
	}
	if (realm_ctx_new(&ctx))
		return 1;
	ret = verify(ctx, argv);
	realm_ctx_free(ctx);
	return ret;
}
