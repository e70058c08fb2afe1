/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * walker.h - the invariants of the RMM, checked after each call from what its objects say of each other
 *
 * Attached to a machine, it looks at every RMI call: after an error nothing at all may have changed; after anything
 * else it walks from every realm, REC and operation to what they refer to. Each granule that is in use must be referred
 * to exactly once, by an object that its state fits; the GPT must agree; the sums of delegation must fit.
 * A violation ends the process with a message.
 */
#ifndef RMM_TEST_WALKER_H
#define RMM_TEST_WALKER_H

#include "test-machine.h"

struct walker;

/* From now on each call is checked. Call it right after machine_new(). */
struct walker *walker_attach(struct machine *machine);
void walker_free(struct walker *walker);	/* before machine_free() */

/* From now on only every nth call that changes something is followed by a walk, for long runs; errors are as before. */
void walker_set_interval(struct walker *walker, unsigned calls);

/* Checks everything now; walker_attach() made this happen after each call already. */
void walker_check(struct walker *walker);

/* How many granules are in a state, to compare before and after: enum granule_state of core.h */
uint64_t walker_count(const struct walker *walker, unsigned state);

#endif
