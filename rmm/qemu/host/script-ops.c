/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* script-ops.c - operations of scripts that only this host has */
#include <string.h>

#include "script-ops.h"
#include "console.h"
#include "fwcfg.h"
#include "rmi.h"
#include "rmi-host.h"
#include "vmm.h"

#define FILE_PREFIX "opt/librealm/file/"
#define FILE_NAME_SIZE 56	/* of QEMU, with the zero */
#define BLOCK_SIZE UINT64_C(0x200000)
#define IPA_BITS_MAX 52

/* The CPU has the addresses that it has. */
static uint64_t run_pa52(struct driver *driver, const struct script_step *step)
{
	rmi(driver->machine, SMC_RMI_FEATURES, 0);
	if (rmi_feature_register0_get_s2sz(driver->machine->x[1]) < IPA_BITS_MAX)
		panic("host: pa52: firmware cannot widen the addresses of a CPU; give QEMU one that has 52 bits, as max");
	return RMI_SUCCESS;
}

/* Reads a file to memory of the host, whole granules of it; returns where, and how many. */
static uint64_t read_file(struct driver *driver, const char *name, uint64_t *pages)
{
	char path[FILE_NAME_SIZE] = FILE_PREFIX;
	size_t prefix = strlen(FILE_PREFIX), len = strlen(name);
	uint64_t granule = driver->machine->granule, base;
	size_t size = 0;

	if (len < sizeof(path) - prefix) {
		memcpy(path + prefix, name, len + 1);
		size = fwcfg_file(path, NULL, 0);
	}
	if (!size)
		panic("host: file=%s: no such file: -fw_cfg name=" FILE_PREFIX "%s,file=FILE", name, name);
	*pages = (size + granule - 1) / granule;
	base = machine_pages(driver->machine, *pages, 0);
	fwcfg_file(path, machine_ns(driver->machine, base, size), size);
	return base;
}

static uint64_t run_load(struct driver *driver, const struct script_step *step)
{
	uint64_t granule = driver->machine->granule, done = 0, result = RMI_SUCCESS, pages, source;

	for (source = read_file(driver, step->file, &pages); done < pages; done++) {
		result = driver_load_page(driver, step->value[ARG_IPA] + done * granule, source + done * granule,
					  step->value[ARG_MEASURE]);
		if (result != RMI_SUCCESS)
			break;
	}
	answer_number(&driver->answer, "done", done);
	return result;
}

/* A refused block is given back. */
static uint64_t map_block(struct driver *driver, uint64_t ipa)
{
	uint64_t base = host_delegated(driver->machine, BLOCK_SIZE / driver->machine->granule, BLOCK_SIZE);
	uint64_t result = host_block_unknown(driver->machine, driver->rd, base, ipa);

	if (result != RMI_SUCCESS)
		host_undelegate(driver->machine, base, BLOCK_SIZE);
	return result;
}

static uint64_t run_block(struct driver *driver, const struct script_step *step)
{
	uint64_t done = 0, result = RMI_SUCCESS;

	while (done < step->value[ARG_N]) {
		result = map_block(driver, step->value[ARG_IPA] + done * BLOCK_SIZE);
		if (result != RMI_SUCCESS)
			break;
		done++;
	}
	answer_number(&driver->answer, "done", done);
	return result;
}

static uint64_t run_realm(struct driver *driver, const struct script_step *step)
{
	const char *end;
	uint64_t result = vmm_run(driver, &end);

	answer_key(&driver->answer, "end");
	answer_string(&driver->answer, end);
	return result;
}

static uint64_t run_destroy(struct driver *driver, const struct script_step *step)
{
	driver_close(driver);
	answer_number(&driver->answer, "delegated", machine_realm_granules());
	machine_free_all(driver->machine);
	driver_open(driver);
	return RMI_SUCCESS;
}

const struct script_op script_ops[] = {
	{ "pa52", 0, 0, true, run_pa52 },
	{ "load", SCRIPT_ARG(ARG_FILE) | SCRIPT_ARG(ARG_IPA), SCRIPT_ARG(ARG_MEASURE), false, run_load },
	{ "block", SCRIPT_ARG(ARG_IPA), SCRIPT_ARG(ARG_N), false, run_block },
	{ "run", 0, 0, false, run_realm },
	{ "destroy", 0, 0, false, run_destroy },
	{ NULL, 0, 0, false, NULL },
};
