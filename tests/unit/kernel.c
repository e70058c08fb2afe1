/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* kernel.c - see kernel.h */
#include <sys/mman.h>

#include "kernel.h"

#define CAP_MAX_VCPUS 66
#define CAP_MEMORY_ATTRIBUTES 233
#define CAP_GMEM_ATTRIBUTES 250

static const struct {
	unsigned int cap;
	unsigned int type; /* of a VM for realms, but for the IPA bits */
	bool counts;       /* POPULATE gives bytes */
	bool has_gmem;
} rows[] = {
	[REALM_FAMILY_RME_RFC] = { 300, 0x100, false, false },
	[REALM_FAMILY_RME] = { 244, 0x100, false, true },
	[REALM_FAMILY_RMI_V12] = { 247, 0x100, true, true },
	[REALM_FAMILY_RMI_V13] = { 248, 0x100, false, true },
	[REALM_FAMILY_RMI_V14] = { 249, 1u << 30, false, true },
	[REALM_FAMILY_RMI_V15] = { 251, 1u << 30, false, true },
};

/* ---- the record ---- */

void kernel_forget(struct kernel *kernel)
{
	kernel->record[0] = 0;
	kernel->record_len = 0;
	memset(kernel->seen, 0, sizeof(kernel->seen));
}

static void write_down(struct kernel *kernel, const char *line)
{
	size_t len = strlen(line);

	assert_in_range(len, 0, sizeof(kernel->record) - kernel->record_len - 2);
	memcpy(kernel->record + kernel->record_len, line, len);
	memcpy(kernel->record + kernel->record_len + len, "\n", 2);
	kernel->record_len += len + 1;
}

static uint64_t count(struct kernel *kernel, const char *name)
{
	size_t i = 0;

	while (kernel->seen[i].name && strcmp(kernel->seen[i].name, name))
		i++;
	assert_in_range(i, 0, ARRAY_SIZE(kernel->seen) - 2);
	kernel->seen[i].name = name;
	return ++kernel->seen[i].count;
}

uint64_t kernel_count(const struct kernel *kernel, const char *name)
{
	size_t i;

	for (i = 0; kernel->seen[i].name; i++)
		if (!strcmp(kernel->seen[i].name, name))
			return kernel->seen[i].count;
	return 0;
}

/* Something was called: is it carried out? */
static bool begin(struct kernel *kernel, struct kernel_call *call, int *ret)
{
	char line[200];

	kernel_describe(kernel, call, line, sizeof(line));
	write_down(kernel, line);
	call->nth = count(kernel, call->name);
	return !kernel->lie || !kernel->lie(kernel, call, ret);
}

/* ---- descriptors ---- */

static struct kernel_fd *get_fd(struct kernel *kernel, int fd)
{
	assert_in_range(fd, KERNEL_FD_BASE, KERNEL_FD_BASE + KERNEL_FDS - 1);
	assert_int_not_equal(kernel->fds[fd - KERNEL_FD_BASE].kind, KERNEL_CLOSED);
	return &kernel->fds[fd - KERNEL_FD_BASE];
}

static int new_fd(struct kernel *kernel, enum kernel_kind kind, unsigned int index)
{
	int fd = 0;

	while (kernel->fds[fd].kind)
		fd++;
	assert_in_range(fd, 0, KERNEL_FDS - 1);
	kernel->fds[fd] = (struct kernel_fd){ .kind = kind, .index = index };
	kernel->made[kind]++;
	return KERNEL_FD_BASE + fd;
}

static int do_open(void *host, const char *path, int flags)
{
	struct kernel_call call = { .name = "open", .fd = -1 };
	int ret = -ENOENT;

	if (strcmp(path, "/dev/kvm") || !begin(host, &call, &ret))
		return ret;
	return new_fd(host, KERNEL_SYSTEM, 0);
}

static int do_close(void *host, int fd)
{
	struct kernel_call call = { .name = "close", .fd = fd };
	int ret;

	begin(host, &call, &ret);
	get_fd(host, fd)->kind = KERNEL_CLOSED;
	return 0;
}

