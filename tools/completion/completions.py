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


def flat(commands):
    """All commands, each before its children, whose names have the verb in front."""
    for command in commands:
        yield command
        yield from flat(command["commands"])


def children(command):
    """The words that choose a child."""
    return [child["name"].split()[-1] for child in command["commands"]]


def spellings(option):
    """An option as it is typed: ['-m', '--memory'] or ['--kvm']."""
    letter = ["-" + option["letter"]] if option["letter"] else []
    return letter + ["--" + option["name"]]


def bash_value(value):
    """The command that completes $cur to this option's or operand's value."""
    if value["kind"] == "file":
        return "_realmctl_files"
    return "_realmctl_words " + shlex.quote(" ".join(value["words"]))


def bash_case(name, words, *lines):
    """Of a command, when a word is one of these patterns."""
    pattern = "|".join(name.replace(" ", "\\ ") + ":" + word for word in words)
    return [f"\t{pattern})", *(f"\t\t{line}" for line in lines), "\t\t;;"]


def bash_values(commands):
    lines = []
    for command in commands:
        for option in command["options"]:
            if option["kind"] != "flag":
                lines += bash_case(command["name"], spellings(option), bash_value(option))
    return lines


def bash_words(commands):
    lines = []
    for command in commands:
        words = [word for option in command["options"] for word in spellings(option)]
        lines += bash_case(command["name"], ["-*"], bash_value({"kind": "word", "words": words}))
    for command in commands:
        offers = [bash_value(operand) for operand in command["operands"][:1]]
        if command["commands"]:
            offers.append("_realmctl_children " + shlex.quote(" ".join(children(command))))
        if offers:
            lines += bash_case(command["name"], ["*"], *offers)
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

# Only the word after the verb can choose one.
_realmctl_children()
{{
	if ((COMP_CWORD == 2)); then
		mapfile -t -O "${{#COMPREPLY[@]}}" COMPREPLY < <(compgen -W "$1" -- "$cur")
	fi
}}

_realmctl()
{{
	local cur=${{COMP_WORDS[COMP_CWORD]}} at=$((COMP_CWORD - 1)) cmd=${{COMP_WORDS[1]}}

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
	if ((COMP_CWORD > 2)); then
		case "$cmd ${{COMP_WORDS[2]}}" in
		{pairs})
			cmd+=" ${{COMP_WORDS[2]}}"
			;;
		esac
	fi
	case $cmd:${{COMP_WORDS[at]}} in
{values}
	*)
		_realmctl_rest
		;;
	esac
}}

_realmctl_rest()
{{
	case $cmd:$cur in
{words}
	esac
}}

complete -F _realmctl realmctl
"""


def pairs(commands):
    """The names of all children, as a pattern of a shell."""
    names = [command["name"] for command in flat(commands) if " " in command["name"]]
    return "|".join(shlex.quote(name) for name in names or [""])


def bash(commands):
    verbs = [command["name"] for command in commands] + list(GLOBAL)
    every = list(flat(commands))
    return HEAD + BASH.format(verbs=shlex.quote(" ".join(verbs)), pairs=pairs(commands),
                              values="\n".join(bash_values(every)),
                              words="\n".join(bash_words(every)))


def zsh_action(value):
    if value["kind"] == "file":
        return "_files"
    return "(" + " ".join(value["words"]) + ")" if value["words"] else " "


def zsh_option(option):
    """The specifications for _arguments, one a spelling, each excluding the others."""
    words = spellings(option)
    head = "*" if option["repeats"] else f"({' '.join(words)})"
    text = "[" + option["help"].replace("]", r"\]") + "]"
    specs = []
    for word in words:
        if option["kind"] == "flag":
            spec = f"{head}{word}{text}"
        else:
            sign = "=" if word.startswith("--") else "+"
            spec = f"{head}{word}{sign}{text}:{option['arg']}:{zsh_action(option)}"
        specs.append(shlex.quote(spec))
    return specs


def zsh_operands(command):
    """What may follow a command: its operands, and where the first stands also its children."""
    actions = [(operand["name"], zsh_action(operand)) for operand in command["operands"]]
    if command["commands"]:
        name, action = actions[0] if actions else ("command", " ")
        words = "(" + " ".join(children(command)) + ")"
        both = f'_alternative "file:{name}:{action}" "command:command:{words}"'
        actions[:1] = [(name, both if actions else words)]
    return [shlex.quote(f"{number}:{name}:{action}")
            for number, (name, action) in enumerate(actions, 1)]


def zsh_command(command):
    specs = [spec for option in command["options"] for spec in zsh_option(option)]
    lines = " \\\n\t\t\t\t".join(specs + zsh_operands(command))
    name = command["name"].replace(" ", "\\ ")
    return f"\t\t{name})\n\t\t\t_arguments -s -S \\\n\t\t\t\t{lines}\n\t\t\t;;\n"


def zsh(commands):
    verbs = " ".join(shlex.quote(f"{command['name']}:{command['summary']}") for command in commands)
    names = " ".join(shlex.quote(f"{word}[{text}]") for word, text in GLOBAL.items())
    cases = "".join(zsh_command(command) for command in flat(commands))
    return ("#compdef realmctl\n" + HEAD + f"""
_realmctl()
{{
	local curcontext=$curcontext state line verb
	local -a verbs
	verbs=({verbs})
	_arguments -C {names} '1:command:->verb' '*::argument:->rest'
	case $state in
	verb)
		_describe command verbs
		;;
	rest)
		verb=$words[1]
		case "$verb $words[2]" in
		{pairs(commands)})
			if ((CURRENT > 2)); then
				verb+=" $words[2]"
				shift words
				((CURRENT--))
			fi
			;;
		esac
		case $verb in
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


def fish_condition(command):
    """When the words so far are those of this command and none of its children's."""
    seen = " ".join(children(command))
    return "; and ".join([f"__fish_seen_subcommand_from {word}" for word in command["name"].split()] +
                         ([f"not __fish_seen_subcommand_from {seen}"] if seen else []))


def fish_command(command):
    lines = []
    start = f"complete -c realmctl -n '{fish_condition(command)}'"
    for option in command["options"]:
        letter = f" -s {option['letter']}" if option["letter"] else ""
        value = "" if option["kind"] == "flag" else " " + fish_value(option)
        lines.append(f"{start}{letter} -l {option['name']}{value} -d {shlex.quote(option['help'])}")
    for operand in command["operands"][:1]:
        words = shlex.quote(" ".join(operand["words"]))
        lines.append(f"{start} -a {words}" if operand["words"] else f"{start} -F")
    for child in command["commands"]:
        word = child["name"].split()[-1]
        lines.append(f"{start} -a {word} -d {shlex.quote(child['summary'])}")
        lines += fish_command(child)
    return lines


def fish(commands):
    lines = ["complete -c realmctl -f"]
    for word, text in GLOBAL.items():
        lines.append(f"complete -c realmctl -n __fish_use_subcommand -l {word[2:]} -d '{text}'")
    for command in commands:
        lines.append(f"complete -c realmctl -n __fish_use_subcommand -a {command['name']}"
                     f" -d {shlex.quote(command['summary'])}")
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
