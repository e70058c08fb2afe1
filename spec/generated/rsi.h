/* Generated from spec/rsi.json (rmm-2.0). Do not edit; regenerate with spec/generate. */
/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */

#ifndef REALM_SPEC_RSI_H
#define REALM_SPEC_RSI_H

#ifdef __ASSEMBLER__
#define RSI_U64(x) x
#else
#include <stddef.h>
#include <stdint.h>
#define RSI_U64(x) UINT64_C(x)
#endif

/*
 * RsiStatusCode (DEN0137 1.0-rel0, 2.0-bet1: RsiStatusCode type). X0 on return of every RSI command
 */
#define RSI_SUCCESS 0
#define RSI_ERROR_INPUT 1
#define RSI_ERROR_STATE 2
#define RSI_INCOMPLETE 3
#define RSI_ERROR_UNKNOWN 4
#define RSI_ERROR_DEVICE 5	/* 2.0 only */

/* RsiHashAlgorithm (DEN0137 1.0-rel0, 2.0-bet1: RsiHashAlgorithm type) */
#define RSI_HASH_SHA_256 0
#define RSI_HASH_SHA_512 1
#define RSI_HASH_SHA_384 2

/* RsiRipas (DEN0137 1.0-rel0, 2.0-bet1: RsiRipas type) */
#define RSI_EMPTY 0
#define RSI_RAM 1
#define RSI_DESTROYED 2
#define RSI_DEV 3

/* RsiRipasChangeDestroyed (DEN0137 1.0-rel0, 2.0-bet1: RsiRipasChangeDestroyed type) */
#define RSI_NO_CHANGE_DESTROYED 0
#define RSI_CHANGE_DESTROYED 1

/* RsiResponse (DEN0137 1.0-rel0, 2.0-bet1: RsiResponse type) */
#define RSI_ACCEPT 0
#define RSI_REJECT 1

/* RsiPlaneExitReason (TF-RMM 9a7f8ef4: smc-rsi.h, RsiPlaneExitReason) */
#define RSI_EXIT_SYNC 0
#define RSI_EXIT_IRQ 1
#define RSI_EXIT_HOST 2

/* RsiVdevState (TF-RMM 9a7f8ef4: smc-rsi.h, RsiVdevState) */
#define RSI_VDEV_UNLOCKED 0
#define RSI_VDEV_LOCKED 1
#define RSI_VDEV_STARTED 2
#define RSI_VDEV_ERROR 3

/* X1 req -> X0 result, X1 lower, X2 higher */
#define SMC_RSI_VERSION RSI_U64(0xC4000190)
/* X1 index -> X0 result, X1 value */
#define SMC_RSI_FEATURES RSI_U64(0xC4000191)
/*
 * X1 index -> X0 result, X1 value_0, X2 value_1, X3 value_2, X4 value_3, X5 value_4, X6 value_5, X7
 * value_6, X8 value_7
 */
#define SMC_RSI_MEASUREMENT_READ RSI_U64(0xC4000192)
/*
 * X1 index, X2 size, X3 value_0, X4 value_1, X5 value_2, X6 value_3, X7 value_4, X8 value_5, X9
 * value_6, X10 value_7 -> X0 result
 */
#define SMC_RSI_MEASUREMENT_EXTEND RSI_U64(0xC4000193)
/*
 * X1 challenge_0, X2 challenge_1, X3 challenge_2, X4 challenge_3, X5 challenge_4, X6 challenge_5,
 * X7 challenge_6, X8 challenge_7 -> X0 result, X1 max_size
 */
#define SMC_RSI_ATTEST_TOKEN_INIT RSI_U64(0xC4000194)
/* X1 addr, X2 offset, X3 size -> X0 result, X1 len */
#define SMC_RSI_ATTEST_TOKEN_CONTINUE RSI_U64(0xC4000195)
/* X1 addr -> X0 result */
#define SMC_RSI_REALM_CONFIG RSI_U64(0xC4000196)
/* X1 base, X2 top, X3 ripas, X4 flags -> X0 result, X1 new_base, X2 response */
#define SMC_RSI_IPA_STATE_SET RSI_U64(0xC4000197)
/* X1 base, X2 top -> X0 result, X1 out_top, X2 ripas */
#define SMC_RSI_IPA_STATE_GET RSI_U64(0xC4000198)
/* X1 addr -> X0 result */
#define SMC_RSI_HOST_CALL RSI_U64(0xC4000199)
/* arguments not known */
#define SMC_RSI_VSMMU_GET_INFO RSI_U64(0xC400019A)
/* arguments not known */
#define SMC_RSI_ARCH_DEV_ACTIVATE RSI_U64(0xC400019B)
/*
 * X1 vdev_id, X2 flags, X3 non_ats_plane, X4 lock_nonce, X5 meas_nonce, X6 report_nonce -> X0
 * result
 */
