#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Where output goes: full and closed files, pipes nobody reads, terminals; files that change."""
import json
import os
import pty
import select
import signal
import subprocess
import time
import unittest

from cli import Case, DIFFERENT, DONE, FAILED, plan, realmctl
import inputs

ERASE = b'\r\x1b[K'
GIB = 1 << 30
UNKNOWN_USER = 65534
# A program that runs another needs files and signals itself.
bare = unittest.skipIf('REALMCTL_WRAPPER' in os.environ, 'not the same under a wrapper')


def big(size):
    """A plan that takes time, and no file."""
    return plan(ipa_bits=48, ram=[{'base': '0x80000000', 'size': size}],
                load=[{'at': '0x80000000', 'zero': size}])


class Output(Case):
    def setUp(self):
        super().setUp()
        self.write('p.json', plan())
        self.write('Image', inputs.kernel(20001, 0, 3 << 20))
        self.write('a.log', self.good('events', 'p.json'))
        self.write('b.log', self.good('events', 'p.json', '--kvm', 'rme'))
        self.write('r.json', self.good('refvals', 'p.json', '--format', 'json'))
        self.each = [['plan', 'realmctl', '--kernel', 'Image'], ['check', 'p.json'],
                     ['measure', 'p.json'], ['measure', 'p.json', '--json'],
                     ['measure', 'p.json', '--bare', '--kvm', 'rme'], ['events', 'p.json'],
                     ['events', 'p.json', '--json'], ['diff', 'a.log', 'a.log'],
                     ['diff', 'a.log', 'b.log'], ['diff', 'a.log', 'b.log', '--json'],
                     ['refvals', 'p.json', '--format', 'corim'], ['refvals', 'show', 'r.json'],
                     ['refvals', 'show', 'r.json', '--json'], ['token', '--help'],
                     ['check', '--help'], ['--help'], ['--version'], ['dump-commands']]

    def fails(self, errno, words, **options):
        options.update(capture_output=False, stderr=subprocess.PIPE)
        done = self.run_it(*words, **options)
        self.assertEqual(done.returncode, FAILED, words)
        self.assertRegex(done.err, rf'\Arealmctl \S+( show)?: standard output: .+ \({errno}\)\n\Z')

    def test_full_device_fails(self):
        for words in self.each:
            with self.subTest(words=words), open('/dev/full', 'wb') as full:
                self.fails('ENOSPC', words, stdout=full)

    def test_closed_output_fails(self):
        for words in self.each:
            with self.subTest(words=words):
                self.fails('EBADF', words, preexec_fn=lambda: os.close(1))

    def test_pipe_nobody_reads_fails(self):
        for words in self.each:
            reader, writer = os.pipe()
            os.close(reader)
            with self.subTest(words=words):
                self.fails('EPIPE', words, stdout=writer)
            os.close(writer)

    def test_closed_output_does_not_matter_when_nothing_is_printed(self):
        self.good('plan', 'realmctl', '--kernel', 'Image', '-o', 'out.json', capture_output=False,
                  stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
        json.loads((self.dir / 'out.json').read_text())

    @bare
    def test_closed_input_and_error_do_no_harm(self):
        self.good('check', 'p.json', preexec_fn=lambda: os.close(0), stdin=None)
        done = self.run_it('check', 'absent', preexec_fn=lambda: os.close(2))
        self.assertEqual((done.returncode, done.out), (FAILED, ''))
        done = self.run_it('check', '-', preexec_fn=lambda: os.close(0), stdin=None)
        self.assertEqual((done.returncode, done.out), (FAILED, ''))

    def test_long_output_stops_when_nobody_reads(self):
        self.write('big.json', big(1024 * GIB))
        for words in (['events', 'big.json'], ['events', 'big.json', '--json']):
            with subprocess.Popen(realmctl(*words), cwd=self.dir, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE) as process:
                process.stdout.readline()
                process.stdout.close()
                self.assertIn(b'(EPIPE)', process.stderr.read())
            self.assertEqual(process.returncode, FAILED)


class Files(Case):
    def test_file_that_shrinks_while_it_is_read_fails(self):
        """The pipe is full long before the file is read, so it can be cut meanwhile."""
        path = self.write('big', bytes(range(256)) * (1 << 18))
        self.write('p.json', plan(ram=[{'base': '0x80000000', 'size': '128M'}],
                                  load=[{'at': '0x80000000', 'file': 'big'}]))
        with subprocess.Popen(realmctl('events', 'p.json'), cwd=self.dir, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdout.readline()
            os.truncate(path, 4096)
            process.stdout.read()
            message = process.stderr.read().decode()
        self.assertEqual(process.returncode, FAILED, message)
        self.assertRegex(message, r'\Arealmctl events: .*big.*\(EIO\)(; .+)?\n\Z')

    def test_file_without_permission_fails(self):
        self.dir.chmod(0o755)
        self.write('secret', b'x').chmod(0)
        self.write('p.json', plan(load=[{'at': '0x80000000', 'file': 'secret'}]))
        user = {'user': UNKNOWN_USER} if os.geteuid() == 0 else {}
        try:
            self.good('--version', **user)
        except (PermissionError, AssertionError):
            self.skipTest('another user cannot run the program')
        for words in (['check', 'secret'], ['check', 'p.json'], ['measure', 'p.json'],
                      ['events', 'p.json'], ['measure', '--events', 'secret'],
                      ['diff', 'secret', 'p.json'], ['plan', 'realmctl', '--kernel', 'secret'],
                      ['token', 'show', 'secret'], ['token', 'verify', 'p.json', '--key', 'secret'],
                      ['token', 'verify', 'p.json', '--rem-log', 'secret'],
                      ['refvals', 'p.json', '--format', 'json'], ['refvals', 'show', 'secret']):
            self.refused(FAILED, 'EACCES', 'secret', *words, **user)


class Terminal(Case):
    def on_terminal(self, *words, env=None):
        """Start on a terminal; its other end and the process."""
        ours, theirs = pty.openpty()
        self.addCleanup(os.close, ours)
        process = subprocess.Popen(realmctl(*words), cwd=self.dir, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=theirs,
                                   env={**os.environ, 'TERM': 'xterm', **(env or {})})
        os.close(theirs)
        self.addCleanup(process.stdout.close)
        return ours, process

    @staticmethod
    def read(fd, until=None):
        """What arrives up to a word, or up to the end."""
        data = b''
        while until is None or until not in data:
            try:
                got = os.read(fd, 4096)
            except OSError:  # EIO: the last one has closed it
                break
            if not got:
                break
            data += got
        return data

    def slow_plan(self):
        """A plan that this machine needs two seconds or more for."""
        size, seconds = GIB // 8, 0
        while seconds < 2:
            size *= 2
            self.write('p.json', big(size))
            start = time.monotonic()
            self.good('measure', 'p.json', '--threads', 1)
            seconds = time.monotonic() - start

    def test_bar_comes_only_on_a_terminal_that_knows_how_and_goes_at_the_end(self):
        self.slow_plan()
        words = ['measure', 'p.json', '--threads', 1]
        quiet = self.good(*words)
        for term in ('xterm', 'dumb', ''):
            ours, process = self.on_terminal(*words, env={'TERM': term, 'NO_COLOR': '1'})
            text, out = self.read(ours), process.stdout.read().decode()
            self.assertEqual((process.wait(), out), (DONE, quiet))
            if term == 'xterm':
                self.assertRegex(text, rb'\A(\r\[#* *\] +\d+% of \d+\.\d MiB)+' + b'\r\x1b\\[K\\Z')
            else:
                self.assertEqual(text, b'')

    def test_bar_of_a_search(self):
        self.write('p.json', big(GIB // 4))
        for limit in (3, 30, 300):  # where the plan itself takes that long there is no bar yet
            ours, process = self.on_terminal('explain', 'p.json', '--rim', '5a' * 32,
                                             '--limit', limit)
            text, out = self.read(ours), process.stdout.read()
            self.assertEqual(process.wait(), DIFFERENT)
            self.assertIn(b'\nnot searched:\n', out)
            if text:
                break
        self.assertRegex(text, rb'\r\[#* *\] +\d+% of the search\r\x1b\[K\Z')

    def test_no_bar_for_what_is_quick(self):
        self.write('p.json', plan())
        ours, process = self.on_terminal('measure', 'p.json')
        self.assertEqual((self.read(ours), process.wait()), (b'', DONE))

    @bare
    def test_interrupt_leaves_no_junk(self):
        self.write('p.json', big(4096 * GIB))
        for number, words in ((signal.SIGINT, ['measure', 'p.json']),
                              (signal.SIGTERM, ['measure', 'p.json']),
                              (signal.SIGINT, ['refvals', '--format', 'json', 'p.json']),
                              (signal.SIGINT, ['token', 'verify', '--plan', 'p.json', 'token'])):
            ours, process = self.on_terminal(*words)
            self.assertIn(b'%', self.read(ours, until=b'%'))
            process.send_signal(number)
            rest = self.read(ours)
            self.assertEqual(process.wait(), -number)
            self.assertTrue(rest.endswith(ERASE), rest[-80:])
            self.assertEqual(rest.count(ERASE), 1)


if __name__ == '__main__':
    unittest.main()
