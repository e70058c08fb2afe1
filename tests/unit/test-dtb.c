/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-dtb.c - device trees: our own machine's, byte by byte, and others' held against a plan */
#include <libfdt.h>

#include "fixture.h"

#include "image.h"
#include "machine.h"

/* ---- our own machine ---- */

#define BOOTARGS "console=ttyAMA0 earlycon=pl011,0x109000000 quiet"

/* Each node and property of the tree in order; a row without a property is the node's start. */
struct row {
	const char *path;
	const char *name;
	const char *value;
	size_t len;
};

#define NODE(path) path, NULL, NULL, 0
#define STR(path, name, value) path, name, value, sizeof(value)
#define RAW(path, name, value) path, name, value, sizeof(value) - 1
#define U32(n) "\0\0\0" n

static const struct row machine_rows[] = {
	{ NODE("/") },
	{ STR("/", "compatible", "linux,dummy-virt") },
	{ STR("/", "model", "librealm realmctl machine") },
	{ RAW("/", "#address-cells", U32("\2")) },
	{ RAW("/", "#size-cells", U32("\2")) },
	{ RAW("/", "interrupt-parent", U32("\1")) },
	{ NODE("/chosen") },
	{ STR("/chosen", "bootargs", BOOTARGS) },
	{ STR("/chosen", "stdout-path", "/pl011@9000000") },
	{ RAW("/chosen", "linux,initrd-start", "\0\0\0\0\x81\0\0\0") },
	{ RAW("/chosen", "linux,initrd-end", "\0\0\0\0\x81\0\x12\x34") },
	{ NODE("/memory@80000000") },
	{ STR("/memory@80000000", "device_type", "memory") },
	{ RAW("/memory@80000000", "reg",
	      "\0\0\0\0\x80\0\0\0"
	      "\0\0\0\0\x10\0\0\0") },
	{ NODE("/cpus") },
	{ RAW("/cpus", "#address-cells", U32("\1")) },
	{ RAW("/cpus", "#size-cells", U32("\0")) },
	{ NODE("/cpus/cpu@0") },
	{ STR("/cpus/cpu@0", "device_type", "cpu") },
	{ STR("/cpus/cpu@0", "compatible", "arm,armv8") },
	{ RAW("/cpus/cpu@0", "reg", U32("\0")) },
	{ STR("/cpus/cpu@0", "enable-method", "psci") },
	{ NODE("/cpus/cpu@1") },
	{ STR("/cpus/cpu@1", "device_type", "cpu") },
	{ STR("/cpus/cpu@1", "compatible", "arm,armv8") },
	{ RAW("/cpus/cpu@1", "reg", U32("\1")) },
	{ STR("/cpus/cpu@1", "enable-method", "psci") },
	{ NODE("/cpus/cpu@2") },
	{ STR("/cpus/cpu@2", "device_type", "cpu") },
	{ STR("/cpus/cpu@2", "compatible", "arm,armv8") },
	{ RAW("/cpus/cpu@2", "reg", U32("\2")) },
	{ STR("/cpus/cpu@2", "enable-method", "psci") },
	{ NODE("/psci") },
	{ STR("/psci", "compatible", "arm,psci-1.0\0arm,psci-0.2") },
	{ STR("/psci", "method", "smc") },
	{ NODE("/interrupt-controller@8000000") },
	{ STR("/interrupt-controller@8000000", "compatible", "arm,gic-v3") },
	{ RAW("/interrupt-controller@8000000", "#interrupt-cells", U32("\3")) },
	{ RAW("/interrupt-controller@8000000", "#address-cells", U32("\0")) },
	{ RAW("/interrupt-controller@8000000", "interrupt-controller", "") },
	{ RAW("/interrupt-controller@8000000", "reg",
	      "\0\0\0\0\x08\0\0\0"
	      "\0\0\0\0\0\1\0\0"
	      "\0\0\0\0\x08\x0a\0\0"
	      "\0\0\0\0\0\6\0\0") },
	{ RAW("/interrupt-controller@8000000", "phandle", U32("\1")) },
	{ NODE("/timer") },
	{ STR("/timer", "compatible", "arm,armv8-timer") },
	{ RAW("/timer", "interrupts",
	      U32("\1") U32("\x0d") U32("\4") U32("\1") U32("\x0e") U32("\4") U32("\1") U32("\x0b") U32("\4")) },
	{ RAW("/timer", "always-on", "") },
	{ NODE("/apb-pclk") },
	{ STR("/apb-pclk", "compatible", "fixed-clock") },
	{ RAW("/apb-pclk", "#clock-cells", U32("\0")) },
	{ RAW("/apb-pclk", "clock-frequency", "\x01\x6e\x36\0") },
	{ STR("/apb-pclk", "clock-output-names", "clk24mhz") },
	{ RAW("/apb-pclk", "phandle", U32("\2")) },
	{ NODE("/pl011@9000000") },
	{ STR("/pl011@9000000", "compatible", "arm,pl011\0arm,primecell") },
	{ RAW("/pl011@9000000", "reg",
	      "\0\0\0\0\x09\0\0\0"
	      "\0\0\0\0\0\0\x10\0") },
	{ RAW("/pl011@9000000", "interrupts", U32("\0") U32("\1") U32("\4")) },
	{ RAW("/pl011@9000000", "clocks", U32("\2") U32("\2")) },
	{ STR("/pl011@9000000", "clock-names", "uartclk\0apb_pclk") },
};

