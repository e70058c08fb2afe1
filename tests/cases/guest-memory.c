/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* guest-memory.c - cases of RIPAS changes that the realm asks for, and of what it can ask about its memory */
#include "guest.h"

#define NO_FLAGS 0
#define SET_STATE(first, end, ripas, flags) SMC(SMC_RSI_IPA_STATE_SET, (first) * PAGE, (end) * PAGE, ripas, flags)
#define GET_STATE(first, end) SMC(SMC_RSI_IPA_STATE_GET, (first) * PAGE, (end) * PAGE)
#define WANTS(first, end, ripas) \
	ENTER_TO(RIPAS_CHANGE), EXIT_IS(RIPAS_BASE, N((first) * PAGE)), EXIT_IS(RIPAS_TOP, N((end) * PAGE)), \
	EXIT_IS(RIPAS_VALUE, N(ripas))
#define SET(first, end, result) CALL(RMI_RTT_SET_RIPAS, A(P(RD), P(REC), IPA(first), IPA(end)), result)
#define SET_OK(first, end, next) \
	CALL_OUT(RMI_RTT_SET_RIPAS, A(P(RD), P(REC), IPA(first), IPA(end)), OK, IPA(next))
#define IS(page, ...) CALL_OUT(RMI_RTT_READ_ENTRY, A(P(RD), IPA(page), N(3)), OK, N(3), __VA_ARGS__)
#define REJECT ENTER_FLAGS(RMI_REC_ENTER_FLAGS_RIPAS_RESPONSE_MASK)
/* The realm is told how far the host got, and whether it agreed. */
#define TOLD(next, response) \
	ENTER_REPORT, GPR(0, N(RSI_SUCCESS)), GPR(1, N((next) * PAGE)), GPR(2, N(response))
#define REFUSED ENTER_REPORT, GPR(0, N(RSI_ERROR_INPUT))
#define ANSWER(end, ripas) ENTER_REPORT, GPR(0, N(RSI_SUCCESS)), GPR(1, N((end) * PAGE)), GPR(2, N(ripas))

#define FLOW "9 RIPAS change flow"
#define BAD_SET "9 IPA_STATE_SET bad arguments"
#define WINDOW "7.4 SET_RIPAS window"
#define WALK "7.4 SET_RIPAS walk, no progress"
#define TO_RAM "7.2 SET_RIPAS to RAM"
#define TO_EMPTY "7.2 SET_RIPAS to EMPTY"
#define GET "12 IPA_STATE_GET"

