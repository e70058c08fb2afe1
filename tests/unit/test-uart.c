/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* test-uart.c - the PL011 of `realmctl run`, against Arm DDI 0183 (r1p5), chapter 3 */
#include "../../tools/uart.h"
#include "unit.h"

#define UARTDR 0x000
#define UARTFR 0x018
#define UARTILPR 0x020
#define UARTIBRD 0x024
#define UARTFBRD 0x028
#define UARTLCR_H 0x02c
#define UARTCR 0x030
#define UARTIFLS 0x034
#define UARTIMSC 0x038
#define UARTRIS 0x03c
#define UARTMIS 0x040
#define UARTICR 0x044
#define UARTDMACR 0x048

/* What the other end sent, and what it gets */
struct line {
	uint8_t sent[16];
	size_t num_sent;
	const char *to_come;
};

static void put(void *arg, uint8_t byte)
{
	struct line *line = arg;

	assert_true(line->num_sent < sizeof(line->sent));
	line->sent[line->num_sent++] = byte;
}

static int get(void *arg)
{
	struct line *line = arg;

	return *line->to_come ? (uint8_t)*line->to_come++ : -1;
}

static struct uart uart_with(struct line *line, const char *to_come)
{
	struct uart uart;

	*line = (struct line){ .to_come = to_come };
	uart_init(&uart, (struct uart_line){ .put = put, .get = get, .arg = line });
	return uart;
}

static void reset_values_are_those_of_the_manual(void **state)
{
	static const struct {
		uint32_t offset, value;
	} resets[] = {
		{ 0x004, 0x0 },   { UARTFR, 0x90 },    { UARTILPR, 0x00 }, { UARTIBRD, 0x0000 }, { UARTFBRD, 0x00 },
		{ UARTLCR_H, 0 }, { UARTCR, 0x0300 },  { UARTIFLS, 0x12 }, { UARTIMSC, 0x000 },  { UARTRIS, 0x000 },
		{ UARTMIS, 0 },   { UARTDMACR, 0x00 }, { 0xfe0, 0x11 },    { 0xfe4, 0x10 },      { 0xfe8, 0x34 },
		{ 0xfec, 0x00 },  { 0xff0, 0x0d },     { 0xff4, 0xf0 },    { 0xff8, 0x05 },      { 0xffc, 0xb1 },
	};
	struct line line;
	struct uart uart = uart_with(&line, "");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(resets); i++)
		assert_int_equal(uart_read(&uart, resets[i].offset), resets[i].value);
}

static void registers_hold_the_bits_that_they_have(void **state)
{
	static const struct {
		uint32_t offset, bits;
	} registers[] = {
		{ UARTILPR, 0xff }, { UARTIBRD, 0xffff }, { UARTFBRD, 0x3f },  { UARTLCR_H, 0xff },
		{ UARTCR, 0xff87 }, { UARTIFLS, 0x3f },   { UARTIMSC, 0x7ff }, { UARTDMACR, 0x7 },
	};
	struct line line;
	struct uart uart = uart_with(&line, "");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(registers); i++)
		uart_write(&uart, registers[i].offset, 0xffffffff);
	for (i = 0; i < ARRAY_SIZE(registers); i++)
		assert_int_equal(uart_read(&uart, registers[i].offset), registers[i].bits);
	for (i = 0; i < ARRAY_SIZE(registers); i++)
		uart_write(&uart, registers[i].offset, 0);
	for (i = 0; i < ARRAY_SIZE(registers); i++)
		assert_int_equal(uart_read(&uart, registers[i].offset), 0);
	assert_int_equal(line.num_sent, 0);
}

static void data_goes_out_byte_by_byte(void **state)
{
	static const uint32_t values[] = { 0x00, 0x41, 0x0a, 0x0d, 0xff, 0xffffff80 };
	static const uint8_t bytes[] = { 0x00, 0x41, 0x0a, 0x0d, 0xff, 0x80 };
	struct line line;
	struct uart uart = uart_with(&line, "");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		uart_write(&uart, UARTDR, values[i]);
		assert_int_equal(uart_read(&uart, UARTFR), 0x90); /* never full */
	}
	assert_int_equal(line.num_sent, sizeof(bytes));
	assert_memory_equal(line.sent, bytes, sizeof(bytes));
}

