"""The four floors: who may import whom, who may ask the time, who may print, and what no file may name.

The import contracts stand in `pyproject.toml`. This file runs them and adds what a static graph cannot see: what a
fresh interpreter really loads, and what the sources and the lock files say.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).resolve().parent.parent
PACKAGES = ("sop", "db", "exports", "sakip_tui")
LOCKS = ("run", "test", "dev")


def sources() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((TOP / package).rglob("*.py"))]


def module_name(path: Path) -> str:
    parts = path.relative_to(TOP).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules_under(folder: str) -> list[str]:
    return [module_name(path) for path in sources() if path.is_relative_to(TOP / folder)]


# --- what may be imported ---------------------------------------------------------------------------------------------


def contracts_hold(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_import_contracts_hold() -> None:
    verdict = contracts_hold(TOP)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


@pytest.mark.faults
@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("sop/intruder.py", "import db", "Four floors"),
        ("db/intruder.py", "import exports", "Four floors"),
        ("exports/intruder.py", "import sakip_tui", "Four floors"),
        ("sop/intruder.py", "import peewee", "The rules floor is pure"),
        ("exports/intruder.py", "import sqlite3", "Only db speaks SQL"),
        ("sakip_tui/intruder.py", "import apsw", "Only db speaks SQL"),
        ("sakip_tui/views/intruder.py", "import sakip_tui.board", "What is read and told knows no screen"),
    ],
)
def test_import_contracts_catch_an_intruder(tmp_path: Path, place: str, line: str, contract: str) -> None:
    for room in (each.relative_to(TOP) for package in PACKAGES for each in (TOP / package).rglob("__init__.py")):
        (tmp_path / room).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / room).touch()
    shutil.copy(TOP / "pyproject.toml", tmp_path)
    (tmp_path / place).write_text(line + "\n", encoding="utf-8")
    verdict = contracts_hold(tmp_path)
    assert verdict.returncode != 0
    assert re.search(rf"^{contract}.* BROKEN", verdict.stdout, re.MULTILINE), verdict.stdout + verdict.stderr


def loaded_by(modules: list[str]) -> set[str]:
    """Import the modules in a fresh interpreter; return the top-level names it then holds."""
    program = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=TOP, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_rules_floor_loads_no_database_and_no_screen() -> None:
    loaded = loaded_by(modules_under("sop"))
    assert "sop" in loaded
    assert not loaded & {
        "peewee",
        "playhouse",
        "apsw",
        "sqlite3",
        "textual",
        "rich",
        "xlsxwriter",
        "tabulate",
        "holidays",
    }
    assert not loaded & {"db", "exports", "sakip_tui"}


def test_database_floor_loads_no_screen_and_no_holiday_data() -> None:
    assert not loaded_by(modules_under("db")) & {"textual", "rich", "holidays", "xlsxwriter", "exports", "sakip_tui"}


def test_command_line_starts_without_screen_paper_or_holiday_data() -> None:
    """Everything under `cli/` and the entry point itself answer without the slow imports."""
    command_line = modules_under("sakip_tui/cli") + modules_under("sakip_tui/__main__.py")
    assert not loaded_by(["sakip_tui", *command_line]) & {"textual", "rich", "xlsxwriter", "tabulate", "holidays"}


# --- what the sources may do ------------------------------------------------------------------------------------------

POSIX_ONLY = {"fcntl", "pwd", "grp", "termios", "tty", "pty", "resource", "syslog"}
CLOCK_READINGS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
}


def is_type_checking(node: ast.If) -> bool:
    return ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def loaded_at_import(node: ast.AST) -> Iterator[str]:
    """Top-level names of the modules that are imported as soon as this tree is, also within try, if and class."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module and not child.level:
            yield child.module.partition(".")[0]
        elif isinstance(child, ast.If) and is_type_checking(child):
            for branch in child.orelse:
                yield from loaded_at_import(ast.Module([branch], []))
        else:
            yield from loaded_at_import(child)


def named(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, full name) of whatever an import brought, such as `time.time`, whatever local name it goes by."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}

    def full_name(node: ast.AST) -> str | None:
        if isinstance(node, ast.Name):
            return names.get(node.id)
        if isinstance(node, ast.Attribute):
            owner = full_name(node.value)
            return f"{owner}.{node.attr}" if owner else None
        return None

    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and (name := full_name(node)):
            yield node.lineno, name


def clock_readings(tree: ast.AST) -> list[int]:
    """Lines that name a function of `CLOCK_READINGS`, called or handed on."""
    return sorted({line for line, name in named(tree) if name in CLOCK_READINGS})


