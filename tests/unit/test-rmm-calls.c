/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-rmm-calls.c - what a realm calls: RSI, PSCI and the rest of SMC, with what the host does about it */
#include "psci.h"
#include "rmm-guest.h"
#include "rsi.h"

#define NOT_SUPPORTED UINT64_MAX
#define IS(v, name) ((v)->variant == &rmm_variant_##name)

/* The call is over, X0.. are these, and no other register changed. */
static void assert_answer_is(struct world *w, const uint64_t *out, unsigned count)
{
	const uint64_t *x = w->rec[0]->guest.x;

	assert_int_equal(w->logged, 1);
	for (unsigned i = 0; i < RMM_SMC_REGS; i++) {
		assert_int_equal(x[i], i < count ? out[i] : w->in[i]);
		assert_int_equal(w->out[i], x[i]);
	}
}

#define assert_answer(w, ...) \
	assert_answer_is((w), (const uint64_t[]){ __VA_ARGS__ }, COUNT(((const uint64_t[]){ __VA_ARGS__ })))

/* A call that the RMM answers by itself */
#define assert_call(w, answer, ...) do { \
	w->rec[0]->guest.pc = 0x7000; \
	smc(w, __VA_ARGS__); \
	assert_resumed(w); \
	assert_int_equal(w->rec[0]->guest.pc, 0x7004); \
	assert_answer(w, REGS answer); \
} while (0)

#define REGS(...) __VA_ARGS__

/* SMCCC */

guest_test(unknown_calls_are_not_supported)
{
	static const uint64_t fids[] = {
		0x80000001, 0x84000020, 0xc4000020, 0xc4000150, 0xc400018f, SMC_RSI_VDEV_GET_INFO, SMC_RSI_PLANE_ENTER,
		SMC_RSI_MEM_GET_PERM_VALUE, 0xc40001cf, 0xc6000000, 0, 0xffffffff,
	};

	for (size_t i = 0; i < COUNT(fids); i++)
		assert_call(w, (NOT_SUPPORTED), fids[i]);
}

guest_test(function_identifiers_have_32_bits_and_a_hint)
{
	assert_call(w, (0x10002), SMC32_SMCCC_VERSION);
	assert_call(w, (0x10002), SMC32_SMCCC_VERSION | UINT64_C(0xabcd00000000));
	assert_call(w, (RSI_SUCCESS, 0), SMC_RSI_FEATURES | SMCCC_SVE_HINT, 0);
}

/* Facts about the RMM and the realm */

guest_test(versions_are_1_0_and_1_1)
{
	assert_call(w, (RSI_SUCCESS, 0x10000, 0x10001), SMC_RSI_VERSION, 0x10000);
	assert_call(w, (RSI_SUCCESS, 0x10001, 0x10001), SMC_RSI_VERSION, 0x10001);
	assert_call(w, (RSI_ERROR_INPUT, 0x10001, 0x10001), SMC_RSI_VERSION, 0x20000);
	assert_call(w, (RSI_ERROR_INPUT, 0x10001, 0x10001), SMC_RSI_VERSION, 0x100010000);
}

guest_test(features_are_zero)
{
	for (uint64_t index = 0; index < 3; index++)
		assert_call(w, (RSI_SUCCESS, 0), SMC_RSI_FEATURES, index);
}

guest_test(realm_config_is_written)
{
	const struct rsi_realm_config *config = (const void *)w->page[1];
	struct rsi_realm_config expected = { .ipa_width = 33, .hash_algo = RSI_HASH_SHA_256 };

	if (!IS(w, 1_0))
		expected.gicv3_vtr = 3;
	for (unsigned i = 0; i < sizeof(expected.rpv); i++)
		expected.rpv[i] = (uint8_t)(i + 1);
	memset(w->page[1], 0xee, PAGE);
	assert_call(w, (RSI_SUCCESS), SMC_RSI_REALM_CONFIG, PAGE);
	assert_memory_equal(config, &expected, sizeof(expected));
}

