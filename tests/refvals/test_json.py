#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The JSON formats: what is written for a few sets, and what is read and refused."""
import base64
import json
import unittest

from convert import REMS, RIM, RPV, convert, encoded, read, realm, refusal

ALL = [(RIM, REMS, RPV)]
RVPS_NAMES = ['cca.realm.cca-realm-initial-measurement',
              'cca.realm.cca-realm-extensible-measurements',
              'cca.realm.cca-realm-personalization-value']


def text(value):
    return base64.b64encode(value).decode()


def written(name, *sets):
    """What a format is for these realms, and what was said of it."""
    done = convert(name, encoded(*(realm(*values) for values in sets)))
    return done.json(), [line for line in done.messages.splitlines() if line.startswith('warning')]


def refused(name, *sets):
    done = convert(name, encoded(*(realm(*values) for values in sets)))
    assert not done.ok
    return done.messages.splitlines()[-1]


class Case(unittest.TestCase):
    def check(self, value, where, why):
        with self.subTest(value=value):
            line = refusal(value if isinstance(value, bytes) else json.dumps(value).encode())
            self.assertTrue(line.startswith(f'-74 input: {where}: '), line)
            self.assertIn(why, line)

    def again(self, name, *sets):
        """What was written is read, and written again the same."""
        once = convert(name, encoded(*(realm(*values) for values in sets))).data
        self.assertEqual(convert(name, once).data, once)
        self.assertTrue(once.endswith(b'}\n'))
        return read(once)


class Template(Case):
    def test_written(self):
        found, said = written('comid-json', *ALL)
        self.assertEqual(said, [])
        self.assertEqual(found['tag-identity']['version'], 0)
        self.assertRegex(found['tag-identity']['id'],
                         '^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$')
        register = {f'rem{index}': {'key-type': 'text', 'value': ['sha-256;' + text(rem)]}
                    for index, rem in enumerate(REMS)}
        register['rim'] = {'key-type': 'text', 'value': ['sha-256;' + text(RIM)]}
        self.assertEqual(found['triples'], {'reference-values': [{
            'environment': {'instance': {'type': 'bytes', 'value': text(RIM)}},
            'measurements': [{'value': {'raw-value': {'type': 'bytes', 'value': text(RPV)},
                                        'integrity-registers': register}}]}]})

    def test_id_is_that_of_the_cbor_form(self):
        found, _ = written('comid-json', *ALL)
        cbor = convert('comid', encoded(realm(*ALL[0]))).data
        self.assertIn(bytes.fromhex(found['tag-identity']['id'].replace('-', '')), cbor)

    def test_round_trips(self):
        for sets in (ALL, [(RIM, [], None)], [(RIM, [None, REMS[1]], None), (bytes(48), [], RPV)],
                     [(bytes(64), [b'x' * 64] * 4, RPV)]):
            self.assertEqual(len(self.again('comid-json', *sets)['realms']), len(sets))

    def template(self, registers=None, **more):
        value = {} if registers is None else {'integrity-registers': registers}
        env = {'instance': {'type': 'bytes', 'value': text(RIM)}, 'class': {'model': 'demo'}}
        return {'lang': 'en-GB', 'entities': [], 'tag-identity': {'id': 'x'},
                'triples': {'reference-values': [
            {'environment': env, 'measurements': [{'value': value | more}]}]}}

    def test_read(self):
        digest = {'key-type': 'text',
                  'value': ['SHA-512;' + text(bytes(64)), 'sha-256:' + text(REMS[0])]}
        [found] = read(json.dumps(self.template({'rem2': digest})).encode())['realms']
        self.assertEqual(found, {'name': 'demo', 'hash': 'sha256', 'rim': RIM.hex(),
                                 'rems': [None, None, REMS[0].hex(), None]})
        [found] = read(json.dumps(self.template()).encode())['realms']
        self.assertEqual(found, {'name': 'demo', 'hash': 'sha256', 'rim': RIM.hex()})

    def test_refused(self):
        at = '$.triples.reference-values'
        self.check({'triples': {}}, at, 'missing')
        self.check({'triples': {'reference-values': []}}, at, 'is empty')
        self.check({'triples': {'reference-values': [{}]}}, at + '[0].environment.instance.type',
                   'missing')
        value = at + '[0].measurements[0].value'
        registers = value + '.integrity-registers'
        for entry, where, why in (
                ('x', '.rim.value', 'missing'), ({'value': []}, '.rim.value', 'no digest of 32'),
                ({'value': [1]}, '.rim.value[0]', 'expected a string'),
                ({'value': ['sha-256']}, '.rim.value[0]', 'is no digest'),
                ({'value': ['md5;' + text(RIM)]}, '.rim.value[0]', 'is no digest'),
                ({'value': ['sha3-256;' + text(RIM)]}, '.rim.value[0]', 'is no digest'),
                ({'value': ['sha-256;' + text(bytes(48))]}, '.rim.value[0]', 'sha-256 gives 32'),
                ({'value': ['sha-256;' + text(RIM)[:-1]]}, '.rim.value[0]', 'is not base64'),
                ({'value': ['sha-256;']}, '.rim.value[0]', '0 bytes'),
                ({'value': 2 * ['sha-256;' + text(RIM)]}, '.rim.value[1]', 'second digest'),
                ({'value': ['sha-512;' + text(bytes(64))]}, '.rim.value', 'no digest of 32'),
                ({'value': ['sha-256;' + text(REMS[0])]}, '', 'is not the RIM')):
            self.check(self.template({'rim': entry}), registers + where, why)
        self.check(self.template({'rem4': {}}), registers, 'unknown key')
        self.check(self.template(svn=1), value, 'unknown key')
        self.check(self.template(**{'raw-value': {'type': 'uuid', 'value': ''}}),
                   value + '.raw-value.type',
                   'expected "bytes"')
        self.check(self.template(**{'raw-value': {'type': 'bytes', 'value': text(bytes(65))}}),
                   value + '.raw-value.value', 'has 65 bytes')
        two = self.template()
        two['triples']['reference-values'][0]['measurements'] *= 2
        self.check(two, at + '[0].measurements', 'has 2 measurements')


