/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * program.h - the programs that realms of the tests run: data, interpreted by the toy CPU of cpu.c or by a payload
 *
 * A program is a sequence of records of 128 bytes in realm memory. The program counter is an IPA that moves in steps of
 * four, as that of a real CPU does when an RMM advances it:
 *
 *	record of pc   =   4 KiB page of pc   +   128 * (pc / 4 modulo 32)
 *
 * So a page holds 32 records, the first for each of pc = page, page + 0x80, ... page + 0xf80. The entries of an
 * exception vector table, 128 bytes apart, therefore all start at record 0 of the page that holds them, and a program
 * longer than 32 records ends each page but the last with PROGRAM_JUMP. Zeros are PROGRAM_END.
 *
 * Operands are words x[] of the record. A register n is X0..X30, or a PROGRAM_REG_* further down.
 */
#ifndef RMM_TEST_PROGRAM_H
#define RMM_TEST_PROGRAM_H

#include <stdint.h>

#define PROGRAM_PAGE 0x1000
#define PROGRAM_RECORDS 32	/* in a page */
#define PROGRAM_WORDS 15

struct program_record {
	uint64_t op;	/* enum program_op */
	uint64_t x[PROGRAM_WORDS];
};

_Static_assert(sizeof(struct program_record) * PROGRAM_RECORDS == PROGRAM_PAGE, "32 records fill a page");

static inline uint64_t program_record_at(uint64_t pc)
{
	return (pc & ~UINT64_C(0xfff)) + (pc / 4 % PROGRAM_RECORDS) * sizeof(struct program_record);
}

enum program_op {
	PROGRAM_END,	/* leave for an interrupt, again and again */
	PROGRAM_SMC,	/* x[0..10] to X0..X10, but those whose bit is set in x[14] stay; then SMC #0 */
	PROGRAM_HVC,	/* HVC #x[0] */
	PROGRAM_LOAD,	/* register x[3] = x[1] bytes at IPA x[0]; x[2]: PROGRAM_SIGNED, PROGRAM_NO_SYNDROME */
	PROGRAM_STORE,	/* x[1] bytes at IPA x[0] = register x[3]; x[2]: PROGRAM_NO_SYNDROME */
	PROGRAM_JUMP,	/* pc = x[0] */
	PROGRAM_JUMP_UNLESS,	/* pc = x[0] unless register x[1] has the value x[2] */
	PROGRAM_SET,	/* register x[0] = x[1] */
	PROGRAM_MOVE,	/* register x[0] = register x[1] */
	PROGRAM_CHECK,	/* register x[0] must be x[1], or the test fails; only bits x[2] of it unless that is 0 */
	PROGRAM_WAIT,	/* x[0]: 0 WFI, 1 WFE, 2 WFIT, 3 WFET; register x[1] has the timeout of the last two */
	PROGRAM_SYSREG,	/* MRS or MSR that traps; x[0] is its ISS, Rt and direction included */
	PROGRAM_SERROR,	/* an SError interrupt is taken to EL2; x[0] is its ISS */
	PROGRAM_TRAP,	/* any exception to EL2: x[0] ESR, x[1] FAR, x[2] HPFAR; pc moves by x[3] first */
	PROGRAM_IRQ,	/* leave for an interrupt */
	PROGRAM_FIQ,	/* leave for a fast interrupt */
	PROGRAM_HOST_CALL,	/* X0..X30 and imm x[1] to the RsiHostCall at IPA x[0]; then that call, with X0, X1 */
	PROGRAM_RETURN,	/* ERET to ELR_EL1 + x[0] */
	PROGRAM_TIMER,	/* x[0..3] to CNTP_CTL, CNTP_CVAL, CNTV_CTL, CNTV_CVAL */
	PROGRAM_PMU,	/* x[0]: does a counter assert its interrupt from now on */
	PROGRAM_OPS,
};

#define PROGRAM_SIGNED 1
#define PROGRAM_NO_SYNDROME 2	/* an access that an abort does not describe, like that of LDP: ISV is 0 */

enum program_reg {
	PROGRAM_REG_XZR = 31,
	PROGRAM_REG_VBAR,
	PROGRAM_REG_ELR,
	PROGRAM_REG_SPSR,
	PROGRAM_REG_ESR,
	PROGRAM_REG_FAR,
	PROGRAM_REG_SCTLR,
	PROGRAM_REG_MPIDR,
	PROGRAM_REG_PSTATE,
	PROGRAM_REGS,
};

#endif
