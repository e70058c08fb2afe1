#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The command line itself: help, version, and what is wrong with it."""
import unittest

from cli import Case, CHILDREN, COMMANDS, COMPARING, FAILED, ROOT, USAGE, VERBS

VERIFY = ['token', 'verify', 'a']
REFVALS = ['refvals', 'a', '--format']
DIGEST = '12' * 32

WRONG = [
    # words, culprit, what the line must say
    (['mesure'], 'mesure', "did you mean 'measure'"),
    (['zzzzzz'], 'zzzzzz', 'no such command'),
    (['--versoin'], '--versoin', "did you mean '--version'"),
    (['-x'], '-x', 'no such option'),
    (['check'], 'PLAN', 'missing'),
    (['check', 'a', 'b'], 'b', 'too many'),
    (['check', '--jsn', 'a'], '--jsn', "did you mean '--json'"),
    (['check', '--json=yes', 'a'], '--json', 'takes no value'),
    (['check', '-q', 'a'], '-q', 'no such option'),
    (['check', ''], 'PLAN', 'empty'),
    (['check', '--', '--json', 'a'], 'a', 'too many'),
    (['diff', 'a'], 'EVENTS', 'missing'),
    (['diff', '-', '-'], '-', 'standard input'),
    (['plan'], 'VMM', 'missing'),
    (['plan', 'qmeu'], "VMM 'qmeu'", "; one of kvmtool, qemu, cloud-hypervisor, realmctl"),
    (['plan', 'openvmm'], "VMM 'openvmm'", 'no such name'),
    (['plan', 'qemu', '--break'], '--break', "did you mean '--breakpoints'"),
    (['plan', 'qemu', '--kernel'], '--kernel', 'needs a value'),
    (['plan', 'qemu', '--kernel', '-'], "--kernel '-'", 'standard input'),
    (['plan', 'qemu', '--initrd=-'], "--initrd '-'", 'standard input'),
    (['plan', 'qemu', '--firmware', '-'], "--firmware '-'", 'standard input'),
    (['plan', 'qemu', '-m'], '-m', 'needs a value'),
    (['plan', 'qemu', '-m', '12X'], "-m '12X'", 'not a size'),
    (['plan', 'qemu', '-m', '12MB'], "-m '12MB'", 'not a size'),
    (['plan', 'qemu', '-m', '-1'], "-m '-1'", 'not a size'),
    (['plan', 'qemu', '-m', '0'], "-m '0'", 'must not be 0'),
    (['plan', 'qemu', '-m', '99999999999999'], "-m '99999999999999'", 'too large'),
    (['plan', 'qemu', '-m', '16777216T'], "-m '16777216T'", 'too large'),
    (['plan', 'qemu', '-m', '9' * 30], '-m', 'too large'),
    (['plan', 'qemu', '-c', '0'], "-c '0'", 'at least 1'),
    (['plan', 'qemu', '--cpus=two'], "--cpus 'two'", 'not a whole number'),
    (['plan', 'qemu', '-c', '4294967297'], '-c', 'not a whole number'),
    (['plan', 'qemu', '--hash', 'md5'], "--hash 'md5'", 'no such name'),
    (['plan', 'qemu', '--hash', 'sha265'], "--hash 'sha265'", "; one of sha256, sha512, sha384"),
    (['plan', 'qemu', '--rpv', '123'], "--rpv '123'", 'pairs of hex'),
    (['plan', 'qemu', '--rpv', '0x12'], "--rpv '0x12'", 'pairs of hex'),
    (['plan', 'qemu', '--rpv', '00' * 65], '--rpv', 'more than 64 bytes'),
    (['plan', 'qemu', '--ipa-bits', '31'], '--ipa-bits', '31'),
    (['plan', 'qemu', '--ipa-bits', '0'], '--ipa-bits', '0'),
    (['plan', 'qemu', '--ipa-bits', '53'], '--ipa-bits', '53'),
    (['plan', 'qemu', '--breakpoints', '1'], '--breakpoints', '1'),
    (['plan', 'qemu', '--watchpoints', '17'], '--watchpoints', '17'),
    (['plan', 'qemu', '--sve-bits', '192'], '--sve-bits', '192'),
    (['plan', 'qemu', '--pmu-counters', '32'], '--pmu-counters', '32'),
    (['plan', 'qemu', '--dtb', '-', '--host-profile', '-'], '-', 'standard input'),
    (['measure'], 'PLAN', 'missing'),
    (['measure', 'a', '--events', 'b'], '--events', 'plan is given too'),
    (['measure', '--events', 'b', '--kvm', 'rme'], '--kvm', 'says itself'),
    (['measure', '--events', 'b', '--threads', '2'], '--threads', 'one thread'),
    (['measure', 'a', '--threads', '0'], "--threads '0'", 'at least 1'),
    (['measure', 'a', '--kvm', 'rmi-v16'], "--kvm 'rmi-v16'", "; one of rme-rfc, rme, rmi-v12, rmi-v13, rmi-v14, rmi-v15"),
    (['measure', 'a', '--rmm', 'rmm-3.0'], "--rmm 'rmm-3.0'", "; one of rmm-1.0, rmm-2.0, tf-rmm-2.0"),
    (['measure', 'a', '--bare', '--json'], '--bare', '--json'),
    (['events', 'a', '--rmm', 'rmm-2.0'], '--rmm', '--rim'),
    (['create'], 'PLAN', 'missing'),
    (['create', 'a', 'b'], 'b', 'too many'),
    (['create', 'a', '--host', 'xen'], "--host 'xen'", '; one of kvm, sim'),
    (['create', 'a', '--kvm', 'rmi-v16'], "--kvm 'rmi-v16'", '; one of rme-rfc, '),
    (['create', 'a', '--rmm', '1.0'], "--rmm '1.0'", '; one of rmm-1.0, '),
    (['run'], 'PLAN', 'missing'),
    (['run', 'a', '--host'], '--host', 'needs a value'),
    (['run', 'a', '--json'], '--json', 'no such option'),
    (['token'], 'COMMAND', "see 'realmctl token --help'"),
    (['token', 'shwo'], 'shwo', r"did you mean 'show'\? see 'realmctl token --help'"),
    (['token', 'zzzzzz'], 'zzzzzz', 'no such command'),
    (['token', '--hlep'], '--hlep', "did you mean '--help'"),
    (['token', '--json', 'show'], '--json', 'no such option'),
    (['token', '--', 'show'], '--', 'no such option'),
    (['token', 'show'], 'FILE', 'missing'),
    (['token', 'show', 'a', 'b'], 'b', 'too many'),
    (['token', 'show', '--key', 'k', 'a'], '--key', 'no such option'),
    (['token', 'verify'], 'FILE', 'missing'),
    ([*VERIFY, '--keys', 'k'], '--keys', "did you mean '--key'"),
    ([*VERIFY, '--key'], '--key', 'needs a value'),
    ([*VERIFY, '--key', ''], "--key ''", 'empty'),
    (['token', 'verify', '-', '--key', '-'], '-', 'standard input'),
    ([*VERIFY, '--key', '-', '--key', '-'], '-', 'standard input'),
    ([*VERIFY, '--key', '-', '--plan', '-'], '-', 'standard input'),
    ([*VERIFY, '--rem-log', '-', '--store', '-'], '-', 'standard input'),
    ([*VERIFY, '--refs', '-', '--refs', '-'], '-', 'standard input'),
    ([*VERIFY, '--kvm', 'rme'], '--kvm', 'more about a --plan, and there is none before it'),
    ([*VERIFY, '--rmm', 'rmm-1.0', '--plan', 'p'], '--rmm', 'none before it'),
    ([*VERIFY, '--plan', 'p', '--kvm', 'rmx'], "--kvm 'rmx'", '; one of rme-rfc, rme, '),
    ([*VERIFY, '--rim', '12'], "--rim '12'", '32, 48 or 64 bytes'),
    ([*VERIFY, '--rim', '0x' + DIGEST], '--rim', 'pairs of hex'),
    ([*VERIFY, '--rim', '12' * 33], '--rim', '32, 48 or 64 bytes'),
    ([*VERIFY, '--kvm', 'rme', '--plan', 'p'], '--kvm',
     'none before it.*; put --kvm after its --plan'),
    ([*VERIFY, '--rim', '12' * 65], '--rim', 'more than 64 bytes'),
    ([*VERIFY, '--rem', DIGEST], '--rem', 'not N=HEX.*; write N=HEX, where N is 0 to 3'),
    ([*VERIFY, '--rem', '4=' + DIGEST], '--rem', 'no such REM.*; .*REM 1 to 4 of RSI'),
    ([*VERIFY, '--rem', '-1=' + DIGEST], '--rem', 'not N=HEX'),
    ([*VERIFY, '--rem', '01=' + DIGEST], '--rem', 'not N=HEX'),
    ([*VERIFY, '--rem', '0=1234'], "--rem '0=1234'", '32, 48 or 64 bytes'),
    ([*VERIFY, '--rem', '0=xy'], "--rem '0=xy'", 'pairs of hex'),
    ([*VERIFY, '--rem', '0=' + DIGEST, '--rem', '0=' + DIGEST], '--rem 0', 'given twice'),
    ([*VERIFY, '--rem', '0=' + DIGEST, '--rem-log', 'l'], '--rem', 'a log is given too'),
    ([*VERIFY, '--challenge', ''], '--challenge', 'empty'),
    ([*VERIFY, '--challenge', '123'], "--challenge '123'", 'pairs of hex'),
    ([*VERIFY, '--challenge', '00' * 65], '--challenge', 'more than 64 bytes'),
    ([*VERIFY, '--lifecycle', 'open'], "--lifecycle 'open'", '; one of secured, debug'),
    *(([*VERIFY, '--at', time], f"--at '{time}'", 'not a time.*; write 2026-')
      for time in ('', 'now', '2026', '2026-1-3', '2026-02-30',
                   '2100-02-29', '2023-02-29', '2026-04-31', '0000-01-01', '2026-00-01', '2026-01-00',
                   '2026-01-01T12:00:60Z', '2026-13-01', '2026-01-01T12:00:00',
                   '2026-01-01T25:00:00Z', '2026-01-01T12:60:00Z', '2026-01-01T12:00:00+1:00',
                   '2026-01-01T12:00:00+24:00', '2026-01-01 12:00:00Z', '2026-01-01Z', '@', '@x',
                   '@1x', '@-1', '@99999999999999999999')),
    ([*VERIFY, '--at', '@0'], "--at '@0'", 'not after 1970'),
    ([*VERIFY, '--at', '1969-12-31'], "--at '1969-12-31'", 'not after 1970'),
    (['refvals'], 'PLAN', 'missing'),
    (['refvals', 'a'], '--format', '; one of corim, comid, comid-json, rvps, store, rims, json'),
    ([*REFVALS, 'xml'], "--format 'xml'", '; one of corim, '),
    (['refvals', 'a', 'b', '--format', 'json'], 'b', 'too many'),
    (['refvals', '-', '--format', 'json', '--rem-log', '-'], '-', 'standard input'),
    ([*REFVALS, 'corim', '--sign', '-', '--rem-log', '-'], '-', 'standard input'),
    *(([*REFVALS, name, '--sign', 'k'], '--sign', 'cannot be signed.*; corim and comid can')
      for name in ('comid-json', 'rvps', 'store', 'rims', 'json')),
    ([*REFVALS, 'json', '--rem', '4=' + DIGEST], '--rem', 'no such REM'),
    ([*REFVALS, 'json', '--rem', '1=' + DIGEST, '--rem-log', 'l'], '--rem', 'log'),
    ([*REFVALS, 'json', '--json'], '--json', 'write them to a file with -o'),
    ([*REFVALS, 'json', '--json', '-o', '-'], '--json', 'write them to a file with -o'),
    (['refvals', 'show'], 'FILE', 'missing'),
    (['refvals', 'show', '-', '--key', '-'], '-', 'standard input'),
    (['refvals', 'show', 'a', '--format', 'json'], '--format', 'no such option'),
]

