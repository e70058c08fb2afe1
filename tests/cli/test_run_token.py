#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl run --token on the software host: the token of the guest payload, and the mailbox.

Tokens are read with tests/model/cbor.py and checked with the openssl command; nothing of librealm's
own code is asked.  Claims and containers are those of DEN0137 and draft-ffm-rats-cca-token.
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

from cli import DONE, FAILED, MESSAGE, USAGE, skip, skip_unless_possible
import cbor  # in tests/model, which cli puts on the path
import test_run
from guest import (NE, SHARED, SYSTEM_RESET, add, call, compare, jump_if, ldr, ldr_x, mov, say,
                   shift_byte, store, store_x)

PAYLOAD = os.environ.get('PAYLOAD')
MAILBOX = SHARED | 0x09010000
ID, LENGTH, DATA, CHALLENGE = 0x00, 0x08, 0x10, 0x40
OFF = test_run.OFF

SENTENCE = b'This sentence of sixty-four characters is what extends REM one..'
PLATFORM, REALM = 44234, 44241
ES384 = bytes.fromhex('a1013822')
# SubjectPublicKeyInfo (RFC 5480) of a point of P-384
SPKI_P384 = bytes.fromhex('3076301006072a8648ce3d020106052b81040022036200')


def der_integer(raw):
    number = raw.lstrip(b'\0') or b'\0'
    number = b'\0' + number if number[0] & 0x80 else number
    return bytes([2, len(number)]) + number


def der_signature(raw):
    """An ECDSA signature as openssl reads it, of r and s in a row."""
    half = len(raw) // 2
    body = der_integer(raw[:half]) + der_integer(raw[half:])
    return bytes([0x30, len(body)]) + body


class TokenRun(test_run.Run):
    def get_token(self, *words, code=DONE, name='t.cbor'):
        """Runs the plan; what it did, and the bytes of the token and of its key."""
        done = self.run_plan('--token', name, *words)
        self.assertEqual(done.returncode, code, done.err)
        read = [pathlib.Path(self.dir, file).read_bytes() for file in (name, name + '.pem')]
        return done, *read

    def openssl(self, *words):
        done = subprocess.run(['openssl', *words], cwd=self.dir, check=True, capture_output=True)
        return done.stdout

    def claims(self, encoded, key):
        """Of a COSE_Sign1 that this public key (a file and its openssl form) has signed."""
        token = cbor.decode(encoded)
        self.assertEqual(token.number, 18)
        protected, unprotected, payload, signature = token.value
        self.assertEqual((protected, unprotected, len(signature)), (ES384, {}, 96))
        self.write('signed', cbor.encode(['Signature1', protected, b'', payload]))
        self.write('signature', der_signature(signature))
        said = self.openssl('dgst', '-sha384', '-verify', *key, '-signature', 'signature', 'signed')
        self.assertEqual(said, b'Verified OK\n')
        return cbor.decode(payload)

    def parts(self, token, is_1_0):
        """The platform token and the realm token."""
        collection = cbor.decode(token)
        self.assertEqual(collection.number, 399 if is_1_0 else 907)
        self.assertEqual(list(collection.value), [PLATFORM, REALM])
        parts = list(collection.value.values())
        if not is_1_0:
            self.assertEqual([kind for kind, _ in parts], [263, 263])
            parts = [part for _, part in parts]
        return parts

    def realm_claims(self, encoded):
        """Signed with the key that they carry, which is the second result."""
        key = cbor.decode(cbor.decode(encoded).value[2])[44237]
        self.assertEqual(len(key), 107)
        fields = cbor.decode(key)
        self.assertEqual((fields[1], fields[-1], len(fields)), (2, 2, 4))
        self.write('rak.der', SPKI_P384 + b'\x04' + fields[-2] + fields[-3])
        return self.claims(encoded, ('rak.der', '-keyform', 'DER')), key

    def check_platform(self, encoded, profile, pem, rak):
        point = self.openssl('pkey', '-pubin', '-in', pem, '-outform', 'DER')[-97:]
        claims = self.claims(encoded, (pem,))
        signer = hashlib.sha256(b'TEST signer').digest()
        components = [('TEST BL1', '1'), ('TEST BL2', '1'), ('TEST RMM', profile),
                      ('TEST HW CONFIG', '1')]
        self.assertEqual(claims, {
            10: hashlib.sha256(rak).digest(), 256: b'\x01' + hashlib.sha256(point).digest(),
            265: 'tag:arm.com,2023:cca_platform#1.0.0', 2395: 0x3003,
            2396: b'librealm TEST platform, no trust', 2401: b'TEST', 2402: 'sha-256',
            2400: 'TEST platform of librealm-sim: nobody vouches for it',
            2399: [{1: name, 2: hashlib.sha256(f'{name} {version}'.encode()).digest(), 4: version,
                    5: signer} for name, version in components]})

    def check_token(self, token, profile, hash_name, challenge, rim, rpv):
        is_1_0 = profile == 'rmm-1.0'
        platform, realm = self.parts(token, is_1_0)
        claims, key = self.realm_claims(realm)
        size = len(rim)
        rem = hashlib.new(hash_name, bytes(size) + SENTENCE).digest()
        want = {10: challenge.ljust(64, b'\0'), 44235: rpv.ljust(64, b'\0'), 44237: key,
                44236: hash_name[:3] + '-' + hash_name[3:], 44240: 'sha-256',
                265: f'tag:arm.com,{"2023:realm#1" if is_1_0 else "2024:realm#2"}.0.0',
                44238: rim, 44239: [rem] + 3 * [bytes(size)]}
        if not is_1_0:
            instance = claims[256]
            self.assertEqual((len(instance), instance[0]), (33, 1))
            want.update({256: instance, 44243: 0})
        self.assertEqual(claims, want)
        self.check_platform(platform, profile, 't.cbor.pem', key)
        return claims


