/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* keys-store.c - trust-anchor stores: keys that hold only for one implementation and instance */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "refvals.h"

/* Where the two kinds of store keep things. */
struct store_kind {
	const char *const *members;
	const char *list; /* of the entries: its path */
	const char *implementation_id, *instance_id, *key;
};

static const char *const own_members[] = { "implementation_id", "instance_id", "key", NULL };
static const struct store_kind own_kind = { own_members, ".keys", "implementation_id", "instance_id", "key" };
/* The list that rust-ccatoken reads. */
static const char *const rust_members[] = { "implementation-id", "instance-id", "pkey", NULL };
static const struct store_kind rust_kind = { rust_members, "", "implementation-id", "instance-id", "pkey" };

static int read_id(const struct jval *entry, const char *name, size_t size, uint8_t *id)
{
	struct jval val = jval_key(entry, name);
	size_t len;
	int err = jval_hex(&val, size, id, &len);

	if (!err && len != size)
		err = jval_fail(&val, EBADMSG, NULL, "has %zu bytes, not %zu", len, size);
	return err;
}

/* A JWK, or text with anything that a key file may have. */
static int read_key(const struct jval *val, const char *where, struct key_file *file)
{
	EVP_PKEY **keys;
	int err;

	if (json_is_string(val->json))
		return key_file_read(val->ctx, where, json_string_value(val->json), json_string_length(val->json),
				     file);
	keys = calloc(1, sizeof(EVP_PKEY *));
	if (!keys)
		return realm_fail_nomem(val->ctx);
	*file = (struct key_file){ .keys = keys };
	err = jwk_public(val, &keys[0]);
	if (err)
		free(keys);
	else
		file->num_keys = 1;
	return err;
}

static int add_item(struct realm_keys *keys, const char *name, const struct store_kind *kind,
		    const struct jval *entries, size_t index)
{
	struct jval entry = jval_item(entries, index), key = jval_key(&entry, kind->key);
	struct key_owner owner;
	struct key_file file;
	char where[TEXT_SIZE];
	int err = jval_object(&entry, kind->members);

	if (!err)
		err = read_id(&entry, kind->implementation_id, sizeof(owner.implementation_id),
			      owner.implementation_id);
	if (!err)
		err = read_id(&entry, kind->instance_id, sizeof(owner.instance_id), owner.instance_id);
	snprintf(where, sizeof(where), "%s: $%s[%zu].%s", name, kind->list, index, kind->key);
	if (!err)
		err = read_key(&key, where, &file);
	return err ? err : keys_take(keys, name, where, &file, &owner);
}

static int add_list(struct realm_keys *keys, const char *name, const struct store_kind *kind,
		    const struct jval *entries)
{
	size_t count, i;
	int err = jval_array(entries, &count);

	if (!err && !count)
		return jval_fail(entries, EBADMSG, NULL, "has no keys");
	for (i = 0; !err && i < count; i++)
		err = add_item(keys, name, kind, entries, i);
	return err;
}

static int add_own(struct realm_keys *keys, const char *name, const struct jval *root)
{
	static const char *const members[] = { "schema", "keys", NULL };
	struct jval entries = jval_key(root, "keys");
	int err = jval_object(root, members);

	if (!err)
		err = jval_schema(root, "realm-store/1");
	return err ? err : add_list(keys, name, &own_kind, &entries);
}

static int add_json(struct realm_keys *keys, const char *name, const uint8_t *data, size_t len)
{
	struct jval root;
	int err = jval_parse(keys->ctx, name, (const char *)data, len, &root);

	if (err)
		return err;
	err = json_is_array(root.json) ? add_list(keys, name, &rust_kind, &root) : add_own(keys, name, &root);
	jval_free(&root);
	return err;
}

/* ---- CoRIM ---- */

static int take_reference_keys(struct realm_keys *keys, const char *name, const struct realm_refvals *refvals)
{
	size_t i;
	int err = 0;

	if (!refvals->num_keys)
		return realm_fail(keys->ctx, EBADMSG, name, NULL, "is a CoRIM without attestation keys");
	for (i = 0; !err && i < refvals->num_keys; i++) {
		EVP_PKEY_up_ref(refvals->keys[i].key);
		err = keys_take_key(keys, name, refvals->keys[i].key, &refvals->keys[i].owner);
	}
	return err;
}

static int add_corim(struct realm_keys *keys, const char *name, const void *data, size_t len)
{
	struct realm_refvals *refvals;
	int err = realm_refvals_new(keys->ctx, &refvals);

	if (err)
		return err;
	err = realm_refvals_add(refvals, name, data, len);
	if (!err)
		err = take_reference_keys(keys, name, refvals);
	refvals_note_signed(refvals, name);
	realm_refvals_free(refvals);
	return err;
}

/* ---- all ---- */

/* CoRIMs start with a tag: 0xc0 and above. */
static int add_any(struct realm_keys *keys, const char *name, const uint8_t *data, size_t len)
{
	if (json_begins(data, len))
		return add_json(keys, name, data, len);
	if (len && data[0] >> 5 == 6)
		return add_corim(keys, name, data, len);
	return realm_fail(keys->ctx, EBADMSG, name, "give JSON (realm-store/1, or the list of rust-ccatoken) or a CoRIM",
			  "is no trust-anchor store");
}

int keys_add_store(struct realm_keys *keys, const char *name, const void *data, size_t len)
{
	struct keys_mark mark = keys_mark(keys);
	const char *kept = keys_name(keys, name);
	int err = kept ? add_any(keys, kept, data, len) : -ENOMEM;

	if (err)
		keys_go_back(keys, mark);
	return err;
}

int realm_keys_add_store(struct realm_keys *keys, const char *path)
{
	uint8_t *data;
	size_t len;
	int err;

	if (!keys || !path)
		return -EINVAL;
	err = file_read_all(keys->ctx, path, KEY_STORE_MAX, &data, &len);
	if (err)
		return err;
	err = keys_add_store(keys, strcmp(path, "-") ? path : "standard input", data, len);
	free(data);
	return err;
}
