/* Generated from spec/rmi-*.json (tf-rmm-2.0). Do not edit; regenerate with spec/generate. */
/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */

#ifndef REALM_SPEC_TF_RMM_2_0_H
#define REALM_SPEC_TF_RMM_2_0_H

#include "rmi.h"

#ifdef __ASSEMBLER__
#define RMITF_U64(x) x
#else
#include <stddef.h>
#include <stdint.h>
#define RMITF_U64(x) UINT64_C(x)
#endif

/*
 * RmiRttEntryState (DEN0137 1.0-rel0, 2.0-bet1: RmiRttEntryState type). Specification text calls
 * these RMI_RTTE_*; Linux v14 has 0..2 only
 */
#define RMITF_UNASSIGNED 0	/* Protected: no granule. Unprotected: nothing mapped */
#define RMITF_RTTE_VOID 0
#define RMITF_ASSIGNED 1	/* Protected: DATA granule. Unprotected: mapped to NS memory */
#define RMITF_RTTE_DATA 1
#define RMITF_TABLE 2	/* Points to the next level table */
#define RMITF_RTTE_TABLE 2
#define RMITF_ASSIGNED_DEV 3	/* Device granule mapped */
#define RMITF_RTTE_NARCH_DEV 3
#define RMITF_AUX_DESTROYED 5	/* Auxiliary table was destroyed */
#define RMITF_RTTE_AUX_DESTROYED 5

/* RmiRecExitReason (DEN0137 1.0-rel0, 2.0-bet1: RmiRecExitReason type) */
#define RMITF_EXIT_SYNC 0	/* Synchronous exception: WFx, aborts, trapped system register */
#define RMITF_EXIT_IRQ 1
#define RMITF_EXIT_FIQ 2
#define RMITF_EXIT_PSCI 3	/* PSCI call needs the host; FID and arguments in exit.gprs */
#define RMITF_EXIT_RIPAS_CHANGE 4	/* Realm asked for a RIPAS change */
#define RMITF_EXIT_HOST_CALL 5	/* RSI_HOST_CALL */
#define RMITF_EXIT_SERROR 6
#define RMITF_EXIT_S2AP_CHANGE 7	/* Plane 0 asked for a stage 2 permission index change */
#define RMITF_EXIT_VDEV_REQUEST 8	/* Host must provide a VDEV with RMI_VDEV_COMPLETE */
#define RMITF_EXIT_DEV_MEM_MAP 9	/* Device mapping validation pending */
#define RMITF_EXIT_VDEV_P2P_BINDING 10

/* arguments not known */
#define SMC_RMITF_VSMMU_MAP RMITF_U64(0xC400016C)
/* arguments not known */
#define SMC_RMITF_VSMMU_UNMAP RMITF_U64(0xC400016D)
/* arguments not known */
#define SMC_RMITF_RTT_AUX_MAP_PROTECTED RMITF_U64(0xC4000180)
/* arguments not known */
#define SMC_RMITF_RTT_AUX_MAP_UNPROTECTED RMITF_U64(0xC4000181)
/* arguments not known */
#define SMC_RMITF_RTT_AUX_UNMAP_PROTECTED RMITF_U64(0xC4000183)
/* arguments not known */
#define SMC_RMITF_RTT_AUX_UNMAP_UNPROTECTED RMITF_U64(0xC4000184)

/*
 * RmiRealmFlags0 (DEN0137 1.0-rel0, 2.0-bet1: RmiRealmFlags0 type, RmiRealmFlags in 1.0). Linux v14
 * knows bits 0..2 only
 */
#define RMITF_REALM_FLAGS0_LPA2_SHIFT 0
#define RMITF_REALM_FLAGS0_LPA2_WIDTH 1
#define RMITF_REALM_FLAGS0_LPA2_MASK RMITF_U64(0x1)
#define RMITF_REALM_FLAGS0_SVE_SHIFT 1
#define RMITF_REALM_FLAGS0_SVE_WIDTH 1
#define RMITF_REALM_FLAGS0_SVE_MASK RMITF_U64(0x2)
#define RMITF_REALM_FLAGS0_PMU_SHIFT 2
#define RMITF_REALM_FLAGS0_PMU_WIDTH 1
#define RMITF_REALM_FLAGS0_PMU_MASK RMITF_U64(0x4)
#define RMITF_REALM_FLAGS0_DA_SHIFT 3
#define RMITF_REALM_FLAGS0_DA_WIDTH 1
#define RMITF_REALM_FLAGS0_DA_MASK RMITF_U64(0x8)
#define RMITF_REALM_FLAGS0_MEC_POLICY_SHIFT 7
#define RMITF_REALM_FLAGS0_MEC_POLICY_WIDTH 2
#define RMITF_REALM_FLAGS0_MEC_POLICY_MASK RMITF_U64(0x180)
#define RMITF_REALM_FLAGS0_MASK RMITF_U64(0x18f)	/* all of the above */

