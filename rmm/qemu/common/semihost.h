/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* semihost.h - ending QEMU, which runs with -semihosting (Arm semihosting, SYS_EXIT_EXTENDED) */
#ifndef QEMU_SEMIHOST_H
#define QEMU_SEMIHOST_H

#include <stdint.h>

#define SEMIHOST_EXIT 0x18
#define SEMIHOST_APPLICATION_EXIT 0x20026

_Noreturn static inline void cpu_stop(void)
{
	for (;;)
		__asm__ volatile("wfi");
}

_Noreturn static inline void qemu_exit(uint64_t status)
{
	const uint64_t block[2] = { SEMIHOST_APPLICATION_EXIT, status };
	register uint64_t x0 __asm__("x0") = SEMIHOST_EXIT;
	register const uint64_t *x1 __asm__("x1") = block;

	__asm__ volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
	cpu_stop();
}

#endif
