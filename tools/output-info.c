/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output-info.c - what a host can do, and the questions that told it */
#include "output.h"

static void put_number(const char *name, unsigned int value)
{
	printf("%-12s %u\n", name, value);
}

static void put_limits(const struct realm_host_limits *limits)
{
	if (limits->cap)
		put_number("capability", limits->cap);
	put_number("IPA bits", limits->ipa_bits);
	put_number("granule", limits->granule);
	put_number("vCPUs", limits->max_vcpus);
	put_number("breakpoints", limits->breakpoints);
	put_number("watchpoints", limits->watchpoints);
	put_number("SVE bits", limits->sve_bits);
	if (limits->pmu_counters < 0)
		printf("%-12s none\n", "PMU counters");
	else
		put_number("PMU counters", (unsigned int)limits->pmu_counters);
	printf("%-12s %s\n", "LPA2", limits->lpa2 ? "yes" : "no");
	printf("%-12s %s\n", "in place", limits->in_place ? "yes" : "no");
}

static void put_probes(const struct realm_host_info *info)
{
	struct realm_probe probe = { .sz = sizeof(probe) };
	size_t i;

	for (i = 0; !realm_host_info_probe(info, i, &probe); i++) {
		put_text(stdout, probe.question);
		fputs(": ", stdout);
		put_text(stdout, probe.answer);
		if (*probe.meaning)
			printf(": %s", probe.meaning);
		putchar('\n');
	}
}

void output_info_text(const char *host, enum realm_profile profile, const struct realm_host_info *info)
{
	const char *family = realm_family_name(realm_host_info_family(info));
	struct realm_host_limits limits = { .sz = sizeof(limits) };

	printf("%-12s %s\n", "host", host);
	printf("%-12s %s\n", "KVM", family ? family : "no realms");
	if (profile)
		printf("%-12s %s\n", "RMM", realm_profile_name(profile));
	printf("%-12s %s\n", "why", realm_host_info_why(info));
	if (realm_host_info_hint(info))
		printf("%-12s %s\n", "what to do", realm_host_info_hint(info));
	if (!realm_host_info_limits(info, &limits))
		put_limits(&limits);
	putchar('\n');
	put_probes(info);
}

static json_t *json_probes(const struct realm_host_info *info)
{
	struct realm_probe probe = { .sz = sizeof(probe) };
	json_t *list = json_array();
	size_t i;

	for (i = 0; !realm_host_info_probe(info, i, &probe); i++)
		json_array_append_new(list, json_pack("{s:o, s:o, s:s}", "question", json_text(probe.question),
						      "answer", json_text(probe.answer), "meaning", probe.meaning));
	return list;
}

/* A number, or null for one below the least that says something */
static json_t *json_from(int least, int value)
{
	return value < least ? json_null() : json_integer(value);
}

static json_t *json_limits(const struct realm_host_limits *limits)
{
	return json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:o, s:b, s:b}", "ipa_bits", (int)limits->ipa_bits, "granule",
			 (int)limits->granule, "max_vcpus", (int)limits->max_vcpus, "breakpoints",
			 (int)limits->breakpoints, "watchpoints", (int)limits->watchpoints, "sve_bits",
			 (int)limits->sve_bits, "pmu_counters", json_from(0, limits->pmu_counters), "lpa2",
			 limits->lpa2, "in_place", limits->in_place);
}

/* What `plan --host-profile` reads */
static json_t *json_profile(const struct realm_host_limits *limits)
{
	return json_pack("{s:s, s:i, s:i, s:i, s:i, s:o, s:b, s:i}", "schema", "realm-host/1", "ipa_bits",
			 (int)limits->ipa_bits, "sve_bits", (int)limits->sve_bits, "breakpoints",
			 (int)limits->breakpoints, "watchpoints", (int)limits->watchpoints, "pmu_counters",
			 json_from(0, limits->pmu_counters), "lpa2", limits->lpa2, "granule", (int)limits->granule);
}

int output_info_json(struct tool *tool, const char *host, enum realm_profile profile,
		     const struct realm_host_info *info)
{
	struct realm_host_limits limits = { .sz = sizeof(limits) };
	bool supported = !realm_host_info_limits(info, &limits);

	return put_json(tool->verb,
			json_pack("{s:s, s:s, s:b, s:s?, s:s?, s:s, s:s?, s:o, s:o, s:o, s:o, s:O, s:O}", "schema",
				  "realmctl.info/1", "host", host, "supported", supported, "family",
				  realm_family_name(realm_host_info_family(info)), "rmm", realm_profile_name(profile),
				  "why", realm_host_info_why(info), "hint", realm_host_info_hint(info), "cap",
				  json_from(1, (int)limits.cap), "probes", json_probes(info), "limits",
				  supported ? json_limits(&limits) : json_null(), "profile",
				  supported ? json_profile(&limits) : json_null(), "warnings", tool->warnings, "notes",
				  tool->notes));
}
