/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * start.S - the first instructions of the payload, its exception vectors and its SMC
 */

/*
 * The image begins with the vector table, which wants 2 KiB alignment. Its first entry serves exceptions taken with
 * SP_EL0, which the payload never selects; so the boot enters there. Interrupts stay masked and there is no EL0: the
 * entries of a synchronous exception and of an SError are all that is left.
 */
	.section .vectors, "ax"
	.global _start
_start:
	b	boot

	.macro	vector offset
	.org	\offset
	mrs	x0, esr_el1
	b	exception
	.endm
	vector	0x200
	vector	0x380

	.text
boot:
	adr	x0, _start
	msr	vbar_el1, x0
	isb
	adr	x0, bss_start
	adr	x1, bss_end
1:	cmp	x0, x1
	b.eq	2f
	stp	xzr, xzr, [x0], #16
	b	1b
2:	adr	x0, stack_top
	mov	sp, x0
	b	payload

/* uint64_t smc(uint64_t x[SMC_REGS]): X0..X10 from x, SMC #0, X0..X10 to x */
	.global	smc
smc:
	str	x0, [sp, #-16]!
	mov	x11, x0
	ldp	x0, x1, [x11]
	ldp	x2, x3, [x11, #16]
	ldp	x4, x5, [x11, #32]
	ldp	x6, x7, [x11, #48]
	ldp	x8, x9, [x11, #64]
	ldr	x10, [x11, #80]
	smc	#0
	ldr	x11, [sp], #16
	stp	x0, x1, [x11]
	stp	x2, x3, [x11, #16]
	stp	x4, x5, [x11, #32]
	stp	x6, x7, [x11, #48]
	stp	x8, x9, [x11, #64]
	str	x10, [x11, #80]
	ret
