/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* diff.c - compare two event logs in bounded memory */
#include <errno.h>
#include <string.h>

#include "diff.h"
#include "progress.h"

/* Two events of the same type and address are versions of one another, others are not. */
static bool same_place(const struct realm_event *a, const struct realm_event *b)
{
	return a->type == b->type && a->ipa == b->ipa && a->base == b->base;
}

/* ---- fields ---- */

static int add_field(json_t *fields, const char *name, json_t *a, json_t *b)
{
	return json_array_append_new(fields, json_pack("{s:s, s:O?, s:O?}", "field", name, "a", a, "b", b));
}

static int add_items(json_t *fields, const char *name, json_t *a, json_t *b)
{
	size_t i, count = json_array_size(a);
	char item[64];

	for (i = 0; i < count; i++) {
		if (json_equal(json_array_get(a, i), json_array_get(b, i)))
			continue;
		snprintf(item, sizeof(item), "%s[%zu]", name, i);
		if (add_field(fields, item, json_array_get(a, i), json_array_get(b, i)))
			return -1;
	}
	return 0;
}

/* Digests by two algorithms tell nothing about the content. */
static bool comparable(const struct diff *d, const char *name, const json_t *a, const json_t *b)
{
	return d->same_hash || strcmp(name, "content") != 0 || !a || !b;
}

/* The members in which two objects differ, in their order; NULL when out of memory.  Takes the objects. */
static json_t *differing_fields(const struct diff *d, json_t *a, json_t *b)
{
	json_t *fields = json_array(), *value, *other;
	const char *name;
	int err = a && b && fields ? 0 : -1;

	json_object_foreach (a, name, value) {
		other = json_object_get(b, name);
		if (json_equal(value, other) || !comparable(d, name, value, other))
			continue;
		err |= json_is_array(value) && json_is_array(other) ? add_items(fields, name, value, other)
								    : add_field(fields, name, value, other);
	}
	json_object_foreach (b, name, value)
		if (!json_object_get(a, name))
			err |= add_field(fields, name, NULL, value);
	json_decref(a);
	json_decref(b);
	if (!err)
		return fields;
	json_decref(fields);
	return NULL;
}

/* ---- differences ---- */

static json_t *number(const struct side *side)
{
	return side ? json_integer((json_int_t)side->taken + 1) : json_null();
}

static void keep_first(struct diff *d, unsigned long long equal, json_t *difference)
{
	d->first = json_incref(difference);
	d->first_equal = equal;
}

static void print_difference(const struct diff *d, unsigned long long equal, const json_t *difference)
{
	if (!d->differs)
		d->out->equal(equal);
	d->out->difference(difference, !d->differs);
}

/* Tell of a difference at the first events, and drop it; a or b is NULL for the log that lacks the event.  Takes detail. */
static int report(struct diff *d, const struct side *a, const struct side *b, const char *key, json_t *detail)
{
	json_t *event = side_json(a ? a : b), *address, *difference;

	address = json_object_get(event, "ipa");
	if (!address)
		address = json_object_get(event, "base");
	difference = json_pack("{s:o, s:o, s:O, s:O?, s:o}", "a", number(a), "b", number(b), "event",
			       json_object_get(event, "event"), "address", address, key, detail);
	json_decref(event);
	if (!difference)
		return -ENOMEM;
	progress_hide();
	if (!d->out && !d->differs)
		keep_first(d, (a ? a : b)->taken, difference);
	else if (d->out)
		print_difference(d, (a ? a : b)->taken, difference);
	d->differs = true;
	json_decref(difference);
	return 0;
}

static int report_only(struct diff *d, struct side *side, size_t count)
{
	int err = 0;

	for (; count && !err; count--) {
		err = report(d, side == &d->a ? side : NULL, side == &d->b ? side : NULL, "value", side_json(side));
		side_drop(side);
	}
	return err;
}