static void realm_config_of_sha384(void **state)
{
	for (size_t i = 1; i < COUNT(world_variants); i++) {
		struct world world, *w = &world;

		world_start(w, world_variants[i], RMI_HASH_SHA_384);
		assert_call(w, (RSI_SUCCESS), SMC_RSI_REALM_CONFIG, 0);
		assert_int_equal(w->page[0][RSI_REALM_CONFIG_HASH_ALGO_OFFSET],
				 IS(w, tf_2_0) ? RSI_HASH_SHA_512 : RSI_HASH_SHA_384);
		world_stop(w);
	}
}

/* Buffers of the realm: refused, or the host has to map them and the call is made again */

static const struct buffer {
	uint64_t ipa;
	bool refused;
	unsigned level;
} buffers[] = {
	{ 3 * PAGE, true, 0 },	/* RIPAS EMPTY */
	{ HOST, true, 0 },	/* unprotected */
	{ HOST - PAGE, true, 0 },	/* EMPTY, and no table */
	{ 2 * HOST, true, 0 },	/* no such IPA */
	{ -PAGE, true, 0 },
	{ PAGE + 0x80, true, 0 },	/* not aligned for any of them */
	{ 2 * PAGE, false, 3 },
	{ 4 * PAGE, false, 3 },
};

static void check_buffers(struct world *w, uint64_t fid, unsigned results)
{
	for (size_t i = 0; i < COUNT(buffers); i++) {
		const struct buffer *row = &buffers[i];
		const uint64_t refused[] = { RSI_ERROR_INPUT, 0 };

		w->rec[0]->guest.pc = 0x7000;
		smc(w, fid, row->ipa, 0, 16);
		if (row->refused) {
			assert_resumed(w);
			assert_answer_is(w, refused, results);
			continue;
		}
		assert_exit(w, RMI_EXIT_SYNC);
		assert_int_equal(w->run->exit.esr, EC(0x24) | 0x04 | row->level);
		assert_int_equal(w->run->exit.far, 0);
		assert_int_equal(w->run->exit.hpfar, row->ipa >> 12 << 4);
		assert_int_equal(w->rec[0]->guest.pc, 0x7000);
		assert_int_equal(w->rec[0]->guest.x[0], fid);
		assert_int_equal(w->logged, 0);
	}
}

guest_test(buffers_must_be_the_realms)
{
	check_buffers(w, SMC_RSI_REALM_CONFIG, 1);
	check_buffers(w, SMC_RSI_HOST_CALL, 1);
	smc(w, SMC_RSI_ATTEST_TOKEN_INIT);
	check_buffers(w, SMC_RSI_ATTEST_TOKEN_CONTINUE, 2);
}

/* Measurements */

guest_test(measurements_are_read_as_the_host_sees_them)
{
	for (uint64_t index = 0; index < 5; index++) {
		uint64_t answer[9] = { RSI_SUCCESS };

		rmm_measurement(w->machine->rmm, w->rd, (unsigned)index, (uint8_t *)&answer[1]);
		smc(w, SMC_RSI_MEASUREMENT_READ, index);
		assert_resumed(w);
		assert_answer_is(w, answer, 9);
	}
	assert_call(w, (RSI_ERROR_INPUT, 0, 0, 0, 0, 0, 0, 0, 0), SMC_RSI_MEASUREMENT_READ, 5);
	assert_call(w, (RSI_ERROR_INPUT, 0, 0, 0, 0, 0, 0, 0, 0), SMC_RSI_MEASUREMENT_READ, UINT64_C(1) << 32);
}

