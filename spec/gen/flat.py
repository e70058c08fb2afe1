# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The description as a flat list of named numbers, the same in every language."""
from collections import namedtuple

from .names import Hex, part

Constant = namedtuple("Constant", "name value doc where")


def of_enums(e, names):
    for v in e.values:
        name = names.value(e, v.name)
        yield Constant(name, v.value, "; ".join(t for t in (v.doc, v.note) if t), v.where)
        if v.alias:
            yield Constant(names.value(e, v.alias), v.value, "", v.where)
        if v.digest:
            yield Constant(name + "_DIGEST_SIZE", v.digest, "", v.where)


def of_commands(c, names):
    yield Constant(names.command(c), c.fid, signature(c), c.where)


def signature(c):
    """Registers of a command in words."""
    if not c.known:
        return "arguments not known"
    inputs = ", ".join(f"X{i} {a.name}" for i, a in enumerate(c.args, 1)) or "nothing"
    outputs = "".join(f", X{i} {a.name}" for i, a in enumerate(c.returns, 1))
    return f"{inputs} -> X0 result{outputs}"


def of_bitfields(e, names):
    everything = 0
    for b in e.bits:
        name = f"{names.macro(e)}_{part(b.name)}"
        everything = Hex(everything | b.mask)
        yield Constant(name + "_SHIFT", b.shift, b.doc, b.where)
        yield Constant(name + "_WIDTH", b.width, "", b.where)
        yield Constant(name + "_MASK", b.mask, "", b.where)
    yield Constant(names.macro(e) + "_MASK", everything, "all of the above", e.where)


def of_structs(s, names):
    macro = names.macro(s)
    yield Constant(macro + "_SIZE", s.size, "", s.where)
    for f in s.fields:
        yield Constant(f"{macro}_{part(f.name)}_OFFSET", f.at, "", f.where)
        if f.array:
            yield Constant(f"{macro}_{part(f.name)}_COUNT", f.count, "", f.where)


def of_ioctls(i, names):
    yield Constant(names.value(i, i.name), i.value, f"on the {i.fd} fd", i.where)


KINDS = {"enums": of_enums, "commands": of_commands, "bitfields": of_bitfields,
         "structs": of_structs, "ioctls": of_ioctls}


def groups(view, area, names):
    """(entry, its constants), in the order that all outputs keep."""
    for kind, make in KINDS.items():
        for entry in view.of_area(kind, area):
            yield entry, list(make(entry, names))


def constants(view, area, names):
    return [c for _, found in groups(view, area, names) for c in found]
