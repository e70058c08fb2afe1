/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * store-json.c - the reference-value store of rust-ccatoken, which Trustee's local verifier reads
 *
 * Its reader wants every member of a realm and compares all four REMs: one that is not known is written as zero, which it
 * is in a realm that never extends it.  It does not compare the RPV: an unknown one is empty.
 */
#include <stdlib.h>

#include "refvals.h"

/* ---- writing ---- */

static bool has_rems(const struct ref_realm *realm)
{
	size_t i;

	for (i = 0; i < REALM_REMS; i++)
		if (!realm->rems[i].len)
			return false;
	return true;
}

/* The hash of the RAK is SHA-256 whatever that of the realm is. */
static void put_realm(struct json_build *build, json_t *list, const struct ref_realm *realm)
{
	json_t *entry = build_append_new(build, list, json_object()), *rems;
	size_t i;

	build_put(build, entry, "initial-measurement", json_hex(realm->rim.data, realm->rim.len));
	build_put(build, entry, "rak-hash-algorithm", json_string("sha-256"));
	rems = build_put_new(build, entry, "extensible-measurements", json_array());
	for (i = 0; i < REALM_REMS; i++) /* zero where it is not known */
		build_append(build, rems, json_hex(realm->rems[i].data, realm->rim.len));
	build_put(build, entry, "personalization-value", json_hex(realm->rpv.data, realm->rpv.len));
}

static void put_component(struct json_build *build, json_t *list, const struct realm_component *component)
{
	json_t *entry = build_append_new(build, list, json_object());

	build_put(build, entry, "measurement-value", json_hex(component->measurement.data, component->measurement.len));
	build_put(build, entry, "signer-id", json_hex(component->signer.data, component->signer.len));
	if (component->version)
		build_put(build, entry, "version", json_string(component->version));
	if (component->name)
		build_put(build, entry, "component-type", json_string(component->name));
}

static void put_platform(struct json_build *build, json_t *list, const struct ref_platform *platform)
{
	json_t *entry = build_append_new(build, list, json_object()), *components;
	size_t i;

	build_put(build, entry, "implementation-id",
		  json_hex(platform->implementation_id, sizeof(platform->implementation_id)));
	components = build_put_new(build, entry, "sw-components", json_array());
	for (i = 0; i < platform->num_components; i++)
		put_component(build, components, &platform->components[i]);
	build_put(build, entry, "platform-configuration", json_hex(platform->config.data, platform->config.len));
}

int store_json_write(const struct realm_refvals *refvals, struct json_build *build, json_t *root)
{
	json_t *platforms = build_put_new(build, root, "platform", json_array());
	json_t *realms = build_put_new(build, root, "realm", json_array());
	size_t held = 0, zeroed = 0, i;

	for (i = 0; i < refvals->num_platforms; i++) {
		if (refvals->platforms[i].config_mask.len)
			continue;
		put_platform(build, platforms, &refvals->platforms[i]);
		held++;
	}
	if (!held && !refvals->num_realms)
		return realm_fail(refvals->ctx, EOPNOTSUPP, "store", "the json format can",
				  "cannot hold a platform whose configuration has a mask");
	if (held < refvals->num_platforms)
		realm_log(refvals->ctx, REALM_LOG_WARNING, "store",
			  "%zu platforms whose configuration has a mask are left out", refvals->num_platforms - held);
	for (i = 0; i < refvals->num_realms; i++) {
		put_realm(build, realms, &refvals->realms[i]);
		zeroed += !has_rems(&refvals->realms[i]);
	}
	if (zeroed)
		realm_log(refvals->ctx, REALM_LOG_WARNING, "store",
			  "REMs not given: written as zero, as in a realm that extends none (%zu realms)", zeroed);
	return 0;
}

/* ---- reading ---- */

static int read_realm(struct realm_refvals *refvals, const struct jval *entry)
{
	static const char *const keys[] = { "initial-measurement", "rak-hash-algorithm", "extensible-measurements",
					    "personalization-value", NULL };
	struct jval rim = jval_key(entry, "initial-measurement"), rems = jval_key(entry, "extensible-measurements");
	struct jval rpv = jval_key(entry, "personalization-value");
	struct ref_realm *realm = refvals_new_realm(refvals);
	size_t count = 0, i;
	int err = realm ? jval_object(entry, keys) : -ENOMEM;

	if (!err)
		err = jval_hex(&rim, REALM_DIGEST_MAX, realm->rim.data, &realm->rim.len);
	if (!err)
		err = jval_array(&rems, &count);
	if (!err && count != REALM_REMS)
		err = jval_fail(&rems, EBADMSG, NULL, "has %zu REMs, not %d", count, REALM_REMS);
	for (i = 0; !err && i < REALM_REMS; i++) {
		struct jval rem = jval_item(&rems, i);

		err = jval_hex(&rem, REALM_DIGEST_MAX, realm->rems[i].data, &realm->rems[i].len);
	}
	if (!err)
		err = jval_rpv(&rpv, &realm->rpv);
	if (!err && ref_realm_fault(realm))
		err = jval_fail(entry, EBADMSG, NULL, "%s", ref_realm_fault(realm));
	return err;
}

static int read_component(struct realm_refvals *refvals, struct ref_platform *platform, const struct jval *entry)
{
	static const char *const keys[] = { "measurement-value", "signer-id", "version", "component-type", NULL };
	struct jval value = jval_key(entry, "measurement-value"), signer = jval_key(entry, "signer-id");
	struct jval version = jval_key(entry, "version"), name = jval_key(entry, "component-type");
	struct realm_component *component = refvals_new_component(refvals, platform);
	int err = component ? jval_object(entry, keys) : -ENOMEM;

	if (!err)
		err = jval_copy_digest(&value, &component->measurement);
	if (!err)
		err = jval_copy_digest(&signer, &component->signer);
	if (!err && version.json)
		err = jval_copy_text(&version, &component->version);
	if (!err && name.json)
		err = jval_copy_text(&name, &component->name);
	return err;
}

static int read_platform(struct realm_refvals *refvals, const struct jval *entry)
{
	static const char *const keys[] = { "implementation-id", "sw-components", "platform-configuration", NULL };
	struct jval id = jval_key(entry, "implementation-id"), list = jval_key(entry, "sw-components");
	struct jval config = jval_key(entry, "platform-configuration");
	struct ref_platform *platform = refvals_new_platform(refvals);
	size_t count = 0, i;
	int err = platform ? jval_object(entry, keys) : -ENOMEM;

	if (!err)
		err = jval_implementation_id(&id, platform->implementation_id);
	if (!err)
		err = jval_copy_hex(&config, &platform->config);
	if (!err)
		err = jval_array(&list, &count);
	for (i = 0; !err && i < count; i++) {
		struct jval item = jval_item(&list, i);

		err = read_component(refvals, platform, &item);
	}
	return err;
}

int store_json_read(struct realm_refvals *refvals, const struct jval *root)
{
	static const char *const keys[] = { "platform", "realm", NULL };
	struct jval platforms = jval_key(root, "platform"), realms = jval_key(root, "realm");
	int err = jval_object(root, keys);

	if (!err)
		err = read_entries(refvals, &platforms, read_platform);
	return err ? err : read_entries(refvals, &realms, read_realm);
}
