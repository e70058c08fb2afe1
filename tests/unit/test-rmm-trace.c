/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-rmm-trace.c - the line of a call: what is in it beside the registers, and when that was read */
#include <stdio.h>
#include "rmm-guest.h"
#include "psci.h"
#include "rsi.h"
#include "test-port.h"
#include "rmm-trace.h"

/* SHA-2 of zeros: 4096 bytes, 16384 bytes */
#define ZEROS_SHA256 "ad7facb2586fc6e966c004d7d1d16b024f5805ff7cb47c7a85dabd8b48892ca7"
#define ZEROS_SHA384 \
	"c0e59a3e3ffbd3b5c75428fb36432facabc745944296ff515f737c4fef4efc64586809f7a16f56354a1eaecf2aa8d774"
#define ZEROS_SHA512 \
	"2d23913d3759ef01704a86b4bee3ac8a29002313ecc98a7424425a78170f219577822fd77e4ae96313547696ad7d5949" \
	"b58e12d5063ef2ee063b595740a3a12d"
#define ZEROS_16K_SHA256 "4fe7b59af6de3b665b67788cc2f99892ab827efae3a467342b3bb4e3bc8e5bfe"

static struct trace trace;
static char line[TRACE_LINE_MAX];	/* the last one */
static unsigned recs;	/* lines so far with the parameters of a REC */

static void keep(void *arg, const char *text)
{
	snprintf(line, sizeof(line), "%s", text);
	recs += strstr(text, " gprs=") != NULL;
}

static void log_call(void *arg, enum rmm_call call, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	const struct machine *machine = arg;

	trace_call(&trace, machine->cpu, call, in, out);
}

static void trace_from_here(struct world *w)
{
	memset(&trace, 0, sizeof(trace));
	trace.port = &machine_port;
	trace.ctx = w->machine;
	trace.put = keep;
	trace.granule = PAGE;
	w->machine->test_hooks.arg = w->machine;
	w->machine->test_hooks.log = log_call;
}

static void boot(struct world *w, const struct rmm_variant *variant)
{
	world_boot(w, variant, RMI_GRANULE_SIZE_4KB);
	trace_from_here(w);
}

