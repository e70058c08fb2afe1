/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmm-script.c - run a script of RMI calls on the test RMM: one JSON object for each operation */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "rmi.h"
#include "script.h"
#include "test-machine.h"

#define DONE 0
#define FAILED 1
#define USAGE 2

static const char usage[] =
	"usage: rmm-script [--variant tf-rmm-2.0|rmm-2.0|rmm-1.0] FILE\n"
	"\n"
	"Runs the operations that FILE (-: standard input) lists on the test RMM and prints what\n"
	"each did, as one JSON object a line. docs/rmm.md, \"Scripts\", has the language.\n"
	"\n"
	"Exit status: 0 all lines were carried out, whatever the RMM answered; 1 a line or the file\n"
	"is bad, after the answers to the lines before it; 2 wrong command line.\n";

static const struct rmm_variant *find_variant(const char *name)
{
	const struct rmm_variant *const all[] = { &rmm_variant_tf_2_0, &rmm_variant_2_0, &rmm_variant_1_0 };

	for (unsigned i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (!strcmp(rmm_variant_name(all[i]), name))
			return all[i];
	return NULL;
}

/* The object in the order of the vectors: the step, its result, what else it has to tell, the RIM after it */
static bool print_answer(struct driver *driver, const char *line, uint64_t result, json_t *extras)
{
	const char *rim = driver_rim(driver);
	json_t *answer = json_pack("{s:s, s:i, s:i}", "op", line, "status", (int)rmi_result_get_status(result), "index",
				   (int)rmi_result_data_level_get_level(result));
	bool ok = answer && !json_object_update(answer, extras) &&
		  (!rim || !json_object_set_new(answer, "rim", json_string(rim))) && !json_dumpf(answer, stdout, 0) &&
		  putchar('\n') != EOF;

	json_decref(answer);
	return ok;
}

static int run_step(struct driver *driver, const char *line, const struct script_step *step)
{
	json_t *extras = json_object();
	uint64_t result = driver_run(driver, step, extras);
	bool ok = step->op == OP_PA52 || print_answer(driver, line, result, extras);

	json_decref(extras);
	if (!ok)
		fprintf(stderr, "rmm-script: standard output: cannot write: %s\n", strerror(errno));
	return ok ? DONE : FAILED;
}

/* The machine has told why: most likely a script that needs more memory than there is. */
static void give_up(void)
{
	fputs("rmm-script: cannot go on; the machine of a script has 16 GiB, for each page and table once\n", stderr);
	fflush(stdout);
	_exit(FAILED);
}

/* What JSON cannot hold cannot be told as "op". */
static bool is_text(const char *line, size_t len)
{
	json_t *string = json_stringn(line, len);

	json_decref(string);
	return string && !memchr(line, '\0', len);
}

static int run_line(struct driver *driver, const char *file, unsigned number, char *line, size_t len)
{
	struct script_step step;
	struct script_fault fault;
	char *words;
	int code = FAILED;

	while (len && strchr(" \t\r\n", line[len - 1]))
		line[--len] = '\0';
	words = strdup(line);
	if (!is_text(line, len))
		fprintf(stderr, "rmm-script: %s:%u: the line is no UTF-8 text\n", file, number);
	else if (!words || !script_parse(words, &step, &fault))
		fprintf(stderr, "rmm-script: %s:%u: '%.80s': %s\n", file, number, words ? fault.word : line,
			words ? fault.why : strerror(ENOMEM));
	else
		code = step.op == OPS ? DONE : run_step(driver, line, &step);
	free(words);
	return code;
}

static int run_file(struct driver *driver, const char *file, FILE *stream)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	int code = DONE;

	for (unsigned number = 1; code == DONE && (len = getline(&line, &room, stream)) >= 0; number++)
		code = run_line(driver, file, number, line, (size_t)len);
	free(line);
	if (code == DONE && ferror(stream)) {
		fprintf(stderr, "rmm-script: %s: cannot read: %s\n", file, strerror(errno));
		code = FAILED;
	}
	if (code == DONE && fflush(stdout)) {
		fprintf(stderr, "rmm-script: standard output: cannot write: %s\n", strerror(errno));
		code = FAILED;
	}
	return code;
}

static int run(const struct rmm_variant *variant, const char *file)
{
	FILE *stream = strcmp(file, "-") ? fopen(file, "re") : stdin;
	struct driver *driver;
	int code;

	if (!stream) {
		fprintf(stderr, "rmm-script: %s: cannot open: %s\n", file, strerror(errno));
		return FAILED;
	}
	machine_end = give_up;
	driver = driver_new(variant);
	code = run_file(driver, file, stream);
	driver_free(driver);
	if (stream != stdin)
		fclose(stream);
	return code;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "variant", required_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	const struct rmm_variant *variant = &rmm_variant_tf_2_0;
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return DONE;
		}
		if (option != 'v') {
			fprintf(stderr, "rmm-script: '%s': no such option, or no value; see rmm-script --help\n",
				argv[optind - 1]);
			return USAGE;
		}
		variant = find_variant(optarg);
		if (!variant) {
			fprintf(stderr, "rmm-script: --variant %s: expected tf-rmm-2.0, rmm-2.0 or rmm-1.0\n", optarg);
			return USAGE;
		}
	}
	if (argc - optind != 1) {
		fprintf(stderr, "rmm-script: one FILE is needed, or - for standard input; see rmm-script --help\n");
		return USAGE;
	}
	return run(variant, argv[optind]);
}
