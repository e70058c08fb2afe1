/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* start.S - entry of the test host: EL2, MMU off; X0 is the device tree, or the context of CPU_ON on the others */
#include "layout.h"

#define STACK_SHIFT 14

#define HCR_RW (1 << 31)
#define HCR_AMO_IMO_FMO 0x38	/* to EL2 they go, where they stay masked */
#define CPTR_RES1 0x32ff
#define TCR_RES1 (1 << 31 | 1 << 23)
#define TCR_PS_40 (2 << 16)
#define TCR_WALK_WB (3 << 12 | 1 << 10 | 1 << 8)
#define TCR_T0SZ_39 25
#define MAIR_DEVICE_NORMAL 0xff00	/* 0: Device-nGnRnE, 1: write-back */
#define SCTLR_RES1 0x30c50830
#define SCTLR_M_C_I 0x1005

	.section .text.entry, "ax"
	.globl _start, start_secondary
_start:
	adrp	x1, bss_start
	adrp	x2, bss_end
1:	stp	xzr, xzr, [x1], #16
	cmp	x1, x2
	b.lo	1b
	bl	start_cpu
	bl	host_main
2:	wfi
	b	2b

start_secondary:
	bl	start_cpu
	bl	smp_secondary
3:	wfi
	b	3b

/* Stack, vectors, MMU */
start_cpu:
	mrs	x1, mpidr_el1
	and	x1, x1, #0xff
	add	x1, x1, #1
	adrp	x2, stacks
	add	x2, x2, x1, lsl #STACK_SHIFT
	mov	sp, x2
	adrp	x1, vectors
	add	x1, x1, :lo12:vectors
	msr	vbar_el2, x1
	msr	tpidr_el2, xzr
	mov	x1, #HCR_AMO_IMO_FMO
	orr	x1, x1, #HCR_RW
	msr	hcr_el2, x1
	mov	x1, #CPTR_RES1
	msr	cptr_el2, x1
	mov	x1, #MAIR_DEVICE_NORMAL
	msr	mair_el2, x1
	ldr	x1, =TCR_RES1 | TCR_PS_40 | TCR_WALK_WB | TCR_T0SZ_39
	msr	tcr_el2, x1
	adrp	x1, identity
	add	x1, x1, :lo12:identity
	msr	ttbr0_el2, x1
	dsb	sy
	tlbi	alle2
	dsb	sy
	isb
	ldr	x1, =SCTLR_RES1 | SCTLR_M_C_I
	msr	sctlr_el2, x1
	isb
	ret

/* GiB 0 is devices; what is above it memory as far as there is some, executable for the sake of tests. */
#define BLOCK 0x741	/* a block, AP[1], inner shareable, accessed */
#define NORMAL (1 << 2)
#define XN (1 << 54)

	.section .rodata.identity, "a"
	.balign	4096
identity:
	.quad	BLOCK | XN
	.set	gib, 1
	.rept	511
	.quad	gib << 30 | BLOCK | NORMAL
	.set	gib, gib + 1
	.endr

	.section .bss.stacks, "aw", %nobits
	.balign	1 << STACK_SHIFT
stacks:
	.skip	CPUS_MAX << STACK_SHIFT
