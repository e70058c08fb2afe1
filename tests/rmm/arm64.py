# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Parts of the firmware as programs of Linux on arm64: built here, run here or under qemu-user."""
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
QEMU = ROOT / 'rmm' / 'qemu'
INCLUDES = [ROOT / 'rmm' / 'core', ROOT / 'spec' / 'generated', QEMU, QEMU / 'common',
            QEMU / 'r-el2']
FLAGS = ['-std=gnu11', '-O2', '-Wall', '-static', *(f'-I{path}' for path in INCLUDES)]


def tools():
    """The compiler, and what runs the program."""
    if platform.machine() == 'aarch64':
        return 'gcc', []
    return 'aarch64-linux-gnu-gcc', ['qemu-aarch64', '-cpu', 'max']


class Case(unittest.TestCase):
    """Tests of the program that is made of SOURCES with FLAGS."""
    SOURCES: list = []
    FLAGS: list = []

    @classmethod
    def setUpClass(cls):
        compiler, cls.runner = tools()
        for tool in [compiler, *cls.runner[:1]]:
            if not shutil.which(tool):
                raise unittest.SkipTest(f'no {tool}; scripts/deps test installs it')
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.program = pathlib.Path(folder.name, 'program')
        subprocess.run([compiler, *FLAGS, *cls.FLAGS, *cls.SOURCES, '-o', cls.program], check=True)

    def run_program(self, *args, data=b''):
        return subprocess.run([*self.runner, self.program, *args], input=data,
                              stdout=subprocess.PIPE, timeout=300)


def main():
    """Ends with 77 where a test was skipped and none failed."""
    result = unittest.main(module='__main__', exit=False).result
    if result.skipped and result.wasSuccessful():
        print(*(why for _, why in result.skipped), sep='\n')
        sys.exit(77)
    sys.exit(not result.wasSuccessful())
