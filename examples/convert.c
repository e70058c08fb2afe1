/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* convert.c - run a realm whose guest shares memory for a while, and look into what it shares: convert PLAN [FAMILY] */
#include <inttypes.h>

#include "host.h"

/* What the guest wrote can be read as long as the pages are shared; a conversion throws it away, whatever its direction. */
static int convert(struct realm *realm, const struct realm_exit *exit)
{
	const uint64_t *word = realm_shared(realm, exit->ipa, exit->size);

	if (exit->to_private && word)
		printf("the guest left 0x%" PRIx64 "\n", *word);
	printf("0x%" PRIx64 " bytes at 0x%" PRIx64 " become %s\n", exit->size, exit->ipa,
	       exit->to_private ? "private" : "shared");
	return realm_convert(realm, exit->ipa, exit->size, (int)exit->to_private);
}

/* Devices read as zero here, and take everything. */
static int run(struct realm *realm)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	int err;

	while (!(err = realm_run(realm, 0, &exit))) {
		switch (exit.reason) {
		case REALM_EXIT_CONVERT:
			err = convert(realm, &exit);
			if (err)
				return err;
			break;
		case REALM_EXIT_MMIO:
			exit.data = 0;
			break;
		case REALM_EXIT_INTERRUPTED:
		case REALM_EXIT_RETRY:
			break;
		default:
			puts(exit.reason == REALM_EXIT_SYSTEM_OFF ? "powered off" : "ended");
			return 0;
		}
	}
	return err;
}

static int create_and_run(struct realm_ctx *ctx, struct realm_plan *plan)
{
	struct realm *realm;
	int ret;

	if (realm_create(plan, NULL, &realm))
		return fail(ctx);
	ret = run(realm) ? fail(ctx) : 0;
	realm_destroy(realm);
	return ret;
}

int main(int argc, char **argv)
{
	struct realm_plan *plan = NULL;
	struct realm_sim *sim = NULL;
	struct realm_ctx *ctx;
	int ret;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: convert PLAN [FAMILY]\n");
		return 2;
	}
	if (realm_ctx_new(&ctx))
		return 1;
	ret = realm_plan_read(ctx, argv[1], &plan) ? fail(ctx) : use_host(ctx, argv[2], plan, &sim);
	if (!ret)
		ret = create_and_run(ctx, plan);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	realm_sim_free(sim);
	return ret;
}
