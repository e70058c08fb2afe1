/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* host.c - struct realm_host_ops: system calls of the host */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>

#include "sim.h"

#define DEVICE "/dev/kvm"
#define PARAMETERS "/sys/module/kvm/parameters/"

/* Each call starts here: a fault that is set may end it, and what the RMM said to the last one is forgotten. */
static int begin(struct realm_sim *sim, enum realm_sim_kind kind, uint64_t which)
{
	struct realm_sim_fault fault;

	sim_rmi_forget();
	return sim_fault_hits(sim, kind, which, &fault) ? -fault.err : 0;
}

static int host_open(void *host, const char *path, int flags)
{
	int err = begin(host, REALM_SIM_OPEN, 0);

	if (err)
		return err;
	if (!strcmp(path, DEVICE))
		return sim_system_open(host);
	if (!strncmp(path, PARAMETERS, strlen(PARAMETERS)))
		return sim_hint_open(host, path + strlen(PARAMETERS));
	return -ENOENT;
}

/* As in Linux, a close() that fails closes all the same; so does munmap() here. */
static int host_close(void *host, int fd)
{
	int fault = begin(host, REALM_SIM_ANY, 0);
	int err = sim_file_close(host, fd);

	return fault ? fault : err;
}

static int host_read(void *host, int fd, void *buf, size_t size)
{
	int result = begin(host, REALM_SIM_READ, 0);
	struct sim_file *file;

	if (result)
		return result;
	file = sim_file_at(host, fd);
	if (!file)
		return -EBADF;
	result = file->ops->read ? file->ops->read(file, buf, size) : -EINVAL;
	sim_file_put(file);
	return result;
}

static int host_ioctl(void *host, int fd, unsigned long request, uintptr_t arg)
{
	int result = begin(host, REALM_SIM_IOCTL, request);
	struct sim_file *file;

	if (result)
		return result;
	file = sim_file_at(host, fd);
	if (!file)
		return -EBADF;
	result = file->ops->ioctl ? file->ops->ioctl(file, request, arg) : -ENOTTY;
	sim_file_put(file);
	return result;
}

/* Lengths are in pages of the host, which can be larger than those of the machine below. */
static size_t whole_pages(const struct realm_sim *sim, size_t length)
{
	return (length + sim->opts.granule - 1) & ~(size_t)(sim->opts.granule - 1);
}

/* So are addresses: there is room for one page more, of which what is too much goes again. */
int sim_map(const struct realm_sim *sim, size_t length, int prot, int flags, int fd, uint64_t offset, void **addrp)
{
	size_t page = sim->opts.granule, size = whole_pages(sim, length), before;
	uint8_t *addr;

	if (!length || length > SIZE_MAX - 2 * page)
		return length ? -ENOMEM : -EINVAL;
	addr = mmap(NULL, size + page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (addr == MAP_FAILED)
		return -errno;
	before = -(uintptr_t)addr & (page - 1);
	*addrp = mmap(addr + before, size, prot, flags | MAP_FIXED, fd, (off_t)offset);
	if (*addrp == MAP_FAILED) {
		int err = -errno;

		munmap(addr, size + page);
		return err;
	}
	if (before)
		munmap(addr, before);
	munmap(addr + before + size, page - before);
	return 0;
}

static int host_mmap(void *host, size_t length, int prot, int flags, int fd, uint64_t offset, void **addrp)
{
	int result = begin(host, REALM_SIM_MMAP, 0);
	struct sim_file *file;

	if (result)
		return result;
	if (flags & MAP_ANONYMOUS)
		return sim_map(host, length, prot, flags, -1, 0, addrp);
	file = sim_file_at(host, fd);
	if (!file)
		return -EBADF;
	result = file->ops->mmap ? file->ops->mmap(file, length, prot, flags, offset, addrp) : -ENODEV;
	sim_file_put(file);
	return result;
}

static int host_munmap(void *host, void *addr, size_t length)
{
	int fault = begin(host, REALM_SIM_ANY, 0);

	length = whole_pages(host, length);
	sim_user_unmapped(host, addr, length);
	return munmap(addr, length) ? -errno : fault;
}

static int host_madvise(void *host, void *addr, size_t length, int advice)
{
	int err = begin(host, REALM_SIM_MADVISE, 0);

	if (err)
		return err;
	return madvise(addr, length, advice) ? -errno : 0;
}

static int host_fallocate(void *host, int fd, int mode, uint64_t offset, uint64_t length)
{
	int result = begin(host, REALM_SIM_FALLOCATE, 0);
	struct sim_file *file;

	if (result)
		return result;
	file = sim_file_at(host, fd);
	if (!file)
		return -EBADF;
	result = file->ops->fallocate ? file->ops->fallocate(file, mode, offset, length) : -ENODEV;
	sim_file_put(file);
	return result;
}

static uint32_t host_page_size(void *host)
{
	const struct realm_sim *sim = host;

	return sim->opts.granule;
}

static int host_measurement(void *host, int vm_fd, unsigned int index, uint8_t value[REALM_DIGEST_MAX], size_t *lenp)
{
	int err = begin(host, REALM_SIM_ANY, 0);
	struct sim_file *file;

	if (err)
		return err;
	file = sim_file_get(host, vm_fd, SIM_VM);
	if (!file)
		return -EBADF;
	err = sim_vm_measurement((struct sim_vm *)file, index, value, lenp);
	sim_file_put(file);
	return err;
}

static int host_rmi_result(void *host, uint64_t *fidp, uint64_t *resultp)
{
	return sim_rmi_last(fidp, resultp) ? 0 : -ENODATA;
}

static const struct realm_host_ops ops = {
	.sz = sizeof(ops),
	.open = host_open,
	.close = host_close,
	.read = host_read,
	.ioctl = host_ioctl,
	.mmap = host_mmap,
	.munmap = host_munmap,
	.madvise = host_madvise,
	.fallocate = host_fallocate,
	.page_size = host_page_size,
	.measurement = host_measurement,
	.rmi_result = host_rmi_result,
};

const struct realm_host_ops *realm_sim_ops(void)
{
	return &ops;
}

/* ---- memory of the caller ---- */

int sim_copy_in(void *to, uintptr_t from, size_t size)
{
	if (!sim_user_mapped((const void *)from, size))
		return -EFAULT;
	memcpy(to, (const void *)from, size);
	return 0;
}

int sim_copy_out(uintptr_t to, const void *from, size_t size)
{
	if (!sim_user_mapped((const void *)to, size))
		return -EFAULT;
	memcpy((void *)to, from, size);
	return 0;
}
