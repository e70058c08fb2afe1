# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Freestanding C11 and C++17 headers."""
import textwrap

from . import flat
from .names import Names, literal, part

C_TYPES = {"u8": "uint8_t", "u16": "uint16_t", "u32": "uint32_t", "u64": "uint64_t",
           "s64": "int64_t"}
DIRECTIONS = {"none": 0, "W": 1, "R": 2, "RW": 3}
WIDTH = 100


def fits(line):
    return len(line.expandtabs(8)) <= WIDTH


def comment(text, indent=""):
    """One comment, over several lines where it has to be."""
    if fits(f"{indent}/* {text} */"):
        return [f"{indent}/* {text} */"]
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if fits(f"{indent} * {longer}"):
            rows[-1] = longer
        else:
            rows.append(word)
    return [f"{indent}/*"] + [f"{indent} * {r}" for r in rows] + [f"{indent} */"]


def with_comment(line, text):
    """The line with its comment behind it, or above it where that would be too long."""
    if not text:
        return [line]
    both = f"{line}\t/* {text} */"
    if fits(both):
        return [both]
    return comment(text, line[:len(line) - len(line.lstrip("\t"))]) + [line]


def cite(source):
    return f"{source['doc']} {', '.join(source['version'])}: {source['section']}"


def heading(entry):
    """Name and source of an entry, what it is, and anything odd about it."""
    said = [s.rstrip(".") for s in (entry.doc, entry.note) if s]
    return comment(". ".join([f"{entry.name} ({cite(entry.source)})"] + said))


