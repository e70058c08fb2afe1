/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* realmctl.c - the commands, and which of them is meant */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "help.h"
#include "output.h"
#include "progress.h"

static const struct command *const commands[] = {
	&cmd_info, &cmd_plan, &cmd_check, &cmd_measure, &cmd_events, &cmd_diff, &cmd_create, &cmd_run, NULL,
};

/* A closed stdin, stdout or stderr must not become the number of a file that is opened later. */
static void reserve_standard_files(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_WRONLY }; /* stdin and stdout: of no use */
	int fd;

	for (fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) < 0)
			_exit(EXIT_FAILED);
}

/* What was printed counts only when it has arrived. */
static int finish(const char *verb, int code)
{
	int lost;

	progress_hide();
	lost = fflush(stdout) ? errno : output_lost();
	if (!lost && fclose(stdout))
		lost = errno;
	return lost && code != EXIT_FAILED ? system_error(verb, "standard output", lost) : code;
}

static int run(const struct command *cmd, const void *args)
{
	struct tool tool;
	int code;

	if (tool_open(&tool, cmd->name))
		code = system_error(cmd->name, "context", ENOMEM);
	else
		code = cmd->run(&tool, args);
	tool_close(&tool);
	return code;
}

static int run_words(const struct command *cmd, char **words)
{
	void *args = malloc(cmd->size);
	int code = EXIT_USAGE;

	if (!args)
		return system_error(cmd->name, "command line", ENOMEM);
	memcpy(args, cmd->defaults, cmd->size);
	switch (opts_parse(cmd, words, args)) {
	case OPTS_OK:
		code = run(cmd, args);
		break;
	case OPTS_HELP:
		help_command(stdout, cmd);
		code = EXIT_DONE;
		break;
	case OPTS_WRONG:
		break;
	}
	free(args);
	return code;
}

static const char *next_command(const void *list, unsigned int i)
{
	const struct command *const *cmds = list;

	return cmds[i] ? cmds[i]->name : NULL;
}

static const char *next_global(const void *arg, unsigned int i)
{
	static const char *const names[] = { "--help", "--version", NULL };

	return names[i];
}

static int unknown(const char *word)
{
	bool option = word[0] == '-';
	const char *meant = option ? nearest(word, next_global, NULL) : nearest(word, next_command, commands);
	char hint[80];

	if (meant)
		snprintf(hint, sizeof(hint), "did you mean '%s'? see 'realmctl --help'", meant);
	return usage_error("", word, option ? "no such option" : "no such command", meant ? hint : NULL);
}

static int dispatch(char **words)
{
	const struct command *const *cmd;
	const char *verb;

	if (words[0] && !strcmp(words[0], "--"))
		words++;
	verb = words[0];
	if (!verb) {
		help_all(stderr, commands);
		return EXIT_USAGE;
	}
	for (cmd = commands; *cmd; cmd++)
		if (!strcmp((*cmd)->name, verb))
			return run_words(*cmd, words + 1);
	if (!strcmp(verb, "dump-commands"))
		return put_json(verb, dump_commands(commands));
	if (!strcmp(verb, "--version"))
		printf("realmctl %s\n", realm_version());
	else if (!strcmp(verb, "--help") || !strcmp(verb, "-h"))
		help_all(stdout, commands);
	else
		return unknown(verb);
	return EXIT_DONE;
}

int main(int argc, char **argv)
{
	int code;

	reserve_standard_files();
	/* Lines arrive whole, and writing to a closed pipe is an error like others. */
	setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
	signal(SIGPIPE, SIG_IGN);
	code = dispatch(argc ? argv + 1 : argv);
	return finish(argc > 1 ? argv[1] : "", code);
}
