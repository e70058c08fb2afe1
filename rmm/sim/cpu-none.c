/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu-none.c - in place of a CPU, in a build without Unicorn */
#include "cpu.h"

bool sim_cpu_available(void)
{
	return false;
}

struct sim_cpu *sim_cpu_new(const struct sim_cpu_ops *ops, void *ctx)
{
	return NULL;
}

void sim_cpu_free(struct sim_cpu *cpu)
{
}

bool sim_cpu_run(struct sim_cpu *cpu, struct rmm_guest *guest, unsigned steps, struct rmm_trap *trap)
{
	return false;
}

void sim_cpu_forget(struct sim_cpu *cpu, const struct rmm_stage2 *stage2, uint64_t ipa, uint64_t size)
{
}
