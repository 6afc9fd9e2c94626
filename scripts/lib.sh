# What every script here shares. It is sourced, never run.
# shellcheck shell=bash
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
die() {
	printf 'error: %s\n' "$*" >&2
	exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

OS=$(uname -s)

# The same compiler flags everywhere: the SQLite driver is a large piece of C
# that Go compiles once for each set of flags.
case " ${GOFLAGS:-} " in
*" -trimpath "*) ;;
*) export GOFLAGS="-trimpath ${GOFLAGS:-}" ;;
esac
export CGO_ENABLED=1

# go_tags gives the build tags of the window: Linux distributions carry one of
# two WebKitGTK interfaces.
go_tags() {
	if [ "$OS" = Linux ] && pkg-config --exists webkit2gtk-4.1 2>/dev/null; then
		echo webkit2_41
	fi
}

# version names the build: the newest tag, or the commit.
version() {
	git describe --tags --always --dirty 2>/dev/null | sed 's/^v//' || echo dev
}

has_display() { [ "$OS" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }
