/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* progress.h - a bar on the terminal for what takes more than a second */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdint.h>

/* A realm_progress_fn.  Silent unless stderr is a terminal that can go back to the start of a line. */
int progress(void *arg, uint64_t done, uint64_t total);
/* The same for a search, whose parts have no size. */
int progress_search(void *arg, uint64_t done, uint64_t total);
/* Take the bar away, if there is one: before a message, and at the end. */
void progress_hide(void);

#endif /* PROGRESS_H */
