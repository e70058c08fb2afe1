/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* refvals-json.c - realm-refvals/1, which holds all that a set does but for keys; what JSON readers have in common */
#include <stdlib.h>

#include "base64.h"
#include "refvals.h"

#define SCHEMA "realm-refvals/1"

/* ---- readers ---- */

int jval_copy_hex(const struct jval *val, struct realm_bytes *copy)
{
	const char *text = "";
	uint8_t *data;
	size_t len;
	int err = jval_string(val, &text);

	if (err)
		return err;
	len = strlen(text) / 2;
	data = malloc(len ? len : 1);
	if (!data)
		return realm_fail_nomem(val->ctx);
	err = jval_hex(val, len, data, &len);
	if (err || !len) {
		free(data);
		return err;
	}
	*copy = (struct realm_bytes){ .data = data, .len = len };
	return 0;
}

int jval_copy_digest(const struct jval *val, struct realm_bytes *copy)
{
	int err = jval_copy_hex(val, copy);

	return err || copy->len ? err : jval_fail(val, EBADMSG, NULL, "is empty");
}

int jval_copy_text(const struct jval *val, const char **copyp)
{
	const char *text = "";
	int err = jval_string(val, &text);

	if (err)
		return err;
	*copyp = strdup(text);
	return *copyp ? 0 : realm_fail_nomem(val->ctx);
}

int jval_implementation_id(const struct jval *val, uint8_t id[IMPLEMENTATION_ID_SIZE])
{
	size_t len = 0;
	int err = jval_hex(val, IMPLEMENTATION_ID_SIZE, id, &len);

	if (!err && len != IMPLEMENTATION_ID_SIZE)
		err = jval_fail(val, EBADMSG, NULL, "has %zu bytes, an implementation id has %d", len,
				IMPLEMENTATION_ID_SIZE);
	return err;
}

int jval_rpv(const struct jval *val, struct digest *rpv)
{
	uint8_t data[REALM_RPV_SIZE];
	size_t len = 0;
	int err = jval_hex(val, sizeof(data), data, &len);

	if (!err && len)
		rpv_set(rpv, data, len);
	return err;
}

int jval_base64(const struct jval *val, const char *text, struct digest *digest)
{
	uint8_t *data;
	size_t len;
	int err = base64_decode(BASE64_STANDARD, text, strlen(text), &data, &len);

	if (err == -ENOMEM)
		return realm_fail_nomem(val->ctx);
	if (err)
		return jval_fail(val, EBADMSG, "write it with + and /, padded", "is not base64");
	if (len && len <= REALM_DIGEST_MAX)
		digest_set(digest, data, len);
	else
		err = jval_fail(val, EBADMSG, NULL, "has %zu bytes; 1 to %d fit", len, REALM_DIGEST_MAX);
	free(data);
	return err;
}

int read_entries(struct realm_refvals *refvals, const struct jval *list,
		 int (*read)(struct realm_refvals *refvals, const struct jval *entry))
{
	size_t count = 0, i;
	int err = list->json ? jval_array(list, &count) : 0;

	for (i = 0; !err && i < count; i++) {
		struct jval entry = jval_item(list, i);

		err = read(refvals, &entry);
	}
	return err;
}

/* ---- reading ---- */

static int read_names(const struct jval *entry, struct ref_realm *realm)
{
	struct jval name = jval_key(entry, "name"), kvm = jval_key(entry, "kvm"), rmm = jval_key(entry, "rmm");
	const char *text = NULL;
	int err = name.json ? jval_copy_text(&name, &text) : 0;

	realm->name = (char *)(uintptr_t)text;
	if (!err && kvm.json)
		err = jval_string(&kvm, &text);
	if (!err && kvm.json && realm_family_from_name(text, &realm->family))
		err = jval_fail(&kvm, EBADMSG, NULL, "there is no KVM family \"%.32s\"", text);
	if (!err && rmm.json)
		err = jval_string(&rmm, &text);
	if (!err && rmm.json && realm_profile_from_name(text, &realm->profile))
		err = jval_fail(&rmm, EBADMSG, NULL, "there is no RMM profile \"%.32s\"", text);
	return err;
}

