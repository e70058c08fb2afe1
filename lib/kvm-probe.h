/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* kvm-probe.h - finding out what a host can do: questions, and what is known so far */
#ifndef REALM_KVM_PROBE_H
#define REALM_KVM_PROBE_H

#include "kvm.h"

/* More than any way through the questions asks */
#define QUESTIONS_MAX 64

struct question {
	char question[96];
	char answer[96];
	char meaning[160];
};

struct realm_host_info {
	struct kvm_host host;
	struct question questions[QUESTIONS_MAX];
	size_t count;
};

struct probe {
	struct realm_ctx *ctx;
	struct realm_host_info *info;
	struct kvm_host *host; /* of info */
	int kvm;               /* the system descriptor, -1 when it is not open */
	int vm;                /* a realm VM to ask, -1 when there is none; configured in families that take commands */
	unsigned int hint_cap; /* what a vendor's kernel says its capability is; 0: nothing */
	int failed;            /* the first errno that is no answer; 0: none */
	struct question *failed_at;
};

/* What the caller or the environment says instead of the probe */
struct override {
	const struct realm_kvm_family *can; /* NULL: find out */
	unsigned int cap;                   /* 0: not said */
	const char *from;
};

/* ---- host-info.c: the answer ---- */

/* "EINVAL" for -EINVAL */
const char *errno_text(int err);
/* A new question; what the host says to it, a number or a negative errno, which may be no answer; what follows. */
void ask(struct probe *probe, const char *fmt, ...) PRINTF(2, 3);
void answer(struct probe *probe, int ret);
void answer_text(struct probe *probe, const char *text);
void meaning(struct probe *probe, const char *fmt, ...) PRINTF(2, 3);
/* There are no realms here: gives -err. */
int refuse(struct probe *probe, int err, const char *hint, const char *fmt, ...) PRINTF(4, 5);
/* The last question was not answered, but failed with this negative errno. */
void no_answer(struct probe *probe, int err);
/* One was not: whether there are realms is not known, whatever followed from the others. */
void cannot_tell(struct probe *probe);

/* ---- kvm-override.c ---- */

/* 0, or -EINVAL with detail for a REALM_KVM that names nothing */
int override_get(struct realm_ctx *ctx, struct override *override);
/* Can this be the number of the realm interface, and be tried? */
bool override_cap_fits(unsigned int cap);

/* ---- kvm-ask.c: one question each; numbers and negative errnos as the host gives them ---- */

int ask_vm(struct probe *probe, uint64_t type, unsigned int ipa_bits); /* a descriptor, to be closed */
int ask_cap(struct probe *probe, int fd, const char *fd_name, unsigned int cap, const char *cap_name);
/* Does the kernel know this form of POPULATE?  vm is an ordinary VM. */
bool ask_populate(struct probe *probe, int vm, unsigned long request, const char *family);
/* Is this VM cut down as realm VMs are?  1, 0, or -1: no way to tell. */
int ask_restricted(struct probe *probe, int vm);
/* The number of the realm interface, where a realm VM tells it; else 0. */
unsigned int ask_own_cap(struct probe *probe, int vm);
/* CONFIG_REALM with this number, on a realm VM: 0 or negative errno. */
int ask_config(struct probe *probe, int vm, unsigned int cap);
/* A parameter of the module kvm, empty when there is none */
void ask_parameter(struct probe *probe, const char *name, char *text, size_t size);

/* ---- kvm-limits.c ---- */

/* Fill limits and REC feature; the family is known and there is a VM.  0 or what refuse() gave. */
int probe_limits(struct probe *probe);

#endif /* REALM_KVM_PROBE_H */