static int do_read(void *host, int fd, void *buf, size_t size)
{
	fail_msg("there is nothing to read");
	return -EIO;
}

/* ---- ioctls ---- */

static int create_vm(struct kernel *kernel, uintptr_t type)
{
	unsigned int bits = type & 0xff;
	bool is_realm = type >> 8 == rows[kernel->family].type >> 8;
	int fd;

	if ((!is_realm && type >> 8) || bits < 32 || bits > kernel->ipa_limit)
		return -EINVAL;
	fd = new_fd(kernel, KERNEL_VM, kernel->made[KERNEL_VM]);
	get_fd(kernel, fd)->is_realm = is_realm;
	kernel->made[KERNEL_VCPU] = kernel->made[KERNEL_GMEM] = kernel->num_slots = 0;
	return fd;
}

static int check_extension(const struct kernel *kernel, bool is_realm, uintptr_t cap)
{
	bool has_vm_attributes = kernel->family >= REALM_FAMILY_RME && kernel->family <= REALM_FAMILY_RMI_V14;

	switch (cap) {
	case CAP_MAX_VCPUS:
		return (int)kernel->max_vcpus;
	case CAP_MEMORY_ATTRIBUTES:
		return is_realm && has_vm_attributes ? 1 << 3 : 0;
	case CAP_GMEM_ATTRIBUTES:
		return is_realm && kernel->family == REALM_FAMILY_RMI_V15 ? 1 << 3 : 0;
	case 9: /* NR_VCPUS */
		return 4;
	case 126: /* ARM_PMU_V3: v14 and later do not tell it of a realm */
		return !is_realm || kernel->family <= REALM_FAMILY_RMI_V13;
	case 144: /* ARM_USER_IRQ and the others that realms do not have from v12 on */
	case 177:
	case 239:
	case 245:
		return !is_realm || kernel->family < REALM_FAMILY_RMI_V12;
	case 170: /* ARM_SVE */
		return !kernel->no_sve;
	case 234: /* GUEST_MEMFD */
		return rows[kernel->family].has_gmem;
	default:
		return cap == rows[kernel->family].cap;
	}
}

static int set_region(struct kernel *kernel, uintptr_t arg)
{
	assert_in_range(kernel->num_slots, 0, KERNEL_SLOTS - 1);
	kernel->slots[kernel->num_slots++] = (struct kernel_slot){ get64(arg, 8), get64(arg, 16) };
	return 0;
}

/* Up to the end of the slot */
static int populate(struct kernel *kernel, uintptr_t arg)
{
	uint64_t base = get64(arg, 0), size = get64(arg, 8);
	unsigned int i;

	for (i = 0; i < kernel->num_slots; i++) {
		uint64_t rest = kernel->slots[i].base + kernel->slots[i].size - base;

		if (base < kernel->slots[i].base || !rest || rest > kernel->slots[i].size)
			continue;
		size = size < rest ? size : rest;
		if (rows[kernel->family].counts)
			return (int)size;
		put64(arg, 0, base + size);
		put64(arg, 8, get64(arg, 8) - size);
		put64(arg, 16, get64(arg, 16) + size);
		return 0;
	}
	return -EINVAL;
}

/* Where the value of a register is kept, and its size; NULL: it is not */
static void *find_register(struct kernel *kernel, uint64_t id, size_t *sizep)
{
	*sizep = id == 0x606000000015ffff ? sizeof(kernel->sve) : sizeof(uint64_t);
	if (id >= 0x6030000000100000 && id < 0x603000000010003e)
		return &kernel->x[(id - 0x6030000000100000) / 2];
	switch (id) {
	case 0x603000000013c028:
		return &kernel->dfr0;
	case 0x603000000013dce0:
		return &kernel->pmcr;
	case 0x606000000015ffff:
		return kernel->sve;
	default:
		return NULL;
	}
}

