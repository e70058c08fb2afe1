/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-events-json.c - event logs: what is written, what is read, what is refused */
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tmpdir.h"

#define HEADER "{\"schema\":\"realm-events/1\",\"hash\":\"sha256\",\"granule\":4096,\"kvm\":\"rmi-v14\"}\n"
#define REALM                                                                                                          \
	"{\"event\":\"realm\",\"flags\":\"0x0\",\"s2sz\":33,\"sve_vl\":0,\"num_bps\":1,\"num_wps\":1,"                 \
	"\"pmu_num_ctrs\":0}\n"
#define DIGEST "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define GPRS "\"gprs\":[\"0x8fe00000\",\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0x0\",\"0xffffffffffffffff\"]"

/* DESIGN's example log, one line for each kind of event. */
static const char all_kinds[] =
	HEADER REALM "{\"event\":\"ripas\",\"base\":\"0x80000000\",\"top\":\"0x80200000\"}\n"
		     "{\"event\":\"data\",\"ipa\":\"0x80000000\",\"flags\":\"0x1\",\"content\":\"" DIGEST "\"}\n"
		     "{\"event\":\"data\",\"ipa\":\"0x80001000\",\"flags\":\"0x0\"}\n"
		     "{\"event\":\"rec\",\"flags\":\"0x1\",\"pc\":\"0x80000000\"," GPRS "}\n"
		     "{\"event\":\"activate\"}\n";

static struct realm_events *parse(struct realm_ctx *ctx, const char *text)
{
	struct realm_events *events;

	assert_int_equal(realm_events_parse(ctx, text, strlen(text), &events), 0);
	return events;
}

/* ---- writing and reading back ---- */

static void log_reads_and_writes_back_the_same(void **state)
{
	struct realm_events *events = parse(*state, all_kinds);
	struct realm_event event = { .sz = sizeof(event) };
	char out[4096], *end = out;
	size_t len = sizeof(out);

	assert_int_equal(realm_events_hash(events), REALM_HASH_SHA256);
	assert_int_equal(realm_events_granule(events), 4096);
	assert_int_equal(realm_events_family(events), REALM_FAMILY_RMI_V14);
	assert_int_equal(realm_events_format(events, end, &len), 0);
	end += len - 1;
	while (realm_events_next(events, &event) > 0) {
		len = REALM_EVENT_LINE_MAX;
		assert_int_equal(realm_event_format(&event, REALM_HASH_SHA256, NULL, end, &len), 0);
		end += len - 1;
	}
	assert_string_equal(out, all_kinds);
	realm_events_free(events);
}

static void numbers_may_be_integers_or_strings(void **state)
{
	struct realm_events *events =
		parse(*state, "{\"granule\":\"0x4000\",\"hash\":\"sha512\",\"schema\":\"realm-events/1\"}\n"
			      "{\"event\":\"realm\",\"flags\":0,\"s2sz\":\"0x21\",\"sve_vl\":\"0x0\",\"num_bps\":1,"
			      "\"num_wps\":1,\"pmu_num_ctrs\":0,\"rim\":\"anything\"}\n"
			      "{\"ipa\":2147483648,\"event\":\"data\",\"flags\":0}");
	struct realm_event event = { .sz = sizeof(event) };

	assert_int_equal(realm_events_hash(events), REALM_HASH_SHA512);
	assert_int_equal(realm_events_granule(events), 16384);
	assert_int_equal(realm_events_family(events), REALM_FAMILY_ANY);
	assert_int_equal(realm_events_next(events, &event), 1);
	assert_int_equal(event.s2sz, 33);
	assert_int_equal(realm_events_next(events, &event), 1);
	assert_true(event.ipa == 0x80000000);
	assert_int_equal(realm_events_next(events, &event), 0);
	realm_events_free(events);
}

static void any_order_between_realm_and_activate_is_read(void **state)
{
	struct realm_events *events =
		parse(*state, HEADER REALM "{\"event\":\"rec\",\"flags\":\"0x3\",\"pc\":0," GPRS "}\n"
					   "{\"event\":\"ripas\",\"base\":\"0x2000\",\"top\":\"0x1000\"}\n"
					   "{\"event\":\"rec\",\"flags\":\"0x1\",\"pc\":0," GPRS "}\n"
					   "{\"event\":\"data\",\"ipa\":\"0x3\",\"flags\":\"0xfe\"}\n"
					   "{\"event\":\"data\",\"ipa\":\"0x3\",\"flags\":\"0xfe\"}\n");
	struct realm_event event = { .sz = sizeof(event) };
	int count = 0;

	while (realm_events_next(events, &event) > 0)
		count++;
	assert_int_equal(count, 6);
	realm_events_free(events);
}

