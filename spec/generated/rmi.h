/* Generated from spec/rmi-*.json (rmm-2.0). Do not edit; regenerate with spec/generate. */
/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */

#ifndef REALM_SPEC_RMI_H
#define REALM_SPEC_RMI_H

#ifdef __ASSEMBLER__
#define RMI_U64(x) x
#else
#include <stddef.h>
#include <stdint.h>
#define RMI_U64(x) UINT64_C(x)
#endif

/*
 * RmiStatusCode (DEN0137 1.0-rel0, 2.0-bet1: RmiStatusCode type). Bits 7:0 of X0 on return of every
 * RMI command
 */
#define RMI_SUCCESS 0	/* Done, no intermediate state left */
#define RMI_ERROR_INPUT 1	/* An input value is not acceptable */
#define RMI_ERROR_REALM 2	/* A realm attribute (usually its state) does not match */
#define RMI_ERROR_REC 3	/* A REC attribute does not match */
/* RTT walk stopped early or met an entry in the wrong state; level is reported in bits 15:8 */
#define RMI_ERROR_RTT 4
#define RMI_ERROR_NOT_SUPPORTED 5	/* Command not supported */
#define RMI_ERROR_DEVICE 6	/* A device attribute does not match */
#define RMI_ERROR_RTT_AUX 7	/* As RMI_ERROR_RTT for an auxiliary tree */
#define RMI_ERROR_PSMMU_ST 8	/* Physical SMMU stream table walk problem */
#define RMI_ERROR_DPT 9	/* Device permission table walk problem */
#define RMI_BUSY 10	/* No progress now, nothing changed, retry without other action */
/* RMM global state does not match (for example RMM not activated) */
#define RMI_ERROR_GLOBAL 11
#define RMI_ERROR_TRACKING 12	/* Tracking region state does not match */
/* A stateful operation was started; X1 of the first reply is its handle; drive it with RMI_OP_* */
#define RMI_INCOMPLETE 13
/* Target is owned by an incomplete operation; finish that one first, nothing changed */
#define RMI_BLOCKED 14
#define RMI_ERROR_GPT 15	/* GPT walk met an entry of unexpected level or value */
#define RMI_ERROR_GRANULE 16	/* A granule attribute does not match */

/* RmiGranuleSize (DEN0137 2.0-bet1: RmiGranuleSize type) */
#define RMI_GRANULE_SIZE_4KB 0
#define RMI_GRANULE_SIZE_16KB 1
#define RMI_GRANULE_SIZE_64KB 2

/*
 * RmiHashAlgorithm (DEN0137 1.0-rel0, 2.0-bet1: RmiHashAlgorithm type). Mind the order: SHA-384
 * came last
 */
#define RMI_HASH_SHA_256 0
#define RMI_HASH_SHA_256_DIGEST_SIZE 32
#define RMI_HASH_SHA_512 1
#define RMI_HASH_SHA_512_DIGEST_SIZE 64
#define RMI_HASH_SHA_384 2
#define RMI_HASH_SHA_384_DIGEST_SIZE 48

/* RmiRipas (DEN0137 1.0-rel0, 2.0-bet1: RmiRipas type). Realm IPA state */
#define RMI_EMPTY 0
#define RMI_RIPAS_EMPTY 0
#define RMI_RAM 1
#define RMI_RIPAS_RAM 1
#define RMI_DESTROYED 2
#define RMI_RIPAS_DESTROYED 2
#define RMI_DEV 3	/* Memory of an assigned device; 2.0 only */
#define RMI_RIPAS_DEV 3

/*
 * RmiRttEntryState (DEN0137 1.0-rel0, 2.0-bet1: RmiRttEntryState type). Specification text calls
 * these RMI_RTTE_*; Linux v14 has 0..2 only
 */
#define RMI_UNASSIGNED 0	/* Protected: no granule. Unprotected: nothing mapped */
#define RMI_RTTE_VOID 0
#define RMI_ASSIGNED 1	/* Protected: DATA granule. Unprotected: mapped to NS memory */
#define RMI_RTTE_DATA 1
#define RMI_TABLE 2	/* Points to the next level table */
#define RMI_RTTE_TABLE 2
#define RMI_ASSIGNED_DEV 3	/* Device granule mapped */
#define RMI_RTTE_NARCH_DEV 3
#define RMI_AUX_DESTROYED 4	/* Auxiliary table was destroyed */
#define RMI_RTTE_AUX_DESTROYED 4
#define RMI_ARCH_DEV 5	/* Points to a virtual SMMU granule */
#define RMI_RTTE_ARCH_DEV 5

/* RmiRecExitReason (DEN0137 1.0-rel0, 2.0-bet1: RmiRecExitReason type) */
#define RMI_EXIT_SYNC 0	/* Synchronous exception: WFx, aborts, trapped system register */
#define RMI_EXIT_IRQ 1
#define RMI_EXIT_FIQ 2
#define RMI_EXIT_PSCI 3	/* PSCI call needs the host; FID and arguments in exit.gprs */
#define RMI_EXIT_RIPAS_CHANGE 4	/* Realm asked for a RIPAS change */
#define RMI_EXIT_HOST_CALL 5	/* RSI_HOST_CALL */
#define RMI_EXIT_SERROR 6
#define RMI_EXIT_S2AP_CHANGE 7	/* Plane 0 asked for a stage 2 permission index change */
#define RMI_EXIT_VDEV_REQUEST 8	/* Host must provide a VDEV with RMI_VDEV_COMPLETE */
#define RMI_EXIT_VDEV_VALIDATE_MAPPING 9	/* Device mapping validation pending */
#define RMI_EXIT_VSMMU_COMMAND 10

/* RmiRecRunnable (DEN0137 1.0-rel0, 2.0-bet1: RmiRecRunnable type) */
#define RMI_NOT_RUNNABLE 0
#define RMI_RUNNABLE 1

/* RmiResponse (DEN0137 1.0-rel0, 2.0-bet1: RmiResponse type) */
#define RMI_ACCEPT 0
#define RMI_RESPONSE_ACCEPT 0
#define RMI_REJECT 1
#define RMI_RESPONSE_REJECT 1

/* RmiEmulatedMmio (DEN0137 1.0-rel0, 2.0-bet1: RmiEmulatedMmio type) */
#define RMI_NOT_EMULATED_MMIO 0
#define RMI_EMULATED_MMIO 1

/* RmiInjectSea (DEN0137 1.0-rel0, 2.0-bet1: RmiInjectSea type) */
#define RMI_NO_INJECT_SEA 0
#define RMI_INJECT_SEA 1

/* RmiForceP0 (DEN0137 2.0-bet1: RmiForceP0 type) */
#define RMI_NO_FORCE_P0 0
#define RMI_FORCE_P0 1

/* RmiDataMeasureContent (DEN0137 1.0-rel0, 2.0-bet1: RmiDataMeasureContent type) */
#define RMI_NO_MEASURE_CONTENT 0
#define RMI_MEASURE_CONTENT 1

/* RmiPmuOverflowStatus (DEN0137 1.0-rel0, 2.0-bet1: RmiPmuOverflowStatus type) */
#define RMI_PMU_OVERFLOW_NOT_ACTIVE 0
#define RMI_PMU_OVERFLOW_ACTIVE 1

/* RmiFeature (DEN0137 1.0-rel0, 2.0-bet1: RmiFeature type) */
#define RMI_FEATURE_FALSE 0
#define RMI_FEATURE_TRUE 1

/* RmiMemCategory (DEN0137 2.0-bet1: RmiMemCategory type) */
#define RMI_MEM_CATEGORY_CONVENTIONAL 0
#define RMI_MEM_CATEGORY_DEV_NCOH 1
#define RMI_MEM_CATEGORY_DEV_COH 2

/* RmiTrackingRegionState (DEN0137 2.0-bet1: RmiTrackingRegionState type) */
#define RMI_TRACKING_RESERVED 0
#define RMI_TRACKING_NONE 1
/* Each granule tracked individually; needed for delegation of single pages */
#define RMI_TRACKING_FINE 2
#define RMI_TRACKING_COARSE 3	/* Whole region has one state */

/*
 * RmiAddrBlockSize (DEN0137 2.0-bet1: RmiAddrBlockSize type). Unit of an address range descriptor,
 * leaf first. An early Linux RFC had the reverse order
 */
#define RMI_PAGE_L3 0	/* One RMI granule; 4 KiB with 4 KiB granules */
#define RMI_BLOCK_L2 1	/* 2 MiB with 4 KiB granules */
#define RMI_BLOCK_L1 2	/* 1 GiB with 4 KiB granules */
#define RMI_BLOCK_L0 3	/* 512 GiB with 4 KiB granules */

/* RmiRttAddrType (DEN0137 2.0-bet1: RmiRttAddrType type) */
#define RMI_ADDR_TYPE_NONE 0	/* Address argument ignored / nothing returned */
#define RMI_ADDR_TYPE_SINGLE 1	/* One address range descriptor in a register */
#define RMI_ADDR_TYPE_LIST 2	/* PA of a list of descriptors in NS memory */

/* RmiOpMemReq (DEN0137 2.0-bet1: RmiOpMemReq type) */
#define RMI_OP_MEM_REQ_NONE 0	/* Call RMI_OP_CONTINUE */
#define RMI_OP_MEM_REQ_DONATE 1	/* Call RMI_OP_MEM_DONATE; request details in X2 */
#define RMI_OP_MEM_REQ_RECLAIM 2	/* Call RMI_OP_MEM_RECLAIM */

/* RmiOpCanCancel (DEN0137 2.0-bet1: RmiOpCanCancel type) */
#define RMI_OP_CANNOT_CANCEL 0
#define RMI_OP_CAN_CANCEL 1

/* RmiOpMemState (DEN0137 2.0-bet1: RmiOpMemState type) */
#define RMI_OP_MEM_DELEGATED 0
#define RMI_OP_MEM_UNDELEGATED 1

/* RmiOpMemContig (DEN0137 2.0-bet1: RmiOpMemContig type) */
/* Each block aligned to its own size, blocks need not be adjacent */
#define RMI_OP_MEM_NON_CONTIG 0
#define RMI_OP_MEM_CONTIG 1	/* One region, base aligned to the total size */

/* RmiContinueBeyond (DEN0137 2.0-bet1: RmiContinueBeyond type) */
#define RMI_CONTINUE_KEEP_GOING 0
#define RMI_CONTINUE_STOP 1

/* RmiRttPlaneFeature (DEN0137 2.0-bet1: RmiRttPlaneFeature type) */
#define RMI_RTT_PLANE_AUX 0
#define RMI_RTT_PLANE_AUX_SINGLE 1
#define RMI_RTT_PLANE_SINGLE 2

/* RmiRttS2APEncoding (DEN0137 2.0-bet1: RmiRttS2APEncoding type) */
#define RMI_S2AP_DIRECT 0
#define RMI_S2AP_INDIRECT 1

/* RmiRttS2APBase (DEN0137 2.0-bet0: RmiRttS2APBase type) */
#define RMI_S2AP_NO_ACCESS 0
#define RMI_S2AP_RO 1
#define RMI_S2AP_WO 2
#define RMI_S2AP_RW 3
#define RMI_S2AP_RW_PUX 4

/* RmiMecPolicy (DEN0137 2.0-bet1: RmiMecPolicy type) */
#define RMI_MEC_POLICY_SHARED 0
#define RMI_MEC_POLICY_PRIVATE 1

/* RmiLfaPolicy (DEN0137 2.0-bet0: RmiLfaPolicy type) */
#define RMI_LFA_DISALLOW 0
#define RMI_LFA_ALLOW 1

/*
 * RmmState (TF-RMM 9a7f8ef4: smc-rmi.h, RmmState). Numbers are internal to TF-RMM, names are
 * architectural
 */
#define RMM_STATE_INIT 0
#define RMM_STATE_INTERMEDIATE 1
#define RMM_STATE_ACTIVE 2

/*
 * RmmRealmState (DEN0137 1.0-rel0, 2.0-bet1: RmmRealmState type). Numbers are internal to TF-RMM,
 * names are architectural
 */
#define RMM_REALM_NEW 0
#define RMM_REALM_ACTIVE 1
#define RMM_REALM_SYSTEM_OFF 2
#define RMM_REALM_ZOMBIE 3	/* 2.0 only, entered by RMI_REALM_TERMINATE */

/*
 * RmiL0GptSize (DEN0137 2.0-bet1: RmiL0GptSize type). An L0 GPT region has 1 << (30 + value) bytes
 */
#define RMI_L0GPTSZ_30BITS 0
#define RMI_L0GPTSZ_34BITS 4
#define RMI_L0GPTSZ_36BITS 6
#define RMI_L0GPTSZ_39BITS 9

/* RmiPps (TF-RMM 9a7f8ef4: smc-rmi.h, RmiPps) */
#define RMI_PPS_48BITS 5
#define RMI_PPS_52BITS 6

/* RmiPdevState (DEN0137 2.0-bet1: RmiPdevState type) */
#define RMI_PDEV_NEW 0
#define RMI_PDEV_NEEDS_KEY 1
#define RMI_PDEV_HAS_KEY 2
#define RMI_PDEV_READY 3
#define RMI_PDEV_STOPPED 4
#define RMI_PDEV_ERROR 5

/* RmiPdevCategory (DEN0137 2.0-bet1: RmiPdevCategory type) */
#define RMI_PDEV_ROOT_PORT 0
#define RMI_PDEV_ENDPOINT_ACCEL_OFF_CHIP 1
#define RMI_PDEV_ENDPOINT_ACCEL_ON_CHIP 2

/* RmiPdevStreamType (DEN0137 2.0-bet1: RmiPdevStreamType type) */
#define RMI_PDEV_STREAM_NON_TEE 0
#define RMI_PDEV_STREAM_NCOH 1
#define RMI_PDEV_STREAM_COH 2
#define RMI_PDEV_STREAM_NCOH_SYS 3
#define RMI_PDEV_STREAM_COH_SYS 4

/* RmiVdevState (TF-RMM 9a7f8ef4: smc-rmi.h, RmiVdevState) */
#define RMI_VDEV_NEW 0
#define RMI_VDEV_UNLOCKED 1
#define RMI_VDEV_LOCKED 2
#define RMI_VDEV_STARTED 3
#define RMI_VDEV_ERROR 4
#define RMI_VDEV_KEY_REFRESH 5
#define RMI_VDEV_KEY_PURGE 6

/* RmiSignatureAlgorithm (DEN0137 2.0-bet1: RmiSignatureAlgorithm type) */
#define RMI_SIG_RSASSA_3072 0
#define RMI_SIG_ECDSA_P256 1
#define RMI_SIG_ECDSA_P384 2

/* RmiDevCommStatus (TF-RMM 9a7f8ef4: smc-rmi.h, RmiDevCommStatus) */
#define RMI_DEV_COMM_NONE 0
#define RMI_DEV_COMM_RESPONSE 1
#define RMI_DEV_COMM_ERROR 2

/* RmiDevCommObject (TF-RMM 9a7f8ef4: smc-rmi.h, RmiDevCommObject) */
#define RMI_DEV_VCA 0
#define RMI_DEV_CERTIFICATE 1
#define RMI_DEV_MEASUREMENTS 2
#define RMI_DEV_INTERFACE_REPORT 3

/* RmiDevCommProtocol (TF-RMM 9a7f8ef4: smc-rmi.h, RmiDevCommProtocol) */
#define RMI_PROTOCOL_SPDM 0
#define RMI_PROTOCOL_SECURE_SPDM 1

/* X1 req -> X0 result, X1 lower, X2 higher */
#define SMC_RMI_VERSION RMI_U64(0xC4000150)
/* X1 rd, X2 data, X3 ipa, X4 src, X5 flags -> X0 result */
#define SMC_RMI_RTT_DATA_MAP_INIT RMI_U64(0xC4000153)
/* X1 rd -> X0 result */
#define SMC_RMI_REALM_ACTIVATE RMI_U64(0xC4000157)
/* X1 rd, X2 params_ptr -> X0 result */
#define SMC_RMI_REALM_CREATE RMI_U64(0xC4000158)
/* X1 rd -> X0 result */
#define SMC_RMI_REALM_DESTROY RMI_U64(0xC4000159)
/* X1 rd, X2 rec, X3 params_ptr -> X0 result, X1 handle, X2 donate_req */
#define SMC_RMI_REC_CREATE RMI_U64(0xC400015A)
/* X1 rec -> X0 result, X1 handle */
#define SMC_RMI_REC_DESTROY RMI_U64(0xC400015B)
/* X1 rec, X2 run_ptr -> X0 result */
#define SMC_RMI_REC_ENTER RMI_U64(0xC400015C)
/* X1 rd, X2 rtt, X3 ipa, X4 level -> X0 result */
#define SMC_RMI_RTT_CREATE RMI_U64(0xC400015D)
/* X1 rd, X2 ipa, X3 level -> X0 result, X1 rtt, X2 top */
#define SMC_RMI_RTT_DESTROY RMI_U64(0xC400015E)
/* X1 rd, X2 ipa, X3 level -> X0 result, X1 walk_level, X2 state, X3 desc, X4 ripas */
#define SMC_RMI_RTT_READ_ENTRY RMI_U64(0xC4000161)
/* X1 rd, X2 rec, X3 base, X4 top -> X0 result, X1 out_top */
#define SMC_RMI_RTT_DEV_VALIDATE RMI_U64(0xC4000163)
/* X1 calling_rec, X2 target_rec, X3 status -> X0 result */
#define SMC_RMI_PSCI_COMPLETE RMI_U64(0xC4000164)
/* X1 index -> X0 result, X1 value */
#define SMC_RMI_FEATURES RMI_U64(0xC4000165)
/* X1 rd, X2 ipa, X3 level -> X0 result, X1 rtt */
#define SMC_RMI_RTT_FOLD RMI_U64(0xC4000166)
/* X1 rd, X2 base, X3 top -> X0 result, X1 out_top */
#define SMC_RMI_RTT_INIT_RIPAS RMI_U64(0xC4000168)
/* X1 rd, X2 rec, X3 base, X4 top -> X0 result, X1 out_top */
#define SMC_RMI_RTT_SET_RIPAS RMI_U64(0xC4000169)
/* arguments not known */
#define SMC_RMI_VSMMU_CREATE RMI_U64(0xC400016A)
/* arguments not known */
#define SMC_RMI_VSMMU_DESTROY RMI_U64(0xC400016B)
/* X1 cfg_ptr -> X0 result */
#define SMC_RMI_RMM_CONFIG_SET RMI_U64(0xC400016E)
/* arguments not known */
#define SMC_RMI_PSMMU_IRQ_NOTIFY RMI_U64(0xC400016F)
/* X1 pdev -> X0 result */
#define SMC_RMI_PDEV_ABORT RMI_U64(0xC4000174)
/* X1 pdev, X2 data_ptr -> X0 result */
#define SMC_RMI_PDEV_COMMUNICATE RMI_U64(0xC4000175)
/* X1 pdev, X2 params_ptr -> X0 result */
#define SMC_RMI_PDEV_CREATE RMI_U64(0xC4000176)
/* X1 pdev -> X0 result */
#define SMC_RMI_PDEV_DESTROY RMI_U64(0xC4000177)
/* X1 pdev -> X0 result, X1 state */
#define SMC_RMI_PDEV_GET_STATE RMI_U64(0xC4000178)
/* X1 pdev_1, X2 pdev_2, X3 handle -> X0 result */
#define SMC_RMI_PDEV_STREAM_KEY_REFRESH RMI_U64(0xC400017A)
/* X1 pdev, X2 params_ptr -> X0 result */
#define SMC_RMI_PDEV_SET_PUBKEY RMI_U64(0xC400017B)
/* X1 pdev -> X0 result */
#define SMC_RMI_PDEV_STOP RMI_U64(0xC400017C)
/* X1 rd, X2 rtt, X3 ipa, X4 level, X5 index -> X0 result */
#define SMC_RMI_RTT_AUX_CREATE RMI_U64(0xC400017D)
/* X1 rd, X2 ipa, X3 level, X4 index -> X0 result, X1 rtt, X2 top */
#define SMC_RMI_RTT_AUX_DESTROY RMI_U64(0xC400017E)
/* X1 rd, X2 ipa, X3 level, X4 index -> X0 result, X1 rtt */
#define SMC_RMI_RTT_AUX_FOLD RMI_U64(0xC400017F)
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_ABORT RMI_U64(0xC4000185)
/* X1 rd, X2 pdev, X3 vdev, X4 data_ptr -> X0 result */
#define SMC_RMI_VDEV_COMMUNICATE RMI_U64(0xC4000186)
/* X1 rd, X2 pdev, X3 vdev, X4 params_ptr -> X0 result */
#define SMC_RMI_VDEV_CREATE RMI_U64(0xC4000187)
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_DESTROY RMI_U64(0xC4000188)
/* X1 vdev -> X0 result, X1 state */
#define SMC_RMI_VDEV_GET_STATE RMI_U64(0xC4000189)
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_UNLOCK RMI_U64(0xC400018A)
/* X1 rd, X2 rec, X3 base, X4 top -> X0 result, X1 out_top, X2 rtt_tree */
#define SMC_RMI_RTT_SET_S2AP RMI_U64(0xC400018B)
/* X1 rec, X2 vdev -> X0 result */
#define SMC_RMI_VDEV_COMPLETE RMI_U64(0xC400018E)
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_GET_INTERFACE_REPORT RMI_U64(0xC40001D0)
/* X1 rd, X2 pdev, X3 vdev, X4 params_ptr -> X0 result */
#define SMC_RMI_VDEV_GET_MEASUREMENTS RMI_U64(0xC40001D1)
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_LOCK RMI_U64(0xC40001D2)
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_START RMI_U64(0xC40001D3)
/* arguments not known */
#define SMC_RMI_VSMMU_EVENT_NOTIFY RMI_U64(0xC40001D6)
/* X1 psmmu, X2 params_ptr -> X0 result */
#define SMC_RMI_PSMMU_ACTIVATE RMI_U64(0xC40001D7)
/* X1 psmmu -> X0 result */
#define SMC_RMI_PSMMU_DEACTIVATE RMI_U64(0xC40001D8)
/* X1 psmmu, X2 sid -> X0 result */
#define SMC_RMI_PSMMU_ST_L2_CREATE RMI_U64(0xC40001DB)
/* X1 psmmu, X2 sid -> X0 result */
#define SMC_RMI_PSMMU_ST_L2_DESTROY RMI_U64(0xC40001DC)
/* arguments not known */
#define SMC_RMI_DPT_L0_CREATE RMI_U64(0xC40001DD)
/* arguments not known */
#define SMC_RMI_DPT_L0_DESTROY RMI_U64(0xC40001DE)
/* arguments not known */
#define SMC_RMI_DPT_L1_CREATE RMI_U64(0xC40001DF)
/* arguments not known */
#define SMC_RMI_DPT_L1_DESTROY RMI_U64(0xC40001E0)
/* X1 base, X2 top -> X0 result, X1 category, X2 state, X3 out_top */
#define SMC_RMI_GRANULE_TRACKING_GET RMI_U64(0xC40001E1)
/* X1 base, X2 category, X3 state -> X0 result */
#define SMC_RMI_GRANULE_TRACKING_SET RMI_U64(0xC40001E3)
/* X1 cfg_ptr -> X0 result */
#define SMC_RMI_RMM_CONFIG_GET RMI_U64(0xC40001EC)
/* nothing -> X0 result, X1 state */
#define SMC_RMI_RMM_STATE_GET RMI_U64(0xC40001EE)
/* arguments not known */
#define SMC_RMI_PSMMU_EVENT_CONSUME RMI_U64(0xC40001F0)
/* X1 base, X2 top -> X0 result, X1 out_top */
#define SMC_RMI_GRANULE_RANGE_DELEGATE RMI_U64(0xC40001F1)
/* X1 base, X2 top -> X0 result, X1 out_top */
#define SMC_RMI_GRANULE_RANGE_UNDELEGATE RMI_U64(0xC40001F2)
/* X1 addr -> X0 result */
#define SMC_RMI_GPT_L1_CREATE RMI_U64(0xC40001F3)
/* X1 addr -> X0 result */
#define SMC_RMI_GPT_L1_DESTROY RMI_U64(0xC40001F4)
/* X1 rd, X2 base, X3 top, X4 flags, X5 oaddr -> X0 result, X1 out_top */
#define SMC_RMI_RTT_DATA_MAP RMI_U64(0xC40001F5)
/*
 * X1 rd, X2 base, X3 top, X4 flags, X5 oaddr -> X0 result, X1 out_top, X2 out_range, X3 out_count
 */
#define SMC_RMI_RTT_DATA_UNMAP RMI_U64(0xC40001F6)
/* X1 rd, X2 vdev, X3 base, X4 top, X5 flags, X6 oaddr -> X0 result, X1 out_top */
#define SMC_RMI_RTT_DEV_MAP RMI_U64(0xC40001F7)
/*
 * X1 rd, X2 base, X3 top, X4 flags, X5 oaddr -> X0 result, X1 out_top, X2 out_range, X3 out_count
 */
#define SMC_RMI_RTT_DEV_UNMAP RMI_U64(0xC40001F8)
/* arguments not known */
#define SMC_RMI_RTT_ARCH_DEV_MAP RMI_U64(0xC40001F9)
/* arguments not known */
#define SMC_RMI_RTT_ARCH_DEV_UNMAP RMI_U64(0xC40001FA)
/* X1 rd, X2 base, X3 top, X4 flags, X5 oaddr -> X0 result, X1 out_top */
#define SMC_RMI_RTT_UNPROT_MAP RMI_U64(0xC40001FB)
/*
 * X1 rd, X2 base, X3 top, X4 flags, X5 oaddr -> X0 result, X1 out_top, X2 out_range, X3 out_count
 */
#define SMC_RMI_RTT_UNPROT_UNMAP RMI_U64(0xC40001FC)
/* X1 rd, X2 base, X3 top, X4 flags -> X0 result, X1 out_top */
#define SMC_RMI_RTT_AUX_PROT_MAP RMI_U64(0xC40001FD)
/* X1 rd, X2 base, X3 top, X4 flags -> X0 result, X1 out_top */
#define SMC_RMI_RTT_AUX_PROT_UNMAP RMI_U64(0xC40001FE)
/* X1 rd, X2 base, X3 top, X4 flags -> X0 result, X1 out_top */
#define SMC_RMI_RTT_AUX_UNPROT_MAP RMI_U64(0xC40001FF)
/* X1 rd, X2 base, X3 top, X4 flags -> X0 result, X1 out_top */
#define SMC_RMI_RTT_AUX_UNPROT_UNMAP RMI_U64(0xC4000200)
/* X1 rd -> X0 result */
#define SMC_RMI_REALM_TERMINATE RMI_U64(0xC4000201)
/* nothing -> X0 result */
#define SMC_RMI_RMM_ACTIVATE RMI_U64(0xC4000202)
/* X1 handle, X2 flags -> X0 result, X1 x1, X2 donate_req */
#define SMC_RMI_OP_CONTINUE RMI_U64(0xC4000203)
/* X1 params_ptr -> X0 result, X1 handle */
#define SMC_RMI_PDEV_STREAM_CONNECT RMI_U64(0xC4000204)
/* X1 pdev_1, X2 pdev_2, X3 handle -> X0 result */
#define SMC_RMI_PDEV_STREAM_DISCONNECT RMI_U64(0xC4000205)
/* X1 pdev_1, X2 pdev_2, X3 handle -> X0 result */
#define SMC_RMI_PDEV_STREAM_COMPLETE RMI_U64(0xC4000206)
/* X1 pdev_1, X2 pdev_2, X3 handle -> X0 result */
#define SMC_RMI_PDEV_STREAM_KEY_PURGE RMI_U64(0xC4000207)
/* X1 handle, X2 list_addr, X3 list_count -> X0 result, X1 donated_count, X2 donate_req */
#define SMC_RMI_OP_MEM_DONATE RMI_U64(0xC4000208)
/* X1 handle, X2 list_addr, X3 list_count -> X0 result, X1 reclaim_count */
#define SMC_RMI_OP_MEM_RECLAIM RMI_U64(0xC4000209)
/* X1 handle -> X0 result */
#define SMC_RMI_OP_CANCEL RMI_U64(0xC400020A)
/* arguments not known */
#define SMC_RMI_VSMMU_FEATURES RMI_U64(0xC400020B)
/* arguments not known */
#define SMC_RMI_VSMMU_CMD_GET RMI_U64(0xC400020C)
/* arguments not known */
#define SMC_RMI_VSMMU_CMD_COMPLETE RMI_U64(0xC400020D)
/* arguments not known */
#define SMC_RMI_PSMMU_INFO RMI_U64(0xC400020E)

/* RmiResult (DEN0137 2.0-bet1: RmiResult type). X0 on return of every command */
#define RMI_RESULT_STATUS_SHIFT 0
#define RMI_RESULT_STATUS_WIDTH 8
#define RMI_RESULT_STATUS_MASK RMI_U64(0xff)
#define RMI_RESULT_DATA_SHIFT 8	/* level form, incomplete form, or zero */
#define RMI_RESULT_DATA_WIDTH 56
#define RMI_RESULT_DATA_MASK RMI_U64(0xffffffffffffff00)
#define RMI_RESULT_MASK RMI_U64(0xffffffffffffffff)	/* all of the above */

/*
 * RmiResultDataLevel (DEN0137 2.0-bet1: RmiResultDataLevel type). X0 after RMI_ERROR_RTT, RTT_AUX,
 * DPT and PSMMU_ST
 */
/* Valid for RMI_ERROR_RTT, RTT_AUX, DPT, PSMMU_ST. Level -1 (LPA2 start level) appears as 0xFF */
#define RMI_RESULT_DATA_LEVEL_LEVEL_SHIFT 8
#define RMI_RESULT_DATA_LEVEL_LEVEL_WIDTH 8
#define RMI_RESULT_DATA_LEVEL_LEVEL_MASK RMI_U64(0xff00)
#define RMI_RESULT_DATA_LEVEL_MASK RMI_U64(0xff00)	/* all of the above */

/*
 * RmiResultDataIncomplete (DEN0137 2.0-bet1: RmiResultDataIncomplete type). X0 when status is
 * RMI_INCOMPLETE
 */
#define RMI_RESULT_DATA_INCOMPLETE_MEM_SHIFT 8
#define RMI_RESULT_DATA_INCOMPLETE_MEM_WIDTH 2
#define RMI_RESULT_DATA_INCOMPLETE_MEM_MASK RMI_U64(0x300)
#define RMI_RESULT_DATA_INCOMPLETE_CANCEL_SHIFT 10
#define RMI_RESULT_DATA_INCOMPLETE_CANCEL_WIDTH 1
#define RMI_RESULT_DATA_INCOMPLETE_CANCEL_MASK RMI_U64(0x400)
#define RMI_RESULT_DATA_INCOMPLETE_MASK RMI_U64(0x700)	/* all of the above */

/* RmiInterfaceVersion (DEN0137 1.0-rel0, 2.0-bet1: RmiInterfaceVersion type) */
#define RMI_INTERFACE_VERSION_MINOR_SHIFT 0
#define RMI_INTERFACE_VERSION_MINOR_WIDTH 16
#define RMI_INTERFACE_VERSION_MINOR_MASK RMI_U64(0xffff)
#define RMI_INTERFACE_VERSION_MAJOR_SHIFT 16
#define RMI_INTERFACE_VERSION_MAJOR_WIDTH 15
#define RMI_INTERFACE_VERSION_MAJOR_MASK RMI_U64(0x7fff0000)
#define RMI_INTERFACE_VERSION_MASK RMI_U64(0x7fffffff)	/* all of the above */

/*
 * RmiFeatureRegister0 (DEN0137 1.0-rel0, 2.0-bet1: RmiFeatureRegister0 type). RMM 1.0 has hash,
 * list register and REC order fields here; 2.0 moved them to register 1 or dropped them
 */
#define RMI_FEATURE_REGISTER0_S2SZ_SHIFT 0	/* Largest IPA width */
#define RMI_FEATURE_REGISTER0_S2SZ_WIDTH 8
#define RMI_FEATURE_REGISTER0_S2SZ_MASK RMI_U64(0xff)
#define RMI_FEATURE_REGISTER0_LPA2_SHIFT 8
#define RMI_FEATURE_REGISTER0_LPA2_WIDTH 1
#define RMI_FEATURE_REGISTER0_LPA2_MASK RMI_U64(0x100)
#define RMI_FEATURE_REGISTER0_SVE_SHIFT 9
#define RMI_FEATURE_REGISTER0_SVE_WIDTH 1
#define RMI_FEATURE_REGISTER0_SVE_MASK RMI_U64(0x200)
#define RMI_FEATURE_REGISTER0_SVE_VL_SHIFT 10	/* Max vector length as quadwords minus one */
#define RMI_FEATURE_REGISTER0_SVE_VL_WIDTH 4
#define RMI_FEATURE_REGISTER0_SVE_VL_MASK RMI_U64(0x3c00)
#define RMI_FEATURE_REGISTER0_NUM_BPS_SHIFT 14	/* Breakpoints minus one; 0 reserved */
#define RMI_FEATURE_REGISTER0_NUM_BPS_WIDTH 6
#define RMI_FEATURE_REGISTER0_NUM_BPS_MASK RMI_U64(0xfc000)
#define RMI_FEATURE_REGISTER0_NUM_WPS_SHIFT 20	/* Watchpoints minus one; 0 reserved */
#define RMI_FEATURE_REGISTER0_NUM_WPS_WIDTH 6
#define RMI_FEATURE_REGISTER0_NUM_WPS_MASK RMI_U64(0x3f00000)
#define RMI_FEATURE_REGISTER0_PMU_SHIFT 26
#define RMI_FEATURE_REGISTER0_PMU_WIDTH 1
#define RMI_FEATURE_REGISTER0_PMU_MASK RMI_U64(0x4000000)
#define RMI_FEATURE_REGISTER0_PMU_NUM_CTRS_SHIFT 27
#define RMI_FEATURE_REGISTER0_PMU_NUM_CTRS_WIDTH 5
#define RMI_FEATURE_REGISTER0_PMU_NUM_CTRS_MASK RMI_U64(0xf8000000)
#define RMI_FEATURE_REGISTER0_MASK RMI_U64(0xffffffff)	/* all of the above */

/*
 * RmiFeatureRegister1 (DEN0137 2.0-bet1: RmiFeatureRegister1 type). TF-RMM of July 2026 accepts
 * SHA-384 although it leaves the SHA-384 bit clear
 */
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_4KB_SHIFT 0
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_4KB_WIDTH 1
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_4KB_MASK RMI_U64(0x1)
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_16KB_SHIFT 1
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_16KB_WIDTH 1
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_16KB_MASK RMI_U64(0x2)
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_64KB_SHIFT 2
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_64KB_WIDTH 1
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_64KB_MASK RMI_U64(0x4)
#define RMI_FEATURE_REGISTER1_HASH_SHA_256_SHIFT 3
#define RMI_FEATURE_REGISTER1_HASH_SHA_256_WIDTH 1
#define RMI_FEATURE_REGISTER1_HASH_SHA_256_MASK RMI_U64(0x8)
#define RMI_FEATURE_REGISTER1_HASH_SHA_384_SHIFT 4
#define RMI_FEATURE_REGISTER1_HASH_SHA_384_WIDTH 1
#define RMI_FEATURE_REGISTER1_HASH_SHA_384_MASK RMI_U64(0x10)
#define RMI_FEATURE_REGISTER1_HASH_SHA_512_SHIFT 5
#define RMI_FEATURE_REGISTER1_HASH_SHA_512_WIDTH 1
#define RMI_FEATURE_REGISTER1_HASH_SHA_512_MASK RMI_U64(0x20)
#define RMI_FEATURE_REGISTER1_MAX_RECS_ORDER_SHIFT 6	/* Max RECs per realm = 2^n - 1 */
#define RMI_FEATURE_REGISTER1_MAX_RECS_ORDER_WIDTH 4
#define RMI_FEATURE_REGISTER1_MAX_RECS_ORDER_MASK RMI_U64(0x3c0)
#define RMI_FEATURE_REGISTER1_L0GPTSZ_SHIFT 10
#define RMI_FEATURE_REGISTER1_L0GPTSZ_WIDTH 4
#define RMI_FEATURE_REGISTER1_L0GPTSZ_MASK RMI_U64(0x3c00)
#define RMI_FEATURE_REGISTER1_PPS_SHIFT 14
#define RMI_FEATURE_REGISTER1_PPS_WIDTH 3
#define RMI_FEATURE_REGISTER1_PPS_MASK RMI_U64(0x1c000)
#define RMI_FEATURE_REGISTER1_MASK RMI_U64(0x1ffff)	/* all of the above */

