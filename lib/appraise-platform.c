/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * appraise-platform.c - a platform's software components and configuration against reference values
 *
 * All reference values of an implementation id count together, however many files or triples they came in.
 */
#include <stdio.h>
#include <string.h>

#include "refvals.h"
#include "verdict.h"

#define LISTED_MAX 4

/* ---- which reference values ---- */

static bool is_ours(const struct ref_platform *ref, const struct realm_token *token)
{
	const struct realm_bytes id = { .data = ref->implementation_id, .len = sizeof(ref->implementation_id) };

	return same_bytes(&id, &token->platform.implementation_id);
}

/* The next one of the token's implementation; ref is NULL at the start, and the result at the end. */
static const struct ref_platform *next_ref(const struct realm_refvals *refvals, const struct realm_token *token,
					   const struct ref_platform *ref)
{
	/* Nothing may be added to a NULL pointer, not even zero. */
	const struct ref_platform *end = refvals->num_platforms ? refvals->platforms + refvals->num_platforms : NULL;

	for (ref = ref ? ref + 1 : refvals->platforms; ref < end; ref++)
		if (is_ours(ref, token))
			return ref;
	return NULL;
}

/* ---- software components ---- */

/* Places in a list that is said at the end. */
struct list {
	size_t count;
	char text[LISTED_MAX * 128];
};

static void list_add(struct list *list, const char *name, const struct realm_bytes *measurement)
{
	size_t used = strlen(list->text), i;

	if (list->count++ >= LISTED_MAX)
		return;
	used += (size_t)snprintf(list->text + used, sizeof(list->text) - used, "%s%.*s", used ? ", " : "",
				 name ? quoted(name) : 0, name ? name : "");
	if (name)
		return;
	for (i = 0; i < measurement->len && i < 8; i++)
		used += (size_t)snprintf(list->text + used, sizeof(list->text) - used, "%02x", measurement->data[i]);
}

