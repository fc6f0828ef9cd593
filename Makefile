# `make run` opens the assistant, `make test` runs every check; both set up first what they need. `make help` lists all.

PYTHON ?=
SUITE ?= decision
ARGS ?=
export PYTHON

bin := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check lint types imports packages format eval lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## create .venv with what the assistant runs with
	@scripts/setup.sh run

setup-dev: ## create .venv with what the checks need too
	@scripts/setup.sh dev

run: setup ## ingest corpus/ and open the assistant at http://127.0.0.1:7860 (ARGS="--port 8000")
	@$(bin)/python -m assistant ingest
	@exec $(bin)/python -m assistant serve $(ARGS)

test: check ## run every check, then the tests (ARGS="-k clause")
	@# As many processes as cores: threads within them, of which each would wait for the other, only make it slower.
	@exec env OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(bin)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

check: lint types imports packages ## every check but the tests

lint: setup-dev ## style: ruff check and ruff format --check
	@$(bin)/ruff check --quiet .
	@$(bin)/ruff format --check --quiet . || { echo 'Not formatted: run "make format"' >&2; exit 1; }

types: setup-dev ## types: mypy --strict
	@$(bin)/mypy --no-error-summary

imports: setup-dev ## who may import whom: import-linter
	@$(bin)/lint-imports --no-logo

packages: setup-dev ## the installed packages fit together: pip check
	@$(bin)/python -m pip check --disable-pip-version-check

format: setup-dev ## rewrite the code as ruff would have it
	@$(bin)/ruff check --fix-only --quiet .
	@$(bin)/ruff format .

eval: setup ## measure on a question set and print the report (SUITE=decision)
	@$(bin)/python -m eval run $(SUITE) $(ARGS)
	@$(bin)/python -m eval report

lock: ## write the lock files anew from pyproject.toml (ARGS=--upgrade: newest versions)
	@$(or $(PYTHON),python3.11) scripts/lock.py $(ARGS)

clean: ## remove .venv, caches and build output; the data in .data stays
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find assistant eval tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