/* RmiFeatureRegister2 (DEN0137 2.0-bet1: RmiFeatureRegister2 type) */
#define RMI_FEATURE_REGISTER2_DA_SHIFT 0
#define RMI_FEATURE_REGISTER2_DA_WIDTH 1
#define RMI_FEATURE_REGISTER2_DA_MASK RMI_U64(0x1)
#define RMI_FEATURE_REGISTER2_DA_COH_SHIFT 1
#define RMI_FEATURE_REGISTER2_DA_COH_WIDTH 1
#define RMI_FEATURE_REGISTER2_DA_COH_MASK RMI_U64(0x2)
#define RMI_FEATURE_REGISTER2_VSMMU_SHIFT 2
#define RMI_FEATURE_REGISTER2_VSMMU_WIDTH 1
#define RMI_FEATURE_REGISTER2_VSMMU_MASK RMI_U64(0x4)
#define RMI_FEATURE_REGISTER2_ATS_SHIFT 3
#define RMI_FEATURE_REGISTER2_ATS_WIDTH 1
#define RMI_FEATURE_REGISTER2_ATS_MASK RMI_U64(0x8)
#define RMI_FEATURE_REGISTER2_MAX_VDEVS_ORDER_SHIFT 4
#define RMI_FEATURE_REGISTER2_MAX_VDEVS_ORDER_WIDTH 4
#define RMI_FEATURE_REGISTER2_MAX_VDEVS_ORDER_MASK RMI_U64(0xf0)
#define RMI_FEATURE_REGISTER2_VDEV_KROU_SHIFT 8
#define RMI_FEATURE_REGISTER2_VDEV_KROU_WIDTH 1
#define RMI_FEATURE_REGISTER2_VDEV_KROU_MASK RMI_U64(0x100)
#define RMI_FEATURE_REGISTER2_NON_TEE_STREAM_SHIFT 9
#define RMI_FEATURE_REGISTER2_NON_TEE_STREAM_WIDTH 1
#define RMI_FEATURE_REGISTER2_NON_TEE_STREAM_MASK RMI_U64(0x200)
#define RMI_FEATURE_REGISTER2_MASK RMI_U64(0x3ff)	/* all of the above */

/* RmiFeatureRegister3 (DEN0137 2.0-bet1: RmiFeatureRegister3 type) */
#define RMI_FEATURE_REGISTER3_MAX_NUM_AUX_PLANES_SHIFT 0
#define RMI_FEATURE_REGISTER3_MAX_NUM_AUX_PLANES_WIDTH 4
#define RMI_FEATURE_REGISTER3_MAX_NUM_AUX_PLANES_MASK RMI_U64(0xf)
#define RMI_FEATURE_REGISTER3_RTT_PLANE_SHIFT 4
#define RMI_FEATURE_REGISTER3_RTT_PLANE_WIDTH 2
#define RMI_FEATURE_REGISTER3_RTT_PLANE_MASK RMI_U64(0x30)
#define RMI_FEATURE_REGISTER3_RTT_S2AP_INDIRECT_SHIFT 6
#define RMI_FEATURE_REGISTER3_RTT_S2AP_INDIRECT_WIDTH 1
#define RMI_FEATURE_REGISTER3_RTT_S2AP_INDIRECT_MASK RMI_U64(0x40)
#define RMI_FEATURE_REGISTER3_MASK RMI_U64(0x7f)	/* all of the above */

/* RmiFeatureRegister4 (DEN0137 2.0-bet1: RmiFeatureRegister4 type) */
#define RMI_FEATURE_REGISTER4_MEC_COUNT_SHIFT 0	/* Number of private memory encryption contexts */
#define RMI_FEATURE_REGISTER4_MEC_COUNT_WIDTH 64
#define RMI_FEATURE_REGISTER4_MEC_COUNT_MASK RMI_U64(0xffffffffffffffff)
#define RMI_FEATURE_REGISTER4_MASK RMI_U64(0xffffffffffffffff)	/* all of the above */

/*
 * RmiRealmFlags0 (DEN0137 1.0-rel0, 2.0-bet1: RmiRealmFlags0 type, RmiRealmFlags in 1.0). Linux v14
 * knows bits 0..2 only
 */
#define RMI_REALM_FLAGS0_LPA2_SHIFT 0
#define RMI_REALM_FLAGS0_LPA2_WIDTH 1
#define RMI_REALM_FLAGS0_LPA2_MASK RMI_U64(0x1)
#define RMI_REALM_FLAGS0_SVE_SHIFT 1
#define RMI_REALM_FLAGS0_SVE_WIDTH 1
#define RMI_REALM_FLAGS0_SVE_MASK RMI_U64(0x2)
#define RMI_REALM_FLAGS0_PMU_SHIFT 2
#define RMI_REALM_FLAGS0_PMU_WIDTH 1
#define RMI_REALM_FLAGS0_PMU_MASK RMI_U64(0x4)
#define RMI_REALM_FLAGS0_DA_SHIFT 3
#define RMI_REALM_FLAGS0_DA_WIDTH 1
#define RMI_REALM_FLAGS0_DA_MASK RMI_U64(0x8)
#define RMI_REALM_FLAGS0_LFA_POLICY_SHIFT 5
#define RMI_REALM_FLAGS0_LFA_POLICY_WIDTH 2
#define RMI_REALM_FLAGS0_LFA_POLICY_MASK RMI_U64(0x60)
#define RMI_REALM_FLAGS0_MEC_POLICY_SHIFT 7
#define RMI_REALM_FLAGS0_MEC_POLICY_WIDTH 2
#define RMI_REALM_FLAGS0_MEC_POLICY_MASK RMI_U64(0x180)
#define RMI_REALM_FLAGS0_MASK RMI_U64(0x1ef)	/* all of the above */

/* RmiRealmFlags1 (DEN0137 2.0-bet1: RmiRealmFlags1 type) */
#define RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_SHIFT 0
#define RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_WIDTH 1
#define RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK RMI_U64(0x1)
#define RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_SHIFT 1
#define RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_WIDTH 1
#define RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_MASK RMI_U64(0x2)
#define RMI_REALM_FLAGS1_ATS_SHIFT 2
#define RMI_REALM_FLAGS1_ATS_WIDTH 1
#define RMI_REALM_FLAGS1_ATS_MASK RMI_U64(0x4)
#define RMI_REALM_FLAGS1_MASK RMI_U64(0x7)	/* all of the above */

/* RmiRecCreateFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiRecCreateFlags type) */
#define RMI_REC_CREATE_FLAGS_RUNNABLE_SHIFT 0
#define RMI_REC_CREATE_FLAGS_RUNNABLE_WIDTH 1
#define RMI_REC_CREATE_FLAGS_RUNNABLE_MASK RMI_U64(0x1)
#define RMI_REC_CREATE_FLAGS_MASK RMI_U64(0x1)	/* all of the above */

/*
 * RmiRecMpidr (DEN0137 1.0-rel0, 2.0-bet1: RmiRecMpidr type). REC index is aff3 << 20 | aff2 << 12
 * | aff1 << 4 | aff0
 */
#define RMI_REC_MPIDR_AFF0_SHIFT 0	/* bits 7:4 must be zero */
#define RMI_REC_MPIDR_AFF0_WIDTH 4
#define RMI_REC_MPIDR_AFF0_MASK RMI_U64(0xf)
#define RMI_REC_MPIDR_AFF1_SHIFT 8
#define RMI_REC_MPIDR_AFF1_WIDTH 8
#define RMI_REC_MPIDR_AFF1_MASK RMI_U64(0xff00)
#define RMI_REC_MPIDR_AFF2_SHIFT 16
#define RMI_REC_MPIDR_AFF2_WIDTH 8
#define RMI_REC_MPIDR_AFF2_MASK RMI_U64(0xff0000)
#define RMI_REC_MPIDR_AFF3_SHIFT 24	/* bits 63:32 must be zero */
#define RMI_REC_MPIDR_AFF3_WIDTH 8
#define RMI_REC_MPIDR_AFF3_MASK RMI_U64(0xff000000)
#define RMI_REC_MPIDR_MASK RMI_U64(0xffffff0f)	/* all of the above */

/* RmiRecEnterFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiRecEnterFlags type) */
#define RMI_REC_ENTER_FLAGS_EMUL_MMIO_SHIFT 0
#define RMI_REC_ENTER_FLAGS_EMUL_MMIO_WIDTH 1
#define RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK RMI_U64(0x1)
#define RMI_REC_ENTER_FLAGS_INJECT_SEA_SHIFT 1
#define RMI_REC_ENTER_FLAGS_INJECT_SEA_WIDTH 1
#define RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK RMI_U64(0x2)
#define RMI_REC_ENTER_FLAGS_TRAP_WFI_SHIFT 2
#define RMI_REC_ENTER_FLAGS_TRAP_WFI_WIDTH 1
#define RMI_REC_ENTER_FLAGS_TRAP_WFI_MASK RMI_U64(0x4)
#define RMI_REC_ENTER_FLAGS_TRAP_WFE_SHIFT 3
#define RMI_REC_ENTER_FLAGS_TRAP_WFE_WIDTH 1
#define RMI_REC_ENTER_FLAGS_TRAP_WFE_MASK RMI_U64(0x8)
#define RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE_SHIFT 4
#define RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE_WIDTH 1
#define RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE_MASK RMI_U64(0x10)
#define RMI_REC_ENTER_FLAGS_S2AP_RESPONSE_SHIFT 5
#define RMI_REC_ENTER_FLAGS_S2AP_RESPONSE_WIDTH 1
#define RMI_REC_ENTER_FLAGS_S2AP_RESPONSE_MASK RMI_U64(0x20)
#define RMI_REC_ENTER_FLAGS_DEV_MEM_RESPONSE_SHIFT 6
#define RMI_REC_ENTER_FLAGS_DEV_MEM_RESPONSE_WIDTH 1
#define RMI_REC_ENTER_FLAGS_DEV_MEM_RESPONSE_MASK RMI_U64(0x40)
#define RMI_REC_ENTER_FLAGS_FORCE_P0_SHIFT 7
#define RMI_REC_ENTER_FLAGS_FORCE_P0_WIDTH 1
#define RMI_REC_ENTER_FLAGS_FORCE_P0_MASK RMI_U64(0x80)
#define RMI_REC_ENTER_FLAGS_MASK RMI_U64(0xff)	/* all of the above */

/* RmiDataFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiDataFlags type) */
#define RMI_DATA_FLAGS_MEASURE_SHIFT 0
#define RMI_DATA_FLAGS_MEASURE_WIDTH 1
#define RMI_DATA_FLAGS_MEASURE_MASK RMI_U64(0x1)
#define RMI_DATA_FLAGS_MASK RMI_U64(0x1)	/* all of the above */

/*
 * RmiAddrRangeDesc4KB (DEN0137 2.0-bet1: RmiAddrRangeDesc4KB type). Total bytes = count * bytes of
 * one unit
 */
#define RMI_ADDR_RANGE_DESC_4KB_SIZE_SHIFT 0
#define RMI_ADDR_RANGE_DESC_4KB_SIZE_WIDTH 2
#define RMI_ADDR_RANGE_DESC_4KB_SIZE_MASK RMI_U64(0x3)
#define RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT 2
#define RMI_ADDR_RANGE_DESC_4KB_COUNT_WIDTH 10
#define RMI_ADDR_RANGE_DESC_4KB_COUNT_MASK RMI_U64(0xffc)
#define RMI_ADDR_RANGE_DESC_4KB_ADDR_SHIFT 12	/* PA bits 51:12 in place, not shifted down */
#define RMI_ADDR_RANGE_DESC_4KB_ADDR_WIDTH 40
#define RMI_ADDR_RANGE_DESC_4KB_ADDR_MASK RMI_U64(0xffffffffff000)
#define RMI_ADDR_RANGE_DESC_4KB_STATE_SHIFT 63
#define RMI_ADDR_RANGE_DESC_4KB_STATE_WIDTH 1
#define RMI_ADDR_RANGE_DESC_4KB_STATE_MASK RMI_U64(0x8000000000000000)
#define RMI_ADDR_RANGE_DESC_4KB_MASK RMI_U64(0x800fffffffffffff)	/* all of the above */

/* RmiAddrRangeDesc16KB (DEN0137 2.0-bet1: RmiAddrRangeDesc16KB type) */
#define RMI_ADDR_RANGE_DESC_16KB_SIZE_SHIFT 0
#define RMI_ADDR_RANGE_DESC_16KB_SIZE_WIDTH 2
#define RMI_ADDR_RANGE_DESC_16KB_SIZE_MASK RMI_U64(0x3)
#define RMI_ADDR_RANGE_DESC_16KB_COUNT_SHIFT 2
#define RMI_ADDR_RANGE_DESC_16KB_COUNT_WIDTH 12
#define RMI_ADDR_RANGE_DESC_16KB_COUNT_MASK RMI_U64(0x3ffc)
#define RMI_ADDR_RANGE_DESC_16KB_ADDR_SHIFT 14	/* PA bits 51:14 in place, not shifted down */
#define RMI_ADDR_RANGE_DESC_16KB_ADDR_WIDTH 38
#define RMI_ADDR_RANGE_DESC_16KB_ADDR_MASK RMI_U64(0xfffffffffc000)
#define RMI_ADDR_RANGE_DESC_16KB_STATE_SHIFT 63
#define RMI_ADDR_RANGE_DESC_16KB_STATE_WIDTH 1
#define RMI_ADDR_RANGE_DESC_16KB_STATE_MASK RMI_U64(0x8000000000000000)
#define RMI_ADDR_RANGE_DESC_16KB_MASK RMI_U64(0x800fffffffffffff)	/* all of the above */

/* RmiAddrRangeDesc64KB (DEN0137 2.0-bet1: RmiAddrRangeDesc64KB type) */
#define RMI_ADDR_RANGE_DESC_64KB_SIZE_SHIFT 0
#define RMI_ADDR_RANGE_DESC_64KB_SIZE_WIDTH 2
#define RMI_ADDR_RANGE_DESC_64KB_SIZE_MASK RMI_U64(0x3)
#define RMI_ADDR_RANGE_DESC_64KB_COUNT_SHIFT 2
#define RMI_ADDR_RANGE_DESC_64KB_COUNT_WIDTH 14
#define RMI_ADDR_RANGE_DESC_64KB_COUNT_MASK RMI_U64(0xfffc)
#define RMI_ADDR_RANGE_DESC_64KB_ADDR_SHIFT 16	/* PA bits 51:16 in place, not shifted down */
#define RMI_ADDR_RANGE_DESC_64KB_ADDR_WIDTH 36
#define RMI_ADDR_RANGE_DESC_64KB_ADDR_MASK RMI_U64(0xfffffffff0000)
#define RMI_ADDR_RANGE_DESC_64KB_STATE_SHIFT 63
#define RMI_ADDR_RANGE_DESC_64KB_STATE_WIDTH 1
#define RMI_ADDR_RANGE_DESC_64KB_STATE_MASK RMI_U64(0x8000000000000000)
#define RMI_ADDR_RANGE_DESC_64KB_MASK RMI_U64(0x800fffffffffffff)	/* all of the above */

/*
 * RmiOpMemDonateReq (DEN0137 2.0-bet1: RmiOpMemDonateReq type). X2 when an operation asks for
 * memory
 */
#define RMI_OP_MEM_DONATE_REQ_SIZE_SHIFT 0
#define RMI_OP_MEM_DONATE_REQ_SIZE_WIDTH 2
#define RMI_OP_MEM_DONATE_REQ_SIZE_MASK RMI_U64(0x3)
#define RMI_OP_MEM_DONATE_REQ_COUNT_SHIFT 2
#define RMI_OP_MEM_DONATE_REQ_COUNT_WIDTH 14
#define RMI_OP_MEM_DONATE_REQ_COUNT_MASK RMI_U64(0xfffc)
#define RMI_OP_MEM_DONATE_REQ_CONTIG_SHIFT 16
#define RMI_OP_MEM_DONATE_REQ_CONTIG_WIDTH 1
#define RMI_OP_MEM_DONATE_REQ_CONTIG_MASK RMI_U64(0x10000)
#define RMI_OP_MEM_DONATE_REQ_STATE_SHIFT 17
#define RMI_OP_MEM_DONATE_REQ_STATE_WIDTH 1
#define RMI_OP_MEM_DONATE_REQ_STATE_MASK RMI_U64(0x20000)
#define RMI_OP_MEM_DONATE_REQ_MASK RMI_U64(0x3ffff)	/* all of the above */

/* RmiContinueFlags (DEN0137 2.0-bet1: RmiContinueFlags type) */
#define RMI_CONTINUE_FLAGS_BEYOND_SHIFT 0
#define RMI_CONTINUE_FLAGS_BEYOND_WIDTH 1
#define RMI_CONTINUE_FLAGS_BEYOND_MASK RMI_U64(0x1)
#define RMI_CONTINUE_FLAGS_MASK RMI_U64(0x1)	/* all of the above */

