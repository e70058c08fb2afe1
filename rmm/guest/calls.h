/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * calls.h - what the payload calls by SMC: RSI and PSCI
 *
 * A call that fails ends the payload: see fail().
 */
#ifndef GUEST_CALLS_H
#define GUEST_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "psci.h"
#include "rsi.h"

#define MEASUREMENT_SIZE 64
#define TOKEN_CHALLENGE_WORDS 8
#define TOKEN_PIECE_SIZE 4096

/* Says so on the console and resets the realm, which tells the host. */
_Noreturn void fail(const char *what, uint64_t status);
_Noreturn void psci_end(uint64_t fid);

/* The revision of the interface that the RMM agrees to speak: major << 16 | minor */
uint64_t rsi_version(void);
const struct rsi_realm_config *rsi_realm_config(void);
/* index: 0 is the RIM, 1 to 4 are the REMs */
void rsi_measurement_read(unsigned index, uint8_t value[MEASUREMENT_SIZE]);
void rsi_measurement_extend(unsigned index, const char value[MEASUREMENT_SIZE]);
/* Changes all of the range; memory that stops being RAM loses its content. */
void rsi_ipa_state_set(uint64_t base, uint64_t top, uint64_t ripas);
/* Gives the host X0 and returns what it makes of it. */
uint64_t rsi_host_call(uint64_t x0);
void rsi_attest_token_init(const uint64_t challenge[TOKEN_CHALLENGE_WORDS]);
/* The next len bytes of the token. Is there more of it? piece is aligned to its size. */
bool rsi_attest_token_continue(uint8_t piece[TOKEN_PIECE_SIZE], uint64_t *len);

#endif
