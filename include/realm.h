/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * realm.h - the life of Arm CCA realms: plan, events, measurement; with realm/host.h and realm/lifecycle.h: creating and running
 *
 * A *plan* says what a realm is made of: parameters, RAM, loads in order, RECs.  The ordered *events* of a plan
 * under one KVM family are what the Realm Management Monitor (RMM) sees; hashed by the rules of an RMM *profile*
 * they give the Realm Initial Measurement (RIM).
 *
 *     realm_ctx_new -> realm_plan_read | realm_plan_new + setters | realm_preset_plan -> realm_measure
 *                                                                                     -> realm_create -> realm_run
 *
 * Conventions, true for every function unless it says otherwise:
 *
 * Errors: functions that can fail return 0 (or a count) on success and a negative errno otherwise.  Out parameters
 * come last and are untouched on failure.  A NULL handle or a NULL required pointer is -EINVAL in every build.
 * The set of errors is closed:
 *
 *   -EINVAL      an argument, a plan or an image is wrong       -ENOENT    a file does not exist
 *   -EBADMSG     malformed input (JSON, event log, hex, DTB)    -EACCES    a file may not be read
 *   -EBUSY       wrong state or order for this call             -EIO       reading failed, or a file became shorter
 *   -EOPNOTSUPP  this family, profile or RMM cannot do it       -ENOMEM    out of memory
 *   -ERANGE      buffer too small, needed size returned         -ECANCELED the progress callback asked to stop
 *   -E2BIG       options from a newer library are set
 *
 * The detail of the last failure is in the context: realm_ctx_last_error().  Calls without a context have none, nor
 * do those refused for a NULL pointer, or an index, a buffer or a structure to fill that does not fit: the detail is then
 * still that of an earlier failure.  Functions documented with "-EINVAL" only do not repeat that -ENOMEM is possible
 * wherever an object grows.
 *
 * Ownership is said in the words "caller owns", "copied" and "borrowed until ...".  Strings are UTF-8.
 *
 * Options are structures whose first member is their size.  Zero the structure and set .sz = sizeof(it): zero
 * members are defaults.  A NULL pointer means all defaults.  Bytes beyond what the library knows must be zero,
 * else -E2BIG.
 *
 * Threads: no mutable globals.  One thread a context and the objects made from it at a time; different contexts
 * run concurrently.  A realm may have several threads: see realm/lifecycle.h.
 *
 * Sources named in the comments: "DEN0137" is Arm's Realm Management Monitor specification; "KVM" is the Linux
 * KVM/arm64 realm user ABI of the named series; "docs/plan.md" and "docs/events.md" describe the file formats.
 */
#ifndef REALM_H
#define REALM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/** define REALM_DIGEST_MAX - bytes of a measurement slot, the longest digest (DEN0137 1.0-rel0, "RmmRealmMeasurement") */
#define REALM_DIGEST_MAX 64
/** define REALM_RPV_SIZE - bytes of a Realm Personalization Value (DEN0137 1.0-rel0, RmiRealmParams.rpv) */
#define REALM_RPV_SIZE 64
/** define REALM_REC_GPRS - registers X0..X7 that a REC starts with (DEN0137 1.0-rel0, RmiRecParams.gprs) */
#define REALM_REC_GPRS 8
/** define REALM_TO_END - size of a file load: from its offset to the end of the file */
#define REALM_TO_END 0
/** define REALM_EVENT_LINE_MAX - bytes that any line of realm_event_format() fits in, NUL included */
#define REALM_EVENT_LINE_MAX 768

struct realm_ctx;
struct realm_error;
struct realm_plan;
struct realm_events;
struct realm_rim;
struct realm_measurement;

/**
 * enum realm_hash - measurement algorithm of a realm
 *
 * The values are those of RmiHashAlgorithm, since the number itself is measured.
 * Source: DEN0137 2.0-bet1, RmiHashAlgorithm.
 */
enum realm_hash {
	REALM_HASH_SHA256 = 0,
	REALM_HASH_SHA512 = 1,
	REALM_HASH_SHA384 = 2,
};

/**
 * enum realm_family - generation of the KVM realm user ABI
 *
 * The family decides which calls the RMM sees and in which order, hence the events of a plan.
 * @REALM_FAMILY_ANY: not chosen; each function says what it takes instead
 * @REALM_FAMILY_RME_RFC: RFC v1 (2023), RMM 1.0
 * @REALM_FAMILY_RME: v2 to v11, RMM 1.0
 * @REALM_FAMILY_RMI_V12: v12, RMM 1.0
 * @REALM_FAMILY_RMI_V13: v13, RMM 2.0
 * @REALM_FAMILY_RMI_V14: v14, RMM 2.0
 * @REALM_FAMILY_RMI_V15: v15 and later, RMM 2.0
 */
enum realm_family {
	REALM_FAMILY_ANY = 0,
	REALM_FAMILY_RME_RFC,
	REALM_FAMILY_RME,
	REALM_FAMILY_RMI_V12,
	REALM_FAMILY_RMI_V13,
	REALM_FAMILY_RMI_V14,
	REALM_FAMILY_RMI_V15,
};

/**
 * enum realm_profile - measurement rules of an RMM
 *
 * @REALM_PROFILE_ANY: not chosen; each function says what it takes instead
 * @REALM_PROFILE_RMM_1_0: DEN0137 1.0: parameters, RIPAS, data and runnable RECs are measured
 * @REALM_PROFILE_RMM_2_0: DEN0137 2.0: the RIM starts as zero; data and runnable RECs are measured
 * @REALM_PROFILE_TF_RMM_2_0: TF-RMM of July 2026: as 2.0, but the parameters are measured as in 1.0
 */
enum realm_profile {
	REALM_PROFILE_ANY = 0,
	REALM_PROFILE_RMM_1_0,
	REALM_PROFILE_RMM_2_0,
	REALM_PROFILE_TF_RMM_2_0,
};

/** enum realm_log_level - how much a log message matters */
enum realm_log_level {
	REALM_LOG_WARNING = 1,
	REALM_LOG_NOTE = 2,
};

/**
 * typedef realm_log_fn - receives warnings and notes
 * @arg: what realm_ctx_set_log() was given
 * @level: how much it matters
 * @where: the culprit, such as a JSON path ("$.load[0].at") or a file name; NULL when there is none
 * @message: one line without newline; borrowed until the function returns
 */
