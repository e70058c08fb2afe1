/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * guest-parts.h - a REC in the CPU, in parts: what each of them moves in before a run, and back after it
 *
 * struct rmm_guest has the registers that the core knows. The others are in granules of the REC, which are mapped only
 * while it runs. What a realm can change is in one of the two, or trapped.
 */
#ifndef QEMU_GUEST_PARTS_H
#define QEMU_GUEST_PARTS_H

#include "rmm.h"

#define DEBUG_MAX 16	/* breakpoints, and as many watchpoints */
#define GIC_APRS_MAX 4
#define PAUTH_KEYS 10	/* halves */

struct guest_debug {
	uint64_t bvr[DEBUG_MAX], bcr[DEBUG_MAX], wvr[DEBUG_MAX], wcr[DEBUG_MAX];
};

struct guest_vectors {
	uint64_t fpsr, fpcr, zcr, pad;
	union {
		uint8_t v[32][16];
		uint8_t p[17][32];	/* with SVE: predicates of 32 bytes at most, the last one is FFR; Z are elsewhere */
	};
};

/* Active priorities, which are not in struct rmm_gic */
struct guest_aprs {
	uint64_t ap0r[GIC_APRS_MAX], ap1r[GIC_APRS_MAX];
};

/* All zero when the REC is new */
struct guest_state {
	uint64_t keys[PAUTH_KEYS];
	uint8_t timers_told;
	struct guest_aprs aprs;
	struct guest_debug debug;
	struct guest_vectors vectors;
};

_Static_assert(sizeof(struct guest_state) <= 0x1000, "the state is in one granule");

/* The granules of a REC while it runs */
struct guest_pages {
	struct guest_state *state;
	void *z[2];	/* with SVE: Z0 to Z15, Z16 to Z31, of 256 bytes at most */
};

/*
 * Registers with a number in their names, from the last one of them to number 0: X is a macro of the number, of NUMBERED(),
 * which says what to do.
 */
#define NUMBERED(n, what)             \
	case n:                       \
		what;                 \
		__attribute__((fallthrough));
#define NUMBERED_4(last, X) NUMBERED_SWITCH(last, X(3) X(2) X(1) X(0))
#define NUMBERED_16(last, X)                                                                                  \
	NUMBERED_SWITCH(last, X(15) X(14) X(13) X(12) X(11) X(10) X(9) X(8) X(7) X(6) X(5) X(4) X(3) X(2) X(1) X(0))
#define NUMBERED_SWITCH(last, cases) \
	switch (last) {              \
		cases                \
	default:                     \
		break;               \
	}

/* enter.S: runs the guest; enum rmm_trap_kind */
unsigned guest_run(struct rmm_guest *guest);

/* guest-stage2.c */
void guest_stage2_load(const struct rmm_stage2 *stage2);
/* HPFAR_EL2 of an abort, zero where there is no IPA. false: the guest has changed its tables since; it has to go on. */
bool guest_fault_ipa(const struct rmm_trap *trap, uint64_t *hpfar);

/* guest-idregs.c, guest-timer.c: accesses that trap. false: not one of theirs */
bool guest_idregs_access(struct rmm_guest *guest, uint64_t esr);
bool guest_timer_access(struct rmm_guest *guest, struct guest_state *state, uint64_t esr);

/* Where in ESR_ELx a trapped MSR or MRS says which register: Op0, Op2, Op1, CRn, CRm */
#define SYSREG_ISS_MASK 0x3ffc1e
#define SYSREG_ISS(op0, op1, crn, crm, op2) ((op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (crm) << 1)
/* The general register and the direction of it; PC moves on. */
bool guest_access_is_read(uint64_t esr);
uint64_t guest_access_value(const struct rmm_guest *guest, uint64_t esr);
void guest_access_done(struct rmm_guest *guest, uint64_t esr, uint64_t value);

/* The parts */
void guest_timer_load(const struct rmm_guest *guest, struct guest_state *state);
void guest_timer_store(struct rmm_guest *guest, struct guest_state *state, enum rmm_trap_kind kind);
void guest_gic_load(const struct rmm_guest *guest, const struct guest_aprs *aprs);
void guest_gic_store(struct rmm_guest *guest, struct guest_aprs *aprs);
void guest_debug_load(const struct guest_debug *debug);
void guest_debug_store(struct guest_debug *debug);
void guest_simd_boot(void);	/* lets the RMM use all vector registers */
unsigned guest_sve_quads(void);	/* of the longest vector; EL3 starts no CPU without SVE */
void guest_simd_load(const struct rmm_guest *guest, const struct guest_pages *pages);
void guest_simd_store(const struct rmm_guest *guest, const struct guest_pages *pages);

#endif
