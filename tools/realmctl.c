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
	&cmd_info,    &cmd_plan,   &cmd_check, &cmd_measure, &cmd_events,  &cmd_diff,
	&cmd_explain, &cmd_create, &cmd_run,   &cmd_token,   &cmd_refvals, NULL,
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
	case OPTS_FAILED:
		code = EXIT_FAILED;
		break;
	}
	opts_free(cmd, args);
	free(args);
	return code;
}

static const char *next_command(const void *list, unsigned int i)
{
	const struct command *const *cmds = list;

	return cmds[i] ? command_word(cmds[i]) : NULL;
}

static const char *next_word(const void *list, unsigned int i)
{
	const char *const *words = list;

	return words[i];
}

/* verb: what the word follows; empty for nothing.  cmds: the commands that there are. */
static int unknown(const char *verb, const char *word, const struct command *const *cmds)
{
	static const char *const options[] = { "--help", "--version", NULL };
	static const char *const help[] = { "--help", NULL };
	bool option = word[0] == '-';
	const char *meant =
		option ? nearest(word, next_word, *verb ? help : options) : nearest(word, next_command, cmds);
	char hint[128];

	if (meant)
		snprintf(hint, sizeof(hint), "did you mean '%s'? see 'realmctl %s%s--help'", meant, verb,
			 *verb ? " " : "");
	return usage_error(verb, word, option ? "no such option" : "no such command", meant ? hint : NULL);
}

static bool asks_help(const char *word)
{
	return !strcmp(word, "--help") || !strcmp(word, "-h");
}

/* A verb that needs one of its children, and what came instead */
static int need_child(const struct command *cmd, const char *word)
{
	if (!word)
		return usage_error(cmd->name, "COMMAND", "is missing", NULL);
	if (!asks_help(word))
		return unknown(cmd->name, word, cmd->children);
	help_command(stdout, cmd);
	return EXIT_DONE;
}

static int no_command(const char *word)
{
	if (!strcmp(word, "dump-commands"))
		return put_json(word, dump_commands(commands));
	if (!strcmp(word, "--version"))
		printf("realmctl %s\n", realm_version());
	else if (asks_help(word))
		help_all(stdout, commands);
	else
		return unknown("", word, commands);
	return EXIT_DONE;
}

static const struct command *find(const struct command *const *cmds, const char *word)
{
	for (; word && cmds && *cmds; cmds++)
		if (!strcmp(command_word(*cmds), word))
			return *cmds;
	return NULL;
}

/* verbp receives what messages call the command. */
static int dispatch(char **words, const char **verbp)
{
	const struct command *cmd, *child;

	if (words[0] && !strcmp(words[0], "--"))
		words++;
	if (!words[0]) {
		help_all(stderr, commands);
		return EXIT_USAGE;
	}
	*verbp = words[0];
	cmd = find(commands, *words++);
	if (!cmd)
		return no_command(*verbp);
	child = find(cmd->children, words[0]);
	if (child) {
		cmd = child;
		words++;
	}
	*verbp = cmd->name;
	return cmd->run ? run_words(cmd, words) : need_child(cmd, words[0]);
}

int main(int argc, char **argv)
{
	const char *verb = "";
	int code;

	reserve_standard_files();
	/* Lines arrive whole, and writing to a closed pipe is an error like others. */
	setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
	signal(SIGPIPE, SIG_IGN);
	code = dispatch(argc ? argv + 1 : argv, &verb);
	return finish(verb, code);
}
