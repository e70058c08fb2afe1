/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * lock.c - the lock of the RMM: fair, so that guests that run slice after slice keep nobody out
 *
 * Who finds nobody there has it by one addition. Who has to wait says so by taking a ticket before looking whose turn
 * it is, and who leaves looks for tickets after passing the turn on: one of the two sees the other.
 */
#include "sim.h"

int sim_lock_init(struct sim_lock *lock)
{
	int err = pthread_mutex_init(&lock->mutex, NULL);

	if (err)
		return -err;
	err = pthread_cond_init(&lock->turn, NULL);
	if (err)
		pthread_mutex_destroy(&lock->mutex);
	lock->next = lock->serving = 0;
	return -err;
}

void sim_lock_destroy(struct sim_lock *lock)
{
	pthread_cond_destroy(&lock->turn);
	pthread_mutex_destroy(&lock->mutex);
}

static bool is_turn(const struct sim_lock *lock, uint64_t ticket)
{
	return __atomic_load_n(&lock->serving, __ATOMIC_SEQ_CST) == ticket;
}

void sim_lock_take(struct sim_lock *lock)
{
	uint64_t ticket = __atomic_fetch_add(&lock->next, 1, __ATOMIC_SEQ_CST);

	if (is_turn(lock, ticket))
		return;
	pthread_mutex_lock(&lock->mutex);
	while (!is_turn(lock, ticket))
		pthread_cond_wait(&lock->turn, &lock->mutex);
	pthread_mutex_unlock(&lock->mutex);
}

void sim_lock_give(struct sim_lock *lock)
{
	uint64_t turn = __atomic_add_fetch(&lock->serving, 1, __ATOMIC_SEQ_CST);

	if (__atomic_load_n(&lock->next, __ATOMIC_SEQ_CST) == turn)
		return;
	pthread_mutex_lock(&lock->mutex);
	pthread_cond_broadcast(&lock->turn);
	pthread_mutex_unlock(&lock->mutex);
}