#define SMC_RSI_VDEV_DMA_ENABLE RSI_U64(0xC400019C)
/* X1 vdev_id, X2 addr -> X0 result */
#define SMC_RSI_VDEV_GET_INFO RSI_U64(0xC400019D)
/*
 * X1 vdev_id, X2 base, X3 top, X4 pa_base, X5 flags, X6 lock_nonce, X7 meas_nonce, X8 report_nonce
 * -> X0 result, X1 new_base, X2 response
 */
#define SMC_RSI_VDEV_VALIDATE_MAPPING RSI_U64(0xC400019F)
/* X1 plane, X2 perm_index -> X0 result, X1 value */
#define SMC_RSI_MEM_GET_PERM_VALUE RSI_U64(0xC40001A0)
/*
 * X1 base, X2 top, X3 perm_index, X4 cookie -> X0 result, X1 new_base, X2 response, X3 new_cookie
 */
#define SMC_RSI_MEM_SET_PERM_INDEX RSI_U64(0xC40001A1)
/* X1 plane, X2 perm_index, X3 value -> X0 result */
#define SMC_RSI_MEM_SET_PERM_VALUE RSI_U64(0xC40001A2)
/* X1 plane, X2 run_ptr -> X0 result */
#define SMC_RSI_PLANE_ENTER RSI_U64(0xC40001A3)
/* X1 vdev_id -> X0 result */
#define SMC_RSI_VDEV_DMA_DISABLE RSI_U64(0xC40001A4)
/* X1 plane, X2 sysreg -> X0 result, X1 value_lo, X2 value_hi */
#define SMC_RSI_PLANE_SYSREG_READ RSI_U64(0xC40001AE)
/* X1 plane, X2 sysreg, X3 value -> X0 result */
#define SMC_RSI_PLANE_SYSREG_WRITE RSI_U64(0xC40001AF)
/* arguments not known */
#define SMC_RSI_VDEV_P2P_BIND RSI_U64(0xC40001BF)

/* RsiFeatureRegister0 (TF-RMM 9a7f8ef4: smc-rsi.h, RsiFeatureRegister0) */
#define RSI_FEATURE_REGISTER0_DA_SHIFT 0
#define RSI_FEATURE_REGISTER0_DA_WIDTH 1
#define RSI_FEATURE_REGISTER0_DA_MASK RSI_U64(0x1)
#define RSI_FEATURE_REGISTER0_MRO_SHIFT 1
#define RSI_FEATURE_REGISTER0_MRO_WIDTH 1
#define RSI_FEATURE_REGISTER0_MRO_MASK RSI_U64(0x2)
#define RSI_FEATURE_REGISTER0_ATS_SHIFT 2
#define RSI_FEATURE_REGISTER0_ATS_WIDTH 1
#define RSI_FEATURE_REGISTER0_ATS_MASK RSI_U64(0x4)
#define RSI_FEATURE_REGISTER0_MASK RSI_U64(0x7)	/* all of the above */

/* RsiRipasChangeFlags (DEN0137 1.0-rel0, 2.0-bet1: RsiRipasChangeFlags type) */
#define RSI_RIPAS_CHANGE_FLAGS_DESTROYED_SHIFT 0
#define RSI_RIPAS_CHANGE_FLAGS_DESTROYED_WIDTH 1
#define RSI_RIPAS_CHANGE_FLAGS_DESTROYED_MASK RSI_U64(0x1)
#define RSI_RIPAS_CHANGE_FLAGS_MASK RSI_U64(0x1)	/* all of the above */

