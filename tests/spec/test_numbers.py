#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The generated numbers against literals typed from the documents, not from the JSON."""
import re
import runpy
import unittest

import spec

FOUND = runpy.run_path(str(spec.GENERATED / 'realm_constants.py'))
HEADER = (spec.GENERATED / 'kvm-realm.h').read_text()

IOCTLS = '''
KVM_CREATE_VM 0x0000AE01                KVM_CHECK_EXTENSION 0x0000AE03
KVM_GET_VCPU_MMAP_SIZE 0x0000AE04       KVM_CREATE_VCPU 0x0000AE41
KVM_SET_USER_MEMORY_REGION 0x4020AE46   KVM_SET_USER_MEMORY_REGION2 0x40A0AE49
KVM_IRQ_LINE 0x4008AE61                 KVM_IRQFD 0x4020AE76
KVM_IOEVENTFD 0x4040AE79                KVM_RUN 0x0000AE80
KVM_SET_MP_STATE 0x4004AE99             KVM_GET_VCPU_EVENTS 0x8040AE9F
KVM_SET_VCPU_EVENTS 0x4040AEA0          KVM_ENABLE_CAP 0x4068AEA3
KVM_GET_ONE_REG 0x4010AEAB              KVM_SET_ONE_REG 0x4010AEAC
KVM_ARM_VCPU_INIT 0x4020AEAE            KVM_ARM_PREFERRED_TARGET 0x8020AEAF
KVM_GET_REG_LIST 0xC008AEB0             KVM_ARM_VCPU_FINALIZE 0x4004AEC2
KVM_SET_MEMORY_ATTRIBUTES 0x4020AED2    KVM_SET_MEMORY_ATTRIBUTES2 0xC080AED2
KVM_CREATE_GUEST_MEMFD 0xC040AED4       KVM_PRE_FAULT_MEMORY 0xC040AED5
KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V2 0x4018AED2
KVM_ARM_VCPU_RMM_PSCI_COMPLETE_V8 0x4018AED6
KVM_ARM_RMI_POPULATE_V12 0x4020AED7     KVM_ARM_RMI_POPULATE_V13 0xC020AED7
KVM_CREATE_DEVICE 0xC00CAEE0            KVM_SET_DEVICE_ATTR 0x4018AEE1
KVM_GET_DEVICE_ATTR 0x4018AEE2          KVM_HAS_DEVICE_ATTR 0x4018AEE3
KVM_GET_API_VERSION 0x0000AE00          KVM_GET_MP_STATE 0x8004AE98
KVM_ARM_SET_COUNTER_OFFSET 0x4010AEB5
'''
KVM = '''
KVM_CAP_USER_MEMORY2 231                KVM_CAP_MEMORY_FAULT_INFO 232
KVM_CAP_MEMORY_ATTRIBUTES 233           KVM_CAP_GUEST_MEMFD 234
KVM_CAP_VM_TYPES 235                    KVM_CAP_PRE_FAULT_MEMORY 236
KVM_CAP_GUEST_MEMFD_FLAGS 244           KVM_CAP_ARM_RME_V1 300
KVM_CAP_ARM_RME_V8 240                  KVM_CAP_ARM_RME_V9 243
KVM_CAP_ARM_RME_V10 244                 KVM_CAP_ARM_RMI_V12 247
KVM_CAP_ARM_RMI_V13 248                 KVM_CAP_ARM_RMI_V14 249
KVM_CAP_ARM_RMI_V15 251                 KVM_CAP_GUEST_MEMFD_MEMORY_ATTRIBUTES_V15 250
KVM_CAP_ARM_USER_IRQ 144                KVM_CAP_ARM_NISV_TO_USER 177
KVM_CAP_ARM_WRITABLE_IMP_ID_REGS 239    KVM_CAP_ARM_SEA_TO_USER 245
KVM_CAP_ARM_PMU_V3_STRICT 251           KVM_CAP_ARM_EL2 240
KVM_VM_TYPE_REALM_V1 0x100              KVM_VM_TYPE_REALM_V14 0x40000000
KVM_VM_TYPE_PROTECTED 0x80000000        KVM_VM_TYPE_IPA_MASK 0xff
KVM_ARM_VCPU_POWER_OFF 0                KVM_ARM_VCPU_EL1_32BIT 1
KVM_ARM_VCPU_PSCI_0_2 2                 KVM_ARM_VCPU_PMU_V3 3
KVM_ARM_VCPU_SVE 4                      KVM_ARM_VCPU_PTRAUTH_ADDRESS 5
KVM_ARM_VCPU_PTRAUTH_GENERIC 6          KVM_ARM_VCPU_HAS_EL2 7
KVM_ARM_VCPU_HAS_EL2_E2H0 8             KVM_ARM_VCPU_PMU_V3_STRICT 9
KVM_ARM_VCPU_REC_V1 7                   KVM_ARM_VCPU_REC_V2 8
KVM_ARM_VCPU_REC_V8 9                   KVM_MEMORY_ATTRIBUTE_PRIVATE 8
KVM_MEMORY_EXIT_FLAG_PRIVATE 8          KVM_MEM_GUEST_MEMFD 4
KVM_GUEST_MEMFD_FLAG_MMAP 1             KVM_GUEST_MEMFD_FLAG_INIT_SHARED 2
KVM_ARM_RMI_POPULATE_FLAGS_MEASURE 1    KVM_API_VERSION 12
KVM_REG_ARM64_X0 0x6030000000100000     KVM_REG_ARM64_PC 0x6030000000100040
KVM_REG_ARM64_X_STEP 2                  KVM_REG_ARM64_ID_AA64DFR0_EL1 0x603000000013C028
KVM_REG_ARM64_PMCR_EL0 0x603000000013DCE0
KVM_REG_ARM64_SVE_VLS 0x606000000015FFFF
KVM_CAP_ARM_RME_CONFIG_REALM 0          KVM_CAP_ARM_RME_CREATE_REALM 1
KVM_CAP_ARM_RME_INIT_RIPAS_REALM 2      KVM_CAP_ARM_RME_POPULATE_REALM 3
KVM_CAP_ARM_RME_ACTIVATE_REALM 4        KVM_CAP_ARM_RME_CFG_RPV 0
KVM_CAP_ARM_RME_CFG_HASH_ALGO 1         KVM_CAP_ARM_RME_CFG_SVE 2
KVM_CAP_ARM_RME_CFG_DBG 3               KVM_CAP_ARM_RME_CFG_PMU 4
KVM_EXIT_HYPERCALL 3                    KVM_EXIT_MMIO 6
KVM_EXIT_SHUTDOWN 8                     KVM_EXIT_FAIL_ENTRY 9
KVM_EXIT_INTERNAL_ERROR 17              KVM_EXIT_SYSTEM_EVENT 24
KVM_EXIT_ARM_NISV 28                    KVM_EXIT_MEMORY_FAULT 39
KVM_EXIT_ARM_SEA 41                     KVM_EXIT_ARM_LDST64B 42
KVM_EXIT_SNP_REQ_CERTS 43               KVM_EXIT_ARM64_TIO 44
KVM_VCPU_ID_AFF0_MASK 0xf               KVM_VCPU_ID_AFF1_MASK 0xff0
KVM_VCPU_ID_AFF2_MASK 0xff000           KVM_MPIDR_RES1_MASK 0x80000000
KVM_MPIDR_AFF1_SHIFT 8                  KVM_MPIDR_AFF2_SHIFT 16
KVM_CAP_DEVICE_CTRL 89                  KVM_CAP_CHECK_EXTENSION_VM 105
KVM_CAP_GUEST_DEBUG_HW_BPS 119          KVM_CAP_GUEST_DEBUG_HW_WPS 120
KVM_CAP_IMMEDIATE_EXIT 136              KVM_CAP_ARM_INJECT_EXT_DABT 178
KVM_CAP_COUNTER_OFFSET 227              KVM_CAP_X86_APIC_BUS_CYCLES_NS 237
KVM_CAP_X86_GUEST_MODE 238              KVM_CAP_ARM_EL2_E2H0 241
KVM_CAP_RISCV_MP_STATE_RESET 242        KVM_CAP_S390_USER_OPEREXEC 246
KVM_MEM_LOG_DIRTY_PAGES 1               KVM_MEM_READONLY 2
KVM_CREATE_DEVICE_TEST 1                KVM_HYPERCALL_EXIT_SMC 1
KVM_HYPERCALL_EXIT_16BIT 2              KVM_SYSTEM_EVENT_SHUTDOWN 1
KVM_SYSTEM_EVENT_RESET 2                KVM_SYSTEM_EVENT_CRASH 3
KVM_SYSTEM_EVENT_WAKEUP 4               KVM_SYSTEM_EVENT_SUSPEND 5
KVM_SYSTEM_EVENT_SEV_TERM 6             KVM_MP_STATE_RUNNABLE 0
KVM_MP_STATE_STOPPED 5                  KVM_MP_STATE_SUSPENDED 10
KVM_DEV_TYPE_ARM_VGIC_V2 5              KVM_DEV_TYPE_ARM_VGIC_V3 7
KVM_DEV_TYPE_ARM_VGIC_ITS 8             KVM_DEV_ARM_VGIC_GRP_ADDR 0
KVM_DEV_ARM_VGIC_GRP_DIST_REGS 1        KVM_DEV_ARM_VGIC_GRP_CPU_REGS 2
KVM_DEV_ARM_VGIC_GRP_NR_IRQS 3          KVM_DEV_ARM_VGIC_GRP_CTRL 4
KVM_DEV_ARM_VGIC_GRP_REDIST_REGS 5      KVM_DEV_ARM_VGIC_GRP_CPU_SYSREGS 6
KVM_DEV_ARM_VGIC_GRP_LEVEL_INFO 7       KVM_DEV_ARM_VGIC_GRP_ITS_REGS 8
KVM_VGIC_V3_ADDR_TYPE_DIST 2            KVM_VGIC_V3_ADDR_TYPE_REDIST 3
KVM_VGIC_ITS_ADDR_TYPE 4                KVM_VGIC_V3_ADDR_TYPE_REDIST_REGION 5
KVM_DEV_ARM_VGIC_CTRL_INIT 0            KVM_ARM_VM_SMCCC_CTRL 0
KVM_ARM_VM_SMCCC_FILTER 0               KVM_SMCCC_FILTER_HANDLE 0
KVM_ARM_VCPU_PMU_V3_CTRL 0              KVM_ARM_VCPU_PMU_V3_IRQ 0
KVM_ARM_VCPU_PMU_V3_INIT 1
KVM_SMCCC_FILTER_DENY 1                 KVM_SMCCC_FILTER_FWD_TO_USER 2
KVM_ID_AA64DFR0_EL1_PMUVER_MASK 0xf00   KVM_ID_AA64DFR0_EL1_BRPS_MASK 0xf000
KVM_ID_AA64DFR0_EL1_WRPS_MASK 0xf00000  KVM_ID_AA64DFR0_EL1_CTX_CMPS_MASK 0xf0000000
KVM_PMCR_EL0_N_MASK 0xf800
'''
# structure: size, then field offset
STRUCTS = {
    'KVM_ENABLE_CAP': '104 cap 0 flags 4 args 8 pad 40',
    'KVM_USERSPACE_MEMORY_REGION2': '160 slot 0 flags 4 guest_phys_addr 8 memory_size 16 '
                                    'userspace_addr 24 guest_memfd_offset 32 guest_memfd 40 '
                                    'pad1 44 pad2 48',
    'KVM_CREATE_GUEST_MEMFD': '64 size 0 flags 8 reserved 16',
    'KVM_MEMORY_ATTRIBUTES': '32 address 0 size 8 attributes 16 flags 24',
    'KVM_MEMORY_ATTRIBUTES2': '128 offset 0 size 8 attributes 16 flags 24 error_offset 32 '
                              'reserved 40',
    'KVM_PRE_FAULT_MEMORY': '64 gpa 0 size 8 flags 16 padding 24',
    'KVM_VCPU_INIT': '32 target 0 features 4',
    'KVM_ONE_REG': '16 id 0 addr 8',
    'KVM_USERSPACE_MEMORY_REGION': '32 slot 0 flags 4 guest_phys_addr 8 memory_size 16 '
                                   'userspace_addr 24',
    'KVM_REG_LIST': '8 n 0',
    'KVM_MP_STATE': '4 mp_state 0',
    'KVM_VCPU_EXCEPTION': '16 serror_pending 0 serror_has_esr 1 ext_dabt_pending 2 pad 3 '
                          'serror_esr 8',
    'KVM_VCPU_EVENTS': '64 exception 0 reserved 16',
    'KVM_ARM_COUNTER_OFFSET': '16 counter_offset 0 reserved 8',
    'KVM_CREATE_DEVICE': '12 type 0 fd 4 flags 8',
    'KVM_DEVICE_ATTR': '24 flags 0 group 4 attr 8 addr 16',
    'KVM_SMCCC_FILTER': '24 base 0 nr_functions 4 action 8 pad 9',
    'KVM_ARM_RME_CONFIG': '260 cfg 0 item 4',
    'KVM_ARM_RME_INIT_RIPAS_V1': '16 base 0 size 8',
    'KVM_ARM_RME_INIT_RIPAS': '32 base 0 size 8 reserved 16',
    'KVM_ARM_RME_POPULATE_V1': '16 base 0 size 8',
    'KVM_ARM_RME_POPULATE': '32 base 0 size 8 flags 16 reserved 20',
    'KVM_ARM_RMM_PSCI_COMPLETE': '24 target_mpidr 0 psci_status 8 padding 12',
    'KVM_ARM_RMI_POPULATE': '32 base 0 size 8 source_uaddr 16 flags 24 reserved 28',
}
# fields of kvm_run by their absolute offset
EXITS = {
    'HYPERCALL': 'nr 32 args 40 ret 88 flags 96', 'MMIO': 'phys_addr 32 data 40 len 48 is_write 52',
    'FAIL_ENTRY': 'hardware_entry_failure_reason 32 cpu 40',
    'INTERNAL_ERROR': 'suberror 32 ndata 36 data 40',
    'SYSTEM_EVENT': 'type 32 ndata 36 data 40', 'MEMORY_FAULT': 'flags 32 gpa 40 size 48',
}
MEASUREMENT = '''
RMM_MEASUREMENT_DATA_SIZE 256           RMM_MEASUREMENT_DATA_TYPE_OFFSET 0
RMM_MEASUREMENT_DATA_LEN_OFFSET 0x08    RMM_MEASUREMENT_DATA_RIM_OFFSET 0x10
RMM_MEASUREMENT_DATA_IPA_OFFSET 0x50    RMM_MEASUREMENT_DATA_FLAGS_OFFSET 0x58
RMM_MEASUREMENT_DATA_CONTENT_OFFSET 0x60
RMM_MEASUREMENT_REC_SIZE 256            RMM_MEASUREMENT_REC_TYPE_OFFSET 0
RMM_MEASUREMENT_REC_LEN_OFFSET 0x08     RMM_MEASUREMENT_REC_RIM_OFFSET 0x10
RMM_MEASUREMENT_REC_CONTENT_OFFSET 0x50
RMM_MEASUREMENT_RIPAS_SIZE 256          RMM_MEASUREMENT_RIPAS_TYPE_OFFSET 0
RMM_MEASUREMENT_RIPAS_LEN_OFFSET 0x08   RMM_MEASUREMENT_RIPAS_RIM_OFFSET 0x10
RMM_MEASUREMENT_RIPAS_BASE_OFFSET 0x50  RMM_MEASUREMENT_RIPAS_TOP_OFFSET 0x58
RMM_MEASUREMENT_TYPE_DATA 0             RMM_MEASUREMENT_TYPE_REC 1
RMM_MEASUREMENT_TYPE_RIPAS 2            RMM_MEASUREMENT_SLOT_SIZE 64
RMM_MEASUREMENT_SIZE 0x100              RMM_MEASUREMENT_PARAMS_SIZE 4096
RMM_REALM_PARAMS_SIZE 4096              RMM_REALM_PARAMS_FLAGS_OFFSET 0
RMM_REALM_PARAMS_S2SZ_OFFSET 0x08       RMM_REALM_PARAMS_SVE_VL_OFFSET 0x10
RMM_REALM_PARAMS_NUM_BPS_OFFSET 0x18    RMM_REALM_PARAMS_NUM_WPS_OFFSET 0x20
RMM_REALM_PARAMS_PMU_NUM_CTRS_OFFSET 0x28
RMM_REALM_PARAMS_HASH_ALGO_OFFSET 0x30  RMM_REC_PARAMS_SIZE 4096
RMM_REC_PARAMS_FLAGS_OFFSET 0           RMM_REC_PARAMS_PC_OFFSET 0x200
RMM_REC_PARAMS_GPRS_OFFSET 0x300        RMM_REC_PARAMS_GPRS_COUNT 8
RMM_HASH_SHA_256 0                      RMM_HASH_SHA_512 1
RMM_HASH_SHA_384 2                      RMM_HASH_SHA_256_DIGEST_SIZE 32
RMM_HASH_SHA_384_DIGEST_SIZE 48         RMM_HASH_SHA_512_DIGEST_SIZE 64
RMM_REALM_FLAGS_LPA2_MASK 1             RMM_REALM_FLAGS_SVE_MASK 2
RMM_REALM_FLAGS_PMU_MASK 4              RMM_REALM_FLAGS_DA_MASK 8
RMM_REALM_FLAGS_MEC_POLICY_MASK 0x180   RMM_REC_FLAGS_RUNNABLE_MASK 1
RMM_DATA_FLAGS_MEASURE_MASK 1           RMM_MEASUREMENT_INDEX_RIM 0
RMM_MEASUREMENT_INDEX_REM_FIRST 1       RMM_MEASUREMENT_INDEX_REM_LAST 4
'''
# as the Linux series names them
LINUX_FIDS = '''
VERSION 0x150 RTT_DATA_MAP_INIT 0x153 REALM_ACTIVATE 0x157 REALM_CREATE 0x158 REALM_DESTROY 0x159
REC_CREATE 0x15a REC_DESTROY 0x15b REC_ENTER 0x15c RTT_CREATE 0x15d RTT_DESTROY 0x15e
RTT_READ_ENTRY 0x161 PSCI_COMPLETE 0x164 FEATURES 0x165 RTT_FOLD 0x166 RTT_INIT_RIPAS 0x168
RTT_SET_RIPAS 0x169 RMM_CONFIG_SET 0x16e GRANULE_TRACKING_GET 0x1e1 GRANULE_TRACKING_SET 0x1e3
RMM_CONFIG_GET 0x1ec RMM_STATE_GET 0x1ee GRANULE_RANGE_DELEGATE 0x1f1
GRANULE_RANGE_UNDELEGATE 0x1f2 GPT_L1_CREATE 0x1f3 GPT_L1_DESTROY 0x1f4 RTT_DATA_MAP 0x1f5
RTT_DATA_UNMAP 0x1f6 RTT_UNPROT_MAP 0x1fb RTT_UNPROT_UNMAP 0x1fc REALM_TERMINATE 0x201
RMM_ACTIVATE 0x202 OP_CONTINUE 0x203 OP_MEM_DONATE 0x208 OP_MEM_RECLAIM 0x209 OP_CANCEL 0x20a
'''
ENCODINGS = '''
RMI_SUCCESS 0 RMI_ERROR_INPUT 1 RMI_ERROR_REALM 2 RMI_ERROR_REC 3 RMI_ERROR_RTT 4
RMI_ERROR_NOT_SUPPORTED 5 RMI_ERROR_DEVICE 6 RMI_ERROR_RTT_AUX 7 RMI_BUSY 10 RMI_INCOMPLETE 13
RMI_BLOCKED 14 RMI_ERROR_GPT 15 RMI_ERROR_GRANULE 16
RMI_EXIT_SYNC 0 RMI_EXIT_IRQ 1 RMI_EXIT_FIQ 2 RMI_EXIT_PSCI 3 RMI_EXIT_RIPAS_CHANGE 4
RMI_EXIT_HOST_CALL 5 RMI_EXIT_SERROR 6 RMI_EXIT_S2AP_CHANGE 7 RMI_EXIT_VSMMU_COMMAND 10
RMI_ADDR_TYPE_NONE 0 RMI_ADDR_TYPE_SINGLE 1 RMI_ADDR_TYPE_LIST 2
RMI_OP_MEM_REQ_NONE 0 RMI_OP_MEM_REQ_DONATE 1 RMI_OP_MEM_REQ_RECLAIM 2
RMI_PAGE_L3 0 RMI_BLOCK_L2 1 RMI_BLOCK_L1 2 RMI_BLOCK_L0 3 RMI_ACCEPT 0 RMI_REJECT 1
RMI_EMPTY 0 RMI_RAM 1 RMI_DESTROYED 2 RMI_UNASSIGNED 0 RMI_ASSIGNED 1 RMI_TABLE 2
RMI_RESULT_STATUS_MASK 0xff RMI_RESULT_DATA_LEVEL_LEVEL_MASK 0xff00
RMI_RESULT_DATA_INCOMPLETE_MEM_MASK 0x300 RMI_RESULT_DATA_INCOMPLETE_CANCEL_MASK 0x400
RMI_OP_MEM_DONATE_REQ_SIZE_MASK 0x3 RMI_OP_MEM_DONATE_REQ_COUNT_MASK 0xfffc
RMI_OP_MEM_DONATE_REQ_CONTIG_MASK 0x10000 RMI_OP_MEM_DONATE_REQ_STATE_MASK 0x20000
RMI_ADDR_RANGE_DESC_4KB_SIZE_MASK 0x3 RMI_ADDR_RANGE_DESC_4KB_COUNT_MASK 0xffc
RMI_ADDR_RANGE_DESC_16KB_COUNT_MASK 0x3ffc RMI_ADDR_RANGE_DESC_64KB_COUNT_MASK 0xfffc
RMI_ADDR_RANGE_DESC_4KB_STATE_MASK 0x8000000000000000
RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK 0x1 RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK 0x2
RMI_REC_ENTER_FLAGS_TRAP_WFI_MASK 0x4 RMI_REC_ENTER_FLAGS_TRAP_WFE_MASK 0x8
RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE_MASK 0x10 RMI_REC_ENTER_FLAGS_S2AP_RESPONSE_MASK 0x20
RMI_REC_ENTER_FLAGS_DEV_MEM_RESPONSE_MASK 0x40 RMI_REC_ENTER_FLAGS_FORCE_P0_MASK 0x80
RMI_REALM_FLAGS0_LPA2_MASK 0x1 RMI_REALM_FLAGS0_SVE_MASK 0x2 RMI_REALM_FLAGS0_PMU_MASK 0x4
RMI1_COMMAND_RETURN_CODE_INDEX_MASK 0xff00 RMI1_FEATURE_REGISTER0_HASH_SHA_256_MASK 0x100000000
RMI1_FEATURE_REGISTER0_MAX_RECS_ORDER_MASK 0x3c000000000
RMI_FEATURE_REGISTER1_HASH_SHA_384_MASK 0x10 RMI_FEATURE_REGISTER1_MAX_RECS_ORDER_MASK 0x3c0
'''
# what each posted generation does; "0" is an empty list
V1 = 'profiles="rmm-1.0" supported=1'
V2 = 'profiles="rmm-2.0","tf-rmm-2.0" supported=1'
RMI = ('ripas=RIPAS_SLOTS seal=SEAL_FIRST_RUN order=ORDER_LOADS_RECS_RIPAS rec_features=0 '
       'guest_memfd=1 hash=SETTING_FIXED rpv=SETTING_FIXED sve=SETTING_REGISTER '
       'debug=SETTING_REGISTER realm_first=0 witness=1')
