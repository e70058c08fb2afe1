/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* exception.S - exceptions of the host: a probe that faults ends with ESR_EL2, all others end the run */

	.macro	vector name
	.balign	0x80
	\name
	.endm

	.section .text.vectors, "ax"
	.balign	0x800
	.globl	vectors
vectors:
	.rept	4
	vector	"b fatal"
	.endr
	vector	"b synchronous"
	.rept	11
	vector	"b fatal"
	.endr

/* TPIDR_EL2 is where a probe goes on after a fault, else zero. */
synchronous:
	str	x9, [sp, #-16]!
	mrs	x9, tpidr_el2
	cbz	x9, fatal
	msr	elr_el2, x9
	ldr	x9, [sp], #16
	mrs	x0, esr_el2
	eret

fatal:
	mrs	x0, esr_el2
	mrs	x1, elr_el2
	mrs	x2, far_el2
	mov	x3, x30
	b	exception_fatal

	.macro	begin_probe
	adr	x9, 1f
	msr	tpidr_el2, x9
	isb
	.endm

	.macro	end_probe
	mov	x0, #0
1:	msr	tpidr_el2, xzr
	.endm

	.section .text.probes, "ax"
	.globl	probe_read, probe_write, probe_fetch
probe_read:
	begin_probe
	ldr	x9, [x0]
	str	x9, [x1]
	end_probe
	ret

probe_write:
	begin_probe
	str	x1, [x0]
	dsb	sy
	end_probe
	ret

probe_fetch:
	str	x30, [sp, #-16]!
	begin_probe
	blr	x0
	end_probe
	ldr	x30, [sp], #16
	ret