/* Both logs have an event of this type and address next. */
static int compare_versions(struct diff *d)
{
	char a[REALM_EVENT_LINE_MAX], b[REALM_EVENT_LINE_MAX];
	json_t *fields;

	if (side_line(&d->a, a) || side_line(&d->b, b))
		return -EINVAL;
	if (strcmp(a, b) != 0) {
		fields = differing_fields(d, side_json(&d->a), side_json(&d->b));
		if (!fields)
			return -ENOMEM;
		if (json_array_size(fields) == 0)
			json_decref(fields);
		else if (report(d, &d->a, &d->b, "fields", fields))
			return -ENOMEM;
	}
	side_drop(&d->a);
	side_drop(&d->b);
	return 0;
}

/* Does an event of b follow i events of a and sum - i events of b?  The least i, or -1. */
static long meeting(const struct diff *d, size_t sum)
{
	size_t i;

	for (i = sum < d->b.count ? 0 : sum - d->b.count + 1; i <= sum && i < d->a.count; i++)
		if (same_place(side_event(&d->a, i), side_event(&d->b, sum - i)))
			return (long)i;
	return -1;
}

/*
 * Where nothing meets, which log goes on alone?  The one whose next event comes first in a log that is in the usual order:
 * by type, and by address within a type.
 */
static bool a_comes_first(const struct diff *d)
{
	const struct realm_event *a = side_event(&d->a, 0), *b = side_event(&d->b, 0);

	if (!d->a.count || !d->b.count)
		return d->a.count > 0;
	if (a->type != b->type)
		return a->type < b->type;
	return (a->ipa | a->base) < (b->ipa | b->base);
}

/* The logs are out of step.  What is left out on either side before they meet again is as little as can be. */
static int resynchronise(struct diff *d)
{
	size_t sum, skip_a = 0, skip_b = 0;
	long i = -1;
	int err;

	for (sum = 0; sum < d->a.count + d->b.count && i < 0; sum++) {
		i = meeting(d, sum);
		skip_a = i < 0 ? 0 : (size_t)i;
		skip_b = i < 0 ? 0 : sum - skip_a;
	}
	if (i < 0 && a_comes_first(d))
		skip_a = d->a.count;
	else if (i < 0)
		skip_b = d->b.count;
	err = report_only(d, &d->a, skip_a);
	return err ? err : report_only(d, &d->b, skip_b);
}

static int step(struct diff *d)
{
	int err;

	if (d->a.count && d->b.count && same_place(side_event(&d->a, 0), side_event(&d->b, 0)))
		return compare_versions(d);
	err = side_fill(&d->a, WINDOW);
	if (!err)
		err = side_fill(&d->b, WINDOW);
	return err ? err : resynchronise(d);
}

static int compare_headers(struct diff *d)
{
	json_t *fields;

	d->same_hash = realm_events_hash(d->a.events) == realm_events_hash(d->b.events);
	fields = differing_fields(d, side_header(&d->a), side_header(&d->b));
	if (!fields)
		return -ENOMEM;
	d->header_differs = json_array_size(fields) > 0;
	if (d->out)
		d->out->header(d->a.path, d->b.path, fields);
	else
		d->header = json_incref(fields);
	json_decref(fields);
	return 0;
}

int diff_compare(struct diff *d)
{
	int err;

	err = compare_headers(d);
	while (!err && !output_lost() && (d->out || !d->differs)) {
		err = side_fill(&d->a, 1);
		if (!err)
			err = side_fill(&d->b, 1);
		if (err || !(d->a.count || d->b.count))
			break;
		err = step(d);
	}
	if (err)
		return err;
	if (!d->differs)
		d->first_equal = d->a.taken;
	if (d->out && !d->differs)
		d->out->equal(d->first_equal);
	if (d->out)
		d->out->end(!d->differs && !d->header_differs);
	return 0;
}

void diff_close(struct diff *d)
{
	side_close(&d->a);
	side_close(&d->b);
	json_decref(d->header);
	json_decref(d->first);
}
