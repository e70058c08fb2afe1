/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* call.c - RMI calls of the cases: what they make is taken down, operations are driven to their end */
#include "world.h"

#define POOL_FIRST 256	/* of the cases' granules: the rest is for operations */
#define MAX_REPLIES 400	/* an operation that needs more never ends */

static unsigned granule_index(const struct world *world, uint64_t pa)
{
	return (unsigned)((pa - world->host->memory) >> world->host->granule_shift);
}

static bool is_ours(const struct world *world, uint64_t pa)
{
	return pa >= world->host->memory && granule_index(world, pa) < CASES_GRANULES;
}

static void set_delegated(struct world *world, uint64_t base, uint64_t top, bool delegated)
{
	if (world->host->blocks && base >= world->host->blocks && base < world->host->blocks + entry_size(world, 2)) {
		unsigned upto = (unsigned)((top - world->host->blocks) >> world->host->granule_shift);

		world->block_delegated = delegated ? upto : 0;
		return;
	}
	for (; base < top && is_ours(world, base); base += granule_size(world))
		world->delegated[granule_index(world, base)] = delegated;
}

static void add(uint64_t *list, unsigned *num, unsigned max, uint64_t value)
{
	if (*num < max)
		list[(*num)++] = value;
}

static void drop(uint64_t *list, unsigned *num, uint64_t value)
{
	for (unsigned i = 0; i < *num; i++) {
		if (list[i] == value) {
			list[i] = list[--*num];
			return;
		}
	}
}

static void drop_table(struct world *world, uint64_t rd, uint64_t ipa, uint64_t level)
{
	for (unsigned i = 0; i < world->num_tables; i++) {
		struct live_table *table = &world->tables[i];

		if (table->rd == rd && table->ipa == ipa && table->level == level) {
			*table = world->tables[--world->num_tables];
			return;
		}
	}
}

/* What a command that succeeded has made or taken away */
static void note(struct world *world, const uint64_t in[CASES_REGS], const uint64_t out[CASES_REGS])
{
	switch ((uint32_t)in[0]) {
	case (uint32_t)SMC_RMI1_GRANULE_DELEGATE:
	case (uint32_t)SMC_RMI1_GRANULE_UNDELEGATE:
		set_delegated(world, in[1], in[1] + granule_size(world), in[0] == SMC_RMI1_GRANULE_DELEGATE);
		break;
	case (uint32_t)SMC_RMI_GRANULE_RANGE_DELEGATE:
	case (uint32_t)SMC_RMI_GRANULE_RANGE_UNDELEGATE:
		set_delegated(world, in[1], out[1], in[0] == SMC_RMI_GRANULE_RANGE_DELEGATE);
		break;
	case (uint32_t)SMC_RMI_REALM_CREATE:
		add(world->realms, &world->num_realms, MAX_REALMS, in[1]);
		break;
	case (uint32_t)SMC_RMI_REALM_DESTROY:
		drop(world->realms, &world->num_realms, in[1]);
		break;
	case (uint32_t)SMC_RMI_REC_CREATE:
		add(world->recs, &world->num_recs, MAX_RECS, in[2]);
		break;
	case (uint32_t)SMC_RMI_REC_DESTROY:
		drop(world->recs, &world->num_recs, in[1]);
		break;
	case (uint32_t)SMC_RMI_RTT_CREATE:
		if (world->num_tables < MAX_TABLES)
			world->tables[world->num_tables++] = (struct live_table){ in[1], in[3], in[4] };
		break;
	case (uint32_t)SMC_RMI_RTT_DESTROY:
	case (uint32_t)SMC_RMI_RTT_FOLD:
		drop_table(world, in[1], in[2], in[3]);
		break;
	}
}

struct live_op *world_op(struct world *world, uint64_t handle)
{
	for (unsigned i = 0; i < world->num_ops; i++) {
		if (world->ops[i].handle == handle)
			return &world->ops[i];
	}
	return NULL;
}

static unsigned mem_request(uint64_t x0)
{
	return (unsigned)rmi_result_data_incomplete_get_mem(x0);
}

