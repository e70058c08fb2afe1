/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * hosted.c - runs the cases on the test machine of rmm/test, its walker behind every call
 *
 *	hosted VARIANT [GRANULE [bare]]	rmm-1.0, rmm-2.0 or tf-rmm-2.0; 4K, 16K or 64K; without optional features
 *	hosted list
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "cpu.h"
#include "rmi-machine.h"
#include "walker.h"

#define REGION UINT64_C(0x140000000)	/* a GiB that holds nothing else */
#define HOLE UINT64_C(0x180000000)
#define FEW_RECS_ORDER 5	/* so few that a row can make all of them */
#define FEW_MECS 8

static void on_smc(void *ctx, uint64_t regs[CASES_REGS])
{
	machine_rmi(ctx, regs);
}

static void on_read(void *ctx, uint64_t pa, void *data, size_t size)
{
	memcpy(data, machine_ns(ctx, pa, size), size);
}

static void on_write(void *ctx, uint64_t pa, const void *data, size_t size)
{
	memcpy(machine_ns(ctx, pa, size), data, size);
}

static void on_line(void *ctx, const char *text)
{
	puts(text);
	fflush(stdout);
}

static void on_irq(void *ctx, bool pending)
{
	struct machine *machine = ctx;

	machine->irq[machine->cpu] = pending;
}

static void on_write_lr(void *ctx, unsigned index, uint64_t value)
{
	struct machine *machine = ctx;

	machine->gic[machine->cpu].lrs[index] = value;
}

static void on_write_hcr(void *ctx, uint64_t value)
{
	struct machine *machine = ctx;

	machine->gic[machine->cpu].hcr = value;
}

/* What another CPU does while a guest runs */
static struct {
	void (*what)(void *arg);
	void *arg;
} meanwhile;

static void run_meanwhile(struct machine *machine, void *arg, struct rmm_guest *guest, struct rmm_trap *trap)
{
	machine->guest = NULL;
	machine->cpu = 1;
	meanwhile.what(meanwhile.arg);
	machine->cpu = 0;
	cpu_run(machine, guest, trap);
}

static void on_meanwhile(void *ctx, void (*what)(void *arg), void *arg)
{
	struct machine *machine = ctx;

	meanwhile.what = what;
	meanwhile.arg = arg;
	machine->guest = run_meanwhile;
}

static const struct {
	const char *name;
	const struct rmm_variant *rmm;
	enum cases_variant variant;
} variants[] = {
	{ "rmm-1.0", &rmm_variant_1_0, RMM_1_0 },
	{ "rmm-2.0", &rmm_variant_2_0, RMM_2_0 },
	{ "tf-rmm-2.0", &rmm_variant_tf_2_0, TF_2_0 },
};

static const struct {
	const char *name;
	unsigned shift;
} granules[] = { { "4K", 12 }, { "16K", 14 }, { "64K", 16 } };

/* What a CPU and an RMM need not have */
static void strip(struct rmm_limits *limits)
{
	limits->lpa2 = false;
	limits->sve = false;
	limits->sve_vl = 0;
	limits->da = false;
	limits->aux_planes = 0;
	limits->s2ap_indirect = false;
}

static int run(const struct rmm_variant *rmm, enum cases_variant variant, unsigned shift, bool bare)
{
	struct rmm_limits limits = *rmm_variant_limits(rmm);
	uint64_t granule = UINT64_C(1) << shift;
	/* No more than is needed: the walker looks at all of it after each call. */
	const struct rmm_bank banks[] = {
		{ MACHINE_BASE, 2 * CASES_GRANULES * granule },
		{ REGION, shift == 14 ? 0x2000000 : 0x200000 },
	};
	struct machine_config config = { .variant = rmm, .limits = &limits, .banks = banks, .num_banks = 2 };
	struct case_host host = {
		.variant = variant, .granule_shift = shift, .region = REGION, .hole = HOLE,
		.smc = on_smc, .read = on_read, .write = on_write, .line = on_line, .irq = on_irq,
		.write_lr = on_write_lr, .write_hcr = on_write_hcr, .meanwhile = on_meanwhile, .has_guest = true,
	};
	struct machine *machine;
	struct walker *walker;
	int failed;

	limits.max_recs_order = FEW_RECS_ORDER;
	limits.mec_count = FEW_MECS;
	if (bare)
		strip(&limits);
	machine = machine_new(&config);
	machine->granule = granule;
	walker = walker_attach(machine);
	host.ctx = machine;
	host.memory = machine_pages(machine, CASES_GRANULES, 256 * granule);
	if (shift == 12)
		host.blocks = machine_pages(machine, 512, 512 * granule);
	failed = cases_run(&host);
	walker_free(walker);
	machine_free(machine);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int list(void)
{
	const struct case_host host = { .line = on_line };

	cases_list(&host);
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	const char *granule = argc > 2 ? argv[2] : "4K";
	bool bare = argc > 3 && !strcmp(argv[3], "bare");

	if (argc == 2 && !strcmp(argv[1], "list"))
		return list();
	for (size_t v = 0; argc > 1 && v < sizeof(variants) / sizeof(*variants); v++) {
		for (size_t g = 0; g < sizeof(granules) / sizeof(*granules); g++) {
			if (!strcmp(argv[1], variants[v].name) && !strcmp(granule, granules[g].name))
				return run(variants[v].rmm, variants[v].variant, granules[g].shift, bare);
		}
	}
	fprintf(stderr, "hosted: give rmm-1.0, rmm-2.0 or tf-rmm-2.0, and 4K, 16K or 64K, and bare; or list\n");
	return 2;
}
