/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * test-sim-kvm.c - the kernels of the software host: what each says of itself, VMs and their memory
 *
 * Numbers are those of the facts about KVM, not of the generated header, where they are what is tested.
 */
#include "sim-host.h"

/* ---- /dev/kvm ---- */

static void system_ioctls_answer_as_linux(void **state)
{
	struct host h = start("v14");

	assert_int_equal(call(&h, h.kvm, 0xAE00, 0), 12);
	assert_int_equal(call(&h, h.kvm, 0xAE00, 1), -EINVAL);
	assert_int_equal(call(&h, h.kvm, 0xAE04, 0), 4096);
	assert_int_equal(call(&h, h.kvm, 0xAE99, 0), -EINVAL);
	stop(&h);
}

static void create_vm_takes_the_types_of_its_kernel(void **state)
{
	static const struct {
		const char *kernel;
		uintptr_t type;
		int error;
	} cases[] = {
		{ "6.1", 0, 0 }, { "6.1", 32, 0 }, { "6.1", 48, 0 }, { "6.1", 31, EINVAL }, { "6.1", 49, EINVAL },
		{ "6.1", REALM_OLD | 33, EINVAL }, { "6.1", REALM_NEW | 33, EINVAL }, { "6.1", PROTECTED | 33, EINVAL },
		{ "6.12", REALM_OLD | 33, EINVAL }, { "7.2", REALM_NEW | 33, EINVAL },
		{ "7.3", REALM_OLD | 33, EINVAL }, { "7.3", REALM_NEW | 33, EINVAL }, { "7.3", PROTECTED | 33, EINVAL },
		{ "pkvm", PROTECTED | 33, 0 }, { "pkvm", REALM_NEW | 33, EINVAL },
		{ "pkvm", PROTECTED | REALM_NEW | 33, EINVAL },
		{ "nvhe", REALM_NEW | 33, EINVAL }, { "nvhe", 33, 0 },
		{ "v12-no-rmm", REALM_OLD | 33, EPERM }, { "v12-no-rmm", 33, 0 },
		{ "rfc-v1", REALM_OLD | 33, 0 }, { "v2", REALM_OLD | 33, 0 }, { "v10", REALM_OLD | 48, 0 },
		{ "v10", 0x200 | 33, EINVAL }, { "v10", REALM_NEW | 33, EINVAL },
		{ "v12", REALM_OLD | 33, 0 }, { "v12", REALM_NEW | 33, EINVAL }, { "v13", REALM_OLD | 33, 0 },
		{ "v13", REALM_OLD | 31, EINVAL }, { "v13", REALM_OLD | 52, EINVAL },
		{ "v14", REALM_NEW | 33, 0 }, { "v14", REALM_OLD | 33, EINVAL },
		{ "v14", REALM_NEW | REALM_OLD | 33, EINVAL },
		{ "v14", PROTECTED | REALM_NEW | 33, EINVAL }, { "v14", REALM_NEW, 0 },
		{ "v15", REALM_NEW | 48, 0 }, { "v15", REALM_NEW | 49, EINVAL }, { "da-v7", REALM_NEW | 33, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct host h = start(cases[i].kernel);
		int fd = create_vm(&h, cases[i].type);

		if (fd >= 0)
			fd = 0;
		if (fd != -cases[i].error)
			fail_msg("%s, type %#lx: %d", cases[i].kernel, (unsigned long)cases[i].type, fd);
		stop(&h);
	}
}

/* "-" is the system fd; the others are VMs: ordinary, and the realm of that kernel */
static void check_extension_answers_by_kernel(void **state)
{
	static const struct {
		const char *kernel;
		uintptr_t type, cap;
		int system, vm;
	} cases[] = {
		/* the numbers that CCA series had, upstream */
		{ "6.1", 0, 240, 0, 0 }, { "6.1", 0, 251, 0, 0 },
		{ "7.3", 0, 240, 1, 1 }, { "7.3", 0, 243, -EINVAL, 1 }, { "7.3", 0, 244, 3, 3 },
		{ "7.3", 0, 245, 1, 1 },
		{ "7.3", 0, 247, 0, 0 }, { "7.3", 0, 248, 0, 0 }, { "7.3", 0, 249, 0, 0 }, { "7.3", 0, 250, 0, 0 },
		{ "7.3", 0, 251, 1, 1 }, { "7.3", 0, 300, 0, 0 }, { "7.2", 0, 251, 0, 0 },
		/* and where they were the series' own */
		{ "rfc-v1", REALM_OLD, 300, 1, 1 }, { "v8", REALM_OLD, 240, 1, 1 }, { "v9", REALM_OLD, 243, 1, 1 },
		{ "v10", REALM_OLD, 244, 1, 1 }, { "v12", REALM_OLD, 247, 1, 1 }, { "v13", REALM_OLD, 248, 1, 1 },
		{ "v14", REALM_NEW, 249, 1, 1 }, { "v15", REALM_NEW, 251, 1, 1 },
		/* witnesses: nonzero on ordinary VMs, zero on a realm from v12 on and on pKVM's VMs */
		{ "7.3", 0, 144, 1, 1 }, { "7.3", 0, 177, 1, 1 }, { "pkvm", PROTECTED, 177, 1, 0 },
		{ "v10", REALM_OLD, 144, 1, 1 }, { "v12", REALM_OLD, 144, 1, 0 }, { "v13", REALM_OLD, 177, 1, 0 },
		{ "v14", REALM_NEW, 144, 1, 0 }, { "v14", REALM_NEW, 177, 1, 0 }, { "v14", REALM_NEW, 239, 1, 0 },
		{ "v14", REALM_NEW, 245, 1, 0 }, { "v14", 0, 144, 1, 1 },
		/* what a realm has */
		{ "v14", REALM_NEW, 0, 1, 1 }, { "v14", REALM_NEW, 102, 1, 1 }, { "v14", REALM_NEW, 165, 48, 48 },
		{ "v14", REALM_NEW, 170, 1, 1 }, { "v14", REALM_NEW, 231, 1, 1 }, { "v14", REALM_NEW, 234, 1, 1 },
		{ "6.1", 0, 231, 0, 0 }, { "6.12", 0, 231, 1, 1 }, { "rfc-v1", REALM_OLD, 231, 0, 0 },
		{ "v12", REALM_OLD, 126, 1, 1 }, { "v15", REALM_NEW, 126, 1, 0 }, { "v14", REALM_NEW, 119, 16, 0 },
		{ "v14", REALM_NEW, 227, 1, 0 },
		/* who owns the attributes */
		{ "v2", REALM_OLD, 233, 8, 8 }, { "v14", REALM_NEW, 233, 8, 8 }, { "v14", 0, 233, 8, 0 },
		{ "v15", REALM_NEW, 233, 0, 0 }, { "v15", REALM_NEW, 250, 8, 8 }, { "v14", REALM_NEW, 250, 0, 0 },
		{ "rfc-v1", REALM_OLD, 233, 0, 0 }, { "rfc-v1", REALM_OLD, 234, 0, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct host h = start(cases[i].kernel);
		int vm = new_vm(&h, cases[i].type ? cases[i].type | 33 : 0);
		int on_system = check(&h, h.kvm, cases[i].cap), on_vm = check(&h, vm, cases[i].cap);

		if (on_system != cases[i].system || on_vm != cases[i].vm)
			fail_msg("%s, capability %u: %d and %d", cases[i].kernel, (unsigned)cases[i].cap, on_system,
				 on_vm);
		stop(&h);
	}
}

/* ---- VMs ---- */

/* Which encodings of POPULATE a kernel knows shows on an ordinary VM. */
static void populate_on_an_ordinary_vm_tells_the_family(void **state)
{
	static const struct {
		const char *kernel;
		int v12, v13;
	} cases[] = {
		{ "7.3", -EINVAL, -EINVAL }, { "v10", -EINVAL, -EINVAL }, { "v12", -ENXIO, -EINVAL },
		{ "v13", -EINVAL, -ENXIO }, { "v14", -EINVAL, -ENXIO }, { "v15", -EINVAL, -ENXIO },
	};
	const uint64_t zeros[4] = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct host h = start(cases[i].kernel);
		int vm = new_vm(&h, 0);

		assert_int_equal(call(&h, vm, 0x4020AED7, (uintptr_t)zeros), cases[i].v12);
		assert_int_equal(call(&h, vm, 0xC020AED7, (uintptr_t)zeros), cases[i].v13);
		stop(&h);
	}
}

static int enable_cap(const struct host *h, int vm, uint32_t cap, uint32_t flags)
{
	const struct realm_kvm_enable_cap args = { .cap = cap, .flags = flags };

	return call(h, vm, 0x4068AEA3, (uintptr_t)&args);
}

static void enable_cap_refuses_guesses(void **state)
{
	static const struct {
		const char *kernel;
		uintptr_t type;
		uint32_t cap, flags;
		int result;
	} cases[] = {
		{ "7.3", 0, 300, 0, -EINVAL }, { "7.3", 0, 240, 0, -EINVAL }, { "7.3", 0, 249, 0, -EINVAL },
		{ "7.3", 0, 239, 0, 0 }, { "7.3", 0, 245, 0, 0 }, { "7.3", 0, 245, 1, -EINVAL },
		{ "6.1", 0, 239, 0, -EINVAL }, { "v14", REALM_NEW, 239, 0, -EINVAL },
		{ "v14", REALM_NEW, 249, 0, -EINVAL }, { "v10", 0, 244, 0, -EINVAL },
		{ "v10", REALM_OLD, 243, 0, -EINVAL }, { "v9", REALM_OLD, 244, 0, -EINVAL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct host h = start(cases[i].kernel);
		int vm = new_vm(&h, cases[i].type ? cases[i].type | 33 : 0);
		int result = enable_cap(&h, vm, cases[i].cap, cases[i].flags);

		if (result != cases[i].result)
			fail_msg("%s, capability %u: %d", cases[i].kernel, (unsigned)cases[i].cap, result);
		stop(&h);
	}
}

static void vm_ioctls_of_no_use_are_refused(void **state)
{
	struct host h = start("v14");
	int realm = new_vm(&h, REALM_NEW | 33), ordinary = new_vm(&h, 0);
	const uint64_t zeros[16] = { 0 };

	assert_int_equal(call(&h, realm, 0xAE77, 0), -EINVAL);
	assert_int_equal(call(&h, realm, 0x4008AE61, (uintptr_t)zeros), -ENXIO);
	assert_int_equal(call(&h, realm, 0x4010AEB5, (uintptr_t)zeros), -EINVAL);
	assert_int_equal(call(&h, ordinary, 0x4010AEB5, (uintptr_t)zeros), 0);
	assert_int_equal(call(&h, realm, 0x4068AEA3, 0), -EFAULT);
	stop(&h);
}

/* A structure has to be in memory, to its last byte. */
static void arguments_are_in_memory_of_the_process(void **state)
{
	struct host h = start("v14");
	int vm = new_vm(&h, REALM_NEW | 33);
	uint8_t *page = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(page, MAP_FAILED);
	munmap(page + PAGE, PAGE);
	assert_int_equal(call(&h, vm, 0x4020AE46, (uintptr_t)page + PAGE), -EFAULT);
	assert_int_equal(call(&h, vm, 0x4020AE46, (uintptr_t)page + PAGE - 24), -EFAULT);
	assert_int_equal(call(&h, vm, 0x4020AE46, (uintptr_t)page + PAGE - 32), -EINVAL);	/* no such slot */
	assert_int_equal(call(&h, vm, 0x8020AEAF, (uintptr_t)page + PAGE - 24), -EFAULT);
	assert_int_equal(call(&h, vm, 0x8020AEAF, (uintptr_t)page + PAGE - 32), 0);
	assert_int_equal(call(&h, vm, 0x8020AEAF, -UINT64_C(8)), -EFAULT);
	munmap(page, PAGE);
	stop(&h);
}

static int set_filter(const struct host *h, int vm, struct realm_kvm_smccc_filter filter)
{
	const struct realm_kvm_device_attr attr = { .addr = (uintptr_t)&filter };

	return call(h, vm, 0x4018AEE1, (uintptr_t)&attr);
}

static void smccc_filters_are_ranges_apart(void **state)
{
	struct host h = start("v14");
	int vm = new_vm(&h, REALM_NEW | 33);
	struct realm_kvm_device_attr other = { .group = 1 };

	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0x84000000, 0x20, 2, { 0 } }), 0);
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0x8400001f, 1, 2, { 0 } }), -EEXIST);
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0x84000020, 1, 1, { 0 } }), 0);
	/* Linux 6.4, hypercalls.c: the kernel keeps the range of the Arm architecture to itself, of either width. */
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0x80000000, 1, 2, { 0 } }), -EEXIST);
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0x8000ffff, 1, 2, { 0 } }), -EEXIST);
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0x80010000, 1, 2, { 0 } }), 0);
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0xbfffffff, 2, 2, { 0 } }), -EEXIST);
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0xc000ffff, 1, 2, { 0 } }), -EEXIST);
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0xc0010000, 1, 2, { 0 } }), 0);
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0x90000000, 0, 1, { 0 } }), -EINVAL);
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0x90000000, 1, 3, { 0 } }), -EINVAL);
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0x90000000, 1, 1, { 1 } }), -EINVAL);
	assert_int_equal(set_filter(&h, vm, (struct realm_kvm_smccc_filter){ 0xffffffff, 2, 1, { 0 } }), -EINVAL);
	assert_int_equal(call(&h, vm, 0x4018AEE3, (uintptr_t)&other), -ENXIO);
	other.group = 0;
	assert_int_equal(call(&h, vm, 0x4018AEE3, (uintptr_t)&other), 0);
	stop(&h);
}

