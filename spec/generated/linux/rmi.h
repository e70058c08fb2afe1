/* SPDX-License-Identifier: GPL-2.0-only */
/* Generated from spec/rmi-*.json (rmm-2.0). Do not edit; regenerate with spec/generate. */
/* Copyright (c) 2026 the librealm authors */

#ifndef LINUX_RMI_H
#define LINUX_RMI_H

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/sizes.h>
#include <linux/stddef.h>
#include <linux/types.h>

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
#define SMC_RMI_VERSION 0xC4000150
/* X1 rd, X2 data, X3 ipa, X4 src, X5 flags -> X0 result */
#define SMC_RMI_RTT_DATA_MAP_INIT 0xC4000153
/* X1 rd -> X0 result */
#define SMC_RMI_REALM_ACTIVATE 0xC4000157
/* X1 rd, X2 params_ptr -> X0 result */
#define SMC_RMI_REALM_CREATE 0xC4000158
/* X1 rd -> X0 result */
#define SMC_RMI_REALM_DESTROY 0xC4000159
/* X1 rd, X2 rec, X3 params_ptr -> X0 result, X1 handle, X2 donate_req */
#define SMC_RMI_REC_CREATE 0xC400015A
/* X1 rec -> X0 result, X1 handle */
#define SMC_RMI_REC_DESTROY 0xC400015B
/* X1 rec, X2 run_ptr -> X0 result */
#define SMC_RMI_REC_ENTER 0xC400015C
/* X1 rd, X2 rtt, X3 ipa, X4 level -> X0 result */
#define SMC_RMI_RTT_CREATE 0xC400015D
/* X1 rd, X2 ipa, X3 level -> X0 result, X1 rtt, X2 top */
#define SMC_RMI_RTT_DESTROY 0xC400015E
/* X1 rd, X2 ipa, X3 level -> X0 result, X1 walk_level, X2 state, X3 desc, X4 ripas */
#define SMC_RMI_RTT_READ_ENTRY 0xC4000161
/* X1 rd, X2 rec, X3 base, X4 top -> X0 result, X1 out_top */
#define SMC_RMI_RTT_DEV_VALIDATE 0xC4000163
/* X1 calling_rec, X2 target_rec, X3 status -> X0 result */
#define SMC_RMI_PSCI_COMPLETE 0xC4000164
/* X1 index -> X0 result, X1 value */
#define SMC_RMI_FEATURES 0xC4000165
/* X1 rd, X2 ipa, X3 level -> X0 result, X1 rtt */
#define SMC_RMI_RTT_FOLD 0xC4000166
/* X1 rd, X2 base, X3 top -> X0 result, X1 out_top */
#define SMC_RMI_RTT_INIT_RIPAS 0xC4000168
/* X1 rd, X2 rec, X3 base, X4 top -> X0 result, X1 out_top */
#define SMC_RMI_RTT_SET_RIPAS 0xC4000169
/* arguments not known */
#define SMC_RMI_VSMMU_CREATE 0xC400016A
/* arguments not known */
#define SMC_RMI_VSMMU_DESTROY 0xC400016B
/* X1 cfg_ptr -> X0 result */
#define SMC_RMI_RMM_CONFIG_SET 0xC400016E
/* arguments not known */
#define SMC_RMI_PSMMU_IRQ_NOTIFY 0xC400016F
/* X1 pdev -> X0 result */
#define SMC_RMI_PDEV_ABORT 0xC4000174
/* X1 pdev, X2 data_ptr -> X0 result */
#define SMC_RMI_PDEV_COMMUNICATE 0xC4000175
/* X1 pdev, X2 params_ptr -> X0 result */
#define SMC_RMI_PDEV_CREATE 0xC4000176
/* X1 pdev -> X0 result */
#define SMC_RMI_PDEV_DESTROY 0xC4000177
/* X1 pdev -> X0 result, X1 state */
#define SMC_RMI_PDEV_GET_STATE 0xC4000178
/* X1 pdev_1, X2 pdev_2, X3 handle -> X0 result */
#define SMC_RMI_PDEV_STREAM_KEY_REFRESH 0xC400017A
/* X1 pdev, X2 params_ptr -> X0 result */
#define SMC_RMI_PDEV_SET_PUBKEY 0xC400017B
/* X1 pdev -> X0 result */
#define SMC_RMI_PDEV_STOP 0xC400017C
/* X1 rd, X2 rtt, X3 ipa, X4 level, X5 index -> X0 result */
#define SMC_RMI_RTT_AUX_CREATE 0xC400017D
/* X1 rd, X2 ipa, X3 level, X4 index -> X0 result, X1 rtt, X2 top */
#define SMC_RMI_RTT_AUX_DESTROY 0xC400017E
/* X1 rd, X2 ipa, X3 level, X4 index -> X0 result, X1 rtt */
#define SMC_RMI_RTT_AUX_FOLD 0xC400017F
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_ABORT 0xC4000185
/* X1 rd, X2 pdev, X3 vdev, X4 data_ptr -> X0 result */
#define SMC_RMI_VDEV_COMMUNICATE 0xC4000186
/* X1 rd, X2 pdev, X3 vdev, X4 params_ptr -> X0 result */
#define SMC_RMI_VDEV_CREATE 0xC4000187
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_DESTROY 0xC4000188
/* X1 vdev -> X0 result, X1 state */
#define SMC_RMI_VDEV_GET_STATE 0xC4000189
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_UNLOCK 0xC400018A
/* X1 rd, X2 rec, X3 base, X4 top -> X0 result, X1 out_top, X2 rtt_tree */
#define SMC_RMI_RTT_SET_S2AP 0xC400018B
/* X1 rec, X2 vdev -> X0 result */
#define SMC_RMI_VDEV_COMPLETE 0xC400018E
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_GET_INTERFACE_REPORT 0xC40001D0
/* X1 rd, X2 pdev, X3 vdev, X4 params_ptr -> X0 result */
#define SMC_RMI_VDEV_GET_MEASUREMENTS 0xC40001D1
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_LOCK 0xC40001D2
/* X1 rd, X2 pdev, X3 vdev -> X0 result */
#define SMC_RMI_VDEV_START 0xC40001D3
/* arguments not known */
#define SMC_RMI_VSMMU_EVENT_NOTIFY 0xC40001D6
/* X1 psmmu, X2 params_ptr -> X0 result */
#define SMC_RMI_PSMMU_ACTIVATE 0xC40001D7
/* X1 psmmu -> X0 result */
#define SMC_RMI_PSMMU_DEACTIVATE 0xC40001D8
/* X1 psmmu, X2 sid -> X0 result */
#define SMC_RMI_PSMMU_ST_L2_CREATE 0xC40001DB
/* X1 psmmu, X2 sid -> X0 result */
#define SMC_RMI_PSMMU_ST_L2_DESTROY 0xC40001DC
/* arguments not known */
#define SMC_RMI_DPT_L0_CREATE 0xC40001DD
/* arguments not known */
#define SMC_RMI_DPT_L0_DESTROY 0xC40001DE
/* arguments not known */
#define SMC_RMI_DPT_L1_CREATE 0xC40001DF
/* arguments not known */
#define SMC_RMI_DPT_L1_DESTROY 0xC40001E0
/* X1 base, X2 top -> X0 result, X1 category, X2 state, X3 out_top */
#define SMC_RMI_GRANULE_TRACKING_GET 0xC40001E1
/* X1 base, X2 category, X3 state -> X0 result */
#define SMC_RMI_GRANULE_TRACKING_SET 0xC40001E3
/* X1 cfg_ptr -> X0 result */
#define SMC_RMI_RMM_CONFIG_GET 0xC40001EC
/* nothing -> X0 result, X1 state */
#define SMC_RMI_RMM_STATE_GET 0xC40001EE
/* arguments not known */
#define SMC_RMI_PSMMU_EVENT_CONSUME 0xC40001F0
/* X1 base, X2 top -> X0 result, X1 out_top */
#define SMC_RMI_GRANULE_RANGE_DELEGATE 0xC40001F1
/* X1 base, X2 top -> X0 result, X1 out_top */
#define SMC_RMI_GRANULE_RANGE_UNDELEGATE 0xC40001F2
/* X1 addr -> X0 result */
#define SMC_RMI_GPT_L1_CREATE 0xC40001F3
/* X1 addr -> X0 result */
#define SMC_RMI_GPT_L1_DESTROY 0xC40001F4
/* X1 rd, X2 base, X3 top, X4 flags, X5 oaddr -> X0 result, X1 out_top */
#define SMC_RMI_RTT_DATA_MAP 0xC40001F5
/*
 * X1 rd, X2 base, X3 top, X4 flags, X5 oaddr -> X0 result, X1 out_top, X2 out_range, X3 out_count
 */
