/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-image.c - arm64 Image headers, what is refused instead, and Images in plans */
#include <sys/stat.h>

#include "fixture.h"

#include "image.h"

/* ---- headers ---- */

static const struct image_case {
	uint64_t text_offset;
	uint64_t image_size;
	uint64_t flags;
	uint64_t file_size;
	struct image want;
	const char *log;
} image_cases[] = {
	{ 0, 0x2a0000, 0xa, 0x290200, { 0x290200, 0, 0x2a0000, 4096 }, "" },
	{ 0, 0x2a0000, 0x8, 0x290200, { 0x290200, 0, 0x2a0000, 0 }, "" },
	{ 0, 0x2a0000, 0xc, 0x290200, { 0x290200, 0, 0x2a0000, 16384 }, "" },
	{ 0, 0x2a0000, 0xe, 0x290200, { 0x290200, 0, 0x2a0000, 65536 }, "" },
	{ 0x80000, 0x1000, 0x2, 0x1000, { 0x1000, 0x80000, 0x1000, 4096 }, "" },
	{ 0, 1ull << 63, 0xa, 64, { 64, 0, 1ull << 63, 4096 }, "" },
	{ 0, 0x2000, 0xb, 0x1000, { 0x1000, 0, 0x2000, 4096 }, "big-endian" },
	/* before Linux 3.17: image_size 0, text_offset in unknown byte order */
	{ 0x1234567, 0, 0, 0x1000, { 0x1000, 0x80000, 0x1000, 0 }, "image_size 0" },
	{ 0, 0x1000, 0xa, 0x1004, { 0x1004, 0, 0x1004, 4096 }, "4 bytes after its image_size of 4096" },
};

static void image_header_is_decoded(void **state)
{
	struct fixture *f = *state;
	uint8_t head[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(image_cases); i++) {
		const struct image_case *c = &image_cases[i];
		struct image got;

		put_image_head(head, c->text_offset, c->image_size, c->flags);
		f->log[0] = '\0';
		assert_int_equal(image_parse(f->ctx, "k", head, c->file_size, &got), 0);
		assert_int_equal(got.file_size, c->want.file_size);
		assert_int_equal(got.text_offset, c->want.text_offset);
		assert_int_equal(got.span, c->want.span);
		assert_int_equal(got.page_size, c->want.page_size);
		assert_int_equal(*c->log == '\0', f->log[0] == '\0');
		assert_non_null(strstr(f->log, c->log));
	}
}

static void image_odd_text_offset_is_refused(void **state)
{
	struct fixture *f = *state;
	struct image image = { .span = 77 };
	uint8_t head[64];

	put_image_head(head, 0x80002, 0x1000, 0xa);
	assert_error(f->ctx, image_parse(f->ctx, "k", head, 4096, &image), EINVAL, "k", "text_offset 0x80002");
	assert_int_equal(image.span, 77);
}

/* ---- files that are no Image ---- */

static const struct {
	const char *magic;
	size_t len;
	const char *why;
	const char *hint;
} strangers[] = {
	{ "\x1f\x8b\x08\0", 4, "is gzip-compressed", "zcat <k >Image" },
	{ "\x28\xb5\x2f\xfd", 4, "is zstd-compressed", "zstd -dc <k >Image" },
	{ "\xfd\x37\x7a\x58\x5a\0", 6, "is xz-compressed", "xz -dc <k >Image" },
	{ "\x5d\0\0\x80\0", 5, "is lzma-compressed", "xz --format=lzma -dc <k >Image" },
	{ "\x5d\0\0\0\x04", 5, "is lzma-compressed", "xz --format=lzma -dc <k >Image" },
	{ "BZh9", 4, "is bzip2-compressed", "bzip2 -dc <k >Image" },
	{ "\x02\x21\x4c\x18", 4, "is lz4-compressed", "lz4 -dc <k >Image" },
	{ "\x04\x22\x4d\x18", 4, "is lz4-compressed", "lz4 -dc <k >Image" },
	{ "\x89\x4c\x5a\x4f", 4, "is lzo-compressed", "lzop -dc <k >Image" },
	{ "\x7f\x45\x4c\x46", 4, "is an ELF file", "take arch/arm64/boot/Image" },
	{ "MZ\0\0", 4, "is not an arm64 Image", "name an uncompressed arm64 Image" },
	{ "", 0, "is not an arm64 Image", "name an uncompressed arm64 Image" },
};

static void stranger_is_refused_with_the_way_out(void **state)
{
	struct fixture *f = *state;
	struct image image;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(strangers); i++) {
		uint8_t head[64] = { 0 };

		memcpy(head, strangers[i].magic, strangers[i].len);
		assert_error(f->ctx, image_parse(f->ctx, "k", head, 5000, &image), EINVAL, "k", strangers[i].why);
		assert_non_null(strstr(realm_error_hint(realm_ctx_last_error(f->ctx)), strangers[i].hint));
	}
}

