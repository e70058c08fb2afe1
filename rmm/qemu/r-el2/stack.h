/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* stack.h - the stacks, one a CPU, each above a page that is not mapped; also for assembler and linker scripts */
#ifndef QEMU_STACK_H
#define QEMU_STACK_H

#define STACK_GUARD 0x1000
#define STACK_SIZE 0x4000	/* rmm/core takes up to 4 KiB, an ECDSA signature with BearSSL as much again */
#define STACK_STRIDE (STACK_GUARD + STACK_SIZE)

#endif
