/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* console.c - standard input and output as the console of a guest */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "console.h"

/* ---- the terminal ---- */

/* Output is left alone: it is the terminal's choice what a new line looks like. */
static void type_through(struct termios *mode)
{
	mode->c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | ISTRIP | IXON);
	mode->c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
	mode->c_cc[VMIN] = 1;
	mode->c_cc[VTIME] = 0;
	/* Only VINTR is for us. */
	mode->c_cc[VQUIT] = _POSIX_VDISABLE;
	mode->c_cc[VSUSP] = _POSIX_VDISABLE;
}

static int open_terminal(struct console *console)
{
	struct termios mode;

	if (tcgetattr(STDIN_FILENO, &console->saved))
		return 0; /* it is none */
	mode = console->saved;
	type_through(&mode);
	if (tcsetattr(STDIN_FILENO, TCSANOW, &mode))
		return errno;
	console->terminal = true;
	return 0;
}

int console_open(struct console *console)
{
	int err;

	*console = (struct console){ .lock = PTHREAD_MUTEX_INITIALIZER, .room = PTHREAD_COND_INITIALIZER };
	console->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (console->wake < 0)
		return errno;
	err = open_terminal(console);
	if (err)
		close(console->wake);
	return err;
}

void console_close(struct console *console)
{
	if (console->terminal)
		tcsetattr(STDIN_FILENO, TCSANOW, &console->saved);
	close(console->wake);
	console->wake = -1; /* for signal handlers */
}

/* ---- vCPUs ---- */

void console_wake(const struct console *console)
{
	static const uint64_t one = 1;

	/* It fails when there are 2^64 - 2 wakes to be seen: then one more says nothing new. */
	if (write(console->wake, &one, sizeof(one)) < 0)
		return;
}

void console_put(struct console *console, uint8_t byte)
{
	bool first;

	pthread_mutex_lock(&console->lock);
	while (console->out_count == CONSOLE_OUT && !console->closed)
		pthread_cond_wait(&console->room, &console->lock);
	first = !console->closed && !console->out_count;
	if (!console->closed)
		console->out[(console->out_head + console->out_count++) % CONSOLE_OUT] = byte;
	pthread_mutex_unlock(&console->lock);
	if (first)
		console_wake(console);
}

int console_get(struct console *console)
{
	int byte = -1;
	bool was_full;

	pthread_mutex_lock(&console->lock);
	was_full = console->in_count == CONSOLE_IN;
	if (console->in_count) {
		byte = console->in[console->in_head];
		console->in_head = (console->in_head + 1) % CONSOLE_IN;
		console->in_count--;
	}
	pthread_mutex_unlock(&console->lock);
	if (was_full)
		console_wake(console);
	return byte;
}

/* ---- the thread that serves ---- */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool is_for_later(int err)
{
	return err == EINTR || err == EAGAIN;
}

static void write_some(struct console *console, size_t len)
{
	ssize_t done = write(STDOUT_FILENO, console->out + console->out_head, len);

	if (done < 0) {
		console->lost = is_for_later(errno) ? 0 : errno;
		return;
	}
	pthread_mutex_lock(&console->lock);
	console->out_head = (console->out_head + (size_t)done) % CONSOLE_OUT;
	console->out_count -= (size_t)done;
	pthread_cond_broadcast(&console->room);
	pthread_mutex_unlock(&console->lock);
}

static void read_some(struct console *console, size_t room)
{
	uint8_t bytes[CONSOLE_IN];
	ssize_t i, got = read(STDIN_FILENO, bytes, room);

	if (got < 0 && is_for_later(errno))
		return;
	if (got <= 0)
		console->ended = true;
	pthread_mutex_lock(&console->lock);
	for (i = 0; i < got; i++)
		console->in[(console->in_head + console->in_count++) % CONSOLE_IN] = bytes[i];
	pthread_mutex_unlock(&console->lock);
}

/* len: bytes that can be written at once, no more than a pipe that is ready takes without waiting */
static void look(struct console *console, size_t *len, size_t *room)
{
	pthread_mutex_lock(&console->lock);
	*len = least(least(console->out_count, CONSOLE_OUT - console->out_head), PIPE_BUF);
	*room = console->ended ? 0 : CONSOLE_IN - console->in_count;
	pthread_mutex_unlock(&console->lock);
}

void console_serve(struct console *console)
{
	struct pollfd files[] = { { .fd = console->wake, .events = POLLIN },
				  { .events = POLLIN },
				  { .events = POLLOUT } };
	size_t len, room;
	uint64_t wakes;

	look(console, &len, &room);
	files[1].fd = room ? STDIN_FILENO : -1;
	files[2].fd = len ? STDOUT_FILENO : -1;
	if (poll(files, 3, -1) < 0)
		return;
	if (files[0].revents && read(console->wake, &wakes, sizeof(wakes)) < 0)
		return;
	if (files[1].revents)
		read_some(console, room);
	if (files[2].revents)
		write_some(console, len);
}

bool console_pending(struct console *console)
{
	bool pending;

	pthread_mutex_lock(&console->lock);
	pending = console->out_count && !console->lost;
	pthread_mutex_unlock(&console->lock);
	return pending;
}

void console_release(struct console *console)
{
	pthread_mutex_lock(&console->lock);
	console->closed = true;
	pthread_cond_broadcast(&console->room);
	pthread_mutex_unlock(&console->lock);
}
