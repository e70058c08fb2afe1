/* Generated from spec/rmi-*.json (rmm-1.0). Do not edit; regenerate with spec/generate. */
/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */

#ifndef REALM_SPEC_RMI_1_0_H
#define REALM_SPEC_RMI_1_0_H

#ifdef __ASSEMBLER__
#define RMI1_U64(x) x
#else
#include <stddef.h>
#include <stdint.h>
#define RMI1_U64(x) UINT64_C(x)
#endif

/*
 * RmiStatusCode (DEN0137 1.0-rel0, 2.0-bet1: RmiStatusCode type). Bits 7:0 of X0 on return of every
 * RMI command
 */
#define RMI1_SUCCESS 0	/* Done, no intermediate state left */
#define RMI1_ERROR_INPUT 1	/* An input value is not acceptable */
#define RMI1_ERROR_REALM 2	/* A realm attribute (usually its state) does not match */
#define RMI1_ERROR_REC 3	/* A REC attribute does not match */
/* RTT walk stopped early or met an entry in the wrong state; level is reported in bits 15:8 */
#define RMI1_ERROR_RTT 4

/*
 * RmiHashAlgorithm (DEN0137 1.0-rel0, 2.0-bet1: RmiHashAlgorithm type). Mind the order: SHA-384
 * came last
 */
#define RMI1_HASH_SHA_256 0
#define RMI1_HASH_SHA_256_DIGEST_SIZE 32
#define RMI1_HASH_SHA_512 1
#define RMI1_HASH_SHA_512_DIGEST_SIZE 64

/* RmiRipas (DEN0137 1.0-rel0, 2.0-bet1: RmiRipas type). Realm IPA state */
#define RMI1_EMPTY 0
#define RMI1_RAM 1
#define RMI1_DESTROYED 2

/*
 * RmiRttEntryState (DEN0137 1.0-rel0, 2.0-bet1: RmiRttEntryState type). Specification text calls
 * these RMI_RTTE_*; Linux v14 has 0..2 only
 */
#define RMI1_UNASSIGNED 0	/* Protected: no granule. Unprotected: nothing mapped */
#define RMI1_ASSIGNED 1	/* Protected: DATA granule. Unprotected: mapped to NS memory */
#define RMI1_TABLE 2	/* Points to the next level table */

/* RmiRecExitReason (DEN0137 1.0-rel0, 2.0-bet1: RmiRecExitReason type) */
#define RMI1_EXIT_SYNC 0	/* Synchronous exception: WFx, aborts, trapped system register */
#define RMI1_EXIT_IRQ 1
#define RMI1_EXIT_FIQ 2
#define RMI1_EXIT_PSCI 3	/* PSCI call needs the host; FID and arguments in exit.gprs */
#define RMI1_EXIT_RIPAS_CHANGE 4	/* Realm asked for a RIPAS change */
#define RMI1_EXIT_HOST_CALL 5	/* RSI_HOST_CALL */
#define RMI1_EXIT_SERROR 6

/* RmiRecRunnable (DEN0137 1.0-rel0, 2.0-bet1: RmiRecRunnable type) */
#define RMI1_NOT_RUNNABLE 0
#define RMI1_RUNNABLE 1

/* RmiResponse (DEN0137 1.0-rel0, 2.0-bet1: RmiResponse type) */
#define RMI1_ACCEPT 0
#define RMI1_REJECT 1

/* RmiEmulatedMmio (DEN0137 1.0-rel0, 2.0-bet1: RmiEmulatedMmio type) */
#define RMI1_NOT_EMULATED_MMIO 0
#define RMI1_EMULATED_MMIO 1

/* RmiInjectSea (DEN0137 1.0-rel0, 2.0-bet1: RmiInjectSea type) */
#define RMI1_NO_INJECT_SEA 0
#define RMI1_INJECT_SEA 1

/* RmiDataMeasureContent (DEN0137 1.0-rel0, 2.0-bet1: RmiDataMeasureContent type) */
#define RMI1_NO_MEASURE_CONTENT 0
#define RMI1_MEASURE_CONTENT 1

/* RmiPmuOverflowStatus (DEN0137 1.0-rel0, 2.0-bet1: RmiPmuOverflowStatus type) */
#define RMI1_PMU_OVERFLOW_NOT_ACTIVE 0
#define RMI1_PMU_OVERFLOW_ACTIVE 1

/* RmiFeature (DEN0137 1.0-rel0, 2.0-bet1: RmiFeature type) */
#define RMI1_FEATURE_FALSE 0
#define RMI1_FEATURE_TRUE 1

/*
 * RmmRealmState (DEN0137 1.0-rel0, 2.0-bet1: RmmRealmState type). Numbers are internal to TF-RMM,
 * names are architectural
 */
#define RMM1_REALM_NEW 0
#define RMM1_REALM_ACTIVE 1
#define RMM1_REALM_SYSTEM_OFF 2

