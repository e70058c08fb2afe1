/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * op.c - cases of stateful operations (RMM 2.0), step by step
 *
 * How many granules a REC wants, and whether an operation may be cancelled, is up to the RMM: rows that know it are
 * TF-RMM's.
 */
#include "world.h"

#define NEW_REC P(FREE)
#define HANDLE KEPT(0)
#define START RAW(RMI_REC_CREATE, A(P(RD), NEW_REC, P(REC_PARAMS)), INCOMPLETE(DONATE)), KEEP(1, 0)
#define START_DESTROY RAW(RMI_REC_DESTROY, A(P(REC)), INCOMPLETE(RECLAIM)), KEEP(1, 0)
#define DONATE(list, count, result) RAW(RMI_OP_MEM_DONATE, A(HANDLE, list, N(count)), result)
#define DONATE_OUT(list, count, result, ...) \
	RAW_OUT(RMI_OP_MEM_DONATE, A(HANDLE, list, N(count)), result, __VA_ARGS__)
#define RECLAIM(list, count, result) RAW(RMI_OP_MEM_RECLAIM, A(HANDLE, list, N(count)), result)
#define RECLAIM_OUT(list, count, result, ...) \
	RAW_OUT(RMI_OP_MEM_RECLAIM, A(HANDLE, list, N(count)), result, __VA_ARGS__)
#define CONTINUE(result) RAW(RMI_OP_CONTINUE, A(HANDLE, N(0)), result)
#define STOP(result, ...) RAW_OUT(RMI_OP_CONTINUE, A(HANDLE, N(RMI_CONTINUE_STOP)), result, __VA_ARGS__)
#define CANCEL(result) RAW(RMI_OP_CANCEL, A(HANDLE), result)
#define PAGES(page, i, count) { .base = page, .unit = GRANULES, .n = (i), .plus = DESC_BITS(RMI_PAGE_L3, count, 0) }
#define NS_PAGES(page, i, count) { .base = page, .unit = GRANULES, .n = (i), .plus = DESC_BITS(RMI_PAGE_L3, count, 1) }
#define LIST_AT(i) AT(LIST, 8 * (i))
#define LIST_END { .base = LIST, .unit = GRANULES, .n = 1, .plus = -UINT64_C(8) }
#define TF_WANTS(pages) N((pages) << RMI_OP_MEM_DONATE_REQ_COUNT_SHIFT)
#define FREE_IS_FREE CALL(RMI_RTT_CREATE, A(P(RD), P(FREE), IPA(0), N(2)), OK)

static bool rec_params(struct world *world)
{
	return world_next_rec_params(world, world->num_recs, true);
}

static struct live_op *current_op(struct world *world)
{
	return world_op(world, world->kept[0]);
}

/* Gives what is asked for, or takes what is given, until nothing more is requested. */
static bool all_memory(struct world *world)
{
	struct live_op *op = current_op(world);

	while (op && rmi_result_data_incomplete_get_mem(op->x0) != RMI_OP_MEM_REQ_NONE) {
		world_answer(world, op);
		if (world->fault.len)
			return false;
		op = current_op(world);
	}
	return op;
}

static bool start(struct world *world)
{
	uint64_t x0 = world_smc(world, (uint32_t)SMC_RMI_REC_CREATE, (const uint64_t[STEP_ARGS]){
		world_page(world, RD, 0), world_page(world, FREE, 0), world_page(world, REC_PARAMS, 0) });

	world->kept[0] = world->x[1];
	return rmi_result_get_status(x0) == RMI_INCOMPLETE || world_fail(world, "REC_CREATE does not start");
}

static uint64_t donate_page(struct world *world, uint64_t pa)
{
	uint64_t list = world_page(world, LIST, 0);

	world_poke(world, list, pa | DESC_BITS(RMI_PAGE_L3, 1, RMI_OP_MEM_DELEGATED));
	return world_smc(world, (uint32_t)SMC_RMI_OP_MEM_DONATE,
			 (const uint64_t[STEP_ARGS]){ world->kept[0], list, 1 });
}

static bool donate_pages(struct world *world, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if (rmi_result_get_status(donate_page(world, world_page(world, FREE, 1 + i))) != RMI_INCOMPLETE ||
		    world->x[1] != 1)
			return world_fail(world, "a good page is refused");
	}
	return true;
}

