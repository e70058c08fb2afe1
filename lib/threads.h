/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* threads.h - threads that help the caller's */
#ifndef REALM_THREADS_H
#define REALM_THREADS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* Busy threads to work with: as many as asked for, 0 for one a CPU. */
size_t threads_wanted(unsigned int asked);
/* False when the system refuses one: those there are do the work. */
bool thread_start(pthread_t *thread, void *(*main)(void *arg), void *arg);

#endif /* REALM_THREADS_H */
