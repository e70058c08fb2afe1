/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* main.c - what the host does is its mode: -fw_cfg name=opt/librealm/mode,string=MODE */
#include <string.h>

#include "console.h"
#include "fwcfg.h"
#include "host.h"
#include "modes.h"
#include "semihost.h"
#include "sysreg.h"

#define NAME_SIZE 32

/* Each returns the status for QEMU. */
static const struct {
	const char *name;
	int (*run)(void);
} modes[] = {
	{ "bench", mode_bench },
	{ "calls", mode_calls },
	{ "cases", mode_cases },
	{ "cpu", mode_cpu },
	{ "cycles", mode_cycles },
	{ "ping", mode_ping },
	{ "protect", mode_protect },
	{ "reset", mode_reset },
	{ "script", mode_script },
	{ "smp", mode_smp },
};

#define NUM_MODES (sizeof(modes) / sizeof(*modes))

_Noreturn void exception_fatal(uint64_t esr, uint64_t elr, uint64_t far, uint64_t lr);
_Noreturn void exception_fatal(uint64_t esr, uint64_t elr, uint64_t far, uint64_t lr)
{
	panic("host, CPU %d: exception, ESR %x, ELR %x, FAR %x, LR %x", (uint64_t)cpu_index(), esr, elr, far, lr);
}

_Noreturn void host_main(void);
_Noreturn void host_main(void)
{
	char name[NAME_SIZE];

	gic_boot();
	gic_boot_cpu();
	smp_boot();
	fwcfg_text("opt/librealm/mode", name, sizeof(name));
	for (unsigned i = 0; i < NUM_MODES; i++)
		if (!strcmp(name, modes[i].name))
			qemu_exit((uint64_t)modes[i].run());
	print("host: opt/librealm/mode is \"%s\"; give one of:\n", name);
	for (unsigned i = 0; i < NUM_MODES; i++)
		print("\t%s\n", modes[i].name);
	qemu_exit(EXIT_USAGE);
}
