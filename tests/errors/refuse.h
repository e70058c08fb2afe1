/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * refuse.h - functions that the linker puts in the place of those that allocate (--wrap in meson.build), so that one
 * fails
 */
#ifndef REFUSE_H
#define REFUSE_H

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>

static atomic_long left; /* allocations until one fails; below 0: none does */
static atomic_bool failed;

static bool refuse(void)
{
	if (atomic_load(&left) < 0 || atomic_fetch_sub(&left, 1))
		return false;
	atomic_store(&failed, true);
	errno = ENOMEM;
	return true;
}

#define WRAP(type, name, params, args, refused)                                                                        \
	type __real_##name params;                                                                                     \
	type __wrap_##name params;                                                                                     \
	type __wrap_##name params                                                                                      \
	{                                                                                                              \
		return refuse() ? (refused) : __real_##name args;                                                      \
	}

#endif /* REFUSE_H */