static _Alignas(8) uint8_t dtb[MACHINE_DTB_MAX];

static const struct machine small_machine = {
	.ram_size = 0x10000000,
	.cpus = 3,
	.ipa_bits = 33,
	.bootargs = BOOTARGS,
	.initrd_at = 0x81000000,
	.initrd_size = 0x1234,
};

static void assert_row(const struct row *want, const char *path, const char *name, const void *value, int len)
{
	if (want < machine_rows + ARRAY_SIZE(machine_rows) && !strcmp(want->path, path) &&
	    same_text(want->name, name) && want->len == (size_t)len &&
	    !memcmp(value, want->value ? want->value : "", want->len))
		return;
	print_error("row %td: %s %s is not as expected\n", want - machine_rows, path, name ? name : "");
	fail();
}

static void machine_dtb_has_these_nodes_in_this_order(void **state)
{
	const struct row *row = machine_rows;
	int node, prop, len;

	assert_in_range(machine_dtb(&small_machine, dtb), 500, 4096);
	assert_null(dtb_fault(dtb, MACHINE_DTB_MAX));
	for (node = fdt_next_node(dtb, -1, NULL); node >= 0; node = fdt_next_node(dtb, node, NULL)) {
		char path[64];

		assert_int_equal(fdt_get_path(dtb, node, path, sizeof(path)), 0);
		assert_row(row++, path, NULL, "", 0);
		for (prop = fdt_first_property_offset(dtb, node); prop >= 0;
		     prop = fdt_next_property_offset(dtb, prop)) {
			const char *name;
			const void *value = fdt_getprop_by_offset(dtb, prop, &name, &len);

			assert_row(row++, path, name, value, len);
		}
	}
	assert_ptr_equal(row, machine_rows + ARRAY_SIZE(machine_rows));
}

/* Each property has a name of its own in the string block, the last property's first. */
static size_t put_names(char *strings)
{
	size_t used = 0, i;

	for (i = ARRAY_SIZE(machine_rows); i-- > 0;) {
		const char *name = machine_rows[i].name;

		if (!name)
			continue;
		strcpy(strings + used, name);
		used += strlen(name) + 1;
	}
	return used;
}

/* Tags, lengths and name offsets are 4 bytes each; names and values are padded to 4. */
static size_t structure_size(void)
{
	size_t size = 4, i;

	for (i = 0; i < ARRAY_SIZE(machine_rows); i++) {
		const struct row *row = &machine_rows[i];
		const char *last = strrchr(row->path, '/') + 1;

		size += row->name ? 12 + (row->len + 3) / 4 * 4 : 4 + (strlen(last) + 1 + 3) / 4 * 4 + 4;
	}
	return size;
}

