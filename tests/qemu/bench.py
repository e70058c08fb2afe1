#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What things cost on QEMU: boots, timed here, and what the host measures in its mode bench."""
import statistics
import time

import qemu

BOOTS = 10


def boot_time():
    start = time.monotonic()
    qemu.boot('ping').must()
    return time.monotonic() - start


def main():
    qemu.require()
    times = [boot_time() for _ in range(BOOTS)]
    print(f'start of QEMU to its end, mode ping, median of {BOOTS}: '
          f'{statistics.median(times) * 1000:.0f} ms')
    for rmm in qemu.VARIANTS:
        console = qemu.boot('bench', rmm=rmm, timeout=300).must().console
        for line in console.splitlines():
            if line.startswith('bench: '):
                print(f'{rmm}: {line.removeprefix("bench: ")}')


if __name__ == '__main__':
    main()