static void data_comes_in_once_and_in_order(void **state)
{
	struct line line;
	struct uart uart = uart_with(&line, "a\xff");

	assert_int_equal(uart_read(&uart, UARTFR), 0xc0); /* the holding register is full */
	assert_int_equal(uart_read(&uart, UARTDR), 'a');
	assert_int_equal(uart_read(&uart, UARTDR), 0xff);
	assert_int_equal(uart_read(&uart, UARTFR), 0x90);
	assert_int_equal(uart_read(&uart, UARTDR), 0);
	line.to_come = "b";
	assert_int_equal(uart_read(&uart, UARTDR), 'b');
	assert_int_equal(line.num_sent, 0);
}

static void receiver_with_fifo_is_not_full_with_one_byte(void **state)
{
	struct line line;
	struct uart uart = uart_with(&line, "ab");

	uart_write(&uart, UARTLCR_H, 0x70); /* 8 bits, FEN */
	assert_int_equal(uart_read(&uart, UARTFR), 0x80);
}

static void receive_interrupt_lasts_as_long_as_there_is_data(void **state)
{
	struct line line;
	struct uart uart = uart_with(&line, "a");

	assert_int_equal(uart_read(&uart, UARTRIS), 0x10);
	assert_int_equal(uart_read(&uart, UARTMIS), 0);
	uart_write(&uart, UARTIMSC, 0x10);
	assert_int_equal(uart_read(&uart, UARTMIS), 0x10);
	uart_read(&uart, UARTDR);
	assert_int_equal(uart_read(&uart, UARTRIS), 0);
	assert_int_equal(uart_read(&uart, UARTMIS), 0);
}

static void transmit_interrupt_comes_with_data_and_goes_when_cleared(void **state)
{
	struct line line;
	struct uart uart = uart_with(&line, "");

	uart_write(&uart, UARTDR, 'x');
	assert_int_equal(uart_read(&uart, UARTRIS), 0x20);
	uart_write(&uart, UARTICR, 0x10);
	assert_int_equal(uart_read(&uart, UARTRIS), 0x20);
	uart_write(&uart, UARTICR, 0x20);
	assert_int_equal(uart_read(&uart, UARTRIS), 0);
	assert_int_equal(uart_read(&uart, UARTICR), 0);
}

static void what_is_no_register_is_zero_and_ignored(void **state)
{
	static const uint32_t offsets[] = { 0x001, 0x003, 0x008, 0x01a, 0x04c, 0x800, 0xfdc, 0xfe1, 0xffe, 0xfff };
	struct line line;
	struct uart uart = uart_with(&line, "a");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(offsets); i++) {
		uart_write(&uart, offsets[i], 0xffffffff);
		assert_int_equal(uart_read(&uart, offsets[i]), 0);
	}
	assert_int_equal(line.num_sent, 0);
	assert_string_equal(line.to_come, "a");
}

static void identification_is_read_only(void **state)
{
	struct line line;
	struct uart uart = uart_with(&line, "");

	uart_write(&uart, 0xfe0, 0xff);
	uart_write(&uart, UARTFR, 0);
	assert_int_equal(uart_read(&uart, 0xfe0), 0x11);
	assert_int_equal(uart_read(&uart, UARTFR), 0x90);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reset_values_are_those_of_the_manual),
		cmocka_unit_test(registers_hold_the_bits_that_they_have),
		cmocka_unit_test(data_goes_out_byte_by_byte),
		cmocka_unit_test(data_comes_in_once_and_in_order),
		cmocka_unit_test(receiver_with_fifo_is_not_full_with_one_byte),
		cmocka_unit_test(receive_interrupt_lasts_as_long_as_there_is_data),
		cmocka_unit_test(transmit_interrupt_comes_with_data_and_goes_when_cleared),
		cmocka_unit_test(what_is_no_register_is_zero_and_ignored),
		cmocka_unit_test(identification_is_read_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
