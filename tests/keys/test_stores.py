#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Trust-anchor stores: keys that hold for one platform."""
import json
import sys

import judge
from judge import CURVES, ROOT, openssl

sys.path[:0] = [str(ROOT / 'spec' / 'gen')]
from jsonschema import Validator  # noqa: E402

IMPLEMENTATION = '7f454c46' + '00' * 27 + '01'
INSTANCE = '0107060504' + 'ab' * 28
SCHEMA = ROOT / 'docs' / 'schemas' / 'realm-store-1.json'


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
