/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * kvm-probe.c - which family is this host?  Behaviour first, numbers second
 *
 * Every number that realms have had but one means something else upstream by now, so that no number on an ordinary VM or on /dev/kvm says
 * anything.  What does is whether a VM of a realm type can be made, and what that VM does.  docs/hosts.md tells it all.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kvm-probe.h"

/* Small enough for any host and any RMM */
#define SCRATCH_IPA_BITS 33

#define HINT_KERNEL "boot a kernel with Arm CCA host support (KVM series rmi-v14 or rmi-v15), or use the software host"
#define HINT_FIRMWARE                                                                                                  \
	"boot firmware with an RMM on a CPU with RME, and let the kernel use VHE (no kvm-arm.mode=nvhe or protected)"

/* The family, and why it is that one */
static int found(struct probe *probe, enum realm_family family, const char *why)
{
	probe->host->family = family;
	probe->host->can = family_row(family);
	snprintf(probe->host->why, sizeof(probe->host->why), "%s", why);
	return 0;
}

/* Which family knows its POPULATE on an ordinary VM?  0, or negative errno when there is no such VM. */
static int ask_populate_form(struct probe *probe, enum realm_family *familyp)
{
	int vm = ask_vm(probe, 0, SCRATCH_IPA_BITS);

	*familyp = REALM_FAMILY_ANY;
	meaning(probe, vm < 0 ? "no ordinary VM to ask" : "an ordinary VM, to ask for POPULATE on");
	if (vm < 0)
		return vm;
	if (ask_populate(probe, vm, REALM_KVM_ARM_RMI_POPULATE_V12, "rmi-v12"))
		*familyp = REALM_FAMILY_RMI_V12;
	else if (ask_populate(probe, vm, REALM_KVM_ARM_RMI_POPULATE_V13, "rmi-v13 or later"))
		*familyp = REALM_FAMILY_RMI_V13;
	sys_close(probe->ctx, vm);
	return 0;
}

/* ---- there is no realm VM: why? ---- */

static int refuse_protected(struct probe *probe)
{
	return refuse(probe, EOPNOTSUPP, "boot without kvm-arm.mode=protected, on a host with an RMM",
		      "this is a host of protected KVM: its protected VMs are no realms, and exclude them");
}

static int refuse_without_rmm(struct probe *probe, enum realm_family family, int err)
{
	uint32_t page = sys_page_size(probe->ctx);

	if (family == REALM_FAMILY_RMI_V12 && page != 4096)
		return refuse(probe, EOPNOTSUPP, "boot a kernel with pages of 4096 bytes",
			      "the kernel is of family rmi-v12, which has no realms with pages of %u bytes", page);
	if (family)
		return refuse(
			probe, EOPNOTSUPP, HINT_FIRMWARE,
			"the kernel knows realms (%s), but makes none (%s): there is no RMM, or KVM does not use VHE",
			family == REALM_FAMILY_RMI_V12 ? "rmi-v12" : "rmi-v13 or later", errno_text(err));
	return refuse(probe, EOPNOTSUPP, HINT_FIRMWARE,
		      "the kernel knows realms, but may not make one (%s): there is no RMM", errno_text(err));
}

/* v14, v1: what KVM_CREATE_VM gave for each type of realm */
static int explain(struct probe *probe, int v14, int v1)
{
	int err = v14 == -EINVAL ? v1 : v14;
	enum realm_family family;
	int vm, ordinary;

	vm = ask_vm(probe, REALM_KVM_VM_TYPE_PROTECTED, SCRATCH_IPA_BITS);
	meaning(probe, vm < 0 ? "no protected KVM" : "protected KVM");
	sys_close(probe->ctx, vm);
	if (vm >= 0)
		return refuse_protected(probe);
	ordinary = ask_populate_form(probe, &family);
	if (ordinary == -EINVAL)
		return refuse(probe, EOPNOTSUPP, "use an Arm host with RME, or the software host",
			      "the KVM of this host makes no VMs of arm64");
	if (family || err == -EPERM)
		return refuse_without_rmm(probe, family, err);
	return refuse(probe, EOPNOTSUPP, HINT_KERNEL,
		      "this kernel makes no realms: it refuses both types of VM that realms have had");
}