/* RmiRealmFlags1 (DEN0137 2.0-bet1: RmiRealmFlags1 type) */
#define RMITF_REALM_FLAGS1_RTT_TREE_PER_PLANE_SHIFT 0
#define RMITF_REALM_FLAGS1_RTT_TREE_PER_PLANE_WIDTH 1
#define RMITF_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK RMITF_U64(0x1)
#define RMITF_REALM_FLAGS1_RTT_S2AP_ENCODING_SHIFT 1
#define RMITF_REALM_FLAGS1_RTT_S2AP_ENCODING_WIDTH 1
#define RMITF_REALM_FLAGS1_RTT_S2AP_ENCODING_MASK RMITF_U64(0x2)
#define RMITF_REALM_FLAGS1_MASK RMITF_U64(0x3)	/* all of the above */

/*
 * RmiRecExit (DEN0137 1.0-rel0, 2.0-bet1: RmiRecExit type). RMM to host, second half of RmiRecRun.
 * TF-RMM declares exit_reason and pmu_ovf_status as 64 bits, imm as 32
 */
#define RMITF_REC_EXIT_SIZE 0x800
#define RMITF_REC_EXIT_EXIT_REASON_OFFSET 0x000
#define RMITF_REC_EXIT_ESR_OFFSET 0x100
#define RMITF_REC_EXIT_FAR_OFFSET 0x108
#define RMITF_REC_EXIT_HPFAR_OFFSET 0x110
#define RMITF_REC_EXIT_RTT_TREE_OFFSET 0x118
#define RMITF_REC_EXIT_RTT_LEVEL_OFFSET 0x120
#define RMITF_REC_EXIT_GPRS_OFFSET 0x200
#define RMITF_REC_EXIT_GPRS_COUNT 31
#define RMITF_REC_EXIT_CNTP_CTL_OFFSET 0x400
#define RMITF_REC_EXIT_CNTP_CVAL_OFFSET 0x408
#define RMITF_REC_EXIT_CNTV_CTL_OFFSET 0x410
#define RMITF_REC_EXIT_CNTV_CVAL_OFFSET 0x418
#define RMITF_REC_EXIT_RIPAS_BASE_OFFSET 0x500
#define RMITF_REC_EXIT_RIPAS_TOP_OFFSET 0x508
#define RMITF_REC_EXIT_RIPAS_VALUE_OFFSET 0x510
#define RMITF_REC_EXIT_S2AP_BASE_OFFSET 0x520
#define RMITF_REC_EXIT_S2AP_TOP_OFFSET 0x528
#define RMITF_REC_EXIT_VDEV_ID_1_OFFSET 0x530
#define RMITF_REC_EXIT_VDEV_ID_2_OFFSET 0x538
#define RMITF_REC_EXIT_DEV_MEM_BASE_OFFSET 0x540
#define RMITF_REC_EXIT_DEV_MEM_TOP_OFFSET 0x548
#define RMITF_REC_EXIT_DEV_MEM_PA_OFFSET 0x550
#define RMITF_REC_EXIT_IMM_OFFSET 0x600
#define RMITF_REC_EXIT_PLANE_OFFSET 0x608
#define RMITF_REC_EXIT_PMU_OVF_STATUS_OFFSET 0x700

/* RmiRecRun (DEN0137 1.0-rel0, 2.0-bet1: RmiRecRun type). Shared page of a REC */
#define RMITF_REC_RUN_SIZE 0x1000
#define RMITF_REC_RUN_ENTER_OFFSET 0x000
#define RMITF_REC_RUN_EXIT_OFFSET 0x800

