/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sequence-guest.c - what guests do, and what the host does meanwhile on other CPUs */
#include <string.h>

#include "cpu.h"
#include "psci.h"
#include "rsi.h"
#include "sequence.h"

#define EC_WAIT 0x01
#define EC_HVC 0x16
#define EC_SMC 0x17
#define EC_SYSREG 0x18
#define EC_FETCH_ABORT 0x20
#define EC_DATA_ABORT 0x24
#define EC_SHIFT 26

#define ISS_ISV (UINT64_C(1) << 24)
#define ISS_SAS_SHIFT 22
#define ISS_SSE (UINT64_C(1) << 21)
#define ISS_SRT_SHIFT 16
#define ISS_WNR (UINT64_C(1) << 6)

struct guest {
	struct sequence *sequence;
	struct rmm_guest *regs;
	struct rmm_trap *trap;
};

/* Every action returns whether the CPU leaves the guest. */

static bool leave(struct guest *guest, enum rmm_trap_kind kind, uint64_t esr)
{
	guest->trap->kind = kind;
	guest->trap->esr = esr;
	return true;
}

static bool leave_sync(struct guest *guest, unsigned class, uint64_t iss)
{
	return leave(guest, RMM_TRAP_SYNC, (uint64_t) class << EC_SHIFT | iss);
}

static bool guest_irq(struct guest *guest, struct record *record)
{
	return leave(guest, RMM_TRAP_IRQ, 0);
}

static bool guest_fiq(struct guest *guest, struct record *record)
{
	return leave(guest, RMM_TRAP_FIQ, 0);
}

static bool guest_serror(struct guest *guest, struct record *record)
{
	return leave(guest, RMM_TRAP_SERROR, arg64(record));
}

/* Calls */

static bool smc(struct guest *guest, uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3, uint64_t x4)
{
	const uint64_t args[] = { fid, x1, x2, x3, x4 };

	memcpy(guest->regs->x, args, sizeof(args));
	return leave_sync(guest, EC_SMC, 0);
}

static uint64_t guest_ipa(struct guest *guest, struct record *record)
{
	return pick_ipa(guest->sequence, record, &guest->regs->stage2, true);
}

static bool guest_smc_other(struct guest *guest, struct record *record)
{
	unsigned choice = arg(record), odd = arg(record);
	/* Two calls that always work, or any of the range */
	uint64_t fid = SMC_RSI_VERSION + (choice < 0x80 ? choice & 1 : choice % 0x40);

	return smc(guest, odd < SEQUENCE_ODD ? fid : arg64(record), UINT64_C(0x10000) >> (odd & 3), arg(record),
		   arg(record), 0);
}

static bool guest_host_call(struct guest *guest, struct record *record)
{
	unsigned offset = arg(record);

	offset = offset < SEQUENCE_ODD ? offset % 4 * RSI_HOST_CALL_SIZE : offset;
	return smc(guest, SMC_RSI_HOST_CALL, guest_ipa(guest, record) + offset, 0, 0, 0);
}

/* Base and end of a range that begins at an IPA: pages, or a multiple of what an entry of level 2 maps */
static uint64_t guest_top(struct guest *guest, struct record *record, uint64_t base)
{
	unsigned choice = arg(record);

	if (choice >= 0xe0)
		return base + s2_entry_bytes(&guest->regs->stage2, 2) * (choice & 3);
	return base + ((uint64_t)(1 + choice % 8) << guest->regs->stage2.granule_shift);
}

static bool guest_ripas_set(struct guest *guest, struct record *record)
{
	uint64_t base = guest_ipa(guest, record);
	uint64_t top = guest_top(guest, record, base);
	unsigned choice = arg(record);
	uint64_t target = choice >= SEQUENCE_ODD ? choice : choice & 1 ? RSI_EMPTY : RSI_RAM;

	return smc(guest, SMC_RSI_IPA_STATE_SET, base, top, target, choice >> 1 & 1);
}

static bool guest_ripas_get(struct guest *guest, struct record *record)
{
	uint64_t base = guest_ipa(guest, record);

	return smc(guest, SMC_RSI_IPA_STATE_GET, base, guest_top(guest, record, base), 0, 0);
}

