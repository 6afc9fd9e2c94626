#!/usr/bin/env bash
# Serves the development build as a page on 127.0.0.1, with its own window
# hidden. Anyone on this computer who can reach the port can drive it.
#
#   scripts/serve.sh PORT [argument of orgdeck ...]
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

port=$1
shift
[[ $port =~ ^[0-9]+$ ]] || die "PORT must be a number, not '$port'"
# Wails takes its own settings from these, which leaves the arguments to Orgdeck.
export devserver=127.0.0.1:$port assetdir=$ROOT/frontend/dist loglevel=Warning ORGDECK_HEADLESS=1

say "http://127.0.0.1:$port (Ctrl+C ends it)"
if has_display && [ -n "${DBUS_SESSION_BUS_ADDRESS:-}" ]; then
	exec build/bin/orgdeck-dev "$@"
fi
exec scripts/headless.sh "$ROOT/build/bin/orgdeck-dev" "$@"
