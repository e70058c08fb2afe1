/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-trace.c - traces of calls: which lines are read, what becomes an event, what is refused */
#include <inttypes.h>

#include "tmpdir.h"

#define CALL(fid, in, out, more) "rmi_call: fid=" fid " in=" in " out=" out more " end\n"
#define PARAMS(version, hash, more)                                                                                    \
	" version=" version " granule=4096 s2sz=0x21 sve_vl=3 num_bps=1 num_wps=2 pmu_num_ctrs=4 hash_algo=" hash more
#define REC " flags=0x1 pc=0x80000000 gprs=0x8fe00000,1,2,3,4,5,6,0xffffffffffffffff"
#define DIGEST "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* The realm descriptor is at 1; tables start at level 1, as those of 33 bits do. */
#define CREATE(version) CALL("0xc4000158", "1,2", "0", PARAMS(version, "0", " flags=0x3 rtt_level_start=1"))
#define CREATE_1_0 CREATE("0x10000")
#define CREATE_2_0 CREATE("0x20000")
#define DESTROY CALL("0xc4000159", "1", "0", "")
#define TABLE(ipa, level) CALL("0xc400015d", "1,9," ipa "," level, "0", "")
#define RIPAS(base, top, out) CALL("0xc4000168", "1," base "," top, "0," out, "")
#define DATA(ipa, flags, more) CALL("0xc4000153", "1,9," ipa ",8," flags, "0", more)
#define ACTIVATE CALL("0xc4000157", "1", "0", "")
#define REC_CREATE(out, more) CALL("0xc400015a", "1,7,8", out, more)
#define CONTINUE(handle, out, more) CALL("0xc4000203", handle, out, more)
#define INCOMPLETE "0x10d"

#define HEADER "{\"schema\":\"realm-events/1\",\"hash\":\"sha256\",\"granule\":4096}\n"
#define REALM_EVENT                                                                                                    \
	"{\"event\":\"realm\",\"flags\":\"0x3\",\"s2sz\":33,\"sve_vl\":3,\"num_bps\":1,\"num_wps\":2,"                 \
	"\"pmu_num_ctrs\":4}\n"
#define RIPAS_EVENT(base, top) "{\"event\":\"ripas\",\"base\":\"" base "\",\"top\":\"" top "\"}\n"
#define DATA_EVENT(ipa) "{\"event\":\"data\",\"ipa\":\"" ipa "\",\"flags\":\"0x1\",\"content\":\"" DIGEST "\"}\n"
#define EMPTY_EVENT(ipa) "{\"event\":\"data\",\"ipa\":\"" ipa "\",\"flags\":\"0x0\"}\n"
#define REC_EVENT(flags)                                                                                               \
	"{\"event\":\"rec\",\"flags\":\"" flags "\",\"pc\":\"0x80000000\",\"gprs\":[\"0x8fe00000\",\"0x1\",\"0x2\","   \
	"\"0x3\",\"0x4\",\"0x5\",\"0x6\",\"0xffffffffffffffff\"]}\n"
#define ACTIVATE_EVENT "{\"event\":\"activate\"}\n"

static char out[16384];

/* All events as a log, in out; what ended them. */
static int list(struct realm_events *events)
{
	struct realm_event event = { .sz = sizeof(event) };
	size_t used, len = sizeof(out);
	int ret;

	assert_int_equal(realm_events_format(events, out, &len), 0);
	for (used = len - 1; (ret = realm_events_next(events, &event)) > 0; used += len - 1) {
		len = REALM_EVENT_LINE_MAX;
		assert_true(used + len < sizeof(out));
		assert_int_equal(realm_event_format(&event, realm_events_hash(events), NULL, out + used, &len), 0);
	}
	assert_int_equal(realm_events_next(events, &event), ret);
	realm_events_free(events);
	return ret;
}

static int parse(struct realm_ctx *ctx, const char *text, unsigned int realm, struct realm_events **eventsp)
{
	struct realm_trace_opts opts = { .sz = sizeof(opts), .realm = realm };

	return realm_trace_parse(ctx, text, strlen(text), &opts, eventsp);
}

static void assert_events(struct realm_ctx *ctx, const char *text, unsigned int realm, const char *expected)
{
	struct realm_events *events;

	assert_int_equal(parse(ctx, text, realm, &events), 0);
	assert_int_equal(list(events), 0);
	assert_string_equal(out, expected);
}

/* Refused when it is opened */
static void assert_refused(struct realm_ctx *ctx, const char *text, int code, const char *where, const char *why)
{
	struct realm_events *events = NULL;

	assert_error(ctx, parse(ctx, text, 0, &events), code, where, why);
	assert_null(events);
}

