#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Measure how long all single changes of a 64 MiB plan take, when none of them fits.

Kernel, device tree and initrd as VMMs load them, random bytes. A limit tells whether the single
changes were all tried: the least that is enough is searched for. Exit 1 when the target is not.
"""
import bisect
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'model'), str(HERE.parent / 'events')]
import inputs  # noqa: E402
from programs import command  # noqa: E402

RAM, MIB, TARGET, DIFFERENT = 0x80000000, 1 << 20, 30, 4
DTB_AT, INITRD_AT = RAM + 36 * MIB, RAM + 38 * MIB


def write_plan(directory):
    kernel, initrd = os.urandom(32 * MIB - 64), os.urandom(32 * MIB)
    (directory / 'kernel').write_bytes(inputs.kernel(64, 0, 35 * MIB) + kernel)
    (directory / 'dtb').write_bytes(inputs.device_tree((RAM, 512 * MIB), 4, None))
    (directory / 'initrd').write_bytes(initrd)
    loads = zip((RAM, DTB_AT, INITRD_AT), ('kernel', 'dtb', 'initrd'))
    path = directory / 'plan.json'
    path.write_text(json.dumps({
        'schema': 'realm-plan/1', 'ipa_bits': 33, 'ram': [{'base': hex(RAM), 'size': '512M'}],
        'load': [{'at': hex(at), 'file': name} for at, name in loads],
        'recs': [{'pc': hex(RAM), 'gprs': [hex(DTB_AT)]}] + [{'pc': 0}] * 3,
    }), encoding='utf-8')
    return path


def left(plan, limit):
    """Single changes that were left after so many seconds of a search in vain, or None."""
    done = subprocess.run([*command('REALMCTL'), 'explain', plan, '--rim', '5a' * 32, '--limit',
                           str(limit), '--json'], capture_output=True, check=False)
    if done.returncode != DIFFERENT:
        raise SystemExit(done.stderr.decode())
    text = ' '.join(json.loads(done.stdout)['unsearched'])
    return re.search(r'single changes: \d+ of \d+', text)


def main():
    with tempfile.TemporaryDirectory() as name:
        plan = write_plan(pathlib.Path(name))
        limits = range(1, TARGET + 1)
        least = bisect.bisect_left(limits, True, key=lambda limit: not left(plan, limit))
    if least == len(limits):
        print(f'all single changes of 64 MiB: more than {TARGET} s')
        return 1
    print(f'all single changes of 64 MiB: at most {limits[least]} s, target {TARGET} s')
    return 0


if __name__ == '__main__':
    sys.exit(main())
