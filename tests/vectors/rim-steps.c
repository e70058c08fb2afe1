/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rim-steps.c - print the RIM after each event of a log on standard input: rim-steps PROFILE */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "realm.h"

#define EXIT_UNSUPPORTED 3

static void print_rim(const struct realm_rim *rim, enum realm_hash hash)
{
	const uint8_t *value = realm_rim_value(rim);
	size_t i;

	for (i = 0; i < realm_hash_size(hash); i++)
		printf("%02x", value[i]);
	putchar('\n');
}

static int extend_all(struct realm_events *events, struct realm_rim *rim)
{
	struct realm_event event = { .sz = sizeof(event) };
	int ret;

	while ((ret = realm_events_next(events, &event)) == 1) {
		ret = realm_rim_extend(rim, &event);
		if (ret)
			break;
		print_rim(rim, realm_events_hash(events));
	}
	return ret;
}

static int run(struct realm_ctx *ctx, const char *name)
{
	struct realm_events *events = NULL;
	struct realm_rim *rim = NULL;
	enum realm_profile profile;
	int ret;

	ret = realm_profile_from_name(name, &profile);
	if (!ret)
		ret = realm_events_read(ctx, "-", NULL, &events);
	if (!ret)
		ret = realm_rim_new(ctx, profile, realm_events_hash(events), &rim);
	if (!ret)
		ret = extend_all(events, rim);
	realm_rim_free(rim);
	realm_events_free(events);
	return ret;
}

int main(int argc, char **argv)
{
	struct realm_ctx *ctx;
	int ret;

	if (argc != 2 || realm_ctx_new(&ctx))
		return 2;
	ret = run(ctx, argv[1]);
	if (ret)
		fprintf(stderr, "rim-steps: %s: %s\n", strerror(-ret), realm_error_why(realm_ctx_last_error(ctx)));
	realm_ctx_free(ctx);
	return ret == -EOPNOTSUPP ? EXIT_UNSUPPORTED : ret != 0;
}