guest_test(bad_extensions_are_refused)
{
	assert_call(w, (RSI_ERROR_INPUT), SMC_RSI_MEASUREMENT_EXTEND, 0, 4);
	assert_call(w, (RSI_ERROR_INPUT), SMC_RSI_MEASUREMENT_EXTEND, 5, 4);
	assert_call(w, (RSI_ERROR_INPUT), SMC_RSI_MEASUREMENT_EXTEND, UINT64_C(1) << 32 | 1, 4);
	assert_call(w, (RSI_ERROR_INPUT), SMC_RSI_MEASUREMENT_EXTEND, 1, 65);
	assert_call(w, (RSI_ERROR_INPUT), SMC_RSI_MEASUREMENT_EXTEND, 1, UINT64_C(1) << 32);
}

/* SHA-256 of 32 zero bytes and "abc"; in the text of 2.0, of 32 zero bytes, "abc" and 61 zero bytes. From sha256sum. */
static const uint8_t rem_bare[] = {
	0x36, 0x5a, 0xa7, 0xd8, 0xf7, 0xf9, 0x40, 0x2c, 0x4b, 0x94, 0x34, 0x50, 0x2b, 0x4c, 0xc8, 0x9d,
	0xdb, 0x09, 0xfe, 0x50, 0xd7, 0xcd, 0x95, 0xb4, 0x93, 0xb8, 0x34, 0xc6, 0x2d, 0x5a, 0x53, 0x70,
};
static const uint8_t rem_padded[] = {
	0x61, 0xa3, 0xdc, 0x5b, 0x03, 0x60, 0xf0, 0x1b, 0xc1, 0x3c, 0x44, 0x4c, 0x81, 0xee, 0x3e, 0x9a,
	0x3e, 0xa5, 0xa0, 0x35, 0x04, 0xa5, 0x1a, 0x7b, 0x4d, 0x9d, 0x2d, 0x1a, 0x55, 0xb0, 0xf5, 0xd7,
};

guest_test(extension_takes_up_to_64_bytes)
{
	assert_call(w, (RSI_SUCCESS), SMC_RSI_MEASUREMENT_EXTEND, 4, 64);
	assert_call(w, (RSI_SUCCESS), SMC_RSI_MEASUREMENT_EXTEND, 1, 0);
}

guest_test(extension_changes_one_rem)
{
	uint8_t before[5][RMM_DIGEST_MAX], after[5][RMM_DIGEST_MAX];

	for (unsigned i = 0; i < 5; i++)
		rmm_measurement(w->machine->rmm, w->rd, i, before[i]);
	assert_call(w, (RSI_SUCCESS), SMC_RSI_MEASUREMENT_EXTEND, 3, 3, UINT64_C(0xffffffff63626100) >> 8);
	memset(before[3], 0, RMM_DIGEST_MAX);
	memcpy(before[3], IS(w, 2_0) ? rem_padded : rem_bare, 32);
	for (unsigned i = 0; i < 5; i++) {
		rmm_measurement(w->machine->rmm, w->rd, i, after[i]);
		assert_memory_equal(before[i], after[i], RMM_DIGEST_MAX);
	}
}

/* RIPAS */

guest_test(state_is_told_up_to_where_it_changes)
{
	assert_call(w, (RSI_SUCCESS, 3 * PAGE, RSI_RAM), SMC_RSI_IPA_STATE_GET, 0, HOST);
	assert_call(w, (RSI_SUCCESS, 2 * PAGE, RSI_RAM), SMC_RSI_IPA_STATE_GET, PAGE, 2 * PAGE);
	assert_call(w, (RSI_SUCCESS, 4 * PAGE, RSI_EMPTY), SMC_RSI_IPA_STATE_GET, 3 * PAGE, HOST);
	assert_call(w, (RSI_SUCCESS, 5 * PAGE, RSI_DESTROYED), SMC_RSI_IPA_STATE_GET, 4 * PAGE, HOST);
	/* across tables of three levels */
	assert_call(w, (RSI_SUCCESS, HOST, RSI_EMPTY), SMC_RSI_IPA_STATE_GET, 5 * PAGE, HOST);
	assert_call(w, (RSI_SUCCESS, HOST, RSI_EMPTY), SMC_RSI_IPA_STATE_GET, HOST - PAGE, HOST);
}

