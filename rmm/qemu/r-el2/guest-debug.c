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

#define DFR0_BRPS_SHIFT 12	/* both are counts minus one */
#define DFR0_WRPS_SHIFT 20
#define OSLSR_OSLK 2

static struct {
	struct guest_debug debug;
	uint64_t locked;
} host[CPUS_MAX];

#define EACH(X) X(15) X(14) X(13) X(12) X(11) X(10) X(9) X(8) X(7) X(6) X(5) X(4) X(3) X(2) X(1) X(0)

static unsigned count_at(unsigned shift)
{
	return (unsigned)(sysreg_read(id_aa64dfr0_el1) >> shift & 0xf);
}

/* Control is written last and read first, so nothing half done is ever enabled. */
static void load(const struct guest_debug *from)
{
	switch (count_at(DFR0_BRPS_SHIFT)) {
#define LOAD(n)                                                 \
	case n:                                                 \
		sysreg_write(dbgbvr##n##_el1, from->bvr[n]);    \
		sysreg_write(dbgbcr##n##_el1, from->bcr[n]);    \
		__attribute__((fallthrough));
	EACH(LOAD)
#undef LOAD
	default:
		break;
	}
	switch (count_at(DFR0_WRPS_SHIFT)) {
#define LOAD(n)                                                 \
	case n:                                                 \
		sysreg_write(dbgwvr##n##_el1, from->wvr[n]);    \
		sysreg_write(dbgwcr##n##_el1, from->wcr[n]);    \
		__attribute__((fallthrough));
	EACH(LOAD)
#undef LOAD
	default:
		break;
	}
}

static void store(struct guest_debug *to)
{
	switch (count_at(DFR0_BRPS_SHIFT)) {
#define STORE(n)                                                \
	case n:                                                 \
		to->bcr[n] = sysreg_read(dbgbcr##n##_el1);      \
		to->bvr[n] = sysreg_read(dbgbvr##n##_el1);      \
		__attribute__((fallthrough));
	EACH(STORE)
#undef STORE
	default:
		break;
	}
	switch (count_at(DFR0_WRPS_SHIFT)) {
#define STORE(n)                                                \
	case n:                                                 \
		to->wcr[n] = sysreg_read(dbgwcr##n##_el1);      \
		to->wvr[n] = sysreg_read(dbgwvr##n##_el1);      \
		__attribute__((fallthrough));
	EACH(STORE)
#undef STORE
	default:
		break;
	}
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