/* Takes back everything, and ends: not with SUCCESS, and all memory must be DELEGATED again. */
static bool wind_up(struct world *world, unsigned donated, uint64_t *status)
{
	if (!all_memory(world))
		return false;
	world_smc(world, (uint32_t)SMC_RMI_OP_CONTINUE, (const uint64_t[STEP_ARGS]){ world->kept[0] });
	if (world->x[0] == RMI_SUCCESS || current_op(world))
		return world_fail(world, "an abandoned operation does not end, or ends with SUCCESS");
	*status = world->x[0];
	return world_undelegate(world, world_page(world, FREE, 0), donated + 1) &&
	       world_delegate(world, world_page(world, FREE, 0), donated + 1);
}

/* How many pages the operation that START started wants */
static unsigned wanted(struct world *world)
{
	struct live_op *op = current_op(world);

	return op ? (unsigned)rmi_op_mem_donate_req_get_count(op->donate_req) : 0;
}

/* A page of the host is refused after none, one, ... all but one good pages. */
static bool refuse_at_every_point(struct world *world)
{
	unsigned points = 1;
	uint64_t status;

	for (unsigned donated = 0; donated < points; donated++) {
		if (!start(world))
			return false;
		points = wanted(world);
		if (!donate_pages(world, donated))
			return false;
		donate_page(world, world_page(world, NS, 0));
		if (rmi_result_data_incomplete_get_mem(world->x[0]) != RMI_OP_MEM_REQ_RECLAIM)
			return world_fail(world, "a wrong page is not refused");
		if (!wind_up(world, donated, &status))
			return false;
		if (status != RMI_ERROR_INPUT)
			return world_fail(world, "a refused donation does not end with ERROR_INPUT");
	}
	return points > 1;
}

/* Cancelled after none, one, ... all pages; that is only for operations that allow it. */
static bool cancel_at_every_point(struct world *world)
{
	unsigned points = 0;
	uint64_t status;

	for (unsigned donated = 0; donated <= points; donated++) {
		if (!start(world))
			return false;
		if (!rmi_result_data_incomplete_get_cancel(world->x[0]))
			return world_finish(world, current_op(world)) == RMI_SUCCESS;
		points = wanted(world);
		if (!donate_pages(world, donated))
			return false;
		world_smc(world, (uint32_t)SMC_RMI_OP_CANCEL, (const uint64_t[STEP_ARGS]){ world->kept[0] });
		if (rmi_result_get_status(world->x[0]) != RMI_INCOMPLETE)
			return world_fail(world, "the cancel bit is there, but OP_CANCEL does not work");
		if (!wind_up(world, donated, &status))
			return false;
	}
	return true;
}

/* The contiguous request of GPT_L1_CREATE: count pages at first of the pool, in `parts` descriptors */
static uint64_t donate_contiguous(struct world *world, unsigned first, unsigned count, unsigned parts)
{
	uint64_t list = world_page(world, LIST, 0);
	uint64_t base = world->host->memory + (CASES_GRANULES - 256 + first) * granule_size(world);

	for (unsigned i = 0; i < parts; i++)
		world_poke(world, list + 8 * i, (base + i * (count / parts) * granule_size(world)) |
			   DESC_BITS(RMI_PAGE_L3, count / parts, RMI_OP_MEM_UNDELEGATED));
	return world_smc(world, (uint32_t)SMC_RMI_OP_MEM_DONATE,
			 (const uint64_t[STEP_ARGS]){ world->kept[0], list, parts });
}

static bool contiguous_faults(struct world *world)
{
	unsigned count = wanted(world);

	if (count < 2)
		return true;
	if (donate_contiguous(world, 0, count, 2) != RMI_ERROR_INPUT)
		return world_fail(world, "two descriptors are taken");
	if (donate_contiguous(world, 1, count, 1) != RMI_ERROR_INPUT)
		return world_fail(world, "an unaligned block is taken");
	if (donate_contiguous(world, 0, count / 2, 1) != RMI_ERROR_INPUT)
		return world_fail(world, "too small a block is taken");
	if (donate_contiguous(world, 0, 2 * count, 1) != RMI_ERROR_INPUT)
		return world_fail(world, "too large a block is taken");
	return true;
}

static bool finish(struct world *world)
{
	struct live_op *op = current_op(world);

	return op && world_must(world, "the end of the operation", world_finish(world, op));
}

