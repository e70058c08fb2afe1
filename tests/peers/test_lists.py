#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Reference values of realmctl in JSON: by documented shapes, and by the ccatoken crate."""
import base64
import json
import unittest

from peers import HASHES, Program
import cli
import references

RUST = Program('rust')

RVPS_NAME = 'cca.realm.cca-realm-initial-measurement'


def standard_base64(rims):
    return [base64.b64encode(bytes.fromhex(rim)).decode() for rim in rims]


class Lists(references.Case):
    def read(self, style, wanted):
        return json.loads(self.reference(style, wanted).read_text(encoding='utf-8'))

    def check_rvps(self, wanted, rims):
        message = self.read('rvps', wanted)
        self.assertEqual(set(message), {'version', 'type', 'payload'})
        self.assertEqual((message['version'], message['type']), ('0.1.0', 'sample'))
        payload = json.loads(base64.b64decode(message['payload'], validate=True))
        self.assertEqual(sorted(payload.pop(RVPS_NAME)), sorted(standard_base64(rims)))
        for values in payload.values():
            self.assertIsInstance(values, list)

    def test_rvps(self):
        self.for_each(self.check_rvps)

    def check_store(self, wanted, rims):
        """It compares all four REMs always: those that are not known are zero."""
        written = self.reference('store', wanted)
        _, size = HASHES[wanted.hash()]
        for rim in rims:
            self.assertEqual(RUST('store', written, rim), [{
                'initial-measurement': rim, 'personalization-value': wanted.rpv(),
                'rak-hash-algorithm': 'sha-256',
                'extensible-measurements': [wanted.rems.get(i, '00' * size) for i in range(4)]}])
        self.assertIsNone(RUST('store', written, '00' * size))

    def test_store(self):
        self.for_each(self.check_store)

    def check_rims(self, wanted, rims):
        """The key broker knows RIMs of 32 bytes only."""
        if wanted.hash() != 'sha256':
            _, done = self.refvals('rims', wanted)
            self.assertEqual(done.returncode, cli.UNSUPPORTED, done.err)
            return
        listed = self.read('rims', wanted)
        self.assertEqual(set(listed), {'reference-values'})
        self.assertEqual(sorted(listed['reference-values']), sorted(standard_base64(rims)))

    def test_rims(self):
        self.for_each(self.check_rims)


if __name__ == '__main__':
    unittest.main()
