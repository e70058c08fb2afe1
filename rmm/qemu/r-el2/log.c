/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* log.c - a line on the console for each finished call, in the image that is built for that */
#include "console.h"
#include "rmm.h"
#include "sysreg.h"
#include "rmm-trace.h"

#define PAGE 0x1000

static void put(void *arg, const char *line)
{
	print("%s", line);
}

static struct trace trace = { .port = &port, .put = put, .granule = PAGE };

static void log_call(void *ctx, enum rmm_call call, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	trace_call(&trace, cpu_index(), call, in, out);
}

void (*const call_log)(void *ctx, enum rmm_call call, const uint64_t in[RMM_SMC_REGS],
		       const uint64_t out[RMM_SMC_REGS]) = TRACE ? log_call : NULL;
