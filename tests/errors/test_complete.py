# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""test-errors.c calls every function of realm.h."""
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import realm_h  # noqa: E402


class Complete(unittest.TestCase):
    def test_every_function_is_called(self):
        text = realm_h.COMMENT.sub('', (HERE / 'test-errors.c').read_text())
        names = [prototype.name for prototype in realm_h.prototypes(realm_h.HEADER.read_text())]
        self.assertGreater(len(names), 60)
        self.assertEqual([name for name in names if f'{name}(' not in text], [])


if __name__ == '__main__':
    unittest.main()
