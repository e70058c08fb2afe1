/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* nearest.c - which name was meant? */
#include <string.h>

#include "opts.h"

#define NAME_MAX_LEN 64

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edits (insert, delete, replace) that make b of a. */
static size_t distance(const char *a, const char *b)
{
	size_t row[NAME_MAX_LEN + 1], i, j, above, corner, len = strlen(b);

	for (j = 0; j <= len; j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		corner = row[0]++;
		for (j = 1; j <= len; j++) {
			above = row[j];
			row[j] = least(corner + (a[i] != b[j - 1]), least(above, row[j - 1]) + 1);
			corner = above;
		}
	}
	return row[len];
}

const char *nearest(const char *wrong, const char *(*next)(const void *arg, unsigned int i), const void *arg)
{
	size_t len = strlen(wrong), best = len / 2 + 1, d;
	const char *name, *found = NULL;
	unsigned int i;

	if (!len || len > NAME_MAX_LEN)
		return NULL;
	for (i = 0; (name = next(arg, i)); i++) {
		if (strlen(name) > NAME_MAX_LEN)
			continue;
		/* The beginning of a name is as near as can be. */
		d = strncmp(name, wrong, len) ? distance(wrong, name) : 0;
		if (d < best) {
			best = d;
			found = name;
		}
	}
	return found;
}
