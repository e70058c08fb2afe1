/* Generated from spec/kvm-*.json (rmm-2.0). Do not edit; regenerate with spec/generate. */
/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */

#ifndef REALM_SPEC_KVM_REALM_H
#define REALM_SPEC_KVM_REALM_H

#ifdef __ASSEMBLER__
#define REALM_KVM_U64(x) x
#else
#include <stddef.h>
#include <stdint.h>
#define REALM_KVM_U64(x) UINT64_C(x)
#endif

/*
 * KvmPopulate (Linux CCA RFC v1 to v15: Documentation/virt/kvm/api.rst and the code). How a range
 * gets its content
 */
/* KVM_ENABLE_CAP, 16 bytes, always measured; content taken from the shared alias */
#define REALM_KVM_POPULATE_CAP_V1 0
/* KVM_ENABLE_CAP, 32 bytes with flags; content taken from the shared alias */
#define REALM_KVM_POPULATE_CAP 1
/* KVM_ARM_RMI_POPULATE_V12 from a source pointer; returns the bytes done */
#define REALM_KVM_POPULATE_COUNT 2
/* KVM_ARM_RMI_POPULATE_V13 from a source pointer; advances the structure */
#define REALM_KVM_POPULATE_ADVANCE 3

/*
 * KvmRipas (Linux CCA RFC v1 to v15: Documentation/virt/kvm/api.rst and the code). How RAM gets
 * RIPAS RAM
 */
#define REALM_KVM_RIPAS_CAP_V1 0	/* KVM_ENABLE_CAP, 16 bytes */
#define REALM_KVM_RIPAS_CAP 1	/* KVM_ENABLE_CAP, 32 bytes */
#define REALM_KVM_RIPAS_SLOTS 2	/* Activation makes all guest_memfd slots RAM */
#define REALM_KVM_RIPAS_IOCTL 3	/* KVM_ARM_RMI_INIT_RIPAS, number not seen */

/*
 * KvmSeal (Linux CCA RFC v1 to v15: Documentation/virt/kvm/api.rst and the code). What creates RECs
 * and activates the realm
 */
#define REALM_KVM_SEAL_EXPLICIT 0	/* FINALIZE(REC) of every vcpu, then ACTIVATE_REALM */
#define REALM_KVM_SEAL_FIRST_RUN 1	/* First KVM_RUN: RECs in index order, RIPAS, activation */

/*
 * KvmOrder (Linux CCA RFC v1 to v15: Documentation/virt/kvm/api.rst and the code). Order of what
 * the RMM sees
 */
#define REALM_KVM_ORDER_RIPAS_LOADS_RECS 0
#define REALM_KVM_ORDER_LOADS_RECS_RIPAS 1

/*
 * KvmAttributes (Linux CCA RFC v1 to v15: Documentation/virt/kvm/api.rst and the code). Who owns
 * the private or shared state of a page
 */
#define REALM_KVM_ATTRIBUTES_NONE 0
#define REALM_KVM_ATTRIBUTES_VM 1	/* KVM_SET_MEMORY_ATTRIBUTES */
/* The file: private for ever, or KVM_SET_MEMORY_ATTRIBUTES2 */
#define REALM_KVM_ATTRIBUTES_GUEST_MEMFD 2

/*
 * KvmSetting (Linux CCA RFC v1 to v15: Documentation/virt/kvm/api.rst and the code). How a realm
 * parameter is chosen
 */
#define REALM_KVM_SETTING_FIXED 0	/* It is not: hash SHA-256, zero RPV, no PMU, no LPA2 */
#define REALM_KVM_SETTING_CONFIG 1	/* Item of CONFIG_REALM */
#define REALM_KVM_SETTING_REGISTER 2	/* Vcpu register before the realm is created */
#define REALM_KVM_SETTING_HOST 3	/* The host decides */

/*
 * KvmVmType (Linux 7.3: include/uapi/linux/kvm.h). Type argument of KVM_CREATE_VM, or-ed with the
 * IPA bits
 */
#define REALM_KVM_VM_TYPE_IPA_MASK 0xff	/* IPA bits; 0 is the legacy 40 */
#define REALM_KVM_VM_TYPE_REALM_V1 0x100	/* RFC v1 to v13: bits 11:8 are 1 */
#define REALM_KVM_VM_TYPE_REALM_V14 0x40000000	/* v14 on */
/* pKVM; not together with a realm type */
#define REALM_KVM_VM_TYPE_PROTECTED REALM_KVM_U64(0x80000000)

/*
 * KvmCap (Linux 7.3: include/uapi/linux/kvm.h). Capabilities. Those of the CCA series collide with
 * others upstream: a number alone proves nothing
 */
#define REALM_KVM_CAP_IRQCHIP 0
#define REALM_KVM_CAP_NR_VCPUS 9
#define REALM_KVM_CAP_MAX_VCPUS 66
#define REALM_KVM_CAP_ARM_PSCI 87
#define REALM_KVM_CAP_DEVICE_CTRL 89
#define REALM_KVM_CAP_ARM_PSCI_0_2 102
#define REALM_KVM_CAP_CHECK_EXTENSION_VM 105
#define REALM_KVM_CAP_GUEST_DEBUG_HW_BPS 119	/* Breakpoints of the host */
#define REALM_KVM_CAP_GUEST_DEBUG_HW_WPS 120	/* Watchpoints of the host */
#define REALM_KVM_CAP_ARM_PMU_V3 126
#define REALM_KVM_CAP_MAX_VCPU_ID 128
#define REALM_KVM_CAP_MSI_DEVID 131
#define REALM_KVM_CAP_IMMEDIATE_EXIT 136
#define REALM_KVM_CAP_ARM_USER_IRQ 144	/* Nonzero on ordinary VMs, zero on a realm from v12 on */
#define REALM_KVM_CAP_ARM_VM_IPA_SIZE 165
#define REALM_KVM_CAP_ARM_SVE 170
#define REALM_KVM_CAP_ARM_PTRAUTH_ADDRESS 171
#define REALM_KVM_CAP_ARM_PTRAUTH_GENERIC 172
/* Nonzero on ordinary VMs, zero on a realm from v12 on */
#define REALM_KVM_CAP_ARM_NISV_TO_USER 177
#define REALM_KVM_CAP_ARM_INJECT_EXT_DABT 178
#define REALM_KVM_CAP_COUNTER_OFFSET 227
#define REALM_KVM_CAP_USER_MEMORY2 231
#define REALM_KVM_CAP_MEMORY_FAULT_INFO 232
#define REALM_KVM_CAP_MEMORY_ATTRIBUTES 233
#define REALM_KVM_CAP_GUEST_MEMFD 234
#define REALM_KVM_CAP_VM_TYPES 235
#define REALM_KVM_CAP_PRE_FAULT_MEMORY 236
#define REALM_KVM_CAP_X86_APIC_BUS_CYCLES_NS 237
#define REALM_KVM_CAP_X86_GUEST_MODE 238
/* Nonzero on ordinary VMs; can be enabled, so never guess it */
#define REALM_KVM_CAP_ARM_WRITABLE_IMP_ID_REGS 239
#define REALM_KVM_CAP_ARM_EL2 240
#define REALM_KVM_CAP_ARM_EL2_E2H0 241
#define REALM_KVM_CAP_RISCV_MP_STATE_RESET 242
#define REALM_KVM_CAP_ARM_CACHEABLE_PFNMAP_SUPPORTED 243
#define REALM_KVM_CAP_GUEST_MEMFD_FLAGS 244
/* Nonzero on ordinary VMs; can be enabled, so never guess it */
#define REALM_KVM_CAP_ARM_SEA_TO_USER 245
#define REALM_KVM_CAP_S390_USER_OPEREXEC 246
#define REALM_KVM_CAP_S390_KEYOP 247
#define REALM_KVM_CAP_S390_VSIE_ESAMODE 248
#define REALM_KVM_CAP_S390_HPAGE_2G 249
#define REALM_KVM_CAP_PPC_COMPAT_CAPS 250
#define REALM_KVM_CAP_ARM_PMU_V3_STRICT 251	/* 1 on any host with a guest PMU */
#define REALM_KVM_CAP_ARM_RME_V1 300	/* RFC v1 to v7; Inferred for v7. */
#define REALM_KVM_CAP_ARM_RME_V8 240
#define REALM_KVM_CAP_ARM_RME_V9 243
/* The number of v11 was not seen; NVIDIA's kernels publish theirs as a module parameter. */
#define REALM_KVM_CAP_ARM_RME_V10 244
#define REALM_KVM_CAP_ARM_RMI_V12 247
#define REALM_KVM_CAP_ARM_RMI_V13 248
#define REALM_KVM_CAP_ARM_RMI_V14 249
#define REALM_KVM_CAP_GUEST_MEMFD_MEMORY_ATTRIBUTES_V15 250
#define REALM_KVM_CAP_ARM_RMI_V15 251	/* Has to move: 7.3 gave the number away. */

/*
 * KvmVcpuFeature (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h). Bit numbers in features[0] of
 * KVM_ARM_VCPU_INIT
 */
#define REALM_KVM_ARM_VCPU_POWER_OFF 0
#define REALM_KVM_ARM_VCPU_EL1_32BIT 1
#define REALM_KVM_ARM_VCPU_PSCI_0_2 2	/* Mandatory in a realm */
#define REALM_KVM_ARM_VCPU_PMU_V3 3
#define REALM_KVM_ARM_VCPU_SVE 4
#define REALM_KVM_ARM_VCPU_PTRAUTH_ADDRESS 5
#define REALM_KVM_ARM_VCPU_PTRAUTH_GENERIC 6
#define REALM_KVM_ARM_VCPU_HAS_EL2 7
#define REALM_KVM_ARM_VCPU_HAS_EL2_E2H0 8
#define REALM_KVM_ARM_VCPU_PMU_V3_STRICT 9	/* 7.3 on */
#define REALM_KVM_ARM_VCPU_REC_V1 7
#define REALM_KVM_ARM_VCPU_REC_V2 8	/* v2 to v7 */
#define REALM_KVM_ARM_VCPU_REC_V8 9	/* v8 to v11 */

/* KvmFlags (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_MEMORY_ATTRIBUTE_PRIVATE 8
#define REALM_KVM_MEMORY_EXIT_FLAG_PRIVATE 8
#define REALM_KVM_MEM_LOG_DIRTY_PAGES 1	/* Memslot flag */
#define REALM_KVM_MEM_READONLY 2	/* Memslot flag */
#define REALM_KVM_MEM_GUEST_MEMFD 4	/* Memslot flag */
#define REALM_KVM_GUEST_MEMFD_FLAG_MMAP 1
#define REALM_KVM_GUEST_MEMFD_FLAG_INIT_SHARED 2
#define REALM_KVM_ARM_RMI_POPULATE_FLAGS_MEASURE 1	/* Same in the enable-cap form */
#define REALM_KVM_CREATE_DEVICE_TEST 1	/* Only say whether the type is there */
#define REALM_KVM_HYPERCALL_EXIT_SMC 1	/* Flag of the hypercall exit: an SMC, else an HVC */
#define REALM_KVM_HYPERCALL_EXIT_16BIT 2	/* Flag of the hypercall exit: a T32 instruction */
#define REALM_KVM_API_VERSION 12

/* KvmRegister (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h). Register ids of KVM_SET_ONE_REG */
#define REALM_KVM_REG_ARM64_X0 REALM_KVM_U64(0x6030000000100000)
#define REALM_KVM_REG_ARM64_X_STEP 2	/* From one general register to the next */
#define REALM_KVM_REG_ARM64_PC REALM_KVM_U64(0x6030000000100040)
/* Breakpoints and watchpoints, before creation */
#define REALM_KVM_REG_ARM64_ID_AA64DFR0_EL1 REALM_KVM_U64(0x603000000013c028)
#define REALM_KVM_REG_ARM64_PMCR_EL0 REALM_KVM_U64(0x603000000013dce0)	/* PMU counters, field N */
/* 512 bits; bit n is vector length (n + 1) * 128 bits */
#define REALM_KVM_REG_ARM64_SVE_VLS REALM_KVM_U64(0x606000000015ffff)

/* KvmExit (Linux 7.3: include/uapi/linux/kvm.h). exit_reason of kvm_run */
#define REALM_KVM_EXIT_HYPERCALL 3
#define REALM_KVM_EXIT_MMIO 6
#define REALM_KVM_EXIT_SHUTDOWN 8
#define REALM_KVM_EXIT_FAIL_ENTRY 9
#define REALM_KVM_EXIT_INTERNAL_ERROR 17
#define REALM_KVM_EXIT_SYSTEM_EVENT 24
#define REALM_KVM_EXIT_ARM_NISV 28	/* Not produced for realms */
#define REALM_KVM_EXIT_MEMORY_FAULT 39
#define REALM_KVM_EXIT_ARM_SEA 41
#define REALM_KVM_EXIT_ARM_LDST64B 42
#define REALM_KVM_EXIT_SNP_REQ_CERTS 43
#define REALM_KVM_EXIT_ARM64_TIO 44

