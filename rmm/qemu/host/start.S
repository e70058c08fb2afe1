/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* start.S - entry of the test host */
	.section .text.start, "ax"
	.globl _start
_start:
1:	wfe
	b	1b
