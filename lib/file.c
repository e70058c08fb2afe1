/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* file.c - the bytes of inputs: whole small files, and loads read in pieces with holes skipped */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

/* Any errno of open() or read() as one of the documented set. */
static int file_errno(int err)
{
	switch (err) {
	case ENOENT:
	case ENOTDIR:
		return ENOENT;
	case EACCES:
	case EPERM:
		return EACCES;
	case ENOMEM:
		return ENOMEM;
	default:
		return EIO;
	}
}

/* label: the file, when where is its place in a plan */
static int fail_errno(struct realm_ctx *ctx, const char *where, const char *label, int err)
{
	const char *hint = NULL;

	if (label && file_errno(err) == ENOENT)
		hint = "names in a plan are relative to its directory, or to the current one when it comes from "
		       "standard "
		       "input";
	return realm_fail(ctx, file_errno(err), where, hint, "%s%s%s", label ? label : "", label ? ": " : "",
			  strerror(err));
}

static const char *kind_of(mode_t mode)
{
	if (S_ISDIR(mode))
		return "a directory";
	if (S_ISFIFO(mode))
		return "a pipe";
	if (S_ISSOCK(mode))
		return "a socket";
	return "a device";
}

/* Size of a regular file; label names it in messages when where does not. */
static int regular_size(struct realm_ctx *ctx, int fd, const char *where, const char *label, uint64_t *sizep)
{
	struct stat st;

	if (fstat(fd, &st))
		return fail_errno(ctx, where, label, errno);
	if (!S_ISREG(st.st_mode))
		return realm_fail(ctx, EINVAL, where, "name a regular file", "%s%sis %s", label ? label : "",
				  label ? ": " : "", kind_of(st.st_mode));
	*sizep = (uint64_t)st.st_size;
	return 0;
}

static int open_regular(struct realm_ctx *ctx, const char *path, const char *where, const char *label, uint64_t *sizep)
{
	/* O_NONBLOCK: a pipe without a writer must be refused, not waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	int err;

	if (fd < 0)
		return fail_errno(ctx, where, label, errno);
	err = regular_size(ctx, fd, where, label, sizep);
	if (!err)
		return fd;
	close(fd);
	return err;
}

int file_open(struct realm_ctx *ctx, const char *path, uint64_t *sizep)
{
	return open_regular(ctx, path, path, NULL, sizep);
}

int file_open_stream(struct realm_ctx *ctx, const char *path, uint64_t *sizep)
{
	struct stat st = { 0 };
	int fd;

	do /* a pipe is waited for until it has a writer */
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return fail_errno(ctx, path, NULL, errno);
	if (!fstat(fd, &st) && (S_ISREG(st.st_mode) || S_ISFIFO(st.st_mode))) {
		*sizep = (uint64_t)st.st_size;
		return fd;
	}
	close(fd);
	return realm_fail(ctx, EINVAL, path, "name a regular file or a pipe", "is %s", kind_of(st.st_mode));
}

/* Read to the end or to max + 1 bytes, whichever comes first. */
static int read_up_to(struct realm_ctx *ctx, int fd, const char *label, size_t max, uint8_t **bufp, size_t *lenp)
{
	size_t len = 0, room = 0;
	uint8_t *buf = NULL;

	*bufp = NULL;
	*lenp = 0;
	while (len <= max) {
		ssize_t got;

		if (len == room) {
			uint8_t *bigger = realloc(buf, room = room ? 2 * room : 65536);

			if (!bigger) {
				free(buf);
				return realm_fail_nomem(ctx);
			}
			buf = bigger;
		}
		got = read(fd, buf + len, room - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			int err = errno;

			free(buf);
			return fail_errno(ctx, label, NULL, err);
		}
		if (!got)
			break;
		len += (size_t)got;
	}
	*bufp = buf;
	*lenp = len;
	return 0;
}

int file_read_all(struct realm_ctx *ctx, const char *path, size_t max, uint8_t **bufp, size_t *lenp)
{
	bool is_stdin = !strcmp(path, "-");
	const char *label = is_stdin ? "standard input" : path;
	uint64_t size = 0;
	uint8_t *buf;
	size_t len;
	int fd = is_stdin ? STDIN_FILENO : file_open(ctx, path, &size);
	int err;

	if (fd < 0)
		return fd;
	err = read_up_to(ctx, fd, label, max, &buf, &len);
	if (!is_stdin)
		close(fd);
	if (err)
		return err;
	if (len > max) {
		free(buf);
		return realm_fail(ctx, EINVAL, label, "is this the right file?", "is larger than %zu bytes", max);
	}
	*bufp = buf;
	*lenp = len;
	return 0;
}

