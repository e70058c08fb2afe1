/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* seeds.c - runs a fuzz target over the files of a directory, without a fuzzer: seeds DIRECTORY */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_seed(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data = NULL;
	long size = -1;
	int err = 1;

	if (file && !fseek(file, 0, SEEK_END))
		size = ftell(file);
	/* Of exactly its size, so that a sanitizer sees the first byte read past the end. */
	if (size >= 0)
		data = malloc(size ? (size_t)size : 1);
	if (data) {
		rewind(file);
		err = fread(data, 1, (size_t)size, file) != (size_t)size;
	}
	if (err)
		perror(path);
	else
		LLVMFuzzerTestOneInput(data, (size_t)size);
	free(data);
	if (file)
		fclose(file);
	return err;
}

int main(int argc, char **argv)
{
	DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
	const struct dirent *entry;
	unsigned int count = 0;
	char path[4096];

	if (!dir) {
		fprintf(stderr, "usage: seeds DIRECTORY\n");
		return 2;
	}
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", argv[1], entry->d_name);
		printf("%s\n", entry->d_name);
		fflush(stdout); /* a crash must leave the name behind */
		if (run_seed(path))
			return 1;
		count++;
	}
	closedir(dir);
	return !count;
}