def printed_lines(tree: ast.AST) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "pprint"}
    ]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import fcntl", {"fcntl"}),
        ("try:\n    import pwd\nexcept ImportError:\n    pwd = None", {"pwd"}),
        ("if True:\n    from termios import tcgetattr", {"termios"}),
        ("class Gate:\n    import resource", {"resource"}),
        ("def gate():\n    import fcntl", set()),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import fcntl", set()),
        ("from . import pwd", set()),
    ],
)
def test_import_reader_sees_what_runs_at_import(source: str, found: set[str]) -> None:
    assert set(loaded_at_import(ast.parse(source))) & POSIX_ONLY == found


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("from datetime import datetime\nx = datetime.now(zone)", [2]),
        ("import datetime as dt\nx = dt.datetime.utcnow()", [2]),
        ("from datetime import date as day\nx = day.today()", [2]),
        ("import time\ndef f(clock=time.time): ...", [2]),
        ("from time import time\nx = time()", [2]),
        ("import time\nx = time.monotonic()", []),
        ("def f(clock):\n    return clock.now()", []),
        ("from datetime import datetime\nx = datetime.fromtimestamp(0, zone)", []),
    ],
)
def test_clock_reader_sees_through_aliases(source: str, lines: list[int]) -> None:
    assert clock_readings(ast.parse(source)) == lines


def test_no_module_needs_a_posix_module_to_be_imported() -> None:
    """Windows has none of these; what uses them imports them where it runs."""
    offenders = {
        module_name(path): needed for path in sources() if (needed := POSIX_ONLY & set(loaded_at_import(parsed(path))))
    }
    assert not offenders


def test_only_the_clock_asks_what_time_it_is() -> None:
    clock = TOP / "sakip_tui" / "clock.py"
    offenders = {
        module_name(path): lines for path in sources() if path != clock and (lines := clock_readings(parsed(path)))
    }
    assert not offenders


def test_only_the_command_line_prints() -> None:
    command_line = TOP / "sakip_tui" / "cli"
    offenders = {
        module_name(path): lines
        for path in sources()
        if not path.is_relative_to(command_line) and (lines := printed_lines(parsed(path)))
    }
    assert not offenders


# --- what no file may name --------------------------------------------------------------------------------------------

# The brackets keep this file from naming what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|farm|root|home|opt|Users)/\w")
INDEX_HOST = re.compile(r"pypi[.]org|pythonhosted[.]|--(?:extra-)?index[-]url|--find[-]links|https?://\S*/simple\b")


def project_files() -> list[Path]:
    """Every file that would be handed on: what git tracks or would track, or without git the whole folder."""
    git = shutil.which("git")
    command = [git or "git", "ls-files", "-coz", "--exclude-standard"]
    listed = b"" if git is None else subprocess.run(command, cwd=TOP, capture_output=True, check=False).stdout
    if listed:
        paths = [TOP / name for name in listed.decode().split("\0") if name]
    else:
        skipped = re.compile(r"\.venv|__pycache__|\.egg-info|\.\w+_cache|\.hypothesis")
        paths = [path for path in TOP.rglob("*") if not skipped.search(str(path.relative_to(TOP)))]
    return [path for path in paths if path.is_file()]


def lines_naming(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a workbook or a database; nobody reads a path out of those
        found += [
            f"{path.relative_to(TOP)}:{number}"
            for number, line in enumerate(text.splitlines(), 1)
            if pattern.search(line)
        ]
    return found


@pytest.mark.parametrize("folder", ["work", "home", "root"])
def test_machine_path_is_told_from_a_path_of_the_project(folder: str) -> None:
    assert MACHINE_PATH.search(f"disimpan di /{folder}/rekap.xlsx")
    assert not MACHINE_PATH.search(f"disimpan di ~/{folder}/rekap.xlsx")
    assert not MACHINE_PATH.search(f"disimpan di docs/{folder}/rekap.xlsx")


def test_no_file_names_a_path_of_some_machine() -> None:
    assert not lines_naming(MACHINE_PATH)


def test_no_file_names_a_package_index() -> None:
    assert not lines_naming(INDEX_HOST)


# --- the lock files ---------------------------------------------------------------------------------------------------


def locked(name: str) -> dict[str, str]:
    """Package to version of `requirements/NAME.txt`; fails on a line that is neither a pin nor a hash."""
    entries = (TOP / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    versions = {}
    for entry in entries:
        pin = re.fullmatch(r"([a-z0-9-]+)==(\S+)(?: ; [^#@]+?)?((?:\s+--hash=sha256:[0-9a-f]{64})+)", entry.strip())
        assert pin, (
            f"requirements/{name}.txt: neither a pin with its hashes nor anything else that belongs there: {entry[:80]}"
        )
        versions[pin[1]] = pin[2]
    return versions


def declared(name: str) -> list[Requirement]:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    if name != "run":
        wanted += extras["test"]
    if name == "dev":
        wanted += extras["dev"]
    return [requirement for text in wanted if (requirement := Requirement(text)).name != project["project"]["name"]]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_what_the_project_declares(name: str) -> None:
    versions = locked(name)
    outside = {
        requirement.name: versions.get(canonicalize_name(requirement.name))
        for requirement in declared(name)
        if versions.get(canonicalize_name(requirement.name), "") not in requirement.specifier
    }
    assert not outside, "run `make lock`"


def test_locks_agree_with_each_other() -> None:
    run, test, dev = (locked(name) for name in LOCKS)
    assert run.items() <= test.items() <= dev.items()