#define SMC_RMI_RTT_DATA_UNMAP 0xC40001F6
/* X1 rd, X2 vdev, X3 base, X4 top, X5 flags, X6 oaddr -> X0 result, X1 out_top */
#define SMC_RMI_RTT_DEV_MAP 0xC40001F7
/*
 * X1 rd, X2 base, X3 top, X4 flags, X5 oaddr -> X0 result, X1 out_top, X2 out_range, X3 out_count
 */
#define SMC_RMI_RTT_DEV_UNMAP 0xC40001F8
/* arguments not known */
#define SMC_RMI_RTT_ARCH_DEV_MAP 0xC40001F9
/* arguments not known */
#define SMC_RMI_RTT_ARCH_DEV_UNMAP 0xC40001FA
/* X1 rd, X2 base, X3 top, X4 flags, X5 oaddr -> X0 result, X1 out_top */
#define SMC_RMI_RTT_UNPROT_MAP 0xC40001FB
/*
 * X1 rd, X2 base, X3 top, X4 flags, X5 oaddr -> X0 result, X1 out_top, X2 out_range, X3 out_count
 */
#define SMC_RMI_RTT_UNPROT_UNMAP 0xC40001FC
/* X1 rd, X2 base, X3 top, X4 flags -> X0 result, X1 out_top */
#define SMC_RMI_RTT_AUX_PROT_MAP 0xC40001FD
/* X1 rd, X2 base, X3 top, X4 flags -> X0 result, X1 out_top */
#define SMC_RMI_RTT_AUX_PROT_UNMAP 0xC40001FE
/* X1 rd, X2 base, X3 top, X4 flags -> X0 result, X1 out_top */
#define SMC_RMI_RTT_AUX_UNPROT_MAP 0xC40001FF
/* X1 rd, X2 base, X3 top, X4 flags -> X0 result, X1 out_top */
#define SMC_RMI_RTT_AUX_UNPROT_UNMAP 0xC4000200
/* X1 rd -> X0 result */
#define SMC_RMI_REALM_TERMINATE 0xC4000201
/* nothing -> X0 result */
#define SMC_RMI_RMM_ACTIVATE 0xC4000202
/* X1 handle, X2 flags -> X0 result, X1 x1, X2 donate_req */
#define SMC_RMI_OP_CONTINUE 0xC4000203
/* X1 params_ptr -> X0 result, X1 handle */
#define SMC_RMI_PDEV_STREAM_CONNECT 0xC4000204
/* X1 pdev_1, X2 pdev_2, X3 handle -> X0 result */
#define SMC_RMI_PDEV_STREAM_DISCONNECT 0xC4000205
/* X1 pdev_1, X2 pdev_2, X3 handle -> X0 result */
#define SMC_RMI_PDEV_STREAM_COMPLETE 0xC4000206
/* X1 pdev_1, X2 pdev_2, X3 handle -> X0 result */
#define SMC_RMI_PDEV_STREAM_KEY_PURGE 0xC4000207
/* X1 handle, X2 list_addr, X3 list_count -> X0 result, X1 donated_count, X2 donate_req */
#define SMC_RMI_OP_MEM_DONATE 0xC4000208
/* X1 handle, X2 list_addr, X3 list_count -> X0 result, X1 reclaim_count */
#define SMC_RMI_OP_MEM_RECLAIM 0xC4000209
/* X1 handle -> X0 result */
#define SMC_RMI_OP_CANCEL 0xC400020A
/* arguments not known */
#define SMC_RMI_VSMMU_FEATURES 0xC400020B
/* arguments not known */
#define SMC_RMI_VSMMU_CMD_GET 0xC400020C
/* arguments not known */
#define SMC_RMI_VSMMU_CMD_COMPLETE 0xC400020D
/* arguments not known */
#define SMC_RMI_PSMMU_INFO 0xC400020E

