/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * code.h - AArch64 instructions (DDI 0487, "A64 Base Instruction Descriptions"), as many as programs of realms need
 *
 * A register is its number; reg 31 is what the instruction takes it for. Offsets of branches are in instructions.
 */
#ifndef QEMU_HOST_CODE_H
#define QEMU_HOST_CODE_H

#include <stdint.h>

#define A64_ISB 0xd5033fdf
#define A64_RET 0xd65f03c0
#define A64_SMC 0xd4000003
#define A64_HVC(imm) (0xd4000002 | (uint32_t)(imm) << 5)
#define A64_WFE 0xd503205f
#define A64_WFI 0xd503207f
#define A64_WFET(reg) (0xd5031000 | (reg))
#define A64_WFIT(reg) (0xd5031020 | (reg))

#define A64_B(offset) (0x14000000 | ((uint32_t)(offset) & 0x3ffffff))
#define A64_CBNZ(reg, offset) (0xb5000000 | ((uint32_t)(offset) & 0x7ffff) << 5 | (reg))
#define A64_BR(reg) (0xd61f0000 | (reg) << 5)

/* The 16 bits of a quarter of a register; MOVZ clears the others */
#define A64_MOVZ(reg, imm, quarter) (0xd2800000 | (uint32_t)(quarter) << 21 | (uint32_t)(imm) << 5 | (reg))
#define A64_MOVK(reg, imm, quarter) (0xf2800000 | (uint32_t)(quarter) << 21 | (uint32_t)(imm) << 5 | (reg))
#define A64_MOV(to, from) A64_ORR(to, 31, from)
#define A64_ORR(to, a, b) (0xaa000000 | (b) << 16 | (a) << 5 | (to))
#define A64_BIC(to, a, b) (0x8a200000 | (b) << 16 | (a) << 5 | (to))
#define A64_ADD(to, from, imm) (0x91000000 | (uint32_t)(imm) << 10 | (from) << 5 | (to))
#define A64_SUB(to, from, imm) (0xd1000000 | (uint32_t)(imm) << 10 | (from) << 5 | (to))

/* 1 << size bytes at [base]; LDRS extends the sign to 64 bits */
#define A64_STR(size, reg, base) (0x39000000 | (uint32_t)(size) << 30 | (base) << 5 | (reg))
#define A64_LDR(size, reg, base) (0x39400000 | (uint32_t)(size) << 30 | (base) << 5 | (reg))
#define A64_LDRS(size, reg, base) (0x39800000 | (uint32_t)(size) << 30 | (base) << 5 | (reg))
/* Two of 8 bytes each, at [base + 8 * index] */
#define A64_STP(a, b, base, index) (0xa9000000 | (uint32_t)(index) << 15 | (b) << 10 | (base) << 5 | (a))
#define A64_LDP(a, b, base, index) (0xa9400000 | (uint32_t)(index) << 15 | (b) << 10 | (base) << 5 | (a))

/* A system register as MRS and MSR name it */
#define A64_SYSREG(op0, op1, crn, crm, op2) \
	((uint32_t)(op0) << 19 | (uint32_t)(op1) << 16 | (uint32_t)(crn) << 12 | (uint32_t)(crm) << 8 | \
	 (uint32_t)(op2) << 5)
#define A64_MSR(sysreg, reg) (0xd5000000 | (sysreg) | (reg))
#define A64_MRS(reg, sysreg) (0xd5200000 | (sysreg) | (reg))

#endif