/* KvmSystemEvent (Linux 7.3: include/uapi/linux/kvm.h). type of the system event exit */
#define REALM_KVM_SYSTEM_EVENT_SHUTDOWN 1
#define REALM_KVM_SYSTEM_EVENT_RESET 2
#define REALM_KVM_SYSTEM_EVENT_CRASH 3
#define REALM_KVM_SYSTEM_EVENT_WAKEUP 4
#define REALM_KVM_SYSTEM_EVENT_SUSPEND 5
#define REALM_KVM_SYSTEM_EVENT_SEV_TERM 6

/* KvmMpState (Linux 7.3: include/uapi/linux/kvm.h). State of a vcpu; arm64 knows these three */
#define REALM_KVM_MP_STATE_RUNNABLE 0
#define REALM_KVM_MP_STATE_STOPPED 5
#define REALM_KVM_MP_STATE_SUSPENDED 10

/* KvmDeviceType (Linux 7.3: include/uapi/linux/kvm.h). type of KVM_CREATE_DEVICE */
#define REALM_KVM_DEV_TYPE_ARM_VGIC_V2 5
#define REALM_KVM_DEV_TYPE_ARM_VGIC_V3 7
#define REALM_KVM_DEV_TYPE_ARM_VGIC_ITS 8

/*
 * KvmVgicGroup (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h). group of a device attribute of the
 * vGIC
 */
#define REALM_KVM_DEV_ARM_VGIC_GRP_ADDR 0
#define REALM_KVM_DEV_ARM_VGIC_GRP_DIST_REGS 1
#define REALM_KVM_DEV_ARM_VGIC_GRP_CPU_REGS 2
#define REALM_KVM_DEV_ARM_VGIC_GRP_NR_IRQS 3
#define REALM_KVM_DEV_ARM_VGIC_GRP_CTRL 4
#define REALM_KVM_DEV_ARM_VGIC_GRP_REDIST_REGS 5
#define REALM_KVM_DEV_ARM_VGIC_GRP_CPU_SYSREGS 6
#define REALM_KVM_DEV_ARM_VGIC_GRP_LEVEL_INFO 7
#define REALM_KVM_DEV_ARM_VGIC_GRP_ITS_REGS 8

/*
 * KvmVgicAttribute (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h). attr in the groups ADDR and CTRL
 */
#define REALM_KVM_VGIC_V3_ADDR_TYPE_DIST 2
#define REALM_KVM_VGIC_V3_ADDR_TYPE_REDIST 3
#define REALM_KVM_VGIC_ITS_ADDR_TYPE 4
#define REALM_KVM_VGIC_V3_ADDR_TYPE_REDIST_REGION 5
#define REALM_KVM_DEV_ARM_VGIC_CTRL_INIT 0

/*
 * KvmVmAttribute (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h). group and attr on a VM fd: the
 * filter that says where SMCCC calls go
 */
#define REALM_KVM_ARM_VM_SMCCC_CTRL 0	/* group */
#define REALM_KVM_ARM_VM_SMCCC_FILTER 0	/* attr */

/*
 * KvmVcpuAttribute (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h). group and attr on a vcpu fd: a
 * vcpu with PMU_V3 runs only after both
 */
#define REALM_KVM_ARM_VCPU_PMU_V3_CTRL 0	/* group */
#define REALM_KVM_ARM_VCPU_PMU_V3_IRQ 0	/* attr; an int, the interrupt */
#define REALM_KVM_ARM_VCPU_PMU_V3_INIT 1	/* attr; no value */

/* KvmSmcccAction (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h). action of kvm_smccc_filter */
#define REALM_KVM_SMCCC_FILTER_HANDLE 0
#define REALM_KVM_SMCCC_FILTER_DENY 1
#define REALM_KVM_SMCCC_FILTER_FWD_TO_USER 2

/*
 * KvmRmeCommand (Linux CCA RFC v1 to v11: KVM_CAP_ARM_RME commands). args[0] of KVM_ENABLE_CAP in
 * the rme families; args[1] points to the structure
 */
#define REALM_KVM_CAP_ARM_RME_CONFIG_REALM 0
#define REALM_KVM_CAP_ARM_RME_CREATE_REALM 1	/* CREATE_RD up to v6 */
#define REALM_KVM_CAP_ARM_RME_INIT_RIPAS_REALM 2	/* INIT_IPA_REALM up to v6 */
#define REALM_KVM_CAP_ARM_RME_POPULATE_REALM 3
#define REALM_KVM_CAP_ARM_RME_ACTIVATE_REALM 4

/*
 * KvmRmeConfig (Linux CCA RFC v1 to v11: KVM_CAP_ARM_RME_CONFIG_REALM). cfg of kvm_arm_rme_config.
 * NVIDIA's kernels add items for MEC; their numbers are not verified and not given here
 */
#define REALM_KVM_CAP_ARM_RME_CFG_RPV 0	/* 64 bytes */
#define REALM_KVM_CAP_ARM_RME_CFG_HASH_ALGO 1	/* u32, RmmHashAlgorithm; SHA-256 and SHA-512 */
#define REALM_KVM_CAP_ARM_RME_CFG_SVE 2	/* u32 vector quadwords, RFC v1 alone */
#define REALM_KVM_CAP_ARM_RME_CFG_DBG 3	/* u32 breakpoints, u32 watchpoints, RFC v1 alone */
#define REALM_KVM_CAP_ARM_RME_CFG_PMU 4	/* u32 counters, RFC v1 alone */

/*
 * KvmVcpuId (Linux 7.3: arch/arm64/kvm/sys_regs.c, reset of MPIDR_EL1). How KVM makes the affinity
 * of a vcpu from its id; the REC gets it without bit 31 of MPIDR_EL1
 */
#define REALM_KVM_VCPU_ID_AFF0_SHIFT 0
#define REALM_KVM_VCPU_ID_AFF0_WIDTH 4
#define REALM_KVM_VCPU_ID_AFF0_MASK REALM_KVM_U64(0xf)
#define REALM_KVM_VCPU_ID_AFF1_SHIFT 4
#define REALM_KVM_VCPU_ID_AFF1_WIDTH 8
#define REALM_KVM_VCPU_ID_AFF1_MASK REALM_KVM_U64(0xff0)
#define REALM_KVM_VCPU_ID_AFF2_SHIFT 12
#define REALM_KVM_VCPU_ID_AFF2_WIDTH 8
#define REALM_KVM_VCPU_ID_AFF2_MASK REALM_KVM_U64(0xff000)
#define REALM_KVM_VCPU_ID_MASK REALM_KVM_U64(0xfffff)	/* all of the above */

/* KvmMpidr (Linux 7.3: arch/arm64/kvm/sys_regs.c, reset of MPIDR_EL1) */
#define REALM_KVM_MPIDR_AFF0_SHIFT 0
#define REALM_KVM_MPIDR_AFF0_WIDTH 8
#define REALM_KVM_MPIDR_AFF0_MASK REALM_KVM_U64(0xff)
#define REALM_KVM_MPIDR_AFF1_SHIFT 8
#define REALM_KVM_MPIDR_AFF1_WIDTH 8
#define REALM_KVM_MPIDR_AFF1_MASK REALM_KVM_U64(0xff00)
#define REALM_KVM_MPIDR_AFF2_SHIFT 16
#define REALM_KVM_MPIDR_AFF2_WIDTH 8
#define REALM_KVM_MPIDR_AFF2_MASK REALM_KVM_U64(0xff0000)
#define REALM_KVM_MPIDR_RES1_SHIFT 31
#define REALM_KVM_MPIDR_RES1_WIDTH 1
#define REALM_KVM_MPIDR_RES1_MASK REALM_KVM_U64(0x80000000)
#define REALM_KVM_MPIDR_MASK REALM_KVM_U64(0x80ffffff)	/* all of the above */

/*
 * KvmDfr0 (DDI 0487 K.a: ID_AA64DFR0_EL1). What shapes a realm; the counts are one less than the
 * number
 */
#define REALM_KVM_ID_AA64DFR0_EL1_PMUVER_SHIFT 8	/* 0: no PMU */
#define REALM_KVM_ID_AA64DFR0_EL1_PMUVER_WIDTH 4
#define REALM_KVM_ID_AA64DFR0_EL1_PMUVER_MASK REALM_KVM_U64(0xf00)
#define REALM_KVM_ID_AA64DFR0_EL1_BRPS_SHIFT 12
#define REALM_KVM_ID_AA64DFR0_EL1_BRPS_WIDTH 4
#define REALM_KVM_ID_AA64DFR0_EL1_BRPS_MASK REALM_KVM_U64(0xf000)
#define REALM_KVM_ID_AA64DFR0_EL1_WRPS_SHIFT 20
#define REALM_KVM_ID_AA64DFR0_EL1_WRPS_WIDTH 4
#define REALM_KVM_ID_AA64DFR0_EL1_WRPS_MASK REALM_KVM_U64(0xf00000)
/* Breakpoints that compare a context, at most BRPs */
#define REALM_KVM_ID_AA64DFR0_EL1_CTX_CMPS_SHIFT 28
#define REALM_KVM_ID_AA64DFR0_EL1_CTX_CMPS_WIDTH 4
#define REALM_KVM_ID_AA64DFR0_EL1_CTX_CMPS_MASK REALM_KVM_U64(0xf0000000)
#define REALM_KVM_ID_AA64DFR0_EL1_MASK REALM_KVM_U64(0xf0f0ff00)	/* all of the above */

/* KvmPmcr (DDI 0487 K.a: PMCR_EL0) */
#define REALM_KVM_PMCR_EL0_N_SHIFT 11	/* Event counters */
#define REALM_KVM_PMCR_EL0_N_WIDTH 5
#define REALM_KVM_PMCR_EL0_N_MASK REALM_KVM_U64(0xf800)
#define REALM_KVM_PMCR_EL0_MASK REALM_KVM_U64(0xf800)	/* all of the above */

/* kvm_enable_cap (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_ENABLE_CAP_SIZE 104
#define REALM_KVM_ENABLE_CAP_CAP_OFFSET 0x000
#define REALM_KVM_ENABLE_CAP_FLAGS_OFFSET 0x004
#define REALM_KVM_ENABLE_CAP_ARGS_OFFSET 0x008
#define REALM_KVM_ENABLE_CAP_ARGS_COUNT 4
#define REALM_KVM_ENABLE_CAP_PAD_OFFSET 0x028
#define REALM_KVM_ENABLE_CAP_PAD_COUNT 64

/* kvm_userspace_memory_region (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_USERSPACE_MEMORY_REGION_SIZE 32
#define REALM_KVM_USERSPACE_MEMORY_REGION_SLOT_OFFSET 0x000
#define REALM_KVM_USERSPACE_MEMORY_REGION_FLAGS_OFFSET 0x004
#define REALM_KVM_USERSPACE_MEMORY_REGION_GUEST_PHYS_ADDR_OFFSET 0x008
#define REALM_KVM_USERSPACE_MEMORY_REGION_MEMORY_SIZE_OFFSET 0x010
#define REALM_KVM_USERSPACE_MEMORY_REGION_USERSPACE_ADDR_OFFSET 0x018

/* kvm_userspace_memory_region2 (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_USERSPACE_MEMORY_REGION2_SIZE 160
#define REALM_KVM_USERSPACE_MEMORY_REGION2_SLOT_OFFSET 0x000
#define REALM_KVM_USERSPACE_MEMORY_REGION2_FLAGS_OFFSET 0x004
#define REALM_KVM_USERSPACE_MEMORY_REGION2_GUEST_PHYS_ADDR_OFFSET 0x008
#define REALM_KVM_USERSPACE_MEMORY_REGION2_MEMORY_SIZE_OFFSET 0x010
#define REALM_KVM_USERSPACE_MEMORY_REGION2_USERSPACE_ADDR_OFFSET 0x018
#define REALM_KVM_USERSPACE_MEMORY_REGION2_GUEST_MEMFD_OFFSET_OFFSET 0x020
#define REALM_KVM_USERSPACE_MEMORY_REGION2_GUEST_MEMFD_OFFSET 0x028
#define REALM_KVM_USERSPACE_MEMORY_REGION2_PAD1_OFFSET 0x02c
#define REALM_KVM_USERSPACE_MEMORY_REGION2_PAD2_OFFSET 0x030
#define REALM_KVM_USERSPACE_MEMORY_REGION2_PAD2_COUNT 14

/* kvm_create_guest_memfd (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_CREATE_GUEST_MEMFD_SIZE 64
#define REALM_KVM_CREATE_GUEST_MEMFD_SIZE_OFFSET 0x000
#define REALM_KVM_CREATE_GUEST_MEMFD_FLAGS_OFFSET 0x008
#define REALM_KVM_CREATE_GUEST_MEMFD_RESERVED_OFFSET 0x010
#define REALM_KVM_CREATE_GUEST_MEMFD_RESERVED_COUNT 6

/* kvm_memory_attributes (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_MEMORY_ATTRIBUTES_SIZE 32
#define REALM_KVM_MEMORY_ATTRIBUTES_ADDRESS_OFFSET 0x000
#define REALM_KVM_MEMORY_ATTRIBUTES_SIZE_OFFSET 0x008
#define REALM_KVM_MEMORY_ATTRIBUTES_ATTRIBUTES_OFFSET 0x010
#define REALM_KVM_MEMORY_ATTRIBUTES_FLAGS_OFFSET 0x018

/*
 * kvm_memory_attributes2 (Linux guest_memfd in-place v8: struct kvm_memory_attributes2). Inferred
 * from a VMM that uses it
 */
