/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-realm.h - a realm of a few pages, whose RECs all run the same code
 *
 *	0			the code
 *	REALM_OWN(n)		a page for REC n alone; its address is in X1
 *	REALM_SHARED		a page of the host; where REC n writes is in X0
 */
#ifndef QEMU_HOST_TEST_REALM_H
#define QEMU_HOST_TEST_REALM_H

#include "rmi-machine.h"

#define REALM_RECS 4
#define REALM_OWN(n) (0x1000 * (1 + (uint64_t)(n)))
#define REALM_SHARED UINT64_C(0x80000000)

struct test_realm {
	struct machine *machine;
	uint64_t rd, root, shared;	/* addresses of granules, as are all below */
	uint64_t table;	/* the one with all of the realm's pages */
	uint64_t own[REALM_RECS];
	unsigned num_recs;
	struct {
		uint64_t rec, run, params;
	} recs[REALM_RECS];
};

/* Code that adds one to a counter in the page of its own, and shows it to the host, for ever */
extern const uint32_t realm_counts[5];

/* Makes it, and activates it; stops the machine when that fails. */
void realm_new(struct test_realm *realm, struct machine *machine, const uint32_t *code, size_t size, unsigned num_recs);
void realm_make(struct test_realm *realm, struct machine *machine, const uint32_t *code, size_t size,
		unsigned num_recs);
/* Loads a page of the host into a new realm: the address of the granule that holds it. */
uint64_t realm_load_page(struct test_realm *realm, uint64_t ipa, uint64_t source, uint64_t flags);
/* Each gives back to the host what it ends. */
void realm_end_recs(struct test_realm *realm);
void realm_end(struct test_realm *realm);

/* One REC_ENTER on the calling CPU: X0; and what the exit says */
uint64_t realm_enter(const struct test_realm *realm, unsigned n);
uint64_t realm_exit(const struct test_realm *realm, unsigned n, unsigned offset);
/* The counter that REC n shows */
uint64_t realm_count(const struct test_realm *realm, unsigned n);

/* Runs a REC on another CPU until it is stopped, or exits for another reason than an interrupt. */
struct runner {
	const struct test_realm *realm;
	unsigned rec, cpu;
	uint64_t entries, result, reason;
	bool stop, over;
};

void runner_start(struct runner *runner, const struct test_realm *realm, unsigned rec, unsigned cpu);
void runner_stop(struct runner *runner);
/* Waits until it has an exit of its own, but not for ever. */
void runner_end(struct runner *runner);
/* Waits until the counter moves on; false: it does not for a long time. */
bool runner_counts(const struct runner *runner);

#endif