static void short_file_is_refused(void **state)
{
	struct fixture *f = *state;
	struct image image;
	uint8_t head[64];

	put_image_head(head, 0, 0x1000, 0xa);
	assert_error(f->ctx, image_read(f->ctx, fixture_write(f, "short", head, 63, 63), &image), EINVAL,
		     fixture_path(f, "short"), "shorter than an arm64 Image header");
	assert_error(f->ctx, image_read(f->ctx, fixture_write(f, "empty", head, 0, 0), &image), EINVAL,
		     fixture_path(f, "empty"), "shorter than an arm64 Image header");
	assert_int_equal(image_read(f->ctx, fixture_write(f, "least", head, 64, 64), &image), 0);
}

static void unreadable_file_is_refused(void **state)
{
	struct fixture *f = *state;
	struct image image;

	assert_error(f->ctx, image_read(f->ctx, fixture_path(f, "none"), &image), ENOENT, fixture_path(f, "none"),
		     "No such file");
	assert_error(f->ctx, image_read(f->ctx, "/dev/null", &image), EINVAL, "/dev/null", "is a device");
	assert_error(f->ctx, image_read(f->ctx, f->dir, &image), EINVAL, f->dir, "is a directory");
}

/* ---- EFI zboot ---- */

static void put_zboot_head(uint8_t *head, uint32_t offset, uint32_t size, const char *compression)
{
	memset(head, 0, 64);
	memcpy(head, "MZ\0\0zimg", 8);
	put_le(head + 8, offset, 4);
	put_le(head + 12, size, 4);
	strcpy((char *)head + 24, compression);
	put_le(head + 56, 0x818223cd, 4);
}

static const struct {
	uint32_t offset;
	uint32_t size;
	const char *compression;
	const char *why;
	const char *hint;
} zboots[] = {
	{ 0x100, 0xf00, "gzip", "EFI zboot image (gzip)", "tail -c +257 <k | head -c 3840 | zcat >Image" },
	{ 64, 1, "zstd22", "(zstd)", "tail -c +65 <k | head -c 1 | zstd -dc >Image" },
	{ 64, 9, "xzkern", "(xz)", "tail -c +65 <k | head -c 9 | xz -dc >Image" },
	{ 64, 9, "lzma", "(lzma)", "tail -c +65 <k | head -c 9 | xz --format=lzma -dc >Image" },
	{ 64, 9, "lzo", "(lzo)", "tail -c +65 <k | head -c 9 | lzop -dc >Image" },
	{ 64, 9, "lz4", "(lz4)", "tail -c +65 <k | head -c 9 | lz4 -dc >Image" },
	{ 64, 9, "\x1b[2J", "packed in an unknown way", "take the Image" },
	{ 0x100, 0xf01, "gzip", "payload is cut off", "take the Image" },
	{ 0xffffffff, 0xffffffff, "gzip", "payload is cut off", "take the Image" },
	{ 64, 0, "gzip", "payload is cut off", "take the Image" },
};

static void zboot_is_refused_with_the_way_out(void **state)
{
	struct fixture *f = *state;
	struct image image;
	uint8_t head[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(zboots); i++) {
		put_zboot_head(head, zboots[i].offset, zboots[i].size, zboots[i].compression);
		assert_error(f->ctx, image_parse(f->ctx, "k", head, 0x1000, &image), EINVAL, "k", zboots[i].why);
		assert_non_null(strstr(realm_error_hint(realm_ctx_last_error(f->ctx)), zboots[i].hint));
	}
}

/* ---- the command of a hint, run ---- */

static void run(const char *dir, const char *command)
{
	char line[1024];

	snprintf(line, sizeof(line), "cd %s && %s", dir, command);
	assert_int_equal(system(line), 0);
}

/* What image_read() advises turns the file into the Image that was packed. */
static void assert_hint_unpacks(struct fixture *f, const char *path)
{
	struct image image;

	assert_int_equal(image_read(f->ctx, path, &image), -EINVAL);
	run(f->dir, realm_error_hint(realm_ctx_last_error(f->ctx)));
	assert_int_equal(image_read(f->ctx, fixture_path(f, "Image"), &image), 0);
	assert_int_equal(image.file_size, 5000);
}

static void hint_for_gzip_unpacks(void **state)
{
	struct fixture *f = *state;
	uint8_t head[64];

	put_image_head(head, 0, 0x2000, 0xa);
	fixture_write(f, "raw", head, sizeof(head), 5000);
	fixture_path(f, "it's a kernel; $HOME");
	run(f->dir, "gzip -c raw >\"it's a kernel; \\$HOME\"");
	assert_hint_unpacks(f, fixture_path(f, "it's a kernel; $HOME"));
}

static void hint_for_zboot_unpacks(void **state)
{
	struct fixture *f = *state;
	struct stat st;
	uint8_t head[64];

	put_image_head(head, 0, 0x2000, 0xa);
	fixture_write(f, "raw", head, sizeof(head), 5000);
	fixture_path(f, "raw.gz");
	run(f->dir, "gzip -k raw");
	assert_int_equal(stat(fixture_path(f, "raw.gz"), &st), 0);
	put_zboot_head(head, 100, (uint32_t)st.st_size, "gzip");
	fixture_write(f, "zboot", head, sizeof(head), 100);
	run(f->dir, "cat raw.gz >>zboot && echo signature >>zboot");
	assert_hint_unpacks(f, fixture_path(f, "zboot"));
}

