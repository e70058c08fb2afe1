/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* realm.c - realms: their parameters, and the life of a realm descriptor */
#include "core.h"
#include "rmi-1.0.h"

/* Fields of RmiRealmParams, each read once */
static bool read_field(struct rmm *rmm, uint64_t ptr, unsigned offset, void *field, size_t size)
{
	return rmm_ns_read(rmm, ptr + offset, field, size);
}

static bool read_sizes(struct rmm *rmm, uint64_t ptr, struct realm_params *params)
{
	size_t size = rmm->variant->params_32bit ? 4 : 1;

	return read_field(rmm, ptr, RMI_REALM_PARAMS_S2SZ_OFFSET, &params->s2sz, size) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_SVE_VL_OFFSET, &params->sve_vl, size) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_NUM_BPS_OFFSET, &params->num_bps, size) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_NUM_WPS_OFFSET, &params->num_wps, size) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_PMU_NUM_CTRS_OFFSET, &params->pmu_num_ctrs, size) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_HASH_ALGO_OFFSET, &params->hash_algo, size) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_NUM_AUX_PLANES_OFFSET, &params->num_aux_planes,
			  rmm->variant->params_32bit ? 4 : 8);
}

static bool read_tables(struct rmm *rmm, uint64_t ptr, struct realm_params *params)
{
	return read_field(rmm, ptr, RMI_REALM_PARAMS_RTT_BASE_OFFSET, &params->rtt_base, 8) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_RTT_LEVEL_START_OFFSET, &params->rtt_level_start, 8) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_RTT_NUM_START_OFFSET, &params->rtt_num_start, 4) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_AUX_RTT_BASE_OFFSET, params->aux_rtt_base,
			  sizeof(params->aux_rtt_base));
}

static bool params_read(struct rmm *rmm, uint64_t ptr, struct realm_params *params)
{
	mem_set(params, 0, sizeof(*params));
	return rmm_ns_page_usable(rmm, ptr) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_FLAGS0_OFFSET, &params->flags0, 8) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_FLAGS1_OFFSET, &params->flags1, 8) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_ATS_PLANE_OFFSET, &params->ats_plane, 8) &&
	       read_field(rmm, ptr, RMI_REALM_PARAMS_RPV_OFFSET, params->rpv, sizeof(params->rpv)) &&
	       (!rmm->variant->host_vmid || read_field(rmm, ptr, RMI1_REALM_PARAMS_VMID_OFFSET, &params->vmid, 2)) &&
	       read_sizes(rmm, ptr, params) && read_tables(rmm, ptr, params);
}

/* What of the parameters is possible at all; the order does not matter, every fault is INPUT */

static bool is_lpa2(const struct realm_params *params)
{
	return params->flags0 & RMI_REALM_FLAGS0_LPA2_MASK;
}

static bool space_valid(const struct rmm *rmm, const struct realm_params *params)
{
	if (is_lpa2(params) && !rmm->limits.lpa2)
		return false;
	return params->s2sz >= 32 && params->s2sz <= rmm->limits.ipa_bits &&
	       s2_shape_valid(rmm->granule_shift, params->s2sz, is_lpa2(params), (int64_t)params->rtt_level_start,
			      params->rtt_num_start);
}

static bool cpu_valid(const struct rmm *rmm, const struct realm_params *params)
{
	const struct rmm_limits *limits = &rmm->limits;
	bool sve = params->flags0 & RMI_REALM_FLAGS0_SVE_MASK;
	bool pmu = params->flags0 & RMI_REALM_FLAGS0_PMU_MASK;

	if (!params->num_bps || params->num_bps > limits->num_bps || !params->num_wps ||
	    params->num_wps > limits->num_wps)
		return false;
	if (sve && (!limits->sve || params->sve_vl > limits->sve_vl))
		return false;
	return !pmu || ((limits->pmu || !rmm->variant->pmu_checked) && params->pmu_num_ctrs <= limits->pmu_num_ctrs);
}

static bool hash_valid(const struct rmm *rmm, const struct realm_params *params)
{
	return params->hash_algo < 8 && (rmm->limits.hashes >> params->hash_algo & 1);
}

/*
 * Planes share one tree, whose permissions are then indirect, or have one each; the feature register says which of the
 * two there is, or both.
 */
static bool planes_valid(const struct rmm *rmm, const struct realm_params *params)
{
	const struct rmm_limits *limits = &rmm->limits;
	bool indirect = params->flags1 & RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_MASK;
	bool per_plane = params->flags1 & RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK;

	if (params->num_aux_planes > limits->aux_planes || params->ats_plane > params->num_aux_planes ||
	    (indirect && !limits->s2ap_indirect))
		return false;
	if (per_plane)
		return limits->aux_planes && limits->rtt_plane != RMI_RTT_PLANE_SINGLE;
	return !params->num_aux_planes || (indirect && limits->rtt_plane != RMI_RTT_PLANE_AUX);
}

