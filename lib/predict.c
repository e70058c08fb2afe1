/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* predict.c - the RIMs of a plan or an event list: a row for each family and profile, one pass over the content */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define MAX_ROWS FAMILY_PAIRS

struct row {
	enum realm_family family;
	enum realm_profile profile;
	struct realm_rim *rim;
};

struct realm_measurement {
	enum realm_hash hash;
	size_t num_rows;
	struct row rows[MAX_ROWS];
};

/* ---- which rows ---- */

static void add_row(struct realm_measurement *rows, enum realm_family family, enum realm_profile profile)
{
	rows->rows[rows->num_rows++] = (struct row){ .family = family, .profile = profile };
}

static void add_distinct(struct realm_measurement *rows, enum realm_profile profile)
{
	size_t i;

	for (i = 0; i < FAMILY_PAIRS; i++)
		if (profile == REALM_PROFILE_ANY || profile == family_pairs[i].profile)
			add_row(rows, family_pairs[i].family, family_pairs[i].profile);
}

/* One family, or none named: the profiles that go with it. */
static void add_profiles(struct realm_measurement *rows, enum realm_family family, enum realm_profile wanted)
{
	unsigned int profile;

	for (profile = REALM_PROFILE_RMM_1_0; profile <= REALM_PROFILE_TF_RMM_2_0; profile++)
		if ((wanted == REALM_PROFILE_ANY || wanted == profile) &&
		    (family == REALM_FAMILY_ANY || realm_family_has_profile(family, (enum realm_profile)profile)))
			add_row(rows, family, (enum realm_profile)profile);
}

static void drop_impossible(struct realm_ctx *ctx, struct realm_measurement *rows, uint32_t granule)
{
	size_t i, kept = 0;

	for (i = 0; i < rows->num_rows; i++) {
		struct row row = rows->rows[i];
		const char *family = realm_family_name(row.family);

		if (profile_can(row.profile, rows->hash, granule))
			rows->rows[kept++] = row;
		else
			realm_log(ctx, REALM_LOG_NOTE, realm_profile_name(row.profile),
				  "left out%s%s: it has neither sha384 nor other granules than 4096 bytes",
				  family ? " for " : "", family ? family : "");
	}
	rows->num_rows = kept;
}

/* Check what was asked for, and start a RIM for each row that is left. */
static int start_rows(struct realm_ctx *ctx, struct realm_measurement *rows, const struct realm_measure_opts *opts,
		      uint32_t granule)
{
	size_t i;
	int err = 0;

	if (!rows->num_rows)
		return realm_fail(ctx, EOPNOTSUPP, realm_profile_name(opts->profile),
				  "rme-rfc, rme and rmi-v12 go with rmm-1.0, the others with rmm-2.0 and tf-rmm-2.0",
				  "does not go with this family");
	drop_impossible(ctx, rows, granule);
	if (!rows->num_rows)
		return realm_fail(ctx, EOPNOTSUPP, realm_profile_name(REALM_PROFILE_RMM_1_0),
				  "use sha256 or sha512 and granules of 4096 bytes, or RMM 2.0",
				  "has neither sha384 nor other granules than 4096 bytes");
	for (i = 0; !err && i < rows->num_rows; i++)
		err = realm_rim_new(ctx, rows->rows[i].profile, rows->hash, &rows->rows[i].rim);
	return err;
}

static int check_opts(struct realm_ctx *ctx, struct realm_measure_opts *opts, const struct realm_measure_opts *user)
{
	int err = realm_read_opts(ctx, "realm_measure_opts", opts, sizeof(*opts), user);

	if (err)
		return err;
	if ((opts->family != REALM_FAMILY_ANY && !realm_family_name(opts->family)) ||
	    (opts->profile != REALM_PROFILE_ANY && !realm_profile_name(opts->profile)))
		return realm_fail(ctx, EINVAL, "realm_measure_opts", NULL, "there is no such family or profile");
	return 0;
}

/* ---- a plan ---- */

/* The events of one row that come before the loads, or those that come after them. */
static int walk_part(struct walk *walk, struct realm_rim *rim)
{
	struct realm_event event;
	int ret, err = 0;

	while (!err && (ret = walk_next(walk, &event)) == 1)
		err = realm_rim_extend(rim, &event);
	return err;
}

static int extend_all(struct realm_measurement *rows, const struct realm_event *event)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < rows->num_rows; i++)
		err = realm_rim_extend(rows->rows[i].rim, event);
	return err;
}

static int measure_loads(struct realm_plan *plan, struct realm_measurement *rows, const struct realm_work_opts *work)
{
	bool measure_all = family_measures_all(rows->rows[0].family);
	struct granules *granules;
	struct granule granule;
	struct realm_event event;
	int err = granules_open(plan, measure_all, work, &granules);
	int ret;

	if (err)
		return err;
	while ((ret = granules_next(granules, &granule)) > 0) {
		event_from_granule(&event, &granule);
		ret = extend_all(rows, &event);
		if (ret)
			break;
	}
	granules_close(granules);
	return ret;
}

