/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* threads.c - threads that help the caller's: how many, and how one is started */
#include <signal.h>
#include <unistd.h>

#include "threads.h"

#define MAX_THREADS 256

size_t threads_wanted(unsigned int asked)
{
	size_t threads = asked;

	if (!threads) {
		long cpus = sysconf(_SC_NPROCESSORS_ONLN);

		threads = cpus > 0 ? (size_t)cpus : 1;
	}
	return threads < MAX_THREADS ? threads : MAX_THREADS;
}

bool thread_start(pthread_t *thread, void *(*main)(void *arg), void *arg)
{
	sigset_t all, old;
	int err;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old); /* signals are the caller's */
	err = pthread_create(thread, NULL, main, arg);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return !err;
}
