/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * realm/token.h - CCA attestation tokens: what they say, and whether to believe it; part of realm.h
 *
 *     realm_token_read -> realm_token_platform, realm_token_realm, realm_token_json        what it says
 *                      -> realm_token_verify -> realm_verdict_check, realm_verdict_ear     whether it holds
 *
 * A token holds two signed sets of claims: the platform's, signed by a key that the verifier must know (CPAK), and the realm's, signed by a key (RAK) that the
 * platform's vouches for.  realm_token_verify() returns 0 only when all mandatory checks are done and good and nothing that was asked for differs.
 *
 * Every form is read: the collection of tag 399 and that of tag 907 with CMW records, all profiles from the one without a name to those of 2026,
 * mixed pairs too (docs/tokens.md has the table).  A bare platform or realm token is read as well, to be shown; it never verifies.
 *
 * Sources named in the comments: "draft-ffm" is draft-ffm-rats-cca-token-04; "DEN0137" as in realm.h, chapter on attestation.
 */
#ifndef REALM_TOKEN_H
#define REALM_TOKEN_H

/** define REALM_TOKEN_MAX - bytes of a token that is read at most; longer ones are refused */
#define REALM_TOKEN_MAX (1024 * 1024)
/** define REALM_CHALLENGE_SIZE - bytes of a realm's challenge; a shorter one is padded with zeros at the end (DEN0137, RSI_ATTESTATION_TOKEN_INIT) */
#define REALM_CHALLENGE_SIZE 64
/** define REALM_REMS - Realm Extensible Measurements of a realm */
#define REALM_REMS 4

struct realm_ctx;
struct realm_keys;
struct realm_refvals;
struct realm_rems;
struct realm_token;
struct realm_verdict;

/**
 * struct realm_bytes - some bytes that belong to somebody else
 * @data: first byte; NULL when there are none
 * @len: how many; 0: the value is absent (no claim may be empty)
 */
struct realm_bytes {
	const uint8_t *data;
	size_t len;
};

/* ---- the token ----------------------------------------------------------------------------------------------- */

/** enum realm_token_form - how a token is wrapped */
enum realm_token_form {
	REALM_TOKEN_NONE = 0,
	REALM_TOKEN_LEGACY,        /* tag 399: a map of byte strings */
	REALM_TOKEN_CMW,           /* tag 907: a map of CMW records */
	REALM_TOKEN_PLATFORM_ONLY, /* a platform token alone */
	REALM_TOKEN_REALM_ONLY,    /* a realm token alone */
};

/** enum realm_token_part - one of the two */
enum realm_token_part {
	REALM_TOKEN_PLATFORM = 1,
	REALM_TOKEN_REALM = 2,
};

/**
 * struct realm_platform_claims - claims of the platform, borrowed until realm_token_free()
 * @sz: sizeof(struct realm_platform_claims), set by the caller
 * @profile: claim 265, NUL-terminated
 * @challenge: claim 10; absent in the profiles of 2026 but HESRAK
 * @binding: claim 2408, what binds the realm's token in the profiles of 2026
 * @implementation_id: claim 2396, 32 bytes
 * @instance_id: claim 256, 33 bytes
 * @config: claim 2401
 * @lifecycle: claim 2395; the high byte decides
 * @hash_name: claim 2402, such as "sha-256"
 * @service: claim 2400; NULL when absent
 * @num_components: entries of claim 2399, see realm_token_component()
 */
struct realm_platform_claims {
	size_t sz;
	const char *profile;
	struct realm_bytes challenge;
	struct realm_bytes binding;
	struct realm_bytes implementation_id;
	struct realm_bytes instance_id;
	struct realm_bytes config;
	unsigned int lifecycle;
	const char *hash_name;
	const char *service;
	size_t num_components;
};

/**
 * struct realm_component - a software component of the platform, borrowed until its owner is freed
 * @sz: sizeof(struct realm_component), set by the caller
 * @name: key 1; NULL when absent
 * @measurement: key 2
 * @version: key 4; NULL when absent
 * @signer: key 5
 * @hash_name: key 6; NULL when absent: that of the platform
 */
struct realm_component {
	size_t sz;
	const char *name;
	struct realm_bytes measurement;
	const char *version;
	struct realm_bytes signer;
	const char *hash_name;
};

