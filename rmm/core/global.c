/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* global.c - the instance as a whole: versions, configuration, activation, tracking regions, level 1 GPTs */
#include "core.h"

uint64_t rmm_version(uint32_t lowest, uint32_t highest, uint64_t requested, uint64_t *lower, uint64_t *higher)
{
	*higher = highest;
	if (requested >= lowest && requested <= highest) {
		*lower = requested;
		return RMI_SUCCESS;
	}
	*lower = highest;
	return RMI_ERROR_INPUT;
}

uint64_t rmm_config_get(struct rmm *rmm, uint64_t ptr)
{
	static const uint8_t zeros[256];
	uint64_t words[RMI_RMM_CONFIG_RMI_GRANULE_SIZE_OFFSET / 8 + 1] = { 0 };

	if (!rmm_ns_page_usable(rmm, ptr))
		return RMI_ERROR_INPUT;
	for (unsigned at = 0; at < RMI_RMM_CONFIG_SIZE; at += sizeof(zeros))
		if (!rmm_ns_write(rmm, ptr + at, zeros, sizeof(zeros)))
			return RMI_ERROR_INPUT;
	words[RMI_RMM_CONFIG_TRACKING_REGION_SIZE_OFFSET / 8] = rmm->tracking_size;
	words[RMI_RMM_CONFIG_RMI_GRANULE_SIZE_OFFSET / 8] = rmm->granule_size;
	return rmm_ns_write(rmm, ptr, words, sizeof(words)) ? RMI_SUCCESS : RMI_ERROR_INPUT;
}

static uint8_t shift_of(unsigned granule_size)
{
	return (uint8_t)(12 + 2 * granule_size);
}

/* Region sizes are those of blocks: 1 GiB with 4 KiB granules; 32 MiB or 64 GiB; 512 MiB or 4 TiB */
static bool config_valid(const struct rmm *rmm, unsigned granule_size, unsigned tracking_size)
{
	return granule_size <= RMI_GRANULE_SIZE_64KB && (rmm->limits.granules >> granule_size & 1) &&
	       tracking_size <= (granule_size == RMI_GRANULE_SIZE_4KB ? 0 : 1);
}

uint64_t rmm_config_set(struct rmm *rmm, uint64_t ptr)
{
	uint8_t tracking_size, granule_size;

	if (rmm->state != RMM_STATE_INIT)
		return RMI_ERROR_GLOBAL;
	if (!rmm_ns_page_usable(rmm, ptr) ||
	    !rmm_ns_read(rmm, ptr + RMI_RMM_CONFIG_TRACKING_REGION_SIZE_OFFSET, &tracking_size, 1) ||
	    !rmm_ns_read(rmm, ptr + RMI_RMM_CONFIG_RMI_GRANULE_SIZE_OFFSET, &granule_size, 1) ||
	    !config_valid(rmm, granule_size, tracking_size))
		return RMI_ERROR_INPUT;
	rmm->granule_size = granule_size;
	rmm->tracking_size = tracking_size;
	rmm->granule_shift = shift_of(granule_size);
	return RMI_SUCCESS;
}

uint64_t rmm_activate(struct rmm *rmm)
{
	if (rmm->state != RMM_STATE_INIT)
		return RMI_ERROR_GLOBAL;
	rmm->state = RMM_STATE_ACTIVE;
	return RMI_SUCCESS;
}

uint64_t rmm_pa_top(const struct rmm *rmm)
{
	return UINT64_C(1) << (rmm->limits.pps == RMI_PPS_52BITS ? 52 : 48);
}

/* Tracking regions */

uint64_t rmm_tracking_bytes(const struct rmm *rmm)
{
	unsigned stride = rmm->granule_shift - 3;
	unsigned levels = rmm->granule_size == RMI_GRANULE_SIZE_4KB ? 2 : 1 + rmm->tracking_size;

	return UINT64_C(1) << (rmm->granule_shift + stride * levels);
}

/*
 * Which element of an array with one for each unit of memory, bank after bank, stands for pa; -1: in no bank. Banks
 * that have a unit in common share its element.
 */
static int64_t unit_index(const struct rmm *rmm, uint64_t pa, uint64_t unit)
{
	uint64_t first = 0, end = 0;

	for (unsigned i = 0; i < rmm->num_banks; i++) {
		uint64_t top = rmm->banks[i].base + rmm->banks[i].size;
		uint64_t start = rmm->banks[i].base & ~(unit - 1);

		if (start < end)
			first -= (end - start) / unit;
		if (pa >= start && pa < top)
			return (int64_t)(first + (pa - start) / unit);
		end = (top + unit - 1) & ~(unit - 1);
		first += (end - start) / unit;
	}
	return -1;
}

static uint8_t *tracking_region(struct rmm *rmm, uint64_t pa)
{
	int64_t index = unit_index(rmm, pa, rmm_tracking_bytes(rmm));

	return index < 0 ? NULL : &rmm->tracking[index];
}

unsigned rmm_tracking_of(struct rmm *rmm, uint64_t pa)
{
	const uint8_t *region = tracking_region(rmm, pa);

	return region ? *region : RMI_TRACKING_NONE;
}

