#!/usr/bin/env bash
# Lets every formatter and linter mend what it can.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

git ls-files -co --exclude-standard '*.go' | xargs -r gofmt -w
"$(scripts/golangci.sh)" run --fix ./... || true
npm --prefix frontend run --silent lint -- --fix || true
npm --prefix frontend run --silent format
