/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu.c - what a realm finds in its CPU, and what it leaves there: programs of cpu-code.S in small realms */
#include <string.h>

#include "console.h"
#include "cpu.h"
#include "modes.h"
#include "rmi-host.h"
#include "sysreg.h"

#define PAGE_WORDS 512
#define EXCEPTION_ELR 509	/* words of the shared page, as cpu-code.S has them */
#define EXCEPTION_ESR 510
#define VECTOR_LENGTH 511
#define EC(esr) ((esr) >> 26)
#define EC_UNKNOWN 0x00
#define EC_BREAKPOINT 0x31
#define EC_STEP 0x33
#define EC_WATCHPOINT 0x35
#define OSLSR_OSLK 2

extern const char code_report[], code_ids[], code_state[], code_sve[], code_no_sve[], code_breakpoint[],
	code_watchpoint[], code_step_id[], code_step_absent[], code_step_call[], code_pauth[], code_trapped[],
	code_features[], code_aarch32[];

const struct cpu_shape cpu_plain = { .s2sz = 33, .start_level = 1, .roots = 1, .num_bps = 1, .num_wps = 2 };

static struct machine machine;

struct cpu_realm cpu_new(const struct cpu_shape *shape, const void *program)
{
	struct cpu_realm realm;
	uint64_t result = cpu_realm_new(&machine, shape, program, &realm);

	if (result)
		panic("host: no realm of %d bits: an RMI call gave %x", (uint64_t)shape->s2sz, result);
	return realm;
}

void cpu_reports(struct cpu_realm *realm, const char *name)
{
	if (!tap_equal(name, cpu_realm_enter(realm, CPU_LONG), RMI_EXIT_HOST_CALL))
		print("# ESR %x FAR %x HPFAR %x\n", realm->run->exit.esr, realm->run->exit.far, realm->run->exit.hpfar);
}

/* ID registers */

static unsigned id_field(const struct cpu_realm *realm, unsigned crm, unsigned op2, unsigned shift)
{
	return realm->shared[(crm - 1) * 8 + op2] >> shift & 0xf;
}

