/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* plan.c - what a realm is made of: parameters, RAM and RECs (loads are in plan-load.c) */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "plan.h"
#include "rmi.h"

#define MPIDR_MASK                                                                                                     \
	(RMI_REC_MPIDR_AFF0_MASK | RMI_REC_MPIDR_AFF1_MASK | RMI_REC_MPIDR_AFF2_MASK | RMI_REC_MPIDR_AFF3_MASK)

int realm_plan_new(struct realm_ctx *ctx, struct realm_plan **planp)
{
	struct realm_plan *plan;

	if (!ctx || !planp)
		return -EINVAL;
	plan = calloc(1, sizeof(*plan));
	if (!plan)
		return realm_fail_nomem(ctx);
	*plan = (struct realm_plan){
		.ctx = ctx,
		.hash = REALM_HASH_SHA256,
		.granule = 4096,
		.breakpoints = 2,
		.watchpoints = 2,
		.pmu_counters = -1,
	};
	*planp = plan;
	return 0;
}

void realm_plan_free(struct realm_plan *plan)
{
	size_t i;

	if (!plan)
		return;
	for (i = 0; i < plan->num_loads; i++)
		load_free(&plan->loads[i]);
	free(plan->loads);
	free(plan->rams);
	free(plan->recs);
	free(plan->name);
	free(plan);
}

void *grow_array(void *items, size_t count, size_t size)
{
	if (count >= INT_MAX) /* the index is returned as an int */
		return NULL;
	/* Room doubles when the count reaches a power of two; twice what is allocated fits a size_t. */
	if (count & (count - 1))
		return items;
	return realloc(items, (count ? 2 * count : 1) * size);
}

/* ---- parameters ---- */

int realm_plan_set_name(struct realm_plan *plan, const char *name)
{
	char *copy = NULL;

	if (!plan)
		return -EINVAL;
	if (name && !(copy = strdup(name)))
		return realm_fail_nomem(plan->ctx);
	free(plan->name);
	plan->name = copy;
	return 0;
}

const char *realm_plan_name(const struct realm_plan *plan)
{
	return plan ? plan->name : NULL;
}

int realm_plan_set_ipa_bits(struct realm_plan *plan, unsigned int bits)
{
	if (!plan)
		return -EINVAL;
	if (bits < 32 || bits > 52)
		return realm_fail(plan->ctx, EINVAL, "$.ipa_bits", NULL, "%u is not 32 to 52", bits);
	plan->ipa_bits = bits;
	return 0;
}

unsigned int realm_plan_ipa_bits(const struct realm_plan *plan)
{
	return plan ? plan->ipa_bits : 0;
}

int realm_plan_set_hash(struct realm_plan *plan, enum realm_hash hash)
{
	if (!plan)
		return -EINVAL;
	if (!realm_hash_size(hash))
		return realm_fail(plan->ctx, EINVAL, "$.hash", NULL, "unknown algorithm %d", (int)hash);
	plan->hash = hash;
	return 0;
}

enum realm_hash realm_plan_hash(const struct realm_plan *plan)
{
	return plan ? plan->hash : REALM_HASH_SHA256;
}

int realm_plan_set_rpv(struct realm_plan *plan, const void *rpv, size_t len)
{
	if (!plan || (!rpv && len))
		return -EINVAL;
	if (len > REALM_RPV_SIZE)
		return realm_fail(plan->ctx, EINVAL, "$.rpv", NULL, "%zu bytes, at most %d fit", len, REALM_RPV_SIZE);
	if (len)
		memmove(plan->rpv, rpv, len); /* may be what realm_plan_rpv() gave */
	memset(plan->rpv + len, 0, sizeof(plan->rpv) - len);
	return 0;
}

const uint8_t *realm_plan_rpv(const struct realm_plan *plan)
{
	return plan ? plan->rpv : NULL;
}

int realm_plan_set_granule(struct realm_plan *plan, uint32_t bytes)
{
	if (!plan)
		return -EINVAL;
	if (bytes != 4096 && bytes != 16384 && bytes != 65536)
		return realm_fail(plan->ctx, EINVAL, "$.granule", NULL, "%lu is not 4096, 16384 or 65536",
				  (unsigned long)bytes);
	plan->granule = bytes;
	return 0;
}

uint32_t realm_plan_granule(const struct realm_plan *plan)
{
	return plan ? plan->granule : 0;
}

int realm_plan_set_lpa2(struct realm_plan *plan, int on)
{
	if (!plan)
		return -EINVAL;
	if (on != 0 && on != 1)
		return realm_fail(plan->ctx, EINVAL, "$.lpa2", NULL, "%d is not 0 or 1", on);
	plan->lpa2 = on;
	return 0;
}

int realm_plan_lpa2(const struct realm_plan *plan)
{
	return plan && plan->lpa2;
}

int realm_plan_set_sve_bits(struct realm_plan *plan, unsigned int bits)
{
	if (!plan)
		return -EINVAL;
	if (bits % 128 || bits > 2048)
		return realm_fail(plan->ctx, EINVAL, "$.sve_bits", "write 0 for no SVE",
				  "%u is not a multiple of 128 up to 2048", bits);
	plan->sve_bits = bits;
	return 0;
}

unsigned int realm_plan_sve_bits(const struct realm_plan *plan)
{
	return plan ? plan->sve_bits : 0;
}

/* Both kinds of debug register: the RMI field is the count minus one, and 0 is reserved. */
static int set_debug_count(struct realm_plan *plan, const char *where, unsigned int count, unsigned int *fieldp)
{
	if (count < 2 || count > 16)
		return realm_fail(plan->ctx, EINVAL, where, NULL, "%u is not 2 to 16", count);
	*fieldp = count;
	return 0;
}