/* Nothing is left that a version of libfdt could do in another way. */
static void machine_dtb_layout_is_fixed(void **state)
{
	size_t total = (size_t)machine_dtb(&small_machine, dtb), structure = structure_size(), i;
	char names[2048];
	size_t names_size = put_names(names);

	assert_int_equal(fdt_version(dtb), 17);
	assert_int_equal(fdt_last_comp_version(dtb), 16);
	assert_int_equal(fdt_boot_cpuid_phys(dtb), 0);
	assert_int_equal(fdt_off_mem_rsvmap(dtb), 48);
	assert_int_equal(fdt_off_dt_struct(dtb), 64);
	assert_int_equal(fdt_size_dt_struct(dtb), structure);
	assert_int_equal(fdt_off_dt_strings(dtb), 64 + structure);
	assert_int_equal(fdt_size_dt_strings(dtb), names_size);
	assert_memory_equal(dtb + 64 + structure, names, names_size);
	assert_int_equal(total, 64 + structure + names_size);
	assert_int_equal(fdt_totalsize(dtb), total);
	for (i = total; i < MACHINE_DTB_MAX; i++)
		assert_int_equal(dtb[i], 0);
}

static void machine_dtb_repeats(void **state)
{
	static _Alignas(8) uint8_t again[MACHINE_DTB_MAX];

	memset(dtb, 0x55, sizeof(dtb));
	memset(again, 0xaa, sizeof(again));
	assert_int_equal(machine_dtb(&small_machine, dtb), machine_dtb(&small_machine, again));
	assert_memory_equal(dtb, again, sizeof(dtb));
}

/* KVM's MPIDR of vCPU 16 is Aff1 = 1, Aff0 = 0. */
static void machine_dtb_of_most_cpus_fits(void **state)
{
	struct machine machine = { .ram_size = 0x4000000, .cpus = 123, .ipa_bits = 52 };
	char bootargs[2048];
	int len;

	assert_int_equal(MACHINE_MAX_CPUS, 123);
	memset(bootargs, 'x', sizeof(bootargs) - 1);
	bootargs[sizeof(bootargs) - 1] = '\0';
	machine.bootargs = bootargs;
	assert_true(machine_dtb(&machine, dtb) > 0);
	assert_true(fdt_path_offset(dtb, "/cpus/cpu@100") > 0);
	assert_true(fdt_path_offset(dtb, "/cpus/cpu@70a") > 0);
	assert_int_equal(fdt_path_offset(dtb, "/cpus/cpu@70b"), -FDT_ERR_NOTFOUND);
	assert_string_equal(fdt_getprop(dtb, fdt_path_offset(dtb, "/chosen"), "stdout-path", &len), "/pl011@9000000");
	assert_null(fdt_getprop(dtb, fdt_path_offset(dtb, "/chosen"), "linux,initrd-start", &len));
}

/* dtc, where it is installed, has no complaint. */
static void machine_dtb_passes_dtc(void **state)
{
	struct fixture *f = *state;
	char command[256];
	int total;

	total = machine_dtb(&small_machine, dtb);
	fixture_write(f, "dtb", dtb, (size_t)total, (uint64_t)total);
	if (system("command -v dtc >/dev/null")) {
		print_message("dtc is not installed\n");
		skip();
	}
	snprintf(command, sizeof(command), "dtc -I dtb -O dtb -o /dev/null %s >%s 2>&1 && test ! -s %s",
		 fixture_path(f, "dtb"), fixture_path(f, "log"), fixture_path(f, "log"));
	assert_int_equal(system(command), 0);
}

/* ---- others' device trees ---- */

/* What a tree says; where it is 0, the tree agrees with plan_of(). */
struct tree {
	const char *seed; /* a property of /chosen */
	bool zero_seed;
	unsigned int cpus;
	uint64_t memory[4]; /* base and size pairs, up to a size of 0 */
	uint64_t initrd[2]; /* start and end; no end when that alone is 0 */
	bool one_cell;      /* addresses and sizes have one cell */
	bool no_initrd;
	bool no_memory;
	bool no_cpus;
};

