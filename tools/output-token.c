/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output-token.c - what a token says */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"

#define LABEL_WIDTH 24

static const struct {
	const char *name;
	const char *words;
} forms[] = {
	[REALM_TOKEN_LEGACY] = { "legacy", "tag 399: a collection of byte strings" },
	[REALM_TOKEN_CMW] = { "cmw", "tag 907: a collection of CMW records" },
	[REALM_TOKEN_PLATFORM_ONLY] = { "platform-only", "a platform token alone; a CCA token has a realm token too" },
	[REALM_TOKEN_REALM_ONLY] = { "realm-only", "a realm token alone; a CCA token has a platform token too" },
};

struct claims {
	struct realm_platform_claims platform;
	struct realm_realm_claims realm;
};

enum look {
	AS_JSON,
	AS_TEXT,
	AS_HEX,
	AS_LIFECYCLE,
	AS_COMPONENTS,
	AS_REMS,
};

/* How a claim is shown to people; one that is not listed as JSON.  name: as in the JSON; label: where the name does not do. */
struct shown {
	const char *name;
	enum look look;
	size_t offset; /* of AS_HEX: the struct realm_bytes in struct claims */
	const char *label;
};

#define HEX(name, member)                                                                                              \
	{                                                                                                              \
		name, AS_HEX, offsetof(struct claims, member), NULL                                                    \
	}

static const struct shown platform_claims[] = {
	{ "profile", AS_TEXT, 0, NULL },
	HEX("challenge", platform.challenge),
	{ "2408", AS_HEX, offsetof(struct claims, platform.binding), "binding (2408)" },
	HEX("implementation-id", platform.implementation_id),
	HEX("instance-id", platform.instance_id),
	HEX("config", platform.config),
	{ "lifecycle", AS_LIFECYCLE, 0, NULL },
	{ "hash-algo-id", AS_TEXT, 0, NULL },
	{ "sw-components", AS_COMPONENTS, 0, NULL },
	{ "service-indicator", AS_TEXT, 0, NULL },
	{ "2394", AS_JSON, 0, "client-id (2394)" },
	{ NULL, AS_HEX, 0, NULL },
};

static const struct shown realm_claims[] = {
	{ "profile", AS_TEXT, 0, NULL },
	HEX("challenge", realm.challenge),
	{ "256", AS_HEX, offsetof(struct claims, realm.instance_id), "instance-id (256)" },
	HEX("personalization-value", realm.rpv),
	{ "hash-algo-id", AS_TEXT, 0, NULL },
	HEX("initial-measurement", realm.rim),
	{ "extensible-measurements", AS_REMS, 0, NULL },
	HEX("public-key", realm.rak),
	{ "public-key-hash-algo-id", AS_TEXT, 0, NULL },
	{ "44243", AS_JSON, 0, "mec-policy (44243)" },
	{ NULL, AS_HEX, 0, NULL },
};

/* The two tokens that a CCA token is made of */
static const struct part {
	const char *title;
	const char *name;   /* in the JSON */
	const char *prefix; /* of the names of its claims */
	const struct shown *shown;
} parts[] = {
	{ "platform", "cca-platform-token", "cca-platform-", platform_claims },
	{ "realm", "cca-realm-delegated-token", "cca-realm-", realm_claims },
};

#define NUM_PARTS (sizeof(parts) / sizeof(parts[0]))

static void read_claims(const struct realm_token *token, struct claims *claims)
{
	*claims = (struct claims){ .platform.sz = sizeof(claims->platform), .realm.sz = sizeof(claims->realm) };
	/* A part that is not there has no claims. */
	realm_token_platform(token, &claims->platform);
	realm_token_realm(token, &claims->realm);
}

/* NULL when out of memory */
static json_t *load_claims(const struct realm_token *token)
{
	json_t *object;
	char *text;

	if (realm_token_json(token, &text))
		return NULL;
	object = json_loads(text, 0, NULL);
	realm_free(text);
	return object;
}