/* RmiResult (DEN0137 2.0-bet1: RmiResult type). X0 on return of every command */
#define RMI_RESULT_STATUS GENMASK_ULL(7, 0)
#define RMI_RESULT_DATA GENMASK_ULL(63, 8)	/* level form, incomplete form, or zero */

/*
 * RmiResultDataLevel (DEN0137 2.0-bet1: RmiResultDataLevel type). X0 after RMI_ERROR_RTT, RTT_AUX,
 * DPT and PSMMU_ST
 */
/* Valid for RMI_ERROR_RTT, RTT_AUX, DPT, PSMMU_ST. Level -1 (LPA2 start level) appears as 0xFF */
#define RMI_RESULT_DATA_LEVEL_LEVEL GENMASK_ULL(15, 8)

/*
 * RmiResultDataIncomplete (DEN0137 2.0-bet1: RmiResultDataIncomplete type). X0 when status is
 * RMI_INCOMPLETE
 */
#define RMI_RESULT_DATA_INCOMPLETE_MEM GENMASK_ULL(9, 8)
#define RMI_RESULT_DATA_INCOMPLETE_CANCEL BIT_ULL(10)

/* RmiInterfaceVersion (DEN0137 1.0-rel0, 2.0-bet1: RmiInterfaceVersion type) */
#define RMI_INTERFACE_VERSION_MINOR GENMASK_ULL(15, 0)
#define RMI_INTERFACE_VERSION_MAJOR GENMASK_ULL(30, 16)

/*
 * RmiFeatureRegister0 (DEN0137 1.0-rel0, 2.0-bet1: RmiFeatureRegister0 type). RMM 1.0 has hash,
 * list register and REC order fields here; 2.0 moved them to register 1 or dropped them
 */
#define RMI_FEATURE_REGISTER0_S2SZ GENMASK_ULL(7, 0)	/* Largest IPA width */
#define RMI_FEATURE_REGISTER0_LPA2 BIT_ULL(8)
#define RMI_FEATURE_REGISTER0_SVE BIT_ULL(9)
/* Max vector length as quadwords minus one */
#define RMI_FEATURE_REGISTER0_SVE_VL GENMASK_ULL(13, 10)
/* Breakpoints minus one; 0 reserved */
#define RMI_FEATURE_REGISTER0_NUM_BPS GENMASK_ULL(19, 14)
/* Watchpoints minus one; 0 reserved */
#define RMI_FEATURE_REGISTER0_NUM_WPS GENMASK_ULL(25, 20)
#define RMI_FEATURE_REGISTER0_PMU BIT_ULL(26)
#define RMI_FEATURE_REGISTER0_PMU_NUM_CTRS GENMASK_ULL(31, 27)

/*
 * RmiFeatureRegister1 (DEN0137 2.0-bet1: RmiFeatureRegister1 type). TF-RMM of July 2026 accepts
 * SHA-384 although it leaves the SHA-384 bit clear
 */
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_4KB BIT_ULL(0)
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_16KB BIT_ULL(1)
#define RMI_FEATURE_REGISTER1_RMI_GRAN_SZ_64KB BIT_ULL(2)
#define RMI_FEATURE_REGISTER1_HASH_SHA_256 BIT_ULL(3)
#define RMI_FEATURE_REGISTER1_HASH_SHA_384 BIT_ULL(4)
#define RMI_FEATURE_REGISTER1_HASH_SHA_512 BIT_ULL(5)
#define RMI_FEATURE_REGISTER1_MAX_RECS_ORDER GENMASK_ULL(9, 6)	/* Max RECs per realm = 2^n - 1 */
#define RMI_FEATURE_REGISTER1_L0GPTSZ GENMASK_ULL(13, 10)
#define RMI_FEATURE_REGISTER1_PPS GENMASK_ULL(16, 14)

/* RmiFeatureRegister2 (DEN0137 2.0-bet1: RmiFeatureRegister2 type) */
#define RMI_FEATURE_REGISTER2_DA BIT_ULL(0)
#define RMI_FEATURE_REGISTER2_DA_COH BIT_ULL(1)
#define RMI_FEATURE_REGISTER2_VSMMU BIT_ULL(2)
#define RMI_FEATURE_REGISTER2_ATS BIT_ULL(3)
#define RMI_FEATURE_REGISTER2_MAX_VDEVS_ORDER GENMASK_ULL(7, 4)
#define RMI_FEATURE_REGISTER2_VDEV_KROU BIT_ULL(8)
#define RMI_FEATURE_REGISTER2_NON_TEE_STREAM BIT_ULL(9)

/* RmiFeatureRegister3 (DEN0137 2.0-bet1: RmiFeatureRegister3 type) */
#define RMI_FEATURE_REGISTER3_MAX_NUM_AUX_PLANES GENMASK_ULL(3, 0)
#define RMI_FEATURE_REGISTER3_RTT_PLANE GENMASK_ULL(5, 4)
#define RMI_FEATURE_REGISTER3_RTT_S2AP_INDIRECT BIT_ULL(6)

/* RmiFeatureRegister4 (DEN0137 2.0-bet1: RmiFeatureRegister4 type) */
/* Number of private memory encryption contexts */
#define RMI_FEATURE_REGISTER4_MEC_COUNT GENMASK_ULL(63, 0)

/*
 * RmiRealmFlags0 (DEN0137 1.0-rel0, 2.0-bet1: RmiRealmFlags0 type, RmiRealmFlags in 1.0). Linux v14
 * knows bits 0..2 only
 */
