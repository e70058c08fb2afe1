/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cpu.h - the toy CPU: runs the programs of program.h in a realm, through the walk of walk.h and a TLB of its own
 *
 * What it walks through stays cached until the core invalidates it: a cached descriptor that is no longer in the tables
 * ends the test.
 */
#ifndef RMM_TEST_CPU_H
#define RMM_TEST_CPU_H

#include "program.h"
#include "rmi-machine.h"
#include "walk.h"

/* Runs until something traps: what struct rmm_port's enter() does by default. */
void cpu_run(struct machine *machine, struct rmm_guest *guest, struct rmm_trap *trap);

/* Where an access ends up, or how it aborts */
struct cpu_translation {
	bool ok;
	uint64_t pa;
	bool ns;	/* the output address is in the non-secure physical address space */
	unsigned fsc;	/* fault status code of the abort */
	bool external;	/* EA: an external abort */
};

struct cpu_translation cpu_translate(struct machine *machine, const struct rmm_stage2 *stage2, uint64_t ipa,
	enum mmu_access access);

/* Ends the test when a cached descriptor of this stage 2 differs from the tables. */
void cpu_check_tlb(struct machine *machine, const struct rmm_stage2 *stage2);
/* Does a cached descriptor of any realm lead to realm memory in [pa, pa + size)? */
bool cpu_tlb_holds(const struct machine *machine, uint64_t pa, uint64_t size);
void cpu_tlb_invalidate(struct machine *machine, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size);

#endif