/* X1 req -> X0 result, X1 lower, X2 higher */
#define SMC_RMI1_VERSION RMI1_U64(0xC4000150)
/* X1 addr -> X0 result */
#define SMC_RMI1_GRANULE_DELEGATE RMI1_U64(0xC4000151)
/* X1 addr -> X0 result */
#define SMC_RMI1_GRANULE_UNDELEGATE RMI1_U64(0xC4000152)
/* X1 rd, X2 data, X3 ipa, X4 src, X5 flags -> X0 result */
#define SMC_RMI1_DATA_CREATE RMI1_U64(0xC4000153)
/* X1 rd, X2 data, X3 ipa -> X0 result */
#define SMC_RMI1_DATA_CREATE_UNKNOWN RMI1_U64(0xC4000154)
/* X1 rd, X2 ipa -> X0 result, X1 data, X2 top */
#define SMC_RMI1_DATA_DESTROY RMI1_U64(0xC4000155)
/* X1 rd -> X0 result */
#define SMC_RMI1_REALM_ACTIVATE RMI1_U64(0xC4000157)
/* X1 rd, X2 params_ptr -> X0 result */
#define SMC_RMI1_REALM_CREATE RMI1_U64(0xC4000158)
/* X1 rd -> X0 result */
#define SMC_RMI1_REALM_DESTROY RMI1_U64(0xC4000159)
/* X1 rd, X2 rec, X3 params_ptr -> X0 result */
#define SMC_RMI1_REC_CREATE RMI1_U64(0xC400015A)
/* X1 rec -> X0 result */
#define SMC_RMI1_REC_DESTROY RMI1_U64(0xC400015B)
/* X1 rec, X2 run_ptr -> X0 result */
#define SMC_RMI1_REC_ENTER RMI1_U64(0xC400015C)
/* X1 rd, X2 rtt, X3 ipa, X4 level -> X0 result */
#define SMC_RMI1_RTT_CREATE RMI1_U64(0xC400015D)
/* X1 rd, X2 ipa, X3 level -> X0 result, X1 rtt, X2 top */
#define SMC_RMI1_RTT_DESTROY RMI1_U64(0xC400015E)
/* X1 rd, X2 ipa, X3 level, X4 desc -> X0 result */
#define SMC_RMI1_RTT_MAP_UNPROTECTED RMI1_U64(0xC400015F)
/* X1 rd, X2 ipa, X3 level -> X0 result, X1 walk_level, X2 state, X3 desc, X4 ripas */
#define SMC_RMI1_RTT_READ_ENTRY RMI1_U64(0xC4000161)
/* X1 rd, X2 ipa, X3 level -> X0 result, X1 top */
#define SMC_RMI1_RTT_UNMAP_UNPROTECTED RMI1_U64(0xC4000162)
/* X1 calling_rec, X2 target_rec, X3 status -> X0 result */
#define SMC_RMI1_PSCI_COMPLETE RMI1_U64(0xC4000164)
/* X1 index -> X0 result, X1 value */
#define SMC_RMI1_FEATURES RMI1_U64(0xC4000165)
/* X1 rd, X2 ipa, X3 level -> X0 result, X1 rtt */
#define SMC_RMI1_RTT_FOLD RMI1_U64(0xC4000166)
/* X1 rd -> X0 result, X1 aux_count */
#define SMC_RMI1_REC_AUX_COUNT RMI1_U64(0xC4000167)
/* X1 rd, X2 base, X3 top -> X0 result, X1 out_top */
#define SMC_RMI1_RTT_INIT_RIPAS RMI1_U64(0xC4000168)
/* X1 rd, X2 rec, X3 base, X4 top -> X0 result, X1 out_top */
#define SMC_RMI1_RTT_SET_RIPAS RMI1_U64(0xC4000169)

/*
 * RmiCommandReturnCode (DEN0137 1.0-rel0: RmiCommandReturnCode type). X0 on return of every command
 */
#define RMI1_COMMAND_RETURN_CODE_STATUS_SHIFT 0
#define RMI1_COMMAND_RETURN_CODE_STATUS_WIDTH 8
#define RMI1_COMMAND_RETURN_CODE_STATUS_MASK RMI1_U64(0xff)
/* RTT level for ERROR_RTT; for REC_ENTER/ERROR_REALM 0 = realm is NEW, 1 = realm is SYSTEM_OFF */
#define RMI1_COMMAND_RETURN_CODE_INDEX_SHIFT 8
#define RMI1_COMMAND_RETURN_CODE_INDEX_WIDTH 8
#define RMI1_COMMAND_RETURN_CODE_INDEX_MASK RMI1_U64(0xff00)
#define RMI1_COMMAND_RETURN_CODE_MASK RMI1_U64(0xffff)	/* all of the above */

/* RmiInterfaceVersion (DEN0137 1.0-rel0, 2.0-bet1: RmiInterfaceVersion type) */
#define RMI1_INTERFACE_VERSION_MINOR_SHIFT 0
#define RMI1_INTERFACE_VERSION_MINOR_WIDTH 16
#define RMI1_INTERFACE_VERSION_MINOR_MASK RMI1_U64(0xffff)
#define RMI1_INTERFACE_VERSION_MAJOR_SHIFT 16
#define RMI1_INTERFACE_VERSION_MAJOR_WIDTH 15
#define RMI1_INTERFACE_VERSION_MAJOR_MASK RMI1_U64(0x7fff0000)
#define RMI1_INTERFACE_VERSION_MASK RMI1_U64(0x7fffffff)	/* all of the above */

/*
 * RmiFeatureRegister0 (DEN0137 1.0-rel0, 2.0-bet1: RmiFeatureRegister0 type). RMM 1.0 has hash,
 * list register and REC order fields here; 2.0 moved them to register 1 or dropped them
 */
