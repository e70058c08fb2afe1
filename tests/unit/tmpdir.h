/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* tmpdir.h - group setup and teardown that run tests inside a fresh directory */
#ifndef TMPDIR_H
#define TMPDIR_H

#include <ftw.h>
#include <unistd.h>

#include "unit.h"

static char tmpdir[4096];

static inline int enter_tmpdir(void **state)
{
	const char *parent = getenv("TMPDIR");

	snprintf(tmpdir, sizeof(tmpdir), "%s/librealm-XXXXXX", parent ? parent : "/tmp");
	return mkdtemp(tmpdir) && !chdir(tmpdir) ? 0 : -1;
}

static inline int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	return remove(path);
}

static inline int leave_tmpdir(void **state)
{
	return chdir("/") ? -1 : nftw(tmpdir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void write_file(const char *path, const void *data, size_t len)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

#endif /* TMPDIR_H */
