#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""An 8 GiB load is two million events: they stream, and memory does not grow with them."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'model'))
from programs import command  # noqa: E402

BASE, SIZE, PAGE = 0x80000000, 8 << 30, 4096
MEMORY_LIMIT = 128 << 20


class Big(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.plan = pathlib.Path(directory.name) / 'plan.json'
        with open(self.plan.with_name('sparse'), 'wb') as file:
            file.truncate(SIZE)
        self.plan.write_text(json.dumps({
            'schema': 'realm-plan/1', 'ipa_bits': 36, 'ram': [{'base': hex(BASE), 'size': SIZE}],
            'load': [{'at': hex(BASE), 'file': 'sparse'}], 'recs': [{'pc': hex(BASE)}],
        }), encoding='utf-8')

    def stream(self, *words):
        """(first three lines, last three lines, lines, peak memory in bytes) of a run."""
        process = subprocess.Popen([*command('REALMCTL'), *map(str, words)], stdout=subprocess.PIPE)
        head, tail, lines = [], [], 0
        with process.stdout as output:
            for line in output:
                lines += 1
                head += [line] * (lines <= 3)
                tail = [*tail[-2:], line]
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0)
        return head, tail, lines, usage.ru_maxrss << 10

    def test_events_stream(self):
        head, tail, lines, memory = self.stream('events', self.plan)
        self.assertEqual(lines, SIZE // PAGE + len(['header', 'realm', 'rec', 'activate']))
        self.assertEqual(json.loads(head[2])['ipa'], hex(BASE))
        self.assertEqual(json.loads(tail[0])['ipa'], hex(BASE + SIZE - PAGE))
        self.assertLessEqual(memory, MEMORY_LIMIT)

    def test_measure_streams(self):
        *_, memory = self.stream('measure', self.plan)
        self.assertLessEqual(memory, MEMORY_LIMIT)


if __name__ == '__main__':
    unittest.main()
