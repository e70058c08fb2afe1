#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""docs/lifecycle.md says what is so: its program runs, its tables are what families do."""
import json
import os
import pathlib
import re
import struct
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'model'))
from programs import output  # noqa: E402

DOC = (ROOT / 'docs' / 'lifecycle.md').read_text(encoding='utf-8')
RUNS_GUESTS = os.environ['RUNS_GUESTS'] == 'true'
FAMILIES = ['rme-rfc', 'rme', 'rmi-v12', 'rmi-v13', 'rmi-v14', 'rmi-v15']


def spec(name):
    return json.loads((ROOT / 'spec' / f'kvm-{name}.json').read_text(encoding='utf-8'))


def number(value):
    return int(value, 0) if isinstance(value, str) else value


NUMBERS = spec('numbers')
IOCTLS = {number(ioctl['value']): ioctl['name'] for ioctl in NUMBERS['ioctls']}
VALUES = {value['name']: number(value['value'])
          for enum in NUMBERS['enums'] for value in enum['values']}
COMMANDS = {VALUES[f'KVM_CAP_ARM_RME_{name}']: name for name in
            ('CONFIG_REALM', 'CREATE_REALM', 'INIT_RIPAS_REALM', 'POPULATE_REALM',
             'ACTIVATE_REALM')}
REGISTERS = {VALUES[f'KVM_REG_ARM64_{name}']: name
             for name in ('ID_AA64DFR0_EL1', 'PMCR_EL0', 'SVE_VLS')}
# group and attr; those of a GIC are others
PMU_ATTRIBUTES = [struct.pack('<IQ', VALUES['KVM_ARM_VCPU_PMU_V3_CTRL'], VALUES[f'KVM_ARM_VCPU_PMU_V3_{name}'])
                  for name in ('IRQ', 'INIT')]


def table(after):
    """Rows of the first table below a heading, cells without backticks."""
    lines = DOC.split(f'\n{after}\n', 1)[1].splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith('|'))
    rows = []
    for line in lines[start:]:
        if not line.startswith('|'):
            break
        rows.append([cell.strip().replace('`', '') for cell in line.strip('|').split('|')])
    return rows[0], rows[2:]


def call_name(words):
    """What the table calls a line of calls.c."""
    if words[0] != 'ioctl':
        return words[0]
    request = int(words[1], 0)
    name = IOCTLS[request]
    data = bytes.fromhex(words[2]) if len(words) > 2 else b''
    if name == 'KVM_ENABLE_CAP':
        return f'{name} {COMMANDS[int.from_bytes(data[8:16], "little")]}'
    if name.endswith('_ONE_REG'):
        return f'{name} {REGISTERS.get(int.from_bytes(data[:8], "little"), "X0..X7, PC")}'
    if name == 'KVM_ARM_VCPU_FINALIZE':
        return f'{name} {"SVE" if data[0] == VALUES["KVM_ARM_VCPU_SVE"] else "REC"}'
    if name == 'KVM_SET_DEVICE_ATTR' and data[4:16] in PMU_ATTRIBUTES:
        return f'{name} PMU_V3'
    if name.startswith('KVM_ARM_RMI_POPULATE'):
        return f'KVM_ARM_RMI_POPULATE {request:#x}'
    return name


def calls_made(*args):
    """Step and call of what is really done, several in a row as one."""
    made, step = [], []
    for line in output('CALLS', *args).splitlines():
        words = line.split()
        if words[0] == 'step':
            made += [(words[1], call) for call in step]
            step = []
        elif call_name(words) not in step[-1:]:
            step.append(call_name(words))
    return made


class Lifecycle(unittest.TestCase):
    def test_the_table_of_calls_is_what_is_called(self):
        head, rows = table('## What is called')
        self.assertEqual(head[3:], FAMILIES)
        self.assertTrue(any('?' in row for row in rows))
        for column, family in enumerate(FAMILIES, 3):
            with self.subTest(family):
                self.assertLessEqual({row[column] for row in rows}, {'x', '?', ''})
                for marks, args in (['x', '?'], ['all']), (['x'], []):
                    wanted = [tuple(row[:2]) for row in rows if row[column] in marks]
                    self.assertEqual(calls_made(family, *args), wanted)

    def test_the_table_of_families_is_that_of_spec(self):
        words = {'KVM_SETTING_FIXED': 'fixed', 'KVM_SETTING_CONFIG': 'item',
                 'KVM_SETTING_REGISTER': 'register', 'KVM_SETTING_HOST': 'host'}
        settings = {'hash': 'hash', 'RPV': 'rpv', 'breakpoints, watchpoints': 'debug', 'SVE': 'sve',
                    'PMU': 'pmu', 'LPA2': 'lpa2'}
        rows = {row['name']: row for row in spec('families')['tables'][0]['rows']}
        head, documented = table('### Families')
        documented = {row[0]: row[1:] for row in documented}
        self.assertEqual(head[1:], FAMILIES)
        self.assertEqual([name for name, row in rows.items() if row['supported']], FAMILIES)
        for column, row in enumerate(rows[family] for family in FAMILIES):
            cells = {name: cells[column] for name, cells in documented.items()}
            self.assertEqual(number(cells['VM type']), VALUES[row['vm_type']])
            self.assertEqual(cells['REC feature'],
                             ', '.join(str(VALUES[feature]) for feature in row['rec_features']))
            for name, key in settings.items():
                self.assertEqual(cells[name], words[row[key]])
            self.assertEqual(cells['pages other than 4 KiB'], 'yes' if row['any_granule'] else 'no')

    def test_errors_are_those_of_the_header(self):
        header = (ROOT / 'include' / 'realm' / 'lifecycle.h').read_text(encoding='utf-8')
        codes = set(re.findall(r'-(E[A-Z]+) ', header.split('Threads:')[0])) - {'EBUSY'}
        self.assertEqual(sorted(re.findall(r'^\| `-(E\w+)` \|', DOC, re.MULTILINE)), sorted(codes))

    @unittest.skipUnless(RUNS_GUESTS, 'built without Unicorn')
    def test_the_program_runs(self):
        for args in [], ['step by step']:
            self.assertEqual(output('TOUR', *args), 'hi\npowered off\n')


if __name__ == '__main__':
    if not RUNS_GUESTS:
        print('skipped: the program: built without Unicorn')
    unittest.main()