/* REC_CREATE with one granule after the other, until all contexts wait for the host */
static bool park_all(struct world *world)
{
	uint64_t rd = world_page(world, RD, 0), params = world_page(world, REC_PARAMS, 0);

	for (unsigned i = 0; i < MAX_OPS; i++) {
		uint64_t page = world_pool_take(world, 1, true);
		uint64_t x0 = page ? world_smc(world, (uint32_t)SMC_RMI_REC_CREATE,
					       (const uint64_t[STEP_ARGS]){ rd, page, params }) : 0;

		if (x0 == RMI_BLOCKED)
			return i > 0;
		if (rmi_result_get_status(x0) != RMI_INCOMPLETE)
			return world_fail(world, "REC_CREATE neither waits nor is blocked");
	}
	return world_fail(world, "there is no end of contexts");
}

/* All of them, one after the other; only the first can be the next REC. */
static bool end_parked(struct world *world)
{
	while (world->num_ops && !world->fault.len)
		world_finish(world, &world->ops[0]);
	return !world->fault.len;
}

static bool irq_on(struct world *world)
{
	world->host->irq(world->host->ctx, true);
	return true;
}

static bool irq_off(struct world *world)
{
	world->host->irq(world->host->ctx, false);
	return true;
}

#define REPLIES "4 replies"
#define BLOCKED "4 BLOCKED"
#define OVER "4 operation over, handle dead"
#define NO_HANDLE "4 handle unknown"
#define MISMATCH "4 call does not match"
#define LIST_PTR "4 list pointer"
#define DESC_STATE "4 descriptor state"
#define DESC_BLOCK "4 block base, list total"
#define CONTIG "4 contiguous request"
#define NO_CANCEL "4 CANCEL without the cancel bit"
#define COUNT_0 "4 descriptor with count 0"
#define RECLAIM_0 "4 RECLAIM with list_count 0"
#define PARTS "4 donation in parts"
#define REFUSED "4 first granule not in the state"
#define LIST_CUT "4 list cut at the end of its granule"
#define HELD "4 objects and memory of an operation"
#define CREATE_SEQ "4 REC_CREATE sequence"
#define DESTROY_SEQ "4 REC_DESTROY sequence"
#define INTERRUPTED "4 interrupted range command"

