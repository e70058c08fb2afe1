/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* stubs.c - parts of the port that are not there yet: no realm runs, no token is signed */
#include <string.h>

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

PART void guest_boot_cpu(void)
{
}

PART void guest_limits(struct rmm_limits *limits)
{
}

PART void guest_exit(void)
{
}

PART void guest_enter(void *ctx, struct rmm_guest *guest, struct rmm_trap *trap)
{
	*trap = (struct rmm_trap){ .kind = RMM_TRAP_IRQ };
}

PART void guest_gic_read(void *ctx, struct rmm_gic *gic)
{
	memset(gic, 0, sizeof(*gic));
}

PART void guest_gic_write(void *ctx, const struct rmm_gic *gic)
{
}

PART bool guest_irq_pending(void *ctx)
{
	return false;
}

PART void guest_tlb_invalidate(void *ctx, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size)
{
}