/* Refused at an event */
static void assert_fails(struct realm_ctx *ctx, const char *text, const char *where, const char *why)
{
	struct realm_events *events;

	assert_int_equal(parse(ctx, text, 0, &events), 0);
	assert_error(ctx, list(events), EBADMSG, where, why);
}

/* ---- events ---- */

static void realm_of_rmm_1_0(void **state)
{
	assert_events(*state,
		      CREATE_1_0 TABLE("0x80000000", "2") RIPAS("0x80000000", "0x80600000", "0x80400000")
			      TABLE("0x80400000", "3") RIPAS("0x80400000", "0x80402000", "0x80402000")
				      DATA("0x80000000", "1", " content=" DIGEST) DATA("0x80001000", "0", "")
					      REC_CREATE("0", REC) ACTIVATE DESTROY,
		      0,
		      HEADER REALM_EVENT RIPAS_EVENT("0x80000000", "0x80200000") RIPAS_EVENT("0x80200000", "0x80400000")
			      RIPAS_EVENT("0x80400000", "0x80401000") RIPAS_EVENT("0x80401000", "0x80402000")
				      DATA_EVENT("0x80000000") EMPTY_EVENT("0x80001000") REC_EVENT("0x1")
					      ACTIVATE_EVENT);
}

static void realm_of_rmm_2_0(void **state)
{
	assert_events(*state,
		      CREATE_2_0 RIPAS("0x80000000", "0x80600000", "0x80400000")
			      DATA("0x80000000", "1", " content=" DIGEST) REC_CREATE(INCOMPLETE ",5", "")
				      CALL("0xc4000208", "5,9,1", "0xd,0x10", "") CONTINUE("5", "0", REC) ACTIVATE,
		      0, HEADER REALM_EVENT DATA_EVENT("0x80000000") REC_EVENT("0x1") ACTIVATE_EVENT);
}

static void tables_that_end_no_longer_count(void **state)
{
	static const char *const ends[] = { CALL("0xc400015e", "1,0x80000000,3", "0,9", ""),
					    CALL("0xc4000166", "1,0x80000000,3", "0,9", "") };
	char text[4096];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		snprintf(text, sizeof(text), "%s%s%s", CREATE_1_0 TABLE("0x80000000", "2") TABLE("0x80000000", "3"),
			 ends[i], RIPAS("0x80000000", "0x80200000", "0x80200000"));
		assert_events(*state, text, 0, HEADER REALM_EVENT RIPAS_EVENT("0x80000000", "0x80200000"));
	}
}

#define STARTS_AT_2 CALL("0xc4000158", "1,2", "0", PARAMS("0x10000", "0", " flags=0x3 rtt_level_start=2"))

static uint64_t place_of(size_t i)
{
	return (uint64_t)(i * i * 7919 % 262144) << 21;
}

/* Every third of many tables ends, in another order than that in which they were made. */
static void many_tables_end(void **state)
{
	enum { TABLES = 300 };
	static char text[65536];
	size_t used = (size_t)snprintf(text, sizeof(text), "%s", STARTS_AT_2), i;

	for (i = 0; i < TABLES; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, TABLE("0x%" PRIx64, "3"), place_of(i));
	for (i = TABLES; i; i -= 3)
		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 CALL("0xc400015e", "1,0x%" PRIx64 ",3", "0", ""), place_of(i - 3));
	for (i = 0; i < TABLES; i++) {
		uint64_t base = place_of(i), top = base + (i % 3 ? 0x1000 : 0x200000);
		char expected[1024];

		snprintf(text + used, sizeof(text) - used,
			 RIPAS("0x%" PRIx64, "0x%" PRIx64, "0x%" PRIx64), base, top, top);
		snprintf(expected, sizeof(expected), HEADER REALM_EVENT RIPAS_EVENT("0x%" PRIx64, "0x%" PRIx64), base,
			 top);
		assert_events(*state, text, 0, expected);
	}
}

static void tables_that_were_not_there_can_end(void **state)
{
	assert_events(*state,
		      CREATE_1_0 CALL("0xc400015e", "1,0x80000000,2", "0", "") TABLE("0x80000000", "2")
			      CALL("0xc400015e", "1,0x80000000,3", "0", "") CALL("0xc400015e", "1,0xc0000000,2", "0", "")
				      RIPAS("0x80000000", "0x80200000", "0x80200000"),
		      0, HEADER REALM_EVENT RIPAS_EVENT("0x80000000", "0x80200000"));
}

