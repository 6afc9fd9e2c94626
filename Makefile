# Orgdeck's commands. The work is in scripts/; this file says what needs what.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 34115
ARGS ?= --demo
STAMPS := .tools/stamps

FRONTEND := $(shell find frontend/src frontend/wailsjs frontend/public frontend/index.html \
	frontend/*.ts frontend/*.js -type f 2>/dev/null)

.PHONY: help deps demo run dev serve build test check check-fuzz fix bench pictures generate check-api clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

deps: ## install what is missing on this system (apt, dnf, pacman, Homebrew)
	@scripts/deps.sh

demo: $(STAMPS)/frontend ## the app on invented organizations; without a display a picture of it
	@scripts/demo.sh

run: $(STAMPS)/frontend ## build and open the app (make run ARGS="--data-dir DIR")
	@scripts/deps.sh build && scripts/build.sh release && exec build/bin/orgdeck $(if $(filter file,$(origin ARGS)),,$(ARGS))

dev: $(STAMPS)/npm ## the app with hot reload
	@scripts/deps.sh build && scripts/dev.sh $(if $(filter file,$(origin ARGS)),,$(ARGS))

serve: $(STAMPS)/frontend ## the development build as a page on 127.0.0.1 (PORT=34115 ARGS="--demo")
	@scripts/deps.sh build display && scripts/build.sh dev && scripts/serve.sh $(PORT) $(ARGS)

build: $(STAMPS)/frontend ## build/bin/orgdeck
	@scripts/deps.sh build && scripts/build.sh release

test: $(STAMPS)/frontend ## every test: Go with -race, front end, end to end, the real window
	@scripts/deps.sh && scripts/test.sh

check: $(STAMPS)/npm ## formatters, linters, types, layers, generated bindings
	@scripts/deps.sh build && scripts/check.sh

check-fuzz: ## a minute of made-up input for each fuzz target (FUZZ=10m for more)
	@scripts/deps.sh build && scripts/fuzz.sh

fix: $(STAMPS)/npm ## let the formatters and linters mend what they can
	@scripts/fix.sh

bench: $(STAMPS)/frontend ## the figures, as a table and build/bench.json
	@scripts/deps.sh build display test bench && scripts/build.sh release dev mtpsim && scripts/headless.sh node frontend/e2e/tools/bench.mjs

pictures: $(STAMPS)/frontend ## docs/pictures, taken of the running app
	@scripts/deps.sh && scripts/build.sh dev mtpsim && node frontend/e2e/tools/pictures.mjs && node frontend/e2e/tools/pictures_logo.mjs && \
		go run ./scripts/logopictures

generate: $(STAMPS)/npm ## frontend/wailsjs from the Go structs
	@scripts/generate.sh

check-api: ## hold the simulator to another OpenAPI file (SPEC=file.json)
	@scripts/check-api.sh "$(SPEC)"

clean: ## remove everything that was built
	rm -rf build/bin build/demo build/smoke build/test build/e2e build/bench.json .tools/stamps
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete 2>/dev/null || true
	rm -rf frontend/node_modules

$(STAMPS)/npm: frontend/package-lock.json
	@scripts/frontend.sh install
	@mkdir -p $(@D) && touch $@

$(STAMPS)/frontend: $(STAMPS)/npm $(FRONTEND)
	@scripts/frontend.sh build
	@mkdir -p $(@D) && touch $@
