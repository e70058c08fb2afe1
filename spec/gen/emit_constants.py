# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The named numbers alone, for Python and Rust."""
from . import flat
from .emit_c import cite
from .names import Names, literal


class Constants:
    """All areas of an output, variant after variant; subclasses know one language."""
    mark = ""

    def __init__(self, views, output):
        self.views, self.output = views, output

    def text(self):
        lines = self.output.header(self.mark + " ", "") + self.start()
        for view, tag, areas in self.views:
            for area in areas:
                for entry, found in flat.groups(view, area, Names(tag)):
                    lines.append(f"{self.mark} {entry.name} ({cite(entry.source)})")
                    lines += [self.constant(c, entry) for c in found] + [""]
        return "\n".join(lines).rstrip("\n") + "\n"

    def start(self):
        return []


class PythonConstants(Constants):
    mark = "#"

    def start(self):
        return ['"""Numbers of the interfaces between realm, RMM, host and KVM."""', ""]

    def constant(self, c, entry):
        return f"{c.name} = {literal(c.value)}"


class RustConstants(Constants):
    mark = "//"

    def start(self):
        return ["//! Numbers of the interfaces between realm, RMM, host and KVM.", ""]

    def constant(self, c, entry):
        if c.name.endswith(("_OFFSET", "_COUNT", "_SIZE")) and entry.kind == "structs":
            kind = "usize"
        else:
            kind = "i64" if c.value < 0 else "u64"
        return f"pub const {c.name}: {kind} = {literal(c.value)};"