/* ---- memory slots ---- */

#define GUEST_MEMFD 4
#define READONLY 2
#define LOG_DIRTY 1

struct slot {
	uint32_t id, flags;
	uint64_t gpa, size, user, offset;
	uint32_t file;
};

static int set_slot(const struct host *h, int vm, const struct slot *slot)
{
	const struct realm_kvm_userspace_memory_region2 region = {
		.slot = slot->id, .flags = slot->flags, .guest_phys_addr = slot->gpa, .memory_size = slot->size,
		.userspace_addr = slot->user, .guest_memfd_offset = slot->offset, .guest_memfd = slot->file,
	};

	return call(h, vm, 0x40A0AE49, (uintptr_t)&region);
}

static int new_gmem(const struct host *h, int vm, uint64_t size, uint64_t flags)
{
	struct realm_kvm_create_guest_memfd create = { .size = size, .flags = flags };

	return call(h, vm, 0xC040AED4, (uintptr_t)&create);
}

#define USER 0x10000000	/* never touched here */
#define FILE_OF_REALM 0
#define FILE_OF_OTHER 1

/* In order, on one realm of v14 with 33 bits of IPA space */
static void slots_are_checked(void **state)
{
	static const struct {
		struct slot slot;
		int result;
	} cases[] = {
		{ { 0, GUEST_MEMFD, 0x80000000, MIB, USER, 0, FILE_OF_REALM }, 0 },
		/* a slot of a guest_memfd can only be deleted */
		{ { 0, GUEST_MEMFD, 0x80000000, MIB, USER, 0, FILE_OF_REALM }, -EINVAL },
		{ { 0, GUEST_MEMFD, 0x90000000, MIB, USER, 0, FILE_OF_REALM }, -EINVAL },
		{ { 0, 0, 0x80000000, MIB, USER, 0, 0 }, -EINVAL },
		/* overlap in the guest and in the file */
		{ { 1, GUEST_MEMFD, 0x800ff000, MIB, USER, MIB, FILE_OF_REALM }, -EEXIST },
		{ { 1, GUEST_MEMFD, 0x80100000, MIB, USER, MIB - PAGE, FILE_OF_REALM }, -EINVAL },
		{ { 1, GUEST_MEMFD, 0x80100000, MIB, USER, MIB, FILE_OF_REALM }, 0 },
		/* beyond the file, another VM's file, not a file */
		{ { 2, GUEST_MEMFD, 0x90000000, 4 * MIB, USER, 2 * MIB, FILE_OF_REALM }, -EINVAL },
		{ { 2, GUEST_MEMFD, 0x90000000, MIB, USER, 0, FILE_OF_OTHER }, -EINVAL },
		{ { 2, GUEST_MEMFD, 0x90000000, MIB, USER, 0, 2 }, -EINVAL },
		{ { 2, GUEST_MEMFD, 0x90000000, MIB, USER, 0, 3 }, -EBADF },
		/* alignment and wrapping */
		{ { 2, 0, 0x90000800, MIB, USER, 0, 0 }, -EINVAL },
		{ { 2, 0, 0x90000000, MIB + 1, USER, 0, 0 }, -EINVAL },
		{ { 2, 0, 0x90000000, MIB, USER + 1, 0, 0 }, -EINVAL },
		{ { 2, GUEST_MEMFD, 0x90000000, MIB, USER, 0x800, FILE_OF_REALM }, -EINVAL },
		{ { 2, GUEST_MEMFD, 0x90000000, MIB, USER, -PAGE, FILE_OF_REALM }, -EINVAL },
		{ { 2, 0, -PAGE, 2 * PAGE, USER, 0, 0 }, -EINVAL },
		{ { 2, 0, 0x90000000, MIB, -PAGE, 0, 0 }, -EINVAL },
		/* KVM counts pages in 31 bits */
		{ { 2, 0, 0, UINT64_C(1) << 43, USER, 0, 0 }, -EINVAL },
		{ { 2, 0, 0, (UINT64_C(1) << 43) - PAGE, USER, 0, 0 }, -EFAULT },
		/* the shared half */
		{ { 2, 0, 0x100000000, MIB, USER, 0, 0 }, -EFAULT },
		{ { 2, 0, 0xfff00000, 2 * MIB, USER, 0, 0 }, -EFAULT },
		/* flags and numbers */
		{ { 2, LOG_DIRTY, 0x90000000, MIB, USER, 0, 0 }, -EINVAL },
		{ { 2, GUEST_MEMFD | READONLY, 0x90000000, MIB, USER, 2 * MIB, FILE_OF_REALM }, -EINVAL },
		{ { 2, 8, 0x90000000, MIB, USER, 0, 0 }, -EINVAL },
		{ { 512, 0, 0x90000000, MIB, USER, 0, 0 }, -EINVAL },
		{ { 0x10000, 0, 0x90000000, MIB, USER, 0, 0 }, -EINVAL },
		/* ordinary slots can move, but nothing else */
		{ { 2, 0, 0x90000000, MIB, USER, 0, 0 }, 0 },
		{ { 2, 0, 0x90000000, MIB, USER, 0, 0 }, 0 },
		{ { 2, 0, 0x80000000, MIB, USER, 0, 0 }, -EEXIST },
		{ { 2, 0, 0xa0000000, MIB, USER, 0, 0 }, 0 },
		{ { 2, 0, 0xa0000000, 2 * MIB, USER, 0, 0 }, -EINVAL },
		{ { 2, 0, 0xa0000000, MIB, USER + PAGE, 0, 0 }, -EINVAL },
		{ { 2, READONLY, 0xa0000000, MIB, USER, 0, 0 }, -EINVAL },
		/* deletion */
		{ { 3, 0, 0, 0, 0, 0, 0 }, -EINVAL },
		{ { 0, 0, 0, 0, 0, 0, 0 }, 0 },
		{ { 0, 0, 0, 0, 0, 0, 0 }, -EINVAL },
		{ { 0, GUEST_MEMFD, 0x80000000, MIB, USER, 0, FILE_OF_REALM }, 0 },
	};
	struct host h = start("v14");
	int vm = new_vm(&h, REALM_NEW | 33), other = new_vm(&h, REALM_NEW | 33);
	const int files[] = { new_gmem(&h, vm, 4 * MIB, 0), new_gmem(&h, other, 4 * MIB, 0), other, -1 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct slot slot = cases[i].slot;
		int result;

		slot.file = (uint32_t)files[slot.file];
		result = set_slot(&h, vm, &slot);
		if (result != cases[i].result)
			fail_msg("slot case %zu: %d", i, result);
	}
	stop(&h);
}

