/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * adopt.c - make a realm of a VM, a vCPU and memory that a VMM has by itself (adopt-vmm.c): adopt PAYLOAD FAMILY
 *
 * The VMM has a guest_memfd, so FAMILY is any but rme-rfc.
 */
#include <string.h>

#include "adopt-vmm.h"
#include "host.h"

#define IPA_BITS 33
#define PAYLOAD_MAX 0x40000

static char payload[PAYLOAD_MAX]; /* whole granules: zero behind what the file has */

static int vmm_failed(const char *what, int err)
{
	fprintf(stderr, "%s: %s\n", what, strerror(-err));
	return 1;
}

static int read_payload(const char *name)
{
	FILE *file = fopen(name, "rb");
	size_t size = file ? fread(payload, 1, sizeof(payload), file) : 0;

	if (file)
		fclose(file);
	if (size && size < sizeof(payload))
		return 0;
	fprintf(stderr, "%s: cannot be read, or has more than %d bytes\n", name, PAYLOAD_MAX - 1);
	return 1;
}

/* ---- building ---- */

static int adopt_vcpu(struct realm_ctx *ctx, struct vmm *vmm, struct realm *realm)
{
	int err = vmm_make_vcpu(vmm);

	if (err)
		return vmm_failed("vCPU", err);
	return realm_adopt_rec(realm, vmm->vcpu, vmm->run, VMM_RAM_BASE, NULL, 0) < 0 ? fail(ctx) : 0;
}

static int adopt_memory(struct realm_ctx *ctx, struct vmm *vmm, struct realm *realm)
{
	struct realm_memory memory = { .sz = sizeof(memory), .base = VMM_RAM_BASE, .size = VMM_RAM_SIZE };
	int err = vmm_make_memory(vmm);

	if (err)
		return vmm_failed("memory", err);
	memory.guest_memfd = vmm->gmem;
	memory.shared = vmm->shared;
	return realm_adopt_memory(realm, &memory) ? fail(ctx) : 0;
}

/* The GIC comes after all vCPUs, and before the realm is sealed. */
static int build(struct realm_ctx *ctx, struct vmm *vmm, struct realm *realm)
{
	int err;

	if (realm_configure(realm))
		return fail(ctx);
	if (adopt_vcpu(ctx, vmm, realm) || adopt_memory(ctx, vmm, realm))
		return 1;
	err = vmm_make_gic(vmm);
	if (err)
		return vmm_failed("GIC", err);
	if (realm_populate(realm, VMM_RAM_BASE, payload, sizeof(payload), 0) || realm_seal(realm))
		return fail(ctx);
	return 0;
}

/* ---- running ---- */

static int may_go_on(enum realm_exit_reason reason)
{
	return reason == REALM_EXIT_MMIO || reason == REALM_EXIT_CONVERT || reason == REALM_EXIT_INTERRUPTED ||
	       reason == REALM_EXIT_RETRY;
}

/* Devices read as zero here, and take everything: vmm.c has a console. */
static int run(struct realm_ctx *ctx, struct realm *realm)
{
	struct realm_exit exit = { .sz = sizeof(exit) };
	int err;

	do {
		exit.data = 0;
		err = realm_run(realm, 0, &exit);
		if (!err && exit.reason == REALM_EXIT_CONVERT)
			err = realm_convert(realm, exit.ipa, exit.size, (int)exit.to_private);
	} while (!err && may_go_on(exit.reason));
	if (err)
		return fail(ctx);
	puts(exit.reason == REALM_EXIT_SYSTEM_OFF ? "powered off" : "ended");
	return exit.reason != REALM_EXIT_SYSTEM_OFF;
}

static int adopt(struct realm_ctx *ctx, struct vmm *vmm, struct realm_plan *plan)
{
	struct realm *realm;
	uint64_t type;
	int ret;

	if (realm_plan_set_ipa_bits(plan, IPA_BITS) || realm_vm_type(ctx, IPA_BITS, &type))
		return fail(ctx);
	ret = vmm_make_vm(vmm, type);
	if (ret)
		return vmm_failed("VM", ret);
	if (realm_adopt(plan, vmm->vm, NULL, &realm))
		return fail(ctx);
	ret = build(ctx, vmm, realm);
	if (!ret)
		ret = run(ctx, realm);
	realm_destroy(realm);
	return ret;
}

int main(int argc, char **argv)
{
	struct vmm vmm = { .kvm = -1, .vm = -1, .vcpu = -1, .gmem = -1, .gic = -1 };
	struct realm_plan *plan = NULL;
	struct realm_ctx *ctx;
	int ret;

	if (argc != 3) {
		fprintf(stderr, "usage: adopt PAYLOAD FAMILY\n");
		return 2;
	}
	if (read_payload(argv[1]) || realm_ctx_new(&ctx))
		return 1;
	ret = use_sim(ctx, argv[2], NULL, &vmm.sim);
	if (!ret) {
		vmm.ops = realm_sim_ops();
		ret = realm_plan_new(ctx, &plan) ? fail(ctx) : adopt(ctx, &vmm, plan);
		vmm_close(&vmm);
	}
	realm_plan_free(plan);
	realm_ctx_free(ctx);
	realm_sim_free(vmm.sim);
	return ret;
}
