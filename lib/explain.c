/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* explain.c - which change of a plan gives a RIM that was not expected: the question and the answer */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"

#define MAX_NOTES 12
#define NOTE_SIZE 200

struct realm_explanation {
	enum realm_hash hash;
	struct found found;
	uint64_t tried;
	struct edits edits;
	char notes[MAX_NOTES][NOTE_SIZE];
	size_t num_notes;
};

/* ---- the question ---- */

static bool is_zero(const uint8_t *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (bytes[i])
			return false;
	return true;
}

/* A slot holds a digest and then zeros; none of SHA-512 ends in so many. */
static int hash_of_rim(struct realm_ctx *ctx, const uint8_t *rim, size_t len, enum realm_hash *hashp)
{
	static const enum realm_hash hashes[] = { REALM_HASH_SHA256, REALM_HASH_SHA384, REALM_HASH_SHA512 };
	size_t i, size;

	for (i = 0; i < ARRAY_SIZE(hashes); i++) {
		size = realm_hash_size(hashes[i]);
		if (len != size && (len != REALM_DIGEST_MAX || !is_zero(rim + size, len - size)))
			continue;
		*hashp = hashes[i];
		return 0;
	}
	return realm_fail(ctx, EINVAL, "rim", "take all of it: 32 bytes of sha256, 48 of sha384, 64 of sha512",
			  "no RIM has %zu bytes", len);
}

static int check_opts(struct realm_ctx *ctx, struct explain *ex, const struct realm_explain_opts *user)
{
	int err = realm_read_opts(ctx, "realm_explain_opts", &ex->opts, sizeof(ex->opts), user);

	return err ? err : realm_read_opts(ctx, "realm_work_opts", &ex->work, sizeof(ex->work), ex->opts.work);
}

/* The given plan as the first variant */
static int make_variant(struct variant *variant, const struct realm_plan *plan)
{
	struct variant borrowed = { .plan = *plan };
	size_t i;
	int err;

	borrowed.origins = calloc(plan->num_loads + 1, sizeof(*borrowed.origins));
	if (!borrowed.origins)
		return realm_fail_nomem(plan->ctx);
	for (i = 0; i < plan->num_loads; i++)
		borrowed.origins[i] = i;
	err = variant_copy(variant, &borrowed, plan->ctx);
	free(borrowed.origins);
	return err ? realm_fail_nomem(plan->ctx) : 0;
}

static int prepare(struct explain *ex, struct realm_plan *plan)
{
	int err = make_variant(&ex->given, plan);

	if (!err)
		err = digests_make(&ex->digests[0], &ex->given, plan->granule, &ex->work);
	return err ? err : explain_read_contents(ex);
}

static void close_explain(struct explain *ex)
{
	size_t i;

	for (i = 0; i < GRANULE_SIZES; i++)
		digests_free(&ex->digests[i]);
	variant_free(&ex->given);
	free(ex->contents);
}

/* ---- the answer ---- */

static int edit_hash(struct explain *ex, struct realm_explanation *answer, const struct realm_plan *plan)
{
	struct variant before = ex->given;

	before.plan.hash = plan->hash;
	return edits_add(&answer->edits, &before, &ex->given, 0, "the length of the RIM says its algorithm");
}

/* Carries the changes out once more, and says what each did. */
static int write_edits(struct explain *ex, struct realm_explanation *answer, const struct realm_plan *plan)
{
	struct variant from, to;
	unsigned int number;
	size_t i;
	int err = edit_hash(ex, answer, plan);

	number = answer->edits.count > 0;
	if (!err)
		err = variant_copy(&from, &ex->given, ex->ctx);
	if (err)
		return err;
	for (i = 0; !err && i < ARRAY_SIZE(answer->found.changes) && answer->found.changes[i].kind; i++) {
		const struct change *change = &answer->found.changes[i];

		err = variant_copy(&to, &from, ex->ctx);
		if (err)
			break;
		err = change_apply(change, &to);
		if (!err)
			err = edits_add(&answer->edits, &from, &to, number++, change_why(change));
		variant_free(&from);
		from = to;
	}
	variant_free(&from);
	return err;
}

static PRINTF(2, 3) void note(struct realm_explanation *answer, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(answer->notes[answer->num_notes++], NOTE_SIZE, fmt, args);
	va_end(args);
}

static void note_left(struct realm_explanation *answer, const char *what, size_t count, size_t left)
{
	if (left)
		note(answer, "%s: %zu of %zu parts of the search were left when its time was up", what, left, count);
}

