/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * world.h - what the cases know of the RMM while a row runs: which granules are delegated, which objects exist
 *
 * Every SMC goes through world_smc(), which takes down what a successful command made or took away. The tear-down needs
 * nothing else: it destroys what is on these lists and undelegates what is delegated.
 */
#ifndef CASES_WORLD_H
#define CASES_WORLD_H

#include "table.h"

#define MAX_TABLES 32
#define MAX_RECS 64
#define MAX_REALMS 300	/* more than there are VMIDs */
#define MAX_OPS 64

struct text {
	size_t len;
	char s[240];
};

void text_add(struct text *text, const char *s);
void text_hex(struct text *text, uint64_t value);
void text_num(struct text *text, uint64_t value);
/* A result as people read it: ERROR_RTT(2), INCOMPLETE/donate */
void text_result(struct text *text, uint64_t x0);

struct live_table {
	uint64_t rd, ipa, level;
};

/* An operation that the RMM has not finished */
struct live_op {
	uint64_t in[CASES_REGS];	/* of the command that started it */
	uint64_t handle, x0, donate_req;	/* the last reply */
};

struct world {
	const struct case_host *host;
	uint64_t limit[LIMITS];
	uint32_t lacks;	/* enum need: what this machine or RMM does not have */
	uint64_t in[CASES_REGS], x[CASES_REGS];	/* the last call */
	uint64_t kept[4];
	bool delegated[CASES_GRANULES];
	bool taken[CASES_GRANULES];	/* from the pool */
	bool donated[CASES_GRANULES];	/* to an operation that has not given it back */
	bool kept_by_rmm[CASES_GRANULES];	/* donated at the start, for good */
	unsigned block_delegated;	/* granules of host->blocks, from its start */
	struct live_table tables[MAX_TABLES];
	struct live_op ops[MAX_OPS];
	uint64_t recs[MAX_RECS], realms[MAX_REALMS];
	unsigned num_tables, num_ops, num_recs, num_realms;
	const struct case_row *row;
	const struct step *meanwhile;	/* for another CPU */
	struct text fault;	/* the first thing that went wrong in this row */
};

static inline uint64_t granule_size(const struct world *world)
{
	return UINT64_C(1) << world->host->granule_shift;
}

/* Bytes that an entry of a table of this level maps */
static inline uint64_t entry_size(const struct world *world, int level)
{
	unsigned shift = world->host->granule_shift;

	return UINT64_C(1) << (shift + (shift - 3) * (unsigned)(3 - level));
}

static inline bool is_1_0(const struct world *world)
{
	return world->host->variant == RMM_1_0;
}

uint64_t world_value(const struct world *world, struct sym sym);
uint64_t world_page(const struct world *world, enum base page, unsigned i);
unsigned world_s2sz(const struct world *world);	/* of every realm that the stages make */
uint64_t world_peek(const struct world *world, uint64_t pa);
void world_poke(const struct world *world, uint64_t pa, uint64_t value);
void world_clear_page(const struct world *world, uint64_t pa);

/* Both give X0 and leave all registers in world->x. */
uint64_t world_smc(struct world *world, uint32_t fid, const uint64_t args[STEP_ARGS]);
uint64_t world_call(struct world *world, uint32_t fid, const uint64_t args[STEP_ARGS]);
/* Does what an operation waits for, once; and to its end. */
void world_answer(struct world *world, struct live_op *op);
uint64_t world_finish(struct world *world, struct live_op *op);
struct live_op *world_op(struct world *world, uint64_t handle);

#define rmi(world, command, ...) \
	world_call(world, (uint32_t)SMC_##command, (const uint64_t[STEP_ARGS]){ __VA_ARGS__ })
/* The same as a step that must succeed: says what failed otherwise. */
#define must(world, command, ...) world_must(world, #command, rmi(world, command, __VA_ARGS__))

bool world_must(struct world *world, const char *what, uint64_t x0);
bool world_fail(struct world *world, const char *what);

bool world_delegate(struct world *world, uint64_t pa, unsigned count);
bool world_undelegate(struct world *world, uint64_t pa, unsigned count);
/* Takes count granules of a pool, one after the other; delegated or not, as asked. 0: none left */
uint64_t world_pool_take(struct world *world, unsigned count, bool delegated);

/* stage.c */
#define NORMAL_MEMATTR 6	/* write-back, when the stage 2 attributes have the last word (FEAT_S2FWB) */

void world_init(struct world *world, const struct case_host *host);
void world_read_limits(struct world *world);
bool world_bring_up(struct world *world);
bool world_stage(struct world *world, enum stage stage);
void world_realm_params(struct world *world, uint64_t root, unsigned num_roots);
void world_rec_params(struct world *world, uint64_t mpidr, bool runnable);
bool world_next_rec_params(struct world *world, uint64_t mpidr, bool runnable);
bool world_data_unknown(struct world *world, uint64_t ipa, uint64_t pa);
bool world_data_unmap(struct world *world, uint64_t ipa);
bool world_share(struct world *world, uint64_t ipa, uint64_t pa);	/* maps a page of the host */
/* ICH_LR<n>_EL2: a pending interrupt of group 1. Rows that write list registers clear them again: 0 and 1. */
#define LR_PENDING (UINT64_C(1) << 62 | UINT64_C(1) << 60)
bool world_no_lrs(struct world *world);
bool world_first_rec(struct world *world);
bool world_other_realm(struct world *world);

/* teardown.c */
bool world_tear_down(struct world *world);

#endif
