#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Vectors that a plan can describe, from the plan's JSON to the RIM that realmctl prints."""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'model'))
import kvm  # noqa: E402
import rmm  # noqa: E402
import test_measurement  # noqa: E402
import test_tf_rmm  # noqa: E402
from programs import output  # noqa: E402

# Sequences in the order of a plan: RIPAS of whole RAM in the largest blocks, loads, then RECs.
MEASUREMENT = ('v1-sha512-levels', 'v1-sha512-levels-4k', 'v2-spec-sha256', 'v2-spec-sha384',
               'v2-spec-sha512', 'v2-tfrmm-sha256', 'v2-tfrmm-sha384', 'v2-spec-sha256-16k')
TF_RMM = {'s09': ('1.x', '2.0'), 'd10': ('2.0',), 'd01-sha256': ('2.0',), 'd02-sha256': ('2.0',),
          'd01-sha512': ('2.0',), 'c03': ('2.0',), 'c09': ('2.0',), 'p07': ('2.0',),
          'p10': ('2.0',), 'p13': ('2.0',), 'p19': ('2.0',), 'p25': ('2.0',)}
FAMILIES = {'rmm-1.0': 'rme', 'rmm-2.0': 'rmi-v14', 'tf-rmm-2.0': 'rmi-v14'}
DEFAULT_RAM = (0x80000000, 0x200000)


def number(value):
    return int(value, 0) if isinstance(value, str) else value


def ram_of(events, granule):
    """What the RIPAS events cover, else what the loads need."""
    ripas = [(number(event['base']), number(event['top']))
             for event in events if event['event'] == 'ripas']
    pages = [number(event['ipa']) for event in events if event['event'] == 'data']
    if ripas:
        return ripas[0][0], ripas[-1][1] - ripas[0][0]
    return (min(pages), max(pages) + granule - min(pages)) if pages else DEFAULT_RAM


def realm_of(events, contents, hash_name, granule=4096):
    """The events as a realm; where there is no REC, one that is not runnable nor measured."""
    head = events[0]
    flags = number(head['flags'])
    data = [event for event in events if event['event'] == 'data']
    recs = [(number(event['pc']), list(map(number, event['gprs'])), bool(number(event['flags'])))
            for event in events if event['event'] == 'rec']
    return kvm.Realm(
        head['s2sz'], [ram_of(events, granule)],
        [(number(event['ipa']), content, bool(event['flags']))
         for event, content in zip(data, contents, strict=True)],
        recs or [(0, [], False)], hash=hash_name, granule=granule, lpa2=bool(flags & kvm.FLAG_LPA2),
        sve_bits=(head['sve_vl'] + 1) * 128 if flags & kvm.FLAG_SVE else 0,
        breakpoints=head['num_bps'] + 1, watchpoints=head['num_wps'] + 1,
        pmu_counters=head['pmu_num_ctrs'] if flags & kvm.FLAG_PMU else None,
        flags=flags & ~(kvm.FLAG_LPA2 | kvm.FLAG_SVE | kvm.FLAG_PMU))


def measure(realm, profile):
    family = FAMILIES[profile]
    return output('REALMCTL', 'measure', '-', '--bare', '--kvm', family, '--rmm', profile,
                  text=json.dumps(realm.plan())).strip()


def tf_rmm_contents(script):
    for step in script:
        op, args = rmm.parse(step)
        if op == 'data':
            content = rmm.GENERATORS[args.get('gen', 'affine')]
            first = args.get('page', 0)
            for page in range(first, first + args.get('n', 1)):
                yield content(page, args.get('val', 0))


class Plans(unittest.TestCase):
    def test_measurement_vectors(self):
        for vector in test_measurement.vectors():
            if vector['id'] not in MEASUREMENT:
                continue
            steps = vector['steps']
            events = [test_measurement.event_of(step, vector) for step in steps]
            contents = [test_measurement.CONTENTS[step['content']](vector['granule'])
                        for step in steps if step['op'] == 'data']
            realm = realm_of(events, contents, vector['hash'], vector['granule'])
            with self.subTest(vector['id']):
                self.assertEqual(measure(realm, vector['profile']), steps[-1]['rim'])

    def test_tf_rmm_vectors(self):
        for vector in test_tf_rmm.VECTORS:
            for version in TF_RMM.get(vector['id'], ()):
                script = test_tf_rmm.Run(vector, version)
                contents = tf_rmm_contents(vector['script'])
                realm = realm_of(script.model.events, contents, script.model.hash)
                with self.subTest(vector['id'], rmm=version):
                    self.assertEqual(measure(realm, script.profile), script.steps[-1][3])


if __name__ == '__main__':
    unittest.main()
