#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Every tracked file says its licence and copyright itself, or REUSE.toml says it."""
import re
import tomllib
import unittest

import tree

HEAD = 2048
TAGS = (b'SPDX-License-Identifier: ', b'Copyright (c) ')


def glob_regex(glob):
    """A REUSE glob: ** is any path, * anything without a slash."""
    parts = {'**': '.*', '*': '[^/]*'}
    words = re.split(r'(\*\*|\*)', glob)
    return re.compile(''.join(parts.get(word, re.escape(word)) for word in words))


def annotated_globs():
    with open(tree.ROOT / 'REUSE.toml', 'rb') as file:
        annotations = tomllib.load(file)['annotations']
    for entry in annotations:
        paths = entry['path']
        yield from map(glob_regex, [paths] if isinstance(paths, str) else paths)


def has_tags(path):
    head = path.read_bytes()[:HEAD]
    return all(tag in head for tag in TAGS)


class Licences(unittest.TestCase):
    def test_glob_matches_as_reuse_does(self):
        self.assertTrue(glob_regex('**.json').fullmatch('docs/a.json'))
        self.assertFalse(glob_regex('docs/*.json').fullmatch('docs/b/a.json'))

    def test_every_file_is_covered(self):
        globs = list(annotated_globs())
        bare = [name for path in tree.tracked_files() if not has_tags(path)
                for name in [tree.relative(path)]
                if not name.startswith('LICENSES/')
                and not any(glob.fullmatch(name) for glob in globs)]
        self.assertEqual(bare, [])


if __name__ == '__main__':
    tree.main()
