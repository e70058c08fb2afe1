/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/*
 * kernel.h - a KVM of any family that believes all it is told, writes down each call, and lies when asked to
 *
 * No realm is behind it: what it knows of calls, structures and numbers is typed from the posted series, without the
 * files that the library takes them from.  One thread at a time.
 */
#ifndef KERNEL_H
#define KERNEL_H

#include "unit.h"

enum kernel_kind { KERNEL_CLOSED, KERNEL_SYSTEM, KERNEL_VM, KERNEL_VCPU, KERNEL_GMEM, KERNEL_GIC, KERNEL_KINDS };

#define KERNEL_FDS 64
#define KERNEL_FD_BASE 2000
#define KERNEL_SLOTS 8
#define KERNEL_RUN_SIZE 4096
#define KERNEL_RECORD 16384

struct kernel_fd {
	enum kernel_kind kind;
	unsigned int index; /* vcpu0, vcpu1 .. */
	bool is_realm;      /* a VM of a realm type */
};

struct kernel_slot {
	uint64_t base, size;
};

/* One call, before it is carried out */
struct kernel_call {
	const char *name; /* "KVM_RUN", or "open" */
	int fd;
	unsigned int index; /* of what fd is */
	uintptr_t arg;
	uint64_t nth; /* of its name since kernel_forget(), from 1 */
};

struct kernel;

/* true: *ret is what the call gives, and it is not carried out */
typedef bool (*kernel_lie)(struct kernel *kernel, const struct kernel_call *call, int *ret);

struct kernel {
	/* what it is; 0: as kernel_init() says */
	enum realm_family family;
	unsigned int ipa_limit;
	unsigned int max_vcpus;
	unsigned int rec_feature;
	bool no_sve;
	/* what is made to happen */
	kernel_lie lie;
	void *lie_arg;
	/* what has happened */
	char record[KERNEL_RECORD]; /* a line a call */
	size_t record_len;
	struct {
		const char *name;
		uint64_t count;
	} seen[64];
	struct kernel_fd fds[KERNEL_FDS];
	unsigned int made[KERNEL_KINDS]; /* descriptors of each kind so far */
	struct kernel_slot slots[KERNEL_SLOTS];
	unsigned int num_slots;
	unsigned int maps;          /* that are not unmapped yet */
	unsigned long last_request; /* of an ioctl */
	uint8_t *runs[8];           /* run page of each vCPU, while it is mapped */
	uint64_t dfr0, pmcr;
	uint64_t sve[8];
	uint64_t x[31];
};

void kernel_init(struct kernel *kernel, enum realm_family family);
/* Fails if the library left anything open or mapped. */
void kernel_done(struct kernel *kernel);
/* The record and the counts start anew. */
void kernel_forget(struct kernel *kernel);
/* How often a call of this name was made since then */
uint64_t kernel_count(const struct kernel *kernel, const char *name);

extern const struct realm_host_ops kernel_ops;

/* A new context on this kernel, which has been asked what it is; free it first of all. */
struct realm_ctx *kernel_ctx(struct kernel *kernel);

/* Numbers in structures by their offsets */
static inline uint32_t get32(uintptr_t at, size_t offset)
{
	uint32_t value;

	memcpy(&value, (const char *)at + offset, sizeof(value));
	return value;
}

static inline uint64_t get64(uintptr_t at, size_t offset)
{
	uint64_t value;

	memcpy(&value, (const char *)at + offset, sizeof(value));
	return value;
}

static inline void put32(uintptr_t at, size_t offset, uint32_t value)
{
	memcpy((char *)at + offset, &value, sizeof(value));
}

static inline void put64(uintptr_t at, size_t offset, uint64_t value)
{
	memcpy((char *)at + offset, &value, sizeof(value));
}

/* ---- kernel-text.c ---- */

/* The name of an ioctl on a descriptor of this kind; NULL: there is none */
const char *kernel_ioctl_name(enum kernel_kind kind, unsigned long request);
/* The line of the record for it, without newline */
void kernel_describe(const struct kernel *kernel, const struct kernel_call *call, char *line, size_t size);

#endif /* KERNEL_H */
