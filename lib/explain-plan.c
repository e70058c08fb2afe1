/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* explain-plan.c - the plan whose RIM is to be explained, what its loads hold, and plans that are near it */
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "image.h"

/* ---- variants ---- */

static void *copy_list(const void *list, size_t count, size_t size)
{
	void *copy = calloc(count + 1, size); /* room for one more */

	if (copy && count)
		memcpy(copy, list, count * size);
	return copy;
}

int variant_copy(struct variant *to, const struct variant *from, struct realm_ctx *ctx)
{
	const struct realm_plan *plan = &from->plan;

	to->plan = *plan;
	to->plan.ctx = ctx;
	to->plan.rams = copy_list(plan->rams, plan->num_rams, sizeof(*plan->rams));
	to->plan.loads = copy_list(plan->loads, plan->num_loads, sizeof(*plan->loads));
	to->plan.recs = copy_list(plan->recs, plan->num_recs, sizeof(*plan->recs));
	to->origins = copy_list(from->origins, plan->num_loads, sizeof(*from->origins));
	if (to->plan.rams && to->plan.loads && to->plan.recs && to->origins)
		return 0;
	variant_free(to);
	return -ENOMEM;
}

void variant_free(struct variant *variant)
{
	free(variant->plan.rams);
	free(variant->plan.loads);
	free(variant->plan.recs);
	free(variant->origins);
	*variant = (struct variant){ 0 };
}

int variant_add_zero(struct variant *variant, size_t i, uint64_t at, uint64_t size)
{
	struct realm_plan *plan = &variant->plan;
	struct load *loads = realloc(plan->loads, (plan->num_loads + 1) * sizeof(*loads));
	size_t *origins;

	if (loads)
		plan->loads = loads;
	origins = realloc(variant->origins, (plan->num_loads + 1) * sizeof(*origins));
	if (origins)
		variant->origins = origins;
	if (!loads || !origins)
		return -ENOMEM;
	loads[plan->num_loads] =
		(struct load){ .kind = REALM_LOAD_ZERO, .at = at, .size = size, .length = size, .fd = -1 };
	origins[plan->num_loads] = ADDED;
	plan->num_loads++;
	variant_move_load(variant, plan->num_loads - 1, i + 1);
	return 0;
}

void variant_drop_load(struct variant *variant, size_t i)
{
	variant_move_load(variant, i, variant->plan.num_loads - 1);
	variant->plan.num_loads--;
}

/* One item of a list goes to another place, those between make room. */
static void move_item(void *list, size_t size, void *item, size_t from, size_t to)
{
	char *bytes = list;

	memcpy(item, bytes + from * size, size);
	if (from < to)
		memmove(bytes + from * size, bytes + (from + 1) * size, (to - from) * size);
	else
		memmove(bytes + (to + 1) * size, bytes + to * size, (from - to) * size);
	memcpy(bytes + to * size, item, size);
}

void variant_move_load(struct variant *variant, size_t from, size_t to)
{
	struct load load;
	size_t origin;

	move_item(variant->plan.loads, sizeof(load), &load, from, to);
	move_item(variant->origins, sizeof(origin), &origin, from, to);
}

/* ---- digests ---- */

/* Where the digests of each load start; their number, or 0 when they cannot be addressed. */
static size_t lay_out(struct digests *digests, const struct realm_plan *plan)
{
	uint64_t count = 0;
	size_t i;

	for (i = 0; i < plan->num_loads; i++) {
		digests->starts[i] = (size_t)count;
		count += (load_top(plan, &plan->loads[i]) - load_base(plan, &plan->loads[i])) / plan->granule;
	}
	digests->starts[i] = (size_t)count;
	return count < SIZE_MAX / REALM_DIGEST_MAX ? (size_t)count + 1 : 0;
}

static int fill(struct digests *digests, struct realm_plan *plan, const struct realm_work_opts *work)
{
	struct granules *granules;
	struct granule granule;
	size_t count = 0;
	int ret = granules_open(plan, true, work, &granules);

	if (ret)
		return ret;
	while ((ret = granules_next(granules, &granule)) > 0)
		memcpy(digests->slots[count++], granule.digest, REALM_DIGEST_MAX);
	granules_close(granules);
	return ret;
}

static int hash_zeros(struct digests *digests, enum realm_hash hash)
{
	uint8_t *zeros = calloc(1, digests->granule);
	int err = zeros ? realm_digest(hash, zeros, digests->granule, digests->zero) : -ENOMEM;

	free(zeros);
	return err;
}

int digests_make(struct digests *digests, const struct variant *given, uint32_t granule,
		 const struct realm_work_opts *work)
{
	struct realm_plan plan = given->plan;
	size_t count;
	int err;

	plan.granule = granule;
	digests->granule = granule;
	digests->starts = calloc(plan.num_loads + 1, sizeof(*digests->starts));
	count = digests->starts ? lay_out(digests, &plan) : 0;
	digests->slots = count ? malloc(count * sizeof(*digests->slots)) : NULL;
	if (!digests->slots || hash_zeros(digests, plan.hash))
		return realm_fail_nomem(plan.ctx);
	err = fill(digests, &plan, work);
	return err;
}

void digests_free(struct digests *digests)
{
	free(digests->slots);
	free(digests->starts);
}

const struct digests *explain_digests(const struct explain *ex, uint32_t granule)
{
	size_t i;

	for (i = 0; i < GRANULE_SIZES; i++)
		if (ex->digests[i].granule == granule)
			return &ex->digests[i];
	return NULL;
}

/* ---- contents ---- */

static uint64_t count_zeros(const struct digests *digests, size_t load)
{
	size_t end = digests->starts[load + 1], i = end;

	while (i > digests->starts[load] && !memcmp(digests->slots[i - 1], digests->zero, REALM_DIGEST_MAX))
		i--;
	return end - i;
}

static int read_head(struct content *content, const struct load *load, struct realm_ctx *quiet)
{
	uint8_t head[IMAGE_HEAD] = { 0 };
	struct image image;
	struct source src;
	int err = source_open(load, &src);

	if (!err)
		err = source_read(&src, 0, head, load->length < sizeof(head) ? load->length : sizeof(head));
	source_close(&src);
	if (err)
		return err;
	content->is_dtb = dtb_has_magic(head);
	if (content->is_dtb)
		return 0;
	err = image_parse(quiet, "load", head, load->length, &image);
	content->is_image = !err;
	if (!err) {
		content->text_offset = image.text_offset;
		content->span = image.span;
	}
	return err == -ENOMEM ? err : 0;
}

/* What is no Image is no failure, and not said. */
int explain_read_contents(struct explain *ex)
{
	const struct realm_plan *plan = &ex->given.plan;
	const struct digests *digests = explain_digests(ex, plan->granule);
	struct realm_ctx *quiet;
	size_t i;
	int err = realm_ctx_new(&quiet);

	if (err)
		return realm_fail_nomem(ex->ctx);
	ex->contents = calloc(plan->num_loads + 1, sizeof(*ex->contents));
	if (!ex->contents)
		err = -ENOMEM;
	for (i = 0; !err && i < plan->num_loads; i++) {
		ex->contents[i].zeros = count_zeros(digests, i);
		err = read_head(&ex->contents[i], &plan->loads[i], quiet);
	}
	realm_ctx_free(quiet);
	if (err == -ENOMEM)
		return realm_fail_nomem(ex->ctx);
	return err ? realm_fail(ex->ctx, -err, "load", "leave inputs alone while they are read",
				"the start of $.load[%zu] cannot be read", i - 1)
		   : 0;
}
