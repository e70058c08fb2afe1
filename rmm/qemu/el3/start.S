/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* start.S - entry of every CPU */
	.section .text.start, "ax"
	.globl _start
_start:
	wfe
	b	_start
