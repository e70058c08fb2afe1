/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* vcpus.h - the vCPUs of a realm, each on a thread, until the first of them ends the realm */
#ifndef VCPUS_H
#define VCPUS_H

#include "console.h"
#include "machine.h"

struct vcpu;

struct vcpus {
	struct realm *realm;
	struct console *console;
	struct machine machine;
	pthread_mutex_t lock; /* of what follows, up to what */
	bool ended;
	struct realm_exit exit; /* that ended it, when err is 0 */
	int err;                /* of the call that ended it */
	char what[64];          /* was called */
	struct vcpu *threads;
	unsigned int count; /* of threads that run */
};

/* 0 or a positive errno; then some may run, and are to be stopped.  The console is woken when the realm has ended. */
int vcpus_start(struct vcpus *vcpus, struct tool *tool, struct realm *realm, struct console *console,
		struct mailbox *mailbox);
bool vcpus_ended(struct vcpus *vcpus);
/* Wait for threads that nothing holds up any more: after realm_stop() and console_release(). */
void vcpus_join(struct vcpus *vcpus);
/* Say why the realm has ended.  Gives the exit code. */
int vcpus_report(struct tool *tool, const struct vcpus *vcpus);

#endif /* VCPUS_H */
