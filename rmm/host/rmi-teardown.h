/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmi-teardown.h - what a host does to get memory of a realm back; the machine stops when some of it stays */
#ifndef RMM_HOST_RMI_TEARDOWN_H
#define RMM_HOST_RMI_TEARDOWN_H

#include "rmi-machine.h"

/* Unmaps the data in [base, top) of the protected half, and undelegates it. 1.0 takes pages to split blocks with. */
void host_unmap_all(struct machine *machine, uint64_t rd, uint64_t base, uint64_t top);
/* Unmaps all data and destroys all tables but the root, and undelegates them. */
void host_stage2_empty(struct machine *machine, uint64_t rd, uint64_t s2sz, int64_t start_level);
/* Undelegates, or else. */
void host_take_back(struct machine *machine, uint64_t base, uint64_t size);

#endif