class Payload(TokenRun):
    def plan(self, *words):
        self.good('plan', 'realmctl', '--firmware', PAYLOAD, *words, '-o', 'p.json')

    def check_run(self, family, profile, hash_name='sha256', rpv=b''):
        challenge = os.urandom(48)
        done, token, _ = self.get_token('--challenge', challenge.hex(), '--kvm', family,
                                        '--rmm', profile)
        rim = bytes.fromhex(test_run.NOTES.match(done.err)[1])
        self.assertIn(f'token: {len(token)} bytes handed over\nbye\n', done.stdout.decode())
        return self.check_token(token, profile, hash_name, challenge, rim, rpv)

    def test_each_family_and_profile(self):
        self.plan()
        for family, profile in test_run.PAIRS:
            with self.subTest(family=family, profile=profile):
                self.check_run(family, profile)

    def test_hash_and_rpv(self):
        rpv = bytes(range(1, 41))
        self.plan('--hash', 'sha512', '--rpv', rpv.hex())
        for family in ('rme-rfc', 'rme'):
            with self.subTest(family=family):
                self.check_run(family, 'rmm-1.0', 'sha512', rpv)

    def test_larger_granules(self):
        self.plan()
        value = json.loads(pathlib.Path(self.dir, 'p.json').read_text())
        for granule in (16384, 65536):
            with self.subTest(granule=granule):
                self.write('p.json', {**value, 'granule': granule})
                self.check_run('rmi-v15', 'rmm-2.0')

    def test_keys_and_instances_are_new_in_each_run(self):
        self.plan()
        runs = [self.get_token('--challenge', '00') for _ in range(2)]
        claims = [self.realm_claims(self.parts(token, False)[1])[0] for _, token, _ in runs]
        self.assertNotEqual(runs[0][2], runs[1][2])
        for claim in (256, 44237):
            self.assertNotEqual(claims[0][claim], claims[1][claim])
        self.assertEqual(claims[0][10], bytes(64))

    def test_longest_challenge(self):
        self.plan()
        challenge = bytes(range(64))
        _, token, _ = self.get_token('--challenge', challenge.hex())
        self.assertEqual(self.realm_claims(self.parts(token, False)[1])[0][10], challenge)

    def test_key_is_told_of(self):
        self.plan()
        done, _, _ = self.get_token('--challenge', '00')
        note = done.err.splitlines()[-1]
        self.assertRegex(note, MESSAGE)
        self.assertRegex(note, r't\.cbor\.pem: .*TEST key')

    def test_nothing_is_handed_over_when_nobody_asks(self):
        self.plan()
        done = self.run_plan()
        self.assertEqual(done.returncode, DONE)
        self.assertTrue(test_run.NOTES.fullmatch(done.err), done.err)
        self.assertNotIn(b'token', done.stdout)


