/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * life.h - what realms must do on any host, as a list of cases, and what cases need
 *
 * The same list runs on the software host of each family and on real kernels: life-cases.c. A case is a function that
 * ends early when something is not as it should be. It starts with a context of its own and a plan; what it leaves in
 * struct life is freed, and then nothing may be left of it on the host.
 */
#ifndef LIFE_H
#define LIFE_H

#include <setjmp.h>
#include <stdbool.h>
#include <string.h>

#include "realm-sim.h"

#define RAM UINT64_C(0x80000000)
#define SLOT_PAGES 16	/* of each of the two slots of the plan, which touch */
#define IPA_BITS 33
#define HALF (UINT64_C(1) << (IPA_BITS - 1))
#define EVENTS_MAX 65536

/* What a case needs of host and family, with the reason to skip it where that is not there */
#define LIFE_NEEDS(X) \
	X(GUEST, "no guest code runs here") \
	X(TELLS, "this host does not tell what its RMM measured") \
	X(CONVERT, "the family converts memory by itself") \
	X(NO_CONVERT, "the family converts memory when it is asked to") \
	X(MEMFD, "the family has no guest_memfd") \
	X(CONFIG, "the family takes neither hash nor personalization value") \
	X(FIXED, "the family takes hash and personalization value") \
	X(UNMEASURED, "the family measures every load") \
	X(MEASURES_ALL, "the family measures what it is told to") \
	X(ATTRIBUTES, "the family lets guests touch both halves") \
	X(IN_PLACE, "the family does not share pages in place") \
	X(NO_IN_PLACE, "the family shares pages in place") \
	X(NO_PSCI_COMPLETE, "the VMM can finish calls of PSCI")

#define LIFE_NUMBER(name, reason) LIFE_NUMBER_##name,
enum { LIFE_NEEDS(LIFE_NUMBER) LIFE_NEEDS_COUNT };
#define LIFE_BIT(name, reason) LIFE_##name = 1 << LIFE_NUMBER_##name,
enum { LIFE_NEEDS(LIFE_BIT) };

struct life {
	/* the host */
	struct realm_sim *sim;	/* NULL: Linux */
	enum realm_family family;
	enum realm_profile profile;
	uint64_t page;
	unsigned has;	/* LIFE_* */
	/* the case; the realm is destroyed, plan and context are freed after it */
	struct realm_ctx *ctx;
	struct realm_plan *plan;
	struct realm_opts opts;
	struct realm *realm;
	char events[EVENTS_MAX];	/* lines of those that the library told of by life_issued() */
	size_t events_len;
	char warnings[1024];
	/* how it ends */
	jmp_buf end;
	char fault[512];
};

struct life_case {
	const char *name;
	unsigned needs;
	void (*run)(struct life *life);
};

struct life_list {
	const struct life_case *cases;
	size_t count;
};

extern const struct life_list life_build, life_refuse, life_memory, life_run;

/* The case ends here. */
_Noreturn void life_fail(struct life *life, const char *file, int line, const char *what, long long got);

#define CHECK(condition) \
	((condition) ? (void)0 : life_fail(life, __FILE__, __LINE__, #condition, 0))
#define EQUAL(got, expected) \
	life_equal(life, __FILE__, __LINE__, #got " == " #expected, (long long)(got), (long long)(expected))
#define DONE_OK(call) EQUAL(call, 0)
/* Refused with this errno, and a detail whose place or reason has this text */
#define REFUSED(call, err, text) life_refused(life, __FILE__, __LINE__, #call, call, err, text)

void life_equal(struct life *life, const char *file, int line, const char *what, long long got, long long expected);
void life_refused(struct life *life, const char *file, int line, const char *what, int got, int err, const char *text);

/* ---- realms ---- */

/* The plan that a case starts with: two slots, a page of programs that is measured, one REC */
struct realm_plan *life_plan(struct life *life);
/* The plan again, with so many RECs */
void life_plan_recs(struct life *life, unsigned count);
/* The page of programs, as guests find it at RAM (guest.h) */
const void *life_program(struct life *life);
/* Builds the realm of the plan step by step, from where it is to a phase. */
void life_to(struct life *life, enum realm_phase phase);
/* The same at once */
void life_create(struct life *life);
void life_issued(void *arg, const struct realm_event *event);
/* What the RMM has measured is what is predicted for the plan; nothing where the host does not tell. */
void life_check_rim(struct life *life);
void life_predict(struct life *life, struct realm_plan *plan, uint8_t rim[REALM_DIGEST_MAX]);
void life_destroy(struct life *life);

#endif
