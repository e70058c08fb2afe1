#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The sessions of docs/attestation.md, as they are written there."""
import json
import os
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import console

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOC = ROOT / 'docs' / 'attestation.md'
SENTENCE = 'This sentence of sixty-four characters is what extends REM one..'  # of rmm/guest/main.c
SKIP = 77


class Attestation(unittest.TestCase):
    def test_sessions(self):
        env = {**os.environ, 'PATH': f'{pathlib.Path(os.environ["REALMCTL"]).parent}:{os.environ["PATH"]}'}
        with tempfile.TemporaryDirectory() as work:
            shutil.copy(ROOT / 'rmm' / 'guest' / 'payload.bin', work)
            line = json.dumps({'index': 1, 'value': SENTENCE.encode().hex()})
            pathlib.Path(work, 'rems.log').write_text(line + '\n', encoding='utf-8')
            shell = console.Shell(work, env)
            done = 0
            for command, expected in console.sessions(DOC.read_text(encoding='utf-8')):
                with self.subTest(command):
                    self.assertRegex(shell.run(command), f'\\A{console.pattern(expected).pattern}\\Z')
                done += 1
        self.assertGreater(done, 10)


if __name__ == '__main__':
    if os.environ['RUNS_GUESTS'] != 'true':
        print('skipped: guests do not run here (no Unicorn)')
        sys.exit(SKIP)
    unittest.main()
