#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The cases show all of rows.txt, a success of each command, and each documented status."""
import unittest

import coverage


class All(coverage.Coverage, unittest.TestCase):
    cases = coverage.listed()


if __name__ == '__main__':
    unittest.main()