#define REALM_KVM_MEMORY_ATTRIBUTES2_SIZE 128
#define REALM_KVM_MEMORY_ATTRIBUTES2_OFFSET_OFFSET 0x000
#define REALM_KVM_MEMORY_ATTRIBUTES2_SIZE_OFFSET 0x008
#define REALM_KVM_MEMORY_ATTRIBUTES2_ATTRIBUTES_OFFSET 0x010
#define REALM_KVM_MEMORY_ATTRIBUTES2_FLAGS_OFFSET 0x018
#define REALM_KVM_MEMORY_ATTRIBUTES2_ERROR_OFFSET_OFFSET 0x020
#define REALM_KVM_MEMORY_ATTRIBUTES2_RESERVED_OFFSET 0x028
#define REALM_KVM_MEMORY_ATTRIBUTES2_RESERVED_COUNT 11

/* kvm_pre_fault_memory (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_PRE_FAULT_MEMORY_SIZE 64
#define REALM_KVM_PRE_FAULT_MEMORY_GPA_OFFSET 0x000
#define REALM_KVM_PRE_FAULT_MEMORY_SIZE_OFFSET 0x008
#define REALM_KVM_PRE_FAULT_MEMORY_FLAGS_OFFSET 0x010
#define REALM_KVM_PRE_FAULT_MEMORY_PADDING_OFFSET 0x018
#define REALM_KVM_PRE_FAULT_MEMORY_PADDING_COUNT 5

/* kvm_vcpu_init (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h) */
#define REALM_KVM_VCPU_INIT_SIZE 32
#define REALM_KVM_VCPU_INIT_TARGET_OFFSET 0x000
#define REALM_KVM_VCPU_INIT_FEATURES_OFFSET 0x004
#define REALM_KVM_VCPU_INIT_FEATURES_COUNT 7

/* kvm_one_reg (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_ONE_REG_SIZE 16
#define REALM_KVM_ONE_REG_ID_OFFSET 0x000
#define REALM_KVM_ONE_REG_ADDR_OFFSET 0x008

/* kvm_reg_list (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_REG_LIST_SIZE 8
#define REALM_KVM_REG_LIST_N_OFFSET 0x000

/* kvm_mp_state (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_MP_STATE_SIZE 4
#define REALM_KVM_MP_STATE_MP_STATE_OFFSET 0x000

/*
 * kvm_vcpu_exception (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h, exception of struct
 * kvm_vcpu_events)
 */
#define REALM_KVM_VCPU_EXCEPTION_SIZE 16
#define REALM_KVM_VCPU_EXCEPTION_SERROR_PENDING_OFFSET 0x000
#define REALM_KVM_VCPU_EXCEPTION_SERROR_HAS_ESR_OFFSET 0x001
#define REALM_KVM_VCPU_EXCEPTION_EXT_DABT_PENDING_OFFSET 0x002
#define REALM_KVM_VCPU_EXCEPTION_PAD_OFFSET 0x003
#define REALM_KVM_VCPU_EXCEPTION_PAD_COUNT 5
#define REALM_KVM_VCPU_EXCEPTION_SERROR_ESR_OFFSET 0x008

/* kvm_vcpu_events (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h) */
#define REALM_KVM_VCPU_EVENTS_SIZE 64
#define REALM_KVM_VCPU_EVENTS_EXCEPTION_OFFSET 0x000
#define REALM_KVM_VCPU_EVENTS_RESERVED_OFFSET 0x010
#define REALM_KVM_VCPU_EVENTS_RESERVED_COUNT 12

/* kvm_arm_counter_offset (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h) */
#define REALM_KVM_ARM_COUNTER_OFFSET_SIZE 16
#define REALM_KVM_ARM_COUNTER_OFFSET_COUNTER_OFFSET_OFFSET 0x000
#define REALM_KVM_ARM_COUNTER_OFFSET_RESERVED_OFFSET 0x008

/* kvm_create_device (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_CREATE_DEVICE_SIZE 12
#define REALM_KVM_CREATE_DEVICE_TYPE_OFFSET 0x000
#define REALM_KVM_CREATE_DEVICE_FD_OFFSET 0x004
#define REALM_KVM_CREATE_DEVICE_FLAGS_OFFSET 0x008

/* kvm_device_attr (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_DEVICE_ATTR_SIZE 24
#define REALM_KVM_DEVICE_ATTR_FLAGS_OFFSET 0x000
#define REALM_KVM_DEVICE_ATTR_GROUP_OFFSET 0x004
#define REALM_KVM_DEVICE_ATTR_ATTR_OFFSET 0x008
#define REALM_KVM_DEVICE_ATTR_ADDR_OFFSET 0x010

/* kvm_smccc_filter (Linux 7.3: arch/arm64/include/uapi/asm/kvm.h) */
#define REALM_KVM_SMCCC_FILTER_SIZE 24
#define REALM_KVM_SMCCC_FILTER_BASE_OFFSET 0x000
#define REALM_KVM_SMCCC_FILTER_NR_FUNCTIONS_OFFSET 0x004
#define REALM_KVM_SMCCC_FILTER_ACTION_OFFSET 0x008
#define REALM_KVM_SMCCC_FILTER_PAD_OFFSET 0x009
#define REALM_KVM_SMCCC_FILTER_PAD_COUNT 15

/*
 * kvm_run (Linux 7.3: include/uapi/linux/kvm.h). Start of the mmapped vcpu page; what is in exit
 * depends on exit_reason
 */
#define REALM_KVM_RUN_SIZE 288
#define REALM_KVM_RUN_IMMEDIATE_EXIT_OFFSET 0x001
#define REALM_KVM_RUN_EXIT_REASON_OFFSET 0x008
#define REALM_KVM_RUN_EXIT_OFFSET 0x020
#define REALM_KVM_RUN_EXIT_COUNT 32

/* kvm_exit_hypercall (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_EXIT_HYPERCALL_SIZE 72
#define REALM_KVM_EXIT_HYPERCALL_NR_OFFSET 0x000
#define REALM_KVM_EXIT_HYPERCALL_ARGS_OFFSET 0x008
#define REALM_KVM_EXIT_HYPERCALL_ARGS_COUNT 6
#define REALM_KVM_EXIT_HYPERCALL_RET_OFFSET 0x038
#define REALM_KVM_EXIT_HYPERCALL_FLAGS_OFFSET 0x040

/* kvm_exit_mmio (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_EXIT_MMIO_SIZE 24
#define REALM_KVM_EXIT_MMIO_PHYS_ADDR_OFFSET 0x000
#define REALM_KVM_EXIT_MMIO_DATA_OFFSET 0x008
#define REALM_KVM_EXIT_MMIO_DATA_COUNT 8
#define REALM_KVM_EXIT_MMIO_LEN_OFFSET 0x010
#define REALM_KVM_EXIT_MMIO_IS_WRITE_OFFSET 0x014

/* kvm_exit_fail_entry (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_EXIT_FAIL_ENTRY_SIZE 16
#define REALM_KVM_EXIT_FAIL_ENTRY_HARDWARE_ENTRY_FAILURE_REASON_OFFSET 0x000
#define REALM_KVM_EXIT_FAIL_ENTRY_CPU_OFFSET 0x008

/* kvm_exit_internal_error (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_EXIT_INTERNAL_ERROR_SIZE 136
#define REALM_KVM_EXIT_INTERNAL_ERROR_SUBERROR_OFFSET 0x000
#define REALM_KVM_EXIT_INTERNAL_ERROR_NDATA_OFFSET 0x004
#define REALM_KVM_EXIT_INTERNAL_ERROR_DATA_OFFSET 0x008
#define REALM_KVM_EXIT_INTERNAL_ERROR_DATA_COUNT 16

/* kvm_exit_system_event (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_EXIT_SYSTEM_EVENT_SIZE 136
#define REALM_KVM_EXIT_SYSTEM_EVENT_TYPE_OFFSET 0x000
#define REALM_KVM_EXIT_SYSTEM_EVENT_NDATA_OFFSET 0x004
#define REALM_KVM_EXIT_SYSTEM_EVENT_DATA_OFFSET 0x008
#define REALM_KVM_EXIT_SYSTEM_EVENT_DATA_COUNT 16

/* kvm_exit_memory_fault (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_EXIT_MEMORY_FAULT_SIZE 24
#define REALM_KVM_EXIT_MEMORY_FAULT_FLAGS_OFFSET 0x000
#define REALM_KVM_EXIT_MEMORY_FAULT_GPA_OFFSET 0x008
#define REALM_KVM_EXIT_MEMORY_FAULT_SIZE_OFFSET 0x010

/* kvm_arm_rme_config (Linux CCA RFC v1 to v11: KVM_CAP_ARM_RME_CONFIG_REALM) */
#define REALM_KVM_ARM_RME_CONFIG_SIZE 260
#define REALM_KVM_ARM_RME_CONFIG_CFG_OFFSET 0x000
#define REALM_KVM_ARM_RME_CONFIG_ITEM_OFFSET 0x004
#define REALM_KVM_ARM_RME_CONFIG_ITEM_COUNT 64

/* kvm_arm_rme_init_ripas_v1 (Linux CCA RFC v1: KVM_CAP_ARM_RME_INIT_IPA_REALM) */
#define REALM_KVM_ARM_RME_INIT_RIPAS_V1_SIZE 16
#define REALM_KVM_ARM_RME_INIT_RIPAS_V1_BASE_OFFSET 0x000
#define REALM_KVM_ARM_RME_INIT_RIPAS_V1_SIZE_OFFSET 0x008

/* kvm_arm_rme_init_ripas (Linux CCA v2 to v11: KVM_CAP_ARM_RME_INIT_RIPAS_REALM) */
#define REALM_KVM_ARM_RME_INIT_RIPAS_SIZE 32
#define REALM_KVM_ARM_RME_INIT_RIPAS_BASE_OFFSET 0x000
#define REALM_KVM_ARM_RME_INIT_RIPAS_SIZE_OFFSET 0x008
#define REALM_KVM_ARM_RME_INIT_RIPAS_RESERVED_OFFSET 0x010
#define REALM_KVM_ARM_RME_INIT_RIPAS_RESERVED_COUNT 2

/* kvm_arm_rme_populate_v1 (Linux CCA RFC v1: KVM_CAP_ARM_RME_POPULATE_REALM) */
#define REALM_KVM_ARM_RME_POPULATE_V1_SIZE 16
#define REALM_KVM_ARM_RME_POPULATE_V1_BASE_OFFSET 0x000
#define REALM_KVM_ARM_RME_POPULATE_V1_SIZE_OFFSET 0x008

/* kvm_arm_rme_populate (Linux CCA v2 to v11: KVM_CAP_ARM_RME_POPULATE_REALM) */
#define REALM_KVM_ARM_RME_POPULATE_SIZE 32
#define REALM_KVM_ARM_RME_POPULATE_BASE_OFFSET 0x000
#define REALM_KVM_ARM_RME_POPULATE_SIZE_OFFSET 0x008
#define REALM_KVM_ARM_RME_POPULATE_FLAGS_OFFSET 0x010
#define REALM_KVM_ARM_RME_POPULATE_RESERVED_OFFSET 0x014
#define REALM_KVM_ARM_RME_POPULATE_RESERVED_COUNT 3

/* kvm_arm_rmm_psci_complete (Linux CCA v2 to v13: KVM_ARM_VCPU_RMM_PSCI_COMPLETE) */
#define REALM_KVM_ARM_RMM_PSCI_COMPLETE_SIZE 24
#define REALM_KVM_ARM_RMM_PSCI_COMPLETE_TARGET_MPIDR_OFFSET 0x000
#define REALM_KVM_ARM_RMM_PSCI_COMPLETE_PSCI_STATUS_OFFSET 0x008
#define REALM_KVM_ARM_RMM_PSCI_COMPLETE_PADDING_OFFSET 0x00c
#define REALM_KVM_ARM_RMM_PSCI_COMPLETE_PADDING_COUNT 3

/* kvm_arm_rmi_populate (Linux CCA v12 to v15: KVM_ARM_RMI_POPULATE) */
#define REALM_KVM_ARM_RMI_POPULATE_SIZE 32
#define REALM_KVM_ARM_RMI_POPULATE_BASE_OFFSET 0x000
#define REALM_KVM_ARM_RMI_POPULATE_SIZE_OFFSET 0x008
#define REALM_KVM_ARM_RMI_POPULATE_SOURCE_UADDR_OFFSET 0x010
#define REALM_KVM_ARM_RMI_POPULATE_FLAGS_OFFSET 0x018
#define REALM_KVM_ARM_RMI_POPULATE_RESERVED_OFFSET 0x01c

#ifndef __ASSEMBLER__

#if defined(__cplusplus) || __STDC_VERSION__ > 201710L
#define REALM_KVM_ASSERT(condition) static_assert(condition, #condition)
#else
#define REALM_KVM_ASSERT(condition) _Static_assert(condition, #condition)
#endif

