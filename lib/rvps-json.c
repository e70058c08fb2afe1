/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * rvps-json.c - lists of RIMs: registration messages of Trustee's RVPS, and the list of Veraison's key broker
 *
 * Both know no more of a RIM than that it is one of several.  RVPS has other lists beside it, so that what is the same
 * for all realms can stand there.
 */
#include <stdlib.h>

#include "base64.h"
#include "refvals.h"

#define RIM_NAME "cca.realm.cca-realm-initial-measurement"
#define REMS_NAME "cca.realm.cca-realm-extensible-measurements"
#define RPV_NAME "cca.realm.cca-realm-personalization-value"

static int read_rim(struct realm_refvals *refvals, const struct jval *val)
{
	struct ref_realm *realm;
	const char *text = "";
	int err = jval_string(val, &text);

	if (err)
		return err;
	realm = refvals_new_realm(refvals);
	if (!realm)
		return -ENOMEM;
	err = jval_base64(val, text, &realm->rim);
	if (!err && ref_realm_fault(realm))
		err = jval_fail(val, EBADMSG, NULL, "has %zu bytes: %s", realm->rim.len, ref_realm_fault(realm));
	return err;
}

static int read_rims(struct realm_refvals *refvals, const struct jval *list)
{
	size_t count = 0, i;
	int err = jval_array(list, &count);

	if (!err && !count)
		err = jval_fail(list, EBADMSG, NULL, "is empty");
	for (i = 0; !err && i < count; i++) {
		struct jval item = jval_item(list, i);

		err = read_rim(refvals, &item);
	}
	return err;
}

/* ---- RVPS ---- */

static bool same_rpv(const struct realm_refvals *refvals)
{
	size_t i;

	for (i = 0; i < refvals->num_realms; i++)
		if (!digest_same(&refvals->realms[i].rpv, &refvals->realms[0].rpv))
			return false;
	return refvals->realms[0].rpv.len;
}

static bool same_rems(const struct realm_refvals *refvals)
{
	size_t i, j;

	for (i = 0; i < refvals->num_realms; i++)
		for (j = 0; j < REALM_REMS; j++)
			if (!refvals->realms[i].rems[j].len ||
			    !digest_same(&refvals->realms[i].rems[j], &refvals->realms[0].rems[j]))
				return false;
	return true;
}

static bool any_rpv(const struct realm_refvals *refvals)
{
	size_t i;

	for (i = 0; i < refvals->num_realms; i++)
		if (refvals->realms[i].rpv.len)
			return true;
	return false;
}

static bool any_rem(const struct realm_refvals *refvals)
{
	size_t i, j;

	for (i = 0; i < refvals->num_realms; i++)
		for (j = 0; j < REALM_REMS; j++)
			if (refvals->realms[i].rems[j].len)
				return true;
	return false;
}

static json_t *sample(const struct realm_refvals *refvals, struct json_build *build)
{
	const struct ref_realm *first = &refvals->realms[0];
	json_t *root = json_object(), *list;
	size_t i;

	list = build_put_new(build, root, RIM_NAME, json_array());
	for (i = 0; i < refvals->num_realms; i++)
		build_append(build, list, json_base64(refvals->realms[i].rim.data, refvals->realms[i].rim.len));
	if (same_rems(refvals)) {
		list = build_put_new(build, root, REMS_NAME, json_array());
		for (i = 0; i < REALM_REMS; i++)
			build_append(build, list, json_base64(first->rems[i].data, first->rems[i].len));
	} else if (any_rem(refvals)) {
		realm_log(refvals->ctx, REALM_LOG_WARNING, "rvps",
			  "REMs are left out: only four that all realms have can be told from others");
	}
	if (same_rpv(refvals)) {
		list = build_put_new(build, root, RPV_NAME, json_array());
		build_append(build, list, json_base64(first->rpv.data, first->rpv.len));
	} else if (any_rpv(refvals)) {
		realm_log(refvals->ctx, REALM_LOG_WARNING, "rvps",
			  "RPVs are left out: only one that all realms have can be told from others");
	}
	return root;
}

int rvps_json_write(const struct realm_refvals *refvals, struct json_build *build, json_t *root)
{
	json_t *inner = sample(refvals, build);
	size_t len = 0;
	char *text = json_text(inner, JSON_COMPACT, "", &len);

	build_put(build, root, "version", json_string("0.1.0"));
	build_put(build, root, "type", json_string("sample"));
	build_put(build, root, "payload", text ? json_base64(text, len) : NULL);
	free(text);
	json_decref(inner);
	return 0;
}