/* RmiRttProtMapFlags (DEN0137 2.0-bet1: RmiRttProtMapFlags type) */
#define RMI_RTT_PROT_MAP_FLAGS_OADDR_TYPE_SHIFT 0
#define RMI_RTT_PROT_MAP_FLAGS_OADDR_TYPE_WIDTH 2
#define RMI_RTT_PROT_MAP_FLAGS_OADDR_TYPE_MASK RMI_U64(0x3)
#define RMI_RTT_PROT_MAP_FLAGS_LIST_COUNT_SHIFT 2
#define RMI_RTT_PROT_MAP_FLAGS_LIST_COUNT_WIDTH 14
#define RMI_RTT_PROT_MAP_FLAGS_LIST_COUNT_MASK RMI_U64(0xfffc)
#define RMI_RTT_PROT_MAP_FLAGS_MASK RMI_U64(0xffff)	/* all of the above */

/* RmiRttUnprotMapFlags (DEN0137 2.0-bet1: RmiRttUnprotMapFlags type) */
#define RMI_RTT_UNPROT_MAP_FLAGS_OADDR_TYPE_SHIFT 0
#define RMI_RTT_UNPROT_MAP_FLAGS_OADDR_TYPE_WIDTH 2
#define RMI_RTT_UNPROT_MAP_FLAGS_OADDR_TYPE_MASK RMI_U64(0x3)
#define RMI_RTT_UNPROT_MAP_FLAGS_LIST_COUNT_SHIFT 2
#define RMI_RTT_UNPROT_MAP_FLAGS_LIST_COUNT_WIDTH 14
#define RMI_RTT_UNPROT_MAP_FLAGS_LIST_COUNT_MASK RMI_U64(0xfffc)
#define RMI_RTT_UNPROT_MAP_FLAGS_MEMATTR_SHIFT 16	/* Stage 2 MemAttr[2:0] */
#define RMI_RTT_UNPROT_MAP_FLAGS_MEMATTR_WIDTH 3
#define RMI_RTT_UNPROT_MAP_FLAGS_MEMATTR_MASK RMI_U64(0x70000)
/* Direct encoding: bit 0 write, bit 1 read. Indirect: permission index */
#define RMI_RTT_UNPROT_MAP_FLAGS_S2AP_SHIFT 19
#define RMI_RTT_UNPROT_MAP_FLAGS_S2AP_WIDTH 4
#define RMI_RTT_UNPROT_MAP_FLAGS_S2AP_MASK RMI_U64(0x780000)
#define RMI_RTT_UNPROT_MAP_FLAGS_MASK RMI_U64(0x7fffff)	/* all of the above */

/* RmiRttUnmapFlags (DEN0137 2.0-bet1: RmiRttUnmapFlags type) */
#define RMI_RTT_UNMAP_FLAGS_OADDR_TYPE_SHIFT 0
#define RMI_RTT_UNMAP_FLAGS_OADDR_TYPE_WIDTH 2
#define RMI_RTT_UNMAP_FLAGS_OADDR_TYPE_MASK RMI_U64(0x3)
#define RMI_RTT_UNMAP_FLAGS_LIST_COUNT_SHIFT 2
#define RMI_RTT_UNMAP_FLAGS_LIST_COUNT_WIDTH 14
#define RMI_RTT_UNMAP_FLAGS_LIST_COUNT_MASK RMI_U64(0xfffc)
#define RMI_RTT_UNMAP_FLAGS_MASK RMI_U64(0xffff)	/* all of the above */

/* RmiRttAuxMapFlags (DEN0137 2.0-bet0: RmiRttAuxMapFlags type) */
#define RMI_RTT_AUX_MAP_FLAGS_TREE_INDEX_SHIFT 0
#define RMI_RTT_AUX_MAP_FLAGS_TREE_INDEX_WIDTH 2
#define RMI_RTT_AUX_MAP_FLAGS_TREE_INDEX_MASK RMI_U64(0x3)
#define RMI_RTT_AUX_MAP_FLAGS_BLOCK_SHIFT 2
#define RMI_RTT_AUX_MAP_FLAGS_BLOCK_WIDTH 1
#define RMI_RTT_AUX_MAP_FLAGS_BLOCK_MASK RMI_U64(0x4)
#define RMI_RTT_AUX_MAP_FLAGS_INVALID_PRI_SHIFT 3
#define RMI_RTT_AUX_MAP_FLAGS_INVALID_PRI_WIDTH 1
#define RMI_RTT_AUX_MAP_FLAGS_INVALID_PRI_MASK RMI_U64(0x8)
#define RMI_RTT_AUX_MAP_FLAGS_MASK RMI_U64(0xf)	/* all of the above */

/* RmiRttAuxUnmapFlags (DEN0137 2.0-bet0: RmiRttAuxUnmapFlags type) */
#define RMI_RTT_AUX_UNMAP_FLAGS_TREE_INDEX_SHIFT 0
#define RMI_RTT_AUX_UNMAP_FLAGS_TREE_INDEX_WIDTH 2
#define RMI_RTT_AUX_UNMAP_FLAGS_TREE_INDEX_MASK RMI_U64(0x3)
#define RMI_RTT_AUX_UNMAP_FLAGS_MASK RMI_U64(0x3)	/* all of the above */

/* RmiPdevFlags (DEN0137 2.0-bet1: RmiPdevFlags type) */
#define RMI_PDEV_FLAGS_SPDM_SHIFT 0
#define RMI_PDEV_FLAGS_SPDM_WIDTH 1
#define RMI_PDEV_FLAGS_SPDM_MASK RMI_U64(0x1)
#define RMI_PDEV_FLAGS_CATEGORY_SHIFT 1
#define RMI_PDEV_FLAGS_CATEGORY_WIDTH 2
#define RMI_PDEV_FLAGS_CATEGORY_MASK RMI_U64(0x6)
#define RMI_PDEV_FLAGS_MASK RMI_U64(0x7)	/* all of the above */

/* RmiVdevFlags (DEN0137 2.0-bet1: RmiVdevFlags type) */
#define RMI_VDEV_FLAGS_VSMMU_SHIFT 0
#define RMI_VDEV_FLAGS_VSMMU_WIDTH 1
#define RMI_VDEV_FLAGS_VSMMU_MASK RMI_U64(0x1)
#define RMI_VDEV_FLAGS_MASK RMI_U64(0x1)	/* all of the above */

/* RmiPsmmuFlags (DEN0137 2.0-bet1: RmiPsmmuFlags type) */
#define RMI_PSMMU_FLAGS_MSI_SHIFT 0
#define RMI_PSMMU_FLAGS_MSI_WIDTH 1
#define RMI_PSMMU_FLAGS_MSI_MASK RMI_U64(0x1)
#define RMI_PSMMU_FLAGS_ATS_SHIFT 1
#define RMI_PSMMU_FLAGS_ATS_WIDTH 1
#define RMI_PSMMU_FLAGS_ATS_MASK RMI_U64(0x2)
#define RMI_PSMMU_FLAGS_PRI_SHIFT 2
#define RMI_PSMMU_FLAGS_PRI_WIDTH 1
#define RMI_PSMMU_FLAGS_PRI_MASK RMI_U64(0x4)
#define RMI_PSMMU_FLAGS_MASK RMI_U64(0x7)	/* all of the above */

/* RmiDevCommExitFlags (TF-RMM 9a7f8ef4: smc-rmi.h, RmiDevCommExitFlags) */
#define RMI_DEV_COMM_EXIT_FLAGS_REQ_CACHE_SHIFT 0
#define RMI_DEV_COMM_EXIT_FLAGS_REQ_CACHE_WIDTH 1
#define RMI_DEV_COMM_EXIT_FLAGS_REQ_CACHE_MASK RMI_U64(0x1)
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_CACHE_SHIFT 1
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_CACHE_WIDTH 1
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_CACHE_MASK RMI_U64(0x2)
#define RMI_DEV_COMM_EXIT_FLAGS_REQ_SEND_SHIFT 2
#define RMI_DEV_COMM_EXIT_FLAGS_REQ_SEND_WIDTH 1
#define RMI_DEV_COMM_EXIT_FLAGS_REQ_SEND_MASK RMI_U64(0x4)
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_WAIT_SHIFT 3
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_WAIT_WIDTH 1
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_WAIT_MASK RMI_U64(0x8)
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_RESET_SHIFT 4
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_RESET_WIDTH 1
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_RESET_MASK RMI_U64(0x10)
#define RMI_DEV_COMM_EXIT_FLAGS_MULTI_SHIFT 5
#define RMI_DEV_COMM_EXIT_FLAGS_MULTI_WIDTH 1
#define RMI_DEV_COMM_EXIT_FLAGS_MULTI_MASK RMI_U64(0x20)
#define RMI_DEV_COMM_EXIT_FLAGS_STREAM_WAIT_SHIFT 6
#define RMI_DEV_COMM_EXIT_FLAGS_STREAM_WAIT_WIDTH 1
#define RMI_DEV_COMM_EXIT_FLAGS_STREAM_WAIT_MASK RMI_U64(0x40)
#define RMI_DEV_COMM_EXIT_FLAGS_MASK RMI_U64(0x7f)	/* all of the above */

/* RmiRmmConfig (DEN0137 2.0-bet1: RmiRmmConfig type). Both ways, RMI_RMM_CONFIG_SET and _GET */
#define RMI_RMM_CONFIG_SIZE 0x1000
#define RMI_RMM_CONFIG_TRACKING_REGION_SIZE_OFFSET 0x000
#define RMI_RMM_CONFIG_RMI_GRANULE_SIZE_OFFSET 0x008

/*
 * RmiRealmParams (DEN0137 1.0-rel0, 2.0-bet1: RmiRealmParams type). Host to RMM, parameters of a
 * new realm. TF-RMM reads s2sz to num_aux_planes as 32 bits: the bytes above the first must be zero
 */
#define RMI_REALM_PARAMS_SIZE 0x1000
#define RMI_REALM_PARAMS_FLAGS0_OFFSET 0x000
#define RMI_REALM_PARAMS_S2SZ_OFFSET 0x008
#define RMI_REALM_PARAMS_SVE_VL_OFFSET 0x010
#define RMI_REALM_PARAMS_NUM_BPS_OFFSET 0x018
#define RMI_REALM_PARAMS_NUM_WPS_OFFSET 0x020
#define RMI_REALM_PARAMS_PMU_NUM_CTRS_OFFSET 0x028
#define RMI_REALM_PARAMS_HASH_ALGO_OFFSET 0x030
#define RMI_REALM_PARAMS_NUM_AUX_PLANES_OFFSET 0x038
#define RMI_REALM_PARAMS_RPV_OFFSET 0x400
#define RMI_REALM_PARAMS_RPV_COUNT 64
#define RMI_REALM_PARAMS_ATS_PLANE_OFFSET 0x440
#define RMI_REALM_PARAMS_RTT_BASE_OFFSET 0x808
#define RMI_REALM_PARAMS_RTT_LEVEL_START_OFFSET 0x810
#define RMI_REALM_PARAMS_RTT_NUM_START_OFFSET 0x818
#define RMI_REALM_PARAMS_FLAGS1_OFFSET 0x820
#define RMI_REALM_PARAMS_AUX_RTT_BASE_OFFSET 0xf80
#define RMI_REALM_PARAMS_AUX_RTT_BASE_COUNT 3

/*
 * RmiRecParams (DEN0137 1.0-rel0, 2.0-bet1: RmiRecParams type). Host to RMM, parameters of a new
 * REC
 */
#define RMI_REC_PARAMS_SIZE 0x1000
#define RMI_REC_PARAMS_FLAGS_OFFSET 0x000
#define RMI_REC_PARAMS_MPIDR_OFFSET 0x100
#define RMI_REC_PARAMS_PC_OFFSET 0x200
#define RMI_REC_PARAMS_GPRS_OFFSET 0x300
#define RMI_REC_PARAMS_GPRS_COUNT 8

/*
 * RmiRecEnter (DEN0137 1.0-rel0, 2.0-bet1: RmiRecEnter type). Host to RMM, first half of RmiRecRun.
 * TF-RMM declares 0x300 bytes of it, same offsets
 */
#define RMI_REC_ENTER_SIZE 0x800
#define RMI_REC_ENTER_FLAGS_OFFSET 0x000
#define RMI_REC_ENTER_GPRS_OFFSET 0x200
#define RMI_REC_ENTER_GPRS_COUNT 31

/*
 * RmiRecExit (DEN0137 1.0-rel0, 2.0-bet1: RmiRecExit type). RMM to host, second half of RmiRecRun.
 * TF-RMM declares exit_reason and pmu_ovf_status as 64 bits, imm as 32
 */
#define RMI_REC_EXIT_SIZE 0x800
#define RMI_REC_EXIT_EXIT_REASON_OFFSET 0x000
#define RMI_REC_EXIT_ESR_OFFSET 0x100
#define RMI_REC_EXIT_FAR_OFFSET 0x108
#define RMI_REC_EXIT_HPFAR_OFFSET 0x110
#define RMI_REC_EXIT_RTT_TREE_OFFSET 0x118
#define RMI_REC_EXIT_GPRS_OFFSET 0x200
#define RMI_REC_EXIT_GPRS_COUNT 31
#define RMI_REC_EXIT_CNTP_CTL_OFFSET 0x400
#define RMI_REC_EXIT_CNTP_CVAL_OFFSET 0x408
#define RMI_REC_EXIT_CNTV_CTL_OFFSET 0x410
#define RMI_REC_EXIT_CNTV_CVAL_OFFSET 0x418
#define RMI_REC_EXIT_RIPAS_BASE_OFFSET 0x500
#define RMI_REC_EXIT_RIPAS_TOP_OFFSET 0x508
#define RMI_REC_EXIT_RIPAS_VALUE_OFFSET 0x510
#define RMI_REC_EXIT_S2AP_BASE_OFFSET 0x520
#define RMI_REC_EXIT_S2AP_TOP_OFFSET 0x528
#define RMI_REC_EXIT_VDEV_ID_1_OFFSET 0x530
#define RMI_REC_EXIT_VDEV_ID_2_OFFSET 0x538
#define RMI_REC_EXIT_DEV_MEM_BASE_OFFSET 0x540
#define RMI_REC_EXIT_DEV_MEM_TOP_OFFSET 0x548
#define RMI_REC_EXIT_DEV_MEM_PA_OFFSET 0x550
#define RMI_REC_EXIT_IMM_OFFSET 0x600
#define RMI_REC_EXIT_PLANE_OFFSET 0x608
#define RMI_REC_EXIT_PMU_OVF_STATUS_OFFSET 0x700
#define RMI_REC_EXIT_VSMMU_OFFSET 0x710

/* RmiRecRun (DEN0137 1.0-rel0, 2.0-bet1: RmiRecRun type). Shared page of a REC */
#define RMI_REC_RUN_SIZE 0x1000
#define RMI_REC_RUN_ENTER_OFFSET 0x000
#define RMI_REC_RUN_EXIT_OFFSET 0x800

/* RmiAddrRange (DEN0137 2.0-bet1: RmiAddrRange type). base inclusive, top exclusive */
#define RMI_ADDR_RANGE_SIZE 0x10
#define RMI_ADDR_RANGE_BASE_OFFSET 0x000
#define RMI_ADDR_RANGE_TOP_OFFSET 0x008

/*
 * RmiPdevParams (TF-RMM 9a7f8ef4: smc-rmi.h, RmiPdevParams). As in TF-RMM of July 2026, which
 * follows 2.0-bet2 here; the bet1 layout is not confirmed
 */
#define RMI_PDEV_PARAMS_SIZE 0x1000
#define RMI_PDEV_PARAMS_FLAGS_OFFSET 0x000
#define RMI_PDEV_PARAMS_HB_BASE_OFFSET 0x008
#define RMI_PDEV_PARAMS_PDEV_ID_OFFSET 0x010
#define RMI_PDEV_PARAMS_ROUTING_ID_OFFSET 0x018
#define RMI_PDEV_PARAMS_ID_INDEX_OFFSET 0x020
#define RMI_PDEV_PARAMS_RID_BASE_OFFSET 0x028
#define RMI_PDEV_PARAMS_RID_TOP_OFFSET 0x030
#define RMI_PDEV_PARAMS_HASH_ALGO_OFFSET 0x038

/* RmiVdevParams (TF-RMM 9a7f8ef4: smc-rmi.h, RmiVdevParams). TF-RMM takes at most 8 ranges */
#define RMI_VDEV_PARAMS_SIZE 0x1000
#define RMI_VDEV_PARAMS_FLAGS_OFFSET 0x000
#define RMI_VDEV_PARAMS_VDEV_ID_OFFSET 0x008
#define RMI_VDEV_PARAMS_TDI_ID_OFFSET 0x010
#define RMI_VDEV_PARAMS_VSMMU_ADDR_OFFSET 0x020
#define RMI_VDEV_PARAMS_VSID_OFFSET 0x028
#define RMI_VDEV_PARAMS_NUM_ADDR_RANGE_OFFSET 0x030
#define RMI_VDEV_PARAMS_ADDR_RANGE_OFFSET 0x200
#define RMI_VDEV_PARAMS_ADDR_RANGE_COUNT 8

/* RmiPdevStreamParams (TF-RMM 9a7f8ef4: smc-rmi.h, RmiPdevStreamParams) */
#define RMI_PDEV_STREAM_PARAMS_SIZE 0x1000
#define RMI_PDEV_STREAM_PARAMS_FLAGS_OFFSET 0x000
#define RMI_PDEV_STREAM_PARAMS_STREAM_TYPE_OFFSET 0x008
#define RMI_PDEV_STREAM_PARAMS_PDEV_1_OFFSET 0x010
#define RMI_PDEV_STREAM_PARAMS_PDEV_2_OFFSET 0x018
#define RMI_PDEV_STREAM_PARAMS_IDE_SID_OFFSET 0x020
#define RMI_PDEV_STREAM_PARAMS_NUM_ADDR_RANGE_OFFSET 0x028
#define RMI_PDEV_STREAM_PARAMS_ADDR_RANGE_OFFSET 0x100
#define RMI_PDEV_STREAM_PARAMS_ADDR_RANGE_COUNT 16

