/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* realm-fail.c - what a failed call of the host means, and what to try */
#include <stdio.h>
#include <string.h>

#include "kvm.h"
#include "rmi.h"

#define POPULATE "KVM_ARM_RMI_POPULATE"
#define REVISION "the RMM refused: are KVM and RMM of the same revision? all betas of RMM 2.0 say 2.0"

/* The first that fits; NULL and 0 fit everything.  Each step has a row for what no other fits. */
static const struct {
	const char *step;
	const char *call;
	int err;
	const char *hint;
} hints[] = {
	{ NULL, "open", ENOENT, "is KVM built in, and the module loaded?" },
	{ NULL, "open", EACCES, "become root, or join the group that owns " KVM_PATH },
	{ NULL, NULL, EMFILE, "raise the limit of open files (ulimit -n)" },
	{ NULL, NULL, ENFILE, "raise the limit of open files of this machine (fs.file-max)" },
	{ NULL, NULL, ENOMEM, "give realms less memory, or end other realms" },
	{ NULL, NULL, EINTR, "block signals of this thread meanwhile" },
	{ "vm", "KVM_CREATE_VM", EINVAL, "try a smaller ipa_bits: the RMM's limit may be below the one that KVM tells" },
	{ "vm", "KVM_CREATE_VM", EPERM, "is there an RMM below this kernel, and does it run at EL2 (VHE)?" },
	{ "configure", NULL, ENXIO, REVISION },
	{ "memory", "KVM_SET_USER_MEMORY_REGION2", EINVAL, "cut RAM into smaller regions: a memory slot has less than 2^31 pages" },
	{ "populate", NULL, ENXIO, REVISION },
	{ "populate", POPULATE, EBUSY, "the VM was run before: content comes before the first KVM_RUN" },
	{ "populate", POPULATE, EINVAL, "is all of the range private, and in a slot with a guest_memfd?" },
	{ "seal", "KVM_RUN", EOPNOTSUPP, "the VM needs an in-kernel GICv3, initialised, before" },
	{ "seal", NULL, ENXIO, "the RMM refused: has it memory left, and are KVM and RMM of the same revision?" },
	{ "seal", NULL, 0, "destroy the realm and make it again: a failed activation is final" },
	{ "run", NULL, EFAULT, "does the VMM's memory of the slots still exist?" },
	{ "vm", NULL, 0, "is this KVM what the probe found?  'realmctl info' shows what it answers" },
	{ "configure", NULL, 0, "does the host have what the plan sets?  'realmctl info' shows its limits" },
	{ "recs", NULL, 0, "try fewer RECs, or other settings of them: 'realmctl info' shows the limits of the host" },
	{ "memory", NULL, 0, "try less memory, or fewer regions of it; the kernel's log may say more" },
	{ "populate", NULL, 0, "destroy the realm and make it again: a populate that failed is final" },
	{ "run", NULL, 0, "destroy the realm and make it again; the kernel's log may say more" },
	{ "convert", NULL, 0, "convert all of it again: a part may be converted already; the kernel's log may say more" },
	{ "measure", NULL, 0, "does the host still have the realm?" },
};

static const char *hint_of(const char *step, const char *call, int err)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(hints); i++)
		if ((!hints[i].step || !strcmp(hints[i].step, step)) &&
		    (!hints[i].call || !strcmp(hints[i].call, call)) && (!hints[i].err || hints[i].err == err))
			return hints[i].hint;
	return NULL;
}

/* Public functions have a closed set of codes. */
static int code_of(const char *call, int err)
{
	switch (err) {
	case ENOMEM:
	case EINTR:
	case EOPNOTSUPP:
	case EPROTO:
		return err;
	case EACCES:
	case EPERM:
		return EACCES;
	case ENOENT:
	case ENODEV:
	case ENXIO:
		return !strcmp(call, "open") ? ENODEV : EIO;
	}
	return EIO;
}

#define NAME(status) [status] = #status

static const char *const statuses[] = {
	NAME(RMI_SUCCESS),
	NAME(RMI_ERROR_INPUT),
	NAME(RMI_ERROR_REALM),
	NAME(RMI_ERROR_REC),
	NAME(RMI_ERROR_RTT),
};

/* " (RMI call 0xc4000151: RMI_ERROR_INPUT)" or nothing */
static void describe_rmi(const struct host_failure *failure, char *text, size_t size)
{
	unsigned int status = (unsigned int)rmi_result_get_status(failure->result);

	text[0] = 0;
	if (!failure->has_rmi)
		return;
	if (status < ARRAY_SIZE(statuses))
		snprintf(text, size, " (RMI call %#llx: %s)", (unsigned long long)failure->fid, statuses[status]);
	else
		snprintf(text, size, " (RMI call %#llx: status %u)", (unsigned long long)failure->fid, status);
}

int realm_host_failed(struct realm_ctx *ctx, const char *step, const char *call, int err)
{
	struct host_failure failure = { .step = step, .call = call, .err = -err };
	const char *name = strerrorname_np(-err);
	char rmi[80];

	failure.has_rmi = !sys_rmi_result(ctx, &failure.fid, &failure.result) && failure.result;
	describe_rmi(&failure, rmi, sizeof(rmi));
	return realm_fail_host(ctx, code_of(call, -err), &failure, hint_of(step, call, -err), "%s failed: %s%s", call,
			       name ? name : "unknown errno", rmi);
}
