/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* internal.h - what the files of lib/ share */
#ifndef REALM_INTERNAL_H
#define REALM_INTERNAL_H

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#include "realm.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* Bytes of one measurement chunk: small enough that what read() copied is still in the cache when it is hashed. */
#define CHUNK_SIZE (256u * 1024)

/* ---- librealm.c: context and errors ---- */

/* Bytes of one part of a message: the longest file name, and what is said of it. */
#define TEXT_SIZE (4096 + 512)

struct kvm_host;

struct realm_ctx {
	realm_log_fn log;
	void *log_arg;
	struct realm_host_ops ops; /* zero: Linux */
	void *host_arg;
	enum realm_family family; /* what realm_ctx_set_family() said */
	unsigned int cap;
	bool family_set; /* it was called */
	struct kvm_host *host;  /* what kvm_host_get() found out */
	unsigned int realms;    /* that are not destroyed yet */
	struct realm_error *error; /* NULL until something failed */
	bool nomem;                /* the last failure was out of memory, and is not in error */
};

/*
 * Record a failure and return -err.  where: culprit or NULL; hint: what to do or NULL; the rest says why.  All are copied.
 */
int realm_fail(struct realm_ctx *ctx, int err, const char *where, const char *hint, const char *fmt, ...) PRINTF(5, 6);
int realm_fail_nomem(struct realm_ctx *ctx);

/* What of the host failed; all but the numbers are static strings. */
struct host_failure {
	const char *step;
	const char *call;
	int err; /* positive */
	bool has_rmi;
	uint64_t fid, result;
};

/* As realm_fail(), for a failure of the host; where is its step. */
int realm_fail_host(struct realm_ctx *ctx, int err, const struct host_failure *host, const char *hint, const char *fmt,
		    ...) PRINTF(5, 6);
void realm_log(struct realm_ctx *ctx, enum realm_log_level level, const char *where, const char *fmt, ...)
	PRINTF(4, 5);

/*
 * Copy a caller's sized options over defaults of known size; user may be NULL.  0, -EINVAL (no size) or -E2BIG.
 */
int realm_copy_opts(void *known, size_t known_size, const void *user);
/* The same, with the detail of a failure in ctx; name: that of the structure. */
int realm_read_opts(struct realm_ctx *ctx, const char *name, void *known, size_t known_size, const void *user);
/* Fill a caller's sized structure from one of known size, which starts with its size.  0 or -EINVAL. */
int realm_give(void *user, const void *known, size_t known_size);

/* ---- plan.c: the plan and what is derived from it ---- */

struct ram {
	uint64_t base;
	uint64_t size;
	uint32_t slot; /* of KVM: its index in a plan */
};

struct load {
	enum realm_load_kind kind;
	uint32_t flags;
	uint64_t at;
	uint64_t offset;
	uint64_t size;   /* as given; REALM_TO_END for a file or descriptor up to its end */
	uint64_t length; /* bytes, set by plan_validate() */
	char *name;
	char *file;
	uint8_t *data;
	int fd;
	realm_read_fn read;
	void *read_arg;
};

struct rec {
	uint64_t pc;
	uint64_t gprs[REALM_REC_GPRS];
	uint64_t mpidr;
	bool runnable;
};

struct realm_plan {
	struct realm_ctx *ctx;
	char *name;
	unsigned int ipa_bits;
	enum realm_hash hash;
	uint8_t rpv[REALM_RPV_SIZE];
	uint32_t granule;
	bool lpa2;
	unsigned int sve_bits;
	unsigned int breakpoints;
	unsigned int watchpoints;
	int pmu_counters;
	uint64_t flags;
	struct ram *rams;
	size_t num_rams;
	struct load *loads;
	size_t num_loads;
	struct rec *recs;
	size_t num_recs;
};

/* First fault as an error; sets load.length.  Does not warn. */
int plan_validate(struct realm_plan *plan);
/* The same without asking files again: each load.length is set and right. */
int plan_revalidate(struct realm_plan *plan);
/* First granule of a load, and the address after its last; only after plan_validate(). */
uint64_t load_base(const struct realm_plan *plan, const struct load *load);
uint64_t load_top(const struct realm_plan *plan, const struct load *load);
/* RmiRecMpidr that KVM gives to a vCPU index (Aff0 4 bits, Aff1 and Aff2 8 bits each). */
uint64_t kvm_mpidr(size_t index);

/* ---- image.c: what the bytes of a load say ---- */

/* Warn about seeds in device trees among the loads and about what disagrees with the plan. */
int image_check_plan(struct realm_plan *plan);

/* ---- file.c: bytes of inputs ---- */

/* The bytes of one load, from any kind of source. */
struct source {
	const struct load *load;
	int fd; /* -1 for memory, zero and callbacks */
	bool own_fd;
};