/* RmiPublicKeyParams (DEN0137 2.0-bet1: RmiPublicKeyParams type) */
#define RMI_PUBLIC_KEY_PARAMS_SIZE 0x1000
#define RMI_PUBLIC_KEY_PARAMS_KEY_OFFSET 0x000
#define RMI_PUBLIC_KEY_PARAMS_KEY_COUNT 1024
#define RMI_PUBLIC_KEY_PARAMS_METADATA_OFFSET 0x400
#define RMI_PUBLIC_KEY_PARAMS_METADATA_COUNT 1024
#define RMI_PUBLIC_KEY_PARAMS_KEY_LEN_OFFSET 0x800
#define RMI_PUBLIC_KEY_PARAMS_METADATA_LEN_OFFSET 0x808
#define RMI_PUBLIC_KEY_PARAMS_ALGO_OFFSET 0x810

/* RmiVdevMeasureParams (TF-RMM 9a7f8ef4: smc-rmi.h, RmiVdevMeasureParams) */
#define RMI_VDEV_MEASURE_PARAMS_SIZE 0x1000
#define RMI_VDEV_MEASURE_PARAMS_FLAGS_OFFSET 0x000
#define RMI_VDEV_MEASURE_PARAMS_NONCE_OFFSET 0x100
#define RMI_VDEV_MEASURE_PARAMS_NONCE_COUNT 32

/* RmiPsmmuParams (DEN0137 2.0-bet1: RmiPsmmuParams type) */
#define RMI_PSMMU_PARAMS_SIZE 0x1000
#define RMI_PSMMU_PARAMS_FLAGS_OFFSET 0x000
#define RMI_PSMMU_PARAMS_GERR_ADDR_OFFSET 0x008
#define RMI_PSMMU_PARAMS_GERR_DATA_OFFSET 0x010
#define RMI_PSMMU_PARAMS_EVENTQ_ADDR_OFFSET 0x018
#define RMI_PSMMU_PARAMS_EVENTQ_DATA_OFFSET 0x020
#define RMI_PSMMU_PARAMS_PRIQ_ADDR_OFFSET 0x028
#define RMI_PSMMU_PARAMS_PRIQ_DATA_OFFSET 0x030

/* RmiDevCommEnter (DEN0137 2.0-bet1: RmiDevCommEnter type) */
#define RMI_DEV_COMM_ENTER_SIZE 0x100
#define RMI_DEV_COMM_ENTER_STATUS_OFFSET 0x000
#define RMI_DEV_COMM_ENTER_REQ_ADDR_OFFSET 0x008
#define RMI_DEV_COMM_ENTER_RSP_ADDR_OFFSET 0x010
#define RMI_DEV_COMM_ENTER_RSP_LEN_OFFSET 0x018

/* RmiDevCommExit (TF-RMM 9a7f8ef4: smc-rmi.h, RmiDevCommExit) */
#define RMI_DEV_COMM_EXIT_SIZE 0x100
#define RMI_DEV_COMM_EXIT_FLAGS_OFFSET 0x000
#define RMI_DEV_COMM_EXIT_CACHE_REQ_OFFSET_OFFSET 0x008
#define RMI_DEV_COMM_EXIT_CACHE_REQ_LEN_OFFSET 0x010
#define RMI_DEV_COMM_EXIT_CACHE_RSP_OFFSET_OFFSET 0x018
#define RMI_DEV_COMM_EXIT_CACHE_RSP_LEN_OFFSET 0x020
#define RMI_DEV_COMM_EXIT_CACHE_OBJ_ID_OFFSET 0x028
#define RMI_DEV_COMM_EXIT_PROTOCOL_OFFSET 0x030
#define RMI_DEV_COMM_EXIT_REQ_DELAY_OFFSET 0x038
#define RMI_DEV_COMM_EXIT_REQ_LEN_OFFSET 0x040
#define RMI_DEV_COMM_EXIT_TIMEOUT_OFFSET 0x048

/* RmiDevCommData (DEN0137 2.0-bet1: RmiDevCommData type) */
#define RMI_DEV_COMM_DATA_SIZE 0x1000
#define RMI_DEV_COMM_DATA_ENTER_OFFSET 0x000
#define RMI_DEV_COMM_DATA_EXIT_OFFSET 0x800

/* X(name, arguments, results after X0, may answer INCOMPLETE) */
#define RMI_COMMANDS(X) \
	X(RMI_VERSION, 1, 2, 0) \
	X(RMI_RTT_DATA_MAP_INIT, 5, 0, 1) \
	X(RMI_REALM_ACTIVATE, 1, 0, 0) \
	X(RMI_REALM_CREATE, 2, 0, 1) \
	X(RMI_REALM_DESTROY, 1, 0, 1) \
	X(RMI_REC_CREATE, 3, 2, 1) \
	X(RMI_REC_DESTROY, 1, 1, 1) \
	X(RMI_REC_ENTER, 2, 0, 0) \
	X(RMI_RTT_CREATE, 4, 0, 1) \
	X(RMI_RTT_DESTROY, 3, 2, 1) \
	X(RMI_RTT_READ_ENTRY, 3, 4, 0) \
	X(RMI_RTT_DEV_VALIDATE, 4, 1, 0) \
	X(RMI_PSCI_COMPLETE, 3, 0, 0) \
	X(RMI_FEATURES, 1, 1, 0) \
	X(RMI_RTT_FOLD, 3, 1, 1) \
	X(RMI_RTT_INIT_RIPAS, 3, 1, 1) \
	X(RMI_RTT_SET_RIPAS, 4, 1, 1) \
	X(RMI_VSMMU_CREATE, 0, 0, 0) \
	X(RMI_VSMMU_DESTROY, 0, 0, 0) \
	X(RMI_RMM_CONFIG_SET, 1, 0, 0) \
	X(RMI_PSMMU_IRQ_NOTIFY, 0, 0, 0) \
	X(RMI_PDEV_ABORT, 1, 0, 0) \
	X(RMI_PDEV_COMMUNICATE, 2, 0, 0) \
	X(RMI_PDEV_CREATE, 2, 0, 1) \
	X(RMI_PDEV_DESTROY, 1, 0, 1) \
	X(RMI_PDEV_GET_STATE, 1, 1, 0) \
	X(RMI_PDEV_STREAM_KEY_REFRESH, 3, 0, 0) \
	X(RMI_PDEV_SET_PUBKEY, 2, 0, 0) \
	X(RMI_PDEV_STOP, 1, 0, 0) \
	X(RMI_RTT_AUX_CREATE, 5, 0, 0) \
	X(RMI_RTT_AUX_DESTROY, 4, 2, 0) \
	X(RMI_RTT_AUX_FOLD, 4, 1, 0) \
	X(RMI_VDEV_ABORT, 3, 0, 0) \
	X(RMI_VDEV_COMMUNICATE, 4, 0, 0) \
	X(RMI_VDEV_CREATE, 4, 0, 0) \
	X(RMI_VDEV_DESTROY, 3, 0, 0) \
	X(RMI_VDEV_GET_STATE, 1, 1, 0) \
	X(RMI_VDEV_UNLOCK, 3, 0, 0) \
	X(RMI_RTT_SET_S2AP, 4, 2, 0) \
	X(RMI_VDEV_COMPLETE, 2, 0, 0) \
	X(RMI_VDEV_GET_INTERFACE_REPORT, 3, 0, 0) \
	X(RMI_VDEV_GET_MEASUREMENTS, 4, 0, 0) \
	X(RMI_VDEV_LOCK, 3, 0, 0) \
	X(RMI_VDEV_START, 3, 0, 0) \
	X(RMI_VSMMU_EVENT_NOTIFY, 0, 0, 0) \
	X(RMI_PSMMU_ACTIVATE, 2, 0, 1) \
	X(RMI_PSMMU_DEACTIVATE, 1, 0, 1) \
	X(RMI_PSMMU_ST_L2_CREATE, 2, 0, 1) \
	X(RMI_PSMMU_ST_L2_DESTROY, 2, 0, 1) \
	X(RMI_DPT_L0_CREATE, 0, 0, 0) \
	X(RMI_DPT_L0_DESTROY, 0, 0, 0) \
	X(RMI_DPT_L1_CREATE, 0, 0, 0) \
	X(RMI_DPT_L1_DESTROY, 0, 0, 0) \
	X(RMI_GRANULE_TRACKING_GET, 2, 3, 0) \
	X(RMI_GRANULE_TRACKING_SET, 3, 0, 1) \
	X(RMI_RMM_CONFIG_GET, 1, 0, 0) \
	X(RMI_RMM_STATE_GET, 0, 1, 0) \
	X(RMI_PSMMU_EVENT_CONSUME, 0, 0, 0) \
	X(RMI_GRANULE_RANGE_DELEGATE, 2, 1, 1) \
	X(RMI_GRANULE_RANGE_UNDELEGATE, 2, 1, 1) \
	X(RMI_GPT_L1_CREATE, 1, 0, 1) \
	X(RMI_GPT_L1_DESTROY, 1, 0, 1) \
	X(RMI_RTT_DATA_MAP, 5, 1, 1) \
	X(RMI_RTT_DATA_UNMAP, 5, 3, 1) \
	X(RMI_RTT_DEV_MAP, 6, 1, 1) \
	X(RMI_RTT_DEV_UNMAP, 5, 3, 1) \
	X(RMI_RTT_ARCH_DEV_MAP, 0, 0, 0) \
	X(RMI_RTT_ARCH_DEV_UNMAP, 0, 0, 0) \
	X(RMI_RTT_UNPROT_MAP, 5, 1, 1) \
	X(RMI_RTT_UNPROT_UNMAP, 5, 3, 1) \
	X(RMI_RTT_AUX_PROT_MAP, 4, 1, 0) \
	X(RMI_RTT_AUX_PROT_UNMAP, 4, 1, 0) \
	X(RMI_RTT_AUX_UNPROT_MAP, 4, 1, 0) \
	X(RMI_RTT_AUX_UNPROT_UNMAP, 4, 1, 0) \
	X(RMI_REALM_TERMINATE, 1, 0, 1) \
	X(RMI_RMM_ACTIVATE, 0, 0, 1) \
	X(RMI_OP_CONTINUE, 2, 2, 0) \
	X(RMI_PDEV_STREAM_CONNECT, 1, 1, 0) \
	X(RMI_PDEV_STREAM_DISCONNECT, 3, 0, 0) \
	X(RMI_PDEV_STREAM_COMPLETE, 3, 0, 0) \
	X(RMI_PDEV_STREAM_KEY_PURGE, 3, 0, 0) \
	X(RMI_OP_MEM_DONATE, 3, 2, 0) \
	X(RMI_OP_MEM_RECLAIM, 3, 1, 0) \
	X(RMI_OP_CANCEL, 1, 0, 0) \
	X(RMI_VSMMU_FEATURES, 0, 0, 0) \
	X(RMI_VSMMU_CMD_GET, 0, 0, 0) \
	X(RMI_VSMMU_CMD_COMPLETE, 0, 0, 0) \
	X(RMI_PSMMU_INFO, 0, 0, 0)

#ifndef __ASSEMBLER__

#if defined(__cplusplus) || __STDC_VERSION__ > 201710L
#define RMI_ASSERT(condition) static_assert(condition, #condition)
#else
#define RMI_ASSERT(condition) _Static_assert(condition, #condition)
#endif

static inline uint64_t rmi_result_get_status(uint64_t word)
{
	return (word & RMI_RESULT_STATUS_MASK) >> RMI_RESULT_STATUS_SHIFT;
}

static inline uint64_t rmi_result_set_status(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RESULT_STATUS_MASK;

	return (word & ~mask) | ((value << RMI_RESULT_STATUS_SHIFT) & mask);
}

static inline uint64_t rmi_result_get_data(uint64_t word)
{
	return (word & RMI_RESULT_DATA_MASK) >> RMI_RESULT_DATA_SHIFT;
}

static inline uint64_t rmi_result_set_data(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RESULT_DATA_MASK;

	return (word & ~mask) | ((value << RMI_RESULT_DATA_SHIFT) & mask);
}

static inline uint64_t rmi_result_data_level_get_level(uint64_t word)
{
	return (word & RMI_RESULT_DATA_LEVEL_LEVEL_MASK) >> RMI_RESULT_DATA_LEVEL_LEVEL_SHIFT;
}

static inline uint64_t rmi_result_data_level_set_level(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RESULT_DATA_LEVEL_LEVEL_MASK;

	return (word & ~mask) | ((value << RMI_RESULT_DATA_LEVEL_LEVEL_SHIFT) & mask);
}

static inline uint64_t rmi_result_data_incomplete_get_mem(uint64_t word)
{
	return (word & RMI_RESULT_DATA_INCOMPLETE_MEM_MASK) >> RMI_RESULT_DATA_INCOMPLETE_MEM_SHIFT;
}

static inline uint64_t rmi_result_data_incomplete_set_mem(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RESULT_DATA_INCOMPLETE_MEM_MASK;

	return (word & ~mask) | ((value << RMI_RESULT_DATA_INCOMPLETE_MEM_SHIFT) & mask);
}

static inline uint64_t rmi_result_data_incomplete_get_cancel(uint64_t word)
{
	return (word & RMI_RESULT_DATA_INCOMPLETE_CANCEL_MASK) >>
		RMI_RESULT_DATA_INCOMPLETE_CANCEL_SHIFT;
}

static inline uint64_t rmi_result_data_incomplete_set_cancel(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RESULT_DATA_INCOMPLETE_CANCEL_MASK;

	return (word & ~mask) | ((value << RMI_RESULT_DATA_INCOMPLETE_CANCEL_SHIFT) & mask);
}

static inline uint64_t rmi_interface_version_get_minor(uint64_t word)
{
	return (word & RMI_INTERFACE_VERSION_MINOR_MASK) >> RMI_INTERFACE_VERSION_MINOR_SHIFT;
}

static inline uint64_t rmi_interface_version_set_minor(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_INTERFACE_VERSION_MINOR_MASK;

	return (word & ~mask) | ((value << RMI_INTERFACE_VERSION_MINOR_SHIFT) & mask);
}

static inline uint64_t rmi_interface_version_get_major(uint64_t word)
{
	return (word & RMI_INTERFACE_VERSION_MAJOR_MASK) >> RMI_INTERFACE_VERSION_MAJOR_SHIFT;
}

