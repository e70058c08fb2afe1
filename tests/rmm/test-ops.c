/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-ops.c - stateful operations, whatever the host does at each of their replies: test-ops [DETOURS]
 *
 * A path is what a host decides, reply by reply: answer in one of the right ways, refuse, cancel, make a mistake, do
 * something else first, or never come back. All paths with no more than so many detours are gone, one after the other.
 * Whatever the path, the operation must end with the status that fits or wait for the right call, and all memory must
 * come back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rmi-host.h"
#include "sequence-host.h"
#include "walker.h"

#define DEPTH 64
#define PARTS 1   /* how often memory moves in part only, or an interrupt puts things off */
#define DETOURS 1 /* calls that are refused, and other deeds; more can be asked for on the command line */
#define EVENTS 1  /* how many of them may be deeds that change what the operation ends with */
#define LIST_MAX 20
#define POOL 112 /* granules that are delegated first */

/* Decisions of a path; going on to the next path is counting with digits of different bases. */
struct path {
	unsigned taken[DEPTH], of[DEPTH];
	unsigned length, at;
};

enum command {
	REC_CREATE,
	REC_DESTROY,
	GPT_CREATE,
	GPT_DESTROY,
	DATA_MAP,
	DATA_UNMAP,
	UNPROT_MAP,
	UNPROT_UNMAP,
};

struct world {
	struct sequence sequence;
	struct machine *machine;
	struct walker *walker;
	struct path *path;
	enum command command;
	uint64_t rd, rec, params, list, handle;
	uint64_t reply; /* X0 of the last call that went on with the operation */
	uint64_t donate_req;
	uint64_t expected;               /* the status that the operation will end with */
	unsigned parts, detours, events; /* still to come */
	bool cancelled, stopped;
	uint64_t base; /* of a range command */
};

/* Numbers of variants are those of the first record of a sequence. */
enum variant {
	V2_0,
	TF_2_0,
};

static unsigned detours = DETOURS;

struct test {
	enum variant variant;
	enum command command;
};

static unsigned choose(struct world *world, unsigned of)
{
	struct path *path = world->path;

	assert_true(path->at < DEPTH);
	if (path->at == path->length) {
		path->taken[path->length] = 0;
		path->of[path->length++] = of;
	}
	assert_int_equal(path->of[path->at], of);
	return path->taken[path->at++];
}

/* false: there is none */
static bool next_path(struct path *path)
{
	path->at = 0;
	while (path->length && path->taken[path->length - 1] + 1 == path->of[path->length - 1])
		path->length--;
	if (path->length)
		path->taken[path->length - 1]++;
	return path->length;
}

/* Memory: a record of zeros makes the actions of a sequence do what fits best */

static void act(struct world *world, void (*action)(struct sequence *, struct record *))
{
	struct record record = { .used = SEQUENCE_RECORD };

	action(&world->sequence, &record);
}

static uint64_t find(struct world *world, unsigned state, unsigned count, unsigned align)
{
	uint64_t pa = find_run(&world->sequence, 0, state, count, align);

	assert_true(rmm_range_is(world->machine->rmm, pa, count * world->machine->granule, state));
	return pa;
}

static uint64_t page_of_host(const struct world *world, unsigned n)
{
	return window_pa(&world->sequence, world->sequence.window + n);
}

static void write_desc(struct world *world, unsigned index, uint64_t pa, uint64_t count, unsigned state)
{
	const struct addr_desc desc = { .pa = pa, .count = count, .level = 3, .state = (uint8_t)state };

	host_write(&world->sequence, world->list + 8 * index, addr_desc_encode(world->machine->rmm, &desc));
}

/* Calls */

/* A call that goes on with the operation */
static void follow(struct world *world, uint64_t fid, uint64_t x2, uint64_t x3)
{
	world->reply = rmi(world->machine, fid, world->handle, x2, x3);
	world->donate_req = world->machine->x[2];
}

/* The command that begins one */
static void begin(struct world *world, uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3)
{
	world->reply = rmi(world->machine, fid, x1, x2, x3);
	world->handle = world->machine->x[1];
	world->donate_req = world->machine->x[2];
}

/* A call that the operation has nothing to do with, or that is a mistake */
static void expect(struct world *world, uint64_t status, uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3)
{
	assert_int_equal(result_status(rmi(world->machine, fid, x1, x2, x3)), status);
}