FAMILIES = {
    'RME_RFC': f'{V1} vm_type=VM_TYPE_REALM_V1 caps=CAP_ARM_RME_V1 populate=POPULATE_CAP_V1 '
               'ripas=RIPAS_CAP_V1 seal=SEAL_EXPLICIT order=ORDER_RIPAS_LOADS_RECS '
               'rec_features=ARM_VCPU_REC_V1 psci=0 attributes=ATTRIBUTES_NONE guest_memfd=0 '
               'hash=SETTING_CONFIG rpv=SETTING_CONFIG sve=SETTING_CONFIG debug=SETTING_CONFIG '
               'pmu=SETTING_CONFIG lpa2=SETTING_FIXED any_granule=0 realm_first=1 witness=0',
    'RME': f'{V1} vm_type=VM_TYPE_REALM_V1 '
           'caps=CAP_ARM_RME_V1,CAP_ARM_RME_V8,CAP_ARM_RME_V9,CAP_ARM_RME_V10 '
           'populate=POPULATE_CAP ripas=RIPAS_CAP seal=SEAL_EXPLICIT order=ORDER_RIPAS_LOADS_RECS '
           'rec_features=ARM_VCPU_REC_V8,ARM_VCPU_REC_V2 '
           'psci=ARM_VCPU_RMM_PSCI_COMPLETE_V8,ARM_VCPU_RMM_PSCI_COMPLETE_V2 '
           'attributes=ATTRIBUTES_VM guest_memfd=1 hash=SETTING_CONFIG rpv=SETTING_CONFIG '
           'sve=SETTING_REGISTER debug=SETTING_REGISTER pmu=SETTING_REGISTER lpa2=SETTING_FIXED '
           'any_granule=0 realm_first=0 witness=0',
    'RMI_V12': f'{V1} vm_type=VM_TYPE_REALM_V1 caps=CAP_ARM_RMI_V12 populate=POPULATE_COUNT '
               f'{RMI} psci=ARM_VCPU_RMM_PSCI_COMPLETE_V8 attributes=ATTRIBUTES_VM '
               'pmu=SETTING_REGISTER lpa2=SETTING_FIXED any_granule=0',
    'RMI_V13': f'{V2} vm_type=VM_TYPE_REALM_V1 caps=CAP_ARM_RMI_V13 populate=POPULATE_ADVANCE '
               f'{RMI} psci=ARM_VCPU_RMM_PSCI_COMPLETE_V8 attributes=ATTRIBUTES_VM '
               'pmu=SETTING_REGISTER lpa2=SETTING_HOST any_granule=1',
    'RMI_V14': f'{V2} vm_type=VM_TYPE_REALM_V14 caps=CAP_ARM_RMI_V14 populate=POPULATE_ADVANCE '
               f'{RMI} psci=0 attributes=ATTRIBUTES_VM '
               'pmu=SETTING_HOST lpa2=SETTING_HOST any_granule=1',
    'RMI_V15': f'{V2} vm_type=VM_TYPE_REALM_V14 caps=CAP_ARM_RMI_V15 populate=POPULATE_ADVANCE '
               f'{RMI} psci=0 attributes=ATTRIBUTES_GUEST_MEMFD '
               'pmu=SETTING_FIXED lpa2=SETTING_HOST any_granule=1',
}
# capability of upstream: since, answer on the system fd, on that of an ordinary VM, not hidden
ANSWERS = '''
ARM_USER_IRQ 0 1 1 0                    ARM_NISV_TO_USER 0 1 1 0
ARM_WRITABLE_IMP_ID_REGS 615 1 1 0      ARM_EL2 616 1 1 0
ARM_CACHEABLE_PFNMAP_SUPPORTED 617 -22 1 0
GUEST_MEMFD_FLAGS 618 3 3 1             ARM_SEA_TO_USER 619 1 1 0
ARM_PMU_V3_STRICT 703 1 1 0
'''
# kernel: upstream kernel, family, errno, own capability, REC feature, PSCI ioctl, file = content
KERNELS = '''
6.1 601 - 22 0 0 0 -                    6.12 612 - 22 0 0 0 -
7.2 702 - 22 0 0 0 -                    7.3 703 - 22 0 0 0 -
pkvm 703 - 22 0 0 0 -                   rfc-v1 602 rme-rfc 0 300 7 0 -
v2 609 rme 0 300 8 0x4018AED2 -         v7 614 rme 0 300 8 0x4018AED2 -
v8 615 rme 0 240 9 0x4018AED6 -         v9 616 rme 0 243 9 0x4018AED6 -
v10 617 rme 0 244 9 0x4018AED6 -        v11 618 rme 0 0 9 0x4018AED6 -
nvidia-6.17 617 rme 0 0 9 0x4018AED6 kvm_cap_arm_rme=
nvidia-6.18 618 rme 0 0 9 0x4018AED6 kvm_cap_arm_rmi=
v12-no-rmm 619 rmi-v12 1 0 0 0x4018AED6 -
v12 619 rmi-v12 0 247 0 0x4018AED6 -    v13 700 rmi-v13 0 248 0 0x4018AED6 -
nvhe 701 rmi-v14 22 0 0 0 -             v14 701 rmi-v14 0 249 0 0 -
v15-no-in-place 702 rmi-v15 0 251 0 0 gmem_in_place_conversion=N
v15 702 rmi-v15 0 251 0 0 gmem_in_place_conversion=Y
da-v7 702 rmi-da 0 0 0 0 -
'''


