/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* start.S - entry of the RMM on each CPU, its vectors, calls to EL3 */
#include "stack.h"

/* X0: index of the CPU. MMU off, interrupts masked. */
	.section .text.entry, "ax"
	.globl	_start
_start:
	b	1f
	.balign	8
	.quad	image_end	/* EL3 copies up to here */
1:	adrp	x1, stacks_start
	add	x1, x1, :lo12:stacks_start
	mov	x2, #STACK_STRIDE
	madd	x1, x0, x2, x1
	add	sp, x1, x2
	adr	x1, vectors
	msr	vbar_el2, x1
	isb
	mov	x29, xzr
	mov	x30, xzr
	b	rmm_boot

/* The RMM takes no exception of its own but by mistake, of the stack pointer too: that is put right first. */
	.macro own kind
	.balign	0x80
	adr	x0, panic_stack_end
	mov	sp, x0
	mov	x0, #\kind
	b	boot_exception
	.endm

/* From a realm: X0 and X1 are on the stack, X0 is an enum rmm_trap_kind. */
	.macro realm kind
	.balign	0x80
	stp	x0, x1, [sp, #-16]!
	mov	x0, #\kind
	b	guest_exit
	.endm

	.text
	.balign	0x800
vectors:
	own	0
	own	1
	own	2
	own	3
	own	0
	own	1
	own	2
	own	3
	realm	0
	realm	1
	realm	2
	realm	3
	own	0	/* AArch32, which realms do not have */
	own	1
	own	2
	own	3

/* void smc(uint64_t regs[12]): X0..X11 go to EL3, X0..X10 come back. EL3 leaves the others alone. */
	.globl	smc
smc:
	stp	x29, x30, [sp, #-32]!
	mov	x29, sp
	str	x0, [sp, #16]
	mov	x12, x0
	ldp	x0, x1, [x12]
	ldp	x2, x3, [x12, #16]
	ldp	x4, x5, [x12, #32]
	ldp	x6, x7, [x12, #48]
	ldp	x8, x9, [x12, #64]
	ldp	x10, x11, [x12, #80]
	smc	#0
	ldr	x12, [sp, #16]
	stp	x0, x1, [x12]
	stp	x2, x3, [x12, #16]
	stp	x4, x5, [x12, #32]
	stp	x6, x7, [x12, #48]
	stp	x8, x9, [x12, #64]
	str	x10, [x12, #80]
	ldp	x29, x30, [sp], #32
	ret

	.bss
	.balign	16
	.skip	2048
panic_stack_end:
