/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * long-token.c - the payload hands over a token that takes several pieces, byte by byte as the RMM made it: PAYLOAD
 *
 * The platform's part of it is not the software host's but one of many pages, which a granule of 64 KiB has room for.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../../tools/mailbox.h"
#include "realm-sim.h"
#include "sim.h"

#define BASE UINT64_C(0x80000000)
#define MAILBOX UINT64_C(0x09010000)
#define PLATFORM_SIZE 20000
#define BEFORE 14 /* bytes of the collection before the platform's part */
#define SKIP 77

static uint8_t platform[PLATFORM_SIZE];

const void *__wrap_sim_platform_token(struct realm_sim *sim, const uint8_t challenge[32], size_t *len);

const void *__wrap_sim_platform_token(struct realm_sim *sim, const uint8_t challenge[32], size_t *len)
{
	for (size_t i = 0; i < sizeof(platform); i++)
		platform[i] = (uint8_t)(i ^ i >> 8);
	*len = sizeof(platform);
	return platform;
}

static void access_device(struct mailbox *box, struct realm_exit *exit)
{
	uint64_t offset = exit->ipa - MAILBOX;

	if (!exit->is_write)
		exit->data = offset < MAILBOX_SIZE ? mailbox_read(box, (uint32_t)offset) : 0;
	else if (offset < MAILBOX_SIZE)
		mailbox_write(box, (uint32_t)offset, exit->data);
}

/* 0 when it was powered off */
static int run(struct realm *realm, struct mailbox *box)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	int err = 0;

	while (!err) {
		err = realm_run(realm, 0, &exit);
		if (!err && exit.reason == REALM_EXIT_SYSTEM_OFF)
			return 0;
		if (!err && exit.reason == REALM_EXIT_CONVERT)
			err = realm_convert(realm, exit.ipa, exit.size, (int)exit.to_private);
		else if (!err && exit.reason == REALM_EXIT_MMIO)
			access_device(box, &exit);
		else if (!err && exit.reason != REALM_EXIT_RETRY && exit.reason != REALM_EXIT_INTERRUPTED)
			err = -EIO;
	}
	return err;
}

static int describe(struct realm_plan *plan, const char *payload)
{
	int ret = realm_plan_set_ipa_bits(plan, 33);

	if (!ret)
		ret = realm_plan_set_granule(plan, 65536);
	if (!ret)
		ret = realm_plan_add_ram(plan, BASE, 0x400000);
	if (ret >= 0)
		ret = realm_plan_load_file(plan, BASE, payload, NULL);
	if (ret >= 0)
		ret = realm_plan_add_rec(plan, BASE, NULL, 0);
	return ret < 0 ? ret : 0;
}

static int create_and_run(struct realm_ctx *ctx, const char *payload, struct mailbox *box)
{
	struct realm_plan *plan;
	struct realm *realm = NULL;
	int err = realm_plan_new(ctx, &plan);

	if (err)
		return err;
	err = describe(plan, payload);
	if (!err)
		err = realm_create(plan, NULL, &realm);
	if (!err)
		err = run(realm, box);
	realm_destroy(realm);
	realm_plan_free(plan);
	return err;
}

static int on_host(const char *payload, struct mailbox *box)
{
	const struct realm_sim_opts opts = {
		.sz = sizeof(opts),
		.profile = REALM_PROFILE_RMM_2_0,
		.granule = 65536,
	};
	struct realm_sim *sim = NULL;
	struct realm_ctx *ctx;
	int err = realm_ctx_new(&ctx);

	if (err)
		return err;
	err = realm_sim_new(&opts, &sim);
	if (!err)
		err = realm_ctx_set_host(ctx, realm_sim_ops(), sim);
	if (!err)
		err = create_and_run(ctx, payload, box);
	if (err)
		fprintf(stderr, "long-token: %s\n", realm_error_why(realm_ctx_last_error(ctx)));
	realm_ctx_free(ctx);
	realm_sim_free(sim);
	return err;
}

/* 656 bytes are around the platform's part, as its tests say byte by byte. */
static bool is_whole(const struct mailbox *box)
{
	return box->len == PLATFORM_SIZE + 656 && !memcmp(box->token, "\xd9\x03\x8b\xa2", 4) &&
	       !memcmp(box->token + BEFORE, platform, PLATFORM_SIZE) &&
	       !memcmp(box->token + BEFORE + PLATFORM_SIZE, "\x19\xac\xd1\x82\x19\x01\x07\x59\x02\x78\xd2\x84", 12);
}

int main(int argc, char **argv)
{
	struct mailbox box;
	int failed;

	if (!realm_sim_runs_guests()) {
		printf("long-token: built without Unicorn\n");
		return SKIP;
	}
	if (argc != 2 || mailbox_open(&box, (const uint8_t *)"nonce", 5))
		return 2;
	failed = on_host(argv[1], &box);
	if (!failed && !is_whole(&box)) {
		fprintf(stderr, "long-token: not the token that the RMM made, %zu bytes\n", box.len);
		failed = 1;
	}
	mailbox_close(&box);
	return failed ? 1 : 0;
}
