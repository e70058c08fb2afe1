/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* cmd-info.c - realmctl info: can there be realms here, and if not, why? */
#include <errno.h>

#include "commands.h"
#include "host.h"
#include "output.h"

struct info_args {
	struct host_args host;
	bool json;
};

static int put_info(struct tool *tool, const struct info_args *args, const struct realm_host_info *info)
{
	const char *host = opt_word(OPT_HOST, (unsigned int)args->host.kind);
	enum realm_profile profile = REALM_PROFILE_ANY;
	int code = EXIT_DONE, err = realm_host_info_error(info);

	if (args->host.kind == HOST_SIM && !err)
		profile = args->host.profile ? (enum realm_profile)args->host.profile
					     : default_profile(realm_host_info_family(info));
	if (args->json)
		code = output_info_json(tool, host, profile, info);
	else
		output_info_text(host, profile, info);
	if (code || !err)
		return code;
	complain(tool->verb, host, realm_host_info_why(info), err, realm_host_info_hint(info));
	return err == -EIO ? EXIT_FAILED : EXIT_UNSUPPORTED;
}

static int run(struct tool *tool, const void *arg)
{
	const struct info_args *args = arg;
	struct realm_host_info *info;
	int code, err;

	if (args->host.kind == HOST_KVM && args->host.profile)
		return usage_error("info", "--rmm", "an RMM below KVM does not say what it is; goes with --host sim",
				   NULL);
	code = tool_host(tool, &args->host, NULL);
	if (code)
		return code;
	err = realm_host_probe(tool->ctx, &info);
	if (err)
		return tool_failed(tool, "host", err);
	code = put_info(tool, args, info);
	realm_host_info_free(info);
	return code;
}

static const struct opt opts[] = {
	HOST_OPTS(struct info_args),
	{ 0, OPT_FLAG, "json", NULL, "print one JSON object", offsetof(struct info_args, json) },
	{ 0 },
};

static const struct opt operands[] = {
	{ 0 },
};

const struct command cmd_info = {
	.name = "info",
	.summary = "Say whether a host can have realms, why it is thought so, and what to do if not.",
	.usage = { "[options]" },
	.opts = opts,
	.operands = operands,
	.example = "realmctl info --host sim --kvm rmi-v15",
	.size = sizeof(struct info_args),
	.defaults = &(const struct info_args){ .json = false },
	.run = run,
};
