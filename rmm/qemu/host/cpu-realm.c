/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cpu-realm.c - small realms, with the code of cpu-code.S at IPA zero */
#include <string.h>

#include "cpu-realm.h"
#include "host.h"
#include "rmi-1.0.h"
#include "rmi-host.h"
#include "sysreg.h"

#define PAGE UINT64_C(0x1000)
#define PAGE_SHIFT 12
#define LEAF_LEVEL 3
#define LEVEL_BITS 9

#define LR_PENDING (UINT64_C(1) << 62)
#define LR_GROUP1 (UINT64_C(1) << 60)
#define LR_PRIORITY (UINT64_C(0x80) << 48)

extern const char cpu_code_start[], cpu_code_end[];

static unsigned next_vmid = 1;

static uint64_t create(struct cpu_realm *realm, const struct cpu_shape *shape)
{
	uint64_t pa = machine_pages(realm->machine, 1, 0);
	struct rmi_realm_params *params = machine_ns(realm->machine, pa, sizeof(*params));
	uint16_t vmid = (uint16_t)next_vmid++;

	realm->rd = host_delegated(realm->machine, 1, 0);
	params->flags0 = (shape->lpa2 ? RMI_REALM_FLAGS0_LPA2_MASK : 0) | (shape->sve ? RMI_REALM_FLAGS0_SVE_MASK : 0);
	params->s2sz = shape->s2sz;
	params->sve_vl = shape->sve_vl;
	params->num_bps = shape->num_bps;
	params->num_wps = shape->num_wps;
	params->hash_algo = RMI_HASH_SHA_256;
	params->rtt_base = host_delegated(realm->machine, shape->roots, shape->roots * PAGE);
	params->rtt_level_start = shape->start_level;
	params->rtt_num_start = shape->roots;
	if (host_is_v1(realm->machine))
		memcpy((uint8_t *)params + RMI1_REALM_PARAMS_VMID_OFFSET, &vmid, sizeof(vmid));
	return rmi(realm->machine, SMC_RMI_REALM_CREATE, realm->rd, pa);
}

/* All tables on the way to ipa. Those that are there already are refused. */
static void make_path(struct cpu_realm *realm, const struct cpu_shape *shape, uint64_t ipa)
{
	for (int level = shape->start_level + 1; level <= LEAF_LEVEL; level++) {
		unsigned shift = PAGE_SHIFT + LEVEL_BITS * (unsigned)(LEAF_LEVEL + 1 - level);

		rmi(realm->machine, SMC_RMI_RTT_CREATE, realm->rd, host_delegated(realm->machine, 1, 0),
		    ipa >> shift << shift, (uint64_t)level);
	}
}

static uint64_t load_page(struct cpu_realm *realm, uint64_t ipa)
{
	uint64_t from = machine_pages(realm->machine, 1, 0);

	memcpy(machine_ns(realm->machine, from, PAGE), cpu_code_start + ipa, PAGE);
	return rmi(realm->machine, SMC_RMI_RTT_DATA_MAP_INIT, realm->rd, host_delegated(realm->machine, 1, 0), ipa,
		   from, 0);
}

static uint64_t load(struct cpu_realm *realm)
{
	uint64_t size = (uint64_t)(cpu_code_end - cpu_code_start), result = RMI_SUCCESS;

	for (uint64_t ipa = 0; result == RMI_SUCCESS && ipa < size; ipa = realm->machine->x[1])
		result = rmi(realm->machine, SMC_RMI_RTT_INIT_RIPAS, realm->rd, ipa, size);
	for (uint64_t ipa = 0; result == RMI_SUCCESS && ipa < size; ipa += PAGE)
		result = load_page(realm, ipa);
	return result;
}

static uint64_t add_rec(struct cpu_realm *realm, uint64_t pc, uint64_t x0)
{
	uint64_t pa = machine_pages(realm->machine, 1, 0);
	struct rmi_rec_params *params = machine_ns(realm->machine, pa, sizeof(*params));

	realm->rec = host_delegated(realm->machine, 1, 0);
	params->flags = RMI_REC_CREATE_FLAGS_RUNNABLE_MASK;
	params->pc = pc;
	params->gprs[0] = x0;
	return host_rec_create(realm->machine, realm->rd, realm->rec, pa);
}

uint64_t cpu_realm_new(struct machine *machine, const struct cpu_shape *shape, const void *program,
		       struct cpu_realm *realm)
{
	uint64_t half = UINT64_C(1) << (shape->s2sz - 1), shared = machine_pages(machine, 1, 0), result;

	realm->machine = machine;
	realm->shared = machine_ns(machine, shared, PAGE);
	realm->run_pa = machine_pages(machine, 1, 0);
	realm->run = machine_ns(machine, realm->run_pa, PAGE);
	result = create(realm, shape);
	if (result != RMI_SUCCESS)
		return result;
	make_path(realm, shape, 0);
	make_path(realm, shape, half);
	result = load(realm);
	if (result == RMI_SUCCESS)
		result = host_share(machine, realm->rd, half, shared);
	if (result == RMI_SUCCESS)
		result = add_rec(realm, (uint64_t)((const char *)program - cpu_code_start), half);
	return result == RMI_SUCCESS ? rmi(machine, SMC_RMI_REALM_ACTIVATE, realm->rd) : result;
}

uint64_t cpu_realm_enter(struct cpu_realm *realm, uint64_t microseconds)
{
	uint64_t result;

	timer_start(microseconds);
	result = rmi(realm->machine, SMC_RMI_REC_ENTER, realm->rec, realm->run_pa);
	timer_stop();
	gic_take_all();
	return result == RMI_SUCCESS ? realm->run->exit.exit_reason : ~UINT64_C(0);
}

void cpu_realm_clear_gic(const struct cpu_realm *realm)
{
	if (host_is_v1(realm->machine))
		return;
	sysreg_write(ich_hcr_el2, 0);
	sysreg_write(ich_vmcr_el2, 0);
	sysreg_write(ich_ap0r0_el2, 0);
	sysreg_write(ich_ap1r0_el2, 0);
	sysreg_write(ich_lr0_el2, 0);
}

void cpu_realm_inject(struct cpu_realm *realm, unsigned intid)
{
	uint64_t lr = intid ? LR_PENDING | LR_GROUP1 | LR_PRIORITY | intid : 0;

	if (host_is_v1(realm->machine))
		((struct rmi1_rec_run *)(void *)realm->run)->enter.gicv3_lrs[0] = lr;
	else
		sysreg_write(ich_lr0_el2, lr);
}

void cpu_realm_keep(struct cpu_realm *realm)
{
	struct rmi1_rec_run *run = (struct rmi1_rec_run *)(void *)realm->run;

	if (host_is_v1(realm->machine))
		run->enter.gicv3_lrs[0] = run->exit.gicv3_lrs[0];
}

unsigned cpu_realm_lr_state(const struct cpu_realm *realm)
{
	const struct rmi1_rec_run *run = (const struct rmi1_rec_run *)(const void *)realm->run;

	return (unsigned)((host_is_v1(realm->machine) ? run->exit.gicv3_lrs[0] : sysreg_read(ich_lr0_el2)) >> 62);
}