/**
 * struct realm_realm_claims - claims of the realm, borrowed until realm_token_free()
 * @sz: sizeof(struct realm_realm_claims), set by the caller
 * @profile: claim 265, NUL-terminated; NULL in legacy tokens
 * @challenge: claim 10, 64 bytes
 * @instance_id: claim 256, 33 bytes; absent before RMM 2.0
 * @rpv: claim 44235, 64 bytes
 * @hash_name: claim 44236, such as "sha-256"
 * @rak: claim 44237, the content of the byte string: an encoded COSE_Key or, in legacy tokens, a point; absent in direct mode
 * @rak_hash_name: claim 44240; NULL in direct mode
 * @rim: claim 44238
 * @rems: claim 44239; rems[i] is REM i + 1 of RSI
 * @mec_policy: claim 44243: 0 shared, 1 private; -1 when absent
 */
struct realm_realm_claims {
	size_t sz;
	const char *profile;
	struct realm_bytes challenge;
	struct realm_bytes instance_id;
	struct realm_bytes rpv;
	const char *hash_name;
	struct realm_bytes rak;
	const char *rak_hash_name;
	struct realm_bytes rim;
	struct realm_bytes rems[REALM_REMS];
	int mec_policy;
};

/**
 * realm_token_read() - read a token from a file
 * @ctx: context, must outlive the token
 * @path: file name, "-" for standard input
 * @tokenp: receives the token; caller owns, free with realm_token_free()
 *
 * The detail of a refused token names the claim and the byte of the file where it is.
 *
 * Return: 0; -EBADMSG for what is no token; -EINVAL when longer than REALM_TOKEN_MAX; -ENOENT, -EACCES, -EIO.
 * Since: 0.1
 * Source: draft-ffm, sections 3 and 4; docs/tokens.md.
 */
int realm_token_read(struct realm_ctx *ctx, const char *path, struct realm_token **tokenp);

/**
 * realm_token_parse() - as realm_token_read(), from memory
 * @ctx: context, must outlive the token
 * @data: bytes, copied
 * @len: how many
 * @tokenp: receives the token; caller owns
 *
 * Return: 0; -EBADMSG; -EINVAL when longer than REALM_TOKEN_MAX.
 * Since: 0.1
 */
int realm_token_parse(struct realm_ctx *ctx, const void *data, size_t len, struct realm_token **tokenp);

/**
 * realm_token_free() - free a token
 * @token: token or NULL
 *
 * Since: 0.1
 */
void realm_token_free(struct realm_token *token);

/**
 * realm_token_form() - how the token is wrapped
 * @token: token
 *
 * Return: the form; REALM_TOKEN_NONE for NULL.
 * Since: 0.1
 */
enum realm_token_form realm_token_form(const struct realm_token *token);

/**
 * realm_token_platform() - what the platform says, verified or not
 * @token: token
 * @claims: filled; caller sets sz
 *
 * Return: 0; -ENOENT when the token has no such part; -EINVAL.
 * Since: 0.1
 */
int realm_token_platform(const struct realm_token *token, struct realm_platform_claims *claims);

/**
 * realm_token_component() - a software component of the platform
 * @token: token
 * @index: 0..num_components - 1
 * @component: filled; caller sets sz
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 */
int realm_token_component(const struct realm_token *token, size_t index, struct realm_component *component);

/**
 * realm_token_realm() - what the realm says, verified or not
 * @token: token
 * @claims: filled; caller sets sz
 *
 * Return: 0; -ENOENT when the token has no such part; -EINVAL.
 * Since: 0.1
 */
int realm_token_realm(const struct realm_token *token, struct realm_realm_claims *claims);

/**
 * realm_token_claim() - any claim as it was encoded
 * @token: token
 * @part: which part of it
 * @key: key of the claim
 * @encoded: receives the CBOR of the value, borrowed until realm_token_free()
 *
 * Return: 0; -ENOENT when there is none; -EINVAL.
 * Since: 0.1
 */
int realm_token_claim(const struct realm_token *token, enum realm_token_part part, int64_t key,
		      struct realm_bytes *encoded);

/**
 * realm_token_json() - all claims as JSON, in the names that Veraison uses
 * @token: token
 * @jsonp: receives the text, NUL-terminated with a final newline; caller owns, free with realm_free()
 *
 * An object with "cca-platform-token" and "cca-realm-delegated-token".  Byte strings are standard base64; claims without a name there keep their number as name, and
 * what is in them is shown too.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 * Since: 0.1
 * Source: docs/tokens.md.
 */
int realm_token_json(const struct realm_token *token, char **jsonp);

/* ---- keys ---------------------------------------------------------------------------------------------------- */

/**
 * realm_keys_new() - make an empty set of keys that the platform's token may be signed with
 * @ctx: context, must outlive the set
 * @keysp: receives the set; caller owns, free with realm_keys_free()
 *
 * Return: 0, -EINVAL or -ENOMEM.
 * Since: 0.1
 */