static int measure_rows(struct realm_plan *plan, struct realm_measurement *rows, const struct realm_work_opts *work)
{
	struct walk walks[MAX_ROWS] = { 0 };
	size_t i;
	int err = 0;

	for (i = 0; !err && i < rows->num_rows; i++) {
		err = walk_init(&walks[i], plan, rows->rows[i].family);
		if (!err)
			err = walk_part(&walks[i], rows->rows[i].rim);
	}
	if (!err)
		err = measure_loads(plan, rows, work);
	for (i = 0; !err && i < rows->num_rows; i++)
		err = walk_part(&walks[i], rows->rows[i].rim);
	for (i = 0; i < rows->num_rows; i++)
		walk_free(&walks[i]);
	return err;
}

static void warn_rows(struct realm_plan *plan, const struct realm_measurement *rows)
{
	size_t i;

	for (i = 0; i < rows->num_rows; i++)
		if (!i || rows->rows[i].family != rows->rows[i - 1].family)
			family_warn(plan, rows->rows[i].family);
}

int realm_measure(struct realm_plan *plan, const struct realm_measure_opts *user,
		  struct realm_measurement **measurementp)
{
	struct realm_measure_opts opts = { .sz = sizeof(opts) };
	struct realm_measurement *rows;
	int err;

	if (!plan || !measurementp)
		return -EINVAL;
	err = check_opts(plan->ctx, &opts, user);
	if (!err)
		err = plan_validate(plan);
	if (err)
		return err;
	rows = calloc(1, sizeof(*rows));
	if (!rows)
		return realm_fail_nomem(plan->ctx);
	rows->hash = plan->hash;
	if (opts.family == REALM_FAMILY_ANY)
		add_distinct(rows, opts.profile);
	else
		add_profiles(rows, opts.family, opts.profile);
	err = start_rows(plan->ctx, rows, &opts, plan->granule);
	if (!err) {
		warn_rows(plan, rows);
		err = measure_rows(plan, rows, opts.work);
	}
	if (err) {
		realm_measurement_free(rows);
		return err;
	}
	*measurementp = rows;
	return 0;
}

/* ---- an event list ---- */

static int measure_list(struct realm_events *events, struct realm_measurement *rows)
{
	struct realm_event event = { .sz = sizeof(event) };
	int ret;

	while ((ret = realm_events_next(events, &event)) > 0) {
		ret = extend_all(rows, &event);
		if (ret)
			break;
	}
	if (!ret && event.type != REALM_EVENT_ACTIVATE)
		realm_log(events->ctx, REALM_LOG_NOTE, "events",
			  "end without activate: if the log was cut off, the realm's RIM is another");
	return ret;
}

int realm_measure_events(struct realm_events *events, const struct realm_measure_opts *user,
			 struct realm_measurement **measurementp)
{
	struct realm_measure_opts opts = { .sz = sizeof(opts) };
	struct realm_measurement *rows;
	int err;

	if (!events || !measurementp)
		return -EINVAL;
	err = check_opts(events->ctx, &opts, user);
	if (err)
		return err;
	if (events->started)
		return realm_fail(events->ctx, EBUSY, "events", NULL, "were taken before");
	if (opts.family != REALM_FAMILY_ANY && events->family != REALM_FAMILY_ANY && opts.family != events->family)
		return realm_fail(events->ctx, EOPNOTSUPP, realm_family_name(opts.family), NULL,
				  "is not the family of these events, %s", realm_family_name(events->family));
	rows = calloc(1, sizeof(*rows));
	if (!rows)
		return realm_fail_nomem(events->ctx);
	rows->hash = events->hash;
	add_profiles(rows, events->family != REALM_FAMILY_ANY ? events->family : opts.family, opts.profile);
	err = start_rows(events->ctx, rows, &opts, events->granule);
	if (!err)
		err = measure_list(events, rows);
	if (err) {
		realm_measurement_free(rows);
		return err;
	}
	*measurementp = rows;
	return 0;
}

/* ---- the rows ---- */

void realm_measurement_free(struct realm_measurement *measurement)
{
	size_t i;

	if (!measurement)
		return;
	for (i = 0; i < measurement->num_rows; i++)
		realm_rim_free(measurement->rows[i].rim);
	free(measurement);
}

enum realm_hash realm_measurement_hash(const struct realm_measurement *measurement)
{
	return measurement ? measurement->hash : REALM_HASH_SHA256;
}

size_t realm_measurement_count(const struct realm_measurement *measurement)
{
	return measurement ? measurement->num_rows : 0;
}

const uint8_t *realm_measurement_row(const struct realm_measurement *measurement, size_t index,
				     enum realm_family *familyp, enum realm_profile *profilep)
{
	const struct row *row;

	if (!measurement || index >= measurement->num_rows)
		return NULL;
	row = &measurement->rows[index];
	if (familyp)
		*familyp = row->family;
	if (profilep)
		*profilep = row->profile;
	return realm_rim_value(row->rim);
}