/* Level 1 of the table that is there, not of one whose call failed or that is another realm's */
static void tables_of_others_do_not_count(void **state)
{
	assert_events(*state,
		      CREATE_1_0 CALL("0xc400015d", "1,9,0x40000000,2", "0x104", "")
			      CALL("0xc400015d", "3,9,0x40000000,2", "0", "") TABLE("0x80000000", "2")
				      RIPAS("0x40000000", "0x80000000", "0x80000000"),
		      0, HEADER REALM_EVENT RIPAS_EVENT("0x40000000", "0x80000000"));
}

static void tables_are_found_in_any_order(void **state)
{
	static char text[65536], expected[65536];
	size_t used, i;

	used = (size_t)snprintf(text, sizeof(text), CREATE_1_0 TABLE("0x80000000", "2"));
	for (i = 0; i < 100; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, TABLE("0x%zx", "3"),
					 0x80000000 + i * 37 % 100 * 0x200000);
	snprintf(text + used, sizeof(text) - used,
		 RIPAS("0x8c600000", "0x8c601000", "0x8c601000") RIPAS("0x8c800000", "0x8ca00000", "0x8ca00000"));
	snprintf(expected, sizeof(expected), "%s",
		 HEADER REALM_EVENT RIPAS_EVENT("0x8c600000", "0x8c601000") RIPAS_EVENT("0x8c800000", "0x8ca00000"));
	assert_events(*state, text, 0, expected);
}

static void other_hashes(void **state)
{
	struct realm_events *events;

	assert_int_equal(parse(*state,
			       CALL("0xc4000158", "1,2", "0", PARAMS("0x20000", "2", " flags=0 rtt_level_start=1"))
				       DATA("0", "1", " content=" DIGEST DIGEST),
			       0, &events),
			 0);
	assert_int_equal(realm_events_hash(events), REALM_HASH_SHA384);
	assert_error(*state, list(events), EBADMSG, "trace line 2", "no digest of the realm's algorithm");
}

static void granules_of_rmm_2_0(void **state)
{
	static const uint32_t sizes[] = { 4096, 16384, 65536 };
	struct realm_events *events;
	char text[512];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		snprintf(text, sizeof(text),
			 "rmi_call: fid=0xc4000158 in=1,2 out=0 version=0x20000 granule=%u flags=0 s2sz=40 sve_vl=0 num_bps=1"
			 " num_wps=1 pmu_num_ctrs=0 hash_algo=0 rtt_level_start=0 end\n",
			 sizes[i]);
		assert_int_equal(parse(*state, text, 0, &events), 0);
		assert_int_equal(realm_events_granule(events), sizes[i]);
		realm_events_free(events);
	}
}

/* ---- RECs ---- */

static void rec_of_a_command_as_a_whole(void **state)
{
	assert_events(*state, CREATE_2_0 REC_CREATE("0", REC), 0, HEADER REALM_EVENT REC_EVENT("0x1"));
}

static void rec_as_it_began(void **state)
{
	assert_events(*state, CREATE_2_0 REC_CREATE(INCOMPLETE, REC) CONTINUE("0", "0", ""), 0,
		      HEADER REALM_EVENT REC_EVENT("0x1"));
}

static void rec_as_it_ended(void **state)
{
	assert_events(
		*state,
		CREATE_2_0 REC_CREATE(INCOMPLETE, " flags=9 pc=9 gprs=9,9,9,9,9,9,9,9") CONTINUE("0", "0xd", "")
			CONTINUE("0", "0", " flags=0 pc=0x80000000 gprs=0x8fe00000,1,2,3,4,5,6,0xffffffffffffffff"),
		0, HEADER REALM_EVENT REC_EVENT("0x0"));
}

static void rec_that_came_to_nothing(void **state)
{
	assert_events(*state,
		      CREATE_2_0 REC_CREATE(INCOMPLETE, REC) CONTINUE("0", "1", "")
			      CALL("0xc400015b", "7", INCOMPLETE, "") CONTINUE("0", "0", "") REC_CREATE("1", ""),
		      0, HEADER REALM_EVENT);
}

/* RMM 2.0 lets any RMM do so; none is known that does. */
static void data_as_an_operation(void **state)
{
	assert_events(*state,
		      CREATE_2_0 CALL("0xc4000153", "1,9,0x1000,8,1", INCOMPLETE ",4", "")
			      CALL("0xc4000153", "1,9,0x2000,8,1", INCOMPLETE ",6", " content=" DIGEST)
				      CONTINUE("4", "0", " content=" DIGEST) CONTINUE("6", "0", ""),
		      0, HEADER REALM_EVENT DATA_EVENT("0x1000") DATA_EVENT("0x2000"));
}

/* What these reply in X1 is a number of granules, and no handle. */
static void memory_of_an_operation_begins_none(void **state)
{
	static const char *const fids[] = { "0xc4000208", "0xc4000209", "0xc400020a" };
	char text[1024];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fids); i++) {
		snprintf(text, sizeof(text), "%srmi_call: fid=%s in=5,9,1 out=%s,5 end\n%s",
			 CREATE_2_0 REC_CREATE(INCOMPLETE ",5", REC), fids[i], INCOMPLETE, CONTINUE("5", "0", ""));
		assert_events(*state, text, 0, HEADER REALM_EVENT REC_EVENT("0x1"));
	}
}

static void operation_ends_once(void **state)
{
	assert_events(*state, CREATE_2_0 REC_CREATE(INCOMPLETE ",5", REC) CONTINUE("5", "0", "") CONTINUE("5", "0", ""),
		      0, HEADER REALM_EVENT REC_EVENT("0x1"));
}

static void operations_without_end_are_refused(void **state)
{
	static char text[1100 * 64];
	size_t used = (size_t)snprintf(text, sizeof(text), "%s", CREATE_2_0), i;

	for (i = 0; i < 1024; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, REC_CREATE(INCOMPLETE ",%zu", ""), i);
	assert_events(*state, text, 0, HEADER REALM_EVENT);
	snprintf(text + used, sizeof(text) - used, "%s", REC_CREATE(INCOMPLETE ",7", "") REC_CREATE(INCOMPLETE ",9999", ""));
	assert_fails(*state, text, "trace line 1027", "too many operations at a time");
}

static void recs_of_two_realms_at_a_time(void **state)
{
	assert_events(*state,
		      CREATE_2_0 REC_CREATE(INCOMPLETE ",1", REC) CALL("0xc400015a", "3,7,8", INCOMPLETE ",2", "")
			      CONTINUE("2", "0", " flags=1 pc=1 gprs=1,1,1,1,1,1,1,1") CONTINUE("1", "0", ""),
		      0, HEADER REALM_EVENT REC_EVENT("0x1"));
}

static void rec_without_parameters_is_refused(void **state)
{
	assert_fails(*state, CREATE_2_0 REC_CREATE("0", ""), "trace line 2", "lacks flags=");
	assert_fails(*state, CREATE_2_0 REC_CREATE("0", " flags=1 pc=1"), "trace line 2", "lacks gprs=");
	assert_fails(*state, CREATE_2_0 REC_CREATE(INCOMPLETE, "") CONTINUE("0", "0", ""), "trace line 3",
		     "lacks flags=");
	assert_fails(*state, CREATE_2_0 REC_CREATE(INCOMPLETE, REC) CONTINUE("0", "0", " flags=1"), "trace line 3",
		     "lacks pc=");
}

/* ---- lines ---- */

static void prefixes_and_other_lines_are_skipped(void **state)
{
	assert_events(*state,
		      "# tracer: nop\r\n\r\n     vmm-812     [001] d..1.   100.000001: " CREATE_2_0
		      "RMM: no rmi_call\n rsi_call: cpu=1 fid=0xc4000190 in=0 out=0 end\r\n"
		      "rsi_call: fid=0xc4000157 in=1 out=0 end\n"
		      "[    1.000000]\t" DATA("0", "0", "") "rsi_call: fid=0x84000008 in=0 out=0 end",
		      0, HEADER REALM_EVENT EMPTY_EVENT("0x0"));
}

/* Two write to a console: a call comes in the middle of a line, which then goes on. */
static void line_that_was_not_finished_is_skipped(void **state)
{
	assert_events(*state, "rm" CREATE_2_0 "i_call: 5\nhost: 1" DATA("0", "0", "") "2\n", 0,
		      HEADER REALM_EVENT EMPTY_EVENT("0x0"));
}

static void words_come_in_any_order(void **state)
{
	assert_events(*state, CREATE_2_0 "rmi_call:  out=0,0,0  cpu=0x1 in=1,9,0,0,0   fid=3288334675 end  \r\n", 0,
		      HEADER REALM_EVENT EMPTY_EVENT("0x0"));
}

/* SMCCC lets a caller say that it has no SVE state to keep. */
static void hint_in_a_function_is_no_other_function(void **state)
{
	assert_events(*state, CREATE_2_0 CALL("0xc4010157", "1", "0", ""), 0, HEADER REALM_EVENT ACTIVATE_EVENT);
}

