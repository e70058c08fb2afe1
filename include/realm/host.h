/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * realm/host.h - the host that realms are built on: which one, and what it can do; part of realm.h
 */
#ifndef REALM_HOST_H
#define REALM_HOST_H

/**
 * struct realm_host_ops - what the library asks of a host: system calls by their names
 * @sz: sizeof(struct realm_host_ops)
 * @open: open(2) of a device or a file of hints; the descriptor is close-on-exec
 * @close: close(2)
 * @read: read(2) of a file of hints: bytes, 0 at the end
 * @ioctl: ioctl(2); @arg is a number or a pointer, as the request has it
 * @mmap: mmap(2) at an address of the host's choice, given in *@addrp; @fd is -1 for anonymous memory
 * @munmap: munmap(2)
 * @madvise: madvise(2)
 * @fallocate: fallocate(2)
 * @page_size: bytes of a page of the host: 4096, 16384 or 65536
 * @measurement: what the RMM has measured of the realm of a VM: index 0 is the RIM, 1 to 4 are the REMs; sets *@lenp to the bytes of the
 *	digest.  NULL: the host cannot tell, as Linux cannot
 * @rmi_result: what the RMM refused in the last call of the calling thread: function identifier and X0 of the first RMI call that failed.
 *	NULL: the host cannot tell
 *
 * The library calls nothing else on devices, so that another host can stand in for Linux, as librealm-sim does.  All but @page_size
 * return 0 (@open a descriptor, @read bytes, @ioctl what it gives) or a negative errno.  Calls come from every thread that uses the library.
 */
struct realm_host_ops {
	size_t sz;
	int (*open)(void *host, const char *path, int flags);
	int (*close)(void *host, int fd);
	int (*read)(void *host, int fd, void *buf, size_t size);
	int (*ioctl)(void *host, int fd, unsigned long request, uintptr_t arg);
	int (*mmap)(void *host, size_t length, int prot, int flags, int fd, uint64_t offset, void **addrp);
	int (*munmap)(void *host, void *addr, size_t length);
	int (*madvise)(void *host, void *addr, size_t length, int advice);
	int (*fallocate)(void *host, int fd, int mode, uint64_t offset, uint64_t length);
	uint32_t (*page_size)(void *host);
	int (*measurement)(void *host, int vm_fd, unsigned int index, uint8_t value[REALM_DIGEST_MAX], size_t *lenp);
	int (*rmi_result)(void *host, uint64_t *fidp, uint64_t *resultp);
};

/**
 * realm_ctx_set_host() - use another host than the Linux below
 * @ctx: context without realms
 * @ops: what to call, borrowed until the context is freed; NULL for Linux
 * @host: handed to each of them, borrowed until the context is freed
 *
 * Return: 0; -EINVAL when a function up to @page_size is missing; -E2BIG for operations of a newer library; -EBUSY when the context has realms.
 * Since: 0.1
 */
int realm_ctx_set_host(struct realm_ctx *ctx, const struct realm_host_ops *ops, void *host);

/**
 * realm_ctx_set_family() - say which KVM family the host is, instead of finding out
 * @ctx: context
 * @family: family; REALM_FAMILY_ANY to find out
 * @cap: capability number of its commands (families rme-rfc and rme), 0 to try those known
 *
 * The environment variable REALM_KVM="family" or "family:cap" does the same where this function has not been called.
 *
 * Return: 0 or -EINVAL.
 * Since: 0.1
 */
int realm_ctx_set_family(struct realm_ctx *ctx, enum realm_family family, unsigned int cap);

struct realm_host_info;

/**
 * realm_host_probe() - find out what this host can do
 * @ctx: context
 * @infop: receives the answer; caller owns, free with realm_host_info_free()
 *
 * Asks by behaviour first and by number second, since every number that realms have used but one means something else upstream.  Nothing
 * is changed on the host but virtual machines that are closed again.  A host without realms is an answer too: realm_host_info_family() says
 * REALM_FAMILY_ANY then.
 *
 * Return: 0; -EINVAL for a REALM_KVM that names no family, or -ENOMEM.
 * Since: 0.1
 * Source: KVM; docs/hosts.md tells each question and why it is asked.
 */
int realm_host_probe(struct realm_ctx *ctx, struct realm_host_info **infop);

