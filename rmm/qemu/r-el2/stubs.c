/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* stubs.c - parts of the port that are not there yet: no call is logged */
#include "rmm.h"

#define PART __attribute__((weak))

PART void (*const call_log)(void *ctx, enum rmm_call call, const uint64_t in[RMM_SMC_REGS],
			    const uint64_t out[RMM_SMC_REGS]) = NULL;
