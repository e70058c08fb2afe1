#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The examples that issue reference values and verify tokens agree with realmctl."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / 'model'), str(TESTS / 'tokens')]
from programs import command, output, run  # noqa: E402
import kit  # noqa: E402


class Attest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.dir = pathlib.Path(folder.name)
        cls.maker = kit.Maker(cls.dir)
        payload = cls.dir / 'payload'
        payload.write_bytes(bytes(range(256)) * 40)
        cls.plan = cls.dir / 'plan.json'
        cls.plan.write_text(output('EXAMPLE_PLAN', payload))
        cls.rpv = bytes.fromhex(json.loads(cls.plan.read_text())['rpv']).ljust(64, b'\0')
        cls.rim = bytes.fromhex(output('REALMCTL', 'measure', '--bare', '--kvm', 'rmi-v14', '--rmm',
                                       'tf-rmm-2.0', cls.plan))

    def token(self, rim):
        token = self.maker.mixed(len(rim))
        token.realm.claims.set(44238, rim)
        token.realm.claims.set(44235, self.rpv)
        path = self.dir / 'token'
        path.write_bytes(token.encode())
        return path

    def verify(self, rim, key):
        done = run('EXAMPLE_VERIFY', self.token(rim), key.public, self.plan)
        self.assertEqual(done.stderr, '')
        lines = dict(line.split(': ', 1) for line in done.stdout.splitlines())
        return done.returncode, lines

    def test_token_is_verified_as_by_realmctl(self):
        for rim, key in ((self.rim, self.maker.cpak), (bytes(64), self.maker.cpak),
                         (self.rim, self.maker.other)):
            code, lines = self.verify(rim, key)
            known = run('REALMCTL', 'token', 'verify', '--json', self.token(rim), '--key', key.public,
                        '--plan', self.plan)
            self.assertEqual(code, known.returncode)
            checks = json.loads(known.stdout)['checks']
            self.assertEqual(list(lines), [check['check'] for check in checks])
            for check in checks:
                self.assertTrue(lines[check['check']].startswith(check['outcome'].replace('-', ' ')))

    def test_results_are_told_apart(self):
        code, lines = self.verify(self.rim, self.maker.cpak)
        self.assertEqual((code, lines['rim'].split(':')[0]), (0, 'good'))
        code, lines = self.verify(bytes(64), self.maker.cpak)
        self.assertEqual((code, lines['rim'].split(':')[0]), (4, 'bad'))
        code, lines = self.verify(self.rim, self.maker.other)
        self.assertEqual((code, lines['platform-signature'].split(':')[0]), (1, 'bad'))
        self.assertIn('not appraised', lines['challenge'])

    def test_refvals_are_those_of_realmctl(self):
        wrote = subprocess.run([*command('EXAMPLE_REFVALS'), str(self.plan)], check=True,
                               capture_output=True).stdout
        known = self.dir / 'known.corim'
        output('REALMCTL', 'refvals', self.plan, '--format', 'corim', '--kvm', 'rmi-v14', '--rmm',
               'tf-rmm-2.0', '-o', known)
        self.assertEqual(wrote, known.read_bytes())
        self.assertIn(self.rim, wrote)

    def test_faults_are_told(self):
        missing, token, key = self.dir / 'missing', self.token(self.rim), self.maker.cpak.public
        self.assertEqual(run('EXAMPLE_REFVALS').returncode, 2)
        self.assertEqual(run('EXAMPLE_VERIFY', token, key).returncode, 2)
        for words in (['EXAMPLE_REFVALS', missing], ['EXAMPLE_VERIFY', missing, key, self.plan],
                      ['EXAMPLE_VERIFY', token, missing, self.plan],
                      ['EXAMPLE_VERIFY', token, key, missing], ['EXAMPLE_VERIFY', key, key, self.plan]):
            done = run(*words)
            self.assertEqual((done.returncode, done.stdout), (1, ''))
            self.assertIn(str(key if words[1] == key else missing), done.stderr)


if __name__ == '__main__':
    unittest.main()
