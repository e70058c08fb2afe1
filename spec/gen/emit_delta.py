# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What one variant has otherwise than the variant it is based on, beside that one's header."""
import copy

from . import flat
from .emit_c import CHeader, comment
from .names import Names

PLAIN = Names()


def content(view, entry):
    """All that makes an entry what it is, as one comparable value."""
    found = [(c.name, c.value) for c in flat.KINDS[entry.kind](entry, PLAIN)]
    if entry.kind == "structs":
        found += [(f.name, f.type, f.count) for f in entry.fields]
        found += [content(view, view.struct(f.type)) for f in entry.fields if view.struct(f.type)]
    if entry.kind == "commands":
        found += [a.name for a in entry.args + entry.returns]
    return found


def difference(view, base):
    """A view with those entries, whole, that the base lacks or has otherwise."""
    delta = copy.copy(view)
    for kind in flat.KINDS:
        theirs = {e.raw: content(base, e) for e in getattr(base, kind)}
        setattr(delta, kind, [e for e in getattr(view, kind)
                              if theirs.get(e.raw) != content(view, e)])
    delta.struct = view.struct
    return delta


class DeltaHeader(CHeader):
    """Includes the base's header and uses its structures where they are the same."""

    def __init__(self, view, output, base):
        super().__init__(difference(view, base), output)
        self.whole, self.base = view, base

    def includes(self):
        return [f'#include "{self.area}.h"', ""] + super().includes()

    def c_type(self, base):
        struct = self.view.struct(base)
        if struct is None or struct in self.view.structs:
            return super().c_type(base)
        return f"struct {PLAIN.ident(struct)}"

    def command_list(self):
        """Which commands of the base are not there, and which are known but refused."""
        ours = self.whole.of_area("commands", self.area)
        known = {c.fid for c in ours}
        absent = [c for c in self.base.of_area("commands", self.area) if c.fid not in known]
        refused = [c for c in ours if not c.implemented]
        return comment("X(name, FID) of commands that this variant does not know") + \
            self.list_macro(f"{self.prefix}_ABSENT_COMMANDS(X)", self.rows(absent)) + \
            comment("X(name, FID) of commands that it knows and refuses") + \
            self.list_macro(f"{self.prefix}_REFUSED_COMMANDS(X)", self.rows(refused))

    def rows(self, commands):
        return [f"X({c.name}, {self.prefix}_U64(0x{c.fid:X}))" for c in commands]
