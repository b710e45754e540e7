# make packet   makes an environment in .venv, then the running-hip packet of one clinic in output/
# make test     style, types, import law and tests: what must hold before a change goes in
# make golden   writes the golden pages and structure trees anew (look at the difference before you commit)
# make scores   writes docs/scores.md, docs/unsourced.md and docs/pemat.md: how the library reads, what wants a
#               better source, how people have judged it
# make figures  draws the sheet of all exercises in docs/ anew
# make bench    the program side by side with its peers
# make clean    removes the environment and the tools' caches; output/ may hold what a clinic needs, and stays

.DEFAULT_GOAL := packet
.PHONY: packet test golden scores figures bench clean

ifeq ($(OS),Windows_NT)
$(error make is for Linux and macOS; on Windows take the two steps under "Windows" in README.md)
endif

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
BUILT_FROM := pyproject.toml hatch_build.py

packet: .venv/ready
	@$(BIN)/handouts packet running-hip --clinic runners-edge-physio -o output/running-hip.pdf

test: .venv/ready-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses auto --dist loadfile

golden: .venv/ready-for-tests
	-$(BIN)/pytest --quiet --update-golden
	@git status --short tests

scores: .venv/ready
	@$(BIN)/python -m handouts.appraisal

figures: .venv/ready
	$(BIN)/python -m handouts.content.contact_sheet

bench: .venv/ready-for-bench
	$(BIN)/python benchmarks/handout.py
	$(BIN)/python benchmarks/batch.py
	$(BIN)/python benchmarks/figure_speed.py
	$(BIN)/python benchmarks/merge.py

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist tests/verapdf/target

# Each stamp is newer than pyproject.toml when the environment holds all that it asks for.

.venv/ready: .venv/bin/python $(BUILT_FROM)
	@echo "Installing handouts into .venv (once) ..." >&2
	@$(PIP) --editable .
	@touch $@

.venv/ready-for-tests: .venv/bin/python $(BUILT_FROM)
	@echo "Installing handouts and its tests' tools into .venv (once) ..." >&2
	@$(PIP) --editable ".[dev]"
	@touch $@ .venv/ready

.venv/ready-for-bench: .venv/bin/python $(BUILT_FROM)
	@echo "Installing handouts and the peers into .venv (once) ..." >&2
	@$(PIP) --editable ".[bench]"
	@touch $@ .venv/ready

# `ensurepip` is asked for because Debian's python3 comes without it: its package python3-venv brings it.
.venv/bin/python:
	@for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python); do \
	  if "$$python" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec "$$python" -m venv .venv; \
	  fi; \
	done; \
	echo "handouts needs Python 3.11 or newer with its venv module, and none was found." >&2; \
	echo "Install it (on Debian and Ubuntu: python3 and python3-venv), or say where it is: make PYTHON=/path/to/python3" >&2; \
	exit 1
