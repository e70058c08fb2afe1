/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * token.h - an attestation token, where the host asks for one
 */
#ifndef GUEST_TOKEN_H
#define GUEST_TOKEN_H

#include <stdint.h>

/* mailbox: the device of docs/sim.md, or an address that reads as zero: then nothing happens. */
void token_hand_over(uint64_t mailbox);

#endif
