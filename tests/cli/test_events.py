#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl events: form, options, RIMs. (Order and content are tested in tests/events.)"""
import hashlib
import json
import unittest

from cli import Case, FAMILIES, PROFILES, ROOT, UNSUPPORTED, Validator, plan
import rim

HEX = {'hex': 'd503201f' * 1025}


class Events(Case):
    def setUp(self):
        super().setUp()
        self.write('p.json', plan())

    def events(self, *words, **options):
        lines = self.good('events', *words, **options).splitlines()
        schema = Validator.load(ROOT / 'docs' / 'schemas' / 'realm-events-1.json')
        for line in lines:
            self.assertEqual(schema.errors(json.loads(line)), [], line)
        return lines

    def test_default_family_is_rmi_v14(self):
        self.assertEqual(self.events('p.json'), self.events('p.json', '--kvm', 'rmi-v14'))
        self.assertEqual(json.loads(self.events('p.json')[0]), {
            'schema': 'realm-events/1', 'hash': 'sha256', 'granule': 4096, 'kvm': 'rmi-v14'})

    def test_log_of_a_small_plan_is_what_the_plan_says(self):
        data = bytes.fromhex(HEX['hex'])
        pages = [data[:4096], data[4096:].ljust(4096, b'\0')]
        want = [{'event': 'realm', 'flags': '0x0', 's2sz': 33, 'sve_vl': 0, 'num_bps': 1,
                 'num_wps': 1, 'pmu_num_ctrs': 0}]
        want += [{'event': 'data', 'ipa': hex(0x80000000 + 4096 * i), 'flags': '0x1',
                  'content': hashlib.sha256(page).hexdigest()} for i, page in enumerate(pages)]
        want += [{'event': 'rec', 'flags': flags, 'pc': pc, 'gprs': ['0x0'] * 8}
                 for flags, pc in (('0x1', '0x80000000'), ('0x0', '0x0'))]
        want += [{'event': 'activate'}]
        self.assertEqual([json.loads(line) for line in self.events('p.json')[1:]], want)

    def test_ripas_is_there_in_families_of_rmm_1_0_only(self):
        for family in FAMILIES:
            kinds = {json.loads(line).get('event') for line in
                     self.events('p.json', '--kvm', family)}
            self.assertEqual('ripas' in kinds, family in FAMILIES[:3])

    def test_rim_is_added_after_each_event(self):
        for family in FAMILIES:
            plain = self.events('p.json', '--kvm', family)
            default = PROFILES[0] if family in FAMILIES[:3] else PROFILES[2]
            for words, profile in ([[], default], [['--rmm', default], default]):
                lines = self.events('p.json', '--kvm', family, '--rim', *words)
                self.assertEqual(len(lines), len(plain))
                self.assertEqual(lines[0], plain[0])
                for i in range(1, len(lines)):
                    event = json.loads(lines[i])
                    self.assertEqual(event.pop('rim'), rim.rim_of(profile, plain[:i + 1]))
                    self.assertEqual(event, json.loads(plain[i]))

    def test_last_rim_is_what_measure_prints(self):
        for profile in PROFILES[1:]:
            last = json.loads(self.events('p.json', '--rim', '--rmm', profile)[-1])
            bare = self.good('measure', 'p.json', '--bare', '--kvm', 'rmi-v14', '--rmm', profile)
            self.assertEqual(last['rim'], bare.strip())

    def test_pair_that_does_not_go_together_is_not_supported(self):
        for family in FAMILIES:
            for profile in PROFILES:
                if (family in FAMILIES[:3]) != (profile == PROFILES[0]):
                    self.refused(UNSUPPORTED, 'EOPNOTSUPP', f'{family}.*{profile}', 'events',
                                 'p.json', '--kvm', family, '--rim', '--rmm', profile)

    def test_plan_that_no_rmm_of_the_family_holds_is_not_supported(self):
        for change in ({'hash': 'sha384'}, {'granule': 16384}):
            self.refused(UNSUPPORTED, 'EOPNOTSUPP', 'hash|granule', 'events', '-', '--kvm',
                         'rme', text=json.dumps(plan(**change)))

    def test_json_holds_the_same_lines(self):
        for words in ([], ['--rim'], ['--kvm', 'rme']):
            lines = [json.loads(line) for line in self.events('p.json', *words)]
            value = self.good_json('events', 'p.json', *words)
            self.assertEqual([value['header'], *value['events']], lines)

    def test_plan_may_be_standard_input(self):
        self.assertEqual(self.events('-', text=json.dumps(plan())), self.events('p.json'))


if __name__ == '__main__':
    unittest.main()
