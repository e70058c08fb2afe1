/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * explain-chain.c - the RIM of a variant, from where it leaves one that is known
 *
 * The chain has a head (all before the loads), a link for each load, and a tail (all after them).  The tail is short and is always computed.
 */
#include <stdlib.h>
#include <string.h>

#include "explain.h"

/* ---- what two variants have in common ---- */

static bool same_parameters(const struct realm_plan *a, const struct realm_plan *b)
{
	return a->ipa_bits == b->ipa_bits && a->lpa2 == b->lpa2 && a->sve_bits == b->sve_bits &&
	       a->breakpoints == b->breakpoints && a->watchpoints == b->watchpoints &&
	       a->pmu_counters == b->pmu_counters && a->flags == b->flags;
}

static bool same_ram(const struct realm_plan *a, const struct realm_plan *b)
{
	size_t i;

	for (i = 0; i < a->num_rams; i++)
		if (a->rams[i].base != b->rams[i].base || a->rams[i].size != b->rams[i].size)
			return false;
	return true;
}

/* Only an RMM 1.0 measures RAM, and one of the profiles not even the parameters. */
static bool same_head(const struct chain *chain, const struct realm_plan *a, const struct realm_plan *b)
{
	if (chain->pair.profile == REALM_PROFILE_RMM_2_0)
		return true;
	return same_parameters(a, b) && (chain->pair.profile != REALM_PROFILE_RMM_1_0 || same_ram(a, b));
}

static bool is_measured(const struct chain *chain, const struct load *load)
{
	return family_measures_all(chain->pair.family) || !(load->flags & REALM_LOAD_UNMEASURED);
}

static bool same_load(const struct chain *chain, const struct variant *a, const struct variant *b, size_t i)
{
	const struct load *x = &a->plan.loads[i], *y = &b->plan.loads[i];

	return a->origins[i] == b->origins[i] && x->at == y->at && x->length == y->length &&
	       is_measured(chain, x) == is_measured(chain, y);
}

static bool same_rec(const struct realm_plan *a, const struct realm_plan *b, size_t i)
{
	const struct rec *x = i < a->num_recs ? &a->recs[i] : NULL, *y = i < b->num_recs ? &b->recs[i] : NULL;
	bool runs = x && x->runnable;

	if (runs != (y && y->runnable))
		return false;
	return !runs || (x->pc == y->pc && !memcmp(x->gprs, y->gprs, sizeof(x->gprs)));
}

static bool same_tail(const struct realm_plan *a, const struct realm_plan *b)
{
	size_t count = a->num_recs > b->num_recs ? a->num_recs : b->num_recs, i;

	for (i = 0; i < count; i++)
		if (!same_rec(a, b, i))
			return false;
	return true;
}

/* Parts of the chain that are the trunk's: 0, or the head and so many loads less one; SIZE_MAX for all. */
static size_t common_parts(const struct chain *chain, const struct variant *variant, const struct trunk *trunk)
{
	const struct realm_plan *a = &variant->plan, *b;
	size_t i;

	if (!trunk || trunk->variant.plan.granule != a->granule)
		return 0;
	b = &trunk->variant.plan;
	if (!same_head(chain, a, b))
		return 0;
	for (i = 0; i < a->num_loads && i < b->num_loads; i++)
		if (!same_load(chain, variant, &trunk->variant, i))
			return 1 + i;
	return a->num_loads == b->num_loads && same_tail(a, b) ? SIZE_MAX : 1 + i;
}

/* ---- links ---- */

static int extend_load(struct chain *chain, const struct variant *variant, size_t i)
{
	const struct realm_plan *plan = &variant->plan;
	const struct digests *digests = explain_digests(chain->ex, plan->granule);
	const struct load *load = &plan->loads[i];
	size_t origin = variant->origins[i];
	const uint8_t(*digest)[REALM_DIGEST_MAX] =
		origin == ADDED ? NULL : (const uint8_t(*)[REALM_DIGEST_MAX])digests->slots + digests->starts[origin];
	struct granule granule = { .ipa = load_base(plan, load), .measured = is_measured(chain, load) };
	struct realm_event event;
	int err = 0;

	for (; !err && granule.ipa < load_top(plan, load); granule.ipa += plan->granule) {
		granule.digest = digest ? *digest++ : digests->zero;
		event_from_granule(&event, &granule);
		err = realm_rim_extend(chain->rim, &event);
	}
	return err;
}

/* The head or the tail: extended, or only passed by. */
static int walk_part(struct chain *chain, struct walk *walk, bool extend)
{
	struct realm_event event;
	int err = 0;

	while (!err && walk_next(walk, &event) == 1)
		if (extend)
			err = realm_rim_extend(chain->rim, &event);
	return err;
}

static void keep(struct chain *chain, uint8_t (*slots)[REALM_DIGEST_MAX], size_t i)
{
	if (slots)
		memcpy(slots[i], realm_rim_value(chain->rim), REALM_DIGEST_MAX);
}

static int run(struct chain *chain, struct walk *walk, const struct variant *variant, size_t done,
	       uint8_t (*slots)[REALM_DIGEST_MAX])
{
	size_t i;
	int err = walk_part(chain, walk, !done);

	if (!done)
		keep(chain, slots, 0);
	for (i = done ? done - 1 : 0; !err && i < variant->plan.num_loads; i++) {
		err = extend_load(chain, variant, i);
		keep(chain, slots, i + 1);
	}
	return err ? err : walk_part(chain, walk, true);
}

int chain_run(struct chain *chain, const struct variant *variant, const struct trunk *trunk,
	      uint8_t (*slots)[REALM_DIGEST_MAX])
{
	struct realm_plan plan = variant->plan;
	size_t done = common_parts(chain, variant, trunk);
	struct walk walk;
	int err;

	if (done == SIZE_MAX)
		return CHAIN_SAME;
	if (slots && done)
		memcpy(slots, trunk->slots, done * sizeof(*slots));
	rim_resume(chain->rim, done ? trunk->slots[done - 1] : NULL);
	err = walk_init(&walk, &plan, chain->pair.family);
	if (err)
		return err;
	err = run(chain, &walk, variant, done, slots);
	walk_free(&walk);
	return err;
}

/* ---- trunks ---- */

int trunk_make(struct trunk *trunk, struct chain *chain, struct variant *variant, const struct trunk *from)
{
	int ret = -ENOMEM;

	trunk->variant = *variant;
	*variant = (struct variant){ 0 };
	trunk->slots = calloc(trunk->variant.plan.num_loads + 1, sizeof(*trunk->slots));
	if (trunk->slots)
		ret = chain_run(chain, &trunk->variant, from, trunk->slots);
	if (ret)
		trunk_free(trunk);
	return ret;
}

void trunk_free(struct trunk *trunk)
{
	variant_free(&trunk->variant);
	free(trunk->slots);
	*trunk = (struct trunk){ 0 };
}
