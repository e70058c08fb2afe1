/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * rmi-calls.h - what a machine with an RMM has for its host: RMI calls, and memory of its own
 *
 * rmi-host.c and rmm/script work on any machine: the rmi-machine.h that is found when they are compiled says what struct
 * machine is. It has at least
 *
 *	uint64_t x[RMM_SMC_REGS]	what the last RMI call returned
 *	uint64_t granule		bytes; host_boot() sets it
 *	bool is_v1			the RMM's interface is 1.0
 */
#ifndef RMM_HOST_RMI_CALLS_H
#define RMM_HOST_RMI_CALLS_H

#include "port.h"

struct machine;

/* One call with the first count registers, the rest zero; returns X0, the other results are in machine->x. */
uint64_t machine_call(struct machine *machine, const uint64_t *regs, size_t count);

/* rmi(machine, FID, X1, X2, ...) */
#define rmi(machine, ...) \
	machine_call((machine), (const uint64_t[]){ __VA_ARGS__ }, sizeof((const uint64_t[]){ __VA_ARGS__ }) / 8)

/* Memory that must be the host's: fails else. */
void *machine_ns(const struct machine *machine, uint64_t pa, size_t size);

/*
 * Memory that no earlier call of this gave: count granules in a row that are the host's and zero, the first at a
 * multiple of align bytes (0: of a granule). Fails when there is none left; nothing is ever given back.
 */
uint64_t machine_pages(struct machine *machine, uint64_t count, uint64_t align);

/* A measurement of the realm at rd, as rmm_measurement() */
size_t machine_measurement(const struct machine *machine, uint64_t rd, unsigned index, uint8_t slot[RMM_DIGEST_MAX]);

/* The end: something that must not be, and a number that says more */
_Noreturn void machine_stop(const char *what, uint64_t value);

#endif