/* RsiPlaneEnterFlags (TF-RMM 9a7f8ef4: smc-rsi.h, RsiPlaneEnterFlags) */
#define RSI_PLANE_ENTER_FLAGS_TRAP_WFI_SHIFT 0
#define RSI_PLANE_ENTER_FLAGS_TRAP_WFI_WIDTH 1
#define RSI_PLANE_ENTER_FLAGS_TRAP_WFI_MASK RSI_U64(0x1)
#define RSI_PLANE_ENTER_FLAGS_TRAP_WFE_SHIFT 1
#define RSI_PLANE_ENTER_FLAGS_TRAP_WFE_WIDTH 1
#define RSI_PLANE_ENTER_FLAGS_TRAP_WFE_MASK RSI_U64(0x2)
#define RSI_PLANE_ENTER_FLAGS_TRAP_HC_SHIFT 2
#define RSI_PLANE_ENTER_FLAGS_TRAP_HC_WIDTH 1
#define RSI_PLANE_ENTER_FLAGS_TRAP_HC_MASK RSI_U64(0x4)
#define RSI_PLANE_ENTER_FLAGS_OWN_GIC_SHIFT 3
#define RSI_PLANE_ENTER_FLAGS_OWN_GIC_WIDTH 1
#define RSI_PLANE_ENTER_FLAGS_OWN_GIC_MASK RSI_U64(0x8)
#define RSI_PLANE_ENTER_FLAGS_TRAP_SIMD_SHIFT 4
#define RSI_PLANE_ENTER_FLAGS_TRAP_SIMD_WIDTH 1
#define RSI_PLANE_ENTER_FLAGS_TRAP_SIMD_MASK RSI_U64(0x10)
#define RSI_PLANE_ENTER_FLAGS_TRAP_DBG_SHIFT 5
#define RSI_PLANE_ENTER_FLAGS_TRAP_DBG_WIDTH 1
#define RSI_PLANE_ENTER_FLAGS_TRAP_DBG_MASK RSI_U64(0x20)
#define RSI_PLANE_ENTER_FLAGS_MASK RSI_U64(0x3f)	/* all of the above */

/* RsiRealmConfig (DEN0137 1.0-rel0, 2.0-bet1: RsiRealmConfig type). RMM to realm */
#define RSI_REALM_CONFIG_SIZE 0x1000
#define RSI_REALM_CONFIG_IPA_WIDTH_OFFSET 0x000
#define RSI_REALM_CONFIG_HASH_ALGO_OFFSET 0x008
#define RSI_REALM_CONFIG_NUM_AUX_PLANES_OFFSET 0x010
#define RSI_REALM_CONFIG_GICV3_VTR_OFFSET 0x018
#define RSI_REALM_CONFIG_ATS_PLANE_OFFSET 0x020
#define RSI_REALM_CONFIG_RPV_OFFSET 0x200
#define RSI_REALM_CONFIG_RPV_COUNT 64

/*
 * RsiHostCall (DEN0137 1.0-rel0, 2.0-bet1: RsiHostCall type). Realm to RMM and back; must not cross
 * a granule. TF-RMM wants 256-byte alignment and reads imm as 32 bits
 */
#define RSI_HOST_CALL_SIZE 0x100
#define RSI_HOST_CALL_IMM_OFFSET 0x000
#define RSI_HOST_CALL_GPRS_OFFSET 0x008
#define RSI_HOST_CALL_GPRS_COUNT 31

/* RsiPlaneEnter (TF-RMM 9a7f8ef4: smc-rsi.h, RsiPlaneEnter). Plane 0 to RMM */
#define RSI_PLANE_ENTER_SIZE 0x800
#define RSI_PLANE_ENTER_FLAGS_OFFSET 0x000
#define RSI_PLANE_ENTER_PC_OFFSET 0x008
#define RSI_PLANE_ENTER_PSTATE_OFFSET 0x010
#define RSI_PLANE_ENTER_GPRS_OFFSET 0x100
#define RSI_PLANE_ENTER_GPRS_COUNT 31
#define RSI_PLANE_ENTER_GICV3_HCR_OFFSET 0x200
#define RSI_PLANE_ENTER_GICV3_LRS_OFFSET 0x208
#define RSI_PLANE_ENTER_GICV3_LRS_COUNT 16
#define RSI_PLANE_ENTER_ELR_EL1_OFFSET 0x400