static void put_number(const char *name, uint64_t value, bool one_cell)
{
	assert_int_equal(one_cell ? fdt_property_u32(dtb, name, (uint32_t)value) : fdt_property_u64(dtb, name, value),
			 0);
}

static void put_memory(const struct tree *tree)
{
	static const uint64_t all[4] = { 0x80000000, 0x200000 };
	const uint64_t *memory = tree->memory[1] ? tree->memory : all;
	uint8_t reg[32];
	size_t len = 0, i;

	for (i = 0; i < 4 && memory[i | 1]; i++) {
		if (tree->one_cell)
			fdt32_st(reg + len, (uint32_t)memory[i]);
		else
			fdt64_st(reg + len, memory[i]);
		len += tree->one_cell ? 4 : 8;
	}
	assert_int_equal(fdt_begin_node(dtb, "memory"), 0);
	assert_int_equal(fdt_property_string(dtb, "device_type", "memory"), 0);
	assert_int_equal(fdt_property(dtb, "reg", reg, (int)len), 0);
	assert_int_equal(fdt_end_node(dtb), 0);
}

static void put_initrd(const struct tree *tree)
{
	static const uint64_t all[2] = { 0x80010000, 0x80011234 };
	const uint64_t *initrd = tree->initrd[0] ? tree->initrd : all;

	put_number("linux,initrd-start", initrd[0], tree->one_cell);
	if (initrd[1])
		put_number("linux,initrd-end", initrd[1], tree->one_cell);
}

static void put_cpus(unsigned int count)
{
	char name[16];

	assert_int_equal(fdt_begin_node(dtb, "cpus"), 0);
	assert_int_equal(fdt_begin_node(dtb, "cpu-map"), 0);
	assert_int_equal(fdt_end_node(dtb), 0);
	while (count--) {
		snprintf(name, sizeof(name), "cpu@%x", count);
		assert_int_equal(fdt_begin_node(dtb, name), 0);
		assert_int_equal(fdt_property_string(dtb, "device_type", "cpu"), 0);
		assert_int_equal(fdt_end_node(dtb), 0);
	}
	assert_int_equal(fdt_end_node(dtb), 0);
}

static size_t make_tree(const struct tree *tree)
{
	assert_int_equal(fdt_create(dtb, sizeof(dtb)), 0);
	assert_int_equal(fdt_finish_reservemap(dtb), 0);
	assert_int_equal(fdt_begin_node(dtb, ""), 0);
	assert_int_equal(fdt_property_u32(dtb, "#address-cells", tree->one_cell ? 1 : 2), 0);
	assert_int_equal(fdt_property_u32(dtb, "#size-cells", tree->one_cell ? 1 : 2), 0);
	assert_int_equal(fdt_begin_node(dtb, "chosen"), 0);
	if (tree->seed)
		assert_int_equal(fdt_property_u64(dtb, tree->seed, tree->zero_seed ? 0 : 0x100), 0);
	if (!tree->no_initrd)
		put_initrd(tree);
	assert_int_equal(fdt_end_node(dtb), 0);
	if (!tree->no_memory)
		put_memory(tree);
	if (!tree->no_cpus)
		put_cpus(tree->cpus ? tree->cpus : 2);
	assert_int_equal(fdt_end_node(dtb), 0);
	assert_int_equal(fdt_finish(dtb), 0);
	return fdt_totalsize(dtb);
}

/* A plan of two CPUs and two RAM regions, started in the second; the tree is at 0x80000000, an initrd at 0x80010000. */
static struct realm_plan *plan_of(struct fixture *f, const void *data, size_t len)
{
	struct realm_load_opts initrd = { .sz = sizeof(initrd), .name = "initrd" };
	uint64_t x0 = 0x80000000;
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(f->ctx, &plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_add_ram(plan, 0x80000000, 0x200000), 0);
	assert_int_equal(realm_plan_add_ram(plan, 0x1000000, 0x100000), 1);
	assert_int_equal(realm_plan_load_memory(plan, 0x80000000, data, len, NULL), 0);
	assert_int_equal(realm_plan_load_zero(plan, 0x80010000, 0x1234, &initrd), 1);
	assert_int_equal(realm_plan_add_rec(plan, 0x1000000, &x0, 1), 0);
	assert_int_equal(realm_plan_add_rec(plan, 0, NULL, 0), 1);
	return plan;
}