static inline uint64_t rmi_interface_version_set_major(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_INTERFACE_VERSION_MAJOR_MASK;

	return (word & ~mask) | ((value << RMI_INTERFACE_VERSION_MAJOR_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register0_get_s2sz(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER0_S2SZ_MASK) >> RMI_FEATURE_REGISTER0_S2SZ_SHIFT;
}

static inline uint64_t rmi_feature_register0_set_s2sz(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER0_S2SZ_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER0_S2SZ_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register0_get_lpa2(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER0_LPA2_MASK) >> RMI_FEATURE_REGISTER0_LPA2_SHIFT;
}

static inline uint64_t rmi_feature_register0_set_lpa2(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER0_LPA2_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER0_LPA2_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register0_get_sve(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER0_SVE_MASK) >> RMI_FEATURE_REGISTER0_SVE_SHIFT;
}

static inline uint64_t rmi_feature_register0_set_sve(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER0_SVE_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER0_SVE_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register0_get_sve_vl(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER0_SVE_VL_MASK) >> RMI_FEATURE_REGISTER0_SVE_VL_SHIFT;
}

static inline uint64_t rmi_feature_register0_set_sve_vl(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER0_SVE_VL_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER0_SVE_VL_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register0_get_num_bps(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER0_NUM_BPS_MASK) >> RMI_FEATURE_REGISTER0_NUM_BPS_SHIFT;
}

static inline uint64_t rmi_feature_register0_set_num_bps(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER0_NUM_BPS_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER0_NUM_BPS_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register0_get_num_wps(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER0_NUM_WPS_MASK) >> RMI_FEATURE_REGISTER0_NUM_WPS_SHIFT;
}

static inline uint64_t rmi_feature_register0_set_num_wps(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER0_NUM_WPS_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER0_NUM_WPS_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register0_get_pmu(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER0_PMU_MASK) >> RMI_FEATURE_REGISTER0_PMU_SHIFT;
}

static inline uint64_t rmi_feature_register0_set_pmu(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER0_PMU_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER0_PMU_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register0_get_pmu_num_ctrs(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER0_PMU_NUM_CTRS_MASK) >>
		RMI_FEATURE_REGISTER0_PMU_NUM_CTRS_SHIFT;
}

static inline uint64_t rmi_feature_register0_set_pmu_num_ctrs(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER0_PMU_NUM_CTRS_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER0_PMU_NUM_CTRS_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register1_get_rmi_gran_sz_4kb(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_4KB_MASK) >>
		RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_4KB_SHIFT;
}

static inline uint64_t rmi_feature_register1_set_rmi_gran_sz_4kb(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_4KB_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_4KB_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register1_get_rmi_gran_sz_16kb(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_16KB_MASK) >>
		RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_16KB_SHIFT;
}

static inline uint64_t rmi_feature_register1_set_rmi_gran_sz_16kb(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_16KB_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_16KB_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register1_get_rmi_gran_sz_64kb(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_64KB_MASK) >>
		RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_64KB_SHIFT;
}

static inline uint64_t rmi_feature_register1_set_rmi_gran_sz_64kb(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_64KB_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_64KB_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register1_get_hash_sha_256(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER1_HASH_SHA_256_MASK) >>
		RMI_FEATURE_REGISTER1_HASH_SHA_256_SHIFT;
}

static inline uint64_t rmi_feature_register1_set_hash_sha_256(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER1_HASH_SHA_256_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER1_HASH_SHA_256_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register1_get_hash_sha_384(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER1_HASH_SHA_384_MASK) >>
		RMI_FEATURE_REGISTER1_HASH_SHA_384_SHIFT;
}

static inline uint64_t rmi_feature_register1_set_hash_sha_384(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER1_HASH_SHA_384_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER1_HASH_SHA_384_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register1_get_hash_sha_512(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER1_HASH_SHA_512_MASK) >>
		RMI_FEATURE_REGISTER1_HASH_SHA_512_SHIFT;
}

static inline uint64_t rmi_feature_register1_set_hash_sha_512(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER1_HASH_SHA_512_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER1_HASH_SHA_512_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register1_get_max_recs_order(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER1_MAX_RECS_ORDER_MASK) >>
		RMI_FEATURE_REGISTER1_MAX_RECS_ORDER_SHIFT;
}

static inline uint64_t rmi_feature_register1_set_max_recs_order(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER1_MAX_RECS_ORDER_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER1_MAX_RECS_ORDER_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register1_get_l0gptsz(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER1_L0GPTSZ_MASK) >> RMI_FEATURE_REGISTER1_L0GPTSZ_SHIFT;
}

static inline uint64_t rmi_feature_register1_set_l0gptsz(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER1_L0GPTSZ_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER1_L0GPTSZ_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register1_get_pps(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER1_PPS_MASK) >> RMI_FEATURE_REGISTER1_PPS_SHIFT;
}

static inline uint64_t rmi_feature_register1_set_pps(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER1_PPS_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER1_PPS_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register2_get_da(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER2_DA_MASK) >> RMI_FEATURE_REGISTER2_DA_SHIFT;
}

static inline uint64_t rmi_feature_register2_set_da(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER2_DA_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER2_DA_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register2_get_da_coh(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER2_DA_COH_MASK) >> RMI_FEATURE_REGISTER2_DA_COH_SHIFT;
}

static inline uint64_t rmi_feature_register2_set_da_coh(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER2_DA_COH_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER2_DA_COH_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register2_get_vsmmu(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER2_VSMMU_MASK) >> RMI_FEATURE_REGISTER2_VSMMU_SHIFT;
}

static inline uint64_t rmi_feature_register2_set_vsmmu(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER2_VSMMU_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER2_VSMMU_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register2_get_ats(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER2_ATS_MASK) >> RMI_FEATURE_REGISTER2_ATS_SHIFT;
}

static inline uint64_t rmi_feature_register2_set_ats(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER2_ATS_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER2_ATS_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register2_get_max_vdevs_order(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER2_MAX_VDEVS_ORDER_MASK) >>
		RMI_FEATURE_REGISTER2_MAX_VDEVS_ORDER_SHIFT;
}

static inline uint64_t rmi_feature_register2_set_max_vdevs_order(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER2_MAX_VDEVS_ORDER_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER2_MAX_VDEVS_ORDER_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register2_get_vdev_krou(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER2_VDEV_KROU_MASK) >>
		RMI_FEATURE_REGISTER2_VDEV_KROU_SHIFT;
}

static inline uint64_t rmi_feature_register2_set_vdev_krou(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER2_VDEV_KROU_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER2_VDEV_KROU_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register2_get_non_tee_stream(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER2_NON_TEE_STREAM_MASK) >>
		RMI_FEATURE_REGISTER2_NON_TEE_STREAM_SHIFT;
}

static inline uint64_t rmi_feature_register2_set_non_tee_stream(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER2_NON_TEE_STREAM_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER2_NON_TEE_STREAM_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register3_get_max_num_aux_planes(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER3_MAX_NUM_AUX_PLANES_MASK) >>
		RMI_FEATURE_REGISTER3_MAX_NUM_AUX_PLANES_SHIFT;
}

static inline uint64_t rmi_feature_register3_set_max_num_aux_planes(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER3_MAX_NUM_AUX_PLANES_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER3_MAX_NUM_AUX_PLANES_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register3_get_rtt_plane(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER3_RTT_PLANE_MASK) >>
		RMI_FEATURE_REGISTER3_RTT_PLANE_SHIFT;
}

static inline uint64_t rmi_feature_register3_set_rtt_plane(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER3_RTT_PLANE_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER3_RTT_PLANE_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register3_get_rtt_s2ap_indirect(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER3_RTT_S2AP_INDIRECT_MASK) >>
		RMI_FEATURE_REGISTER3_RTT_S2AP_INDIRECT_SHIFT;
}

static inline uint64_t rmi_feature_register3_set_rtt_s2ap_indirect(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER3_RTT_S2AP_INDIRECT_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER3_RTT_S2AP_INDIRECT_SHIFT) & mask);
}

static inline uint64_t rmi_feature_register4_get_mec_count(uint64_t word)
{
	return (word & RMI_FEATURE_REGISTER4_MEC_COUNT_MASK) >>
		RMI_FEATURE_REGISTER4_MEC_COUNT_SHIFT;
}

static inline uint64_t rmi_feature_register4_set_mec_count(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_FEATURE_REGISTER4_MEC_COUNT_MASK;

	return (word & ~mask) | ((value << RMI_FEATURE_REGISTER4_MEC_COUNT_SHIFT) & mask);
}

static inline uint64_t rmi_realm_flags0_get_lpa2(uint64_t word)
{
	return (word & RMI_REALM_FLAGS0_LPA2_MASK) >> RMI_REALM_FLAGS0_LPA2_SHIFT;
}

static inline uint64_t rmi_realm_flags0_set_lpa2(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REALM_FLAGS0_LPA2_MASK;

	return (word & ~mask) | ((value << RMI_REALM_FLAGS0_LPA2_SHIFT) & mask);
}

static inline uint64_t rmi_realm_flags0_get_sve(uint64_t word)
{
	return (word & RMI_REALM_FLAGS0_SVE_MASK) >> RMI_REALM_FLAGS0_SVE_SHIFT;
}

static inline uint64_t rmi_realm_flags0_set_sve(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REALM_FLAGS0_SVE_MASK;

	return (word & ~mask) | ((value << RMI_REALM_FLAGS0_SVE_SHIFT) & mask);
}

static inline uint64_t rmi_realm_flags0_get_pmu(uint64_t word)
{
	return (word & RMI_REALM_FLAGS0_PMU_MASK) >> RMI_REALM_FLAGS0_PMU_SHIFT;
}

static inline uint64_t rmi_realm_flags0_set_pmu(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REALM_FLAGS0_PMU_MASK;

	return (word & ~mask) | ((value << RMI_REALM_FLAGS0_PMU_SHIFT) & mask);
}

static inline uint64_t rmi_realm_flags0_get_da(uint64_t word)
{
	return (word & RMI_REALM_FLAGS0_DA_MASK) >> RMI_REALM_FLAGS0_DA_SHIFT;
}

static inline uint64_t rmi_realm_flags0_set_da(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REALM_FLAGS0_DA_MASK;

	return (word & ~mask) | ((value << RMI_REALM_FLAGS0_DA_SHIFT) & mask);
}

static inline uint64_t rmi_realm_flags0_get_lfa_policy(uint64_t word)
{
	return (word & RMI_REALM_FLAGS0_LFA_POLICY_MASK) >> RMI_REALM_FLAGS0_LFA_POLICY_SHIFT;
}

static inline uint64_t rmi_realm_flags0_set_lfa_policy(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REALM_FLAGS0_LFA_POLICY_MASK;

	return (word & ~mask) | ((value << RMI_REALM_FLAGS0_LFA_POLICY_SHIFT) & mask);
}

static inline uint64_t rmi_realm_flags0_get_mec_policy(uint64_t word)
{
	return (word & RMI_REALM_FLAGS0_MEC_POLICY_MASK) >> RMI_REALM_FLAGS0_MEC_POLICY_SHIFT;
}

static inline uint64_t rmi_realm_flags0_set_mec_policy(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REALM_FLAGS0_MEC_POLICY_MASK;

	return (word & ~mask) | ((value << RMI_REALM_FLAGS0_MEC_POLICY_SHIFT) & mask);
}

static inline uint64_t rmi_realm_flags1_get_rtt_tree_per_plane(uint64_t word)
{
	return (word & RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK) >>
		RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_SHIFT;
}

static inline uint64_t rmi_realm_flags1_set_rtt_tree_per_plane(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK;

	return (word & ~mask) | ((value << RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE_SHIFT) & mask);
}

static inline uint64_t rmi_realm_flags1_get_rtt_s2ap_encoding(uint64_t word)
{
	return (word & RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_MASK) >>
		RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_SHIFT;
}

static inline uint64_t rmi_realm_flags1_set_rtt_s2ap_encoding(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_MASK;

	return (word & ~mask) | ((value << RMI_REALM_FLAGS1_RTT_S2AP_ENCODING_SHIFT) & mask);
}

static inline uint64_t rmi_realm_flags1_get_ats(uint64_t word)
{
	return (word & RMI_REALM_FLAGS1_ATS_MASK) >> RMI_REALM_FLAGS1_ATS_SHIFT;
}

static inline uint64_t rmi_realm_flags1_set_ats(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REALM_FLAGS1_ATS_MASK;

	return (word & ~mask) | ((value << RMI_REALM_FLAGS1_ATS_SHIFT) & mask);
}

static inline uint64_t rmi_rec_create_flags_get_runnable(uint64_t word)
{
	return (word & RMI_REC_CREATE_FLAGS_RUNNABLE_MASK) >> RMI_REC_CREATE_FLAGS_RUNNABLE_SHIFT;
}

static inline uint64_t rmi_rec_create_flags_set_runnable(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_CREATE_FLAGS_RUNNABLE_MASK;

	return (word & ~mask) | ((value << RMI_REC_CREATE_FLAGS_RUNNABLE_SHIFT) & mask);
}

static inline uint64_t rmi_rec_mpidr_get_aff0(uint64_t word)
{
	return (word & RMI_REC_MPIDR_AFF0_MASK) >> RMI_REC_MPIDR_AFF0_SHIFT;
}

static inline uint64_t rmi_rec_mpidr_set_aff0(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_MPIDR_AFF0_MASK;

	return (word & ~mask) | ((value << RMI_REC_MPIDR_AFF0_SHIFT) & mask);
}

static inline uint64_t rmi_rec_mpidr_get_aff1(uint64_t word)
{
	return (word & RMI_REC_MPIDR_AFF1_MASK) >> RMI_REC_MPIDR_AFF1_SHIFT;
}

static inline uint64_t rmi_rec_mpidr_set_aff1(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_MPIDR_AFF1_MASK;

	return (word & ~mask) | ((value << RMI_REC_MPIDR_AFF1_SHIFT) & mask);
}

static inline uint64_t rmi_rec_mpidr_get_aff2(uint64_t word)
{
	return (word & RMI_REC_MPIDR_AFF2_MASK) >> RMI_REC_MPIDR_AFF2_SHIFT;
}

static inline uint64_t rmi_rec_mpidr_set_aff2(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_MPIDR_AFF2_MASK;

	return (word & ~mask) | ((value << RMI_REC_MPIDR_AFF2_SHIFT) & mask);
}

static inline uint64_t rmi_rec_mpidr_get_aff3(uint64_t word)
{
	return (word & RMI_REC_MPIDR_AFF3_MASK) >> RMI_REC_MPIDR_AFF3_SHIFT;
}

static inline uint64_t rmi_rec_mpidr_set_aff3(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_MPIDR_AFF3_MASK;

	return (word & ~mask) | ((value << RMI_REC_MPIDR_AFF3_SHIFT) & mask);
}

static inline uint64_t rmi_rec_enter_flags_get_emul_mmio(uint64_t word)
{
	return (word & RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK) >> RMI_REC_ENTER_FLAGS_EMUL_MMIO_SHIFT;
}

static inline uint64_t rmi_rec_enter_flags_set_emul_mmio(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK;

	return (word & ~mask) | ((value << RMI_REC_ENTER_FLAGS_EMUL_MMIO_SHIFT) & mask);
}

static inline uint64_t rmi_rec_enter_flags_get_inject_sea(uint64_t word)
{
	return (word & RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK) >> RMI_REC_ENTER_FLAGS_INJECT_SEA_SHIFT;
}

static inline uint64_t rmi_rec_enter_flags_set_inject_sea(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK;

	return (word & ~mask) | ((value << RMI_REC_ENTER_FLAGS_INJECT_SEA_SHIFT) & mask);
}

static inline uint64_t rmi_rec_enter_flags_get_trap_wfi(uint64_t word)
{
	return (word & RMI_REC_ENTER_FLAGS_TRAP_WFI_MASK) >> RMI_REC_ENTER_FLAGS_TRAP_WFI_SHIFT;
}

static inline uint64_t rmi_rec_enter_flags_set_trap_wfi(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_ENTER_FLAGS_TRAP_WFI_MASK;

	return (word & ~mask) | ((value << RMI_REC_ENTER_FLAGS_TRAP_WFI_SHIFT) & mask);
}

static inline uint64_t rmi_rec_enter_flags_get_trap_wfe(uint64_t word)
{
	return (word & RMI_REC_ENTER_FLAGS_TRAP_WFE_MASK) >> RMI_REC_ENTER_FLAGS_TRAP_WFE_SHIFT;
}

static inline uint64_t rmi_rec_enter_flags_set_trap_wfe(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_ENTER_FLAGS_TRAP_WFE_MASK;

	return (word & ~mask) | ((value << RMI_REC_ENTER_FLAGS_TRAP_WFE_SHIFT) & mask);
}

static inline uint64_t rmi_rec_enter_flags_get_ripas_response(uint64_t word)
{
	return (word & RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE_MASK) >>
		RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE_SHIFT;
}

static inline uint64_t rmi_rec_enter_flags_set_ripas_response(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE_MASK;

	return (word & ~mask) | ((value << RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE_SHIFT) & mask);
}

static inline uint64_t rmi_rec_enter_flags_get_s2ap_response(uint64_t word)
{
	return (word & RMI_REC_ENTER_FLAGS_S2AP_RESPONSE_MASK) >>
		RMI_REC_ENTER_FLAGS_S2AP_RESPONSE_SHIFT;
}

static inline uint64_t rmi_rec_enter_flags_set_s2ap_response(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_ENTER_FLAGS_S2AP_RESPONSE_MASK;

	return (word & ~mask) | ((value << RMI_REC_ENTER_FLAGS_S2AP_RESPONSE_SHIFT) & mask);
}

static inline uint64_t rmi_rec_enter_flags_get_dev_mem_response(uint64_t word)
{
	return (word & RMI_REC_ENTER_FLAGS_DEV_MEM_RESPONSE_MASK) >>
		RMI_REC_ENTER_FLAGS_DEV_MEM_RESPONSE_SHIFT;
}

static inline uint64_t rmi_rec_enter_flags_set_dev_mem_response(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_ENTER_FLAGS_DEV_MEM_RESPONSE_MASK;

	return (word & ~mask) | ((value << RMI_REC_ENTER_FLAGS_DEV_MEM_RESPONSE_SHIFT) & mask);
}

static inline uint64_t rmi_rec_enter_flags_get_force_p0(uint64_t word)
{
	return (word & RMI_REC_ENTER_FLAGS_FORCE_P0_MASK) >> RMI_REC_ENTER_FLAGS_FORCE_P0_SHIFT;
}

static inline uint64_t rmi_rec_enter_flags_set_force_p0(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_REC_ENTER_FLAGS_FORCE_P0_MASK;

	return (word & ~mask) | ((value << RMI_REC_ENTER_FLAGS_FORCE_P0_SHIFT) & mask);
}

static inline uint64_t rmi_data_flags_get_measure(uint64_t word)
{
	return (word & RMI_DATA_FLAGS_MEASURE_MASK) >> RMI_DATA_FLAGS_MEASURE_SHIFT;
}

