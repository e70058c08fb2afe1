/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* compile.c - programs of realms as code for a CPU */
#include <string.h>

#include "code.h"
#include "compile.h"
#include "console.h"
#include "rsi.h"

#define PAGE_WORDS (PROGRAM_PAGE / 4)
#define VECTOR_WORDS 32	/* from one entry to the next */
#define CODE_WORDS (PAGE_WORDS - 2)	/* the last two are left alone */

#define SCRATCH 16
#define SCRATCH_2 17
#define NUM_GPRS 31

#define DAIF A64_SYSREG(3, 3, 4, 2, 1)
#define CURRENTEL A64_SYSREG(3, 0, 4, 2, 2)
#define SPSEL A64_SYSREG(3, 0, 4, 2, 0)
#define CNTP_CTL A64_SYSREG(3, 3, 14, 2, 1)
#define CNTP_CVAL A64_SYSREG(3, 3, 14, 2, 2)
#define CNTV_CTL A64_SYSREG(3, 3, 14, 3, 1)
#define CNTV_CVAL A64_SYSREG(3, 3, 14, 3, 2)

#define SCTLR_EE_QUARTER 0x200	/* bit 25, in the second quarter */

static const uint32_t sysregs[PROGRAM_REGS] = {
	[PROGRAM_REG_VBAR] = A64_SYSREG(3, 0, 12, 0, 0), [PROGRAM_REG_ELR] = A64_SYSREG(3, 0, 4, 0, 1),
	[PROGRAM_REG_SPSR] = A64_SYSREG(3, 0, 4, 0, 0), [PROGRAM_REG_ESR] = A64_SYSREG(3, 0, 5, 2, 0),
	[PROGRAM_REG_FAR] = A64_SYSREG(3, 0, 6, 0, 0), [PROGRAM_REG_SCTLR] = A64_SYSREG(3, 0, 1, 0, 0),
	[PROGRAM_REG_MPIDR] = A64_SYSREG(3, 0, 0, 0, 5),
};

struct code {
	uint32_t *words;
	unsigned at;
	unsigned trapping;	/* the instruction of this record that can trap */
};

/* Where the next instruction goes: not on a vector, which a branch passes */
static unsigned here(struct code *code)
{
	if (code->at >= CODE_WORDS - 2)
		panic("host: a program needs more than a page for its code");
	if (code->at % VECTOR_WORDS == VECTOR_WORDS - 1) {
		code->words[code->at] = A64_B(2);
		code->at += 2;
	}
	return code->at;
}

static void emit(struct code *code, uint32_t instruction)
{
	code->words[here(code)] = instruction;
	code->at++;
}

static void emit_trapping(struct code *code, uint32_t instruction)
{
	code->trapping = here(code);
	emit(code, instruction);
}

static void emit_value(struct code *code, unsigned reg, uint64_t value)
{
	emit(code, A64_MOVZ(reg, value & 0xffff, 0));
	for (unsigned quarter = 1; quarter < 4; quarter++)
		if (value >> 16 * quarter & 0xffff)
			emit(code, A64_MOVK(reg, value >> 16 * quarter & 0xffff, quarter));
}

static void emit_access(struct code *code, const struct program_record *record)
{
	bool is_load = record->op == PROGRAM_LOAD;
	unsigned size = (unsigned)__builtin_ctzll(record->x[1]), reg = (unsigned)record->x[3];

	emit_value(code, SCRATCH_2, record->x[0]);
	if (record->x[2] & PROGRAM_NO_SYNDROME)
		emit_trapping(code, is_load ? A64_LDP(reg, SCRATCH, SCRATCH_2, 0)
					    : A64_STP(reg, SCRATCH, SCRATCH_2, 0));
	else if (record->x[2] & PROGRAM_SIGNED)
		emit_trapping(code, A64_LDRS(size, reg, SCRATCH_2));
	else
		emit_trapping(code, is_load ? A64_LDR(size, reg, SCRATCH_2) : A64_STR(size, reg, SCRATCH_2));
}

static void emit_smc(struct code *code, const struct program_record *record)
{
	for (unsigned i = 0; i < CASES_REGS; i++)
		if (!(record->x[14] >> i & 1))
			emit_value(code, i, record->x[i]);
	emit_trapping(code, A64_SMC);
}

/* The structure is little-endian, whatever the realm is. */
static void emit_host_call(struct code *code, const struct program_record *record)
{
	emit(code, A64_MRS(SCRATCH, sysregs[PROGRAM_REG_SCTLR]));
	emit(code, A64_MOVZ(SCRATCH_2, SCTLR_EE_QUARTER, 1));
	emit(code, A64_BIC(SCRATCH, SCRATCH, SCRATCH_2));
	emit(code, A64_MSR(sysregs[PROGRAM_REG_SCTLR], SCRATCH));
	emit(code, A64_ISB);
	emit_value(code, SCRATCH_2, record->x[0]);
	emit_value(code, SCRATCH, record->x[1]);
	emit(code, A64_STR(1, SCRATCH, SCRATCH_2));
	emit(code, A64_ADD(SCRATCH_2, SCRATCH_2, RSI_HOST_CALL_GPRS_OFFSET));
	for (unsigned i = 0; i + 1 < NUM_GPRS; i += 2)
		emit(code, A64_STP(i, i + 1, SCRATCH_2, i));
	emit(code, A64_ADD(SCRATCH_2, SCRATCH_2, 8 * (NUM_GPRS - 1)));
	emit(code, A64_STR(3, NUM_GPRS - 1, SCRATCH_2));
	emit_value(code, 0, SMC_RSI_HOST_CALL);
	emit_value(code, 1, record->x[0]);
	emit_trapping(code, A64_SMC);
}

