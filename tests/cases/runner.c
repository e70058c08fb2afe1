/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* runner.c - runs the rows of all tables: set-up, steps, tear-down, a line of TAP */
#include "world.h"

static const struct case_table *const all_tables[] = {
	&cases_rmm, &cases_granule, &cases_realm, &cases_realm_params, &cases_rtt, &cases_map, &cases_map_1_0,
	&cases_ripas, &cases_rec, &cases_op, &cases_guest_exit, &cases_guest_memory, &cases_guest_psci,
	&cases_guest_rsi,
};

#define NUM_TABLES (sizeof(all_tables) / sizeof(*all_tables))

/* Only the first fault of a row is told: what follows it follows from it. */
bool world_fail(struct world *world, const char *what)
{
	if (!world->fault.len)
		text_add(&world->fault, what);
	return false;
}

bool world_must(struct world *world, const char *what, uint64_t x0)
{
	if (x0 == RMI_SUCCESS)
		return true;
	if (!world->fault.len) {
		text_add(&world->fault, what);
		text_add(&world->fault, ": expected SUCCESS, got ");
		text_result(&world->fault, x0);
	}
	return false;
}

static void begin_fault(struct world *world, const struct step *step, unsigned number, const char *what)
{
	struct text *fault = &world->fault;

	text_add(fault, "step ");
	text_num(fault, number);
	text_add(fault, ", ");
	text_add(fault, step->name);
	text_add(fault, what);
	text_add(fault, ": expected ");
}

static bool value_fault(struct world *world, const struct step *step, unsigned number, const char *what,
			uint64_t expected, uint64_t got)
{
	if (world->fault.len)
		return false;
	begin_fault(world, step, number, what);
	text_hex(&world->fault, expected);
	text_add(&world->fault, ", got ");
	text_hex(&world->fault, got);
	return false;
}

static bool check_x0(struct world *world, const struct step *step, unsigned number)
{
	uint64_t expected = world_value(world, step->x0);
	bool may_cancel = rmi_result_get_status(expected) == RMI_INCOMPLETE;
	uint64_t got = world->x[0] & ~(may_cancel ? RMI_RESULT_DATA_INCOMPLETE_CANCEL_MASK : 0);

	if (step->x0.base == ANYTHING || got == expected)
		return true;
	if (!world->fault.len) {
		begin_fault(world, step, number, "");
		text_result(&world->fault, expected);
		text_add(&world->fault, ", got ");
		text_result(&world->fault, world->x[0]);
	}
	return false;
}

/* After an error all registers but those listed must be zero: the RMM says nothing else. */
static bool check_outs(struct world *world, const struct step *step, unsigned number)
{
	static const char *const names[STEP_OUTS + 1] = { " X0", " X1", " X2", " X3", " X4" };
	unsigned status = (unsigned)rmi_result_get_status(world->x[0]);
	bool is_error = status != RMI_SUCCESS && status != RMI_INCOMPLETE &&
		world->x[0] != (uint64_t)SMCCC_NOT_SUPPORTED;

	for (unsigned i = 0; i < STEP_OUTS; i++) {
		uint64_t expected = i < step->outs ? world_value(world, step->out[i]) : 0;

		if (i >= step->outs && !(is_error && i < 3))
			break;
		if ((i >= step->outs || step->out[i].base != ANYTHING) && world->x[i + 1] != expected)
			return value_fault(world, step, number, names[i + 1], expected, world->x[i + 1]);
	}
	return true;
}

static bool run_steps(struct world *world, const struct step *steps);

static void run_meanwhile(void *arg)
{
	struct world *world = arg;

	run_steps(world, world->meanwhile);
}

static bool run_smc(struct world *world, const struct step *step, unsigned number)
{
	uint64_t args[STEP_ARGS];

	for (unsigned i = 0; i < STEP_ARGS; i++)
		args[i] = world_value(world, step->arg[i]);
	if (step->meanwhile) {
		world->meanwhile = step->meanwhile;
		world->host->meanwhile(world->host->ctx, run_meanwhile, world);
	}
	if (step->kind == STEP_CALL)
		world_call(world, step->fid, args);
	else
		world_smc(world, step->fid, args);
	return check_x0(world, step, number) && check_outs(world, step, number);
}

static bool run_step(struct world *world, const struct step *step, unsigned number)
{
	uint64_t value, place = world_value(world, step->arg[0]), expected = world_value(world, step->x0);

	switch (step->kind) {
	case STEP_CALL:
	case STEP_RAW:
		return run_smc(world, step, number);
	case STEP_POKE:
		world_poke(world, place, expected);
		return true;
	case STEP_PEEK:
		value = world_peek(world, place) & step->mask;
		return value == expected || value_fault(world, step, number, "", expected, value);
	case STEP_KEEP:
		world->kept[world_value(world, step->arg[1])] = world->x[place];
		return true;
	default:
		return step->run(world) || world_fail(world, step->name);
	}
}

static bool run_steps(struct world *world, const struct step *steps)
{
	for (unsigned i = 0; steps[i].kind != STEP_END; i++) {
		if (!run_step(world, &steps[i], i + 1) || world->fault.len)
			return false;
	}
	return true;
}

