#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Print the sizes of C files and functions in each part of the tree, for review; judges nothing."""
import pathlib
import re
import statistics

ROOT = pathlib.Path(__file__).resolve().parent.parent
PARTS = ('lib', 'tools', 'rmm', 'include', 'tests')
COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)
HEADINGS = ('part', 'files', 'lines', 'median', 'functions', 'median', '90th', '>60', 'max',
            'comments', 'largest file')
ROW = '{:<8} {:>5} {:>6} {:>7} {:>9} {:>6} {:>5} {:>4} {:>5} {:>8}  {}'


def function_lengths(text):
    """Lines from the opening brace in the first column to the closing one."""
    start = None
    for number, line in enumerate(text.splitlines()):
        if line == '{':
            start = number
        elif line == '}' and start is not None:
            yield number - start + 1
            start = None


def solid_lines(text):
    return sum(1 for line in text.splitlines() if line.strip())


def row(part, paths):
    texts = [path.read_text(encoding='utf-8') for path in paths]
    sizes = [text.count('\n') for text in texts]
    lengths = sorted(length for text in texts for length in function_lengths(text)) or [0]
    comments = sum(solid_lines(match[0]) for text in texts for match in COMMENT.finditer(text))
    largest, name = max(zip(sizes, (path.name for path in paths)))
    return (part, len(sizes), sum(sizes), int(statistics.median(sizes)),
            len(lengths), int(statistics.median(lengths)), lengths[len(lengths) * 9 // 10],
            sum(length > 60 for length in lengths), lengths[-1],
            f'{100 * comments // sum(map(solid_lines, texts))} %', f'{name} {largest}')


print(ROW.format(*HEADINGS))
for folder in PARTS:
    print(ROW.format(*row(folder, sorted((ROOT / folder).rglob('*.[ch]')))))
