/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * explain-search.c - all variants of a plan, likely ones first, on several threads
 *
 * The search is cut into parts.  A part is one change under one family and profile, alone or with all changes of one kind that may follow it:
 * then the long way up to the second change is gone once.  Parts are taken in order, and the first of those that fit is the
 * answer, so that it does not depend on which thread is faster.
 */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "explain.h"
#include "threads.h"

struct part {
	struct change change;
	size_t pair;
	enum group group; /* of the second change; GROUPS: there is none */
	enum tier tier;   /* of the second change; those of RECs cost so little that all are tried at once */
};

struct search;

struct worker {
	struct search *search;
	struct realm_ctx *ctx; /* for failures that are nobody's business */
	struct chain chains[EXPLAIN_PAIRS];
	pthread_t thread;
	bool started;
};

struct search {
	struct explain *ex;
	struct search_result *result;
	struct family_pair pairs[EXPLAIN_PAIRS];
	size_t num_pairs;
	struct trunk trunks[EXPLAIN_PAIRS]; /* the given plan, where it is possible */
	struct changes singles;
	struct worker *workers; /* [0] is the caller */
	size_t num_workers;
	uint64_t deadline; /* 0: none */

	struct part *parts;
	size_t num_parts;
	uint64_t done_before; /* parts of earlier lists, all of them done */
	atomic_size_t next, done, best;
	atomic_bool stop;
	atomic_size_t tried;
	pthread_mutex_t lock;
	int err;
};

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* ---- one variant ---- */

static void fail_search(struct search *search, int err)
{
	pthread_mutex_lock(&search->lock);
	if (!search->err)
		search->err = err;
	pthread_mutex_unlock(&search->lock);
	atomic_store(&search->stop, true);
}

/* Is there a reason to do nothing more of this part?  The caller's thread tells how far the search is. */
static bool is_over(struct worker *worker, size_t part)
{
	struct search *search = worker->search;
	const struct realm_explain_opts *opts = &search->ex->opts;

	if (worker == search->workers && opts->tried && !atomic_load(&search->stop) &&
	    opts->tried(opts->tried_arg, search->done_before + atomic_load(&search->done),
			search->done_before + search->num_parts))
		fail_search(search, -ECANCELED);
	if (search->deadline && now_ms() >= search->deadline)
		atomic_store(&search->stop, true);
	return atomic_load(&search->stop) || part > atomic_load(&search->best);
}

static bool is_measurable(const struct search *search, size_t pair, const struct realm_plan *plan)
{
	return profile_can(search->pairs[pair].profile, plan->hash, plan->granule) &&
	       explain_digests(search->ex, plan->granule);
}

static bool fits(const struct search *search, const struct chain *chain)
{
	return !memcmp(realm_rim_value(chain->rim), search->ex->rim, REALM_DIGEST_MAX);
}

static void keep_found(struct search *search, size_t part, const struct change *second)
{
	const struct part *first = &search->parts[part];
	struct found *found = &search->result->found;

	pthread_mutex_lock(&search->lock);
	if (part < atomic_load(&search->best)) {
		*found = (struct found){ .yes = true, .pair = search->pairs[first->pair] };
		found->changes[0] = first->change;
		if (second)
			found->changes[1] = *second;
		atomic_store(&search->best, part);
	}
	pthread_mutex_unlock(&search->lock);
}

/* A variant with one change more.  0, -EINVAL when that is no possible plan or one that is not looked at, or -ENOMEM. */
static int make(struct worker *worker, const struct variant *from, const struct change *change, size_t pair,
		struct variant *variant)
{
	int err = variant_copy(variant, from, worker->ctx);

	if (err)
		return err;
	err = change_apply(change, variant);
	if (!err && !is_measurable(worker->search, pair, &variant->plan))
		err = -EINVAL;
	if (err)
		variant_free(variant);
	return err;
}

/* 1 when the change gives the RIM, 0 when it does not, or a negative errno */
static int try_change(struct worker *worker, const struct variant *from, const struct trunk *trunk, size_t pair,
		      const struct change *change)
{
	struct chain *chain = &worker->chains[pair];
	struct variant variant;
	int ret = make(worker, from, change, pair, &variant);

	if (ret)
		return ret == -EINVAL ? 0 : ret;
	ret = chain_run(chain, &variant, trunk, NULL);
	variant_free(&variant);
	if (ret < 0)
		return ret;
	atomic_fetch_add(&worker->search->tried, 1);
	return ret != CHAIN_SAME && fits(worker->search, chain);
}

/* ---- one part ---- */

static const struct trunk *trunk_of(const struct search *search, size_t pair)
{
	return search->trunks[pair].slots ? &search->trunks[pair] : NULL;
}

static bool is_of_part(const struct change *second, const struct part *part)
{
	return change_group(second) == part->group && (part->group == GROUP_RECS || second->tier == part->tier);
}

