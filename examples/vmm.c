/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* vmm.c - a whole VMM: a realm with 64 MiB, one vCPU and a console, from a bare-metal payload: vmm PAYLOAD [FAMILY] */
#include <inttypes.h>

#include "host.h"

#define RAM_BASE UINT64_C(0x80000000)
#define RAM_SIZE UINT64_C(0x4000000)

/* A PL011 UART */
#define UART_BASE UINT64_C(0x09000000)
#define UART_DR (UART_BASE + 0x000)
#define UART_FR (UART_BASE + 0x018)
#define UART_FR_RXFE 0x10u /* nothing to receive */
#define UART_FR_TXFE 0x80u /* all is sent */

/* ---- what the realm is ---- */

/* 33 bits of addresses: one above what the layout needs, since half of them are the shared alias of the others. */
static int describe(struct realm_plan *plan, const char *payload)
{
	int ret = realm_plan_set_ipa_bits(plan, 33);

	if (!ret)
		ret = realm_plan_add_ram(plan, RAM_BASE, RAM_SIZE);
	if (ret >= 0)
		ret = realm_plan_load_file(plan, RAM_BASE, payload, NULL);
	if (ret >= 0)
		ret = realm_plan_add_rec(plan, RAM_BASE, NULL, 0);
	return ret < 0 ? ret : 0;
}

/* ---- what it does ---- */

static void access_device(struct realm_exit *exit)
{
	if (exit->is_write && exit->ipa == UART_DR)
		putchar((int)(exit->data & 0xff));
	if (!exit->is_write)
		exit->data = exit->ipa == UART_FR ? UART_FR_RXFE | UART_FR_TXFE : 0;
}

/* Why a realm ended; 0 when it was powered off. */
static int end(const struct realm_exit *exit)
{
	switch (exit->reason) {
	case REALM_EXIT_SYSTEM_OFF:
		return 0;
	case REALM_EXIT_SYSTEM_RESET:
		fprintf(stderr, "the guest asked for a reset, which takes a new realm\n");
		return 1;
	case REALM_EXIT_FAULT:
		fprintf(stderr, "the host has no memory for 0x%" PRIx64 "\n", exit->ipa);
		return 1;
	default:
		fprintf(stderr, "the realm cannot run any more (exit %d, code %u)\n", exit->reason, exit->code);
		return 1;
	}
}

static int run(struct realm_ctx *ctx, struct realm *realm)
{
	struct realm_exit exit = { .sz = sizeof(exit) };

	while (!realm_run(realm, 0, &exit)) {
		switch (exit.reason) {
		case REALM_EXIT_MMIO:
			access_device(&exit);
			break;
		case REALM_EXIT_CONVERT:
			if (realm_convert(realm, exit.ipa, exit.size, (int)exit.to_private))
				return fail(ctx);
			break;
		case REALM_EXIT_INTERRUPTED:
		case REALM_EXIT_RETRY:
			break;
		default:
			return end(&exit);
		}
	}
	return fail(ctx);
}

static int create_and_run(struct realm_ctx *ctx, struct realm_plan *plan)
{
	struct realm *realm;
	int ret;

	if (realm_create(plan, NULL, &realm))
		return fail(ctx);
	ret = run(ctx, realm);
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
		fprintf(stderr, "usage: vmm PAYLOAD [FAMILY]\n");
		return 2;
	}
	if (realm_ctx_new(&ctx))
		return 1;
	ret = realm_plan_new(ctx, &plan) || describe(plan, argv[1]) ? fail(ctx) : use_host(ctx, argv[2], plan, &sim);
	if (!ret)
		ret = create_and_run(ctx, plan);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	realm_sim_free(sim);
	return ret;
}
