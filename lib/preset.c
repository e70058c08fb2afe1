/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* preset.c - the layout of a VMM, filled with files, as a plan */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "image.h"
#include "machine.h"
#include "preset.h"

/* Linux takes no longer command line (arch/arm64/include/uapi/asm/setup.h, NUL included). */
#define BOOTARGS_MAX 2048
/* The protected half of the widest IPA space. */
#define IPA_BITS_MAX 52
#define RAM_TOP_MAX (1ull << (IPA_BITS_MAX - 1))

/* Says of an option that it is wrong, not a file: those are named as they were given. */
#define OPT(member) "realm_preset_opts." member

/* Parts that a file name or the word for them describes best. */
static const char *part_label(const struct part *part)
{
	return part->file ? part->file : part->name;
}

/* ---- options ---- */

static int check_boot(const struct layout *layout)
{
	const struct vmm *vmm = layout->vmm;
	const struct realm_preset_opts *opts = &layout->opts;

	if (!opts->kernel && !opts->firmware)
		return realm_fail(layout->ctx, EINVAL, OPT("kernel"), "name an arm64 Image",
				  "is missing, and so is a firmware");
	if (opts->kernel && opts->firmware)
		return realm_fail(layout->ctx, EINVAL, OPT("firmware"), "leave out one of them",
				  "a kernel is given too: the plan of a firmware has no kernel, which the firmware "
				  "finds and measures itself");
	if (opts->firmware && !vmm->place_firmware)
		return realm_fail(layout->ctx, EINVAL, OPT("firmware"), "write the plan by hand (docs/plan.md)",
				  "where %s puts a firmware is not known", vmm->name);
	if (opts->firmware && opts->initrd && !vmm->firmware_initrd)
		return realm_fail(layout->ctx, EINVAL, OPT("initrd"), "leave it out",
				  "%s loads no initrd beside a firmware", vmm->name);
	return 0;
}

/* A plan refers to these by name. */
static int check_names(const struct layout *layout)
{
	const char *const files[] = { layout->opts.kernel, layout->opts.initrd, layout->opts.firmware };
	static const char *const names[] = { OPT("kernel"), OPT("initrd"), OPT("firmware") };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++)
		if (files[i] && !strcmp(files[i], "-"))
			return realm_fail(layout->ctx, EINVAL, names[i], "put it in a file",
					  "cannot be standard input: the plan names its file");
	return 0;
}

static int check_dtb(const struct layout *layout)
{
	const char *hint = layout->vmm->dtb_hint;

	if (!layout->opts.dtb && hint)
		return realm_fail(layout->ctx, EINVAL, OPT("dtb"), hint,
				  "is missing: %s makes a device tree of its own, which is measured",
				  layout->vmm->name);
	if (layout->opts.dtb && !hint)
		return realm_fail(layout->ctx, EINVAL, OPT("dtb"), "leave it out", "%s builds its own device tree",
				  layout->vmm->name);
	if (layout->opts.cmdline && hint)
		return realm_fail(layout->ctx, EINVAL, OPT("cmdline"), "give it to the VMM that makes the device tree",
				  "the command line of %s is inside its device tree", layout->vmm->name);
	return 0;
}

static int check_ram(struct layout *layout)
{
	const struct vmm *vmm = layout->vmm;
	uint64_t size;

	if (!layout->opts.ram_size)
		layout->opts.ram_size = vmm->ram_default;
	size = layout->opts.ram_size;
	if (!size)
		return realm_fail(layout->ctx, EINVAL, OPT("ram_size"), "say how much RAM it is told to give (-m)",
				  "is missing: the default of %s depends on the host", vmm->name);
	if (size < vmm->ram_min)
		return realm_fail(layout->ctx, EINVAL, OPT("ram_size"), NULL,
				  "0x%llx bytes are less than %s needs, which is %lluM", (unsigned long long)size,
				  vmm->name, (unsigned long long)vmm->ram_min >> 20);
	if (size % vmm->ram_unit)
		return realm_fail(layout->ctx, EINVAL, OPT("ram_size"), NULL,
				  "0x%llx bytes are not a multiple of %lluK", (unsigned long long)size,
				  (unsigned long long)vmm->ram_unit >> 10);
	if (size > RAM_TOP_MAX - vmm->ram_base)
		return realm_fail(layout->ctx, EINVAL, OPT("ram_size"), NULL, "%llu is more than any IPA space holds",
				  (unsigned long long)size);
	return 0;
}

