/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* stubs.c - parts of the port that are not there yet: no token is signed, no call logged */
#include "rmm.h"

#define PART __attribute__((weak))

PART void (*const call_log)(void *ctx, enum rmm_call call, const uint64_t in[RMM_SMC_REGS],
			    const uint64_t out[RMM_SMC_REGS]) = NULL;

PART void key_boot(void)
{
}

PART bool key_rak_point(void *ctx, uint8_t point[RMM_RAK_POINT_SIZE])
{
	return false;
}

PART bool key_rak_sign(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE])
{
	return false;
}

PART const void *platform_token(void *ctx, const uint8_t challenge[32], size_t *len)
{
	return NULL;
}
