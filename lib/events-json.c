/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* events-json.c - event logs, realm-events/1: JSON lines in and out */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"
#include "json.h"
#include "measurement.h"

#define SCHEMA "realm-events/1"
#define LINE_BYTES 8192 /* longest line read: several times the longest written */

struct log_events {
	struct realm_events base;
	FILE *file;       /* NULL: text */
	const char *name; /* of the log, in messages */
	char *name_copy;
	const char *text, *end;
	struct realm_work_opts opts;
	uint64_t size, done, told; /* bytes of the file, those read, those of the last progress; size 0: not known */
	unsigned long line_number;
	bool has_realm, has_activate;
	char place[TEXT_SIZE]; /* "NAME line N" */
	char line[LINE_BYTES];
};

/* ---- writing ---- */

static const char *const type_names[] = {
	[REALM_EVENT_REALM] = "realm", [REALM_EVENT_RIPAS] = "ripas",       [REALM_EVENT_DATA] = "data",
	[REALM_EVENT_REC] = "rec",     [REALM_EVENT_ACTIVATE] = "activate",
};

/* A line on its way to a caller's buffer, which is left alone when the line does not fit. */
struct line {
	char text[REALM_EVENT_LINE_MAX];
	size_t len;
};

PRINTF(2, 3) static void put(struct line *line, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	line->len += (size_t)vsnprintf(line->text + line->len, sizeof(line->text) - line->len, fmt, args);
	va_end(args);
}

