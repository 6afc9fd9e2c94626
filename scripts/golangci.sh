#!/usr/bin/env bash
# Prints the path of the pinned golangci-lint, compiling it the first time. It
# is kept in the person's cache under the checksum of its module file, so that
# a second clone finds it there.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

sum=$(cat lint.mod lint.sum <(go version) | git hash-object --stdin | cut -c1-12)
folder=${XDG_CACHE_HOME:-$HOME/.cache}/orgdeck-tools/$sum
if [ ! -x "$folder/golangci-lint" ]; then
	say "compiling golangci-lint (once, some minutes)"
	mkdir -p "$folder"
	GOFLAGS='' go build -p 2 -modfile=lint.mod -trimpath -ldflags "-s -w" -o "$folder/golangci-lint.new" \
		github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	mv "$folder/golangci-lint.new" "$folder/golangci-lint"
fi
echo "$folder/golangci-lint"
