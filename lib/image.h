/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* image.h - arm64 Images and device trees: what they say about themselves */
#ifndef REALM_IMAGE_H
#define REALM_IMAGE_H

#include "internal.h"

/* ---- image.c ---- */

/* Bytes of an arm64 Image header. */
#define IMAGE_HEAD 64

struct image {
	uint64_t file_size;
	uint64_t text_offset;   /* from a 2 MiB boundary to the first byte of the file */
	uint64_t span;          /* bytes of memory from there on, never less than file_size */
	unsigned int page_size; /* of the kernel's own page tables; 0: not said */
};

/* Read the header of a kernel; refuses what is not an arm64 Image, and says how to unpack it. */
int image_read(struct realm_ctx *ctx, const char *path, struct image *image);
/* The same from the first bytes of a file of file_size bytes; head has IMAGE_HEAD bytes, zero-padded. */
int image_parse(struct realm_ctx *ctx, const char *path, const uint8_t *head, uint64_t file_size, struct image *image);

/* ---- dtb-check.c ---- */

/* Linux maps no more for a device tree (Documentation/arch/arm64/booting.rst). */
#define DTB_MAX (2u << 20)

/* Do these four bytes start a device tree? */
bool dtb_has_magic(const uint8_t *head);
/* Why these are not the bytes of a whole, well-formed device tree; NULL when they are. */
const char *dtb_fault(const void *dtb, size_t len);
/* Check a load that starts as a device tree does; head: its first IMAGE_HEAD bytes, zero-padded. */
int dtb_check_load(struct realm_plan *plan, size_t index, const struct source *src, const uint8_t *head);

#endif /* REALM_IMAGE_H */
