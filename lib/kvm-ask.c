/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* kvm-ask.c - the questions that tell what a kernel is: docs/hosts.md */
#include <stdio.h>
#include <string.h>

#include "kvm-probe.h"

#define PARAMETERS "/sys/module/kvm/parameters/"

/* Where all numbers that realms have had are */
#define SCAN_FIRST REALM_KVM_CAP_X86_APIC_BUS_CYCLES_NS
#define SCAN_LAST REALM_KVM_CAP_ARM_RME_V1

static int check(struct probe *probe, int fd, unsigned int cap)
{
	return sys_ioctl(probe->ctx, fd, REALM_KVM_CHECK_EXTENSION, cap);
}

int ask_vm(struct probe *probe, uint64_t type, unsigned int ipa_bits)
{
	int vm = sys_ioctl(probe->ctx, probe->kvm, REALM_KVM_CREATE_VM, type | ipa_bits);

	ask(probe, "KVM_CREATE_VM(0x%llx)", (unsigned long long)(type | ipa_bits));
	if (vm < 0)
		answer(probe, vm);
	else
		answer_text(probe, "a VM");
	if (vm < 0 && vm != -EINVAL && vm != -EPERM)
		no_answer(probe, vm);
	return vm;
}

int ask_cap(struct probe *probe, int fd, const char *fd_name, unsigned int cap, const char *cap_name)
{
	int ret = check(probe, fd, cap);

	ask(probe, "KVM_CHECK_EXTENSION(%u, %s) on %s", cap, cap_name, fd_name);
	answer(probe, ret);
	return ret;
}

bool ask_populate(struct probe *probe, int vm, unsigned long request, const char *family)
{
	struct realm_kvm_arm_rmi_populate populate = { 0 };
	int ret = sys_ioctl(probe->ctx, vm, request, (uintptr_t)&populate);

	ask(probe, "KVM_ARM_RMI_POPULATE 0x%lx on an ordinary VM", request);
	answer(probe, ret);
	/* An ioctl that arm64 does not know is EINVAL, not ENOTTY. */
	meaning(probe, ret == -ENXIO ? "known, and for realms only: %s" : "not known: not %s", family);
	return ret == -ENXIO;
}

int ask_restricted(struct probe *probe, int vm)
{
	/* What every ordinary VM of arm64 has, and no realm */
	static const struct {
		unsigned int cap;
		const char *name;
	} witnesses[] = {
		{ REALM_KVM_CAP_ARM_USER_IRQ, "ARM_USER_IRQ" },
		{ REALM_KVM_CAP_ARM_NISV_TO_USER, "ARM_NISV_TO_USER" },
		{ REALM_KVM_CAP_ARM_WRITABLE_IMP_ID_REGS, "ARM_WRITABLE_IMP_ID_REGS" },
		{ REALM_KVM_CAP_ARM_SEA_TO_USER, "ARM_SEA_TO_USER" },
	};
	size_t i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(witnesses); i++) {
		ret = ask_cap(probe, probe->kvm, "the host", witnesses[i].cap, witnesses[i].name);
		meaning(probe, ret > 0 ? "an ordinary VM has it too" : "no witness");
		if (ret <= 0)
			continue;
		ret = ask_cap(probe, vm, "the realm VM", witnesses[i].cap, witnesses[i].name);
		meaning(probe, ret ? "the VM is not cut down" : "the VM is cut down, as confidential ones are");
		return !ret;
	}
	return -1;
}

/* Numbers that common code answers to for any VM */
static bool is_common(unsigned int cap)
{
	return cap == REALM_KVM_CAP_GUEST_MEMFD_FLAGS || cap == REALM_KVM_CAP_GUEST_MEMFD_MEMORY_ATTRIBUTES_V15;
}

unsigned int ask_own_cap(struct probe *probe, int vm)
{
	unsigned int cap, own = 0, candidates = 0;
	char found[96] = "";
	int ret, err = 0;
	size_t used;

	for (cap = SCAN_FIRST; cap <= SCAN_LAST; cap++) {
		ret = check(probe, vm, cap);
		if (ret < 0)
			err = ret;
		if (ret <= 0)
			continue;
		used = strlen(found);
		snprintf(found + used, sizeof(found) - used, "%s%u", used ? ", " : "", cap);
		if (is_common(cap))
			continue;
		own = cap;
		candidates++;
	}
	ask(probe, "KVM_CHECK_EXTENSION(%u..%u) on the realm VM", SCAN_FIRST, SCAN_LAST);
	answer(probe, err);
	if (*found)
		answer_text(probe, found);
	if (candidates != 1)
		own = 0;
	if (own)
		meaning(probe, "%u is the number of the realm interface", own);
	else
		meaning(probe, "the number of the realm interface cannot be told");
	return own;
}

int ask_config(struct probe *probe, int vm, unsigned int cap)
{
	/* The item's value is left zero: SHA-256, as if nothing had been said. */
	struct realm_kvm_arm_rme_config config = { .cfg = REALM_KVM_CAP_ARM_RME_CFG_HASH_ALGO };
	struct realm_kvm_enable_cap enable = {
		.cap = cap,
		.args = { REALM_KVM_CAP_ARM_RME_CONFIG_REALM, (uintptr_t)&config },
	};
	int ret = sys_ioctl(probe->ctx, vm, REALM_KVM_ENABLE_CAP, (uintptr_t)&enable);

	ask(probe, "KVM_ENABLE_CAP(%u, CONFIG_REALM) on the realm VM", cap);
	answer(probe, ret);
	if (ret)
		meaning(probe, "not the number of the realm interface");
	else
		meaning(probe, "the number of the realm interface");
	return ret;
}

void ask_parameter(struct probe *probe, const char *name, char *text, size_t size)
{
	char path[96];
	int err;

	snprintf(path, sizeof(path), PARAMETERS "%s", name);
	err = sys_read_text(probe->ctx, path, text, size);
	ask(probe, "%s", path);
	if (err) {
		*text = 0;
		answer(probe, err);
		meaning(probe, "says nothing");
	} else {
		answer_text(probe, text);
	}
}
