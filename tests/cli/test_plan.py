#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl plan: options, precedence, where the plan goes. (Layouts are tested in tests/events.)"""
import json
import os
import resource
import signal
import stat
import unittest

from cli import Case, DONE, FAILED, ROOT, USAGE, Validator, schema_errors
import inputs

MIB = 1 << 20
VMMS = ('kvmtool', 'qemu', 'cloud-hypervisor', 'realmctl')
PROFILE = {'schema': 'realm-host/1', 'ipa_bits': 40, 'sve_bits': 256, 'breakpoints': 6,
           'watchpoints': 4, 'pmu_counters': 5, 'lpa2': False, 'granule': 4096}


class Plan(Case):
    def setUp(self):
        super().setUp()
        self.write('Image', inputs.kernel(20001, 0, 3 * MIB))
        self.write('initrd', inputs.initrd(9001))
        self.ours = ['realmctl', '--kernel', 'Image']

    def plan(self, *words, **options):
        value = json.loads(self.good('plan', *words, **options))
        schema = ROOT / 'docs' / 'schemas' / 'realm-plan-1.json'
        self.assertEqual(Validator.load(schema).errors(value), [])
        return value

    def test_each_vmm_makes_a_plan_that_check_takes(self):
        tree = self.write('guest.dtb', inputs.device_tree((0x80000000, 256 * MIB), 1, None))
        for vmm in VMMS:
            with self.subTest(vmm=vmm):
                own = [] if vmm == 'realmctl' else ['--dtb', tree]
                done = self.run_it('plan', vmm, '--kernel', 'Image', '-m', 256, *own)
                self.assertEqual(done.returncode, DONE, done.err)
                self.assertEqual(self.run_it('check', '-', text=done.out).returncode, DONE)

    def test_without_output_file_names_are_absolute(self):
        for words in ([], ['-o', '-']):
            value = self.plan(*self.ours, '--initrd', 'initrd', *words)
            files = [load['file'] for load in value['load'] if 'file' in load]
            here = os.path.realpath(self.dir)
            self.assertEqual([os.path.realpath(file) for file in files],
                             [f'{here}/Image', f'{here}/initrd'])
            self.assertTrue(all(map(os.path.isabs, files)), files)
        self.assertFalse((self.dir / '-').exists())

    def test_with_output_file_names_are_relative_to_it(self):
        (self.dir / 'sub').mkdir()
        self.assertEqual(self.good('plan', *self.ours, '-o', 'sub/p.json'), '')
        value = json.loads((self.dir / 'sub' / 'p.json').read_text())
        self.assertEqual(value['load'][0]['file'], '../Image')
        self.good('check', 'sub/p.json')

    def test_output_is_the_same_each_time(self):
        self.assertEqual(self.good('plan', *self.ours), self.good('plan', *self.ours))

    def test_values_without_options_are_the_defaults(self):
        value = self.plan(*self.ours)
        got = {key: value.get(key) for key in ('hash', 'granule', 'lpa2', 'sve_bits', 'breakpoints',
                                               'watchpoints', 'pmu_counters', 'ipa_bits')}
        self.assertEqual(got, {'hash': 'sha256', 'granule': 4096, 'lpa2': False, 'sve_bits': 0,
                               'breakpoints': 2, 'watchpoints': 2, 'pmu_counters': None,
                               'ipa_bits': 33})
        self.assertEqual(value['ram'], [{'base': '0x80000000', 'size': 256 * MIB}])
        self.assertEqual(len(value['recs']), 1)

    def test_each_option_reaches_the_plan(self):
        cases = [
            (['-m', '128'], 'ram', [{'base': '0x80000000', 'size': 128 * MIB}]),
            (['-m', '128M'], 'ram', [{'base': '0x80000000', 'size': 128 * MIB}]),
            (['-m', '131072K'], 'ram', [{'base': '0x80000000', 'size': 128 * MIB}]),
            (['-m', '1G'], 'ram', [{'base': '0x80000000', 'size': 1024 * MIB}]),
            (['--ipa-bits', '40'], 'ipa_bits', 40),
            (['--hash', 'sha384'], 'hash', 'sha384'),
            (['--hash', 'sha512'], 'hash', 'sha512'),
            (['--rpv', 'c0FFee'], 'rpv', 'c0ffee'),
            (['--rpv', 'ab' * 64], 'rpv', 'ab' * 64),
            (['--sve-bits', '512'], 'sve_bits', 512),
            (['--pmu-counters', '0'], 'pmu_counters', 0),
            (['--pmu-counters', '31'], 'pmu_counters', 31),
            (['--breakpoints', '16'], 'breakpoints', 16),
            (['--watchpoints', '3'], 'watchpoints', 3),
            (['--lpa2'], 'lpa2', True),
        ]
        for words, key, want in cases:
            with self.subTest(words=words):
                self.assertEqual(self.plan(*self.ours, *words)[key], want)
        self.assertEqual(len(self.plan(*self.ours, '-c', '3')['recs']), 3)

    def test_command_line_reaches_the_device_tree(self):
        tree = self.plan(*self.ours, '--cmdline', 'quiet init=/x')['load'][1]['hex']
        self.assertIn(b'quiet init=/x\0'.hex(), tree)

    def test_host_profile_wins_over_defaults_and_options_over_it(self):
        self.write('host.json', PROFILE)
        value = self.plan(*self.ours, '--host-profile', 'host.json', '--watchpoints', '7',
                          '--sve-bits', '0')
        self.assertEqual([value[key] for key in ('breakpoints', 'watchpoints', 'pmu_counters',
                                                 'sve_bits')], [6, 7, 5, 0])

    def test_host_profile_and_dtb_may_be_standard_input(self):
        value = self.plan(*self.ours, '--host-profile', '-', text=json.dumps(PROFILE))
        self.assertEqual(value['breakpoints'], 6)
        tree = inputs.device_tree((0x80000000, 256 * MIB), 1, None)
        value = self.plan('kvmtool', '--kernel', 'Image', '-m', 256, '--dtb', '-', text=tree)
        self.assertIn(tree.hex(), [load.get('hex', '')[:2 * len(tree)] for load in value['load']])

    def test_json_holds_plan_and_warnings(self):
        value = self.good_json('plan', *self.ours)
        self.assertEqual(value['plan'], self.plan(*self.ours))
        self.assertEqual((value['file'], value['warnings'], value['notes']), (None, [], []))

    def test_json_with_output_file_gives_both(self):
        value = self.good_json('plan', *self.ours, '-o', 'p.json')
        self.assertEqual(value['file'], 'p.json')
        self.assertEqual(value['plan'], json.loads((self.dir / 'p.json').read_text()))

    def test_json_holds_what_stderr_warns_of(self):
        tree = inputs.Tree()
        tree.begin('')
        tree.begin('chosen')
        tree.prop('kaslr-seed', bytes(range(8)))
        tree.end()
        tree.end()
        self.write('guest.dtb', tree.flatten())
        done = self.run_it('plan', 'kvmtool', '--kernel', 'Image', '-m', 256, '--dtb', 'guest.dtb',
                           '--json')
        value = json.loads(done.out)
        self.assertEqual((done.returncode, schema_errors(value)), (DONE, []))
        self.assertTrue(any('kaslr-seed' in warning['message'] for warning in value['warnings']))
        self.assert_messages(done.err.splitlines(),
                             ['^realmctl plan: warning: ' for _ in value['warnings']])

    def test_options_that_do_not_go_together_are_wrong(self):
        cases = [
            (['realmctl'], '--kernel'),
            (['realmctl', '--kernel', 'Image', '--firmware', 'initrd'], '--firmware'),
            (['realmctl', '--kernel', 'Image', '--dtb', 'initrd'], '--dtb'),
            (['qemu', '--kernel', 'Image'], '--dtb'),
            (['qemu', '--kernel', 'Image', '--dtb', 'x', '--cmdline', 'quiet'], '--cmdline'),
            (['realmctl', '--kernel', 'Image', '-m', '3'], '--memory'),
            (['realmctl', '--kernel', 'Image', '-m', '65537K'], '--memory'),
            (['realmctl', '--kernel', 'Image', '-c', '100000'], '--cpus'),
            (['realmctl', '--kernel', 'Image', '-m', '8G', '--ipa-bits', '33'], '--ipa-bits'),
        ]
        for words, culprit in cases:
            with self.subTest(words=words):
                self.refused(USAGE, 'EINVAL', f'^realmctl plan: {culprit}: ', 'plan', *words)

    def test_a_file_named_like_an_option_is_no_option(self):
        for name in ('kernel', 'initrd', 'dtb', 'firmware'):
            self.write(name, b'bytes')
        cases = [
            (['realmctl', '--kernel', 'Image', '--firmware', 'firmware'], '--firmware'),
            (['realmctl', '--kernel', 'Image', '--dtb', 'dtb'], '--dtb'),
            (['qemu', '--firmware', 'Image', '--dtb', 'dtb', '--initrd', 'initrd'], '--initrd'),
        ]
        for words, culprit in cases:
            with self.subTest(words=words):
                self.refused(USAGE, 'EINVAL', f'^realmctl plan: {culprit}: ', 'plan', *words)
        self.refused(FAILED, 'EINVAL', '^realmctl plan: kernel: ', 'plan', 'realmctl', '--kernel',
                     'kernel')

    def test_wrong_files_fail(self):
        self.write('empty', b'')
        self.write('firmware', b'')
        self.write('gzip', b'\x1f\x8b\x08' + bytes(100))
        self.write('bad-host.json', {**PROFILE, 'breakpoints': 99})
        self.write('other.json', {**PROFILE, 'schema': 'realm-plan/1'})
        cases = [
            ('ENOENT', 'absent', ['realmctl', '--kernel', 'absent']),
            ('ENOENT', 'absent', [*self.ours, '--initrd', 'absent']),
            ('ENOENT', 'absent', [*self.ours, '--host-profile', 'absent']),
            ('EINVAL', 'initrd.*Image', ['realmctl', '--kernel', 'initrd']),
            ('EINVAL', 'gzip', ['realmctl', '--kernel', 'gzip']),
            ('EINVAL', 'empty', ['realmctl', '--kernel', 'empty']),
            ('EINVAL', 'firmware', ['realmctl', '--firmware', 'firmware']),
            ('EINVAL', 'directory', ['realmctl', '--kernel', '.']),
            ('EINVAL', 'device', ['realmctl', '--kernel', '/dev/zero']),
            ('EBADMSG', 'initrd', ['qemu', '--kernel', 'Image', '--dtb', 'initrd']),
            ('EINVAL', 'breakpoints', [*self.ours, '--host-profile', 'bad-host.json']),
            ('EBADMSG', 'schema', [*self.ours, '--host-profile', 'other.json']),
            ('EBADMSG', 'initrd', [*self.ours, '--host-profile', 'initrd']),
        ]
        for errno, pattern, words in cases:
            with self.subTest(words=words):
                self.refused(FAILED, errno, pattern, 'plan', *words, '-o', 'out.json')
                self.assertFalse((self.dir / 'out.json').exists())

    def test_failure_leaves_an_older_plan_alone(self):
        self.write('p.json', 'older')
        self.refused(FAILED, 'ENOENT', 'absent', 'plan', 'realmctl', '--kernel', 'absent',
                     '-o', 'p.json')
        self.assertEqual((self.dir / 'p.json').read_text(), 'older')

    def test_output_that_cannot_be_written_leaves_nothing(self):
        def small_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        before = sorted(path.name for path in self.dir.iterdir())
        self.refused(FAILED, 'EFBIG', '^realmctl plan: p.json: ', 'plan', *self.ours, '-o',
                     'p.json', preexec_fn=small_files)
        self.assertEqual(sorted(path.name for path in self.dir.iterdir()), before)

    def test_output_replaces_a_plan_and_keeps_its_mode(self):
        path = self.write('p.json', 'older')
        path.chmod(0o640)
        self.good('plan', *self.ours, '-o', 'p.json')
        json.loads(path.read_text())
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o640)

    def test_new_output_heeds_the_umask(self):
        self.good('plan', *self.ours, '-o', 'p.json', umask=0o027)
        self.assertEqual(stat.S_IMODE((self.dir / 'p.json').stat().st_mode), 0o640)

    def test_output_replaces_no_input(self):
        old = (self.dir / 'Image').read_bytes()
        self.refused(USAGE, 'EINVAL', "--output 'Image': is the file that --kernel reads", 'plan',
                     *self.ours, '-o', 'Image')
        self.assertEqual((self.dir / 'Image').read_bytes(), old)

    def test_output_through_a_symbolic_link_keeps_the_link(self):
        self.write('p.json', 'older')
        (self.dir / 'link.json').symlink_to('p.json')
        self.good('plan', *self.ours, '-o', 'link.json')
        self.assertTrue((self.dir / 'link.json').is_symlink())
        json.loads((self.dir / 'p.json').read_text())

    def test_output_that_cannot_be_written_fails_and_leaves_nothing(self):
        before = sorted(os.listdir(self.dir))
        self.refused(FAILED, 'EISDIR', r'\.: ', 'plan', *self.ours, '-o', '.')
        self.refused(FAILED, 'ENOSPC', '/dev/full', 'plan', *self.ours, '-o', '/dev/full')
        self.refused(FAILED, 'ENOENT', 'absent', 'plan', *self.ours, '-o', 'absent/p')
        self.assertEqual(sorted(os.listdir(self.dir)), before)

    def test_output_to_a_device_leaves_the_device(self):
        text = self.good('plan', *self.ours, '-o', '/dev/stdout')
        self.assertTrue(os.path.isabs(json.loads(text)['load'][0]['file']))


if __name__ == '__main__':
    unittest.main()
