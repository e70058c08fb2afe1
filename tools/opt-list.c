/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* opt-list.c - options that may be repeated */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "opts.h"

struct list_kind {
	enum opt_kind value;
	size_t size;   /* of an item */
	size_t member; /* of the item that receives the value */
	bool adds;     /* a new item; otherwise the last one is meant */
};

static const struct list_kind *list_kind(enum opt_kind kind)
{
	static const struct list_kind kinds[] = {
		[OPT_INPUTS] = { OPT_INPUT, sizeof(const char *), 0, true },
		[OPT_DIGESTS] = { OPT_DIGEST, sizeof(struct opt_bytes), 0, true },
		[OPT_REMS] = { OPT_REM, sizeof(struct opt_rem), 0, true },
		[OPT_PLANS] = { OPT_INPUT, sizeof(struct opt_plan), offsetof(struct opt_plan, path), true },
		[OPT_PLAN_FAMILY] = { OPT_FAMILY, sizeof(struct opt_plan), offsetof(struct opt_plan, family), false },
		[OPT_PLAN_PROFILE] = { OPT_PROFILE, sizeof(struct opt_plan), offsetof(struct opt_plan, profile),
				       false },
	};

	return kinds[kind].size ? &kinds[kind] : NULL;
}

enum opt_kind opt_value_kind(enum opt_kind kind)
{
	const struct list_kind *list = list_kind(kind);

	return list ? list->value : kind;
}

bool opt_is_list(enum opt_kind kind)
{
	return list_kind(kind) != NULL;
}

bool opt_adds(enum opt_kind kind)
{
	const struct list_kind *list = list_kind(kind);

	return list && list->adds;
}

void *opt_list_place(enum opt_kind kind, struct opt_list *list)
{
	const struct list_kind *k = list_kind(kind);
	char *items = list->items;

	errno = 0;
	if (k->adds) {
		items = reallocarray(list->items, list->count + 1, k->size);
		if (!items)
			return NULL;
		memset(items + list->count * k->size, 0, k->size);
		list->items = items;
		list->count++;
	}
	return list->count ? items + (list->count - 1) * k->size + k->member : NULL;
}

const char *opt_list_path(enum opt_kind kind, const struct opt_list *list, size_t i)
{
	const struct list_kind *k = list_kind(kind);
	const char *path, *items = list->items;

	if (k->value != OPT_INPUT || i >= list->count)
		return NULL;
	memcpy(&path, items + i * k->size + k->member, sizeof(path));
	return path;
}
