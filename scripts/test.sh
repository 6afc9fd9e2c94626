#!/usr/bin/env bash
# Every test. The four parts run one after the other; all of them run, then the
# failed ones are named.
#
#   scripts/test.sh [go] [units] [e2e] [smoke]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

parts=" ${*:-go units e2e smoke} "
failed=()
part() {
	local name=$1 title=$2
	shift 2
	[[ $parts == *" $name "* ]] || return 0
	say "$title"
	"$@" || failed+=("$title")
}

# The keyring's tests need a session bus, which must not be the person's own.
go_tests() { scripts/headless.sh go test -race -timeout 15m ./...; }
units() { npm --prefix frontend run --silent test; }
e2e() { node --test --test-reporter=spec --test-timeout=600000 --test-concurrency="${E2E_JOBS:-2}" frontend/e2e/flows/*.test.mjs; }
smoke() { node --test --test-reporter=spec --test-timeout=300000 frontend/e2e/smoke/*.test.mjs; }

[[ $parts != *" e2e "* ]] || scripts/build.sh dev mtpsim
[[ $parts != *" smoke "* ]] || scripts/build.sh release
part go "Go tests (race)" go_tests
part units "front end units (vitest)" units
part e2e "end to end in Chromium" e2e
part smoke "the real window" smoke

if [ ${#failed[@]} -gt 0 ]; then
	printf '\nfailed: %s\n' "${failed[@]}" >&2
	exit 1
fi
say "all tests passed"
