/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * realm/explain.h - which change of a plan gives a RIM that was not expected; part of realm.h
 */
#ifndef REALM_EXPLAIN_H
#define REALM_EXPLAIN_H

struct realm_explanation;

/** define REALM_EXPLAIN_LIMIT - seconds after which no more pairs of changes are tried, unless the caller says otherwise */
#define REALM_EXPLAIN_LIMIT 60

/**
 * struct realm_explain_opts - how long to search, and how
 * @sz: sizeof(struct realm_explain_opts)
 * @limit: seconds after which the search ends; 0: all single changes are tried, then pairs until REALM_EXPLAIN_LIMIT
 *	seconds have passed since the start
 * @work: threads, and progress while the content of the loads is hashed; NULL for defaults
 * @tried: told how much of the search is done, in parts of a total that grows once, when the pairs begin; returns as a
 *	realm_progress_fn does; NULL for none
 * @tried_arg: handed to @tried
 */
struct realm_explain_opts {
	size_t sz;
	unsigned int limit;
	const struct realm_work_opts *work;
	realm_progress_fn tried;
	void *tried_arg;
};

/**
 * struct realm_explain_edit - one place of the plan that has to change, filled by realm_explanation_edit()
 * @sz: sizeof(struct realm_explain_edit), set by the caller
 * @change: number of the change that it belongs to, from 0; a change may touch several places
 * @where: JSON path in the plan; indexes are those of the plan as it is; "$.load, after [0]" for a load more
 * @from: the value there, as JSON; NULL when there is none yet
 * @to: the value that gives the RIM, as JSON; NULL when it has to go
 * @why: what that change means, in one line
 *
 * Strings are borrowed until the explanation is freed.
 */
struct realm_explain_edit {
	size_t sz;
	unsigned int change;
	const char *where;
	const char *from;
	const char *to;
	const char *why;
};

/**
 * realm_explain() - search the neighbourhood of a plan for the one that gives a RIM
 * @plan: plan; borrowed and not changed
 * @rim: the RIM to explain: what a token or a host says
 * @len: its bytes: 32, 48 or 64.  The length says the algorithm; 64 bytes that end in 16 or 32 zeros are a shorter digest in its slot
 * @opts: options or NULL
 * @explanationp: receives the result; caller owns, free with realm_explanation_free()
 *
 * Tried are, for each family and profile that differ, the plan itself, then every single change of the list in docs/explain.md, then every two of them, the likely
 * ones first.  The first that gives the RIM is the answer, the same one whatever the number of threads.  A RIM of another algorithm than the
 * plan's is searched with that algorithm: this change is certain, and not counted.  That nothing was found is a result too.
 *
 * The content is hashed once for each granule size and kept: 64 bytes a granule.
 *
 * Return: 0, whether something was found or not; -EINVAL for a length that no RIM has or a plan that is not possible (realm_plan_check());
 * -ENOENT, -EACCES or -EIO for a file; -ECANCELED; -E2BIG.
 * Since: 0.1
 * Source: docs/explain.md.
 */
int realm_explain(struct realm_plan *plan, const void *rim, size_t len, const struct realm_explain_opts *opts,
		  struct realm_explanation **explanationp);

/**
 * realm_explanation_free() - free a result
 * @explanation: result or NULL
 *
 * Since: 0.1
 */
void realm_explanation_free(struct realm_explanation *explanation);

/**
 * realm_explanation_found() - is the RIM explained, and by whom was it measured?
 * @explanation: result
 * @familyp: receives the family whose events give the RIM; may be NULL
 * @profilep: receives the profile; may be NULL
 *
 * Found without any edit means that the plan gives the RIM as it is.  Where several families give the same events, the one that realm_measure() has a row for is told.
 *
 * Return: 1; 0 when nothing was found, and then the others are not touched.
 * Since: 0.1
 */
int realm_explanation_found(const struct realm_explanation *explanation, enum realm_family *familyp,
			    enum realm_profile *profilep);

/**
 * realm_explanation_hash() - the algorithm of the RIM, as its length says
 * @explanation: result
 *
 * Return: the algorithm; REALM_HASH_SHA256 when @explanation is NULL.
 * Since: 0.1
 */
enum realm_hash realm_explanation_hash(const struct realm_explanation *explanation);

/**
 * realm_explanation_count() - number of edits that turn the plan into one that gives the RIM
 * @explanation: result
 *
 * Return: the count; 0 when nothing was found or nothing has to change.
 * Since: 0.1
 */
size_t realm_explanation_count(const struct realm_explanation *explanation);

/**
 * realm_explanation_edit() - one edit
 * @explanation: result
 * @index: 0 .. realm_explanation_count() - 1
 * @edit: filled; its sz must be set
 *
 * Return: 0; -EINVAL when there is no such edit or sz is not known.
 * Since: 0.1
 */
int realm_explanation_edit(const struct realm_explanation *explanation, size_t index, struct realm_explain_edit *edit);

/**
 * realm_explanation_tried() - how many plans were measured, once for each family and profile
 * @explanation: result
 *
 * Return: the count.
 * Since: 0.1
 */
uint64_t realm_explanation_tried(const struct realm_explanation *explanation);

/**
 * realm_explanation_unsearched() - what the search did not try, in words
 * @explanation: result
 * @index: 0 and up
 *
 * Return: one line, borrowed until the explanation is freed; NULL past the last.
 * Since: 0.1
 */
const char *realm_explanation_unsearched(const struct realm_explanation *explanation, size_t index);

#endif /* REALM_EXPLAIN_H */