static void note_unsearched(const struct explain *ex, struct realm_explanation *answer,
			    const struct search_result *result)
{
	const struct realm_plan *plan = &ex->given.plan;

	if (result->found.yes)
		return;
	note_left(answer, "single changes", result->singles, result->singles_left);
	note_left(answer, "pairs of changes", result->pairs, result->pairs_left);
	if (!profile_can(REALM_PROFILE_RMM_1_0, plan->hash, plan->granule))
		note(answer, "rmm-1.0 with this plan: it has neither sha384 nor other granules than 4096 bytes");
	if (plan->num_loads > EXPLAIN_LOADS)
		note(answer, "loads after the first %d, one by one", EXPLAIN_LOADS);
	note(answer, "other bytes in a load: another build of the kernel, initrd or device tree, another command line; "
		     "compare the files, or the event logs of both sides");
	note(answer, "other addresses than the start of RAM, 2 MiB boundaries and those of the plan");
	note(answer, "RAM regions at other addresses, or of sizes that are no power of two");
	note(answer, "registers with other values than zero and the addresses of loads");
	note(answer, "loads that the plan does not have, but for zeros after one of its own");
	note(answer, "three changes or more");
}

static int answer_question(struct explain *ex, const struct realm_plan *plan, struct realm_explanation *answer)
{
	struct search_result result;
	int err = explain_search(ex, &result);

	if (err == -ECANCELED)
		return realm_fail(ex->ctx, ECANCELED, NULL, NULL, "stopped by the caller");
	answer->hash = ex->given.plan.hash;
	answer->found = result.found;
	answer->tried = result.tried;
	note_unsearched(ex, answer, &result);
	if (!err && result.found.yes)
		err = write_edits(ex, answer, plan);
	return err == -ENOMEM ? realm_fail_nomem(ex->ctx) : err;
}

int realm_explain(struct realm_plan *plan, const void *rim, size_t len, const struct realm_explain_opts *opts,
		  struct realm_explanation **explanationp)
{
	struct explain ex = { .opts.sz = sizeof(ex.opts), .work.sz = sizeof(ex.work) };
	struct realm_explanation *answer;
	struct realm_plan searched;
	int err;

	if (!plan || !rim || !explanationp)
		return -EINVAL;
	ex.ctx = plan->ctx;
	err = check_opts(plan->ctx, &ex, opts);
	if (!err)
		err = plan_validate(plan);
	if (err)
		return err;
	searched = *plan;
	err = hash_of_rim(plan->ctx, rim, len, &searched.hash);
	if (err)
		return err;
	memcpy(ex.rim, rim, len);
	answer = calloc(1, sizeof(*answer));
	if (!answer)
		return realm_fail_nomem(plan->ctx);
	err = prepare(&ex, &searched);
	if (!err)
		err = answer_question(&ex, plan, answer);
	close_explain(&ex);
	if (err)
		realm_explanation_free(answer);
	else
		*explanationp = answer;
	return err;
}

void realm_explanation_free(struct realm_explanation *explanation)
{
	if (!explanation)
		return;
	edits_free(&explanation->edits);
	free(explanation);
}

int realm_explanation_found(const struct realm_explanation *explanation, enum realm_family *familyp,
			    enum realm_profile *profilep)
{
	if (!explanation || !explanation->found.yes)
		return 0;
	if (familyp)
		*familyp = explanation->found.pair.family;
	if (profilep)
		*profilep = explanation->found.pair.profile;
	return 1;
}

enum realm_hash realm_explanation_hash(const struct realm_explanation *explanation)
{
	return explanation ? explanation->hash : REALM_HASH_SHA256;
}

size_t realm_explanation_count(const struct realm_explanation *explanation)
{
	return explanation ? explanation->edits.count : 0;
}

int realm_explanation_edit(const struct realm_explanation *explanation, size_t index, struct realm_explain_edit *edit)
{
	struct realm_explain_edit known = { .sz = sizeof(known) };
	const struct edit *from;

	if (!explanation || index >= explanation->edits.count)
		return -EINVAL;
	from = &explanation->edits.list[index];
	known.change = from->change;
	known.where = from->where;
	known.from = from->from;
	known.to = from->to;
	known.why = from->why;
	return realm_give(edit, &known, sizeof(known));
}

uint64_t realm_explanation_tried(const struct realm_explanation *explanation)
{
	return explanation ? explanation->tried : 0;
}

const char *realm_explanation_unsearched(const struct realm_explanation *explanation, size_t index)
{
	return explanation && index < explanation->num_notes ? explanation->notes[index] : NULL;
}
