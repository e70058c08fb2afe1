/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu.h - what the parts of mode cpu share */
#ifndef QEMU_HOST_CPU_H
#define QEMU_HOST_CPU_H

#include "cpu-realm.h"
#include "host.h"

#define CPU_LONG 200000	/* microseconds: a realm that takes so long hangs */
#define CPU_SHORT 3000

extern const struct cpu_shape cpu_plain;	/* an ordinary realm */

/* One of that shape, or else */
struct cpu_realm cpu_new(const struct cpu_shape *shape, const void *program);
/* A case: it runs, and comes to its next report. */
void cpu_reports(struct cpu_realm *realm, const char *name);

/* cpu-irq.c */
void cpu_test_timers(void);
void cpu_test_gic(void);

#endif
