/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmi.c - calls of the kernel to the RMM: one, a stateful operation to its end, and delegation, in either version */
#include <string.h>

#include "rmi.h"
#include "rmi-1.0.h"
#include "sim.h"

#define RETRIES 16	/* of a call that an operation needs, and of one that makes no progress */

/* What this thread heard first from the RMM that was not good, for those who want to know why a system call failed */
static _Thread_local struct {
	bool known;
	uint64_t fid, result;
} failure;

/* ---- one call ---- */

/* Calls that clean up can fail for what failed before. Missing tables are a reason only if nothing else fails. */
static bool is_reason(void)
{
	return failure.known && rmi_result_get_status(failure.result) != RMI_ERROR_RTT;
}

static void note(uint64_t fid, uint64_t result)
{
	uint64_t status = rmi_result_get_status(result);

	if (status != RMI_SUCCESS && status != RMI_INCOMPLETE) {
		if (is_reason())
			return;
		failure.known = true;
		failure.fid = fid;
		failure.result = result;
	} else if (failure.fid == fid) {
		failure.known = false;
	}
}

uint64_t sim_rmi(struct realm_sim *sim, uint64_t regs[RMM_SMC_REGS])
{
	struct realm_sim_fault fault;
	uint64_t in[RMM_SMC_REGS];

	memcpy(in, regs, sizeof(in));
	if (sim_fault_hits(sim, REALM_SIM_RMI, in[0], &fault)) {
		memset(regs, 0, sizeof(in));
		regs[0] = fault.result;
	} else {
		rmm_rmi(sim->rmm, regs);
	}
	note(in[0], regs[0]);
	if (sim->rmi_hook)
		sim->rmi_hook(sim->rmi_hook_arg, sim, in, regs);
	return regs[0];
}

bool sim_rmi_last(uint64_t *fidp, uint64_t *resultp)
{
	*fidp = failure.fid;
	*resultp = failure.result;
	return failure.known;
}

void sim_rmi_forget(void)
{
	failure.known = false;
}

uint64_t sim_rmi_call(struct realm_sim *sim, uint64_t regs[RMM_SMC_REGS], uint64_t fid, uint64_t x1, uint64_t x2,
		      uint64_t x3)
{
	memset(regs, 0, RMM_SMC_REGS * sizeof(*regs));
	regs[0] = fid;
	regs[1] = x1;
	regs[2] = x2;
	regs[3] = x3;
	return sim_rmi(sim, regs);
}

/* ---- stateful operations ---- */

struct operation {
	struct realm_sim *sim;
	uint64_t handle;
	uint64_t *list;	/* the page at sim->op_list: descriptors that the RMM reads or writes */
	uint64_t *regs;	/* of the last reply */
};

static uint64_t block_pages(const struct realm_sim *sim, uint64_t size)
{
	return UINT64_C(1) << size * ((unsigned)__builtin_ctz(sim->memory.page_size) - 3);
}

static uint64_t take_pages(struct realm_sim *sim, uint64_t count, uint64_t state)
{
	uint64_t pa;

	if (state == RMI_OP_MEM_UNDELEGATED)
		return sim_pages_alloc(sim, (unsigned)count, (unsigned)count);
	return sim_granules_alloc(sim, (unsigned)count, &pa) ? 0 : pa;
}

static void give_pages(struct realm_sim *sim, uint64_t pa, uint64_t count, uint64_t state)
{
	if (state == RMI_OP_MEM_UNDELEGATED)
		sim_pages_free(sim, pa, (unsigned)count);
	else
		sim_granules_free(sim, pa, (unsigned)count);
}

static uint64_t describe(uint64_t pa, uint64_t count, uint64_t size, uint64_t state)
{
	uint64_t word = pa | count << RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT | size;

	return rmi_addr_range_desc_4kb_set_state(word, state);
}

/* There is no memory for it. What cannot be cancelled ends too when it is given a page that is not what it wants. */
static void refuse(struct operation *op, bool can_cancel, uint64_t state)
{
	if (can_cancel) {
		sim_rmi_call(op->sim, op->regs, SMC_RMI_OP_CANCEL, op->handle, 0, 0);
		return;
	}
	op->list[0] = describe(op->sim->op_list, 1, RMI_PAGE_L3, state);
	sim_rmi_call(op->sim, op->regs, SMC_RMI_OP_MEM_DONATE, op->handle, op->sim->op_list, 1);
}

static void donate(struct operation *op)
{
	bool can_cancel = rmi_result_data_incomplete_get_cancel(op->regs[0]);
	uint64_t request = op->regs[2];
	uint64_t count = rmi_op_mem_donate_req_get_count(request);
	uint64_t size = rmi_op_mem_donate_req_get_size(request);
	uint64_t state = rmi_op_mem_donate_req_get_state(request);
	uint64_t pages = count * block_pages(op->sim, size), taken;
	uint64_t pa = take_pages(op->sim, pages, state);

	if (!pa) {
		refuse(op, can_cancel, state);
		return;
	}
	op->list[0] = describe(pa, count, size, state);
	sim_rmi_call(op->sim, op->regs, SMC_RMI_OP_MEM_DONATE, op->handle, op->sim->op_list, 1);
	taken = rmi_result_get_status(op->regs[0]) == RMI_INCOMPLETE ? op->regs[1] : 0;
	if (taken < pages)
		give_pages(op->sim, pa + taken * op->sim->memory.page_size, pages - taken, state);
}

