#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What the cases show when they run on QEMU: all that they show anywhere, but for what is named here.

CASES_HOSTED is the program that lists the cases.
"""
import pathlib
import re
import sys
import unittest

import qemu

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'cases'))
import coverage  # noqa: E402

# What no case can show on this machine, and why
ABSENT_ROWS = {
    '6.3 SERROR': 'nothing makes a physical SError interrupt pending',
    '6.3 SYNC': 'QEMU 10 tells of a WFIT as of a WFI, without its timeout',
    '6.4 hardware external abort': 'QEMU 10 takes those of a realm to its EL1, whatever HCR_EL2.TEA says',
    '6.4 unexpected class': 'the port lets nothing of a realm trap with another class',
}

PASSED = re.compile(r'ok \d+ - (\w+)$', re.MULTILINE)


def passed(rmm):
    return set(PASSED.findall(qemu.boot('cases', rmm=rmm, timeout=300).must().console))


def cases():
    """Those that passed, each in the variants in which it did."""
    ran = {variant: passed(rmm) for variant, rmm in coverage.VARIANTS.items()}
    found = coverage.listed()
    for case in found:
        case.variants = sum(variant for variant in ran if case.name in ran[variant])
    return [case for case in found if case.variants]


class OnQemu(coverage.Coverage, unittest.TestCase):
    absent_rows = ABSENT_ROWS

    @classmethod
    def setUpClass(cls):
        cls.cases = cases()


if __name__ == '__main__':
    qemu.require()
    qemu.require_tokens()
    unittest.main()
