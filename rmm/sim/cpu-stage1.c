/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu-stage1.c - the tables that a guest has made for itself */
#include "cpu-stage1.h"

#define SCTLR_M (UINT64_C(1) << 0)
#define SCTLR_WXN (UINT64_C(1) << 19)
#define PSTATE_EL_MASK UINT64_C(0xc)
#define PSTATE_PAN (UINT64_C(1) << 22)

#define DESC_VALID UINT64_C(1)
#define DESC_TABLE UINT64_C(2)
#define DESC_EL0 (UINT64_C(1) << 6)	/* AP[1] */
#define DESC_READ_ONLY (UINT64_C(1) << 7)	/* AP[2] */
#define DESC_AF (UINT64_C(1) << 10)
#define DESC_PXN (UINT64_C(1) << 53)
#define DESC_UXN (UINT64_C(1) << 54)
#define TABLE_PXN (UINT64_C(1) << 59)
#define TABLE_UXN (UINT64_C(1) << 60)
#define TABLE_NO_EL0 (UINT64_C(1) << 61)
#define TABLE_READ_ONLY (UINT64_C(1) << 62)

#define ADDRESS_MASK UINT64_C(0xffffffffffff)
#define ASID_SHIFT 48

#define FSC_TRANSLATION 0x04
#define FSC_ACCESS_FLAG 0x08

#define LAST_LEVEL 3

/* One half of the virtual addresses, as TCR_EL1 and a TTBR have it */
struct half {
	uint64_t table;
	unsigned bits, granule_shift;
	bool disabled, tagged, flat;	/* EPD, TBI, HPD */
	bool upper;
};

bool stage1_is_on(const struct rmm_guest *guest)
{
	return guest->el1.sctlr & SCTLR_M;
}

/* The halves encode granules differently; reserved values count as 4 KiB. */
static unsigned granule_shift(uint64_t tcr, bool upper)
{
	static const uint8_t lower_half[] = { 12, 16, 14, 12 }, upper_half[] = { 12, 14, 12, 16 };

	return upper ? upper_half[tcr >> 30 & 3] : lower_half[tcr >> 14 & 3];
}

static struct half half_of(const struct rmm_guest *guest, uint64_t va)
{
	uint64_t tcr = guest->el1.tcr;
	bool upper = va >> 55 & 1;

	return (struct half){
		.table = (upper ? guest->el1.ttbr1 : guest->el1.ttbr0) & ADDRESS_MASK & ~UINT64_C(1),
		.bits = 64 - (unsigned)(tcr >> (upper ? 16 : 0) & 0x3f),
		.granule_shift = granule_shift(tcr, upper),
		.disabled = tcr >> (upper ? 23 : 7) & 1,
		.tagged = tcr >> (upper ? 38 : 37) & 1,
		.flat = tcr >> (upper ? 42 : 41) & 1,
		.upper = upper,
	};
}

static bool is_inside(const struct half *half, uint64_t va)
{
	int64_t address = half->tagged ? (int64_t)(va << 8) >> 8 : (int64_t)va;

	if (half->disabled || half->bits < 25 || half->bits > 48)
		return false;
	return address >> half->bits == (half->upper ? -1 : 0);
}

static unsigned level_shift(const struct half *half, int level)
{
	return half->granule_shift + (unsigned)(LAST_LEVEL - level) * (half->granule_shift - 3);
}

static int start_level(const struct half *half)
{
	unsigned stride = half->granule_shift - 3;

	return LAST_LEVEL + 1 - (int)((half->bits - half->granule_shift + stride - 1) / stride);
}

static bool is_block_level(const struct half *half, int level)
{
	return level == 2 || (level == 1 && half->granule_shift == 12);
}

static struct stage1 fault(unsigned code, int level)
{
	return (struct stage1){ .end = STAGE1_FAULT, .fsc = code + (unsigned)level, .level = level };
}

