/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* start.S - entry of every CPU, all at the same time; MMU and caches stay off */
#include "layout.h"
#include "stack.h"

#define SCTLR_RES1 0x30c50830
#define SCTLR_I 0x1000
#define GICD_CTLR_DS_BIT 6

	.arch	armv8.7-a

	.section .text.entry, "ax"
	.globl _start
_start:
	ldr	x0, =SCTLR_RES1 | SCTLR_I
	msr	sctlr_el3, x0
	adr	x0, vectors
	msr	vbar_el3, x0
	isb
	mrs	x19, mpidr_el1
	and	x19, x19, #0xffffff
	cmp	x19, #CPUS_MAX
	b.hs	stop
	cbnz	x19, other

	ldr	x0, =data_start
	ldr	x1, =data_end
	ldr	x2, =data_load
1:	cmp	x0, x1
	b.hs	2f
	ldr	x3, [x2], #8
	str	x3, [x0], #8
	b	1b
2:	ldr	x0, =bss_start
	ldr	x1, =bss_end
3:	cmp	x0, x1
	b.hs	4f
	str	xzr, [x0], #8
	b	3b
4:	bl	set_stack
	bl	boot_first
	b	leave

/*
 * Memory keeps what it had when the machine is reset, so nothing there tells that the first CPU has made its data. The
 * GIC does: it is reset with the machine, and the first CPU sets the bit when all is ready.
 */
other:
	ldr	x20, =GICD_BASE
5:	bl	nap
	ldr	w0, [x20]
	tbz	w0, #GICD_CTLR_DS_BIT, 5b
	bl	set_stack
	bl	boot_other
	b	leave

/* Stack of CPU x19, with room for what leave takes from it; x0 points there. */
set_stack:
	ldr	x0, =stacks + EL3_STACK_SIZE - EL3_REGS_SIZE
	mov	x1, #EL3_STACK_SIZE
	madd	x0, x19, x1, x0
	mov	sp, x0
	ret

stop:
	wfi
	b	stop

/* A millisecond. WFE is a busy loop in QEMU, WFI needs an interrupt; with a timeout the machine rests. */
	.globl nap
nap:
	mrs	x0, cntvct_el0
	add	x0, x0, #0x100, lsl #12
	wfit	x0
	ret
	.ltorg

	.section .stacks, "aw", %nobits
	.balign	16
stacks:
	.space	CPUS_MAX * EL3_STACK_SIZE