int realm_keys_new(struct realm_ctx *ctx, struct realm_keys **keysp);

/**
 * realm_keys_free() - free a set of keys
 * @keys: set or NULL
 *
 * Since: 0.1
 */
void realm_keys_free(struct realm_keys *keys);

/**
 * realm_keys_add() - add what a file with keys holds; the content says what it is
 * @keys: set
 * @name: what messages call it, such as a file name; copied
 * @data: PEM (public keys, private ones of which the public part is taken, certificates), DER (SubjectPublicKeyInfo,
 *	certificate), JWK or JWK Set, or an uncompressed point
 * @len: bytes of @data, at most 64 KiB
 *
 * Curves are P-256, P-384 and P-521, points are uncompressed.  A PEM file may have several keys, or certificates, with
 * text around them.  In a JWK only kty, crv, x and y are looked at; d is passed over, however it looks, and so are keys
 * of other kinds in a JWK Set.
 *
 * Several certificates are a chain: leaf first, each signed by the next, the last one trusted because the caller gave
 * it; the key is the leaf's.  A certificate given alone is trusted itself, and may also be the anchor of a chain that a
 * token carries (x5chain), for which it must be a CA and may have another kind of key.  Validity (both ends included)
 * and constraints of every certificate are judged when verifying, at realm_verify_opts.at; a keyUsage of the first must
 * allow signatures, any extended one will do; revocation is not looked at.  Signatures of less than 112 bits, such as
 * those with SHA-1, do not count.
 *
 * Return: 0; -EBADMSG for what is no key; -EINVAL for a key of another kind, an encrypted one, certificates that are no
 * chain or have a key beside them, and for what is too long.  The set is as before unless it is 0.
 * Since: 0.1
 * Source: SEC 1; RFC 5280; RFC 5915; RFC 5958; RFC 7517; RFC 7518, section 6.2; RFC 9360.
 */
int realm_keys_add(struct realm_keys *keys, const char *name, const void *data, size_t len);

/**
 * realm_keys_add_file() - as realm_keys_add(), from a file
 * @keys: set
 * @path: file name, "-" for standard input
 *
 * Return: as realm_keys_add(); -ENOENT, -EACCES, -EIO.
 * Since: 0.1
 */
int realm_keys_add_file(struct realm_keys *keys, const char *path);

/**
 * realm_keys_add_store() - add a trust-anchor store: keys that hold only for one implementation and instance
 * @keys: set
 * @path: file name, "-" for standard input; realm-store/1 (docs/tokens.md), the list that rust-ccatoken reads, or a
 *	CoRIM with attestation keys; at most 1 MiB
 *
 * The signature of a signed CoRIM is not checked here: see realm_refvals_check_signature().
 *
 * Return: as realm_keys_add_file().
 * Since: 0.1
 */
int realm_keys_add_store(struct realm_keys *keys, const char *path);

/**
 * realm_keys_count() - how many keys the set has
 * @keys: set
 *
 * Return: the count, 0 for NULL.
 * Since: 0.1
 */
size_t realm_keys_count(const struct realm_keys *keys);

/* ---- verdict ------------------------------------------------------------------------------------------------- */

/** enum realm_lifecycle - which states of the platform are accepted (claim 2395) */
enum realm_lifecycle {
	REALM_LIFECYCLE_SECURED = 0, /* 0x30.. */
	REALM_LIFECYCLE_DEBUG,       /* and 0x40..: what is not the platform's root of trust may be debugged */
};

/**
 * struct realm_verify_opts - what a token is held against
 * @sz: sizeof(struct realm_verify_opts)
 * @keys: who may have signed the platform's token; without a key that fits, the token is refused
 * @refvals: reference values, NULL for none; no realm is accepted by a set without any value
 * @rems: expected REMs, NULL for none.  They go before those of @refvals
 * @challenge: expected challenge of the realm, up to 64 bytes; padded with zeros at the end; len 0: not appraised
 * @lifecycle: accepted states
 * @at: certificates are judged at this time, seconds since 1970; 0: now
 */
struct realm_verify_opts {
	size_t sz;
	const struct realm_keys *keys;
	const struct realm_refvals *refvals;
	const struct realm_rems *rems;
	struct realm_bytes challenge;
	enum realm_lifecycle lifecycle;
	int64_t at;
};

