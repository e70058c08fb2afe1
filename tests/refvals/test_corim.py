#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""CoRIMs: what is written, and what is read of those that others write in their own ways."""
import hashlib
import unittest
import uuid

import convert
from convert import (OLD_PLATFORM_PROFILE, OLD_REALM_PROFILE, PLATFORM_PROFILE, REALM_PROFILE, REMS,
                     RIM, RPV, UUID, Tag, comid, corim, digests, encode, encoded, measurement,
                     old_realm, read, realm, refusal, tagged)
from cbor import Raw, decode
from forms import indefinite

IMPLEMENTATION = b'an implementation id of 32 bytes'
SIGNER = bytes(range(100, 132))
PEM = '''-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt
6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==
-----END PUBLIC KEY-----
'''
ALL = {'hash': 'sha256', 'rim': RIM.hex(), 'rems': [rem.hex() for rem in REMS], 'rpv': RPV.hex()}


def realms(data):
    return read(data)['realms']


def uuid_of(data):
    """UUID of version 8 from SHA-256, RFC 9562 appendix B.2."""
    number = bytearray(hashlib.sha256(data).digest()[:16])
    number[6] = number[6] & 0x0f | 0x80
    number[8] = number[8] & 0x3f | 0x80
    made = uuid.UUID(bytes=bytes(number))
    assert made.version == 8 and made.variant == uuid.RFC_4122
    return made.bytes


class Written(unittest.TestCase):
    """The bytes that are written are those that an independent encoder makes."""

    SETS = [(RIM, [], None), (RIM, [], RPV), (RIM, [None, REMS[1], None, None], RPV),
            (RIM, REMS, RPV), (bytes(48), [bytes([7]) * 48] * 4, bytes(64)), (bytes(64), [], RPV)]

    def expected(self, make, profile, sets):
        triples = [make(*values) for values in sets]
        inner = encode({1: {0: uuid_of(encode(triples))}, 4: {0: triples}})
        return encode(Tag(501, {0: uuid_of(inner), 1: [Tag(506, inner)], 3: Tag(32, profile)}))

    def test_each_set_and_all_together(self):
        for make, name, profile in ((realm, 'corim', REALM_PROFILE),
                                    (old_realm, 'comid', OLD_REALM_PROFILE)):
            for sets in [*([one] for one in self.SETS), self.SETS]:
                with self.subTest(format=name, sets=len(sets)):
                    expected = self.expected(make, profile, sets)
                    other = encode(corim(comid(*(make(*one) for one in sets)), Tag(32, profile)))
                    self.assertEqual(convert.convert(name, other).data, expected)
                    self.assertEqual(convert.convert(name, expected).data, expected)
                    self.assertEqual(decode(expected).number, 501)

    def test_a_name_stands_in_the_older_form_only(self):
        named = old_realm()
        named[0] = {0: {2: 'demo'}, 1: tagged(RIM)}
        data = encoded(named, profile=Tag(32, OLD_REALM_PROFILE))
        self.assertEqual(read(data)['realms'][0]['name'], 'demo')
        self.assertIn(b'ddemo', convert.convert('comid', data).data)
        self.assertNotIn(b'demo', convert.convert('corim', data).data)


