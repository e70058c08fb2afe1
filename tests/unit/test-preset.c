/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-preset.c - what each VMM puts where; addresses worked out by hand from docs/presets.md */
#include <fcntl.h>
#include <libfdt.h>

#include "fixture.h"

#define M (1ull << 20)
#define G (1ull << 30)
#define T (1ull << 40)

/* ---- inputs ---- */

static const char *write_kernel(struct fixture *f, uint64_t text_offset, uint64_t image_size, uint64_t file_size)
{
	uint8_t head[64];

	put_image_head(head, text_offset, image_size, 0xa);
	return fixture_write(f, "kernel", head, sizeof(head), file_size);
}

/* The least that is a device tree, padded to size bytes. */
static const char *write_dtb(struct fixture *f, uint64_t size)
{
	static _Alignas(8) uint8_t dtb[256];

	assert_int_equal(fdt_create_empty_tree(dtb, sizeof(dtb)), 0);
	return fixture_write(f, "dtb", dtb, sizeof(dtb), size);
}

static const char *write_zeros(struct fixture *f, const char *name, uint64_t size)
{
	return size ? fixture_write(f, name, "", 0, size) : NULL;
}

/* ---- places ---- */

struct place {
	const char *name;
	uint64_t at;
	uint64_t size; /* REALM_TO_END: a whole file */
};

struct place_case {
	const char *vmm;
	uint64_t ram_size;
	uint64_t text_offset;
	uint64_t image_size; /* the file is 0x100 bytes shorter */
	uint64_t firmware;
	uint64_t initrd;
	unsigned int ipa_bits;
	struct place loads[3];
	uint64_t pc;
	uint64_t x0;
};

