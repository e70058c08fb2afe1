/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* infile.c - read a whole file */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "infile.h"

#define FIRST_ROOM 4096

static int make_room(uint8_t **datap, size_t len, size_t *room)
{
	uint8_t *data;

	if (len < *room)
		return 0;
	data = reallocarray(*datap, 2, *room);
	if (!data)
		return ENOMEM;
	*datap = data;
	*room *= 2;
	return 0;
}

/* Until the end, or one byte more than is wanted */
static int read_all(int fd, size_t max, uint8_t **datap, size_t *lenp)
{
	size_t room = FIRST_ROOM;
	ssize_t n;
	int err = 0;

	*datap = malloc(room);
	if (!*datap)
		return ENOMEM;
	while (!err && *lenp <= max) {
		n = read(fd, *datap + *lenp, room - *lenp);
		if (!n)
			return 0;
		if (n > 0)
			*lenp += (size_t)n;
		else if (errno != EINTR)
			return errno;
		err = make_room(datap, *lenp, &room);
	}
	return err ? err : EFBIG;
}

int infile_read(const char *path, size_t max, uint8_t **datap, size_t *lenp)
{
	bool is_stdin = !strcmp(path, "-");
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	uint8_t *data = NULL;
	size_t len = 0;
	int err;

	if (fd < 0)
		return errno;
	err = read_all(fd, max, &data, &len);
	if (!is_stdin)
		close(fd);
	if (err) {
		free(data);
		return err;
	}
	*datap = data;
	*lenp = len;
	return 0;
}