static void put_hex(struct line *line, const char *key, const uint8_t *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	char hex[2 * REALM_DIGEST_MAX + 1];
	size_t i;

	for (i = 0; i < len; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[2 * len] = 0;
	put(line, ",\"%s\":\"%s\"", key, hex);
}

static void put_fields(struct line *line, const struct realm_event *event, size_t digest_size)
{
	size_t i;

	switch (event->type) {
	case REALM_EVENT_REALM:
		put(line, ",\"flags\":\"0x%" PRIx64 "\",\"s2sz\":%u,\"sve_vl\":%u", event->flags, event->s2sz,
		    event->sve_vl);
		put(line, ",\"num_bps\":%u,\"num_wps\":%u,\"pmu_num_ctrs\":%u", event->num_bps, event->num_wps,
		    event->pmu_num_ctrs);
		break;
	case REALM_EVENT_RIPAS:
		put(line, ",\"base\":\"0x%" PRIx64 "\",\"top\":\"0x%" PRIx64 "\"", event->base, event->top);
		break;
	case REALM_EVENT_DATA:
		put(line, ",\"ipa\":\"0x%" PRIx64 "\",\"flags\":\"0x%" PRIx64 "\"", event->ipa, event->flags);
		if (event->flags & RMM_DATA_FLAGS_MEASURE_MASK)
			put_hex(line, "content", event->content, digest_size);
		break;
	case REALM_EVENT_REC:
		put(line, ",\"flags\":\"0x%" PRIx64 "\",\"pc\":\"0x%" PRIx64 "\"", event->flags, event->pc);
		for (i = 0; i < REALM_REC_GPRS; i++)
			put(line, "%s\"0x%" PRIx64 "\"", i ? "," : ",\"gprs\":[", event->gprs[i]);
		put(line, "]");
		break;
	case REALM_EVENT_ACTIVATE:
		break;
	}
}

static int give_line(const struct line *line, char *buf, size_t *lenp)
{
	size_t room = *lenp;

	*lenp = line->len + 1;
	if (*lenp > room)
		return -ERANGE;
	memcpy(buf, line->text, *lenp);
	return 0;
}

int realm_event_format(const struct realm_event *user, enum realm_hash hash, const uint8_t *rim, char *buf,
		       size_t *lenp)
{
	struct realm_event event = { .sz = sizeof(event) };
	size_t digest_size = realm_hash_size(hash);
	struct line line;

	if (!user || !lenp || (!buf && *lenp) || !digest_size || realm_copy_opts(&event, sizeof(event), user) ||
	    event.type < REALM_EVENT_REALM || event.type > REALM_EVENT_ACTIVATE)
		return -EINVAL;
	line.len = 0;
	put(&line, "{\"event\":\"%s\"", type_names[event.type]);
	put_fields(&line, &event, digest_size);
	if (rim)
		put_hex(&line, "rim", rim, digest_size);
	put(&line, "}\n");
	return give_line(&line, buf, lenp);
}

int realm_events_format(const struct realm_events *events, char *buf, size_t *lenp)
{
	const char *kvm = realm_family_name(realm_events_family(events));
	struct line line;

	if (!events || !lenp || (!buf && *lenp))
		return -EINVAL;
	line.len = 0;
	put(&line, "{\"schema\":\"" SCHEMA "\",\"hash\":\"%s\",\"granule\":%u", realm_hash_name(events->hash),
	    events->granule);
	if (kvm)
		put(&line, ",\"kvm\":\"%s\"", kvm);
	put(&line, "}\n");
	return give_line(&line, buf, lenp);
}

/* ---- reading lines ---- */

/* A signal is no end and no failure. */
static int next_char(FILE *file)
{
	int c;

	while ((c = getc_unlocked(file)) == EOF && ferror(file) && errno == EINTR)
		clearerr(file);
	return c;
}

/* Length of the next line in log->line, -1 at the end, LINE_BYTES when it is too long. */
static ssize_t read_line(struct log_events *log)
{
	size_t len = 0;
	int c = EOF;

	if (log->file) {
		while (len < LINE_BYTES && (c = next_char(log->file)) != EOF && c != '\n')
			log->line[len++] = (char)c;
	} else {
		while (len < LINE_BYTES && log->text < log->end && (c = *log->text++) != '\n')
			log->line[len++] = (char)c;
	}
	log->line_number++;
	log->done += len + (c == '\n');
	return !len && c != '\n' ? -1 : (ssize_t)len;
}

static int tell_progress(struct log_events *log)
{
	uint64_t done = log->done < log->size ? log->done : log->size; /* the file may grow meanwhile */

	if (!log->opts.progress || !log->size || log->done - log->told < CHUNK_SIZE)
		return 0;
	log->told = log->done;
	if (log->opts.progress(log->opts.progress_arg, done, log->size))
		return realm_fail(log->base.ctx, ECANCELED, NULL, NULL, "stopped by the caller");
	return 0;
}

/* 1 with an object, 0 at the end, or an error. */
static int read_object(struct log_events *log, struct jval *root)
{
	ssize_t len = read_line(log);
	int err;

	snprintf(log->place, sizeof(log->place), "%s line %lu", log->name, log->line_number);
	if (log->file && ferror(log->file))
		return realm_fail(log->base.ctx, EIO, log->place, NULL, "cannot be read");
	if (len < 0)
		return 0;
	if (len == LINE_BYTES)
		return realm_fail(log->base.ctx, EBADMSG, log->place, "is this an event log?",
				  "line is longer than %d bytes", LINE_BYTES);
	err = tell_progress(log);
	if (!err)
		err = jval_parse(log->base.ctx, log->place, log->line, (size_t)len, root);
	return err ? err : 1;
}

/* ---- reading events ---- */

static int read_u64(const struct jval *object, const char *key, uint64_t *valuep)
{
	struct jval val = jval_key(object, key);

	return jval_u64(&val, UINT64_MAX, valuep);
}

static int read_u8(const struct jval *object, const char *key, uint8_t *valuep)
{
	struct jval val = jval_key(object, key);
	uint64_t value;
	int err = jval_u64(&val, UINT8_MAX, &value);

	if (!err)
		*valuep = (uint8_t)value;
	return err;
}

static int read_realm(const struct jval *root, struct realm_event *event)
{
	static const char *const keys[] = { "event",   "flags",        "s2sz", "sve_vl", "num_bps",
					    "num_wps", "pmu_num_ctrs", "rim",  NULL };
	int err = jval_object(root, keys);

	if (!err)
		err = read_u64(root, "flags", &event->flags);
	if (!err)
		err = read_u8(root, "s2sz", &event->s2sz);
	if (!err)
		err = read_u8(root, "sve_vl", &event->sve_vl);
	if (!err)
		err = read_u8(root, "num_bps", &event->num_bps);
	if (!err)
		err = read_u8(root, "num_wps", &event->num_wps);
	if (!err)
		err = read_u8(root, "pmu_num_ctrs", &event->pmu_num_ctrs);
	return err;
}

static int read_ripas(const struct jval *root, struct realm_event *event)
{
	static const char *const keys[] = { "event", "base", "top", "rim", NULL };
	int err = jval_object(root, keys);

	if (!err)
		err = read_u64(root, "base", &event->base);
	if (!err)
		err = read_u64(root, "top", &event->top);
	return err;
}

static int read_content(const struct jval *root, size_t digest_size, struct realm_event *event)
{
	struct jval content = jval_key(root, "content");
	bool measured = event->flags & RMM_DATA_FLAGS_MEASURE_MASK;
	size_t len = 0;
	int err;

	if (!measured && content.json)
		return jval_fail(&content, EBADMSG, "leave it out",
				 "content is not measured when flags bit 0 is clear");
	if (!measured)
		return 0;
	err = jval_hex(&content, digest_size, event->content, &len);
	if (!err && len != digest_size)
		err = jval_fail(&content, EBADMSG, NULL, "digest has %zu bytes, the algorithm gives %zu", len,
				digest_size);
	return err;
}

static int read_data(const struct jval *root, size_t digest_size, struct realm_event *event)
{
	static const char *const keys[] = { "event", "ipa", "flags", "content", "rim", NULL };
	int err = jval_object(root, keys);

	if (!err)
		err = read_u64(root, "ipa", &event->ipa);
	if (!err)
		err = read_u64(root, "flags", &event->flags);
	if (!err)
		err = read_content(root, digest_size, event);
	return err;
}

static int read_rec(const struct jval *root, struct realm_event *event)
{
	static const char *const keys[] = { "event", "flags", "pc", "gprs", "rim", NULL };
	struct jval gprs = jval_key(root, "gprs");
	size_t count, i;
	int err = jval_object(root, keys);

	if (!err)
		err = read_u64(root, "flags", &event->flags);
	if (!err)
		err = read_u64(root, "pc", &event->pc);
	if (!err)
		err = jval_array(&gprs, &count);
	if (!err && count != REALM_REC_GPRS)
		err = jval_fail(&gprs, EBADMSG, NULL, "holds %zu values instead of %d", count, REALM_REC_GPRS);
	for (i = 0; !err && i < REALM_REC_GPRS; i++) {
		struct jval gpr = jval_item(&gprs, i);

		err = jval_u64(&gpr, UINT64_MAX, &event->gprs[i]);
	}
	return err;
}

static int read_activate(const struct jval *root)
{
	static const char *const keys[] = { "event", "rim", NULL };

	return jval_object(root, keys);
}

static int read_type(const struct jval *root, enum realm_event_type *typep)
{
	struct jval val = jval_key(root, "event");
	const char *name;
	size_t i;
	int err = jval_string(&val, &name);

	if (err)
		return err;
	for (i = REALM_EVENT_REALM; i < ARRAY_SIZE(type_names); i++)
		if (!strcmp(name, type_names[i])) {
			*typep = (enum realm_event_type)i;
			return 0;
		}
	return jval_fail(&val, EBADMSG, "realm, ripas, data, rec or activate", "there is no event \"%.32s\"", name);
}

/* Is an event of this type allowed here? */
static int check_place(struct log_events *log, const struct jval *root, enum realm_event_type type)
{
	if (log->has_activate)
		return jval_fail(root, EBADMSG, NULL, "event after activate");
	if (type == REALM_EVENT_REALM && log->has_realm)
		return jval_fail(root, EBADMSG, NULL, "second realm event");
	if (type != REALM_EVENT_REALM && !log->has_realm)
		return jval_fail(root, EBADMSG, NULL, "event before the realm event");
	log->has_realm = true;
	log->has_activate = type == REALM_EVENT_ACTIVATE;
	return 0;
}

static int read_event(struct log_events *log, const struct jval *root, struct realm_event *event)
{
	int err = read_type(root, &event->type);

	if (err)
		return err;
	err = check_place(log, root, event->type);
	if (err)
		return err;
	switch (event->type) {
	case REALM_EVENT_REALM:
		return read_realm(root, event);
	case REALM_EVENT_RIPAS:
		return read_ripas(root, event);
	case REALM_EVENT_DATA:
		return read_data(root, realm_hash_size(log->base.hash), event);
	case REALM_EVENT_REC:
		return read_rec(root, event);
	case REALM_EVENT_ACTIVATE:
		break;
	}
	return read_activate(root);
}

static int log_next(struct realm_events *base, struct realm_event *event)
{
	struct log_events *log = (struct log_events *)base;
	struct jval root;
	int ret = read_object(log, &root);

	if (!ret && !log->has_realm)
		return realm_fail(base->ctx, EBADMSG, log->name, NULL, "ends without a realm event");
	if (ret <= 0)
		return ret;
	*event = (struct realm_event){ .sz = sizeof(*event) };
	ret = read_event(log, &root, event);
	jval_free(&root);
	return ret ? ret : 1;
}

/* ---- opening ---- */

static int read_granule(const struct jval *root, uint32_t *granulep)
{
	struct jval val = jval_key(root, "granule");
	uint64_t granule;
	int err = jval_u64(&val, UINT32_MAX, &granule);

	if (err)
		return err;
	if (granule != 4096 && granule != 16384 && granule != 65536)
		return jval_fail(&val, EBADMSG, "use 4096, 16384 or 65536", "there is no granule of %" PRIu64 " bytes",
				 granule);
	*granulep = (uint32_t)granule;
	return 0;
}

static int read_family(const struct jval *root, enum realm_family *familyp)
{
	struct jval val = jval_key(root, "kvm");
	const char *name;
	int err;

	if (!val.json)
		return 0;
	err = jval_string(&val, &name);
	if (!err && realm_family_from_name(name, familyp))
		err = jval_fail(&val, EBADMSG, NULL, "there is no KVM family \"%.32s\"", name);
	return err;
}

static int read_header(struct log_events *log)
{
	static const char *const keys[] = { "schema", "hash", "granule", "kvm", NULL };
	struct jval root, hash;
	int ret = read_object(log, &root);

	if (!ret)
		return realm_fail(log->base.ctx, EBADMSG, log->name, NULL, "is empty, not even a header");
	if (ret == -EBADMSG)
		return realm_fail(log->base.ctx, EBADMSG, log->place,
				  "is this an event log? a plan is measured without --events", "%s",
				  realm_error_why(realm_ctx_last_error(log->base.ctx)));
	if (ret < 0)
		return ret;
	hash = jval_key(&root, "hash");
	ret = jval_schema(&root, SCHEMA);
	if (!ret)
		ret = jval_object(&root, keys);
	if (!ret)
		ret = jval_hash(&hash, &log->base.hash);
	if (!ret)
		ret = read_granule(&root, &log->base.granule);
	if (!ret)
		ret = read_family(&root, &log->base.family);
	jval_free(&root);
	return ret;
}

static void log_free(struct realm_events *base)
{
	struct log_events *log = (struct log_events *)base;

	if (log->file && log->file != stdin)
		fclose(log->file);
	free(log->name_copy);
	free(log);
}

static struct log_events *log_new(struct realm_ctx *ctx)
{
	struct log_events *log = calloc(1, sizeof(*log));

	if (!log)
		return NULL;
	log->base = (struct realm_events){ .ctx = ctx, .next = log_next, .free = log_free };
	return log;
}

static int log_start(struct log_events *log, struct realm_events **eventsp)
{
	int err = read_header(log);

	if (err) {
		log_free(&log->base);
		return err;
	}
	*eventsp = &log->base;
	return 0;
}

int realm_events_parse(struct realm_ctx *ctx, const char *text, size_t len, struct realm_events **eventsp)
{
	struct log_events *log;

	if (!ctx || (!text && len) || !eventsp)
		return -EINVAL;
	log = log_new(ctx);
	if (!log)
		return realm_fail_nomem(ctx);
	log->name = "event log";
	log->text = text;
	log->end = len ? text + len : text;
	return log_start(log, eventsp);
}

static int open_log(struct log_events *log, const char *path)
{
	int fd;

	if (!strcmp(path, "-")) {
		log->name = "standard input";
		log->file = stdin;
		return 0;
	}
	fd = file_open_stream(log->base.ctx, path, &log->size);
	if (fd < 0)
		return fd;
	log->file = fdopen(fd, "r");
	log->name = log->name_copy = strdup(path);
	if (!log->file)
		close(fd);
	return log->file && log->name ? 0 : realm_fail_nomem(log->base.ctx);
}

int realm_events_read(struct realm_ctx *ctx, const char *path, const struct realm_work_opts *opts,
		      struct realm_events **eventsp)
{
	struct log_events *log;
	int err;

	if (!ctx || !path || !eventsp)
		return -EINVAL;
	log = log_new(ctx);
	if (!log)
		return realm_fail_nomem(ctx);
	err = realm_read_opts(ctx, "realm_work_opts", &log->opts, sizeof(log->opts), opts);
	if (!err)
		err = open_log(log, path);
	if (!err)
		return log_start(log, eventsp);
	log_free(&log->base);
	return err;
}