typedef void (*realm_log_fn)(void *arg, enum realm_log_level level, const char *where, const char *message);

/**
 * typedef realm_progress_fn - is told how far a long call got, and may stop it
 * @arg: what the options held
 * @done: bytes of loads finished so far
 * @total: bytes of all loads together
 *
 * Called on the thread that made the long call, at most once for each 256 KiB.  It must not use the objects of that call.
 * Return: 0 to go on, anything else to stop the call with -ECANCELED.
 */
typedef int (*realm_progress_fn)(void *arg, uint64_t done, uint64_t total);

/**
 * typedef realm_read_fn - supplies the bytes of a load
 * @arg: what realm_plan_load_callback() was given
 * @offset: first byte wanted, counted from the start of the load
 * @buf: where to put them
 * @len: how many bytes are wanted; all of them must be delivered
 *
 * Called with rising offsets within one pass, never twice at a time, but possibly from other threads than the caller's: it
 * must not use the context and what was made from it.
 * Return: 0, or a negative errno, which ends the call with -EIO.
 */
typedef int (*realm_read_fn)(void *arg, uint64_t offset, void *buf, size_t len);

/* ---- context ------------------------------------------------------------------------------------------------- */

/**
 * realm_version() - version of the library at run time
 *
 * Return: a static string such as "0.1.0".
 * Since: 0.1
 */
const char *realm_version(void);

/**
 * realm_ctx_new() - make a context: the home of logging and error detail
 * @ctxp: receives the context; caller owns, free with realm_ctx_free()
 *
 * Return: 0, -EINVAL or -ENOMEM.
 * Since: 0.1
 */
int realm_ctx_new(struct realm_ctx **ctxp);

/**
 * realm_ctx_free() - free a context
 * @ctx: context or NULL; plans, events and measurements made from it must be freed before
 *
 * Since: 0.1
 */
void realm_ctx_free(struct realm_ctx *ctx);

/**
 * realm_ctx_set_log() - receive warnings and notes; the library is silent otherwise
 * @ctx: context
 * @fn: called for each message, NULL for none
 * @arg: handed to @fn
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 */
int realm_ctx_set_log(struct realm_ctx *ctx, realm_log_fn fn, void *arg);

/**
 * realm_ctx_last_error() - detail of the last failure in this context
 * @ctx: context
 *
 * Return: the detail, borrowed until the next call with this context or its objects; NULL when nothing failed yet
 * or @ctx is NULL.
 * Since: 0.1
 */
const struct realm_error *realm_ctx_last_error(const struct realm_ctx *ctx);

/**
 * realm_error_code() - the negative errno that the failed call returned
 * @error: detail or NULL
 *
 * Return: the code; 0 for NULL.
 * Since: 0.1
 */
int realm_error_code(const struct realm_error *error);

/**
 * realm_error_where() - what the failure is about
 * @error: detail or NULL
 *
 * Return: the culprit: a JSON path, a file name, a file name and line, or an argument; NULL when there is none.
 * Since: 0.1
 */
const char *realm_error_where(const struct realm_error *error);

/**
 * realm_error_why() - what is wrong with it, in one line
 * @error: detail or NULL
 *
 * Return: the reason; NULL for NULL.
 * Since: 0.1
 */
const char *realm_error_why(const struct realm_error *error);

/**
 * realm_error_hint() - what to do about it, in one line
 * @error: detail or NULL
 *
 * Return: the hint; NULL when there is none.
 * Since: 0.1
 */
const char *realm_error_hint(const struct realm_error *error);

/**
 * realm_error_step() - the step of a realm's life that failed on the host
 * @error: detail or NULL
 *
 * Return: such as "populate"; a static string; NULL for failures that are not the host's.
 * Since: 0.1
 */
const char *realm_error_step(const struct realm_error *error);

/**
 * realm_error_call() - the call of the host that failed
 * @error: detail or NULL
 *
 * Return: such as "KVM_ARM_RMI_POPULATE"; a static string; NULL for failures that are not the host's.
 * Since: 0.1
 */
const char *realm_error_call(const struct realm_error *error);

/**
 * realm_error_errno() - the errno that the host gave
 * @error: detail or NULL
 *
 * Return: the errno, positive; 0 for failures that are not the host's.
 * Since: 0.1
 */
int realm_error_errno(const struct realm_error *error);

/**
 * realm_error_rmi() - what the RMM answered to the host
 * @error: detail or NULL
 * @fidp: receives the function identifier of the RMI call; may be NULL
 * @resultp: receives its X0: RmiStatusCode in bits 7:0; may be NULL
 *
 * Return: 1; 0 when that is not known, as on Linux.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiResult.
 */
int realm_error_rmi(const struct realm_error *error, uint64_t *fidp, uint64_t *resultp);

/* ---- names --------------------------------------------------------------------------------------------------- */

/**
 * realm_hash_name() - "sha256", "sha384" or "sha512"
 * @hash: algorithm
 *
 * Return: a static string, NULL for an unknown value.
 * Since: 0.1
 */
const char *realm_hash_name(enum realm_hash hash);

/**
 * realm_hash_from_name() - find an algorithm by name
 * @name: "sha256", "sha384" or "sha512"
 * @hashp: receives the algorithm
 *
 * Return: 0; -EINVAL when there is none of that name.
 * Since: 0.1
 */
int realm_hash_from_name(const char *name, enum realm_hash *hashp);

/**
 * realm_hash_size() - bytes of a digest
 * @hash: algorithm
 *
 * Return: 32, 48 or 64; 0 for an unknown value.
 * Since: 0.1
 */
size_t realm_hash_size(enum realm_hash hash);

/**
 * realm_family_name() - "rme-rfc", "rme", "rmi-v12" ... "rmi-v15"
 * @family: family
 *
 * Return: a static string, NULL for REALM_FAMILY_ANY and unknown values.
 * Since: 0.1
 */
const char *realm_family_name(enum realm_family family);

/**
 * realm_family_from_name() - find a family by name
 * @name: name as realm_family_name() gives it
 * @familyp: receives the family
 *
 * Return: 0; -EINVAL when there is none of that name.
 * Since: 0.1
 */
int realm_family_from_name(const char *name, enum realm_family *familyp);

/**
 * realm_profile_name() - "rmm-1.0", "rmm-2.0" or "tf-rmm-2.0"
 * @profile: profile
 *
 * Return: a static string, NULL for REALM_PROFILE_ANY and unknown values.
 * Since: 0.1
 */
