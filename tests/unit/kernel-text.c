/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* kernel-text.c - calls of KVM in words: numbers and offsets typed from linux/kvm.h and the posted series */
#include "kernel.h"

static const struct {
	enum kernel_kind kind;
	unsigned long request;
	const char *name;
} ioctls[] = {
	{ KERNEL_SYSTEM, 0xae00, "KVM_GET_API_VERSION" },
	{ KERNEL_SYSTEM, 0xae01, "KVM_CREATE_VM" },
	{ KERNEL_SYSTEM, 0xae03, "KVM_CHECK_EXTENSION" },
	{ KERNEL_SYSTEM, 0xae04, "KVM_GET_VCPU_MMAP_SIZE" },
	{ KERNEL_VM, 0xae03, "KVM_CHECK_EXTENSION" },
	{ KERNEL_VM, 0xae41, "KVM_CREATE_VCPU" },
	{ KERNEL_VM, 0x4020ae46, "KVM_SET_USER_MEMORY_REGION" },
	{ KERNEL_VM, 0x40a0ae49, "KVM_SET_USER_MEMORY_REGION2" },
	{ KERNEL_VM, 0x4068aea3, "KVM_ENABLE_CAP" },
	{ KERNEL_VM, 0x8020aeaf, "KVM_ARM_PREFERRED_TARGET" },
	{ KERNEL_VM, 0x4020aed2, "KVM_SET_MEMORY_ATTRIBUTES" },
	{ KERNEL_VM, 0xc040aed4, "KVM_CREATE_GUEST_MEMFD" },
	{ KERNEL_VM, 0x4020aed7, "KVM_ARM_RMI_POPULATE" },
	{ KERNEL_VM, 0xc020aed7, "KVM_ARM_RMI_POPULATE" },
	{ KERNEL_VM, 0xc00caee0, "KVM_CREATE_DEVICE" },
	{ KERNEL_VM, 0x4018aee1, "KVM_SET_DEVICE_ATTR" },
	{ KERNEL_VCPU, 0xae80, "KVM_RUN" },
	{ KERNEL_VCPU, 0x4040aea0, "KVM_SET_VCPU_EVENTS" },
	{ KERNEL_VCPU, 0x4010aeab, "KVM_GET_ONE_REG" },
	{ KERNEL_VCPU, 0x4010aeac, "KVM_SET_ONE_REG" },
	{ KERNEL_VCPU, 0x4020aeae, "KVM_ARM_VCPU_INIT" },
	{ KERNEL_VCPU, 0x4004aec2, "KVM_ARM_VCPU_FINALIZE" },
	{ KERNEL_VCPU, 0x4018aee1, "KVM_SET_DEVICE_ATTR" },
	{ KERNEL_VCPU, 0x4018aed2, "KVM_ARM_VCPU_RMM_PSCI_COMPLETE" },
	{ KERNEL_VCPU, 0x4018aed6, "KVM_ARM_VCPU_RMM_PSCI_COMPLETE" },
	{ KERNEL_GMEM, 0xc080aed2, "KVM_SET_MEMORY_ATTRIBUTES2" },
	{ KERNEL_GIC, 0x4018aee1, "KVM_SET_DEVICE_ATTR" },
};

const char *kernel_ioctl_name(enum kernel_kind kind, unsigned long request)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ioctls); i++)
		if (ioctls[i].kind == kind && ioctls[i].request == request)
			return ioctls[i].name;
	return NULL;
}

struct text {
	char *at;
	size_t left;
};

static void say(struct text *text, const char *fmt, ...) PRINTF(2, 3);

static void say(struct text *text, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(text->at, text->left, fmt, args);
	va_end(args);
	assert_in_range(len, 0, text->left - 1);
	text->at += len;
	text->left -= (size_t)len;
}

static void say_range(struct text *text, uintptr_t arg, size_t base, size_t size)
{
	say(text, " %#llx+%#llx", (unsigned long long)get64(arg, base), (unsigned long long)get64(arg, size));
}

/* Commands of KVM_CAP_ARM_RME: args[0] the number, args[1] the structure */
static void say_command(struct text *text, uintptr_t arg)
{
	static const char *const names[] = { "CONFIG_REALM", "CREATE_REALM", "INIT_RIPAS_REALM", "POPULATE_REALM",
					     "ACTIVATE_REALM" };
	uint64_t command = get64(arg, 8);
	uintptr_t what = (uintptr_t)get64(arg, 16);

	assert_in_range(command, 0, ARRAY_SIZE(names) - 1);
	say(text, " %u %s", get32(arg, 0), names[command]);
	if (command == 0)
		say(text, " %u: %#x %#x", get32(what, 0), get32(what, 4), get32(what, 8));
	if (command == 2 || command == 3)
		say_range(text, what, 0, 8);
	if (command == 3)
		say(text, " %#x", get32(what, 16));
}

