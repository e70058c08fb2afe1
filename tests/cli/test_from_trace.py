#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl events --from-trace: options, choices, errors. (tests/unit tests what calls mean.)"""
import hashlib
import json
import unittest

from cli import Case, DIFFERENT, FAILED, UNSUPPORTED, USAGE, plan

RD, NOTHING = 0x88000000, '0,0,0,0,0,0,0,0'
VERSION = {'rmm-1.0': 0x10000, 'rmm-2.0': 0x20000}


def call(fid, *args, out='0x0', words=''):
    registers = ','.join(hex(arg) for arg in args)
    return f'rmi_call: cpu=0x0 fid={fid:#x} in={registers} out={out}{words and " " + words} end\n'


def create(rmm='rmm-2.0', rd=RD):
    return call(0xc4000158, rd, 0x88001000, words=(
        f'version={VERSION[rmm]:#x} granule=0x1000 flags=0x0 s2sz=0x21 sve_vl=0x0 num_bps=0x1'
        ' num_wps=0x1 pmu_num_ctrs=0x0 hash_algo=0x0 rtt_level_start=0x1'))


def page_call(ipa, page):
    content = hashlib.sha256(page).hexdigest()
    return call(0xc4000153, RD, 0x88002000, ipa, 0x88003000, 1, words=f'content={content}')


def rec_calls(flags, pc):
    return (call(0xc400015a, RD, 0x88004000, 0x88005000, out='0x10d,0x3')
            + call(0xc4000203, 3, words=f'flags={flags:#x} pc={pc:#x} gprs={NOTHING}'))


def trace_of_plan():
    """The calls that make the realm of cli.plan()."""
    data = bytes.fromhex('d503201f' * 1025).ljust(8192, b'\0')
    pages = [page_call(0x80000000 + at, data[at:at + 4096]) for at in (0, 4096)]
    return (create() + ''.join(pages) + rec_calls(1, 0x80000000) + rec_calls(0, 0)
            + call(0xc4000157, RD))


