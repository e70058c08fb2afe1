/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * guest-debug.c - breakpoints and watchpoints: the realm's while it runs, the host's at other times
 *
 * A realm is told of as many as it was created with, and could use all; all of them change hands. The OS lock would keep
 * them from working: it is the host's, and open while a realm runs.
 */
#include "guest-parts.h"
#include "layout.h"
#include "sysreg.h"

#define DFR0_BRPS_SHIFT 12
#define DFR0_WRPS_SHIFT 20
#define OSLSR_OSLK 2

static struct {
	struct guest_debug debug;
	uint64_t locked;
} host[CPUS_MAX];

/* Minus one */
static unsigned count_at(unsigned shift)
{
	return (unsigned)(sysreg_read(id_aa64dfr0_el1) >> shift & 0xf);
}

#define LOAD_BVR(n) NUMBERED(n, sysreg_write(dbgbvr##n##_el1, from->bvr[n]))
#define LOAD_BCR(n) NUMBERED(n, sysreg_write(dbgbcr##n##_el1, from->bcr[n]))
#define LOAD_WVR(n) NUMBERED(n, sysreg_write(dbgwvr##n##_el1, from->wvr[n]))
#define LOAD_WCR(n) NUMBERED(n, sysreg_write(dbgwcr##n##_el1, from->wcr[n]))

/* What is half done does no harm: MDCR_EL2.TDE is 0, so none of them works at EL2. */
static void load(const struct guest_debug *from)
{
	unsigned breakpoints = count_at(DFR0_BRPS_SHIFT), watchpoints = count_at(DFR0_WRPS_SHIFT);

	NUMBERED_16(breakpoints, LOAD_BVR)
	NUMBERED_16(breakpoints, LOAD_BCR)
	NUMBERED_16(watchpoints, LOAD_WVR)
	NUMBERED_16(watchpoints, LOAD_WCR)
}

#define STORE_BVR(n) NUMBERED(n, to->bvr[n] = sysreg_read(dbgbvr##n##_el1))
#define STORE_BCR(n) NUMBERED(n, to->bcr[n] = sysreg_read(dbgbcr##n##_el1))
#define STORE_WVR(n) NUMBERED(n, to->wvr[n] = sysreg_read(dbgwvr##n##_el1))
#define STORE_WCR(n) NUMBERED(n, to->wcr[n] = sysreg_read(dbgwcr##n##_el1))

static void store(struct guest_debug *to)
{
	unsigned breakpoints = count_at(DFR0_BRPS_SHIFT), watchpoints = count_at(DFR0_WRPS_SHIFT);

	NUMBERED_16(breakpoints, STORE_BVR)
	NUMBERED_16(breakpoints, STORE_BCR)
	NUMBERED_16(watchpoints, STORE_WVR)
	NUMBERED_16(watchpoints, STORE_WCR)
}

void guest_debug_load(const struct guest_debug *debug)
{
	unsigned cpu = cpu_index();

	host[cpu].locked = sysreg_read(oslsr_el1) & OSLSR_OSLK;
	store(&host[cpu].debug);
	load(debug);
	sysreg_write(oslar_el1, 0);
}

void guest_debug_store(struct guest_debug *debug)
{
	unsigned cpu = cpu_index();

	store(debug);
	load(&host[cpu].debug);
	sysreg_write(oslar_el1, host[cpu].locked ? 1 : 0);
}
