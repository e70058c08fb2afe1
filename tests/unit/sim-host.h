/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sim-host.h - a software host by the name of its kernel, and its calls by their numbers */
#ifndef SIM_HOST_H
#define SIM_HOST_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "sim.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PAGE UINT64_C(4096)
#define MIB (UINT64_C(1) << 20)

#define REALM_OLD 0x100	/* type of a realm up to v13 */
#define REALM_NEW 0x40000000	/* and from v14 on */
#define PROTECTED 0x80000000

static const struct realm_host_ops *ops;

struct host {
	struct realm_sim *sim;
	int kvm;
};

static inline struct host start(const char *kernel)
{
	const struct realm_sim_opts opts = { .sz = sizeof(opts), .kernel = kernel, .memory = 64 * MIB };
	struct host h;

	ops = realm_sim_ops();
	assert_int_equal(realm_sim_new(&opts, &h.sim), 0);
	h.kvm = ops->open(h.sim, "/dev/kvm", O_RDWR);
	assert_true(h.kvm >= 0);
	return h;
}

static inline void stop(struct host *h)
{
	realm_sim_free(h->sim);
}

static inline int call(const struct host *h, int fd, unsigned long request, uintptr_t arg)
{
	return ops->ioctl(h->sim, fd, request, arg);
}

static inline int create_vm(const struct host *h, uintptr_t type)
{
	return call(h, h->kvm, 0xAE01, type);
}

static inline int new_vm(const struct host *h, uintptr_t type)
{
	int fd = create_vm(h, type);

	assert_true(fd >= 0);
	return fd;
}

static inline int check(const struct host *h, int fd, uintptr_t cap)
{
	return call(h, fd, 0xAE03, cap);
}

static inline unsigned count_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	unsigned count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

#endif
