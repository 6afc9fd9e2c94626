#!/usr/bin/env bash
# Installs the front end's packages or builds it into frontend/dist.
#
#   scripts/frontend.sh install | build
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

case ${1:-} in
install)
	has npm || die "Node.js 20 or newer (with npm) is needed: https://nodejs.org"
	say "npm ci"
	npm --prefix frontend ci --no-audit --no-fund --loglevel=error
	;;
build)
	say "front end"
	npm --prefix frontend run --silent build
	# Go embeds the folder, so it must exist in a clone that was not built yet.
	touch frontend/dist/.gitkeep
	;;
*) die "usage: scripts/frontend.sh install | build" ;;
esac
