# What one does with a checkout. Every target sets up what it needs; nothing is installed outside .venv*, Chromium excepted.
.DEFAULT_GOAL := help
SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c

VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
WORKERS ?= 2
# Packages are installed without compiling all of them (12 s instead of 30); what is imported is compiled then, and kept.
unexport PYTHONDONTWRITEBYTECODE
# Tests that simulate little: what `make check` has time for.
QUICK := $(wildcard tests/ground tests/core tests/scenario tests/organisation tests/analysis)

.PHONY: help install demo test verify check bench study notebooks gallery docs viewer clean

help: ## show this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## */  make \1\t/' | expand -t 16

install: ## set up .venv with the program, ready to use: .venv/bin/orgsim
	@scripts/environment $(VENV) plain

demo: install ## compare the three default designs on the default firm, write results/demo/
	@$(BIN)/orgsim compare branch_bank --out results/demo
	@echo "The page: results/demo/report.html (open it in a browser)"

test: ## the test suite, without what takes long (under ten minutes)
	@scripts/environment $(VENV) test
	@scripts/chromium
	$(PYTEST) -n $(WORKERS) -m "not slow"

verify: ## what takes long, and the suite on another Python where the machine has one
	@scripts/environment $(VENV) test
	@scripts/chromium
	$(PYTEST) -n $(WORKERS) -m slow
	@scripts/other-python $(BIN)/python $(WORKERS)

check: ## lint, types, layers and quick tests, in under a minute
	@scripts/environment $(VENV) test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) -n $(WORKERS) -m "not slow and not browser" $(QUICK)

bench: ## speed and start-up, as ratios to a known piece of work on the same machine
	@scripts/environment $(VENV) test
	$(BIN)/python -m benchmarks

notebooks: ## run all notebooks and keep their outputs: notebooks/*.ipynb, from the scripts beside them
	@scripts/environment $(VENV) test
	$(BIN)/python scripts/build_notebooks.py

study: install ## run the published study, five firms under three designs: results/study/ (about ten minutes)
	$(BIN)/python scripts/study.py

gallery: ## draw every chart from example runs: build/gallery/
	@scripts/environment $(VENV) test
	$(BIN)/python scripts/guide/gallery.py build/gallery

docs: ## build the guide, the gallery of charts in it: build/guide/index.html
	@scripts/environment $(VENV) test
	$(BIN)/mkdocs build --strict --quiet
	@echo "The guide: build/guide/index.html (open it in a browser)"

viewer: ## watch a run in Mesa's own viewer
	@scripts/environment $(VENV) test
	$(BIN)/solara run sim.solara_app

clean: ## remove environments, builds and caches; results stay
	rm -rf .venv .venv-3.* build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
