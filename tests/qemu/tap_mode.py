#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Boot the host in a mode and pass on its TAP: tap_mode.py MODE RMM CPUS SECONDS."""
import re
import sys

import qemu

TAP = re.compile(r'(not )?ok\b|\d+\.\.\d+|#|Bail out!')
PLAN = re.compile(r'1\.\.[1-9]\d*')


def main(mode, rmm, cpus, seconds):
    if qemu.missing():
        print(f'1..0 # SKIP {qemu.missing()}')
        return 0
    done = qemu.boot(mode, rmm=rmm, cpus=int(cpus), timeout=int(seconds))
    if mode == 'cases' and qemu.tokenless(done.console):
        print(f'1..0 # SKIP {qemu.tokenless(done.console)}')
        return 0
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
