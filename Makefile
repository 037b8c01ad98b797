# Two commands matter: `make run` and `make test`. `make` alone lists the rest.
.DEFAULT_GOAL := help
.PHONY: help run serve test check bench format bare setup
ARGS ?=
TESTS ?= tests
JOBS ?=
PYTHON := .venv/bin/python

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## install what is missing and start the studio (ARGS="--demo …")
	@bash scripts/setup.sh run
	@$(PYTHON) scripts/translate.py
	@$(PYTHON) scripts/fetch_models.py
	@bash scripts/run.sh $(ARGS)

serve: ## install what is missing and start the backend alone (ARGS="--host 0.0.0.0 …")
	@bash scripts/setup.sh run
	@$(PYTHON) main.py serve $(ARGS)

test: ## install what tests need and run them all (TESTS=path, ARGS="-k …", JOBS=processes)
	@bash scripts/setup.sh test
	@$(PYTHON) scripts/translate.py
	@$(PYTHON) scripts/fetch_models.py
	@$(PYTHON) scripts/fetch_models.py --manifest tests/effects/footage.toml
	@JOBS=$(JOBS) bash scripts/test.sh $(TESTS) $(ARGS)

check: ## format, lint, types, layers, dead code, player types, translations
	@bash scripts/setup.sh test
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	.venv/bin/vulture
	$(PYTHON) scripts/write_player_types.py --check
	$(PYTHON) scripts/tsc.py
	$(PYTHON) scripts/check_translations.py

bench: ## measure what we promise; results go to benchmarks/RESULTS.md
	@bash scripts/setup.sh bench
	@$(PYTHON) scripts/fetch_models.py
	@$(PYTHON) benchmarks/run_all.py $(ARGS)

format: ## let ruff format and fix
	@bash scripts/setup.sh test
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

bare: ## prove on an empty Debian 12 (debootstrap, root) that the package lists are complete
	@bash scripts/bare_machine.sh
