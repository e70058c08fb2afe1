/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmi2.c - RMI 2.0: commands that 1.0 has not, or has in another form */
#include "core.h"

static uint64_t feature_register0(const struct rmm_limits *limits)
{
	uint64_t word = rmi_feature_register0_set_s2sz(0, limits->ipa_bits);

	word = rmi_feature_register0_set_lpa2(word, limits->lpa2);
	word = rmi_feature_register0_set_sve(word, limits->sve);
	word = rmi_feature_register0_set_sve_vl(word, limits->sve_vl);
	word = rmi_feature_register0_set_num_bps(word, limits->num_bps);
	word = rmi_feature_register0_set_num_wps(word, limits->num_wps);
	word = rmi_feature_register0_set_pmu(word, limits->pmu);
	return rmi_feature_register0_set_pmu_num_ctrs(word, limits->pmu_num_ctrs);
}

static uint64_t feature_register1(const struct rmm_limits *limits)
{
	uint64_t word = rmi_feature_register1_set_rmi_gran_sz_4kb(0, limits->granules >> RMI_GRANULE_SIZE_4KB & 1);

	word = rmi_feature_register1_set_rmi_gran_sz_16kb(word, limits->granules >> RMI_GRANULE_SIZE_16KB & 1);
	word = rmi_feature_register1_set_rmi_gran_sz_64kb(word, limits->granules >> RMI_GRANULE_SIZE_64KB & 1);
	word = rmi_feature_register1_set_hash_sha_256(word, limits->hashes_told >> RMI_HASH_SHA_256 & 1);
	word = rmi_feature_register1_set_hash_sha_384(word, limits->hashes_told >> RMI_HASH_SHA_384 & 1);
	word = rmi_feature_register1_set_hash_sha_512(word, limits->hashes_told >> RMI_HASH_SHA_512 & 1);
	word = rmi_feature_register1_set_max_recs_order(word, limits->max_recs_order);
	word = rmi_feature_register1_set_l0gptsz(word, RMI_L0GPTSZ_30BITS);
	return rmi_feature_register1_set_pps(word, limits->pps);
}

static uint64_t feature_register2(const struct rmm_limits *limits)
{
	return rmi_feature_register2_set_max_vdevs_order(rmi_feature_register2_set_da(0, limits->da),
							 limits->max_vdevs_order);
}

static uint64_t feature_register3(const struct rmm_limits *limits)
{
	uint64_t word = rmi_feature_register3_set_max_num_aux_planes(0, limits->aux_planes);

	word = rmi_feature_register3_set_rtt_plane(word, limits->rtt_plane);
	return rmi_feature_register3_set_rtt_s2ap_indirect(word, limits->s2ap_indirect);
}

static void cmd_features(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	const struct rmm_limits *limits = &rmm->limits;
	const uint64_t words[] = {
		feature_register0(limits), feature_register1(limits), feature_register2(limits),
		feature_register3(limits), limits->mec_count,
	};

	out[0] = RMI_SUCCESS;
	out[1] = in[1] < sizeof(words) / sizeof(words[0]) ? words[in[1]] : 0;
}

static void cmd_config_get(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_config_get(rmm, in[1]);
}

static void cmd_config_set(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_config_set(rmm, in[1]);
}

static void cmd_activate(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_activate(rmm);
}

static void cmd_state_get(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = RMI_SUCCESS;
	out[1] = rmm->state;
}

static void cmd_tracking_get(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_tracking_get(rmm, in[1], in[2], &out[1]);
}

static void cmd_tracking_set(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_tracking_set(rmm, in[1], in[2], in[3]);
}

static void cmd_range_delegate(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_range_delegate(rmm, in[1], in[2], &out[1]);
}

static void cmd_range_undelegate(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_range_undelegate(rmm, in[1], in[2], &out[1]);
}

static void cmd_realm_terminate(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	out[0] = rmm_realm_terminate(rmm, in[1]);
}

/* Map and unmap of ranges: they give way to interrupts, and may need a context for that */

static const struct range_command {
	uint64_t fid;
	uint64_t (*run)(struct rmm *rmm, const struct map_range *range, struct map_out *out);
	bool takes_op;	/* in variants where any does */
} range_commands[] = {
	{ SMC_RMI_RTT_DATA_MAP, rmm_data_map, true },
	{ SMC_RMI_RTT_DATA_UNMAP, rmm_data_unmap, true },
	{ SMC_RMI_RTT_UNPROT_MAP, rmm_unprot_map, false },
	{ SMC_RMI_RTT_UNPROT_UNMAP, rmm_unprot_unmap, true },
};

