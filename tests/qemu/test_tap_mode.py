#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""tap_mode.py takes nothing for a pass that is none, whatever QEMU prints and however it ends."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

TAP_MODE = pathlib.Path(__file__).with_name('tap_mode.py')
FAKE = """#!/bin/sh
case " $* " in
*' --version '*) echo 'QEMU emulator version 10.0.0' ;;
*' -S '*) ;;
*) cat "$FAKE_CONSOLE" && exec $FAKE_END ;;
esac
"""


class TapMode(unittest.TestCase):
    def run_mode(self, console, end):
        """Exit status, and what it says of QEMU's end."""
        with tempfile.TemporaryDirectory() as folder:
            fake = pathlib.Path(folder, 'qemu-system-aarch64')
            fake.write_text(FAKE)
            fake.chmod(0o755)
            pathlib.Path(folder, 'console').write_text(console)
            env = {**os.environ, 'PATH': f'{folder}:{os.environ["PATH"]}', 'FAKE_END': end,
                   'FAKE_CONSOLE': f'{folder}/console', 'QEMU_FIRMWARE': 'none', 'QEMU_HOST': 'none'}
            done = subprocess.run([sys.executable, TAP_MODE, 'cases', 'rmm-2.0', '1', '2'], env=env,
                                  stdout=subprocess.PIPE, encoding='utf-8')
        bails = [line for line in done.stdout.splitlines() if line.startswith('Bail out!')]
        return done.returncode, bails

    def test_all_passed(self):
        self.assertEqual(self.run_mode('RMM: starts\nok 1 - a\n1..1\n', 'true'), (0, []))

    def test_one_failed(self):
        self.assertEqual(self.run_mode('not ok 1 - a\n1..1\n', 'false'), (1, []))

    def test_without_tokens_what_takes_them_is_skipped_alone(self):
        console = 'RMM: no tokens: why\nok 1 - a\nnot ok 2 - attest_token_success\n# why\n1..2\n'
        self.assertEqual(self.run_mode(console, 'false'), (0, []))
        self.assertEqual(self.run_mode(console.replace('ok 1', 'not ok 1'), 'false'), (1, []))
        self.assertEqual(self.run_mode(console.replace('no tokens', 'x'), 'false'), (1, []))

    def test_no_plan_is_no_pass(self):
        for console in ('', 'ok 1 - a\n', 'ok 1 - a\n# 1..1\n', '1..0\n'):
            status, bails = self.run_mode(console, 'true')
            self.assertEqual((status, len(bails)), (1, 1), console)

    def test_other_ends_are_no_pass(self):
        for end in ('grep -q x none none', 'sleep 60'):
            status, bails = self.run_mode('ok 1 - a\n1..1\n', end)
            self.assertEqual((status, len(bails)), (1, 1), end)


if __name__ == '__main__':
    unittest.main()
