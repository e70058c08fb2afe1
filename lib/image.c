/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * image.c - the arm64 Image header, and what is handed in for an Image by mistake
 *
 * Offsets in bytes; all fields little-endian, also in a big-endian kernel (Linux,
 * Documentation/arch/arm64/booting.rst):
 *
 *     0 code0 (4)   4 code1 (4)   8 text_offset (8)   16 image_size (8)   24 flags (8)   56 "ARM\x64"
 *
 * An EFI zboot image (Linux, drivers/firmware/efi/libstub/zboot-header.S) starts with
 *
 *     0 "MZ\0\0"   4 "zimg"   8 payload offset (4)   12 payload bytes (4)   24 compression, NUL-terminated
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "image.h"

#define FLAG_BIG_ENDIAN 1u
#define FLAG_PAGE_SHIFT 1
#define FLAG_PAGE_MASK 3u
/* What booting.rst tells loaders to assume of kernels before 3.17, whose image_size is 0. */
#define OLD_TEXT_OFFSET 0x80000

/* Ways to pack a kernel: how the file starts, what zboot calls it (a prefix of), what unpacks it. */
static const struct packing {
	const char *magic;
	size_t len;
	const char *name;
	const char *unpack;
} packings[] = {
	{ "\x1f\x8b\x08", 3, "gzip", "zcat" },
	{ "\x28\xb5\x2f\xfd", 4, "zstd", "zstd -dc" },
	{ "\3757zXZ", 5, "xz", "xz -dc" },
	{ "\x5d\0\0\x80", 4, "lzma", "xz --format=lzma -dc" },
	{ "\x5d\0\0\0", 4, "lzma", "xz --format=lzma -dc" },
	{ "BZh", 3, "bzip2", "bzip2 -dc" },
	{ "\x02\x21\x4c\x18", 4, "lz4", "lz4 -dc" },
	{ "\x04\x22\x4d\x18", 4, "lz4", "lz4 -dc" },
	{ "\x89LZO", 4, "lzo", "lzop -dc" },
};

static uint32_t le32(const uint8_t *p)
{
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static uint64_t le64(const uint8_t *p)
{
	return (uint64_t)le32(p + 4) << 32 | le32(p);
}

static const struct packing *find_packing(const uint8_t *head)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(packings); i++)
		if (!memcmp(head, packings[i].magic, packings[i].len))
			return &packings[i];
	return NULL;
}

static const struct packing *find_zboot_packing(const uint8_t *head)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(packings); i++)
		if (!strncmp((const char *)head + 24, packings[i].name, strlen(packings[i].name)))
			return &packings[i];
	return NULL;
}

static bool is_image(const uint8_t *head)
{
	return !memcmp(head + 56, "ARM\x64", 4);
}

static bool is_zboot(const uint8_t *head)
{
	return !memcmp(head, "MZ\0\0zimg", 8);
}

static unsigned int page_size(const uint8_t *head)
{
	static const unsigned int sizes[] = { 0, 4096, 16384, 65536 };

	return sizes[le64(head + 24) >> FLAG_PAGE_SHIFT & FLAG_PAGE_MASK];
}

/* path as one word of a shell command; FILE when it is too long for that */
static const char *shell_word(const char *path, char *buf, size_t size)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+:@%,";
	size_t used = 0;

	if (path[strspn(path, safe)] == '\0')
		return strlen(path) < size ? path : "FILE";
	buf[used++] = '\'';
	for (; *path; path++) {
		if (used + 6 > size)
			return "FILE";
		if (*path == '\'')
			used += (size_t)sprintf(buf + used, "'\\''");
		else
			buf[used++] = *path;
	}
	memcpy(buf + used, "'", 2);
	return buf;
}

static int refuse_zboot(struct realm_ctx *ctx, const char *path, const uint8_t *head, uint64_t file_size)
{
	const struct packing *packing = find_zboot_packing(head);
	uint64_t offset = le32(head + 8), size = le32(head + 12);
	char word[256], hint[512];

	if (!packing || !size || offset + size > file_size)
		return realm_fail(ctx, EINVAL, path, "take the Image that it was made from",
				  "is an EFI zboot image %s, not an arm64 Image",
				  packing ? "whose payload is cut off" : "packed in an unknown way");
	snprintf(hint, sizeof(hint), "tail -c +%llu <%s | head -c %llu | %s >Image", (unsigned long long)offset + 1,
		 shell_word(path, word, sizeof(word)), (unsigned long long)size, packing->unpack);
	return realm_fail(ctx, EINVAL, path, hint, "is an EFI zboot image (%s), not an arm64 Image", packing->name);
}

