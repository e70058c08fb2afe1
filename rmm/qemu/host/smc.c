/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* smc.c - calls to the firmware */
#include "host.h"

void smc(uint64_t regs[SMC_REGS])
{
	register uint64_t x0 __asm__("x0") = regs[0];
	register uint64_t x1 __asm__("x1") = regs[1];
	register uint64_t x2 __asm__("x2") = regs[2];
	register uint64_t x3 __asm__("x3") = regs[3];
	register uint64_t x4 __asm__("x4") = regs[4];
	register uint64_t x5 __asm__("x5") = regs[5];
	register uint64_t x6 __asm__("x6") = regs[6];
	register uint64_t x7 __asm__("x7") = regs[7];
	register uint64_t x8 __asm__("x8") = regs[8];
	register uint64_t x9 __asm__("x9") = regs[9];
	register uint64_t x10 __asm__("x10") = regs[10];

	__asm__ volatile("smc #0" : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4), "+r"(x5), "+r"(x6), "+r"(x7),
			 "+r"(x8), "+r"(x9), "+r"(x10) : : "memory");
	regs[0] = x0;
	regs[1] = x1;
	regs[2] = x2;
	regs[3] = x3;
	regs[4] = x4;
	regs[5] = x5;
	regs[6] = x6;
	regs[7] = x7;
	regs[8] = x8;
	regs[9] = x9;
	regs[10] = x10;
}

uint64_t smc_call_(uint64_t regs[SMC_REGS])
{
	smc(regs);
	return regs[0];
}
