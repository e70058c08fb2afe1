/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu-realm.h - small realms that run a program of cpu-code.S, one REC each */
#ifndef QEMU_HOST_CPU_REALM_H
#define QEMU_HOST_CPU_REALM_H

#include "rmi-machine.h"
#include "rmi.h"

struct cpu_shape {
	uint8_t s2sz;
	int8_t start_level;
	uint8_t roots;
	bool lpa2, sve;
	uint8_t sve_vl, num_bps, num_wps;	/* as in RmiRealmParams */
};

struct cpu_realm {
	struct machine *machine;
	uint64_t rd, rec, run_pa;
	struct rmi_rec_run *run;
	uint64_t *shared;	/* a page of the host, at the start of the unprotected half */
};

/* The program starts with X0 the IPA of the shared page. X0 of the call that failed, or zero */
uint64_t cpu_realm_new(struct machine *machine, const struct cpu_shape *shape, const void *program,
		       struct cpu_realm *realm);
/* Until it exits, at the latest after these microseconds; the reason, or -1 */
uint64_t cpu_realm_enter(struct cpu_realm *realm, uint64_t microseconds);

/* The first list register, wherever the version of RMI has it. RMM 2.0: the host brings its interface to a realm. */
void cpu_realm_clear_gic(const struct cpu_realm *realm);
void cpu_realm_inject(struct cpu_realm *realm, unsigned intid);	/* 0: none */
void cpu_realm_keep(struct cpu_realm *realm);	/* as the last exit left it */
unsigned cpu_realm_lr_state(const struct cpu_realm *realm);	/* 0: over, 1: pending, 2: active */

#endif
