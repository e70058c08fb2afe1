/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * vmm.h - runs the realm of a script: a small VMM whose machine is that of `realmctl run`
 *
 * All RECs take turns on the calling CPU, which sleeps while all of them wait for interrupts. Memory that the realm
 * touches and does not have is given to it, page by page; it is never taken from it but by the realm itself.
 */
#ifndef QEMU_HOST_VMM_H
#define QEMU_HOST_VMM_H

#include "rmi.h"
#include "script.h"
#include "vgic.h"

/*
 * Runs RECs until the realm ends, or cannot go on; *end says how: "off", "reset", "idle" (all RECs are off, or wait for
 * what nothing will bring), "refused" (an RMI call: the result), or "stuck". Prints the realm's console, lines after
 * "realm: ", and its token.
 */
uint64_t vmm_run(struct driver *driver, const char **end);

#define VMM_NEVER UINT64_MAX

/* Of the system counter, which is what timers and timeouts of a realm go by */
uint64_t vmm_time(void);

/* vmm-memory.c; results of the last RMI call. IPAs are those of pages. */
uint64_t vmm_give_page(struct driver *driver, uint64_t ipa);
uint64_t vmm_share_page(struct driver *driver, uint64_t ipa);
/* Lets REC rec have what it asked for: RIPAS of [base, top). What becomes EMPTY is unmapped. */
uint64_t vmm_set_ripas(struct driver *driver, uint64_t rec, uint64_t base, uint64_t top, uint64_t ripas);

/* vmm-mmio.c: the devices */
void vmm_mmio_open(void);
/* An access of size bytes at address. Where no device is, reads are zero and writes are ignored. */
uint64_t vmm_mmio_read(uint64_t address, unsigned size);
void vmm_mmio_write(uint64_t address, unsigned size, uint64_t value);
/* Ends the last line of the realm, and prints its token. */
void vmm_mmio_close(void);

/* vmm-gic.c: interrupts; CPUs are RECs by index */
extern struct vgic vmm_gic;
void vmm_gic_open(unsigned num_cpus);
/* What is pending goes in with a REC, and what has become of it comes back. */
void vmm_gic_load(const struct machine *machine, unsigned cpu, struct rmi_rec_run *run);
void vmm_gic_store(const struct machine *machine, unsigned cpu, const struct rmi_rec_run *run);
/* Sets the lines of the timers of a REC as they are at a time, and tells when the next one goes up after that. */
uint64_t vmm_gic_timers(unsigned cpu, const struct rmi_rec_exit *exit, uint64_t time);

#endif
