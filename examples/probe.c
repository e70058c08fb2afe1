/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* probe.c - what can this host do, and how was that found out: probe [FAMILY] */
#include "host.h"

static void print_questions(const struct realm_host_info *info)
{
	struct realm_probe probe = { .sz = sizeof(probe) };
	size_t i;

	for (i = 0; !realm_host_info_probe(info, i, &probe); i++)
		printf("%s = %s: %s\n", probe.question, probe.answer, probe.meaning);
}

static void print_limits(const struct realm_host_limits *limits)
{
	printf("ipa_bits %u, granule %u, vcpus %u\n", limits->ipa_bits, limits->granule, limits->max_vcpus);
	printf("breakpoints %u, watchpoints %u, sve_bits %u\n", limits->breakpoints, limits->watchpoints,
	       limits->sve_bits);
	if (limits->pmu_counters >= 0)
		printf("pmu_counters %d\n", limits->pmu_counters);
	if (limits->lpa2)
		puts("lpa2");
	if (limits->in_place)
		puts("pages can be shared in place");
}

/* 0 where there can be realms */
static int print(const struct realm_host_info *info)
{
	struct realm_host_limits limits = { .sz = sizeof(limits) };

	print_questions(info);
	if (realm_host_info_limits(info, &limits)) {
		printf("no realms: %s; %s\n", realm_host_info_why(info), realm_host_info_hint(info));
		return 1;
	}
	printf("%s: %s\n", realm_family_name(realm_host_info_family(info)), realm_host_info_why(info));
	print_limits(&limits);
	return 0;
}

static int probe(struct realm_ctx *ctx)
{
	struct realm_host_info *info;
	int ret;

	if (realm_host_probe(ctx, &info))
		return fail(ctx);
	ret = print(info);
	realm_host_info_free(info);
	return ret;
}

int main(int argc, char **argv)
{
	struct realm_sim *sim = NULL;
	struct realm_ctx *ctx;
	int ret;

	if (argc > 2) {
		fprintf(stderr, "usage: probe [FAMILY]\n");
		return 2;
	}
	if (realm_ctx_new(&ctx))
		return 1;
	ret = use_host(ctx, argv[1], NULL, &sim);
	if (!ret)
		ret = probe(ctx);
	realm_ctx_free(ctx);
	realm_sim_free(sim);
	return ret;
}
