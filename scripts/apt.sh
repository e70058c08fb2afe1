#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Copyright (c) 2026 the librealm authors
#
# What the scripts that use apt share; to be sourced. Package lists other than
# the machine's own are kept in a directory of the caller, with a configuration
# that takes only the ways to the network from that of the machine.

die() {
	echo "scripts/${0##*/}: $*" >&2
	exit 1
}

# Sets $sudo, which is put before what only root may do.
# shellcheck disable=SC2034 # those who source this use it
become_root() {
	sudo=
	[ "$(id -u)" -eq 0 ] && return
	command -v sudo >/dev/null || die "not root and no sudo here; as root: $*"
	sudo=sudo
}

# logged WHAT COMMAND...: do what is called so; what the command says is shown when it fails
logged() {
	what=$1
	shift
	("$@") >"$work/log" 2>&1 && return
	cat "$work/log" >&2
	die "cannot $what; the messages are above"
}

# A shell that a signal ends does not do what it is to do at its exit.
make_work() {
	work=$(mktemp -d "$1.XXXXXX")
	trap 'rm -rf "$work"' EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	chmod 755 "$work"
}

# cached NAME WHAT COMMAND...: set $made to the directory of that name in the
# user's cache. COMMAND fills $work, which becomes it, unless it is there already.
cached() {
	cache=${XDG_CACHE_HOME:-$HOME/.cache}/librealm
	made=$cache/$1
	shift
	[ -e "$made" ] && return
	mkdir -p "$cache"
	make_work "$cache/work"
	logged "$@"
	rm "$work/log"
	# Somebody else may have been faster.
	mv -T "$work" "$made" 2>/dev/null || [ -e "$made" ]
}

list_targets() {
	# shellcheck disable=SC2016 # apt expands these
	apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Created-By: Packages' "$@" | sort -u
}

# find_archives FILTER...: set $archives to those of apt's own configuration that
# fit: URI, release, component. apt does not know whose archives they are until
# it has their lists.
find_archives() {
	archives=$(list_targets "$@")
	if [ -z "$archives" ]; then
		"$(dirname "$0")/deps" lists >&2
		archives=$(list_targets "$@")
	fi
	[ -n "$archives" ] || die "apt's configuration names no archive of Debian; add one"
}

# write_sources TYPE ARCHITECTURE: such archives, read from stdin, as lines of a sources.list
write_sources() {
	keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	[ -e $keyring ] && signed_by=" signed-by=$keyring" || signed_by=
	sed "s|^|$1 [arch=$2$signed_by] |"
}

write_apt_conf() {
	apt-config dump | grep '^Acquire::' | grep -v IndexTargets
	cat <<-CONF
		Acquire::Retries "3";
		Acquire::Languages "none";
		APT::Architecture "$2";
		APT::Architectures "$2";
		APT::Sandbox::User "";
		Dir::State "$1";
		Dir::State::status "$1/status";
		Dir::Cache "$1";
		Dir::Etc::main "/dev/null";
		Dir::Etc::parts "/dev/null";
		Dir::Etc::preferencesparts "/dev/null";
		Dir::Etc::sourcelist "$1/sources.list";
		Dir::Etc::sourceparts "/dev/null";
	CONF
}

# own_lists DIR ARCHITECTURE: from here on apt has nothing but the archives of
# DIR/sources.list, and no package is installed. Where lists of one archive are
# not to be had, those of the others may do; what comes next will tell.
own_lists() {
	mkdir -p "$1/lists/partial" "$1/archives/partial" &&
		: >"$1/status" &&
		write_apt_conf "$1" "$2" >"$1/apt.conf" &&
		export APT_CONFIG="$1/apt.conf" &&
		{ apt-get -q update || true; }
}