class FromTrace(Case):
    def setUp(self):
        super().setUp()
        self.write('p.json', plan())
        self.write('trace.log', 'RMM: starts\r\n' + trace_of_plan() + '{"op": "activate"}\n')

    def events(self, *words, **options):
        return self.good('events', '--from-trace', *words, **options)

    def test_log_is_that_of_the_plan(self):
        for words in ([], ['--rim'], ['--rim', '--rmm', 'rmm-2.0'], ['--json'],
                      ['--json', '--rim']):
            self.assertEqual(self.events('trace.log', '--kvm', 'rmi-v14', *words),
                             self.good('events', 'p.json', *words))

    def test_diff_finds_nothing_and_everything(self):
        self.write('plan.events', self.good('events', 'p.json'))
        self.write('seen.events', self.events('trace.log', '--kvm', 'rmi-v14'))
        self.good('diff', 'plan.events', 'seen.events')
        self.write('p.json', plan(load=[]))
        self.write('plan.events', self.good('events', 'p.json'))
        self.good('diff', 'plan.events', 'seen.events', code=DIFFERENT)

    def test_header_has_no_family_unless_told(self):
        header, *lines = self.events('trace.log').splitlines()
        self.assertEqual(json.loads(header),
                         {'schema': 'realm-events/1', 'hash': 'sha256', 'granule': 4096})
        self.assertEqual(lines, self.good('events', 'p.json').splitlines()[1:])
        header = self.events('trace.log', '--kvm', 'rmi-v13').splitlines()[0]
        self.assertEqual(json.loads(header)['kvm'], 'rmi-v13')

    def test_what_it_prints_is_a_log_to_measure(self):
        for profile in ('rmm-2.0', 'tf-rmm-2.0'):
            words = ('--bare', '--rmm', profile)
            self.assertEqual(
                self.good('measure', '--events', '-', *words, text=self.events('trace.log')),
                self.good('measure', 'p.json', '--kvm', 'rmi-v14', *words))

    def test_trace_may_be_standard_input(self):
        self.assertEqual(self.events('-', text=trace_of_plan()), self.events('trace.log'))

    def test_options_that_do_not_go_together(self):
        for words, pattern in (
                (['p.json', '--from-trace', 'trace.log'], '--from-trace: a plan is given too'),
                (['p.json', '--realm', '1'], '--realm: means something only with --from-trace'),
                (['--from-trace', 'trace.log', '--rmm', 'rmm-2.0'], '--rmm: .*only with --rim'),
                (['--from-trace', 'trace.log', '--rim'], '--rim: .*; say it with --rmm or --kvm'),
                (['--from-trace', 'trace.log', '--realm', '0'], '--realm'),
                ([], 'PLAN: is missing')):
            self.refused(USAGE, 'EINVAL', pattern, 'events', *words)

    def test_one_of_several_realms_is_chosen(self):
        other = create(rd=RD + 0x10000)
        self.write('two.log', other + trace_of_plan())
        self.refused(FAILED, 'EINVAL', 'two.log: has 2 realms: 1 at rd 0x88010000 .line 1., '
                     '2 at rd 0x88000000 .line 2. .*; choose one by its number with --realm',
                     'events', '--from-trace', 'two.log')
        self.assertEqual(self.events('two.log', '--realm', '2'), self.events('trace.log'))
        self.assertEqual(self.events('two.log', '--realm=1').splitlines(),
                         self.events('trace.log').splitlines()[:2])
        self.refused(FAILED, 'EINVAL', 'there is no realm 3', 'events', '--from-trace', 'two.log',
                     '--realm', '3')

    def test_family_of_another_rmm_is_not_supported(self):
        for rmm, family in (('rmm-1.0', 'rmi-v14'), ('rmm-2.0', 'rme')):
            self.refused(UNSUPPORTED, 'EOPNOTSUPP', f'line 1: .*{family} never ran', 'events',
                         '--from-trace', '-', '--kvm', family, text=create(rmm))
        self.refused(UNSUPPORTED, 'EOPNOTSUPP', 'rme.*rmm-2.0', 'events', '--from-trace', '-',
                     '--kvm', 'rme', '--rim', '--rmm', 'rmm-2.0', text=create('rmm-1.0'))

    def test_rules_of_another_rmm_are_not_supported(self):
        for rmm, profile in (('rmm-1.0', 'tf-rmm-2.0'), ('rmm-2.0', 'rmm-1.0')):
            self.refused(UNSUPPORTED, 'EOPNOTSUPP', f'line 1: .*does not measure by {profile}', 'events',
                         '--from-trace', '-', '--rim', '--rmm', profile, text=create(rmm))

    def test_damaged_line_is_found_before_anything_is_printed(self):
        for damaged, pattern in (
                (trace_of_plan()[:-5], r'line 8: does not end with .end.'),
                (trace_of_plan() + 'rmi_call: fid=0xzz\n', r"line 9: 'fid=0xzz' has no such value"),
                (trace_of_plan() + '[1.0] rsi_call: fid=1 rmi_call: end\n', "9: .rmi_call:. is not"),
                (create().replace(' s2sz=0x21', ''), 'line 1: lacks s2sz=')):
            self.refused(FAILED, 'EBADMSG', pattern, 'events', '--from-trace', '-', text=damaged)

    def test_what_is_no_trace(self):
        headless = trace_of_plan().replace(create(), '')
        for text, pattern in (('', 'has no line with rmi_call:'),
                              (headless, 'no RMI_REALM_CREATE succeeds')):
            self.refused(FAILED, 'EBADMSG', pattern, 'events', '--from-trace', '-', text=text)
        self.refused(FAILED, 'ENOENT', 'none.log', 'events', '--from-trace', 'none.log')

    def test_line_that_cannot_be_says_so_where_it_is(self):
        """What came before is printed, as with any log."""
        text = trace_of_plan() + call(0xc4000157, RD)
        good = self.events('trace.log')
        self.refused(FAILED, 'EBADMSG', 'line 9: the realm is built on', 'events', '--from-trace',
                     '-', text=text, out=good)


if __name__ == '__main__':
    unittest.main()
