/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * vcpu.h - what the files of a vCPU share; all with the VM's lock held
 *
 *     vcpu.c -> onereg.c                                   set-up
 *            -> run.c -> exit.c -> smccc.c, vgic.c         KVM_RUN
 */
#ifndef SIM_VCPU_H
#define SIM_VCPU_H

#include "rmi.h"
#include "sim.h"

/* vcpu.c */
uint32_t sim_rec_feature(const struct realm_sim *sim);	/* the bit that makes a vCPU a REC; 0: all of a realm are */
bool sim_vcpu_has(const struct sim_vcpu *vcpu, unsigned feature);	/* REALM_KVM_ARM_VCPU_* */
/* All that has to be finalized is, and in families that seal by themselves the realm is active. */
bool sim_vcpu_finalized(const struct sim_vcpu *vcpu);

/* run.c */
/* The page that a REC is entered with */
struct rmi_rec_run *sim_rec_run(const struct sim_vcpu *vcpu);
/* Lets others run for a millisecond, or until a vCPU of the VM changes; the VM's lock is let go meanwhile. */
void sim_vcpu_wait(const struct sim_vcpu *vcpu);

/* Exits of a REC. 1: it goes on; 0: exit to user space, filled in; negative errno: the result of KVM_RUN */
int sim_exit(struct sim_vcpu *vcpu);	/* exit.c */
int sim_exit_host_call(struct sim_vcpu *vcpu);	/* smccc.c */
int sim_exit_psci(struct sim_vcpu *vcpu);
/* An exit to user space, with what goes with it */
int sim_exit_to_user(struct sim_vcpu *vcpu, uint32_t reason, const void *data, size_t size);

/* smccc.c */
/* Does the kernel finish PSCI calls when their caller is entered again (v14), or at once? */
bool sim_psci_is_late(const struct realm_sim *sim);
/* Ends the PSCI call that is pending, as KVM does it. 0, negative errno, or -EAGAIN: call again */
int sim_psci_finish(struct sim_vcpu *vcpu);
/* Tells the RMM of the target that a REC called about. 0, -EINVAL, or -EAGAIN: call again */
int sim_psci_complete(struct sim_vcpu *vcpu, uint64_t mpidr, int64_t status);

#endif