#define RMI_REALM_FLAGS0_LPA2 BIT_ULL(0)
#define RMI_REALM_FLAGS0_SVE BIT_ULL(1)
#define RMI_REALM_FLAGS0_PMU BIT_ULL(2)
#define RMI_REALM_FLAGS0_DA BIT_ULL(3)
#define RMI_REALM_FLAGS0_LFA_POLICY GENMASK_ULL(6, 5)
#define RMI_REALM_FLAGS0_MEC_POLICY GENMASK_ULL(8, 7)

/* RmiRealmFlags1 (DEN0137 2.0-bet1: RmiRealmFlags1 type) */
#define RMI_REALM_FLAGS1_RTT_TREE_PER_PLANE BIT_ULL(0)
#define RMI_REALM_FLAGS1_RTT_S2AP_ENCODING BIT_ULL(1)
#define RMI_REALM_FLAGS1_ATS BIT_ULL(2)

/* RmiRecCreateFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiRecCreateFlags type) */
#define RMI_REC_CREATE_FLAGS_RUNNABLE BIT_ULL(0)

/*
 * RmiRecMpidr (DEN0137 1.0-rel0, 2.0-bet1: RmiRecMpidr type). REC index is aff3 << 20 | aff2 << 12
 * | aff1 << 4 | aff0
 */
#define RMI_REC_MPIDR_AFF0 GENMASK_ULL(3, 0)	/* bits 7:4 must be zero */
#define RMI_REC_MPIDR_AFF1 GENMASK_ULL(15, 8)
#define RMI_REC_MPIDR_AFF2 GENMASK_ULL(23, 16)
#define RMI_REC_MPIDR_AFF3 GENMASK_ULL(31, 24)	/* bits 63:32 must be zero */

/* RmiRecEnterFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiRecEnterFlags type) */
#define RMI_REC_ENTER_FLAGS_EMUL_MMIO BIT_ULL(0)
#define RMI_REC_ENTER_FLAGS_INJECT_SEA BIT_ULL(1)
#define RMI_REC_ENTER_FLAGS_TRAP_WFI BIT_ULL(2)
#define RMI_REC_ENTER_FLAGS_TRAP_WFE BIT_ULL(3)
#define RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE BIT_ULL(4)
#define RMI_REC_ENTER_FLAGS_S2AP_RESPONSE BIT_ULL(5)
#define RMI_REC_ENTER_FLAGS_DEV_MEM_RESPONSE BIT_ULL(6)
#define RMI_REC_ENTER_FLAGS_FORCE_P0 BIT_ULL(7)

/* RmiDataFlags (DEN0137 1.0-rel0, 2.0-bet1: RmiDataFlags type) */
#define RMI_DATA_FLAGS_MEASURE BIT_ULL(0)

/*
 * RmiAddrRangeDesc4KB (DEN0137 2.0-bet1: RmiAddrRangeDesc4KB type). Total bytes = count * bytes of
 * one unit
 */
#define RMI_ADDR_RANGE_DESC_4KB_SIZE GENMASK_ULL(1, 0)
#define RMI_ADDR_RANGE_DESC_4KB_COUNT GENMASK_ULL(11, 2)
/* PA bits 51:12 in place, not shifted down */
#define RMI_ADDR_RANGE_DESC_4KB_ADDR GENMASK_ULL(51, 12)
#define RMI_ADDR_RANGE_DESC_4KB_STATE BIT_ULL(63)

/* RmiAddrRangeDesc16KB (DEN0137 2.0-bet1: RmiAddrRangeDesc16KB type) */
#define RMI_ADDR_RANGE_DESC_16KB_SIZE GENMASK_ULL(1, 0)
#define RMI_ADDR_RANGE_DESC_16KB_COUNT GENMASK_ULL(13, 2)
/* PA bits 51:14 in place, not shifted down */
#define RMI_ADDR_RANGE_DESC_16KB_ADDR GENMASK_ULL(51, 14)
#define RMI_ADDR_RANGE_DESC_16KB_STATE BIT_ULL(63)

/* RmiAddrRangeDesc64KB (DEN0137 2.0-bet1: RmiAddrRangeDesc64KB type) */
#define RMI_ADDR_RANGE_DESC_64KB_SIZE GENMASK_ULL(1, 0)
#define RMI_ADDR_RANGE_DESC_64KB_COUNT GENMASK_ULL(15, 2)
/* PA bits 51:16 in place, not shifted down */
#define RMI_ADDR_RANGE_DESC_64KB_ADDR GENMASK_ULL(51, 16)
#define RMI_ADDR_RANGE_DESC_64KB_STATE BIT_ULL(63)

/*
 * RmiOpMemDonateReq (DEN0137 2.0-bet1: RmiOpMemDonateReq type). X2 when an operation asks for
 * memory
 */
#define RMI_OP_MEM_DONATE_REQ_SIZE GENMASK_ULL(1, 0)
#define RMI_OP_MEM_DONATE_REQ_COUNT GENMASK_ULL(15, 2)
#define RMI_OP_MEM_DONATE_REQ_CONTIG BIT_ULL(16)
#define RMI_OP_MEM_DONATE_REQ_STATE BIT_ULL(17)

/* RmiContinueFlags (DEN0137 2.0-bet1: RmiContinueFlags type) */
#define RMI_CONTINUE_FLAGS_BEYOND BIT_ULL(0)

/* RmiRttProtMapFlags (DEN0137 2.0-bet1: RmiRttProtMapFlags type) */
#define RMI_RTT_PROT_MAP_FLAGS_OADDR_TYPE GENMASK_ULL(1, 0)
#define RMI_RTT_PROT_MAP_FLAGS_LIST_COUNT GENMASK_ULL(15, 2)

/* RmiRttUnprotMapFlags (DEN0137 2.0-bet1: RmiRttUnprotMapFlags type) */
#define RMI_RTT_UNPROT_MAP_FLAGS_OADDR_TYPE GENMASK_ULL(1, 0)
#define RMI_RTT_UNPROT_MAP_FLAGS_LIST_COUNT GENMASK_ULL(15, 2)
#define RMI_RTT_UNPROT_MAP_FLAGS_MEMATTR GENMASK_ULL(18, 16)	/* Stage 2 MemAttr[2:0] */
/* Direct encoding: bit 0 write, bit 1 read. Indirect: permission index */
#define RMI_RTT_UNPROT_MAP_FLAGS_S2AP GENMASK_ULL(22, 19)

