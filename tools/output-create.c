/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output-create.c - how a realm was made, and what was measured */
#include "build.h"
#include "output.h"

static void put_rim(const char *name, const uint8_t *rim, size_t len)
{
	printf("%-10s ", name);
	put_hex(stdout, rim, len);
	putchar('\n');
}

void output_create_text(const struct build *build)
{
	size_t i, len = realm_hash_size(build->hash);

	printf("%-10s %10s\n", "step", "ms");
	for (i = 0; i < build->num_steps; i++)
		printf("%-10s %10.3f\n", build->steps[i].name, (double)build->steps[i].ns / 1e6);
	printf("\n%-10s %s\n", "KVM", realm_family_name(build->family));
	printf("%-10s %s\n", "RMM", realm_profile_name(build->profile));
	if (build->told)
		put_rim("measured", build->measured, len);
	else
		printf("%-10s %s\n", "measured", "the host cannot tell: not compared");
	put_rim("predicted", build->predicted, len);
}

static json_t *json_steps(const struct build *build)
{
	json_t *steps = json_array();
	size_t i;

	for (i = 0; i < build->num_steps; i++)
		json_array_append_new(steps, json_pack("{s:s, s:f}", "step", build->steps[i].name, "ms",
						       (double)build->steps[i].ns / 1e6));
	return steps;
}

int output_create_json(struct tool *tool, const struct build *build)
{
	size_t len = realm_hash_size(build->hash);

	return put_json(tool->verb, json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:O, s:O}", "schema",
					      "realmctl.create/1", "kvm", realm_family_name(build->family), "rmm",
					      realm_profile_name(build->profile), "hash", realm_hash_name(build->hash),
					      "measured", build->told ? json_hex(build->measured, len) : json_null(),
					      "predicted", json_hex(build->predicted, len), "steps", json_steps(build),
					      "warnings", tool->warnings, "notes", tool->notes));
}

void output_rims(struct tool *tool, const struct build *build)
{
	size_t len = realm_hash_size(build->hash);
	char text[HEX_TEXT_MAX] = "the host cannot tell: not compared";

	if (build->told)
		hex_text(text, build->measured, len);
	tool_note(tool, "measured RIM", text);
	hex_text(text, build->predicted, len);
	tool_note(tool, "predicted RIM", text);
}
