#!/usr/bin/env bash
# Runs a command on a screen, a session bus and an unlocked keyring of its own,
# in a home of its own, and takes all of it away again. Nothing of the person's
# desktop, keys or data is touched. Elsewhere than on Linux it runs the command
# as it is.
#
#   scripts/headless.sh command [argument ...]
#
# ORGDECK_SCREEN names the size of the screen (1600x1000).
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ "$OS" = Linux ] || exec "$@"
has Xvfb && has dbus-run-session && has gnome-keyring-daemon || die "Xvfb, D-Bus and gnome-keyring are needed: make deps"

room=$(mktemp -d "${TMPDIR:-/tmp}/orgdeck.XXXXXX")
xvfb='' session=''
finish() {
	if [ -n "$session" ]; then
		# The session is a process group of its own: everything in it ends with it, and what does
		# not end when asked is ended. It is not waited for with `wait`: bash may do so forever for
		# a child that ended just when the signal came.
		kill -TERM -- "-$session" 2>/dev/null || true
		for _ in $(seq 100); do
			kill -0 -- "-$session" 2>/dev/null || break
			sleep 0.05
		done
		kill -KILL -- "-$session" 2>/dev/null || true
	fi
	[ -z "$xvfb" ] || kill "$xvfb" 2>/dev/null || true
	rm -rf "$room" 2>/dev/null || { sleep 1 && rm -rf "$room"; } || true
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# The toolchains must keep their caches although the home is another one.
GOENV=$(go env GOENV) GOPATH=$(go env GOPATH) GOCACHE=$(go env GOCACHE) GOMODCACHE=$(go env GOMODCACHE)
export GOENV GOPATH GOCACHE GOMODCACHE
export npm_config_cache="${npm_config_cache:-$HOME/.npm}"

export HOME=$room/home TMPDIR=$room/tmp XDG_RUNTIME_DIR=$room/run
export XDG_DATA_HOME=$HOME/.local/share XDG_CONFIG_HOME=$HOME/.config XDG_CACHE_HOME=$HOME/.cache
mkdir -p "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$TMPDIR"
mkdir -m 700 "$XDG_RUNTIME_DIR"

mkfifo "$room/display"
Xvfb -displayfd 8 -screen 0 "${ORGDECK_SCREEN:-1600x1000}x24" -nolisten tcp -noreset \
	8>"$room/display" >/dev/null 2>&1 &
xvfb=$!
read -r -t 60 number <"$room/display" || die "Xvfb did not start within 60 seconds"
export DISPLAY=:$number
unset WAYLAND_DISPLAY
export GDK_BACKEND=x11 NO_AT_BRIDGE=1 GTK_A11Y=none LIBGL_ALWAYS_SOFTWARE=1

# Inside the session: the keyring, unlocked with a password of no worth, then
# the command; the keyring ends with it.
inside='
	printf orgdeck | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
	keyring=$!
	for _ in $(seq 600); do
		dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
			org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q true && break
		sleep 0.05
	done
	status=0
	"$@" || status=$?
	kill "$keyring" 2>/dev/null
	exit $status'

set -m
dbus-run-session -- bash -c "$inside" _ "$@" <&0 2> >(grep --line-buffered -v -E "^dbus-daemon\[|SpiRegistry daemon" >&2) &
session=$!
set +m
status=0
wait "$session" || status=$?
session=''
exit $status
