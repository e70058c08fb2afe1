/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output-verify.c - the checks of a token, and what comes out of them */
#include <stdlib.h>
#include <string.h>

#include "output.h"

#define LABEL_WIDTH 8
#define RESULT_WIDTH 17

static const char *const results[] = {
	[REALM_ACCEPTED] = "accepted",
	[REALM_DIFFERENT] = "different",
	[REALM_REFUSED] = "refused",
};

static const char *const outcomes[] = {
	[REALM_CHECK_GOOD] = "good",
	[REALM_CHECK_BAD] = "bad",
	[REALM_CHECK_FINDING] = "finding",
	[REALM_CHECK_NOT_DONE] = "not-done",
};

/* ---- text ---- */

/* What is left out is said in the words of its reason, when that begins with them. */
static void put_outcome(const struct realm_check *check)
{
	bool left_out = check->outcome == REALM_CHECK_NOT_DONE;
	const char *word = !left_out ? outcomes[check->outcome] : check->mandatory ? "not done" : "not appraised";
	bool said = left_out && check->why && !strncmp(check->why, word, strlen(word));

	printf("%-20s %s%s", check->name, said ? "" : word, check->why && !said ? ": " : "");
	put_text(stdout, check->why ? check->why : "");
	putchar('\n');
}

static void put_check(const struct realm_check *check)
{
	put_outcome(check);
	if (check->expected)
		put_field(LABEL_WIDTH, "expected", check->expected);
	if (check->found)
		put_field(LABEL_WIDTH, "found", check->found);
}

static void put_names(const char *label, const struct realm_verdict *verdict, enum realm_outcome outcome, int mandatory)
{
	struct realm_check check = { .sz = sizeof(check) };
	char *names = NULL;
	size_t i, len;
	FILE *out = open_memstream(&names, &len);

	if (!out)
		return;
	for (i = 0; !realm_verdict_check(verdict, i, &check); i++)
		if (check.outcome == outcome && check.mandatory == mandatory)
			fprintf(out, "%s%s", ftell(out) ? ", " : "", check.name);
	if (!fclose(out) && *names)
		put_field(RESULT_WIDTH, label, names);
	free(names);
}

static void put_result(const struct realm_verdict *verdict)
{
	put_names("bad", verdict, REALM_CHECK_BAD, 1);
	put_names("not done", verdict, REALM_CHECK_NOT_DONE, 1);
	put_names("different", verdict, REALM_CHECK_BAD, 0);
	put_names("not appraised", verdict, REALM_CHECK_NOT_DONE, 0);
	printf("%-20s %s\n", "result", results[realm_verdict_result(verdict)]);
}

void output_verdict_text(const struct realm_verdict *verdict)
{
	struct realm_check check = { .sz = sizeof(check) };
	size_t i;

	printf("%-20s verdict\n", "check");
	for (i = 0; !realm_verdict_check(verdict, i, &check); i++)
		put_check(&check);
	putchar('\n');
	put_result(verdict);
}

/* ---- JSON ---- */

static json_t *json_check(const struct realm_check *check)
{
	return json_pack("{s:s, s:s, s:b, s:o, s:o, s:o}", "check", check->name, "outcome", outcomes[check->outcome],
			 "mandatory", check->mandatory, "expected", json_text(check->expected), "found",
			 json_text(check->found), "why", json_text(check->why));
}

static json_t *json_checks(const struct realm_verdict *verdict)
{
	struct realm_check check = { .sz = sizeof(check) };
	json_t *list = json_array();
	size_t i;

	for (i = 0; !realm_verdict_check(verdict, i, &check); i++)
		json_array_append_new(list, json_check(&check));
	return list;
}

static json_t *json_matched(const struct realm_verdict *verdict, const struct realm_refvals *refvals)
{
	struct realm_reference reference = { .sz = sizeof(reference) };
	size_t index;

	if (realm_verdict_match(verdict, &index) != 1 || realm_refvals_realm(refvals, index, &reference))
		return json_null();
	return json_pack("{s:s?, s:s?, s:o}", "kvm", realm_family_name(reference.family), "rmm",
			 realm_profile_name(reference.profile), "name", json_text(reference.name));
}

static json_t *json_ear(const struct realm_verdict *verdict)
{
	json_t *ear;
	char *text;

	if (realm_verdict_ear(verdict, &text))
		return NULL;
	ear = json_loads(text, 0, NULL);
	realm_free(text);
	return ear;
}

static int put_verdict(struct tool *tool, enum realm_result result, int code, json_t *checks, json_t *matched,
		       json_t *ear)
{
	return put_json(tool->verb,
			json_pack("{s:s, s:s, s:i, s:o, s:o, s:o, s:O, s:O}", "schema", "realmctl.token-verify/1",
				  "result", results[result], "exit", code, "checks", checks, "matched", matched, "ear",
				  ear, "warnings", tool->warnings, "notes", tool->notes));
}

int output_verdict_json(struct tool *tool, const struct realm_verdict *verdict, const struct realm_refvals *refvals,
			int code)
{
	return put_verdict(tool, realm_verdict_result(verdict), code, json_checks(verdict),
			   json_matched(verdict, refvals), json_ear(verdict));
}

/* "where: why" of the last error; NULL when out of memory */
static char *last_error(struct tool *tool)
{
	const struct realm_error *error = realm_ctx_last_error(tool->ctx);
	const char *where = realm_error_where(error);
	char *text;

	return asprintf(&text, "%s%s%s", where ? where : "", where ? ": " : "", realm_error_why(error)) < 0 ? NULL
													    : text;
}

int output_no_token_json(struct tool *tool, int code)
{
	char *why = last_error(tool);
	struct realm_check check = { .name = "structure", .outcome = REALM_CHECK_BAD, .mandatory = 1, .why = why };
	int lost =
		put_verdict(tool, REALM_REFUSED, code, json_pack("[o]", json_check(&check)), json_null(), json_null());

	free(why);
	return lost;
}
