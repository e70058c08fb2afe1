/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* start.S - entry of the RMM, on each CPU */
	.section .text.start, "ax"
	.globl _start
_start:
	b	1f
	.balign	8
	.quad	image_end	/* EL3 copies up to here */
1:	wfe
	b	1b