/* X(name, FID) of commands that this variant does not know */
#define RMITF_ABSENT_COMMANDS(X) \
	X(RMI_VSMMU_EVENT_NOTIFY, RMITF_U64(0xC40001D6)) \
	X(RMI_DPT_L0_CREATE, RMITF_U64(0xC40001DD)) \
	X(RMI_DPT_L0_DESTROY, RMITF_U64(0xC40001DE)) \
	X(RMI_DPT_L1_CREATE, RMITF_U64(0xC40001DF)) \
	X(RMI_DPT_L1_DESTROY, RMITF_U64(0xC40001E0)) \
	X(RMI_RMM_STATE_GET, RMITF_U64(0xC40001EE)) \
	X(RMI_PSMMU_EVENT_CONSUME, RMITF_U64(0xC40001F0)) \
	X(RMI_RTT_ARCH_DEV_MAP, RMITF_U64(0xC40001F9)) \
	X(RMI_RTT_ARCH_DEV_UNMAP, RMITF_U64(0xC40001FA)) \
	X(RMI_RTT_AUX_PROT_MAP, RMITF_U64(0xC40001FD)) \
	X(RMI_RTT_AUX_PROT_UNMAP, RMITF_U64(0xC40001FE)) \
	X(RMI_RTT_AUX_UNPROT_MAP, RMITF_U64(0xC40001FF)) \
	X(RMI_RTT_AUX_UNPROT_UNMAP, RMITF_U64(0xC4000200)) \
	X(RMI_VSMMU_FEATURES, RMITF_U64(0xC400020B)) \
	X(RMI_VSMMU_CMD_GET, RMITF_U64(0xC400020C)) \
	X(RMI_VSMMU_CMD_COMPLETE, RMITF_U64(0xC400020D)) \
	X(RMI_PSMMU_INFO, RMITF_U64(0xC400020E))

/* X(name, FID) of commands that it knows and refuses */
#define RMITF_REFUSED_COMMANDS(X) \
	X(RMI_VSMMU_CREATE, RMITF_U64(0xC400016A)) \
	X(RMI_VSMMU_DESTROY, RMITF_U64(0xC400016B)) \
	X(RMI_VSMMU_MAP, RMITF_U64(0xC400016C)) \
	X(RMI_VSMMU_UNMAP, RMITF_U64(0xC400016D)) \
	X(RMI_PSMMU_IRQ_NOTIFY, RMITF_U64(0xC400016F)) \
	X(RMI_GRANULE_TRACKING_SET, RMITF_U64(0xC40001E3)) \
	X(RMI_GPT_L1_DESTROY, RMITF_U64(0xC40001F4))

#ifndef __ASSEMBLER__

#if defined(__cplusplus) || __STDC_VERSION__ > 201710L
#define RMITF_ASSERT(condition) static_assert(condition, #condition)
#else
#define RMITF_ASSERT(condition) _Static_assert(condition, #condition)
#endif

static inline uint64_t rmitf_realm_flags0_get_lpa2(uint64_t word)
{
	return (word & RMITF_REALM_FLAGS0_LPA2_MASK) >> RMITF_REALM_FLAGS0_LPA2_SHIFT;
}

static inline uint64_t rmitf_realm_flags0_set_lpa2(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMITF_REALM_FLAGS0_LPA2_MASK;

	return (word & ~mask) | ((value << RMITF_REALM_FLAGS0_LPA2_SHIFT) & mask);
}

static inline uint64_t rmitf_realm_flags0_get_sve(uint64_t word)
{
	return (word & RMITF_REALM_FLAGS0_SVE_MASK) >> RMITF_REALM_FLAGS0_SVE_SHIFT;
}

static inline uint64_t rmitf_realm_flags0_set_sve(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMITF_REALM_FLAGS0_SVE_MASK;

	return (word & ~mask) | ((value << RMITF_REALM_FLAGS0_SVE_SHIFT) & mask);
}

static inline uint64_t rmitf_realm_flags0_get_pmu(uint64_t word)
{
	return (word & RMITF_REALM_FLAGS0_PMU_MASK) >> RMITF_REALM_FLAGS0_PMU_SHIFT;
}

static inline uint64_t rmitf_realm_flags0_set_pmu(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMITF_REALM_FLAGS0_PMU_MASK;

	return (word & ~mask) | ((value << RMITF_REALM_FLAGS0_PMU_SHIFT) & mask);
}

static inline uint64_t rmitf_realm_flags0_get_da(uint64_t word)
{
	return (word & RMITF_REALM_FLAGS0_DA_MASK) >> RMITF_REALM_FLAGS0_DA_SHIFT;
}

static inline uint64_t rmitf_realm_flags0_set_da(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMITF_REALM_FLAGS0_DA_MASK;

	return (word & ~mask) | ((value << RMITF_REALM_FLAGS0_DA_SHIFT) & mask);
}

static inline uint64_t rmitf_realm_flags0_get_mec_policy(uint64_t word)
{
	return (word & RMITF_REALM_FLAGS0_MEC_POLICY_MASK) >> RMITF_REALM_FLAGS0_MEC_POLICY_SHIFT;
}

