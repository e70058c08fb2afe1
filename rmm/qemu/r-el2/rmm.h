/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmm.h - the parts of the port to R-EL2; together they are the struct rmm_port of port.c */
#ifndef QEMU_RMM_H
#define QEMU_RMM_H

#include "port.h"

/* start.S: a call to EL3, X0..X11; X0..X10 of the answer replace the first ones */
#define SMC_REGS 12
void smc(uint64_t regs[SMC_REGS]);

/* boot.c: what start.S calls */
_Noreturn void rmm_boot(void);
_Noreturn void boot_exception(uint64_t kind);	/* enum rmm_trap_kind: one that the RMM took itself */

/* port.c */
extern struct rmm_port port;
void port_boot(const struct rmm_bank *memory, unsigned count);
void port_limits(const struct rmm_variant *variant, struct rmm_limits *limits);

/* hash.c: SHA-2 by the instructions for it, one digest at a time */
void hash_boot(void);
void hash_begin(void *ctx, unsigned algo);
void hash_add(void *ctx, const void *data, size_t len);
void hash_end(void *ctx, uint8_t *digest);

/* random.c: RNDR */
void random_boot(void);
bool random_bytes(void *ctx, void *buf, size_t len);

/* key.c: keys of P-384, made at boot; key-none.c: none, in a build without BearSSL */
void key_boot(void);
bool key_rak_point(void *ctx, uint8_t point[RMM_RAK_POINT_SIZE]);
bool key_rak_sign(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE]);
bool key_platform_point(uint8_t point[RMM_RAK_POINT_SIZE]);
bool key_platform_sign(void *ctx, const uint8_t digest[48], uint8_t signature[RMM_SIGNATURE_SIZE]);

/* platform.c */
void platform_boot(const struct rmm_variant *variant);	/* after key_boot() */
const void *platform_token(void *ctx, const uint8_t challenge[32], size_t *len);

/*
 * guest-*.c: the CPU in a realm. Its exceptions come to guest_exit of enter.S by the vectors of start.S, with X0 and X1 on
 * the stack, SP 16 below what it was, and X0 an enum rmm_trap_kind.
 */
void guest_exit(void);
void guest_boot_cpu(void);	/* on each CPU, MMU on */
void guest_limits(struct rmm_limits *limits);	/* what these CPUs can do: num_bps, num_wps, sve, sve_vl, gicv3_vtr, lpa2 */
void guest_enter(void *ctx, struct rmm_guest *guest, struct rmm_trap *trap);
void guest_gic_read(void *ctx, struct rmm_gic *gic);
void guest_gic_write(void *ctx, const struct rmm_gic *gic);
bool guest_irq_pending(void *ctx);
void guest_tlb_invalidate(void *ctx, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size);

/* log.c: NULL in the image that does not trace */
extern void (*const call_log)(void *ctx, enum rmm_call call, const uint64_t in[RMM_SMC_REGS],
			      const uint64_t out[RMM_SMC_REGS]);

#endif
