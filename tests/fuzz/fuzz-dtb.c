/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* fuzz-dtb.c - any bytes as the device tree of a plan */
#include <stdlib.h>

#include "image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A plan of two CPUs and two RAM regions with the bytes at X0 and an initrd. */
static struct realm_plan *plan_of(struct realm_ctx *ctx, const uint8_t *data, size_t size)
{
	struct realm_load_opts initrd = { .sz = sizeof(initrd), .name = "initrd" };
	uint64_t x0 = 0x80000000;
	struct realm_plan *plan;

	if (realm_plan_new(ctx, &plan))
		return NULL;
	realm_plan_set_ipa_bits(plan, 33);
	realm_plan_add_ram(plan, 0x80000000, 0x10000000);
	realm_plan_add_ram(plan, 0, 0x8000000);
	realm_plan_load_memory(plan, x0, data, size, NULL);
	realm_plan_load_zero(plan, 0x81000000, 0x1234, &initrd);
	realm_plan_add_rec(plan, 0, &x0, 1);
	realm_plan_add_rec(plan, 0, NULL, 0);
	return plan;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct realm_plan *plan;
	struct realm_ctx *ctx;
	int want = 0;

	if (!size || realm_ctx_new(&ctx))
		return 0;
	if (size >= 4 && dtb_has_magic(data) && dtb_fault(data, size))
		want = -EBADMSG;
	plan = plan_of(ctx, data, size);
	if (plan && realm_plan_check(plan) != want)
		abort();
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	return 0;
}