/* RmiRttUnmapFlags (DEN0137 2.0-bet1: RmiRttUnmapFlags type) */
#define RMI_RTT_UNMAP_FLAGS_OADDR_TYPE GENMASK_ULL(1, 0)
#define RMI_RTT_UNMAP_FLAGS_LIST_COUNT GENMASK_ULL(15, 2)

/* RmiRttAuxMapFlags (DEN0137 2.0-bet0: RmiRttAuxMapFlags type) */
#define RMI_RTT_AUX_MAP_FLAGS_TREE_INDEX GENMASK_ULL(1, 0)
#define RMI_RTT_AUX_MAP_FLAGS_BLOCK BIT_ULL(2)
#define RMI_RTT_AUX_MAP_FLAGS_INVALID_PRI BIT_ULL(3)

/* RmiRttAuxUnmapFlags (DEN0137 2.0-bet0: RmiRttAuxUnmapFlags type) */
#define RMI_RTT_AUX_UNMAP_FLAGS_TREE_INDEX GENMASK_ULL(1, 0)

/* RmiPdevFlags (DEN0137 2.0-bet1: RmiPdevFlags type) */
#define RMI_PDEV_FLAGS_SPDM BIT_ULL(0)
#define RMI_PDEV_FLAGS_CATEGORY GENMASK_ULL(2, 1)

/* RmiVdevFlags (DEN0137 2.0-bet1: RmiVdevFlags type) */
#define RMI_VDEV_FLAGS_VSMMU BIT_ULL(0)

/* RmiPsmmuFlags (DEN0137 2.0-bet1: RmiPsmmuFlags type) */
#define RMI_PSMMU_FLAGS_MSI BIT_ULL(0)
#define RMI_PSMMU_FLAGS_ATS BIT_ULL(1)
#define RMI_PSMMU_FLAGS_PRI BIT_ULL(2)

/* RmiDevCommExitFlags (TF-RMM 9a7f8ef4: smc-rmi.h, RmiDevCommExitFlags) */
#define RMI_DEV_COMM_EXIT_FLAGS_REQ_CACHE BIT_ULL(0)
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_CACHE BIT_ULL(1)
#define RMI_DEV_COMM_EXIT_FLAGS_REQ_SEND BIT_ULL(2)
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_WAIT BIT_ULL(3)
#define RMI_DEV_COMM_EXIT_FLAGS_RSP_RESET BIT_ULL(4)
#define RMI_DEV_COMM_EXIT_FLAGS_MULTI BIT_ULL(5)
#define RMI_DEV_COMM_EXIT_FLAGS_STREAM_WAIT BIT_ULL(6)

/* RmiRmmConfig (DEN0137 2.0-bet1: RmiRmmConfig type). Both ways, RMI_RMM_CONFIG_SET and _GET */
struct rmi_rmm_config {
	union { /* 0x000 */
		struct {
			/*
			 * Encoded. 4 KiB granules: 0 = 1 GiB. 16 KiB: 0 = 32 MiB, 1 = 64 GiB. 64
			 * KiB: 0 = 512 MiB, 1 = 4 TiB
			 */
			u8 tracking_region_size;
			u8 pad_001[0x7];
			u8 rmi_granule_size;	/* RmiGranuleSize */
		};
		u8 pad_000[0x1000];
	};
};

static_assert(offsetof(struct rmi_rmm_config, tracking_region_size) == 0x000);
static_assert(offsetof(struct rmi_rmm_config, rmi_granule_size) == 0x008);
static_assert(sizeof(struct rmi_rmm_config) == SZ_4K);

/*
 * RmiRealmParams (DEN0137 1.0-rel0, 2.0-bet1: RmiRealmParams type). Host to RMM, parameters of a
 * new realm. TF-RMM reads s2sz to num_aux_planes as 32 bits: the bytes above the first must be zero
 */
struct rmi_realm_params {
	union { /* 0x000 */
		struct {
			u64 flags0;	/* RmiRealmFlags0 */
			u8 s2sz;	/* IPA width in bits */
			u8 pad_009[0x7];
			u8 sve_vl;	/* Vector length in quadwords minus one */
			u8 pad_011[0x7];
			u8 num_bps;	/* Breakpoints minus one; 0 is reserved and rejected */
			u8 pad_019[0x7];
			u8 num_wps;	/* Watchpoints minus one; 0 is reserved and rejected */
			u8 pad_021[0x7];
			u8 pmu_num_ctrs;	/* PMU event counters */
			u8 pad_029[0x7];
			u8 hash_algo;	/* RmiHashAlgorithm */
			u8 pad_031[0x7];
			u64 num_aux_planes;
		};
		u8 pad_000[0x400];
	};
	union { /* 0x400 */
		struct {
			u8 rpv[64];	/* Realm Personalization Value; not part of RIM */
			u64 ats_plane;	/* Plane observed by ATS requests; at most num_aux_planes */
		};
		u8 pad_400[0x408];
	};
	union { /* 0x808 */
		struct {
			/* PA of first starting-level table, aligned to rtt_num_start granules */
			u64 rtt_base;
			s64 rtt_level_start;
			u32 rtt_num_start;
			u8 pad_81c[0x4];
			u64 flags1;	/* RmiRealmFlags1 */
		};
		u8 pad_808[0x778];
	};
	union { /* 0xf80 */
		/*
		 * Roots of auxiliary trees; Linux v14 has it at 0x828 by mistake; the specification
		 * text, TF-RMM and later Linux have 0xf80.
		 */
		u64 aux_rtt_base[3];
		u8 pad_f80[0x80];
	};
};

