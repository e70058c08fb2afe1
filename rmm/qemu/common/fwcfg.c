/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* fwcfg.c - QEMU's firmware configuration device (QEMU, docs/specs/fw_cfg.rst): memory-mapped, selector big-endian */
#include <string.h>

#include "fwcfg.h"
#include "layout.h"

#define SELECTOR_OFFSET 8

#define KEY_RAM_SIZE 0x03
#define KEY_CPUS 0x05
#define KEY_DIRECTORY 0x19

#define NAME_SIZE 56

struct entry {
	uint8_t size[4], key[2], reserved[2];	/* big-endian */
	char name[NAME_SIZE];
};

static void choose(uint16_t key)
{
	*(volatile uint16_t *)(FWCFG_BASE + SELECTOR_OFFSET) = __builtin_bswap16(key);
}

/* Goes on where the last read of this key ended. Eight bytes at a time come in the order that memory has. */
static void read_bytes(void *buf, size_t size)
{
	uint8_t *to = buf;

	for (; size >= 8; size -= 8, to += 8) {
		uint64_t word = *(volatile uint64_t *)FWCFG_BASE;

		memcpy(to, &word, sizeof(word));
	}
	for (; size; size--)
		*to++ = *(volatile uint8_t *)FWCFG_BASE;
}

uint64_t fwcfg_ram_size(void)
{
	uint64_t size;

	choose(KEY_RAM_SIZE);
	read_bytes(&size, sizeof(size));
	return size;
}

unsigned fwcfg_cpus(void)
{
	uint16_t count;

	choose(KEY_CPUS);
	read_bytes(&count, sizeof(count));
	return count;
}

/* The directory is big-endian whatever the machine. */
static uint32_t big_endian(const uint8_t *bytes, unsigned count)
{
	uint32_t value = 0;

	while (count--)
		value = value << 8 | *bytes++;
	return value;
}

size_t fwcfg_file(const char *name, void *buf, size_t size)
{
	uint8_t count[4];
	struct entry entry;

	choose(KEY_DIRECTORY);
	read_bytes(count, sizeof(count));
	for (uint32_t i = big_endian(count, 4); i; i--) {
		size_t has;

		read_bytes(&entry, sizeof(entry));
		if (strncmp(entry.name, name, NAME_SIZE))
			continue;
		has = big_endian(entry.size, 4);
		choose((uint16_t)big_endian(entry.key, 2));
		read_bytes(buf, has < size ? has : size);
		return has;
	}
	return 0;
}

size_t fwcfg_text(const char *name, char *buf, size_t size)
{
	size_t has = fwcfg_file(name, buf, size - 1);

	buf[has < size ? has : size - 1] = '\0';
	return has;
}