/**
 * realm_host_info_free() - free an answer
 * @info: answer or NULL
 *
 * Since: 0.1
 */
void realm_host_info_free(struct realm_host_info *info);

/**
 * realm_host_info_family() - family of the host
 * @info: answer
 *
 * Return: the family; REALM_FAMILY_ANY when there can be no realms here, or @info is NULL.
 * Since: 0.1
 */
enum realm_family realm_host_info_family(const struct realm_host_info *info);

/**
 * realm_host_info_why() - why it is this family, or why there can be no realms, in one line
 * @info: answer
 *
 * Return: the reason, borrowed until the answer is freed; NULL when @info is NULL.
 * Since: 0.1
 */
const char *realm_host_info_why(const struct realm_host_info *info);

/**
 * realm_host_info_hint() - what to do where there can be no realms, in one line
 * @info: answer
 *
 * Return: the hint, borrowed until the answer is freed; NULL where there can be realms, or @info is NULL.
 * Since: 0.1
 */
const char *realm_host_info_hint(const struct realm_host_info *info);

/**
 * realm_host_info_error() - the error that realm_new() returns on this host
 * @info: answer
 *
 * Return: 0 where there can be realms; -ENODEV without KVM; -EACCES when it may not be used; -EOPNOTSUPP for a kernel, firmware or CPU without
 * realms, or of a family that is recognised and not supported; -EIO when a question failed, so that it cannot be told; -EINVAL when @info is NULL.
 * Since: 0.1
 */
int realm_host_info_error(const struct realm_host_info *info);

/**
 * struct realm_probe - one question to the host, filled by realm_host_info_probe()
 * @sz: sizeof(struct realm_probe), set by the caller
 * @question: such as "KVM_CREATE_VM(0x40000021)"; this and the others are borrowed until the answer is freed
 * @answer: such as "EINVAL" or "1"
 * @meaning: what follows from it
 */
struct realm_probe {
	size_t sz;
	const char *question;
	const char *answer;
	const char *meaning;
};

/**
 * realm_host_info_probe_count() - number of questions that were asked
 * @info: answer
 *
 * Return: the count.
 * Since: 0.1
 */
size_t realm_host_info_probe_count(const struct realm_host_info *info);

/**
 * realm_host_info_probe() - one question, in the order in which they were asked
 * @info: answer
 * @index: 0 .. realm_host_info_probe_count() - 1
 * @probe: filled; its sz must be set
 *
 * Return: 0; -EINVAL when there is no such question or sz is not known.
 * Since: 0.1
 */
int realm_host_info_probe(const struct realm_host_info *info, size_t index, struct realm_probe *probe);

/**
 * struct realm_host_limits - what realms of a host can have, filled by realm_host_info_limits()
 * @sz: sizeof(struct realm_host_limits), set by the caller
 * @cap: capability number of the realm interface; 0 when it is not known
 * @ipa_bits: the widest IPA space, the shared half included
 * @granule: bytes of a page, which is the RMM's granule
 * @max_vcpus: vCPUs of a VM, which are its RECs
 * @breakpoints: hardware breakpoints
 * @watchpoints: hardware watchpoints
 * @sve_bits: longest SVE vector; 0: no SVE
 * @pmu_counters: PMU event counters; -1: no PMU
 * @lpa2: 1 when stage 2 uses LPA2.  Linux does not tell: this is 1 where the IPA space can have more than 48 bits
 * @in_place: 1 when guest_memfd pages can be shared in place (rmi-v15)
 */
struct realm_host_limits {
	size_t sz;
	unsigned int cap;
	unsigned int ipa_bits;
	uint32_t granule;
	unsigned int max_vcpus;
	unsigned int breakpoints;
	unsigned int watchpoints;
	unsigned int sve_bits;
	int pmu_counters;
	int lpa2;
	int in_place;
};

/**
 * realm_host_info_limits() - what realms of this host can have
 * @info: answer
 * @limits: filled; its sz must be set
 *
 * Return: 0; -EOPNOTSUPP where there can be no realms, or it cannot be told; -EINVAL.  There is no detail of either: realm_host_info_why()
 * says why.
 * Since: 0.1
 */
int realm_host_info_limits(const struct realm_host_info *info, struct realm_host_limits *limits);

#endif /* REALM_HOST_H */
