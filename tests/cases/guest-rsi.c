/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* guest-rsi.c - cases of RSI: what the realm calls but for its memory (guest-memory.c), and host calls */
#include "guest.h"

#define IS(value) ENTER_REPORT, GPR(0, N(value))
#define REFUSED IS(RSI_ERROR_INPUT)
#define VERSION(version) SMC(SMC_RSI_VERSION, version)
#define CONFIG_AT(ipa) SMC(SMC_RSI_REALM_CONFIG, ipa)
#define CONFIG_FIELD(field, reg) LOAD(BUFFER + RSI_REALM_CONFIG_##field##_OFFSET, 8, reg)
#define READ(index) SMC(SMC_RSI_MEASUREMENT_READ, index)
#define EXTEND(index, ...) SMC(SMC_RSI_MEASUREMENT_EXTEND, index, __VA_ARGS__)
#define TOKEN_INIT SMC(SMC_RSI_ATTEST_TOKEN_INIT, 1, 2, 3, 4, 5, 6, 7, 8)
#define TOKEN_CONTINUE(addr, offset, size) SMC(SMC_RSI_ATTEST_TOKEN_CONTINUE, addr, offset, size)
#define HOST_CALL(addr) SMC(SMC_RSI_HOST_CALL, addr)
#define UNKNOWN_FID UINT64_C(0xc40001ce)

/* SHA-256 of 96 zeros, of 32 zeros, and of these with 0x11 after them, as READ gives them */
#define REM_ZEROS(check) \
	check(1, 0x8063d19891aba92e), check(2, 0xccf1bec3d20c4007), check(3, 0x0e1a01764b865b74), \
	check(4, 0xd45264ac8021c51b)
#define REM_NOTHING(check) \
	check(1, 0x77bd62f8ad7a6866), check(2, 0x208e9f8e8bc18f6c), check(3, 0xb333e26e85149708), \
	check(4, 0x25295f0d1d592a90)
#define REM_BYTE(check) \
	check(1, 0xaea4816ff577ba88), check(2, 0x0bc8ccfb58dca694), check(3, 0x454bd5184f6d4042), \
	check(4, 0x26888637a426a104)
#define IN_GPR(i, value) GPR(i, N(UINT64_C(value)))

/* The first bytes are the same whether it is the first token or one that was begun anew. */
static bool token_starts_over(struct world *world)
{
	uint64_t gprs = world_page(world, RUN, 0) + RMI_REC_RUN_EXIT_OFFSET + RMI_REC_EXIT_GPRS_OFFSET;

	return world_peek(world, gprs + 8 * 20) == world_peek(world, gprs + 8 * 22) ||
	       world_fail(world, "a new token goes on where the last one stopped");
}

/* REC 1 starts its program where REC 0 said, and reports into the same buffer. */
static bool rec_1_has_no_token(struct world *world)
{
	uint64_t rec = world_page(world, REC, 1), run = world_page(world, RUN_1, 0) + RMI_REC_RUN_EXIT_OFFSET;

	return must(world, RMI_PSCI_COMPLETE, world_page(world, REC, 0), rec, PSCI_SUCCESS) &&
	       must(world, RMI_REC_ENTER, rec, world_page(world, RUN_1, 0)) &&
	       (world_peek(world, run + RMI_REC_EXIT_GPRS_OFFSET) == RSI_ERROR_STATE ||
		world_fail(world, "REC 1 has the token of REC 0"));
}

#define CONFIG_ROW "12 REALM_CONFIG"
#define READ_ROW "12 MEASUREMENT_READ"
#define EXTEND_ROW "12 MEASUREMENT_EXTEND"
#define TOKEN_ROW "12 ATTEST_TOKEN_INIT, CONTINUE"
#define TOKEN_FAIL "12 ATTEST_TOKEN_CONTINUE failures"
#define CALL_FAIL "11 HOST_CALL addr"
#define CALL_FLOW "11 HOST_CALL flow"

