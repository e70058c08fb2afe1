#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Python and Rust constants: complete, with the values of the JSON."""
import os
import runpy
import shutil
import subprocess
import unittest

import spec

RUSTC = os.environ.get('RUSTC') or shutil.which('rustc')
AREAS = [('rmi', 'rmm-2.0', ''), ('rsi', 'rmm-2.0', ''), ('psci', 'rmm-2.0', ''),
         ('kvm', 'rmm-2.0', ''), ('measurement', 'rmm-2.0', ''), ('rmi', 'rmm-1.0', '1'),
         ('rsi', 'rmm-1.0', '1')]


def expected():
    found = {}
    for area in AREAS:
        found.update(spec.constants(*area))
    return found


class Constants(spec.Scratch):
    def check(self, found):
        for name, value in expected().items():
            with self.subTest(name=name):
                self.assertEqual(found[name], value)

    def test_python(self):
        found = runpy.run_path(str(spec.GENERATED / 'realm_constants.py'))
        self.check(found)
        self.assertEqual(found['RMM_REC_PARAMS_PC_OFFSET'], 0x200)
        self.assertEqual(found['RMI_REC_PARAMS_GPRS_COUNT'], 8)

    @unittest.skipUnless(RUSTC, 'no rustc, the Rust constants are not compiled')
    def test_rust(self):
        lines = ''.join(f'    println!("{n} {{}}", realm_constants::{n} as i128);\n'
                        for n in expected())
        source = (f'#[path = "{spec.GENERATED / "realm_constants.rs"}"]\n#[allow(dead_code)]\n'
                  f'mod realm_constants;\nfn main() {{\n{lines}}}\n')
        program = self.build([RUSTC, '--edition', '2021', '-D', 'warnings'], source, 'program.rs')
        output = subprocess.run([str(program)], capture_output=True, text=True, check=True).stdout
        self.check({n: int(v) for n, v in (line.split() for line in output.splitlines())})

    def test_rust_and_python_hold_the_same_names(self):
        python = runpy.run_path(str(spec.GENERATED / 'realm_constants.py'))
        rust = [line.split()[2].rstrip(':') for line in
                (spec.GENERATED / 'realm_constants.rs').read_text().splitlines()
                if line.startswith('pub const')]
        self.assertEqual(sorted(rust), sorted(n for n in python if n.isupper()))
        self.assertGreater(len(rust), 1000)


if __name__ == '__main__':
    spec.main()