/* fid is in the table: cmd_range() runs those commands alone. */
static const struct range_command *find_range_command(uint64_t fid)
{
	const struct range_command *command = range_commands;

	while (command->fid != fid)
		command++;
	return command;
}

static void run_range(struct rmm *rmm, const uint64_t in[], uint64_t out[], bool interrupted)
{
	const struct map_range range = { in[1], in[2], in[3], in[4], in[5], interrupted };
	struct map_out result = { 0 };

	out[0] = find_range_command(rmm_fid(in))->run(rmm, &range, &result);
	out[1] = result.top;
	out[2] = result.range;
	out[3] = result.count;
}

void rmm_rmi2_run_range(struct rmm *rmm, const uint64_t in[RMM_SMC_REGS], uint64_t out[RMM_SMC_REGS])
{
	run_range(rmm, in, out, false);
}

/* A command without fault gave way to an interrupt: the host has to call OP_CONTINUE. */
static void suspend_range(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	struct rmm_op *op = rmm_op_new(rmm, OP_RANGE, in);

	if (op) {
		op->can_cancel = true;
		rmm_op_start(rmm, op, out);
	} else {
		out[0] = RMI_BLOCKED;
		out[1] = 0;
	}
}

static void cmd_range(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	bool takes_op = rmm->variant->range_takes_op && find_range_command(rmm_fid(in))->takes_op;
	bool interrupted = rmm->port->irq_pending(rmm->ctx);

	if (takes_op && !rmm_op_available(rmm)) {
		out[0] = RMI_BLOCKED;
		return;
	}
	run_range(rmm, in, out, interrupted);
	if (interrupted && out[0] == RMI_SUCCESS && !rmm->variant->irq_ends_range)
		suspend_range(rmm, in, out);
}

static void cmd_op_continue(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	rmm_op_continue(rmm, in[1], in[2], out);
}

static void cmd_op_mem_donate(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	rmm_op_donate(rmm, in[1], in[2], in[3], out);
}

static void cmd_op_mem_reclaim(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	rmm_op_reclaim(rmm, in[1], in[2], in[3], out);
}

static void cmd_op_cancel(struct rmm *rmm, const uint64_t in[], uint64_t out[])
{
	rmm_op_cancel(rmm, in[1], out);
}

const struct rmm_command rmm_rmi2_commands[] = {
	{ SMC_RMI_FEATURES, cmd_features, true },
	{ SMC_RMI_RMM_CONFIG_GET, cmd_config_get, true },
	{ SMC_RMI_RMM_CONFIG_SET, cmd_config_set, true },
	{ SMC_RMI_RMM_ACTIVATE, cmd_activate, true },
	{ SMC_RMI_RMM_STATE_GET, cmd_state_get, true },
	{ SMC_RMI_GRANULE_TRACKING_GET, cmd_tracking_get, true },
	{ SMC_RMI_GRANULE_TRACKING_SET, cmd_tracking_set, false },
	{ SMC_RMI_GPT_L1_CREATE, rmm_gpt_l1_create, false },
	{ SMC_RMI_GPT_L1_DESTROY, rmm_gpt_l1_destroy, false },
	{ SMC_RMI_GRANULE_RANGE_DELEGATE, cmd_range_delegate, false },
	{ SMC_RMI_GRANULE_RANGE_UNDELEGATE, cmd_range_undelegate, false },
	{ SMC_RMI_REALM_TERMINATE, cmd_realm_terminate, false },
	{ SMC_RMI_REC_CREATE, rmm_rec_create, false },
	{ SMC_RMI_REC_DESTROY, rmm_rec_destroy, false },
	{ SMC_RMI_RTT_DATA_MAP, cmd_range, false },
	{ SMC_RMI_RTT_DATA_UNMAP, cmd_range, false },
	{ SMC_RMI_RTT_UNPROT_MAP, cmd_range, false },
	{ SMC_RMI_RTT_UNPROT_UNMAP, cmd_range, false },
	{ SMC_RMI_OP_CONTINUE, cmd_op_continue, false },
	{ SMC_RMI_OP_MEM_DONATE, cmd_op_mem_donate, false },
	{ SMC_RMI_OP_MEM_RECLAIM, cmd_op_mem_reclaim, false },
	{ SMC_RMI_OP_CANCEL, cmd_op_cancel, false },
	{ 0 },
};