/* Both halves run, whatever came of the first. */
static bool run_row(struct world *world, const struct case_row *row)
{
	struct text fault;
	bool ok;

	world->row = row;
	world->fault = (struct text){ .len = 0 };
	ok = world_stage(world, row->stage) && run_steps(world, row->steps);
	fault = world->fault;
	world->fault = (struct text){ .len = 0 };
	ok = world_tear_down(world) && ok;
	if (fault.len)
		world->fault = fault;
	return ok && !world->fault.len;
}

struct tally {
	unsigned number, failed;
};

static void print(const struct case_host *host, struct tally *tally, const struct case_row *row, const char *skip,
		  const struct text *fault)
{
	struct text line = { .len = 0 };

	text_add(&line, fault ? "not ok " : "ok ");
	text_num(&line, ++tally->number);
	text_add(&line, " - ");
	text_add(&line, row->name);
	if (skip) {
		text_add(&line, " # SKIP ");
		text_add(&line, skip);
	}
	host->line(host->ctx, line.s);
	if (fault) {
		line.len = 0;
		text_add(&line, "# ");
		text_add(&line, fault->s);
		host->line(host->ctx, line.s);
		tally->failed++;
	}
}

/* Why a row is skipped, by the lowest bit of enum need that this machine or RMM lacks */
static const char *const lacking[] = {
	"the host cannot make interrupts pending", "the host has no list registers", "realms run no programs",
	"granules are not of 4 KiB", "there is no block of memory to spare", "no SVE", "no LPA2", "LPA2 is there",
	"no device assignment", "a PMU is there", "no planes", "device assignment is there",
	"too many RECs to make them all", "no region of memory for itself", "SVE is there", "there is but one CPU",
	"granules are not of 16 KiB", "too many memory encryption contexts to use them all",
	"this CPU does not trap as the program wants",
};

static const char *skip_reason(uint32_t lacked)
{
	return lacked ? lacking[__builtin_ctz(lacked)] : NULL;
}

static bool applies(const struct case_host *host, const struct case_row *row, bool at_boot)
{
	return (row->variants & host->variant) && (row->stage == AT_BOOT) == at_boot;
}

static void run_all(struct world *world, struct tally *tally, bool at_boot)
{
	for (unsigned t = 0; t < NUM_TABLES; t++) {
		for (size_t i = 0; i < all_tables[t]->count; i++) {
			const struct case_row *row = &all_tables[t]->rows[i];
			const char *skip = skip_reason(row->needs & world->lacks);

			if (!applies(world->host, row, at_boot))
				continue;
			if (skip)
				print(world->host, tally, row, skip, NULL);
			else
				print(world->host, tally, row, NULL, run_row(world, row) ? NULL : &world->fault);
		}
	}
}

static void print_plan(const struct case_host *host)
{
	struct text line = { .len = 0 };
	unsigned count = 0;

	for (unsigned t = 0; t < NUM_TABLES; t++)
		for (size_t i = 0; i < all_tables[t]->count; i++)
			count += (all_tables[t]->rows[i].variants & host->variant) != 0;
	text_add(&line, "1..");
	text_num(&line, count);
	host->line(host->ctx, line.s);
}

int cases_run(const struct case_host *host)
{
	static struct world world;
	struct tally tally = { 0 };

	print_plan(host);
	world_init(&world, host);
	world_read_limits(&world);
	run_all(&world, &tally, true);
	if (!world_bring_up(&world)) {
		struct text line = { .len = 0 };

		text_add(&line, "Bail out! ");
		text_add(&line, world.fault.s);
		host->line(host->ctx, line.s);
		return (int)tally.failed + 1;
	}
	for (unsigned i = 0; i < CASES_GRANULES; i++)
		world.kept_by_rmm[i] = world.donated[i];
	run_all(&world, &tally, false);
	return (int)tally.failed;
}

/* The listing: a line a row, then what it shows: each command with the X0 it must give, each SMC of the realm */

static void list_step(const struct case_host *host, const struct step *step)
{
	struct text line = { .len = 0 };

	if ((step->kind != STEP_CALL && step->kind != STEP_RAW) || step->x0.base != NUMBER)
		return;
	text_add(&line, "\t");
	text_add(&line, step->name);
	text_add(&line, "\t");
	text_result(&line, (uint64_t)step->x0.n);
	host->line(host->ctx, line.s);
}

static void list_steps(const struct case_host *host, const struct step *steps)
{
	for (; steps->kind != STEP_END; steps++) {
		list_step(host, steps);
		if (steps->meanwhile)
			list_steps(host, steps->meanwhile);
	}
}

static void list_program(const struct case_host *host, const struct case_row *row)
{
	for (size_t i = 0; i < row->records; i++) {
		struct text line = { .len = 0 };

		if (row->program[i].op != PROGRAM_SMC)
			continue;
		text_add(&line, "\tSMC\t");
		text_hex(&line, row->program[i].x[0]);
		host->line(host->ctx, line.s);
	}
}

static void list_row(const struct case_host *host, const struct case_row *row)
{
	struct text line = { .len = 0 };

	text_add(&line, row->name);
	text_add(&line, "\t");
	text_num(&line, row->variants);
	text_add(&line, "\t");
	text_add(&line, row->row);
	host->line(host->ctx, line.s);
	list_steps(host, row->steps);
	list_program(host, row);
}

void cases_list(const struct case_host *host)
{
	for (unsigned t = 0; t < NUM_TABLES; t++)
		for (size_t i = 0; i < all_tables[t]->count; i++)
			list_row(host, &all_tables[t]->rows[i]);
}
