#!/usr/bin/env bash
# Writes frontend/wailsjs from what the Go side binds.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# The tool writes one fixed file in the temporary folder: a folder of our own
# keeps two of these apart.
TMPDIR=$(mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
tags=$(go_tags)
go tool -modfile=tools.mod wails generate module ${tags:+-tags "$tags"} >"$TMPDIR/log" 2>&1 || {
	cat "$TMPDIR/log" >&2
	die "the bindings could not be generated"
}
