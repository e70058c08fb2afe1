/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cpu-code.S - programs for realms that look at their CPU; cpu.c knows what each of them stores, and where
 *
 * X0 is the IPA of the page that the host shares, which is X28 from then on. The code is at IPA zero, MMU off.
 */
	.arch	armv8.6-a+sve

#define CPACR_FP_SVE 0x330000
#define EXCEPTION_ELR 4072	/* in the shared page: of an exception that ends a program */
#define EXCEPTION_ESR 4080
#define VECTOR_LENGTH 4088

#define ICC_PMR_EL1 S3_0_C4_C6_0
#define ICC_RPR_EL1 S3_0_C12_C11_3
#define ICC_IAR1_EL1 S3_0_C12_C12_0
#define ICC_EOIR1_EL1 S3_0_C12_C12_1
#define ICC_IGRPEN1_EL1 S3_0_C12_C12_7
#define ZCR_EL1 S3_0_C1_C2_0

	.macro	begin name
	.globl	\name
\name:
	mov	x28, x0
	adr	x1, stack_end
	mov	sp, x1
	adr	x1, code_vectors
	msr	vbar_el1, x1
	mov	x1, #CPACR_FP_SVE
	msr	cpacr_el1, x1
	isb
	.endm

/* RSI_HOST_CALL */
	.macro	report
	adr	x1, report_area
	movz	x0, #0x0199
	movk	x0, #0xc400, lsl #16
	smc	#0
	.endm

	.macro	gic_on
	mov	x1, #0xff
	msr	ICC_PMR_EL1, x1
	mov	x1, #1
	msr	ICC_IGRPEN1_EL1, x1
	isb
	.endm

	.section .text.cpu_code, "ax"
	.balign	4096
	.globl	cpu_code_start
cpu_code_start:

/* Stores a word at the other end of the space as well. */
	begin	code_report
	adr	x1, vectors_area
	str	x0, [x1]
	ldr	x2, [x1]
	str	x2, [x28]
	report
	b	.

/* ID registers at index (CRm - 1) * 8 + Op2, then MIDR, MPIDR, REVIDR */
	.macro	store name
	mrs	x1, \name
	str	x1, [x2], #8
	.endm
	.macro	store_id crm, op2
	store	S3_0_C0_C\crm\()_\op2
	.endm
	begin	code_ids
	mov	x2, x28
	.irp	crm, 1, 2, 3, 4, 5, 6, 7
	.irp	op2, 0, 1, 2, 3, 4, 5, 6, 7
	store_id \crm, \op2
	.endr
	.endr
	.irp	name, midr_el1, mpidr_el1, revidr_el1
	store	\name
	.endr
	report
	b	.

/* Stores what a realm can keep in a CPU, reports, loads what the host has put there instead, reports, and so on. */
	.macro	load name
	ldr	x1, [x2], #8
	msr	\name, x1
	.endm
	.macro	each_register op
	.irp	name, tpidr_el0, tpidrro_el0, tpidr_el1, far_el1, elr_el1, mair_el1, sp_el0
	\op	\name
	.endr
	.irp	name, apiakeylo_el1, apiakeyhi_el1, apibkeylo_el1, apibkeyhi_el1, apdakeylo_el1, apdakeyhi_el1
	\op	\name
	.endr
	.irp	name, apdbkeylo_el1, apdbkeyhi_el1, apgakeylo_el1, apgakeyhi_el1
	\op	\name
	.endr
	.irp	name, dbgbvr0_el1, dbgbvr1_el1, dbgbvr2_el1, dbgbvr3_el1, dbgbvr4_el1, dbgbvr5_el1
	\op	\name
	.endr
	.irp	name, dbgwvr0_el1, dbgwvr1_el1, dbgwvr2_el1, dbgwvr3_el1
	\op	\name
	.endr
	.irp	name, cntp_cval_el0, cntv_cval_el0, fpcr, fpsr
	\op	\name
	.endr
	.endm
	.macro	each_q op
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\op	q\n, [x2], #16
	.endr
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	\op	q\n, [x2], #16
	.endr
	.endm
	begin	code_state
1:	mov	x2, x28
	each_register store
	add	x2, x28, #512
	each_q	str
	report
	mov	x2, x28
	each_register load
	add	x2, x28, #512
	each_q	ldr
	report
	b	1b

