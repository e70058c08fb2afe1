#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Print the sizes of files and functions a part of the tree, for review; judges nothing."""
import pathlib
import re
import statistics

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = ('lib', 'tools', 'include', 'tests')
COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)
COLUMNS = '{:<8} {:>5} {:>6} {:>7} {:>9} {:>6} {:>5} {:>4} {:>5} {:>8}  {}'


def function_lengths(text):
    """Lines from the opening brace in the first column to the closing one."""
    start = 0
    for number, line in enumerate(text.splitlines()):
        if line == '{':
            start = number
        elif line == '}' and start:
            yield number - start + 1
            start = 0


def comment_share(text):
    solid = len(re.findall(r'^.*\S', text, re.MULTILINE))
    comment = sum(len(re.findall(r'^.*\S', match[0], re.MULTILINE)) for match in COMMENT.finditer(text))
    return comment, solid


def measure(part):
    texts = {path: path.read_text(encoding='utf-8') for path in sorted((ROOT / part).rglob('*.[ch]'))}
    if not texts:
        return
    sizes = {path: text.count('\n') for path, text in texts.items()}
    lengths = sorted(length for text in texts.values() for length in function_lengths(text)) or [0]
    comment, solid = (sum(column) for column in zip(*map(comment_share, texts.values())))
    largest = max(sizes, key=sizes.get)
    print(COLUMNS.format(part, len(sizes), sum(sizes.values()), int(statistics.median(sizes.values())),
                         len(lengths), int(statistics.median(lengths)), lengths[len(lengths) * 9 // 10],
                         sum(length > 60 for length in lengths), lengths[-1],
                         f'{100 * comment // solid} %', f'{largest.name} {sizes[largest]}'))


print(COLUMNS.format('part', 'files', 'lines', 'median', 'functions', 'median', '90th', '>60', 'max',
                     'comments', 'largest file'))
for folder in PARTS:
    measure(folder)
