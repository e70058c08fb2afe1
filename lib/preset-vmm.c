/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* preset-vmm.c - where each VMM puts what (docs/presets.md says how that is known) */
#include "machine.h"
#include "preset.h"

#define SIZE_128M 0x8000000ull
#define SIZE_256M 0x10000000ull
#define SIZE_1G 0x40000000ull
#define SIZE_512G 0x8000000000ull

/* vCPUs that KVM's GICv3 takes. */
#define KVM_MAX_CPUS 512

unsigned int address_bits(uint64_t top)
{
	unsigned int bits = 0;

	for (top--; top; top >>= 1)
		bits++;
	return bits;
}

static uint64_t ram_top(const struct layout *layout)
{
	return layout->vmm->ram_base + layout->opts.ram_size;
}

static uint64_t part_top(const struct part *part)
{
	return part->at + part->span;
}

/* At least 32 bits for the layout, and one that tells the shared half. */
static unsigned int smallest_ipa_bits(uint64_t top)
{
	unsigned int bits = address_bits(top);

	return (bits > 32 ? bits : 32) + 1;
}

/* ---- kvmtool ---- */

#define KVMTOOL_DTB 0x10000u

static void kvmtool_place_kernel(struct layout *layout)
{
	struct part *kernel = &layout->parts[PART_KERNEL], *dtb = &layout->parts[PART_DTB];
	struct part *initrd = &layout->parts[PART_INITRD];
	uint64_t base = layout->vmm->ram_base, size = layout->opts.ram_size;
	uint64_t limit = base + (size < SIZE_256M ? size : SIZE_256M);

	kernel->at = base + layout->text_offset;
	dtb->at = ALIGN_UP(limit - KVMTOOL_DTB - SIZE_2M, SIZE_2M);
	/* An initrd that is larger than the room there is stays at 0, and is refused as outside RAM. */
	if (initrd->size + 4 <= dtb->at)
		initrd->at = ALIGN_UP(dtb->at - initrd->size - 4, 4);
	layout->pc = kernel->at;
	layout->x0 = dtb->at;
}

static void kvmtool_place_firmware(struct layout *layout)
{
	struct part *firmware = &layout->parts[PART_KERNEL], *dtb = &layout->parts[PART_DTB];

	firmware->at = layout->vmm->ram_base;
	dtb->at = ALIGN_UP(part_top(firmware), SIZE_2M);
	layout->pc = firmware->at;
	layout->x0 = dtb->at;
}

/* ---- qemu ---- */

/* Above RAM, at 256 GiB or more: redistributors (64 MiB), ECAM (256 MiB) and MMIO (512 GiB), each aligned to its size. */
static unsigned int qemu_ipa_bits(uint64_t top)
{
	uint64_t start = ALIGN_UP(top, SIZE_1G);
	uint64_t ecam, mmio;

	if (start < 0x4000000000)
		start = 0x4000000000;
	ecam = ALIGN_UP(start + 0x4000000, SIZE_256M);
	mmio = ALIGN_UP(ecam + SIZE_256M, SIZE_512G);
	return address_bits(mmio + SIZE_512G) + 1;
}

static void qemu_place_kernel(struct layout *layout)
{
	struct part *kernel = &layout->parts[PART_KERNEL], *dtb = &layout->parts[PART_DTB];
	struct part *initrd = &layout->parts[PART_INITRD];
	uint64_t base = layout->vmm->ram_base, half = layout->opts.ram_size / 2;
	uint64_t start = base + (half < SIZE_128M ? half : SIZE_128M);

	kernel->at = base + layout->text_offset;
	initrd->at = ALIGN_UP(start > part_top(kernel) ? start : part_top(kernel), PART_ALIGN);
	dtb->at = ALIGN_UP(initrd->at + initrd->size, SIZE_2M);
	layout->pc = base;
	layout->x0 = dtb->at;
}

/* Kernel and initrd reach the firmware through fw_cfg, and are in no RIM. */
static void qemu_place_firmware(struct layout *layout)
{
	layout->parts[PART_DTB].at = layout->vmm->ram_base;
}

/* ---- cloud-hypervisor ---- */

static unsigned int cloud_hypervisor_ipa_bits(uint64_t top)
{
	return 48;
}

static void cloud_hypervisor_place_kernel(struct layout *layout)
{
	struct part *initrd = &layout->parts[PART_INITRD];
	uint64_t base = layout->vmm->ram_base;

	layout->pc = base + 0x400000;
	layout->x0 = base;
	layout->parts[PART_KERNEL].at = layout->pc + layout->text_offset;
	layout->parts[PART_DTB].at = base;
	initrd->at = ram_top(layout) - ALIGN_UP(initrd->size, PART_ALIGN);
}

/* ---- realmctl ---- */

static void realmctl_place(struct layout *layout)
{
	struct part *kernel = &layout->parts[PART_KERNEL], *dtb = &layout->parts[PART_DTB];

	kernel->at = layout->vmm->ram_base + layout->text_offset;
	dtb->at = ALIGN_UP(part_top(kernel), SIZE_2M);
	layout->parts[PART_INITRD].at = ALIGN_UP(part_top(dtb), SIZE_2M);
	layout->pc = kernel->at;
	layout->x0 = dtb->at;
}

static const struct vmm vmms[] = {
	{
		.name = "kvmtool",
		.ram_base = 0x80000000,
		.ram_unit = SIZE_2M,
		.max_cpus = KVM_MAX_CPUS,
		.dtb_slot = KVMTOOL_DTB,
		.dtb_hint = "start kvmtool once with --dump-dtb FILE and give that FILE",
		.ipa_bits = smallest_ipa_bits,
		.place_kernel = kvmtool_place_kernel,
		.place_firmware = kvmtool_place_firmware,
	},
	{
		.name = "qemu",
		.low = { .size = SIZE_128M },
		.ram_base = 0x40000000,
		.ram_default = SIZE_128M,
		.ram_unit = PART_ALIGN,
		.max_cpus = KVM_MAX_CPUS,
		.dtb_hint = "start QEMU once with -machine dumpdtb=FILE added and give that FILE",
		.ipa_bits = qemu_ipa_bits,
		.place_kernel = qemu_place_kernel,
		.place_firmware = qemu_place_firmware,
	},
	{
		.name = "cloud-hypervisor",
		.ram_base = 0x40000000,
		.ram_default = 0x20000000,
		.ram_unit = PART_ALIGN,
		.max_cpus = KVM_MAX_CPUS,
		.dtb_hint = "give the device tree that it puts at 0x40000000 of the guest",
		.ipa_bits = cloud_hypervisor_ipa_bits,
		.place_kernel = cloud_hypervisor_place_kernel,
	},
	{
		.name = "realmctl",
		.ram_base = MACHINE_RAM,
		.ram_default = SIZE_256M,
		.ram_min = 0x4000000,
		.ram_unit = SIZE_2M,
		.max_cpus = MACHINE_MAX_CPUS,
		.firmware_initrd = true,
		.ipa_bits = smallest_ipa_bits,
		.place_kernel = realmctl_place,
		.place_firmware = realmctl_place,
	},
};

const struct vmm *vmm_get(size_t index)
{
	return index < ARRAY_SIZE(vmms) ? &vmms[index] : NULL;
}