static const struct place_case place_cases[] = {
	/* DTB: 64 KiB and 2 MiB below the end of the first 256 MiB, up to 2 MiB; initrd 4 bytes below, up to 4 */
	{ .vmm = "kvmtool",
	  .ram_size = 256 * M,
	  .image_size = 0x2a00000,
	  .initrd = 0x1234567,
	  .ipa_bits = 33,
	  .loads = { { "kernel", 0x80000000, 0 }, { "initrd", 0x8ebcba98, 0 }, { "dtb", 0x8fe00000, 0x10000 } },
	  .pc = 0x80000000,
	  .x0 = 0x8fe00000 },
	{ .vmm = "kvmtool",
	  .ram_size = 64 * M,
	  .image_size = 0x2a00000,
	  .initrd = 0x10000,
	  .ipa_bits = 33,
	  .loads = { { "kernel", 0x80000000, 0 }, { "initrd", 0x83defffc, 0 }, { "dtb", 0x83e00000, 0x10000 } },
	  .pc = 0x80000000,
	  .x0 = 0x83e00000 },
	{ .vmm = "kvmtool",
	  .ram_size = 2 * G,
	  .image_size = 0x2a00000,
	  .ipa_bits = 33,
	  .loads = { { "kernel", 0x80000000, 0 }, { "dtb", 0x8fe00000, 0x10000 } },
	  .pc = 0x80000000,
	  .x0 = 0x8fe00000 },
	{ .vmm = "kvmtool",
	  .ram_size = 2 * G + 2 * M,
	  .image_size = 0x2a00000,
	  .ipa_bits = 34,
	  .loads = { { "kernel", 0x80000000, 0 }, { "dtb", 0x8fe00000, 0x10000 } },
	  .pc = 0x80000000,
	  .x0 = 0x8fe00000 },
	{ .vmm = "kvmtool",
	  .ram_size = 256 * M,
	  .text_offset = 0x80000,
	  .image_size = 0x2a00000,
	  .ipa_bits = 33,
	  .loads = { { "kernel", 0x80080000, 0 }, { "dtb", 0x8fe00000, 0x10000 } },
	  .pc = 0x80080000,
	  .x0 = 0x8fe00000 },
	{ .vmm = "kvmtool",
	  .ram_size = 64 * M,
	  .firmware = 0x200001,
	  .ipa_bits = 33,
	  .loads = { { "firmware", 0x80000000, 0 }, { "dtb", 0x80400000, 0x10000 } },
	  .pc = 0x80000000,
	  .x0 = 0x80400000 },
	{ .vmm = "kvmtool",
	  .ram_size = 64 * M,
	  .firmware = 0x200000,
	  .ipa_bits = 33,
	  .loads = { { "firmware", 0x80000000, 0 }, { "dtb", 0x80200000, 0x10000 } },
	  .pc = 0x80000000,
	  .x0 = 0x80200000 },
	/* initrd: half of RAM up to 128 MiB, or the end of the kernel; DTB: the next 2 MiB after it */
	{ .vmm = "qemu",
	  .image_size = 0x2a00000,
	  .initrd = 0x1234567,
	  .ipa_bits = 41,
	  .loads = { { "kernel", 0x40000000, 0 }, { "initrd", 0x44000000, 0 }, { "dtb", 0x45400000, 0 } },
	  .pc = 0x40000000,
	  .x0 = 0x45400000 },
	{ .vmm = "qemu",
	  .image_size = 0x2a00000,
	  .ipa_bits = 41,
	  .loads = { { "kernel", 0x40000000, 0 }, { "dtb", 0x44000000, 0 } },
	  .pc = 0x40000000,
	  .x0 = 0x44000000 },
	{ .vmm = "qemu",
	  .ram_size = G,
	  .image_size = 0x2a00000,
	  .initrd = 0x1234567,
	  .ipa_bits = 41,
	  .loads = { { "kernel", 0x40000000, 0 }, { "initrd", 0x48000000, 0 }, { "dtb", 0x49400000, 0 } },
	  .pc = 0x40000000,
	  .x0 = 0x49400000 },
	{ .vmm = "qemu",
	  .image_size = 0x5000001,
	  .initrd = 0x1000,
	  .ipa_bits = 41,
	  .loads = { { "kernel", 0x40000000, 0 }, { "initrd", 0x45001000, 0 }, { "dtb", 0x45200000, 0 } },
	  .pc = 0x40000000,
	  .x0 = 0x45200000 },
	{ .vmm = "qemu",
	  .ram_size = 256 * G,
	  .image_size = 0x2a00000,
	  .ipa_bits = 41,
	  .loads = { { "kernel", 0x40000000, 0 }, { "dtb", 0x48000000, 0 } },
	  .pc = 0x40000000,
	  .x0 = 0x48000000 },
	{ .vmm = "qemu",
	  .ram_size = T,
	  .image_size = 0x2a00000,
	  .ipa_bits = 42,
	  .loads = { { "kernel", 0x40000000, 0 }, { "dtb", 0x48000000, 0 } },
	  .pc = 0x40000000,
	  .x0 = 0x48000000 },
	{ .vmm = "qemu",
	  .ram_size = 256 * T,
	  .image_size = 0x2a00000,
	  .ipa_bits = 50,
	  .loads = { { "kernel", 0x40000000, 0 }, { "dtb", 0x48000000, 0 } },
	  .pc = 0x40000000,
	  .x0 = 0x48000000 },
	{ .vmm = "qemu",
	  .firmware = 64 * M,
	  .ipa_bits = 41,
	  .loads = { { "firmware", 0, 0 }, { "dtb", 0x40000000, 0 } } },
	/* initrd: whole pages at the end of RAM */
	{ .vmm = "cloud-hypervisor",
	  .image_size = 0x2a00000,
	  .initrd = 0x1234567,
	  .ipa_bits = 48,
	  .loads = { { "dtb", 0x40000000, 0 }, { "kernel", 0x40400000, 0 }, { "initrd", 0x5edcb000, 0 } },
	  .pc = 0x40400000,
	  .x0 = 0x40000000 },
	{ .vmm = "cloud-hypervisor",
	  .ram_size = 4 * G,
	  .image_size = 0x2a00000,
	  .initrd = 0x1000,
	  .ipa_bits = 48,
	  .loads = { { "dtb", 0x40000000, 0 }, { "kernel", 0x40400000, 0 }, { "initrd", 0x13ffff000, 0 } },
	  .pc = 0x40400000,
	  .x0 = 0x40000000 },
	/* DTB and initrd: each the next 2 MiB */
	{ .vmm = "realmctl",
	  .image_size = 0x2a00000,
	  .initrd = 0x1234567,
	  .ipa_bits = 33,
	  .loads = { { "kernel", 0x80000000, 0 }, { "dtb", 0x82a00000, 0x1000 }, { "initrd", 0x82c00000, 0 } },
	  .pc = 0x80000000,
	  .x0 = 0x82a00000 },
	{ .vmm = "realmctl",
	  .ram_size = 3 * G,
	  .text_offset = 0x80000,
	  .image_size = 0x2980001,
	  .initrd = 1,
	  .ipa_bits = 34,
	  .loads = { { "kernel", 0x80080000, 0 }, { "dtb", 0x82c00000, 0x1000 }, { "initrd", 0x82e00000, 0 } },
	  .pc = 0x80080000,
	  .x0 = 0x82c00000 },
	{ .vmm = "realmctl",
	  .ram_size = 64 * M,
	  .firmware = 5,
	  .initrd = 5,
	  .ipa_bits = 33,
	  .loads = { { "firmware", 0x80000000, 0 }, { "dtb", 0x80200000, 0x1000 }, { "initrd", 0x80400000, 0 } },
	  .pc = 0x80000000,
	  .x0 = 0x80200000 },
};

