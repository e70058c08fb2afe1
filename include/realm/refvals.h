/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * realm/refvals.h - reference values: what a verifier expects, from a plan or from files of others; part of realm.h
 *
 *     realm_refvals_new -> realm_refvals_add_plan, _add_rim, _add_file -> realm_refvals_format   for other verifiers
 *                                                                      -> realm_token_verify     or used here
 *
 * Sources named in the comments: "draft-ydb" is draft-ydb-rats-cca-endorsements-04; "CoRIM" is draft-ietf-rats-corim.
 */
#ifndef REALM_REFVALS_H
#define REALM_REFVALS_H

struct realm_plan;
struct realm_measure_opts;

/** define REALM_REFVALS_MAX - bytes of a file with reference values that is read at most */
#define REALM_REFVALS_MAX (16 * 1024 * 1024)

/* ---- expected REMs ------------------------------------------------------------------------------------------- */

/**
 * realm_rems_new() - make a set of expected REMs, none of them known
 * @ctx: context, must outlive the set
 * @remsp: receives the set; caller owns, free with realm_rems_free()
 *
 * Return: 0, -EINVAL or -ENOMEM.
 * Since: 0.1
 */
int realm_rems_new(struct realm_ctx *ctx, struct realm_rems **remsp);

/**
 * realm_rems_free() - free a set of REMs
 * @rems: set or NULL
 *
 * Since: 0.1
 */
void realm_rems_free(struct realm_rems *rems);

/**
 * realm_rems_set() - expect a value
 * @rems: set
 * @index: 0..3, as in tokens (REM @index + 1 of RSI)
 * @digest: the value
 * @len: its bytes: 32, 48 or 64, which also says the hash that it is for
 *
 * Return: 0; -EINVAL; -EBUSY when this one is known already.
 * Since: 0.1
 */
int realm_rems_set(struct realm_rems *rems, unsigned int index, const void *digest, size_t len);

/**
 * realm_rems_read_log() - expect what a log of extensions gives
 * @rems: set
 * @path: file name, "-" for standard input: JSON lines {"index": 1..4, "value": hex} in their order, at most 64 bytes
 *        a value
 *
 * Index is as in RSI_MEASUREMENT_EXTEND: 1 is rem0 of tokens.  The log is all that happened: a REM without a line stays
 * zero.  Nothing is known after a failure that was not before.
 *
 * Return: 0; -EBADMSG, with file, line and member; -EBUSY when any is known already; -EINVAL for a log of more than
 * 16 MiB; -ENOENT, -EACCES, -EIO.
 * Since: 0.1
 * Source: DEN0137 2.0-bet1, RSI_MEASUREMENT_EXTEND; realm_rem_extend().
 */
int realm_rems_read_log(struct realm_rems *rems, const char *path);

/**
 * realm_rems_value() - the expected value of one
 * @rems: set
 * @index: 0..3
 * @hash: hash of the realm
 * @digest: receives the value
 *
 * Return: 1; 0 when nothing is expected, or a value of another hash is; -EINVAL.
 * Since: 0.1
 */
int realm_rems_value(const struct realm_rems *rems, unsigned int index, enum realm_hash hash,
		     uint8_t digest[REALM_DIGEST_MAX]);

/* ---- reference values ---------------------------------------------------------------------------------------- */

/**
 * realm_refvals_new() - make an empty set of reference values
 * @ctx: context, must outlive the set
 * @refvalsp: receives the set; caller owns, free with realm_refvals_free()
 *
 * Return: 0, -EINVAL or -ENOMEM.
 * Since: 0.1
 */
int realm_refvals_new(struct realm_ctx *ctx, struct realm_refvals **refvalsp);

/**
 * realm_refvals_free() - free a set of reference values
 * @refvals: set or NULL
 *
 * Since: 0.1
 */
void realm_refvals_free(struct realm_refvals *refvals);

/**
 * realm_refvals_add_plan() - add what a plan's realm will have: a value for each RIM, its RPV (zero too) and REMs
 * @refvals: set
 * @plan: plan
 * @opts: which families and profiles, as for realm_measure(); NULL for each distinct pair
 * @rems: expected REMs, NULL for none
 *
 * Pairs that give the same RIM are one value, whose family and profile are those of the first.
 *
 * Return: 0; as realm_measure(); -EINVAL for a plan whose name is not UTF-8, or a REM that is given, but not for the hash
 * of the plan; nothing is added when it fails.
 * Since: 0.1
 */
