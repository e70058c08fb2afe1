/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output-explain.c - why a RIM is not the expected one */
#include <stdlib.h>

#include "diff.h"
#include "output.h"

static void put_edit(const struct realm_explain_edit *edit)
{
	printf("  %s: %s -> %s\n", edit->where, edit->from ? edit->from : "nothing", edit->to ? edit->to : "nothing");
}

static void put_edits(const struct realm_explanation *answer)
{
	struct realm_explain_edit edit = { .sz = sizeof(edit) };
	unsigned int change = 0;
	size_t i;

	for (i = 0; !realm_explanation_edit(answer, i, &edit); i++) {
		if (!i || edit.change != change)
			printf("change %u: %s\n", edit.change + 1, edit.why);
		change = edit.change;
		put_edit(&edit);
	}
}

static void put_answer(const struct realm_explanation *answer)
{
	enum realm_profile profile;
	enum realm_family family;

	if (!realm_explanation_found(answer, &family, &profile))
		printf("no plan near this one that was tried gives this RIM (%s)\n",
		       realm_hash_name(realm_explanation_hash(answer)));
	else if (realm_explanation_count(answer))
		printf("%s with %s gives this RIM when the plan is changed:\n", realm_family_name(family),
		       realm_profile_name(profile));
	else
		printf("%s with %s gives this RIM: the plan is right as it is\n", realm_family_name(family),
		       realm_profile_name(profile));
}

static void put_unsearched(const struct realm_explanation *answer)
{
	const char *line;
	size_t i;

	for (i = 0; (line = realm_explanation_unsearched(answer, i)); i++)
		printf("%s  %s\n", i ? "" : "not searched:\n", line);
}

static void put_difference(const struct diff *d)
{
	diff_text.header(d->a.path, d->b.path, d->header);
	diff_text.equal(d->first_equal);
	if (d->first)
		diff_text.difference(d->first, true);
	diff_text.end(!d->differs && !d->header_differs);
}

void output_explain_text(const struct realm_explanation *answer, const struct diff *d)
{
	uint64_t tried = realm_explanation_tried(answer);

	put_answer(answer);
	put_edits(answer);
	printf("measured %llu variant%s of the plan\n", (unsigned long long)tried, tried == 1 ? "" : "s");
	put_unsearched(answer);
	if (d)
		put_difference(d);
}

/* What the library gives as JSON text; null where there is nothing. */
static json_t *json_value(const char *text)
{
	return text ? json_loads(text, JSON_DECODE_ANY, NULL) : json_null();
}

static json_t *json_edits(const struct realm_explanation *answer)
{
	struct realm_explain_edit edit = { .sz = sizeof(edit) };
	json_t *list = json_array();
	size_t i;

	for (i = 0; !realm_explanation_edit(answer, i, &edit); i++)
		json_array_append_new(list, json_pack("{s:i, s:s, s:o, s:o, s:s}", "change", (int)edit.change + 1,
						      "where", edit.where, "from", json_value(edit.from), "to",
						      json_value(edit.to), "why", edit.why));
	return list;
}

static json_t *json_unsearched(const struct realm_explanation *answer)
{
	json_t *list = json_array();
	const char *line;
	size_t i;

	for (i = 0; (line = realm_explanation_unsearched(answer, i)); i++)
		json_array_append_new(list, json_string(line));
	return list;
}

static json_t *json_diff(const struct diff *d)
{
	if (!d)
		return json_null();
	return json_pack("{s:o, s:o, s:O, s:I, s:O?, s:b}", "a", json_text(d->a.path), "b", json_text(d->b.path),
			 "header", d->header, "first_equal", (json_int_t)d->first_equal, "difference", d->first,
			 "equal", !d->differs && !d->header_differs);
}

int output_explain_json(struct tool *tool, const struct realm_explanation *answer, const struct diff *d)
{
	enum realm_profile profile = REALM_PROFILE_ANY;
	enum realm_family family = REALM_FAMILY_ANY;
	int found = realm_explanation_found(answer, &family, &profile);

	return put_json(tool->verb,
			json_pack("{s:s, s:b, s:s, s:s?, s:s?, s:o, s:I, s:o, s:o, s:O, s:O}", "schema",
				  "realmctl.explain/1", "found", found, "hash",
				  realm_hash_name(realm_explanation_hash(answer)), "kvm", realm_family_name(family),
				  "rmm", realm_profile_name(profile), "edits", json_edits(answer), "tried",
				  (json_int_t)realm_explanation_tried(answer), "unsearched", json_unsearched(answer),
				  "events", json_diff(d), "warnings", tool->warnings, "notes", tool->notes));
}
