/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sequence-ops.c - what the host does about operations that wait for it */
#include "sequence-host.h"

#define LIST_MAX 20

/* An operation that waits; NULL: none does */
static const struct rmm_op *pick_op(struct sequence *sequence, struct record *record)
{
	struct rmm *rmm = sequence->rmm;
	unsigned choice = arg(record);

	for (unsigned i = 0; i < rmm->num_ops; i++) {
		const struct rmm_op *op = &rmm->ops[(choice + i) % rmm->num_ops];

		if (op->kind != OP_FREE)
			return op;
	}
	return NULL;
}

/* Handles are opaque to a host, but a test may know that they are the numbers of contexts. */
static uint64_t handle_of(struct sequence *sequence, const struct rmm_op *op)
{
	return op ? (uint64_t)(op - sequence->rmm->ops) : 0;
}

/* Memory that fits the request, if choice is no odd one; how many descriptors it took */
static unsigned write_donation(struct sequence *sequence, const struct rmm_op *op, uint64_t list, unsigned choice,
			       unsigned start)
{
	unsigned state = op->undelegated ? GRANULE_NS : GRANULE_DELEGATED, num = 0, wanted = op->wanted;
	struct addr_desc desc = { .level = 3, .count = 1 };

	desc.state = op->undelegated ? RMI_OP_MEM_UNDELEGATED : RMI_OP_MEM_DELEGATED;
	if (op->contig && wanted) {
		desc.count = wanted;
		desc.pa = find_run(sequence, start, state, wanted, wanted);
		host_write(sequence, list, addr_desc_encode(sequence->rmm, &desc));
		return 1;
	}
	if (choice >= 0xc0)
		wanted = choice % LIST_MAX;
	if (choice >= SEQUENCE_ODD)
		state = choice & 1 ? GRANULE_NS : GRANULE_DATA;
	for (unsigned i = 0; num < wanted && i < sequence->window; i++) {
		desc.pa = window_pa(sequence, (start + i) % sequence->window);
		if (rmm_granule_is(sequence->rmm, desc.pa, state))
			host_write(sequence, list + 8 * num++, addr_desc_encode(sequence->rmm, &desc));
	}
	return num;
}

static void donate(struct sequence *sequence, struct record *record, const struct rmm_op *op)
{
	uint64_t list = host_page(sequence, record, 7);
	unsigned choice = arg(record), start = arg(record), count = 0;

	if (op)
		count = write_donation(sequence, op, list, choice, start);
	rmi(sequence->machine, SMC_RMI_OP_MEM_DONATE, handle_of(sequence, op), list, count);
}

static void reclaim(struct sequence *sequence, struct record *record, const struct rmm_op *op)
{
	uint64_t list = host_page(sequence, record, 7);
	unsigned choice = arg(record);

	rmi(sequence->machine, SMC_RMI_OP_MEM_RECLAIM, handle_of(sequence, op), list,
	    LIST_MAX - choice % (LIST_MAX + 1));
}

static void go_on(struct sequence *sequence, struct record *record, const struct rmm_op *op)
{
	uint64_t flags = arg(record) % 4 == 3 ? RMI_CONTINUE_STOP : RMI_CONTINUE_KEEP_GOING;

	rmi(sequence->machine, SMC_RMI_OP_CONTINUE, handle_of(sequence, op), flags);
}

static void answer(struct sequence *sequence, struct record *record, const struct rmm_op *op, unsigned request)
{
	if (request == RMI_OP_MEM_REQ_DONATE)
		donate(sequence, record, op);
	else if (request == RMI_OP_MEM_REQ_RECLAIM)
		reclaim(sequence, record, op);
	else
		go_on(sequence, record, op);
}

void do_op_next(struct sequence *sequence, struct record *record)
{
	const struct rmm_op *op = pick_op(sequence, record);

	if (op)
		answer(sequence, record, op, op->request);
}

/* A call that the operation, if there is one, does not wait for */
void do_op_wrong(struct sequence *sequence, struct record *record)
{
	const struct rmm_op *op = pick_op(sequence, record);

	answer(sequence, record, op, ((op ? op->request : 0) + 1 + arg(record) % 2) % 3);
}

void do_op_cancel(struct sequence *sequence, struct record *record)
{
	rmi(sequence->machine, SMC_RMI_OP_CANCEL, handle_of(sequence, pick_op(sequence, record)));
}
