# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Boot the firmware on QEMU and tell what came of it.

Environment: QEMU_FIRMWARE and QEMU_HOST are the images, which meson names.
"""
import dataclasses
import functools
import os
import re
import subprocess
import sys

QEMU = 'qemu-system-aarch64'
# A GiB with but one block of 2 MiB in it: some cases need that.
MEMORY = '2050M'
HOST_ADDRESS = 0x40200000

VARIANTS = ('rmm-1.0', 'rmm-2.0', 'tf-rmm-2.0')

# How the host ends QEMU
PASSED, FAILED, USAGE, PANIC = 0, 1, 2, 3
SKIP = 77


def machine(cpus, memory):
    return [QEMU, '-M', 'virt,virtualization=on,secure=on,gic-version=3',
            '-cpu', 'max,x-rme=on', '-smp', str(cpus), '-m', memory,
            '-nographic', '-nic', 'none', '-no-reboot', '-semihosting']


@functools.cache
def missing():
    """Why nothing can run here; None when it can."""
    try:
        version = subprocess.run([QEMU, '--version'], capture_output=True, encoding='utf-8').stdout
    except FileNotFoundError:
        return f'{QEMU} is not installed'
    number = re.search(r'version (\d+)', version)
    if not number or int(number[1]) < 10:
        return f'{QEMU} is {version.splitlines()[0]}, and not 10 or later'
    # The monitor ends it before the CPU starts.
    tried = subprocess.run([*machine(1, '256M'), '-S', '-serial', 'none', '-monitor', 'stdio'],
                           input='quit\n', capture_output=True, encoding='utf-8', timeout=60)
    return f'{QEMU} has no RME: {tried.stderr.strip()}' if tried.returncode else None


def tokenless(console):
    """Why the firmware of this console signs no tokens; None unless it says so."""
    if 'RMM: no tokens' in console:
        return 'the firmware is built without BearSSL: -Dbearssl=$(scripts/bearssl)'
    return None


def skip_if(why):
    if why:
        print(f'skipped: {why}')
        sys.exit(SKIP)


def require():
    """Ends the test as skipped where nothing can run."""
    skip_if(missing())


@dataclasses.dataclass
class Done:
    """A run that ended: status is None when it had to be killed."""
    status: int | None
    console: str

    def must(self, status=PASSED):
        if self.status != status:
            end = 'did not end in time' if self.status is None else f'ended with {self.status}'
            raise AssertionError(f'QEMU {end}, expected {status}; its console:\n{self.console}')
        return self


def settings(mode, rmm, files):
    """What the firmware and the host are told."""
    words = ['-fw_cfg', f'name=opt/librealm/mode,string={mode}'] if mode else []
    if rmm:
        words += ['-fw_cfg', f'name=opt/librealm/rmm,string={rmm}']
    for name, path in (files or {}).items():
        words += ['-fw_cfg', f'name=opt/librealm/{name},file={path}']
    return words


def boot(mode=None, *, rmm=None, files=None, cpus=2, memory=MEMORY, firmware='QEMU_FIRMWARE',
         extra=(), timeout=60):
    """Boots the host in a mode; files are paths by name below opt/librealm, extra are more options."""
    words = [*machine(cpus, memory), '-bios', os.environ[firmware], *settings(mode, rmm, files)]
    if mode:
        words += ['-device', f'loader,file={os.environ["QEMU_HOST"]},addr={HOST_ADDRESS:#x},'
                             'force-raw=on']
    try:
        done = subprocess.run([*words, *extra], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=timeout)
    except subprocess.TimeoutExpired as late:
        return Done(None, (late.stdout or b'').decode(errors='replace'))
    return Done(done.returncode, done.stdout.decode(errors='replace'))


def require_tokens():
    """Ends the test as skipped where realms get no tokens."""
    skip_if(tokenless(boot('ping').must().console))