guest_test(state_is_told_in_part_when_the_host_waits)
{
	w->machine->irq[0] = true;
	assert_call(w, (RSI_SUCCESS, 0x200000, RSI_EMPTY), SMC_RSI_IPA_STATE_GET, 5 * PAGE, HOST);
	w->machine->irq[0] = false;
}

static const uint64_t bad_ranges[][2] = {
	{ 0, 0 }, { PAGE, 0 }, { 0x800, PAGE }, { 0, 0x800 }, { HOST, HOST + PAGE }, { 0, HOST + PAGE },
	{ HOST - PAGE, HOST + PAGE }, { -PAGE, 0 }, { -PAGE, PAGE }, { 2 * HOST, 3 * HOST }, { 0, -PAGE },
};

guest_test(bad_ranges_are_refused)
{
	for (size_t i = 0; i < COUNT(bad_ranges); i++) {
		uint64_t base = bad_ranges[i][0], top = bad_ranges[i][1];

		assert_call(w, (RSI_ERROR_INPUT, 0, 0), SMC_RSI_IPA_STATE_GET, base, top);
		assert_call(w, (RSI_ERROR_INPUT, 0, 0), SMC_RSI_IPA_STATE_SET, base, top, RSI_RAM, 0);
	}
	assert_call(w, (RSI_ERROR_INPUT, 0, 0), SMC_RSI_IPA_STATE_SET, 0, PAGE, RSI_DESTROYED, 0);
	assert_call(w, (RSI_ERROR_INPUT, 0, 0), SMC_RSI_IPA_STATE_SET, 0, PAGE, RSI_DEV, 0);
	assert_call(w, (RSI_ERROR_INPUT, 0, 0), SMC_RSI_IPA_STATE_SET, 0, PAGE, 0x101, 0);
}

/* Asks the host to make [base, top) what ripas says. */
static void ask_ripas(struct world *w, uint64_t base, uint64_t top, uint64_t ripas, uint64_t flags)
{
	smc(w, SMC_RSI_IPA_STATE_SET, base, top, ripas, flags);
	assert_exit(w, RMI_EXIT_RIPAS_CHANGE);
	assert_int_equal(w->run->exit.ripas_base, base);
	assert_int_equal(w->run->exit.ripas_top, top);
	assert_int_equal(w->run->exit.ripas_value, ripas);
	assert_int_equal(w->logged, 0);
}

static void set_ripas(struct world *w, uint64_t base, uint64_t top, uint64_t result, uint64_t out_top)
{
	assert_int_equal(rmi(w->machine, SMC_RMI_RTT_SET_RIPAS, w->rd, w->rec_pa[0], base, top), result);
	assert_int_equal(w->machine->x[1], out_top);
}

static void enter_with(struct world *w, uint64_t flags)
{
	w->run->enter.flags = flags;
	enter(w);
	w->run->enter.flags = 0;
}

static const struct ripas_answer {
	uint64_t ripas, top, done, response, answer;
} ripas_answers[] = {
	{ RSI_RAM, 5 * PAGE, 0, 0, RSI_ACCEPT },
	{ RSI_RAM, 5 * PAGE, 0, 1, RSI_REJECT },
	{ RSI_RAM, 5 * PAGE, 4 * PAGE, 1, RSI_REJECT },	/* DESTROYED stops it */
	{ RSI_RAM, 4 * PAGE, 4 * PAGE, 1, RSI_ACCEPT },	/* all done: nothing left to reject */
	{ RSI_EMPTY, 4 * PAGE, 0, 1, RSI_ACCEPT },	/* only RAM can be rejected */
	{ RSI_EMPTY, 4 * PAGE, 4 * PAGE, 0, RSI_ACCEPT },
};

