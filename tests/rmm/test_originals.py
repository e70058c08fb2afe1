#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""rmm-script prints what the original vectors hold, to the order of keys; exit 77 without them."""
import json
import os
import pathlib
import sys
import unittest

import script

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get('REALM_SHARED', ROOT.parent / 'shared'))
ORIGINAL = SHARED / 'vectors' / 'rim-tf-rmm.json'
SKIPPED = 77


class Originals(unittest.TestCase):
    def test_steps(self):
        original = json.loads(ORIGINAL.read_text(encoding='utf-8'))
        for vector in original['vectors']:
            for version, variant in script.VARIANTS.items():
                steps = vector['results']['rmm' + version]['steps']
                got = script.answers(variant, vector['script'])[:len(steps)]
                with self.subTest(vector['id'], variant=variant):
                    self.assertEqual([list(answer.items()) for answer in got],
                                     [list(step.items()) for step in steps])


if __name__ == '__main__':
    if not ORIGINAL.is_file():
        print(f'skipped: {ORIGINAL} is not there, nothing to compare with')
        sys.exit(SKIPPED)
    unittest.main()
