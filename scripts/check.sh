#!/usr/bin/env bash
# Everything that can be found wrong without running the program. Every check
# runs, then the failed ones are named.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

failed=()
check() {
	local name=$1
	shift
	say "$name"
	"$@" || failed+=("$name")
}

formatted() {
	local files
	files=$(git ls-files -co --exclude-standard '*.go' | xargs -r gofmt -l)
	[ -z "$files" ] || { printf 'not formatted (make fix):\n%s\n' "$files" && return 1; }
}

# The tool that makes bundles and bindings must be the library's own version.
same_wails() {
	local app tool
	app=$(go list -m -f '{{.Version}}' github.com/wailsapp/wails/v2)
	tool=$(go list -m -modfile=tools.mod -f '{{.Version}}' github.com/wailsapp/wails/v2)
	[ "$app" = "$tool" ] || { echo "go.mod has Wails $app, tools.mod $tool" && return 1; }
}

# The bindings are committed: they must be what the Go side generates today.
bindings() {
	local before after
	before=$(fingerprint)
	scripts/generate.sh || return 1
	after=$(fingerprint)
	[ "$before" = "$after" ] || {
		git --no-pager diff --stat -- frontend/wailsjs
		echo "frontend/wailsjs was out of date and has been generated anew: commit it"
		return 1
	}
}
fingerprint() { find frontend/wailsjs -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum; }

lint() {
	local tool
	tool=$(scripts/golangci.sh) || return 1
	"$tool" run ./...
}

# What Go's linters do not see: how long a file may be before it is two things.
lengths() {
	git ls-files -co --exclude-standard '*.go' '*.svelte' '*.ts' '*.mjs' | grep -v '^frontend/wailsjs/' |
		while read -r file; do
			[ -f "$file" ] || continue
			limit=250
			[[ $file == *.go ]] && limit=400
			lines=$(wc -l <"$file")
			[ "$lines" -le $limit ] || echo "$file has $lines lines, more than $limit"
		done | { ! grep .; }
}

check "gofmt" formatted
check "file lengths" lengths
check "go vet" go vet ./...
check "wails versions" same_wails
check "bindings up to date" bindings
check "golangci-lint" lint
check "svelte-check and tsc" npm --prefix frontend run --silent check
check "eslint" npm --prefix frontend run --silent lint
check "prettier" npm --prefix frontend run --silent format:check

if [ ${#failed[@]} -gt 0 ]; then
	printf '\nfailed: %s\n' "${failed[@]}" >&2
	exit 1
fi
say "all checks passed"
