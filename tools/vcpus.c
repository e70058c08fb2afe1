/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* vcpus.c - the vCPUs of a realm, each on a thread, until the first of them ends the realm */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "vcpus.h"

struct vcpu {
	struct vcpus *all;
	pthread_t thread;
	unsigned int index;
	struct realm_exit exit;
};

/* The first end counts: those of the other vCPUs follow from it. */
static void end(struct vcpu *vcpu, const char *what, int err)
{
	struct vcpus *all = vcpu->all;

	pthread_mutex_lock(&all->lock);
	if (!all->ended) {
		all->ended = true;
		all->exit = vcpu->exit;
		all->err = err;
		snprintf(all->what, sizeof(all->what), "%s", what);
	}
	pthread_mutex_unlock(&all->lock);
	console_wake(all->console);
}

static int convert(struct vcpu *vcpu)
{
	const struct realm_exit *exit = &vcpu->exit;
	char what[64];
	int err = realm_convert(vcpu->all->realm, exit->ipa, exit->size, (int)exit->to_private);

	if (err) {
		snprintf(what, sizeof(what), "conversion of 0x%" PRIx64 "+0x%" PRIx64, exit->ipa, exit->size);
		end(vcpu, what, err);
	}
	return err;
}

/* Do what the vCPU came out for.  Is it to go on? */
static bool answer(struct vcpu *vcpu)
{
	switch (vcpu->exit.reason) {
	case REALM_EXIT_MMIO:
		machine_access(&vcpu->all->machine, &vcpu->exit);
		return true;
	case REALM_EXIT_CONVERT:
		return !convert(vcpu);
	case REALM_EXIT_INTERRUPTED:
	case REALM_EXIT_RETRY:
		return true;
	default:
		end(vcpu, "", 0);
		return false;
	}
}

static void *run_vcpu(void *arg)
{
	struct vcpu *vcpu = arg;
	char what[64];
	int err;

	do {
		err = realm_run(vcpu->all->realm, vcpu->index, &vcpu->exit);
	} while (!err && answer(vcpu));
	if (err) {
		snprintf(what, sizeof(what), "vCPU %u", vcpu->index);
		end(vcpu, what, err);
	}
	return NULL;
}

static void put(void *arg, uint8_t byte)
{
	console_put(arg, byte);
}

static int get(void *arg)
{
	return console_get(arg);
}

int vcpus_start(struct vcpus *vcpus, struct tool *tool, struct realm *realm, struct console *console,
		struct mailbox *mailbox)
{
	unsigned int i, count = realm_vcpu_count(realm);
	struct vcpu *vcpu;
	int err = 0;

	*vcpus = (struct vcpus){ .realm = realm, .console = console, .lock = PTHREAD_MUTEX_INITIALIZER };
	machine_init(&vcpus->machine, tool, (struct uart_line){ .put = put, .get = get, .arg = console }, mailbox);
	vcpus->threads = calloc(count, sizeof(*vcpus->threads));
	if (!vcpus->threads)
		return ENOMEM;
	for (i = 0; i < count && !err; i++) {
		vcpu = &vcpus->threads[i];
		*vcpu = (struct vcpu){ .all = vcpus, .index = i, .exit.sz = sizeof(vcpu->exit) };
		err = pthread_create(&vcpu->thread, NULL, run_vcpu, vcpu);
		vcpus->count += !err;
	}
	return err;
}

bool vcpus_ended(struct vcpus *vcpus)
{
	bool ended;

	pthread_mutex_lock(&vcpus->lock);
	ended = vcpus->ended;
	pthread_mutex_unlock(&vcpus->lock);
	return ended;
}

void vcpus_join(struct vcpus *vcpus)
{
	unsigned int i;

	for (i = 0; i < vcpus->count; i++)
		pthread_join(vcpus->threads[i].thread, NULL);
	free(vcpus->threads);
	vcpus->threads = NULL;
	vcpus->count = 0;
}

int vcpus_report(struct tool *tool, const struct vcpus *vcpus)
{
	char why[96];

	if (vcpus->err)
		return tool_failed(tool, vcpus->what, vcpus->err);
	switch (vcpus->exit.reason) {
	case REALM_EXIT_SYSTEM_OFF:
		return EXIT_DONE;
	case REALM_EXIT_SYSTEM_RESET:
		complain(tool->verb, "guest", "asked for a reset", -ERESTART,
			 "a realm starts anew as a new realm: run it again");
		break;
	case REALM_EXIT_FAULT:
		snprintf(why, sizeof(why), "touched 0x%" PRIx64 ", where the host has no memory for it",
			 vcpus->exit.ipa);
		complain(tool->verb, "guest", why, -EFAULT, "is it RAM of the plan?");
		break;
	case REALM_EXIT_SHUTDOWN:
		complain(tool->verb, "realm", "the RMM does not run it any more", -ESHUTDOWN, NULL);
		break;
	default:
		snprintf(why, sizeof(why), "KVM ended it with an error of its own, number %u", vcpus->exit.code);
		complain(tool->verb, "realm", why, -EIO, NULL);
	}
	return EXIT_FAILED;
}
