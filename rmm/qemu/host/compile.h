/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * compile.h - programs of rmm/test/program.h as code for a CPU
 *
 * A page has, in this order: a branch to each record, so that record n is at 4 * n as program.h has it; the code of the
 * records, one after the other, then that of PROGRAM_END. Each multiple of 0x80 branches to record 0, as vectors. X16
 * and X17 are the compiler's.
 *
 * A program that is to be left for an interrupt cannot make one. It tells the host so by a flag in memory that they
 * share, and waits until the host has cleared it.
 */
#ifndef QEMU_HOST_COMPILE_H
#define QEMU_HOST_COMPILE_H

#include "cases.h"
#include "program.h"

enum {
	FLAG_RUNNING,
	FLAG_IRQ,
	FLAG_FIQ,
	FLAG_END,
};

#define FLAG_OFFSET 0xff8	/* in the shared page */

/* As struct case_host has them */
void program_compile(void *ctx, const struct program_record *records, size_t count, void *page);
uint64_t program_instruction(void *ctx, const struct program_record *records, size_t count, unsigned record);

#endif
