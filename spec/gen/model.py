# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""One variant of the description, resolved: what an emitter works from."""
import copy
import re
from types import SimpleNamespace as Entry

from .load import KINDS, SpecError
from .names import Hex

SCALARS = {"u8": 1, "u16": 2, "u32": 4, "u64": 8, "s64": 8}
TYPE = re.compile(r"^([A-Za-z][A-Za-z0-9_]*)(?:\[(\d+)\])?$")
ARGUMENT = re.compile(r"^([a-z0-9_]+): ?([A-Za-z0-9]+\*?)(?:, (.*))?$")


def number(value):
    return Hex(value, 0) if isinstance(value, str) else value


def chosen(raw, lineage):
    """The entry as the variant sees it, or None: "in" says where it exists, "but" what differs."""
    if "in" in raw and not set(raw["in"]) & set(lineage):
        return None
    entry = copy.copy(raw)
    entry["_raw"] = raw["name"]
    for variant in reversed(lineage):
        change = raw.get("but", {}).get(variant, {})
        if change is None:
            return None
        entry.update(change)
    return entry


def item(raw, **more):
    """A value, field or bit-field: what all of them have, and more."""
    return Entry(name=raw["name"], raw=raw["_raw"], doc=raw.get("doc", ""), note=raw.get("note"),
                 source=raw["source"], where=raw["_where"], **more)


def make_enum(e, view):
    values = [item(v, value=number(v["value"]), alias=v.get("alias"), digest=v.get("digest"))
              for v in e["values"]]
    return Entry(width=e["width"], values=values, shared=e.get("shared", False))


def make_bitfield(e, view):
    bits = []
    for b in e["bits"]:
        high, _, low = b["at"].partition(":")
        shift = int(low or high)
        width = int(high) - shift + 1
        mask = Hex(((1 << max(width, 0)) - 1) << shift)
        bits.append(item(b, shift=shift, width=width, mask=mask, type=b.get("is")))
    return Entry(width=e["width"], bits=bits)


def make_struct(e, view):
    fields = []
    for f in e["fields"]:
        base, count = TYPE.match(f["type"]).groups()
        fields.append(item(f, at=number(f["at"]), type=base, count=int(count or 1),
                           array=count is not None, sem=f.get("is")))
    return Entry(size=number(e["size"]), fields=fields)


def arguments(texts):
    found = (ARGUMENT.match(t).groups() for t in texts)
    return [Entry(name=name, type=kind, doc=doc or "") for name, kind, doc in found]


def make_command(e, view):
    return Entry(fid=Hex(0xC4000000 | number(e["fid"])), args=arguments(e.get("args", [])),
                 returns=arguments(e.get("returns", [])), known=e.get("known", True),
                 memory=e.get("sro") if view.stateful else None,
                 implemented=e.get("implemented", True))


def make_ioctl(e, view):
    return Entry(dir=e["dir"], nr=number(e["nr"]), arg=e.get("arg"), value=number(e["value"]),
                 fd=e["fd"])


def make_table(e, view):
    columns = [Entry(name=c["name"], doc=c["doc"], type=TYPE.match(c["type"]).group(1),
                     count=int(TYPE.match(c["type"]).group(2) or 0)) for c in e["columns"]]
    return Entry(columns=columns, rows=e["rows"])


MAKERS = {"enums": make_enum, "bitfields": make_bitfield, "structs": make_struct,
          "commands": make_command, "ioctls": make_ioctl, "tables": make_table}


def plain(raw, variant):
    """The variant without its picks, made once: every pick of every variant starts from one."""
    if variant not in raw.plain:
        raw.plain[variant] = View(raw, variant, picks=False)
    return raw.plain[variant]


class View:
    """The entries that one variant has, by kind and by name."""

    def __init__(self, raw, variant, picks=True):
        self.raw, self.variant, self.lineage = raw, variant, raw.lineage(variant)
        self.stateful = raw.variants[variant].get("stateful", True)
        for kind in MAKERS:
            setattr(self, kind, self.resolve(kind))
        self.follow_names()
        if picks:
            self.pick_all()

    def resolve(self, kind):
        found = []
        for raw in self.raw.entries[kind]:
            e = chosen(raw, self.lineage)
            if e is None:
                continue
            if KINDS[kind]:
                items = (chosen(i, self.lineage) for i in e[KINDS[kind]])
                e[KINDS[kind]] = [i for i in items if i is not None]
            entry = MAKERS[kind](e, self)
            entry.__dict__.update(name=e["name"], raw=e["_raw"], c=e.get("c"), kind=kind,
                                  doc=e.get("doc", ""), note=e.get("note"), area=e["_area"],
                                  source=e["source"], where=e["_where"], file=e["_file"], pick=None)
            found.append(entry)
        return found

    def follow_names(self):
        """Fields and bits refer to types by the description's name; a variant may rename those."""
        names = {e.raw: e.name for k in ("enums", "bitfields") for e in getattr(self, k)}
        for f in (f for s in self.structs for f in s.fields):
            f.sem = names.get(f.sem, f.sem)
        for b in (b for e in self.bitfields for b in e.bits):
            b.type = names.get(b.type, b.type)

    def pick_all(self):
        """A pick repeats part of another entry under an own name; no number is written twice."""
        for p in self.raw.entries["picks"]:
            kind, original = plain(self.raw, p["variant"]).find(p["of"])
            if original is None:
                raise SpecError(f"{p['_where']}: no '{p['of']}' in variant {p['variant']}")
            self.insert(kind, original, p)

    def insert(self, kind, original, p):
        entry = copy.deepcopy(original)
        items = {i.raw: i for i in getattr(entry, KINDS[kind])}
        missing = [n for n in p["only"] if n not in items]
        if missing:
            raise SpecError(f"{p['_where']}: '{p['of']}' has no '{missing[0]}'")
        kept = [items[n] for n in p["only"]]
        for item in kept:
            if kind == "enums":
                item.name, item.alias = re.sub("^[A-Z]+_", p["prefix"], item.name), None
            item.where = p["_where"]
        setattr(entry, KINDS[kind], kept)
        entry.__dict__.update(name=p["name"], raw=p["name"], c=None, doc=p["doc"], note=None,
                              area=p["_area"], source=p["source"], where=p["_where"],
                              file=p["_file"], pick=p)
        getattr(self, kind).append(entry)

    def find(self, name):
        for kind in ("structs", "enums", "bitfields"):
            for entry in getattr(self, kind):
                if name in (entry.name, entry.raw):
                    return kind, entry
        return None, None

    def struct(self, name):
        return next((s for s in self.structs if s.name == name), None)

    def size_of(self, base):
        """Bytes of a scalar or struct type, None when there is no such type."""
        if base in SCALARS:
            return SCALARS[base]
        struct = self.struct(base)
        return struct.size if struct else None

    def inside(self, base):
        """Names of all structures that a type is made of, itself included."""
        found, todo = set(), [base]
        while todo:
            struct = self.struct(todo.pop())
            if struct and struct.name not in found:
                found.add(struct.name)
                todo += [f.type for f in struct.fields]
        return found

    def align_of(self, base):
        if base in SCALARS:
            return SCALARS[base]
        return max((self.align_of(f.type) for f in self.struct(base).fields), default=1)

    def named_values(self, type_name):
        """What a table cell of an enumeration, or of "ioctl", may name; None for other types."""
        if type_name == "ioctl":
            return [i.name for i in self.ioctls]
        enum = next((e for e in self.enums if e.name == type_name), None)
        return [v.name for v in enum.values] if enum else None

    def of_area(self, kind, area):
        return [e for e in getattr(self, kind) if e.area == area]