static_assert(offsetof(struct rmi_realm_params, flags0) == 0x000);
static_assert(offsetof(struct rmi_realm_params, s2sz) == 0x008);
static_assert(offsetof(struct rmi_realm_params, sve_vl) == 0x010);
static_assert(offsetof(struct rmi_realm_params, num_bps) == 0x018);
static_assert(offsetof(struct rmi_realm_params, num_wps) == 0x020);
static_assert(offsetof(struct rmi_realm_params, pmu_num_ctrs) == 0x028);
static_assert(offsetof(struct rmi_realm_params, hash_algo) == 0x030);
static_assert(offsetof(struct rmi_realm_params, num_aux_planes) == 0x038);
static_assert(offsetof(struct rmi_realm_params, rpv) == 0x400);
static_assert(offsetof(struct rmi_realm_params, ats_plane) == 0x440);
static_assert(offsetof(struct rmi_realm_params, rtt_base) == 0x808);
static_assert(offsetof(struct rmi_realm_params, rtt_level_start) == 0x810);
static_assert(offsetof(struct rmi_realm_params, rtt_num_start) == 0x818);
static_assert(offsetof(struct rmi_realm_params, flags1) == 0x820);
static_assert(offsetof(struct rmi_realm_params, aux_rtt_base) == 0xf80);
static_assert(sizeof(struct rmi_realm_params) == SZ_4K);

/*
 * RmiRecParams (DEN0137 1.0-rel0, 2.0-bet1: RmiRecParams type). Host to RMM, parameters of a new
 * REC
 */
struct rmi_rec_params {
	union { /* 0x000 */
		u64 flags;	/* RmiRecCreateFlags */
		u8 pad_000[0x100];
	};
	union { /* 0x100 */
		u64 mpidr;	/* RmiRecMpidr; index must equal number of RECs already created */
		u8 pad_100[0x100];
	};
	union { /* 0x200 */
		u64 pc;
		u8 pad_200[0x100];
	};
	union { /* 0x300 */
		u64 gprs[8];	/* X0..X7 */
		u8 pad_300[0xd00];
	};
};

static_assert(offsetof(struct rmi_rec_params, flags) == 0x000);
static_assert(offsetof(struct rmi_rec_params, mpidr) == 0x100);
static_assert(offsetof(struct rmi_rec_params, pc) == 0x200);
static_assert(offsetof(struct rmi_rec_params, gprs) == 0x300);
static_assert(sizeof(struct rmi_rec_params) == SZ_4K);

/*
 * RmiRecEnter (DEN0137 1.0-rel0, 2.0-bet1: RmiRecEnter type). Host to RMM, first half of RmiRecRun.
 * TF-RMM declares 0x300 bytes of it, same offsets
 */
struct rmi_rec_enter {
	union { /* 0x000 */
		u64 flags;	/* RmiRecEnterFlags */
		u8 pad_000[0x200];
	};
	union { /* 0x200 */
		u64 gprs[31];
		u8 pad_200[0x600];
	};
};

static_assert(offsetof(struct rmi_rec_enter, flags) == 0x000);
static_assert(offsetof(struct rmi_rec_enter, gprs) == 0x200);
static_assert(sizeof(struct rmi_rec_enter) == SZ_2K);

/*
 * RmiRecExit (DEN0137 1.0-rel0, 2.0-bet1: RmiRecExit type). RMM to host, second half of RmiRecRun.
 * TF-RMM declares exit_reason and pmu_ovf_status as 64 bits, imm as 32
 */
struct rmi_rec_exit {
	union { /* 0x000 */
		u8 exit_reason;	/* RmiRecExitReason */
		u8 pad_000[0x100];
	};
	union { /* 0x100 */
		struct {
			u64 esr;
			u64 far;
			u64 hpfar;
			u64 rtt_tree;	/* Tree that caused the exit; 0 = primary */
		};
		u8 pad_100[0x100];
	};
	union { /* 0x200 */
		u64 gprs[31];
		u8 pad_200[0x200];
	};
	union { /* 0x400 */
		struct {
			u64 cntp_ctl;
			u64 cntp_cval;
			u64 cntv_ctl;
			u64 cntv_cval;
		};
		u8 pad_400[0x100];
	};
	union { /* 0x500 */
		struct {
			u64 ripas_base;
			u64 ripas_top;
			u8 ripas_value;	/* RmiRipas */
		};
		u8 pad_500[0x20];
	};
	union { /* 0x520 */
		struct {
			u64 s2ap_base;
			u64 s2ap_top;
			u64 vdev_id_1;
			u64 vdev_id_2;
			u64 dev_mem_base;
			u64 dev_mem_top;
			u64 dev_mem_pa;
		};
		u8 pad_520[0xe0];
	};
	union { /* 0x600 */
		struct {
			u16 imm;	/* Host call immediate */
			u8 pad_602[0x6];
			u64 plane;
		};
		u8 pad_600[0x100];
	};
	union { /* 0x700 */
		u8 pmu_ovf_status;	/* RmiPmuOverflowStatus */
		u8 pad_700[0x10];
	};
	union { /* 0x710 */
		u64 vsmmu;
		u8 pad_710[0xf0];
	};
};

static_assert(offsetof(struct rmi_rec_exit, exit_reason) == 0x000);
static_assert(offsetof(struct rmi_rec_exit, esr) == 0x100);
static_assert(offsetof(struct rmi_rec_exit, far) == 0x108);
static_assert(offsetof(struct rmi_rec_exit, hpfar) == 0x110);
static_assert(offsetof(struct rmi_rec_exit, rtt_tree) == 0x118);
static_assert(offsetof(struct rmi_rec_exit, gprs) == 0x200);
static_assert(offsetof(struct rmi_rec_exit, cntp_ctl) == 0x400);
static_assert(offsetof(struct rmi_rec_exit, cntp_cval) == 0x408);
static_assert(offsetof(struct rmi_rec_exit, cntv_ctl) == 0x410);
static_assert(offsetof(struct rmi_rec_exit, cntv_cval) == 0x418);
static_assert(offsetof(struct rmi_rec_exit, ripas_base) == 0x500);
static_assert(offsetof(struct rmi_rec_exit, ripas_top) == 0x508);
static_assert(offsetof(struct rmi_rec_exit, ripas_value) == 0x510);
static_assert(offsetof(struct rmi_rec_exit, s2ap_base) == 0x520);
static_assert(offsetof(struct rmi_rec_exit, s2ap_top) == 0x528);
static_assert(offsetof(struct rmi_rec_exit, vdev_id_1) == 0x530);
static_assert(offsetof(struct rmi_rec_exit, vdev_id_2) == 0x538);
static_assert(offsetof(struct rmi_rec_exit, dev_mem_base) == 0x540);
static_assert(offsetof(struct rmi_rec_exit, dev_mem_top) == 0x548);
static_assert(offsetof(struct rmi_rec_exit, dev_mem_pa) == 0x550);
static_assert(offsetof(struct rmi_rec_exit, imm) == 0x600);
static_assert(offsetof(struct rmi_rec_exit, plane) == 0x608);
static_assert(offsetof(struct rmi_rec_exit, pmu_ovf_status) == 0x700);
static_assert(offsetof(struct rmi_rec_exit, vsmmu) == 0x710);
static_assert(sizeof(struct rmi_rec_exit) == SZ_2K);

