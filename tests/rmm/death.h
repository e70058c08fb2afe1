/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* death.h - what breaks a rule of the machine must end the process, and say why; for cmocka tests */
#ifndef TESTS_RMM_DEATH_H
#define TESTS_RMM_DEATH_H

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

/* Runs what in a process of its own, which must abort with a message that holds text. */
static inline void assert_dies(void (*what)(void *), void *arg, const char *text)
{
	char message[4096] = { 0 };
	size_t used = 0;
	int fds[2], status;
	ssize_t got;
	pid_t child;

	assert_int_equal(pipe(fds), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		dup2(fds[1], STDERR_FILENO);
		signal(SIGABRT, SIG_DFL);
		what(arg);
		_exit(0);
	}
	close(fds[1]);
	while ((got = read(fds[0], message + used, sizeof(message) - 1 - used)) > 0)
		used += (size_t)got;
	close(fds[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!strstr(message, text))
		fail_msg("expected '%s', it said '%s'", text, message);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

#endif