static void assert_line(const char *format, ...)
{
	char expected[TRACE_LINE_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(expected, sizeof(expected), format, args);
	va_end(args);
	assert_string_equal(line, expected);
}

static void assert_has(const char *words)
{
	if (!strstr(line, words))
		assert_string_equal(line, words);
}

/* What comes after the registers */
static const char *details(void)
{
	const char *out = strstr(line, " out=");

	assert_non_null(out);
	return strchr(out + 1, ' ');
}

static void add_tables(struct world *w)
{
	for (uint64_t level = 2; level <= 3; level++)
		must(w, SMC_RMI_RTT_CREATE, w->rd, host_delegated(w->machine, 1, 0), 0, level);
}

/* ---- registers ---- */

static void registers_without_zeros_at_the_end(void **state)
{
	struct world world, *w = &world;

	boot(w, &rmm_variant_tf_2_0);
	w->machine->cpu = 1;
	rmi(w->machine, SMC_RMI_VERSION, 0x20000);
	assert_line("rmi_call: cpu=0x1 fid=0xc4000150 in=0x20000 out=0x0,0x20000,0x20000 end\n");
	rmi(w->machine, 0xC4000152, 0, 0, 5);
	assert_line("rmi_call: cpu=0x1 fid=0xc4000152 in=0x0,0x0,0x5 out=0xffffffffffffffff end\n");
	rmi(w->machine, SMC_RMI_REALM_ACTIVATE, 0);
	assert_line("rmi_call: cpu=0x1 fid=0xc4000157 in=0x0 out=0x1 end\n");
	w->machine->cpu = 0;
	world_stop(w);
}

/* Those of a realm come before the REC_ENTER that it made them in. */
static char calls[2][TRACE_LINE_MAX];
static unsigned num_calls;

static void keep_both(void *arg, const char *text)
{
	if (num_calls < COUNT(calls))
		snprintf(calls[num_calls++], sizeof(calls[0]), "%s", text);
}

static void calls_of_a_realm(void **state)
{
	struct world world, *w = &world;
	char expected[TRACE_LINE_MAX];

	world_start(w, &rmm_variant_tf_2_0, RMI_HASH_SHA_256);
	trace_from_here(w);
	trace.put = keep_both;
	smc(w, SMC_RSI_VERSION, 0x10000, 0, 0, 0, 0, 0, 0, 0, 0, 0);
	assert_string_equal(calls[0], "rsi_call: cpu=0x0 fid=0xc4000190 in=0x10000 out=0x0,0x10000,0x10001 end\n");
	snprintf(expected, sizeof(expected), "rmi_call: cpu=0x0 fid=0xc400015c in=0x%llx,0x%llx out=",
		 (unsigned long long)w->rec_pa[0], (unsigned long long)w->run_pa);
	assert_memory_equal(calls[1], expected, strlen(expected));
	world_stop(w);
}

/* ---- realms ---- */

static void realm_with_its_parameters(void **state)
{
	static const struct {
		const struct rmm_variant *variant;
		const char *version;
	} rows[] = { { &rmm_variant_1_0, "0x10000" }, { &rmm_variant_2_0, "0x20000" }, { &rmm_variant_tf_2_0, "0x20000" } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct world world, *w = &world;
		char expected[256];

		boot(w, rows[i].variant);
		world_realm(w, 1, RMI_HASH_SHA_512);
		snprintf(expected, sizeof(expected),
			 " version=%s granule=0x1000 flags=0x0 s2sz=0x21 sve_vl=0x0 num_bps=0x1 num_wps=0x1"
			 " pmu_num_ctrs=0x0 hash_algo=0x1 rtt_level_start=0x1 end\n", rows[i].version);
		assert_string_equal(details(), expected);
		world_stop(w);
	}
}

static void content_by_the_realms_algorithm(void **state)
{
	static const char *const digests[] = {
		[RMI_HASH_SHA_256] = ZEROS_SHA256, [RMI_HASH_SHA_384] = ZEROS_SHA384, [RMI_HASH_SHA_512] = ZEROS_SHA512,
	};
	struct world world, *w = &world;
	uint64_t rds[COUNT(digests)];
	uint64_t source;
	char expected[256];

	boot(w, &rmm_variant_2_0);
	source = machine_pages(w->machine, 1, 0);
	for (uint8_t hash = 0; hash < COUNT(digests); hash++) {
		rds[hash] = w->rd = world_realm(w, 1, hash);
		add_tables(w);
	}
	for (uint8_t hash = 0; hash < COUNT(digests); hash++) {
		must(w, SMC_RMI_RTT_DATA_MAP_INIT, rds[hash], host_delegated(w->machine, 1, 0), 0, source, 1);
		snprintf(expected, sizeof(expected), " content=%s end\n", digests[hash]);
		assert_string_equal(details(), expected);
	}
	must(w, SMC_RMI_RTT_DATA_MAP_INIT, rds[0], host_delegated(w->machine, 1, 0), PAGE, source, 0);
	assert_string_equal(details(), " end\n");
	world_stop(w);
}

static void algorithm_of_a_descriptor_that_is_used_again(void **state)
{
	struct world world, *w = &world;
	struct rmi_realm_params *params;
	uint64_t page;

	boot(w, &rmm_variant_2_0);
	w->rd = world_realm(w, 1, RMI_HASH_SHA_512);
	page = machine_pages(w->machine, 1, 0);
	params = machine_ns(w->machine, page, sizeof(*params));
	params->s2sz = 33;
	params->num_bps = params->num_wps = 1;
	params->rtt_base = host_delegated(w->machine, 1, 0);
	params->rtt_level_start = 1;
	params->rtt_num_start = 1;
	assert_int_equal(host_realm_destroy(w->machine, w->rd), RMI_SUCCESS);
	must(w, SMC_RMI_REALM_CREATE, w->rd, page);
	add_tables(w);
	must(w, SMC_RMI_RTT_DATA_MAP_INIT, w->rd, host_delegated(w->machine, 1, 0), 0, machine_pages(w->machine, 1, 0), 1);
	assert_string_equal(details(), " content=" ZEROS_SHA256 " end\n");
	world_stop(w);
}

static void granule_as_it_was_configured(void **state)
{
	struct rmm_limits limits = *rmm_variant_limits(&rmm_variant_2_0);
	struct world world = { 0 }, *w = &world;

	w->machine = machine_new(&(struct machine_config){ .variant = &rmm_variant_2_0, .limits = &limits });
	w->walker = walker_attach(w->machine);
	trace_from_here(w);
	assert_int_equal(host_boot(w->machine, RMI_GRANULE_SIZE_16KB), RMI_SUCCESS);
	w->rd = world_realm(w, 1, RMI_HASH_SHA_256);
	assert_has(" granule=0x4000 ");
	must(w, SMC_RMI_RTT_CREATE, w->rd, host_delegated(w->machine, 1, 0), 0, 3);
	must(w, SMC_RMI_RTT_DATA_MAP_INIT, w->rd, host_delegated(w->machine, 1, 0), 0, machine_pages(w->machine, 1, 0), 1);
	assert_string_equal(details(), " content=" ZEROS_16K_SHA256 " end\n");
	world_stop(w);
}

/* ---- RECs ---- */

static struct rmi_rec_params *rec_params(struct world *w)
{
	w->params = machine_pages(w->machine, 1, 0);
	return machine_ns(w->machine, w->params, sizeof(struct rmi_rec_params));
}

static void rec_of_rmm_1_0(void **state)
{
	struct world world, *w = &world;
	struct rmi_rec_params *params;

	boot(w, &rmm_variant_1_0);
	w->rd = world_realm(w, 1, RMI_HASH_SHA_256);
	params = rec_params(w);
	params->flags = 1;
	params->pc = 0x80000000;
	params->gprs[7] = UINT64_MAX;
	host_rec_create(w->machine, w->rd, host_delegated(w->machine, 1, 0), w->params);
	assert_has("fid=0xc400015a ");
	assert_string_equal(details(),
			    " flags=0x1 pc=0x80000000 gprs=0x0,0x0,0x0,0x0,0x0,0x0,0x0,0xffffffffffffffff end\n");
	world_stop(w);
}

/* The RMM reads the parameters last when the operation ends. This is the longest line that there is, too. */
static void rec_of_rmm_2_0_as_it_ended(void **state)
{
	struct world world, *w = &world;
	struct rmi_rec_params *params;
	uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_OP_CONTINUE };
	uint64_t handle, list, base;

	boot(w, &rmm_variant_tf_2_0);
	w->rd = world_realm(w, 1, RMI_HASH_SHA_256);
	params = rec_params(w);
	params->flags = 1;
	rmi(w->machine, SMC_RMI_REC_CREATE, w->rd, host_delegated(w->machine, 1, 0), w->params);
	assert_string_equal(details(), " end\n");
	handle = w->machine->x[1];
	list = machine_pages(w->machine, 1, 0);
	base = host_delegated(w->machine, RMM_AUX_MAX, 0);
	*(uint64_t *)machine_ns(w->machine, list, 8) = host_range(w->machine, base, RMM_AUX_MAX, RMI_PAGE_L3);
	rmi(w->machine, SMC_RMI_OP_MEM_DONATE, handle, list, 1);
	params->flags = 0;
	params->pc = UINT64_MAX;
	memset(params->gprs, 0xff, sizeof(params->gprs));
	regs[1] = handle;
	for (unsigned i = 3; i < RMM_SMC_REGS; i++)
		regs[i] = UINT64_MAX;
	machine_rmi(w->machine, regs);
	assert_int_equal(regs[0], RMI_SUCCESS);
	assert_has(" flags=0x0 pc=0xffffffffffffffff gprs=0xffffffffffffffff,0xffffffffffffffff,");
	assert_string_equal(line + strlen(line) - 24, ",0xffffffffffffffff end\n");
	world_stop(w);
}

