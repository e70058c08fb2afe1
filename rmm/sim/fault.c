/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* fault.c - faults on demand: the nth call of a kind fails, and so many after it */
#include <errno.h>
#include <string.h>

#include "sim.h"

/* What has an errno of its own; the others give a result, or ENOMEM. */
static bool has_errno(enum realm_sim_kind kind)
{
	return kind >= REALM_SIM_ANY && kind <= REALM_SIM_FALLOCATE;
}

static bool has_which(enum realm_sim_kind kind)
{
	return kind == REALM_SIM_IOCTL || kind == REALM_SIM_RMI;
}

static bool matches(const struct realm_sim_fault *fault, enum realm_sim_kind kind, uint64_t which)
{
	if (fault->kind == REALM_SIM_ANY)
		return has_errno(kind);
	return fault->kind == kind && (!has_which(kind) || !fault->which || fault->which == which);
}

bool sim_fault_hits(struct realm_sim *sim, enum realm_sim_kind kind, uint64_t which, struct realm_sim_fault *fault)
{
	bool hits = false;

	if (!__atomic_load_n(&sim->fault_set, __ATOMIC_RELAXED))
		return false;
	pthread_mutex_lock(&sim->fault_lock);
	if (sim->fault.kind && matches(&sim->fault, kind, which)) {
		uint64_t past = (uint64_t)++sim->fault_seen - sim->fault.nth;

		hits = sim->fault_seen >= sim->fault.nth && past < sim->fault.count;
		sim->fault_hits += hits;
		*fault = sim->fault;
	}
	pthread_mutex_unlock(&sim->fault_lock);
	return hits;
}

static bool is_valid(const struct realm_sim_fault *fault)
{
	if (fault->kind < REALM_SIM_ANY || fault->kind > REALM_SIM_POPULATE || !fault->nth)
		return false;
	return !has_errno(fault->kind) || (fault->err > 0 && fault->err < 4096);
}

int realm_sim_inject(struct realm_sim *sim, const struct realm_sim_fault *fault)
{
	struct realm_sim_fault copy = { 0 };
	int err = fault ? sim_options(&copy, sizeof(copy), fault, fault->sz) : 0;

	if (!sim)
		return -EINVAL;
	if (err)
		return err;
	if (fault && !is_valid(&copy))
		return -EINVAL;
	if (!copy.count)
		copy.count = 1;
	pthread_mutex_lock(&sim->fault_lock);
	sim->fault = copy;
	sim->fault_seen = 0;
	sim->fault_hits = 0;
	__atomic_store_n(&sim->fault_set, fault, __ATOMIC_RELAXED);
	pthread_mutex_unlock(&sim->fault_lock);
	return 0;
}

unsigned int realm_sim_hits(struct realm_sim *sim)
{
	unsigned hits;

	if (!sim)
		return 0;
	pthread_mutex_lock(&sim->fault_lock);
	hits = sim->fault_hits;
	pthread_mutex_unlock(&sim->fault_lock);
	return hits;
}
