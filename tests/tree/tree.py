# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The files that belong to the tree: those git tracks, not what a build left beside them."""
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# The tree may belong to somebody else than the user who tests it.
GIT = ('git', '-c', 'safe.directory=*', '-C', str(ROOT))


def skip(why):
    print(why)
    sys.exit(77)


def tracked_files():
    listed = subprocess.run([*GIT, 'ls-files', '-z'], stdout=subprocess.PIPE, check=True).stdout
    paths = (ROOT / name for name in os.fsdecode(listed).split('\0') if name)
    return [path for path in paths if path.is_file()]


def relative(path):
    return path.relative_to(ROOT).as_posix()


def text_of(path):
    return path.read_bytes().decode('utf-8', 'replace')


def main():
    if not shutil.which('git') or not (ROOT / '.git').exists():
        skip('not a git work tree: cannot tell which files belong to it')
    unittest.main(module='__main__')
