/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * guest.h - rows with a program for the realm, and what the host sees of it
 *
 * Programs have their code at IPA 0, what exceptions of the realm lead to at VECTORS, and a buffer. REPORT sends X0 to
 * X30 to the host. Addresses are those of 4 KiB granules.
 */
#ifndef CASES_GUEST_H
#define CASES_GUEST_H

#include "world.h"

#define PAGE 0x1000
#define VECTORS (1 * PAGE)
#define BUFFER (2 * PAGE)
#define SHARED_BASE CASES_SHARED_IPA
#define SPACE_TOP (UINT64_C(1) << 39)
#define REPORT_IMM 0x77
#define PC(record) (4 * (record))	/* where a record of the first page begins */

#define SMC(...) { .op = PROGRAM_SMC, .x = { __VA_ARGS__ } }
#define HVC { .op = PROGRAM_HVC }
#define LOAD(ipa, size, reg) { .op = PROGRAM_LOAD, .x = { ipa, size, 0, reg } }
#define LOAD_SIGNED(ipa, size, reg) { .op = PROGRAM_LOAD, .x = { ipa, size, PROGRAM_SIGNED, reg } }
#define LOAD_PAIR(ipa) { .op = PROGRAM_LOAD, .x = { ipa, 8, PROGRAM_NO_SYNDROME, 5 } }
#define STORE(ipa, size, reg) { .op = PROGRAM_STORE, .x = { ipa, size, 0, reg } }
#define JUMP(pc) { .op = PROGRAM_JUMP, .x = { pc } }
#define SET_REG(reg, value) { .op = PROGRAM_SET, .x = { reg, value } }
#define MOVE(to, from) { .op = PROGRAM_MOVE, .x = { to, from } }
#define WAIT(kind, reg) { .op = PROGRAM_WAIT, .x = { kind, reg } }
#define SYSREG(iss) { .op = PROGRAM_SYSREG, .x = { iss } }
#define SERROR(iss) { .op = PROGRAM_SERROR, .x = { iss } }
#define TRAP(esr, far, hpfar) { .op = PROGRAM_TRAP, .x = { esr, far, hpfar, 4 } }
#define IRQ { .op = PROGRAM_IRQ }
#define FIQ { .op = PROGRAM_FIQ }
#define TIMER(...) { .op = PROGRAM_TIMER, .x = { __VA_ARGS__ } }
#define PMU(overflow) { .op = PROGRAM_PMU, .x = { overflow } }
#define REPORT { .op = PROGRAM_HOST_CALL, .x = { BUFFER, REPORT_IMM } }

/* Exceptions of the realm: their ESR, FAR and ELR in X1, X2 and X3 of a report */
#define CATCH SET_REG(PROGRAM_REG_VBAR, VECTORS)
#define HANDLER \
	[PROGRAM_RECORDS] = MOVE(1, PROGRAM_REG_ESR), MOVE(2, PROGRAM_REG_FAR), MOVE(3, PROGRAM_REG_ELR), REPORT

#define PROGRAM(...) \
	.program = (const struct program_record[]){ __VA_ARGS__ }, \
	.records = sizeof((const struct program_record[]){ __VA_ARGS__ }) / sizeof(struct program_record)

#define GUEST_AT(stage_, needs_, name_, row_, variants_, program_, ...) \
	{ .name = name_, .row = row_, .variants = variants_, .stage = stage_, \
	  .needs = NEED_GUEST | NEED_4K | (needs_), program_, \
	  .steps = (const struct step[]){ __VA_ARGS__, { .kind = STEP_END } } }
#define GUEST(name_, row_, variants_, program_, ...) \
	{ .name = name_, .row = row_, .variants = variants_, .stage = ACTIVE, .needs = NEED_GUEST | NEED_4K, program_, \
	  .steps = (const struct step[]){ __VA_ARGS__, { .kind = STEP_END } } }

/* Enters REC 0; it must exit for this reason. */
#define EXIT_FIELD(field) AT(RUN, RMI_REC_RUN_EXIT_OFFSET + RMI_REC_EXIT_##field##_OFFSET)
#define EXIT_IS(field, ...) \
	{ .kind = STEP_PEEK, .name = "exit." #field, .arg = { EXIT_FIELD(field) }, .mask = ~UINT64_C(0), \
	  .x0 = __VA_ARGS__ }
#define ENTER_TO(reason) \
	CALL(RMI_REC_ENTER, A(P(REC), P(RUN)), OK), EXIT_IS(EXIT_REASON, N(RMI_EXIT_##reason))
#define ENTER_REPORT ENTER_TO(HOST_CALL), EXIT_IS(IMM, N(REPORT_IMM))
#define GPR(i, ...) \
	{ .kind = STEP_PEEK, .name = "X" #i, .mask = ~UINT64_C(0), .x0 = __VA_ARGS__, \
	  .arg = { AT(RUN, RMI_REC_RUN_EXIT_OFFSET + RMI_REC_EXIT_GPRS_OFFSET + 8 * (i)) } }
#define GPR_BITS(i, bits, ...) \
	{ .kind = STEP_PEEK, .name = "X" #i, .mask = bits, .x0 = __VA_ARGS__, \
	  .arg = { AT(RUN, RMI_REC_RUN_EXIT_OFFSET + RMI_REC_EXIT_GPRS_OFFSET + 8 * (i)) } }
#define ENTER_FLAGS(...) POKE(AT(RUN, RMI_REC_ENTER_FLAGS_OFFSET), N(__VA_ARGS__))
#define ENTER_GPR(i, ...) POKE(AT(RUN, RMI_REC_ENTER_GPRS_OFFSET + 8 * (i)), N(__VA_ARGS__))

/* What a report of an exception has in X1: class and fault status of ESR_EL1 (DDI 0487, ESR_ELx) */
#define EC(class) (UINT64_C(class) << 26)
#define IL (UINT64_C(1) << 25)
#define CAUGHT(class, status) GPR_BITS(1, EC(0x3f) | 0x3f, N(EC(class) | (status)))
#define EXTERNAL 0x10
#define TRANSLATION_L3 0x07
#define PERMISSION_L3 0x0f

bool guest_map_shared(struct world *world);	/* SHARED_IPA(1), to NS + 1 */
bool guest_map_ram(struct world *world);	/* IPA(3), to FREE */
bool guest_unmap_buffer(struct world *world);	/* IPA(2), which becomes DESTROYED */

#endif