static unsigned rights_at_el1(const struct rmm_guest *guest, uint64_t desc)
{
	unsigned rights = STAGE1_READ;

	if (!(desc & DESC_READ_ONLY))
		rights |= STAGE1_WRITE;
	if (desc & DESC_EL0 && guest->pstate & PSTATE_PAN)
		rights = 0;
	if (!(desc & DESC_PXN) && !(desc & DESC_EL0 && !(desc & DESC_READ_ONLY)))
		rights |= STAGE1_EXEC;
	return rights;
}

static unsigned rights_at_el0(uint64_t desc)
{
	unsigned rights = desc & DESC_UXN ? 0 : STAGE1_EXEC;

	if (desc & DESC_EL0)
		rights |= desc & DESC_READ_ONLY ? STAGE1_READ : STAGE1_READ | STAGE1_WRITE;
	return rights;
}

static unsigned rights_of(const struct rmm_guest *guest, uint64_t desc)
{
	unsigned rights = guest->pstate & PSTATE_EL_MASK ? rights_at_el1(guest, desc) : rights_at_el0(desc);

	if (guest->el1.sctlr & SCTLR_WXN && rights & STAGE1_WRITE)
		rights &= ~(unsigned)STAGE1_EXEC;
	return rights;
}

/* What a table denies, in the bits of the descriptors under it. */
static uint64_t inherit(const struct half *half, uint64_t desc, uint64_t table)
{
	if (half->flat)
		return desc;
	if (table & TABLE_NO_EL0)
		desc &= ~DESC_EL0;
	if (table & TABLE_READ_ONLY)
		desc |= DESC_READ_ONLY;
	if (table & TABLE_PXN)
		desc |= DESC_PXN;
	if (table & TABLE_UXN)
		desc |= DESC_UXN;
	return desc;
}

static struct stage1 finish(const struct rmm_guest *guest, const struct half *half, uint64_t va, int level,
			    uint64_t desc)
{
	uint64_t low = (UINT64_C(1) << level_shift(half, level)) - 1;

	if (!(desc & DESC_AF))
		return fault(FSC_ACCESS_FLAG, level);
	return (struct stage1){
		.ipa = (desc & ADDRESS_MASK & ~low) | (va & low),
		.rights = rights_of(guest, desc),
		.level = level,
	};
}

static struct stage1 walk_half(const struct rmm_guest *guest, const struct half *half, uint64_t va,
			       stage1_read_fn read, void *ctx)
{
	uint64_t address = va & ((UINT64_C(1) << half->bits) - 1), table = half->table, denied = 0;
	uint64_t low = (UINT64_C(1) << half->granule_shift) - 1;

	for (int level = start_level(half);; level++) {
		uint64_t ipa = table + (address >> level_shift(half, level)) * sizeof(uint64_t);
		const uint64_t *desc = read(ctx, ipa);

		if (!desc)
			return (struct stage1){ .end = STAGE1_NO_TABLE, .ipa = ipa, .level = level };
		if (!(*desc & DESC_VALID) || (!(*desc & DESC_TABLE) && !is_block_level(half, level)))
			return fault(FSC_TRANSLATION, level);
		if (level == LAST_LEVEL || !(*desc & DESC_TABLE))
			return finish(guest, half, va, level, inherit(half, *desc, denied));
		denied |= *desc;
		table = *desc & ADDRESS_MASK & ~low;
		address &= (UINT64_C(1) << level_shift(half, level)) - 1;
	}
}

struct stage1 stage1_walk(const struct rmm_guest *guest, uint64_t va, stage1_read_fn read, void *ctx)
{
	struct half half = half_of(guest, va);

	if (!stage1_is_on(guest))
		return (struct stage1){ .ipa = va, .rights = STAGE1_READ | STAGE1_WRITE | STAGE1_EXEC };
	if (!is_inside(&half, va))
		return fault(FSC_TRANSLATION, 0);
	return walk_half(guest, &half, va, read, ctx);
}
