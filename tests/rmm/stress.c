/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * stress.c - random calls in great number: rmm-stress SEED CALLS [INTERVAL]
 *
 * A machine lives for some thousand actions; what is left is taken apart then, and the next one begins. The walker
 * checks the whole state every INTERVAL calls. Prints how often each call had each status; fails when one never
 * succeeded.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "psci.h"
#include "rmi-1.0.h"
#include "rsi.h"
#include "sequence.h"
#include "walker.h"

#define LIFE 4000  /* records */
#define FIDS 0x100 /* from SMC_RMI_VERSION on: RMI, RSI, and behind them PSCI */
#define PSCI_FIDS 0xe0
#define STATUSES 18 /* the last is for negative ones */

enum interface {
	RMI_1,
	RMI_2,
	RSI,
	INTERFACES,
};

struct counts {
	uint64_t calls;
	bool is_v1;
	uint64_t results[INTERFACES][FIDS][STATUSES];
};

struct name {
	enum interface interface;
	const char *name;
	uint64_t fid;
};

#define NAME_1(name, ...) { RMI_1, #name, SMC_##name },
#define NAME_2(name, ...) { RMI_2, #name, SMC_##name },
#define NAME_RSI(name, ...) { RSI, #name, SMC_##name },

static const struct name names[] = {
	RMI1_COMMANDS(NAME_1)
	RMI_COMMANDS(NAME_2)
	RSI_COMMANDS(NAME_RSI)
	{ RSI, "PSCI_CPU_SUSPEND", SMC64_PSCI_CPU_SUSPEND },
	{ RSI, "PSCI_CPU_OFF", SMC32_PSCI_CPU_OFF },
	{ RSI, "PSCI_CPU_ON", SMC64_PSCI_CPU_ON },
	{ RSI, "PSCI_AFFINITY_INFO", SMC64_PSCI_AFFINITY_INFO },
	{ RSI, "PSCI_SYSTEM_OFF", SMC32_PSCI_SYSTEM_OFF },
	{ RSI, "PSCI_SYSTEM_RESET", SMC32_PSCI_SYSTEM_RESET },
	{ RSI, "PSCI_FEATURES", SMC32_PSCI_FEATURES },
};

static unsigned fid_index(uint64_t fid)
{
	uint64_t index = fid - SMC_RMI_VERSION;

	return index < PSCI_FIDS ? (unsigned)index : PSCI_FIDS + (fid & 0x1f);
}

static void count(void *arg, enum rmm_call call, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	struct counts *counts = arg;
	enum interface interface = call == RMM_CALL_RSI ? RSI : counts->is_v1 ? RMI_1 : RMI_2;
	unsigned status = out[0] >> 63 ? STATUSES - 1 : result_status(out[0]) % (STATUSES - 1);

	if (out[0] == in[0]) /* a call of a realm that the host has to answer, or that does not return */
		status = RMI_SUCCESS;
	counts->calls += call == RMM_CALL_RMI;
	counts->results[interface][fid_index(in[0])][status]++;
}

static void print_row(const char *name, const uint64_t results[STATUSES])
{
	printf("%-28s", name);
	for (unsigned status = 0; status < STATUSES; status++)
		if (results[status])
			printf(" %d:%" PRIu64, status == STATUSES - 1 ? -1 : (int)status, results[status]);
	putchar('\n');
}

static void print_counts(const struct counts *counts)
{
	uint64_t totals[STATUSES] = { 0 };

	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const uint64_t *results = counts->results[names[i].interface][fid_index(names[i].fid)];

		print_row(names[i].name, results);
		for (unsigned status = 0; status < STATUSES && names[i].interface != RSI; status++)
			totals[status] += results[status];
	}
	print_row("RMI", totals);
}

/* Calls that were refused sometimes, but never for a lack of support, must have been carried out too. */
static bool all_succeeded(const struct counts *counts)
{
	bool all = true;

	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const uint64_t *results = counts->results[names[i].interface][fid_index(names[i].fid)];

		if (results[RMI_ERROR_INPUT] && !results[RMI_SUCCESS] && !results[RMI_INCOMPLETE]) {
			printf("%s never succeeded\n", names[i].name);
			all = false;
		}
	}
	return all;
}

static void live(struct sequence_input *input, struct counts *counts, unsigned interval)
{
	struct sequence sequence;
	struct walker *walker;

	sequence_begin(&sequence, input);
	walker = walker_attach(sequence.machine);
	walker_set_interval(walker, interval);
	counts->is_v1 = sequence.machine->variant == &rmm_variant_1_0;
	sequence.machine->test_hooks.log = count;
	sequence.machine->test_hooks.arg = counts;
	sequence_boot(&sequence);
	while (sequence_step(&sequence))
		;
	sequence_end(&sequence);
	input->random = sequence.input.random;
	walker_free(walker);
	machine_free(sequence.machine);
}

int main(int argc, char **argv)
{
	static struct counts counts;
	struct sequence_input input = { .size = LIFE };
	unsigned interval = 1;
	uint64_t calls;
	clock_t start = clock();

	if (argc < 3 || argc > 4) {
		fputs("usage: rmm-stress SEED CALLS [INTERVAL]\n", stderr);
		return 2;
	}
	input.random = strtoull(argv[1], NULL, 0) * 2 + 1;
	calls = strtoull(argv[2], NULL, 0);
	if (argc == 4)
		interval = (unsigned)strtoul(argv[3], NULL, 0);
	while (counts.calls < calls)
		live(&input, &counts, interval);
	print_counts(&counts);
	printf("%" PRIu64 " calls, %.0f a second\n", counts.calls,
	       (double)counts.calls * CLOCKS_PER_SEC / (double)(clock() - start));
	return !all_succeeded(&counts);
}