static int check_cpus(struct layout *layout)
{
	if (!layout->opts.cpus)
		layout->opts.cpus = 1;
	if (layout->opts.cpus <= layout->vmm->max_cpus)
		return 0;
	return realm_fail(layout->ctx, EINVAL, OPT("cpus"), NULL, "%u are more than %s can have, which is %u",
			  layout->opts.cpus, layout->vmm->name, layout->vmm->max_cpus);
}

static int check_ipa_bits(struct layout *layout)
{
	uint64_t top = layout->vmm->ram_base + layout->opts.ram_size;
	unsigned int least = address_bits(top) + 1;

	if (!layout->opts.ipa_bits)
		layout->opts.ipa_bits = layout->vmm->ipa_bits(top);
	if (layout->opts.ipa_bits > IPA_BITS_MAX)
		return realm_fail(layout->ctx, EINVAL, OPT("ipa_bits"), "less RAM needs fewer", "%u are more than %u",
				  layout->opts.ipa_bits, IPA_BITS_MAX);
	if (layout->opts.ipa_bits < least || layout->opts.ipa_bits < 32)
		return realm_fail(layout->ctx, EINVAL, OPT("ipa_bits"), NULL,
				  "%u are too few: RAM up to 0x%llx and its shared alias need %u",
				  layout->opts.ipa_bits, (unsigned long long)top, least < 32 ? 32 : least);
	return 0;
}

static int check_opts(struct layout *layout)
{
	int err = check_boot(layout);

	if (!err)
		err = check_names(layout);
	if (!err)
		err = check_dtb(layout);
	if (!err)
		err = check_ram(layout);
	if (!err)
		err = check_cpus(layout);
	return err ? err : check_ipa_bits(layout);
}

/* ---- files ---- */

/* Nothing that needs more memory than there is goes on to be placed: sums of addresses stay far below 2^64. */
static int check_size(const struct layout *layout, const struct part *part)
{
	uint64_t memory = layout->opts.ram_size + layout->vmm->low.size;

	if (!part->size)
		return realm_fail(layout->ctx, EINVAL, part_label(part), NULL, "is empty");
	if (part->span > memory)
		return realm_fail(layout->ctx, EINVAL, part_label(part), "give the VM more RAM (-m)",
				  "the %s needs %llu bytes of memory, %llu more than there are", part->name,
				  (unsigned long long)part->span, (unsigned long long)(part->span - memory));
	return 0;
}

static int read_size(struct layout *layout, enum part_kind kind, const char *name, const char *file)
{
	struct part *part = &layout->parts[kind];
	int fd = file_open(layout->ctx, file, &part->size);

	if (fd < 0)
		return fd;
	close(fd);
	part->name = name;
	part->file = file;
	part->span = part->size;
	return check_size(layout, part);
}

static int read_kernel(struct layout *layout)
{
	struct part *part = &layout->parts[PART_KERNEL];
	struct image image;
	int err = image_read(layout->ctx, layout->opts.kernel, &image);

	if (err)
		return err;
	if (image.text_offset > layout->opts.ram_size)
		return realm_fail(layout->ctx, EINVAL, layout->opts.kernel, "is the file damaged?",
				  "has text_offset 0x%llx in its header, past the end of RAM",
				  (unsigned long long)image.text_offset);
	layout->text_offset = image.text_offset;
	*part = (struct part){
		.name = "kernel", .file = layout->opts.kernel, .size = image.file_size, .span = image.span
	};
	return check_size(layout, part);
}

/* Zero-pad the device tree to the slot that the VMM populates as a whole. */
static int pad_dtb(struct layout *layout, const char *label, size_t len)
{
	struct part *part = &layout->parts[PART_DTB];
	uint64_t slot = layout->vmm->dtb_slot;
	uint8_t *data;

	if (len > slot)
		return realm_fail(layout->ctx, EINVAL, label, NULL, "has %zu bytes, and %s has room for %llu", len,
				  layout->vmm->name, (unsigned long long)slot);
	data = calloc(1, slot);
	if (!data)
		return realm_fail_nomem(layout->ctx);
	memcpy(data, part->data, len);
	free(part->data);
	part->data = data;
	part->size = part->span = slot;
	return 0;
}

static int read_dtb(struct layout *layout)
{
	const char *file = layout->opts.dtb;
	bool is_stdin = !strcmp(file, "-");
	const char *label = is_stdin ? "standard input" : file;
	struct part *part = &layout->parts[PART_DTB];
	const char *fault;
	size_t len;
	int err = file_read_all(layout->ctx, file, DTB_MAX, &part->data, &len);

	if (err)
		return err;
	fault = dtb_fault(part->data, len);
	if (fault)
		return realm_fail(layout->ctx, EBADMSG, label, layout->vmm->dtb_hint, "is not a device tree: %s",
				  fault);
	part->size = part->span = len;
	if (layout->vmm->dtb_slot && len != layout->vmm->dtb_slot)
		return pad_dtb(layout, label, len);
	if (!is_stdin)
		part->file = file;
	return 0;
}

