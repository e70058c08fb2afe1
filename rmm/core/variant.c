/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* variant.c - the implementations that an instance can behave like; docs/rmm.md lists the differences with sources */
#include "core.h"
#include "tf-rmm-2.0.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BIT(n) (1u << (n))

#define FID_OF_COMMAND(name, args, results, op) SMC_##name,
#define FID_OF_PAIR(name, fid) fid,

static const uint64_t rmi2_fids[] = { RMI_COMMANDS(FID_OF_COMMAND) };
static const uint64_t tf_absent[] = { RMITF_ABSENT_COMMANDS(FID_OF_PAIR) RMITF_REFUSED_COMMANDS(FID_OF_PAIR) };

/* What TF-RMM tells on its fake_host platform: 48-bit PAs, SVE up to 512 bits, planes and devices as parameters */
#define TF_HOST_LIMITS                                                                                          \
	.ipa_bits = 48, .lpa2 = true, .sve = true, .sve_vl = 3, .num_bps = 7, .num_wps = 7, .da = true,         \
	.max_recs_order = 10, .aux_planes = 3,                                                                  \
	.rtt_plane = RMI_RTT_PLANE_AUX_SINGLE, .s2ap_indirect = true, .pps = RMI_PPS_48BITS, .mec_count = 0xfffe

/* What a realm of 2.0 says in its token, as TF-RMM does it since May 2026; rmm-2.0 does the same */
#define TOKEN_2_0 \
	.instance_id = true, .token_profile = "tag:arm.com,2024:realm#2.0.0", .token_mec_policy = true, .token_cmw = true

#define TF_GRANULES BIT(RMI_GRANULE_SIZE_4KB)
#define TF_HASHES (BIT(RMI_HASH_SHA_256) | BIT(RMI_HASH_SHA_512))
#define ALL_HASHES (TF_HASHES | BIT(RMI_HASH_SHA_384))

const struct rmm_variant rmm_variant_1_0 = {
	.name = "rmm-1.0",
	.commands = rmm_rmi1_commands,
	.version_lowest = 0x10000,
	.version_highest = 0x10001,
	.limits = {
		TF_HOST_LIMITS,
		.granules = TF_GRANULES,
		.pmu = true,
		.pmu_num_ctrs = 31,
		.hashes = TF_HASHES,
		.hashes_told = TF_HASHES,
	},
	.rim_from_params = true,
	.ripas_measured = true,
	.range_granules = 1,
	.gpt_l1_present = true,
	.empty_from_destroyed = true,
	.host_vmid = true,
	.token_profile = "tag:arm.com,2023:realm#1.0.0",
	.params_32bit = true,
	.rec_aux = RMM_AUX_MAX,
	.enter_realm_index = true,
	.gic_in_run = true,
	.psci_denied_input = true,
	.ee_follows_caller = true,
};

const struct rmm_variant rmm_variant_2_0 = {
	.name = "rmm-2.0",
	.commands = rmm_rmi2_commands,
	.named = rmi2_fids,
	.num_named = COUNT(rmi2_fids),
	.version_lowest = 0x20000,
	.version_highest = 0x20000,
	.limits = {
		TF_HOST_LIMITS,
		.granules = TF_GRANULES | BIT(RMI_GRANULE_SIZE_16KB) | BIT(RMI_GRANULE_SIZE_64KB),
		.max_vdevs_order = 10,
		.hashes = ALL_HASHES,
		.hashes_told = ALL_HASHES,
	},
	.rem_padded = true,
	.range_granules = UINT32_MAX,
	.init_ripas_assigned = true,
	.needs_activation = true,
	.has_zombie = true,
	.pmu_checked = true,
	TOKEN_2_0,
	.rec_aux = 8,
	.rec_create_cancel = true,
	.psci_args_exit = true,
	.ipa_size_fault = true,
	.config_planes = true,
};

const struct rmm_variant rmm_variant_tf_2_0 = {
	.name = "tf-rmm-2.0",
	.commands = rmm_rmi2_commands,
	.named = rmi2_fids,
	.num_named = COUNT(rmi2_fids),
	.absent = tf_absent,
	.num_absent = COUNT(tf_absent),
	.version_lowest = 0x20000,
	.version_highest = 0x20000,
	.limits = {
		TF_HOST_LIMITS,
		.granules = TF_GRANULES,
		.max_vdevs_order = 10,
		.hashes = ALL_HASHES,
		.hashes_told = TF_HASHES,
	},
	.rim_from_params = true,
	.config_hides_sha384 = true,
	.range_granules = 1,
	.out_top_on_failure = true,
	.gpt_l1_present = true,
	.init_ripas_assigned = true,
	.empty_from_destroyed = true,
	.unprot_state_ignored = true,
	.range_takes_op = true,
	.irq_ends_range = true,
	.needs_activation = true,
	.has_zombie = true,
	.params_32bit = true,
	TOKEN_2_0,
	.rec_aux = RMM_AUX_MAX,
	.rec_checks_late = true,
	.sea_checked = true,
	.psci_denied_input = true,
	.ee_follows_caller = true,
	.config_planes = true,
};

const char *rmm_variant_name(const struct rmm_variant *variant)
{
	return variant->name;
}

const struct rmm_limits *rmm_variant_limits(const struct rmm_variant *variant)
{
	return &variant->limits;
}
