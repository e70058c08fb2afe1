/* Generated from spec/psci.json (rmm-2.0). Do not edit; regenerate with spec/generate. */
/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */

#ifndef REALM_SPEC_PSCI_H
#define REALM_SPEC_PSCI_H

#ifdef __ASSEMBLER__
#define PSCI_U64(x) x
#else
#include <stddef.h>
#include <stdint.h>
#define PSCI_U64(x) UINT64_C(x)
#endif

/* PsciReturnCode (DEN0022 1.1: Return codes). As RMI_PSCI_COMPLETE takes it and a realm sees it */
#define PSCI_SUCCESS 0
#define PSCI_NOT_SUPPORTED (-1)
#define PSCI_INVALID_PARAMETERS (-2)
#define PSCI_DENIED (-3)
#define PSCI_ALREADY_ON (-4)
#define PSCI_ON_PENDING (-5)
#define PSCI_INTERNAL_FAILURE (-6)
#define PSCI_NOT_PRESENT (-7)
#define PSCI_DISABLED (-8)
#define PSCI_INVALID_ADDRESS (-9)

/* PsciFunction (DEN0022 1.1: Function IDs). Calls that an RMM takes from a realm */
#define SMC32_PSCI_VERSION PSCI_U64(0x84000000)	/* Returns 0x10001 (1.1) */
/* Notification; host gets only the FID; result SUCCESS already stored */
#define SMC32_PSCI_CPU_SUSPEND PSCI_U64(0x84000001)
#define SMC32_PSCI_CPU_OFF PSCI_U64(0x84000002)	/* REC becomes not runnable; host gets the FID */
/* Pending until RMI_PSCI_COMPLETE; host gets FID and MPIDR (spec: up to 3 arguments) */
#define SMC32_PSCI_CPU_ON PSCI_U64(0x84000003)
#define SMC32_PSCI_AFFINITY_INFO PSCI_U64(0x84000004)	/* Pending until RMI_PSCI_COMPLETE */
#define SMC32_PSCI_SYSTEM_OFF PSCI_U64(0x84000008)	/* Realm becomes SYSTEM_OFF */
#define SMC32_PSCI_SYSTEM_RESET PSCI_U64(0x84000009)	/* Realm becomes SYSTEM_OFF */
#define SMC32_PSCI_FEATURES PSCI_U64(0x8400000a)
#define SMC64_PSCI_CPU_SUSPEND PSCI_U64(0xc4000001)
#define SMC64_PSCI_CPU_ON PSCI_U64(0xc4000003)
#define SMC64_PSCI_AFFINITY_INFO PSCI_U64(0xc4000004)

/* PsciAffinityInfo (DEN0022 1.1: AFFINITY_INFO) */
#define PSCI_AFFINITY_ON 0
#define PSCI_AFFINITY_OFF 1

/* SmcccFunction (DEN0028 1.2: Function Identifiers) */
#define SMC32_SMCCC_VERSION PSCI_U64(0x80000000)	/* TF-RMM answers 0x10002 */
#define SMCCC_SVE_HINT 0x10000	/* May be set in a function identifier: no live SVE state */

/*
 * SmcccRange (DEN0137 1.0-rel0, 2.0-bet1: SMC function identifiers). Where the commands of both
 * interfaces lie
 */
#define SMCCC_RMI_FIRST PSCI_U64(0xc4000150)
#define SMCCC_RMI_LAST PSCI_U64(0xc400018f)
#define SMCCC_RSI_FIRST PSCI_U64(0xc4000190)
/* 0xC40001AF in 1.0; TF-RMM keeps 0xC40001B0 on for itself. */
#define SMCCC_RSI_LAST PSCI_U64(0xc40001cf)
#define SMCCC_RMI_2_FIRST PSCI_U64(0xc40001d0)	/* 2.0 alone */
#define SMCCC_RMI_2_LAST PSCI_U64(0xc40002cf)

/* SmcccReturnCode (DEN0028 1.2: Return codes) */
#define SMCCC_NOT_SUPPORTED (-1)	/* X0 after an unknown function identifier */

#endif /* REALM_SPEC_PSCI_H */
