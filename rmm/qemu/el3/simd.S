/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * simd.S - FP, SIMD and SVE registers, in the longest form there is: EL3's vectors are no shorter than another's
 *
 * Streaming mode is left for the other world, which has its vectors whole, and taken up again; what is read and written
 * in it are then the streaming registers. ZA and ZT0 stay where they are.
 */
#include "stack.h"

#define SVCR S3_3_C4_C2_2

	.arch	armv8.5-a+sve

	.macro	each_vector op
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
	\op	z\n, [x0, #\n, mul vl]
	.endr
	.endm

	.macro	each_predicate op
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
	\op	p\n, [x1, #\n, mul vl]
	.endr
	.endm

	.text
	.globl simd_save
simd_save:
	mrs	x2, fpsr
	mrs	x3, fpcr
	mrs	x4, SVCR
	str	x2, [x0, #SIMD_FPSR]
	str	x3, [x0, #SIMD_FPCR]
	str	x4, [x0, #SIMD_SVCR]
	add	x1, x0, #SIMD_P
	add	x2, x0, #SIMD_FFR & ~0xfff
	add	x2, x2, #SIMD_FFR & 0xfff
	each_vector str
	each_predicate str
	rdffr	p0.b
	str	p0, [x2]
	bic	x4, x4, #1
	msr	SVCR, x4
	ret

	.globl simd_load
simd_load:
	ldr	x3, [x0, #SIMD_SVCR]
	mrs	x4, SVCR
	bfi	x4, x3, #0, #1
	msr	SVCR, x4
	add	x1, x0, #SIMD_P
	add	x2, x0, #SIMD_FFR & ~0xfff
	add	x2, x2, #SIMD_FFR & 0xfff
	ldr	p0, [x2]
	wrffr	p0.b
	each_vector ldr
	each_predicate ldr
	ldr	x2, [x0, #SIMD_FPSR]
	ldr	x3, [x0, #SIMD_FPCR]
	msr	fpsr, x2
	msr	fpcr, x3
	ret