guest_test(ripas_change_tells_how_far_the_host_got)
{
	for (size_t i = 0; i < COUNT(ripas_answers); i++) {
		const struct ripas_answer *row = &ripas_answers[i];
		uint64_t base = 3 * PAGE;

		ask_ripas(w, base, row->top, row->ripas, 0);
		if (row->done)
			set_ripas(w, base, row->top, RMI_SUCCESS, row->done);
		enter_with(w, row->response ? RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE_MASK : 0);
		assert_answer(w, RSI_SUCCESS, row->done ? row->done : base, row->answer);
	}
}

guest_test(window_of_a_ripas_change_closes)
{
	ask_ripas(w, 0, PAGE, RSI_EMPTY, 0);
	set_ripas(w, PAGE, 2 * PAGE, RMI_ERROR_INPUT, 0);
	set_ripas(w, 0, 2 * PAGE, RMI_ERROR_INPUT, 0);
	enter(w);
	set_ripas(w, 0, PAGE, RMI_ERROR_INPUT, 0);
	assert_answer(w, RSI_SUCCESS, 0, RSI_ACCEPT);
}

guest_test(destroyed_becomes_ram_when_the_realm_says_so)
{
	ask_ripas(w, 4 * PAGE, 5 * PAGE, RSI_RAM, RSI_CHANGE_DESTROYED);
	set_ripas(w, 4 * PAGE, 5 * PAGE, RMI_SUCCESS, 5 * PAGE);
	enter(w);
	assert_answer(w, RSI_SUCCESS, 5 * PAGE, RSI_ACCEPT);
}

/* Host calls */

static void host_call(struct world *w, uint64_t ipa)
{
	struct rsi_host_call *call = (void *)(w->page[ipa / PAGE] + ipa % PAGE);

	memset(call, 0xee, sizeof(*call));
	call->imm = 0xbeef;
	for (unsigned i = 0; i < COUNT(call->gprs); i++)
		call->gprs[i] = 0x100 + i;
	w->rec[0]->guest.pc = 0x7000;
	smc(w, SMC_RSI_HOST_CALL, ipa);
	assert_exit(w, RMI_EXIT_HOST_CALL);
	assert_int_equal(w->run->exit.imm, 0xbeef);
	assert_memory_equal(w->run->exit.gprs, call->gprs, sizeof(call->gprs));
	for (unsigned i = 0; i < COUNT(call->gprs); i++)
		w->run->enter.gprs[i] = 0x200 + i;
}

guest_test(host_call_goes_out_and_comes_back)
{
	uint64_t ipa = 2 * PAGE - RSI_HOST_CALL_SIZE;
	const struct rsi_host_call *call = (const void *)(w->page[1] + PAGE - RSI_HOST_CALL_SIZE);

	host_call(w, ipa);
	enter(w);
	assert_answer(w, RSI_SUCCESS);
	assert_int_equal(w->entered.pc, 0x7004);
	assert_int_equal(w->entered.x[0], RSI_SUCCESS);
	assert_int_equal(call->imm, 0xbeef);
	for (unsigned i = 0; i < COUNT(call->gprs); i++)
		assert_int_equal(call->gprs[i], 0x200 + i);
}

guest_test(host_call_whose_page_is_gone_exits_again)
{
	uint64_t data;

	host_call(w, PAGE);
	assert_int_equal(host_data_destroy(w->machine, w->rd, PAGE, &data), RMI_SUCCESS);
	for (unsigned i = 0; i < 2; i++) {
		enter(w);
		assert_int_equal(w->entries, 0);
		assert_int_equal(w->run->exit.exit_reason, RMI_EXIT_SYNC);
		assert_int_equal(w->run->exit.esr, EC(0x24) | 0x07);
		assert_int_equal(w->run->exit.hpfar, 1 << 4);
		assert_int_equal(w->logged, 0);
	}
}

/* RIPAS EMPTY by another REC meanwhile: the structure is not the realm's any more */
guest_test(host_call_whose_page_is_empty_fails)
{
	host_call(w, PAGE);
	w->rec[1]->pending = REC_PENDING_RIPAS;
	w->rec[1]->ripas = (struct rec_ripas){ .next = PAGE, .top = 2 * PAGE, .target = RMI_EMPTY };
	must(w, SMC_RMI_RTT_SET_RIPAS, w->rd, w->rec_pa[1], PAGE, 2 * PAGE);
	enter(w);
	assert_answer(w, RSI_ERROR_INPUT);
}

