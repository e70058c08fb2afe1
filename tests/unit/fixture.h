/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* fixture.h - a context that remembers its log, and a directory of files that a test made */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <unistd.h>

#include "unit.h"

struct fixture {
	struct realm_ctx *ctx;
	char dir[32];
	char names[8][64]; /* of the files in dir */
	size_t num_names;
	char log[4096]; /* "w WHERE: message" lines; n for notes */
};

static inline void fixture_log(void *arg, enum realm_log_level level, const char *where, const char *message)
{
	struct fixture *f = arg;
	size_t used = strlen(f->log);

	snprintf(f->log + used, sizeof(f->log) - used, "%c %s: %s\n", level == REALM_LOG_WARNING ? 'w' : 'n',
		 where ? where : "-", message);
}

static inline int fixture_setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (!f || realm_ctx_new(&f->ctx) || realm_ctx_set_log(f->ctx, fixture_log, f))
		return -1;
	strcpy(f->dir, "/tmp/realm-unit-XXXXXX");
	*state = f;
	return mkdtemp(f->dir) ? 0 : -1;
}

/* The name of a file in the directory, which need not exist; removed at the end. */
static inline const char *fixture_path(struct fixture *f, const char *name)
{
	size_t i;

	for (i = 0; i < f->num_names; i++)
		if (!strcmp(strrchr(f->names[i], '/') + 1, name))
			return f->names[i];
	assert_in_range(f->num_names, 0, ARRAY_SIZE(f->names) - 1);
	snprintf(f->names[i], sizeof(f->names[i]), "%s/%s", f->dir, name);
	f->num_names++;
	return f->names[i];
}

/* A file of size bytes: data, then a hole. */
static inline const char *fixture_write(struct fixture *f, const char *name, const void *data, size_t len,
					uint64_t size)
{
	const char *path = fixture_path(f, name);
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(truncate(path, (off_t)size), 0);
	return path;
}

static inline int fixture_teardown(void **state)
{
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < f->num_names; i++)
		unlink(f->names[i]);
	i = (size_t)rmdir(f->dir);
	realm_ctx_free(f->ctx);
	free(f);
	return (int)i;
}

#define fixture_test(t) cmocka_unit_test_setup_teardown(t, fixture_setup, fixture_teardown)

/* A little-endian number in a header. */
static inline void put_le(uint8_t *at, uint64_t value, size_t bytes)
{
	for (; bytes; bytes--, value >>= 8)
		*at++ = (uint8_t)value;
}

/* An arm64 Image header: 64 bytes (Linux, Documentation/arch/arm64/booting.rst). */
static inline void put_image_head(uint8_t *head, uint64_t text_offset, uint64_t image_size, uint64_t flags)
{
	memset(head, 0, 64);
	put_le(head + 8, text_offset, 8);
	put_le(head + 16, image_size, 8);
	put_le(head + 24, flags, 8);
	put_le(head + 56, 0x644d5241, 4);
}

#endif /* FIXTURE_H */