static void longest_line_fits(void **state)
{
	struct realm_event event = {
		.sz = sizeof(event), .type = REALM_EVENT_REC, .flags = UINT64_MAX, .pc = UINT64_MAX
	};
	uint8_t rim[REALM_DIGEST_MAX] = { 0xff };
	char buf[REALM_EVENT_LINE_MAX];
	size_t len = sizeof(buf), needed;

	memset(event.gprs, 0xff, sizeof(event.gprs));
	memset(event.content, 0xff, sizeof(event.content));
	assert_int_equal(realm_event_format(&event, REALM_HASH_SHA512, rim, buf, &len), 0);
	assert_int_equal(len, strlen(buf) + 1);
	needed = len;
	len = needed - 1;
	memset(buf, 'x', sizeof(buf));
	assert_int_equal(realm_event_format(&event, REALM_HASH_SHA512, rim, buf, &len), -ERANGE);
	assert_int_equal(len, needed);
	assert_true(buf[0] == 'x' && buf[needed - 2] == 'x'); /* untouched on failure */
	len = 0;
	assert_int_equal(realm_event_format(&event, REALM_HASH_SHA512, rim, NULL, &len), -ERANGE);
	assert_int_equal(len, needed);
	event = (struct realm_event){
		.sz = sizeof(event), .type = REALM_EVENT_DATA, .flags = UINT64_MAX, .ipa = UINT64_MAX
	};
	len = sizeof(buf);
	assert_int_equal(realm_event_format(&event, REALM_HASH_SHA512, rim, buf, &len), 0);
}

static void rim_is_written_in_digest_length(void **state)
{
	struct realm_event event = { .sz = sizeof(event), .type = REALM_EVENT_ACTIVATE };
	uint8_t rim[REALM_DIGEST_MAX];
	char buf[REALM_EVENT_LINE_MAX];
	size_t len = sizeof(buf);

	memset(rim, 0xab, sizeof(rim));
	assert_int_equal(realm_event_format(&event, REALM_HASH_SHA384, rim, buf, &len), 0);
	assert_string_equal(buf, "{\"event\":\"activate\",\"rim\":\"abababababababababababababababababababababababab"
				 "abababababababababababababababababababababababab\"}\n");
}

/* ---- refusals ---- */

struct bad_log {
	const char *text;
	const char *where;
	const char *why;
};

static const struct bad_log bad_headers[] = {
	{ "", "event log", "is empty" },
	{ "\n", "event log line 1", "" },
	{ "[]\n", "event log line 1: $.schema", "missing" },
	{ REALM, "event log line 1: $.schema", "missing" },
	{ "{\"schema\":\"realm-events/2\",\"hash\":\"sha256\",\"granule\":4096}", "event log line 1: $.schema", "" },
	{ "{\"schema\":\"realm-events/1\",\"granule\":4096}", "event log line 1: $.hash", "missing" },
	{ "{\"schema\":\"realm-events/1\",\"hash\":\"sha256\"}", "event log line 1: $.granule", "missing" },
	{ "{\"schema\":\"realm-events/1\",\"hash\":\"md5\",\"granule\":4096}", "event log line 1: $.hash", "md5" },
	{ "{\"schema\":\"realm-events/1\",\"hash\":\"sha256\",\"granule\":8192}", "event log line 1: $.granule",
	  "8192" },
	{ "{\"schema\":\"realm-events/1\",\"hash\":\"sha256\",\"granule\":4096,\"kvm\":\"rmi-v99\"}",
	  "event log line 1: $.kvm", "rmi-v99" },
	{ "{\"schema\":\"realm-events/1\",\"hash\":\"sha256\",\"granule\":4096,\"x\":1}", "event log line 1: $",
	  "unknown key \"x\"" },
};

static void bad_header_is_refused(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad_headers); i++) {
		const struct bad_log *c = &bad_headers[i];
		struct realm_events *events = NULL;

		assert_error(*state, realm_events_parse(*state, c->text, strlen(c->text), &events), EBADMSG, c->where,
			     c->why);
		assert_null(events);
	}
}

