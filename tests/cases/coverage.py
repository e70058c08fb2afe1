# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Do cases show all of rows.txt, a success of each command, and each documented status?

CASES_HOSTED is the program that lists all cases; which of them count is up to the test. Statuses
are those of the facts beside the tree.
"""
import collections
import json
import os
import pathlib
import re
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FACTS = pathlib.Path(os.environ.get('REALM_SHARED') or ROOT.parent / 'shared') / 'facts'
sys.path[:0] = [str(ROOT / 'spec' / 'generated'), str(HERE.parent / 'model')]
import realm_constants  # noqa: E402
from programs import output  # noqa: E402

V1, V2, TF = 1, 2, 4
VARIANTS = {V1: 'rmm-1.0', V2: 'rmm-2.0', TF: 'tf-rmm-2.0'}

# Not part of this RMM: devices, and what only planes need
ABSENT = re.compile(r'_(PDEV|VDEV|PSMMU|VSMMU|DPT|DEV|AUX|S2AP|PLANE|PERM|P2P)(_|$)')

# What an RMM may answer, but this one never does, as patterns of commands. Nothing that one host
# does, call after call, makes an RMM busy.
NEVER = {
    'BUSY': r'.',
    'ERROR_RTT_AUX': r'.',
    'INCOMPLETE': r'REALM_|RANGE|ACTIVATE|TRACKING|OP_CANCEL|DATA_MAP_INIT'
                  r'|RTT_(CREATE|DESTROY|FOLD|INIT|SET|UNPROT|DATA_UNMAP)',
    'BLOCKED': r'REALM_|RTT_(CREATE|DESTROY|FOLD)|RANGE|TRACKING_SET',
    'ERROR_TRACKING': r'DATA_MAP|TRACKING_SET',
    'ERROR_UNKNOWN': r'TOKEN',
}
# Level 1 GPTs are there from the start, and mapping does not wait.
NEVER_IN_TF_RMM = {'SUCCESS': r'GPT_L1_CREATE|OP_CANCEL', 'INCOMPLETE': r'GPT_L1|RTT_DATA_MAP'}

# How the names of rows end that show a status of RSI
ENDS = {'SUCCESS': 'success', 'INCOMPLETE': 'success', 'ERROR_INPUT': 'input',
        'ERROR_STATE': 'state'}


def fids(pattern):
    return {name.removeprefix('SMC_'): fid for name, fid in vars(realm_constants).items()
            if re.match(pattern, name)}


RMI1, RMI2, RSI = fids('SMC_RMI1_'), fids('SMC_RMI_'), fids('SMC_RSI_')
PSCI = fids('SMC(32|64)_PSCI_')
NAMES = {fid: name for name, fid in RMI2.items()}


class Case:
    def __init__(self, line):
        self.name, variants, self.row = line.split('\t')
        self.variants = int(variants)
        self.shows, self.smcs = set(), set()

    def add(self, what, shown):
        if what == 'SMC':
            self.smcs.add(int(shown, 16))
        else:
            self.shows.add((what, re.split(r'[(/]', shown)[0]))


def listed():
    cases = []
    for line in output('CASES_HOSTED', 'list').splitlines():
        if line.startswith('\t'):
            cases[-1].add(*line[1:].split('\t'))
        else:
            cases.append(Case(line))
    return cases


def rows():
    lines = (HERE / 'rows.txt').read_text(encoding='utf-8').splitlines()
    return {line for line in lines if line and not line.startswith('#')}


def name_of_1_0(name):
    """Commands have the name that rows use: of 2.0, where the number is the same."""
    return NAMES.get(RMI1[name], name)


def commands_of(variant):
    header = (ROOT / 'spec' / 'generated' / 'tf-rmm-2.0.h').read_text(encoding='utf-8')
    lacking = set(re.findall(r'X\((RMI_\w+),', header)) if variant == TF else set()
    if variant == V1:
        return [name_of_1_0(name) for name in RMI1]
    return [name for name in RMI2 if not ABSENT.search(name) and name not in lacking]


def facts(name):
    path = FACTS / name
    if not path.exists():
        raise unittest.SkipTest(f'{path} is not there: set REALM_SHARED')
    commands = json.loads(path.read_text(encoding='utf-8'))['commands']
    return [(command['name'], int(command['fid'], 16), status.partition('_')[2])
            for command in commands for status in command.get('status', [])
            if re.match(r'R[MS]I_', status) and not ABSENT.search(command['name'])]


def can_happen(command, status, variant=None):
    tables = [NEVER] + ([NEVER_IN_TF_RMM] if variant == TF else [])
    return not any(re.search(table.get(status, '^$'), command) for table in tables)


class Coverage:
    """Tests of what self.cases show, each in its variants; for a unittest.TestCase."""
    absent_rows = frozenset()

    def shown_by(self, variant):
        return {entry for case in self.cases if case.variants & variant for entry in case.shows}

    def test_names_differ(self):
        counts = collections.Counter(case.name for case in self.cases)
        self.assertEqual([name for name, count in counts.items() if count > 1], [])

    def test_rows_are_those_of_the_list(self):
        self.assertEqual({case.row for case in self.cases}, rows() - set(self.absent_rows))

    def test_each_command_succeeds(self):
        """Calls of an operation reply INCOMPLETE but for the last one: they succeed so."""
        for variant, name in VARIANTS.items():
            done = {what for what, status in self.shown_by(variant)
                    if status == 'SUCCESS' or (status == 'INCOMPLETE' and '_OP_' in what)}
            with self.subTest(name):
                self.assertEqual([command for command in commands_of(variant)
                                  if can_happen(command, 'SUCCESS', variant)
                                  and command not in done], [])

    def test_each_call_of_the_realm_is_made(self):
        made = set().union(*(case.smcs for case in self.cases))
        twins = {'SMC32_PSCI_CPU_SUSPEND', 'SMC32_PSCI_AFFINITY_INFO'}
        calls = {**RSI, **PSCI}
        self.assertEqual([name for name, fid in calls.items() if fid not in made
                          and not ABSENT.search(name) and name not in twins], [])

    def check_statuses(self, variant, documented):
        shown = self.shown_by(variant)
        for command, status in documented:
            with self.subTest(VARIANTS[variant], command=command, status=status):
                self.assertTrue((command, status) in shown or
                                not can_happen(command, status, variant), 'no case shows it')

    def test_each_documented_status_of_2_0(self):
        for variant in (V2, TF):
            self.check_statuses(variant, [
                (name, status) for name, _, status in facts('rmm-2.0.json')
                if name in commands_of(variant)])

    def test_each_documented_status_of_1_0(self):
        self.check_statuses(V1, [
            (name_of_1_0(name.replace('RMI_', 'RMI1_', 1)), status)
            for name, _, status in facts('rmm-1.0.json') if name.startswith('RMI_')])

    def test_each_documented_status_of_rsi(self):
        for name, fid, status in facts('rmm-2.0.json'):
            if not name.startswith('RSI_') or not can_happen(name, status):
                continue
            with self.subTest(command=name, status=status):
                self.assertTrue(any(fid in case.smcs and case.name.endswith(ENDS[status])
                                    for case in self.cases), 'no case shows it')
