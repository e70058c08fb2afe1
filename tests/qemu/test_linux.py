#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""A stock Linux as the host: it boots on the firmware, has KVM, and librealm says what it lacks.

QEMU_FIRMWARE is the file to boot, REALMCTL this machine's program, REALM_BUILD_DIR where
scripts/linux-host builds what it needs for the other side.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / 'tests' / 'cli')]
import qemu  # noqa: E402
from cli import DONE, UNSUPPORTED, realmctl, schema_errors  # noqa: E402

FIRMWARE = os.environ['QEMU_FIRMWARE']
TROUBLE = re.compile(r'WARNING|BUG|Oops|Unable to handle|Call trace|error|fail', re.IGNORECASE)
NUMBERS = 200000  # the file to measure holds all up to this one
PLAN = {'schema': 'realm-plan/1', 'ipa_bits': 34, 'sve_bits': 256, 'rpv': 'a5' * 20,
        'ram': [{'base': '0x80000000', 'size': '64M'}],
        'load': [{'at': '0x80000000', 'file': 'numbers'},
                 {'at': '0x81000000', 'hex': 'd00dfeed'},
                 {'at': '0x82000000', 'zero': '1M', 'measured': False}],
        'recs': [{'pc': '0x80000000', 'gprs': ['0x81000000']}, {'pc': 0}]}


def limited(*words):
    """timeout(1) ends all that the script started, too."""
    return ['timeout', '120', ROOT / 'scripts' / 'linux-host', '--firmware', FIRMWARE, *words]


def linux_host(*words):
    return subprocess.run(limited(*words), stdin=subprocess.DEVNULL, capture_output=True,
                          encoding='utf-8')


def layout(name):
    text = (ROOT / 'rmm' / 'qemu' / 'layout.h').read_text(encoding='utf-8')
    return int(re.search(rf'^#define {name} (0x\w+)', text, re.MULTILINE)[1], 16)


class Linux(unittest.TestCase):
    def run_it(self, script, smp=2, memory='2G', status=DONE):
        """What a shell script prints on a Linux that was booted for it."""
        done = linux_host('--smp', str(smp), '--memory', memory, '--', 'sh', '-c', script)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        self.assertEqual(done.stderr, '')
        return done.stdout


class Boots(Linux):
    def test_at_el2_with_kvm(self):
        log = self.run_it('dmesg')
        for line in ('CPU: All CPU(s) started at EL2', 'kvm [1]: VHE mode initialized successfully',
                     'psci: PSCIv1.1 detected in firmware.', 'GICv3: CPU1: found redistributor'):
            self.assertIn(line, log)
        self.assertEqual([line for line in log.splitlines() if TROUBLE.search(line)], [])

    def test_with_the_processors_and_the_memory_that_it_is_given(self):
        for smp, memory, size in ((1, '512M', 512), (8, '6G', 6144)):
            with self.subTest(smp=smp):
                out = self.run_it('nproc; grep MemTotal /proc/meminfo', smp, memory).split()
                self.assertEqual(out[0], str(smp))
                # What the RMM and the kernel have does not count.
                self.assertTrue(0.8 * size < int(out[2]) / 1024 < size, out)

    def test_the_kernel_of_the_tree(self):
        built = subprocess.run([ROOT / 'kernel' / 'build'], capture_output=True, encoding='utf-8',
                               check=True)
        source = (pathlib.Path(built.stdout.strip()) / 'source').read_text(encoding='utf-8')
        version = re.match(r'linux-source-7\.\d+_([\d.]+)', source)[1]
        self.assertEqual(self.run_it('uname -r'), f'{version}-librealm\n')

    def test_memory_of_the_rmm_is_left_alone(self):
        base = layout('RMM_BASE')
        owners = [line.rsplit(' : ', 1) for line in self.run_it('cat /proc/iomem').splitlines()]
        holding = [owner for span, owner in owners
                   for low, high in [[int(end, 16) for end in span.split('-')]]
                   if low < base + layout('RMM_SIZE') and base <= high]
        self.assertEqual(holding, ['reserved'])
        self.assertIn([f'{base:08x}-{base + layout("RMM_SIZE") - 1:08x}', 'reserved'], owners)


