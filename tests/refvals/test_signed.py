#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Signed CoRIMs: ours as the openssl command sees them, and those that it signed."""
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import convert
from convert import RIM, RPV, Tag, comid, corim, encode, encoded, read, realm, refusal
from cbor import decode

# Algorithm of COSE, curve and hash of openssl, bytes of r and of s
CURVES = [(-7, 'prime256v1', 'sha256', 32), (-35, 'secp384r1', 'sha384', 48),
          (-36, 'secp521r1', 'sha512', 66)]
CONTENT_TYPE = 'application/rim+cbor'
PAYLOAD = encoded(realm(RIM, [], RPV))
OVER = 'warning CoRIM: the validity of its signature is over'


def openssl(*args, data=None):
    return subprocess.run(['openssl', *map(str, args)], input=data, capture_output=True,
                          check=True).stdout


def der_integer(number):
    data = number.to_bytes(number.bit_length() // 8 + 1, 'big')
    return b'\x02' + bytes([len(data)]) + data


def to_der(signature):
    half = len(signature) // 2
    body = b''.join(der_integer(int.from_bytes(part, 'big'))
                    for part in (signature[:half], signature[half:]))
    return b'\x30' + (b'' if len(body) < 128 else b'\x81') + bytes([len(body)]) + body


def from_der(data, width):
    """SEQUENCE of two INTEGERs, each of less than 128 bytes"""
    at, parts = 3 if data[1] == 0x81 else 2, []
    for _ in range(2):
        size = data[at + 1]
        parts.append(int.from_bytes(data[at + 2:at + 2 + size], 'big').to_bytes(width, 'big'))
        at += 2 + size
    return b''.join(parts)


def signed_bytes(protected, payload):
    return encode(['Signature1', protected, b'', payload])


class Signed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        for _, curve, _, _ in CURVES:
            for name in (curve, curve + '-other'):
                openssl('ecparam', '-name', curve, '-genkey', '-noout', '-out', cls.path / name)
                openssl('pkey', '-in', cls.path / name, '-pubout', '-out', cls.path / f'{name}.pub')

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def sign(self, curve, payload, protected, unprotected=None):
        """A COSE_Sign1 by the openssl command."""
        _, name, digest, width = curve
        content = signed_bytes(protected, payload)
        signature = openssl('dgst', f'-{digest}', '-sign', self.path / name, data=content)
        return Tag(18, [protected, unprotected or {}, payload, from_der(signature, width)])

    def check(self, data, key):
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            done = subprocess.run([*convert.command('CONVERT'), 'check', file.name,
                                   str(self.path / key)],
                                  capture_output=True)
        return done.stdout.decode().strip() or done.stderr.decode().strip()

    def openssl_says(self, curve, content, signature):
        (self.path / 'signature').write_bytes(to_der(signature))
        done = subprocess.run(['openssl', 'dgst', f'-{curve[2]}', '-verify',
                               self.path / f'{curve[1]}.pub',
                               '-signature', self.path / 'signature'], input=content,
                               capture_output=True)
        return done.returncode == 0

    def test_ours(self):
        for curve in CURVES:
            for name in ('corim', 'comid'):
                with self.subTest(curve=curve[1], format=name):
                    alone = convert.convert(name, PAYLOAD).data
                    data = convert.convert(name, PAYLOAD, self.path / curve[1]).data
                    sign1 = decode(data)
                    self.assertEqual(sign1.number, 18)
                    protected, unprotected, payload, signature = sign1.value
                    self.assertEqual((unprotected, payload, len(signature)),
                                     ({}, alone, 2 * curve[3]))
                    spki = openssl('pkey', '-pubin', '-in', self.path / f'{curve[1]}.pub',
                                   '-outform', 'DER')
                    self.assertEqual(protected, encode({
                        1: curve[0], 3: CONTENT_TYPE, 4: hashlib.sha256(spki).digest(),
                        8: encode({0: {0: 'librealm'}})}))
                    content = signed_bytes(protected, payload)
                    self.assertTrue(self.openssl_says(curve, content, signature))
                    self.assertFalse(self.openssl_says(curve, content + b'\0', signature))
                    self.assertEqual(convert.convert(name, data).data, alone)
                    self.assertEqual(self.check(data, f'{curve[1]}.pub'), 'yes')
                    self.assertEqual(self.check(data, f'{curve[1]}-other.pub'), 'no')

    def test_those_of_others(self):
        for curve in CURVES:
            for kind in (CONTENT_TYPE, 'application/corim-unsigned+cbor'):
                for payload in (PAYLOAD, PAYLOAD[3:]):
                    protected = encode({3: kind, 1: curve[0]})
                    sign1 = self.sign(curve, payload, protected)
                    for data in (sign1, Tag(502, sign1), Tag(500, Tag(502, sign1)),
                                 Tag(500, sign1)):
                        self.assertEqual(read(encode(data))['realms'][0]['rim'], RIM.hex())
                        self.assertEqual(self.check(encode(data), f'{curve[1]}.pub'), 'yes')
                        self.assertEqual(self.check(encode(data), f'{curve[1]}-other.pub'), 'no')

    def test_validity_of_the_signature(self):
        for period, said in (({1: Tag(1, 1 << 40)}, []),
                             ({1: Tag(1, 1)}, [OVER])):
            protected = encode({1: -7, 3: CONTENT_TYPE, 8: encode({0: {0: 'ACME'}, 1: period})})
            done = convert.convert('json', encode(self.sign(CURVES[0], PAYLOAD, protected)))
            self.assertEqual(done.json()['realms'][0]['rim'], RIM.hex())
            self.assertEqual([line for line in done.messages.splitlines() if 'warning' in line],
                             said)

    def test_changed(self):
        curve = CURVES[0]
        protected = encode({1: -7, 3: CONTENT_TYPE})
        good = self.sign(curve, PAYLOAD, protected)
        other = encoded(realm(RIM[::-1], [], RPV))
        for index, value in ((0, encode({1: -7, 3: CONTENT_TYPE, 4: b'x'})), (2, other),
                             (3, bytes(64)), (3, good.value[3][:-1]), (3, good.value[3] + b'\0'),
                             (0, encode({1: -35, 3: CONTENT_TYPE})),
                             (0, encode({3: CONTENT_TYPE}))):
            parts = list(good.value)
            parts[index] = value
            self.assertEqual(self.check(encode(Tag(18, parts)), 'prime256v1.pub'), 'no')
        for at in range(0, 64, 7):
            signature = bytearray(good.value[3])
            signature[at] ^= 1
            data = encode(Tag(18, [*good.value[:3], bytes(signature)]))
            self.assertEqual(self.check(data, 'prime256v1.pub'), 'no')

    def test_refused(self):
        for header, payload, why in (
                ({1: -7}, PAYLOAD, 'content type'),
                ({1: -7, 3: 'text/plain'}, PAYLOAD, 'content type'),
                ({1: -7, 3: 60}, PAYLOAD, 'content type'),
                ({1: -7, 2: [9], 3: CONTENT_TYPE}, PAYLOAD, 'crit'),
                ({1: -7, 3: CONTENT_TYPE}, b'', 'CoRIM'),
                ({1: -7, 3: CONTENT_TYPE}, encode(Tag(18, [])), 'is tag, not map'),
                ({1: -7, 3: CONTENT_TYPE}, encode(Tag(500, decode(PAYLOAD))), 'is tag, not map')):
            data = encode(self.sign(CURVES[0], payload, encode(header)))
            self.assertIn(why, refusal(data))
        self.assertIn('is no signed CoRIM', self.check(PAYLOAD, 'prime256v1.pub'))
        self.assertIn('is no signed CoRIM',
                      self.check(encode(Tag(500, decode(PAYLOAD))), 'prime256v1.pub'))
        self.assertIn('CoRIM', self.check(b'{}', 'prime256v1.pub'))
        detached = Tag(18, [encode({1: -7, 3: CONTENT_TYPE}), {}, None, bytes(64)])
        self.assertIn('payload', refusal(encode(detached)))

    def test_keys_that_cannot_sign(self):
        openssl('genpkey', '-algorithm', 'ed25519', '-out', self.path / 'ed')
        (self.path / 'text').write_text('no key')
        for name, code in (('prime256v1.pub', '-74'), ('ed', '-22'), ('text', '-74')):
            done = convert.convert('corim', PAYLOAD, self.path / name)
            self.assertFalse(done.ok)
            self.assertEqual(done.messages.split()[0], code, done.messages)
        for name in ('comid-json', 'rvps', 'store', 'rims', 'json'):
            done = convert.convert(name, PAYLOAD, self.path / 'prime256v1')
            self.assertIn(f'-22 {name}: cannot be signed', done.messages)

    def test_attestation_keys_of_other_kinds(self):
        openssl('genpkey', '-algorithm', 'ed25519', '-out', self.path / 'other')
        pem = openssl('pkey', '-in', self.path / 'other', '-pubout').decode()
        env = {0: {0: Tag(600, bytes(32))}, 1: Tag(550, b'\x01' * 33)}
        line = refusal(encode(corim(comid([env, [Tag(554, pem)]], kind=3), None)))
        self.assertTrue(line.startswith('-74 input: attestation key'), line)

    def test_unsigned_is_equal_each_time(self):
        self.assertEqual(convert.convert('corim', PAYLOAD).data,
                         convert.convert('corim', PAYLOAD).data)
        self.assertEqual(read(encode(corim(comid(realm()))))['realms'][0]['rim'], RIM.hex())


if __name__ == '__main__':
    try:
        openssl('version')
    except FileNotFoundError:
        print('the openssl command is not there')
        sys.exit(77)
    os.environ.pop('OPENSSL_CONF', None)
    unittest.main()
