/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* psci.c - CPUs and power for the host: PSCI 1.1 (Arm DEN 0022) and what SMCCC 1.3 (DEN 0028) asks of a monitor */
#include <stddef.h>

#include "console.h"
#include "el3.h"
#include "layout.h"
#include "lock.h"
#include "psci.h"
#include "semihost.h"
#include "sysreg.h"

#define SMCCC_1_3 0x10003
#define PSCI_1_1 0x10001
#define MIGRATE_NOT_NEEDED 2
#define CALL_64 0x40000000
#define SMC32_SMCCC_ARCH_FEATURES 0x80000001
#define SMC32_MIGRATE_INFO_TYPE 0x84000006

/* The PL061 that resets and ends QEMU's machine when a pin goes up */
#define GPIO_DATA(pin) (*(volatile uint32_t *)(uint64_t)(SECURE_GPIO_BASE + (4 << (pin))))
#define GPIO_DIRECTION (*(volatile uint32_t *)(SECURE_GPIO_BASE + 0x400))
#define PIN_OFF 0
#define PIN_RESET 1

enum state { STATE_ON, STATE_OFF, STATE_PENDING };	/* numbers of AFFINITY_INFO */

static struct cpu {
	enum state state;
	bool has_rmm;
	uint64_t entry, context;
} cpus[CPUS_MAX];

static unsigned cpu_count;
static struct lock lock;

void psci_init(unsigned count)
{
	if (count > CPUS_MAX)
		panic("EL3: %d CPUs; run QEMU with -smp %d or less", (uint64_t)count, (uint64_t)CPUS_MAX);
	cpu_count = count;
	for (unsigned i = 0; i < count; i++)
		cpus[i].state = STATE_OFF;
	cpus[0] = (struct cpu){ STATE_PENDING, false, HOST_BASE, DTB_BASE };
}

static enum state state_of(const struct cpu *cpu)
{
	return __atomic_load_n(&cpu->state, __ATOMIC_ACQUIRE);
}

static void set_state(struct cpu *cpu, enum state state)
{
	__atomic_store_n(&cpu->state, state, __ATOMIC_RELEASE);
}

/* The RMM boots on a CPU once; after CPU_OFF it finds its registers as they were. */
void psci_wait(struct regs *regs)
{
	struct cpu *cpu = &cpus[cpu_index()];

	sysreg_write(cntvoff_el2, 0);	/* the host's last offset, under which QEMU may never end a nap */
	while (state_of(cpu) != STATE_PENDING)
		nap();
	world_reset(WORLD_HOST, cpu->entry, cpu->context);
	if (!cpu->has_rmm) {
		world_reset(WORLD_REALM, RMM_BASE, cpu_index());
		world_enter(regs, WORLD_REALM);
		return;
	}
	set_state(cpu, STATE_ON);
	world_enter(regs, WORLD_HOST);
}

void psci_booted(void)
{
	struct cpu *cpu = &cpus[cpu_index()];

	cpu->has_rmm = true;
	set_state(cpu, STATE_ON);
}

static struct cpu *find_cpu(uint64_t mpidr)
{
	return mpidr < cpu_count ? &cpus[mpidr] : NULL;
}

static int64_t smccc_version(struct regs *regs, const uint64_t args[3])
{
	return SMCCC_1_3;
}

static int64_t psci_version(struct regs *regs, const uint64_t args[3])
{
	return PSCI_1_1;
}

static int64_t migrate_info_type(struct regs *regs, const uint64_t args[3])
{
	return MIGRATE_NOT_NEEDED;
}

/* There is one state to rest in, which keeps everything. */
static int64_t cpu_suspend(struct regs *regs, const uint64_t args[3])
{
	if ((uint32_t)args[0])
		return PSCI_INVALID_PARAMETERS;
	__asm__ volatile("wfi" : : : "memory");
	return SMC_OK;
}