/* RsiPlaneExit (TF-RMM 9a7f8ef4: smc-rsi.h, RsiPlaneExit). RMM to plane 0 */
#define RSI_PLANE_EXIT_SIZE 0x800
#define RSI_PLANE_EXIT_REASON_OFFSET 0x000
#define RSI_PLANE_EXIT_ELR_EL2_OFFSET 0x008
#define RSI_PLANE_EXIT_PSTATE_OFFSET 0x010
#define RSI_PLANE_EXIT_GPRS_OFFSET 0x100
#define RSI_PLANE_EXIT_GPRS_COUNT 31
#define RSI_PLANE_EXIT_ESR_EL2_OFFSET 0x200
#define RSI_PLANE_EXIT_FAR_EL2_OFFSET 0x208
#define RSI_PLANE_EXIT_HPFAR_EL2_OFFSET 0x210
#define RSI_PLANE_EXIT_GICV3_HCR_OFFSET 0x300
#define RSI_PLANE_EXIT_GICV3_LRS_OFFSET 0x308
#define RSI_PLANE_EXIT_GICV3_LRS_COUNT 16
#define RSI_PLANE_EXIT_GICV3_MISR_OFFSET 0x388
#define RSI_PLANE_EXIT_GICV3_VMCR_OFFSET 0x390
#define RSI_PLANE_EXIT_CNTP_CTL_OFFSET 0x400
#define RSI_PLANE_EXIT_CNTP_CVAL_OFFSET 0x408
#define RSI_PLANE_EXIT_CNTV_CTL_OFFSET 0x410
#define RSI_PLANE_EXIT_CNTV_CVAL_OFFSET 0x418
#define RSI_PLANE_EXIT_SCTLR_EL1_OFFSET 0x500
#define RSI_PLANE_EXIT_VBAR_EL1_OFFSET 0x508
#define RSI_PLANE_EXIT_ELR_EL1_OFFSET 0x510
#define RSI_PLANE_EXIT_PMU_OVF_STATUS_OFFSET 0x600

/* RsiPlaneRun (TF-RMM 9a7f8ef4: smc-rsi.h, RsiPlaneRun) */
#define RSI_PLANE_RUN_SIZE 0x1000
#define RSI_PLANE_RUN_ENTER_OFFSET 0x000
#define RSI_PLANE_RUN_EXIT_OFFSET 0x800

/* RsiVdevInfo (TF-RMM 9a7f8ef4: smc-rsi.h, RsiVdevInfo) */
#define RSI_VDEV_INFO_SIZE 0x200
#define RSI_VDEV_INFO_FLAGS_OFFSET 0x000
#define RSI_VDEV_INFO_CERT_ID_OFFSET 0x008
#define RSI_VDEV_INFO_HASH_ALGO_OFFSET 0x010
#define RSI_VDEV_INFO_LOCK_NONCE_OFFSET 0x018
#define RSI_VDEV_INFO_MEAS_NONCE_OFFSET 0x020
#define RSI_VDEV_INFO_REPORT_NONCE_OFFSET 0x028
#define RSI_VDEV_INFO_FORMAT_TYPE_OFFSET 0x030
#define RSI_VDEV_INFO_FORMAT_VERSION_OFFSET 0x038
#define RSI_VDEV_INFO_STATE_OFFSET 0x040
#define RSI_VDEV_INFO_VCA_DIGEST_OFFSET 0x080
#define RSI_VDEV_INFO_VCA_DIGEST_COUNT 64
#define RSI_VDEV_INFO_CERT_DIGEST_OFFSET 0x0c0
#define RSI_VDEV_INFO_CERT_DIGEST_COUNT 64
#define RSI_VDEV_INFO_PUBKEY_DIGEST_OFFSET 0x100
#define RSI_VDEV_INFO_PUBKEY_DIGEST_COUNT 64
#define RSI_VDEV_INFO_MEAS_DIGEST_OFFSET 0x140
#define RSI_VDEV_INFO_MEAS_DIGEST_COUNT 64
#define RSI_VDEV_INFO_REPORT_DIGEST_OFFSET 0x180
#define RSI_VDEV_INFO_REPORT_DIGEST_COUNT 64
#define RSI_VDEV_INFO_VSMMU_ADDR_OFFSET 0x1c0
#define RSI_VDEV_INFO_VSMMU_VSID_OFFSET 0x1c8