static bool is_op_command(uint32_t fid)
{
	return fid == (uint32_t)SMC_RMI_OP_CONTINUE || fid == (uint32_t)SMC_RMI_OP_CANCEL ||
		fid == (uint32_t)SMC_RMI_OP_MEM_DONATE || fid == (uint32_t)SMC_RMI_OP_MEM_RECLAIM;
}

static void start_op(struct world *world)
{
	struct live_op *op = &world->ops[world->num_ops];

	if (world->num_ops == MAX_OPS)
		return;
	world->num_ops++;
	*op = (struct live_op){ .handle = world->x[1], .x0 = world->x[0], .donate_req = world->x[2] };
	for (unsigned i = 0; i < CASES_REGS; i++)
		op->in[i] = world->in[i];
}

/* Takes back what the RMM gave, as the list of a reclaim tells. */
static void note_reclaim(struct world *world, uint64_t list, uint64_t count)
{
	uint64_t low = granule_size(world) - 1;

	for (uint64_t i = 0; i < count; i++) {
		uint64_t word = world_peek(world, list + 8 * i);
		uint64_t pa = word & RMI_ADDR_RANGE_DESC_4KB_ADDR_MASK & ~low;

		for (uint64_t n = (word & low) >> 2; n && is_ours(world, pa); n--, pa += granule_size(world))
			world->donated[granule_index(world, pa)] = false;
	}
}

static void continue_op(struct world *world)
{
	struct live_op *op = world_op(world, world->in[1]);
	unsigned status = (unsigned)rmi_result_get_status(world->x[0]);

	if (!op)
		return;
	if (status == RMI_INCOMPLETE) {
		if (world->in[0] == SMC_RMI_OP_MEM_RECLAIM)
			note_reclaim(world, world->in[2], world->x[1]);
		op->x0 = world->x[0];
		op->donate_req = world->x[2];
	} else if (world->in[0] == SMC_RMI_OP_CONTINUE && status != RMI_BUSY &&
		   mem_request(op->x0) == RMI_OP_MEM_REQ_NONE) {
		struct live_op ended = *op;

		*op = world->ops[--world->num_ops];
		if (status == RMI_SUCCESS)
			note(world, ended.in, world->x);
	}
}

uint64_t world_smc(struct world *world, uint32_t fid, const uint64_t args[STEP_ARGS])
{
	uint64_t in[CASES_REGS] = { fid }, out[CASES_REGS];

	for (unsigned i = 0; i < STEP_ARGS; i++)
		in[i + 1] = args[i];
	__builtin_memcpy(out, in, sizeof(out));
	world->host->smc(world->host->ctx, out);
	/* Other calls may have been made meanwhile: from here on this is the last one. */
	__builtin_memcpy(world->in, in, sizeof(in));
	__builtin_memcpy(world->x, out, sizeof(out));

	if (is_op_command(fid))
		continue_op(world);
	else if (rmi_result_get_status(world->x[0]) == RMI_INCOMPLETE)
		start_op(world);
	else if (world->x[0] == RMI_SUCCESS)
		note(world, world->in, world->x);
	return world->x[0];
}

/* Memory for operations, and for rows that need much; free again after the row */

uint64_t world_pool_take(struct world *world, unsigned count, bool delegated)
{
	for (unsigned first = POOL_FIRST; first + count <= CASES_GRANULES; first += count) {
		uint64_t pa = world->host->memory + ((uint64_t)first << world->host->granule_shift);
		unsigned i = 0;

		while (i < count && !world->taken[first + i] && world->delegated[first + i] == world->delegated[first])
			i++;
		if (i < count)
			continue;
		if (delegated && !world->delegated[first] && !world_delegate(world, pa, count))
			return 0;
		if (!delegated && world->delegated[first] && !world_undelegate(world, pa, count))
			return 0;
		for (i = 0; i < count; i++)
			world->taken[first + i] = true;
		return pa;
	}
	world_fail(world, "no memory left in the pool");
	return 0;
}

