/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* help.c - print the command table */
#include <string.h>

#include "help.h"

#define OPTION_WIDTH 24

static void put_words(FILE *out, enum opt_kind kind)
{
	const char *word;
	unsigned int i;

	if (!opt_word(kind, 0))
		return;
	fprintf(out, "%*s", OPTION_WIDTH + 6, "");
	for (i = 0; (word = opt_word(kind, i)); i++)
		fprintf(out, "%s%s", i ? ", " : "", word);
	fputc('\n', out);
}

static void put_option(FILE *out, const struct opt *opt)
{
	char text[80];
	char letter[] = "-?,";

	letter[1] = opt->letter;
	snprintf(text, sizeof(text), "--%s%s%s", opt->name, opt->arg ? " " : "", opt->arg ? opt->arg : "");
	fprintf(out, "  %3s %-*s%s%s\n", opt->letter ? letter : "", OPTION_WIDTH, text, opt->help,
		opt_adds(opt->kind) ? "; may be repeated" : "");
	put_words(out, opt_value_kind(opt->kind));
}

/* start: of the first line.  Gives that of the line after the last. */
static const char *put_usage(FILE *out, const struct command *cmd, const char *start)
{
	const struct command *const *child;
	int i;

	for (i = 0; i < 2 && cmd->usage[i]; i++) {
		fprintf(out, "%s realmctl %s %s\n", start, cmd->name, cmd->usage[i]);
		start = "      ";
	}
	for (child = cmd->children; child && *child; child++)
		start = put_usage(out, *child, start);
	return start;
}

static void put_commands(FILE *out, const struct command *const *cmds)
{
	fputs("\ncommands:\n", out);
	for (; *cmds; cmds++)
		fprintf(out, "      %-*s%s\n", OPTION_WIDTH, command_word(*cmds), (*cmds)->summary);
}

void help_command(FILE *out, const struct command *cmd)
{
	const struct opt *opt;

	put_usage(out, cmd, "usage:");
	fprintf(out, "\n%s\n", cmd->summary);
	if (cmd->children)
		put_commands(out, cmd->children);
	fputs("\noptions:\n", out);
	for (opt = cmd->opts; opt->name; opt++)
		put_option(out, opt);
	put_option(out, &help_opt);
	for (opt = cmd->operands; opt->name; opt++)
		if (opt_word(opt->kind, 0)) {
			fprintf(out, "\n%s is one of:\n", opt->name);
			put_words(out, opt->kind);
		}
	fprintf(out, "\nexample:\n  %s\n", cmd->example);
	fprintf(out, "\nexit: 0 done, 1 failed, 2 wrong command line, 3 not supported here%s\n",
		cmd->compares ? ", 4 different" : "");
	fprintf(out, "manual: realmctl-%.*s(1)\n", (int)strcspn(cmd->name, " "), cmd->name);
}

void help_all(FILE *out, const struct command *const *cmds)
{
	static const struct opt version = { 0, OPT_FLAG, "version", NULL, "print the version", 0 };

	fputs("usage: realmctl COMMAND [options] ...\n\n", out);
	fputs("Say what an Arm CCA realm is made of, predict its measurement, create and run it.\n", out);
	put_commands(out, cmds);
	fputs("\noptions:\n", out);
	put_option(out, &version);
	put_option(out, &help_opt);
	fputs("\nexample:\n  realmctl plan realmctl --kernel Image -o demo.json && realmctl measure demo.json\n", out);
	fputs("\nexit: 0 done, 1 failed, 2 wrong command line, 3 not supported here, 4 different\n", out);
	fputs("help: realmctl COMMAND --help; manual: realmctl(1)\n", out);
}

/* What a completion script offers for a value */
static const char *kind_name(enum opt_kind kind)
{
	switch (kind) {
	case OPT_FLAG:
		return "flag";
	case OPT_INPUT:
	case OPT_FILE:
	case OPT_OUTPUT:
		return "file";
	default:
		return opt_word(kind, 0) ? "word" : "text";
	}
}

static json_t *dump_words(enum opt_kind kind)
{
	json_t *words = json_array();
	const char *word;
	unsigned int i;

	for (i = 0; (word = opt_word(kind, i)); i++)
		json_array_append_new(words, json_string(word));
	return words;
}

static json_t *dump_option(const struct opt *opt)
{
	enum opt_kind kind = opt_value_kind(opt->kind);
	char letter[] = "?";

	letter[0] = opt->letter;
	return json_pack("{s:s, s:s?, s:s?, s:s, s:o, s:s, s:b}", "name", opt->name, "letter",
			 opt->letter ? letter : NULL, "arg", opt->arg, "kind", kind_name(kind), "words",
			 dump_words(kind), "help", opt->help, "repeats", opt_is_list(opt->kind));
}

static json_t *dump_operand(const struct opt *operand)
{
	return json_pack("{s:s, s:s, s:o}", "name", operand->name, "kind", kind_name(operand->kind), "words",
			 dump_words(operand->kind));
}

static json_t *dump_list(const struct command *const *cmds);

static json_t *dump_command(const struct command *cmd)
{
	json_t *options = json_array(), *operands = json_array();
	const struct opt *opt;

	for (opt = cmd->opts; opt->name; opt++)
		json_array_append_new(options, dump_option(opt));
	json_array_append_new(options, dump_option(&help_opt));
	for (opt = cmd->operands; opt->name; opt++)
		json_array_append_new(operands, dump_operand(opt));
	return json_pack("{s:s, s:s, s:o, s:o, s:o}", "name", cmd->name, "summary", cmd->summary, "options", options,
			 "operands", operands, "commands", dump_list(cmd->children));
}

static json_t *dump_list(const struct command *const *cmds)
{
	json_t *list = json_array();

	for (; cmds && *cmds; cmds++)
		json_array_append_new(list, dump_command(*cmds));
	return list;
}

json_t *dump_commands(const struct command *const *cmds)
{
	return json_pack("{s:s, s:o}", "schema", "realmctl.dump-commands/1", "commands", dump_list(cmds));
}