/* Room for the device tree that is built once the place of the initrd is known. */
static int reserve_dtb(struct layout *layout)
{
	struct part *part = &layout->parts[PART_DTB];

	part->data = malloc(MACHINE_DTB_MAX);
	part->span = MACHINE_DTB_MAX;
	return part->data ? 0 : realm_fail_nomem(layout->ctx);
}

static int read_files(struct layout *layout)
{
	const struct realm_preset_opts *opts = &layout->opts;
	int err;

	layout->parts[PART_DTB].name = "dtb";
	if (opts->kernel)
		err = read_kernel(layout);
	else
		err = read_size(layout, PART_KERNEL, "firmware", opts->firmware);
	if (!err && opts->initrd)
		err = read_size(layout, PART_INITRD, "initrd", opts->initrd);
	if (!err)
		err = layout->vmm->dtb_hint ? read_dtb(layout) : reserve_dtb(layout);
	return err;
}

/* ---- places ---- */

static int build_dtb(struct layout *layout)
{
	const char *user = layout->opts.cmdline ? layout->opts.cmdline : "";
	struct part *part = &layout->parts[PART_DTB];
	char bootargs[BOOTARGS_MAX];
	struct machine machine = {
		.ram_size = layout->opts.ram_size,
		.cpus = layout->opts.cpus,
		.ipa_bits = layout->opts.ipa_bits,
		.bootargs = bootargs,
		.initrd_at = layout->parts[PART_INITRD].at,
		.initrd_size = layout->parts[PART_INITRD].size,
	};
	int len = snprintf(bootargs, sizeof(bootargs), "console=ttyAMA0 earlycon=pl011,0x%llx%s%s",
			   (unsigned long long)machine_uart(machine.ipa_bits), *user ? " " : "", user);

	if (len < 0 || (size_t)len >= sizeof(bootargs))
		return realm_fail(layout->ctx, EINVAL, OPT("cmdline"), "shorten it",
				  "is too long: with the console in front it has %d bytes, and Linux takes %d", len,
				  BOOTARGS_MAX - 1);
	len = machine_dtb(&machine, part->data);
	if (len < 0)
		return realm_fail(layout->ctx, EINVAL, OPT("cpus"), "have fewer", "the device tree becomes too large");
	part->size = ALIGN_UP((uint64_t)len, PART_ALIGN);
	return 0;
}

static int check_in_ram(const struct layout *layout, const struct part *part)
{
	const struct vmm *vmm = layout->vmm;
	struct ram ram = { .base = vmm->ram_base, .size = layout->opts.ram_size };
	uint64_t end = part->at + part->span;

	if (layout->opts.firmware && part->at < vmm->low.base + vmm->low.size)
		ram = vmm->low;
	if (part->at < ram.base)
		return realm_fail(layout->ctx, EINVAL, part_label(part), "give the VM a smaller one",
				  "the %s of %llu bytes does not fit where %s puts it", part->name,
				  (unsigned long long)part->size, vmm->name);
	if (end > ram.base + ram.size)
		return realm_fail(layout->ctx, EINVAL, part_label(part), "give the VM more RAM (-m)",
				  "the %s at 0x%llx ends %llu bytes after the end of memory at 0x%llx", part->name,
				  (unsigned long long)part->at, (unsigned long long)(end - ram.base - ram.size),
				  (unsigned long long)(ram.base + ram.size));
	return 0;
}

static int check_apart(const struct layout *layout, const struct part *a, const struct part *b)
{
	uint64_t end = ALIGN_UP(a->at + a->span, PART_ALIGN), start = ALIGN_DOWN(b->at, PART_ALIGN);

	if (end <= start)
		return 0;
	return realm_fail(layout->ctx, EINVAL, part_label(b), "give the VM more RAM (-m), or smaller files",
			  "the %s at 0x%llx overlaps the %s, which ends at 0x%llx, by %llu bytes", b->name,
			  (unsigned long long)b->at, a->name, (unsigned long long)end,
			  (unsigned long long)(end - start));
}

/* The parts there are, by rising address: the order in which every VMM here populates them. */
static size_t sort_parts(const struct layout *layout, const struct part **sorted)
{
	size_t count = 0, i, j;

	for (i = 0; i < NUM_PARTS; i++) {
		const struct part *part = &layout->parts[i];

		if (!part->size)
			continue;
		for (j = count++; j > 0 && sorted[j - 1]->at > part->at; j--)
			sorted[j] = sorted[j - 1];
		sorted[j] = part;
	}
	return count;
}

