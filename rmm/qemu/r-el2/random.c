/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* random.c - random numbers of the CPU (FEAT_RNG) */
#include <string.h>

#include "console.h"
#include "rmm.h"
#include "sysreg.h"

#define ISAR0_RNDR_SHIFT 60
#define TRIES 100	/* the CPU may run dry for a moment */

/* NZCV tells whether there was a number: Z is set if not. */
static bool next_number(uint64_t *value)
{
	uint64_t none;

	for (unsigned i = 0; i < TRIES; i++) {
		__asm__ volatile("mrs %0, S3_3_C2_C4_0\n\tcset %1, eq" : "=r"(*value), "=r"(none) : : "cc", "memory");
		if (!none)
			return true;
	}
	return false;
}

void random_boot(void)
{
	if (!(sysreg_read(id_aa64isar0_el1) >> ISAR0_RNDR_SHIFT))
		panic("RMM: these CPUs have no random numbers (FEAT_RNG)");
}

bool random_bytes(void *ctx, void *buf, size_t len)
{
	uint8_t *to = buf;
	uint64_t value;

	for (size_t n; len; len -= n, to += n) {
		if (!next_number(&value))
			return false;
		n = len < sizeof(value) ? len : sizeof(value);
		memcpy(to, &value, n);
	}
	return true;
}