static void old_slots_have_no_new_flags(void **state)
{
	struct host h = start("v14");
	struct realm_kvm_userspace_memory_region region = {
		.guest_phys_addr = 0x80000000, .memory_size = MIB, .userspace_addr = USER, .flags = GUEST_MEMFD,
	};
	int vm = new_vm(&h, REALM_NEW | 33), ordinary = new_vm(&h, 0);

	assert_int_equal(call(&h, vm, 0x4020AE46, (uintptr_t)&region), -EINVAL);
	region.flags = 0;
	assert_int_equal(call(&h, vm, 0x4020AE46, (uintptr_t)&region), 0);
	region.flags = LOG_DIRTY;
	assert_int_equal(call(&h, vm, 0x4020AE46, (uintptr_t)&region), -EINVAL);
	assert_int_equal(call(&h, ordinary, 0x4020AE46, (uintptr_t)&region), 0);
	stop(&h);
}

static void rfc_v1_has_no_guest_memfd(void **state)
{
	struct host h = start("rfc-v1");
	int vm = new_vm(&h, REALM_OLD | 33);
	const struct slot slot = { 0, 0, 0x80000000, MIB, USER, 0, 0 };

	assert_int_equal(new_gmem(&h, vm, MIB, 0), -EINVAL);
	assert_int_equal(set_slot(&h, vm, &slot), -EINVAL);
	stop(&h);
}