static bool guest_measurement(struct guest *guest, struct record *record)
{
	unsigned choice = arg(record);

	if (choice & 1)
		return smc(guest, SMC_RSI_MEASUREMENT_READ, arg(record) % 6, 0, 0, 0);
	return smc(guest, SMC_RSI_MEASUREMENT_EXTEND, 1 + arg(record) % 5, arg(record) % 66, arg64(record), 0);
}

static bool guest_token_init(struct guest *guest, struct record *record)
{
	return smc(guest, SMC_RSI_ATTEST_TOKEN_INIT, arg(record), 0, 0, 0);
}

static bool guest_token_continue(struct guest *guest, struct record *record)
{
	uint64_t ipa = guest_ipa(guest, record);
	unsigned offset = arg(record) * 16, choice = arg(record);
	uint64_t size = choice < SEQUENCE_ODD ? choice * 8 : ~UINT64_C(0) - choice;

	return smc(guest, SMC_RSI_ATTEST_TOKEN_CONTINUE, ipa, offset, size, 0);
}

static bool guest_realm_config(struct guest *guest, struct record *record)
{
	return smc(guest, SMC_RSI_REALM_CONFIG, guest_ipa(guest, record), 0, 0, 0);
}

static bool guest_psci(struct guest *guest, struct record *record)
{
	static const uint64_t fids[] = {
		SMC64_PSCI_CPU_ON,      SMC64_PSCI_AFFINITY_INFO, SMC32_PSCI_CPU_OFF,       SMC64_PSCI_CPU_ON,
		SMC64_PSCI_CPU_SUSPEND, SMC32_PSCI_CPU_ON,        SMC64_PSCI_AFFINITY_INFO, SMC32_PSCI_FEATURES,
		SMC32_PSCI_VERSION,     SMC64_PSCI_CPU_ON,        SMC32_PSCI_CPU_SUSPEND,   SMC32_PSCI_AFFINITY_INFO,
		SMC32_SMCCC_VERSION,    SMC64_PSCI_CPU_ON,
	};
	unsigned choice = arg(record);
	uint64_t mpidr = 1 ^ arg(record) % 4;

	if (choice >= 0xfc)
		return smc(guest, choice & 1 ? SMC32_PSCI_SYSTEM_OFF : SMC32_PSCI_SYSTEM_RESET, 0, 0, 0, 0);
	choice %= sizeof(fids) / sizeof(fids[0]);
	if (fids[choice] == SMC32_PSCI_FEATURES)
		mpidr = fids[arg(record) % (sizeof(fids) / sizeof(fids[0]))];
	/* The second argument of AFFINITY_INFO is a level, that of CPU_ON an address. */
	return smc(guest, fids[choice], mpidr, fids[choice] & 4 ? arg(record) / 0xe0 : guest_ipa(guest, record),
		   arg(record), 0);
}

/* Aborts */

static bool leave_abort(struct guest *guest, uint64_t ipa, unsigned class, uint64_t iss)
{
	guest->trap->far = ipa;
	guest->trap->hpfar = ipa >> 12 << 4;
	return leave_sync(guest, class, iss);
}

static uint64_t syndrome(struct record *record, bool is_write)
{
	unsigned choice = arg(record);
	uint64_t iss = is_write ? ISS_WNR : 0;

	if (choice >= SEQUENCE_ODD)
		return iss | (uint64_t)choice << 7;
	return iss | ISS_ISV | (uint64_t)(choice & 3) << ISS_SAS_SHIFT | (uint64_t)(choice >> 2 & 31) << ISS_SRT_SHIFT |
	       (choice & 0x40 ? ISS_SSE : 0);
}

/* An access as a CPU would do it: reaches memory, or aborts and says why */
static bool guest_access(struct guest *guest, struct record *record)
{
	unsigned choice = arg(record);
	enum mmu_access access = choice % 3 == 0 ? MMU_READ : choice % 3 == 1 ? MMU_WRITE : MMU_FETCH;
	struct sequence *sequence = guest->sequence;
	uint64_t ipa = pick_ipa(sequence, record, &guest->regs->stage2, !(choice & 0x40)) & ~UINT64_C(7);
	struct cpu_translation at = cpu_translate(sequence->machine, &guest->regs->stage2, ipa, access);
	uint64_t iss = at.fsc | (at.external ? UINT64_C(1) << 9 : 0);
	uint64_t value;

	if (!at.ok)
		return leave_abort(guest, ipa, access == MMU_FETCH ? EC_FETCH_ABORT : EC_DATA_ABORT,
				   access == MMU_FETCH ? iss : iss | syndrome(record, access == MMU_WRITE));
	if (access == MMU_WRITE) {
		value = arg64(record);
		memcpy(machine_memory(sequence->machine, at.pa, sizeof(value)), &value, sizeof(value));
	}
	return false;
}

