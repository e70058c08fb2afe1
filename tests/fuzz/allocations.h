/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* allocations.h - the largest allocation, where a sanitizer tells of them */
#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

#include <stdlib.h>

extern int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void *, size_t),
						     void (*on_free)(const volatile void *)) __attribute__((weak));

static size_t largest;

static void on_malloc(const volatile void *data, size_t size)
{
	if (size > largest)
		largest = size;
}

static void on_free(const volatile void *data)
{
}

static inline void watch_allocations(void)
{
	static int watching;

	if (!watching && __sanitizer_install_malloc_and_free_hooks)
		__sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
	watching = 1;
	largest = 0;
}

/* Since watch_allocations(): errors and OpenSSL take some whatever the size. */
static inline void check_allocations(size_t size, size_t times)
{
	if (largest > times * size + 65536)
		abort();
}

#endif /* ALLOCATIONS_H */
