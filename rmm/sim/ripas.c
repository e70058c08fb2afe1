/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * ripas.c - RAM and what is none: RTT_INIT_RIPAS and RTT_SET_RIPAS over ranges
 *
 * A call goes as far as one table does; where it stops at an entry that is larger than what is to be done there, a
 * table is made. An RMM of the 1.0 line measures each entry, so this decides what the RIM is.
 */
#include <errno.h>

#include "rmi.h"
#include "sim.h"

/* One call. *nextp is where to go on; 1: the first entry has to stay as it is. */
static int change_some(struct sim_vm *vm, uint64_t regs[RMM_SMC_REGS], uint64_t base, uint64_t top, uint64_t *nextp)
{
	uint64_t result = sim_rmi(vm->file.sim, regs);
	int level;

	*nextp = base;
	if (result == RMI_SUCCESS) {
		*nextp = regs[1];
		return regs[1] > base ? 0 : -ENXIO;
	}
	if (!sim_rtt_missed(result, &level))
		return -ENXIO;
	if (level == SIM_LAST_LEVEL)
		return 1;
	return sim_rtt_create(vm, base, top, level);
}

/* From v12 on pages are populated before: where RMM 1.0 stops at one, it is RAM already. */
static bool steps_over_pages(const struct sim_vm *vm)
{
	return vm->file.sim->family->order == REALM_KVM_ORDER_LOADS_RECS_RIPAS;
}

int sim_ripas_init(struct sim_vm *vm, uint64_t base, uint64_t top)
{
	while (base < top) {
		uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_RTT_INIT_RIPAS, vm->realm.rd, base, top };
		int err = change_some(vm, regs, base, top, &base);

		if (err == 1 && steps_over_pages(vm))
			base += vm->file.sim->memory.page_size;
		else if (err)
			return err == 1 ? -ENXIO : err;
	}
	return 0;
}

int sim_ripas_set(struct sim_vcpu *vcpu)
{
	struct sim_vm *vm = vcpu->vm;
	uint64_t start = vcpu->ripas_base;
	uint64_t at = start;
	int err = 0;

	while (!err && at < vcpu->ripas_top) {
		uint64_t regs[RMM_SMC_REGS] = { SMC_RMI_RTT_SET_RIPAS, vm->realm.rd, vcpu->rec, at, vcpu->ripas_top };

		err = change_some(vm, regs, at, vcpu->ripas_top, &at);
	}
	vcpu->ripas_base = at;
	if (vcpu->ripas_value == RMI_EMPTY && at > start)
		sim_unmap_range(vm, start, at, true);
	return err == -ENOMEM ? err : 0;
}
