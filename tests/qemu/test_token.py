#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The token that a realm on QEMU gets verifies against its plan, and against nothing else.

    test_token.py VARIANT PAYLOAD
"""
import base64
import json
import pathlib
import re
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / 'model'))
import qemu  # noqa: E402
import realm  # noqa: E402
from programs import output, run  # noqa: E402

VERIFIED, FAILED, DIFFERENT = 0, 1, 4
CHALLENGE = bytes(range(1, 65)).hex()
HASHES = {'rmm-1.0': ('sha256', 'sha512'), 'rmm-2.0': ('sha256', 'sha384', 'sha512'),
          'tf-rmm-2.0': ('sha256', 'sha384', 'sha512')}
# SubjectPublicKeyInfo of a P-384 point, up to the point (RFC 5480)
SPKI = bytes.fromhex('3076301006072a8648ce3d020106052b81040022036200')


def platform_key(console):
    """The key that the RMM says its platform has, as PEM"""
    point = bytes.fromhex(re.search(r'^RMM: TEST platform key (04[0-9a-f]{192})\r?$', console,
                                    re.MULTILINE)[1])
    text = base64.encodebytes(SPKI + point).decode()
    return f'-----BEGIN PUBLIC KEY-----\n{text}-----END PUBLIC KEY-----\n'


class Tokens(unittest.TestCase):
    variant = payload = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        script = realm.Script()
        for hash_name in HASHES[cls.variant]:
            script.add_plan(cls.plan(hash_name, '64'), cls.folder)
        challenge = cls.folder / 'challenge'
        challenge.write_text(CHALLENGE, encoding='utf-8')
        done = script.boot(cls.folder, rmm=cls.variant, files={'challenge': challenge})
        cls.console = done.must().console
        cls.tokens = dict(zip(HASHES[cls.variant], realm.lives(cls.console)))

    @classmethod
    def plan(cls, hash_name, size):
        path = cls.folder / f'{hash_name}-{size}.json'
        output('REALMCTL', 'plan', 'realmctl', '--firmware', cls.payload, '-m', size,
               '--hash', hash_name, '-o', path)
        return json.loads(path.read_text(encoding='utf-8'))

    def verify(self, hash_name, *, size='64', challenge=CHALLENGE, console=None, token=None):
        self.plan(hash_name, size)
        paths = self.folder / 'token', self.folder / 'key.pem'
        paths[0].write_bytes(self.tokens[hash_name].token if token is None else token)
        paths[1].write_text(platform_key(console or self.console), encoding='utf-8')
        return run('REALMCTL', 'token', 'verify', paths[0], '--key', paths[1],
                   '--challenge', challenge, '--plan', self.folder / f'{hash_name}-{size}.json',
                   '--kvm', realm.ROWS[self.variant], '--rmm', self.variant)

    def check(self, expected, *args, **kwargs):
        done = self.verify(*args, **kwargs)
        self.assertEqual(done.returncode, expected, done.stdout + done.stderr + self.console)

    def test_realm_said_goodbye(self):
        for hash_name, life in self.tokens.items():
            with self.subTest(hash_name):
                self.assertEqual(life.said[-1], 'bye')
                self.assertEqual(life.told('token'), f'{len(life.token)} bytes handed over')

    def test_own_plan(self):
        for hash_name in HASHES[self.variant]:
            with self.subTest(hash_name):
                self.check(VERIFIED, hash_name)

    def test_other_challenge(self):
        self.check(DIFFERENT, 'sha256', challenge='00' * 64)

    def test_other_plan(self):
        """More memory: the DTB says so."""
        self.check(DIFFERENT, 'sha256', size='128')

    def test_other_boot(self):
        """Keys are made anew for each."""
        other = qemu.boot('ping', rmm=self.variant).must().console
        self.assertNotEqual(platform_key(other), platform_key(self.console))
        self.check(FAILED, 'sha256', console=other)

    def test_changed_token(self):
        token = bytearray(self.tokens['sha256'].token)
        token[-1] ^= 1
        self.check(FAILED, 'sha256', token=bytes(token))

    def test_tokens_differ(self):
        """Between realms of one boot: their instance ids, or what they measure"""
        tokens = {life.token for life in self.tokens.values()}
        self.assertEqual(len(tokens), len(self.tokens))


if __name__ == '__main__':
    qemu.require()
    Tokens.variant, Tokens.payload = sys.argv[1:]
    qemu.require_tokens()
    unittest.main(argv=sys.argv[:1])
