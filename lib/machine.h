/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* machine.h - the machine of the "realmctl" preset (docs/presets.md) */
#ifndef REALM_MACHINE_H
#define REALM_MACHINE_H

#include "internal.h"

#define MACHINE_GICD 0x08000000u
#define MACHINE_GICD_SIZE 0x10000u
#define MACHINE_GICR 0x080a0000u
#define MACHINE_GICR_SIZE 0x20000u /* a vCPU */
#define MACHINE_UART 0x09000000u
#define MACHINE_UART_SIZE 0x1000u
#define MACHINE_UART_SPI 1
#define MACHINE_MAX_CPUS ((MACHINE_UART - MACHINE_GICR) / MACHINE_GICR_SIZE)
#define MACHINE_RAM 0x80000000u
/* More than the device tree of MACHINE_MAX_CPUS and the longest command line takes. */
#define MACHINE_DTB_MAX 65536u

struct machine {
	uint64_t ram_size;
	unsigned int cpus;
	unsigned int ipa_bits;
	const char *bootargs;
	uint64_t initrd_at;
	uint64_t initrd_size; /* 0: none */
};

/* The UART in the shared half, for code that maps it without setting the shared bit: the early console. */
uint64_t machine_uart(unsigned int ipa_bits);
/* Write the device tree, zero-padded, to MACHINE_DTB_MAX bytes.  Its size, or -ERANGE. */
int machine_dtb(const struct machine *machine, void *dtb);

#endif /* REALM_MACHINE_H */