/* RmiRecRun (DEN0137 1.0-rel0, 2.0-bet1: RmiRecRun type). Shared page of a REC */
struct rmi_rec_run {
	struct rmi_rec_enter enter;
	struct rmi_rec_exit exit;
};

static_assert(offsetof(struct rmi_rec_run, enter) == 0x000);
static_assert(offsetof(struct rmi_rec_run, exit) == 0x800);
static_assert(sizeof(struct rmi_rec_run) == SZ_4K);

/* RmiAddrRange (DEN0137 2.0-bet1: RmiAddrRange type). base inclusive, top exclusive */
struct rmi_addr_range {
	u64 base;	/* inclusive */
	u64 top;	/* exclusive */
};

static_assert(offsetof(struct rmi_addr_range, base) == 0x000);
static_assert(offsetof(struct rmi_addr_range, top) == 0x008);
static_assert(sizeof(struct rmi_addr_range) == 0x10);

/*
 * RmiPdevParams (TF-RMM 9a7f8ef4: smc-rmi.h, RmiPdevParams). As in TF-RMM of July 2026, which
 * follows 2.0-bet2 here; the bet1 layout is not confirmed
 */
struct rmi_pdev_params {
	union { /* 0x000 */
		struct {
			u64 flags;	/* RmiPdevFlags */
			u64 hb_base;
			u64 pdev_id;
			u64 routing_id;
			u64 id_index;
			u32 rid_base;
			u8 pad_02c[0x4];
			u32 rid_top;
			u8 pad_034[0x4];
			u8 hash_algo;	/* RmiHashAlgorithm */
		};
		u8 pad_000[0x1000];
	};
};

static_assert(offsetof(struct rmi_pdev_params, flags) == 0x000);
static_assert(offsetof(struct rmi_pdev_params, hb_base) == 0x008);
static_assert(offsetof(struct rmi_pdev_params, pdev_id) == 0x010);
static_assert(offsetof(struct rmi_pdev_params, routing_id) == 0x018);
static_assert(offsetof(struct rmi_pdev_params, id_index) == 0x020);
static_assert(offsetof(struct rmi_pdev_params, rid_base) == 0x028);
static_assert(offsetof(struct rmi_pdev_params, rid_top) == 0x030);
static_assert(offsetof(struct rmi_pdev_params, hash_algo) == 0x038);
static_assert(sizeof(struct rmi_pdev_params) == SZ_4K);

/* RmiVdevParams (TF-RMM 9a7f8ef4: smc-rmi.h, RmiVdevParams). TF-RMM takes at most 8 ranges */
struct rmi_vdev_params {
	union { /* 0x000 */
		struct {
			u64 flags;	/* RmiVdevFlags */
			u64 vdev_id;
			u64 tdi_id;
		};
		u8 pad_000[0x20];
	};
	union { /* 0x020 */
		struct {
			u64 vsmmu_addr;
			u64 vsid;
			u64 num_addr_range;
		};
		u8 pad_020[0x1e0];
	};
	union { /* 0x200 */
		struct rmi_addr_range addr_range[8];
		u8 pad_200[0xe00];
	};
};

static_assert(offsetof(struct rmi_vdev_params, flags) == 0x000);
static_assert(offsetof(struct rmi_vdev_params, vdev_id) == 0x008);
static_assert(offsetof(struct rmi_vdev_params, tdi_id) == 0x010);
static_assert(offsetof(struct rmi_vdev_params, vsmmu_addr) == 0x020);
static_assert(offsetof(struct rmi_vdev_params, vsid) == 0x028);
static_assert(offsetof(struct rmi_vdev_params, num_addr_range) == 0x030);
static_assert(offsetof(struct rmi_vdev_params, addr_range) == 0x200);
static_assert(sizeof(struct rmi_vdev_params) == SZ_4K);

/* RmiPdevStreamParams (TF-RMM 9a7f8ef4: smc-rmi.h, RmiPdevStreamParams) */
struct rmi_pdev_stream_params {
	union { /* 0x000 */
		struct {
			u64 flags;
			u8 stream_type;	/* RmiPdevStreamType */
			u8 pad_009[0x7];
			u64 pdev_1;
			u64 pdev_2;
			u64 ide_sid;
			u64 num_addr_range;
		};
		u8 pad_000[0x100];
	};
	union { /* 0x100 */
		struct rmi_addr_range addr_range[16];
		u8 pad_100[0xf00];
	};
};

static_assert(offsetof(struct rmi_pdev_stream_params, flags) == 0x000);
static_assert(offsetof(struct rmi_pdev_stream_params, stream_type) == 0x008);
static_assert(offsetof(struct rmi_pdev_stream_params, pdev_1) == 0x010);
static_assert(offsetof(struct rmi_pdev_stream_params, pdev_2) == 0x018);
static_assert(offsetof(struct rmi_pdev_stream_params, ide_sid) == 0x020);
static_assert(offsetof(struct rmi_pdev_stream_params, num_addr_range) == 0x028);
static_assert(offsetof(struct rmi_pdev_stream_params, addr_range) == 0x100);
static_assert(sizeof(struct rmi_pdev_stream_params) == SZ_4K);

