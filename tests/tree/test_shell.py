#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""shellcheck finds nothing in the tree's shell scripts."""
import re
import shutil
import subprocess
import unittest

import tree

SHEBANG = re.compile(rb'#!/bin/(?:ba|da)?sh\b|#!/usr/bin/env (?:ba)?sh\b')


class Shell(unittest.TestCase):
    def test_shellcheck_is_silent(self):
        scripts = [path for path in tree.tracked_files() if SHEBANG.match(path.read_bytes()[:64])]
        self.assertIn(tree.ROOT / 'scripts' / 'test', scripts)
        done = subprocess.run(['shellcheck', '-x', '-P', 'SCRIPTDIR', *map(str, scripts)], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, encoding='utf-8')
        self.assertEqual(done.stdout, '')


if __name__ == '__main__':
    if not shutil.which('shellcheck'):
        tree.skip('shellcheck is not installed')
    tree.main()
