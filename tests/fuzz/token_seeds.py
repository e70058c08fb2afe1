#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Write the seeds and words of the fuzz target token; with --check, see that they are there.

All are signed with the private key 1 of P-384 and the same random number: such signatures are the
same each time, and need no arithmetic on the curve.
"""
import hashlib
import pathlib
import sys

import records

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'tokens'))
import accepted  # noqa: E402
import bad_claims  # noqa: E402
import bad_frames  # noqa: E402
import kit  # noqa: E402
from kit import cbor  # noqa: E402

# P-384 (SP 800-186): base point and order
X = bytes.fromhex('aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b98'
                  '59f741e082542a385502f25dbf55296c3a545e3872760ab7')
Y = bytes.fromhex('3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147c'
                  'e9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f')
ORDER = int('ffffffffffffffffffffffffffffffffffffffffffffffff'
            'c7634d81f4372ddf581a0db248b0a77aecec196accc52973', 16)


class BaseKey:
    """Private key 1; signs with the random number 1, so that r is X, and s is hash + r."""
    alg, width, crv = -35, 48, 2
    point = b'\x04' + X + Y
    cose_key = kit.Key.cose_key

    def sign(self, data):
        r = int.from_bytes(X, 'big') % ORDER
        s = (int.from_bytes(hashlib.sha384(data).digest(), 'big') + r) % ORDER
        return r.to_bytes(48, 'big') + s.to_bytes(48, 'big')


class Maker(kit.Maker):
    def __init__(self):
        self.cpak = self.rak = BaseKey()
        self.challenge = bytes(range(64))


def chosen(maker):
    """One of each form and mode, and what is next to them."""
    yield from accepted.forms(maker)
    yield from accepted.modes(maker)
    yield from accepted.collections(maker)
    yield from bad_claims.by_profile(maker)
    yield from bad_frames.records(maker)
    yield from bad_frames.indefinite(maker)


def everything(maker):
    """Every claim that is known, and unknown ones of every type."""
    token = maker.mixed()
    for part, key, value, _ in accepted.OPTIONAL:
        getattr(token, part).claims.set(key, value)
    return token.encode()


def words():
    values = [cbor.encode(key) for key in (
        10, 256, 265, *range(2394, 2409), *range(44234, 44245), 44257, 263, 267,
        0x3003, -35, -7, -36)]
    values += [cbor.encode(name) for name in ('sha-256', 'sha-384', 'sha-512')]
    values += [cbor.encode(name) for name in (
        'http://arm.com/CCA-SSD/1.0.0', 'tag:arm.com,2023:cca_platform#1.0.0',
        'tag:arm.com,2024:cca_platform#2.0.0', 'tag:arm.com,2026:cca_platform#2.1.0',
        'tag:arm.com,2023:realm#1.0.0', 'tag:arm.com,2024:realm#2.0.0',
        'tag:arm.com,2026:realm#2.0.0')]
    values += [b';direct', b'#delegated', b';HESRAK', b'\x58\x20', b'\x58\x30', b'\x58\x40',
               b'\x58\x6b', b'\xd2\x84', b'\xd9\x01\x8f', b'\xd9\x03\x8b', b'\xd9\x02\x59']
    lines = ['# SPDX-License-Identifier: BSD-2-Clause', '# Copyright (c) 2026 the librealm authors']
    lines += ['"' + ''.join(f'\\x{byte:02x}' for byte in value) + '"' for value in values]
    return ('\n'.join(lines) + '\n').encode()


def files():
    maker = Maker()
    corpus = HERE / 'corpus' / 'token'
    seeds = {case.name: case.data() for case in chosen(maker)}
    seeds['everything'] = everything(maker)
    yield from ((corpus / name, data) for name, data in seeds.items())
    yield HERE / 'token.dict', words()


if __name__ == '__main__':
    sys.exit(records.main(list(files()), sys.argv))