static int move_register(struct kernel *kernel, uintptr_t arg, bool set)
{
	void *value = (void *)(uintptr_t)get64(arg, 8);
	size_t size;
	void *kept = find_register(kernel, get64(arg, 0), &size);

	if (!kept)
		return set ? 0 : -ENOENT;
	/* Each vCPU starts with what the host has: what is written is seen in the record alone. */
	if (!set)
		memcpy(value, kept, size);
	return 0;
}

static int init_vcpu(const struct kernel *kernel, uint32_t features)
{
	uint32_t known = 1u << 0 | 1u << 2 | 1u << 3 | 1u << 4;

	if (kernel->rec_feature)
		known |= 1u << kernel->rec_feature;
	return features & ~known ? -EINVAL : 0;
}

/* Nothing runs here: a run that is not told to leave at once was interrupted. */
static int carry_out(struct kernel *kernel, const struct kernel_call *call, struct kernel_fd *fd)
{
	if (!strcmp(call->name, "KVM_GET_API_VERSION"))
		return 12;
	if (!strcmp(call->name, "KVM_GET_VCPU_MMAP_SIZE"))
		return KERNEL_RUN_SIZE;
	if (!strcmp(call->name, "KVM_CREATE_VM"))
		return create_vm(kernel, call->arg);
	if (!strcmp(call->name, "KVM_CHECK_EXTENSION"))
		return check_extension(kernel, fd->is_realm, call->arg);
	if (!strcmp(call->name, "KVM_CREATE_VCPU"))
		return new_fd(kernel, KERNEL_VCPU, (unsigned int)call->arg);
	if (!strcmp(call->name, "KVM_ARM_PREFERRED_TARGET"))
		return put32(call->arg, 0, 5), 0;
	if (!strcmp(call->name, "KVM_ENABLE_CAP"))
		return get32(call->arg, 0) == rows[kernel->family].cap ? 0 : -EINVAL;
	if (!strcmp(call->name, "KVM_ARM_VCPU_INIT"))
		return init_vcpu(kernel, get32(call->arg, 4));
	if (!strcmp(call->name, "KVM_GET_ONE_REG") || !strcmp(call->name, "KVM_SET_ONE_REG"))
		return move_register(kernel, call->arg, call->name[4] == 'S');
	if (!strcmp(call->name, "KVM_CREATE_GUEST_MEMFD"))
		return new_fd(kernel, KERNEL_GMEM, kernel->made[KERNEL_GMEM]);
	if (!strncmp(call->name, "KVM_SET_USER_MEMORY_REGION", strlen("KVM_SET_USER_MEMORY_REGION")))
		return set_region(kernel, call->arg);
	if (!strcmp(call->name, "KVM_ARM_RMI_POPULATE"))
		return populate(kernel, call->arg);
	if (!strcmp(call->name, "KVM_CREATE_DEVICE"))
		return put32(call->arg, 4, (uint32_t)new_fd(kernel, KERNEL_GIC, 0)), 0;
	return strcmp(call->name, "KVM_RUN") ? 0 : -EINTR;
}

/* POPULATE has another number in v12. */
static bool is_of_family(const struct kernel *kernel, unsigned long request)
{
	return (request != 0x4020aed7 && request != 0xc020aed7) ||
	       (request == 0x4020aed7) == rows[kernel->family].counts;
}

static int do_ioctl(void *host, int number, unsigned long request, uintptr_t arg)
{
	struct kernel *kernel = host;
	struct kernel_fd *fd = get_fd(kernel, number);
	struct kernel_call call = { kernel_ioctl_name(fd->kind, request), number, fd->index, arg, 0 };
	int ret;

	if (!call.name && (request == 0xae03 || request == 0x8020aeaf))
		return -EINVAL; /* what is asked of any descriptor, to see what it is */
	if (!call.name || !is_of_family(kernel, request)) {
		fail_msg("the kernel has no ioctl %#lx there", request);
		return -EINVAL;
	}
	kernel->last_request = request;
	return begin(kernel, &call, &ret) ? carry_out(kernel, &call, fd) : ret;
}

/* ---- memory ---- */

