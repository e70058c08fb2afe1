/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sysreg.h - system registers, barriers and SMC; names for what GNU as 2.40 does not know */
#ifndef QEMU_SYSREG_H
#define QEMU_SYSREG_H

#include <stdint.h>

#define GPCCR_EL3 S3_6_C2_C1_6
#define GPTBR_EL3 S3_6_C2_C1_4
#define MFAR_EL3 S3_6_C6_C0_5
#define ZCR_EL3 S3_6_C1_C2_0
#define SMCR_EL3 S3_6_C1_C2_6
#define ICC_SRE_EL3 S3_6_C12_C12_5
#define TTBR1_EL2 S3_4_C2_C0_1
#define CONTEXTIDR_EL2 S3_4_C13_C0_1
#define CNTPOFF_EL2 S3_4_C14_C0_6
#define HCRX_EL2 S3_4_C1_C2_2
#define HFGRTR_EL2 S3_4_C1_C1_4
#define HFGWTR_EL2 S3_4_C1_C1_5
#define HFGITR_EL2 S3_4_C1_C1_6
#define HDFGRTR_EL2 S3_4_C3_C1_4
#define HDFGWTR_EL2 S3_4_C3_C1_5
#define VNCR_EL2 S3_4_C2_C2_0
#define VDISR_EL2 S3_4_C12_C1_1
#define VSESR_EL2 S3_4_C5_C2_3
#define DISR_EL1 S3_0_C12_C1_1
#define SCXTNUM_EL0 S3_3_C13_C0_7
#define SCXTNUM_EL1 S3_0_C13_C0_7
#define SCXTNUM_EL2 S3_4_C13_C0_7
#define ZCR_EL1 S3_0_C1_C2_0
#define ZCR_EL2 S3_4_C1_C2_0
#define APIAKEYLO_EL1 S3_0_C2_C1_0
#define APIAKEYHI_EL1 S3_0_C2_C1_1
#define APIBKEYLO_EL1 S3_0_C2_C1_2
#define APIBKEYHI_EL1 S3_0_C2_C1_3
#define APDAKEYLO_EL1 S3_0_C2_C2_0
#define APDAKEYHI_EL1 S3_0_C2_C2_1
#define APDBKEYLO_EL1 S3_0_C2_C2_2
#define APDBKEYHI_EL1 S3_0_C2_C2_3
#define APGAKEYLO_EL1 S3_0_C2_C3_0
#define APGAKEYHI_EL1 S3_0_C2_C3_1

#define sysreg_read_(name) \
	({ uint64_t value_; __asm__ volatile("mrs %0, " #name : "=r"(value_) : : "memory"); value_; })
#define sysreg_write_(name, value) __asm__ volatile("msr " #name ", %x0" : : "rZ"((uint64_t)(value)) : "memory")
#define sysreg_read(name) sysreg_read_(name)
#define sysreg_write(name, value) sysreg_write_(name, value)

#define isb() __asm__ volatile("isb" : : : "memory")
#define dsb(domain) __asm__ volatile("dsb " #domain : : : "memory")

static inline unsigned cpu_index(void)
{
	return (unsigned)(sysreg_read(mpidr_el1) & 0xff);
}

#endif
