# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Linux style: masks for FIELD_GET and FIELD_PREP, u64 and u8, sparse pages as unions."""
from .emit_c import CHeader, comment, heading, with_comment
from .names import literal, part


SIZES = {0x100: "SZ_256", 0x800: "SZ_2K", 0x1000: "SZ_4K"}


def slot_end(at):
    """Where the 8-byte slot that a field ends in ends itself."""
    return (at + 7) & ~7


class LinuxHeader(CHeader):
    """One header for kernel/; all it needs is in its includes."""

    def __init__(self, view, output):
        super().__init__(view, output)
        self.assert_name = "static_assert"

    def text(self):
        guard = self.output.guard
        lines = self.output.header("/* ", " */") + [f"#ifndef {guard}", f"#define {guard}", ""]
        lines += [f"#include <linux/{name}.h>" for name in
                  ("bits", "build_bug", "sizes", "stddef", "types")] + [""] + self.constants()
        for s in self.structs_in_order():
            lines += self.structure(s)
        return "\n".join(lines + [f"#endif /* {guard} */"]) + "\n"

    def number(self, value):
        return f"({value})" if value < 0 else literal(value)

    def constants_of(self, entry, found):
        if entry.kind == "structs":
            return []
        if entry.kind == "commands":
            return comment(found[0].doc) + [f"#define {found[0].name} 0x{entry.fid:X}"]
        if entry.kind != "bitfields":
            return super().constants_of(entry, found)
        lines = heading(entry)
        for b in entry.bits:
            lines += with_comment(f"#define {self.names.macro(entry)}_{part(b.name)} "
                                  f"{self.mask(b)}", b.doc)
        return lines + [""]

    def mask(self, b):
        if b.width == 1:
            return f"BIT_ULL({b.shift})"
        return f"GENMASK_ULL({b.shift + b.width - 1}, {b.shift})"

    def c_type(self, base):
        struct = self.view.struct(base)
        return f"struct {self.names.ident(struct)}" if struct else base

    def offset_of(self, s, f):
        return f"0x{f.at:03x}"

    def size_of(self, s):
        return SIZES.get(s.size, f"0x{s.size:x}")

    def padding(self, at, upto, indent="\t"):
        return [f"{indent}u8 pad_{at:03x}[0x{upto - at:x}];"] if upto > at else []

    def end_of(self, f):
        return f.at + f.count * self.view.size_of(f.type)

    def blocks(self, s):
        """Runs of fields that lie in adjacent slots."""
        runs = []
        for f in s.fields:
            if runs and slot_end(self.end_of(runs[-1][-1])) >= f.at:
                runs[-1].append(f)
            else:
                runs.append([f])
        return runs

    def structure(self, s):
        """A union of each block of fields and of the bytes up to the next block."""
        blocks = self.blocks(s)
        ends = [b[0].at for b in blocks[1:]] + [s.size]
        lines = heading(s) + [f"struct {self.names.ident(s)} {{"]
        lines += self.padding(0, blocks[0][0].at)
        for block, end in zip(blocks, ends):
            lines += self.block(block, end)
        return lines + ["};", ""] + self.layout_checks(s)

    def block(self, fields, end):
        start = fields[0].at
        if self.end_of(fields[-1]) == end:
            return self.run(fields, "\t")
        inner = self.run(fields, "\t\t") if len(fields) == 1 else \
            ["\t\tstruct {"] + self.run(fields, "\t\t\t") + ["\t\t};"]
        return [f"\tunion {{ /* 0x{start:03x} */"] + inner + \
            self.padding(start, end, "\t\t") + ["\t};"]

    def run(self, fields, indent):
        lines, at = [], fields[0].at
        for f in fields:
            lines += self.padding(at, f.at, indent) + self.field(f, indent)
            at = self.end_of(f)
        return lines