/* ---- there is one of v14 or later ---- */

static bool has_private(int attributes)
{
	return attributes > 0 && attributes & REALM_KVM_MEMORY_ATTRIBUTE_PRIVATE;
}

/* Does guest_memfd own the private state of pages, so that they can be shared in place? */
static bool ask_in_place(struct probe *probe)
{
	bool owns =
		has_private(ask_cap(probe, probe->vm, "the realm VM", REALM_KVM_CAP_GUEST_MEMFD_MEMORY_ATTRIBUTES_V15,
				    "GUEST_MEMFD_MEMORY_ATTRIBUTES"));

	meaning(probe, owns ? "guest_memfd says what is private: rmi-v15" : "guest_memfd does not say what is private");
	return owns;
}

static int check_v15(struct probe *probe)
{
	char text[16];

	ask_parameter(probe, "gmem_in_place_conversion", text, sizeof(text));
	if (*text == 'N' || *text == '0') {
		meaning(probe, "populate is impossible");
		return refuse(probe, EOPNOTSUPP, "boot with kvm.gmem_in_place_conversion=1",
			      "the kernel is of family rmi-v15 with gmem_in_place_conversion=0, where no realm can be "
			      "populated");
	}
	if (*text)
		meaning(probe, "populate is possible");
	return 0;
}

static int among_v14(struct probe *probe)
{
	int err;

	if (!ask_restricted(probe, probe->vm))
		return refuse(probe, EOPNOTSUPP, HINT_KERNEL,
			      "KVM_CREATE_VM takes bit 30, but what it makes is no realm");
	probe->host->cap = ask_own_cap(probe, probe->vm);
	if (has_private(
		    ask_cap(probe, probe->vm, "the realm VM", REALM_KVM_CAP_MEMORY_ATTRIBUTES, "MEMORY_ATTRIBUTES"))) {
		meaning(probe, "the VM says what is private: rmi-v14");
		return found(probe, REALM_FAMILY_RMI_V14,
			     "it makes VMs of type bit 30, whose memory attributes are the VM's");
	}
	meaning(probe, "the VM does not say what is private: not rmi-v14");
	probe->host->limits.in_place = ask_in_place(probe);
	err = check_v15(probe);
	if (err)
		return err;
	if (!probe->host->limits.in_place)
		return refuse(probe, EOPNOTSUPP, "set REALM_KVM to the family if you know that it is one of those",
			      "this is a realm host of a kind later than rmi-v14, and not rmi-v15 as it was posted");
	return found(probe, REALM_FAMILY_RMI_V15,
		     "it makes VMs of type bit 30, whose memory attributes are guest_memfd's");
}

/* ---- there is one of v13 or before ---- */

/* CONFIG_REALM with this number or one of the family's.  Tried on a realm VM and nowhere else, and when all before was answered. */
static bool configure(struct probe *probe, const struct realm_kvm_family *can, unsigned int cap)
{
	size_t i;

	if (probe->failed)
		return false;
	if (cap && !ask_config(probe, probe->vm, cap)) {
		probe->host->cap = cap;
		return true;
	}
	for (i = 0; i < can->num_caps; i++)
		if (can->caps[i] != cap && !ask_config(probe, probe->vm, (unsigned int)can->caps[i])) {
			probe->host->cap = (unsigned int)can->caps[i];
			return true;
		}
	return false;
}

static int among_rme(struct probe *probe)
{
	/* Its numbers include that of rme-rfc. */
	if (!configure(probe, family_row(REALM_FAMILY_RME), probe->hint_cap))
		return refuse(probe, EOPNOTSUPP,
			      "set REALM_KVM=rme:NUMBER if you know the number of the kernel's KVM_CAP_ARM_RME",
			      "this is a realm host of family rme, and the number of its capability is not one of "
			      "those known");
	if (ask_cap(probe, probe->vm, "the realm VM", REALM_KVM_CAP_GUEST_MEMFD, "GUEST_MEMFD") > 0) {
		meaning(probe, "protected memory is a guest_memfd: rme");
		return found(probe, REALM_FAMILY_RME, "it takes commands by KVM_ENABLE_CAP, and has guest_memfd");
	}
	meaning(probe, "there is no guest_memfd: rme-rfc");
	return found(probe, REALM_FAMILY_RME_RFC, "it takes commands by KVM_ENABLE_CAP, and has no guest_memfd");
}

