"""The text of a query, and of everything in `sql/` and `models.py`: what `db/statements.py` holds."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from peewee import SQL, SchemaManager, SqliteDatabase

from db.models import TABLES
from db.sql import (
    audit,
    drafts,
    keeping,
    kinerja,
    kinerja_rows,
    log,
    office_rows,
    offices,
    people,
    references,
    sops,
    years,
)

QUESTIONS: tuple[ModuleType, ...] = (
    offices,
    sops,
    years,
    log,
    people,
    drafts,
    kinerja,
    kinerja_rows,
    references,
    audit,
    keeping,
    office_rows,
)
_BY_NAME = (office_rows,)
"""Modules whose statements are given their values by name."""
_WIDTH = 110
_ENGINE = SqliteDatabase(None)
_HEAD = '''\
"""Every statement that the program runs on its tables, as text. Written by `make sql`; do not change it by hand.

The tables are those of `models.py`, the statements are the queries of `sql/`: a test fails where this file is not what
they give. What a statement is given, in order, stands beneath it.
"""

from __future__ import annotations

from collections.abc import Mapping
'''


class _Noting(SqliteDatabase):
    """Notes what it would run."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.noted: list[str] = []

    def execute_sql(self, sql: str, *_: Any, **__: Any) -> Any:
        self.noted.append(sql)


def text_of(question: Callable[..., Any]) -> str:
    """The statement of a query. The engine takes names of ours without quotes."""
    query = question(*map(SQL, marks(question)))
    return _plain(query).replace('"', "")


def marks(question: Callable[..., Any]) -> tuple[str, ...]:
    """How what is given stands in the statement: `:name` where it has names, else the n-th as `?n`."""
    names = given(question)
    if question.__module__ in {module.__name__ for module in _BY_NAME}:
        return tuple(f":{name}" for name in names)
    return tuple(f"?{number}" for number, _ in enumerate(names, 1))


def given(question: Callable[..., Any]) -> tuple[str, ...]:
    """What a statement is given when it runs, in order."""
    named: tuple[str, ...] | None = getattr(question, "given", None)
    return tuple(inspect.signature(question).parameters) if named is None else named


def statements() -> Iterator[tuple[str, Callable[..., Any]]]:
    """(name, query) of every function of `sql/` that gives one, module by module as they stand there."""
    for module in QUESTIONS:
        for name, member in vars(module).items():
            if inspect.isfunction(member) and member.__module__ == module.__name__ and _is_question(member):
                yield name.upper(), member


def schema() -> tuple[str, ...]:
    """What makes the tables and their indexes in an empty file."""
    engine = _Noting(None)
    for table in TABLES:
        SchemaManager(table, engine).create_all(safe=False)
    return tuple(engine.noted)


def columns() -> dict[str, dict[str, str | None]]:
    """Table -> column -> its shape; None for one that is read as it lies."""
    return {
        table._meta.table_name: {
            field.column_name: getattr(field, "shape", None) for field in table._meta.sorted_fields
        }
        for table in TABLES
    }


def module() -> str:
    """The whole of `db/statements.py`."""
    parts = [_HEAD, "SCHEMA = (", *(f"{_literal(each, '    ')}," for each in schema()), ")"]
    parts += ['"""What makes the tables and their indexes in an empty file."""', ""]
    parts.append("COLUMNS: Mapping[str, Mapping[str, str | None]] = {")
    for table, shapes in columns().items():
        parts.append(f'    "{table}": {{')
        parts += [f'        "{name}": {_quoted(shape)},' for name, shape in shapes.items()]
        parts.append("    },")
    parts += ["}", '"""Table -> column, in order -> its shape; None for one that is read as it lies."""', ""]
    for name, question in statements():
        parts += [f"{name} = {_literal(text_of(question), '')}", *_told(given(question))]
    return "\n".join(parts) + "\n"


def _is_question(function: Callable[..., Any]) -> bool:
    return function.__annotations__.get("return") == "Query" and not function.__name__.startswith("_")


def _told(names: tuple[str, ...]) -> list[str]:
    text = f"Given: {', '.join(names)}." if names else "Given nothing."
    return textwrap.wrap(f'"""{text}"""', 120, break_long_words=False)


def _plain(query: Any) -> str:
    context: Any = _ENGINE.get_sql_context(value_literals=True)
    return str(context.parse(query)[0])


def _quoted(text: str | None) -> str:
    return "None" if text is None else f'"{text}"'


def _literal(text: str, indent: str) -> str:
    """A Python literal in lines that fit. A statement holds quotes of one kind only."""
    mark = "'" if '"' in text else '"'
    if len(text) <= _WIDTH - len(indent) - 30:
        return f"{indent}{mark}{text}{mark}"
    lines = textwrap.wrap(text, _WIDTH - len(indent), break_long_words=False, drop_whitespace=False)
    return "\n".join([f"{indent}(", *(f"{indent}    {mark}{line}{mark}" for line in lines), f"{indent})"])