static const struct {
	struct tree tree;
	const char *log;
} tree_cases[] = {
	{ { .one_cell = true }, "" },
	{ { 0 }, "" },
	{ { .memory = { 0x80000000, 0x100000, 0x80100000, 0x100000 } }, "" },
	{ { .memory = { 0x80000000, 0x200000, 0x1000000, 0x100000 } }, "" },
	{ { .seed = "kaslr-seed" }, "carries /chosen/kaslr-seed" },
	{ { .seed = "rng-seed" }, "carries /chosen/rng-seed" },
	{ { .seed = "kaslr-seed", .zero_seed = true }, "carries /chosen/kaslr-seed" },
	{ { .cpus = 3 }, "has 3 CPUs, the plan 2 RECs" },
	{ { .no_cpus = true }, "has no /cpus" },
	{ { .no_memory = true }, "has no memory node" },
	{ { .memory = { 0x80000000, 0x201000 } }, "memory at 0x80000000 of 0x201000 bytes, which is not all RAM" },
	{ { .memory = { 0x40000000, 0x200000 } }, "memory at 0x40000000 of 0x200000 bytes, which is not all RAM" },
	{ { .memory = { 0x80000000, UINT64_MAX } }, "memory at 0x80000000 of 0xffffffffffffffff bytes" },
	{ { .memory = { 0x80000000, 0x1ff000 } }, "has 0x1ff000 bytes of memory in $.ram[0], which has 0x200000" },
	{ { .memory = { 0x1000000, 0x100000 } }, "has 0x0 bytes of memory in $.ram[0]" },
	{ { .memory = { 0x80000000, 0x200000, 0x1000000, 0x80000 } }, "has 0x80000 bytes of memory in $.ram[1]" },
	{ { .no_initrd = true }, "does not say where the initrd is" },
	{ { .initrd = { 0x80010000, 0 } }, "does not say where the initrd is" },
	{ { .initrd = { 0x80010004, 0x80011234 } }, "initrd at 0x80010004, where no load begins" },
	{ { .initrd = { 0x80010000, 0x80011235 } }, "at 0x80010000 has 4661 bytes, the load there has 4660" },
	{ { .initrd = { 0x80010000, 0x80011233 } }, "at 0x80010000 has 4659 bytes, the load there has 4660" },
	{ { .initrd = { 0x80010000, 0x8000ffff } }, "at 0x80010000 has -1 bytes" },
};

static void tree_that_disagrees_with_the_plan_is_a_warning(void **state)
{
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tree_cases); i++) {
		const char *want = tree_cases[i].log;
		struct realm_plan *plan = plan_of(f, dtb, make_tree(&tree_cases[i].tree));
		const char *newline;

		f->log[0] = '\0';
		assert_int_equal(realm_plan_check(plan), 0);
		newline = strchr(f->log, '\n');
		if (*want ? !strstr(f->log, want) || strncmp(f->log, "w $.load[0]: ", 13) || newline[1]
			  : f->log[0] != '\0') {
			print_error("case %zu: %s\n", i, f->log);
			fail();
		}
		realm_plan_free(plan);
	}
}

static void reg_with_other_cells_is_a_warning(void **state)
{
	struct fixture *f = *state;
	struct realm_plan *plan;
	size_t len = make_tree(&(struct tree){ 0 });

	fdt_setprop_inplace_u32(dtb, 0, "#size-cells", 3);
	plan = plan_of(f, dtb, len);
	assert_int_equal(realm_plan_check(plan), 0);
	assert_non_null(strstr(f->log, "a memory node without a readable reg"));
	realm_plan_free(plan);
}

/* ---- broken ones ---- */

