/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* host-info.c - what was found out about a host, and by which questions */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kvm-probe.h"

static struct question *last(struct probe *probe)
{
	return &probe->info->questions[probe->info->count - 1];
}

void ask(struct probe *probe, const char *fmt, ...)
{
	struct realm_host_info *info = probe->info;
	va_list args;

	if (info->count < QUESTIONS_MAX)
		info->count++;
	va_start(args, fmt);
	vsnprintf(last(probe)->question, sizeof(last(probe)->question), fmt, args);
	va_end(args);
}

const char *errno_text(int err)
{
	const char *name = strerrorname_np(-err);

	return name ? name : "an unknown error";
}

void no_answer(struct probe *probe, int err)
{
	if (probe->failed)
		return;
	probe->failed = err;
	probe->failed_at = last(probe);
}

/* "No", "not here" and "not you" are answers; to be out of memory or files, or to break, is none. */
static bool is_answer(int ret)
{
	static const int answers[] = { EINVAL, EPERM, EACCES, ENOENT, ENODEV, ENXIO, ENOTTY, ENOSYS, EOPNOTSUPP };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(answers); i++)
		if (ret == -answers[i])
			return true;
	return ret >= 0;
}

void answer(struct probe *probe, int ret)
{
	char number[16];

	if (!is_answer(ret))
		no_answer(probe, ret);
	snprintf(number, sizeof(number), "%d", ret);
	answer_text(probe, ret < 0 ? errno_text(ret) : number);
}

void answer_text(struct probe *probe, const char *text)
{
	snprintf(last(probe)->answer, sizeof(last(probe)->answer), "%s", text);
}

void meaning(struct probe *probe, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(last(probe)->meaning, sizeof(last(probe)->meaning), fmt, args);
	va_end(args);
}

int refuse(struct probe *probe, int err, const char *hint, const char *fmt, ...)
{
	struct kvm_host *host = probe->host;
	va_list args;

	host->error = -err;
	host->family = REALM_FAMILY_ANY;
	host->can = NULL;
	snprintf(host->hint, sizeof(host->hint), "%s", hint);
	va_start(args, fmt);
	vsnprintf(host->why, sizeof(host->why), fmt, args);
	va_end(args);
	return -err;
}

void cannot_tell(struct probe *probe)
{
	struct question *question = probe->failed_at;

	snprintf(question->meaning, sizeof(question->meaning), "no answer");
	refuse(probe, EIO, "try again, after freeing what the errno names; the kernel's log may say more",
	       "it cannot be told whether there are realms: %s failed: %s", question->question,
	       errno_text(probe->failed));
}

void realm_host_info_free(struct realm_host_info *info)
{
	free(info);
}

enum realm_family realm_host_info_family(const struct realm_host_info *info)
{
	return info ? info->host.family : REALM_FAMILY_ANY;
}

const char *realm_host_info_why(const struct realm_host_info *info)
{
	return info ? info->host.why : NULL;
}

const char *realm_host_info_hint(const struct realm_host_info *info)
{
	return info && info->host.error ? info->host.hint : NULL;
}

int realm_host_info_error(const struct realm_host_info *info)
{
	return info ? info->host.error : -EINVAL;
}

size_t realm_host_info_probe_count(const struct realm_host_info *info)
{
	return info ? info->count : 0;
}

int realm_host_info_probe(const struct realm_host_info *info, size_t index, struct realm_probe *probe)
{
	struct realm_probe known = { .sz = sizeof(known) };

	if (!info || !probe || index >= info->count)
		return -EINVAL;
	known.question = info->questions[index].question;
	known.answer = info->questions[index].answer;
	known.meaning = info->questions[index].meaning;
	return realm_give(probe, &known, sizeof(known));
}

int realm_host_info_limits(const struct realm_host_info *info, struct realm_host_limits *limits)
{
	if (!info || !limits)
		return -EINVAL;
	if (info->host.error)
		return -EOPNOTSUPP;
	return realm_give(limits, &info->host.limits, sizeof(info->host.limits));
}
