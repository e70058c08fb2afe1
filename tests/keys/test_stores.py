#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Trust-anchor stores: keys that hold for one platform."""
import json
import sys

import judge
from judge import CURVES, ROOT, openssl
import cbor

sys.path[:0] = [str(ROOT / 'spec' / 'gen')]
from jsonschema import Validator  # noqa: E402

IMPLEMENTATION = '7f454c46' + '00' * 27 + '01'
INSTANCE = '0107060504' + 'ab' * 28
SCHEMA = ROOT / 'docs' / 'schemas' / 'realm-store-1.json'


def corim(*keys):
    """The profile of 2025 (draft-ydb-rats-cca-endorsements): keys of one platform, as PEM."""
    environment = {0: {0: cbor.Tag(560, bytes.fromhex(IMPLEMENTATION))},
                   1: cbor.Tag(550, bytes.fromhex(INSTANCE))}
    comid = {1: {0: 'keys'}, 4: {3: [[environment, [cbor.Tag(554, key) for key in keys]]]}}
    profile = cbor.Tag(32, 'tag:arm.com,2025:cca_platform#1.0.0')
    body = {0: 'platform', 1: [cbor.Tag(506, cbor.encode(comid))], 3: profile}
    return cbor.encode(cbor.Tag(501, body))


class Stores(judge.KeyTest):
    def own(self, *keys):
        return {'schema': 'realm-store/1', 'keys': list(keys)}

    def entry(self, key, **changes):
        entry = {'implementation_id': IMPLEMENTATION, 'instance_id': INSTANCE, 'key': key,
                 **changes}
        return {name: value for name, value in entry.items() if value is not None}

    def rust_entry(self, key, **changes):
        return {'pkey': key, 'implementation-id': IMPLEMENTATION, 'instance-id': INSTANCE,
                **changes}

    def read(self, store):
        return self.lines('store', self.file('store', json.dumps(store)))

    def expected(self, key, curve):
        return f'{IMPLEMENTATION} {INSTANCE} {self.line(key, curve)}'

    def test_both_kinds(self):
        for curve in CURVES:
            key = self.new_key('key.pem', curve)
            jwk = self.jwk(key, curve)
            pem = openssl('pkey', '-in', key, '-pubout').decode()
            lines = [self.expected(key, curve)]
            for store in (self.own(self.entry(jwk)), self.own(self.entry(pem))):
                self.assertEqual(Validator.load(SCHEMA).errors(store), [])
                self.assertEqual(self.read(store), lines)
            self.assertEqual(self.read([self.rust_entry(jwk)]), lines)
            self.assertEqual(self.read(self.own(self.entry(jwk), self.entry(pem))), lines * 2)

    def test_hex_of_either_case(self):
        key = self.new_key('key.pem')
        upper = self.entry(self.jwk(key, 'P-256'), instance_id=INSTANCE.upper())
        self.assertEqual(self.read(self.own(upper)), [self.expected(key, 'P-256')])

    def test_certificate(self):
        key = self.new_key('key.pem')
        pem = openssl('req', '-x509', '-new', '-key', key, '-subj', '/CN=CPAK').decode()
        line, = self.read(self.own(self.entry(pem)))
        self.assertEqual(line, f'{IMPLEMENTATION} {INSTANCE} chain 1 {self.line(key, "P-256")}')

    def test_corim(self):
        for curve in CURVES:
            key = self.new_key('key.pem', curve)
            path = self.file('corim', corim(openssl('pkey', '-in', key, '-pubout').decode()))
            self.assertEqual(self.lines('store', path), [self.expected(key, curve)])
        cut = self.file('cut', path.read_bytes()[:-1])
        self.assert_refused('EBADMSG', '', 'store', cut)

    def test_corim_without_keys(self):
        path = self.file('corim', cbor.encode(cbor.Tag(501, {0: 'x', 1: [
            cbor.Tag(506, cbor.encode({1: {0: 'y'}, 4: {0: [[
                {0: {0: cbor.Tag(560, bytes(32))}},
                [{0: 'cca.platform-config', 1: {4: cbor.Tag(560, b'1')}}]]]}}))],
            3: cbor.Tag(32, 'tag:arm.com,2025:cca_platform#1.0.0')})))
        self.assert_refused('EBADMSG', 'CoRIM without attestation keys', 'store', path)

    def assert_store(self, store, errno, reason):
        with self.subTest(reason=reason):
            self.assert_refused(errno, reason, 'store', self.file('store', json.dumps(store)))

    def test_refused(self):
        key = self.new_key('key.pem')
        jwk = self.jwk(key, 'P-256')
        own, entry = self.own, self.entry
        self.assert_store(own(), 'EBADMSG', '$.keys: has no keys')
        self.assert_store([], 'EBADMSG', '$: has no keys')
        self.assert_store({**own(entry(jwk)), 'schema': 'realm-store/2'}, 'EBADMSG', '$.schema')
        self.assert_store({'keys': [entry(jwk)]}, 'EBADMSG', '$.schema: missing')
        self.assert_store({**own(entry(jwk)), 'more': 1}, 'EBADMSG', 'unknown key "more"')
        self.assert_store({'schema': 'realm-store/1'}, 'EBADMSG', '$.keys: ')
        self.assert_store(own(entry(jwk), 5), 'EBADMSG', '$.keys[1]: ')
        self.assert_store(own(entry(jwk, more=1)), 'EBADMSG', '$.keys[0]: unknown key')
        self.assert_store(own(entry(None)), 'EBADMSG', '$.keys[0].key')
        self.assert_store(own(entry(7)), 'EBADMSG', '$.keys[0].key')
        self.assert_store(own(entry('no key')), 'EBADMSG', '$.keys[0].key: is no key')
        self.assert_store(own(entry({'kty': 'RSA'})), 'EINVAL', '$.keys[0].key.kty: ')
        for name, size in (('implementation_id', 32), ('instance_id', 33)):
            good = entry(jwk)[name]
            for bad, reason in ((None, 'missing'), (good[2:], f'{size - 1} bytes, not {size}'),
                                (good + '00', f'{size + 1} bytes'), (good[:-1], 'odd number'),
                                ('zz' + good[2:], 'not a hex digit'), (1, 'expected a string')):
                self.assert_store(own(entry(jwk), entry(jwk, **{name: bad})), 'EBADMSG', reason)
        self.assert_store([entry(jwk)], 'EBADMSG', '$[0]: unknown key')
        self.assert_store([self.rust_entry({})], 'EBADMSG', '$[0].pkey.kty: missing')

    def test_other_files(self):
        pem = self.new_key('key.pem')
        self.assert_refused('EBADMSG', '', 'store', pem)
        self.assert_refused('EBADMSG', '', 'store', self.file('empty'))
        self.assert_refused('EINVAL', 'larger than', 'store', self.file('large', b' ' * (1 << 25)))


if __name__ == '__main__':
    judge.main()