/* ---- loads ---- */

/* A file or descriptor of file_size bytes: those that offset and size select. */
static int select_bytes(struct realm_ctx *ctx, const struct load *load, const char *where, uint64_t file_size,
			uint64_t *lengthp)
{
	const char *label = load->file ? load->file : "descriptor";

	if (load->offset > file_size)
		return realm_fail(ctx, EINVAL, where, "lower the offset",
				  "offset %llu is past the end of %s, which has %llu bytes",
				  (unsigned long long)load->offset, label, (unsigned long long)file_size);
	if (load->size > file_size - load->offset)
		return realm_fail(ctx, EINVAL, where, "lower the size, or leave it out to load up to the end",
				  "size %llu at offset %llu is past the end of %s, which has %llu bytes",
				  (unsigned long long)load->size, (unsigned long long)load->offset, label,
				  (unsigned long long)file_size);
	*lengthp = load->size ? load->size : file_size - load->offset;
	return 0;
}

int source_length(struct realm_ctx *ctx, const struct load *load, const char *where, uint64_t *lengthp)
{
	uint64_t file_size;
	int fd, err;

	switch (load->kind) {
	case REALM_LOAD_MEMORY:
	case REALM_LOAD_CALLBACK:
	case REALM_LOAD_ZERO:
		*lengthp = load->size;
		return 0;
	case REALM_LOAD_FD:
		err = regular_size(ctx, load->fd, where, NULL, &file_size);
		return err ? err : select_bytes(ctx, load, where, file_size, lengthp);
	case REALM_LOAD_FILE:
		break;
	}
	fd = open_regular(ctx, load->file, where, load->file, &file_size);
	if (fd < 0)
		return fd;
	close(fd);
	return select_bytes(ctx, load, where, file_size, lengthp);
}

int source_open(const struct load *load, struct source *src)
{
	*src = (struct source){ .load = load, .fd = -1 };
	if (load->kind == REALM_LOAD_FD)
		src->fd = load->fd;
	if (load->kind != REALM_LOAD_FILE)
		return 0;
	src->fd = open(load->file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (src->fd < 0)
		return -file_errno(errno);
	src->own_fd = true;
	return 0;
}

static int read_fd(int fd, uint64_t offset, uint8_t *buf, size_t len)
{
	while (len) {
		ssize_t got = pread(fd, buf, len, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) /* an error, or the file is shorter than it was */
			return -EIO;
		buf += got;
		offset += (uint64_t)got;
		len -= (size_t)got;
	}
	return 0;
}

int source_read(const struct source *src, uint64_t offset, void *buf, size_t len)
{
	const struct load *load = src->load;

	switch (load->kind) {
	case REALM_LOAD_MEMORY:
		memcpy(buf, load->data + offset, len);
		return 0;
	case REALM_LOAD_ZERO:
		memset(buf, 0, len);
		return 0;
	case REALM_LOAD_CALLBACK:
		return load->read(load->read_arg, offset, buf, len) ? -EIO : 0;
	case REALM_LOAD_FD:
	case REALM_LOAD_FILE:
		break;
	}
	return read_fd(src->fd, load->offset + offset, buf, len);
}

bool source_is_hole(const struct source *src, uint64_t offset, size_t len)
{
#ifdef SEEK_DATA
	off_t data;
#endif

	if (src->load->kind == REALM_LOAD_ZERO)
		return true;
#ifdef SEEK_DATA
	if (!src->own_fd) /* seeking would move the offset of the caller's descriptor */
		return false;
	offset += src->load->offset;
	data = lseek(src->fd, (off_t)offset, SEEK_DATA);
	if (data >= 0)
		return (uint64_t)data >= offset + len;
	if (errno == ENXIO) { /* no data from here on: a hole, unless the file became shorter */
		struct stat st;

		return !fstat(src->fd, &st) && (uint64_t)st.st_size >= offset + len;
	}
#endif
	return false;
}

void source_close(struct source *src)
{
	if (src->own_fd)
		close(src->fd);
	src->fd = -1;
	src->own_fd = false;
}
