/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* text.c - lines of output without a C library */
#include "world.h"

void text_add(struct text *text, const char *s)
{
	while (*s && text->len < sizeof(text->s) - 1)
		text->s[text->len++] = *s++;
	text->s[text->len] = '\0';
}

static void add_digits(struct text *text, uint64_t value, unsigned base)
{
	char digits[21];
	unsigned i = sizeof(digits) - 1;

	digits[i] = '\0';
	do {
		digits[--i] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	text_add(text, &digits[i]);
}

void text_hex(struct text *text, uint64_t value)
{
	text_add(text, "0x");
	add_digits(text, value, 16);
}

void text_num(struct text *text, uint64_t value)
{
	add_digits(text, value, 10);
}

static const char *const status_names[] = {
	"SUCCESS", "ERROR_INPUT", "ERROR_REALM", "ERROR_REC", "ERROR_RTT", "ERROR_NOT_SUPPORTED", "ERROR_DEVICE",
	"ERROR_RTT_AUX", "ERROR_PSMMU_ST", "ERROR_DPT", "BUSY", "ERROR_GLOBAL", "ERROR_TRACKING", "INCOMPLETE",
	"BLOCKED", "ERROR_GPT", "ERROR_GRANULE",
};

void text_result(struct text *text, uint64_t x0)
{
	static const char *const requests[] = { "/none", "/donate", "/reclaim", "/3" };
	uint64_t status = rmi_result_get_status(x0);

	if (x0 == (uint64_t)SMCCC_NOT_SUPPORTED)
		text_add(text, "NOT_SUPPORTED");
	else if (status >= sizeof(status_names) / sizeof(*status_names))
		text_hex(text, x0);
	else
		text_add(text, status_names[status]);
	if (status == RMI_INCOMPLETE) {
		text_add(text, requests[rmi_result_data_incomplete_get_mem(x0)]);
		text_add(text, rmi_result_data_incomplete_get_cancel(x0) ? "/cancel" : "");
	} else if (status == RMI_ERROR_RTT || (rmi_result_get_data(x0) && x0 != (uint64_t)SMCCC_NOT_SUPPORTED)) {
		text_add(text, "(");
		text_hex(text, rmi_result_get_data(x0));
		text_add(text, ")");
	}
}
