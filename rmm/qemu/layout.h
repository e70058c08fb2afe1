/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * layout.h - what the three programs on QEMU's machine agree on: where things are, and which calls they make
 *
 *	EL3      the monitor, runs in place from the boot flash
 *	R-EL2    the RMM, carried in the same flash, copied to DRAM
 *	NS-EL2   a host: the test host of host/, or Linux
 *
 * Also for assembler and linker scripts, so numbers have no suffix.
 *
 *	0x00000000  +-------------------------------+  boot flash, Root: the firmware image (-bios)
 *	            | EL3 code and constants        |
 *	            | RMM image at FLASH_RMM        |
 *	0x08000000  +-------------------------------+  devices, any world: GIC, UART, fw_cfg
 *	0x0e000000  +-------------------------------+  secure RAM, Root: EL3 data and stacks, then the GPT
 *	0x40000000  +-------------------------------+  DRAM, NS but for the RMM
 *	            | device tree, put by QEMU      |
 *	0x40200000  | host image; it starts here    |
 *	            | ...                           |
 *	0x4f000000  | RMM, Realm: RMM_SIZE          |
 *	0x50000000  | the host's, to the end        |
 *	            +-------------------------------+
 */
#ifndef QEMU_LAYOUT_H
#define QEMU_LAYOUT_H

#define FLASH_SIZE 0x04000000
#define FLASH_RMM 0x00010000	/* the RMM's image in the flash; what is before it is EL3's */

#define GICD_BASE 0x08000000
#define GICR_BASE 0x080a0000
#define GICR_STRIDE 0x20000
#define UART_BASE 0x09000000
#define FWCFG_BASE 0x09020000
#define SECURE_GPIO_BASE 0x090b0000

#define SECURE_RAM_BASE 0x0e000000
#define SECURE_RAM_SIZE 0x01000000
#define GPT_L0_BASE 0x0e100000
#define GPT_L1_BASE 0x0e200000	/* 128 KiB for each GiB of the address space */
#define GPT_L1_STRIDE 0x20000
#define GPT_GIBS 64	/* what the tables cover */

#define DRAM_BASE 0x40000000
#define DTB_BASE DRAM_BASE
#define HOST_BASE 0x40200000
#define RMM_BASE 0x4f000000
#define RMM_SIZE 0x01000000
#define DRAM_MIN_SIZE 0x10000000	/* the RMM must fit */

#define CPUS_MAX 8

/* RMM to EL3: X0 the call, X1 on its arguments; X0 the result, zero or negative */
#define SMC_RMI_REQ_COMPLETE 0xC400018F	/* X1..X11: X0..X10 for the host */
#define SMC_GTSI_DELEGATE 0xC40001B0	/* X1 address, X2 size in bytes: NS to Realm, all or nothing */
#define SMC_GTSI_UNDELEGATE 0xC40001B1	/* the same, Realm to NS */
#define SMC_RMM_BOOT_COMPLETE 0xC40001CF	/* X1: zero, or why the RMM cannot run on this CPU */

/* Host to EL3 or RMM, for tests (OEM service calls): X0 is -1 where they are not known */
#define SMC_TEST_PING_EL3 0xC3000000
#define SMC_TEST_PING_RMM 0xC3000001
#define SMC_TEST_MEASUREMENT 0xC3000002	/* X1 rd, X2 index: X0 length of the digest or 0, X1..X8 the 64 bytes */
#define SMC_TEST_REALM_GRANULES 0xC3000003	/* X1: granules of 4 KiB that the GPT gives to Realm, but for the RMM's own */

#endif
