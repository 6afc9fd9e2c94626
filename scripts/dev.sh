#!/usr/bin/env bash
# The app with hot reload: the front end from Vite, the Go side rebuilt on change.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

tags=$(go_tags)
# The CLI is pinned in tools.mod; -m keeps it from tidying go.mod.
exec go tool -modfile=tools.mod wails dev -m ${tags:+-tags "$tags"} -appargs "$*"
