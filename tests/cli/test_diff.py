#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl diff: what it finds, in which order, and how it finds back into step."""
import json
import unittest

from cli import Case, DIFFERENT, DONE, FAILED, plan, schema_errors

REALM = {'event': 'realm', 'flags': '0x0', 's2sz': 33, 'sve_vl': 0, 'num_bps': 1, 'num_wps': 1,
         'pmu_num_ctrs': 0}
ACTIVATE = {'event': 'activate'}
WINDOW = 1024  # realmctl-diff(1)


def data(page, content='11', **keys):
    return {'event': 'data', 'ipa': hex(0x80000000 + 4096 * page), 'flags': '0x1',
            'content': content * 32, **keys}


def ripas(page):
    at = 0x80000000 + 4096 * page
    return {'event': 'ripas', 'base': hex(at), 'top': hex(at + 4096)}


def rec(pc, *gprs):
    return {'event': 'rec', 'flags': '0x1', 'pc': hex(pc),
            'gprs': [hex(value) for value in [*gprs, *[0] * 8][:8]]}


def log(*events, **header):
    head = {'schema': 'realm-events/1', 'hash': 'sha256', 'granule': 4096, 'kvm': 'rmi-v14',
            **header}
    return ''.join(json.dumps(line) + '\n' for line in [head, REALM, *events, ACTIVATE])


def changed(number, event, address, *fields, b=None):
    return {'a': number, 'b': b or number, 'event': event, 'address': address,
            'fields': [{'field': name, 'a': old, 'b': new} for name, old, new in fields]}


def only_a(number, event):
    return {'a': number, 'b': None, 'event': event['event'],
            'address': event.get('ipa', event.get('base')), 'value': event}


def only_b(number, event):
    return {**only_a(None, event), 'b': number}