static struct realm_preset_opts opts_of_case(struct fixture *f, const struct place_case *c)
{
	struct realm_preset_opts opts = { .sz = sizeof(opts), .ram_size = c->ram_size };

	if (c->image_size)
		opts.kernel = write_kernel(f, c->text_offset, c->image_size, c->image_size - 0x100);
	opts.firmware = write_zeros(f, "firmware", c->firmware);
	opts.initrd = write_zeros(f, "initrd", c->initrd);
	if (strcmp(c->vmm, "realmctl"))
		opts.dtb = write_dtb(f, 0x234);
	return opts;
}

static struct realm_plan *plan_of_case(struct fixture *f, const struct place_case *c)
{
	struct realm_preset_opts opts = opts_of_case(f, c);
	struct realm_plan *plan;

	assert_int_equal(realm_preset_plan(f->ctx, c->vmm, &opts, &plan), 0);
	assert_string_equal(f->log, "");
	return plan;
}

static void assert_loads(const struct realm_plan *plan, const struct place *want)
{
	struct realm_load_info info = { .sz = sizeof(info) };
	size_t i;

	for (i = 0; i < 3 && want[i].name; i++) {
		assert_int_equal(realm_plan_load(plan, i, &info), 0);
		assert_string_equal(info.name, want[i].name);
		assert_int_equal(info.at, want[i].at);
		assert_int_equal(info.size, want[i].size);
		assert_int_equal(info.offset, 0);
		assert_int_equal(info.flags, 0);
		if (!want[i].size)
			assert_string_equal(strrchr(info.file, '/') + 1, info.name);
	}
	assert_int_equal(realm_plan_load_count(plan), i);
}

static void each_part_is_where_the_vmm_puts_it(void **state)
{
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(place_cases); i++) {
		const struct place_case *c = &place_cases[i];
		struct realm_plan *plan = plan_of_case(f, c);
		struct realm_rec_info rec = { .sz = sizeof(rec) };

		assert_string_equal(realm_plan_name(plan), c->vmm);
		assert_int_equal(realm_plan_ipa_bits(plan), c->ipa_bits);
		assert_loads(plan, c->loads);
		assert_int_equal(realm_plan_rec_count(plan), 1);
		assert_int_equal(realm_plan_rec(plan, 0, &rec), 0);
		assert_int_equal(rec.pc, c->pc);
		assert_int_equal(rec.gprs[0], c->x0);
		assert_int_equal(realm_plan_set_lpa2(plan, c->ipa_bits > 48), 0);
		assert_int_equal(realm_plan_check(plan), 0);
		realm_plan_free(plan);
		f->log[0] = '\0';
	}
}

static void each_vmm_has_its_default_ram(void **state)
{
	static const struct {
		const char *vmm;
		uint64_t base;
		uint64_t size;
	} cases[] = {
		{ "qemu", 0x40000000, 128 * M },
		{ "cloud-hypervisor", 0x40000000, 512 * M },
		{ "realmctl", 0x80000000, 256 * M },
	};
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct place_case c = { .vmm = cases[i].vmm, .image_size = 0x200000 };
		struct realm_plan *plan = plan_of_case(f, &c);
		uint64_t base, size;

		assert_int_equal(realm_plan_ram_count(plan), 1);
		assert_int_equal(realm_plan_ram(plan, 0, &base, &size), 0);
		assert_int_equal(base, cases[i].base);
		assert_int_equal(size, cases[i].size);
		realm_plan_free(plan);
	}
}

