/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* script.c - modes script and cycles: carry out the text of opt/librealm/script (docs/qemu-script.md) */
#include <string.h>

#include "console.h"
#include "fwcfg.h"
#include "host.h"
#include "modes.h"
#include "rmi.h"
#include "rmi-host.h"
#include "script-ops.h"

#define TEXT_SIZE 0x100000
#define LINE_SIZE 1024
#define ANSWER_SIZE 0x100000
#define CYCLES 200

static char text[TEXT_SIZE], answer_room[ANSWER_SIZE];

static struct machine machine;
static struct driver driver;

static void put(const char *bytes, size_t len)
{
	while (len--)
		print_char(*bytes++);
}

static char *grow(char *old, size_t room)
{
	if (room > ANSWER_SIZE)
		machine_stop("an answer is too long", room);
	return answer_room;
}

static void read_script(void)
{
	size_t size = fwcfg_text("opt/librealm/script", text, sizeof(text));

	if (!size)
		panic("host: there is no script: -fw_cfg name=opt/librealm/script,file=FILE");
	if (size >= sizeof(text))
		panic("host: opt/librealm/script: has %d bytes, more than the %d that fit", (uint64_t)size,
		      (uint64_t)sizeof(text) - 1);
}

static void open_driver(void)
{
	read_script();
	machine_open(&machine);
	if (host_boot(&machine, RMI_GRANULE_SIZE_4KB) != RMI_SUCCESS)
		machine_stop("the RMM does not start: result", machine.x[0]);
	driver.machine = &machine;
	driver.put = put;
	driver.answer.grow = grow;
	driver_open(&driver);
}

/* Bytes of the line that text starts with, without its end */
static size_t line_length(const char *line)
{
	size_t len = 0;

	while (line[len] && line[len] != '\n')
		len++;
	return len;
}

/* A copy without spaces at the end. false: it does not fit. */
static bool copy_line(char copy[LINE_SIZE], const char *line, size_t len)
{
	while (len && (line[len - 1] == ' ' || line[len - 1] == '\t' || line[len - 1] == '\r'))
		len--;
	if (len >= LINE_SIZE)
		return false;
	memcpy(copy, line, len);
	copy[len] = '\0';
	return true;
}

static int run_line(const char *line, size_t len, unsigned number)
{
	char whole[LINE_SIZE], words[LINE_SIZE];
	struct script_fault fault = { .word = "", .why = "the line is too long" };
	struct script_step step;

	if (!copy_line(whole, line, len) || !copy_line(words, line, len) ||
	    !script_parse(words, script_ops, &step, &fault)) {
		print("script:%d: '%s': %s\n", (uint64_t)number, fault.word, fault.why);
		return EXIT_FAILED;
	}
	if (step.op)
		driver_run(&driver, &step, whole);
	return 0;
}

static int run_text(void)
{
	const char *line = text;
	int status = 0;

	for (unsigned number = 1; !status && *line; number++) {
		size_t len = line_length(line);

		status = run_line(line, len, number);
		line += len + (line[len] == '\n');
	}
	return status;
}

int mode_script(void)
{
	open_driver();
	return run_text();
}

/* The same script again and again: what one run leaves behind adds up. */
int mode_cycles(void)
{
	uint64_t granules, done = 0;
	bool ok = true;

	open_driver();
	granules = machine_realm_granules();
	while (ok && done < CYCLES) {
		ok = !run_text() && machine_realm_granules() == granules;
		done += ok;
	}
	tap_equal("cycles without a fault", done, CYCLES);
	tap_equal("granules of Realm after the last", machine_realm_granules(), granules);
	return tap_end();
}
