/* Generated from spec/measurement.json (rmm-2.0). Do not edit; regenerate with spec/generate. */
/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */

#ifndef REALM_SPEC_MEASUREMENT_H
#define REALM_SPEC_MEASUREMENT_H

#ifdef __ASSEMBLER__
#define MEASUREMENT_U64(x) x
#else
#include <stddef.h>
#include <stdint.h>
#define MEASUREMENT_U64(x) UINT64_C(x)
#endif

/*
 * RmmMeasurementType (DEN0137 1.0-rel0, 2.0-bet1: RmmMeasurementDescriptorData, Rec and Ripas
 * types, field desc_type)
 */
#define RMM_MEASUREMENT_TYPE_DATA 0
#define RMM_MEASUREMENT_TYPE_REC 1
#define RMM_MEASUREMENT_TYPE_RIPAS 2	/* RMM 1.0 alone */

/* RmmMeasurementSize (DEN0137 1.0-rel0, 2.0-bet1: Realm Initial Measurement) */
#define RMM_MEASUREMENT_SLOT_SIZE 64	/* A digest and the zero bytes after it */
#define RMM_MEASUREMENT_SIZE 256	/* Every descriptor, all of it hashed */
#define RMM_MEASUREMENT_PARAMS_SIZE 4096	/* Filtered parameter page, whatever the granule */

/* RmmMeasurementIndex (DEN0137 1.0-rel0, 2.0-bet1: RSI_MEASUREMENT_EXTEND command) */
#define RMM_MEASUREMENT_INDEX_RIM 0
#define RMM_MEASUREMENT_INDEX_REM_FIRST 1
#define RMM_MEASUREMENT_INDEX_REM_LAST 4

/*
 * RmmRimStart (DEN0137 1.0-rel0, 2.0-bet1: RMI_REALM_CREATE command). RIM right after
 * RMI_REALM_CREATE
 */
#define RMM_RIM_START_ZERO 0
#define RMM_RIM_START_PARAMS 1	/* Digest of RmmRealmParams */

/*
 * RmmHashAlgorithm (DEN0137 1.0-rel0, 2.0-bet1: RmiHashAlgorithm type). Mind the order: SHA-384
 * came last, with 2.0
 */
#define RMM_HASH_SHA_256 0
#define RMM_HASH_SHA_256_DIGEST_SIZE 32
#define RMM_HASH_SHA_512 1
#define RMM_HASH_SHA_512_DIGEST_SIZE 64
#define RMM_HASH_SHA_384 2
#define RMM_HASH_SHA_384_DIGEST_SIZE 48

/*
 * RmmRealmFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiRealmFlags type). The whole word is measured, these
 * bits have a meaning; above pmu 2.0 alone
 */
#define RMM_REALM_FLAGS_LPA2_SHIFT 0
#define RMM_REALM_FLAGS_LPA2_WIDTH 1
#define RMM_REALM_FLAGS_LPA2_MASK MEASUREMENT_U64(0x1)
#define RMM_REALM_FLAGS_SVE_SHIFT 1
#define RMM_REALM_FLAGS_SVE_WIDTH 1
#define RMM_REALM_FLAGS_SVE_MASK MEASUREMENT_U64(0x2)
#define RMM_REALM_FLAGS_PMU_SHIFT 2
#define RMM_REALM_FLAGS_PMU_WIDTH 1
#define RMM_REALM_FLAGS_PMU_MASK MEASUREMENT_U64(0x4)
#define RMM_REALM_FLAGS_DA_SHIFT 3
#define RMM_REALM_FLAGS_DA_WIDTH 1
#define RMM_REALM_FLAGS_DA_MASK MEASUREMENT_U64(0x8)
#define RMM_REALM_FLAGS_LFA_POLICY_SHIFT 5
#define RMM_REALM_FLAGS_LFA_POLICY_WIDTH 2
#define RMM_REALM_FLAGS_LFA_POLICY_MASK MEASUREMENT_U64(0x60)
#define RMM_REALM_FLAGS_MEC_POLICY_SHIFT 7
#define RMM_REALM_FLAGS_MEC_POLICY_WIDTH 2
#define RMM_REALM_FLAGS_MEC_POLICY_MASK MEASUREMENT_U64(0x180)
#define RMM_REALM_FLAGS_MASK MEASUREMENT_U64(0x1ef)	/* all of the above */

