/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* refvals-add.c - what reference values come from: plans, RIMs, and files whose content says what they are */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "refvals.h"

/* ---- plans and RIMs ---- */

static bool has_rim(const struct realm_refvals *refvals, size_t first, const void *rim, size_t len)
{
	for (; first < refvals->num_realms; first++)
		if (refvals->realms[first].rim.len == len && !memcmp(refvals->realms[first].rim.data, rim, len))
			return true;
	return false;
}

/* Formats hold text. */
static int copy_name(struct realm_refvals *refvals, struct ref_realm *realm, const char *name)
{
	json_error_t error = { 0 }; /* jansson sets no code when it is out of memory */
	json_t *json = json_pack_ex(&error, 0, "s", name);

	json_decref(json);
	if (!json && json_error_code(&error) == json_error_invalid_utf8)
		return realm_fail(refvals->ctx, EINVAL, "$.name", "rename the plan", "is not UTF-8");
	realm->name = json ? strdup(name) : NULL;
	return realm->name ? 0 : realm_fail_nomem(refvals->ctx);
}

/* A value of another hash is refused: without it verifiers would accept any. */
static int fill_rems(struct realm_refvals *refvals, struct ref_realm *realm, enum realm_hash hash,
		     const struct realm_rems *rems)
{
	char where[16];
	unsigned int i;

	for (i = 0; i < REALM_REMS; i++) {
		snprintf(where, sizeof(where), "rem%u", i);
		if (realm_rems_value(rems, i, hash, realm->rems[i].data) == 1)
			realm->rems[i].len = realm_hash_size(hash);
		else if (rems_is_known(rems, i))
			return realm_fail(refvals->ctx, EINVAL, where, NULL,
					  "is not of the realm's hash, %s: %zu bytes", realm_hash_name(hash),
					  realm_hash_size(hash));
	}
	return 0;
}

static int fill_row(struct realm_refvals *refvals, struct ref_realm *realm, const struct realm_plan *plan,
		    enum realm_hash hash, const struct realm_rems *rems)
{
	const char *name = realm_plan_name(plan);
	int err = name ? copy_name(refvals, realm, name) : 0;

	digest_set(&realm->rpv, plan->rpv, REALM_RPV_SIZE);
	return err || !rems ? err : fill_rems(refvals, realm, hash, rems);
}

static int add_rows(struct realm_refvals *refvals, const struct realm_plan *plan, const struct realm_measurement *rows,
		    const struct realm_rems *rems)
{
	enum realm_hash hash = realm_measurement_hash(rows);
	size_t first = refvals->num_realms, i;
	int err = 0;

	for (i = 0; !err && i < realm_measurement_count(rows); i++) {
		enum realm_family family;
		enum realm_profile profile;
		const uint8_t *rim = realm_measurement_row(rows, i, &family, &profile);
		struct ref_realm *realm;

		if (has_rim(refvals, first, rim, realm_hash_size(hash)))
			continue;
		realm = refvals_new_realm(refvals);
		if (!realm)
			return -ENOMEM;
		realm->family = family;
		realm->profile = profile;
		digest_set(&realm->rim, rim, realm_hash_size(hash));
		err = fill_row(refvals, realm, plan, hash, rems);
	}
	return err;
}

int realm_refvals_add_plan(struct realm_refvals *refvals, struct realm_plan *plan,
			   const struct realm_measure_opts *opts, const struct realm_rems *rems)
{
	struct realm_measurement *rows;
	size_t before;
	int err;

	if (!refvals || !plan)
		return -EINVAL;
	before = refvals->num_realms;
	err = realm_measure(plan, opts, &rows);
	if (err)
		return err;
	err = add_rows(refvals, plan, rows, rems);
	realm_measurement_free(rows);
	if (err)
		refvals_truncate(refvals, before, refvals->num_platforms, refvals->num_keys);
	return err;
}

int realm_refvals_add_rim(struct realm_refvals *refvals, const void *rim, size_t len)
{
	struct ref_realm *realm;

	if (!refvals || !rim)
		return -EINVAL;
	if (!digest_alg_from_size(len))
		return realm_fail(refvals->ctx, EINVAL, "RIM", "a RIM has 32, 48 or 64 bytes", "has %zu bytes", len);
	realm = refvals_new_realm(refvals);
	if (!realm)
		return -ENOMEM;
	digest_set(&realm->rim, rim, len);
	return 0;
}

/* ---- files ---- */

