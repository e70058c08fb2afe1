/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* guest.c - the registers of a guest, exceptions that it takes to EL1, and its memory */
#include "guest.h"

/* PSTATE, in the layout of SPSR_ELx */
#define PSTATE_EL1H UINT64_C(0x5)
#define PSTATE_SP_MASK UINT64_C(0x1)
#define PSTATE_EL_MASK UINT64_C(0xc)
#define PSTATE_NRW (UINT64_C(1) << 4)
#define PSTATE_DAIF (UINT64_C(0xf) << 6)
#define PSTATE_BTYPE (UINT64_C(3) << 10)
#define PSTATE_SSBS (UINT64_C(1) << 12)
#define PSTATE_SS (UINT64_C(1) << 21)
#define PSTATE_PAN (UINT64_C(1) << 22)
#define PSTATE_DIT (UINT64_C(1) << 24)
#define PSTATE_NZCV (UINT64_C(0xf) << 28)

#define SCTLR_SPAN (UINT64_C(1) << 23)
#define SCTLR_DSSBS (UINT64_C(1) << 44)
/* What is one without the features that give the bit a meaning: LSMAOE, nTLSMD, SPAN, EIS, TSCXT, EOS, SED, ITD */
#define SCTLR_RESET (UINT64_C(0x30500980) | SCTLR_SPAN)

/* Offsets into a vector table of the synchronous exceptions */
#define VECTOR_SP0 0x000
#define VECTOR_SPX 0x200
#define VECTOR_LOWER_A64 0x400
#define VECTOR_LOWER_A32 0x600

void rmm_guest_reset(struct rmm_guest *guest, uint64_t pc)
{
	mem_set(guest->x, 0, sizeof(guest->x));
	mem_set(&guest->el1, 0, sizeof(guest->el1));
	mem_set(&guest->timers, 0, sizeof(guest->timers));
	mem_set(&guest->gic, 0, sizeof(guest->gic));
	guest->el1.sctlr = SCTLR_RESET;
	guest->pstate = PSTATE_EL1H | PSTATE_DAIF;
	guest->pc = pc;
}

static uint64_t vector_offset(uint64_t pstate)
{
	if (pstate & PSTATE_NRW)
		return VECTOR_LOWER_A32;
	if (!(pstate & PSTATE_EL_MASK))
		return VECTOR_LOWER_A64;
	return pstate & PSTATE_SP_MASK ? VECTOR_SPX : VECTOR_SP0;
}

/* PSTATE of a handler at EL1 */
static uint64_t handler_pstate(uint64_t pstate, uint64_t sctlr)
{
	uint64_t handler = PSTATE_EL1H | PSTATE_DAIF | (pstate & (PSTATE_NZCV | PSTATE_DIT | PSTATE_PAN));

	if (!(sctlr & SCTLR_SPAN))
		handler |= PSTATE_PAN;
	if (sctlr & SCTLR_DSSBS)
		handler |= PSTATE_SSBS;
	return handler;
}

void rmm_guest_exception(struct rmm_guest *guest, uint64_t esr)
{
	guest->el1.esr = esr;
	guest->el1.elr = guest->pc;
	guest->el1.spsr = guest->pstate;
	guest->pc = guest->el1.vbar + vector_offset(guest->pstate);
	guest->pstate = handler_pstate(guest->pstate, guest->el1.sctlr);
}

/* A software step has been taken with it, and it was no branch. */
void rmm_guest_skip(struct rmm_guest *guest)
{
	guest->pc += 4;
	guest->pstate &= ~(PSTATE_SS | PSTATE_BTYPE);
}

void rmm_guest_undefined(struct rmm_guest *guest)
{
	rmm_guest_exception(guest, (uint64_t)ESR_EC_UNKNOWN << ESR_EC_SHIFT | ESR_IL);
}

void rmm_guest_abort(struct rmm_guest *guest, uint64_t esr, uint64_t far, unsigned fsc)
{
	uint64_t kept = ESR_EC_MASK | ESR_IL | ESR_FNV;

	if (esr_class(esr) == ESR_EC_DATA_ABORT)
		kept |= ESR_CM | ESR_WNR;
	esr &= kept;
	if (guest->pstate & PSTATE_EL_MASK)
		esr += UINT64_C(1) << ESR_EC_SHIFT;
	guest->el1.far = far;
	rmm_guest_exception(guest, esr | fsc);
}

uint64_t rmm_guest_reg(const struct rmm_guest *guest, unsigned number)
{
	return number < RMM_GPRS ? guest->x[number] : 0;
}

void rmm_guest_set_reg(struct rmm_guest *guest, unsigned number, uint64_t value)
{
	if (number < RMM_GPRS)
		guest->x[number] = value;
}

enum guest_reach rmm_guest_reach(struct rmm *rmm, const struct rd *rd, uint64_t ipa, struct guest_page *page)
{
	uint64_t granule = ipa & ~(granule_bytes(rmm) - 1);
	enum guest_reach reach = REACH_ABORT;
	struct s2_walk walk;

	mem_set(page, 0, sizeof(*page));
	if (!s2_is_protected(&rd->stage2, ipa))
		return REACH_NEVER;
	s2_walk(rmm, &rd->stage2, ipa, S2_LAST_LEVEL, &walk);
	page->level = walk.level;
	if (walk.entry.ripas == RMI_RIPAS_EMPTY) {
		reach = REACH_NEVER;
	} else if (walk.entry.ripas == RMI_RIPAS_RAM && walk.entry.state == S2_ASSIGNED) {
		page->va = rmm_map(rmm, walk.entry.pa + (granule - walk.ipa));
		page->at = page->va + (ipa - granule);
		reach = REACH_OK;
	}
	s2_end(rmm, &walk);
	return reach;
}