const char *realm_profile_name(enum realm_profile profile);

/**
 * realm_profile_from_name() - find a profile by name
 * @name: name as realm_profile_name() gives it
 * @profilep: receives the profile
 *
 * Return: 0; -EINVAL when there is none of that name.
 * Since: 0.1
 */
int realm_profile_from_name(const char *name, enum realm_profile *profilep);

/**
 * realm_family_has_profile() - does this family run on an RMM of this profile?
 * @family: family, not REALM_FAMILY_ANY
 * @profile: profile, not REALM_PROFILE_ANY
 *
 * Return: 1 or 0.
 * Since: 0.1
 * Source: KVM, cover letters of the series: v1 to v12 need RMM 1.0, v13 and later RMM 2.0.
 */
int realm_family_has_profile(enum realm_family family, enum realm_profile profile);

/* ---- plan ---------------------------------------------------------------------------------------------------- */

/**
 * realm_plan_new() - make an empty plan to be filled by the setters
 * @ctx: context, must outlive the plan
 * @planp: receives the plan; caller owns, free with realm_plan_free()
 *
 * A new plan has hash sha256, a zero RPV, granules of 4096 bytes, two breakpoints and two watchpoints, no LPA2, SVE or
 * PMU, no RAM, loads or RECs, and no IPA width: at least the width, RAM and a REC must be added.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 * Since: 0.1
 */
int realm_plan_new(struct realm_ctx *ctx, struct realm_plan **planp);

/**
 * realm_plan_free() - free a plan and what it copied
 * @plan: plan or NULL
 *
 * Since: 0.1
 */
void realm_plan_free(struct realm_plan *plan);

/**
 * realm_plan_read() - read a plan from a JSON file (realm-plan/1)
 * @ctx: context, must outlive the plan
 * @path: file name, "-" for standard input; names in the plan are relative to its directory ("-": the current one)
 * @planp: receives the plan; caller owns
 *
 * The plan is possible, as the first part of realm_plan_check() says: numbers, addresses, and files that are there.  What
 * loads hold is not looked at.
 *
 * Return: 0; -EBADMSG for malformed JSON; -EINVAL for a plan that cannot be; -ENOENT, -EACCES or -EIO for the plan file
 * or a file it names.
 * Since: 0.1
 * Source: docs/plan.md.
 */
int realm_plan_read(struct realm_ctx *ctx, const char *path, struct realm_plan **planp);

/**
 * realm_plan_parse() - as realm_plan_read(), from memory
 * @ctx: context, must outlive the plan
 * @json: text, need not end in NUL; not kept
 * @len: bytes of @json
 * @dir: directory that file names are relative to, NULL for the current one
 * @planp: receives the plan; caller owns
 *
 * Return: as realm_plan_read().
 * Since: 0.1
 */
int realm_plan_parse(struct realm_ctx *ctx, const char *json, size_t len, const char *dir, struct realm_plan **planp);

/**
 * realm_plan_format() - write a plan as JSON (realm-plan/1)
 * @plan: plan
 * @dir: file names are written relative to this directory; NULL writes absolute names
 * @jsonp: receives the text, NUL-terminated with a final newline; caller owns, free with realm_free()
 *
 * Memory loads become "hex".  The same plan gives the same bytes every time.
 *
 * Return: 0; -EINVAL when the plan is not valid; -EOPNOTSUPP for a load from a descriptor or callback, which a file
 * cannot hold; -ENOENT, -EACCES or -EIO for a file it names; -EIO when @dir does not exist or the current directory is unknown.
 * Since: 0.1
 */
int realm_plan_format(struct realm_plan *plan, const char *dir, char **jsonp);

/**
 * realm_free() - free memory that the library handed out
 * @ptr: memory documented as freed by this function, or NULL
 *
 * Since: 0.1
 */
void realm_free(void *ptr);

/**
 * realm_plan_check() - is this plan possible, and is it wise?
 * @plan: plan
 *
 * The first fault ends the check with its JSON path in realm_error_where(): counts and ranges, RAM and loads that
 * overlap, loads outside RAM or the protected half, files that are missing, too short or not regular files.  Every function
 * that uses a plan checks as much.  A valid plan is then looked at for what makes a RIM hard to reproduce, and each finding goes to the log callback as a warning: seeds in a
 * device tree, a device tree that disagrees with the plan, unmeasured loads, no REC that can start.
 *
 * Return: 0 (with or without warnings); -EINVAL; -EBADMSG for an unusable device tree that the first REC is given; -ENOENT, -EACCES
 * or -EIO for a file it names.
 * Since: 0.1
 */
int realm_plan_check(struct realm_plan *plan);

/**
 * realm_plan_apply_host() - take over the values that depend on the host
 * @plan: plan
 * @path: a host profile in JSON (realm-host/1), "-" for standard input
 *
 * Breakpoints, watchpoints, SVE length, PMU counters, LPA2 and granule of the profile replace those of the plan; a plan whose
 * IPA width is above that of the profile is refused.
 *
 * Return: 0; -EBADMSG for malformed JSON; -EINVAL for values out of range; -ENOENT, -EACCES or -EIO for the file.
 * Since: 0.1
 * Source: docs/plan.md.
 */
int realm_plan_apply_host(struct realm_plan *plan, const char *path);

/**
 * realm_plan_set_name() - name the plan, for people
 * @plan: plan
 * @name: UTF-8, copied; NULL for none
 *
 * Return: 0, -EINVAL or -ENOMEM.
 * Since: 0.1
 */
int realm_plan_set_name(struct realm_plan *plan, const char *name);

/**
 * realm_plan_name() - name of the plan
 * @plan: plan
 *
 * Return: the name, borrowed until it is set again; NULL when there is none.
 * Since: 0.1
 */
const char *realm_plan_name(const struct realm_plan *plan);

/**
 * realm_plan_set_ipa_bits() - set the width of the IPA space, the shared half included
 * @plan: plan
 * @bits: 32..52; above 48 only with LPA2 (checked by realm_plan_check())
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiRealmParams.s2sz.
 */
int realm_plan_set_ipa_bits(struct realm_plan *plan, unsigned int bits);

/**
 * realm_plan_ipa_bits() - width of the IPA space
 * @plan: plan
 *
 * Return: bits; 0 when not set or @plan is NULL.
 * Since: 0.1
 */
