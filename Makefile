# Two commands matter: `make run` and `make test`. Both set everything up by themselves.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
RUN := $(VENV)/.requirements
DEV := $(VENV)/.requirements-dev
LEARN := $(VENV)/.requirements-learn

.PHONY: run test check bench learn lock format clean

run: $(RUN) ## the bot: live with BOT_TOKEN, else the sandbox in the browser
	$(VENV)/bin/python -m bot run

test: $(DEV) ## every test
	$(VENV)/bin/python -m pytest

check: $(DEV) ## lint, format, types, catalogues and packs
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m bot check

format: $(DEV)
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(DEV) ## ratios against peers and floors, measured in one run
	$(VENV)/bin/python -m bench

learn: $(LEARN) ## weigh anew what replies mean, after a change of learning/replies or of ideas.toml
	$(VENV)/bin/python -m learning

lock: $(DEV) ## pin the dependencies of pyproject.toml again
	$(VENV)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-header --quiet --output-file requirements.txt
	$(VENV)/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --quiet --constraint requirements.txt --output-file requirements-dev.txt
	$(VENV)/bin/uv pip compile pyproject.toml --group learn --universal --python-version 3.11 --generate-hashes \
		--no-header --quiet --constraint requirements.txt --output-file requirements-learn.txt

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Five Touches needs Python 3.11 or newer with venv (on Debian: apt install python3-venv)"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(RUN): requirements.txt | $(VENV)/bin/python
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@

$(LEARN): requirements-learn.txt $(RUN)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-learn.txt
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