/* X(name, arguments, results after X0, may answer INCOMPLETE) */
#define RSI_COMMANDS(X) \
	X(RSI_VERSION, 1, 2, 0) \
	X(RSI_FEATURES, 1, 1, 0) \
	X(RSI_MEASUREMENT_READ, 1, 8, 0) \
	X(RSI_MEASUREMENT_EXTEND, 10, 0, 0) \
	X(RSI_ATTEST_TOKEN_INIT, 8, 1, 0) \
	X(RSI_ATTEST_TOKEN_CONTINUE, 3, 1, 0) \
	X(RSI_REALM_CONFIG, 1, 0, 0) \
	X(RSI_IPA_STATE_SET, 4, 2, 0) \
	X(RSI_IPA_STATE_GET, 2, 2, 0) \
	X(RSI_HOST_CALL, 1, 0, 0) \
	X(RSI_VSMMU_GET_INFO, 0, 0, 0) \
	X(RSI_ARCH_DEV_ACTIVATE, 0, 0, 0) \
	X(RSI_VDEV_DMA_ENABLE, 6, 0, 0) \
	X(RSI_VDEV_GET_INFO, 2, 0, 0) \
	X(RSI_VDEV_VALIDATE_MAPPING, 8, 2, 0) \
	X(RSI_MEM_GET_PERM_VALUE, 2, 1, 0) \
	X(RSI_MEM_SET_PERM_INDEX, 4, 3, 0) \
	X(RSI_MEM_SET_PERM_VALUE, 3, 0, 0) \
	X(RSI_PLANE_ENTER, 2, 0, 0) \
	X(RSI_VDEV_DMA_DISABLE, 1, 0, 0) \
	X(RSI_PLANE_SYSREG_READ, 2, 2, 0) \
	X(RSI_PLANE_SYSREG_WRITE, 3, 0, 0) \
	X(RSI_VDEV_P2P_BIND, 0, 0, 0)

#ifndef __ASSEMBLER__

#if defined(__cplusplus) || __STDC_VERSION__ > 201710L
#define RSI_ASSERT(condition) static_assert(condition, #condition)
#else
#define RSI_ASSERT(condition) _Static_assert(condition, #condition)
#endif

static inline uint64_t rsi_feature_register0_get_da(uint64_t word)
{
	return (word & RSI_FEATURE_REGISTER0_DA_MASK) >> RSI_FEATURE_REGISTER0_DA_SHIFT;
}

static inline uint64_t rsi_feature_register0_set_da(uint64_t word, uint64_t value)
{
	const uint64_t mask = RSI_FEATURE_REGISTER0_DA_MASK;

	return (word & ~mask) | ((value << RSI_FEATURE_REGISTER0_DA_SHIFT) & mask);
}

static inline uint64_t rsi_feature_register0_get_mro(uint64_t word)
{
	return (word & RSI_FEATURE_REGISTER0_MRO_MASK) >> RSI_FEATURE_REGISTER0_MRO_SHIFT;
}

static inline uint64_t rsi_feature_register0_set_mro(uint64_t word, uint64_t value)
{
	const uint64_t mask = RSI_FEATURE_REGISTER0_MRO_MASK;

	return (word & ~mask) | ((value << RSI_FEATURE_REGISTER0_MRO_SHIFT) & mask);
}

static inline uint64_t rsi_feature_register0_get_ats(uint64_t word)
{
	return (word & RSI_FEATURE_REGISTER0_ATS_MASK) >> RSI_FEATURE_REGISTER0_ATS_SHIFT;
}

static inline uint64_t rsi_feature_register0_set_ats(uint64_t word, uint64_t value)
{
	const uint64_t mask = RSI_FEATURE_REGISTER0_ATS_MASK;

	return (word & ~mask) | ((value << RSI_FEATURE_REGISTER0_ATS_SHIFT) & mask);
}

static inline uint64_t rsi_ripas_change_flags_get_destroyed(uint64_t word)
{
	return (word & RSI_RIPAS_CHANGE_FLAGS_DESTROYED_MASK) >>
		RSI_RIPAS_CHANGE_FLAGS_DESTROYED_SHIFT;
}

static inline uint64_t rsi_ripas_change_flags_set_destroyed(uint64_t word, uint64_t value)
{
	const uint64_t mask = RSI_RIPAS_CHANGE_FLAGS_DESTROYED_MASK;

	return (word & ~mask) | ((value << RSI_RIPAS_CHANGE_FLAGS_DESTROYED_SHIFT) & mask);
}