static inline uint64_t rmitf_realm_flags0_set_mec_policy(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMITF_REALM_FLAGS0_MEC_POLICY_MASK;

	return (word & ~mask) | ((value << RMITF_REALM_FLAGS0_MEC_POLICY_SHIFT) & mask);
}

static inline uint64_t rmitf_realm_flags1_get_rtt_tree_per_plane(uint64_t word)
{
	return (word & RMITF_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK) >>
		RMITF_REALM_FLAGS1_RTT_TREE_PER_PLANE_SHIFT;
}

static inline uint64_t rmitf_realm_flags1_set_rtt_tree_per_plane(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMITF_REALM_FLAGS1_RTT_TREE_PER_PLANE_MASK;

	return (word & ~mask) | ((value << RMITF_REALM_FLAGS1_RTT_TREE_PER_PLANE_SHIFT) & mask);
}

static inline uint64_t rmitf_realm_flags1_get_rtt_s2ap_encoding(uint64_t word)
{
	return (word & RMITF_REALM_FLAGS1_RTT_S2AP_ENCODING_MASK) >>
		RMITF_REALM_FLAGS1_RTT_S2AP_ENCODING_SHIFT;
}

static inline uint64_t rmitf_realm_flags1_set_rtt_s2ap_encoding(uint64_t word, uint64_t value)
{
	const uint64_t mask = RMITF_REALM_FLAGS1_RTT_S2AP_ENCODING_MASK;

	return (word & ~mask) | ((value << RMITF_REALM_FLAGS1_RTT_S2AP_ENCODING_SHIFT) & mask);
}

struct rmitf_rec_exit {
	uint8_t exit_reason;	/* RmiRecExitReason */
	uint8_t pad_001[255];
	uint64_t esr;
	uint64_t far;
	uint64_t hpfar;
	uint64_t rtt_tree;	/* Tree that caused the exit; 0 = primary */
	int64_t rtt_level;
	uint8_t pad_128[216];
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
	uint8_t pad_701[255];
};

RMITF_ASSERT(offsetof(struct rmitf_rec_exit, exit_reason) == RMITF_REC_EXIT_EXIT_REASON_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, esr) == RMITF_REC_EXIT_ESR_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, far) == RMITF_REC_EXIT_FAR_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, hpfar) == RMITF_REC_EXIT_HPFAR_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, rtt_tree) == RMITF_REC_EXIT_RTT_TREE_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, rtt_level) == RMITF_REC_EXIT_RTT_LEVEL_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, gprs) == RMITF_REC_EXIT_GPRS_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, cntp_ctl) == RMITF_REC_EXIT_CNTP_CTL_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, cntp_cval) == RMITF_REC_EXIT_CNTP_CVAL_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, cntv_ctl) == RMITF_REC_EXIT_CNTV_CTL_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, cntv_cval) == RMITF_REC_EXIT_CNTV_CVAL_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, ripas_base) == RMITF_REC_EXIT_RIPAS_BASE_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, ripas_top) == RMITF_REC_EXIT_RIPAS_TOP_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, ripas_value) == RMITF_REC_EXIT_RIPAS_VALUE_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, s2ap_base) == RMITF_REC_EXIT_S2AP_BASE_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, s2ap_top) == RMITF_REC_EXIT_S2AP_TOP_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, vdev_id_1) == RMITF_REC_EXIT_VDEV_ID_1_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, vdev_id_2) == RMITF_REC_EXIT_VDEV_ID_2_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, dev_mem_base) == RMITF_REC_EXIT_DEV_MEM_BASE_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, dev_mem_top) == RMITF_REC_EXIT_DEV_MEM_TOP_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, dev_mem_pa) == RMITF_REC_EXIT_DEV_MEM_PA_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, imm) == RMITF_REC_EXIT_IMM_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, plane) == RMITF_REC_EXIT_PLANE_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_exit, pmu_ovf_status) ==
	RMITF_REC_EXIT_PMU_OVF_STATUS_OFFSET);
RMITF_ASSERT(sizeof(struct rmitf_rec_exit) == RMITF_REC_EXIT_SIZE);

struct rmitf_rec_run {
	struct rmi_rec_enter enter;
	struct rmitf_rec_exit exit;
};

RMITF_ASSERT(offsetof(struct rmitf_rec_run, enter) == RMITF_REC_RUN_ENTER_OFFSET);
RMITF_ASSERT(offsetof(struct rmitf_rec_run, exit) == RMITF_REC_RUN_EXIT_OFFSET);
RMITF_ASSERT(sizeof(struct rmitf_rec_run) == RMITF_REC_RUN_SIZE);

#endif /* __ASSEMBLER__ */

#endif /* REALM_SPEC_TF_RMM_2_0_H */
