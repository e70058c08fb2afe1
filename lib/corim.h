/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * corim.h - CoRIM and CoMID: the numbers that readers and writers share, and what parts of the reader share
 *
 * Source: draft-ietf-rats-corim; draft-ydb-rats-cca-endorsements-04 (the CCA profiles); docs/refvals.md.
 */
#ifndef REALM_CORIM_H
#define REALM_CORIM_H

#include "refvals.h"

/* CBOR tags */
#define TAG_TIME 1
#define TAG_URI 32
#define TAG_CORIM_OLD 500 /* obsolete, around either kind */
#define TAG_CORIM 501
#define TAG_SIGNED_OLD 502 /* obsolete, around a COSE_Sign1 */
#define TAG_COMID 506
#define TAG_UEID 550
#define TAG_PUBLIC_KEY 554 /* PEM */
#define TAG_BYTES 560
#define TAG_MASKED 563 /* [value, mask] */
#define TAG_PSA_IMPL_ID 600
#define TAG_PSA_REFVAL_ID 601
#define TAG_CCA_CONFIG_ID 602

/* Keys of maps */
#define CORIM_ID 0
#define CORIM_TAGS 1
#define CORIM_PROFILE 3
#define CORIM_VALIDITY 4
#define META_VALIDITY 1
#define VALIDITY_FROM 0
#define VALIDITY_TO 1
#define COMID_IDENTITY 1
#define COMID_TRIPLES 4
#define IDENTITY_ID 0
#define TRIPLES_REFERENCE 0
#define TRIPLES_ATTEST_KEY 3
#define ENV_CLASS 0
#define ENV_INSTANCE 1
#define CLASS_ID 0
#define CLASS_MODEL 2
#define MEASUREMENT_KEY 0
#define MEASUREMENT_VALUE 1
#define MVAL_VERSION 0
#define MVAL_DIGESTS 2
#define MVAL_RAW_VALUE 4
#define MVAL_RAW_MASK 5
#define MVAL_NAME 11
#define MVAL_KEYS 13
#define MVAL_REGISTERS 14

/* COSE header labels of a signed CoRIM */
#define HEADER_ALG 1
#define HEADER_CONTENT_TYPE 3
#define HEADER_KID 4
#define HEADER_META 8

#define CORIM_CONTENT_TYPE "application/rim+cbor"
#define CORIM_REALM_PROFILE "tag:arm.com,2025:cca_realm#1.0.0"
#define CORIM_OLD_REALM_PROFILE "http://arm.com/cca/realm/1"

/* What a reference triple is of; its profile says it, or without a known one its shape. */
enum corim_kind {
	CORIM_UNKNOWN = 0,
	CORIM_REALM, /* profile of 2025 */
	CORIM_OLD_REALM,
	CORIM_PLATFORM, /* both forms, which are mixed in use */
};

/* What is not for us is no fault, but said, once for each kind. */
enum corim_ignored {
	IGNORED_TAGS = 0,
	IGNORED_TRIPLES,
	IGNORED_ENVIRONMENTS,
	IGNORED_KEYS,
	IGNORED_KINDS,
};

struct corim_reader {
	struct realm_refvals *refvals;
	enum corim_kind kind;  /* of the profile */
	size_t first_platform; /* of this file */
	size_t ignored[IGNORED_KINDS];
};

/* ---- cbor-join.c ---- */

/*
 * A copy in which each string that came in chunks is one string, or *copyp NULL when there is none such or the input is
 * not well-formed, which is for the reader to say.  The copy is not longer.  0 or -ENOMEM, without detail.
 */
int cbor_join(const uint8_t *data, size_t len, uint8_t **copyp, size_t *lenp);

/* ---- corim-values.c: values that both kinds have; all failures have detail ---- */

/* Measurement keys of the profile of 2025: the RIM, the REMs, the RPV */
#define CORIM_MKEYS (1 + REALM_REMS + 1)
extern const char *const corim_mkeys[CORIM_MKEYS];

/* What a tag must hold: its bytes. */
int corim_tagged_bytes(const struct cval *val, uint64_t tag, struct realm_bytes *bytes);
/* Nothing but these keys is in a map; others would be conditions that are passed over. */
int corim_only_keys(const struct cval *map, const int64_t *keys, size_t num_keys);
bool corim_text_is(const struct cval *val, const char *text);
/* A copy, NUL-terminated. */
int corim_copy_text(struct realm_refvals *refvals, const struct cval *val, const char **copyp);
/* One entry of digests: algorithm and value, which has the length that it says. */
int corim_digest_entry(const struct cval *entry, const struct digest_alg **algp, struct realm_bytes *value);
/* Of digests that differ in their algorithm, the one of SHA-2 with so many bytes. */
int corim_digest_of_size(const struct cval *digests, size_t size, struct digest *digest);

/* ---- corim-realm.c, corim-platform.c: a triple, environment and list ---- */

int corim_read_realm(struct corim_reader *reader, const struct cval *env, const struct cval *list);
int corim_read_old_realm(struct corim_reader *reader, const struct cval *env, const struct cval *list);
int corim_read_platform(struct corim_reader *reader, const struct cval *env, const struct cval *list);
/* list: keys */
int corim_read_keys(struct corim_reader *reader, const struct cval *env, const struct cval *list);

#endif /* REALM_CORIM_H */