static inline uint64_t rsi_plane_enter_flags_get_trap_wfi(uint64_t word)
{
	return (word & RSI_PLANE_ENTER_FLAGS_TRAP_WFI_MASK) >> RSI_PLANE_ENTER_FLAGS_TRAP_WFI_SHIFT;
}

static inline uint64_t rsi_plane_enter_flags_set_trap_wfi(uint64_t word, uint64_t value)
{
	const uint64_t mask = RSI_PLANE_ENTER_FLAGS_TRAP_WFI_MASK;

	return (word & ~mask) | ((value << RSI_PLANE_ENTER_FLAGS_TRAP_WFI_SHIFT) & mask);
}

static inline uint64_t rsi_plane_enter_flags_get_trap_wfe(uint64_t word)
{
	return (word & RSI_PLANE_ENTER_FLAGS_TRAP_WFE_MASK) >> RSI_PLANE_ENTER_FLAGS_TRAP_WFE_SHIFT;
}

static inline uint64_t rsi_plane_enter_flags_set_trap_wfe(uint64_t word, uint64_t value)
{
	const uint64_t mask = RSI_PLANE_ENTER_FLAGS_TRAP_WFE_MASK;

	return (word & ~mask) | ((value << RSI_PLANE_ENTER_FLAGS_TRAP_WFE_SHIFT) & mask);
}

static inline uint64_t rsi_plane_enter_flags_get_trap_hc(uint64_t word)
{
	return (word & RSI_PLANE_ENTER_FLAGS_TRAP_HC_MASK) >> RSI_PLANE_ENTER_FLAGS_TRAP_HC_SHIFT;
}

static inline uint64_t rsi_plane_enter_flags_set_trap_hc(uint64_t word, uint64_t value)
{
	const uint64_t mask = RSI_PLANE_ENTER_FLAGS_TRAP_HC_MASK;

	return (word & ~mask) | ((value << RSI_PLANE_ENTER_FLAGS_TRAP_HC_SHIFT) & mask);
}

static inline uint64_t rsi_plane_enter_flags_get_own_gic(uint64_t word)
{
	return (word & RSI_PLANE_ENTER_FLAGS_OWN_GIC_MASK) >> RSI_PLANE_ENTER_FLAGS_OWN_GIC_SHIFT;
}

static inline uint64_t rsi_plane_enter_flags_set_own_gic(uint64_t word, uint64_t value)
{
	const uint64_t mask = RSI_PLANE_ENTER_FLAGS_OWN_GIC_MASK;

	return (word & ~mask) | ((value << RSI_PLANE_ENTER_FLAGS_OWN_GIC_SHIFT) & mask);
}

static inline uint64_t rsi_plane_enter_flags_get_trap_simd(uint64_t word)
{
	return (word & RSI_PLANE_ENTER_FLAGS_TRAP_SIMD_MASK) >>
		RSI_PLANE_ENTER_FLAGS_TRAP_SIMD_SHIFT;
}

static inline uint64_t rsi_plane_enter_flags_set_trap_simd(uint64_t word, uint64_t value)
{
	const uint64_t mask = RSI_PLANE_ENTER_FLAGS_TRAP_SIMD_MASK;

	return (word & ~mask) | ((value << RSI_PLANE_ENTER_FLAGS_TRAP_SIMD_SHIFT) & mask);
}

static inline uint64_t rsi_plane_enter_flags_get_trap_dbg(uint64_t word)
{
	return (word & RSI_PLANE_ENTER_FLAGS_TRAP_DBG_MASK) >> RSI_PLANE_ENTER_FLAGS_TRAP_DBG_SHIFT;
}

static inline uint64_t rsi_plane_enter_flags_set_trap_dbg(uint64_t word, uint64_t value)
{
	const uint64_t mask = RSI_PLANE_ENTER_FLAGS_TRAP_DBG_MASK;

	return (word & ~mask) | ((value << RSI_PLANE_ENTER_FLAGS_TRAP_DBG_SHIFT) & mask);
}

struct rsi_realm_config {
	uint64_t ipa_width;
	/* RsiHashAlgorithm; TF-RMM of July 2026 reports SHA-512 for a SHA-384 realm. */
	uint8_t hash_algo;
	uint8_t pad_009[7];
	uint64_t num_aux_planes;
	uint64_t gicv3_vtr;	/* ICH_VTR_EL2 view; TF-RMM stores 32 bits. */
	uint64_t ats_plane;
	uint8_t pad_028[472];
	uint8_t rpv[64];
	uint8_t pad_240[3520];
};

