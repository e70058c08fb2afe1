/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* consumer-sim.c - a user of the installed software host: a realm without content, measured by a real RMM */
#include <realm-sim.h>

int main(void)
{
	struct realm_ctx *ctx = NULL;
	struct realm_sim *sim = NULL;
	struct realm_plan *plan = NULL;
	struct realm *realm = NULL;
	uint8_t rim[REALM_DIGEST_MAX];
	int failed;

	failed = realm_ctx_new(&ctx) || realm_sim_new(NULL, &sim) || realm_ctx_set_host(ctx, realm_sim_ops(), sim) ||
		 realm_plan_new(ctx, &plan) || realm_plan_set_ipa_bits(plan, 33) ||
		 realm_plan_add_ram(plan, 0x80000000u, 0x400000) < 0 || realm_plan_add_rec(plan, 0x80000000u, NULL, 0) < 0 ||
		 realm_create(plan, NULL, &realm) || realm_measured(realm, 0, rim, NULL);
	realm_destroy(realm);
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	realm_sim_free(sim);
	return failed;
}
