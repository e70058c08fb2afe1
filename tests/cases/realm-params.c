/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* realm-params.c - cases of REALM_CREATE: one fault of the parameters at a time, and what must be accepted */
#include "world.h"

#define NEW_RD NTH(FREE, 20)
#define CREATE(result) CALL(RMI_REALM_CREATE, A(NEW_RD, P(PARAMS)), result)
#define FIELD(field) AT(PARAMS, RMI_REALM_PARAMS_##field##_OFFSET)
#define SET(field, value) POKE(FIELD(field), value)
#define SHAPE(s2sz, level, roots) SET(S2SZ, N(s2sz)), SET(RTT_LEVEL_START, N(level)), SET(RTT_NUM_START, N(roots))

#define LPA2 RMI_REALM_FLAGS0_LPA2_MASK
#define SVE RMI_REALM_FLAGS0_SVE_MASK
#define PMU RMI_REALM_FLAGS0_PMU_MASK
#define DA RMI_REALM_FLAGS0_DA_MASK
#define MEC(policy) ((policy) << RMI_REALM_FLAGS0_MEC_POLICY_SHIFT)
#define TREES RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK
#define INDIRECT RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_MASK

/* The rows that need no more than this */
#define REFUSED(name, row, variants, ...) ROW(name, row, variants, READY, __VA_ARGS__, CREATE(FAIL(INPUT)))
#define REFUSED_IF(needs, name, row, variants, ...) \
	ROW_IF(needs, name, row, variants, READY, __VA_ARGS__, CREATE(FAIL(INPUT)))
#define ACCEPTED(name, row, variants, ...) ROW(name, row, variants, READY, __VA_ARGS__, CREATE(OK))
#define ACCEPTED_IF(needs, name, row, variants, ...) \
	ROW_IF(needs, name, row, variants, READY, __VA_ARGS__, CREATE(OK))

#define PTR "5 REALM_CREATE params_ptr"
#define IPA_SPACE "5 REALM_CREATE s2sz, start level, root tables"
#define BREAKS "5 REALM_CREATE num_bps, num_wps"
#define FEATURES "5 REALM_CREATE features"
#define HASH_MEC "5 REALM_CREATE hash_algo, mec_policy"
#define UNCHECKED "5 REALM_CREATE not checked in TF-RMM"
#define PLANES "5 REALM_CREATE planes"
#define PLACES "5 REALM_CREATE addresses"
#define STATES "5 REALM_CREATE granule states"
#define VMID "5 REALM_CREATE vmid"
#define NONE_LEFT "5 REALM_CREATE no VMID, no MECID"
#define CREATED "5 REALM_CREATE success"

static bool undelegate_second_root(struct world *world)
{
	return world_undelegate(world, world_page(world, FREE, 23), 1);
}

static uint64_t create_one(struct world *world, uint64_t flags0)
{
	uint64_t rd = world_pool_take(world, 1, true), root = world_pool_take(world, 1, true);
	uint64_t params = world_page(world, PARAMS, 0);

	if (!rd || !root)
		return RMI_ERROR_INPUT;
	world_realm_params(world, root, 1);
	world_poke(world, params + RMI_REALM_PARAMS_FLAGS0_OFFSET, flags0);
	return rmi(world, RMI_REALM_CREATE, rd, params);
}

/* Realms until the RMM has no more of something, and then one less */
static bool until_global(struct world *world, uint64_t flags0)
{
	uint64_t x0;

	do
		x0 = create_one(world, flags0);
	while (x0 == RMI_SUCCESS);
	if (x0 != RMI_ERROR_GLOBAL)
		return world_must(world, "RMI_REALM_CREATE with nothing left", x0);
	return must(world, RMI_REALM_TERMINATE, world->realms[0]) && must(world, RMI_REALM_DESTROY, world->realms[0]) &&
	       world_must(world, "RMI_REALM_CREATE after one was destroyed", create_one(world, flags0));
}

static bool until_no_vmid(struct world *world)
{
	return until_global(world, 0);
}

static bool until_no_mecid(struct world *world)
{
	return until_global(world, MEC(RMI_MEC_POLICY_PRIVATE)) && world->num_realms == world->limit[LIMIT_MECS] &&
	       create_one(world, MEC(RMI_MEC_POLICY_PRIVATE)) == RMI_ERROR_GLOBAL &&
	       world_must(world, "RMI_REALM_CREATE with the shared context",
			  create_one(world, MEC(RMI_MEC_POLICY_SHARED)));
}