RSI_ASSERT(offsetof(struct rsi_realm_config, ipa_width) == RSI_REALM_CONFIG_IPA_WIDTH_OFFSET);
RSI_ASSERT(offsetof(struct rsi_realm_config, hash_algo) == RSI_REALM_CONFIG_HASH_ALGO_OFFSET);
RSI_ASSERT(offsetof(struct rsi_realm_config, num_aux_planes) ==
	RSI_REALM_CONFIG_NUM_AUX_PLANES_OFFSET);
RSI_ASSERT(offsetof(struct rsi_realm_config, gicv3_vtr) == RSI_REALM_CONFIG_GICV3_VTR_OFFSET);
RSI_ASSERT(offsetof(struct rsi_realm_config, ats_plane) == RSI_REALM_CONFIG_ATS_PLANE_OFFSET);
RSI_ASSERT(offsetof(struct rsi_realm_config, rpv) == RSI_REALM_CONFIG_RPV_OFFSET);
RSI_ASSERT(sizeof(struct rsi_realm_config) == RSI_REALM_CONFIG_SIZE);

struct rsi_host_call {
	uint16_t imm;
	uint8_t pad_002[6];
	uint64_t gprs[31];
};

RSI_ASSERT(offsetof(struct rsi_host_call, imm) == RSI_HOST_CALL_IMM_OFFSET);
RSI_ASSERT(offsetof(struct rsi_host_call, gprs) == RSI_HOST_CALL_GPRS_OFFSET);
RSI_ASSERT(sizeof(struct rsi_host_call) == RSI_HOST_CALL_SIZE);

struct rsi_plane_enter {
	uint64_t flags;	/* RsiPlaneEnterFlags */
	uint64_t pc;
	uint64_t pstate;
	uint8_t pad_018[232];
	uint64_t gprs[31];
	uint8_t pad_1f8[8];
	uint64_t gicv3_hcr;
	uint64_t gicv3_lrs[16];
	uint8_t pad_288[376];
	uint64_t elr_el1;
	uint8_t pad_408[1016];
};

RSI_ASSERT(offsetof(struct rsi_plane_enter, flags) == RSI_PLANE_ENTER_FLAGS_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_enter, pc) == RSI_PLANE_ENTER_PC_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_enter, pstate) == RSI_PLANE_ENTER_PSTATE_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_enter, gprs) == RSI_PLANE_ENTER_GPRS_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_enter, gicv3_hcr) == RSI_PLANE_ENTER_GICV3_HCR_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_enter, gicv3_lrs) == RSI_PLANE_ENTER_GICV3_LRS_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_enter, elr_el1) == RSI_PLANE_ENTER_ELR_EL1_OFFSET);
RSI_ASSERT(sizeof(struct rsi_plane_enter) == RSI_PLANE_ENTER_SIZE);

struct rsi_plane_exit {
	uint8_t reason;	/* RsiPlaneExitReason */
	uint8_t pad_001[7];
	uint64_t elr_el2;
	uint64_t pstate;
	uint8_t pad_018[232];
	uint64_t gprs[31];
	uint8_t pad_1f8[8];
	uint64_t esr_el2;
	uint64_t far_el2;
	uint64_t hpfar_el2;
	uint8_t pad_218[232];
	uint64_t gicv3_hcr;
	uint64_t gicv3_lrs[16];
	uint64_t gicv3_misr;
	uint64_t gicv3_vmcr;
	uint8_t pad_398[104];
	uint64_t cntp_ctl;
	uint64_t cntp_cval;
	uint64_t cntv_ctl;
	uint64_t cntv_cval;
	uint8_t pad_420[224];
	uint64_t sctlr_el1;
	uint64_t vbar_el1;
	uint64_t elr_el1;
	uint8_t pad_518[232];
	uint8_t pmu_ovf_status;
	uint8_t pad_601[511];
};

