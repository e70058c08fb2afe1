/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* outfile.c - write a file wholly or not at all */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "outfile.h"

static int write_all(int fd, const char *data, size_t left)
{
	ssize_t n;

	while (left) {
		n = write(fd, data, left);
		if (n < 0 && errno != EINTR)
			return errno;
		if (n > 0) {
			data += n;
			left -= (size_t)n;
		}
	}
	return 0;
}

static int write_and_close(int fd, const void *data, size_t len)
{
	int err = fd < 0 ? errno : write_all(fd, data, len);

	if (fd >= 0 && close(fd) && !err)
		err = errno;
	return err;
}

/* mkstemp() gives 0600; a new file gets what open() would give it, an old one keeps its mode. */
static mode_t file_mode(const char *path)
{
	struct stat st;
	mode_t mask;

	if (!stat(path, &st))
		return st.st_mode & 07777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

static int write_temporary(char *name, mode_t mode, const void *data, size_t len)
{
	int fd = mkstemp(name), err;

	if (fd >= 0 && fchmod(fd, mode)) {
		err = errno;
		close(fd);
		return err;
	}
	return write_and_close(fd, data, len);
}

static int replace(const char *path, const void *data, size_t len)
{
	sigset_t all, old;
	char *name;
	int err;

	if (asprintf(&name, "%s.XXXXXX", path) < 0)
		return ENOMEM;
	/* An interrupted run leaves no temporary file. */
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	err = write_temporary(name, file_mode(path), data, len);
	if (!err && rename(name, path))
		err = errno;
	if (err)
		unlink(name);
	sigprocmask(SIG_SETMASK, &old, NULL);
	free(name);
	return err;
}

int outfile_write(const char *path, const void *data, size_t len)
{
	struct stat st;
	char *real;
	int err;

	if (!stat(path, &st) && !S_ISREG(st.st_mode))
		return write_and_close(open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC), data, len);
	/* A symbolic link stays one. */
	real = realpath(path, NULL);
	err = replace(real ? real : path, data, len);
	free(real);
	return err;
}
