"""One way to the tables: where SQL may stand, and where Peewee is needed.

Queries are Peewee's and stand in `db/sql/`; `make sql` writes them into `db/statements.py`, which is what runs. What is
asked of a file, whatever its tables, stands in `db/file/`; migrations and triggers are text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.statements import COLUMNS
from tests.test_floors import TOP, loaded_by, module_name, parsed, sources

SPEAKS_SQL = re.compile(
    r"\b(?:SELECT|INSERT (?:OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|REPLACE INTO|PRAGMA|VACUUM|ATTACH|EXPLAIN"
    r"|SAVEPOINT|BEGIN(?!:)|COMMIT|ROLLBACK|(?:CREATE|DROP|ALTER) (?:UNIQUE )?(?:TABLE|INDEX|TRIGGER|VIEW)"
    r"|WHERE|(?:ORDER|GROUP) BY|(?:LEFT|INNER|OUTER) JOIN)\b"
)
OF_TABLES = ("db/statements.py", "db/schema.py", "db/migrations/")
"""Written by `make sql`; the triggers; what was true once."""
OF_FILES = "db/file/"
NAMES_A_TABLE = re.compile(rf'\b(?:FROM|INTO|UPDATE|JOIN|TABLE|ON) "?(?:{"|".join(COLUMNS)})\b')
NEEDS_PEEWEE = ("db/models.py", "db/sql/")


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, text) of every literal that is no docstring, the parts of formatted ones each for itself."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def lines_like(pattern: re.Pattern[str], tree: ast.AST) -> list[int]:
    return sorted({line for line, text in texts(tree) if pattern.search(text)})


def place(path: Path) -> str:
    return path.relative_to(TOP).as_posix()


@pytest.mark.faults
@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('rows("SELECT code FROM offices")', [1]),
        ('rows(f"{begin} WHERE id = ?")', [1]),
        ('sql = (\n    "UPDATE people SET name = ? "\n    f"{end}"\n)', [2]),
        ('rows(f"PRAGMA {name}")', [1]),
        ('def f():\n    """SELECT nothing."""', []),
        ('say("Pilih kantor: SELECTION")', []),
    ],
)
def test_sql_is_told_from_other_texts(source: str, lines: list[int]) -> None:
    assert lines_like(SPEAKS_SQL, ast.parse(source)) == lines


def test_sql_stands_in_its_places_alone() -> None:
    offenders = {
        place(path): lines
        for path in sources()
        if not place(path).startswith((*OF_TABLES, OF_FILES)) and (lines := lines_like(SPEAKS_SQL, parsed(path)))
    }
    assert not offenders


def test_what_is_asked_of_a_file_names_no_table() -> None:
    offenders = {
        place(path): lines
        for path in sources()
        if place(path).startswith(OF_FILES) and (lines := lines_like(NAMES_A_TABLE, parsed(path)))
    }
    assert not offenders


def test_peewee_describes_and_writes_and_never_runs() -> None:
    """What an office installs does without it."""
    running = [path for path in sources() if not place(path).startswith(NEEDS_PEEWEE)]
    assert not [place(path) for path in running if {"peewee", "playhouse"} & set(imported(parsed(path)))]
    assert "peewee" not in loaded_by([module_name(path) for path in running if place(path).startswith("db/")])


def imported(tree: ast.AST) -> Iterator[str]:
    """Top-level names of whatever a module imports, wherever it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
