/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cases.h - what an RMM must do, as a table of cases, and what the table needs of the machine it runs on
 *
 * Freestanding: the same files run in a process on a test machine and as a bare-metal host under real firmware. A case
 * is a row of one of the tables (table.h). runner.c runs all rows and prints TAP.
 */
#ifndef CASES_H
#define CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CASES_REGS 11	/* X0..X10 */
#define CASES_GRANULES 1024	/* what the cases need of the host's memory, all of it not delegated */
/* A realm that runs programs shares this granule with the host; rows leave its last 16 bytes alone. */
#define CASES_SHARED_PAGE 144
#define CASES_SHARED_IPA (UINT64_C(1) << 38)

struct program_record;

/* Behaviours that a row can hold for */
enum cases_variant {
	RMM_1_0 = 1,
	RMM_2_0 = 2,
	TF_2_0 = 4,
	ANY_2_0 = RMM_2_0 | TF_2_0,
	TF = RMM_1_0 | TF_2_0,
	ALL = RMM_1_0 | RMM_2_0 | TF_2_0,
};

struct case_host {
	void *ctx;
	enum cases_variant variant;
	unsigned granule_shift;	/* 12, 14 or 16; only RMM 2.0 takes another than 12 */
	uint64_t memory;	/* CASES_GRANULES granules, aligned to 256 of them */
	uint64_t blocks;	/* one level 2 block, aligned to its size; 0: none to spare */
	uint64_t region;	/* 2 MiB, 32 with 16 KiB granules, alone in a GiB that it is aligned to; 0: none */
	uint64_t hole;	/* an aligned address where no memory is */
	void (*smc)(void *ctx, uint64_t regs[CASES_REGS]);	/* an RMI call */
	void (*read)(void *ctx, uint64_t pa, void *data, size_t size);
	void (*write)(void *ctx, uint64_t pa, const void *data, size_t size);
	void (*line)(void *ctx, const char *text);
	/* Makes a physical interrupt pending for the calling CPU, or ends it. NULL: rows that need it are skipped. */
	void (*irq)(void *ctx, bool pending);
	/* Writes a list register of the calling CPU. NULL: as irq. */
	void (*write_lr)(void *ctx, unsigned index, uint64_t value);
	/* Writes ICH_HCR_EL2 of the calling CPU. NULL: as irq. */
	void (*write_hcr)(void *ctx, uint64_t value);
	/*
	 * Lets another CPU call what(arg) while the guest of the next REC_ENTER is in its realm; the guest starts after
	 * that. NULL: as irq.
	 */
	void (*meanwhile)(void *ctx, void (*what)(void *arg), void *arg);
	bool has_guest;	/* realms run the programs of program.h, else rows that need one are skipped */
	/*
	 * For a real CPU: makes code of a page of a program, and tells where in the code of the first page the
	 * instruction is with which a record traps. NULL: the CPU runs programs as they are, and traps whenever they
	 * want.
	 */
	void (*compile)(void *ctx, const struct program_record *records, size_t count, void *page);
	uint64_t (*instruction)(void *ctx, const struct program_record *records, size_t count, unsigned record);
};

/* Runs all rows of all tables and returns how many failed. */
int cases_run(const struct case_host *host);
/* Prints what each row shows, for test_coverage.py. */
void cases_list(const struct case_host *host);

#endif
