/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* refs.c - what a token, or a file with reference values, is held against: keys, REMs, plans */
#include "progress.h"
#include "refs.h"

int read_keys(struct tool *tool, const struct opt_list *keys, const char *store, struct realm_keys **keysp)
{
	const char *const *paths = keys->items;
	int err = realm_keys_new(tool->ctx, keysp);
	size_t i;

	if (err)
		return tool_failed(tool, "--key", err);
	for (i = 0; i < keys->count; i++) {
		err = realm_keys_add_file(*keysp, paths[i]);
		if (err)
			return tool_failed(tool, paths[i], err);
	}
	err = store ? realm_keys_add_store(*keysp, store) : 0;
	return err ? tool_failed(tool, store, err) : EXIT_DONE;
}

int refuse_rems(const char *verb, const struct opt_list *rems, const char *log)
{
	const struct opt_rem *items = rems->items;
	unsigned int seen = 0;
	char what[16];
	size_t i;

	if (log && rems->count)
		return usage_error(verb, "--rem", "a log is given too, which says all REMs", NULL);
	for (i = 0; i < rems->count; i++) {
		if (seen & 1u << items[i].index) {
			snprintf(what, sizeof(what), "--rem %u", items[i].index);
			return usage_error(verb, what, "is given twice", NULL);
		}
		seen |= 1u << items[i].index;
	}
	return EXIT_DONE;
}

static int set_rems(struct tool *tool, const struct opt_list *list, struct realm_rems *rems)
{
	const struct opt_rem *items = list->items;
	int err = 0;
	size_t i;

	for (i = 0; !err && i < list->count; i++)
		err = realm_rems_set(rems, items[i].index, items[i].digest.data, items[i].digest.len);
	return err ? tool_failed(tool, "--rem", err) : EXIT_DONE;
}

int read_rems(struct tool *tool, const struct opt_list *rems, const char *log, struct realm_rems **remsp)
{
	int err;

	if (!log && !rems->count)
		return EXIT_DONE;
	err = realm_rems_new(tool->ctx, remsp);
	if (err)
		return tool_failed(tool, "REMs", err);
	if (!log)
		return set_rems(tool, rems, *remsp);
	err = realm_rems_read_log(*remsp, log);
	return err ? tool_failed(tool, log, err) : EXIT_DONE;
}

int add_plan(struct tool *tool, const struct opt_plan *arg, const struct realm_rems *rems,
	     struct realm_refvals *refvals)
{
	struct realm_work_opts work = { .sz = sizeof(work), .progress = progress };
	struct realm_measure_opts opts = { .sz = sizeof(opts),
					   .family = (enum realm_family)arg->family,
					   .profile = (enum realm_profile)arg->profile,
					   .work = &work };
	struct realm_plan *plan = NULL;
	int err = realm_plan_read(tool->ctx, arg->path, &plan);

	if (!err)
		err = realm_refvals_add_plan(refvals, plan, &opts, rems);
	progress_hide();
	realm_plan_free(plan);
	return err ? tool_failed(tool, arg->path, err) : EXIT_DONE;
}
