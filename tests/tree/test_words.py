#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""No tracked file holds paths of one machine, hosts of package registries or unfinished work."""
import re
import unittest

import tree

# Modules of Go are called after golang's domain without being there.
FORBIDDEN = {
    'path of one machine': re.compile(r'(?<![\w.$}~-])/(?:home|root|Users|work)/'),
    'host of a package registry': re.compile(
        r'(?:debian|pypi|crates|npmjs|golang|maven|pythonhosted|ubuntu)\.(?:org|io|com)\b(?!/x/)'),
    'unfinished work': re.compile(r'\b(?:TO[D]O|FIX[M]E|X[X]X)\b'),
}


def findings(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in FORBIDDEN.items():
            if pattern.search(line):
                yield f'{name}:{number}: {what}: {line.strip()[:80]}'


class Words(unittest.TestCase):
    def test_each_kind_is_found(self):
        bad = ['see /ho' + 'me/me/x', 'deb http://' + 'deb.debian' + '.org/debian', '/* TO' + 'DO */']
        self.assertEqual(len(list(findings('sample', '\n'.join(bad)))), 3)

    def test_tree_is_clean(self):
        found = [finding for path in tree.tracked_files()
                 for finding in findings(tree.relative(path), tree.text_of(path))]
        self.assertEqual(found, [])


if __name__ == '__main__':
    tree.main()
