# What one types; `make help` lists it. The steps are cargo, npm and the scripts in e2e/, each of which says what it
# is for. There is one build profile for lints, tests and journeys, so that nothing is built twice.

SHELL := /bin/bash
STEP := e2e/step
E2E := cd e2e && source ./tools.sh &&

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help test prerequisites fmt format-check lint docs scripts licences test-sqlite test-postgres e2e screenshots bench

help: ## This list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

test: ## Everything: installs what is missing, lints, tests on both databases, browser journeys
	@$(STEP) "Everything" $(MAKE) --no-print-directory \
		prerequisites format-check lint docs scripts licences test-sqlite test-postgres e2e

prerequisites: ## Looks for what the tests need; as root on Debian it installs what is missing
	@$(STEP) "Prerequisites" e2e/prerequisites

fmt: ## Formats the code
	cargo fmt --all

format-check: ## Fails where `make fmt` would change something
	@$(STEP) "Format" cargo fmt --all --check

lint: ## Clippy on everything; warnings are errors
	@$(STEP) "Lints" cargo clippy --locked --workspace --all-targets -- -D warnings

docs: ## Builds the documentation of all items; broken links are errors
	@RUSTDOCFLAGS="-D warnings -A rustdoc::private-intra-doc-links" $(STEP) "Documentation" \
		cargo doc --locked --workspace --no-deps --document-private-items

scripts: ## Checks the syntax of the browser's scripts and of our own
	@$(STEP) "Scripts" e2e/check-scripts

licences: ## Licences and sources of dependencies; with cargo-deny, what is banned too
	@$(STEP) "Licences" e2e/check-licences

test-sqlite: ## All Rust tests on SQLite
	@$(STEP) "Tests on SQLite" env -u TEST_DATABASE_URL e2e/rust-tests

test-postgres: ## All Rust tests on a private PostgreSQL, started and removed for it
	@$(STEP) "Tests on PostgreSQL" e2e/with-postgres e2e/rust-tests

e2e: e2e/node_modules ## The browser journeys, with JavaScript on and off, against the demo
	@$(STEP) "Demo binary" cargo test --locked --workspace --no-run --quiet
	@$(STEP) "Browser journeys" bash -c '$(E2E) npm run --silent types && npm run --silent test'

screenshots: e2e/node_modules ## Pictures of the main pages into e2e/screenshots, for people to look at
	@$(STEP) "Demo binary" cargo test --locked --workspace --no-run --quiet
	@$(STEP) "Screenshots" bash -c '$(E2E) npm run --silent screenshots'

bench: ## Measurements beside a plain server; prints a table
	cargo run --locked --release --package mainstay-bench

e2e/node_modules: e2e/package-lock.json
	@$(STEP) "npm packages" bash -c '$(E2E) npm ci --no-audit --no-fund && touch node_modules'
