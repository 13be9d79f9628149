# Two commands do everything: `make run` serves the sample site, `make test` checks everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: run test check-code check-tests measure measure-dutch measure-equality measure-stemmer measure-http tune clean

run: $(VENV)/.installed
	@$(BIN)/trefzeker index content || [ $$? -eq 1 ]
	@$(BIN)/trefzeker serve --host $(HOST) --port $(PORT)

test: check-code check-tests

check-code: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-tests: $(VENV)/.tested
	$(BIN)/pytest --cov --cov-report=term --cov-fail-under=90

measure: $(VENV)/.tested
	$(BIN)/python tests/measure.py $(SOURCES)

measure-dutch: $(VENV)/.tested
	$(BIN)/python tests/measure_dutch.py $(LANG_DATA) $(PASSAGES)

measure-equality: $(VENV)/.tested
	$(BIN)/python -m tests.measure_equality $(SOURCES)

measure-stemmer: $(VENV)/.tested
	$(BIN)/python -m tests.measure_stemmer $(SOURCES)

measure-http: $(VENV)/.tested
	$(BIN)/python -m tests.measure_http $(SOURCES)

tune: $(VENV)/.tested
	$(BIN)/python tests/tune_weights.py $(COLLECTIONS)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.tested: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing. Mend: sudo apt install python3 python3-venv" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Trefzeker needs Python 3.11 or later; this is $$($(PYTHON) -V 2>&1). Mend: install a newer one and run make PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. Mend: sudo apt install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

clean:
	rm -rf $(VENV) dist build .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