/* The family that a number of the realm interface was seen with; only where behaviour says nothing */
static enum realm_family family_by_cap(unsigned int cap)
{
	if (cap == REALM_KVM_CAP_ARM_RMI_V12)
		return REALM_FAMILY_RMI_V12;
	return cap == REALM_KVM_CAP_ARM_RMI_V13 ? REALM_FAMILY_RMI_V13 : REALM_FAMILY_ANY;
}

static int among_v1(struct probe *probe)
{
	const char *why = "it makes VMs of type 0x100, and knows POPULATE as the family has it";
	enum realm_family family;

	ask_populate_form(probe, &family);
	if (ask_restricted(probe, probe->vm) == 1) {
		probe->host->cap = ask_own_cap(probe, probe->vm);
		if (!family) {
			family = family_by_cap(probe->host->cap);
			why = "it makes VMs of type 0x100 that are cut down, and the capability has the family's "
			      "number";
		}
		if (!family)
			return refuse(probe, EOPNOTSUPP,
				      "set REALM_KVM to rmi-v12 or rmi-v13 if you know that it is one of these",
				      "this is a realm host between rme and rmi-v14, and it cannot be told which");
	}
	return family ? found(probe, family, why) : among_rme(probe);
}

/* ---- all of it ---- */

static int find_family(struct probe *probe)
{
	int v14, v1;

	v14 = probe->vm = ask_vm(probe, REALM_KVM_VM_TYPE_REALM_V14, SCRATCH_IPA_BITS);
	meaning(probe, v14 < 0 ? "not rmi-v14 or later" : "a realm of rmi-v14 or later");
	if (v14 >= 0)
		return among_v14(probe);
	v1 = probe->vm = ask_vm(probe, REALM_KVM_VM_TYPE_REALM_V1, SCRATCH_IPA_BITS);
	meaning(probe, v1 < 0 ? "not rmi-v13 or earlier" : "a realm of rmi-v13 or earlier");
	return v1 < 0 ? explain(probe, v14, v1) : among_v1(probe);
}

static bool configure_said(struct probe *probe, const struct override *override)
{
	if (override->cap)
		return !ask_config(probe, probe->vm, override->cap);
	return configure(probe, override->can, probe->hint_cap);
}

/* The family is said, so that only what is needed of it is looked at. */
static int check_family(struct probe *probe, const struct override *override)
{
	const struct realm_kvm_family *can = override->can;
	enum realm_family family = REALM_FAMILY_ANY;

	ask(probe, "%s", override->from);
	answer_text(probe, can->name);
	meaning(probe, "not asked which family it is");
	probe->vm = ask_vm(probe, can->vm_type, SCRATCH_IPA_BITS);
	meaning(probe, probe->vm < 0 ? "no realm of the family" : "a realm of the family");
	if (probe->vm < 0)
		return refuse(probe, EOPNOTSUPP, "take it back to find out by asking the host",
			      "family %s was said by %s, and the host makes no such VM: %s", can->name, override->from,
			      errno_text(probe->vm));
	probe->host->cap = override->cap;
	if (can->seal == REALM_KVM_SEAL_EXPLICIT && !configure_said(probe, override))
		return refuse(probe, EOPNOTSUPP, "say the right number, as in REALM_KVM=rme:NUMBER, or take it back",
			      "family %s was said by %s, and no number is that of its capability", can->name,
			      override->from);
	realm_family_from_name(can->name, &family);
	return found(probe, family, "it was said, and the host makes such VMs");
}

static int open_kvm(struct probe *probe)
{
	int version;

	probe->kvm = sys_open(probe->ctx, KVM_PATH, O_RDWR);
	ask(probe, "open(" KVM_PATH ")");
	answer(probe, probe->kvm < 0 ? probe->kvm : 0);
	if (probe->kvm == -EACCES || probe->kvm == -EPERM)
		return refuse(probe, EACCES, "join the group that owns " KVM_PATH ", or ask its administrator",
			      KVM_PATH " may not be used");
	if (probe->kvm < 0)
		return refuse(probe, ENODEV, "boot at EL2 a kernel with KVM, or use the software host",
			      "there is no KVM: " KVM_PATH " cannot be opened: %s", errno_text(probe->kvm));
	meaning(probe, "there is KVM");
	version = sys_ioctl(probe->ctx, probe->kvm, REALM_KVM_GET_API_VERSION, 0);
	ask(probe, "KVM_GET_API_VERSION");
	answer(probe, version);
	if (version != REALM_KVM_API_VERSION)
		return refuse(probe, EOPNOTSUPP, HINT_KERNEL, "the API of " KVM_PATH " is not version %d",
			      REALM_KVM_API_VERSION);
	meaning(probe, "as it must be");
	return 0;
}

