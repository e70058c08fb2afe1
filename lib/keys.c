/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* keys.c - the keys that a caller trusts, and which of them could have signed a token */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/x509v3.h>

#include "key.h"
#include "plan.h"

int realm_keys_new(struct realm_ctx *ctx, struct realm_keys **keysp)
{
	struct realm_keys *keys;

	if (!ctx || !keysp)
		return -EINVAL;
	keys = calloc(1, sizeof(*keys));
	if (!keys)
		return realm_fail_nomem(ctx);
	keys->ctx = ctx;
	*keysp = keys;
	return 0;
}

static void free_entry(struct key_entry *entry)
{
	EVP_PKEY_free(entry->key);
	sk_X509_pop_free(entry->chain, X509_free);
}

void realm_keys_free(struct realm_keys *keys)
{
	if (!keys)
		return;
	keys_go_back(keys, (struct keys_mark){ 0 });
	free(keys->entries);
	free(keys->names);
	free(keys);
}

size_t realm_keys_count(const struct realm_keys *keys)
{
	return keys ? keys->num_entries : 0;
}

/* ---- adding ---- */

struct keys_mark keys_mark(const struct realm_keys *keys)
{
	return (struct keys_mark){ .num_entries = keys->num_entries, .num_names = keys->num_names };
}

void keys_go_back(struct realm_keys *keys, struct keys_mark mark)
{
	while (keys->num_entries > mark.num_entries)
		free_entry(&keys->entries[--keys->num_entries]);
	while (keys->num_names > mark.num_names)
		free(keys->names[--keys->num_names]);
}

const char *keys_name(struct realm_keys *keys, const char *name)
{
	char **names = grow_array(keys->names, keys->num_names, sizeof(*names));
	char *copy = NULL;

	if (names) {
		keys->names = names;
		copy = strdup(name);
	}
	if (copy)
		names[keys->num_names++] = copy;
	else
		realm_fail_nomem(keys->ctx);
	return copy;
}

/* Takes over what the entry has. */
static int add_entry(struct realm_keys *keys, struct key_entry *entry, const struct key_owner *owner)
{
	struct key_entry *entries = grow_array(keys->entries, keys->num_entries, sizeof(*entries));

	if (!entries) {
		free_entry(entry);
		return realm_fail_nomem(keys->ctx);
	}
	keys->entries = entries;
	entry->has_owner = owner != NULL;
	if (owner)
		entry->owner = *owner;
	entries[keys->num_entries++] = *entry;
	return 0;
}

int keys_take_key(struct realm_keys *keys, const char *name, EVP_PKEY *key, const struct key_owner *owner)
{
	struct key_entry entry = { .name = name, .key = key };

	return add_entry(keys, &entry, owner);
}

/*
 * The key of a chain's leaf.  A single certificate with another kind of key may still be what a token's own chain leads
 * to.
 */
static int leaf_key(struct realm_keys *keys, const char *where, const STACK_OF(X509) * chain, EVP_PKEY **keyp)
{
	X509 *leaf = sk_X509_value(chain, 0);
	EVP_PKEY *any = X509_get0_pubkey(leaf);
	const char *why = NULL;
	int err;

	if (!any)
		return realm_fail(keys->ctx, EBADMSG, where, NULL, "the key of the certificate is broken");
	err = key_make_public(any, keyp, &why);
	if (err == -ENOMEM)
		return realm_fail_nomem(keys->ctx);
	if (err == -EINVAL)
		return sk_X509_num(chain) == 1 && X509_check_ca(leaf) ? 0 : key_fail_kind(keys->ctx, where, any);
	return err ? realm_fail(keys->ctx, EBADMSG, where, NULL, "the key of the certificate: %s", why) : 0;
}

static int take_chain(struct realm_keys *keys, const char *name, const char *where, STACK_OF(X509) * chain,
		      const struct key_owner *owner)
{
	struct key_entry entry = { .name = name, .chain = chain };
	int err = cert_check_order(keys->ctx, where, chain);

	if (!err)
		err = leaf_key(keys, where, chain, &entry.key);
	if (!err)
		return add_entry(keys, &entry, owner);
	free_entry(&entry);
	return err;
}