/* An abort whatever the tables say: another CPU may have changed them since. */
static bool guest_abort(struct guest *guest, struct record *record)
{
	unsigned choice = arg(record);
	uint64_t ipa = pick_ipa(guest->sequence, record, &guest->regs->stage2, choice & 1);
	uint64_t iss = syndrome(record, choice & 2) | (arg(record) & 0x3f);

	return leave_abort(guest, ipa, choice & 4 ? EC_FETCH_ABORT : EC_DATA_ABORT, iss);
}

/* Other exceptions */

static bool guest_sysreg(struct guest *guest, struct record *record)
{
	/* ICC_SGI1R_EL1, ICC_PMR_EL1, ID_AA64PFR0_EL1 */
	static const uint64_t registers[] = { 0x3a3016, 0x30100c, 0x300008, 0x3a3016 };
	unsigned choice = arg(record);
	uint64_t iss = choice < SEQUENCE_ODD ? registers[choice % 4] : arg64(record) & 0x1ffffff;

	return leave_sync(guest, EC_SYSREG, iss ^ (uint64_t)(arg(record) & 31) << 5 ^ (arg(record) & 1));
}

static bool guest_wait(struct guest *guest, struct record *record)
{
	return leave_sync(guest, EC_WAIT, arg(record) | (uint64_t)arg(record) << 5);
}

static bool guest_hvc(struct guest *guest, struct record *record)
{
	guest->regs->pc += 4;
	return leave_sync(guest, EC_HVC, arg(record));
}

static bool guest_raw_trap(struct guest *guest, struct record *record)
{
	guest->trap->far = guest->regs->x[3];
	guest->trap->hpfar = guest->regs->x[1];
	return leave(guest, (enum rmm_trap_kind)(arg(record) & 3), arg64(record) ^ (uint64_t)arg(record) << EC_SHIFT);
}

static bool guest_state(struct guest *guest, struct record *record)
{
	struct rmm_guest *regs = guest->regs;
	unsigned choice = arg(record);

	regs->x[arg(record) % RMM_GPRS] = arg64(record);
	regs->timers.cntv_ctl = choice & 7;
	regs->timers.cntp_ctl = choice >> 3 & 7;
	regs->pmu_overflow = choice >> 6 & 1;
	if (choice & 0x80)
		regs->el1.sctlr = regs->pstate = arg64(record);
	regs->gic.lrs[choice % RMM_LRS] = arg64(record);
	return false;
}

/* The host goes on on another CPU. false: all of them run guests */
static bool other_cpu(struct sequence *sequence, struct record *record)
{
	bool prefixed = sequence->prefixed;
	unsigned cpu = sequence->machine->cpu;

	if (sequence->inside == (1U << SEQUENCE_CPUS) - 1)
		return false;
	sequence->prefixed = false;
	sequence_host(sequence, record);
	sequence->prefixed = prefixed;
	sequence->machine->cpu = cpu;
	return true;
}

typedef bool guest_fn(struct guest *guest, struct record *record);

#define GUEST_POINTER(name, weight) guest_##name,

static bool run_record(struct guest *guest, struct record *record)
{
	static guest_fn *const actions[] = { GUEST_ACTIONS(GUEST_POINTER) };
	unsigned choice = record->bytes[0];

	if (choice & SEQUENCE_OTHER_CPU) {
		other_cpu(guest->sequence, record);
		return false;
	}
	arg(record);
	return actions[choice % NUM_GUEST_ACTIONS](guest, record);
}

void sequence_guest(struct machine *machine, void *data, struct rmm_guest *regs, struct rmm_trap *trap)
{
	struct sequence *sequence = data;
	struct guest guest = { .sequence = sequence, .regs = regs, .trap = trap };
	unsigned cpu = 1U << machine->cpu;
	struct record record;
	bool left = false;

	sequence->inside |= cpu;
	while (!left) {
		if (sequence_next(sequence, &record, true))
			left = run_record(&guest, &record);
		else
			left = guest_irq(&guest, NULL);
	}
	sequence->inside &= ~cpu;
}