static void test_ids(void)
{
	static const struct {
		const char *name;
		uint8_t crm, op2, shift, expected;
	} fields[] = {
		{ "id: PFR0.EL0 is AArch64 alone", 4, 0, 0, 1 }, { "id: PFR0.EL1 is AArch64 alone", 4, 0, 4, 1 },
		{ "id: PFR0.EL2", 4, 0, 8, 0 }, { "id: PFR0.GIC", 4, 0, 24, 1 }, { "id: PFR0.SVE", 4, 0, 32, 0 },
		{ "id: PFR0.RME", 4, 0, 52, 0 }, { "id: PFR1.MTE", 4, 1, 8, 0 }, { "id: PFR1.SME", 4, 1, 24, 0 },
		{ "id: PFR1.NMI", 4, 1, 36, 0 }, { "id: DFR0.PMUVer", 5, 0, 8, 0 }, { "id: DFR0.BRPs", 5, 0, 12, 1 },
		{ "id: DFR0.WRPs", 5, 0, 20, 2 }, { "id: DFR0.TraceBuffer", 5, 0, 44, 0 },
		{ "id: ISAR0.Atomic", 6, 0, 20, 2 }, { "id: ISAR0.RNDR", 6, 0, 60, 1 }, { "id: MMFR0.FGT", 7, 0, 56, 0 },
		{ "id: MMFR0.ECV without offset", 7, 0, 60, 1 }, { "id: MMFR1.VH", 7, 1, 8, 0 },
		{ "id: MMFR2.NV", 7, 2, 24, 0 }, { "id: ID_ISAR0_EL1 of AArch32", 2, 0, 0, 0 },
	};
	struct cpu_realm realm = cpu_new(&cpu_plain, code_ids);

	cpu_reports(&realm, "id: all can be read");
	for (unsigned i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		tap_equal(fields[i].name, id_field(&realm, fields[i].crm, fields[i].op2, fields[i].shift),
			  fields[i].expected);
	tap_equal("id: MIDR is the CPU's", realm.shared[56], sysreg_read(midr_el1));
	tap_equal("id: MPIDR is the REC's", realm.shared[57], UINT64_C(1) << 31);
	tap_equal("id: REVIDR", realm.shared[58], 0);
}

/* State: two realms take turns, and the host has something in its debug registers. */

#define STATE_REGS 29	/* and FPCR, FPSR */
#define STATE_VECTORS 64
#define STATE_WORDS (STATE_VECTORS + 64)

/* Values that all of the registers can hold: addresses of pages */
static void fill_state(uint64_t *words, uint64_t seed)
{
	for (unsigned i = 0; i < STATE_REGS; i++)
		words[i] = (seed + i) << 12;
	words[STATE_REGS] = seed << 22 & 0x00c00000;	/* FPCR.RMode */
	words[STATE_REGS + 1] = seed & 0x1f;
	for (unsigned i = STATE_VECTORS; i < STATE_WORDS; i++)
		words[i] = seed * 0x0101010101010101 * (i + 1);
}

static void state_is(const struct cpu_realm *realm, const uint64_t *expected, const char *name)
{
	unsigned differ = 0;

	for (unsigned i = 0; i < STATE_WORDS; i++) {
		if (realm->shared[i] == expected[i])
			continue;
		print("# word %d: %x, expected %x\n", (uint64_t)i, realm->shared[i], expected[i]);
		differ++;
	}
	tap_equal(name, differ, 0);
}

static void fill_host(void)
{
	sysreg_write(dbgbvr0_el1, 0x1000);
	sysreg_write(dbgbvr5_el1, 0x2000);
	sysreg_write(dbgwvr0_el1, 0x3000);
	sysreg_write(dbgwvr3_el1, 0x4000);
	sysreg_write(oslar_el1, 1);
	isb();
}

static void host_is_filled(const char *name)
{
	tap_result(sysreg_read(dbgbvr0_el1) == 0x1000 && sysreg_read(dbgbvr5_el1) == 0x2000 &&
		   sysreg_read(dbgwvr0_el1) == 0x3000 && sysreg_read(dbgwvr3_el1) == 0x4000 &&
		   sysreg_read(oslsr_el1) & OSLSR_OSLK, name);
}

static void test_state(void)
{
	static uint64_t of_a[PAGE_WORDS], of_b[PAGE_WORDS], none[PAGE_WORDS];
	struct cpu_realm a = cpu_new(&cpu_plain, code_state), b = cpu_new(&cpu_plain, code_state);

	fill_host();
	fill_state(of_a, 0x11);
	fill_state(of_b, 0x2202);
	cpu_reports(&a, "state: A stores");
	state_is(&a, none, "state: A finds nothing");
	memcpy(a.shared, of_a, sizeof(of_a));
	cpu_reports(&a, "state: A loads");
	host_is_filled("state: the host's after A");
	cpu_reports(&b, "state: B stores");
	state_is(&b, none, "state: B finds nothing");
	memcpy(b.shared, of_b, sizeof(of_b));
	cpu_reports(&b, "state: B loads");
	cpu_reports(&a, "state: A stores again");
	state_is(&a, of_a, "state: A's is kept");
	cpu_reports(&b, "state: B stores again");
	state_is(&b, of_b, "state: B's is kept");
	host_is_filled("state: the host's after all");
}

/* SVE, with vectors of 2048 and of 512 bits */

static uint64_t start_sve(struct cpu_realm *realm, uint64_t quads, uint64_t seed)
{
	cpu_reports(realm, "sve: stores");
	tap_equal("sve: length of vectors", realm->shared[VECTOR_LENGTH], 16 * quads);
	tap_equal("sve: nothing is found", realm->shared[0] | realm->shared[2], 0);
	realm->shared[0] = seed;
	cpu_reports(realm, "sve: loads");
	return realm->shared[1];
}

static void test_sve(void)
{
	struct cpu_shape long_one = cpu_plain, short_one = cpu_plain;
	struct cpu_realm a, b;
	uint64_t sum_a, sum_b;

	long_one.sve = short_one.sve = true;
	long_one.sve_vl = 15;
	short_one.sve_vl = 3;
	a = cpu_new(&long_one, code_sve);
	b = cpu_new(&short_one, code_sve);
	sum_a = start_sve(&a, 16, 1);
	sum_b = start_sve(&b, 4, 2);
	cpu_reports(&a, "sve: A stores again");
	tap_equal("sve: A's is kept", a.shared[0], sum_a);
	tap_equal("sve: A's length is kept", a.shared[VECTOR_LENGTH], 256);
	cpu_reports(&b, "sve: B stores again");
	tap_equal("sve: B's is kept", b.shared[0], sum_b);
}

/* An exception to EL1 ends the program. */
static void ends_with(const void *program, unsigned ec, const char *name)
{
	struct cpu_realm realm = cpu_new(&cpu_plain, program);

	cpu_reports(&realm, name);
	tap_equal(name, EC(realm.shared[EXCEPTION_ESR]), ec);
}

static void test_step(const void *program, const char *name)
{
	struct cpu_realm realm = cpu_new(&cpu_plain, program);

	cpu_reports(&realm, name);
	tap_equal(name, EC(realm.shared[EXCEPTION_ESR]), EC_STEP);
	tap_equal(name, realm.shared[EXCEPTION_ELR], realm.shared[0]);
}

static void test_pauth(void)
{
	struct cpu_realm a = cpu_new(&cpu_plain, code_pauth), b = cpu_new(&cpu_plain, code_state);

	cpu_reports(&a, "pauth: A signs");
	tap_result(a.shared[0] >> 48, "pauth: it is signed");
	cpu_reports(&b, "pauth: B stores");
	cpu_reports(&b, "pauth: B loads other keys");
	cpu_reports(&a, "pauth: A authenticates");
	tap_equal("pauth: it is good", a.shared[1], 1);
}

static void test_features(void)
{
	struct cpu_realm realm = cpu_new(&cpu_plain, code_trapped);

	cpu_reports(&realm, "registers that a realm lacks");
	tap_equal("they keep nothing", realm.shared[0], 0);
	tap_equal("they are all there are", realm.shared[1], 13);
	realm = cpu_new(&cpu_plain, code_features);
	cpu_reports(&realm, "instructions that a realm has");
	tap_equal("they work", realm.shared[0], 0x5a5a5a5a5a5a5a5a);
	realm = cpu_new(&cpu_plain, code_aarch32);
	tap_equal("AArch32 at EL0 is interrupted", cpu_realm_enter(&realm, CPU_SHORT), RMI_EXIT_IRQ);
}

/* Every start level, few and many tables side by side, both forms of descriptors */
static void test_shapes(void)
{
	static const struct cpu_shape shapes[] = {
		{ .s2sz = 34, .start_level = 2, .roots = 16 }, { .s2sz = 32, .start_level = 1, .roots = 1 },
		{ .s2sz = 39, .start_level = 1, .roots = 1 }, { .s2sz = 40, .start_level = 1, .roots = 2 },
		{ .s2sz = 43, .start_level = 1, .roots = 16 }, { .s2sz = 40, .start_level = 0, .roots = 1 },
		{ .s2sz = 48, .start_level = 0, .roots = 1 },
		{ .s2sz = 33, .start_level = 1, .roots = 1, .lpa2 = true },
		{ .s2sz = 48, .start_level = 0, .roots = 1, .lpa2 = true },
		{ .s2sz = 49, .start_level = 0, .roots = 2, .lpa2 = true },
		{ .s2sz = 52, .start_level = 0, .roots = 16, .lpa2 = true },
		{ .s2sz = 49, .start_level = -1, .roots = 1, .lpa2 = true },
		{ .s2sz = 52, .start_level = -1, .roots = 1, .lpa2 = true },
	};

	for (unsigned i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		struct cpu_shape shape = shapes[i];
		struct cpu_realm realm;

		shape.num_bps = shape.num_wps = 1;
		realm = cpu_new(&shape, code_report);
		print("# shape: %d bits, %d tables%s\n", (uint64_t)shape.s2sz, (uint64_t)shape.roots,
		      shape.lpa2 ? ", LPA2" : "");
		cpu_reports(&realm, "shape: runs");
		tap_equal("shape: reaches both halves", realm.shared[0], UINT64_C(1) << (shape.s2sz - 1));
	}
}

int mode_cpu(void)
{
	machine_open(&machine);
	if (host_boot(&machine, RMI_GRANULE_SIZE_4KB) != RMI_SUCCESS)
		panic("host: the RMM does not boot");
	test_ids();
	test_state();
	test_sve();
	ends_with(code_no_sve, EC_UNKNOWN, "sve: undefined without it");
	ends_with(code_breakpoint, EC_BREAKPOINT, "debug: a breakpoint");
	ends_with(code_watchpoint, EC_WATCHPOINT, "debug: a watchpoint");
	test_step(code_step_id, "debug: a step over an ID register");
	test_step(code_step_absent, "debug: a step over a register that is absent");
	test_step(code_step_call, "debug: a step over a call");
	test_pauth();
	test_features();
	cpu_test_gic();
	cpu_test_timers();
	test_shapes();
	return tap_end();
}
