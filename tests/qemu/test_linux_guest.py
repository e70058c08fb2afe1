#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""A stock Linux boots in a realm: CPUs, timers, interrupts and memory work, the token verifies.

    test_linux_guest.py VARIANT

What is said in there comes from linux/guest-init.
"""
import base64
import gzip
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests' / 'model'))
import qemu  # noqa: E402
import realm  # noqa: E402
from programs import output, run  # noqa: E402
from test_token import platform_key  # noqa: E402

CHALLENGE = bytes(range(1, 65))
SUM = hashlib.sha256(''.join(f'{i}\n' for i in range(1, 50001)).encode()).hexdigest()
ZEROS = hashlib.sha256(bytes(4 << 20)).hexdigest()
TROUBLE = re.compile('warning|bug|oops|unable|trace|stall|error|fail', re.IGNORECASE)
VERIFIED, DIFFERENT = 0, 4


def piped(data, *words, **options):
    return subprocess.run(words, input=data, stdout=subprocess.PIPE, check=True, **options).stdout


def script(*words):
    """What a program of the tree prints; its messages are for who waits."""
    return piped(b'', ROOT / words[0], *words[1:]).decode().strip()


def pack(tree):
    """An initramfs of all below a directory"""
    names = '\n'.join(sorted(str(path.relative_to(tree)) for path in tree.rglob('*')))
    return gzip.compress(piped(names.encode(), 'cpio', '-o', '-H', 'newc', '-R', '0:0',
                               '--reproducible', '--quiet', cwd=tree), mtime=0)


def unpack_busybox(path):
    """Debian 12 has it in /bin, 13 in /usr/bin."""
    package = script('scripts/suite', 'download', 'trixie:arm64', 'busybox-static')
    path.write_bytes(piped(piped(b'', 'dpkg-deb', '--fsys-tarfile', package),
                           'tar', '-x', '-O', '--wildcards', '*/bin/busybox'))
    path.chmod(0o755)


def make_initrd(path):
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder)
        for name in ('bin', 'dev', 'proc', 'sys'):
            (tree / name).mkdir()
        unpack_busybox(tree / 'bin' / 'busybox')
        (tree / 'bin' / 'sh').symlink_to('busybox')
        shutil.copy(ROOT / 'tests' / 'qemu' / 'linux' / 'guest-init', tree / 'init')
        (tree / 'challenge').write_bytes(CHALLENGE)
        path.write_bytes(pack(tree))


class Guest:
    """One boot, and what was said in it"""
    variant = kernel = initrd = None
    cpus, sve_bits = 1, 0

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        machine = realm.Script()
        machine.add_plan(cls.plan('256'), cls.folder)
        cls.console = machine.boot(cls.folder, rmm=cls.variant, timeout=240).must().console
        cls.life = realm.lives(cls.console)[0]

    @classmethod
    def plan(cls, size):
        path = cls.folder / f'{size}.json'
        output('REALMCTL', 'plan', 'realmctl', '--kernel', cls.kernel, '--initrd', cls.initrd,
               '--cmdline', 'quiet', '-m', size, '-c', cls.cpus, '--sve-bits', cls.sve_bits,
               '-o', path)
        return json.loads(path.read_text(encoding='utf-8'))

    def told(self, name):
        """What guest-init said after "name: ", line by line"""
        return [line.removeprefix(name + ': ') for line in self.life.said
                if line.startswith(name + ': ')]

    def test_it_ran_to_its_end(self):
        *_, ran, destroyed = self.life.answers
        self.assertEqual([step for step in self.life.answers if step['status']], [])
        self.assertEqual((ran['op'], ran['end']), ('run', 'off'), self.console)
        self.assertEqual(destroyed['delegated'], 0)

    def test_rim(self):
        self.plan('256')
        predicted = output('REALMCTL', 'measure', self.folder / '256.json', '--bare',
                           '--kvm', realm.ROWS[self.variant], '--rmm', self.variant)
        self.assertEqual(self.life.answers[-2]['rim'], predicted.strip())

    def test_log(self):
        log = [line.partition('] ')[2] for line in self.told('log')]
        for line in ('RME: Using RSI version 1.0', 'psci: PSCIv1.1 detected in firmware.',
                     'CPU: All CPU(s) started at EL1',
                     f'smp: Brought up 1 node, {self.cpus} CPU' + 's' * (self.cpus > 1)):
            self.assertIn(line, log, self.console)
        self.assertEqual([line for line in log if TROUBLE.search(line)], [])
        sve = f'SVE: maximum available vector length {self.sve_bits // 8} bytes per vector'
        self.assertEqual(sve in log, self.sve_bits > 0)

    def test_cpus_work(self):
        self.assertEqual(self.told('cpus'), [str(self.cpus)], self.console)
        for cpu in range(self.cpus):
            self.assertEqual(self.told(f'sum {cpu}'), [f'{SUM}  -'])

    def test_timers(self):
        """They fire when they should by the counter; late only as this machine's load has it."""
        self.assertEqual(self.told('clock'), ['arch_sys_counter'])
        for cpu in range(self.cpus):
            before, after = map(float, self.told(f'sleep {cpu}')[0].split())
            self.assertTrue(0.19 <= after - before < 5, (before, after))

    def test_interrupts(self):
        rows = self.told('interrupts')
        counts = {}
        for line in rows:
            row = re.fullmatch(r' *\w+:' + r' +(\d+)' * self.cpus + r' +(?:.*  )?(\S.*)', line)
            *numbers, name = row.groups()
            counts[name] = list(map(int, numbers))
        self.assertTrue(all(counts['arch_timer']), rows)
        self.assertEqual(any(counts['Function call interrupts']), self.cpus > 1, rows)

    def test_memory(self):
        self.assertEqual(self.told('zeros'), [f'{ZEROS}  -'])

    def verify(self, size, challenge):
        self.plan(size)
        token, key = self.folder / 'token', self.folder / 'key.pem'
        token.write_bytes(base64.b64decode(''.join(self.told('token'))))
        key.write_text(platform_key(self.console), encoding='utf-8')
        return run('REALMCTL', 'token', 'verify', token, '--key', key,
                   '--challenge', challenge.hex(), '--plan', self.folder / f'{size}.json',
                   '--kvm', realm.ROWS[self.variant], '--rmm', self.variant)

    def test_token(self):
        if qemu.tokenless(self.console):
            self.skipTest(qemu.tokenless(self.console))
        self.assertEqual(self.told('provider'), ['arm_cca_guest'], self.console)
        for size, challenge, expected in (('256', CHALLENGE, VERIFIED),
                                          ('256', bytes(64), DIFFERENT),
                                          ('512', CHALLENGE, DIFFERENT)):
            with self.subTest(size=size, challenge=challenge):
                done = self.verify(size, challenge)
                self.assertEqual(done.returncode, expected, done.stdout + done.stderr)


class OneCpu(Guest, unittest.TestCase):
    pass


class TwoCpus(Guest, unittest.TestCase):
    cpus = 2


class WithSve(Guest, unittest.TestCase):
    cpus, sve_bits = 2, 256


if __name__ == '__main__':
    qemu.require()
    Guest.variant = sys.argv[1]
    Guest.kernel = pathlib.Path(script('kernel/build')) / 'Image'
    with tempfile.TemporaryDirectory() as home:
        Guest.initrd = pathlib.Path(home) / 'initrd'
        make_initrd(Guest.initrd)
        unittest.main(argv=sys.argv[:1])
