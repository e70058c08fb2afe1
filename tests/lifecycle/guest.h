/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* guest.h - the guest of tests/unit/servant.h on a vCPU of a realm, by realm_run() */
#ifndef LIFE_GUEST_H
#define LIFE_GUEST_H

#include "../unit/servant.h"
#include "life.h"

enum guest_end {
	GUEST_DONE = 1,	/* out[] */
	GUEST_EXCEPTION,	/* esr */
	GUEST_EXIT,	/* an exit that is not the mailbox's, which is for the case to answer */
};

struct guest {
	struct life *life;
	unsigned vcpu;
	uint64_t in[6];	/* X0 to X4, operation */
	uint64_t out[3];
	uint64_t esr;
	struct realm_exit exit;
};

struct guest guest_on(struct life *life, unsigned vcpu);
/* Goes on, with the answer to the last exit in exit, until one of enum guest_end. */
enum guest_end guest_go(struct guest *guest);
enum guest_end guest_begin(struct guest *guest, enum op op, uint64_t x0, uint64_t x1);
enum guest_end guest_smc(struct guest *guest, uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3);
/* These must be done without an exit. */
uint64_t guest_load(struct guest *guest, uint64_t at);
void guest_store(struct guest *guest, uint64_t at, uint64_t value);
uint64_t guest_call(struct guest *guest, uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3);
/* The guest wants to be run again after each conversion that it asks for: all of them are made. */
uint64_t guest_convert(struct guest *guest, uint64_t base, uint64_t top, bool to_private);
void guest_off(struct guest *guest);

#endif
