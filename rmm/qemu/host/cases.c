/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cases.c - the cases of tests/cases, on this machine */
#include <string.h>

#include "cases.h"
#include "compile.h"
#include "console.h"
#include "fwcfg.h"
#include "host.h"
#include "modes.h"
#include "rmi.h"
#include "sysreg.h"

#define GRANULE UINT64_C(0x1000)
#define BLOCK_SIZE UINT64_C(0x200000)
#define GIB (UINT64_C(1) << 30)
#define MEMORY HOST_POOL
#define BLOCKS (HOST_POOL + 2 * BLOCK_SIZE)
#define HOLE UINT64_C(0x200000000)	/* above all memory that this host takes */
#define RMM_NAME_SIZE 16

/* How long a guest runs until the host looks after it, in microseconds */
#define PATIENCE 1000

_Static_assert(CASES_GRANULES * GRANULE == 2 * BLOCK_SIZE, "BLOCKS follows the granules of the cases");

static const struct {
	const char *name;
	enum cases_variant variant;
} variants[] = { { "rmm-1.0", RMM_1_0 }, { "rmm-2.0", RMM_2_0 }, { "tf-rmm-2.0", TF_2_0 } };

/* What CPU 1 does while a guest runs on the boot CPU */
static struct {
	void (*what)(void *arg);
	void *arg;
	bool over;	/* the guest has stopped: do not wait for it */
} meanwhile;

static uint64_t *flag(void)
{
	return (uint64_t *)(MEMORY + CASES_SHARED_PAGE * GRANULE + FLAG_OFFSET);
}

static void run_meanwhile(void *arg)
{
	while (!__atomic_load_n(flag(), __ATOMIC_ACQUIRE)) {
		if (__atomic_load_n(&meanwhile.over, __ATOMIC_ACQUIRE))
			return;
		nap();
	}
	meanwhile.what(meanwhile.arg);
	gic_send(0, SGI_KICK);
}

/* One REC_ENTER. It ends at the latest when patience is over, or when CPU 1 wants it to. */
static void enter_once(uint64_t regs[SMC_REGS])
{
	if (meanwhile.what) {
		__atomic_store_n(&meanwhile.over, false, __ATOMIC_RELEASE);
		smp_start(1, run_meanwhile, NULL);
	} else {
		timer_start(PATIENCE);
	}
	smc(regs);
	timer_stop();
	if (meanwhile.what) {
		__atomic_store_n(&meanwhile.over, true, __ATOMIC_RELEASE);
		smp_wait(1);
		meanwhile.what = NULL;
	}
	gic_take_all();
}

/* An interrupt came before the guest was where it wants one. */
static bool came_early(const uint64_t regs[SMC_REGS], const uint8_t *run)
{
	const uint8_t *reason = run + RMI_REC_RUN_EXIT_OFFSET + RMI_REC_EXIT_EXIT_REASON_OFFSET;
	uint64_t at = __atomic_load_n(flag(), __ATOMIC_ACQUIRE);

	return regs[0] == RMI_SUCCESS && *reason == RMI_EXIT_IRQ && (at == FLAG_RUNNING || at == FLAG_FIQ);
}

static void enter(uint64_t regs[SMC_REGS])
{
	uint64_t in[SMC_REGS], *flags = (uint64_t *)(regs[2] + RMI_REC_ENTER_FLAGS_OFFSET), kept;
	const uint8_t *run = (const uint8_t *)regs[2];

	memcpy(in, regs, sizeof(in));
	__atomic_store_n(flag(), FLAG_RUNNING, __ATOMIC_RELEASE);
	enter_once(regs);
	if (!came_early(regs, run))
		return;
	/* What the last exit asked for has been answered. */
	kept = *flags;
	*flags &= ~(uint64_t)(RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK | RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK);
	do {
		if (*flag() == FLAG_FIQ)
			gic_send(0, SGI_FIQ);
		memcpy(regs, in, sizeof(in));
		enter_once(regs);
	} while (came_early(regs, run));
	*flags = kept;
}

static void on_smc(void *ctx, uint64_t regs[CASES_REGS])
{
	if (regs[0] == SMC_RMI_REC_ENTER && cpu_index() == 0)
		enter(regs);
	else
		smc(regs);
}

static void on_read(void *ctx, uint64_t pa, void *data, size_t size)
{
	memcpy(data, (const void *)pa, size);
}

static void on_write(void *ctx, uint64_t pa, const void *data, size_t size)
{
	memcpy((void *)pa, data, size);
}

static void on_line(void *ctx, const char *text)
{
	print("%s\n", text);
}

static void on_irq(void *ctx, bool pending)
{
	if (pending)
		gic_send(0, SGI_KICK);
	else
		gic_take_all();
}

static void on_write_lr(void *ctx, unsigned index, uint64_t value)
{
	if (index)
		sysreg_write(ich_lr1_el2, value);
	else
		sysreg_write(ich_lr0_el2, value);
}

static void on_write_hcr(void *ctx, uint64_t value)
{
	sysreg_write(ich_hcr_el2, value);
}

static void on_meanwhile(void *ctx, void (*what)(void *arg), void *arg)
{
	meanwhile.what = what;
	meanwhile.arg = arg;
}

/* The last GiB of memory, when it has but one block: -m 2050M. */
static uint64_t lone_region(void)
{
	uint64_t end = DRAM_BASE + fwcfg_ram_size();

	return end % GIB == BLOCK_SIZE ? end - BLOCK_SIZE : 0;
}

static enum cases_variant variant(void)
{
	char name[RMM_NAME_SIZE];

	if (!fwcfg_text("opt/librealm/rmm", name, sizeof(name)))
		return TF_2_0;
	for (unsigned i = 0; i < sizeof(variants) / sizeof(*variants); i++)
		if (!strcmp(name, variants[i].name))
			return variants[i].variant;
	panic("host: there are no cases for an RMM \"%s\"", name);
}

int mode_cases(void)
{
	const struct case_host host = {
		.variant = variant(), .granule_shift = 12, .memory = MEMORY, .blocks = BLOCKS,
		.region = lone_region(), .hole = HOLE, .smc = on_smc, .read = on_read, .write = on_write,
		.line = on_line, .irq = on_irq, .write_lr = on_write_lr, .write_hcr = on_write_hcr,
		.meanwhile = smp_cpus() > 1 && smp_on(1) ? on_meanwhile : NULL,
		.has_guest = true, .compile = program_compile, .instruction = program_instruction,
	};

	return cases_run(&host) ? EXIT_FAILED : 0;
}