class Forms(unittest.TestCase):
    """What says the same is read as the same."""

    def test_values(self):
        self.assertEqual(realms(encoded(realm())), [{'hash': 'sha256', 'rim': RIM.hex()}])
        self.assertEqual(realms(encoded(realm(RIM, REMS, RPV))), [ALL])
        self.assertEqual(realms(encoded(realm(RIM, [None, None, REMS[2]])))[0]['rems'],
                         [None, None, REMS[2].hex(), None])
        old = Tag(32, OLD_REALM_PROFILE)
        self.assertEqual(realms(encoded(old_realm(RIM, REMS, RPV), profile=old)), [ALL])
        for size, name in ((48, 'sha384'), (64, 'sha512')):
            rim, rem = bytes([size]) * size, bytes([1]) * size
            expected = {'hash': name, 'rim': rim.hex(), 'rems': [rem.hex()] * 4}
            self.assertEqual(realms(encoded(realm(rim, [rem] * 4))), [expected])

    def test_several_environments(self):
        found = realms(encoded(realm(), realm(bytes(48)), realm(RIM, REMS)))
        self.assertEqual([len(entry['rim']) for entry in found], [64, 96, 64])
        two = Tag(501, {0: 'id', 1: [Tag(506, encode(comid(realm()))),
                                     Tag(506, encode(comid(realm(bytes(64)))))]})
        self.assertEqual(len(realms(encode(two))), 2)

    def test_profiles(self):
        triple = realm(RIM, REMS, RPV)
        for profile in (Tag(32, REALM_PROFILE), REALM_PROFILE, [Tag(32, REALM_PROFILE)], None,
                        ['https://example.org/', REALM_PROFILE], Tag(111, bytes.fromhex('2a0304')),
                        Tag(32, 'tag:arm.com,2025:endorsements/cca_realm#1.0.0'),
                        Tag(32, 'https://example.org/')):
            with self.subTest(profile=profile):
                self.assertEqual(realms(encoded(triple, profile=profile)), [ALL])
        for profile in (OLD_REALM_PROFILE, [OLD_REALM_PROFILE], None):
            self.assertEqual(realms(encoded(old_realm(RIM, REMS, RPV), profile=profile)), [ALL])
        for profile, said in ((None, False), (Tag(32, 'https://example.org/'), True)):
            messages = convert.convert('json', encoded(triple, profile=profile)).messages
            self.assertEqual('profile is none of CCA' in messages, said)

    def test_algorithms_by_name(self):
        for alg in (1, 'sha-256', 'SHA-256'):
            triple = realm()
            triple[1][0] = measurement('cca.rim', digests=digests(RIM, alg))
            self.assertEqual(realms(encoded(triple))[0]['rim'], RIM.hex())

    def test_several_digests_in_a_register(self):
        triple = old_realm(RIM, [REMS[0]])
        registers = triple[1][0][1][14]
        registers['rim'] = [[8, bytes(64)], [10, RIM], [1, RIM]]
        registers['rem0'] = [[1, REMS[0]], [7, bytes(48)]]
        found = realms(encoded(triple, profile=Tag(32, OLD_REALM_PROFILE)))
        self.assertEqual(found[0]['rems'][0], REMS[0].hex())

    def test_any_key_order(self):
        def turned(value):
            if isinstance(value, dict):
                return {key: turned(item) for key, item in reversed(value.items())}
            if isinstance(value, list):
                return [turned(item) for item in value]
            return Tag(value.number, turned(value.value)) if isinstance(value, Tag) else value
        data = encode(turned(corim(turned(comid(realm(RIM, REMS, RPV))))))
        self.assertNotEqual(data, encoded(realm(RIM, REMS, RPV)))
        self.assertEqual(realms(data), [ALL])

    def test_wide_heads(self):
        for width, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
            key = Raw(bytes([width]) + (2).to_bytes(size, 'big'))
            triple = [{0: {0: tagged(RIM)}}, [{0: 'cca.rim', 1: {key: digests(RIM)}}]]
            self.assertEqual(realms(encoded(triple))[0]['rim'], RIM.hex())

    def test_indefinite_lengths(self):
        data = indefinite(corim(indefinite(comid(realm(RIM, REMS, RPV)))))
        self.assertIn(b'\xbf', data)
        self.assertEqual(realms(data), [ALL])

    def test_chunked_strings(self):
        for chunk in (1, 7, 23, 24, 300):
            with self.subTest(chunk=chunk):
                inner = indefinite(comid(realm(RIM, REMS, RPV)), chunk)
                data = indefinite(corim(inner), chunk)
                self.assertIn(b'\x5f', data)
                self.assertIn(b'\x7f', data)
                self.assertEqual(realms(data), [ALL])

    def test_obsolete_outer_tags(self):
        data = corim(comid(realm(RIM, REMS, RPV)))
        self.assertEqual(realms(encode(Tag(500, data))), [ALL])
        self.assertEqual(realms(encode(Tag(500, Tag(500, data)))), [ALL])

    def test_older_wrapping_of_comids(self):
        inner = encode(Tag(506, comid(realm(RIM, REMS, RPV))))
        self.assertEqual(realms(encode(Tag(501, {0: UUID, 1: [inner]}))), [ALL])

    def test_other_tags_are_ignored_aloud(self):
        inner = encode(comid(realm(RIM, REMS, RPV)))
        for other in (Tag(505, b'\xa0'), encode(Tag(505, {})), Tag(508, b'\xa0')):
            frame = Tag(501, {0: UUID, 1: [other, Tag(506, inner)]})
            done = convert.convert('json', encode(frame))
            self.assertEqual(done.json()['realms'], [ALL])
            self.assertIn('note CoRIM: ignored: tags that are no CoMIDs (1)', done.messages)

    def test_what_else_a_comid_has(self):
        content = comid(realm(RIM, REMS, RPV)) | {
            0: 'en-GB', 2: [{0: 'ACME', 1: Tag(32, 'https://acme.example'), 2: [0, 1]}],
            3: [{0: UUID, 1: 0}]}
        content[4][1] = [[{0: {1: 'ACME'}}, []]]
        frame = corim(content)
        frame.value.update({4: {1: Tag(1, 1767139200)}, 5: [{0: 'ACME', 2: [0]}], 'more': None})
        done = convert.convert('json', encode(frame))
        self.assertEqual(done.json()['realms'], [ALL])
        self.assertIn('note CoRIM: ignored: kinds of triples', done.messages)

    def test_validity_that_is_not_now_is_told(self):
        past, future = Tag(1, 1767139200), Tag(1, 1 << 40)
        for period, said in (({1: future}, None), ({0: past, 1: future}, None),
                             ({0: past, 1: Tag(1, 1e18)}, None),
                             ({1: past}, 'its validity is over'),
                             ({0: future, 1: future}, 'its validity has not begun'),
                             ({1: Tag(1, -1.5)}, 'its validity is over')):
            frame = corim(comid(realm(RIM, REMS, RPV)))
            frame.value[4] = period
            done = convert.convert('json', encode(frame))
            self.assertEqual(done.json()['realms'], [ALL])
            self.assertEqual([line for line in done.messages.splitlines() if 'warning' in line],
                             [f'warning CoRIM: {said}'] if said else [])

    def test_short_rpv_is_padded_aloud(self):
        done = convert.convert('json', encoded(realm(RIM, [], b'short')))
        self.assertEqual(done.json()['realms'][0]['rpv'], b'short'.hex() + '00' * 59)
        self.assertIn('note cca.rpv: has 5 bytes; taken with zeros after them', done.messages)