static unsigned request(const struct world *world)
{
	return (unsigned)rmi_result_data_incomplete_get_mem(world->reply);
}

static bool waits(const struct world *world)
{
	return result_status(world->reply) == RMI_INCOMPLETE;
}

/* Donation */

static uint64_t wanted(const struct world *world)
{
	return rmi_op_mem_donate_req_get_count(world->donate_req);
}

static unsigned wanted_state(const struct world *world)
{
	return (unsigned)rmi_op_mem_donate_req_get_state(world->donate_req);
}

static uint64_t find_wanted(struct world *world, uint64_t count)
{
	bool contig = rmi_op_mem_donate_req_get_contig(world->donate_req);
	unsigned state = wanted_state(world) == RMI_OP_MEM_DELEGATED ? GRANULE_DELEGATED : GRANULE_NS;

	return find(world, state, (unsigned)count, contig ? (unsigned)count : 1);
}

static void donate_block(struct world *world)
{
	write_desc(world, 0, find_wanted(world, wanted(world)), wanted(world), wanted_state(world));
	follow(world, SMC_RMI_OP_MEM_DONATE, world->list, 1);
	assert_int_equal(request(world), RMI_OP_MEM_REQ_NONE);
}

/* Page by page, with a descriptor of no pages in front */
static void donate_pages(struct world *world)
{
	uint64_t count = wanted(world), pa = find_wanted(world, count);

	write_desc(world, 0, pa, 0, wanted_state(world));
	for (unsigned i = 0; i < count; i++)
		write_desc(world, i + 1, pa + i * world->machine->granule, 1, wanted_state(world));
	follow(world, SMC_RMI_OP_MEM_DONATE, world->list, count + 1);
	assert_int_equal(world->machine->x[1], count);
	assert_int_equal(request(world), RMI_OP_MEM_REQ_NONE);
}

static void donate_one(struct world *world)
{
	uint64_t before = wanted(world);

	world->parts--;
	write_desc(world, 0, find_wanted(world, 1), 1, wanted_state(world));
	follow(world, SMC_RMI_OP_MEM_DONATE, world->list, 1);
	assert_int_equal(world->machine->x[1], 1);
	assert_int_equal(request(world), RMI_OP_MEM_REQ_DONATE);
	assert_int_equal(wanted(world), before - 1);
}

/* Memory that is not in the state it is said to be in ends the operation. */
static void donate_wrong(struct world *world)
{
	bool delegated = wanted_state(world) == RMI_OP_MEM_DELEGATED;
	uint64_t count = rmi_op_mem_donate_req_get_contig(world->donate_req) ? wanted(world) : 1;
	uint64_t pa = find(world, delegated ? GRANULE_NS : GRANULE_DELEGATED, (unsigned)count, (unsigned)count);

	world->expected = RMI_ERROR_INPUT;
	write_desc(world, 0, pa, count, wanted_state(world));
	follow(world, SMC_RMI_OP_MEM_DONATE, world->list, 1);
	assert_int_equal(world->machine->x[1], 0);
	assert_int_equal(request(world), RMI_OP_MEM_REQ_RECLAIM);
}

/* The same behind a good page, which is taken */
static void donate_wrong_later(struct world *world)
{
	world->parts--;
	write_desc(world, 0, find_wanted(world, 1), 1, wanted_state(world));
	write_desc(world, 1, world->list, 1, wanted_state(world));
	follow(world, SMC_RMI_OP_MEM_DONATE, world->list, 2);
	assert_int_equal(world->machine->x[1], 1);
	assert_int_equal(request(world), RMI_OP_MEM_REQ_DONATE);
}

static bool in_parts(const struct world *world)
{
	return world->parts && wanted(world) > 1 && !rmi_op_mem_donate_req_get_contig(world->donate_req);
}

/* Reclaim */

static void reclaim_all(struct world *world)
{
	follow(world, SMC_RMI_OP_MEM_RECLAIM, world->list, LIST_MAX);
	assert_int_equal(request(world), RMI_OP_MEM_REQ_NONE);
}

static void reclaim_one(struct world *world)
{
	world->parts--;
	follow(world, SMC_RMI_OP_MEM_RECLAIM, world->list, 1);
	assert_true(world->machine->x[1] <= 1);
}

/* Going on */

