# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Small kernels, initrds and device trees, the same bytes every time."""
import hashlib
import struct

IMAGE_MAGIC = b'ARM\x64'
FDT_MAGIC, FDT_VERSION, FDT_LAST_COMPATIBLE = 0xd00dfeed, 17, 16
FDT_BEGIN_NODE, FDT_END_NODE, FDT_PROP, FDT_END = 1, 2, 3, 9


def noise(name, size):
    blocks = (hashlib.sha256(f'{name} {i}'.encode()).digest() for i in range(-(-size // 32)))
    return b''.join(blocks)[:size]


def kernel(size, text_offset, image_size):
    """An arm64 Image: text_offset u64 at 8, image_size u64 at 16, flags u64 at 24, magic at 56."""
    header = struct.pack('<8xQQQ24x4s4x', text_offset, image_size, 0xa, IMAGE_MAGIC)
    return header + noise('kernel', size - len(header))


def initrd(size):
    return noise('initrd', size)


def pad4(data):
    return data + bytes(-len(data) % 4)


class Tree:
    """A flattened device tree under construction."""

    def __init__(self):
        self.structure, self.strings = b'', b''

    def begin(self, name):
        self.structure += struct.pack('>I', FDT_BEGIN_NODE) + pad4(name.encode() + b'\0')

    def end(self):
        self.structure += struct.pack('>I', FDT_END_NODE)

    def prop(self, name, value):
        self.structure += struct.pack('>III', FDT_PROP, len(value), len(self.strings)) + pad4(value)
        self.strings += name.encode() + b'\0'

    def u32(self, name, value):
        self.prop(name, struct.pack('>I', value))

    def u64(self, name, *values):
        self.prop(name, struct.pack(f'>{len(values)}Q', *values))

    def flatten(self):
        """Header, an empty memory reservation list, structure, strings."""
        structure = self.structure + struct.pack('>I', FDT_END)
        reservations = 40
        offset = reservations + 16
        total = offset + len(structure) + len(self.strings)
        header = struct.pack('>7I', FDT_MAGIC, total, offset, offset + len(structure), reservations,
                             FDT_VERSION, FDT_LAST_COMPATIBLE)
        header += struct.pack('>3I', 0, len(self.strings), len(structure))
        return header + bytes(16) + structure + self.strings


def device_tree(ram, cpus, initrd_range):
    base, size = ram
    tree = Tree()
    tree.begin('')
    tree.u32('#address-cells', 2)
    tree.u32('#size-cells', 2)
    tree.begin('chosen')
    if initrd_range:
        tree.u64('linux,initrd-start', initrd_range[0])
        tree.u64('linux,initrd-end', initrd_range[1])
    tree.end()
    tree.begin(f'memory@{base:x}')
    tree.prop('device_type', b'memory\0')
    tree.u64('reg', base, size)
    tree.end()
    tree.begin('cpus')
    tree.u32('#address-cells', 1)
    tree.u32('#size-cells', 0)
    for cpu in range(cpus):
        tree.begin(f'cpu@{cpu}')
        tree.prop('device_type', b'cpu\0')
        tree.u32('reg', cpu)
        tree.end()
    tree.end()
    tree.end()
    return tree.flatten()