static const struct case_row rows[] = {
	GUEST("rsi_version_success", "12 VERSION", ALL, PROGRAM(VERSION(0x10000), REPORT, VERSION(0x10001), REPORT),
	      IS(RSI_SUCCESS), GPR(1, N(0x10000)), GPR(2, N(0x10001)), IS(RSI_SUCCESS), GPR(1, N(0x10001)),
	      GPR(2, N(0x10001))),
	GUEST("rsi_version_input", "12 VERSION", ALL, PROGRAM(VERSION(0x20000), REPORT, VERSION(0), REPORT),
	      REFUSED, GPR(1, N(0x10001)), GPR(2, N(0x10001)), REFUSED, GPR(1, N(0x10001)), GPR(2, N(0x10001))),
	GUEST("rsi_features_success", "12 FEATURES", ALL,
	      PROGRAM(SMC(SMC_RSI_FEATURES, 0, 5), REPORT, SMC(SMC_RSI_FEATURES, 1000, 5), REPORT),
	      IS(RSI_SUCCESS), GPR(1, N(0)), IS(RSI_SUCCESS), GPR(1, N(0))),
	GUEST("smc_unknown_not_supported", "12 unknown FID", ALL, PROGRAM(SMC(UNKNOWN_FID, 1), REPORT, SMC(0x12345, 1),
									  REPORT),
	      IS(SMCCC_NOT_SUPPORTED), IS(SMCCC_NOT_SUPPORTED)),
	GUEST("smc_of_the_host_not_supported", "12 unknown FID", ALL, PROGRAM(SMC(SMC_RMI_VERSION, 0x20000), REPORT),
	      IS(SMCCC_NOT_SUPPORTED)),
	GUEST("smccc_version", "12 unknown FID", ALL, PROGRAM(SMC(SMC32_SMCCC_VERSION), REPORT), IS(0x10002)),

	/* Configuration */
	GUEST("realm_config_success", CONFIG_ROW, ALL,
	      PROGRAM(CONFIG_AT(BUFFER), MOVE(4, 0), CONFIG_FIELD(IPA_WIDTH, 5), CONFIG_FIELD(HASH_ALGO, 6),
		      CONFIG_FIELD(RPV, 7), LOAD(BUFFER + RSI_REALM_CONFIG_RPV_OFFSET + 64, 8, 8), REPORT),
	      ENTER_REPORT, GPR(4, N(RSI_SUCCESS)), GPR(5, N(39)), GPR(6, N(RSI_HASH_SHA_256)), GPR(7, N(0)),
	      GPR(8, N(0))),
	GUEST("realm_config_input", CONFIG_ROW, ALL,
	      PROGRAM(CONFIG_AT(BUFFER + 8), REPORT, CONFIG_AT(SHARED_BASE), REPORT, CONFIG_AT(4 * PAGE), REPORT,
		      CONFIG_AT(5 * PAGE), REPORT, CONFIG_AT(SPACE_TOP), REPORT),
	      REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
	GUEST("realm_config_not_mapped_exits", CONFIG_ROW, ALL, PROGRAM(CONFIG_AT(3 * PAGE), REPORT), ENTER_TO(SYNC),
	      EXIT_IS(HPFAR, N(3 * PAGE >> 8)), DO(guest_map_ram), IS(RSI_SUCCESS)),

	/* Measurements */
	GUEST("measurement_read_success", READ_ROW, ALL, PROGRAM(READ(1), REPORT, READ(4), REPORT, READ(0), REPORT),
	      IS(RSI_SUCCESS), GPR(1, N(0)), GPR(8, N(0)), IS(RSI_SUCCESS), GPR(1, N(0)), GPR(8, N(0)),
	      IS(RSI_SUCCESS), GPR(5, N(0)), GPR(8, N(0))),
	GUEST("measurement_read_input", READ_ROW, ALL, PROGRAM(READ(5), REPORT, READ(-UINT64_C(1)), REPORT), REFUSED,
	      REFUSED),
	GUEST("measurement_extend_success", EXTEND_ROW, ALL, PROGRAM(EXTEND(1, 64), REPORT, READ(1), REPORT, READ(2),
								     REPORT),
	      IS(RSI_SUCCESS), IS(RSI_SUCCESS), REM_ZEROS(IN_GPR), GPR(5, N(0)), IS(RSI_SUCCESS), GPR(1, N(0))),
	GUEST("measurement_extend_nothing_success", EXTEND_ROW, TF, PROGRAM(EXTEND(4, 0, 1, 2), READ(4), REPORT),
	      IS(RSI_SUCCESS), REM_NOTHING(IN_GPR)),
	GUEST("measurement_extend_byte_success", EXTEND_ROW, TF, PROGRAM(EXTEND(3, 1, 0x2211), READ(3), REPORT),
	      IS(RSI_SUCCESS), REM_BYTE(IN_GPR)),
	GUEST("measurement_extend_input", EXTEND_ROW, ALL,
	      PROGRAM(EXTEND(0, 64), REPORT, EXTEND(5, 64), REPORT, EXTEND(1, 65), REPORT, EXTEND(1, -UINT64_C(1)),
		      REPORT, READ(1), REPORT), REFUSED, REFUSED, REFUSED, REFUSED, IS(RSI_SUCCESS), GPR(1, N(0))),

	/* Tokens */
	GUEST("attest_token_success", TOKEN_ROW, ALL,
	      PROGRAM(TOKEN_INIT, REPORT, TOKEN_CONTINUE(BUFFER, 0x800, 16), REPORT, TOKEN_CONTINUE(BUFFER, 0, PAGE),
		      REPORT),
	      IS(RSI_SUCCESS), IS(RSI_INCOMPLETE), GPR(1, N(16)), IS(RSI_SUCCESS)),
	GUEST("attest_token_again_success", TOKEN_ROW, ALL,
	      PROGRAM(TOKEN_INIT, TOKEN_CONTINUE(BUFFER, 0x800, 16), LOAD(BUFFER + 0x800, 8, 20), TOKEN_INIT,
		      MOVE(21, 0), TOKEN_CONTINUE(BUFFER, 0x800, 16), LOAD(BUFFER + 0x800, 8, 22), REPORT),
	      IS(RSI_INCOMPLETE), GPR(21, N(RSI_SUCCESS)), DO(token_starts_over)),
	GUEST("attest_token_no_init_state", TOKEN_FAIL, ALL, PROGRAM(TOKEN_CONTINUE(BUFFER, 0, PAGE), REPORT),
	      IS(RSI_ERROR_STATE)),
	GUEST("attest_token_over_state", TOKEN_FAIL, ALL,
	      PROGRAM(TOKEN_INIT, TOKEN_CONTINUE(BUFFER, 0, PAGE), REPORT, TOKEN_CONTINUE(BUFFER, 0, PAGE), REPORT),
	      IS(RSI_SUCCESS), IS(RSI_ERROR_STATE)),
	GUEST("attest_token_range_input", TOKEN_FAIL, ALL,
	      PROGRAM(TOKEN_INIT, TOKEN_CONTINUE(BUFFER, 0, PAGE + 1), REPORT, TOKEN_CONTINUE(BUFFER, PAGE - 8, 16),
		      REPORT, TOKEN_CONTINUE(BUFFER, -UINT64_C(8), 16), REPORT, TOKEN_CONTINUE(BUFFER, 0, 16), REPORT),
	      REFUSED, REFUSED, REFUSED, IS(RSI_INCOMPLETE)),
	GUEST("attest_token_addr_input", TOKEN_FAIL, ALL,
	      PROGRAM(TOKEN_INIT, TOKEN_CONTINUE(BUFFER + 8, 0, 16), REPORT, TOKEN_CONTINUE(SHARED_BASE, 0, 16),
		      REPORT),
	      REFUSED, REFUSED),
	GUEST("attest_token_is_of_one_rec", "12 token operation of one REC", ALL,
	      PROGRAM(TOKEN_INIT, SMC(SMC64_PSCI_CPU_ON, 1, PC(16), 0), TOKEN_CONTINUE(BUFFER, 0x800, 16), REPORT,
		      [16] = TOKEN_CONTINUE(BUFFER, 0x800, 16), REPORT),
	      ENTER_TO(PSCI), DO(rec_1_has_no_token), IS(RSI_INCOMPLETE)),

	/* Host calls */
	GUEST("host_call_answered_success", "6.2 host call", ALL,
	      PROGRAM(REPORT, MOVE(20, 0), LOAD(BUFFER + RSI_HOST_CALL_GPRS_OFFSET, 8, 21),
		      LOAD(BUFFER + RSI_HOST_CALL_GPRS_OFFSET + 8 * 30, 8, 22), REPORT),
	      ENTER_REPORT, ENTER_GPR(0, 0x1234), ENTER_GPR(30, 0x5678), ENTER_REPORT, GPR(20, N(RSI_SUCCESS)),
	      GPR(21, N(0x1234)), GPR(22, N(0x5678))),
	GUEST("host_call_page_lost_exits", "6.2 host call", ALL, PROGRAM(REPORT, LOAD(BUFFER, 8, 5)),
	      ENTER_REPORT, DO(guest_unmap_buffer), ENTER_TO(SYNC), PEEK_BITS(EXIT_FIELD(ESR), EC(0x3f), N(EC(0x24))),
	      EXIT_IS(HPFAR, N(BUFFER >> 8)), ENTER_TO(SYNC)),
	GUEST("host_call_unaligned_input", CALL_FAIL, ALL, PROGRAM(HOST_CALL(BUFFER + 0x80), REPORT, HOST_CALL(1),
								   REPORT),
	      REFUSED, REFUSED),
	GUEST("host_call_shared_input", CALL_FAIL, ALL, PROGRAM(HOST_CALL(SHARED_BASE), REPORT), REFUSED),
	GUEST("host_call_empty_input", CALL_FAIL, ALL, PROGRAM(HOST_CALL(4 * PAGE), REPORT, HOST_CALL(5 * PAGE),
							       REPORT),
	      REFUSED, REFUSED),
	GUEST("host_call_not_mapped_exits", CALL_FAIL, ALL, PROGRAM(HOST_CALL(3 * PAGE), REPORT), ENTER_TO(SYNC),
	      PEEK_BITS(EXIT_FIELD(ESR), EC(0x3f), N(EC(0x24))), EXIT_IS(HPFAR, N(3 * PAGE >> 8)), DO(guest_map_ram),
	      ENTER_TO(HOST_CALL), ENTER_REPORT),
	GUEST("host_call_imm_success", CALL_FLOW, ALL,
	      PROGRAM(SET_REG(20, 0xabcd), STORE(BUFFER, 8, 20), STORE(BUFFER + 8, 8, 20), HOST_CALL(BUFFER), REPORT),
	      ENTER_TO(HOST_CALL), EXIT_IS(IMM, N(0xabcd)), GPR(0, N(0xabcd)), ENTER_REPORT, GPR(0, N(RSI_SUCCESS))),
};

TABLE_OF(cases_guest_rsi, rows);