static bool policy_valid(const struct rmm *rmm, const struct realm_params *params)
{
	if ((params->flags0 & RMI_REALM_FLAGS0_DA_MASK) && !rmm->limits.da)
		return false;
	return rmi_realm_flags0_get_mec_policy(params->flags0) <= RMI_MEC_POLICY_PRIVATE;
}

/* How many trees of root tables a realm has: its own, then those of auxiliary planes */
static unsigned num_trees(const struct realm_params *params)
{
	return 1 + (params->flags1 & RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK ? (unsigned)params->num_aux_planes : 0);
}

static uint64_t tree_base(const struct realm_params *params, unsigned tree)
{
	return tree ? params->aux_rtt_base[tree - 1] : params->rtt_base;
}

static bool overlaps(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
	return a < b + b_size && b < a + a_size;
}

static struct rmm_stage2 stage2_of(const struct rmm *rmm, const struct realm_params *params, unsigned tree)
{
	return (struct rmm_stage2){
		.root = tree_base(params, tree),
		.num_roots = (uint16_t)params->rtt_num_start,
		.vmid = params->vmid,
		.start_level = (int8_t)params->rtt_level_start,
		.ipa_bits = (uint8_t)params->s2sz,
		.granule_shift = rmm->granule_shift,
		.lpa2 = is_lpa2(params),
	};
}

/* Are all root tables and the descriptor DELEGATED, aligned, and different from each other? */
static bool memory_valid(struct rmm *rmm, uint64_t rd, const struct realm_params *params)
{
	uint64_t bytes = params->rtt_num_start * granule_bytes(rmm);

	if (!rmm_granule_is(rmm, rd, GRANULE_DELEGATED))
		return false;
	for (unsigned i = 0; i < num_trees(params); i++) {
		const struct rmm_stage2 stage2 = stage2_of(rmm, params, i);
		uint64_t base = stage2.root;

		if (!s2_pa_valid(&stage2, base) || !is_aligned(base, bytes) ||
		    !rmm_range_is(rmm, base, bytes, GRANULE_DELEGATED) ||
		    overlaps(base, bytes, rd, granule_bytes(rmm)))
			return false;
		for (unsigned j = 0; j < i; j++)
			if (overlaps(base, bytes, tree_base(params, j), bytes))
				return false;
	}
	return true;
}

/* VMIDs and MECIDs */

static bool vmid_used(const struct rmm *rmm, unsigned vmid)
{
	return rmm->vmids[vmid / 64] >> (vmid % 64) & 1;
}

static void vmid_flip(struct rmm *rmm, unsigned vmid)
{
	rmm->vmids[vmid / 64] ^= UINT64_C(1) << (vmid % 64);
}

/* The VMID of a new realm: the host's choice, or the first free one. Fills in params->vmid. */
static uint64_t vmid_choose(const struct rmm *rmm, struct realm_params *params)
{
	if (rmm->variant->host_vmid)
		return params->vmid < RMM_VMIDS && !vmid_used(rmm, params->vmid) ? RMI_SUCCESS : RMI_ERROR_INPUT;
	for (params->vmid = 0; params->vmid < RMM_VMIDS; params->vmid++)
		if (!vmid_used(rmm, params->vmid))
			return RMI_SUCCESS;
	return RMI_ERROR_GLOBAL;
}

static bool has_private_mecid(const struct realm_params *params)
{
	return rmi_realm_flags0_get_mec_policy(params->flags0) == RMI_MEC_POLICY_PRIVATE;
}

static uint64_t ids_choose(const struct rmm *rmm, struct realm_params *params)
{
	uint64_t result = vmid_choose(rmm, params);

	if (result == RMI_SUCCESS && has_private_mecid(params) && rmm->mecids >= rmm->limits.mec_count)
		return RMI_ERROR_GLOBAL;
	return result;
}

static uint64_t check_create(struct rmm *rmm, uint64_t rd, struct realm_params *params)
{
	if (!space_valid(rmm, params) || !cpu_valid(rmm, params) || !hash_valid(rmm, params) ||
	    !policy_valid(rmm, params) || !planes_valid(rmm, params) || !memory_valid(rmm, rd, params))
		return RMI_ERROR_INPUT;
	return ids_choose(rmm, params);
}

static void make_trees(struct rmm *rmm, const struct realm_params *params)
{
	for (unsigned i = 0; i < num_trees(params); i++) {
		struct rmm_stage2 stage2 = stage2_of(rmm, params, i);

		for (unsigned j = 0; j < stage2.num_roots; j++)
			rmm_granule_take(rmm, stage2.root + j * granule_bytes(rmm), GRANULE_RTT);
		s2_init_roots(rmm, &stage2);
	}
}

