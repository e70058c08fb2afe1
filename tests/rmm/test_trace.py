#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Traces of rmm-script become events whose RIMs are those that TF-RMM measured.

REALMCTL is the command line of the tool.
"""
import hashlib
import json
import re
import unittest

import script
from programs import run

DONE, FAILED = 0, 1
CREATE = 'realm_create hash=sha256 s2sz=40 sl=1'
CALL = re.compile(r'r[ms]i_call: cpu=0x\d+ fid=0x[0-9a-f]{8} in=0x\S+ out=0x\S+'
                  r'( [a-z0-9_]+=\S+)* end')
FTRACE = '       vmm-{0}     [00{1}] d..1.  {0}.{0:06}: '


def trace(variant, steps):
    """Answers and calls, as they came."""
    done = run('RMM_SCRIPT', '--trace', '--variant', variant, '-', text=script.text_of(steps))
    assert done.returncode == DONE, done.stderr
    return done.stdout


def events(text, *words):
    done = run('REALMCTL', 'events', '--from-trace', '-', *words, text=text)
    assert done.returncode == DONE, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def rims_told(answers):
    return [answer['rim'] for answer in answers if 'rim' in answer]


def is_subsequence(part, whole):
    rest = iter(whole)
    return all(item in rest for item in part)


class Vectors(unittest.TestCase):
    def check(self, vector, variant, rims):
        text = trace(variant, vector['script'])
        if not rims:
            done = run('REALMCTL', 'events', '--from-trace', '-', text=text)
            self.assertEqual(done.returncode, FAILED)
            self.assertIn('no RMI_REALM_CREATE succeeds', done.stderr)
            return
        found = [event['rim'] for event in events(text, '--rim', '--rmm', variant)[1:]]
        self.assertEqual(found[-1], rims[-1])
        changes = [rim for i, rim in enumerate(rims) if rim not in rims[:i]]
        self.assertTrue(is_subsequence(changes, found))

    def test_rims_are_those_of_tf_rmm(self):
        for vector in script.vectors():
            for version, variant in script.VARIANTS.items():
                with self.subTest(vector['id'], variant=variant):
                    self.check(vector, variant, rims_told(vector['answers']['rmm' + version]))

    def test_rims_of_the_text(self):
        """What rmm-2.0 itself tells, which test_script holds to the model."""
        for vector in script.vectors():
            with self.subTest(vector['id']):
                answers = script.answers('rmm-2.0', vector['script'])
                self.check(vector, 'rmm-2.0', rims_told(answers))


class Events(unittest.TestCase):
    STEPS = ['realm_create hash=sha512 s2sz=40 sl=1 flags0=0x2 sve_vl=1 bps=3 wps=2',
             'rtt_path ipa=0x80000000 top=0x80200000 level=3',
             'init_ripas base=0x80000000 top=0x80002000',
             'data ipa=0x80000000 gen=mix page=7', 'data ipa=0x80001000 measure=0',
             'rec_create pc=0x80000004 gprs=1,0xffffffffffffffff', 'rec_create flags=0', 'activate']

    def expected(self, has_ripas):
        content = bytes((7 * 31 ^ j * 13 ^ j >> 8) & 0xff for j in range(4096))
        gprs = ['0x1', '0xffffffffffffffff'] + ['0x0'] * 6
        yield {'schema': 'realm-events/1', 'hash': 'sha512', 'granule': 4096}
        yield {'event': 'realm', 'flags': '0x2', 's2sz': 40, 'sve_vl': 1, 'num_bps': 3,
               'num_wps': 2, 'pmu_num_ctrs': 0}
        for base in (0x80000000, 0x80001000) if has_ripas else ():
            yield {'event': 'ripas', 'base': hex(base), 'top': hex(base + 4096)}
        yield {'event': 'data', 'ipa': '0x80000000', 'flags': '0x1',
               'content': hashlib.sha512(content).hexdigest()}
        yield {'event': 'data', 'ipa': '0x80001000', 'flags': '0x0'}
        yield {'event': 'rec', 'flags': '0x1', 'pc': '0x80000004', 'gprs': gprs}
        yield {'event': 'rec', 'flags': '0x0', 'pc': '0x0', 'gprs': ['0x0'] * 8}
        yield {'event': 'activate'}

    def test_events_are_what_the_script_says(self):
        for variant in ('rmm-1.0', 'rmm-2.0', 'tf-rmm-2.0'):
            with self.subTest(variant=variant):
                self.assertEqual(events(trace(variant, self.STEPS)),
                                 list(self.expected(variant == 'rmm-1.0')))

    def test_a_kernels_prefix_and_line_ends_change_nothing(self):
        text = trace('rmm-1.0', self.STEPS)
        plain = events(text)
        lines = [FTRACE.format(i, i % 8) + line + '\r\n' if CALL.fullmatch(line) else line + '\n'
                 for i, line in enumerate(text.splitlines())]
        self.assertEqual(events('# tracer: nop\n#\n' + ''.join(lines)), plain)

    def test_family_makes_it_the_log_of_a_plan(self):
        header = events(trace('rmm-1.0', self.STEPS), '--kvm', 'rme')[0]
        self.assertEqual(header['kvm'], 'rme')


class Form(unittest.TestCase):
    def test_each_line_is_an_answer_or_a_call(self):
        lines = trace('tf-rmm-2.0', Events.STEPS).splitlines()
        calls = [line for line in lines if CALL.fullmatch(line)]
        answers = [json.loads(line) for line in lines if not CALL.fullmatch(line)]
        self.assertEqual(answers, script.answers('tf-rmm-2.0', Events.STEPS))
        self.assertGreater(len(calls), len(answers))

    def test_nothing_is_traced_unasked(self):
        self.assertNotIn('rmi_call', run('RMM_SCRIPT', '-', text=CREATE + '\n').stdout)

    def test_new_machine_is_traced_too(self):
        wide = ['pa52', 'realm_create hash=sha256 s2sz=52 sl=-1 flags0=1']
        self.assertEqual(events(trace('rmm-1.0', wide))[1]['s2sz'], 52)


if __name__ == '__main__':
    unittest.main()
