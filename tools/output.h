/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* output.h - the only code that prints data: output-<group>.c, text and JSON side by side */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "tool.h"

/* ---- output.c: what all have in common ---- */

/* Write text from outside so that it stays on its line and cannot steer a terminal. */
void put_text(FILE *out, const char *text);
/* The same as a JSON string; null for NULL. */
json_t *json_text(const char *text);
/* Lower-case hex of a digest, also as a JSON string. */
#define HEX_TEXT_MAX (2 * REALM_DIGEST_MAX + 1)
void hex_text(char text[HEX_TEXT_MAX], const uint8_t *bytes, size_t len);
json_t *json_hex(const uint8_t *bytes, size_t len);
void put_hex(FILE *out, const uint8_t *bytes, size_t len);
/* "  label  text": the label in so many columns, the text on as many lines as it needs, each below the first */
void put_field(int width, const char *label, const char *text);
/* The same in hex; nothing for no bytes.  As a JSON string of any length; null for no bytes. */
void put_bytes_field(int width, const char *label, const struct realm_bytes *bytes);
json_t *json_bytes(const struct realm_bytes *bytes);
/* A software component of a platform, a line for its texts and fields for its bytes */
void put_component(int width, const struct realm_component *component);
/* Print an object and drop it.  NULL means that making it failed for lack of memory.  Gives the exit code. */
int put_json(const char *verb, json_t *object);

/* The errno of the first write to stdout that failed, else 0.  Soon after the write, errno is still the right one. */
int output_lost(void);

/* ---- output-plan.c: plan and check ---- */

/* text: the plan as realm_plan_format() gives it; path: the file it went to, or NULL */
int output_plan_json(struct tool *tool, const char *path, const char *text);
void output_check_text(const struct tool *tool, const char *path, const struct realm_plan *plan);
/* plan is NULL for one that is refused: that too is an answer. */
int output_check_json(struct tool *tool, const char *path, const struct realm_plan *plan);

/* ---- output-measure.c ---- */

void output_rows_text(const struct realm_measurement *rows);
int output_rows_json(struct tool *tool, const struct realm_measurement *rows);
void output_rim(const struct realm_measurement *rows);

/* ---- output-explain.c ---- */

struct diff;

/* d: where an event log leaves the plan; NULL when there was none to compare with */
void output_explain_text(const struct realm_explanation *answer, const struct diff *d);
int output_explain_json(struct tool *tool, const struct realm_explanation *answer, const struct diff *d);

/* ---- output-create.c ---- */

struct build;

void output_create_text(const struct build *build);
int output_create_json(struct tool *tool, const struct build *build);
/* Both RIMs as notes, for a verb whose standard output is not its own. */
void output_rims(struct tool *tool, const struct build *build);

/* ---- output-info.c ---- */

/* host: its name; profile: REALM_PROFILE_ANY where it is not known */
void output_info_text(const char *host, enum realm_profile profile, const struct realm_host_info *info);
int output_info_json(struct tool *tool, const char *host, enum realm_profile profile,
		     const struct realm_host_info *info);

/* ---- output-token.c, output-verify.c ---- */

int output_token_text(struct tool *tool, const struct realm_token *token);
int output_token_json(struct tool *tool, const struct realm_token *token);

void output_verdict_text(const struct realm_verdict *verdict);
/* refvals: what the token was held against, or NULL; code: what the program will end with */
int output_verdict_json(struct tool *tool, const struct realm_verdict *verdict, const struct realm_refvals *refvals,
			int code);
/* The same for what is no token: the last error of the context says why. */
int output_no_token_json(struct tool *tool, int code);

/* ---- output-refvals.c ---- */

enum signature_state { SIGNATURE_NONE, SIGNATURE_NOT_CHECKED, SIGNATURE_GOOD, SIGNATURE_BAD };

void output_refvals_text(const struct realm_refvals *refvals, enum signature_state signature);
int output_refvals_json(struct tool *tool, const struct realm_refvals *refvals, enum signature_state signature);
/* What was written where, and in what form */
int output_written_json(struct tool *tool, const struct realm_refvals *refvals, const char *format, const char *path,
			bool is_signed, size_t len);

/* ---- output-events.c: a log as it is, or as one JSON object ---- */

/* header, event: lines as realm_events_format() and realm_event_format() give them, so many bytes with the NUL */
struct events_output {
	void (*begin)(const char *header, size_t size);
	void (*event)(const char *event, size_t size, bool first);
	void (*end)(void);
};

extern const struct events_output events_lines;
extern const struct events_output events_json;

/* ---- output-diff.c: differences of two event logs, one at a time ---- */

/*
 * A field is {"field", "a", "b"}; a value that one side lacks is null.
 * A difference is {"a", "b", "event", "address", "fields"} for an event that both logs have; "a" and "b" are its
 * numbers, counted from 1, and address is null where there is none.  For an event that one log lacks, that log's number is
 * null, and "value" is there instead of "fields": the event itself.
 */
struct diff_output {
	void (*header)(const char *a, const char *b, const json_t *fields);
	/* Once, when it is known: so many events are equal before the first difference or the end. */
	void (*equal)(unsigned long long count);
	void (*difference)(const json_t *difference, bool first);
	void (*end)(bool equal);
};

extern const struct diff_output diff_text;
extern const struct diff_output diff_json;

#endif /* OUTPUT_H */
