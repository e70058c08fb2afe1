/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* tool.c - contexts and messages of realmctl's verbs */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "output.h"
#include "progress.h"
#include "tool.h"

static void note(void *arg, enum realm_log_level level, const char *where, const char *message)
{
	struct tool *tool = arg;
	bool warning = level == REALM_LOG_WARNING;

	if (level > REALM_LOG_NOTE)
		return;
	json_array_append_new(warning ? tool->warnings : tool->notes,
			      json_pack("{s:o, s:o}", "where", json_text(where), "message", json_text(message)));
	progress_hide();
	fprintf(stderr, "realmctl %s: %s: ", tool->verb, warning ? "warning" : "note");
	if (where) {
		put_text(stderr, where);
		fputs(": ", stderr);
	}
	put_text(stderr, message);
	fputc('\n', stderr);
}

void tool_note(struct tool *tool, const char *where, const char *message)
{
	note(tool, REALM_LOG_NOTE, where, message);
}

int tool_open(struct tool *tool, const char *verb)
{
	*tool = (struct tool){ .verb = verb, .warnings = json_array(), .notes = json_array() };
	if (!tool->warnings || !tool->notes || realm_ctx_new(&tool->ctx))
		return -ENOMEM;
	return realm_ctx_set_log(tool->ctx, note, tool);
}

void tool_close(struct tool *tool)
{
	realm_ctx_free(tool->ctx);
	host_close(tool->sim);
	json_decref(tool->warnings);
	json_decref(tool->notes);
}

void complain(const char *verb, const char *what, const char *why, int err, const char *hint)
{
	const char *name = strerrorname_np(-err);

	progress_hide();
	fprintf(stderr, "realmctl%s%s: ", *verb ? " " : "", verb);
	put_text(stderr, what);
	fputs(": ", stderr);
	put_text(stderr, why);
	fprintf(stderr, " (%s)", name ? name : "EIO");
	if (hint) {
		fputs("; ", stderr);
		put_text(stderr, hint);
	}
	fputc('\n', stderr);
}

int tool_failed(struct tool *tool, const char *what, int err)
{
	const struct realm_error *error = realm_ctx_last_error(tool->ctx);
	const char *where = realm_error_where(error);
	char *both = NULL;

	if (realm_error_code(error) != err) {
		complain(tool->verb, what, strerror(-err), err, NULL);
	} else {
		/* A JSON path says nothing without its file. */
		if (where && where[0] == '$' && asprintf(&both, "%s: %s", what, where) < 0)
			both = NULL;
		complain(tool->verb,
			 both    ? both
			 : where ? where
				 : what,
			 realm_error_why(error), err, realm_error_hint(error));
		free(both);
	}
	return err == -EOPNOTSUPP || err == -ENODEV ? EXIT_UNSUPPORTED : EXIT_FAILED;
}

int usage_error(const char *verb, const char *what, const char *why, const char *hint)
{
	char help[64];

	snprintf(help, sizeof(help), "see 'realmctl %s%s--help'", verb, *verb ? " " : "");
	complain(verb, what, why, -EINVAL, hint ? hint : help);
	return EXIT_USAGE;
}

int system_error(const char *verb, const char *what, int err)
{
	complain(verb, what, strerror(err), -err, NULL);
	return EXIT_FAILED;
}
