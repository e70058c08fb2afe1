/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cpu-decode.h - A64 instructions, as far as syndromes (ESR_ELx) tell of them
 *
 * Encodings are those of DDI 0487, chapter C4; syndromes those of D24.2.40.
 */
#ifndef SIM_CPU_DECODE_H
#define SIM_CPU_DECODE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	EC_UNKNOWN = 0x00,
	EC_WAIT = 0x01,
	EC_SVC = 0x15,
	EC_HVC = 0x16,
	EC_SMC = 0x17,
	EC_SYSREG = 0x18,
	EC_FETCH_ABORT = 0x20,	/* from a lower EL; plus one: from the same */
	EC_PC_ALIGNMENT = 0x22,
	EC_DATA_ABORT = 0x24,
	EC_BRK = 0x3c,
};

#define ISS_EA (UINT64_C(1) << 9)
#define ISS_S1PTW (UINT64_C(1) << 7)
#define ISS_WNR (UINT64_C(1) << 6)
#define ISS_COND_ALWAYS (UINT64_C(0x1e) << 20)	/* CV and COND of WFI and WFE */
#define ISS_WAIT_WFE 1

#define FSC_EXTERNAL 0x10
#define FSC_ALIGNMENT 0x21

#define INSN_WFI 0xd503207fU
#define INSN_WFE 0xd503205fU

/* A syndrome with IL, which all 32-bit instructions have */
static inline uint64_t esr_make(unsigned ec, uint64_t iss)
{
	return (uint64_t)ec << 26 | UINT64_C(1) << 25 | iss;
}

/* The immediate of SVC, HVC, SMC and BRK */
static inline unsigned insn_imm16(uint32_t insn)
{
	return insn >> 5 & 0xffff;
}

/* The register that has the base address of a load or store */
static inline unsigned insn_base(uint32_t insn)
{
	return insn >> 5 & 0x1f;
}

/* ISV, SAS, SSE, SRT, SF and AR of a load or store that aborts at stage 2; 0 where ISV is 0 */
uint64_t insn_access_iss(uint32_t insn);

/* MSR or MRS of the GIC's CPU interface; *iss is that of the trap */
bool insn_is_gic(uint32_t insn, uint64_t *iss);

#endif