unsigned int realm_plan_ipa_bits(const struct realm_plan *plan);

/**
 * realm_plan_set_hash() - set the measurement algorithm
 * @plan: plan
 * @hash: algorithm
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiRealmParams.hash_algo.
 */
int realm_plan_set_hash(struct realm_plan *plan, enum realm_hash hash);

/**
 * realm_plan_hash() - measurement algorithm
 * @plan: plan
 *
 * Return: the algorithm; REALM_HASH_SHA256 when @plan is NULL.
 * Since: 0.1
 */
enum realm_hash realm_plan_hash(const struct realm_plan *plan);

/**
 * realm_plan_set_rpv() - set the Realm Personalization Value
 * @plan: plan
 * @rpv: bytes, copied and zero-padded at the end; may be NULL when @len is 0
 * @len: 0..REALM_RPV_SIZE bytes
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiRealmParams.rpv.
 */
int realm_plan_set_rpv(struct realm_plan *plan, const void *rpv, size_t len);

/**
 * realm_plan_rpv() - Realm Personalization Value
 * @plan: plan
 *
 * Return: REALM_RPV_SIZE bytes, borrowed until the plan is changed or freed; NULL when @plan is NULL.
 * Since: 0.1
 */
const uint8_t *realm_plan_rpv(const struct realm_plan *plan);

/**
 * realm_plan_set_granule() - set the RMI granule size
 * @plan: plan
 * @bytes: 4096, 16384 or 65536
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiGranuleSize.
 */
int realm_plan_set_granule(struct realm_plan *plan, uint32_t bytes);

/**
 * realm_plan_granule() - RMI granule size
 * @plan: plan
 *
 * Return: bytes; 0 when @plan is NULL.
 * Since: 0.1
 */
uint32_t realm_plan_granule(const struct realm_plan *plan);

/**
 * realm_plan_set_lpa2() - set whether stage 2 uses LPA2
 * @plan: plan
 * @on: 0 or 1
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiRealmFlags0.lpa2.
 */
int realm_plan_set_lpa2(struct realm_plan *plan, int on);

/**
 * realm_plan_lpa2() - whether stage 2 uses LPA2
 * @plan: plan
 *
 * Return: 0 or 1.
 * Since: 0.1
 */
int realm_plan_lpa2(const struct realm_plan *plan);

/**
 * realm_plan_set_sve_bits() - set the SVE vector length
 * @plan: plan
 * @bits: 0 for no SVE, else a multiple of 128 from 128 to 2048
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiRealmParams.sve_vl (quadwords minus one).
 */
int realm_plan_set_sve_bits(struct realm_plan *plan, unsigned int bits);

/**
 * realm_plan_sve_bits() - SVE vector length
 * @plan: plan
 *
 * Return: bits; 0 for no SVE.
 * Since: 0.1
 */
unsigned int realm_plan_sve_bits(const struct realm_plan *plan);

/**
 * realm_plan_set_breakpoints() - set the number of hardware breakpoints
 * @plan: plan
 * @count: 2..16 (the RMI field holds the count minus one, and 0 is reserved)
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiRealmParams.num_bps.
 */
int realm_plan_set_breakpoints(struct realm_plan *plan, unsigned int count);

/**
 * realm_plan_breakpoints() - number of hardware breakpoints
 * @plan: plan
 *
 * Return: the count; 0 when @plan is NULL.
 * Since: 0.1
 */
unsigned int realm_plan_breakpoints(const struct realm_plan *plan);

/**
 * realm_plan_set_watchpoints() - set the number of hardware watchpoints
 * @plan: plan
 * @count: 2..16 (the RMI field holds the count minus one, and 0 is reserved)
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiRealmParams.num_wps.
 */
int realm_plan_set_watchpoints(struct realm_plan *plan, unsigned int count);

/**
 * realm_plan_watchpoints() - number of hardware watchpoints
 * @plan: plan
 *
 * Return: the count; 0 when @plan is NULL.
 * Since: 0.1
 */
unsigned int realm_plan_watchpoints(const struct realm_plan *plan);

/**
 * realm_plan_set_pmu_counters() - set the number of PMU event counters
 * @plan: plan
 * @count: 0..31; -1 for no PMU
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiRealmParams.pmu_num_ctrs and RmiRealmFlags0.pmu.
 */
int realm_plan_set_pmu_counters(struct realm_plan *plan, int count);

/**
 * realm_plan_pmu_counters() - number of PMU event counters
 * @plan: plan
 *
 * Return: the count; -1 for no PMU.
 * Since: 0.1
 */
int realm_plan_pmu_counters(const struct realm_plan *plan);

/**
 * realm_plan_set_flags() - set extra RMI realm flag bits
 * @plan: plan
 * @flags: raw bits, or-ed to those that the other values give
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiRealmFlags0.
 */
int realm_plan_set_flags(struct realm_plan *plan, uint64_t flags);

/**
 * realm_plan_flags() - extra RMI realm flag bits
 * @plan: plan
 *
 * Return: the raw bits that realm_plan_set_flags() was given.
 * Since: 0.1
 */
uint64_t realm_plan_flags(const struct realm_plan *plan);

/**
 * realm_plan_add_ram() - add a RAM region; its index is its memory slot
 * @plan: plan
 * @base: IPA of the first byte, a multiple of the granule
 * @size: bytes, a multiple of the granule, not 0
 *
 * Every region becomes RIPAS RAM as a whole.  Alignment, overlap and limits are judged by realm_plan_check().
 *
 * Return: the index of the region, or -EINVAL.
 * Since: 0.1
 */
int realm_plan_add_ram(struct realm_plan *plan, uint64_t base, uint64_t size);

/**
 * realm_plan_ram_count() - number of RAM regions
 * @plan: plan
 *
 * Return: the count.
 * Since: 0.1
 */
size_t realm_plan_ram_count(const struct realm_plan *plan);

/**
 * realm_plan_ram() - one RAM region
 * @plan: plan
 * @index: 0 .. realm_plan_ram_count() - 1
 * @basep: receives the IPA of its first byte
 * @sizep: receives its bytes
 *
 * Return: 0; -EINVAL when there is no such region.
 * Since: 0.1
 */
int realm_plan_ram(const struct realm_plan *plan, size_t index, uint64_t *basep, uint64_t *sizep);

