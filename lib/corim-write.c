/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * corim-write.c - CoRIMs of realms: the profile of 2025, and the older form
 *
 *	501({0: id, 1: [506(bytes: {1: {0: tag id}, 4: {0: [triple, ...]}})], 3: 32(profile)})
 *
 * Nothing in it is random or a date: the ids are UUIDs of version 8 made of SHA-256, as RFC 9562 appendix B.2 does it,
 * the tag id of the encoded triples, the id of the encoded CoMID.
 */
#include <stdlib.h>

#include "corim.h"

static size_t count_rems(const struct ref_realm *realm)
{
	size_t count = 0, i;

	for (i = 0; i < REALM_REMS; i++)
		count += realm->rems[i].len != 0;
	return count;
}

static void put_tagged_bytes(struct cbuf *out, const struct digest *bytes)
{
	cbuf_tag(out, TAG_BYTES);
	cbuf_bytes(out, bytes->data, bytes->len);
}

/* [[algorithm, digest]] */
static void put_digests(struct cbuf *out, const struct digest *digest)
{
	cbuf_array(out, 1);
	cbuf_array(out, 2);
	cbuf_int(out, digest_alg_from_size(digest->len)->id);
	cbuf_bytes(out, digest->data, digest->len);
}

/* ---- the profile of 2025 ---- */

/* {0: mkey, 1: {field: */
static void start_measurement(struct cbuf *out, const char *mkey, int64_t field)
{
	cbuf_map(out, 2);
	cbuf_int(out, MEASUREMENT_KEY);
	cbuf_text(out, mkey);
	cbuf_int(out, MEASUREMENT_VALUE);
	cbuf_map(out, 1);
	cbuf_int(out, field);
}

static void put_digest_measurement(struct cbuf *out, const char *mkey, const struct digest *digest)
{
	start_measurement(out, mkey, MVAL_DIGESTS);
	put_digests(out, digest);
}

static void put_realm(struct cbuf *out, const struct ref_realm *realm)
{
	size_t i;

	cbuf_array(out, 2);
	cbuf_map(out, 1);
	cbuf_int(out, ENV_CLASS);
	cbuf_map(out, 1);
	cbuf_int(out, CLASS_ID);
	put_tagged_bytes(out, &realm->rim);
	cbuf_array(out, 1 + count_rems(realm) + (realm->rpv.len != 0));
	put_digest_measurement(out, corim_mkeys[0], &realm->rim);
	for (i = 0; i < REALM_REMS; i++)
		if (realm->rems[i].len)
			put_digest_measurement(out, corim_mkeys[1 + i], &realm->rems[i]);
	if (!realm->rpv.len)
		return;
	start_measurement(out, corim_mkeys[1 + REALM_REMS], MVAL_RAW_VALUE);
	put_tagged_bytes(out, &realm->rpv);
}

/* ---- the older form ---- */

static void put_old_environment(struct cbuf *out, const struct ref_realm *realm)
{
	cbuf_map(out, 1 + (realm->name != NULL));
	if (realm->name) {
		cbuf_int(out, ENV_CLASS);
		cbuf_map(out, 1);
		cbuf_int(out, CLASS_MODEL);
		cbuf_text(out, realm->name);
	}
	cbuf_int(out, ENV_INSTANCE);
	put_tagged_bytes(out, &realm->rim);
}

static void put_old_realm(struct cbuf *out, const struct ref_realm *realm)
{
	size_t i;

	cbuf_array(out, 2);
	put_old_environment(out, realm);
	cbuf_array(out, 1);
	cbuf_map(out, 1);
	cbuf_int(out, MEASUREMENT_VALUE);
	cbuf_map(out, 1 + (realm->rpv.len != 0));
	if (realm->rpv.len) {
		cbuf_int(out, MVAL_RAW_VALUE);
		put_tagged_bytes(out, &realm->rpv);
	}
	cbuf_int(out, MVAL_REGISTERS);
	cbuf_map(out, 1 + count_rems(realm));
	cbuf_text(out, old_registers[0]);
	put_digests(out, &realm->rim);
	for (i = 0; i < REALM_REMS; i++)
		if (realm->rems[i].len) {
			cbuf_text(out, old_registers[1 + i]);
			put_digests(out, &realm->rems[i]);
		}
}

/* ---- the frame ---- */

static int make_id(const struct cbuf *of, uint8_t id[UUID_SIZE])
{
	uint8_t digest[REALM_DIGEST_MAX];

	if (of->nomem || realm_digest(REALM_HASH_SHA256, of->data, of->len, digest))
		return -ENOMEM;
	memcpy(id, digest, UUID_SIZE);
	id[6] = (uint8_t)(0x80 | (id[6] & 0x0f)); /* version 8 */
	id[8] = (uint8_t)(0x80 | (id[8] & 0x3f)); /* the variant of RFC 9562 */
	return 0;
}

static void put_triples(const struct realm_refvals *refvals, bool old, struct cbuf *out)
{
	size_t i;

	cbuf_array(out, refvals->num_realms);
	for (i = 0; i < refvals->num_realms; i++)
		(old ? put_old_realm : put_realm)(out, &refvals->realms[i]);
}