static bool same_name(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

/* What a reference value leaves open is not compared. */
static bool fits(const struct realm_component *ref, const struct realm_component *component)
{
	return same_bytes(&ref->measurement, &component->measurement) && same_bytes(&ref->signer, &component->signer) &&
	       (!ref->name || same_name(ref->name, component->name)) &&
	       (!ref->version || same_name(ref->version, component->version));
}

static bool has_reference(const struct realm_refvals *refvals, const struct realm_token *token,
			  const struct realm_component *component)
{
	const struct ref_platform *ref = NULL;
	size_t i;

	while ((ref = next_ref(refvals, token, ref)))
		for (i = 0; i < ref->num_components; i++)
			if (fits(&ref->components[i], component))
				return true;
	return false;
}

/*
 * Reference values of one name are alternatives, such as versions: the token has one of them when it has a component of
 * that name, which was held against them all.
 */
static bool is_there(const struct realm_token *token, const struct realm_component *ref)
{
	size_t i;

	for (i = 0; i < token->platform.num_components; i++)
		if (fits(ref, &token->components[i]) || same_name(ref->name, token->components[i].name))
			return true;
	return false;
}

static void list_unknown(const struct realm_refvals *refvals, const struct realm_token *token, struct list *list)
{
	size_t i;

	for (i = 0; i < token->platform.num_components; i++) {
		const struct realm_component *component = &token->components[i];

		if (!has_reference(refvals, token, component))
			list_add(list, component->name, &component->measurement);
	}
}

static void list_missing(const struct realm_refvals *refvals, const struct realm_token *token, struct list *list)
{
	const struct ref_platform *ref = NULL;
	size_t i;

	while ((ref = next_ref(refvals, token, ref)))
		for (i = 0; i < ref->num_components; i++)
			if (!is_there(token, &ref->components[i]))
				list_add(list, ref->components[i].name, &ref->components[i].measurement);
}

static void say_list(struct realm_verdict *verdict, const struct list *list, const char *fault)
{
	size_t more = list->count > LISTED_MAX ? list->count - LISTED_MAX : 0;

	if (more)
		check_fail(verdict, CHECK_COMPONENTS, REALM_CHECK_BAD, "%s: %s and %zu more", fault, list->text, more);
	else
		check_fail(verdict, CHECK_COMPONENTS, REALM_CHECK_BAD, "%s: %s", fault, list->text);
}

static size_t count_components(const struct realm_refvals *refvals, const struct realm_token *token)
{
	const struct ref_platform *ref = NULL;
	size_t count = 0;

	while ((ref = next_ref(refvals, token, ref)))
		count += ref->num_components;
	return count;
}

static void appraise_components(struct realm_verdict *verdict, const struct realm_token *token,
				const struct realm_refvals *refvals)
{
	struct list unknown = { 0 }, missing = { 0 };
	size_t count = count_components(refvals, token);

	if (!count)
		return;
	check_say(verdict, CHECK_COMPONENTS, CHECK_EXPECTED, "%zu reference values", count);
	check_say(verdict, CHECK_COMPONENTS, CHECK_FOUND, "%zu components", token->platform.num_components);
	list_unknown(refvals, token, &unknown);
	list_missing(refvals, token, &missing);
	if (unknown.count)
		say_list(verdict, &unknown, "no reference value fits");
	else if (missing.count)
		say_list(verdict, &missing, "expected and not in the token");
	else
		check_end(verdict, CHECK_COMPONENTS, REALM_CHECK_GOOD);
}

/* ---- configuration ---- */

static bool config_fits(const struct ref_platform *ref, const struct realm_bytes *config)
{
	size_t i;

	if (!ref->config_mask.len)
		return same_bytes(&ref->config, config);
	if (ref->config.len != config->len || ref->config_mask.len != config->len)
		return false;
	for (i = 0; i < config->len; i++)
		if ((ref->config.data[i] ^ config->data[i]) & ref->config_mask.data[i])
			return false;
	return true;
}

/* One reference value that fits is enough; the last one is shown when none does. */
static void appraise_config(struct realm_verdict *verdict, const struct realm_token *token,
			    const struct realm_refvals *refvals)
{
	const struct realm_bytes *config = &token->platform.config;
	const struct ref_platform *ref = NULL, *shown = NULL;
	bool good = false;

	while (!good && (ref = next_ref(refvals, token, ref))) {
		if (!ref->config.len)
			continue;
		shown = ref;
		good = config_fits(ref, config);
	}
	if (!shown)
		return;
	check_hex(verdict, CHECK_CONFIGURATION, CHECK_EXPECTED, &shown->config);
	check_hex(verdict, CHECK_CONFIGURATION, CHECK_FOUND, config);
	if (good && shown->config_mask.len)
		check_say(verdict, CHECK_CONFIGURATION, CHECK_WHY, "but for the bits that do not count");
	check_end(verdict, CHECK_CONFIGURATION, good ? REALM_CHECK_GOOD : REALM_CHECK_BAD);
}

/* ---- all together ---- */

void appraise_platform(struct realm_verdict *verdict, const struct realm_token *token,
		       const struct realm_verify_opts *opts)
{
	const struct realm_refvals *refvals = opts->refvals;
	const char *why = "not appraised: no reference value given";

	if (!token_part(token, REALM_TOKEN_PLATFORM)->present) {
		why = "not appraised: there is no platform token";
	} else if (refvals && refvals->num_platforms && !next_ref(refvals, token, NULL)) {
		check_fail(verdict, CHECK_COMPONENTS, REALM_CHECK_BAD, "no reference value for this implementation id");
		why = "not appraised: no reference value for this implementation id";
	} else if (refvals) {
		appraise_components(verdict, token, refvals);
		appraise_config(verdict, token, refvals);
	}
	check_leave_out(verdict, CHECK_COMPONENTS, CHECK_CONFIGURATION, why);
}
