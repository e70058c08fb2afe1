/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* fwcfg.c - QEMU's firmware configuration device (QEMU, docs/specs/fw_cfg.rst): memory-mapped, selector big-endian */
#include <string.h>

#include "fwcfg.h"
#include "layout.h"

#define SELECTOR_OFFSET 8

#define KEY_CPUS 0x05
#define KEY_DIRECTORY 0x19

#define NAME_SIZE 56

#define SMBIOS_HEADER 4
#define SMBIOS_MAPPED_ADDRESS 19

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

unsigned fwcfg_cpus(void)
{
	uint16_t count;

	choose(KEY_CPUS);
	read_bytes(&count, sizeof(count));
	return count;
}

static uint64_t little_endian(const uint8_t *bytes, unsigned count)
{
	uint64_t value = 0;

	while (count--)
		value = value << 8 | bytes[count];
	return value;
}

/* The directory is big-endian whatever the machine. */
static uint32_t big_endian(const uint8_t *bytes, unsigned count)
{
	uint32_t value = 0;

	while (count--)
		value = value << 8 | *bytes++;
	return value;
}

/* Chooses a file and returns its size; 0 for none. */
static size_t open_file(const char *name)
{
	uint8_t count[4];
	struct entry entry;

	choose(KEY_DIRECTORY);
	read_bytes(count, sizeof(count));
	for (uint32_t i = big_endian(count, 4); i; i--) {
		read_bytes(&entry, sizeof(entry));
		if (strncmp(entry.name, name, NAME_SIZE))
			continue;
		choose((uint16_t)big_endian(entry.key, 2));
		return big_endian(entry.size, 4);
	}
	return 0;
}

size_t fwcfg_file(const char *name, void *buf, size_t size)
{
	size_t has = open_file(name);

	read_bytes(buf, has < size ? has : size);
	return has;
}

size_t fwcfg_text(const char *name, char *buf, size_t size)
{
	size_t has = fwcfg_file(name, buf, size - 1);

	buf[has < size ? has : size - 1] = '\0';
	return has;
}

/* Two zeros end the texts of a structure. Returns how many bytes were read. */
static size_t skip_texts(void)
{
	uint8_t last = 1, now = 1;
	size_t done = 0;

	for (; last || now; done++) {
		last = now;
		read_bytes(&now, sizeof(now));
	}
	return done;
}

/*
 * This machine does not tell in a key of its own. Its SMBIOS tables (DSP0134) do: a memory array mapped address has the
 * first and last address in KiB, or in bytes where those are not enough.
 */
uint64_t fwcfg_ram_size(void)
{
	struct {
		uint8_t type, length, handle[2];
		uint8_t first_kib[4], last_kib[4], array[2], width, first[8], last[8], rest[224];
	} __attribute__((packed)) mapped;
	size_t left = open_file("etc/smbios/smbios-tables");

	while (left > SMBIOS_HEADER) {
		read_bytes(&mapped, SMBIOS_HEADER);
		read_bytes(mapped.first_kib, mapped.length - SMBIOS_HEADER);
		if (mapped.type == SMBIOS_MAPPED_ADDRESS)
			break;
		left -= mapped.length + skip_texts();
	}
	if (left <= SMBIOS_HEADER)
		return 0;
	if (little_endian(mapped.last_kib, 4) != UINT32_MAX)
		return (little_endian(mapped.last_kib, 4) - little_endian(mapped.first_kib, 4) + 1) << 10;
	return little_endian(mapped.last, 8) - little_endian(mapped.first, 8) + 1;
}
