"""Reading what recaps are made of: whole periods with every case they ever had, and their lines of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from db import case_queries, queries, recall, statements
from db.confirmations import SopStand, stand_at, stand_frozen
from db.file.connection import Database
from db.moments import moment
from db.rows import Address, Board, ClosingRow, LoggedEvent, Recap
from sop.json_text import json_text
from sop.model.definition import Sop, with_confirmed
from sop.model.events import Event
from sop.model.periods import children_of, split
from sop.model.settings import Settings
from sop.model.state import PeriodPhase, YearState
from sop.values import replace

_DECODE = json.JSONDecoder().raw_decode
_ON_THE_PAGE = frozenset({"letterhead", "signatories", "signing_place", "electronic"})
"""Settings that a closed period keeps: the page that is signed is printed again as it was."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def recaps(database: Database, address: Address, periods: Sequence[str], *, details: bool = True) -> tuple[Recap, ...]:
    """What the recaps of some periods of one year are made of, in the order asked for, all at one moment.

    The year is read once, so a roll-up with everything below it costs little more than one period.

    Args:
        database: Open.
        address: Office and SOP.
        periods: Keys.
        details: Without them the events say who, when and for whom, but `touches` and `data` are empty: a third of
            the time where many offices are read.

    Raises:
        UnknownOffice, UnknownAdoption, UnknownYear, UnknownPeriod: The address or a key stands for nothing.
    """
    if not periods:
        return ()
    number = split(periods[0])[0]
    with database.read():
        whole = case_queries.whole_year(database, address, number)
        year = recall.year(database, address, number)
        year_id = year.id
        definitions = recall.Versions(database, year.office_id, address.sop, year.version)
        closings: dict[str, list[ClosingRow]] = {}
        closed = [key for key in periods if whole.state.periods[key].phase is PeriodPhase.TUTUP]
        sops: dict[str, str | None] = {}
        for key, *row, kept in database.rows(statements.CLOSINGS, (year_id,)):
            revision, sequence, at, figures, calendar, head_hash = row
            frozen = ClosingRow(revision, sequence, moment(at), json.loads(figures), calendar, head_hash)
            closings.setdefault(key, []).append(frozen)
            sops[key] = kept
        first = min((closings[key][-1].sequence for key in closed), default=None)
        told = () if first is None or not details else _told_of_the_page(database, address.office, first)

        def board_of(key: str) -> Board:
            board = _of_period(whole, key)
            if board.state.periods[key].phase is not PeriodPhase.TUTUP:
                return board
            kept = sops[key]
            # A closing of before the basis was frozen is read back from the log.
            stand = (
                stand_at(database, address.office, address.sop, closings[key][-1].sequence)
                if kept is None
                else stand_frozen(kept)
            )
            page: dict[str, Any] = {}
            for data in _since(key):
                for name, change in data.get("settings", {}).items():
                    page.setdefault(name, change["before"])
            return _as_closed(board, stand, definitions, page)

        def _since(key: str) -> Iterator[Mapping[str, Any]]:
            """What was told of pages that are signed since a period was closed; nothing of an open one."""
            return (data for at, data in told if key in closed and at > closings[key][-1].sequence)

        return tuple(
            Recap(
                board=board_of(key),
                events=tuple(
                    recall.history(database, year_id, key) if details else _bare_events(database, year_id, key)
                ),
                closings=tuple(closings.get(key, ())),
                # Another official was written over the one before by logs that tell "ubah".
                lost_signers=frozenset(data["code"] for data in _since(key) if data.get("change") == "ubah"),
            )
            for key in periods
        )


def _of_period(whole: Board, key: str) -> Board:
    """The board of one period with every case of it, from that of the year."""
    cases = {case_key: case for case_key, case in whole.state.cases.items() if case_key[0] == key}
    return replace(whole, period=key, state=YearState(whole.state.periods, cases))


def _told_of_the_page(database: Database, office: str, sequence: int) -> tuple[tuple[int, Mapping[str, Any]], ...]:
    """(sequence, data) of what changed settings and officials after an event, in the order of the log."""
    rows = database.rows(statements.TOLD_OF_THE_PAGE, (office, sequence))
    return tuple((at, json.loads(data)) for at, data in rows)


def _as_closed(board: Board, stand: SopStand, definitions: Mapping[int, Sop], page: Mapping[str, Any]) -> Board:
    """The board of a closed period with its SOP and the settings of the page that is signed as they stood at the
    closing: what the office confirmed or changed later is not told of it.

    Args:
        board: As it is now.
        stand: Of the SOP at the closing.
        definitions: Of its versions.
        page: Setting -> its value at the closing, of those that changed since.
    """
    numbers = {case.sop_version for case in board.state.cases.values()} | {stand.version}
    settings = {**board.settings.to_dict(), **{name: value for name, value in page.items() if name in _ON_THE_PAGE}}
    return replace(
        board,
        settings=Settings.from_dict(settings),
        newest_version=stand.version,
        versions={number: with_confirmed(definitions[number], stand.confirmed.get(number, ())) for number in numbers},
    )


def _bare_events(database: Database, year_id: int, key: str) -> Iterator[Event]:
    rows = database.rows(statements.WHO_AND_WHEN_OF_PERIOD, (year_id, key))
    return (recall.event_from(row, {}) for row in rows)


def log_lines(database: Database, address: Address, periods: Sequence[str]) -> Iterator[LoggedEvent]:
    """The lines of the log of some periods of one year, the oldest first; `touches` is left empty.

    Raises:
        UnknownOffice, UnknownAdoption, UnknownYear: The address or year stands for nothing.
    """
    if not periods:
        return iter(())
    with database.read():
        year_id = recall.year(database, address, split(periods[0])[0]).id
        found = database.rows(statements.LINES_OF_PERIODS, (year_id, json_text([*periods])))
    # Not `json.loads`, which looks for blanks around the text: half of the time of a long log.
    return (
        LoggedEvent(
            recall.event_from(row[:-3], _NOTHING if row[-3] == "{}" else _DECODE(row[-3])[0]),
            address.office,
            address.sop,
            *row[-2:],
        )
        for row in found
    )


def log_length(database: Database, address: Address, periods: Sequence[str]) -> int:
    """How many lines `log_lines` gives. Raises as it does."""
    if not periods:
        return 0
    with database.read():
        year_id = recall.year(database, address, split(periods[0])[0]).id
        return int(database.value(statements.LINE_COUNT_OF_PERIODS, (year_id, json_text([*periods]))))


def keepers(database: Database, period: str) -> tuple[tuple[Address, tuple[str, ...]], ...]:
    """Who keeps a period: each SOP of each office, with the keys below it that are kept and then its own.

    Returns:
        In the order in which offices were set up; an office that keeps no such period is left out. Raises
        UnknownPeriod.
    """
    number, _ = split(period)
    found = []
    with database.read():
        for office in queries.offices(database):
            for sop in office.sops:
                if number in sop.years:
                    address = Address(office.code, sop.code)
                    kept = set(recall.periods_of(database, recall.year(database, address, number).id))
                    if period in kept:
                        found.append((address, tuple(key for key in _with_below(period) if key in kept)))
    return tuple(found)


def _with_below(period: str) -> list[str]:
    """The period and everything below it, children before their parent."""
    return [*(key for child in children_of(period) for key in _with_below(child)), period]
