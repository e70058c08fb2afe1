/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * comid-json.c - the JSON template that CoMID tools make a CoMID of; the older form of realms
 *
 * It has what the CBOR form has (corim-realm.c), but the CoRIM around it, which those tools make themselves.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base64.h"
#include "refvals.h"

/* ---- writing ---- */

static json_t *tag_id(const uint8_t id[UUID_SIZE])
{
	char text[2 * UUID_SIZE + 4 + 1];
	size_t i, used = 0;

	for (i = 0; i < UUID_SIZE; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			text[used++] = '-';
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%02x", id[i]);
	}
	return json_string(text);
}

/* {"type": "bytes", "value": base64} */
static void put_typed_bytes(struct json_build *build, json_t *object, const char *key, const struct digest *bytes)
{
	json_t *typed = build_put_new(build, object, key, json_object());

	build_put(build, typed, "type", json_string("bytes"));
	build_put(build, typed, "value", json_base64(bytes->data, bytes->len));
}

/* "sha-256;base64" */
static json_t *digest_text(const struct digest *digest)
{
	char *value = base64_encode(BASE64_STANDARD, digest->data, digest->len);
	json_t *json = value ? json_sprintf("%s;%s", digest_alg_from_size(digest->len)->name, value) : NULL;

	free(value);
	return json;
}

static void put_register(struct json_build *build, json_t *object, const char *name, const struct digest *digest)
{
	json_t *reg;

	if (!digest->len)
		return;
	reg = build_put_new(build, object, name, json_object());
	build_put(build, reg, "key-type", json_string("text"));
	build_append(build, build_put_new(build, reg, "value", json_array()), digest_text(digest));
}

static void put_realm(struct json_build *build, json_t *list, const struct ref_realm *realm)
{
	json_t *triple = build_append_new(build, list, json_object());
	json_t *env = build_put_new(build, triple, "environment", json_object());
	json_t *measurements = build_put_new(build, triple, "measurements", json_array());
	json_t *measurement = build_append_new(build, measurements, json_object());
	json_t *value = build_put_new(build, measurement, "value", json_object()), *regs;
	size_t i;

	if (realm->name)
		build_put(build, build_put_new(build, env, "class", json_object()), "model", json_string(realm->name));
	put_typed_bytes(build, env, "instance", &realm->rim);
	if (realm->rpv.len)
		put_typed_bytes(build, value, "raw-value", &realm->rpv);
	regs = build_put_new(build, value, "integrity-registers", json_object());
	put_register(build, regs, old_registers[0], &realm->rim);
	for (i = 0; i < REALM_REMS; i++)
		put_register(build, regs, old_registers[1 + i], &realm->rems[i]);
}

int comid_json_write(const struct realm_refvals *refvals, struct json_build *build, json_t *root)
{
	json_t *identity, *triples, *list;
	uint8_t id[UUID_SIZE];
	size_t i;
	int err = corim_old_tag_id(refvals, id);

	if (err)
		return err;
	identity = build_put_new(build, root, "tag-identity", json_object());
	build_put(build, identity, "id", tag_id(id));
	build_put(build, identity, "version", json_integer(0));
	triples = build_put_new(build, root, "triples", json_object());
	list = build_put_new(build, triples, "reference-values", json_array());
	for (i = 0; i < refvals->num_realms; i++)
		put_realm(build, list, &refvals->realms[i]);
	return 0;
}

/* ---- reading ---- */

static int read_typed_bytes(const struct jval *typed, struct digest *bytes)
{
	struct jval type = jval_key(typed, "type"), value = jval_key(typed, "value");
	const char *name = "", *text = "";
	int err = jval_string(&type, &name);

	if (!err && strcmp(name, "bytes"))
		err = jval_fail(&type, EBADMSG, NULL, "expected \"bytes\", not \"%.32s\"", name);
	if (!err)
		err = jval_string(&value, &text);
	return err ? err : jval_base64(&value, text, bytes);
}

/* "sha-256;base64"; a colon is what tools wrote before */
static int read_digest(const struct jval *val, struct digest *digest)
{
	const struct digest_alg *alg;
	const char *text = "";
	size_t name_len;
	int err = jval_string(val, &text);

	if (err)
		return err;
	name_len = strcspn(text, ";:");
	alg = digest_alg_from_name(text, name_len);
	if (!text[name_len] || !alg || alg->hash < 0)
		return jval_fail(val, EBADMSG, "write it as \"sha-256;BASE64\"",
				 "is no digest of a hash that realms have");
	err = jval_base64(val, text + name_len + 1, digest);
	if (!err && digest->len != alg->size)
		err = jval_fail(val, EBADMSG, NULL, "has %zu bytes, %s gives %zu", digest->len, alg->name, alg->size);
	return err;
}

