/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * fake-kvm.h - a kernel that answers the questions of the probe and does nothing else
 *
 * What it answers upstream's way is typed from Linux 7.3, with all numbers that collide at their worst.  It watches for what a probe
 * must never do, which fails the test.
 */
#ifndef FAKE_KVM_H
#define FAKE_KVM_H

#include "kvm.h"
#include "unit.h"

enum fake_kind { FAKE_CLOSED, FAKE_SYSTEM, FAKE_ORDINARY, FAKE_REALM, FAKE_VCPU, FAKE_FILE };

#define FAKE_FDS 64
#define FAKE_FD_BASE 1000

struct fake {
	/* the host */
	int open_err; /* negative errnos; 0: works */
	int api;
	uint32_t page_size;
	const char *file; /* name of a parameter that is there */
	const char *text;
	/* the kernel: negative errno of KVM_CREATE_VM by type */
	int v14, v1, protected, ordinary;
	unsigned int ipa_bits;
	unsigned long populate; /* form that is known */
	bool cut;               /* its realm VMs answer 0 for most capabilities */
	unsigned int cap;       /* its own number */
	unsigned int other_cap; /* a number that is not known, and answers on realm VMs */
	bool no_user_irq;
	int vm_attributes, gmem_attributes;
	bool gmem;
	bool takes_commands;
	bool realm_first;
	unsigned int rec_feature; /* 0: none */
	/* the machine */
	bool sve, pmu;
	uint32_t refused; /* vCPU features that the RMM turns out not to have */
	bool shows_pmu;   /* in vCPUs that did not ask for one */
	/* what was seen */
	enum fake_kind fds[FAKE_FDS];
	bool has_realm;
	uint32_t features; /* of the vCPU */
	unsigned int calls, commands;
	unsigned int fail_at; /* this call, counted from 1, gives fail_err */
	int fail_err;
};

/* Each kernel is that one with its differences. */
#pragma GCC diagnostic ignored "-Woverride-init"

/* A kernel without anything that has to do with realms, on a machine with a PMU and nesting */
#define FAKE_STOCK                                                                                                     \
	.api = 12, .page_size = 4096, .v14 = -EINVAL, .v1 = -EINVAL, .protected = -EINVAL, .ipa_bits = 48, .gmem = true

static inline bool fake_fails(struct fake *fake)
{
	return ++fake->calls == fake->fail_at;
}

static inline int fake_new_fd(struct fake *fake, enum fake_kind kind)
{
	int fd = 0;

	while (fake->fds[fd])
		fd++;
	assert_in_range(fd, 0, FAKE_FDS - 1);
	fake->fds[fd] = kind;
	return FAKE_FD_BASE + fd;
}

static inline enum fake_kind *fake_fd(struct fake *fake, int fd)
{
	assert_in_range(fd, FAKE_FD_BASE, FAKE_FD_BASE + FAKE_FDS - 1);
	assert_int_not_equal(fake->fds[fd - FAKE_FD_BASE], FAKE_CLOSED);
	return &fake->fds[fd - FAKE_FD_BASE];
}

static inline unsigned int fake_open_fds(const struct fake *fake)
{
	unsigned int i, count = 0;

	for (i = 0; i < FAKE_FDS; i++)
		count += fake->fds[i] != FAKE_CLOSED;
	return count;
}

static inline int fake_open(void *host, const char *path, int flags)
{
	struct fake *fake = host;
	const char *name = strrchr(path, '/') + 1;

	if (fake_fails(fake))
		return fake->fail_err;
	if (!strcmp(path, "/dev/kvm"))
		return fake->open_err ? fake->open_err : fake_new_fd(fake, FAKE_SYSTEM);
	assert_memory_equal(path, "/sys/module/kvm/parameters/", strlen("/sys/module/kvm/parameters/"));
	return fake->file && !strcmp(name, fake->file) ? fake_new_fd(fake, FAKE_FILE) : -ENOENT;
}