/** enum realm_load_kind - where the bytes of a load come from */
enum realm_load_kind {
	REALM_LOAD_FILE,
	REALM_LOAD_MEMORY,
	REALM_LOAD_FD,
	REALM_LOAD_CALLBACK,
	REALM_LOAD_ZERO,
};

/** define REALM_LOAD_UNMEASURED - flag of a load: its addresses enter the RIM, its content does not */
#define REALM_LOAD_UNMEASURED 1u

/**
 * struct realm_load_opts - what is rarely said of a load
 * @sz: sizeof(struct realm_load_opts)
 * @name: for people, such as "kernel"; copied; NULL for none
 * @offset: first byte taken from the file or descriptor
 * @size: bytes taken; REALM_TO_END (0) for all up to the end of the file; must be given for a callback
 * @flags: 0 or REALM_LOAD_UNMEASURED
 */
struct realm_load_opts {
	size_t sz;
	const char *name;
	uint64_t offset;
	uint64_t size;
	uint32_t flags;
};

/**
 * realm_plan_load_file() - add a load from a file
 * @plan: plan
 * @at: IPA of its first byte, a multiple of 4; the rest of its first and last granule is zero
 * @path: file name, copied, relative to the current directory; opened when the plan is checked and used, not now
 * @opts: options or NULL
 *
 * Loads are issued in the order they were added, rising granules within a load.
 *
 * Return: the index of the load; -EINVAL; -E2BIG.
 * Since: 0.1
 */
int realm_plan_load_file(struct realm_plan *plan, uint64_t at, const char *path, const struct realm_load_opts *opts);

/**
 * realm_plan_load_memory() - add a load from memory
 * @plan: plan
 * @at: as for realm_plan_load_file()
 * @data: bytes, copied
 * @len: number of bytes, not 0
 * @opts: options or NULL; offset and size must be 0
 *
 * Return: the index of the load; -EINVAL; -E2BIG.
 * Since: 0.1
 */
int realm_plan_load_memory(struct realm_plan *plan, uint64_t at, const void *data, size_t len,
			   const struct realm_load_opts *opts);

/**
 * realm_plan_load_fd() - add a load from an open file
 * @plan: plan
 * @at: as for realm_plan_load_file()
 * @fd: descriptor of a regular file open for reading, borrowed until the plan is freed; its offset is not used
 * @opts: options or NULL
 *
 * Return: the index of the load; -EINVAL; -E2BIG.
 * Since: 0.1
 */
int realm_plan_load_fd(struct realm_plan *plan, uint64_t at, int fd, const struct realm_load_opts *opts);

/**
 * realm_plan_load_callback() - add a load whose bytes a function supplies
 * @plan: plan
 * @at: as for realm_plan_load_file()
 * @fn: supplies the bytes; borrowed, with @arg, until the plan is freed
 * @arg: handed to @fn
 * @opts: options; size must be given, offset must be 0
 *
 * Return: the index of the load; -EINVAL; -E2BIG.
 * Since: 0.1
 */
int realm_plan_load_callback(struct realm_plan *plan, uint64_t at, realm_read_fn fn, void *arg,
			     const struct realm_load_opts *opts);

/**
 * realm_plan_load_zero() - add a load of zero bytes
 * @plan: plan
 * @at: as for realm_plan_load_file()
 * @size: number of bytes, not 0
 * @opts: options or NULL; offset and size must be 0
 *
 * Return: the index of the load; -EINVAL; -E2BIG.
 * Since: 0.1
 */
int realm_plan_load_zero(struct realm_plan *plan, uint64_t at, uint64_t size, const struct realm_load_opts *opts);

/**
 * realm_plan_load_count() - number of loads
 * @plan: plan
 *
 * Return: the count.
 * Since: 0.1
 */
size_t realm_plan_load_count(const struct realm_plan *plan);

/**
 * struct realm_load_info - a load of a plan, filled by realm_plan_load()
 * @sz: sizeof(struct realm_load_info), set by the caller
 * @kind: where the bytes come from
 * @flags: as in struct realm_load_opts
 * @at: IPA of the first byte
 * @offset: first byte taken from the file or descriptor
 * @size: bytes, as given; REALM_TO_END when the end of the file decides
 * @name: name or NULL; borrowed until the plan is freed
 * @file: file name of a REALM_LOAD_FILE, else NULL; borrowed until the plan is freed
 */
struct realm_load_info {
	size_t sz;
	enum realm_load_kind kind;
	uint32_t flags;
	uint64_t at;
	uint64_t offset;
	uint64_t size;
	const char *name;
	const char *file;
};

/**
 * realm_plan_load() - one load
 * @plan: plan
 * @index: 0 .. realm_plan_load_count() - 1
 * @info: filled; its sz must be set
 *
 * Return: 0; -EINVAL when there is no such load or sz is not known.
 * Since: 0.1
 */
int realm_plan_load(const struct realm_plan *plan, size_t index, struct realm_load_info *info);

/**
 * realm_plan_add_rec() - add a REC (the RMM's vCPU)
 * @plan: plan
 * @pc: first instruction, any value
 * @gprs: values of X0 and up, may be NULL when @count is 0; the rest is zero
 * @count: 0..REALM_REC_GPRS
 *
 * The first REC is runnable, the others are not, and the MPIDR is the one KVM derives from the index; both can be changed.
 *
 * Return: the index of the REC, or -EINVAL.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RmiRecParams.
 */
int realm_plan_add_rec(struct realm_plan *plan, uint64_t pc, const uint64_t *gprs, size_t count);

/**
 * realm_plan_set_rec_runnable() - set whether a REC may run at once
 * @plan: plan
 * @index: REC
 * @on: 0 or 1
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 */
int realm_plan_set_rec_runnable(struct realm_plan *plan, size_t index, int on);

/**
 * realm_plan_set_rec_mpidr() - set the MPIDR of a REC
 * @plan: plan
 * @index: REC
 * @mpidr: affinity fields as in RmiRecMpidr; not measured
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 */
int realm_plan_set_rec_mpidr(struct realm_plan *plan, size_t index, uint64_t mpidr);

/**
 * realm_plan_rec_count() - number of RECs
 * @plan: plan
 *
 * Return: the count.
 * Since: 0.1
 */
size_t realm_plan_rec_count(const struct realm_plan *plan);

/**
 * struct realm_rec_info - a REC of a plan, filled by realm_plan_rec()
 * @sz: sizeof(struct realm_rec_info), set by the caller
 * @pc: first instruction
 * @gprs: X0..X7
 * @mpidr: affinity fields
 * @runnable: 0 or 1
 */
