# `make help` lists what there is. Set-up is .ci/set-up; each target does its own.
SHELL := /bin/bash
PYTHON := .venv/bin/python
# Options for the application or for pytest, as in `make run ARGS="lessons --json"`.
ARGS ?=
# One BLAS thread, set before Python starts: pytest's plugins import NumPy before tests/conftest.py could say so.
export OPENBLAS_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help run test lint oracles bench clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):  *## */  make \1\t/p' Makefile

run:  ## start Backstep; ARGS="…" is handed on
	@.ci/set-up run
	@$(PYTHON) main.py $(ARGS)

# The tests run in an order that is mixed, and the same at every run: ARGS="--randomly-seed=default" mixes it anew.
test:  ## lint, types, the rooms without Qt, then all other tests; ARGS="…" chooses those of the last pytest among all
	@.ci/set-up test
	@$(MAKE) --no-print-directory lint
	@echo "Backstep: testing engine/ and graphs/ where there is no Qt …"
	@.venv-noqt/bin/python -c "import importlib.util as u; assert not u.find_spec('PySide6'), 'PySide6 is in .venv-noqt'"
	@.venv-noqt/bin/python -m pytest -q --randomly-seed=1 tests/engine tests/graphs
	@echo "Backstep: testing all else …"
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -q --randomly-seed=1 $(or $(ARGS),--ignore=tests/engine --ignore=tests/graphs)

lint:  ## ruff and mypy
	@.ci/set-up test
	@echo "Backstep: ruff and mypy …"
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy

oracles:  ## compare the engine with PyTorch and onnxruntime, live, with fresh random seeds (installs them)
	@.ci/set-up oracles
	@$(PYTHON) tests/oracles/compare_live.py $(ARGS)

bench:  ## the benchmarks of the README, as a table of ratios
	@.ci/set-up test
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(PYTHON) main.py bench $(ARGS)

clean:  ## remove the virtual environments and everything made by tests
	@rm -rf .venv .venv-noqt build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