class Platforms(unittest.TestCase):
    COMPONENT = measurement('cca.software-component', version={0: '1.2'}, digests=digests(RIM),
                            name='BL2', keys=[tagged(SIGNER)])
    EXPECTED = {'name': 'BL2', 'version': '1.2', 'hash': 'sha-256', 'measurement': RIM.hex(),
                'signer': SIGNER.hex()}

    def platforms(self, values, class_id=tagged(IMPLEMENTATION), profile=PLATFORM_PROFILE):
        triple = [{0: {0: class_id}}, values]
        found = read(encoded(triple, profile=profile))
        self.assertEqual(found['realms'], [])
        for entry in found['platforms']:
            self.assertEqual(entry.pop('implementation_id'), IMPLEMENTATION.hex())
        return found['platforms']

    def test_components(self):
        for profile in (PLATFORM_PROFILE, None, 'tag:arm.com,2025:endorsements/cca_platform#1.0.0'):
            self.assertEqual(self.platforms([self.COMPONENT], profile=profile),
                             [{'components': [self.EXPECTED]}])
        bare = measurement('cca.software-component', digests=digests(bytes(48)) + digests(RIM),
                           keys=[tagged(SIGNER)])
        self.assertEqual(self.platforms([bare]), [{'components': [
            {'hash': 'sha-384', 'measurement': '00' * 48, 'signer': SIGNER.hex()},
            {'hash': 'sha-256', 'measurement': RIM.hex(), 'signer': SIGNER.hex()}]}])

    def test_configuration(self):
        for fields, expected in (
                ({'raw': Tag(563, [b'\xcf\xcf', b'\xff\x00'])},
                 {'config': 'cfcf', 'config_mask': 'ff00'}),
                ({'raw': tagged(b'\xcf\xcf'), 'mask': b'\xff\x00'},
                 {'config': 'cfcf', 'config_mask': 'ff00'}),
                ({'raw': tagged(b'\xcf')}, {'config': 'cf'})):
            for key in ('cca.platform-config', Tag(602, 'a label')):
                self.assertEqual(self.platforms([measurement(key, **fields)]),
                                 [expected | {'components': []}])

    def test_older_form(self):
        key = Tag(601, {1: 'BL2', 4: '1.2', 5: SIGNER})
        for profile in (OLD_PLATFORM_PROFILE, 'tag:arm.com,2023:cca_platform#1.0.0', None):
            found = self.platforms([measurement(key, digests=digests(RIM)), self.COMPONENT],
                                   Tag(600, IMPLEMENTATION), profile)
            self.assertEqual(found, [{'components': [self.EXPECTED] * 2}])
        nameless = self.platforms([measurement(Tag(601, {5: SIGNER}), digests=digests(RIM))])
        self.assertEqual(set(nameless[0]['components'][0]), {'hash', 'measurement', 'signer'})

    def test_triples_of_one_platform_are_one(self):
        triple = [{0: {0: tagged(IMPLEMENTATION)}}, [self.COMPONENT]]
        other = [{0: {0: tagged(bytes(32))}}, [self.COMPONENT]]
        found = read(encoded(triple, other, triple, profile=PLATFORM_PROFILE))['platforms']
        self.assertEqual([len(entry['components']) for entry in found], [2, 1])

    def test_attestation_keys(self):
        env = {0: {0: tagged(IMPLEMENTATION)}, 1: Tag(550, b'\x01' * 33)}
        keys = comid([env, [Tag(554, PEM), Tag(557, b'')]], kind=3)
        done = convert.convert('json', encode(corim(keys, Tag(32, PLATFORM_PROFILE))))
        self.assertIn('note CoRIM: ignored: attestation keys that', done.messages)
        self.assertIn('no reference values of realms', done.messages)
        for bad, why in ((Tag(554, 'no key'), 'attestation key'), (Tag(554, b''), 'not text')):
            data = encode(corim(comid([env, [bad]], kind=3), Tag(32, PLATFORM_PROFILE)))
            self.assertIn(why, refusal(data))
        short = {0: {0: tagged(IMPLEMENTATION)}, 1: Tag(550, b'\x01' * 32)}
        data = encode(corim(comid([short, [Tag(554, PEM)]], kind=3), Tag(32, PLATFORM_PROFILE)))
        at = data.index(encode(short[1]))
        self.assertIn(f'CoMID: instance at byte {at}: has 32 bytes', refusal(data))

    def test_keys_of_others_are_ignored_aloud(self):
        env = {0: {0: Tag(37, UUID)}, 1: Tag(37, UUID)}
        content = comid(realm())
        content[4][3] = [[env, [Tag(554, PEM)]]]
        done = convert.convert('json', encode(corim(content)))
        self.assertEqual(len(done.json()['realms']), 1)
        self.assertIn('note CoRIM: ignored: attestation keys that', done.messages)

    def test_too_many(self):
        triples = [[{0: {0: tagged(number.to_bytes(32, 'big'))}}, [self.COMPONENT]]
                   for number in range(4097)]
        self.assertEqual(len(read(encoded(*triples[:-1], profile=PLATFORM_PROFILE))['platforms']),
                         4096)
        self.assertIn('one platform more than 4096',
                      refusal(encoded(*triples, profile=PLATFORM_PROFILE)))

    def test_refused(self):
        def bad(values, why, class_id=tagged(IMPLEMENTATION)):
            triple = [{0: {0: class_id}}, values]
            with self.subTest(why=why):
                self.assertIn(why, refusal(encoded(triple, profile=PLATFORM_PROFILE)))
        config = measurement('cca.platform-config', raw=tagged(b'\xcf'))
        bad([self.COMPONENT], 'has 31 bytes', tagged(bytes(31)))
        bad([self.COMPONENT], 'not bytes with tag 560', Tag(37, UUID))
        bad([config, config], 'is there twice')
        bad([measurement('cca.platform-config', raw=tagged(b''))], 'has 0 bytes')
        bad([measurement('cca.platform-config', raw=tagged(b'ab'), mask=b'a')], 'its mask 1')
        bad([measurement('cca.platform-config', raw=Tag(563, [b'a', b'b', b'c']))], 'one mask')
        bad([measurement('cca.platform-config', raw=Tag(563, [b'a', b'b']), mask=b'c')], 'one mask')
        bad([measurement('cca.platform-config')], 'is missing')
        bad([measurement('cca.platform-config', raw=tagged(b'a'), svn=1)], 'the field 1')
        bad([measurement('cca.other', raw=tagged(b'a'))], 'none of the profile')
        bad([measurement('cca.software-component', digests=digests(RIM))], 'signer')
        bad([measurement('cca.software-component', digests=digests(RIM),
                         keys=[tagged(SIGNER), tagged(SIGNER)])], 'has 2 values')
        bad([measurement('cca.software-component', digests=digests(RIM), keys=[tagged(b'')])],
            'is empty')
        bad([measurement('cca.software-component', digests=[], keys=[tagged(SIGNER)])], 'are none')
        bad([measurement('cca.software-component', digests=[[3, RIM]], keys=[tagged(SIGNER)])],
            'a hash that is not known')
        bad([measurement('cca.software-component', digests=digests(RIM), keys=[tagged(SIGNER)],
                         version='1')], 'not map')
        bad([measurement(Tag(601, {1: 'BL2'}), digests=digests(RIM))], 'signer')


