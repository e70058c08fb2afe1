/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * files.c - descriptors of the host
 *
 * Each is a memfd of the machine below, so that its number is nobody else's, leaks show where they always do, and
 * memory that kernel and user space share is mapped from it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sim.h"

/* Makes room for a descriptor; called with the table locked. */
static bool has_room(struct realm_sim *sim, int fd)
{
	size_t max = sim->max_files ? sim->max_files : 64;
	struct sim_file **files;

	while (max <= (size_t)fd)
		max *= 2;
	if (max == sim->max_files)
		return true;
	files = realloc(sim->files, max * sizeof(struct sim_file *));
	if (!files)
		return false;
	for (size_t i = sim->max_files; i < max; i++)
		files[i] = NULL;
	sim->files = files;
	sim->max_files = max;
	return true;
}

static int enter(struct realm_sim *sim, struct sim_file *file, int fd)
{
	bool entered;

	pthread_mutex_lock(&sim->table_lock);
	entered = has_room(sim, fd);
	if (entered) {
		file->fd = fd;
		file->refs = 1;
		sim->files[fd] = file;
	}
	pthread_mutex_unlock(&sim->table_lock);
	return entered ? fd : -ENOMEM;
}

int sim_file_open(struct realm_sim *sim, struct sim_file *file, size_t size)
{
	int fd = memfd_create("realm-sim", MFD_CLOEXEC);
	int err;

	if (fd < 0)
		return -errno;
	file->sim = sim;
	err = size && ftruncate(fd, (off_t)size) ? -errno : enter(sim, file, fd);
	if (err < 0)
		close(fd);
	return err;
}

int sim_file_map(const struct sim_file *file, size_t length, int prot, uint64_t offset, void **addrp)
{
	int err;

	pthread_mutex_lock(&file->sim->table_lock);
	err = sim_map(file->sim, length, prot, MAP_SHARED, file->fd, offset, addrp);
	pthread_mutex_unlock(&file->sim->table_lock);
	return err;
}

void sim_file_punch(const struct sim_file *file, uint64_t first, uint64_t end)
{
	const int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;

	pthread_mutex_lock(&file->sim->table_lock);
	fallocate(file->fd, mode, (off_t)first, (off_t)(end - first));
	pthread_mutex_unlock(&file->sim->table_lock);
}

struct sim_file *sim_file_at(struct realm_sim *sim, int fd)
{
	struct sim_file *file = NULL;

	pthread_mutex_lock(&sim->table_lock);
	if (fd >= 0 && (size_t)fd < sim->max_files)
		file = sim->files[fd];
	if (file)
		file->refs++;
	pthread_mutex_unlock(&sim->table_lock);
	return file;
}

struct sim_file *sim_file_get(struct realm_sim *sim, int fd, enum sim_file_kind kind)
{
	struct sim_file *file = sim_file_at(sim, fd);

	if (!file || file->kind == kind)
		return file;
	sim_file_put(file);
	return NULL;
}

void sim_file_hold(struct sim_file *file)
{
	pthread_mutex_lock(&file->sim->table_lock);
	file->refs++;
	pthread_mutex_unlock(&file->sim->table_lock);
}

void sim_file_put(struct sim_file *file)
{
	struct realm_sim *sim = file->sim;
	bool last;

	pthread_mutex_lock(&sim->table_lock);
	last = !--file->refs;
	pthread_mutex_unlock(&sim->table_lock);
	if (last)
		file->ops->release(file);
}

int sim_file_close(struct realm_sim *sim, int fd)
{
	struct sim_file *file = NULL;

	pthread_mutex_lock(&sim->table_lock);
	if (fd >= 0 && (size_t)fd < sim->max_files) {
		file = sim->files[fd];
		sim->files[fd] = NULL;
	}
	if (file) {
		file->fd = -1;
		close(fd);
	}
	pthread_mutex_unlock(&sim->table_lock);
	if (!file)
		return -EBADF;
	sim_file_put(file);
	return 0;
}

void sim_files_free(struct realm_sim *sim)
{
	for (size_t fd = 0; fd < sim->max_files; fd++)
		sim_file_close(sim, (int)fd);
	free(sim->files);
}
