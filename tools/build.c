/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* build.c - a realm built as a plan says, and its RIM beside the predicted one */
#include <errno.h>
#include <string.h>

#include "build.h"
#include "progress.h"

static void add_step(void *arg, const char *name, uint64_t ns)
{
	struct build *build = arg;

	if (build->num_steps < BUILD_STEPS)
		build->steps[build->num_steps++] = (struct build_step){ .name = name, .ns = ns };
}

static int create(int kick_signal, struct build *build)
{
	struct realm_work_opts work = { .sz = sizeof(work), .progress = progress };
	struct realm_opts opts = {
		.sz = sizeof(opts),
		.kick_signal = kick_signal,
		.step = add_step,
		.step_arg = build,
		.work = &work,
	};
	int err = realm_create(build->plan, &opts, &build->realm);

	if (!err)
		build->family = realm_family(build->realm);
	return err;
}

static int read_measured(struct build *build)
{
	size_t len;
	int err = realm_measured(build->realm, 0, build->measured, &len);

	build->told = !err;
	if (!err && len != realm_hash_size(build->hash))
		return -EPROTO;
	return err == -EOPNOTSUPP ? 0 : err;
}

static int predict(struct build *build)
{
	struct realm_work_opts work = { .sz = sizeof(work), .progress = progress };
	struct realm_measure_opts opts = {
		.sz = sizeof(opts), .family = build->family, .profile = build->profile, .work = &work
	};
	struct realm_measurement *rows = NULL;
	int err = realm_measure(build->plan, &opts, &rows);

	if (!err)
		memcpy(build->predicted, realm_measurement_row(rows, 0, NULL, NULL), realm_hash_size(build->hash));
	realm_measurement_free(rows);
	return err;
}

static int make(const struct host_args *host, int kick_signal, struct build *build)
{
	int err = create(kick_signal, build);

	if (err)
		return err;
	build->hash = realm_plan_hash(build->plan);
	build->profile = host->profile ? (enum realm_profile)host->profile : default_profile(build->family);
	err = read_measured(build);
	return err ? err : predict(build);
}

int build_realm(struct tool *tool, const char *path, const struct host_args *host, int kick_signal, struct build *build)
{
	int code, err;

	*build = (struct build){ 0 };
	err = realm_plan_read(tool->ctx, path, &build->plan);
	if (err)
		return tool_failed(tool, path, err);
	code = tool_host(tool, host, build->plan);
	if (!code) {
		err = make(host, kick_signal, build);
		progress_hide();
		code = err ? tool_failed(tool, path, err) : EXIT_DONE;
	}
	return code;
}

int build_compare(const struct tool *tool, const struct build *build)
{
	if (!build->told || !memcmp(build->measured, build->predicted, realm_hash_size(build->hash)))
		return EXIT_DONE;
	complain(tool->verb, "RIM", "the RMM has measured another one than was predicted", -EBADMSG,
		 "did a file of the plan change meanwhile, or is the RMM another than --rmm says?");
	return EXIT_DIFFERENT;
}

void build_free(struct build *build)
{
	realm_destroy(build->realm);
	realm_plan_free(build->plan);
}
