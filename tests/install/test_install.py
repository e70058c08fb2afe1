#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""An installed librealm: what it exports, who can use it, what uninstall leaves."""
import ctypes
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import realm_h

TOOLS = ('meson', 'ninja', 'cc', 'c++', 'pkg-config', 'nm', 'readelf')
CONSUMER = pathlib.Path(__file__).with_name('consumer.c')
SIM_CONSUMER = pathlib.Path(__file__).with_name('consumer-sim.c')
WARNINGS = ('-Wall', '-Wextra', '-Wpedantic', '-Werror')
SONAME = 'librealm.so.0'
SIM_SONAME = 'librealm-sim.so.0'


def call(*command, **options):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding='utf-8', **options)
    if done.returncode:
        raise AssertionError(f'{command} exited with {done.returncode}:\n{done.stdout}')
    return done.stdout


def built_to_install(build):
    """Files that installing needs built; the rest of the tree is other tests' business."""
    targets = json.loads(call('meson', 'introspect', '--targets', build))
    names = [name for target in targets if target['installed'] for name in target['filename']]
    return [os.path.relpath(name, build) for name in names]


class Installed(unittest.TestCase):
    """Tests share one installation and run in the order of their names: uninstall is last."""

    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.work.cleanup)
        cls.build = pathlib.Path(cls.work.name, 'build')
        cls.prefix = pathlib.Path(cls.work.name, 'prefix')
        call('meson', 'setup', cls.build, realm_h.ROOT, f'--prefix={cls.prefix}')
        call('ninja', '-C', cls.build, *built_to_install(cls.build))
        call('meson', 'install', '-C', cls.build, '--no-rebuild')
        cls.libdir = next(cls.prefix.rglob('librealm.so')).parent
        cls.library = cls.libdir / SONAME
        cls.env = {**os.environ, 'LD_LIBRARY_PATH': str(cls.libdir),
                   'PKG_CONFIG_PATH': str(cls.libdir / 'pkgconfig')}

    def pkg_config(self, *options, packages=('librealm',)):
        return call('pkg-config', *options, *packages, env=self.env).split()

    def consume(self, compiler, *options, source=CONSUMER):
        program = pathlib.Path(self.work.name, 'consumer')
        call(*compiler, *WARNINGS, '-o', program, source, *options)
        call(program, env=self.env)
        return program

    def needed(self, program):
        return call('readelf', '--dynamic', program)

    def test_consumer_c99_shared_runs(self):
        program = self.consume(['cc', '-std=c99'], *self.pkg_config('--cflags', '--libs'))
        self.assertIn(f'[{SONAME}]', self.needed(program))

    def test_consumer_c11_shared_runs(self):
        self.consume(['cc', '-std=c11'], *self.pkg_config('--cflags', '--libs'))

    def static_flags(self):
        """With librealm.a; Debian has no static libcbor, so the rest stays shared."""
        flags = self.pkg_config('--static', '--cflags', '--libs')
        return ['-l:librealm.a' if flag == '-lrealm' else flag for flag in flags]

    def test_consumer_c_static_runs(self):
        program = self.consume(['cc', '-std=c11'], *self.static_flags())
        self.assertNotIn('librealm', self.needed(program))

    def test_consumer_cxx_shared_runs(self):
        self.consume(['c++', '-x', 'c++', '-std=c++17'], *self.pkg_config('--cflags', '--libs'))

    def test_consumer_cxx_static_runs(self):
        program = self.consume(['c++', '-x', 'c++', '-std=c++17'], *self.static_flags())
        self.assertNotIn('librealm', self.needed(program))

    def test_consumer_of_software_host_runs(self):
        flags = self.pkg_config('--cflags', '--libs', packages=('librealm-sim', 'librealm'))
        for compiler in ['cc', '-std=c11'], ['c++', '-x', 'c++', '-std=c++17']:
            self.consume(compiler, *flags, source=SIM_CONSUMER)

    def exports_equal(self, library, nodes, header):
        lines = call('nm', '--dynamic', '--defined-only', '--format=posix', library)
        symbols = [line.split() for line in lines.splitlines()]
        exported = {tuple(name.split('@@')) for name, kind, *_ in symbols if kind != 'A'}
        self.assertEqual(exported, set(nodes.items()))
        self.assertEqual({prototype.name for prototype in realm_h.prototypes(header)}, set(nodes))

    def test_exports_equal_map_and_header(self):
        include = self.prefix / 'include'
        self.exports_equal(self.library, realm_h.map_nodes(realm_h.MAP.read_text(encoding='utf-8')),
                           realm_h.header(include=include))
        self.exports_equal(self.libdir / SIM_SONAME,
                           realm_h.map_nodes(realm_h.SIM_MAP.read_text(encoding='utf-8')),
                           realm_h.header([realm_h.SIM_HEADER], include))

    def test_exports_load_by_version(self):
        handle = ctypes.CDLL(str(self.library))._handle
        dlvsym = ctypes.CDLL(None).dlvsym
        dlvsym.restype = ctypes.c_void_p
        dlvsym.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]
        nodes = realm_h.map_nodes(realm_h.MAP.read_text(encoding='utf-8'))
        lost = [name for name, node in nodes.items()
                if not dlvsym(handle, name.encode(), node.encode())]
        self.assertEqual(lost, [])

    def test_exports_have_prefix(self):
        nodes = realm_h.map_nodes(realm_h.MAP.read_text(encoding='utf-8'))
        self.assertEqual([name for name in nodes if not name.startswith('realm_')], [])

    def test_realmctl_uses_the_library(self):
        realmctl = self.prefix / 'bin' / 'realmctl'
        self.assertIn(f'[{SONAME}]', self.needed(realmctl))
        call(realmctl, '--help', env=self.env)

    def test_soname(self):
        self.assertIn(f'Library soname: [{SONAME}]', self.needed(self.library))

    def test_uninstall_leaves_nothing(self):
        call('ninja', '-C', self.build, 'uninstall')
        left = [path for path in self.prefix.rglob('*') if not path.is_dir()]
        self.assertEqual(left, [])


if __name__ == '__main__':
    absent = [tool for tool in TOOLS if not shutil.which(tool)]
    if absent:
        print('not installed:', *absent)
        sys.exit(77)
    unittest.main()
