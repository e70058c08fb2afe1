#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Two judges: what openssl signs the library takes, what the library signs openssl takes."""
import judge
from judge import CURVES, openssl
import cbor

HASHES = {'P-256': 'sha256', 'P-384': 'sha384', 'P-521': 'sha512'}
PROTECTED = {'P-256': b'\xa1\x01\x26', 'P-384': b'\xa1\x01\x38\x22', 'P-521': b'\xa1\x01\x38\x23'}
PAYLOADS = (b'', b'a', b'claims' * 10, bytes(255), bytes(range(256)) * 256)


def signed_bytes(protected, payload):
    """Sig_structure of RFC 9052, section 4.4."""
    return cbor.encode(['Signature1', protected, b'', payload])


def sign1(protected, payload, signature):
    return cbor.encode(cbor.Tag(18, [protected, {}, payload, signature]))


def integer(number):
    data = number.to_bytes(number.bit_length() // 8 + 1, 'big')
    return b'\x02' + bytes([len(data)]) + data


def to_der(raw):
    width = len(raw) // 2
    body = b''.join(integer(int.from_bytes(half, 'big')) for half in (raw[:width], raw[width:]))
    return b'\x30' + (b'\x81' if len(body) > 127 else b'') + bytes([len(body)]) + body


def to_raw(der, width):
    """The two INTEGERs of a DER SEQUENCE side by side."""
    at = 3 if der[1] == 0x81 else 2
    raw = b''
    for _ in range(2):
        number = int.from_bytes(der[at + 2:at + 2 + der[at + 1]], 'big')
        raw += number.to_bytes(width, 'big')
        at += 2 + der[at + 1]
    return raw


class Signatures(judge.KeyTest):
    def test_openssl_signs(self):
        for curve, (_, width, _) in CURVES.items():
            key = self.new_key('key.pem', curve)
            other = self.new_key('other.pem', curve)
            for payload in PAYLOADS:
                protected = PROTECTED[curve]
                der = openssl('dgst', '-' + HASHES[curve], '-sign', key,
                              data=signed_bytes(protected, payload))
                good = sign1(protected, payload, to_raw(der, width))
                self.assertEqual(self.lines('verify', key, data=good), ['good'])
                self.assertEqual(self.lines('verify', other, data=good), ['bad'])
                for bad in (sign1(protected, payload, der),
                            sign1(protected, payload + b'x', to_raw(der, width)),
                            sign1(protected + b'', payload, to_raw(der, width + 1))):
                    self.assertEqual(self.lines('verify', key, data=bad), ['bad'])

    def test_openssl_verifies(self):
        for curve, (_, width, _) in CURVES.items():
            key = self.new_key('key.pem', curve)
            public = self.file('public.pem', openssl('pkey', '-in', key, '-pubout'))
            for payload in PAYLOADS:
                made = self.judge('sign', key, data=payload)
                signature = made[-2 * width:]
                self.assertEqual(made, sign1(PROTECTED[curve], payload, signature))
                said = openssl('dgst', '-' + HASHES[curve], '-verify', public, '-signature',
                               self.file('sig', to_der(signature)),
                               data=signed_bytes(PROTECTED[curve], payload))
                self.assertEqual(said.strip(), b'Verified OK')

    def test_hash_of_another_curve(self):
        key = self.new_key('key.pem', 'P-256')
        for name, hash_name in HASHES.items():
            der = openssl('dgst', '-' + hash_name, '-sign', key,
                          data=signed_bytes(PROTECTED[name], b'claims'))
            made = sign1(PROTECTED[name], b'claims', to_raw(der, 32))
            expected = 'good' if name == 'P-256' else 'bad'
            self.assertEqual(self.lines('verify', key, data=made), [expected])


if __name__ == '__main__':
    judge.main()
