#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The sessions of docs/attestation.md, as they are written there."""
import os
import pathlib
import shlex
import shutil
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'model'))
import console  # noqa: E402
from programs import command  # noqa: E402

DOC = ROOT / 'docs' / 'attestation.md'
SKIP = 77


class Attestation(unittest.TestCase):
    def test_sessions(self):
        with tempfile.TemporaryDirectory() as work, tempfile.TemporaryDirectory() as bin_dir:
            env = {**os.environ, 'PATH': f'{bin_dir}:{os.environ["PATH"]}'}
            script = pathlib.Path(bin_dir, 'realmctl')
            script.write_text(f'#!/bin/sh\nexec {shlex.join(command("REALMCTL"))} "$@"\n',
                              encoding='utf-8')
            script.chmod(0o755)
            shutil.copy(ROOT / 'rmm' / 'guest' / 'payload.bin', work)
            shell = console.Shell(work, env)
            done = 0
            for line, expected in console.sessions(DOC.read_text(encoding='utf-8')):
                with self.subTest(line):
                    self.assertRegex(shell.run(line), f'\\A{console.pattern(expected).pattern}\\Z')
                done += 1
        self.assertGreater(done, 10)


if __name__ == '__main__':
    if os.environ['RUNS_GUESTS'] != 'true':
        print('skipped: guests do not run here (no Unicorn)')
        sys.exit(SKIP)
    unittest.main()
