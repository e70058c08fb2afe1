/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* preset.h - what a VMM puts where: the rows of preset-vmm.c, and what preset.c does with them */
#ifndef REALM_PRESET_H
#define REALM_PRESET_H

#include "internal.h"

#define PART_ALIGN 0x1000u
#define SIZE_2M 0x200000u

#define ALIGN_DOWN(x, a) ((x) & ~((uint64_t)(a)-1))
#define ALIGN_UP(x, a) ALIGN_DOWN((x) + (a)-1, a)

enum part_kind {
	PART_KERNEL, /* or the firmware that takes its place */
	PART_DTB,
	PART_INITRD,
	NUM_PARTS,
};

struct part {
	const char *name;
	const char *file; /* NULL: its bytes are in data */
	uint8_t *data;
	uint64_t size; /* bytes loaded; 0: there is no such part */
	uint64_t span; /* bytes of memory it takes, never less than size */
	uint64_t at;
};

struct layout {
	struct realm_ctx *ctx;
	const struct vmm *vmm;
	struct realm_preset_opts opts; /* RAM size, CPUs and IPA bits filled in */
	uint64_t text_offset;          /* of the kernel; 0 for a firmware */
	struct part parts[NUM_PARTS];
	uint64_t pc;
	uint64_t x0;
};

/* A row for each VMM.  RAM size and firmware size are judged before place functions run, so sums cannot overflow. */
struct vmm {
	const char *name;
	struct ram low; /* memory for the firmware, below RAM and only with one; size 0: none */
	uint64_t ram_base;
	uint64_t ram_default; /* 0: must be given */
	uint64_t ram_min;
	uint64_t ram_unit;
	unsigned int max_cpus;
	uint64_t dtb_slot;    /* bytes that the device tree is padded to; 0: exactly its file */
	const char *dtb_hint; /* how to get the device tree; NULL: the preset builds it */
	bool firmware_initrd; /* an initrd is loaded beside a firmware too */
	unsigned int (*ipa_bits)(uint64_t ram_top);
	void (*place_kernel)(struct layout *layout);
	void (*place_firmware)(struct layout *layout); /* NULL: not known */
};

/* NULL past the last. */
const struct vmm *vmm_get(size_t index);
/* Bits that addresses below top need. */
unsigned int address_bits(uint64_t top);

#endif /* REALM_PRESET_H */
