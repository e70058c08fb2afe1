/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* explain.c - print what in a plan has to change for a RIM: explain PLAN HEX */
#include <realm.h>
#include <stdio.h>
#include <string.h>

static int fail(struct realm_ctx *ctx)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);
	const char *where = realm_error_where(error), *hint = realm_error_hint(error);

	fprintf(stderr, "%s%s%s%s%s\n", where ? where : "", where ? ": " : "", realm_error_why(error), hint ? "; " : "",
		hint ? hint : "");
	return 1;
}

static size_t read_hex(const char *text, unsigned char *bytes, size_t size)
{
	size_t len = 0;

	while (len < size && sscanf(text, "%2hhx", &bytes[len]) == 1) {
		len++;
		text += text[1] ? 2 : 1;
	}
	return *text ? 0 : len;
}

static int print_answer(const struct realm_explanation *answer)
{
	struct realm_explain_edit edit = { .sz = sizeof(edit) };
	enum realm_profile profile;
	enum realm_family family;
	const char *line;
	size_t i;

	if (!realm_explanation_found(answer, &family, &profile)) {
		printf("nothing found; not searched:\n");
		for (i = 0; (line = realm_explanation_unsearched(answer, i)); i++)
			printf("%s\n", line);
		return 4;
	}
	printf("%s %s\n", realm_family_name(family), realm_profile_name(profile));
	for (i = 0; !realm_explanation_edit(answer, i, &edit); i++)
		printf("%s: %s -> %s\n", edit.where, edit.from ? edit.from : "nothing", edit.to ? edit.to : "nothing");
	return 0;
}

int main(int argc, char **argv)
{
	struct realm_explain_opts opts = { .sz = sizeof(opts), .limit = 30 };
	struct realm_explanation *answer = NULL;
	struct realm_plan *plan = NULL;
	unsigned char rim[REALM_DIGEST_MAX];
	struct realm_ctx *ctx;
	int ret;

	if (argc != 3) {
		fprintf(stderr, "usage: explain PLAN HEX\n");
		return 2;
	}
	if (realm_ctx_new(&ctx))
		return 1;
	if (realm_plan_read(ctx, argv[1], &plan) ||
	    realm_explain(plan, rim, read_hex(argv[2], rim, sizeof(rim)), &opts, &answer))
		ret = fail(ctx);
	else
		ret = print_answer(answer);
	realm_explanation_free(answer);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	return ret;
}
