# Every recipe of the project. .ci/run and pre-commit call these and hold none of their own.
# PYTHON is the interpreter with the dev lock installed; `make setup` makes one.

PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)
PACKAGES := sop db exports sakip_tui
# More for pytest: make test ARGS="tests/sop -k deadline"
ARGS ?=

.DEFAULT_GOAL := check
.PHONY: check format-check format lint types floors test faults drops minutes kills crowd fuzz forms statements sql monkey long snapshots pictures contoh coverage dev bench bundel setup lock windows

check: format-check lint types floors test

format-check:
	$(PYTHON) -m ruff format --check .

format:
	$(PYTHON) -m ruff check --fix-only --exit-zero .
	$(PYTHON) -m ruff format .

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy

floors:
	$(PYTHON) -m pytest -q -p no:xdist tests/test_floors.py tests/test_rooms.py

test:
	$(PYTHON) -m pytest -n auto $(ARGS)

# Seeded faults: each sentence of the invariants with a fault it must catch.
faults:
	$(PYTHON) -m pytest -n auto -m faults $(ARGS)

# Lines of an office host dropped a hundred times: killed clients, killed servers.
drops:
	SAKIP_DROPS=100 $(PYTHON) -m pytest tests/host/test_sshd.py -k dropped $(ARGS)

# 100 000 due moments against the minute counter; `make test` holds 4,000 of them.
minutes:
	SAKIP_CASES=25 $(PYTHON) -m pytest -n auto tests/sop/test_minutes.py $(ARGS)

# 10 000 processes killed at their work; `make test` holds 200.
kills:
	SAKIP_CASES=50 $(PYTHON) -m pytest -n 0 tests/db/test_kills.py $(ARGS)

# Fifty people on one file for a minute.
crowd:
	$(PYTHON) -m bench.crowd

# 100 000 each of SOP files, moments, days, standards and command lines; `make test` holds 400 of each.
fuzz:
	SAKIP_CASES=250 $(PYTHON) -m pytest -n auto tests/sop/test_fuzz_inputs.py tests/cli/test_fuzz.py $(ARGS)

# 10,000 damaged forms in one process with a clock, 300 in processes of their own under a limit of memory, and every bomb;
# `make test` holds 400.
forms:
	$(PYTHON) -m bench.forms

# Every kind of fault at every statement of every command that writes; `make test` holds a hundredth.
statements:
	SAKIP_CASES=100 $(PYTHON) -m pytest -n auto tests/db/test_faults.py $(ARGS)

# The tests of rules, database, paper and command line under Windows CPython in Wine: Linux with some 2 GB to spare.
# WINBENCH is the script that builds it; what it cannot prove is said in it. BENCH is where it is built, once.
WINBENCH ?= ../shared/tools/winbench.sh
BENCH ?= $(HOME)/.cache/sakip-windows
windows:
	bash $(WINBENCH) build $(BENCH) .
	WINBENCH_LIMIT=5400 bash $(WINBENCH) pytest $(BENCH) -q tests/db tests/sop tests/cli tests/exports $(ARGS)

# 50 000 keys, pastes, clicks and sizes by chance while another program writes, with the memory at 5 000 keys and at the
# end; `make test` holds 3 000. SAKIP_SEED picks others.
monkey:
	SAKIP_KEYS=50000 $(PYTHON) -m pytest -n 0 -s tests/tui/test_monkey.py $(ARGS)

# Minutes, not seconds: working-time samples, kills, faults, fuzzing, a crowd, a monkey.
long: minutes kills statements fuzz forms crowd monkey
	$(PYTHON) -m pytest -m long --hypothesis-profile=long $(ARGS)

# The statements that run, from the models and the queries of db/sql. A test fails where they differ.
sql:
	$(PYTHON) -m db.sql
	$(PYTHON) -m ruff format db/statements.py

# Look at snapshot_report.html of a failed run first, then accept with this.
snapshots:
	$(PYTHON) -m pytest tests/snapshots --snapshot-update $(ARGS)

# The pictures of the screens, and the tables of keys and commands in the guide. The same commit gives the same bytes.
pictures:
	$(PYTHON) docs/gambar/buat.py $(ARGS)
	$(PYTHON) docs/tabel.py

# Example forms of data kinerja, of the demo office.
contoh:
	$(PYTHON) docs/contoh/buat.py

# Lines and branches that the tests pass through, in one process; fails below the floor of pyproject.toml.
coverage:
	$(PYTHON) -m coverage run -m pytest $(ARGS)
	$(PYTHON) -m coverage report

# `textual console` in another terminal shows the log, where textual-dev is installed.
dev:
	TEXTUAL=debug,devtools $(PYTHON) -m sakip_tui contoh

# The program as one folder for a PC without internet: TARGET=windows or linux, compiled for PYTHON. Python itself is added by
# hand, or here: ARGS="--python-zip FILE --sha256 HASH".
TARGET ?= windows
bundel:
	$(PYTHON) -m bundle $(TARGET) $(ARGS)

bench:
	$(PYTHON) -m bench $(ARGS)

setup:
	python3 -m venv .venv
	.venv/bin/pip install -q -r requirements/dev.txt
	.venv/bin/pip install -q --no-deps --no-build-isolation -e .
	.venv/bin/python -m compileall -q $(PACKAGES)
	.venv/bin/pre-commit install

# Newest versions within the ranges of pyproject.toml, for Linux and Windows, Python 3.11 to 3.13. Needs uv on the PATH.
# The build backend is locked too, so that installing the project fetches nothing that carries no hash.
UV_COMPILE := uv pip compile pyproject.toml - --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-package sakip-tui
BUILD_REQUIRES := python3 -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'

lock:
	$(BUILD_REQUIRES) | $(UV_COMPILE) --output-file requirements/dev.txt --extra dev
	$(BUILD_REQUIRES) | $(UV_COMPILE) --output-file requirements/test.txt --extra test --constraint requirements/dev.txt
	$(BUILD_REQUIRES) | $(UV_COMPILE) --output-file requirements/run.txt --constraint requirements/dev.txt
