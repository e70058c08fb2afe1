/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* guest-exit.c - cases of exits and entries: every reason, what the host is told, what it may answer */
#include "guest.h"

bool guest_map_shared(struct world *world)
{
	return world_share(world, world_value(world, (struct sym)SHARED_IPA(1)), world_page(world, NS, 1));
}

bool guest_map_ram(struct world *world)
{
	return world_data_unknown(world, 3 * granule_size(world), world_page(world, FREE, 0));
}

bool guest_unmap_buffer(struct world *world)
{
	return world_data_unmap(world, 2 * granule_size(world));
}

/* RMM 1.0: the host's page at SHARED_IPA(1) may be read only: S2AP 0b01 of the descriptor. */
static bool map_read_only(struct world *world)
{
	return must(world, RMI1_RTT_MAP_UNPROTECTED, world_page(world, RD, 0),
		    world_value(world, (struct sym)SHARED_IPA(1)), 3, world_page(world, NS,
										 1) | NORMAL_MEMATTR << 2 | 1 << 6);
}

/* RMM 2.0: the direct encoding of the flags has write in bit 0 and read in bit 1. */
static bool map_with_access(struct world *world, uint64_t access)
{
	uint64_t ipa = world_value(world, (struct sym)SHARED_IPA(1)), size = granule_size(world);
	uint64_t flags = rmi_rtt_unprot_map_flags_set_oaddr_type(0, RMI_ADDR_TYPE_SINGLE);

	flags = rmi_rtt_unprot_map_flags_set_s2ap(rmi_rtt_unprot_map_flags_set_memattr(flags, NORMAL_MEMATTR), access);
	return must(world, RMI_RTT_UNPROT_MAP, world_page(world, RD, 0), ipa, ipa + size, flags,
		    world_page(world, NS, 1) | DESC_BITS(RMI_PAGE_L3, 1, RMI_OP_MEM_UNDELEGATED));
}

static bool map_write_only_2_0(struct world *world)
{
	return map_with_access(world, 1);
}

static bool map_read_only_2_0(struct world *world)
{
	return map_with_access(world, 2);
}

static bool run_page_is_clear(struct world *world)
{
	uint64_t exit = world_page(world, RUN, 0) + RMI_REC_RUN_EXIT_OFFSET;

	for (unsigned at = 8; at < RMI_REC_EXIT_SIZE; at += 8) {
		if (is_1_0(world) && at == RMI1_REC_EXIT_GICV3_VMCR_OFFSET)
			continue;	/* whatever the realm's GIC starts with */
		if (world_peek(world, exit + at))
			return world_fail(world, "a field that the exit does not have is not zero");
	}
	return true;
}

static bool fill_run_page(struct world *world)
{
	for (unsigned at = 0; at < RMI_REC_EXIT_SIZE; at += 8)
		world_poke(world, world_page(world, RUN, 0) + RMI_REC_RUN_EXIT_OFFSET + at, ~UINT64_C(0));
	return true;
}

static bool delegate_run_page(struct world *world)
{
	return world_delegate(world, world_page(world, RUN, 0), 1);
}

static bool undelegate_run_page(struct world *world)
{
	return world_undelegate(world, world_page(world, RUN, 0), 1);
}

#define ICH_HCR_TC 0x400

static bool two_lrs(struct world *world)
{
	world->host->write_lr(world->host->ctx, 0, LR_PENDING | 32);
	world->host->write_lr(world->host->ctx, 1, LR_PENDING | 33);
	return true;
}

/* RMM 2.0: what of the GIC CPU interface is trapped is up to the host's ICH_HCR_EL2. */
static bool trap_icc(struct world *world)
{
	world->host->write_hcr(world->host->ctx, ICH_HCR_TC);
	return true;
}

static bool trap_nothing(struct world *world)
{
	world->host->write_hcr(world->host->ctx, 0);
	return true;
}