#define RMI1_FEATURE_REGISTER0_S2SZ_SHIFT 0	/* Largest IPA width */
#define RMI1_FEATURE_REGISTER0_S2SZ_WIDTH 8
#define RMI1_FEATURE_REGISTER0_S2SZ_MASK RMI1_U64(0xff)
#define RMI1_FEATURE_REGISTER0_LPA2_SHIFT 8
#define RMI1_FEATURE_REGISTER0_LPA2_WIDTH 1
#define RMI1_FEATURE_REGISTER0_LPA2_MASK RMI1_U64(0x100)
#define RMI1_FEATURE_REGISTER0_SVE_EN_SHIFT 9
#define RMI1_FEATURE_REGISTER0_SVE_EN_WIDTH 1
#define RMI1_FEATURE_REGISTER0_SVE_EN_MASK RMI1_U64(0x200)
#define RMI1_FEATURE_REGISTER0_SVE_VL_SHIFT 10	/* Max vector length as quadwords minus one */
#define RMI1_FEATURE_REGISTER0_SVE_VL_WIDTH 4
#define RMI1_FEATURE_REGISTER0_SVE_VL_MASK RMI1_U64(0x3c00)
#define RMI1_FEATURE_REGISTER0_NUM_BPS_SHIFT 14	/* Breakpoints minus one; 0 reserved */
#define RMI1_FEATURE_REGISTER0_NUM_BPS_WIDTH 6
#define RMI1_FEATURE_REGISTER0_NUM_BPS_MASK RMI1_U64(0xfc000)
#define RMI1_FEATURE_REGISTER0_NUM_WPS_SHIFT 20	/* Watchpoints minus one; 0 reserved */
#define RMI1_FEATURE_REGISTER0_NUM_WPS_WIDTH 6
#define RMI1_FEATURE_REGISTER0_NUM_WPS_MASK RMI1_U64(0x3f00000)
#define RMI1_FEATURE_REGISTER0_PMU_EN_SHIFT 26
#define RMI1_FEATURE_REGISTER0_PMU_EN_WIDTH 1
#define RMI1_FEATURE_REGISTER0_PMU_EN_MASK RMI1_U64(0x4000000)
#define RMI1_FEATURE_REGISTER0_PMU_NUM_CTRS_SHIFT 27
#define RMI1_FEATURE_REGISTER0_PMU_NUM_CTRS_WIDTH 5
#define RMI1_FEATURE_REGISTER0_PMU_NUM_CTRS_MASK RMI1_U64(0xf8000000)
#define RMI1_FEATURE_REGISTER0_HASH_SHA_256_SHIFT 32
#define RMI1_FEATURE_REGISTER0_HASH_SHA_256_WIDTH 1
#define RMI1_FEATURE_REGISTER0_HASH_SHA_256_MASK RMI1_U64(0x100000000)
#define RMI1_FEATURE_REGISTER0_HASH_SHA_512_SHIFT 33
#define RMI1_FEATURE_REGISTER0_HASH_SHA_512_WIDTH 1
#define RMI1_FEATURE_REGISTER0_HASH_SHA_512_MASK RMI1_U64(0x200000000)
#define RMI1_FEATURE_REGISTER0_GICV3_NUM_LRS_SHIFT 34	/* List registers minus one */
#define RMI1_FEATURE_REGISTER0_GICV3_NUM_LRS_WIDTH 4
#define RMI1_FEATURE_REGISTER0_GICV3_NUM_LRS_MASK RMI1_U64(0x3c00000000)
#define RMI1_FEATURE_REGISTER0_MAX_RECS_ORDER_SHIFT 38
#define RMI1_FEATURE_REGISTER0_MAX_RECS_ORDER_WIDTH 4
#define RMI1_FEATURE_REGISTER0_MAX_RECS_ORDER_MASK RMI1_U64(0x3c000000000)
#define RMI1_FEATURE_REGISTER0_MASK RMI1_U64(0x3ffffffffff)	/* all of the above */

/*
 * RmiRealmFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiRealmFlags0 type, RmiRealmFlags in 1.0). Linux v14
 * knows bits 0..2 only
 */
#define RMI1_REALM_FLAGS_LPA2_SHIFT 0
#define RMI1_REALM_FLAGS_LPA2_WIDTH 1
#define RMI1_REALM_FLAGS_LPA2_MASK RMI1_U64(0x1)
#define RMI1_REALM_FLAGS_SVE_SHIFT 1
#define RMI1_REALM_FLAGS_SVE_WIDTH 1
#define RMI1_REALM_FLAGS_SVE_MASK RMI1_U64(0x2)
#define RMI1_REALM_FLAGS_PMU_SHIFT 2
#define RMI1_REALM_FLAGS_PMU_WIDTH 1
#define RMI1_REALM_FLAGS_PMU_MASK RMI1_U64(0x4)
#define RMI1_REALM_FLAGS_MASK RMI1_U64(0x7)	/* all of the above */

/* RmiRecCreateFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiRecCreateFlags type) */
#define RMI1_REC_CREATE_FLAGS_RUNNABLE_SHIFT 0
#define RMI1_REC_CREATE_FLAGS_RUNNABLE_WIDTH 1
#define RMI1_REC_CREATE_FLAGS_RUNNABLE_MASK RMI1_U64(0x1)
#define RMI1_REC_CREATE_FLAGS_MASK RMI1_U64(0x1)	/* all of the above */

/*
 * RmiRecMpidr (DEN0137 1.0-rel0, 2.0-bet1: RmiRecMpidr type). REC index is aff3 << 20 | aff2 << 12
 * | aff1 << 4 | aff0
 */
#define RMI1_REC_MPIDR_AFF0_SHIFT 0	/* bits 7:4 must be zero */
#define RMI1_REC_MPIDR_AFF0_WIDTH 4
#define RMI1_REC_MPIDR_AFF0_MASK RMI1_U64(0xf)
#define RMI1_REC_MPIDR_AFF1_SHIFT 8
#define RMI1_REC_MPIDR_AFF1_WIDTH 8
#define RMI1_REC_MPIDR_AFF1_MASK RMI1_U64(0xff00)
#define RMI1_REC_MPIDR_AFF2_SHIFT 16
#define RMI1_REC_MPIDR_AFF2_WIDTH 8
#define RMI1_REC_MPIDR_AFF2_MASK RMI1_U64(0xff0000)
#define RMI1_REC_MPIDR_AFF3_SHIFT 24	/* bits 63:32 must be zero */
#define RMI1_REC_MPIDR_AFF3_WIDTH 8
#define RMI1_REC_MPIDR_AFF3_MASK RMI1_U64(0xff000000)
#define RMI1_REC_MPIDR_MASK RMI1_U64(0xffffff0f)	/* all of the above */

/* RmiRecEnterFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiRecEnterFlags type) */
#define RMI1_REC_ENTER_FLAGS_EMUL_MMIO_SHIFT 0
#define RMI1_REC_ENTER_FLAGS_EMUL_MMIO_WIDTH 1
#define RMI1_REC_ENTER_FLAGS_EMUL_MMIO_MASK RMI1_U64(0x1)
#define RMI1_REC_ENTER_FLAGS_INJECT_SEA_SHIFT 1
#define RMI1_REC_ENTER_FLAGS_INJECT_SEA_WIDTH 1
#define RMI1_REC_ENTER_FLAGS_INJECT_SEA_MASK RMI1_U64(0x2)
#define RMI1_REC_ENTER_FLAGS_TRAP_WFI_SHIFT 2
#define RMI1_REC_ENTER_FLAGS_TRAP_WFI_WIDTH 1
#define RMI1_REC_ENTER_FLAGS_TRAP_WFI_MASK RMI1_U64(0x4)
#define RMI1_REC_ENTER_FLAGS_TRAP_WFE_SHIFT 3
#define RMI1_REC_ENTER_FLAGS_TRAP_WFE_WIDTH 1
#define RMI1_REC_ENTER_FLAGS_TRAP_WFE_MASK RMI1_U64(0x8)
#define RMI1_REC_ENTER_FLAGS_RIPAS_RESPONSE_SHIFT 4
#define RMI1_REC_ENTER_FLAGS_RIPAS_RESPONSE_WIDTH 1
#define RMI1_REC_ENTER_FLAGS_RIPAS_RESPONSE_MASK RMI1_U64(0x10)
#define RMI1_REC_ENTER_FLAGS_MASK RMI1_U64(0x1f)	/* all of the above */

/* RmiDataFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiDataFlags type) */
#define RMI1_DATA_FLAGS_MEASURE_SHIFT 0
#define RMI1_DATA_FLAGS_MEASURE_WIDTH 1
#define RMI1_DATA_FLAGS_MEASURE_MASK RMI1_U64(0x1)
#define RMI1_DATA_FLAGS_MASK RMI1_U64(0x1)	/* all of the above */

/*
 * RmiRealmParams (DEN0137 1.0-rel0, 2.0-bet1: RmiRealmParams type). Host to RMM, parameters of a
 * new realm. TF-RMM reads s2sz to num_aux_planes as 32 bits: the bytes above the first must be zero
 */
#define RMI1_REALM_PARAMS_SIZE 0x1000
#define RMI1_REALM_PARAMS_FLAGS_OFFSET 0x000
#define RMI1_REALM_PARAMS_S2SZ_OFFSET 0x008
#define RMI1_REALM_PARAMS_SVE_VL_OFFSET 0x010
#define RMI1_REALM_PARAMS_NUM_BPS_OFFSET 0x018
#define RMI1_REALM_PARAMS_NUM_WPS_OFFSET 0x020
#define RMI1_REALM_PARAMS_PMU_NUM_CTRS_OFFSET 0x028
#define RMI1_REALM_PARAMS_HASH_ALGO_OFFSET 0x030
#define RMI1_REALM_PARAMS_RPV_OFFSET 0x400
#define RMI1_REALM_PARAMS_RPV_COUNT 64
#define RMI1_REALM_PARAMS_VMID_OFFSET 0x800
#define RMI1_REALM_PARAMS_RTT_BASE_OFFSET 0x808
#define RMI1_REALM_PARAMS_RTT_LEVEL_START_OFFSET 0x810
#define RMI1_REALM_PARAMS_RTT_NUM_START_OFFSET 0x818

/*
 * RmiRecParams (DEN0137 1.0-rel0, 2.0-bet1: RmiRecParams type). Host to RMM, parameters of a new
 * REC
 */
#define RMI1_REC_PARAMS_SIZE 0x1000
#define RMI1_REC_PARAMS_FLAGS_OFFSET 0x000
#define RMI1_REC_PARAMS_MPIDR_OFFSET 0x100
#define RMI1_REC_PARAMS_PC_OFFSET 0x200
#define RMI1_REC_PARAMS_GPRS_OFFSET 0x300
#define RMI1_REC_PARAMS_GPRS_COUNT 8
#define RMI1_REC_PARAMS_NUM_AUX_OFFSET 0x800
#define RMI1_REC_PARAMS_AUX_OFFSET 0x808
#define RMI1_REC_PARAMS_AUX_COUNT 16

/*
 * RmiRecEnter (DEN0137 1.0-rel0, 2.0-bet1: RmiRecEnter type). Host to RMM, first half of RmiRecRun.
 * TF-RMM declares 0x300 bytes of it, same offsets
 */
#define RMI1_REC_ENTER_SIZE 0x800
#define RMI1_REC_ENTER_FLAGS_OFFSET 0x000
#define RMI1_REC_ENTER_GPRS_OFFSET 0x200
#define RMI1_REC_ENTER_GPRS_COUNT 31
#define RMI1_REC_ENTER_GICV3_HCR_OFFSET 0x300
#define RMI1_REC_ENTER_GICV3_LRS_OFFSET 0x308
#define RMI1_REC_ENTER_GICV3_LRS_COUNT 16

/*
 * RmiRecExit (DEN0137 1.0-rel0, 2.0-bet1: RmiRecExit type). RMM to host, second half of RmiRecRun.
 * TF-RMM declares exit_reason and pmu_ovf_status as 64 bits, imm as 32
 */
