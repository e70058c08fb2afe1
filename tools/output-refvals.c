/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output-refvals.c - reference values */
#include "output.h"

#define LABEL_WIDTH 18

static const char *const states[] = {
	[SIGNATURE_NONE] = "none",
	[SIGNATURE_NOT_CHECKED] = "not-checked",
	[SIGNATURE_GOOD] = "good",
	[SIGNATURE_BAD] = "bad",
};

/* ---- text ---- */

static void put_realm(const struct realm_reference *reference)
{
	const char *kvm = realm_family_name(reference->family), *rmm = realm_profile_name(reference->profile);
	char label[] = "rem0";
	size_t i;

	fputs("\nrealm", stdout);
	if (reference->name) {
		putchar(' ');
		put_text(stdout, reference->name);
	}
	printf("%s%s%s%s\n", kvm ? ", KVM " : "", kvm ? kvm : "", rmm ? ", RMM " : "", rmm ? rmm : "");
	put_bytes_field(LABEL_WIDTH, "rim", &reference->rim);
	for (i = 0; i < REALM_REMS; i++, label[3]++)
		put_bytes_field(LABEL_WIDTH, label, &reference->rems[i]);
	put_bytes_field(LABEL_WIDTH, "rpv", &reference->rpv);
}

static void put_platform(const struct realm_refvals *refvals, size_t index,
			 const struct realm_platform_reference *reference)
{
	struct realm_component component = { .sz = sizeof(component) };
	size_t i;

	puts("\nplatform");
	put_bytes_field(LABEL_WIDTH, "implementation-id", &reference->implementation_id);
	put_bytes_field(LABEL_WIDTH, "config", &reference->config);
	put_bytes_field(LABEL_WIDTH, "config-mask", &reference->config_mask);
	for (i = 0; !realm_refvals_component(refvals, index, i, &component); i++)
		put_component(LABEL_WIDTH, &component);
}

void output_refvals_text(const struct realm_refvals *refvals, enum signature_state signature)
{
	struct realm_platform_reference platform = { .sz = sizeof(platform) };
	struct realm_reference realm = { .sz = sizeof(realm) };
	size_t i;

	printf("signature: %s\n", signature == SIGNATURE_NOT_CHECKED ? "not checked" : states[signature]);
	for (i = 0; !realm_refvals_realm(refvals, i, &realm); i++)
		put_realm(&realm);
	for (i = 0; !realm_refvals_platform(refvals, i, &platform); i++)
		put_platform(refvals, i, &platform);
}

/* ---- JSON ---- */

static json_t *json_rems(const struct realm_reference *reference)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < REALM_REMS; i++)
		json_array_append_new(list, json_bytes(&reference->rems[i]));
	return list;
}

static json_t *json_realms(const struct realm_refvals *refvals)
{
	struct realm_reference reference = { .sz = sizeof(reference) };
	json_t *list = json_array();
	size_t i;

	for (i = 0; !realm_refvals_realm(refvals, i, &reference); i++)
		json_array_append_new(
			list, json_pack("{s:o, s:s?, s:s?, s:o, s:o, s:o}", "name", json_text(reference.name), "kvm",
					realm_family_name(reference.family), "rmm",
					realm_profile_name(reference.profile), "rim", json_bytes(&reference.rim),
					"rems", json_rems(&reference), "rpv", json_bytes(&reference.rpv)));
	return list;
}

static json_t *json_components(const struct realm_refvals *refvals, size_t platform)
{
	struct realm_component component = { .sz = sizeof(component) };
	json_t *list = json_array();
	size_t i;

	for (i = 0; !realm_refvals_component(refvals, platform, i, &component); i++)
		json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o, s:o}", "name", json_text(component.name),
						      "version", json_text(component.version), "hash",
						      json_text(component.hash_name), "measurement",
						      json_bytes(&component.measurement), "signer",
						      json_bytes(&component.signer)));
	return list;
}

static json_t *json_platforms(const struct realm_refvals *refvals)
{
	struct realm_platform_reference reference = { .sz = sizeof(reference) };
	json_t *list = json_array();
	size_t i;

	for (i = 0; !realm_refvals_platform(refvals, i, &reference); i++)
		json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o}", "implementation_id",
						      json_bytes(&reference.implementation_id), "config",
						      json_bytes(&reference.config), "config_mask",
						      json_bytes(&reference.config_mask), "components",
						      json_components(refvals, i)));
	return list;
}

int output_refvals_json(struct tool *tool, const struct realm_refvals *refvals, enum signature_state signature)
{
	return put_json(tool->verb,
			json_pack("{s:s, s:s, s:o, s:o, s:O, s:O}", "schema", "realmctl.refvals-show/1", "signature",
				  states[signature], "realms", json_realms(refvals), "platforms",
				  json_platforms(refvals), "warnings", tool->warnings, "notes", tool->notes));
}

int output_written_json(struct tool *tool, const struct realm_refvals *refvals, const char *format, const char *path,
			bool is_signed, size_t len)
{
	return put_json(tool->verb,
			json_pack("{s:s, s:o, s:s, s:b, s:I, s:o, s:O, s:O}", "schema", "realmctl.refvals/1", "file",
				  json_text(path), "format", format, "signed", is_signed, "bytes", (json_int_t)len,
				  "realms", json_realms(refvals), "warnings", tool->warnings, "notes", tool->notes));
}