int realm_refvals_add_plan(struct realm_refvals *refvals, struct realm_plan *plan,
			   const struct realm_measure_opts *opts, const struct realm_rems *rems);

/**
 * realm_refvals_add_rim() - add a RIM of which nothing more is known
 * @refvals: set
 * @rim: the digest
 * @len: its bytes: 32, 48 or 64, which also says the hash
 *
 * Return: 0, -EINVAL or -ENOMEM.
 * Since: 0.1
 */
int realm_refvals_add_rim(struct realm_refvals *refvals, const void *rim, size_t len);

/**
 * realm_refvals_add() - add what a file with reference values holds; the content says what it is
 * @refvals: set
 * @name: what messages call it, such as a file name; "-" is standard input
 * @data: any form that realm_refvals_format() writes, and CoRIMs of others: signed or not, of platforms and of realms,
 *        the older forms too
 * @len: bytes of @data
 *
 * The signature of a signed CoRIM is not checked here: see realm_refvals_check_signature().
 *
 * Return: 0; -EBADMSG, with the place in the file; -EINVAL when longer than REALM_REFVALS_MAX; nothing is added when it
 * fails.
 * Since: 0.1
 * Source: docs/refvals.md.
 */
int realm_refvals_add(struct realm_refvals *refvals, const char *name, const void *data, size_t len);

/**
 * realm_refvals_add_file() - as realm_refvals_add(), from a file
 * @refvals: set
 * @path: file name, "-" for standard input
 *
 * A note says so when the file is a signed CoRIM.
 *
 * Return: as realm_refvals_add(); -ENOENT, -EACCES, -EIO.
 * Since: 0.1
 */
int realm_refvals_add_file(struct realm_refvals *refvals, const char *path);

/**
 * realm_refvals_check_signature() - is a signed CoRIM signed by one of these keys?
 * @ctx: context
 * @data: the file
 * @len: its bytes
 * @keys: keys; those of a store are keys of platforms, and not looked at
 *
 * Any key will do that is on the curve of the algorithm.  Certificates are judged at the present time.
 *
 * Return: 1: yes; 0: no; -EBADMSG for what is no signed CoRIM; -EINVAL.
 * Since: 0.1
 */
int realm_refvals_check_signature(struct realm_ctx *ctx, const void *data, size_t len, const struct realm_keys *keys);

/**
 * struct realm_reference - what is expected of a realm, borrowed until realm_refvals_free()
 * @sz: sizeof(struct realm_reference), set by the caller
 * @name: of the plan or of the environment; NULL when not known
 * @family: with @profile what the RIM is of; REALM_FAMILY_ANY when not known
 * @profile: REALM_PROFILE_ANY when not known
 * @rim: 32, 48 or 64 bytes
 * @rems: len 0 where nothing is expected
 * @rpv: 64 bytes; len 0 when nothing is expected
 */
struct realm_reference {
	size_t sz;
	const char *name;
	enum realm_family family;
	enum realm_profile profile;
	struct realm_bytes rim;
	struct realm_bytes rems[REALM_REMS];
	struct realm_bytes rpv;
};

/**
 * realm_refvals_realm_count() - how many realms' values there are
 * @refvals: set
 *
 * Return: the count, 0 for NULL.
 * Since: 0.1
 */
size_t realm_refvals_realm_count(const struct realm_refvals *refvals);

/**
 * realm_refvals_realm() - what is expected of one realm
 * @refvals: set
 * @index: 0..realm_refvals_realm_count() - 1
 * @reference: filled; caller sets sz
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 */
int realm_refvals_realm(const struct realm_refvals *refvals, size_t index, struct realm_reference *reference);

/**
 * struct realm_platform_reference - what is expected of a platform, borrowed until realm_refvals_free()
 * @sz: sizeof(struct realm_platform_reference), set by the caller
 * @implementation_id: 32 bytes
 * @config: value of the configuration; len 0 when nothing is expected
 * @config_mask: bits of it that count, as long as @config; len 0: all
 * @num_components: see realm_refvals_component()
 */
