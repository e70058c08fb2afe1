/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * table.h - the language of the tables: symbolic numbers, steps and rows
 *
 * Nothing here is an address: a row says "the realm descriptor" or "the third granule of realm memory", and the same
 * row runs with every granule size on every machine.
 */
#ifndef CASES_TABLE_H
#define CASES_TABLE_H

#include "cases.h"
#include "program.h"
#include "psci.h"
#include "rmi-1.0.h"
#include "rmi.h"
#include "rsi.h"

/*
 * What a symbolic number counts from. Pages are granules of the host's memory; which state they have depends on the
 * stage. NS pages stay the host's.
 */
enum base {
	NUMBER,
	FREE,	/* delegated and unused, FREE_COUNT granules, aligned to 16 of them */
	RD,
	ROOT,	/* the root table of the realm */
	TABLE,	/* tables: level 2 and level 3 at IPA 0, the same at SHARED */
	DATA,	/* what is mapped at IPA(0) on, granule by granule */
	REC,	/* REC 0, REC 1 */
	AUX,	/* RMM 1.0: granules that REC 0 holds */
	OTHER_RD,	/* a second realm, made by world_other_realm */
	OTHER_REC,
	OTHER_ROOT,
	NS,	/* pages of the host that nothing else uses */
	SRC,	/* content of the data pages, one after the other */
	PARAMS,	/* realm parameters, valid for NEW_ROOT */
	NEW_ROOT,	/* for REALM_CREATE by a row: FREE(0), so aligned to 16 */
	REC_PARAMS,	/* parameters of the next REC */
	RUN,	/* run page of REC 0 */
	RUN_1,	/* run page of REC 1 */
	LIST,	/* address lists; the second page is for the common set-up */
	CONFIG,	/* RmiRmmConfig */
	BLOCKS,	/* a level 2 block of the host's memory */
	REGION,	/* memory with a tracking region, and a level 0 GPT entry, for itself alone */
	HOLE,	/* no memory at all */
	SHARED,	/* first IPA of the unprotected half */
	SPACE,	/* first IPA outside the realm */
	KEPT_VALUE,	/* what KEEP() kept; index 0 to 3 */
	LIMIT,	/* what the RMM tells of itself; index of enum limit */
	INSTRUCTION,	/* of a record of the first page of the program */
	ANYTHING,	/* expected: any value */
	BASES,
};

enum limit {
	LIMIT_S2SZ,
	LIMIT_BPS,
	LIMIT_WPS,
	LIMIT_SVE_VL,
	LIMIT_PMU,
	LIMIT_RECS,	/* RECs of a realm at most */
	LIMIT_PLANES,
	LIMIT_MECS,	/* private memory encryption contexts */
	LIMIT_GRANULE,	/* RmiGranuleSize of this run */
	LIMIT_AUX,	/* granules that a REC needs beside its own */
	LIMITS,
};

enum unit {
	BYTES,
	GRANULES,
	ENTRIES_L2,	/* what an entry of a level 2 table maps */
	ENTRIES_L1,
};

/* (where base is) + n units + plus */
struct sym {
	uint8_t base, index, unit;
	int64_t n;
	uint64_t plus;
};

#define N(value) { .n = (int64_t)(value) }
#define P(page) { .base = page }
#define NTH(page, i) { .base = page, .unit = GRANULES, .n = (i) }
#define AT(page, bytes) { .base = page, .n = (int64_t)(bytes) }
#define IPA(i) { .unit = GRANULES, .n = (i) }
#define IPA_L2(i) { .unit = ENTRIES_L2, .n = (i) }
#define IPA_L1(i) { .unit = ENTRIES_L1, .n = (i) }
#define SHARED_IPA(i) { .base = SHARED, .unit = GRANULES, .n = (i) }
#define SHARED_L2(i) { .base = SHARED, .unit = ENTRIES_L2, .n = (i) }
#define SHARED_L1(i) { .base = SHARED, .unit = ENTRIES_L1, .n = (i) }
#define KEPT(i) { .base = KEPT_VALUE, .index = (i) }
#define MAX(what, more) { .base = LIMIT, .index = LIMIT_##what, .n = (more) }
#define PC_OF(record) { .base = INSTRUCTION, .index = (record) }
#define ANY { .base = ANYTHING }

