#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""docs/presets.md: the plan written by hand is one, and the table of presets is that of the program."""
import re
import unittest

from cli import Case, ROOT

DOC = (ROOT / 'docs' / 'presets.md').read_text()
FILE_ROW = re.compile(r'^\| ([\w.]+) \| (\d+) \|$', re.MULTILINE)
PLAN = re.compile(r'```json\n(.*?)```', re.DOTALL)
VMM_ROW = re.compile(r'^\| \| (.*) \|$', re.MULTILINE)


class Presets(Case):
    def test_hand_written_plan_is_accepted_without_a_warning(self):
        for name, size in FILE_ROW.findall(DOC):
            with open(self.dir / name, 'wb') as file:
                file.truncate(int(size))
        self.write('plan.json', PLAN.search(DOC)[1].encode())
        self.good('check', 'plan.json')

    def test_table_has_the_vmms_of_the_program(self):
        documented = VMM_ROW.search(DOC)[1].split(' | ')
        listed = re.search(r'VMM is one of:\s+(.*)', self.good('plan', '--help'))[1]
        self.assertEqual(documented, listed.split(', '))


if __name__ == '__main__':
    unittest.main()