class Rvps(Case):
    def payload(self, *sets):
        found, said = written('rvps', *sets)
        payload = json.loads(base64.b64decode(found.pop('payload'), validate=True))
        self.assertEqual(found, {'version': '0.1.0', 'type': 'sample'})
        return payload, said

    def test_written(self):
        self.assertEqual(self.payload(*ALL), (dict(zip(RVPS_NAMES, [
            [text(RIM)], [text(rem) for rem in REMS], [text(RPV)]])), []))
        self.assertEqual(self.payload((RIM, [], None)), ({RVPS_NAMES[0]: [text(RIM)]}, []))
        self.assertEqual(self.payload((RIM, [], RPV), (REMS[0], [], RPV)),
                         ({RVPS_NAMES[0]: [text(RIM), text(REMS[0])], RVPS_NAMES[2]: [text(RPV)]},
                          []))

    def test_what_is_not_common_is_left_out_aloud(self):
        payload, said = self.payload((RIM, REMS, RPV), (REMS[0], REMS, None))
        self.assertEqual(payload.keys(), set(RVPS_NAMES[:2]))
        self.assertEqual([line[:34] for line in said], ['warning rvps: RPVs are left out: o'])
        payload, said = self.payload((RIM, REMS[:3], RPV))
        self.assertEqual(payload.keys(), {RVPS_NAMES[0], RVPS_NAMES[2]})
        self.assertEqual([line[:34] for line in said], ['warning rvps: REMs are left out: o'])
        payload, said = self.payload((RIM, REMS, RPV), (RIM, REMS[::-1], RPV[::-1]))
        self.assertEqual((payload.keys(), len(said)), ({RVPS_NAMES[0]}, 2))

    def test_round_trips(self):
        for sets in (ALL, [(RIM, [], RPV), (REMS[0], [], RPV)],
                     [(bytes(48), [], None), (bytes(64), [], RPV)]):
            self.again('rvps', *sets)

    def message(self, payload, **other):
        content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        return {'version': '0.1.0', 'type': 'sample', 'payload': text(content)} | other

    def test_read(self):
        other = {'svn': ['1'], RVPS_NAMES[0]: [text(RIM)]}
        self.assertEqual(read(json.dumps(self.message(other)).encode())['realms'],
                         [{'hash': 'sha256', 'rim': RIM.hex()}])

    def test_refused(self):
        rims, rems, rpv = (f'payload: $.{name}' for name in RVPS_NAMES)
        good = {RVPS_NAMES[0]: [text(RIM)]}
        self.check(self.message(good, type='corim'), '$.type', '"corim" is not read')
        self.check(self.message(good) | {'payload': '*'}, '$.payload', 'is not base64')
        self.check(self.message(good, more=1), '$', 'unknown key')
        self.check(self.message(b'x'), 'payload', 'not JSON')
        self.check(self.message({}), rims, 'missing')
        self.check(self.message({RVPS_NAMES[0]: []}), rims, 'is empty')
        self.check(self.message({RVPS_NAMES[0]: [text(RIM[1:])]}), rims + '[0]', 'has 31 bytes')
        self.check(self.message(good | {RVPS_NAMES[1]: [text(RIM)]}), rems, 'has 1 REMs')
        self.check(self.message(good | {RVPS_NAMES[1]: [text(bytes(48))] * 4}), rims,
                   'not of one length')
        self.check(self.message(good | {RVPS_NAMES[2]: [text(RPV)] * 2}), rpv, 'has 2 RPVs')
        self.check(self.message(good | {RVPS_NAMES[2]: [text(RPV + RPV)]}), rpv + '[0]',
                   'has 128 bytes')