static inline uint64_t rmi_data_flags_set_measure(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_DATA_FLAGS_MEASURE_MASK;

	return (word & ~mask) | ((value << RMI_DATA_FLAGS_MEASURE_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_4kb_get_size(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_4KB_SIZE_MASK) >> RMI_ADDR_RANGE_DESC_4KB_SIZE_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_4kb_set_size(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_4KB_SIZE_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_4KB_SIZE_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_4kb_get_count(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_4KB_COUNT_MASK) >> RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_4kb_set_count(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_4KB_COUNT_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_4kb_get_addr(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_4KB_ADDR_MASK) >> RMI_ADDR_RANGE_DESC_4KB_ADDR_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_4kb_set_addr(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_4KB_ADDR_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_4KB_ADDR_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_4kb_get_state(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_4KB_STATE_MASK) >> RMI_ADDR_RANGE_DESC_4KB_STATE_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_4kb_set_state(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_4KB_STATE_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_4KB_STATE_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_16kb_get_size(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_16KB_SIZE_MASK) >> RMI_ADDR_RANGE_DESC_16KB_SIZE_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_16kb_set_size(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_16KB_SIZE_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_16KB_SIZE_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_16kb_get_count(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_16KB_COUNT_MASK) >> RMI_ADDR_RANGE_DESC_16KB_COUNT_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_16kb_set_count(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_16KB_COUNT_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_16KB_COUNT_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_16kb_get_addr(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_16KB_ADDR_MASK) >> RMI_ADDR_RANGE_DESC_16KB_ADDR_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_16kb_set_addr(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_16KB_ADDR_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_16KB_ADDR_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_16kb_get_state(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_16KB_STATE_MASK) >> RMI_ADDR_RANGE_DESC_16KB_STATE_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_16kb_set_state(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_16KB_STATE_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_16KB_STATE_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_64kb_get_size(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_64KB_SIZE_MASK) >> RMI_ADDR_RANGE_DESC_64KB_SIZE_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_64kb_set_size(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_64KB_SIZE_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_64KB_SIZE_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_64kb_get_count(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_64KB_COUNT_MASK) >> RMI_ADDR_RANGE_DESC_64KB_COUNT_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_64kb_set_count(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_64KB_COUNT_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_64KB_COUNT_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_64kb_get_addr(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_64KB_ADDR_MASK) >> RMI_ADDR_RANGE_DESC_64KB_ADDR_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_64kb_set_addr(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_64KB_ADDR_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_64KB_ADDR_SHIFT) & mask);
}

static inline uint64_t rmi_addr_range_desc_64kb_get_state(uint64_t word)
{
	return (word & RMI_ADDR_RANGE_DESC_64KB_STATE_MASK) >> RMI_ADDR_RANGE_DESC_64KB_STATE_SHIFT;
}

static inline uint64_t rmi_addr_range_desc_64kb_set_state(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_ADDR_RANGE_DESC_64KB_STATE_MASK;

	return (word & ~mask) | ((value << RMI_ADDR_RANGE_DESC_64KB_STATE_SHIFT) & mask);
}

static inline uint64_t rmi_op_mem_donate_req_get_size(uint64_t word)
{
	return (word & RMI_OP_MEM_DONATE_REQ_SIZE_MASK) >> RMI_OP_MEM_DONATE_REQ_SIZE_SHIFT;
}

static inline uint64_t rmi_op_mem_donate_req_set_size(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_OP_MEM_DONATE_REQ_SIZE_MASK;

	return (word & ~mask) | ((value << RMI_OP_MEM_DONATE_REQ_SIZE_SHIFT) & mask);
}

static inline uint64_t rmi_op_mem_donate_req_get_count(uint64_t word)
{
	return (word & RMI_OP_MEM_DONATE_REQ_COUNT_MASK) >> RMI_OP_MEM_DONATE_REQ_COUNT_SHIFT;
}

static inline uint64_t rmi_op_mem_donate_req_set_count(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_OP_MEM_DONATE_REQ_COUNT_MASK;

	return (word & ~mask) | ((value << RMI_OP_MEM_DONATE_REQ_COUNT_SHIFT) & mask);
}

static inline uint64_t rmi_op_mem_donate_req_get_contig(uint64_t word)
{
	return (word & RMI_OP_MEM_DONATE_REQ_CONTIG_MASK) >> RMI_OP_MEM_DONATE_REQ_CONTIG_SHIFT;
}

static inline uint64_t rmi_op_mem_donate_req_set_contig(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_OP_MEM_DONATE_REQ_CONTIG_MASK;

	return (word & ~mask) | ((value << RMI_OP_MEM_DONATE_REQ_CONTIG_SHIFT) & mask);
}

static inline uint64_t rmi_op_mem_donate_req_get_state(uint64_t word)
{
	return (word & RMI_OP_MEM_DONATE_REQ_STATE_MASK) >> RMI_OP_MEM_DONATE_REQ_STATE_SHIFT;
}

static inline uint64_t rmi_op_mem_donate_req_set_state(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_OP_MEM_DONATE_REQ_STATE_MASK;

	return (word & ~mask) | ((value << RMI_OP_MEM_DONATE_REQ_STATE_SHIFT) & mask);
}

static inline uint64_t rmi_continue_flags_get_beyond(uint64_t word)
{
	return (word & RMI_CONTINUE_FLAGS_BEYOND_MASK) >> RMI_CONTINUE_FLAGS_BEYOND_SHIFT;
}

static inline uint64_t rmi_continue_flags_set_beyond(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_CONTINUE_FLAGS_BEYOND_MASK;

	return (word & ~mask) | ((value << RMI_CONTINUE_FLAGS_BEYOND_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_prot_map_flags_get_oaddr_type(uint64_t word)
{
	return (word & RMI_RTT_PROT_MAP_FLAGS_OADDR_TYPE_MASK) >>
		RMI_RTT_PROT_MAP_FLAGS_OADDR_TYPE_SHIFT;
}

static inline uint64_t rmi_rtt_prot_map_flags_set_oaddr_type(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_PROT_MAP_FLAGS_OADDR_TYPE_MASK;

	return (word & ~mask) | ((value << RMI_RTT_PROT_MAP_FLAGS_OADDR_TYPE_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_prot_map_flags_get_list_count(uint64_t word)
{
	return (word & RMI_RTT_PROT_MAP_FLAGS_LIST_COUNT_MASK) >>
		RMI_RTT_PROT_MAP_FLAGS_LIST_COUNT_SHIFT;
}

static inline uint64_t rmi_rtt_prot_map_flags_set_list_count(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_PROT_MAP_FLAGS_LIST_COUNT_MASK;

	return (word & ~mask) | ((value << RMI_RTT_PROT_MAP_FLAGS_LIST_COUNT_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_unprot_map_flags_get_oaddr_type(uint64_t word)
{
	return (word & RMI_RTT_UNPROT_MAP_FLAGS_OADDR_TYPE_MASK) >>
		RMI_RTT_UNPROT_MAP_FLAGS_OADDR_TYPE_SHIFT;
}

static inline uint64_t rmi_rtt_unprot_map_flags_set_oaddr_type(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_UNPROT_MAP_FLAGS_OADDR_TYPE_MASK;

	return (word & ~mask) | ((value << RMI_RTT_UNPROT_MAP_FLAGS_OADDR_TYPE_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_unprot_map_flags_get_list_count(uint64_t word)
{
	return (word & RMI_RTT_UNPROT_MAP_FLAGS_LIST_COUNT_MASK) >>
		RMI_RTT_UNPROT_MAP_FLAGS_LIST_COUNT_SHIFT;
}

static inline uint64_t rmi_rtt_unprot_map_flags_set_list_count(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_UNPROT_MAP_FLAGS_LIST_COUNT_MASK;

	return (word & ~mask) | ((value << RMI_RTT_UNPROT_MAP_FLAGS_LIST_COUNT_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_unprot_map_flags_get_memattr(uint64_t word)
{
	return (word & RMI_RTT_UNPROT_MAP_FLAGS_MEMATTR_MASK) >>
		RMI_RTT_UNPROT_MAP_FLAGS_MEMATTR_SHIFT;
}

static inline uint64_t rmi_rtt_unprot_map_flags_set_memattr(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_UNPROT_MAP_FLAGS_MEMATTR_MASK;

	return (word & ~mask) | ((value << RMI_RTT_UNPROT_MAP_FLAGS_MEMATTR_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_unprot_map_flags_get_s2ap(uint64_t word)
{
	return (word & RMI_RTT_UNPROT_MAP_FLAGS_S2AP_MASK) >> RMI_RTT_UNPROT_MAP_FLAGS_S2AP_SHIFT;
}

static inline uint64_t rmi_rtt_unprot_map_flags_set_s2ap(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_UNPROT_MAP_FLAGS_S2AP_MASK;

	return (word & ~mask) | ((value << RMI_RTT_UNPROT_MAP_FLAGS_S2AP_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_unmap_flags_get_oaddr_type(uint64_t word)
{
	return (word & RMI_RTT_UNMAP_FLAGS_OADDR_TYPE_MASK) >> RMI_RTT_UNMAP_FLAGS_OADDR_TYPE_SHIFT;
}

static inline uint64_t rmi_rtt_unmap_flags_set_oaddr_type(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_UNMAP_FLAGS_OADDR_TYPE_MASK;

	return (word & ~mask) | ((value << RMI_RTT_UNMAP_FLAGS_OADDR_TYPE_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_unmap_flags_get_list_count(uint64_t word)
{
	return (word & RMI_RTT_UNMAP_FLAGS_LIST_COUNT_MASK) >> RMI_RTT_UNMAP_FLAGS_LIST_COUNT_SHIFT;
}

static inline uint64_t rmi_rtt_unmap_flags_set_list_count(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_UNMAP_FLAGS_LIST_COUNT_MASK;

	return (word & ~mask) | ((value << RMI_RTT_UNMAP_FLAGS_LIST_COUNT_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_aux_map_flags_get_tree_index(uint64_t word)
{
	return (word & RMI_RTT_AUX_MAP_FLAGS_TREE_INDEX_MASK) >>
		RMI_RTT_AUX_MAP_FLAGS_TREE_INDEX_SHIFT;
}

static inline uint64_t rmi_rtt_aux_map_flags_set_tree_index(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_AUX_MAP_FLAGS_TREE_INDEX_MASK;

	return (word & ~mask) | ((value << RMI_RTT_AUX_MAP_FLAGS_TREE_INDEX_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_aux_map_flags_get_block(uint64_t word)
{
	return (word & RMI_RTT_AUX_MAP_FLAGS_BLOCK_MASK) >> RMI_RTT_AUX_MAP_FLAGS_BLOCK_SHIFT;
}

static inline uint64_t rmi_rtt_aux_map_flags_set_block(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_AUX_MAP_FLAGS_BLOCK_MASK;

	return (word & ~mask) | ((value << RMI_RTT_AUX_MAP_FLAGS_BLOCK_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_aux_map_flags_get_invalid_pri(uint64_t word)
{
	return (word & RMI_RTT_AUX_MAP_FLAGS_INVALID_PRI_MASK) >>
		RMI_RTT_AUX_MAP_FLAGS_INVALID_PRI_SHIFT;
}

static inline uint64_t rmi_rtt_aux_map_flags_set_invalid_pri(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_AUX_MAP_FLAGS_INVALID_PRI_MASK;

	return (word & ~mask) | ((value << RMI_RTT_AUX_MAP_FLAGS_INVALID_PRI_SHIFT) & mask);
}

static inline uint64_t rmi_rtt_aux_unmap_flags_get_tree_index(uint64_t word)
{
	return (word & RMI_RTT_AUX_UNMAP_FLAGS_TREE_INDEX_MASK) >>
		RMI_RTT_AUX_UNMAP_FLAGS_TREE_INDEX_SHIFT;
}

static inline uint64_t rmi_rtt_aux_unmap_flags_set_tree_index(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_RTT_AUX_UNMAP_FLAGS_TREE_INDEX_MASK;

	return (word & ~mask) | ((value << RMI_RTT_AUX_UNMAP_FLAGS_TREE_INDEX_SHIFT) & mask);
}

static inline uint64_t rmi_pdev_flags_get_spdm(uint64_t word)
{
	return (word & RMI_PDEV_FLAGS_SPDM_MASK) >> RMI_PDEV_FLAGS_SPDM_SHIFT;
}

static inline uint64_t rmi_pdev_flags_set_spdm(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_PDEV_FLAGS_SPDM_MASK;

	return (word & ~mask) | ((value << RMI_PDEV_FLAGS_SPDM_SHIFT) & mask);
}

static inline uint64_t rmi_pdev_flags_get_category(uint64_t word)
{
	return (word & RMI_PDEV_FLAGS_CATEGORY_MASK) >> RMI_PDEV_FLAGS_CATEGORY_SHIFT;
}

static inline uint64_t rmi_pdev_flags_set_category(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_PDEV_FLAGS_CATEGORY_MASK;

	return (word & ~mask) | ((value << RMI_PDEV_FLAGS_CATEGORY_SHIFT) & mask);
}

static inline uint64_t rmi_vdev_flags_get_vsmmu(uint64_t word)
{
	return (word & RMI_VDEV_FLAGS_VSMMU_MASK) >> RMI_VDEV_FLAGS_VSMMU_SHIFT;
}

static inline uint64_t rmi_vdev_flags_set_vsmmu(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_VDEV_FLAGS_VSMMU_MASK;

	return (word & ~mask) | ((value << RMI_VDEV_FLAGS_VSMMU_SHIFT) & mask);
}

static inline uint64_t rmi_psmmu_flags_get_msi(uint64_t word)
{
	return (word & RMI_PSMMU_FLAGS_MSI_MASK) >> RMI_PSMMU_FLAGS_MSI_SHIFT;
}

static inline uint64_t rmi_psmmu_flags_set_msi(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_PSMMU_FLAGS_MSI_MASK;

	return (word & ~mask) | ((value << RMI_PSMMU_FLAGS_MSI_SHIFT) & mask);
}

static inline uint64_t rmi_psmmu_flags_get_ats(uint64_t word)
{
	return (word & RMI_PSMMU_FLAGS_ATS_MASK) >> RMI_PSMMU_FLAGS_ATS_SHIFT;
}

static inline uint64_t rmi_psmmu_flags_set_ats(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_PSMMU_FLAGS_ATS_MASK;

	return (word & ~mask) | ((value << RMI_PSMMU_FLAGS_ATS_SHIFT) & mask);
}

static inline uint64_t rmi_psmmu_flags_get_pri(uint64_t word)
{
	return (word & RMI_PSMMU_FLAGS_PRI_MASK) >> RMI_PSMMU_FLAGS_PRI_SHIFT;
}

static inline uint64_t rmi_psmmu_flags_set_pri(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_PSMMU_FLAGS_PRI_MASK;

	return (word & ~mask) | ((value << RMI_PSMMU_FLAGS_PRI_SHIFT) & mask);
}

static inline uint64_t rmi_dev_comm_exit_flags_get_req_cache(uint64_t word)
{
	return (word & RMI_DEV_COMM_EXIT_FLAGS_REQ_CACHE_MASK) >>
		RMI_DEV_COMM_EXIT_FLAGS_REQ_CACHE_SHIFT;
}

static inline uint64_t rmi_dev_comm_exit_flags_set_req_cache(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_DEV_COMM_EXIT_FLAGS_REQ_CACHE_MASK;

	return (word & ~mask) | ((value << RMI_DEV_COMM_EXIT_FLAGS_REQ_CACHE_SHIFT) & mask);
}

static inline uint64_t rmi_dev_comm_exit_flags_get_rsp_cache(uint64_t word)
{
	return (word & RMI_DEV_COMM_EXIT_FLAGS_RSP_CACHE_MASK) >>
		RMI_DEV_COMM_EXIT_FLAGS_RSP_CACHE_SHIFT;
}

static inline uint64_t rmi_dev_comm_exit_flags_set_rsp_cache(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_DEV_COMM_EXIT_FLAGS_RSP_CACHE_MASK;

	return (word & ~mask) | ((value << RMI_DEV_COMM_EXIT_FLAGS_RSP_CACHE_SHIFT) & mask);
}

static inline uint64_t rmi_dev_comm_exit_flags_get_req_send(uint64_t word)
{
	return (word & RMI_DEV_COMM_EXIT_FLAGS_REQ_SEND_MASK) >>
		RMI_DEV_COMM_EXIT_FLAGS_REQ_SEND_SHIFT;
}

static inline uint64_t rmi_dev_comm_exit_flags_set_req_send(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_DEV_COMM_EXIT_FLAGS_REQ_SEND_MASK;

	return (word & ~mask) | ((value << RMI_DEV_COMM_EXIT_FLAGS_REQ_SEND_SHIFT) & mask);
}

static inline uint64_t rmi_dev_comm_exit_flags_get_rsp_wait(uint64_t word)
{
	return (word & RMI_DEV_COMM_EXIT_FLAGS_RSP_WAIT_MASK) >>
		RMI_DEV_COMM_EXIT_FLAGS_RSP_WAIT_SHIFT;
}

static inline uint64_t rmi_dev_comm_exit_flags_set_rsp_wait(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_DEV_COMM_EXIT_FLAGS_RSP_WAIT_MASK;

	return (word & ~mask) | ((value << RMI_DEV_COMM_EXIT_FLAGS_RSP_WAIT_SHIFT) & mask);
}

static inline uint64_t rmi_dev_comm_exit_flags_get_rsp_reset(uint64_t word)
{
	return (word & RMI_DEV_COMM_EXIT_FLAGS_RSP_RESET_MASK) >>
		RMI_DEV_COMM_EXIT_FLAGS_RSP_RESET_SHIFT;
}

static inline uint64_t rmi_dev_comm_exit_flags_set_rsp_reset(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_DEV_COMM_EXIT_FLAGS_RSP_RESET_MASK;

	return (word & ~mask) | ((value << RMI_DEV_COMM_EXIT_FLAGS_RSP_RESET_SHIFT) & mask);
}

static inline uint64_t rmi_dev_comm_exit_flags_get_multi(uint64_t word)
{
	return (word & RMI_DEV_COMM_EXIT_FLAGS_MULTI_MASK) >> RMI_DEV_COMM_EXIT_FLAGS_MULTI_SHIFT;
}

static inline uint64_t rmi_dev_comm_exit_flags_set_multi(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_DEV_COMM_EXIT_FLAGS_MULTI_MASK;

	return (word & ~mask) | ((value << RMI_DEV_COMM_EXIT_FLAGS_MULTI_SHIFT) & mask);
}

static inline uint64_t rmi_dev_comm_exit_flags_get_stream_wait(uint64_t word)
{
	return (word & RMI_DEV_COMM_EXIT_FLAGS_STREAM_WAIT_MASK) >>
		RMI_DEV_COMM_EXIT_FLAGS_STREAM_WAIT_SHIFT;
}

static inline uint64_t rmi_dev_comm_exit_flags_set_stream_wait(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMI_DEV_COMM_EXIT_FLAGS_STREAM_WAIT_MASK;

	return (word & ~mask) | ((value << RMI_DEV_COMM_EXIT_FLAGS_STREAM_WAIT_SHIFT) & mask);
}

struct rmi_rmm_config {
	/*
	 * Encoded. 4 KiB granules: 0 = 1 GiB. 16 KiB: 0 = 32 MiB, 1 = 64 GiB. 64 KiB: 0 = 512 MiB,
	 * 1 = 4 TiB
	 */
	uint8_t tracking_region_size;
	uint8_t pad_001[7];
	uint8_t rmi_granule_size;	/* RmiGranuleSize */
	uint8_t pad_009[4087];
};

RMI_ASSERT(offsetof(struct rmi_rmm_config, tracking_region_size) ==
	RMI_RMM_CONFIG_TRACKING_REGION_SIZE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rmm_config, rmi_granule_size) ==
	RMI_RMM_CONFIG_RMI_GRANULE_SIZE_OFFSET);
RMI_ASSERT(sizeof(struct rmi_rmm_config) == RMI_RMM_CONFIG_SIZE);

struct rmi_realm_params {
	uint64_t flags0;	/* RmiRealmFlags0 */
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
	uint8_t pad_031[7];
	uint64_t num_aux_planes;
	uint8_t pad_040[960];
	uint8_t rpv[64];	/* Realm Personalization Value; not part of RIM */
	uint64_t ats_plane;	/* Plane observed by ATS requests; at most num_aux_planes */
	uint8_t pad_448[960];
	/* PA of first starting-level table, aligned to rtt_num_start granules */
	uint64_t rtt_base;
	int64_t rtt_level_start;
	uint32_t rtt_num_start;
	uint8_t pad_81c[4];
	uint64_t flags1;	/* RmiRealmFlags1 */
	uint8_t pad_828[1880];
	/*
	 * Roots of auxiliary trees; Linux v14 has it at 0x828 by mistake; the specification text,
	 * TF-RMM and later Linux have 0xf80.
	 */
	uint64_t aux_rtt_base[3];
	uint8_t pad_f98[104];
};

RMI_ASSERT(offsetof(struct rmi_realm_params, flags0) == RMI_REALM_PARAMS_FLAGS0_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, s2sz) == RMI_REALM_PARAMS_S2SZ_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, sve_vl) == RMI_REALM_PARAMS_SVE_VL_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, num_bps) == RMI_REALM_PARAMS_NUM_BPS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, num_wps) == RMI_REALM_PARAMS_NUM_WPS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, pmu_num_ctrs) == RMI_REALM_PARAMS_PMU_NUM_CTRS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, hash_algo) == RMI_REALM_PARAMS_HASH_ALGO_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, num_aux_planes) ==
	RMI_REALM_PARAMS_NUM_AUX_PLANES_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, rpv) == RMI_REALM_PARAMS_RPV_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, ats_plane) == RMI_REALM_PARAMS_ATS_PLANE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, rtt_base) == RMI_REALM_PARAMS_RTT_BASE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, rtt_level_start) ==
	RMI_REALM_PARAMS_RTT_LEVEL_START_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, rtt_num_start) ==
	RMI_REALM_PARAMS_RTT_NUM_START_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, flags1) == RMI_REALM_PARAMS_FLAGS1_OFFSET);
RMI_ASSERT(offsetof(struct rmi_realm_params, aux_rtt_base) == RMI_REALM_PARAMS_AUX_RTT_BASE_OFFSET);
RMI_ASSERT(sizeof(struct rmi_realm_params) == RMI_REALM_PARAMS_SIZE);

struct rmi_rec_params {
	uint64_t flags;	/* RmiRecCreateFlags */
	uint8_t pad_008[248];
	uint64_t mpidr;	/* RmiRecMpidr; index must equal number of RECs already created */
	uint8_t pad_108[248];
	uint64_t pc;
	uint8_t pad_208[248];
	uint64_t gprs[8];	/* X0..X7 */
	uint8_t pad_340[3264];
};

RMI_ASSERT(offsetof(struct rmi_rec_params, flags) == RMI_REC_PARAMS_FLAGS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_params, mpidr) == RMI_REC_PARAMS_MPIDR_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_params, pc) == RMI_REC_PARAMS_PC_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_params, gprs) == RMI_REC_PARAMS_GPRS_OFFSET);
RMI_ASSERT(sizeof(struct rmi_rec_params) == RMI_REC_PARAMS_SIZE);

struct rmi_rec_enter {
	uint64_t flags;	/* RmiRecEnterFlags */
	uint8_t pad_008[504];
	uint64_t gprs[31];
	uint8_t pad_2f8[1288];
};

RMI_ASSERT(offsetof(struct rmi_rec_enter, flags) == RMI_REC_ENTER_FLAGS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_enter, gprs) == RMI_REC_ENTER_GPRS_OFFSET);
RMI_ASSERT(sizeof(struct rmi_rec_enter) == RMI_REC_ENTER_SIZE);

struct rmi_rec_exit {
	uint8_t exit_reason;	/* RmiRecExitReason */
	uint8_t pad_001[255];
	uint64_t esr;
	uint64_t far;
	uint64_t hpfar;
	uint64_t rtt_tree;	/* Tree that caused the exit; 0 = primary */
	uint8_t pad_120[224];
	uint64_t gprs[31];
	uint8_t pad_2f8[264];
	uint64_t cntp_ctl;
	uint64_t cntp_cval;
	uint64_t cntv_ctl;
	uint64_t cntv_cval;
	uint8_t pad_420[224];
	uint64_t ripas_base;
	uint64_t ripas_top;
	uint8_t ripas_value;	/* RmiRipas */
	uint8_t pad_511[15];
	uint64_t s2ap_base;
	uint64_t s2ap_top;
	uint64_t vdev_id_1;
	uint64_t vdev_id_2;
	uint64_t dev_mem_base;
	uint64_t dev_mem_top;
	uint64_t dev_mem_pa;
	uint8_t pad_558[168];
	uint16_t imm;	/* Host call immediate */
	uint8_t pad_602[6];
	uint64_t plane;
	uint8_t pad_610[240];
	uint8_t pmu_ovf_status;	/* RmiPmuOverflowStatus */
	uint8_t pad_701[15];
	uint64_t vsmmu;
	uint8_t pad_718[232];
};

RMI_ASSERT(offsetof(struct rmi_rec_exit, exit_reason) == RMI_REC_EXIT_EXIT_REASON_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, esr) == RMI_REC_EXIT_ESR_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, far) == RMI_REC_EXIT_FAR_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, hpfar) == RMI_REC_EXIT_HPFAR_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, rtt_tree) == RMI_REC_EXIT_RTT_TREE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, gprs) == RMI_REC_EXIT_GPRS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, cntp_ctl) == RMI_REC_EXIT_CNTP_CTL_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, cntp_cval) == RMI_REC_EXIT_CNTP_CVAL_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, cntv_ctl) == RMI_REC_EXIT_CNTV_CTL_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, cntv_cval) == RMI_REC_EXIT_CNTV_CVAL_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, ripas_base) == RMI_REC_EXIT_RIPAS_BASE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, ripas_top) == RMI_REC_EXIT_RIPAS_TOP_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, ripas_value) == RMI_REC_EXIT_RIPAS_VALUE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, s2ap_base) == RMI_REC_EXIT_S2AP_BASE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, s2ap_top) == RMI_REC_EXIT_S2AP_TOP_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, vdev_id_1) == RMI_REC_EXIT_VDEV_ID_1_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, vdev_id_2) == RMI_REC_EXIT_VDEV_ID_2_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, dev_mem_base) == RMI_REC_EXIT_DEV_MEM_BASE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, dev_mem_top) == RMI_REC_EXIT_DEV_MEM_TOP_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, dev_mem_pa) == RMI_REC_EXIT_DEV_MEM_PA_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, imm) == RMI_REC_EXIT_IMM_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, plane) == RMI_REC_EXIT_PLANE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, pmu_ovf_status) == RMI_REC_EXIT_PMU_OVF_STATUS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_exit, vsmmu) == RMI_REC_EXIT_VSMMU_OFFSET);
RMI_ASSERT(sizeof(struct rmi_rec_exit) == RMI_REC_EXIT_SIZE);

struct rmi_rec_run {
	struct rmi_rec_enter enter;
	struct rmi_rec_exit exit;
};

RMI_ASSERT(offsetof(struct rmi_rec_run, enter) == RMI_REC_RUN_ENTER_OFFSET);
RMI_ASSERT(offsetof(struct rmi_rec_run, exit) == RMI_REC_RUN_EXIT_OFFSET);
RMI_ASSERT(sizeof(struct rmi_rec_run) == RMI_REC_RUN_SIZE);

struct rmi_addr_range {
	uint64_t base;	/* inclusive */
	uint64_t top;	/* exclusive */
};

RMI_ASSERT(offsetof(struct rmi_addr_range, base) == RMI_ADDR_RANGE_BASE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_addr_range, top) == RMI_ADDR_RANGE_TOP_OFFSET);
RMI_ASSERT(sizeof(struct rmi_addr_range) == RMI_ADDR_RANGE_SIZE);

struct rmi_pdev_params {
	uint64_t flags;	/* RmiPdevFlags */
	uint64_t hb_base;
	uint64_t pdev_id;
	uint64_t routing_id;
	uint64_t id_index;
	uint32_t rid_base;
	uint8_t pad_02c[4];
	uint32_t rid_top;
	uint8_t pad_034[4];
	uint8_t hash_algo;	/* RmiHashAlgorithm */
	uint8_t pad_039[4039];
};

RMI_ASSERT(offsetof(struct rmi_pdev_params, flags) == RMI_PDEV_PARAMS_FLAGS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_params, hb_base) == RMI_PDEV_PARAMS_HB_BASE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_params, pdev_id) == RMI_PDEV_PARAMS_PDEV_ID_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_params, routing_id) == RMI_PDEV_PARAMS_ROUTING_ID_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_params, id_index) == RMI_PDEV_PARAMS_ID_INDEX_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_params, rid_base) == RMI_PDEV_PARAMS_RID_BASE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_params, rid_top) == RMI_PDEV_PARAMS_RID_TOP_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_params, hash_algo) == RMI_PDEV_PARAMS_HASH_ALGO_OFFSET);
RMI_ASSERT(sizeof(struct rmi_pdev_params) == RMI_PDEV_PARAMS_SIZE);

