/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * guest.S - a realm that tries what its VMM does; X0 is what to try, and the IPA space has 33 bits
 *
 * It prints letters, which test_vmm.py knows, and ends by PSCI.
 */
#define SHARED 0x100000000
#define GICD 0x08000000
#define GICD_CTLR 0x0
#define GICD_ENABLE 0x12	/* group 1, affinity routing */
#define GICD_ISENABLER1 0x104
#define GICR 0x080a0000
#define GICR_WAKER 0x14
#define GICR_ISENABLER0 0x100	/* of the second frame, at 0x10000 */
#define UART 0x09000000
#define UART_IMSC 0x38
#define UART_ICR 0x44
#define UART_TX 0x20	/* in both: sent */
#define INTID_UART 33
#define INTID_TIMER 27
#define INTID_NONE 1023
#define WAIT 10000000	/* ticks of the counter */
#define TIMES 1000
#define NO_DEVICE 0x0a000000
#define RAM 0x80000000
#define UNTOUCHED 0x82000000	/* RAM that has no page yet */

#define PSCI_CPU_OFF 0x84000002
#define PSCI_SYSTEM_OFF 0x84000008
#define PSCI_SYSTEM_RESET 0x84000009
#define PSCI_CPU_ON 0xc4000003
#define PSCI_AFFINITY_INFO 0xc4000004
#define AFFINITY_OFF 1
#define OTHER_RECS 2

	.macro	print letter
	mov	w9, #\letter
	strb	w9, [x28]
	.endm

	.macro	call fid
	ldr	x0, =\fid
	smc	#0
	.endm

	.text
	.globl	_start
_start:
	ldr	x28, =UART | SHARED
	adr	x9, vectors
	msr	vbar_el1, x9
	isb
	adr	x9, actions
	add	x9, x9, x0, lsl #2
	br	x9

actions:
	b	cpus
	b	spin
	b	reset
	b	idle
	b	no_device
	b	no_syndrome
	b	ram
	b	shared
	b	uart
	b	timer
	b	timeout
	b	ever

end:
	print	'\n'
	call	PSCI_SYSTEM_OFF
reset:
	print	'R'
	call	PSCI_SYSTEM_RESET
idle:
	call	PSCI_CPU_OFF

/* Each other REC prints its context; the one after it starts when it is off. */
cpus:
	mov	x20, #1
1:	mov	x1, x20
	adr	x2, second
	add	x3, x20, #'A'
	call	PSCI_CPU_ON
	cbnz	x0, failed
2:	mov	x1, x20
	mov	x2, #0
	call	PSCI_AFFINITY_INFO
	cmp	x0, #AFFINITY_OFF
	b.ne	2b
	add	x20, x20, #1
	cmp	x20, #OTHER_RECS
	b.ls	1b
	b	end
second:
	ldr	x28, =UART | SHARED
	strb	w0, [x28]
	call	PSCI_CPU_OFF

/* The other REC gets its turn though this one never gives it away. */
spin:
	mov	x1, #1
	adr	x2, 3f
	mov	x3, #0
	call	PSCI_CPU_ON
	cbnz	x0, failed
	b	.
3:	ldr	x28, =UART | SHARED
	print	'T'
	b	end

/* Reads are zero, writes are ignored. */
no_device:
	ldr	x1, =NO_DEVICE | SHARED
	mov	x2, #-1
	str	x2, [x1]
	ldr	x2, [x1]
	cbnz	x2, failed
	print	'Z'
	b	end

/* LDP of a device: the syndrome does not say what to do, so the realm gets an abort. */
no_syndrome:
	mov	x27, #'S'
	ldp	x1, x2, [x28]
	b	failed

/* Memory comes when it is touched, cleared. */
ram:
	ldr	x1, =UNTOUCHED
	ldr	x2, [x1]
	cbnz	x2, failed
	str	x1, [x1]
	ldr	x2, [x1]
	cmp	x2, x1
	b.ne	failed
	print	'M'
	b	end

/* So does that of the host. */
shared:
	ldr	x1, =RAM | SHARED
	str	x1, [x1]
	ldr	x2, [x1]
	cmp	x2, x1
	b.ne	failed
	print	'H'
	b	end

/* The GIC up to the CPU interface; interrupts stay masked, and are asked for. */
	.macro	open_gic
	ldr	x26, =GICD | SHARED
	mov	w0, #GICD_ENABLE
	str	w0, [x26, #GICD_CTLR]
	mov	w0, #1 << (INTID_UART - 32)
	str	w0, [x26, #GICD_ISENABLER1]
	ldr	x26, =GICR | SHARED
	str	wzr, [x26, #GICR_WAKER]
	add	x26, x26, #0x10000
	mov	w0, #1 << INTID_TIMER
	str	w0, [x26, #GICR_ISENABLER0]
	mov	x0, #0xff
	msr	icc_pmr_el1, x0
	mov	x0, #1
	msr	icc_igrpen1_el1, x0
	isb
	.endm

	.macro	expect_interrupt intid
	mrs	x0, icc_iar1_el1
	cmp	x0, #\intid
	b.ne	failed
	.endm

	.macro	end_interrupt
	msr	icc_eoir1_el1, x0
	isb
	expect_interrupt INTID_NONE
	.endm

/* It interrupts when a byte was sent, until that is cleared. */
uart:
	open_gic
	mov	w1, #UART_TX
	str	w1, [x28, #UART_IMSC]
	print	'U'
	wfi
	expect_interrupt INTID_UART
	str	w1, [x28, #UART_ICR]
	end_interrupt
	b	end

/* The host sleeps until it fires, or does not get round to that: each time it is some ticks later than the last time. */
timer:
	open_gic
	mov	x20, #TIMES
1:	mrs	x1, cntvct_el0
	add	x1, x1, x20, lsl #8
	msr	cntv_cval_el0, x1
	mov	x0, #1
	msr	cntv_ctl_el0, x0
2:	wfi	/* an interrupt of the host's may end it */
	mrs	x0, icc_iar1_el1
	cmp	x0, #INTID_NONE
	b.eq	2b
	cmp	x0, #INTID_TIMER
	b.ne	failed
	mrs	x2, cntvct_el0
	cmp	x2, x1
	b.lo	failed
	msr	cntv_ctl_el0, xzr
	isb
	end_interrupt
	subs	x20, x20, #1
	b.ne	1b
	print	'V'
	b	end

/* A realm that is told of WFIT can use it. */
timeout:
	mrs	x0, s3_0_c0_c6_2	/* ID_AA64ISAR2_EL1, with WFxT */
	tst	x0, #0xf
	b.eq	2f
	mrs	x0, cntvct_el0
	add	x0, x0, #WAIT >> 12, lsl #12
1:	.inst	0xd5031020	/* WFIT X0 */
	isb
	mrs	x1, cntvct_el0
	cmp	x1, x0
	b.lo	1b
2:	print	'W'
	b	end

/* Nothing is enabled that could end this. */
ever:
	wfi
	b	failed

failed:
	print	'F'
	b	end

/* X27: the letter for an abort that is expected, else zero */
	.balign	2048
vectors:
	.org	vectors + 0x200
	cbz	x27, failed
	strb	w27, [x28]
	b	end
	.org	vectors + 0x800
	.ltorg
