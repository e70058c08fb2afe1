# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Makes CCA tokens from claims, with keys and signatures of the openssl command.

A Token is a platform's Part and a realm's Part; whatever is wrong with one is done by a hook of the
level where it is wrong: payload, signature, COSE_Sign1, byte string, record, collection, whole.
"""
import copy
import dataclasses
import functools
import hashlib
import pathlib
import subprocess
import sys
import typing

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'model'))
import cbor  # noqa: E402

PLATFORM, REALM = 44234, 44241
HASHES = {'sha-256': hashlib.sha256, 'sha-384': hashlib.sha384, 'sha-512': hashlib.sha512}
# curve: COSE algorithm, digest of openssl, bytes of a coordinate, COSE curve
CURVES = {'P-256': (-7, 'sha256', 32, 1), 'P-384': (-35, 'sha384', 48, 2),
          'P-521': (-36, 'sha512', 66, 3)}
BINDING = object()  # stands for the digest that binds the realm's token, in the platform's claims


def openssl(*args, data=None):
    return subprocess.run(['openssl', *args], input=data, check=True, capture_output=True).stdout


class Key:
    """An EC key in a file of its own."""

    def __init__(self, folder, name, curve):
        self.alg, self.digest, self.width, self.crv = CURVES[curve]
        self.private, self.public = folder / f'{name}-private.pem', folder / f'{name}.pem'
        openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', f'ec_paramgen_curve:{curve}',
                '-out', str(self.private))
        openssl('pkey', '-in', str(self.private), '-pubout', '-out', str(self.public))
        der = openssl('pkey', '-pubin', '-in', str(self.public), '-outform', 'DER')
        self.point = der[-(2 * self.width + 1):]

    def cose_key(self, **more):
        x, y = self.point[1:self.width + 1], self.point[self.width + 1:]
        return cbor.encode({1: 2, -1: self.crv, -2: x, -3: y, **more})

    @functools.lru_cache(maxsize=None)
    def sign(self, data):
        """r and s of fixed width (RFC 9053, section 2.1), from the DER that openssl makes."""
        der = openssl('dgst', f'-{self.digest}', '-sign', str(self.private), data=data)
        at = 3 if der[1] & 0x80 else 2
        numbers = []
        for _ in range(2):
            size = der[at + 1]
            numbers.append(int.from_bytes(der[at + 2:at + 2 + size], 'big'))
            at += 2 + size
        return b''.join(number.to_bytes(self.width, 'big') for number in numbers)


class Claims(list):
    """Pairs of key and value, in their order; a key may come twice."""

    def get(self, key):
        return next((value for other, value in self if other == key), None)

    def set(self, key, value):
        for index, (other, _) in enumerate(self):
            if other == key:
                self[index] = (key, value)
                return
        self.append((key, value))

    def drop(self, key):
        kept = [pair for pair in self if pair[0] != key]
        assert len(kept) < len(self), key
        self[:] = kept

    def encode(self):
        return cbor.head(cbor.MAP, len(self)) + b''.join(
            cbor.encode(key) + cbor.encode(value) for key, value in self)


def as_is(value):
    return value


@dataclasses.dataclass
class Part:
    claims: Claims
    key: typing.Optional[Key]              # None: not signed
    protected: typing.Optional[bytes] = None
    unprotected: typing.Any = dataclasses.field(default_factory=dict)
    payload: typing.Callable = as_is       # encoded claims -> payload
    signed: typing.Callable = as_is        # payload -> what is signed
    signature: typing.Callable = as_is
    cose: typing.Callable = lambda fields: cbor.Tag(18, fields)
    content: typing.Callable = as_is       # of the byte string
    record: typing.Callable = lambda content: [263, content]  # of tag 907

    def encode(self):
        payload = self.payload(self.claims.encode())
        if not self.key:
            return self.content(payload)
        protected = self.protected
        if protected is None:
            protected = cbor.encode({1: self.key.alg})
        to_sign = cbor.encode(['Signature1', protected, b'', self.signed(payload)])
        signature = self.signature(self.key.sign(to_sign))
        return self.content(cbor.encode(self.cose([protected, self.unprotected, payload,
                                                   signature])))


@dataclasses.dataclass
class Token:
    platform: Part
    realm: Part
    tag: int = 907
    bound: typing.Callable = as_is         # digest -> what the platform's claim holds
    collection: typing.Callable = as_is    # pairs -> pairs
    whole: typing.Callable = as_is

    def copy(self):
        """With claims of its own."""
        other = copy.copy(self)
        other.platform, other.realm = copy.copy(self.platform), copy.copy(self.realm)
        other.platform.claims = Claims(self.platform.claims)
        other.realm.claims = Claims(self.realm.claims)
        return other

    def binding(self, realm):
        """Of the RAK as it stands in the claim; in direct mode of all that the realm says."""
        claims = self.realm.claims
        name, bound = claims.get(44240), claims.get(44237)
        if self.realm.key is None:
            name, bound = claims.get(44236), realm
        if name not in HASHES or not isinstance(bound, bytes):
            name, bound = 'sha-256', b''
        return self.bound(HASHES[name](bound).digest())

    def encode(self):
        realm = self.realm.encode()
        digest = self.binding(realm)
        platform = copy.copy(self.platform)
        platform.claims = Claims((key, digest if value is BINDING else value)
                                 for key, value in self.platform.claims)
        pairs = [(PLATFORM, platform, platform.encode()), (REALM, self.realm, realm)]
        if self.tag == 907:
            pairs = [(key, part.record(content)) for key, part, content in pairs]
        else:
            pairs = [(key, content) for key, _, content in pairs]
        return self.whole(cbor.encode(cbor.Tag(self.tag,
                                               cbor.Raw(Claims(self.collection(pairs)).encode()))))


def component(fill, size=32, **more):
    return {1: f'FW_{fill:X}', 2: bytes([fill]) * size, 4: '1.2.3', 5: bytes([fill + 1]) * size,
            6: f'sha-{size * 8}',
            **more}


class Maker:
    """Keys, and good tokens of each time."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.cpak = Key(self.folder, 'cpak', 'P-384')
        self.cpak256 = Key(self.folder, 'cpak256', 'P-256')
        self.cpak521 = Key(self.folder, 'cpak521', 'P-521')
        self.other = Key(self.folder, 'other', 'P-384')
        self.rak = Key(self.folder, 'rak', 'P-384')
        self.attacker = Key(self.folder, 'attacker', 'P-384')
        self.challenge = bytes(range(64))

    def platform(self, profile, binding=10, client=False):
        claims = Claims([
            (265, profile), (binding, BINDING), (2396, b'\x7fELF' + bytes(28)),
            (256, b'\x01' + b'\x07' * 32),
            (2401, b'\xcf' * 4), (2395, 0x3003), (2402, 'sha-256'),
            (2400, 'https://verifier.example/cca'),
            (2399, [component(0x20), component(0x30)])])
        if client:
            claims.append((2394, 1))
        return Part(claims, self.cpak)

    def realm(self, profile, size=32):
        claims = Claims([
            (10, self.challenge), (44235, b'rpv'.ljust(64, b'\0')), (44237, self.rak.cose_key()),
            (44236, f'sha-{size * 8}'), (44240, 'sha-256'), (44238, b'\x11' * size),
            (44239, [bytes([0x40 + index]) * size for index in range(4)])])
        if profile:
            claims.insert(0, (265, profile))
        if profile and '2023' not in profile:
            claims += [(256, b'\x01' + b'\x5a' * 32), (44243, 0)]
        return Part(claims, self.rak)

    def legacy(self):
        token = Token(self.platform('http://arm.com/CCA-SSD/1.0.0'), self.realm(None), tag=399)
        token.realm.claims.set(44237, self.rak.point)
        return token

    def of_2023(self, size=32):
        return Token(self.platform('tag:arm.com,2023:cca_platform#1.0.0'),
                     self.realm('tag:arm.com,2023:realm#1.0.0', size))

    def mixed(self, size=32):
        """What emulators give today."""
        return Token(self.platform('tag:arm.com,2023:cca_platform#1.0.0'),
                     self.realm('tag:arm.com,2024:realm#2.0.0', size))

    def of_2024(self, profile='tag:arm.com,2024:cca_platform#2.0.0'):
        return Token(self.platform(profile, client='#2.0.0' in profile),
                     self.realm('tag:arm.com,2024:realm#2.0.0'))

    def of_2026(self, profile='tag:arm.com,2026:cca_platform#2.0.0', size=32):
        return Token(self.platform(profile, 2408, True), self.realm('tag:arm.com,2026:realm#2.0.0',
                                                                    size))

    def hesrak(self, separator=';'):
        token = self.of_2026(f'tag:arm.com,2026:cca_platform#2.1.0{separator}HESRAK')
        token.platform.claims.append((10, self.challenge))
        return token

    def direct(self, token, tag=601):
        """A token whose platform's profile says so."""
        token.realm.key = None
        token.realm.claims.drop(44237)
        token.realm.claims.drop(44240)
        if tag:
            token.realm.content = lambda claims: cbor.head(cbor.TAG, tag) + claims
        return token
