/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * key-judge.c - what the library makes of keys, for scripts that hold it against the openssl command
 *
 *     key-judge read FILE             "CURVE POINT" a key, "chain N" for certificates
 *     key-judge store FILE            "IMPLEMENTATION INSTANCE CURVE POINT" a key
 *     key-judge private FILE          "CURVE POINT" of a private key
 *     key-judge sign FILE             standard input to standard output, as a COSE_Sign1
 *     key-judge verify FILE           a COSE_Sign1 on standard input: "good" or "bad"
 *     key-judge find TIME ALG CHAIN FILE...  points of the keys that fit, or why there are none; CHAIN: DER files
 *                                     with commas between them, or -
 *
 * A refusal is a line "ERRNO WHERE: WHY" and exit status 1.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/ec.h"
#include <openssl/core_names.h>

#include "key.h"

#define INPUT_MAX 100000
#define POINT_MAX 133
#define FOUND_MAX 16

static struct realm_ctx *ctx;

static int refused(int err)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);
	const char *where = realm_error_where(error);

	printf("%s %s: %s\n", strerrorname_np(-err), where ? where : "-", realm_error_why(error));
	return 1;
}

static void put_hex(const uint8_t *data, size_t len)
{
	while (len--)
		printf("%02x", *data++);
}

static void put_key(EVP_PKEY *key)
{
	uint8_t point[POINT_MAX];
	size_t len;

	if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof(point), &len) != 1)
		exit(2);
	printf("%s ", cose_alg_of_key(key)->curve);
	put_hex(point, len);
	printf("\n");
}

static void put_entries(const struct realm_keys *keys)
{
	size_t i;

	for (i = 0; i < keys->num_entries; i++) {
		const struct key_entry *entry = &keys->entries[i];

		if (entry->has_owner) {
			put_hex(entry->owner.implementation_id, sizeof(entry->owner.implementation_id));
			printf(" ");
			put_hex(entry->owner.instance_id, sizeof(entry->owner.instance_id));
			printf(" ");
		}
		if (entry->chain)
			printf("chain %d ", sk_X509_num(entry->chain));
		if (entry->key)
			put_key(entry->key);
		else
			printf("no key\n");
	}
}

static int add_keys(const char *path, bool is_store, struct realm_keys **keysp)
{
	int err = *keysp ? 0 : realm_keys_new(ctx, keysp);

	if (err)
		return err;
	return is_store ? realm_keys_add_store(*keysp, path) : realm_keys_add_file(*keysp, path);
}

static int do_read(const char *path, bool is_store)
{
	struct realm_keys *keys = NULL;
	int err = add_keys(path, is_store, &keys);

	if (err && realm_keys_count(keys))
		exit(2);
	if (!err)
		put_entries(keys);
	realm_keys_free(keys);
	return err ? refused(err) : 0;
}

static int read_private(const char *path, EVP_PKEY **keyp)
{
	uint8_t *data;
	size_t len;
	int err = file_read_all(ctx, path, INPUT_MAX, &data, &len);

	if (err)
		return err;
	err = key_read_private(ctx, path, data, len, keyp);
	free(data);
	return err;
}

static int do_private(const char *path)
{
	EVP_PKEY *key;
	int err = read_private(path, &key);

	if (err)
		return refused(err);
	put_key(key);
	EVP_PKEY_free(key);
	return 0;
}

/* ---- signatures ---- */

static int do_sign(const char *path)
{
	static uint8_t input[INPUT_MAX];
	struct realm_bytes payload = { input, fread(input, 1, sizeof(input), stdin) }, prot;
	struct cbuf header = { 0 }, out = { 0 };
	EVP_PKEY *key;
	int err = read_private(path, &key);

	if (err)
		return refused(err);
	cbuf_map(&header, 1);
	cbuf_int(&header, 1);
	cbuf_int(&header, cose_alg_of_key(key)->id);
	prot = (struct realm_bytes){ header.data, header.len };
	err = cose_sign(key, &prot, &payload, &out);
	if (!err)
		fwrite(out.data, 1, out.len, stdout);
	cbuf_free(&header);
	cbuf_free(&out);
	EVP_PKEY_free(key);
	return err ? 1 : 0;
}

static int do_verify(const char *path)
{
	static const struct cbor_limits limits = { .size = INPUT_MAX, .depth = 8, .entries = 64 };
	static uint8_t input[INPUT_MAX];
	size_t len = fread(input, 1, sizeof(input), stdin);
	struct realm_keys *keys = NULL;
	struct cose_sign1 sign1;
	struct cval root;
	int err = cval_open(ctx, "input", input, len, &limits, &root);

	if (!err)
		err = cose_parse(&root, &limits, &sign1);
	if (!err)
		err = add_keys(path, false, &keys);
	if (!err)
		printf("%s\n", cose_verify(&sign1, keys->entries[0].key) == 1 ? "good" : "bad");
	realm_keys_free(keys);
	return err ? refused(err) : 0;
}

/* ---- finding ---- */

static void read_chain(char *names, struct cose_sign1 *sign1)
{
	char *name = strtok(names, ",");
	uint8_t *data;

	for (; name && strcmp(name, "-"); name = strtok(NULL, ",")) {
		struct realm_bytes *cert = &sign1->chain[sign1->num_chain++];

		if (file_read_all(ctx, name, INPUT_MAX, &data, &cert->len))
			exit(2);
		cert->data = data;
	}
}

static void put_found(const struct realm_keys *keys, const struct key_query *query)
{
	EVP_PKEY *found[FOUND_MAX], *owned;
	char why[KEYS_WHY_MAX];
	int count = keys_find(keys, query, found, FOUND_MAX, &owned, why), i;

	if (count < 0)
		exit(2);
	for (i = 0; i < count; i++)
		put_key(found[i]);
	if (!count)
		printf("none: %s\n", why);
	EVP_PKEY_free(owned);
}

static int do_find(char **argv)
{
	struct cose_sign1 sign1 = { .has_alg = true, .alg = atoi(argv[1]) };
	struct key_query query = { .sign1 = &sign1, .at = atoll(argv[0]) };
	struct realm_keys *keys = NULL;
	char **path;
	int err = 0;
	size_t i;

	read_chain(argv[2], &sign1);
	for (path = argv + 3; !err && *path; path++)
		err = add_keys(*path, false, &keys);
	if (!err)
		put_found(keys, &query);
	for (i = 0; i < sign1.num_chain; i++)
		free((void *)(uintptr_t)sign1.chain[i].data);
	realm_keys_free(keys);
	return err ? refused(err) : 0;
}

static int run(int argc, char **argv)
{
	if (argc >= 5 && !strcmp(argv[1], "find"))
		return do_find(argv + 2);
	if (argc != 3)
		return 2;
	if (!strcmp(argv[1], "read"))
		return do_read(argv[2], false);
	if (!strcmp(argv[1], "store"))
		return do_read(argv[2], true);
	if (!strcmp(argv[1], "private"))
		return do_private(argv[2]);
	if (!strcmp(argv[1], "sign"))
		return do_sign(argv[2]);
	return !strcmp(argv[1], "verify") ? do_verify(argv[2]) : 2;
}

int main(int argc, char **argv)
{
	int status;

	if (realm_ctx_new(&ctx))
		return 2;
	status = run(argc, argv);
	realm_ctx_free(ctx);
	return status;
}
