"""What recaps are made of, read at one moment."""

from __future__ import annotations

from db import case_queries, recap_queries
from db.file.connection import Database
from db.rows import Address
from db.store import Store
from sop.model.act import Act
from sop.model.commands import Command
from tests.db.office import EVERYBODY, NGANJUK, TANGERANG, adopt


def lived(store: Store, address: Address) -> None:
    for act, step in ((Act.BUKA, None), (Act.MULAI, 1), (Act.SELESAI, 1), (Act.KOMENTAR, 2)):
        note = "menunggu data" if act is Act.KOMENTAR else None
        store.apply(address, Command(act, "2026-TW1", step=step, note=note), EVERYBODY)


def test_periods_read_together_are_those_read_one_by_one(database: Database, store: Store, address: Address) -> None:
    lived(store, address)
    keys = ("2026-TW1", "2026-TW2", "2026-S1")
    together = recap_queries.recaps(database, address, keys)
    assert [recap.board.period for recap in together] == list(keys)
    for recap, key in zip(together, keys, strict=True):
        (alone,) = recap_queries.recaps(database, address, (key,))
        assert recap.board.state == alone.board.state
        assert (recap.events, recap.closings) == (alone.events, alone.closings)
    assert {key for key, _ in together[0].board.state.cases} == {"2026-TW1"}


def test_events_without_details_still_say_who_when_and_for_whom(
    database: Database, store: Store, address: Address
) -> None:
    lived(store, address)
    (whole,) = recap_queries.recaps(database, address, ("2026-TW1",))
    (bare,) = recap_queries.recaps(database, address, ("2026-TW1",), details=False)
    told = [(event.sequence, event.act, event.by, event.for_lane, event.at) for event in whole.events]
    assert [(event.sequence, event.act, event.by, event.for_lane, event.at) for event in bare.events] == told
    assert not any(event.data for event in bare.events)
    assert bare.board.state == whole.board.state


def test_lines_of_the_log_are_counted_and_given_the_oldest_first(
    database: Database, store: Store, address: Address
) -> None:
    lived(store, address)
    lines = list(recap_queries.log_lines(database, address, ("2026-TW1", "2026-TW2")))
    newest_first = case_queries.log(database, address, period="2026-TW1", limit=None)
    assert [(line.hash, line.host, line.event.data) for line in reversed(lines)] == [
        (line.hash, line.host, line.event.data) for line in newest_first
    ]
    assert recap_queries.log_length(database, address, ("2026-TW1", "2026-TW2")) == len(lines) == 4
    assert list(recap_queries.log_lines(database, address, ())) == []


def test_keepers_are_all_who_keep_the_period_with_what_lies_below_it(
    database: Database, store: Store, address: Address
) -> None:
    second = adopt(store, NGANJUK, 2026, ("Keuangan",))
    assert recap_queries.keepers(database, "2026-S1") == (
        (Address(TANGERANG, TANGERANG), ("2026-TW1", "2026-TW2", "2026-S1")),
        (second, ("2026-TW1", "2026-TW2", "2026-S1")),
    )
    assert recap_queries.keepers(database, "2025-S1") == ()
    assert [len(keys) for _, keys in recap_queries.keepers(database, "2026-TH")] == [7, 7]
    assert address == Address(TANGERANG, TANGERANG)
