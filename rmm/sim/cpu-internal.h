/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * cpu-internal.h - what the files of the CPU share
 *
 * The engine knows no translation: its addresses are the guest's virtual ones, and the memory that it has is a cache of
 * what both stages say, filled page by page as the guest touches them. So it is a TLB, and forgets like one.
 */
#ifndef SIM_CPU_INTERNAL_H
#define SIM_CPU_INTERNAL_H

#include <unicorn/unicorn.h>
#include "cpu.h"
#include "walk.h"

/* The engine aborts the process at about a thousand regions, and slows down well before. */
#define CPU_REGIONS 256
#define CPU_SYSREGS 32

struct cpu_region {
	uint64_t va, ipa, size;	/* 0 bytes: none */
	uint8_t *memory;
	unsigned rights;
};

/* Why the engine stopped */
enum cpu_event {
	CPU_HALTED,	/* by itself, after a WFI */
	CPU_BETWEEN,	/* two instructions: the slice is over, or the guest changed what its addresses mean */
	CPU_WFE,
	CPU_EXCEPTION,	/* number */
	CPU_FAULT,	/* access and address */
};

struct sim_cpu {
	uc_engine *uc;
	const struct sim_cpu_ops *ops;
	void *ctx;
	struct rmm_guest *guest;	/* while it runs; its registers are the engine's meanwhile, but for SCTLR_EL1 */
	struct rmm_stage2 stage2;	/* that the regions are from */
	struct cpu_region regions[CPU_REGIONS];
	unsigned next_region;
	uint64_t sysregs[CPU_SYSREGS];	/* as the engine has them */
	bool context_changed;	/* the guest has written a register of stage 1, or invalidated its TLB */
	unsigned steps;	/* left */
	enum cpu_event event;
	uint64_t pc;	/* of the instruction that is next, or that faulted */
	uint32_t number;
	enum mmu_access access;
	uint64_t address;
};

/* Why an address cannot be reached */
struct cpu_abort {
	bool stage1;	/* the guest's own fault */
	unsigned fsc;
	bool external, on_walk;	/* on_walk: a descriptor of stage 1 is what stage 2 does not let through */
	uint64_t ipa;
};

/* cpu-regs.c */

/* 0 or an error of the engine */
uc_err cpu_regs_init(struct sim_cpu *cpu);
void cpu_regs_load(struct sim_cpu *cpu, const struct rmm_guest *guest);
void cpu_regs_store(struct sim_cpu *cpu, struct rmm_guest *guest);

/* cpu-map.c */

/* Makes the engine reach the address; false: it aborts, as *abort says. */
bool cpu_map(struct sim_cpu *cpu, uint64_t va, enum mmu_access access, struct cpu_abort *abort);
void cpu_unmap(struct sim_cpu *cpu, uint64_t ipa, uint64_t size);
/* Has the engine memory there that it can execute? */
bool cpu_fetches(struct sim_cpu *cpu, uint64_t va);
/* An instruction that the engine has fetched */
uint32_t cpu_insn(struct sim_cpu *cpu, uint64_t va);

#endif