int corim_old_tag_id(const struct realm_refvals *refvals, uint8_t id[UUID_SIZE])
{
	struct cbuf triples = { 0 };
	int err;

	put_triples(refvals, true, &triples);
	err = make_id(&triples, id);
	cbuf_free(&triples);
	return err ? realm_fail_nomem(refvals->ctx) : 0;
}

static int put_comid(const struct realm_refvals *refvals, bool old, struct cbuf *out)
{
	struct cbuf triples = { 0 };
	uint8_t id[UUID_SIZE];
	int err;

	put_triples(refvals, old, &triples);
	err = make_id(&triples, id);
	if (!err) {
		cbuf_map(out, 2);
		cbuf_int(out, COMID_IDENTITY);
		cbuf_map(out, 1);
		cbuf_int(out, IDENTITY_ID);
		cbuf_bytes(out, id, sizeof(id));
		cbuf_int(out, COMID_TRIPLES);
		cbuf_map(out, 1);
		cbuf_int(out, TRIPLES_REFERENCE);
		cbuf_raw(out, triples.data, triples.len);
	}
	cbuf_free(&triples);
	return err;
}

static int put_corim(const struct realm_refvals *refvals, bool old, struct cbuf *out)
{
	struct cbuf comid = { 0 };
	uint8_t id[UUID_SIZE];
	int err = put_comid(refvals, old, &comid);

	if (!err)
		err = make_id(&comid, id);
	if (!err) {
		cbuf_tag(out, TAG_CORIM);
		cbuf_map(out, 3);
		cbuf_int(out, CORIM_ID);
		cbuf_bytes(out, id, sizeof(id));
		cbuf_int(out, CORIM_TAGS);
		cbuf_array(out, 1);
		cbuf_tag(out, TAG_COMID);
		cbuf_bytes(out, comid.data, comid.len);
		cbuf_int(out, CORIM_PROFILE);
		cbuf_tag(out, TAG_URI);
		cbuf_text(out, old ? CORIM_OLD_REALM_PROFILE : CORIM_REALM_PROFILE);
	}
	cbuf_free(&comid);
	return err || out->nomem ? -ENOMEM : 0;
}

/* ---- signing ---- */

/* What readers find the key by: SHA-256 of its SubjectPublicKeyInfo */
static int make_kid(EVP_PKEY *key, uint8_t kid[REALM_DIGEST_MAX])
{
	unsigned char *der = NULL;
	int len = i2d_PUBKEY(key, &der);
	int err = len > 0 ? realm_digest(REALM_HASH_SHA256, der, (size_t)len, kid) : -ENOMEM;

	OPENSSL_free(der);
	return err;
}

/* {1: algorithm, 3: content type, 4: kid, 8: bytes: {0: {0: signer}}} */
static int put_protected(EVP_PKEY *key, struct cbuf *out)
{
	static const uint8_t meta[] = { 0xa1, 0x00, 0xa1, 0x00, 0x68, 'l', 'i', 'b', 'r', 'e', 'a', 'l', 'm' };
	uint8_t kid[REALM_DIGEST_MAX];
	int err = make_kid(key, kid);

	if (err)
		return err;
	cbuf_map(out, 4);
	cbuf_int(out, HEADER_ALG);
	cbuf_int(out, cose_alg_of_key(key)->id);
	cbuf_int(out, HEADER_CONTENT_TYPE);
	cbuf_text(out, CORIM_CONTENT_TYPE);
	cbuf_int(out, HEADER_KID);
	cbuf_bytes(out, kid, realm_hash_size(REALM_HASH_SHA256));
	cbuf_int(out, HEADER_META);
	cbuf_bytes(out, meta, sizeof(meta));
	return out->nomem ? -ENOMEM : 0;
}

static int sign(EVP_PKEY *key, const struct cbuf *payload, struct cbuf *out)
{
	struct cbuf header = { 0 };
	int err = put_protected(key, &header);

	if (!err) {
		struct realm_bytes prot = { .data = header.data, .len = header.len };
		struct realm_bytes content = { .data = payload->data, .len = payload->len };

		err = cose_sign(key, &prot, &content, out);
	}
	cbuf_free(&header);
	return err ? err : out->nomem ? -ENOMEM : 0;
}

int corim_write(const struct realm_refvals *refvals, const struct realm_refvals_opts *opts, struct cbuf *out)
{
	bool old = opts->format == REALM_REFVALS_COMID;
	const char *where = opts->sign_name ? opts->sign_name : "signing key";
	struct cbuf payload = { 0 };
	EVP_PKEY *key = NULL;
	int err = 0;

	if (opts->sign_key.len)
		err = key_read_private(refvals->ctx, where, opts->sign_key.data, opts->sign_key.len, &key);
	if (err)
		return err;
	err = put_corim(refvals, old, key ? &payload : out);
	if (!err && key)
		err = sign(key, &payload, out);
	cbuf_free(&payload);
	EVP_PKEY_free(key);
	if (err == -EINVAL)
		return realm_fail(refvals->ctx, EINVAL, where, NULL, "cannot sign");
	return err ? realm_fail_nomem(refvals->ctx) : 0;
}
