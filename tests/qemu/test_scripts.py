#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Scripts of RMI calls: the RMM on QEMU answers as it does in rmm-script, and as TF-RMM did.

    test_scripts.py VARIANT
"""
import pathlib
import sys
import tempfile
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / 'rmm'))
import qemu  # noqa: E402
import realm  # noqa: E402
import script  # noqa: E402
from test_random import Script as RandomScript  # noqa: E402
from test_script import expected_answers  # noqa: E402

VERSIONS = {variant: version for version, variant in script.VARIANTS.items()}
SEEDS = range(60)
ERROR_INPUT = 1

# Realms that ask for what this machine does not have: REALM_CREATE refuses them, and no more can
# be compared.
NOT_HERE = {
    'p16': 'QEMU has no device assignment (RME-DA)',
    'p25': 'QEMU has no device assignment (RME-DA)',
}


class Scripts(unittest.TestCase):
    variant = None

    def boot(self, scripts):
        """The answers to each script, all in one boot"""
        whole = realm.Script()
        for steps in scripts:
            whole.steps += [*steps, 'destroy']
        with tempfile.TemporaryDirectory() as folder:
            done = whole.boot(folder, rmm=self.variant, timeout=300).must()
        found = realm.lives(done.console)[:-1]
        self.assertEqual(len(found), len(scripts), done.console)
        for life in found:
            self.assertEqual(life.answers.pop()['delegated'], 0, done.console)
        return [life.answers for life in found]

    def test_vectors(self):
        vectors = list(script.vectors())
        got = self.boot([vector['script'] for vector in vectors])
        for vector, answers in zip(vectors, got):
            name = vector['id']
            with self.subTest(name):
                if name in NOT_HERE:
                    self.assertEqual(answers[0]['status'], ERROR_INPUT, NOT_HERE[name])
                    continue
                self.assertEqual(answers, script.answers(self.variant, vector['script']))
                if self.variant in VERSIONS:
                    expected = list(expected_answers(vector, VERSIONS[self.variant]))
                    self.assertEqual(answers[:len(expected)], expected)
        self.assertLessEqual(set(NOT_HERE), {vector['id'] for vector in vectors})

    def test_random(self):
        scripts = [RandomScript(seed).steps for seed in SEEDS]
        refused = 0
        for seed, steps, answers in zip(SEEDS, scripts, self.boot(scripts)):
            with self.subTest(seed=seed):
                self.assertEqual(answers, script.answers(self.variant, steps))
                refused += sum(answer['status'] != 0 for answer in answers)
        self.assertGreater(refused, len(SEEDS))


class Errors(unittest.TestCase):
    """What is wrong with a script ends the run with a line that says it."""

    def refused(self, text, status):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / 'script'
            path.write_bytes(text)
            done = qemu.boot('script', rmm=Scripts.variant, files={'script': path}).must(status)
        return done.console.splitlines()[-1]

    def test_lines(self):
        for text, expected in (
                (b'# first\nactivate\nbang\nactivate\n',
                 "script:3: 'bang': expected pa52, load, block, run, destroy, realm_create, "
                 'rtt_create, rtt_path, init_ripas, data, data_unknown, rec_create or activate'),
                (b'load ipa=0\n', "script:1: 'load': needs file="),
                (b'load file= ipa=0\n', "script:1: 'file=': expected a name"),
                (b'activate #' + bytes([0x78]) * 2000, "script:1: '': the line is too long")):
            with self.subTest(text[:30]):
                self.assertEqual(self.refused(text, qemu.FAILED), expected)

    def test_file_that_is_not_there(self):
        self.assertEqual(self.refused(b'load file=x ipa=0\n', qemu.PANIC),
                         'PANIC: host: file=x: no such file: '
                         '-fw_cfg name=opt/librealm/file/x,file=FILE')

    def test_script_that_does_not_fit(self):
        self.assertEqual(self.refused(b'activate\n' * 0x20000, qemu.PANIC),
                         'PANIC: host: opt/librealm/script: has 1179648 bytes, '
                         'more than the 1048575 that fit')

    def test_no_script(self):
        done = qemu.boot('script', rmm=Scripts.variant).must(qemu.PANIC)
        self.assertIn('PANIC: host: there is no script', done.console)


if __name__ == '__main__':
    qemu.require()
    Scripts.variant = sys.argv.pop(1)
    unittest.main()
