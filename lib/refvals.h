/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * refvals.h - reference values, as their files share them
 *
 * refvals.c: the set, its life and getters; refvals-add.c: what it comes from, telling formats apart; refvals-format.c:
 * out again; rems.c: expected REMs; corim-*.c: CoRIM of both dialects, CBOR; comid-json.c: the template; rvps-json.c:
 * lists of RIMs; store-json.c: the store; refvals-json.c: our own
 */
#ifndef REALM_REFVALS_INTERNAL_H
#define REALM_REFVALS_INTERNAL_H

#include <string.h>

#include "cbor.h"
#include "json-build.h"
#include "json.h"
#include "key.h"

/* Digests and RPV are copies, len 0 where nothing is expected. */
struct digest {
	size_t len;
	uint8_t data[REALM_DIGEST_MAX];
};

struct ref_realm {
	char *name; /* or NULL */
	enum realm_family family;
	enum realm_profile profile;
	struct digest rim, rems[REALM_REMS], rpv;
};

struct ref_platform {
	uint8_t implementation_id[IMPLEMENTATION_ID_SIZE];
	struct realm_bytes config, config_mask; /* owned */
	struct realm_component *components;     /* everything in them owned, but for hash_name */
	size_t num_components;
};

/* An attestation key of a platform (CoRIM attestation-key triple) */
struct ref_key {
	struct key_owner owner;
	EVP_PKEY *key;
};

struct realm_refvals {
	struct realm_ctx *ctx;
	struct ref_realm *realms;
	size_t num_realms;
	struct ref_platform *platforms;
	size_t num_platforms;
	struct ref_key *keys;
	size_t num_keys;
	bool from_signed; /* some came in a signed CoRIM, whose signature nobody has checked */
};

/* At most REALM_DIGEST_MAX bytes. */
static inline void digest_set(struct digest *digest, const void *data, size_t len)
{
	*digest = (struct digest){ .len = len };
	memcpy(digest->data, data, len);
}

static inline bool digest_same(const struct digest *a, const struct digest *b)
{
	return a->len == b->len && !memcmp(a->data, b->data, a->len);
}

/* An RPV of fewer bytes is the same as with zeros after them; not empty, at most REALM_RPV_SIZE. */
static inline void rpv_set(struct digest *rpv, const void *data, size_t len)
{
	digest_set(rpv, data, len);
	rpv->len = REALM_RPV_SIZE;
}

/* ---- refvals.c ---- */

/* One more, empty and at the end; a later one moves it.  NULL: out of memory, with the detail. */
struct ref_realm *refvals_new_realm(struct realm_refvals *refvals);
struct ref_platform *refvals_new_platform(struct realm_refvals *refvals);
struct realm_component *refvals_new_component(struct realm_refvals *refvals, struct ref_platform *platform);
struct ref_key *refvals_new_key(struct realm_refvals *refvals);
/* Copies, for what is owned; of nothing: nothing. */
int refvals_copy_bytes(struct realm_refvals *refvals, const void *data, size_t len, struct realm_bytes *copy);
int refvals_copy_text(struct realm_refvals *refvals, const char *text, size_t len, const char **copyp);
/* Values that have come from signed CoRIMs since the last call: a note that the signature was not checked. */
void refvals_note_signed(struct realm_refvals *refvals, const char *name);
/* Free all but the first so many. */
void refvals_truncate(struct realm_refvals *refvals, size_t realms, size_t platforms, size_t keys);

/* NULL, or what is wrong with the lengths of a realm's values. */
const char *ref_realm_fault(const struct ref_realm *realm);

/* ---- rems.c ---- */

/* Is a value of any hash expected? */
bool rems_is_known(const struct realm_rems *rems, unsigned int index);

/* ---- corim-values.c ---- */

/* What the older form calls the RIM, and each REM, in CBOR and JSON. */
extern const char *const old_registers[1 + REALM_REMS];

/* ---- digest-alg.c: hashes of the Named Information registry that CoRIMs have ---- */

struct digest_alg {
	int64_t id;
	const char *name; /* in JSON templates, and in tokens */
	size_t size;
	int hash; /* enum realm_hash; -1 for one that realms have not */
};

/* NULL for what we do not know; names in either case. */
const struct digest_alg *digest_alg_from_id(int64_t id);
const struct digest_alg *digest_alg_from_name(const char *name, size_t len);
/* Of those that realms have. */
const struct digest_alg *digest_alg_from_size(size_t size);

/* ---- refvals-json.c: what JSON readers have in common ---- */

/* Copies that the caller frees: hex of any length; not empty; text; 32 bytes */
int jval_copy_hex(const struct jval *val, struct realm_bytes *copy);
int jval_copy_digest(const struct jval *val, struct realm_bytes *copy);
int jval_copy_text(const struct jval *val, const char **copyp);
int jval_implementation_id(const struct jval *val, uint8_t id[IMPLEMENTATION_ID_SIZE]);
/* Up to REALM_RPV_SIZE bytes of hex, zeros after them; none: nothing is expected */
int jval_rpv(const struct jval *val, struct digest *rpv);
/* Standard base64 of 1 to REALM_DIGEST_MAX bytes, text being val or a part of it. */
int jval_base64(const struct jval *val, const char *text, struct digest *digest);
/* Each entry of an array, which may be absent. */
int read_entries(struct realm_refvals *refvals, const struct jval *list,
		 int (*read)(struct realm_refvals *refvals, const struct jval *entry));

/* ---- reading: add to the set, with detail; what a failed one added is taken back by refvals-add.c ---- */

/* A CoRIM, signed or not. */
int corim_read(struct realm_refvals *refvals, const void *data, size_t len);
/* The COSE_Sign1 of a signed one. */
int corim_open_signed(struct realm_ctx *ctx, const void *data, size_t len, struct cose_sign1 *sign1, uint8_t **copyp);
int comid_json_read(struct realm_refvals *refvals, const struct jval *root);
int rvps_json_read(struct realm_refvals *refvals, const struct jval *root);
int rims_json_read(struct realm_refvals *refvals, const struct jval *root);
int store_json_read(struct realm_refvals *refvals, const struct jval *root);
int refvals_json_read(struct realm_refvals *refvals, const struct jval *root);

/* ---- writing: what cannot be held is left out with a warning ---- */

int corim_write(const struct realm_refvals *refvals, const struct realm_refvals_opts *opts, struct cbuf *out);
#define UUID_SIZE 16
/* The tag id that a CoMID of these realms in the older form gets. */
int corim_old_tag_id(const struct realm_refvals *refvals, uint8_t id[UUID_SIZE]);
/* Add the members to a new object; what failed there for want of memory is in build. */
int comid_json_write(const struct realm_refvals *refvals, struct json_build *build, json_t *root);
int rvps_json_write(const struct realm_refvals *refvals, struct json_build *build, json_t *root);
int rims_json_write(const struct realm_refvals *refvals, struct json_build *build, json_t *root);
int store_json_write(const struct realm_refvals *refvals, struct json_build *build, json_t *root);
int refvals_json_write(const struct realm_refvals *refvals, struct json_build *build, json_t *root);

#endif /* REALM_REFVALS_INTERNAL_H */