# The standard output of run is the guest's; token does nothing itself.
SOME_OPTION = {'run': ['--host', 'sim'], 'token': []}


def command_of(words):
    """The command that a wrong line belongs to."""
    pair = ' '.join(words[:2])
    return pair if pair in CHILDREN else words[0] if words[0] in VERBS else ''


class Usage(Case):
    def test_wrong_line_names_culprit_and_way_out(self):
        for words, culprit, says in WRONG:
            with self.subTest(words=words):
                line = self.refused(USAGE, 'EINVAL', says, *words)
                start = ' '.join(filter(None, ['realmctl', command_of(words)]))
                self.assertTrue(line.startswith(f'{start}: {culprit}'), line)
                self.assertRegex(line, r'; .')

    def test_no_command_prints_help_as_error(self):
        done = self.run_it()
        self.assertEqual((done.returncode, done.out), (USAGE, ''))
        self.assertTrue(done.err.startswith('usage: realmctl COMMAND'))

    def test_help_of_all_lists_commands(self):
        for word in ('--help', '-h'):
            text = self.good(word)
            for verb in VERBS:
                self.assertRegex(text, rf'\n +{verb} +[A-Z].*\.\n')
            self.assertIn('realmctl(1)', text)
            self.assertNotIn('dump-commands', text)

    def test_help_of_command_has_all_parts(self):
        for name in COMMANDS:
            verb, *word = name.split()
            some = SOME_OPTION.get(name, ['--json'])
            for words in (['--help'], ['-h'], [*some, '--help', 'junk']):
                text = self.good(verb, *word, *words)
                self.assertRegex(text, rf'\Ausage: realmctl {name} (\w+ )?\[options\]( |\n)')
                self.assertRegex(text, r'\n\n[A-Z][^\n]*\.\n(\ncommands:\n(.+\n)+)?\noptions:\n')
                self.assertRegex(text, rf'\nexample:\n  realmctl {name} ')
                self.assertRegex(text, r'\nexit: 0 done, 1 failed, 2 wrong command line, 3 ')
                self.assertIn(f'realmctl-{verb}(1)', text)
                self.assertEqual('4 different' in text, name in COMPARING)

    def test_help_aligns_options_in_one_column(self):
        for name in COMMANDS:
            options = self.good(*name.split(), '--help').split('options:\n')[1].split('\n\n')[0]
            for line in options.splitlines():
                self.assertRegex(line, r'\A(  (-.,|   ) --\S+( [A-Z=]+)? +| {30})\S')
                self.assertEqual(line[29], ' ')
                self.assertNotEqual(line[30], ' ')

    def test_version_is_that_of_the_build(self):
        meson = (ROOT / 'meson.build').read_text()
        version = meson.split("version: '")[1].split("'")[0]
        self.assertEqual(self.good('--version'), f'realmctl {version}\n')

    def test_value_may_follow_in_each_way(self):
        for words in (['-m', '64', '-c', '2'], ['-m64', '-c2'], ['--memory', '64', '--cpus', '2'],
                      ['--memory=64', '--cpus=2']):
            self.refused(FAILED, 'ENOENT', 'absent', 'plan', 'qemu', *words, '--kernel', 'absent',
                         '--dtb', 'absent')

    def test_word_after_the_verb_chooses_only_there(self):
        self.refused(FAILED, 'ENOENT', r'refvals: show: ', 'refvals', '--format', 'json', 'show')
        self.refused(FAILED, 'ENOENT', r'refvals: \./show: ', 'refvals', './show',
                     '--format', 'json')

    def test_double_dash_ends_options(self):
        self.refused(FAILED, 'ENOENT', r'realmctl check: --json: ', 'check', '--', '--json')
        self.refused(FAILED, 'ENOENT', r'realmctl check: --json: ', '--', 'check', '--', '--json')

    def test_options_may_follow_operands(self):
        self.refused(FAILED, 'ENOENT', 'absent', 'measure', 'absent', '--kvm', 'rme')

    def test_text_from_outside_stays_on_its_line(self):
        line = self.refused(USAGE, 'EINVAL', 'no such command', 'a\nb\x1b[31m\x7f\x9b')
        self.assertIn(r': a\x0ab\x1b[31m\x7f\xc2\x9b: ', line)
        line = self.refused(FAILED, 'ENOENT', 'a.+b.+31m', 'measure', 'a\nb\x1b[31m\x7f')
        self.assertTrue(line.isprintable(), line)


if __name__ == '__main__':
    unittest.main()