/*
 * RmmRecFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiRecCreateFlags type). A REC that is not runnable
 * leaves the RIM alone
 */
#define RMM_REC_FLAGS_RUNNABLE_SHIFT 0
#define RMM_REC_FLAGS_RUNNABLE_WIDTH 1
#define RMM_REC_FLAGS_RUNNABLE_MASK MEASUREMENT_U64(0x1)
#define RMM_REC_FLAGS_MASK MEASUREMENT_U64(0x1)	/* all of the above */

/*
 * RmmDataFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiDataFlags type). Clear: address and flags are
 * measured, the bytes are not
 */
#define RMM_DATA_FLAGS_MEASURE_SHIFT 0
#define RMM_DATA_FLAGS_MEASURE_WIDTH 1
#define RMM_DATA_FLAGS_MEASURE_MASK MEASUREMENT_U64(0x1)
#define RMM_DATA_FLAGS_MASK MEASUREMENT_U64(0x1)	/* all of the above */

/*
 * RmmMeasurementData (DEN0137 1.0-rel0, 2.0-bet1: RmmMeasurementDescriptorData type). Hashed by
 * RMI_DATA_CREATE (1.0) and RMI_RTT_DATA_MAP_INIT (2.0), one a granule
 */
#define RMM_MEASUREMENT_DATA_SIZE 0x100
#define RMM_MEASUREMENT_DATA_TYPE_OFFSET 0x000
#define RMM_MEASUREMENT_DATA_LEN_OFFSET 0x008
#define RMM_MEASUREMENT_DATA_RIM_OFFSET 0x010
#define RMM_MEASUREMENT_DATA_RIM_COUNT 64
#define RMM_MEASUREMENT_DATA_IPA_OFFSET 0x050
#define RMM_MEASUREMENT_DATA_FLAGS_OFFSET 0x058
#define RMM_MEASUREMENT_DATA_CONTENT_OFFSET 0x060
#define RMM_MEASUREMENT_DATA_CONTENT_COUNT 64

/*
 * RmmMeasurementRec (DEN0137 1.0-rel0, 2.0-bet1: RmmMeasurementDescriptorRec type). Hashed by
 * RMI_REC_CREATE of a runnable REC
 */
#define RMM_MEASUREMENT_REC_SIZE 0x100
#define RMM_MEASUREMENT_REC_TYPE_OFFSET 0x000
#define RMM_MEASUREMENT_REC_LEN_OFFSET 0x008
#define RMM_MEASUREMENT_REC_RIM_OFFSET 0x010
#define RMM_MEASUREMENT_REC_RIM_COUNT 64
#define RMM_MEASUREMENT_REC_CONTENT_OFFSET 0x050
#define RMM_MEASUREMENT_REC_CONTENT_COUNT 64

/*
 * RmmMeasurementRipas (DEN0137 1.0-rel0: RmmMeasurementDescriptorRipas type). Hashed by
 * RMI_RTT_INIT_RIPAS of RMM 1.0, one an RTT entry
 */
#define RMM_MEASUREMENT_RIPAS_SIZE 0x100
#define RMM_MEASUREMENT_RIPAS_TYPE_OFFSET 0x000
#define RMM_MEASUREMENT_RIPAS_LEN_OFFSET 0x008
#define RMM_MEASUREMENT_RIPAS_RIM_OFFSET 0x010
#define RMM_MEASUREMENT_RIPAS_RIM_COUNT 64
#define RMM_MEASUREMENT_RIPAS_BASE_OFFSET 0x050
#define RMM_MEASUREMENT_RIPAS_TOP_OFFSET 0x058

/*
 * RmmRealmParams (DEN0137 1.0-rel0: RMI_REALM_CREATE command). Realm parameters with all that is
 * not measured left zero; hashed whole
 */
#define RMM_REALM_PARAMS_SIZE 0x1000
#define RMM_REALM_PARAMS_FLAGS_OFFSET 0x000
#define RMM_REALM_PARAMS_S2SZ_OFFSET 0x008
#define RMM_REALM_PARAMS_SVE_VL_OFFSET 0x010
#define RMM_REALM_PARAMS_NUM_BPS_OFFSET 0x018
#define RMM_REALM_PARAMS_NUM_WPS_OFFSET 0x020
#define RMM_REALM_PARAMS_PMU_NUM_CTRS_OFFSET 0x028
#define RMM_REALM_PARAMS_HASH_ALGO_OFFSET 0x030

