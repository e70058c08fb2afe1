/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * judge.c - what the public API says of a token, for tests in Python
 *
 *     judge show TOKEN                         its claims as JSON
 *     judge verify TOKEN LIFECYCLE CHALLENGE [KEY]...
 *                                              the result, then a line a check: name, outcome, why, parted by tabs
 *     judge prefixes TOKEN                     every beginning of it must be refused
 *     judge flips TOKEN [KEY]...               it with one bit of a byte changed, byte after byte, must be refused
 *
 * A token that cannot be decoded gives "decode", where and why in one line.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <realm.h>

#define CHECK(call)                                                                                       \
	do {                                                                                              \
		if (call) {                                                                               \
			fprintf(stderr, "judge: line %d: %s\n", __LINE__, #call);                         \
			exit(1);                                                                          \
		}                                                                                         \
	} while (0)

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* Only -EBADMSG is an answer. */
static int say_malformed(const struct realm_ctx *ctx, int err)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);

	CHECK(err != -EBADMSG);
	printf("decode\t%s\t%s\n", or_empty(realm_error_where(error)), or_empty(realm_error_why(error)));
	return 0;
}

static struct realm_keys *read_keys(struct realm_ctx *ctx, char **names)
{
	struct realm_keys *keys;

	CHECK(realm_keys_new(ctx, &keys));
	for (; *names; names++)
		CHECK(realm_keys_add_file(keys, *names));
	return keys;
}

static int show(struct realm_ctx *ctx, char **args)
{
	struct realm_token *token;
	char *json;
	int err = realm_token_read(ctx, args[0], &token);

	if (err)
		return say_malformed(ctx, err);
	CHECK(realm_token_json(token, &json));
	fputs(json, stdout);
	realm_free(json);
	realm_token_free(token);
	return 0;
}

static void say_verdict(const struct realm_verdict *verdict)
{
	static const char *const results[] = { "accepted", "different", "refused" };
	static const char *const outcomes[] = { "", "good", "bad", "finding", "not-done" };
	struct realm_check check = { .sz = sizeof(check) };
	size_t i;

	printf("%s\n", results[realm_verdict_result(verdict)]);
	for (i = 0; i < realm_verdict_count(verdict); i++) {
		CHECK(realm_verdict_check(verdict, i, &check));
		printf("%s\t%s\t%s\n", check.name, outcomes[check.outcome], or_empty(check.why));
	}
}

static size_t from_hex(const char *hex, uint8_t *bytes, size_t max)
{
	size_t len;

	for (len = 0; len < max && hex[2 * len]; len++)
		CHECK(sscanf(hex + 2 * len, "%2hhx", &bytes[len]) != 1);
	return len;
}

static int verify(struct realm_ctx *ctx, char **args)
{
	struct realm_keys *keys = read_keys(ctx, args + 3);
	struct realm_verify_opts opts = { .sz = sizeof(opts), .keys = keys };
	uint8_t challenge[REALM_CHALLENGE_SIZE];
	struct realm_verdict *verdict;
	struct realm_token *token;
	int ret = realm_token_read(ctx, args[0], &token);

	if (ret) {
		realm_keys_free(keys);
		return say_malformed(ctx, ret);
	}
	opts.lifecycle = strcmp(args[1], "debug") ? REALM_LIFECYCLE_SECURED : REALM_LIFECYCLE_DEBUG;
	opts.challenge.data = challenge;
	opts.challenge.len = from_hex(args[2], challenge, sizeof(challenge));
	ret = realm_token_verify(token, &opts, &verdict);
	CHECK(ret < 0 || ret != (int)realm_verdict_result(verdict));
	say_verdict(verdict);
	realm_verdict_free(verdict);
	realm_token_free(token);
	realm_keys_free(keys);
	return 0;
}

static size_t read_file(const char *name, uint8_t **datap)
{
	FILE *file = fopen(name, "rb");
	size_t len;

	*datap = malloc(REALM_TOKEN_MAX);
	CHECK(!file || !*datap);
	len = fread(*datap, 1, REALM_TOKEN_MAX, file);
	fclose(file);
	return len;
}

static int prefixes(struct realm_ctx *ctx, char **args)
{
	struct realm_token *token;
	uint8_t *data;
	size_t len = read_file(args[0], &data), cut;

	for (cut = 0; cut < len; cut++)
		CHECK(realm_token_parse(ctx, data, cut, &token) != -EBADMSG);
	CHECK(realm_token_parse(ctx, data, len, &token));
	printf("%zu\n", cut);
	realm_token_free(token);
	free(data);
	return 0;
}

static int is_refused(struct realm_ctx *ctx, const uint8_t *data, size_t len, const struct realm_verify_opts *opts)
{
	struct realm_verdict *verdict;
	struct realm_token *token;
	int ret = realm_token_parse(ctx, data, len, &token);

	if (ret)
		return ret == -EBADMSG;
	ret = realm_token_verify(token, opts, &verdict);
	CHECK(ret < 0);
	realm_verdict_free(verdict);
	realm_token_free(token);
	return ret == REALM_REFUSED;
}

static int flips(struct realm_ctx *ctx, char **args)
{
	struct realm_keys *keys = read_keys(ctx, args + 1);
	struct realm_verify_opts opts = { .sz = sizeof(opts), .keys = keys };
	uint8_t *data;
	size_t len = read_file(args[0], &data), i;

	CHECK(is_refused(ctx, data, len, &opts));
	for (i = 0; i < len; i++) {
		data[i] ^= (uint8_t)(1 << i % 8);
		if (!is_refused(ctx, data, len, &opts))
			printf("byte %zu\n", i);
		data[i] ^= (uint8_t)(1 << i % 8);
	}
	printf("%zu\n", len);
	realm_keys_free(keys);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct realm_ctx *ctx, char **args);
		int args;
	} modes[] = {
		{ "show", show, 1 },
		{ "verify", verify, 3 },
		{ "prefixes", prefixes, 1 },
		{ "flips", flips, 1 },
	};
	struct realm_ctx *ctx;
	size_t i;
	int ret = 2;

	CHECK(realm_ctx_new(&ctx));
	for (i = 0; argc > 2 && i < sizeof(modes) / sizeof(modes[0]); i++)
		if (!strcmp(argv[1], modes[i].name) && argc >= 2 + modes[i].args)
			ret = modes[i].run(ctx, argv + 2);
	realm_ctx_free(ctx);
	return ret;
}
