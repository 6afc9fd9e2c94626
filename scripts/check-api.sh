#!/usr/bin/env bash
# Holds the simulator to an OpenAPI file from outside the repository, such as
# the vendor's own: every operation of it is called and every answer checked.
#
#   scripts/check-api.sh file.json
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ -n "${1:-}" ] || die "name the file: make check-api SPEC=path/to/openapi.json"
[ -f "$1" ] || die "no such file: $1"
exec go run ./scripts/checkapi "$(realpath "$1")"
