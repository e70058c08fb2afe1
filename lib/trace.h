/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* trace.h - what the files that read traces of calls share; docs/trace.md has the format */
#ifndef REALM_TRACE_H
#define REALM_TRACE_H

#include "internal.h"

/* ---- trace-line.c: one line ---- */

#define TRACE_IN 10  /* X1..X10 */
#define TRACE_OUT 11 /* X0..X10 */

enum trace_key {
	TRACE_CPU,
	TRACE_FID,
	TRACE_VERSION,
	TRACE_GRANULE,
	TRACE_FLAGS,
	TRACE_S2SZ,
	TRACE_SVE_VL,
	TRACE_NUM_BPS,
	TRACE_NUM_WPS,
	TRACE_PMU_NUM_CTRS,
	TRACE_HASH_ALGO,
	TRACE_RTT_LEVEL_START,
	TRACE_PC,
	TRACE_NUMBERS, /* above: keys of one number each */
	TRACE_IN_LIST = TRACE_NUMBERS,
	TRACE_OUT_LIST,
	TRACE_GPRS,
	TRACE_CONTENT,
	TRACE_KEYS,
};

struct trace_call {
	bool is_rmi;    /* else a realm's */
	uint32_t given; /* bit of each key */
	uint64_t number[TRACE_NUMBERS];
	uint64_t in[TRACE_IN];
	uint64_t out[TRACE_OUT];
	uint64_t gprs[REALM_REC_GPRS];
	uint8_t content[REALM_DIGEST_MAX];
	size_t content_len;
};

/* 1 for a line that holds a call, 0 for any other line, or -EBADMSG.  place: of the line, in messages. */
int trace_line_read(struct realm_ctx *ctx, const char *place, const char *line, size_t len, struct trace_call *call);
/* Are these keys, bits of a set, all there?  Else -EBADMSG. */
int trace_line_needs(struct realm_ctx *ctx, const char *place, const struct trace_call *call, uint32_t keys);

/* ---- trace-tables.c: the translation tables of a realm of RMM 1.0, which decide what a RIPAS entry is ---- */

struct trace_tables {
	uint64_t *slots; /* a hash table of base and level of each; 0: free */
	size_t count;
	unsigned int bits; /* of the number of a slot */
	int start_level;
};

/* 0 or -ENOMEM, without detail. */
int trace_tables_add(struct trace_tables *tables, uint64_t ipa, int level);
void trace_tables_remove(struct trace_tables *tables, uint64_t ipa, int level);
/* Bytes of the entry where a walk for ipa ends. */
uint64_t trace_tables_entry(const struct trace_tables *tables, uint64_t ipa);
void trace_tables_free(struct trace_tables *tables);

#endif /* REALM_TRACE_H */
