# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""The files that come out: which part of the description each holds, and in which form."""
import os

from .emit_c import CHeader
from .emit_constants import PythonConstants, RustConstants
from .emit_delta import DeltaHeader
from .emit_linux import LinuxHeader
from .emit_markdown import Markdown
from .model import View
from .load import SpecError

ALL = ("rmi", "rsi", "psci", "measurement", "kvm")
BSD, GPL = "BSD-2-Clause", "GPL-2.0-only"


class Output:
    """One file of one variant; a tag keeps its names apart from those of another variant."""

    def __init__(self, path, form, areas, variant, tag="", license=BSD):
        self.path, self.form, self.areas = path, form, areas
        self.variant, self.tag, self.license = variant, tag, license
        self.sources = ""

    @property
    def guard(self):
        stem = "LINUX" if self.form == "linux" else "REALM_SPEC"
        name = os.path.basename(self.path).upper().replace(".", "_").replace("-", "_")
        return f"{stem}_{name}"

    def header(self, start, end):
        """Comment lines: where the file comes from and how to make it anew, licence, copyright."""
        lines = [f"Generated from {self.sources} ({self.variant}). "
                 "Do not edit; regenerate with spec/generate.",
                 f"SPDX-License-Identifier: {self.license}",
                 "Copyright (c) 2026 the librealm authors"]
        if self.form == "linux":  # where Linux wants the licence on line 1
            lines[:2] = lines[1::-1]
        return [start + line + end for line in lines] + [""]

    def text(self, raw):
        files = [f for a in self.areas for f in raw.areas.get(a, [])]
        group = "*.json" if len(self.areas) > 1 else f"{self.areas[0]}-*.json"
        self.sources = "spec/" + (files[0] if len(files) == 1 else group)
        view = View(raw, self.variant)
        if self.form == "delta":
            base = raw.variants[self.variant].get("base")
            if base is None:
                raise SpecError(f"{self.path}: variant '{self.variant}' is based on no other")
            return DeltaHeader(view, self, View(raw, base)).text()
        if self.form in ("python", "rust"):
            return self.constants(raw, view)
        if self.form == "markdown":
            return Markdown({v: View(raw, v) for v in raw.variants}, self).text()
        return {"c": CHeader, "linux": LinuxHeader}[self.form](view, self).text()

    def constants(self, raw, view):
        """The variant's own numbers, and in the committed file those of RMM 1.0 beside them."""
        views = [(view, self.tag, self.areas)]
        if self.variant == "rmm-2.0" and "rmm-1.0" in raw.variants:
            views.append((View(raw, "rmm-1.0"), "1", ("rmi", "rsi")))
        return {"python": PythonConstants, "rust": RustConstants}[self.form](views, self).text()


def of_variant(variant, tag=""):
    """Everything that can be made of one variant."""
    return [Output("rmi.h", "c", ("rmi",), variant, tag),
            Output("rsi.h", "c", ("rsi",), variant, tag),
            Output("psci.h", "c", ("psci",), variant, tag),
            Output("measurement.h", "c", ("measurement",), variant, tag),
            Output("kvm-realm.h", "c", ("kvm",), variant, tag),
            Output("linux/rmi.h", "linux", ("rmi",), variant, tag, GPL),
            Output("realm_constants.py", "python", ALL, variant, tag),
            Output("realm_constants.rs", "rust", ALL, variant, tag),
            Output("rmi.md", "markdown", ALL, variant)]


def committed():
    """What spec/generated and docs hold."""
    return of_variant("rmm-2.0") + [
        Output("rmi-1.0.h", "c", ("rmi",), "rmm-1.0", "1"),
        Output("rsi-1.0.h", "c", ("rsi",), "rmm-1.0", "1"),
        Output("tf-rmm-2.0.h", "delta", ("rmi",), "tf-rmm-2.0", "tf")]
