# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Where each VMM puts what, derived anew from its documentation and source.

A second opinion on the library's presets. Each function takes a Guest and returns the realm that
this VMM makes of it.
"""
import dataclasses
import struct

import inputs
from kvm import Realm

KIB, MIB = 1 << 10, 1 << 20


@dataclasses.dataclass
class Guest:
    """kernel or firmware, initrd or none; device_tree() makes the tree once addresses are known."""
    ram: int
    cpus: int = 1
    kernel: bytes = b''
    initrd: bytes = b''
    firmware: bytes = b''
    dtb: bytes = b''
    hash: str = 'sha256'

    def text_offset(self):
        return struct.unpack_from('<Q', self.kernel, 8)[0]

    def image_size(self):
        return struct.unpack_from('<Q', self.kernel, 16)[0]

    def device_tree(self, base, initrd_at):
        span = (initrd_at, initrd_at + len(self.initrd)) if self.initrd else None
        self.dtb = inputs.device_tree((base, self.ram), self.cpus, span)
        return self.dtb


def align_up(value, size):
    return -(-value // size) * size


def realm_of(guest, base, ipa_bits, loads, pc, x0):
    """All loads are measured, the first vCPU runs, the others wait for PSCI."""
    recs = [(pc, [x0], True)] + [(0, [], False)] * (guest.cpus - 1)
    measured = [(at, data, True) for at, data in loads if data]
    return Realm(ipa_bits, [(base, guest.ram)], measured, recs, hash=guest.hash)


def bits_above(base, size):
    """One bit more than the last address needs, for the shared half; 33 at least."""
    return max(32, (base + size - 1).bit_length()) + 1


def kvmtool(guest):
    """The tree in a slot of 64 KiB below 256 MiB or the end of RAM, the initrd right below it."""
    base = 2048 * MIB
    if guest.firmware:
        dtb_at, initrd_at = base + align_up(len(guest.firmware), 2 * MIB), 0
        code_at, code = base, guest.firmware
    else:
        limit = base + min(guest.ram, 256 * MIB)
        dtb_at = align_up(limit - 64 * KIB - 2 * MIB, 2 * MIB)
        initrd_at = align_up(dtb_at - (len(guest.initrd) + 4), 4)
        code_at, code = base + guest.text_offset(), guest.kernel
    dtb = guest.device_tree(base, initrd_at).ljust(64 * KIB, b'\0')
    loads = [(code_at, code), (initrd_at, guest.initrd), (dtb_at, dtb)]
    return realm_of(guest, base, bits_above(base, guest.ram), loads, code_at, dtb_at)


def qemu(guest):
    """The initrd in the middle of RAM or at 128 MiB, the tree above it; loads rise."""
    base = 1024 * MIB
    kernel_at = base + guest.text_offset()
    middle = base + min(guest.ram // 2, 128 * MIB)
    initrd_at = align_up(max(middle, kernel_at + guest.image_size()), 4 * KIB)
    dtb_at = align_up(initrd_at + len(guest.initrd), 2 * MIB)
    dtb = guest.device_tree(base, initrd_at)
    loads = [(kernel_at, guest.kernel), (initrd_at, guest.initrd), (dtb_at, dtb)]
    return realm_of(guest, base, 41, loads, base, dtb_at)


def cloud_hypervisor(guest):
    """The tree at the start of RAM, the kernel at 4 MiB, the initrd at the end; loads rise."""
    base = 1024 * MIB
    kernel_at = base + 4 * MIB + guest.text_offset()
    initrd_at = base + guest.ram - align_up(len(guest.initrd), 4 * KIB)
    dtb = guest.device_tree(base, initrd_at)
    loads = [(base, dtb), (kernel_at, guest.kernel), (initrd_at, guest.initrd)]
    return realm_of(guest, base, 48, loads, base + 4 * MIB, base)


def realmctl(guest):
    """Kernel, tree and initrd, each at the first 2 MiB boundary; the tree is what the plan says."""
    base = 2048 * MIB
    if guest.firmware:
        kernel_at, end = base, base + len(guest.firmware)
    else:
        kernel_at = base + guest.text_offset()
        end = kernel_at + guest.image_size()
    dtb_at = align_up(end, 2 * MIB)
    initrd_at = align_up(dtb_at + align_up(len(guest.dtb), 4 * KIB), 2 * MIB)
    code = guest.firmware or guest.kernel
    loads = [(kernel_at, code), (dtb_at, guest.dtb), (initrd_at, guest.initrd)]
    return realm_of(guest, base, bits_above(base, guest.ram), loads, kernel_at, dtb_at)


LAYOUTS = {'kvmtool': kvmtool, 'qemu': qemu, 'cloud-hypervisor': cloud_hypervisor,
           'realmctl': realmctl}
