# `make help` lists everything. On a machine with Python >= 3.11 and make nothing else is needed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
READY_BENCH := $(VENV)/.ready-bench
JOBS ?= auto
PYTEST = $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

.PHONY: help demo test test-fast test-nightly check format bench compare docs schema clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(READY): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[all]'
	@touch $@

$(READY_DEV): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(READY)

$(READY_BENCH): $(READY_DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@touch $@

demo: $(READY) ## the main job: check both processes, walk one client, draw the pictures
	@$(BIN)/ohjausprosessi demo --output build/demo

test: $(READY_DEV) ## run the tests
	$(PYTEST)

test-fast: $(READY_DEV) ## while working: few examples, no browser, nothing slow
	$(PYTEST) --hypothesis-profile=fast -m "not browser and not slow"

test-nightly: $(READY_DEV) ## twenty times the examples
	$(PYTEST) --hypothesis-profile=nightly

check: $(READY_DEV) ## what CI runs: format, lint, types, imports, dead code, dependencies, spelling, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/deptry src
	$(BIN)/codespell
	$(MAKE) test

format: $(READY_DEV) ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY_BENCH) ## measure beside the peers; writes docs/benchmarks.md
	$(BIN)/python -m benchmarks

COUNT ?= 2000
EFFORT ?= 1
compare: $(READY_DEV) ## ask an older commit and this working tree the same: make compare BASE=<commit> [COUNT=200]
	@test -n "$(BASE)" || { echo "Name the older commit: make compare BASE=<commit>" >&2; exit 1; }
	$(BIN)/python -m tools.compare $(BASE) --count $(COUNT) --effort $(EFFORT)

docs: $(READY) ## write what is generated in docs/ and schema/ anew
	$(BIN)/python -m ohjausprosessi.cli schema --output schema/ohjausprosessi-1.json
	$(BIN)/python docs/generate.py

clean: ## remove what was made
	rm -rf build dist $(VENV) .ci-venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
