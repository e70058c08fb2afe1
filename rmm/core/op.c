/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * op.c - stateful operations (DEN0137 2.0-bet1, Stateful RMI operations)
 *
 * An operation owns the memory it holds and, while it builds or takes apart an object, that object's granule. It is
 * at rest between calls of the host, waiting for what request says. When it cannot go on it is "ending": it gives
 * back all it holds, then its status is returned and it is gone.
 */
#include "core.h"

/* Contexts */

bool rmm_op_available(const struct rmm *rmm)
{
	for (unsigned i = 0; i < rmm->num_ops; i++)
		if (rmm->ops[i].kind == OP_FREE)
			return true;
	return false;
}

struct rmm_op *rmm_op_new(struct rmm *rmm, enum op_kind kind, const uint64_t args[RMM_SMC_REGS])
{
	for (unsigned i = 0; i < rmm->num_ops; i++) {
		struct rmm_op *op = &rmm->ops[i];

		if (op->kind != OP_FREE)
			continue;
		mem_set(op, 0, sizeof(*op));
		op->kind = (uint8_t)kind;
		mem_copy(op->args, args, sizeof(op->args));
		return op;
	}
	return NULL;
}

/* The operation of a handle, if it waits for this kind of call */
static struct rmm_op *op_waiting(struct rmm *rmm, uint64_t handle, unsigned request)
{
	struct rmm_op *op = handle < rmm->num_ops ? &rmm->ops[handle] : NULL;

	return op && op->kind != OP_FREE && op->request == request ? op : NULL;
}

/* Replies */

static uint64_t incomplete(const struct rmm_op *op)
{
	uint64_t result = rmi_result_data_incomplete_set_mem(RMI_INCOMPLETE, op->request);

	return rmi_result_data_incomplete_set_cancel(result, op->can_cancel);
}

static uint64_t donate_req(const struct rmm_op *op)
{
	uint64_t word = rmi_op_mem_donate_req_set_size(0, RMI_PAGE_L3);

	if (op->request != RMI_OP_MEM_REQ_DONATE)
		return 0;
	word = rmi_op_mem_donate_req_set_count(word, op->wanted);
	word = rmi_op_mem_donate_req_set_contig(word, op->contig ? RMI_OP_MEM_CONTIG : RMI_OP_MEM_NON_CONTIG);
	return rmi_op_mem_donate_req_set_state(word, op->undelegated ? RMI_OP_MEM_UNDELEGATED : RMI_OP_MEM_DELEGATED);
}

static void reply(const struct rmm_op *op, uint64_t x1, uint64_t out[RMM_SMC_REGS])
{
	out[0] = incomplete(op);
	out[1] = x1;
	out[2] = donate_req(op);
}

void rmm_op_start(const struct rmm *rmm, const struct rmm_op *op, uint64_t out[RMM_SMC_REGS])
{
	reply(op, (uint64_t)(op - rmm->ops), out);
}

void rmm_op_want(struct rmm_op *op, uint32_t granules, bool contig, bool undelegated)
{
	op->request = granules ? RMI_OP_MEM_REQ_DONATE : RMI_OP_MEM_REQ_NONE;
	op->wanted = granules;
	op->contig = contig;
	op->undelegated = undelegated;
}

/* A refused donation asks for a reclaim even when there is nothing to give back, as TF-RMM does. */
static void end_with_reclaim(struct rmm_op *op, uint64_t status)
{
	op->ending = true;
	op->can_cancel = false;
	op->wanted = 0;
	op->status = status;
	op->request = RMI_OP_MEM_REQ_RECLAIM;
}

void rmm_op_end(struct rmm_op *op, uint64_t status)
{
	end_with_reclaim(op, status);
	if (!op->num_held)
		op->request = RMI_OP_MEM_REQ_NONE;
}

/* Memory */

static unsigned mem_state(const struct rmm_op *op)
{
	return op->undelegated ? RMI_OP_MEM_UNDELEGATED : RMI_OP_MEM_DELEGATED;
}

static bool take_granule(struct rmm *rmm, const struct rmm_op *op, uint64_t pa)
{
	if (!rmm_granule_is(rmm, pa, op->undelegated ? GRANULE_NS : GRANULE_DELEGATED))
		return false;
	if (op->undelegated && (rmm_tracking_of(rmm, pa) != RMI_TRACKING_FINE ||
				!rmm->port->set_pas(rmm->ctx, pa, granule_bytes(rmm), RMM_PAS_REALM)))
		return false;
	rmm_granule_take(rmm, pa, GRANULE_INTERNAL);
	return true;
}