static const struct case_row rows[] = {
	/* The flow */
	GUEST("rtt_set_ripas_success", FLOW, ALL, PROGRAM(SET_STATE(8, 10, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(8, 10, RSI_RAM), SET_OK(8, 10, 10), IS(8, N(RMI_UNASSIGNED), N(0), N(RMI_RAM)),
	      IS(10, N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)),
	      TOLD(10, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_in_steps_success", FLOW, ALL, PROGRAM(SET_STATE(8, 12, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(8, 12, RSI_RAM), SET_OK(8, 9, 9), SET_OK(9, 12, 12), TOLD(12, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_part_success", FLOW, ALL, PROGRAM(SET_STATE(8, 12, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(8, 12, RSI_RAM), SET_OK(8, 9, 9), TOLD(9, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_part_rejected", FLOW, ALL, PROGRAM(SET_STATE(8, 12, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(8, 12, RSI_RAM), SET_OK(8, 9, 9), REJECT, TOLD(9, RSI_REJECT)),
	GUEST("rtt_set_ripas_all_rejected_is_accepted", FLOW, ALL, PROGRAM(SET_STATE(8, 12, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(8, 12, RSI_RAM), SET_OK(8, 12, 12), REJECT, TOLD(12, RSI_ACCEPT)),
	GUEST("ripas_change_ignored", FLOW, ALL, PROGRAM(SET_STATE(8, 12, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(8, 12, RSI_RAM), TOLD(8, RSI_ACCEPT)),
	GUEST("ripas_change_rejected", FLOW, ALL, PROGRAM(SET_STATE(8, 12, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(8, 12, RSI_RAM), REJECT, TOLD(8, RSI_REJECT)),
	GUEST("ripas_change_to_empty_rejected", FLOW, ALL, PROGRAM(SET_STATE(0, 3, RSI_EMPTY, NO_FLAGS), REPORT),
	      WANTS(0, 3, RSI_EMPTY), REJECT, TOLD(0, RSI_ACCEPT)),
	GUEST("ripas_change_over_many_tables", FLOW, ALL, PROGRAM(SET_STATE(8, 2048, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(8, 2048, RSI_RAM), SET_OK(8, 2048, 512), SET_OK(512, 2048, 2048), TOLD(2048, RSI_ACCEPT)),

	/* Entries */
	GUEST("rtt_set_ripas_ram_stays_success", TO_RAM, ALL, PROGRAM(SET_STATE(5, 6, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(5, 6, RSI_RAM), SET_OK(5, 6, 6), IS(5, N(RMI_ASSIGNED), NTH(DATA, 5), N(RMI_RAM)),
	      TOLD(6, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_ram_destroyed_rtt", TO_RAM, ALL, PROGRAM(SET_STATE(6, 8, RSI_RAM, RSI_NO_CHANGE_DESTROYED),
								      REPORT),
	      WANTS(6, 8, RSI_RAM), SET(6, 8, FAIL_RTT(3)), TOLD(6, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_ram_stops_at_destroyed", TO_RAM, ALL,
	      PROGRAM(SET_STATE(4, 8, RSI_RAM, RSI_NO_CHANGE_DESTROYED), REPORT),
	      WANTS(4, 8, RSI_RAM), SET_OK(4, 8, 6), SET(6, 8, FAIL_RTT(3)), TOLD(6, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_ram_from_destroyed_success", TO_RAM, ALL,
	      PROGRAM(SET_STATE(6, 8, RSI_RAM, RSI_CHANGE_DESTROYED), REPORT), WANTS(6, 8, RSI_RAM), SET_OK(6, 8, 8),
	      IS(6, N(RMI_UNASSIGNED), N(0), N(RMI_RAM)), IS(7, N(RMI_ASSIGNED), NTH(DATA, 7), N(RMI_RAM)),
	      TOLD(8, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_empty_success", TO_EMPTY, ALL,
	      PROGRAM(LOAD(PAGE, 8, 5), SET_STATE(1, 2, RSI_EMPTY, NO_FLAGS), CATCH, REPORT), WANTS(1, 2, RSI_EMPTY),
	      SET_OK(1, 2, 2), IS(1, N(RMI_ASSIGNED), NTH(DATA, 1), N(RMI_EMPTY)), TOLD(2, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_empty_unassigned_success", TO_EMPTY, ALL, PROGRAM(SET_STATE(3, 4, RSI_EMPTY, NO_FLAGS),
									       REPORT),
	      WANTS(3, 4, RSI_EMPTY), SET_OK(3, 4, 4), IS(3, N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)),
	      TOLD(4, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_empty_from_destroyed_success", TO_EMPTY, TF,
	      PROGRAM(SET_STATE(6, 8, RSI_EMPTY, RSI_NO_CHANGE_DESTROYED), REPORT), WANTS(6, 8, RSI_EMPTY),
	      SET_OK(6, 8, 8),
	      IS(6, N(RMI_UNASSIGNED), N(0), N(RMI_EMPTY)), IS(7, N(RMI_ASSIGNED), NTH(DATA, 7), N(RMI_EMPTY)),
	      TOLD(8, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_empty_from_destroyed_rtt", TO_EMPTY, RMM_2_0,
	      PROGRAM(SET_STATE(6, 8, RSI_EMPTY, RSI_NO_CHANGE_DESTROYED), REPORT), WANTS(6, 8, RSI_EMPTY),
	      SET(6, 8, FAIL_RTT(3)), TOLD(6, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_empty_changes_destroyed_success", TO_EMPTY, ALL,
	      PROGRAM(SET_STATE(6, 8, RSI_EMPTY, RSI_CHANGE_DESTROYED), REPORT), WANTS(6, 8, RSI_EMPTY),
	      SET_OK(6, 8, 8), TOLD(8, RSI_ACCEPT)),

	/* What the host may not do */
	GUEST("rtt_set_ripas_not_next_input", WINDOW, ALL, PROGRAM(SET_STATE(8, 12, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(8, 12, RSI_RAM), SET(9, 12, FAIL(INPUT)), SET(4, 12, FAIL(INPUT)), SET_OK(8, 9, 9),
	      SET(8, 12, FAIL(INPUT)), SET(10, 12, FAIL(INPUT)), TOLD(9, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_above_window_input", WINDOW, ALL, PROGRAM(SET_STATE(8, 12, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(8, 12, RSI_RAM), SET(8, 13, FAIL(INPUT)), SET(8, 4096, FAIL(INPUT)), TOLD(8, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_done_input", WINDOW, ALL, PROGRAM(SET_STATE(8, 12, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(8, 12, RSI_RAM), SET_OK(8, 12, 12), SET(12, 13, FAIL(INPUT)), SET(8, 12, FAIL(INPUT)),
	      TOLD(12, RSI_ACCEPT), SET(8, 12, FAIL(INPUT)), SET(12, 13, FAIL(INPUT))),
	GUEST("rtt_set_ripas_in_large_entry_rtt", WALK, ALL, PROGRAM(SET_STATE(513, 515, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(513, 515, RSI_RAM), SET(513, 515, FAIL_RTT(2)),
	      CALL(RMI_RTT_CREATE, A(P(RD), P(FREE), IPA_L2(1), N(3)), OK), SET_OK(513, 515, 515),
	      TOLD(515, RSI_ACCEPT)),
	GUEST("rtt_set_ripas_large_entry_rtt", WALK, ALL, PROGRAM(SET_STATE(512, 513, RSI_RAM, NO_FLAGS), REPORT),
	      WANTS(512, 513, RSI_RAM), SET(512, 513, FAIL_RTT(2)), TOLD(512, RSI_ACCEPT)),

	/* What the realm may not ask for: answered at once */
	GUEST("ipa_state_set_unaligned_input", BAD_SET, ALL,
	      PROGRAM(SMC(SMC_RSI_IPA_STATE_SET, 8 * PAGE + 8, 9 * PAGE, RSI_RAM), REPORT,
		      SMC(SMC_RSI_IPA_STATE_SET, 8 * PAGE, 9 * PAGE + 8, RSI_RAM), REPORT), REFUSED, REFUSED),
	GUEST("ipa_state_set_empty_range_input", BAD_SET, ALL,
	      PROGRAM(SET_STATE(8, 8, RSI_RAM, 0), REPORT, SET_STATE(9, 8, RSI_RAM, 0), REPORT), REFUSED, REFUSED),
	GUEST("ipa_state_set_shared_input", BAD_SET, ALL,
	      PROGRAM(SMC(SMC_RSI_IPA_STATE_SET, SHARED_BASE, SHARED_BASE + PAGE, RSI_RAM), REPORT,
		      SMC(SMC_RSI_IPA_STATE_SET, SHARED_BASE - PAGE, SHARED_BASE + PAGE, RSI_RAM), REPORT,
		      SMC(SMC_RSI_IPA_STATE_SET, SPACE_TOP, SPACE_TOP + PAGE, RSI_RAM), REPORT), REFUSED, REFUSED,
		      REFUSED),
	GUEST("ipa_state_set_ripas_input", BAD_SET, ALL,
	      PROGRAM(SET_STATE(8, 9, RSI_DESTROYED, 0), REPORT, SET_STATE(8, 9, 3, 0), REPORT,
		      SET_STATE(8, 9, 0x101, 0), REPORT), REFUSED, REFUSED, REFUSED),

	/* What the realm can find out */
	GUEST("ipa_state_get_success", GET, ALL,
	      PROGRAM(GET_STATE(0, 8), REPORT, GET_STATE(4, 8), REPORT, GET_STATE(6, 9), REPORT, GET_STATE(2, 3),
		      REPORT),
	      ANSWER(4, RSI_RAM), ANSWER(6, RSI_EMPTY), ANSWER(8, RSI_DESTROYED), ANSWER(3, RSI_RAM)),
	GUEST("ipa_state_get_input", GET, ALL,
	      PROGRAM(GET_STATE(4, 4), REPORT, GET_STATE(5, 4), REPORT, SMC(SMC_RSI_IPA_STATE_GET, 8, PAGE), REPORT,
		      SMC(SMC_RSI_IPA_STATE_GET, 0, 8), REPORT,
		      SMC(SMC_RSI_IPA_STATE_GET, SHARED_BASE, SHARED_BASE + PAGE), REPORT,
		      SMC(SMC_RSI_IPA_STATE_GET, 0, SHARED_BASE + PAGE), REPORT),
	      REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, REFUSED),
};

TABLE_OF(cases_guest_memory, rows);