/*
 * RmmRecParams (DEN0137 1.0-rel0, 2.0-bet1: RMI_REC_CREATE command). REC parameters with all that
 * is not measured left zero; hashed whole
 */
#define RMM_REC_PARAMS_SIZE 0x1000
#define RMM_REC_PARAMS_FLAGS_OFFSET 0x000
#define RMM_REC_PARAMS_PC_OFFSET 0x200
#define RMM_REC_PARAMS_GPRS_OFFSET 0x300
#define RMM_REC_PARAMS_GPRS_COUNT 8

#ifndef __ASSEMBLER__

#if defined(__cplusplus) || __STDC_VERSION__ > 201710L
#define MEASUREMENT_ASSERT(condition) static_assert(condition, #condition)
#else
#define MEASUREMENT_ASSERT(condition) _Static_assert(condition, #condition)
#endif

static inline uint64_t rmm_realm_flags_get_lpa2(uint64_t word)
{
	return (word & RMM_REALM_FLAGS_LPA2_MASK) >> RMM_REALM_FLAGS_LPA2_SHIFT;
}

static inline uint64_t rmm_realm_flags_set_lpa2(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMM_REALM_FLAGS_LPA2_MASK;

	return (word & ~mask) | ((value << RMM_REALM_FLAGS_LPA2_SHIFT) & mask);
}

static inline uint64_t rmm_realm_flags_get_sve(uint64_t word)
{
	return (word & RMM_REALM_FLAGS_SVE_MASK) >> RMM_REALM_FLAGS_SVE_SHIFT;
}

static inline uint64_t rmm_realm_flags_set_sve(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMM_REALM_FLAGS_SVE_MASK;

	return (word & ~mask) | ((value << RMM_REALM_FLAGS_SVE_SHIFT) & mask);
}

static inline uint64_t rmm_realm_flags_get_pmu(uint64_t word)
{
	return (word & RMM_REALM_FLAGS_PMU_MASK) >> RMM_REALM_FLAGS_PMU_SHIFT;
}

static inline uint64_t rmm_realm_flags_set_pmu(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMM_REALM_FLAGS_PMU_MASK;

	return (word & ~mask) | ((value << RMM_REALM_FLAGS_PMU_SHIFT) & mask);
}

static inline uint64_t rmm_realm_flags_get_da(uint64_t word)
{
	return (word & RMM_REALM_FLAGS_DA_MASK) >> RMM_REALM_FLAGS_DA_SHIFT;
}

static inline uint64_t rmm_realm_flags_set_da(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMM_REALM_FLAGS_DA_MASK;

	return (word & ~mask) | ((value << RMM_REALM_FLAGS_DA_SHIFT) & mask);
}

static inline uint64_t rmm_realm_flags_get_lfa_policy(uint64_t word)
{
	return (word & RMM_REALM_FLAGS_LFA_POLICY_MASK) >> RMM_REALM_FLAGS_LFA_POLICY_SHIFT;
}

static inline uint64_t rmm_realm_flags_set_lfa_policy(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMM_REALM_FLAGS_LFA_POLICY_MASK;

	return (word & ~mask) | ((value << RMM_REALM_FLAGS_LFA_POLICY_SHIFT) & mask);
}

static inline uint64_t rmm_realm_flags_get_mec_policy(uint64_t word)
{
	return (word & RMM_REALM_FLAGS_MEC_POLICY_MASK) >> RMM_REALM_FLAGS_MEC_POLICY_SHIFT;
}

static inline uint64_t rmm_realm_flags_set_mec_policy(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMM_REALM_FLAGS_MEC_POLICY_MASK;

	return (word & ~mask) | ((value << RMM_REALM_FLAGS_MEC_POLICY_SHIFT) & mask);
}

static inline uint64_t rmm_rec_flags_get_runnable(uint64_t word)
{
	return (word & RMM_REC_FLAGS_RUNNABLE_MASK) >> RMM_REC_FLAGS_RUNNABLE_SHIFT;
}

static inline uint64_t rmm_rec_flags_set_runnable(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMM_REC_FLAGS_RUNNABLE_MASK;

	return (word & ~mask) | ((value << RMM_REC_FLAGS_RUNNABLE_SHIFT) & mask);
}

