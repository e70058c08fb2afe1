/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * guest-gic.c - the virtual CPU interface of a realm, ICH_*
 *
 * RMM 2.0: the host sets the interface up for the REC, and finds it after REC_ENTER as the realm left it; the core takes
 * it from here and brings it back. It does not know active priorities, so those stay where they are. RMM 1.0: the interface
 * is the RMM's alone, so the host's own comes back after each run, and active priorities are in the REC.
 *
 * The interface is on only while the realm runs. Its maintenance interrupt then comes as any of the host's.
 */
#include "guest-parts.h"
#include "layout.h"
#include "sysreg.h"

#define HCR_EN 1

#define VTR_LISTREGS_MASK 0x1f	/* minus one */
#define VTR_PREBITS_SHIFT 26	/* minus one; 32 active priorities a register */

struct interface {
	struct rmm_gic gic;
	struct guest_aprs aprs;
};

static struct interface host[CPUS_MAX];
static bool host_shares;	/* RMM 2.0 */

static unsigned last_lr(void)
{
	return (unsigned)(sysreg_read(ich_vtr_el2) & VTR_LISTREGS_MASK);
}

static unsigned last_apr(void)
{
	unsigned bits = (unsigned)(sysreg_read(ich_vtr_el2) >> VTR_PREBITS_SHIFT & 7) + 1;

	return bits > 5 ? (1U << (bits - 5)) - 1 : 0;
}

#define WRITE_LR(n) NUMBERED(n, sysreg_write(ich_lr##n##_el2, gic->lrs[n]))
#define READ_LR(n) NUMBERED(n, gic->lrs[n] = sysreg_read(ich_lr##n##_el2))

static void write_gic(const struct rmm_gic *gic)
{
	NUMBERED_16(last_lr(), WRITE_LR)
	sysreg_write(ich_vmcr_el2, gic->vmcr);
	sysreg_write(ich_hcr_el2, gic->hcr);
}

static void read_gic(struct rmm_gic *gic)
{
	gic->hcr = sysreg_read(ich_hcr_el2);
	gic->vmcr = sysreg_read(ich_vmcr_el2);
	gic->misr = sysreg_read(ich_misr_el2);
	NUMBERED_16(last_lr(), READ_LR)
}

#define WRITE_AP0R(n) NUMBERED(n, sysreg_write(ich_ap0r##n##_el2, aprs->ap0r[n]))
#define WRITE_AP1R(n) NUMBERED(n, sysreg_write(ich_ap1r##n##_el2, aprs->ap1r[n]))
#define READ_AP0R(n) NUMBERED(n, aprs->ap0r[n] = sysreg_read(ich_ap0r##n##_el2))
#define READ_AP1R(n) NUMBERED(n, aprs->ap1r[n] = sysreg_read(ich_ap1r##n##_el2))

static void write_aprs(const struct guest_aprs *aprs)
{
	NUMBERED_4(last_apr(), WRITE_AP0R)
	NUMBERED_4(last_apr(), WRITE_AP1R)
}

static void read_aprs(struct guest_aprs *aprs)
{
	NUMBERED_4(last_apr(), READ_AP0R)
	NUMBERED_4(last_apr(), READ_AP1R)
}

void guest_gic_read(void *ctx, struct rmm_gic *gic)
{
	host_shares = true;
	*gic = (struct rmm_gic){ 0 };
	read_gic(gic);
}

void guest_gic_write(void *ctx, const struct rmm_gic *gic)
{
	write_gic(gic);
}

void guest_gic_load(const struct rmm_guest *guest, const struct guest_aprs *aprs)
{
	struct interface *mine = &host[cpu_index()];

	if (!host_shares) {
		read_gic(&mine->gic);
		read_aprs(&mine->aprs);
		write_aprs(aprs);
	}
	write_gic(&guest->gic);
}

void guest_gic_store(struct rmm_guest *guest, struct guest_aprs *aprs)
{
	const struct interface *mine = &host[cpu_index()];

	read_gic(&guest->gic);
	if (host_shares) {
		sysreg_write(ich_hcr_el2, guest->gic.hcr & ~(uint64_t)HCR_EN);
	} else {
		read_aprs(aprs);
		write_aprs(&mine->aprs);
		write_gic(&mine->gic);
	}
}