class Store(Case):
    REALM = {'initial-measurement': RIM.hex(), 'rak-hash-algorithm': 'sha-256',
             'extensible-measurements': [rem.hex() for rem in REMS],
             'personalization-value': RPV.hex()}
    PLATFORM = {'implementation-id': '01' * 32, 'platform-configuration': 'cfcf', 'sw-components': [
        {'measurement-value': '02' * 48, 'signer-id': '03' * 32, 'version': '1',
         'component-type': 'BL'},
        {'measurement-value': '02' * 32, 'signer-id': '03' * 32}]}

    def test_written(self):
        self.assertEqual(written('store', *ALL), ({'platform': [], 'realm': [self.REALM]}, []))
        self.assertEqual(written('store', (RIM, REMS,
                                           None))[0]['realm'][0]['personalization-value'], '')

    def test_rems_that_are_not_given_are_zero(self):
        warning = ('warning store: REMs not given: written as zero, as in a realm that extends '
                   'none ({} realms)')
        for size in (32, 48, 64):
            rim, rems = b'r' * size, [b'e' * size] * 3
            with self.subTest(size=size):
                found, said = written('store', (rim, [], RPV))
                self.assertEqual(found['realm'][0]['extensible-measurements'], ['00' * size] * 4)
                self.assertEqual(said, [warning.format(1)])
                found, said = written('store', *ALL, (rim, rems, RPV), (rim, [], RPV))
                self.assertEqual([realm['extensible-measurements'] for realm in found['realm']],
                                 [self.REALM['extensible-measurements'],
                                  ['65' * size] * 3 + ['00' * size], ['00' * size] * 4])
                self.assertEqual(said, [warning.format(2)])

    def test_platforms(self):
        data = json.dumps({'platform': [self.PLATFORM]}).encode()
        self.assertEqual(convert('store', data).json(), {'platform': [self.PLATFORM], 'realm': []})
        found = read(data)['platforms'][0]
        self.assertEqual(found['components'][0],
                         {'name': 'BL', 'version': '1', 'measurement': '02' * 48,
                                                  'signer': '03' * 32})
        found['config_mask'] = 'ff00'
        masked = {'schema': 'realm-refvals/1', 'platforms': [found]}
        self.assertIn('-95 store: cannot hold a platform whose configuration has a mask',
                      convert('store', json.dumps(masked).encode()).messages.splitlines()[-1])

    def test_round_trips(self):
        self.again('store', *ALL, (RIM, REMS, None), (bytes(64), [bytes(64)] * 4, RPV))

    def test_refused(self):
        for member, value, where, why in (
                ('initial-measurement', '00', '', 'a RIM has'),
                ('initial-measurement', 'x', 'initial-m', 'hex'),
                ('extensible-measurements', [], 'extensible-measurements', 'has 0 REMs'),
                ('extensible-measurements', ['00' * 48] * 4, '', 'not of one length'),
                ('personalization-value', '00' * 65, 'personalization-value', '65 bytes'),
                ('more', 1, '', 'unknown key')):
            where = {'initial-m': '.initial-measurement', '': ''}.get(where, '.' + where)
            self.check({'realm': [self.REALM | {member: value}]}, '$.realm[0]' + where, why)
        component = self.PLATFORM['sw-components'][0]
        for change, where, why in (
                ({'implementation-id': '00'}, '.implementation-id', 'has 1 bytes'),
                ({'sw-components': None}, '.sw-components', 'not null'),
                ({'sw-components': [component | {'signer-id': ''}]}, '.sw-components[0].signer-id',
                 'is empty'),
                ({'sw-components': [component | {'version': 1}]}, '.sw-components[0].version',
                 'a string'),
                ({'platform-configuration': 'c'}, '.platform-configuration', 'odd number')):
            self.check({'platform': [self.PLATFORM | change]}, '$.platform[0]' + where, why)
        self.check({'realm': {}}, '$.realm', 'expected an array')


