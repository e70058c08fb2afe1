#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Every value, bit-field, offset and FID of the collected RMM facts is in the description."""
import json
import unittest

import spec

FACTS = {v: spec.SHARED / f'facts/{v}.json' for v in ('rmm-2.0', 'rmm-1.0')}
REVISION = {'bet0': 'rmm-2.0-bet0', 'bet3': 'rmm-2.0-bet3'}
# names that librealm gives otherwise, so that they do not clash with its own or with others
ENUMS = {'MeasurementDescriptorType': ('measurement', 'RmmMeasurementType')}
STRUCTS = {'RmmMeasurementDescriptorData': 'RmmMeasurementData',
           'RmmMeasurementDescriptorRec': 'RmmMeasurementRec',
           'RmmMeasurementDescriptorRipas': 'RmmMeasurementRipas'}
PREFIXES = {'MEASUREMENT_DESC_': 'RMM_MEASUREMENT_TYPE_', 'REALM_': 'RMM_REALM_'}


def area_of(name):
    if name in STRUCTS:
        return 'measurement'
    return {'Rsi': 'rsi', 'Psc': 'psci', 'RSI': 'rsi'}.get(name[:3], 'rmi')


def renamed(name):
    for old, new in PREFIXES.items():
        if name.startswith(old):
            return new + name[len(old):]
    return name


def kind_of(field):
    return 'u8' if field['type'] == 'bytes' else field['type'].replace('struct:', '')


def variants(item, variant):
    """Variants of the description that have an item of the facts."""
    return [REVISION[r] for r in item.get('only_in', [])] or [variant]


@unittest.skipUnless(FACTS['rmm-2.0'].exists(), f'{FACTS["rmm-2.0"]} is not there')
class Facts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.facts = {v: json.loads(path.read_text()) for v, path in FACTS.items()}

    def entry(self, area, kind, name, variant):
        return next((e for e in spec.entries(area, kind, variant) if e['name'] == name), None)

    def each(self, kind):
        for variant, facts in self.facts.items():
            for fact in facts[kind]:
                yield variant, fact

    def test_enumerations(self):
        for variant, fact in self.each('enums'):
            area, name = ENUMS.get(fact['name'], (area_of(fact['name']), fact['name']))
            for value in fact['values']:
                for seen in variants(value, variant):
                    with self.subTest(variant=seen, value=value['name']):
                        ours = self.entry(area, 'enums', name, seen)
                        numbers = {v['name']: spec.number(v['value'])
                                   for v in spec.items(ours, 'values', seen)}
                        aliases = [v.get('alias') for v in spec.items(ours, 'values', seen)]
                        self.assertEqual(numbers[renamed(value['name'])], value['value'])
                        if 'alias' in value:
                            self.assertIn(value['alias'], aliases)
                        self.assertTrue(ours['width'] == fact['width_bits'] or seen != variant)

    def test_bit_fields(self):
        for variant, fact in self.each('bitfields'):
            for field in fact['fields']:
                for seen in variants(field, variant):
                    with self.subTest(variant=seen, bits=f'{fact["name"]}.{field["name"]}'):
                        ours = self.entry(area_of(fact['name']), 'bitfields', fact['name'], seen)
                        places = {n: (s, w) for n, s, w in spec.bits(ours, seen)}
                        self.assertEqual(places[field['name']], (field['shift'], field['width']))
                        self.assertEqual(ours['width'], fact['width_bits'])
                        self.assertEqual(((1 << field['width']) - 1) << field['shift'],
                                         int(field['mask'], 16))

    def test_structures(self):
        for variant, fact in self.each('structs'):
            name = STRUCTS.get(fact['name'], fact['name'])
            ours = self.entry(area_of(fact['name']), 'structs', name, variant)
            with self.subTest(variant=variant, struct=name):
                self.assertEqual(spec.number(ours['size']), fact['size'])
                found = {f['name']: (spec.number(f['at']), *spec.split_type(f['type']))
                         for f in spec.items(ours, 'fields', variant)}
                self.assertEqual(found, {
                    f['name'].replace('desc_type', 'type'): (f['offset'], kind_of(f), f['count'])
                    for f in fact['fields']})

    def test_commands(self):
        for variant, fact in self.each('commands'):
            for seen in variants(fact, variant):
                with self.subTest(variant=seen, command=fact['name']):
                    ours = self.entry(area_of(fact['name']), 'commands', fact['name'], seen)
                    self.assertEqual(0xC4000000 + spec.number(ours['fid']), int(fact['fid'], 16))
                    names = lambda arguments: [a.partition(':')[0] for a in arguments]
                    self.assertEqual(names(ours.get('args', [])),
                                     [i['name'] for i in fact['inputs']])
                    self.assertEqual(['result'] + names(ours.get('returns', [])),
                                     [i['name'] for i in fact['outputs']])
                    if variant == 'rmm-2.0' and area_of(fact['name']) == 'rmi':
                        self.assertEqual('sro' in ours, fact['sro']['may_initiate'])

    def test_commands_of_tf_rmm(self):
        found = {c['name']: c for c in spec.entries('rmi', 'commands', 'tf-rmm-2.0')}
        for fact in self.facts['rmm-2.0']['tfrmm_only_rmi']:
            ours = found[fact['name']]
            self.assertEqual(0xC4000000 + spec.number(ours['fid']), int(fact['fid'], 16))
            self.assertEqual(ours.get('implemented', True), fact['implemented'])
        for fact in self.facts['rmm-2.0']['commands']:
            state = fact['present'].get('tfrmm')
            if area_of(fact['name']) != 'rmi' or fact['present'].get('bet1') is False:
                continue
            with self.subTest(command=fact['name']):
                self.assertEqual(fact['name'] in found, state is not False)
                if state:
                    self.assertEqual(found[fact['name']].get('implemented', True),
                                     state == 'implemented')

    def test_nothing_is_there_that_the_facts_do_not_have(self):
        for variant, facts in self.facts.items():
            for area in ('rmi', 'rsi'):
                for kind in ('enums', 'bitfields', 'structs', 'commands'):
                    ours = {e['name'] for e in spec.entries(area, kind, variant)}
                    extra = ours - {f['name'] for f in facts[kind]}
                    if kind == 'enums' and variant == 'rmm-1.0':
                        # RMM 1.0 has these too, the facts list them with 2.0 alone
                        extra -= {'RmiEmulatedMmio', 'RmiInjectSea', 'RmiFeature',
                                  'RsiHashAlgorithm', 'RsiRipas', 'RsiResponse'}
                    with self.subTest(variant=variant, area=area, kind=kind):
                        self.assertEqual(extra, set())

    def test_ranges(self):
        numbers = spec.constants('psci', 'rmm-2.0')
        for fact, name in zip(self.facts['rmm-2.0']['smccc']['ranges'], ('RMI', 'RSI', 'RMI_2')):
            self.assertEqual(numbers[f'SMCCC_{name}_FIRST'], int(fact['first'], 16))
            self.assertEqual(numbers[f'SMCCC_{name}_LAST'], int(fact['last'], 16))

    def test_psci(self):
        numbers = spec.constants('psci', 'rmm-2.0')
        for fact in self.facts['rmm-2.0']['psci']:
            self.assertEqual(numbers['SMC32_' + fact['name']], int(fact['fid_smc32'], 16))
            if fact['fid_smc64']:
                self.assertEqual(numbers['SMC64_' + fact['name']], int(fact['fid_smc64'], 16))


if __name__ == '__main__':
    spec.main()