struct realm_rec_info {
	size_t sz;
	uint64_t pc;
	uint64_t gprs[REALM_REC_GPRS];
	uint64_t mpidr;
	int runnable;
};

/**
 * realm_plan_rec() - one REC
 * @plan: plan
 * @index: 0 .. realm_plan_rec_count() - 1
 * @info: filled; its sz must be set
 *
 * Return: 0; -EINVAL when there is no such REC or sz is not known.
 * Since: 0.1
 */
int realm_plan_rec(const struct realm_plan *plan, size_t index, struct realm_rec_info *info);

/* ---- presets ------------------------------------------------------------------------------------------------- */

/**
 * struct realm_preset_opts - what a VMM is told on its command line
 * @sz: sizeof(struct realm_preset_opts)
 * @kernel: arm64 Image, or NULL; file names are copied
 * @initrd: initial RAM disk, or NULL
 * @dtb: the device tree that the VMM really uses, "-" for standard input; must be NULL for "realmctl", which builds its own
 * @firmware: firmware image loaded instead of a kernel, or NULL
 * @cmdline: kernel command line, "realmctl" only: elsewhere it is inside @dtb; or NULL
 * @ram_size: bytes of RAM; 0 for the VMM's default
 * @cpus: number of vCPUs; 0 for the VMM's default
 * @ipa_bits: width of the IPA space; 0 for what the VMM derives from its layout
 */
struct realm_preset_opts {
	size_t sz;
	const char *kernel;
	const char *initrd;
	const char *dtb;
	const char *firmware;
	const char *cmdline;
	uint64_t ram_size;
	unsigned int cpus;
	unsigned int ipa_bits;
};

/**
 * realm_preset_name() - names of the VMMs whose layout is known
 * @index: 0 and up
 *
 * Return: "kvmtool", "qemu", "cloud-hypervisor" or "realmctl"; NULL past the last.
 * Since: 0.1
 */
const char *realm_preset_name(unsigned int index);

/**
 * realm_preset_plan() - the plan that a VMM would carry out
 * @ctx: context, must outlive the plan
 * @vmm: name as realm_preset_name() gives it
 * @opts: options or NULL
 * @planp: receives the plan; caller owns
 *
 * The Image header decides addresses, so kernel and device tree are read now; loads refer to the files by name.  Values
 * that the layout does not fix (hash, RPV, SVE, PMU, breakpoints ...) are those of realm_plan_new() and can be set afterwards.
 *
 * Return: 0; -EINVAL for an unknown VMM, options that do not go together, or a kernel that is not an arm64 Image (the hint says how to unpack
 * a compressed one); -EBADMSG for a malformed DTB; -ENOENT, -EACCES or -EIO for a file; -E2BIG.
 * Since: 0.1
 * Source: docs/presets.md.
 */
int realm_preset_plan(struct realm_ctx *ctx, const char *vmm, const struct realm_preset_opts *opts,
		      struct realm_plan **planp);

/* ---- events -------------------------------------------------------------------------------------------------- */

/** enum realm_event_type - what the RMM was asked to do */
enum realm_event_type {
	REALM_EVENT_REALM = 1,
	REALM_EVENT_RIPAS,
	REALM_EVENT_DATA,
	REALM_EVENT_REC,
	REALM_EVENT_ACTIVATE,
};

/**
 * struct realm_event - one event, in raw RMI field values
 * @sz: sizeof(struct realm_event), set by the caller
 * @type: which members below hold something; the others are zero
 * @flags: realm: RmiRealmFlags0; data: bit 0 "content is measured"; rec: RmiRecCreateFlags, bit 0 "runnable"
 * @base: ripas: IPA of the RTT entry
 * @top: ripas: IPA after the RTT entry
 * @ipa: data: IPA of the granule
 * @pc: rec: first instruction
 * @gprs: rec: X0..X7
 * @content: data with flags bit 0: digest of the granule, zero-padded to a slot
 * @s2sz: realm: IPA bits
 * @sve_vl: realm: vector length in quadwords minus one
 * @num_bps: realm: breakpoints minus one
 * @num_wps: realm: watchpoints minus one
 * @pmu_num_ctrs: realm: PMU event counters
 *
 * Source: DEN0137 2.0-bet1, RmiRealmParams, RmiRecParams and RmmMeasurementDescriptorData; DEN0137 1.0-rel0,
 * RmmMeasurementDescriptorRipas.
 */
struct realm_event {
	size_t sz;
	enum realm_event_type type;
	uint64_t flags;
	uint64_t base;
	uint64_t top;
	uint64_t ipa;
	uint64_t pc;
	uint64_t gprs[REALM_REC_GPRS];
	uint8_t content[REALM_DIGEST_MAX];
	uint8_t s2sz;
	uint8_t sve_vl;
	uint8_t num_bps;
	uint8_t num_wps;
	uint8_t pmu_num_ctrs;
};

/**
 * struct realm_work_opts - how to do a long piece of work
 * @sz: sizeof(struct realm_work_opts)
 * @threads: busy threads, the caller's included; 0 for one a CPU
 * @progress: told how far it got; NULL for none
 * @progress_arg: handed to @progress
 */
struct realm_work_opts {
	size_t sz;
	unsigned int threads;
	realm_progress_fn progress;
	void *progress_arg;
};

/**
 * realm_events_new() - the events of a plan under a KVM family, in order
 * @plan: plan; borrowed and not to be changed until the events are freed
 * @family: family; REALM_FAMILY_ANY means REALM_FAMILY_RMI_V14
 * @opts: options or NULL
 * @eventsp: receives the iterator; caller owns, free with realm_events_free()
 *
 * What the plan asks for and the family cannot give is a warning to the log callback.  Content is hashed as the iterator goes, not now.
 *
 * Return: 0; -EINVAL for a plan that is not possible (realm_plan_check()); -EOPNOTSUPP for a plan that no RMM of the family can
 * hold (RMM 1.0 with sha384 or with a granule other than 4096); -ENOENT, -EACCES or -EIO for a file; -E2BIG.
 * Since: 0.1
 * Source: KVM; for RIPAS DEN0137 1.0-rel0, RMI_RTT_INIT_RIPAS.
 */
int realm_events_new(struct realm_plan *plan, enum realm_family family, const struct realm_work_opts *opts,
		     struct realm_events **eventsp);

