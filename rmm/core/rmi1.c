/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmi1.c - RMI 1.0 and 1.1: commands that 2.0 has not, or has in another form */
#include "core.h"
#include "rmi-1.0.h"

/* Bits 42 to 49 are those of the 1.1 line, seen in the register that TF-RMM gives: DA, planes, indirect permissions */
#define V1_1_DA_SHIFT 42
#define V1_1_RTT_PLANE_SHIFT 43
#define V1_1_AUX_PLANES_SHIFT 45
#define V1_1_S2AP_INDIRECT_SHIFT 49

static uint64_t feature_register0(const struct rmm_limits *limits)
{
	uint64_t word = rmi1_feature_register0_set_s2sz(0, limits->ipa_bits);

	word = rmi1_feature_register0_set_lpa2(word, limits->lpa2);
	word = rmi1_feature_register0_set_sve_en(word, limits->sve);
	word = rmi1_feature_register0_set_sve_vl(word, limits->sve_vl);
	word = rmi1_feature_register0_set_num_bps(word, limits->num_bps);
	word = rmi1_feature_register0_set_num_wps(word, limits->num_wps);
	word = rmi1_feature_register0_set_pmu_en(word, limits->pmu);
	word = rmi1_feature_register0_set_pmu_num_ctrs(word, limits->pmu_num_ctrs);
	word = rmi1_feature_register0_set_hash_sha_256(word, limits->hashes_told >> RMI_HASH_SHA_256 & 1);
	word = rmi1_feature_register0_set_hash_sha_512(word, limits->hashes_told >> RMI_HASH_SHA_512 & 1);
	word = rmi1_feature_register0_set_gicv3_num_lrs(word, limits->gicv3_vtr);
	word = rmi1_feature_register0_set_max_recs_order(word, limits->max_recs_order);
	return word | (uint64_t)limits->da << V1_1_DA_SHIFT | (uint64_t)limits->rtt_plane << V1_1_RTT_PLANE_SHIFT |
	       (uint64_t)limits->aux_planes << V1_1_AUX_PLANES_SHIFT |
	       (uint64_t)limits->s2ap_indirect << V1_1_S2AP_INDIRECT_SHIFT;
}

static void cmd_features(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	const uint64_t words[] = { feature_register0(&rmm->limits), rmm->limits.mec_count };

	out[0] = RMI_SUCCESS;
	out[1] = in[1] < sizeof(words) / sizeof(words[0]) ? words[in[1]] : 0;
}

/* One granule. What 2.0 reports of tracking is an input fault here. */
static uint64_t change_granule(struct rmm *rmm, uint64_t pa,
			       uint64_t (*change)(struct rmm *, uint64_t, uint64_t, uint64_t *))
{
	uint64_t out_top;

	return change(rmm, pa, pa + granule_bytes(rmm), &out_top) == RMI_SUCCESS ? RMI_SUCCESS : RMI_ERROR_INPUT;
}

static void cmd_granule_delegate(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = change_granule(rmm, in[1], rmm_range_delegate);
}

static void cmd_granule_undelegate(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = change_granule(rmm, in[1], rmm_range_undelegate);
}

static void cmd_data_create_unknown(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_data_map_unknown(rmm, in[1], in[2], in[3]);
}

static void cmd_data_destroy(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_data_destroy(rmm, in[1], in[2], &out[1], &out[2]);
}

static void cmd_rec_create(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_rec_create_aux(rmm, in[1], in[2], in[3]);
}

static void cmd_rec_destroy(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_rec_destroy_aux(rmm, in[1]);
}

static void cmd_rec_aux_count(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	bool is_rd = rmm_granule_is(rmm, in[1], GRANULE_RD);

	out[0] = is_rd ? RMI_SUCCESS : RMI_ERROR_INPUT;
	out[1] = is_rd ? rmm->variant->rec_aux : 0;
}

static void cmd_rtt_map_unprotected(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_unprot_map_one(rmm, in[1], in[2], in[3], in[4]);
}

static void cmd_rtt_unmap_unprotected(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_unprot_unmap_one(rmm, in[1], in[2], in[3], &out[1]);
}

const struct rmm_command rmm_rmi1_commands[] = {
	{ SMC_RMI1_FEATURES, cmd_features, true },
	{ SMC_RMI1_GRANULE_DELEGATE, cmd_granule_delegate, false },
	{ SMC_RMI1_GRANULE_UNDELEGATE, cmd_granule_undelegate, false },
	{ SMC_RMI1_DATA_CREATE_UNKNOWN, cmd_data_create_unknown, false },
	{ SMC_RMI1_DATA_DESTROY, cmd_data_destroy, false },
	{ SMC_RMI1_REC_CREATE, cmd_rec_create, false },
	{ SMC_RMI1_REC_DESTROY, cmd_rec_destroy, false },
	{ SMC_RMI1_REC_AUX_COUNT, cmd_rec_aux_count, false },
	{ SMC_RMI1_RTT_MAP_UNPROTECTED, cmd_rtt_map_unprotected, false },
	{ SMC_RMI1_RTT_UNMAP_UNPROTECTED, cmd_rtt_unmap_unprotected, false },
	{ 0 },
};