int realm_plan_set_breakpoints(struct realm_plan *plan, unsigned int count)
{
	return plan ? set_debug_count(plan, "$.breakpoints", count, &plan->breakpoints) : -EINVAL;
}

unsigned int realm_plan_breakpoints(const struct realm_plan *plan)
{
	return plan ? plan->breakpoints : 0;
}

int realm_plan_set_watchpoints(struct realm_plan *plan, unsigned int count)
{
	return plan ? set_debug_count(plan, "$.watchpoints", count, &plan->watchpoints) : -EINVAL;
}

unsigned int realm_plan_watchpoints(const struct realm_plan *plan)
{
	return plan ? plan->watchpoints : 0;
}

int realm_plan_set_pmu_counters(struct realm_plan *plan, int count)
{
	if (!plan)
		return -EINVAL;
	if (count < -1 || count > 31)
		return realm_fail(plan->ctx, EINVAL, "$.pmu_counters", NULL, "%d is not 0 to 31", count);
	plan->pmu_counters = count;
	return 0;
}

int realm_plan_pmu_counters(const struct realm_plan *plan)
{
	return plan ? plan->pmu_counters : -1;
}

int realm_plan_set_flags(struct realm_plan *plan, uint64_t flags)
{
	if (!plan)
		return -EINVAL;
	plan->flags = flags;
	return 0;
}

uint64_t realm_plan_flags(const struct realm_plan *plan)
{
	return plan ? plan->flags : 0;
}

/* ---- RAM ---- */

int realm_plan_add_ram(struct realm_plan *plan, uint64_t base, uint64_t size)
{
	struct ram *rams;

	if (!plan)
		return -EINVAL;
	rams = grow_array(plan->rams, plan->num_rams, sizeof(*rams));
	if (!rams)
		return realm_fail_nomem(plan->ctx);
	plan->rams = rams;
	rams[plan->num_rams] = (struct ram){ .base = base, .size = size, .slot = (uint32_t)plan->num_rams };
	return (int)plan->num_rams++;
}

size_t realm_plan_ram_count(const struct realm_plan *plan)
{
	return plan ? plan->num_rams : 0;
}

int realm_plan_ram(const struct realm_plan *plan, size_t index, uint64_t *basep, uint64_t *sizep)
{
	if (!plan || !basep || !sizep || index >= plan->num_rams)
		return -EINVAL;
	*basep = plan->rams[index].base;
	*sizep = plan->rams[index].size;
	return 0;
}

/* ---- RECs ---- */

uint64_t kvm_mpidr(size_t index)
{
	return rmi_rec_mpidr_set_aff0(0, index) | rmi_rec_mpidr_set_aff1(0, index >> 4) |
	       rmi_rec_mpidr_set_aff2(0, index >> 12);
}

int realm_plan_add_rec(struct realm_plan *plan, uint64_t pc, const uint64_t *gprs, size_t count)
{
	struct rec *recs, *rec;

	if (!plan || (!gprs && count))
		return -EINVAL;
	if (count > REALM_REC_GPRS)
		return fail_item(plan, EINVAL, "recs", plan->num_recs, "gprs", "%zu registers, at most %d can be set",
				 count, REALM_REC_GPRS);
	if (plan->num_recs >= PLAN_RECS_MAX)
		return realm_fail(plan->ctx, EINVAL, "$.recs", NULL, "more than %u RECs have no MPIDR", PLAN_RECS_MAX);
	recs = grow_array(plan->recs, plan->num_recs, sizeof(*recs));
	if (!recs)
		return realm_fail_nomem(plan->ctx);
	plan->recs = recs;
	rec = &recs[plan->num_recs];
	*rec = (struct rec){ .pc = pc, .mpidr = kvm_mpidr(plan->num_recs), .runnable = !plan->num_recs };
	if (count)
		memcpy(rec->gprs, gprs, count * sizeof(*gprs));
	return (int)plan->num_recs++;
}

static int fail_rec_index(const struct realm_plan *plan, size_t index)
{
	return realm_fail(plan->ctx, EINVAL, "index", NULL, "there is no REC %zu, only %zu", index, plan->num_recs);
}

int realm_plan_set_rec_runnable(struct realm_plan *plan, size_t index, int on)
{
	if (!plan)
		return -EINVAL;
	if (index >= plan->num_recs)
		return fail_rec_index(plan, index);
	if (on != 0 && on != 1)
		return fail_item(plan, EINVAL, "recs", index, "runnable", "%d is not 0 or 1", on);
	plan->recs[index].runnable = on;
	return 0;
}

int realm_plan_set_rec_mpidr(struct realm_plan *plan, size_t index, uint64_t mpidr)
{
	if (!plan)
		return -EINVAL;
	if (index >= plan->num_recs)
		return fail_rec_index(plan, index);
	if (mpidr & ~MPIDR_MASK)
		return fail_item(plan, EINVAL, "recs", index, "mpidr", "0x%llx has bits outside 0x%llx",
				 (unsigned long long)mpidr, (unsigned long long)MPIDR_MASK);
	plan->recs[index].mpidr = mpidr;
	return 0;
}

size_t realm_plan_rec_count(const struct realm_plan *plan)
{
	return plan ? plan->num_recs : 0;
}

int realm_plan_rec(const struct realm_plan *plan, size_t index, struct realm_rec_info *info)
{
	struct realm_rec_info known = { .sz = sizeof(known) };
	const struct rec *rec;

	if (!plan || index >= plan->num_recs)
		return -EINVAL;
	rec = &plan->recs[index];
	known.pc = rec->pc;
	memcpy(known.gprs, rec->gprs, sizeof(known.gprs));
	known.mpidr = rec->mpidr;
	known.runnable = rec->runnable;
	return realm_give(info, &known, sizeof(known));
}