int keys_take(struct realm_keys *keys, const char *name, const char *where, struct key_file *file,
	      const struct key_owner *owner)
{
	size_t i;
	int err = 0;

	openssl_begin();
	if (file->certs)
		err = take_chain(keys, name, where, file->certs, owner);
	openssl_end();
	file->certs = NULL;
	for (i = 0; !err && i < file->num_keys; i++) {
		err = keys_take_key(keys, name, file->keys[i], owner);
		file->keys[i] = NULL;
	}
	key_file_free(file);
	return err;
}

int realm_keys_add(struct realm_keys *keys, const char *name, const void *data, size_t len)
{
	struct keys_mark mark;
	struct key_file file;
	const char *kept;
	int err;

	if (!keys || !name || !data)
		return -EINVAL;
	err = key_file_read(keys->ctx, name, data, len, &file);
	if (err)
		return err;
	mark = keys_mark(keys);
	kept = keys_name(keys, name);
	if (kept) {
		err = keys_take(keys, kept, name, &file, NULL);
	} else {
		err = -ENOMEM;
		key_file_free(&file);
	}
	if (err)
		keys_go_back(keys, mark);
	return err;
}

int realm_keys_add_file(struct realm_keys *keys, const char *path)
{
	uint8_t *data;
	size_t len;
	int err;

	if (!keys || !path)
		return -EINVAL;
	err = file_read_all(keys->ctx, path, KEY_FILE_MAX, &data, &len);
	if (err)
		return err;
	err = realm_keys_add(keys, strcmp(path, "-") ? path : "standard input", data, len);
	free(data);
	return err;
}

/* ---- finding ---- */

struct search {
	const struct key_query *query;
	const struct cose_alg *alg;
	EVP_PKEY **found;
	size_t count, max;
	bool others; /* keys of other platforms were passed over */
	char *why;
};

/* One reason more, as long as there is room. */
static void PRINTF(2, 3) add_why(struct search *search, const char *fmt, ...)
{
	size_t used = strlen(search->why);
	va_list args;

	if (used && used + 2 < KEYS_WHY_MAX) {
		strcpy(search->why + used, "; ");
		used += 2;
	}
	va_start(args, fmt);
	vsnprintf(search->why + used, KEYS_WHY_MAX - used, fmt, args);
	va_end(args);
}

static bool same_bytes(const struct realm_bytes *bytes, const uint8_t *data, size_t len)
{
	return bytes->len == len && !memcmp(bytes->data, data, len);
}

static bool is_for(const struct key_entry *entry, const struct key_query *query)
{
	const struct key_owner *owner = &entry->owner;

	return !entry->has_owner ||
	       (same_bytes(&query->implementation_id, owner->implementation_id, sizeof(owner->implementation_id)) &&
		same_bytes(&query->instance_id, owner->instance_id, sizeof(owner->instance_id)));
}

/* Is the key on the curve that the algorithm wants? */
static bool fits(struct search *search, const char *name, EVP_PKEY *key)
{
	const struct cose_alg *alg = key ? cose_alg_of_key(key) : NULL;

	if (alg == search->alg)
		return true;
	if (alg)
		add_why(search, "%s: the key is on %s, but %s needs %s", name, alg->curve, search->alg->name,
			search->alg->curve);
	else
		add_why(search, "%s: the certificate can only sign certificates", name);
	return false;
}

static int try_entry(struct search *search, const struct key_entry *entry)
{
	char why[CERT_WHY_MAX];
	int good = 1;

	if (!is_for(entry, search->query)) {
		search->others = true;
		return 0;
	}
	if (!fits(search, entry->name, entry->key))
		return 0;
	if (entry->chain)
		good = cert_judge(entry->chain, sk_X509_value(entry->chain, sk_X509_num(entry->chain) - 1),
				  search->query->at, why);
	if (!good)
		add_why(search, "%s: %s", entry->name, why);
	if (good > 0 && search->count < search->max)
		search->found[search->count++] = entry->key;
	return good < 0 ? good : 0;
}

