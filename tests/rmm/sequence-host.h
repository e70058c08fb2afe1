/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sequence-host.h - what a host can do, one function an action */
#ifndef RMM_TEST_SEQUENCE_HOST_H
#define RMM_TEST_SEQUENCE_HOST_H

#include "sequence.h"

#define DECLARE_ACTION(name, weight) void do_##name(struct sequence *sequence, struct record *record);
HOST_ACTIONS(DECLARE_ACTION)

/* Memory that a block of level 2 can map, apart from the window; 0: blocks of this granule size are too large */
uint64_t block_pa(const struct sequence *sequence);

/* Takes apart a realm with all that it has, as far as that is possible: sequence-end.c */
void end_realm(struct sequence *sequence, uint64_t rd);

/* A realm in this state, if there is one */
uint64_t pick_realm_in(struct sequence *sequence, struct record *record, unsigned state);

#endif