static inline int fake_close(void *host, int fd)
{
	*fake_fd(host, fd) = FAKE_CLOSED;
	return 0;
}

static inline int fake_read(void *host, int fd, void *buf, size_t size)
{
	struct fake *fake = host;
	size_t len = strlen(fake->text);

	assert_int_equal(*fake_fd(fake, fd), FAKE_FILE);
	assert_true(len < size);
	memcpy(buf, fake->text, len);
	return fake_fails(fake) ? fake->fail_err : (int)len;
}

/* Linux 7.3 on arm64, for any descriptor but those of realms */
static inline int fake_upstream_cap(const struct fake *fake, enum fake_kind kind, unsigned long cap)
{
	switch (cap) {
	case 66:
		return 512;
	case 126:
		return fake->pmu;
	case 144:
		return !fake->no_user_irq;
	case 177:
	case 239:
	case 240:
	case 245:
	case 251:
		return 1;
	case 243:
		return kind == FAKE_SYSTEM ? -EINVAL : 1;
	case 244:
		return 3;
	case 170:
		return fake->sve;
	case 234:
		return fake->gmem;
	default:
		return 0;
	}
}

static inline int fake_cap(const struct fake *fake, enum fake_kind kind, unsigned long cap)
{
	bool common = cap == 66 || cap == 170 || cap == 234 || cap == 244;

	if (cap == fake->cap && cap && kind != FAKE_ORDINARY)
		return 1;
	if (cap == fake->other_cap && cap && kind == FAKE_REALM)
		return 1;
	if (cap == 233 && kind == FAKE_REALM)
		return fake->vm_attributes;
	if (cap == 250 && kind == FAKE_REALM)
		return fake->gmem_attributes;
	if (kind == FAKE_REALM && fake->cut && !common)
		return cap == 126 && fake->v14 && fake->pmu;
	return fake_upstream_cap(fake, kind, cap);
}

static inline int fake_create_vm(struct fake *fake, unsigned long type)
{
	unsigned long ipa_bits = type & 0xff;
	int err = type >> 8 == 0           ? fake->ordinary
		  : type >> 8 == 1         ? fake->v1
		  : type >> 8 == 1ul << 22 ? fake->v14
					   : -EINVAL;

	if (type >> 8 == 1ul << 23)
		err = fake->protected;
	if (err || ipa_bits < 32 || ipa_bits > fake->ipa_bits)
		return err ? err : -EINVAL;
	return fake_new_fd(fake, type >> 8 == 1 || type >> 8 == 1ul << 22 ? FAKE_REALM : FAKE_ORDINARY);
}

/* Only on realms, and never the two numbers that upstream lets be enabled */
static inline int fake_enable_cap(struct fake *fake, enum fake_kind kind, const struct realm_kvm_enable_cap *enable)
{
	const struct realm_kvm_arm_rme_config *config = (const void *)(uintptr_t)enable->args[1];

	assert_int_equal(kind, FAKE_REALM);
	assert_int_not_equal(enable->cap, 239);
	assert_int_not_equal(enable->cap, 245);
	fake->commands++;
	if (!fake->takes_commands || enable->cap != fake->cap)
		return -EINVAL;
	if (enable->args[0] == 1) {
		fake->has_realm = true;
		return 0;
	}
	assert_int_equal(enable->args[0], 0);
	assert_int_equal(config->cfg, 1);
	assert_int_equal(config->item[0], 0);
	return 0;
}

static inline int fake_init(struct fake *fake, const struct realm_kvm_vcpu_init *init)
{
	uint32_t known = 1u << 0 | 1u << 2 | 1u << 7 | 1u << 8;

	if (fake->sve)
		known |= 1u << 4;
	if (fake->pmu)
		known |= 1u << 3;
	if (fake->rec_feature)
		known |= 1u << fake->rec_feature;
	assert_int_equal(init->target, 5);
	assert_true(init->features[0] & 1u << 2);
	if (init->features[0] & (~known | fake->refused))
		return -EINVAL;
	fake->features = init->features[0];
	return 0;
}

