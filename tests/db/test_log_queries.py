"""Windows of the log: together they are the log, whatever the filter, and each looks at a bounded part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from db import case_queries, log_queries, opening, seed
from db.adoption import Adoption, set_up
from db.file.connection import Database
from db.log_queries import LogFilter, LogWindow
from db.rows import Address
from db.store import Store
from sop.form import catalog
from sop.model.act import Act
from sop.model.commands import Command
from sop.model.pelaksana import Actor

NOW = 1_795_402_800
"""Monday 23 November 2026, 10.00 WIB."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demo office, and another one in the same file that acts in between; only read."""
    with opening.open(tmp_path_factory.mktemp("log") / "kantor.db", create=True) as opened:
        seed.build(opened, NOW)
        store = Store(opened, lambda: NOW, "lain")
        everybody = Actor("orang-lain", everybody=True)
        asked = Adoption(catalog.load(seed.SOP), 2026, office="lain", name="Dinas Lain")
        other = set_up(store, asked, everybody).address
        store.apply(other, Command(Act.BUKA, "2026-TW4"), everybody)
        demo = Address(seed.OFFICE, seed.SOP)
        for number in range(5):
            store.apply(demo, Command(Act.KOMENTAR, "2026-TW4", step=1, note=f"catatan {number}"), everybody)
            store.apply(other, Command(Act.KOMENTAR, "2026-TW4", step=1, note=f"lain {number}"), everybody)
        yield opened


DEMO = Address(seed.OFFICE, seed.SOP)
FILTERS = [
    (LogFilter(), {}),
    (LogFilter(period="2026-TW4"), {"period": "2026-TW4"}),
    (LogFilter(period="2026-TW4", step=2, bidang="Pengawasan"), {"period": "2026-TW4", "bidang": ("Pengawasan",)}),
    (LogFilter(step=2), {"step": 2}),
    (LogFilter(by="orang-lain"), {"by": "orang-lain"}),
    (LogFilter(acts=("komentar",)), {"act": Act.KOMENTAR}),
    (LogFilter(since=NOW), {"since": NOW}),
    (LogFilter(until=NOW - 86_400), {"until": NOW - 86_400}),
    (LogFilter(period="2026-TW1"), {"period": "2026-TW1"}),
    (LogFilter(by="tidak ada"), {"by": "tidak ada"}),
]


def numbers(window: LogWindow) -> list[int]:
    return [one.event.sequence for one in window.events]


def going_back(database: Database, wanted: LogFilter, limit: int, stretch: int) -> list[int]:
    found: list[int] = []
    before: int | None = None
    for _ in range(1000):
        window = log_queries.older(database, DEMO, wanted, before, limit, stretch)
        found += numbers(window)
        assert len(window.events) <= limit
        if window.is_end:
            return found
        assert before is None or window.reached < before, "a question that leads nowhere is asked for ever"
        before = window.reached
    raise AssertionError("no end")


def going_on(database: Database, wanted: LogFilter, limit: int, stretch: int) -> list[int]:
    found: list[int] = []
    after = 0
    for _ in range(1000):
        window = log_queries.newer(database, DEMO, wanted, after, limit, stretch)
        found = numbers(window) + found
        if window.is_end:
            return found
        assert window.reached > after
        after = window.reached
    raise AssertionError("no end")


@pytest.mark.parametrize(("wanted", "same"), FILTERS)
@pytest.mark.parametrize(("limit", "stretch"), [(3, 7), (100, 20_000), (1, 1)])
def test_windows_together_are_the_log(
    database: Database, wanted: LogFilter, same: dict[str, object], limit: int, stretch: int
) -> None:
    whole = [one.event.sequence for one in case_queries.log(database, DEMO, limit=None, **same)]  # type: ignore[arg-type]
    assert going_back(database, wanted, limit, stretch) == whole
    assert going_on(database, wanted, limit, stretch) == whole


def test_a_window_holds_what_the_log_holds(database: Database) -> None:
    window = log_queries.older(database, DEMO, LogFilter(), None, 10)
    assert window.events == case_queries.log(database, DEMO, limit=10)


def plan_of(database: Database, wanted: LogFilter, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the engine finds the lines of a window: the plan of the very statement, with the very values."""
    asked: list[tuple[str, Sequence[object]]] = []
    rows = Database.rows

    def noted(self: Database, sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        if " LIMIT " in sql and "BETWEEN" in sql:
            asked.append((sql, values))
        return rows(self, sql, values)

    monkeypatch.setattr(Database, "rows", noted)
    log_queries.older(database, DEMO, wanted, None, 100, 1000)
    ((sql, values),) = asked
    return "; ".join(str(row[-1]) for row in rows(database, f"EXPLAIN QUERY PLAN {sql}", values))


@pytest.mark.parametrize("wanted", [wanted for wanted, _ in FILTERS])
def test_no_question_scans_or_sorts_the_log(
    database: Database, wanted: LogFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(database, wanted, monkeypatch)
    assert "SCAN t1" not in plan
    assert "B-TREE" not in plan
    if wanted.period is not None:
        assert "events_reporting_year_id_period" in plan
    else:
        assert "INTEGER PRIMARY KEY (rowid>? AND rowid<?)" in plan
