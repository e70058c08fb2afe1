/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-plan.c - realmctl plan: what a VMM would make a realm of */
#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands.h"
#include "outfile.h"
#include "output.h"

struct plan_args {
	const char *vmm;
	const char *kernel;
	const char *initrd;
	const char *dtb;
	const char *firmware;
	const char *cmdline;
	uint64_t ram_size;
	int cpus;
	const char *host_profile;
	int ipa_bits;
	int hash;
	struct opt_bytes rpv;
	int sve_bits;
	int pmu_counters;
	int breakpoints;
	int watchpoints;
	bool lpa2;
	const char *output;
	bool json;
};

static int set_hash(struct realm_plan *plan, unsigned int value)
{
	return realm_plan_set_hash(plan, (enum realm_hash)value);
}

static int set_pmu_counters(struct realm_plan *plan, unsigned int value)
{
	return realm_plan_set_pmu_counters(plan, (int)value);
}

/* The options that set one number, each an int of -1 when it was not given */
static const struct {
	const char *name;
	size_t offset;
	int (*set)(struct realm_plan *plan, unsigned int value);
} numbers[] = {
	{ "--ipa-bits", offsetof(struct plan_args, ipa_bits), realm_plan_set_ipa_bits },
	{ "--hash", offsetof(struct plan_args, hash), set_hash },
	{ "--sve-bits", offsetof(struct plan_args, sve_bits), realm_plan_set_sve_bits },
	{ "--pmu-counters", offsetof(struct plan_args, pmu_counters), set_pmu_counters },
	{ "--breakpoints", offsetof(struct plan_args, breakpoints), realm_plan_set_breakpoints },
	{ "--watchpoints", offsetof(struct plan_args, watchpoints), realm_plan_set_watchpoints },
};

/* Let the options that were given win over the plan.  Names the one that is refused. */
static int override(struct realm_plan *plan, const struct plan_args *args, const char **namep)
{
	size_t i;
	int value, err;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		memcpy(&value, (const char *)args + numbers[i].offset, sizeof(value));
		err = value < 0 ? 0 : numbers[i].set(plan, (unsigned int)value);
		if (err) {
			*namep = numbers[i].name;
			return err;
		}
	}
	*namep = "--rpv";
	err = args->rpv.given ? realm_plan_set_rpv(plan, args->rpv.data, args->rpv.len) : 0;
	if (err || !args->lpa2)
		return err;
	*namep = "--lpa2";
	return realm_plan_set_lpa2(plan, 1);
}

/* A value that no plan takes is a wrong command line; better said before any file is opened. */
static int refuse(struct tool *tool, const struct plan_args *args)
{
	struct realm_plan *plan = NULL;
	const char *name = "plan";
	int code = EXIT_DONE, err;

	err = realm_plan_new(tool->ctx, &plan);
	if (!err)
		err = override(plan, args, &name);
	if (err == -EINVAL)
		code = usage_error("plan", name, realm_error_why(realm_ctx_last_error(tool->ctx)), NULL);
	else if (err)
		code = tool_failed(tool, name, err);
	realm_plan_free(plan);
	return code;
}

/* How realm_preset_plan() names members of its options, and what sets them */
static const struct {
	const char *member;
	const char *option;
} preset_options[] = {
	{ "realm_preset_opts.kernel", "--kernel" },   { "realm_preset_opts.initrd", "--initrd" },
	{ "realm_preset_opts.dtb", "--dtb" },         { "realm_preset_opts.firmware", "--firmware" },
	{ "realm_preset_opts.cmdline", "--cmdline" }, { "realm_preset_opts.ram_size", "--memory" },
	{ "realm_preset_opts.cpus", "--cpus" },       { "realm_preset_opts.ipa_bits", "--ipa-bits" },
};

/* Options that do not go together are a wrong command line, a wrong file is not. */
static int preset_failed(struct tool *tool, const struct plan_args *args, int err)
{
	const struct realm_error *error = realm_ctx_last_error(tool->ctx);
	const char *where = realm_error_where(error);
	size_t i;

	for (i = 0; where && i < sizeof(preset_options) / sizeof(preset_options[0]); i++)
		if (!strcmp(preset_options[i].member, where))
			return usage_error("plan", preset_options[i].option, realm_error_why(error),
					   realm_error_hint(error));
	return tool_failed(tool, args->vmm, err);
}

static int make_plan(struct tool *tool, const struct plan_args *args, struct realm_plan **planp)
{
	struct realm_preset_opts opts = {
		.sz = sizeof(opts),
		.kernel = args->kernel,
		.initrd = args->initrd,
		.dtb = args->dtb,
		.firmware = args->firmware,
		.cmdline = args->cmdline,
		.ram_size = args->ram_size,
		.cpus = (unsigned int)args->cpus,
		.ipa_bits = args->ipa_bits < 0 ? 0 : (unsigned int)args->ipa_bits,
	};
	const char *name;
	int err;

	err = realm_preset_plan(tool->ctx, args->vmm, &opts, planp);
	if (err)
		return preset_failed(tool, args, err);
	if (args->host_profile)
		err = realm_plan_apply_host(*planp, args->host_profile);
	if (err)
		return tool_failed(tool, args->host_profile, err);
	err = override(*planp, args, &name);
	if (!err)
		err = realm_plan_check(*planp);
	return err ? tool_failed(tool, args->vmm, err) : EXIT_DONE;
}

