/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* stack.h - sizes and offsets that assembler and C share; world.c holds them against the structures */
#ifndef QEMU_EL3_STACK_H
#define QEMU_EL3_STACK_H

#define EL3_STACK_SIZE 0x2000	/* a CPU */

/* struct regs */
#define EL3_REGS_SIZE 272
#define EL3_REGS_ELR 248
#define EL3_REGS_SPSR 256

/* struct simd: registers as long as the architecture allows */
#define SIMD_Z 0
#define SIMD_P 8192
#define SIMD_FFR 8704
#define SIMD_FPSR 8736
#define SIMD_FPCR 8744
#define SIMD_SVCR 8752
#define SIMD_SIZE 8768

#endif