RSI_ASSERT(offsetof(struct rsi_plane_exit, reason) == RSI_PLANE_EXIT_REASON_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, elr_el2) == RSI_PLANE_EXIT_ELR_EL2_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, pstate) == RSI_PLANE_EXIT_PSTATE_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, gprs) == RSI_PLANE_EXIT_GPRS_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, esr_el2) == RSI_PLANE_EXIT_ESR_EL2_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, far_el2) == RSI_PLANE_EXIT_FAR_EL2_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, hpfar_el2) == RSI_PLANE_EXIT_HPFAR_EL2_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, gicv3_hcr) == RSI_PLANE_EXIT_GICV3_HCR_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, gicv3_lrs) == RSI_PLANE_EXIT_GICV3_LRS_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, gicv3_misr) == RSI_PLANE_EXIT_GICV3_MISR_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, gicv3_vmcr) == RSI_PLANE_EXIT_GICV3_VMCR_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, cntp_ctl) == RSI_PLANE_EXIT_CNTP_CTL_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, cntp_cval) == RSI_PLANE_EXIT_CNTP_CVAL_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, cntv_ctl) == RSI_PLANE_EXIT_CNTV_CTL_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, cntv_cval) == RSI_PLANE_EXIT_CNTV_CVAL_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, sctlr_el1) == RSI_PLANE_EXIT_SCTLR_EL1_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, vbar_el1) == RSI_PLANE_EXIT_VBAR_EL1_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, elr_el1) == RSI_PLANE_EXIT_ELR_EL1_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_exit, pmu_ovf_status) == RSI_PLANE_EXIT_PMU_OVF_STATUS_OFFSET);
RSI_ASSERT(sizeof(struct rsi_plane_exit) == RSI_PLANE_EXIT_SIZE);

struct rsi_plane_run {
	struct rsi_plane_enter enter;
	struct rsi_plane_exit exit;
};

RSI_ASSERT(offsetof(struct rsi_plane_run, enter) == RSI_PLANE_RUN_ENTER_OFFSET);
RSI_ASSERT(offsetof(struct rsi_plane_run, exit) == RSI_PLANE_RUN_EXIT_OFFSET);
RSI_ASSERT(sizeof(struct rsi_plane_run) == RSI_PLANE_RUN_SIZE);

struct rsi_vdev_info {
	uint64_t flags;
	uint64_t cert_id;
	uint8_t hash_algo;	/* RsiHashAlgorithm */
	uint8_t pad_011[7];
	uint64_t lock_nonce;
	uint64_t meas_nonce;
	uint64_t report_nonce;
	uint8_t format_type;
	uint8_t pad_031[7];
	uint64_t format_version;
	uint8_t state;	/* RsiVdevState */
	uint8_t pad_041[63];
	uint8_t vca_digest[64];
	uint8_t cert_digest[64];
	uint8_t pubkey_digest[64];
	uint8_t meas_digest[64];
	uint8_t report_digest[64];
	uint64_t vsmmu_addr;
	uint64_t vsmmu_vsid;
	uint8_t pad_1d0[48];
};

RSI_ASSERT(offsetof(struct rsi_vdev_info, flags) == RSI_VDEV_INFO_FLAGS_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, cert_id) == RSI_VDEV_INFO_CERT_ID_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, hash_algo) == RSI_VDEV_INFO_HASH_ALGO_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, lock_nonce) == RSI_VDEV_INFO_LOCK_NONCE_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, meas_nonce) == RSI_VDEV_INFO_MEAS_NONCE_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, report_nonce) == RSI_VDEV_INFO_REPORT_NONCE_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, format_type) == RSI_VDEV_INFO_FORMAT_TYPE_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, format_version) == RSI_VDEV_INFO_FORMAT_VERSION_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, state) == RSI_VDEV_INFO_STATE_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, vca_digest) == RSI_VDEV_INFO_VCA_DIGEST_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, cert_digest) == RSI_VDEV_INFO_CERT_DIGEST_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, pubkey_digest) == RSI_VDEV_INFO_PUBKEY_DIGEST_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, meas_digest) == RSI_VDEV_INFO_MEAS_DIGEST_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, report_digest) == RSI_VDEV_INFO_REPORT_DIGEST_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, vsmmu_addr) == RSI_VDEV_INFO_VSMMU_ADDR_OFFSET);
RSI_ASSERT(offsetof(struct rsi_vdev_info, vsmmu_vsid) == RSI_VDEV_INFO_VSMMU_VSID_OFFSET);
RSI_ASSERT(sizeof(struct rsi_vdev_info) == RSI_VDEV_INFO_SIZE);

#endif /* __ASSEMBLER__ */

#endif /* REALM_SPEC_RSI_H */