/* Names in a file are relative to its directory, elsewhere they are absolute: then this is NULL. */
static int format(struct realm_plan *plan, const char *path, char **text)
{
	struct stat st;
	char *copy, *dir;
	int err;

	if (!path || (!stat(path, &st) && !S_ISREG(st.st_mode)))
		return realm_plan_format(plan, NULL, text);
	copy = strdup(path);
	if (!copy)
		return -ENOMEM;
	dir = dirname(copy);
	err = access(dir, F_OK) ? -errno : realm_plan_format(plan, dir, text);
	free(copy);
	return err;
}

static int put_plan(struct tool *tool, const struct plan_args *args, struct realm_plan *plan)
{
	const char *path = args->output && strcmp(args->output, "-") ? args->output : NULL;
	int code = EXIT_DONE, err;
	char *text = NULL;

	err = format(plan, path, &text);
	if (err)
		return tool_failed(tool, path ? path : args->vmm, err);
	err = path ? outfile_write(path, text, strlen(text)) : 0;
	if (err)
		code = system_error("plan", path, err);
	else if (args->json)
		code = output_plan_json(tool, path, text);
	else if (!path)
		fputs(text, stdout);
	realm_free(text);
	return code;
}

static int run(struct tool *tool, const void *arg)
{
	const struct plan_args *args = arg;
	struct realm_plan *plan = NULL;
	int code;

	code = refuse(tool, args);
	if (!code)
		code = make_plan(tool, args, &plan);
	if (!code)
		code = put_plan(tool, args, plan);
	realm_plan_free(plan);
	return code;
}

static const struct opt opts[] = {
	{ 0, OPT_FILE, "kernel", "FILE", "arm64 Image", offsetof(struct plan_args, kernel) },
	{ 0, OPT_FILE, "initrd", "FILE", "initial RAM disk", offsetof(struct plan_args, initrd) },
	{ 0, OPT_INPUT, "dtb", "FILE", "device tree that the VMM uses; realmctl makes its own",
	  offsetof(struct plan_args, dtb) },
	{ 0, OPT_FILE, "firmware", "FILE", "firmware image, instead of a kernel",
	  offsetof(struct plan_args, firmware) },
	{ 0, OPT_TEXT, "cmdline", "TEXT", "kernel command line, realmctl only", offsetof(struct plan_args, cmdline) },
	{ 'm', OPT_SIZE, "memory", "SIZE", "RAM in MiB, or with a suffix K M G T (default: the VMM's)",
	  offsetof(struct plan_args, ram_size) },
	{ 'c', OPT_COUNT, "cpus", "N", "vCPUs (default: 1)", offsetof(struct plan_args, cpus) },
	{ 0, OPT_INPUT, "host-profile", "FILE", "take what depends on the host from a realm-host/1 file",
	  offsetof(struct plan_args, host_profile) },
	{ 0, OPT_NUMBER, "ipa-bits", "N", "IPA width in bits (default: the VMM's)",
	  offsetof(struct plan_args, ipa_bits) },
	{ 0, OPT_HASH, "hash", "NAME", "measurement algorithm (default: sha256)", offsetof(struct plan_args, hash) },
	{ 0, OPT_BYTES, "rpv", "HEX", "Realm Personalization Value, up to 64 bytes (default: zero)",
	  offsetof(struct plan_args, rpv) },
	{ 0, OPT_NUMBER, "sve-bits", "N", "SVE vector length in bits (default: 0, no SVE)",
	  offsetof(struct plan_args, sve_bits) },
	{ 0, OPT_NUMBER, "pmu-counters", "N", "PMU event counters (default: no PMU)",
	  offsetof(struct plan_args, pmu_counters) },
	{ 0, OPT_NUMBER, "breakpoints", "N", "hardware breakpoints (default: 2)",
	  offsetof(struct plan_args, breakpoints) },
	{ 0, OPT_NUMBER, "watchpoints", "N", "hardware watchpoints (default: 2)",
	  offsetof(struct plan_args, watchpoints) },
	{ 0, OPT_FLAG, "lpa2", NULL, "use LPA2 (default: no)", offsetof(struct plan_args, lpa2) },
	{ 'o', OPT_OUTPUT, "output", "FILE", "write the plan to FILE (default: standard output)",
	  offsetof(struct plan_args, output) },
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object", offsetof(struct plan_args, json) },
	{ 0 },
};

static const struct opt operands[] = {
	{ 0, OPT_VMM, "VMM", NULL, NULL, offsetof(struct plan_args, vmm) },
	{ 0 },
};

const struct command cmd_plan = {
	.name = "plan",
	.summary = "Make the plan (realm-plan/1) that a VMM would carry out.",
	.usage = { "[options] VMM" },
	.opts = opts,
	.operands = operands,
	.required = 1,
	.example = "realmctl plan kvmtool -m 512 -c 2 --kernel Image --dtb guest.dtb -o demo.json",
	.size = sizeof(struct plan_args),
	.defaults = &(const struct plan_args){ .ipa_bits = -1,
					       .hash = -1,
					       .sve_bits = -1,
					       .pmu_counters = -1,
					       .breakpoints = -1,
					       .watchpoints = -1 },
	.run = run,
};
