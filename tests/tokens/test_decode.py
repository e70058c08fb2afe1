#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Claims as JSON, in Veraison's names, and the byte that a refusal names."""
import base64
import json
import pathlib
import tempfile
import unittest

import kit
from kit import cbor
from case import with_claim
from programs import output

# Names of ccatoken; claims that have none there keep their number.
PLATFORM = {265: 'profile', 10: 'challenge', 2396: 'implementation-id', 256: 'instance-id',
            2401: 'config',
            2395: 'lifecycle', 2399: 'sw-components', 2400: 'service-indicator',
            2402: 'hash-algo-id'}
REALM = {265: 'profile', 10: 'challenge', 44235: 'personalization-value',
         44238: 'initial-measurement',
         44239: 'extensible-measurements', 44236: 'hash-algo-id', 44237: 'public-key',
         44240: 'public-key-hash-algo-id'}
COMPONENT = {1: 'measurement-type', 2: 'measurement-value', 4: 'version', 5: 'signer-id',
             6: 'measurement-description'}


def plain(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def named(claims, names, prefix):
    return {f'{prefix}{names[key]}' if key in names else str(key): plain(value) for key,
            value in claims}


def expected(token):
    """Of a token without unknown claims."""
    data = cbor.decode(token.encode()).value[kit.PLATFORM]
    content = data if isinstance(data, bytes) else data[1]
    claims = cbor.decode(cbor.decode(content).value[2])  # with the digest that the kit put in
    components = [named(item.items(), COMPONENT, '') for item in claims.pop(2399)]
    platform = named(claims.items(), PLATFORM, 'cca-platform-')
    platform['cca-platform-sw-components'] = components
    return {'cca-platform-token': platform,
            'cca-realm-delegated-token': named(token.realm.claims, REALM, 'cca-realm-')}


class Decode(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.file = pathlib.Path(cls.temporary.name) / 'token'
        cls.maker = kit.Maker(cls.temporary.name)

    def run_judge(self, data):
        self.file.write_bytes(data)
        return output('JUDGE', 'show', self.file)

    def show(self, token):
        return json.loads(self.run_judge(token.encode()))

    def test_names(self):
        maker = self.maker
        direct = maker.direct(maker.of_2026('tag:arm.com,2026:cca_platform#2.0.0;direct'))
        for token in (maker.legacy(), maker.of_2023(), maker.mixed(48), maker.of_2024(),
                      maker.of_2026(size=64),
                      maker.hesrak(), direct):
            with self.subTest(dict(token.platform.claims)[265]):
                self.assertEqual(self.show(token), expected(token))

    def test_same_text_in_any_order(self):
        token = self.maker.mixed()
        backwards = token.copy()
        backwards.realm.claims.reverse()
        self.assertEqual(json.dumps(self.show(token)['cca-realm-delegated-token']),
                         json.dumps(self.show(backwards)['cca-realm-delegated-token']))

    def test_unknown_claims(self):
        """Whatever is in them."""
        token = self.maker.mixed()
        unknown = [
            (70000, 2 ** 64 - 1, '18446744073709551615'), (70001, -2 ** 64,
                                                           '-18446744073709551616'),
            (70002, -2 ** 63, -2 ** 63), (70003, 2 ** 63, '9223372036854775808'),
            (70004, 2 ** 63 - 1, 2 ** 63 - 1),
            (70005, 1.5, 1.5), (70006, float('inf'), 'Infinity'), (70007, None, None),
            (70008, [True, b'\xff'], [True, '/w==']),
            (70009, {1: {'a': b''}, 'b': []}, {'1': {'a': ''}, 'b': []}),
            (70010, cbor.Tag(37, bytes(3)), {'tag': 37, 'value': 'AAAA'}),
            (70011, cbor.Tag(2 ** 64 - 1, 0), {'tag': '18446744073709551615', 'value': 0}),
            (70012, 'a\0"\u20ac', 'a\0"\u20ac'), (70013, {b'\x01': 2}, {'cbor:4101': 2}),
            (70014, {1: 'number', '1': 'text'}, {'1': 'number', 'text:1': 'text'}),
            (70015, {'1': 'text', 1: 'number'}, {'1': 'number', 'text:1': 'text'}),
            (-5, 0, 0), ('vendor', 'x', 'x'),
        ]
        token.realm.claims += [(key, value) for key, value, _ in unknown]
        shown = self.show(token)['cca-realm-delegated-token']
        for key, _, value in unknown:
            self.assertEqual(shown[str(key)], value, key)
            self.assertIs(type(shown[str(key)]), type(value))

    def test_no_text_key_passes_for_a_claim(self):
        good = self.maker.mixed()
        for part, prefix, name in (('realm', 'cca-realm-delegated-token',
                                    'cca-realm-initial-measurement'),
                                   ('realm', 'cca-realm-delegated-token', '44243'),
                                   ('platform', 'cca-platform-token', 'cca-platform-binding')):
            token = good.copy()
            getattr(token, part).claims.insert(0, (name, 'forged'))
            shown = self.show(token)[prefix]
            self.assertEqual(shown['text:' + name], 'forged')
            self.assertNotEqual(shown.get(name), 'forged')
        item = {**kit.component(1), 'version': 'forged'}
        shown = self.show(with_claim(good, 'platform', 2399, [item]))['cca-platform-token']
        shown = shown['cca-platform-sw-components'][0]
        self.assertEqual((shown['version'], shown['text:version']), ('1.2.3', 'forged'))

    def test_places(self):
        """The byte of the file where the value starts that is refused."""
        mark = b'\x77' * 33
        for part, key, head in (('realm', 44238, b'\x58\x21'), ('realm', 44235, b'\x58\x21'),
                                ('platform', 2396, b'\x58\x21'), ('platform', 10, b'\x58\x21')):
            data = with_claim(self.maker.mixed(), part, key, mark).encode()
            place = data.index(head + mark)
            kind, where, why = self.run_judge(data).rstrip().split('\t')
            self.assertEqual(kind, 'decode')
            self.assertRegex(why, r'\Ahas 33 bytes, not (32|64|32, 48 or 64)\Z')
            place = rf'{part} token: cca-[a-z-]+ \({key}\) at byte {place}'
            self.assertRegex(where, rf'\A{self.file}: {place}\Z')

    def test_place_of_what_is_missing(self):
        """The map that it is missing from."""
        token = self.maker.mixed()
        token.realm.claims.drop(44238)
        data = token.encode()
        place = data.index(token.realm.claims.encode())
        _, where, why = self.run_judge(data).strip().split('\t')
        self.assertTrue(where.endswith(f'(44238) at byte {place}'), where)
        self.assertEqual(why, 'is missing')

    def test_parts_alone(self):
        maker = self.maker
        self.assertEqual(list(json.loads(self.run_judge(maker.mixed().realm.encode()))),
                         ['cca-realm-delegated-token'])
        platform = maker.mixed().platform
        platform.claims.set(10, bytes(32))
        self.assertEqual(list(json.loads(self.run_judge(platform.encode()))),
                         ['cca-platform-token'])
        platform.claims = kit.Claims([(1, 2)])
        self.assertIn('neither a platform nor a realm', self.run_judge(platform.encode()))


if __name__ == '__main__':
    unittest.main()