/* ---- attributes ---- */

static int set_attributes(const struct host *h, int vm, uint64_t address, uint64_t size, uint64_t attributes,
			  uint64_t flags)
{
	const uint64_t args[4] = { address, size, attributes, flags };

	return call(h, vm, 0x4020AED2, (uintptr_t)args);
}

static void vm_attributes_are_checked(void **state)
{
	struct host h = start("v14"), v15 = start("v15");
	int vm = new_vm(&h, REALM_NEW | 33), ordinary = new_vm(&h, 0);

	assert_int_equal(set_attributes(&h, vm, 0x80000000, MIB, 8, 0), 0);
	assert_int_equal(set_attributes(&h, vm, 0x80000000, MIB, 0, 0), 0);
	assert_int_equal(set_attributes(&h, vm, 0x80000000, MIB, 8, 1), -EINVAL);
	assert_int_equal(set_attributes(&h, vm, 0x80000000, MIB, 4, 0), -EINVAL);
	assert_int_equal(set_attributes(&h, vm, 0x80000000, 0, 8, 0), -EINVAL);
	assert_int_equal(set_attributes(&h, vm, 0x80000800, MIB, 8, 0), -EINVAL);
	assert_int_equal(set_attributes(&h, vm, 0x80000000, 0x800, 8, 0), -EINVAL);
	assert_int_equal(set_attributes(&h, vm, -PAGE, 2 * PAGE, 8, 0), -EINVAL);
	assert_int_equal(set_attributes(&h, ordinary, 0x80000000, MIB, 8, 0), -EINVAL);
	assert_int_equal(set_attributes(&v15, new_vm(&v15, REALM_NEW | 33), 0x80000000, MIB, 8, 0), -EINVAL);
	stop(&v15);
	stop(&h);
}