/* RmiPublicKeyParams (DEN0137 2.0-bet1: RmiPublicKeyParams type) */
struct rmi_public_key_params {
	union { /* 0x000 */
		struct {
			u8 key[1024];
			u8 metadata[1024];
			u64 key_len;
			u64 metadata_len;
			u8 algo;	/* RmiSignatureAlgorithm */
		};
		u8 pad_000[0x1000];
	};
};

static_assert(offsetof(struct rmi_public_key_params, key) == 0x000);
static_assert(offsetof(struct rmi_public_key_params, metadata) == 0x400);
static_assert(offsetof(struct rmi_public_key_params, key_len) == 0x800);
static_assert(offsetof(struct rmi_public_key_params, metadata_len) == 0x808);
static_assert(offsetof(struct rmi_public_key_params, algo) == 0x810);
static_assert(sizeof(struct rmi_public_key_params) == SZ_4K);

/* RmiVdevMeasureParams (TF-RMM 9a7f8ef4: smc-rmi.h, RmiVdevMeasureParams) */
struct rmi_vdev_measure_params {
	union { /* 0x000 */
		u64 flags;
		u8 pad_000[0x100];
	};
	union { /* 0x100 */
		u8 nonce[32];
		u8 pad_100[0xf00];
	};
};

static_assert(offsetof(struct rmi_vdev_measure_params, flags) == 0x000);
static_assert(offsetof(struct rmi_vdev_measure_params, nonce) == 0x100);
static_assert(sizeof(struct rmi_vdev_measure_params) == SZ_4K);

/* RmiPsmmuParams (DEN0137 2.0-bet1: RmiPsmmuParams type) */
struct rmi_psmmu_params {
	union { /* 0x000 */
		struct {
			u64 flags;	/* RmiPsmmuFlags */
			u64 gerr_addr;
			u64 gerr_data;
			u64 eventq_addr;
			u64 eventq_data;
			u64 priq_addr;
			u64 priq_data;
		};
		u8 pad_000[0x1000];
	};
};

static_assert(offsetof(struct rmi_psmmu_params, flags) == 0x000);
static_assert(offsetof(struct rmi_psmmu_params, gerr_addr) == 0x008);
static_assert(offsetof(struct rmi_psmmu_params, gerr_data) == 0x010);
static_assert(offsetof(struct rmi_psmmu_params, eventq_addr) == 0x018);
static_assert(offsetof(struct rmi_psmmu_params, eventq_data) == 0x020);
static_assert(offsetof(struct rmi_psmmu_params, priq_addr) == 0x028);
static_assert(offsetof(struct rmi_psmmu_params, priq_data) == 0x030);
static_assert(sizeof(struct rmi_psmmu_params) == SZ_4K);

/* RmiDevCommEnter (DEN0137 2.0-bet1: RmiDevCommEnter type) */
struct rmi_dev_comm_enter {
	union { /* 0x000 */
		struct {
			u8 status;	/* RmiDevCommStatus */
			u8 pad_001[0x7];
			u64 req_addr;
			u64 rsp_addr;
			u64 rsp_len;
		};
		u8 pad_000[0x100];
	};
};

static_assert(offsetof(struct rmi_dev_comm_enter, status) == 0x000);
static_assert(offsetof(struct rmi_dev_comm_enter, req_addr) == 0x008);
static_assert(offsetof(struct rmi_dev_comm_enter, rsp_addr) == 0x010);
static_assert(offsetof(struct rmi_dev_comm_enter, rsp_len) == 0x018);
static_assert(sizeof(struct rmi_dev_comm_enter) == SZ_256);

/* RmiDevCommExit (TF-RMM 9a7f8ef4: smc-rmi.h, RmiDevCommExit) */
struct rmi_dev_comm_exit {
	union { /* 0x000 */
		struct {
			u64 flags;	/* RmiDevCommExitFlags */
			u64 cache_req_offset;
			u64 cache_req_len;
			u64 cache_rsp_offset;
			u64 cache_rsp_len;
			u8 cache_obj_id;	/* RmiDevCommObject */
			u8 pad_029[0x7];
			u8 protocol;	/* RmiDevCommProtocol */
			u8 pad_031[0x7];
			u64 req_delay;	/* TF-RMM stores 8 bits. */
			u64 req_len;
			u64 timeout;
		};
		u8 pad_000[0x100];
	};
};

static_assert(offsetof(struct rmi_dev_comm_exit, flags) == 0x000);
static_assert(offsetof(struct rmi_dev_comm_exit, cache_req_offset) == 0x008);
static_assert(offsetof(struct rmi_dev_comm_exit, cache_req_len) == 0x010);
static_assert(offsetof(struct rmi_dev_comm_exit, cache_rsp_offset) == 0x018);
static_assert(offsetof(struct rmi_dev_comm_exit, cache_rsp_len) == 0x020);
static_assert(offsetof(struct rmi_dev_comm_exit, cache_obj_id) == 0x028);
static_assert(offsetof(struct rmi_dev_comm_exit, protocol) == 0x030);
static_assert(offsetof(struct rmi_dev_comm_exit, req_delay) == 0x038);
static_assert(offsetof(struct rmi_dev_comm_exit, req_len) == 0x040);
static_assert(offsetof(struct rmi_dev_comm_exit, timeout) == 0x048);
static_assert(sizeof(struct rmi_dev_comm_exit) == SZ_256);

/* RmiDevCommData (DEN0137 2.0-bet1: RmiDevCommData type) */
struct rmi_dev_comm_data {
	union { /* 0x000 */
		struct rmi_dev_comm_enter enter;
		u8 pad_000[0x800];
	};
	union { /* 0x800 */
		struct rmi_dev_comm_exit exit;
		u8 pad_800[0x800];
	};
};

static_assert(offsetof(struct rmi_dev_comm_data, enter) == 0x000);
static_assert(offsetof(struct rmi_dev_comm_data, exit) == 0x800);
static_assert(sizeof(struct rmi_dev_comm_data) == SZ_4K);

#endif /* LINUX_RMI_H */