class Mailbox(TokenRun):
    """Guests of another making; X3 is the mailbox."""

    def load_box(self, *parts):
        self.load(mov(3, MAILBOX), *parts)

    def words(self, count):
        """So many words, each 'abcdefgh'"""
        start = mov(0, int.from_bytes(b'abcdefgh', 'little')) + mov(4, 0)
        return start + [store_x(0, 3, DATA), add(4, 1), compare(4, count), jump_if(NE, -3)]

    @staticmethod
    def length(value):
        return mov(0, value) + [store_x(0, 3, LENGTH)]

    def show(self, offset):
        """Sends the eight bytes of a register."""
        return [ldr_x(0, 3, offset)] + 8 * [store(0, 1), shift_byte(0)]

    def files(self):
        return sorted(path.name for path in pathlib.Path(self.dir).iterdir())

    def test_challenge_comes_with_zeros_after_it(self):
        self.load_box(self.show(ID), self.show(CHALLENGE), self.show(CHALLENGE + 8),
                      self.show(0x80), self.words(1), self.length(8), OFF)
        done, token, _ = self.get_token('--challenge', '0102030405060708ff')
        self.assertEqual(done.stdout, b'TOKEN\0\0\0' + bytes(range(1, 9)) + b'\xff' + bytes(15))
        self.assertEqual(token, b'abcdefgh')

    def test_registers_are_whole(self):
        self.load_box(ldr(0, 3, ID), store(0, 1), self.words(1), mov(0, 8), store(0, 3, LENGTH),
                      store(0, 3, DATA), self.length(3), self.show(LENGTH), OFF)
        done, token, _ = self.get_token('--challenge', '00')
        self.assertEqual((done.stdout, token), (b'\0\3' + bytes(7), b'abc'))

    def test_long_token(self):
        self.load_box(self.words(4000), self.length(31993), OFF)
        _, token, _ = self.get_token('--challenge', '00')
        self.assertEqual(token, (b'abcdefgh' * 4000)[:31993])

    def test_wrong_length_is_no_token(self):
        self.load_box(self.words(2), self.length(8), self.show(LENGTH), OFF)
        done = self.run_plan('--token', 't', '--challenge', '00')
        self.assertEqual(done.stdout, bytes(8))
        self.assert_fails(done, 'ENODATA', 't: the guest has not handed over a token')
        self.assertEqual(self.files(), ['p.json'])

    def test_guest_that_does_not_ask(self):
        self.load(OFF)
        self.write('t', 'old')
        done = self.run_plan('--token', 't', '--challenge', '00')
        self.assert_fails(done, 'ENODATA', 't: the guest has not handed over a token')
        self.assertEqual(self.files(), ['p.json', 't'])
        self.assertEqual(pathlib.Path(self.dir, 't').read_text(), 'old')

    def test_old_file_is_replaced(self):
        self.load_box(self.words(1), self.length(5), OFF)
        self.write('t.cbor', 'something longer')
        self.assertEqual(self.get_token('--challenge', '00')[1], b'abcde')
        self.assertEqual(self.files(), ['p.json', 't.cbor', 't.cbor.pem'])

    def test_key_replaces_only_a_public_key(self):
        self.load_box(self.words(1), self.length(8), OFF)
        self.get_token('--challenge', '00')
        public = self.openssl('pkey', '-pubin', '-in', 't.cbor.pem')
        private = self.openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256')
        path = pathlib.Path(self.dir, 't.cbor.pem')
        for old in (b'', public):
            path.write_bytes(old)
            self.get_token('--challenge', '00')
        for old in (private, public + private, b'{}', b'-'):
            path.write_bytes(old)
            done = self.run_plan('--token', 't.cbor', '--challenge', '00')
            self.assert_fails(done, 'EEXIST', r't\.cbor\.pem: is there and is no public key, .+')
            self.assertEqual((path.read_bytes(), done.stdout), (old, b''))

    def test_plan_is_not_replaced(self):
        self.load(OFF)
        old = pathlib.Path(self.dir, 'p.json').read_bytes()
        os.symlink('p.json', pathlib.Path(self.dir, 'link'))
        for name in ('p.json', './p.json', 'link'):
            self.refused(USAGE, 'EINVAL', f"--token '{name}': is the file that PLAN reads", 'run',
                         '--host', 'sim', 'p.json', '--token', name, '--challenge', '00')
        self.assertEqual(pathlib.Path(self.dir, 'p.json').read_bytes(), old)

    def test_token_outlives_a_bad_end(self):
        self.load_box(self.words(1), self.length(8), call(SYSTEM_RESET))
        done, token, _ = self.get_token('--challenge', '00', code=FAILED)
        self.assert_fails(done, 'ERESTART', 'guest: asked for a reset')
        self.assertEqual(token, b'abcdefgh')

    def test_bad_end_without_a_token_is_one_error(self):
        self.load(call(SYSTEM_RESET))
        done = self.run_plan('--token', 't', '--challenge', '00')
        self.assert_fails(done, 'ERESTART', 'guest: asked for a reset')

    def test_file_that_cannot_be_written(self):
        self.load_box(self.words(1), self.length(8), OFF)
        done = self.run_plan('--token', 'no/t', '--challenge', '00')
        self.assert_fails(done, 'ENOENT', r'no/t\.pem: .+')
        for name in ('/dev/null', '.'):
            done = self.run_plan('--token', name, '--challenge', '00')
            self.assert_fails(done, 'EINVAL', re.escape(name) + ': is there and is no file .+')

    def test_without_the_option_it_is_zero_and_needs_no_note(self):
        self.load_box(self.show(ID), self.words(1), self.length(8), self.show(LENGTH), say('.'),
                      OFF)
        done = self.run_plan()
        self.assertEqual((done.returncode, done.stdout), (DONE, bytes(16) + b'.'))
        self.assertTrue(test_run.NOTES.fullmatch(done.err), done.err)

    def test_wrong_command_lines(self):
        self.load(OFF)
        long = '00' * 65
        for pattern, words in (
                ('--token: needs a challenge', ('--token', 't')),
                ('--challenge: there is no --token', ('--challenge', '00')),
                ("--challenge '': is empty", ('--token', 't', '--challenge', '')),
                ('more than 64 bytes', ('--token', 't', '--challenge', long)),
                ('not pairs of hex digits', ('--token', 't', '--challenge', '0x')),
                ("--token '-': standard output is", ('--token', '-', '--challenge', '00'))):
            with self.subTest(words=words):
                self.refused(USAGE, 'EINVAL', pattern, 'run', '--host', 'sim', 'p.json', *words)


if __name__ == '__main__':
    skip_unless_possible('run', test_run.guest_plan(OFF))
    if not shutil.which('openssl'):
        skip('there is no openssl command')
    unittest.main()