/* The handle of a REC that was made is another operation's afterwards. */
static void operations_that_make_no_rec(void **state)
{
	struct world world, *w = &world;
	uint64_t rec;

	boot(w, &rmm_variant_2_0);
	w->rd = world_realm(w, 1, RMI_HASH_SHA_256);
	recs = 0;
	rec = world_rec(w, w->rd, 0, true);
	assert_int_equal(recs, 1);
	assert_int_equal(host_rec_destroy(w->machine, rec, w->params), RMI_SUCCESS);
	rmi(w->machine, SMC_RMI_REC_CREATE, w->rd, rec, w->params);
	rmi(w->machine, SMC_RMI_OP_CANCEL, w->machine->x[1]);
	assert_int_equal(recs, 1);
	world_stop(w);
}

/* ---- calls that no RMM of ours makes, or none at this point ---- */

/* As if a call had finished: its X1 to X5, and X0 and X1 after it */
static void finish(enum rmm_call call, uint64_t fid, const uint64_t x[5], uint64_t out0, uint64_t out1)
{
	uint64_t in[RMM_SMC_REGS] = { fid, x[0], x[1], x[2], x[3], x[4] }, out[RMM_SMC_REGS] = { out0, out1 };

	machine_port.lock(trace.ctx);
	trace_call(&trace, 0, call, in, out);
	machine_port.unlock(trace.ctx);
}

