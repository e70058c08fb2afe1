# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The whole description as tables for people, all variants side by side."""
from .emit_c import cite
from .flat import signature
from .load import KINDS
from .names import literal

TITLES = {"rmi": "RMI: host to RMM", "rsi": "RSI: realm to RMM", "psci": "PSCI in a realm",
          "measurement": "Measurement", "kvm": "KVM"}


def escape(text):
    return str(text).replace("|", "\\|").replace("<", "\\<").replace("*", "\\*")


def table(columns, rows):
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return lines + ["| " + " | ".join(escape(c) for c in row) + " |" for row in rows] + [""]


class Markdown:
    """views: variant name -> view, in the order of variants.json."""

    def __init__(self, views, output):
        self.views, self.output = views, output
        self.raw = next(iter(views.values())).raw

    def text(self):
        lines = self.output.header("<!-- ", " -->") + ["# Wire interfaces", ""]
        lines += ["Every number has its source beside it. A row without variants holds for all of "
                  "them; a partial variant is known only where it is named. Only 2.0 has stateful "
                  "commands, those that may answer RMI_INCOMPLETE.", ""]
        lines += table(["variant", "what", "based on"],
                       [(n, v["title"] + (" (partial)" if v.get("partial") else ""),
                         v.get("base", "")) for n, v in self.raw.variants.items()])
        for area, title in TITLES.items():
            if area in self.raw.areas:
                lines += [f"## {title}", ""]
                for kind in ("commands", "enums", "bitfields", "structs", "ioctls", "tables"):
                    lines += getattr(self, kind)(area)
        return "\n".join(lines).rstrip("\n") + "\n"

    def merged(self, kind, area):
        """Entries over all variants by their name in the description, with who has which form."""
        found = {}
        for variant, view in self.views.items():
            for e in view.of_area(kind, area):
                found.setdefault(e.raw, {})[variant] = e
        order = {e["name"]: i for i, e in enumerate(self.raw.entries[kind])}
        return sorted(found.values(), key=lambda f: order.get(next(iter(f.values())).raw, 999))

    def variants(self, names):
        """Shortest way to say which variants: nothing for all, a base for it and its children."""
        names, full = set(names), set(self.views)
        if names == full:
            return ""
        family = {b: {v for v in full if b in self.raw.lineage(v)} for b in full}
        for base, members in family.items():
            if names == members and len(members) > 1:
                return base + " on"
        return ", ".join(v for v in self.views if v in names)

    def rows(self, forms, kind, row):
        """One row for each different form that an item takes, with the variants that have it."""
        seen = {}
        for variant, entry in forms.items():
            for item in getattr(entry, KINDS[kind]):
                seen.setdefault(tuple(row(item)), []).append(variant)
        return [(*cells, "" if set(who) == set(forms) else self.variants(who))
                for cells, who in sorted(seen.items(), key=lambda s: s[0][0])]

    def section(self, forms):
        first = next(iter(forms.values()))
        who = self.variants(forms)
        origin = cite(first.source) + (f" ({who})" if who else "")
        lines = [f"### {first.name}", "", origin + ".", ""]
        said = [t for t in (first.doc, first.note, self.extent(first)) if t]
        return lines + ([escape(" ".join(t.rstrip(".") + "." for t in said)), ""] if said else [])

    def extent(self, entry):
        if entry.kind == "structs":
            return f"Size {literal(entry.size)} bytes"
        return f"Width {entry.width} bits" if entry.kind in ("enums", "bitfields") else ""

    def items(self, kind, area, columns, row):
        lines = []
        for forms in self.merged(kind, area):
            rows = self.rows(forms, kind, row)
            lines += self.section(forms) + table(columns + ["variants"],
                                                 [(r[0][1], *r[1:]) for r in rows])
        return lines

    def enums(self, area):
        aliases = {v.name: v.alias for view in self.views.values()
                   for e in view.of_area("enums", area) for v in e.values if v.alias}
        return self.items("enums", area, ["value", "name", "alias", "meaning"], lambda v: (
            (v.value, literal(v.value)), v.name, aliases.get(v.name, ""),
            "; ".join(t for t in (v.doc, v.note) if t)))

    def bitfields(self, area):
        return self.items("bitfields", area, ["bits", "name", "type", "meaning"], lambda b: (
            (b.shift, f"{b.shift + b.width - 1}:{b.shift}" if b.width > 1 else str(b.shift)),
            b.name, b.type or "", "; ".join(t for t in (b.doc, b.note) if t)))

    def structs(self, area):
        return self.items("structs", area, ["offset", "type", "name", "meaning"], lambda f: (
            (f.at, f"0x{f.at:03x}"), f.type + (f"[{f.count}]" if f.array else ""), f.name,
            "; ".join(t for t in (f.sem, f.doc, f.note) if t)))

    def commands(self, area):
        rows = []
        for forms in self.merged("commands", area):
            seen = {}
            for variant, c in forms.items():
                seen.setdefault((c.name, signature(c)), []).append(variant)
            for (name, words), who in seen.items():
                rows.append(self.command(name, words, {v: forms[v] for v in who}))
        columns = ["FID", "name", "registers", "stateful, memory", "variants", "notes", "source"]
        return ["### Commands", ""] + table(columns, sorted(rows)) if rows else []

    def command(self, name, words, forms):
        c = next(iter(forms.values()))
        memory = next((f.memory for f in forms.values() if f.memory), "")
        refusing = [v for v, f in forms.items() if not f.implemented]
        said = [t for t in (c.doc, c.note) if t]
        said += [f"refused by {self.variants(refusing)}"] if refusing else []
        return (f"0x{c.fid:X}", name, words, memory, self.variants(forms), "; ".join(said),
                cite(c.source))

    def ioctls(self, area):
        rows = [(f"0x{i.value:08X}", i.name, i.fd, i.dir, f"0x{i.nr:02x}", i.arg or "", i.doc,
                 cite(i.source))
                for i in next(iter(self.views.values())).of_area("ioctls", area)]
        columns = ["value", "name", "fd", "direction", "number", "argument", "notes", "source"]
        return ["### ioctls", ""] + table(columns, rows) if rows else []

    def tables(self, area):
        """Turned by a quarter: one column a row of the description."""
        lines = []
        for t in next(iter(self.views.values())).of_area("tables", area):
            show = lambda v: ", ".join(map(str, v)) if isinstance(v, list) else \
                {True: "yes", False: "no"}.get(v, v) if isinstance(v, bool) else str(v)
            lines += self.section({v: t for v in self.views})
            lines += table([""] + [r["name"] for r in t.rows],
                           [[c.doc] + [show(r[c.name]) for r in t.rows] for c in t.columns] +
                           [["source"] + [cite(r["source"]) for r in t.rows],
                            ["note"] + [r.get("note", "") for r in t.rows]])
        return lines
