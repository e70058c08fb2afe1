/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* adopt-vmm.h - a VMM with one vCPU, one memory slot and a GIC, which adopt.c makes a realm of */
#ifndef ADOPT_VMM_H
#define ADOPT_VMM_H

#include <realm-sim.h>

#define VMM_RAM_BASE UINT64_C(0x80000000)
#define VMM_RAM_SIZE UINT64_C(0x4000000)

struct vmm {
	const struct realm_host_ops *ops;
	struct realm_sim *sim;
	int kvm;
	int vm;
	int vcpu;
	int gmem;
	int gic;
	int run_size;
	void *run;    /* kvm_run page */
	void *shared; /* what the guest shares with the VMM */
};

/* Each gives 0 or a negative errno. */
int vmm_make_vm(struct vmm *vmm, uint64_t type);
int vmm_make_vcpu(struct vmm *vmm);
int vmm_make_memory(struct vmm *vmm);
int vmm_make_gic(struct vmm *vmm);
/* Takes a VMM of which some was never made. */
void vmm_close(struct vmm *vmm);

#endif /* ADOPT_VMM_H */
