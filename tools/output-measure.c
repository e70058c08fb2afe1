/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output-measure.c - RIMs */
#include "output.h"

void output_rows_text(const struct realm_measurement *rows)
{
	enum realm_hash hash = realm_measurement_hash(rows);
	enum realm_family family;
	enum realm_profile profile;
	const uint8_t *rim;
	size_t i;

	printf("%-8s %-10s RIM (%s)\n", "KVM", "RMM", realm_hash_name(hash));
	for (i = 0; (rim = realm_measurement_row(rows, i, &family, &profile)); i++) {
		printf("%-8s %-10s ", family ? realm_family_name(family) : "-", realm_profile_name(profile));
		put_hex(stdout, rim, realm_hash_size(hash));
		putchar('\n');
	}
}

static json_t *json_row(const struct realm_measurement *rows, size_t i)
{
	enum realm_family family;
	enum realm_profile profile;
	const uint8_t *rim = realm_measurement_row(rows, i, &family, &profile);

	return json_pack("{s:s?, s:s, s:o}", "kvm", realm_family_name(family), "rmm", realm_profile_name(profile),
			 "rim", json_hex(rim, realm_hash_size(realm_measurement_hash(rows))));
}

int output_rows_json(struct tool *tool, const struct realm_measurement *rows)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < realm_measurement_count(rows); i++)
		json_array_append_new(list, json_row(rows, i));
	return put_json(tool->verb, json_pack("{s:s, s:s, s:o, s:O, s:O}", "schema", "realmctl.measure/1", "hash",
					      realm_hash_name(realm_measurement_hash(rows)), "rows", list, "warnings",
					      tool->warnings, "notes", tool->notes));
}

void output_rim(const struct realm_measurement *rows)
{
	put_hex(stdout, realm_measurement_row(rows, 0, NULL, NULL), realm_hash_size(realm_measurement_hash(rows)));
	putchar('\n');
}
