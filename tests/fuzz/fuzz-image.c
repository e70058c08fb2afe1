/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* fuzz-image.c - any bytes as a kernel: read its header, and hold it against a plan that starts in it */
#include <stdlib.h>
#include <string.h>

#include "image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A header is either taken, and says what can be, or refused with a reason and a hint. */
static void check_header(struct realm_ctx *ctx, const uint8_t *head, uint64_t file_size)
{
	const struct realm_error *error;
	struct image image;

	if (!image_parse(ctx, "it's a kernel", head, file_size, &image)) {
		if (image.file_size != file_size || image.span < file_size || image.text_offset % 4)
			abort();
		return;
	}
	error = realm_ctx_last_error(ctx);
	if (!realm_error_why(error) || !realm_error_hint(error))
		abort();
}

static void check_plan(struct realm_ctx *ctx, const uint8_t *data, size_t size)
{
	struct realm_plan *plan;

	if (realm_plan_new(ctx, &plan))
		return;
	realm_plan_set_ipa_bits(plan, 33);
	realm_plan_add_ram(plan, 0x80000000, 0x10000000);
	realm_plan_load_memory(plan, 0x80000000, data, size, NULL);
	realm_plan_add_rec(plan, 0x80000000, NULL, 0);
	/* Wrong or not, nobody is given it as a device tree. */
	if (realm_plan_check(plan))
		abort();
	realm_plan_free(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t head[IMAGE_HEAD] = { 0 };
	struct realm_ctx *ctx;

	if (!size || realm_ctx_new(&ctx))
		return 0;
	memcpy(head, data, size < sizeof(head) ? size : sizeof(head));
	check_header(ctx, head, size);
	check_header(ctx, head, INT64_MAX);
	check_plan(ctx, data, size);
	realm_ctx_free(ctx);
	return 0;
}
