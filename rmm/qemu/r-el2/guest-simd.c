/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * guest-simd.c - floating point, SIMD and SVE of a realm
 *
 * They change hands at each run: the RMM hashes with vector registers. What the host has there is EL3's to keep.
 */
#include "guest-parts.h"
#include "sysreg.h"

#define ZCR_LEN_MAX 0xf

/* CPTR_EL2 with E2H = 0. A trap concerns EL2 as well. */
#define CPTR_RES1 0x22ff
#define CPTR_TZ (1 << 8)
#define CPTR_TSM (1 << 12)
#define CPTR_TTA (1 << 20)
#define CPTR_TAM (1 << 30)
#define CPTR_RMM (CPTR_RES1 | CPTR_TSM | CPTR_TTA | CPTR_TAM)

/* simd.S knows these */
_Static_assert(offsetof(struct guest_vectors, fpsr) == 0 && offsetof(struct guest_vectors, fpcr) == 8, "stp");
_Static_assert(offsetof(struct guest_vectors, v) == 32 && offsetof(struct guest_vectors, p) == 32, "VECTORS_V");

void simd_store(struct guest_vectors *to);
void simd_load(const struct guest_vectors *from);
void sve_store(void *z_low, void *z_high, struct guest_vectors *rest);
void sve_load(const void *z_low, const void *z_high, const struct guest_vectors *rest);
unsigned sve_bytes(void);

void guest_simd_boot(void)
{
	sysreg_write(cptr_el2, CPTR_RMM);
	isb();
}

unsigned guest_sve_quads(void)
{
	guest_simd_boot();
	sysreg_write(ZCR_EL2, ZCR_LEN_MAX);
	isb();
	return sve_bytes() / 16;
}

void guest_simd_load(const struct rmm_guest *guest, const struct guest_pages *pages)
{
	const struct guest_vectors *vectors = &pages->state->vectors;

	if (guest->sve) {
		sysreg_write(ZCR_EL2, guest->sve_vl);
		sysreg_write(ZCR_EL1, vectors->zcr);
		isb();
		sve_load(pages->z[0], pages->z[1], vectors);
	} else {
		simd_load(vectors);
		sysreg_write(cptr_el2, CPTR_RMM | CPTR_TZ);
	}
}

void guest_simd_store(const struct rmm_guest *guest, const struct guest_pages *pages)
{
	struct guest_vectors *vectors = &pages->state->vectors;

	if (guest->sve) {
		sve_store(pages->z[0], pages->z[1], vectors);
		vectors->zcr = sysreg_read(ZCR_EL1);
	} else {
		simd_store(vectors);
		guest_simd_boot();
	}
}