static void go_on(struct world *world)
{
	follow(world, SMC_RMI_OP_CONTINUE, RMI_CONTINUE_KEEP_GOING, 0);
}

static void go_on_interrupted(struct world *world)
{
	world->parts--;
	world->machine->irq[0] = true;
	go_on(world);
	world->machine->irq[0] = false;
	assert_int_equal(world->reply, rmi_result_data_incomplete_set_cancel(RMI_INCOMPLETE, 1));
}

static void stop(struct world *world)
{
	world->stopped = true;
	follow(world, SMC_RMI_OP_CONTINUE, RMI_CONTINUE_STOP, 0);
}

static void cancel(struct world *world)
{
	world->cancelled = true;
	follow(world, SMC_RMI_OP_CANCEL, 0, 0);
	assert_false(rmi_result_data_incomplete_get_cancel(world->reply));
}

/* Mistakes: refused, and as if they had never been */

static const uint64_t calls[] = {
	[RMI_OP_MEM_REQ_NONE] = SMC_RMI_OP_CONTINUE,
	[RMI_OP_MEM_REQ_DONATE] = SMC_RMI_OP_MEM_DONATE,
	[RMI_OP_MEM_REQ_RECLAIM] = SMC_RMI_OP_MEM_RECLAIM,
};

static void call_another(struct world *world, unsigned which)
{
	unsigned other = (request(world) + 1 + which) % 3;

	if (other == RMI_OP_MEM_REQ_NONE)
		expect(world, RMI_ERROR_INPUT, calls[other], world->handle, RMI_CONTINUE_KEEP_GOING, 0);
	else
		expect(world, RMI_ERROR_INPUT, calls[other], world->handle, world->list, 1);
}

static void call_with_bad_handle(struct world *world)
{
	expect(world, RMI_ERROR_INPUT, calls[request(world)], world->handle + world->machine->rmm->num_ops, world->list,
	       1);
}

static void call_with_bad_list(struct world *world, unsigned which)
{
	uint64_t bad[] = { world->list + 4, find(world, GRANULE_DELEGATED, 1, 1), UINT64_C(1) << 52 };

	expect(world, RMI_ERROR_INPUT, calls[request(world)], world->handle, bad[which], 1);
}

/* An empty list moves nothing, and is no mistake. */
static void call_with_empty_list(struct world *world)
{
	expect(world, RMI_INCOMPLETE, calls[request(world)], world->handle, world->list, 0);
	assert_int_equal(world->machine->x[0], world->reply);
	assert_int_equal(world->machine->x[1], 0);
}

/* Memory of the other world, or more than was asked for */
static void donate_bad_descriptor(struct world *world, unsigned which)
{
	bool contig = rmi_op_mem_donate_req_get_contig(world->donate_req);
	uint64_t count = which || contig ? wanted(world) : 1;

	write_desc(world, 0, find_wanted(world, count), count + which, wanted_state(world) ^ !which);
	expect(world, RMI_ERROR_INPUT, SMC_RMI_OP_MEM_DONATE, world->handle, world->list, 1);
}

static void cancel_too_late(struct world *world)
{
	if (!rmi_result_data_incomplete_get_cancel(world->reply))
		expect(world, RMI_ERROR_INPUT, SMC_RMI_OP_CANCEL, world->handle, 0, 0);
}

/* How many there are depends on what the operation waits for. */
static unsigned num_mistakes(const struct world *world)
{
	static const unsigned num[] = {
		[RMI_OP_MEM_REQ_NONE] = 4,
		[RMI_OP_MEM_REQ_RECLAIM] = 8,
		[RMI_OP_MEM_REQ_DONATE] = 10,
	};

	return world->detours ? num[request(world)] : 0;
}

static void make_mistake(struct world *world, unsigned which)
{
	world->detours--;
	if (which < 2)
		call_another(world, which);
	else if (which == 2)
		call_with_bad_handle(world);
	else if (which == 3)
		cancel_too_late(world);
	else if (which == 4)
		call_with_empty_list(world);
	else if (which < 8)
		call_with_bad_list(world, which - 5);
	else
		donate_bad_descriptor(world, which - 8);
}

/* Other deeds */

static bool is_range(const struct world *world)
{
	return world->command >= DATA_MAP;
}