static inline uint64_t realm_kvm_vcpu_id_get_aff0(uint64_t word)
{
	return (word & REALM_KVM_VCPU_ID_AFF0_MASK) >> REALM_KVM_VCPU_ID_AFF0_SHIFT;
}

static inline uint64_t realm_kvm_vcpu_id_set_aff0(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_VCPU_ID_AFF0_MASK;

	return (word & ~mask) | ((value << REALM_KVM_VCPU_ID_AFF0_SHIFT) & mask);
}

static inline uint64_t realm_kvm_vcpu_id_get_aff1(uint64_t word)
{
	return (word & REALM_KVM_VCPU_ID_AFF1_MASK) >> REALM_KVM_VCPU_ID_AFF1_SHIFT;
}

static inline uint64_t realm_kvm_vcpu_id_set_aff1(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_VCPU_ID_AFF1_MASK;

	return (word & ~mask) | ((value << REALM_KVM_VCPU_ID_AFF1_SHIFT) & mask);
}

static inline uint64_t realm_kvm_vcpu_id_get_aff2(uint64_t word)
{
	return (word & REALM_KVM_VCPU_ID_AFF2_MASK) >> REALM_KVM_VCPU_ID_AFF2_SHIFT;
}

static inline uint64_t realm_kvm_vcpu_id_set_aff2(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_VCPU_ID_AFF2_MASK;

	return (word & ~mask) | ((value << REALM_KVM_VCPU_ID_AFF2_SHIFT) & mask);
}

static inline uint64_t realm_kvm_mpidr_get_aff0(uint64_t word)
{
	return (word & REALM_KVM_MPIDR_AFF0_MASK) >> REALM_KVM_MPIDR_AFF0_SHIFT;
}

static inline uint64_t realm_kvm_mpidr_set_aff0(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_MPIDR_AFF0_MASK;

	return (word & ~mask) | ((value << REALM_KVM_MPIDR_AFF0_SHIFT) & mask);
}

static inline uint64_t realm_kvm_mpidr_get_aff1(uint64_t word)
{
	return (word & REALM_KVM_MPIDR_AFF1_MASK) >> REALM_KVM_MPIDR_AFF1_SHIFT;
}

static inline uint64_t realm_kvm_mpidr_set_aff1(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_MPIDR_AFF1_MASK;

	return (word & ~mask) | ((value << REALM_KVM_MPIDR_AFF1_SHIFT) & mask);
}

static inline uint64_t realm_kvm_mpidr_get_aff2(uint64_t word)
{
	return (word & REALM_KVM_MPIDR_AFF2_MASK) >> REALM_KVM_MPIDR_AFF2_SHIFT;
}

static inline uint64_t realm_kvm_mpidr_set_aff2(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_MPIDR_AFF2_MASK;

	return (word & ~mask) | ((value << REALM_KVM_MPIDR_AFF2_SHIFT) & mask);
}

static inline uint64_t realm_kvm_mpidr_get_res1(uint64_t word)
{
	return (word & REALM_KVM_MPIDR_RES1_MASK) >> REALM_KVM_MPIDR_RES1_SHIFT;
}

static inline uint64_t realm_kvm_mpidr_set_res1(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_MPIDR_RES1_MASK;

	return (word & ~mask) | ((value << REALM_KVM_MPIDR_RES1_SHIFT) & mask);
}

static inline uint64_t realm_kvm_id_aa64dfr0_el1_get_pmuver(uint64_t word)
{
	return (word & REALM_KVM_ID_AA64DFR0_EL1_PMUVER_MASK) >>
		REALM_KVM_ID_AA64DFR0_EL1_PMUVER_SHIFT;
}

static inline uint64_t realm_kvm_id_aa64dfr0_el1_set_pmuver(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_ID_AA64DFR0_EL1_PMUVER_MASK;

	return (word & ~mask) | ((value << REALM_KVM_ID_AA64DFR0_EL1_PMUVER_SHIFT) & mask);
}

static inline uint64_t realm_kvm_id_aa64dfr0_el1_get_brps(uint64_t word)
{
	return (word & REALM_KVM_ID_AA64DFR0_EL1_BRPS_MASK) >> REALM_KVM_ID_AA64DFR0_EL1_BRPS_SHIFT;
}

static inline uint64_t realm_kvm_id_aa64dfr0_el1_set_brps(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_ID_AA64DFR0_EL1_BRPS_MASK;

	return (word & ~mask) | ((value << REALM_KVM_ID_AA64DFR0_EL1_BRPS_SHIFT) & mask);
}

static inline uint64_t realm_kvm_id_aa64dfr0_el1_get_wrps(uint64_t word)
{
	return (word & REALM_KVM_ID_AA64DFR0_EL1_WRPS_MASK) >> REALM_KVM_ID_AA64DFR0_EL1_WRPS_SHIFT;
}

static inline uint64_t realm_kvm_id_aa64dfr0_el1_set_wrps(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_ID_AA64DFR0_EL1_WRPS_MASK;

	return (word & ~mask) | ((value << REALM_KVM_ID_AA64DFR0_EL1_WRPS_SHIFT) & mask);
}

static inline uint64_t realm_kvm_id_aa64dfr0_el1_get_ctx_cmps(uint64_t word)
{
	return (word & REALM_KVM_ID_AA64DFR0_EL1_CTX_CMPS_MASK) >>
		REALM_KVM_ID_AA64DFR0_EL1_CTX_CMPS_SHIFT;
}

static inline uint64_t realm_kvm_id_aa64dfr0_el1_set_ctx_cmps(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_ID_AA64DFR0_EL1_CTX_CMPS_MASK;

	return (word & ~mask) | ((value << REALM_KVM_ID_AA64DFR0_EL1_CTX_CMPS_SHIFT) & mask);
}

static inline uint64_t realm_kvm_pmcr_el0_get_n(uint64_t word)
{
	return (word & REALM_KVM_PMCR_EL0_N_MASK) >> REALM_KVM_PMCR_EL0_N_SHIFT;
}

static inline uint64_t realm_kvm_pmcr_el0_set_n(uint64_t word, uint64_t value)
{
	const uint64_t mask = REALM_KVM_PMCR_EL0_N_MASK;

	return (word & ~mask) | ((value << REALM_KVM_PMCR_EL0_N_SHIFT) & mask);
}

struct realm_kvm_enable_cap {
	uint32_t cap;
	uint32_t flags;
	uint64_t args[4];
	uint8_t pad[64];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_enable_cap, cap) == REALM_KVM_ENABLE_CAP_CAP_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_enable_cap, flags) == REALM_KVM_ENABLE_CAP_FLAGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_enable_cap, args) == REALM_KVM_ENABLE_CAP_ARGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_enable_cap, pad) == REALM_KVM_ENABLE_CAP_PAD_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_enable_cap) == REALM_KVM_ENABLE_CAP_SIZE);

struct realm_kvm_userspace_memory_region {
	uint32_t slot;
	uint32_t flags;
	uint64_t guest_phys_addr;
	uint64_t memory_size;
	uint64_t userspace_addr;
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region, slot) ==
	REALM_KVM_USERSPACE_MEMORY_REGION_SLOT_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region, flags) ==
	REALM_KVM_USERSPACE_MEMORY_REGION_FLAGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region, guest_phys_addr) ==
	REALM_KVM_USERSPACE_MEMORY_REGION_GUEST_PHYS_ADDR_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region, memory_size) ==
	REALM_KVM_USERSPACE_MEMORY_REGION_MEMORY_SIZE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region, userspace_addr) ==
	REALM_KVM_USERSPACE_MEMORY_REGION_USERSPACE_ADDR_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_userspace_memory_region) ==
	REALM_KVM_USERSPACE_MEMORY_REGION_SIZE);

struct realm_kvm_userspace_memory_region2 {
	uint32_t slot;
	uint32_t flags;
	uint64_t guest_phys_addr;
	uint64_t memory_size;
	uint64_t userspace_addr;
	uint64_t guest_memfd_offset;
	uint32_t guest_memfd;
	uint32_t pad1;
	uint64_t pad2[14];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region2, slot) ==
	REALM_KVM_USERSPACE_MEMORY_REGION2_SLOT_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region2, flags) ==
	REALM_KVM_USERSPACE_MEMORY_REGION2_FLAGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region2, guest_phys_addr) ==
	REALM_KVM_USERSPACE_MEMORY_REGION2_GUEST_PHYS_ADDR_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region2, memory_size) ==
	REALM_KVM_USERSPACE_MEMORY_REGION2_MEMORY_SIZE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region2, userspace_addr) ==
	REALM_KVM_USERSPACE_MEMORY_REGION2_USERSPACE_ADDR_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region2, guest_memfd_offset) ==
	REALM_KVM_USERSPACE_MEMORY_REGION2_GUEST_MEMFD_OFFSET_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region2, guest_memfd) ==
	REALM_KVM_USERSPACE_MEMORY_REGION2_GUEST_MEMFD_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region2, pad1) ==
	REALM_KVM_USERSPACE_MEMORY_REGION2_PAD1_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_userspace_memory_region2, pad2) ==
	REALM_KVM_USERSPACE_MEMORY_REGION2_PAD2_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_userspace_memory_region2) ==
	REALM_KVM_USERSPACE_MEMORY_REGION2_SIZE);

struct realm_kvm_create_guest_memfd {
	uint64_t size;
	uint64_t flags;
	uint64_t reserved[6];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_create_guest_memfd, size) ==
	REALM_KVM_CREATE_GUEST_MEMFD_SIZE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_create_guest_memfd, flags) ==
	REALM_KVM_CREATE_GUEST_MEMFD_FLAGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_create_guest_memfd, reserved) ==
	REALM_KVM_CREATE_GUEST_MEMFD_RESERVED_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_create_guest_memfd) == REALM_KVM_CREATE_GUEST_MEMFD_SIZE);

struct realm_kvm_memory_attributes {
	uint64_t address;
	uint64_t size;
	uint64_t attributes;
	uint64_t flags;
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_memory_attributes, address) ==
	REALM_KVM_MEMORY_ATTRIBUTES_ADDRESS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_memory_attributes, size) ==
	REALM_KVM_MEMORY_ATTRIBUTES_SIZE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_memory_attributes, attributes) ==
	REALM_KVM_MEMORY_ATTRIBUTES_ATTRIBUTES_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_memory_attributes, flags) ==
	REALM_KVM_MEMORY_ATTRIBUTES_FLAGS_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_memory_attributes) == REALM_KVM_MEMORY_ATTRIBUTES_SIZE);

struct realm_kvm_memory_attributes2 {
	uint64_t offset;	/* File offset in the guest_memfd, or address */
	uint64_t size;
	uint64_t attributes;
	uint64_t flags;
	uint64_t error_offset;
	uint64_t reserved[11];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_memory_attributes2, offset) ==
	REALM_KVM_MEMORY_ATTRIBUTES2_OFFSET_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_memory_attributes2, size) ==
	REALM_KVM_MEMORY_ATTRIBUTES2_SIZE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_memory_attributes2, attributes) ==
	REALM_KVM_MEMORY_ATTRIBUTES2_ATTRIBUTES_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_memory_attributes2, flags) ==
	REALM_KVM_MEMORY_ATTRIBUTES2_FLAGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_memory_attributes2, error_offset) ==
	REALM_KVM_MEMORY_ATTRIBUTES2_ERROR_OFFSET_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_memory_attributes2, reserved) ==
	REALM_KVM_MEMORY_ATTRIBUTES2_RESERVED_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_memory_attributes2) == REALM_KVM_MEMORY_ATTRIBUTES2_SIZE);

struct realm_kvm_pre_fault_memory {
	uint64_t gpa;
	uint64_t size;
	uint64_t flags;
	uint64_t padding[5];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_pre_fault_memory, gpa) ==
	REALM_KVM_PRE_FAULT_MEMORY_GPA_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_pre_fault_memory, size) ==
	REALM_KVM_PRE_FAULT_MEMORY_SIZE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_pre_fault_memory, flags) ==
	REALM_KVM_PRE_FAULT_MEMORY_FLAGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_pre_fault_memory, padding) ==
	REALM_KVM_PRE_FAULT_MEMORY_PADDING_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_pre_fault_memory) == REALM_KVM_PRE_FAULT_MEMORY_SIZE);

struct realm_kvm_vcpu_init {
	uint32_t target;
	uint32_t features[7];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_vcpu_init, target) == REALM_KVM_VCPU_INIT_TARGET_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_vcpu_init, features) ==
	REALM_KVM_VCPU_INIT_FEATURES_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_vcpu_init) == REALM_KVM_VCPU_INIT_SIZE);

struct realm_kvm_one_reg {
	uint64_t id;
	uint64_t addr;
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_one_reg, id) == REALM_KVM_ONE_REG_ID_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_one_reg, addr) == REALM_KVM_ONE_REG_ADDR_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_one_reg) == REALM_KVM_ONE_REG_SIZE);

struct realm_kvm_reg_list {
	uint64_t n;	/* Room, then number of the ids that follow as u64 */
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_reg_list, n) == REALM_KVM_REG_LIST_N_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_reg_list) == REALM_KVM_REG_LIST_SIZE);