struct realm_platform_reference {
	size_t sz;
	struct realm_bytes implementation_id;
	struct realm_bytes config;
	struct realm_bytes config_mask;
	size_t num_components;
};

/**
 * realm_refvals_platform_count() - how many platforms' values there are
 * @refvals: set
 *
 * Return: the count, 0 for NULL.
 * Since: 0.1
 */
size_t realm_refvals_platform_count(const struct realm_refvals *refvals);

/**
 * realm_refvals_platform() - what is expected of one platform
 * @refvals: set
 * @index: 0..realm_refvals_platform_count() - 1
 * @reference: filled; caller sets sz
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 */
int realm_refvals_platform(const struct realm_refvals *refvals, size_t index,
			   struct realm_platform_reference *reference);

/**
 * realm_refvals_component() - a software component that a platform may have
 * @refvals: set
 * @platform: index of the platform
 * @index: 0..num_components - 1
 * @component: filled; caller sets sz
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 */
int realm_refvals_component(const struct realm_refvals *refvals, size_t platform, size_t index,
			    struct realm_component *component);

/* ---- formats ------------------------------------------------------------------------------------------------- */

/** enum realm_refvals_format - what reference values can be written as; docs/refvals.md has who reads which */
enum realm_refvals_format {
	REALM_REFVALS_CORIM = 1,  /* CoRIM with the CCA realm profile of 2025, CBOR (draft-ydb) */
	REALM_REFVALS_COMID,      /* CoRIM with the older realm profile, CBOR */
	REALM_REFVALS_COMID_JSON, /* JSON template of the latter, for CoMID tools */
	REALM_REFVALS_RVPS,       /* registration message of Trustee's RVPS, JSON */
	REALM_REFVALS_STORE,      /* reference-value store of rust-ccatoken, JSON */
	REALM_REFVALS_RIMS,       /* RIM list of Veraison's key broker, JSON */
	REALM_REFVALS_JSON,       /* realm-refvals/1 */
};

/**
 * realm_refvals_format_name() - "corim", "comid", "comid-json", "rvps", "store", "rims" or "json"
 * @format: format
 *
 * Return: a static string, NULL for an unknown value.
 * Since: 0.1
 */
const char *realm_refvals_format_name(enum realm_refvals_format format);

/**
 * realm_refvals_format_from_name() - find a format by name
 * @name: name as realm_refvals_format_name() gives it
 * @formatp: receives the format
 *
 * Return: 0; -EINVAL when there is none of that name.
 * Since: 0.1
 */
int realm_refvals_format_from_name(const char *name, enum realm_refvals_format *formatp);

/**
 * struct realm_refvals_opts - how reference values are written
 * @sz: sizeof(struct realm_refvals_opts)
 * @format: not 0
 * @sign_key: a private key (PEM, DER or JWK; P-256, P-384 or P-521) to sign a CoRIM with: ES256, ES384 or ES512; len 0:
 *            not signed
 * @sign_name: what messages call it, such as a file name; may be NULL
 */
struct realm_refvals_opts {
	size_t sz;
	enum realm_refvals_format format;
	struct realm_bytes sign_key;
	const char *sign_name;
};

/**
 * realm_refvals_format() - write the realms' reference values
 * @refvals: set
 * @opts: options, required
 * @datap: receives the bytes, for JSON text with a final newline, and a NUL after them; caller owns, free with
 *         realm_free()
 * @lenp: receives how many, without the NUL
 *
 * Equal input gives equal bytes, but for the signature.  What the format cannot hold is left out with a warning; when
 * nothing would be left the call fails.
 *
 * Return: 0; -EINVAL for a set without realms (store and json hold platforms too), a format that cannot be signed or a
 * key that cannot sign; -EBADMSG for a malformed key; -EOPNOTSUPP for values that the format cannot hold at all;
 * -E2BIG.
 * Since: 0.1
 */
int realm_refvals_format(const struct realm_refvals *refvals, const struct realm_refvals_opts *opts, uint8_t **datap,
			 size_t *lenp);

#endif /* REALM_REFVALS_H */