class CHeader:
    """One header for one area of one variant."""

    def __init__(self, view, output):
        self.view, self.output, self.area = view, output, output.areas[0]
        self.names = Names(output.tag)
        self.prefix = self.names.area(self.area)
        self.assert_name = f"{self.prefix}_ASSERT"

    def entries(self, kind):
        return self.view.of_area(kind, self.area)

    def text(self):
        guard = self.output.guard
        lines = self.output.header("/* ", " */") + [f"#ifndef {guard}", f"#define {guard}", ""]
        lines += self.includes() + self.constants() + self.command_list()
        code = self.code()
        if code:
            lines += ["#ifndef __ASSEMBLER__", ""] + code + ["#endif /* __ASSEMBLER__ */", ""]
        return "\n".join(lines + [f"#endif /* {guard} */"]) + "\n"

    def code(self):
        """What only a compiler reads."""
        lines = self.assertion()
        for b in self.entries("bitfields"):
            lines += self.accessors(b)
        for s in self.structs_in_order():
            lines += self.structure(s)
        lines += self.ioctl_numbers()
        for t in self.entries("tables"):
            lines += self.table_struct(t) + self.table_rows(t)
        return lines

    def includes(self):
        return ["#ifdef __ASSEMBLER__", f"#define {self.prefix}_U64(x) x", "#else",
                "#include <stddef.h>", "#include <stdint.h>",
                f"#define {self.prefix}_U64(x) UINT64_C(x)", "#endif", ""]

    def assertion(self):
        if not self.entries("structs"):
            return []
        name = f"{self.assert_name}(condition)"
        return ["#if defined(__cplusplus) || __STDC_VERSION__ > 201710L",
                f"#define {name} static_assert(condition, #condition)", "#else",
                f"#define {name} _Static_assert(condition, #condition)", "#endif", ""]

    def number(self, value):
        text = f"({value})" if value < 0 else literal(value)
        return text if value <= 0x7fffffff else f"{self.prefix}_U64({text})"

    def constants(self):
        lines, previous = [], None
        for entry, found in flat.groups(self.view, self.area, self.names):
            if entry.kind == "ioctls":
                continue
            if previous == "commands" and entry.kind != "commands":
                lines.append("")
            previous = entry.kind
            lines += self.constants_of(entry, found)
        return lines + ([""] if previous == "commands" else [])

    def constants_of(self, entry, found):
        if entry.kind == "commands":
            return comment(found[0].doc) + \
                [f"#define {found[0].name} {self.prefix}_U64(0x{entry.fid:X})"]
        lines = heading(entry)
        for c in found:
            lines += with_comment(f"#define {c.name} {self.shown(entry, c)}", c.doc)
        return lines + [""]

    def shown(self, entry, c):
        """Masks as wide as the registers they are for, offsets at a width to read down."""
        if entry.kind == "bitfields" and c.name.endswith("_MASK"):
            return f"{self.prefix}_U64(0x{c.value:x})"
        if entry.kind == "structs" and c.name.endswith("_OFFSET"):
            return f"0x{c.value:03x}"
        return self.number(c.value)

    def command_list(self):
        """X-macro over all commands, for dispatch tables and traces."""
        commands = self.entries("commands")
        if not commands:
            return []
        rows = [f"X({self.names.tagged(c.name)}, {len(c.args)}, {len(c.returns)}, "
                f"{int(c.memory is not None)})" for c in commands]
        return comment("X(name, arguments, results after X0, may answer INCOMPLETE)") + \
            self.list_macro(f"{self.prefix}_COMMANDS(X)", rows)

    def list_macro(self, name, rows, between=""):
        joined = (between + " \\\n\t").join(rows)
        return f"#define {name} \\\n\t{joined}\n".split("\n")

    def accessors(self, e):
        lines = []
        for b in e.bits:
            name = f"{self.names.ident(e)}_%s_{b.name.lower()}"
            macro = f"{self.names.macro(e)}_{part(b.name)}"
            masked, shift = f"\treturn (word & {macro}_MASK) >>", f"{macro}_SHIFT;"
            lines += [f"static inline uint64_t {name % 'get'}(uint64_t word)", "{"]
            lines += self.joined(masked, shift) + ["}", "",
                      f"static inline uint64_t {name % 'set'}(uint64_t word, uint64_t value)", "{",
                      f"\tconst uint64_t mask = {macro}_MASK;", "",
                      f"\treturn (word & ~mask) | ((value << {macro}_SHIFT) & mask);", "}", ""]
        return lines

    def structs_in_order(self):
        """Structures after those they contain."""
        wanted, done = self.entries("structs"), []

        def visit(s):
            for f in s.fields:
                if self.view.struct(f.type):
                    visit(self.view.struct(f.type))
            if s in wanted and s not in done:
                done.append(s)
        for s in wanted:
            visit(s)
        return done

    def c_type(self, base):
        return C_TYPES.get(base) or f"struct {self.names.ident(self.view.struct(base))}"

    def structure(self, s):
        lines, at = [f"struct {self.names.ident(s)} {{"], 0
        for f in s.fields:
            lines += self.padding(at, f.at) + self.field(f)
            at = f.at + f.count * self.view.size_of(f.type)
        return lines + self.padding(at, s.size) + ["};", ""] + self.layout_checks(s)

    def field(self, f, indent="\t"):
        said = "; ".join(t for t in (f.sem, f.doc, f.note) if t)
        array = f"[{f.count}]" if f.array else ""
        return with_comment(f"{indent}{self.c_type(f.type)} {f.name}{array};", said)

    def padding(self, at, upto):
        return [f"\tuint8_t pad_{at:03x}[{upto - at}];"] if upto > at else []

    def layout_checks(self, s):
        ident = self.names.ident(s)
        lines = []
        for f in s.fields:
            lines += self.check(f"offsetof(struct {ident}, {f.name}) ==", self.offset_of(s, f))
        return lines + self.check(f"sizeof(struct {ident}) ==", self.size_of(s)) + [""]

    def offset_of(self, s, f):
        return f"{self.names.macro(s)}_{part(f.name)}_OFFSET"

    def size_of(self, s):
        return f"{self.names.macro(s)}_SIZE"

    def check(self, left, right):
        return self.joined(f"{self.assert_name}({left}", f"{right});")

    def joined(self, start, end):
        """On one line if it fits, else on two."""
        if fits(f"{start} {end}"):
            return [f"{start} {end}"]
        return [start, "\t" * (start.count("\t") + 1) + end]

    def ioctl_numbers(self):
        """Each ioctl computed from its parts and held against the number that the source cites."""
        ioctls = self.entries("ioctls")
        if not ioctls:
            return []
        lines = comment("direction 1: the kernel reads, 2: it writes; encoding of arm64 and x86")
        lines += [
            f"#define {self.prefix}_IOC(direction, nr, size) \\",
            "\t((uint32_t)((direction) * 0x40000000u + (size) * 0x10000u + 0xAE00u + (nr)))", ""]
        for i in ioctls:
            size = i.arg if isinstance(i.arg, int) else 0
            if isinstance(i.arg, str):
                size = f"sizeof(struct {self.names.ident(self.view.struct(i.arg))})"
            name = self.names.value(i, i.name)
            number = f"{self.prefix}_IOC({DIRECTIONS[i.dir]}, 0x{i.nr:02x}, {size})"
            lines += heading(i) + [f"#define {name} \\", f"\t{number}"]
            lines += self.check(f"{name} ==", f"0x{i.value:08X}") + [""]
        return lines

    def table_struct(self, t):
        lines = heading(t) + [f"struct {self.names.ident(t)} {{", "\tconst char *name;"]
        for c in t.columns:
            kind = {"string": "const char *", "bool": "uint8_t ",
                    "s32": "int32_t "}.get(c.type, "uint64_t ")
            array = f"[{c.count}]" if c.count else ""
            lines += with_comment(f"\t{kind}{c.name}{array};", c.doc)
            lines += [f"\tuint8_t num_{c.name};"] if c.count else []
        return lines + ["};", ""]

    def cell(self, column, value):
        """One value as a C expression: what has a name keeps it."""
        if self.view.named_values(column.type):
            return self.names.tagged_value(self.area, value)
        return f'"{value}"' if column.type == "string" else literal(int(value))

    def table_rows(self, t):
        lines, macros = [], []
        for row in t.rows:
            macro = f"{self.names.macro(t)}_{part(row['name'])}"
            cells = [f'.name = "{row["name"]}"']
            for c in t.columns:
                values = row[c.name] if c.count else [row[c.name]]
                shown = ", ".join(self.cell(c, v) for v in values) or "0"
                cells.append(f".{c.name} = {{ {shown} }}" if c.count else f".{c.name} = {shown}")
                cells += [f".num_{c.name} = {len(values)}"] if c.count else []
            lines += comment(". ".join(filter(None, [cite(row["source"]), row.get("note")])))
            lines += [f"#define {macro} {{ \\"]
            lines += [f"\t{line} \\" for c in cells
                      for line in textwrap.wrap(c + ",", WIDTH - 10, subsequent_indent="\t")]
            lines += ["}", ""]
            macros.append(macro)
        return lines + self.list_macro(self.names.macro(t) + "_ALL", macros, ",")