struct rmi_vdev_params {
	uint64_t flags;	/* RmiVdevFlags */
	uint64_t vdev_id;
	uint64_t tdi_id;
	uint8_t pad_018[8];
	uint64_t vsmmu_addr;
	uint64_t vsid;
	uint64_t num_addr_range;
	uint8_t pad_038[456];
	struct rmi_addr_range addr_range[8];
	uint8_t pad_280[3456];
};

RMI_ASSERT(offsetof(struct rmi_vdev_params, flags) == RMI_VDEV_PARAMS_FLAGS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_vdev_params, vdev_id) == RMI_VDEV_PARAMS_VDEV_ID_OFFSET);
RMI_ASSERT(offsetof(struct rmi_vdev_params, tdi_id) == RMI_VDEV_PARAMS_TDI_ID_OFFSET);
RMI_ASSERT(offsetof(struct rmi_vdev_params, vsmmu_addr) == RMI_VDEV_PARAMS_VSMMU_ADDR_OFFSET);
RMI_ASSERT(offsetof(struct rmi_vdev_params, vsid) == RMI_VDEV_PARAMS_VSID_OFFSET);
RMI_ASSERT(offsetof(struct rmi_vdev_params, num_addr_range) ==
	RMI_VDEV_PARAMS_NUM_ADDR_RANGE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_vdev_params, addr_range) == RMI_VDEV_PARAMS_ADDR_RANGE_OFFSET);
RMI_ASSERT(sizeof(struct rmi_vdev_params) == RMI_VDEV_PARAMS_SIZE);

struct rmi_pdev_stream_params {
	uint64_t flags;
	uint8_t stream_type;	/* RmiPdevStreamType */
	uint8_t pad_009[7];
	uint64_t pdev_1;
	uint64_t pdev_2;
	uint64_t ide_sid;
	uint64_t num_addr_range;
	uint8_t pad_030[208];
	struct rmi_addr_range addr_range[16];
	uint8_t pad_200[3584];
};

RMI_ASSERT(offsetof(struct rmi_pdev_stream_params, flags) == RMI_PDEV_STREAM_PARAMS_FLAGS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_stream_params, stream_type) ==
	RMI_PDEV_STREAM_PARAMS_STREAM_TYPE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_stream_params, pdev_1) == RMI_PDEV_STREAM_PARAMS_PDEV_1_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_stream_params, pdev_2) == RMI_PDEV_STREAM_PARAMS_PDEV_2_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_stream_params, ide_sid) ==
	RMI_PDEV_STREAM_PARAMS_IDE_SID_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_stream_params, num_addr_range) ==
	RMI_PDEV_STREAM_PARAMS_NUM_ADDR_RANGE_OFFSET);
RMI_ASSERT(offsetof(struct rmi_pdev_stream_params, addr_range) ==
	RMI_PDEV_STREAM_PARAMS_ADDR_RANGE_OFFSET);
RMI_ASSERT(sizeof(struct rmi_pdev_stream_params) == RMI_PDEV_STREAM_PARAMS_SIZE);

struct rmi_public_key_params {
	uint8_t key[1024];
	uint8_t metadata[1024];
	uint64_t key_len;
	uint64_t metadata_len;
	uint8_t algo;	/* RmiSignatureAlgorithm */
	uint8_t pad_811[2031];
};

RMI_ASSERT(offsetof(struct rmi_public_key_params, key) == RMI_PUBLIC_KEY_PARAMS_KEY_OFFSET);
RMI_ASSERT(offsetof(struct rmi_public_key_params, metadata) ==
	RMI_PUBLIC_KEY_PARAMS_METADATA_OFFSET);
RMI_ASSERT(offsetof(struct rmi_public_key_params, key_len) == RMI_PUBLIC_KEY_PARAMS_KEY_LEN_OFFSET);
RMI_ASSERT(offsetof(struct rmi_public_key_params, metadata_len) ==
	RMI_PUBLIC_KEY_PARAMS_METADATA_LEN_OFFSET);
RMI_ASSERT(offsetof(struct rmi_public_key_params, algo) == RMI_PUBLIC_KEY_PARAMS_ALGO_OFFSET);
RMI_ASSERT(sizeof(struct rmi_public_key_params) == RMI_PUBLIC_KEY_PARAMS_SIZE);

struct rmi_vdev_measure_params {
	uint64_t flags;
	uint8_t pad_008[248];
	uint8_t nonce[32];
	uint8_t pad_120[3808];
};

RMI_ASSERT(offsetof(struct rmi_vdev_measure_params, flags) == RMI_VDEV_MEASURE_PARAMS_FLAGS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_vdev_measure_params, nonce) == RMI_VDEV_MEASURE_PARAMS_NONCE_OFFSET);
RMI_ASSERT(sizeof(struct rmi_vdev_measure_params) == RMI_VDEV_MEASURE_PARAMS_SIZE);

struct rmi_psmmu_params {
	uint64_t flags;	/* RmiPsmmuFlags */
	uint64_t gerr_addr;
	uint64_t gerr_data;
	uint64_t eventq_addr;
	uint64_t eventq_data;
	uint64_t priq_addr;
	uint64_t priq_data;
	uint8_t pad_038[4040];
};

RMI_ASSERT(offsetof(struct rmi_psmmu_params, flags) == RMI_PSMMU_PARAMS_FLAGS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_psmmu_params, gerr_addr) == RMI_PSMMU_PARAMS_GERR_ADDR_OFFSET);
RMI_ASSERT(offsetof(struct rmi_psmmu_params, gerr_data) == RMI_PSMMU_PARAMS_GERR_DATA_OFFSET);
RMI_ASSERT(offsetof(struct rmi_psmmu_params, eventq_addr) == RMI_PSMMU_PARAMS_EVENTQ_ADDR_OFFSET);
RMI_ASSERT(offsetof(struct rmi_psmmu_params, eventq_data) == RMI_PSMMU_PARAMS_EVENTQ_DATA_OFFSET);
RMI_ASSERT(offsetof(struct rmi_psmmu_params, priq_addr) == RMI_PSMMU_PARAMS_PRIQ_ADDR_OFFSET);
RMI_ASSERT(offsetof(struct rmi_psmmu_params, priq_data) == RMI_PSMMU_PARAMS_PRIQ_DATA_OFFSET);
RMI_ASSERT(sizeof(struct rmi_psmmu_params) == RMI_PSMMU_PARAMS_SIZE);

struct rmi_dev_comm_enter {
	uint8_t status;	/* RmiDevCommStatus */
	uint8_t pad_001[7];
	uint64_t req_addr;
	uint64_t rsp_addr;
	uint64_t rsp_len;
	uint8_t pad_020[224];
};

RMI_ASSERT(offsetof(struct rmi_dev_comm_enter, status) == RMI_DEV_COMM_ENTER_STATUS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_enter, req_addr) == RMI_DEV_COMM_ENTER_REQ_ADDR_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_enter, rsp_addr) == RMI_DEV_COMM_ENTER_RSP_ADDR_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_enter, rsp_len) == RMI_DEV_COMM_ENTER_RSP_LEN_OFFSET);
RMI_ASSERT(sizeof(struct rmi_dev_comm_enter) == RMI_DEV_COMM_ENTER_SIZE);

struct rmi_dev_comm_exit {
	uint64_t flags;	/* RmiDevCommExitFlags */
	uint64_t cache_req_offset;
	uint64_t cache_req_len;
	uint64_t cache_rsp_offset;
	uint64_t cache_rsp_len;
	uint8_t cache_obj_id;	/* RmiDevCommObject */
	uint8_t pad_029[7];
	uint8_t protocol;	/* RmiDevCommProtocol */
	uint8_t pad_031[7];
	uint64_t req_delay;	/* TF-RMM stores 8 bits. */
	uint64_t req_len;
	uint64_t timeout;
	uint8_t pad_050[176];
};

RMI_ASSERT(offsetof(struct rmi_dev_comm_exit, flags) == RMI_DEV_COMM_EXIT_FLAGS_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_exit, cache_req_offset) ==
	RMI_DEV_COMM_EXIT_CACHE_REQ_OFFSET_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_exit, cache_req_len) ==
	RMI_DEV_COMM_EXIT_CACHE_REQ_LEN_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_exit, cache_rsp_offset) ==
	RMI_DEV_COMM_EXIT_CACHE_RSP_OFFSET_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_exit, cache_rsp_len) ==
	RMI_DEV_COMM_EXIT_CACHE_RSP_LEN_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_exit, cache_obj_id) ==
	RMI_DEV_COMM_EXIT_CACHE_OBJ_ID_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_exit, protocol) == RMI_DEV_COMM_EXIT_PROTOCOL_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_exit, req_delay) == RMI_DEV_COMM_EXIT_REQ_DELAY_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_exit, req_len) == RMI_DEV_COMM_EXIT_REQ_LEN_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_exit, timeout) == RMI_DEV_COMM_EXIT_TIMEOUT_OFFSET);
RMI_ASSERT(sizeof(struct rmi_dev_comm_exit) == RMI_DEV_COMM_EXIT_SIZE);

struct rmi_dev_comm_data {
	struct rmi_dev_comm_enter enter;
	uint8_t pad_100[1792];
	struct rmi_dev_comm_exit exit;
	uint8_t pad_900[1792];
};

RMI_ASSERT(offsetof(struct rmi_dev_comm_data, enter) == RMI_DEV_COMM_DATA_ENTER_OFFSET);
RMI_ASSERT(offsetof(struct rmi_dev_comm_data, exit) == RMI_DEV_COMM_DATA_EXIT_OFFSET);
RMI_ASSERT(sizeof(struct rmi_dev_comm_data) == RMI_DEV_COMM_DATA_SIZE);

#endif /* __ASSEMBLER__ */

#endif /* REALM_SPEC_RMI_H */