/* Tokens */

#define CHALLENGE 0x0101, 0x0202, 0x0303, 0x0404, 0x0505, 0x0606, 0x0707, 0x0808

/*
 * What surrounds the platform token, where that has 256 bytes or more: tags, map, keys, records and heads of the collection,
 * and the realm token with SHA-256
 */
static size_t token_rest(const struct world *w)
{
	return w->variant == &rmm_variant_1_0 ? 16 + 590 : 24 + 632;
}

/* The token will have so many bytes. */
static void begin_token(struct world *w, size_t size)
{
	w->machine->platform_size = size - token_rest(w);
	assert_call(w, (RSI_SUCCESS, PAGE), SMC_RSI_ATTEST_TOKEN_INIT, CHALLENGE);
}

guest_test(token_is_handed_out_in_parts)
{
	uint8_t token[1000];

	begin_token(w, sizeof(token));
	assert_call(w, (RSI_SUCCESS, 1000), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
	memcpy(token, w->page[1], sizeof(token));
	begin_token(w, sizeof(token));
	memset(w->page[0], 0xee, PAGE);
	memset(w->page[1], 0xee, PAGE);
	assert_call(w, (RSI_INCOMPLETE, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, 0, PAGE - 1, 0);
	assert_call(w, (RSI_INCOMPLETE, 300), SMC_RSI_ATTEST_TOKEN_CONTINUE, 0, PAGE - 300, 300);
	assert_memory_equal(w->page[0] + PAGE - 300, token, 300);
	assert_int_equal(w->page[0][PAGE - 301], 0xee);
	assert_call(w, (RSI_INCOMPLETE, 699), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 16, 699);
	assert_memory_equal(w->page[1] + 16, token + 300, 699);
	assert_int_equal(w->page[1][15], 0xee);
	assert_int_equal(w->page[1][16 + 699], 0xee);
	assert_call(w, (RSI_SUCCESS, 1), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
	assert_int_equal(w->page[1][0], token[999]);
	assert_call(w, (RSI_ERROR_STATE, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
}

guest_test(token_can_be_as_large_as_a_granule)
{
	begin_token(w, PAGE);
	assert_call(w, (RSI_SUCCESS, PAGE), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
	begin_token(w, PAGE + 1);
	assert_call(w, (RSI_ERROR_UNKNOWN, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
	assert_call(w, (RSI_ERROR_STATE, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
}

/* No token, and the next one is as ever. */
static void assert_token_fails(struct world *w)
{
	assert_call(w, (RSI_SUCCESS, PAGE), SMC_RSI_ATTEST_TOKEN_INIT, CHALLENGE);
	assert_call(w, (RSI_ERROR_UNKNOWN, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
	assert_call(w, (RSI_ERROR_STATE, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
	w->machine->no_rak = w->machine->no_signing = false;
	begin_token(w, 1000);
	assert_call(w, (RSI_SUCCESS, 1000), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
}

guest_test(token_needs_what_the_port_gives)
{
	w->machine->platform_size = 0;
	assert_token_fails(w);
	w->machine->no_rak = true;
	assert_token_fails(w);
	w->machine->no_signing = true;
	assert_token_fails(w);
}

guest_test(token_starts_over)
{
	begin_token(w, 1000);
	assert_call(w, (RSI_INCOMPLETE, 60), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, 60);
	begin_token(w, 1000);
	assert_call(w, (RSI_SUCCESS, 1000), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
}

guest_test(bad_token_buffers_are_refused)
{
	assert_call(w, (RSI_ERROR_STATE, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
	assert_call(w, (RSI_ERROR_INPUT, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE + 8, 0, 8);
	assert_call(w, (RSI_ERROR_INPUT, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, HOST, 0, PAGE);
	begin_token(w, 1000);
	assert_call(w, (RSI_ERROR_INPUT, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 1, PAGE);
	assert_call(w, (RSI_ERROR_INPUT, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, PAGE, 0);
	assert_call(w, (RSI_ERROR_INPUT, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, PAGE + 1, 0);
	assert_call(w, (RSI_ERROR_INPUT, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 1, UINT64_MAX);
	assert_call(w, (RSI_ERROR_INPUT, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, UINT64_MAX, 1);
	assert_call(w, (RSI_ERROR_INPUT, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, UINT64_MAX, 2);
	assert_call(w, (RSI_SUCCESS, 1000), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
}

guest_test(interrupt_goes_before_the_token)
{
	begin_token(w, 1000);
	w->machine->irq[0] = true;
	w->rec[0]->guest.pc = 0x7000;
	smc(w, SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
	assert_exit(w, RMI_EXIT_IRQ);
	assert_int_equal(w->rec[0]->guest.pc, 0x7000);
	assert_int_equal(w->logged, 0);
	w->machine->irq[0] = false;
	assert_call(w, (RSI_SUCCESS, 1000), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
}

/* The RMM maps where the token goes: an interrupt comes. */
static void interrupt_on_map(void *arg, uint64_t pa, size_t size, enum rmm_pas pas)
{
	struct world *w = arg;

	if (pa == w->rec[0]->aux[0])
		w->machine->irq[0] = true;
}

guest_test(interrupt_goes_before_the_parts_of_a_token)
{
	begin_token(w, 1000);
	w->machine->test_hooks.map = interrupt_on_map;
	smc(w, SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
	assert_exit(w, RMI_EXIT_IRQ);
	w->machine->test_hooks.map = NULL;
	w->machine->irq[0] = false;
	w->machine->platform_size = 0;	/* it is made already */
	assert_call(w, (RSI_SUCCESS, 1000), SMC_RSI_ATTEST_TOKEN_CONTINUE, PAGE, 0, PAGE);
}

/* Memory that is mapped as a block, and larger granules */

static void buffer_in_a_block(void **state)
{
	const uint64_t ipa = 0x200000 + 5 * PAGE;
	struct world world, *w = &world;
	uint64_t block;

	world_boot(w, &rmm_variant_2_0, RMI_GRANULE_SIZE_4KB);
	w->rd = world_realm(w, 1, RMI_HASH_SHA_256);
	must(w, SMC_RMI_RTT_CREATE, w->rd, host_delegated(w->machine, 1, 0), 0, 2);
	must(w, SMC_RMI_RTT_INIT_RIPAS, w->rd, 0x200000, 0x400000);
	block = host_delegated(w->machine, 512, 0x200000);
	must(w, SMC_RMI_RTT_DATA_MAP, w->rd, 0x200000, 0x400000, RMI_ADDR_TYPE_SINGLE,
	     host_range(w->machine, block, 1, RMI_BLOCK_L2));
	world_run(w, 1);
	assert_call(w, (RSI_SUCCESS), SMC_RSI_REALM_CONFIG, ipa);
	assert_int_equal(*(uint64_t *)machine_memory(w->machine, block + 5 * PAGE, 8), 33);
	assert_call(w, (RSI_SUCCESS, 0x400000, RSI_RAM), SMC_RSI_IPA_STATE_GET, ipa, HOST);
	world_stop(w);
}

static void buffers_in_granules_of_64k(void **state)
{
	const uint64_t granule = 0x10000;
	struct world world, *w = &world;

	world_boot(w, &rmm_variant_2_0, RMI_GRANULE_SIZE_64KB);
	w->rd = world_realm(w, 1, RMI_HASH_SHA_256);
	must(w, SMC_RMI_RTT_CREATE, w->rd, host_delegated(w->machine, 1, 0), 0, 3);
	must(w, SMC_RMI_RTT_INIT_RIPAS, w->rd, 0, granule);
	w->page[0] = machine_memory(w->machine, world_data(w, 0), granule);
	world_run(w, 1);
	memset(w->page[0], 0xee, granule);
	assert_call(w, (RSI_ERROR_INPUT), SMC_RSI_REALM_CONFIG, PAGE / 2);
	assert_call(w, (RSI_SUCCESS), SMC_RSI_REALM_CONFIG, PAGE);
	assert_int_equal(w->page[0][PAGE - 1], 0xee);
	assert_int_equal(w->page[0][2 * PAGE - 1], 0);
	assert_int_equal(w->page[0][2 * PAGE], 0xee);
	w->machine->platform_size = 1000;
	assert_call(w, (RSI_SUCCESS, granule), SMC_RSI_ATTEST_TOKEN_INIT, CHALLENGE);
	assert_call(w, (RSI_ERROR_INPUT, 0), SMC_RSI_ATTEST_TOKEN_CONTINUE, 0, 1, PAGE);
	assert_call(w, (RSI_INCOMPLETE, 200), SMC_RSI_ATTEST_TOKEN_CONTINUE, granule - PAGE, PAGE - 200, 200);
	assert_memory_equal(w->page[0] + granule - 200, "\xd9\x03\x8b\xa2", 4);
	w->machine->platform_size = 5000;
	assert_call(w, (RSI_SUCCESS, granule), SMC_RSI_ATTEST_TOKEN_INIT, CHALLENGE);
	assert_call(w, (RSI_INCOMPLETE, PAGE), SMC_RSI_ATTEST_TOKEN_CONTINUE, 0, 0, PAGE);
	assert_call(w, (RSI_SUCCESS, 5000 + 24 + 632 - PAGE), SMC_RSI_ATTEST_TOKEN_CONTINUE, 0, 0, PAGE);
	smc(w, SMC_RSI_HOST_CALL, granule - RSI_HOST_CALL_SIZE);
	assert_exit(w, RMI_EXIT_HOST_CALL);
	assert_int_equal(w->run->exit.imm, 0xeeee);
	world_stop(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unknown_calls_are_not_supported),
		cmocka_unit_test(function_identifiers_have_32_bits_and_a_hint),
		cmocka_unit_test(versions_are_1_0_and_1_1),
		cmocka_unit_test(features_are_zero),
		cmocka_unit_test(realm_config_is_written),
		cmocka_unit_test(realm_config_of_sha384),
		cmocka_unit_test(buffers_must_be_the_realms),
		cmocka_unit_test(measurements_are_read_as_the_host_sees_them),
		cmocka_unit_test(bad_extensions_are_refused),
		cmocka_unit_test(extension_takes_up_to_64_bytes),
		cmocka_unit_test(extension_changes_one_rem),
		cmocka_unit_test(state_is_told_up_to_where_it_changes),
		cmocka_unit_test(state_is_told_in_part_when_the_host_waits),
		cmocka_unit_test(bad_ranges_are_refused),
		cmocka_unit_test(ripas_change_tells_how_far_the_host_got),
		cmocka_unit_test(window_of_a_ripas_change_closes),
		cmocka_unit_test(destroyed_becomes_ram_when_the_realm_says_so),
		cmocka_unit_test(host_call_goes_out_and_comes_back),
		cmocka_unit_test(host_call_whose_page_is_gone_exits_again),
		cmocka_unit_test(host_call_whose_page_is_empty_fails),
		cmocka_unit_test(token_is_handed_out_in_parts),
		cmocka_unit_test(token_can_be_as_large_as_a_granule),
		cmocka_unit_test(token_needs_what_the_port_gives),
		cmocka_unit_test(token_starts_over),
		cmocka_unit_test(bad_token_buffers_are_refused),
		cmocka_unit_test(interrupt_goes_before_the_token),
		cmocka_unit_test(interrupt_goes_before_the_parts_of_a_token),
		cmocka_unit_test(buffer_in_a_block),
		cmocka_unit_test(buffers_in_granules_of_64k),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