static void every_truncation_is_found(void **state)
{
	size_t total = make_tree(&(struct tree){ 0 }), len;

	assert_null(dtb_fault(dtb, total));
	for (len = 0; len < total; len++) {
		void *cut = malloc(len ? len : 1);

		assert_non_null(cut);
		memcpy(cut, dtb, len);
		assert_non_null(dtb_fault(cut, len));
		free(cut);
	}
}

static const struct {
	size_t at; /* of a header field */
	uint32_t value;
	const char *fault;
} headers[] = {
	{ 0, 0xedfe0dd0, "no device tree starts here" },
	{ 4, DTB_MAX + 1, "larger than 2 MiB" },
	{ 4, UINT32_MAX, "larger than 2 MiB" },
	{ 4, DTB_MAX, "cut off" },
	{ 4, 0, "malformed" },
	{ 8, 0x10000, "malformed" },
	{ 8, UINT32_MAX, "malformed" },
	{ 12, UINT32_MAX, "malformed" },
	{ 16, UINT32_MAX, "malformed" },
	{ 20, 16, "older than version 17" },
	{ 20, 3, "older than version 17" },
	{ 24, 18, "malformed" },
	{ 32, UINT32_MAX, "malformed" },
	{ 36, UINT32_MAX, "malformed" },
	{ 36, 4, "malformed" },
};

static void every_bad_header_field_is_found(void **state)
{
	size_t total, i;

	for (i = 0; i < ARRAY_SIZE(headers); i++) {
		const char *fault;

		total = make_tree(&(struct tree){ 0 });
		fdt32_st((uint8_t *)dtb + headers[i].at, headers[i].value);
		fault = dtb_fault(dtb, total);
		if (!fault || !strstr(fault, headers[i].fault)) {
			print_error("header %zu: %s\n", i, fault ? fault : "no fault");
			fail();
		}
	}
}

static void broken_tree_for_the_first_rec_is_an_error(void **state)
{
	struct fixture *f = *state;
	struct realm_plan *plan = plan_of(f, "\xd0\x0d\xfe\xed", 4);

	assert_error(f->ctx, realm_plan_check(plan), EBADMSG, "$.load[0]", "cut off in its header");
	realm_plan_free(plan);
}

static void broken_tree_elsewhere_is_a_warning(void **state)
{
	struct fixture *f = *state;
	struct realm_plan *plan = plan_of(f, dtb, make_tree(&(struct tree){ 0 }));

	assert_int_equal(realm_plan_load_memory(plan, 0x80020000, dtb, 100, NULL), 2);
	assert_int_equal(realm_plan_check(plan), 0);
	assert_string_equal(f->log, "w $.load[2]: starts like a device tree, but is none: it is cut off: its header "
				    "says that it is longer\n");
	realm_plan_free(plan);
}

/* kvmtool pads: what follows the tree in its load is not its business. */
static void padding_after_the_tree_is_fine(void **state)
{
	struct fixture *f = *state;
	size_t total = make_tree(&(struct tree){ 0 });
	struct realm_plan *plan;

	memset((uint8_t *)dtb + total, 0xff, sizeof(dtb) - total);
	plan = plan_of(f, dtb, sizeof(dtb));
	assert_int_equal(realm_plan_check(plan), 0);
	assert_string_equal(f->log, "");
	realm_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(machine_dtb_has_these_nodes_in_this_order),
		cmocka_unit_test(machine_dtb_layout_is_fixed),
		cmocka_unit_test(machine_dtb_repeats),
		cmocka_unit_test(machine_dtb_of_most_cpus_fits),
		fixture_test(machine_dtb_passes_dtc),
		fixture_test(tree_that_disagrees_with_the_plan_is_a_warning),
		fixture_test(reg_with_other_cells_is_a_warning),
		cmocka_unit_test(every_truncation_is_found),
		cmocka_unit_test(every_bad_header_field_is_found),
		fixture_test(broken_tree_for_the_first_rec_is_an_error),
		fixture_test(broken_tree_elsewhere_is_a_warning),
		fixture_test(padding_after_the_tree_is_fine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