/* Comes back when the CPU is on again, with its new registers. */
static int64_t cpu_off(struct regs *regs, const uint64_t args[3])
{
	set_state(&cpus[cpu_index()], STATE_OFF);
	psci_wait(regs);
	return (int64_t)regs->x[0];
}

static int64_t start_cpu(struct cpu *cpu, uint64_t entry, uint64_t context)
{
	if (state_of(cpu) != STATE_OFF)
		return state_of(cpu) == STATE_ON ? PSCI_ALREADY_ON : PSCI_ON_PENDING;
	cpu->entry = entry;
	cpu->context = context;
	set_state(cpu, STATE_PENDING);
	return SMC_OK;
}

static int64_t cpu_on(struct regs *regs, const uint64_t args[3])
{
	struct cpu *cpu = find_cpu(args[0]);
	int64_t result;

	if (!cpu)
		return PSCI_INVALID_PARAMETERS;
	if (args[1] % 4 || !gpt_is_host(args[1]))
		return PSCI_INVALID_ADDRESS;
	lock_take(&lock);
	result = start_cpu(cpu, args[1], args[2]);
	lock_drop(&lock);
	return result;
}

static int64_t affinity_info(struct regs *regs, const uint64_t args[3])
{
	const struct cpu *cpu = find_cpu(args[0]);

	return cpu && !(uint32_t)args[1] ? (int64_t)state_of(cpu) : PSCI_INVALID_PARAMETERS;
}

static _Noreturn void raise_pin(unsigned pin)
{
	GPIO_DIRECTION |= 1u << pin;
	GPIO_DATA(pin) = 0;
	GPIO_DATA(pin) = 1u << pin;
	cpu_stop();
}

static int64_t system_off(struct regs *regs, const uint64_t args[3])
{
	raise_pin(PIN_OFF);
}

static int64_t system_reset(struct regs *regs, const uint64_t args[3])
{
	raise_pin(PIN_RESET);
}

static int64_t features(struct regs *regs, const uint64_t args[3]);

static const struct call {
	uint32_t id;
	bool has_64;	/* also as a 64-bit call */
	int64_t (*answer)(struct regs *regs, const uint64_t args[3]);
} calls[] = {
	{ SMC32_SMCCC_VERSION, false, smccc_version },
	{ SMC32_SMCCC_ARCH_FEATURES, false, features },
	{ SMC32_PSCI_VERSION, false, psci_version },
	{ SMC32_PSCI_CPU_SUSPEND, true, cpu_suspend },
	{ SMC32_PSCI_CPU_OFF, false, cpu_off },
	{ SMC32_PSCI_CPU_ON, true, cpu_on },
	{ SMC32_PSCI_AFFINITY_INFO, true, affinity_info },
	{ SMC32_MIGRATE_INFO_TYPE, false, migrate_info_type },
	{ SMC32_PSCI_SYSTEM_OFF, false, system_off },
	{ SMC32_PSCI_SYSTEM_RESET, false, system_reset },
	{ SMC32_PSCI_FEATURES, false, features },
};

static const struct call *find_call(uint32_t id)
{
	for (unsigned i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (id == calls[i].id || (calls[i].has_64 && id == (calls[i].id | CALL_64)))
			return &calls[i];
	return NULL;
}

/* PSCI_FEATURES and SMCCC_ARCH_FEATURES: what there is has no options. */
static int64_t features(struct regs *regs, const uint64_t args[3])
{
	return find_call((uint32_t)args[0]) ? SMC_OK : PSCI_NOT_SUPPORTED;
}

bool psci_call(struct regs *regs, uint32_t id)
{
	const struct call *call = find_call(id);
	uint64_t args[3];

	if (!call)
		return false;
	for (unsigned i = 0; i < 3; i++)
		args[i] = id & CALL_64 ? regs->x[i + 1] : (uint32_t)regs->x[i + 1];
	regs->x[0] = (uint64_t)call->answer(regs, args);
	return true;
}
