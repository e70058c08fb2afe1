/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmi-machine.h - QEMU's machine as the host of a realm has it (rmi-calls.h): the firmware, and all memory above it */
#ifndef QEMU_HOST_RMI_MACHINE_H
#define QEMU_HOST_RMI_MACHINE_H

#include "rmi-calls.h"

struct machine {
	uint64_t x[RMM_SMC_REGS];
	uint64_t granule;
	bool is_v1;
	uint64_t free, end;	/* what machine_pages() has not given yet */
};

/* With nothing given away yet */
void machine_open(struct machine *machine);
/* All memory is free again; none of it may be delegated. */
void machine_free_all(struct machine *machine);
/* Granules that the GPT gives to Realm, but for the RMM's own */
uint64_t machine_realm_granules(void);

#endif