struct realm_kvm_mp_state {
	uint32_t mp_state;	/* KvmMpState */
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_mp_state, mp_state) ==
	REALM_KVM_MP_STATE_MP_STATE_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_mp_state) == REALM_KVM_MP_STATE_SIZE);

struct realm_kvm_vcpu_exception {
	uint8_t serror_pending;
	uint8_t serror_has_esr;
	uint8_t ext_dabt_pending;
	uint8_t pad[5];
	uint64_t serror_esr;
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_vcpu_exception, serror_pending) ==
	REALM_KVM_VCPU_EXCEPTION_SERROR_PENDING_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_vcpu_exception, serror_has_esr) ==
	REALM_KVM_VCPU_EXCEPTION_SERROR_HAS_ESR_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_vcpu_exception, ext_dabt_pending) ==
	REALM_KVM_VCPU_EXCEPTION_EXT_DABT_PENDING_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_vcpu_exception, pad) ==
	REALM_KVM_VCPU_EXCEPTION_PAD_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_vcpu_exception, serror_esr) ==
	REALM_KVM_VCPU_EXCEPTION_SERROR_ESR_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_vcpu_exception) == REALM_KVM_VCPU_EXCEPTION_SIZE);

struct realm_kvm_vcpu_events {
	struct realm_kvm_vcpu_exception exception;
	uint32_t reserved[12];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_vcpu_events, exception) ==
	REALM_KVM_VCPU_EVENTS_EXCEPTION_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_vcpu_events, reserved) ==
	REALM_KVM_VCPU_EVENTS_RESERVED_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_vcpu_events) == REALM_KVM_VCPU_EVENTS_SIZE);

struct realm_kvm_arm_counter_offset {
	uint64_t counter_offset;
	uint64_t reserved;
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_counter_offset, counter_offset) ==
	REALM_KVM_ARM_COUNTER_OFFSET_COUNTER_OFFSET_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_counter_offset, reserved) ==
	REALM_KVM_ARM_COUNTER_OFFSET_RESERVED_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_arm_counter_offset) == REALM_KVM_ARM_COUNTER_OFFSET_SIZE);

struct realm_kvm_create_device {
	uint32_t type;	/* KvmDeviceType */
	uint32_t fd;	/* Written by the kernel */
	uint32_t flags;
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_create_device, type) ==
	REALM_KVM_CREATE_DEVICE_TYPE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_create_device, fd) == REALM_KVM_CREATE_DEVICE_FD_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_create_device, flags) ==
	REALM_KVM_CREATE_DEVICE_FLAGS_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_create_device) == REALM_KVM_CREATE_DEVICE_SIZE);

struct realm_kvm_device_attr {
	uint32_t flags;
	uint32_t group;
	uint64_t attr;
	uint64_t addr;	/* Where the value is */
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_device_attr, flags) ==
	REALM_KVM_DEVICE_ATTR_FLAGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_device_attr, group) ==
	REALM_KVM_DEVICE_ATTR_GROUP_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_device_attr, attr) == REALM_KVM_DEVICE_ATTR_ATTR_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_device_attr, addr) == REALM_KVM_DEVICE_ATTR_ADDR_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_device_attr) == REALM_KVM_DEVICE_ATTR_SIZE);

struct realm_kvm_smccc_filter {
	uint32_t base;	/* First function */
	uint32_t nr_functions;
	uint8_t action;	/* KvmSmcccAction */
	uint8_t pad[15];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_smccc_filter, base) ==
	REALM_KVM_SMCCC_FILTER_BASE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_smccc_filter, nr_functions) ==
	REALM_KVM_SMCCC_FILTER_NR_FUNCTIONS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_smccc_filter, action) ==
	REALM_KVM_SMCCC_FILTER_ACTION_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_smccc_filter, pad) == REALM_KVM_SMCCC_FILTER_PAD_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_smccc_filter) == REALM_KVM_SMCCC_FILTER_SIZE);

struct realm_kvm_run {
	uint8_t pad_000[1];
	uint8_t immediate_exit;
	uint8_t pad_002[6];
	uint32_t exit_reason;	/* KvmExit */
	uint8_t pad_00c[20];
	uint64_t exit[32];	/* One of kvm_exit_* */
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_run, immediate_exit) ==
	REALM_KVM_RUN_IMMEDIATE_EXIT_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_run, exit_reason) == REALM_KVM_RUN_EXIT_REASON_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_run, exit) == REALM_KVM_RUN_EXIT_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_run) == REALM_KVM_RUN_SIZE);

struct realm_kvm_exit_hypercall {
	uint64_t nr;
	uint64_t args[6];
	uint64_t ret;
	uint64_t flags;
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_hypercall, nr) ==
	REALM_KVM_EXIT_HYPERCALL_NR_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_hypercall, args) ==
	REALM_KVM_EXIT_HYPERCALL_ARGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_hypercall, ret) ==
	REALM_KVM_EXIT_HYPERCALL_RET_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_hypercall, flags) ==
	REALM_KVM_EXIT_HYPERCALL_FLAGS_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_exit_hypercall) == REALM_KVM_EXIT_HYPERCALL_SIZE);

struct realm_kvm_exit_mmio {
	uint64_t phys_addr;
	uint8_t data[8];
	uint32_t len;
	uint8_t is_write;
	uint8_t pad_015[3];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_mmio, phys_addr) ==
	REALM_KVM_EXIT_MMIO_PHYS_ADDR_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_mmio, data) == REALM_KVM_EXIT_MMIO_DATA_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_mmio, len) == REALM_KVM_EXIT_MMIO_LEN_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_mmio, is_write) ==
	REALM_KVM_EXIT_MMIO_IS_WRITE_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_exit_mmio) == REALM_KVM_EXIT_MMIO_SIZE);

struct realm_kvm_exit_fail_entry {
	uint64_t hardware_entry_failure_reason;
	uint32_t cpu;
	uint8_t pad_00c[4];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_fail_entry, hardware_entry_failure_reason) ==
	REALM_KVM_EXIT_FAIL_ENTRY_HARDWARE_ENTRY_FAILURE_REASON_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_fail_entry, cpu) ==
	REALM_KVM_EXIT_FAIL_ENTRY_CPU_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_exit_fail_entry) == REALM_KVM_EXIT_FAIL_ENTRY_SIZE);

struct realm_kvm_exit_internal_error {
	uint32_t suberror;
	uint32_t ndata;
	uint64_t data[16];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_internal_error, suberror) ==
	REALM_KVM_EXIT_INTERNAL_ERROR_SUBERROR_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_internal_error, ndata) ==
	REALM_KVM_EXIT_INTERNAL_ERROR_NDATA_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_internal_error, data) ==
	REALM_KVM_EXIT_INTERNAL_ERROR_DATA_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_exit_internal_error) ==
	REALM_KVM_EXIT_INTERNAL_ERROR_SIZE);

struct realm_kvm_exit_system_event {
	uint32_t type;
	uint32_t ndata;
	uint64_t data[16];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_system_event, type) ==
	REALM_KVM_EXIT_SYSTEM_EVENT_TYPE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_system_event, ndata) ==
	REALM_KVM_EXIT_SYSTEM_EVENT_NDATA_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_system_event, data) ==
	REALM_KVM_EXIT_SYSTEM_EVENT_DATA_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_exit_system_event) == REALM_KVM_EXIT_SYSTEM_EVENT_SIZE);

struct realm_kvm_exit_memory_fault {
	uint64_t flags;
	uint64_t gpa;
	uint64_t size;
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_memory_fault, flags) ==
	REALM_KVM_EXIT_MEMORY_FAULT_FLAGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_memory_fault, gpa) ==
	REALM_KVM_EXIT_MEMORY_FAULT_GPA_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_exit_memory_fault, size) ==
	REALM_KVM_EXIT_MEMORY_FAULT_SIZE_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_exit_memory_fault) == REALM_KVM_EXIT_MEMORY_FAULT_SIZE);

struct realm_kvm_arm_rme_config {
	uint32_t cfg;	/* KvmRmeConfig */
	uint32_t item[64];	/* RPV bytes or numbers, by cfg */
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_config, cfg) ==
	REALM_KVM_ARM_RME_CONFIG_CFG_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_config, item) ==
	REALM_KVM_ARM_RME_CONFIG_ITEM_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_arm_rme_config) == REALM_KVM_ARM_RME_CONFIG_SIZE);

struct realm_kvm_arm_rme_init_ripas_v1 {
	uint64_t base;
	uint64_t size;
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_init_ripas_v1, base) ==
	REALM_KVM_ARM_RME_INIT_RIPAS_V1_BASE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_init_ripas_v1, size) ==
	REALM_KVM_ARM_RME_INIT_RIPAS_V1_SIZE_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_arm_rme_init_ripas_v1) ==
	REALM_KVM_ARM_RME_INIT_RIPAS_V1_SIZE);

struct realm_kvm_arm_rme_init_ripas {
	uint64_t base;
	uint64_t size;
	uint64_t reserved[2];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_init_ripas, base) ==
	REALM_KVM_ARM_RME_INIT_RIPAS_BASE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_init_ripas, size) ==
	REALM_KVM_ARM_RME_INIT_RIPAS_SIZE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_init_ripas, reserved) ==
	REALM_KVM_ARM_RME_INIT_RIPAS_RESERVED_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_arm_rme_init_ripas) == REALM_KVM_ARM_RME_INIT_RIPAS_SIZE);

struct realm_kvm_arm_rme_populate_v1 {
	uint64_t base;
	uint64_t size;
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_populate_v1, base) ==
	REALM_KVM_ARM_RME_POPULATE_V1_BASE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_populate_v1, size) ==
	REALM_KVM_ARM_RME_POPULATE_V1_SIZE_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_arm_rme_populate_v1) ==
	REALM_KVM_ARM_RME_POPULATE_V1_SIZE);

struct realm_kvm_arm_rme_populate {
	uint64_t base;
	uint64_t size;
	uint32_t flags;
	uint32_t reserved[3];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_populate, base) ==
	REALM_KVM_ARM_RME_POPULATE_BASE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_populate, size) ==
	REALM_KVM_ARM_RME_POPULATE_SIZE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_populate, flags) ==
	REALM_KVM_ARM_RME_POPULATE_FLAGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rme_populate, reserved) ==
	REALM_KVM_ARM_RME_POPULATE_RESERVED_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_arm_rme_populate) == REALM_KVM_ARM_RME_POPULATE_SIZE);

struct realm_kvm_arm_rmm_psci_complete {
	uint64_t target_mpidr;
	uint32_t psci_status;
	uint32_t padding[3];
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rmm_psci_complete, target_mpidr) ==
	REALM_KVM_ARM_RMM_PSCI_COMPLETE_TARGET_MPIDR_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rmm_psci_complete, psci_status) ==
	REALM_KVM_ARM_RMM_PSCI_COMPLETE_PSCI_STATUS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rmm_psci_complete, padding) ==
	REALM_KVM_ARM_RMM_PSCI_COMPLETE_PADDING_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_arm_rmm_psci_complete) ==
	REALM_KVM_ARM_RMM_PSCI_COMPLETE_SIZE);

struct realm_kvm_arm_rmi_populate {
	uint64_t base;	/* IPA in the protected half, page aligned */
	uint64_t size;	/* Bytes, whole pages */
	uint64_t source_uaddr;	/* Page aligned */
	uint32_t flags;
	uint32_t reserved;
};

REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rmi_populate, base) ==
	REALM_KVM_ARM_RMI_POPULATE_BASE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rmi_populate, size) ==
	REALM_KVM_ARM_RMI_POPULATE_SIZE_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rmi_populate, source_uaddr) ==
	REALM_KVM_ARM_RMI_POPULATE_SOURCE_UADDR_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rmi_populate, flags) ==
	REALM_KVM_ARM_RMI_POPULATE_FLAGS_OFFSET);
REALM_KVM_ASSERT(offsetof(struct realm_kvm_arm_rmi_populate, reserved) ==
	REALM_KVM_ARM_RMI_POPULATE_RESERVED_OFFSET);
REALM_KVM_ASSERT(sizeof(struct realm_kvm_arm_rmi_populate) == REALM_KVM_ARM_RMI_POPULATE_SIZE);

/* direction 1: the kernel reads, 2: it writes; encoding of arm64 and x86 */
#define REALM_KVM_IOC(direction, nr, size) \
	((uint32_t)((direction) * 0x40000000u + (size) * 0x10000u + 0xAE00u + (nr)))

/* KVM_GET_API_VERSION (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_GET_API_VERSION \
	REALM_KVM_IOC(0, 0x00, 0)
REALM_KVM_ASSERT(REALM_KVM_GET_API_VERSION == 0x0000AE00);

/* KVM_CREATE_VM (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_CREATE_VM \
	REALM_KVM_IOC(0, 0x01, 0)
REALM_KVM_ASSERT(REALM_KVM_CREATE_VM == 0x0000AE01);

/* KVM_CHECK_EXTENSION (Linux 7.3: include/uapi/linux/kvm.h). Also on a VM fd */
#define REALM_KVM_CHECK_EXTENSION \
	REALM_KVM_IOC(0, 0x03, 0)
