#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Boot the host in a mode and pass on its TAP: tap_mode.py MODE RMM CPUS SECONDS."""
import re
import sys

import qemu

TAP = re.compile(r'(not )?ok\b|\d+\.\.\d+|#|Bail out!')
PLAN = re.compile(r'1\.\.[1-9]\d*')
OF_TOKENS = re.compile(r'^not (ok \d+ - attest_token_\w+)$', re.MULTILINE)


def without_tokens(done):
    """The same run, where cases that take tokens are skipped."""
    console = OF_TOKENS.sub(rf'\1 # SKIP {qemu.tokenless(done.console)}', done.console)
    if done.status == qemu.FAILED and console != done.console and '\nnot ok' not in console:
        return qemu.Done(qemu.PASSED, console)
    return qemu.Done(done.status, console)


def main(mode, rmm, cpus, seconds):
    if qemu.missing():
        print(f'1..0 # SKIP {qemu.missing()}')
        return 0
    done = qemu.boot(mode, rmm=rmm, cpus=int(cpus), timeout=int(seconds))
    if qemu.tokenless(done.console):
        done = without_tokens(done)
    lines = done.console.splitlines()
    for line in lines:
        print(line if TAP.match(line) else f'# {line}')
    if done.status is None:
        print(f'Bail out! no end after {seconds} seconds')
    elif done.status not in (qemu.PASSED, qemu.FAILED):
        print(f'Bail out! QEMU ended with {done.status}')
    elif not any(map(PLAN.fullmatch, lines)):
        print('Bail out! QEMU ended before the host did')
        return 1
    return done.status != qemu.PASSED


sys.exit(main(*sys.argv[1:]))
