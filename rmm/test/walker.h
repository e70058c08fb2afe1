/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * walker.h - the invariants of the RMM, from what its objects say of each other
 *
 * It walks from every realm, REC and operation to what they refer to. Each granule that is in use must be referred to
 * exactly once, by an object that its state fits; the GPT must agree; the sums of delegation must fit. Attached to a
 * machine, it looks at every RMI call: after an error nothing at all may have changed, after anything else it walks.
 * A violation ends the process with a message.
 */
#ifndef RMM_TEST_WALKER_H
#define RMM_TEST_WALKER_H

#include "rmi-machine.h"

struct walker;

/* What an RMM runs on */
struct walker_host {
	void *ctx;
	const uint8_t *owners[RMM_BANKS_MAX];	/* of each 4 KiB of a bank: 1: the realm world's, 0: the host's */
	void *(*memory)(void *ctx, uint64_t pa, size_t size);	/* whoever it belongs to */
	void (*check_tlb)(void *ctx, const struct rmm_stage2 *stage2);	/* NULL: nobody looks at what CPUs remember */
};

/* A walker that is told of each RMI call from now on, and walks when it is asked to. No call is going on then. */
struct walker *walker_new(struct rmm *rmm, const struct walker_host *host);
void walker_tell(struct walker *walker, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS]);

/* One that checks each call of a machine from now on. */
struct walker *walker_attach(struct machine *machine);
void walker_free(struct walker *walker);	/* before machine_free() */

/* On a machine: from now on only every nth call that changes something is followed by a walk, for long runs; errors are as before. */
void walker_set_interval(struct walker *walker, unsigned calls);

/* Checks everything now; on a machine this happens after each call already. */
void walker_check(struct walker *walker);

/* How many granules are in a state, to compare before and after: enum granule_state of core.h */
uint64_t walker_count(const struct walker *walker, unsigned state);

#endif