/**
 * realm_events_read() - events from a log in JSON lines (realm-events/1)
 * @ctx: context, must outlive the events
 * @path: file name, "-" for standard input
 * @opts: options or NULL; progress is told of bytes of the file, never of a pipe, which has no known end; threads is not used
 * @eventsp: receives the iterator; caller owns
 *
 * Return: 0; -EBADMSG when the first line is no header; -EINVAL when @path is not a file that can be streamed; -ENOENT, -EACCES or -EIO.
 * Since: 0.1
 * Source: docs/events.md.
 */
int realm_events_read(struct realm_ctx *ctx, const char *path, const struct realm_work_opts *opts,
		      struct realm_events **eventsp);

/**
 * realm_events_parse() - as realm_events_read() without options, from memory
 * @ctx: context, must outlive the events
 * @text: lines, borrowed until the events are freed
 * @len: bytes of @text
 * @eventsp: receives the iterator; caller owns
 *
 * Return: 0; -EBADMSG when the first line is no header.
 * Since: 0.1
 */
int realm_events_parse(struct realm_ctx *ctx, const char *text, size_t len, struct realm_events **eventsp);

/**
 * struct realm_trace_opts - which realm of a trace, and whose host and RMM were traced
 * @sz: sizeof(struct realm_trace_opts)
 * @realm: number of the realm, in the order in which they were created; 0: the only one there is
 * @family: what realm_events_family() shall say, since a trace does not tell; REALM_FAMILY_ANY for nothing
 * @profile: rules by which the events will be measured; REALM_PROFILE_ANY: not told, or not measured
 */
struct realm_trace_opts {
	size_t sz;
	unsigned int realm;
	enum realm_family family;
	enum realm_profile profile;
};

/**
 * realm_trace_read() - the events of a realm, from a trace of the RMI calls that made it
 * @ctx: context, must outlive the events
 * @path: file name, "-" for standard input; at most 1 GiB
 * @opts: options or NULL
 * @eventsp: receives the iterator; caller owns
 *
 * A trace is any text with lines of calls in it, such as the console of a host; other lines are skipped.  All of it is
 * read now, so that a line that is damaged is found before the first event.
 *
 * Return: 0; -EBADMSG for a line of a trace that is damaged or lacks what its call needs, or when no realm is created in
 * the trace; -EINVAL for several realms when @opts do not choose one, for one that is not there, and when @path is no
 * regular file or too large; -EOPNOTSUPP for a family that never ran on
 * the realm's RMM, or a profile that is of another RMM; -ENOENT, -EACCES or -EIO; -E2BIG.
 * Since: 0.1
 * Source: docs/trace.md.
 */
int realm_trace_read(struct realm_ctx *ctx, const char *path, const struct realm_trace_opts *opts,
		     struct realm_events **eventsp);

/**
 * realm_trace_parse() - as realm_trace_read(), from memory
 * @ctx: context, must outlive the events
 * @text: lines, borrowed until the events are freed
 * @len: bytes of @text
 * @opts: options or NULL
 * @eventsp: receives the iterator; caller owns
 *
 * Return: as realm_trace_read(), but for files.
 * Since: 0.1
 */
int realm_trace_parse(struct realm_ctx *ctx, const char *text, size_t len, const struct realm_trace_opts *opts,
		      struct realm_events **eventsp);

/**
 * realm_events_free() - free an iterator; ends threads that were hashing ahead
 * @events: iterator or NULL
 *
 * Since: 0.1
 */
void realm_events_free(struct realm_events *events);

/**
 * realm_events_next() - take the next event
 * @events: iterator
 * @event: filled; its sz must be set
 *
 * A failure is final, later calls return the same error; but for -EINVAL, which takes no event.
 *
 * Return: 1 for an event, 0 after the last; -EBADMSG for a line that is no event or not allowed at its place (a log may hold
 * one realm event, first, and nothing after activate), or a call of a trace that cannot have succeeded there; -EIO when a file cannot be read or became shorter; -ECANCELED; -EINVAL.
 * Since: 0.1
 */
int realm_events_next(struct realm_events *events, struct realm_event *event);

/**
 * realm_events_hash() - measurement algorithm of the events
 * @events: iterator
 *
 * Return: the algorithm; REALM_HASH_SHA256 when @events is NULL.
 * Since: 0.1
 */
enum realm_hash realm_events_hash(const struct realm_events *events);

/**
 * realm_events_granule() - granule size of the events
 * @events: iterator
 *
 * Return: bytes; 0 when @events is NULL.
 * Since: 0.1
 */
uint32_t realm_events_granule(const struct realm_events *events);

/**
 * realm_events_family() - KVM family of the events
 * @events: iterator
 *
 * Return: the family; REALM_FAMILY_ANY when a log does not name one.
 * Since: 0.1
 */
enum realm_family realm_events_family(const struct realm_events *events);

/**
 * realm_events_format() - the header line of an event log (realm-events/1)
 * @events: iterator
 * @buf: receives the line, NUL-terminated, with a final newline
 * @lenp: in: bytes of @buf; out, also with -ERANGE: bytes needed, NUL included
 *
 * Return: 0; -ERANGE; -EINVAL.
 * Since: 0.1
 */
int realm_events_format(const struct realm_events *events, char *buf, size_t *lenp);

/**
 * realm_event_format() - an event as a line of an event log
 * @event: event
 * @hash: algorithm, gives the length of digests
 * @rim: RIM after this event, realm_hash_size() bytes, written as "rim"; NULL for none
 * @buf: receives the line, NUL-terminated, with a final newline; REALM_EVENT_LINE_MAX bytes are always enough
 * @lenp: in: bytes of @buf; out, also with -ERANGE: bytes needed, NUL included
 *
 * Return: 0; -ERANGE; -EINVAL.
 * Since: 0.1
 */
int realm_event_format(const struct realm_event *event, enum realm_hash hash, const uint8_t *rim, char *buf,
		       size_t *lenp);

/* ---- measurement --------------------------------------------------------------------------------------------- */

/**
 * struct realm_measure_opts - which RIMs, and how
 * @sz: sizeof(struct realm_measure_opts)
 * @family: one family; REALM_FAMILY_ANY: see realm_measure()
 * @profile: one profile; REALM_PROFILE_ANY: see realm_measure()
 * @work: threads and progress; NULL for defaults
 */