static void qemu_firmware_has_memory_of_its_own(void **state)
{
	static const struct place_case c = { .vmm = "qemu", .ram_size = 32 * M, .firmware = 64 * M };
	struct realm_plan *plan = plan_of_case(*state, &c);
	uint64_t base, size;

	assert_int_equal(realm_plan_ram_count(plan), 2);
	assert_int_equal(realm_plan_ram(plan, 0, &base, &size), 0);
	assert_int_equal(base, 0);
	assert_int_equal(size, 0x8000000);
	assert_int_equal(realm_plan_ram(plan, 1, &base, &size), 0);
	assert_int_equal(base, 0x40000000);
	assert_int_equal(size, 32 * M);
	realm_plan_free(plan);
}

static void other_values_are_those_of_a_new_plan(void **state)
{
	static const struct place_case c = { .vmm = "realmctl", .image_size = 0x200000 };
	struct realm_plan *plan = plan_of_case(*state, &c);

	assert_int_equal(realm_plan_hash(plan), REALM_HASH_SHA256);
	assert_int_equal(realm_plan_granule(plan), 4096);
	assert_int_equal(realm_plan_breakpoints(plan), 2);
	assert_int_equal(realm_plan_watchpoints(plan), 2);
	assert_int_equal(realm_plan_pmu_counters(plan), -1);
	assert_int_equal(realm_plan_sve_bits(plan), 0);
	assert_int_equal(realm_plan_flags(plan), 0);
	realm_plan_free(plan);
}

static void cpus_become_recs(void **state)
{
	struct fixture *f = *state;
	struct realm_preset_opts opts = { .sz = sizeof(opts), .cpus = 123 };
	struct realm_rec_info rec = { .sz = sizeof(rec) };
	struct realm_plan *plan;

	opts.kernel = write_kernel(f, 0, 0x200000, 0x100000);
	assert_int_equal(realm_preset_plan(f->ctx, "realmctl", &opts, &plan), 0);
	assert_int_equal(realm_plan_rec_count(plan), 123);
	assert_int_equal(realm_plan_rec(plan, 122, &rec), 0);
	assert_int_equal(rec.runnable, 0);
	assert_int_equal(rec.pc, 0);
	assert_int_equal(rec.gprs[0], 0);
	assert_int_equal(rec.mpidr, 0x70a);
	assert_int_equal(realm_plan_check(plan), 0);
	assert_string_equal(f->log, "");
	realm_plan_free(plan);
}

static void preset_names_are_listed(void **state)
{
	assert_string_equal(realm_preset_name(0), "kvmtool");
	assert_string_equal(realm_preset_name(1), "qemu");
	assert_string_equal(realm_preset_name(2), "cloud-hypervisor");
	assert_string_equal(realm_preset_name(3), "realmctl");
	assert_null(realm_preset_name(4));
	assert_null(realm_preset_name(UINT32_MAX));
}

/* Where QEMU and cloud-hypervisor start a kernel that is not at a 2 MiB boundary is not established. */
static void text_offset_with_a_fixed_start_is_a_warning(void **state)
{
	static const char *const vmms[] = { "qemu", "cloud-hypervisor" };
	static const uint64_t ats[] = { 0x40080000, 0x40480000 }, pcs[] = { 0x40000000, 0x40400000 };
	struct fixture *f = *state;
	struct realm_preset_opts opts = { .sz = sizeof(opts) };
	size_t i;

	opts.kernel = write_kernel(f, 0x80000, 0x200000, 0x100000);
	opts.dtb = write_dtb(f, 0x100);
	for (i = 0; i < 2; i++) {
		struct realm_plan *plan;

		f->log[0] = '\0';
		assert_int_equal(realm_preset_plan(f->ctx, vmms[i], &opts, &plan), 0);
		assert_non_null(strstr(f->log, "text_offset 0x80000; where"));
		assert_int_equal(plan->recs[0].pc, pcs[i]);
		assert_int_equal(plan->loads[i].at, ats[i]);
		realm_plan_free(plan);
	}
}

/* ---- device trees ---- */

static void kvmtool_dtb_is_padded_to_its_slot(void **state)
{
	static const struct place_case c = { .vmm = "kvmtool", .ram_size = 64 * M, .image_size = 0x200000 };
	struct fixture *f = *state;
	struct realm_plan *plan = plan_of_case(f, &c);
	const struct load *load = &plan->loads[1];
	size_t i;

	assert_int_equal(load->kind, REALM_LOAD_MEMORY);
	assert_int_equal(load->size, 65536);
	assert_int_equal(fdt_check_header(load->data), 0);
	for (i = 0x100; i < 65536; i++)
		assert_int_equal(load->data[i], 0);
	realm_plan_free(plan);
}

