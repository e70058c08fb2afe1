/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* opts.c - read a command line by the command table */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "opts.h"

const struct opt help_opt = { 'h', OPT_FLAG, "help", NULL, "print this", 0 };

const char *command_word(const struct command *cmd)
{
	const char *space = strrchr(cmd->name, ' ');

	return space ? space + 1 : cmd->name;
}

struct parser {
	const struct command *cmd;
	char *args;   /* the structure to fill */
	int operands; /* seen so far */
	bool plain;   /* after "--" */
	char **next;  /* the words not looked at yet */
};

static const char *next_option(const void *opts, unsigned int i)
{
	const struct opt *opt = opts;

	while (i && opt->name) {
		opt++;
		i--;
	}
	return opt->name ? opt->name : i ? NULL : help_opt.name;
}

static const struct opt *find_option(const struct command *cmd, const char *name, size_t len)
{
	const struct opt *opt;

	for (opt = cmd->opts; opt->name; opt++)
		if (!strncmp(opt->name, name, len) && !opt->name[len])
			return opt;
	return !strncmp(help_opt.name, name, len) && !help_opt.name[len] ? &help_opt : NULL;
}

static const struct opt *find_letter(const struct command *cmd, char letter)
{
	const struct opt *opt;

	for (opt = cmd->opts; opt->name; opt++)
		if (opt->letter == letter)
			return opt;
	return letter == help_opt.letter ? &help_opt : NULL;
}

static enum opts_result wrong(const struct parser *p, const char *what, const char *why, const char *meant)
{
	char hint[128];

	if (meant)
		snprintf(hint, sizeof(hint), "did you mean '%s'? see 'realmctl %s --help'", meant, p->cmd->name);
	usage_error(p->cmd->name, what, why, meant ? hint : NULL);
	return OPTS_WRONG;
}

/* An option that says more about what another one gave came before it, or memory has run out. */
static enum opts_result no_place(const struct parser *p, const struct opt *opt, const char *shown)
{
	const struct opt *adds = p->cmd->opts;
	char why[80], hint[160];

	if (errno) {
		system_error(p->cmd->name, "command line", errno);
		return OPTS_FAILED;
	}
	while (adds->offset != opt->offset)
		adds++;
	snprintf(why, sizeof(why), "says more about a --%s, and there is none before it", adds->name);
	snprintf(hint, sizeof(hint), "put %s after its --%s", shown, adds->name);
	usage_error(p->cmd->name, shown, why, hint);
	return OPTS_WRONG;
}

/* shown: how the option or operand was written */
static enum opts_result take_value(struct parser *p, const struct opt *opt, const char *shown, const char *text)
{
	enum opt_kind kind = opt_value_kind(opt->kind);
	void *member = p->args + opt->offset;
	char what[256], hint[128];
	const char *why;

	if (opt_is_list(opt->kind))
		member = opt_list_place(opt->kind, member);
	if (!member)
		return no_place(p, opt, shown);
	why = opt_take(kind, text, member);
	if (!why)
		return OPTS_OK;
	snprintf(what, sizeof(what), "%s '%s'", shown, text);
	opt_hint(kind, hint, sizeof(hint));
	usage_error(p->cmd->name, what, why, *hint ? hint : NULL);
	return OPTS_WRONG;
}

static enum opts_result take_option(struct parser *p, const struct opt *opt, const char *shown, const char *value)
{
	if (opt == &help_opt)
		return OPTS_HELP;
	if (opt->kind == OPT_FLAG && value)
		return wrong(p, shown, "takes no value", NULL);
	if (opt->kind != OPT_FLAG && !value)
		value = *p->next ? *p->next++ : NULL;
	if (opt->kind != OPT_FLAG && !value)
		return wrong(p, shown, "needs a value", NULL);
	return take_value(p, opt, shown, value);
}

static enum opts_result take_long(struct parser *p, const char *word)
{
	size_t len = strcspn(word + 2, "=");
	const struct opt *opt = find_option(p->cmd, word + 2, len);
	const char *meant;
	char shown[80], dashed[80];

	snprintf(shown, sizeof(shown), "%.*s", (int)(len + 2 < sizeof(shown) ? len + 2 : sizeof(shown) - 1), word);
	if (opt)
		return take_option(p, opt, shown, word[2 + len] ? word + 2 + len + 1 : NULL);
	meant = nearest(shown + 2, next_option, p->cmd->opts);
	if (meant)
		snprintf(dashed, sizeof(dashed), "--%s", meant);
	return wrong(p, shown, "no such option", meant ? dashed : NULL);
}

