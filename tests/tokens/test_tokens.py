#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The corpus: what holds is accepted, the rest refused by the check and reason it is made for."""
import json
import os
import pathlib
import tempfile
import unittest

import generate
from programs import output, run

RESULTS = {'accept': 'accepted', 'refuse': 'refused', 'differ': 'different'}
MANDATORY = {'structure', 'platform-algorithm', 'platform-key', 'platform-signature',
             'realm-algorithm',
             'realm-signature', 'binding', 'lifecycle', 'lengths'}
EXITS = {'accept': 0, 'refuse': 1, 'differ': 4}


def judge(*args):
    return output('JUDGE', *args).splitlines()


def first_bad(checks):
    """Of (name, outcome, why); where none is bad, the first mandatory one that is not done."""
    checks = list(checks)
    for wrong in ('bad', 'not-done'):
        for name, outcome, why in checks:
            if outcome == wrong and (wrong == 'bad' or name in MANDATORY):
                return name, why
    return '', ''


class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.manifest = generate.write(cls.folder)

    def paths(self, name, case):
        return self.folder / f'{name}.cbor', [self.folder / key for key in case['options']['keys']]

    def test_size(self):
        counts = {expected: sum(case['expected'] == expected for case in self.manifest.values())
                  for expected in RESULTS}
        self.assertGreaterEqual(counts['accept'], 60)
        self.assertGreaterEqual(counts['refuse'], 300)

    def check_malformed(self, case, line):
        kind, where, why = line.split('\t')
        self.assertEqual(kind, 'decode')
        self.assertIn(case['where'], where)
        self.assertIn(case['why'], why)

    def test_library(self):
        for name, case in self.manifest.items():
            with self.subTest(name):
                token, keys = self.paths(name, case)
                options = case['options']
                lines = judge('verify', token, options['lifecycle'], options['challenge'], *keys)
                if case['check'] == 'decode':
                    self.check_malformed(case, lines[0])
                    continue
                self.assertEqual(lines[0], RESULTS[case['expected']], lines)
                if case['expected'] == 'accept':
                    continue
                check, why = first_bad(line.split('\t') for line in lines[1:])
                self.assertEqual(check, case['check'], lines)
                self.assertIn(case['why'], why)

    def test_every_mandatory_check_decides(self):
        """Each is the first bad one of some token."""
        seen = {case['check'] for case in self.manifest.values() if case['expected'] == 'refuse'}
        self.assertEqual(seen, MANDATORY | {'decode'})

    def test_every_beginning(self):
        for name in ('mixed-tag-907', 'legacy-raw-rak', 'direct-semicolon'):
            token = self.folder / f'{name}.cbor'
            self.assertEqual(judge('prefixes', token), [str(token.stat().st_size)])

    def test_every_byte_counts(self):
        for name in ('mixed-tag-907', 'legacy-raw-rak', '2026-tag-907'):
            token = self.folder / f'{name}.cbor'
            self.assertEqual(judge('flips', token, self.folder / 'cpak.pem'),
                             [str(token.stat().st_size)])

    @unittest.skipIf('MESON_EXE_WRAPPER' in os.environ, 'starts a program for each token')
    def test_realmctl(self):
        for name, case in self.manifest.items():
            with self.subTest(name):
                token, keys = self.paths(name, case)
                options = case['options']
                args = [arg for key in keys for arg in ('--key', str(key))]
                if options['challenge']:
                    args += ['--challenge', options['challenge']]
                done = run('REALMCTL', 'token', 'verify', token, '--json', '--lifecycle',
                           options['lifecycle'], *args)
                self.assertEqual(done.returncode, EXITS[case['expected']], done.stderr)
                verdict = json.loads(done.stdout)
                self.assertEqual(verdict['result'], RESULTS[case['expected']])
                if case['expected'] == 'accept':
                    continue
                check, why = first_bad((one['check'], one['outcome'], one.get('why') or '')
                                       for one in verdict['checks'])
                self.assertEqual(check, case['check'].replace('decode', 'structure'))
                self.assertIn(case['why'], why)


if __name__ == '__main__':
    unittest.main()