static void give_granule(struct rmm *rmm, const struct rmm_op *op, uint64_t pa)
{
	if (op->undelegated) {
		rmm_granule_give(rmm, pa);
	} else {
		rmm_granule_wipe(rmm, pa);
		rmm_granule_release(rmm, pa);
	}
}

/* Takes what it can of a block, in order; a contiguous one wholly or not at all. How many granules it took */
static uint32_t take_block(struct rmm *rmm, struct rmm_op *op, const struct op_block *block)
{
	struct op_block held = { block->pa, 0 };

	while (held.granules < block->granules && take_granule(rmm, op, held.pa + held.granules * granule_bytes(rmm)))
		held.granules++;
	if (op->contig && held.granules < block->granules)
		while (held.granules)
			give_granule(rmm, op, held.pa + --held.granules * granule_bytes(rmm));
	if (held.granules)
		op->held[op->num_held++] = held;
	op->wanted -= held.granules;
	return held.granules;
}

/* Could this descriptor, with total granules before it, answer the request? What it adds goes into *block. */
static bool desc_valid(const struct rmm *rmm, const struct rmm_op *op, const struct addr_desc *desc, uint64_t total,
		       struct op_block *block)
{
	uint64_t bytes = addr_desc_block_bytes(rmm, desc->level);
	uint64_t granules = desc->count * (bytes >> rmm->granule_shift);

	if (desc->state != mem_state(op) || !is_aligned(desc->pa, bytes) || granules > op->wanted - total)
		return false;
	if (op->contig && (granules != op->wanted || !is_aligned(desc->pa, granules << rmm->granule_shift)))
		return false;
	*block = (struct op_block){ desc->pa, (uint32_t)granules };
	return true;
}

/* Reads a list of the host once; how many blocks it names, or -1 if it is no answer to the request */
static int read_blocks(struct rmm *rmm, const struct rmm_op *op, uint64_t list, unsigned span,
		       struct op_block blocks[RMM_AUX_MAX])
{
	uint64_t total = 0;
	int num = 0;

	for (unsigned i = 0; i < span; i++) {
		struct addr_desc desc;
		uint64_t word;

		if (!rmm_ns_read(rmm, list + 8 * i, &word, sizeof(word)))
			return -1;
		desc = addr_desc_decode(rmm, word);
		if (!desc.count)
			continue;
		if (num == RMM_AUX_MAX || !desc_valid(rmm, op, &desc, total, &blocks[num]))
			return -1;
		total += blocks[num++].granules;
	}
	return num;
}

void rmm_op_donate(struct rmm *rmm, uint64_t handle, uint64_t list, uint64_t count, uint64_t out[RMM_SMC_REGS])
{
	struct rmm_op *op = op_waiting(rmm, handle, RMI_OP_MEM_REQ_DONATE);
	struct op_block blocks[RMM_AUX_MAX];
	uint64_t taken = 0;
	int num;

	if (!op || !addr_list_span(rmm, list, 1)) {
		out[0] = RMI_ERROR_INPUT;
		return;
	}
	num = read_blocks(rmm, op, list, addr_list_span(rmm, list, count), blocks);
	if (num < 0) {
		out[0] = RMI_ERROR_INPUT;
		return;
	}
	for (int i = 0; i < num; i++) {
		uint32_t part = take_block(rmm, op, &blocks[i]);

		taken += part;
		if (part < blocks[i].granules)
			break;
	}
	if (num && !taken)
		end_with_reclaim(op, RMI_ERROR_INPUT);
	else if (!op->wanted)
		op->request = RMI_OP_MEM_REQ_NONE;
	reply(op, taken, out);
}

/* The next run of neighbouring granules to give back: from the end of what is held, as long as a descriptor can tell */
static struct addr_desc next_run(const struct rmm *rmm, const struct rmm_op *op)
{
	struct addr_desc run = { .level = S2_LAST_LEVEL, .state = (uint8_t)mem_state(op) };
	uint64_t max = addr_desc_max_count(rmm);

	for (unsigned i = op->num_held; i-- > 0 && run.count < max;) {
		const struct op_block *block = &op->held[i];
		uint64_t granules = min_u64(block->granules, max - run.count);
		uint64_t end = block->pa + block->granules * granule_bytes(rmm);

		if (run.count && end != run.pa)
			break;
		run.pa = end - granules * granule_bytes(rmm);
		run.count += granules;
		if (granules < block->granules)
			break;
	}
	return run;
}