REALM_KVM_ASSERT(REALM_KVM_CHECK_EXTENSION == 0x0000AE03);

/* KVM_GET_VCPU_MMAP_SIZE (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_GET_VCPU_MMAP_SIZE \
	REALM_KVM_IOC(0, 0x04, 0)
REALM_KVM_ASSERT(REALM_KVM_GET_VCPU_MMAP_SIZE == 0x0000AE04);

/* KVM_CREATE_VCPU (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_CREATE_VCPU \
	REALM_KVM_IOC(0, 0x41, 0)
REALM_KVM_ASSERT(REALM_KVM_CREATE_VCPU == 0x0000AE41);

/* KVM_SET_USER_MEMORY_REGION (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_SET_USER_MEMORY_REGION \
	REALM_KVM_IOC(1, 0x46, sizeof(struct realm_kvm_userspace_memory_region))
REALM_KVM_ASSERT(REALM_KVM_SET_USER_MEMORY_REGION == 0x4020AE46);

/* KVM_SET_USER_MEMORY_REGION2 (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_SET_USER_MEMORY_REGION2 \
	REALM_KVM_IOC(1, 0x49, sizeof(struct realm_kvm_userspace_memory_region2))
REALM_KVM_ASSERT(REALM_KVM_SET_USER_MEMORY_REGION2 == 0x40A0AE49);

/* KVM_IRQ_LINE (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_IRQ_LINE \
	REALM_KVM_IOC(1, 0x61, 8)
REALM_KVM_ASSERT(REALM_KVM_IRQ_LINE == 0x4008AE61);

/* KVM_IRQFD (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_IRQFD \
	REALM_KVM_IOC(1, 0x76, 32)
REALM_KVM_ASSERT(REALM_KVM_IRQFD == 0x4020AE76);

/* KVM_IOEVENTFD (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_IOEVENTFD \
	REALM_KVM_IOC(1, 0x79, 64)
REALM_KVM_ASSERT(REALM_KVM_IOEVENTFD == 0x4040AE79);

/* KVM_RUN (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_RUN \
	REALM_KVM_IOC(0, 0x80, 0)
REALM_KVM_ASSERT(REALM_KVM_RUN == 0x0000AE80);

/* KVM_GET_MP_STATE (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_GET_MP_STATE \
	REALM_KVM_IOC(2, 0x98, sizeof(struct realm_kvm_mp_state))
REALM_KVM_ASSERT(REALM_KVM_GET_MP_STATE == 0x8004AE98);

/* KVM_SET_MP_STATE (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_SET_MP_STATE \
	REALM_KVM_IOC(1, 0x99, sizeof(struct realm_kvm_mp_state))
REALM_KVM_ASSERT(REALM_KVM_SET_MP_STATE == 0x4004AE99);

/* KVM_GET_VCPU_EVENTS (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_GET_VCPU_EVENTS \
	REALM_KVM_IOC(2, 0x9f, sizeof(struct realm_kvm_vcpu_events))
REALM_KVM_ASSERT(REALM_KVM_GET_VCPU_EVENTS == 0x8040AE9F);

/* KVM_SET_VCPU_EVENTS (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_SET_VCPU_EVENTS \
	REALM_KVM_IOC(1, 0xa0, sizeof(struct realm_kvm_vcpu_events))
REALM_KVM_ASSERT(REALM_KVM_SET_VCPU_EVENTS == 0x4040AEA0);

/* KVM_ENABLE_CAP (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_ENABLE_CAP \
	REALM_KVM_IOC(1, 0xa3, sizeof(struct realm_kvm_enable_cap))
REALM_KVM_ASSERT(REALM_KVM_ENABLE_CAP == 0x4068AEA3);

/* KVM_GET_ONE_REG (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_GET_ONE_REG \
	REALM_KVM_IOC(1, 0xab, sizeof(struct realm_kvm_one_reg))
REALM_KVM_ASSERT(REALM_KVM_GET_ONE_REG == 0x4010AEAB);

/* KVM_SET_ONE_REG (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_SET_ONE_REG \
	REALM_KVM_IOC(1, 0xac, sizeof(struct realm_kvm_one_reg))
REALM_KVM_ASSERT(REALM_KVM_SET_ONE_REG == 0x4010AEAC);

/* KVM_ARM_VCPU_INIT (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_ARM_VCPU_INIT \
	REALM_KVM_IOC(1, 0xae, sizeof(struct realm_kvm_vcpu_init))
REALM_KVM_ASSERT(REALM_KVM_ARM_VCPU_INIT == 0x4020AEAE);

/* KVM_ARM_PREFERRED_TARGET (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_ARM_PREFERRED_TARGET \
	REALM_KVM_IOC(2, 0xaf, sizeof(struct realm_kvm_vcpu_init))
REALM_KVM_ASSERT(REALM_KVM_ARM_PREFERRED_TARGET == 0x8020AEAF);

/* KVM_GET_REG_LIST (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_GET_REG_LIST \
	REALM_KVM_IOC(3, 0xb0, sizeof(struct realm_kvm_reg_list))
REALM_KVM_ASSERT(REALM_KVM_GET_REG_LIST == 0xC008AEB0);

/* KVM_ARM_SET_COUNTER_OFFSET (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_ARM_SET_COUNTER_OFFSET \
	REALM_KVM_IOC(1, 0xb5, sizeof(struct realm_kvm_arm_counter_offset))
REALM_KVM_ASSERT(REALM_KVM_ARM_SET_COUNTER_OFFSET == 0x4010AEB5);

/* KVM_ARM_VCPU_FINALIZE (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_ARM_VCPU_FINALIZE \
	REALM_KVM_IOC(1, 0xc2, 4)
REALM_KVM_ASSERT(REALM_KVM_ARM_VCPU_FINALIZE == 0x4004AEC2);

/* KVM_SET_MEMORY_ATTRIBUTES (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_SET_MEMORY_ATTRIBUTES \
	REALM_KVM_IOC(1, 0xd2, sizeof(struct realm_kvm_memory_attributes))
REALM_KVM_ASSERT(REALM_KVM_SET_MEMORY_ATTRIBUTES == 0x4020AED2);

/* KVM_SET_MEMORY_ATTRIBUTES2 (Linux guest_memfd in-place v8: KVM_SET_MEMORY_ATTRIBUTES2) */
#define REALM_KVM_SET_MEMORY_ATTRIBUTES2 \
	REALM_KVM_IOC(3, 0xd2, sizeof(struct realm_kvm_memory_attributes2))
REALM_KVM_ASSERT(REALM_KVM_SET_MEMORY_ATTRIBUTES2 == 0xC080AED2);

/* KVM_CREATE_GUEST_MEMFD (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_CREATE_GUEST_MEMFD \
	REALM_KVM_IOC(3, 0xd4, sizeof(struct realm_kvm_create_guest_memfd))
REALM_KVM_ASSERT(REALM_KVM_CREATE_GUEST_MEMFD == 0xC040AED4);

/* KVM_PRE_FAULT_MEMORY (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_PRE_FAULT_MEMORY \
	REALM_KVM_IOC(3, 0xd5, sizeof(struct realm_kvm_pre_fault_memory))
REALM_KVM_ASSERT(REALM_KVM_PRE_FAULT_MEMORY == 0xC040AED5);

/* KVM_CREATE_DEVICE (Linux 7.3: include/uapi/linux/kvm.h) */
#define REALM_KVM_CREATE_DEVICE \
	REALM_KVM_IOC(3, 0xe0, sizeof(struct realm_kvm_create_device))
REALM_KVM_ASSERT(REALM_KVM_CREATE_DEVICE == 0xC00CAEE0);

/* KVM_SET_DEVICE_ATTR (Linux 7.3: include/uapi/linux/kvm.h). Also on a VM or vcpu fd */
#define REALM_KVM_SET_DEVICE_ATTR \
	REALM_KVM_IOC(1, 0xe1, sizeof(struct realm_kvm_device_attr))
REALM_KVM_ASSERT(REALM_KVM_SET_DEVICE_ATTR == 0x4018AEE1);

/* KVM_GET_DEVICE_ATTR (Linux 7.3: include/uapi/linux/kvm.h). Also on a VM or vcpu fd */
#define REALM_KVM_GET_DEVICE_ATTR \
	REALM_KVM_IOC(1, 0xe2, sizeof(struct realm_kvm_device_attr))
REALM_KVM_ASSERT(REALM_KVM_GET_DEVICE_ATTR == 0x4018AEE2);

/* KVM_HAS_DEVICE_ATTR (Linux 7.3: include/uapi/linux/kvm.h). Also on a VM or vcpu fd */
#define REALM_KVM_HAS_DEVICE_ATTR \
	REALM_KVM_IOC(1, 0xe3, sizeof(struct realm_kvm_device_attr))
REALM_KVM_ASSERT(REALM_KVM_HAS_DEVICE_ATTR == 0x4018AEE3);

/*
 * KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V2 (Linux CCA v2 to v7: KVM_ARM_VCPU_RMM_PSCI_COMPLETE). v2 to v7
 */
#define REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V2 \
	REALM_KVM_IOC(1, 0xd2, sizeof(struct realm_kvm_arm_rmm_psci_complete))
REALM_KVM_ASSERT(REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V2 == 0x4018AED2);

/*
 * KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 (Linux CCA v8 to v13: KVM_ARM_VCPU_RMM_PSCI_COMPLETE). v8 to
 * v13
 */
#define REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 \
	REALM_KVM_IOC(1, 0xd6, sizeof(struct realm_kvm_arm_rmm_psci_complete))
REALM_KVM_ASSERT(REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 == 0x4018AED6);

/* KVM_ARM_RMI_POPULATE_V12 (Linux CCA v12: KVM_ARM_RMI_POPULATE). Returns the bytes done */
#define REALM_KVM_ARM_RMI_POPULATE_V12 \
	REALM_KVM_IOC(1, 0xd7, sizeof(struct realm_kvm_arm_rmi_populate))
REALM_KVM_ASSERT(REALM_KVM_ARM_RMI_POPULATE_V12 == 0x4020AED7);

/*
 * KVM_ARM_RMI_POPULATE_V13 (Linux CCA v13, CCA v14, CCA v15: KVM_ARM_RMI_POPULATE). v13 to v15;
 * advances the structure, returns 0
 */
#define REALM_KVM_ARM_RMI_POPULATE_V13 \
	REALM_KVM_IOC(3, 0xd7, sizeof(struct realm_kvm_arm_rmi_populate))
REALM_KVM_ASSERT(REALM_KVM_ARM_RMI_POPULATE_V13 == 0xC020AED7);

/*
 * KvmFamily (Linux CCA RFC v1 to v15: Documentation/virt/kvm/api.rst and the code). ABI families of
 * the CCA host series
 */
struct realm_kvm_family {
	const char *name;
	const char *profiles[2];	/* RMM profiles it goes with */
	uint8_t num_profiles;
	uint8_t supported;	/* Supported; else recognised and refused */
	uint64_t vm_type;	/* Bits of KVM_CREATE_VM's type */
	uint64_t caps[4];	/* Capability numbers it was seen with */
	uint8_t num_caps;
	uint64_t populate;	/* How content gets in */
	uint64_t ripas;	/* How RAM becomes RAM */
	uint64_t seal;	/* How the realm is completed */
	uint64_t order;	/* Order of what the RMM sees */
	uint64_t rec_features[2];	/* Bits for KVM_ARM_VCPU_INIT and FINALIZE, newest first */
	uint8_t num_rec_features;
	uint64_t psci[2];	/* PSCI completion, newest first; none: the kernel completes */
	uint8_t num_psci;
	uint64_t attributes;	/* Owner of private or shared */
	uint8_t guest_memfd;	/* Protected memory is a guest_memfd, else anonymous */
	uint64_t hash;	/* Hash algorithm */
	uint64_t rpv;	/* Personalization value */
	uint64_t sve;	/* Vector length */
	uint64_t debug;	/* Breakpoints and watchpoints */
	uint64_t pmu;	/* PMU counters */
	uint64_t lpa2;	/* LPA2 flag */
	uint8_t any_granule;	/* Host pages of any size, else 4 KiB alone */
	uint8_t realm_first;	/* The realm is created before any vcpu, else after all */
	uint8_t witness;	/* A realm VM answers 0 for all capabilities but a few */
};

/* Linux CCA RFC v1: the series */
#define REALM_KVM_FAMILY_RME_RFC { \
	.name = "rme-rfc", \
	.profiles = { "rmm-1.0" }, \
	.num_profiles = 1, \
	.supported = 1, \
	.vm_type = REALM_KVM_VM_TYPE_REALM_V1, \
	.caps = { REALM_KVM_CAP_ARM_RME_V1 }, \
	.num_caps = 1, \
	.populate = REALM_KVM_POPULATE_CAP_V1, \
	.ripas = REALM_KVM_RIPAS_CAP_V1, \
	.seal = REALM_KVM_SEAL_EXPLICIT, \
	.order = REALM_KVM_ORDER_RIPAS_LOADS_RECS, \
	.rec_features = { REALM_KVM_ARM_VCPU_REC_V1 }, \
	.num_rec_features = 1, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.attributes = REALM_KVM_ATTRIBUTES_NONE, \
	.guest_memfd = 0, \
	.hash = REALM_KVM_SETTING_CONFIG, \
	.rpv = REALM_KVM_SETTING_CONFIG, \
	.sve = REALM_KVM_SETTING_CONFIG, \
	.debug = REALM_KVM_SETTING_CONFIG, \
	.pmu = REALM_KVM_SETTING_CONFIG, \
	.lpa2 = REALM_KVM_SETTING_FIXED, \
	.any_granule = 0, \
	.realm_first = 1, \
	.witness = 0, \
}

