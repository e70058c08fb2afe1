/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * lock.h - a spin lock between CPUs
 *
 * SWP and not exclusives: those do not work in Device memory, which all memory is while an MMU is off. That SWP does is
 * QEMU's doing, not the architecture's.
 */
#ifndef QEMU_LOCK_H
#define QEMU_LOCK_H

#include <stdint.h>

struct lock {
	uint32_t taken;
};

static inline void lock_take(struct lock *lock)
{
	uint32_t was;

	do
		__asm__ volatile("swpa %w1, %w0, [%2]" : "=&r"(was) : "r"(1), "r"(&lock->taken) : "memory");
	while (was);
}

static inline void lock_drop(struct lock *lock)
{
	__asm__ volatile("stlr wzr, [%0]" : : "r"(&lock->taken) : "memory");
}

#endif
