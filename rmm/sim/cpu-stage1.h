/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cpu-stage1.h - stage 1 of the EL1&0 translation regime: virtual addresses of a guest to IPAs
 *
 * After DDI 0487, D8.2 and D8.3, for 48-bit addresses, without hardware update of flags.
 */
#ifndef SIM_CPU_STAGE1_H
#define SIM_CPU_STAGE1_H

#include "port.h"

enum {
	STAGE1_READ = 1,
	STAGE1_WRITE = 2,
	STAGE1_EXEC = 4,
};

enum stage1_end {
	STAGE1_OK,
	STAGE1_FAULT,	/* fsc */
	STAGE1_NO_TABLE,	/* ipa, of a descriptor that cannot be read */
};

struct stage1 {
	enum stage1_end end;
	uint64_t ipa;
	unsigned rights;	/* of STAGE1_*, at the exception level of the guest */
	int level;
	unsigned fsc;
};

/* The descriptor at this IPA; NULL: stage 2 does not let it be read */
typedef const uint64_t *(*stage1_read_fn)(void *ctx, uint64_t ipa);

bool stage1_is_on(const struct rmm_guest *guest);

/* Where a virtual address leads; to itself with all rights while stage 1 is off. */
struct stage1 stage1_walk(const struct rmm_guest *guest, uint64_t va, stage1_read_fn read, void *ctx);

#endif
