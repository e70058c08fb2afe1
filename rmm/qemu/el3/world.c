/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * world.c - a CPU has one set of EL1 and EL2 registers, each world believes it is its own
 *
 * Not switched, and so the RMM's to leave alone or to swap around a realm's run: ICH_* (the host puts list registers
 * there for the RMM), ICC_*, DBG* value registers, CNTHP_* and CNTHV_* (the host's timers go on), PMU, ZA and ZT0 of SME.
 */
#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "el3.h"
#include "layout.h"
#include "stack.h"
#include "sysreg.h"

#define SCR_NS (1ull << 0)
#define SCR_RES1 (3ull << 4)
#define SCR_HCE (1ull << 8)
#define SCR_RW (1ull << 10)
#define SCR_APK_API (3ull << 16)
#define SCR_ENSCXT (1ull << 25)
#define SCR_ATA (1ull << 26)
#define SCR_FGTEN (1ull << 27)
#define SCR_ECVEN (1ull << 28)
#define SCR_HXEN (1ull << 38)
#define SCR_ENTP2 (1ull << 41)
#define SCR_NSE (1ull << 62)
#define SCR_HOST                                                                                              \
	(SCR_NS | SCR_RES1 | SCR_HCE | SCR_RW | SCR_APK_API | SCR_ENSCXT | SCR_ATA | SCR_FGTEN | SCR_ECVEN | \
	 SCR_HXEN | SCR_ENTP2)

#define SPSR_EL2H_MASKED 0x3c9
#define SCTLR_EL2_RES1 0x30c50830
#define SCTLR_EL1_RES1 0x30d00980
#define HCR_RW (1ull << 31)
#define CPTR_EL2_RES1 0x22ff	/* with E2H 0; TFP, TZ and TSM clear */
#define CNTHCTL_EL1PCTEN_EL1PCEN 3

/* HCR_EL2 comes first: its E2H says what bits of others mean. Names at EL3 are never redirected. */
#define SYSTEM_REGISTERS(X)                                                                                          \
	X(hcr_el2) X(HCRX_EL2) X(sctlr_el2) X(actlr_el2) X(cptr_el2) X(hstr_el2) X(hacr_el2) X(mdcr_el2)             \
	X(ttbr0_el2) X(TTBR1_EL2) X(tcr_el2) X(mair_el2) X(amair_el2) X(CONTEXTIDR_EL2) X(vttbr_el2) X(vtcr_el2)     \
	X(vbar_el2) X(elr_el2) X(spsr_el2) X(sp_el2) X(esr_el2) X(far_el2) X(hpfar_el2) X(afsr0_el2) X(afsr1_el2)    \
	X(tpidr_el2) X(vpidr_el2) X(vmpidr_el2) X(VNCR_EL2) X(SCXTNUM_EL2) X(VDISR_EL2) X(VSESR_EL2)                 \
	X(HFGRTR_EL2) X(HFGWTR_EL2) X(HFGITR_EL2) X(HDFGRTR_EL2) X(HDFGWTR_EL2)                                      \
	X(cnthctl_el2) X(cntvoff_el2) X(CNTPOFF_EL2) X(ZCR_EL2)                                                      \
	X(sctlr_el1) X(actlr_el1) X(cpacr_el1) X(ttbr0_el1) X(ttbr1_el1) X(tcr_el1) X(mair_el1) X(amair_el1)         \
	X(contextidr_el1) X(vbar_el1) X(elr_el1) X(spsr_el1) X(sp_el1) X(sp_el0) X(esr_el1) X(far_el1) X(par_el1)    \
	X(afsr0_el1) X(afsr1_el1) X(tpidr_el1) X(tpidr_el0) X(tpidrro_el0) X(csselr_el1) X(mdscr_el1) X(DISR_EL1)    \
	X(SCXTNUM_EL1) X(SCXTNUM_EL0) X(ZCR_EL1)                                                                     \
	X(cntkctl_el1) X(cntp_cval_el0) X(cntp_ctl_el0) X(cntv_cval_el0) X(cntv_ctl_el0)                             \
	X(APIAKEYLO_EL1) X(APIAKEYHI_EL1) X(APIBKEYLO_EL1) X(APIBKEYHI_EL1) X(APDAKEYLO_EL1) X(APDAKEYHI_EL1)        \
	X(APDBKEYLO_EL1) X(APDBKEYHI_EL1) X(APGAKEYLO_EL1) X(APGAKEYHI_EL1)

struct simd {
	uint8_t z[32][256], p[16][32], ffr[32];
	uint64_t fpsr, fpcr, svcr, pad;
};

struct context {
	struct regs regs;
	struct simd simd;
#define X(name) uint64_t name;
	SYSTEM_REGISTERS(X)
#undef X
};

static_assert(offsetof(struct regs, elr) == EL3_REGS_ELR && offsetof(struct regs, spsr) == EL3_REGS_SPSR &&
	      sizeof(struct regs) == EL3_REGS_SIZE, "vectors.S");
static_assert(offsetof(struct simd, p) == SIMD_P && offsetof(struct simd, ffr) == SIMD_FFR &&
	      offsetof(struct simd, fpsr) == SIMD_FPSR && offsetof(struct simd, fpcr) == SIMD_FPCR &&
	      offsetof(struct simd, svcr) == SIMD_SVCR, "simd.S");

void simd_save(struct simd *simd);
void simd_load(const struct simd *simd);

static struct context contexts[CPUS_MAX][2];

static struct context *context_of(enum world world)
{
	return &contexts[cpu_index()][world];
}

enum world world_current(void)
{
	return sysreg_read(scr_el3) & SCR_NSE ? WORLD_REALM : WORLD_HOST;
}

static void save(struct context *context)
{
#define X(name) context->name = sysreg_read(name);
	SYSTEM_REGISTERS(X)
#undef X
	simd_save(&context->simd);
}

/* What the CPU has already (now, if that is known) is left alone: QEMU forgets translations at many a write. */
static void load(const struct context *context, const struct context *now)
{
	sysreg_write(hcr_el2, context->hcr_el2);
	isb();
#define X(name)                                             \
	if (!now || now->name != context->name)             \
		sysreg_write(name, context->name);
	SYSTEM_REGISTERS(X)
#undef X
	simd_load(&context->simd);
}

void world_reset(enum world world, uint64_t entry, uint64_t x0)
{
	struct context *context = context_of(world);

	memset(context, 0, sizeof(*context));
	context->regs.x[0] = x0;
	context->regs.elr = entry;
	context->regs.spsr = SPSR_EL2H_MASKED;
	context->hcr_el2 = HCR_RW;
	context->sctlr_el2 = SCTLR_EL2_RES1;
	context->sctlr_el1 = SCTLR_EL1_RES1;
	context->cptr_el2 = CPTR_EL2_RES1;
	context->mdcr_el2 = sysreg_read(pmcr_el0) >> 11 & 0x1f;	/* HPMN: all counters are EL1's too */
	context->cnthctl_el2 = CNTHCTL_EL1PCTEN_EL1PCEN;
	context->vpidr_el2 = sysreg_read(midr_el1);
	context->vmpidr_el2 = sysreg_read(mpidr_el1);
}

static void enter(struct regs *regs, enum world world, const struct context *now)
{
	const struct context *context = context_of(world);

	sysreg_write(scr_el3, world == WORLD_REALM ? SCR_HOST | SCR_NSE : SCR_HOST);
	isb();
	load(context, now);
	isb();
	*regs = context->regs;
}

void world_enter(struct regs *regs, enum world world)
{
	enter(regs, world, NULL);
}

void world_switch(struct regs *regs)
{
	enum world world = world_current();
	struct context *context = context_of(world);

	save(context);
	context->regs = *regs;
	enter(regs, world == WORLD_HOST ? WORLD_REALM : WORLD_HOST, context);
}
