#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl explain: each kind of change is found, alone and with another.

The RIM to explain is that of another realm: its events come from the model of KVM in tests/model,
their RIM from tests/events/rim.py. The library has no part in either.
"""
import dataclasses
import json
import unittest

from cli import Case, DIFFERENT, DONE, FAILED, USAGE
import inputs
import kvm
from rim import rim_of

RAM, MIB, PAGE = 0x80000000, 1 << 20, 4096
DTB_AT, INITRD_AT = RAM + 2 * MIB, RAM + 4 * MIB
KERNEL = inputs.kernel(20000, 0, 40000)
DTB = inputs.device_tree((RAM, 8 * MIB), 2, None)
INITRD = inputs.initrd(9000)
TF = ('rmi-v14', 'tf-rmm-2.0')
ROWS = (('rme', 'rmm-1.0'), ('rmi-v12', 'rmm-1.0'), ('rmi-v14', 'rmm-2.0'), TF)
FOUND_WHERE = ('where', 'from', 'to')


def realm(**changes):
    return dataclasses.replace(kvm.Realm(
        33, [(RAM, 8 * MIB)],
        [(RAM, KERNEL, True), (DTB_AT, DTB, True), (INITRD_AT, INITRD, True)],
        [(RAM, [DTB_AT], True), (0x1000, [7], False)]), **changes)


def loads(*order, **changes):
    """Loads of realm() by their numbers; at0, data0, measured0 ... are said otherwise."""
    keys = ('at', 'data', 'measured')
    return [tuple(changes.get(f'{key}{i}', value) for key, value in zip(keys, realm().loads[i]))
            for i in order or range(3)]


def rim(other, family='rmi-v14', profile='tf-rmm-2.0'):
    return rim_of(profile, kvm.log_lines(other, family))


def zero(at, size):
    return {'at': hex(at), 'zero': size}


def hexes(*values):
    return tuple(map(hex, values))


# What the other side did, and what has to change in the plan of realm()
SINGLES = {
    'lpa2': (realm(lpa2=True), [('$.lpa2', False, True)]),
    'sve': (realm(sve_bits=256), [('$.sve_bits', 0, 256)]),
    'odd sve': (realm(sve_bits=1920), [('$.sve_bits', 0, 1920)]),
    'breakpoints': (realm(breakpoints=9), [('$.breakpoints', 2, 9)]),
    'watchpoints': (realm(watchpoints=5), [('$.watchpoints', 2, 5)]),
    'core': (realm(breakpoints=6, watchpoints=4),
             [('$.breakpoints', 2, 6), ('$.watchpoints', 2, 4)]),
    'model': (realm(breakpoints=16, watchpoints=16),
              [('$.breakpoints', 2, 16), ('$.watchpoints', 2, 16)]),
    'pmu': (realm(pmu_counters=6), [('$.pmu_counters', None, 6)]),
    'empty pmu': (realm(pmu_counters=0), [('$.pmu_counters', None, 0)]),
    'ipa bits': (realm(ipa_bits=40), [('$.ipa_bits', 33, 40)]),
    'wide ipa': (realm(ipa_bits=52, lpa2=True),
                 [('$.ipa_bits', 33, 52), ('$.lpa2', False, True)]),
    'flags': (realm(flags=1 << 40), [('$.flags', '0x0', hex(1 << 40))]),
    'granule': (realm(granule=16384), [('$.granule', 4096, 16384)]),
    'large granule': (realm(granule=65536), [('$.granule', 4096, 65536)]),
    'unmeasured': (realm(loads=loads(measured1=False)), [('$.load[1].measured', True, False)]),
    'all unmeasured': (realm(loads=loads(measured0=False, measured1=False, measured2=False)),
                       [(f'$.load[{i}].measured', True, False) for i in range(3)]),
    'reverse': (realm(loads=loads(2, 1, 0)), [('$.load', '[0, 1, 2]', '[2, 1, 0]')]),
    'other order': (realm(loads=loads(1, 2, 0)), [('$.load', '[0, 1, 2]', '[1, 2, 0]')]),
    'left out': (realm(loads=loads(0, 1)),
                 [('$.load[2]', f'9000 bytes at {INITRD_AT:#x}', None)]),
    'cut to a page': (realm(loads=loads(data2=INITRD[:8192])), [('$.load[2].size', None, 8192)]),
    'image_size': (realm(loads=loads(data0=KERNEL.ljust(40000, b'\0'))),
                   [('$.load, after [0]', None, zero(RAM + 0x5000, 0x5000))]),
    'dtb of 64K': (realm(loads=loads(data1=DTB.ljust(0x10000, b'\0'))),
                   [('$.load, after [1]', None, zero(DTB_AT + PAGE, 0xf000))]),
    'dtb of 1M': (realm(loads=loads(data1=DTB.ljust(MIB, b'\0'))),
                  [('$.load, after [1]', None, zero(DTB_AT + PAGE, MIB - PAGE))]),
    'dtb of 2M': (realm(loads=loads(data1=DTB.ljust(2 * MIB, b'\0'))),
                  [('$.load, after [1]', None, zero(DTB_AT + PAGE, 2 * MIB - PAGE))]),
    'a page more': (realm(loads=loads(data2=INITRD.ljust(16384, b'\0'))),
                    [('$.load, after [2]', None, zero(INITRD_AT + 12288, PAGE))]),
    'kernel above': (realm(loads=loads(at0=RAM + 0x80000),
                           recs=[(RAM + 0x80000, [DTB_AT], True)]),
                     [('$.load[0].at', *hexes(RAM, RAM + 0x80000)),
                      ('$.recs[0].pc', *hexes(RAM, RAM + 0x80000))]),
    'dtb elsewhere': (realm(loads=loads(at1=RAM + 6 * MIB), recs=[(RAM, [RAM + 6 * MIB], True)]),
                      [('$.load[1].at', *hexes(DTB_AT, RAM + 6 * MIB)),
                       ('$.recs[0].gprs[0]', *hexes(DTB_AT, RAM + 6 * MIB))]),
    'x0 zero': (realm(recs=[(RAM, [], True)]), [('$.recs[0].gprs[0]', *hexes(DTB_AT, 0))]),
    'x0 initrd': (realm(recs=[(RAM, [INITRD_AT], True)]),
                  [('$.recs[0].gprs[0]', *hexes(DTB_AT, INITRD_AT))]),
    'pc zero': (realm(recs=[(0, [DTB_AT], True)]), [('$.recs[0].pc', *hexes(RAM, 0))]),
    'pc initrd': (realm(recs=[(INITRD_AT, [DTB_AT], True)]),
                  [('$.recs[0].pc', *hexes(RAM, INITRD_AT))]),
    'second runs': (realm(recs=[(RAM, [DTB_AT], True), (0x1000, [7], True)]),
                    [('$.recs[1].runnable', False, True)]),
    'second runs like first': (realm(recs=[(RAM, [DTB_AT], True)] * 2),
                               [('$.recs[1].pc', *hexes(0x1000, RAM)),
                                ('$.recs[1].gprs[0]', *hexes(7, DTB_AT)),
                                ('$.recs[1].runnable', False, True)]),
    'third runs': (realm(recs=[(RAM, [DTB_AT], True), (0x1000, [7], False), (0, [], True)]),
                   [('$.recs[2]', None, {'pc': '0x0', 'gprs': ['0x0'] * 8, 'runnable': True})]),
    'third runs like first': (
        realm(recs=[(RAM, [DTB_AT], True)] * 2),
        [('$.recs[1]', None, {'pc': hex(RAM), 'gprs': [hex(DTB_AT)] + ['0x0'] * 7,
                              'runnable': True})]),
    'none runs': (realm(recs=[(0, [], False)]), [('$.recs[0].runnable', True, False)]),
    'sha512': (realm(hash='sha512'), [('$.hash', 'sha256', 'sha512')]),
    'sha384': (realm(hash='sha384'), [('$.hash', 'sha256', 'sha384')]),
}

# Plans that are not realm(): (plan, other side, what has to change, family and profile)
FIRST, ZEROS = (RAM, [DTB_AT], True), bytes(2 * PAGE)
EIGHT = [(RAM + i * 0x10000, inputs.noise(f'load {i}', 100), True) for i in range(8)]
OTHERS = {
    'one rec': (realm(recs=[FIRST]), realm(recs=[FIRST] * 2),
                SINGLES['third runs like first'][1], TF),
    'all recs': (realm(recs=[FIRST, (1, [], False), (2, [], False)]),
                 realm(recs=[FIRST, (1, [], True), (2, [], True)]),
                 [(f'$.recs[{i}].runnable', False, True) for i in (1, 2)], TF),
    'all recs like first': (realm(recs=[FIRST, (1, [DTB_AT], False), (2, [DTB_AT], False)]),
                            realm(recs=[FIRST] * 3),
                            [edit for i in (1, 2) for edit in (
                                (f'$.recs[{i}].pc', *hexes(i, RAM)),
                                (f'$.recs[{i}].runnable', False, True))], TF),
    'no registers': (realm(recs=[(RAM, [DTB_AT, 5, 6], True)]), realm(recs=[(RAM, [], True)]),
                     [(f'$.recs[0].gprs[{i}]', *hexes(value, 0))
                      for i, value in enumerate((DTB_AT, 5, 6))], TF),
    'pc at ram': (realm(recs=[(5, [DTB_AT], True)], loads=loads(1, 2)),
                  realm(loads=loads(1, 2), recs=[FIRST]),
                  [('$.recs[0].pc', *hexes(5, RAM))], TF),
    'sorted': (realm(loads=loads(2, 0, 1)), realm(), [('$.load', '[0, 1, 2]', '[1, 2, 0]')], TF),
    'all measured': (realm(loads=loads(measured0=False, measured2=False)), realm(),
                     [(f'$.load[{i}].measured', False, True) for i in (0, 2)], TF),
    'measured': (realm(loads=loads(measured2=False)), realm(),
                 [('$.load[2].measured', False, True)], TF),
    'zeros at the end': (realm(loads=loads(data2=INITRD[:8192] + ZEROS)),
                         realm(loads=loads(data2=INITRD[:8192])),
                         [('$.load[2].size', None, 8192)], TF),
    'up to 64K': (realm(loads=loads(at2=INITRD_AT + 0x3000)),
                  realm(loads=loads(at2=INITRD_AT + 0x3000, data2=INITRD.ljust(0xd000, b'\0'))),
                  [('$.load, after [2]', None, zero(INITRD_AT + 0x6000, 0xa000))], TF),
    'up to 2M': (realm(loads=loads(at2=INITRD_AT + 0x1f3000)),
                 realm(loads=loads(at2=INITRD_AT + 0x1e3000 + 0x10000,
                                   data2=INITRD.ljust(0xd000, b'\0'))),
                 [('$.load, after [2]', None, zero(INITRD_AT + 0x1f6000, 0xa000))], TF),
    'moved down': (realm(loads=EIGHT), realm(loads=[EIGHT[5], *EIGHT[:5], *EIGHT[6:]]),
                   [('$.load', '[0, 1, 2, 3, 4, 5, 6, 7]', '[5, 0, 1, 2, 3, 4, 6, 7]')], TF),
    'moved up': (realm(loads=EIGHT), realm(loads=[*EIGHT[:2], *EIGHT[3:6], EIGHT[2], *EIGHT[6:]]),
                 [('$.load', '[0, 1, 2, 3, 4, 5, 6, 7]', '[0, 1, 3, 4, 5, 2, 6, 7]')], TF),
    'swapped': (realm(loads=EIGHT), realm(loads=[*EIGHT[:3], EIGHT[4], EIGHT[3], *EIGHT[5:]]),
                [('$.load', '[0, 1, 2, 3, 4, 5, 6, 7]', '[0, 1, 2, 4, 3, 5, 6, 7]')], TF),
    'many reversed': (realm(loads=EIGHT), realm(loads=EIGHT[::-1]),
                      [('$.load', '[0, 1, 2, 3, 4, 5, 6, 7]', '[7, 6, 5, 4, 3, 2, 1, 0]')], TF),
    'many sorted': (realm(loads=[*EIGHT[3:], EIGHT[1], EIGHT[0], EIGHT[2]]), realm(loads=EIGHT),
                    [('$.load', '[0, 1, 2, 3, 4, 5, 6, 7]', '[6, 5, 7, 0, 1, 2, 3, 4]')], TF),
    'many falling': (realm(loads=[*EIGHT[3:], EIGHT[1], EIGHT[0], EIGHT[2]]),
                     realm(loads=EIGHT[::-1]),
                     [('$.load', '[0, 1, 2, 3, 4, 5, 6, 7]', '[4, 3, 2, 1, 0, 7, 5, 6]')], TF),
    'more ram': (realm(), realm(ram=[(RAM, 128 * MIB)]),
                 [('$.ram[0].size', 8 * MIB, 128 * MIB)], ROWS[0]),
    'less ram': (realm(ram=[(RAM, 256 * MIB)]), realm(ram=[(RAM, 64 * MIB)]),
                 [('$.ram[0].size', 256 * MIB, 64 * MIB)], ROWS[1]),
    'flag less': (realm(flags=0x2), realm(), [('$.flags', '0x2', '0x0')], TF),
    'text_offset': (realm(loads=loads(data0=inputs.kernel(20000, 0x1000, 40000))),
                    realm(loads=loads(data0=inputs.kernel(20000, 0x1000, 40000),
                                      at0=RAM + 0x1000), recs=[(RAM + 0x1000, [DTB_AT], True)]),
                    [('$.load[0].at', *hexes(RAM, RAM + 0x1000)),
                     ('$.recs[0].pc', *hexes(RAM, RAM + 0x1000))], TF),
    'kernel at ram': (realm(loads=loads(at0=RAM + 0x3000), recs=[(RAM + 0x3000, [], True)]),
                      realm(recs=[(RAM, [], True)]),
                      [('$.load[0].at', *hexes(RAM + 0x3000, RAM)),
                       ('$.recs[0].pc', *hexes(RAM + 0x3000, RAM))], TF),
    'kernel 2M above': (realm(loads=loads(0, 2)),
                        realm(loads=loads(0, 2, at0=DTB_AT), recs=[(DTB_AT, [DTB_AT], True)]),
                        [('$.load[0].at', *hexes(RAM, DTB_AT)),
                         ('$.recs[0].pc', *hexes(RAM, DTB_AT))], TF),
}

# Two changes at once: what each of them alone has to change
PAIRS = {
    'ipa bits and x0': (realm(ipa_bits=41, recs=[(RAM, [], True)]), ('ipa', 'gprs')),
    'debug registers': (realm(breakpoints=8, watchpoints=4), ('breakpoints', 'watchpoints')),
    'sve and pmu': (realm(sve_bits=512, pmu_counters=4), ('sve', 'pmu')),
    'dtb and debug': (realm(loads=loads(data1=DTB.ljust(0x10000, b'\0')), breakpoints=6,
                            watchpoints=4), ('breakpoints', 'watchpoints', 'after [1]')),
    'order and measured': (realm(loads=loads(2, 1, 0, measured1=False)), ('load', 'measured')),
    'left out and x0': (realm(loads=loads(0, 2), recs=[(RAM, [], True)]), ('load[1]', 'gprs')),
    'two left out': (realm(loads=loads(0)), ('load[1]', 'load[2]')),
    'image_size and cut': (realm(loads=loads(data0=KERNEL.ljust(40000, b'\0'),
                                             data2=INITRD[:8192])), ('after [0]', 'load[2]')),
    'granule and x0': (realm(granule=16384, recs=[(RAM, [], True)]), ('granule', 'gprs')),
    'second rec and sve': (realm(recs=[FIRST, (0x1000, [7], True)], sve_bits=128),
                           ('sve', 'runnable')),
    'hash and two': (realm(hash='sha512', ipa_bits=41, recs=[(RAM, [], True)]),
                     ('hash', 'ipa', 'gprs')),
}


class Explain(Case):
    def plan(self, given):
        """The realm as a plan whose loads are files."""
        plan = given.plan()
        for i, load in enumerate(plan['load']):
            self.write(f'load{i}', bytes.fromhex(load.pop('hex')))
            load['file'] = f'load{i}'
        self.write('p.json', plan)
        return 'p.json'

    def explain(self, given, value, *words, code=DONE):
        return self.good_json('explain', self.plan(given), '--rim', value, *words, code=code)

    def assert_found(self, given, other, edits, family, profile):
        got = self.explain(given, rim(other, family, profile))
        self.assertTrue(got['found'])
        self.assertEqual((got['kvm'], got['rmm'], got['hash'], got['unsearched']),
                         (family, profile, other.hash, []))
        found = [tuple(edit[key] for key in FOUND_WHERE) for edit in got['edits']]
        self.assertEqual(found, [(where, *map(self.value, sides)) for where, *sides in edits])
        return got

    @staticmethod
    def value(side):
        """Lists are told as JSON."""
        return json.loads(side) if isinstance(side, str) and side[0] == '[' else side

    def test_plan_that_is_right(self):
        for family, profile in ROWS:
            self.assert_found(realm(), realm(), [], family, profile)
            text = self.good('explain', 'p.json', '--rim', rim(realm(), family, profile))
            self.assertIn(f'{family} with {profile} gives this RIM: the plan is right', text)

    def test_family_that_measures_all(self):
        given = realm(loads=loads(measured1=False))
        self.assert_found(given, given, [], 'rme-rfc', 'rmm-1.0')

    def test_single_changes(self):
        for name, (other, edits) in SINGLES.items():
            given = realm(recs=[FIRST]) if name == 'third runs like first' else realm()
            with self.subTest(name):
                got = self.assert_found(given, other, edits, *TF)
                self.assertEqual({edit['change'] for edit in got['edits']}, {1})

    def test_single_changes_of_other_plans(self):
        for name, (given, other, edits, row) in OTHERS.items():
            with self.subTest(name):
                got = self.assert_found(given, other, edits, *row)
                self.assertEqual({edit['change'] for edit in got['edits']}, {1})

    def test_single_changes_of_all_families(self):
        for name in ('x0 zero', 'left out', 'reverse', 'image_size', 'second runs', 'unmeasured'):
            for row in ROWS:
                with self.subTest(name, row=row):
                    self.assert_found(realm(), *SINGLES[name], *row)
        for row in ROWS[:2]:
            for name in ('ipa bits', 'sve', 'core'):
                self.assert_found(realm(), *SINGLES[name], *row)

    def test_pairs(self):
        for name, (other, places) in PAIRS.items():
            with self.subTest(name):
                got = self.explain(realm(), rim(other), '--limit', '250')
                self.assertTrue(got['found'])
                wheres = [edit['where'] for edit in got['edits']]
                self.assertEqual(len(wheres), len(places))
                for where, place in zip(wheres, places):
                    self.assertIn(place, where)
                self.assertEqual({edit['change'] for edit in got['edits']},
                                 set(range(1, 3 + (other.hash != 'sha256'))))

    def test_edited_plan_gives_the_rim(self):
        """What is told is enough to mend the plan."""
        want = rim(realm(loads=loads(data0=KERNEL.ljust(40000, b'\0')), breakpoints=6,
                         watchpoints=4))
        got = self.explain(realm(), want)
        mended = json.loads((self.dir / 'p.json').read_text())
        for edit in got['edits']:
            if edit['where'] == '$.load, after [0]':
                mended['load'].insert(1, edit['to'])
            else:
                mended[edit['where'][2:]] = edit['to']
        self.write('mended.json', mended)
        self.assertEqual(self.good('measure', 'mended.json', '--kvm', got['kvm'], '--rmm',
                                   got['rmm'], '--bare').strip(), want)

    def test_rim_in_its_slot(self):
        for name in ('sha256', 'sha384'):
            other = realm(hash=name)
            value = rim(other).ljust(128, '0')
            got = self.explain(other, value)
            self.assertEqual((got['found'], got['hash'], got['edits']), (True, name, []))

    def test_rim_that_nothing_explains(self):
        given = realm(loads=loads(1))
        got = self.explain(given, '5a' * 32, '--limit', 2, code=DIFFERENT)
        self.assertEqual((got['found'], got['kvm'], got['rmm'], got['edits']),
                         (False, None, None, []))
        self.assertGreater(got['tried'], len(ROWS))
        self.assertTrue(any('other bytes in a load' in line for line in got['unsearched']))
        text = self.good('explain', 'p.json', '--rim', '5a' * 32, '--limit', 1, code=DIFFERENT)
        self.assertIn('\nnot searched:\n', text)

    def test_three_changes_are_one_too_many(self):
        other = realm(ipa_bits=41, sve_bits=128, recs=[(RAM, [], True)])
        self.assertFalse(self.explain(realm(), rim(other), '--limit', 2, code=DIFFERENT)['found'])

    def test_limit_ends_the_search_and_is_told(self):
        self.write('sparse', b'')
        with open(self.dir / 'sparse', 'wb') as file:
            file.truncate(1 << 30)
        self.write('p.json', {**realm(ram=[(RAM, 1 << 30)], loads=[]).plan(),
                              'load': [{'at': hex(RAM), 'file': 'sparse'}]})
        got = self.good_json('explain', 'p.json', '--rim', '5a' * 32, '--limit', 1, code=DIFFERENT,
                             timeout=30)
        self.assertRegex(got['unsearched'][0], r'^single changes: \d+ of \d+ .* time was up')

    def test_holes_are_zeros(self):
        data = KERNEL.ljust(3 * MIB, b'\0')
        with open(self.dir / 'hole', 'wb') as file:
            file.write(KERNEL)
            file.truncate(3 * MIB)
        other = realm(loads=[(RAM, data, True)], recs=[(RAM, [5], True)], sve_bits=256)
        self.write('p.json', {**dataclasses.replace(other, sve_bits=0, loads=[]).plan(),
                              'load': [{'at': hex(RAM), 'file': 'hole'}]})
        got = self.good_json('explain', 'p.json', '--rim', rim(other))
        self.assertEqual([edit['where'] for edit in got['edits']], ['$.sve_bits'])

    def test_large_plan(self):
        data = inputs.noise('large', MIB) * 64
        given = realm(ram=[(RAM, 256 * MIB)], loads=[(RAM, data, True)], ipa_bits=34)
        other = dataclasses.replace(given, recs=[(RAM, [], True)])
        self.assert_found(given, other, [('$.recs[0].gprs[0]', *hexes(DTB_AT, 0))], *TF)

    def test_event_log_shows_the_first_difference(self):
        other = realm(loads=loads(data1=DTB[:-1] + b'\x5a'))
        self.write('log', '\n'.join(kvm.log_lines(other, 'rmi-v13')) + '\n')
        given, words = realm(), ('--events', 'log', '--limit', 1)
        got = self.explain(given, rim(other), *words, code=DIFFERENT)
        self.assertEqual(got['events']['first_equal'], 6)
        self.assertFalse(got['events']['equal'])
        self.assertEqual(got['events']['header'], [])
        self.assertEqual((got['events']['difference']['event'],
                          got['events']['difference']['address']), ('data', hex(DTB_AT)))
        text = self.good('explain', 'p.json', '--rim', rim(other), *words, code=DIFFERENT)
        self.assertIn(f'first 6 events equal\nevent 7: data {DTB_AT:#x}: content\n', text)

    def test_event_log_that_is_equal(self):
        self.write('log', '\n'.join(kvm.log_lines(realm(), 'rmi-v14')) + '\n')
        got = self.explain(realm(), rim(realm()), '--events', 'log')
        self.assertEqual((got['events']['equal'], got['events']['difference']), (True, None))
        self.assertIn('the logs are equal', self.good('explain', 'p.json', '--rim', rim(realm()),
                                                      '--events', 'log'))

    def test_event_log_of_no_family_is_compared_with_the_one_found(self):
        lines = kvm.log_lines(realm(), 'rme')
        header = {key: value for key, value in json.loads(lines[0]).items() if key != 'kvm'}
        self.write('log', '\n'.join([json.dumps(header), *lines[1:]]) + '\n')
        got = self.explain(realm(), rim(realm(), 'rme', 'rmm-1.0'), '--events', 'log')
        self.assertIsNone(got['events']['difference'])

    def test_wrong_command_lines(self):
        self.plan(realm())
        self.refused(USAGE, 'EINVAL', '--rim: is missing', 'explain', 'p.json')
        for value in ('', '5a', '5a' * 31, '5a' * 33, '5a' * 63):
            self.refused(USAGE, 'EINVAL', '--rim.*32, 48 or 64 bytes', 'explain', 'p.json', '--rim',
                         value)
        self.refused(USAGE, 'EINVAL', '--rim', 'explain', 'p.json', '--rim', 'xy')
        self.refused(USAGE, 'EINVAL', '--limit', 'explain', 'p.json', '--rim', '5a' * 32, '--limit',
                     '0')

    def test_wrong_inputs(self):
        self.plan(realm())
        value = rim(realm())
        self.refused(FAILED, 'ENOENT', 'absent', 'explain', 'absent', '--rim', value)
        self.refused(FAILED, 'ENOENT', 'absent', 'explain', 'p.json', '--rim', value, '--events',
                     'absent')
        self.write('log', 'x\n')
        self.refused(FAILED, 'EBADMSG', 'log', 'explain', 'p.json', '--rim', value, '--events',
                     'log')
        (self.dir / 'load2').unlink()
        self.refused(FAILED, 'ENOENT', 'load2', 'explain', 'p.json', '--rim', value)


if __name__ == '__main__':
    unittest.main()
