/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* vmm.c - RECs take turns; what each comes out for is done */
#include "vmm.h"
#include "console.h"
#include "host.h"
#include "psci.h"
#include "rmi.h"
#include "sysreg.h"

#define TURN 10000	/* microseconds that a REC has before it is the next one's turn */
#define SLEEP_MAX 1000000	/* as long; the timer has 31 bits of ticks */
#define RAM_BASE 0x80000000	/* of the realm; devices are below it */

#define EC_WAIT 0x01
#define WAIT_HAS_TIMEOUT 2
#define EC_SYSREG 0x18
#define SYSREG_ISS_MASK 0x3ffc1f	/* which register, and that it is written */
#define SYSREG_ISS_SGI1R 0x3a3016	/* ICC_SGI1R_EL1: S3_0_C12_C11_5 */
#define EC_FETCH_ABORT 0x20
#define EC_DATA_ABORT 0x24
#define ISS_ISV (UINT64_C(1) << 24)
#define ISS_WNR (UINT64_C(1) << 6)
#define HPFAR_FIPA_MASK (((UINT64_C(1) << 40) - 1) << 4)	/* IPA[51:12] */
#define HPFAR_FIPA_TO_IPA 8
#define FAR_OFFSET_MASK UINT64_C(0xfff)

#define SMCCC_1_1 0x10001

struct vcpu {
	uint64_t rec, mpidr;
	struct rmi_rec_run *run;
	bool on;
	bool waits;	/* for an interrupt, or until */
	uint64_t until;
};

static struct vmm {
	struct driver *driver;
	struct vcpu vcpus[VGIC_CPUS_MAX];
	unsigned num_vcpus;
	uint64_t turn_end;	/* microseconds */
	uint64_t result;	/* of the last RMI call that counts */
	const char *end;	/* NULL: it runs */
} vmm;

static unsigned index_of(const struct vcpu *vcpu)
{
	return (unsigned)(vcpu - vmm.vcpus);
}

/* An RMI call that must succeed for the realm to go on */
static void must(uint64_t result)
{
	vmm.result = result;
	if (result != RMI_SUCCESS)
		vmm.end = "refused";
}

static void stuck(const struct vcpu *vcpu)
{
	const struct rmi_rec_exit *exit = &vcpu->run->exit;

	vmm.end = "stuck";
	print("run: REC %x: exit %d, ESR %x, FAR %x, HPFAR %x\n", vcpu->mpidr, (uint64_t)exit->exit_reason, exit->esr,
	      exit->far, exit->hpfar);
}

/* memory */

static uint64_t shared_bit(void)
{
	return UINT64_C(1) << (vmm.driver->s2sz - 1);
}

/* The last exit was an access that the next entry completes. */
static void emulate(struct vcpu *vcpu, uint64_t address)
{
	const struct rmi_rec_exit *exit = &vcpu->run->exit;
	unsigned size = 1U << (exit->esr >> 22 & 3);

	if (exit->esr & ISS_WNR)
		vmm_mmio_write(address, size, exit->gprs[0]);
	else
		vcpu->run->enter.gprs[0] = vmm_mmio_read(address, size);
	vcpu->run->enter.flags |= RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK;
}

/* An instruction that nobody can emulate is answered with an abort. */
static void exit_shared(struct vcpu *vcpu, uint64_t ipa)
{
	const struct rmi_rec_exit *exit = &vcpu->run->exit;

	if (ipa - shared_bit() >= RAM_BASE)
		must(vmm_share_page(vmm.driver, ipa));
	else if (exit->esr & ISS_ISV)
		emulate(vcpu, (ipa - shared_bit()) | (exit->far & FAR_OFFSET_MASK));
	else
		vcpu->run->enter.flags |= RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK;
}

static void exit_abort(struct vcpu *vcpu)
{
	uint64_t ipa = (vcpu->run->exit.hpfar & HPFAR_FIPA_MASK) << HPFAR_FIPA_TO_IPA;

	if (ipa & shared_bit())
		exit_shared(vcpu, ipa);
	else if (vmm_give_page(vmm.driver, ipa) != RMI_SUCCESS)
		stuck(vcpu);
}