/* Open a regular file for reading; a descriptor or a negative errno, with the detail in ctx. */
int file_open(struct realm_ctx *ctx, const char *path, uint64_t *sizep);
/* The same for a file or pipe that is read once from start to end; the size of a pipe is 0. */
int file_open_stream(struct realm_ctx *ctx, const char *path, uint64_t *sizep);
/* Whole small input, "-" for standard input; refuses more than max bytes with -EINVAL.  free(*bufp). */
int file_read_all(struct realm_ctx *ctx, const char *path, size_t max, uint8_t **bufp, size_t *lenp);
/* Check that a load's source exists and holds its bytes; gives the number of bytes. */
int source_length(struct realm_ctx *ctx, const struct load *load, const char *where, uint64_t *lengthp);
/* From here on without detail: any thread may call these, and only the caller's may touch the context. */
int source_open(const struct load *load, struct source *src);
/* All of [offset, offset + len) of the load, or -EIO. */
int source_read(const struct source *src, uint64_t offset, void *buf, size_t len);
/* Is [offset, offset + len) known to be all zero without reading it? */
bool source_is_hole(const struct source *src, uint64_t offset, size_t len);
void source_close(struct source *src);

/* ---- hash.c: OpenSSL behind one small struct ---- */

struct hasher {
	EVP_MD *md;
	EVP_MD_CTX *ctx;
	size_t size; /* digest bytes */
};

int hasher_init(struct hasher *hasher, enum realm_hash hash);
/* digest is a whole slot: padded with zeros.  0 or -ENOMEM. */
int hasher_digest(struct hasher *hasher, const void *data, size_t len, uint8_t digest[REALM_DIGEST_MAX]);
void hasher_free(struct hasher *hasher);

/* ---- granules.c: digests of all granules of a plan, in order, on several threads ---- */

struct granules;

struct granule {
	uint64_t ipa;
	bool measured;
	const uint8_t *digest; /* slot, borrowed until the next call; NULL when not measured */
};

/* measure_all: as if no load were unmeasured.  The plan must be valid. */
int granules_open(struct realm_plan *plan, bool measure_all, const struct realm_work_opts *opts,
		  struct granules **granulesp);
/* 1, 0 at the end, or a negative errno with its detail in the context. */
int granules_next(struct granules *granules, struct granule *granule);
void granules_close(struct granules *granules);

/* ---- family.c: what each KVM family can give ---- */

/* Steps of a family's life of a realm, in its order. */
enum step {
	STEP_END = 0,
	STEP_REALM,
	STEP_RIPAS,
	STEP_DATA,
	STEP_REC,
	STEP_ACTIVATE,
};

struct realm_kvm_family;

/* Its row of spec/kvm-families.json; NULL for REALM_FAMILY_ANY and unknown values. */
const struct realm_kvm_family *family_row(enum realm_family family);
/* Ends with STEP_END.  The family is a known one, here and below. */
const enum step *family_steps(enum realm_family family);
/* RIPAS is initialised after the loads, around populated pages. */
bool family_populates_first(enum realm_family family);
/* Loads that are not to be measured are all the same. */
bool family_measures_all(enum realm_family family);
bool has_unmeasured_load(const struct realm_plan *plan);
/* What a plan asks for and a family cannot give: where in the plan, what the family does, what follows; or what depends on the host */
struct family_gap {
	const char *where;
	const char *does;
	const char *then; /* NULL: it depends on the host */
};

/* Up to FAMILY_GAPS_MAX gaps; the count. */
#define FAMILY_GAPS_MAX 10
size_t family_gaps(const struct realm_plan *plan, enum realm_family family, struct family_gap *gaps);
/* Warn about them. */
void family_warn(struct realm_plan *plan, enum realm_family family);

/* Families that give the same events are one pair: the pairs that differ. */
struct family_pair {
	enum realm_family family;
	enum realm_profile profile;
};

#define FAMILY_PAIRS 4
extern const struct family_pair family_pairs[FAMILY_PAIRS];

/* Can an RMM of this profile hold a realm with this hash and granule? */
bool profile_can(enum realm_profile profile, enum realm_hash hash, uint32_t granule);

/* ---- walk.c: the events of a plan, but for the content of its loads ---- */

struct range {
	uint64_t base;
	uint64_t top;
};

struct walk {
	const struct realm_plan *plan;
	const enum step *step;
	size_t index;        /* REC or place in slots */
	uint64_t addr;       /* in the slot, for RIPAS */
	bool in_slot;
	const struct ram **slots; /* RAM in the order in which RIPAS is initialised */
	struct range *loads; /* populated granules by address, none unless they are populated first */
	size_t num_loads;
};

#define WALK_DATA 2 /* the data events come here; call again after them */

int walk_init(struct walk *walk, struct realm_plan *plan, enum realm_family family);
/* 1 for an event, 0 at the end, or WALK_DATA. */
int walk_next(struct walk *walk, struct realm_event *event);
void walk_free(struct walk *walk);

/* ---- measure.c: a RIM, one event after the other ---- */

/* Go on from a value that a RIM had after its realm event; NULL: start again. */
void rim_resume(struct realm_rim *rim, const uint8_t slot[REALM_DIGEST_MAX]);

/* ---- events.c: one iterator, two sources ---- */

struct realm_events {
	struct realm_ctx *ctx;
	enum realm_hash hash;
	uint32_t granule;
	enum realm_family family;
	bool started;
	int failed;
	int (*next)(struct realm_events *events, struct realm_event *event); /* as realm_events_next() */
	void (*free)(struct realm_events *events);
};

void event_from_granule(struct realm_event *event, const struct granule *granule);

#endif /* REALM_INTERNAL_H */