static void damaged_line_is_refused(void **state)
{
	static const struct {
		const char *line, *why;
	} bad[] = {
		{ "rmi_call: fid=1 in=0 out=0", "does not end with 'end'" },
		{ "rmi_call: fid=1 in=0 out=0 end end", "'end' is not a word of a trace" },
		{ "rmi_call: fid=1 in=0 end out=0", "'end' is not a word of a trace" },
		{ "rmi_call:", "does not end" },
		{ "rmi_call: end", "lacks fid=" },
		{ "rmi_call: fid=1 in=0 end", "lacks out=" },
		{ "rmi_call: fid=1 out=0 end", "lacks in=" },
		{ "rmi_call: fid=1 fid=1 in=0 out=0 end", "'fid=1' is there twice" },
		{ "rmi_call: fid=1 in=0 out=0 color=1 end", "'color=1' is not a word" },
		{ "rmi_call: fid=1 in=0 out=0 flags end", "'flags' is not a word" },
		{ "rmi_call: fid=1 rmi_call: fid=2 in=0 out=0 end", "'rmi_call:' is not a word" },
		{ "rmi_call: fid= in=0 out=0 end", "'fid=' has no such value" },
		{ "rmi_call: fid=0x in=0 out=0 end", "'fid=0x'" },
		{ "rmi_call: fid=-1 in=0 out=0 end", "'fid=-1'" },
		{ "rmi_call: fid=1f in=0 out=0 end", "'fid=1f'" },
		{ "rmi_call: fid=0x100000000 in=0 out=0 end", "'fid=0x100000000'" },
		{ "rmi_call: fid=1 in=0x10000000000000000 out=0 end", "'in=0x10000000000000000'" },
		{ "rmi_call: fid=1 in=18446744073709551616 out=0 end", "'in=18446744073709551616'" },
		{ "rmi_call: fid=1 in=0,,1 out=0 end", "'in=0,,1'" },
		{ "rmi_call: fid=1 in=0, out=0 end", "'in=0,'" },
		{ "rmi_call: fid=1 in=1,2,3,4,5,6,7,8,9,10,11 out=0 end", "'in=1,2" },
		{ "rmi_call: fid=1 in=0 out=0,1,2,3,4,5,6,7,8,9,10,11 end", "'out=0,1" },
		{ "rmi_call: fid=1 in=0 out=0 gprs=1,2,3,4,5,6,7,8,9 end", "'gprs=1" },
		{ "rmi_call: fid=1 in=0 out=0 gprs=1,2,3,4,5,6,7 end", "'gprs=1" },
		{ "rmi_call: fid=1 in=0 out=0 s2sz=256 end", "'s2sz=256'" },
		{ "rmi_call: fid=1 in=0 out=0 sve_vl=256 end", "'sve_vl=256'" },
		{ "rmi_call: fid=1 in=0 out=0 num_bps=256 end", "'num_bps=256'" },
		{ "rmi_call: fid=1 in=0 out=0 num_wps=256 end", "'num_wps=256'" },
		{ "rmi_call: fid=1 in=0 out=0 pmu_num_ctrs=256 end", "'pmu_num_ctrs=256'" },
		{ "rmi_call: fid=1 in=0 out=0 hash_algo=256 end", "'hash_algo=256'" },
		{ "rmi_call: no\177text=1 end", "'no' is not a word" },
		{ "rmi_call: " DIGEST DIGEST " end", "'" DIGEST "0011223344556677' is not a word" },
		{ "rmi_call: fid=1 in=0 out=0 content= end", "'content='" },
		{ "rmi_call: fid=1 in=0 out=0 content=0 end", "'content=0'" },
		{ "rmi_call: fid=1 in=0 out=0 content=0g end", "'content=0g'" },
		{ "rsi_call: fid=1 in=0 out= end", "'out='" },
		{ "rmi_call: no\377text=1 end", "'no' is not a word" },
	};
	char text[4096];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		snprintf(text, sizeof(text), "%sRMM: \n [1] %s\r\n", CREATE_2_0, bad[i].line);
		assert_refused(*state, text, EBADMSG, "trace line 3", bad[i].why);
	}
}

static void content_of_more_than_any_digest_is_refused(void **state)
{
	assert_refused(*state, CREATE_2_0 DATA("0", "1", " content=" DIGEST DIGEST "00"), EBADMSG, "trace line 2",
		       "has no such value");
}

static void largest_numbers_are_read(void **state)
{
	static const char *const texts[] = { CREATE_2_0 DATA("18446744073709551615", "0", ""),
					     CREATE_2_0 DATA("0xFFFFffffFFFFffff", "0", "") };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		assert_events(*state, texts[i], 0, HEADER REALM_EVENT EMPTY_EVENT("0xffffffffffffffff"));
}