static void exit_wait(struct vcpu *vcpu)
{
	const struct rmi_rec_exit *exit = &vcpu->run->exit;

	vcpu->waits = true;
	vcpu->until = exit->esr & WAIT_HAS_TIMEOUT ? exit->gprs[0] : VMM_NEVER;
}

/* Who sends an interrupt may spin until it was taken. */
static void exit_sysreg(struct vcpu *vcpu)
{
	const struct rmi_rec_exit *exit = &vcpu->run->exit;

	if ((exit->esr & SYSREG_ISS_MASK) != SYSREG_ISS_SGI1R)
		return;
	vgic_send(&vmm_gic, index_of(vcpu), exit->gprs[0]);
	vmm.turn_end = 0;
}

static void exit_sync(struct vcpu *vcpu)
{
	switch (vcpu->run->exit.esr >> 26 & 0x3f) {
	case EC_WAIT:
		exit_wait(vcpu);
		break;
	case EC_SYSREG:
		exit_sysreg(vcpu);
		break;
	case EC_FETCH_ABORT:
	case EC_DATA_ABORT:
		exit_abort(vcpu);
		break;
	default:
		stuck(vcpu);
	}
}

static void exit_ripas(struct vcpu *vcpu)
{
	const struct rmi_rec_exit *exit = &vcpu->run->exit;

	must(vmm_set_ripas(vmm.driver, vcpu->rec, exit->ripas_base, exit->ripas_top, exit->ripas_value));
}

/* calls */

static struct vcpu *find(uint64_t mpidr)
{
	for (unsigned i = 0; i < vmm.num_vcpus; i++)
		if (vmm.vcpus[i].mpidr == mpidr)
			return &vmm.vcpus[i];
	return NULL;
}

/* The RMM has checked that there is such a REC. */
static void about_another(struct vcpu *vcpu, bool turn_on)
{
	struct vcpu *target = find(vcpu->run->exit.gprs[1]);

	if (!target) {
		stuck(vcpu);
		return;
	}
	must(rmi(vmm.driver->machine, SMC_RMI_PSCI_COMPLETE, vcpu->rec, target->rec, PSCI_SUCCESS));
	target->on |= turn_on;
}

static void exit_psci(struct vcpu *vcpu)
{
	switch (vcpu->run->exit.gprs[0]) {
	case SMC32_PSCI_CPU_ON:
	case SMC64_PSCI_CPU_ON:
		about_another(vcpu, true);
		break;
	case SMC32_PSCI_AFFINITY_INFO:
	case SMC64_PSCI_AFFINITY_INFO:
		about_another(vcpu, false);
		break;
	case SMC32_PSCI_CPU_OFF:
		vcpu->on = false;
		break;
	case SMC32_PSCI_SYSTEM_OFF:
		vmm.end = "off";
		break;
	case SMC32_PSCI_SYSTEM_RESET:
		vmm.end = "reset";
		break;
	default:
		break;	/* CPU_SUSPEND: it may wake up at any time */
	}
}

/* Host calls carry SMCCC calls, as KVM has it. */
static void exit_host_call(struct vcpu *vcpu)
{
	bool is_version = vcpu->run->exit.gprs[0] == SMC32_SMCCC_VERSION;

	vcpu->run->enter.gprs[0] = is_version ? SMCCC_1_1 : ~UINT64_C(0);
}

static void answer(struct vcpu *vcpu)
{
	switch (vcpu->run->exit.exit_reason) {
	case RMI_EXIT_SYNC:
		exit_sync(vcpu);
		break;
	case RMI_EXIT_IRQ:
	case RMI_EXIT_FIQ:
		break;
	case RMI_EXIT_PSCI:
		exit_psci(vcpu);
		break;
	case RMI_EXIT_RIPAS_CHANGE:
		exit_ripas(vcpu);
		break;
	case RMI_EXIT_HOST_CALL:
		exit_host_call(vcpu);
		break;
	default:
		stuck(vcpu);
	}
}

/* turns */

static void clear(struct rmi_rec_enter *enter)
{
	enter->flags = 0;
	for (unsigned i = 0; i < RMM_GPRS; i++)
		enter->gprs[i] = 0;
}

uint64_t vmm_time(void)
{
	isb();
	return sysreg_read(cntpct_el0);
}

