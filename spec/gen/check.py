# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""What a schema cannot say: nothing overlaps, repeats, passes its container or leads nowhere."""
from .flat import constants
from .load import KINDS, SpecError
from .model import SCALARS, View, plain
from .names import Names

DIRECTIONS = {"none": 0, "W": 1, "R": 2, "RW": 3}
PLAIN = set(SCALARS) | {"Address"}
CELLS = {"bool": bool, "string": str, "u32": int, "s32": int}


def fail(entry, text):
    where = entry["_where"] if isinstance(entry, dict) else entry.where
    raise SpecError(f"{where}: {text}")


def check_raw(raw):
    """Every entry of every file, whatever the variant."""
    for kind, entries in raw.entries.items():
        for entry in entries:
            check_origin(raw, entry)
            for item in entry.get(KINDS[kind], []) if KINDS[kind] else []:
                check_origin(raw, item)


def check_origin(raw, entry):
    source = entry["source"]
    if source is None:
        fail(entry, "no source: give \"source\" here or in what encloses it")
    if source["doc"] not in raw.documents:
        fail(entry, f"source names unknown document '{source['doc']}' (see variants.json)")
    for variant in list(entry.get("in", [])) + list(entry.get("but", {})):
        if variant not in raw.variants:
            fail(entry, f"unknown variant '{variant}' (known: {', '.join(raw.variants)})")


class Checker:
    """One variant's view."""

    def __init__(self, view):
        self.view, self.raw = view, view.raw
        self.types = {e.name for k in ("enums", "bitfields", "structs") for e in getattr(view, k)}

    def run(self):
        self.unique("name", (e for k in ("enums", "bitfields", "structs", "tables")
                             for e in getattr(self.view, k)))
        self.unique("name", [v for e in self.view.enums for v in e.values])
        self.unique("name", self.view.commands)
        self.unique("name", self.view.ioctls)
        self.unique("fid", self.view.commands)
        for kind in ("enums", "bitfields", "structs", "commands", "ioctls", "tables"):
            for entry in getattr(self.view, kind):
                getattr(self, "check_" + kind)(entry)
        for area in self.raw.areas:
            self.unique("name", constants(self.view, area, Names()))
        self.check_picks()

    def unique(self, key, entries):
        seen = {}
        for e in entries:
            value = getattr(e, key)
            if value in seen:
                shown = f"0x{value:X}" if isinstance(value, int) else f"'{value}'"
                fail(e, f"{key} {shown} is taken by {seen[value].where} "
                        f"in variant {self.view.variant}")
            seen[value] = e

    def check_enums(self, e):
        for v in e.values:
            low = -1 << (e.width - 1)
            if not low <= v.value < 1 << e.width:
                fail(v, f"{v.value} does not fit {e.width} bits")
        if not e.shared:
            self.unique("value", e.values)

    def check_bitfields(self, e):
        self.unique("name", e.bits)
        for i, b in enumerate(e.bits):
            if b.width < 1:
                fail(b, "bits are written high:low")
            if b.shift + b.width > e.width:
                fail(b, f"bit {b.shift + b.width - 1} is beyond the {e.width} bits of {e.name}")
            self.known(e, b, b.type)
            for other in e.bits[:i]:
                if other.mask & b.mask:
                    fail(b, f"overlaps '{other.name}'")

    def known(self, entry, item, name):
        """A pick keeps the types of the variant it comes from, others must be of this one."""
        if name is not None and name not in self.types and not entry.pick:
            fail(item, f"unknown type '{name}' in variant {self.view.variant}")

    def check_structs(self, s):
        self.unique("name", s.fields)
        end, last = 0, None
        for f in s.fields:
            size = self.view.size_of(f.type)
            if size is None:
                fail(f, f"unknown type '{f.type}' in variant {self.view.variant}")
            if s.name in self.view.inside(f.type):
                fail(f, f"{s.name} contains itself")
            self.known(s, f, f.sem)
            if f.at < end:
                fail(f, f"at 0x{f.at:x} overlaps '{last}', which ends at 0x{end:x}, "
                        "or is out of order")
            if f.at % self.view.align_of(f.type):
                fail(f, f"0x{f.at:x} is not aligned for {f.type}")
            end, last = f.at + f.count * size, f.name
            if end > s.size:
                fail(f, f"ends at 0x{end:x}, past the size 0x{s.size:x} of {s.name}")
        align = max(self.view.align_of(f.type) for f in s.fields)
        if s.size % align:
            fail(s, f"size 0x{s.size:x} is not a multiple of its alignment {align}")

    def check_commands(self, c):
        for a in c.args + c.returns:
            if a.type.rstrip("*") not in PLAIN | self.types:
                fail(c, f"unknown type '{a.type}' of '{a.name}' in variant {self.view.variant}")

    def check_ioctls(self, i):
        size = i.arg if isinstance(i.arg, int) else 0
        if isinstance(i.arg, str):
            struct = self.view.struct(i.arg)
            if struct is None:
                fail(i, f"unknown type '{i.arg}'")
            size = struct.size
        value = DIRECTIONS[i.dir] << 30 | size << 16 | 0xAE << 8 | i.nr
        if value != i.value:
            fail(i, f"0x{i.value:08X} is stated, but dir, nr and size give 0x{value:08X}")

    def check_tables(self, t):
        columns = {c.name: c for c in t.columns}
        for row in t.rows:
            cells = {k: v for k, v in row.items()
                     if not k.startswith("_") and k not in ("name", "source", "note")}
            for name in sorted(columns.keys() ^ cells.keys()):
                fail(row, f"{'unknown' if name in cells else 'missing'} column '{name}'")
            for name, value in cells.items():
                self.check_cell(row, columns[name], value)

    def check_cell(self, row, column, value):
        if column.count:
            if not isinstance(value, list) or len(value) > column.count:
                fail(row, f"'{column.name}' is a list of at most {column.count}")
        values = value if column.count else [value]
        allowed = self.view.named_values(column.type)
        if allowed is None and column.type not in CELLS:
            fail(row, f"column '{column.name}' has unknown type '{column.type}'")
        for v in values:
            if allowed is not None and v not in allowed:
                fail(row, f"'{column.name}': '{v}' is no {column.type}")
            if allowed is None and type(v) is not CELLS[column.type]:
                fail(row, f"'{column.name}' is not a {column.type}")

    def check_picks(self):
        """A picked number must be the same in every variant that has the original."""
        for p in self.raw.entries["picks"]:
            kind, _ = plain(self.raw, p["variant"]).find(p["of"])
            _, here = self.view.find(p["of"])
            _, mine = self.view.find(p["name"])
            if here is None:
                continue
            numbers = lambda e: {i.raw: getattr(i, {"structs": "at", "enums": "value",
                                                    "bitfields": "mask"}[kind])
                                 for i in getattr(e, KINDS[kind])}
            theirs = numbers(here)
            for name, value in numbers(mine).items():
                if theirs.get(name, value) != value:
                    fail(p, f"'{name}' differs in variant {self.view.variant}")


def check(raw):
    """Refuse the description with the first mistake in any variant, partial ones too."""
    check_raw(raw)
    for variant in raw.variants:
        Checker(View(raw, variant)).run()