static void kvmtool_dtb_that_fills_its_slot_stays_a_file(void **state)
{
	struct fixture *f = *state;
	struct realm_preset_opts opts = { .sz = sizeof(opts), .ram_size = 64 * M };
	struct realm_plan *plan;

	opts.kernel = write_kernel(f, 0, 0x200000, 0x100000);
	opts.dtb = write_dtb(f, 65536);
	assert_int_equal(realm_preset_plan(f->ctx, "kvmtool", &opts, &plan), 0);
	assert_int_equal(plan->loads[1].kind, REALM_LOAD_FILE);
	assert_string_equal(plan->loads[1].file, opts.dtb);
	realm_plan_free(plan);
	opts.dtb = write_dtb(f, 65537);
	assert_error(f->ctx, realm_preset_plan(f->ctx, "kvmtool", &opts, &plan), EINVAL, opts.dtb,
		     "has room for 65536");
}

static void dtb_from_standard_input_is_kept(void **state)
{
	struct fixture *f = *state;
	struct realm_preset_opts opts = { .sz = sizeof(opts), .dtb = "-" };
	int saved = dup(STDIN_FILENO), fd = open(write_dtb(f, 0x234), O_RDONLY);
	struct realm_plan *plan;

	opts.kernel = write_kernel(f, 0, 0x200000, 0x100000);
	assert_true(saved >= 0 && fd >= 0);
	assert_true(dup2(fd, STDIN_FILENO) >= 0);
	close(fd);
	assert_int_equal(realm_preset_plan(f->ctx, "qemu", &opts, &plan), 0);
	assert_error(f->ctx, realm_preset_plan(f->ctx, "qemu", &opts, &plan), EBADMSG, "standard input",
		     "is not a device tree");
	dup2(saved, STDIN_FILENO);
	close(saved);
	assert_int_equal(plan->loads[1].kind, REALM_LOAD_MEMORY);
	assert_int_equal(plan->loads[1].size, 0x234);
	assert_int_equal(fdt_check_header(plan->loads[1].data), 0);
	realm_plan_free(plan);
}

static void realmctl_dtb_describes_the_plan(void **state)
{
	struct fixture *f = *state;
	struct realm_preset_opts opts = { .sz = sizeof(opts), .cpus = 2, .ipa_bits = 40, .cmdline = "quiet ro" };
	struct realm_plan *plan;
	const void *dtb;
	int chosen, len;

	opts.kernel = write_kernel(f, 0, 0x200000, 0x100000);
	opts.initrd = write_zeros(f, "initrd", 0x1234);
	assert_int_equal(realm_preset_plan(f->ctx, "realmctl", &opts, &plan), 0);
	assert_int_equal(realm_plan_check(plan), 0);
	assert_string_equal(f->log, "");
	dtb = plan->loads[1].data;
	chosen = fdt_path_offset(dtb, "/chosen");
	assert_string_equal(fdt_getprop(dtb, chosen, "bootargs", &len),
			    "console=ttyAMA0 earlycon=pl011,0x8009000000 quiet ro");
	assert_memory_equal(fdt_getprop(dtb, chosen, "linux,initrd-start", &len), "\0\0\0\0\x80\x40\0\0", 8);
	assert_memory_equal(fdt_getprop(dtb, chosen, "linux,initrd-end", &len), "\0\0\0\0\x80\x40\x12\x34", 8);
	realm_plan_free(plan);
}

/* ---- refusals ---- */

#define OPT(member) "realm_preset_opts." member