/* No interrupt stays pending: it would end what the RMM does for the host, too. */
static void enter(struct vcpu *vcpu)
{
	uint64_t time = now();

	vmm_gic_timers(index_of(vcpu), &vcpu->run->exit, vmm_time());
	vmm_gic_load(vmm.driver->machine, index_of(vcpu), vcpu->run);
	vcpu->run->enter.flags |= RMI_REC_ENTER_FLAGS_TRAP_WFI_MASK;
	timer_start(time < vmm.turn_end ? vmm.turn_end - time : 0);
	must(rmi(vmm.driver->machine, SMC_RMI_REC_ENTER, vcpu->rec, (uint64_t)vcpu->run));
	timer_stop();
	gic_take_all();
	vmm_gic_store(vmm.driver->machine, index_of(vcpu), vcpu->run);
	clear(&vcpu->run->enter);
}

static void take_turn(struct vcpu *vcpu)
{
	vmm.turn_end = now() + TURN;
	vcpu->waits = false;
	do {
		enter(vcpu);
		if (!vmm.end)
			answer(vcpu);
	} while (!vmm.end && vcpu->on && !vcpu->waits && now() < vmm.turn_end);
}

/* When a REC can go on: at this time already, or what it is known by then to wait for */
static uint64_t next_event(const struct vcpu *vcpu, uint64_t time)
{
	uint64_t timer;

	if (!vcpu->on)
		return VMM_NEVER;
	timer = vmm_gic_timers(index_of(vcpu), &vcpu->run->exit, time);
	if (!vcpu->waits || vgic_is_pending(&vmm_gic, index_of(vcpu)))
		return time;
	return timer < vcpu->until ? timer : vcpu->until;
}

static bool can_run(const struct vcpu *vcpu)
{
	uint64_t time = vmm_time();

	return next_event(vcpu, time) <= time;
}

/* Until one of the RECs can go on. false: none ever can */
static bool sleep(void)
{
	uint64_t next = VMM_NEVER, time = vmm_time(), microseconds;

	for (unsigned i = 0; i < vmm.num_vcpus; i++) {
		uint64_t event = next_event(&vmm.vcpus[i], time);

		if (event < next)
			next = event;
	}
	if (next == VMM_NEVER)
		return false;
	microseconds = next < time ? 0 : (next - time) / (sysreg_read(cntfrq_el0) / 1000000);
	timer_start(microseconds < SLEEP_MAX ? microseconds : SLEEP_MAX);
	__asm__ volatile("wfi");
	timer_stop();
	gic_take_all();
	return true;
}

static void add_vcpu(const struct driver *driver, uint64_t i)
{
	const struct rmi_rec_params *params = (const void *)driver->recs[i].params;

	vmm.vcpus[vmm.num_vcpus++] = (struct vcpu){
		.rec = driver->recs[i].pa,
		.mpidr = params->mpidr,
		.run = (void *)machine_pages(driver->machine, 1, 0),
		.on = params->flags & RMI_REC_CREATE_FLAGS_RUNNABLE_MASK,
	};
}

static void open_vmm(struct driver *driver)
{
	if (driver->num_recs > VGIC_CPUS_MAX)
		machine_stop("more RECs than can run", driver->num_recs);
	vmm.driver = driver;
	vmm.num_vcpus = 0;
	vmm.result = RMI_SUCCESS;
	vmm.end = NULL;
	for (uint64_t i = 0; i < driver->num_recs; i++)
		add_vcpu(driver, i);
	vmm_gic_open(vmm.num_vcpus);
	vmm_mmio_open();
}

/* false: none could run */
static bool run_all(void)
{
	bool any = false;

	for (unsigned i = 0; i < vmm.num_vcpus && !vmm.end; i++)
		if (can_run(&vmm.vcpus[i])) {
			take_turn(&vmm.vcpus[i]);
			any = true;
		}
	return any;
}

uint64_t vmm_run(struct driver *driver, const char **end)
{
	open_vmm(driver);
	while (!vmm.end)
		if (!run_all() && !sleep())
			vmm.end = "idle";
	vmm_mmio_close();
	*end = vmm.end;
	return vmm.result;
}
