/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* simd.S - vector registers from and to memory, struct guest_vectors for one */
	.arch	armv8.5-a+sve
	.altmacro

/* Offsets in struct guest_vectors, which guest-simd.c checks */
#define VECTORS_V 32

	.macro status_store base
	mrs	x9, fpsr
	mrs	x10, fpcr
	stp	x9, x10, [\base]
	.endm

	.macro status_load base
	ldp	x9, x10, [\base]
	msr	fpsr, x9
	msr	fpcr, x10
	.endm

	.macro each_v op
	.irp	n, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30
	pair	\op, \n, %(\n + 1)
	.endr
	.endm

	.macro pair op, first, second
	\op	q\first, q\second, [x0, #VECTORS_V + 16 * \first]
	.endm

	.macro each_z op
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	halves	\op, \n, %(\n + 16)
	.endr
	.endm

	.macro halves op, low, high
	\op	z\low, [x0, #\low, mul vl]
	\op	z\high, [x1, #\low, mul vl]
	.endm

	.macro each_p op
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	\op	p\n, [x3, #\n, mul vl]
	.endr
	.endm

	.text
/* void simd_store(struct guest_vectors *to) */
	.globl	simd_store
simd_store:
	each_v	stp
	status_store x0
	ret

/* void simd_load(const struct guest_vectors *from) */
	.globl	simd_load
simd_load:
	each_v	ldp
	status_load x0
	ret

/* void sve_store(void *z_low, void *z_high, struct guest_vectors *rest) */
	.globl	sve_store
sve_store:
	add	x3, x2, #VECTORS_V
	each_z	str
	each_p	str
	rdffr	p0.b
	str	p0, [x3, #16, mul vl]
	status_store x2
	ret

/* void sve_load(const void *z_low, const void *z_high, const struct guest_vectors *rest) */
	.globl	sve_load
sve_load:
	add	x3, x2, #VECTORS_V
	each_z	ldr
	ldr	p0, [x3, #16, mul vl]
	wrffr	p0.b
	each_p	ldr
	status_load x2
	ret

/* unsigned sve_bytes(void): of a vector, as long as they are now */
	.globl	sve_bytes
sve_bytes:
	rdvl	x0, #1
	ret
