#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Plans of the presets: events against a layout and a KVM model of our own, RIMs against rim.py.

    test_golden.py          compare with the logs in golden/
    test_golden.py --write  write what layout and model expect, show how golden/ changes
"""
import dataclasses
import difflib
import json
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'model'))
import inputs  # noqa: E402
import kvm  # noqa: E402
import layout  # noqa: E402
import rim  # noqa: E402
from layout import Guest, KIB, MIB  # noqa: E402
from programs import first_difference, output  # noqa: E402

GOLDEN_FAMILIES = ('rme', 'rmi-v14')
PROFILES = {'rme': ('rmm-1.0',), 'rmi-v12': ('rmm-1.0',), 'rmi-v14': ('rmm-2.0', 'tf-rmm-2.0')}

SMALL = {'kernel': inputs.kernel(20001, 0, 3 * MIB), 'initrd': inputs.initrd(9001)}
OFFSET = {'kernel': inputs.kernel(70000, 512 * KIB, 100 * KIB)}
PLAIN = {'kvmtool': Guest(64 * MIB, **SMALL), 'qemu': Guest(128 * MIB, **SMALL),
         'cloud-hypervisor': Guest(128 * MIB, **SMALL), 'realmctl': Guest(64 * MIB, **SMALL)}
VARIED = [
    ('kvmtool', Guest(256 * MIB, 3, **SMALL, hash='sha512')),
    ('kvmtool', Guest(6 * 1024 * MIB, **OFFSET, initrd=inputs.initrd(3 * MIB + 2))),
    ('kvmtool', Guest(128 * MIB, firmware=inputs.noise('firmware', 2 * MIB + 77))),
    ('qemu', Guest(64 * MIB, 2, **OFFSET, initrd=inputs.initrd(4 * MIB))),
    ('qemu', Guest(1024 * MIB, **SMALL, hash='sha384')),
    ('cloud-hypervisor', Guest(64 * MIB, 4, **OFFSET, initrd=inputs.initrd(4096))),
    ('realmctl', Guest(6 * 1024 * MIB, 2, **OFFSET, initrd=inputs.initrd(1))),
    ('realmctl', Guest(256 * MIB, firmware=inputs.noise('firmware', 777))),
]


class Planned:
    """A guest, the plan that realmctl makes of it, and the realm that it should be."""

    def __init__(self, vmm, guest, directory):
        guest = dataclasses.replace(guest)
        self.path = directory / 'plan.json'
        self.realm = layout.LAYOUTS[vmm](guest)
        words = ['-m', guest.ram // MIB, '-c', guest.cpus, '--hash', guest.hash, '-o', self.path]
        for name in ('kernel', 'initrd', 'firmware', 'dtb'):
            data = getattr(guest, name)
            if data:
                (directory / name).write_bytes(data)
                words += ['--' + name, directory / name]
        output('REALMCTL', 'plan', vmm, *words)
        if vmm == 'realmctl':
            guest.dtb = self.own_device_tree()
            self.realm = layout.realmctl(guest)

    def own_device_tree(self):
        loads = json.loads(self.path.read_text(encoding='utf-8'))['load']
        return bytes.fromhex(next(load['hex'] for load in loads if 'hex' in load))

    def expected(self, family):
        return [line + '\n' for line in kvm.log_lines(self.realm, family)]

    def events(self, family):
        return output('REALMCTL', 'events', self.path, '--kvm', family).splitlines(True)

    def measure(self, family, profile):
        return output('REALMCTL', 'measure', self.path, '--bare', '--kvm', family,
                      '--rmm', profile).strip()


def golden_path(vmm, family):
    return HERE / 'golden' / f'{vmm}-{family}.jsonl'


class Golden(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)

    def check_rims(self, planned, family, log):
        for profile in PROFILES[family]:
            self.assertEqual(planned.measure(family, profile), rim.rim_of(profile, log))

    def test_golden_logs(self):
        for vmm, guest in PLAIN.items():
            planned = Planned(vmm, guest, self.directory)
            for family in GOLDEN_FAMILIES:
                log = golden_path(vmm, family).read_text(encoding='utf-8').splitlines(True)
                with self.subTest(vmm, family=family):
                    self.assertIsNone(first_difference(log, planned.expected(family)))
                    self.assertIsNone(first_difference(planned.events(family), log))
                    self.check_rims(planned, family, log)

    def test_populated_before_ripas(self):
        """rmi-v12: too long to keep, as a block with a page falls into hundreds of entries."""
        for vmm, guest in PLAIN.items():
            planned = Planned(vmm, guest, self.directory)
            with self.subTest(vmm):
                log = planned.expected('rmi-v12')
                self.assertIsNone(first_difference(planned.events('rmi-v12'), log))
                self.check_rims(planned, 'rmi-v12', log)

    def test_other_guests(self):
        for number, (vmm, guest) in enumerate(VARIED):
            directory = self.directory / str(number)
            directory.mkdir()
            planned = Planned(vmm, guest, directory)
            with self.subTest(vmm, guest=number):
                log = planned.expected('rmi-v14')
                self.assertIsNone(first_difference(planned.events('rmi-v14'), log))
                self.check_rims(planned, 'rmi-v14', log)


def write():
    with tempfile.TemporaryDirectory() as directory:
        for vmm, guest in PLAIN.items():
            planned = Planned(vmm, guest, pathlib.Path(directory))
            for family in GOLDEN_FAMILIES:
                path, new = golden_path(vmm, family), planned.expected(family)
                old = path.read_text(encoding='utf-8').splitlines(True) if path.exists() else []
                name = 'golden/' + path.name
                sys.stdout.writelines(difflib.unified_diff(old, new, name, 'expected'))
                path.write_text(''.join(new), encoding='utf-8')


if __name__ == '__main__':
    if sys.argv[1:] == ['--write']:
        write()
    else:
        unittest.main()
