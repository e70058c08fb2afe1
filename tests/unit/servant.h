/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * servant.h - a guest that does what a test says
 *
 * It reads registers and the number of an instruction from a mailbox in the unprotected half, which is MMIO to the
 * test, carries the instruction out, and writes to the mailbox what came of it. So each test is written in C,
 * instruction by instruction. Its code is at the start of a page, X0 leads to the mailbox when it starts.
 */
#ifndef SERVANT_H
#define SERVANT_H

#include <stdint.h>

#define MAILBOX UINT64_C(0x0a000000)

/* Offsets in the mailbox, which has X0 to X4 at its start */
enum {
	BOX_OP = 40,
	BOX_RESULTS = 48,	/* X0 to X2; the last ends the operation */
	BOX_DONE = 64,
	BOX_EXCEPTION = 72,	/* ESR_EL1; ends it, too */
};

enum op {
	OP_SMC,
	OP_STORE,	/* X1 at X0 */
	OP_LOAD,	/* X0 from X0 */
	OP_LOAD_SIGNED_HALF,
	OP_STORE_BYTE,
	OP_LOAD_PAIR,	/* has no syndrome */
	OP_WFI,
	OP_WFE,
	OP_READ_IAR,	/* of the GIC's CPU interface */
	OP_SPIN,	/* for ever */
};

#define SERVANT_VECTOR 0xa00	/* synchronous exceptions of EL1h, with VBAR at 0x800 */

static const uint32_t servant[] = {
	0xaa0003fc,	/* mov x28, x0 */
	0x10003fe9,	/* adr x9, start + 0x800 */
	0xd518c009,	/* msr vbar_el1, x9 */
	0xf9400380,	/* loop: ldr x0, [x28] */
	0xf9400781,	/* ldr x1, [x28, #8] */
	0xf9400b82,	/* ldr x2, [x28, #16] */
	0xf9400f83,	/* ldr x3, [x28, #24] */
	0xf9401384,	/* ldr x4, [x28, #32] */
	0xf9401789,	/* ldr x9, [x28, #40] */
	0x1000006a,	/* adr x10, table */
	0x8b090d4a,	/* add x10, x10, x9, lsl #3 */
	0xd61f0140,	/* br x10 */
	0xd4000003,	/* table: smc #0 */
	0x14000013,	/* b report */
	0xf9000001,	/* str x1, [x0] */
	0x14000011,	/* b report */
	0xf9400000,	/* ldr x0, [x0] */
	0x1400000f,	/* b report */
	0x79c00000,	/* ldrsh w0, [x0] */
	0x1400000d,	/* b report */
	0x39000001,	/* strb w1, [x0] */
	0x1400000b,	/* b report */
	0xa9400400,	/* ldp x0, x1, [x0] */
	0x14000009,	/* b report */
	0xd503207f,	/* wfi */
	0x14000007,	/* b report */
	0xd503205f,	/* wfe */
	0x14000005,	/* b report */
	0xd538cc00,	/* mrs x0, icc_iar1_el1 */
	0x14000003,	/* b report */
	0x14000000,	/* b . */
	0x14000001,	/* b report */
	0xf9001b80,	/* report: str x0, [x28, #48] */
	0xf9001f81,	/* str x1, [x28, #56] */
	0xf9002382,	/* str x2, [x28, #64] */
	0x17ffffe0,	/* b loop */
};

static const uint32_t servant_exception[] = {
	0xd5385200,	/* mrs x0, esr_el1 */
	0xf9002780,	/* str x0, [x28, #72] */
	0x17fffd81,	/* b loop */
};

#endif
