# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The tests of bad arguments call every function of realm.h."""
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import realm_h  # noqa: E402


class Complete(unittest.TestCase):
    def test_every_function_is_called(self):
        text = ''.join(realm_h.COMMENT.sub('', path.read_text())
                       for path in HERE.glob('test-*errors.c'))
        names = [prototype.name for prototype in realm_h.prototypes(realm_h.header())]
        self.assertGreater(len(names), 60)
        self.assertEqual([name for name in names if f'{name}(' not in text], [])


if __name__ == '__main__':
    unittest.main()