/*
 * Linux CCA v2 to v11: the series. v11 and NVIDIA's kernels belong here too, with capability
 * numbers of their own.
 */
#define REALM_KVM_FAMILY_RME { \
	.name = "rme", \
	.profiles = { "rmm-1.0" }, \
	.num_profiles = 1, \
	.supported = 1, \
	.vm_type = REALM_KVM_VM_TYPE_REALM_V1, \
	.caps = { REALM_KVM_CAP_ARM_RME_V1, REALM_KVM_CAP_ARM_RME_V8, REALM_KVM_CAP_ARM_RME_V9, \
		REALM_KVM_CAP_ARM_RME_V10 }, \
	.num_caps = 4, \
	.populate = REALM_KVM_POPULATE_CAP, \
	.ripas = REALM_KVM_RIPAS_CAP, \
	.seal = REALM_KVM_SEAL_EXPLICIT, \
	.order = REALM_KVM_ORDER_RIPAS_LOADS_RECS, \
	.rec_features = { REALM_KVM_ARM_VCPU_REC_V8, REALM_KVM_ARM_VCPU_REC_V2 }, \
	.num_rec_features = 2, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8, REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V2 \
		}, \
	.num_psci = 2, \
	.attributes = REALM_KVM_ATTRIBUTES_VM, \
	.guest_memfd = 1, \
	.hash = REALM_KVM_SETTING_CONFIG, \
	.rpv = REALM_KVM_SETTING_CONFIG, \
	.sve = REALM_KVM_SETTING_REGISTER, \
	.debug = REALM_KVM_SETTING_REGISTER, \
	.pmu = REALM_KVM_SETTING_REGISTER, \
	.lpa2 = REALM_KVM_SETTING_FIXED, \
	.any_granule = 0, \
	.realm_first = 0, \
	.witness = 0, \
}

/* Linux CCA v12: the series */
#define REALM_KVM_FAMILY_RMI_V12 { \
	.name = "rmi-v12", \
	.profiles = { "rmm-1.0" }, \
	.num_profiles = 1, \
	.supported = 1, \
	.vm_type = REALM_KVM_VM_TYPE_REALM_V1, \
	.caps = { REALM_KVM_CAP_ARM_RMI_V12 }, \
	.num_caps = 1, \
	.populate = REALM_KVM_POPULATE_COUNT, \
	.ripas = REALM_KVM_RIPAS_SLOTS, \
	.seal = REALM_KVM_SEAL_FIRST_RUN, \
	.order = REALM_KVM_ORDER_LOADS_RECS_RIPAS, \
	.rec_features = { 0 }, \
	.num_rec_features = 0, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 }, \
	.num_psci = 1, \
	.attributes = REALM_KVM_ATTRIBUTES_VM, \
	.guest_memfd = 1, \
	.hash = REALM_KVM_SETTING_FIXED, \
	.rpv = REALM_KVM_SETTING_FIXED, \
	.sve = REALM_KVM_SETTING_REGISTER, \
	.debug = REALM_KVM_SETTING_REGISTER, \
	.pmu = REALM_KVM_SETTING_REGISTER, \
	.lpa2 = REALM_KVM_SETTING_FIXED, \
	.any_granule = 0, \
	.realm_first = 0, \
	.witness = 1, \
}

/* Linux CCA v13: the series */
#define REALM_KVM_FAMILY_RMI_V13 { \
	.name = "rmi-v13", \
	.profiles = { "rmm-2.0", "tf-rmm-2.0" }, \
	.num_profiles = 2, \
	.supported = 1, \
	.vm_type = REALM_KVM_VM_TYPE_REALM_V1, \
	.caps = { REALM_KVM_CAP_ARM_RMI_V13 }, \
	.num_caps = 1, \
	.populate = REALM_KVM_POPULATE_ADVANCE, \
	.ripas = REALM_KVM_RIPAS_SLOTS, \
	.seal = REALM_KVM_SEAL_FIRST_RUN, \
	.order = REALM_KVM_ORDER_LOADS_RECS_RIPAS, \
	.rec_features = { 0 }, \
	.num_rec_features = 0, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 }, \
	.num_psci = 1, \
	.attributes = REALM_KVM_ATTRIBUTES_VM, \
	.guest_memfd = 1, \
	.hash = REALM_KVM_SETTING_FIXED, \
	.rpv = REALM_KVM_SETTING_FIXED, \
	.sve = REALM_KVM_SETTING_REGISTER, \
	.debug = REALM_KVM_SETTING_REGISTER, \
	.pmu = REALM_KVM_SETTING_REGISTER, \
	.lpa2 = REALM_KVM_SETTING_HOST, \
	.any_granule = 1, \
	.realm_first = 0, \
	.witness = 1, \
}

/*
 * Linux CCA v14: the series. The PMU flag follows the host's PMU, the capability is not advertised.
 */
#define REALM_KVM_FAMILY_RMI_V14 { \
	.name = "rmi-v14", \
	.profiles = { "rmm-2.0", "tf-rmm-2.0" }, \
	.num_profiles = 2, \
	.supported = 1, \
	.vm_type = REALM_KVM_VM_TYPE_REALM_V14, \
	.caps = { REALM_KVM_CAP_ARM_RMI_V14 }, \
	.num_caps = 1, \
	.populate = REALM_KVM_POPULATE_ADVANCE, \
	.ripas = REALM_KVM_RIPAS_SLOTS, \
	.seal = REALM_KVM_SEAL_FIRST_RUN, \
	.order = REALM_KVM_ORDER_LOADS_RECS_RIPAS, \
	.rec_features = { 0 }, \
	.num_rec_features = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.attributes = REALM_KVM_ATTRIBUTES_VM, \
	.guest_memfd = 1, \
	.hash = REALM_KVM_SETTING_FIXED, \
	.rpv = REALM_KVM_SETTING_FIXED, \
	.sve = REALM_KVM_SETTING_REGISTER, \
	.debug = REALM_KVM_SETTING_REGISTER, \
	.pmu = REALM_KVM_SETTING_HOST, \
	.lpa2 = REALM_KVM_SETTING_HOST, \
	.any_granule = 1, \
	.realm_first = 0, \
	.witness = 1, \
}

/* Linux CCA v15: the series */
#define REALM_KVM_FAMILY_RMI_V15 { \
	.name = "rmi-v15", \
	.profiles = { "rmm-2.0", "tf-rmm-2.0" }, \
	.num_profiles = 2, \
	.supported = 1, \
	.vm_type = REALM_KVM_VM_TYPE_REALM_V14, \
	.caps = { REALM_KVM_CAP_ARM_RMI_V15 }, \
	.num_caps = 1, \
	.populate = REALM_KVM_POPULATE_ADVANCE, \
	.ripas = REALM_KVM_RIPAS_SLOTS, \
	.seal = REALM_KVM_SEAL_FIRST_RUN, \
	.order = REALM_KVM_ORDER_LOADS_RECS_RIPAS, \
	.rec_features = { 0 }, \
	.num_rec_features = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.attributes = REALM_KVM_ATTRIBUTES_GUEST_MEMFD, \
	.guest_memfd = 1, \
	.hash = REALM_KVM_SETTING_FIXED, \
	.rpv = REALM_KVM_SETTING_FIXED, \
	.sve = REALM_KVM_SETTING_REGISTER, \
	.debug = REALM_KVM_SETTING_REGISTER, \
	.pmu = REALM_KVM_SETTING_FIXED, \
	.lpa2 = REALM_KVM_SETTING_HOST, \
	.any_granule = 1, \
	.realm_first = 0, \
	.witness = 1, \
}

/*
 * Linux CCA DA v7: the integration tree. Populate and INIT_RIPAS come in the VMM's order here;
 * recognised and refused.
 */
#define REALM_KVM_FAMILY_RMI_DA { \
	.name = "rmi-da", \
	.profiles = { "rmm-2.0", "tf-rmm-2.0" }, \
	.num_profiles = 2, \
	.supported = 0, \
	.vm_type = REALM_KVM_VM_TYPE_REALM_V14, \
	.caps = { 0 }, \
	.num_caps = 0, \
	.populate = REALM_KVM_POPULATE_ADVANCE, \
	.ripas = REALM_KVM_RIPAS_IOCTL, \
	.seal = REALM_KVM_SEAL_FIRST_RUN, \
	.order = REALM_KVM_ORDER_LOADS_RECS_RIPAS, \
	.rec_features = { 0 }, \
	.num_rec_features = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.attributes = REALM_KVM_ATTRIBUTES_GUEST_MEMFD, \
	.guest_memfd = 1, \
	.hash = REALM_KVM_SETTING_FIXED, \
	.rpv = REALM_KVM_SETTING_FIXED, \
	.sve = REALM_KVM_SETTING_REGISTER, \
	.debug = REALM_KVM_SETTING_REGISTER, \
	.pmu = REALM_KVM_SETTING_FIXED, \
	.lpa2 = REALM_KVM_SETTING_HOST, \
	.any_granule = 1, \
	.realm_first = 0, \
	.witness = 1, \
}

#define REALM_KVM_FAMILY_ALL \
	REALM_KVM_FAMILY_RME_RFC, \
	REALM_KVM_FAMILY_RME, \
	REALM_KVM_FAMILY_RMI_V12, \
	REALM_KVM_FAMILY_RMI_V13, \
	REALM_KVM_FAMILY_RMI_V14, \
	REALM_KVM_FAMILY_RMI_V15, \
	REALM_KVM_FAMILY_RMI_DA

/*
 * KvmAnswer (Linux 7.3: arch/arm64/kvm/arm.c, kvm_vm_ioctl_check_extension()). What upstream's
 * arm64 answers to KVM_CHECK_EXTENSION for the numbers of the CCA series and for the witnesses; 0
 * for 238, 242, 246 to 250 and 300. A realm host also answers 1 for its own number, and for memory
 * attributes what its KvmFamily says. What upstream answers for 233, 234, 235, 237 and 241 was not
 * seen and is left out. Where a release is not documented, since is the kernel on which a series
 * found the number taken
 */
struct realm_kvm_answer {
	const char *name;
	uint64_t cap;	/* Number asked for */
	uint64_t since;	/* First kernel with it, major * 100 + minor; 0: all */
	int32_t system;	/* On the system fd; -22 is the error EINVAL */
	int32_t vm;	/* On the fd of an ordinary VM */
	uint8_t common;	/* Answered by common code, so that no allow list hides it */
};

/* Linux 7.3: arch/arm64/kvm/arm.c, kvm_vm_ioctl_check_extension() */
#define REALM_KVM_ANSWER_ARM_USER_IRQ { \
	.name = "arm-user-irq", \
	.cap = REALM_KVM_CAP_ARM_USER_IRQ, \
	.since = 0, \
	.system = 1, \
	.vm = 1, \
	.common = 0, \
}

/* Linux 7.3: arch/arm64/kvm/arm.c, kvm_vm_ioctl_check_extension() */
#define REALM_KVM_ANSWER_ARM_NISV_TO_USER { \
	.name = "arm-nisv-to-user", \
	.cap = REALM_KVM_CAP_ARM_NISV_TO_USER, \
	.since = 0, \
	.system = 1, \
	.vm = 1, \
	.common = 0, \
}

/* Linux 7.3: arch/arm64/kvm/arm.c, kvm_vm_ioctl_check_extension() */
#define REALM_KVM_ANSWER_ARM_WRITABLE_IMP_ID_REGS { \
	.name = "arm-writable-imp-id-regs", \
	.cap = REALM_KVM_CAP_ARM_WRITABLE_IMP_ID_REGS, \
	.since = 615, \
	.system = 1, \
	.vm = 1, \
	.common = 0, \
}

/* Linux 7.3: arch/arm64/kvm/arm.c, kvm_vm_ioctl_check_extension(). 0 where the host cannot nest. */
#define REALM_KVM_ANSWER_ARM_EL2 { \
	.name = "arm-el2", \
	.cap = REALM_KVM_CAP_ARM_EL2, \
	.since = 616, \
	.system = 1, \
	.vm = 1, \
	.common = 0, \
}

/* Linux 7.3: arch/arm64/kvm/arm.c, kvm_vm_ioctl_check_extension(). 0 on the VM fd of some hosts. */
#define REALM_KVM_ANSWER_ARM_CACHEABLE_PFNMAP { \
	.name = "arm-cacheable-pfnmap", \
	.cap = REALM_KVM_CAP_ARM_CACHEABLE_PFNMAP_SUPPORTED, \
	.since = 617, \
	.system = -22, \
	.vm = 1, \
	.common = 0, \
}

/*
 * Linux 7.3: arch/arm64/kvm/arm.c, kvm_vm_ioctl_check_extension(). Said to be a nonzero mask; here
 * both flags.
 */
