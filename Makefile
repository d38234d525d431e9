# Everything here works in a fresh clone: each target makes .venv ready first, and does nothing when it is.
#   make demo                 PYTHON=/path/to/python3.12 chooses a Python
#   make test ARGS="-k claim" hands words on to pytest

.DEFAULT_GOAL := help
.PHONY: help setup check test thorough bench screenshots pictures demo bundle packages clean lock

WORKERS ?= 2
REFERENCE := ../shared/data/reference/gp-reg-pat-prac-map.2026-07.csv
MADE_FOR := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(if $(UPGRADE),--upgrade)

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

setup: ## .venv with the locked requirements and the program
	@python="$(PYTHON)"; \
	for name in python3.13 python3.12 python3.11 python3 python; do \
		if [ -z "$$python" ] && "$$name" -c '$(MADE_FOR)' >/dev/null 2>&1; then python="$$name"; fi; \
	done; \
	for name in python3 python; do \
		if [ -z "$$python" ] && "$$name" -c '' >/dev/null 2>&1; then python="$$name"; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "nhsdesk needs Python 3.11, 3.12 or 3.13 and found none: install Python 3.13, then run the same command again." >&2; \
		exit 2; \
	fi; \
	"$$python" installers/checkout.py

check: setup ## style, types, who imports whom, spelling
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/codespell

test: setup ## every test
	.venv/bin/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

thorough: setup ## every test, with many more examples of what has to hold for any
	NHSDESK_THOROUGH=1 .venv/bin/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

bench: setup ## the figures of docs/performance.md, measured here
	NHSDESK_WRITE_PERFORMANCE=1 .venv/bin/python -m pytest tests/benchmarks -p benchmark $(ARGS)

screenshots: setup ## pictures of every page in build/screenshots
	@rm -rf build/screenshots
	.venv/bin/python -m tests.screenshots build/screenshots

pictures: setup ## the pictures of the guide, taken anew from the sample
	.venv/bin/python -m tests.guide_pictures

demo: setup ## a sample PCN file, a return and a briefing in build/demo, made anew, and the window on it
	@rm -rf build/demo
	.venv/bin/nhsdesk demo build/demo $(if $(wildcard $(REFERENCE)),--reference $(REFERENCE))
	@if [ -z "$$CI" ] && [ -n "$$DISPLAY$$WAYLAND_DISPLAY$(filter Darwin,$(shell uname))" ]; then \
		.venv/bin/nhsdesk "build/demo/Sample PCN.nhsdesk"; \
	else \
		echo 'There is no display here. At a desktop, this opens the window: .venv/bin/nhsdesk "build/demo/Sample PCN.nhsdesk"'; \
	fi

bundle: setup ## the program in a folder of its own, in build/bundle, made and proved here
	.venv/bin/python installers/build.py

packages: setup ## the bundle, the .deb and the wheel, in build/packages, made and proved here
	.venv/bin/python installers/build.py --all

clean: ## remove what the other targets made, but not .venv
	rm -rf build dist .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find main.py nhsdesk tests installers migrations -name __pycache__ -type d -prune -exec rm -rf {} +

lock: setup ## requirements/*.txt from pyproject.toml; UPGRADE=1 takes newer versions
	.venv/bin/uv pip compile pyproject.toml --group dev $(LOCK) --output-file requirements/dev.txt
	.venv/bin/uv pip compile pyproject.toml $(LOCK) --constraint requirements/dev.txt --output-file requirements/run.txt