#define RMI1_REC_EXIT_SIZE 0x800
#define RMI1_REC_EXIT_EXIT_REASON_OFFSET 0x000
#define RMI1_REC_EXIT_ESR_OFFSET 0x100
#define RMI1_REC_EXIT_FAR_OFFSET 0x108
#define RMI1_REC_EXIT_HPFAR_OFFSET 0x110
#define RMI1_REC_EXIT_GPRS_OFFSET 0x200
#define RMI1_REC_EXIT_GPRS_COUNT 31
#define RMI1_REC_EXIT_GICV3_HCR_OFFSET 0x300
#define RMI1_REC_EXIT_GICV3_LRS_OFFSET 0x308
#define RMI1_REC_EXIT_GICV3_LRS_COUNT 16
#define RMI1_REC_EXIT_GICV3_MISR_OFFSET 0x388
#define RMI1_REC_EXIT_GICV3_VMCR_OFFSET 0x390
#define RMI1_REC_EXIT_CNTP_CTL_OFFSET 0x400
#define RMI1_REC_EXIT_CNTP_CVAL_OFFSET 0x408
#define RMI1_REC_EXIT_CNTV_CTL_OFFSET 0x410
#define RMI1_REC_EXIT_CNTV_CVAL_OFFSET 0x418
#define RMI1_REC_EXIT_RIPAS_BASE_OFFSET 0x500
#define RMI1_REC_EXIT_RIPAS_TOP_OFFSET 0x508
#define RMI1_REC_EXIT_RIPAS_VALUE_OFFSET 0x510
#define RMI1_REC_EXIT_IMM_OFFSET 0x600
#define RMI1_REC_EXIT_PMU_OVF_STATUS_OFFSET 0x700

/* RmiRecRun (DEN0137 1.0-rel0, 2.0-bet1: RmiRecRun type). Shared page of a REC */
#define RMI1_REC_RUN_SIZE 0x1000
#define RMI1_REC_RUN_ENTER_OFFSET 0x000
#define RMI1_REC_RUN_EXIT_OFFSET 0x800

/* X(name, arguments, results after X0, may answer INCOMPLETE) */
#define RMI1_COMMANDS(X) \
	X(RMI1_VERSION, 1, 2, 0) \
	X(RMI1_GRANULE_DELEGATE, 1, 0, 0) \
	X(RMI1_GRANULE_UNDELEGATE, 1, 0, 0) \
	X(RMI1_DATA_CREATE, 5, 0, 0) \
	X(RMI1_DATA_CREATE_UNKNOWN, 3, 0, 0) \
	X(RMI1_DATA_DESTROY, 2, 2, 0) \
	X(RMI1_REALM_ACTIVATE, 1, 0, 0) \
	X(RMI1_REALM_CREATE, 2, 0, 0) \
	X(RMI1_REALM_DESTROY, 1, 0, 0) \
	X(RMI1_REC_CREATE, 3, 0, 0) \
	X(RMI1_REC_DESTROY, 1, 0, 0) \
	X(RMI1_REC_ENTER, 2, 0, 0) \
	X(RMI1_RTT_CREATE, 4, 0, 0) \
	X(RMI1_RTT_DESTROY, 3, 2, 0) \
	X(RMI1_RTT_MAP_UNPROTECTED, 4, 0, 0) \
	X(RMI1_RTT_READ_ENTRY, 3, 4, 0) \
	X(RMI1_RTT_UNMAP_UNPROTECTED, 3, 1, 0) \
	X(RMI1_PSCI_COMPLETE, 3, 0, 0) \
	X(RMI1_FEATURES, 1, 1, 0) \
	X(RMI1_RTT_FOLD, 3, 1, 0) \
	X(RMI1_REC_AUX_COUNT, 1, 1, 0) \
	X(RMI1_RTT_INIT_RIPAS, 3, 1, 0) \
	X(RMI1_RTT_SET_RIPAS, 4, 1, 0)

#ifndef __ASSEMBLER__

#if defined(__cplusplus) || __STDC_VERSION__ > 201710L
#define RMI1_ASSERT(condition) static_assert(condition, #condition)
#else
#define RMI1_ASSERT(condition) _Static_assert(condition, #condition)
#endif

static inline uint64_t rmi1_command_return_code_get_status(uint64_t word)
{
	return (word & RMI1_COMMAND_RETURN_CODE_STATUS_MASK) >>
		RMI1_COMMAND_RETURN_CODE_STATUS_SHIFT;
}

static inline uint64_t rmi1_command_return_code_set_status(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_COMMAND_RETURN_CODE_STATUS_MASK;

	return (word & ~mask) | ((value << RMI1_COMMAND_RETURN_CODE_STATUS_SHIFT) & mask);
}

static inline uint64_t rmi1_command_return_code_get_index(uint64_t word)
{
	return (word & RMI1_COMMAND_RETURN_CODE_INDEX_MASK) >> RMI1_COMMAND_RETURN_CODE_INDEX_SHIFT;
}

static inline uint64_t rmi1_command_return_code_set_index(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_COMMAND_RETURN_CODE_INDEX_MASK;

	return (word & ~mask) | ((value << RMI1_COMMAND_RETURN_CODE_INDEX_SHIFT) & mask);
}

static inline uint64_t rmi1_interface_version_get_minor(uint64_t word)
{
	return (word & RMI1_INTERFACE_VERSION_MINOR_MASK) >> RMI1_INTERFACE_VERSION_MINOR_SHIFT;
}

static inline uint64_t rmi1_interface_version_set_minor(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_INTERFACE_VERSION_MINOR_MASK;

	return (word & ~mask) | ((value << RMI1_INTERFACE_VERSION_MINOR_SHIFT) & mask);
}

static inline uint64_t rmi1_interface_version_get_major(uint64_t word)
{
	return (word & RMI1_INTERFACE_VERSION_MAJOR_MASK) >> RMI1_INTERFACE_VERSION_MAJOR_SHIFT;
}