/* ---- guest_memfd ---- */

static void guest_memfd_takes_the_flags_of_its_kernel(void **state)
{
	static const struct {
		const char *kernel;
		uintptr_t type;
		uint64_t size, flags;
		int error;
	} cases[] = {
		{ "v14", REALM_NEW, MIB, 0, 0 }, { "v14", REALM_NEW, MIB, 1, EINVAL },
		{ "v14", REALM_NEW, 0, 0, EINVAL },
		{ "v14", REALM_NEW, MIB + 1, 0, EINVAL }, { "v14", REALM_NEW, UINT64_C(1) << 63, 0, EINVAL },
		{ "v2", REALM_OLD, MIB, 0, 0 }, { "v15", REALM_NEW, MIB, 3, 0 }, { "v15", REALM_NEW, MIB, 0, 0 },
		{ "v15", REALM_NEW, MIB, 4, EINVAL }, { "v15-no-in-place", REALM_NEW, MIB, 3, EINVAL },
		{ "7.3", 0, MIB, 1, 0 }, { "6.12", 0, MIB, 0, EINVAL },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct host h = start(cases[i].kernel);
		int vm = new_vm(&h, cases[i].type ? cases[i].type | 33 : 0);
		int fd = new_gmem(&h, vm, cases[i].size, cases[i].flags);

		if (cases[i].error ? fd != -cases[i].error : fd < 0)
			fail_msg("%s, guest_memfd case %zu: %d", cases[i].kernel, i, fd);
		stop(&h);
	}
}

