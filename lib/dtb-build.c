/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * dtb-build.c - the device tree of the "realmctl" machine
 *
 * Its bytes are measured: the order of nodes and properties here is part of the preset, and names are not shared
 * in the string block, so that no version of libfdt has anything to choose.
 */
#include <stdio.h>
#include <string.h>

#include <libfdt.h>

#include "machine.h"

#define PHANDLE_GIC 1
#define PHANDLE_CLOCK 2
#define GIC_SPI 0
#define GIC_PPI 1
#define IRQ_LEVEL_HIGH 4

/* libfdt's sequential writer; the first error sticks. */
struct writer {
	void *fdt;
	int err;
};

static void put(struct writer *w, const char *name, const void *value, size_t len)
{
	if (!w->err)
		w->err = fdt_property(w->fdt, name, value, (int)len);
}

static void put_cells(struct writer *w, const char *name, const uint32_t *values, size_t count)
{
	fdt32_t cells[12];
	size_t i;

	for (i = 0; i < count; i++)
		cells[i] = cpu_to_fdt32(values[i]);
	put(w, name, cells, count * sizeof(*cells));
}

static void put_u64s(struct writer *w, const char *name, const uint64_t *values, size_t count)
{
	fdt64_t cells[4];
	size_t i;

	for (i = 0; i < count; i++)
		cells[i] = cpu_to_fdt64(values[i]);
	put(w, name, cells, count * sizeof(*cells));
}

#define COUNT(type, ...) (sizeof((const type[]){ __VA_ARGS__ }) / sizeof(type))
#define PUT_CELLS(w, name, ...) put_cells(w, name, (const uint32_t[]){ __VA_ARGS__ }, COUNT(uint32_t, __VA_ARGS__))
#define PUT_U64S(w, name, ...) put_u64s(w, name, (const uint64_t[]){ __VA_ARGS__ }, COUNT(uint64_t, __VA_ARGS__))
/* A string, or several with \0 between them. */
#define PUT_STRINGS(w, name, literal) put(w, name, literal, sizeof(literal))
#define PUT_FLAG(w, name) put(w, name, NULL, 0)

static void begin(struct writer *w, const char *name)
{
	if (!w->err)
		w->err = fdt_begin_node(w->fdt, name);
}

static void begin_at(struct writer *w, const char *name, uint64_t address)
{
	char full[40];

	snprintf(full, sizeof(full), "%s@%llx", name, (unsigned long long)address);
	begin(w, full);
}

static void end(struct writer *w)
{
	if (!w->err)
		w->err = fdt_end_node(w->fdt);
}

static void write_chosen(struct writer *w, const struct machine *m)
{
	char path[40];

	snprintf(path, sizeof(path), "/pl011@%x", MACHINE_UART);
	begin(w, "chosen");
	put(w, "bootargs", m->bootargs, strlen(m->bootargs) + 1);
	put(w, "stdout-path", path, strlen(path) + 1);
	if (m->initrd_size) {
		PUT_U64S(w, "linux,initrd-start", m->initrd_at);
		PUT_U64S(w, "linux,initrd-end", m->initrd_at + m->initrd_size);
	}
	end(w);
}

static void write_memory(struct writer *w, const struct machine *m)
{
	begin_at(w, "memory", MACHINE_RAM);
	PUT_STRINGS(w, "device_type", "memory");
	PUT_U64S(w, "reg", MACHINE_RAM, m->ram_size);
	end(w);
}

static void write_cpus(struct writer *w, const struct machine *m)
{
	unsigned int i;

	begin(w, "cpus");
	PUT_CELLS(w, "#address-cells", 1);
	PUT_CELLS(w, "#size-cells", 0);
	for (i = 0; i < m->cpus; i++) {
		/* Aff0 to Aff2 are MPIDR bits 23:0, and the same bits of the REC's. */
		uint32_t affinity = (uint32_t)kvm_mpidr(i);

		begin_at(w, "cpu", affinity);
		PUT_STRINGS(w, "device_type", "cpu");
		PUT_STRINGS(w, "compatible", "arm,armv8");
		PUT_CELLS(w, "reg", affinity);
		PUT_STRINGS(w, "enable-method", "psci");
		end(w);
	}
	end(w);
}