/** enum realm_result - what comes out of all checks together */
enum realm_result {
	REALM_ACCEPTED = 0,  /* mandatory checks good, nothing that was compared differs */
	REALM_DIFFERENT = 1, /* genuine, but something that was compared differs */
	REALM_REFUSED = 2,   /* a mandatory check is bad, or could not be done */
};

/** enum realm_outcome - what came out of one check */
enum realm_outcome {
	REALM_CHECK_GOOD = 1,
	REALM_CHECK_BAD,
	REALM_CHECK_FINDING, /* wrong, but known of published good tokens: does not decide */
	REALM_CHECK_NOT_DONE,
};

/**
 * struct realm_check - one check, borrowed until realm_verdict_free()
 * @sz: sizeof(struct realm_check), set by the caller
 * @name: "structure", "platform-algorithm", "platform-key", "platform-signature", "realm-algorithm",
 *	"realm-signature", "binding", "lifecycle", "lengths", "challenge", "hash", "rim", "rem0" ... "rem3", "rpv",
 *	"software-components", "configuration"
 * @outcome: what came out
 * @mandatory: 1 when it decides between REALM_REFUSED and the rest
 * @expected: what was asked for, in words or hex; NULL when nothing
 * @found: what the token says; NULL when nothing
 * @why: why it is bad or not done, or which of several fits; NULL when there is nothing to say
 */
struct realm_check {
	size_t sz;
	const char *name;
	enum realm_outcome outcome;
	int mandatory;
	const char *expected;
	const char *found;
	const char *why;
};

/**
 * realm_token_verify() - does a token hold?
 * @token: token
 * @opts: options or NULL; without keys no token is accepted
 * @verdictp: receives the verdict unless the call fails; caller owns, free with realm_verdict_free()
 *
 * In the order of the checks' names: form, profiles and claims; the algorithm against the key's curve; the platform's
 * signature with the keys of @opts; the realm's with its RAK; that the platform vouches for the RAK; the platform's
 * lifecycle; that digests are as long as the stated hash says; then what @opts asks to compare.  All checks that can be
 * done are done, and each is reported.  Compared with reference values: the realm's RIM, hash, REMs and RPV, the
 * platform's software components and configuration.  What @opts does not give is "not appraised".
 *
 * Return: REALM_ACCEPTED (0), REALM_DIFFERENT or REALM_REFUSED; a negative errno when there is no verdict: -EINVAL,
 * -E2BIG, -ENOMEM.
 * Since: 0.1
 * Source: docs/tokens.md.
 */
int realm_token_verify(const struct realm_token *token, const struct realm_verify_opts *opts,
		       struct realm_verdict **verdictp);

/**
 * realm_verdict_free() - free a verdict
 * @verdict: verdict or NULL
 *
 * Since: 0.1
 */
void realm_verdict_free(struct realm_verdict *verdict);

/**
 * realm_verdict_result() - what realm_token_verify() returned
 * @verdict: verdict
 *
 * Return: the result; REALM_REFUSED for NULL.
 * Since: 0.1
 */
enum realm_result realm_verdict_result(const struct realm_verdict *verdict);

/**
 * realm_verdict_count() - how many checks there are
 * @verdict: verdict
 *
 * Return: the count, 0 for NULL.
 * Since: 0.1
 */
size_t realm_verdict_count(const struct realm_verdict *verdict);

/**
 * realm_verdict_check() - one check
 * @verdict: verdict
 * @index: 0..realm_verdict_count() - 1, in the order in which they were done
 * @check: filled; caller sets sz
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 */
int realm_verdict_check(const struct realm_verdict *verdict, size_t index, struct realm_check *check);

/**
 * realm_verdict_match() - which reference value the realm's RIM is equal to
 * @verdict: verdict
 * @indexp: receives its index, for realm_refvals_realm()
 *
 * Return: 1; 0 when none is.
 * Since: 0.1
 */
int realm_verdict_match(const struct realm_verdict *verdict, size_t *indexp);

/**
 * realm_verdict_ear() - the verdict as EAR claims, for policy engines
 * @verdict: verdict
 * @jsonp: receives the JSON object, NUL-terminated with a final newline; caller owns, free with realm_free()
 *
 * Submodules "CCA_SSD_PLATFORM" and "CCA_REALM", each with ear.status and the trust vector; not signed.
 *
 * Return: 0, -EINVAL or -ENOMEM.
 * Since: 0.1
 * Source: draft-fv-rats-ear (names), draft-ietf-rats-ar4si (numbers of the tiers), docs/tokens.md.
 */
int realm_verdict_ear(const struct realm_verdict *verdict, char **jsonp);

#endif /* REALM_TOKEN_H */
