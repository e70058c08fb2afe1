#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Write the seeds and words of the fuzz target corim; with --check, see that they are there.

Signed ones are signed with the private key 1 of P-256 and the random number 1: such signatures are
the same each time, and need no arithmetic on the curve.
"""
import base64
import hashlib
import json
import pathlib
import sys

import records

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'refvals'))
from convert import (OLD_PLATFORM_PROFILE, OLD_REALM_PROFILE, PLATFORM_PROFILE,  # noqa: E402
                     REALM_PROFILE, REMS, RIM, RPV, Tag, comid, corim, digests, encode, encoded,
                     measurement, old_realm,
                     realm, tagged)
from forms import indefinite  # noqa: E402

# P-256 (SP 800-186): x of the base point, and the order
X = int('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296', 16)
ORDER = int('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 16)
CONTENT_TYPE = 'application/rim+cbor'
OLD = Tag(32, OLD_REALM_PROFILE)


def signed(payload, **headers):
    protected = encode({1: -7, 3: CONTENT_TYPE} | headers)
    content = encode(['Signature1', protected, b'', payload])
    r = X % ORDER
    s = (int.from_bytes(hashlib.sha256(content).digest(), 'big') + r) % ORDER
    return Tag(18, [protected, {}, payload, r.to_bytes(32, 'big') + s.to_bytes(32, 'big')])


def platform():
    impl, signer = bytes(range(32)), bytes(range(32, 64))
    values = [measurement('cca.software-component', version={0: '1'}, digests=digests(RIM),
                          name='BL',
                          keys=[tagged(signer)]),
              measurement('cca.platform-config', raw=Tag(563, [b'\xcf', b'\xff']))]
    env = {0: {0: tagged(impl)}}
    content = comid([env, values])
    content[4][3] = [[env | {1: Tag(550, b'\x01' * 33)},
                      [Tag(554, '-----BEGIN PUBLIC KEY-----\n')]]]
    return encode(corim(content, Tag(32, PLATFORM_PROFILE)))


def old_platform():
    values = [measurement(Tag(601, {1: 'BL', 4: '1', 5: RIM}), digests=digests(RIM)),
              measurement(Tag(602, 'config'), raw=tagged(b'\xcf'), mask=b'\xff')]
    return encoded([{0: {0: Tag(600, RIM)}}, values], profile=OLD_PLATFORM_PROFILE)


def json_forms():
    text = {name: base64.b64encode(value).decode() for name, value in (('rim', RIM), ('rpv', RPV))}
    sample = {'cca.realm.cca-realm-initial-measurement': [text['rim']],
              'cca.realm.cca-realm-personalization-value': [text['rpv']]}
    payload = base64.b64encode(json.dumps(sample).encode()).decode()
    yield 'rvps', {'version': '0.1.0', 'type': 'sample', 'payload': payload}
    yield 'rims', {'reference-values': [text['rim']]}
    yield 'store', {'platform': [], 'realm': [
        {'initial-measurement': RIM.hex(), 'rak-hash-algorithm': 'sha-256',
         'extensible-measurements': [rem.hex() for rem in REMS],
         'personalization-value': RPV.hex()}]}
    yield 'comid-json', {'tag-identity': {'id': 'x'}, 'triples': {'reference-values': [
        {'environment': {'instance': {'type': 'bytes', 'value': text['rim']}},
         'measurements': [{'value': {
            'raw-value': {'type': 'bytes', 'value': text['rpv']},
            'integrity-registers': {'rim': {'key-type': 'text',
                                            'value': ['sha-256;' + text['rim']]}}}}]}]}}
    yield 'json', {'schema': 'realm-refvals/1', 'realms': [
        {'name': 'demo', 'kvm': 'rme', 'rmm': 'rmm-1.0', 'hash': 'sha256', 'rim': RIM.hex(),
         'rems': [RIM.hex(), None, None, None], 'rpv': 'ff'}],
        'platforms': [{'implementation_id': RIM.hex(), 'config': 'cf', 'config_mask': 'ff',
                       'components': [{'measurement': '01', 'signer': '02', 'hash': 'sha-256'}]}]}


def seeds():
    full = encoded(realm(RIM, REMS, RPV))
    yield 'realm', full
    yield 'realms', encoded(realm(), realm(bytes(48), [], RPV), realm(bytes(64)))
    yield 'old-realm', encoded(old_realm(RIM, REMS, RPV), profile=OLD)
    yield 'platform', platform()
    yield 'old-platform', old_platform()
    yield 'signed', encode(signed(full))
    yield 'signed-old-tags', encode(Tag(500, Tag(502, signed(full[3:]))))
    yield 'indefinite', indefinite(corim(indefinite(comid(realm(RIM, REMS, RPV)))))
    yield 'chunks', indefinite(corim(indefinite(comid(old_realm(RIM, REMS, RPV)), 20), OLD), 50)
    yield 'cut', full[:-9]
    yield 'bad-rim', encoded([{0: {0: tagged(RIM)}}, realm(RPV[:32])[1]])
    for name, value in json_forms():
        yield name, json.dumps(value).encode()


def words():
    values = [encode(value) for value in (
        *('cca.rim', 'cca.rem0', 'cca.rem3', 'cca.rpv', 'cca.software-component',
          'cca.platform-config', 'rim', 'rem0'),
        *(REALM_PROFILE, OLD_REALM_PROFILE, PLATFORM_PROFILE, OLD_PLATFORM_PROFILE, CONTENT_TYPE,
          'sha-256'))]
    values += [encode(Tag(number, 0))[:-1] for number in (
        18, 32, 111, 500, 501, 502, 505, 506, 550, 554, 560, 563, 600, 601, 602)]
    values += [b'\x58\x20', b'\x58\x30', b'\x58\x40', b'\x5f', b'\x7f', b'\x9f', b'\xbf', b'\xff',
               b'\x81\x82\x01']
    values += [f'"{name}"'.encode() for name in (
        'schema', 'realm-refvals/1', 'realms', 'rim', 'rems', 'rpv', 'hash', 'name', 'kvm', 'rmm',
        'platforms',
        'components', 'reference-values', 'triples', 'environment', 'instance', 'measurements',
        'value', 'raw-value',
        'integrity-registers', 'payload', 'sample', 'realm', 'platform', 'initial-measurement')]
    lines = ['# SPDX-License-Identifier: BSD-2-Clause', '# Copyright (c) 2026 the librealm authors']
    lines += ['"' + ''.join(f'\\x{byte:02x}' for byte in value) + '"' for value in values]
    return ('\n'.join(lines) + '\n').encode()


def files():
    yield from ((HERE / 'corpus' / 'corim' / name, data) for name, data in seeds())
    yield HERE / 'corim.dict', words()


if __name__ == '__main__':
    sys.exit(records.main(list(files()), sys.argv))
