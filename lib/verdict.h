/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * verdict.h - the list of checks of one token
 *
 *     check_say(v, CHECK_RIM, CHECK_FOUND, "...");        what it is about
 *     check_end(v, CHECK_RIM, REALM_CHECK_GOOD);          or
 *     check_fail(v, CHECK_RIM, REALM_CHECK_BAD, "why");
 *
 * A check of which nothing is said is not done.  The first error stays: no verdict comes out of it.
 */
#ifndef REALM_VERDICT_INTERNAL_H
#define REALM_VERDICT_INTERNAL_H

#include "token.h"

/* In the order in which they are done; up to CHECK_LENGTHS they are mandatory. */
enum check_id {
	CHECK_STRUCTURE,
	CHECK_PLATFORM_ALGORITHM,
	CHECK_PLATFORM_KEY,
	CHECK_PLATFORM_SIGNATURE,
	CHECK_REALM_ALGORITHM,
	CHECK_REALM_SIGNATURE,
	CHECK_BINDING,
	CHECK_LIFECYCLE,
	CHECK_LENGTHS,
	CHECK_CHALLENGE,
	CHECK_HASH,
	CHECK_RIM,
	CHECK_REM0,
	CHECK_REM3 = CHECK_REM0 + REALM_REMS - 1,
	CHECK_RPV,
	CHECK_COMPONENTS,
	CHECK_CONFIGURATION,
	CHECK_COUNT,
};

enum check_text {
	CHECK_EXPECTED,
	CHECK_FOUND,
	CHECK_WHY,
	CHECK_TEXTS,
};

struct check {
	enum realm_outcome outcome;
	char *texts[CHECK_TEXTS];
};

struct realm_verdict {
	struct realm_ctx *ctx;
	enum realm_result result;
	int err;
	int64_t at;   /* when it was judged */
	bool direct;  /* the binding stands for the realm's signature */
	bool matched; /* match is the reference value with the realm's RIM */
	size_t match;
	struct check checks[CHECK_COUNT];
};

/* Nothing done, refused.  NULL: out of memory. */
struct realm_verdict *verdict_new(struct realm_ctx *ctx, int64_t at);
/* Is a mandatory check as good as it must be? */
bool check_passes(const struct realm_verdict *verdict, enum check_id id);
/* What all checks give together; done once, after them. */
enum realm_result verdict_decide(struct realm_verdict *verdict);

/* Texts are cleaned of control characters: they quote tokens.  A text that is said again gives way to the new one. */
void check_say(struct realm_verdict *verdict, enum check_id id, enum check_text which, const char *fmt, ...)
	PRINTF(4, 5);
void check_hex(struct realm_verdict *verdict, enum check_id id, enum check_text which, const struct realm_bytes *bytes);
void check_end(struct realm_verdict *verdict, enum check_id id, enum realm_outcome outcome);
/* The same and why. */
void check_fail(struct realm_verdict *verdict, enum check_id id, enum realm_outcome outcome, const char *fmt, ...)
	PRINTF(4, 5);
/* Those that nothing was said of: not done, and why. */
void check_leave_out(struct realm_verdict *verdict, enum check_id first, enum check_id last, const char *why);

/* How much of a token's text is quoted; for "%.*s". */
int quoted(const char *text);

/* ---- appraise.c, appraise-platform.c ---- */

/* Both in hex, equal or not. */
void check_compare(struct realm_verdict *verdict, enum check_id id, const struct realm_bytes *expected,
		   const struct realm_bytes *found);
bool same_bytes(const struct realm_bytes *a, const struct realm_bytes *b);
/* Everything that is compared with what the caller gave. */
void appraise_realm(struct realm_verdict *verdict, const struct realm_token *token,
		    const struct realm_verify_opts *opts);
void appraise_platform(struct realm_verdict *verdict, const struct realm_token *token,
		       const struct realm_verify_opts *opts);

#endif /* REALM_VERDICT_INTERNAL_H */