static void fallocate_is_strict(void **state)
{
	const int keep = FALLOC_FL_KEEP_SIZE, punch = FALLOC_FL_PUNCH_HOLE;
	struct host h = start("v14");
	int vm = new_vm(&h, REALM_NEW | 33), fd = new_gmem(&h, vm, 4 * MIB, 0);
	uint64_t before = h.sim->memory.used;

	assert_int_equal(ops->fallocate(h.sim, fd, 0, 0, PAGE), -EOPNOTSUPP);
	assert_int_equal(ops->fallocate(h.sim, fd, punch, 0, PAGE), -EOPNOTSUPP);
	assert_int_equal(ops->fallocate(h.sim, fd, keep | FALLOC_FL_ZERO_RANGE, 0, PAGE), -EOPNOTSUPP);
	assert_int_equal(ops->fallocate(h.sim, fd, keep, 0, 0), -EINVAL);
	assert_int_equal(ops->fallocate(h.sim, fd, keep, 0x800, PAGE), -EINVAL);
	assert_int_equal(ops->fallocate(h.sim, fd, keep, 0, 0x800), -EINVAL);
	assert_int_equal(ops->fallocate(h.sim, fd, keep, INT64_MAX - 0xfff, PAGE), -EFBIG);
	assert_int_equal(ops->fallocate(h.sim, fd, keep, 4 * MIB, PAGE), -EINVAL);
	assert_int_equal(ops->fallocate(h.sim, fd, keep, MIB, MIB), 0);
	assert_int_equal(h.sim->memory.used - before, MIB / PAGE);
	assert_int_equal(ops->fallocate(h.sim, fd, keep | punch, MIB + PAGE, UINT64_C(8) << 30), 0);
	assert_int_equal(h.sim->memory.used - before, 1);
	assert_int_equal(ops->close(h.sim, fd), 0);
	assert_int_equal(h.sim->memory.used, before);
	stop(&h);
}

