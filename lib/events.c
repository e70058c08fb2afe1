/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* events.c - the iterator over events, and its source that is a plan under a family */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "measurement.h"

struct plan_events {
	struct realm_events base;
	struct walk walk;
	struct granules *granules;
	bool in_data;
};

void event_from_granule(struct realm_event *event, const struct granule *granule)
{
	memset(event, 0, sizeof(*event));
	event->sz = sizeof(*event);
	event->type = REALM_EVENT_DATA;
	event->ipa = granule->ipa;
	if (!granule->measured)
		return;
	event->flags = RMM_DATA_FLAGS_MEASURE_MASK;
	memcpy(event->content, granule->digest, sizeof(event->content));
}

static int plan_next(struct realm_events *base, struct realm_event *event)
{
	struct plan_events *events = (struct plan_events *)base;
	struct granule granule;
	int ret;

	for (;;) {
		if (events->in_data) {
			ret = granules_next(events->granules, &granule);
			if (ret > 0)
				event_from_granule(event, &granule);
			if (ret)
				return ret;
			events->in_data = false;
		}
		ret = walk_next(&events->walk, event);
		if (ret != WALK_DATA)
			return ret;
		events->in_data = true;
	}
}

static void plan_free(struct realm_events *base)
{
	struct plan_events *events = (struct plan_events *)base;

	granules_close(events->granules);
	walk_free(&events->walk);
	free(events);
}

static int check_family(struct realm_plan *plan, enum realm_family family)
{
	if (!realm_family_name(family))
		return realm_fail(plan->ctx, EINVAL, "family", NULL, "there is no family %d", (int)family);
	if (realm_family_has_profile(family, REALM_PROFILE_RMM_1_0) &&
	    !profile_can(REALM_PROFILE_RMM_1_0, plan->hash, plan->granule))
		return realm_fail(plan->ctx, EOPNOTSUPP, realm_family_name(family),
				  "use sha256 or sha512 and granules of 4096 bytes, or a family from rmi-v13 on",
				  "RMM 1.0 has neither sha384 nor other granules than 4096 bytes");
	return 0;
}

int realm_events_new(struct realm_plan *plan, enum realm_family family, const struct realm_work_opts *opts,
		     struct realm_events **eventsp)
{
	struct plan_events *events;
	int err;

	if (!plan || !eventsp)
		return -EINVAL;
	if (family == REALM_FAMILY_ANY)
		family = REALM_FAMILY_RMI_V14;
	err = check_family(plan, family);
	if (err)
		return err;
	err = plan_validate(plan);
	if (err)
		return err;
	events = calloc(1, sizeof(*events));
	if (!events)
		return realm_fail_nomem(plan->ctx);
	events->base = (struct realm_events){ .ctx = plan->ctx,
					      .hash = plan->hash,
					      .granule = plan->granule,
					      .family = family,
					      .next = plan_next,
					      .free = plan_free };
	err = walk_init(&events->walk, plan, family);
	if (!err)
		err = granules_open(plan, family_measures_all(family), opts, &events->granules);
	if (err) {
		plan_free(&events->base);
		return err;
	}
	family_warn(plan, family);
	*eventsp = &events->base;
	return 0;
}

void realm_events_free(struct realm_events *events)
{
	if (events)
		events->free(events);
}

int realm_events_next(struct realm_events *events, struct realm_event *event)
{
	struct realm_event next;
	int ret;

	if (!events || !event)
		return -EINVAL;
	if (events->failed)
		return events->failed;
	if (event->sz < sizeof(event->sz))
		return realm_fail(events->ctx, EINVAL, "event", NULL, "sz is not set");
	events->started = true;
	ret = events->next(events, &next);
	if (ret < 0)
		events->failed = ret;
	if (ret > 0)
		realm_give(event, &next, sizeof(next));
	return ret;
}

enum realm_hash realm_events_hash(const struct realm_events *events)
{
	return events ? events->hash : REALM_HASH_SHA256;
}

uint32_t realm_events_granule(const struct realm_events *events)
{
	return events ? events->granule : 0;
}

enum realm_family realm_events_family(const struct realm_events *events)
{
	return events ? events->family : REALM_FAMILY_ANY;
}
