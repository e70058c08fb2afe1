/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * path.c - file names seen from another directory
 *
 * "a/.." is the current directory only when a is no symbolic link.  So ".." is worked out where the name before it is known
 * to be none (the current directory, realpath()) and kept elsewhere.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "path.h"

char *path_dir(const char *file)
{
	const char *slash = strrchr(file, '/');

	if (!slash)
		return strdup(".");
	return strndup(file, slash == file ? 1 : (size_t)(slash - file));
}

static char *concat(const char *a, const char *separator, const char *b)
{
	size_t size = strlen(a) + strlen(separator) + strlen(b) + 1;
	char *whole = malloc(size);

	if (whole)
		snprintf(whole, size, "%s%s%s", a, separator, b);
	return whole;
}

char *path_join(const char *dir, const char *name)
{
	if (!dir || !*dir || !strcmp(dir, ".") || *name == '/')
		return strdup(name);
	return concat(dir, dir[strlen(dir) - 1] == '/' ? "" : "/", name);
}

/* Step over "/", "./" and, while base has a directory to leave, "../". */
static const char *skip_dots(char *base, const char *name)
{
	for (;;) {
		if (*name == '/') {
			name++;
		} else if (!strncmp(name, "./", 2)) {
			name += 2;
		} else if (!strncmp(name, "../", 3)) {
			char *slash = strrchr(base, '/');

			name += 3;
			if (slash)
				*slash = '\0';
		} else {
			return name;
		}
	}
}

char *path_absolute(const char *name)
{
	char *cwd, *whole;

	if (*name == '/')
		return strdup(name);
	cwd = getcwd(NULL, 0);
	if (!cwd)
		return NULL;
	if (!strcmp(cwd, "/"))
		*cwd = '\0';
	name = skip_dots(cwd, name);
	whole = concat(cwd, "/", name);
	free(cwd);
	return whole;
}

/* Bytes of the leading directories that both have, the last slash included. */
static size_t common_dirs(const char *dir, const char *name)
{
	size_t common = 0;
	size_t i;

	for (i = 0; dir[i] && dir[i] == name[i]; i++)
		if (dir[i] == '/')
			common = i + 1;
	return common;
}

/* Both absolute.  The directories that name has in common with dir are no links: work out the dots behind them. */
static void settle(const char *dir, char *name)
{
	for (;;) {
		char *rest = name + common_dirs(dir, name);
		const char *settled;
		size_t len;

		rest[-1] = '\0';
		settled = skip_dots(name, rest);
		len = strlen(name);
		name[len] = '/';
		if (settled == rest)
			return;
		memmove(name + len + 1, settled, strlen(settled) + 1);
	}
}

static char *climb(const char *dir, const char *name)
{
	size_t common = common_dirs(dir, name);
	size_t ups = 0;
	char *whole;
	size_t i;

	for (i = common; dir[i]; i++)
		ups += dir[i] == '/';
	name += common;
	whole = malloc(3 * ups + strlen(name) + 1);
	if (!whole)
		return NULL;
	for (i = 0; i < ups; i++)
		memcpy(whole + 3 * i, "../", 3);
	strcpy(whole + 3 * ups, name);
	return whole;
}

char *path_relative(const char *dir, const char *name)
{
	char *real = realpath(dir, NULL);
	char *base = real ? concat(real, strcmp(real, "/") ? "/" : "", "") : NULL;
	char *absolute = path_absolute(name);
	char *relative = NULL;

	if (base && absolute) {
		settle(base, absolute);
		relative = climb(base, absolute);
	}
	free(absolute);
	free(base);
	free(real);
	return relative;
}