static inline uint64_t rmm_data_flags_get_measure(uint64_t word)
{
	return (word & RMM_DATA_FLAGS_MEASURE_MASK) >> RMM_DATA_FLAGS_MEASURE_SHIFT;
}

static inline uint64_t rmm_data_flags_set_measure(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMM_DATA_FLAGS_MEASURE_MASK;

	return (word & ~mask) | ((value << RMM_DATA_FLAGS_MEASURE_SHIFT) & mask);
}

struct rmm_measurement_data {
	uint8_t type;	/* RmmMeasurementType */
	uint8_t pad_001[7];
	uint64_t len;	/* Size of this descriptor, 0x100 */
	uint8_t rim[64];	/* RIM before this event, zero padded */
	uint64_t ipa;
	uint64_t flags;	/* RmmDataFlags */
	/* Digest of the granule, zero padded; all zero when flags does not ask for it */
	uint8_t content[64];
	uint8_t pad_0a0[96];
};

MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_data, type) == RMM_MEASUREMENT_DATA_TYPE_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_data, len) == RMM_MEASUREMENT_DATA_LEN_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_data, rim) == RMM_MEASUREMENT_DATA_RIM_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_data, ipa) == RMM_MEASUREMENT_DATA_IPA_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_data, flags) ==
	RMM_MEASUREMENT_DATA_FLAGS_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_data, content) ==
	RMM_MEASUREMENT_DATA_CONTENT_OFFSET);
MEASUREMENT_ASSERT(sizeof(struct rmm_measurement_data) == RMM_MEASUREMENT_DATA_SIZE);

struct rmm_measurement_rec {
	uint8_t type;	/* RmmMeasurementType */
	uint8_t pad_001[7];
	uint64_t len;	/* Size of this descriptor, 0x100 */
	uint8_t rim[64];	/* RIM before this event, zero padded */
	uint8_t content[64];	/* Digest of RmmRecParams, zero padded */
	uint8_t pad_090[112];
};

MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_rec, type) == RMM_MEASUREMENT_REC_TYPE_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_rec, len) == RMM_MEASUREMENT_REC_LEN_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_rec, rim) == RMM_MEASUREMENT_REC_RIM_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_rec, content) ==
	RMM_MEASUREMENT_REC_CONTENT_OFFSET);
MEASUREMENT_ASSERT(sizeof(struct rmm_measurement_rec) == RMM_MEASUREMENT_REC_SIZE);

struct rmm_measurement_ripas {
	uint8_t type;	/* RmmMeasurementType */
	uint8_t pad_001[7];
	uint64_t len;	/* Size of this descriptor, 0x100 */
	uint8_t rim[64];	/* RIM before this event, zero padded */
	uint64_t base;	/* IPA of the RTT entry */
	uint64_t top;	/* IPA of its end */
	uint8_t pad_060[160];
};

MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_ripas, type) ==
	RMM_MEASUREMENT_RIPAS_TYPE_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_ripas, len) == RMM_MEASUREMENT_RIPAS_LEN_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_ripas, rim) == RMM_MEASUREMENT_RIPAS_RIM_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_ripas, base) ==
	RMM_MEASUREMENT_RIPAS_BASE_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_measurement_ripas, top) == RMM_MEASUREMENT_RIPAS_TOP_OFFSET);
MEASUREMENT_ASSERT(sizeof(struct rmm_measurement_ripas) == RMM_MEASUREMENT_RIPAS_SIZE);

struct rmm_realm_params {
	uint64_t flags;	/* RmiRealmFlags */
	uint8_t s2sz;	/* IPA width in bits */
	uint8_t pad_009[7];
	uint8_t sve_vl;	/* Vector length in quadwords minus one */
	uint8_t pad_011[7];
	uint8_t num_bps;	/* Breakpoints minus one; 0 is reserved and rejected */
	uint8_t pad_019[7];
	uint8_t num_wps;	/* Watchpoints minus one; 0 is reserved and rejected */
	uint8_t pad_021[7];
	uint8_t pmu_num_ctrs;	/* PMU event counters */
	uint8_t pad_029[7];
	uint8_t hash_algo;	/* RmiHashAlgorithm */
	uint8_t pad_031[4047];
};

