#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""realmctl run on the software host: the guest's console, how realms end, signals, terminals.

PAYLOAD is the guest payload of rmm/guest.
"""
import fcntl
import os
import pty
import re
import signal
import subprocess
import termios
import time
import unittest

from cli import (Case, DONE, FAILED, FAMILIES, KERNEL_AT, MESSAGE, PROFILES, UNSUPPORTED,
                 plan, realmctl, skip_unless_possible)
from guest import (CPU_ON, DR, FR, NE, RXFE, SHARED, SMC, SYSTEM_OFF, SYSTEM_RESET, add, call,
                   compare, jump, jump_if, jump_if_set, ldr, mov, program, say, store)

PAYLOAD = os.environ.get('PAYLOAD')
PAIRS = [(family, profile) for family in FAMILIES
         for profile in (PROFILES[:1] if family in FAMILIES[:3] else PROFILES[1:])]
NOTES = re.compile(r'realmctl run: note: measured RIM: ([0-9a-f]+)\n'
                   r'realmctl run: note: predicted RIM: ([0-9a-f]+)\n')
TIMEOUT = 60

# Programs
OFF = call(SYSTEM_OFF)
ALL_BYTES = [mov(0, 0), store(0, 1), add(0, 1), compare(0, 256), jump_if(NE, -3), OFF]
ECHO = [ldr(2, 1, FR), jump_if_set(2, RXFE, -1), ldr(0, 1, DR), store(0, 1), compare(0, ord('q')),
        jump_if(NE, -5), OFF]
FOREVER = [say('up'), jump(0)]
CHATTER = [say('up'), store(0, 1), jump(-1)]


def many_bytes(count):
    """Sends its counter, so many times, which is less than 4096 * 4095."""
    return [mov(0, 0), mov(3, 0), store(0, 1), add(0, 1), compare(0, 4095), jump_if(NE, -3),
            mov(0, 0), add(3, 1), compare(3, count), jump_if(NE, -7), OFF]


def guest_plan(*parts, **changes):
    load = [{'at': hex(KERNEL_AT), 'hex': program(*parts)}]
    return plan(load=load, **{'recs': [{'pc': hex(KERNEL_AT)}], **changes})


class Run(Case):
    def load(self, *parts, **changes):
        self.write('p.json', guest_plan(*parts, **changes))

    def run_plan(self, *words, **options):
        """Like run_it(), but what a guest sends is bytes."""
        if 'input' not in options:
            options = {'stdin': subprocess.DEVNULL, **options}
        options = {'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE, **options}
        done = subprocess.run(realmctl('run', '--host', 'sim', 'p.json', *words), cwd=self.dir,
                              timeout=TIMEOUT, **options)
        done.err = done.stderr.decode()
        return done

    def start(self, *words, **options):
        options = {'stdin': subprocess.DEVNULL, 'stdout': subprocess.PIPE,
                   'stderr': subprocess.PIPE, **options}
        process = subprocess.Popen(realmctl('run', '--host', 'sim', 'p.json', *words),
                                   cwd=self.dir, **options)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe:
                pipe.close()

    def assert_fails(self, done, name, pattern):
        """It has run, and failed with one error."""
        self.assertEqual(done.returncode, FAILED, done.stderr)
        text = (done.stderr if isinstance(done.stderr, bytes) else done.stderr.read()).decode()
        lines = [line for line in text.splitlines() if not MESSAGE.fullmatch(line)]
        self.assertEqual(len(lines), 1, text)
        self.assertRegex(lines[0], rf'\Arealmctl run: {pattern} \({name}\)(; .+)?\Z')


class Console(Run):
    def test_output_is_what_the_guest_sent(self):
        self.load(*ALL_BYTES)
        done = self.run_plan()
        self.assertEqual((done.returncode, done.stdout), (DONE, bytes(range(256))), done.stderr)

    def test_rims_are_told_on_standard_error_and_equal(self):
        self.load(*OFF)
        done = self.run_plan()
        self.assertEqual((done.returncode, done.stdout), (DONE, b''))
        match = NOTES.fullmatch(done.err)
        self.assertTrue(match, done.err)
        self.assertEqual(match[1], match[2])

    def test_input_reaches_the_guest(self):
        self.load(*ECHO)
        text = b'hello\r\n\0\xff\x03' + bytes(range(64)) * 20 + b'q'
        done = self.run_plan(input=text)
        self.assertEqual((done.returncode, done.stdout), (DONE, text), done.stderr)

    def test_input_comes_as_it_is_typed(self):
        self.load(*ECHO)
        process = self.start(stdin=subprocess.PIPE, bufsize=0)
        for byte in (b'a', b'b', b'\n', b'q'):
            process.stdin.write(byte)
            self.assertEqual(process.stdout.read(1), byte)
        self.assertEqual(process.wait(TIMEOUT), DONE)

    def test_end_of_input_is_not_the_end(self):
        self.load(say('up'), mov(3, 0), add(3, 1), compare(3, 4095), jump_if(NE, -2),
                  ldr(0, 1, FR), say('!'), OFF)
        for options in ({'stdin': subprocess.DEVNULL},
                        {'stdin': None, 'preexec_fn': lambda: os.close(0)}):
            done = self.run_plan(**options)
            self.assertEqual((done.returncode, done.stdout), (DONE, b'up!'), done.err)

    def test_nothing_is_lost_when_the_reader_is_slow(self):
        self.load(*many_bytes(18))  # more than a pipe and what realmctl keeps
        process = self.start()
        time.sleep(1)
        self.assertIsNone(process.poll())
        want = bytes(i & 0xff for i in range(4095)) * 18
        self.assertEqual(process.stdout.read(), want)
        self.assertEqual(process.wait(TIMEOUT), DONE)

    def test_output_that_cannot_be_written_ends_it(self):
        self.load(*CHATTER)
        reader, writer = os.pipe()
        os.close(reader)
        with open('/dev/full', 'wb') as full, open(writer, 'wb') as pipe:
            for name, options in (('ENOSPC', {'stdout': full}), ('EPIPE', {'stdout': pipe}),
                                  ('EBADF', {'preexec_fn': lambda: os.close(1)})):
                with self.subTest(name=name):
                    done = self.run_plan(**options)
                    self.assert_fails(done, name, 'standard output: .+')

    def test_last_bytes_that_cannot_be_written_are_an_error(self):
        self.load(say('x'), OFF)
        with open('/dev/full', 'wb') as full:
            done = self.run_plan(stdout=full)
        self.assert_fails(done, 'ENOSPC', 'standard output: .+')


class Machine(Run):
    def test_uart_identifies_itself(self):
        """The identification registers of DDI 0183, 3.3.15, as the guest reads them"""
        self.load(*[[ldr(0, 1, 0xfe0 + 4 * i), store(0, 1)] for i in range(8)], OFF)
        done = self.run_plan()
        self.assertEqual(done.stdout, bytes([0x11, 0x10, 0x34, 0x00, 0x0d, 0xf0, 0x05, 0xb1]))

    def test_other_pages_read_as_zero_with_one_note_each(self):
        self.load(mov(3, SHARED | 0x0a000000), mov(4, SHARED | 0x0b001000), mov(0, 0x55),
                  store(0, 3, 8), ldr(0, 3, 8), store(0, 1), ldr(0, 3, 0xffc), mov(0, 0x55),
                  ldr(0, 4), store(0, 1), OFF)
        done = self.run_plan()
        self.assertEqual((done.returncode, done.stdout), (DONE, b'\0\0'), done.stderr)
        notes = re.findall(r'note: (0x[0-9a-f]+): .*no device', done.err)
        self.assertEqual(notes, ['0xa000000', '0xb001000'])

    def test_plans_that_show_nothing_are_told_of(self):
        """The guest of each may do anything: the note comes before it runs."""
        ram = [{'base': hex(KERNEL_AT), 'size': '64M'}]
        for where, change in (
                (r'\$\.ram', {'ram': [{'base': '0x8e00000', 'size': '4M'}, *ram]}),
                (r'\$\.recs\[0\]\.pc', {'recs': [{'pc': hex(KERNEL_AT + (64 << 20))}]})):
            with self.subTest(where=where):
                self.load(*FOREVER, **change)
                process = self.start()
                lines = [process.stderr.readline().decode() for _ in range(3)]
                self.assertRegex(lines[2], rf'note: {where}: nothing will be seen: ')

    def test_second_vcpu_runs_when_it_is_switched_on(self):
        on = [mov(3, 0), mov(2, KERNEL_AT + 0x100), mov(4, 0), mov(1, 1), mov(0, CPU_ON)]
        first = bytes.fromhex(program(say('1'), *on, [SMC, jump(0)]))
        second = bytes.fromhex(program(say('2'), OFF))
        image = first.ljust(0x100, b'\0') + second
        self.write('p.json', plan(load=[{'at': hex(KERNEL_AT), 'hex': image.hex()}],
                                  recs=[{'pc': hex(KERNEL_AT)}, {'pc': hex(KERNEL_AT)}]))
        done = self.run_plan()
        self.assertEqual((done.returncode, done.stdout), (DONE, b'12'), done.err)


class Ends(Run):
    def test_system_off_is_done(self):
        self.load(*OFF)
        for family in FAMILIES:
            self.assertEqual(self.run_plan('--kvm', family).returncode, DONE)

    def test_system_reset_fails(self):
        self.load(say('x'), call(SYSTEM_RESET))
        for family in FAMILIES:
            done = self.run_plan('--kvm', family)
            self.assertEqual(done.stdout, b'x')
            self.assert_fails(done, 'ERESTART', 'guest: asked for a reset')

    def end_by(self, number, *words):
        process = self.start(*words)
        self.assertEqual(process.stdout.read(2), b'up')
        process.send_signal(number)
        process.wait(TIMEOUT)
        self.assert_fails(process, 'EINTR', f'realm: ended by {number.name}')

    def test_signals_end_it(self):
        self.load(*FOREVER)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            self.end_by(number)
        for family in FAMILIES:
            self.end_by(signal.SIGINT, '--kvm', family)

    def test_signal_ends_it_with_all_vcpus(self):
        self.load(*FOREVER, recs=[{'pc': hex(KERNEL_AT)}] + [{'pc': 0}] * 7)
        self.end_by(signal.SIGTERM)

    def test_signal_ends_it_when_nobody_reads(self):
        self.load(*CHATTER)
        process = self.start()
        self.assertEqual(process.stdout.read(2), b'up')
        time.sleep(2)  # the pipe is full
        process.terminate()
        process.wait(TIMEOUT)
        self.assert_fails(process, 'EINTR', 'realm: ended by SIGTERM')

    def test_ignored_signal_stays_ignored(self):
        self.load(*ECHO)
        process = self.start(stdin=subprocess.PIPE, bufsize=0,
                             preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        process.stdin.write(b'a')
        self.assertEqual(process.stdout.read(1), b'a')
        process.send_signal(signal.SIGHUP)
        process.stdin.write(b'bq')
        self.assertEqual(process.stdout.read(), b'bq')
        self.assertEqual(process.wait(TIMEOUT), DONE)

    def test_wrong_plans_and_pairs(self):
        self.write('p.json', '{')
        self.refused(FAILED, 'EBADMSG', 'p.json', 'run', '--host', 'sim', 'p.json')
        self.refused(FAILED, 'ENOENT', 'no.json', 'run', '--host', 'sim', 'no.json')
        self.load(*OFF)
        self.refused(UNSUPPORTED, 'EOPNOTSUPP', 'rmm-2.0', 'run', '--host', 'sim', 'p.json',
                     '--kvm', 'rme', '--rmm', 'rmm-2.0')


class Terminal(Run):
    def on_terminal(self):
        """Start on a terminal of its own, which Ctrl-C reaches; its other end and the process."""
        ours, theirs = pty.openpty()
        self.addCleanup(os.close, ours)
        self.addCleanup(os.close, theirs)

        def take_terminal():
            os.setsid()
            fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

        process = self.start(stdin=theirs, stdout=theirs, preexec_fn=take_terminal)
        return ours, theirs, process

    def expect(self, fd, want):
        got = b''
        while len(got) < len(want):
            got += os.read(fd, len(want) - len(got))
        self.assertEqual(got, want)

    def test_keys_go_to_the_guest_and_the_terminal_is_given_back(self):
        self.load(say('up'), *ECHO)
        ours, theirs, process = self.on_terminal()
        before = termios.tcgetattr(theirs)
        self.expect(ours, b'up')
        self.assertNotEqual(termios.tcgetattr(theirs), before)
        os.write(ours, b'a\r\x1a\x1c\x04\x13q')  # return, Ctrl-Z, Ctrl-\\, Ctrl-D, Ctrl-S
        self.expect(ours, b'a\r\x1a\x1c\x04\x13q')
        self.assertEqual(process.wait(TIMEOUT), DONE)
        self.assertEqual(termios.tcgetattr(theirs), before)

    def test_interrupt_key_ends_it_and_the_terminal_is_given_back(self):
        self.load(*FOREVER)
        ours, theirs, process = self.on_terminal()
        before = termios.tcgetattr(theirs)
        self.expect(ours, b'up')
        os.write(ours, b'\x03')
        process.wait(TIMEOUT)
        self.assert_fails(process, 'EINTR', 'realm: ended by SIGINT')
        self.assertEqual(termios.tcgetattr(theirs), before)

    def test_new_lines_are_the_terminals(self):
        self.load(say('a\nb'), OFF)
        ours, _, process = self.on_terminal()
        self.expect(ours, b'a\r\nb')
        self.assertEqual(process.wait(TIMEOUT), DONE)


class Payload(Run):
    def setUp(self):
        super().setUp()
        self.good('plan', 'realmctl', '--firmware', PAYLOAD, '-o', 'p.json')

    def payload_rim(self, family, profile):
        done = self.run_plan('--kvm', family, '--rmm', profile)
        self.assertEqual(done.returncode, DONE, done.err)
        text = done.stdout.decode().splitlines()
        lines = dict(line.split(': ', 1) for line in text if ': ' in line)
        self.assertEqual((text[0], text[-1]), ('hello from a realm', 'bye'))
        self.assertEqual(lines['mmio'], 'read 0x11 of UARTPeriphID0')
        self.assertRegex(lines['shared'], r'ok\Z')
        return done, lines['rim']

    def test_predicted_measured_and_read_rim_are_the_same_in_each_family(self):
        for family, profile in PAIRS:
            with self.subTest(family=family, profile=profile):
                done, read = self.payload_rim(family, profile)
                want = self.good('measure', '--bare', 'p.json', '--kvm', family, '--rmm', profile)
                measured, predicted = NOTES.match(done.err).groups()
                self.assertEqual([read, measured, predicted], 3 * [want.strip()])


if __name__ == '__main__':
    skip_unless_possible('run', guest_plan(OFF))
    unittest.main()
