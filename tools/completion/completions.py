#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
"""Write the completion script of one shell from `realmctl dump-commands`.

usage: completions.py bash|zsh|fish TABLE > SCRIPT
"""

import json
import shlex
import sys

HEAD = """\
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
# Generated from the command table of realmctl.
"""

GLOBAL = {"--help": "print help", "--version": "print the version"}


def spellings(option):
    """An option as it is typed: ['-m', '--memory'] or ['--kvm']."""
    letter = ["-" + option["letter"]] if option["letter"] else []
    return letter + ["--" + option["name"]]


def bash_value(value):
    """The command that completes $cur to this option's or operand's value."""
    if value["kind"] == "file":
        return "_realmctl_files"
    return "_realmctl_words " + shlex.quote(" ".join(value["words"]))


def bash_case(pattern, command):
    return [f"\t{pattern})", f"\t\t{command}", "\t\t;;"]


def bash_values(commands):
    lines = []
    for command in commands:
        for option in command["options"]:
            if option["kind"] != "flag":
                pattern = "|".join(f"{command['name']}:{word}" for word in spellings(option))
                lines += bash_case(pattern, bash_value(option))
    return lines


def bash_words(commands):
    lines = []
    for command in commands:
        words = [word for option in command["options"] for word in spellings(option)]
        lines += bash_case(f"{command['name']}:-*", bash_value({"kind": "word", "words": words}))
    for command in commands:
        for operand in command["operands"][:1]:
            lines += bash_case(f"{command['name']}:*", bash_value(operand))
    return lines


BASH = """
_realmctl_words()
{{
	mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}}

_realmctl_files()
{{
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}}

_realmctl()
{{
	local cur=${{COMP_WORDS[COMP_CWORD]}} at=$((COMP_CWORD - 1))

	COMPREPLY=()
	# "--option=value" comes as three words
	if [[ $cur == "=" ]]; then
		cur=
	elif [[ ${{COMP_WORDS[at]}} == "=" ]]; then
		at=$((at - 1))
	fi
	if ((COMP_CWORD == 1)); then
		_realmctl_words {verbs}
		return
	fi
	case ${{COMP_WORDS[1]}}:${{COMP_WORDS[at]}} in
{values}
	*)
		_realmctl_rest
		;;
	esac
}}

_realmctl_rest()
{{
	case ${{COMP_WORDS[1]}}:$cur in
{words}
	esac
}}

complete -F _realmctl realmctl
"""


def bash(commands):
    verbs = [command["name"] for command in commands] + list(GLOBAL)
    return HEAD + BASH.format(verbs=shlex.quote(" ".join(verbs)),
                              values="\n".join(bash_values(commands)),
                              words="\n".join(bash_words(commands)))


def zsh_action(value):
    if value["kind"] == "file":
        return "_files"
    return "(" + " ".join(value["words"]) + ")" if value["words"] else " "


def zsh_option(option):
    """The specifications for _arguments, one a spelling, each excluding the others."""
    words = spellings(option)
    text = "[" + option["help"].replace("]", r"\]") + "]"
    specs = []
    for word in words:
        if option["kind"] == "flag":
            spec = f"({' '.join(words)}){word}{text}"
        else:
            sign = "=" if word.startswith("--") else "+"
            spec = f"({' '.join(words)}){word}{sign}{text}:{option['arg']}:{zsh_action(option)}"
        specs.append(shlex.quote(spec))
    return specs


def zsh_command(command):
    specs = [spec for option in command["options"] for spec in zsh_option(option)]
    for number, operand in enumerate(command["operands"], 1):
        specs.append(shlex.quote(f"{number}:{operand['name']}:{zsh_action(operand)}"))
    lines = " \\\n\t\t\t\t".join(specs)
    return f"\t\t{command['name']})\n\t\t\t_arguments -s -S \\\n\t\t\t\t{lines}\n\t\t\t;;\n"


def zsh(commands):
    verbs = " ".join(shlex.quote(f"{command['name']}:{command['summary']}") for command in commands)
    names = " ".join(shlex.quote(f"{word}[{text}]") for word, text in GLOBAL.items())
    cases = "".join(zsh_command(command) for command in commands)
    return ("#compdef realmctl\n" + HEAD + f"""
_realmctl()
{{
	local curcontext=$curcontext state line
	local -a verbs
	verbs=({verbs})
	_arguments -C {names} '1:command:->verb' '*::argument:->rest'
	case $state in
	verb)
		_describe command verbs
		;;
	rest)
		case $words[1] in
{cases}		esac
		;;
	esac
}}

_realmctl "$@"
""")


def fish_value(value):
    if value["kind"] == "file":
        return "-r -F"
    if value["words"]:
        return "-x -a " + shlex.quote(" ".join(value["words"]))
    return "-x"


def fish_command(command):
    name, lines = command["name"], []
    start = f"complete -c realmctl -n '__fish_seen_subcommand_from {name}'"
    lines.append(f"complete -c realmctl -n __fish_use_subcommand -a {name}"
                 f" -d {shlex.quote(command['summary'])}")
    for option in command["options"]:
        letter = f" -s {option['letter']}" if option["letter"] else ""
        value = "" if option["kind"] == "flag" else " " + fish_value(option)
        lines.append(f"{start}{letter} -l {option['name']}{value} -d {shlex.quote(option['help'])}")
    for operand in command["operands"][:1]:
        words = shlex.quote(" ".join(operand["words"]))
        lines.append(f"{start} -a {words}" if operand["words"] else f"{start} -F")
    return lines


def fish(commands):
    lines = ["complete -c realmctl -f"]
    for word, text in GLOBAL.items():
        lines.append(f"complete -c realmctl -n __fish_use_subcommand -l {word[2:]} -d '{text}'")
    for command in commands:
        lines += fish_command(command)
    return HEAD + "\n".join(lines) + "\n"


def main():
    shells = {"bash": bash, "zsh": zsh, "fish": fish}
    if len(sys.argv) != 3 or sys.argv[1] not in shells:
        sys.exit(__doc__)
    with open(sys.argv[2], encoding="utf-8") as file:
        table = json.load(file)
    sys.stdout.write(shells[sys.argv[1]](table["commands"]))


if __name__ == "__main__":
    main()