#define LINE3 "event log line 3"
#define ACTIVATE "{\"event\":\"activate\"}\n"

static const struct bad_log bad_events[] = {
	{ HEADER, "event log", "ends without a realm event" },
	{ HEADER ACTIVATE, "event log line 2: $", "before the realm event" },
	{ HEADER REALM REALM, LINE3 ": $", "second realm event" },
	{ HEADER REALM ACTIVATE ACTIVATE, "event log line 4: $", "after activate" },
	{ HEADER REALM ACTIVATE "x", "event log line 4", "" },
	{ HEADER REALM "{\"event\":\"Data\"}", LINE3 ": $.event", "Data" },
	{ HEADER REALM "{\"event\":7}", LINE3 ": $.event", "" },
	{ HEADER REALM "{}", LINE3 ": $.event", "missing" },
	{ HEADER REALM "\n" ACTIVATE, LINE3, "" },
	{ HEADER REALM "{\"event\":\"activate\",\"x\":1}", LINE3 ": $", "unknown key \"x\"" },
	{ HEADER REALM "{\"event\":\"activate\",\"event\":\"activate\"}", LINE3, "duplicate" },
	{ HEADER REALM "{\"event\":\"activate\"} {}", LINE3, "" },
	{ HEADER REALM "{\"event\":\"ripas\",\"base\":0}", LINE3 ": $.top", "missing" },
	{ HEADER REALM "{\"event\":\"ripas\",\"base\":-1,\"top\":0}", LINE3 ": $.base", "" },
	{ HEADER REALM "{\"event\":\"ripas\",\"base\":1.5,\"top\":0}", LINE3 ": $.base", "" },
	{ HEADER REALM "{\"event\":\"ripas\",\"base\":\"0x10000000000000000\",\"top\":0}", LINE3 ": $.base", "" },
	{ HEADER REALM "{\"event\":\"data\",\"ipa\":0,\"flags\":1}", LINE3 ": $.content", "missing" },
	{ HEADER REALM "{\"event\":\"data\",\"ipa\":0,\"flags\":0,\"content\":\"" DIGEST "\"}", LINE3 ": $.content",
	  "not measured" },
	{ HEADER REALM "{\"event\":\"data\",\"ipa\":0,\"flags\":1,\"content\":\"0011\"}", LINE3 ": $.content",
	  "2 bytes" },
	{ HEADER REALM "{\"event\":\"data\",\"ipa\":0,\"flags\":1,\"content\":\"" DIGEST "00\"}", LINE3 ": $.content",
	  "" },
	{ HEADER REALM "{\"event\":\"data\",\"ipa\":0,\"flags\":1,\"content\":\"0g\"}", LINE3 ": $.content", "" },
	{ HEADER REALM "{\"event\":\"rec\",\"flags\":1,\"pc\":0,\"gprs\":[0,0,0,0,0,0,0]}", LINE3 ": $.gprs",
	  "7 values" },
	{ HEADER REALM "{\"event\":\"rec\",\"flags\":1,\"pc\":0,\"gprs\":[0,0,0,0,0,0,0,0,0]}", LINE3 ": $.gprs",
	  "9 values" },
	{ HEADER REALM "{\"event\":\"rec\",\"flags\":1,\"pc\":0,\"gprs\":[0,0,0,0,0,0,0,\"\"]}", LINE3 ": $.gprs[7]",
	  "" },
	{ HEADER
	  "{\"event\":\"realm\",\"flags\":0,\"s2sz\":256,\"sve_vl\":0,\"num_bps\":1,\"num_wps\":1,\"pmu_num_ctrs\":0}",
	  "event log line 2: $.s2sz", "" },
};

static void bad_event_is_refused_for_good(void **state)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad_events); i++) {
		const struct bad_log *c = &bad_events[i];
		struct realm_events *events = parse(*state, c->text);
		struct realm_event event = { .sz = sizeof(event) };
		int ret;

		while ((ret = realm_events_next(events, &event)) > 0)
			;
		assert_error(*state, ret, EBADMSG, c->where, c->why);
		assert_int_equal(realm_events_next(events, &event), -EBADMSG);
		realm_events_free(events);
	}
}