/* Results: X0 of a command */
#define OK N(RMI_SUCCESS)
#define FAIL(status) N(RMI_ERROR_##status)
#define FAIL_REALM_OFF N(RMI_ERROR_REALM | 1 << 8)	/* 1.0: REC_ENTER tells that the realm is off */
#define FAIL_BLOCKED N(RMI_BLOCKED)
#define FAIL_RTT(level) N(RMI_ERROR_RTT | (level) << RMI_RESULT_DATA_LEVEL_LEVEL_SHIFT)
#define UNKNOWN N(SMCCC_NOT_SUPPORTED)
/* Whether it may be cancelled is up to the RMM. */
#define INCOMPLETE(mem) N(RMI_INCOMPLETE | RMI_OP_MEM_REQ_##mem << RMI_RESULT_DATA_INCOMPLETE_MEM_SHIFT)

/* What an address range descriptor adds to an address: count pages, or blocks of another size */
#define DESC_BITS(size, count, state) ((uint64_t)(state) << 63 | (uint64_t)(count) << 2 | (size))

#define ROOT_LEVEL 1	/* of every realm that the stages make */
#define FREE_COUNT 32
#define REC_GPR(i) (0x1000 + (i))	/* what a REC starts with in X0 to X7; at IPA 0 */

/* One thing to do in a row */
enum step_kind {
	STEP_END,
	STEP_CALL,	/* an RMI command, driven to its end whatever memory it asks for */
	STEP_RAW,	/* one SMC, and its reply as it is */
	STEP_POKE,	/* writes 8 bytes of an NS page */
	STEP_PEEK,	/* compares 8 bytes of an NS page */
	STEP_KEEP,	/* keeps a result register of the last call */
	STEP_DO,	/* anything else */
};

struct world;

#define STEP_ARGS 6
#define STEP_OUTS 4

struct step {
	uint8_t kind, outs;
	uint32_t fid;
	const char *name;
	struct sym arg[STEP_ARGS];	/* POKE and PEEK: the place. KEEP: the register, and which value it becomes */
	struct sym x0;	/* POKE and PEEK: the value */
	struct sym out[STEP_OUTS];	/* X1 on. After an error, what is not listed must be zero. */
	uint64_t mask;	/* PEEK: the bits that count */
	const struct step *meanwhile;	/* CALL of REC_ENTER: what another CPU does while the guest runs */
	bool (*run)(struct world *world);	/* DO */
};