/* Refused before any file is looked at: none of these exists. */
static const struct {
	const char *vmm;
	struct realm_preset_opts opts;
	const char *where;
	const char *why;
} bad_opts[] = {
	{ "xen", { .kernel = "k" }, "xen", "no such VMM" },
	{ "openvmm", { .kernel = "k" }, "openvmm", "no such VMM" },
	{ "realmctl", { .initrd = "i" }, OPT("kernel"), "is missing" },
	{ "realmctl", { .kernel = "-" }, OPT("kernel"), "cannot be standard input" },
	{ "realmctl", { .kernel = "k", .initrd = "-" }, OPT("initrd"), "cannot be standard input" },
	{ "realmctl", { .firmware = "-" }, OPT("firmware"), "cannot be standard input" },
	{ "realmctl", { .kernel = "k", .firmware = "f" }, OPT("firmware"), "a kernel is given too" },
	{ "realmctl", { .kernel = "k", .dtb = "d" }, OPT("dtb"), "builds its own" },
	{ "realmctl",
	  { .kernel = "k", .ram_size = 62 * M },
	  OPT("ram_size"),
	  "less than realmctl needs, which is 64M" },
	{ "realmctl", { .kernel = "k", .ram_size = 65 * M }, OPT("ram_size"), "not a multiple of 2048K" },
	{ "realmctl", { .kernel = "k", .ram_size = 1ull << 51 }, OPT("ram_size"), "more than any IPA space" },
	{ "realmctl", { .kernel = "k", .ram_size = -2 * M }, OPT("ram_size"), "more than any IPA space" },
	{ "realmctl",
	  { .kernel = "k", .cpus = 124 },
	  OPT("cpus"),
	  "124 are more than realmctl can have, which is 123" },
	{ "realmctl",
	  { .kernel = "k", .ipa_bits = 32 },
	  OPT("ipa_bits"),
	  "RAM up to 0x90000000 and its shared alias need 33" },
	{ "realmctl", { .kernel = "k", .ipa_bits = 53 }, OPT("ipa_bits"), "53 are more than 52" },
	{ "kvmtool", { .kernel = "k", .ram_size = 64 * M }, OPT("dtb"), "is missing: kvmtool makes" },
	{ "kvmtool", { .kernel = "k", .dtb = "d" }, OPT("ram_size"), "depends on the host" },
	{ "kvmtool", { .kernel = "k", .dtb = "d", .ram_size = 63 * M }, OPT("ram_size"), "not a multiple" },
	{ "kvmtool", { .kernel = "k", .dtb = "d", .cmdline = "ro" }, OPT("cmdline"), "inside its device tree" },
	{ "kvmtool", { .firmware = "f", .dtb = "d", .initrd = "i" }, OPT("initrd"), "no initrd beside a firmware" },
	{ "kvmtool", { .kernel = "k", .dtb = "d", .ram_size = 64 * M, .cpus = 513 }, OPT("cpus"), "which is 512" },
	{ "qemu", { .kernel = "k", .ram_size = 64 * M }, OPT("dtb"), "is missing: qemu makes" },
	{ "qemu", { .kernel = "k", .dtb = "d", .ram_size = 4097 }, OPT("ram_size"), "not a multiple of 4K" },
	{ "qemu",
	  { .kernel = "k", .dtb = "d", .ram_size = 2047 * T + 512 * G },
	  OPT("ipa_bits"),
	  "53 are more than 52" },
	{ "qemu", { .kernel = "k", .dtb = "d", .ipa_bits = 31 }, OPT("ipa_bits"), "31 are too few" },
	{ "cloud-hypervisor", { .kernel = "k", .ram_size = 64 * M }, OPT("dtb"), "is missing: cloud-hypervisor makes" },
	{ "cloud-hypervisor", { .firmware = "f", .dtb = "d" }, OPT("firmware"), "not known" },
	{ "cloud-hypervisor", { .kernel = "k", .dtb = "d", .ipa_bits = 31 }, OPT("ipa_bits"), "31 are too few" },
};

static void assert_refused(struct fixture *f, const char *vmm, const struct realm_preset_opts *opts, int code,
			   const char *where, const char *why)
{
	struct realm_plan *plan = NULL;

	assert_error(f->ctx, realm_preset_plan(f->ctx, vmm, opts, &plan), code, where, why);
	assert_null(plan);
}

static void bad_options_are_refused(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad_opts); i++) {
		struct realm_preset_opts opts = bad_opts[i].opts;

		opts.sz = sizeof(opts);
		assert_refused(*state, bad_opts[i].vmm, &opts, EINVAL, bad_opts[i].where, bad_opts[i].why);
	}
}

