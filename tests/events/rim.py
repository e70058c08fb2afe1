#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The RIM of an event log, computed a second time: rim.py PROFILE < LOG

Written from the text of DEN0137 1.0-rel0 and 2.0-bet1 ("Realm Initial Measurement") alone. It
shares nothing with the library, not even the constants of spec/: what both say was said twice.
"""
import hashlib
import json
import struct
import sys

SLOT = 64
DESCRIPTOR = 256
PAGE = 4096

# RmiHashAlgorithm
ALGORITHM = {'sha256': 0, 'sha512': 1, 'sha384': 2}


def number(value):
    return int(value, 0) if isinstance(value, str) else value


class Rim:
    def __init__(self, profile, hash_name):
        self.profile = profile
        self.hash_name = hash_name
        self.slot = bytes(SLOT)

    def digest(self, data):
        return hashlib.new(self.hash_name, data).digest().ljust(SLOT, b'\0')

    def extend(self, kind, payload):
        """Descriptor: type u8 at 0, length u64 at 0x8, RIM at 0x10, the rest from 0x50 on."""
        head = struct.pack('<B7xQ', kind, DESCRIPTOR) + self.slot
        self.slot = self.digest((head + payload).ljust(DESCRIPTOR, b'\0'))

    def realm(self, event):
        """RmiRealmParams: seven fields, 8 bytes apart, hash_algo the last"""
        if self.profile == 'rmm-2.0':
            return
        keys = ('flags', 's2sz', 'sve_vl', 'num_bps', 'num_wps', 'pmu_num_ctrs')
        fields = [number(event[key]) for key in keys]
        page = struct.pack('<7Q', *fields, ALGORITHM[self.hash_name])
        self.slot = self.digest(page.ljust(PAGE, b'\0'))

    def ripas(self, event):
        """base u64 at 0x50, top u64 at 0x58"""
        if self.profile == 'rmm-1.0':
            self.extend(2, struct.pack('<QQ', number(event['base']), number(event['top'])))

    def data(self, event):
        """ipa u64 at 0x50, flags u64 at 0x58, content slot at 0x60"""
        content = bytes.fromhex(event.get('content', '')).ljust(SLOT, b'\0')
        self.extend(0, struct.pack('<QQ', number(event['ipa']), number(event['flags'])) + content)

    def rec(self, event):
        """RmiRecParams with flags at 0, pc at 0x200 and gprs at 0x300, its digest at 0x50"""
        flags = number(event['flags'])
        if not flags & 1:
            return
        gprs = struct.pack('<8Q', *map(number, event['gprs']))
        page = struct.pack('<Q', flags).ljust(0x200, b'\0') + struct.pack('<Q', number(event['pc']))
        self.extend(1, self.digest((page.ljust(0x300, b'\0') + gprs).ljust(PAGE, b'\0')))

    def activate(self, event):
        pass

    def hex(self):
        return self.slot[:hashlib.new(self.hash_name).digest_size].hex()


def rim_of(profile, lines):
    header, *events = map(json.loads, lines)
    rim = Rim(profile, header['hash'])
    for event in events:
        getattr(rim, event['event'])(event)
    return rim.hex()


if __name__ == '__main__':
    print(rim_of(sys.argv[1], sys.stdin))