static const struct case_row rows[] = {
	/* REC_CREATE, step by step */
	ROW("op_rec_create_tf_success", CREATE_SEQ, TF_2_0, NEW_REALM, DO(rec_params),
	    RAW_OUT(RMI_REC_CREATE, A(P(RD), NEW_REC, P(REC_PARAMS)), INCOMPLETE(DONATE), ANY, TF_WANTS(16)),
	    KEEP(1, 0),
	    POKE(LIST_AT(0), PAGES(FREE, 1, 10)), DONATE_OUT(P(LIST), 1, INCOMPLETE(DONATE), N(10), TF_WANTS(6)),
	    POKE(LIST_AT(0), PAGES(FREE, 11, 2)), POKE(LIST_AT(1), PAGES(FREE, 13, 4)),
	    DONATE_OUT(P(LIST), 2, INCOMPLETE(NONE), N(6), N(0)), CONTINUE(OK), CONTINUE(FAIL(INPUT)),
	    CALL(RMI_REC_DESTROY, A(NEW_REC), OK)),
	ROW("op_rec_create_success", REPLIES, ANY_2_0, NEW_REALM, DO(rec_params), START, DO(all_memory), CONTINUE(OK),
	    CALL(RMI_REC_DESTROY, A(NEW_REC), OK)),
	ROW("op_rec_create_error_at_once_input", CREATE_SEQ, TF_2_0, NEW_REALM, DO(rec_params),
	    RAW(RMI_REC_CREATE, A(P(RD), P(NS), P(REC_PARAMS)), FAIL(INPUT)),
	    RAW(RMI_REC_CREATE, A(P(RD), P(RD), P(REC_PARAMS)), FAIL(INPUT))),
	ROW("op_rec_create_error_late_input", CREATE_SEQ, TF_2_0, NEW_REALM, DO(rec_params),
	    RAW(RMI_REC_CREATE, A(P(NS), NEW_REC, P(REC_PARAMS)), INCOMPLETE(DONATE)), KEEP(1, 0),
	    DO(all_memory), CONTINUE(INCOMPLETE(RECLAIM)), DO(all_memory), CONTINUE(FAIL(INPUT)), CONTINUE(FAIL(INPUT)),
	    FREE_IS_FREE),
	ROW("op_rec_create_mpidr_late_input", CREATE_SEQ, TF_2_0, NEW_REALM, DO(rec_params),
	    POKE(AT(REC_PARAMS, RMI_REC_PARAMS_MPIDR_OFFSET), N(1)), START, DO(all_memory),
	    CONTINUE(INCOMPLETE(RECLAIM)), DO(all_memory), CONTINUE(FAIL(INPUT)), FREE_IS_FREE),
	ROW("op_rec_create_params_read_late_success", CREATE_SEQ, TF_2_0, NEW_REALM, DO(rec_params),
	    POKE(AT(REC_PARAMS, RMI_REC_PARAMS_MPIDR_OFFSET), N(1)), START, DO(all_memory),
	    POKE(AT(REC_PARAMS, RMI_REC_PARAMS_MPIDR_OFFSET), N(0)), CONTINUE(OK)),
	ROW("op_rec_create_activated_meanwhile_realm", CREATE_SEQ, ANY_2_0, NEW_REALM, DO(rec_params), START,
	    CALL(RMI_REALM_ACTIVATE, A(P(RD)), OK), DO(all_memory), CONTINUE(INCOMPLETE(RECLAIM)), DO(all_memory),
	    CONTINUE(FAIL(REALM)), FREE_IS_FREE),

	/* REC_DESTROY, step by step */
	ROW("op_rec_destroy_success", DESTROY_SEQ, ANY_2_0, WITH_RECS, START_DESTROY,
	    RAW(RMI_REC_DESTROY, A(P(REC)), FAIL(INPUT)), DO(all_memory), CONTINUE(OK), CONTINUE(FAIL(INPUT)),
	    CALL(RMI_RTT_CREATE, A(P(RD), P(REC), IPA_L1(1), N(2)), OK)),
	ROW("op_rec_destroy_rec_is_gone_input", DESTROY_SEQ, ANY_2_0, ACTIVE, START_DESTROY,
	    RAW(RMI_REC_ENTER, A(P(REC), P(RUN)), FAIL(INPUT)),
	    RAW(RMI_PSCI_COMPLETE, A(P(REC), NTH(REC, 1), N(0)), FAIL(INPUT)),
	    CALL(RMI_RTT_CREATE, A(P(RD), P(REC), IPA_L1(1), N(2)), FAIL(INPUT)), DO(all_memory), CONTINUE(OK)),

	/* What is refused, and does not end the operation */
	ROW("op_handle_unknown_input", NO_HANDLE, ANY_2_0, NEW_REALM,
	    RAW(RMI_OP_CONTINUE, A(N(0x7777), N(0)), FAIL(INPUT)), RAW(RMI_OP_CANCEL, A(N(0x7777)), FAIL(INPUT)),
	    RAW(RMI_OP_MEM_DONATE, A(N(0x7777), P(LIST), N(1)), FAIL(INPUT)),
	    RAW(RMI_OP_MEM_RECLAIM, A(N(0x7777), P(LIST), N(1)), FAIL(INPUT)),
	    RAW(RMI_OP_CONTINUE, A(N(-1), N(0)), FAIL(INPUT)), RAW(RMI_OP_CONTINUE, A(N(0), N(0)), FAIL(INPUT))),
	ROW("op_handle_dead_input", OVER, ANY_2_0, NEW_REALM, DO(rec_params), START, DO(finish), CONTINUE(FAIL(INPUT)),
	    CANCEL(FAIL(INPUT)), DONATE(P(LIST), 1, FAIL(INPUT)), RECLAIM(P(LIST), 1, FAIL(INPUT))),
	ROW("op_mismatch_while_donate_input", MISMATCH, ANY_2_0, NEW_REALM, DO(rec_params),
	    START, CONTINUE(FAIL(INPUT)),
	    RECLAIM(P(LIST), 1, FAIL(INPUT)), DO(finish)),
	ROW("op_mismatch_while_none_input", MISMATCH, ANY_2_0, NEW_REALM, DO(rec_params), START, DO(all_memory),
	    POKE(LIST_AT(0), PAGES(FREE, 1, 1)), DONATE(P(LIST), 1, FAIL(INPUT)), RECLAIM(P(LIST), 1, FAIL(INPUT)),
	    CONTINUE(OK)),
	ROW("op_mismatch_while_reclaim_input", MISMATCH, ANY_2_0, WITH_RECS, START_DESTROY, CONTINUE(FAIL(INPUT)),
	    POKE(LIST_AT(0), PAGES(FREE, 1, 1)), DONATE(P(LIST), 1, FAIL(INPUT)), DO(all_memory), CONTINUE(OK)),
	ROW("op_donate_list_input", LIST_PTR, ANY_2_0, NEW_REALM, DO(rec_params), POKE(LIST_AT(0), PAGES(FREE, 1, 1)),
	    START, DONATE(AT(LIST, 4), 1, FAIL(INPUT)), DONATE(P(FREE), 1, FAIL(INPUT)), DONATE(P(HOLE),
	    1, FAIL(INPUT)),
	    DO(finish)),
	ROW("op_reclaim_list_input", LIST_PTR, ANY_2_0, WITH_RECS, START_DESTROY, RECLAIM(AT(LIST, 4), 1, FAIL(INPUT)),
	    RECLAIM(P(FREE), 1, FAIL(INPUT)), RECLAIM(P(HOLE), 1, FAIL(INPUT)), DO(finish)),
	ROW("op_donate_state_input", DESC_STATE, ANY_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_AT(0), NS_PAGES(FREE, 1, 1)), DONATE(P(LIST), 1, FAIL(INPUT)), DO(finish)),
	ROW("op_donate_block_unaligned_input", DESC_BLOCK, ANY_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_AT(0), { .base = FREE, .unit = GRANULES, .n = 1, .plus = DESC_BITS(RMI_BLOCK_L2, 1, 0) }),
	    DONATE(P(LIST), 1, FAIL(INPUT)), DO(finish)),
	ROW("op_donate_too_much_input", DESC_BLOCK, ANY_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_AT(0), PAGES(FREE, 1, 20)), DONATE(P(LIST), 1, FAIL(INPUT)),
	    POKE(LIST_AT(0), PAGES(FREE, 1, 1)), POKE(LIST_AT(1), PAGES(FREE, 2, 19)), DONATE(P(LIST), 2, FAIL(INPUT)),
	    DO(finish)),
	ROW_IF(NEED_REGION, "op_donate_contiguous_input", CONTIG, RMM_2_0, READY,
	       RAW(RMI_GPT_L1_CREATE, A(P(REGION)), INCOMPLETE(DONATE)), KEEP(1, 0), DO(contiguous_faults), DO(finish),
	       CALL(RMI_GPT_L1_DESTROY, A(P(REGION)), OK)),
	ROW("op_cancel_create_input", NO_CANCEL, TF_2_0, NEW_REALM, DO(rec_params), START, CANCEL(FAIL(INPUT)),
	    DO(finish)),
	ROW("op_cancel_destroy_input", NO_CANCEL, TF_2_0, WITH_RECS, START_DESTROY, CANCEL(FAIL(INPUT)), DO(finish)),

	/* How memory goes to and fro */
	ROW("op_donate_count_0_skipped", COUNT_0, ANY_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_AT(0), PAGES(NS, 0, 0)), POKE(LIST_AT(1), PAGES(FREE, 1, 1)),
	    DONATE_OUT(P(LIST), 2, INCOMPLETE(DONATE), N(1)), DO(finish)),
	ROW("op_donate_nothing", COUNT_0, ANY_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_AT(0), PAGES(FREE, 1, 0)),
	    DONATE_OUT(P(LIST), 1, INCOMPLETE(DONATE), N(0)), DO(finish)),
	ROW("op_donate_in_parts_success", PARTS, ANY_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_AT(0), PAGES(FREE, 1, 2)), DONATE_OUT(P(LIST), 1, INCOMPLETE(DONATE), N(2)),
	    POKE(LIST_AT(0), PAGES(FREE, 3, 1)), DONATE_OUT(P(LIST), 1, INCOMPLETE(DONATE), N(1)), DO(finish)),
	ROW("op_donate_stops_at_wrong_page", REFUSED, ANY_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_AT(0), PAGES(FREE, 31, 2)), DONATE_OUT(P(LIST), 1, INCOMPLETE(DONATE), N(1)), DO(finish)),
	ROW("op_donate_list_end", LIST_CUT, ANY_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_END, PAGES(FREE, 1, 1)), DONATE_OUT(LIST_END, 3, INCOMPLETE(DONATE), N(1)), DO(finish)),
	ROW("op_donate_wrong_page_input", REFUSED, TF_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_AT(0), PAGES(NS, 0, 1)), DONATE_OUT(P(LIST), 1, INCOMPLETE(RECLAIM), N(0)),
	    RECLAIM_OUT(P(LIST), 0, INCOMPLETE(RECLAIM), N(0)), RECLAIM_OUT(P(LIST), 1, INCOMPLETE(NONE), N(0)),
	    CONTINUE(FAIL(INPUT)), CONTINUE(FAIL(INPUT)), FREE_IS_FREE),
	ROW("op_donate_wrong_page_later_input", REFUSED, TF_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_AT(0), PAGES(FREE, 1, 1)), DONATE_OUT(P(LIST), 1, INCOMPLETE(DONATE), N(1)),
	    POKE(LIST_AT(0), PAGES(NS, 0, 1)), DONATE_OUT(P(LIST), 1, INCOMPLETE(RECLAIM), N(0)),
	    RECLAIM_OUT(P(LIST), 4, INCOMPLETE(NONE), N(1)), PEEK(LIST_AT(0), PAGES(FREE, 1, 1)),
	    CONTINUE(FAIL(INPUT)), FREE_IS_FREE),
	ROW("op_reclaim_0", RECLAIM_0, ANY_2_0, WITH_RECS, START_DESTROY,
	    RECLAIM_OUT(P(LIST), 0, INCOMPLETE(RECLAIM), N(0)), DO(finish)),
	ROW("op_reclaim_one_by_one", PARTS, ANY_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_AT(0), PAGES(FREE, 1, 1)), POKE(LIST_AT(1), PAGES(FREE, 4, 1)),
	    DONATE_OUT(P(LIST), 2, INCOMPLETE(DONATE), N(2)), DO(finish),
	    RAW(RMI_REC_DESTROY, A(NEW_REC), INCOMPLETE(RECLAIM)), KEEP(1, 0),
	    RECLAIM_OUT(P(LIST), 1, INCOMPLETE(RECLAIM), N(1)), RECLAIM_OUT(LIST_END, 9, INCOMPLETE(RECLAIM), N(1)),
	    DO(finish)),
	ROW("op_holds_its_memory_input", HELD, ANY_2_0, NEW_REALM, DO(rec_params), START,
	    POKE(LIST_AT(0), PAGES(FREE, 1, 1)), DONATE_OUT(P(LIST), 1, INCOMPLETE(DONATE), N(1)),
	    CALL(RMI_RTT_CREATE, A(P(RD), NTH(FREE, 1), IPA(0), N(2)), FAIL(INPUT)),
	    CALL(RMI_RTT_CREATE, A(P(RD), NEW_REC, IPA(0), N(2)), FAIL(INPUT)),
	    RAW(RMI_REC_CREATE, A(P(RD), NEW_REC, P(REC_PARAMS)), FAIL(INPUT)),
	    RAW(RMI_REC_DESTROY, A(NEW_REC), FAIL(INPUT)), RAW(RMI_REC_ENTER, A(NEW_REC, P(RUN)), FAIL(INPUT)),
	    DO(finish)),
	ROW("op_refused_at_every_point", REFUSED, TF_2_0, NEW_REALM, DO(rec_params), DO(refuse_at_every_point)),
	ROW("op_cancel_success", "4 OP_CANCEL", RMM_2_0, NEW_REALM, DO(rec_params), START, CANCEL(INCOMPLETE(NONE)),
	    DONATE(P(LIST), 1, FAIL(INPUT)), CONTINUE(ANY), CONTINUE(FAIL(INPUT)), FREE_IS_FREE),
	ROW("op_cancelled_at_every_point", "4 OP_CANCEL", ANY_2_0, NEW_REALM, DO(rec_params),
	    DO(cancel_at_every_point)),

	/* Contexts */
	ROW("op_all_contexts_parked_blocked", BLOCKED, ANY_2_0, NEW_REALM, DO(rec_params), DO(park_all),
	    RAW(RMI_REC_CREATE, A(P(RD), NEW_REC, P(REC_PARAMS)), FAIL_BLOCKED), DO(end_parked)),
	ROW("op_all_contexts_parked_map_blocked", BLOCKED, TF_2_0, WITH_TABLES, DO(rec_params), DO(park_all),
	    RAW(RMI_RTT_DATA_MAP, A(P(RD), IPA(0), IPA(1), N(1), PAGES(FREE, 1, 1)), FAIL_BLOCKED),
	    RAW(RMI_RTT_DATA_UNMAP, A(P(NS), N(8), IPA(1), N(1), N(0)), FAIL_BLOCKED),
	    RAW(RMI_RTT_UNPROT_UNMAP, A(P(RD), SHARED_IPA(0), SHARED_IPA(1), N(1), N(0)), FAIL_BLOCKED),
	    DO(end_parked)),

	ROW_IF(NEED_IRQ, "op_all_contexts_parked_irq_blocked", BLOCKED, RMM_2_0, WITH_TABLES, DO(rec_params),
	       DO(park_all),
	       DO(irq_on),
	       RAW(RMI_RTT_DATA_MAP, A(P(RD), IPA(0), IPA(1), N(1), PAGES(FREE, 1, 1)), FAIL_BLOCKED),
	       RAW(RMI_RTT_DATA_UNMAP, A(P(RD), IPA(0), IPA(1), N(1), N(0)), FAIL_BLOCKED), DO(irq_off),
	       DO(end_parked)),
	ROW("op_rec_destroy_blocked", BLOCKED, ANY_2_0, WITH_RECS, DO(park_all),
	    RAW(RMI_REC_DESTROY, A(P(REC)), FAIL_BLOCKED), DO(end_parked)),
	ROW_IF(NEED_REGION, "op_gpt_l1_destroy_success", REPLIES, RMM_2_0, READY,
	       CALL(RMI_GPT_L1_CREATE, A(P(REGION)), OK),
	       RAW(RMI_GPT_L1_DESTROY, A(P(REGION)), INCOMPLETE(RECLAIM)), KEEP(1, 0), DO(finish)),

	/* Interrupts */
	ROW_IF(NEED_IRQ, "data_map_irq_no_progress_success", "7.4 interrupt at the start", TF_2_0, WITH_TABLES,
	       DO(irq_on),
	       RAW_OUT(RMI_RTT_DATA_MAP, A(P(RD), IPA(0), IPA(1), N(1), PAGES(FREE, 1, 1)), OK, IPA(0)), DO(irq_off),
	       RAW_OUT(RMI_RTT_DATA_MAP, A(P(RD), IPA(0), IPA(1), N(1), PAGES(FREE, 1, 1)), OK, IPA(1)), DO(irq_on),
	       RAW_OUT(RMI_RTT_DATA_UNMAP, A(P(RD), IPA(0), IPA(1), N(1), N(0)), OK, IPA(0), N(0)), DO(irq_off)),
	ROW_IF(NEED_IRQ, "op_range_continued_success", INTERRUPTED, RMM_2_0, WITH_TABLES, DO(irq_on),
	       RAW(RMI_RTT_DATA_MAP, A(P(RD), IPA(0), IPA(1), N(1), PAGES(FREE, 1, 1)), INCOMPLETE(NONE)), KEEP(1, 0),
	       CONTINUE(INCOMPLETE(NONE)), DO(irq_off),
	       RAW_OUT(RMI_OP_CONTINUE, A(HANDLE, N(0)), OK, IPA(1)), CONTINUE(FAIL(INPUT)),
	       CALL_OUT(RMI_RTT_READ_ENTRY, A(P(RD), IPA(0), N(3)), OK, N(3), N(RMI_ASSIGNED))),
	ROW_IF(NEED_IRQ, "op_range_stopped_success", INTERRUPTED, RMM_2_0, WITH_TABLES, DO(irq_on),
	       RAW(RMI_RTT_DATA_MAP, A(P(RD), IPA(0), IPA(1), N(1), PAGES(FREE, 1, 1)), INCOMPLETE(NONE)), KEEP(1, 0),
	       STOP(OK, IPA(0)), DO(irq_off),
	       CALL_OUT(RMI_RTT_READ_ENTRY, A(P(RD), IPA(0), N(3)), OK, N(3), N(RMI_UNASSIGNED))),
	ROW_IF(NEED_IRQ, "op_range_continued_error_realm", INTERRUPTED, RMM_2_0, WITH_TABLES, DO(irq_on),
	       RAW(RMI_RTT_DATA_MAP, A(P(RD), IPA(0), IPA(1), N(1), PAGES(FREE, 1, 1)), INCOMPLETE(NONE)), KEEP(1, 0),
	       CALL(RMI_REALM_TERMINATE, A(P(RD)), OK), DO(irq_off), CONTINUE(FAIL(REALM))),
};

TABLE_OF(cases_op, rows);