def pairs(text):
    words = text.split()
    return [(n, int(v, 0)) for n, v in zip(words[::2], words[1::2])]


class Numbers(unittest.TestCase):
    def check(self, expected):
        for name, value in expected:
            with self.subTest(name=name):
                self.assertEqual(FOUND[name], value)

    def test_ioctls(self):
        expected = [('REALM_' + n, v) for n, v in pairs(IOCTLS)]
        self.check(expected)
        for name, value in expected:
            self.assertRegex(HEADER, rf'_ASSERT\({name} ==\s+0x{value:08X}\);')

    def test_kvm_numbers(self):
        self.check(('REALM_' + n, v) for n, v in pairs(KVM))

    def test_kvm_structures(self):
        for name, text in STRUCTS.items():
            size, fields = text.split(' ', 1)
            self.check([(f'REALM_{name}_SIZE', int(size))])
            self.check((f'REALM_{name}_{f.upper()}_OFFSET', at) for f, at in pairs(fields))

    def test_exits_lie_where_kvm_run_has_them(self):
        self.check(pairs('REALM_KVM_RUN_IMMEDIATE_EXIT_OFFSET 1 REALM_KVM_RUN_EXIT_REASON_OFFSET 8'
                         ' REALM_KVM_RUN_EXIT_OFFSET 32'))
        for name, text in EXITS.items():
            self.check((f'REALM_KVM_EXIT_{name}_{f.upper()}_OFFSET', at - 32)
                       for f, at in pairs(text))

    def test_measurement(self):
        self.check(pairs(MEASUREMENT))

    def test_function_identifiers_of_linux(self):
        self.check(('SMC_RMI_' + n, 0xC4000000 + v) for n, v in pairs(LINUX_FIDS))

    def test_function_identifiers_that_only_one_version_has(self):
        self.check(pairs('SMC_RMI1_DATA_CREATE 0xC4000153 SMC_RMI1_GRANULE_DELEGATE 0xC4000151 '
                         'SMC_RMI1_REC_AUX_COUNT 0xC4000167 SMC_RSI1_ATTESTATION_TOKEN_INIT '
                         '0xC4000194 SMC_RSI_HOST_CALL 0xC4000199 SMC_RSI1_HOST_CALL 0xC4000199'))
        for name in ('SMC_RMI_GRANULE_DELEGATE', 'SMC_RMI1_RMM_ACTIVATE', 'RMI1_HASH_SHA_384',
                     'RMI1_BUSY', 'RMI1_DEV', 'RSI1_DEV', 'RSI1_HASH_SHA_384', 'RMI1_RTTE_VOID',
                     'RMI_REALM_PARAMS_VMID_OFFSET',
                     'RMI_REC_EXIT_RTT_LEVEL_OFFSET', 'RMI_TRACKING_INTERMEDIATE'):
            self.assertNotIn(name, FOUND)

    def test_sparse_pages(self):
        self.check(pairs('''
            RMI_REALM_PARAMS_NUM_AUX_PLANES_OFFSET 0x38 RMI_REALM_PARAMS_RPV_OFFSET 0x400
            RMI_REALM_PARAMS_ATS_PLANE_OFFSET 0x440 RMI_REALM_PARAMS_RTT_BASE_OFFSET 0x808
            RMI_REALM_PARAMS_RTT_LEVEL_START_OFFSET 0x810 RMI_REALM_PARAMS_FLAGS1_OFFSET 0x820
            RMI_REALM_PARAMS_AUX_RTT_BASE_OFFSET 0xf80 RMI1_REALM_PARAMS_VMID_OFFSET 0x800
            RMI_REC_PARAMS_MPIDR_OFFSET 0x100 RMI1_REC_PARAMS_NUM_AUX_OFFSET 0x800
            RMI1_REC_PARAMS_AUX_OFFSET 0x808 RMI_REC_RUN_EXIT_OFFSET 0x800
            RMI_REC_EXIT_ESR_OFFSET 0x100 RMI_REC_EXIT_GPRS_OFFSET 0x200
            RMI_REC_EXIT_CNTV_CVAL_OFFSET 0x418 RMI_REC_EXIT_RIPAS_VALUE_OFFSET 0x510
            RMI_REC_EXIT_IMM_OFFSET 0x600 RMI_REC_EXIT_PMU_OVF_STATUS_OFFSET 0x700
            RMI1_REC_ENTER_GICV3_LRS_OFFSET 0x308 RMI1_REC_EXIT_GICV3_VMCR_OFFSET 0x390'''))

    def test_encodings(self):
        self.check(pairs(ENCODINGS))

    def test_families(self):
        for name, text in FAMILIES.items():
            found = re.search(rf'#define REALM_KVM_FAMILY_{name} {{(.*?)\n}}\n', HEADER, re.S)[1]
            cells = re.findall(r'\.(\w+) = (?:{ (.*?) }|(.*?)),(?: \\(?:\n|$))',
                               re.sub(r' \\\n\t\t', ' ', found))
            written = {n: re.sub(r'REALM_KVM_|\s', '', listed or single)
                       for n, listed, single in cells if not n.startswith('num_')}
            with self.subTest(family=name):
                self.assertEqual(written.pop('name').upper(), f'"{name.replace("_", "-")}"')
                self.assertEqual(written, dict(word.split('=') for word in text.split()))
        self.assertRegex(HEADER, r'"rmi-da".*\n.*\n.*\n\t.supported = 0,')

    def rows(self, table):
        """The cells of each row as a dict of text; a list of nothing is "0"."""
        for row in re.findall(rf'#define REALM_{table}_\w+ {{(.*?)\n}}\n', HEADER, re.S):
            yield {n: listed or single for n, listed, single in
                   re.findall(r'\.(\w+) = (?:{ (.*?) }|(.*?)), \\\n', row + '\n')}

    def test_answers(self):
        found = [(c['cap'], c['since'], c['system'], c['vm'], c['common'])
                 for c in self.rows('KVM_ANSWER')]
        words = ANSWERS.split()
        self.assertEqual(found, [('REALM_KVM_CAP_' + words[i], *words[i + 1:i + 5])
                                 for i in range(0, len(words), 5)])

    def test_kernels(self):
        text = lambda cell: '' if cell == '0' else cell.strip('"')
        number = lambda cell: FOUND[cell] if cell != '0' else 0
        found = {text(c['name']): (
            c['base'], text(c['family']) or '-', c['error'], number(c['cap']),
            number(c['rec_feature']), number(c['psci']),
            '-' if c['file'] == '0' else f'{text(c["file"])}={text(c["holds"])}')
            for c in self.rows('KVM_KERNEL')}
        words = KERNELS.split()
        expected = {n: (base, family, error, *(int(w, 0) for w in numbers), file)
                    for n, base, family, error, *numbers, file in
                    (words[i:i + 8] for i in range(0, len(words), 8))}
        self.assertEqual(found, expected)

    def test_profiles(self):
        text = (spec.GENERATED / 'measurement.h').read_text()
        for name, start, ripas in (('RMM_1_0', 'PARAMS', 1), ('RMM_2_0', 'ZERO', 0),
                                   ('TF_RMM_2_0', 'PARAMS', 0)):
            found = re.search(rf'#define RMM_PROFILE_{name} {{(.*?)\n}}\n', text, re.S)[1]
            self.assertIn(f'.start = RMM_RIM_START_{start},', found)
            self.assertIn(f'.ripas = {ripas},', found)


if __name__ == '__main__':
    spec.main()
