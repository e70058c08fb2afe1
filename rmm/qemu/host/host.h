/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * host.h - the parts of the test host, a program at NS-EL2
 *
 * Interrupts stay masked: they end a guest's run or a WFI, and are taken from the GIC after that.
 */
#ifndef QEMU_HOST_H
#define QEMU_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout.h"

#define SMC_REGS 11

/* Memory that modes may use as they like starts here; the host's image and its tables are below the RMM. */
#define HOST_POOL (RMM_BASE + RMM_SIZE)

/* smc.c: X0..X10 in and out */
void smc(uint64_t regs[SMC_REGS]);
/* The same with the registers one by one; returns X0. */
#define smc_call(...) smc_call_((uint64_t[SMC_REGS]){ __VA_ARGS__ })
uint64_t smc_call_(uint64_t regs[SMC_REGS]);

/*
 * exception.S: accesses that may fault; ESR_EL2 if they do, else 0. The code that is fetched and run must be a RET.
 * Every other exception is a panic.
 */
uint64_t probe_read(uint64_t pa, uint64_t *value);
uint64_t probe_write(uint64_t pa, uint64_t value);
uint64_t probe_fetch(uint64_t pa);

/* ESR_EL2 of granule protection faults */
#define GPF_READ 0x96000028
#define GPF_WRITE 0x96000068
#define GPF_FETCH 0x86000028

/* gic.c: the interrupts of the calling CPU */
enum {
	SGI_WORK = 1,	/* there is something to do */
	SGI_KICK = 2,	/* ends the run of a guest */
	SGI_FIQ = 3,	/* of group 0 */
	PPI_HOST_TIMER = 26,
	PPI_VIRTUAL_TIMER = 27,
	PPI_PHYSICAL_TIMER = 30,
};

void gic_boot(void);	/* once, then on each CPU: */
void gic_boot_cpu(void);
void gic_send(unsigned cpu, unsigned sgi);
void gic_set_group(unsigned ppi, unsigned group);	/* of the calling CPU; group 0 comes as FIQ */
/* Acknowledges and ends what is pending, and tells it: bit n for interrupt n, which is an SGI or a PPI. */
uint32_t gic_take_all(void);
void timer_start(uint64_t microseconds);	/* an interrupt after that time */
void timer_stop(void);
void nap(void);	/* while waiting for another CPU, which may need the core of this one */
uint64_t now(void);	/* microseconds */

/* smp.c: other CPUs run a function at a time */
void smp_boot(void);
unsigned smp_cpus(void);
bool smp_on(unsigned cpu);	/* true also if it was on */
void smp_off(unsigned cpu);	/* waits until PSCI says so */
void smp_start(unsigned cpu, void (*what)(void *arg), void *arg);
void smp_wait(unsigned cpu);	/* until what it does is done */
void smp_do(unsigned cpu, void (*what)(void *arg), void *arg);	/* both */

/* tap.c: results; the plan comes last */
void tap_result(bool ok, const char *name);
void tap_skip(const char *name, const char *why);
/* ok, and if not, two numbers that say why */
bool tap_equal(const char *name, uint64_t got, uint64_t expected);
int tap_end(void);	/* the status for QEMU */

#define EXIT_FAILED 1
#define EXIT_USAGE 2

#endif