#define X(...) (const uint64_t[5]){ __VA_ARGS__ }
#define NOWHERE (UINT64_C(1) << 47)
#define REC_WORDS " flags=0x0 pc=0x0 gprs=0x0,0x0,0x0,0x0,0x0,0x0,0x0,0x0 end\n"

static void begin_rec(uint64_t page, uint64_t handle)
{
	finish(RMM_CALL_RMI, SMC_RMI_REC_CREATE, X(1, 2, page), RMI_INCOMPLETE, handle);
}

static void assert_continued(uint64_t handle, const char *words)
{
	finish(RMM_CALL_RMI, SMC_RMI_OP_CONTINUE, X(handle), RMI_SUCCESS, 0);
	assert_string_equal(details(), words);
}

static void all_registers(void **state)
{
	uint64_t in[RMM_SMC_REGS] = { [10] = 7 }, out[RMM_SMC_REGS] = { [0] = 1, [10] = 8 };
	struct world world, *w = &world;

	boot(w, &rmm_variant_2_0);
	trace_call(&trace, 2, RMM_CALL_RSI, in, out);
	assert_line("rsi_call: cpu=0x2 fid=0x0 in=0x0,0x0,0x0,0x0,0x0,0x0,0x0,0x0,0x0,0x7"
		    " out=0x1,0x0,0x0,0x0,0x0,0x0,0x0,0x0,0x0,0x0,0x8 end\n");
	world_stop(w);
}

static void each_parameter_of_a_realm(void **state)
{
	struct world world, *w = &world;
	struct rmi_realm_params *params;
	uint64_t page;

	boot(w, &rmm_variant_2_0);
	page = machine_pages(w->machine, 1, 0);
	params = machine_ns(w->machine, page, sizeof(*params));
	params->flags0 = 1;
	params->s2sz = 2;
	params->sve_vl = 3;
	params->num_bps = 4;
	params->num_wps = 5;
	params->pmu_num_ctrs = 6;
	params->hash_algo = 2;
	params->rtt_level_start = -1;
	finish(RMM_CALL_RMI, SMC_RMI_REALM_CREATE, X(1, page), RMI_SUCCESS, 0);
	assert_string_equal(details(), " version=0x20000 granule=0x1000 flags=0x1 s2sz=0x2 sve_vl=0x3 num_bps=0x4"
				       " num_wps=0x5 pmu_num_ctrs=0x6 hash_algo=0x2"
				       " rtt_level_start=0xffffffffffffffff end\n");
	world_stop(w);
}

static void granule_of_64k(void **state)
{
	struct world world, *w = &world;
	uint64_t page;

	boot(w, &rmm_variant_2_0);
	page = machine_pages(w->machine, 1, 0);
	*(uint8_t *)machine_ns(w->machine, page + RMI_RMM_CONFIG_RMI_GRANULE_SIZE_OFFSET, 1) = RMI_GRANULE_SIZE_64KB;
	finish(RMM_CALL_RMI, SMC_RMI_RMM_CONFIG_SET, X(page), RMI_SUCCESS, 0);
	assert_int_equal(trace.granule, 0x10000);
	*(uint8_t *)machine_ns(w->machine, page + RMI_RMM_CONFIG_RMI_GRANULE_SIZE_OFFSET, 1) = 9;
	finish(RMM_CALL_RMI, SMC_RMI_RMM_CONFIG_SET, X(page), RMI_SUCCESS, 0);
	assert_int_equal(trace.granule, 0x10000);
	world_stop(w);
}