static void memory_in_place_is_the_files(void **state)
{
	struct host h = start("v15");
	int vm = new_vm(&h, REALM_NEW | 33), plain = new_gmem(&h, vm, MIB, 0), fd = new_gmem(&h, vm, MIB, 3);
	uint64_t args[16] = { 0, PAGE, 8 };
	uint8_t *memory;
	void *addr;

	assert_int_equal(ops->mmap(h.sim, MIB, PROT_READ, MAP_SHARED, plain, 0, &addr), -ENODEV);
	assert_int_equal(call(&h, plain, 0xC080AED2, (uintptr_t)args), -EINVAL);
	assert_int_equal(ops->mmap(h.sim, MIB, PROT_READ, MAP_PRIVATE, fd, 0, &addr), -EINVAL);
	assert_int_equal(ops->mmap(h.sim, MIB, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0, &addr), 0);
	memory = addr;
	memory[0] = memory[PAGE] = 0xa5;
	/* private and back: its content is gone, the next page's is not */
	assert_int_equal(call(&h, fd, 0xC080AED2, (uintptr_t)args), 0);
	args[2] = 0;
	assert_int_equal(call(&h, fd, 0xC080AED2, (uintptr_t)args), 0);
	assert_int_equal(memory[0], 0);
	assert_int_equal(memory[PAGE], 0xa5);
	for (unsigned i = 0; i < 16; i++) {
		const uint64_t bad[16] = { [0] = 1, [1] = MIB, [2] = 4, [3] = 1, [5] = 1, [15] = 1 };

		if (!bad[i])
			continue;
		args[i] += bad[i];
		assert_int_equal(call(&h, fd, 0xC080AED2, (uintptr_t)args), -EINVAL);
		args[i] -= bad[i];
	}
	assert_int_equal(ops->munmap(h.sim, addr, MIB), 0);
	assert_int_equal(call(&h, fd, 0xAE00, 0), -ENOTTY);
	stop(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(system_ioctls_answer_as_linux),
		cmocka_unit_test(create_vm_takes_the_types_of_its_kernel),
		cmocka_unit_test(check_extension_answers_by_kernel),
		cmocka_unit_test(populate_on_an_ordinary_vm_tells_the_family),
		cmocka_unit_test(enable_cap_refuses_guesses),
		cmocka_unit_test(vm_ioctls_of_no_use_are_refused),
		cmocka_unit_test(arguments_are_in_memory_of_the_process),
		cmocka_unit_test(smccc_filters_are_ranges_apart),
		cmocka_unit_test(slots_are_checked),
		cmocka_unit_test(old_slots_have_no_new_flags),
		cmocka_unit_test(rfc_v1_has_no_guest_memfd),
		cmocka_unit_test(vm_attributes_are_checked),
		cmocka_unit_test(guest_memfd_takes_the_flags_of_its_kernel),
		cmocka_unit_test(fallocate_is_strict),
		cmocka_unit_test(memory_in_place_is_the_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