class Diff(Case):
    def diff(self, a, b):
        self.write('a.log', a)
        self.write('b.log', b)
        done = self.run_it('diff', 'a.log', 'b.log', '--json')
        value = json.loads(done.out)
        short = {**value, 'differences': value['differences'][:20]}
        self.assertEqual((done.err, schema_errors(short)), ('', []))
        self.assertEqual(done.returncode, DONE if value['equal'] else DIFFERENT)
        self.assertEqual(value['equal'], not value['header'] and not value['differences'])
        return value

    def text(self, a, b, code=DIFFERENT):
        """The lines after the names."""
        self.write('a.log', a)
        self.write('b.log', b)
        lines = self.good('diff', 'a.log', 'b.log', code=code).splitlines()
        self.assertEqual(lines[:2], ['--- a.log', '+++ b.log'])
        return lines[2:]

    def differences(self, a, b):
        """Of logs with equal headers; the way back must give the same with the sides exchanged."""
        value, back = self.diff(a, b), self.diff(b, a)
        self.assertEqual((value['header'], back['header']), ([], []))
        self.assertEqual(value['first_equal'], back['first_equal'])
        self.assertEqual(len(value['differences']), len(back['differences']))
        return value['differences']

    def test_equal_logs(self):
        value = self.diff(log(data(0)), log(data(0)))
        self.assertEqual((value['equal'], value['first_equal'], value['differences']),
                         (True, 3, []))
        self.assertEqual(self.text(log(data(0)), log(data(0)), code=DONE),
                         ['first 3 events equal', 'the logs are equal'])

    def test_form_of_the_log_and_rims_do_not_count(self):
        loose = log({**data(0), 'rim': 'ab' * 32})
        loose = loose.replace('"0x80000000"', '2147483648').replace('"s2sz": 33', '"s2sz":"0x21"')
        self.assertTrue(self.diff(log(data(0)), loose)['equal'])

    def test_log_may_be_standard_input(self):
        self.write('a.log', log(data(0)))
        for words in (['-', 'a.log'], ['a.log', '-']):
            self.good('diff', *words, text=log(data(0)))
            self.good('diff', *words, text=log(data(0, '22')), code=DIFFERENT)

    def test_each_field_of_each_event_is_compared(self):
        cases = [(REALM, key, 5 if key != 'flags' else '0x5') for key in REALM if key != 'event']
        cases += [(data(0), 'flags', '0x3'), (data(0), 'content', '22' * 32), (ripas(0), 'top',
                  '0x80002000'), (rec(1), 'flags', '0x3'), (rec(1), 'pc', '0x2')]
        for event, key, value in cases:
            with self.subTest(event=event['event'], field=key):
                new = {**event, key: value}
                a, b = log(event), log(new)
                number, address = 2, event.get('ipa', event.get('base'))
                if event is REALM:
                    a, b, number = log(), log().replace(json.dumps(REALM), json.dumps(new)), 1
                self.assertEqual(self.differences(a, b), [
                    changed(number, event['event'], address, (key, event[key], value))])

    def test_registers_are_compared_one_by_one(self):
        found = self.differences(log(rec(1, 7, 8, 9)), log(rec(1, 7, 0x18, 9, 4)))
        self.assertEqual(found, [changed(2, 'rec', None, ('gprs[1]', '0x8', '0x18'),
                                         ('gprs[3]', '0x0', '0x4'))])

    def test_content_that_one_side_lacks(self):
        bare = {'event': 'data', 'ipa': '0x80000000', 'flags': '0x0'}
        self.assertEqual(self.differences(log(data(0)), log(bare)), [
            changed(2, 'data', '0x80000000', ('flags', '0x1', '0x0'),
                    ('content', '11' * 32, None))])
        self.assertEqual(self.differences(log(bare), log(data(0)))[0]['fields'][1],
                         {'field': 'content', 'a': None, 'b': '11' * 32})

    def test_text_names_first_event_and_field(self):
        lines = self.text(log(data(0), data(1), rec(1)), log(data(0), data(1, '22'), rec(2)))
        self.assertEqual(lines, [
            'first 2 events equal',
            'event 3: data 0x80001000: content', '- ' + '11' * 32, '+ ' + '22' * 32,
            'event 4: rec: pc', '- 0x1', '+ 0x2'])

    def test_text_of_an_event_that_one_log_lacks(self):
        lines = self.text(log(data(0), data(2)), log(data(0), data(1), data(2, '22')))
        line = json.dumps(data(1), separators=(',', ':'))
        self.assertEqual(lines, [
            'first 2 events equal',
            'event 3: data 0x80001000: only in the second log', '+ ' + line,
            'event 3/4: data 0x80002000: content', '- ' + '11' * 32, '+ ' + '22' * 32])

    def test_headers_are_compared(self):
        value = self.diff(log(data(0)), log(data(0), kvm='rme'))
        self.assertEqual((value['equal'], value['first_equal'], value['differences']),
                         (False, 3, []))
        self.assertEqual(value['header'], [{'field': 'kvm', 'a': 'rmi-v14', 'b': 'rme'}])
        self.assertEqual(self.text(log(), log(kvm='rme')), [
            'header: kvm', '- rmi-v14', '+ rme', 'first 2 events equal'])
        without = log(data(0)).replace(', "kvm": "rmi-v14"', '')
        self.assertEqual(self.diff(without, log(data(0)))['header'],
                         [{'field': 'kvm', 'a': None, 'b': 'rmi-v14'}])
        self.assertEqual(self.diff(log(), log(granule=16384))['header'],
                         [{'field': 'granule', 'a': 4096, 'b': 16384}])

    def test_digests_of_different_algorithms_are_not_compared(self):
        other = [data(0, '22'), {**data(1, '22'), 'flags': '0x3'}]
        for event in other:
            event['content'] *= 2
        value = self.diff(log(data(0), data(1)), log(*other, hash='sha512'))
        self.assertEqual([field['field'] for field in value['header']], ['hash'])
        self.assertEqual(value['differences'],
                         [changed(3, 'data', '0x80001000', ('flags', '0x1', '0x3'))])

    def test_inserted_events_leave_the_rest_in_step(self):
        pages = [data(page) for page in range(0, 40, 2)]
        for at in (0, 7, len(pages)):
            for count in (1, 2, 5):
                new = [data(101 + page) for page in range(count)]
                more = pages[:at] + new + pages[at:]
                want = [only_b(2 + at + i, event) for i, event in enumerate(new)]
                self.assertEqual(self.diff(log(*pages), log(*more))['differences'], want)
                want = [only_a(2 + at + i, event) for i, event in enumerate(new)]
                self.assertEqual(self.diff(log(*more), log(*pages))['differences'], want)

    def test_replaced_events_leave_the_rest_in_step(self):
        a, b = [data(0), data(1), data(2), rec(1)], [data(0), data(7), data(8), rec(2)]
        self.assertEqual(self.differences(log(*a), log(*b)), [
            only_a(3, data(1)), only_a(4, data(2)), only_b(3, data(7)), only_b(4, data(8)),
            changed(5, 'rec', None, ('pc', '0x1', '0x2'))])

    def test_more_events_than_the_window_leave_the_rest_in_step(self):
        for count in (WINDOW, WINDOW + 1, 2 * WINDOW + 5):
            pages = [data(page) for page in range(count + 20)]
            for a, b in ((pages[:3] + pages[-3:], pages),   # from the middle
                         (pages[:6], pages),                # from the end
                         (pages[-6:], pages)):              # from the start
                found = self.diff(log(*a, rec(1)), log(*b, rec(2)))['differences']
                self.assertEqual(len(found), len(b) - len(a) + 1)
                self.assertTrue(all(d['a'] is None for d in found[:-1]))
                self.assertEqual(found[-1], changed(2 + len(a), 'rec', None, ('pc', '0x1', '0x2'),
                                                    b=2 + len(b)))

    def test_phases_that_one_family_lacks(self):
        pages, ranges = [data(page) for page in range(5)], [ripas(page) for page in range(1500)]
        found = self.differences(log(*ranges, *pages), log(*pages))
        self.assertEqual(found, [only_a(2 + i, event) for i, event in enumerate(ranges)])

    def test_rec_that_one_log_lacks(self):
        self.assertEqual(self.differences(log(rec(1), rec(2)), log(rec(1))), [only_a(3, rec(2))])

    def test_log_that_ends_early(self):
        a = log(data(0), data(1), rec(1))
        b = ''.join(a.splitlines(True)[:3])
        self.assertEqual(self.differences(a, b), [
            only_a(3, data(1)), only_a(4, rec(1)), only_a(5, ACTIVATE)])

    def test_logs_of_two_families_of_a_plan(self):
        self.write('p.json', plan())
        a = self.good('events', 'p.json', '--kvm', 'rme')
        b = self.good('events', 'p.json', '--kvm', 'rmi-v14')
        value = self.diff(a, b)
        self.assertEqual({d['event'] for d in value['differences']}, {'ripas'})
        self.assertEqual([d['a'] for d in value['differences']], list(range(2, 34)))

    def test_fault_after_differences_fails(self):
        self.write('a.log', log(data(0)))
        self.write('b.log', log(data(0, '22')) + 'junk\n')
        done = self.run_it('diff', 'a.log', 'b.log')
        self.assertEqual(done.returncode, FAILED)
        self.assertRegex(done.err, r'\Arealmctl diff: b\.log.*5.*: .*\(EBADMSG\)')

    def test_wrong_log_files_fail(self):
        self.write('a.log', log())
        for path, errno in (('absent', 'ENOENT'), ('.', 'EINVAL'), ('/dev/zero', 'EINVAL')):
            self.refused(FAILED, errno, path, 'diff', path, 'a.log')
            self.refused(FAILED, errno, path, 'diff', 'a.log', path)


if __name__ == '__main__':
    unittest.main()