/* No memory of the host, and a realm that was made before the trace began: the words are missing. */
static void what_cannot_be_read(void **state)
{
	static const uint64_t fids[] = { SMC_RMI_REALM_CREATE, SMC_RMI_REC_CREATE, SMC_RMI_RMM_CONFIG_SET };
	struct world world, *w = &world;

	boot(w, &rmm_variant_2_0);
	for (size_t i = 0; i < COUNT(fids); i++) {
		finish(RMM_CALL_RMI, fids[i], X(NOWHERE, NOWHERE, NOWHERE), RMI_SUCCESS, 0);
		assert_string_equal(details(), " end\n");
	}
	finish(RMM_CALL_RMI, SMC_RMI_RTT_DATA_MAP_INIT, X(0, NOWHERE, 0, 0, 1), RMI_SUCCESS, 0);
	assert_string_equal(details(), " end\n");
	world_stop(w);
}

static void hint_in_a_function(void **state)
{
	struct world world, *w = &world;

	boot(w, &rmm_variant_2_0);
	finish(RMM_CALL_RMI, SMC_RMI_REC_CREATE | SMCCC_SVE_HINT, X(1, 2, machine_pages(w->machine, 1, 0)), RMI_SUCCESS, 0);
	assert_has(" fid=0xc401015a ");
	assert_string_equal(details(), REC_WORDS);
	world_stop(w);
}

static void numbers_of_rmi_calls_from_a_realm(void **state)
{
	struct world world, *w = &world;
	uint64_t page;

	boot(w, &rmm_variant_2_0);
	page = machine_pages(w->machine, 1, 0);
	finish(RMM_CALL_RSI, SMC_RMI_REC_CREATE, X(1, 2, page), RMI_SUCCESS, 0);
	assert_string_equal(details(), " end\n");
	finish(RMM_CALL_RSI, SMC_RMI_REC_CREATE, X(1, 2, page), RMI_INCOMPLETE, 3);
	assert_continued(3, " end\n");
	world_stop(w);
}

static void handles_of_operations(void **state)
{
	static const uint64_t drivers[] = { SMC_RMI_OP_CONTINUE, SMC_RMI_OP_MEM_DONATE, SMC_RMI_OP_MEM_RECLAIM,
					    SMC_RMI_OP_CANCEL };
	struct world world, *w = &world;
	uint64_t page;

	boot(w, &rmm_variant_2_0);
	page = machine_pages(w->machine, 1, 0);
	for (size_t i = 0; i < COUNT(drivers); i++) {
		begin_rec(page, TRACE_OPS_MAX - 1);
		finish(RMM_CALL_RMI, drivers[i], X(TRACE_OPS_MAX - 1), RMI_INCOMPLETE, TRACE_OPS_MAX - 1);
		assert_continued(TRACE_OPS_MAX - 1, REC_WORDS);
	}
	finish(RMM_CALL_RMI, SMC_RMI_REC_DESTROY, X(2, 0, page), RMI_INCOMPLETE, TRACE_OPS_MAX - 1);
	assert_continued(TRACE_OPS_MAX - 1, " end\n");
	begin_rec(page, TRACE_OPS_MAX);
	assert_memory_equal(line, "rmi_call: cpu=0x0 fid=0xc400015a in=0x1,0x2,", 44);
	assert_continued(TRACE_OPS_MAX, " end\n");
	world_stop(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registers_without_zeros_at_the_end),
		cmocka_unit_test(calls_of_a_realm),
		cmocka_unit_test(realm_with_its_parameters),
		cmocka_unit_test(content_by_the_realms_algorithm),
		cmocka_unit_test(algorithm_of_a_descriptor_that_is_used_again),
		cmocka_unit_test(granule_as_it_was_configured),
		cmocka_unit_test(rec_of_rmm_1_0),
		cmocka_unit_test(rec_of_rmm_2_0_as_it_ended),
		cmocka_unit_test(operations_that_make_no_rec),
		cmocka_unit_test(all_registers),
		cmocka_unit_test(each_parameter_of_a_realm),
		cmocka_unit_test(granule_of_64k),
		cmocka_unit_test(what_cannot_be_read),
		cmocka_unit_test(hint_in_a_function),
		cmocka_unit_test(numbers_of_rmi_calls_from_a_realm),
		cmocka_unit_test(handles_of_operations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