MEASUREMENT_ASSERT(offsetof(struct rmm_realm_params, flags) == RMM_REALM_PARAMS_FLAGS_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_realm_params, s2sz) == RMM_REALM_PARAMS_S2SZ_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_realm_params, sve_vl) == RMM_REALM_PARAMS_SVE_VL_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_realm_params, num_bps) == RMM_REALM_PARAMS_NUM_BPS_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_realm_params, num_wps) == RMM_REALM_PARAMS_NUM_WPS_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_realm_params, pmu_num_ctrs) ==
	RMM_REALM_PARAMS_PMU_NUM_CTRS_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_realm_params, hash_algo) ==
	RMM_REALM_PARAMS_HASH_ALGO_OFFSET);
MEASUREMENT_ASSERT(sizeof(struct rmm_realm_params) == RMM_REALM_PARAMS_SIZE);

struct rmm_rec_params {
	uint64_t flags;	/* RmiRecCreateFlags */
	uint8_t pad_008[504];
	uint64_t pc;
	uint8_t pad_208[248];
	uint64_t gprs[8];	/* X0..X7 */
	uint8_t pad_340[3264];
};

MEASUREMENT_ASSERT(offsetof(struct rmm_rec_params, flags) == RMM_REC_PARAMS_FLAGS_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_rec_params, pc) == RMM_REC_PARAMS_PC_OFFSET);
MEASUREMENT_ASSERT(offsetof(struct rmm_rec_params, gprs) == RMM_REC_PARAMS_GPRS_OFFSET);
MEASUREMENT_ASSERT(sizeof(struct rmm_rec_params) == RMM_REC_PARAMS_SIZE);

/*
 * RmmProfile (DEN0137 1.0-rel0, 2.0-bet1: Realm Initial Measurement). What extends the RIM; data
 * pages always do, RECs when runnable
 */
struct rmm_profile {
	const char *name;
	uint64_t start;	/* RIM right after RMI_REALM_CREATE */
	uint8_t ripas;	/* RMI_RTT_INIT_RIPAS extends the RIM */
	uint64_t hashes[3];	/* Algorithms a realm can ask for */
	uint8_t num_hashes;
	uint64_t granules[3];	/* Granule sizes in bytes */
	uint8_t num_granules;
};

/* DEN0137 1.0-rel0: RMI_REALM_CREATE and RMI_RTT_INIT_RIPAS commands */
#define RMM_PROFILE_RMM_1_0 { \
	.name = "rmm-1.0", \
	.start = RMM_RIM_START_PARAMS, \
	.ripas = 1, \
	.hashes = { RMM_HASH_SHA_256, RMM_HASH_SHA_512 }, \
	.num_hashes = 2, \
	.granules = { 4096 }, \
	.num_granules = 1, \
}

/*
 * DEN0137 2.0-bet1: RMI_REALM_CREATE command. A zero start is stated by the bet0 text and by a
 * calculation tool that cites bet3; bet1 lies between.
 */
#define RMM_PROFILE_RMM_2_0 { \
	.name = "rmm-2.0", \
	.start = RMM_RIM_START_ZERO, \
	.ripas = 0, \
	.hashes = { RMM_HASH_SHA_256, RMM_HASH_SHA_384, RMM_HASH_SHA_512 }, \
	.num_hashes = 3, \
	.granules = { 4096, 16384, 65536 }, \
	.num_granules = 3, \
}

/*
 * TF-RMM 9a7f8ef4: attestation stub, measurement. The TF-RMM of July 2026 accepts granules of 4 KiB
 * alone; measured larger ones follow the same rule.
 */
#define RMM_PROFILE_TF_RMM_2_0 { \
	.name = "tf-rmm-2.0", \
	.start = RMM_RIM_START_PARAMS, \
	.ripas = 0, \
	.hashes = { RMM_HASH_SHA_256, RMM_HASH_SHA_384, RMM_HASH_SHA_512 }, \
	.num_hashes = 3, \
	.granules = { 4096, 16384, 65536 }, \
	.num_granules = 3, \
}

#define RMM_PROFILE_ALL \
	RMM_PROFILE_RMM_1_0, \
	RMM_PROFILE_RMM_2_0, \
	RMM_PROFILE_TF_RMM_2_0

#endif /* __ASSEMBLER__ */

#endif /* REALM_SPEC_MEASUREMENT_H */
