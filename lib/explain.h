/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * explain.h - what the files that explain a RIM share
 *
 * A *variant* is a plan near the one that was given.  A *change* turns a variant into another, and is a few numbers.  Each variant is a plan
 * like any other, so that walk.c gives its events; only the content of its loads comes from digests that were made once.
 */
#ifndef REALM_EXPLAIN_PRIVATE_H
#define REALM_EXPLAIN_PRIVATE_H

#include "internal.h"

/* ---- explain-plan.c: the given plan, its digests, and its variants ---- */

#define ADDED SIZE_MAX

struct variant {
	struct realm_plan plan; /* lists of its own; names, files and bytes are the given plan's */
	size_t *origins;        /* of each load: its index in the given plan, or ADDED */
};

int variant_copy(struct variant *to, const struct variant *from, struct realm_ctx *ctx);
void variant_free(struct variant *variant);
/* Put a load of zero bytes at an address, after load i. */
int variant_add_zero(struct variant *variant, size_t i, uint64_t at, uint64_t size);
void variant_drop_load(struct variant *variant, size_t i);
/* The load in one place goes to another. */
void variant_move_load(struct variant *variant, size_t from, size_t to);

/* Digests of all granules of the given plan's loads, for one size of granules */
struct digests {
	uint32_t granule; /* 0: not made */
	uint8_t (*slots)[REALM_DIGEST_MAX];
	size_t *starts; /* of each load, in slots; and one past the last */
	uint8_t zero[REALM_DIGEST_MAX];
};

int digests_make(struct digests *digests, const struct variant *given, uint32_t granule,
		 const struct realm_work_opts *work);
void digests_free(struct digests *digests);

/* What the bytes of a load of the given plan are */
struct content {
	bool is_image;
	bool is_dtb;
	uint64_t text_offset; /* of an Image */
	uint64_t span;        /* bytes of memory that an Image wants, counted from its first byte */
	uint64_t zeros;       /* granules of zeros at its end */
};

#define GRANULE_SIZES 3

struct explain {
	struct realm_ctx *ctx;
	struct variant given; /* with the algorithm of the RIM */
	uint8_t rim[REALM_DIGEST_MAX];
	struct realm_explain_opts opts;
	struct realm_work_opts work;
	struct content *contents;
	struct digests digests[GRANULE_SIZES];
};

int explain_read_contents(struct explain *ex);
/* Those of this size of granules; NULL when they were not made. */
const struct digests *explain_digests(const struct explain *ex, uint32_t granule);

/* ---- explain-changes.c, explain-loads.c: the list of changes, and carrying them out ---- */

enum change_kind {
	CHANGE_NONE,
	/* parameters */
	CHANGE_LPA2,
	CHANGE_SVE,
	CHANGE_DEBUG, /* both kinds of debug registers: breakpoints in index, watchpoints in value */
	CHANGE_BREAKPOINTS,
	CHANGE_WATCHPOINTS,
	CHANGE_PMU,
	CHANGE_IPA_BITS,
	CHANGE_FLAGS,
	CHANGE_GRANULE,
	CHANGE_RAM_SIZE,
	/* loads: index is the place */
	CHANGE_ALL_MEASURED,
	CHANGE_ORDER,
	CHANGE_MEASURED,
	CHANGE_LEFT_OUT,
	CHANGE_SIZE,  /* value: bytes */
	CHANGE_ZEROS, /* value: bytes */
	CHANGE_MOVED, /* value: place */
	CHANGE_ADDRESS,
	/* RECs */
	CHANGE_ADD_REC,
	CHANGE_RUNNABLE,
	CHANGE_ALL_RUNNABLE,
	CHANGE_PC,
	CHANGE_GPR, /* index: 8 a REC */
	CHANGE_ALL_GPRS,
};

/* Where a change is, the cheapest first: the later in the chain, the less is hashed again. */
enum group { GROUP_RECS, GROUP_LOADS, GROUP_PARAMETERS, GROUPS };

/* How likely a change is: what goes wrong often, what happens, what is possible. */
enum tier { TIER_OFTEN, TIER_SOMETIMES, TIER_RARELY, TIERS };

struct change {
	enum change_kind kind;
	enum tier tier;
	size_t index;
	uint64_t value;
};

struct changes {
	struct change *list;
	size_t count;
	bool nomem;
};

/* Of more loads than this, the first ones are changed one by one. */
#define EXPLAIN_LOADS 1024

void changes_add(struct changes *changes, enum tier tier, enum change_kind kind, size_t index, uint64_t value);
/* All changes of a variant, likely ones first.  free(changes->list).  0 or -ENOMEM. */
int changes_list(struct changes *changes, const struct explain *ex, const struct variant *variant);
void changes_of_loads(struct changes *changes, const struct explain *ex, const struct variant *variant);
/* Carry it out.  0, -EINVAL when the plan would not be possible, or -ENOMEM. */
int change_apply(const struct change *change, struct variant *variant);
int change_load(const struct change *change, struct variant *variant);
enum group change_group(const struct change *change);
/* What it means, in one line; a static string. */
const char *change_why(const struct change *change);
/*
 * Of two changes that make a pair, the one that is carried out first: it comes first in the plan, so that the pairs it makes share
 * what they have in common.  False for the same place.
 */
bool change_is_before(const struct change *a, const struct change *b, const struct variant *variant_a,
		      const struct variant *variant_b);

/* ---- explain-chain.c: from a variant to its RIM ---- */

/* A variant, and its RIM before each load and after the last: those near it start from there */
struct trunk {
	struct variant variant;
	uint8_t (*slots)[REALM_DIGEST_MAX];
};

struct chain {
	const struct explain *ex;
	struct family_pair pair;
	struct realm_rim *rim;
};

#define CHAIN_SAME 1

/*
 * Measure a variant.  CHAIN_SAME when it gives what the trunk gives; 0; or a negative errno.  slots: filled as those of a trunk, or NULL.
 * trunk may be NULL.
 */
int chain_run(struct chain *chain, const struct variant *variant, const struct trunk *trunk,
	      uint8_t (*slots)[REALM_DIGEST_MAX]);
/* Takes the variant over, also on failure. */
int trunk_make(struct trunk *trunk, struct chain *chain, struct variant *variant, const struct trunk *from);
void trunk_free(struct trunk *trunk);

/* ---- explain-search.c: all variants, on several threads ---- */

#define EXPLAIN_PAIRS (FAMILY_PAIRS + 1)

struct found {
	bool yes;
	struct family_pair pair;
	struct change changes[2]; /* CHANGE_NONE where there is none */
};

struct search_result {
	struct found found;
	uint64_t tried;
	size_t singles, singles_left; /* parts of the search; those that were not done */
	size_t pairs, pairs_left;
};

int explain_search(struct explain *ex, struct search_result *result);

/* ---- explain-edits.c: the answer in words ---- */

struct edit {
	unsigned int change;
	char *where, *from, *to;
	const char *why;
};

struct edits {
	struct edit *list;
	size_t count;
	bool nomem;
};

/* What differs between two variants. */
int edits_add(struct edits *edits, const struct variant *from, const struct variant *to, unsigned int change,
	      const char *why);
void edits_free(struct edits *edits);

#endif /* REALM_EXPLAIN_PRIVATE_H */
