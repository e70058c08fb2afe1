/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * guest.S - a realm that tries what its VMM does; X0 is what to try, and the IPA space has 33 bits
 *
 * It prints letters, which test_vmm.py knows, and ends by PSCI.
 */
#define SHARED 0x100000000
#define UART 0x09000000
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