static inline uint64_t rmi1_interface_version_set_major(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_INTERFACE_VERSION_MAJOR_MASK;

	return (word & ~mask) | ((value << RMI1_INTERFACE_VERSION_MAJOR_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_s2sz(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_S2SZ_MASK) >> RMI1_FEATURE_REGISTER0_S2SZ_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_s2sz(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_S2SZ_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_S2SZ_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_lpa2(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_LPA2_MASK) >> RMI1_FEATURE_REGISTER0_LPA2_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_lpa2(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_LPA2_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_LPA2_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_sve_en(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_SVE_EN_MASK) >> RMI1_FEATURE_REGISTER0_SVE_EN_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_sve_en(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_SVE_EN_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_SVE_EN_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_sve_vl(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_SVE_VL_MASK) >> RMI1_FEATURE_REGISTER0_SVE_VL_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_sve_vl(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_SVE_VL_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_SVE_VL_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_num_bps(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_NUM_BPS_MASK) >> RMI1_FEATURE_REGISTER0_NUM_BPS_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_num_bps(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_NUM_BPS_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_NUM_BPS_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_num_wps(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_NUM_WPS_MASK) >> RMI1_FEATURE_REGISTER0_NUM_WPS_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_num_wps(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_NUM_WPS_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_NUM_WPS_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_pmu_en(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_PMU_EN_MASK) >> RMI1_FEATURE_REGISTER0_PMU_EN_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_pmu_en(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_PMU_EN_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_PMU_EN_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_pmu_num_ctrs(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_PMU_NUM_CTRS_MASK) >>
		RMI1_FEATURE_REGISTER0_PMU_NUM_CTRS_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_pmu_num_ctrs(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_PMU_NUM_CTRS_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_PMU_NUM_CTRS_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_hash_sha_256(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_HASH_SHA_256_MASK) >>
		RMI1_FEATURE_REGISTER0_HASH_SHA_256_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_hash_sha_256(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_HASH_SHA_256_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_HASH_SHA_256_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_hash_sha_512(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_HASH_SHA_512_MASK) >>
		RMI1_FEATURE_REGISTER0_HASH_SHA_512_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_hash_sha_512(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_HASH_SHA_512_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_HASH_SHA_512_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_gicv3_num_lrs(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_GICV3_NUM_LRS_MASK) >>
		RMI1_FEATURE_REGISTER0_GICV3_NUM_LRS_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_gicv3_num_lrs(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_GICV3_NUM_LRS_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_GICV3_NUM_LRS_SHIFT) & mask);
}

static inline uint64_t rmi1_feature_register0_get_max_recs_order(uint64_t word)
{
	return (word & RMI1_FEATURE_REGISTER0_MAX_RECS_ORDER_MASK) >>
		RMI1_FEATURE_REGISTER0_MAX_RECS_ORDER_SHIFT;
}

static inline uint64_t rmi1_feature_register0_set_max_recs_order(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_FEATURE_REGISTER0_MAX_RECS_ORDER_MASK;

	return (word & ~mask) | ((value << RMI1_FEATURE_REGISTER0_MAX_RECS_ORDER_SHIFT) & mask);
}

static inline uint64_t rmi1_realm_flags_get_lpa2(uint64_t word)
{
	return (word & RMI1_REALM_FLAGS_LPA2_MASK) >> RMI1_REALM_FLAGS_LPA2_SHIFT;
}

static inline uint64_t rmi1_realm_flags_set_lpa2(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REALM_FLAGS_LPA2_MASK;

	return (word & ~mask) | ((value << RMI1_REALM_FLAGS_LPA2_SHIFT) & mask);
}

static inline uint64_t rmi1_realm_flags_get_sve(uint64_t word)
{
	return (word & RMI1_REALM_FLAGS_SVE_MASK) >> RMI1_REALM_FLAGS_SVE_SHIFT;
}

static inline uint64_t rmi1_realm_flags_set_sve(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REALM_FLAGS_SVE_MASK;

	return (word & ~mask) | ((value << RMI1_REALM_FLAGS_SVE_SHIFT) & mask);
}

static inline uint64_t rmi1_realm_flags_get_pmu(uint64_t word)
{
	return (word & RMI1_REALM_FLAGS_PMU_MASK) >> RMI1_REALM_FLAGS_PMU_SHIFT;
}

static inline uint64_t rmi1_realm_flags_set_pmu(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REALM_FLAGS_PMU_MASK;

	return (word & ~mask) | ((value << RMI1_REALM_FLAGS_PMU_SHIFT) & mask);
}

static inline uint64_t rmi1_rec_create_flags_get_runnable(uint64_t word)
{
	return (word & RMI1_REC_CREATE_FLAGS_RUNNABLE_MASK) >> RMI1_REC_CREATE_FLAGS_RUNNABLE_SHIFT;
}

static inline uint64_t rmi1_rec_create_flags_set_runnable(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REC_CREATE_FLAGS_RUNNABLE_MASK;

	return (word & ~mask) | ((value << RMI1_REC_CREATE_FLAGS_RUNNABLE_SHIFT) & mask);
}

static inline uint64_t rmi1_rec_mpidr_get_aff0(uint64_t word)
{
	return (word & RMI1_REC_MPIDR_AFF0_MASK) >> RMI1_REC_MPIDR_AFF0_SHIFT;
}

static inline uint64_t rmi1_rec_mpidr_set_aff0(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REC_MPIDR_AFF0_MASK;

	return (word & ~mask) | ((value << RMI1_REC_MPIDR_AFF0_SHIFT) & mask);
}

static inline uint64_t rmi1_rec_mpidr_get_aff1(uint64_t word)
{
	return (word & RMI1_REC_MPIDR_AFF1_MASK) >> RMI1_REC_MPIDR_AFF1_SHIFT;
}

static inline uint64_t rmi1_rec_mpidr_set_aff1(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REC_MPIDR_AFF1_MASK;

	return (word & ~mask) | ((value << RMI1_REC_MPIDR_AFF1_SHIFT) & mask);
}

static inline uint64_t rmi1_rec_mpidr_get_aff2(uint64_t word)
{
	return (word & RMI1_REC_MPIDR_AFF2_MASK) >> RMI1_REC_MPIDR_AFF2_SHIFT;
}

static inline uint64_t rmi1_rec_mpidr_set_aff2(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REC_MPIDR_AFF2_MASK;

	return (word & ~mask) | ((value << RMI1_REC_MPIDR_AFF2_SHIFT) & mask);
}

static inline uint64_t rmi1_rec_mpidr_get_aff3(uint64_t word)
{
	return (word & RMI1_REC_MPIDR_AFF3_MASK) >> RMI1_REC_MPIDR_AFF3_SHIFT;
}

static inline uint64_t rmi1_rec_mpidr_set_aff3(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REC_MPIDR_AFF3_MASK;

	return (word & ~mask) | ((value << RMI1_REC_MPIDR_AFF3_SHIFT) & mask);
}

static inline uint64_t rmi1_rec_enter_flags_get_emul_mmio(uint64_t word)
{
	return (word & RMI1_REC_ENTER_FLAGS_EMUL_MMIO_MASK) >> RMI1_REC_ENTER_FLAGS_EMUL_MMIO_SHIFT;
}

static inline uint64_t rmi1_rec_enter_flags_set_emul_mmio(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REC_ENTER_FLAGS_EMUL_MMIO_MASK;

	return (word & ~mask) | ((value << RMI1_REC_ENTER_FLAGS_EMUL_MMIO_SHIFT) & mask);
}

static inline uint64_t rmi1_rec_enter_flags_get_inject_sea(uint64_t word)
{
	return (word & RMI1_REC_ENTER_FLAGS_INJECT_SEA_MASK) >>
		RMI1_REC_ENTER_FLAGS_INJECT_SEA_SHIFT;
}

static inline uint64_t rmi1_rec_enter_flags_set_inject_sea(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REC_ENTER_FLAGS_INJECT_SEA_MASK;

	return (word & ~mask) | ((value << RMI1_REC_ENTER_FLAGS_INJECT_SEA_SHIFT) & mask);
}

static inline uint64_t rmi1_rec_enter_flags_get_trap_wfi(uint64_t word)
{
	return (word & RMI1_REC_ENTER_FLAGS_TRAP_WFI_MASK) >> RMI1_REC_ENTER_FLAGS_TRAP_WFI_SHIFT;
}

static inline uint64_t rmi1_rec_enter_flags_set_trap_wfi(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REC_ENTER_FLAGS_TRAP_WFI_MASK;

	return (word & ~mask) | ((value << RMI1_REC_ENTER_FLAGS_TRAP_WFI_SHIFT) & mask);
}

static inline uint64_t rmi1_rec_enter_flags_get_trap_wfe(uint64_t word)
{
	return (word & RMI1_REC_ENTER_FLAGS_TRAP_WFE_MASK) >> RMI1_REC_ENTER_FLAGS_TRAP_WFE_SHIFT;
}

static inline uint64_t rmi1_rec_enter_flags_set_trap_wfe(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REC_ENTER_FLAGS_TRAP_WFE_MASK;

	return (word & ~mask) | ((value << RMI1_REC_ENTER_FLAGS_TRAP_WFE_SHIFT) & mask);
}

static inline uint64_t rmi1_rec_enter_flags_get_ripas_response(uint64_t word)
{
	return (word & RMI1_REC_ENTER_FLAGS_RIPAS_RESPONSE_MASK) >>
		RMI1_REC_ENTER_FLAGS_RIPAS_RESPONSE_SHIFT;
}

static inline uint64_t rmi1_rec_enter_flags_set_ripas_response(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_REC_ENTER_FLAGS_RIPAS_RESPONSE_MASK;

	return (word & ~mask) | ((value << RMI1_REC_ENTER_FLAGS_RIPAS_RESPONSE_SHIFT) & mask);
}

static inline uint64_t rmi1_data_flags_get_measure(uint64_t word)
{
	return (word & RMI1_DATA_FLAGS_MEASURE_MASK) >> RMI1_DATA_FLAGS_MEASURE_SHIFT;
}

static inline uint64_t rmi1_data_flags_set_measure(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI1_DATA_FLAGS_MEASURE_MASK;

	return (word & ~mask) | ((value << RMI1_DATA_FLAGS_MEASURE_SHIFT) & mask);
}

struct rmi1_realm_params {
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
	uint8_t pad_031[975];
	uint8_t rpv[64];	/* Realm Personalization Value; not part of RIM */
	uint8_t pad_440[960];
	uint16_t vmid;
	uint8_t pad_802[6];
	/* PA of first starting-level table, aligned to rtt_num_start granules */
	uint64_t rtt_base;
	int64_t rtt_level_start;
	uint32_t rtt_num_start;
	uint8_t pad_81c[2020];
};

RMI1_ASSERT(offsetof(struct rmi1_realm_params, flags) == RMI1_REALM_PARAMS_FLAGS_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_realm_params, s2sz) == RMI1_REALM_PARAMS_S2SZ_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_realm_params, sve_vl) == RMI1_REALM_PARAMS_SVE_VL_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_realm_params, num_bps) == RMI1_REALM_PARAMS_NUM_BPS_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_realm_params, num_wps) == RMI1_REALM_PARAMS_NUM_WPS_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_realm_params, pmu_num_ctrs) ==
	RMI1_REALM_PARAMS_PMU_NUM_CTRS_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_realm_params, hash_algo) == RMI1_REALM_PARAMS_HASH_ALGO_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_realm_params, rpv) == RMI1_REALM_PARAMS_RPV_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_realm_params, vmid) == RMI1_REALM_PARAMS_VMID_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_realm_params, rtt_base) == RMI1_REALM_PARAMS_RTT_BASE_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_realm_params, rtt_level_start) ==
	RMI1_REALM_PARAMS_RTT_LEVEL_START_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_realm_params, rtt_num_start) ==
	RMI1_REALM_PARAMS_RTT_NUM_START_OFFSET);
RMI1_ASSERT(sizeof(struct rmi1_realm_params) == RMI1_REALM_PARAMS_SIZE);

struct rmi1_rec_params {
	uint64_t flags;	/* RmiRecCreateFlags */
	uint8_t pad_008[248];
	uint64_t mpidr;	/* RmiRecMpidr; index must equal number of RECs already created */
	uint8_t pad_108[248];
	uint64_t pc;
	uint8_t pad_208[248];
	uint64_t gprs[8];	/* X0..X7 */
	uint8_t pad_340[1216];
	uint64_t num_aux;	/* must equal RMI_REC_AUX_COUNT */
	uint64_t aux[16];
	uint8_t pad_888[1912];
};

RMI1_ASSERT(offsetof(struct rmi1_rec_params, flags) == RMI1_REC_PARAMS_FLAGS_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_params, mpidr) == RMI1_REC_PARAMS_MPIDR_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_params, pc) == RMI1_REC_PARAMS_PC_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_params, gprs) == RMI1_REC_PARAMS_GPRS_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_params, num_aux) == RMI1_REC_PARAMS_NUM_AUX_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_params, aux) == RMI1_REC_PARAMS_AUX_OFFSET);
RMI1_ASSERT(sizeof(struct rmi1_rec_params) == RMI1_REC_PARAMS_SIZE);

struct rmi1_rec_enter {
	uint64_t flags;	/* RmiRecEnterFlags */
	uint8_t pad_008[504];
	uint64_t gprs[31];
	uint8_t pad_2f8[8];
	uint64_t gicv3_hcr;
	uint64_t gicv3_lrs[16];
	uint8_t pad_388[1144];
};

RMI1_ASSERT(offsetof(struct rmi1_rec_enter, flags) == RMI1_REC_ENTER_FLAGS_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_enter, gprs) == RMI1_REC_ENTER_GPRS_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_enter, gicv3_hcr) == RMI1_REC_ENTER_GICV3_HCR_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_enter, gicv3_lrs) == RMI1_REC_ENTER_GICV3_LRS_OFFSET);
RMI1_ASSERT(sizeof(struct rmi1_rec_enter) == RMI1_REC_ENTER_SIZE);

struct rmi1_rec_exit {
	uint8_t exit_reason;	/* RmiRecExitReason */
	uint8_t pad_001[255];
	uint64_t esr;
	uint64_t far;
	uint64_t hpfar;
	uint8_t pad_118[232];
	uint64_t gprs[31];
	uint8_t pad_2f8[8];
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
	uint64_t ripas_base;
	uint64_t ripas_top;
	uint8_t ripas_value;	/* RmiRipas */
	uint8_t pad_511[239];
	uint16_t imm;	/* Host call immediate */
	uint8_t pad_602[254];
	uint8_t pmu_ovf_status;	/* RmiPmuOverflowStatus */
	uint8_t pad_701[255];
};

RMI1_ASSERT(offsetof(struct rmi1_rec_exit, exit_reason) == RMI1_REC_EXIT_EXIT_REASON_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, esr) == RMI1_REC_EXIT_ESR_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, far) == RMI1_REC_EXIT_FAR_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, hpfar) == RMI1_REC_EXIT_HPFAR_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, gprs) == RMI1_REC_EXIT_GPRS_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, gicv3_hcr) == RMI1_REC_EXIT_GICV3_HCR_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, gicv3_lrs) == RMI1_REC_EXIT_GICV3_LRS_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, gicv3_misr) == RMI1_REC_EXIT_GICV3_MISR_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, gicv3_vmcr) == RMI1_REC_EXIT_GICV3_VMCR_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, cntp_ctl) == RMI1_REC_EXIT_CNTP_CTL_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, cntp_cval) == RMI1_REC_EXIT_CNTP_CVAL_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, cntv_ctl) == RMI1_REC_EXIT_CNTV_CTL_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, cntv_cval) == RMI1_REC_EXIT_CNTV_CVAL_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, ripas_base) == RMI1_REC_EXIT_RIPAS_BASE_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, ripas_top) == RMI1_REC_EXIT_RIPAS_TOP_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, ripas_value) == RMI1_REC_EXIT_RIPAS_VALUE_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, imm) == RMI1_REC_EXIT_IMM_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_exit, pmu_ovf_status) == RMI1_REC_EXIT_PMU_OVF_STATUS_OFFSET);
RMI1_ASSERT(sizeof(struct rmi1_rec_exit) == RMI1_REC_EXIT_SIZE);

struct rmi1_rec_run {
	struct rmi1_rec_enter enter;
	struct rmi1_rec_exit exit;
};

RMI1_ASSERT(offsetof(struct rmi1_rec_run, enter) == RMI1_REC_RUN_ENTER_OFFSET);
RMI1_ASSERT(offsetof(struct rmi1_rec_run, exit) == RMI1_REC_RUN_EXIT_OFFSET);
RMI1_ASSERT(sizeof(struct rmi1_rec_run) == RMI1_REC_RUN_SIZE);

#endif /* __ASSEMBLER__ */

#endif /* REALM_SPEC_RMI_1_0_H */