uint64_t rmm_realm_create(struct rmm *rmm, uint64_t rd_pa, uint64_t params_ptr)
{
	struct realm_params params;
	uint8_t instance_id[32] = { 0 };
	struct rd *rd;
	uint64_t result;

	if (!params_read(rmm, params_ptr, &params))
		return RMI_ERROR_INPUT;
	result = check_create(rmm, rd_pa, &params);
	if (result != RMI_SUCCESS)
		return result;
	if (rmm->variant->instance_id && !rmm->port->random(rmm->ctx, instance_id, sizeof(instance_id)))
		return RMI_BUSY;
	rmm_granule_take(rmm, rd_pa, GRANULE_RD);
	rd = rmm_map(rmm, rd_pa);
	rd->state = RMM_REALM_NEW;
	mem_copy(&rd->params, &params, sizeof(params));
	mem_copy(rd->instance_id, instance_id, sizeof(instance_id));
	rd->stage2 = stage2_of(rmm, &params, 0);
	make_trees(rmm, &params);
	vmid_flip(rmm, params.vmid);
	rmm->mecids += has_private_mecid(&params);
	rmm_measure_params(rmm, rd);
	rmm_unmap(rmm, rd);
	return RMI_SUCCESS;
}

struct rd *rmm_rd_map(struct rmm *rmm, uint64_t pa)
{
	return rmm_granule_is(rmm, pa, GRANULE_RD) ? rmm_map(rmm, pa) : NULL;
}

uint64_t rmm_realm_activate(struct rmm *rmm, uint64_t rd_pa)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	uint64_t result = RMI_ERROR_REALM;

	if (!rd)
		return RMI_ERROR_INPUT;
	if (rd->state == RMM_REALM_NEW) {
		rd->state = RMM_REALM_ACTIVE;
		result = RMI_SUCCESS;
	}
	rmm_unmap(rmm, rd);
	return result;
}

uint64_t rmm_realm_terminate(struct rmm *rmm, uint64_t rd_pa)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	uint64_t result = RMI_ERROR_REALM;

	if (!rd)
		return RMI_ERROR_INPUT;
	if (!rd->recs_running) {
		rd->state = RMM_REALM_ZOMBIE;
		result = RMI_SUCCESS;
	}
	rmm_unmap(rmm, rd);
	return result;
}

/* Nothing but the descriptor and root tables without live entries is left, and the state allows it */
static bool is_destroyable(struct rmm *rmm, const struct rd *rd)
{
	if (rd->recs_live || (rmm->variant->has_zombie && rd->state != RMM_REALM_ZOMBIE))
		return false;
	return !s2_roots_live(rmm, &rd->stage2);
}

static void release_realm(struct rmm *rmm, uint64_t rd_pa, const struct rd *rd)
{
	uint64_t bytes = rd->stage2.num_roots * granule_bytes(rmm);

	rmm->port->tlb_invalidate(rmm->ctx, &rd->stage2, 0, UINT64_C(1) << rd->stage2.ipa_bits);
	for (unsigned i = 0; i < num_trees(&rd->params); i++)
		rmm_range_set(rmm, tree_base(&rd->params, i), bytes, GRANULE_DELEGATED);
	vmid_flip(rmm, rd->params.vmid);
	rmm->mecids -= has_private_mecid(&rd->params);
	rmm_granule_release(rmm, rd_pa);
}

uint64_t rmm_realm_destroy(struct rmm *rmm, uint64_t rd_pa)
{
	struct rd *rd = rmm_rd_map(rmm, rd_pa);
	uint64_t result = RMI_ERROR_REALM;

	if (!rd)
		return RMI_ERROR_INPUT;
	if (is_destroyable(rmm, rd)) {
		release_realm(rmm, rd_pa, rd);
		result = RMI_SUCCESS;
	}
	rmm_unmap(rmm, rd);
	return result;
}

size_t rmm_measurement(struct rmm *rmm, uint64_t rd_pa, unsigned index, uint8_t slot[RMM_DIGEST_MAX])
{
	struct rd *rd;
	size_t size = 0;

	rmm->port->lock(rmm->ctx);
	rd = index < 5 ? rmm_rd_map(rmm, rd_pa) : NULL;
	if (rd) {
		mem_copy(slot, rd->measurements[index], RMM_DIGEST_MAX);
		size = rmm_digest_size(rd->params.hash_algo);
		rmm_unmap(rmm, rd);
	}
	rmm->port->unlock(rmm->ctx);
	return size;
}
