# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What the tests of token and refvals have in common: tokens and keys of tests/tokens, REM logs."""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from cli import Case, FAILED, ROOT, plan, skip
sys.path.append(str(ROOT / 'tests' / 'tokens'))
import kit  # noqa: E402

CHECKS = ('structure', 'platform-algorithm', 'platform-key', 'platform-signature',
          'realm-algorithm', 'realm-signature', 'binding', 'lifecycle', 'lengths', 'challenge',
          'hash', 'rim', 'rem0', 'rem1', 'rem2', 'rem3', 'rpv', 'software-components',
          'configuration')
MANDATORY = CHECKS[:9]
HASHES = {32: 'sha256', 48: 'sha384', 64: 'sha512'}


def squashed(text):
    """Without what parts a long value into lines."""
    return re.sub(r'\s+', '', text)


def rem_log(*extends):
    return ''.join(json.dumps({'index': index, 'value': value.hex()}) + '\n'
                   for index, value in extends)


def rem_of(size, *values):
    """What extensions make of a REM (DEN0137, RSI_MEASUREMENT_EXTEND)."""
    rem = bytes(size)
    for value in values:
        rem = hashlib.new(HASHES[size], rem + value).digest()
    return rem


class AttestCase(Case):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.maker = kit.Maker(folder.name)
        cls.key = cls.maker.cpak.public

    def setUp(self):
        super().setUp()
        self.write('p.json', plan(name='demo'))

    def rows(self, *words):
        """The RIMs that `measure` predicts: {(kvm, rmm): bytes}"""
        value = json.loads(self.good('measure', *words, '--json'))
        return {(row['kvm'], row['rmm']): bytes.fromhex(row['rim']) for row in value['rows']}

    def token(self, token=None, name='token', **realm):
        """Write a token; the realm's claims as given, by number after a letter: c44238=rim"""
        token = (token or self.maker.mixed()).copy()
        for key, value in realm.items():
            token.realm.claims.set(int(key[1:]), value)
        return self.write(name, token.encode())

    def fails_to_print(self, *words):
        with open('/dev/full', 'wb') as full:
            done = self.run_it(*words, stdout=full, stderr=subprocess.PIPE, capture_output=False)
        self.assertEqual(done.returncode, FAILED, words)
        self.assertRegex(done.err, r'(?m)^realmctl [a-z ]+: standard output: .+ \(ENOSPC\)$')

    def certificate(self, key, *options):
        """Valid for a day from now"""
        path = self.dir / 'cert.pem'
        kit.openssl('req', '-x509', '-new', '-key', str(key.private), '-subj', '/CN=CPAK',
                    '-days', '1', '-out', str(path), *options)
        return path


def main():
    if not shutil.which('openssl'):
        skip('there is no openssl command')
    unittest.main()


def shared():
    """The folder with files of others, or None."""
    folder = pathlib.Path(os.environ.get('REALM_SHARED', ROOT.parent / 'shared'))
    return folder if (folder / 'vectors').is_dir() else None