struct realm_measure_opts {
	size_t sz;
	enum realm_family family;
	enum realm_profile profile;
	const struct realm_work_opts *work;
};

/**
 * realm_measure() - predict the RIMs of a plan
 * @plan: plan
 * @opts: options or NULL
 * @measurementp: receives the rows; caller owns, free with realm_measurement_free()
 *
 * With neither family nor profile chosen there is a row for each distinct pair: rme and rmi-v12 with rmm-1.0, rmi-v14 with rmm-2.0
 * and with tf-rmm-2.0.  A chosen family gives a row for each of its profiles, a chosen profile a row for each of those pairs that has it; both give one.
 * The files are read once whatever the number of rows.  What a family cannot give is a warning to the log callback; a row that cannot exist
 * (RMM 1.0 with sha384 or a granule other than 4096) is left out with a note.
 *
 * Return: 0; -EINVAL for a plan that is not possible (realm_plan_check()); -EOPNOTSUPP for a family and profile that do not go together or when no row is left;
 * -ENOENT, -EACCES or -EIO for a file; -ECANCELED; -E2BIG.
 * Since: 0.1
 * Source: DEN0137 1.0-rel0 and 2.0-bet1, "Realm measurement"; TF-RMM 9a7f8ef4.
 */
int realm_measure(struct realm_plan *plan, const struct realm_measure_opts *opts,
		  struct realm_measurement **measurementp);

/**
 * realm_measure_events() - the RIMs of an event list
 * @events: iterator, read to its end
 * @opts: options or NULL; work is not used; family, when given, must be that of the events unless they name none
 * @measurementp: receives the rows; caller owns
 *
 * Without a profile there is a row for each profile of the events' family, or for all three when they name none.
 *
 * Return: 0; -EOPNOTSUPP for a family that is not that of the events, or a family and profile that do not go together; -EBUSY when events were taken before; else as realm_events_next(); -E2BIG.
 * Since: 0.1
 */
int realm_measure_events(struct realm_events *events, const struct realm_measure_opts *opts,
			 struct realm_measurement **measurementp);

/**
 * realm_measurement_free() - free the rows
 * @measurement: rows or NULL
 *
 * Since: 0.1
 */
void realm_measurement_free(struct realm_measurement *measurement);

/**
 * realm_measurement_hash() - algorithm of the rows
 * @measurement: rows
 *
 * Return: the algorithm; REALM_HASH_SHA256 when @measurement is NULL.
 * Since: 0.1
 */
enum realm_hash realm_measurement_hash(const struct realm_measurement *measurement);

/**
 * realm_measurement_count() - number of rows
 * @measurement: rows
 *
 * Return: the count.
 * Since: 0.1
 */
size_t realm_measurement_count(const struct realm_measurement *measurement);

/**
 * realm_measurement_row() - one row
 * @measurement: rows
 * @index: 0 .. realm_measurement_count() - 1
 * @familyp: receives the family, REALM_FAMILY_ANY for events that name none; may be NULL
 * @profilep: receives the profile; may be NULL
 *
 * Return: the RIM, realm_hash_size() bytes, borrowed until the rows are freed; NULL when there is no such row.
 * Since: 0.1
 */
const uint8_t *realm_measurement_row(const struct realm_measurement *measurement, size_t index,
				     enum realm_family *familyp, enum realm_profile *profilep);

/**
 * realm_rim_new() - start a RIM, for callers that have events but no plan
 * @ctx: context, must outlive the RIM
 * @profile: profile, not REALM_PROFILE_ANY
 * @hash: algorithm
 * @rimp: receives the RIM; caller owns, free with realm_rim_free()
 *
 * Return: 0; -EINVAL; -EOPNOTSUPP for RMM 1.0 with sha384; -ENOMEM.
 * Since: 0.1
 */
int realm_rim_new(struct realm_ctx *ctx, enum realm_profile profile, enum realm_hash hash, struct realm_rim **rimp);

/**
 * realm_rim_extend() - apply one event
 * @rim: RIM
 * @event: event; a realm event must come first, and once; nothing after activate
 *
 * Events that the profile does not measure change nothing.
 *
 * Return: 0; -EBUSY for an event at the wrong place; -EINVAL.
 * Since: 0.1
 * Source: DEN0137 1.0-rel0 and 2.0-bet1, "Realm Initial Measurement".
 */
int realm_rim_extend(struct realm_rim *rim, const struct realm_event *event);

/**
 * realm_rim_value() - the RIM after the events so far
 * @rim: RIM
 *
 * Return: realm_hash_size() bytes, borrowed until the next realm_rim_extend() or realm_rim_free(); NULL when @rim is NULL.
 * Since: 0.1
 */
const uint8_t *realm_rim_value(const struct realm_rim *rim);

/**
 * realm_rim_free() - free a RIM
 * @rim: RIM or NULL
 *
 * Since: 0.1
 */
void realm_rim_free(struct realm_rim *rim);

/**
 * realm_digest() - digest of some bytes, such as the content of a granule
 * @hash: algorithm
 * @data: bytes, may be NULL when @len is 0
 * @len: number of bytes
 * @digest: receives the digest, zero-padded to a slot
 *
 * Return: 0; -EINVAL; -ENOMEM.
 * Since: 0.1
 */
int realm_digest(enum realm_hash hash, const void *data, size_t len, uint8_t digest[REALM_DIGEST_MAX]);

/**
 * realm_rem_extend() - predict a Realm Extensible Measurement after RSI_MEASUREMENT_EXTEND
 * @hash: algorithm of the realm
 * @rem: slot before, replaced by the slot after; starts as zero
 * @value: what the realm extends with, may be NULL when @size is 0
 * @size: 0..64 bytes
 *
 * Computes H(old digest || value) with exactly @size bytes of value, as TF-RMM does; for 64 bytes this is also the literal
 * reading of the specification, which pads the value to 64 bytes.
 *
 * Return: 0; -EINVAL for a size above 64 or an unknown algorithm; -ENOMEM.
 * Since: 0.1
 * Source: DEN0137 1.0-rel0, RSI_MEASUREMENT_EXTEND; TF-RMM 9a7f8ef4.
 */
int realm_rem_extend(enum realm_hash hash, uint8_t rem[REALM_DIGEST_MAX], const void *value, size_t size);

#include <realm/host.h>
#include <realm/lifecycle.h>
#include <realm/token.h>
#include <realm/refvals.h>
#include <realm/explain.h>

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif /* REALM_H */
