# Two commands do everything on a new machine with Python 3.11 or newer, git and make:
#   make run     opens the tutor          make test    runs every test
# Each makes .venv by itself. `make help` lists the rest.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PY     := $(BIN)/python
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test test-long test-pythons check bench package msi screenshots translation clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(READY)  ## open the tutor (with no display: drive it through the first lesson, and save pictures)
	@$(PY) packaging/run.py

test: $(READY)  ## every test, with or without a display
	@$(PY) packaging/run_tests.py -m "not long"

test-long: $(READY)  ## the longer proofs
	@$(PY) packaging/run_tests.py -m long

test-pythons: $(READY)  ## what Python's version can change, under every supported Python installed here
	@$(PY) packaging/test_pythons.py

check: $(READY)  ## format, lint, types, import contracts, the course
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m tutor lint lessons

bench: $(READY)  ## speed, as ratios against a floor measured in the same run
	@$(PY) packaging/bench.py

screenshots: $(READY)  ## every screen in every theme and scale, into pictures/
	@$(PY) packaging/screenshots.py

translation: $(READY)  ## make or update translations/tutor_LANGUAGE.ts and compile it: make translation LANGUAGE=cy
	@$(PY) packaging/translation.py $(LANGUAGE)

package: $(READY)  ## the installable folder and its tar, in dist/; then its own self-test with no Python on PATH
	@$(PY) packaging/package.py

msi: $(READY)  ## the Windows installer of a simulated bundle (real Windows wheels, no Windows needed), into dist/; its audit and rules
	@rm -rf build/simulated-payload
	@$(PY) packaging/windows/simulated_payload.py build/simulated-payload
	@$(PY) packaging/windows/pe_audit.py build/simulated-payload
	@$(PY) packaging/windows/app_control.py build/simulated-payload dist/windows-simulated/rules
	@$(PY) packaging/windows/msi.py build/simulated-payload dist/windows-simulated/Code4HealthTutor-simulated.msi

clean:  ## remove .venv and caches
	rm -rf $(VENV) .venv-3.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist

$(READY): requirements/dev.txt pyproject.toml packaging/check_machine.py
	@$(PYTHON) packaging/check_machine.py
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned, hashed dependencies into $(VENV) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
