/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * rems.c - expected REMs: as given, or what a log of extensions gives
 *
 * A log does not say the hash of the realm, so that its chains are followed for each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "refvals.h"

#define LOG_MAX (16 * 1024 * 1024)

static const enum realm_hash hashes[] = { REALM_HASH_SHA256, REALM_HASH_SHA384, REALM_HASH_SHA512 };

struct realm_rems {
	struct realm_ctx *ctx;
	struct digest values[REALM_REMS][ARRAY_SIZE(hashes)]; /* len 0: nothing is expected */
};

int realm_rems_new(struct realm_ctx *ctx, struct realm_rems **remsp)
{
	struct realm_rems *rems;

	if (!ctx || !remsp)
		return -EINVAL;
	rems = calloc(1, sizeof(*rems));
	if (!rems)
		return realm_fail_nomem(ctx);
	rems->ctx = ctx;
	*remsp = rems;
	return 0;
}

void realm_rems_free(struct realm_rems *rems)
{
	free(rems);
}

bool rems_is_known(const struct realm_rems *rems, unsigned int index)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hashes); i++)
		if (rems->values[index][i].len)
			return true;
	return false;
}

int realm_rems_set(struct realm_rems *rems, unsigned int index, const void *digest, size_t len)
{
	char where[16];
	size_t i;

	if (!rems || !digest)
		return -EINVAL;
	if (index >= REALM_REMS)
		return realm_fail(rems->ctx, EINVAL, "REM", "REM 1 to 4 of RSI are rem0 to rem3 of tokens",
				  "there is no rem%u", index);
	snprintf(where, sizeof(where), "rem%u", index);
	if (rems_is_known(rems, index))
		return realm_fail(rems->ctx, EBUSY, where, "give it once", "is known already");
	for (i = 0; i < ARRAY_SIZE(hashes); i++)
		if (realm_hash_size(hashes[i]) == len) {
			digest_set(&rems->values[index][i], digest, len);
			return 0;
		}
	return realm_fail(rems->ctx, EINVAL, where, "REMs have 32, 48 or 64 bytes", "has %zu bytes", len);
}

int realm_rems_value(const struct realm_rems *rems, unsigned int index, enum realm_hash hash,
		     uint8_t digest[REALM_DIGEST_MAX])
{
	size_t i;

	if (!rems || index >= REALM_REMS || !realm_hash_name(hash) || !digest)
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(hashes); i++)
		if (hashes[i] == hash && rems->values[index][i].len) {
			memcpy(digest, rems->values[index][i].data, REALM_DIGEST_MAX);
			return 1;
		}
	return 0;
}

/* ---- logs ---- */

/* One extension of a REM, in the chains of all hashes. */
static int extend(struct realm_rems *rems, unsigned int index, const uint8_t *value, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hashes); i++)
		if (realm_rem_extend(hashes[i], rems->values[index][i].data, value, len))
			return realm_fail_nomem(rems->ctx);
	return 0;
}

static int read_extension(struct realm_rems *rems, const struct jval *root)
{
	static const char *const keys[] = { "index", "value", NULL };
	struct jval index = jval_key(root, "index"), value = jval_key(root, "value");
	uint8_t bytes[REALM_DIGEST_MAX];
	uint64_t number = 0;
	size_t len = 0;
	int err = jval_object(root, keys);

	if (!err)
		err = jval_u64(&index, UINT64_MAX, &number);
	if (!err && (number < 1 || number > REALM_REMS))
		err = jval_fail(&index, EBADMSG, "REM 1 to 4 of RSI are rem0 to rem3 of tokens", "there is no REM %llu",
				(unsigned long long)number);
	if (!err)
		err = jval_hex(&value, sizeof(bytes), bytes, &len);
	return err ? err : extend(rems, (unsigned int)number - 1, bytes, len);
}

static int read_lines(struct realm_rems *rems, const char *text, size_t len)
{
	const char *end = text + len;
	unsigned long line = 0;
	int err = 0;

	while (!err && text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *stop = newline ? newline : end;
		struct jval root;
		char place[32];

		snprintf(place, sizeof(place), "line %lu", ++line);
		err = jval_parse(rems->ctx, place, text, (size_t)(stop - text), &root);
		if (!err) {
			err = read_extension(rems, &root);
			jval_free(&root);
		}
		text = stop + 1;
	}
	return err;
}

/* Before its first extension a REM is zero. */
static void start_chains(struct realm_rems *rems)
{
	size_t i, j;

	for (i = 0; i < REALM_REMS; i++)
		for (j = 0; j < ARRAY_SIZE(hashes); j++)
			rems->values[i][j] = (struct digest){ .len = realm_hash_size(hashes[j]) };
}

int realm_rems_read_log(struct realm_rems *rems, const char *path)
{
	unsigned int i;
	uint8_t *text;
	size_t len;
	int err;

	if (!rems || !path)
		return -EINVAL;
	for (i = 0; i < REALM_REMS; i++)
		if (rems_is_known(rems, i))
			return realm_fail(rems->ctx, EBUSY, path, "give either values or one log",
					  "rem%u is known already", i);
	err = file_read_all(rems->ctx, path, LOG_MAX, &text, &len);
	if (err)
		return err;
	start_chains(rems);
	err = read_lines(rems, (const char *)text, len);
	free(text);
	if (err) {
		memset(rems->values, 0, sizeof(rems->values));
		return jval_fail_in(rems->ctx, path, err);
	}
	return 0;
}
