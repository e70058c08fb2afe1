# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""How names of the description become names of a programming language."""
import re

STEMS = ("RMI", "RMM", "RSI")
# the kernel's own names would clash with <linux/kvm.h>
PREFIXES = {"kvm": "REALM_"}


class Names:
    """Names for one output. A tag tells two variants apart in one program: RMI_ becomes RMI1_."""

    def __init__(self, tag=""):
        self.tag = tag.upper()

    def tagged(self, upper):
        for stem in STEMS:
            if upper == stem or upper.startswith(stem + "_"):
                return stem + self.tag + upper[len(stem):]
        return upper

    def tagged_value(self, area, name):
        return self.tagged(PREFIXES.get(area, "") + name)

    def value(self, entry, name):
        """A value of an enumeration, already in capitals."""
        return self.tagged_value(entry.area, name)

    def macro(self, entry):
        """RmiRealmParams -> RMI_REALM_PARAMS"""
        words = entry.c or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", entry.name)
        return self.tagged_value(entry.area, words.upper())

    def ident(self, entry):
        """RmiRealmParams -> rmi_realm_params"""
        return self.macro(entry).lower()

    def command(self, entry):
        """RMI_VERSION -> SMC_RMI_VERSION, as Linux and TF-RMM call it."""
        return "SMC_" + self.tagged(entry.name)

    def area(self, area):
        """Prefix of helper macros."""
        return self.tagged_value(area, area.upper())


def part(name):
    """Last part of a constant: a field, bit-field or row name in capitals."""
    return re.sub(r"[^A-Z0-9]+", "_", name.upper())


class Hex(int):
    """A number that is shown in hexadecimal, as the description writes it."""


def literal(value):
    return f"0x{value:x}" if isinstance(value, Hex) else str(value)