/* Gives an operation what it asks for, in one block if it wants that, else page by page. */
static bool donate(struct world *world, struct live_op *op)
{
	uint64_t list = world_page(world, LIST, 1), handle = op->handle, req = op->donate_req;
	unsigned count = (unsigned)rmi_op_mem_donate_req_get_count(req);
	bool contig = rmi_op_mem_donate_req_get_contig(req);
	uint64_t state = rmi_op_mem_donate_req_get_state(req);
	unsigned entries = contig ? 1 : count;

	if (rmi_op_mem_donate_req_get_size(req) != RMI_PAGE_L3 || !count || entries > 512)
		return world_fail(world, "a donation that is not of pages, or of none or too many");
	for (unsigned i = 0; i < entries; i++) {
		unsigned each = contig ? count : 1;
		uint64_t pa = world_pool_take(world, each, state == RMI_OP_MEM_DELEGATED);

		if (!pa)
			return false;
		for (unsigned n = 0; n < each; n++)
			world->donated[granule_index(world, pa) + n] = true;
		world_poke(world, list + 8 * i, pa | DESC_BITS(RMI_PAGE_L3, each, state));
	}
	world_smc(world, (uint32_t)SMC_RMI_OP_MEM_DONATE, (const uint64_t[STEP_ARGS]){ handle, list, entries });
	return rmi_result_get_status(world->x[0]) == RMI_INCOMPLETE;
}

void world_answer(struct world *world, struct live_op *op)
{
	uint64_t handle = op->handle;

	if (mem_request(op->x0) == RMI_OP_MEM_REQ_NONE)
		world_smc(world, (uint32_t)SMC_RMI_OP_CONTINUE, (const uint64_t[STEP_ARGS]){ handle });
	else if (mem_request(op->x0) == RMI_OP_MEM_REQ_RECLAIM)
		world_smc(world, (uint32_t)SMC_RMI_OP_MEM_RECLAIM,
			  (const uint64_t[STEP_ARGS]){ handle, world_page(world, LIST, 1), 64 });
	else if (!donate(world, op))
		world_fail(world, "an operation does not take what it asks for");
}

uint64_t world_finish(struct world *world, struct live_op *op)
{
	uint64_t handle = op->handle;

	for (unsigned i = 0; i < MAX_REPLIES && !world->fault.len; i++) {
		op = world_op(world, handle);
		if (!op)
			return world->x[0];
		world_answer(world, op);
	}
	world_fail(world, "an operation does not end");
	return world->x[0];
}

uint64_t world_call(struct world *world, uint32_t fid, const uint64_t args[STEP_ARGS])
{
	uint64_t x0 = world_smc(world, fid, args);

	for (unsigned i = 0; i < MAX_REPLIES && (x0 == RMI_BUSY || x0 == RMI_BLOCKED); i++)
		x0 = world_smc(world, fid, args);
	if (rmi_result_get_status(x0) != RMI_INCOMPLETE || !world_op(world, world->x[1]))
		return x0;
	return world_finish(world, world_op(world, world->x[1]));
}

/* Delegation in the form of the version at hand */

static bool move_granules(struct world *world, uint32_t fid1, uint32_t fid2, uint64_t pa, unsigned count)
{
	uint64_t top = pa + count * granule_size(world);

	while (pa < top) {
		if (is_1_0(world)) {
			if (world_smc(world, fid1, (const uint64_t[STEP_ARGS]){ pa }) != RMI_SUCCESS)
				return false;
			pa += granule_size(world);
		} else {
			if (world_call(world, fid2, (const uint64_t[STEP_ARGS]){ pa, top }) != RMI_SUCCESS ||
			    world->x[1] <= pa)
				return false;
			pa = world->x[1];
		}
	}
	return true;
}

bool world_delegate(struct world *world, uint64_t pa, unsigned count)
{
	return move_granules(world, (uint32_t)SMC_RMI1_GRANULE_DELEGATE, (uint32_t)SMC_RMI_GRANULE_RANGE_DELEGATE, pa,
			     count) || world_must(world, "delegation", world->x[0] | RMI_ERROR_INPUT);
}

bool world_undelegate(struct world *world, uint64_t pa, unsigned count)
{
	return move_granules(world, (uint32_t)SMC_RMI1_GRANULE_UNDELEGATE, (uint32_t)SMC_RMI_GRANULE_RANGE_UNDELEGATE,
			     pa, count) || world_must(world, "undelegation", world->x[0] | RMI_ERROR_INPUT);
}
