/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cpu.h - a CPU that runs the arm64 code of a guest, slice by slice
 *
 * Each stands for the CPU of one REC and ends with it: vector registers, pointer authentication keys and translated
 * code stay inside between slices. The general and system registers travel through struct rmm_guest.
 *
 * The machine calls all of this with one lock held, on any thread: while a slice runs nobody changes a table of stage
 * 2, and no other guest sees an instruction half done.
 */
#ifndef SIM_CPU_H
#define SIM_CPU_H

#include "port.h"

struct sim_cpu;

struct sim_cpu_ops {
	/*
	 * Memory at a physical address, whoever it belongs to, in the physical address space that stage 2 says. It stays
	 * there until sim_cpu_forget() for the IPA that led to it. NULL: an access is an external abort.
	 */
	void *(*memory)(void *ctx, uint64_t pa, size_t size, bool ns);
};

/* false: there is no CPU to run guests with, and sim_cpu_new() gives NULL */
bool sim_cpu_available(void);

/* NULL: no memory. ops and ctx are borrowed. */
struct sim_cpu *sim_cpu_new(const struct sim_cpu_ops *ops, void *ctx);
void sim_cpu_free(struct sim_cpu *cpu);

/*
 * Runs at most so many instructions. true: the guest trapped, *trap says how, and its pc is where the architecture has
 * it. false: the slice is over, or a WFI that does not trap ended it.
 */
bool sim_cpu_run(struct sim_cpu *cpu, struct rmm_guest *guest, unsigned steps, struct rmm_trap *trap);

/* Forgets the translations of [ipa, ipa + size) if it runs a guest of this stage 2. */
void sim_cpu_forget(struct sim_cpu *cpu, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size);

#endif
