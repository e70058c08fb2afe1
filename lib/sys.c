/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sys.c - calls of the host, and Linux as the host that is used unless the context has another */
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kvm.h"

/* ---- Linux ---- */

static int result(long ret)
{
	return ret < 0 ? -errno : (int)ret;
}

static int linux_open(void *host, const char *path, int flags)
{
	return result(open(path, flags | O_CLOEXEC));
}

static int linux_close(void *host, int fd)
{
	return result(close(fd));
}

static int linux_read(void *host, int fd, void *buf, size_t size)
{
	return result(read(fd, buf, size));
}

static int linux_ioctl(void *host, int fd, unsigned long request, uintptr_t arg)
{
	return result(ioctl(fd, request, arg));
}

static int linux_mmap(void *host, size_t length, int prot, int flags, int fd, uint64_t offset, void **addrp)
{
	void *addr = mmap(NULL, length, prot, flags, fd, (off_t)offset);

	if (addr == MAP_FAILED)
		return -errno;
	*addrp = addr;
	return 0;
}

static int linux_munmap(void *host, void *addr, size_t length)
{
	return result(munmap(addr, length));
}

static int linux_madvise(void *host, void *addr, size_t length, int advice)
{
	return result(madvise(addr, length, advice));
}

static int linux_fallocate(void *host, int fd, int mode, uint64_t offset, uint64_t length)
{
	return result(fallocate(fd, mode, (off_t)offset, (off_t)length));
}

static uint32_t linux_page_size(void *host)
{
	return (uint32_t)sysconf(_SC_PAGESIZE);
}

static const struct realm_host_ops linux_ops = {
	.sz = sizeof(linux_ops),
	.open = linux_open,
	.close = linux_close,
	.read = linux_read,
	.ioctl = linux_ioctl,
	.mmap = linux_mmap,
	.munmap = linux_munmap,
	.madvise = linux_madvise,
	.fallocate = linux_fallocate,
	.page_size = linux_page_size,
};

/* ---- the host of a context ---- */

int realm_ctx_set_host(struct realm_ctx *ctx, const struct realm_host_ops *user, void *host)
{
	struct realm_host_ops ops = linux_ops;
	int err = 0;

	if (!ctx)
		return -EINVAL;
	if (ctx->realms)
		return realm_fail(ctx, EBUSY, "context", "destroy its realms first", "has realms on its host");
	if (user) {
		ops = (struct realm_host_ops){ 0 };
		err = realm_read_opts(ctx, "realm_host_ops", &ops, sizeof(ops), user);
	}
	if (err)
		return err;
	if (!ops.open || !ops.close || !ops.read || !ops.ioctl || !ops.mmap || !ops.munmap || !ops.madvise ||
	    !ops.fallocate || !ops.page_size)
		return realm_fail(ctx, EINVAL, "realm_host_ops", NULL, "a function up to page_size is missing");
	kvm_host_forget(ctx);
	ctx->ops = ops;
	ctx->host_arg = host;
	return 0;
}

static const struct realm_host_ops *ops_of(const struct realm_ctx *ctx)
{
	return ctx->ops.sz ? &ctx->ops : &linux_ops;
}

int sys_open(struct realm_ctx *ctx, const char *path, int flags)
{
	int fd;

	do
		fd = ops_of(ctx)->open(ctx->host_arg, path, flags);
	while (fd == -EINTR);
	return fd;
}

void sys_close(struct realm_ctx *ctx, int fd)
{
	/* Whatever close() says, the descriptor is gone: it must not be tried again. */
	if (fd >= 0)
		ops_of(ctx)->close(ctx->host_arg, fd);
}

static int read_once(struct realm_ctx *ctx, int fd, char *text, size_t size)
{
	int got;

	do
		got = ops_of(ctx)->read(ctx->host_arg, fd, text, size);
	while (got == -EINTR);
	return got;
}

int sys_read_text(struct realm_ctx *ctx, const char *path, char *text, size_t size)
{
	int fd = sys_open(ctx, path, O_RDONLY);
	int got;

	if (fd < 0)
		return fd;
	got = read_once(ctx, fd, text, size - 1);
	sys_close(ctx, fd);
	if (got < 0)
		return got;
	while (got && text[got - 1] == '\n')
		got--;
	text[got] = 0;
	return 0;
}

int sys_ioctl_once(struct realm_ctx *ctx, int fd, unsigned long request, uintptr_t arg)
{
	return ops_of(ctx)->ioctl(ctx->host_arg, fd, request, arg);
}

int sys_ioctl(struct realm_ctx *ctx, int fd, unsigned long request, uintptr_t arg)
{
	unsigned int tries = 0;
	int ret;

	do
		ret = sys_ioctl_once(ctx, fd, request, arg);
	while ((ret == -EINTR || ret == -EAGAIN) && ++tries < SYS_RETRIES);
	return ret;
}

int sys_mmap(struct realm_ctx *ctx, size_t length, int prot, int flags, int fd, uint64_t offset, void **addrp)
{
	return ops_of(ctx)->mmap(ctx->host_arg, length, prot, flags, fd, offset, addrp);
}

void sys_munmap(struct realm_ctx *ctx, void *addr, size_t length)
{
	ops_of(ctx)->munmap(ctx->host_arg, addr, length);
}

int sys_madvise(struct realm_ctx *ctx, void *addr, size_t length, int advice)
{
	return ops_of(ctx)->madvise(ctx->host_arg, addr, length, advice);
}

int sys_fallocate(struct realm_ctx *ctx, int fd, int mode, uint64_t offset, uint64_t length)
{
	unsigned int tries = 0;
	int ret;

	do
		ret = ops_of(ctx)->fallocate(ctx->host_arg, fd, mode, offset, length);
	while (ret == -EINTR && ++tries < SYS_RETRIES);
	return ret;
}

uint32_t sys_page_size(struct realm_ctx *ctx)
{
	return ops_of(ctx)->page_size(ctx->host_arg);
}

int sys_measurement(struct realm_ctx *ctx, int vm_fd, unsigned int index, uint8_t value[REALM_DIGEST_MAX],
		    size_t *lenp)
{
	if (!ops_of(ctx)->measurement)
		return -EOPNOTSUPP;
	return ops_of(ctx)->measurement(ctx->host_arg, vm_fd, index, value, lenp);
}

int sys_rmi_result(struct realm_ctx *ctx, uint64_t *fidp, uint64_t *resultp)
{
	if (!ops_of(ctx)->rmi_result)
		return -EOPNOTSUPP;
	return ops_of(ctx)->rmi_result(ctx->host_arg, fidp, resultp);
}
