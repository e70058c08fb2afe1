/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * rmm-trace.h - a line of text for each finished call, as docs/trace.md has it; freestanding, for the log of any port
 *
 * What a call's registers do not hold is read when it has finished: parameters from the page of the host, which the
 * host may have changed since the RMM read it; the content of data from the granule that the realm now owns.
 */
#ifndef RMM_TRACE_H
#define RMM_TRACE_H

#include "port.h"

#define TRACE_LINE_MAX 768
#define TRACE_REALMS_MAX 256	/* as many as there are VMIDs */
#define TRACE_OPS_MAX 256	/* stateful operations at a time */

struct trace {
	const struct rmm_port *port;	/* its map and unmap, and its digests */
	void *ctx;	/* of the port */
	void (*put)(void *arg, const char *line);	/* gets a whole line, with its newline */
	void *arg;
	uint64_t granule;	/* bytes, until RMI_RMM_CONFIG_SET says otherwise */

	/* The trace's own, zero at first */
	bool is_v1;	/* the RMM knows RMI_GRANULE_DELEGATE, which RMI 2.0 has not */
	struct {
		bool exists;
		uint8_t hash;	/* RMI_HASH_* */
		uint64_t rd;
	} realms[TRACE_REALMS_MAX];
	struct {
		bool makes_rec;
		uint64_t params;
	} ops[TRACE_OPS_MAX];	/* by handle */
	char line[TRACE_LINE_MAX];
	size_t len;
};

/* Puts the line of a call that finished on this CPU. With the lock held, as the log of a port is called. */
void trace_call(struct trace *trace, unsigned cpu, enum rmm_call call, const uint64_t in[RMM_SMC_REGS],
		const uint64_t out[RMM_SMC_REGS]);

#endif