/* ---- realms ---- */

#define SECOND CALL("0xc4000158", "3,2", "0", PARAMS("0x10000", "1", " flags=0 rtt_level_start=1"))

static void each_realm_can_be_chosen(void **state)
{
	static const char text[] =
		CREATE_2_0 SECOND DATA("0", "0", "") CALL("0xc4000157", "3", "0", "") DESTROY CREATE_2_0 ACTIVATE;

	assert_events(*state, text, 1, HEADER REALM_EVENT EMPTY_EVENT("0x0"));
	assert_events(*state, text, 2,
		      "{\"schema\":\"realm-events/1\",\"hash\":\"sha512\",\"granule\":4096}\n"
		      "{\"event\":\"realm\",\"flags\":\"0x0\",\"s2sz\":33,\"sve_vl\":3,\"num_bps\":1,\"num_wps\":2,"
		      "\"pmu_num_ctrs\":4}\n" ACTIVATE_EVENT);
	assert_events(*state, text, 3, HEADER REALM_EVENT ACTIVATE_EVENT);
	assert_refused(*state, text, EINVAL, "trace",
		       "has 3 realms: 1 at rd 0x1 (line 1), 2 at rd 0x3 (line 2), 3 at rd 0x1 (line 6)");
}

/* RMM 2.0 may destroy a realm by an operation, so that no REALM_DESTROY succeeds. */
static void realm_ends_when_its_descriptor_is_used_again(void **state)
{
	assert_events(*state,
		      CREATE_2_0 CALL("0xc4000159", "1", INCOMPLETE ",3", "") CONTINUE("3", "0", "")
			      CREATE_2_0 DATA("0", "0", ""),
		      1, HEADER REALM_EVENT);
}

static void realm_that_is_not_there_is_refused(void **state)
{
	struct realm_events *events = NULL;

	assert_error(*state, parse(*state, CREATE_2_0, 2, &events), EINVAL, "trace",
		     "there is no realm 2: it has 1 at rd 0x1 (line 1)");
	assert_null(events);
}

