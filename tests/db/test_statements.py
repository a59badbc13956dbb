"""The statements that run are those of the models and the queries: one schema, one way to the tables."""

from __future__ import annotations

import re

import pytest

from db import case_rows, schema, statements, unreadable
from db.file.connection import Database
from db.sql import text

WRITTEN = {name: value for name, value in vars(statements).items() if name.isupper()}
QUESTIONS = {name: question for name, question in WRITTEN.items() if isinstance(question, str)}


def test_the_written_statements_are_those_of_the_queries() -> None:
    assert {name: text.text_of(question) for name, question in text.statements()} == QUESTIONS
    assert text.schema() == statements.SCHEMA
    assert text.columns() == statements.COLUMNS
    assert [*WRITTEN] == ["SCHEMA", "COLUMNS", *QUESTIONS]


def test_columns_stand_in_the_order_of_the_models() -> None:
    """The hash of an event and a retired run are read by place."""
    assert [(table, [*shapes]) for table, shapes in statements.COLUMNS.items()] == [
        (table, [*shapes]) for table, shapes in text.columns().items()
    ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_statement_runs_on_a_new_file_and_is_given_what_it_says(database: Database, name: str) -> None:
    question = dict(text.statements())[name]
    marks = text.marks(question)
    assert set(re.findall(r"(?<!\w)[?:]\w+", QUESTIONS[name])) == set(marks)
    by_name = {mark[1:]: None for mark in marks}
    database.rows(f"EXPLAIN {QUESTIONS[name]}", by_name if ":" in "".join(marks) else [None] * len(marks))


def test_every_shape_of_a_column_is_known_to_whoever_reads_it() -> None:
    shapes = {shape for columns in statements.COLUMNS.values() for shape in columns.values() if shape is not None}
    of_states = {
        shape for table in ("periods", "cases", "runs") for shape in statements.COLUMNS[table].values() if shape
    }
    assert shapes - unreadable.SHAPES.keys() == {"slot_bidang"}
    assert of_states - case_rows.CODECS.keys() == {"slot_bidang"}


def test_a_new_file_is_as_this_program_makes_it_and_a_changed_one_is_not(database: Database) -> None:
    assert schema.differences(database) == ()
    database.rows("DROP TRIGGER events_no_delete")
    database.rows("CREATE INDEX tambahan ON runs (phase)")
    assert schema.differences(database) == ("events_no_delete", "tambahan")