#define MMIO (SHARED_BASE + PAGE)
#define MMIO_HPFAR N(MMIO >> 12 << 4)
#define DATA_ABORT EC(0x24)
#define FETCH_ABORT EC(0x20)
#define ISV (UINT64_C(1) << 24)
#define SAS(n) (UINT64_C(n) << 22)
#define SSE (UINT64_C(1) << 21)
#define SF (UINT64_C(1) << 15)
#define WNR (UINT64_C(1) << 6)
#define HPFAR(ipa) EXIT_IS(HPFAR, N((ipa) >> 12 << 4))
#define EMUL ENTER_FLAGS(RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK)
#define SEA ENTER_FLAGS(RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK)
#define WFI 0
#define WFE 1
#define WFIT 2
#define EC_WAIT EC(0x01)
#define EC_SYSREG EC(0x18)
/* ISS of MSR and MRS: op0, op1, CRn, CRm, op2, Rt, direction (1: read) */
#define SYS_ISS(op0, op1, crn, crm, op2, rt, read) \
	((op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (rt) << 5 | (crm) << 1 | (read))
#define ICC_SGI1R SYS_ISS(3, 0, 12, 11, 5, 5, 0)
#define ICC_PMR_READ SYS_ISS(3, 0, 4, 6, 0, 5, 1)
#define ID_READ SYS_ISS(3, 0, 0, 4, 0, 5, 1)
#define OTHER_READ SYS_ISS(3, 0, 15, 0, 0, 5, 1)
#define OTHER_WRITE SYS_ISS(3, 0, 15, 0, 0, 5, 0)
#define ISS_MASK 0x3fffff

#define ICC_PMR_EXIT PEEK_BITS(EXIT_FIELD(ESR), EC(0x3f) | ISS_MASK, N(EC_SYSREG | ICC_PMR_READ))
#define NEVER INT64_MAX	/* so late that no timer fires */

#define RUN_AT(offset) AT(RUN, offset)

static const struct case_row rows[] = {
	/* Reasons */
	GUEST("rec_enter_irq_success", "6.3 IRQ", ALL, PROGRAM(IRQ), DO(fill_run_page), ENTER_TO(IRQ),
	      DO(run_page_is_clear)),
	GUEST("rec_enter_fiq_success", "6.3 FIQ", ALL, PROGRAM(FIQ), DO(fill_run_page), ENTER_TO(FIQ),
	      DO(run_page_is_clear)),
	GUEST_AT(ACTIVE, NEED_ANY_TRAP, "rec_enter_serror_success", "6.3 SERROR", ALL, PROGRAM(SERROR(0x11)),
		 ENTER_TO(SERROR), PEEK_BITS(EXIT_FIELD(ESR), EC(0x3f), N(EC(0x2f)))),
	GUEST("rec_enter_host_call_success", "6.3 HOST_CALL", ALL, PROGRAM(SET_REG(9, 0x99), SET_REG(30, 0x30), REPORT),
	      DO(fill_run_page), ENTER_REPORT, GPR(9, N(0x99)), GPR(30, N(0x30)), EXIT_IS(ESR, N(0)),
	      EXIT_IS(FAR, N(0)),
	      EXIT_IS(HPFAR, N(0)), EXIT_IS(RIPAS_BASE, N(0))),
	GUEST("rec_enter_host_call_plane_success", "6.3 HOST_CALL", ANY_2_0, PROGRAM(REPORT),
	      DO(fill_run_page), ENTER_REPORT, EXIT_IS(PLANE, N(0))),
	GUEST("rec_enter_timers_success", "6.3 always written", ALL, PROGRAM(TIMER(5, 0x1111, 3, NEVER), IRQ),
	      ENTER_TO(IRQ), EXIT_IS(CNTP_CTL, N(5)), EXIT_IS(CNTP_CVAL, N(0x1111)), EXIT_IS(CNTV_CTL, N(3)),
	      EXIT_IS(CNTV_CVAL, N(NEVER))),
	GUEST("rec_enter_masked_timers_success", "6.3 always written", ALL, PROGRAM(TIMER(2, NEVER, 7, 0x2222), IRQ),
	      ENTER_TO(IRQ), EXIT_IS(CNTP_CTL, N(2)), EXIT_IS(CNTP_CVAL, N(NEVER)), EXIT_IS(CNTV_CTL, N(7)),
	      EXIT_IS(CNTV_CVAL, N(0x2222))),
	GUEST_AT(ACTIVE, NEED_ANY_TRAP, "rec_enter_pmu_overflow_success", "6.3 always written", ALL,
		 PROGRAM(PMU(1), IRQ, PMU(0), IRQ),
		 ENTER_TO(IRQ), EXIT_IS(PMU_OVF_STATUS, N(RMI_PMU_OVERFLOW_ACTIVE)),
		 ENTER_TO(IRQ), EXIT_IS(PMU_OVF_STATUS, N(RMI_PMU_OVERFLOW_NOT_ACTIVE))),
	GUEST("rec_enter_lrs_come_back_success", "8 list registers in the run page", RMM_1_0, PROGRAM(IRQ),
	      POKE(RUN_AT(RMI1_REC_ENTER_GICV3_LRS_OFFSET), N(LR_PENDING | 32)), ENTER_TO(IRQ),
	      PEEK(RUN_AT(RMI_REC_RUN_EXIT_OFFSET + RMI1_REC_EXIT_GICV3_LRS_OFFSET), N(LR_PENDING | 32))),

	GUEST_AT(ACTIVE, NEED_LR, "rec_enter_lrs_of_the_cpu_success", "8 list registers of the CPU", ANY_2_0,
		 PROGRAM(IRQ),
		 DO(two_lrs), ENTER_TO(IRQ), DO(world_no_lrs)),

	/* How a REC starts */
	GUEST("rec_starts_as_its_params_say", "6 new REC", ALL,
	      PROGRAM(MOVE(10, PROGRAM_REG_PSTATE), MOVE(11, PROGRAM_REG_MPIDR), MOVE(12, PROGRAM_REG_SCTLR), REPORT),
	      ENTER_REPORT, GPR(0, N(REC_GPR(0))), GPR(7, N(REC_GPR(7))), GPR(8, N(0)), GPR(30, N(0)),
	      GPR_BITS(10, 0x3cf, N(0x3c5)), GPR_BITS(11, 0xff00ffffff, N(0)), GPR_BITS(12, 0x1005, N(0))),

	/* Memory of the realm */
	GUEST("realm_reads_its_data", "6.4 memory", ALL, PROGRAM(LOAD(2 * PAGE - 8, 8, 5), LOAD(3 * PAGE - 8, 8, 6),
								 REPORT),
	      ENTER_REPORT, GPR(5, N(2)), GPR(6, N(3))),
	GUEST("realm_reads_shared_memory", "6.4 memory", ALL, PROGRAM(LOAD(SHARED_BASE, 8, 5), REPORT),
	      POKE(P(NS), N(0x4567)), ENTER_REPORT, GPR(5, N(0x4567))),
	GUEST("realm_writes_shared_memory", "6.4 memory", ALL,
	      PROGRAM(SET_REG(5, 0x89ab), STORE(SHARED_BASE + 8, 8, 5), REPORT), POKE(AT(NS, 8), N(0)), ENTER_REPORT,
	      PEEK(AT(NS, 8), N(0x89ab))),
	GUEST("abort_outside_space_in_realm", "6.4 outside 2^s2sz", TF, PROGRAM(CATCH, LOAD(SPACE_TOP, 8, 5), REPORT,
										HANDLER),
	      ENTER_REPORT, CAUGHT(0x25, EXTERNAL)),
	GUEST("abort_outside_space_size_in_realm", "6.4 outside 2^s2sz", RMM_2_0,
	      PROGRAM(CATCH, LOAD(SPACE_TOP, 8, 5), REPORT, HANDLER), ENTER_REPORT,
	      GPR_BITS(1, EC(0x3f) | 0x3c, N(EC(0x25)))),
	GUEST("abort_empty_in_realm", "6.4 protected EMPTY", ALL, PROGRAM(CATCH, LOAD(4 * PAGE, 8, 5), REPORT, HANDLER),
	      ENTER_REPORT, CAUGHT(0x25, EXTERNAL), GPR(3, PC_OF(1))),
	GUEST("abort_assigned_empty_in_realm", "6.4 protected EMPTY", ALL,
	      PROGRAM(CATCH, LOAD(5 * PAGE, 8, 5), REPORT, HANDLER), ENTER_REPORT, CAUGHT(0x25, EXTERNAL)),
	GUEST("fetch_empty_in_realm", "6.4 protected EMPTY", ALL, PROGRAM(CATCH, JUMP(4 * PAGE), HANDLER), ENTER_REPORT,
	      CAUGHT(0x21, EXTERNAL)),
	GUEST("abort_ram_exits", "6.4 protected RAM, not mapped", ALL, PROGRAM(LOAD(3 * PAGE + 8, 8, 5), REPORT),
	      DO(fill_run_page), ENTER_TO(SYNC), EXIT_IS(ESR, N(DATA_ABORT | TRANSLATION_L3)), EXIT_IS(FAR, N(0)),
	      HPFAR(3 * PAGE), GPR(0, N(0)), DO(guest_map_ram), ENTER_REPORT),
	GUEST("abort_destroyed_exits", "6.4 protected DESTROYED", ALL, PROGRAM(LOAD(6 * PAGE, 8, 5)), ENTER_TO(SYNC),
	      EXIT_IS(ESR, N(DATA_ABORT | TRANSLATION_L3)), HPFAR(6 * PAGE), ENTER_TO(SYNC), HPFAR(6 * PAGE)),
	GUEST("abort_assigned_destroyed_exits", "6.4 protected DESTROYED", ALL, PROGRAM(LOAD(7 * PAGE, 8, 5)),
	      ENTER_TO(SYNC), EXIT_IS(ESR, N(DATA_ABORT | TRANSLATION_L3)), HPFAR(7 * PAGE)),
	GUEST("fetch_destroyed_exits", "6.4 protected DESTROYED", ALL, PROGRAM(JUMP(6 * PAGE)), ENTER_TO(SYNC),
	      EXIT_IS(ESR, N(FETCH_ABORT | TRANSLATION_L3)), HPFAR(6 * PAGE)),
	GUEST("shared_read_exits", "6.4 unprotected data", ALL, PROGRAM(LOAD(MMIO + 0x234, 4, 5)), DO(fill_run_page),
	      ENTER_TO(SYNC), EXIT_IS(ESR, N(DATA_ABORT | ISV | SAS(2) | TRANSLATION_L3)), EXIT_IS(FAR, N(0x234)),
	      HPFAR(MMIO), GPR(0, N(0))),
	GUEST("shared_write_exits", "6.4 unprotected data", ALL, PROGRAM(SET_REG(5, 0x1122334455667788),
									 STORE(MMIO, 8, 5)),
	      ENTER_TO(SYNC), EXIT_IS(ESR, N(DATA_ABORT | ISV | SAS(3) | SF | WNR | TRANSLATION_L3)), HPFAR(MMIO),
	      GPR(0, N(0x1122334455667788))),
	GUEST("shared_write_of_a_byte_exits", "6.4 unprotected data", ALL,
	      PROGRAM(SET_REG(5, 0x1122334455667788), STORE(MMIO + 1, 1, 5)), ENTER_TO(SYNC), GPR(0, N(0x88)),
	      EXIT_IS(FAR, N(1))),
	GUEST("shared_pair_exits", "6.4 unprotected data", TF, PROGRAM(LOAD_PAIR(MMIO)), ENTER_TO(SYNC),
	      EXIT_IS(ESR, N(DATA_ABORT | IL | TRANSLATION_L3)), EXIT_IS(FAR, N(0)), HPFAR(MMIO)),
	GUEST("shared_read_only_write_exits", "6.4 unprotected data", RMM_1_0, PROGRAM(STORE(MMIO, 8, 5)),
	      DO(map_read_only), ENTER_TO(SYNC), EXIT_IS(ESR, N(DATA_ABORT | ISV | SAS(3) | SF | WNR | PERMISSION_L3))),
	GUEST("shared_read_only_write_2_0_exits", "6.4 unprotected data", ANY_2_0,
	      PROGRAM(LOAD(MMIO, 8, 6), STORE(MMIO, 8, 5)), DO(map_read_only_2_0), ENTER_TO(SYNC),
	      EXIT_IS(ESR, N(DATA_ABORT | ISV | SAS(3) | SF | WNR | PERMISSION_L3))),
	GUEST("shared_write_only_read_2_0_exits", "6.4 unprotected data", ANY_2_0,
	      PROGRAM(STORE(MMIO, 8, 5), LOAD(MMIO, 8, 6)), DO(map_write_only_2_0), ENTER_TO(SYNC),
	      EXIT_IS(ESR, N(DATA_ABORT | ISV | SAS(3) | SF | PERMISSION_L3))),
	GUEST("fetch_shared_in_realm", "6.4 unprotected fetch", ALL, PROGRAM(CATCH, JUMP(SHARED_BASE), HANDLER),
	      ENTER_REPORT, CAUGHT(0x21, EXTERNAL)),
	GUEST("fetch_shared_not_mapped_in_realm", "6.4 unprotected fetch", ALL, PROGRAM(CATCH, JUMP(MMIO), HANDLER),
	      ENTER_REPORT, CAUGHT(0x21, EXTERNAL)),
	GUEST_AT(ACTIVE, NEED_ANY_TRAP, "external_abort_exits", "6.4 hardware external abort", ALL,
		 PROGRAM(TRAP(DATA_ABORT | IL | EXTERNAL, 0x123, 0x30)), ENTER_TO(SYNC),
		 EXIT_IS(ESR, N(DATA_ABORT | EXTERNAL)), EXIT_IS(FAR, N(0))),

	/* Other instructions that trap */
	GUEST("wfi_trapped_exits", "6.2 trap_wfi, trap_wfe", ALL, PROGRAM(WAIT(WFI, 0), REPORT),
	      ENTER_FLAGS(RMI_REC_ENTER_FLAGS_TRAP_WFI_MASK), ENTER_TO(SYNC),
	      PEEK_BITS(EXIT_FIELD(ESR), EC(0x3f) | 1, N(EC_WAIT)), ENTER_REPORT),
	GUEST("wfi_not_trapped", "6.2 trap_wfi, trap_wfe", ALL, PROGRAM(WAIT(WFI, 0), REPORT),
	      ENTER_FLAGS(RMI_REC_ENTER_FLAGS_TRAP_WFE_MASK), ENTER_REPORT),
	GUEST_AT(ACTIVE, NEED_ANY_TRAP, "wfe_trapped_exits", "6.2 trap_wfi, trap_wfe", ALL,
		 PROGRAM(WAIT(WFE, 0), REPORT), ENTER_FLAGS(RMI_REC_ENTER_FLAGS_TRAP_WFE_MASK), ENTER_TO(SYNC),
		 PEEK_BITS(EXIT_FIELD(ESR), EC(0x3f) | 1, N(EC_WAIT | 1)), ENTER_REPORT),
	GUEST("wfe_not_trapped", "6.2 trap_wfi, trap_wfe", ALL, PROGRAM(WAIT(WFE, 0), REPORT),
	      ENTER_FLAGS(RMI_REC_ENTER_FLAGS_TRAP_WFI_MASK), ENTER_REPORT),
	GUEST("wfit_trapped_exits", "6.2 trap_wfi, trap_wfe", ALL, PROGRAM(SET_REG(5, NEVER), WAIT(WFIT, 5), REPORT),
	      ENTER_FLAGS(RMI_REC_ENTER_FLAGS_TRAP_WFI_MASK), ENTER_TO(SYNC),
	      PEEK_BITS(EXIT_FIELD(ESR), EC(0x3f) | 1, N(EC_WAIT)), ENTER_REPORT),
	/* QEMU 10 tells of a WFIT as of a WFI, without its register. */
	GUEST_AT(ACTIVE, NEED_ANY_TRAP, "wfit_trapped_tells_timeout", "6.3 SYNC", ALL,
		 PROGRAM(SET_REG(5, NEVER), WAIT(WFIT, 5), REPORT),
		 ENTER_FLAGS(RMI_REC_ENTER_FLAGS_TRAP_WFI_MASK), ENTER_TO(SYNC), GPR(0, N(NEVER))),
	GUEST("icc_write_exits", "6.4 ICC registers", ALL, PROGRAM(SET_REG(5, 0x5555), SYSREG(ICC_SGI1R), REPORT),
	      ENTER_TO(SYNC), PEEK_BITS(EXIT_FIELD(ESR), EC(0x3f) | ISS_MASK, N(EC_SYSREG | ICC_SGI1R)),
	      GPR(0, N(0x5555)),
	      ENTER_REPORT),
	GUEST_AT(ACTIVE, NEED_ANY_TRAP, "icc_read_1_0_gets_the_hosts_value", "6.2 trapped system register read",
		 RMM_1_0, PROGRAM(SYSREG(ICC_PMR_READ), REPORT), ENTER_TO(SYNC), ICC_PMR_EXIT, ENTER_GPR(0, 0xf0),
		 ENTER_REPORT, GPR(5, N(0xf0))),
	GUEST_AT(ACTIVE, NEED_LR, "icc_read_gets_the_hosts_value", "6.2 trapped system register read", ANY_2_0,
		 PROGRAM(SYSREG(ICC_PMR_READ), REPORT), DO(trap_icc), ENTER_TO(SYNC), ICC_PMR_EXIT, ENTER_GPR(0, 0xf0),
		 ENTER_REPORT, DO(trap_nothing), GPR(5, N(0xf0))),
	GUEST("id_register_stays_in_realm", "6.4 ID registers", ALL, PROGRAM(CATCH, SYSREG(ID_READ), REPORT, HANDLER),
	      ENTER_REPORT, GPR(1, N(REC_GPR(1)))),
	GUEST("other_sysreg_stays_in_realm", "6.4 other registers", ALL,
	      PROGRAM(CATCH, SYSREG(OTHER_WRITE), SYSREG(OTHER_READ), REPORT, HANDLER), ENTER_REPORT),
	GUEST_AT(ACTIVE, NEED_ANY_TRAP, "unknown_class_exits", "6.4 unexpected class", TF,
		 PROGRAM(TRAP(EC(0x3f) | IL | 0x123, 0x456, 0x789)), ENTER_TO(SYNC), EXIT_IS(ESR, N(0)),
		 EXIT_IS(FAR, N(0)), EXIT_IS(HPFAR, N(0))),
	GUEST("hvc_is_undefined", "12 HVC", ALL, PROGRAM(CATCH, HVC, REPORT, HANDLER), ENTER_REPORT,
	      GPR_BITS(1, EC(0x3f), N(EC(0))), GPR(3, PC_OF(1))),

	/* What the host answers */
	GUEST("emulated_read_success", "6.2 emulatable read", ALL, PROGRAM(LOAD(MMIO, 4, 5), REPORT), ENTER_TO(SYNC),
	      EMUL, ENTER_GPR(0, 0x1122334455667788), ENTER_REPORT, GPR(5, N(0x55667788))),
	GUEST("emulated_read_of_8_success", "6.2 emulatable read", ALL, PROGRAM(LOAD(MMIO, 8, 5), REPORT),
	      ENTER_TO(SYNC), EMUL, ENTER_GPR(0, 0x8122334455667788), ENTER_REPORT, GPR(5, N(0x8122334455667788))),
	GUEST("emulated_read_signed_success", "6.2 emulatable read", ALL, PROGRAM(LOAD_SIGNED(MMIO, 1, 5), REPORT),
	      ENTER_TO(SYNC), EMUL, ENTER_GPR(0, 0x780), ENTER_REPORT, GPR(5, N(-0x80))),
	GUEST("emulated_write_success", "6.2 emulatable write", ALL, PROGRAM(STORE(MMIO, 4, 5), REPORT), ENTER_TO(SYNC),
	      EMUL, ENTER_REPORT),
	GUEST("not_emulated_runs_again_success", "6.2 emul_mmio = 0", ALL, PROGRAM(LOAD(MMIO, 8, 5), REPORT),
	      ENTER_TO(SYNC),
	      ENTER_TO(SYNC), POKE(NTH(NS, 1), N(0x3210)), DO(guest_map_shared), ENTER_REPORT, GPR(5, N(0x3210))),
	GUEST("emulated_protected_rec", "6.1.10 emul_mmio", ALL, PROGRAM(LOAD(3 * PAGE, 8, 5), REPORT), ENTER_TO(SYNC),
	      EMUL, CALL(RMI_REC_ENTER, A(P(REC), P(RUN)), FAIL(REC)), DO(guest_map_ram), ENTER_FLAGS(0), ENTER_REPORT),
	GUEST("emulated_pair_rec", "6.1.10 emul_mmio", ALL, PROGRAM(LOAD_PAIR(MMIO), REPORT), ENTER_TO(SYNC), EMUL,
	      CALL(RMI_REC_ENTER, A(P(REC), P(RUN)), FAIL(REC))),
	GUEST("emulated_after_irq_rec", "6.1.10 emul_mmio", ALL, PROGRAM(LOAD(MMIO, 4, 5), IRQ), ENTER_TO(SYNC), EMUL,
	      ENTER_TO(IRQ), CALL(RMI_REC_ENTER, A(P(REC), P(RUN)), FAIL(REC))),
	GUEST("sea_injected_success", "6.2 inject_sea", ALL, PROGRAM(CATCH, LOAD(MMIO, 4, 5), REPORT, HANDLER),
	      ENTER_TO(SYNC), SEA, ENTER_REPORT, CAUGHT(0x25, EXTERNAL), GPR(2, N(MMIO)), GPR(3, PC_OF(1))),
	GUEST("sea_injected_for_pair_success", "6.2 inject_sea", ALL, PROGRAM(CATCH, LOAD_PAIR(MMIO), REPORT, HANDLER),
	      ENTER_TO(SYNC), SEA, ENTER_REPORT, CAUGHT(0x25, EXTERNAL)),
	GUEST("sea_before_emulation_success", "6.2 inject_sea", ALL, PROGRAM(CATCH, LOAD(MMIO, 4, 5), REPORT, HANDLER),
	      ENTER_TO(SYNC), ENTER_FLAGS(RMI_REC_ENTER_FLAGS_INJECT_SEA_MASK | RMI_REC_ENTER_FLAGS_EMUL_MMIO_MASK),
	      ENTER_REPORT, CAUGHT(0x25, EXTERNAL)),
	GUEST("sea_for_protected_rec", "6.1.9 inject_sea", TF_2_0, PROGRAM(LOAD(3 * PAGE, 8, 5)), ENTER_TO(SYNC), SEA,
	      CALL(RMI_REC_ENTER, A(P(REC), P(RUN)), FAIL(REC))),

	/* Another CPU meanwhile */
	GUEST_AT(ACTIVE, NEED_CPUS, "rec_enter_running_rec", "6.1.3 rec running", ALL, PROGRAM(IRQ),
		 ENTER_MEANWHILE(P(REC), P(RUN), OK, CALL(RMI_REC_ENTER, A(P(REC), P(RUN_1)), FAIL(REC)))),
	GUEST_AT(ACTIVE, NEED_CPUS, "rec_destroy_running_rec", "6 REC_DESTROY running", ALL, PROGRAM(IRQ),
		 ENTER_MEANWHILE(P(REC), P(RUN), OK, CALL(RMI_REC_DESTROY, A(P(REC)), FAIL(REC)))),
	GUEST_AT(ACTIVE, NEED_CPUS, "realm_terminate_running_realm", "5 REALM_TERMINATE running", ANY_2_0, PROGRAM(IRQ),
		 ENTER_MEANWHILE(P(REC), P(RUN), OK, CALL(RMI_REALM_TERMINATE, A(P(RD)), FAIL(REALM)))),
	GUEST_AT(ACTIVE, NEED_CPUS, "rtt_set_ripas_running_rec", "7.4 SET_RIPAS rec", ALL, PROGRAM(IRQ),
		 ENTER_MEANWHILE(P(REC), P(RUN), OK,
				 CALL(RMI_RTT_SET_RIPAS, A(P(RD), P(REC), IPA(0), IPA(1)), FAIL(REC)))),
	GUEST_AT(ACTIVE, NEED_CPUS, "psci_complete_running_input", "10 PSCI_COMPLETE pending", ALL, PROGRAM(IRQ),
		 ENTER_MEANWHILE(P(REC), P(RUN), OK, CALL(RMI_PSCI_COMPLETE, A(P(REC), NTH(REC, 1), N(0)),
							  FAIL(INPUT)))),
	GUEST_AT(ACTIVE, NEED_CPUS, "rec_enter_run_page_lost_input", "6.1.11 run page at exit", ALL, PROGRAM(IRQ),
		 ENTER_MEANWHILE(P(REC), P(RUN), FAIL(INPUT), DO(delegate_run_page)), DO(undelegate_run_page),
		 ENTER_TO(IRQ)),
};

TABLE_OF(cases_guest_exit, rows);
