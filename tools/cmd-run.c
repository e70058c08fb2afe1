/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-run.c - realmctl run: the realm of a plan, from its making to its end, with its console on stdio */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "build.h"
#include "commands.h"
#include "output.h"
#include "run-token.h"
#include "vcpus.h"

#define KICK_SIGNAL SIGUSR1

struct run_args {
	const char *plan;
	struct host_args host;
	struct token_args token;
};

static const int end_signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
#define NUM_END_SIGNALS (sizeof(end_signals) / sizeof(end_signals[0]))

static volatile sig_atomic_t ended_by; /* a signal, or 0 */
static const struct console *signalled;

/* ---- signals ---- */

static void on_kick(int number)
{
}

static void on_end(int number)
{
	int err = errno;

	ended_by = number;
	console_wake(signalled);
	errno = err;
}

static int take_kicks(void)
{
	struct sigaction action = { .sa_handler = on_kick };

	return sigaction(KICK_SIGNAL, &action, NULL) ? errno : 0;
}

/* What was ignored stays so: nohup, and jobs in the background of a script. */
static void take_ends(const struct console *console, struct sigaction old[NUM_END_SIGNALS])
{
	struct sigaction action = { .sa_handler = on_end };
	size_t i;

	signalled = console;
	for (i = 0; i < NUM_END_SIGNALS; i++)
		if (!sigaction(end_signals[i], NULL, &old[i]) && old[i].sa_handler != SIG_IGN)
			sigaction(end_signals[i], &action, NULL);
}

static void leave_ends(const struct sigaction old[NUM_END_SIGNALS])
{
	size_t i;

	for (i = 0; i < NUM_END_SIGNALS; i++)
		sigaction(end_signals[i], &old[i], NULL);
}

/* Threads inherit what is blocked: only this one is to be interrupted. */
static int start(struct vcpus *vcpus, struct tool *tool, struct realm *realm, struct console *console,
		 struct mailbox *mailbox)
{
	sigset_t ends, old;
	size_t i;
	int err;

	sigemptyset(&ends);
	for (i = 0; i < NUM_END_SIGNALS; i++)
		sigaddset(&ends, end_signals[i]);
	pthread_sigmask(SIG_BLOCK, &ends, &old);
	err = vcpus_start(vcpus, tool, realm, console, mailbox);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return err;
}

/* ---- the realm ---- */

static int report(struct tool *tool, const struct vcpus *vcpus, const struct console *console)
{
	char why[64];

	if (ended_by) {
		snprintf(why, sizeof(why), "ended by SIG%s", sigabbrev_np(ended_by));
		complain(tool->verb, "realm", why, -EINTR, NULL);
		return EXIT_FAILED;
	}
	if (console->lost)
		return system_error(tool->verb, "standard output", console->lost);
	return vcpus_report(tool, vcpus);
}

static int serve(struct tool *tool, struct realm *realm, struct console *console, struct mailbox *mailbox)
{
	struct vcpus vcpus;
	int err = start(&vcpus, tool, realm, console, mailbox);

	while (!err && !ended_by && !console->lost && !vcpus_ended(&vcpus))
		console_serve(console);
	realm_stop(realm);
	while (!err && !ended_by && console_pending(console))
		console_serve(console);
	console_release(console);
	vcpus_join(&vcpus);
	return err ? system_error(tool->verb, "threads of the vCPUs", err) : report(tool, &vcpus, console);
}

static int run_realm(struct tool *tool, struct realm *realm, struct mailbox *mailbox)
{
	struct sigaction old[NUM_END_SIGNALS];
	struct console console;
	int code, err = console_open(&console);

	if (err)
		return system_error(tool->verb, "console", err);
	take_ends(&console, old);
	code = serve(tool, realm, &console, mailbox);
	console_close(&console);
	leave_ends(old);
	return code;
}

static int build_and_run(struct tool *tool, const struct run_args *args, struct mailbox *mailbox)
{
	struct build build;
	int code = build_realm(tool, args->plan, &args->host, KICK_SIGNAL, &build);

	if (!code) {
		output_rims(tool, &build);
		code = build_compare(tool, &build);
	}
	if (!code) {
		machine_judge(tool, build.plan);
		code = run_realm(tool, build.realm, mailbox);
		code = token_save(tool, &args->token, mailbox, code);
	}
	build_free(&build);
	return code;
}

static int run(struct tool *tool, const void *arg)
{
	const struct run_args *args = arg;
	struct mailbox mailbox;
	int code, err = take_kicks();

	if (err)
		return system_error(tool->verb, "signal handler", err);
	code = token_open(tool, &args->token, &args->host, &mailbox);
	if (!code)
		code = host_runs_guests(tool, &args->host);
	if (!code)
		code = build_and_run(tool, args, &mailbox);
	mailbox_close(&mailbox);
	return code;
}

static const struct opt opts[] = {
	HOST_OPTS(struct run_args),
	TOKEN_OPTS(struct run_args),
	{ 0 },
};

static const struct opt operands[] = {
	{ 0, OPT_INPUT, "PLAN", NULL, NULL, offsetof(struct run_args, plan) },
	{ 0 },
};

const struct command cmd_run = {
	.name = "run",
	.summary = "Build the realm of a plan and run it to its end, its console on standard input and output.",
	.usage = { "[options] PLAN" },
	.opts = opts,
	.operands = operands,
	.required = 1,
	.compares = true,
	.example = "realmctl run --host sim demo.json",
	.size = sizeof(struct run_args),
	.defaults = &(const struct run_args){ 0 },
	.run = run,
};