class Runs(Linux):
    def test_a_command_and_tells_how_it_ended(self):
        self.assertEqual(self.run_it('echo "it'"'"'s  $0"; printf unfinished; exit 3', status=3),
                         "it's  sh\nunfinished\n")

    def test_a_shell_until_it_ends(self):
        with subprocess.Popen(limited(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              bufsize=0) as linux:
            console = b''
            while not console.endswith(b' # '):
                self.assertTrue(byte := linux.stdout.read(1), console.decode())
                console += byte
            rest = linux.communicate(b'echo $((6 * 7))\nexit\n')[0].decode()
        self.assertRegex(rest, r'\n42\r\n')
        self.assertIn('reboot: Power down', rest)
        self.assertEqual(linux.returncode, DONE)

    def test_processors_that_were_off(self):
        script = '''cd /sys/devices/system/cpu/cpu1
            for round in 1 2 3 4 5; do
                echo 0 >online; nproc; echo 1 >online; taskset 2 nproc; nproc
            done
            dmesg'''
        lines = self.run_it(script).splitlines()
        self.assertEqual(lines[:15], ['1', '1', '2'] * 5)
        log = '\n'.join(lines[15:])
        self.assertEqual(log.count('psci: CPU1 killed'), 5)
        self.assertEqual(log.count('CPU1: Booted secondary processor'), 6)

    def test_an_ordinary_guest(self):
        out = self.run_it('taskset 1 kvm-run && taskset 2 kvm-run')
        self.assertEqual(out, 'a guest runs\n' * 2)


class Realms(Linux):
    """There are none: what is said of that, and what works all the same."""

    def test_info_says_why(self):
        text = self.run_it('realmctl info', status=UNSUPPORTED)
        self.assertRegex(text, r'(?m)^KVM +no realms$')
        self.assertRegex(text, r'(?m)^realmctl info: kvm: this kernel makes no realms: '
                               r'.* \(EOPNOTSUPP\); boot a kernel')

    def test_info_tells_what_it_asked(self):
        info = json.loads(self.run_it('realmctl info --json 2>/dev/null', status=UNSUPPORTED))
        self.assertEqual(schema_errors(info), [])
        self.assertEqual([info[key] for key in ('host', 'supported', 'family', 'limits')],
                         ['kvm', False, None, None])
        answers = {probe['question']: probe['answer'] for probe in info['probes']}
        self.assertEqual(answers['KVM_GET_API_VERSION'], '12')
        # The types of VM that realms have had, and that of protected KVM
        for kind in (1 << 30, 0x100, 1 << 31):
            self.assertEqual(answers[f'KVM_CREATE_VM({kind | 33:#x})'], 'EINVAL')
        self.assertEqual(answers['KVM_CREATE_VM(0x21)'], 'a VM')

    def test_measure_says_the_same_as_here(self):
        measure = realmctl('measure', '--json', '-')
        there = json.loads(self.run_it(f"""seq {NUMBERS} >numbers
            echo '{json.dumps(PLAN)}' | realmctl measure --json - 2>/dev/null"""))
        with tempfile.TemporaryDirectory() as path:
            numbers = ''.join(f'{number}\n' for number in range(1, NUMBERS + 1))
            pathlib.Path(path, 'numbers').write_text(numbers, encoding='utf-8')
            here = subprocess.run(measure, cwd=path, input=json.dumps(PLAN), capture_output=True,
                                  encoding='utf-8', check=True)
        self.assertEqual(len(there['rows']), 4)
        self.assertEqual(there, json.loads(here.stdout))

    def test_cases_of_the_lifecycle_are_skipped(self):
        self.assertRegex(self.run_it('life-cases --host kvm'),
                         r'^1\.\.0 # SKIP this kernel makes no realms\b.*\n$')


class CommandLine(unittest.TestCase):
    def refused(self, *words):
        done = linux_host(*words)
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stdout, '')
        return done.stderr.splitlines()

    def test_what_is_not_known_is_named(self):
        for culprit, words in (('--cpus', ['--cpus', '2']), ('--smp', ['--smp']),
                               ('--memory', ['--build', '--memory']), ('--build', ['--build', 'true'])):
            with self.subTest(words=words):
                lines = self.refused(*words)
                self.assertEqual(len(lines), 1, lines)
                self.assertTrue(lines[0].startswith(f'scripts/linux-host: {culprit}: '), lines)

    def test_help(self):
        done = linux_host('--help')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        for option in ('--smp', '--memory', '--firmware', '--build'):
            self.assertRegex(done.stdout, rf'(?m)^  {option} ')

    def test_values_are_checked(self):
        for option, value in (('--smp', '0'), ('--smp', '9'), ('--smp', 'x'), ('--memory', '64M'),
                              ('--memory', '2'), ('--memory', ''), ('--firmware', 'nowhere')):
            with self.subTest(option=option, value=value):
                lines = self.refused(option, value, 'true')
                self.assertEqual(len(lines), 1, lines)
                start = f"scripts/linux-host: {option} '{value}': "
                self.assertTrue(lines[0].startswith(start), lines)


if __name__ == '__main__':
    qemu.require()
    built = subprocess.run([ROOT / 'scripts' / 'linux-host', '--build', '--firmware', FIRMWARE])
    if built.returncode:
        sys.exit('Linux cannot be built; the reason is above')
    unittest.main()
