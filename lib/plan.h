/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* plan.h - what the files that make a plan share */
#ifndef REALM_PLAN_H
#define REALM_PLAN_H

#include "internal.h"

/* Plans may hold device trees in hex; what is larger belongs in a file of its own. */
#define PLAN_JSON_MAX (16u * 1024 * 1024)
/* As many as KVM has MPIDRs for: Aff0 has 4 bits, Aff1 and Aff2 have 8. */
#define PLAN_RECS_MAX (1u << 20)

/* Make room for one more item; NULL when there is none, and items is as it was. */
void *grow_array(void *items, size_t count, size_t size);
/* Record a failure at "$.LIST[INDEX].KEY", or "$.LIST[INDEX]" without a key, and return -err. */
int fail_item(const struct realm_plan *plan, int err, const char *list, size_t index, const char *key, const char *fmt,
	      ...) PRINTF(6, 7);
/* Where a load's bytes come from, as a key of the JSON format; NULL for what the format cannot hold. */
const char *load_source_key(const struct load *load);
void load_free(struct load *load);

struct jval;
/* Take over the values of a JSON object that a host profile may have too.  All of them may be left out. */
int plan_read_host_values(const struct jval *root, struct realm_plan *plan);

#endif /* REALM_PLAN_H */
