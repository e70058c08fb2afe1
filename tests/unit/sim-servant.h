/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* sim-servant.h - the guest of servant.h on a vCPU of the software host, by system calls */
#ifndef SIM_SERVANT_H
#define SIM_SERVANT_H

#include "servant.h"
#include "sim-world.h"

#define CONTEXT (MAILBOX | WORLD_SHARED)

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
