/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* vectors.S - into the monitor and out of it; the registers of the world below stand on the stack meanwhile */
#include "stack.h"

	.macro	vector handler
	.balign	0x80
	sub	sp, sp, #EL3_REGS_SIZE
	stp	x29, x30, [sp, #8 * 29]
	bl	save
	mov	x0, sp
	bl	\handler
	b	leave
	.endm

	.text
	.balign	0x800
	.globl vectors
vectors:
	.rept	8		/* from EL3 itself */
	vector	trap_own
	.endr
	vector	trap_lower	/* from below, AArch64: synchronous */
	.rept	3		/* IRQ, FIQ, SError: not routed here */
	vector	trap_odd
	.endr
	.rept	4		/* from AArch32 */
	vector	trap_odd
	.endr

save:
	stp	x0, x1, [sp]
	stp	x2, x3, [sp, #8 * 2]
	stp	x4, x5, [sp, #8 * 4]
	stp	x6, x7, [sp, #8 * 6]
	stp	x8, x9, [sp, #8 * 8]
	stp	x10, x11, [sp, #8 * 10]
	stp	x12, x13, [sp, #8 * 12]
	stp	x14, x15, [sp, #8 * 14]
	stp	x16, x17, [sp, #8 * 16]
	stp	x18, x19, [sp, #8 * 18]
	stp	x20, x21, [sp, #8 * 20]
	stp	x22, x23, [sp, #8 * 22]
	stp	x24, x25, [sp, #8 * 24]
	stp	x26, x27, [sp, #8 * 26]
	str	x28, [sp, #8 * 28]
	mrs	x0, elr_el3
	mrs	x1, spsr_el3
	str	x0, [sp, #EL3_REGS_ELR]
	str	x1, [sp, #EL3_REGS_SPSR]
	ret

	.globl leave
leave:
	ldr	x0, [sp, #EL3_REGS_ELR]
	ldr	x1, [sp, #EL3_REGS_SPSR]
	msr	elr_el3, x0
	msr	spsr_el3, x1
	ldp	x0, x1, [sp]
	ldp	x2, x3, [sp, #8 * 2]
	ldp	x4, x5, [sp, #8 * 4]
	ldp	x6, x7, [sp, #8 * 6]
	ldp	x8, x9, [sp, #8 * 8]
	ldp	x10, x11, [sp, #8 * 10]
	ldp	x12, x13, [sp, #8 * 12]
	ldp	x14, x15, [sp, #8 * 14]
	ldp	x16, x17, [sp, #8 * 16]
	ldp	x18, x19, [sp, #8 * 18]
	ldp	x20, x21, [sp, #8 * 20]
	ldp	x22, x23, [sp, #8 * 22]
	ldp	x24, x25, [sp, #8 * 24]
	ldp	x26, x27, [sp, #8 * 26]
	ldp	x28, x29, [sp, #8 * 28]
	ldr	x30, [sp, #8 * 30]
	add	sp, sp, #EL3_REGS_SIZE
	eret
