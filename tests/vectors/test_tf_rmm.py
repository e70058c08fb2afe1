#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Every step that TF-RMM was driven through: status from the model, RIM from the library."""
import functools
import json
import pathlib
import unittest

import rmm
from programs import event_log, output, run

FILE = pathlib.Path(__file__).resolve().parent / 'tf-rmm.json'
VECTORS = json.loads(FILE.read_text(encoding='utf-8'))['vectors']
PROFILES = {'2.0': 'tf-rmm-2.0', '1.x': 'rmm-1.0'}
NOT_SUPPORTED = 3


class Run:
    """One script on the model of one version, beside the answers of that version of TF-RMM."""

    def __init__(self, vector, version):
        self.model = rmm.Rmm(version)
        self.profile = PROFILES[version]
        answers = iter(vector['answers']['rmm' + version])
        self.steps, rim = [], None
        for step in vector['script']:
            got = self.model.run(step)
            if got is None:
                continue
            expected = {'status': 0, 'index': 0} | next(answers)
            rim = expected.pop('rim', rim)
            self.steps.append((step, got, expected, rim, len(self.model.events)))
            if self.is_refused():
                break
        assert next(answers, None) is None, 'answers are left over'

    def is_refused(self):
        return self.steps[0][1]['status'] != 0

    def log(self):
        return event_log(self.model.events, self.model.hash)


@functools.cache
def runs():
    return [(f"{vector['id']} rmm{version}", Run(vector, version))
            for vector in VECTORS for version in PROFILES]


class TfRmm(unittest.TestCase):
    def test_statuses_of_model(self):
        for name, script in runs():
            for step, got, expected, _, _ in script.steps:
                with self.subTest(name, step=step):
                    self.assertEqual(got, expected)

    def test_rim_of_every_step(self):
        for name, script in runs():
            if script.is_refused():
                continue
            rims = output('RIM_STEPS', script.profile, text=script.log()).split()
            for step, _, _, expected, events in script.steps:
                with self.subTest(name, step=step):
                    self.assertEqual(rims[events - 1], expected)

    def test_refused_algorithms(self):
        refused = [script for _, script in runs() if script.is_refused()]
        self.assertEqual(len(refused), 3)
        for script in refused:
            done = run('RIM_STEPS', script.profile, text=script.log())
            self.assertEqual((done.returncode, done.stdout), (NOT_SUPPORTED, ''))


if __name__ == '__main__':
    unittest.main()