/* What kernels of vendors say of themselves.  Most say nothing. */
static void read_hints(struct probe *probe)
{
	static const char *const names[] = { "kvm_cap_arm_rmi", "kvm_cap_arm_rme" };
	char text[16];
	unsigned long cap;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names) && !probe->hint_cap; i++) {
		ask_parameter(probe, names[i], text, sizeof(text));
		cap = strtoul(text, NULL, 10);
		if (cap <= UINT16_MAX && override_cap_fits((unsigned int)cap))
			probe->hint_cap = (unsigned int)cap;
		if (*text)
			meaning(probe, probe->hint_cap ? "a number to try" : "not a number of the realm interface");
	}
}

/* Families up to rmi-v12 have none where a page is not the RMM's granule of 4096 bytes. */
static int check_page_size(struct probe *probe)
{
	uint32_t page = sys_page_size(probe->ctx);

	ask(probe, "page size");
	answer(probe, (int)page);
	meaning(probe, "the granule of realms");
	if (page == 4096 || probe->host->can->any_granule)
		return 0;
	return refuse(probe, EOPNOTSUPP, "boot a kernel with pages of 4096 bytes",
		      "family %s has no realms with pages of %u bytes", probe->host->can->name, page);
}

static int run(struct probe *probe, const struct override *override)
{
	int err;

	/* Whatever the host is: there is nothing to ask it. */
	if (override->can && !override->can->supported)
		return refuse(probe, EOPNOTSUPP, "use a kernel of family rmi-v14 or rmi-v15",
			      "family %s (device assignment) is recognised and not supported", override->can->name);
	err = open_kvm(probe);
	if (err)
		return err;
	read_hints(probe);
	err = override->can ? check_family(probe, override) : find_family(probe);
	if (!err && override->can && probe->host->family == REALM_FAMILY_RMI_V15) {
		probe->host->limits.in_place = ask_in_place(probe);
		err = check_v15(probe);
	}
	if (!err)
		err = check_page_size(probe);
	return err ? err : probe_limits(probe);
}

int realm_host_probe(struct realm_ctx *ctx, struct realm_host_info **infop)
{
	struct probe probe = { .ctx = ctx, .kvm = -1, .vm = -1 };
	struct override override;
	int err;

	if (!ctx || !infop)
		return -EINVAL;
	err = override_get(ctx, &override);
	if (err)
		return err;
	probe.info = calloc(1, sizeof(*probe.info));
	if (!probe.info)
		return realm_fail_nomem(ctx);
	probe.host = &probe.info->host;
	run(&probe, &override);
	if (probe.failed)
		cannot_tell(&probe);
	sys_close(ctx, probe.vm);
	sys_close(ctx, probe.kvm);
	*infop = probe.info;
	return 0;
}

/* ---- the host of a context ---- */

int kvm_host_get(struct realm_ctx *ctx, const struct kvm_host **hostp)
{
	struct realm_host_info *info;
	int err = 0;

	if (!ctx->host) {
		err = realm_host_probe(ctx, &info);
		if (err)
			return err;
		/* A host that has no realms now may have them later: only the other answer lasts. */
		if (info->host.error)
			err = realm_fail(ctx, -info->host.error, "host", info->host.hint, "%s", info->host.why);
		else if (!(ctx->host = malloc(sizeof(*ctx->host))))
			err = realm_fail_nomem(ctx);
		else
			*ctx->host = info->host;
		realm_host_info_free(info);
	}
	*hostp = ctx->host;
	return err;
}

void kvm_host_forget(struct realm_ctx *ctx)
{
	free(ctx->host);
	ctx->host = NULL;
}