static void many_realms_are_not_all_named(void **state)
{
	static char text[16384];
	size_t used = 0, i;

	for (i = 0; i < 40; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s", SECOND);
	assert_refused(*state, text, EINVAL, "trace", "has 40 realms: 1 at rd 0x3 (line 1), ");
	assert_refused(*state, text, EINVAL, "trace", "8 at rd 0x3 (line 8) ...");
}

static void trace_without_a_realm_is_refused(void **state)
{
	assert_refused(*state, "", EBADMSG, "trace", "has no line with rmi_call:");
	assert_refused(*state, "{\"schema\":\"realm-events/1\"}\n", EBADMSG, "trace", "has no line with rmi_call:");
	assert_refused(*state, DATA("0", "0", ""), EBADMSG, "trace", "no RMI_REALM_CREATE succeeds");
	assert_refused(*state, CALL("0xc4000158", "1,2", "1", "") ACTIVATE, EBADMSG, "trace",
		       "no RMI_REALM_CREATE succeeds");
}

static void realm_that_lacks_parameters_is_refused(void **state)
{
	static const struct {
		const char *create, *why;
	} bad[] = {
		{ CALL("0xc4000158", "1,2", "0", ""), "lacks version=" },
		{ CALL("0xc4000158", "1,2", "0", PARAMS("0x20000", "0", " flags=0")), "lacks rtt_level_start=" },
		{ CALL("0xc4000158", "1,2", "0", PARAMS("0x30000", "0", " flags=0 rtt_level_start=1")), "version" },
		{ CALL("0xc4000158", "1,2", "0", PARAMS("2", "0", " flags=0 rtt_level_start=1")), "version" },
		{ CALL("0xc4000158", "1,2", "0", PARAMS("0xffff", "0", " flags=0 rtt_level_start=1")), "version" },
		{ CALL("0xc4000158", "1,2", "0", PARAMS("0x20000", "3", " flags=0 rtt_level_start=1")), "hash_algo" },
		{ CALL("0xc4000158", "1,2", "0", PARAMS("0x20000", "0", " flags=0 rtt_level_start=4")),
		  "rtt_level_start" },
		{ CALL("0xc4000158", "1,2", "0",
		       " version=0x20000 granule=8192 flags=0 s2sz=0 sve_vl=0 num_bps=0 num_wps=0 pmu_num_ctrs=0"
		       " hash_algo=0 rtt_level_start=0"),
		  "granule" },
		{ CALL("0xc4000158", "1,2", "0",
		       " version=0x10000 granule=16384 flags=0 s2sz=0 sve_vl=0 num_bps=0 num_wps=0 pmu_num_ctrs=0"
		       " hash_algo=0 rtt_level_start=0"),
		  "granule" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_refused(*state, bad[i].create, EBADMSG, "trace line 1", bad[i].why);
}

static void level_of_52_bits_is_negative(void **state)
{
	assert_events(
		*state,
		CALL("0xc4000158", "1,2", "0", PARAMS("0x10000", "0", " flags=0x3 rtt_level_start=0xffffffffffffffff"))
			TABLE("0", "0") TABLE("0", "1") RIPAS("0", "0x40000000", "0x40000000"),
		0, HEADER REALM_EVENT RIPAS_EVENT("0x0", "0x40000000"));
}

/* ---- order ---- */

static void event_after_activate_is_refused(void **state)
{
	assert_fails(*state, CREATE_2_0 ACTIVATE DATA("0", "0", ""), "trace line 3", "after its RMI_REALM_ACTIVATE");
	assert_fails(*state, CREATE_2_0 ACTIVATE ACTIVATE, "trace line 3", "after its RMI_REALM_ACTIVATE");
}

static void ripas_that_does_not_fit_the_tables_is_refused(void **state)
{
	static const char *const bad[] = {
		RIPAS("0x80000000", "0x80200000", "0x80200000"),     RIPAS("0x80001000", "0xc0001000", "0xc0001000"),
		RIPAS("0x80001000", "0xc0000000", "0xc0000000"),     RIPAS("0x80000000", "0xc0000000", "0x80000000"),
		RIPAS("0x80000000", "0xc0000000", "0x100000000"),    RIPAS("0", "0xffffffffffffffff", "0x1000000000000"),
	};
	char text[4096];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		snprintf(text, sizeof(text), "%s%s", CREATE_1_0, bad[i]);
		assert_fails(*state, text, "trace line 2", "does not fit the tables");
	}
	assert_fails(*state, CREATE_1_0 TABLE("0", "4"), "trace line 2", "impossible level");
}

static void content_is_needed_when_it_is_measured(void **state)
{
	assert_fails(*state, CREATE_2_0 DATA("0", "1", ""), "trace line 2", "lacks content=");
	assert_events(*state, CREATE_2_0 CALL("0xc4000153", "1,9,0,8,1", "1", "") DATA("0", "0", " content=" DIGEST), 0,
		      HEADER REALM_EVENT EMPTY_EVENT("0x0"));
}

/* ---- families, files, arguments ---- */

static void family_is_as_told(void **state)
{
	struct realm_trace_opts opts = { .sz = sizeof(opts), .family = REALM_FAMILY_RMI_V15 };
	struct realm_events *events;

	assert_int_equal(realm_trace_parse(*state, CREATE_2_0, strlen(CREATE_2_0), &opts, &events), 0);
	assert_int_equal(realm_events_family(events), REALM_FAMILY_RMI_V15);
	realm_events_free(events);
	events = NULL;
	assert_error(*state, realm_trace_parse(*state, CREATE_1_0, strlen(CREATE_1_0), &opts, &events), EOPNOTSUPP,
		     "trace line 1", "RMM 1.0, on which rmi-v15 never ran");
	opts.family = REALM_FAMILY_RME;
	assert_error(*state, realm_trace_parse(*state, CREATE_2_0, strlen(CREATE_2_0), &opts, &events), EOPNOTSUPP,
		     "trace line 1", "RMM 2.0, on which rme never ran");
	assert_null(events);
}

static void profile_must_be_of_the_rmm(void **state)
{
	static const struct {
		enum realm_profile profile;
		const char *good, *bad, *why;
	} rows[] = {
		{ REALM_PROFILE_RMM_1_0, CREATE_1_0, CREATE_2_0, "RMM 2.0, which does not measure by rmm-1.0" },
		{ REALM_PROFILE_RMM_2_0, CREATE_2_0, CREATE_1_0, "RMM 1.0, which does not measure by rmm-2.0" },
		{ REALM_PROFILE_TF_RMM_2_0, CREATE_2_0, CREATE_1_0, "RMM 1.0, which does not measure by tf-rmm-2.0" },
	};
	struct realm_events *events;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct realm_trace_opts opts = { .sz = sizeof(opts), .profile = rows[i].profile };

		assert_int_equal(realm_trace_parse(*state, rows[i].good, strlen(rows[i].good), &opts, &events), 0);
		realm_events_free(events);
		assert_error(*state, realm_trace_parse(*state, rows[i].bad, strlen(rows[i].bad), &opts, &events),
			     EOPNOTSUPP, "trace line 1", rows[i].why);
	}
}

static void file_is_read_and_named_in_errors(void **state)
{
	struct realm_events *events;

	write_file("trace.log", CREATE_2_0 ACTIVATE, strlen(CREATE_2_0 ACTIVATE));
	assert_int_equal(realm_trace_read(*state, "trace.log", NULL, &events), 0);
	assert_int_equal(list(events), 0);
	assert_string_equal(out, HEADER REALM_EVENT ACTIVATE_EVENT);
	write_file("bad.log", CREATE_2_0 "rmi_call:", strlen(CREATE_2_0 "rmi_call:"));
	assert_error(*state, realm_trace_read(*state, "bad.log", NULL, &events), EBADMSG, "bad.log line 2",
		     "does not end");
}

static void bad_arguments_are_refused(void **state)
{
	struct realm_trace_opts opts = { .sz = 0 };
	struct realm_events *events = NULL;

	assert_int_equal(realm_trace_parse(NULL, "", 0, NULL, &events), -EINVAL);
	assert_int_equal(realm_trace_parse(*state, NULL, 1, NULL, &events), -EINVAL);
	assert_int_equal(realm_trace_parse(*state, "", 0, NULL, NULL), -EINVAL);
	assert_error(*state, realm_trace_parse(*state, NULL, 0, NULL, &events), EBADMSG, "trace", "has no line");
	assert_error(*state, realm_trace_parse(*state, "", 0, &opts, &events), EINVAL, "realm_trace_opts", "sz");
	opts = (struct realm_trace_opts){ .sz = sizeof(opts), .family = (enum realm_family)99 };
	assert_error(*state, realm_trace_parse(*state, "", 0, &opts, &events), EINVAL, "family", "no family 99");
	opts = (struct realm_trace_opts){ .sz = sizeof(opts), .profile = (enum realm_profile)99 };
	assert_error(*state, realm_trace_parse(*state, "", 0, &opts, &events), EINVAL, "profile", "no profile 99");
	assert_error(*state, realm_trace_read(*state, "/", NULL, &events), EINVAL, "/", "directory");
	assert_null(events);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ctx_test(realm_of_rmm_1_0),
		ctx_test(realm_of_rmm_2_0),
		ctx_test(tables_that_end_no_longer_count),
		ctx_test(many_tables_end),
		ctx_test(tables_that_were_not_there_can_end),
		ctx_test(tables_of_others_do_not_count),
		ctx_test(tables_are_found_in_any_order),
		ctx_test(other_hashes),
		ctx_test(granules_of_rmm_2_0),
		ctx_test(rec_of_a_command_as_a_whole),
		ctx_test(rec_as_it_began),
		ctx_test(rec_as_it_ended),
		ctx_test(rec_that_came_to_nothing),
		ctx_test(data_as_an_operation),
		ctx_test(memory_of_an_operation_begins_none),
		ctx_test(operation_ends_once),
		ctx_test(operations_without_end_are_refused),
		ctx_test(recs_of_two_realms_at_a_time),
		ctx_test(rec_without_parameters_is_refused),
		ctx_test(prefixes_and_other_lines_are_skipped),
		ctx_test(line_that_was_not_finished_is_skipped),
		ctx_test(words_come_in_any_order),
		ctx_test(hint_in_a_function_is_no_other_function),
		ctx_test(damaged_line_is_refused),
		ctx_test(content_of_more_than_any_digest_is_refused),
		ctx_test(largest_numbers_are_read),
		ctx_test(each_realm_can_be_chosen),
		ctx_test(realm_ends_when_its_descriptor_is_used_again),
		ctx_test(realm_that_is_not_there_is_refused),
		ctx_test(many_realms_are_not_all_named),
		ctx_test(trace_without_a_realm_is_refused),
		ctx_test(realm_that_lacks_parameters_is_refused),
		ctx_test(level_of_52_bits_is_negative),
		ctx_test(event_after_activate_is_refused),
		ctx_test(ripas_that_does_not_fit_the_tables_is_refused),
		ctx_test(content_is_needed_when_it_is_measured),
		ctx_test(family_is_as_told),
		ctx_test(profile_must_be_of_the_rmm),
		ctx_test(file_is_read_and_named_in_errors),
		ctx_test(bad_arguments_are_refused),
	};

	return cmocka_run_group_tests(tests, enter_tmpdir, leave_tmpdir);
}
