/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* rmm-script.c - run a script of RMI calls on the test RMM: one JSON object for each operation */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <jansson.h>
#include "rmi-host.h"
#include "rmi.h"
#include "script.h"
#include "test-port.h"
#include "rmm-trace.h"

#define BANK_SIZE UINT64_C(0x400000000)	/* 16 GiB; only what a script uses is ever touched */

#define DONE 0
#define FAILED 1
#define USAGE 2

static const char usage[] =
	"usage: rmm-script [--variant tf-rmm-2.0|rmm-2.0|rmm-1.0] [--trace] FILE\n"
	"\n"
	"Runs the operations that FILE (-: standard input) lists on the test RMM and prints what\n"
	"each did, as one JSON object a line. docs/rmm.md, \"Scripts\", has the language.\n"
	"--trace: each call that the RMM gets is a line, too; docs/trace.md has its form.\n"
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

/* The machine, and the limits of its RMM */
static struct {
	const struct rmm_variant *variant;
	struct rmm_limits limits;
	bool is_traced;
} config;

static struct trace trace;

static char *grow(char *text, size_t room)
{
	char *larger = realloc(text, room);

	if (!larger)
		machine_fail("no memory for an answer");
	return larger;
}

static void put(const char *text, size_t len)
{
	fwrite(text, 1, len, stdout);
}

static void put_trace(void *arg, const char *line)
{
	fputs(line, stdout);
}

static void trace_log(void *arg, enum rmm_call call, const uint64_t in[RMM_SMC_REGS], const uint64_t out[RMM_SMC_REGS])
{
	const struct machine *machine = arg;

	trace_call(&trace, machine->cpu, call, in, out);
}

static void trace_machine(struct machine *machine)
{
	trace = (struct trace){ .port = &machine_port, .ctx = machine, .put = put_trace, .granule = machine->granule };
	machine->test_hooks.arg = machine;
	machine->test_hooks.log = trace_log;
}

static struct machine *boot(void)
{
	const struct rmm_bank bank = { .base = MACHINE_BASE, .size = BANK_SIZE };
	const struct machine_config machine_config = {
		.variant = config.variant,
		.limits = &config.limits,
		.banks = &bank,
		.num_banks = 1,
	};
	struct machine *machine = machine_new(&machine_config);

	if (config.is_traced)
		trace_machine(machine);
	if (host_boot(machine, RMI_GRANULE_SIZE_4KB) != RMI_SUCCESS)
		machine_stop("the RMM does not start: result", machine->x[0]);
	return machine;
}

static struct driver *driver_new(void)
{
	struct driver *driver = calloc(1, sizeof(*driver));

	if (!driver)
		machine_fail("no memory");
	driver->machine = boot();
	driver->put = put;
	driver->answer.grow = grow;
	driver_open(driver);
	return driver;
}

static void driver_free(struct driver *driver)
{
	machine_free(driver->machine);
	free(driver->answer.text);
	free(driver);
}

/*
 * A host that has made the CPU's physical addresses 52 bits wide starts the RMM anew. A realm that exists is not lost
 * for it: no second one can be created, so nothing would tell the difference.
 */
static uint64_t run_pa52(struct driver *driver, const struct script_step *step)
{
	config.limits.ipa_bits = 52;
	config.limits.pps = RMI_PPS_52BITS;
	if (driver->has_realm)
		return RMI_SUCCESS;
	machine_free(driver->machine);
	driver->machine = boot();
	driver->spare = 0;
	driver_open(driver);
	return RMI_SUCCESS;
}

static const struct script_op own_ops[] = {
	{ "pa52", 0, 0, true, run_pa52 },
	{ NULL, 0, 0, false, NULL },
};

static int run_step(struct driver *driver, const char *line, const struct script_step *step)
{
	driver_run(driver, step, line);
	if (!ferror(stdout))
		return DONE;
	fprintf(stderr, "rmm-script: standard output: cannot write: %s\n", strerror(errno));
	return FAILED;
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
	else if (!words || !script_parse(words, own_ops, &step, &fault))
		fprintf(stderr, "rmm-script: %s:%u: '%.80s': %s\n", file, number, words ? fault.word : line,
			words ? fault.why : strerror(ENOMEM));
	else
		code = !step.op ? DONE : run_step(driver, line, &step);
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
	config.variant = variant;
	config.limits = *rmm_variant_limits(variant);
	driver = driver_new();
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
		{ "trace", no_argument, NULL, 't' },
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
		if (option == 't') {
			config.is_traced = true;
			continue;
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