/* "-m256", "-m 256", and letters of flags together */
static enum opts_result take_short(struct parser *p, const char *word)
{
	const struct opt *opt;
	enum opts_result result = OPTS_OK;
	char shown[3] = "-?";

	for (word++; *word && result == OPTS_OK; word++) {
		shown[1] = *word;
		opt = find_letter(p->cmd, *word);
		if (!opt)
			return wrong(p, shown, "no such option", NULL);
		if (opt->kind != OPT_FLAG)
			return take_option(p, opt, shown, word[1] ? word + 1 : NULL);
		result = take_option(p, opt, shown, NULL);
	}
	return result;
}

static enum opts_result take_operand(struct parser *p, const char *word)
{
	const struct opt *operand = p->cmd->operands + p->operands;

	if (!operand->name)
		return wrong(p, word, "one operand too many", NULL);
	p->operands++;
	return take_value(p, operand, operand->name, word);
}

static enum opts_result take_next(struct parser *p, const char *word)
{
	if (p->plain || word[0] != '-' || !word[1])
		return take_operand(p, word);
	if (word[1] != '-')
		return take_short(p, word);
	if (word[2])
		return take_long(p, word);
	p->plain = true;
	return OPTS_OK;
}

/* File i of those that an option names to be read; NULL past the last */
static const char *input_path(const struct opt *opt, const char *args, size_t i)
{
	const char *path;

	if (opt_adds(opt->kind))
		return opt_list_path(opt->kind, (const void *)(args + opt->offset), i);
	if (i || (opt->kind != OPT_INPUT && opt->kind != OPT_FILE))
		return NULL;
	memcpy(&path, args + opt->offset, sizeof(path));
	return path;
}

static size_t count_stdin(const struct opt *opt, const char *args)
{
	const char *path;
	size_t i, count = 0;

	for (; opt->name; opt++)
		for (i = 0; (path = input_path(opt, args, i)); i++)
			count += !strcmp(path, "-");
	return count;
}

static bool is_same_file(const char *path, const char *other)
{
	struct stat a, b;

	return strcmp(path, "-") && strcmp(other, "-") && !stat(path, &a) && S_ISREG(a.st_mode) && !stat(other, &b) &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* The option or operand that names this file to be read; NULL for none */
static const struct opt *find_reader(const struct opt *opt, const char *args, const char *file)
{
	const char *path;
	size_t i;

	for (; opt->name; opt++)
		for (i = 0; (path = input_path(opt, args, i)); i++)
			if (is_same_file(path, file))
				return opt;
	return NULL;
}

static enum opts_result check_output(const struct parser *p, const struct opt *output, const char *file)
{
	const struct opt *operand = find_reader(p->cmd->operands, p->args, file);
	const struct opt *reader = operand ? operand : find_reader(p->cmd->opts, p->args, file);
	char what[256], why[80];

	if (!reader)
		return OPTS_OK;
	snprintf(what, sizeof(what), "--%s '%s'", output->name, file);
	snprintf(why, sizeof(why), "is the file that %s%s reads, and would replace it", operand ? "" : "--",
		 reader->name);
	usage_error(p->cmd->name, what, why, "name another file");
	return OPTS_WRONG;
}

/* A key or plan that its own result replaces is lost. */
static enum opts_result check_outputs(const struct parser *p)
{
	enum opts_result result = OPTS_OK;
	const struct opt *opt;
	const char *file;

	for (opt = p->cmd->opts; opt->name && result == OPTS_OK; opt++) {
		if (opt->kind != OPT_OUTPUT)
			continue;
		memcpy(&file, p->args + opt->offset, sizeof(file));
		if (file)
			result = check_output(p, opt, file);
	}
	return result;
}

static enum opts_result check_whole(const struct parser *p)
{
	const struct command *cmd = p->cmd;

	if (p->operands < cmd->required)
		return wrong(p, cmd->operands[p->operands].name, "is missing", NULL);
	if (count_stdin(cmd->opts, p->args) + count_stdin(cmd->operands, p->args) > 1)
		return wrong(p, "-", "standard input can be read only once", NULL);
	return check_outputs(p);
}

enum opts_result opts_parse(const struct command *cmd, char **words, void *args)
{
	struct parser p = { .cmd = cmd, .args = args, .next = words };
	enum opts_result result = OPTS_OK;

	while (*p.next && result == OPTS_OK)
		result = take_next(&p, *p.next++);
	return result == OPTS_OK ? check_whole(&p) : result;
}

void opts_free(const struct command *cmd, void *args)
{
	const struct opt *opt;

	for (opt = cmd->opts; opt->name; opt++)
		if (opt_adds(opt->kind))
			free(((struct opt_list *)(void *)((char *)args + opt->offset))->items);
}