/*
 * The same for SVE at its longest. Word 0: what all registers add up to before; word 1, and word 0 is a seed: after they
 * have been changed. Word 2: ZCR at the start
 */
	.macro	each_vector op
	adr	x3, vectors_area
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\op	z\n, [x3]
	addvl	x3, x3, #1
	.endr
	.irp	n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	\op	z\n, [x3]
	addvl	x3, x3, #1
	.endr
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\op	p\n, [x3]
	addpl	x3, x3, #1
	.endr
	.endm
	/* To X2 what is stored; P0 and flags change. */
	.macro	add_up
	each_vector str
	rdffr	p0.b
	str	p0, [x3]
	adr	x3, vectors_area
	adr	x4, vectors_end
	mov	x2, #0
9:	ldr	x1, [x3], #8
	ror	x2, x2, #7
	add	x2, x2, x1
	cmp	x3, x4
	b.lo	9b
	.endm
	begin	code_sve
	mrs	x1, ZCR_EL1
	str	x1, [x28, #16]
	mov	x1, #0xf
	msr	ZCR_EL1, x1
	isb
1:	rdvl	x1, #1
	str	x1, [x28, #VECTOR_LENGTH]
	add_up
	str	x2, [x28]
	report
	ldr	x6, [x28]
	adr	x3, vectors_area
	adr	x4, vectors_end
	mov	x7, #0x4f2d
	movk	x7, #0x5851, lsl #16
2:	madd	x6, x6, x7, x3
	str	x6, [x3], #8
	cmp	x3, x4
	b.lo	2b
	ptrue	p0.b
	wrffr	p0.b
	each_vector ldr
	add_up
	str	x2, [x28, #8]
	adr	x3, vectors_area
	addvl	x3, x3, #31
	addvl	x3, x3, #1
	ldr	p0, [x3]
	report
	b	1b

/* Ends with an exception where there is no SVE. */
	begin	code_no_sve
	rdvl	x1, #1
	b	.

/*
 * A timer that fires after word 4, again and again. Word 1: interrupts; of the last one, word 3: its number, word 2: CTL as
 * it was found, word 6: masked. Word 5: 0: the handler does as Linux does, 1: it writes TVAL alone.
 */
	.macro	timer name
	begin	code_\name
	gic_on
	adr	x1, \name\()_handler
	msr	tpidr_el1, x1
	ldr	x1, [x28, #32]
	msr	\name\()_tval_el0, x1
	mov	x1, #1
	msr	\name\()_ctl_el0, x1
	msr	daifclr, #2
	b	.
\name\()_handler:
	mrs	x2, ICC_IAR1_EL1
	str	x2, [x28, #24]
	mrs	x1, \name\()_ctl_el0
	str	x1, [x28, #16]
	ldr	x3, [x28, #40]
	ldr	x4, [x28, #32]
	cbnz	x3, 1f
	orr	x1, x1, #2
	msr	\name\()_ctl_el0, x1
	isb
	mrs	x1, \name\()_ctl_el0
	str	x1, [x28, #48]
	mrs	x3, cntvct_el0
	add	x3, x3, x4
	msr	\name\()_cval_el0, x3
	mov	x1, #1
	msr	\name\()_ctl_el0, x1
	b	2f
1:	msr	\name\()_tval_el0, x4
2:	ldr	x1, [x28, #8]
	add	x1, x1, #1
	str	x1, [x28, #8]
	msr	ICC_EOIR1_EL1, x2
	eret
	.endm
	timer	cntv
	timer	cntp

/* Both fire at once, and nobody cares. */
	begin	code_both_timers
	mov	x1, #1
	msr	cntp_tval_el0, x1
	msr	cntv_tval_el0, x1
	msr	cntp_ctl_el0, x1
	msr	cntv_ctl_el0, x1
	b	.

/* Takes an interrupt, word 0, and does not end it. Word 1: the priority that it runs at, each time anew */
	begin	code_active
	gic_on
	mrs	x1, ICC_IAR1_EL1
	str	x1, [x28]
1:	mrs	x1, ICC_RPR_EL1
	str	x1, [x28, #8]
	report
	b	1b

/* A breakpoint at a NOP, and a watchpoint on a store, both of EL1: they end with the exception. */
	.macro	debug_on
	mov	x1, #0xa000	/* MDSCR_EL1.MDE, KDE */
	msr	mdscr_el1, x1
	msr	daifclr, #8
	isb
	.endm
	begin	code_breakpoint
	adr	x1, 1f
	msr	dbgbvr0_el1, x1
	mov	x1, #0x1e3	/* all four bytes, EL1, on */
	msr	dbgbcr0_el1, x1
	debug_on
1:	nop
	b	.
	begin	code_watchpoint
	add	x1, x28, #64
	msr	dbgwvr0_el1, x1
	mov	x1, #0x1ffb	/* eight bytes, loads and stores, EL1, on */
	msr	dbgwcr0_el1, x1
	debug_on
	str	x1, [x28, #64]
	b	.

/* A step over what the RMM does for the realm: an ID register, a call. It ends with the exception; word 0: where it should */
	.macro	step name, op:vararg
	begin	code_step_\name
	adr	x2, 2f
	str	x2, [x28]
	mov	x1, #0x2001	/* MDSCR_EL1.SS, KDE */
	msr	mdscr_el1, x1
	mov	x1, #5
	orr	x1, x1, #1 << 21	/* PSTATE.SS, EL1, no masks */
	msr	spsr_el1, x1
	adr	x1, 1f
	msr	elr_el1, x1
	movz	x0, #0x0190	/* RSI_VERSION */
	movk	x0, #0xc400, lsl #16
	mov	x1, #0x10000
	eret
1:	\op
2:	nop
	b	.
	.endm
	step	id, mrs x3, id_aa64pfr0_el1
	step	absent, mrs x3, actlr_el1
	step	call, smc #0

/* Signs a pointer, word 0, reports, and authenticates it. Word 1: is it what it was? */
	begin	code_pauth
	mrs	x2, sctlr_el1
	orr	x2, x2, #1 << 31	/* EnIA */
	msr	sctlr_el1, x2
	msr	apiakeylo_el1, x28
	isb
	adr	x3, code_pauth
	mov	x4, x3
	pacia	x3, x28
	str	x3, [x28]
	report
	autia	x3, x28
	cmp	x3, x4
	cset	x3, eq
	str	x3, [x28, #8]
	report
	b	.

/* Writes ones to registers that a realm does not have, and adds up what they hold, word 0. Word 1: how many there are */
	.macro	touch name
	msr	\name, x3
	mrs	x1, \name
	orr	x2, x2, x1
	add	x4, x4, #1
	.endm
	begin	code_trapped
	mov	x2, #0
	movn	x3, #0
	mov	x4, #0
	touch	actlr_el1
	touch	S2_0_C7_C8_6	/* DBGCLAIMSET_EL1 */
	touch	S2_0_C1_C3_4	/* OSDLR_EL1 */
	touch	S2_0_C0_C6_2	/* OSECCR_EL1 */
	touch	S2_0_C0_C2_0	/* MDCCINT_EL1 */
	touch	S3_0_C10_C4_0	/* LORSA_EL1 */
	touch	S3_0_C10_C4_3	/* LORC_EL1 */
	touch	S3_3_C9_C12_0	/* PMCR_EL0 */
	touch	S3_3_C9_C13_0	/* PMCCNTR_EL0 */
	touch	S3_3_C14_C15_7	/* PMCCFILTR_EL0 */
	touch	S3_3_C13_C0_5	/* TPIDR2_EL0 */
	touch	S3_3_C13_C0_7	/* SCXTNUM_EL0 */
	touch	S3_0_C13_C0_7	/* SCXTNUM_EL1 */
	msr	oslar_el1, x3
	str	x2, [x28]
	str	x4, [x28, #8]
	report
	b	.

/* What Linux uses when ID registers say so: LSE, RNDR, MOPS, the counter that needs no barrier. Word 0: 0x5a5a... */
	begin	code_features
	adr	x2, vectors_area
	mov	x1, #1
	ldadd	x1, x3, [x2]
	casal	x1, x3, [x2]
	mrs	x1, S3_3_C2_C4_0	/* RNDR */
	mrs	x1, S3_3_C14_C0_6	/* CNTVCTSS_EL0 */
	mov	x0, x2
	mov	x1, #64
	mov	x3, #0x5a
	.inst	0x19c30420	/* SETP [X0]!, X1!, X3 */
	.inst	0x19c34420	/* SETM */
	.inst	0x19c38420	/* SETE */
	ldr	x1, [x2, #56]
	str	x1, [x28]
	report
	b	.

/* For ever at EL0, in AArch32 */
	begin	code_aarch32
	mov	x1, #0x10
	msr	spsr_el1, x1
	adr	x1, 1f
	msr	elr_el1, x1
	eret
1:	.inst	0xeafffffe	/* a branch to itself */

	.balign	0x800
code_vectors:
	.skip	0x200
	mrs	x1, esr_el1
	str	x1, [x28, #EXCEPTION_ESR]
	mrs	x1, elr_el1
	str	x1, [x28, #EXCEPTION_ELR]
	msr	mdscr_el1, xzr
	report
	b	.
	.balign	0x80
	mrs	x1, tpidr_el1
	br	x1

	.balign	4096
report_area:
	.skip	512
stack_end:
vectors_area:
	.skip	32 * 256 + 17 * 32
vectors_end:
	.balign	4096
	.globl	cpu_code_end
cpu_code_end:
