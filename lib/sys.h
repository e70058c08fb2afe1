/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * sys.h - calls of the host: the only way to devices, through the operations of the context
 *
 * Each returns what struct realm_host_ops says, and has no detail in the context: callers know what they were about.
 */
#ifndef REALM_SYS_H
#define REALM_SYS_H

#include "internal.h"

/* How often a call that a signal interrupts is made again before it gives up; structures that KVM advances go on where they were. */
#define SYS_RETRIES 100

int sys_open(struct realm_ctx *ctx, const char *path, int flags);
/* Keeps quiet: nothing can be done about a close() that fails. */
void sys_close(struct realm_ctx *ctx, int fd);
/* The start of a small text file, without newlines at its end; -ENOENT and others when there is none. */
int sys_read_text(struct realm_ctx *ctx, const char *path, char *text, size_t size);
/* Made again after EINTR and EAGAIN; arg is a pointer or a number. */
int sys_ioctl(struct realm_ctx *ctx, int fd, unsigned long request, uintptr_t arg);
/* Made once: EINTR is an answer of KVM_RUN. */
int sys_ioctl_once(struct realm_ctx *ctx, int fd, unsigned long request, uintptr_t arg);
int sys_mmap(struct realm_ctx *ctx, size_t length, int prot, int flags, int fd, uint64_t offset, void **addrp);
void sys_munmap(struct realm_ctx *ctx, void *addr, size_t length);
int sys_madvise(struct realm_ctx *ctx, void *addr, size_t length, int advice);
int sys_fallocate(struct realm_ctx *ctx, int fd, int mode, uint64_t offset, uint64_t length);
uint32_t sys_page_size(struct realm_ctx *ctx);
/* -EOPNOTSUPP where the host cannot tell */
int sys_measurement(struct realm_ctx *ctx, int vm_fd, unsigned int index, uint8_t value[REALM_DIGEST_MAX],
		    size_t *lenp);
int sys_rmi_result(struct realm_ctx *ctx, uint64_t *fidp, uint64_t *resultp);

#endif /* REALM_SYS_H */
