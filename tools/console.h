/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * console.h - standard input and output as the console of a guest
 *
 * One thread serves it, and waits for the files; vCPUs only leave bytes there, and take them.
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <termios.h>

#define CONSOLE_OUT 4096
#define CONSOLE_IN 256

struct console {
	pthread_mutex_t lock; /* of what vCPUs see: both rings, and closed */
	pthread_cond_t room;
	uint8_t out[CONSOLE_OUT];
	size_t out_head;
	size_t out_count;
	uint8_t in[CONSOLE_IN];
	size_t in_head;
	size_t in_count;
	bool closed; /* what is put goes nowhere */
	bool ended;  /* there is no more input */
	int wake;    /* eventfd that ends a wait */
	int lost;    /* errno of the write that failed; 0: none */
	bool terminal;
	struct termios saved; /* of the terminal */
};

/* A terminal passes keys on as they are typed from now on, but for Ctrl-C.  0 or a positive errno. */
int console_open(struct console *console);
/* Gives the terminal back as it was. */
void console_close(struct console *console);

/* For vCPUs.  Putting waits as long as nobody takes the output; getting gives -1 when there is nothing. */
void console_put(struct console *console, uint8_t byte);
int console_get(struct console *console);
/* Ends one wait of the thread that serves, now or the next time; also for signal handlers. */
void console_wake(const struct console *console);

/* For the thread that serves.  Wait for something to do, and do it. */
void console_serve(struct console *console);
/* Is there output that was not taken yet, and can be? */
bool console_pending(struct console *console);
/* No vCPU waits any more. */
void console_release(struct console *console);

#endif /* CONSOLE_H */