/* Digests of several hashes: the one that has the RIM's length */
static int read_register(const struct jval *reg, size_t size, struct digest *digest)
{
	struct jval list = jval_key(reg, "value");
	size_t count = 0, i;
	int err = jval_array(&list, &count);

	for (i = 0; !err && i < count; i++) {
		struct jval item = jval_item(&list, i);
		struct digest value;

		err = read_digest(&item, &value);
		if (err || value.len != size)
			continue;
		if (digest->len)
			err = jval_fail(&item, EBADMSG, "a realm has one value", "is a second digest of that length");
		else
			*digest = value;
	}
	if (!err && !digest->len)
		err = jval_fail(&list, EBADMSG, "all values of a realm are of one hash",
				"has no digest of %zu bytes, as the RIM has", size);
	return err;
}

static int read_registers(const struct jval *regs, struct ref_realm *realm)
{
	static const char *const keys[] = { "rim", "rem0", "rem1", "rem2", "rem3", NULL };
	struct digest rim = { 0 };
	size_t i;
	int err = jval_object(regs, keys);

	for (i = 0; !err && i <= REALM_REMS; i++) {
		struct jval reg = jval_key(regs, old_registers[i]);

		if (reg.json)
			err = read_register(&reg, realm->rim.len, i ? &realm->rems[i - 1] : &rim);
	}
	if (!err && rim.len && !digest_same(&rim, &realm->rim))
		err = jval_fail(regs, EBADMSG, "one of the two is of another realm",
				"rim is not the RIM that the environment names");
	return err;
}

static int read_value(const struct jval *value, struct ref_realm *realm)
{
	static const char *const keys[] = { "raw-value", "integrity-registers", NULL };
	struct jval raw = jval_key(value, "raw-value"), regs = jval_key(value, "integrity-registers");
	struct digest rpv;
	int err = jval_object(value, keys);

	if (!err && raw.json)
		err = read_typed_bytes(&raw, &rpv);
	if (!err && raw.json)
		rpv_set(&realm->rpv, rpv.data, rpv.len);
	if (!err && regs.json)
		err = read_registers(&regs, realm);
	return err;
}

static int read_environment(struct realm_refvals *refvals, const struct jval *env, struct ref_realm *realm)
{
	struct jval instance = jval_key(env, "instance"), class = jval_key(env, "class");
	struct jval model = jval_key(&class, "model");
	const char *name = NULL;
	int err = read_typed_bytes(&instance, &realm->rim);

	if (!err && !digest_alg_from_size(realm->rim.len))
		err = jval_fail(&instance, EBADMSG, "a RIM has 32, 48 or 64 bytes", "has %zu bytes", realm->rim.len);
	if (!err && model.json)
		err = jval_string(&model, &name);
	if (!err && name && !(realm->name = strdup(name)))
		err = realm_fail_nomem(refvals->ctx);
	return err;
}

static int read_realm(struct realm_refvals *refvals, const struct jval *triple)
{
	struct jval env = jval_key(triple, "environment"), list = jval_key(triple, "measurements");
	struct jval measurement = jval_item(&list, 0), value = jval_key(&measurement, "value");
	struct ref_realm *realm = refvals_new_realm(refvals);
	size_t count = 0;
	int err = realm ? read_environment(refvals, &env, realm) : -ENOMEM;

	if (!err)
		err = jval_array(&list, &count);
	if (!err && count != 1)
		err = jval_fail(&list, EBADMSG, NULL, "has %zu measurements instead of 1", count);
	return err ? err : read_value(&value, realm);
}

int comid_json_read(struct realm_refvals *refvals, const struct jval *root)
{
	struct jval triples = jval_key(root, "triples"), list = jval_key(&triples, "reference-values");
	size_t count = 0, i;
	int err = jval_array(&list, &count);

	if (!err && !count)
		err = jval_fail(&list, EBADMSG, NULL, "is empty");
	for (i = 0; !err && i < count; i++) {
		struct jval triple = jval_item(&list, i);

		err = read_realm(refvals, &triple);
	}
	return err;
}