/* CALL(command, A(arguments), result), and the same with the results X1 on that are checked */
#define A(...) { __VA_ARGS__ }
#define NUM_OUTS(...) (sizeof((struct sym[]){ __VA_ARGS__ }) / sizeof(struct sym))
#define CALL(command, args, result) \
	{ .kind = STEP_CALL, .fid = (uint32_t)SMC_##command, .name = #command, .arg = args, .x0 = result }
#define CALL_OUT(command, args, result, ...) \
	{ .kind = STEP_CALL, .fid = (uint32_t)SMC_##command, .name = #command, .arg = args, .x0 = result, \
	  .outs = NUM_OUTS(__VA_ARGS__), .out = { __VA_ARGS__ } }
#define RAW(command, args, result) \
	{ .kind = STEP_RAW, .fid = (uint32_t)SMC_##command, .name = #command, .arg = args, .x0 = result }
#define RAW_OUT(command, args, result, ...) \
	{ .kind = STEP_RAW, .fid = (uint32_t)SMC_##command, .name = #command, .arg = args, .x0 = result, \
	  .outs = NUM_OUTS(__VA_ARGS__), .out = { __VA_ARGS__ } }
#define ENTER_MEANWHILE(rec, run_page, result, ...) \
	{ .kind = STEP_CALL, .fid = (uint32_t)SMC_RMI_REC_ENTER, .name = "RMI_REC_ENTER", .arg = { rec, run_page }, \
	  .x0 = result, .meanwhile = (const struct step[]){ __VA_ARGS__, { .kind = STEP_END } } }
#define POKE(place, ...) { .kind = STEP_POKE, .name = "write", .arg = { place }, .x0 = __VA_ARGS__ }
#define PEEK_BITS(place, bits, ...) \
	{ .kind = STEP_PEEK, .name = "read " #place, .arg = { place }, .mask = bits, .x0 = __VA_ARGS__ }
#define PEEK(place, ...) \
	{ .kind = STEP_PEEK, .name = "read " #place, .arg = { place }, .mask = ~UINT64_C(0), .x0 = __VA_ARGS__ }
#define KEEP(reg, which) { .kind = STEP_KEEP, .name = "keep", .arg = { N(reg), N(which) } }
#define DO(what) { .kind = STEP_DO, .name = #what, .run = what }

/* How far the common set-up goes before the steps of a row; each includes those before it */
enum stage {
	AT_BOOT,	/* nothing: rows of this stage run first, in their order; the last ones activate the RMM */
	READY,	/* RMM active, memory tracked, FREE delegated */
	NEW_REALM,	/* a realm, with nothing but its root table */
	WITH_TABLES,	/* and tables down to level 3 at IPA 0 and at SHARED */
	WITH_DATA,	/* and pages in all states, see below */
	WITH_RECS,	/* and RECs: 0 runnable, 1 not */
	ACTIVE,
};

/*
 * Pages from WITH_DATA on, at IPA(i) and DATA + i: 0, 1 and 2 ASSIGNED and RAM; 3 UNASSIGNED, RAM; 4 UNASSIGNED, EMPTY;
 * 5 ASSIGNED, EMPTY; 6 UNASSIGNED, DESTROYED; 7 ASSIGNED, DESTROYED; beyond as 4. SHARED_IPA(0) is ASSIGNED_NS, to NS.
 */

/* runner.c says what each of them means */
enum need {
	NEED_IRQ = 1,
	NEED_LR = 2,
	NEED_GUEST = 4,
	NEED_4K = 8,
	NEED_BLOCK = 16,
	NEED_SVE = 32,
	NEED_LPA2 = 64,
	LACK_LPA2 = 128,
	NEED_DA = 256,
	LACK_PMU = 512,
	NEED_PLANES = 1024,
	LACK_DA = 2048,
	NEED_FEW_RECS = 4096,	/* few enough to make them all */
	NEED_REGION = 8192,
	LACK_SVE = 16384,
	NEED_CPUS = 32768,
	NEED_16K = 65536,
	NEED_FEW_MECS = 131072,	/* fewer than VMIDs */
	NEED_ANY_TRAP = 262144,	/* a CPU that traps whenever a program wants */
};

struct case_row {
	const char *name;	/* command_condition_outcome */
	const char *row;	/* what it shows: an entry of rows.txt */
	uint8_t variants, stage;
	uint32_t needs;
	const struct step *steps;
	const struct program_record *program;	/* what is at IPA(0), where REC 0 starts */
	size_t records;
};

struct case_table {
	const struct case_row *rows;
	size_t count;
};

#define ROW(name_, row_, variants_, stage_, ...) \
	{ .name = name_, .row = row_, .variants = variants_, .stage = stage_, \
	  .steps = (const struct step[]){ __VA_ARGS__, { .kind = STEP_END } } }
#define ROW_IF(needs_, name_, row_, variants_, stage_, ...) \
	{ .name = name_, .row = row_, .variants = variants_, .stage = stage_, .needs = needs_, \
	  .steps = (const struct step[]){ __VA_ARGS__, { .kind = STEP_END } } }
#define TABLE_OF(name_, rows_) const struct case_table name_ = { rows_, sizeof(rows_) / sizeof((rows_)[0]) }

extern const struct case_table cases_rmm, cases_granule, cases_realm, cases_realm_params, cases_rtt, cases_map,
	cases_map_1_0, cases_ripas, cases_rec, cases_op, cases_guest_exit, cases_guest_memory, cases_guest_psci,
	cases_guest_rsi;

#endif