static int check_places(const struct layout *layout)
{
	const struct part *parts[NUM_PARTS];
	size_t count = sort_parts(layout, parts), i;
	int err = 0;

	for (i = 0; i < count && !err; i++)
		err = check_in_ram(layout, parts[i]);
	for (i = 1; i < count && !err; i++)
		err = check_apart(layout, parts[i - 1], parts[i]);
	return err;
}

static int place(struct layout *layout)
{
	const struct vmm *vmm = layout->vmm;
	const struct part *kernel = &layout->parts[PART_KERNEL];
	int err;

	if (layout->opts.kernel)
		vmm->place_kernel(layout);
	else
		vmm->place_firmware(layout);
	err = vmm->dtb_hint ? 0 : build_dtb(layout);
	if (!err)
		err = check_places(layout);
	if (!err && layout->pc != kernel->at)
		realm_log(layout->ctx, REALM_LOG_WARNING, part_label(kernel),
			  "has text_offset 0x%llx; where %s starts such a kernel is not known, the plan says 0x%llx",
			  (unsigned long long)layout->text_offset, vmm->name, (unsigned long long)layout->pc);
	return err;
}

/* ---- plan ---- */

static int add_ram(const struct layout *layout, struct realm_plan *plan)
{
	const struct ram *low = &layout->vmm->low;
	int err = 0;

	if (layout->opts.firmware && low->size)
		err = realm_plan_add_ram(plan, low->base, low->size);
	if (err >= 0)
		err = realm_plan_add_ram(plan, layout->vmm->ram_base, layout->opts.ram_size);
	return err;
}

static int add_loads(const struct layout *layout, struct realm_plan *plan)
{
	const struct part *parts[NUM_PARTS];
	size_t count = sort_parts(layout, parts), i;
	int err = 0;

	for (i = 0; i < count && err >= 0; i++) {
		struct realm_load_opts opts = { .sz = sizeof(opts), .name = parts[i]->name };

		if (parts[i]->file)
			err = realm_plan_load_file(plan, parts[i]->at, parts[i]->file, &opts);
		else
			err = realm_plan_load_memory(plan, parts[i]->at, parts[i]->data, parts[i]->size, &opts);
	}
	return err;
}

static int add_recs(const struct layout *layout, struct realm_plan *plan)
{
	int err = realm_plan_add_rec(plan, layout->pc, &layout->x0, 1);
	unsigned int i;

	for (i = 1; i < layout->opts.cpus && err >= 0; i++)
		err = realm_plan_add_rec(plan, 0, NULL, 0);
	return err;
}

static int make_plan(const struct layout *layout, struct realm_plan **planp)
{
	struct realm_plan *plan;
	int err = realm_plan_new(layout->ctx, &plan);

	if (err)
		return err;
	err = realm_plan_set_name(plan, layout->vmm->name);
	if (!err)
		err = realm_plan_set_ipa_bits(plan, layout->opts.ipa_bits);
	if (!err)
		err = add_ram(layout, plan);
	if (err >= 0)
		err = add_loads(layout, plan);
	if (err >= 0)
		err = add_recs(layout, plan);
	if (err < 0) {
		realm_plan_free(plan);
		return err;
	}
	*planp = plan;
	return 0;
}

const char *realm_preset_name(unsigned int index)
{
	const struct vmm *vmm = vmm_get(index);

	return vmm ? vmm->name : NULL;
}

static const struct vmm *find_vmm(const char *name)
{
	const struct vmm *vmm;
	size_t i;

	for (i = 0; (vmm = vmm_get(i)); i++)
		if (!strcmp(vmm->name, name))
			return vmm;
	return NULL;
}

int realm_preset_plan(struct realm_ctx *ctx, const char *vmm, const struct realm_preset_opts *opts,
		      struct realm_plan **planp)
{
	struct layout layout = { .ctx = ctx, .opts.sz = sizeof(layout.opts) };
	int err;

	if (!ctx || !vmm || !planp)
		return -EINVAL;
	layout.vmm = find_vmm(vmm);
	if (!layout.vmm)
		return realm_fail(ctx, EINVAL, vmm, "take kvmtool, qemu, cloud-hypervisor or realmctl",
				  "no such VMM is known");
	err = realm_read_opts(ctx, "realm_preset_opts", &layout.opts, sizeof(layout.opts), opts);
	if (!err)
		err = check_opts(&layout);
	if (!err)
		err = read_files(&layout);
	if (!err)
		err = place(&layout);
	if (!err)
		err = make_plan(&layout, planp);
	free(layout.parts[PART_DTB].data);
	return err;
}
