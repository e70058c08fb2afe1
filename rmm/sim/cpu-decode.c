/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu-decode.c - what the syndrome of an instruction is */
#include "cpu-decode.h"

#define ISS_ISV (UINT64_C(1) << 24)
#define ISS_SAS_SHIFT 22
#define ISS_SSE (UINT64_C(1) << 21)
#define ISS_SRT_SHIFT 16
#define ISS_SF (UINT64_C(1) << 15)
#define ISS_AR (UINT64_C(1) << 14)

#define SIZE_64 3	/* log2 of bytes */

static unsigned field(uint32_t insn, unsigned high, unsigned low)
{
	return insn >> low & ((1U << (high - low + 1)) - 1);
}

static uint64_t iss_make(uint32_t insn, unsigned size, bool is_signed, bool is_64)
{
	return ISS_ISV | (uint64_t)size << ISS_SAS_SHIFT | (is_signed ? ISS_SSE : 0) |
	       (uint64_t)field(insn, 4, 0) << ISS_SRT_SHIFT | (is_64 ? ISS_SF : 0);
}

/* Loads and stores of one register with size and opc in the usual places */
static uint64_t register_iss(uint32_t insn)
{
	unsigned size = field(insn, 31, 30), opc = field(insn, 23, 22);

	if (opc < 2)
		return iss_make(insn, size, false, size == SIZE_64);
	return size == SIZE_64 ? 0 : iss_make(insn, size, true, opc == 2);	/* 0: a prefetch */
}

/* LDR (literal): bits 31:30 say what it loads */
static uint64_t literal_iss(uint32_t insn)
{
	unsigned opc = field(insn, 31, 30);

	if (opc == 3)	/* a prefetch */
		return 0;
	return iss_make(insn, opc == 1 ? SIZE_64 : 2, opc == 2, opc != 0);
}

/* Unscaled, unprivileged and register offsets; the other forms write the base back, or are atomic operations. */
static bool has_plain_offset(uint32_t insn)
{
	unsigned form = field(insn, 11, 10);

	return field(insn, 21, 21) ? form == 2 : form == 0 || form == 2;
}

static bool matches(uint32_t insn, uint32_t mask, uint32_t value)
{
	return (insn & mask) == value;
}

uint64_t insn_access_iss(uint32_t insn)
{
	unsigned size = field(insn, 31, 30);

	if (matches(insn, 0x3f000000, 0x39000000))	/* unsigned offset */
		return register_iss(insn);
	if (matches(insn, 0x3f000000, 0x38000000) && has_plain_offset(insn))
		return register_iss(insn);
	if (matches(insn, 0x3f000000, 0x18000000))
		return literal_iss(insn);
	if (matches(insn, 0x3fa00000, 0x08800000))	/* LDAR, STLR, LDLAR, STLLR */
		return iss_make(insn, size, false, size == SIZE_64) | ISS_AR;
	if (matches(insn, 0x3ffffc00, 0x38bfc000))	/* LDAPR */
		return iss_make(insn, size, false, size == SIZE_64) | ISS_AR;
	if (matches(insn, 0x3f200c00, 0x19000000))	/* LDAPUR, STLUR */
		return register_iss(insn) ? register_iss(insn) | ISS_AR : 0;
	return 0;
}

bool insn_is_gic(uint32_t insn, uint64_t *iss)
{
	unsigned op1 = field(insn, 18, 16), crn = field(insn, 15, 12), crm = field(insn, 11, 8);
	unsigned op2 = field(insn, 7, 5), rt = field(insn, 4, 0), is_read = field(insn, 21, 21);

	if (!matches(insn, 0xffd00000, 0xd5100000) || op1 != 0)
		return false;
	if (!(crn == 12 && crm >= 8) && !(crn == 4 && crm == 6 && op2 == 0))
		return false;
	*iss = 3U << 20 | op2 << 17 | op1 << 14 | crn << 10 | rt << 5 | crm << 1 | is_read;
	return true;
}
