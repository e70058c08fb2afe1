#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""scripts/testlog.py counts what ran, and takes nothing for a pass that is none."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import tree

TESTLOG = tree.ROOT / 'scripts' / 'testlog.py'


class Testlog(unittest.TestCase):
    def setUp(self):
        work = tempfile.TemporaryDirectory()
        self.addCleanup(work.cleanup)
        self.results = pathlib.Path(work.name, 'results')
        self.results.mkdir()
        self.file = self.results / 'native.json'

    def call(self, *args):
        done = subprocess.run([sys.executable, str(TESTLOG), *map(str, args)],
                              stdout=subprocess.PIPE, encoding='utf-8')
        return done.returncode, done.stdout.splitlines()

    def total_of(self, *words):
        lines = [json.dumps({'name': 't', 'result': word, 'stdout': 'why\n', 'stderr': 'OK\n'}) + '\n'
                 for word in words]
        self.file.write_text(''.join(lines))
        return self.call('total', self.results)

    def test_total_all_ok_passes(self):
        self.assertEqual(self.total_of('OK', 'OK'), (0, ['2 passed, 0 failed, 0 skipped']))

    def test_total_anything_but_ok_or_skip_fails(self):
        for word in ('FAIL', 'TIMEOUT', 'ERROR', 'INTERRUPT', 'UNEXPECTEDPASS'):
            self.assertEqual(self.total_of('OK', word), (1, ['1 passed, 1 failed, 0 skipped']))

    def test_total_skips_are_told_once_and_are_no_pass(self):
        code, lines = self.total_of('SKIP', 'SKIP')
        self.assertEqual(code, 1)
        self.assertEqual(lines, ['skipped: t (native): why', '0 passed, 0 failed, 2 skipped'])

    def test_total_of_nothing_fails(self):
        self.assertEqual(self.call('total', self.results), (1, ['0 passed, 0 failed, 0 skipped']))

    def test_run_exit_codes_become_results(self):
        for code in (0, 1, 77):
            done = self.call('run', self.file, 'step', 'sh', '-c', f'exit {code}')
            self.assertEqual(done[0], code)
        code, lines = self.call('total', self.results)
        self.assertEqual((code, lines[-1]), (1, '1 passed, 1 failed, 1 skipped'))

    def test_meson_without_a_log_fails(self):
        self.call('meson', self.file, self.results, 'true')
        self.assertEqual(self.call('total', self.results)[0], 1)

    def test_stage_prints_output_of_failures(self):
        self.total_of('OK', 'FAIL')
        self.assertEqual(self.call('stage', self.file, 3)[1],
                         ['--- native: t: FAIL', 'why', 'OK', '---',
                          'native: took 3 s', 'native: 1 passed, 1 failed, 0 skipped'])


if __name__ == '__main__':
    unittest.main()