static void endless_line_is_refused(void **state)
{
	size_t len = sizeof(HEADER) - 1 + 100000;
	char *text = malloc(len);
	struct realm_events *events;
	struct realm_event event = { .sz = sizeof(event) };

	memcpy(text, HEADER, sizeof(HEADER) - 1);
	memset(text + sizeof(HEADER) - 1, ' ', 100000);
	assert_int_equal(realm_events_parse(*state, text, len, &events), 0);
	assert_error(*state, realm_events_next(events, &event), EBADMSG, "event log line 2", "longer than");
	realm_events_free(events);
	free(text);
}

/* ---- files ---- */

static void files_that_cannot_be_logs_are_refused(void **state)
{
	struct realm_events *events = NULL;

	assert_error(*state, realm_events_read(*state, "/nonexistent/log", NULL, &events), ENOENT, "/nonexistent/log",
		     "");
	assert_error(*state, realm_events_read(*state, "/", NULL, &events), EINVAL, "/", "directory");
	assert_error(*state, realm_events_read(*state, "/dev/null", NULL, &events), EINVAL, "/dev/null", "device");
	assert_null(events);
}

static void file_is_read_and_named_in_errors(void **state)
{
	struct realm_event event = { .sz = sizeof(event) };
	struct realm_events *events;

	write_file("log", HEADER REALM "?", sizeof(HEADER REALM));
	assert_int_equal(realm_events_read(*state, "log", NULL, &events), 0);
	assert_int_equal(realm_events_next(events, &event), 1);
	assert_error(*state, realm_events_next(events, &event), EBADMSG, "log line 3", "");
	realm_events_free(events);
}

static void nothing(int number)
{
}

/* The second half of the log comes while signals arrive. */
static void signals_do_not_end_a_log(void **state)
{
	const struct itimerval often = { { 0, 5000 }, { 0, 5000 } }, never = { 0 };
	struct sigaction interrupt = { .sa_handler = nothing }, old; /* without SA_RESTART */
	struct realm_event event = { .sz = sizeof(event) };
	struct realm_events *events;
	static const char path[] = "pipe";
	pid_t writer;
	int status;

	assert_int_equal(mkfifo(path, 0600), 0);
	writer = fork();
	if (!writer) {
		int fd = open(path, O_WRONLY);
		bool good = write(fd, HEADER, strlen(HEADER)) > 0;

		usleep(100000);
		_exit(good && write(fd, REALM, strlen(REALM)) > 0 ? 0 : 1);
	}
	assert_int_equal(realm_events_read(*state, path, NULL, &events), 0);
	unlink(path);
	sigaction(SIGALRM, &interrupt, &old);
	setitimer(ITIMER_REAL, &often, NULL);
	assert_int_equal(realm_events_next(events, &event), 1);
	assert_int_equal(realm_events_next(events, &event), 0);
	setitimer(ITIMER_REAL, &never, NULL);
	sigaction(SIGALRM, &old, NULL);
	realm_events_free(events);
	assert_int_equal(waitpid(writer, &status, 0), writer);
	assert_int_equal(status, 0);
}

/* A caller's mistake must not lose an event. */
static void event_without_size_is_refused_and_stays(void **state)
{
	struct realm_events *events = parse(*state, all_kinds);
	struct realm_event event = { 0 };

	assert_error(*state, realm_events_next(events, &event), EINVAL, "event", "sz");
	event.sz = sizeof(event);
	assert_int_equal(realm_events_next(events, &event), 1);
	assert_int_equal(event.type, REALM_EVENT_REALM);
	event.sz = sizeof(event.sz) - 1;
	assert_error(*state, realm_events_next(events, &event), EINVAL, "event", "sz");
	event.sz = sizeof(event);
	assert_int_equal(realm_events_next(events, &event), 1);
	assert_int_equal(event.type, REALM_EVENT_RIPAS);
	realm_events_free(events);
}

struct progress {
	uint64_t done, total;
	unsigned int calls, stop_at;
};

static int count_calls(void *arg, uint64_t done, uint64_t total)
{
	struct progress *progress = arg;

	assert_true(done > progress->done && done <= total);
	progress->done = done;
	progress->total = total;
	return ++progress->calls == progress->stop_at;
}