static void say_register(struct text *text, uintptr_t arg, bool with_value)
{
	uint64_t id = get64(arg, 0);
	uintptr_t value = (uintptr_t)get64(arg, 8);

	if (id >= 0x6030000000100000 && id < 0x6030000000100040)
		say(text, " x%u", (unsigned int)(id - 0x6030000000100000) / 2);
	else if (id == 0x6030000000100040)
		say(text, " pc");
	else if (id == 0x603000000013c028)
		say(text, " id_aa64dfr0_el1");
	else if (id == 0x603000000013dce0)
		say(text, " pmcr_el0");
	else if (id == 0x606000000015ffff)
		say(text, " sve_vls");
	else
		say(text, " %#llx", (unsigned long long)id);
	if (with_value)
		say(text, " %#llx", (unsigned long long)get64(value, 0));
}

static void say_region(struct text *text, const struct kernel *kernel, uintptr_t arg, bool with_gmem)
{
	say(text, " %u: flags %#x", get32(arg, 0), get32(arg, 4));
	say_range(text, arg, 8, 16);
	say(text, get64(arg, 24) ? " shared" : " unshared");
	if (with_gmem)
		say(text, " gmem%u+%#llx", kernel->fds[get32(arg, 40) - KERNEL_FD_BASE].index,
		    (unsigned long long)get64(arg, 32));
}

/* The value of a vCPU's is an int, of a device's an u64. */
static void say_attribute(struct text *text, uintptr_t arg, bool is_vcpu)
{
	uintptr_t value = (uintptr_t)get64(arg, 16);

	say(text, " %u %llu", get32(arg, 4), (unsigned long long)get64(arg, 8));
	if (value)
		say(text, " %#llx", is_vcpu ? get32(value, 0) : (unsigned long long)get64(value, 0));
}

static bool is(const struct kernel_call *call, const char *name)
{
	return !strcmp(call->name, name);
}

static void say_vm_argument(struct text *text, const struct kernel *kernel, const struct kernel_call *call)
{
	if (is(call, "KVM_ENABLE_CAP"))
		say_command(text, call->arg);
	else if (is(call, "KVM_SET_USER_MEMORY_REGION"))
		say_region(text, kernel, call->arg, false);
	else if (is(call, "KVM_SET_USER_MEMORY_REGION2"))
		say_region(text, kernel, call->arg, true);
	else if (is(call, "KVM_CREATE_GUEST_MEMFD"))
		say(text, " %#llx flags %#llx", (unsigned long long)get64(call->arg, 0),
		    (unsigned long long)get64(call->arg, 8));
	else if (is(call, "KVM_SET_MEMORY_ATTRIBUTES") || is(call, "KVM_SET_MEMORY_ATTRIBUTES2")) {
		say_range(text, call->arg, 0, 8);
		say(text, " %#llx", (unsigned long long)get64(call->arg, 16));
	} else if (is(call, "KVM_ARM_RMI_POPULATE")) {
		say_range(text, call->arg, 0, 8);
		say(text, " %#x", get32(call->arg, 24));
	} else if (is(call, "KVM_CREATE_DEVICE"))
		say(text, " %u", get32(call->arg, 0));
}

static void say_vcpu_argument(struct text *text, const struct kernel_call *call)
{
	if (is(call, "KVM_ARM_VCPU_INIT"))
		say(text, " %u %#x", get32(call->arg, 0), get32(call->arg, 4));
	else if (is(call, "KVM_ARM_VCPU_FINALIZE"))
		say(text, " %u", get32(call->arg, 0));
	else if (is(call, "KVM_GET_ONE_REG") || is(call, "KVM_SET_ONE_REG"))
		say_register(text, call->arg, is(call, "KVM_SET_ONE_REG"));
	else if (is(call, "KVM_SET_VCPU_EVENTS"))
		say(text, " ext_dabt_pending %u", ((const uint8_t *)call->arg)[2]);
	else if (is(call, "KVM_ARM_VCPU_RMM_PSCI_COMPLETE"))
		say(text, " %#llx %#x", (unsigned long long)get64(call->arg, 0), get32(call->arg, 8));
}

void kernel_describe(const struct kernel *kernel, const struct kernel_call *call, char *line, size_t size)
{
	static const char *const kinds[] = { "?", "kvm", "vm", "vcpu", "gmem", "gic" };
	const struct kernel_fd *fd = call->fd < 0 ? NULL : &kernel->fds[call->fd - KERNEL_FD_BASE];
	struct text text = { line, size };

	say(&text, "%s", call->name);
	if (fd && fd->kind > KERNEL_VM)
		say(&text, " %s%u", kinds[fd->kind], fd->index);
	else if (is(call, "close"))
		say(&text, " %s", kinds[fd->kind]);
	if (is(call, "KVM_CREATE_VM"))
		say(&text, " %#lx", (unsigned long)call->arg);
	else if (is(call, "KVM_CREATE_VCPU") || is(call, "KVM_CHECK_EXTENSION"))
		say(&text, " %lu", (unsigned long)call->arg);
	else if (is(call, "KVM_SET_DEVICE_ATTR"))
		say_attribute(&text, call->arg, fd && fd->kind == KERNEL_VCPU);
	else if (fd && fd->kind == KERNEL_VCPU)
		say_vcpu_argument(&text, call);
	else
		say_vm_argument(&text, kernel, call);
}