static void reclaim(struct operation *op)
{
	struct realm_sim *sim = op->sim;

	sim_rmi_call(sim, op->regs, SMC_RMI_OP_MEM_RECLAIM, op->handle, sim->op_list,
	     sim->memory.page_size / sizeof(*op->list));
	if (rmi_result_get_status(op->regs[0]) != RMI_INCOMPLETE)
		return;
	for (uint64_t i = 0; i < op->regs[1]; i++) {
		uint64_t word = op->list[i], page = sim->memory.page_size;
		uint64_t blocks = (word & (page - 1)) >> RMI_ADDR_RANGE_DESC_4KB_COUNT_SHIFT;
		uint64_t pages = blocks * block_pages(sim, rmi_addr_range_desc_4kb_get_size(word));

		give_pages(sim, word & ((UINT64_C(1) << 52) - page), pages, rmi_addr_range_desc_4kb_get_state(word));
	}
}

/* One call that answers the last reply; true: the operation is over, and X0 its result. */
static bool step(struct operation *op)
{
	switch (rmi_result_data_incomplete_get_mem(op->regs[0])) {
	case RMI_OP_MEM_REQ_DONATE:
		donate(op);
		return false;
	case RMI_OP_MEM_REQ_RECLAIM:
		reclaim(op);
		return false;
	default:
		sim_rmi_call(op->sim, op->regs, SMC_RMI_OP_CONTINUE, op->handle, 0, 0);
		return rmi_result_get_status(op->regs[0]) != RMI_INCOMPLETE &&
		       rmi_result_get_status(op->regs[0]) != RMI_BUSY;
	}
}

/* A step that fails leaves the operation as it was, so it is tried again; in the end the kernel leaves it alone. */
static void run_operation(struct operation *op)
{
	uint64_t reply[RMM_SMC_REGS];
	unsigned tries = 0;

	while (tries < RETRIES) {
		memcpy(reply, op->regs, sizeof(reply));
		if (step(op))
			return;
		if (rmi_result_get_status(op->regs[0]) == RMI_INCOMPLETE)
			continue;
		tries++;
		if (tries < RETRIES)
			memcpy(op->regs, reply, sizeof(reply));
	}
}

uint64_t sim_rmi_finish(struct realm_sim *sim, uint64_t regs[RMM_SMC_REGS])
{
	struct operation op = { .sim = sim, .handle = regs[1], .regs = regs };

	if (rmi_result_get_status(regs[0]) != RMI_INCOMPLETE)
		return regs[0];
	pthread_mutex_lock(&sim->op_lock);
	op.list = sim_memory_at(sim, sim->op_list, sim->memory.page_size);
	run_operation(&op);
	pthread_mutex_unlock(&sim->op_lock);
	return regs[0];
}

/* ---- delegation ---- */

/* How many of the pages changed hands, from the first on */
static uint64_t change_each(struct realm_sim *sim, uint64_t fid, uint64_t pa, unsigned count)
{
	uint64_t regs[RMM_SMC_REGS], page = sim->memory.page_size;
	unsigned done = 0;

	while (done < count && sim_rmi_call(sim, regs, fid, pa + done * page, 0, 0) == RMI_SUCCESS)
		done++;
	return done;
}

static uint64_t change_range(struct realm_sim *sim, uint64_t fid, uint64_t pa, unsigned count)
{
	uint64_t page = sim->memory.page_size, top = pa + count * page, at = pa;
	uint64_t regs[RMM_SMC_REGS];

	while (at < top && sim_rmi_call(sim, regs, fid, at, top, 0) == RMI_SUCCESS && regs[1] > at && regs[1] <= top)
		at = regs[1];
	return (at - pa) / page;
}

static uint64_t change(struct realm_sim *sim, uint64_t pa, unsigned count, bool delegate)
{
	uint64_t each = delegate ? SMC_RMI1_GRANULE_DELEGATE : SMC_RMI1_GRANULE_UNDELEGATE;
	uint64_t range = delegate ? SMC_RMI_GRANULE_RANGE_DELEGATE : SMC_RMI_GRANULE_RANGE_UNDELEGATE;

	return sim->v1 ? change_each(sim, each, pa, count) : change_range(sim, range, pa, count);
}

bool sim_delegate(struct realm_sim *sim, uint64_t pa, unsigned count)
{
	uint64_t done = change(sim, pa, count, true);

	if (done < count)
		change(sim, pa, (unsigned)done, false);
	return done == count;
}

bool sim_undelegate(struct realm_sim *sim, uint64_t pa, unsigned count)
{
	return change(sim, pa, count, false) == count;
}