static void write_psci(struct writer *w)
{
	begin(w, "psci");
	PUT_STRINGS(w, "compatible", "arm,psci-1.0\0arm,psci-0.2");
	PUT_STRINGS(w, "method", "smc");
	end(w);
}

static void write_gic(struct writer *w, const struct machine *m)
{
	begin_at(w, "interrupt-controller", MACHINE_GICD);
	PUT_STRINGS(w, "compatible", "arm,gic-v3");
	PUT_CELLS(w, "#interrupt-cells", 3);
	PUT_CELLS(w, "#address-cells", 0);
	PUT_FLAG(w, "interrupt-controller");
	PUT_U64S(w, "reg", MACHINE_GICD, MACHINE_GICD_SIZE, MACHINE_GICR, (uint64_t)m->cpus * MACHINE_GICR_SIZE);
	PUT_CELLS(w, "phandle", PHANDLE_GIC);
	end(w);
}

/* Secure and non-secure physical and virtual timer: PPIs 13, 14 and 11. */
static void write_timer(struct writer *w)
{
	begin(w, "timer");
	PUT_STRINGS(w, "compatible", "arm,armv8-timer");
	PUT_CELLS(w, "interrupts", GIC_PPI, 13, IRQ_LEVEL_HIGH, GIC_PPI, 14, IRQ_LEVEL_HIGH, GIC_PPI, 11,
		  IRQ_LEVEL_HIGH);
	PUT_FLAG(w, "always-on");
	end(w);
}

static void write_clock(struct writer *w)
{
	begin(w, "apb-pclk");
	PUT_STRINGS(w, "compatible", "fixed-clock");
	PUT_CELLS(w, "#clock-cells", 0);
	PUT_CELLS(w, "clock-frequency", 24000000);
	PUT_STRINGS(w, "clock-output-names", "clk24mhz");
	PUT_CELLS(w, "phandle", PHANDLE_CLOCK);
	end(w);
}

/* As all devices at its plain address: a realm's drivers set the shared bit when they map it (Linux: __ioremap_prot). */
static void write_uart(struct writer *w)
{
	begin_at(w, "pl011", MACHINE_UART);
	PUT_STRINGS(w, "compatible", "arm,pl011\0arm,primecell");
	PUT_U64S(w, "reg", MACHINE_UART, MACHINE_UART_SIZE);
	PUT_CELLS(w, "interrupts", GIC_SPI, MACHINE_UART_SPI, IRQ_LEVEL_HIGH);
	PUT_CELLS(w, "clocks", PHANDLE_CLOCK, PHANDLE_CLOCK);
	PUT_STRINGS(w, "clock-names", "uartclk\0apb_pclk");
	end(w);
}

static void write_root(struct writer *w, const struct machine *m)
{
	begin(w, "");
	PUT_STRINGS(w, "compatible", "linux,dummy-virt");
	PUT_STRINGS(w, "model", "librealm realmctl machine");
	PUT_CELLS(w, "#address-cells", 2);
	PUT_CELLS(w, "#size-cells", 2);
	PUT_CELLS(w, "interrupt-parent", PHANDLE_GIC);
	write_chosen(w, m);
	write_memory(w, m);
	write_cpus(w, m);
	write_psci(w);
	write_gic(w, m);
	write_timer(w);
	write_clock(w);
	write_uart(w);
	end(w);
}

uint64_t machine_uart(unsigned int ipa_bits)
{
	return 1ULL << (ipa_bits - 1) | MACHINE_UART;
}

int machine_dtb(const struct machine *machine, void *dtb)
{
	struct writer w = { .fdt = dtb };
	size_t total;

	w.err = fdt_create_with_flags(dtb, MACHINE_DTB_MAX, FDT_CREATE_FLAG_NO_NAME_DEDUP);
	if (!w.err)
		w.err = fdt_finish_reservemap(dtb);
	write_root(&w, machine);
	if (!w.err)
		w.err = fdt_finish(dtb);
	if (w.err)
		return -ERANGE;
	total = fdt_totalsize(dtb);
	/* libfdt collects names at the end of the buffer, and leaves them there */
	memset((uint8_t *)dtb + total, 0, MACHINE_DTB_MAX - total);
	return (int)total;
}