static inline int fake_get_reg(const struct fake *fake, const struct realm_kvm_one_reg *reg)
{
	uint64_t *value = (uint64_t *)(uintptr_t)reg->addr;

	switch (reg->id) {
	case 0x603000000013c028: /* six breakpoints, four watchpoints */
		*value = UINT64_C(5) << 12 | UINT64_C(3) << 20;
		return 0;
	case 0x603000000013dce0: /* six counters */
		*value = UINT64_C(6) << 11;
		return fake->shows_pmu || fake->features & 1u << 3 ? 0 : -ENOENT;
	case 0x606000000015ffff: /* 128 and 256 bits */
		memset(value, 0, 64);
		*value = 3;
		return fake->features & 1u << 4 ? 0 : -ENOENT;
	default:
		return -ENOENT;
	}
}

static inline int fake_vm_ioctl(struct fake *fake, enum fake_kind kind, unsigned long request, uintptr_t arg)
{
	switch (request) {
	case 0xae03:
		return fake_cap(fake, kind, arg);
	case 0xae41:
		return fake->realm_first && !fake->has_realm ? -ENXIO : fake_new_fd(fake, FAKE_VCPU);
	case 0x4068aea3:
		return fake_enable_cap(fake, kind, (const void *)arg);
	case 0x8020aeaf:
		((struct realm_kvm_vcpu_init *)arg)->target = 5;
		return 0;
	case 0x4020aed7:
	case 0xc020aed7:
		assert_int_equal(kind, FAKE_ORDINARY);
		return request == fake->populate ? -ENXIO : -EINVAL;
	default:
		fail_msg("ioctl 0x%lx on a VM", request);
		return -EINVAL;
	}
}

static inline int fake_ioctl(void *host, int fd, unsigned long request, uintptr_t arg)
{
	struct fake *fake = host;
	enum fake_kind kind = *fake_fd(fake, fd);

	if (fake_fails(fake))
		return fake->fail_err;
	if (kind == FAKE_ORDINARY || kind == FAKE_REALM)
		return fake_vm_ioctl(fake, kind, request, arg);
	if (kind == FAKE_VCPU && request == 0x4020aeae)
		return fake_init(fake, (const void *)arg);
	if (kind == FAKE_VCPU && request == 0x4010aeab)
		return fake_get_reg(fake, (const void *)arg);
	assert_int_equal(kind, FAKE_SYSTEM);
	switch (request) {
	case 0xae00:
		return fake->api;
	case 0xae01:
		return fake_create_vm(fake, arg);
	case 0xae03:
		return fake_cap(fake, kind, arg);
	default:
		fail_msg("ioctl 0x%lx on /dev/kvm", request);
		return -EINVAL;
	}
}

static inline uint32_t fake_page_size(void *host)
{
	return ((struct fake *)host)->page_size;
}

/* A probe maps nothing and punches no holes. */
static inline int fake_mmap(void *host, size_t length, int prot, int flags, int fd, uint64_t offset, void **addrp)
{
	fail_msg("mmap");
	return -ENODEV;
}

static inline int fake_munmap(void *host, void *addr, size_t length)
{
	fail_msg("munmap");
	return -EINVAL;
}

static inline int fake_madvise(void *host, void *addr, size_t length, int advice)
{
	fail_msg("madvise");
	return -EINVAL;
}

static inline int fake_fallocate(void *host, int fd, int mode, uint64_t offset, uint64_t length)
{
	fail_msg("fallocate");
	return -EINVAL;
}

static const struct realm_host_ops fake_ops = {
	.sz = sizeof(fake_ops),
	.open = fake_open,
	.close = fake_close,
	.read = fake_read,
	.ioctl = fake_ioctl,
	.mmap = fake_mmap,
	.munmap = fake_munmap,
	.madvise = fake_madvise,
	.fallocate = fake_fallocate,
	.page_size = fake_page_size,
};

#endif /* FAKE_KVM_H */
