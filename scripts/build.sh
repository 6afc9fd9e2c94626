#!/usr/bin/env bash
# Builds commands into build/bin.
#
#   scripts/build.sh [release] [dev] [mtpsim]
#
# release is what people get; dev also answers a browser (make serve, tests) and
# is never shipped; mtpsim is the simulator on its own.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

tags=$(go_tags)
mkdir -p build/bin

for what in "${@:-release}"; do
	case $what in
	release)
		say "build/bin/orgdeck"
		if [ "$OS" = Linux ]; then
			go build -tags "desktop,production${tags:+,$tags}" \
				-ldflags "-s -w -X main.version=$(version)" -o build/bin/orgdeck .
		else
			# A bundle with icon and manifest, which only the Wails tool makes.
			go tool -modfile=tools.mod wails build -s -m -nopackage=false -skipbindings -trimpath \
				-ldflags "-s -w -X main.version=$(version)"
		fi
		;;
	dev)
		say "build/bin/orgdeck-dev"
		go build -tags "dev${tags:+,$tags}" -ldflags "-X main.version=$(version)" -o build/bin/orgdeck-dev .
		;;
	mtpsim)
		say "build/bin/mtpsim"
		go build -o build/bin/mtpsim ./backend/simulator/mtpsim
		;;
	*) die "unknown: $what (release, dev, mtpsim)" ;;
	esac
done
