/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * sim-servant.h - a guest that does what a test says
 *
 * It reads registers and the number of an instruction from a mailbox in the unprotected half, which is MMIO to the
 * test, carries the instruction out, and writes to the mailbox what came of it. So each test is written in C,
 * instruction by instruction. Its code is at the start of a page.
 */
#ifndef SIM_SERVANT_H
#define SIM_SERVANT_H

#include "sim-world.h"

#define MAILBOX UINT64_C(0x0a000000)
#define CONTEXT (MAILBOX | WORLD_SHARED)	/* X0 at its start */

/* Offsets in the mailbox, which has X0 to X4 at its start */
enum {
	BOX_OP = 40,
	BOX_RESULTS = 48,	/* X0 to X2; the last ends the operation */
	BOX_DONE = 64,
	BOX_EXCEPTION = 72,	/* ESR_EL1; ends it, too */
};

enum op {
	OP_SMC,
	OP_STORE,	/* X1 at X0 */
	OP_LOAD,	/* X0 from X0 */
	OP_LOAD_SIGNED_HALF,
	OP_STORE_BYTE,
	OP_LOAD_PAIR,	/* has no syndrome */
	OP_WFI,
	OP_WFE,
	OP_READ_IAR,	/* of the GIC's CPU interface */
	OP_SPIN,	/* for ever */
};

#define SERVANT_VECTOR 0xa00	/* synchronous exceptions of EL1h, with VBAR at 0x800 */

static const uint32_t servant[] = {
	0xaa0003fc,	/* mov x28, x0 */
	0x10003fe9,	/* adr x9, start + 0x800 */
	0xd518c009,	/* msr vbar_el1, x9 */
	0xf9400380,	/* loop: ldr x0, [x28] */
	0xf9400781,	/* ldr x1, [x28, #8] */
	0xf9400b82,	/* ldr x2, [x28, #16] */
	0xf9400f83,	/* ldr x3, [x28, #24] */
	0xf9401384,	/* ldr x4, [x28, #32] */
	0xf9401789,	/* ldr x9, [x28, #40] */
	0x1000006a,	/* adr x10, table */
	0x8b090d4a,	/* add x10, x10, x9, lsl #3 */
	0xd61f0140,	/* br x10 */
	0xd4000003,	/* table: smc #0 */
	0x14000013,	/* b report */
	0xf9000001,	/* str x1, [x0] */
	0x14000011,	/* b report */
	0xf9400000,	/* ldr x0, [x0] */
	0x1400000f,	/* b report */
	0x79c00000,	/* ldrsh w0, [x0] */
	0x1400000d,	/* b report */
	0x39000001,	/* strb w1, [x0] */
	0x1400000b,	/* b report */
	0xa9400400,	/* ldp x0, x1, [x0] */
	0x14000009,	/* b report */
	0xd503207f,	/* wfi */
	0x14000007,	/* b report */
	0xd503205f,	/* wfe */
	0x14000005,	/* b report */
	0xd538cc00,	/* mrs x0, icc_iar1_el1 */
	0x14000003,	/* b report */
	0x14000000,	/* b . */
	0x14000001,	/* b report */
	0xf9001b80,	/* report: str x0, [x28, #48] */
	0xf9001f81,	/* str x1, [x28, #56] */
	0xf9002382,	/* str x2, [x28, #64] */
	0x17ffffe0,	/* b loop */
};

static const uint32_t servant_exception[] = {
	0xd5385200,	/* mrs x0, esr_el1 */
	0xf9002780,	/* str x0, [x28, #72] */
	0x17fffd81,	/* b loop */
};

static inline struct realm_kvm_run *page_of(const struct world *w, unsigned id)
{
	return w->runs[id];
}

static const void *exit_of(const struct world *w, unsigned id)
{
	return page_of(w, id)->exit;
}

struct servant {
	struct world *w;
	unsigned id;
	uint64_t in[6];	/* X0 to X4, operation */
	uint64_t out[3];
	uint64_t esr;
};

enum outcome {
	DONE = 1,	/* out[] */
	EXCEPTION,	/* esr */
	OTHER,	/* KVM_RUN gave 0 with an exit that is not the mailbox's */
};

static inline enum outcome mailbox(struct servant *s, struct realm_kvm_exit_mmio *mmio)
{
	uint64_t offset = mmio->phys_addr - MAILBOX, value;

	assert_int_equal(mmio->len, 8);
	if (!mmio->is_write) {
		assert_true(offset <= BOX_OP && !(offset % 8));
		memcpy(mmio->data, &s->in[offset / 8], 8);
		return 0;
	}
	memcpy(&value, mmio->data, 8);
	if (offset == BOX_EXCEPTION) {
		s->esr = value;
		return EXCEPTION;
	}
	assert_true(offset >= BOX_RESULTS && offset <= BOX_DONE && !(offset % 8));
	s->out[(offset - BOX_RESULTS) / 8] = value;
	return offset == BOX_DONE ? DONE : 0;
}

/* Runs the servant until it is done, or until user space is asked for something else; or negative errno. */
static inline int serve(struct servant *s)
{
	struct realm_kvm_run *run = page_of(s->w, s->id);
	struct realm_kvm_exit_mmio *mmio = (void *)run->exit;

	for (;;) {
		int ret = world_call(s->w, s->w->vcpus[s->id], REALM_KVM_RUN, NULL);

		if (ret)
			return ret;
		if (run->exit_reason != REALM_KVM_EXIT_MMIO || mmio->phys_addr - MAILBOX > BOX_EXCEPTION)
			return OTHER;
		ret = mailbox(s, mmio);
		if (ret)
			return ret;
	}
}

static inline struct servant servant_on(struct world *w, unsigned id)
{
	page_of(w, id)->immediate_exit = 0;	/* sealing set it */
	return (struct servant){ .w = w, .id = id };
}

static inline int begin(struct servant *s, enum op op, uint64_t x0, uint64_t x1)
{
	memset(s->in, 0, sizeof(s->in));
	s->in[0] = x0;
	s->in[1] = x1;
	s->in[5] = op;
	return serve(s);
}

static inline int smc4(struct servant *s, uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3, uint64_t x4)
{
	const uint64_t in[] = { fid, x1, x2, x3, x4, OP_SMC };

	memcpy(s->in, in, sizeof(in));
	return serve(s);
}

static inline int smc(struct servant *s, uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3)
{
	return smc4(s, fid, x1, x2, x3, 0);
}

static inline void store(struct servant *s, uint64_t at, uint64_t value)
{
	assert_int_equal(begin(s, OP_STORE, at, value), DONE);
}

static inline uint64_t load(struct servant *s, uint64_t at)
{
	assert_int_equal(begin(s, OP_LOAD, at, 0), DONE);
	return s->out[0];
}

#endif
