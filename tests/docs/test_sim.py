#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""docs/sim.md has every kernel that the software host can be, with its family."""
import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOC = (ROOT / 'docs' / 'sim.md').read_text(encoding='utf-8')
KERNELS = DOC.split('\n## Kernels\n')[1].split('\n## ')[0]


def documented():
    """List of no or one family, by name of the kernel."""
    rows = re.findall(r'^\| ([^|]+) \| ([^|]+) \|', KERNELS, re.MULTILINE)[1:]
    return {name: [] if family == 'none' else [family]
            for names, family in rows for name in names.split(', ')}


def known():
    spec = json.loads((ROOT / 'spec' / 'kvm-kernels.json').read_text(encoding='utf-8'))
    rows = next(table for table in spec['tables'] if table['name'] == 'KvmKernel')['rows']
    return {row['name']: row['family'] for row in rows}


class Kernels(unittest.TestCase):
    def test_table(self):
        self.assertEqual(documented(), known())


if __name__ == '__main__':
    unittest.main()