static const struct {
	struct place_case in;
	const char *where; /* a file of the test, or "dtb" where it is in memory */
	const char *why;
} too_big[] = {
	{ { .vmm = "kvmtool", .ram_size = 64 * M, .image_size = 64 * M + 1 },
	  "/kernel",
	  "needs 67108865 bytes of memory, 1 more than there are" },
	{ { .vmm = "kvmtool", .ram_size = 64 * M, .image_size = 62 * M + 1 },
	  "dtb",
	  "the dtb at 0x83e00000 overlaps the kernel, which ends at 0x83e01000, by 4096 bytes" },
	{ { .vmm = "kvmtool", .ram_size = 64 * M, .image_size = 2 * M, .initrd = 60 * M },
	  "/initrd",
	  "the initrd at 0x801ffffc overlaps the kernel, which ends at 0x80200000, by 4096 bytes" },
	{ { .vmm = "kvmtool", .ram_size = 8 * G, .image_size = 2 * M, .initrd = 3 * G },
	  "/initrd",
	  "the initrd of 3221225472 bytes does not fit where kvmtool puts it" },
	{ { .vmm = "kvmtool", .ram_size = 8 * G, .image_size = 2 * M, .initrd = G },
	  "/initrd",
	  "the initrd of 1073741824 bytes does not fit where kvmtool puts it" },
	{ { .vmm = "kvmtool", .ram_size = 2 * M, .image_size = M },
	  "dtb",
	  "the dtb at 0x80000000 overlaps the kernel, which ends at 0x80100000, by 1048576 bytes" },
	{ { .vmm = "kvmtool", .ram_size = 64 * M, .firmware = 64 * M },
	  "dtb",
	  "the dtb at 0x84000000 ends 65536 bytes after the end of memory at 0x84000000" },
	{ { .vmm = "qemu", .image_size = 2 * M, .initrd = 64 * M + 1 },
	  "/initrd",
	  "the initrd at 0x44000000 ends 1 bytes after the end of memory at 0x48000000" },
	{ { .vmm = "qemu", .image_size = 2 * M, .initrd = 64 * M },
	  "/dtb",
	  "the dtb at 0x48000000 ends 564 bytes after the end of memory at 0x48000000" },
	{ { .vmm = "qemu", .firmware = 128 * M + 1 },
	  "/firmware",
	  "the firmware at 0x0 ends 1 bytes after the end of memory at 0x8000000" },
	{ { .vmm = "cloud-hypervisor", .image_size = 2 * M, .initrd = 508 * M },
	  "/initrd",
	  "the initrd at 0x40400000 overlaps the kernel, which ends at 0x40600000, by 2097152 bytes" },
	{ { .vmm = "cloud-hypervisor", .ram_size = 5 * M, .image_size = 2 * M },
	  "/kernel",
	  "the kernel at 0x40400000 ends 1048576 bytes after the end of memory at 0x40500000" },
	{ { .vmm = "realmctl", .ram_size = 64 * M, .image_size = 60 * M, .initrd = 2 * M + 1 },
	  "/initrd",
	  "the initrd at 0x83e00000 ends 1 bytes after the end of memory at 0x84000000" },
	{ { .vmm = "realmctl", .image_size = 2 * M, .text_offset = 256 * M + 4 },
	  "/kernel",
	  "has text_offset 0x10000004 in its header, past the end of RAM" },
	{ { .vmm = "realmctl", .image_size = 2 * M, .text_offset = -4ull },
	  "/kernel",
	  "has text_offset 0xfffffffffffffffc in its header, past the end of RAM" },
	{ { .vmm = "realmctl", .image_size = 2 * M, .text_offset = 255 * M },
	  "/kernel",
	  "the kernel at 0x8ff00000 ends 1048576 bytes after the end of memory at 0x90000000" },
};

static void parts_that_do_not_fit_are_refused(void **state)
{
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(too_big); i++) {
		const char *where = too_big[i].where;
		struct realm_preset_opts opts = opts_of_case(f, &too_big[i].in);

		if (*where == '/')
			where = fixture_path(f, where + 1);
		assert_refused(f, too_big[i].in.vmm, &opts, EINVAL, where, too_big[i].why);
	}
}

static void huge_image_size_is_refused(void **state)
{
	struct fixture *f = *state;
	struct realm_preset_opts opts = { .sz = sizeof(opts) };

	opts.kernel = write_kernel(f, 0, UINT64_MAX, 4096);
	assert_refused(f, "realmctl", &opts, EINVAL, opts.kernel, "needs 18446744073709551615 bytes of memory");
}

static void bad_files_are_refused(void **state)
{
	struct fixture *f = *state;
	struct realm_preset_opts opts = { .sz = sizeof(opts), .kernel = fixture_path(f, "none") };

	assert_refused(f, "realmctl", &opts, ENOENT, opts.kernel, "No such file");
	opts.kernel = fixture_write(f, "gz", "\x1f\x8b\x08", 3, 100);
	assert_refused(f, "realmctl", &opts, EINVAL, opts.kernel, "gzip-compressed");
	opts.kernel = write_kernel(f, 0, 0x200000, 0x100000);
	opts.initrd = fixture_write(f, "empty", "", 0, 0);
	assert_refused(f, "realmctl", &opts, EINVAL, opts.initrd, "is empty");
	opts.initrd = f->dir;
	assert_refused(f, "realmctl", &opts, EINVAL, f->dir, "is a directory");
	opts = (struct realm_preset_opts){ .sz = sizeof(opts), .firmware = fixture_path(f, "empty") };
	assert_refused(f, "realmctl", &opts, EINVAL, opts.firmware, "is empty");
}

