/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* walker-internal.h - what the files of the walker share; the only ones outside the core that see its objects */
#ifndef RMM_TEST_WALKER_INTERNAL_H
#define RMM_TEST_WALKER_INTERNAL_H

#include "core.h"
#include "walker.h"

/* A granule, or a page of the host, as it was when a call first mapped it */
struct walker_copy {
	uint64_t pa;
	size_t size;
	uint8_t *data;
	size_t room;	/* of data, which later calls use again */
};

/* A call that is going on. A guest may make further ones while it runs, as other CPUs. */
struct walker_frame {
	uint8_t *region;	/* the RMM's own memory before the call */
	uint64_t entries;	/* how often guests had been entered before the call */
	struct walker_copy *journal;
	unsigned num_copies, max_copies;
};

struct walker {
	struct rmm *rmm;
	struct walker_host host;
	uint64_t delegated;	/* granules, by the results of calls */
	/* on a machine */
	struct machine *machine;
	unsigned depth;
	unsigned interval, until_walk;	/* calls from one walk to the next; of them those to come */
	struct walker_frame frames[MACHINE_CPUS_MAX];
	/* while it walks */
	uint8_t *refs;	/* how often each granule was referred to */
	uint64_t used, donated_ns;	/* granules that are not the host's; of them those donated as the host's */
	uint64_t *realms, num_realms, *recs, num_recs;	/* addresses of the objects that it has met */
	uint64_t vmids[RMM_VMIDS / 64];
};

/* pa has this state, and this is the only reference to it. */
void walker_refer(struct walker *walker, uint64_t pa, unsigned state);
void *walker_memory(const struct walker *walker, uint64_t pa);

/* walker-realm.c */
void walker_check_realm(struct walker *walker, uint64_t rd);
void walker_check_recs(const struct walker *walker, uint64_t rd);	/* when all of them are known */
void walker_check_vmids(struct walker *walker);

void *walker_must(void *memory);	/* fails without */

/* walker-call.c */
void walker_detach(struct walker *walker);	/* from the machine, if there is one */

#endif
