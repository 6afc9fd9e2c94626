#!/usr/bin/env bash
# Builds the app and opens it on the embedded simulator. Without a display it
# shows the same window on a virtual one, keeps a picture of it in
# build/demo/window.png, and fails unless rows were painted in it.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

if has_display; then
	scripts/deps.sh build
	scripts/build.sh release
	say "opening the demo (closing the window ends it)"
	if [ "$OS" = Darwin ]; then
		exec build/bin/Orgdeck.app/Contents/MacOS/orgdeck --demo --trace-startup
	fi
	exec build/bin/orgdeck --demo --trace-startup
fi

scripts/deps.sh build display
scripts/build.sh release
say "no display here: showing the demo on a virtual one"
exec scripts/headless.sh node frontend/e2e/tools/demo.mjs