static int refuse(struct realm_ctx *ctx, const char *path, const uint8_t *head, uint64_t file_size)
{
	const struct packing *packing = find_packing(head);
	char word[256], hint[512];

	if (is_zboot(head))
		return refuse_zboot(ctx, path, head, file_size);
	if (packing) {
		snprintf(hint, sizeof(hint), "%s <%s >Image", packing->unpack, shell_word(path, word, sizeof(word)));
		return realm_fail(ctx, EINVAL, path, hint, "is %s-compressed, not an arm64 Image", packing->name);
	}
	if (!memcmp(head, "\177ELF", 4))
		return realm_fail(ctx, EINVAL, path, "take arch/arm64/boot/Image of the same build",
				  "is an ELF file, not an arm64 Image");
	return realm_fail(ctx, EINVAL, path, "name an uncompressed arm64 Image",
			  file_size < IMAGE_HEAD ? "is shorter than an arm64 Image header"
						 : "is not an arm64 Image (its bytes 56 to 59 are not \"ARM\\x64\")");
}

/* What is allowed but surprising. */
static void warn(struct realm_ctx *ctx, const char *path, const uint8_t *head, uint64_t file_size)
{
	uint64_t image_size = le64(head + 16);

	if (le64(head + 24) & FLAG_BIG_ENDIAN)
		realm_log(ctx, REALM_LOG_WARNING, path,
			  "is a big-endian kernel, which few hosts and VMMs run in a realm");
	if (!image_size)
		realm_log(ctx, REALM_LOG_WARNING, path,
			  "has image_size 0, as kernels before 3.17 do: text_offset is taken as 0x%x", OLD_TEXT_OFFSET);
	else if (image_size < file_size)
		realm_log(ctx, REALM_LOG_WARNING, path,
			  "has %llu bytes after its image_size of %llu; they are loaded and measured too",
			  (unsigned long long)(file_size - image_size), (unsigned long long)image_size);
}

int image_parse(struct realm_ctx *ctx, const char *path, const uint8_t *head, uint64_t file_size, struct image *image)
{
	uint64_t text_offset = le64(head + 8), image_size = le64(head + 16);

	if (file_size < IMAGE_HEAD || !is_image(head))
		return refuse(ctx, path, head, file_size);
	if (!image_size)
		text_offset = OLD_TEXT_OFFSET;
	if (text_offset % 4)
		return realm_fail(ctx, EINVAL, path, "the file is damaged; build or copy it again",
				  "has text_offset 0x%llx in its header, which is not a multiple of 4",
				  (unsigned long long)text_offset);
	warn(ctx, path, head, file_size);
	*image = (struct image){
		.file_size = file_size,
		.text_offset = text_offset,
		.span = image_size > file_size ? image_size : file_size,
		.page_size = page_size(head),
	};
	return 0;
}

int image_read(struct realm_ctx *ctx, const char *path, struct image *image)
{
	uint8_t head[IMAGE_HEAD] = { 0 };
	uint64_t file_size;
	ssize_t got;
	int fd = file_open(ctx, path, &file_size);

	if (fd < 0)
		return fd;
	do
		got = read(fd, head, sizeof(head));
	while (got < 0 && errno == EINTR);
	close(fd);
	if (got != (ssize_t)(file_size < sizeof(head) ? file_size : sizeof(head)))
		return realm_fail(ctx, EIO, path, NULL, "its header cannot be read");
	return image_parse(ctx, path, head, file_size, image);
}

/* ---- plans ---- */

static void check_code(struct realm_plan *plan, const struct load *load, const char *where, const uint8_t *head)
{
	const struct packing *packing = find_packing(head);
	unsigned int page = page_size(head);

	if (is_image(head) && page && page < plan->granule)
		realm_log(plan->ctx, REALM_LOG_WARNING, where,
			  "the kernel has pages of %u bytes, but cannot share less than a granule of %u with the host",
			  page, plan->granule);
	else if (is_image(head) && page && page > plan->granule)
		realm_log(plan->ctx, REALM_LOG_NOTE, where, "the kernel has pages of %u bytes, the plan granules of %u",
			  page, plan->granule);
	if (load->at != plan->recs[0].pc || is_image(head))
		return;
	if (packing || is_zboot(head))
		realm_log(plan->ctx, REALM_LOG_WARNING, where, "the realm starts here, but this is %s: it cannot run",
			  packing ? "compressed data" : "an EFI zboot image");
}

static int check_load(struct realm_plan *plan, size_t index)
{
	const struct load *load = &plan->loads[index];
	uint8_t head[IMAGE_HEAD] = { 0 };
	char where[32];
	struct source src;
	int err;

	snprintf(where, sizeof(where), "$.load[%zu]", index);
	err = source_open(load, &src);
	if (!err)
		err = source_read(&src, 0, head, load->length < sizeof(head) ? load->length : sizeof(head));
	if (err) {
		source_close(&src);
		return realm_fail(plan->ctx, -err, where, NULL, "its bytes cannot be read");
	}
	if (dtb_has_magic(head))
		err = dtb_check_load(plan, index, &src, head);
	else
		check_code(plan, load, where, head);
	source_close(&src);
	return err;
}

int image_check_plan(struct realm_plan *plan)
{
	size_t i;
	int err = 0;

	for (i = 0; i < plan->num_loads && !err; i++)
		if (plan->loads[i].kind != REALM_LOAD_ZERO)
			err = check_load(plan, i);
	return err;
}