static void bad_dtb_is_refused(void **state)
{
	struct fixture *f = *state;
	struct realm_preset_opts opts = { .sz = sizeof(opts), .dtb = fixture_path(f, "none") };

	opts.kernel = write_kernel(f, 0, 0x200000, 0x100000);
	assert_refused(f, "qemu", &opts, ENOENT, opts.dtb, "No such file");
	opts.dtb = fixture_write(f, "text", "/dts-v1/;", 9, 9);
	assert_refused(f, "qemu", &opts, EBADMSG, opts.dtb, "no device tree starts here");
	assert_non_null(strstr(realm_error_hint(realm_ctx_last_error(f->ctx)), "dumpdtb=FILE"));
	opts.dtb = write_dtb(f, 100);
	assert_refused(f, "qemu", &opts, EBADMSG, opts.dtb, "cut off");
	opts.dtb = write_dtb(f, 2 * M + 1);
	assert_refused(f, "qemu", &opts, EINVAL, opts.dtb, "is larger than 2097152 bytes");
}

/* Linux's COMMAND_LINE_SIZE is 2048; the console takes 42 bytes. */
static void command_line_that_linux_would_cut_is_refused(void **state)
{
	struct fixture *f = *state;
	struct realm_preset_opts opts = { .sz = sizeof(opts) };
	struct realm_plan *plan;
	char cmdline[2048];

	memset(cmdline, 'x', sizeof(cmdline));
	cmdline[2047 - 43] = '\0';
	opts.cmdline = cmdline;
	opts.kernel = write_kernel(f, 0, 0x200000, 0x100000);
	assert_int_equal(realm_preset_plan(f->ctx, "realmctl", &opts, &plan), 0);
	realm_plan_free(plan);
	cmdline[2047 - 43] = 'x';
	cmdline[2048 - 43] = '\0';
	assert_refused(f, "realmctl", &opts, EINVAL, OPT("cmdline"), "has 2048 bytes, and Linux takes 2047");
}

static void bad_arguments_are_refused(void **state)
{
	struct fixture *f = *state;
	struct {
		struct realm_preset_opts opts;
		uint64_t newer;
	} big = { .opts.sz = sizeof(big), .newer = 1 };
	struct realm_preset_opts small = { 0 };
	struct realm_plan *plan;

	assert_int_equal(realm_preset_plan(NULL, "qemu", NULL, &plan), -EINVAL);
	assert_int_equal(realm_preset_plan(f->ctx, NULL, NULL, &plan), -EINVAL);
	assert_int_equal(realm_preset_plan(f->ctx, "qemu", NULL, NULL), -EINVAL);
	assert_refused(f, "qemu", NULL, EINVAL, OPT("kernel"), "is missing");
	assert_refused(f, "qemu", &small, EINVAL, "realm_preset_opts", "sz");
	assert_refused(f, "qemu", &big.opts, E2BIG, "realm_preset_opts", "newer");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(each_part_is_where_the_vmm_puts_it),
		fixture_test(each_vmm_has_its_default_ram),
		fixture_test(qemu_firmware_has_memory_of_its_own),
		fixture_test(other_values_are_those_of_a_new_plan),
		fixture_test(cpus_become_recs),
		cmocka_unit_test(preset_names_are_listed),
		fixture_test(text_offset_with_a_fixed_start_is_a_warning),
		fixture_test(kvmtool_dtb_is_padded_to_its_slot),
		fixture_test(kvmtool_dtb_that_fills_its_slot_stays_a_file),
		fixture_test(dtb_from_standard_input_is_kept),
		fixture_test(realmctl_dtb_describes_the_plan),
		fixture_test(bad_options_are_refused),
		fixture_test(parts_that_do_not_fit_are_refused),
		fixture_test(huge_image_size_is_refused),
		fixture_test(bad_files_are_refused),
		fixture_test(bad_dtb_is_refused),
		fixture_test(command_line_that_linux_would_cut_is_refused),
		fixture_test(bad_arguments_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
