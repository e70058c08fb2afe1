/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-mailbox.c - the mailbox of `realmctl run`, register by register (docs/sim.md) */
#include "../../tools/mailbox.h"
#include "unit.h"

#define ID 0x00
#define LENGTH 0x08
#define DATA 0x10

static const uint8_t challenge[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };

static struct mailbox opened(void)
{
	struct mailbox box;

	assert_int_equal(mailbox_open(&box, challenge, sizeof(challenge)), 0);
	return box;
}

static void write_words(struct mailbox *box, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		mailbox_write(box, DATA, UINT64_C(0x0706050403020100) + i);
}

static void registers_tell_what_is_wanted(void **state)
{
	struct mailbox box = opened();
	uint32_t at;

	assert_int_equal(mailbox_read(&box, ID), 0x4e454b4f54);
	assert_int_equal(mailbox_read(&box, LENGTH), 0);
	assert_int_equal(mailbox_read(&box, 0x40), 0x0807060504030201);
	assert_int_equal(mailbox_read(&box, 0x48), 0x09);
	for (at = 0x10; at < MAILBOX_SIZE; at += 8)
		if (at != 0x40 && at != 0x48)
			assert_int_equal(mailbox_read(&box, at), 0);
	for (at = 1; at < MAILBOX_SIZE; at += 8)
		assert_int_equal(mailbox_read(&box, at), 0);
	mailbox_close(&box);
}

static void longest_challenge(void **state)
{
	uint8_t bytes[64];
	struct mailbox box;

	memset(bytes, 0xc5, sizeof(bytes));
	assert_int_equal(mailbox_open(&box, bytes, sizeof(bytes)), 0);
	assert_int_equal(mailbox_read(&box, 0x78), 0xc5c5c5c5c5c5c5c5);
	assert_int_equal(mailbox_read(&box, 0x80), 0);
	mailbox_close(&box);
}

static void closed_one_is_zero(void **state)
{
	struct mailbox box = { .challenge = { 1 } };
	uint32_t at;

	for (at = 0; at < MAILBOX_SIZE; at += 8)
		assert_int_equal(mailbox_read(&box, at), 0);
	write_words(&box, 2);
	mailbox_write(&box, LENGTH, 16);
	assert_int_equal(box.len, 0);
	mailbox_close(&box);
}

static void token_is_what_was_written(void **state)
{
	struct mailbox box = opened();

	write_words(&box, 2);
	assert_int_equal(box.len, 0);
	mailbox_write(&box, LENGTH, 9);
	assert_int_equal(box.len, 9);
	assert_int_equal(mailbox_read(&box, LENGTH), 9);
	assert_memory_equal(box.token, "\0\1\2\3\4\5\6\7\1", 9);
	mailbox_close(&box);
}

static void first_token_counts(void **state)
{
	struct mailbox box = opened();

	write_words(&box, 1);
	mailbox_write(&box, LENGTH, 8);
	mailbox_write(&box, DATA, UINT64_MAX);
	mailbox_write(&box, LENGTH, 16);
	mailbox_write(&box, LENGTH, 3);
	assert_int_equal(box.len, 8);
	assert_memory_equal(box.token, "\0\1\2\3\4\5\6\7", 8);
	mailbox_close(&box);
}

static void wrong_lengths_begin_again(void **state)
{
	static const uint64_t wrong[] = { 0, 1, 8, 17, 24, UINT64_MAX, UINT64_MAX - 7 };
	struct mailbox box = opened();
	size_t i;

	mailbox_write(&box, LENGTH, 8);
	assert_int_equal(box.len, 0);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		write_words(&box, 2);
		mailbox_write(&box, LENGTH, wrong[i]);
		assert_int_equal(mailbox_read(&box, LENGTH), 0);
	}
	write_words(&box, 1);
	mailbox_write(&box, LENGTH, 1);
	assert_int_equal(box.len, 1);
	mailbox_close(&box);
}

static void largest_token(void **state)
{
	struct mailbox box = opened();

	write_words(&box, MAILBOX_TOKEN_MAX / 8 + 1);
	mailbox_write(&box, LENGTH, MAILBOX_TOKEN_MAX + 8);
	assert_int_equal(box.len, 0);
	write_words(&box, MAILBOX_TOKEN_MAX / 8);
	mailbox_write(&box, LENGTH, MAILBOX_TOKEN_MAX);
	assert_int_equal(box.len, 0x100000);
	mailbox_close(&box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registers_tell_what_is_wanted),
		cmocka_unit_test(longest_challenge),
		cmocka_unit_test(closed_one_is_zero),
		cmocka_unit_test(token_is_what_was_written),
		cmocka_unit_test(first_token_counts),
		cmocka_unit_test(wrong_lengths_begin_again),
		cmocka_unit_test(largest_token),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