static void give_run(struct rmm *rmm, struct rmm_op *op, const struct addr_desc *run)
{
	for (uint64_t left = run->count; left;) {
		struct op_block *block = &op->held[op->num_held - 1];

		block->granules--;
		left--;
		give_granule(rmm, op, block->pa + block->granules * granule_bytes(rmm));
		op->num_held -= !block->granules;
	}
}

/* Tells the host of a run before it gets it. false: the list cannot be written, so the host gets nothing. */
static bool tell_run(struct rmm *rmm, uint64_t at, const struct addr_desc *run)
{
	uint64_t word = addr_desc_encode(rmm, run);

	return rmm_ns_write(rmm, at, &word, sizeof(word));
}

void rmm_op_reclaim(struct rmm *rmm, uint64_t handle, uint64_t list, uint64_t count, uint64_t out[RMM_SMC_REGS])
{
	struct rmm_op *op = op_waiting(rmm, handle, RMI_OP_MEM_REQ_RECLAIM);
	unsigned span = addr_list_span(rmm, list, count);
	unsigned written = 0;

	if (!op || !addr_list_span(rmm, list, 1)) {
		out[0] = RMI_ERROR_INPUT;
		return;
	}
	for (; written < span && op->num_held; written++) {
		struct addr_desc run = next_run(rmm, op);

		if (!tell_run(rmm, list + 8 * written, &run))
			break;
		give_run(rmm, op, &run);
	}
	if (span && !written && op->num_held) {
		out[0] = RMI_ERROR_INPUT;
		return;
	}
	if (span && !op->num_held)
		op->request = RMI_OP_MEM_REQ_NONE;
	reply(op, written, out);
}

/* Progress */

/* What the command of the operation does once all its memory is there */
static uint64_t finish(struct rmm *rmm, struct rmm_op *op)
{
	return op->kind == OP_REC_CREATE ? rmm_rec_create_finish(rmm, op) : rmm_gpt_l1_finish(rmm, op);
}

/* The object that an operation was building, or has taken apart, is a free granule again. */
static void drop_object(struct rmm *rmm, const struct rmm_op *op)
{
	uint64_t object = op->kind == OP_REC_CREATE ? op->args[2] : op->args[1];

	if (op->kind == OP_REC_CREATE || op->kind == OP_REC_DESTROY)
		rmm_granule_release(rmm, object);
}

/* A range command that waited: done now, or ended where it began */
static void continue_range(struct rmm *rmm, struct rmm_op *op, bool stop, uint64_t out[RMM_SMC_REGS])
{
	if (!stop && rmm->port->irq_pending(rmm->ctx)) {
		reply(op, 0, out);
		return;
	}
	op->kind = OP_FREE;
	if (stop)
		out[1] = op->args[2];
	else
		rmm_rmi2_run_range(rmm, op->args, out);
}

void rmm_op_continue(struct rmm *rmm, uint64_t handle, uint64_t flags, uint64_t out[RMM_SMC_REGS])
{
	struct rmm_op *op = op_waiting(rmm, handle, RMI_OP_MEM_REQ_NONE);

	if (!op) {
		out[0] = RMI_ERROR_INPUT;
		return;
	}
	if (op->kind == OP_RANGE) {
		continue_range(rmm, op, op->ending || (flags & RMI_CONTINUE_FLAGS_BEYOND_MASK), out);
		return;
	}
	if (!op->ending) {
		op->status = finish(rmm, op);
		if (op->status == RMI_SUCCESS) {
			op->kind = OP_FREE;
			return;
		}
		rmm_op_end(op, op->status);
		if (op->num_held) {
			reply(op, 0, out);
			return;
		}
	}
	drop_object(rmm, op);
	op->kind = OP_FREE;
	out[0] = op->status;
}

void rmm_op_cancel(struct rmm *rmm, uint64_t handle, uint64_t out[RMM_SMC_REGS])
{
	struct rmm_op *op = handle < rmm->num_ops ? &rmm->ops[handle] : NULL;

	if (!op || op->kind == OP_FREE || !op->can_cancel) {
		out[0] = RMI_ERROR_INPUT;
		return;
	}
	rmm_op_end(op, op->kind == OP_RANGE ? RMI_SUCCESS : RMI_ERROR_INPUT);
	reply(op, 0, out);
}