/* ---- text ---- */

static void put_components(const struct realm_token *token)
{
	struct realm_component component = { .sz = sizeof(component) };
	size_t i;

	for (i = 0; !realm_token_component(token, i, &component); i++)
		put_component(LABEL_WIDTH, &component);
}

static void put_rems(const struct realm_realm_claims *realm)
{
	char label[] = "rem0";
	size_t i;

	for (i = 0; i < REALM_REMS; i++, label[3]++)
		put_bytes_field(LABEL_WIDTH, label, &realm->rems[i]);
}

/* The check of it has words for the number. */
static void put_lifecycle(const struct realm_token *token)
{
	struct realm_check check = { .sz = sizeof(check) };
	struct realm_verdict *verdict;
	size_t i;

	if (realm_token_verify(token, NULL, &verdict) < 0)
		return;
	for (i = 0; !realm_verdict_check(verdict, i, &check); i++)
		if (!strcmp(check.name, "lifecycle") && check.found)
			put_field(LABEL_WIDTH, check.name, check.found);
	realm_verdict_free(verdict);
}

static void put_json_field(const char *label, const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

	if (text)
		put_field(LABEL_WIDTH, label, text);
	free(text);
}

static const struct shown *find_shown(const struct shown *shown, const char *name)
{
	while (shown->name && strcmp(shown->name, name) != 0)
		shown++;
	return shown;
}

static void put_claim(const struct realm_token *token, const struct claims *claims, const struct shown *shown,
		      const char *name, const json_t *value)
{
	const char *label = shown->label ? shown->label : name;

	switch (shown->name ? shown->look : AS_JSON) {
	case AS_TEXT:
		put_field(LABEL_WIDTH, label, json_string_value(value));
		break;
	case AS_HEX:
		put_bytes_field(LABEL_WIDTH, label, (const void *)((const char *)claims + shown->offset));
		break;
	case AS_LIFECYCLE:
		put_lifecycle(token);
		break;
	case AS_COMPONENTS:
		put_components(token);
		break;
	case AS_REMS:
		put_rems(&claims->realm);
		break;
	case AS_JSON:
		put_json_field(label, value);
	}
}

static void put_part(const struct realm_token *token, const struct claims *claims, const struct part *part,
		     json_t *object)
{
	size_t skip = strlen(part->prefix);
	const char *name;
	json_t *value;

	printf("\n%s token, not verified\n", part->title);
	json_object_foreach (object, name, value) {
		const char *rest = strncmp(name, part->prefix, skip) ? name : name + skip;

		put_claim(token, claims, find_shown(part->shown, rest), rest, value);
	}
}

int output_token_text(struct tool *tool, const struct realm_token *token)
{
	json_t *root = load_claims(token), *object;
	struct claims claims;
	size_t i;

	if (!root)
		return system_error(tool->verb, "claims", ENOMEM);
	read_claims(token, &claims);
	puts(forms[realm_token_form(token)].words);
	puts("Nothing of this is verified: see 'realmctl token verify'.");
	for (i = 0; i < NUM_PARTS; i++) {
		object = json_object_get(root, parts[i].name);
		if (object)
			put_part(token, &claims, &parts[i], object);
	}
	json_decref(root);
	return EXIT_DONE;
}

/* ---- JSON ---- */

int output_token_json(struct tool *tool, const struct realm_token *token)
{
	json_t *root = load_claims(token);
	struct claims claims;

	read_claims(token, &claims);
	return put_json(tool->verb,
			json_pack("{s:s, s:s, s:b, s:o, s:o, s:o, s:O, s:O}", "schema", "realmctl.token-show/1", "form",
				  forms[realm_token_form(token)].name, "verified", 0, "platform_profile",
				  json_text(claims.platform.profile), "realm_profile", json_text(claims.realm.profile),
				  "claims", root, "warnings", tool->warnings, "notes", tool->notes));
}
