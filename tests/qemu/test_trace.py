#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The console of the firmware that traces gives the log of the plan that was carried out on it.

    test_trace.py VARIANT PAYLOAD
"""
import pathlib
import re
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / 'model'))
import qemu  # noqa: E402
import realm  # noqa: E402
from programs import output  # noqa: E402
from test_rim import Case  # noqa: E402

# Hash, RECs, with unmeasured pages, with blocks
REALMS = (('sha256', 3, True, False), ('sha512', 1, False, True))
RIM_READ = re.compile(r'rsi_call: cpu=\S+ fid=0xc4000192 in=0x0 out=0x0,(\S+) end')
# Calls come in the middle of the host's lines; without them those are whole again.
CALL = re.compile(r'r[ms]i_call: .* end\n')


def rims_read(console):
    """What realms got for RSI_MEASUREMENT_READ of index 0: X1 on are its bytes."""
    for words in RIM_READ.findall(console):
        yield b''.join(int(word, 0).to_bytes(8, 'little') for word in words.split(',')).hex()


class Trace(unittest.TestCase):
    variant = payload = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.cases = [Case(cls.folder, cls.payload, *of) for of in REALMS]
        script = realm.Script()
        for case in cls.cases:
            script.add_plan(case.plan, cls.folder, case.blocks)
        cls.console = script.boot(cls.folder, rmm=cls.variant, firmware='QEMU_TRACE_FIRMWARE',
                                  timeout=300).must().console
        cls.log = cls.folder / 'console'
        cls.log.write_text(cls.console, encoding='utf-8')
        cls.lives = realm.lives(CALL.sub('', cls.console))[:-1]

    def family(self):
        return ('--kvm', realm.ROWS[self.variant])

    def traced(self, number, *words):
        return output('REALMCTL', 'events', '--from-trace', self.log, '--realm', number,
                      *self.family(), *words)

    def test_events_are_those_of_the_plan(self):
        for number, case in enumerate(self.cases, 1):
            with self.subTest(case.name):
                predicted, seen = self.folder / 'predicted', self.folder / 'seen'
                predicted.write_text(output('REALMCTL', 'events', case.path, *self.family()))
                seen.write_text(self.traced(number))
                self.assertEqual(seen.read_text(), predicted.read_text())
                output('REALMCTL', 'diff', predicted, seen)

    def test_last_rim_is_what_the_rmm_has(self):
        self.assertEqual(len(self.lives), len(self.cases), self.console)
        for number, life in enumerate(self.lives, 1):
            rim = life.answers[-2]['rim']
            last = self.traced(number, '--rim', '--rmm', self.variant).splitlines()[-1]
            self.assertEqual(last, f'{{"event":"activate","rim":"{rim}"}}')

    def test_calls_of_realms_are_there(self):
        self.assertEqual([rim.ljust(128, '0') for rim in rims_read(self.console)],
                         [life.told('rim').ljust(128, '0') for life in self.lives])

    def test_each_realm_has_a_number(self):
        with self.assertRaisesRegex(AssertionError, f'has {len(self.cases)} realms: 1 at rd 0x'):
            output('REALMCTL', 'events', '--from-trace', self.log)


if __name__ == '__main__':
    qemu.require()
    Trace.variant, Trace.payload = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
