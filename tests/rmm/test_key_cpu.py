#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Keys and signatures of the firmware: those of RFC 6979, and good ones in OpenSSL's eyes.

Environment: BEARSSL_SOURCES and BEARSSL_FLAGS are what meson compiles into the firmware.
Exits with 77 where no compiler or no CPU for it is at hand.
"""
import hashlib
import os
import pathlib
import struct
import subprocess
import tempfile

import arm64

PANIC = 3

# FIPS 186-4, D.1.2.4
P = 2**384 - 2**128 - 2**96 + 2**32 - 1
ORDER = int('ffffffffffffffffffffffffffffffffffffffffffffffff'
            'c7634d81f4372ddf581a0db248b0a77aecec196accc52973', 16)
GENERATOR = (int('aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b98'
                 '59f741e082542a385502f25dbf55296c3a545e3872760ab7', 16),
             int('3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147c'
                 'e9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f', 16))

# RFC 6979, A.2.6, with SHA-384
SECRET = int('6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba'
             '9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5', 16)
POINT = (int('ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e'
             '06aae5286b300c64def8f0ea9055866064a254515480bc13', 16),
         int('8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9'
             'f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720', 16))
SIGNATURES = {
    b'sample': ('94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46'
                '99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8'),
    b'test': ('8203b63d3c853e8d77227fb377bcf7b7b772e97892a80f36ab775d509d7a5feb0542a7f0812998da8f1dd3ca3cf023db'
              'ddd0760448d42d8a43af45af836fce4de8be06b485e9b61b827c2f13173923e06a739f040649a667bf3b828246baa5a5'),
}

# SubjectPublicKeyInfo of id-ecPublicKey and secp384r1, up to the point
SPKI_HEAD = bytes.fromhex('3076301006072a8648ce3d020106052b81040022036200')


def number(value):
    return value.to_bytes(48, 'big')


def point(x, y):
    return '04' + number(x).hex() + number(y).hex()


def der_integer(value):
    content = value.to_bytes(value.bit_length() // 8 + 1, 'big')
    return bytes([2, len(content)]) + content


def der_signature(signature):
    both = b''.join(der_integer(int.from_bytes(half, 'big'))
                    for half in (signature[:48], signature[48:]))
    return bytes([0x30, len(both)]) + both


def is_good(key, digest, signature):
    """In the eyes of the openssl command, which also refuses a point that is not on the curve."""
    with tempfile.TemporaryDirectory() as folder:
        files = {'key': SPKI_HEAD + bytes.fromhex(key), 'digest': digest,
                 'signature': der_signature(bytes.fromhex(signature))}
        for name, content in files.items():
            pathlib.Path(folder, name).write_bytes(content)
        done = subprocess.run(
            ['openssl', 'pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', 'key',
             '-sigfile', 'signature', '-in', 'digest'],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode == 0 and b'Signature Verified Successfully' in done.stdout


class Keys(arm64.Case):
    SOURCES = [arm64.ROOT / 'tests' / 'rmm' / 'key-cpu.c', arm64.QEMU / 'r-el2' / 'key.c',
               *os.environ['BEARSSL_SOURCES'].split(':')]
    FLAGS = ['-mgeneral-regs-only', *os.environ['BEARSSL_FLAGS'].split(':')]

    def boot(self, entropy, digests=()):
        entropy = b''.join(entropy)
        data = struct.pack('<I', len(entropy)) + entropy + b''.join(digests)
        return self.run_program(data=data)

    def lines(self, *args):
        done = self.boot(*args)
        self.assertEqual(done.returncode, 0)
        return done.stdout.decode().split()

    def test_secrets_are_from_one_to_the_order_less_one(self):
        passed_over = [b'\xff' * 48, bytes(48), number(ORDER), number(ORDER + 1)]
        rak, platform = self.lines([*passed_over, number(ORDER - 1), *passed_over, number(1)])
        x, y = GENERATOR
        self.assertEqual(rak, point(x, P - y))
        self.assertEqual(platform, point(x, y))

    def test_without_random_numbers_there_is_no_key(self):
        for count in (0, 47, 48, 95):
            done = self.boot([b'\x01' * count])
            self.assertEqual(done.returncode, PANIC)
            self.assertIn(b'no random numbers', done.stdout)

    def test_signatures_are_those_of_rfc_6979(self):
        digests = [hashlib.sha384(text).digest() for text in SIGNATURES]
        rak, _, *signatures = self.lines([number(SECRET), number(1)], digests)
        self.assertEqual(rak, point(*POINT))
        self.assertEqual(signatures[::2], list(SIGNATURES.values()))

    def test_signatures_are_good_for_openssl(self):
        digests = [bytes(48), b'\xff' * 48, number(ORDER), os.urandom(48)]
        for _ in range(4):
            secrets = [os.urandom(48), os.urandom(48)]
            with self.subTest(secrets=[secret.hex() for secret in secrets]):
                rak, platform, *signatures = self.lines(secrets, digests)
                keys = rak, platform
                for i, signature in enumerate(signatures):
                    key, digest = keys[i % 2], digests[i // 2]
                    self.assertTrue(is_good(key, digest, signature))
                    self.assertFalse(is_good(keys[1 - i % 2], digest, signature))
                    self.assertFalse(is_good(key, os.urandom(48), signature))


if __name__ == '__main__':
    arm64.main()
