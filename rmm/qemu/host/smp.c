/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* smp.c - the other CPUs: turned on and off by PSCI, asleep but for the work they are given */
#include "console.h"
#include "fwcfg.h"
#include "host.h"
#include "psci.h"
#include "sysreg.h"

static struct cpu {
	void (*what)(void *arg);
	void *arg;
	uint32_t busy;	/* given by the boot CPU, cleared by the other */
	uint32_t awake;	/* it can be given something: an SGI that comes before is lost */
} cpus[CPUS_MAX];

static unsigned num_cpus;

void start_secondary(void);
_Noreturn void smp_secondary(void);

unsigned smp_cpus(void)
{
	return num_cpus;
}

void smp_boot(void)
{
	num_cpus = fwcfg_cpus();
}

static void turn_off(void *arg)
{
	struct cpu *cpu = arg;

	__atomic_store_n(&cpu->awake, 0, __ATOMIC_RELEASE);
	__atomic_store_n(&cpu->busy, 0, __ATOMIC_RELEASE);
	smc_call(SMC32_PSCI_CPU_OFF);
	panic("host: CPU_OFF came back");
}

_Noreturn void smp_secondary(void)
{
	struct cpu *cpu = &cpus[cpu_index()];

	gic_boot_cpu();
	__atomic_store_n(&cpu->awake, 1, __ATOMIC_RELEASE);
	for (;;) {
		while (!(gic_take_all() & 1u << SGI_WORK))
			__asm__ volatile("wfi");
		cpu->what(cpu->arg);
		__atomic_store_n(&cpu->busy, 0, __ATOMIC_RELEASE);
	}
}

bool smp_on(unsigned cpu)
{
	uint64_t x0 = smc_call(SMC64_PSCI_CPU_ON, cpu, (uint64_t)start_secondary, 0);

	if (x0 != PSCI_SUCCESS && x0 != (uint64_t)PSCI_ALREADY_ON)
		return false;
	while (!__atomic_load_n(&cpus[cpu].awake, __ATOMIC_ACQUIRE))
		nap();
	return true;
}

void smp_off(unsigned cpu)
{
	smp_start(cpu, turn_off, &cpus[cpu]);
	while (smc_call(SMC64_PSCI_AFFINITY_INFO, cpu, 0) != PSCI_AFFINITY_OFF)
		nap();
}

void smp_start(unsigned cpu, void (*what)(void *arg), void *arg)
{
	cpus[cpu].what = what;
	cpus[cpu].arg = arg;
	__atomic_store_n(&cpus[cpu].busy, 1, __ATOMIC_RELEASE);
	gic_send(cpu, SGI_WORK);
}

void smp_wait(unsigned cpu)
{
	while (__atomic_load_n(&cpus[cpu].busy, __ATOMIC_ACQUIRE))
		nap();
}

void smp_do(unsigned cpu, void (*what)(void *arg), void *arg)
{
	smp_start(cpu, what, arg);
	smp_wait(cpu);
}