/* What the realm is now decides how the operation will end, unless that is decided already. */
static void expect_at_end(struct world *world, uint64_t status, bool matters)
{
	if (matters && world->expected == RMI_SUCCESS)
		world->expected = status;
}

static void terminate_realm(struct world *world)
{
	expect(world, RMI_SUCCESS, SMC_RMI_REALM_TERMINATE, world->rd, 0, 0);
	expect_at_end(world, RMI_ERROR_REALM,
		      world->command == REC_CREATE || world->command == DATA_MAP || world->command == UNPROT_MAP);
}

/* Only one without tables and RECs goes; its descriptor is then a free granule. */
static void destroy_realm(struct world *world)
{
	bool used = world->command == DATA_MAP || world->command == DATA_UNMAP || world->command == UNPROT_MAP ||
		    world->command == UNPROT_UNMAP;

	expect(world, RMI_SUCCESS, SMC_RMI_REALM_TERMINATE, world->rd, 0, 0);
	expect(world, used ? RMI_ERROR_REALM : RMI_SUCCESS, SMC_RMI_REALM_DESTROY, world->rd, 0, 0);
	if (used)
		expect_at_end(world, RMI_ERROR_REALM, world->command == DATA_MAP || world->command == UNPROT_MAP);
	else
		expect_at_end(world, RMI_ERROR_INPUT, world->command == REC_CREATE);
}

static void activate_realm(struct world *world)
{
	expect(world, RMI_SUCCESS, SMC_RMI_REALM_ACTIVATE, world->rd, 0, 0);
	expect_at_end(world, RMI_ERROR_REALM, world->command == REC_CREATE);
}

/* Another REC, of the next index: for one that is being made, that is taken now. */
static void create_rec(struct world *world)
{
	struct world other = *world;
	uint64_t params = page_of_host(world, 2);
	uint64_t rec = find(world, GRANULE_DELEGATED, 1, 1);

	host_write(&world->sequence, params + RMI_REC_PARAMS_MPIDR_OFFSET,
		   rd_at(&world->sequence, world->rd)->recs_created);
	begin(&other, SMC_RMI_REC_CREATE, world->rd, rec, params);
	assert_true(waits(&other));
	donate_pages(&other);
	go_on(&other);
	assert_int_equal(other.reply, RMI_SUCCESS);
	expect_at_end(world, RMI_ERROR_INPUT, world->command == REC_CREATE);
}

/* The parameters become memory that the host has not any more. */
static void take_params(struct world *world)
{
	assert_int_equal(host_delegate(world->machine, world->params, world->machine->granule), RMI_SUCCESS);
	expect_at_end(world, RMI_ERROR_INPUT, world->command == REC_CREATE);
}

/* Operations until there is no context for one more, all of which wait for the host */
static void park_all(struct world *world)
{
	uint64_t params = page_of_host(world, 2), rec;

	host_write(&world->sequence, params + RMI_REC_PARAMS_MPIDR_OFFSET,
		   rd_at(&world->sequence, world->rd)->recs_created);
	for (unsigned i = 1; i < world->machine->rmm->num_ops; i++) {
		rec = find(world, GRANULE_DELEGATED, 1, 1);
		expect(world, RMI_INCOMPLETE, SMC_RMI_REC_CREATE, world->rd, rec, params);
	}
	rec = find(world, GRANULE_DELEGATED, 1, 1);
	expect(world, RMI_BLOCKED, SMC_RMI_REC_CREATE, world->rd, rec, params);
}

/* Paths */

typedef void deed(struct world *world);

static deed *const events[] = {
	terminate_realm, destroy_realm, activate_realm, create_rec, take_params, park_all,
};

#define NUM_EVENTS (sizeof(events) / sizeof(events[0]))
#define ANSWERS_MAX 8

static unsigned list_donations(const struct world *world, deed *answers[])
{
	unsigned num = 0;

	answers[num++] = donate_block;
	answers[num++] = donate_pages;
	answers[num++] = donate_wrong;
	if (rmi_op_mem_donate_req_get_contig(world->donate_req))
		answers[1] = answers[--num];
	if (in_parts(world)) {
		answers[num++] = donate_one;
		answers[num++] = donate_wrong_later;
	}
	return num;
}

