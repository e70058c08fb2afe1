/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* race.h - the parts of mode smp: what two or more CPUs do to the same object at the same time */
#ifndef QEMU_HOST_RACE_H
#define QEMU_HOST_RACE_H

#include "rmi-machine.h"

/* Each prints its results, and leaves all memory with the host. */
void race_granules(const struct machine *machine);	/* race-granules.c */
void race_recs(struct machine *machine);	/* race-recs.c */

#endif
