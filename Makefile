# Two commands do all set-up: `make run` (the service) and `make test`.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
UV_VERSION := 0.13.9
HOST ?= 127.0.0.1
PORT ?= 8000
export UV_PROJECT_ENVIRONMENT := $(VENV)

.PHONY: setup run test test-long test-endurance check format bench

$(BIN)/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv==$(UV_VERSION)"

# --inexact keeps uv itself, which lives in the same environment.
$(VENV)/.ready-run: $(BIN)/uv pyproject.toml uv.lock
	$(BIN)/uv sync --quiet --frozen --inexact --no-dev
	@touch $@

$(VENV)/.ready-dev: $(BIN)/uv pyproject.toml uv.lock
	$(BIN)/uv sync --quiet --frozen --inexact
	@touch $@ $(VENV)/.ready-run

setup: $(VENV)/.ready-dev

run: $(VENV)/.ready-run
	@exec $(BIN)/docgen serve --host $(HOST) --port $(PORT)

test: setup
	$(BIN)/pytest -q -n 2 --dist worksteal -m "not long and not endurance"

test-long: setup
	$(BIN)/pytest -q -n 2 --dist worksteal -m long

test-endurance: setup
	$(BIN)/pytest -q -m endurance

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/python -m bench
