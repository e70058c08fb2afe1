/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmm.c - an instance and the region of memory that it is laid out in */
#include "core.h"

_Static_assert(sizeof(struct rd) <= PAGE_4K && sizeof(struct rec) <= PAGE_4K, "objects fit the smallest granule");

static uint64_t total_units(const struct rmm_config *config, unsigned shift)
{
	uint64_t unit = UINT64_C(1) << shift;
	uint64_t total = 0;

	for (unsigned i = 0; i < config->num_banks; i++) {
		uint64_t base = config->banks[i].base & ~(unit - 1);
		uint64_t end = config->banks[i].base + config->banks[i].size;

		total += (end - base + unit - 1) >> shift;
	}
	return total;
}

#define TRACKING_SHIFT_MIN 25	/* the smallest tracking regions: 32 MiB, with granules of 16 KiB */

/* The arrays of an instance follow it; those of words come first. */
struct region {
	size_t ops, gpt_l1, granules, tracking, end;
};

static struct region region_layout(const struct rmm_config *config)
{
	struct region region;

	region.ops = (sizeof(struct rmm) + 7) & ~(size_t)7;
	region.gpt_l1 = region.ops + config->num_cpus * RMM_OPS_PER_CPU * sizeof(struct rmm_op);
	region.granules = region.gpt_l1 + total_units(config, RMM_L0GPT_SHIFT) * sizeof(uint64_t);
	region.tracking = region.granules + total_units(config, 12);
	region.end = region.tracking + total_units(config, TRACKING_SHIFT_MIN);
	return region;
}

size_t rmm_region_size(const struct rmm_config *config)
{
	return region_layout(config).end;
}

static bool banks_valid(const struct rmm_config *config)
{
	const uint64_t granule = UINT64_C(0x10000);
	uint64_t free = 0;

	for (unsigned i = 0; i < config->num_banks; i++) {
		const struct rmm_bank *bank = &config->banks[i];
		uint64_t end = bank->base + bank->size;

		if (!is_aligned(bank->base, granule) || !is_aligned(bank->size, granule) || !bank->size ||
		    bank->base < free || end < bank->base || end > UINT64_C(1) << 52)
			return false;
		free = end;
	}
	return config->num_banks && config->num_banks <= RMM_BANKS_MAX;
}

/* Do they fit the feature registers, and the parameters of a realm? */
static bool limits_valid(const struct rmm_limits *limits)
{
	return limits->ipa_bits >= 32 && limits->ipa_bits <= 52 && limits->granules & 1 << RMI_GRANULE_SIZE_4KB &&
	       limits->granules < 8 && limits->hashes && limits->hashes < 8 &&
	       !(limits->hashes_told & ~limits->hashes) &&
	       (limits->pps == RMI_PPS_48BITS || limits->pps == RMI_PPS_52BITS) &&
	       (limits->gicv3_vtr & 0x1f) < RMM_LRS &&
	       limits->max_recs_order < 16 && limits->max_vdevs_order < 16 &&
	       limits->aux_planes <= RMI_REALM_PARAMS_AUX_RTT_BASE_COUNT && limits->rtt_plane <= RMI_RTT_PLANE_SINGLE &&
	       limits->sve_vl < 16 && limits->num_bps < 64 && limits->num_wps < 64 && limits->pmu_num_ctrs < 32;
}

struct rmm *rmm_init(const struct rmm_config *config, void *memory)
{
	struct rmm *rmm = memory;
	uint8_t *bytes = memory;
	const struct rmm_limits *limits = config->limits ? config->limits : &config->variant->limits;
	struct region region;

	if (!banks_valid(config) || !limits_valid(limits) || !config->num_cpus || !is_aligned((uintptr_t)memory, 8))
		return NULL;
	region = region_layout(config);
	mem_set(memory, 0, region.end);
	rmm->variant = config->variant;
	rmm->port = config->port;
	rmm->ctx = config->ctx;
	mem_copy(&rmm->limits, limits, sizeof(rmm->limits));
	mem_copy(rmm->banks, config->banks, config->num_banks * sizeof(rmm->banks[0]));
	rmm->num_banks = config->num_banks;
	rmm->granule_shift = 12;
	rmm->num_ops = config->num_cpus * RMM_OPS_PER_CPU;
	rmm->ops = (struct rmm_op *)(void *)(bytes + region.ops);
	rmm->gpt_l1 = (uint64_t *)(void *)(bytes + region.gpt_l1);
	rmm->granules = bytes + region.granules;
	rmm->tracking = bytes + region.tracking;
	mem_set(rmm->tracking, RMI_TRACKING_FINE, region.end - region.tracking);
	rmm->state = config->variant->needs_activation ? RMM_STATE_INIT : RMM_STATE_ACTIVE;
	return rmm;
}