static int do_mmap(void *host, size_t length, int prot, int flags, int fd, uint64_t offset, void **addrp)
{
	struct kernel *kernel = host;
	struct kernel_call call = { .name = "mmap", .fd = fd };
	int ret;

	if (fd >= 0)
		call.index = get_fd(kernel, fd)->index;
	assert_true(flags & MAP_SHARED);
	if (!begin(kernel, &call, &ret))
		return ret;
	*addrp = mmap(NULL, length, prot, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	assert_ptr_not_equal(*addrp, MAP_FAILED);
	if (fd >= 0 && get_fd(kernel, fd)->kind == KERNEL_VCPU)
		kernel->runs[call.index] = *addrp;
	kernel->maps++;
	return 0;
}

static int do_munmap(void *host, void *addr, size_t length)
{
	struct kernel *kernel = host;
	struct kernel_call call = { .name = "munmap", .fd = -1 };
	int ret;

	begin(kernel, &call, &ret);
	kernel->maps--;
	return munmap(addr, length);
}

static int do_madvise(void *host, void *addr, size_t length, int advice)
{
	struct kernel_call call = { .fd = -1, .arg = (uintptr_t)addr };
	int ret;

	assert_true(advice == MADV_REMOVE || advice == MADV_NOHUGEPAGE);
	call.name = advice == MADV_REMOVE ? "MADV_REMOVE" : "MADV_NOHUGEPAGE";
	return begin(host, &call, &ret) ? 0 : ret;
}

static int do_fallocate(void *host, int fd, int mode, uint64_t offset, uint64_t length)
{
	struct kernel_call call = { .name = "fallocate", .fd = fd };
	char line[80];
	int ret;

	assert_int_equal(mode, 0x03); /* KEEP_SIZE | PUNCH_HOLE */
	assert_int_equal(get_fd(host, fd)->kind, KERNEL_GMEM);
	if (!begin(host, &call, &ret))
		return ret;
	snprintf(line, sizeof(line), "hole %#llx+%#llx", (unsigned long long)offset, (unsigned long long)length);
	write_down(host, line);
	return 0;
}

static uint32_t do_page_size(void *host)
{
	return 4096;
}

const struct realm_host_ops kernel_ops = {
	.sz = sizeof(kernel_ops),
	.open = do_open,
	.close = do_close,
	.read = do_read,
	.ioctl = do_ioctl,
	.mmap = do_mmap,
	.munmap = do_munmap,
	.madvise = do_madvise,
	.fallocate = do_fallocate,
	.page_size = do_page_size,
};

/* ---- its life ---- */

void kernel_init(struct kernel *kernel, enum realm_family family)
{
	memset(kernel, 0, sizeof(*kernel));
	kernel->family = family;
	kernel->ipa_limit = 48;
	kernel->max_vcpus = 8;
	if (family == REALM_FAMILY_RME_RFC)
		kernel->rec_feature = 7;
	if (family == REALM_FAMILY_RME)
		kernel->rec_feature = 9;
	kernel->dfr0 = 0x10305106; /* 6 breakpoints, 2 of which compare contexts; 4 watchpoints; PMUv3 */
	kernel->pmcr = 6 << 11;    /* counters */
	kernel->sve[0] = 0xb;      /* 128, 256 and 512 bits */
	kernel_forget(kernel);
}

void kernel_done(struct kernel *kernel)
{
	unsigned int i;

	for (i = 0; i < KERNEL_FDS; i++)
		if (kernel->fds[i].kind)
			fail_msg("descriptor %u (kind %d) is still open", i, (int)kernel->fds[i].kind);
	assert_int_equal(kernel->maps, 0);
}

struct realm_ctx *kernel_ctx(struct kernel *kernel)
{
	struct realm_ctx *ctx;
	uint64_t type;

	assert_int_equal(realm_ctx_new(&ctx), 0);
	assert_int_equal(realm_ctx_set_host(ctx, &kernel_ops, kernel), 0);
	assert_int_equal(realm_ctx_set_family(ctx, kernel->family, 0), 0);
	assert_int_equal(realm_vm_type(ctx, 33, &type), 0);
	kernel_forget(kernel);
	return ctx;
}