static bool is_anchor(const struct key_entry *entry)
{
	return entry->chain && sk_X509_num(entry->chain) == 1;
}

/* The certificates that the token carries; NULL when one is broken. */
static STACK_OF(X509) * parse_chain(const struct cose_sign1 *sign1)
{
	STACK_OF(X509) *chain = sk_X509_new_null();
	size_t i;

	for (i = 0; chain && i < sign1->num_chain; i++) {
		X509 *cert = cert_from_der(sign1->chain[i].data, sign1->chain[i].len);

		if (cert && sk_X509_push(chain, cert))
			continue;
		X509_free(cert);
		sk_X509_pop_free(chain, X509_free);
		chain = NULL;
	}
	return chain;
}

/* Does the token's chain lead to a certificate of the set?  1, 0 with the last why, or -ENOMEM. */
static int judge_carried(const struct realm_keys *keys, const struct key_query *query, STACK_OF(X509) * chain,
			 char why[CERT_WHY_MAX])
{
	int good = 0;
	size_t i;

	strcpy(why, "no certificate that it could lead to was given");
	for (i = 0; !good && i < keys->num_entries; i++)
		if (is_anchor(&keys->entries[i]) && is_for(&keys->entries[i], query))
			good = cert_judge(chain, sk_X509_value(keys->entries[i].chain, 0), query->at, why);
	return good;
}

/* *keyp stays NULL when the chain gives no key to use. */
static int key_of_carried(const struct realm_keys *keys, struct search *search, STACK_OF(X509) * chain, EVP_PKEY **keyp)
{
	EVP_PKEY *any = X509_get0_pubkey(sk_X509_value(chain, 0));
	const char *broken = "is on no curve that is known";
	char why[CERT_WHY_MAX];
	int good = judge_carried(keys, search->query, chain, why);
	int err;

	if (good <= 0) {
		add_why(search, "x5chain: %s", why);
		return good;
	}
	err = any ? key_make_public(any, keyp, &broken) : -EBADMSG;
	if (err) {
		add_why(search, "x5chain: the key of the leaf: %s", broken);
		return err == -ENOMEM ? err : 0;
	}
	if (!fits(search, "x5chain", *keyp)) {
		EVP_PKEY_free(*keyp);
		*keyp = NULL;
	}
	return 0;
}

static int try_carried(const struct realm_keys *keys, struct search *search, EVP_PKEY **ownedp)
{
	STACK_OF(X509) * chain;
	int err;

	if (!search->query->sign1->num_chain)
		return 0;
	chain = parse_chain(search->query->sign1);
	if (!chain) {
		add_why(search, "x5chain: a certificate is broken");
		return 0;
	}
	err = key_of_carried(keys, search, chain, ownedp);
	if (*ownedp && search->count < search->max)
		search->found[search->count++] = *ownedp;
	sk_X509_pop_free(chain, X509_free);
	return err;
}

int keys_find(const struct realm_keys *keys, const struct key_query *query, EVP_PKEY **found, size_t max,
	      EVP_PKEY **ownedp, char why[KEYS_WHY_MAX])
{
	struct search search = { .query = query, .found = found, .max = max, .why = why };
	int err = 0;
	size_t i;

	why[0] = '\0';
	*ownedp = NULL;
	search.alg = query->sign1->has_alg ? cose_alg(query->sign1->alg) : NULL;
	if (!search.alg) {
		add_why(&search, "the token names no algorithm that is known");
		return 0;
	}
	openssl_begin();
	if (realm_keys_count(keys))
		err = try_carried(keys, &search, ownedp);
	for (i = 0; !err && i < realm_keys_count(keys); i++)
		err = try_entry(&search, &keys->entries[i]);
	openssl_end();
	if (err) {
		EVP_PKEY_free(*ownedp);
		*ownedp = NULL;
		return err;
	}
	if (search.others && !search.count)
		add_why(&search, "no store has a key for this implementation and instance");
	if (!realm_keys_count(keys))
		add_why(&search, "no key was given");
	return (int)search.count;
}