static int try_seconds(struct worker *worker, size_t number, const struct trunk *trunk)
{
	struct search *search = worker->search;
	const struct part *part = &search->parts[number];
	struct changes changes;
	int ret = changes_list(&changes, search->ex, &trunk->variant);
	size_t i;

	for (i = 0; !ret && i < changes.count && !is_over(worker, number); i++) {
		const struct change *second = &changes.list[i];

		if (!is_of_part(second, part) ||
		    !change_is_before(&part->change, second, &search->ex->given, &trunk->variant))
			continue;
		ret = try_change(worker, &trunk->variant, trunk, part->pair, second);
		if (ret > 0)
			keep_found(search, number, second);
	}
	free(changes.list);
	return ret < 0 ? ret : 0;
}

static int try_pairs(struct worker *worker, size_t number)
{
	struct search *search = worker->search;
	const struct part *part = &search->parts[number];
	struct variant variant;
	struct trunk trunk;
	int ret = make(worker, &search->ex->given, &part->change, part->pair, &variant);

	if (ret)
		return ret == -EINVAL ? 0 : ret;
	ret = trunk_make(&trunk, &worker->chains[part->pair], &variant, trunk_of(search, part->pair));
	if (ret)
		return ret == CHAIN_SAME ? 0 : ret;
	ret = try_seconds(worker, number, &trunk);
	trunk_free(&trunk);
	return ret;
}

static int try_single(struct worker *worker, size_t number)
{
	struct search *search = worker->search;
	const struct part *part = &search->parts[number];
	int ret = try_change(worker, &search->ex->given, trunk_of(search, part->pair), part->pair, &part->change);

	if (ret > 0)
		keep_found(search, number, NULL);
	return ret < 0 ? ret : 0;
}

static void *worker_main(void *arg)
{
	struct worker *worker = arg;
	struct search *search = worker->search;
	size_t number;
	int err;

	while ((number = atomic_fetch_add(&search->next, 1)) < search->num_parts && !is_over(worker, number)) {
		err = search->parts[number].group == GROUPS ? try_single(worker, number) : try_pairs(worker, number);
		if (err)
			fail_search(search, err);
		else if (!is_over(worker, number))
			atomic_fetch_add(&search->done, 1);
	}
	return NULL;
}

/* ---- a list of parts ---- */

/* All parts, or those up to the first that fits; leftp counts those that there was no time for. */
static int run_parts(struct search *search, size_t *countp, size_t *leftp)
{
	size_t i;

	atomic_store(&search->next, 0);
	atomic_store(&search->done, 0);
	for (i = 1; i < search->num_workers; i++)
		search->workers[i].started = thread_start(&search->workers[i].thread, worker_main, &search->workers[i]);
	worker_main(&search->workers[0]);
	for (i = 1; i < search->num_workers; i++)
		if (search->workers[i].started)
			pthread_join(search->workers[i].thread, NULL);
	*countp += search->num_parts;
	*leftp += search->num_parts - atomic_load(&search->done);
	search->done_before += search->num_parts;
	return search->err;
}

static void add_parts(struct search *search, const struct change *change, enum group group, enum tier tier)
{
	size_t pair;

	for (pair = 0; pair < search->num_pairs; pair++)
		search->parts[search->num_parts++] =
			(struct part){ .change = *change, .pair = pair, .group = group, .tier = tier };
}

static int new_parts(struct search *search, size_t per_change)
{
	free(search->parts);
	search->num_parts = 0;
	search->parts = calloc(search->singles.count * search->num_pairs * per_change + 1, sizeof(*search->parts));
	return search->parts ? 0 : -ENOMEM;
}

static bool goes_on(const struct search *search)
{
	return !search->result->found.yes && !atomic_load(&search->stop);
}

/* granule: those of other sizes of granules, which need their own digests, or all others */
static int run_singles(struct search *search, bool granule)
{
	size_t i;
	int err = new_parts(search, 1);

	for (i = 0; !err && i < search->singles.count; i++)
		if ((search->singles.list[i].kind == CHANGE_GRANULE) == granule)
			add_parts(search, &search->singles.list[i], GROUPS, TIER_OFTEN);
	return err ? err : run_parts(search, &search->result->singles, &search->result->singles_left);
}

/* The parts of one group whose changes are so likely together: the sum of their tiers. */
static void add_pairs(struct search *search, enum group group, int sum)
{
	int most = group == GROUP_RECS ? TIER_OFTEN : TIERS - 1, tier;
	size_t i;

	for (i = 0; i < search->singles.count; i++) {
		tier = sum - (int)search->singles.list[i].tier;
		if (tier >= 0 && tier <= most && change_group(&search->singles.list[i]) >= group)
			add_parts(search, &search->singles.list[i], group, (enum tier)tier);
	}
}

/* The more likely both changes are, the earlier; and of those the cheap ones first. */
static int run_pairs(struct search *search)
{
	int sum, group, err = new_parts(search, TIERS * GROUPS);

	for (sum = 0; !err && sum <= 2 * (TIERS - 1); sum++)
		for (group = 0; group < GROUPS; group++)
			add_pairs(search, (enum group)group, sum);
	return err ? err : run_parts(search, &search->result->pairs, &search->result->pairs_left);
}