/* A member that only one of the formats has, in the order in which they are looked for. */
static const struct json_format {
	const char *member;
	int (*read)(struct realm_refvals *refvals, const struct jval *root);
} json_formats[] = {
	{ "schema", refvals_json_read },        { "triples", comid_json_read }, { "payload", rvps_json_read },
	{ "reference-values", rims_json_read }, { "realm", store_json_read },   { "platform", store_json_read },
};

static const char formats_hint[] = "give a CoRIM, or JSON that realmctl refvals writes";

static int read_members(struct realm_refvals *refvals, const struct jval *root)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(json_formats); i++)
		if (json_object_get(root->json, json_formats[i].member))
			return json_formats[i].read(refvals, root);
	return jval_fail(root, EBADMSG, formats_hint, "is JSON, but no reference values");
}

static int read_json(struct realm_refvals *refvals, const void *data, size_t len)
{
	struct jval root;
	int err = jval_parse(refvals->ctx, NULL, data, len, &root);

	if (err)
		return err;
	err = read_members(refvals, &root);
	jval_free(&root);
	return err;
}

/* CoRIMs start with a tag: 0xc0 and above. */
static int read_any(struct realm_refvals *refvals, const uint8_t *data, size_t len)
{
	if (json_begins(data, len))
		return read_json(refvals, data, len);
	if (len && data[0] >> 5 == 6)
		return corim_read(refvals, data, len);
	return realm_fail(refvals->ctx, EBADMSG, NULL, formats_hint, "is neither JSON nor a CoRIM");
}

int realm_refvals_add(struct realm_refvals *refvals, const char *name, const void *data, size_t len)
{
	size_t realms, platforms, keys;
	int err;

	if (!refvals || !name || (!data && len))
		return -EINVAL;
	if (len > REALM_REFVALS_MAX)
		return realm_fail(refvals->ctx, EINVAL, name, "is this the right file?", "is larger than %d bytes",
				  REALM_REFVALS_MAX);
	realms = refvals->num_realms;
	platforms = refvals->num_platforms;
	keys = refvals->num_keys;
	err = read_any(refvals, data, len);
	if (!err)
		return 0;
	refvals_truncate(refvals, realms, platforms, keys);
	return jval_fail_in(refvals->ctx, name, err);
}

void refvals_note_signed(struct realm_refvals *refvals, const char *name)
{
	if (refvals->from_signed)
		realm_log(refvals->ctx, REALM_LOG_NOTE, name, "is signed, but by whom is not checked here");
	refvals->from_signed = false;
}

int realm_refvals_add_file(struct realm_refvals *refvals, const char *path)
{
	uint8_t *data;
	size_t len;
	int err;

	if (!refvals || !path)
		return -EINVAL;
	err = file_read_all(refvals->ctx, path, REALM_REFVALS_MAX, &data, &len);
	if (err)
		return err;
	err = realm_refvals_add(refvals, path, data, len);
	free(data);
	refvals_note_signed(refvals, path);
	return err;
}

/* ---- signatures ---- */

static int check_keys(const struct cose_sign1 *sign1, const struct realm_keys *keys)
{
	struct key_query query = { .sign1 = sign1, .at = (int64_t)time(NULL) };
	size_t max = realm_keys_count(keys) + 1; /* and that of an x5chain */
	EVP_PKEY **found = calloc(max, sizeof(EVP_PKEY *)), *owned = NULL;
	char why[KEYS_WHY_MAX];
	int count = found ? keys_find(keys, &query, found, max, &owned, why) : -ENOMEM;
	int good = 0, i;

	for (i = 0; !good && i < count; i++)
		good = cose_verify(sign1, found[i]);
	EVP_PKEY_free(owned);
	free(found);
	return count < 0 ? count : good;
}

int realm_refvals_check_signature(struct realm_ctx *ctx, const void *data, size_t len, const struct realm_keys *keys)
{
	struct cose_sign1 sign1;
	uint8_t *copy = NULL;
	int ret;

	if (!ctx || (!data && len) || !keys)
		return -EINVAL;
	if (len > REALM_REFVALS_MAX)
		return realm_fail(ctx, EINVAL, "CoRIM", "is this the right file?", "is larger than %d bytes",
				  REALM_REFVALS_MAX);
	ret = corim_open_signed(ctx, data, len, &sign1, &copy);
	if (!ret)
		ret = check_keys(&sign1, keys);
	free(copy);
	return ret == -ENOMEM ? realm_fail_nomem(ctx) : ret;
}