/* An array of four, null where nothing is expected */
static int read_rems(const struct jval *list, struct ref_realm *realm)
{
	size_t count = 0, i;
	int err = jval_array(list, &count);

	if (!err && count != REALM_REMS)
		err = jval_fail(list, EBADMSG, "write null for one that is not known", "has %zu REMs, not %d", count,
				REALM_REMS);
	for (i = 0; !err && i < REALM_REMS; i++) {
		struct jval rem = jval_item(list, i);

		if (!json_is_null(rem.json))
			err = jval_hex(&rem, REALM_DIGEST_MAX, realm->rems[i].data, &realm->rems[i].len);
	}
	return err;
}

static int read_values(const struct jval *entry, struct ref_realm *realm)
{
	struct jval hash = jval_key(entry, "hash"), rim = jval_key(entry, "rim"), rems = jval_key(entry, "rems");
	struct jval rpv = jval_key(entry, "rpv");
	enum realm_hash given = REALM_HASH_SHA256;
	int err = jval_hex(&rim, REALM_DIGEST_MAX, realm->rim.data, &realm->rim.len);

	if (!err && hash.json)
		err = jval_hash(&hash, &given);
	if (!err && hash.json && realm_hash_size(given) != realm->rim.len)
		err = jval_fail(&rim, EBADMSG, NULL, "has %zu bytes, %s gives %zu", realm->rim.len,
				realm_hash_name(given), realm_hash_size(given));
	if (!err && rems.json)
		err = read_rems(&rems, realm);
	if (!err && rpv.json)
		err = jval_rpv(&rpv, &realm->rpv);
	if (!err && ref_realm_fault(realm))
		err = jval_fail(entry, EBADMSG, NULL, "%s", ref_realm_fault(realm));
	return err;
}

static int read_realm(struct realm_refvals *refvals, const struct jval *entry)
{
	static const char *const keys[] = { "name", "kvm", "rmm", "hash", "rim", "rems", "rpv", NULL };
	struct ref_realm *realm = refvals_new_realm(refvals);
	int err = realm ? jval_object(entry, keys) : -ENOMEM;

	if (!err)
		err = read_names(entry, realm);
	return err ? err : read_values(entry, realm);
}

static int read_component_hash(const struct jval *val, struct realm_component *component)
{
	const struct digest_alg *alg;
	const char *name = "";
	int err = jval_string(val, &name);

	if (err)
		return err;
	alg = digest_alg_from_name(name, strlen(name));
	if (!alg)
		return jval_fail(val, EBADMSG, "sha-256 is one", "there is no hash \"%.32s\"", name);
	component->hash_name = alg->name;
	return 0;
}

static int read_component(struct realm_refvals *refvals, struct ref_platform *platform, const struct jval *entry)
{
	static const char *const keys[] = { "name", "version", "measurement", "signer", "hash", NULL };
	struct jval name = jval_key(entry, "name"), version = jval_key(entry, "version");
	struct jval value = jval_key(entry, "measurement"), signer = jval_key(entry, "signer");
	struct jval hash = jval_key(entry, "hash");
	struct realm_component *component = refvals_new_component(refvals, platform);
	int err = component ? jval_object(entry, keys) : -ENOMEM;

	if (!err)
		err = jval_copy_digest(&value, &component->measurement);
	if (!err)
		err = jval_copy_digest(&signer, &component->signer);
	if (!err && name.json)
		err = jval_copy_text(&name, &component->name);
	if (!err && version.json)
		err = jval_copy_text(&version, &component->version);
	if (!err && hash.json)
		err = read_component_hash(&hash, component);
	return err;
}

static int read_config(const struct jval *entry, struct ref_platform *platform)
{
	struct jval config = jval_key(entry, "config"), mask = jval_key(entry, "config_mask");
	int err = config.json ? jval_copy_hex(&config, &platform->config) : 0;

	if (!err && mask.json)
		err = jval_copy_hex(&mask, &platform->config_mask);
	if (!err && mask.json && platform->config_mask.len != platform->config.len)
		err = jval_fail(&mask, EBADMSG, NULL, "has %zu bytes, the configuration %zu", platform->config_mask.len,
				platform->config.len);
	return err;
}