static void hint_for_long_name_still_fits(void **state)
{
	struct fixture *f = *state;
	char name[600];
	uint8_t head[64] = { 0x1f, 0x8b, 8 };
	struct image image;

	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(image_parse(f->ctx, name, head, 100, &image), -EINVAL);
	assert_string_equal(realm_error_hint(realm_ctx_last_error(f->ctx)), "zcat <FILE >Image");
	name[0] = '\'';
	assert_int_equal(image_parse(f->ctx, name, head, 100, &image), -EINVAL);
	assert_string_equal(realm_error_hint(realm_ctx_last_error(f->ctx)), "zcat <FILE >Image");
}

/* ---- plans ---- */

static struct realm_plan *plan_of(struct fixture *f, const void *data, size_t len)
{
	struct realm_plan *plan;

	assert_int_equal(realm_plan_new(f->ctx, &plan), 0);
	assert_int_equal(realm_plan_set_ipa_bits(plan, 33), 0);
	assert_int_equal(realm_plan_add_ram(plan, 0x80000000, 0x200000), 0);
	assert_int_equal(realm_plan_load_zero(plan, 0x80100000, 16, NULL), 0);
	assert_int_equal(realm_plan_load_memory(plan, 0x80000000, data, len, NULL), 1);
	assert_int_equal(realm_plan_add_rec(plan, 0x80000000, NULL, 0), 0);
	return plan;
}

static const struct {
	uint64_t flags;
	uint32_t granule;
	const char *log;
} page_cases[] = {
	{ 0xa, 4096, "" },
	{ 0x8, 65536, "" },
	{ 0xe, 65536, "" },
	{ 0xe, 4096, "n $.load[1]: the kernel has pages of 65536 bytes, the plan granules of 4096\n" },
	{ 0xc, 4096, "n $.load[1]: the kernel has pages of 16384 bytes, the plan granules of 4096\n" },
	{ 0xa, 16384,
	  "w $.load[1]: the kernel has pages of 4096 bytes, but cannot share less than a granule of 16384 with the "
	  "host\n" },
};

static void page_size_is_held_against_the_granule(void **state)
{
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(page_cases); i++) {
		uint8_t head[64];
		struct realm_plan *plan;

		put_image_head(head, 0, 64, page_cases[i].flags);
		plan = plan_of(f, head, sizeof(head));
		realm_plan_set_granule(plan, page_cases[i].granule);
		f->log[0] = '\0';
		assert_int_equal(realm_plan_check(plan), 0);
		assert_string_equal(f->log, page_cases[i].log);
		realm_plan_free(plan);
	}
}

static void packed_data_where_the_realm_starts_is_a_warning(void **state)
{
	struct fixture *f = *state;
	struct realm_plan *plan = plan_of(f, "\x1f\x8b\x08\0", 4);

	assert_int_equal(realm_plan_check(plan), 0);
	assert_string_equal(f->log, "w $.load[1]: the realm starts here, but this is compressed data: it cannot run\n");
	realm_plan_free(plan);
}

static void packed_data_elsewhere_is_fine(void **state)
{
	struct fixture *f = *state;
	struct realm_plan *plan = plan_of(f, "\x14\0\0\0", 4);

	assert_int_equal(realm_plan_load_memory(plan, 0x80010000, "\x1f\x8b\x08\0", 4, NULL), 2);
	assert_int_equal(realm_plan_check(plan), 0);
	assert_string_equal(f->log, "");
	realm_plan_free(plan);
}

static int broken_read(void *arg, uint64_t offset, void *buf, size_t len)
{
	return -EIO;
}

static void unreadable_load_is_an_error(void **state)
{
	struct fixture *f = *state;
	struct realm_load_opts opts = { .sz = sizeof(opts), .size = 100 };
	struct realm_plan *plan = plan_of(f, "\x14\0\0\0", 4);

	assert_int_equal(realm_plan_load_callback(plan, 0x80010000, broken_read, NULL, &opts), 2);
	assert_error(f->ctx, realm_plan_check(plan), EIO, "$.load[2]", "cannot be read");
	realm_plan_free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(image_header_is_decoded),
		fixture_test(image_odd_text_offset_is_refused),
		fixture_test(stranger_is_refused_with_the_way_out),
		fixture_test(short_file_is_refused),
		fixture_test(unreadable_file_is_refused),
		fixture_test(zboot_is_refused_with_the_way_out),
		fixture_test(hint_for_gzip_unpacks),
		fixture_test(hint_for_zboot_unpacks),
		fixture_test(hint_for_long_name_still_fits),
		fixture_test(page_size_is_held_against_the_granule),
		fixture_test(packed_data_where_the_realm_starts_is_a_warning),
		fixture_test(packed_data_elsewhere_is_fine),
		fixture_test(unreadable_load_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
