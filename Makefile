# The two commands of the README: `make run` and `make test`. Each does all of its own set-up.
.DEFAULT_GOAL := help
# The first Python on the path that the app supports.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin

.PHONY: help
help: ## show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/'

.PHONY: run
run: .venv/app ## run the app on http://127.0.0.1:8050
	$(BIN)/gunicorn app:server

.PHONY: dev
dev: .venv/app ## run the app with reload on change and errors in the browser
	DEBUG=true $(BIN)/python app.py

.PHONY: test
test: .venv/dev ## run every test, in a real browser against gunicorn
	$(BIN)/python tests/get_browser.py
	$(BIN)/pytest -n auto --dist worksteal

.PHONY: lint
lint: .venv/dev ## check format, style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

.PHONY: bench
bench: .venv/dev .venv-bench/rivals ## measure the figures that the docs state
	$(BIN)/python tests/get_browser.py
	$(BIN)/python -m tests.benchmarks

.PHONY: lock
lock: .venv/dev ## pin requirements.txt and requirements-dev.txt anew
	$(BIN)/uv pip compile --universal --python-version 3.11 --no-header -q -U requirements.in -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --no-header -q -U requirements-dev.in -o requirements-dev.txt

# The stamps make the second run quick: nothing is installed again until a requirements file changes.
.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed; none was found on the path." >&2; exit 1; }
	$(PYTHON) -m venv .venv

# What the app is measured against: it wants other versions than the app does.
.venv-bench/rivals: tests/benchmarks/requirements.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.venv/app: .venv/bin/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: .venv/app requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
