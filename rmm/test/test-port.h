/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-port.h - what the files of the machine have in common */
#ifndef RMM_TEST_PORT_H
#define RMM_TEST_PORT_H

#include "rmi-machine.h"

extern const struct rmm_port machine_port;	/* test-port.c; its ctx is the machine */

/* The bank that all of [pa, pa + size) is in, or NULL */
struct machine_bank *machine_bank(const struct machine *machine, uint64_t pa, uint64_t size);
bool machine_owned_by(const struct machine *machine, uint64_t pa, uint64_t size, enum machine_owner owner);

#endif