static void emit_move(struct code *code, unsigned to, unsigned from)
{
	if (from == PROGRAM_REG_PSTATE) {
		emit(code, A64_MRS(to, DAIF));
		emit(code, A64_MRS(SCRATCH, CURRENTEL));
		emit(code, A64_ORR(to, to, SCRATCH));
		emit(code, A64_MRS(SCRATCH, SPSEL));
		emit(code, A64_ORR(to, to, SCRATCH));
	} else if (from > PROGRAM_REG_XZR) {
		emit(code, A64_MRS(to, sysregs[from]));
	} else {
		emit(code, A64_MOV(to, from));
	}
}

static void emit_set(struct code *code, unsigned to, uint64_t value)
{
	if (to < PROGRAM_REG_XZR) {
		emit_value(code, to, value);
		return;
	}
	emit_value(code, SCRATCH, value);
	emit(code, A64_MSR(sysregs[to], SCRATCH));
	emit(code, A64_ISB);
}

static void emit_wait(struct code *code, unsigned kind, unsigned reg)
{
	const uint32_t waits[] = { A64_WFI, A64_WFE, A64_WFIT(reg), A64_WFET(reg) };

	emit_trapping(code, waits[kind]);
}

/* The ISS of a trapped MRS or MSR has the fields of the instruction. */
static void emit_sysreg(struct code *code, uint64_t iss)
{
	uint32_t sysreg = A64_SYSREG(iss >> 20 & 3, iss >> 14 & 7, iss >> 10 & 15, iss >> 1 & 15, iss >> 17 & 7);
	unsigned reg = (unsigned)(iss >> 5 & 31);

	emit_trapping(code, iss & 1 ? A64_MRS(reg, sysreg) : A64_MSR(sysreg, reg));
}

static void emit_timers(struct code *code, const uint64_t x[4])
{
	static const uint32_t regs[] = { CNTP_CVAL, CNTP_CTL, CNTV_CVAL, CNTV_CTL };

	for (unsigned i = 0; i < 4; i++) {
		emit_value(code, SCRATCH, x[i ^ 1]);	/* the values before what turns the timers on */
		emit(code, A64_MSR(regs[i], SCRATCH));
	}
	emit(code, A64_ISB);
}

static void emit_flag(struct code *code, unsigned flag)
{
	emit_value(code, SCRATCH_2, CASES_SHARED_IPA + FLAG_OFFSET);
	emit_value(code, SCRATCH, flag);
	emit(code, A64_STR(3, SCRATCH, SCRATCH_2));
}

static void emit_interrupt(struct code *code, unsigned flag)
{
	unsigned loop;

	emit_flag(code, flag);
	loop = here(code);
	emit(code, A64_LDR(3, SCRATCH, SCRATCH_2));
	emit(code, A64_CBNZ(SCRATCH, (int)(loop - here(code))));
}

static void emit_end(struct code *code)
{
	unsigned loop = here(code);

	emit_flag(code, FLAG_END);
	emit(code, A64_B((int)(loop - here(code))));
}

static void emit_record(struct code *code, const struct program_record *record)
{
	const uint64_t *x = record->x;

	switch (record->op) {
	case PROGRAM_END:
		emit_end(code);
		break;
	case PROGRAM_SMC:
		emit_smc(code, record);
		break;
	case PROGRAM_HVC:
		emit_trapping(code, A64_HVC(x[0]));
		break;
	case PROGRAM_LOAD:
	case PROGRAM_STORE:
		emit_access(code, record);
		break;
	case PROGRAM_JUMP:
		emit_value(code, SCRATCH_2, x[0]);
		emit(code, A64_BR(SCRATCH_2));
		break;
	case PROGRAM_SET:
		emit_set(code, (unsigned)x[0], x[1]);
		break;
	case PROGRAM_MOVE:
		emit_move(code, (unsigned)x[0], (unsigned)x[1]);
		break;
	case PROGRAM_WAIT:
		emit_wait(code, (unsigned)x[0], (unsigned)x[1]);
		break;
	case PROGRAM_SYSREG:
		emit_sysreg(code, x[0]);
		break;
	case PROGRAM_IRQ:
		emit_interrupt(code, FLAG_IRQ);
		break;
	case PROGRAM_FIQ:
		emit_interrupt(code, FLAG_FIQ);
		break;
	case PROGRAM_HOST_CALL:
		emit_host_call(code, record);
		break;
	case PROGRAM_TIMER:
		emit_timers(code, x);
		break;
	default:
		panic("host: there is no code for operation %d of a program", record->op);
	}
}

/* Tells where in the page the instruction is with which record `which` can trap. */
static unsigned compile(const struct program_record *records, size_t count, void *page, unsigned which)
{
	struct code code = { .words = page };
	unsigned end, found = 0;

	memset(page, 0, PROGRAM_PAGE);
	for (unsigned at = VECTOR_WORDS; at < PAGE_WORDS; at += VECTOR_WORDS)
		code.words[at] = A64_B((int)(VECTOR_WORDS + 1 - at));
	code.at = VECTOR_WORDS + 1;
	for (unsigned i = 0; i < count; i++) {
		code.words[i] = A64_B((int)(here(&code) - i));
		emit_record(&code, &records[i]);
		if (i == which)
			found = code.trapping;
	}
	end = here(&code);
	emit_end(&code);
	for (unsigned i = (unsigned)count; i < PROGRAM_RECORDS; i++)
		code.words[i] = A64_B((int)(end - i));
	return found;
}

void program_compile(void *ctx, const struct program_record *records, size_t count, void *page)
{
	compile(records, count, page, 0);
}

uint64_t program_instruction(void *ctx, const struct program_record *records, size_t count, unsigned record)
{
	static uint32_t page[PAGE_WORDS];

	return compile(records, count, page, record) * sizeof(*page);
}