/* The digests for other sizes of granules, where the plan is possible with them. */
static int make_digests(struct search *search)
{
	struct explain *ex = search->ex;
	size_t i, made = 1;
	int err = 0;

	for (i = 0; !err && i < search->singles.count; i++) {
		const struct change *change = &search->singles.list[i];
		struct variant variant;

		if (change->kind != CHANGE_GRANULE)
			continue;
		err = variant_copy(&variant, &ex->given, search->workers[0].ctx);
		if (err)
			return err;
		err = change_apply(change, &variant);
		variant_free(&variant);
		if (!err)
			err = digests_make(&ex->digests[made++], &ex->given, (uint32_t)change->value, &ex->work);
		else if (err == -EINVAL)
			err = 0;
	}
	return err;
}

/* ---- the whole ---- */

/* The first family of all is like the second, but for loads that are not measured. */
static void choose_pairs(struct search *search)
{
	memcpy(search->pairs, family_pairs, sizeof(family_pairs));
	search->num_pairs = FAMILY_PAIRS;
	if (has_unmeasured_load(&search->ex->given.plan))
		search->pairs[search->num_pairs++] =
			(struct family_pair){ REALM_FAMILY_RME_RFC, REALM_PROFILE_RMM_1_0 };
}

static int worker_open(struct search *search, struct worker *worker)
{
	const struct realm_plan *plan = &search->ex->given.plan;
	size_t i;
	int err = realm_ctx_new(&worker->ctx);

	worker->search = search;
	for (i = 0; !err && i < search->num_pairs; i++) {
		worker->chains[i] = (struct chain){ .ex = search->ex, .pair = search->pairs[i] };
		if (profile_can(search->pairs[i].profile, plan->hash, 4096))
			err = realm_rim_new(worker->ctx, search->pairs[i].profile, plan->hash, &worker->chains[i].rim);
	}
	return err;
}

static void worker_close(struct worker *worker)
{
	size_t i;

	for (i = 0; i < EXPLAIN_PAIRS; i++)
		realm_rim_free(worker->chains[i].rim);
	realm_ctx_free(worker->ctx);
}

static int open_workers(struct search *search)
{
	size_t wanted = threads_wanted(search->ex->work.threads);
	int err = 0;

	search->workers = calloc(wanted, sizeof(*search->workers));
	if (!search->workers)
		return -ENOMEM;
	while (!err && search->num_workers < wanted)
		err = worker_open(search, &search->workers[search->num_workers++]);
	return err;
}

/* The plan as it is, under each family and profile. */
static int measure_given(struct search *search)
{
	struct search_result *result = search->result;
	struct variant variant;
	size_t i;
	int err = 0;

	for (i = 0; !err && i < search->num_pairs && !result->found.yes; i++) {
		struct chain *chain = &search->workers[0].chains[i];

		if (!is_measurable(search, i, &search->ex->given.plan))
			continue;
		err = variant_copy(&variant, &search->ex->given, search->workers[0].ctx);
		if (!err)
			err = trunk_make(&search->trunks[i], chain, &variant, NULL);
		if (err)
			break;
		atomic_fetch_add(&search->tried, 1);
		if (fits(search, chain))
			result->found = (struct found){ .yes = true, .pair = search->pairs[i] };
	}
	return err;
}

static void set_deadline(struct search *search, uint64_t start, unsigned int seconds)
{
	search->deadline = seconds ? start + UINT64_C(1000) * seconds : 0;
}

static int search_all(struct search *search, uint64_t start)
{
	unsigned int limit = search->ex->opts.limit;
	int err = open_workers(search);

	set_deadline(search, start, limit);
	if (!err)
		err = measure_given(search);
	if (!err && goes_on(search))
		err = changes_list(&search->singles, search->ex, &search->ex->given);
	if (!err && goes_on(search))
		err = run_singles(search, false);
	if (!err && goes_on(search))
		err = make_digests(search);
	if (!err && goes_on(search))
		err = run_singles(search, true);
	set_deadline(search, start, limit ? limit : REALM_EXPLAIN_LIMIT);
	if (!err && !search->result->found.yes)
		err = run_pairs(search);
	return err;
}

int explain_search(struct explain *ex, struct search_result *result)
{
	struct search search = { .ex = ex, .result = result, .best = SIZE_MAX };
	uint64_t start = now_ms();
	size_t i;
	int err;

	*result = (struct search_result){ 0 };
	pthread_mutex_init(&search.lock, NULL);
	choose_pairs(&search);
	err = search_all(&search, start);
	result->tried = atomic_load(&search.tried);
	for (i = 0; i < search.num_workers; i++)
		worker_close(&search.workers[i]);
	for (i = 0; i < EXPLAIN_PAIRS; i++)
		trunk_free(&search.trunks[i]);
	free(search.workers);
	free(search.parts);
	free(search.singles.list);
	pthread_mutex_destroy(&search.lock);
	return err;
}