/* In what ways the host can answer the last reply */
static unsigned list_answers(const struct world *world, deed *answers[])
{
	unsigned num = 0;

	switch (request(world)) {
	case RMI_OP_MEM_REQ_DONATE:
		num = list_donations(world, answers);
		break;
	case RMI_OP_MEM_REQ_RECLAIM:
		answers[num++] = reclaim_all;
		if (world->parts)
			answers[num++] = reclaim_one;
		break;
	default:
		answers[num++] = go_on;
		if (is_range(world) && !world->cancelled)
			answers[num++] = stop;
		if (is_range(world) && !world->cancelled && world->parts)
			answers[num++] = go_on_interrupted;
	}
	if (rmi_result_data_incomplete_get_cancel(world->reply))
		answers[num++] = cancel;
	return num;
}

/* One decision. false: the host never comes back */
static bool decide(struct world *world)
{
	deed *answers[ANSWERS_MAX];
	unsigned num = list_answers(world, answers);
	unsigned mistakes = num_mistakes(world), others = world->detours && world->events ? NUM_EVENTS : 0;
	unsigned choice = choose(world, num + mistakes + others + 1);

	if (choice < num)
		answers[choice](world);
	else if (choice < num + mistakes)
		make_mistake(world, choice - num);
	else if (choice < num + mistakes + others) {
		world->detours--;
		world->events--;
		events[choice - num - mistakes](world);
	}
	return choice < num + mistakes + others;
}

/* Begins the operation; what is there before it depends on the command. */

static uint64_t upper_half(struct world *world)
{
	return UINT64_C(1) << (rd_at(&world->sequence, world->rd)->stage2.ipa_bits - 1);
}

/* A command for the page at base */
static void begin_range(struct world *world, uint64_t fid, uint64_t base, uint64_t oaddr)
{
	world->reply =
		rmi(world->machine, fid, world->rd, base, base + world->machine->granule, RMI_ADDR_TYPE_SINGLE, oaddr);
	world->handle = world->machine->x[1];
}

static uint64_t page_desc(struct world *world, uint64_t pa, unsigned state)
{
	const struct addr_desc desc = { .pa = pa, .count = 1, .level = 3, .state = (uint8_t)state };

	return addr_desc_encode(world->machine->rmm, &desc);
}

/* One that stops at once, for an interrupt */
static void begin_interrupted(struct world *world, uint64_t fid, uint64_t base, uint64_t oaddr)
{
	world->base = base;
	world->machine->irq[0] = true;
	begin_range(world, fid, base, oaddr);
	world->machine->irq[0] = false;
}

static void begin_unprotected(struct world *world)
{
	uint64_t base = upper_half(world), rtt = find(world, GRANULE_DELEGATED, 1, 1);
	uint64_t desc = page_desc(world, page_of_host(world, 6), RMI_OP_MEM_UNDELEGATED);

	assert_int_equal(rmi(world->machine, SMC_RMI_RTT_CREATE, world->rd, rtt, base, 3), RMI_SUCCESS);
	if (world->command == UNPROT_MAP) {
		begin_interrupted(world, SMC_RMI_RTT_UNPROT_MAP, base, desc);
		return;
	}
	begin_range(world, SMC_RMI_RTT_UNPROT_MAP, base, desc);
	assert_int_equal(world->reply, RMI_SUCCESS);
	begin_interrupted(world, SMC_RMI_RTT_UNPROT_UNMAP, base, 0);
}

static void begin_data(struct world *world)
{
	uint64_t data;

	act(world, do_furnish);
	/* Far from where others find theirs */
	data = window_pa(&world->sequence, POOL - 1);
	if (world->command == DATA_MAP)
		begin_interrupted(world, SMC_RMI_RTT_DATA_MAP, world->machine->granule,
				  page_desc(world, data, RMI_OP_MEM_DELEGATED));
	else
		begin_interrupted(world, SMC_RMI_RTT_DATA_UNMAP, 0, 0);
}

static void begin_rec(struct world *world)
{
	world->rec = find(world, GRANULE_DELEGATED, 1, 1);
	begin(world, SMC_RMI_REC_CREATE, world->rd, world->rec, world->params);
	if (world->command == REC_CREATE)
		return;
	donate_pages(world);
	go_on(world);
	assert_int_equal(world->reply, RMI_SUCCESS);
	begin(world, SMC_RMI_REC_DESTROY, world->rec, 0, 0);
}

