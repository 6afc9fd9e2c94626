#!/usr/bin/env bash
# Puts made-up input through every fuzz target, each for a minute or for what
# FUZZ says (30s, 10m). What fails is kept under testdata/fuzz of its package:
# commit it with the fix, and every test run tries it again.
#
#   scripts/fuzz.sh [target ...]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

grep -rHo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' backend | while IFS=: read -r file function; do
	target=${function#func }
	[ $# = 0 ] || [[ " $* " == *" $target "* ]] || continue
	say "$target for ${FUZZ:-60s}"
	go test "./$(dirname "$file")" -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZ:-60s}" </dev/null
done
