#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Print the program that a document holds in parts: tour.py DOCUMENT"""
import pathlib
import re
import sys

PART = re.compile(r'^```c\n(.*?)^```', re.DOTALL | re.MULTILINE)

print('\n'.join(PART.findall(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8'))), end='')