class Rims(Case):
    def test_written(self):
        self.assertEqual(written('rims', (RIM, [], None), (REMS[0], [], RPV)),
                         ({'reference-values': [text(RIM), text(REMS[0])]}, []))

    def test_what_does_not_fit(self):
        found, said = written('rims', (RIM, REMS, RPV), (bytes(48), [], RPV), (bytes(64), [], RPV))
        self.assertEqual(found, {'reference-values': [text(RIM)]})
        self.assertEqual(said, ['warning rims: 2 RIMs that have not 32 bytes are left out',
                                'warning rims: REMs are left out: the list holds RIMs only'])
        self.assertIn('-95 rims: the key broker takes RIMs of 32 bytes',
                      refused('rims', (bytes(64), [], RPV)))

    def test_round_trips(self):
        self.again('rims', (RIM, [], None), (REMS[0], [], RPV))

    def test_refused(self):
        self.check({'reference-values': []}, '$.reference-values', 'is empty')
        self.check({'reference-values': ['']}, '$.reference-values[0]', 'has 0 bytes')
        self.check({'reference-values': [text(RIM[1:])]}, '$.reference-values[0]', 'has 31 bytes')
        self.check({'reference-values': [text(RIM)], 'more': 1}, '$', 'unknown key')


class Own(Case):
    """realm-refvals/1; test_schema.py has its schema."""

    REALM = {'name': 'demo', 'kvm': 'rmi-v14', 'rmm': 'tf-rmm-2.0', 'hash': 'sha256',
             'rim': RIM.hex(),
             'rems': [REMS[0].hex(), None, None, None], 'rpv': RPV.hex()}
    PLATFORM = {'implementation_id': '01' * 32, 'config': 'cfcf', 'config_mask': 'ff00',
                'components': [
        {'name': 'BL', 'version': '1', 'hash': 'sha-256', 'measurement': '02' * 32,
         'signer': '03' * 32}]}

    def own(self, **lists):
        return {'schema': 'realm-refvals/1'} | lists

    def test_everything_stays(self):
        for value in (self.own(realms=[self.REALM]),
                      self.own(realms=[self.REALM] * 3, platforms=[self.PLATFORM]),
                      self.own(realms=[], platforms=[self.PLATFORM]),
                      self.own(realms=[{'hash': 'sha384', 'rim': '00' * 48}])):
            self.assertEqual(read(json.dumps(value).encode()), value)
            once = convert('json', json.dumps(value).encode()).data
            self.assertEqual(convert('json', once).data, once)

    def test_read(self):
        short = {'rim': RIM.hex().upper(), 'rpv': 'ff', 'rems': [None] * 4}
        [found] = read(json.dumps(self.own(realms=[short])).encode())['realms']
        self.assertEqual(found, {'hash': 'sha256', 'rim': RIM.hex(), 'rpv': 'ff' + '00' * 63})

    def test_nothing_to_write(self):
        done = convert('json', json.dumps(self.own(realms=[])).encode())
        self.assertIn('-22 json: there are no reference values', done.messages)
        done = convert('corim', json.dumps(self.own(platforms=[self.PLATFORM])).encode())
        self.assertIn('-22 corim: there are no reference values', done.messages)
        both = json.dumps(self.own(realms=[self.REALM], platforms=[self.PLATFORM])).encode()
        for name in ('corim', 'comid', 'comid-json', 'rvps', 'rims'):
            self.assertIn(f'warning {name}: values of platforms are left out',
                          convert(name, both).messages)

    def test_refused(self):
        for change, where, why in (
                ({'rim': None}, '.rim', 'not null'), ({'rim': ''}, '.rim', 'has 0 bytes'),
                ({'rim': '00' * 65}, '.rim', '65'),
                ({'hash': 'sha512'}, '.rim', 'sha512 gives 64'),
                ({'hash': 'md5'}, '.hash', 'unknown hash'),
                ({'kvm': 'x'}, '.kvm', 'no KVM family'), ({'rmm': 'x'}, '.rmm', 'no RMM profile'),
                ({'name': 1}, '.name', 'a string'), ({'rems': []}, '.rems', 'has 0 REMs'),
                ({'rems': ['00' * 48] * 4}, '', 'not of one length'),
                ({'rpv': '00' * 65}, '.rpv', '65 bytes'),
                ({'more': 1}, '', 'unknown key')):
            self.check(self.own(realms=[self.REALM | change]), '$.realms[0]' + where, why)
        component = self.PLATFORM['components'][0]
        for change, where, why in (
                ({'implementation_id': '01'}, '.implementation_id', 'has 1 bytes'),
                ({'config_mask': 'ff'}, '.config_mask', 'the configuration 2'),
                ({'components': [component | {'hash': 'md5'}]}, '.components[0].hash',
                 'no hash "md5"'),
                ({'components': [component | {'measurement': ''}]}, '.components[0].measurement',
                 'is empty'),
                ({'components': [component | {'more': 1}]}, '.components[0]', 'unknown key'),
                ({'more': 1}, '', 'unknown key')):
            self.check(self.own(platforms=[self.PLATFORM | change]), '$.platforms[0]' + where, why)
        self.check({'schema': 'realm-plan/1'}, '$.schema', 'expected "realm-refvals/1"')
        self.check(self.own(more=1), '$', 'unknown key')

    def test_others(self):
        self.check({}, '$', 'no reference values')
        self.check([], '$', 'no reference values')
        self.assertIn('not JSON', refusal(b'{"schema":'))
        self.assertIn('not JSON', refusal(b' \n[1'))
        self.assertIn('nested deeper', refusal(b'[' * 100))
        self.assertIn('is neither JSON nor a CoRIM', refusal(b'text'))


if __name__ == '__main__':
    unittest.main()