uint64_t rmm_tracking_get(struct rmm *rmm, uint64_t base, uint64_t top, uint64_t out[3])
{
	uint64_t region = rmm_tracking_bytes(rmm);
	uint64_t next = (base | (region - 1)) + 1;

	if (base >= top || !is_granule_aligned(rmm, base) || !is_granule_aligned(rmm, top) || top > rmm_pa_top(rmm))
		return RMI_ERROR_INPUT;
	while (next < top && rmm_tracking_of(rmm, next) == rmm_tracking_of(rmm, base) &&
	       !rmm->port->irq_pending(rmm->ctx))
		next += region;
	out[0] = RMI_MEM_CATEGORY_CONVENTIONAL;
	out[1] = rmm_tracking_of(rmm, base);
	out[2] = min_u64(next, top);
	return RMI_SUCCESS;
}

/* Level 1 GPTs: four bits a granule, in memory that the host donates */

#define L0_REGION (UINT64_C(1) << RMM_L0GPT_SHIFT)

static uint32_t gpt_l1_granules(const struct rmm *rmm)
{
	uint64_t bytes = L0_REGION >> rmm->granule_shift >> 1;

	return (uint32_t)((bytes + granule_bytes(rmm) - 1) >> rmm->granule_shift);
}

/* The entry of the level 0 GPT for addr, a PA and GPT_L1_VALID; NULL: there is none */
static uint64_t *gpt_l1(struct rmm *rmm, uint64_t addr)
{
	int64_t index = unit_index(rmm, addr, L0_REGION);

	return index < 0 || !is_aligned(addr, L0_REGION) ? NULL : &rmm->gpt_l1[index];
}

void rmm_gpt_l1_create(struct rmm *rmm, const uint64_t args[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS])
{
	const uint64_t *table = gpt_l1(rmm, args[1]);
	struct rmm_op *op;

	if (!table)
		out[0] = RMI_ERROR_INPUT;
	else if (rmm->variant->gpt_l1_present || *table)
		out[0] = RMI_ERROR_GPT;
	else if (!(op = rmm_op_new(rmm, OP_GPT_CREATE, args)))
		out[0] = RMI_BLOCKED;
	else {
		rmm_op_want(op, gpt_l1_granules(rmm), true, true);
		op->can_cancel = true;
		rmm_op_start(rmm, op, out);
	}
}

uint64_t rmm_gpt_l1_finish(struct rmm *rmm, struct rmm_op *op)
{
	uint64_t *table = gpt_l1(rmm, op->args[1]);

	if (*table)
		return RMI_ERROR_GPT;
	*table = op->held[0].pa | GPT_L1_VALID;
	op->num_held = 0;
	return RMI_SUCCESS;
}

/* Is the granule at pa part of a level 1 GPT? */
static bool is_in_gpt_l1(struct rmm *rmm, uint64_t pa)
{
	uint64_t bytes = gpt_l1_granules(rmm) * granule_bytes(rmm);
	const uint64_t *end = (const uint64_t *)(const void *)rmm->granules;

	for (const uint64_t *entry = rmm->gpt_l1; entry < end; entry++)
		if (*entry && pa - (*entry & ~GPT_L1_VALID) < bytes)
			return true;
	return false;
}

/* Is all memory of the unit at base the host's? Level 1 GPTs may be left out. */
static bool unit_is_idle(struct rmm *rmm, uint64_t base, uint64_t unit, bool without_gpts)
{
	for (unsigned i = 0; i < rmm->num_banks; i++) {
		const struct rmm_bank *bank = &rmm->banks[i];
		uint64_t top = min_u64(base + unit, bank->base + bank->size);

		for (uint64_t pa = base > bank->base ? base : bank->base; pa < top; pa += granule_bytes(rmm))
			if (!rmm_granule_is(rmm, pa, GRANULE_NS) && !(without_gpts && is_in_gpt_l1(rmm, pa)))
				return false;
	}
	return true;
}

uint64_t rmm_tracking_set(struct rmm *rmm, uint64_t base, uint64_t category, uint64_t state)
{
	uint8_t *region = tracking_region(rmm, base);

	if (!is_aligned(base, rmm_tracking_bytes(rmm)) || !region || category != RMI_MEM_CATEGORY_CONVENTIONAL ||
	    (state != RMI_TRACKING_NONE && state != RMI_TRACKING_FINE && state != RMI_TRACKING_COARSE))
		return RMI_ERROR_INPUT;
	if (!unit_is_idle(rmm, base, rmm_tracking_bytes(rmm), false))
		return RMI_ERROR_TRACKING;
	*region = (uint8_t)state;
	return RMI_SUCCESS;
}

void rmm_gpt_l1_destroy(struct rmm *rmm, const uint64_t args[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS])
{
	uint64_t *entry = gpt_l1(rmm, args[1]);
	struct rmm_op *op;

	if (!entry)
		out[0] = RMI_ERROR_INPUT;
	else if (!*entry || !unit_is_idle(rmm, args[1], L0_REGION, true))
		out[0] = RMI_ERROR_GPT;
	else if (!(op = rmm_op_new(rmm, OP_GPT_DESTROY, args)))
		out[0] = RMI_BLOCKED;
	else {
		op->undelegated = true;
		op->held[0] = (struct op_block){ *entry & ~GPT_L1_VALID, gpt_l1_granules(rmm) };
		op->num_held = 1;
		*entry = 0;
		rmm_op_end(op, RMI_SUCCESS);
		rmm_op_start(rmm, op, out);
	}
}
