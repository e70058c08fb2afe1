/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * convert.c - reads reference values and writes them in a format: convert FORMAT FILE [SIGNING-KEY]
 * or says whether a CoRIM is signed by a key: convert check FILE KEY
 */
#include <stdio.h>
#include <string.h>

#include "realm.h"

static uint8_t bytes[1 << 20];

static void log_line(void *arg, enum realm_log_level level, const char *where, const char *message)
{
	fprintf(stderr, "%s %s: %s\n", level == REALM_LOG_WARNING ? "warning" : "note", where ? where : "-", message);
}

static int report(const struct realm_ctx *ctx)
{
	const struct realm_error *error = realm_ctx_last_error(ctx);
	const char *where = realm_error_where(error);

	fprintf(stderr, "%d %s: %s\n", realm_error_code(error), where ? where : "-", realm_error_why(error));
	return 1;
}

static size_t read_bytes(const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t len;

	if (!file)
		return 0;
	len = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	return len;
}

static int convert(struct realm_ctx *ctx, struct realm_refvals *refvals, char **argv)
{
	struct realm_refvals_opts opts = { .sz = sizeof(opts) };
	uint8_t *data;
	size_t len;

	if (realm_refvals_add_file(refvals, argv[2]))
		return report(ctx);
	if (argv[3])
		opts.sign_key = (struct realm_bytes){ .data = bytes, .len = read_bytes(argv[3]) };
	if (realm_refvals_format_from_name(argv[1], &opts.format))
		return 2;
	if (realm_refvals_format(refvals, &opts, &data, &len))
		return report(ctx);
	fwrite(data, 1, len, stdout);
	realm_free(data);
	return 0;
}

static int check(struct realm_ctx *ctx, char **argv)
{
	struct realm_keys *keys;
	int ret = realm_keys_new(ctx, &keys);

	if (ret)
		return 2;
	ret = realm_keys_add_file(keys, argv[3]);
	if (!ret)
		ret = realm_refvals_check_signature(ctx, bytes, read_bytes(argv[2]), keys);
	realm_keys_free(keys);
	if (ret < 0)
		return report(ctx);
	puts(ret ? "yes" : "no");
	return 0;
}

int main(int argc, char **argv)
{
	struct realm_refvals *refvals;
	struct realm_ctx *ctx;
	int ret;

	if (argc < 3 || realm_ctx_new(&ctx))
		return 2;
	realm_ctx_set_log(ctx, log_line, NULL);
	if (realm_refvals_new(ctx, &refvals))
		return 2;
	ret = argc > 3 && !strcmp(argv[1], "check") ? check(ctx, argv) : convert(ctx, refvals, argv);
	realm_refvals_free(refvals);
	realm_ctx_free(ctx);
	return ret;
}
