/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* bench.c - what things cost on this machine; lines "bench: WHAT: NUMBER UNIT" */
#include "code.h"
#include "console.h"
#include "host.h"
#include "modes.h"
#include "rmi-host.h"
#include "rmi.h"
#include "rsi.h"
#include "test-realm.h"

#define CALLS 10000
#define ENTRIES 2000
#define PAGES 480	/* of the realm's, behind those that it has */
#define PAGES_BASE UINT64_C(0x10000)
#define BLOCK_SIZE UINT64_C(0x200000)
#define BLOCKS 16
#define RSI_CALLS 10000	/* in one run */

#define MMIO_HIGH 0x8010	/* bits 31:16 of an address where the realm has a device */
#define COUNTER 20	/* register */

/* Exits for a load from a device, for ever */
static const uint32_t code_exits[] = { A64_MOVZ(3, MMIO_HIGH, 1), A64_LDR(3, 2, 3), A64_B(-1) };

/* The same with calls of the RMM before each */
static const uint32_t code_calls[] = {
	A64_MOVZ(COUNTER, RSI_CALLS, 0),
	A64_MOVZ(0, SMC_RSI_VERSION & 0xffff, 0),
	A64_MOVK(0, SMC_RSI_VERSION >> 16, 1),
	A64_MOVZ(1, 1, 1),
	A64_SMC,
	A64_SUB(COUNTER, COUNTER, 1),
	A64_CBNZ(COUNTER, -5),
	A64_MOVZ(3, MMIO_HIGH, 1),
	A64_LDR(3, 2, 3),
	A64_B(-9),
};

static struct machine machine;
static struct test_realm realm;

static void tell(const char *what, uint64_t number, const char *unit)
{
	print("bench: %s: %d %s\n", what, number, unit);
}

/* ns for each of count, that took microseconds together */
static void tell_each(const char *what, uint64_t start, uint64_t count)
{
	tell(what, (now() - start) * 1000 / count, "ns");
}

static void tell_speed(const char *what, uint64_t start, uint64_t bytes)
{
	tell(what, (bytes >> 10) * 1000000 / (now() - start), "KiB/s");
}

static void measure_call(const char *what, uint64_t fid)
{
	uint64_t start = now();

	for (unsigned i = 0; i < CALLS; i++)
		smc_call(fid, 0);
	tell_each(what, start, CALLS);
}

static void measure_delegation(const char *what, uint64_t size, unsigned count)
{
	uint64_t pa = machine_pages(&machine, size / machine.granule, size), start = now();

	for (unsigned i = 0; i < count; i++)
		if (host_delegate(&machine, pa, size) != RMI_SUCCESS || host_undelegate(&machine, pa, size) != RMI_SUCCESS)
			machine_stop("delegation: result", machine.x[0]);
	tell_each(what, start, count);
}

static void measure_populate(const char *what, uint64_t flags)
{
	uint64_t source = machine_pages(&machine, 1, 0), start;

	realm_new(&realm, &machine, code_exits, sizeof(code_exits), 1);
	start = now();
	for (unsigned i = 0; i < PAGES; i++)
		realm_load_page(&realm, PAGES_BASE + i * machine.granule, source, flags);
	tell_speed(what, start, PAGES * machine.granule);
	realm_end(&realm);
}

/* Each exit is answered by a value; count entries, and calls of the realm between two exits. */
static void measure_runs(const char *what, const uint32_t *code, size_t size, unsigned entries, uint64_t calls)
{
	uint64_t *flags, start;

	realm_make(&realm, &machine, code, size, 1);
	flags = machine_ns(&machine, realm.recs[0].run + RMI_REC_ENTER_FLAGS_OFFSET, sizeof(*flags));
	realm_enter(&realm, 0);
	*flags = RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK;
	start = now();
	for (unsigned i = 0; i < entries; i++)
		if (realm_enter(&realm, 0) != RMI_SUCCESS ||
		    realm_exit(&realm, 0, RMI_REC_EXIT_EXIT_REASON_OFFSET) != RMI_EXIT_SYNC)
			machine_stop("an exit for another reason", realm_exit(&realm, 0, RMI_REC_EXIT_EXIT_REASON_OFFSET));
	tell_each(what, start, entries * calls);
	realm_end(&realm);
}

int mode_bench(void)
{
	machine_open(&machine);
	if (host_boot(&machine, RMI_GRANULE_SIZE_4KB) != RMI_SUCCESS)
		machine_stop("the RMM does not start: result", machine.x[0]);
	measure_call("SMC to EL3 and back", SMC_TEST_PING_EL3);
	measure_call("SMC to the RMM and back", SMC_TEST_PING_RMM);
	measure_call("RMI_FEATURES", SMC_RMI_FEATURES);
	measure_delegation("delegate and undelegate 4 KiB", machine.granule, CALLS / 10);
	measure_delegation("delegate and undelegate 2 MiB", BLOCK_SIZE, BLOCKS);
	measure_runs("REC entry and exit", code_exits, sizeof(code_exits), ENTRIES, 1);
	measure_runs("RSI_VERSION in a realm", code_calls, sizeof(code_calls), 1, RSI_CALLS);
	measure_populate("populate, measured", RMI_MEASURE_CONTENT);
	measure_populate("populate, not measured", RMI_NO_MEASURE_CONTENT);
	return 0;
}