static int read_platform(struct realm_refvals *refvals, const struct jval *entry)
{
	static const char *const keys[] = { "implementation_id", "config", "config_mask", "components", NULL };
	struct jval id = jval_key(entry, "implementation_id"), list = jval_key(entry, "components");
	struct ref_platform *platform = refvals_new_platform(refvals);
	size_t count = 0, i;
	int err = platform ? jval_object(entry, keys) : -ENOMEM;

	if (!err)
		err = jval_implementation_id(&id, platform->implementation_id);
	if (!err)
		err = read_config(entry, platform);
	if (!err)
		err = jval_array(&list, &count);
	for (i = 0; !err && i < count; i++) {
		struct jval item = jval_item(&list, i);

		err = read_component(refvals, platform, &item);
	}
	return err;
}

int refvals_json_read(struct realm_refvals *refvals, const struct jval *root)
{
	static const char *const keys[] = { "schema", "realms", "platforms", NULL };
	struct jval realms = jval_key(root, "realms"), platforms = jval_key(root, "platforms");
	int err = jval_schema(root, SCHEMA);

	if (!err)
		err = jval_object(root, keys);
	if (!err)
		err = read_entries(refvals, &realms, read_realm);
	return err ? err : read_entries(refvals, &platforms, read_platform);
}

/* ---- writing ---- */

static json_t *hex_or_null(const struct digest *digest)
{
	return digest->len ? json_hex(digest->data, digest->len) : json_null();
}

static void put_rems(struct json_build *build, json_t *entry, const struct ref_realm *realm)
{
	json_t *rems;
	size_t i;

	for (i = 0; i < REALM_REMS && !realm->rems[i].len;)
		i++;
	if (i == REALM_REMS)
		return;
	rems = build_put_new(build, entry, "rems", json_array());
	for (i = 0; i < REALM_REMS; i++)
		build_append(build, rems, hex_or_null(&realm->rems[i]));
}

static void put_text(struct json_build *build, json_t *object, const char *key, const char *text)
{
	if (text)
		build_put(build, object, key, json_string(text));
}

static void put_bytes(struct json_build *build, json_t *object, const char *key, const struct realm_bytes *bytes)
{
	if (bytes->len)
		build_put(build, object, key, json_hex(bytes->data, bytes->len));
}

static void put_realm(struct json_build *build, json_t *list, const struct ref_realm *realm)
{
	enum realm_hash hash = (enum realm_hash)digest_alg_from_size(realm->rim.len)->hash;
	json_t *entry = build_append_new(build, list, json_object());

	put_text(build, entry, "name", realm->name);
	put_text(build, entry, "kvm", realm_family_name(realm->family));
	put_text(build, entry, "rmm", realm_profile_name(realm->profile));
	put_text(build, entry, "hash", realm_hash_name(hash));
	build_put(build, entry, "rim", json_hex(realm->rim.data, realm->rim.len));
	put_rems(build, entry, realm);
	if (realm->rpv.len)
		build_put(build, entry, "rpv", json_hex(realm->rpv.data, realm->rpv.len));
}

static void put_component(struct json_build *build, json_t *list, const struct realm_component *component)
{
	json_t *entry = build_append_new(build, list, json_object());

	put_text(build, entry, "name", component->name);
	put_text(build, entry, "version", component->version);
	put_text(build, entry, "hash", component->hash_name);
	put_bytes(build, entry, "measurement", &component->measurement);
	put_bytes(build, entry, "signer", &component->signer);
}

static void put_platform(struct json_build *build, json_t *list, const struct ref_platform *platform)
{
	json_t *entry = build_append_new(build, list, json_object()), *components;
	size_t i;

	build_put(build, entry, "implementation_id",
		  json_hex(platform->implementation_id, sizeof(platform->implementation_id)));
	put_bytes(build, entry, "config", &platform->config);
	put_bytes(build, entry, "config_mask", &platform->config_mask);
	components = build_put_new(build, entry, "components", json_array());
	for (i = 0; i < platform->num_components; i++)
		put_component(build, components, &platform->components[i]);
}

int refvals_json_write(const struct realm_refvals *refvals, struct json_build *build, json_t *root)
{
	json_t *list;
	size_t i;

	build_put(build, root, "schema", json_string(SCHEMA));
	list = build_put_new(build, root, "realms", json_array());
	for (i = 0; i < refvals->num_realms; i++)
		put_realm(build, list, &refvals->realms[i]);
	if (!refvals->num_platforms)
		return 0;
	list = build_put_new(build, root, "platforms", json_array());
	for (i = 0; i < refvals->num_platforms; i++)
		put_platform(build, list, &refvals->platforms[i]);
	return 0;
}
