/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* lock.c - the lock of the RMM: fair, so that guests that run slice after slice keep nobody out */
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

void sim_lock_take(struct sim_lock *lock)
{
	uint64_t ticket;

	pthread_mutex_lock(&lock->mutex);
	ticket = lock->next++;
	while (ticket != lock->serving)
		pthread_cond_wait(&lock->turn, &lock->mutex);
	pthread_mutex_unlock(&lock->mutex);
}

void sim_lock_give(struct sim_lock *lock)
{
	pthread_mutex_lock(&lock->mutex);
	if (++lock->serving != lock->next)
		pthread_cond_broadcast(&lock->turn);
	pthread_mutex_unlock(&lock->mutex);
}