static const struct case_row rows[] = {
	ROW("realm_create_success", CREATED, ALL, READY, CREATE(OK)),
	ROW_IF(NEED_4K, "realm_create_initial_tables_success", "5 initial tables", ALL, READY, CREATE(OK),
	       CALL_OUT(RMI_RTT_READ_ENTRY, A(NEW_RD, IPA(0), N(1)), OK, N(1), N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)),
	       CALL_OUT(RMI_RTT_READ_ENTRY, A(NEW_RD, IPA_L1(255), N(1)), OK, N(1), N(RMI_UNASSIGNED), N(0),
			N(RMI_EMPTY)),
	       CALL_OUT(RMI_RTT_READ_ENTRY, A(NEW_RD, SHARED_IPA(0), N(1)), OK, N(1), N(RMI_UNASSIGNED)),
	       CALL_OUT(RMI_RTT_READ_ENTRY, A(NEW_RD, SHARED_L1(255), N(1)), OK, N(1), N(RMI_UNASSIGNED))),

	ROW("realm_create_params_unaligned_input", PTR, ALL, READY,
	    CALL(RMI_REALM_CREATE, A(NEW_RD, AT(PARAMS, 8)), FAIL(INPUT))),
	ROW("realm_create_params_delegated_input", PTR, ALL, READY,
	    CALL(RMI_REALM_CREATE, A(NEW_RD, NTH(FREE, 21)), FAIL(INPUT))),
	ROW("realm_create_params_no_memory_input", PTR, ALL, READY,
	    CALL(RMI_REALM_CREATE, A(NEW_RD, P(HOLE)), FAIL(INPUT))),

	/* The IPA space and the tables for it */
	REFUSED_IF(NEED_4K, "realm_create_s2sz_31_input", IPA_SPACE, ALL, SHAPE(31, 1, 1)),
	ACCEPTED_IF(NEED_4K, "realm_create_s2sz_32_success", IPA_SPACE, ALL, SHAPE(32, 1, 1)),
	REFUSED_IF(NEED_4K, "realm_create_s2sz_above_feature_input", IPA_SPACE, ALL, SHAPE(0, 0, 2),
		   SET(S2SZ, MAX(S2SZ, 1))),
	REFUSED_IF(NEED_4K, "realm_create_s2sz_zero_input", IPA_SPACE, ALL, SHAPE(0, 1, 1)),
	ACCEPTED_IF(NEED_4K, "realm_create_two_roots_success", IPA_SPACE, ALL, SHAPE(40, 1, 2)),
	ACCEPTED_IF(NEED_4K, "realm_create_sixteen_roots_success", IPA_SPACE, ALL, SHAPE(43, 1, 16)),
	ACCEPTED_IF(NEED_4K, "realm_create_level_0_success", IPA_SPACE, ALL, SHAPE(48, 0, 1)),
	ACCEPTED_IF(NEED_4K, "realm_create_level_2_success", IPA_SPACE, ALL, SHAPE(32, 2, 4)),
	REFUSED_IF(NEED_4K, "realm_create_too_many_roots_input", IPA_SPACE, ALL, SHAPE(44, 1, 32)),
	REFUSED("realm_create_no_root_input", IPA_SPACE, ALL, SET(RTT_NUM_START, N(0))),
	REFUSED("realm_create_one_root_too_many_input", IPA_SPACE, ALL, SET(RTT_NUM_START, N(2))),
	REFUSED_IF(NEED_4K, "realm_create_one_root_too_few_input", IPA_SPACE, ALL, SHAPE(40, 1, 1)),
	REFUSED_IF(NEED_4K, "realm_create_level_too_low_input", IPA_SPACE, ALL, SHAPE(39, 3, 1)),
	REFUSED("realm_create_level_4_input", IPA_SPACE, ALL, SET(RTT_LEVEL_START, N(4))),
	REFUSED("realm_create_level_minus_1_input", IPA_SPACE, ALL, SET(RTT_LEVEL_START, N(-1))),
	REFUSED("realm_create_level_minus_2_input", IPA_SPACE, ALL, SET(RTT_LEVEL_START, N(-2))),
	REFUSED("realm_create_level_large_input", IPA_SPACE, ALL, SET(RTT_LEVEL_START, N(0x101))),

	REFUSED("realm_create_bps_zero_input", BREAKS, ALL, SET(NUM_BPS, N(0))),
	REFUSED("realm_create_bps_above_feature_input", BREAKS, ALL, SET(NUM_BPS, MAX(BPS, 1))),
	ACCEPTED("realm_create_bps_feature_success", BREAKS, ALL, SET(NUM_BPS, MAX(BPS, 0))),
	REFUSED("realm_create_wps_zero_input", BREAKS, ALL, SET(NUM_WPS, N(0))),
	REFUSED("realm_create_wps_above_feature_input", BREAKS, ALL, SET(NUM_WPS, MAX(WPS, 1))),
	ACCEPTED("realm_create_wps_feature_success", BREAKS, ALL, SET(NUM_WPS, MAX(WPS, 0))),

	REFUSED_IF(LACK_LPA2, "realm_create_lpa2_absent_input", FEATURES, ALL, SET(FLAGS0, N(LPA2))),
	ACCEPTED_IF(NEED_LPA2, "realm_create_lpa2_success", FEATURES, ALL, SET(FLAGS0, N(LPA2))),
	REFUSED_IF(LACK_SVE, "realm_create_sve_absent_input", FEATURES, ALL, SET(FLAGS0, N(SVE))),
	ACCEPTED_IF(NEED_SVE, "realm_create_sve_success", FEATURES, ALL, SET(FLAGS0, N(SVE)),
	SET(SVE_VL, MAX(SVE_VL, 0))),
	REFUSED_IF(NEED_SVE, "realm_create_sve_vl_above_feature_input", FEATURES, ALL, SET(FLAGS0, N(SVE)),
		   SET(SVE_VL, MAX(SVE_VL, 1))),
	ACCEPTED("realm_create_sve_vl_without_sve_success", FEATURES, ALL, SET(SVE_VL, MAX(SVE_VL, 1))),
	REFUSED_IF(LACK_DA, "realm_create_da_absent_input", FEATURES, ANY_2_0, SET(FLAGS0, N(DA))),
	ACCEPTED_IF(NEED_DA, "realm_create_da_success", FEATURES, ANY_2_0, SET(FLAGS0, N(DA))),
	REFUSED_IF(LACK_PMU, "realm_create_pmu_absent_input", FEATURES, RMM_2_0, SET(FLAGS0, N(PMU))),
	ACCEPTED_IF(LACK_PMU, "realm_create_pmu_absent_success", UNCHECKED, TF_2_0, SET(FLAGS0, N(PMU))),
	ACCEPTED("realm_create_pmu_success", FEATURES, RMM_1_0, SET(FLAGS0, N(PMU)), SET(PMU_NUM_CTRS, MAX(PMU, 0))),
	REFUSED("realm_create_pmu_counters_above_feature_input", FEATURES, ALL, SET(FLAGS0, N(PMU)),
		SET(PMU_NUM_CTRS, MAX(PMU, 1))),
	ACCEPTED("realm_create_pmu_counters_without_pmu_success", FEATURES, ALL, SET(PMU_NUM_CTRS, MAX(PMU, 1))),

	ACCEPTED("realm_create_sha256_success", HASH_MEC, ALL, SET(HASH_ALGO, N(RMI_HASH_SHA_256))),
	ACCEPTED("realm_create_sha512_success", HASH_MEC, ALL, SET(HASH_ALGO, N(RMI_HASH_SHA_512))),
	ACCEPTED("realm_create_sha384_success", HASH_MEC, ANY_2_0, SET(HASH_ALGO, N(RMI_HASH_SHA_384))),
	REFUSED("realm_create_sha384_input", HASH_MEC, RMM_1_0, SET(HASH_ALGO, N(RMI_HASH_SHA_384))),
	REFUSED("realm_create_hash_unknown_input", HASH_MEC, ALL, SET(HASH_ALGO, N(3))),
	REFUSED("realm_create_hash_large_input", HASH_MEC, ALL, SET(HASH_ALGO, N(255))),
	ACCEPTED("realm_create_mec_private_success", HASH_MEC, ANY_2_0, SET(FLAGS0, N(MEC(RMI_MEC_POLICY_PRIVATE)))),
	REFUSED("realm_create_mec_2_input", HASH_MEC, ANY_2_0, SET(FLAGS0, N(MEC(2)))),
	REFUSED("realm_create_mec_3_input", HASH_MEC, ANY_2_0, SET(FLAGS0, N(MEC(3)))),
	ACCEPTED("realm_create_reserved_flags_success", UNCHECKED, TF_2_0, SET(FLAGS0, N(0x10 | 0x60 | 0x200))),

	/* Planes */
	REFUSED("realm_create_aux_planes_above_feature_input", PLANES, ANY_2_0, SET(FLAGS1, N(INDIRECT)),
		SET(NUM_AUX_PLANES, MAX(PLANES, 1))),
	ACCEPTED_IF(NEED_PLANES, "realm_create_aux_planes_one_tree_success", PLANES, ANY_2_0, SET(FLAGS1, N(INDIRECT)),
		    SET(NUM_AUX_PLANES, MAX(PLANES, 0))),
	ACCEPTED_IF(NEED_PLANES, "realm_create_aux_planes_own_trees_success", PLANES, ANY_2_0, SET(FLAGS1, N(TREES)),
		    SET(NUM_AUX_PLANES, N(1)), SET(AUX_RTT_BASE, NTH(FREE, 1))),
	REFUSED_IF(NEED_PLANES, "realm_create_aux_planes_one_direct_tree_input", PLANES, ANY_2_0,
		   SET(NUM_AUX_PLANES, N(1))),
	REFUSED("realm_create_ats_plane_input", PLANES, ANY_2_0, SET(ATS_PLANE, N(1))),
	REFUSED_IF(NEED_PLANES, "realm_create_aux_root_is_root_input", PLACES, ANY_2_0, SET(FLAGS1, N(TREES)),
		   SET(NUM_AUX_PLANES, N(1)), SET(AUX_RTT_BASE, P(NEW_ROOT))),
	REFUSED_IF(NEED_PLANES, "realm_create_aux_root_not_delegated_input", STATES, ANY_2_0, SET(FLAGS1, N(TREES)),
		   SET(NUM_AUX_PLANES, N(1)), SET(AUX_RTT_BASE, P(NS))),

	/* Where the descriptor and the tables are */
	REFUSED_IF(NEED_4K, "realm_create_roots_unaligned_input", PLACES, ALL, SHAPE(40, 1, 2),
		   SET(RTT_BASE, NTH(FREE, 1))),
	REFUSED("realm_create_root_unaligned_input", PLACES, ALL, SET(RTT_BASE, AT(NEW_ROOT, 8))),
	REFUSED("realm_create_root_is_rd_input", PLACES, ALL, SET(RTT_BASE, NEW_RD)),
	ROW_IF(NEED_4K, "realm_create_rd_in_roots_input", PLACES, ALL, READY, SHAPE(40, 1, 2),
	       CALL(RMI_REALM_CREATE, A(NTH(FREE, 1), P(PARAMS)), FAIL(INPUT))),
	ROW("realm_create_rd_unaligned_input", PLACES, ALL, READY,
	    CALL(RMI_REALM_CREATE, A(AT(FREE, 8), P(PARAMS)), FAIL(INPUT))),
	ROW("realm_create_rd_no_memory_input", PLACES, ALL, READY,
	    CALL(RMI_REALM_CREATE, A(P(HOLE), P(PARAMS)), FAIL(INPUT))),
	REFUSED("realm_create_root_no_memory_input", PLACES, ALL, SET(RTT_BASE, P(HOLE))),
	ROW("realm_create_rd_ns_input", STATES, ALL, READY,
	    CALL(RMI_REALM_CREATE, A(P(NS), P(PARAMS)), FAIL(INPUT))),
	ROW("realm_create_rd_is_rd_input", STATES, ALL, NEW_REALM,
	    CALL(RMI_REALM_CREATE, A(P(RD), P(PARAMS)), FAIL(INPUT))),
	REFUSED("realm_create_root_ns_input", STATES, ALL, SET(RTT_BASE, P(NS))),
	REFUSED_IF(NEED_4K, "realm_create_last_root_ns_input", STATES, ALL, SHAPE(40, 1, 2),
	SET(RTT_BASE, NTH(FREE, 22)),
		   DO(undelegate_second_root)),
	ROW("realm_create_root_in_use_input", STATES, ALL, NEW_REALM,
	    SET(RTT_BASE, P(ROOT)), CREATE(FAIL(INPUT))),

	ROW("realm_create_vmid_in_use_input", VMID, RMM_1_0, NEW_REALM,
	    POKE(AT(PARAMS, RMI1_REALM_PARAMS_VMID_OFFSET), N(1)), CREATE(FAIL(INPUT))),
	REFUSED("realm_create_vmid_out_of_range_input", VMID, RMM_1_0,
		POKE(AT(PARAMS, RMI1_REALM_PARAMS_VMID_OFFSET), N(0x100))),
	ROW("realm_create_no_vmid_global", NONE_LEFT, ANY_2_0, READY, DO(until_no_vmid)),
	ROW_IF(NEED_FEW_MECS, "realm_create_no_mecid_global", NONE_LEFT, ANY_2_0, READY, DO(until_no_mecid)),
};

TABLE_OF(cases_realm_params, rows);