static void begin_gpt(struct world *world)
{
	begin(world, SMC_RMI_GPT_L1_CREATE, MACHINE_BASE, 0, 0);
	if (world->command == GPT_CREATE)
		return;
	donate_block(world);
	go_on(world);
	assert_int_equal(world->reply, RMI_SUCCESS);
	begin(world, SMC_RMI_GPT_L1_DESTROY, MACHINE_BASE, 0, 0);
}

/* What the events are about */
static void make_realm(struct world *world)
{
	for (unsigned i = 0; i < POOL / 16; i++)
		act(world, do_delegate);
	world->rd = find(world, GRANULE_DELEGATED, 1, 1);
	act(world, do_realm_create);
	memset(machine_ns(world->machine, world->params, PAGE_4K), 0, PAGE_4K);
}

static void begin_command(struct world *world)
{
	/* A level 1 GPT goes when all that it is about is the host's. */
	if (world->command != GPT_DESTROY)
		make_realm(world);
	switch (world->command) {
	case REC_CREATE:
	case REC_DESTROY:
		begin_rec(world);
		break;
	case GPT_CREATE:
	case GPT_DESTROY:
		begin_gpt(world);
		break;
	case DATA_MAP:
	case DATA_UNMAP:
		begin_data(world);
		break;
	default:
		begin_unprotected(world);
	}
	if (world->command == GPT_DESTROY)
		make_realm(world);
}

/* The end */

static void check_object(struct world *world)
{
	enum granule_state state = GRANULE_DELEGATED;

	if (world->command == REC_CREATE && world->reply == RMI_SUCCESS)
		state = GRANULE_REC;
	if (world->rec)
		assert_true(rmm_granule_is(world->machine->rmm, world->rec, state));
}

static void check_end(struct world *world)
{
	unsigned status = result_status(world->reply);

	if (world->cancelled && !is_range(world))
		assert_int_not_equal(status, RMI_SUCCESS);
	else if (world->cancelled || world->stopped)
		assert_int_equal(status, RMI_SUCCESS);
	else
		assert_int_equal(status, world->expected);
	if (is_range(world) && status == RMI_SUCCESS)
		assert_int_equal(world->machine->x[1],
				 world->base + (world->cancelled || world->stopped ? 0 : world->machine->granule));
	check_object(world);
}

/* A path from its first call to the last granule that comes back; the next one finds the machine as this did. */
static void go(struct world *world, struct path *path)
{
	world->path = path;
	world->expected = RMI_SUCCESS;
	world->parts = PARTS;
	world->detours = detours;
	world->events = EVENTS;
	world->rec = 0;
	world->cancelled = world->stopped = false;
	begin_command(world);
	assert_true(waits(world));
	while (waits(world) && decide(world))
		;
	if (!waits(world))
		check_end(world);
	sequence_end(&world->sequence);
}

static void test_paths(void **state)
{
	const struct test *test = *state;
	const uint8_t config[SEQUENCE_RECORD] = { 0, test->variant };
	const struct sequence_input input = { .data = config, .size = sizeof(config) };
	struct world world = { .command = test->command };
	struct path path = { .length = 0 };
	unsigned count = 0;

	sequence_begin(&world.sequence, &input);
	world.machine = world.sequence.machine;
	world.walker = walker_attach(world.machine);
	sequence_boot(&world.sequence);
	world.params = page_of_host(&world, 1);
	world.list = page_of_host(&world, 7);
	do {
		go(&world, &path);
		count++;
	} while (next_path(&path));
	print_message("%u paths\n", count);
	walker_free(world.walker);
	machine_free(world.machine);
}

#define TEST(variant, command) \
	{ #variant " " #command, test_paths, NULL, NULL, &(struct test){ variant, command } }

static const struct CMUnitTest tests[] = {
	TEST(V2_0, REC_CREATE),   TEST(V2_0, REC_DESTROY),   TEST(V2_0, GPT_CREATE), TEST(V2_0, GPT_DESTROY),
	TEST(V2_0, DATA_MAP),     TEST(V2_0, DATA_UNMAP),    TEST(V2_0, UNPROT_MAP), TEST(V2_0, UNPROT_UNMAP),
	TEST(TF_2_0, REC_CREATE), TEST(TF_2_0, REC_DESTROY),
};

int main(int argc, char **argv)
{
	if (argc > 1)
		detours = (unsigned)strtoul(argv[1], NULL, 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