#define REALM_KVM_ANSWER_GUEST_MEMFD_FLAGS { \
	.name = "guest-memfd-flags", \
	.cap = REALM_KVM_CAP_GUEST_MEMFD_FLAGS, \
	.since = 618, \
	.system = 3, \
	.vm = 3, \
	.common = 1, \
}

/* Linux 7.3: arch/arm64/kvm/arm.c, kvm_vm_ioctl_check_extension() */
#define REALM_KVM_ANSWER_ARM_SEA_TO_USER { \
	.name = "arm-sea-to-user", \
	.cap = REALM_KVM_CAP_ARM_SEA_TO_USER, \
	.since = 619, \
	.system = 1, \
	.vm = 1, \
	.common = 0, \
}

/* Linux 7.3: arch/arm64/kvm/arm.c, kvm_vm_ioctl_check_extension(). 0 where guests have no PMU. */
#define REALM_KVM_ANSWER_ARM_PMU_V3_STRICT { \
	.name = "arm-pmu-v3-strict", \
	.cap = REALM_KVM_CAP_ARM_PMU_V3_STRICT, \
	.since = 703, \
	.system = 1, \
	.vm = 1, \
	.common = 0, \
}

#define REALM_KVM_ANSWER_ALL \
	REALM_KVM_ANSWER_ARM_USER_IRQ, \
	REALM_KVM_ANSWER_ARM_NISV_TO_USER, \
	REALM_KVM_ANSWER_ARM_WRITABLE_IMP_ID_REGS, \
	REALM_KVM_ANSWER_ARM_EL2, \
	REALM_KVM_ANSWER_ARM_CACHEABLE_PFNMAP, \
	REALM_KVM_ANSWER_GUEST_MEMFD_FLAGS, \
	REALM_KVM_ANSWER_ARM_SEA_TO_USER, \
	REALM_KVM_ANSWER_ARM_PMU_V3_STRICT

/*
 * KvmKernel (Linux 6.1 to 7.3, CCA RFC v1 to v15: releases and posted series). Kernels. The last of
 * a family that has a number and no error is the newest that can be told by its number
 */
struct realm_kvm_kernel {
	const char *name;
	uint64_t base;	/* Upstream kernel below, major * 100 + minor */
	const char *family[1];	/* KvmFamily that its code is of; none: not a realm kernel */
	uint8_t num_family;
	/* errno of KVM_CREATE_VM with the family's type, any for none; 0: it works */
	uint64_t error;
	uint64_t cap[1];	/* Its own capability, where the number is known and it answers */
	uint8_t num_cap;
	uint64_t rec_feature[1];	/* Bit for KVM_ARM_VCPU_INIT and FINALIZE */
	uint8_t num_rec_feature;
	uint64_t psci[1];	/* PSCI completion */
	uint8_t num_psci;
	const char *file[1];	/* Parameter of the module kvm that a probe may read */
	uint8_t num_file;
	const char *holds[1];	/* What the file says; none: the capability's number */
	uint8_t num_holds;
};

/* Linux 6.1: arch/arm64/kvm */
#define REALM_KVM_KERNEL_6_1 { \
	.name = "6.1", \
	.base = 601, \
	.family = { 0 }, \
	.num_family = 0, \
	.error = 22, \
	.cap = { 0 }, \
	.num_cap = 0, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux 6.12: arch/arm64/kvm */
#define REALM_KVM_KERNEL_6_12 { \
	.name = "6.12", \
	.base = 612, \
	.family = { 0 }, \
	.num_family = 0, \
	.error = 22, \
	.cap = { 0 }, \
	.num_cap = 0, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux 7.2: arch/arm64/kvm */
#define REALM_KVM_KERNEL_7_2 { \
	.name = "7.2", \
	.base = 702, \
	.family = { 0 }, \
	.num_family = 0, \
	.error = 22, \
	.cap = { 0 }, \
	.num_cap = 0, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux 7.3: arch/arm64/kvm */
#define REALM_KVM_KERNEL_7_3 { \
	.name = "7.3", \
	.base = 703, \
	.family = { 0 }, \
	.num_family = 0, \
	.error = 22, \
	.cap = { 0 }, \
	.num_cap = 0, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/*
 * Linux 7.3: arch/arm64/kvm. With protected KVM: its VM type is KVM_VM_TYPE_PROTECTED, realm types
 * are refused.
 */
#define REALM_KVM_KERNEL_PKVM { \
	.name = "pkvm", \
	.base = 703, \
	.family = { 0 }, \
	.num_family = 0, \
	.error = 22, \
	.cap = { 0 }, \
	.num_cap = 0, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA RFC v1: the series */
#define REALM_KVM_KERNEL_RFC_V1 { \
	.name = "rfc-v1", \
	.base = 602, \
	.family = { "rme-rfc" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { REALM_KVM_CAP_ARM_RME_V1 }, \
	.num_cap = 1, \
	.rec_feature = { REALM_KVM_ARM_VCPU_REC_V1 }, \
	.num_rec_feature = 1, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA v2: the series */
#define REALM_KVM_KERNEL_V2 { \
	.name = "v2", \
	.base = 609, \
	.family = { "rme" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { REALM_KVM_CAP_ARM_RME_V1 }, \
	.num_cap = 1, \
	.rec_feature = { REALM_KVM_ARM_VCPU_REC_V2 }, \
	.num_rec_feature = 1, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V2 }, \
	.num_psci = 1, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA v7: the series. The capability is inferred. */
#define REALM_KVM_KERNEL_V7 { \
	.name = "v7", \
	.base = 614, \
	.family = { "rme" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { REALM_KVM_CAP_ARM_RME_V1 }, \
	.num_cap = 1, \
	.rec_feature = { REALM_KVM_ARM_VCPU_REC_V2 }, \
	.num_rec_feature = 1, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V2 }, \
	.num_psci = 1, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA v8: the series */
#define REALM_KVM_KERNEL_V8 { \
	.name = "v8", \
	.base = 615, \
	.family = { "rme" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { REALM_KVM_CAP_ARM_RME_V8 }, \
	.num_cap = 1, \
	.rec_feature = { REALM_KVM_ARM_VCPU_REC_V8 }, \
	.num_rec_feature = 1, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 }, \
	.num_psci = 1, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA v9: the series */
#define REALM_KVM_KERNEL_V9 { \
	.name = "v9", \
	.base = 616, \
	.family = { "rme" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { REALM_KVM_CAP_ARM_RME_V9 }, \
	.num_cap = 1, \
	.rec_feature = { REALM_KVM_ARM_VCPU_REC_V8 }, \
	.num_rec_feature = 1, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 }, \
	.num_psci = 1, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA v10: the series */
#define REALM_KVM_KERNEL_V10 { \
	.name = "v10", \
	.base = 617, \
	.family = { "rme" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { REALM_KVM_CAP_ARM_RME_V10 }, \
	.num_cap = 1, \
	.rec_feature = { REALM_KVM_ARM_VCPU_REC_V8 }, \
	.num_rec_feature = 1, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 }, \
	.num_psci = 1, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA v11: the series. The number of the capability was not seen. */
#define REALM_KVM_KERNEL_V11 { \
	.name = "v11", \
	.base = 618, \
	.family = { "rme" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { 0 }, \
	.num_cap = 0, \
	.rec_feature = { REALM_KVM_ARM_VCPU_REC_V8 }, \
	.num_rec_feature = 1, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 }, \
	.num_psci = 1, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/*
 * Linux CCA v10: the series. NVIDIA's; neither the number nor which of the two parameters it has
 * was seen.
 */
#define REALM_KVM_KERNEL_NVIDIA_6_17 { \
	.name = "nvidia-6.17", \
	.base = 617, \
	.family = { "rme" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { 0 }, \
	.num_cap = 0, \
	.rec_feature = { REALM_KVM_ARM_VCPU_REC_V8 }, \
	.num_rec_feature = 1, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 }, \
	.num_psci = 1, \
	.file = { "kvm_cap_arm_rme" }, \
	.num_file = 1, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA v11: the series. NVIDIA's; the number was not seen. */
#define REALM_KVM_KERNEL_NVIDIA_6_18 { \
	.name = "nvidia-6.18", \
	.base = 618, \
	.family = { "rme" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { 0 }, \
	.num_cap = 0, \
	.rec_feature = { REALM_KVM_ARM_VCPU_REC_V8 }, \
	.num_rec_feature = 1, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 }, \
	.num_psci = 1, \
	.file = { "kvm_cap_arm_rmi" }, \
	.num_file = 1, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/*
 * Linux CCA v12: the series. Without an RMM. EPERM is documented; the answer for the capability was
 * not seen.
 */
#define REALM_KVM_KERNEL_V12_NO_RMM { \
	.name = "v12-no-rmm", \
	.base = 619, \
	.family = { "rmi-v12" }, \
	.num_family = 1, \
	.error = 1, \
	.cap = { 0 }, \
	.num_cap = 0, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 }, \
	.num_psci = 1, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA v12: the series */
#define REALM_KVM_KERNEL_V12 { \
	.name = "v12", \
	.base = 619, \
	.family = { "rmi-v12" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { REALM_KVM_CAP_ARM_RMI_V12 }, \
	.num_cap = 1, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 }, \
	.num_psci = 1, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA v13: the series */
#define REALM_KVM_KERNEL_V13 { \
	.name = "v13", \
	.base = 700, \
	.family = { "rmi-v13" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { REALM_KVM_CAP_ARM_RMI_V13 }, \
	.num_cap = 1, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { REALM_KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 }, \
	.num_psci = 1, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/*
 * Linux CCA v14: the series. KVM does not run at EL2 (no VHE); the answer for the capability was
 * not seen.
 */
#define REALM_KVM_KERNEL_NVHE { \
	.name = "nvhe", \
	.base = 701, \
	.family = { "rmi-v14" }, \
	.num_family = 1, \
	.error = 22, \
	.cap = { 0 }, \
	.num_cap = 0, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA v14: the series */
#define REALM_KVM_KERNEL_V14 { \
	.name = "v14", \
	.base = 701, \
	.family = { "rmi-v14" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { REALM_KVM_CAP_ARM_RMI_V14 }, \
	.num_cap = 1, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

/* Linux CCA v15: the series. Populate is impossible; what 250 answers was not seen. */
#define REALM_KVM_KERNEL_V15_NO_IN_PLACE { \
	.name = "v15-no-in-place", \
	.base = 702, \
	.family = { "rmi-v15" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { REALM_KVM_CAP_ARM_RMI_V15 }, \
	.num_cap = 1, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.file = { "gmem_in_place_conversion" }, \
	.num_file = 1, \
	.holds = { "N" }, \
	.num_holds = 1, \
}

/* Linux CCA v15: the series */
#define REALM_KVM_KERNEL_V15 { \
	.name = "v15", \
	.base = 702, \
	.family = { "rmi-v15" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { REALM_KVM_CAP_ARM_RMI_V15 }, \
	.num_cap = 1, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.file = { "gmem_in_place_conversion" }, \
	.num_file = 1, \
	.holds = { "Y" }, \
	.num_holds = 1, \
}

/*
 * Linux CCA DA v7: the integration tree. Upstream kernel and capability were not seen; at least
 * those of v15.
 */
#define REALM_KVM_KERNEL_DA_V7 { \
	.name = "da-v7", \
	.base = 702, \
	.family = { "rmi-da" }, \
	.num_family = 1, \
	.error = 0, \
	.cap = { 0 }, \
	.num_cap = 0, \
	.rec_feature = { 0 }, \
	.num_rec_feature = 0, \
	.psci = { 0 }, \
	.num_psci = 0, \
	.file = { 0 }, \
	.num_file = 0, \
	.holds = { 0 }, \
	.num_holds = 0, \
}

#define REALM_KVM_KERNEL_ALL \
	REALM_KVM_KERNEL_6_1, \
	REALM_KVM_KERNEL_6_12, \
	REALM_KVM_KERNEL_7_2, \
	REALM_KVM_KERNEL_7_3, \
	REALM_KVM_KERNEL_PKVM, \
	REALM_KVM_KERNEL_RFC_V1, \
	REALM_KVM_KERNEL_V2, \
	REALM_KVM_KERNEL_V7, \
	REALM_KVM_KERNEL_V8, \
	REALM_KVM_KERNEL_V9, \
	REALM_KVM_KERNEL_V10, \
	REALM_KVM_KERNEL_V11, \
	REALM_KVM_KERNEL_NVIDIA_6_17, \
	REALM_KVM_KERNEL_NVIDIA_6_18, \
	REALM_KVM_KERNEL_V12_NO_RMM, \
	REALM_KVM_KERNEL_V12, \
	REALM_KVM_KERNEL_V13, \
	REALM_KVM_KERNEL_NVHE, \
	REALM_KVM_KERNEL_V14, \
	REALM_KVM_KERNEL_V15_NO_IN_PLACE, \
	REALM_KVM_KERNEL_V15, \
	REALM_KVM_KERNEL_DA_V7

#endif /* __ASSEMBLER__ */

#endif /* REALM_SPEC_KVM_REALM_H */
