/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* el3.h - the parts of the monitor */
#ifndef QEMU_EL3_H
#define QEMU_EL3_H

#include <stdbool.h>
#include <stdint.h>

#define SMC_OK 0
#define SMC_UNKNOWN -1

/* What an exception leaves on the stack and an exception return takes from there; vectors.S knows the offsets. */
struct regs {
	uint64_t x[31];
	uint64_t elr, spsr, pad;
};

enum world { WORLD_HOST, WORLD_REALM };

/* gpt.c: which granule belongs to whom */
void gpt_build(uint64_t dram_size);
void gpt_enable(void);	/* on each CPU */
bool gpt_is_host(uint64_t addr);
int64_t gpt_delegate(uint64_t addr, uint64_t size);
int64_t gpt_undelegate(uint64_t addr, uint64_t size);
uint64_t gpt_realm_granules(void);	/* but for the RMM's own */

/* world.c: the registers of each world, on this CPU */
void world_reset(enum world world, uint64_t entry, uint64_t x0);	/* as after a reset, not entered yet */
void world_enter(struct regs *regs, enum world world);	/* what is in the CPU now is lost */
void world_switch(struct regs *regs);
enum world world_current(void);

/* psci.c: calls of the host about CPUs and the machine */
void psci_init(unsigned cpus);
bool psci_call(struct regs *regs, uint32_t id);	/* false: not one of them */
void psci_wait(struct regs *regs);	/* until CPU_ON of this CPU */
void psci_booted(void);	/* the RMM has booted on this CPU, which is on from here */

/* smc.c */
void smc_handle(struct regs *regs);

/* start.S */
void nap(void);	/* some time, without a load on the machine below */

#endif