class Refused(unittest.TestCase):
    """Each fault is refused with the place and the reason."""

    def check(self, data, where, why):
        with self.subTest(why=why):
            line = refusal(data)
            self.assertRegex(line, rf'^-\d+ input: [\w ]*{where}( at byte \d+)?: ')
            self.assertIn(why, line)

    def triple(self, env, values, where, why, profile=REALM_PROFILE):
        self.check(encoded([env, values], profile=Tag(32, profile)), where, why)

    def test_frame(self):
        inner = Tag(506, encode(comid(realm())))
        for value, where, why in (
                (Tag(502, {}), 'CoRIM', 'is no CoRIM'), (Tag(399, {}), 'CoRIM', 'is no CoRIM'),
                (Tag(501, [1]), 'CoRIM', 'is array, not map'),
                (Tag(501, {1: [inner]}), 'CoRIM: id', 'is missing'),
                (Tag(501, {0: 'id'}), 'CoRIM: tags', 'is missing'),
                (Tag(501, {0: 'id', 1: {}}), 'CoRIM: tags', 'is map, not array'),
                (Tag(501, {0: 'id', 1: [inner], 4: []}), 'CoRIM: validity', 'not map'),
                (Tag(501, {0: 'id', 1: [inner], 4: {1: 5}}), 'CoRIM: validity', 'is no time'),
                (Tag(501, {0: 'id', 1: [inner], 4: {0: Tag(1, 'x')}}), 'CoRIM: validity',
                 'not integer'),
                (Tag(501, {0: 'id', 1: []}), 'CoRIM: tags', 'have no values of realms'),
                (Tag(501, {0: 'id', 1: [Tag(505, b'')]}), 'CoRIM: tags', 'have no values'),
                (Tag(501, {0: 'id', 1: [Tag(506, comid(realm()))]}), 'CoRIM: tags',
                 'not byte string'),
                (Tag(501, {0: 'id', 1: [Tag(506, b'')]}), 'CoMID', 'ends where a value should be')):
            self.check(encode(value), where, why)
        whole = encoded(realm(RIM, REMS, RPV))
        self.check(whole + b'\0', 'CoRIM', 'bytes left over')
        self.check(whole[:-1], 'CoRIM', 'ends inside')
        self.assertIn('is neither JSON nor a CoRIM', refusal(b''))
        self.assertIn('is neither JSON nor a CoRIM', refusal(encode({0: 'id', 1: [inner]})))

    def test_every_cut_is_refused(self):
        whole = encoded(realm(RIM, [], RPV))
        for size in range(0, len(whole), 5):
            refusal(whole[:size])

    def test_comid(self):
        for content, where, why in (
                ([], 'CoMID', 'is array, not map'), ({4: {}}, 'CoMID: tag id', 'is missing'),
                ({1: {0: UUID}}, 'CoMID: triples', 'is missing'),
                ({1: {0: UUID}, 4: []}, 'CoMID: triples', 'is array, not map'),
                ({1: {0: UUID}, 4: {0: {}}}, 'CoMID: reference triples', 'is map, not array'),
                ({1: {0: UUID}, 4: {'a': []}}, 'CoMID: triples', 'is text, not integer'),
                (comid({}), 'CoMID: reference triples', 'is map, not array'),
                (comid([{}]), 'CoMID: reference triples', 'is 1 values'),
                (comid([{}, [], []]), 'CoMID: reference triples', 'is 3 values'),
                (comid([[], []]), 'CoMID: environment', 'is array, not map'),
                (comid([{}, {}]), 'CoMID: reference triples', 'is map, not array'),
                (comid([{}, []]), 'CoMID: reference triples', 'is an empty list')):
            self.check(encode(corim(content)), where, why)
        twice = Raw(b'\xa2' + 2 * (b'\x04' + encode({0: [realm()]})))
        self.check(encode(corim(encode(twice))), 'CoMID', 'which this map has already')

    def test_environment(self):
        values = realm()[1]
        self.triple({}, values, 'CoMID: class id', 'is missing')
        self.triple({0: {0: RIM}}, values, 'CoMID: class id', 'not bytes with tag 560')
        self.triple({0: {0: Tag(37, UUID)}}, values, 'CoMID: class id', 'not bytes with tag 560')
        self.triple({0: {0: tagged('text')}}, values, 'CoMID: class id', 'is text, not byte string')
        self.triple({0: {0: tagged(RIM)}, 1: tagged(RIM)}, values, 'CoMID: environment', 'field 1')
        self.triple({0: {0: tagged(RIM)}, 2: tagged(RIM)}, values, 'CoMID: environment', 'field 2')
        self.triple({0: {0: tagged(RIM), 2: 'a\0b'}}, values, 'CoMID: model', 'holds a NUL')
        self.triple({0: {0: tagged(RIM), 2: b'a'}}, values, 'CoMID: model', 'not text')
        for size in (0, 16, 31, 33, 65):
            self.triple({0: {0: tagged(bytes(size))}}, values, 'CoMID: class id',
                        f'has {size} bytes')

    def test_measurements(self):
        env, rim = {0: {0: tagged(RIM)}}, measurement('cca.rim', digests=digests(RIM))
        for value, where, why in (
                (rim, 'measurement key', 'is there twice: cca.rim'),
                ([], 'reference triples', 'is array, not map'),
                ({1: {}}, 'measurement key', 'is none of the profile'),
                (measurement('cca.rem4', digests=digests(RIM)), 'measurement key', 'none of'),
                (measurement(7, digests=digests(RIM)), 'measurement key', 'none of the profile'),
                (rim | {0: 'cca.rem0', 2: []}, 'reference triples', 'the field 2'),
                ({0: 'cca.rem0'}, 'cca.rem0', 'is missing'),
                (measurement('cca.rem0'), 'cca.rem0', 'is missing'),
                (measurement('cca.rem0', digests=digests(RIM), name='x'), 'cca.rem0', 'field 11'),
                (measurement('cca.rem0', digests=digests(RIM), svn=1), 'cca.rem0', 'field 1'),
                (measurement('cca.rem0', digests=RIM), 'cca.rem0', 'not array'),
                (measurement('cca.rem0', digests=[]), 'cca.rem0', 'no SHA-2 digest of 32 bytes'),
                (measurement('cca.rem0', digests=[1, RIM]), 'cca.rem0', 'is integer, not array'),
                (measurement('cca.rem0', digests=[[1]]), 'cca.rem0', 'is 1 values'),
                (measurement('cca.rem0', digests=[[1, RIM, 1]]), 'cca.rem0', 'is 3 values'),
                (measurement('cca.rem0', digests=[[2, RIM]]), 'cca.rem0', 'hash that is not known'),
                (measurement('cca.rem0', digests=[['md5', RIM]]), 'cca.rem0', 'is not known'),
                (measurement('cca.rem0', digests=[[b'1', RIM]]), 'cca.rem0', 'not integer'),
                (measurement('cca.rem0', digests=[[1, RIM[:31]]]), 'cca.rem0', 'sha-256 gives 32'),
                (measurement('cca.rem0', digests=[[1, bytes(64)]]), 'cca.rem0', 'sha-256 gives 32'),
                (measurement('cca.rem0', digests=[[8, bytes(64)]]), 'cca.rem0', 'of 32 bytes'),
                (measurement('cca.rem0', digests=[[10, RIM]]), 'cca.rem0', 'no SHA-2 digest'),
                (measurement('cca.rem0', digests=2 * digests(RIM)), 'cca.rem0', 'second digest'),
                (measurement('cca.rpv', raw=RPV), 'cca.rpv', 'not bytes with tag 560'),
                (measurement('cca.rpv', raw=tagged(b'')), 'cca.rpv', 'has 0 bytes'),
                (measurement('cca.rpv', raw=tagged(bytes(65))), 'cca.rpv', 'has 65 bytes'),
                (measurement('cca.rpv', raw=Tag(563, [RPV, RPV])), 'cca.rpv', 'not bytes with'),
                (measurement('cca.rpv', raw=tagged(RPV), mask=RPV), 'cca.rpv', 'field 5')):
            self.triple(env, [rim, value], 'CoMID: ' + where, why)
        self.triple(env, [measurement('cca.rem0', digests=digests(RIM))],
                    'CoMID: reference triples', 'have no cca.rim')

    def test_rim_and_environment_differ(self):
        other = measurement('cca.rim', digests=digests(REMS[0]))
        self.triple({0: {0: tagged(RIM)}}, [other], 'CoMID: cca.rim', 'is not the RIM that')
        triple = old_realm()
        triple[0] = {1: tagged(REMS[0])}
        self.triple(*triple, 'CoMID: rim', 'is not the RIM that', OLD_REALM_PROFILE)

    def test_older_form(self):
        env, registers = {1: tagged(RIM)}, {'rim': digests(RIM)}
        for value, where, why in (
                ({0: 'key'}, 'measurement value', 'is missing'),
                (measurement(None, registers=[]), 'integrity registers', 'not map'),
                (measurement(None, registers={'rem4': digests(RIM)}), 'integrity registers',
                 'no register of realms'),
                (measurement(None, registers={0: digests(RIM)}), 'integrity registers',
                 'no register of realms'),
                (measurement(None, registers={'rem0': digests(bytes(48))}), 'rem0', 'of 32 bytes'),
                (measurement(None, registers={'rem0': []}), 'rem0', 'no SHA-2 digest'),
                (measurement(None, registers=registers, svn=1), 'measurement value', 'field 1'),
                (measurement(None, raw=tagged(bytes(65))), 'RPV', 'has 65 bytes')):
            self.triple(env, [value], 'CoMID: ' + where, why, OLD_REALM_PROFILE)
        twice = [measurement(None, raw=tagged(RPV))] * 2
        self.triple(env, twice, 'CoMID: RPV', 'is there twice', OLD_REALM_PROFILE)
        twice = [measurement(None, registers={'rem0': digests(RIM)})] * 2
        self.triple(env, twice, 'CoMID: rem0', 'is there twice', OLD_REALM_PROFILE)
        self.triple({}, [measurement(None, registers=registers)], 'CoMID: instance', 'is missing',
                    OLD_REALM_PROFILE)

    def test_malformed_chunks(self):
        def frame(chunks):
            return encode(Tag(501, {0: Raw(bytes.fromhex(chunks)),
                                    1: [Tag(506, encode(comid(realm())))]}))
        for chunks in ('5fff', '5f4161ff', '7f61616161ff', '5f4041614162ff'):
            self.assertEqual(len(realms(frame(chunks))), 1)
        for chunks in ('5f', '5f41', '5f6161ff', '7f4161ff', '5f5f41ffff', '5f5fff', '5f01ff',
                       '7f61ffff',
                       '5f1cff', '5f9b', '5ff6ff', '5f4161'):
            with self.subTest(chunks=chunks):
                self.assertIn('CoRIM at byte ', refusal(frame(chunks)))
        good = encode(corim(comid(realm())))
        deep = Raw(b'\x81' * 40 + b'\x00')
        self.check(encode(Tag(501, {0: deep, 1: []})), 'CoRIM', 'nested too deeply')
        self.assertEqual(len(realms(good)), 1)


if __name__ == '__main__':
    unittest.main()
