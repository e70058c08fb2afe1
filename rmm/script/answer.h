/* SPDX-License-Identifier: BSD-2-Clause */
/* Copyright (c) 2026 the librealm authors */
/* answer.h - JSON text, in a buffer that grows where there is memory for it */
#ifndef RMM_SCRIPT_ANSWER_H
#define RMM_SCRIPT_ANSWER_H

#include <stddef.h>
#include <stdint.h>

struct answer {
	char *text;	/* no zero at its end */
	size_t len, room;
	char *(*grow)(char *text, size_t room);	/* does not return when there is no memory */
};

void answer_text(struct answer *answer, const char *text);
void answer_string(struct answer *answer, const char *text);	/* in quotes, escaped */
void answer_decimal(struct answer *answer, uint64_t value);
void answer_hex(struct answer *answer, uint64_t value);	/* in quotes, with 0x */

/* Members of an object that has some: comma, key and colon first */
void answer_key(struct answer *answer, const char *key);
void answer_number(struct answer *answer, const char *key, uint64_t value);

/* Moves what is behind the first end bytes before them: what is known last may have to be told first. */
void answer_to_front(struct answer *answer, size_t end);

#endif
