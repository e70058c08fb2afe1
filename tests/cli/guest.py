# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Small arm64 programs for the guests of `realmctl run`: instructions as words.

The encodings are those of the Arm Architecture Reference Manual (DDI 0487), C6.2.  A program runs
with the MMU off, so that addresses are IPAs; X1 is the UART in the shared half from the start.
"""
import struct

SYSTEM_OFF = 0x84000008  # DEN0022, PSCI
SYSTEM_RESET = 0x84000009
CPU_ON = 0xc4000003

IPA_BITS = 33
SHARED = 1 << (IPA_BITS - 1)
UART = SHARED | 0x09000000
DR, FR = 0x00, 0x18
RXFE = 4  # the bit of FR

SMC = 0xd4000003
NE = 1


def mov(reg, value):
    """MOVZ and MOVKs"""
    words = [0xd2800000 | (value & 0xffff) << 5 | reg]
    for shift in (1, 2, 3):
        part = value >> 16 * shift & 0xffff
        if part:
            words.append(0xf2800000 | shift << 21 | part << 5 | reg)
    return words


def ldr(reg, base, offset=0):
    """LDR Wreg, [Xbase, #offset]"""
    return 0xb9400000 | offset // 4 << 10 | base << 5 | reg


def store(reg, base, offset=0):
    """STR Wreg, [Xbase, #offset]"""
    return 0xb9000000 | offset // 4 << 10 | base << 5 | reg


def ldr_x(reg, base, offset=0):
    """LDR Xreg, [Xbase, #offset]"""
    return 0xf9400000 | offset // 8 << 10 | base << 5 | reg


def store_x(reg, base, offset=0):
    """STR Xreg, [Xbase, #offset]"""
    return 0xf9000000 | offset // 8 << 10 | base << 5 | reg


def shift_byte(reg):
    """LSR Xreg, Xreg, #8"""
    return 0xd348fc00 | reg << 5 | reg


def add(reg, value):
    """ADD Wreg, Wreg, #value"""
    return 0x11000000 | value << 10 | reg << 5 | reg


def compare(reg, value):
    """CMP Wreg, #value"""
    return 0x7100001f | value << 10 | reg << 5


def jump(words):
    """B, so many words on"""
    return 0x14000000 | words & 0x3ffffff


def jump_if(condition, words):
    """B.cond, so many words on"""
    return 0x54000000 | (words & 0x7ffff) << 5 | condition


def jump_if_set(reg, bit, words):
    """TBNZ Wreg, #bit, so many words on"""
    return 0x37000000 | bit << 19 | (words & 0x3fff) << 5 | reg


def call(function):
    """SMC with this in X0; the guest stays here if it comes back."""
    return mov(0, function) + [SMC, jump(0)]


def program(*parts):
    """As hex for a plan"""
    words = mov(1, UART)
    for part in parts:
        words += part if isinstance(part, list) else [part]
    return b''.join(struct.pack('<I', word) for word in words).hex()


def say(text):
    return [word for byte in text.encode() for word in mov(0, byte) + [store(0, 1)]]
