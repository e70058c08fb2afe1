#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""scripts/apt.sh: what is half made never stays, in the user's cache or elsewhere."""
import os
import pathlib
import signal
import subprocess
import tempfile
import unittest

import tree

# $1 is to be carried out in the cache.
SCRIPT = """set -eu
. "$APT"
fill() { echo made >"$work/file" && echo ready >"$XDG_CACHE_HOME/ready" && eval "$1"; }
cached thing 'make a thing' fill "$1"
cat "$made/file"
"""


class Cached(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='with a space ')
        self.addCleanup(folder.cleanup)
        self.cache = pathlib.Path(folder.name)
        self.env = {**os.environ, 'XDG_CACHE_HOME': folder.name,
                    'APT': str(tree.ROOT / 'scripts' / 'apt.sh')}

    def start(self, command):
        return subprocess.Popen(['sh', '-c', SCRIPT, 'scripts/test', command], env=self.env,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8',
                                start_new_session=True)

    def kept(self):
        return sorted(path.name for path in (self.cache / 'librealm').iterdir())

    def test_made_once(self):
        for command in ('true', 'false'):
            self.assertEqual(self.start(command).communicate(timeout=60), ('made\n', ''))
        self.assertEqual(self.kept(), ['thing'])

    def test_somebody_else_was_faster(self):
        other = 'mkdir "$made" && echo theirs >"$made/file"'
        self.assertEqual(self.start(other).communicate(timeout=60), ('theirs\n', ''))
        self.assertEqual(self.kept(), ['thing'])

    def test_failure_leaves_nothing(self):
        done = self.start('echo what was wrong; false')
        self.assertEqual(done.communicate(timeout=60), (
            '', 'what was wrong\nscripts/test: cannot make a thing; the messages are above\n'))
        self.assertEqual((done.returncode, self.kept()), (1, []))

    def test_signal_leaves_nothing(self):
        for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                done = self.start('exec sleep 60')
                while not (self.cache / 'ready').exists():
                    self.assertIsNone(done.poll())
                os.killpg(done.pid, number)
                done.communicate(timeout=60)
                self.assertEqual((done.returncode, self.kept()), (128 + number, []))
                (self.cache / 'ready').unlink()


if __name__ == '__main__':
    tree.main()