/* The four of a list that is as the claim is. */
static int read_rems(struct realm_refvals *refvals, size_t first, const struct jval *list)
{
	struct digest rems[REALM_REMS];
	size_t count = 0, i;
	int err = jval_array(list, &count);

	if (!err && count != REALM_REMS)
		err = jval_fail(list, EBADMSG, NULL, "has %zu REMs, not %d", count, REALM_REMS);
	for (i = 0; !err && i < REALM_REMS; i++) {
		struct jval item = jval_item(list, i);
		const char *text = "";

		err = jval_string(&item, &text);
		if (!err)
			err = jval_base64(&item, text, &rems[i]);
	}
	for (; !err && first < refvals->num_realms; first++)
		memcpy(refvals->realms[first].rems, rems, sizeof(rems));
	return err;
}

static int read_rpv(struct realm_refvals *refvals, size_t first, const struct jval *list)
{
	struct jval item = jval_item(list, 0);
	struct digest rpv;
	const char *text = "";
	size_t count = 0;
	int err = jval_array(list, &count);

	if (!err && count != 1)
		err = jval_fail(list, EBADMSG, "register them apart", "has %zu RPVs: whose they are is not said",
				count);
	if (!err)
		err = jval_string(&item, &text);
	if (!err)
		err = jval_base64(&item, text, &rpv);
	for (; !err && first < refvals->num_realms; first++)
		rpv_set(&refvals->realms[first].rpv, rpv.data, rpv.len);
	return err;
}

static int read_sample(struct realm_refvals *refvals, const struct jval *root)
{
	struct jval rims = jval_key(root, RIM_NAME), rems = jval_key(root, REMS_NAME), rpv = jval_key(root, RPV_NAME);
	size_t first = refvals->num_realms, i;
	int err = read_rims(refvals, &rims);

	if (!err && rems.json)
		err = read_rems(refvals, first, &rems);
	if (!err && rpv.json)
		err = read_rpv(refvals, first, &rpv);
	for (i = first; !err && i < refvals->num_realms; i++)
		if (ref_realm_fault(&refvals->realms[i]))
			err = jval_fail(&rims, EBADMSG, NULL, "%s", ref_realm_fault(&refvals->realms[i]));
	return err;
}

int rvps_json_read(struct realm_refvals *refvals, const struct jval *root)
{
	static const char *const keys[] = { "version", "type", "payload", NULL };
	struct jval type = jval_key(root, "type"), payload = jval_key(root, "payload"), inner;
	const char *name = "", *text = "";
	uint8_t *data;
	size_t len;
	int err = jval_object(root, keys);

	if (!err)
		err = jval_string(&type, &name);
	if (!err && strcmp(name, "sample"))
		err = jval_fail(&type, EBADMSG, "the type of lists of values is \"sample\"", "\"%.32s\" is not read",
				name);
	if (!err)
		err = jval_string(&payload, &text);
	if (err)
		return err;
	err = base64_decode(BASE64_STANDARD, text, strlen(text), &data, &len);
	if (err)
		return err == -ENOMEM ? realm_fail_nomem(refvals->ctx)
				      : jval_fail(&payload, EBADMSG, NULL, "is not base64");
	err = jval_parse(refvals->ctx, "payload", (const char *)data, len, &inner);
	free(data);
	if (err)
		return err;
	err = read_sample(refvals, &inner);
	jval_free(&inner);
	return err;
}

/* ---- key broker ---- */

int rims_json_read(struct realm_refvals *refvals, const struct jval *root)
{
	static const char *const keys[] = { "reference-values", NULL };
	struct jval list = jval_key(root, "reference-values");
	int err = jval_object(root, keys);

	return err ? err : read_rims(refvals, &list);
}

/* Its grammar has RIMs of SHA-256 only. */
int rims_json_write(const struct realm_refvals *refvals, struct json_build *build, json_t *root)
{
	json_t *list = build_put_new(build, root, "reference-values", json_array());
	size_t others = 0, i;

	for (i = 0; i < refvals->num_realms; i++) {
		const struct digest *rim = &refvals->realms[i].rim;

		if (rim->len != realm_hash_size(REALM_HASH_SHA256))
			others++;
		else
			build_append(build, list, json_base64(rim->data, rim->len));
	}
	if (others == refvals->num_realms)
		return realm_fail(refvals->ctx, EOPNOTSUPP, "rims", "make the realm with hash sha256",
				  "the key broker takes RIMs of 32 bytes only");
	if (others)
		realm_log(refvals->ctx, REALM_LOG_WARNING, "rims", "%zu RIMs that have not 32 bytes are left out",
			  others);
	if (any_rem(refvals))
		realm_log(refvals->ctx, REALM_LOG_WARNING, "rims", "REMs are left out: the list holds RIMs only");
	return 0;
}
