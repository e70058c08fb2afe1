/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* progress.c - a bar on the terminal for what takes more than a second */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"

#define BAR_WIDTH 40
#define FIRST_MS 1000 /* before that there is no bar */
#define EACH_MS 100

static const char erase[] = "\r\033[K";
static volatile sig_atomic_t shown;

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool can_show(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

static void on_signal(int number)
{
	/* Nothing can be done about a failed write here. */
	if (shown && write(STDERR_FILENO, erase, sizeof(erase) - 1) < 0)
		shown = 0;
	raise(number); /* with the default action again: SA_RESETHAND */
}

static void erase_at_signals(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND }, old;
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (!sigaction(numbers[i], NULL, &old) && old.sa_handler == SIG_DFL)
			sigaction(numbers[i], &action, NULL);
}

static void draw(uint64_t done, uint64_t total, const char *what)
{
	double part = total ? (double)done / (double)total : 1;
	int full = (int)(part * BAR_WIDTH);
	char bar[BAR_WIDTH + 1];

	memset(bar, ' ', BAR_WIDTH);
	memset(bar, '#', (size_t)full);
	bar[BAR_WIDTH] = '\0';
	if (!shown)
		erase_at_signals();
	shown = 1;
	fprintf(stderr, "\r[%s] %3d%% of %s", bar, (int)(part * 100), what);
	fflush(stderr);
}

static void show(uint64_t done, uint64_t total, const char *what)
{
	static int64_t next_ms;
	int64_t now = now_ms();

	if (!next_ms)
		next_ms = can_show() ? now + FIRST_MS : INT64_MAX;
	if (now >= next_ms && done <= total) {
		draw(done, total, what);
		next_ms = now + EACH_MS;
	}
}

int progress(void *arg, uint64_t done, uint64_t total)
{
	char what[32];

	snprintf(what, sizeof(what), "%.1f MiB", (double)total / (1 << 20));
	show(done, total, what);
	if (done >= total)
		progress_hide(); /* another bar may follow, which is shorter */
	return 0;
}

int progress_search(void *arg, uint64_t done, uint64_t total)
{
	show(done, total, "the search");
	return 0;
}

void progress_hide(void)
{
	if (!shown)
		return;
	fputs(erase, stderr);
	fflush(stderr);
	shown = 0;
}
