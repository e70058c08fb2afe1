/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * guest.h - what the files that run a guest share: its registers and memory, its exits, its calls
 */
#ifndef RMM_GUEST_H
#define RMM_GUEST_H

#include "core.h"

/* ESR_ELx: class, and the fields of an abort (Arm ARM, D24.2.40) */

#define ESR_EC_SHIFT 26
#define ESR_EC_MASK (UINT64_C(0x3f) << ESR_EC_SHIFT)
#define ESR_EC_UNKNOWN 0x00
#define ESR_EC_WFX 0x01
#define ESR_EC_HVC64 0x16
#define ESR_EC_SMC64 0x17
#define ESR_EC_SYSREG 0x18
#define ESR_EC_INST_ABORT 0x20	/* from a lower EL; plus one: from the same */
#define ESR_EC_DATA_ABORT 0x24
#define ESR_IL (UINT64_C(1) << 25)
#define ESR_ISV (UINT64_C(1) << 24)
#define ESR_SAS_MASK (UINT64_C(3) << 22)
#define ESR_SSE (UINT64_C(1) << 21)
#define ESR_SF (UINT64_C(1) << 15)
#define ESR_SET_MASK (UINT64_C(3) << 11)
#define ESR_FNV (UINT64_C(1) << 10)
#define ESR_EA (UINT64_C(1) << 9)
#define ESR_CM (UINT64_C(1) << 8)
#define ESR_S1PTW (UINT64_C(1) << 7)
#define ESR_WNR (UINT64_C(1) << 6)
#define ESR_FSC_MASK UINT64_C(0x3f)
#define FSC_ADDRESS_SIZE 0x00	/* at level 0 */
#define FSC_TRANSLATION 0x04	/* at level 0; plus the level */
#define FSC_TRANSLATION_LM1 0x2b	/* at level -1 */
#define FSC_EXTERNAL 0x10

static inline unsigned esr_class(uint64_t esr)
{
	return (unsigned)((esr & ESR_EC_MASK) >> ESR_EC_SHIFT);
}

/* The register of an aborted load or store (SRT), and how many bits it moves (SAS) */
static inline unsigned esr_srt(uint64_t esr)
{
	return (unsigned)bits(esr, 20, 16);
}

static inline unsigned esr_width(uint64_t esr)
{
	return 8U << bits(esr, 23, 22);
}

/* The register of a trapped MSR, MRS, WFIT or WFET */
static inline unsigned esr_rt(uint64_t esr)
{
	return (unsigned)bits(esr, 9, 5);
}

/* What a REC exit tells the host. Fields that its reason does not have are zero. */
struct guest_exit {
	uint8_t reason;	/* RMI_EXIT_* */
	uint8_t ripas_value;
	uint16_t imm;
	uint64_t esr, far, hpfar;
	uint64_t ripas_base, ripas_top;
	uint64_t gprs[RMM_GPRS];
};

/* A REC while it is entered */
struct guest_run {
	struct rmm *rmm;
	struct rd *rd;
	struct rec *rec;
	struct guest_exit exit;
};

/* guest.c: registers and memory */

/* As after a reset: at pc in EL1, MMU and caches off, interrupts masked, the other registers zero */
void rmm_guest_reset(struct rmm_guest *guest, uint64_t pc);
/* Takes an exception to EL1 on behalf of the instruction at pc. */
void rmm_guest_undefined(struct rmm_guest *guest);
/* esr: of the abort that the RMM took; fsc: what the guest is told instead of its status */
void rmm_guest_abort(struct rmm_guest *guest, uint64_t esr, uint64_t far, unsigned fsc);
/* A general register by its number in an instruction, where 31 is the zero register */
uint64_t rmm_guest_reg(const struct rmm_guest *guest, unsigned number);
void rmm_guest_set_reg(struct rmm_guest *guest, unsigned number, uint64_t value);

enum guest_reach {
	REACH_OK,
	REACH_ABORT,	/* the realm's, but the host has to map it first */
	REACH_NEVER,	/* unprotected, RIPAS EMPTY or outside the IPA space */
};

struct guest_page {
	uint8_t *va;	/* the whole granule, mapped until rmm_unmap(); NULL unless REACH_OK */
	void *at;	/* in it, what the IPA stands for */
	int level;	/* where the walk ended */
};

enum guest_reach rmm_guest_reach(struct rmm *rmm, const struct rd *rd, uint64_t ipa, struct guest_page *page);

/* exit.c: true means that the REC exits to the host, with run->exit filled in */

bool rmm_guest_trap(struct guest_run *run, const struct rmm_trap *trap);
/* The exit for memory that the RMM itself could not reach: a data abort at ipa */
void rmm_guest_exit_abort(struct guest_run *run, uint64_t ipa, int level);

/* rsi.c, psci.c: calls of the realm, by SMC; true means as above */

#define SMCCC_64 (UINT32_C(1) << 30)	/* in a function identifier: arguments have 64 bits */

bool rmm_guest_smc(struct guest_run *run);
bool rmm_guest_psci(struct guest_run *run, uint32_t fid);
/* Ends the call that the guest is stopped at: results from X0 on, and on with the next instruction. */
void rmm_guest_return(struct rmm *rmm, struct rec *rec, const uint64_t *results, unsigned count);
/* The granule with a buffer of the realm, which is aligned. Else page->va is NULL, with *out an error or as above. */
bool rmm_rsi_buffer(struct guest_run *run, uint64_t ipa, uint64_t align, uint64_t *out, struct guest_page *page);
/* Ends a change of RIPAS with how far the host got. */
void rmm_ripas_resume(struct rmm *rmm, struct rec *rec, bool rejected);
/* Ends a host call with the registers that the host gave; true when its structure cannot be reached. */
bool rmm_host_call_resume(struct guest_run *run, const uint64_t gprs[RMM_GPRS]);

/* attest.c: tokens */

bool rmm_rsi_token_init(struct guest_run *run, uint64_t *out);
bool rmm_rsi_token_continue(struct guest_run *run, uint64_t *out);

#endif
