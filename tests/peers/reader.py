# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Tokens and CoRIMs as cbor2 and the openssl command read them; nothing of librealm is in it.

Refused, where they are not what the documents say: draft-ffm-rats-cca-token, draft-ietf-rats-corim,
draft-ydb-rats-cca-endorsements, RFC 9052.
"""
import hashlib
import pathlib
import sys
import tempfile

import peers
from peers import Refused

sys.path.insert(0, str(peers.judge('python')))
from cbor2 import CBORTag, dumps, loads  # noqa: E402

COSE_SIGN1, LEGACY, CMW, EAT_CWT = 18, 399, 907, 263
PLATFORM, REALM = 44234, 44241
UNSIGNED_CORIM, COMID, URI, BYTES = 501, 506, 32, 560
CORIM_TYPE = 'application/rim+cbor'

# COSE algorithm: curve, hash, bytes of r and of s
ALGORITHMS = {-7: ('P-256', 'sha256', 32), -35: ('P-384', 'sha384', 48),
              -36: ('P-521', 'sha512', 66)}
CURVES = {1: 'P-256', 2: 'P-384'}


def require(condition, what):
    if not condition:
        raise Refused(what)


def decode(data):
    """The one value, in the only encoding that a careful writer gives it, order of keys aside."""
    require(isinstance(data, bytes), 'encoded CBOR is missing')
    value = loads(data)
    require(dumps(value) == data, 'not in definite lengths and shortest form, or with more behind')
    return value


def is_sorted(data):
    return dumps(decode(data), canonical=True) == data


def tagged(value, tag, kind):
    require(isinstance(value, CBORTag) and value.tag == tag, f'tag {tag} is missing')
    require(isinstance(value.value, kind), f'tag {tag} holds no {kind.__name__}')
    return value.value


def der_integer(data):
    data = data.lstrip(b'\0') or b'\0'
    if data[0] & 0x80:
        data = b'\0' + data
    return bytes([2, len(data)]) + data


def der_signature(raw):
    half = len(raw) // 2
    body = der_integer(raw[:half]) + der_integer(raw[half:])
    return b'\x30' + (bytes([len(body)]) if len(body) < 128 else bytes([0x81, len(body)])) + body


class Message:
    """A COSE_Sign1"""

    def __init__(self, data):
        parts = tagged(decode(data), COSE_SIGN1, list)
        require(len(parts) == 4, 'a COSE_Sign1 has four parts')
        self.protected, self.unprotected, self.payload, self.signature = parts
        self.headers = decode(self.protected)

    def verify(self, key):
        """By the openssl command; key is PEM."""
        curve, digest, size = ALGORITHMS[self.headers[1]]
        require(len(self.signature) == 2 * size, f'a signature on {curve} has {2 * size} bytes')
        signed = dumps(['Signature1', self.protected, b'', self.payload])
        with tempfile.TemporaryDirectory() as folder:
            names = [pathlib.Path(folder, name) for name in ('key', 'signature', 'signed')]
            for name, data in zip(names, (key.encode(), der_signature(self.signature), signed)):
                name.write_bytes(data)
            peers.openssl('dgst', '-' + digest, '-verify', names[0], '-signature', *names[1:])


class Token:
    """A CCA token: tag, messages and claims of platform and realm."""

    def __init__(self, data):
        outer = decode(data)
        require(isinstance(outer, CBORTag) and outer.tag in (LEGACY, CMW), 'not a CCA token')
        self.tag = outer.tag
        require(set(outer.value) == {PLATFORM, REALM}, 'not a platform and a realm token')
        self.platform_message, self.realm_message = (
            Message(self.unwrapped(outer.value[key])) for key in (PLATFORM, REALM))
        self.platform = decode(self.platform_message.payload)
        self.realm = decode(self.realm_message.payload)

    def unwrapped(self, part):
        if self.tag == LEGACY:
            return part
        require(isinstance(part, list) and len(part) == 2 and part[0] == EAT_CWT, 'no CMW record')
        return part[1]

    def realm_key(self):
        key = decode(self.realm[44237])
        require(set(key) == {1, -1, -2, -3} and key[1] == 2, 'no EC2 key')
        return peers.pem(CURVES[key[-1]], key[-2] + key[-3])

    def verify(self, platform_key):
        """Both signatures and the binding of the delegated profiles up to 2024."""
        self.platform_message.verify(platform_key)
        self.realm_message.verify(self.realm_key())
        algorithm = self.realm[44240].replace('-', '')
        binding = hashlib.new(algorithm, self.realm[44237]).digest()
        require(self.platform[10] == binding, 'the platform token is not bound to the realm key')

    def as_legacy(self):
        """The same messages in the older collection"""
        parts = {PLATFORM: self.platform_message, REALM: self.realm_message}
        return dumps(CBORTag(LEGACY, {key: dumps(CBORTag(COSE_SIGN1, [
            part.protected, part.unprotected, part.payload, part.signature]))
            for key, part in parts.items()}))


def plain_digests(values):
    require(all(isinstance(entry, list) and len(entry) == 2 for entry in values), 'no digests')
    return [[algorithm, value.hex()] for algorithm, value in values]


def measurement(entry):
    """What all judges print of a measurement"""
    key, mval = entry.get(0), entry[1]
    require(set(entry) <= {0, 1} and set(mval) <= {2, 4, 14}, 'more than a CCA measurement has')
    return {
        'key': key,
        'digests': plain_digests(mval[2]) if 2 in mval else None,
        'raw': tagged(mval[4], BYTES, bytes).hex() if 4 in mval else None,
        'registers': {name: plain_digests(values) for name, values in mval[14].items()}
        if 14 in mval else None,
    }


def identifier(value):
    """Tag 560 in hex; of any other kind no more than that there is one"""
    if isinstance(value, CBORTag) and value.tag == BYTES:
        return value.value.hex()
    return value and str(value)


def is_identifier(value):
    """Text, or the bytes of a UUID"""
    return value and isinstance(value, str) or isinstance(value, bytes) and len(value) == 16


def realm(triple):
    environment, measurements = triple
    return {
        'class': identifier(environment.get(0, {}).get(0)),
        'instance': identifier(environment.get(1)),
        'measurements': [measurement(entry) for entry in measurements],
    }


class Corim:
    """A CoRIM with reference values of realms, signed when there is a key (PEM).

    sorted: its keys ascend, which CoRIM wants of nobody and deterministic CBOR does.
    """

    def __init__(self, data, key=None):
        self.signer = None
        if key:
            data = self.open(Message(data), key)
        self.sorted = is_sorted(data)
        frame = tagged(decode(data), UNSIGNED_CORIM, dict)
        require(is_identifier(frame[0]), 'no id')
        self.profile = tagged(frame[3], URI, str)
        self.realms = [realm(triple) for tag in frame[1] for triple in self.triples(tag)]

    def open(self, message, key):
        message.verify(key)
        require(message.headers[3] == CORIM_TYPE, 'not the content type of CoRIMs')
        meta = decode(message.headers[8])
        self.signer = meta[0][0]
        require(isinstance(self.signer, str) and self.signer, 'no name of the signer')
        return message.payload

    def triples(self, tag):
        data = tagged(tag, COMID, bytes)
        self.sorted &= is_sorted(data)
        comid = decode(data)
        require(is_identifier(comid[1][0]), 'no identity of the tag')
        require(set(comid[4]) == {0}, 'not reference triples alone')
        return comid[4][0]
