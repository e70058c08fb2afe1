#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""mandoc has nothing against the man pages."""
import shutil
import subprocess
import sys

from cli import ROOT, skip

if not shutil.which('mandoc'):
    skip('mandoc is not installed')
pages = sorted((ROOT / 'man').glob('*.[1-9]'))
sys.exit(not pages or subprocess.run(['mandoc', '-Tlint', '-Wwarning', *pages]).returncode)