static int read_with_progress(struct realm_ctx *ctx, const char *path, struct progress *progress)
{
	struct realm_work_opts opts = { .sz = sizeof(opts), .progress = count_calls, .progress_arg = progress };
	struct realm_event event = { .sz = sizeof(event) };
	struct realm_events *events;
	int ret;

	assert_int_equal(realm_events_read(ctx, path, &opts, &events), 0);
	while ((ret = realm_events_next(events, &event)) > 0)
		;
	realm_events_free(events);
	return ret;
}

static void progress_is_told_and_can_cancel(void **state)
{
	static const char line[] = "{\"event\":\"ripas\",\"base\":\"0x80000000\",\"top\":\"0x80200000\"}\n";
	const unsigned int count = 16 * CHUNK_SIZE / (sizeof(line) - 1);
	struct progress whole = { 0 }, cancelled = { .stop_at = 3 };
	static const char path[] = "long";
	FILE *file = fopen(path, "w");
	unsigned int i;

	assert_non_null(file);
	fputs(HEADER REALM, file);
	for (i = 0; i < count; i++)
		fputs(line, file);
	fclose(file);
	assert_int_equal(read_with_progress(*state, path, &whole), 0);
	assert_in_range(whole.calls, 15, 16);
	assert_true(whole.total == sizeof(HEADER REALM) - 1 + (uint64_t)count * (sizeof(line) - 1));
	assert_error(*state, read_with_progress(*state, path, &cancelled), ECANCELED, NULL, "stopped");
	assert_int_equal(cancelled.calls, 3);
}

static void bad_arguments_are_refused(void **state)
{
	struct realm_event event = { .sz = sizeof(event), .type = REALM_EVENT_ACTIVATE };
	struct realm_events *events = NULL;
	char buf[REALM_EVENT_LINE_MAX];
	size_t len = sizeof(buf);

	assert_int_equal(realm_events_parse(NULL, "", 0, &events), -EINVAL);
	assert_int_equal(realm_events_parse(*state, NULL, 1, &events), -EINVAL);
	assert_error(*state, realm_events_parse(*state, NULL, 0, &events), EBADMSG, "event log", "empty");
	assert_int_equal(realm_events_parse(*state, "", 0, NULL), -EINVAL);
	assert_int_equal(realm_events_read(NULL, "x", NULL, &events), -EINVAL);
	assert_int_equal(realm_events_read(*state, NULL, NULL, &events), -EINVAL);
	assert_int_equal(realm_events_read(*state, "x", NULL, NULL), -EINVAL);
	assert_int_equal(realm_events_next(NULL, &event), -EINVAL);
	assert_int_equal(realm_events_format(NULL, buf, &len), -EINVAL);
	assert_int_equal(realm_event_format(NULL, REALM_HASH_SHA256, NULL, buf, &len), -EINVAL);
	assert_int_equal(realm_event_format(&event, (enum realm_hash)3, NULL, buf, &len), -EINVAL);
	assert_int_equal(realm_event_format(&event, REALM_HASH_SHA256, NULL, NULL, &len), -EINVAL);
	assert_int_equal(realm_event_format(&event, REALM_HASH_SHA256, NULL, buf, NULL), -EINVAL);
	event.type = (enum realm_event_type)0;
	assert_int_equal(realm_event_format(&event, REALM_HASH_SHA256, NULL, buf, &len), -EINVAL);
	assert_int_equal(realm_events_hash(NULL), REALM_HASH_SHA256);
	assert_int_equal(realm_events_granule(NULL), 0);
	assert_int_equal(realm_events_family(NULL), REALM_FAMILY_ANY);
	realm_events_free(NULL);
	assert_null(events);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(log_reads_and_writes_back_the_same),
		ctx_test(numbers_may_be_integers_or_strings),
		ctx_test(any_order_between_realm_and_activate_is_read),
		ctx_test(longest_line_fits),
		ctx_test(rim_is_written_in_digest_length),
		ctx_test(bad_header_is_refused),
		ctx_test(bad_event_is_refused_for_good),
		ctx_test(endless_line_is_refused),
		ctx_test(files_that_cannot_be_logs_are_refused),
		ctx_test(file_is_read_and_named_in_errors),
		ctx_test(signals_do_not_end_a_log),
		ctx_test(event_without_size_is_refused_and_stays),
		ctx_test(progress_is_told_and_can_cancel),
		ctx_test(bad_arguments_are_refused),
	};

	return cmocka_run_group_tests(tests, enter_tmpdir, leave_tmpdir);
}
