# Two commands: `make run` answers questions in the browser, `make test` runs every check and test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INDEX ?= .changai
HOST ?= 127.0.0.1
PORT ?= 7860

.PHONY: run setup test lint types check clean

run: $(VENV)/.run
	@test -e $(INDEX)/CURRENT || $(BIN)/changai build index/sample --index $(INDEX)
	$(BIN)/changai serve --index $(INDEX) --host $(HOST) --port $(PORT)

setup: $(VENV)/.setup

test: setup lint types
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet -c constraints.txt -e .
	@touch $@

$(VENV)/.setup: $(VENV)/bin/python pyproject.toml constraints.txt
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet -c constraints.txt -e ".[dev,models,eval]"
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
